"""Where the refresh token outlives the session: the system's keyring, or nowhere."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from configparser import ConfigParser
from configparser import Error as ConfigError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

from qgis.PyQt.QtCore import QLockFile

from biodiv_plugin.auth import packages
from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import Canceled, SignInFailed
from biodiv_plugin.portal.http import UNWATCHED, Feedback

KEYRING, SESSION = "keyring", "session"
LIMIT = 20.0  # seconds that a keyring may take; it may be asking the user for a password
# These and no others: keyring itself would take one that writes plain text where that is
# installed, and a copy inside our package would find none at all.
BACKENDS = (
    ("backends.Windows", "WinVaultKeyring"),
    ("backends.macOS", "Keyring"),
    ("backends.SecretService", "Keyring"),
    ("backends.libsecret", "Keyring"),
    ("backends.kwallet", "DBusKeyring"),
)
_SWITCHED_OFF = ("keyring.backends.null.Keyring", "keyring.backends.fail.Keyring")
_NOTHING_KEPT = ("no_backend", "switched_off")
_WINDOWS_ROOM = 1200  # characters; the Credential Manager has 2560 bytes, for UTF-16
_FORMAT = 1


@dataclass(frozen=True)
class StoredToken:
    """What is kept of a sign-in: no access token, no ID token. ``name`` is the person's."""

    refresh_token: str = field(repr=False)
    sub: str
    name: str = field(repr=False)


@dataclass(frozen=True)
class Kept:
    """Where the refresh token is now: ``keyring``, or ``session`` and why no better:

    ``not_asked``, ``switched_off`` (by an administrator), ``no_backend``, ``too_long``,
    ``locked``, ``too_slow``, ``not_kept`` (written, and not there), ``failed``, ``elsewhere``
    (another QGIS window signed out, or keeps another person's).
    """

    where: str
    reason: str = ""


class _Unusable(Exception):
    """The keyring cannot be used; the message is a reason of :class:`Kept`."""


class TokenStore:
    """One entry in the keyring: of one issuer, one client, one QGIS profile.

    Every method may be called in any worker; none raises for a keyring in trouble, none takes
    longer than 20 s. An answer that comes later is dropped.
    """

    def __init__(self, issuer: str, client_id: str, profile_path: Path) -> None:
        self._issuer, self._client_id = issuer, client_id
        self._profile = Path(profile_path)
        digest = hashlib.sha256(str(self._profile).encode("utf-8")).hexdigest()[:12]
        self.service = f"vbp-qgis:{issuer}"
        self.user = f"{client_id}:{digest}"
        key = hashlib.sha256(f"{self.service} {self.user}".encode()).hexdigest()[:12]
        self._lock_path = self._profile / f"biodiv-{key}.lock"
        self._trouble = ""

    def try_again(self) -> None:
        """Forget that the keyring was in trouble. Otherwise, once it was, it is left alone: the
        user would be asked for its password at every renewal."""
        self._trouble = ""

    def load(self) -> Optional[StoredToken]:
        """Return the entry; ``None`` where there is none, or one that is not ours."""
        with suppress(_Unusable):
            return self._parse(self._limited(self._read))
        return None

    def save(self, token: StoredToken) -> Kept:
        """Keep ``token`` in place of what was there, and read it back."""
        text = self._format(token)
        try:
            self._limited(lambda: self._write(text), undo=self._remove)
        except _Unusable as trouble:
            return Kept(SESSION, str(trouble))
        return Kept(KEYRING)

    def delete(self) -> bool:
        """Forget the entry; return whether it is gone for sure."""
        try:
            return bool(self._limited(self._remove))
        except _Unusable as trouble:
            return str(trouble) in _NOTHING_KEPT

    @contextmanager
    def locked(self, feedback: Feedback = UNWATCHED) -> Iterator[None]:
        """Keep other QGIS windows of the same profile from renewing meanwhile.

        A window that died leaves no lock; a profile that cannot be written to has none, and a
        window that holds it for over a minute is not waited for. Raises ``Canceled``.
        """
        lock = QLockFile(str(self._lock_path))
        lock.setStaleLockTime(60_000)
        for _ in range(600):
            if lock.tryLock(100) or lock.error() != QLockFile.LockError.LockFailedError:
                break
            if feedback.isCanceled():
                raise Canceled
        try:
            yield
        finally:
            lock.unlock()

    def _limited(self, work: Callable[[], Any], undo: Optional[Callable[[], Any]] = None) -> Any:
        """Return what ``work`` returns within the limit; raise ``_Unusable`` otherwise."""
        if self._trouble:
            raise _Unusable(self._trouble)
        call = _Call(work, undo)
        try:
            return call.result()
        except _Unusable as trouble:
            if str(trouble) != "too_long":
                self._trouble = str(trouble)
            raise

    def _read(self) -> Optional[str]:
        text: Optional[str] = _backend().get_password(self.service, self.user)
        return text

    def _write(self, text: str) -> None:
        backend = _backend()
        if type(backend).__module__.endswith(".Windows"):
            if len(text) > _WINDOWS_ROOM:
                raise _Unusable("too_long")  # in pieces, a torn write would lose the token
            backend.persist = "local machine"  # else it roams with the domain profile
        backend.set_password(self.service, self.user, text)
        if backend.get_password(self.service, self.user) != text:
            raise _Unusable("not_kept")

    def _remove(self) -> bool:
        backend = _backend()
        if backend.get_password(self.service, self.user) is not None:
            backend.delete_password(self.service, self.user)
        return backend.get_password(self.service, self.user) is None

    def _format(self, token: StoredToken) -> str:
        value = {
            "v": _FORMAT,
            "rt": token.refresh_token,
            "sub": token.sub,
            "name": token.name,
            "iss": self._issuer,
            "client": self._client_id,
        }
        return json.dumps(value, separators=(",", ":"))

    def _parse(self, text: Optional[str]) -> Optional[StoredToken]:
        try:
            value = json.loads(text or "null")
            ours = (value["v"], value["iss"], value["client"])
            if ours != (_FORMAT, self._issuer, self._client_id):
                return None
            return StoredToken(str(value["rt"]), str(value["sub"]), str(value["name"]))
        except (ValueError, TypeError, KeyError):
            return None


def _backend() -> Any:
    """Return the first backend of the list that works here. Raises ``_Unusable``."""
    if _configured() in _SWITCHED_OFF:
        raise _Unusable("switched_off")
    for module, name in BACKENDS:
        with suppress(SignInFailed):
            backend = getattr(packages.keyring_part(module), name, None)
            if backend is not None and backend.viable:
                return backend()
    raise _Unusable("no_backend")


def _configured() -> str:
    """Return the backend that the machine's administrator has set, if any."""
    named = os.environ.get("PYTHON_KEYRING_BACKEND", "")
    if named:
        return named
    config = ConfigParser(interpolation=None)
    with suppress(SignInFailed, ConfigError, OSError, RuntimeError, UnicodeDecodeError):
        root = packages.keyring_part("util.platform_").config_root()
        config.read(Path(root) / "keyringrc.cfg", encoding="utf-8")
    return config.get("backend", "default-keyring", fallback="").strip()


class _Call:
    """A call of the keyring, in a thread of its own.

    A keyring that waits for the user's password cannot be interrupted, only left behind. What
    it does after that is undone; being a daemon, the thread does not keep QGIS from closing.
    """

    def __init__(self, work: Callable[[], Any], undo: Optional[Callable[[], Any]]) -> None:
        self._work, self._undo = work, undo
        self._lock = threading.Lock()
        self._left_behind = False
        self._result: Any = None
        self._trouble: Optional[str] = "too_slow"

    def result(self) -> Any:
        thread = threading.Thread(target=self._run, name="biodiv-keyring", daemon=True)
        thread.start()
        thread.join(LIMIT)
        with self._lock:
            self._left_behind = thread.is_alive()
            if self._trouble is not None:
                raise _Unusable(self._trouble)
            return self._result

    def _run(self) -> None:
        try:
            result, trouble = self._work(), None
        except _Unusable as known:
            result, trouble = None, str(known)
        except BaseException as fault:  # noqa: BLE001 (backends raise what their system raises)
            # Its text might quote what was to be kept.
            logger.warning("the keyring failed: %s", type(fault).__name__)
            result, trouble = None, "locked" if _is_locked(fault) else "failed"
        with self._lock:
            if not self._left_behind:
                self._result, self._trouble = result, trouble
                return
        if self._undo is not None and trouble is None:
            with suppress(BaseException):
                self._undo()


def _is_locked(fault: BaseException) -> bool:
    return type(fault).__name__ == "KeyringLocked"  # the class may be of the vendored package
