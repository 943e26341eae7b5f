"""A web server that a test scripts, and work done in a task as the plugin does it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional
from urllib.parse import parse_qs, urlsplit

from qgis.core import QgsApplication, QgsFeedback, QgsTask
from qgis.PyQt.QtCore import QEventLoop, QTimer

from biodiv_plugin.auth import tokens
from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.tokens import TokenSet
from biodiv_plugin.environments import Environment

SOMEBODY = Account("1", "1", "Hilde", "INBO", "", (), True, ())


def environment(portal: str = "https://portal.test", issuer: str = "") -> Environment:
    return Environment(
        id="test",
        title="Test",
        portal=portal,
        issuer=issuer or f"{portal}/realms/vbp",
        client_id="vbp-qgis",
        name_matching=f"{portal}/namematching",
        flanders_filter="",
    )


def token_set(access_token: str = "SENTINEL", life: float = 300.0, age: float = 0) -> TokenSet:
    now = tokens.now()
    return TokenSet(access_token, now - age, now + life, "SENTINEL-R")


@dataclass
class Asked:
    """One request as the server saw it. The names of ``headers`` are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def form(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(self.body.decode("ascii")).items()}


@dataclass
class Reply:
    """``cut`` breaks the connection after so many bytes of the body, -1 before the status
    line; ``wait`` is in seconds, before the answer, and ``slowly`` after each 64 kB of it."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: Optional[int] = None
    wait: float = 0
    slowly: float = 0


class Server:
    """Answers with what ``answer`` returns for a request; remembers what it was asked."""

    def __init__(self, answer: Callable[[Asked], Reply], tls: Any = None) -> None:
        self.asked: list[Asked] = []
        self._answer = answer
        self._closing = threading.Event()
        self._connections: set[socket.socket] = set()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        scheme = "http" if tls is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._http.server_port}"
        self.port = self._http.server_port
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        for connection in tuple(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        if reply.cut == -1:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        handler.send_response(reply.status)
        headers = {"Content-Length": str(len(reply.body)), **reply.headers}
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        body = reply.body if reply.cut is None else reply.body[: reply.cut]
        step = 1 << 16
        for start in range(0, len(body), step):
            handler.wfile.write(body[start : start + step])
            self._closing.wait(reply.slowly)
        if reply.cut is not None:
            handler.wfile.flush()
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True

    def _handler(server) -> type:  # noqa: N805 (the handler below has a self of its own)
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 20

            def log_message(self, *_: object) -> None:
                pass

            def setup(self) -> None:
                server._connections.add(self.request)
                super().setup()

            def finish(self) -> None:
                server._connections.discard(self.request)
                super().finish()

            def handle_any(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, self.rfile.read(length))
                server.asked.append(asked)
                reply = server._answer(asked)
                server._closing.wait(reply.wait)
                try:
                    server._send(self, reply)
                except OSError:
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

        return Handler


class InTask(QgsTask):
    """Runs ``work`` in one of QGIS's worker threads, as every use case is run."""

    def __init__(self, work: Callable[[QgsFeedback], Any]) -> None:
        super().__init__("test")
        self.feedback = QgsFeedback()
        self._work = work
        self.result: Any = None
        self.error: Optional[BaseException] = None
        self.done = threading.Event()

    def run(self) -> bool:
        try:
            self.result = self._work(self.feedback)
        except BaseException as error:  # noqa: BLE001 (raised again in the test)
            self.error = error
        self.done.set()
        return True

    def start(self) -> InTask:
        QgsApplication.taskManager().addTask(self)
        return self

    def wait(self, seconds: float = 20) -> Any:
        spin_until(self.done.is_set, seconds)
        if self.error is not None:
            raise self.error
        return self.result


def in_task(work: Callable[[QgsFeedback], Any], seconds: float = 20) -> Any:
    return InTask(work).start().wait(seconds)


def spin_until(ready: Callable[[], object], seconds: float = 10) -> None:
    """Let the main thread's events run until ``ready``."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(f"nothing within {seconds} s")
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    spin_until(lambda: time.monotonic() > end, seconds + 5)
