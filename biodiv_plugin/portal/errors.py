"""What can go wrong between the plugin and the portal.

The user's words for these are in ``biodiv_plugin/messages.py``.

* PortalError             any of the below; says in English what happened, for the log
  x Unreachable           no answer: DNS, TLS, proxy, time-out
  x SignInRequired        no token, or one that the portal no longer accepts (401)
  x SignInFailed          the sign-in did not complete; ``code`` says why
  x Forbidden             403: signed in, without the role that the request needs
  x NotFound              404
  x Throttled             405 or 429: too many requests, wait (contract/occurrences 0.1)
  x Rejected              any other 4xx: the request itself is wrong
    o InvalidQuery        found wrong before it was sent; ``part`` says which part
  x PortalFault           5xx
  x UnexpectedAnswer      an answer that is not of the documented form
  x TooLarge              an answer longer than its reader wants; ``limit`` is in bytes
  x NoMatch               a name or an id that the portal does not know; holds suggestions
  x DownloadFailed        an offline download that the portal did not deliver
  x AnalysisFailed        an analysis that ended without results, or did not end in time
  x BadArchive            a downloaded archive that is truncated, hostile or not an archive
  x StorageFailed         a file of the user's could not be written: full, locked, not allowed
  x BadTable              a file or text of names that cannot be read as a table
  x ListConflict          a species list is not as it was when the work on it began
  x ListOwnerUnknown      a new species list would belong to nobody
  x OutcomeUnknown        a change was sent, and nothing tells whether it was carried out
* Canceled                the user stopped it; never shown as an error
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Optional


class PortalError(Exception):
    """Base class of every failure that a client raises.

    ``url`` holds no query: it goes to the log. ``detail`` is English, for the log and a folded
    "details" part; it never holds a token, a code or a body of a sign-in answer.
    """

    def __init__(self, message: str, *, url: str = "", status: Optional[int] = None) -> None:
        super().__init__(message)
        self.url = url.partition("?")[0]
        self.status = status


class Unreachable(PortalError):
    """The portal gave no answer. ``reason`` is one of ``tls``, ``proxy``, ``dns``, ``timeout``,
    ``refused``, ``closed`` (the connection broke off) and ``network`` (anything else)."""

    def __init__(self, message: str, *, reason: str = "network", url: str = "") -> None:
        super().__init__(message, url=url)
        self.reason = reason


class SignInRequired(PortalError):
    """There is no token, or the portal answered 401."""


class SignInFailed(PortalError):
    """The sign-in did not complete.

    ``code`` is an OAuth error code (RFC 6749, 4.1.2.1) or one of our own: ``timeout``,
    ``state``, ``issuer``, ``id_token``, ``clock``, ``browser``, ``loopback``, ``running``,
    ``no_client``, ``no_packages``.
    """

    def __init__(self, message: str, *, code: str, url: str = "") -> None:
        super().__init__(message, url=url)
        self.code = code


class Forbidden(PortalError):
    """The portal answered 403."""


class NotFound(PortalError):
    """The portal answered 404."""


class Throttled(PortalError):
    """The portal asks to slow down."""


class Rejected(PortalError):
    """The portal answered another 4xx."""


class InvalidQuery(Rejected):
    """What was asked makes no sense, so it was not sent. ``part`` is one of ``dates``,
    ``months``, ``max_uncertainty``, ``species_list``, ``area``, ``circle``, ``length``, ``url``,
    ``version``, and for other requests the name of their part."""

    def __init__(self, message: str, *, part: str) -> None:
        super().__init__(message)
        self.part = part


class PortalFault(PortalError):
    """The portal answered 5xx."""


class UnexpectedAnswer(PortalError):
    """The answer has not the form that the service documents."""


class TooLarge(PortalError):
    """The answer is longer than ``limit`` bytes, and was not read to its end."""

    def __init__(self, message: str, *, limit: int, url: str = "") -> None:
        super().__init__(message, url=url)
        self.limit = limit


class NoMatch(PortalError):
    """The portal does not know ``wanted``; ``suggestions`` are names that it does know."""

    def __init__(self, wanted: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(f"unknown: {wanted}")
        self.wanted = wanted
        self.suggestions = suggestions


class DownloadFailed(PortalError):
    """An offline download ended otherwise than with a file. ``reason`` is one of
    ``too_large``, ``cancelled``, ``stuck``, ``incomplete``, ``no_email``."""

    def __init__(self, message: str, *, reason: str, url: str = "") -> None:
        super().__init__(message, url=url)
        self.reason = reason


class AnalysisFailed(PortalError):
    """An analysis on the portal left no results. ``reason`` is one of ``failed``, ``cancelled``,
    ``running``; the message is what the portal says of it."""

    def __init__(self, message: str, *, reason: str, task_id: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.task_id = task_id


class BadArchive(PortalError):
    """The downloaded archive cannot be trusted or read."""


class StorageFailed(PortalError):
    """A file could not be written. ``reason`` is one of ``full``, ``in_use``, ``denied``,
    ``other``; ``path`` is the file."""

    def __init__(self, message: str, *, reason: str, path: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.path = path

    @classmethod
    def of(cls, fault: OSError, path: Path) -> StorageFailed:
        """Return the error for what the system said when ``path`` could not be written."""
        return cls(str(fault), reason=_storage_reason(fault, path), path=str(path))


_NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_NO_ROOM_ON_WINDOWS = (39, 112, 1295)  # ERROR_HANDLE_DISK_FULL, _DISK_FULL, _DISK_QUOTA_EXCEEDED
_HELD_ON_WINDOWS = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


def _storage_reason(fault: OSError, path: Path) -> str:
    by_windows = getattr(fault, "winerror", None)
    if fault.errno in _NO_ROOM or by_windows in _NO_ROOM_ON_WINDOWS:
        return "full"
    if fault.errno == errno.EBUSY or by_windows in _HELD_ON_WINDOWS:
        return "in_use"
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "in_use" if _is_held(path) else "denied"
    return "other"


def _is_held(path: Path) -> bool:
    """Return whether a program keeps ``path`` open on Windows.

    That system calls it a lack of rights where one opens such a file, or puts another in its
    place; only where the file itself is moved, be it to where it is, the true reason comes.
    """
    try:
        path.rename(path)
    except OSError as fault:
        return getattr(fault, "winerror", None) in _HELD_ON_WINDOWS
    return False


class BadTable(PortalError):
    """A table of names cannot be used. ``reason`` is one of ``unreadable``, ``too_large``,
    ``empty``."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class ListConflict(PortalError):
    """A species list is not as it was. ``reason`` is ``name_taken`` (one's own list ``druid`` has
    the name of the new one already) or ``changed`` (somebody changed ``druid`` meanwhile)."""

    def __init__(self, message: str, *, reason: str, druid: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.druid = druid


class ListOwnerUnknown(PortalError):
    """The portal does not tell whose the account is: a new list would be nobody's, invisible to
    its maker and open to anybody (contract/lists 2.9)."""


class OutcomeUnknown(PortalError):
    """A change was sent, the answer never came, and it cannot be seen (yet)."""


class Canceled(Exception):
    """The user stopped the work."""
