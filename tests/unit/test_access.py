"""Getting access: the links, the mail and the parameters of a sign-in."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biodiv_plugin.portal.access import (
    AccessRequest,
    ProfileAction,
    SelfRegistration,
    access_mail,
    action_parameters,
    self_registration_url,
)
from biodiv_plugin.portal.errors import InvalidQuery

HILDE = AccessRequest(
    "Hilde Peeters", "INBO, onderzoeker", "hilde@inbo.be", "downloaden & lijsten", "rode lijst"
)


def test_the_documented_example():
    asked = SelfRegistration("EA", application="45", organisation="0428364866")
    assert self_registration_url(asked, production=False) == (
        "https://zelfregistratie-gebruikersbeheer-ti.vlaanderen.be/user/"
        "aanvraag?&an=45&dg=EA&oc=0428364866"
    )


def test_a_right_in_production_and_a_work_relation():
    asked = SelfRegistration("GID", right="VBP-1", context="VBP_1", organisation="OVO000098")
    assert self_registration_url(asked) == (
        "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/"
        "aanvraag?&ec=VBP-1&dg=GID&ctx=VBP_1&oc=OVO000098"
    )
    related = self_registration_url(replace(asked, work_relation=True))
    assert "/user/aanvraag_werkrelatie?&ec=" in related


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        ("dg", SelfRegistration("", "45")),
        ("dg", SelfRegistration("ea", "45")),
        ("dg", SelfRegistration("LANGE", "45")),
        ("an_ec", SelfRegistration("EA")),
        ("an_ec", SelfRegistration("EA", "45", "7")),
        ("an", SelfRegistration("EA", "4 5")),
        ("ec", SelfRegistration("EA", right="7&an=8")),
        ("ctx", SelfRegistration("EA", "45", context="a b")),
        ("oc", SelfRegistration("EA", "45", organisation="428364866")),
        ("oc", SelfRegistration("EA", "45", organisation="OVO98")),
    ],
)
def test_a_code_that_is_wrong_is_named(part, asked):
    with pytest.raises(InvalidQuery) as raised:
        self_registration_url(asked)
    assert raised.value.part == part


@given(st.text(min_size=1), st.text())
def test_no_code_can_add_a_parameter(right, context):
    try:
        url = self_registration_url(SelfRegistration("EA", right=right, context=context))
    except InvalidQuery:
        return
    expected = {"ec": [right], "dg": ["EA"], **({"ctx": [context]} if context else {})}
    assert parse_qs(urlsplit(url).query) == expected


def test_the_mail_that_asks_for_access():
    mail = access_mail(replace(HILDE, sensitive_reason="vindplaatsen"))
    assert mail.to == "support.natuurdata@inbo.be"
    assert mail.subject == "Toegang Vlaams Biodiversiteitsportaal"
    assert "Organisatie en functie: INBO, onderzoeker" in mail.body
    assert "(context VBP Gevoelige Data) omdat: vindplaatsen" in mail.body
    assert "hoge-resolutiegegevens" not in access_mail(HILDE).body


def test_the_mail_as_an_address():
    parts = urlsplit(access_mail(HILDE).mailto())
    assert (parts.scheme, parts.path) == ("mailto", "support.natuurdata@inbo.be")
    asked = parse_qs(parts.query)
    assert asked["subject"] == ["Toegang Vlaams Biodiversiteitsportaal"]
    assert "Ik wil gebruiken: downloaden & lijsten\r\n" in asked["body"][0]
    assert "+" not in parts.query  # a mail program would show it


@pytest.mark.parametrize("part", ["name", "organisation", "email", "wants", "reason"])
def test_a_mail_is_complete(part):
    with pytest.raises(InvalidQuery) as raised:
        access_mail(replace(HILDE, **{part: " "}))
    assert raised.value.part == part
    with pytest.raises(InvalidQuery):
        access_mail(replace(HILDE, email="hilde at inbo"))


def test_each_action_has_its_parameters():
    assert all(action_parameters(action) for action in ProfileAction)
    assert action_parameters(ProfileAction.PORTAL_ACCOUNT_SIGN_IN) == {"kc_idp_hint": ""}
    assert action_parameters(ProfileAction.CHANGE_PASSWORD) == {"kc_action": "UPDATE_PASSWORD"}
    switch = action_parameters(ProfileAction.SWITCH_ORGANISATION)
    assert json.loads(base64.b64decode(switch["login_hint"])) == {"switch_id": True}
    assert (switch["prompt"], switch["kc_idp_hint"]) == ("login", "acm-idm")
