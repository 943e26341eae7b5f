"""Layers dragged onto the map of a real QGIS, from the dock and from the Browser panel."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from scripts import package
from scripts.desktop import desktop

SCRIPT = Path(__file__).parent / "inside" / "drop.py"


@pytest.fixture(scope="module")
def report(portal, tmp_path_factory):
    """What came of it, as the script in QGIS tells."""
    folder = tmp_path_factory.mktemp("dragging")
    plugin = package.stage(folder / package.PACKAGE, package.link, vendored=False)
    told, log = folder / "report.json", folder / "qgis.log"
    with desktop(size=(1280, 800)) as session, log.open("wb") as output:
        session.make_profile("dragging", plugin, locale="en")
        process = session.start_qgis(
            "dragging",
            ["--code", str(SCRIPT)],
            log=output,
            environment={
                "BIODIV_REPORT": str(told),
                "BIODIV_PORTAL_URL": portal.url,
                "BIODIV_OIDC_ISSUER": portal.issuer,
            },
        )
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()
            pytest.fail(f"QGIS did not end: {log.read_text(errors='replace')[-3000:]}")
    assert told.is_file(), log.read_text(errors="replace")[-3000:]
    found = json.loads(told.read_text())
    assert "error" not in found, found["error"]
    return found


@pytest.mark.parametrize(("source", "layer"), [("dock", "Gemeenten"), ("browser", "Provincies")])
def test_what_is_let_go_over_the_map_is_a_layer(report, source, layer):
    assert report[source] == [True, layer, "wms", True]


def test_the_dock_knows_them_again(report):
    assert report["known again"] == ["Gemeenten", "Provincies"]
