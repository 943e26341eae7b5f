"""Analyses that the portal runs itself: the tasks of its ``spatial-service``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping
from urllib.parse import quote

from biodiv_plugin.portal.analysis import (
    AnalysisTask,
    Process,
    parse_capabilities,
    parse_task,
)
from biodiv_plugin.portal.answers import as_object, integer
from biodiv_plugin.portal.errors import InvalidQuery, NotFound, Rejected, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Response,
    Transport,
    get_json,
    post_json,
)

_MISSING = b"File does not exist"


class AnalysisClient:
    """Starts and follows analyses. ``base`` is ``<portal>/spatial-service``.

    Starting one needs a sign-in. Whoever knows a task's number can read its results. A task
    cannot be stopped: the service's own call for it does nothing.
    """

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def capabilities(self, feedback: Feedback = UNWATCHED) -> tuple[Process, ...]:
        """Return the processes on offer; none where the portal has none loaded."""
        answer = self._transport.send(get_json(f"{self._base}/capabilities"), feedback).json()
        return parse_capabilities(answer)

    def create(
        self,
        name: str,
        inputs: Mapping[str, Any],
        identifier: str = "",
        feedback: Feedback = UNWATCHED,
    ) -> int:
        """Start a process and return the task's number.

        ``inputs`` have the shapes of ``portal/analysis.py``; see ``check_inputs``. With the same
        ``identifier`` a task that still waits is given back in place of a new one. Raises
        ``Rejected`` with the service's words for what is wrong.
        """
        body: dict[str, Any] = {"name": name, "input": dict(inputs)}
        if identifier:
            body["identifier"] = identifier
        request = post_json(f"{self._base}/tasks/create", body, as_user=True)
        response = self._transport.send(request, feedback)
        if response.status == 400:
            raise Rejected(_reasons(response), url=request.url, status=400)
        task_id = integer(as_object(response.json(), "a task", request.url), "id")
        if task_id is None:
            raise UnexpectedAnswer("a task without number", url=request.url)
        return task_id

    def status(self, task_id: int, feedback: Feedback = UNWATCHED) -> AnalysisTask:
        """Return how far a task is. Ask every five seconds."""
        url = f"{self._base}/tasks/status/{task_id}"
        return parse_task(self._transport.send(get_json(url), feedback).json())

    def output(
        self, task_id: int, file: str, target: Path, feedback: Feedback = UNWATCHED
    ) -> Response:
        """Stream one file of a task to ``target``.

        Raises ``NotFound`` for a missing file, which the service tells with status 200;
        ``target`` is then removed.
        """
        if not file or file.startswith("/") or ".." in file.split("/"):
            raise InvalidQuery("no file of a task", part="file")
        url = f"{self._base}/tasks/output/{task_id}/{quote(file)}"
        response = self._transport.download(Request("GET", url), target, feedback)
        with target.open("rb") as received:
            missing = received.read(len(_MISSING)) == _MISSING
        if missing:
            target.unlink()
            raise NotFound("no such file of a task", url=url)
        return response


def _reasons(response: Response) -> str:
    """Return what is wrong with which input; a message may hold a dump, so only its start."""
    try:
        found = as_object(Response(200, response.body, response.url).json(), "reasons")
    except UnexpectedAnswer:
        return "HTTP 400"
    return "; ".join(f"{name}: {str(why)[:200]}" for name, why in found.items())
