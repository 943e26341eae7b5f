"""How many records the portal got since a download, that the same question would find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timezone

from biodiv_plugin.layers.manifest import Manifest
from biodiv_plugin.portal import solr
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.use_cases.repeat_download import with_present_list


@dataclass(frozen=True)
class News:
    """``count`` records were loaded by the portal after ``since``, the day of the download."""

    since: date
    count: int


def count_news(
    manifest: Manifest,
    occurrences: OccurrenceClient,
    lists: SpeciesListClient,
    feedback: Feedback = UNWATCHED,
) -> News:
    """Ask the question of a download again, of what the portal loaded since; by a count alone.

    A record that changed or went is not news: repeating the download tells of these. Raises
    ``UnexpectedAnswer`` where the file does not tell its question, what ``with_present_list``
    raises, another ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    if not manifest.query:
        raise UnexpectedAnswer("a file imported by hand does not tell its question")
    query = OccurrenceQuery.from_json(dict(manifest.query))
    query = with_present_list(query, lists, feedback)
    moment = datetime.fromisoformat(manifest.created.replace("Z", "+00:00"))
    created = moment.astimezone(timezone.utc)
    loaded = solr.between("firstLoadedDate", f"{created:%Y-%m-%dT%H:%M:%SZ}", "")
    query = replace(query, filters=(*query.filters, loaded))
    return News(created.date(), occurrences.count(query, feedback))
