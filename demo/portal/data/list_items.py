"""The items of the demo portal's species lists; the statuses in them are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator, List, Optional, Tuple

from demo.portal.data import taxa
from demo.portal.data.taxa import Taxon

Pairs = Tuple[Tuple[str, Optional[str]], ...]


@dataclass(frozen=True)
class SeedItem:
    """A supplied name with its key-value pairs, in their order."""

    name: str
    pairs: Pairs = ()


INVASIVE = (
    "Lithobates catesbeianus",
    "Trachemys scripta",
    "Alopochen aegyptiaca",
    "Oxyura jamaicensis",
    "Threskiornis aethiopicus",
    "Nyctereutes procyonoides",
    "Procyon lotor",
    "Tamias sibiricus",
    "Ondatra zibethicus",
    "Myocastor coypus",
    "Muntiacus reevesi",
    "Lepomis gibbosus",
    "Pseudorasbora parva",
    "Procambarus clarkii",
    "Faxonius limosus",
    "Eriocheir sinensis",
    "Vespa velutina nigrithorax",
    "Impatiens glandulifera",
    "Heracleum mantegazzianum",
    "Hydrocotyle ranunculoides",
    "Ludwigia grandiflora",
    "Myriophyllum aquaticum",
    "Elodea nuttallii",
    "Lysichiton americanus",
    "Ailanthus altissima",
)
HABITATS_II = (
    "Triturus cristatus",
    "Lutra lutra",
    "Castor fiber",
    "Rhodeus amarus",
    "Misgurnus fossilis",
    "Lampetra planeri",
    "Leucorrhinia pectoralis",
    "Lucanus cervus",
    "Vertigo moulinsiana",
    "Anisus vorticulus",
    "Liparis loeselii",
    "Luronium natans",
)
HABITATS_IV = (
    "Alytes obstetricans",
    "Epidalea calamita",
    "Hyla arborea",
    "Pelobates fuscus",
    "Rana arvalis",
    "Pelophylax lessonae",
    "Triturus cristatus",
    "Coronella austriaca",
    "Podarcis muralis",
    "Lutra lutra",
    "Castor fiber",
    "Cricetus cricetus",
    "Muscardinus avellanarius",
    "Pipistrellus pipistrellus",
    "Myotis daubentonii",
    "Plecotus auritus",
    "Gomphus flavipes",
    "Leucorrhinia pectoralis",
    "Luronium natans",
    "Liparis loeselii",
)
PRIORITY = (
    "Hyla arborea",
    "Alytes obstetricans",
    "Pelobates fuscus",
    "Salamandra salamandra",
    "Vipera berus",
    "Coronella austriaca",
    "Hipparchia semele",
    "Phengaris alcon",
    "Hesperia comma",
    "Circus pygargus",
    "Emberiza calandra",
    "Botaurus stellaris",
    "Limosa limosa",
    "Lutra lutra",
    "Cricetus cricetus",
    "Muscardinus avellanarius",
    "Misgurnus fossilis",
    "Lampetra planeri",
    "Cirsium dissectum",
    "Lycopodiella inundata",
    "Vespa crabro",
)
_STATUSES = (
    (3, "CR", "Ernstig bedreigd", "Critically Endangered (CR)"),
    (6, "EN", "Bedreigd", "Endangered (EN)"),
    (10, "VU", "Kwetsbaar", "Vulnerable (VU)"),
    (16, "NT", "Bijna in gevaar", "Near Threatened (NT)"),
    (10_000, "LC", "Momenteel niet in gevaar", "Least Concern (LC)"),
)
_RED_LISTED = {
    "Aves": ("BIR", "Broedvogels", "Devos_etal_2016", "2016"),
    "Amphibia": ("AMR", "Amfibieën en reptielen", "Speybroeck_etal_2024", "2024"),
    "Squamata": ("AMR", "Amfibieën en reptielen", "Speybroeck_etal_2024", "2024"),
    "Mammalia": ("MAM", "Zoogdieren", "Maes_etal_2014", "2014"),
    "Lepidoptera": ("BUT", "Dagvlinders", "Maes_etal_2021", "2021"),
    "Odonata": ("ODO", "Libellen", "DeKnijf_etal_2021", "2021"),
    "Orthoptera": ("ORT", "Sprinkhanen", "DeKnijf_etal_2023", "2023"),
    "Magnoliopsida": ("VAS", "Hogere planten", "VanLanduyt_etal_2006", "2006"),
    "Liliopsida": ("VAS", "Hogere planten", "VanLanduyt_etal_2006", "2006"),
}


def species() -> List[Taxon]:
    """Return the accepted species."""
    return [t for t in taxa.load() if t.rank == "species" and t.accepted_key is None]


def red_listed() -> List[Tuple[Taxon, Tuple[str, str, str, str], Tuple[str, str, str]]]:
    """Return the native species of a red-listed group: taxon, group, (code, Dutch, English)."""
    found = []
    for taxon in species():
        group = _RED_LISTED.get(taxon.class_ or "") or _RED_LISTED.get(taxon.order or "")
        if group and taxon.scientific_name not in INVASIVE:
            status = next(row for row in _STATUSES if taxon.weight <= row[0])
            found.append((taxon, group, status[1:]))
    return found


def validated_red_lists() -> Iterator[SeedItem]:
    """Yield items with the keys of the list "Validated red lists of Flanders"."""
    for number, (taxon, (code, _, source, year), (_, _, status)) in enumerate(red_listed(), 1):
        yield SeedItem(
            taxon.scientific_name,
            (
                ("taxonID", f"INBO_RL_{code}_{year}_VAL_{number}"),
                ("references", source),
                ("datasetID", "https://doi.org/10.5555/vbp-demo-redlist"),
                ("class", taxon.class_),
                ("occurrenceRemarks", "D1" if number % 3 else None),
                ("eventDate", year),
                ("source", source),
                ("threatStatus", status),
                ("status", status),
            ),
        )


def recent_red_lists() -> Iterator[SeedItem]:
    """Yield items with the keys of the list "Most recent validated red lists"."""
    for taxon, (_, group, source, year), (code, dutch, _) in red_listed():
        yield SeedItem(
            taxon.name_with_author,
            (
                ("RLC", code),
                ("RLC_gepubliceerd", dutch),
                ("JaarPublicatie", year),
                ("source", source),
                ("taxonomische_groep", group),
                ("kingdom", taxon.kingdom),
                ("class", taxon.class_),
            ),
        )


def species_decree() -> Iterator[SeedItem]:
    """Yield items with the keys of the list "Soortenbesluit"."""
    protected = set(HABITATS_IV)
    for taxon, *_ in red_listed():
        category = "cat3" if taxon.scientific_name in protected else "cat2"
        if taxon.weight <= 20:
            yield SeedItem(taxon.scientific_name, (("kenmerkwaardecode", category),))


def named(names: Tuple[str, ...], pairs: Callable[[str], Pairs]) -> Iterator[SeedItem]:
    """Yield an item for each of ``names``."""
    return (SeedItem(name, pairs(name)) for name in names)


def ten_thousand() -> Iterator[SeedItem]:
    """Yield 10,000 distinct names: all that the portal knows, then some that nobody knows."""
    known = []
    for taxon in taxa.load():
        if taxon.rank_id >= taxa.RANKS["genus"]:
            common = (taxon.vernacular_nl, taxon.vernacular_en)
            known += [taxon.name_with_author, taxon.scientific_name, *filter(None, common)]
    names = list(dict.fromkeys(known))
    firsts = ("Zyx", "Quab", "Woxt", "Kruzz", "Jyff", "Gwolm", "Bzing", "Vrupp", "Dwexx", "Ngork")
    number = 0
    while len(names) < 10_000:
        names.append(f"{firsts[number % 10]}{'aeiou'[number % 5]}dra ficta{_letters(number)}")
        number += 1
    for order, name in enumerate(names):
        yield SeedItem(name, (("volgnummer", str(order + 1)), ("regio", f"Zone {order % 24 + 1}")))


def _letters(number: int) -> str:
    """Write ``number`` in letters: a name with digits is read differently."""
    text = ""
    for _ in range(4):
        number, digit = divmod(number, 20)
        text += "bcdfghjklmnpqrstvwxz"[digit]
    return text
