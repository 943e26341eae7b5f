"""Warns where exact places of sensitive species are about to leave the computer."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence

from qgis.core import Qgis, QgsMapLayer, QgsProject
from qgis.gui import QgsLayerTreeView, QgsMessageBar, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSlot
from qgis.PyQt.QtWidgets import QMenu, QPushButton

from biodiv_plugin.gui.downloads.menu import COPY
from biodiv_plugin.gui.guard.banner import rules
from biodiv_plugin.gui.guard.layout_banner import LayoutBanner
from biodiv_plugin.gui.guard.marks import GuardMarks
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.plain import in_message
from biodiv_plugin.layers.guard import high_resolution_layers, is_high_resolution


class SensitiveGuard(QObject):
    """Marks the layers, and warns of all by which they leave and that QGIS tells of: a saved
    project, an exported layer or map, copied features, a print layout.

    QGIS lets a plugin know of these, but not forbid them, and tells nothing of a file that is
    copied outside it: the mark in the file is what goes along then.
    """

    def __init__(self, tree: QgsLayerTreeView, host: Host) -> None:
        super().__init__()
        self._tree, self._host = tree, host
        self._told: set[str] = set()  # project files whose saving was warned of
        self._item: Optional[QgsMessageBarItem] = None
        self._bar: Optional[QgsMessageBar] = None  # that shows the item
        self.marks = GuardMarks(tree, host.project)
        self.marks.asked.connect(self.explain)
        self._banners: list[LayoutBanner] = []
        host.project.projectSaved.connect(self._on_saved)
        host.project.layersAdded.connect(self._refresh_banners)
        host.project.layersRemoved.connect(self._refresh_banners)
        tree.contextMenuAboutToShow.connect(self._on_menu)

    def close(self) -> None:
        self.marks.close()
        self._host.project.projectSaved.disconnect(self._on_saved)
        self._host.project.layersAdded.disconnect(self._refresh_banners)
        self._host.project.layersRemoved.disconnect(self._refresh_banners)
        for banner in self._living():
            banner.take_away()
        self._take_away()
        self._tree.contextMenuAboutToShow.disconnect(self._on_menu)

    def explain(self, layer: QgsMapLayer) -> None:
        """Tell the rules, and offer a copy that may be published."""
        self._warn(self._host.message_bar, rules(), [layer])

    def warn_of_export(self, *_: object) -> None:
        """Warn if the layer at hand holds exact places; for the signals of actions and menus."""
        layer = self._tree.currentLayer()
        if layer is not None and is_high_resolution(layer):
            sentence = self.tr(
                "A file made of \u201c{layer}\u201d holds exact places of sensitive species too. "
                "For others, make a publishable copy."
            ).format(layer=layer.name())
            self._warn(self._host.message_bar, sentence, [layer])

    def warn_of_copy(self, *_: object) -> None:
        """Warn of features that were copied or cut from the layer at hand."""
        layer = self._tree.currentLayer()
        if layer is not None and is_high_resolution(layer):
            sentence = self.tr(
                "What you copied from \u201c{layer}\u201d may hold exact places of sensitive "
                "species: what you paste it into needs the same care."
            ).format(layer=layer.name())
            self._warn(self._host.message_bar, sentence, [layer])

    def warn_of_file(self, layer: QgsMapLayer, path: str) -> None:
        """Warn of a file that QGIS has made of ``layer``."""
        if is_high_resolution(layer):
            sentence = self.tr(
                "{file} holds exact places of sensitive species. Keep it as safe as the layer, "
                "and do not pass it on."
            ).format(file=Path(path).name)
            self._warn(self._host.message_bar, sentence, [layer])

    def warn_of_map(self, *_: object) -> None:
        """Warn before the map is exported as a picture, PDF or drawing."""
        layers = high_resolution_layers(self._host.project)
        if layers:
            self._warn(self._host.message_bar, self._told_of_map(layers), layers)

    def warn_in_layout(self, designer: object) -> None:
        """Keep a banner in the window of a print layout while the project holds exact places."""
        banner = LayoutBanner(designer)
        banner.copy_requested.connect(self._copy_first)
        banner.exported.connect(self._on_exported)
        self._banners.append(banner)
        self._refresh_banners()

    def _on_exported(self, designer: object) -> None:
        layers = high_resolution_layers(self._host.project)
        if layers:
            self._warn(designer.messageBar(), self._told_of_map(layers), layers)

    def _told_of_map(self, layers: Sequence[QgsMapLayer]) -> str:
        return self.tr(
            "This project holds exact places of sensitive species ({layers}). Do not publish "
            "a map on which they can be read."
        ).format(layers=_names(layers))

    def _refresh_banners(self, *_: object) -> None:
        banners = self._living()
        names = _names(high_resolution_layers(self._host.project)) if banners else ""
        for banner in banners:
            banner.show_layers(names)

    def _living(self) -> list[LayoutBanner]:
        self._banners = [banner for banner in self._banners if not banner.is_gone()]
        return self._banners

    def _copy_first(self) -> None:
        layers = high_resolution_layers(self._host.project)
        if layers:
            self._host.open_algorithm(COPY, {"INPUT": layers[0].id()})

    def _on_saved(self) -> None:
        project: QgsProject = self._host.project
        layers = high_resolution_layers(project)
        if layers and project.fileName() not in self._told:
            self._told.add(project.fileName())
            sentence = self.tr(
                "This project holds exact places of sensitive species ({layers}). Whoever gets "
                "the project with its files sees them: do not pass it on."
            ).format(layers=_names(layers))
            self._warn(self._host.message_bar, sentence, layers)

    def _on_menu(self, menu: QMenu) -> None:
        # QGIS gives that submenu no name but its title.
        titles = {
            QCoreApplication.translate("QgsAppLayerTreeViewMenuProvider", text)
            for text in ("E&xport", "Export")
        }
        for action in menu.actions():
            if action.menu() is not None and action.menu().title() in titles:
                action.menu().aboutToShow.connect(self.warn_of_export)

    def _warn(self, bar: QgsMessageBar, sentence: str, layers: Sequence[QgsMapLayer]) -> None:
        self._take_away()  # one at a time
        item = bar.createMessage(self.tr("Sensitive species"), in_message(sentence))
        button = QPushButton(self.tr("Make Publishable Copy…"), item)
        button.setProperty("layer", layers[0].id())
        button.clicked.connect(self._on_copy)
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Warning)
        self._item, self._bar = item, bar

    def _take_away(self) -> None:
        item, self._item = self._item, None
        if item is not None and not sip.isdeleted(item):
            self._bar.popWidget(item)

    @pyqtSlot(bool)
    def _on_copy(self, _checked: bool = False) -> None:
        self._host.open_algorithm(COPY, {"INPUT": self.sender().property("layer")})


def _names(layers: Sequence[QgsMapLayer]) -> str:
    return ", ".join(layer.name() for layer in layers)
