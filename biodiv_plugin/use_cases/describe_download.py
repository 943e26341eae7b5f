"""Write down what a download was, so that it can be cited, checked and repeated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Sequence

from qgis.core import Qgis

from biodiv_plugin import paths
from biodiv_plugin.environments import Environment
from biodiv_plugin.layers.contents import SourceCount, count_sources, hash_records
from biodiv_plugin.layers.geopackage import ImportedOccurrences
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, NONE, Manifest, Source, sha256_of
from biodiv_plugin.log import logger
from biodiv_plugin.portal.citation import Portal, as_text
from biodiv_plugin.portal.collectory import Citation, CollectoryClient
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery, search_params
from biodiv_plugin.translation import speaking, translate
from biodiv_plugin.use_cases.tell_query import tell_query

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Download:
    """What is known of a download before its records are read."""

    query: OccurrenceQuery
    job_id: str
    announced: int
    archive: Path
    fields: Sequence[str]
    environment: Environment


def describe_download(
    download: Download,
    imported: ImportedOccurrences,
    occurrences: OccurrenceClient,
    collectory: CollectoryClient,
    feedback: Feedback,
) -> tuple[Manifest, tuple[str, ...]]:
    """Return the manifest of an imported download, and sentences about what it lacks.

    The portal's archives hold no citation (contract/occurrences 3.3): it is asked of the
    collectory. A download is worth more than its description, so what the portal does not tell
    now is left out, and said.
    """
    sources, citations, warnings = describe_sources(imported.path, collectory, feedback)
    query, environment = publicly(download.query), download.environment
    sensitive = imported.with_high_resolution > 0
    day = datetime.now(timezone.utc)
    manifest = Manifest(
        created=day.isoformat(timespec="seconds"),
        plugin=paths.version(),
        qgis=Qgis.QGIS_VERSION,
        environment=environment.id,
        portal=environment.portal,
        words=_words(query, imported.records),
        query=query.to_json(),
        request=_request(query, environment, download.fields),
        job=download.job_id,
        announced=download.announced,
        received=imported.records,
        sources=sources,
        quality_profile=query.quality_profile,
        removed_by_profile=_removed(download.query, download.announced, occurrences, feedback),
        crs=imported.crs.authid(),
        transformation=imported.transformation.name,
        sensitivity=HIGH_RESOLUTION if sensitive else NONE,
        citation=as_text(
            citations, Portal(url=environment.portal), day.date(), sensitive=sensitive
        ),
        archive_sha256=sha256_of(download.archive),
        records_sha256=hash_records(imported.path, feedback),
    )
    return manifest, warnings


def publicly(query: OccurrenceQuery) -> OccurrenceQuery:
    """Return ``query`` as a file may keep it that others get: of a private list its id alone."""
    return replace(query, list_taxa=(), list_name="") if query.list_taxa else query


def _request(
    query: OccurrenceQuery, environment: Environment, fields: Sequence[str]
) -> dict[str, Any]:
    return {
        "url": environment.service("biocache-service/occurrences/offline/download"),
        "parameters": {
            **search_params(query, environment.flanders_filter),
            "fields": ",".join(fields),
        },
    }


def describe_sources(
    geopackage: Path, collectory: CollectoryClient, feedback: Feedback
) -> tuple[tuple[Source, ...], list[Citation], tuple[str, ...]]:
    """Return where the records of a file come from, how to cite that, and what is missing."""
    counts = count_sources(geopackage, feedback)
    citations, warnings = _citations(counts, collectory, feedback)
    sources = tuple(_source(count, citations) for count in counts)
    return sources, list(citations.values()), warnings


def _words(query: OccurrenceQuery, records: int) -> dict[str, str]:
    words = {}
    for language in LANGUAGES:
        with speaking(language):
            words[language] = tell_query(query, records)
    return words


def _citations(
    counts: Sequence[SourceCount], collectory: CollectoryClient, feedback: Feedback
) -> tuple[dict[str, Citation], tuple[str, ...]]:
    if not counts:
        return {}, ()
    try:
        found = collectory.citations([count.uid for count in counts], feedback=feedback)
        return {citation.uid: citation for citation in found}, ()
    except PortalError as failure:
        logger.warning("no citations: %r", failure)
        warning = translate(
            "Download", "The portal did not tell how to cite the datasets; repeat this later."
        )
        return {}, (warning,)


def _source(count: SourceCount, citations: dict[str, Citation]) -> Source:
    known = citations.get(count.uid)
    return Source(
        uid=count.uid,
        name=count.name or (known.name if known else ""),
        licence=count.licence,
        citation=known.citation if known else "",
        records=count.records,
    )


def _removed(
    query: OccurrenceQuery, count: int, occurrences: OccurrenceClient, feedback: Feedback
) -> int | None:
    if not query.quality_profile:
        return 0
    try:
        everything = occurrences.count(replace(query, quality_profile=""), feedback)
        return max(0, everything - count)
    except PortalError as failure:
        logger.info("the profile's share is unknown: %r", failure)
        return None
