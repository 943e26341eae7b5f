"""What an analysis works with: its inputs, the records and areas they mean, where it writes."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence

import numpy as np
from osgeo import gdal, ogr, osr

from demo.portal.biocache.faulty import ServiceFault
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selector
from demo.portal.biocache.shared import Shared
from demo.portal.spatial.geometry import from_wkt
from demo.portal.spatial.sampling import Sampler
from demo.portal.spatial.store import Row, Store
from demo.portal.world import World

NODATA = -9999.0
FLANDERS = (2.54133, 50.68767, 5.91200, 51.50511)  # west, south, east, north


class Failed(Exception):
    """The analysis cannot be done; the text is the reason the service gives."""


class Record(NamedTuple):
    """A record of the occurrence service, as far as analyses need it."""

    lon: float
    lat: float
    taxon: str
    name: str
    vernacular: str
    kingdom: str
    family: str
    group: str
    year: Optional[int]


_COLUMNS = (
    'decimalLongitude, decimalLatitude, coalesce("species", scientificName), vernacularName,'
    " kingdom, family, speciesGroup, year, taxonConceptID"
)


@dataclass
class Job:
    """One run of a process."""

    id: int
    inputs: Dict[str, Any]
    folder: Path
    world: World
    store: Store
    sampler: Sampler
    shared: Shared
    stored_query: Callable[[str], Dict[str, Any]]
    outputs: List[Dict[str, str]] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        value = self.inputs.get(name)
        return default if value is None else str(value)

    def number(self, name: str, default: float) -> float:
        value = self.inputs.get(name)
        return default if value in (None, "") else float(value)

    def flag(self, name: str, default: bool = False) -> bool:
        return self.text(name, str(default)).lower() == "true"

    def many(self, name: str) -> List[str]:
        """Return a list input, sent as a list or as JSON text."""
        value = decoded(self.inputs.get(name))
        return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []

    def areas(self, name: str = "area") -> List[Row]:
        value = decoded(self.inputs.get(name))
        value = [value] if isinstance(value, dict) else value
        return [area for area in value or [] if isinstance(area, dict)]

    def shape(self, area: Row) -> Optional[ogr.Geometry]:
        """Return an area's polygon; None for one that is only a query, or the whole region."""
        pid = str(area.get("pid") or "")
        if pid.startswith("ENVELOPE"):
            path = self.folder.parent / pid[len("ENVELOPE") :] / "envelope.wkt"
            if not path.exists():
                raise Failed(f"area {pid} has no shape")
            return ogr.CreateGeometryFromWkt(path.read_text(encoding="utf-8"))
        found = self.store.geometry(pid) if pid else None
        if pid and found is None:
            raise Failed(f"area {pid} does not exist")
        if found is None and area.get("wkt"):
            found = from_wkt(str(area["wkt"]))
            if found is None:
                raise Failed("area has no valid wkt")
        return found

    def records(self, species: str = "species", area: Optional[Row] = None) -> List[Record]:
        """Return the records of a species input within an area (the first input, unless told)."""
        about = decoded(self.inputs.get(species)) or {}
        if area is None:
            area = next(iter(self.areas()), {})
        pairs = [*self._pairs(about), *self._pairs({"q": area.get("q")})]
        shape = self.shape(area) if area else None
        if about.get("wkt"):
            pairs.append(("wkt", str(about["wkt"])))
        elif shape is not None:
            pairs.append(("wkt", shape.ExportToWkt()))
        with closing(self.world.connect()) as connection:
            try:
                chosen = Selector(self.shared, connection).select(Parameters(pairs))
                rows = chosen.rows(_COLUMNS, "AND decimalLatitude IS NOT NULL")
                found = [_record(row) for row in rows]
            except ServiceFault as fault:
                raise Failed(f"biocache answered an error: {fault}") from fault
        if about.get("wkt") and shape is not None:
            found = [record for record in found if shape.Contains(point(record.lon, record.lat))]
        return found

    def _pairs(self, about: Dict[str, Any]) -> List[tuple]:
        """Return query parameters; stored queries are fetched from the occurrence service."""
        told = about.get("q")
        queries = told if isinstance(told, list) else [told] if told else []
        pairs: List[tuple] = []
        for query in queries:
            if str(query).startswith("qid:"):
                stored = self.stored_query(str(query)[len("qid:") :])
                pairs.append(("fq", stored.get("q", "*:*")))
                pairs += [("fq", fq) for fq in stored.get("fqs", ())]
                if stored.get("wkt"):
                    pairs.append(("wkt", stored["wkt"]))
            else:
                pairs.append(("fq", str(query)))
        return pairs

    def extent(self) -> tuple:
        """Return west, south, east, north of the first area, within Flanders."""
        shape = self.shape(self.areas()[0]) if self.areas() else None
        if shape is None:
            return FLANDERS
        west, east, south, north = shape.GetEnvelope()
        return west, south, east, north

    def write(self, name: str, content: str, kind: str = "files") -> None:
        """Write a text file and tell it as an output."""
        (self.folder / name).write_text(content, encoding="utf-8")
        self.tell(kind, name)

    def tell(self, kind: str, file: str) -> None:
        self.outputs.append({"name": kind, "file": file})

    def write_raster(self, values: np.ndarray, extent: Sequence[float], name: str) -> None:
        """Publish a raster: the GeoTIFF for GeoServer as ``{id}_{name}``, its twin as a file."""
        published = f"{self.id}_{name}" if name else str(self.id)
        raster = raster_in_memory(values, extent)
        for driver, path in (
            ("GTiff", self.folder / f"{published}.tif"),
            ("AAIGrid", self.folder / f"{name or self.id}.asc"),
        ):
            gdal.GetDriverByName(driver).CreateCopy(str(path), raster)
        for leftover in self.folder.glob("*.aux.xml"):
            leftover.unlink()
        (self.folder / f"{name or self.id}.prj").unlink(missing_ok=True)
        self.tell("layers", f"/layer/{published}.tif")
        self.tell("files", f"{name or self.id}.asc")


def raster_in_memory(values: np.ndarray, extent: Sequence[float]) -> gdal.Dataset:
    """Return rows from north to south as a raster; ``extent`` is west, south, east, north."""
    height, width = values.shape
    raster = gdal.GetDriverByName("MEM").Create("", width, height, 1, gdal.GDT_Float32)
    west, south, east, _ = extent
    cell = (east - west) / width  # square, so that the ASCII form can hold it
    raster.SetGeoTransform((west, cell, 0, south + cell * height, 0, -cell))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    raster.SetProjection(crs.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(NODATA)
    raster.GetRasterBand(1).WriteArray(values.astype("float32"))
    return raster


def decoded(value: Any) -> Any:
    """Return an input that may have come as JSON text."""
    if isinstance(value, str) and value[:1] in "[{":
        return json.loads(value)
    return value


def point(lon: float, lat: float) -> ogr.Geometry:
    shape = ogr.Geometry(ogr.wkbPoint)
    shape.AddPoint_2D(lon, lat)
    return shape


def _record(row: Any) -> Record:
    lon, lat, name, vernacular, kingdom, family, group, year, taxon = row
    return Record(
        lon,
        lat,
        str(taxon or ""),
        str(name or ""),
        str(vernacular or ""),
        str(kingdom or ""),
        str(family or ""),
        str(group or "").partition("|")[0],
        year,
    )
