"""The section counts while one asks, says why it finds nothing, and how to find something."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.gui.occurrences.area_field import AreaChoice
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases.count_occurrences import count_occurrences
from biodiv_plugin.use_cases.tell_query import tell_query
from tests.qgis.doubles import in_task, spin, spin_until

SEARCH = "/biocache-service/occurrences/search"
FROG = TaxonRef("2427609", "Hyla arborea", "boomkikker")


def ask(person, query: OccurrenceQuery) -> OccurrenceQuery:
    opened = []
    person.section.desk.opened.connect(opened.append)
    person.section.set_query(query)
    spin_until(lambda: opened)
    return person.counted()


def test_the_whole_of_flanders_is_counted_first(person):
    query = person.section.query()
    assert query == OccurrenceQuery()
    count = person.section._answer.counted.count
    assert person.said().startswith(tell_query(query, count))
    assert "left out by the quality profile" in person.said()
    assert person.panel.period.histogram(), "records per year stand above the slider"


def test_it_counts_after_a_pause_and_not_at_each_change(person, control):
    control.forget_requests()
    for metres in range(100, 1100, 100):
        person.panel.quality.uncertainty.setValue(metres)
    assert not control.requests(SEARCH)
    assert person.section.query() is None, "what was counted is not what is asked now"
    assert not person.section.isHidden()
    spin_until(lambda: person.section.query() is not None)
    assert len(control.requests(SEARCH)) <= 3  # with, without the profile, and per year
    assert person.section.query().max_uncertainty == 1000


def test_the_newest_question_wins(person, control):
    control.fault(kind="latency", path=SEARCH, seconds=1, count=1)
    person.section.count()
    spin(0.1)
    person.panel.quality.validated.setChecked(True)
    person.section.count()
    spin_until(lambda: person.section.query() is not None)
    spin(1.2)
    assert person.section.query().validated_only


def test_each_part_of_the_form_is_in_the_question(person):
    person.panel.taxa.set_taxa([FROG])
    person.panel.period.set_period(date(2000, 1, 1), date(2020, 6, 30), (4, 5))
    person.panel.quality.uncertainty.setValue(250)
    person.panel.quality.validated.setChecked(True)
    person.panel.quality.absent.setChecked(True)
    person.panel.expert.text.setText("*:*")
    person.panel.expert.filters.setPlainText("-sex:unknown\n\nyear:[2001 TO *]")
    query = person.counted()
    assert query == OccurrenceQuery(
        taxa=(FROG,),
        date_from=date(2000, 1, 1),
        date_to=date(2020, 6, 30),
        months=(4, 5),
        max_uncertainty=250.0,
        validated_only=True,
        include_absent=True,
        text="*:*",
        filters=("-sex:unknown", "year:[2001 TO *]"),
    )
    client = person.section._services.occurrences
    assert person.section._answer.counted.count == in_task(lambda fb: client.count(query, fb))


def test_the_slider_and_the_months(person):
    slider = person.panel.period.slider
    slider.setRange(2010, 2015)
    QTest.mouseClick(person.panel.period._months[4], Qt.MouseButton.LeftButton)
    query = person.counted()
    assert (query.date_from, query.date_to) == (date(2010, 1, 1), date(2015, 12, 31))
    assert query.months == (5,)
    assert person.panel.period.words() == "2010-2015"
    assert (
        "May" in person.panel.period.group.header() or "mei" in person.panel.period.group.header()
    )


def test_folded_groups_tell_their_value(person):
    assert "algemeen" in person.panel.quality.header()
    person.panel.quality.uncertainty.setValue(100)
    assert "100" in person.panel.quality.header()
    person.panel.expert.filters.setPlainText("sex:male")
    assert "sex:male" in person.panel.expert.header()
    person.panel.sources.setCollapsed(False)
    spin_until(lambda: person.panel.sources.fields["license"]._list.count())
    person.panel.sources.fields["license"]._list.item(0).setCheckState(Qt.CheckState.Checked)
    label = person.panel.sources.fields["license"].chosen_labels()[0]
    assert label in person.panel.sources.header()


def test_datasets_are_offered_with_their_numbers_and_narrow_the_count(person):
    person.panel.sources.setCollapsed(False)
    datasets = person.panel.sources.fields["dataResourceUid"]
    spin_until(lambda: datasets._list.count())
    item = next(
        datasets._list.item(row)
        for row in range(datasets._list.count())
        if "Florabank" in datasets._list.item(row).text()
    )
    item.setCheckState(Qt.CheckState.Checked)
    query = person.counted()
    assert query.datasets == ("dr103",)
    assert "from the dataset Florabank" in person.said()
    number = item.text().rpartition("(")[2].rstrip(")")
    assert person.said().startswith(number + " ")


def test_a_dataset_is_never_shown_by_its_id(person):
    query = ask(person, OccurrenceQuery(taxa=(FROG,), datasets=("dr104", "dr106")))
    assert query.datasets == ("dr104", "dr106")
    spin_until(lambda: not person.panel.sources.lacks_names())
    assert "Meetnetten.be" in person.panel.sources.header()
    assert "dr1" not in person.panel.sources.header() + person.said()


def test_what_each_profile_leaves_out_is_told_and_can_be_adjusted(person):
    person.panel.quality.setCollapsed(False)
    spin_until(lambda: person.panel.quality._weighed is not None, 15)
    weighed = person.panel.quality._weighed
    boxes = person.panel.quality.categories
    label = next(label for label, removed in weighed.categories.items() if removed)
    assert str(weighed.categories[label]) in boxes[label].text()
    before = person.section._answer.counted
    boxes[label].click()
    query = person.counted()
    assert query.disabled_quality_filters == (label,)
    assert person.section._answer.counted.count > before.count
    assert "adjusted" in person.panel.quality.header()
    combo = person.panel.quality.profile
    combo.setCurrentIndex(combo.findData("VBP_gevalideerd_detail"))
    person.counted()
    assert person.section._answer.counted.count < before.count


def test_an_empty_map_view_tells_how_many_lie_outside_and_goes_there(person):
    person.panel.taxa.set_taxa([FROG])
    person.host.canvas.setExtent(QgsRectangle(25_000, 240_000, 26_000, 241_000))  # at sea
    person.panel.area._buttons[AreaChoice.MAP_VIEW].click()
    person.counted()
    assert person.said().startswith("0 observations")
    assert "Outside this area there are" in person.said()
    assert not person.panel._download.isEnabled()
    person.link("zoom")
    spin_until(lambda: person.host.canvas.extent().width() > 10_000)
    person.counted()
    assert person.section._answer.counted.count > 0


@pytest.mark.parametrize(
    ("change", "part", "sentence"),
    [
        ({"months": (2,), "taxa": (FROG,), "filters": ("-month:2",)}, "months", "In other months"),
        ({"date_to": date(1901, 1, 1), "taxa": (FROG,)}, "dates", "Outside this period"),
        ({"licences": ("none such",), "taxa": (FROG,)}, "licences", "Under other licences"),
        ({"filters": ("sex:none",), "taxa": (FROG,)}, "filters", "Without your own filters"),
    ],
)
def test_the_filter_that_leaves_nothing_is_named_and_can_be_dropped(person, change, part, sentence):
    query = ask(person, OccurrenceQuery(**change))
    assert person.section._answer.counted.count == 0
    assert sentence in person.said()
    person.link(part)
    relaxed = person.counted()
    assert relaxed != query
    assert relaxed.taxa == (FROG,)
    assert person.section._answer.counted.count > 0


def test_nothing_but_the_profile_leaves_out(person):
    ask(person, OccurrenceQuery(filters=('occurrenceStatus:"ABSENT"',), include_absent=True))
    assert "left out by the quality profile" in person.said()
    person.link("profile")
    assert person.counted().quality_profile == ""
    assert person.section._answer.counted.count > 0


def test_several_filters_together(person):
    ask(person, OccurrenceQuery(taxa=(FROG,), licences=("none",), filters=("sex:none",)))
    assert "Without any filter" in person.said()
    person.link("all")
    query = person.counted()
    assert (query.licences, query.filters, query.flanders_only) == ((), (), False)
    assert query.taxa == (FROG,)


def test_a_species_that_the_portal_holds_nothing_of(person):
    ask(person, OccurrenceQuery(taxa=(TaxonRef("999999999", "Nihil nullum"),)))
    assert "The portal holds nothing that fits" in person.said()


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ({"kind": "status", "status": 502}, "problem"),
        ({"kind": "status", "status": 405}, "slow down"),
        ({"kind": "html"}, "cannot be read"),
        ({"kind": "reset", "after": 0}, "cannot be reached"),
        ({"kind": "malformed"}, "cannot be read"),
    ],
)
def test_a_count_that_fails_is_told_and_can_be_tried_again(person, control, fault, word):
    control.fault(path=SEARCH, **fault)
    person.section.count()
    spin_until(lambda: person.panel.notice.isVisible())
    assert word in person.panel.notice.text()
    assert person.said() == ""
    assert not person.panel._download.isEnabled()
    control.clear_faults()
    person.press("Try Again")
    spin_until(lambda: person.section.query() is not None)
    assert not person.panel.notice.isVisible()


def test_a_filter_that_the_portal_cannot_read_is_told(person):
    person.panel.expert.filters.setPlainText('sex:"male')
    person.section.count()
    spin_until(lambda: person.panel.notice.isVisible())
    assert "did not understand" in person.panel.notice.text()


def test_dates_the_wrong_way_round_are_told_before_anything_is_sent(person, control):
    control.forget_requests()
    person.panel.period.set_period(date(2020, 1, 1), date(2010, 1, 1))
    person.section.count()
    spin_until(lambda: person.panel.notice.isVisible())
    assert "period" in person.panel.notice.text()
    assert not control.requests(SEARCH)


def test_a_list_is_found_by_its_name_and_filters(person):
    field = person.panel.lists
    field._edit.setFocus()
    spin_until(lambda: field._model.rowCount(), 15)
    row = next(
        row for row in range(field._model.rowCount()) if "(EU)" in field._model.item(row).text()
    )
    QTest.keyClicks(field._edit, "zorgwekkende")
    spin_until(lambda: field._completer.popup().isVisible())
    QTest.keyClick(field._completer.popup(), Qt.Key.Key_Down)
    QTest.keyClick(field._completer.popup(), Qt.Key.Key_Return)
    spin_until(lambda: field.species_list() is not None)
    assert field.species_list().name == field._model.item(row).text()
    query = person.counted()
    assert query.species_list == field.species_list().list_id
    assert "on the list" in person.said()
    assert person.section._answer.counted.count > 0
    field._edit.clear()
    QTest.keyClicks(field._edit, "x")
    QTest.keyClick(field._edit, Qt.Key.Key_Backspace)
    assert field.species_list() is None


def test_clear_all_and_ask_again(person, control):
    ask(person, OccurrenceQuery(taxa=(FROG,), months=(4,), validated_only=True))
    person.menu("biodiv_query_clear")
    assert person.counted() == OccurrenceQuery()
    control.forget_requests()
    person.panel.bar.refresh_requested.emit()
    spin_until(lambda: person.section.query() is not None)
    assert control.requests(SEARCH)


def test_another_person_means_another_count(person, browse_as):
    public = person.section._answer.counted.count
    browse_as("hilde")
    person.section._sign_in.start()
    services = person.section._services
    spin_until(lambda: services.session.account is not None, 20)
    spin_until(lambda: person.section.query() is not None)
    assert person.panel._download.text() == "Download…"
    assert public > 0


def test_it_is_drawn_for_360_pixels(person):
    ask(person, OccurrenceQuery(taxa=(FROG,)))
    for group in (person.panel.quality, person.panel.sources, person.panel.expert):
        group.setCollapsed(False)
    person.menu("biodiv_area_place")
    person.settled()
    spin(0.1)
    font = person.scroll.font()
    font.setPointSize(9)  # what desktops have; without one it is 12
    person.scroll.setFont(font)
    spin(0.1)
    assert person.scroll.widget().minimumSizeHint().width() <= 344, "and the scroll bar"
    person.scroll.resize(800, 900)
    spin(0.1)
    answer = person.panel._sentence.mapTo(person.panel, person.panel._sentence.rect().topLeft())
    assert answer.x() > 300, "the answer stands beside the question"
    person.scroll.resize(360, 900)
    spin(0.1)
    answer = person.panel._sentence.mapTo(person.panel, person.panel._sentence.rect().topLeft())
    assert answer.x() < 20, "and beneath it again"


def test_counts_name_no_cause_where_there_is_none(services):
    counted = in_task(lambda fb: count_occurrences(OccurrenceQuery(), services.occurrences, (), fb))
    assert counted.without == ()
