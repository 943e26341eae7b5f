"""Fixtures of what is measured at a real Keycloak."""

from __future__ import annotations

import json

import pytest

from demo.keycloak.control import KeycloakControl
from demo.keycloak.distribution import ROOT
from demo.portal.running import RunningPortal
from tests.keycloak.fixtures import running_provider
from tests.portal.desktop import Desktop


@pytest.fixture(scope="session")
def started_realm(keycloak, request):
    with running_provider(request, ("control", "oidc", "pages")) as running:
        yield running


@pytest.fixture
def realm(started_realm: RunningPortal) -> RunningPortal:
    started_realm.control.reset()
    yield started_realm
    started_realm.control.reset()


@pytest.fixture
def control(realm: RunningPortal) -> KeycloakControl:
    return realm.control


@pytest.fixture
def browser(realm: RunningPortal):
    return realm.visitor()


@pytest.fixture
def desktop(realm: RunningPortal) -> Desktop:
    return Desktop(realm.issuer)


@pytest.fixture
def client_for_operators() -> dict:
    """The file that the portal's operators import."""
    text = (ROOT / "docs" / "keycloak" / "vbp-qgis-client.json").read_text(encoding="utf-8")
    return json.loads(text)
