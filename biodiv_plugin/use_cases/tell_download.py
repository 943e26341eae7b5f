"""Tell what a download was: to the person who made it, and to who helps them."""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QDateTime, QLocale, Qt

from biodiv_plugin import paths
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, Manifest, manifest_path
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.tell_query import tell_query

NAMED = 5  # datasets

Line = tuple[str, str]  # what it is, what it says


@dataclass(frozen=True)
class DownloadFacts:
    """What is known of a download; of one that did not succeed there is no manifest.

    ``private_list`` says that the query's list may be private; ``stage`` is what it is doing, and
    ``fault`` what its ``error`` is in words for the person.
    """

    query: OccurrenceQuery
    created: str
    target: Path
    portal: str
    job_id: str = ""
    announced: int = 0
    private_list: bool = False
    former: Optional[Path] = None
    stage: str = ""
    manifest: Optional[Manifest] = None
    warnings: tuple[str, ...] = ()
    error: Optional[Exception] = None
    fault: str = ""


def tell_download(facts: DownloadFacts) -> tuple[Line, ...]:
    """Return what was asked, what came, and where it lies, for the person at this computer."""
    manifest = facts.manifest
    received = manifest.received if manifest else facts.announced
    lines = [
        (translate("DownloadDetails", "Asked"), tell_query(facts.query, received)),
        (translate("DownloadDetails", "When"), _moment(facts.created)),
        (translate("DownloadDetails", "Now"), facts.stage),
        (translate("DownloadDetails", "Records"), _records(facts)),
        (translate("DownloadDetails", "Fault"), facts.fault),
        (translate("DownloadDetails", "Remarks"), " ".join(facts.warnings)),
    ]
    if manifest is not None:
        lines += _of_manifest(facts, manifest)
    if facts.former is not None:
        lines.append((translate("DownloadDetails", "Follows"), facts.former.name))
    lines.append((translate("DownloadDetails", "Number at the portal"), facts.job_id))
    return tuple((label, text) for label, text in lines if text)


def tell_helpdesk(facts: DownloadFacts) -> str:
    """Return plain text that may leave the computer.

    No account or address of anybody, no folder (it may hold a person's name), no address of the
    portal with a question in it, and no name of a list that may be private.
    """
    manifest = facts.manifest
    query = facts.query
    if facts.private_list or query.list_taxa:
        query = replace(query, list_name="", list_taxa=())
    error = facts.error
    lines = [
        (translate("DownloadDetails", "Plugin"), paths.version()),
        ("QGIS", f"{Qgis.QGIS_VERSION}, {platform.system()} {platform.release()}"),
        (translate("DownloadDetails", "Portal"), facts.portal),
        (translate("DownloadDetails", "Number at the portal"), facts.job_id),
        (translate("DownloadDetails", "When"), facts.created),
        (
            translate("DownloadDetails", "Asked"),
            tell_query(query, manifest.received if manifest else facts.announced),
        ),
        (translate("DownloadDetails", "Quality profile"), query.quality_profile),
        (translate("DownloadDetails", "Records"), _records(facts)),
        (translate("DownloadDetails", "Now"), facts.stage),
        (translate("DownloadDetails", "Fault"), _kind(error) if error else ""),
        (translate("DownloadDetails", "Coordinate system"), _crs(manifest) if manifest else ""),
        (translate("DownloadDetails", "File"), f"{facts.target.name} ({_size(facts.target)})"),
        ("SHA-256", manifest.archive_sha256 if manifest else ""),
    ]
    return "\n".join(f"{label}: {text}" for label, text in lines if text) + "\n"


def _of_manifest(facts: DownloadFacts, manifest: Manifest) -> list[Line]:
    sensitive = translate("DownloadDetails", "exact places of sensitive species: do not publish")
    return [
        (translate("DownloadDetails", "Left out by the quality profile"), _removed(manifest)),
        (translate("DownloadDetails", "Coordinate system"), _crs(manifest)),
        (
            translate("DownloadDetails", "Holds"),
            sensitive if manifest.sensitivity == HIGH_RESOLUTION else "",
        ),
        (translate("DownloadDetails", "Checks"), _checks(manifest)),
        (translate("DownloadDetails", "Files"), _files(facts.target)),
        (translate("DownloadDetails", "Folder"), str(facts.target.parent)),
        (translate("DownloadDetails", "Datasets"), _sources(manifest)),
        (translate("DownloadDetails", "Citation"), manifest.citation),
        (
            translate("DownloadDetails", "Made with"),
            translate("DownloadDetails", "plugin {plugin}, QGIS {qgis}, {portal}").format(
                plugin=manifest.plugin, qgis=manifest.qgis, portal=manifest.portal
            ),
        ),
    ]


def _records(facts: DownloadFacts) -> str:
    number = QLocale().toString
    if facts.manifest is None:
        if not facts.announced:
            return ""
        told = translate("DownloadDetails", "{n} announced")
        return told.format(n=number(facts.announced))
    return translate("DownloadDetails", "{received} received, {announced} announced").format(
        received=number(facts.manifest.received), announced=number(facts.manifest.announced)
    )


def _checks(manifest: Manifest) -> str:
    """Say what was checked before the file took its place; else there were none."""
    whole = translate("DownloadDetails", "the archive was whole (SHA-256 {sum}…)").format(
        sum=manifest.archive_sha256[:12]
    )
    missing = manifest.announced - manifest.received
    if not manifest.announced:
        counted = translate("DownloadDetails", "the portal announced no number")
    elif missing:
        counted = translate("DownloadDetails", "{n} records differ from what was announced")
        counted = counted.format(n=QLocale().toString(abs(missing)))
    else:
        counted = translate("DownloadDetails", "as many records as announced")
    return f"{whole}; {counted}"


def _removed(manifest: Manifest) -> str:
    if not manifest.quality_profile or manifest.removed_by_profile is None:
        return ""
    return str(QLocale().toString(manifest.removed_by_profile))


def _crs(manifest: Manifest) -> str:
    return " · ".join(filter(None, (manifest.crs, manifest.transformation)))


def _files(target: Path) -> str:
    beside = manifest_path(target)
    files = [f"{target.name} ({_size(target)})"]
    if beside.is_file():
        files.append(beside.name)
    return ", ".join(files)


def _size(target: Path) -> str:
    try:
        return str(QLocale().formattedDataSize(target.stat().st_size))
    except OSError:
        return str(translate("DownloadDetails", "not there"))


def _sources(manifest: Manifest) -> str:
    number = QLocale().toString
    told = [
        f"{source.name or source.uid} ({number(source.records)}{_licence(source.licence)})"
        for source in manifest.sources[:NAMED]
    ]
    rest = len(manifest.sources) - NAMED
    if rest > 0:
        told.append(translate("DownloadDetails", "and {n} more").format(n=rest))
    return ", ".join(told)


def _licence(licence: str) -> str:
    return f", {licence}" if licence else ""


def _kind(error: Exception) -> str:
    """Name an error without its text, which may quote addresses and answers."""
    known = (str(getattr(error, name, None) or "") for name in ("reason", "status"))
    return " ".join(filter(None, (type(error).__name__, *known)))


def _moment(created: str) -> str:
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return created
    return str(QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat))
