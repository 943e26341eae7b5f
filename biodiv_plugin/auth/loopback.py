"""The browser's way back: a free port of this machine, for as long as a sign-in waits.

RFC 8252, 7.3 and 8.3. What does not belong to this sign-in is answered and ignored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import socket
import socketserver
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from time import monotonic
from typing import Any, Callable, Mapping, Optional
from urllib.parse import parse_qs, urlsplit

from biodiv_plugin import paths
from biodiv_plugin.portal.errors import Canceled, SignInFailed
from biodiv_plugin.portal.http import UNWATCHED, Feedback

PATH = "/callback"  # as registered with the provider; the port is free
LOGGED_OUT = "/logged-out"  # likewise, where a sign-out of the browser comes first
_IDLE = 5.0  # seconds that a connection may say nothing


class LoopbackListener:
    """Listens on 127.0.0.1 within a ``with`` block, in threads of its own.

    Threads, because browsers open connections ahead of time and send nothing on them; the real
    answer must not wait behind such a one.

    Args:
        state: what the authorization request carries; a callback with another is not ours.
        succeeded: tells which page the person sees, given the callback's parameters.

    Raises ``SignInFailed`` with ``loopback`` on entering where no port can be had.
    """

    def __init__(self, state: str, succeeded: Callable[[Mapping[str, str]], bool]) -> None:
        self._state, self._succeeded = state, succeeded
        self._answer: Optional[dict[str, str]] = None
        self._onward = ""
        self._answered = threading.Event()
        self._first = threading.Lock()

    def __enter__(self) -> LoopbackListener:
        self._pages = {name: _page(name) for name in ("sign_in_done", "sign_in_failed")}
        try:
            self._server = _Server(("127.0.0.1", 0), self._handler())
        except OSError as fault:
            raise SignInFailed(f"no port to listen on: {fault}", code="loopback") from fault
        self._host = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="biodiv-loopback", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def redirect_uri(self) -> str:
        return f"http://{self._host}{PATH}"

    @property
    def logged_out_uri(self) -> str:
        return f"http://{self._host}{LOGGED_OUT}"

    def lead_on(self, url: str) -> None:
        """Send a browser that comes back from a sign-out to ``url``, the page to sign in at."""
        self._onward = url

    def wait(self, timeout: float, feedback: Feedback = UNWATCHED) -> Mapping[str, str]:
        """Return the callback's parameters: ``code`` or ``error``, ``state``, ``iss``.

        Raises ``SignInFailed`` with ``timeout`` after so many seconds, and ``Canceled``.
        """
        end = monotonic() + timeout
        while not self._answered.wait(0.05):
            if feedback.isCanceled():
                raise Canceled
            if monotonic() > end:
                raise SignInFailed("the browser did not come back", code="timeout")
        return self._answer or {}

    def _take(self, host: str, target: str) -> tuple[int, bytes, str]:
        """Return status, page and style of the answer to ``GET target``."""
        asked = urlsplit(target)
        query = parse_qs(asked.query, keep_blank_values=True)
        parameters = {name: values[0] for name, values in query.items()}
        if host != self._host:  # a web page that has this port under a name of its own
            return 400, b"", ""
        signed_out = asked.path == LOGGED_OUT and bool(self._onward)
        if asked.path != PATH and not signed_out:  # browsers ask for /favicon.ico too
            return 404, b"", ""
        if any(len(values) > 1 for values in query.values()) or not hmac.compare_digest(
            parameters.get("state", "").encode(), self._state.encode()
        ):
            return 400, b"", ""
        if signed_out:
            return 303, b"", ""
        with self._first:
            if self._answer is not None:
                return 400, b"", ""
            self._answer = parameters
        done = self._succeeded(parameters)
        return 200, *self._pages["sign_in_done" if done else "sign_in_failed"]

    def _handler(listener) -> type:  # noqa: N805 (the handler below has a self of its own)
        class Handler(BaseHTTPRequestHandler):
            timeout = _IDLE

            def do_GET(self) -> None:
                status, page, style = listener._take(self.headers.get("Host", ""), self.path)
                try:
                    self._reply(status, page, style)
                finally:
                    if status == 200:  # the page first: the port closes right after
                        listener._answered.set()

            def send_error(self, code: int, *_: Any) -> None:
                """Refuse any other method; the usual page would repeat what was asked."""
                self._reply(405 if code == 501 else code, b"", "")

            def _reply(self, status: int, page: bytes, style: str) -> None:
                self.send_response_only(status)
                if status == 303:
                    self.send_header("Location", listener._onward)
                for name, value in _headers(page, style).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                """Say nothing: the code is in the address."""

        return Handler


def _headers(page: bytes, style: str) -> dict[str, str]:
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
        "Content-Security-Policy": f"default-src 'none'; {style}frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
    }


def _page(name: str) -> tuple[bytes, str]:
    """Return a page, and what allows its style and no other."""
    text = paths.resource(f"{name}.html").read_text(encoding="utf-8")
    found = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = hashlib.sha256((found.group(1) if found else "").encode("utf-8")).digest()
    allowed = base64.b64encode(digest).decode("ascii")
    return text.encode("utf-8"), f"style-src 'sha256-{allowed}'; "


class _Server(socketserver.ThreadingTCPServer):
    """Not ``http.server.HTTPServer``: that one shares its port on Windows with whoever asks, and
    looks up its own name, which takes seconds on some machines."""

    allow_reuse_address = False
    daemon_threads = True
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], handler: type) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(address, handler)

    def server_bind(self) -> None:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:  # Windows
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in tuple(self._open):  # idle ones, else their threads would linger
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no event."""
