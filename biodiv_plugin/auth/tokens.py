"""Tokens as values: what one holds, and until when it serves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from biodiv_plugin.portal.errors import UnexpectedAnswer

_ASSUMED_LIFE = 60.0  # seconds, where the answer does not say

# Goes on while the machine sleeps, and nobody sets it. CLOCK_BOOTTIME is Linux's; macOS's
# CLOCK_MONOTONIC and Windows' time.monotonic() count the sleep by themselves.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def now() -> float:
    """Return the seconds on the clock against which tokens expire."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


@dataclass(frozen=True)
class TokenSet:
    """The tokens of one sign-in. Frozen, so that any thread may read a reference to one.

    Times are seconds on :func:`now`'s clock, counted from the answer's arrival: the wall clock
    of a user's machine may be wrong. ``refresh_expires_at`` is ``None`` where the provider does
    not say, or sets no end. A ``repr`` reaches logs, so it shows no token.
    """

    access_token: str = field(repr=False)
    obtained_at: float
    expires_at: float
    refresh_token: Optional[str] = field(default=None, repr=False)
    refresh_expires_at: Optional[float] = None
    id_token: Optional[str] = field(default=None, repr=False)
    scopes: tuple[str, ...] = ()

    def serves(self, leeway: float = 0.0) -> bool:
        """Return whether the access token will still be accepted ``leeway`` seconds from now."""
        return now() + leeway < self.expires_at

    @property
    def renew_at(self) -> float:
        """A minute before the end, or for a short life when a tenth of it is left."""
        life = self.expires_at - self.obtained_at
        return self.expires_at - (60.0 if life >= 180.0 else life / 10)

    def is_stale(self) -> bool:
        """Return whether it is time to renew; the token may serve a little longer."""
        return now() >= self.renew_at


def parse_token_answer(answer: Mapping[str, Any], asked_at: float) -> TokenSet:
    """Read a token endpoint's answer (RFC 6749, 5.1), asked for at ``asked_at``.

    ``refresh_expires_in`` is Keycloak's; 0 stands for "no end". Raises ``UnexpectedAnswer``.
    """
    access_token = answer.get("access_token")
    if not isinstance(access_token, str) or not access_token.isascii() or not access_token:
        raise UnexpectedAnswer("a token answer without a usable access token")
    if str(answer.get("token_type", "")).lower() != "bearer":
        raise UnexpectedAnswer("a token of an unknown type")
    refresh_life = _seconds(answer.get("refresh_expires_in"))
    life = _seconds(answer.get("expires_in"))
    scope = answer.get("scope")
    return TokenSet(
        access_token=access_token,
        obtained_at=asked_at,
        expires_at=asked_at + (_ASSUMED_LIFE if life is None else life),
        refresh_token=answer.get("refresh_token") or None,
        refresh_expires_at=asked_at + refresh_life if refresh_life else None,
        id_token=answer.get("id_token") or None,
        scopes=tuple(scope if isinstance(scope, list) else str(scope or "").split()),
    )


def _seconds(value: Any) -> Optional[float]:
    try:
        return max(0.0, float(value))
    except (TypeError, ValueError):
        return None
