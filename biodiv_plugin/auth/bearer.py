"""The only code that writes an ``Authorization`` header."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Callable, Iterable, Optional

from qgis.core import QgsNetworkAccessManager, QgsNetworkReplyContent
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from biodiv_plugin import paths
from biodiv_plugin.environments import Environment

if TYPE_CHECKING:
    from biodiv_plugin.auth.session import AuthSession

LABEL = "_vbp"  # the query parameter that keeps one person's pictures from the next
NOBODY = "0"  # its value while nobody is signed in
# Set by biodiv_plugin/network on each request of ours: whether it is made as the user.
AS_USER = QNetworkRequest.Attribute.UserMax
# Not under our package: it outlives a reload of the plugin, the hook in QGIS does too.
_HOLDER = "biodiv_request_hook"

FLEMISH_MAP_SERVERS = ("geo.api.vlaanderen.be", "gisservices.inbo.be")
INNER_PORT = 4443

_Origin = tuple[str, str, int]
_Prefixes = tuple[tuple[_Origin, str], ...]


@dataclass(frozen=True)
class BearerRules:
    """Where the token goes. Prefixes are addresses; ``/a`` covers ``/a`` and ``/a/…``, no more.

    ``always``      any request there, QGIS's own included
    ``on_request``  only requests of ours that are made as the user
    ``pictures``    answers that QGIS keeps by their address: they get the sign-in's label
    ``inner_port``  hosts whose capabilities name the port behind their gateway, which is closed to
                    the world, in the addresses of legends (contract/spatial 10.3)
    """

    always: tuple[str, ...]
    on_request: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    inner_port: tuple[str, ...] = FLEMISH_MAP_SERVERS


def default_rules(environment: Environment) -> BearerRules:
    """Return what the portal needs and no more: a stale token makes public data fail."""
    records = environment.service("biocache-service")
    return BearerRules(
        always=environment.addresses(environment.token_always),
        on_request=environment.addresses(environment.token_on_request),
        pictures=(f"{records}/ogc", f"{records}/mapping/wms"),
    )


def authorization_header(access_token: str) -> dict[str, str]:
    """Return the header that carries a token (RFC 6750, 2.1)."""
    return {"Authorization": f"Bearer {access_token}"}


class BearerInjector:
    """Adds the access token to the requests that QGIS sends to protected parts of the portal.

    QGIS calls this for each of its requests, in the thread that makes the request: a tile is
    fetched in a render thread. So it only compares strings and reads one reference. It opens no
    connection, imports nothing, logs nothing and takes no lock; the token is renewed elsewhere.
    """

    def __init__(self, rules: BearerRules, session: AuthSession) -> None:
        self._always = _parsed(rules.always)
        self._on_request = _parsed(rules.on_request)
        self._pictures = _parsed(rules.pictures)
        self._inner_port = rules.inner_port
        self._session = session
        self._agent = f" biodiv_plugin/{paths.version()}".encode("ascii")
        self._watching = False
        self._has_sent = False

    def install(self) -> None:
        """Begin. QGIS keeps its hooks in a list that nobody guards, so ours is added once in a
        process and stays; ``remove`` takes this object out of it. Call in the main thread."""
        _hook_in_qgis().target = self
        if not self._watching:
            manager = QgsNetworkAccessManager.instance()
            manager.finished[QgsNetworkReplyContent].connect(self._look_at_answer)
            self._watching = True

    def remove(self) -> None:
        """Take the token away; what was asked for already is not called back.

        Where somebody was signed in, the label of nobody stays on pictures: QGIS still holds in
        memory, under their bare address, what that person saw.
        """
        hook = _hook_in_qgis()
        if hook.target is self:
            hook.target = _Nobody(self._pictures) if self._has_sent else None
        if self._watching:
            manager = QgsNetworkAccessManager.instance()
            manager.finished[QgsNetworkReplyContent].disconnect(self._look_at_answer)
            self._watching = False

    def __call__(self, request: QNetworkRequest) -> None:
        with suppress(BaseException):  # one that left here would end QGIS
            self._prepare(request)

    def _prepare(self, request: QNetworkRequest) -> None:
        as_user = request.attribute(AS_USER)  # None: not a request of ours
        if as_user is not None:
            agent = bytes(request.rawHeader(b"User-Agent"))
            request.setRawHeader(b"User-Agent", agent + self._agent)
        url = request.url()
        if url.port() == INNER_PORT and url.host() in self._inner_port:
            url.setPort(-1)  # the one of the scheme
            request.setUrl(url)
            return
        if not self.protects(url, bool(as_user)):
            return
        if _lies_under(url, self._pictures):
            request.setUrl(labeled(url, self._session.label))
        tokens = self._session.tokens
        if tokens is None or not tokens.serves():
            return  # an expired one would turn public data into a 401
        attribute = QNetworkRequest.Attribute
        request.setAttribute(  # where Qt follows a redirect itself, it takes the token along
            attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
        )
        request.setAttribute(  # what needs a sign-in must neither outlive it on disk …
            attribute.CacheSaveControlAttribute, False
        )
        request.setAttribute(  # … nor be taken from what somebody else saw
            attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork
        )
        self._has_sent = True
        for name, value in authorization_header(tokens.access_token).items():
            request.setRawHeader(name.encode("ascii"), value.encode("ascii"))

    def protects(self, url: QUrl, as_user: bool = False) -> bool:
        """Return whether ``url`` is one that the rules name, same scheme, host and port."""
        return _lies_under(url, self._always) or (as_user and _lies_under(url, self._on_request))

    def _look_at_answer(self, reply: Any) -> None:
        """Hear of a token that died early; QGIS tells of all its threads' requests here."""
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        refused = bytes(reply.request().rawHeader(b"Authorization"))
        if status == 401 and refused and _lies_under(reply.request().url(), self._always):
            self._session.suspect(refused)


def labeled(url: QUrl, label: str) -> QUrl:
    """Return ``url`` with ``label`` as its one query parameter ``LABEL``, the rest untouched.

    QGIS keeps pictures by their address, blind to who asked, in memory and on disk.
    """
    query = url.query(QUrl.ComponentFormattingOption.FullyEncoded)
    items = [item for item in query.split("&") if item and not item.startswith(f"{LABEL}=")]
    result = QUrl(url)
    result.setQuery("&".join([*items, f"{LABEL}={label}"]))
    return result


def _parsed(prefixes: Iterable[str]) -> _Prefixes:
    urls = (QUrl(prefix) for prefix in prefixes)
    return tuple((_origin(url), url.path().rstrip("/")) for url in urls if _is_safe(url))


def _lies_under(url: QUrl, prefixes: _Prefixes) -> bool:
    if not _is_safe(url) or url.userInfo():
        return False
    origin = _origin(url)
    path = url.path(QUrl.ComponentFormattingOption.FullyEncoded)  # in which %2e is a dot
    lower = path.lower()
    if "/.." in path or "%2f.." in lower or "\\" in path or "%5c" in lower:
        return False  # it may lead out of the prefix, to a gateway that decodes before it looks
    return any(origin == o and (path == p or path.startswith(f"{p}/")) for o, p in prefixes)


def _is_safe(url: QUrl) -> bool:
    """As ``environments.is_safe``, on a QUrl: that one raises for no url at all."""
    loopback = url.host() in ("127.0.0.1", "localhost")
    return url.isValid() and (url.scheme() == "https" or (url.scheme() == "http" and loopback))


def _origin(url: QUrl) -> _Origin:
    return url.scheme(), url.host(), url.port(443 if url.scheme() == "https" else 80)


class _Nobody:
    """Stands in for an injector that was removed: labels pictures, and no more."""

    def __init__(self, pictures: _Prefixes) -> None:
        self._pictures = pictures

    def __call__(self, request: QNetworkRequest) -> None:
        if _lies_under(request.url(), self._pictures):
            request.setUrl(labeled(request.url(), NOBODY))


class _Hook:
    """What QGIS holds for good: passes a request on to the injector of the day."""

    def __init__(self) -> None:
        self.target: Optional[Callable[[QNetworkRequest], None]] = None

    def __call__(self, request: QNetworkRequest) -> None:
        with suppress(BaseException):
            target = self.target
            if target is not None:
                target(request)


def _hook_in_qgis() -> _Hook:
    holder = sys.modules.get(_HOLDER)
    if holder is None:
        holder = sys.modules[_HOLDER] = ModuleType(_HOLDER, "The plugin's hook in QGIS.")
        holder.hook = _Hook()
        QgsNetworkAccessManager.setRequestPreprocessor(holder.hook)
    hook: _Hook = holder.hook
    return hook
