"""The species lists alone, over Flask's test client: what the tests of them share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from demo.portal import lists
from demo.portal.access_token import mint
from demo.portal.bearer import Caller
from demo.portal.sessions import COOKIE, Sessions
from demo.portal.world import World

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "lists"
WS = "/species-list/ws"
FULL = "openid profile email ala/roles"


def sample(name: str) -> Any:
    """Return a published answer; skips the test where they are not at hand."""
    if not (SAMPLES / name).exists():
        pytest.skip(f"the published answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


@dataclass
class Double:
    """The service, and who asks it."""

    world: World
    app: Flask

    def __post_init__(self) -> None:
        self.anonymous: FlaskClient = self.app.test_client()

    def sub(self, name: str) -> str:
        return self.world.people.named(name).sub

    def token(self, name: str, **claims: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {mint(self.world, name, **claims)}"}

    def browser(self, name: str, *roles: str) -> FlaskClient:
        """A browser with a session of the service."""
        person = self.world.people.named(name)
        names = frozenset({"ROLE_USER", *roles})
        caller = Caller(person.sub, name, names, frozenset(), person.email)
        client = self.app.test_client()
        cookie = Sessions.of(self.world).open("species-list", caller)
        client.set_cookie(COOKIE, cookie, path="/species-list")
        return client

    def get(self, path: str, headers: Optional[dict[str, str]] = None, **query: Any) -> Any:
        """Return the JSON at ``path`` of the web service."""
        answer = self.anonymous.get(f"{WS}/{path}", headers=headers, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def save(
        self,
        name: str,
        body: Any,
        druid: str = "",
        headers: Optional[dict[str, str]] = None,
    ) -> TestResponse:
        """Create or replace a list as the person ``name``."""
        sent = {**self.token(name), "X-ALA-userId": self.sub(name), **(headers or {})}
        path = f"{WS}/speciesList/{druid}" if druid else f"{WS}/speciesList"
        return self.anonymous.post(path, json=body, headers=sent)

    def mine(self, name: str) -> list[str]:
        """Return the ids of the lists that the person owns or edits."""
        user = self.sub(name)
        answer = self.get("speciesList", self.token(name), userId=f"eq:{user}")
        return [row["dataResourceUid"] for row in answer["lists"]]


@pytest.fixture
def double(tmp_path_factory, request) -> Double:
    """The service in its first state; one database for the whole run of a file."""
    shared = getattr(request.module, "_double", None)
    if shared is None:
        world = World("http://127.0.0.1:9", tmp_path_factory.mktemp("lists"))
        app = Flask("lists")
        app.register_blueprint(lists.blueprint(world))
        shared = request.module._double = Double(world, app)
    shared.world.reset()
    shared.anonymous = shared.app.test_client()
    return shared


def is_empty(answer: TestResponse) -> bool:
    """Tell whether this is the empty 200 of an action that failed."""
    return (answer.status_code, answer.data, answer.headers.get("Content-Type")) == (200, b"", None)
