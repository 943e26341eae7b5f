"""What to look for among the occurrences, and how the portal wants to hear it."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Mapping, Optional
from urllib.parse import parse_qs, unquote_plus, urlsplit

from biodiv_plugin.portal import solr
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.http import Params, url_with
from biodiv_plugin.portal.period import period_filter, read_period

QUALITY_PROFILE = "VBP_algemeen"  # what the portal's own pages apply
NO_NESTED_EVENTS = "-_nest_parent_:*"  # what they add, else counts differ (contract 1.1)
FORMAT_VERSION = 1

# Which words of ``identificationVerificationStatus`` count as checked by a validator. The field
# is free text of the data providers; these are the spellings of the Flemish ones.
VALIDATED_STATUSES = (
    "validated",
    "Validated",
    "verified",
    "Verified",
    "approved",
    "Approved",
    "accepted",
    "Approved on expert judgement",
    "Approved on photographic evidence",
    "Approved based on expert judgement",
    "Approved based on photographic evidence",
    "Approved based on knowledge rules",
    "gevalideerd",
    "Gevalideerd",
    "goedgekeurd",
    "Goedgekeurd",
)
VALIDATED = solr.any_of("identificationVerificationStatus", VALIDATED_STATUSES)
NOT_ABSENT = "-" + solr.any_of("occurrenceStatus", ("ABSENT",))

MAX_URL = 7500  # characters; the gateway cuts off at 8192 bytes, headers included
_SEARCH_PAGE = re.compile(r"/biocache-(hub|service)/occurrences?/search/?")

_LIST_ID = re.compile(r"drt?\d+")
_AREA = re.compile(r"(MULTI)?POLYGON\s*\([^:]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class TaxonRef:
    """A taxon with all below it. ``key`` is a GBIF backbone key: digits, as text."""

    key: str
    scientific_name: str = ""
    vernacular_name: str = ""


@dataclass(frozen=True)
class Circle:
    """Degrees in EPSG:4326, and kilometres."""

    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True)
class OccurrenceQuery:
    """What to look for. Every part narrows the result; all left out means every record.

    ``taxa``           any of these, each with its subtree
    ``species_list``   id of a public list (``dr…``), which the portal expands itself
    ``list_taxa``      taxon keys of a list that the portal cannot expand: private, or edited;
                       where given, ``species_list`` only names the list
    ``area``           POLYGON or MULTIPOLYGON as WKT in EPSG:4326, longitude first
    ``date_from``, ``date_to``  both days included; whole years also find what has no more
                   than a year
    ``months``         1 to 12
    ``max_uncertainty``  metres; records without a known uncertainty are left out
    ``quality_profile``  short name; "" applies none
    ``disabled_quality_filters``  labels of the profile's categories to switch off
    ``text``           a Solr query, for experts; free text that is a taxon's name finds its subtree
    ``filters``        Solr filter queries, for experts
    """

    taxa: tuple[TaxonRef, ...] = ()
    species_list: str = ""
    list_name: str = ""
    list_taxa: tuple[str, ...] = ()
    area: str = ""
    area_name: str = ""
    circle: Optional[Circle] = None
    date_from: Optional[date] = None
    date_to: Optional[date] = None
    months: tuple[int, ...] = ()
    max_uncertainty: Optional[float] = None
    datasets: tuple[str, ...] = ()
    basis_of_record: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    validated_only: bool = False
    flanders_only: bool = True
    include_absent: bool = False
    quality_profile: str = QUALITY_PROFILE
    disabled_quality_filters: tuple[str, ...] = ()
    text: str = ""
    filters: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, for a project or a manifest."""
        members = asdict(self)
        for name in ("date_from", "date_to"):
            members[name] = None if members[name] is None else members[name].isoformat()
        return {"version": FORMAT_VERSION, **members}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> OccurrenceQuery:
        """Read what :meth:`to_json` gave; what is missing has its default.

        Raises ``InvalidQuery`` for another version or another form: part of the query would
        be lost without a word.
        """
        members = dict(saved)
        known = {field.name for field in fields(cls)}
        if members.pop("version", None) != FORMAT_VERSION or not members.keys() <= known:
            raise InvalidQuery("a saved query of another version", part="version")
        try:
            return cls(**{name: _restored(name, value) for name, value in members.items()})
        except (TypeError, ValueError) as fault:
            raise InvalidQuery("a saved query of another form", part="version") from fault


def _restored(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("date_from", "date_to"):
        return date.fromisoformat(value)
    if name == "circle":
        return Circle(**value)
    if name == "taxa":
        return tuple(TaxonRef(**taxon) for taxon in value)
    return tuple(value) if isinstance(value, (list, tuple)) else value


def stored_query(qid: str) -> OccurrenceQuery:
    """Return the query that asks for all that the portal keeps under ``qid``, and no more."""
    return OccurrenceQuery(
        text=f"qid:{qid}", quality_profile="", flanders_only=False, include_absent=True
    )


def search_params(query: OccurrenceQuery, flanders_filter: str) -> Params:
    """Return the parameters of a search, a stored query or a download.

    They are as they go on the wire before form encoding: the portal decodes each ``fq`` twice,
    so its ``%`` and ``+`` are escaped here (contract/occurrences 0.1.2). Filters ask for values,
    never for their labels. Raises ``InvalidQuery`` where a part makes no sense.
    """
    check(query)
    circle = query.circle
    q, filters = _clauses(query)
    if query.flanders_only and flanders_filter:
        filters.append(flanders_filter)
    return {
        "q": q,
        "fq": [escaped(clause) for clause in dict.fromkeys(filters)],
        "wkt": query.area or None,
        "lat": circle.latitude if circle else None,
        "lon": circle.longitude if circle else None,
        "radius": circle.radius_km if circle else None,
        "qc": NO_NESTED_EVENTS,
        "qualityProfile": query.quality_profile or None,
        "disableAllQualityFilters": None if query.quality_profile else True,
        "disableQualityFilter": query.disabled_quality_filters or None,
    }


def escaped(clause: str) -> str:
    """Return a filter that survives being decoded once more than others."""
    return clause.replace("%", "%25").replace("+", "%2B")


def _clauses(query: OccurrenceQuery) -> tuple[str, list[str]]:
    """Return the query proper and the filters, not escaped."""
    filters = []
    taxa = solr.any_of("lsid", [t.key for t in query.taxa], bare=True) if query.taxa else ""
    if query.text and taxa:
        filters.append(taxa)
    if query.list_taxa:
        filters.append(solr.any_of("lsid", query.list_taxa, bare=True))
    elif query.species_list:
        filters.append(f"species_list:{query.species_list}")
    if query.date_from or query.date_to:
        filters.append(period_filter(query.date_from, query.date_to))
    if query.months:
        filters.append(solr.any_of("month", map(str, query.months), bare=True))
    if query.max_uncertainty is not None:
        limit = _number(query.max_uncertainty)
        filters.append(solr.between("coordinateUncertaintyInMeters", "0", limit))
    for field, values in (
        ("dataResourceUid", query.datasets),
        ("basisOfRecord", query.basis_of_record),
        ("license", query.licences),
    ):
        if values:
            filters.append(solr.any_of(field, values))
    if query.validated_only:
        filters.append(VALIDATED)
    if not query.include_absent:
        filters.append(NOT_ABSENT)
    return query.text or taxa or solr.ALL, [*filters, *query.filters]


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def check(query: OccurrenceQuery) -> None:
    """Raise ``InvalidQuery``, which names the part, where the portal would misunderstand."""
    if query.date_from and query.date_to and query.date_from > query.date_to:
        raise InvalidQuery("the period ends before it begins", part="dates")
    if not all(1 <= month <= 12 for month in query.months):
        raise InvalidQuery("a month is 1 to 12", part="months")
    uncertainty = query.max_uncertainty
    if uncertainty is not None and not (math.isfinite(uncertainty) and uncertainty >= 0):
        raise InvalidQuery("an uncertainty is a number of metres", part="max_uncertainty")
    if query.species_list and not _LIST_ID.fullmatch(query.species_list):
        raise InvalidQuery("a list goes by its id", part="species_list")
    # A colon in the area would be read as a space (contract/occurrences 1.1).
    if query.area and not _AREA.fullmatch(query.area.strip()):
        raise InvalidQuery("an area is a polygon as WKT", part="area")
    circle = query.circle
    if circle and not (
        -90 <= circle.latitude <= 90
        and -180 <= circle.longitude <= 180
        and 0 < circle.radius_km < 20_040  # half around the earth
    ):
        raise InvalidQuery("a circle lies on the earth and has a radius", part="circle")


def portal_search_url(query: OccurrenceQuery, portal: str, flanders_filter: str) -> str:
    """Return the address of the portal's own page for ``query``.

    Raises ``InvalidQuery`` as :func:`search_params` does, and where the address would be too
    long to be followed: then store the query first and give :func:`stored_query` of its id.
    """
    params = {
        key: value
        for key, value in search_params(query, flanders_filter).items()
        if key != "qc"  # the page adds its own
    }
    url = url_with(f"{portal}/biocache-hub/occurrences/search", params)
    if len(url) > MAX_URL:
        raise InvalidQuery("the query is too long for an address", part="length")
    return url


def query_from_portal_url(url: str, portal: str, flanders_filter: str = "") -> OccurrenceQuery:
    """Return the query of a search page's address, or of a call of the search service.

    What the query has no word for goes to ``text`` and ``filters``, so that the answer is the
    same. Raises ``InvalidQuery`` for an address that is not a search of ``portal``.
    """
    asked, own = urlsplit(url.strip()), urlsplit(portal)
    path = asked.path[len(own.path) :] if asked.path.startswith(own.path) else ""
    page = _SEARCH_PAGE.fullmatch(path)
    if asked.netloc.lower() != own.netloc.lower() or page is None:
        raise InvalidQuery("no search page of this portal", part="url")
    own_profile = QUALITY_PROFILE if page[1] == "hub" else ""  # the service has none by itself
    return query_from_params(parse_qs(asked.query), own_profile, flanders_filter)


def query_from_params(
    asked: Mapping[str, list[str]], own_profile: str = "", flanders_filter: str = ""
) -> OccurrenceQuery:
    """Return the query of a search's parameters; ``own_profile`` applies where they name none."""
    params = {key.lower(): values for key, values in asked.items()}
    profile = params.get("qualityprofile", [own_profile])[0]
    everything = params.get("disableallqualityfilters", [""])[0].lower() == "true"
    found: dict[str, Any] = {
        "include_absent": True,
        "flanders_only": False,
        "quality_profile": "" if everything else profile,
        "disabled_quality_filters": tuple(params.get("disablequalityfilter", ())),
        "area": params.get("wkt", [""])[0],
        "circle": _circle(params),
    }
    filters = [unquote_plus(clause) for clause in params.get("fq", ())]
    _read_text(_asked_text(params), found)
    found["filters"] = tuple(
        clause for clause in filters if not _read_filter(clause, flanders_filter, found)
    )
    query = OccurrenceQuery(**found)
    check(query)
    return query


def _asked_text(params: Mapping[str, list[str]]) -> str:
    if "taxa" in params:  # the name field of the portal's simple search
        return solr.any_of("taxa", params["taxa"][:1])
    return params.get("q", [solr.ALL])[0]


def _circle(params: Mapping[str, list[str]]) -> Optional[Circle]:
    if not {"lat", "lon", "radius"} <= params.keys():
        return None
    try:
        return Circle(*(float(params[key][0]) for key in ("lat", "lon", "radius")))
    except ValueError as fault:
        raise InvalidQuery("a circle is three numbers", part="circle") from fault


def _read_text(text: str, found: dict[str, Any]) -> None:
    """Take ``q`` apart: taxa where it names taxa and nothing else."""
    if text == solr.ALL:
        return
    field, values = solr.read_any_of(text) or ("", ())
    if field in _TAXON_FIELDS:
        found["taxa"] = tuple(map(TaxonRef, values))
    else:
        found["text"] = text


_TAXON_FIELDS = ("lsid", "taxonConceptID", "taxon_concept_lsid")
_VALUE_FIELDS = {
    "dataResourceUid": "datasets",
    "data_resource_uid": "datasets",
    "basisOfRecord": "basis_of_record",
    "basis_of_record": "basis_of_record",
    "license": "licences",
}


def _read_filter(clause: str, flanders_filter: str, found: dict[str, Any]) -> bool:
    """Note what ``clause`` means in ``found``; return whether it has a place there.

    Each part has one place: a second filter of its kind stays a filter, since both must hold.
    """
    part = _meaning(clause, flanders_filter)
    if part.keys() & found.keys() - {"include_absent", "flanders_only"}:
        return False
    found.update(part)
    return bool(part)


def _meaning(clause: str, flanders_filter: str) -> dict[str, Any]:
    if flanders_filter and clause == flanders_filter:
        return {"flanders_only": True}
    if clause in (NOT_ABSENT, "-occurrence_status_s:absent"):
        return {"include_absent": False}
    if clause == VALIDATED:
        return {"validated_only": True}
    span = solr.read_between(clause)
    if span:
        return _range_meaning(*span)
    field, values = solr.read_any_of(clause) or ("", ())
    if field in _TAXON_FIELDS:
        return {"taxa": tuple(map(TaxonRef, values))}
    if field in _VALUE_FIELDS:
        return {_VALUE_FIELDS[field]: values}
    if field == "month" and all(month.isdecimal() and 1 <= int(month) <= 12 for month in values):
        return {"months": tuple(map(int, values))}
    if field == "species_list" and len(values) == 1 and _LIST_ID.fullmatch(values[0]):
        return {"species_list": values[0]}
    return {}


def _range_meaning(field: str, low: str, high: str) -> dict[str, Any]:
    period = read_period(field, low, high)
    if period is not None:
        return {"date_from": period[0], "date_to": period[1]}
    try:
        if field == "coordinateUncertaintyInMeters" and low in ("", "0", "0.0") and high:
            return {"max_uncertainty": float(high)}
    except ValueError:  # a number that is none
        return {}
    return {}
