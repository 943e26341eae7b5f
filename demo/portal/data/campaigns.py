"""What each data resource of the demo portal records: which species, when, how precisely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Tuple

from demo.portal.data.taxa import Taxon

POINT = "point"
UTM_1, UTM_5 = "UTM 1km", "UTM 5km"
IFBL_1, IFBL_4 = "IFBL 1km", "IFBL 4km"

_INVASIVE = frozenset(
    [
        "Vespa velutina",
        "Vespa velutina nigrithorax",
        "Nyctereutes procyonoides",
        "Procyon lotor",
        "Ondatra zibethicus",
        "Myocastor coypus",
        "Muntiacus reevesi",
        "Eutamias sibiricus",
        "Tamias sibiricus",
        "Lithobates catesbeianus",
        "Trachemys scripta",
        "Alopochen aegyptiaca",
        "Oxyura jamaicensis",
        "Threskiornis aethiopicus",
        "Psittacula krameri",
        "Procambarus clarkii",
        "Faxonius limosus",
        "Orconectes limosus",
        "Eriocheir sinensis",
        "Corbicula fluminea",
        "Dreissena polymorpha",
        "Lepomis gibbosus",
        "Pseudorasbora parva",
        "Neogobius melanostomus",
        "Aedes albopictus",
        "Harmonia axyridis",
        "Impatiens glandulifera",
        "Reynoutria japonica",
        "Heracleum mantegazzianum",
        "Hydrocotyle ranunculoides",
        "Ludwigia grandiflora",
        "Myriophyllum aquaticum",
        "Crassula helmsii",
        "Elodea nuttallii",
        "Lysichiton americanus",
        "Ailanthus altissima",
        "Prunus serotina",
        "Quercus rubra",
        "Robinia pseudoacacia",
        "Solidago gigantea",
        "Azolla filiculoides",
        "Campylopus introflexus",
        "Branta canadensis",
        "Cydalima perspectalis",
        "Nezara viridula",
    ]
)
# Looked for by many, and so found more often than their weight says.
SOUGHT_AFTER = {"Hyla arborea": 2.0, "Hipparchia semele": 4.0, "Vespa velutina": 4.0}
SENSITIVE = 5.0  # likewise for all sensitive species, of which some data resources live

_WATER_BIRDS = frozenset(
    [
        "Anseriformes",
        "Charadriiformes",
        "Gruiformes",
        "Podicipediformes",
        "Pelecaniformes",
        "Suliformes",
    ]
)


@dataclass(frozen=True)
class Campaign:
    """How a data resource records.

    ``months``     weight of each month, January first
    ``precision``  kind of location and its weight
    ``statuses``   identificationVerificationStatus and its weight
    ``share``      of all records; ``absent`` of its own records; ``pictured`` of those whose
                   taxon has a picture
    """

    uid: str
    share: float
    takes: Callable[[Taxon], bool]
    years: Tuple[int, int]
    months: Tuple[int, ...]
    precision: Dict[str, int]
    statuses: Dict[str, int]
    protocol: str
    absent: float = 0.0
    pictured: float = 0.0
    basis: str = "HUMAN_OBSERVATION"
    second_basis: str = ""


_YEAR_ROUND = (5, 5, 7, 9, 10, 9, 8, 8, 8, 8, 6, 5)
_BREEDING = (0, 0, 20, 30, 30, 20, 2, 0, 0, 0, 0, 0)
_WINTER = (22, 20, 12, 2, 0, 0, 0, 1, 5, 12, 14, 20)
_SUMMER = (0, 0, 2, 6, 14, 20, 26, 22, 8, 2, 0, 0)
_SPRING = (1, 6, 24, 26, 20, 10, 6, 4, 2, 1, 0, 0)
_AUTUMN = (1, 1, 2, 4, 8, 10, 12, 14, 18, 20, 8, 2)

_CHECKED = {"validated": 1}
_MIXED = {"validated": 45, "probable": 20, "unvalidated": 35}


def _animal(*names: str) -> Callable[[Taxon], bool]:
    wanted = frozenset(names)
    return lambda taxon: bool({taxon.class_, taxon.order} & wanted)


def _in_group(*groups: str) -> Callable[[Taxon], bool]:
    wanted = frozenset(groups)
    return lambda taxon: bool(wanted.intersection(taxon.species_groups))


CAMPAIGNS = (
    Campaign(
        "dr101",
        0.14,
        _in_group("Birds"),
        (2007, 2026),
        _BREEDING,
        {UTM_1: 1},
        _CHECKED,
        "puntelling",
    ),
    Campaign(
        "dr102",
        0.07,
        _in_group("Fishes", "Crustaceans"),
        (1992, 2026),
        _AUTUMN,
        {POINT: 1},
        _CHECKED,
        "elektrovisserij",
        basis="MATERIAL_SAMPLE",
    ),
    Campaign(
        "dr103",
        0.19,
        _in_group("Plants"),
        (1980, 2024),
        _SUMMER,
        {IFBL_1: 75, IFBL_4: 25},
        _CHECKED,
        "streeplijst",
        second_basis="PRESERVED_SPECIMEN",
    ),
    Campaign(
        "dr104",
        0.09,
        _in_group("Amphibians"),
        (2008, 2026),
        _SPRING,
        {POINT: 1},
        _CHECKED,
        "fuiken; schepnet",
        absent=0.15,
    ),
    Campaign(
        "dr105",
        0.07,
        lambda taxon: taxon.order in _WATER_BIRDS,
        (1980, 2026),
        _WINTER,
        {POINT: 80, UTM_5: 20},
        _CHECKED,
        "midmaandelijkse telling",
        absent=0.04,
    ),
    Campaign(
        "dr106",
        0.27,
        lambda taxon: True,
        (2005, 2026),
        _YEAR_ROUND,
        {POINT: 80, UTM_1: 12, UTM_5: 8},
        _MIXED,
        "",
        pictured=0.25,
    ),
    Campaign(
        "dr107",
        0.02,
        _animal("Orthoptera"),
        (1980, 2021),
        _SUMMER,
        {UTM_5: 60, UTM_1: 40},
        {"validated": 80, "unvalidated": 20},
        "zicht en geluid",
    ),
    Campaign(
        "dr108",
        0.07,
        _animal("Lepidoptera"),
        (1991, 2026),
        _SUMMER,
        {POINT: 1},
        _CHECKED,
        "vaste route",
        absent=0.02,
    ),
    Campaign(
        "dr109",
        0.06,
        lambda taxon: taxon.scientific_name in _INVASIVE,
        (2010, 2026),
        _YEAR_ROUND,
        {POINT: 1},
        {"validated": 70, "unvalidated": 30},
        "melding",
        pictured=0.3,
        second_basis="MACHINE_OBSERVATION",
    ),
    Campaign(
        "dr110",
        0.02,
        _in_group("Mammals"),
        (1980, 2019),
        _YEAR_ROUND,
        {UTM_5: 70, POINT: 30},
        {"unvalidated": 1},
        "",
    ),
)
