"""Is it good enough? From counts alone, checked against the records themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.gui.occurrences.bar_chart import Bar, BarChart
from biodiv_plugin.gui.occurrences.judge_panel import STEPS
from biodiv_plugin.portal.query import VALIDATED_STATUSES, OccurrenceQuery
from biodiv_plugin.use_cases.judge_occurrences import judge_occurrences
from biodiv_plugin.use_cases.tell_judgement import tell_judgement
from biodiv_plugin.use_cases.weigh_profiles import weigh_profiles
from tests.qgis.doubles import in_task, spin, spin_until

ANIMALS = OccurrenceQuery(filters=('speciesGroup:"Amphibians"',))


@pytest.fixture
def judged(services):
    return in_task(lambda fb: judge_occurrences(ANIMALS, services.occurrences, fb))


@pytest.fixture
def records(services):
    return in_task(lambda fb: list(services.occurrences.search(ANIMALS, feedback=fb)))


def test_the_spread_is_that_of_the_records(judged, records):
    assert judged.count == len(records) > 20
    assert dict(judged.years) == Counter(r.year for r in records if r.year)
    assert dict(judged.months) == Counter(r.month for r in records if r.month)
    known = [r.coordinate_uncertainty for r in records if r.coordinate_uncertainty is not None]
    assert judged.unknown_uncertainty == len(records) - len(known)
    for metres in STEPS:
        assert judged.within(metres) == sum(value <= metres for value in known)
    assert judged.since(2020) == sum((r.year or 0) >= 2020 for r in records)
    assert judged.validated == sum(r.verification_status in VALIDATED_STATUSES for r in records)
    assert judged.blurred == sum(r.sensitive == "generalised" for r in records)
    names = {share.value: share.count for share in judged.shares["dataResourceUid"]}
    assert names == Counter(r.data_resource_uid for r in records)


def test_what_is_left_out_is_counted(judged, services):
    client = services.occurrences
    everywhere = replace(ANIMALS, flanders_only=False)
    assert (
        judged.outside_flanders == in_task(lambda fb: client.count(everywhere, fb)) - judged.count
    )
    unfiltered = replace(ANIMALS, quality_profile="")
    assert (
        judged.removed_by_profile == in_task(lambda fb: client.count(unfiltered, fb)) - judged.count
    )
    inside = in_task(lambda fb: judge_occurrences(everywhere, client, fb))
    assert inside.outside_flanders == judged.outside_flanders


def test_nobody_reads_a_record_for_it(services, control):
    control.forget_requests()
    in_task(lambda fb: judge_occurrences(ANIMALS, services.occurrences, fb))
    asked = control.requests("/biocache-service/")
    assert 0 < len(asked) <= 4
    assert {request["path"] for request in asked} == {"/biocache-service/occurrences/search"}


def test_the_person_with_a_right_to_exact_places_is_told_so(services, browse_as, person):
    browse_as("hilde")
    person.section._sign_in.start()
    spin_until(lambda: services.session.account is not None, 20)
    person.settled()
    query = OccurrenceQuery()
    judged = in_task(lambda fb: judge_occurrences(query, services.occurrences, fb))
    assert judged.exact > 0
    assert judged.blurred == 0
    assert "do not publish" in " ".join(tell_judgement(judged))


def test_gaps_and_shares_are_told(judged):
    years = ((1990, 3), (1995, 1), (1996, 2), (1998, 4))
    told = " ".join(tell_judgement(replace(judged, count=10, years=years)))
    assert "1991-1994, 1997" in told
    assert "% is validated" in told


def test_a_profile_and_its_parts_are_weighed(services):
    profiles = in_task(lambda fb: services.quality.profiles(fb))
    client = services.occurrences
    weighed = in_task(lambda fb: weigh_profiles(OccurrenceQuery(), profiles, client, fb))
    for profile in profiles:
        query = OccurrenceQuery(quality_profile=profile.short_name)
        stays = in_task(lambda fb, query=query: client.count(query, fb))
        assert weighed.profiles[profile.short_name] == weighed.total - stays
    assert max(weighed.categories.values()) <= weighed.profiles["VBP_algemeen"]
    assert sum(weighed.categories.values()) >= weighed.profiles["VBP_algemeen"] > 0


def test_the_panel_judges_and_its_sliders_tell_how_many_survive(person):
    person.press("Is This Good Enough?")
    panel = person.panel.judge
    spin_until(lambda: panel._judged is not None, 15)
    judged = panel._judged
    assert judged.count == person.section._answer.counted.count
    assert "% is validated" in panel.summary()
    assert sum(bar.count for bar in panel.years.bars()) == judged.count - judged.unknown_year
    assert sum(bar.count for bar in panel.uncertainties.bars()) == judged.count
    assert len(panel.months.bars()) == 12
    panel.within.slider.setValue(STEPS.index(100))
    assert f"{judged.within(100):,}" in panel.within.words()
    assert not panel.uncertainties.bars()[-1].kept
    QTest.mouseClick(panel.within.button, Qt.MouseButton.LeftButton)
    assert person.counted().max_uncertainty == 100
    assert person.section._answer.counted.count == judged.within(100)


def test_what_opens_beneath_a_low_dock_comes_in_sight(person):
    person.counted()
    person.scroll.resize(400, 500)
    spin(0.1)
    bar, view = person.scroll.verticalScrollBar(), person.scroll.viewport()
    for part, open_it in (
        (person.panel.judge, lambda: person.press("Is This Good Enough?")),
        (person.section.form, person.section._show_form),
    ):
        bar.setValue(0)
        open_it()
        spin_until(lambda part=part: bar.value() > 0, 15)
        top = part.mapTo(view, QPoint(0, 0)).y()
        assert 0 <= top < view.height()
        assert top == 0 or top + part.height() <= view.height()
    person.settled()
    bar.setValue(0)
    person.panel.quality.validated.setChecked(True)
    person.counted()
    person.settled()
    spin(0.1)
    assert bar.value() == 0, "who changes the question is not taken away from it"


def test_the_year_that_survives_is_set(person):
    person.press("Is This Good Enough?")
    panel = person.panel.judge
    spin_until(lambda: panel._judged is not None, 15)
    panel.since.slider.setValue(2020)
    survive = panel._judged.since(2020)
    QTest.mouseClick(panel.since.button, Qt.MouseButton.LeftButton)
    assert person.counted().date_from.year == 2020
    assert person.section._answer.counted.count == survive


def test_judging_follows_the_question_and_its_failure_is_told(person, control):
    person.press("Is This Good Enough?")
    panel = person.panel.judge
    spin_until(lambda: panel._judged is not None, 15)
    before = panel._judged.count
    person.panel.quality.validated.setChecked(True)
    person.counted()
    spin_until(lambda: panel._judged.count < before, 15)
    control.fault(kind="status", status=503, path="/biocache-service/")
    person.section._judge()
    spin_until(lambda: person.panel.notice.isVisible())
    person.press("Is This Good Enough?")
    assert not panel.isVisible()


def test_charts_tell_a_screen_reader_what_they_show(qtbot):
    chart = BarChart("Licences", upright=False)
    qtbot.addWidget(chart)
    chart.set_bars([Bar("CC0", 1204), Bar("CC-BY", 3)])
    assert chart.accessibleName() == "Licences"
    assert chart.accessibleDescription() == "CC0: 1,204; CC-BY: 3"
    chart.resize(200, chart.sizeHint().height())
    image = chart.grab().toImage()
    colours = {image.pixel(x, 6) for x in range(0, 200, 2)}
    assert len(colours) > 1
