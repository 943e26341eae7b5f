"""Who is signed in, and with which tokens."""

from __future__ import annotations

import secrets
import threading
from enum import Enum
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer, pyqtSignal

from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.bearer import NOBODY
from biodiv_plugin.auth.renewal import Renewal
from biodiv_plugin.auth.token_store import TokenStore
from biodiv_plugin.auth.tokens import TokenSet, now
from biodiv_plugin.deletion import prepare
from biodiv_plugin.environments import Environment
from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import Canceled, PortalError, SignInFailed, SignInRequired
from biodiv_plugin.portal.http import UNWATCHED, Feedback, Transport

_LOOK = 15.0  # seconds between two looks at the clock: a machine may have slept meanwhile
_AGAIN = 30.0  # seconds after which a renewal that nobody made is asked for again
_BACK_OFF = 10.0  # seconds between two tries while the old token still serves
_SERVES = 5.0  # seconds that a token must still serve for a request to go out with it
_FRESH = 30.0  # seconds in which a refused token is no reason to renew


class AuthState(Enum):
    SIGNED_OUT = "signed out"
    SIGNING_IN = "signing in"
    SIGNED_IN = "signed in"


class AuthSession(QObject):
    """Holds the one TokenSet. Read and changed in any thread; its signals arrive in the threads
    of those who listen.

    ``person_changed`` tells when somebody else is signed in, the same person in another capacity,
    or nobody: what the former one saw is not for the next. Who hears ``renewal_due`` runs
    ``ensure_fresh`` in a task. ``lost`` tells, once, that a sign-in has ended by itself:
    ``expired``.
    """

    changed = pyqtSignal(object)  # an AuthState; also when the account changed
    person_changed = pyqtSignal(object)  # the Account, or None
    renewal_due = pyqtSignal()
    lost = pyqtSignal(str)
    _rearm = pyqtSignal()

    def __init__(
        self,
        environment: Environment,
        transport: Transport,
        store: TokenStore,
        parent: Optional[QObject] = None,
    ) -> None:
        """``transport`` must be one that does not itself ask this session for a token."""
        super().__init__(parent)
        self.renewal = Renewal(environment, transport, store)
        self._tokens: Optional[TokenSet] = None
        self._account: Optional[Account] = None
        self._kept = self._kept_reason = ""
        self._label = NOBODY
        self._signing_in = False
        self._not_before = 0.0
        self._change = threading.RLock()  # around each change; never while waiting for anything
        self._flight = threading.Lock()  # held by the one thread that renews
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        application = QCoreApplication.instance()
        if parent is None and application is not None:
            self.moveToThread(application.thread())  # a timer needs a thread with events
        # Only now: what Python is called through stays in the thread that it was connected in.
        self._timer.timeout.connect(self._look)
        self._rearm.connect(self._arm)
        prepare(self)

    @property
    def state(self) -> AuthState:
        if self._signing_in:
            return AuthState.SIGNING_IN
        return AuthState.SIGNED_OUT if self._tokens is None else AuthState.SIGNED_IN

    @property
    def tokens(self) -> Optional[TokenSet]:
        return self._tokens

    @property
    def account(self) -> Optional[Account]:
        return self._account

    @property
    def kept(self) -> str:
        """``keyring``, ``session``, or empty while signed out."""
        return self._kept

    @property
    def kept_reason(self) -> str:
        """Why the token is not in the keyring; the reasons of ``token_store.Kept``."""
        return self._kept_reason

    @property
    def label(self) -> str:
        """Random per sign-in, and no secret; ``0`` while signed out."""
        return self._label

    def begin(self) -> None:
        """A sign-in has begun; who was signed in stays so until it succeeds.

        Raises ``SignInFailed`` with ``running`` where one has begun already.
        """
        with self._change:
            if self._signing_in:
                raise SignInFailed("another sign-in waits for its browser", code="running")
            self._signing_in = True
        self.changed.emit(self.state)

    def abandon(self) -> None:
        """The sign-in that had begun did not succeed; does nothing after ``adopt``."""
        with self._change:
            was_signing_in, self._signing_in = self._signing_in, False
        if was_signing_in:
            self.changed.emit(self.state)

    def adopt(self, tokens: TokenSet, account: Account, kept: str, kept_reason: str = "") -> None:
        """A sign-in has succeeded."""
        with self._change:
            before = self._account
            self._tokens, self._account = tokens, account
            self._kept, self._kept_reason = kept, kept_reason
            self._label = secrets.token_hex(4)
            self._signing_in = False
        self._rearm.emit()
        if account != before:
            self.person_changed.emit(account)
        self.changed.emit(AuthState.SIGNED_IN)

    def drop(self, reason: str = "") -> None:
        """Forget the tokens: a sign-out, or, with a ``reason``, a sign-in that has ended."""
        with self._change:
            was, before = self.state, self._account
            self._tokens = self._account = None
            self._kept = self._kept_reason = ""
            self._label = NOBODY
        self._rearm.emit()
        if before is not None:
            self.person_changed.emit(None)
        if was is not self.state:
            self.changed.emit(self.state)
        if reason:
            self.lost.emit(reason)

    def close(self) -> None:
        """End with the plugin: nothing is forgotten in the keyring, nothing is told."""
        self.blockSignals(True)
        self._timer.stop()
        with self._change:
            self._tokens = self._account = None
            self._label = NOBODY

    def ensure_fresh(self, feedback: Feedback = UNWATCHED) -> None:
        """Renew where it is time to; call it in a worker. Of many callers one renews.

        Raises:
            SignInRequired: the sign-in has ended; ``lost`` tells it too.
            PortalError: the sign-in server gave no answer, and the token serves no longer. What
                is held is kept.
            Canceled: ``feedback`` was canceled.
        """
        tokens = self._tokens
        if tokens is None or not tokens.is_stale():
            return
        still_serves = tokens.serves(leeway=_SERVES)
        if still_serves and now() < self._not_before:
            return
        try:
            self._renew(tokens, feedback)
        except SignInRequired:
            raise
        except PortalError:
            self._not_before = now() + _BACK_OFF
            if not still_serves:
                raise

    def refused(self, authorization: bytes, feedback: Feedback = UNWATCHED) -> bool:
        """After a 401: return whether there is a newer token than the one in the header.

        With a token that has just been issued, a 401 says "not yours" and not "too old"
        (contract/lists 7, 8). Raises as ``ensure_fresh``.
        """
        tokens = self._tokens
        if tokens is None:
            return False
        if not _carries(authorization, tokens):
            return True
        if now() - tokens.obtained_at < _FRESH:
            return False
        self._renew(tokens, feedback)
        return self._tokens is not None

    def suspect(self, authorization: bytes) -> None:
        """QGIS was refused with this header: ask for a renewal, in the main thread's own time."""
        tokens = self._tokens
        old = tokens is not None and now() - tokens.obtained_at >= _FRESH
        if tokens is not None and old and _carries(authorization, tokens):
            self.renewal_due.emit()

    def _renew(self, stale: TokenSet, feedback: Feedback) -> None:
        while not self._flight.acquire(timeout=0.05):
            if feedback.isCanceled():
                raise Canceled
        try:
            account = self._account
            if self._tokens is not stale or account is None:
                return  # another thread was quicker, or a sign-out was
            renewed = self.renewal.renew(
                stale, account, self._kept, lambda: self._tokens is stale, feedback
            )
            with self._change:
                if self._tokens is not stale:
                    return
                self._tokens = renewed.tokens
                self._kept, self._kept_reason = renewed.kept.where, renewed.kept.reason
            self._rearm.emit()
        except SignInRequired:
            self._end(stale)
            raise
        except PortalError as fault:
            logger.warning("the sign-in could not be renewed: %s", fault)
            raise
        finally:
            self._flight.release()

    def _end(self, stale: TokenSet) -> None:
        with self._change:
            is_ours = self._tokens is stale
        if is_ours:
            self.drop("expired")

    def _arm(self) -> None:
        tokens = self._tokens
        if tokens is None:
            self._timer.stop()
        else:
            self._timer.start(_milliseconds(tokens.renew_at - now()))

    def _look(self) -> None:
        tokens = self._tokens
        if tokens is None:
            return
        if tokens.is_stale():
            self._timer.start(int(1000 * _AGAIN))
            self.renewal_due.emit()
        else:
            self._arm()


def _carries(authorization: bytes, tokens: TokenSet) -> bool:
    return secrets.compare_digest(authorization, b"Bearer " + tokens.access_token.encode("ascii"))


def _milliseconds(seconds: float) -> int:
    return int(1000 * min(max(seconds, 0.0), _LOOK)) + 1
