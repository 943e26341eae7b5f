"""What the dock gets of the QGIS that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Optional

from qgis.core import QgsMapLayer, QgsPrintLayout, QgsProject
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QWidget


def _select_nothing(_layer: QgsMapLayer) -> None:
    """There is no layer tree."""


def _open_nothing(_algorithm: str, _parameters: Mapping[str, Any]) -> None:
    """There is no Processing."""


def _no_layout() -> Optional[QgsPrintLayout]:
    """There is no window of a layout."""


def _open_no_layout(_layout: QgsPrintLayout) -> None:
    """There is no window of a layout."""


@dataclass(frozen=True)
class Host:
    """The parts of QGIS that the interface works with; a test makes its own."""

    window: QWidget
    canvas: QgsMapCanvas
    project: QgsProject
    message_bar: QgsMessageBar
    open_log: Callable[[], object]
    select_layer: Callable[[QgsMapLayer], object] = _select_nothing  # in the layer tree
    open_algorithm: Callable[[str, Mapping[str, Any]], object] = _open_nothing  # its dialog
    layout: Callable[[], Optional[QgsPrintLayout]] = _no_layout  # the print layout that is open
    open_layout: Callable[[QgsPrintLayout], object] = _open_no_layout
