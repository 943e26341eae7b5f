"""The demo portal's data resources, named like those that INBO publishes; all invented.

Columns of the table ``dataset`` in portal.sqlite (``columns()``): uid, name, licence_type,
licence_version, licence (short, as in the field ``license`` of a record), citation, rights,
provider_uid, provider_name, institution_uid, institution_name, doi, gbif_key, pub_description,
website, contact_name, contact_email, status, data_currency, last_updated.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import List, Optional, Tuple

_INBO = ("dp1", "Instituut voor Natuur- en Bosonderzoek (demo)")
_VOLUNTEERS = ("dp2", "Vrijwilligerswerkgroepen (demo)")
_INSTITUTE = ("in1", "Instituut voor Natuur- en Bosonderzoek (demo)")
_NO_INSTITUTE = (None, None)


@dataclass(frozen=True)
class Dataset:
    """A data resource of the collectory; dates are ``yyyy-MM-dd`` texts."""

    uid: str
    name: str
    licence_type: str
    licence_version: str
    licence: str
    citation: str
    rights: str
    provider_uid: str
    provider_name: str
    institution_uid: Optional[str]
    institution_name: Optional[str]
    doi: Optional[str]
    gbif_key: Optional[str]
    pub_description: str
    website: Optional[str]
    contact_name: Optional[str]
    contact_email: Optional[str]
    status: str
    data_currency: str
    last_updated: str


def _dataset(
    number: int,
    name: str,
    licence: Tuple[str, str, str],
    description: str,
    *,
    provider: Tuple[str, str] = _INBO,
    institution: Tuple[Optional[str], Optional[str]] = _INSTITUTE,
    rights: str = "",
    registered: bool = True,
    status: str = "dataAvailable",
    updated: str = "2026-09-01",
) -> Dataset:
    kind, version, short = licence
    doi = f"10.5555/vbp-demo-{number}" if registered else None
    where = f" https://doi.org/{doi}" if doi else ""
    return Dataset(
        uid=f"dr{number}",
        name=name,
        licence_type=kind,
        licence_version=version,
        licence=short,
        citation=f"{provider[1]} ({updated[:4]}). {name}. Demogegevens.{where}",
        rights=rights,
        provider_uid=provider[0],
        provider_name=provider[1],
        institution_uid=institution[0],
        institution_name=institution[1],
        doi=doi,
        gbif_key=f"00000000-0000-4000-8000-{number:012d}" if registered else None,
        pub_description=description,
        website=f"https://data.example/{number}" if registered else None,
        contact_name="Gegevensbeheer (demo)" if registered else None,
        contact_email="data@natuur.example" if registered else None,
        status=status,
        data_currency=updated,
        last_updated=updated,
    )


_CC0 = ("CC0", "1.0", "CC0")
_BY = ("CC-BY", "4.0", "CC-BY 4.0")
_NC = ("CC-BY-NC", "4.0", "CC-BY-NC 4.0")

DATASETS = (
    _dataset(
        101,
        "Vogeltrends",
        _CC0,
        "<p>Tellingen van <b>algemene broedvogels</b> per hok.</p>",
    ),
    _dataset(102, "VIS - Vissen", _CC0, "Visbestanden in Vlaamse oppervlaktewateren."),
    _dataset(103, "Florabank", _BY, "Planten per IFBL-hok van 1 en 4 km, sinds 1980."),
    _dataset(
        104,
        "Meetnetten.be - Amfibieën",
        _CC0,
        "Gestandaardiseerde tellingen van amfibieën & padden, met afwezigheden.",
    ),
    _dataset(105, "Watervogels", _CC0, "Wintertellingen van watervogels."),
    _dataset(
        106,
        "Waarnemingen.be selectie",
        _NC,
        "Losse waarnemingen van vrijwilligers; zeldzame soorten vervaagd.",
        provider=_VOLUNTEERS,
        institution=_NO_INSTITUTE,
        rights="Commercieel gebruik alleen na overleg.",
        updated="2026-11-02",
    ),
    _dataset(
        107,
        "Saltabel",
        _BY,
        "Sprinkhanen en krekels; werkgroepgegevens.",
        provider=_VOLUNTEERS,
        institution=_NO_INSTITUTE,
        updated="2022-03-15",
    ),
    _dataset(
        108,
        "Vlindermeetnet",
        _BY,
        "Dagvlinders langs vaste routes.",
        provider=_VOLUNTEERS,
        institution=_NO_INSTITUTE,
    ),
    _dataset(109, "Invasieve exoten", _CC0, "Meldingen van soorten van de Unielijst."),
    _dataset(
        110,
        "Zoogdieren - Losse meldingen",
        _BY,
        "",
        provider=_VOLUNTEERS,
        institution=_NO_INSTITUTE,
        registered=False,
        updated="2019-05-20",
    ),
    _dataset(
        111,
        "Paddenstoelen en korstmossen (in voorbereiding)",
        _BY,
        "Nog zonder waarnemingen.",
        status="linksAvailable",
        registered=False,
    ),
)


def columns() -> List[str]:
    """Return the column names of the table ``dataset``, in the order of ``rows``."""
    return [item.name for item in fields(Dataset)]


def rows() -> List[tuple]:
    """Return the rows of the table ``dataset``."""
    return [astuple(item) for item in DATASETS]
