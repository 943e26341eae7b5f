"""Archives as the portal's offline download writes them, of any size, always the same ones.

    python -m benchmarks.archives 100000 build/benchmarks/100000.zip

Written as opencsv and java.util.zip do: every cell quoted, a quote within doubled, lines ended by
LF, line ends within cells left as they are; entries without their size in front; the data first,
then README.html and headings.csv (contract/occurrences 3.3 to 3.5). The 61 columns are those of a
download of the server's default fields with quality tests; a record is some 660 bytes.
"""

from __future__ import annotations

import csv
import io
import sys
import uuid
import zipfile
from pathlib import Path
from random import Random
from typing import Iterable, Iterator, Optional, Sequence

from osgeo import osr

from biodiv_plugin.layers.squares import UTM, square_at

_COLUMNS = """
    recordID occurrenceID dataResourceUid dataResourceName dcterms:license catalogNumber
    taxonConceptID scientificName taxonRank vernacularName
    kingdom phylum class order family genus species subspecies raw_scientificName
    institutionCode collectionCode locality verbatimLocality
    decimalLatitude decimalLongitude geodeticDatum coordinatePrecision
    coordinateUncertaintyInMeters verbatimCoordinates verbatimCoordinateSystem
    country stateProvince municipality
    minimumElevationInMeters maximumElevationInMeters minimumDepthInMeters maximumDepthInMeters
    individualCount recordedBy identifiedBy year month day eventDate verbatimEventDate
    basisOfRecord sex preparations samplingProtocol behavior occurrenceStatus
    identificationVerificationStatus occurrenceRemarks informationWithheld dataGeneralizations
    sensitive COORDINATE_ROUNDED GEODETIC_DATUM_ASSUMED_WGS84 COUNTRY_DERIVED_FROM_COORDINATES
    TAXON_MATCH_FUZZY RECORDED_DATE_INVALID
"""
HEADERS = tuple(_COLUMNS.split())

_SPECIES = (
    "2492444 Turdus merula Merel Animalia Chordata Aves Passeriformes Turdidae",
    "9705453 Parus major Koolmees Animalia Chordata Aves Passeriformes Paridae",
    "2480482 Vanellus vanellus Kievit Animalia Chordata Aves Charadriiformes Charadriidae",
    "5219243 Vulpes vulpes Vos Animalia Chordata Mammalia Carnivora Canidae",
    "2430567 Hyla arborea Boomkikker Animalia Chordata Amphibia Anura Hylidae",
    "1898286 Vanessa atalanta Atalanta Animalia Arthropoda Insecta Lepidoptera Nymphalidae",
    "1311477 Vespa velutina Hoornaar Animalia Arthropoda Insecta Hymenoptera Vespidae",
    "5212973 Anguilla anguilla Paling Animalia Chordata Actinopterygii Anguilliformes Anguillidae",
    "2878688 Quercus robur Zomereik Plantae Tracheophyta Magnoliopsida Fagales Fagaceae",
    "5415020 Dactylorhiza maculata Orchis Plantae Tracheophyta Liliopsida Asparagales Orchidaceae",
    "2669606 Sphagnum fallax Veenmos Plantae Bryophyta Sphagnopsida Sphagnales Sphagnaceae",
    "5240245 Amanita muscaria Vliegenzwam Fungi Basidiomycota Agaricomycetes Agaricales Amanita",
)
_DATASETS = (
    ("dr101", "Waarnemingen van vogels in Vlaanderen", "CC-BY-NC 4.0 (Int)", "Natuurpunt"),
    ("dr102", "Florabank: verspreiding van vaatplanten in Vlaanderen", "CC0", "INBO"),
    ("dr103", "Vlinderdatabank: dagvlinders in Vlaanderen en Brussel", "CC0", "INBO"),
    ("dr104", "VIS: vissen in Vlaanderen", "CC-BY 4.0 (Int)", "INBO"),
)
_TOWNS = ("Gent", "Brugge", "Antwerpen", "Leuven", "Hasselt", "Kalmthout", "Diksmuide", "Ninove")
_REMARKS = (
    'Langs de oever; "zeer schuw" volgens waarnemer.',
    "Zangpost in top van eik, 2 ♂ en 1 ♀.",
    "Nest onder dakgoot.\nJongen hoorbaar; adult vliegt af en aan.",
    "Temp. ± 12 °C, wind 3 Bft.\r\nTelling vanaf de dijk.",
    'Meer dan 100 ex.; zie rapport "Invasief 2021", blz. 4.',
    "Déjà vu — même individu ?",
    "In vijver,  dubbele  spaties en\ttab.",
    '"',
    "ok",
)
_OBSERVERS = ("Waarnemer 1", "Waarnemer 17", 'Waarnemer "De Kleine" 4', "Řehoř 2", "王 3")
_CHUNK = 2000  # records
SQUARES = 4000


def records(count: int, seed: int = 42) -> Iterator[list[str]]:
    """Yield the cells of ``count`` records; a quarter stand for a grid square, at its middle."""
    rng = Random(seed)
    squares = _squares(rng)
    for number in range(count):
        yield _record(number, rng, squares)


def _squares(rng: Random) -> list[tuple[str, ...]]:
    """Return latitude, longitude, uncertainty, code and grid of some UTM squares in Flanders."""
    utm, degrees = osr.SpatialReference(), osr.SpatialReference()
    utm.ImportFromEPSG(32631)
    degrees.ImportFromEPSG(4326)
    transform = osr.CoordinateTransformation(utm, degrees)
    found = []
    for _ in range(SQUARES):
        size = rng.choice((1000, 5000))
        square = square_at(UTM, size, rng.uniform(470_000, 690_000), rng.uniform(5.63e6, 5.7e6))
        latitude, longitude, _ = transform.TransformPoint(*square.middle)
        noted = (square.code, f"UTM {size // 1000}km") if rng.random() < 0.5 else ("", "")
        found.append((f"{latitude:.5f}", f"{longitude:.5f}", f"{size / 2**0.5:.0f}.0", *noted))
    return found


def _place(rng: Random, squares: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return latitude, longitude, uncertainty, verbatim coordinates and their system."""
    chance = rng.random()
    if chance < 0.012:
        return ("",) * 5
    if chance < 0.25:
        return rng.choice(squares)
    uncertainty = rng.choice(("5.0", "10.0", "25.0", "50.0", "100.0", "1000.0", ""))
    return (f"{rng.uniform(50.7, 51.5):.6f}", f"{rng.uniform(2.6, 5.8):.6f}", uncertainty, "", "")


def _record(number: int, rng: Random, squares: list[tuple[str, ...]]) -> list[str]:
    uid, dataset, licence, institution = rng.choice(_DATASETS)
    key, genus, epithet, vernacular, *higher = rng.choice(_SPECIES).split()
    name = f"{genus} {epithet}"
    year = 1950 + int(76 * rng.random() ** 0.35)
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    latitude, longitude, uncertainty, *verbatim = _place(rng, squares)
    town = rng.choice(_TOWNS)
    sensitive = rng.random() < 0.01
    return [
        str(uuid.UUID(int=rng.getrandbits(128))),
        f"INBO:{uid.upper()}:{number:09d}",
        *(uid, dataset, licence),
        "" if rng.random() < 0.1 else f"{uid}:{number:09d}",
        *(key, name, "species", vernacular, *higher, genus, name, ""),
        name if rng.random() < 0.5 else f"{name} (L., 1758)",
        *(institution, "Waarnemingen"),
        town,
        f"{town} - {rng.choice(('park', 'vijver', 'bos'))}",
        *(latitude, longitude, "WGS84" if rng.random() < 0.7 else ""),
        "0.000001" if rng.random() < 0.1 else "",
        *(uncertainty, *verbatim, "Belgium", "Vlaanderen", town, "", "", "", ""),
        "" if rng.random() < 0.25 else str(1 + int(rng.expovariate(0.4))),
        " | ".join(rng.sample(_OBSERVERS, 2)) if rng.random() < 0.1 else rng.choice(_OBSERVERS),
        *("", str(year), str(month), str(day), f"{year}-{month:02d}-{day:02d}T00:00:00Z"),
        f"{day:02d}/{month:02d}/{year}" if rng.random() < 0.3 else "",
        "HUMAN_OBSERVATION",
        rng.choice(("", "", "", "male", "female")),
        "",
        rng.choice(("", "losse waarneming", "punttelling", "transect | lichtval")),
        rng.choice(("", "", "", "foeragerend", "zingend")),
        "PRESENT",
        rng.choice(("", "unverified", "approved on expert judgement")),
        rng.choice(_REMARKS) if rng.random() < 0.25 else "",
        "Details op aanvraag" if sensitive else "",
        'Soort is gevoelig; "vervaagd" tot UTM 5 km' if sensitive else "",
        "generalised" if sensitive else "",
        *("true" if rng.random() < share else "false" for share in (0.3, 0.3, 0, 0.02, 0)),
    ]


def write_archive(
    path: Path,
    rows: Iterable[Sequence[str]],
    headers: Sequence[str] = HEADERS,
    *,
    name: str = "observations",
    tabs: bool = False,
    rows_a_part: Optional[int] = None,
) -> Path:
    """Write ``rows`` as an archive; a new part begins after ``rows_a_part`` records."""
    path.parent.mkdir(parents=True, exist_ok=True)
    extension = "tsv" if tabs else "csv"
    source = iter(rows)
    with path.open("wb") as file, zipfile.ZipFile(_Stream(file), "w", zipfile.ZIP_DEFLATED) as zip_:
        number, more = 1, True
        while more:
            entry = f"{name}.{extension}" if number == 1 else f"{name}_part{number}.{extension}"
            with zip_.open(entry, "w", force_zip64=True) as table:
                more = _write_part(table, source, headers, tabs, rows_a_part)
            number += 1
        zip_.writestr("README.html", "<html><body>See headings.csv.</body></html>")
        zip_.writestr("headings.csv", headings(headers))
    return path


def headings(headers: Sequence[str]) -> str:
    columns = (
        "Column name",
        "Requested field",
        "DwC Name",
        "Field name",
        "Field description",
        "Download field name",
        "Download field description",
        "More information",
    )
    rows = ([header, header, header, header, "", header, "", ""] for header in headers)
    return _text([columns, *rows], tabs=False)


def _write_part(
    table: object,
    rows: Iterator[Sequence[str]],
    headers: Sequence[str],
    tabs: bool,
    limit: Optional[int],
) -> bool:
    """Return whether ``limit`` was reached, so that another part follows."""
    table.write(_text([headers], tabs).encode())
    pending = []
    for written, row in enumerate(rows, 1):
        pending.append(row)
        if len(pending) == _CHUNK or written == limit:
            table.write(_text(pending, tabs).encode())
            pending.clear()
        if written == limit:
            return True
    table.write(_text(pending, tabs).encode())
    return False


def _text(rows: Iterable[Sequence[str]], tabs: bool) -> str:
    if tabs:  # nothing quoted, and tabs and line ends taken out of the values
        clean = str.maketrans("", "", "\t\r\n")
        return "".join("\t".join(cell.translate(clean) for cell in row) + "\n" for row in rows)
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue()


class _Stream(io.RawIOBase):
    """A file that cannot be rewound, as for java.util.zip.ZipOutputStream."""

    def __init__(self, file: object) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, content: bytes) -> int:
        return self._file.write(content)


if __name__ == "__main__":
    target = write_archive(Path(sys.argv[2]), records(int(sys.argv[1])))
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
