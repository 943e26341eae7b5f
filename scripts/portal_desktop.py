"""A demo portal, and a desktop session whose fresh QGIS profile has the plugin point at it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Mapping, Sequence

from demo.portal.running import RunningPortal, running_portal
from scripts import package
from scripts.desktop import SIZE, Desktop, desktop

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ROOT / "scripts" / "inside"
RECORDS = 10_000
PROFILE = "demo"


@dataclass(frozen=True)
class PortalDesktop:
    portal: RunningPortal
    session: Desktop

    def run(self, script: str, log: Path, timeout: float, **environment: str) -> int:
        """Run ``inside/<script>`` in QGIS; return its exit code, or 124 after ``timeout`` s."""
        with log.open("wb") as output:
            process = self.session.start_qgis(
                PROFILE, ["--code", str(INSIDE / script)], log=output, environment=environment
            )
            try:
                return process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                return 124

    def open(self, arguments: Sequence[str], log: Path) -> int:
        """Open QGIS for use by hand, until it is closed."""
        with log.open("wb") as output:
            return self.session.start_qgis(PROFILE, arguments, log=output).wait()


@contextmanager
def portal_desktop(
    *,
    window: bool = False,
    locale: str = "nl",
    theme: str = "default",
    size: tuple[int, int] = SIZE,
    person: Mapping[str, str],
) -> Iterator[PortalDesktop]:
    """Start both, with the checkout's plugin installed; end them afterwards.

    ``person`` is ``DEMO_USER`` and perhaps ``DEMO_PASSWORD``: who sits at the browser. Without it
    the desktop's own browser opens.
    """
    plugin = package.stage(ROOT / "build" / "dev" / package.PACKAGE, package.link, vendored=True)
    folder = ROOT / "build" / "demo-portal"
    with running_portal(folder, RECORDS) as portal, desktop(window=window, size=size) as session:
        profile = session.make_profile(PROFILE, plugin, locale=locale, theme=theme)
        with (profile / "QGIS" / "QGIS3.ini").open("a", encoding="utf-8") as settings:
            settings.write("\n[biodiv]\nenvironment=demo\n")
        session.environment.update(
            BIODIV_PORTAL_URL=portal.url,
            BIODIV_OIDC_ISSUER=portal.issuer,
            BIODIV_OIDC_CLIENT_ID="vbp-qgis",
            BIODIV_INSIDE=str(INSIDE),
            **person,
        )
        if person:
            browser = f"{sys.executable} {ROOT / 'scripts' / 'demo_browser.py'} %s &"
            session.environment["BROWSER"] = browser
        yield PortalDesktop(portal, session)
