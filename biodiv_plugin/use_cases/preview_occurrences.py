"""Have the portal draw a query: store it there, and read its legend."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biodiv_plugin.layers.preview_layer import DOTS, Preview
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.summaries import LegendItem


@dataclass(frozen=True)
class Prepared:
    """A preview whose query the portal knows, with the classes of its colours."""

    preview: Preview
    legend: tuple[LegendItem, ...]


def prepare_preview(
    preview: Preview, client: OccurrenceClient, feedback: Feedback = UNWATCHED
) -> Prepared:
    """Return ``preview`` with a query that the portal keeps, stored anew where it forgot.

    Raises a ``PortalError`` where it does not answer.
    """
    if not preview.qid or not client.has_qid(preview.qid, feedback):
        query = OccurrenceQuery.from_json(dict(preview.query))
        preview = replace(preview, qid=client.qid(query, feedback))
    look = preview.look
    if look.mode != DOTS or not look.colour_by:
        return Prepared(preview, ())
    return Prepared(preview, client.legend(preview.asked(), look.colour_by, feedback))
