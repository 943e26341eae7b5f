"""A QGIS of its own, for what only another process can show.

later.py pictures PROFILE PORTAL    who is seen on the map by nobody, then by bob
later.py quit-sign-in PORTAL    QGIS is closed while the browser is waited for
later.py quit-renewal PORTAL    QGIS is closed while tokens are renewed
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from qgis.core import QgsApplication

from biodiv_plugin.auth.bearer import BearerInjector, BearerRules
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.network import QgisTransport
from demo.portal.running import Control, RunningPortal
from tests.qgis.doubles import SOMEBODY, InTask, environment, spin, spin_until, token_set
from tests.qgis.sign_in.desk import Desk
from tests.qgis.sign_in.map import drawn, tiles


def pictures(portal: str) -> list[str]:
    session = AuthSession(environment(), QgisTransport(), None)
    rules = BearerRules(always=(f"{portal}/records",), pictures=(f"{portal}/records/ogc",))
    injector = BearerInjector(rules, session)
    injector.install()
    layer = tiles(portal)
    seen = [drawn(layer)]
    session.adopt(token_set("bob"), SOMEBODY, "session")
    seen += [drawn(layer), drawn(tiles(portal))]
    session.drop()
    return [*seen, drawn(layer)]


def quit_early(portal: str, when: str) -> str:
    """Do as the plugin does when it is unloaded: cancel what runs, then close."""
    running = RunningPortal(portal, f"{portal}/realms/vbp", 0, 0, Path(), Control(portal))
    desk = Desk(running, Path(tempfile.mkdtemp()))
    desk.bearer.install()
    if when == "quit-sign-in":
        urls: list[str] = []
        task = desk.start_sign_in(lambda url: True, on_url=urls.append, timeout=60)
        spin_until(lambda: urls)
    else:
        desk.sign_in()
        desk.session._tokens = token_set(life=0)
        desk.control.fault("oidc.slow", seconds=20)
        task = InTask(desk.session.ensure_fresh).start()
        spin(0.3)
    task.feedback.cancel()
    desk.close()
    return when


def main() -> None:
    what, portal = sys.argv[1:]
    application = QgsApplication([], True, os.environ["QGIS_CUSTOM_CONFIG_PATH"])
    application.initQgis()
    if what == "pictures":
        told: object = pictures(portal)
    else:
        told = quit_early(portal, what)
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    application.exitQgis()


if __name__ == "__main__":
    main()
