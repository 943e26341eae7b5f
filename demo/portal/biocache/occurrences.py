"""One record as the search tells it: the service's own names and types (contract 1.1)."""

from __future__ import annotations

import math
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

from demo.portal.biocache import facets
from demo.portal.biocache.translate import column, field_named
from demo.portal.data.index_fields import IndexField, index_fields

_POINTS = {"point1": 0, "point01": 1, "point001": 2, "point0001": 3, "point00001": 4}


def _split(value: str) -> List[str]:
    return value.split("|")


def _plain(value: Any) -> Any:
    return value


def _two_digits(value: int) -> str:
    return f"{value:02d}"


# JSON key, index field, conversion; in the order of the answer.
_MAPPED: Tuple[Tuple[str, str, Callable[[Any], Any]], ...] = (
    ("uuid", "id", _plain),
    ("occurrenceID", "occurrenceID", _plain),
    ("institutionUid", "institutionUid", _plain),
    ("raw_institutionCode", "institutionCode", _plain),
    ("institutionName", "institutionName", _plain),
    ("raw_collectionCode", "collectionCode", _plain),
    ("raw_catalogNumber", "catalogNumber", _plain),
    ("taxonConceptID", "taxonConceptID", _plain),
    ("eventDate", "eventDate", _plain),
    ("eventDateEnd", "eventDateEnd", _plain),
    ("scientificName", "scientificName", _plain),
    ("vernacularName", "vernacularName", _plain),
    ("taxonRank", "taxonRank", _plain),
    ("taxonRankID", "taxonRankID", _plain),
    ("country", "country", _plain),
    ("kingdom", "kingdom", _plain),
    ("phylum", "phylum", _plain),
    ("classs", "class", _plain),
    ("order", "order", _plain),
    ("family", "family", _plain),
    ("genus", "genus", _plain),
    ("genusGuid", "genusID", _plain),
    ("species", "species", _plain),
    ("speciesGuid", "speciesID", _plain),
    ("subspecies", "subspecies", _plain),
    ("subspeciesGuid", "subspeciesID", _plain),
    ("stateProvince", "stateProvince", _plain),
    ("municipality", "municipality", _plain),
    ("decimalLatitude", "decimalLatitude", _plain),
    ("decimalLongitude", "decimalLongitude", _plain),
    ("coordinateUncertaintyInMeters", "coordinateUncertaintyInMeters", _plain),
    ("year", "year", _plain),
    ("month", "month", _two_digits),
    ("basisOfRecord", "basisOfRecord", _plain),
    ("raw_occurrenceRemarks", "occurrenceRemarks", _plain),
    ("dataProviderUid", "dataProviderUid", _plain),
    ("dataProviderName", "dataProviderName", _plain),
    ("dataResourceUid", "dataResourceUid", _plain),
    ("dataResourceName", "dataResourceName", _plain),
    ("assertions", "assertions", _split),
    ("speciesGroups", "speciesGroup", _split),
    ("spatiallyValid", "spatiallyValid", bool),
    ("geospatialKosher", "spatiallyValid", lambda value: "true" if value else "false"),
    ("recordedBy", "recordedBy", _split),
    ("collectors", "recordedBy", _split),
    ("collector", "recordedBy", _split),
    ("raw_scientificName", "raw_scientificName", _plain),
    ("raw_basisOfRecord", "raw_basisOfRecord", _plain),
    ("raw_vernacularName", "raw_vernacularName", _plain),
    ("multimedia", "multimedia", _split),
    ("image", "imageID", _plain),
    ("images", "imageIDs", _split),
    ("license", "license", _plain),
    ("occurrenceDetails", "references", _plain),
    ("identificationVerificationStatus", "identificationVerificationStatus", _plain),
    ("sensitive", "sensitive", _plain),
    ("latLong", "lat_long", _plain),
    ("namesLsid", "names_and_lsid", _plain),
    ("left", "lft", _plain),
    ("right", "rgt", _plain),
    ("gridReference", "gridReference", _plain),
)

JSON_NAMES = {name: key for key, name, _ in reversed(_MAPPED)}


class Shape:
    """What a search tells of each record: all mapped fields, or those of ``fl``."""

    def __init__(self, wanted: Iterable[str] = ()) -> None:
        fields = index_fields()
        if wanted:
            named = [field_named(name) for name in wanted]
        else:
            named = [fields[name] for name in dict.fromkeys(name for _, name, _ in _MAPPED)]
        self._fields = {field.name: field for field in named}
        mapped = {name for _, name, _ in _MAPPED}
        self._mapped = [item for item in _MAPPED if item[1] in self._fields]
        self._other = [field for name, field in self._fields.items() if name not in mapped]

    @property
    def columns(self) -> str:
        fields = self._fields.values()
        return ", ".join(f'{column(field)} AS "{field.name}"' for field in fields)

    def document(self, row: Any, base: str) -> Dict[str, Any]:
        """Return the record as JSON; what is null is left out. ``base`` is the portal's address."""
        found: Dict[str, Any] = {}
        for key, name, convert in self._mapped:
            value = row[name]
            if value is not None:
                found[key] = convert(value)
                if key == "image":
                    found.update(_image_urls(value, base))
                elif key == "latLong":
                    found.update(_points(value))
        found["otherProperties"] = {
            field.name: _other(field, row[field.name])
            for field in self._other
            if row[field.name] is not None
        }
        return found


def _other(field: IndexField, value: Any) -> Any:
    if field.multivalue:
        return _split(value)
    return value if field.numeric else facets.as_text(field, value)


def _image_urls(image: str, base: str) -> Dict[str, Any]:
    proxy = f"{base}/image-service/image/proxyImage"
    thumbnail, large = f"{proxy}Thumbnail?imageId=", f"{proxy}ThumbnailLarge?imageId="
    return {
        "imageUrl": f"{proxy}?imageId={image}",
        "largeImageUrl": f"{large}{image}",
        "smallImageUrl": f"{thumbnail}{image}",
        "thumbnailUrl": f"{thumbnail}{image}",
        "imageUrls": [f"{large}{image}"],
    }


def _points(lat_long: str) -> Dict[str, str]:
    numbers = [float(text) for text in lat_long.split(",")]
    return {key: ",".join(_rounded(x, places) for x in numbers) for key, places in _POINTS.items()}


def _rounded(number: float, places: int) -> str:
    scale = 10**places
    value: Optional[float] = math.floor(number * scale + 0.5) / scale
    return f"{value:.0f}" if places == 0 else str(value)
