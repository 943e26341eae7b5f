"""The species lists that the demo portal starts with, and what the occurrence index knows of them.

Ids and keys are those seen on the portal (contract/lists 2.16) where a list stands for a real one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple

from demo.portal.data import list_items
from demo.portal.data.list_items import INVASIVE, SeedItem
from demo.portal.data.taxa import load
from demo.portal.names.list_matching import matched

AREA = "POLYGON((3.70 51.03,3.74 51.03,3.74 51.06,3.70 51.06,3.70 51.03))"


@dataclass(frozen=True)
class SeedList:
    """A list as it is at first. ``owner`` and ``editors`` are user names; owner None: an orphan."""

    druid: str
    name: str
    kind: Optional[str]
    description: Optional[str]
    items: Callable[[], Iterable[SeedItem]]
    owner: Optional[str] = "admin"
    editors: Tuple[str, ...] = ()
    private: bool = False
    flags: Tuple[str, ...] = ()
    region: Optional[str] = None
    authority: Optional[str] = None
    wkt: Optional[str] = None
    created: str = "2025-06-12T08:15:30Z"


def _official(druid: str, name: str, items: Any, kind: str, *flags: str, **more: Any) -> SeedList:
    return SeedList(
        druid,
        name,
        kind,
        more.pop("description", "Demogegevens."),
        items,
        flags=("isAuthoritative", *flags),
        region="Vlaanderen",
        authority="Instituut voor Natuur- en Bosonderzoek (demo)",
        **more,
    )


def _names(*names: str, pairs: Tuple[Tuple[str, Optional[str]], ...] = ()) -> Callable[[], Any]:
    return lambda: list_items.named(names, lambda name: pairs)


def _directive(names: Tuple[str, ...], annex: str) -> Callable[[], Iterator[SeedItem]]:
    return lambda: list_items.named(names, lambda name: (("bijlage", annex),))


def _eu_list() -> Iterator[SeedItem]:
    years = ("2016", "2017", "2019", "2022")
    return list_items.named(
        INVASIVE, lambda name: (("Unielijst", "ja"), ("sinds", years[len(name) % 4]))
    )


def _priority() -> Iterator[SeedItem]:
    species = {taxon.scientific_name: taxon for taxon in load()}
    return list_items.named(
        list_items.PRIORITY,
        lambda name: (
            ("prioriteit", "hoog" if species[name].weight < 10 else "gemiddeld"),
            ("kingdom", species[name].kingdom),
        ),
    )


def _iucn() -> Iterator[SeedItem]:
    for taxon, _, (code, _, _) in list_items.red_listed():
        if code in ("CR", "EN"):
            yield SeedItem(taxon.scientific_name, (("iucn", code), ("status", code)))


def _trends() -> Iterator[SeedItem]:
    for taxon in list_items.species():
        if taxon.class_ == "Aves" and taxon.weight >= 20:
            trend = "stijgend" if int(taxon.weight) % 3 else "dalend"
            yield SeedItem(taxon.vernacular_nl or "", (("trend", trend),))


def _odd_keys() -> Iterator[SeedItem]:
    """Yield what lists made by hand carry: keys with spaces, keys twice, the word NULL, nothing."""
    yield SeedItem(
        "Hyla arborea",
        (("source Status", "Bedreigd"), ("opmerking", "roept"), ("opmerking", "bij 'de poel'")),
    )
    yield SeedItem(
        "Bufo bufo", (("source Status", "NULL"), ("opmerking", 'zei: "kwaak", ja;\nnee'))
    )
    yield SeedItem("Rana temporaria")
    yield SeedItem("Hyla arborea", (("opmerking", "tweede keer"),))
    yield SeedItem("Onbekend beest", (("source Status", ""), ("guid", "eigen-1")))
    yield SeedItem("vos", (("source Status", "=1+1"), ("opmerking", None)))


SEEDS = (
    SeedList(
        "dr1",
        "Frontpage Images",
        "SPECIES_CHARACTERS",
        "Beelden voor de startpagina.",
        _names("Hyla arborea", "Vulpes vulpes", pairs=(("image", "https://data.example/1.jpg"),)),
    ),
    _official(
        "dr552",
        "Validated red lists of Flanders, Belgium 2015",
        list_items.validated_red_lists,
        "CONSERVATION_LIST",
        "isThreatened",
    ),
    _official(
        "dr606",
        "Most recent Validated red lists of Flanders, Belgium",
        list_items.recent_red_lists,
        "CONSERVATION_LIST",
        "isThreatened",
    ),
    _official(
        "dr542", "Soortenbesluit", list_items.species_decree, "CONSERVATION_LIST", "isThreatened"
    ),
    _official(
        "dr565",
        "Habitats Directive Annex II",
        _directive(list_items.HABITATS_II, "II"),
        "CONSERVATION_LIST",
    ),
    _official(
        "dr525",
        "Habitats Directive Annex IV",
        _directive(list_items.HABITATS_IV, "IV"),
        "CONSERVATION_LIST",
    ),
    _official(
        "dr561", "Lijst van zorgwekkende invasieve exoten (EU)", _eu_list, "OTHER", "isInvasive"
    ),
    _official("dr620", "Vlaamse prioritaire soorten", _priority, "CONSERVATION_LIST"),
    SeedList("dr574", "IUCN", "CONSERVATION_LIST", None, _iucn, flags=("isThreatened",)),
    SeedList("dr630", "ABV Trend Soortenlijst", "COMMON_TRAIT", "Met Nederlandse namen.", _trends),
    SeedList(
        "dr701",
        "Vijver Demodorp",
        "LOCAL_LIST",
        "Wat er in en om de vijver leeft.",
        _names(
            "Anas platyrhynchos", "Fulica atra", "Ardea cinerea", "Anax imperator", "Esox lucius"
        ),
        owner="citizen",
        wkt=AREA,
    ),
    SeedList(
        "dr702",
        "Vlinders van de heide",
        "COMMON_HABITAT",
        "<b>Heide</b> & stuifzand",
        _names("Hipparchia semele", "Plebejus argus", "Phengaris alcon", "Hesperia comma"),
        owner="demo",
        editors=("hilde",),
    ),
    SeedList(
        "dr703",
        "Namen die niemand kent",
        "TEST",
        None,
        _names("Draco vulgaris", "Basilisk", "sp. 1", "Eenhoorn (wit)"),
        owner="demo",
    ),
    SeedList("dr704", "Met de hand gemaakt", None, "Dubbele sleutels.", _odd_keys, owner="citizen"),
    SeedList(
        "dr705",
        "Tienduizend namen",
        "OTHER",
        "Om te meten.",
        list_items.ten_thousand,
        owner="pieter",
    ),
    SeedList(
        "drt1718888888123",
        "Hoornaars (ontwikkelomgeving)",
        "TEST",
        None,
        _names("Vespa velutina", "Vespa velutina nigrithorax", "Vespa crabro"),
        owner="demo",
    ),
    SeedList(
        "dr711",
        "Burchten en holten",
        "SENSITIVE_LIST",
        "Niet voor buiten.",
        _names("Meles meles", "Lutra lutra", "Bubo bubo", pairs=(("bron", "eigen terreinwerk"),)),
        owner="hilde",
        private=True,
    ),
    SeedList(
        "dr712",
        "Gedeelde werklijst",
        "PROFILE",
        "Samen aan gewerkt.",
        _names("Triturus cristatus", "Hyla arborea", "Onbekende salamander"),
        owner="pieter",
        editors=("hilde",),
        private=True,
    ),
    SeedList(
        "dr713",
        "Bijzondere soorten Demodorp",
        "LOCAL_LIST",
        "Gemeentelijke lijst.",
        _names("Hyla arborea", "Athene noctua", "Lucanus cervus", pairs=(("status", "gezien"),)),
        owner="pieter",
        private=True,
        wkt=AREA,
    ),
    SeedList(
        "dr714",
        "Mijn tuin",
        "LOCAL_LIST",
        None,
        _names("merel", "koolmees", "egel", "Aglais io", "bestaat niet"),
        owner="demo",
        private=True,
    ),
    SeedList(
        "dr715",
        "Verweesde lijst",
        "TEST",
        "Van niemand.",
        _names("Bufo bufo"),
        owner=None,
        private=True,
    ),
    SeedList("dr716", "Verweesde open lijst", "TEST", None, _names("Rana temporaria"), owner=None),
)


def authoritative() -> Dict[str, List[str]]:
    """Return for each taxon key the ids of the authoritative lists it is on."""
    found: Dict[str, List[str]] = {}
    for seed in SEEDS:
        if "isAuthoritative" in seed.flags:
            for item in seed.items():
                guid = matched(item.name, item.pairs).guid
                if guid and seed.druid not in found.setdefault(guid, []):
                    found[guid].append(seed.druid)
    return found


def fill(connection: sqlite3.Connection) -> None:
    """Write ``concept.speciesListUid``, the index's own knowledge of the authoritative lists.

    As in the portal it is of the last build of the index: it knows no list made or edited since.
    """
    connection.executemany(
        "UPDATE concept SET speciesListUid = ? WHERE taxonConceptID = ?",
        (("|".join(druids), guid) for guid, druids in authoritative().items()),
    )
