"""Download what a question finds: from the portal's queue to a GeoPackage with its manifest."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Collection, Optional, Sequence

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
)

from biodiv_plugin.environments import Environment
from biodiv_plugin.layers.edits import track_edits
from biodiv_plugin.layers.geopackage import ImportedOccurrences, import_archive
from biodiv_plugin.layers.manifest import Manifest, manifest_path, write_manifest
from biodiv_plugin.layers.repeat import Difference, merge_former
from biodiv_plugin.layers.storage import check_target, told_by_storage
from biodiv_plugin.log import logger
from biodiv_plugin.portal.collectory import CollectoryClient
from biodiv_plugin.portal.downloads import DownloadClient, DownloadJob, DownloadOptions
from biodiv_plugin.portal.errors import (
    Canceled,
    PortalError,
    PortalFault,
    SignInRequired,
    StorageFailed,
    Throttled,
    Unreachable,
)
from biodiv_plugin.portal.http import Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.use_cases.describe_download import Download, describe_download
from biodiv_plugin.use_cases.follow_job import (
    DownloadProgress,
    Part,
    Stage,
    Tell,
    fetch_archive,
    wait_for_job,
)

_WAITED, _FETCHED = 30, 50  # percent of the whole
_A_DAY = 24 * 3600.0  # seconds
_PASSING = (Unreachable, PortalFault, Throttled, SignInRequired)  # what came so far still counts


@dataclass(frozen=True)
class DownloadRequest:
    """What to download, where to, and how long to wait for the portal, in seconds.

    ``former`` is an earlier download of the same question: then the new file tells what differs
    and keeps what people added to the former one.
    """

    query: OccurrenceQuery
    options: DownloadOptions
    target: Path
    crs: QgsCoordinateReferenceSystem
    timeout: float = 3600.0
    former: Optional[Path] = None


@dataclass(frozen=True)
class DownloadedOccurrences:
    """A finished download. ``warnings`` are sentences for the user."""

    request: DownloadRequest
    path: Path
    job_id: str
    records: int
    announced: int
    manifest: Manifest
    manifest_path: Path
    citation: str
    warnings: tuple[str, ...]
    imported: ImportedOccurrences
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class DownloadServices:
    """Where a download asks, and who asks: ``roles`` are those of the signed-in account."""

    downloads: DownloadClient
    occurrences: OccurrenceClient
    collectory: CollectoryClient
    environment: Environment
    roles: Sequence[str]
    transform_context: QgsCoordinateTransformContext


def download_occurrences(
    request: DownloadRequest,
    services: DownloadServices,
    feedback: Feedback,
    on_progress: Tell = lambda progress: None,
) -> DownloadedOccurrences:
    """Ask the portal for a download, wait for it, fetch it and write the GeoPackage.

    A cancel stops the job on the portal too. Where it fails or is canceled no file is left but,
    where the portal failed in passing or ``target`` could not be written, what was fetched so
    far: ``continue_download`` goes on from there. Touches no widget and no project.

    Raises ``SignInRequired``, ``DownloadFailed``, ``BadArchive``, ``StorageFailed``, another
    ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    check_target(request.target, needed=0)  # before the portal gathers a million records
    job = services.downloads.start(request.query, request.options, feedback)
    return _finish(job, request, services, feedback, on_progress)


def continue_download(
    job_id: str,
    announced: int,
    request: DownloadRequest,
    services: DownloadServices,
    feedback: Feedback,
    on_progress: Tell = lambda progress: None,
) -> DownloadedOccurrences:
    """Go on with a job of an earlier try, or of an earlier QGIS; as ``download_occurrences``."""
    job = services.downloads.status(job_id, feedback)
    if job is None:
        forget_transfer(job_id)
        job = services.downloads.start(request.query, request.options, feedback)
    elif not job.total_records:
        job = DownloadJob(job.id, job.state, announced, download_path=job.download_path)
    return _finish(job, request, services, feedback, on_progress)


def transfer_path(job_id: str) -> Path:
    """Return where the file of a job is kept until it is imported: in the profile, for a day
    on which the connection is lost; it may hold exact places, so nothing else keeps it.

    Raises ``StorageFailed``.
    """
    folder = _transfers()
    with told_by_storage(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / _file_name(job_id)


def forget_transfer(job_id: str) -> None:
    """Remove what was fetched of a job that nobody goes on with."""
    for leftover in _transfers().glob(f"{_file_name(job_id)}*"):
        _remove(leftover)


def forget_strays(job_ids: Collection[str]) -> None:
    """Remove what was fetched for other jobs than these, and could not be removed at their end;
    what is younger than a day may be another window's."""
    known = {_file_name(job_id) for job_id in job_ids}
    for found in _transfers().glob("*.zip*"):
        with suppress(OSError):
            old = time.time() - found.stat().st_mtime > _A_DAY
            if old and found.name.removesuffix(".etag") not in known:
                _remove(found)


def _transfers() -> Path:
    return Path(QgsApplication.qgisSettingsDirPath()) / "biodiv" / "downloads"


def _file_name(job_id: str) -> str:
    return f"{job_id or 'download'}.zip"


def _remove(leftover: Path) -> None:
    try:
        leftover.unlink(missing_ok=True)
    except OSError as fault:  # a virus scanner looks at it: no reason to lose the download
        logger.warning("%s is still there: %r", leftover.name, fault)


def _finish(
    job: DownloadJob,
    request: DownloadRequest,
    services: DownloadServices,
    feedback: Feedback,
    tell: Tell,
) -> DownloadedOccurrences:
    announced = job.total_records
    archive = transfer_path(job.id)
    keep = False
    try:
        job = wait_for_job(
            job, services.downloads, request.timeout, Part(feedback, 0, _WAITED), tell
        )
        announced = announced or job.total_records
        watched = Part(feedback, _WAITED, _FETCHED)
        fetch_archive(job, services.downloads, archive, announced or None, watched, tell)
        download = Download(
            request.query,
            job.id,
            announced,
            archive,
            request.options.fields,
            services.environment,
        )
        return _import(download, request, services, feedback, tell)
    except Canceled:
        _cancel(job, services.downloads)
        raise
    except _PASSING:
        keep = True
        raise
    except StorageFailed as refused:  # a full profile gets its room back
        keep = refused.path != str(archive)
        raise
    finally:
        if not keep:
            forget_transfer(job.id)


def _cancel(job: DownloadJob, downloads: DownloadClient) -> None:
    """Stop the job on the portal; where that fails it ends there by itself."""
    try:
        downloads.cancel(job.id)
    except PortalError as failure:
        logger.info("job %s was not cancelled on the portal: %r", job.id, failure)


def _import(
    download: Download,
    request: DownloadRequest,
    services: DownloadServices,
    feedback: Feedback,
    tell: Tell,
) -> DownloadedOccurrences:
    announced = download.announced
    described: list[tuple[Manifest, tuple[str, ...]]] = []
    differences: list[Difference] = []

    def told(percent: float) -> None:
        tell(DownloadProgress(Stage.WRITING, round(announced * percent / 100), announced))

    def complete(imported: ImportedOccurrences) -> None:
        manifest, warnings = describe_download(
            download, imported, services.occurrences, services.collectory, feedback
        )
        write_manifest(manifest, imported.path)
        track_edits(imported.path)
        described.append((manifest, warnings))
        if request.former is not None:
            differences.extend(merge_former(imported.path, request.former, feedback))

    imported = import_archive(
        download.archive,
        request.target,
        request.crs,
        services.transform_context,
        expected_records=announced or None,
        feedback=Part(feedback, _FETCHED, 100, told),
        complete=complete,
    )
    manifest, warnings = described[0]
    beside = manifest_path(request.target)
    with told_by_storage(beside):
        beside.write_text(manifest.to_json(), encoding="utf-8")
    return DownloadedOccurrences(
        request=request,
        path=imported.path,
        job_id=download.job_id,
        records=imported.records,
        announced=announced,
        manifest=manifest,
        manifest_path=beside,
        citation=manifest.citation,
        warnings=(*warnings, *imported.warnings),
        imported=imported,
        differences=tuple(differences),
    )
