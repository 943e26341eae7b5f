"""A threaded HTTP/1.1 server for the demo portal, on the loopback only.

Werkzeug's own handler ends the connection after each answer. The real portal keeps it open, and a
client meets other troubles on a connection that it uses again, so this one does too.
"""

from __future__ import annotations

import io
import socket
import ssl
import struct
import sys
import time
from contextlib import suppress
from http.client import responses
from typing import Any, Callable, Iterable, Optional
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

CONNECTION = "demo.connection"  # in the WSGI environment: the :class:`Handler` of the request
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ConnectionEnded(ConnectionError):
    """A fault has ended the connection."""


class Handler(WSGIRequestHandler):
    """Serves the requests of one connection, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # header and body are two writes
    timeout = 75  # an idle connection; what load balancers commonly allow
    server: Server
    verbose = False

    def run_wsgi(self) -> None:
        """Answer one request; called by the base class for every method."""
        self.environ = environ = self.make_environ()
        environ[CONNECTION] = self
        environ["wsgi.url_scheme"] = "https" if self.server.tls else "http"
        environ["wsgi.input"] = self._body(environ)
        environ["wsgi.input_terminated"] = True
        answer = _Answer(self)
        try:
            self._write(answer, self.server.app(environ, answer.start))
        except (ConnectionError, TimeoutError, ValueError) as error:
            self.close_connection = True
            if isinstance(error, ValueError) and self.connection.fileno() != -1:
                raise

    def _body(self, environ: WSGIEnvironment) -> io.BytesIO:
        """Read the whole body: an unread rest would be taken for the next request."""
        stream = environ["wsgi.input"]
        if environ.get("wsgi.input_terminated"):  # chunked; werkzeug has wrapped it
            return io.BytesIO(stream.read())
        return io.BytesIO(stream.read(int(environ.get("CONTENT_LENGTH") or 0)))

    def _write(self, answer: _Answer, chunks: Iterable[bytes]) -> None:
        try:
            for chunk in chunks:
                answer.write(chunk)
            answer.end()
        finally:
            close: Optional[Callable[[], None]] = getattr(chunks, "close", None)
            if close is not None:
                close()

    def reset(self) -> None:
        """Break the connection: the client gets a reset. Raises :class:`ConnectionEnded`."""
        time.sleep(0.05)  # a reset overtakes what the client has not read yet
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """End the connection in mid-answer, in order. Raises :class:`ConnectionEnded`."""
        # Python closes a socket when its last file is closed, which comes after a shutdown in
        # order; the descriptor itself is closed at once.
        socket.close(self.connection.detach())
        raise ConnectionEnded

    def log(self, type: str, message: str, *args: Any) -> None:
        if self.verbose or type == "error":
            sys.stderr.write(f"{message % args if args else message}\n")

    def log_error(self, format: str, *args: Any) -> None:
        if self.verbose:  # idle connections that ended, mostly
            super().log_error(format, *args)


class _Answer:
    """One answer on its way out: header once, then chunks."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._status = ""
        self._headers: list[tuple[str, str]] = []
        self._sent = False
        self._chunked = False

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        self._status, self._headers = status, headers
        return self.write

    def write(self, chunk: bytes) -> None:
        if not self._sent:
            self._send_header()
        if not chunk or self._handler.command == "HEAD":
            return
        if self._chunked:
            chunk = b"%x\r\n%b\r\n" % (len(chunk), chunk)
        self._handler.wfile.write(chunk)

    def end(self) -> None:
        if not self._sent:
            self._send_header()
        if self._chunked:
            self._handler.wfile.write(b"0\r\n\r\n")

    def _send_header(self) -> None:
        self._sent = True
        handler, code = self._handler, int(self._status[:3])
        handler.send_response_only(code, self._status[4:] or responses.get(code, ""))
        names = {name.lower() for name, _ in self._headers}
        for name, value in self._headers:
            handler.send_header(name, value)
        if "date" not in names:
            handler.send_header("Date", handler.date_time_string())
        bodiless = handler.command == "HEAD" or code < 200 or code in (204, 304)
        if "content-length" not in names and not bodiless:
            if handler.request_version >= "HTTP/1.1":
                self._chunked = True
                handler.send_header("Transfer-Encoding", "chunked")
            else:
                handler.close_connection = True
        if handler.close_connection and "connection" not in names:
            handler.send_header("Connection", "close")
        handler.end_headers()


class Server(ThreadedWSGIServer):
    """Waits for as many connections as a map with many tiles opens; with ``tls``, over TLS."""

    request_queue_size = 128
    tls: Optional[ssl.SSLContext] = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection, in its own thread: a silent one keeps nobody else waiting."""
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(Handler.timeout)
        # Who does not trust the certificate hangs up.
        with suppress(OSError), self.tls.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)


def make_server(
    host: str,
    port: int,
    app: Optional[WSGIApplication] = None,
    tls: Optional[ssl.SSLContext] = None,
) -> Server:
    """Return a server that listens on ``host``; port 0 takes a free one. Raises ValueError.

    ``app`` may be set later (``server.app``): the portal's address is known only now.
    """
    if host not in LOOPBACK:
        raise ValueError(f"the demo portal listens on the loopback only, not on {host}")

    def nobody(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("503 Service Unavailable", [("Content-Length", "0")])
        return [b""]

    server = Server(host, port, app or nobody, Handler)
    server.tls = tls
    return server
