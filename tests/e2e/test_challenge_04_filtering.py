"""Challenge 4: the plants of the province of Limburg; check the number, change the filters."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.portal.query import OccurrenceQuery
from tests.qgis.doubles import in_task, spin_until


def test_plants_of_limburg(newcomer, services):
    newcomer.menu("biodiv_area_portal_area")
    line = newcomer.panel.area.portal_line
    QTest.keyClicks(line, "Limburg")
    spin_until(lambda: line._model.rowCount())
    assert "Provincies" in line._model.item(0).text()
    QTest.keyClick(line, Qt.Key.Key_Return)
    newcomer.takes("Plantae")
    query = newcomer.counted()
    assert query.area_name == "Limburg"
    plants = newcomer.section._answer.counted.count
    inside = OccurrenceQuery(
        filters=('kingdom:"Plantae"', 'stateProvince:"Limburg"'), flanders_only=False
    )
    expected = in_task(lambda fb: services.occurrences.count(inside, fb))
    assert plants > 0
    assert abs(plants - expected) <= 0.05 * expected, "a blurred record may lie over the border"
    assert "in Limburg" in newcomer.said()

    newcomer.panel.quality.setCollapsed(False)
    newcomer.panel.quality.validated.click()
    newcomer.counted()
    validated = newcomer.section._answer.counted.count
    assert 0 < validated < plants
    newcomer.panel.quality.uncertainty.setValue(100)
    newcomer.counted()
    assert newcomer.section._answer.counted.count < validated
