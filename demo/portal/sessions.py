"""Sessions of a service's own web pages: one cookie a service (contract/lists 1.2).

Whoever is signed in at the realm has no session of a service yet: that only comes into being when
one of the service's own pages sends the browser round. Some actions fail silently without it.
"""

from __future__ import annotations

import secrets
import threading
from typing import Any, Dict, Optional, Tuple, cast
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request

from demo.portal.bearer import Caller
from demo.portal.websession import sign_in_page, web_caller
from demo.portal.world import World

COOKIE = "JSESSIONID"
CLIENTS = {"species-list": "lists", "alerts": "alerts"}


class Sessions:
    """The sessions of the services of one portal; a service is named by its path."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._callers: Dict[Tuple[str, str], Caller] = {}
        world.on_reset.append(self._clear)

    @classmethod
    def of(cls, world: World) -> Sessions:
        """Return the sessions of ``world``."""
        sessions: Sessions = vars(world).setdefault("service_sessions", None) or cls(world)
        vars(world)["service_sessions"] = sessions
        return sessions

    def _clear(self) -> None:
        with self._lock:
            self._callers.clear()

    def current(self, service: str) -> Optional[Caller]:
        """Return who has the session at ``service`` that the request's cookie stands for."""
        return self._callers.get((service, request.cookies.get(COOKIE, "")))

    def open(self, service: str, caller: Caller) -> str:
        """Begin a session and return the value of its cookie."""
        cookie = secrets.token_hex(16).upper()
        with self._lock:
            self._callers[service, cookie] = caller
        return cookie

    def login(self, service: str) -> Response:
        """Send the browser to sign in, and then back to the page it asked for."""
        return self._round(service, request.full_path.rstrip("?"))

    def _round(self, service: str, target: str) -> Response:
        back = f"{self._world.base}/{service}/demo-login?next={quote(target, safe='')}"
        return sign_in_page(self._world, CLIENTS[service], back)

    def install(self, routes: Blueprint, service: str) -> None:
        """Add ``/{service}/demo-login?next=`` and ``/{service}/logout``."""

        def begin() -> Response:
            target = _own_path(request.args.get("next", f"/{service}/"))
            caller = web_caller(self._world)
            if caller is None:
                return self._round(service, target)
            answer = cast(Response, redirect(target))
            # The portal's cookie is Secure as well; this one goes over plain HTTP on the loopback.
            cookie = self.open(service, caller)
            answer.set_cookie(COOKIE, cookie, path=f"/{service}", samesite="Lax")
            return answer

        def logout() -> Response:
            with self._lock:
                self._callers.pop((service, request.cookies.get(COOKIE, "")), None)
            answer = cast(Response, redirect("/"))
            answer.delete_cookie(COOKIE, path=f"/{service}")
            return answer

        rules: Tuple[Tuple[str, Any], ...] = (("demo-login", begin), ("logout", logout))
        for path, view in rules:
            routes.add_url_rule(f"/{service}/{path}", f"{service}_{path}", view)


def _own_path(target: str) -> str:
    """Return ``target`` if it is a path of this portal: nobody is sent elsewhere."""
    own = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if own else "/"


def admin(caller: Optional[Caller]) -> bool:
    """Tell whether a session has the administrator's role."""
    return caller is not None and caller.has_role("ROLE_ADMIN")
