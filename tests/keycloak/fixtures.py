"""Which identity provider the sign-in is tried at: the demo portal's own, or a real Keycloak."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Iterator, Sequence

import pytest

from demo.keycloak.control import KeycloakControl, NotByKeycloak
from demo.keycloak.distribution import missing
from demo.keycloak.running import RunningKeycloak, running_keycloak
from demo.portal.running import RunningPortal, running_portal
from tests.keycloak.demo_only import DEMO_ONLY
from tests.portal.fixtures import FOLDER, RECORDS

WHEN = "a real Keycloak is asked for by --provider=keycloak: make test-keycloak"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--provider",
        choices=("demo", "keycloak"),
        default="demo",
        help="where the tests sign in: the demo portal's own provider, or a real Keycloak",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_keycloak(config):
        for item in items:
            if why := DEMO_ONLY.get(item.name):
                item.add_marker(pytest.mark.skip(reason=f"by the demo provider alone: {why}"))


def is_keycloak(config: pytest.Config) -> bool:
    return config.getoption("--provider") == "keycloak"


@pytest.fixture(scope="session")
def keycloak(pytestconfig: pytest.Config) -> Iterator[RunningKeycloak]:
    """A real Keycloak, in its first state; one for the whole session."""
    if not is_keycloak(pytestconfig):
        pytest.skip(WHEN)
    if lacking := missing():
        pytest.skip(f"Keycloak needs {' and '.join(lacking)} on this machine")
    with running_keycloak() as running:
        yield running


@contextmanager
def running_provider(
    request: pytest.FixtureRequest, services: Sequence[str]
) -> Iterator[RunningPortal]:
    """Start a portal with ``services`` and the provider that ``--provider`` names."""
    if not is_keycloak(request.config):
        with running_portal(FOLDER, RECORDS, services=services) as running:
            yield running
        return
    behind = request.getfixturevalue("keycloak")
    with running_portal(FOLDER, RECORDS, services=services, keycloak=behind.url) as running:
        yield replace(running, control=_Control(running.url, behind.admin), acm_idm=behind.url)


class _Control(KeycloakControl):
    """Skips a test of what Keycloak cannot do, and says why."""

    has_clock = True  # false where a test means the provider's own

    def forward(self, seconds: float) -> None:
        if not self.has_clock:
            pytest.skip("by the demo provider alone: nobody moves Keycloak's clock")

    def fault(self, *args: Any, **keywords: Any) -> int:
        try:
            return super().fault(*args, **keywords)
        except NotByKeycloak as why:
            pytest.skip(f"by the demo provider alone, {why}")
