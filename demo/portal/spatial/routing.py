"""How spatial-service answers: optional ``.json``, JSON without nulls, who may write."""

from __future__ import annotations

import json
from functools import wraps
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Union

from flask import Blueprint, Response

from demo.portal.bearer import BadToken, Caller, identify
from demo.portal.error_pages import unauthorized
from demo.portal.world import World

Reply = Union[Response, str]
SUFFIX = ".json"


def add(
    routes: Blueprint, rule: str, view: Callable[..., Reply], methods: Sequence[str] = ("GET",)
) -> None:
    """Serve ``rule`` with and without the suffix ``.json``."""
    name = f"{view.__name__} {rule}".replace(".", "_")
    if rule.endswith(">"):
        last = rule.rpartition("<")[2].rstrip(">").rpartition(":")[2]
        routes.add_url_rule(rule, name, _unsuffixed(view, last), methods=list(methods))
        return
    routes.add_url_rule(rule, name, view, methods=list(methods))
    routes.add_url_rule(f"{rule}{SUFFIX}", f"{name} json", view, methods=list(methods))


def _unsuffixed(view: Callable[..., Reply], last: str) -> Callable[..., Reply]:
    @wraps(view)
    def answer(**variables: str) -> Reply:
        variables[last] = variables[last].removesuffix(SUFFIX)
        return view(**variables)

    return answer


def as_json(content: Any, status: int = 200) -> Response:
    """Return JSON as the service writes it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type="application/json;charset=UTF-8")


def without_nulls(row: Mapping[str, Any]) -> Dict[str, Any]:
    """Return a domain object's members; what is null is left out."""
    return {name: value for name, value in row.items() if value is not None}


def caller(world: World) -> Optional[Caller]:
    """Return who writes, or None where the bearer is missing or bad: then 401."""
    try:
        return identify(world)
    except BadToken:
        return None


def needs_token(world: World, view: Callable[..., Reply]) -> Callable[..., Reply]:
    """Let only callers with a valid bearer through."""

    @wraps(view)
    def answer(**variables: str) -> Reply:
        return view(**variables) if caller(world) is not None else unauthorized()

    return answer
