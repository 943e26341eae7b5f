"""The hook in QGIS's own network stack, and what redirects make of it."""

from __future__ import annotations

import gc

import pytest
from qgis.core import QgsBlockingNetworkRequest, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QEventLoop, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from biodiv_plugin.auth import bearer
from biodiv_plugin.auth.bearer import BearerInjector, BearerRules
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.network import QgisTransport
from biodiv_plugin.portal.http import Request, post_form
from tests.qgis.doubles import SOMEBODY, Reply, Server, environment, in_task, token_set

attribute = QNetworkRequest.Attribute


@pytest.fixture()
def session():
    session = AuthSession(environment(), QgisTransport(), None)
    session.adopt(token_set(), SOMEBODY, "session")
    yield session
    session.close()


@pytest.fixture()
def portal():
    with Server(lambda asked: Reply(b"{}")) as server:
        yield server


@pytest.fixture()
def installed(session, portal):
    rules = BearerRules(
        always=(f"{portal.url}/records",),
        on_request=(f"{portal.url}/lists",),
        pictures=(f"{portal.url}/records/ogc",),
    )
    injector = BearerInjector(rules, session)
    injector.install()
    yield injector
    injector.remove()


def fetch(url, policy=None):
    """Fetch as any part of QGIS may."""
    request = QNetworkRequest(QUrl(url))
    if policy is not None:
        request.setAttribute(attribute.RedirectPolicyAttribute, policy)
    reply = QgsNetworkAccessManager.instance().get(request)
    loop = QEventLoop()
    reply.finished.connect(loop.quit)
    QTimer.singleShot(5000, loop.quit)
    loop.exec()
    return reply


def test_qgis_s_own_requests_carry_it(installed, portal):
    fetch(f"{portal.url}/records/a")
    fetch(f"{portal.url}/lists/a")
    assert portal.asked[0].headers["authorization"] == "Bearer SENTINEL"
    assert "authorization" not in portal.asked[1].headers


def test_the_transport_s_requests_carry_it(installed, portal):
    transport = QgisTransport()
    for request in (
        Request("GET", f"{portal.url}/records/a", as_user=True),
        post_form(f"{portal.url}/lists/a", {"a": 1}, as_user=True),
        Request("GET", f"{portal.url}/lists/a"),
    ):
        in_task(lambda feedback, request=request: transport.send(request, feedback))
    carried = [asked.headers.get("authorization") for asked in portal.asked]
    assert carried == ["Bearer SENTINEL", "Bearer SENTINEL", None]
    assert all("biodiv_plugin/" in asked.headers["user-agent"] for asked in portal.asked)


def test_it_can_be_taken_back_and_put_in_again(installed, portal):
    installed.remove()
    installed.remove()
    fetch(f"{portal.url}/records/1")
    installed.install()
    installed.install()
    fetch(f"{portal.url}/records/2")
    installed.remove()
    gc.collect()
    fetch(f"{portal.url}/records/3")
    carried = {a.path: "authorization" in a.headers for a in portal.asked}
    assert carried == {"/records/1": False, "/records/2": True, "/records/3": False}


def test_once_removed_pictures_stay_nobody_s(installed, portal):
    fetch(f"{portal.url}/records/a")
    installed.remove()
    fetch(f"{portal.url}/records/ogc/1.png")
    fetch(f"{portal.url}/records/a")
    assert [asked.target for asked in portal.asked[1:]] == [
        "/records/ogc/1.png?_vbp=0",
        "/records/a",
    ]
    assert not [asked for asked in portal.asked[1:] if "authorization" in asked.headers]


def test_a_reloaded_plugin_uses_the_hook_that_is_there(installed, session, portal):
    other = BearerInjector(BearerRules(always=(f"{portal.url}/other",)), session)
    hook = bearer._hook_in_qgis()
    other.install()
    assert bearer._hook_in_qgis() is hook
    installed.remove()  # the old one goes last: it must not take the new one along
    fetch(f"{portal.url}/other/1")
    fetch(f"{portal.url}/records/1")
    other.remove()
    carried = ["authorization" in asked.headers for asked in portal.asked]
    assert carried == [True, False]


def redirecting(target):
    return lambda asked: Reply(b"", 302, {"Location": f"{target}{asked.path}"})


POLICIES = [
    None,
    QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy,
    QNetworkRequest.RedirectPolicy.SameOriginRedirectPolicy,
    QNetworkRequest.RedirectPolicy.ManualRedirectPolicy,
]


@pytest.mark.parametrize("policy", POLICIES)
def test_d14_no_redirect_takes_it_along(session, policy):
    with Server(lambda asked: Reply(b"x")) as other, Server(redirecting(other.url)) as portal:
        injector = BearerInjector(BearerRules(always=(f"{portal.url}/",)), session)
        injector.install()
        try:
            fetch(f"{portal.url}/a", policy)
            blocking = QgsBlockingNetworkRequest()
            blocking.get(QNetworkRequest(QUrl(f"{portal.url}/b")))
            request = Request("GET", f"{portal.url}/c", as_user=True)
            in_task(lambda feedback: QgisTransport().send(request, feedback))
        finally:
            injector.remove()
    assert all("authorization" in asked.headers for asked in portal.asked)
    assert {"/a", "/b", "/c"} <= set(portal.paths())
    assert "/c" in other.paths()
    assert not [asked for asked in other.asked if "authorization" in asked.headers]


def test_d14_a_post_goes_nowhere_else_at_all(session):
    with Server(lambda asked: Reply(b"x")) as other, Server(redirecting(other.url)) as portal:
        injector = BearerInjector(BearerRules(always=(f"{portal.url}/",)), session)
        injector.install()
        try:
            request = post_form(f"{portal.url}/c", {"a": "SENTINEL"}, as_user=True)
            in_task(lambda feedback: QgisTransport().send(request, feedback))
        finally:
            injector.remove()
    assert other.asked == []


@pytest.mark.parametrize(("age", "asked_for"), [(100, 1), (0, 0)])
def test_a_401_to_qgis_itself_asks_for_a_renewal(session, qtbot, age, asked_for):
    session.adopt(token_set(age=age), SOMEBODY, "session")
    due = []
    session.renewal_due.connect(lambda: due.append(1))
    with Server(lambda asked: Reply(b"", 401)) as portal:
        injector = BearerInjector(BearerRules(always=(f"{portal.url}/",)), session)
        injector.install()
        fetch(f"{portal.url}/a")
        qtbot.wait(50)
        injector.remove()
    assert len(due) == asked_for
