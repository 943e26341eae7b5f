"""Challenge 7: the grayling in one's own area, from a shapefile or drawn."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.gui.occurrences.area_field import AreaChoice
from tests.qgis.doubles import in_task

EAST = "POLYGON((150000 160000, 260000 160000, 260000 245000, 150000 245000, 150000 160000))"


@pytest.fixture
def shapefile(tmp_path, qgis_new_project):
    """One's own area as ecologists have it: a shapefile in Belgian Lambert 72."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370&field=naam:string", "mijn gebied", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(EAST))
    layer.dataProvider().addFeature(feature)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "ESRI Shapefile"
    path = str(tmp_path / "gebied.shp")
    context = QgsProject.instance().transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, context, options)
    loaded = QgsVectorLayer(path, "mijn gebied", "ogr")
    assert loaded.isValid()
    QgsProject.instance().addMapLayer(loaded)
    return loaded


def inside(newcomer, services) -> int:
    """Return how many of the records lie in the area that was asked, by their coordinates."""
    query = newcomer.section.query()
    area = QgsGeometry.fromWkt(query.area)
    records = in_task(lambda fb: list(services.occurrences.search(query, feedback=fb)))
    located = [r for r in records if r.decimal_longitude is not None]
    for record in located:
        point = QgsGeometry.fromPointXY(
            QgsPointXY(record.decimal_longitude, record.decimal_latitude)
        )
        assert area.buffer(0.001, 4).contains(point)
        assert record.scientific_name.startswith("Hipparchia semele")
    return len(records)


def test_the_grayling_in_a_shapefile(newcomer, services, shapefile):
    newcomer.takes("Hipparchia semele")
    newcomer.counted()
    everywhere = newcomer.section._answer.counted.count
    newcomer.panel.area.set_layer(shapefile)
    newcomer.panel.area._buttons[AreaChoice.SELECTION].click()
    newcomer.counted()
    count = newcomer.section._answer.counted.count
    assert 0 < count < everywhere
    assert inside(newcomer, services) == count
    assert "in mijn gebied" in newcomer.said()


def test_the_grayling_in_a_drawn_area(newcomer, services):
    newcomer.takes("Hipparchia semele")
    newcomer.menu("biodiv_area_drawn")
    for x, y in ((155_000, 165_000), (250_000, 165_000), (250_000, 240_000), (155_000, 240_000)):
        newcomer.clicks_map(x, y)
    assert "km²" in newcomer.panel.area.note()
    QTest.keyClick(newcomer.host.canvas, Qt.Key.Key_Return)
    newcomer.counted()
    assert inside(newcomer, services) == newcomer.section._answer.counted.count > 0
