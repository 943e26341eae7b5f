"""What a map server says it offers: the parts of its capabilities that matter here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Optional, Union

from qgis.PyQt.QtCore import QXmlStreamReader

from biodiv_plugin.portal.errors import UnexpectedAnswer


@dataclass(frozen=True)
class MapOffer:
    """A layer of a WMS: ``styles`` are (name, title), ``crs`` authority ids such as EPSG:31370.

    Both include what the layer inherits from the layers around it (WMS 1.3.0, 7.2.4.8). A
    ``group`` draws the named layers within it.
    """

    name: str
    title: str
    styles: tuple[tuple[str, str], ...] = ()
    crs: tuple[str, ...] = ()
    group: bool = False


@dataclass
class _Open:
    """A ``Layer`` element that is being read."""

    name: str = ""
    title: str = ""
    styles: list[tuple[str, str]] = field(default_factory=list)
    crs: list[str] = field(default_factory=list)
    group: bool = False


def read_map_offers(document: bytes) -> Mapping[str, MapOffer]:
    """Return the layers of a WMS by name. Raises ``UnexpectedAnswer`` for another document."""
    reader = QXmlStreamReader(document)
    _expect_root(reader, ("WMS_Capabilities", "WMT_MS_Capabilities"))
    found: dict[str, MapOffer] = {}
    open_layers: list[_Open] = []
    while not reader.atEnd():
        reader.readNext()
        tag = reader.name()
        if reader.isStartElement():
            if tag == "Layer":
                open_layers.append(_inheriting(open_layers))
            elif open_layers:
                _read_member(reader, str(tag), open_layers[-1])
        elif reader.isEndElement() and tag == "Layer" and open_layers:
            done = open_layers.pop()
            if done.name:
                styles, crs = tuple(dict.fromkeys(done.styles)), tuple(dict.fromkeys(done.crs))
                found[done.name] = MapOffer(done.name, done.title, styles, crs, done.group)
                for around in open_layers:
                    around.group = True
    _expect_end(reader)
    return found


def _inheriting(around: list[_Open]) -> _Open:
    if not around:
        return _Open()
    return _Open(styles=list(around[-1].styles), crs=list(around[-1].crs))


def _read_member(reader: QXmlStreamReader, tag: str, layer: _Open) -> None:
    if tag == "Name":
        layer.name = reader.readElementText().strip()
    elif tag == "Title":
        layer.title = reader.readElementText().strip()
    elif tag in ("CRS", "SRS"):
        layer.crs += reader.readElementText().split()  # 1.1.1 allows several in one element
    elif tag == "Style":
        layer.styles.append(_style(reader))
    else:
        reader.skipCurrentElement()


def _style(reader: QXmlStreamReader) -> tuple[str, str]:
    members = {"Name": "", "Title": ""}
    while reader.readNextStartElement():
        tag = str(reader.name())
        if tag in members:
            members[tag] = reader.readElementText().strip()
        else:
            reader.skipCurrentElement()
    return members["Name"], members["Title"]


def read_feature_types(document: bytes) -> frozenset[str]:
    """Return the names of the layers of a WFS, without workspace."""
    return _names(document, "WFS_Capabilities", "FeatureType", ("Name",))


def read_coverages(document: bytes) -> frozenset[str]:
    """Return the names of the coverages of a WCS 1.0 or 1.1, without workspace."""
    roots = ("WCS_Capabilities", "Capabilities")
    wrappers = ("CoverageOfferingBrief", "CoverageSummary")
    return frozenset().union(
        *(_names(document, roots, wrapper, ("name", "Identifier")) for wrapper in wrappers)
    )


def read_tile_sets(document: bytes) -> frozenset[str]:
    """Return the names of the layers of a WMTS, without workspace."""
    return _names(document, "Capabilities", "Layer", ("Identifier",))


def _names(
    document: bytes, root: Union[str, tuple[str, ...]], wrapper: str, tags: tuple[str, ...]
) -> frozenset[str]:
    reader = QXmlStreamReader(document)
    _expect_root(reader, (root,) if isinstance(root, str) else root)
    found = set()
    while not reader.atEnd():
        reader.readNext()
        if reader.isStartElement() and reader.name() == wrapper:
            name = _first(reader, tags)
            if name:
                found.add(name.rpartition(":")[2])
    _expect_end(reader)
    return frozenset(found)


def _first(reader: QXmlStreamReader, tags: tuple[str, ...]) -> Optional[str]:
    name = None
    while reader.readNextStartElement():
        if name is None and reader.name() in tags:
            name = reader.readElementText().strip()
        else:
            reader.skipCurrentElement()
    return name


def _expect_root(reader: QXmlStreamReader, roots: tuple[str, ...]) -> None:
    """Raise ``UnexpectedAnswer`` for an exception report, a page, or nothing."""
    if not reader.readNextStartElement() or reader.name() not in roots:
        raise UnexpectedAnswer(f"no capabilities but {reader.name() or 'no XML'}")


def _expect_end(reader: QXmlStreamReader) -> None:
    if reader.hasError():
        raise UnexpectedAnswer(f"capabilities that are no XML: {reader.errorString()}")
