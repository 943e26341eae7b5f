"""MapServer, run as a CGI program for one request."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Mapping
from urllib.parse import quote, urlencode

from demo.portal.data import mapfile

PROGRAMS = (Path("/usr/lib/cgi-bin/mapserv"), Path("/usr/bin/mapserv"))
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What MapServer answered."""

    status: int
    content_type: str
    body: bytes

    @property
    def is_xml(self) -> bool:
        return "xml" in self.content_type

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def run(
    folder: Path,
    parameters: Mapping[str, str],
    body: bytes = b"",
    content_type: str = "",
    map_name: str = mapfile.MAPFILE,
) -> Answer:
    """Return MapServer's answer to a request; ``folder`` holds the map and its data."""
    environment: Dict[str, str] = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LC_ALL": "C.UTF-8",
        "MAPSERVER_CONFIG_FILE": str(folder / mapfile.CONFIG),
        "MS_MAPFILE": str(folder / map_name),
        "REQUEST_METHOD": "POST" if body else "GET",
        "QUERY_STRING": urlencode(parameters, quote_via=quote),
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SCRIPT_NAME": "/",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
    }
    if "OPENBLAS_CORETYPE" in os.environ:  # some virtual machines need it
        environment["OPENBLAS_CORETYPE"] = os.environ["OPENBLAS_CORETYPE"]
    done = subprocess.run(
        [_program()], input=body, env=environment, capture_output=True, timeout=SECONDS
    )
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    status, kind = 200, "text/html"
    for line in head.decode("latin-1").split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "status":
            status = int(value.split()[0])
        elif name.lower() == "content-type":
            kind = value.strip()
    return Answer(status, kind, content)


def _program() -> Path:
    for program in PROGRAMS:
        if program.exists():
            return program
    raise FileNotFoundError("MapServer's CGI program (Debian's package cgi-mapserver) is missing")
