"""Stands in for the browser and the person before it: fills in the portal's sign-in pages.

    BROWSER="python scripts/demo_browser.py %s &"

Who signs in is told by ``DEMO_USER`` and, for an account with a password, ``DEMO_PASSWORD``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from demo.portal.visitor import Visitor


def main(url: str) -> int:
    visitor = Visitor("://".join(urlsplit(url)[:2]))
    user, password = os.environ["DEMO_USER"], os.environ.get("DEMO_PASSWORD")
    page = visitor.sign_in(url, user, password)
    if not page.left_the_portal:
        print(f"no way back to the plugin from {urlsplit(page.url).path}", file=sys.stderr)
        return 1
    return 0 if visitor.deliver(page) < 400 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
