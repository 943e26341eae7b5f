"""Fixtures of the sign-in: a real identity provider, and desks that sign in at it."""

from __future__ import annotations

import pytest

from tests.keycloak.fixtures import running_provider
from tests.qgis.sign_in.desk import Clock, Desk, MemoryKeyring


@pytest.fixture(scope="session")
def started_provider(request):
    """The provider that --provider names, with the records to look at as somebody."""
    with running_provider(request, ("control", "oidc", "biocache")) as running:
        yield running


@pytest.fixture
def provider(started_provider):
    started_provider.control.reset()
    started_provider.control.forget_requests()
    yield started_provider
    started_provider.control.reset()


@pytest.fixture
def new_desk(provider, tmp_path):
    """Make desks that share a profile."""
    desks = []

    def make():
        desks.append(Desk(provider, tmp_path))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(new_desk):
    return new_desk()


@pytest.fixture
def keyring(monkeypatch):
    return MemoryKeyring().use(monkeypatch)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)
