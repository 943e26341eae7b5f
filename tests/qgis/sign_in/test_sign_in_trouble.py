"""Sign-ins that do not succeed: a true state, a clean error, nothing left behind."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from biodiv_plugin.auth import loopback
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.portal import errors
from biodiv_plugin.use_cases import sign_in as module
from tests.qgis.doubles import spin_until
from tests.qgis.sign_in.browser import PersonAtBrowser, cancels, is_open, port_of


def test_the_person_declines(desk):
    failure = desk.fails(PersonAtBrowser(desk.visitor, steps=cancels))
    assert failure.code == "access_denied"


def test_quirk_24_the_person_has_no_right_and_never_comes_back(desk):
    browser = PersonAtBrowser(desk.visitor, "norights", None)
    assert desk.fails(browser, hint="acm-idm", timeout=1).code == "timeout"
    assert "714907" in browser.page.text


def test_the_browser_never_comes_back(desk):
    start = time.monotonic()
    assert desk.fails(lambda url: True, timeout=0.4).code == "timeout"
    assert time.monotonic() - start < 20


def test_a_browser_that_cannot_be_opened(desk):
    with pytest.raises(errors.SignInFailed) as raised:
        desk.start_sign_in(lambda url: False).wait()
    assert raised.value.code == "browser"


def test_a_browser_that_cannot_be_opened_but_the_link_is_copied(desk):
    person = PersonAtBrowser(desk.visitor)
    assert desk.start_sign_in(lambda url: False, on_url=person).wait().name == "Dirk Maes"


def test_a_cancel(desk):
    urls = []
    task = desk.start_sign_in(lambda url: True, on_url=urls.append, timeout=60)
    spin_until(lambda: urls)
    assert desk.session.state is AuthState.SIGNING_IN
    task.feedback.cancel()
    with pytest.raises(errors.Canceled):
        task.wait(2)
    assert desk.session.state is AuthState.SIGNED_OUT
    assert not is_open(port_of(urls[0]))


def test_one_sign_in_at_a_time(desk):
    first = desk.start_sign_in(lambda url: True, timeout=60)
    spin_until(lambda: desk.session.state is AuthState.SIGNING_IN)
    with pytest.raises(errors.SignInFailed) as raised:
        desk.start_sign_in().wait()
    assert raised.value.code == "running"
    assert desk.session.state is AuthState.SIGNING_IN
    first.feedback.cancel()
    with pytest.raises(errors.Canceled):
        first.wait(2)


def test_who_was_signed_in_stays_so_when_a_second_sign_in_fails(desk):
    account = desk.sign_in()
    tokens = desk.session.tokens
    with pytest.raises(errors.SignInFailed):
        desk.start_sign_in(lambda url: True, timeout=0.2).wait()
    assert desk.session.state is AuthState.SIGNED_IN
    assert (desk.session.account, desk.session.tokens) == (account, tokens)


@pytest.mark.parametrize("missing", ["client_id", "issuer"])
def test_a_portal_without_a_client_for_us(desk, missing):
    desk.environment = replace(desk.environment, **{missing: ""})
    assert desk.fails().code == "no_client"
    assert desk.control.requests("/realms") == []


def test_a_client_that_the_provider_does_not_know(desk):
    desk.control.fault("oidc.unknown_client")
    browser = PersonAtBrowser(desk.visitor)
    assert desk.fails(browser, timeout=0.5).code == "timeout"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("invalid_grant", "invalid_grant"),
        ("not_allowed", "not_allowed"),
        ("<b>Evil</b>" + "x" * 500, "unknown_error"),
    ],
)
def test_d29_the_provider_s_refusal_is_told_by_its_code_alone(desk, error, code):
    desk.control.fault("oidc.token_error", error=error, description="<script>SENTINEL" * 99)
    failure = desk.fails()
    assert failure.code == code
    assert len(str(failure)) < 300 and "SENTINEL" not in str(failure)


TROUBLE = [
    ({"kind": "status", "status": 503}, errors.PortalFault),
    ({"kind": "status", "status": 429}, errors.Throttled),
    ({"kind": "html"}, errors.UnexpectedAnswer),
    ({"kind": "malformed"}, errors.UnexpectedAnswer),
    ({"kind": "truncate", "after": 40}, errors.UnexpectedAnswer),
    ({"kind": "empty"}, errors.UnexpectedAnswer),
    ({"kind": "drop"}, errors.Unreachable),
    ({"kind": "reset", "after": 10}, errors.Unreachable),
    ({"kind": "cut", "after": 10}, errors.Unreachable),
]


@pytest.mark.parametrize(("fault", "kind"), TROUBLE)
@pytest.mark.parametrize("path", ["protocol/openid-connect/token", ".well-known/"])
def test_d26_a_provider_in_trouble_is_a_clean_error(desk, fault, kind, path):
    desk.control.fault(path=f"/realms/vbp/{path}", **fault)
    failure = desk.fails()
    assert type(failure) is kind
    assert failure.__cause__ is None and "eyJ" not in str(failure)


def test_d26_an_answer_without_end(desk, monkeypatch):
    monkeypatch.setattr(module.oidc, "_MAX_ANSWER", 1000)
    assert isinstance(desk.fails(), errors.UnexpectedAnswer)


def test_d08_a_discovery_that_leads_elsewhere(desk):
    desk.control.fault(kind="redirect", path="/realms/vbp/.well-known/", count=1)
    assert desk.fails().code == "issuer"


def test_d14_the_code_goes_to_no_other_address(desk):
    desk.control.fault(
        kind="redirect", status=307, path="/realms/vbp/protocol/openid-connect/token"
    )
    assert isinstance(desk.fails(), errors.UnexpectedAnswer)
    assert [one["status"] for one in desk.asked("token")] == [307]


def test_a_slow_provider(desk, monkeypatch):
    monkeypatch.setattr(module.oidc.discover, "__defaults__", (module.oidc.UNWATCHED, 0.4))
    desk.control.fault("oidc.slow", seconds=3)
    failure = desk.fails()
    assert isinstance(failure, errors.Unreachable) and failure.reason == "timeout"
    desk.control.clear_faults()


def test_a_provider_that_is_down(desk):
    nowhere = "http://127.0.0.1:9/realms/vbp"
    desk.environment = replace(desk.environment, issuer=nowhere)
    failure = desk.fails()
    assert isinstance(failure, errors.Unreachable) and failure.reason == "refused"


def test_no_port_to_come_back_to(desk, monkeypatch):
    def refuse(*_):
        raise OSError("not permitted")

    monkeypatch.setattr(loopback._Server, "server_bind", refuse)
    assert desk.fails().code == "loopback"
