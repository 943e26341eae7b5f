"""Open QGIS on the demo portal, in a profile that is thrown away afterwards, for use by hand."""

from __future__ import annotations

import os
import sys

from scripts.portal_desktop import ROOT, portal_desktop

PEOPLE = "hilde or pieter by ACM/IDM; demo (password demo) with a portal account"


def main() -> int:
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("make run needs a display to open QGIS on. Without one: make demo.", file=sys.stderr)
        return 1
    with portal_desktop(window=True, person={}) as place:
        print(f"The demo portal is at {place.portal.url}. Sign in as {PEOPLE}.")
        print("Web > Biodiversiteitsportaal opens the dock. All ends when QGIS is closed.")
        return place.open([], ROOT / "build" / "run.log")


if __name__ == "__main__":
    sys.exit(main())
