"""The pictures that the demo portal's image service knows; drawn on request, nobody's photographs.

A record of one of these taxa may carry the taxon's image id.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Dict, Optional

from demo.portal.data import taxa

_NAMESPACE = uuid.UUID("6f9c1a52-0d39-4f3f-9b0b-6a4f4f4a8d10")
_PICTURED = (
    "Hyla arborea",
    "Alytes obstetricans",
    "Rana temporaria",
    "Bufo bufo",
    "Triturus cristatus",
    "Vipera berus",
    "Parus major",
    "Turdus merula",
    "Erithacus rubecula",
    "Alcedo atthis",
    "Buteo buteo",
    "Vulpes vulpes",
    "Oryctolagus cuniculus",
    "Lutra lutra",
    "Erinaceus europaeus",
    "Esox lucius",
    "Hipparchia semele",
    "Aglais io",
    "Vespa velutina",
    "Vespa velutina nigrithorax",
    "Vespa crabro",
    "Libellula depressa",
    "Lucanus cervus",
    "Calluna vulgaris",
    "Quercus robur",
    "Heracleum mantegazzianum",
    "Reynoutria japonica",
    "Amanita muscaria",
)


@dataclass(frozen=True)
class Image:
    """A picture: ``id`` as in the field ``images`` of a record, ``licence`` as its acronym."""

    id: str
    taxon_key: str
    title: str
    creator: str
    licence: str
    dataset_uid: str
    width: int = 640
    height: int = 480


def _images() -> Dict[str, Image]:
    keys = {item.scientific_name: item.key for item in taxa.load() if item.accepted_key is None}
    pictures = (
        Image(
            id=str(uuid.uuid5(_NAMESPACE, name)),
            taxon_key=keys[name],
            title=name,
            creator=f"Waarnemer {number + 10}",
            licence=("CC0", "CC-BY", "CC-BY-NC")[number % 3],
            dataset_uid="dr106",
        )
        for number, name in enumerate(_PICTURED)
    )
    return {picture.id: picture for picture in pictures}


IMAGES = _images()
_OF_TAXON = {picture.taxon_key: picture.id for picture in IMAGES.values()}


def image_of(taxon_key: str) -> Optional[str]:
    """Return the id of the picture of a taxon."""
    return _OF_TAXON.get(taxon_key)
