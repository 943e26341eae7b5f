"""The portal's transport over QGIS's own network stack: its proxy, its certificates, its log."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Mapping, Optional
from urllib.parse import urljoin, urlsplit

from biodiv_plugin.environments import is_safe
from biodiv_plugin.network.exchange import REDIRECTS, Answer, Exchange
from biodiv_plugin.network.sinks import FileSink, MemorySink, Sink
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.http import UNWATCHED, Feedback, Request, Response, raise_for_status

_MAX_HOPS = 5
# Qt's and QGIS's business. An Accept-Encoding of ours would stop Qt from unpacking gzip.
_NOT_OURS = ("accept-encoding", "connection", "content-length", "cookie", "host", "user-agent")


class QgisTransport:
    """A :class:`~biodiv_plugin.portal.http.Transport` over ``QgsNetworkAccessManager``.

    It blocks: use it in a task. In the main thread, where Processing may run an algorithm, it
    waits without taking the user's clicks.

    Args:
        prepare: called before a request that is made as the user, to renew a stale token.
        on_unauthorized: called with the ``Authorization`` that was refused by a 401; returns
            whether there is a newer one, and so whether to ask once more.
    """

    def __init__(
        self,
        prepare: Optional[Callable[[Request, Feedback], None]] = None,
        on_unauthorized: Optional[Callable[[bytes, Feedback], bool]] = None,
    ) -> None:
        self._prepare = prepare
        self._on_unauthorized = on_unauthorized

    def send(self, request: Request, feedback: Feedback = UNWATCHED) -> Response:
        """Return the answer, whatever its status.

        Raises:
            Unreachable: there was none; ``reason`` says why.
            TooLarge: a body over the request's limit, or over 64 MB, which belongs into a file.
            UnexpectedAnswer: a redirect that must not be followed.
            Canceled: within 100 ms.
        """
        sink = MemorySink(request.limit)
        answer = self._send(request, feedback, sink, {})
        return Response(answer.status, bytes(sink.body), answer.url, answer.headers)

    def download(self, request: Request, target: Path, feedback: Feedback = UNWATCHED) -> Response:
        """Stream the body to ``target``; see the protocol.

        What says that the rest still belongs to the bytes at hand (an ``ETag``, or the date of
        the last change) is kept beside it in ``<target>.etag`` until all has arrived. Raises also
        ``StorageFailed``; a page in place of a file is an ``UnexpectedAnswer``.
        """
        sink = FileSink(target, feedback)
        answer = self._send(request, feedback, sink, sink.range_headers())
        if answer.status == 416 and sink.is_complete(answer.headers):
            answer = Answer(200, answer.url, {}, b"")  # its headers are those of an error page
        elif answer.status == 416:
            sink = FileSink(target, feedback, afresh=True)
            answer = self._send(request, feedback, sink, sink.range_headers())
        response = Response(answer.status, b"", answer.url, answer.headers)
        raise_for_status(response)
        sink.finish()
        return response

    def _send(
        self, request: Request, feedback: Feedback, sink: Sink, extra: Mapping[str, str]
    ) -> Answer:
        if not request.as_user:
            return _follow(request, feedback, sink, extra)
        if self._prepare is not None:
            self._prepare(request, feedback)
        answer = _follow(request, feedback, sink, extra)
        refused = answer.authorization if answer.status == 401 else b""
        if refused and self._on_unauthorized and self._on_unauthorized(refused, feedback):
            answer = _follow(request, feedback, sink, extra)
        return answer


def _follow(request: Request, feedback: Feedback, sink: Sink, extra: Mapping[str, str]) -> Answer:
    """Send, and follow the redirects of a GET; each hop passes the bearer hook anew."""
    headers = {k: v for k, v in request.headers.items() if k.lower() not in _NOT_OURS}
    headers.update(extra)
    url, as_user = request.url, request.as_user
    for _ in range(_MAX_HOPS + 1):
        answer = Exchange(request, url, as_user, headers, sink, feedback).run()
        location = answer.headers.get("location", "")
        if request.method != "GET" or answer.status not in REDIRECTS or not location:
            return answer
        target = _joined(url, location)
        if not _may_lead(url, target):
            raise UnexpectedAnswer("a redirect to an unsafe address", url=url)
        if _origin(target) != _origin(url):
            as_user = False
            headers = {k: v for k, v in headers.items() if k.lower() != "authorization"}
        url = target
    raise UnexpectedAnswer(f"more than {_MAX_HOPS} redirects", url=request.url)


def _joined(url: str, location: str) -> str:
    """Return where a redirect leads; nowhere for what is no address."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def _may_lead(url: str, target: str) -> bool:
    """Return whether ``target`` is https, or http on this machine where ``url`` is so already."""
    from_web = urlsplit(url).scheme == "https"
    return is_safe(target) and not (from_web and urlsplit(target).scheme == "http")


def _origin(url: str) -> tuple[str, str, Optional[int]]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
