"""Ask each service of a portal whether it is there."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Callable, Optional

from biodiv_plugin.auth import oidc
from biodiv_plugin.environments import Environment, is_safe
from biodiv_plugin.portal.errors import PortalError, SignInFailed, SignInRequired, UnexpectedAnswer
from biodiv_plugin.portal.http import Feedback, Request, Transport, get_json, raise_for_status

PATIENCE = 15.0  # seconds for each service


@dataclass(frozen=True)
class Probe:
    """One service: its name here, where it was asked, and what came of it.

    ``error`` is ``None`` where it answered as it should; ``seconds`` is how long that took.
    """

    service: str
    address: str
    seconds: float
    error: Optional[PortalError] = None


def probe_portal(
    environment: Environment,
    transport: Transport,
    feedback: Feedback,
    on_probe: Optional[Callable[[Probe], object]] = None,
) -> tuple[Probe, ...]:
    """Return what each service answers, in the order in which a user needs them.

    Runs in a worker; a service that fails does not keep the next from being asked. ``on_probe``
    is told each at once, in this thread. Signs nobody in: ``transport`` is one without a session.
    Raises ``Canceled``.
    """
    found: list[Probe] = []
    asked = _asked(environment)
    for number, (service, address) in enumerate(asked, 1):
        probe = _probe(environment, service, address, transport, feedback)
        found.append(probe)
        if on_probe is not None:
            on_probe(probe)
        feedback.setProgress(100 * number / len(asked))
    return tuple(found)


def _asked(environment: Environment) -> tuple[tuple[str, str], ...]:
    """Return a cheap and public question for each service."""
    service = environment.service
    search = "biocache-service/occurrences/search?q=*:*&pageSize=0&facet=false"
    capabilities = "geoserver/ALA/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"
    return (
        ("sign_in", environment.issuer),
        ("occurrences", service(search)),
        ("names", service("bie-index/search?q=otter&pageSize=1")),
        ("name_matching", f"{environment.name_matching}/api/search?q=Lutra%20lutra"),
        ("layers", service("spatial-service/fields")),
        ("maps", service(capabilities)),
        ("lists", f"{environment.lists}/ws/speciesList?max=1"),
        ("alerts", service("alerts/api/alerts/user/0")),
        ("datasets", service("collectory/ws/dataResource")),
        ("quality", service("data-quality-filter-service/api/v1/data-profiles")),
    )


def _probe(
    environment: Environment,
    service: str,
    address: str,
    transport: Transport,
    feedback: Feedback,
) -> Probe:
    start, error = time.monotonic(), None
    try:
        if service == "sign_in":
            _probe_sign_in(environment, transport, feedback)
        else:
            _ask(service, address, transport, feedback)
    except PortalError as failure:
        error = failure
    return Probe(service, address.partition("?")[0], time.monotonic() - start, error)


def _probe_sign_in(environment: Environment, transport: Transport, feedback: Feedback) -> None:
    if not is_safe(environment.issuer):
        raise SignInFailed("no address of a sign-in server", code="issuer")
    oidc.discover(environment.issuer, transport, feedback, PATIENCE)
    if not environment.client_id:
        raise SignInFailed("no client", code="no_client")


def _ask(service: str, address: str, transport: Transport, feedback: Feedback) -> None:
    if not is_safe(address):
        raise UnexpectedAnswer("not a safe address", url=address)
    request = get_json(address, timeout=PATIENCE)
    if service == "maps":
        answer = transport.send(Request("GET", address, timeout=PATIENCE), feedback)
        raise_for_status(answer)
        if b"WMS_Capabilities" not in answer.body[:4096]:
            raise UnexpectedAnswer("no capabilities of a WMS", url=answer.url)
    elif service == "alerts":  # it has nothing for everyone: that it asks who one is, is the answer
        with suppress(SignInRequired):
            transport.send(request, feedback).json()
    else:
        transport.send(request, feedback).json()
