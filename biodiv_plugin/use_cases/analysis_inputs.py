"""From what a user names to what an analysis of the portal takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.analyses import AnalysisClient
from biodiv_plugin.portal.analysis import Process, ProcessInput, area_input, species_input
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.errors import InvalidQuery, NoMatch
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.query import OccurrenceQuery, query_from_portal_url
from biodiv_plugin.portal.taxa import TaxonClient
from biodiv_plugin.use_cases.resolve_taxa import resolve_taxa

_ENVELOPE = "ENVELOPE"  # begins the id of an area that an earlier analysis made of ranges


@dataclass(frozen=True)
class AnalysisServices:
    """What an analysis asks. ``user_id`` is "" for who is not signed in."""

    analyses: AnalysisClient
    areas: AreaClient
    taxa: TaxonClient
    environment: Environment
    user_id: str = ""


@dataclass(frozen=True)
class ChosenSpecies:
    """The observations that ``query`` finds, and what the results call them."""

    query: OccurrenceQuery
    name: str


def find_process(name: str, processes: Sequence[Process]) -> Process:
    """Return the process of this name, whatever the case.

    Raises ``InvalidQuery`` (``no_analyses``) where the portal offers none at all, and ``NoMatch``
    with the names of all that there are.
    """
    if not processes:
        raise InvalidQuery("the portal offers no analyses", part="no_analyses")
    for process in processes:
        if process.name.casefold() == name.strip().casefold():
            return process
    raise NoMatch(name, tuple(sorted(process.name for process in processes)))


def complete_inputs(
    process: Process,
    given: Mapping[str, Any],
    services: AnalysisServices,
    feedback: Feedback = UNWATCHED,
) -> dict[str, Any]:
    """Return ``given`` in the shapes of the service (contract/spatial 7.7).

    An area may be given by its id, layers as one text, and species by their names or taxon keys
    (separated by ;), by the address of a search on the portal, or as ``ChosenSpecies``. What has
    the service's shape stays as it is. Raises ``NoMatch``, ``InvalidQuery`` and other
    ``PortalError``.
    """
    wanted = {known.name: known for known in process.inputs}
    return {
        name: _completed(wanted[name], value, services, feedback) if name in wanted else value
        for name, value in given.items()
    }


def _completed(
    wanted: ProcessInput, value: Any, services: AnalysisServices, feedback: Feedback
) -> Any:
    if wanted.type == "area":
        return [_area(part, services.areas, feedback) for part in _parts(value)]
    if wanted.type == "layer":
        return [str(part) for part in _parts(value)]
    if isinstance(value, ChosenSpecies):
        environment = services.environment
        flanders = environment.flanders_filter
        return species_input(value.query, value.name, environment.portal, flanders)
    if wanted.type == "species" and not isinstance(value, dict):
        return _species(_parts(value, ";"), services, feedback)
    return value


def _parts(value: Any, separator: str = ",") -> list[Any]:
    if isinstance(value, str):
        if value.startswith(("https://", "http://")):
            return [value]
        return [part.strip() for part in value.split(separator) if part.strip()]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _area(value: Any, areas: AreaClient, feedback: Feedback) -> Any:
    if isinstance(value, dict):
        return value
    pid = str(value)
    if pid.startswith(_ENVELOPE):
        return area_input(pid, pid=pid)
    found = areas.object(pid, feedback)
    return area_input(found.name, pid=pid, extent=found.extent, km2=found.area_km2 or 0.0)


def _species(parts: Sequence[Any], services: AnalysisServices, feedback: Feedback) -> Any:
    if not parts:
        return ""
    environment = services.environment
    first = str(parts[0])
    if first.startswith(("https://", "http://")):
        query = query_from_portal_url(first, environment.portal, environment.flanders_filter)
        name = query.text
    else:
        query = OccurrenceQuery(taxa=resolve_taxa(map(str, parts), services.taxa, feedback))
        name = ", ".join(taxon.scientific_name for taxon in query.taxa)
    return species_input(query, name, environment.portal, environment.flanders_filter)
