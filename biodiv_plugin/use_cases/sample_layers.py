"""Look up the values of portal layers at many points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from threading import Event
from time import monotonic
from typing import Optional, Sequence, Union

from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, LayerEntry
from biodiv_plugin.portal.errors import (
    Canceled,
    NotFound,
    PortalFault,
    TooLarge,
    UnexpectedAnswer,
)
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.intersect import (
    POINTS_PER_BATCH,
    BatchState,
    IntersectClient,
    SampleBatch,
)
from biodiv_plugin.use_cases.overlay_areas import overlay_areas

POLL = 2.0  # seconds between two looks at a batch
PATIENCE = 3600.0  # seconds for one batch
FEW = 200  # points that are asked one by one where a batch leaves a column empty
_SPOT_CHECKS = 8
_DIGITS = 7  # of a degree: about a centimetre
_LOOK_UP = 90.0  # percent of the work; the rest is checking columns that came empty

Point = tuple[float, float]  # latitude, longitude; degrees in EPSG:4326
Cell = Union[str, float, None]


class Filled(Enum):
    """Where the values of a column come from."""

    BATCH = "batch"  # as asked
    POINT_CALLS = "point calls"  # the batch left it empty, points asked one by one have values
    OVERLAY = "overlay"  # the batch left it empty, the polygons were laid over the points here
    EMPTY = "empty"  # there is nothing at any of the points
    UNVERIFIED = "unverified"  # the batch left it empty, and that could not be made good
    UNKNOWN = "unknown"  # the portal knows no such field


@dataclass(frozen=True)
class Column:
    """One field at all points, in their order: text for areas, a number for a grid."""

    field_id: str
    filled: Filled
    values: tuple[Cell, ...]
    entry: Optional[LayerEntry] = None


@dataclass(frozen=True)
class Sampled:
    columns: tuple[Column, ...]

    def unknown(self) -> tuple[str, ...]:
        return tuple(c.field_id for c in self.columns if c.filled is Filled.UNKNOWN)


def sample_layers(
    points: Sequence[Point],
    field_ids: Sequence[str],
    catalogue: Sequence[LayerEntry],
    intersect: IntersectClient,
    areas: AreaClient,
    poll: float = POLL,
    feedback: Feedback = UNWATCHED,
) -> Sampled:
    """Return the values of ``field_ids`` at ``points``, which are (latitude, longitude).

    Points are asked in batches. The service may leave the columns of areas empty
    (contract/spatial 4.2): one that is empty throughout is checked at some points, and where
    these do have a value it is filled by asking each point, or for many points by laying the
    polygons over them here.

    Raises ``PortalError`` where a batch fails, and ``Canceled``.
    """
    known = {entry.field_id: entry for entry in catalogue}
    wanted = [field_id for field_id in dict.fromkeys(field_ids) if field_id in known]
    rounded = [(round(lat, _DIGITS), round(lon, _DIGITS)) for lat, lon in points]
    cells: dict[str, list[str]] = {field_id: [] for field_id in wanted}
    for start in range(0, len(rounded) if wanted else 0, POINTS_PER_BATCH):
        chunk = rounded[start : start + POINTS_PER_BATCH]
        _sample_chunk(chunk, wanted, cells, intersect, poll, feedback)
        feedback.setProgress(_LOOK_UP * (start + len(chunk)) / len(rounded))
    columns = []
    for field_id in dict.fromkeys(field_ids):
        if field_id in known and len(cells[field_id]) == len(rounded):
            entry = known[field_id]
            columns.append(_column(entry, cells[field_id], rounded, intersect, areas, feedback))
        else:
            nothing: tuple[Cell, ...] = (None,) * len(rounded)
            columns.append(Column(field_id, Filled.UNKNOWN, nothing, known.get(field_id)))
    return Sampled(tuple(columns))


def _sample_chunk(
    chunk: Sequence[Point],
    field_ids: Sequence[str],
    cells: dict[str, list[str]],
    intersect: IntersectClient,
    poll: float,
    feedback: Feedback,
) -> None:
    batch = _finished(intersect.submit(field_ids, chunk, feedback), intersect, poll, feedback)
    table = intersect.samples(batch.id, feedback)
    if len(table.rows) != len(chunk):
        raise UnexpectedAnswer("samples of other points than were sent")
    for position, field_id in enumerate(table.field_ids):
        if field_id in cells:
            cells[field_id] += [row[position] for row in table.rows]


def _finished(
    batch: SampleBatch, intersect: IntersectClient, poll: float, feedback: Feedback
) -> SampleBatch:
    deadline = monotonic() + PATIENCE
    while batch.state in (BatchState.WAITING, BatchState.STARTED):
        if monotonic() > deadline:
            raise PortalFault("a batch of points does not end")
        _wait(poll, feedback)
        batch = intersect.batch(batch.id, feedback)
    if batch.state is BatchState.FAILED:
        raise PortalFault(f"a batch of points failed: {batch.message}")
    return batch


def _wait(seconds: float, feedback: Feedback) -> None:
    until = monotonic() + seconds
    while monotonic() < until:
        if feedback.isCanceled():
            raise Canceled
        Event().wait(min(0.05, seconds))


def _column(
    entry: LayerEntry,
    cells: Sequence[str],
    points: Sequence[Point],
    intersect: IntersectClient,
    areas: AreaClient,
    feedback: Feedback,
) -> Column:
    values = tuple(_value(entry, cell) for cell in cells)
    if any(value is not None for value in values) or not points:
        return Column(entry.field_id, Filled.BATCH, values, entry)
    if entry.type == ENVIRONMENTAL:
        return Column(entry.field_id, Filled.EMPTY, values, entry)
    if not _has_values(entry, points, intersect, feedback):
        return Column(entry.field_id, Filled.EMPTY, values, entry)
    if len(points) <= FEW:
        asked = tuple(_ask(entry, point, intersect, feedback) for point in points)
        return Column(entry.field_id, Filled.POINT_CALLS, asked, entry)
    try:
        laid = overlay_areas(points, entry.field_id, intersect, areas, feedback)
    except (TooLarge, PortalFault, UnexpectedAnswer, NotFound):
        return Column(entry.field_id, Filled.UNVERIFIED, values, entry)
    return Column(entry.field_id, Filled.OVERLAY, laid, entry)


def _has_values(
    entry: LayerEntry, points: Sequence[Point], intersect: IntersectClient, feedback: Feedback
) -> bool:
    """Return whether a point asked by itself has a value; some are tried, spread over all."""
    step = max(1, len(points) // _SPOT_CHECKS)
    some = points[::step][:_SPOT_CHECKS]
    return any(_ask(entry, point, intersect, feedback) is not None for point in some)


def _ask(entry: LayerEntry, point: Point, intersect: IntersectClient, feedback: Feedback) -> Cell:
    if feedback.isCanceled():
        raise Canceled
    answers = intersect.at([entry.field_id], *point, feedback)
    return next((a.value for a in answers if a.field_id == entry.field_id), None)


def _value(entry: LayerEntry, cell: str) -> Cell:
    if not cell:
        return None
    if entry.type != ENVIRONMENTAL:
        return cell
    try:
        number = float(cell)
    except ValueError:
        return None
    below = entry.minimum is not None and number < entry.minimum
    return None if below else number  # below its lowest value a grid means that there is none
