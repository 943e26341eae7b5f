"""Notifications that the browser makes, and that are claimed only once the portal shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import Qt

from biodiv_plugin.gui.alerts.form import DATASET, LIST, QUERY
from biodiv_plugin.portal.alerts import AlertPages
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases.subscribe import (
    find_kin,
    notify_of_query,
    notify_of_taxon,
    subscribe,
)
from tests.qgis.doubles import SOMEBODY, in_task, spin_until

HORNET = TaxonRef("1311477", "Vespa velutina", "Aziatische hoornaar")
YELLOW_LEGGED = TaxonRef("6247411", "Vespa velutina nigrithorax")
FROG = TaxonRef("2427605", "Hyla arborea", "boomkikker")
MINE = "/alerts/notification/myAlerts"


def custom(alerts):
    return {alert.name: alert for alert in alerts.settings().custom}


def go_on(alerts):
    """The person sees the notifications in the browser, comes back and goes on."""
    alerts.said("come back and go on")
    spin_until(lambda: alerts.browser.idle())
    alerts.click("Go On")


def test_a_kind_is_subscribed_to_with_one_page(alerts):
    alerts.open("hilde")
    alerts.choose("New or changed datasets")
    assert alerts.panel.change.text() == "Subscribe"
    alerts.panel.change.click()
    alerts.said("You will get mails about “New or changed datasets”.")
    assert len(alerts.browser.opened) == 1
    assert "New or changed datasets" in alerts.names(0)


def test_one_of_several_ends(alerts):
    alerts.open("hilde")
    alerts.choose("All new observations")
    assert alerts.panel.change.text() == "Unsubscribe"
    alerts.panel.change.click()
    alerts.said("You get no more mails about “All new observations”.")
    assert [alert.id for alert in alerts.settings().subscribed] == [8]
    assert alerts.names(0) == ["New or changed species lists"]


def test_the_frequency_changes_when_the_portal_shows_it(alerts):
    alerts.open("hilde")
    box = alerts.panel.frequency
    box.setCurrentIndex(box.findData("daily"))
    box.activated.emit(box.currentIndex())
    assert box.currentData() == "weekly"  # as the portal has it until then
    alerts.said("Your mails now come each day.")
    assert box.currentData() == "daily" == alerts.settings().frequency


def test_a_species_is_notified_of_with_its_subspecies(alerts):
    alerts.open("hilde")
    alerts.section.subscribe_to_taxon(HORNET)
    spin_until(lambda: len(alerts.form.chosen_taxa()) == 2)
    assert [taxon.key for taxon in alerts.form.chosen_taxa()] == ["1311477", "6247411"]
    alerts.form.accept.click()
    go_on(alerts)
    said = alerts.said("You will get mails")
    assert "“Vespa velutina”" in said and "“Vespa velutina nigrithorax”" in said
    assert alerts.browser.opened[0].endswith(MINE)
    assert len(alerts.browser.opened) == 3
    assert len(custom(alerts)) == 2
    assert "Nieuwe records voor Vespa velutina nigrithorax" in alerts.names(0)


def test_a_subspecies_is_notified_of_with_its_species_unless_unticked(alerts, services):
    alerts.open("hilde")
    alerts.section.subscribe_to_taxon(YELLOW_LEGGED)
    spin_until(lambda: len(alerts.form.chosen_taxa()) == 2)
    assert alerts.form.chosen_taxa()[1].key == HORNET.key
    alerts.form._kin[0][1].click()
    assert alerts.form.chosen_taxa() == (YELLOW_LEGGED,)
    genus = TaxonRef("1311334", "Vespa")
    assert in_task(lambda f: find_kin(genus, services.taxa, f)).others == ()


def test_a_second_one_needs_no_page_of_ones_notifications(alerts):
    alerts.open("hilde")
    alerts.section.subscribe_to_list(the_list(alerts, "dr552"))
    go_on(alerts)
    alerts.said("You will get mails")
    alerts.browser.opened.clear()
    alerts.section.subscribe_to_list(the_list(alerts, "dr565"))
    spin_until(lambda: len(custom(alerts)) == 2)
    alerts.said("You will get mails")
    assert len(alerts.browser.opened) == 1
    paths = " ".join(alert.query_path for alert in custom(alerts).values())
    assert "species_list_uid%3Adr552" in paths and "species_list_uid%3Adr565" in paths


def the_list(alerts, druid):
    client = alerts.services.species_lists
    return in_task(lambda feedback: client.info(druid, feedback=feedback))


def test_a_question_is_notified_of_with_its_area(alerts):
    alerts.open("hilde")
    area = "POLYGON((4.3 50.8,4.4 50.8,4.4 50.9,4.3 50.8))"
    query = OccurrenceQuery(taxa=(FROG,), area=area, area_name="Dijleland")
    alerts.section.subscribe_to(query)
    assert alerts.form.kind.currentIndex() == QUERY
    assert alerts.form.name.text() == "boomkikker, Dijleland"
    assert "boomkikker" in alerts.form.sentence.text()
    alerts.qtbot.keyClick(alerts.form.name, Qt.Key.Key_Return)
    go_on(alerts)
    alerts.said("“boomkikker, Dijleland”")
    (alert,) = custom(alerts).values()
    assert "wkt=" in alert.query_path and FROG.key in alert.query_path
    assert "qualityProfile=VBP_algemeen" in alert.query_path


@pytest.mark.parametrize(
    ("kind", "field"), [(DATASET, "data_resource_uid%3A"), (LIST, "species_l")]
)
def test_datasets_and_lists_are_chosen_by_name(alerts, kind, field):
    alerts.open("hilde")
    alerts.panel.new.click()
    alerts.form.kind.setCurrentIndex(kind)
    box = alerts.form.datasets if kind == DATASET else alerts.form.lists
    spin_until(lambda: box.count() > 3)
    assert not alerts.form.accept.isEnabled()
    box.setCurrentIndex(2)
    alerts.form.accept.click()
    go_on(alerts)
    alerts.said("You will get mails")
    (alert,) = custom(alerts).values()
    assert field in alert.query_path


def test_quirk_14_it_is_not_claimed_before_it_is_so_and_can_be_looked_for_again(alerts):
    """The person goes on without a session: the portal answers 302 and subscribes nobody."""
    alerts.open("hilde")
    real, alerts.browser.visits = alerts.browser.visits, lambda url: MINE not in url
    alerts.section.subscribe_to_list(the_list(alerts, "dr552"))
    go_on(alerts)
    said = alerts.said("does not show the change yet")
    assert "Hilde" in said
    assert custom(alerts) == {}
    alerts.browser.visits = real
    alerts.click("Try Again")
    go_on(alerts)
    alerts.said("You will get mails")
    assert len(custom(alerts)) == 1


def test_what_is_so_already_is_not_asked_again(alerts):
    alerts.open("hilde")
    alerts.section.subscribe_to_list(the_list(alerts, "dr552"))
    go_on(alerts)
    alerts.said("You will get mails")
    alerts.browser.opened.clear()
    alerts.section.subscribe_to_list(the_list(alerts, "dr552"))
    alerts.said("It is so already")
    assert alerts.browser.opened == []


def test_without_a_browser_the_page_is_told(alerts):
    alerts.open("hilde")
    alerts.browser.works = False
    alerts.choose("New or changed datasets")
    alerts.panel.change.click()
    assert "/alerts/notification/addMyAlert/" in alerts.said("Open this page yourself")


def test_signed_out_the_wish_goes_on_after_the_sign_in(alerts):
    alerts.open("hilde")
    alerts.services.session.drop()
    alerts.section.subscribe_to_list(the_list(alerts, "dr552"))
    go_on(alerts)
    alerts.said("You will get mails")


def test_a_portal_that_fails_before_is_told_and_nothing_opens(alerts, control):
    alerts.open("hilde")
    control.fault(kind="status", status=503, path="/alerts/api")
    alerts.choose("New or changed datasets")
    alerts.panel.change.click()
    alerts.said("The portal has a problem")
    assert alerts.browser.opened == []


def test_a_moment_without_network_does_not_end_the_looking(alerts, control):
    alerts.open("hilde")
    alerts.choose("New or changed datasets")
    control.fault(kind="reset", path="/alerts/api", skip=1, count=2)
    alerts.panel.change.click()
    alerts.said("You will get mails about")


def test_a_question_too_long_for_an_address_is_offered_as_a_watch(alerts):
    alerts.open("hilde")
    points = ",".join(f"{4 + n / 1000:.6f} {50 + n % 7 / 10:.6f}" for n in range(800))
    query = OccurrenceQuery(taxa=(FROG,), area=f"POLYGON(({points},4 50))")
    alerts.section.subscribe_to(query)
    alerts.form.accept.click()
    alerts.said("too long for a notification", alerts.form.notice)
    with alerts.qtbot.waitSignal(alerts.mail.watch_offered) as offered:
        alerts.click("Watch in QGIS…", alerts.form.notice)
    assert offered.args == [query]


def test_a_private_list_never_gets_into_an_address(alerts):
    alerts.open("hilde")
    query = OccurrenceQuery(species_list="dr711", list_taxa=("1", "2"), list_name="geheim")
    alerts.section.subscribe_to(query)
    alerts.form.accept.click()
    alerts.said("private list", alerts.form.notice)
    assert alerts.browser.opened == []


def test_escape_leaves_the_form(alerts):
    alerts.open("hilde")
    alerts.panel.new.click()
    assert not alerts.panel.isVisible()
    alerts.qtbot.keyClick(alerts.form, Qt.Key.Key_Escape)
    assert alerts.panel.isVisible()


def test_quirk_17_an_administrator_is_named_in_the_pages_that_want_it(alerts):
    pages = AlertPages("https://portal.test")
    alert = type("Alert", (), {"id": 3})()
    assert "userId" not in subscribe(alert, "x", pages, SOMEBODY).url
    admin = replace(SOMEBODY, roles=("ADMIN",))
    assert subscribe(alert, "x", pages, admin).url.endswith("addMyAlert/3?userId=1")


def test_one_name_within_another_is_not_mistaken_for_it():
    pages = AlertPages("https://portal.test")
    species, below = (notify_of_taxon(taxon, pages) for taxon in (HORNET, YELLOW_LEGGED))
    assert species.wanted != below.wanted
    made = type("Alert", (), {"id": 9, "query_path": f"{below.wanted}x", "name": "n"})()
    made.name = "Nieuwe records voor Vespa velutina nigrithorax"
    settings = type("Settings", (), {"custom": (made,), "subscribed": (), "frequency": ""})()
    assert below.is_done(settings) and not species.is_done(settings)
    with pytest.raises(InvalidQuery):
        notify_of_query(OccurrenceQuery(text="qid:12"), "x", pages, "")
