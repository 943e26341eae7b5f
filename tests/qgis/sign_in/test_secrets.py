"""Nothing secret is left anywhere: a whole run, and then every place is searched for it."""

from __future__ import annotations

import gc
import logging
import threading
import traceback
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtGui import QGuiApplication

from biodiv_plugin import log
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import Request
from tests.qgis.doubles import spin
from tests.qgis.sign_in.browser import PersonAtBrowser, query
from tests.qgis.sign_in.map import tiles

SECRET_FIELDS = ("code", "code_verifier", "refresh_token", "device_code", "token")


class Wire:
    """Notes every secret that passes between us and the provider, and goes on as before."""

    def __init__(self, transport):
        self._transport = transport
        self.secrets = set()

    def send(self, request, feedback=None):
        from urllib.parse import parse_qs

        form = parse_qs((request.body or b"").decode("ascii"))
        self.secrets.update(form[name][0] for name in SECRET_FIELDS if name in form)
        answer = self._transport.send(request, feedback)
        if answer.headers.get("content-type", "").startswith("application/json"):
            said = answer.json() if answer.status == 200 else {}
            names = ("access_token", "refresh_token", "id_token", "device_code")
            self.secrets.update(said[name] for name in names if said.get(name))
        return answer


@pytest.fixture()
def said(caplog, capfd):
    """Collect what is said anywhere, at the most talkative level."""
    lines = []
    undo = log.install()
    panel = QgsApplication.messageLog()
    panel.messageReceived[str, str, type(log.Qgis.MessageLevel.Info)].connect(
        lambda text, tag, level: lines.append(text)
    )
    # urllib3 is the browser's of this test; the plugin sends nothing through it.
    with caplog.at_level(logging.WARNING, "urllib3"), caplog.at_level(logging.DEBUG):
        yield lambda: "\n".join([*lines, caplog.text, *capfd.readouterr()])
    undo()


def failures_of(desk):
    """Fail in several ways; return all that an error could show."""
    texts = []
    faults = [
        {"name": "oidc.token_error", "error": "invalid_grant", "description": "no"},
        {"name": "oidc.id_token", "tamper": True},
        {"kind": "truncate", "after": 900, "path": "/realms/vbp/protocol/openid-connect/token"},
        {"kind": "drop", "path": "/realms/vbp/protocol/openid-connect/token"},
        {"kind": "redirect", "path": "/realms/vbp/protocol/openid-connect/token"},
    ]
    for fault in faults:
        desk.control.fault(**fault)
        try:
            desk.start_sign_in(PersonAtBrowser(desk.visitor)).wait()
        except PortalError as failure:
            texts += [repr(failure), str(failure.__dict__)]
            texts += traceback.format_exception(type(failure), failure, failure.__traceback__)
        else:
            raise AssertionError(fault)
        desk.control.clear_faults()
    return texts


def reprs_of_ours():
    """Return the ``repr`` of each living object whose class is of the plugin."""
    ours = [
        thing
        for thing in gc.get_objects()
        if type(thing).__module__.startswith("biodiv_plugin") and not isinstance(thing, type)
    ]
    assert len(ours) > 10
    return [repr(thing) for thing in ours]


def test_d11_nothing_secret_is_left_anywhere(desk, keyring, said, tmp_path, qgis_new_project):
    wire = Wire(desk.transport)
    desk.transport = wire
    desk.session.renewal._transport = wire
    browser = PersonAtBrowser(desk.visitor)
    desk.bearer.install()

    desk.control.fault("oidc.access_token", lifetime=1, count=1)
    desk.sign_in(browser, remember=True)
    spin(1.1)
    url = f"{desk.portal.url}/biocache-service/occurrences/search?q=*:*&pageSize=0"
    request = Request("GET", url, as_user=True)
    assert desk.run(lambda feedback: desk.as_user.send(request, feedback)).status == 200
    QgsProject.instance().addMapLayer(layer := tiles(desk.portal.url))
    shown = [*failures_of(desk), *reprs_of_ours()]
    assert QgsProject.instance().write(str(tmp_path / "project.qgs"))
    desk.restore()
    shown.append(repr(desk.sign_out()))
    spin(0.1)

    secrets = wire.secrets | {query(browser.urls[0])["nonce"]}
    assert len(secrets) > 12 and all(len(secret) >= 16 for secret in secrets)
    settings = QgsSettings()
    settings.sync()
    places = {
        "logs and output": said(),
        "errors and objects": "\n".join(shown),
        "settings": "\n".join(f"{key}={settings.value(key)}" for key in settings.allKeys()),
        "settings file": _read(Path(settings.fileName())),
        "profile": "\n".join(map(_read, Path(tmp_path).rglob("*"))),
        "project": _read(tmp_path / "project.qgs"),
        "layer": layer.source() + layer.publicSource(),
        "clipboard": QGuiApplication.clipboard().text(),
        "threads": "\n".join(thread.name for thread in threading.enumerate()),
    }
    assert "Dirk" not in places["logs and output"]
    for place, text in places.items():
        assert not [secret[:12] for secret in secrets if secret in text], place
        assert "Bearer ey" not in text, place


def _read(path):
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def test_d11_the_search_finds_what_is_there(desk, said):
    """That the test above can fail."""
    wire = Wire(desk.transport)
    desk.transport = wire
    desk.sign_in()
    logging.getLogger("anything").debug("token %s", desk.session.tokens.access_token)
    log.logger.warning("refresh %s", desk.session.tokens.refresh_token)
    spin(0.05)
    assert len([secret for secret in wire.secrets if secret in said()]) >= 2
