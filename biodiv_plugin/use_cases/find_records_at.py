"""Which observations of a question lie at a place on the map."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import Circle, OccurrenceQuery

MOST = 20  # cards that one looks through


@dataclass(frozen=True)
class RecordsAt:
    """The records of a place, ``total`` in all, and the first ``MOST`` of them."""

    total: int
    occurrences: tuple[Occurrence, ...]


def find_records_at(
    stored: OccurrenceQuery,
    place: Circle,
    client: OccurrenceClient,
    feedback: Feedback = UNWATCHED,
) -> RecordsAt:
    """Return the records of a stored query within a circle.

    ``stored`` keeps its area under its id, so a circle narrows it. Raises a ``PortalError``.
    """
    page = client.page(replace(stored, circle=place), 0, MOST, feedback)
    return RecordsAt(page.total, page.occurrences)
