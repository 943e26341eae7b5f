"""Import an archive that somebody downloaded by hand from the portal's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

from biodiv_plugin import paths
from biodiv_plugin.environments import Environment
from biodiv_plugin.layers.contents import hash_records
from biodiv_plugin.layers.geopackage import ImportedOccurrences, import_archive
from biodiv_plugin.layers.manifest import (
    HIGH_RESOLUTION,
    NONE,
    Manifest,
    manifest_path,
    sha256_of,
    write_manifest,
)
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.citation import Portal, as_text
from biodiv_plugin.portal.collectory import CollectoryClient
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.translation import speaking, translate
from biodiv_plugin.use_cases.describe_download import LANGUAGES, describe_sources


@dataclass(frozen=True)
class SavedArchive:
    """An imported archive; ``warnings`` are sentences for the user."""

    imported: ImportedOccurrences
    manifest: Manifest
    manifest_path: Path
    warnings: tuple[str, ...]


def import_saved_archive(
    archive: Path,
    target: Path,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
    environment: Environment,
    collectory: CollectoryClient,
    feedback: Feedback = UNWATCHED,
) -> SavedArchive:
    """Write the GeoPackage ``target`` from ``archive``, with a manifest that knows no question.

    The archive does not tell what was asked (contract/occurrences 3.3), so such a layer can be
    cited but not repeated. Works without a network, then without citations. Raises
    ``BadArchive``, ``StorageFailed`` and ``Canceled``.
    """
    described: list[tuple[Manifest, tuple[str, ...]]] = []

    def complete(imported: ImportedOccurrences) -> None:
        manifest, warnings = _describe(imported, archive, environment, collectory, feedback)
        write_manifest(manifest, imported.path)
        described.append((manifest, warnings))

    imported = import_archive(
        archive, target, crs, transform_context, None, feedback, complete=complete
    )
    manifest, warnings = described[0]
    beside = manifest_path(target)
    with told_by_storage(beside):
        beside.write_text(manifest.to_json(), encoding="utf-8")
    return SavedArchive(imported, manifest, beside, (*warnings, *imported.warnings))


def _describe(
    imported: ImportedOccurrences,
    archive: Path,
    environment: Environment,
    collectory: CollectoryClient,
    feedback: Feedback,
) -> tuple[Manifest, tuple[str, ...]]:
    sources, citations, warnings = describe_sources(imported.path, collectory, feedback)
    day = datetime.now(timezone.utc)
    sensitive = imported.with_high_resolution > 0
    manifest = Manifest(
        created=day.isoformat(timespec="seconds"),
        plugin=paths.version(),
        qgis=Qgis.QGIS_VERSION,
        environment=environment.id,
        portal=environment.portal,
        words=_words(archive.name, imported.records),
        query={},
        request={},
        job="",
        announced=imported.records,
        received=imported.records,
        sources=sources,
        quality_profile="",
        removed_by_profile=None,
        crs=imported.crs.authid(),
        transformation=imported.transformation.name,
        sensitivity=HIGH_RESOLUTION if sensitive else NONE,
        citation=as_text(
            citations, Portal(url=environment.portal), day.date(), sensitive=sensitive
        ),
        archive_sha256=sha256_of(archive),
        records_sha256=hash_records(imported.path, feedback),
    )
    return manifest, warnings


def _words(name: str, records: int) -> dict[str, str]:
    words = {}
    for language in LANGUAGES:
        with speaking(language):
            words[language] = translate(
                "Import", "{n} observations from the file {name}, downloaded by hand."
            ).format(n=records, name=name)
    return words
