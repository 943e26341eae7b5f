"""The pages of a sign-in, as somebody meets them in a browser."""

from __future__ import annotations

import base64

import pytest

from tests.portal.desktop import claims, query

SWITCH = base64.b64encode(b'{"switch_id": true}').decode("ascii")


# The form


def test_wrong_password_asks_again(desktop, browser):
    page = browser.sign_in(desktop.address(), "demo", "guess")
    assert "Gebruikersnaam of wachtwoord ongeldig" in page.text
    page = browser.submit(page.form("kc-form-login"), "login", username="demo", password="demo")
    assert page.left_the_portal


def test_the_form_escapes_what_was_typed(desktop, browser):
    page = browser.sign_in(desktop.address(), '"><script>alert(1)</script>', "x")
    assert "<script>alert" not in page.text


def test_a_person_of_acm_idm_has_no_password(desktop, browser):
    page = browser.sign_in(desktop.address(), "hilde", "")
    assert "Gebruikersnaam of wachtwoord ongeldig" in page.text


def test_cancel_is_access_denied(desktop, browser):
    page = browser.open(desktop.address())
    answer = query(browser.submit(page.form("kc-form-login"), "cancel"))
    assert answer["error"] == "access_denied"
    assert (answer["state"], answer["iss"]) == (desktop.state, desktop.issuer)
    assert "code" not in answer


def test_an_old_form_is_an_error_page(desktop, browser, switch):
    page = browser.open(desktop.address())
    switch.forward(1801)
    page = browser.submit(page.form("kc-form-login"), "login", username="demo", password="demo")
    assert page.status == 400
    assert "verlopen" in page.text


# The browser's session


def test_a_second_sign_in_asks_nothing(desktop, browser):
    desktop.sign_in(browser)
    assert browser.open(desktop.address()).left_the_portal
    assert browser.open(desktop.address(prompt="none")).left_the_portal


def test_prompt_login_asks_again(desktop, browser):
    desktop.sign_in(browser)
    page = browser.open(desktop.address(prompt="login"))
    assert (page.has_form("kc-form-login"), page.asks_again) == (True, "demo")
    page = browser.submit(page.form("kc-form-login"), "login", username="admin", password="admin")
    assert "wachtwoord ongeldig" in page.text  # the name is not up to the form
    page = browser.submit(page.form("kc-form-login"), "login", password="demo")
    assert page.left_the_portal


def test_another_person_begins_anew(desktop, browser):
    first = desktop.sign_in(browser)
    tokens = desktop.sign_in(browser, "admin", "admin", prompt="login")
    assert claims(tokens["id_token"])["preferred_username"] == "admin"
    assert desktop.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"


def test_another_person_of_acm_idm_is_refused(desktop, browser):
    desktop.sign_in(browser)
    page = browser.sign_in(desktop.address(prompt="login", kc_idp_hint="acm-idm"), "hilde", None)
    assert page.status == 400
    assert "als de gebruiker &#34;demo&#34; aangemeld" in page.text


def test_the_session_ends_after_half_an_hour_of_idleness(desktop, browser, switch):
    tokens = desktop.sign_in(browser)
    switch.forward(1700)
    tokens = desktop.refresh(tokens["refresh_token"]).json()
    switch.forward(1700)  # the refresh kept it alive
    assert browser.open(desktop.address()).left_the_portal
    switch.forward(1900)
    assert browser.open(desktop.address()).has_form("kc-form-login")
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_the_session_ends_after_ten_hours(desktop, browser, switch):
    tokens = desktop.sign_in(browser)
    for _ in range(21):
        switch.forward(1750)
        answer = desktop.refresh(tokens["refresh_token"])
        if answer.status_code == 400:
            break
        tokens = answer.json()
    assert answer.json()["error"] == "invalid_grant"


# ACM/IDM


def test_the_hint_leads_to_acm_idm(desktop, browser):
    page = browser.open(desktop.address(kc_idp_hint="acm-idm"))
    assert page.has_form("acm-person")
    assert page.form("acm-person").choices["person"] == ["hilde", "pieter", "citizen", "norights"]


@pytest.mark.parametrize("hint", [None, "", "unknown"])
def test_no_hint_leads_to_the_form(desktop, browser, hint):
    assert browser.open(desktop.address(kc_idp_hint=hint)).has_form("kc-form-login")


def test_the_portal_may_prefer_acm_idm(desktop, browser, switch):
    switch.fault("oidc.acm_idm_by_default")
    assert browser.open(desktop.address()).has_form("acm-person")
    assert browser.open(desktop.address(kc_idp_hint="")).has_form("kc-form-login")


def test_sign_in_by_acm_idm(desktop, browser):
    tokens = desktop.sign_in(browser, "hilde", None, kc_idp_hint="acm-idm")
    token = claims(tokens["id_token"])
    assert token["acm_idm"] is True
    assert "DATA_HIGHRES" in token["realm_access"]["roles"]
    assert "ROLE_DATA_HIGHRES" in claims(tokens["access_token"])["role"]


def test_two_organisations_are_a_choice(desktop, browser):
    page = browser.open(desktop.address(kc_idp_hint="acm-idm"))
    page = browser.submit(page.form("acm-person"), "choose", person="pieter")
    assert page.form("acm-capacity").choices["capacity"] == ["OVO900002", "OVO900003"]
    tokens = desktop.sign_in(browser, "pieter", None, "OVO900002", kc_idp_hint="acm-idm")
    assert claims(tokens["access_token"])["role"] == ["ROLE_USER"]


def test_switching_organisation_changes_the_rights(desktop, browser):
    desktop.sign_in(browser, "pieter", None, "OVO900002", kc_idp_hint="acm-idm")
    switching = {"prompt": "login", "kc_idp_hint": "acm-idm", "login_hint": SWITCH}
    page = browser.open(desktop.address(**switching))
    assert page.has_form("acm-capacity")  # who it is, is known
    tokens = desktop.sign_in(browser, "pieter", None, "OVO900003", **switching)
    assert "ROLE_DATA_HIGHRES" in claims(tokens["access_token"])["role"]


def test_acm_idm_remembers_the_person(desktop, browser):
    desktop.sign_in(browser, "citizen", None, kc_idp_hint="acm-idm")
    browser.session.cookies.clear(domain="127.0.0.1", path="/", name="KEYCLOAK_IDENTITY")
    assert browser.open(desktop.address(kc_idp_hint="acm-idm")).left_the_portal
    page = browser.open(desktop.address(kc_idp_hint="acm-idm", prompt="login"))
    assert page.has_form("acm-person")


def test_without_the_right_nothing_comes_back(desktop, browser):
    page = browser.sign_in(desktop.address(kc_idp_hint="acm-idm"), "norights", None)
    assert not page.left_the_portal
    assert page.status == 403
    assert "714907" in page.text
    assert "U beschikt niet over de rechten om aan te melden op deze toepassing." in page.text


def test_another_error_of_acm_idm(desktop, browser, switch):
    switch.fault("acm.error", code="812001")
    page = browser.sign_in(desktop.address(kc_idp_hint="acm-idm"), "hilde", None)
    assert "812001" in page.text
    assert "714907" not in page.text


def test_cancel_at_acm_idm_leads_to_the_form(desktop, browser):
    page = browser.open(desktop.address(kc_idp_hint="acm-idm"))
    page = browser.submit(page.form("acm-person"), "cancel")
    assert page.has_form("kc-form-login")
    assert "Toegang geweigerd" in page.text


def test_a_made_up_answer_of_acm_idm_is_refused(desktop, browser, shell):
    page = browser.open(desktop.address())
    execution = page.form("kc-form-login").action.split("execution=")[1].split("&")[0]
    page = browser.open(f"{shell.issuer}/broker/acm-idm/endpoint?execution={execution}&code=guess")
    assert page.status == 502


# Actions on one's account


def test_details_can_be_changed(desktop, browser):
    page = browser.sign_in(desktop.address(kc_action="UPDATE_PROFILE"), "demo", "demo")
    form = page.form("kc-update-profile-form")
    page = browser.submit(form, "save", firstName="Dries", email="dries@natuur.example")
    assert query(page)["kc_action_status"] == "success"
    tokens = desktop.exchange(query(page)["code"]).json()
    assert claims(tokens["id_token"])["given_name"] == "Dries"
    assert claims(tokens["id_token"])["email"] == "dries@natuur.example"


def test_a_password_can_be_changed(desktop, browser):
    page = browser.sign_in(desktop.address(kc_action="UPDATE_PASSWORD"), "demo", "demo")
    form = page.form("kc-passwd-update-form")
    both = {"password-new": "nieuw", "password-confirm": "anders"}
    page = browser.submit(form, "save", **both)
    assert "komen niet overeen" in page.text
    page = browser.submit(form, "save", **{**both, "password-confirm": "nieuw"})
    assert query(page)["kc_action_status"] == "success"
    page = browser.sign_in(desktop.address(prompt="login"), "demo", "nieuw")
    assert page.left_the_portal


def test_an_action_can_be_cancelled(desktop, browser):
    page = browser.sign_in(desktop.address(kc_action="UPDATE_PROFILE"), "demo", "demo")
    answer = query(browser.submit(page.form("kc-update-profile-form"), "cancel-aia"))
    assert (answer["kc_action"], answer["kc_action_status"]) == ("UPDATE_PROFILE", "cancelled")
