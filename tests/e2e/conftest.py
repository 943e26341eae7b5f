"""The tests from end to end use the same QGIS and services as those of its parts."""

from __future__ import annotations

from tests.qgis.conftest import browse_as, environment, host, person, services

__all__ = ["browse_as", "environment", "host", "person", "services"]
