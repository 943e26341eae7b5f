"""What a request to GeoServer says, and how MapServer is told the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Dict, List, Mapping

from demo.portal.data import mapfile, rasters
from demo.portal.geoserver import state
from demo.portal.world import World

WORKSPACE = "ALA:"
NAME_LISTS = ("LAYERS", "QUERY_LAYERS", "LAYER", "STYLES", "STYLE", "COVERAGE", "COVERAGEID")
NAME_LISTS += ("IDENTIFIER", "IDENTIFIERS")
# Of the portal's SQL views (contract/spatial 2.2).
VIEW_PARAMETERS = {"Objects": re.compile(r"[\w\d]+"), "Points": re.compile(r"[\w\d~]+")}
_COPY = re.compile(r"__\d+$")  # of a layer, for catalogues of thousands
_ANALYSIS = re.compile(r"(\d+)(_\w+)?")


class Refused(Exception):
    """GeoServer would answer a service exception: ``code`` and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Question:
    """A request in MapServer's terms: parameters by upper case name, and which map."""

    parameters: Dict[str, str]
    map_name: str

    @property
    def names(self) -> List[str]:
        return self.parameters.get("QUERY_LAYERS", "").split(",")


def read(arguments: Mapping[str, str]) -> Dict[str, str]:
    """Return a request's parameters by upper case name."""
    return {name.upper(): value for name, value in arguments.items()}


def translate(world: World, parameters: Mapping[str, str]) -> Question:
    """Return the question for MapServer. Raises :class:`Refused`."""
    told = {name: value for name, value in parameters.items() if name != "VIEWPARAMS"}
    for name in NAME_LISTS:
        if name in told:
            told[name] = ",".join(_plain(part) for part in told[name].split(","))
    for name in ("TYPENAME", "TYPENAMES"):
        if name in told:
            told[name] = ",".join(_COPY.sub("", part) for part in told[name].split(","))
    if "SLD_BODY" in told:
        told["SLD_BODY"] = re.sub(r"(<(?:\w+:)?Name>)ALA:", r"\1", told["SLD_BODY"])
    if told.get("REQUEST", "").lower() == "getlegendgraphic":
        told.setdefault("SLD_VERSION", "1.1.0")
        told.setdefault("FORMAT", "image/png")
    if told.get("SERVICE", "").upper() == "WMS":
        told.setdefault("VERSION", "1.3.0" if "CRS" in told else "1.1.1")
        told.setdefault("STYLES", "")
    if told.get("OUTPUTFORMAT", "").lower() == "json":
        told["OUTPUTFORMAT"] = "application/json"
    if told.get("REQUEST", "").lower() == "getcoverage":
        _say_resolution(told)
    _choose_object(world, told, parameters.get("VIEWPARAMS", ""))
    return Question(told, _choose_map(world, told))


def _say_resolution(told: Dict[str, str]) -> None:
    """Put a resolution where MapServer wants one: it has no default, and knows but one form."""
    offsets = [abs(float(part)) for part in told.get("GRIDOFFSETS", "").split(",") if part]
    if len(offsets) == 4:  # two vectors; the grids here are square and not turned
        del told["GRIDOFFSETS"]
        told["RESX"] = told["RESY"] = str(max(offsets))
    elif not offsets and not told.keys() & {"RESX", "WIDTH"}:
        told["RESX"] = told["RESY"] = str(rasters.CELL)


def _plain(name: str) -> str:
    return _COPY.sub("", name[len(WORKSPACE) :] if name.startswith(WORKSPACE) else name)


def _choose_object(world: World, told: Dict[str, str], view: str) -> None:
    """Say which object the layers Objects and Points show; the first view parameters count."""
    names = {name for key in ("LAYERS", "LAYER") for name in told.get(key, "").split(",")}
    shown = [name for name in VIEW_PARAMETERS if name in names]
    value = dict(pair.partition(":")[::2] for pair in view.split(",")[0].split(";")).get("s")
    if not shown or value is None:
        return
    if not VIEW_PARAMETERS[shown[0]].fullmatch(value):
        raise Refused(
            "NoApplicableCode",
            f"java.io.IOException: Invalid value for parameter s: {value}",
        )
    told["s"] = value
    if (state.user_areas(world) / f"{value}.geojson").exists():
        told["state"] = state.name(world)
        for key in ("LAYERS", "QUERY_LAYERS", "LAYER"):
            if key in told:
                told[key] = ",".join(
                    "UserObjects" if name == "Objects" else name for name in told[key].split(",")
                )


def _choose_map(world: World, told: Dict[str, str]) -> str:
    """Return the map that holds the layers asked for: the analyses' rasters have their own."""
    for key in ("LAYERS", "LAYER", "COVERAGE", "IDENTIFIER", "IDENTIFIERS"):
        found = _ANALYSIS.fullmatch(told.get(key, ""))
        if not found:
            continue
        if not (state.task(world, found[1]) / f"{found[0]}.tif").exists():
            raise Refused("LayerNotDefined", f"Could not find layer ALA:{found[0]}")
        told["raster"] = f"{found[1]}/{found[0]}"
        told["state"] = state.name(world)
        for name in (*NAME_LISTS, "TYPENAME"):
            if told.get(name) == found[0]:
                told[name] = "AnalysisRaster"
        return mapfile.ANALYSIS_MAPFILE
    return mapfile.MAPFILE


def published_analyses(world: World) -> List[str]:
    """Return the names of the rasters that analyses have published, as GeoServer lists them."""
    files = state.tasks(world).glob("*/*.tif")
    return sorted(file.stem for file in files if _ANALYSIS.fullmatch(file.stem))
