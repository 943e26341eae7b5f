"""Offline downloads: ask for a file, hear how far it is, fetch it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional
from urllib.parse import unquote, urlsplit

from biodiv_plugin.portal import biocache
from biodiv_plugin.portal.answers import as_object, integer, text
from biodiv_plugin.portal.errors import DownloadFailed, SignInRequired, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Response,
    Transport,
    get_json,
    post_form,
)
from biodiv_plugin.portal.index import IndexField
from biodiv_plugin.portal.query import OccurrenceQuery, search_params

# The terms that a map of observations needs, and no more: more columns make a slow layer.
MINIMAL_FIELDS = (
    "id",
    "occurrenceID",
    "dataResourceUid",
    "dataResourceName",
    "license",
    "scientificName",
    "vernacularName",
    "taxonRank",
    "taxonConceptID",
    "kingdom",
    "phylum",
    "class",
    "family",
    "speciesGroup",
    "eventDate",
    "year",
    "month",
    "day",
    "basisOfRecord",
    "occurrenceStatus",
    "individualCount",
    "recordedBy",
    "identificationVerificationStatus",
    "decimalLatitude",
    "decimalLongitude",
    "coordinateUncertaintyInMeters",
    "verbatimCoordinates",
    "verbatimCoordinateSystem",
    "municipality",
    "stateProvince",
    "sensitive",
    "dataGeneralizations",
)

DARWIN_CORE_FIELDS = (
    *MINIMAL_FIELDS,
    "modified",
    "rightsHolder",
    "references",
    "institutionCode",
    "collectionCode",
    "catalogNumber",
    "datasetID",
    "datasetName",
    "informationWithheld",
    "raw_scientificName",
    "scientificNameAuthorship",
    "nomenclaturalCode",
    "order",
    "genus",
    "species",
    "taxonRemarks",
    "recordNumber",
    "organismQuantity",
    "organismQuantityType",
    "sex",
    "lifeStage",
    "reproductiveCondition",
    "behavior",
    "establishmentMeans",
    "preparations",
    "associatedTaxa",
    "occurrenceRemarks",
    "eventID",
    "eventTime",
    "eventDateEnd",
    "samplingProtocol",
    "sampleSizeValue",
    "sampleSizeUnit",
    "samplingEffort",
    "habitat",
    "eventRemarks",
    "fieldNumber",
    "locationID",
    "country",
    "countryCode",
    "county",
    "locality",
    "verbatimLocality",
    "locationRemarks",
    "geodeticDatum",
    "verbatimSRS",
    "coordinatePrecision",
    "footprintWKT",
    "georeferenceRemarks",
    "identifiedBy",
    "dateIdentified",
    "identificationQualifier",
    "identificationRemarks",
    "typeStatus",
    "imageIDs",
    "spatiallyValid",
    "firstLoadedDate",
    "lastLoadDate",
)


def all_fields(fields: Iterable[IndexField]) -> tuple[str, ...]:
    """Return every field that a download can hold, those of the minimal set first."""
    downloadable = {field.name for field in fields if field.downloadable}
    first = [name for name in MINIMAL_FIELDS if name in downloadable]
    return (*first, *sorted(downloadable.difference(first)))


class JobState(Enum):
    """All the states of an offline download. There is none for a job that failed: it stays in
    the queue, or is finished with a truncated file (contract/occurrences 3.2)."""

    IN_QUEUE = "inQueue"
    RUNNING = "running"
    FINISHED = "finished"
    TOO_LARGE = "tooLarge"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class DownloadOptions:
    """How to download.

    ``email`` is the user's own address: the portal tells jobs apart by it. ``reason_id`` and
    ``source_id`` are ids of the usage logger. ``file_name`` has no extension. ``notify`` has the
    portal send a mail when the file is ready.
    """

    email: str
    reason_id: int
    source_id: int = 0
    fields: tuple[str, ...] = MINIMAL_FIELDS
    notify: bool = False
    file_name: str = "observations"


@dataclass(frozen=True)
class DownloadJob:
    """An offline download as the portal last told of it.

    ``id`` is "" only where the job never came to be (``TOO_LARGE``). ``download_path`` is the
    path of the finished file below the portal's address; treat it as a secret, since whoever
    knows it can fetch the file. ``queue_size`` counts the user's own jobs.
    """

    id: str
    state: JobState
    total_records: int = 0
    records: int = 0
    queue_size: int = 0
    download_path: Optional[str] = None
    message: str = ""
    search_url: str = ""


_JOB_ID = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)+")
_DOWNLOADS = "/biocache-download/"


def parse_download_job(answer: Any, job_id: str = "", portal: str = "") -> DownloadJob:
    """Read the status of a job, whose id is ``job_id`` where that is known.

    Addresses in the answer may name another host, or a container behind the portal: only the id
    and the path are taken from them, and the path must be one of finished downloads. Raises
    ``UnexpectedAnswer``.
    """
    status = as_object(answer, "a download status")
    try:
        state = JobState(status.get("status"))
    except ValueError as unknown:
        raise UnexpectedAnswer("an unknown download status") from unknown
    path = None
    if state is JobState.FINISHED:
        path = _download_path(text(status, "downloadUrl"), urlsplit(portal).path)
    found = job_id or _job_id(text(status, "statusUrl"), path)
    if not found and state is not JobState.TOO_LARGE:
        raise UnexpectedAnswer("a download without an id")
    return DownloadJob(
        id=found,
        state=state,
        total_records=integer(status, "totalRecords") or 0,
        records=integer(status, "records") or 0,
        queue_size=integer(status, "queueSize") or 0,
        download_path=path,
        message=text(status, "error") or text(status, "message"),
        search_url=text(status, "searchUrl"),
    )


def _job_id(status_url: str, path: Optional[str]) -> str:
    last = urlsplit(status_url).path.rpartition("/")[2]
    if not last and path:  # …/<uuid>/<milliseconds>/<file>.zip
        last = "-".join(path[len(_DOWNLOADS) :].split("/")[:2])
    return last if _JOB_ID.fullmatch(last) else ""


def _download_path(url: str, prefix: str) -> str:
    """Return the path of a finished file, below the portal's own address."""
    path = urlsplit(url).path
    if prefix and path.startswith(prefix + _DOWNLOADS):
        path = path[len(prefix) :]
    steps = unquote(path[len(_DOWNLOADS) :]).replace("\\", "/").split("/")
    if not path.startswith(_DOWNLOADS) or any(step in ("", ".", "..") for step in steps):
        raise UnexpectedAnswer("a download that lies elsewhere")
    return path


class DownloadClient:
    """Starts, follows and fetches offline downloads.

    ``base`` is ``<portal>/biocache-service``. All methods raise a ``PortalError`` of the kind
    that fits, and ``Canceled``.
    """

    def __init__(self, transport: Transport, base: str, flanders_filter: str = "") -> None:
        self._transport = transport
        self._base = base.rstrip("/")
        self._portal = self._base.rpartition("/")[0]
        self._flanders_filter = flanders_filter

    def start(
        self, query: OccurrenceQuery, options: DownloadOptions, feedback: Feedback = UNWATCHED
    ) -> DownloadJob:
        """Ask for a download and return its job.

        An equal job that still waits is returned in place of a new one; its ``message`` says
        so. A job in the state ``TOO_LARGE`` never began. Raises ``SignInRequired`` where the
        portal knows no user, and ``DownloadFailed`` (``no_email``) where it knows no address.
        """
        if not options.email:  # two people with the same question would share one file
            raise DownloadFailed("no address for the download", reason="no_email")
        params = {
            **search_params(query, self._flanders_filter),
            "fields": ",".join(options.fields),
            "dwcHeaders": True,
            "qa": "none",  # else a hundred columns of quality tests come along
            "fileType": "csv",
            "file": options.file_name,
            "email": options.email,
            "emailNotify": options.notify,
            "reasonTypeId": options.reason_id,
            "sourceTypeId": options.source_id,
        }
        request = post_form(f"{self._base}/occurrences/offline/download", params, as_user=True)
        response = self._transport.send(request, feedback)
        _check_user(response)
        answer = biocache.checked(response, private=bool(query.list_taxa)).json()
        return parse_download_job(answer, portal=self._portal)

    def status(self, job_id: str, feedback: Feedback = UNWATCHED) -> Optional[DownloadJob]:
        """Return how far a job is, or ``None`` where the portal does not know it."""
        answer = self._get(f"offline/status/{_valid(job_id)}", feedback).json()
        return parse_download_job(answer, job_id, self._portal) if answer else None

    def mine(self, feedback: Feedback = UNWATCHED) -> tuple[DownloadJob, ...]:
        """Return the user's jobs that wait or run; finished ones are not among them."""
        answer: Mapping[str, Any] = as_object(
            self._get("offline/status", feedback).json(), "the download jobs"
        )
        jobs = (job for found in answer.values() for job in found or ())
        return tuple(parse_download_job(job, portal=self._portal) for job in jobs)

    def cancel(self, job_id: str, feedback: Feedback = UNWATCHED) -> bool:
        """Stop a job at the portal; return whether it was the user's and could be stopped."""
        response = self._get(f"offline/cancel/{_valid(job_id)}", feedback)
        if not response.body.strip():  # unknown, or somebody else's
            return False
        job = parse_download_job(response.json(), job_id, self._portal)
        return job.state is JobState.CANCELLED

    def fetch(self, job: DownloadJob, target: Path, feedback: Feedback = UNWATCHED) -> Response:
        """Stream the file of a finished job to ``target``, resuming where it holds a part.

        Raises ``DownloadFailed`` (``incomplete``) where there is no file yet, and
        ``UnexpectedAnswer`` where a web page came in its place; ``target`` is then removed.
        """
        if job.download_path is None:
            raise DownloadFailed("the download is not finished", reason="incomplete")
        request = Request("GET", f"{self._portal}{job.download_path}", as_user=True)
        response = self._transport.download(request, target, feedback)
        if response.headers.get("content-type", "").startswith("text/html"):
            target.unlink(missing_ok=True)
            raise UnexpectedAnswer("a web page in place of the file", url=response.url)
        return response

    def _get(self, path: str, feedback: Feedback) -> Response:
        request = get_json(f"{self._base}/occurrences/{path}", as_user=True)
        return biocache.checked(self._transport.send(request, feedback))


def _check_user(response: Response) -> None:
    """Tell the refusals of a person from those of a query, which come as JSON or empty."""
    if response.status == 412:
        raise DownloadFailed("an account without address", reason="no_email", url=response.url)
    if response.status == 400 and response.body.lstrip().startswith(b"<"):
        raise SignInRequired("a download without a user", url=response.url, status=400)


def _valid(job_id: str) -> str:
    """Return ``job_id`` where it can be one: it becomes part of an address."""
    if not _JOB_ID.fullmatch(job_id):
        raise UnexpectedAnswer("no id of a download")
    return job_id
