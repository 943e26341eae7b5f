"""Marks downloaded layers of which the portal has new observations, once one has asked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Optional

from qgis.core import Qgis, QgsFeedback, QgsLayerTreeLayer, QgsMapLayer
from qgis.gui import QgsLayerTreeView, QgsLayerTreeViewIndicator
from qgis.PyQt.QtCore import QDate, QLocale, QModelIndex, QObject, QTimer, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin import paths
from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.plain import in_message, tip
from biodiv_plugin.layers.manifest import Manifest
from biodiv_plugin.messages import explain
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.count_news import News, count_news


@dataclass(frozen=True)
class LayerNews:
    layer_id: str
    news: News


class NewsMarks(QObject):
    """Asks for one layer at a time; a mark goes along with its layer, a click on it refreshes."""

    refresh_requested = pyqtSignal(object)  # the layer

    def __init__(self, tree: QgsLayerTreeView, services: Services, host: Host) -> None:
        super().__init__()
        self._tree, self._services, self._host = tree, services, host
        self._known: dict[str, News] = {}
        self._marks: dict[str, QgsLayerTreeViewIndicator] = {}
        self._task = LatestTask(services.tasks, self.tr("Count new observations"), self)
        self._task.succeeded.connect(self._on_counted)
        self._task.failed.connect(self._tell_error)
        self._later = QTimer(self)  # the tree is not ready while it tells of its change
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._mark_all)
        host.project.layerTreeRoot().addedChildren.connect(self._plan)
        host.project.layersRemoved.connect(self._forget)

    def close(self) -> None:
        """Take back what was added to the tree."""
        self._later.stop()
        self._task.cancel()
        self._host.project.layerTreeRoot().addedChildren.disconnect(self._plan)
        self._host.project.layersRemoved.disconnect(self._forget)
        for node in self._host.project.layerTreeRoot().findLayers():
            self._unmark(node)

    def check(self, layer: QgsMapLayer, manifest: Manifest) -> None:
        """Ask what is new since the download of ``layer``."""
        self._task.start(partial(_counted, layer.id(), manifest, self._services))

    def _on_counted(self, found: LayerNews) -> None:
        layer = self._host.project.mapLayer(found.layer_id)
        if layer is None:  # removed meanwhile
            return
        self._known.pop(found.layer_id, None)
        if found.news.count:
            self._known[found.layer_id] = found.news
        self._mark_all()
        self._tell(layer, found.news)

    def _tell(self, layer: QgsMapLayer, news: News) -> None:
        bar = self._host.message_bar
        item = bar.createMessage(in_message(layer.name()), in_message(told(news)))
        if news.count:
            button = QPushButton(self.tr("Refresh"), item)
            button.setProperty("layer", layer.id())
            button.clicked.connect(self._on_clicked)
            button.clicked.connect(item.dismiss)
            item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Info)

    def _tell_error(self, error: Exception) -> None:
        title = self.tr("Biodiversity Portal")
        self._host.message_bar.pushMessage(
            title, in_message(explain(error)), Qgis.MessageLevel.Warning
        )

    def _plan(self, *_: object) -> None:
        self._later.start(0)

    def _mark_all(self) -> None:
        for node in self._host.project.layerTreeRoot().findLayers():
            news = self._known.get(node.layerId())
            self._mark(node, news) if news is not None else self._unmark(node)

    def _mark(self, node: QgsLayerTreeLayer, news: News) -> None:
        mark = self._marks.get(node.layerId())
        if mark is None or mark not in self._tree.indicators(node):  # a moved layer has a new node
            mark = QgsLayerTreeViewIndicator(self._tree)
            mark.setIcon(QIcon(str(paths.resource("icons/repeat.svg"))))
            mark.setProperty("layer", node.layerId())
            mark.clicked.connect(self._on_clicked)
            self._tree.addIndicator(node, mark)
            self._marks[node.layerId()] = mark
        hint = self.tr("Click to download it again beside this file.")
        mark.setToolTip(tip(f"{told(news)} {hint}"))

    def _unmark(self, node: QgsLayerTreeLayer) -> None:
        mark = self._marks.pop(node.layerId(), None)
        if mark is not None:
            self._tree.removeIndicator(node, mark)
            delete_later(mark)

    def _forget(self, layers: list[str]) -> None:
        for identifier in layers:
            self._known.pop(identifier, None)
            mark = self._marks.pop(identifier, None)
            if mark is not None:
                with suppress(RuntimeError):  # QGIS may have deleted it with the tree
                    delete_later(mark)

    @pyqtSlot(bool)
    @pyqtSlot(QModelIndex)
    def _on_clicked(self, _place: object = None) -> None:
        layer = self._host.project.mapLayer(self.sender().property("layer"))
        if layer is not None:
            self.refresh_requested.emit(layer)


def told(news: News, today: Optional[date] = None) -> str:
    """Return, for example, "12 new since 3 May."; the year is told where it is another one."""
    same_year = news.since.year == (today or date.today()).year
    day = QDate(news.since.year, news.since.month, news.since.day)
    since = QLocale().toString(day, "d MMMM" if same_year else "d MMMM yyyy")
    if not news.count:
        return translate("NewsMarks", "Nothing new since {day}.").format(day=since)
    number = QLocale().toString(news.count)
    return translate("NewsMarks", "{n} new since {day}.").format(n=number, day=since)


def _counted(
    layer_id: str, manifest: Manifest, services: Services, feedback: QgsFeedback
) -> LayerNews:
    news = count_news(manifest, services.occurrences, services.species_lists, feedback)
    return LayerNews(layer_id, news)
