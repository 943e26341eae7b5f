"""Take the pictures of the documents again: Dutch QGIS, the light theme, and once the dark one."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from PIL import Image

from scripts.portal_desktop import ROOT, portal_desktop

IMAGES = ROOT / "docs" / "images"
WORK = ROOT / "build" / "screenshots"
SIZE = (1280, 800)
THEMES = {"default": "0", "Night Mapping": "1"}
PERSON = {"DEMO_USER": "hilde"}  # of the portal's own institute, and sees high resolution


def take(theme: str, dark: str) -> list[Path]:
    """Take the pictures in one theme; raises ``SystemExit`` with what went wrong in QGIS."""
    folder = WORK / ("dark" if dark == "1" else "light")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with portal_desktop(theme=theme, size=SIZE, person=PERSON) as place:
        log = folder / "qgis.log"
        environment = {"DEMO_FOLDER": str(folder), "DEMO_DARK": dark}
        code = place.run("screenshots_session.py", log, 300, **environment)
    report = folder / "report.json"
    told = json.loads(report.read_text()) if report.is_file() else {"error": log.read_text()}
    if "error" in told or code:
        sys.exit(f"QGIS ended with {code}: {told.get('error', '')}")
    return sorted(folder.glob("*.png"))


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    for theme, dark in THEMES.items():
        for picture in take(theme, dark):
            # 128 colors are enough for a window, and a third of the bytes.
            image = Image.open(picture).convert("RGB").quantize(128, dither=Image.Dither.NONE)
            image.save(IMAGES / picture.name, optimize=True)
            print((IMAGES / picture.name).relative_to(ROOT))
