"""Endpoints that need a valid token (class A of contract/lists 1.1): 401 without, 403 for scope."""

from __future__ import annotations

import functools
from typing import Callable

from flask import Response

from demo.portal.bearer import BadToken, Caller, identify
from demo.portal.error_pages import html_error, unauthorized
from demo.portal.world import World


def required_caller(world: World, scope: str = "") -> Caller:
    """Return the caller. Raises :class:`BadToken` without a token, PermissionError for scope."""
    caller = identify(world)
    if caller is None:
        raise BadToken("none")
    if scope and scope not in caller.scopes:
        raise PermissionError(scope)
    return caller


def class_a(scope: str = "") -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Guard a view that takes the world, which the route gives, and the caller."""

    def decorate(view: Callable[..., Response]) -> Callable[..., Response]:
        @functools.wraps(view)
        def guarded(world: World, **values: object) -> Response:
            try:
                caller = required_caller(world, scope)
            except BadToken:
                return unauthorized()
            except PermissionError:
                return html_error(403)
            return view(world, caller, **values)

        return guarded

    return decorate
