"""One full sign-in with a real browser on a real (virtual) display."""

from __future__ import annotations

import threading

import pytest

from biodiv_plugin.auth.session import AuthState
from tests.qgis.doubles import spin_until
from tests.qgis.sign_in import chromium
from tests.qgis.sign_in.browser import is_open, port_of

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()),
    reason=f"a real browser is missing: {chromium.missing()} (scripts/setup --browser)",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium.chromium(tmp_path_factory.mktemp("chromium")) as running:
        yield running


class AtChromium:
    """Opens the page, and does ``steps`` on it, in a thread of its own as a person would."""

    def __init__(self, browser, steps):
        self.browser, self.steps = browser, steps
        self.urls, self.trouble, self.done = [], None, threading.Event()

    def __call__(self, url):
        self.urls.append(url)
        threading.Thread(target=self._walk, args=(url,), daemon=True).start()
        return True

    def _walk(self, url):
        try:
            self.browser.open(url)
            self.steps(self.browser)
        except BaseException as trouble:  # noqa: BLE001 (raised in the test)
            self.trouble = trouble
        self.done.set()

    def leave(self):
        spin_until(self.done.is_set, 40)
        if self.trouble is not None:
            raise self.trouble


def types(browser):
    browser.type("input[name=username]", "demo")
    browser.type("input[name=password]", "demo")
    browser.click("[name=login]")
    browser.page = browser.address(), browser.text()


def sees(browser):
    browser.page = browser.address(), browser.text()


def sign_in(desk, browser, steps):
    person = AtChromium(browser, steps)
    task = desk.start_sign_in(person, timeout=30)
    person.leave()
    account = task.wait(30)
    spin_until(lambda: not is_open(port_of(person.urls[0])))
    return account


def test_a_person_signs_in_at_a_real_browser(desk, browser):
    assert sign_in(desk, browser, types).name == "Dirk Maes"
    assert desk.session.state is AuthState.SIGNED_IN
    address, text = browser.page
    assert address.startswith("http://127.0.0.1:") and "terug naar QGIS" in text
    assert sign_in(desk, browser, sees).name == "Dirk Maes"  # the browser knows who it is
    assert "terug naar QGIS" in browser.page[1]
