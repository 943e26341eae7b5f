"""The algorithm *Watch areas*: what is new in one's own zones, for a scheduled job."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any, Mapping, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsWkbTypes,
)

from biodiv_plugin.layers.project_watches import project_watches
from biodiv_plugin.layers.watch_layer import (
    WATCH,
    ZONE,
    read_definitions,
    record_features,
    record_fields,
)
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.watch import NewRecord, Watch
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.use_cases.check_watches import (
    WatchServices,
    check_watches,
    read_zones,
    records_since,
)


class WatchAreas(PortalAlgorithm):
    """New records per zone, of a layer or of the watches that are kept."""

    group_id = "notifications"
    uses_account = True

    def name(self) -> str:
        return "watch"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Watch areas")

    def tags(self) -> list[str]:
        return self.tr("new observations,alerts,scheduled,monitoring").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT",
                self.tr("Zones, or saved zones of a watch (empty: the watches in QGIS)"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "ZONE_FIELD", self.tr("Name of a zone"), None, "INPUT", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterDateTime(
                "SINCE",
                self.tr("First loaded since (empty: since the last time)"),
                QgsProcessingParameterDateTime.Type.DateTime,
                optional=True,
            )
        )
        add_filters(self)
        for place in ("AREA", "EXTENT"):  # the zones are the area
            self.removeParameter(place)
        self.add_layer(self.tr("New observations"), QgsProcessing.SourceType.TypeVectorPoint)
        self.addOutput(QgsProcessingOutputNumber("NEW", self.tr("Number of new observations")))

    def prepareAlgorithm(  # noqa: N802
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Read the project's watches, in the thread that the project belongs to."""
        project = context.project()
        self._of_project = project_watches(project) if project is not None else ()
        return True

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        watches = self._watches(parameters, context, feedback)
        if not watches:
            feedback.pushWarning(self.tr("There is nothing to watch: give zones, or make a watch."))
        since = _moment(self, parameters, context)
        account = self.services.session.account
        asked = WatchServices(
            self.services.occurrences,
            self.services.species_lists,
            self.services.watch_store,
            account.user_id if account is not None else "",
        )
        if since is None:
            found = self._since_last_time(watches, asked, feedback)
        else:
            found = [(watch.name, self._since(watch, since, asked, feedback)) for watch in watches]
        output = self.save(
            parameters,
            context,
            record_fields(),
            (each for name, records in found for each in record_features(name, records)),
            kind=QgsWkbTypes.Type.Point,
            crs=QgsCoordinateReferenceSystem("EPSG:4326"),
        )
        return {**output, "NEW": sum(len(records) for _, records in found)}

    def _watches(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Sequence[Watch]:
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            kept = {watch.id: watch for watch in self.services.watch_store.watches()}
            kept.update((watch.id, watch) for watch in self._of_project)
            return tuple(kept.values())
        defined = read_definitions(list(source.getFeatures()))
        if defined:
            return tuple(
                self._zones_of(source, name, query, context, feedback, ZONE, name)
                for name, (_, query) in defined.items()
            )
        query = read_filters(self, self.services, parameters, context, feedback)
        field = self.parameterAsString(parameters, "ZONE_FIELD", context)
        name = source.sourceName()
        return (self._zones_of(source, name, query, context, feedback, field),)

    def _zones_of(
        self,
        source: QgsProcessingFeatureSource,
        name: str,
        query: OccurrenceQuery,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        field: str,
        only: str = "",
    ) -> Watch:
        """Return the zones of a source as a watch, known again the next time by name and query."""
        request = QgsFeatureRequest()
        if only:
            quoted = only.replace("'", "''")
            request.setFilterExpression(f"\"{WATCH}\" = '{quoted}'")
        transform = context.transformContext()
        zones = read_zones(source, request, source.sourceCrs(), transform, field, feedback)
        asked = json.dumps([name, query.to_json()], sort_keys=True)
        return Watch(sha256(asked.encode("utf-8")).hexdigest()[:32], name, query, zones)

    def _since_last_time(
        self,
        watches: Sequence[Watch],
        asked: WatchServices,
        feedback: QgsProcessingFeedback,
    ) -> list[tuple[str, tuple[NewRecord, ...]]]:
        """Look, and remember that; a scheduled job must fail where nothing could be looked at."""
        outcomes = check_watches(watches, asked, feedback=feedback)
        for outcome in outcomes:
            name = outcome.watch.name
            if outcome.error is not None:
                reason = explain(outcome.error)
                feedback.reportError(
                    self.tr("“{name}” was not looked at: {reason}").format(name=name, reason=reason)
                )
            elif outcome.first:
                feedback.pushInfo(
                    self.tr("“{name}” is looked at for the first time: what comes is new.").format(
                        name=name
                    )
                )
            self._tell_left_out(outcome.left_out, feedback)
        failed = [outcome.error for outcome in outcomes if outcome.error is not None]
        if failed and len(failed) == len(outcomes):
            raise failed[0]
        return [(outcome.watch.name, outcome.new) for outcome in outcomes]

    def _since(
        self,
        watch: Watch,
        since: datetime,
        asked: WatchServices,
        feedback: QgsProcessingFeedback,
    ) -> tuple[NewRecord, ...]:
        records, left_out = records_since(watch, since, asked, feedback=feedback)
        self._tell_left_out(left_out, feedback)
        return records

    def _tell_left_out(self, left_out: int, feedback: QgsProcessingFeedback) -> None:
        if left_out:
            feedback.pushWarning(
                self.tr("The portal holds {n} more than it shows at once.").format(n=left_out)
            )


def _moment(
    algorithm: WatchAreas, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> Optional[datetime]:
    if not parameters.get("SINCE"):
        return None
    moment = algorithm.parameterAsDateTime(parameters, "SINCE", context)
    if not moment.isValid():
        return None
    return datetime.fromtimestamp(moment.toSecsSinceEpoch(), timezone.utc)
