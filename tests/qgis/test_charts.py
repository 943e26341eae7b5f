"""Phenology and trend of a layer: what is counted, the window, and its picture."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeedback,
    QgsGeometry,
    QgsLayerTreeModel,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QDate, QDateTime, QLocale, Qt, QTime
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QFileDialog, QMenu

from biodiv_plugin.gui.downloads.chart_window import VIEW, WEEK, YEAR, ChartWindow
from biodiv_plugin.gui.downloads.menu import DownloadMenu
from biodiv_plugin.layers import phenology
from biodiv_plugin.layers.styles import shows_uncertainty
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.processing.download_observations import DownloadObservations
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import run

LEFT = Qt.MouseButton.LeftButton
WEST, EAST = (150_000, 170_000), (240_000, 170_000)  # Belgian Lambert 72
COLUMNS = "year:integer,month:integer,day:integer,occurrenceStatus:string"
ROWS = (
    (2019, 4, 30, "PRESENT", WEST),
    (2019, 5, 1, "PRESENT", WEST),
    (2021, 4, 2, "PRESENT", EAST),
    (2020, 12, 31, "PRESENT", EAST),  # a Thursday, of the 53rd week
    (2021, 5, None, "PRESENT", WEST),  # no day: in no week
    (2021, None, None, "PRESENT", WEST),  # no month either
    (None, None, None, "PRESENT", WEST),
    (2021, 2, 30, "PRESENT", WEST),  # no such day
    (1066, 4, 1, "PRESENT", WEST),  # a slip of the pen
    (2021, 4, 3, "ABSENT", WEST),
)


def layer_of(columns: str, rows) -> QgsVectorLayer:
    fields = "&".join(f"field={column}" for column in columns.split(","))
    layer = QgsVectorLayer(f"Point?crs=EPSG:31370&{fields}", "kikkers", "memory")
    features = []
    for *values, place in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(values)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


@pytest.fixture
def layer(host):
    layer = layer_of(COLUMNS, ROWS)
    host.project.addMapLayer(layer)
    return layer


def counted(layer, extent=None, **options):
    source = QgsVectorLayerFeatureSource(layer)
    return phenology.count_dates(source, extent, date(2026, 11, 1), **options)


def test_each_record_counts_as_precisely_as_its_date_is_known(layer):
    found = counted(layer)
    assert (found.records, found.absences) == (9, 1)
    assert found.months == (0, 1, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1)
    weeks = {number: count for number, count in enumerate(found.weeks, 1) if count}
    assert weeks == {18: 2, 13: 1, 53: 1}
    assert found.years == ((2019, 2), (2020, 1), (2021, 4))


def test_years_without_records_stand_between_the_others(layer):
    layer.setSubsetString("year <> 2020")
    assert counted(layer).years == ((2019, 2), (2020, 0), (2021, 4))


def test_only_the_part_within_the_extent_counts(layer):
    found = counted(layer, QgsRectangle(200_000, 100_000, 250_000, 200_000))
    assert found.records == 2
    assert found.years == ((2020, 1), (2021, 1))


@pytest.mark.parametrize("kind", ["date", "datetime"])
def test_without_columns_of_their_own_the_date_tells(kind, qgis_app):
    day = QDate(2024, 6, 3)
    value = day if kind == "date" else QDateTime(day, QTime(9, 30))
    found = counted(layer_of(f"eventDate:{kind}", [(value, WEST), (None, WEST)]))
    assert found.months[5] == 1 and found.weeks[22] == 1 and found.years == ((2024, 1),)
    assert found.records == 2


def test_a_year_is_enough_for_the_trend(qgis_app):
    found = counted(layer_of("year:string", [("2024", WEST), ("onbekend", WEST)]))
    assert found.years == ((2024, 1),) and sum(found.months) == 0


def test_a_cancel_is_heard(layer):
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(Canceled):
        counted(layer, feedback=feedback)


@pytest.fixture
def window(layer, services, host, qtbot):
    host.window.resize(600, 400)
    host.window.show()
    window = ChartWindow(layer, services.tasks, host)
    window.show()
    qtbot.waitUntil(lambda: bool(window.chart.bars()))
    yield window
    qtbot.waitUntil(services.tasks.is_idle)


def choose(box, key) -> None:
    box.setCurrentIndex(box.findData(key))


def test_the_window_shows_months_and_lets_one_work_on(window):
    assert not window.isModal()
    bars = window.chart.bars()
    assert [bar.count for bar in bars] == [0, 1, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1]
    assert bars[3].label == QLocale().standaloneMonthName(4, QLocale.FormatType.ShortFormat)
    assert "6 observations" in window.caption.text()
    assert "3 without a date" in window.caption.text()
    assert "1 reported absences" in window.caption.text()


def test_weeks_and_years_need_no_second_count(window):
    choose(window.unit, WEEK)
    assert len(window.chart.bars()) == 53
    choose(window.unit, YEAR)
    assert [(bar.label, bar.count) for bar in window.chart.bars()] == [
        ("2019", 2),
        ("2020", 1),
        ("2021", 4),
    ]


def test_the_chart_follows_the_map(window, host, qtbot):
    choose(window.unit, YEAR)
    host.canvas.setExtent(QgsRectangle(230_000, 160_000, 250_000, 180_000))
    choose(window.part, VIEW)
    qtbot.waitUntil(lambda: [bar.count for bar in window.chart.bars()] == [1, 1])
    host.canvas.setExtent(QgsRectangle(140_000, 160_000, 160_000, 180_000))
    qtbot.waitUntil(lambda: [bar.count for bar in window.chart.bars()] == [2, 0, 3])


def test_a_map_in_degrees_is_the_same_place(window, host, qtbot):
    choose(window.unit, YEAR)
    host.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    host.canvas.setExtent(QgsRectangle(5.5, 50.7, 5.8, 50.95))  # around EAST
    choose(window.part, VIEW)
    qtbot.waitUntil(lambda: [bar.count for bar in window.chart.bars()] == [1, 1])


def test_a_part_without_records_says_so(window, host, qtbot):
    host.canvas.setExtent(QgsRectangle(20_000, 160_000, 30_000, 170_000))
    choose(window.part, VIEW)
    qtbot.waitUntil(lambda: "No observation here" in window.notice.text())
    assert window.chart.bars() == ()


def test_an_edit_of_the_layer_is_counted(window, layer, qtbot):
    layer.setSubsetString("year = 2019")
    qtbot.waitUntil(lambda: sum(bar.count for bar in window.chart.bars()) == 2)


def test_the_picture_is_saved_at_twice_the_size(window, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "k"), ""))
    size = window.figure.size()
    qtbot.mouseClick(window.save, LEFT)
    picture = QImage(str(tmp_path / "k.png"))
    assert picture.size() == size * 2
    colours = {picture.pixel(x, picture.height() // 2) for x in range(picture.width())}
    assert len(colours) > 1  # bars, not an empty sheet
    assert "k.png" in window.notice.text()


def test_a_picture_that_cannot_be_written_is_told(window, tmp_path):
    window.write(tmp_path / "nowhere" / "k.png")
    assert window.notice.text() and not (tmp_path / "nowhere").exists()


def test_the_picture_goes_to_the_clipboard(window, qtbot):
    size = window.figure.size()
    qtbot.mouseClick(window.copy, LEFT)
    assert QgsApplication.clipboard().image().size() == size * 2


def test_the_window_goes_with_its_layer(window, layer, host, qtbot):
    host.project.removeMapLayer(layer.id())
    qtbot.waitUntil(lambda: not host.window.findChildren(ChartWindow))


@pytest.fixture
def downloaded(services, browse_as, host, tmp_path):
    """A downloaded layer, a function that picks an entry of its menu, and one that ends it."""
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    path = tmp_path / "vogels.gpkg"
    run(DownloadObservations(services), {"OUTPUT": str(path), "QUALITY_PROFILE": ""})
    layer = QgsVectorLayer(f"{path}|layername=occurrences", "vogels", "ogr")
    host.project.addMapLayer(layer)
    tree = QgsLayerTreeView(host.window)
    tree.setModel(QgsLayerTreeModel(host.project.layerTreeRoot(), tree))
    own = DownloadMenu(tree, services, host)
    tree.setCurrentLayer(layer)

    def pick(label):
        menu = QMenu()
        tree.contextMenuAboutToShow.emit(menu)
        entries = {action.text(): action for action in menu.actions()[0].menu().actions()}
        entries[label].trigger()

    return layer, pick, own.close


def test_the_menu_of_a_downloaded_layer_opens_it(downloaded, host, qtbot):
    layer, pick, close = downloaded
    pick("Phenology and Trend…")
    (window,) = host.window.findChildren(ChartWindow)
    qtbot.waitUntil(lambda: bool(window.chart.bars()), timeout=20_000)
    choose(window.unit, YEAR)
    years = [f["year"] for f in layer.getFeatures() if f["occurrenceStatus"] != "ABSENT"]
    known = [year for year in years if isinstance(year, int) and year >= phenology.FIRST_YEAR]
    assert sum(bar.count for bar in window.chart.bars()) == len(known) > 0
    close()
    qtbot.waitUntil(lambda: not host.window.findChildren(ChartWindow))


def test_the_menu_draws_the_uncertainty_and_takes_it_away(downloaded):
    layer, pick, close = downloaded
    for label, shown in (("Show Uncertainty", True), ("Hide Uncertainty", False)):
        pick(label)
        assert shows_uncertainty(layer) is shown
    close()
