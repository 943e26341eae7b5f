"""What all tests share."""

from __future__ import annotations

pytest_plugins = ["tests.portal.fixtures", "tests.keycloak.fixtures"]
