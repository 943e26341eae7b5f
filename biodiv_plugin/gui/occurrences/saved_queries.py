"""Questions kept in the project, by name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from qgis.core import QgsProject

from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery

_SCOPE, _KEY = "biodiv", "/saved_queries"


def saved_names(project: QgsProject) -> tuple[str, ...]:
    """Return the names of the questions that the project keeps, in order."""
    return tuple(sorted(_read(project), key=str.lower))


def save_query(
    project: QgsProject, name: str, query: OccurrenceQuery, private_list: bool = False
) -> None:
    """Keep ``query`` in the project; one of the same name is replaced.

    Whoever gets the project file can read it, so of a private list only the id is kept: neither
    its name nor what is on it.
    """
    query = replace(query, list_taxa=(), list_name="" if private_list else query.list_name)
    _write(project, {**_read(project), name: query.to_json()})


def read_query(project: QgsProject, name: str) -> OccurrenceQuery:
    """Return a kept question; its list is still to be resolved.

    Raises ``InvalidQuery`` whose part is ``version`` for one that cannot be read.
    """
    saved = _read(project).get(name)
    if not isinstance(saved, dict):
        raise InvalidQuery("no such saved query", part="version")
    return OccurrenceQuery.from_json(saved)


def forget_query(project: QgsProject, name: str) -> None:
    kept = {known: query for known, query in _read(project).items() if known != name}
    if kept:
        _write(project, kept)
    else:
        project.removeEntry(_SCOPE, _KEY)


def _read(project: QgsProject) -> dict[str, Any]:
    text, _ = project.readEntry(_SCOPE, _KEY, "{}")
    try:
        found = json.loads(text)
    except ValueError:
        logger.warning("The saved questions of this project cannot be read")
        return {}
    return found if isinstance(found, dict) else {}


def _write(project: QgsProject, queries: dict[str, Any]) -> None:
    project.writeEntry(_SCOPE, _KEY, json.dumps(queries, ensure_ascii=False))
