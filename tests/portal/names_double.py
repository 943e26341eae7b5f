"""The names services alone, over Flask's test client: what the tests of them share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from demo.portal import names
from demo.portal.data import taxa
from demo.portal.world import World

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "occurrences"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World("http://127.0.0.1:9", tmp_path)


@pytest.fixture
def client(world: World) -> FlaskClient:
    app = Flask("names")
    app.register_blueprint(names.blueprint(world))
    return app.test_client()


def sample(name: str) -> Any:
    """Return a recorded answer; skips the test where they are not at hand."""
    if not (SAMPLES / name).exists():
        pytest.skip(f"the recorded answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def key_of(name: str) -> str:
    return next(taxon.key for taxon in taxa.load() if taxon.scientific_name == name)
