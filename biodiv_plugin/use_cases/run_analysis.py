"""Run an analysis on the portal's own computers, and fetch what it left."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
)

from biodiv_plugin.log import logger
from biodiv_plugin.portal.analyses import AnalysisClient
from biodiv_plugin.portal.analysis import (
    AnalysisTask,
    Process,
    TaskState,
    area_input,
    check_inputs,
)
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.errors import (
    AnalysisFailed,
    Canceled,
    InvalidQuery,
    NotFound,
    PortalError,
    PortalFault,
    SignInRequired,
)
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.analysis_inputs import AnalysisServices
from biodiv_plugin.use_cases.follow_job import PASSING, pause
from biodiv_plugin.use_cases.upload_area import delete_area, upload_area

POLL = 5.0  # seconds between two looks, as the portal's own pages do
TIMEOUT = 3600.0  # seconds

Tell = Callable[[str], object]
Note = Callable[[int, tuple[str, ...]], object]  # the number, 0 before; ids of own areas up there


@dataclass(frozen=True)
class OwnPolygons:
    """Polygons of the user's own, which the portal only takes as public areas."""

    geometries: tuple[QgsGeometry, ...]
    crs: QgsCoordinateReferenceSystem
    context: QgsCoordinateTransformContext
    consent: bool


def run_analysis(
    process: Process,
    inputs: Mapping[str, Any],
    polygons: Optional[OwnPolygons],
    services: AnalysisServices,
    tell: Tell,
    timeout: float = TIMEOUT,
    note: Note = lambda number, areas: None,
    feedback: Feedback = UNWATCHED,
) -> AnalysisTask:
    """Run ``process`` and return the finished task.

    ``inputs`` have the service's shapes. ``polygons`` go to the first input of areas that
    ``inputs`` leave open: one area in all, or one each where the process compares or merges.
    They are uploaded under a name that tells nothing, and deleted once the task has ended.
    ``note`` hears what must not be forgotten if QGIS ends meanwhile.

    Raises ``InvalidQuery`` for what the process cannot take, and (``consent``) for an area that
    would become public without consent; ``SignInRequired``; ``AnalysisFailed``; ``Canceled``,
    which leaves the task running: the portal cannot stop one (contract/spatial 7.4).
    """
    if not services.user_id:
        raise SignInRequired("an analysis needs an account")
    slot, groups = _groups(process, inputs, polygons)
    check_inputs(process, {**inputs, slot: list(groups)} if slot else inputs)
    consent = polygons is not None and polygons.consent
    if not consent and (slot or _would_publish(process, inputs)):
        raise InvalidQuery("the area would become public", part="consent")
    uploads = _Uploads(polygons, services, tell, note)
    try:
        complete = dict(inputs)
        for group in groups:
            uploads.add(group, feedback)
        if slot:
            complete[slot] = [area_input(area.name, pid=area.pid) for area in uploads.areas]
        uploads.number = services.analyses.create(process.name, complete, feedback=feedback)
    except (PortalError, Canceled):
        uploads.remove()
        raise
    note(uploads.number, uploads.pids)
    text = translate("Analyses", "The portal started analysis {number}.")
    tell(text.format(number=uploads.number))
    try:
        task = wait_for_task(uploads.number, services.analyses, tell, timeout, feedback)
    except (PortalError, Canceled):
        uploads.tell_kept()
        raise
    uploads.remove()
    return finished(task)


def restore_task(
    number: int,
    analyses: AnalysisClient,
    tell: Tell,
    timeout: float = TIMEOUT,
    feedback: Feedback = UNWATCHED,
) -> AnalysisTask:
    """Return an earlier task, of anybody, once it is finished. Raises as ``run_analysis`` does,
    and ``NotFound`` for a number that the portal does not know."""
    try:
        analyses.status(number, feedback)
    except PortalFault as fault:
        if fault.status == 500:  # how the service tells of an unknown number
            raise NotFound(f"no task {number}", url=fault.url) from fault
        raise
    return finished(wait_for_task(number, analyses, tell, timeout, feedback))


def wait_for_task(
    number: int,
    analyses: AnalysisClient,
    tell: Tell,
    timeout: float,
    feedback: Feedback,
) -> AnalysisTask:
    """Return the task once it has ended, well or not.

    Looks that fail in passing are repeated. Raises ``AnalysisFailed`` (``running``) where it has
    not ended after ``timeout`` seconds, and ``Canceled``.
    """
    end, told = time.monotonic() + timeout, ""
    while True:
        try:
            task = analyses.status(number, feedback)
        except PASSING:
            if time.monotonic() > end:
                raise
        else:
            if task.state is not TaskState.RUNNING:
                return task
            if task.message and task.message != told:
                told = task.message
                tell(translate("Analyses", "The portal says: {text}").format(text=told))
        if time.monotonic() > end:
            raise AnalysisFailed("it still runs", reason="running", task_id=number)
        pause(min(POLL, max(0.1, end - time.monotonic())), feedback)


def finished(task: AnalysisTask) -> AnalysisTask:
    """Return ``task``. Raises ``AnalysisFailed`` for one that ended without results."""
    if task.state is TaskState.FINISHED:
        return task
    reason = "cancelled" if task.state is TaskState.CANCELLED else "failed"
    why = (task.reason or task.message).partition(f"(id:{task.id}): ")
    raise AnalysisFailed(why[2] or why[0] or reason, reason=reason, task_id=task.id)


def _groups(
    process: Process, inputs: Mapping[str, Any], polygons: Optional[OwnPolygons]
) -> tuple[str, tuple[tuple[QgsGeometry, ...], ...]]:
    """Return the input that takes the polygons, and which of them make one area."""
    if polygons is None:
        return "", ()
    for wanted in process.inputs:
        if wanted.type == "area" and not inputs.get(wanted.name):
            if (wanted.maximum or 1) > 1:
                return wanted.name, tuple((shape,) for shape in polygons.geometries)
            return wanted.name, (polygons.geometries,)
    raise InvalidQuery("the process takes no area, or has one already", part="area")


def _would_publish(process: Process, inputs: Mapping[str, Any]) -> bool:
    """Return whether an area has a shape and no id: the service makes such one public."""
    return any(
        isinstance(area, dict) and bool(area.get("wkt")) and not area.get("pid")
        for wanted in process.inputs
        if wanted.type == "area"
        for area in inputs.get(wanted.name) or ()
    )


class _Uploads:
    """The areas that a run put on the portal. ``note`` hears of each change."""

    def __init__(
        self, polygons: Optional[OwnPolygons], services: AnalysisServices, tell: Tell, note: Note
    ) -> None:
        self._polygons, self._services, self._tell, self._note = polygons, services, tell, note
        self.number = 0
        self.areas: list[PortalArea] = []

    @property
    def pids(self) -> tuple[str, ...]:
        return tuple(area.pid for area in self.areas)

    def add(self, group: tuple[QgsGeometry, ...], feedback: Feedback) -> None:
        polygons = self._polygons
        if polygons is None:
            raise InvalidQuery("no polygons", part="area")
        area = upload_area(
            group,
            polygons.crs,
            polygons.context,
            "",
            polygons.consent,
            self._services.user_id,
            self._services.areas,
            feedback,
        )
        self.areas.append(area)
        self._note(self.number, self.pids)

    def remove(self) -> None:
        """Delete them: the task has ended, or never began; also where the user canceled."""
        if not self.areas:
            return
        kept = delete_areas(self.pids, self._services.areas)
        self.areas = [area for area in self.areas if area.pid in kept]
        self._note(self.number, self.pids)
        self.tell_kept()

    def tell_kept(self) -> None:
        if self.areas:
            text = translate("Analyses", "Your area is still public on the portal, as {pids}.")
            self._tell(text.format(pids=", ".join(self.pids)))


def delete_areas(
    pids: Iterable[str], areas: AreaClient, feedback: Feedback = UNWATCHED
) -> tuple[str, ...]:
    """Delete areas that were uploaded for an analysis; return those that are still there."""
    kept = []
    for pid in pids:
        try:
            delete_area(pid, areas, feedback)
        except PortalError as error:
            logger.warning("Area %s could not be deleted: %s", pid, error)
            kept.append(pid)
    return tuple(kept)
