"""What one can do with a downloaded layer from the layer tree: cite it, find it, copy it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsLayerTreeModel,
    QgsLayoutItemLabel,
    QgsPrintLayout,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QMenu

from biodiv_plugin.gui.downloads.citation_dialog import BIBTEX, ENGLISH, RIS, CitationDialog
from biodiv_plugin.gui.downloads.menu import COPY, DownloadMenu
from biodiv_plugin.gui.saving import usual_folder
from biodiv_plugin.layers.layout_citation import LAYER
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, Manifest, Source, write_manifest
from biodiv_plugin.portal.query import OccurrenceQuery

LEFT = Qt.MouseButton.LeftButton


def citations(layout):
    labels = (item for item in layout.items() if isinstance(item, QgsLayoutItemLabel))
    return [label for label in labels if label.customProperty(LAYER)]


@pytest.fixture
def dataset(services):
    return services.collectory.data_resources()[0]


@pytest.fixture
def manifest(portal, dataset):
    return Manifest(
        created="2026-05-03T10:00:00+00:00",
        plugin="0.1.0",
        qgis="3.40",
        environment="demo",
        portal=portal.url,
        words={},
        query=OccurrenceQuery(text="Hyla").to_json(),
        request={},
        job="job-1",
        announced=1,
        received=1,
        sources=(Source(dataset.uid, dataset.name, "CC0", "Citaat in het bestand.", 1),),
        quality_profile="",
        removed_by_profile=None,
        crs="EPSG:31370",
        transformation="",
        sensitivity=HIGH_RESOLUTION,
        citation="",
        archive_sha256="",
        records_sha256="",
    )


@pytest.fixture
def tree(host):
    view = QgsLayerTreeView(host.window)
    view.setModel(QgsLayerTreeModel(host.project.layerTreeRoot(), view))
    return view


class Desk:
    """A layer tree with one downloaded layer, and what QGIS was asked to open."""

    def __init__(self, tree, services, host, tmp_path) -> None:
        self.algorithms: list = []
        self.layouts: list = []
        self.at_hand = None
        self.pages: list = []
        services.__dict__["browser"] = self.pages.append
        self.host = replace(
            host,
            open_algorithm=lambda *asked: self.algorithms.append(asked),
            layout=lambda: self.at_hand,
            open_layout=self.layouts.append,
        )
        self.menu = DownloadMenu(tree, services, self.host)
        self._tree, self._folder = tree, tmp_path

    def add(self, manifest, name="kikkers"):
        memory = QgsVectorLayer("Point?crs=EPSG:31370&field=recordID:string", name, "memory")
        path, options = self._folder / f"{name}.gpkg", QgsVectorFileWriter.SaveVectorOptions()
        context = memory.transformContext()
        QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(path), context, options)
        if manifest is not None:
            write_manifest(manifest, path)
        layer = QgsVectorLayer(str(path), name, "ogr")
        self.host.project.addMapLayer(layer)
        self._tree.setCurrentLayer(layer)
        return layer

    def actions(self):
        menu = QMenu()
        menu.addAction("Zoom to Layer")
        menu.addAction("Rename")
        self._tree.contextMenuAboutToShow.emit(menu)
        self._shown = menu  # the actions go with it
        own = [action.menu() for action in menu.actions() if action.menu() is not None]
        return {action.text(): action for action in own[0].actions()} if own else {}


@pytest.fixture
def desk(qtbot, tree, services, host, tmp_path):
    desk = Desk(tree, services, host, tmp_path)
    yield desk
    desk.menu.close()  # takes an open window along
    qtbot.waitUntil(services.tasks.is_idle)


@pytest.fixture
def dialog(desk, manifest, qtbot):
    desk.add(manifest)
    desk.actions()["Cite…"].trigger()
    (dialog,) = desk.host.window.findChildren(CitationDialog)
    yield dialog


def test_only_a_downloaded_layer_has_the_menu(desk, manifest):
    desk.add(None, "other")
    assert desk.actions() == {}
    desk.add(manifest)
    assert [text.rstrip("…") for text in desk.actions()] == [
        "Cite",
        "Put Citation in Print Layout",
        "Open in Portal",
        "Make Publishable Copy",
        "Check for New Observations",
        "Refresh",
    ]


def test_the_citation_stands_at_once_and_the_portal_adds_the_doi(qtbot, dialog, dataset, services):
    assert "Citaat in het bestand." in dialog.text.toPlainText()
    (told,) = services.collectory.citations([dataset.uid])
    qtbot.waitUntil(lambda: "Citaat in het bestand" not in dialog.text.toPlainText())
    words = dialog.text.toPlainText()
    assert told.doi in words and "2026-05-03" in words
    assert "high resolution" in words  # the locale of the tests is English


@pytest.mark.parametrize(("form", "start"), [(BIBTEX, "@misc{"), (RIS, "TY  - DATA")])
def test_references_go_to_the_clipboard(qtbot, dialog, form, start):
    dialog.form.setCurrentIndex(dialog.form.findData(form))
    qtbot.mouseClick(dialog.copy, LEFT)
    assert QgsApplication.clipboard().text().startswith(start)
    assert "Copied" in dialog.notice.text()


def test_a_reference_is_saved_as_a_file(qtbot, dialog, tmp_path, monkeypatch):
    path = tmp_path / "kikkers.ris"
    asked = []

    def choose(_parent, _title, proposed, _filter):
        asked.append(proposed)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.form.setCurrentIndex(dialog.form.findData(RIS))
    qtbot.mouseClick(dialog.save, LEFT)
    assert Path(asked.pop()) == usual_folder() / "kikkers.ris"
    assert path.read_bytes().endswith(b"ER  - \r\n")


def test_a_file_that_cannot_be_written_is_told(dialog, tmp_path):
    dialog.write(tmp_path / "nowhere" / "kikkers.txt")
    assert dialog.notice.text() and not (tmp_path / "nowhere").exists()


def test_without_the_portal_the_citation_of_the_file_stands(qtbot, control, desk, manifest):
    control.fault(kind="status", status=503, path="/collectory/")
    desk.add(manifest)
    desk.actions()["Cite…"].trigger()
    (dialog,) = desk.host.window.findChildren(CitationDialog)
    qtbot.waitUntil(lambda: dialog.notice.text() != "")
    assert "Citaat in het bestand." in dialog.text.toPlainText()


def test_one_click_puts_the_citation_in_a_new_layout(desk, manifest):
    layer = desk.add(manifest)
    desk.actions()["Put Citation in Print Layout"].trigger()
    (layout,) = desk.layouts
    assert layout in desk.host.project.layoutManager().printLayouts()
    (label,) = citations(layout)
    assert label.customProperty(LAYER) == layer.id()
    page = layout.pageCollection().page(0)
    assert "Citaat in het bestand." in label.text()
    assert page.sceneBoundingRect().contains(label.sceneBoundingRect())
    needed = label.sizeForText().height()
    assert label.sizeWithUnits().height() >= needed * 0.8


def test_the_open_layout_gets_it_and_a_second_click_replaces_it(qtbot, dialog, desk):
    layout = QgsPrintLayout(desk.host.project)
    layout.initializeDefaults()
    desk.at_hand = layout
    qtbot.mouseClick(dialog.place, LEFT)
    dialog.form.setCurrentIndex(dialog.form.findData(ENGLISH))
    qtbot.mouseClick(dialog.place, LEFT)
    (label,) = citations(layout)
    assert "Accessed through" in label.text()
    assert desk.layouts == [layout, layout]


def test_citations_of_two_layers_stand_above_each_other(desk, manifest):
    for name in ("kikkers", "padden"):
        desk.add(manifest, name)
        desk.actions()["Put Citation in Print Layout"].trigger()
    layout = desk.layouts[-1]
    first, second = citations(layout)
    assert not first.sceneBoundingRect().intersects(second.sceneBoundingRect())


def test_the_search_opens_in_the_portal(qtbot, desk, manifest):
    desk.add(manifest)
    desk.actions()["Open in Portal"].trigger()
    qtbot.waitUntil(lambda: bool(desk.pages))
    assert desk.pages[0].startswith(f"{manifest.portal}/biocache-hub/occurrences/search?")
    assert "Hyla" in desk.pages[0]


@pytest.mark.parametrize("change", [{"query": {}}, {"portal": "https://other.test"}])
def test_what_has_no_search_here_opens_its_portal(desk, manifest, change):
    desk.add(replace(manifest, **change))
    desk.actions()["Open in Portal"].trigger()
    assert desk.pages == [change.get("portal", manifest.portal)]


def test_a_search_that_cannot_be_told_is_explained(qtbot, control, desk, manifest):
    control.fault(kind="status", status=503, path="/biocache-service")
    long = OccurrenceQuery(text=" OR ".join(f"Hyla{n}" for n in range(3000))).to_json()
    desk.add(replace(manifest, query=long))
    desk.actions()["Open in Portal"].trigger()
    qtbot.waitUntil(lambda: desk.host.message_bar.currentItem() is not None)
    assert desk.pages == []


def test_the_algorithm_opens_with_the_layer(desk, manifest):
    layer = desk.add(manifest)
    desk.actions()["Make Publishable Copy…"].trigger()
    assert desk.algorithms == [(COPY, {"INPUT": layer.id()})]


def test_the_dialog_goes_when_it_is_closed(qtbot, dialog, desk):
    dialog.close()
    qtbot.waitUntil(lambda: not desk.host.window.findChildren(CitationDialog))
