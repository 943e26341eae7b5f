"""What all tests share."""

from __future__ import annotations

import gc
import sys

import pytest

pytest_plugins = ["tests.portal.fixtures", "tests.keycloak.fixtures"]


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_qgis_outlives_it(qgis_app):
    """Let go of all that is left of QGIS before it ends: deleted later, it would take Python with
    it. The last failure holds what its test had."""
    yield
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        sys.__dict__.pop(name, None)
    gc.collect()
