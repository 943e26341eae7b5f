"""Notifications of what is new in an area of the portal, and of lists that it cannot expand."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLineEdit

from biodiv_plugin.gui.alerts.form import LIST, REGION
from biodiv_plugin.gui.alerts.region_page import GROUP, TAXON
from biodiv_plugin.portal.alerts import AlertPages
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.use_cases.resolve_list import ListFilter
from biodiv_plugin.use_cases.subscribe import Region, notify_of_found, notify_of_region
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.test_subscribe import custom, go_on

HORNETS = "drt1718888888123"
PAGES = AlertPages("https://portal.test")


@pytest.fixture
def form(alerts):
    alerts.open("hilde")
    alerts.panel.new.click()
    alerts.form.kind.setCurrentIndex(REGION)
    return alerts.form


def choose_area(alerts, text):
    line = alerts.form.region.line
    line.clear()
    alerts.qtbot.keyClicks(line, text)
    spin_until(lambda: line._model.rowCount() > 0)
    alerts.qtbot.keyClick(line, Qt.Key.Key_Return)


def test_all_that_is_new_in_an_area(alerts, form):
    assert not form.accept.isEnabled()
    choose_area(alerts, "Genk")
    area = form.region.region().area
    form.accept.click()
    go_on(alerts)
    assert f"“{area.name}”" in alerts.said("You will get mails")
    (alert,) = custom(alerts).values()
    asked = f'/occurrences/search?q={area.field_id}:"{area.name}"&fq=first_loaded_date:['
    assert alert.query_path.startswith(asked)


def test_one_species_in_an_area(alerts, form):
    choose_area(alerts, "Genk")
    form.region.of.setCurrentIndex(TAXON)
    assert not form.accept.isEnabled()
    field = form.region.taxon.findChild(QLineEdit)
    alerts.qtbot.keyClicks(field, "boomkikker")
    spin_until(lambda: form.region.taxon._model.rowCount() > 0)
    alerts.qtbot.keyClick(field, Qt.Key.Key_Return)
    spin_until(form.accept.isEnabled)
    key = form.region.region().taxon.key
    form.accept.click()
    go_on(alerts)
    assert "“Hyla arborea, Genk”" in alerts.said("You will get mails")
    (alert,) = custom(alerts).values()
    assert f"/occurrences/taxon/{key}?fq=" in alert.query_path


def test_a_group_of_species_in_an_area(alerts, form):
    choose_area(alerts, "Genk")
    form.region.of.setCurrentIndex(GROUP)
    groups = form.region.groups
    spin_until(lambda: groups.count() > 2)
    assert groups.findData("ALL_SPECIES") < 0
    assert not form.accept.isEnabled()
    groups.setCurrentIndex(groups.findData("Amphibians"))
    form.accept.click()
    go_on(alerts)
    alerts.said("You will get mails")
    (alert,) = custom(alerts).values()
    assert "&fq=species_group:Amphibians&" in alert.query_path


def test_an_area_that_the_portal_does_not_know_is_said(alerts, form):
    alerts.qtbot.keyClicks(form.region.line, "Nergenshuizen")
    spin_until(form.region.note.isVisible)
    assert "Nergenshuizen" in form.region.note.text()
    assert not form.accept.isEnabled()


def test_what_is_typed_after_a_choice_is_no_choice(alerts, form):
    choose_area(alerts, "Genk")
    assert form.accept.isEnabled()
    alerts.qtbot.keyClicks(form.region.line, "x")
    assert not form.accept.isEnabled()


@pytest.mark.parametrize(
    "area", [PortalArea("1", "Elders", field_id="cl22"), PortalArea("1", "Nergens")]
)
def test_an_area_without_records_by_its_layer_would_never_mail(alerts, form, area):
    form.region._on_area(area)
    form.accept.click()
    alerts.said("no mail would come", form.notice)
    assert alerts.browser.opened == []


def test_a_portal_that_fails_meanwhile_is_told_in_the_form(alerts, form, control):
    choose_area(alerts, "Genk")
    control.fault(kind="status", status=503, path="/biocache-service")
    form.accept.click()
    alerts.said("The portal has a problem", form.notice)
    assert alerts.browser.opened == []


def test_a_name_with_quotes_would_be_another_question():
    area = PortalArea("1", 'Het "Bos"', field_id="cl22")
    with pytest.raises(InvalidQuery) as refused:
        notify_of_region(Region(area), PAGES)
    assert refused.value.part == "area"


def test_quirk_18_a_list_of_the_development_portal_is_mailed_about_by_its_taxa(alerts):
    """The portal cuts its id at "dr", finds no such list, and would mail about everything."""
    alerts.open("hilde")
    alerts.panel.new.click()
    alerts.form.kind.setCurrentIndex(LIST)
    box = alerts.form.lists
    spin_until(lambda: box.findData(HORNETS) >= 0)
    box.setCurrentIndex(box.findData(HORNETS))
    alerts.form.accept.click()
    go_on(alerts)
    assert "“Hoornaars (ontwikkelomgeving)”" in alerts.said("You will get mails")
    (alert,) = custom(alerts).values()
    asked = parse_qs(urlsplit(alert.query_path).query)
    assert "species_list" not in alert.query_path
    assert any(clause.count("1311477") for clause in asked["fq"])


def test_a_long_list_of_that_kind_is_offered_as_a_watch(alerts, monkeypatch):
    alerts.open("hilde")
    found = ListFilter(HORNETS, "Lang", tuple(map(str, range(10_000_000, 10_002_000))))
    alerts.mail._accept_found(found)
    alerts.said("too long for a notification")
    with alerts.qtbot.waitSignal(alerts.mail.watch_offered) as offered:
        alerts.click("Watch in QGIS…")
    assert offered.args[0].species_list == HORNETS


def test_a_private_list_of_that_kind_goes_into_no_address():
    with pytest.raises(InvalidQuery) as refused:
        notify_of_found(ListFilter(HORNETS, "geheim", ("1",), private=True), PAGES, "")
    assert refused.value.part == "private_list"


def test_quirk_09_a_list_without_a_known_name_would_mail_about_everything(alerts):
    """The portal drops the clause, and says nothing."""
    alerts.open("hilde")
    info = in_task(lambda f: alerts.services.species_lists.info("dr703", feedback=f))
    alerts.section.subscribe_to_list(info)
    alerts.said("knows none of the names")
    spin_until(alerts.services.tasks.is_idle)
    assert alerts.browser.opened == []


def test_another_public_list_is_mailed_about_by_its_number(alerts):
    alerts.open("hilde")
    info = in_task(lambda f: alerts.services.species_lists.info("dr702", feedback=f))
    assert not info.authoritative
    alerts.section.subscribe_to_list(info)
    go_on(alerts)
    alerts.said("You will get mails")
    (alert,) = custom(alerts).values()
    assert "species_list%3Adr702" in alert.query_path or "species_list:dr702" in alert.query_path
