"""The clients' way to the demo portal without a network: straight into its application."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional
from urllib.parse import urlsplit

from flask import Flask

from biodiv_plugin.portal.errors import TooLarge, UnexpectedAnswer
from biodiv_plugin.portal.http import Request, Response, raise_for_status


class WsgiTransport:
    """Sends requests to ``app``, with ``token`` where the user's own view is asked for."""

    def __init__(self, app: Flask, base: str, token: Optional[str] = None) -> None:
        self._client = app.test_client(use_cookies=False)
        self._base, self._token = base, token

    def send(self, request: Request, feedback: Any = None) -> Response:
        headers = dict(request.headers)
        if request.as_user and self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        url = request.url
        for _ in range(5):
            answer = self._client.open(
                self._path(url),
                method=request.method,
                data=request.body,
                headers=headers,
                base_url=self._base,
            )
            if request.method != "GET" or answer.status_code not in (301, 302):
                break
            url = answer.headers["Location"]
        if request.limit is not None and len(answer.data) > request.limit:
            raise TooLarge("too long", limit=request.limit)
        names = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, answer.data, request.url, names)

    def download(self, request: Request, target: Path, feedback: Any = None) -> Response:
        response = self.send(request)
        raise_for_status(response)
        target.write_bytes(response.body)
        return Response(response.status, b"", response.url, response.headers)

    def _path(self, url: str) -> str:
        """Return the path and query as they are spelled, of the portal's own address alone."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in ("://", self._base):
            raise UnexpectedAnswer("led to another origin", url=url)
        return url[len(origin) :] if origin != "://" else url
