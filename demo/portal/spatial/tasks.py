"""Server-side analyses: /spatial-service/{capabilities,tasks,process} (contract/spatial 7).

A task is told as queued (status 0) at least twice before its end, as the service does.
Faults, by name: ``spatial.no_capabilities`` (an empty answer, and every task refused),
``spatial.task_fails`` (status 3, ``message``), ``spatial.task_without_output`` (status 4, history
says failed), ``spatial.task_running`` (status 1 in between, as older versions do),
``spatial.task_slow`` (``polls`` before the end), ``spatial.task_output_missing``.
"""

from __future__ import annotations

import io
import json
import shutil
import threading
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional

from flask import Blueprint, Flask, Response, current_app, request

from demo.portal.biocache.shared import Shared
from demo.portal.error_pages import html_error
from demo.portal.geoserver import state
from demo.portal.spatial.analysis import PROCESSES
from demo.portal.spatial.analysis.job import Failed, Job, decoded
from demo.portal.spatial.routing import add, as_json, caller, needs_token
from demo.portal.spatial.sampling import Sampler
from demo.portal.spatial.specifications import complaints, specifications, with_defaults
from demo.portal.spatial.store import Store
from demo.portal.spatial.uploads import BadArea, stored_form
from demo.portal.world import World

FIRST_TASK = 4711
POLLS = 2
QUEUED, RUNNING, FAILED, FINISHED = 0, 1, 3, 4
STATE = "task.json"
TYPES = {
    ".zip": "application/zip",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".html": "text/html;charset=UTF-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".csv": "application/csv",
}


@dataclass
class Task:
    """A task as it is told; kept in its folder, so that it outlives the program."""

    id: int
    name: str
    user: str
    identifier: str
    created: str
    inputs: Dict[str, Any]
    status: int = QUEUED
    message: str = "queued"
    history: Dict[str, str] = field(default_factory=dict)
    outputs: List[Dict[str, str]] = field(default_factory=list)
    polls: int = 0
    done: bool = False


def register(routes: Blueprint, world: World, store: Store, sampler: Sampler) -> None:
    """Add the routes of analyses."""
    tasks = _Tasks(world, store, sampler)
    for rule in ("/capabilities", "/tasks/capabilities"):
        add(routes, rule, tasks.capabilities)
    add(routes, "/tasks/create", needs_token(world, tasks.create), ("POST",))
    add(routes, "/tasks/status/<number>", tasks.status)
    add(routes, "/tasks/cancel/<number>", needs_token(world, tasks.cancel), ("GET", "POST"))
    for rule in ("/tasks/show/<number>", "/tasks/download/<number>"):
        add(routes, rule, tasks.for_browsers)
    routes.add_url_rule("/tasks/output/<number>/<path:path>", "task output", tasks.output)
    add(routes, "/process/areaReport/<number>", tasks.area_report)
    world.on_reset.append(tasks.reset)


class _Tasks:
    def __init__(self, world: World, store: Store, sampler: Sampler) -> None:
        self._world = world
        self._store = store
        self._sampler = sampler
        self._shared = Shared.of(world)
        self._lock = threading.Lock()
        self._tasks: Dict[int, Task] = {}

    @property
    def _folder(self) -> Path:
        return state.tasks(self._world)

    def reset(self) -> None:
        self._tasks.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def capabilities(self) -> Response:
        empty = self._world.faults.on("spatial.no_capabilities") is not None
        return as_json({} if empty else specifications())

    def create(self) -> Response:
        told = request.get_json(silent=True) if request.is_json else None
        told = dict(request.values) if told is None else told
        name, inputs = str(told.get("name") or ""), decoded(told.get("input") or {})
        if not isinstance(inputs, dict):
            return html_error(500)
        wrong = complaints(name, inputs)
        if self._world.faults.on("spatial.no_capabilities") is not None:
            wrong = {"spec": f"failed to find spec for: {name}"}
        if wrong:
            return as_json(wrong, 400)
        who = caller(self._world)
        user = (who.user_id or who.username or "") if who else ""
        with self._lock:
            task = self._queued(name, str(told.get("identifier") or ""), user)
            if task is None:
                task = self._new(name, str(told.get("identifier") or ""), user, inputs)
                app = current_app._get_current_object()  # type: ignore[attr-defined]
                threading.Thread(target=self._run, args=(task, app), daemon=True).start()
        return as_json(_as_created(task, told))

    def _queued(self, name: str, identifier: str, user: str) -> Optional[Task]:
        same = (name, identifier, user)
        for task in self._tasks.values():
            if identifier and not task.done and (task.name, task.identifier, task.user) == same:
                return task
        return None

    def _new(self, name: str, identifier: str, user: str, inputs: Dict[str, Any]) -> Task:
        known = [int(path.name) for path in self._folder.glob("*") if path.name.isdigit()]
        number = max([FIRST_TASK - 1, *known]) + 1
        (self._folder / str(number)).mkdir(parents=True)
        now = self._world.clock()
        created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        task = Task(number, name, user, identifier, created, self._registered(inputs))
        task.history[str(int(now * 1000))] = "created"
        self._tasks[number] = task
        return task

    def _registered(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """Store areas that have a wkt and a name but no pid: everybody can see them then."""
        areas = decoded(inputs.get("area"))
        for area in areas if isinstance(areas, list) else [areas]:
            if (
                isinstance(area, dict)
                and area.get("wkt")
                and area.get("name")
                and not area.get("pid")
            ):
                about = {"name": str(area["name"]), "description": "", "user_id": ""}
                try:
                    area["pid"] = str(self._store.add(stored_form(str(area["wkt"])), about, True))
                except BadArea:
                    continue  # the task itself will fail on it
        return {**inputs, "area": areas} if areas else inputs

    def _run(self, task: Task, app: Flask) -> None:
        job = Job(
            id=task.id,
            inputs=with_defaults(task.name, task.inputs),
            folder=self._folder / str(task.id),
            world=self._world,
            store=self._store,
            sampler=self._sampler,
            shared=self._shared,
            stored_query=lambda qid: _stored_query(app, qid),
        )
        task.status, task.message = FAILED, "failed"
        last = f"failed (id:{task.id}): unexpected error"
        try:
            PROCESSES[task.name](job)
            if self._world.faults.on("spatial.task_fails") is not None:
                raise Failed("java.lang.OutOfMemoryError")
            task.outputs = [*job.outputs, {"name": "download", "file": "download.zip"}]
            task.status, task.message = FINISHED, "finished"
            last = f"finished (id:{task.id})"
        except (Failed, OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            last = f"failed (id:{task.id}): {error}"
        finally:
            task.history[str(int(self._world.clock() * 1000))] = last
            task.done = True
            self._keep(task)

    def _keep(self, task: Task) -> None:
        path = self._folder / str(task.id) / STATE
        if path.parent.exists():  # else the portal was reset meanwhile
            path.write_text(json.dumps(task.__dict__, ensure_ascii=False), encoding="utf-8")

    def _found(self, number: str) -> Optional[Task]:
        if not number.isdigit():
            return None
        if int(number) not in self._tasks:
            path = self._folder / number / STATE
            if not path.exists():
                return None
            self._tasks[int(number)] = Task(**json.loads(path.read_text(encoding="utf-8")))
        return self._tasks[int(number)]

    def status(self, number: str) -> Response:
        task = self._found(number)
        if task is None:
            return html_error(500)
        slow = self._world.faults.on("spatial.task_slow") or {}
        task.polls += 1
        last = request.args.get("last", 0, int)
        history = {key: text for key, text in task.history.items() if int(key) > last}
        told: Dict[str, Any] = {"status": task.status, "message": task.message, "id": task.id}
        told.update(name=task.name, history=history)
        if task.polls <= int(slow.get("polls", POLLS)) or not task.done:
            running = task.polls > 1 and self._world.faults.on("spatial.task_running") is not None
            told["status"] = RUNNING if running else QUEUED
            told["message"] = "queued" if task.polls == 1 else f"running {task.name}"
            told["history"] = dict(list(history.items())[:1])
            return as_json(told)
        if self._world.faults.on("spatial.task_without_output") is not None:
            failed = dict.fromkeys(list(history)[-1:], f"failed (id:{task.id}): no reason")
            return as_json({**told, "history": {**history, **failed}})
        if task.status == FINISHED:
            told["output"] = [
                {"id": task.id * 7 + i, **output} for i, output in enumerate(task.outputs)
            ]
        return as_json(told)

    def cancel(self, number: str) -> Response:
        """Does nothing, as upstream."""
        if request.is_json:
            return Response("null", content_type="application/json;charset=UTF-8")
        return Response("", 302, {"Location": f"{self._world.base}/spatial-service/tasks/index"})

    def for_browsers(self, number: str) -> Response:
        """Pages for a browser's session; a bearer is not looked at."""
        if "application/json" in request.headers.get("Accept", ""):
            return as_json({"error": "Forbidden, user login required!"}, 401)
        return Response("", 302, {"Location": f"{self._world.issuer}/protocol/openid-connect/auth"})

    def output(self, number: str, path: str) -> Response:
        """A file of a task; what is missing is told with status 200."""
        task, name = self._found(number), request.args.get("filename") or path
        missing = self._world.faults.on("spatial.task_output_missing") is not None
        folder = (self._folder / number).resolve()
        file = (folder / name).resolve()
        if task and task.done and name == "download.zip" and not missing:
            content = _packed(folder)
        elif task and not missing and file.is_relative_to(folder) and file.is_file():
            content = file.read_bytes()
        else:
            text = f"File does not exist: /data/spatial-data/public/{number}/{name}"
            return Response(text, content_type="text/html;charset=UTF-8")
        suffix = Path(name).suffix
        response = Response(content, content_type=TYPES.get(suffix, ""))
        if suffix != ".html":
            shown = Path(path).name
            response.headers["Content-Disposition"] = f'attachment; filename="{shown}"'
        return response

    def area_report(self, number: str) -> Response:
        file = self._folder / number / f"areaReport{number}.pdf"
        if not number.isdigit() or not file.exists():
            return html_error(500)
        return Response(file.read_bytes(), content_type="application/pdf")


def _as_created(task: Task, told: Dict[str, Any]) -> Dict[str, Any]:
    """Return the task as ``create`` tells it: what is not set is the text "null"."""
    home = {"_ref": "../..", "class": "au.org.ala.spatial.Task"}
    return {
        "id": task.id,
        "name": task.name,
        "status": QUEUED,
        "created": task.created,
        "history": dict(list(task.history.items())[:1]),
        "tag": task.identifier or "null",
        "userId": task.user or "null",
        "sessionId": str(told.get("sessionId") or "null"),
        "email": str(told.get("email") or "null"),
        "input": [
            {"id": i, "name": key, "value": _text(value), "task": home}
            for i, (key, value) in enumerate(task.inputs.items(), 1)
        ],
        "output": [],
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _stored_query(app: Flask, qid: str) -> Dict[str, Any]:
    """Ask the occurrence service what a stored query means."""
    answer = app.test_client().get(f"/biocache-service/qid/{qid}")
    told = answer.get_json(silent=True)
    if answer.status_code != 200 or not isinstance(told, dict):
        raise Failed(f"unknown query qid:{qid}")
    return told


def _packed(folder: Path) -> bytes:
    """Return the task's files as a zip; published rasters are not among them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name != STATE and file.suffix != ".tif":
                archive.write(file, str(file.relative_to(folder)))
    return packed.getvalue()
