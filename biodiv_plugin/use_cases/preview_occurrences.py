"""Have the portal draw a query: store it there, and read its legend."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biodiv_plugin.layers.preview_layer import DOTS, Look, Preview
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.portal.summaries import LegendItem
from biodiv_plugin.use_cases.describe_download import publicly
from biodiv_plugin.use_cases.repeat_download import with_present_list


@dataclass(frozen=True)
class Prepared:
    """A preview whose query the portal knows, with the classes of its colours."""

    preview: Preview
    legend: tuple[LegendItem, ...]


def preview_query(
    query: OccurrenceQuery,
    service: str,
    name: str,
    client: OccurrenceClient,
    feedback: Feedback = UNWATCHED,
) -> Prepared:
    """Return a preview of ``query``; of a private list it keeps the id alone.

    Raises a ``PortalError`` where the portal does not answer.
    """
    qid = client.qid(query, feedback)
    kept = publicly(query).to_json()
    return Prepared(Preview(service, kept, qid, Look(), name, bool(query.list_taxa)), ())


def prepare_preview(
    preview: Preview,
    client: OccurrenceClient,
    lists: SpeciesListClient,
    feedback: Feedback = UNWATCHED,
) -> Prepared:
    """Return ``preview`` with a query that the portal keeps, stored anew where it forgot.

    Raises a ``PortalError`` where it does not answer.
    """
    if not preview.qid or not client.has_qid(preview.qid, feedback):
        query = OccurrenceQuery.from_json(preview.query)
        if preview.expand:
            query = with_present_list(query, lists, feedback)
        preview = replace(preview, qid=client.qid(query, feedback))
    look = preview.look
    if look.mode != DOTS or not look.colour_by:
        return Prepared(preview, ())
    return Prepared(preview, client.legend(preview.asked(), look.colour_by, feedback))
