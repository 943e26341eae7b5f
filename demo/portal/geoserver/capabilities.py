"""MapServer's documents made into GeoServer's: layer names, addresses, the noise of analyses."""

from __future__ import annotations

import re
from typing import Callable, List

from demo.portal.data import layers, mapfile
from demo.portal.geoserver import parameters
from demo.portal.geoserver.mapserver import Answer
from demo.portal.world import World

MANY_LAYERS = 5_000  # the fault spatial.many_layers, unless it says another ``count``
NOISE = 400  # other people's analyses, with the fault geoserver.noisy
INTERNAL = "http://geoserver:8080"  # what a GeoServer says that does not know its proxy

_NAMED = {
    "WMS": re.compile(r"(<Layer[^>]*>\s*<Name>)([^<]+)(</Name>)"),
    "WFS": re.compile(r"(<FeatureType[^>]*>\s*<Name>)(?:ALA:)?([^<]+)(</Name>)"),
    "WCS": re.compile(r"(<(?:name|Identifier|wcs:CoverageId|ows:Value)>)(\w+)(</)"),
}
_HOME = re.escape(mapfile.ONLINE_RESOURCE) + r"\??"


def rewrite(world: World, service: str, path: str, workspace: bool, answer: Answer) -> bytes:
    """Return an XML document as GeoServer's endpoint ``path`` gives it.

    In the workspace's own endpoint layers are named without ``ALA:``.
    """
    text = answer.text
    if service == "WMS" and "Capabilities" in text[:2000]:
        text = _with_more_layers(world, _without_root_name(text))
    if service == "WFS":
        # MapServer makes a format's name an element, which this one cannot be.
        text = text.replace("<application/json/>", "<JSON/>")
    if service == "WFS" and "gml/3.1.1" in answer.content_type:
        text = re.sub(r'srsName="EPSG:(\d+)"', r'srsName="urn:x-ogc:def:crs:EPSG:\1"', text)
    if not workspace and service == "WCS":
        text = _NAMED[service].sub(_prefixed_coverage(world), text)
    elif not workspace and service in _NAMED:
        text = _NAMED[service].sub(r"\1ALA:\2\3", text)
    noisy = world.faults.on("geoserver.noisy") is not None
    home = INTERNAL if noisy else world.base
    return re.sub(_HOME, f"{home}{path}?", text).encode()


def _prefixed_coverage(world: World) -> Callable[[re.Match[str]], str]:
    """Return what puts the workspace before a coverage's name, and leaves other names alone."""
    known = {path.stem for path in (world.folder / layers.RASTERS).glob("*.tif")}

    def prefix(found: re.Match[str]) -> str:
        name = found[2]
        return f"{found[1]}{'ALA:' if name in known else ''}{name}{found[3]}"

    return prefix


def _without_root_name(text: str) -> str:
    """GeoServer's root layer is only a title."""
    return re.sub(r"<Name>ALA</Name>", "", text, count=1)


def _with_more_layers(world: World, text: str) -> str:
    pattern = "gemeenten", "hoogte"
    blocks = {name: _block(text, name) for name in pattern}
    blocks["hoogte"] = re.sub(r"<Style>.*?</Style>\s*", "", blocks["hoogte"], flags=re.DOTALL)
    more: List[str] = [
        blocks["hoogte"].replace(">hoogte<", f">{name}<").replace("=hoogte&", f"={name}&")
        for name in parameters.published_analyses(world)
    ]
    many = world.faults.on("spatial.many_layers")
    if many is not None:
        more += [
            blocks["gemeenten"].replace(">gemeenten<", f">gemeenten__{number:04d}<")
            for number in range(int(many.get("count", MANY_LAYERS)))
        ]
    if world.faults.on("geoserver.noisy") is not None:
        more += [
            blocks["hoogte"].replace(">hoogte<", f">{900_000 + number}_species_richness<")
            for number in range(NOISE)
        ]
    end = text.rindex("</Layer>")  # of the root
    return text[:end] + "".join(more) + text[end:]


def _block(text: str, name: str) -> str:
    """Return the element of one layer, which holds no other layer."""
    found = re.search(rf"<Layer[^>]*>\s*<Name>{name}</Name>.*?</Layer>\s*", text, re.DOTALL)
    return found[0] if found else ""
