"""One request and its answer, over ``QgsNetworkAccessManager``."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QIODevice, QThread, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from biodiv_plugin.network.sinks import Sink
from biodiv_plugin.portal.errors import Canceled, Unreachable
from biodiv_plugin.portal.http import Feedback, Request

# Marks each request of ours, with whether it is made as the user; auth/bearer.py reads the same.
AS_USER = QNetworkRequest.Attribute.UserMax
REDIRECTS = (301, 302, 303, 307, 308)
_TICK = 50  # ms between two looks at the feedback and the clock


@dataclass(frozen=True)
class Answer:
    """What came back, without the body. The names of ``headers`` are lower case."""

    status: int
    url: str
    headers: Mapping[str, str]
    authorization: bytes = field(repr=False)  # what the bearer hook added, if anything


class Exchange:
    """One request, waited for in an event loop of its own. ``run`` it once."""

    def __init__(
        self,
        request: Request,
        url: str,
        as_user: bool,
        headers: Mapping[str, str],
        sink: Sink,
        feedback: Feedback,
    ) -> None:
        self._request, self._url, self._as_user = request, url, as_user
        self._sent_headers = headers
        self._sink, self._feedback = sink, feedback
        self._body: Optional[_OnceOnly] = None
        self._failure: Optional[Exception] = None
        self._status: Optional[int] = None
        self._headers: dict[str, str] = {}
        self._certificate_faults: list[str] = []

    def run(self) -> Answer:
        """Return the answer, whatever its status; its body is in the sink.

        Raises ``Unreachable``, ``Canceled``, and what the sink raises.
        """
        if self._feedback.isCanceled():
            raise Canceled
        loop = QEventLoop()  # first: it gives a bare thread the dispatcher that timers need
        self._reply = reply = self._start(QgsNetworkAccessManager.instance())
        self._heard = monotonic()
        ticker = QTimer()
        ticker.setInterval(_TICK)
        ticker.timeout.connect(self._tick)
        reply.readyRead.connect(self._read)
        reply.uploadProgress.connect(self._hear)
        reply.downloadProgress.connect(self._hear)
        reply.sslErrors.connect(self._note_certificate)
        reply.finished.connect(loop.quit)
        ticker.start()
        try:
            if not reply.isFinished():
                loop.exec(_loop_flags())
            ticker.stop()
            self._read()
            return self._answer()
        finally:
            _let_go(self._body, reply)
            self._sink.close()

    def _start(self, manager: QgsNetworkAccessManager) -> QNetworkReply:
        native = QNetworkRequest(QUrl(self._url))
        native.setRawHeader(b"Accept-Language", _languages())
        for name, value in self._sent_headers.items():
            native.setRawHeader(name.encode("ascii"), value.encode("utf-8"))
        for attribute, setting in _attributes().items():
            native.setAttribute(attribute, setting)
        native.setAttribute(AS_USER, self._as_user)
        reply = self._open(manager, native)
        self._allow_for_long(reply)
        return reply

    def _open(self, manager: QgsNetworkAccessManager, native: QNetworkRequest) -> QNetworkReply:
        method = self._request.method
        if method == "GET":
            return manager.get(native)
        if method == "DELETE":
            return manager.deleteResource(native)
        if method not in ("POST", "PUT"):
            raise ValueError(f"unsupported method {method}")
        self._body = body = _OnceOnly(self._request.body or b"")
        return manager.post(native, body) if method == "POST" else manager.put(native, body)

    def _allow_for_long(self, reply: QNetworkReply) -> None:
        """Keep QGIS from giving up before a long time-out of ours.

        Only then: to find the timer, PyQt looks at all that the reply holds, and not all of
        that ends with it; see ``_let_go``.
        """
        if 1000 * self._request.timeout > QgsNetworkAccessManager.timeout() > 0:
            of_qgis = reply.findChild(QTimer, "timeoutTimer")
            if of_qgis is not None:
                of_qgis.setInterval(int(1000 * self._request.timeout) + 5000)

    def _hear(self, *_: int) -> None:
        self._heard = monotonic()

    def _tick(self) -> None:
        if self._feedback.isCanceled():
            self._stop(Canceled())
        elif monotonic() - self._heard > self._request.timeout:
            text = f"no byte in {self._request.timeout:g} s"
            self._stop(self._unreachable("timeout", text))

    def _stop(self, failure: Exception) -> None:
        if self._failure is None:
            self._failure = failure
            self._reply.abort()

    def _read(self) -> None:
        """Hand on what has arrived. An exception must not leave a slot, so it is kept."""
        self._hear()
        if self._failure is not None:
            return
        try:
            if self._status is None:
                self._begin()
            if self._status is not None and self._status not in REDIRECTS:
                self._sink.write(bytes(self._reply.readAll()))
        except Exception as failure:  # noqa: BLE001 (raised again in ``run``)
            self._stop(failure)

    def _begin(self) -> None:
        status = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status is None:
            return
        self._status = int(status)
        if self._sink.buffer:  # not before: Qt 5.15 then crashes where a proxy or TLS refuses
            self._reply.setReadBufferSize(self._sink.buffer)
        self._headers = {
            bytes(name).decode("latin-1").lower(): bytes(value).decode("latin-1")
            for name, value in self._reply.rawHeaderPairs()
        }
        self._sink.begin(self._status, self._headers)

    def _note_certificate(self, faults: list[Any]) -> None:
        self._certificate_faults += [fault.errorString() for fault in faults]

    def _answer(self) -> Answer:
        if self._failure is not None:
            raise self._failure
        code = _number(self._reply.error())
        if 0 < code < 200 or self._status is None:  # from 200 on the status tells the same
            reason = _REASONS.get(code, "proxy" if 100 < code < 200 else "network")
            faults = "; ".join([self._reply.errorString(), *self._certificate_faults])
            raise self._unreachable(reason, faults)
        authorization = bytes(self._reply.request().rawHeader(b"Authorization"))
        return Answer(self._status, self._url, self._headers, authorization)

    def _unreachable(self, reason: str, detail: str) -> Unreachable:
        host = urlsplit(self._url).hostname
        return Unreachable(f"{host}: {reason}: {detail}", reason=reason, url=self._url)


class _OnceOnly(QIODevice):
    """A body that cannot be sent twice.

    Qt sends a request up to four times where the connection dies before the answer, a POST as
    well: a second use of a refresh token ends the sign-in (RFC 9700, 4.14.2), and a list would
    be made twice. It asks for the body's beginning before it does so; here there is none.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def size(self) -> int:
        return len(self._data)

    def readData(self, size: int) -> bytes:  # noqa: N802
        return self._data[self.pos() : self.pos() + size]

    def reset(self) -> bool:
        return False


def _languages() -> bytes:
    """The language of QGIS, which need not be that of the machine: names come in it."""
    return f"{QgsApplication.locale()[:2] or 'nl'},nl;q=0.8,en;q=0.5".encode("ascii")


def _let_go(body: Optional[_OnceOnly], reply: QNetworkReply) -> None:
    """Let what Qt made end in the main thread.

    PyQt is told there that such an object has ended, and by its address alone. Told by a worker
    it hears of it late; by then the next object may lie at that address, and PyQt takes that one
    for dead: a reply that still sends signals, in tests one of some thousands, then an error in a
    slot and the end of QGIS. Both are Python's own from here on, and end with their Python half.
    """
    application = QCoreApplication.instance()
    if application is None or reply.thread() == application.thread():
        reply.deleteLater()
        return
    if body is not None:
        body.moveToThread(application.thread())  # the reply may look into it to its end
    reply.setParent(None)
    reply.moveToThread(application.thread())


def _loop_flags() -> QEventLoop.ProcessEventsFlag:
    """In the main thread nobody may click into what is half done."""
    application = QCoreApplication.instance()
    if application is not None and QThread.currentThread() == application.thread():
        return QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    return QEventLoop.ProcessEventsFlag.AllEvents


def _attributes() -> dict[QNetworkRequest.Attribute, Any]:
    """No redirect, cache or cookie of Qt's: an answer belongs to one person and one question."""
    attribute = QNetworkRequest.Attribute
    return {
        attribute.RedirectPolicyAttribute: QNetworkRequest.RedirectPolicy.ManualRedirectPolicy,
        attribute.CacheLoadControlAttribute: QNetworkRequest.CacheLoadControl.AlwaysNetwork,
        attribute.CacheSaveControlAttribute: False,
        attribute.CookieLoadControlAttribute: QNetworkRequest.LoadControl.Manual,
        attribute.CookieSaveControlAttribute: QNetworkRequest.LoadControl.Manual,
    }


def _number(value: Any) -> int:
    return int(getattr(value, "value", value))  # Qt 6's enumerations are no integers


_REASONS = {
    _number(error): reason
    for error, reason in (
        (QNetworkReply.NetworkError.ConnectionRefusedError, "refused"),
        (QNetworkReply.NetworkError.RemoteHostClosedError, "closed"),
        (QNetworkReply.NetworkError.ContentReSendError, "closed"),  # see _OnceOnly
        (QNetworkReply.NetworkError.HostNotFoundError, "dns"),
        (QNetworkReply.NetworkError.TimeoutError, "timeout"),
        (QNetworkReply.NetworkError.OperationCanceledError, "timeout"),  # by QGIS's own timer
        (QNetworkReply.NetworkError.SslHandshakeFailedError, "tls"),
    )
}
