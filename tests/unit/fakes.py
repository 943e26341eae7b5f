"""Stand-ins for what the pure half of the plugin talks to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterable
from urllib.parse import parse_qs, urlsplit

from biodiv_plugin.portal.errors import Canceled, TooLarge
from biodiv_plugin.portal.http import Request, Response, raise_for_status

DATA = Path(__file__).parents[1] / "data" / "portal"
HTML = b"<!doctype html><html><head><title>HTTP Status</title></head><body>Error</body></html>"
CHUNK = 64


def data(name: str) -> Any:
    """Return an answer as the contract documents it, from ``tests/data/portal``."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def params_of(request: Request) -> dict[str, list[str]]:
    """Return what a request asks, be it in its address or in its form, decoded once."""
    asked = request.body.decode("ascii") if request.body else urlsplit(request.url).query
    return parse_qs(asked, keep_blank_values=True)


class FakeFeedback:
    """Remembers its progress; is canceled once it was asked ``patience`` times."""

    def __init__(self, patience: int = 1_000_000) -> None:
        self.progress: list[float] = []
        self._patience = patience

    def isCanceled(self) -> bool:
        self._patience -= 1
        return self._patience < 0

    def setProgress(self, progress: float) -> None:
        self.progress.append(progress)


class FakeTransport:
    """Gives one answer to every request, until told another; remembers what it was asked.

    A body is bytes as they are, text, or a value to be sent as JSON; a function is asked with
    the request, and may return a whole ``Response``.
    """

    def __init__(self, body: Any = None, status: int = 200, **headers: str) -> None:
        self.requests: list[Request] = []
        self._turns: list[Any] = []
        self.answers(body, status, **headers)

    def answers(self, body: Any = None, status: int = 200, **headers: str) -> None:
        """Answer so from now on; ``content_type="text/html"`` is a header."""
        self._body, self._status = body, status
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def answers_in_turn(self, bodies: Iterable[Any]) -> None:
        """Answer with each body once, before what was told last."""
        self._turns = list(bodies)

    def send(self, request: Request, feedback: Any = None) -> Response:
        self.requests.append(request)
        if feedback is not None and feedback.isCanceled():
            raise Canceled
        body = self._turns.pop(0) if self._turns else self._body
        if callable(body):
            body = body(request)
        if isinstance(body, Response):
            return body
        if isinstance(body, str):
            body = body.encode("utf-8")
        if not isinstance(body, bytes):
            body = json.dumps(body).encode("utf-8")
        if request.limit is not None and len(body) > request.limit:
            raise TooLarge("too long", limit=request.limit)
        return Response(self._status, body, request.url, self._headers)

    def download(self, request: Request, target: Path, feedback: Any = None) -> Response:
        """Write the body to ``target`` piece by piece, after what it holds already."""
        response = self.send(request, feedback)
        raise_for_status(response)
        start = target.stat().st_size if target.exists() else 0
        with target.open("ab") as file:
            for position in range(start, len(response.body), CHUNK):
                if feedback is not None and feedback.isCanceled():
                    raise Canceled
                file.write(response.body[position : position + CHUNK])
                file.flush()
                if feedback is not None:
                    feedback.setProgress(100 * file.tell() / len(response.body))
        return Response(response.status, b"", response.url, response.headers)

    @property
    def last(self) -> Request:
        return self.requests[-1]
