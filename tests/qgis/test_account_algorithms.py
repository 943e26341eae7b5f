"""The account by algorithms, as scripts and scheduled jobs use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from threading import Thread

import pytest
from qgis.core import QgsProcessingException

from biodiv_plugin import settings
from biodiv_plugin.processing.account import ShowAccount
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.processing.sign_out import SignOut
from biodiv_plugin.services import Services
from demo.portal.visitor import Visitor
from tests.qgis.algorithms import Said, run
from tests.qgis.sign_in.desk import MemoryKeyring

ROOT = Path(__file__).resolve().parents[2]
WITH_KEYRING = ROOT / "tests" / "secrets" / "with-keyring"
NOBODY = {"ACCOUNT": "", "ROLES": "", "EXPIRES": ""}


@pytest.fixture
def custom(portal):
    """The running demo portal once more, as a portal of one's own: another environment."""
    kept = (settings.CUSTOM_PORTAL, settings.CUSTOM_ISSUER, settings.client_id("custom"))
    for setting, value in zip(kept, (portal.url, portal.issuer, "vbp-qgis")):
        setting.set(value)
    yield "custom"
    for setting in kept:
        setting.reset()


def test_nobody_is_no_error(services):
    said = Said()
    assert run(ShowAccount(services), {}, said) == NOBODY
    assert "Nobody is signed in" in " ".join(said.info)


def test_who_with_what_until_when(services, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    said = Said()
    outputs = run(ShowAccount(services), {}, said)
    assert outputs["ACCOUNT"] == "Hilde Janssens"
    assert "DATA_HIGHRES" in outputs["ROLES"].split(";")
    assert datetime.fromisoformat(outputs["EXPIRES"]) > datetime.now(timezone.utc)
    assert "High-resolution observations: yes" in " ".join(said.info)
    run(SignOut(services), {})
    assert run(ShowAccount(services), {}) == NOBODY


def test_a_sign_in_of_an_earlier_session_is_resumed(services, browse_as, environment, monkeypatch):
    MemoryKeyring().use(monkeypatch)
    browse_as("hilde")
    assert run(SignIn(services), {"REMEMBER": True, "TIMEOUT": 30})["STORED"] == "keyring"
    services.close()
    later = Services(environment)
    assert run(ShowAccount(later), {})["ACCOUNT"] == "Hilde Janssens"
    assert run(SignOut(later), {})["REVOKED"]
    assert run(ShowAccount(Services(environment)), {}) == NOBODY


def test_a_code_is_told_and_typed_elsewhere(services, control, portal):
    control.fault("oidc.device", interval=0.3)

    class Phone(Said):
        def pushInfo(self, text):
            super().pushInfo(text)
            if "enter the code" in text:
                address, code = text.split()[1], text.split()[-1]
                url = f"{address}?user_code={code}"
                Thread(target=Visitor(portal.url).sign_in, args=(url, "demo", "demo")).start()

    said = Phone()
    assert run(SignIn(services), {"METHOD": 1}, said)["ACCOUNT"] == "Dirk Maes"
    assert len(said.info) == 1


def by_phone(portal):
    class Phone(Said):
        def pushInfo(self, text):
            super().pushInfo(text)
            if "enter the code" in text:
                url = f"{text.split()[1]}?user_code={text.split()[-1]}"
                Thread(target=Visitor(portal.url).sign_in, args=(url, "demo", "demo")).start()

    return Phone()


def test_another_portal_has_a_sign_in_of_its_own(services, custom, control, portal, monkeypatch):
    keyring = MemoryKeyring().use(monkeypatch)
    control.fault("oidc.device", interval=0.3)
    said = by_phone(portal)
    outputs = run(SignIn(services), {"ENVIRONMENT": custom, "METHOD": 1, "REMEMBER": True}, said)
    assert (outputs["ACCOUNT"], outputs["STORED"]) == ("Dirk Maes", "keyring")
    assert services.session.account is None  # here nobody is signed in
    assert len(keyring.entries) == 1 and said.warnings == []


def test_a_sign_in_elsewhere_that_nothing_keeps_is_warned_of(services, custom, control, portal):
    control.fault("oidc.device", interval=0.3)
    said = by_phone(portal)
    outputs = run(SignIn(services), {"ENVIRONMENT": custom, "METHOD": 1}, said)
    assert outputs["STORED"] == "session"
    assert "nothing is left" in " ".join(said.warnings)


def test_an_unknown_portal_is_told(services):
    with pytest.raises(QgsProcessingException, match="Choose a portal"):
        run(SignIn(services), {"ENVIRONMENT": "elsewhere"})


def test_a_portal_without_a_client_is_told(services):
    with pytest.raises(QgsProcessingException, match="has not registered QGIS"):
        run(SignIn(services), {"ENVIRONMENT": "prod"})


HEADLESS = """
import json, sys
from threading import Thread
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
from biodiv_plugin.services import Services
from biodiv_plugin.processing.account import ShowAccount
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.processing.sign_out import SignOut
from tests.qgis.algorithms import Said, run
from demo.portal.visitor import Visitor
from biodiv_plugin import environments

portal = sys.argv[2]
environment = environments.named("demo")
services = Services(environment)
if sys.argv[1] == "signin":
    services.__dict__["browser"] = lambda url: Thread(
        target=lambda: (v := Visitor(portal)).deliver(v.sign_in(url, "hilde"))
    ).start() or True
    outputs = run(SignIn(services), {"REMEMBER": True, "TIMEOUT": 30})
elif sys.argv[1] == "account":
    outputs = run(ShowAccount(services), {})
else:
    outputs = run(SignOut(services), {})
services.close()
print("OUTPUTS " + json.dumps(outputs))
"""


def test_headless_runs_share_what_the_systems_keyring_holds(portal, control, tmp_path):
    """Three processes of their own, one real secret service: sign in, use, sign out, use."""
    script = tmp_path / "headless.py"
    script.write_text(HEADLESS)
    steps = ("signin", "account", "signout", "account")
    calls = " && ".join(f'"$0" "$1" {step} "$2"' for step in steps)
    environment = {
        **os.environ,
        "BIODIV_PORTAL_URL": portal.url,
        "BIODIV_OIDC_ISSUER": portal.issuer,
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [str(WITH_KEYRING), "bash", "-c", calls, sys.executable, str(script), portal.url],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("OUTPUTS ")]
    assert len(lines) == 4, done.stdout + done.stderr
    signed_in, used, signed_out, after = (json.loads(line[8:]) for line in lines)
    assert (signed_in["ACCOUNT"], signed_in["STORED"]) == ("Hilde Janssens", "keyring")
    assert used["ACCOUNT"] == "Hilde Janssens" and "DATA_HIGHRES" in used["ROLES"]
    assert signed_out == {"REVOKED": True}
    assert after == NOBODY
