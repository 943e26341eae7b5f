"""What the identity provider remembers: sessions of the browser, sessions of a client, codes.

The words are Keycloak's. A *user session* is that of the browser (SSO). A *client session* is what
a person allowed one client: the line of refresh tokens that follow one another. An *offline*
client session outlives the browser's.
"""

from __future__ import annotations

import secrets
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any, Optional

from demo.portal.people import Capacity, Person
from demo.portal.world import World

SSO_IDLE = 1800
SSO_MAX = 36_000
OFFLINE_IDLE = 30 * 24 * 3600
LOGIN_LIFESPAN = 1800
CODE_LIFESPAN = 60


@dataclass
class UserSession:
    """Somebody signed in, in a browser."""

    sid: str
    username: str
    capacity_code: str
    started: float
    last_used: float
    ended: bool = False
    clients: set[str] = field(default_factory=set)  # whom it serves; ends with the last of them
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))


@dataclass
class ClientSession:
    """What somebody allowed a client; its refresh tokens succeed one another.

    Authlib takes it for the user, and for the refresh token's record.
    """

    sid: str
    client_id: str
    username: str
    capacity_code: str
    scope: str
    auth_time: float
    last_used: float
    offline: bool
    nonce: Optional[str] = None
    reuse_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    current: str = ""  # jti of the only refresh token that still works
    dead: Optional[str] = None  # why none works any more

    def check_client(self, client: Any) -> bool:
        return bool(self.client_id == client.get_client_id())

    def get_scope(self) -> str:
        return self.scope


@dataclass(frozen=True)
class AuthorizationCode:
    """A code that may be exchanged once, within a minute."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    code_challenge: Optional[str]
    code_challenge_method: Optional[str]
    nonce: Optional[str]
    sid: str
    expires: float

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


@dataclass
class DeviceCode:
    """A device that waits for its user (RFC 8628). ``sid`` is set when the user agreed."""

    device_code: str
    user_code: str
    client_id: str
    scope: str
    code_challenge: str
    expires: float
    interval: float
    polled: float = 0.0
    denied: bool = False
    sid: Optional[str] = None
    used: bool = False


@dataclass
class Login:
    """A sign-in under way in a browser: the authorization request that waits for it."""

    id: str
    params: dict[str, str]
    started: float
    device: Optional[str] = None  # the user code, when it is a device that waits
    sid: Optional[str] = None  # signed in, and an action or a consent is still to do
    again: Optional[str] = None  # who must sign in again: the username cannot be changed
    restarted: bool = False  # the person chose to be somebody else


class Store:
    """All of the above, in memory. The methods that change are atomic."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lock = threading.RLock()
        self.clear()

    def clear(self) -> None:
        with self.lock:
            self.sessions: dict[str, UserSession] = {}
            self.clients: list[ClientSession] = []
            self.codes: dict[str, AuthorizationCode] = {}
            self.spent: dict[str, str] = {}  # code -> sid: used twice, its tokens die
            self.devices: list[DeviceCode] = []
            self.logins: dict[str, Login] = {}
            self.revoked: set[str] = set()  # jti of access tokens

    # Browser sessions

    def open_session(self, person: Person, capacity: Capacity) -> UserSession:
        now = self.world.clock()
        session = UserSession(str(uuid.uuid4()), person.username, capacity.code, now, now)
        with self.lock:
            self.sessions[session.sid] = session
        return session

    def session(self, sid: Optional[str]) -> Optional[UserSession]:
        """Return the session if it is still alive."""
        session = self.sessions.get(sid or "")
        if session is None or session.ended:
            return None
        now, limits = self.world.clock(), self.limits()
        if now - session.last_used > limits["idle"] or now - session.started > limits["max"]:
            return None
        return session

    def session_of(self, cookie: Optional[str]) -> Optional[UserSession]:
        """Return the living session of the browser that sends ``cookie``."""
        with self.lock:
            mine = [s for s in self.sessions.values() if cookie and s.cookie == cookie]
        return self.session(mine[0].sid) if mine else None

    def limits(self) -> dict[str, float]:
        """Return the seconds a session lives; fault ``oidc.session`` changes them."""
        changed = self.world.faults.on("oidc.session") or {}
        limits = {"idle": SSO_IDLE, "max": SSO_MAX, "offline_idle": OFFLINE_IDLE}
        return {name: float(changed.get(name, value)) for name, value in limits.items()}

    def end_session(self, sid: str) -> None:
        """Sign out: the browser's session and the online clients' sessions."""
        with self.lock:
            if sid in self.sessions:
                self.sessions[sid].ended = True
            for client in self.clients:
                if client.sid == sid and not client.offline:
                    client.dead = client.dead or "Session not active"

    def person(self, session: Any) -> tuple[Person, Capacity]:
        """Return who a user session or client session belongs to."""
        person = self.world.people.named(session.username)
        if person is None:
            raise LookupError(session.username)
        return person, person.capacity(session.capacity_code)

    # Sign-ins under way

    def begin_login(self, params: dict[str, str], device: Optional[str] = None) -> Login:
        login = Login(secrets.token_urlsafe(24), params, self.world.clock(), device)
        with self.lock:
            self.logins[login.id] = login
        return login

    def login(self, login_id: str) -> Optional[Login]:
        login = self.logins.get(login_id)
        if login is None or self.world.clock() - login.started > LOGIN_LIFESPAN:
            return None
        return login

    # Codes

    def add_code(self, code: AuthorizationCode) -> None:
        with self.lock:
            self.codes[code.code] = code

    def take_code(self, code: str, client_id: str) -> Optional[AuthorizationCode]:
        """Return the code's record and spend it; a second use ends what the first brought."""
        with self.lock:
            if code in self.spent:
                self.kill(self.spent[code], client_id, "Code was used twice")
                return None
            record = self.codes.pop(code, None)
            if record is None or record.client_id != client_id:
                return None
            self.spent[code] = record.sid
        return record if self.world.clock() <= record.expires else None

    # Client sessions

    def open_client(
        self, session: UserSession, client_id: str, scope: str, nonce: Optional[str] = None
    ) -> ClientSession:
        now = self.world.clock()
        client = ClientSession(
            session.sid,
            client_id,
            session.username,
            session.capacity_code,
            scope,
            session.started,
            now,
            "offline_access" in scope.split(),
            nonce,
        )
        with self.lock:
            session.last_used = now
            if client.offline and session.clients <= {client_id} and not self._online(session.sid):
                session.ended = True  # it was opened for this alone
            self.clients.append(client)
        return client

    def _online(self, sid: str) -> bool:
        return any(c.sid == sid and not c.offline and not c.dead for c in self.clients)

    def client_session(self, reuse_id: str) -> Optional[ClientSession]:
        with self.lock:
            return next((c for c in self.clients if c.reuse_id == reuse_id), None)

    def succeed(self, client: ClientSession, jti: str, previous: Optional[str] = None) -> bool:
        """Make ``jti`` the refresh token that works, in place of ``previous``.

        False when another one has taken that place meanwhile: the token was used twice.
        """
        with self.lock:
            if previous is not None and client.current != previous:
                return False
            client.current = jti
            return True

    def alive(self, client: ClientSession) -> Optional[str]:
        """Return why the client session cannot be used, or None."""
        if client.dead:
            return client.dead
        idle = self.world.clock() - client.last_used
        if client.offline:
            return "Offline session not active" if idle > self.limits()["offline_idle"] else None
        return None if self.session(client.sid) else "Session not active"

    def use(self, client: ClientSession) -> None:
        """Note that the client session was used: the browser's session lives on with it."""
        with self.lock:
            client.last_used = self.world.clock()
            if not client.offline and client.sid in self.sessions:
                self.sessions[client.sid].last_used = client.last_used

    def kill(self, sid: str, client_id: str, reason: str) -> None:
        """End what the client holds of that sign-in; the browser's session goes on."""
        with self.lock:
            for client in self.clients:
                if client.sid == sid and client.client_id == client_id:
                    client.dead = client.dead or reason

    def revoke(self, revoked: ClientSession) -> None:
        """End what the client holds of that sign-in, and the browser's session with the last.

        The end of an online session leaves the offline one; that of an offline one takes both.
        """
        with self.lock:
            for client in self.clients:
                if (client.sid, client.client_id) != (revoked.sid, revoked.client_id):
                    continue
                if revoked.offline or not client.offline:
                    client.dead = client.dead or "Session not active"
            session = self.sessions.get(revoked.sid)
            if session is not None:
                session.clients.discard(revoked.client_id)
                session.ended = session.ended or not session.clients

    # Devices

    def device(self, user_code: str) -> Optional[DeviceCode]:
        """Return the device whose user types ``user_code``, in any case, with the dash or not."""
        wanted = user_code.replace("-", "").upper()
        found = [d for d in self.devices if d.user_code.replace("-", "") == wanted]
        return found[-1] if found else None
