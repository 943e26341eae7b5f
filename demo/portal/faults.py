"""Faults that a test, or a curious person, switches on."""

from __future__ import annotations

from flask import Flask


class Faults:
    """See the helper's task; replaced there."""

    def install(self, app: Flask) -> None:
        pass
