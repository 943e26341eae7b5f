"""The demo portal's data-quality profiles, shared by the quality service and the occurrence search.

Challenge 14 of the portal: work with only validated, detailed data, or only with gridded data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Tuple

DEFAULT_PROFILE = "VBP_algemeen"


@dataclass(frozen=True)
class QualityFilter:
    """A filter in the syntax of ``fq``; a record is kept when it satisfies it."""

    id: int
    filter: str
    description: str
    enabled: bool = True


@dataclass(frozen=True)
class Category:
    id: int
    label: str
    name: str
    description: str
    filters: Tuple[QualityFilter, ...]
    enabled: bool = True

    @property
    def joined(self) -> str:
        """Return the enabled filters as the one filter that the search applies."""
        return " AND ".join(item.filter for item in self.filters if item.enabled)


@dataclass(frozen=True)
class Profile:
    id: int
    short_name: str
    name: str
    description: str
    categories: Tuple[Category, ...]
    enabled: bool = True

    @property
    def enabled_categories(self) -> List[Category]:
        """Return the categories that filter something."""
        return [item for item in self.categories if item.enabled and item.joined]


PROFILES = (
    Profile(
        1,
        DEFAULT_PROFILE,
        "Vlaams Biodiversiteitsportaal - algemeen",
        "Laat waarnemingen weg die voor de meeste toepassingen onbruikbaar zijn.",
        (
            Category(
                11,
                "spatially-suspect",
                "Verdachte ligging",
                "Waarnemingen waarvan de ligging niet kan kloppen.",
                (
                    QualityFilter(101, '-spatiallyValid:"false"', "Ruimtelijk ongeldig"),
                    QualityFilter(102, "-decimalLatitude:0", "Breedtegraad nul"),
                    QualityFilter(103, "-decimalLongitude:0", "Lengtegraad nul"),
                ),
            ),
            Category(
                12,
                "location-uncertainty",
                "Onnauwkeurige ligging",
                "Waarnemingen met een onzekerheid van meer dan 10 km.",
                (
                    QualityFilter(
                        104, "-coordinateUncertaintyInMeters:[10001 TO *]", "Meer dan 10 km"
                    ),
                ),
            ),
            Category(
                13,
                "absences",
                "Afwezigheden",
                "Waarnemingen die zeggen dat een soort er niet was.",
                (QualityFilter(105, '-occurrenceStatus:"ABSENT"', "Afwezig gemeld"),),
            ),
            Category(
                14,
                "taxonomic-suspect",
                "Onbekende naam",
                "Waarnemingen waarvan de naam bij geen taxon past.",
                (QualityFilter(106, '-assertions:"TAXON_MATCH_NONE"', "Naam niet herkend"),),
            ),
            Category(
                15,
                "dates-suspect",
                "Verdachte datum",
                "Waarnemingen van voor 1700.",
                (QualityFilter(107, "-year:[* TO 1700]", "Van voor 1700"),),
            ),
            Category(
                16,
                "open-license",
                "Open licentie",
                "Waarnemingen die niet commercieel gebruikt mogen worden (uitgeschakeld).",
                (QualityFilter(108, '-license:"CC-BY-NC 4.0"', "Geen CC-BY-NC"),),
                enabled=False,
            ),
        ),
    ),
    Profile(
        2,
        "VBP_gevalideerd_detail",
        "Gevalideerd en gedetailleerd",
        "Alleen waarnemingen die een deskundige nazag en die tot op 100 m bekend zijn.",
        (
            Category(
                21,
                "validated",
                "Gevalideerd",
                "Alleen nagekeken waarnemingen.",
                (
                    QualityFilter(
                        201, 'identificationVerificationStatus:"validated"', "Door een deskundige"
                    ),
                    QualityFilter(
                        202,
                        "-identificationVerificationStatus:*",
                        "Zonder status (uitgeschakeld)",
                        enabled=False,
                    ),
                ),
            ),
            Category(
                22,
                "detailed",
                "Gedetailleerd",
                "Alleen waarnemingen met een onzekerheid van ten hoogste 100 m.",
                (
                    QualityFilter(
                        203, "coordinateUncertaintyInMeters:[0 TO 100]", "Ten hoogste 100 m"
                    ),
                ),
            ),
            Category(
                23,
                "spatially-suspect",
                "Verdachte ligging",
                "Waarnemingen waarvan de ligging niet kan kloppen.",
                (QualityFilter(204, '-spatiallyValid:"false"', "Ruimtelijk ongeldig"),),
            ),
        ),
    ),
    Profile(
        3,
        "VBP_hokken",
        "Alleen hokken (UTM, IFBL)",
        "Alleen waarnemingen die per hok van een raster gemeld zijn.",
        (
            Category(
                31,
                "gridded",
                "In een hok",
                "Alleen waarnemingen met een hokcode.",
                (QualityFilter(301, "gridReference:*", "Met hokcode"),),
            ),
        ),
    ),
    Profile(
        4,
        "VBP_proef",
        "Proefprofiel",
        "Een profiel dat de beheerders nog niet aanzetten.",
        (
            Category(
                41,
                "recent",
                "Recent",
                "Alleen recente waarnemingen.",
                (QualityFilter(401, "year:[2015 TO *]", "Vanaf 2015"),),
            ),
        ),
        enabled=False,
    ),
)


def profile_named(name: str) -> Profile:
    """Return the profile with this short name; unknown names mean the default one, silently."""
    known = {item.short_name: item for item in PROFILES if item.enabled}
    return known.get(name, known[DEFAULT_PROFILE])


def filter_rows() -> List[Tuple[str, str, str]]:
    """Return the rows of the table ``quality_filter``: profile, category label, filter."""
    return [
        (profile.short_name, category.label, category.joined)
        for profile in PROFILES
        if profile.enabled
        for category in profile.enabled_categories
    ]
