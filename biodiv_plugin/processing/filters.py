"""The filters that all observation algorithms share: their parameters, and the query they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Mapping, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from biodiv_plugin.layers.geometry import area_wkt
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.complete_query import read_address, with_list
from biodiv_plugin.use_cases.resolve_list import resolve_list
from biodiv_plugin.use_cases.resolve_taxa import resolve_taxa

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
DEFAULT_PROFILE = "VBP_algemeen"


def add_filters(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the filter parameters of the public interface to ``algorithm``; all are optional."""

    everyday: list[QgsProcessingParameterDefinition] = [
        _text("TAXA", translate("Filters", "Species: names or taxon keys, separated by ;")),
        _text("SPECIES_LIST", translate("Filters", "Species list (dr…)")),
        QgsProcessingParameterFeatureSource(
            "AREA",
            translate("Filters", "Within polygons"),
            [QgsProcessing.SourceType.TypeVectorPolygon],
            optional=True,
        ),
        QgsProcessingParameterExtent(
            "EXTENT", translate("Filters", "Within extent"), optional=True
        ),
        _day("DATE_FROM", translate("Filters", "From date")),
        _day("DATE_TO", translate("Filters", "To date")),
    ]
    advanced: list[QgsProcessingParameterDefinition] = [
        _text("MONTHS", translate("Filters", "Months, for example 4;5;6")),
        QgsProcessingParameterNumber(
            "MAX_UNCERTAINTY",
            translate("Filters", "Coordinate uncertainty at most (m)"),
            QgsProcessingParameterNumber.Type.Double,
            optional=True,
            minValue=0,
        ),
        _text("DATASETS", translate("Filters", "Datasets, separated by ;")),
        _text("BASIS_OF_RECORD", translate("Filters", "Basis of record, separated by ;")),
        _text("LICENCES", translate("Filters", "Licences, separated by ;")),
        _flag("VALIDATED_ONLY", translate("Filters", "Validated records only"), False),
        _flag("FLANDERS_ONLY", translate("Filters", "In Flanders only"), True),
        _flag("INCLUDE_ABSENT", translate("Filters", "Include absences"), False),
        QgsProcessingParameterString(
            "QUALITY_PROFILE",
            translate("Filters", "Quality profile (empty means none)"),
            DEFAULT_PROFILE,
            optional=True,
        ),
        QgsProcessingParameterString(
            "FILTERS", translate("Filters", "Filters of your own, one a line"), "", True, True
        ),
        _text(
            "QUERY", translate("Filters", "Query of your own, or a search address of the portal")
        ),
    ]
    for parameter in advanced:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    for parameter in (*everyday, *advanced):
        algorithm.addParameter(parameter)


def read_filters(
    algorithm: QgsProcessingAlgorithm,
    services: Services,
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> OccurrenceQuery:
    """Return the query that the parameters make; names are matched with the portal.

    Raises ``NoMatch`` for a name or a list that the portal does not know, ``InvalidQuery`` for
    what cannot be asked: an area without surface, a month that is none, another portal's address.
    """

    def text(name: str) -> str:
        return algorithm.parameterAsString(parameters, name, context).strip()

    def words(name: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in text(name).split(";") if word.strip())

    def flag(name: str) -> bool:
        return algorithm.parameterAsBoolean(parameters, name, context)

    if text("QUERY").startswith(("https://", "http://")):
        return _pasted(text("QUERY"), services, feedback)
    uncertainty = parameters.get("MAX_UNCERTAINTY")
    query = OccurrenceQuery(
        taxa=resolve_taxa(words("TAXA"), services.taxa, feedback),
        date_from=_date(algorithm, parameters, "DATE_FROM", context),
        date_to=_date(algorithm, parameters, "DATE_TO", context),
        months=_months(words("MONTHS")),
        max_uncertainty=None if uncertainty is None else float(uncertainty),
        datasets=words("DATASETS"),
        basis_of_record=words("BASIS_OF_RECORD"),
        licences=words("LICENCES"),
        validated_only=flag("VALIDATED_ONLY"),
        flanders_only=flag("FLANDERS_ONLY"),
        include_absent=flag("INCLUDE_ABSENT"),
        quality_profile=text("QUALITY_PROFILE"),
        text=text("QUERY"),
        filters=tuple(line.strip() for line in text("FILTERS").splitlines() if line.strip()),
    )
    query = _with_area(algorithm, query, parameters, context, feedback)
    return _with_list(query, text("SPECIES_LIST"), services, feedback)


def _pasted(address: str, services: Services, feedback: QgsProcessingFeedback) -> OccurrenceQuery:
    environment, signed_in = services.environment, services.session.account is not None
    lists = services.species_lists
    return read_address(address, environment, services.taxa, lists, signed_in, feedback).query


def _with_area(
    algorithm: QgsProcessingAlgorithm,
    query: OccurrenceQuery,
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> OccurrenceQuery:
    source = algorithm.parameterAsSource(parameters, "AREA", context)
    geometries: list[QgsGeometry] = []
    crs = WGS84
    if source is not None:
        geometries = [feature.geometry() for feature in source.getFeatures()]
        crs = source.sourceCrs()
    if parameters.get("EXTENT"):
        box = algorithm.parameterAsExtentGeometry(parameters, "EXTENT", context, crs)
        geometries = [shape.intersection(box) for shape in geometries] if source else [box]
    if source is None and not geometries:
        return query
    area = area_wkt(geometries, crs, context.transformContext())
    if area.was_simplified:
        feedback.pushWarning(
            translate(
                "Filters",
                "The area has more points than the portal takes and was simplified; "
                "its surface changed by {percent} %.",
            ).format(percent=f"{100 * area.area_error:.3f}")
        )
    name = source.sourceName() if source is not None else ""
    return replace(query, area=area.wkt, area_name=name)


def _with_list(
    query: OccurrenceQuery, list_id: str, services: Services, feedback: QgsProcessingFeedback
) -> OccurrenceQuery:
    if not list_id:
        return query
    signed_in = services.session.account is not None
    found = resolve_list(list_id, services.species_lists, signed_in, feedback)
    return with_list(query, found)


def _months(words: tuple[str, ...]) -> tuple[int, ...]:
    try:
        return tuple(int(word) for word in words)
    except ValueError as fault:
        raise InvalidQuery("a month is 1 to 12", part="months") from fault


def _text(name: str, description: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, description, "", optional=True)


def _flag(name: str, description: str, default: bool) -> QgsProcessingParameterBoolean:
    return QgsProcessingParameterBoolean(name, description, default)


def _day(name: str, description: str) -> QgsProcessingParameterDateTime:
    return QgsProcessingParameterDateTime(
        name, description, QgsProcessingParameterDateTime.Type.Date, optional=True
    )


def _date(
    algorithm: QgsProcessingAlgorithm,
    parameters: Mapping[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> Optional[date]:
    if not parameters.get(name):
        return None
    day = algorithm.parameterAsDateTime(parameters, name, context).date()
    return date(day.year(), day.month(), day.day()) if day.isValid() else None
