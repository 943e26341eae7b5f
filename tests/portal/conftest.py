"""Fixtures of the demo portal's own tests: its shell alone, or one service."""

from __future__ import annotations

import pytest

from demo.portal.running import Control, RunningPortal
from demo.portal.visitor import Visitor
from tests.keycloak.fixtures import running_provider
from tests.portal.desktop import Desktop
from tests.portal.occurrence_index import Service, open_world


@pytest.fixture(scope="session")
def started_shell(request):
    with running_provider(request, ("control", "oidc", "pages")) as running:
        yield running


@pytest.fixture
def shell(started_shell: RunningPortal) -> RunningPortal:
    """The portal without its data services, in its first state."""
    started_shell.control.reset()
    yield started_shell
    started_shell.control.reset()


@pytest.fixture
def switch(shell: RunningPortal) -> Control:
    """The control of ``shell``; it moves the provider's time too, where it has one to move."""
    if hasattr(shell.control, "has_clock"):
        shell.control.has_clock = False
    return shell.control


@pytest.fixture
def browser(shell: RunningPortal) -> Visitor:
    return shell.visitor()


@pytest.fixture
def desktop(shell: RunningPortal) -> Desktop:
    """A desktop client as the standards describe one."""
    return Desktop(shell.issuer)


@pytest.fixture(scope="module")
def indexed():
    return Service(open_world())


@pytest.fixture
def service(indexed: Service) -> Service:
    """The service of occurrences alone, in its first state."""
    indexed.client.delete_cookie("VBP-AUTH")
    indexed.world.reset()
    yield indexed
    indexed.world.reset()
