"""The layers of a project that come from the portal, after another person has signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable
from urllib.parse import unquote

from qgis.core import QgsDataProvider, QgsMapLayer, QgsProject, QgsProviderRegistry

from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.http import Feedback


@dataclass(frozen=True)
class DeadLayer:
    """A layer that could not be opened when its project was."""

    layer_id: str
    provider: str
    source: str


def reload_protected(project: QgsProject, environment: Environment) -> int:
    """Draw anew what is drawn from protected parts of the portal; return how many layers.

    Each picture is asked for under the new sign-in's label, so none of the former one is shown.
    """
    protected = environment.addresses(environment.token_always)
    layers = [layer for layer in _of(project, protected) if layer.isValid()]
    for layer in layers:
        layer.reload()
        layer.triggerRepaint()
    return len(layers)


def dead_layers(project: QgsProject, environment: Environment) -> tuple[DeadLayer, ...]:
    """Return the portal's layers that are not valid."""
    return tuple(
        DeadLayer(layer.id(), layer.providerType(), layer.source())
        for layer in _of(project, (environment.portal,))
        if not layer.isValid()
    )


def that_answer(dead: Iterable[DeadLayer], feedback: Feedback) -> tuple[DeadLayer, ...]:
    """Return those whose source opens now; asks the servers, so call it in a worker."""
    registry, found = QgsProviderRegistry.instance(), []
    for layer in dead:
        if feedback.isCanceled():
            break
        provider = registry.createProvider(
            layer.provider, layer.source, QgsDataProvider.ProviderOptions()
        )
        if provider is not None and provider.isValid():
            found.append(layer)
    return tuple(found)


def revive(project: QgsProject, answered: Iterable[DeadLayer]) -> int:
    """Open these again, with the style they have; return how many live. In the main thread."""
    alive = 0
    for dead in answered:
        layer = project.mapLayer(dead.layer_id)
        if layer is None or layer.isValid():
            continue
        layer.setDataSource(
            dead.source, layer.name(), dead.provider, QgsDataProvider.ProviderOptions()
        )
        layer.triggerRepaint()
        alive += layer.isValid()
    return alive


def _of(project: QgsProject, addresses: Iterable[str]) -> list[Any]:
    layers: Iterable[QgsMapLayer] = project.mapLayers().values()
    prefixes = tuple(f"{address}/" for address in addresses)
    return [
        layer for layer in layers if any(prefix in unquote(layer.source()) for prefix in prefixes)
    ]
