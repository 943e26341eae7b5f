"""Sampling of many points by one job: /spatial-service/intersect/batch (contract/spatial 4.2).

Faults, by name: ``spatial.batch_restart`` (a finished job says ``started``, as after a restart of
the service), ``spatial.batch_error``, ``spatial.batch_empty_contextual`` (contextual columns stay
empty), ``spatial.batch_slow`` (``polls``: how many times the job is not done yet).
"""

from __future__ import annotations

import io
import itertools
import threading
import time
import zipfile
from dataclasses import dataclass, field
from typing import Any, Dict, List, Tuple

from flask import Blueprint, Response, request

from demo.portal.spatial.routing import add, as_json
from demo.portal.spatial.sampling import Sampler, as_float
from demo.portal.spatial.store import Store
from demo.portal.world import World

MOST_POINTS, MOST_FIELDS = 1_000_000, 1_000
FORM_LIMIT = 2 * 2**20  # of Tomcat; a longer body is read raw, without decoding
POLLS = 2  # before a job can be done: waiting, started


@dataclass
class _Job:
    fids: List[str]
    points: List[str]
    began: float
    polls: int = 0
    csv: str = ""
    failed: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    finished: float = 0.0


def register(routes: Blueprint, world: World, store: Store, sampler: Sampler) -> None:
    """Add the three batch calls."""
    batch = _Batch(world, store, sampler)
    add(routes, "/intersect/batch", batch.submit, ("GET", "POST"))
    add(routes, "/intersect/batch/<number>", batch.status)
    add(routes, "/intersect/batch/download/<number>", batch.download)
    world.on_reset.append(batch.reset)


class _Batch:
    def __init__(self, world: World, store: Store, sampler: Sampler) -> None:
        self._world = world
        self._store = store
        self._sampler = sampler
        self._jobs: Dict[str, _Job] = {}
        self._numbers = itertools.count(int(world.clock() * 1000))

    def reset(self) -> None:
        self._jobs.clear()

    def submit(self) -> Response:
        asked = _form()
        fids = [fid for fid in asked.get("fids", "").split(",") if fid]
        points = asked.get("points", "")
        if not fids or not points:
            message = "request did not include points or did not include fids"
            return as_json({"status": "fail", "error": message})
        values = points.split(",")
        if len(values) / 2 > MOST_POINTS:
            return as_json({"error": f"Too many points.  Maximum is {MOST_POINTS}"})
        if len(fids) > MOST_FIELDS:
            return as_json({"error": f"Too many fields.  Maximum is {MOST_FIELDS}"})
        number, job = str(next(self._numbers)), _Job(fids, values, self._world.clock())
        self._jobs[number] = job
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        return as_json(
            {
                "batchId": number,
                "status": "waiting",
                "waiting": "In queue",
                "progress": 0,
                "points": _count(values),
                "fields": len(fids),
                "statusUrl": f"{self._world.base}/spatial-service/intersect/batch/{number}",
            }
        )

    def status(self, number: str) -> Response:
        job = self._jobs.get(number)
        if job is None:
            return as_json({"error": f"unknown batchId: {number}"})
        slow = self._world.faults.on("spatial.batch_slow") or {}
        job.polls += 1
        told: Dict[str, Any] = {"batchId": number, "progress": 0, "points": _count(job.points)}
        told["fields"] = len(job.fids)
        if job.polls <= int(slow.get("polls", POLLS)) or not job.done.is_set():
            first = job.polls == 1
            told["status"] = "waiting" if first else "started"
            if not first:
                told["started"] = _moment(job.began)
                told["progressMessage"] = f"Sampling layer: {job.fids[0]}"
            return as_json(told)
        told.update(progress=len(job.fids), started=_moment(job.began))
        told["finished"] = _moment(job.finished)
        if job.failed or self._world.faults.on("spatial.batch_error") is not None:
            return as_json({**told, "status": "error", "error": "failed to sample the layers"})
        restarted = self._world.faults.on("spatial.batch_restart") is not None
        told["status"] = "started" if restarted else "finished"
        home = f"{self._world.base}/spatial-service/intersect/batch/download/{number}"
        return as_json({**told, "downloadUrl": home})

    def download(self, number: str) -> Response:
        """A zip, with ``csv=true`` its one file; nothing before the end, and status 200."""
        job = self._jobs.get(number)
        if job is None or job.failed or not job.done.is_set() or job.polls <= POLLS:
            return Response("", 200)
        if request.args.get("csv") == "true":
            return Response(job.csv, content_type="text/csv")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("sample.csv", job.csv)
        return Response(packed.getvalue(), content_type="application/zip")

    def _run(self, job: _Job) -> None:
        try:
            job.csv = self._sampled(job)
        except (ValueError, IndexError):
            job.failed = True
        job.finished = self._world.clock()
        job.done.set()

    def _sampled(self, job: _Job) -> str:
        """Return the CSV: points in the order sent. Raises ValueError for what is no number."""
        pairs = _pairs(job.points)
        fields = [self._store.field(fid) for fid in job.fids]
        readers = [self._sampler.reader(found) if found else None for found in fields]
        empty = self._world.faults.on("spatial.batch_empty_contextual") is not None
        lines = ["latitude,longitude," + ",".join(job.fids)]
        for lat, lon in pairs:
            cells = [str(lat), str(lon)]
            for reader in readers:
                found = reader(lon, lat) if reader else None
                if isinstance(found, dict):
                    cells.append("" if empty else _quoted(found["name"]))
                else:
                    cells.append("" if found is None else as_float(found))
            lines.append(",".join(cells))
        return "\n".join(lines) + "\n"


def _form() -> Dict[str, str]:
    """Return the parameters; of a long form raw, so that ``%2C`` is no comma."""
    if (request.content_length or 0) <= FORM_LIMIT:
        return dict(request.values)
    parts = (part.partition("=") for part in request.get_data(as_text=True).split("&"))
    return {name: value for name, _, value in parts}


def _pairs(values: List[str]) -> List[Tuple[float, float]]:
    if len(values) % 2:
        raise ValueError("an odd number of coordinates")
    numbers = [float(value) for value in values]
    return list(zip(numbers[::2], numbers[1::2]))


def _count(values: List[str]) -> Any:
    """Half the numbers sent: whole, or a decimal."""
    return len(values) // 2 if len(values) % 2 == 0 else len(values) / 2


def _quoted(text: str) -> str:
    if "," in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _moment(seconds: float) -> str:
    """``dd/MM/yy hh:mm:ss:SSS``: twelve hours, and not which half of the day."""
    moment = time.localtime(seconds)
    return time.strftime("%d/%m/%y %I:%M:%S", moment) + f":{int(seconds * 1000) % 1000:03d}"
