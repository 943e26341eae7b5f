"""What one request of the occurrence service works with."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Iterator, Optional

from flask import Request, Response, g

from demo.portal.bearer import Caller
from demo.portal.biocache.labels import Labels
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection, Selector
from demo.portal.biocache.shared import Shared
from demo.portal.error_pages import html_error
from demo.portal.world import World

JSON = "application/json"


@dataclass(frozen=True)
class Context:
    """What all share, who calls, and a connection that ends with the request."""

    shared: Shared
    connection: sqlite3.Connection
    caller: Optional[Caller]

    @property
    def world(self) -> World:
        return self.shared.world

    @property
    def labels(self) -> Labels:
        return Labels(self.connection)

    @property
    def selector(self) -> Selector:
        roles = self.caller.data_roles if self.caller else frozenset()
        return Selector(self.shared, self.connection, roles)

    def select(self, parameters: Parameters) -> Selection:
        """Return the records that the parameters ask for and the caller may see."""
        return self.selector.select(parameters)


@contextmanager
def opened(shared: Shared) -> Iterator[Context]:
    """Give a context whose connection is closed afterwards."""
    connection = shared.world.connect()
    try:
        yield Context(shared, connection, g.get("caller"))
    finally:
        connection.close()


def json_answer(content: Any, status: int = 200) -> Response:
    """Return compact JSON in the key order of ``content``."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type=f"{JSON};charset=UTF-8")


def not_acceptable(request: Request, *kinds: str) -> Optional[Response]:
    """Return a 406 where the caller accepts none of ``kinds``, else None."""
    accepted = request.accept_mimetypes
    if not accepted or accepted.best_match(kinds) is not None:
        return None
    return html_error(406)
