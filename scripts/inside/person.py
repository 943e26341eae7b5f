"""Does in QGIS what a person does: types, picks and presses in the plugin's own widgets."""

from __future__ import annotations

import time
from typing import Callable, Optional

from qgis.core import QgsMapLayer, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAction,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QWidget,
)
from qgis.utils import iface

GOVERNMENT = "Flemish Government Staff or Citizen (itsme, eID)"
PASSWORD = "Portal Account with a Password"
POLYGONS = "polygons of"


class Stuck(Exception):
    """What was waited for did not come; the message holds what the dock says meanwhile."""


class Person:
    def __init__(self, plugin: object, project: QgsProject) -> None:
        self.dock = plugin.show_dock()
        self.project = project

    def wait(self, condition: Callable[[], object], what: str, seconds: float = 60) -> object:
        """Let QGIS work until ``condition`` gives something, and return that."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            found = condition()
            if found:
                return found
            QTest.qWait(20)
        raise Stuck(f"waited {seconds:.0f} s for {what}; the dock says: {self.said()}")

    def said(self) -> str:
        from biodiv_plugin.gui.notices import Notice

        notices = [n.text() for n in self.dock.findChildren(Notice) if n.isVisibleTo(self.dock)]
        return " | ".join([self.line.text(), self.panel.sentence(), *notices])

    @property
    def panel(self) -> QWidget:
        return self.dock.occurrences.panel

    def press(self, place: QWidget, context: str, text: str) -> None:
        """Click the button of ``place`` that bears ``text``, in whatever language QGIS speaks."""
        label = QCoreApplication.translate(context, text)

        def ready() -> Optional[QAbstractButton]:
            for button in place.findChildren(QAbstractButton):
                if button.text() == label and button.isVisible() and button.isEnabled():
                    return button
            return None

        QTest.mouseClick(self.wait(ready, f"the button “{label}”"), Qt.MouseButton.LeftButton)

    def sign_in(self, way: str = GOVERNMENT, stay: bool = False) -> str:
        """Sign in by an entry of the menu; return what the account line says then.

        ``stay`` ticks what the menu offers to tick: to stay signed in.
        """
        before = self.line.text()
        for action in self.menu():
            if action.isCheckable() and action.isChecked() != stay:
                action.trigger()
        self.choose(way)
        self.wait(lambda: self.dock.sign_in.is_waiting(), "the sign-in to begin")
        self.wait(lambda: not self.dock.sign_in.is_waiting(), "the sign-in to end")
        self.wait(lambda: self.line.text() != before, "the account line to change")
        return self.line.text()

    def sign_out(self) -> str:
        signed_in = self.line.text()
        self.choose("Sign Out")
        self.wait(lambda: self.line.text() != signed_in, "the sign-out to end")
        return self.line.text()

    @property
    def line(self) -> QWidget:
        from biodiv_plugin.gui.account.line import AccountLine

        return self.dock.findChild(AccountLine)

    def menu(self) -> list[QAction]:
        return self.line.findChild(QToolButton).menu().actions()

    def choose(self, text: str) -> None:
        label = QCoreApplication.translate("AccountLine", text)
        next(action for action in self.menu() if action.text() == label).trigger()

    def add_portal_layer(self, words: str) -> QgsMapLayer:
        """Search the catalogue for ``words`` and add the first layer whose name holds them."""
        self.dock.show_section("layers")
        panel = self.dock.layers.panel
        self.wait(lambda: panel.model.count(), "the catalogue")
        panel.search.setText(words)
        named = Leaf(panel.tree, panel.model.entry, words)
        index = self.wait(named.find, f"a layer “{words}”")
        known = set(self.project.mapLayers())
        panel.tree.setCurrentIndex(index)
        self.press(panel, "CataloguePanel", "Add to Map")
        added = self.wait(lambda: set(self.project.mapLayers()) - known, f"the layer “{words}”")
        return self.project.mapLayer(added.pop())

    def report(self, polygons: QgsVectorLayer) -> None:
        """Make the report of ``polygons``, and wait for it."""
        self.dock.report_on(polygons)
        page = self.dock.layers.report
        self.press(page, "ReportPanel", "Make Report")
        self.wait(page.panel.text.toPlainText, "the report of the polygons")

    def choose_analysis(self, name: str) -> None:
        """Show the form of one of the portal's own analyses, by its name on the portal."""
        from biodiv_plugin.gui.layers.analyses.chooser import AnalysisChooser

        self.dock.show_section("layers")
        self.dock.layers.show_analyses()
        chooser = self.dock.layers.findChild(AnalysisChooser)
        self.wait(lambda: chooser.box.findData(name) >= 0, "the analyses of the portal")
        chooser.choose(name)

    def preview(self, colour: str, point: QgsPointXY) -> None:
        """Let the portal draw what is asked, in classes of ``colour``, and click on the map.

        ``point`` is in the CRS of the project. Waits for the records that lie there.
        """
        from biodiv_plugin.gui.preview.record_cards import RecordCards
        from biodiv_plugin.gui.preview.switches import PreviewSwitches

        def switches() -> Optional[PreviewSwitches]:
            shown = iface.layerTreeView().findChildren(PreviewSwitches)
            return next((each for each in shown if each.isVisible()), None)

        self.press(self.panel, "OccurrencePanel", "Show on Map")
        made = self.wait(switches, "the switches of the preview")
        self.wait(lambda: not iface.mapCanvas().isDrawing(), "the map")
        made.colour.setCurrentIndex(made.colour.findData(colour))
        self.wait(lambda: switches() and switches().legend.text(), "the legend of the preview")
        switches().records.click()
        place = iface.mapCanvas().getCoordinateTransform().transform(point)
        QTest.mouseClick(
            iface.mapCanvas().viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(round(place.x()), round(place.y())),
        )
        window = iface.mainWindow()
        self.wait(
            lambda: any(each.isVisible() for each in window.findChildren(RecordCards)),
            "the records of a place",
        )

    def watch(self, polygons: QgsVectorLayer) -> None:
        """Keep an eye on new observations in ``polygons``."""
        self.dock.show_section("alerts")
        alerts = self.dock.alerts
        self.press(alerts.watches, "WatchPanel", "New Watch…")
        alerts.watch_form.findChild(QgsMapLayerComboBox).setLayer(polygons)
        self.press(alerts.watch_form, "WatchForm", "Watch")
        self.wait(lambda: alerts.watches.isVisible(), "the watch")

    def ask(self, name: str, polygons: Optional[QgsVectorLayer] = None) -> str:
        """Ask for a species by its name, within polygons; return the sentence with the count."""
        self.dock.show_section("occurrences")
        edit = self.panel.taxa.findChild(QLineEdit)
        edit.setFocus()
        edit.clear()
        QTest.keyClicks(edit, name)
        popup = self.wait(lambda: visible_popup(), f"suggestions for “{name}”")
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        self.wait(lambda: self.panel.taxa.taxa(), "the chosen species")
        if polygons is not None:
            self.panel.area.set_layer(polygons)
            label = QCoreApplication.translate("AreaField", POLYGONS)
            buttons = self.panel.area.findChildren(QRadioButton)
            next(button for button in buttons if button.text() == label).click()
        return self.count()

    def count(self) -> str:
        """Wait until the count of what is asked now is told; return the sentence."""
        counting = QCoreApplication.translate("OccurrencePanel", "Counting…")
        QTest.qWait(700)  # the pause after which it asks
        self.wait(lambda: self.panel.sentence() not in ("", counting), "the count")
        return self.panel.sentence()

    def download(self, target: str, reason: int = 1) -> object:
        """Download what is asked to ``target``; return the job once its layers are on the map."""
        from biodiv_plugin.gui.downloads.job_book import JobState

        form, jobs = self.dock.occurrences.form, self.dock.jobs
        self.press(self.panel, "OccurrencePanel", "Download…")
        reasons = form.findChild(QComboBox)
        self.wait(lambda: form.isVisible() and reasons.count() > reason, "the reasons")
        reasons.setCurrentIndex(reason)
        form.findChild(QgsFileWidget).setFilePath(target)
        for box in form.findChildren(QCheckBox):
            if box.isVisible() and not box.isChecked():
                box.click()
        started = len(jobs.jobs)
        self.press(form, "DownloadForm", "Start Download")
        job = self.wait(lambda: jobs.jobs[started:] and jobs.jobs[-1], "the download to start")
        self.dock.show_section("downloads")
        self.wait(lambda: job.state is not JobState.RUNNING, "the download to end", 180)
        if job.state is not JobState.DONE:
            raise Stuck(f"the download ended as {job.state.value}: {job.error!r}")
        return job

    def load_list(self, name: str) -> QgsVectorLayer:
        """Load the first species list whose name holds ``name`` as a table."""
        self.dock.show_section("lists")
        shelf = self.dock.lists.shelf
        shelf.search.setText(name)
        named = Leaf(shelf.view, shelf.model.entry, name)
        index = self.wait(named.find, f"a list “{name}”")
        shelf.view.setCurrentIndex(index)
        known = set(self.project.mapLayers())
        self.wait(lambda: shelf.edit.isEnabled(), "the list to be read")
        shelf.edit.click()
        added = self.wait(lambda: set(self.project.mapLayers()) - known, f"the list “{name}”")
        return self.project.mapLayer(added.pop())


def visible_popup() -> Optional[QWidget]:
    popup = QApplication.activePopupWidget()
    if popup is None:
        shown = (w for w in QApplication.topLevelWidgets() if w.isVisible())
        popup = next((w for w in shown if w.windowType() == Qt.WindowType.Popup), None)
    return popup


class Leaf:
    """The first row of ``view`` that stands for something, not for a group, and bears ``words``."""

    def __init__(
        self, view: QAbstractItemView, content: Callable[[QModelIndex], object], words: str
    ) -> None:
        self._model, self._content, self._words = view.model(), content, words.lower()

    def find(self) -> Optional[QModelIndex]:
        waiting = self._below(QModelIndex())
        while waiting:
            index = waiting.pop(0)
            if self._content(index) is not None and self._words in str(index.data()).lower():
                return index
            waiting = self._below(index) + waiting
        return None

    def _below(self, index: QModelIndex) -> list[QModelIndex]:
        return [self._model.index(row, 0, index) for row in range(self._model.rowCount(index))]
