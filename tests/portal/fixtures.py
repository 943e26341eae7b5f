"""Fixtures of the demo portal, for every folder of tests: the root's conftest registers them."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.portal.running import Control, RunningPortal, running_portal
from demo.portal.visitor import Visitor

RECORDS = 2000
FOLDER = Path(__file__).resolve().parents[2] / "build" / f"test-portal-{RECORDS}"


@pytest.fixture(scope="session")
def portal():
    """A demo portal with few records, in a process of its own; one for the whole session."""
    with running_portal(FOLDER, RECORDS) as running:
        yield running


@pytest.fixture
def control(portal: RunningPortal) -> Control:
    """The portal's control, in its first state before and after the test."""
    portal.control.reset()
    yield portal.control
    portal.control.reset()


@pytest.fixture
def visitor(portal: RunningPortal) -> Visitor:
    """A browser that has never been at the portal."""
    return Visitor(portal.url)
