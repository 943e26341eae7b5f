"""What the dock gets of the QGIS that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QWidget


@dataclass(frozen=True)
class Host:
    """The parts of QGIS that the interface works with; a test makes its own."""

    window: QWidget
    canvas: QgsMapCanvas
    project: QgsProject
    message_bar: QgsMessageBar
    open_log: Callable[[], object]
