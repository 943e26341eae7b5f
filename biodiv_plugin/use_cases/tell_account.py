"""What there is to say about who is signed in, in words."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from qgis.PyQt.QtCore import QDateTime, QLocale

from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.auth.token_store import KEYRING
from biodiv_plugin.auth.tokens import TokenSet, now
from biodiv_plugin.translation import translate


@dataclass(frozen=True)
class AccountFacts:
    """``sees`` what this account may see, ``until`` how long one stays signed in, ``kept`` where
    the proof of it is; each a sentence. ``expires`` is local time, ``None`` where the portal does
    not say: the sign-in ends then unless it is renewed, which happens by itself."""

    account: Account
    sees: str
    until: str
    kept: str
    expires: Optional[datetime]


def tell_account(session: AuthSession) -> Optional[AccountFacts]:
    """Return the facts of who is signed in; ``None`` while nobody is."""
    account, tokens = session.account, session.tokens
    if account is None or tokens is None:
        return None
    expires = expiry(tokens)
    return AccountFacts(
        account,
        _sees(account),
        _until(session.kept == KEYRING, expires),
        _kept(session.kept, session.kept_reason),
        expires,
    )


def expiry(tokens: TokenSet) -> Optional[datetime]:
    """Return when the sign-in ends without a renewal, in local time with its offset."""
    end = tokens.refresh_expires_at if tokens.refresh_token else tokens.expires_at
    if end is None:
        return None
    return (datetime.now().astimezone() + timedelta(seconds=end - now())).replace(microsecond=0)


def _sees(account: Account) -> str:
    if account.may_see_high_resolution:
        return translate(
            "AccountFacts",
            "High-resolution observations: yes. Sensitive species are shown at their true place; "
            "do not pass that on.",
        )
    return translate(
        "AccountFacts",
        "High-resolution observations: no. Sensitive species are shown blurred, as to everyone.",
    )


def _until(remembered: bool, expires: Optional[datetime]) -> str:
    if expires is None:
        if remembered:
            return translate("AccountFacts", "You stay signed in until you sign out.")
        return translate("AccountFacts", "You stay signed in until you close QGIS.")
    # QLocale, and not strftime: QGIS's language is not always that of the system.
    moment = QDateTime.fromSecsSinceEpoch(int(expires.timestamp()))
    when = QLocale().toString(moment, "d MMMM yyyy, HH:mm")
    if remembered:
        text = translate(
            "AccountFacts",
            "You stay signed in until you sign out; if you do not use QGIS, until {when}.",
        )
    else:
        text = translate(
            "AccountFacts",
            "You stay signed in until you close QGIS; without a connection, until {when}.",
        )
    return text.format(when=when)


def _kept(where: str, reason: str) -> str:
    if where == KEYRING:
        return translate("AccountFacts", "Your sign-in is kept in {keyring}.").format(
            keyring=keyring_name()
        )
    return " ".join(
        part
        for part in (
            translate("AccountFacts", "Your sign-in is kept for this session only."),
            _why_not_kept(reason),
        )
        if part
    )


def keyring_name() -> str:
    """Return what the system calls the place where passwords are kept."""
    if sys.platform == "win32":
        return translate("AccountFacts", "the Credential Manager of Windows")
    if sys.platform == "darwin":
        return translate("AccountFacts", "the Keychain of macOS")
    return translate("AccountFacts", "the keyring of this desktop")


def _why_not_kept(reason: str) -> str:
    """Return why the keyring does not hold it, in words; empty where one did not ask for it."""
    sentences = {
        "switched_off": translate(
            "AccountFacts", "The administrator of this computer has switched the keyring off."
        ),
        "no_backend": translate("AccountFacts", "This computer has no keyring that can be used."),
        "too_long": translate("AccountFacts", "The keyring of this computer has too little room."),
        "locked": translate("AccountFacts", "The keyring is locked."),
        "too_slow": translate("AccountFacts", "The keyring did not answer in time."),
        "not_kept": translate("AccountFacts", "The keyring did not keep it."),
        "failed": translate("AccountFacts", "The keyring does not work; the log says more."),
        "elsewhere": translate("AccountFacts", "Another window of QGIS has signed out."),
    }
    return sentences.get(reason, "")
