"""Where the recorded answers lie: beside the project, or nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[3] / "shared" / "contract" / "samples"
PORTAL = "https://portal.test"


def body(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def sample(name: str) -> Any:
    return json.loads(body(name))
