"""Keycloak as Maven delivers it: fetched once, unpacked below ``build/keycloak``."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parents[2]
VERSION = "26.7.3"
FOLDER = ROOT / "build" / "keycloak"
HOME = FOLDER / f"keycloak-{VERSION}"
_ARTIFACT = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"


def missing() -> list[str]:
    """Return the programs that Keycloak needs and this machine lacks."""
    wanted = ["java"] if HOME.is_dir() else ["java", "mvn"]
    return [program for program in wanted if shutil.which(program) is None]


def ensure() -> Path:
    """Return where Keycloak is unpacked; fetch it first where it is not. Raises RuntimeError."""
    with alone():
        if not HOME.is_dir():
            _fetch()
    return HOME


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time change what lies in the folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch() -> None:
    archive = FOLDER / f"keycloak-quarkus-dist-{VERSION}.zip"
    command = ["mvn", "--batch-mode", "--quiet", "dependency:copy", f"-Dartifact={_ARTIFACT}"]
    fetched = subprocess.run(
        [*command, f"-DoutputDirectory={FOLDER}"],
        cwd=FOLDER,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode or not archive.is_file():
        raise RuntimeError(f"Maven could not bring Keycloak: {fetched.stdout[-2000:]}")
    part = FOLDER / "part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.unpack_archive(archive, part)
    (part / HOME.name).rename(HOME)  # who finds it, finds all of it
    part.rmdir()
    archive.unlink()
