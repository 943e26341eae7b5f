"""The whole path in a real QGIS on the demo portal: sign in, add, ask, download, list, save.

Leaves ``build/demo/``: the project, the GeoPackage with its manifest, a picture of the window; and
fails where anything of it went wrong, left the portal or left a secret behind. Without a display it
makes its own; with one, QGIS stays open afterwards.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
import zipfile
from pathlib import Path
from typing import Any, Iterator

from scripts.portal_desktop import ROOT, PortalDesktop, portal_desktop

FOLDER = ROOT / "build" / "demo"
PERSON = {"DEMO_USER": "demo", "DEMO_PASSWORD": "demo"}
PATIENCE = 300.0  # s
MADE = ("project.qgz", "waarnemingen.gpkg", "waarnemingen.manifest.json", "qgis.png")
# A JSON web token, or what names one; "authcfg" names an entry of QGIS's own password store.
SECRET = re.compile(rb"eyJ[\w-]{8,}\.[\w-]{8,}|[Bb]earer [\w-]{8,}|refresh_token=|authcfg=[\"']?\w")


def main() -> int:
    begin = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    stay_open = not os.environ.get("CI")
    with portal_desktop(window=stay_open, person=PERSON) as place:
        stay_open = stay_open and not place.session.own_display
        code = place.run(
            "demo_session.py",
            FOLDER / "qgis.log",
            1e6 if stay_open else PATIENCE,
            DEMO_FOLDER=str(FOLDER),
            DEMO_STAY_OPEN=str(int(stay_open)),
        )
        told = FOLDER / "report.json"
        report = json.loads(told.read_text()) if told.is_file() else {"error": log_tail()}
        faults = list(find_faults(report, place, code))
        for line in lines(report, place):
            print(line)
    print(f"Took            {time.monotonic() - begin:.0f} s")
    for fault in faults:
        print(f"FAILED: {fault}", file=sys.stderr)
    return bool(faults)


def find_faults(report: dict[str, Any], place: PortalDesktop, code: int) -> Iterator[str]:
    yield from (f"QGIS's log tells an error: {error}" for error in report.get("errors", []))
    if "error" in report:
        yield str(report["error"])
        return
    if code:
        yield f"QGIS ended with {code}"
    for name in MADE:
        if not (FOLDER / name).is_file() or not (FOLDER / name).stat().st_size:
            yield f"{name} was not made"
    if report["records"] <= 0 or report["records"] != report["announced"]:
        yield f"{report['announced']} records were announced, {report['records']} came"
    yield from (f"{layer[0]} is not valid" for layer in report["layers"] if not layer[3])
    for state in ("signed in again", "reopened signed out"):
        read, layers, valid = report[state]
        if not read or layers != len(report["layers"]) or valid < layers:
            yield f"{state}: {valid} of {layers} layers of the saved project are valid"
    if report["secrets"] != [1, 0]:
        yield "the keyring held {} secrets while signed in, {} afterwards".format(
            *report["secrets"]
        )
    if set(report["origins"]) != {place.portal.url}:
        yield f"requests went to {sorted(report['origins'])}"
    if report["foreign"]:
        yield f"connections were sought to {sorted(set(report['foreign']))}"
    yield from (f"{name} holds a secret" for name in leaks(FOLDER))
    yield from (f"the profile holds a secret: {name}" for name in leaks(place.session.folder))


def leaks(folder: Path) -> list[str]:
    """Return the files in which something looks like a token, also inside archives.

    The keyring's own files are encrypted, and are what it is for.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink() or "keyrings" in path.parts:
            continue
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        if any(SECRET.search(content) for content in contents):
            found.append(str(path.relative_to(folder)))
    return found


def lines(report: dict[str, Any], place: PortalDesktop) -> Iterator[str]:
    """Tell in ten lines what was done, as far as it came."""
    if "error" in report:
        return
    yield f"Portal          {place.portal.url}, {place.portal.records} observations"
    kept = "in the keyring" if report["secrets"][0] else "for this session only"
    yield f"Signed in       {report['account']}; the refresh token is kept {kept}"
    yield f"Portal layer    {report['portal layer'][0]} ({report['portal layer'][1]})"
    yield f"Asked           {report['counted']}"
    yield f"Downloaded      {report['records']} of {report['announced']} records"
    yield f"Own list        {report['list'][0]}: {report['list'][1]} names"
    yield f"Layers          {', '.join(layer[0] for layer in report['layers'])}"
    yield f"Signed out      {report['signed out']}"
    yield f"Requests        {sum(report['origins'].values())}, none to another origin"
    yield f"Results         {FOLDER.relative_to(ROOT)}/: {', '.join(MADE)}"


def log_tail() -> str:
    log = FOLDER / "qgis.log"
    said = log.read_text(errors="replace")[-3000:] if log.is_file() else ""
    return f"QGIS wrote no report: {said}"


if __name__ == "__main__":
    sys.exit(main())
