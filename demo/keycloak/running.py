"""A Keycloak in a process of its own, on the loopback, in memory: it forgets all when it ends."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

import requests

from demo.keycloak.admin import Admin
from demo.keycloak.distribution import FOLDER, HOME, alone, ensure

REALMS = ("vbp", "acm-idm")
_REALM_FILES = Path(__file__).resolve().parent
# A start in a third of the time, in exchange for a peak performance that nobody asks for.
_JAVA = "-XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true"


@dataclass(frozen=True)
class RunningKeycloak:
    """``url`` has no slash at the end. ``password`` is that of the administrator ``admin``."""

    url: str
    pid: int
    password: str = field(repr=False)

    @property
    def issuer(self) -> str:
        return f"{self.url}/realms/vbp"

    @property
    def admin(self) -> Admin:
        return Admin(self.url, self.password)


@contextmanager
def running_keycloak(port: int = 0, patience: float = 300.0) -> Iterator[RunningKeycloak]:
    """Start Keycloak with both realms; end it afterwards. Port 0 takes a free one.

    Raises RuntimeError where it cannot be fetched, or does not become ready within ``patience``
    seconds; with what it said.
    """
    ensure()
    port = port or _free_port()
    url, password = f"http://127.0.0.1:{port}", secrets.token_urlsafe(12)
    log = FOLDER / f"keycloak-{port}.log"
    with alone():  # a first start writes into the distribution
        imported = HOME / "data" / "import"
        imported.mkdir(parents=True, exist_ok=True)
        for realm in REALMS:
            shutil.copy(_REALM_FILES / f"realm-{realm}.json", imported)
        process = _start(url, port, password, log)
        try:
            _wait(process, url, log, patience)
        except BaseException:
            _end(process)
            raise
    try:
        yield RunningKeycloak(url, process.pid, password)
    finally:
        _end(process)
        log.unlink(missing_ok=True)


def _start(url: str, port: int, password: str, log: Path) -> subprocess.Popen[bytes]:
    command = ["bash", str(HOME / "bin" / "kc.sh"), "start-dev", "--import-realm", "--db=dev-mem"]
    environment = {
        **os.environ,
        "KEYCLOAK_URL": url,  # the realm files name it: where ACM/IDM's stand-in is
        "KEYCLOAK_BROKER_SECRET": secrets.token_urlsafe(24),
        "KC_BOOTSTRAP_ADMIN_USERNAME": "admin",
        "KC_BOOTSTRAP_ADMIN_PASSWORD": password,
        "JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx640m",
        "JAVA_OPTS_APPEND": _JAVA,
    }
    with log.open("wb") as output:
        return subprocess.Popen(
            [*command, "--http-host=127.0.0.1", f"--http-port={port}"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # the script starts Java, and both shall end
        )


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        if all(_answers(f"{url}/realms/{realm}") for realm in REALMS):
            return
        time.sleep(0.25)
    said = log.read_text(encoding="utf-8", errors="replace").strip()
    raise RuntimeError(f"Keycloak did not become ready: {said[-3000:]}")


def _answers(url: str) -> bool:
    session = requests.Session()
    session.trust_env = False  # no proxy stands before the loopback
    try:
        return session.get(url, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    for ask in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, ask)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                continue


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
