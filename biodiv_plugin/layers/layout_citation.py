"""The citation of a layer in a print layout."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsUnitTypes,
)

from biodiv_plugin.layers.inert import inert
from biodiv_plugin.translation import translate

LAYER = "biodiv/citation"  # custom property of a label: the layer that it cites
_MARGIN = 10.0  # millimetres
_LINE = 4.5
_LETTER = 1.9  # the usual width of one, for how many lines a sentence takes


def layout_for_citation(project: QgsProject) -> QgsPrintLayout:
    """Return the first print layout of ``project``, or a new one with one empty page."""
    manager = project.layoutManager()
    layouts = manager.printLayouts()
    if layouts:
        return layouts[0]
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(translate("Citation", "Map"))
    manager.addLayout(layout)
    return layout


def put_citation(layout: QgsPrintLayout, layer_id: str, text: str) -> QgsLayoutItemLabel:
    """Place ``text`` at the foot of the first page; a label of that layer is replaced in place."""
    label = _label_of(layout, layer_id)
    if label is not None:
        label.setText(inert(text))
        return label
    page = layout.pageCollection().page(0).pageSize()
    width = page.width() - 2 * _MARGIN
    lines = sum(1 + int(len(line) * _LETTER / width) for line in text.splitlines())
    height = _LINE * lines
    below = sum(_height(other) for other in _labels(layout))  # citations of other layers
    label = QgsLayoutItemLabel(layout)
    label.setId(translate("Citation", "Citation"))
    label.setCustomProperty(LAYER, layer_id)
    label.setText(inert(text))
    layout.addLayoutItem(label)
    millimetres = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    label.attemptResize(QgsLayoutSize(width, height, millimetres))
    top = max(_MARGIN, page.height() - _MARGIN - below - height)
    label.attemptMove(QgsLayoutPoint(_MARGIN, top, millimetres))
    return label


def _labels(layout: QgsPrintLayout) -> list[QgsLayoutItemLabel]:
    return [
        item
        for item in layout.items()
        if isinstance(item, QgsLayoutItemLabel) and item.customProperty(LAYER)
    ]


def _label_of(layout: QgsPrintLayout, layer_id: str) -> Optional[QgsLayoutItemLabel]:
    found = (each for each in _labels(layout) if each.customProperty(LAYER) == layer_id)
    return next(found, None)


def _height(label: QgsLayoutItemLabel) -> float:
    return float(label.sizeWithUnits().height())
