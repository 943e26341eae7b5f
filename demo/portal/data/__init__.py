"""The demo portal's data: generated once, always the same, kept in one folder."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sqlite3
from pathlib import Path
from random import Random
from typing import Dict, Iterable, List

from demo.portal.data import datasets, layers, lists, quality, schema, taxa
from demo.portal.data.records import Recorder
from demo.portal.data.taxa import Taxon

DATABASE = "portal.sqlite"
_HERE = Path(__file__).parent
_SEED = 20261120


def ensure(folder: Path, records: int = 10_000) -> None:
    """Make ``folder`` hold the data of about ``records`` observations.

    Does nothing where the same program made the same number before; else all is made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests may start several portals on one folder at once
        stamp, wanted = folder / "data.json", _stamp(records)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            stamp.unlink(missing_ok=True)
            _make(folder, records)
            stamp.write_text(wanted, encoding="utf-8")


def _make(folder: Path, records: int) -> None:
    part = folder / f"{DATABASE}.part"
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        fill(connection, records)
        layers.fill(folder, connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    part.replace(folder / DATABASE)


def fill(connection: sqlite3.Connection, records: int) -> None:
    """Fill an empty database with taxa, data resources and about ``records`` observations."""
    schema.create(connection)
    all_taxa = taxa.numbered(taxa.load())
    _insert(connection, "taxon", [*taxa.columns(), "lft", "rgt"], map(taxa.row, all_taxa))
    _insert(connection, "dataset", datasets.columns(), datasets.rows())
    _insert(connection, "quality_filter", ["profile", "label", "filter"], quality.filter_rows())
    accepted = [taxon for taxon in all_taxa if taxon.accepted_key is None]
    _insert(connection, "concept", schema.CONCEPT, _concepts(accepted))
    synonyms: Dict[str, List[str]] = {}
    for taxon in all_taxa:
        if taxon.accepted_key:
            synonyms.setdefault(taxon.accepted_key, []).append(taxon.scientific_name)
    lists.fill(connection)
    recorder = Recorder(
        Random(_SEED),
        dict(enumerate(accepted, 1)),
        synonyms,
        {item.uid: number for number, item in enumerate(datasets.DATASETS, 1)},
    )
    rows = (tuple(row.values()) for row in recorder.rows(records))
    _insert(connection, "record", schema.RECORD, rows)
    schema.index(connection)


def _concepts(accepted: List[Taxon]) -> Iterable[tuple]:
    keys = {(t.rank, t.scientific_name): t.key for t in accepted}
    for taxon in accepted:
        below = taxon.rank == "subspecies"
        yield (
            *(taxon.key, taxon.scientific_name, taxon.author or None, taxon.vernacular_nl),
            *(taxon.rank, taxon.rank_id, taxon.kingdom, taxon.phylum, taxon.class_),
            *(taxon.order, taxon.family, taxon.genus, keys.get(("genus", taxon.genus))),
            *(taxon.species, keys.get(("species", taxon.species))),
            *((taxon.scientific_name, taxon.key) if below else (None, None)),
            *(taxon.lft, taxon.rgt, "|".join(taxon.species_groups), None),
        )


def _insert(
    connection: sqlite3.Connection, table: str, columns: Iterable[str], rows: Iterable[tuple]
) -> None:
    names = [f'"{name}"' for name in columns]
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _stamp(records: int) -> str:
    digest = hashlib.sha256()
    for source in sorted(_HERE.iterdir()):
        if source.suffix in (".py", ".csv"):
            digest.update(source.name.encode() + source.read_bytes())
    return json.dumps({"records": records, "inputs": digest.hexdigest()})
