"""Sessions of a service's own web pages: a cookie of that service, had by signing in at the realm.

Contract/lists 1.2: one cookie ``JSESSIONID`` a service, its path that of the service. A bearer token
is never exchanged for one; the person signs in, with the browser, and the service takes the code.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, redirect, request
from joserfc import jwt
from joserfc.errors import JoseError

from demo.portal.bearer import html_error
from demo.portal.people import Person
from demo.portal.world import World

COOKIE = "JSESSIONID"
CLIENT = "vbp-qgis"  # the realm has no other client; the services' own ones are confidential
CALLBACK = "/callback"


@dataclass(frozen=True)
class Session:
    """Somebody signed in at a service; ``roles`` are upper case and always hold ROLE_USER."""

    user_id: str
    person: Person
    roles: frozenset[str]

    @property
    def admin(self) -> bool:
        return "ROLE_ADMIN" in self.roles


@dataclass(frozen=True)
class _Pending:
    service: str
    target: str
    verifier: str


class Sessions:
    """The sessions of all services of one portal."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._sessions: Dict[Tuple[str, str], Session] = {}
        self._pending: Dict[str, _Pending] = {}
        world.on_reset.append(self._clear)

    @classmethod
    def of(cls, world: World) -> Sessions:
        """Return the sessions of ``world``."""
        sessions: Sessions = vars(world).setdefault("service_sessions", None) or cls(world)
        vars(world)["service_sessions"] = sessions
        return sessions

    def _clear(self) -> None:
        with self._lock:
            self._sessions.clear()
            self._pending.clear()

    def current(self, service: str) -> Optional[Session]:
        """Return the session that the request's cookie stands for at ``service``, if any."""
        return self._sessions.get((service, request.cookies.get(COOKIE, "")))

    def open(self, service: str, person: Person, roles: Optional[list[str]] = None) -> str:
        """Begin a session and return the value of its cookie."""
        names = person.capacity().roles if roles is None else roles
        upper = {name.upper() for name in names} | {"USER"}
        prefixed = {name if name.startswith("ROLE_") else f"ROLE_{name}" for name in upper}
        cookie = secrets.token_hex(16).upper()
        with self._lock:
            self._sessions[service, cookie] = Session(person.sub, person, frozenset(prefixed))
        return cookie

    def login(self, service: str, target: str) -> Response:
        """Send the browser to sign in, and afterwards to ``target``, a path of this portal."""
        state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
        with self._lock:
            self._pending[state] = _Pending(service, target, verifier)
        digest = hashlib.sha256(verifier.encode()).digest()
        question = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": self._world.base + CALLBACK,
            "scope": "openid profile email ala/roles",
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        address = f"{self._world.issuer}/protocol/openid-connect/auth?{urlencode(question)}"
        return redirect(address)  # type: ignore[return-value]

    def install(self, routes: Blueprint, service: str) -> None:
        """Add the routes of signing in to ``routes``; ``service`` is the path, without slash.

        ``/{service}/demo-login?next=`` begins to sign in, ``/{service}/logout`` ends the session.
        """

        def begin() -> Response:
            return self.login(service, _own_path(request.args.get("next", f"/{service}/")))

        def logout() -> Response:
            with self._lock:
                self._sessions.pop((service, request.cookies.get(COOKIE, "")), None)
            answer: Response = redirect(f"/{service}/")  # type: ignore[assignment]
            answer.delete_cookie(COOKIE, path=f"/{service}")
            return answer

        routes.add_url_rule(f"/{service}/demo-login", f"{service}_login", begin)
        routes.add_url_rule(f"/{service}/logout", f"{service}_logout", logout)

        def add_callback(setup: Any) -> None:
            app: Flask = setup.app
            if "service_callback" not in app.view_functions:
                app.add_url_rule(CALLBACK, "service_callback", self._callback)

        routes.record(add_callback)

    def _callback(self) -> Response:
        with self._lock:
            pending = self._pending.pop(request.args.get("state", ""), None)
        if pending is None:
            return html_error(400)
        if "code" not in request.args:
            return html_error(403, request.args.get("error", ""))
        claims = self._exchange(request.args["code"], pending.verifier)
        person = self._world.people.with_sub(str(claims.get("sub")))
        if person is None:
            return html_error(403)
        roles = claims.get("role") or []
        cookie = self.open(pending.service, person, list(roles))
        answer: Response = redirect(pending.target)  # type: ignore[assignment]
        path = f"/{pending.service}"
        # The portal's cookie is Secure, too; this one travels over plain HTTP on the loopback.
        answer.set_cookie(COOKIE, cookie, path=path, samesite="Lax")
        return answer

    def _exchange(self, code: str, verifier: str) -> Dict[str, Any]:
        """Exchange the code as the service does, behind the browser's back."""
        form = {
            "grant_type": "authorization_code",
            "client_id": CLIENT,
            "code": code,
            "redirect_uri": self._world.base + CALLBACK,
            "code_verifier": verifier,
        }
        path = self._world.issuer[len(self._world.base) :] + "/protocol/openid-connect/token"
        client = current_app.test_client()
        answer = client.post(path, data=form, base_url=self._world.base)
        token = (answer.get_json(silent=True) or {}).get("access_token", "")
        try:
            claims = jwt.decode(token, self._world.keys.published(), algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return {}
        return json.loads(json.dumps(claims))  # type: ignore[no-any-return]


def _own_path(target: str) -> str:
    """Return ``target`` if it is a path of this portal: nobody is sent elsewhere."""
    own = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if own else "/"
