"""The log of requests: what reached the portal, without a token in it."""

from __future__ import annotations

import base64
import json
import threading
from collections import deque
from typing import Any, Optional

from flask import Request

_KEPT_HEADERS = (
    "Accept",
    "Accept-Language",
    "Content-Type",
    "Cookie",
    "Host",
    "If-Range",
    "Origin",
    "Range",
    "Referer",
    "User-Agent",
    "X-Requested-With",
    "X-Request-ID",
)
_LENGTH = 20_000


class RequestLog:
    """The last requests, oldest first; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=_LENGTH)

    def add(self, request: Request, status: int, fault: Optional[str], seconds: float) -> None:
        """Note ``request``, answered with ``status``; ``fault`` names what spoiled the answer."""
        entry = {
            "method": request.method,
            "path": request.path,
            "query": request.query_string.decode("utf-8", "replace"),
            "headers": _headers(request),
            "body": request.content_length or len(request.get_data(cache=True)),
            "status": status,
            "fault": fault,
            "seconds": round(seconds, 4),
        }
        with self._lock:
            self._entries.append(entry)

    def entries(self, path: str = "") -> list[dict[str, Any]]:
        """Return the requests whose path begins with ``path``."""
        with self._lock:
            return [entry for entry in self._entries if entry["path"].startswith(path)]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()


def cookie_names(request: Request) -> list[str]:
    """Return the names of the cookies, those with a value that a strict parser drops included."""
    parts = request.headers.get("Cookie", "").split(";")
    return sorted(name for part in parts if (name := part.partition("=")[0].strip()))


def _headers(request: Request) -> dict[str, str]:
    kept = {name: request.headers[name] for name in _KEPT_HEADERS if name in request.headers}
    if "Cookie" in kept:  # their names tell what a client keeps; their values are secrets
        kept["Cookie"] = "; ".join(cookie_names(request))
    if authorization := request.headers.get("Authorization"):
        kept["Authorization"] = _reduced(authorization)
    return kept


def _reduced(authorization: str) -> str:
    """Return the scheme, and of a JWT the subject: never the token."""
    scheme, _, token = authorization.partition(" ")
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return f"{scheme} sub={claims['sub']}"
    except (IndexError, ValueError, KeyError, TypeError):
        return f"{scheme} ?"
