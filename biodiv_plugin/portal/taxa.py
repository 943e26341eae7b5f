"""Names of taxa: ``bie-index`` for looking up, the name matching service for lists of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional, Sequence
from urllib.parse import quote

from biodiv_plugin.portal.answers import (
    as_array,
    as_object,
    integer,
    objects,
    plain,
    required,
    text,
    texts,
)
from biodiv_plugin.portal.errors import Canceled, PortalFault, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Request,
    Transport,
    get_json,
    post_json,
    url_with,
)
from biodiv_plugin.portal.images import image_id
from biodiv_plugin.portal.taxon import TaxonProfile, parse_taxon_profile

MATCH_BLOCK = 200  # names a request; each is a search of its own at the service
LOOKUP_BLOCK = 20  # larger ones lose everything when one block finds nothing (contract 5.1)


@dataclass(frozen=True)
class TaxonSuggestion:
    """A taxon for what was typed. ``matched`` are the names that matched, a synonym or another
    vernacular name perhaps; ``key`` is that of the accepted taxon."""

    key: str
    scientific_name: str
    vernacular_name: str
    rank: str
    matched: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaxonFound:
    """A taxon of a search. ``accepted_name`` is filled for a synonym; ``key`` is then that of
    the accepted taxon. ``vernacular_names`` are all of them, the first the preferred one."""

    key: str
    scientific_name: str
    author: str
    vernacular_names: tuple[str, ...]
    rank: str
    kingdom: str
    accepted_name: str
    status: str
    image_id: str


@dataclass(frozen=True)
class TaxonSearch:
    total: int
    taxa: tuple[TaxonFound, ...]


@dataclass(frozen=True)
class TaxonSummary:
    """What is shown beside a name: ``image_id`` is one of the image service, or ""."""

    key: str
    scientific_name: str
    vernacular_name: str
    rank: str
    image_id: str


@dataclass(frozen=True)
class ChildTaxon:
    key: str
    parent_key: str
    scientific_name: str
    author: str
    rank: str
    rank_id: int


@dataclass(frozen=True)
class NameToMatch:
    """A name, scientific or vernacular, or a taxon key. ``kingdom`` tells homonyms apart."""

    name: str
    kingdom: str = ""


@dataclass(frozen=True)
class NameMatch:
    """What became of a name.

    ``success`` says that there is a taxon, not that it is the one meant: see ``match_type``,
    one of exactMatch, canonicalMatch, phraseMatch, fuzzyMatch, vernacularMatch, higherMatch,
    taxonIdMatch. For a synonym (``is_synonym``) the accepted taxon is given. ``issues`` tell of
    homonyms and the like; "noIssue" is left out, since it also comes with a miss.
    """

    supplied: str
    success: bool
    match_type: str = ""
    key: str = ""
    scientific_name: str = ""
    vernacular_name: str = ""
    rank: str = ""
    kingdom: str = ""
    issues: tuple[str, ...] = ()
    is_synonym: bool = False


def parse_suggestion(answer: Mapping[str, Any]) -> TaxonSuggestion:
    """Read one element of ``autoCompleteList``; its matches carry markup."""
    matched = texts(answer, "matchedNames") or (
        *texts(answer, "scientificNameMatches"),
        *texts(answer, "commonNameMatches"),
    )
    return TaxonSuggestion(
        key=required(answer, "guid", "a suggestion"),
        scientific_name=text(answer, "name"),
        vernacular_name=text(answer, "commonName"),
        rank=text(answer, "rankString"),
        matched=tuple(map(plain, matched)),
    )


def parse_taxon_found(answer: Mapping[str, Any]) -> TaxonFound:
    """Read one TAXON of a search answer; its vernacular names are joined by commas."""
    names = [text(answer, "commonNameSingle"), *text(answer, "commonName").split(",")]
    return TaxonFound(
        key=required(answer, "guid", "a taxon"),
        scientific_name=text(answer, "scientificName") or text(answer, "name"),
        author=text(answer, "scientificNameAuthorship") or text(answer, "author"),
        vernacular_names=tuple(dict.fromkeys(name.strip() for name in names if name.strip())),
        rank=text(answer, "rank"),
        kingdom=text(answer, "kingdom"),
        accepted_name=text(answer, "acceptedConceptName"),
        status=text(answer, "taxonomicStatus"),
        image_id=text(answer, "image"),
    )


def parse_name_match(supplied: str, answer: Any) -> NameMatch:
    """Read one element of a match; ``null`` is what the service answers to a null."""
    if answer is None:
        return NameMatch(supplied, success=False)
    match = as_object(answer, "a name match")
    issues = tuple(issue for issue in texts(match, "issues") if issue != "noIssue")
    if not match.get("success"):
        return NameMatch(supplied, success=False, issues=issues)
    return NameMatch(
        supplied=supplied,
        success=True,
        match_type=text(match, "matchType"),
        key=required(match, "taxonConceptID", "a name match"),
        scientific_name=text(match, "scientificName"),
        vernacular_name=text(match, "vernacularName"),
        rank=text(match, "rank"),
        kingdom=text(match, "kingdom"),
        issues=issues,
        is_synonym=bool(match.get("synonymType")),
    )


class TaxonClient:
    """Looks up taxa. ``bie_base`` is ``<portal>/bie-index``; the name matching service has a
    host of its own. All is public: no request asks for the user's view.

    All methods raise a ``PortalError`` of the kind that fits, and ``Canceled``. Several failures
    of these services come with status 200; they are ``PortalFault`` here.
    """

    def __init__(self, transport: Transport, bie_base: str, name_matching_base: str) -> None:
        self._transport = transport
        self._bie = bie_base.rstrip("/")
        self._matching = name_matching_base.rstrip("/")

    def suggest(
        self, text: str, limit: int = 10, feedback: Feedback = UNWATCHED
    ) -> tuple[TaxonSuggestion, ...]:
        """Return taxa whose scientific or vernacular name begins like ``text``, one a taxon."""
        params: Params = {"q": text, "idxType": "TAXON", "limit": limit}
        answer = self._ask(url_with(f"{self._bie}/search/auto", params), feedback)
        found: dict[str, TaxonSuggestion] = {}
        for suggestion in map(parse_suggestion, objects(answer, "autoCompleteList")):
            found[suggestion.key] = _merged(found.get(suggestion.key), suggestion)
        return tuple(found.values())[:limit]

    def search(
        self, text: str, start: int = 0, size: int = 20, feedback: Feedback = UNWATCHED
    ) -> TaxonSearch:
        """Return the taxa that a text finds, synonyms included."""
        params: Params = {"q": text, "fq": "idxtype:TAXON", "start": start, "pageSize": size}
        answer = self._ask(url_with(f"{self._bie}/search", params), feedback)
        results = as_object(answer.get("searchResults"), "a search of taxa", self._bie)
        found = tuple(map(parse_taxon_found, objects(results, "results")))
        return TaxonSearch(integer(results, "totalRecords") or 0, found)

    def species(self, key: str, feedback: Feedback = UNWATCHED) -> TaxonProfile:
        """Return what the portal knows of a taxon, that of the accepted one for a synonym."""
        url = f"{self._bie}/species/{quote(key, safe='')}"
        return parse_taxon_profile(self._ask(url, feedback))

    def children(self, key: str, feedback: Feedback = UNWATCHED) -> tuple[ChildTaxon, ...]:
        """Return the taxa right below one, subspecies for a species."""
        url = url_with(
            f"{self._bie}/childConcepts/{quote(key, safe='')}", {"within": 2000, "unranked": True}
        )
        answer = self._transport.send(get_json(url), feedback).json()
        return tuple(map(parse_child, as_array(answer, "the taxa below", url)))

    def summaries(
        self, keys: Sequence[str], feedback: Feedback = UNWATCHED
    ) -> dict[str, TaxonSummary]:
        """Return name and picture of each key that the portal knows."""
        found: dict[str, TaxonSummary] = {}
        for block in _blocks(keys, LOOKUP_BLOCK, feedback):
            request = post_json(f"{self._bie}/species/guids/bulklookup", list(block))
            answer = as_object(self._transport.send(request, feedback).json(), "a look-up")
            summaries = map(parse_summary, objects(answer, "searchDTOList"))
            found.update({summary.key: summary for summary in summaries})
        return found

    def match(
        self, names: Sequence[NameToMatch], feedback: Feedback = UNWATCHED
    ) -> tuple[NameMatch, ...]:
        """Return what each name stands for, in order; progress is names matched, in percent.

        Names of digits are taken for taxon keys. An unknown name is a match without success,
        never an error.
        """
        keys = [name.name for name in names if name.name.isdecimal()]
        by_key = iter([*self._match_keys(keys, feedback)])
        rest = [name for name in names if not name.name.isdecimal()]
        by_name = iter([*self._match_names(rest, feedback)])
        return tuple(next(by_key if name.name.isdecimal() else by_name) for name in names)

    def suggestions(
        self, name: str, limit: int = 5, feedback: Feedback = UNWATCHED
    ) -> tuple[str, ...]:
        """Return names that may be meant by one that did not match; its genus helps out."""
        for wanted in dict.fromkeys((name, name.partition(" ")[0])):
            params: Params = {"q": wanted, "max": limit, "includeSynonyms": True}
            url = url_with(f"{self._matching}/api/autocomplete", params)
            answer = as_array(self._transport.send(get_json(url), feedback).json(), "names", url)
            found = dict.fromkeys(text(as_object(item, "a name"), "name") for item in answer)
            if found:
                return tuple(filter(None, found))[:limit]
        return ()

    def _match_names(self, names: Sequence[NameToMatch], feedback: Feedback) -> Iterable[NameMatch]:
        for block in _blocks(names, MATCH_BLOCK, feedback):
            asked = [_question(name) for name in block]
            request = post_json(f"{self._matching}/api/searchAllByClassification", asked)
            yield from self._matched([name.name for name in block], request, feedback)

    def _match_keys(self, keys: Sequence[str], feedback: Feedback) -> Iterable[NameMatch]:
        for block in _blocks(keys, MATCH_BLOCK, feedback):
            params: Params = {"taxonIDs": list(block), "follow": True}
            url = url_with(f"{self._matching}/api/getAllByTaxonID", params)
            request = Request("POST", url, headers={"Accept": "application/json"})
            yield from self._matched(block, request, feedback)

    def _matched(
        self, supplied: Sequence[str], request: Request, feedback: Feedback
    ) -> Iterable[NameMatch]:
        answer = as_array(self._transport.send(request, feedback).json(), "matches", request.url)
        if len(answer) != len(supplied):
            raise UnexpectedAnswer("not as many matches as names", url=request.url)
        return map(parse_name_match, supplied, answer)

    def _ask(self, url: str, feedback: Feedback) -> Mapping[str, Any]:
        """Return an object of bie-index, which answers 200 with ``error`` where it failed."""
        answer = as_object(self._transport.send(get_json(url), feedback).json(), "taxa", url)
        if answer.get("error"):
            raise PortalFault(f"the index of taxa: {answer['error']}", url=url)
        return answer


def _blocks(items: Sequence[Any], size: int, feedback: Feedback) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), size):
        if feedback.isCanceled():
            raise Canceled
        yield items[start : start + size]
        feedback.setProgress(100 * min(start + size, len(items)) / len(items))


def _question(name: NameToMatch) -> dict[str, Any]:
    asked: dict[str, Any] = {"scientificName": name.name, "loose": True}
    if name.kingdom:
        asked["kingdom"] = name.kingdom
    return asked


def _merged(known: Optional[TaxonSuggestion], more: TaxonSuggestion) -> TaxonSuggestion:
    """Join two suggestions of one taxon: the service gives one for each name that matched."""
    if known is None:
        return more
    return TaxonSuggestion(
        known.key,
        known.scientific_name,
        known.vernacular_name or more.vernacular_name,
        known.rank,
        tuple(dict.fromkeys((*known.matched, *more.matched))),
    )


def parse_child(answer: Any) -> ChildTaxon:
    """Read one element of ``/childConcepts`` (contract/occurrences 5.1)."""
    child = as_object(answer, "a taxon below")
    return ChildTaxon(
        key=required(child, "guid", "a taxon below"),
        parent_key=text(child, "parentGuid"),
        scientific_name=text(child, "name"),
        author=text(child, "author"),
        rank=text(child, "rank"),
        rank_id=integer(child, "rankID") or 0,
    )


def parse_summary(answer: Mapping[str, Any]) -> TaxonSummary:
    """Read one element of a bulk look-up."""
    return TaxonSummary(
        key=required(answer, "guid", "a look-up"),
        scientific_name=text(answer, "scientificName") or text(answer, "name"),
        vernacular_name=text(answer, "commonNameSingle"),
        rank=text(answer, "rank"),
        image_id=image_id(text(answer, "thumbnailUrl")),
    )
