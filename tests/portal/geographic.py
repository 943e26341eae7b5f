"""The demo portal's geographic services within the test's own process."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any, Dict, Iterator, List, Optional
from urllib.parse import urlencode

from flask.testing import FlaskClient
from osgeo import gdal
from werkzeug.test import TestResponse

from demo.portal import data
from demo.portal.access_token import mint
from demo.portal.app import create_app
from demo.portal.world import World
from tests.portal.fixtures import FOLDER, RECORDS

SERVICE = "/spatial-service"
PARTS = ("control", "oidc", "biocache", "spatial", "geoserver")
FLANDERS_31370 = "20000,150000,260000,250000"


class Geographic:
    """A caller of the geographic services, and what a test wants to know of the answers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client: FlaskClient = create_app(world, PARTS).test_client()

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.client.get(f"{SERVICE}{path}", query_string=query)

    def json(self, path: str, **query: Any) -> Any:
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.data[:300]
        return answer.get_json()

    def bearer(self, user: str = "hilde") -> Dict[str, str]:
        return {"Authorization": f"Bearer {mint(self.world, user)}"}

    def post(self, path: str, user: Optional[str] = "hilde", **keywords: Any) -> TestResponse:
        headers = self.bearer(user) if user else {}
        return self.client.post(f"{SERVICE}{path}", headers=headers, **keywords)

    def upload(self, wkt: str, name: str = "proefvlak") -> int:
        about = {"wkt": wkt, "name": name, "description": "d", "user_id": "hilde"}
        return int(self.post("/shape/upload/wkt", json=about).get_json()["id"])

    def finished(self, process: str, **inputs: Any) -> Dict[str, Any]:
        """Run an analysis to its end and return its last status."""
        answer = self.post("/tasks/create", json={"name": process, "input": inputs})
        assert answer.status_code == 200, answer.data
        return self.ended(answer.get_json()["id"])

    def ended(self, number: int) -> Dict[str, Any]:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            told = self.json(f"/tasks/status/{number}")
            if told["status"] not in (0, 1):
                return dict(told)
            time.sleep(0.01)
        raise AssertionError(f"task {number} does not end")

    def file(self, task: Dict[str, Any], name: str) -> str:
        return self.get(f"/tasks/output/{task['id']}/{name}").get_data(as_text=True)

    def wms(self, path: str = "/geoserver/wms", **parameters: Any) -> TestResponse:
        told = {"service": "WMS", "version": "1.1.1", "format": "image/png", **parameters}
        return self.client.get(f"{path}?{urlencode(told)}")

    def map(self, layers: str, **parameters: Any) -> TestResponse:
        """Return a map of Flanders, 600 by 250 pixels, transparent where nothing is."""
        told = {"request": "GetMap", "srs": "EPSG:31370", "bbox": FLANDERS_31370, "styles": ""}
        told.update(width=600, height=250, transparent="true", layers=layers)
        return self.wms(**{**told, **parameters})


@cache
def _opened() -> Geographic:
    data.ensure(FOLDER, RECORDS)
    # The port is never opened; it keeps what this process makes apart from other processes'.
    return Geographic(World(f"http://127.0.0.1:{10_000 + os.getpid() % 50_000}", FOLDER))


def opened() -> Iterator[Geographic]:
    """Yield the services in their first state, and leave them so. For a fixture."""
    found = _opened()
    found.world.reset()
    yield found
    found.world.reset()


def colours(picture: bytes) -> Dict[tuple, int]:
    """Return how often each colour (red, green, blue, alpha) is in a picture."""
    gdal.FileFromMemBuffer("/vsimem/picture", picture)
    pixels = gdal.Open("/vsimem/picture").ReadAsArray()
    gdal.Unlink("/vsimem/picture")
    found: Dict[tuple, int] = {}
    for colour in zip(*(band.ravel().tolist() for band in pixels)):
        found[colour] = found.get(colour, 0) + 1
    return found


def drawn(answer: TestResponse) -> int:
    """Return how many pixels of a map are not transparent."""
    assert answer.content_type == "image/png", answer.data[:400]
    return sum(count for colour, count in colours(answer.data).items() if colour[3] > 0)


def names(rows: List[Dict[str, Any]]) -> List[str]:
    return [row["name"] for row in rows]
