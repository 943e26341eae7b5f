"""What a download was: asked when, of whom, how, and how to cite it. In the file, and beside it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Mapping, Optional

from biodiv_plugin.layers.storage import read_only, told_by_storage
from biodiv_plugin.portal.errors import UnexpectedAnswer

VERSION = 1
TABLE = "biodiv_manifest"
NONE, HIGH_RESOLUTION = "none", "contains high-resolution records"


@dataclass(frozen=True)
class Source:
    """One data resource that records came from, and how many."""

    uid: str
    name: str
    licence: str
    citation: str
    records: int


@dataclass(frozen=True)
class Manifest:
    """The public description of a download; a documented, versioned format.

    ``created`` is ISO 8601 in UTC. ``query`` is what ``OccurrenceQuery.from_json`` reads;
    ``request`` holds the address and the parameters as they were sent, without credentials.
    ``removed_by_profile`` is ``None`` where it could not be asked. ``sensitivity`` is ``NONE`` or
    ``HIGH_RESOLUTION``. Checksums are SHA-256, in hexadecimal; that of the records is over their
    ids, sorted, a line feed after each.
    """

    created: str
    plugin: str
    qgis: str
    environment: str
    portal: str
    words: Mapping[str, str]
    query: Mapping[str, Any]
    request: Mapping[str, Any]
    job: str
    announced: int
    received: int
    sources: tuple[Source, ...]
    quality_profile: str
    removed_by_profile: Optional[int]
    crs: str
    transformation: str
    sensitivity: str
    citation: str
    archive_sha256: str
    records_sha256: str
    version: int = field(default=VERSION)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, document: str) -> Manifest:
        """Read a manifest; raises ``UnexpectedAnswer`` where it is none, or of a later version."""
        try:
            found = json.loads(document)
            if found["version"] > VERSION:
                raise UnexpectedAnswer(f"a manifest of version {found['version']}")
            sources = tuple(Source(**source) for source in found["sources"])
            known = {each.name: found[each.name] for each in fields(cls)}
        except (KeyError, TypeError, ValueError) as fault:
            raise UnexpectedAnswer("no manifest of a download") from fault
        return cls(**{**known, "sources": sources})


def manifest_path(geopackage: Path) -> Path:
    """Return where the manifest lies beside the file."""
    return geopackage.with_name(f"{geopackage.stem}.manifest.json")


def write_manifest(manifest: Manifest, geopackage: Path) -> None:
    """Put the manifest into the file. Raises ``StorageFailed``."""
    with told_by_storage(geopackage), closing(sqlite3.connect(geopackage)) as connection:
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} (id INTEGER PRIMARY KEY, json TEXT)"
        )
        connection.execute(f"DELETE FROM {TABLE}")  # nosec B608 (a constant)
        connection.execute(
            f"INSERT INTO {TABLE} (id, json) VALUES (1, ?)",  # nosec B608 (a constant)
            (manifest.to_json(),),
        )
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES (?, 'attributes', ?)",
            (TABLE, TABLE),
        )
        connection.commit()


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of a GeoPackage, or of the JSON file beside one.

    Raises ``UnexpectedAnswer`` where there is none.
    """
    if path.suffix == ".json":
        try:
            return Manifest.from_json(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as fault:
            raise UnexpectedAnswer("no manifest of a download") from fault
    try:
        with closing(read_only(path)) as connection:
            row = connection.execute(f"SELECT json FROM {TABLE}").fetchone()  # nosec B608 (quoted names)
    except sqlite3.Error as fault:
        raise UnexpectedAnswer("no manifest of a download") from fault
    if row is None:
        raise UnexpectedAnswer("no manifest of a download")
    return Manifest.from_json(row[0])


def sha256_of(path: Path) -> str:
    """Return the checksum of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()
