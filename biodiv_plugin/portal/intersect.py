"""What lies at a place: values of portal layers at points, areas that meet a shape."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Sequence, Union
from urllib.parse import quote

from biodiv_plugin.portal.answers import as_array, as_object, number, required, text
from biodiv_plugin.portal.area import PortalArea, parse_area
from biodiv_plugin.portal.errors import (
    Canceled,
    InvalidQuery,
    NotFound,
    Rejected,
    UnexpectedAnswer,
)
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Transport,
    get_json,
    raise_for_status,
)

FIELDS_PER_CALL = 100  # more make the address too long
_FIELD_ID = re.compile(r"(cl|el)\d+|\d+_\w+")  # of the catalogue, or the raster of a task
POINTS_PER_BATCH = 50_000  # beyond 2 MB the service reads the form otherwise (contract 4.2)


@dataclass(frozen=True)
class LayerValue:
    """The value of a field at a place: text for areas, a number for a grid, ``None`` for none.

    ``pid`` is the id of the area that lies there.
    """

    field_id: str
    layer_title: str
    value: Union[str, float, None]
    units: str = ""
    pid: str = ""
    description: str = ""


class BatchState(Enum):
    WAITING = "waiting"
    STARTED = "started"
    FINISHED = "finished"
    FAILED = "error"


@dataclass(frozen=True)
class SampleBatch:
    """A batch of points whose values the portal is looking up. ``progress`` is its own count."""

    id: str
    state: BatchState
    progress: float = 0.0
    message: str = ""


@dataclass(frozen=True)
class SampleTable:
    """Values at many points: a row a point, in the order asked, a column a field; "" is none."""

    field_ids: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def parse_layer_value(answer: Any) -> LayerValue:
    """Read one element of ``/intersect/{ids}/{lat}/{lng}`` (contract/spatial 4.1)."""
    found = as_object(answer, "a value of a layer")
    value = found.get("value")
    if value == "" or isinstance(value, bool):
        value = None
    return LayerValue(
        field_id=required(found, "field", "a value of a layer"),
        layer_title=text(found, "layername"),
        value=float(value) if isinstance(value, (int, float)) else value,
        units=text(found, "units"),
        pid=text(found, "pid"),
        description=text(found, "description"),
    )


def parse_batch(answer: Any, batch_id: str = "") -> SampleBatch:
    """Read how far a batch is (contract/spatial 4.2).

    Failures come with status 200: ``Rejected``, or ``NotFound`` for an unknown batch. After a
    restart a finished batch says "started" but has its ``downloadUrl``. The times are of no
    use: twelve hours without a.m. or p.m.
    """
    found = as_object(answer, "a batch")
    error = text(found, "error")
    if error.startswith("unknown batchId"):
        raise NotFound("no such batch")
    if error and text(found, "status") != BatchState.FAILED.value:
        raise Rejected(error[:200])
    try:
        state = BatchState(found.get("status"))
    except ValueError as unknown:
        raise UnexpectedAnswer("an unknown state of a batch") from unknown
    if found.get("downloadUrl"):
        state = BatchState.FINISHED
    return SampleBatch(
        id=batch_id or required(found, "batchId", "a batch"),
        state=state,
        progress=number(found, "progress") or 0.0,
        message=error or text(found, "progressMessage") or text(found, "waiting"),
    )


def parse_samples(table: str) -> SampleTable:
    """Read the table of a finished batch; its first two columns repeat the points.

    Raises ``UnexpectedAnswer`` for another table.
    """
    lines = csv.reader(io.StringIO(table))
    header = next(lines, [])
    if header[:2] != ["latitude", "longitude"]:
        raise UnexpectedAnswer("samples without their points")
    rows = tuple(tuple(line[2:]) for line in lines if line)
    if any(len(row) != len(header) - 2 for row in rows):
        raise UnexpectedAnswer("samples of unequal length")
    return SampleTable(tuple(header[2:]), rows)


class IntersectClient:
    """Looks up places. ``base`` is ``<portal>/spatial-service``. All of it is public.

    Latitude comes first in points, longitude first in WKT; both are degrees in EPSG:4326.
    """

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def at(
        self,
        field_ids: Sequence[str],
        latitude: float,
        longitude: float,
        feedback: Feedback = UNWATCHED,
    ) -> tuple[LayerValue, ...]:
        """Return the value of each field at a place.

        The service drops fields that it does not know: match by ``field_id``, not by position.
        Raises ``InvalidQuery`` for what can be no id, such as a layer's name.
        """
        if not all(_FIELD_ID.fullmatch(field_id) for field_id in field_ids):
            raise InvalidQuery("no id of a field", part="field")  # one such id fails them all
        values: list[LayerValue] = []
        for start in range(0, len(field_ids), FIELDS_PER_CALL):
            if feedback.isCanceled():
                raise Canceled
            ids = ",".join(field_ids[start : start + FIELDS_PER_CALL])
            url = f"{self._base}/intersect/{ids}/{float(latitude)!r}/{float(longitude)!r}"
            answer = self._transport.send(get_json(url), feedback).json()
            values.extend(map(parse_layer_value, as_array(answer, "the values of layers", url)))
        return tuple(values)

    def submit(
        self,
        field_ids: Sequence[str],
        points: Sequence[tuple[float, float]],
        feedback: Feedback = UNWATCHED,
    ) -> SampleBatch:
        """Ask for the values of fields at many points, (latitude, longitude) each.

        At most ``POINTS_PER_BATCH`` at once; raises ``InvalidQuery`` beyond, or for none.
        """
        if not points or len(points) > POINTS_PER_BATCH:
            raise InvalidQuery("a batch has points, and not too many", part="points")
        if not field_ids or not all(_FIELD_ID.fullmatch(field_id) for field_id in field_ids):
            raise InvalidQuery("no id of a field", part="field")
        # Literal commas: a long form is read by the service without decoding it.
        pairs = ",".join(
            f"{float(latitude)!r},{float(longitude)!r}" for latitude, longitude in points
        )
        request = Request(
            "POST",
            f"{self._base}/intersect/batch",
            f"fids={','.join(field_ids)}&points={pairs}".encode("ascii"),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        return parse_batch(self._transport.send(request, feedback).json())

    def batch(self, batch_id: str, feedback: Feedback = UNWATCHED) -> SampleBatch:
        """Return how far a batch is. Ask every few seconds."""
        url = f"{self._base}/intersect/batch/{quote(batch_id, safe='')}"
        return parse_batch(self._transport.send(get_json(url), feedback).json(), batch_id)

    def samples(self, batch_id: str, feedback: Feedback = UNWATCHED) -> SampleTable:
        """Return the values of a finished batch.

        Its address is built here: the one in the answer may name another host. Raises
        ``UnexpectedAnswer`` where it is not finished, which the service tells by an empty body.
        """
        url = f"{self._base}/intersect/batch/download/{quote(batch_id, safe='')}?csv=true"
        response = self._transport.send(Request("GET", url), feedback)
        raise_for_status(response)
        return parse_samples(response.body.decode("utf-8", "replace"))

    def meeting(
        self, field_id: str, wkt: str, feedback: Feedback = UNWATCHED
    ) -> tuple[PortalArea, ...]:
        """Return the areas of a field that meet a shape."""
        request = Request(
            "POST",
            f"{self._base}/intersect/wkt/{quote(field_id, safe='')}",
            wkt.encode("utf-8"),
            {"Content-Type": "text/plain", "Accept": "application/json"},
        )
        return self._areas(request, feedback)

    def _areas(self, request: Request, feedback: Feedback) -> tuple[PortalArea, ...]:
        answer = self._transport.send(request, feedback).json()
        return tuple(map(parse_area, as_array(answer, "the areas", request.url)))
