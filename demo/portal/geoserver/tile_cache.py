"""GeoWebCache: answers only requests that are one of its tiles (contract/spatial 2.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Tuple
from xml.sax.saxutils import escape

TILE = 256
LEVELS = 22


@dataclass(frozen=True)
class Grid:
    """A grid set: its corner, the metres or degrees of a pixel at level 0, its scale there."""

    name: str
    west: float
    south: float
    north: float
    resolution: float
    scale: float

    def size(self, level: int) -> float:
        return self.resolution / 2**level * TILE


_HALF = 20037508.342789244
GRIDS = {
    "EPSG:4326": Grid("EPSG:4326", -180, -90, 90, 180 / TILE, 279541132.0143589),
    "EPSG:900913": Grid("EPSG:900913", -_HALF, -_HALF, _HALF, 2 * _HALF / TILE, 559082263.9508929),
}
GRIDS["EPSG:3857"] = GRIDS["EPSG:900913"]


def refusal(parameters: Mapping[str, str]) -> Optional[str]:
    """Return why the request is no tile of the cache, or None when it is one."""
    grid = GRIDS.get(parameters.get("SRS") or parameters.get("CRS") or "")
    if grid is None:
        return "No grid set matches the requested SRS"
    if parameters.get("WIDTH") != str(TILE) or parameters.get("HEIGHT") != str(TILE):
        return "The requested tile size is not 256 by 256"
    try:
        west, south, east, _ = (float(part) for part in parameters["BBOX"].split(","))
    except (KeyError, ValueError):
        return "The request has no bounding box"
    if not east > west:
        return "The bounding box is empty"
    level = math.log2(grid.resolution * TILE / (east - west))
    column, row = (west - grid.west) / (east - west), (south - grid.south) / (east - west)
    if any(abs(part - round(part)) > 0.02 for part in (level, column, row)) or level > LEVELS:
        return f"The bounding box {parameters['BBOX']} is not aligned with the grid {grid.name}"
    return None


def tile(parameters: Mapping[str, str]) -> Tuple[str, str]:
    """Return CRS and bounding box of a WMTS tile. Raises ValueError for none of the grid."""
    grid = GRIDS.get(parameters.get("TILEMATRIXSET", ""))
    level = parameters.get("TILEMATRIX", "").rpartition(":")[2]
    column, row = parameters.get("TILECOL", ""), parameters.get("TILEROW", "")
    if grid is None or not (level.isdigit() and column.isdigit() and row.isdigit()):
        raise ValueError("TILEMATRIXSET, TILEMATRIX, TILECOL and TILEROW must name a tile")
    size = grid.size(int(level))
    west, north = grid.west + int(column) * size, grid.north - int(row) * size
    crs = "EPSG:3857" if grid.name == "EPSG:900913" else grid.name
    return crs, f"{west},{north - size},{west + size},{north}"


def capabilities(address: str, layers: Dict[str, str]) -> str:
    """Return WMTS 1.0.0 capabilities for layers (name to title)."""
    described = "".join(
        f"<Layer><ows:Title>{escape(title)}</ows:Title>"
        "<ows:WGS84BoundingBox><ows:LowerCorner>2.2 50.6</ows:LowerCorner>"
        "<ows:UpperCorner>6.0 52.0</ows:UpperCorner></ows:WGS84BoundingBox>"
        f'<ows:Identifier>ALA:{escape(name)}</ows:Identifier><Style isDefault="true">'
        "<ows:Identifier></ows:Identifier></Style><Format>image/png</Format>"
        "<TileMatrixSetLink><TileMatrixSet>EPSG:900913</TileMatrixSet></TileMatrixSetLink></Layer>"
        for name, title in layers.items()
    )
    operations = "".join(
        f'<ows:Operation name="{name}"><ows:DCP><ows:HTTP><ows:Get xlink:href="{address}?">'
        '<ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>KVP</ows:Value>'
        "</ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP></ows:Operation>"
        for name in ("GetCapabilities", "GetTile")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Capabilities'
        ' xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0"><ows:ServiceIdentification>'
        "<ows:Title>GeoWebCache</ows:Title><ows:ServiceType>OGC WMTS</ows:ServiceType>"
        "<ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification>"
        f"<ows:OperationsMetadata>{operations}</ows:OperationsMetadata>"
        f"<Contents>{described}{_matrix_set(GRIDS['EPSG:900913'])}</Contents></Capabilities>"
    )


def _matrix_set(grid: Grid) -> str:
    matrices: List[str] = []
    for level in range(LEVELS):
        count = 2**level
        matrices.append(
            f"<TileMatrix><ows:Identifier>{grid.name}:{level}</ows:Identifier>"
            f"<ScaleDenominator>{grid.scale / 2**level!r}</ScaleDenominator>"
            f"<TopLeftCorner>{grid.west!r} {grid.north!r}</TopLeftCorner>"
            f"<TileWidth>{TILE}</TileWidth><TileHeight>{TILE}</TileHeight>"
            f"<MatrixWidth>{count}</MatrixWidth><MatrixHeight>{count}</MatrixHeight></TileMatrix>"
        )
    crs = "urn:ogc:def:crs:EPSG::900913"
    return (
        f"<TileMatrixSet><ows:Identifier>{grid.name}</ows:Identifier>"
        f"<ows:SupportedCRS>{crs}</ows:SupportedCRS>{''.join(matrices)}</TileMatrixSet>"
    )
