"""Read the first records of a question, without a download and without an account."""

from __future__ import annotations

from dataclasses import dataclass

from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.portal.occurrences import MAX_RECORDS, PAGE_SIZE, OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery


@dataclass(frozen=True)
class Found:
    """``occurrences`` are the first of ``total``, in the order of their ids."""

    query: OccurrenceQuery
    total: int
    occurrences: tuple[Occurrence, ...]


def search_occurrences(
    query: OccurrenceQuery,
    limit: int,
    client: OccurrenceClient,
    feedback: Feedback = UNWATCHED,
) -> Found:
    """Return up to ``limit`` records, a page of 1,000 a request; at most 5,000 can be had.

    Raises ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    limit = min(limit, MAX_RECORDS)
    page = client.page(query, 0, min(PAGE_SIZE, limit), feedback)
    total, found = page.total, list(page.occurrences)
    while page.occurrences and len(found) < min(limit, total):
        if feedback.isCanceled():
            raise Canceled
        feedback.setProgress(100 * len(found) / min(limit, total))
        page = client.page(query, len(found), min(PAGE_SIZE, limit - len(found)), feedback)
        found += page.occurrences
    return Found(query, total, tuple(found))
