"""Renewing at a real provider: once, in time, among threads and windows, whatever goes wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest

from biodiv_plugin.auth import code_flow
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.auth.token_store import StoredToken
from biodiv_plugin.portal import errors
from biodiv_plugin.portal.http import Request
from tests.qgis.doubles import InTask, spin, spin_until
from tests.qgis.sign_in.browser import PersonAtBrowser

TOKEN_PATH = "/realms/vbp/protocol/openid-connect/token"


def refreshes(desk):
    """Return how many refresh tokens were traded: not the first request, which brings a code."""
    return len(desk.asked("token")) - 1


def test_a_fresh_token_is_left_alone(desk):
    desk.sign_in()
    desk.renew()
    assert refreshes(desk) == 0
    desk.session.drop()
    desk.renew()


def test_a_stale_one_is_renewed_and_the_new_one_serves(desk, clock):
    account = desk.sign_in()
    label, old = desk.session.label, desk.session.tokens
    clock.forward(250, desk)
    desk.renew()
    tokens = desk.session.tokens
    assert refreshes(desk) == 1
    assert tokens.access_token != old.access_token and not tokens.is_stale()
    assert tokens.refresh_token != old.refresh_token
    assert desk.session.account == account and desk.session.label == label


def test_d18_twelve_at_once_are_one_refresh(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    tasks = [InTask(desk.session.ensure_fresh).start() for _ in range(12)]
    for task in tasks:
        task.wait()
    assert refreshes(desk) == 1
    assert desk.session.tokens.serves() and desk.session.state is AuthState.SIGNED_IN


def test_who_waits_for_another_s_renewal_can_cancel(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault(kind="latency", seconds=1, path=TOKEN_PATH)
    first = InTask(desk.session.ensure_fresh).start()
    spin_until(desk.session._flight.locked)
    second = InTask(desk.session.ensure_fresh).start()
    second.feedback.cancel()
    with pytest.raises(errors.Canceled):
        second.wait(0.8)
    first.wait()
    assert desk.session.tokens.serves()


def test_a_renewal_can_be_canceled_and_loses_nothing(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault(kind="latency", seconds=3, path="/realms/", count=1)
    task = InTask(desk.session.ensure_fresh).start()
    spin(0.2)
    task.feedback.cancel()
    with pytest.raises(errors.Canceled):
        task.wait(1)
    assert desk.session.state is AuthState.SIGNED_IN


def test_d18_the_rotated_token_is_stored_before_it_is_used(desk, keyring, clock):
    desk.sign_in(remember=True)
    clock.forward(301, desk)
    seen = []
    whole_save = desk.store.save

    def save(token):
        seen.append((token.refresh_token, desk.session.tokens.refresh_token))
        return whole_save(token)

    desk.store.save = save
    desk.renew()
    ((stored, in_use),) = seen
    assert stored != in_use
    assert stored == desk.session.tokens.refresh_token == desk.store.load().refresh_token
    assert (desk.session.kept, desk.session.kept_reason) == ("keyring", "")


def test_d18_two_windows_renew_in_turn(new_desk, keyring, clock):
    one, other = new_desk(), new_desk()
    one.sign_in(remember=True)
    other.restore()
    for _ in range(3):
        clock.forward(301, one)
        for desk in (one, other):
            desk.renew()
            assert desk.session.tokens.serves()
    assert one.lost == other.lost == []
    assert one.store.load().refresh_token == other.session.tokens.refresh_token


def test_d18_two_windows_renew_at_once(new_desk, keyring, clock):
    one, other = new_desk(), new_desk()
    one.sign_in(remember=True)
    other.restore()
    clock.forward(301, one)
    tasks = [InTask(desk.session.ensure_fresh).start() for desk in (one, other)]
    for task in tasks:
        task.wait()
    assert one.session.tokens.serves() and other.session.tokens.serves()
    assert one.lost == other.lost == []


def test_d18_a_window_without_a_lock_was_quicker(new_desk, keyring, clock):
    """The entry changes between the look at it and the answer ``invalid_grant``."""
    desk = new_desk()
    desk.sign_in(remember=True)
    good = desk.store.load()
    desk.store.save(StoredToken("stale", good.sub, good.name))
    clock.forward(301, desk)
    answers = iter([StoredToken("stale", good.sub, good.name), good, good])
    desk.store.load = lambda: next(answers)
    desk.renew()
    assert desk.session.tokens.serves() and desk.lost == []


def test_another_person_s_entry_is_left_alone(new_desk, keyring, clock):
    one, other = new_desk(), new_desk()
    one.sign_in(remember=True)
    other.sign_in(PersonAtBrowser(other.visitor, "admin", "admin"), remember=True)
    theirs = keyring.entries.copy()
    clock.forward(301, one)
    one.renew()
    assert one.session.account.name == "Dirk Maes" and one.session.tokens.serves()
    assert (one.session.kept, one.session.kept_reason) == ("session", "elsewhere")
    assert keyring.entries == theirs


def test_what_another_window_forgot_is_not_kept_again(new_desk, keyring, clock):
    one, other = new_desk(), new_desk()
    one.sign_in(remember=True)
    other.restore()
    clock.forward(301, one)
    one.renew()
    path = "/realms/vbp/protocol/openid-connect/revoke"
    one.control.fault(kind="status", status=503, path=path)
    assert not other.sign_out().revoked
    clock.forward(301, one)
    one.renew()
    assert keyring.entries == {}
    assert one.session.kept_reason == "elsewhere"


@pytest.mark.parametrize("remember", [True, False])
def test_d19_a_refused_renewal_signs_out_forgets_and_is_told_once(desk, keyring, clock, remember):
    desk.sign_in(remember=remember)
    desk.control.end_sessions()
    clock.forward(301, desk)
    tasks = [InTask(desk.session.ensure_fresh).start() for _ in range(4)]
    outcomes = []
    for task in tasks:
        try:
            task.wait()
        except errors.SignInRequired as failure:
            outcomes.append(failure)
    assert len(outcomes) == 1  # the others find nobody signed in, and go on as nobody
    assert desk.session.state is AuthState.SIGNED_OUT and desk.session.tokens is None
    assert keyring.entries == {}
    spin(0.05)
    assert desk.lost == ["expired"]


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_client", "unauthorized_client"])
def test_d19_what_is_final(desk, clock, error):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault("oidc.token_error", error=error)
    with pytest.raises(errors.SignInRequired):
        desk.renew()
    assert desk.session.state is AuthState.SIGNED_OUT


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop"},
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 429},
        {"kind": "html"},
        {"kind": "malformed"},
        {"name": "oidc.token_error", "error": "temporarily_unavailable"},
        {"name": "oidc.token_error", "error": "invalid_request"},
    ],
)
def test_d19_anything_else_keeps_the_token(desk, keyring, clock, fault):
    desk.sign_in(remember=True)
    held, entries = desk.session.tokens, keyring.entries.copy()
    clock.forward(301, desk)
    before = {"path": TOKEN_PATH} if "kind" in fault else {}
    identifier = desk.control.fault(**before, **fault)
    with pytest.raises(errors.PortalError) as raised:
        desk.renew()
    assert not isinstance(raised.value, errors.SignInRequired)
    assert desk.session.tokens is held and keyring.entries == entries
    assert desk.session.state is AuthState.SIGNED_IN and desk.lost == []
    assert identifier
    desk.control.clear_faults()
    if fault.get("kind") not in ("drop", "html", "malformed"):  # these spent the token
        desk.renew()
        assert desk.session.tokens.serves()


def test_a_lost_answer_costs_the_sign_in_and_is_told_truly(desk, keyring, clock):
    """The provider has rotated, we never heard: the next try is a reuse (RFC 9700, 4.14.2)."""
    desk.sign_in(remember=True)
    clock.forward(301, desk)
    desk.control.fault("oidc.refresh_answer_lost", count=1)
    with pytest.raises(errors.Unreachable):
        desk.renew()
    assert desk.session.state is AuthState.SIGNED_IN
    with pytest.raises(errors.SignInRequired):
        desk.renew()
    assert desk.session.state is AuthState.SIGNED_OUT and keyring.entries == {}
    assert len(desk.asked("token")) == 3  # Qt has sent nothing twice


def test_a_refresh_token_that_somebody_else_used_ends_the_sign_in(new_desk, keyring, clock):
    """A copy was stolen and used first; the provider notices at our next renewal."""
    desk = new_desk()
    desk.sign_in(remember=True)
    stolen, ours = desk.session.tokens.refresh_token, keyring.entries.copy()
    thief = new_desk()
    thief.run(
        lambda f: code_flow.refresh(
            thief.session.renewal.provider(f), "vbp-qgis", stolen, thief.transport, f
        )
    )
    keyring.entries.update(ours)
    clock.forward(301, desk)
    with pytest.raises(errors.SignInRequired):
        desk.renew()
    assert desk.session.state is AuthState.SIGNED_OUT and keyring.entries == {}


def test_while_the_old_token_serves_a_provider_that_is_down_does_not_matter(desk, clock):
    desk.sign_in()
    clock.forward(250, desk)
    desk.control.fault(kind="status", status=503, path="/realms/")
    desk.renew()
    tried = len(desk.control.requests("/realms/"))
    desk.renew()  # it backs off
    assert len(desk.control.requests("/realms/")) == tried
    desk.control.clear_faults()
    clock.forward(11, desk)
    desk.renew()
    assert not desk.session.tokens.is_stale()


def test_a_renewed_token_of_another_person_is_refused(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault("oidc.id_token", claims={"sub": "eve"})
    with pytest.raises(errors.SignInFailed) as raised:
        desk.renew()
    assert raised.value.code == "id_token"
    assert desk.session.account.name == "Dirk Maes"


def test_a_wrong_clock_does_not_end_a_session(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault("oidc.clock_skew", seconds=900)
    desk.renew()
    assert desk.session.tokens.serves()


def test_a_sign_in_without_a_refresh_token_ends_by_itself(desk, clock):
    desk.control.fault("oidc.no_refresh_token")
    desk.sign_in(remember=True)
    assert (desk.session.kept, desk.session.kept_reason) == ("session", "not_asked")
    clock.forward(301, desk)
    with pytest.raises(errors.SignInRequired):
        desk.renew()
    assert desk.session.state is AuthState.SIGNED_OUT


def test_keys_that_change_in_between(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault("oidc.rotate_keys", count=1)
    desk.renew()
    assert desk.session.tokens.serves()


@pytest.mark.parametrize(
    "fault", [{"kind": "latency", "seconds": 0.6}, {"kind": "drip", "size": 500, "seconds": 0.15}]
)
def test_a_sign_out_during_a_renewal_wins(desk, keyring, clock, fault):
    """Both before the provider has seen the refresh token, and after it has sent a new one."""
    desk.sign_in(remember=True)
    clock.forward(301, desk)
    desk.control.fault(path=TOKEN_PATH, **fault)
    renewal = InTask(desk.session.ensure_fresh).start()
    spin_until(desk.session._flight.locked)
    spin(0.2)
    signed_out = desk.sign_out()
    assert desk.session.state is AuthState.SIGNED_OUT and signed_out.forgotten
    with suppress(errors.SignInRequired):
        renewal.wait()
    assert desk.session.state is AuthState.SIGNED_OUT and desk.session.tokens is None
    assert keyring.entries == {}
    assert desk.lost == []


# After a 401


def test_a_refused_token_is_renewed_once_it_is_old(desk, clock):
    desk.sign_in()
    authorization = b"Bearer " + desk.session.tokens.access_token.encode()
    assert desk.run(lambda f: desk.session.refused(authorization, f)) is False  # just issued
    clock.forward(31, desk)
    assert desk.run(lambda f: desk.session.refused(authorization, f)) is True
    assert desk.run(lambda f: desk.session.refused(authorization, f)) is True  # a newer one is here
    assert refreshes(desk) == 1
    desk.session.drop()
    assert desk.run(lambda f: desk.session.refused(authorization, f)) is False


def test_a_request_of_the_user_s_renews_and_succeeds(desk, clock):
    desk.sign_in()
    desk.bearer.install()
    clock.forward(301, desk)
    url = f"{desk.portal.url}/biocache-service/occurrences/search?q=*:*&pageSize=0"
    request = Request("GET", url, headers={"Accept": "application/json"}, as_user=True)
    answer = desk.run(lambda feedback: desk.as_user.send(request, feedback))
    assert answer.status == 200 and refreshes(desk) == 1
    (seen,) = desk.control.requests("/biocache-service/")
    assert "Bearer" in str(seen)


def test_d16_a_public_request_after_the_expiry_is_answered(desk, clock):
    desk.sign_in()
    desk.bearer.install()
    clock.forward(301, desk)
    url = f"{desk.portal.url}/biocache-service/occurrences/search?q=*:*&pageSize=0"
    answer = desk.run(lambda feedback: desk.transport.send(Request("GET", url), feedback))
    assert answer.status == 200
    (seen,) = desk.control.requests("/biocache-service/")
    assert "Bearer" not in str(seen)
