"""What a GetMap asks for: place, size and style (contract/occurrences 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Tuple
from urllib.parse import unquote

from osgeo import gdal, osr

from demo.portal.biocache.faulty import BadParameter, server_fault
from demo.portal.biocache.parameters import Parameters

DEFAULT_ENV = "color:cd3844;size:10;opacity:1.0"
IGNORED_LAYER = "ALA:Occurrences"
_LARGEST = 4096  # pixels; the service knows no limit, this machine does

Box = Tuple[float, float, float, float]


@dataclass(frozen=True)
class Style:
    """How records are drawn; ``size`` is the radius of a dot in pixels."""

    colour: str
    size: int
    mode: str
    uncertainty: bool
    selected: str
    outline: bool
    outline_colour: int
    hidden: Tuple[int, ...]
    grid_detail: int


@dataclass(frozen=True)
class MapRequest:
    """A picture of ``width`` by ``height`` of the box (west, south, east, north, in the CRS)."""

    box: Box
    crs: osr.SpatialReference
    width: int
    height: int
    style: Style

    @property
    def resolution(self) -> Tuple[float, float]:
        """Units of the CRS per pixel, across and down."""
        west, south, east, north = self.box
        return (east - west) / self.width, (north - south) / self.height


def read(parameters: Parameters, outline: bool) -> MapRequest:
    """Return the request. Raises BadParameter without a box, ServiceFault for style and SRS."""
    try:
        box = tuple(float(number) for number in parameters.text("BBOX").split(","))
    except ValueError:
        raise BadParameter("BBOX") from None
    width, height = parameters.integer("WIDTH", 256), parameters.integer("HEIGHT", 256)
    if len(box) != 4 or not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise BadParameter("BBOX, WIDTH, HEIGHT")
    if box[0] >= box[2] or box[1] >= box[3]:
        raise BadParameter("BBOX")
    crs = _crs(parameters.text("SRS") or "EPSG:3857")  # CRS, of WMS 1.3.0, is not looked at
    return MapRequest(box, crs, width, height, _style(parameters, outline))


def searched(parameters: Parameters) -> Parameters:
    """Return the search parameters, LAYERS and CQL_FILTER heeded."""
    if parameters.text("CQL_FILTER"):
        return parameters.replaced(q=[parameters.text("CQL_FILTER")])
    named = [n for n in parameters.text("LAYERS").split(",") if n and n != IGNORED_LAYER]
    clauses = []
    for name in named:
        field, colon, value = name.partition(":")
        if colon:
            clauses.append(f'{field}:"{value.replace("_", " ")}"')
    if not clauses:
        return parameters
    before = [parameters.text("q")] if parameters.text("q") else []
    return parameters.replaced(q=[" OR ".join(clauses)], fq=parameters.many("fq") + before)


def _style(parameters: Parameters, outline: bool) -> Style:
    env = _env(parameters)
    try:
        size = int(float(env.get("size", "4")))
        outline_colour = int(parameters.text("OUTLINECOLOUR") or "0x000000", 16)
        if "color" in env and "," not in env["color"]:
            int(env["color"], 16)
    except ValueError as error:
        raise server_fault(str(error)) from error
    return Style(
        colour=env.get("color", "000000"),
        size=size,
        mode=env.get("colormode", "-1"),
        uncertainty="uncertainty" in env,
        selected=env.get("sel", ""),
        outline=parameters.flag("OUTLINE", outline),
        outline_colour=outline_colour,
        hidden=_numbers(parameters.many("HQ")),
        grid_detail=max(parameters.integer("GRIDDETAIL", 16), 1),
    )


def _env(parameters: Parameters) -> Dict[str, str]:
    text = parameters.text("ENV")
    styles = parameters.text("STYLES")
    if not text and styles:
        return _styles(styles)
    found = {}
    for part in (text or DEFAULT_ENV).split(";"):
        if not part:
            continue
        name, colon, value = part.partition(":")
        if not colon:
            raise server_fault("Index 1 out of bounds for length 1")
        found[name] = unquote(value)  # once more than the rest
    return found


def _styles(styles: str) -> Dict[str, str]:
    """Read ``rrggbb;opacity=0.5;size=4``, in exactly that order."""
    parts = styles.split(";")
    names = ("opacity=", "size=")
    if len(parts) != 3 or any(not p.startswith(n) for p, n in zip(parts[1:], names)):
        return dict(part.split(":", 1) for part in DEFAULT_ENV.split(";"))
    return {"color": parts[0], "opacity": parts[1][8:], "size": parts[2][5:]}


def _numbers(texts: List[str]) -> Tuple[int, ...]:
    try:
        return tuple(int(number) for text in texts for number in text.split(",") if number)
    except ValueError:
        raise BadParameter("HQ") from None


def _crs(name: str) -> osr.SpatialReference:
    crs = osr.SpatialReference()
    code = name.upper().removeprefix("EPSG:")
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        known = code.isdecimal() and crs.ImportFromEPSG(int(code)) == 0
    except RuntimeError:  # where somebody switched GDAL's exceptions on
        known = False
    finally:
        gdal.PopErrorHandler()
    if not known:
        raise server_fault(f"No code {name} from authority EPSG found")
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs
