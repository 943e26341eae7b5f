"""From WGS 84 to the CRS of a layer, by an operation that has a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDatumTransform,
)

from biodiv_plugin.portal.errors import InvalidQuery

WGS84 = "EPSG:4326"
_ETRS89 = "EPSG:4258"
_AXES = "axis order change (2D)"


@dataclass(frozen=True)
class Transformation:
    """How positions in WGS 84 become positions in ``target``.

    ``pipeline`` is a PROJ pipeline, longitude and easting first on both sides; "" where nothing
    changes. ``accuracy`` is metres, or ``None`` where the registry tells none. ``missing_grid``
    names the grid file that a better operation would need.
    """

    target: QgsCoordinateReferenceSystem
    name: str = ""
    pipeline: str = ""
    accuracy: Optional[float] = None
    missing_grid: str = ""

    def gdal_operation(self) -> str:
        """Return the pipeline as GDAL wants it: source OGC:CRS84, target by its own axes."""
        if not self.pipeline or not self.target.hasAxisInverted():
            return self.pipeline
        steps = self.pipeline
        if not steps.startswith("+proj=pipeline"):  # a single operation
            steps = f"+proj=pipeline +step {steps}"
        return f"{steps} +step +proj=axisswap +order=2,1"

    def gdal_target(self) -> str:
        """Return the target CRS as GDAL takes it."""
        authority = self.target.authid()
        return authority if authority.startswith("EPSG:") else self.target.toWkt()

    def qgis_transform(self) -> QgsCoordinateTransform:
        """Return the same operation for geometries of QGIS."""
        source = QgsCoordinateReferenceSystem(WGS84)
        context = QgsCoordinateTransformContext()
        if self.pipeline:
            context.addCoordinateOperation(source, self.target, self.pipeline, False)
        return QgsCoordinateTransform(source, self.target, context)


def choose_transformation(
    target: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> Transformation:
    """Return the most accurate operation to ``target`` that this computer can do.

    A choice that the user made for the project (``context``) goes first. For the Belgian Lambert
    grids the exact way is the NTv2 grid of the National Geographic Institute, which the EPSG
    registry knows from ETRS89 only; the portal's positions are taken for ETRS89 there, as the
    registry's own null transformation does (EPSG:1149).

    Raises ``InvalidQuery`` where PROJ knows no way to a projected CRS.
    """
    source = QgsCoordinateReferenceSystem(WGS84)
    if target == source:
        return Transformation(target, name="WGS 84")
    if context.hasTransform(source, target):
        return _by_qgis(target, context)
    missing = ""
    exact = next((o for o in _operations(target) if o.grids), None)
    if exact is not None and exact.isAvailable:
        return Transformation(target, exact.name, exact.proj, _accuracy(exact))
    if exact is not None:
        missing = ", ".join(grid.shortName for grid in exact.grids if not grid.isAvailable)
    return _by_qgis(target, context, missing)


def _operations(
    target: QgsCoordinateReferenceSystem,
) -> list[QgsDatumTransform.TransformDetails]:
    """Return the operations from ETRS89, the most accurate first, where they may need a grid."""
    if "BD72" not in target.description() and "Belge 1972" not in target.description():
        return []
    operations = QgsDatumTransform.operations(QgsCoordinateReferenceSystem(_ETRS89), target)
    return sorted(operations, key=lambda o: o.accuracy if o.accuracy >= 0 else float("inf"))


def _by_qgis(
    target: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    missing: str = "",
) -> Transformation:
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem(WGS84), target, context)
    details = transform.instantiatedCoordinateOperationDetails()
    if not details.proj and not target.isGeographic():
        # PROJ without its database, or no CRS at all: degrees would be written for metres.
        raise InvalidQuery(f"no way to {target.authid() or 'this CRS'}", part="crs")
    steps = [step for step in details.name.split(" + ") if step != _AXES]
    return Transformation(target, " + ".join(steps), details.proj, _accuracy(details), missing)


def _accuracy(details: QgsDatumTransform.TransformDetails) -> Optional[float]:
    return details.accuracy if details.accuracy >= 0 else None
