"""Who may see and change a list; the three ways to look at a token (contract/lists 1.1)."""

from __future__ import annotations

import functools
import sqlite3
from dataclasses import dataclass
from typing import Any, Callable, Optional

from flask import Response, request

from demo.portal.bearer import BadToken, Caller, identify
from demo.portal.error_pages import html_error, unauthorized
from demo.portal.lists.store import editors
from demo.portal.sessions import Sessions, admin
from demo.portal.world import World

SERVICE = "species-list"


class Swallowed(Exception):
    """Something failed inside a web service's action, which then answers an empty 200."""


@dataclass(frozen=True)
class Reader:
    """Who reads: ``user_id`` None when a token has no claim ``userid``; admin only by session."""

    user_id: Optional[str]
    admin: bool = False


def empty() -> Response:
    """Return the answer of an action that failed: 200, no body, no content type."""
    answer = Response(status=200)
    del answer.headers["Content-Type"]
    return answer


def action(view: Callable[..., Response]) -> Callable[..., Response]:
    """Make ``view`` an action of a web service: what fails in it becomes an empty 200."""

    @functools.wraps(view)
    def guarded(*args: Any, **values: Any) -> Response:
        try:
            return view(*args, **values)
        except (BadToken, Swallowed):
            return empty()

    return guarded


def reader(world: World) -> Optional[Reader]:
    """Return who reads, of class B: by the token if there is a header, else by the session.

    Raises :class:`BadToken`; what that does depends on where it happens.
    """
    caller = identify(world)
    if caller is not None:
        return Reader(caller.user_id)
    session = Sessions.of(world).current(SERVICE)
    return Reader(session.user_id, admin(session)) if session else None


def session_of(world: World) -> Optional[Caller]:
    """Return who has a session, for class C: a token does not count."""
    return Sessions.of(world).current(SERVICE)


def may_see(
    connection: sqlite3.Connection, row: sqlite3.Row, who: Optional[Reader], *, nobody: bool = False
) -> bool:
    """Tell whether ``who`` sees the list. ``nobody``: an orphan's missing owner equals nobody."""
    if not row["isPrivate"]:
        return True
    return may_change(connection, row, who, nobody=nobody)


def may_change(
    connection: sqlite3.Connection, row: sqlite3.Row, who: Optional[Reader], *, nobody: bool = False
) -> bool:
    """Tell whether ``who`` is admin, owner or editor of the list."""
    user_id = who.user_id if who else None
    if who is not None and who.admin:
        return True
    if user_id is None:
        return nobody and row["userId"] is None
    return user_id == row["userId"] or user_id in editors(connection, row["id"])


def refusal(world: World, connection: sqlite3.Connection, row: sqlite3.Row) -> Optional[Response]:
    """Return what a private list read by its id answers to somebody else, None when it may be read.

    A public list does not look at the token at all; the check is an interceptor's, so that a bad
    token is a real 500 here.
    """
    if not row["isPrivate"]:
        return None
    try:
        who = reader(world)
    except BadToken:
        return html_error(500)
    return None if may_see(connection, row, who) else unauthorized()


def parameter(name: str) -> str:
    """Return a parameter of the query or the form, "" when it is missing."""
    return str(request.values.get(name, ""))
