"""JSON as the Grails services of the portal write it: compact, nulls kept, ``</`` escaped."""

from __future__ import annotations

import json
from typing import Any

from flask import Response


def grails_json(content: Any, status: int = 200) -> Response:
    """Return ``content`` as ``application/json;charset=utf-8``, keys in their own order."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(
        text.replace("</", "<\\u002f"), status, content_type="application/json;charset=utf-8"
    )


def plain_text(text: str, status: int = 200) -> Response:
    """Return ``text`` as the services' ``render(text)`` does: with an HTML content type."""
    return Response(text, status, content_type="text/html;charset=utf-8")
