"""The demo portal's occurrence service within the test's own process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Optional

import pytest
from flask import Flask
from flask.testing import FlaskClient

from demo.portal import biocache, data
from demo.portal.access_token import mint
from demo.portal.world import World

FOLDER = Path(__file__).resolve().parents[2] / "build" / "test-index"
RECORDS = 10_000
BASE = "http://127.0.0.1:9"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "occurrences"


def open_world() -> World:
    """Return a portal of ten thousand observations, made when they are not there yet."""
    data.ensure(FOLDER, RECORDS)
    return World(BASE, FOLDER)


class Service:
    """A caller of ``/biocache-service``: by nobody, or by whose token it holds."""

    def __init__(self, world: World) -> None:
        app = Flask("occurrences")
        app.json.sort_keys = False
        world.faults.install(app)
        app.register_blueprint(biocache.blueprint(world))
        self.world = world
        self.client: FlaskClient = app.test_client()

    def headers(self, user: Optional[str], more: Optional[Dict[str, str]] = None) -> Dict[str, str]:
        found = dict(more or {})
        if user:
            found["Authorization"] = f"Bearer {mint(self.world, user)}"
        return found

    def get(self, path: str, user: Optional[str] = None, accept: str = "", **query: Any) -> Any:
        headers = self.headers(user, {"Accept": accept} if accept else None)
        path = f"/biocache-service{path}"
        return self.client.get(path, query_string=query, headers=headers)

    def post(self, path: str, user: Optional[str] = None, **form: Any) -> Any:
        headers = self.headers(user)
        return self.client.post(f"/biocache-service{path}", data=form, headers=headers)

    def search(self, user: Optional[str] = None, **query: Any) -> Dict[str, Any]:
        answer = self.get("/occurrences/search", user, **query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def count(self, q: str = "*:*", user: Optional[str] = None, **query: Any) -> int:
        """Return how many records a query finds."""
        return self.search(user, q=q, pageSize=0, facet="false", **query)["totalRecords"]

    def fetch(self, url: str, **headers: str) -> Any:
        """Get an address that the service gave."""
        assert url.startswith(BASE), url
        return self.client.get(url[len(BASE) :], headers=headers)


def facet(answer: Dict[str, Any], name: str) -> List[Dict[str, Any]]:
    """Return the counted values of one field from the answer of a search."""
    return next(f["fieldResult"] for f in answer["facetResults"] if f["fieldName"] == name)


def sample(name: str) -> Any:
    """Return a recorded answer; skips the test where the recordings do not lie beside."""
    if not (SAMPLES / name).exists():
        pytest.skip(f"the recorded answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))
