"""The account in the dock: what it says, and what another person is not shown."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from qgis.core import QgsNetworkAccessManager, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QByteArray, Qt, QUrl
from qgis.PyQt.QtNetwork import QNetworkCacheMetaData
from qgis.PyQt.QtWidgets import QPushButton, QToolButton

from biodiv_plugin.auth.tokens import now
from biodiv_plugin.layers.ogc_source import wms_uri
from biodiv_plugin.layers.portal_layers import dead_layers, reload_protected, revive, that_answer
from biodiv_plugin.use_cases.access_advice import Seen
from biodiv_plugin.use_cases.sign_in import SignInOptions
from biodiv_plugin.use_cases.sign_out import SignedOut
from biodiv_plugin.use_cases.tell_account import tell_account
from demo.portal.visitor import Visitor
from tests.qgis.doubles import SOMEBODY, in_task, token_set
from tests.qgis.sign_in.browser import PersonAtBrowser, query

LEFT = Qt.MouseButton.LeftButton
HILDE = replace(SOMEBODY, name="Hilde Peeters", organisation="INBO", email="h@inbo.example")
EXPERT = replace(HILDE, roles=("DATA_HIGHRES",))
DIRK = replace(SOMEBODY, sub="2", name="Dirk", federated=False)


def adopt(services, account=HILDE, kept="session", reason="not_asked", **token):
    services.session.adopt(replace(token_set(), **token), account, kept, reason)


def sign_in(qtbot, area, services, browse_as, username, **options):
    browser = browse_as(username)
    area.sign_in.start(SignInOptions(**options))
    qtbot.waitUntil(lambda: not area.sign_in.is_waiting(), timeout=20_000)
    return browser


def notice_button(area, label):
    return next(b for b in area.notice.findChildren(QPushButton) if b.text() == label)


def test_the_panel_says_who_what_until_when_and_where(qtbot, account_area, services):
    adopt(services, EXPERT, refresh_expires_at=now() + 1800)
    qtbot.mouseClick(account_area.findChild(QToolButton), LEFT)
    panel = account_area.panel
    assert panel.isVisible()
    assert (panel.name.text(), panel.organisation.text()) == ("Hilde Peeters", "INBO")
    assert "yes" in panel.sees.text() and not panel.more.isVisible()
    assert "until you close QGIS" in panel.until.text()
    assert panel.kept.text() == "Your sign-in is kept for this session only."
    qtbot.mouseClick(panel.close_button, LEFT)
    assert not panel.isVisible()


def test_without_high_resolution_one_can_ask(qtbot, account_area, services):
    adopt(services)
    account_area.show_panel()
    assert "no." in account_area.panel.sees.text()
    qtbot.mouseClick(account_area.panel.more, LEFT)
    assert account_area.assistant.saw.currentData() == Seen.NO_SENSITIVE.value
    assert not account_area.panel.isVisible()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("switched_off", "administrator"),
        ("no_backend", "no keyring"),
        ("too_long", "too little room"),
        ("locked", "locked"),
        ("too_slow", "in time"),
        ("not_kept", "did not keep"),
        ("failed", "log"),
        ("elsewhere", "Another window"),
    ],
)
def test_why_it_is_not_kept_is_said(services, reason, words):
    adopt(services, reason=reason)
    kept = tell_account(services.session).kept
    assert kept.startswith("Your sign-in is kept for this session only.") and words in kept


def test_how_long_is_true(services):
    adopt(services, kept="keyring", reason="")
    facts = tell_account(services.session)
    assert facts.until == "You stay signed in until you sign out." and facts.expires is None
    assert "keyring" in facts.kept
    adopt(services, refresh_token=None, expires_at=now() + 300)
    facts = tell_account(services.session)
    assert 298 <= facts.expires.timestamp() - time.time() <= 301
    services.session.drop()
    assert tell_account(services.session) is None


def test_each_kind_of_account_has_its_own_buttons(account_area, services):
    adopt(services, HILDE)
    account_area.show_panel()
    panel = account_area.panel
    assert panel.organisation_switch.isVisible() and not panel.password.isVisible()
    adopt(services, DIRK)
    assert panel.name.text() == "Dirk"  # the open panel follows
    assert panel.password.isVisible() and not panel.organisation_switch.isVisible()
    labels = [action.text() for action in account_area.line._menu.actions()]
    assert "Switch Organisation" not in labels and labels[-1] == "Sign Out"


@pytest.mark.parametrize(
    ("button", "parameter"),
    [
        ("details", ("kc_action", "UPDATE_PROFILE")),
        ("password", ("kc_action", "UPDATE_PASSWORD")),
        ("other", ("prompt", "login")),
    ],
)
def test_each_button_opens_its_page(qtbot, account_area, services, button, parameter):
    opened = []
    services.__dict__["browser"] = lambda url: bool(opened.append(url)) or True
    adopt(services, DIRK)
    account_area.show_panel()
    qtbot.mouseClick(getattr(account_area.panel, button), LEFT)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    asked = query(opened[0])
    if button != "other":  # that one goes by way of signing the browser out
        assert asked[parameter[0]] == parameter[1]
        assert asked["kc_idp_hint"] == ""


def test_switching_the_organisation_asks_acm_idm(qtbot, account_area, services):
    opened = []
    services.__dict__["browser"] = lambda url: bool(opened.append(url)) or True
    adopt(services, HILDE)
    account_area.show_panel()
    qtbot.mouseClick(account_area.panel.organisation_switch, LEFT)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    asked = query(opened[0])
    assert (asked["kc_idp_hint"], asked["login_hint"]) == (
        "acm-idm",
        "eyJzd2l0Y2hfaWQiOiB0cnVlfQ==",
    )


def renames(visitor, url):
    form = visitor.open(url).form("kc-update-profile-form")
    return visitor.submit(form, "save", firstName="Dirkje")


def walks_away(visitor, url):
    form = visitor.open(url).form("kc-update-profile-form")
    return visitor.submit(form, "cancel-aia")


@pytest.mark.parametrize(("steps", "name"), [(renames, "Dirkje Maes"), (walks_away, "Dirk Maes")])
def test_details_that_were_changed_show(qtbot, account_area, services, portal, steps, name):
    person = PersonAtBrowser(Visitor(portal.url))
    services.__dict__["browser"] = person
    account_area.sign_in.start(SignInOptions(hint=""))
    qtbot.waitUntil(lambda: account_area.text().startswith("Dirk Maes"), timeout=20_000)
    person._steps = steps
    account_area.show_panel()
    qtbot.mouseClick(account_area.panel.details, LEFT)
    qtbot.waitUntil(lambda: not account_area.sign_in.is_waiting(), timeout=20_000)
    person.leave()
    assert account_area.text().startswith(name)


def test_my_profile_opens_in_the_browser(qtbot, account_area, services, environment):
    opened = []
    services.__dict__["browser"] = lambda url: bool(opened.append(url)) or True
    adopt(services)
    account_area.show_panel()
    qtbot.mouseClick(account_area.panel.profile, LEFT)
    assert opened == [f"{environment.portal}/my-profile.html"]


def test_signing_out_offers_to_sign_the_browser_out_too(
    qtbot, account_area, services, browse_as, control
):
    browser = sign_in(qtbot, account_area, services, browse_as, "hilde")
    assert account_area.text().startswith("Hilde")
    account_area.show_panel()
    qtbot.mouseClick(account_area.panel.sign_out, LEFT)
    qtbot.waitUntil(lambda: "You are signed out." in account_area.notice.text(), timeout=20_000)
    assert "Not signed in" in account_area.text() and not account_area.panel.isVisible()
    qtbot.mouseClick(notice_button(account_area, "Sign Out There Too"), LEFT)
    assert "/logout?" in browser.opened[-1]


def test_signing_out_offline_says_so(qtbot, account_area, services, browse_as, control):
    sign_in(qtbot, account_area, services, browse_as, "hilde")
    control.fault(kind="status", status=503, path="/realms/")
    account_area.sign_in.sign_out()
    qtbot.waitUntil(lambda: "signed out here" in account_area.notice.text(), timeout=20_000)
    assert "Not signed in" in account_area.text()
    assert services.session.tokens is None


def test_a_keyring_that_keeps_it_is_told(account_area):
    account_area._tell_signed_out(SignedOut(True, None, forgotten=False))
    assert "keyring of this computer could not be reached" in account_area.notice.text()


def add_dead_layer(services, host, control):
    """Add a layer of the geographic portal that could not be opened before the sign-in."""
    entry = next(one for one in in_task(lambda f: services.catalogue.fields(feedback=f)))
    geoserver = services.environment.service("geoserver")
    uri = wms_uri(entry, geoserver, host.project.crs())
    control.fault(kind="status", status=401, path="/geoserver/")
    layer = QgsRasterLayer(uri, entry.title, "wms")
    control.clear_faults()
    assert not layer.isValid()
    host.project.addMapLayer(layer)
    return layer


def test_a_layer_from_before_the_sign_in_is_revived_by_it(
    qtbot, account_area, services, browse_as, host, control
):
    dead_layer = add_dead_layer(services, host, control)
    sign_in(qtbot, account_area, services, browse_as, "hilde")
    qtbot.waitUntil(dead_layer.isValid, timeout=10_000)
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def test_a_layer_that_still_does_not_answer_is_left(
    qtbot, account_area, services, browse_as, control, host
):
    dead_layer = add_dead_layer(services, host, control)
    control.fault(kind="status", status=503, path="/geoserver/")
    sign_in(qtbot, account_area, services, browse_as, "hilde")
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    assert not dead_layer.isValid()


def test_a_protected_layer_is_drawn_anew_for_the_next_person(
    qtbot, account_area, services, browse_as, host, control
):
    dead_layer = add_dead_layer(services, host, control)
    sign_in(qtbot, account_area, services, browse_as, "hilde")
    qtbot.waitUntil(dead_layer.isValid, timeout=10_000)
    with qtbot.waitSignal(dead_layer.repaintRequested):
        services.session.drop()


def test_what_can_be_revived_is_asked_in_a_worker(services, host, environment, control):
    dead_layer = add_dead_layer(services, host, control)
    dead = dead_layers(host.project, environment)
    answered = in_task(lambda feedback: that_answer(dead, feedback))
    assert [one.layer_id for one in answered] == [dead_layer.id()]
    assert revive(host.project, answered) == 1
    assert revive(host.project, answered) == 0  # it lives already
    host.project.removeMapLayer(dead_layer.id())
    assert revive(host.project, answered) == 0  # it is gone


def test_only_the_portals_layers_are_touched(services, environment, host):
    ours = QgsRasterLayer(f"url={environment.portal}/geoserver/wms&layers=x", "ours", "wms")
    foreign = QgsVectorLayer("Point?crs=EPSG:31370", "theirs", "memory")
    alike = QgsRasterLayer(f"url={environment.portal}.evil.example/wms&layers=x", "alike", "wms")
    host.project.addMapLayers([ours, foreign, alike])
    assert [dead.layer_id for dead in dead_layers(host.project, environment)] == [ours.id()]
    assert reload_protected(host.project, environment) == 0  # none of them is valid
    assert revive(host.project, ()) == 0


def test_another_person_is_noticed_and_a_renewal_is_not(account_area, services):
    told = []
    account_area.watch.changed.connect(told.append)
    adopt(services, HILDE)
    adopt(services, replace(HILDE, organisation="ANB"))  # the same person in another capacity
    adopt(services, replace(HILDE, organisation="ANB"))
    services.session.drop()
    assert [getattr(one, "organisation", None) for one in told] == ["INBO", "ANB", None]


def test_the_disk_holds_nothing_of_who_left(qtbot, account_area, services, tmp_path, environment):
    cache = QgsNetworkAccessManager.instance().cache()
    url = QUrl(f"{environment.portal}/biocache-service/ogc/wms/reflect?x=1")
    put(cache, url)
    assert cache.metaData(url).isValid()
    adopt(services, HILDE)
    assert cache.metaData(url).isValid()
    services.session.drop()
    qtbot.waitUntil(lambda: not cache.metaData(url).isValid(), timeout=20_000)


def put(cache, url):
    meta = QNetworkCacheMetaData()
    meta.setUrl(url)
    meta.setSaveToDisk(True)
    meta.setRawHeaders([(QByteArray(b"content-type"), QByteArray(b"image/png"))])
    device = cache.prepare(meta)
    device.write(b"picture")
    cache.insert(device)
