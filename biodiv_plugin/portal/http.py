"""The one door to the network, as the portal clients see it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping, Optional, Protocol, Sequence, Union
from urllib.parse import urlencode

from biodiv_plugin.portal import errors

Scalar = Union[str, int, float, bool]
Params = Mapping[str, Union[Scalar, Sequence[Scalar], None]]


class Feedback(Protocol):
    """The part of ``QgsFeedback`` that the work below needs; a fake one is four lines."""

    def isCanceled(self) -> bool: ...  # noqa: N802

    def setProgress(self, progress: float) -> None: ...  # noqa: N802


class _Unwatched:
    def isCanceled(self) -> bool:  # noqa: N802
        return False

    def setProgress(self, progress: float) -> None:  # noqa: N802
        pass


UNWATCHED = _Unwatched()  # for work that nobody watches or stops


@dataclass(frozen=True)
class Request:
    """One HTTP request; ``url`` is complete, its query string included.

    ``as_user`` asks for the user's own view: the transport renews a stale token first, and the
    one bearer hook adds it. It never means that a token is required; a signed-out user's request
    goes out without one. ``timeout`` is in seconds, without any byte in between; ``limit`` is how
    many bytes of an answer ``send`` takes, ``None`` as many as the transport holds in memory.
    """

    method: str
    url: str
    body: Optional[bytes] = field(default=None, repr=False)  # may hold a code or a token
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    as_user: bool = False
    timeout: float = 60.0
    limit: Optional[int] = None


@dataclass(frozen=True)
class Response:
    """One HTTP answer, whatever its status. The names of ``headers`` are lower case."""

    status: int
    body: bytes = field(repr=False)
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def json(self) -> Any:
        """Return the body as JSON.

        Raises the :class:`~errors.PortalError` that fits the status, or ``UnexpectedAnswer``
        where a 2xx body is empty or not JSON: several services answer 200 to a failure
        (contract/lists 1.5, contract/occurrences 8.5).
        """
        raise_for_status(self)
        try:
            return json.loads(self.body)
        except ValueError as fault:
            raise errors.UnexpectedAnswer("the body is no JSON", url=self.url) from fault


class Transport(Protocol):
    """Sends requests. Knows proxies and certificates; clients never see a token.

    Redirects: a GET is followed at most five times, to https (or the loopback) only, never with
    a token to another origin; any other method is never followed.
    """

    def send(self, request: Request, feedback: Feedback = UNWATCHED) -> Response:
        """Return the answer, or raise ``Unreachable`` or ``Canceled``."""

    def download(self, request: Request, target: Path, feedback: Feedback = UNWATCHED) -> Response:
        """Stream the answer's body to ``target`` and return the answer without its body.

        Where ``target`` already holds bytes of an earlier try, the rest is asked for by
        ``Range`` with ``If-Range``; a server that does not play along sends all again.
        ``setProgress`` gets percent where the length is known. Raises as ``send`` does, and the
        error that fits the status; what arrived before a lost connection stays in ``target``.
        """


def post_form(url: str, params: Params, **options: Any) -> Request:
    """Return a POST whose body is the form-encoded ``params``; ``None`` is left out."""
    return Request(
        "POST",
        url,
        urlencode(_present(params), doseq=True).encode("ascii"),
        {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        **options,
    )


def get_json(url: str, **options: Any) -> Request:
    """Return a GET for JSON. Without this header some services send a sign-in page instead."""
    return Request("GET", url, headers={"Accept": "application/json"}, **options)


def post_json(url: str, value: Any, **options: Any) -> Request:
    """Return a POST whose body is ``value`` as JSON."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    headers.update(options.pop("headers", {}))
    return Request("POST", url, json.dumps(value).encode("utf-8"), headers, **options)


def url_with(base: str, params: Params) -> str:
    """Return ``base`` with ``params`` as its query; ``None`` is left out, lists repeat.

    >>> url_with("https://x/search", {"q": "Lutra lutra", "fq": ["year:2024", "a:b"], "wkt": None})
    'https://x/search?q=Lutra+lutra&fq=year%3A2024&fq=a%3Ab'
    """
    present = _present(params)
    return f"{base}?{urlencode(present, doseq=True)}" if present else base


def _present(params: Params) -> dict[str, Union[Scalar, Sequence[Scalar]]]:
    """Leave out ``None``; write booleans as the services spell them, ``true`` and ``false``."""
    spelled = {True: "true", False: "false"}
    return {
        key: spelled[value] if isinstance(value, bool) else value
        for key, value in params.items()
        if value is not None
    }


def error_kind(status: int) -> type[errors.PortalError]:
    """Return the class of error that a status other than 2xx stands for."""
    if status < 400:  # a redirect that was not followed leads to a sign-in page, or elsewhere
        return errors.UnexpectedAnswer
    kinds: dict[int, type[errors.PortalError]] = {
        401: errors.SignInRequired,
        403: errors.Forbidden,
        404: errors.NotFound,
        405: errors.Throttled,  # the portal's gateway throttles with 405 (contract/occurrences 0.1)
        429: errors.Throttled,
    }
    return kinds.get(status, errors.PortalFault if status >= 500 else errors.Rejected)


def raise_for_status(response: Response) -> None:
    """Raise the ``PortalError`` that the status stands for; do nothing for 2xx."""
    status = response.status
    if not 200 <= status < 300:
        raise error_kind(status)(f"HTTP {status}", url=response.url, status=status)
