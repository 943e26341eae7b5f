"""Analyses of the portal as values: what a process wants, how a task fares, what it left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping, Optional, Sequence

from biodiv_plugin.portal.answers import as_object, flag, integer, number, objects, text, texts
from biodiv_plugin.portal.area import Extent
from biodiv_plugin.portal.errors import InvalidQuery, NotFound, UnexpectedAnswer
from biodiv_plugin.portal.query import OccurrenceQuery, search_params


@dataclass(frozen=True)
class ProcessInput:
    """One input of a process.

    ``type`` is one of double, int, boolean, area, species, list, string, text, upload,
    envelope, layer, colour, process. For area, species and layer ``minimum`` and ``maximum``
    count them; else they bound the number. ``choices`` are those of a list. ``contextual``,
    ``environmental`` and ``for_analysis`` say which layers it takes.
    """

    name: str
    type: str
    description: str = ""
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    default: str = ""
    optional: bool = False
    choices: tuple[str, ...] = ()
    multiple: bool = False
    contextual: bool = False
    environmental: bool = False
    for_analysis: bool = False


@dataclass(frozen=True)
class Process:
    """An analysis that the portal offers. What the server fills in itself is left out."""

    name: str
    description: str
    inputs: tuple[ProcessInput, ...]
    outputs: tuple[str, ...]


def parse_capabilities(answer: Any) -> tuple[Process, ...]:
    """Read ``/capabilities`` (contract/spatial 7.1); ``{}`` means that nothing is offered."""
    found = as_object(answer, "the capabilities")
    return tuple(parse_process(name, process) for name, process in found.items())


def parse_process(name: str, answer: Any) -> Process:
    """Read one member of ``/capabilities`` (contract/spatial 7); raises ``UnexpectedAnswer``."""
    process = as_object(answer, "a process")
    inputs = process.get("input")
    return Process(
        name=text(process, "name") or name,
        description=text(process, "description"),
        inputs=tuple(
            _input(key, as_object(spec, "an input"))
            for key, spec in as_object(inputs or {}, "the inputs of a process").items()
            if spec.get("type") != "auto"
        ),
        outputs=tuple(as_object(process.get("output") or {}, "the outputs of a process")),
    )


def _input(name: str, spec: Mapping[str, Any]) -> ProcessInput:
    limits = spec.get("constraints") or {}
    default = limits.get("defaultValue")
    least = number(limits, "min")
    counted = text(spec, "type") in ("area", "species", "layer")
    return ProcessInput(
        name=name,
        type=text(spec, "type"),
        description=text(spec, "description"),
        minimum=least,
        maximum=number(limits, "max"),
        default=str(default).lower() if isinstance(default, bool) else text(limits, "defaultValue"),
        optional=flag(limits, "optional") or (counted and least == 0) or False,
        choices=texts(limits, "content"),
        multiple=text(limits, "selection") == "multiple",
        contextual=flag(limits, "contextual") or False,
        environmental=flag(limits, "environmental") or False,
        for_analysis=flag(limits, "analysis") or False,
    )


def check_inputs(process: Process, inputs: Mapping[str, Any]) -> None:
    """Raise ``InvalidQuery``, whose ``part`` is the input, for what the process cannot take.

    The service itself does not check that there are enough areas, species and layers.
    """
    known = {wanted.name for wanted in process.inputs}
    for name in inputs:
        if name not in known:
            raise InvalidQuery("the process has no such input", part=name)
    for wanted in process.inputs:
        given = inputs.get(wanted.name)
        if given is None or given in ("", []):
            if not wanted.optional and not wanted.default and wanted.type != "string":
                raise InvalidQuery("the process needs this input", part=wanted.name)
        elif not _fits(wanted, given):
            raise InvalidQuery("the process cannot take this", part=wanted.name)


def _fits(wanted: ProcessInput, given: Any) -> bool:
    if wanted.type in ("area", "layer"):
        return isinstance(given, list) and _within(wanted, len(given))
    if wanted.type == "species":
        return isinstance(given, dict)
    if wanted.type in ("double", "int"):
        value = number({"": given}, "")
        whole = wanted.type == "double" or value is None or value.is_integer()
        return value is not None and whole and _within(wanted, value)
    if wanted.type == "boolean":
        return isinstance(given, bool)
    if wanted.type == "list":
        chosen = given if isinstance(given, list) else [given]
        single = wanted.multiple or len(chosen) == 1
        return single and (not wanted.choices or set(map(str, chosen)) <= set(wanted.choices))
    return isinstance(given, str)


def _within(wanted: ProcessInput, value: float) -> bool:
    least = -float("inf") if wanted.minimum is None else wanted.minimum
    most = float("inf") if wanted.maximum is None else wanted.maximum
    return least <= value <= most


def area_input(
    name: str, *, pid: str = "", wkt: str = "", extent: Optional[Extent] = None, km2: float = 0.0
) -> dict[str, Any]:
    """Return one area for an input of areas, which is a list of these.

    By ``pid`` where there is one: an area given as WKT becomes a public area of the portal,
    found by its name (contract/spatial 5, 7.2). ``extent`` is west, south, east, north in
    degrees, ``wkt`` in EPSG:4326, longitude first. Raises ``InvalidQuery`` without either.
    """
    area: dict[str, Any] = {"q": "", "name": name, "area_km": km2}
    if extent is not None:
        area["bbox"] = list(extent)
    if pid:
        area["pid"] = pid
    elif wkt:
        area["wkt"] = wkt
    else:
        raise InvalidQuery("an area has an id or a shape", part="area")
    return area


def species_input(
    query: OccurrenceQuery, name: str, portal: str, flanders_filter: str = ""
) -> dict[str, Any]:
    """Return a query as the input of species; the server fetches the records from ``portal``."""
    params = search_params(query, flanders_filter)
    filters = params["fq"]
    species: dict[str, Any] = {
        "q": [params["q"], *(filters if isinstance(filters, list) else ())],
        "name": name,
        "bs": f"{portal}/biocache-service",
        "ws": f"{portal}/biocache-hub",
    }
    if query.area:
        species["wkt"] = query.area
    return species


def envelope_input(ranges: Sequence[tuple[str, float, float]]) -> str:
    """Return an environmental envelope: (field id, lowest, highest) of grids.

    Raises ``InvalidQuery`` without any.
    """
    if not ranges:
        raise InvalidQuery("an envelope has a range", part="envelope")
    return ",".join(f"{field}:[{low:.15g} TO {high:.15g}]" for field, low, high in ranges)


class TaskState(Enum):
    """How far a task is. The portal does not tell waiting from running."""

    RUNNING = "running"
    CANCELLED = "cancelled"
    FAILED = "failed"
    FINISHED = "finished"


class OutputKind(Enum):
    ARCHIVE = "archive"  # everything, zipped
    REPORT = "report"  # a web page
    TABLE = "table"
    RASTER = "raster"  # published as a map; ``file`` is its twin as an ESRI ASCII grid
    VECTOR = "vector"  # published as a map
    AREA = "area"  # a new area of the portal; ``file`` is its pid
    ENVELOPE = "envelope"  # an area made of ranges; ``file`` is its pid
    SPECIES = "species"  # a query; ``details`` holds it as JSON
    FILE = "file"


@dataclass(frozen=True)
class TaskOutput:
    """One result. ``published`` is the layer's name at the map service, or ""."""

    kind: OutputKind
    file: str
    published: str = ""
    details: str = ""


@dataclass(frozen=True)
class AnalysisTask:
    """A task as the portal last told of it; ``reason`` says why it failed."""

    id: int
    name: str
    state: TaskState
    message: str = ""
    reason: str = ""
    outputs: tuple[TaskOutput, ...] = ()


def parse_task(answer: Any) -> AnalysisTask:
    """Read ``/tasks/status/{id}`` (contract/spatial 7.3).

    Status 4 without output is a failure that history tells of; an unset text is "null". Raises
    ``NotFound`` for the ``null`` that an unknown task may get.
    """
    if answer is None:
        raise NotFound("no such task")
    found = as_object(answer, "a task")
    task_id, status = integer(found, "id"), integer(found, "status")
    if task_id is None or status is None or not 0 <= status <= 4:
        raise UnexpectedAnswer("a task without id or status")
    outputs = tuple(parse_output(task_id, output) for output in objects(found, "output"))
    state = {0: TaskState.RUNNING, 1: TaskState.RUNNING, 2: TaskState.CANCELLED}.get(
        status, TaskState.FINISHED if status == 4 and outputs else TaskState.FAILED
    )
    message = text(found, "message")
    return AnalysisTask(
        id=task_id,
        name=text(found, "name"),
        state=state,
        message="" if message == "null" else message,
        reason=_last(found.get("history") or {}) if state is TaskState.FAILED else "",
        outputs=outputs,
    )


def _last(history: Mapping[str, Any]) -> str:
    """Return the newest entry; the keys are milliseconds since 1970, as text."""
    return str(max(history.items(), key=lambda entry: int(entry[0]))[1]) if history else ""


def parse_output(task_id: int, output: Mapping[str, Any]) -> TaskOutput:
    """Read what one entry of ``output`` stands for (contract/spatial 7.6)."""
    name, file = text(output, "name"), text(output, "file")
    stem = file.rpartition("/")[2].rpartition(".")[0]
    if name == "area" and file.startswith("{"):
        return TaskOutput(OutputKind.ENVELOPE, f"ENVELOPE{task_id}", f"ALA:{task_id}", _json(file))
    if name == "area":
        return TaskOutput(OutputKind.AREA, file)
    if name == "species":
        return TaskOutput(OutputKind.SPECIES, "", details=_json(file))
    if file.startswith("/layer/") and file.endswith(".tif"):
        own = stem[len(f"{task_id}_") :] if stem.startswith(f"{task_id}_") else stem
        return TaskOutput(OutputKind.RASTER, f"{own}.asc", f"ALA:{stem}")
    if file.startswith("/layer/"):
        return TaskOutput(OutputKind.VECTOR, "", f"ALA:{stem}")
    endings = {
        "download.zip": OutputKind.ARCHIVE,
        ".html": OutputKind.REPORT,
        ".csv": OutputKind.TABLE,
    }
    kinds = (kind for ending, kind in endings.items() if file.endswith(ending))
    return TaskOutput(next(kinds, OutputKind.FILE), file)


def _json(details: str) -> str:
    try:
        return json.dumps(as_object(json.loads(details), "the result of a task"))
    except ValueError as fault:
        raise UnexpectedAnswer("a result that is no JSON") from fault
