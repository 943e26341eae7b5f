"""The pages of the servlet container that runs the portal's services."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from markupsafe import escape

CHALLENGE = 'Bearer realm="authentication required"'


def unauthorized() -> Response:
    """Return the 401 that the services' filter sends: HTML, with the challenge."""
    response = html_error(401)
    response.headers["WWW-Authenticate"] = CHALLENGE
    return response


def html_error(status: int, message: str = "") -> Response:
    """Return the servlet container's page for ``status``: never a reason a client could read."""
    phrase = HTTPStatus(status).phrase
    text = f"<p><b>Message</b> {escape(message)}</p>" if message else ""
    body = (
        f'<!doctype html><html lang="en"><head><title>HTTP Status {status} \u2013 {phrase}</title>'
        '<style type="text/css">body {font-family:Tahoma,Arial,sans-serif;}</style></head>'
        f'<body><h1>HTTP Status {status} \u2013 {phrase}</h1><hr class="line" />'
        f"<p><b>Type</b> Status Report</p>{text}"
        '<hr class="line" /><h3>Apache Tomcat/9.0.98</h3></body></html>'
    )
    return Response(body, status, content_type="text/html;charset=utf-8")
