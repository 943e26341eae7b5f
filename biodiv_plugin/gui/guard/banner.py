"""The sentence below a layer with exact places of sensitive species, in the layer tree."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsMapLayer
from qgis.gui import QgsLayerTreeEmbeddedWidgetProvider
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from biodiv_plugin.gui.notices import ICON
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.layers.guard import is_high_resolution
from biodiv_plugin.translation import translate

BANNER = "biodiv_sensitive"
_COUNT, _ID = "embeddedWidgets/count", "embeddedWidgets/{}/id"  # where QGIS keeps them


class BannerProvider(QgsLayerTreeEmbeddedWidgetProvider):
    """Makes the banner for QGIS, which asks for it by the id that the layer has."""

    def id(self) -> str:
        return BANNER

    def name(self) -> str:
        return translate("Guard", "Exact places of sensitive species")

    def supportsLayer(self, layer: QgsMapLayer) -> bool:  # noqa: N802
        return is_high_resolution(layer)

    def createWidget(self, layer: QgsMapLayer, widgetIndex: int) -> QWidget:  # noqa: N802, N803
        banner = QFrame()
        banner.setAutoFillBackground(True)
        icon, text = PlainLabel(), PlainLabel(translate("Guard", "Exact places: do not publish"))
        icon.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(ICON, ICON))
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        line = QHBoxLayout(banner)
        line.setContentsMargins(2, 1, 2, 1)
        line.addWidget(icon)
        line.addWidget(text, 1)
        banner.setToolTip(tip(rules()))
        banner.setAccessibleName(text.text())
        return banner


def rules() -> str:
    """Return what the terms of use ask of whoever has exact places of sensitive species."""
    return translate(
        "Guard",
        "This layer holds exact places of sensitive species. Keep it safe and do not pass it on. "
        "Publish no exact place: show squares, or at least 30 m of uncertainty. Cite the public "
        "dataset, and say that high-resolution data was used.",
    )


def has_embedded(layer: QgsMapLayer, identifier: str) -> bool:
    """Return whether ``layer`` shows that widget in the layer tree."""
    return identifier in _embedded(layer)


def embed(layer: QgsMapLayer, identifier: str) -> None:
    """Have the layer tree show a widget below ``layer``, after those that are there."""
    shown = _embedded(layer)
    if identifier not in shown:
        _set_embedded(layer, [*shown, identifier])


def remove_embedded(layer: QgsMapLayer, identifier: str) -> None:
    shown = _embedded(layer)
    if identifier in shown:
        layer.removeCustomProperty(_ID.format(len(shown) - 1))
        _set_embedded(layer, [other for other in shown if other != identifier])


def _embedded(layer: QgsMapLayer) -> list[str]:
    count = int(layer.customProperty(_COUNT, 0))
    return [str(layer.customProperty(_ID.format(number), "")) for number in range(count)]


def _set_embedded(layer: QgsMapLayer, identifiers: list[str]) -> None:
    layer.setCustomProperty(_COUNT, len(identifiers))
    for number, identifier in enumerate(identifiers):
        layer.setCustomProperty(_ID.format(number), identifier)
