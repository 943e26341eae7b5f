"""What lies at a place: values of portal layers, and observations near it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Mapping, Optional, Sequence, Union

from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, LayerEntry
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.intersect import IntersectClient, LayerValue
from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import Circle, OccurrenceQuery
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.describe_layer import tell_number

MOST_OBSERVATIONS = 50
Value = Union[str, float, None]


@dataclass(frozen=True)
class ValueHere:
    """The value of one layer at the place: text, a number in the layer's unit, or nothing.

    ``known`` is false where the portal gave no answer for this layer: its id is gone.
    """

    entry: LayerEntry
    value: Value
    pid: str = ""
    known: bool = True

    def told(self) -> str:
        """Return the value as one reads it."""
        if not self.known:
            return translate("IdentifyAt", "the portal no longer knows this layer")
        if self.value is None or self.value == "":
            return translate("IdentifyAt", "nothing here")
        if isinstance(self.value, float):
            return f"{tell_number(self.value)} {self.entry.units}".strip()
        return self.value


@dataclass(frozen=True)
class Identified:
    """Degrees in EPSG:4326. ``occurrences`` are some of ``occurrence_count`` within the radius.

    ``trouble`` is why the observations could not be read; the values stand all the same.
    """

    latitude: float
    longitude: float
    radius_m: float
    values: tuple[ValueHere, ...]
    occurrence_count: int = 0
    occurrences: tuple[Occurrence, ...] = ()
    trouble: Optional[PortalError] = None


def identify_at(
    latitude: float,
    longitude: float,
    entries: Sequence[LayerEntry],
    intersect: IntersectClient,
    occurrences: OccurrenceClient,
    radius_m: float = 250,
    query: OccurrenceQuery = OccurrenceQuery(),  # noqa: B008 (frozen)
    feedback: Feedback = UNWATCHED,
) -> Identified:
    """Return the value of each of ``entries`` at the place, and what was observed near it.

    Raises ``PortalError`` where no value can be read, and ``Canceled``.
    """
    ids = [entry.field_id for entry in entries]
    found: Mapping[str, LayerValue] = {}
    if ids:
        answers = intersect.at(ids, latitude, longitude, feedback)
        found = {answer.field_id: answer for answer in answers}  # unknown ids are dropped
    values = tuple(_here(entry, found.get(entry.field_id)) for entry in entries)
    near = _near(query, latitude, longitude, radius_m)
    try:
        page = occurrences.page(near, 0, MOST_OBSERVATIONS, feedback)
    except PortalError as error:
        return Identified(latitude, longitude, radius_m, values, trouble=error)
    return Identified(latitude, longitude, radius_m, values, page.total, page.occurrences)


def _here(entry: LayerEntry, answer: Optional[LayerValue]) -> ValueHere:
    if answer is None:
        return ValueHere(entry, None, known=False)
    value: Value = answer.value
    below = (
        entry.type == ENVIRONMENTAL
        and isinstance(value, float)
        and entry.minimum is not None
        and value < entry.minimum
    )
    # Below its lowest value a grid means that there is none (contract/spatial 2.6).
    return ValueHere(entry, None if below else value, answer.pid)


def _near(
    query: OccurrenceQuery, latitude: float, longitude: float, radius_m: float
) -> OccurrenceQuery:
    circle = Circle(latitude, longitude, radius_m / 1000)
    return replace(query, circle=circle, area="", area_name="", flanders_only=False)
