"""Signing in from the dock, with real clicks, against the demo portal's provider."""

from __future__ import annotations

from threading import Thread

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication

from biodiv_plugin import settings
from biodiv_plugin.auth import loopback
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.auth.tokens import TokenSet, now
from biodiv_plugin.use_cases.access_advice import Seen
from biodiv_plugin.use_cases.sign_in import SignInOptions
from demo.portal.visitor import Visitor
from tests.qgis.sign_in.browser import PersonAtBrowser, cancels, is_open, port_of, query
from tests.qgis.sign_in.desk import MemoryKeyring

LEFT = Qt.MouseButton.LeftButton


class Opened:
    """A browser that opens and shows a page to nobody, unless it cannot."""

    def __init__(self, opens=True):
        self.urls, self.opens = [], opens

    def use(self, services):
        services.__dict__["browser"] = self
        return self

    def __call__(self, url):
        self.urls.append(url)
        return self.opens


def press(qtbot, button):
    qtbot.waitUntil(button.isVisible)  # Qt shows what is new in a layout a little later
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, LEFT)


def notice_button(area, label):
    (button,) = [
        b for b in area.notice.findChildren(type(area.waiting._cancel)) if b.text() == label
    ]
    return button


def wait_signed_in(qtbot, area, services):
    qtbot.waitUntil(lambda: not area.sign_in.is_waiting(), timeout=20_000)
    assert services.session.state is AuthState.SIGNED_IN, area.notice.text()


def choose(area, label):
    (action,) = [a for a in area.line._menu.actions() if a.text() == label]
    action.trigger()


def test_the_button_signs_in_as_one_did_last(qtbot, account_area, services, browse_as):
    assert "Not signed in" in account_area.text()
    browser = browse_as("hilde")
    press(qtbot, account_area.line._button)
    assert account_area.waiting.isVisible()
    wait_signed_in(qtbot, account_area, services)
    assert account_area.text() == "Hilde Janssens · high resolution · this session only"
    assert not account_area.waiting.isVisible()
    assert query(browser.opened[0])["kc_idp_hint"] == "acm-idm"


def test_a_password_account_is_remembered_as_the_way_in(qtbot, account_area, services):
    browser = Opened().use(services)
    choose(account_area, "Portal Account with a Password")
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    assert query(browser.urls[0])["kc_idp_hint"] == ""
    assert settings.SIGN_IN_HINT.get() == ""
    press(qtbot, account_area.waiting._cancel)
    qtbot.waitUntil(lambda: not account_area.sign_in.is_waiting(), timeout=20_000)
    browser.urls.clear()
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    assert query(browser.urls[0])["kc_idp_hint"] == ""


def test_staying_signed_in_is_asked_for_only_when_ticked(qtbot, account_area, services):
    browser = Opened().use(services)
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    assert "offline_access" not in query(browser.urls[0])["scope"]
    account_area.sign_in.cancel()
    qtbot.waitUntil(lambda: not account_area.sign_in.is_waiting(), timeout=20_000)
    choose(account_area, "Stay Signed In on This Computer")
    assert settings.STAY_SIGNED_IN.get() is True
    browser.urls.clear()
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    assert "offline_access" in query(browser.urls[0])["scope"]


def test_a_cancel_closes_the_port_and_forgets_what_waited(qtbot, account_area, services):
    browser, done = Opened().use(services), []
    account_area.sign_in.ensure(lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    account_area.waiting._cancel.setFocus()
    qtbot.keyClick(account_area.waiting, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not account_area.sign_in.is_waiting(), timeout=20_000)
    assert not is_open(port_of(browser.urls[0]))
    assert "Not signed in" in account_area.text()
    assert account_area.notice.text() == "" and done == []
    assert account_area.waiting._url == ""


def test_what_was_pressed_while_signed_out_is_done_after_it(qtbot, account_area, browse_as):
    browse_as("hilde")
    done = []
    account_area.sign_in.ensure(lambda: done.append("download"))
    qtbot.waitUntil(lambda: done == ["download"], timeout=20_000)
    account_area.sign_in.ensure(lambda: done.append("again"))
    assert done == ["download", "again"]


class Section:
    def __init__(self):
        self.done = 0

    def act(self):
        self.done += 1


def test_pressed_twice_is_done_once(qtbot, account_area, services, browse_as):
    section = Section()
    browse_as("hilde")
    account_area.sign_in.ensure(section.act)
    account_area.sign_in.ensure(section.act)
    wait_signed_in(qtbot, account_area, services)
    assert section.done == 1


def test_nothing_came_back_and_the_code_carries_on(qtbot, account_area, services, control, portal):
    control.fault("oidc.device", interval=0.3)
    Opened().use(services)
    section = Section()
    account_area.sign_in.usual = lambda: SignInOptions(timeout=0.2)
    account_area.sign_in.ensure(section.act)
    qtbot.waitUntil(lambda: "Nothing came back" in account_area.notice.text(), timeout=20_000)
    press(qtbot, notice_button(account_area, "Sign In with a Code"))
    type_the_code(qtbot, account_area, portal)
    wait_signed_in(qtbot, account_area, services)
    assert section.done == 1


def type_the_code(qtbot, area, portal, username="demo", password="demo"):
    qtbot.waitUntil(lambda: bool(area.waiting.code.code()), timeout=20_000)
    visitor = Visitor(portal.url)
    address = area.waiting.code._complete
    Thread(target=visitor.sign_in, args=(address, username, password), daemon=True).start()


def test_nothing_came_back_leads_to_the_help(qtbot, account_area, services):
    Opened().use(services)
    account_area.sign_in.start(SignInOptions(timeout=0.2))
    qtbot.waitUntil(lambda: "Nothing came back" in account_area.notice.text(), timeout=20_000)
    press(qtbot, notice_button(account_area, "Help with Access"))
    assert account_area.assistant.isVisible()
    assert account_area.assistant.saw.currentData() == Seen.NOTHING.value


def test_a_port_that_cannot_be_had_offers_the_code(qtbot, account_area, monkeypatch):
    def refuse(*_):
        raise OSError("not allowed")

    monkeypatch.setattr(loopback, "_Server", refuse)
    account_area.sign_in.start()
    qtbot.waitUntil(
        lambda: "cannot come back to QGIS" in account_area.notice.text(), timeout=20_000
    )
    press(qtbot, notice_button(account_area, "Sign In with a Code"))
    qtbot.waitUntil(lambda: bool(account_area.waiting.code.code()), timeout=20_000)


def test_a_browser_that_does_not_open_is_told_while_it_waits(qtbot, account_area, services):
    browser = Opened(opens=False).use(services)
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: "No browser could be opened" in account_area.text(), timeout=20_000)
    press(qtbot, account_area.waiting._copy)
    assert QGuiApplication.clipboard().text() == browser.urls[0]
    press(qtbot, account_area.waiting._again)
    assert browser.urls == [browser.urls[0]] * 2
    QGuiApplication.clipboard().clear()


def test_from_the_browser_to_a_code_without_losing_what_waits(
    qtbot, account_area, services, control, portal
):
    control.fault("oidc.device", interval=0.3)
    browser, section = Opened().use(services), Section()
    account_area.sign_in.ensure(section.act)
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    press(qtbot, account_area.waiting._by_code)
    type_the_code(qtbot, account_area, portal)
    wait_signed_in(qtbot, account_area, services)
    assert section.done == 1
    assert not is_open(port_of(browser.urls[0]))


def test_the_portal_without_a_client_for_us_says_so(qtbot, account_area, services):
    from dataclasses import replace

    services.__dict__["environment"] = replace(services.environment, client_id="")
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: "has not registered QGIS" in account_area.notice.text(), timeout=20_000)


def test_a_server_that_is_down_is_told_with_the_log(qtbot, account_area, control):
    control.fault(kind="status", status=503, path="/realms/")
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: "problem at the moment" in account_area.notice.text(), timeout=20_000)
    qtbot.waitUntil(notice_button(account_area, "Show Log").isVisible)


def test_a_kept_sign_in_is_resumed(qtbot, account_area, services, browse_as, monkeypatch):
    MemoryKeyring().use(monkeypatch)
    settings.STAY_SIGNED_IN.set(True)
    browse_as("hilde")
    press(qtbot, account_area.line._button)
    wait_signed_in(qtbot, account_area, services)
    assert account_area.text() == "Hilde Janssens · high resolution"  # not this session only
    services.session.drop()
    qtbot.waitUntil(lambda: "Not signed in" in account_area.text(), timeout=20_000)
    account_area.sign_in.restore()
    qtbot.waitUntil(lambda: "Hilde" in account_area.text(), timeout=20_000)


def test_a_kept_sign_in_without_a_connection_is_kept_and_told(
    qtbot, account_area, services, browse_as, control, monkeypatch
):
    keyring = MemoryKeyring().use(monkeypatch)
    settings.STAY_SIGNED_IN.set(True)
    browse_as("hilde")
    press(qtbot, account_area.line._button)
    wait_signed_in(qtbot, account_area, services)
    services.session.drop()
    control.fault(kind="status", status=503, path="/realms/")
    account_area.sign_in.restore()
    qtbot.waitUntil(lambda: "still remembered" in account_area.notice.text(), timeout=20_000)
    assert keyring.entries
    control.clear_faults()
    press(qtbot, notice_button(account_area, "Try Again"))
    qtbot.waitUntil(lambda: "Hilde" in account_area.text(), timeout=20_000)


def test_a_sign_in_that_ended_by_itself_is_told(qtbot, account_area, services, browse_as, control):
    browse_as("hilde")
    press(qtbot, account_area.line._button)
    wait_signed_in(qtbot, account_area, services)
    control.end_sessions()
    held = services.session.tokens
    services.session._tokens = TokenSet(
        held.access_token, now() - 400, now() - 100, held.refresh_token
    )
    services.session.renewal_due.emit()
    qtbot.waitUntil(lambda: "sign-in has ended" in account_area.notice.text(), timeout=20_000)
    assert "Not signed in" in account_area.text()
    qtbot.waitUntil(notice_button(account_area, "Sign In").isVisible)


def test_a_refusal_in_the_browser_offers_help(qtbot, account_area, services, portal):
    services.__dict__["browser"] = PersonAtBrowser(Visitor(portal.url), steps=cancels)
    account_area.sign_in.start(SignInOptions(hint=""))
    qtbot.waitUntil(lambda: "refused or stopped" in account_area.notice.text(), timeout=20_000)
    press(qtbot, notice_button(account_area, "Help with Access"))
    assert account_area.assistant.saw.currentData() == Seen.OTHER_ERROR.value


def test_quirk_24_the_governments_error_is_asked_about(qtbot, account_area, services, portal):
    """714907 stays in the browser (contract/lists 5.4): the person has to be asked."""
    person = PersonAtBrowser(Visitor(portal.url), "norights", None)
    services.__dict__["browser"] = person
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: person.page is not None, timeout=20_000)
    assert "714907" in person.page.text
    press(qtbot, account_area.waiting._help)
    assert account_area.assistant.saw.currentData() == Seen.NO_RIGHTS.value
    assert account_area.sign_in.is_waiting()


def test_unloaded_while_it_waits_leaves_no_port_and_no_crash(qtbot, account_area, services):
    browser = Opened().use(services)
    press(qtbot, account_area.line._button)
    qtbot.waitUntil(lambda: bool(browser.urls), timeout=20_000)
    services.close()
    account_area.waiting.end()
    qtbot.waitUntil(lambda: not is_open(port_of(browser.urls[0])), timeout=3000)
    qtbot.waitUntil(lambda: not account_area.sign_in.is_waiting(), timeout=20_000)
    assert services.session.tokens is None
