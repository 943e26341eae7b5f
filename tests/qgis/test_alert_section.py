"""The notifications by mail: what is shown, and what a program may do itself."""

from __future__ import annotations

import logging

import pytest
from qgis.core import QgsFeedback

from biodiv_plugin.portal.alerts import AlertSettings, parse_alert
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.use_cases.read_alerts import (
    Notifications,
    name_alert,
    name_frequency,
    read_alerts,
    tell_alerts,
)
from tests.qgis.doubles import in_task, spin_until


def test_signed_out_one_is_told_what_a_sign_in_adds(alerts):
    alerts.open()
    assert "Sign in" in alerts.panel.state()
    assert not alerts.panel.tree.isVisible()


def test_the_button_signs_in_and_then_shows_the_notifications(alerts, browse_as):
    browse_as("hilde")
    alerts.open()
    alerts.panel.begin.click()
    spin_until(lambda: alerts.names(0))
    assert alerts.names(0) == ["All new observations", "New or changed species lists"]


def test_what_one_hears_of_is_shown_with_its_frequency(alerts):
    alerts.open("hilde")
    assert len(alerts.names(0)) == 2
    assert alerts.panel.frequency.currentData() == "weekly"
    assert alerts.panel.frequency.currentText() == "each week"
    told = alerts.settings()
    assert {one.alert.id for one in alerts.panel.found().subscribed} == {
        alert.id for alert in told.subscribed
    }


def test_kinds_that_mean_nothing_in_flanders_are_not_offered(alerts):
    alerts.open("hilde")
    assert len(alerts.settings().available) == 6
    assert alerts.names(1) == [
        "New annotations of observations",
        "New observations with a picture",
        "New datasets of observations",
        "New or changed datasets",
    ]


def test_the_search_keeps_what_has_the_words(alerts):
    alerts.open("hilde")
    alerts.qtbot.keyClicks(alerts.panel.search, "dataset")
    shown = [item.text(0) for item in alerts.panel._items() if not item.isHidden()]
    assert shown == ["New datasets of observations", "New or changed datasets"]


def test_who_never_used_notifications_is_registered_when_they_agree(alerts, control):
    alerts.open("citizen")
    assert "noor@burger.example" in alerts.panel.state()
    asked = [one["path"] for one in control.requests("/alerts/api")]
    assert not [path for path in asked if "createAlerts" in path]
    alerts.panel.begin.click()
    spin_until(lambda: alerts.panel.tree.isVisible())
    assert "no mails yet" in alerts.panel.state()
    assert alerts.settings().frequency == "weekly"


def test_without_an_address_one_is_sent_to_the_profile(alerts):
    alerts.panel.show_found(Notifications(known=False), "")
    assert "no e-mail address" in alerts.panel.state()
    assert not alerts.panel.begin.isVisible()


def test_quirk_16_all_end_after_a_confirmation_that_names_each(alerts):
    alerts.open("hilde")
    alerts.panel.end_all.trigger()
    said = alerts.said("End all of these?")
    assert "All new observations" in said and "New or changed species lists" in said
    assert len(alerts.settings().subscribed) == 2
    alerts.click("End All 2")
    alerts.said("All notifications have ended")
    assert alerts.settings().subscribed == ()
    assert "no mails yet" in alerts.panel.state()


def test_they_are_kept_when_one_says_so(alerts):
    alerts.open("hilde")
    alerts.panel.end_all.trigger()
    alerts.click("Keep Them")
    assert alerts.notice.text() == ""
    assert len(alerts.settings().subscribed) == 2


def test_nothing_ends_where_there_is_more_than_was_shown(alerts, portal):
    alerts.open("hilde")
    alerts.panel.end_all.trigger()
    alerts.browser(f"{portal.url}/alerts/notification/addMyAlert/1")
    spin_until(lambda: len(alerts.settings().subscribed) == 3)
    alerts.click("End All 2")
    alerts.said("Nothing ended")
    assert len(alerts.settings().subscribed) == 3
    assert len(alerts.names(0)) == 3


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "status", "status": 503}, "The portal has a problem"),
        ({"kind": "empty"}, "cannot be read"),
        ({"kind": "reset"}, "cannot be reached"),
    ],
)
def test_what_fails_is_told_where_it_was_asked_and_can_be_tried_again(
    alerts, control, fault, words
):
    control.fault(path="/alerts/api", **fault)
    alerts.open("hilde")
    alerts.said(words)
    assert alerts.panel.state() == ""
    control.clear_faults()
    alerts.click("Try Again")
    spin_until(lambda: len(alerts.names(0)) == 2)


def test_an_end_that_fails_is_told_and_nothing_is_claimed(alerts, control):
    alerts.open("hilde")
    alerts.panel.end_all.trigger()
    control.fault(kind="status", status=500, path="/alerts/api", method="POST")
    alerts.click("End All 2")
    alerts.said("The portal has a problem")
    assert len(alerts.names(0)) == 2


def test_quirk_15_neither_address_nor_token_nor_answer_reach_the_log(alerts, control, caplog):
    caplog.set_level(logging.DEBUG)
    alerts.open("citizen")
    control.fault(kind="status", status=500, path="/alerts/api", method="POST")
    alerts.panel.begin.click()
    alerts.said("The portal has a problem")
    assert "createAlerts" in caplog.text
    for secret in ("burger.example", "%40", "unsubscribeToken"):
        assert secret not in caplog.text


def test_quirk_15_only_ones_own_id_is_ever_named(alerts, control):
    alerts.open("hilde")
    me = alerts.services.session.account.user_id
    asked = [one["path"] for one in control.requests("/alerts/api")]
    assert asked and all(path.split("/user/")[1].split("/")[0] == me for path in asked)


def test_the_next_person_sees_nothing_of_the_one_before(alerts):
    alerts.open("hilde")
    alerts.services.session.drop()
    assert alerts.names(0) == [] and "Sign in" in alerts.panel.state()
    assert alerts.panel.found().subscribed == ()


def test_a_user_without_frequency_is_told_that_no_mail_comes(alerts, portal):
    alerts.open("hilde")
    alerts.browser(f"{portal.url}/alerts/notification/changeFrequency?frequency=never")
    spin_until(lambda: alerts.settings().frequency == "")
    alerts.panel.refresh.trigger()
    spin_until(lambda: "No mails come at all" in alerts.panel.state())
    assert alerts.panel.frequency.currentText() == "never: no mails"


def test_names_come_from_the_query_and_not_from_the_name():
    odd = {"id": 1, "name": "?", "queryPath": "/ws/dataResource?resourceType=species-list"}
    assert name_alert(parse_alert(odd)) == "New or changed species lists"
    custom = {**odd, "name": "Nieuwe records voor X", "custom": True}
    assert name_alert(parse_alert(custom)) == "Nieuwe records voor X"
    assert name_frequency("yearly") == "yearly"
    assert tell_alerts(None).known is False
    empty = AlertSettings((), (), (), "", ())
    assert tell_alerts(empty).known is True


def test_a_read_can_be_cancelled(alerts):
    alerts.open("hilde")
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(Canceled):
        in_task(lambda _: read_alerts("1", alerts.services.alerts, feedback))
