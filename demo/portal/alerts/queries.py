"""The types of notification: standard ones, and those made from a search (contract/lists 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Sequence
from urllib.parse import quote

_DATE = "___DATEPARAM___"
_SINCE = f"fq=first_loaded_date:[{_DATE} TO *]"
_RESOURCE = "VLAAMS BIODIVERSITEITSPORTAAL"


@dataclass(frozen=True)
class Query:
    """A type of notification: a query that runs again and again."""

    name: str
    description: str
    query_path: str
    ui_path: str
    base_url: str
    ui_base_url: str
    email_template: str = "/email/biocache"
    id_path: str = "uuid"
    record_path: str = "$.occurrences[*]"
    update_message: str = "more.biocache.update.message"
    resource: str = _RESOURCE
    custom: bool = False

    def document(self, number: int, notifications: Sequence[Dict[str, int]]) -> Dict[str, Any]:
        """Return the type as the api writes it, with all that nobody needs."""
        return {
            "id": number,
            "baseUrl": self.base_url,
            "baseUrlForUI": self.ui_base_url,
            "custom": self.custom,
            "dateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'",
            "description": self.description,
            "emailTemplate": self.email_template,
            "idJsonPath": self.id_path,
            "name": self.name,
            "notifications": list(notifications),
            "propertyPaths": [{"id": number * 2 - 1}, {"id": number * 2}],
            "queryPath": self.query_path,
            "queryPathForUI": self.ui_path,
            "queryResults": [{"id": number + 8}],
            "recordJsonPath": self.record_path,
            "resourceName": self.resource,
            "updateMessage": self.update_message,
        }


def standard_queries(base: str) -> List[Query]:
    """Return the types that everybody may subscribe to; some are meaningless in Flanders."""
    loaded = f"first_loaded_date:%5B{_DATE}+TO+*%5D"
    newest = "&sort=first_loaded_date&dir=desc"
    page = "&pageSize=20&facets=basis_of_record"
    annotated = (
        f"/occurrences/search?q=*:*&fq=user_assertions:*&fq=last_assertion_date:[{_DATE} TO *]"
    )
    records = (
        ("Annotaties", "Waarnemingen met een nieuwe annotatie.", annotated, "annotations"),
        (
            "Nieuwe waarnemingen",
            "Waarnemingen die aan het portaal toegevoegd zijn.",
            f"/occurrences/search?q={loaded}{newest}",
            "records",
        ),
        (
            "Nieuwe afbeeldingen",
            "Waarnemingen met een nieuwe afbeelding.",
            f"/occurrences/search?q={loaded}{newest}&fq=multimedia:Image",
            "images",
        ),
        (
            "Burgerwetenschap",
            "Nieuwe waarnemingen van burgerwetenschap.",
            f"/occurrences/search?q={loaded}{newest}&fq=data_resource_uid:dr364",
            "cs.records",
        ),
        (
            "Burgerwetenschapsrecords met afbeeldingen",
            "Nieuwe waarnemingen van burgerwetenschap met een afbeelding.",
            f"/occurrences/search?q={loaded}{newest}&fq=data_resource_uid:dr364&fq=multimedia:Image",
            "cs.images",
        ),
    )
    found = [
        Query(
            name,
            description,
            f"{path}{page}",
            path,
            f"{base}/biocache-service",
            f"{base}/biocache-hub",
            update_message=f"more.{message}.update.message",
        )
        for name, description, path, message in records
    ]
    return found + _of_collectory(base)


def _of_collectory(base: str) -> List[Query]:
    rows = (
        ("Waarnemingsdatasets", "Nieuwe datasets met waarnemingen.", "records", "data.resources"),
        ("Datasets", "Nieuwe en bijgewerkte datasets.", "", "datasets"),
        ("Soortenlijsten", "Nieuwe en bijgewerkte soortenlijsten.", "species-list", "specieslist"),
    )
    return [
        Query(
            name,
            description,
            f"/ws/dataResource{f'?resourceType={kind}' if kind else ''}",
            "/datasets" if kind != "species-list" else "/public/speciesLists",
            f"{base}/collectory",
            f"{base}/{'species-list' if kind == 'species-list' else 'collectory'}",
            email_template="/email/specieslists" if kind == "species-list" else "/email/datasets",
            id_path="uid",
            record_path="$.[*]",
            update_message=f"more.{message}.update.message",
        )
        for name, description, kind, message in rows
    ]


def _records(name: str, path: str, base: str, ui_path: str = "") -> Query:
    shown = f"Nieuwe records voor {name}"
    return Query(
        shown,
        f"Melding van {shown[0].lower()}{shown[1:]}",
        path,
        ui_path or path,
        f"{base}/biocache-service",
        f"{base}/biocache-hub",
        custom=True,
    )


def _taxon(args: Mapping[str, str], base: str) -> Query:
    guid = args.get("taxonGuid") or args["guid"]
    return _records(args["taxonName"], f"/occurrences/taxon/{guid}?{_SINCE}", base)


def _region(args: Mapping[str, str], base: str) -> Query:
    place = f'{args["layerId"]}:"{args["regionName"]}"'
    return _records(args["regionName"], f"/occurrences/search?q={place}&{_SINCE}", base)


def _taxon_region(args: Mapping[str, str], base: str) -> Query:
    place = f'{args["layerId"]}:"{args["regionName"]}"'
    name = f"{args['taxonName']} - {args['regionName']}"
    path = f"/occurrences/taxon/{args['taxonGuid']}?fq={place}&{_SINCE}"
    return _records(name, path, base)


def _group_region(args: Mapping[str, str], base: str) -> Query:
    place = f'{args["layerId"]}:"{args["regionName"]}"'
    name = f"{args['speciesGroup']} - {args['regionName']}"
    path = f"/occurrences/search?q={place}&fq=species_group:{args['speciesGroup']}&{_SINCE}"
    return _records(name, path, base)


def _from_search(shown: str, suffix: str, template: str, longest: int = 0) -> Any:
    def make(args: Mapping[str, str], base: str) -> Query:
        name = args["queryDisplayName"]
        if longest and len(name) >= longest:
            name = f"{name[:149]}..."
        return Query(
            f"{shown} {name}",
            f"Melding van {shown.lower()} {name}",
            f"{args['webserviceQuery']}{suffix}",
            f"{args['uiQuery']}{suffix}",
            args.get("baseUrlForWS") or f"{base}/biocache-service",
            args.get("baseUrlForUI") or f"{base}/biocache-hub",
            email_template=template,
            resource=args.get("resourceName") or _RESOURCE,
            custom=True,
        )

    return make


_SEARCH = ("webserviceQuery", "uiQuery", "queryDisplayName")
_ANNOTATED = (
    "&fq=(user_assertions:50005 OR user_assertions:50003 OR user_assertions:50002)"
    f"&fq=last_assertion_date:[{_DATE} TO *]"
)


@dataclass(frozen=True)
class Maker:
    """How a custom type is made: the look-up's name, what it needs, and what comes of it."""

    lookup: str
    required: Sequence[str]
    make: Callable[[Mapping[str, str], str], Query]

    def missing(self, args: Mapping[str, str]) -> List[str]:
        """Return the required parameters that ``args`` lacks; ``guid`` serves as taxonGuid."""
        given = {name for name, value in args.items() if value}
        if "guid" in given and self.make is _taxon:
            given.add("taxonGuid")
        return [name for name in self.required if name not in given]


MAKERS = {
    "createTaxonAlert": Maker("taxonAlerts", ("taxonGuid", "taxonName"), _taxon),
    "createRegionAlert": Maker("regionAlerts", ("layerId", "regionName"), _region),
    "createTaxonRegionAlert": Maker(
        "taxonRegionAlerts", ("taxonGuid", "taxonName", "layerId", "regionName"), _taxon_region
    ),
    "createSpeciesGroupRegionAlert": Maker(
        "speciesGroupRegionAlerts", ("speciesGroup", "layerId", "regionName"), _group_region
    ),
    "createBiocacheNewRecordsAlert": Maker(
        "biocacheNewRecordAlerts",
        (*_SEARCH, "baseUrlForWS", "baseUrlForUI", "resourceName"),
        _from_search("Nieuwe records voor", f"&{_SINCE}", "/email/biocache", 250),
    ),
    "createBiocacheNewAnnotationsAlert": Maker(
        "biocacheNewAnnotationAlerts",
        _SEARCH,
        _from_search("Nieuwe annotaties voor", _ANNOTATED, "/email/annotations"),
    ),
    "createBiocacheAlert": Maker(
        "biocacheAlerts", _SEARCH, _from_search("Veranderingen in", "", "/email/biocache")
    ),
}


def link(action: str, args: Mapping[str, str]) -> str:
    """Return the link of a look-up; without a server name configured it begins with null."""
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in args.items())
    return f"null/webservice/{action}?{query}"
