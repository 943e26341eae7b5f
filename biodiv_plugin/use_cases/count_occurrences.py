"""Count what a question would find, and say why where it finds little or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Mapping, Sequence

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.summaries import FacetValue
from biodiv_plugin.translation import translate


@dataclass(frozen=True)
class Counted:
    """How many records a query has.

    ``facets``              counts per value of the fields that were asked for
    ``removed_by_profile``  records that the quality profile leaves out
    ``outside_area``        records that only the area, or Flanders, leaves out; known where
                            ``count`` is 0
    """

    query: OccurrenceQuery
    count: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    removed_by_profile: int = 0
    outside_area: int = 0

    def remarks(self) -> tuple[str, ...]:
        """Return sentences that explain the count; an empty one names its cause."""
        number = QLocale().toString
        remarks = []
        if self.removed_by_profile:
            remarks.append(
                translate("Counted", "{n} are left out by the quality profile.").format(
                    n=number(self.removed_by_profile)
                )
            )
        if self.count == 0 and self.outside_area:
            remarks.append(
                translate("Counted", "Outside this area there are {n}.").format(
                    n=number(self.outside_area)
                )
            )
        if self.count == 0 and not remarks:
            remarks.append(translate("Counted", "The portal holds nothing that fits all filters."))
        return tuple(remarks)


def count_occurrences(
    query: OccurrenceQuery,
    client: OccurrenceClient,
    facets: Sequence[str] = (),
    feedback: Feedback = UNWATCHED,
) -> Counted:
    """Return how many records ``query`` has, by counts alone: no record is read.

    Args:
        facets: names of index fields to count per value, for example ``year``.

    Raises:
        PortalError: of the kind that fits.
        Canceled: ``feedback`` was canceled.
    """
    count = client.count(query, feedback)
    removed = outside = 0
    if query.quality_profile:
        unfiltered = client.count(replace(query, quality_profile=""), feedback)
        removed = max(0, unfiltered - count)
    if count == 0 and not removed:
        everywhere = replace(query, area="", circle=None, flanders_only=False)
        if everywhere != query:
            outside = client.count(everywhere, feedback)
    found = client.facets(query, facets, feedback=feedback) if facets else {}
    return Counted(query, count, found, removed, outside)
