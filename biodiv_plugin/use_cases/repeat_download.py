"""Ask an earlier download's question again, and tell what has become different."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem

from biodiv_plugin.layers.manifest import Manifest, read_manifest
from biodiv_plugin.layers.repeat import CHANGED, CONFLICT, NEW, REMOVED, Difference
from biodiv_plugin.portal.downloads import MINIMAL_FIELDS, DownloadOptions
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.http import Feedback
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.use_cases.complete_query import with_list
from biodiv_plugin.use_cases.download_occurrences import (
    DownloadedOccurrences,
    DownloadRequest,
    DownloadServices,
    download_occurrences,
)
from biodiv_plugin.use_cases.resolve_list import resolve_list


@dataclass(frozen=True)
class Repeated:
    """A repeated download, and what differs from the former one."""

    downloaded: DownloadedOccurrences
    differences: tuple[Difference, ...]

    def count(self, change: str) -> int:
        return sum(difference.change == change for difference in self.differences)

    @property
    def added(self) -> int:
        return self.count(NEW)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)

    @property
    def removed(self) -> int:
        return self.count(REMOVED)

    @property
    def conflicts(self) -> int:
        return self.count(CONFLICT)


def repeat_request(former: Path, target: Path, email: str, reason_id: int) -> DownloadRequest:
    """Return the request that asks what ``former`` asked, with the same columns and CRS.

    ``former`` is a downloaded GeoPackage or the manifest beside one. Raises ``UnexpectedAnswer``
    where it does not tell its question: a file imported by hand, or another file.
    """
    manifest = read_manifest(former)
    if not manifest.query:
        raise UnexpectedAnswer("a file imported by hand does not tell its question")
    return DownloadRequest(
        query=OccurrenceQuery.from_json(dict(manifest.query)),
        options=DownloadOptions(email=email, reason_id=reason_id, fields=_fields(manifest)),
        target=target,
        crs=QgsCoordinateReferenceSystem(manifest.crs),
        former=geopackage_of(former),
    )


def with_present_list(
    query: OccurrenceQuery, lists: SpeciesListClient, feedback: Feedback
) -> OccurrenceQuery:
    """Return ``query`` with its list as the portal holds it now: a file keeps of a private one
    the id alone, and any list may have changed."""
    if not query.species_list:
        return query
    return with_list(query, resolve_list(query.species_list, lists, True, feedback))


def repeat_download(
    request: DownloadRequest,
    services: DownloadServices,
    feedback: Feedback,
) -> Repeated:
    """Download anew; in the new file each record is marked, and what people added is kept."""
    downloaded = download_occurrences(request, services, feedback)
    return Repeated(downloaded, downloaded.differences)


def beside(former: Path, today: Optional[date] = None) -> Path:
    """Return a free name beside ``former``, with the day in the place of that of ``former``."""
    stem = re.sub(r"_\d{4}-\d\d-\d\d(_\d+)?$", "", former.stem)
    day = f"{today or date.today():%Y-%m-%d}"
    names = itertools.chain([f"{stem}_{day}"], (f"{stem}_{day}_{n}" for n in itertools.count(2)))
    paths = (former.with_name(f"{name}.gpkg") for name in names)
    return next(path for path in paths if not path.exists())


def geopackage_of(former: Path) -> Path:
    """Return the GeoPackage of a manifest that lies beside one; a GeoPackage is its own."""
    if former.suffix == ".json":
        return former.with_name(former.name[: -len(".manifest.json")] + ".gpkg")
    return former


def _fields(manifest: Manifest) -> tuple[str, ...]:
    asked = str(manifest.request.get("parameters", {}).get("fields", ""))
    return tuple(name for name in asked.split(",") if name) or MINIMAL_FIELDS
