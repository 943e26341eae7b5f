"""Nobody passes on exact places of sensitive species unknowingly."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from qgis.core import QgsLayerTreeModel, QgsMapLayerStyle, QgsVectorFileWriter, QgsVectorLayer
from qgis.gui import QgsGui, QgsLayerTreeView, QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QMainWindow, QMenu, QPushButton, QToolBar

from biodiv_plugin.gui.downloads.menu import COPY
from biodiv_plugin.gui.guard.banner import BANNER, BannerProvider, embed, has_embedded
from biodiv_plugin.gui.guard.layout_banner import LayoutBanner
from biodiv_plugin.gui.guard.warnings import SensitiveGuard
from biodiv_plugin.layers.guard import high_resolution_layers, is_high_resolution, manifest_of
from biodiv_plugin.layers.layer_metadata import describe_layer
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, NONE, Manifest, write_manifest


def manifest(sensitivity: str) -> Manifest:
    return Manifest(
        created="2026-05-03T10:00:00+00:00",
        plugin="0.1.0",
        qgis="3.40",
        environment="demo",
        portal="https://portal.test",
        words={"nl": "De uilen", "en": "All owls"},
        query={},
        request={},
        job="job-1",
        announced=1,
        received=1,
        sources=(),
        quality_profile="",
        removed_by_profile=None,
        crs="EPSG:31370",
        transformation="",
        sensitivity=sensitivity,
        citation="Uilen. Geraadpleegd via het portaal.",
        archive_sha256="",
        records_sha256="",
    )


@pytest.fixture
def layer_of(tmp_path, qgis_new_project):
    """A function that writes a file with a manifest, and opens it."""

    def make(sensitivity: str, name: str = "uilen") -> QgsVectorLayer:
        path = tmp_path / f"{name}.gpkg"
        memory = QgsVectorLayer("Point?crs=EPSG:31370&field=recordID:string", name, "memory")
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.layerName = "occurrences"
        context = memory.transformContext()
        QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(path), context, options)
        write_manifest(manifest(sensitivity), path)
        return QgsVectorLayer(f"{path}|layername=occurrences", name, "ogr")

    return make


@pytest.fixture
def tree(qtbot, host):
    view = QgsLayerTreeView(host.window)
    model = QgsLayerTreeModel(host.project.layerTreeRoot(), view)
    model.setFlag(QgsLayerTreeModel.Flag.UseEmbeddedWidgets)
    view.setModel(model)
    return view


@pytest.fixture
def opened():
    return []


@pytest.fixture
def guard(tree, host, opened):
    host = replace(host, open_algorithm=lambda name, parameters: opened.append((name, parameters)))
    guard = SensitiveGuard(tree, host)
    guard.host = host
    yield guard
    guard.close()


def marks(tree, project, layer):
    return tree.indicators(project.layerTreeRoot().findLayer(layer))


def test_a_layer_is_known_by_its_file(layer_of):
    assert is_high_resolution(layer_of(HIGH_RESOLUTION, "a"))
    assert not is_high_resolution(layer_of(NONE, "b"))
    assert not is_high_resolution(QgsVectorLayer("Point", "mine", "memory"))


def test_a_file_without_manifest_is_not_flagged(tmp_path):
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    assert manifest_of(QgsVectorLayer(str(path), "mine", "ogr")) is None


def test_a_copy_made_by_qgis_is_known_by_its_metadata(tmp_path, layer_of):
    layer = layer_of(HIGH_RESOLUTION)
    describe_layer(layer, manifest_of(layer))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.saveMetadata = True
    options.layerMetadata = layer.metadata()
    path = str(tmp_path / "export.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, layer.transformContext(), options)
    copy = QgsVectorLayer(f"{path}|layername=export", "copy", "ogr")
    assert manifest_of(copy) is None
    assert is_high_resolution(copy)


def test_such_a_layer_is_marked_and_others_are_not(qtbot, guard, tree, layer_of):
    project = guard.host.project
    exact, public = layer_of(HIGH_RESOLUTION, "exact"), layer_of(NONE, "public")
    project.addMapLayers([exact, public])
    qtbot.waitUntil(lambda: bool(marks(tree, project, exact)))
    (mark,) = marks(tree, project, exact)
    assert "30 m" in mark.toolTip() and not mark.icon().isNull()
    assert marks(tree, project, public) == []
    assert has_embedded(exact, BANNER) and not has_embedded(public, BANNER)
    assert high_resolution_layers(project) == [exact]


def test_the_mark_goes_along_when_the_layer_is_moved(qtbot, guard, tree, layer_of):
    project, layer = guard.host.project, layer_of(HIGH_RESOLUTION)
    project.addMapLayer(layer)
    qtbot.waitUntil(lambda: bool(marks(tree, project, layer)))
    root = project.layerTreeRoot()
    node = root.findLayer(layer)
    group = root.addGroup("map")
    group.addChildNode(node.clone())
    root.removeChildNode(node)
    qtbot.waitUntil(lambda: len(marks(tree, project, layer)) == 1)


def test_an_opened_project_is_marked_though_events_run_before_its_layers_are_there(
    qtbot, guard, tree, layer_of, tmp_path
):
    project, layer = guard.host.project, layer_of(HIGH_RESOLUTION)
    project.addMapLayer(layer)
    path = str(tmp_path / "map.qgz")
    assert project.write(path)
    project.clear()
    project.layerLoaded.connect(QCoreApplication.processEvents)  # as the progress of QGIS does
    try:
        assert project.read(path)
    finally:
        project.layerLoaded.disconnect(QCoreApplication.processEvents)
    (layer,) = project.mapLayers().values()
    qtbot.waitUntil(lambda: bool(marks(tree, project, layer)))


def test_the_mark_goes_when_the_layer_shows_another_file(qtbot, guard, tree, layer_of):
    project, layer = guard.host.project, layer_of(HIGH_RESOLUTION, "exact")
    project.addMapLayer(layer)
    qtbot.waitUntil(lambda: bool(marks(tree, project, layer)))
    layer.setDataSource(layer_of(NONE, "public").source(), "public", "ogr")
    qtbot.waitUntil(lambda: not marks(tree, project, layer))
    assert not has_embedded(layer, BANNER)


def test_a_style_that_was_pasted_brings_no_banner(qtbot, guard, layer_of):
    exact, public = layer_of(HIGH_RESOLUTION, "exact"), layer_of(NONE, "public")
    embed(exact, "opacity")  # of somebody else: stays
    embed(exact, BANNER)
    style = QgsMapLayerStyle()
    style.readFromLayer(exact)
    style.writeToLayer(public)
    guard.host.project.addMapLayer(public)
    qtbot.waitUntil(lambda: not has_embedded(public, BANNER))
    assert has_embedded(public, "opacity")


def test_the_banner_tells_what_to_do(qtbot, layer_of):
    layer = layer_of(HIGH_RESOLUTION)
    provider = BannerProvider()
    assert provider.supportsLayer(layer)
    banner = provider.createWidget(layer, 0)
    qtbot.addWidget(banner)
    assert "publish" in banner.accessibleName() and "Cite" in banner.toolTip()


def test_a_click_on_the_mark_explains_and_offers_a_copy(qtbot, guard, tree, layer_of, opened):
    project, layer = guard.host.project, layer_of(HIGH_RESOLUTION)
    project.addMapLayer(layer)
    qtbot.waitUntil(lambda: bool(marks(tree, project, layer)))
    marks(tree, project, layer)[0].clicked.emit(tree.currentIndex())
    item = guard.host.message_bar.currentItem()
    assert "do not pass it on" in item.text()
    (button,) = [b for b in item.findChildren(QPushButton) if "Copy" in b.text()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [(COPY, {"INPUT": layer.id()})]


def test_saving_the_project_warns_once(qtbot, guard, tmp_path, layer_of):
    project, bar = guard.host.project, guard.host.message_bar
    project.addMapLayer(layer_of(NONE, "public"))
    assert project.write(str(tmp_path / "map.qgz"))
    assert bar.currentItem() is None
    project.addMapLayer(layer_of(HIGH_RESOLUTION, "exact"))
    assert project.write(str(tmp_path / "map.qgz"))
    assert "(exact)" in bar.currentItem().text()
    bar.clearWidgets()
    assert project.write(str(tmp_path / "map.qgz"))
    assert bar.currentItem() is None
    assert project.write(str(tmp_path / "copy.qgz"))
    assert bar.currentItem() is not None


def test_the_export_menu_warns_of_a_marked_layer_only(guard, tree, layer_of):
    project, bar = guard.host.project, guard.host.message_bar
    exact, public = layer_of(HIGH_RESOLUTION, "exact"), layer_of(NONE, "public")
    project.addMapLayers([exact, public])

    def open_export():
        bar.clearWidgets()
        menu = QMenu()
        title = QCoreApplication.translate("QgsAppLayerTreeViewMenuProvider", "E&xport")
        export = menu.addMenu(title)
        tree.contextMenuAboutToShow.emit(menu)
        export.aboutToShow.emit()
        return bar.currentItem()

    tree.setCurrentLayer(public)
    assert open_export() is None
    tree.setCurrentLayer(exact)
    assert "exact" in open_export().text()


def test_save_as_in_the_menu_bar_warns(guard, tree, layer_of):
    layer = layer_of(HIGH_RESOLUTION)
    guard.host.project.addMapLayer(layer)
    tree.setCurrentLayer(layer)
    action = QAction("Save As…")
    action.triggered.connect(guard.warn_of_export)
    action.trigger()
    action.trigger()
    assert len(guard.host.message_bar.items()) == 1


def test_copied_features_are_warned_of(guard, tree, layer_of):
    bar = guard.host.message_bar
    exact, public = layer_of(HIGH_RESOLUTION, "exact"), layer_of(NONE, "public")
    guard.host.project.addMapLayers([exact, public])
    tree.setCurrentLayer(public)
    guard.warn_of_copy()
    assert bar.currentItem() is None
    tree.setCurrentLayer(exact)
    guard.warn_of_copy()
    assert "copied from “exact”" in bar.currentItem().text()


def test_a_file_that_was_made_is_named(guard, layer_of):
    bar = guard.host.message_bar
    guard.warn_of_file(layer_of(NONE, "public"), "/data/public.shp")
    assert bar.currentItem() is None
    guard.warn_of_file(layer_of(HIGH_RESOLUTION, "exact"), "/data/copy.shp")
    assert bar.currentItem().text().startswith("copy.shp holds exact places")


def test_the_menu_that_exports_the_map_warns(guard, layer_of):
    bar = guard.host.message_bar
    guard.warn_of_map()
    assert bar.currentItem() is None
    guard.host.project.addMapLayer(layer_of(HIGH_RESOLUTION))
    guard.warn_of_map()
    assert "(uilen)" in bar.currentItem().text()


class Designer(QObject):
    """The window of a print layout, as QGIS hands it out."""

    layoutExported = pyqtSignal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self._window = QMainWindow()
        self._bar = QgsMessageBar(self._window)

    def window(self) -> QMainWindow:
        return self._window

    def messageBar(self) -> QgsMessageBar:
        return self._bar

    def banners(self) -> list[str]:
        shown = self._window.findChildren(LayoutBanner)
        return [f"{banner.toolTip()} {banner.text.text()}" for banner in shown if banner.holds()]


@pytest.fixture
def designer(qtbot):
    designer = Designer()
    qtbot.addWidget(designer.window())
    return designer


def test_a_print_layout_has_a_banner_while_it_may_show_such_a_layer(
    qtbot, guard, layer_of, designer, opened
):
    project = guard.host.project
    guard.warn_in_layout(designer)
    assert designer.banners() == []
    layer = layer_of(HIGH_RESOLUTION)
    project.addMapLayer(layer)  # while the window is open
    (told,) = designer.banners()
    assert told.startswith("uilen") and "do not publish" in told
    (button,) = designer.window().findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [(COPY, {"INPUT": layer.id()})]
    project.removeMapLayer(layer.id())
    qtbot.waitUntil(lambda: designer.banners() == [])


def test_an_exported_layout_is_warned_of_in_its_window(guard, layer_of, designer):
    guard.warn_in_layout(designer)
    designer.layoutExported.emit()
    assert designer.messageBar().currentItem() is None
    guard.host.project.addMapLayer(layer_of(HIGH_RESOLUTION))
    designer.layoutExported.emit()
    assert "uilen" in designer.messageBar().currentItem().text()


def test_a_closed_layout_is_forgotten(guard, layer_of):
    designer = Designer()
    guard.warn_in_layout(designer)
    sip.delete(designer.window())
    guard.host.project.addMapLayer(layer_of(HIGH_RESOLUTION))
    assert guard._living() == []


def test_the_banner_goes_with_the_plugin(tree, host, layer_of, designer):
    guard = SensitiveGuard(tree, host)
    host.project.addMapLayer(layer_of(HIGH_RESOLUTION))
    guard.warn_in_layout(designer)
    assert designer.banners()
    guard.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert designer.window().findChildren(QToolBar) == []
    designer.layoutExported.emit()
    assert designer.messageBar().currentItem() is None


def test_no_message_stays_without_its_plugin(tree, host, layer_of):
    guard = SensitiveGuard(tree, host)
    guard.warn_of_file(layer_of(HIGH_RESOLUTION), "/data/copy.shp")
    assert host.message_bar.currentItem() is not None
    guard.close()
    assert host.message_bar.items() == []


def test_all_is_taken_back(qtbot, tree, host, layer_of):
    guard, layer = SensitiveGuard(tree, host), layer_of(HIGH_RESOLUTION)
    host.project.addMapLayer(layer)
    qtbot.waitUntil(lambda: bool(marks(tree, host.project, layer)))
    guard.close()
    assert marks(tree, host.project, layer) == [] and not has_embedded(layer, BANNER)
    assert QgsGui.layerTreeEmbeddedWidgetRegistry().provider(BANNER) is None
