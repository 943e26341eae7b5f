"""Runs algorithms as Processing does."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)

from biodiv_plugin.processing.base import PortalAlgorithm


class Said(QgsProcessingFeedback):
    """Remembers what an algorithm tells its user."""

    def __init__(self) -> None:
        super().__init__(False)
        self.info: list[str] = []
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def pushInfo(self, text: str) -> None:
        self.info.append(text)

    def pushWarning(self, text: str) -> None:
        self.warnings.append(text)

    def reportError(self, text: str, fatalError: bool = False) -> None:  # noqa: N803
        self.errors.append(text)


def run(algorithm: PortalAlgorithm, parameters: Mapping[str, Any], said: Said | None = None):
    """Return the outputs; raise what the user would read."""
    said = said or Said()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    context.setFeedback(said)
    outputs, succeeded = algorithm.create().run(dict(parameters), context, said)
    if not succeeded:
        raise QgsProcessingException(" ".join(said.errors))
    return outputs
