"""A demo portal in a process of its own, for tests, the demo and benchmarks.

with running_portal(folder) as portal:
    requests.get(portal.url)
    portal.control.fault(kind="status", status=503, path="/biocache-service/", count=1)
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Iterator, Optional, Sequence

import requests

from demo.portal.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 180.0  # a million records take a while


class Control:
    """The portal's ``/demo``: faults, the log of requests, the clock, tokens."""

    def __init__(self, url: str, certificate: Optional[Path] = None) -> None:
        self.url = f"{url}/demo"
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands before the loopback
        if certificate is not None:
            self._session.verify = str(certificate)

    def fault(self, name: Optional[str] = None, **description: Any) -> int:
        """Switch a fault on, by ``name`` or ``kind``; return its id."""
        if name is not None:
            description["name"] = name
        return int(self._call("POST", "faults", json=description)["id"])

    def faults(self) -> list[dict[str, Any]]:
        return list(self._call("GET", "faults"))

    def clear_faults(self) -> None:
        self._call("DELETE", "faults")

    def reset(self) -> None:
        """No fault, no session, no job, no edit, true time."""
        self._call("POST", "reset")

    def requests(self, path: str = "") -> list[dict[str, Any]]:
        """Return the requests to paths beginning with ``path``, oldest first."""
        return list(self._call("GET", "requests", params={"path": path}))

    def forget_requests(self) -> None:
        self._call("DELETE", "requests")

    def forward(self, seconds: float) -> None:
        """Move the portal's clock."""
        self._call("POST", "clock", json={"forward": seconds})

    def token(self, username: str, **keywords: Any) -> str:
        """Return an access token without a sign-in; keywords of ``access_token.mint``."""
        return str(
            self._call("POST", "tokens", json={"username": username, **keywords})["access_token"]
        )

    def sessions(self) -> dict[str, Any]:
        """Return the provider's sessions and lines of refresh tokens, without any token."""
        return dict(self._call("GET", "tokens"))

    def end_sessions(self, what: str = "all") -> None:
        """End all refresh tokens (``refresh``), or the browsers' sessions too (``all``)."""
        self._call("DELETE", "tokens", params={"what": what})

    def _call(self, method: str, path: str, **keywords: Any) -> Any:
        response = self._session.request(method, f"{self.url}/{path}", timeout=30, **keywords)
        if response.status_code >= 400:
            raise ValueError(f"{path}: {response.text}")
        return response.json() if response.content else None


@dataclass(frozen=True)
class RunningPortal:
    url: str
    issuer: str
    records: int
    pid: int
    folder: Path
    control: Control
    acm_idm: str = ""  # origin of the sign-in of the government, where it is not the portal's own

    def visitor(self) -> Visitor:
        """Return a browser that has never been here."""
        return Visitor(self.url, *filter(None, [self.acm_idm]))


@contextmanager
def running_portal(
    folder: Path,
    records: int = 10_000,
    port: int = 0,
    services: Sequence[str] = (),
    certificate: Optional[tuple[Path, Path]] = None,
    patience: float = _PATIENCE,
    keycloak: str = "",
) -> Iterator[RunningPortal]:
    """Start a portal over the data in ``folder``, made when missing; end it afterwards.

    ``keycloak`` is the address of one to sign in at, in place of the portal's own provider.
    ``services`` are some of :data:`demo.portal.app.SERVICES`; none means all. With ``certificate``,
    the PEM files of one for ``localhost`` and of its key, the portal is at ``https://localhost``.
    Raises RuntimeError with what the process said when it does not become ready.
    """
    command = [sys.executable, "-m", "demo.portal", "--port", str(port)]
    command += ["--folder", str(folder), "--scale", str(records)]
    command += ["--services", *services] if services else []
    command += ["--keycloak", keycloak] if keycloak else []
    if certificate is not None:
        chain, key = certificate
        command += ["--host", "localhost", "--certificate", str(chain), "--key", str(key)]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
        )
        try:
            ready = _first_line(process, errors, patience)
            yield RunningPortal(
                ready["url"],
                ready["issuer"],
                ready["records"],
                ready["pid"],
                Path(folder),
                Control(ready["url"], certificate[0] if certificate else None),
            )
        finally:
            _end(process)


def _first_line(
    process: subprocess.Popen[bytes], errors: IO[bytes], patience: float
) -> dict[str, Any]:
    output = process.stdout
    if output is None:
        raise RuntimeError("the demo portal has no output")
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if select.select([output], [], [], 0.2)[0]:
            if line := output.readline():
                return dict(json.loads(line))
            break  # it has ended
    errors.seek(0)
    said = errors.read().decode("utf-8", "replace").strip()
    raise RuntimeError(f"the demo portal did not become ready: {said[-2000:] or 'too slow'}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
