"""Watches that a project keeps. For the main thread, as all of a project is."""

from __future__ import annotations

import json
from contextlib import suppress

from qgis.core import QgsProject

from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.watch import Watch

_SCOPE, _KEY = "biodiv", "/watches"


def project_watches(project: QgsProject) -> tuple[Watch, ...]:
    """Return the watches of a project, by name; one that cannot be read is left out."""
    found = []
    for saved in _read(project):
        with suppress(InvalidQuery):
            found.append(Watch.from_json(saved))
    return tuple(sorted(found, key=lambda watch: watch.name.lower()))


def keep_in_project(project: QgsProject, watch: Watch) -> None:
    """Keep ``watch`` in the project; one of the same id is replaced."""
    _write(project, [*_others(project, watch.id), watch.to_json()])


def remove_from_project(project: QgsProject, watch_id: str) -> None:
    _write(project, _others(project, watch_id))


def _others(project: QgsProject, watch_id: str) -> list[object]:
    return [
        saved
        for saved in _read(project)
        if not (isinstance(saved, dict) and saved.get("id") == watch_id)
    ]


def _read(project: QgsProject) -> list[object]:
    text, _ = project.readEntry(_SCOPE, _KEY, "[]")
    with suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, list):
            return found
    return []


def _write(project: QgsProject, watches: list[object]) -> None:
    if watches:
        project.writeEntry(_SCOPE, _KEY, json.dumps(watches, ensure_ascii=False))
    else:
        project.removeEntry(_SCOPE, _KEY)
