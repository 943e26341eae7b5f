"""Joins the choice of an area to the map and to the portal's areas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Callable, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsFeedback,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.gui import QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.occurrences.area_field import AreaChoice, AreaField
from biodiv_plugin.gui.occurrences.draw_tool import PlaceTool, PolygonTool, outline
from biodiv_plugin.layers.geometry import Area, area_wkt
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.query import Circle, OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.find_places import Place, middle_of, read_coordinates
from biodiv_plugin.use_cases.resolve_area import features_area, portal_area, surface

_WGS84 = "EPSG:4326"
_FOUND = 12  # areas that are suggested


@dataclass(frozen=True)
class AskedArea:
    """An area as it was chosen. ``make`` is called in a task; ``None`` where none is needed."""

    name: str = ""
    circle: Optional[Circle] = None
    flanders_only: bool = False
    make: Optional[Callable[[QgsFeedback], Area]] = None


class AreaLookup(QObject):
    """Reads the area from where it is chosen, draws it, and finds places by their names."""

    changed = pyqtSignal()
    failed = pyqtSignal(object)  # a PortalError

    def __init__(self, field: AreaField, services: Services, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._field, self._services, self._host = field, services, host
        self._asked: Optional[AskedArea] = None
        self._drawn: Optional[tuple[QgsGeometry, QgsCoordinateReferenceSystem]] = None
        self._given: tuple[str, str] = ("", "")  # WKT and name
        self._watched: Optional[QgsVectorLayer] = None
        self._band: Optional[QgsRubberBand] = None
        self._tool: Optional[QgsMapTool] = None
        self._former_tool: Optional[QgsMapTool] = None
        self._searching = LatestTask(services.tasks, self.tr("Search areas"), self)
        self._searching.succeeded.connect(self._show_found)
        self._searching.failed.connect(self.failed)
        self._placing = LatestTask(services.tasks, self.tr("Search areas"), self)
        self._placing.succeeded.connect(self._field.place.set_place)
        self._placing.failed.connect(self.failed)
        field.changed.connect(self._on_changed)
        field.draw_requested.connect(self._draw)
        field.pick_requested.connect(self._pick)
        field.portal_line.search_requested.connect(self._search_areas)
        field.place.line.search_requested.connect(self._search_places)
        field.place.line.found.connect(self._on_place)
        host.canvas.extentsChanged.connect(self._on_map_moved)

    def asked(self) -> Optional[AskedArea]:
        """Return the chosen area, ``None`` while it is not complete; read in the main thread."""
        if self._asked is None:
            self._asked = self._read()
        return self._asked

    def forget(self) -> None:
        """Read the area anew: its layer may have been edited."""
        self._asked = None

    def missing(self) -> str:
        """Return what is still to be chosen, in a sentence."""
        return {
            AreaChoice.DRAWN: self.tr("Draw the area on the map."),
            AreaChoice.PLACE: self.tr("Type the place, or click it on the map."),
            AreaChoice.PORTAL_AREA: self.tr("Type the name of the area."),
            AreaChoice.SELECTION: self.tr("Add a layer with polygons to the project first."),
        }.get(self._field.choice(), "")

    def give(self, query: OccurrenceQuery) -> None:
        """Choose the area of ``query``, which comes from a saved question or an address."""
        self._asked = None
        self._given = (query.area, query.area_name)
        self._field.set_flanders_only(query.flanders_only)
        if query.circle is not None:
            self._field.place.set_circle(query.circle, query.area_name)
            self._field.choose(AreaChoice.PLACE)
        elif query.area:
            self._field.choose(AreaChoice.GIVEN, query.area_name)
        elif query.flanders_only:
            self._field.choose(AreaChoice.FLANDERS)
        else:
            self._field.choose(AreaChoice.EVERYWHERE)

    def show(self, query: OccurrenceQuery, area: Optional[Area]) -> None:
        """Tell how large the area is, and outline it where the map does not show it anyway."""
        if area is not None and area.was_simplified:
            self._field.show_simplified(surface(area.wkt), area.area_error)
        elif area is not None:
            self._field.show_surface(surface(area.wkt))
        shown = self._field.choice() not in (AreaChoice.MAP_VIEW, AreaChoice.SELECTION)
        if query.circle is not None:
            self._outline(_ring(query.circle))
        else:
            self._outline(QgsGeometry.fromWkt(query.area) if shown and query.area else None)

    def hide(self) -> None:
        """Take everything off the map."""
        self._outline(None)
        self._end_tool()

    def zoom_to(self, west: float, south: float, east: float, north: float) -> None:
        """Show a box of degrees on the map."""
        box = QgsGeometry.fromWkt(
            f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
        )
        canvas = self._host.canvas
        box.transform(self._to(canvas.mapSettings().destinationCrs()))
        extent = box.boundingBox()
        extent.grow(max(extent.width(), extent.height(), 1e-6) * 0.05)
        canvas.setExtent(extent)
        canvas.refresh()

    def _read(self) -> Optional[AskedArea]:
        choice = self._field.choice()
        if choice is AreaChoice.FLANDERS:
            return AskedArea(flanders_only=True)
        if choice is AreaChoice.EVERYWHERE:
            return AskedArea()
        only = self._field.flanders_only()
        if choice is AreaChoice.PLACE:
            circle = self._field.place.circle()
            return AskedArea(self._field.place.name(), circle, only) if circle else None
        read = {
            AreaChoice.MAP_VIEW: self._read_map,
            AreaChoice.SELECTION: self._read_layer,
            AreaChoice.DRAWN: self._read_drawing,
            AreaChoice.PORTAL_AREA: self._read_portal_area,
            AreaChoice.GIVEN: self._read_given,
        }[choice]()
        if read is None:
            return None
        name, make = read
        return AskedArea(name, None, only, _Once(make))

    def _read_map(self) -> Optional[tuple[str, Callable[[QgsFeedback], Area]]]:
        settings = self._host.canvas.mapSettings()
        box = QgsGeometry.fromRect(settings.visibleExtent())
        return self.tr("the map view"), self._of_shape(box, settings.destinationCrs())

    def _read_layer(self) -> Optional[tuple[str, Callable[[QgsFeedback], Area]]]:
        layer = self._field.layer()
        if layer is None:
            return None
        self._watch(layer)
        request = QgsFeatureRequest()
        if layer.selectedFeatureCount():
            request.setFilterFids(layer.selectedFeatureIds())
        source = QgsVectorLayerFeatureSource(layer)  # what a task may read of it
        context = self._host.project.transformContext()
        return layer.name(), partial(_of_features, source, request, layer.crs(), context)

    def _read_drawing(self) -> Optional[tuple[str, Callable[[QgsFeedback], Area]]]:
        if self._drawn is None:
            return None
        return self.tr("the drawn area"), self._of_shape(*self._drawn)

    def _read_portal_area(self) -> Optional[tuple[str, Callable[[QgsFeedback], Area]]]:
        area = self._field.portal_area()
        if area is None:
            return None
        context = self._host.project.transformContext()
        return area.name, partial(_of_portal, area.pid, self._services, context)

    def _read_given(self) -> Optional[tuple[str, Callable[[QgsFeedback], Area]]]:
        wkt, name = self._given
        shape = QgsGeometry.fromWkt(wkt)
        return name, self._of_shape(shape, QgsCoordinateReferenceSystem(_WGS84))

    def _of_shape(
        self, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem
    ) -> Callable[[QgsFeedback], Area]:
        return partial(_of_shapes, [shape], crs, self._host.project.transformContext())

    def _to(self, crs: QgsCoordinateReferenceSystem) -> QgsCoordinateTransform:
        return QgsCoordinateTransform(QgsCoordinateReferenceSystem(_WGS84), crs, self._host.project)

    def _outline(self, shape: Optional[QgsGeometry]) -> None:
        if self._band is not None:
            self._host.canvas.scene().removeItem(self._band)
            self._band = None
        if shape is not None and not shape.isNull():
            self._band = outline(self._host.canvas)
            self._band.setToGeometry(shape, QgsCoordinateReferenceSystem(_WGS84))

    def _on_changed(self) -> None:
        self._asked = None
        if self._field.choice() is not AreaChoice.DRAWN:
            self._end_tool()
        self.changed.emit()

    def _on_map_moved(self) -> None:
        if self._field.choice() is AreaChoice.MAP_VIEW:
            self._on_changed()

    def _watch(self, layer: QgsVectorLayer) -> None:
        """Hear of another selection in ``layer``, whether the map shows it or not."""
        if layer is not self._watched:
            self._watched = layer
            layer.selectionChanged.connect(self._on_selection)

    @pyqtSlot()
    def _on_selection(self) -> None:
        chosen = self._field.choice() is AreaChoice.SELECTION
        if chosen and self.sender() is self._field.layer():
            self._on_changed()

    def _draw(self) -> None:
        tool = PolygonTool(self._host.canvas)
        tool.drawn.connect(self._on_drawn)
        tool.measured.connect(self._field.show_drawing)
        tool.canceled.connect(self._on_canceled)
        self._begin_tool(tool)
        self._outline(None)
        self._field.show_drawing(0)

    def _pick(self) -> None:
        tool = PlaceTool(self._host.canvas)
        tool.picked.connect(self._on_picked)
        tool.canceled.connect(self._end_tool)
        self._begin_tool(tool)

    def _begin_tool(self, tool: QgsMapTool) -> None:
        canvas = self._host.canvas
        if self._tool is None:
            self._former_tool = canvas.mapTool()
        self._tool = tool
        canvas.setMapTool(tool)

    def _end_tool(self) -> None:
        """Give the map back to the tool it had."""
        tool, self._tool = self._tool, None
        if tool is None:
            return
        if self._host.canvas.mapTool() is tool:
            self._host.canvas.unsetMapTool(tool)
            if self._former_tool is not None:
                self._host.canvas.setMapTool(self._former_tool)
        self._former_tool = None
        delete_later(tool)

    def _on_drawn(self, shape: QgsGeometry) -> None:
        self._drawn = (shape, self._host.canvas.mapSettings().destinationCrs())
        self._end_tool()
        self._on_changed()

    def _on_canceled(self) -> None:
        self._end_tool()
        self._field.show_surface(0)
        if self._drawn is None:  # nothing to go back to
            self._field.choose(AreaChoice.FLANDERS)
        else:
            self._on_changed()

    def _on_picked(self, point: QgsPointXY) -> None:
        crs = self._host.canvas.mapSettings().destinationCrs()
        to_degrees = QgsCoordinateTransform.TransformDirection.ReverseTransform
        degrees = self._to(crs).transform(point, to_degrees)
        name = f"{degrees.y():.5f}, {degrees.x():.5f}"
        self._end_tool()
        self._field.place.set_place(Place(name, degrees.y(), degrees.x()))

    def _search_areas(self, text: str) -> None:
        self._searching.start(partial(_search, self._services, text, False))

    def _search_places(self, text: str) -> None:
        place = read_coordinates(text)
        if place is not None:
            self._searching.cancel()
            self._field.place.set_place(place)
        else:
            self._searching.start(partial(_search, self._services, text, True))

    def _show_found(self, answer: tuple) -> None:
        text, for_place, found = answer
        rows = [(f"{area.name}  ({area.field_name})", area) for area in found]
        line = self._field.place.line if for_place else self._field.portal_line
        line.set_found(text, rows)
        if not rows:
            self._field.tell_nothing_found(text)

    def _on_place(self, area: PortalArea) -> None:
        self._placing.start(partial(_middle, self._services, area))


class _Once:
    """Makes an area the first time, and remembers it for the next count."""

    def __init__(self, make: Callable[[QgsFeedback], Area]) -> None:
        self._make = make
        self._area: Optional[Area] = None

    def __call__(self, feedback: QgsFeedback) -> Area:
        if self._area is None:
            self._area = self._make(feedback)
        return self._area


def _of_shapes(shapes: list, crs: object, context: object, _feedback: QgsFeedback) -> Area:
    return area_wkt(shapes, crs, context)


def _of_features(
    source: object, request: object, crs: object, context: object, feedback: QgsFeedback
) -> Area:
    return features_area(source, request, crs, context, feedback)


def _of_portal(pid: str, services: Services, context: object, feedback: QgsFeedback) -> Area:
    return portal_area(pid, services.areas, context, feedback)


def _search(services: Services, text: str, for_place: bool, feedback: QgsFeedback) -> tuple:
    found = services.areas.search(text, limit=_FOUND, feedback=feedback)
    return text, for_place, found[:_FOUND]


def _middle(services: Services, area: PortalArea, feedback: QgsFeedback) -> Place:
    return middle_of(area, services.areas, feedback)


def _ring(circle: Circle) -> QgsGeometry:
    """Return about the circle that the portal searches in, for the eye."""
    north = circle.radius_km / 111.2
    east = north / max(math.cos(math.radians(circle.latitude)), 0.01)
    turns = (2 * math.pi * step / 72 for step in range(72))
    corners = [
        QgsPointXY(
            circle.longitude + east * math.cos(turn), circle.latitude + north * math.sin(turn)
        )
        for turn in turns
    ]
    return QgsGeometry.fromPolygonXY([corners])
