"""Searching occurrence records: the ``biocache-service`` of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence
from urllib.parse import quote

from biodiv_plugin.portal import biocache
from biodiv_plugin.portal.answers import as_array, as_object, integer, objects
from biodiv_plugin.portal.errors import Canceled, NotFound, Rejected, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Request,
    Response,
    Transport,
    get_json,
    post_form,
    url_with,
)
from biodiv_plugin.portal.index import IndexField, parse_index_field
from biodiv_plugin.portal.occurrence import (
    Occurrence,
    OccurrenceRecord,
    parse_occurrence,
    parse_occurrence_record,
)
from biodiv_plugin.portal.query import MAX_URL, OccurrenceQuery, search_params, stored_query
from biodiv_plugin.portal.summaries import (
    Bounds,
    FacetValue,
    LegendItem,
    SpeciesCount,
    SpeciesGroup,
    parse_bounds,
    parse_facet,
    parse_legend_item,
    parse_species_count,
    parse_species_group,
)

__all__ = [
    "MAX_RECORDS",
    "Bounds",
    "FacetValue",
    "IndexField",
    "LegendItem",
    "Occurrence",
    "OccurrenceClient",
    "OccurrenceRecord",
    "Page",
    "SpeciesCount",
    "SpeciesGroup",
]

PAGE_SIZE = 1000
MAX_RECORDS = 5000  # the service shows no record beyond, and says nothing (contract 1.1)
MAX_FACETS = 30  # more are cut off without a word
SPECIES_FIELD = "names_and_lsid"


@dataclass(frozen=True)
class Page:
    """Some records of a search, and how many there are in all."""

    total: int
    start: int
    occurrences: tuple[Occurrence, ...]


class OccurrenceClient:
    """Searches the occurrence records of one portal.

    ``base`` is ``<portal>/biocache-service``; ``flanders_filter`` is the filter query that keeps
    records in Flanders. Every request asks for the user's own view: what one may see differs,
    so no answer may be kept for another person (contract/occurrences 7.3).

    All methods raise a ``PortalError`` of the kind that fits, ``InvalidQuery`` before anything
    is sent, and ``Canceled``.
    """

    def __init__(self, transport: Transport, base: str, flanders_filter: str = "") -> None:
        self._transport = transport
        self._base = base.rstrip("/")
        self._flanders_filter = flanders_filter

    def count(self, query: OccurrenceQuery, feedback: Feedback = UNWATCHED) -> int:
        """Return how many records match ``query``; reads no record."""
        return self.page(query, 0, 0, feedback).total

    def page(
        self,
        query: OccurrenceQuery,
        start: int = 0,
        size: int = PAGE_SIZE,
        feedback: Feedback = UNWATCHED,
    ) -> Page:
        """Return up to ``size`` records from ``start`` on, in the order of their ids.

        Beyond ``MAX_RECORDS`` the service gives none, though ``total`` stays true.
        Raises ``UnexpectedAnswer``.
        """
        options: Params = {
            "start": start,
            "pageSize": size,
            "facet": False,
            "sort": "id",
            "dir": "asc",
        }
        answer = self._search(query, options, feedback)
        total = integer(answer, "totalRecords")
        if total is None:
            raise UnexpectedAnswer("a search answer without totalRecords", url=self._base)
        return Page(total, start, tuple(map(parse_occurrence, objects(answer, "occurrences"))))

    def search(
        self,
        query: OccurrenceQuery,
        limit: int = MAX_RECORDS,
        feedback: Feedback = UNWATCHED,
    ) -> Iterator[Occurrence]:
        """Yield up to ``limit`` records, page by page, as long as they are asked for.

        ``feedback`` stops the walk between pages; its progress is records read, in percent. Raises
        ``Canceled``.
        """
        limit, read = min(limit, MAX_RECORDS), 0
        while read < limit:
            page = self.page(query, read, min(PAGE_SIZE, limit - read), feedback)
            if feedback.isCanceled():
                raise Canceled
            yield from page.occurrences
            read += len(page.occurrences)
            if read >= page.total or not page.occurrences:
                return
            feedback.setProgress(100 * read / min(limit, page.total))

    def facets(
        self,
        query: OccurrenceQuery,
        fields: Sequence[str],
        limit: int = 30,
        feedback: Feedback = UNWATCHED,
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Return, for each field, its commonest values; ``limit`` -1 means all of them.

        The records without a value come last and on top of ``limit``. A field that no record
        has, or that the portal does not know, has no values.
        """
        found: dict[str, tuple[FacetValue, ...]] = dict.fromkeys(fields, ())
        for first in range(0, len(fields), MAX_FACETS):
            some = list(fields[first : first + MAX_FACETS])
            options: Params = {"pageSize": 0, "facet": True, "facets": some, "flimit": limit}
            answer = self._search(query, options, feedback)
            found.update(map(parse_facet, objects(answer, "facetResults")))
        return found

    def species(
        self, query: OccurrenceQuery, limit: int = -1, feedback: Feedback = UNWATCHED
    ) -> tuple[SpeciesCount, ...]:
        """Return the species among the records, the commonest first.

        By a facet and not by the download of species, which leaves out who may see what
        (contract/occurrences 1.3).
        """
        values = self.facets(query, [SPECIES_FIELD], limit, feedback)[SPECIES_FIELD]
        return tuple(parse_species_count(value) for value in values if value.value)

    def species_groups(
        self, query: OccurrenceQuery, feedback: Feedback = UNWATCHED
    ) -> tuple[SpeciesGroup, ...]:
        """Return the portal's groups with their numbers of records and species."""
        answer = self._look(query, "explore/groups", {}, feedback).json()
        return tuple(map(parse_species_group, as_array(answer, "the species groups")))

    def record(self, uuid: str, feedback: Feedback = UNWATCHED) -> OccurrenceRecord:
        """Return one record in full; ``NotFound`` also where the user may not see it."""
        url = f"{self._base}/occurrences/{quote(uuid, safe='')}"
        return parse_occurrence_record(self._get(url, feedback).json())

    def qid(self, query: OccurrenceQuery, feedback: Feedback = UNWATCHED) -> str:
        """Store ``query`` at the portal and return its id, to be used as ``q=qid:<id>``.

        The id is text of digits. Whoever knows it can use it. Raises ``UnexpectedAnswer``.
        """
        response = self._send(query, "qid", {}, feedback)
        found = response.body.decode("ascii", "replace").strip()
        if not found.isdecimal():
            raise UnexpectedAnswer("a stored query without id", url=response.url)
        return found

    def has_qid(self, qid: str, feedback: Feedback = UNWATCHED) -> bool:
        """Return whether the portal still keeps a stored query."""
        try:
            answer = self._get(f"{self._base}/qid/{quote(qid, safe='')}", feedback).json()
        except (Rejected, NotFound):
            return False
        return bool(answer)

    def legend(
        self, query: OccurrenceQuery, field: str, feedback: Feedback = UNWATCHED
    ) -> tuple[LegendItem, ...]:
        """Return the classes in which the portal draws the records by ``field``."""
        answer = self._look(query, "mapping/legend", {"cm": field}, feedback).json()
        return tuple(map(parse_legend_item, as_array(answer, "a legend")))

    def bounds(self, query: OccurrenceQuery, feedback: Feedback = UNWATCHED) -> Optional[Bounds]:
        """Return the box around the records, or ``None`` where there are none."""
        return parse_bounds(self._look(query, "mapping/bounds", {}, feedback).json())

    def taxa_count(
        self,
        keys: Iterable[str],
        query: Optional[OccurrenceQuery] = None,
        feedback: Feedback = UNWATCHED,
    ) -> dict[str, int]:
        """Return how many records each taxon has, its subtree included, within ``query``."""
        guids = "\n".join(dict.fromkeys(keys))
        if not guids:
            return {}
        # This call reads filters only, so a query comes along under its id.
        within = f"qid:{self.qid(query, feedback)}" if query else None
        params = {"guids": guids, "separator": "\n", "fq": within}
        request = post_form(f"{self._base}/occurrences/taxaCount", params, as_user=True)
        answer = biocache.checked(self._transport.send(request, feedback)).json()
        counts = as_object(answer, "the numbers of taxa", self._base)
        return {key: integer(counts, key) or 0 for key in counts}

    def index_fields(self, feedback: Feedback = UNWATCHED) -> tuple[IndexField, ...]:
        """Return the fields one can search, count by or download; about 600."""
        url = url_with(f"{self._base}/index/fields", {"deprecated": False, "isMisc": False})
        answer = as_array(self._get(url, feedback).json(), "the index fields", url)
        return tuple(map(parse_index_field, answer))

    def _search(
        self, query: OccurrenceQuery, options: Params, feedback: Feedback
    ) -> Mapping[str, Any]:
        answer = self._send(query, "occurrences/search", options, feedback).json()
        return as_object(answer, "a search answer", self._base)

    def _send(
        self, query: OccurrenceQuery, path: str, options: Params, feedback: Feedback
    ) -> Response:
        """Send a query as a form: no query is too long for it."""
        params = {**search_params(query, self._flanders_filter), **options}
        request = post_form(f"{self._base}/{path}", params, as_user=True)
        response = self._transport.send(request, feedback)
        return biocache.checked(response, private=bool(query.list_taxa))

    def _look(
        self, query: OccurrenceQuery, path: str, options: Params, feedback: Feedback
    ) -> Response:
        """Send a query to a place that takes no form.

        One that is too long is stored first, and so is one with the taxa of a list: that may be
        private, and addresses are written down on the way.
        """
        params = {**search_params(query, self._flanders_filter), **options}
        url = url_with(f"{self._base}/{path}", params)
        if query.list_taxa or len(url) > MAX_URL:
            stored = stored_query(self.qid(query, feedback))
            url = url_with(f"{self._base}/{path}", {**search_params(stored, ""), **options})
        return self._get(url, feedback, private=bool(query.list_taxa))

    def _get(self, url: str, feedback: Feedback, *, private: bool = False) -> Response:
        request: Request = get_json(url, as_user=True)
        return biocache.checked(self._transport.send(request, feedback), private=private)
