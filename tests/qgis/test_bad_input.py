"""What people ask by mistake: the answer says what it made of it, or what to change."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.gui.occurrences.area_field import AreaChoice
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery, search_params
from biodiv_plugin.use_cases.tell_query import tell_query
from tests.qgis.doubles import spin_until
from tests.qgis.test_area_field import layer_of

BOW_TIE = "POLYGON((120000 170000, 200000 210000, 200000 170000, 120000 210000, 120000 170000))"
LUXEMBOURG = "POLYGON((290000 40000, 300000 40000, 300000 50000, 290000 50000, 290000 40000))"


def in_area(person, shape: str):
    person.panel.area.set_layer(layer_of(shape))
    person.panel.area._buttons[AreaChoice.SELECTION].click()
    return person.counted(30)


def test_a_polygon_that_crosses_itself_means_its_two_halves(person):
    query = in_area(person, BOW_TIE)
    assert QgsGeometry.fromWkt(query.area).isGeosValid()
    assert len(QgsGeometry.fromWkt(query.area).asGeometryCollection()) == 2
    halves = person.section._answer.counted.count
    whole = "POLYGON((120000 170000, 200000 170000, 200000 210000, 120000 210000, 120000 170000))"
    in_area(person, whole)
    assert 0 < halves < person.section._answer.counted.count


def test_an_area_outside_flanders_is_named_as_the_cause(person):
    in_area(person, LUXEMBOURG)
    assert person.section._answer.counted.count == 0
    assert "Outside this area there are" in person.said()
    person.link("area")
    query = person.counted(30)
    assert (query.area, query.flanders_only) == ("", True)
    assert person.section._answer.counted.count > 0


def test_an_unknown_name_is_said_and_asks_nothing(person):
    person.types("Xyzzyx nihil")
    nothing = person.panel.taxa._nothing
    spin_until(nothing.isVisible)
    assert "Xyzzyx nihil" in nothing.text()
    assert person.panel.taxa.taxa() == ()


@pytest.mark.parametrize("count", [0, 1, 10_000_000])
def test_no_records_and_ten_million_are_told_as_people_write_them(count):
    assert tell_query(OccurrenceQuery(), count).startswith(QLocale().toString(count) + " ")


def test_a_period_that_ends_before_it_begins_is_never_sent():
    query = OccurrenceQuery(date_from=date(2020, 5, 1), date_to=date(2020, 4, 30))
    with pytest.raises(InvalidQuery) as raised:
        search_params(query, "")
    assert "change “period”" in explain(raised.value)
