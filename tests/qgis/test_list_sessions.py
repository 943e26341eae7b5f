"""Sessions that end while a list is made, and a portal that throttles: nothing lost or twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biodiv_plugin.auth.tokens import now
from tests.qgis.doubles import spin, spin_until
from tests.qgis.lists_section import WS

POSTS = {"path": f"{WS}/speciesList", "method": "POST"}


@pytest.fixture
def hilde(lists):
    lists.open("hilde")
    return lists


def written(control):
    found = control.requests(f"{WS}/speciesList")
    return [r["status"] for r in found if r["method"] == "POST"]


def at_review(lists, name):
    lists.type_names("vos\nboomkikker")
    lists.review.name.setText(name)


def test_a_token_that_the_portal_finds_too_old_is_renewed_and_the_list_made_once(hilde, control):
    at_review(hilde, "Later")
    control.forget_requests()
    control.forward(330)  # the portal's clock: there the token is over, here it is not yet
    session = hilde.services.session
    session._tokens = replace(session._tokens, obtained_at=now() - 100)
    hilde.review.save.click()
    hilde.said("“Later” is on the portal")
    assert len(hilde.named("Later")) == 1
    assert written(control).count(201) == 1


def test_a_session_that_is_over_for_good_keeps_the_names_and_goes_on_after_a_sign_in(
    hilde, control
):
    at_review(hilde, "Blijft")
    control.end_sessions()
    session = hilde.services.session
    session._tokens = replace(session._tokens, expires_at=now() - 1)
    hilde.review.save.click()
    hilde.said("Sign", hilde.review.notice)
    assert hilde.is_at(hilde.review) and hilde.review.names.rowCount() == 2
    hilde.review.save.click()  # asks for the sign-in, and goes on
    hilde.said("“Blijft” is on the portal")
    assert len(hilde.named("Blijft")) == 1


def test_another_person_does_not_find_the_names_of_the_one_before(hilde):
    at_review(hilde, "Van Hilde")
    hilde.services.session.drop("expired")
    assert hilde.is_at(hilde.review) and hilde.review.names.rowCount() == 2
    hilde.sign_in_as("pieter")
    spin_until(lambda: not hilde.is_at(hilde.review))
    assert hilde.review.names.rowCount() == 0 and hilde.review.target.count() == 0
    assert "Hilde" not in hilde.review.name.text()
    assert hilde.source.text.toPlainText() == ""


def test_a_new_list_that_is_refused_asks_for_a_sign_in_and_not_for_another_list(hilde, control):
    at_review(hilde, "Geweigerd")
    control.fault(kind="status", status=401, count=1, **POSTS)
    hilde.review.save.click()
    told = hilde.said("ign in", hilde.review.notice)
    assert "change this list" not in told
    spin(0.2)
    assert not hilde.sign_in.is_waiting(), "no sign-in begins by itself (quirk 8)"
    hilde.review.save.click()
    hilde.said("“Geweigerd” is on the portal")
    assert len(hilde.named("Geweigerd")) == 1


@pytest.mark.parametrize("status", [405, 429])
def test_a_portal_that_throttles_is_told_and_the_names_stay(hilde, control, status):
    at_review(hilde, "Te druk")
    control.fault(kind="status", status=status, count=1, **POSTS)
    hilde.review.save.click()
    hilde.said("slow down", hilde.review.notice)
    assert hilde.is_at(hilde.review) and hilde.review.names.rowCount() == 2
    hilde.click("Try Again", hilde.review.notice)
    hilde.said("“Te druk” is on the portal")
    assert len(hilde.named("Te druk")) == 1


def test_a_portal_that_throttles_while_names_are_matched_leaves_what_was_typed(hilde, control):
    hilde.shelf.new.click()
    hilde.wait_for(lambda: hilde.is_at(hilde.source))
    hilde.source.text.setPlainText("vos\nboomkikker")
    control.fault(kind="status", status=429, path="/namematching")
    hilde.source.check.click()
    spin_until(hilde.source.notice.text, 20)
    assert hilde.is_at(hilde.source)
    assert hilde.source.text.toPlainText() == "vos\nboomkikker"
    control.clear_faults()
    hilde.click("Try Again", hilde.source.notice)
    hilde.wait_for(lambda: hilde.review.names.rowCount() == 2)
