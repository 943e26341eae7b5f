"""What the sign-in promises about safety; the numbers are those of the promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from qgis.core import QgsLayerDefinition, QgsProject

from biodiv_plugin.auth.bearer import BearerInjector, BearerRules
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.portal.errors import Canceled
from tests.qgis.doubles import SOMEBODY, InTask, Reply, Server, spin, spin_until, token_set
from tests.qgis.sign_in.browser import is_open, port_of
from tests.qgis.sign_in.map import drawn, paint, start_drawing, tiles

ROOT = Path(__file__).parents[3]


@pytest.fixture()
def portal():
    with Server(paint) as server:
        yield server


@pytest.fixture()
def session(desk):
    return desk.session


def protect(portal, session):
    rules = BearerRules(always=(f"{portal.url}/records",), pictures=(f"{portal.url}/records/ogc",))
    injector = BearerInjector(rules, session)
    injector.install()
    return injector


@pytest.fixture()
def injector(portal, session):
    injector = protect(portal, session)
    yield injector
    injector.remove()


@pytest.fixture()
def run(tmp_path):
    """Run a script of this folder in a QGIS with a profile of its own; return what it prints."""
    return partial(_run, tmp_path / "profile")


def _run(profile, module, *arguments, seconds=60):
    done = subprocess.run(
        [sys.executable, "-m", f"tests.qgis.sign_in.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(profile)},
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert done.returncode == 0, (done.returncode, done.stdout[-500:], done.stderr[-2000:])
    return json.loads(done.stdout)


def test_d01_there_is_no_browser_inside():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "biodiv_plugin").rglob("*.py")]
    assert len(sources) > 20
    assert not [text for text in sources if "QtWeb" in text or "WebView" in text]


# Files


def test_d12_nothing_saved_holds_it_and_all_reopens_with_and_without(
    injector, session, portal, tmp_path, qgis_new_project
):
    session.adopt(token_set("ann"), SOMEBODY, "session")
    layer = tiles(portal.url)
    assert drawn(layer) == "ann"
    project = QgsProject.instance()
    project.addMapLayer(layer)
    for name in ("project.qgs", "project.qgz"):
        assert project.write(str(tmp_path / name))
    layer.saveNamedStyle(str(tmp_path / "style.qml"))
    QgsLayerDefinition.exportLayerDefinition(
        str(tmp_path / "layer.qlr"), [project.layerTreeRoot().findLayer(layer)]
    )
    import zipfile

    with zipfile.ZipFile(tmp_path / "project.qgz") as packed:
        packed.extractall(tmp_path / "unpacked")
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".qgz"]
    assert {".qgs", ".qml", ".qlr"} <= {path.suffix for path in files}
    for path in files:
        text = path.read_bytes()
        for secret in (b"Bearer", b"SENTINEL", b"authcfg=", b"_vbp", session.label.encode()):
            assert secret not in text, (path, secret)
    for signed_in in (True, False):
        if not signed_in:
            injector.remove()
        project.clear()
        assert project.read(str(tmp_path / "project.qgz"))
        (again,) = project.mapLayers().values()
        assert again.isValid() and drawn(again) == ("ann" if signed_in else "")


# Pictures


def test_d17_nobody_sees_what_another_saw(injector, session, portal):
    layer = tiles(portal.url)
    assert drawn(layer) == ""
    session.adopt(token_set("ann"), SOMEBODY, "session")
    assert drawn(layer) == drawn(tiles(portal.url)) == "ann"
    session.drop()
    assert drawn(layer) == drawn(tiles(portal.url)) == ""
    session.adopt(token_set("bob"), SOMEBODY, "session")
    assert drawn(layer) == drawn(tiles(portal.url)) == "bob"


def test_d17_nor_in_the_next_session(portal, run):
    with_ann = run("later", "pictures", portal.url)
    assert with_ann == ["", "bob", "bob", ""]
    asked = len(portal.asked)
    assert run("later", "pictures", portal.url) == ["", "bob", "bob", ""]
    assert len(portal.asked) > asked


def test_d17_without_the_label_qgis_would_show_it(session, portal):
    """That the two tests above can fail: QGIS keeps tiles by their address alone."""
    injector = BearerInjector(BearerRules(always=(f"{portal.url}/records",)), session)
    injector.install()
    session.adopt(token_set("ann"), SOMEBODY, "session")
    assert drawn(tiles(portal.url)) == "ann"
    session.drop()
    assert drawn(tiles(portal.url)) == "ann"
    injector.remove()


def test_d14_a_provider_takes_it_to_no_other_origin(session):
    with Server(paint) as other:

        def lead_on(asked):
            return Reply(b"", 302, {"Location": other.url + asked.path})

        with Server(lead_on) as portal:
            injector = protect(portal, session)
            session.adopt(token_set("ann"), SOMEBODY, "session")
            assert drawn(tiles(portal.url)) == ""
            injector.remove()
    assert portal.asked and all("authorization" in asked.headers for asked in portal.asked)
    assert other.asked and not [a for a in other.asked if "authorization" in a.headers]


def test_d16_an_expired_token_leaves_the_public_map_as_it_is(injector, session, portal):
    session.adopt(token_set("ann", life=0), SOMEBODY, "session")
    assert drawn(tiles(portal.url)) == ""
    assert not [asked for asked in portal.asked if "authorization" in asked.headers]


def test_d15_a_renewal_does_not_hold_the_window_up(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault(kind="latency", seconds=2, path="/realms/")
    task = InTask(desk.session.ensure_fresh).start()
    gaps, last = [], time.monotonic()
    while not task.done.is_set():
        spin(0.01)
        gaps.append(time.monotonic() - last)
        last = time.monotonic()
    task.wait()
    assert len(gaps) > 5 and max(gaps) < 1


# The network of the house


@pytest.mark.parametrize(
    ("flags", "outcome"),
    [
        (["trusted", "password"], {"name": "Dirk Maes", "renewed": True, "revoked": True}),
        (["trusted"], {"failure": "Unreachable", "reason": "proxy", "asked": 0}),
        (["password"], {"failure": "Unreachable", "reason": "tls", "asked": 0}),
    ],
)
def test_d25_the_proxy_and_the_authorities_of_qgis_count(provider, run, flags, outcome):
    told = run("behind_a_proxy", provider.url, *flags)
    assert {name: told.get(name) for name in outcome} == outcome, told
    if "name" in outcome:
        assert told["tunnels"] == ["portal.test:443"] and told["records"] > 0
        assert told["asked"] >= 8


def test_d24_a_certificate_that_does_not_verify_is_never_overlooked(provider, run):
    assert run("behind_a_proxy", provider.url, "password")["reason"] == "tls"


# Unloading


def test_d27_unloaded_while_the_browser_is_waited_for(desk):
    desk.bearer.install()
    urls, states = [], []
    task = desk.start_sign_in(lambda url: True, on_url=urls.append, timeout=60)
    spin_until(lambda: urls)
    desk.session.changed.connect(states.append)
    task.feedback.cancel()
    desk.close()
    with pytest.raises(Canceled):
        task.wait(1)
    assert not is_open(port_of(urls[0]))
    spin(0.05)
    assert states == []


def test_d27_unloaded_while_tokens_are_renewed(desk, clock):
    desk.sign_in()
    clock.forward(301, desk)
    desk.control.fault(kind="latency", seconds=2, path="/realms/")
    task = InTask(desk.session.ensure_fresh).start()
    spin(0.2)
    task.feedback.cancel()
    desk.close()
    with pytest.raises(Canceled):
        task.wait(1)
    assert desk.session.tokens is None and desk.session.state is AuthState.SIGNED_OUT
    assert desk.lost == []


def test_d27_unloaded_while_a_map_is_drawn(session):
    with Server(lambda asked: Reply(paint(asked).body, 200, wait=0.3)) as portal:
        injector = protect(portal, session)
        session.adopt(token_set("ann"), SOMEBODY, "session")
        job = start_drawing(tiles(portal.url))
        spin_until(lambda: portal.asked)
        injector.remove()
        session.close()
        spin_until(lambda: not job.isActive(), 10)
        assert portal.asked


@pytest.mark.parametrize("when", ["quit-sign-in", "quit-renewal"])
def test_d27_qgis_is_closed_in_the_middle(provider, run, when):
    start = time.monotonic()
    assert run("later", when, provider.url, seconds=30) == when
    assert time.monotonic() - start < 15
