"""The algorithm *Portal areas*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from biodiv_plugin.layers.portal_areas import area_features, area_fields, wgs84
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import InvalidQuery, NoMatch
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.load_areas import find_areas, load_shapes
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex


class PortalAreas(PortalAlgorithm):
    """Municipalities, protected areas and so on as polygons, by name or by id."""

    group_id = "geographicportal"

    def name(self) -> str:
        return "portalareas"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Portal areas")

    def tags(self) -> list[str]:
        return self.tr("gazetteer,municipality,regions,polygons").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        for name, title in (
            ("FIELD", self.tr("Layer: its id or its name")),
            ("NAME", self.tr("Names of areas, ;-separated; empty for all of the layer")),
            ("PID", self.tr("Or ids of areas, ;-separated")),
        ):
            self.addParameter(QgsProcessingParameterString(name, title, "", optional=True))
        self.addParameter(
            QgsProcessingParameterBoolean("DISSOLVE", self.tr("Merge into one area"), False)
        )
        self.add_layer(self.tr("Areas"), QgsProcessing.SourceType.TypeVectorPolygon)
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of areas")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        field = self.parameterAsString(parameters, "FIELD", context).strip()
        names = _parts(self.parameterAsString(parameters, "NAME", context))
        pids = _parts(self.parameterAsString(parameters, "PID", context))
        wanted = self._wanted(field, names, pids, feedback)
        merge = self.parameterAsBoolean(parameters, "DISSOLVE", context)
        shapes = load_shapes(wanted, self.services.areas, merge, feedback=feedback)
        kind, features = QgsWkbTypes.Type.MultiPolygon, area_features(shapes)
        output = self.save(parameters, context, area_fields(), features, kind=kind, crs=wgs84())
        return {**output, "COUNT": len(shapes)}

    def _wanted(
        self, field: str, names: list[str], pids: list[str], feedback: QgsProcessingFeedback
    ) -> list[PortalArea]:
        areas = self.services.areas
        if pids:
            return [areas.object(pid, feedback) for pid in pids]
        if field:
            field_id = self._field_id(field, feedback)
            found = [
                area
                for name in names or [""]
                for area in find_areas(areas, field_id, name, feedback)
            ]
            return found
        if not names:
            raise InvalidQuery("neither a layer, nor a name, nor an id", part="area_empty")
        return [area for name in names for area in self._anywhere(name, feedback)]

    def _anywhere(self, name: str, feedback: QgsProcessingFeedback) -> list[PortalArea]:
        """Return the areas of this very name, in whichever layer they are."""
        near = self.services.areas.search(name, feedback=feedback)
        exact = [area for area in near if area.name.casefold() == name.casefold()]
        if not exact:
            raise NoMatch(name, tuple(dict.fromkeys(area.name for area in near[:5])))
        return exact

    def _field_id(self, field: str, feedback: QgsProcessingFeedback) -> str:
        """Return the id of a layer that is named by its id, its title or its short name."""
        index = CatalogueIndex(self.services.catalogue.fields(feedback=feedback))
        if index.by_field(field):
            return field
        wanted = field.casefold()
        for entry in index.entries:
            if wanted in (entry.title.casefold(), entry.layer_name.casefold()):
                return entry.field_id
        near = [entry.title for entry in index.entries if wanted in entry.title.casefold()]
        raise NoMatch(field, tuple(near[:5]))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
