"""Offline downloads as jobs: who waits, who runs, what is told (contract/occurrences 3.2).

A job lives in memory until its file is there, or it failed; after that the only witness is its
folder: the status of the day it was submitted, and a file that may be whole or not.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional
from urllib.parse import quote, urlsplit

from demo.portal.biocache.archive import Progress, Stopped
from demo.portal.world import World

MAX_WAITING = 50
STATUS = "status.json"
_ELSEWHERE = "https://elsewhere.example"  # where a foreign status URL leads
IN_QUEUE, RUNNING, FINISHED, CANCELLED = "inQueue", "running", "finished", "cancelled"

_LOG = logging.getLogger(__name__)

Build = Callable[[Path, Progress], None]


class TooManyJobs(Exception):
    """This user has too many jobs waiting."""


@dataclass
class Job:
    """One download; ``question`` is the whole parameter string, by which twins are known."""

    id: str
    user: str
    email: str
    question: str
    total: int
    file: str
    search_url: str
    build: Build
    state: str = IN_QUEUE
    records: int = 0
    queue_size: int = 1
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All jobs of one portal; one of each user runs at a time. Safe between threads."""

    def __init__(self, world: World) -> None:
        self._world = world
        # By port: portals that share the data must not end each other's downloads.
        self._folder = world.folder / f"downloads-{urlsplit(world.base).port or 80}"
        self._lock = threading.Lock()
        self._waiting: Dict[str, List[Job]] = {}  # by user; the first may be running
        self._workers: Dict[str, threading.Thread] = {}

    def submit(self, job: Job) -> Dict[str, Any]:
        """Queue a job, unless the same question waits already. Raises TooManyJobs."""
        with self._lock:
            for other in (job_ for jobs in self._waiting.values() for job_ in jobs):
                if other.question == job.question and other.state == IN_QUEUE:
                    return {**self._describe(other), "message": "Already in queue."}
            mine = self._waiting.setdefault(job.user, [])
            if len(mine) > MAX_WAITING:
                raise TooManyJobs
            mine.append(job)
            job.queue_size = len(mine)
            self._save(job)
            answer = self._describe(job)
            worker = self._workers.get(job.user)
            if worker is None:
                worker = threading.Thread(target=self._work, args=(job.user,), daemon=True)
                self._workers[job.user] = worker
                worker.start()
        instant = self._world.faults.on("biocache.instant_job")
        if instant is not None:
            worker.join(float(instant.get("seconds", 30)))
        return answer

    def new_id(self, email: str) -> str:
        """Return an id as the service makes them: of the e-mail address and the time."""
        folder = java_name_uuid(email)
        with self._lock:
            millis = int(self._world.clock() * 1000)
            while (self._folder / folder / str(millis)).exists():
                millis += 1
            (self._folder / folder / str(millis)).mkdir(parents=True)
            return f"{folder}-{millis}"

    def status(self, job_id: str) -> Dict[str, Any]:
        """Return what is known of a job: of an unknown one, nothing."""
        other_instance = self._world.faults.on("biocache.another_instance") is not None
        with self._lock:
            job = self._find(job_id)
            if job is not None and not other_instance:
                return self._describe(job)
        folder = self.folder_of(job_id)
        if folder is None or not (folder / STATUS).exists():
            return {}
        told = json.loads((folder / STATUS).read_text(encoding="utf-8"))
        archive = next((f for f in folder.glob("*.zip") if f.stat().st_size > 0), None)
        if archive is not None and told["status"] != CANCELLED:
            url = f"{self._origin()}/biocache-download/{folder.parent.name}/{folder.name}"
            told = _finished(told, f"{url}/{quote(archive.name)}")
        return told

    def cancel(self, job_id: str, user: str, admin: bool) -> Optional[Dict[str, Any]]:
        """Stop a job of this user; None where there is none."""
        with self._lock:
            job = self._find(job_id)
            if job is None or not (admin or job.user == user):
                return None
            job.stop.set()
            job.state = CANCELLED
            if self._waiting[job.user][0] is not job:  # the first is let go by its worker
                self._waiting[job.user].remove(job)
            self._save(job)
            return self._describe(job)

    def of_user(self, user: str) -> List[Dict[str, Any]]:
        with self._lock:
            return [self._describe(job) for job in self._waiting.get(user, [])]

    def folder_of(self, job_id: str) -> Optional[Path]:
        """Return the folder of an id of the right form, or None."""
        name, _, millis = job_id.rpartition("-")
        try:
            uuid.UUID(name)
        except ValueError:
            return None
        return self._folder / name / millis if millis.isdecimal() else None

    def clear(self) -> None:
        """Stop and forget all jobs and their files."""
        with self._lock:
            for job in (job for jobs in self._waiting.values() for job in jobs):
                job.stop.set()
            self._waiting.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _work(self, user: str) -> None:
        """Run the jobs of one user, one after the other, until none waits."""
        while True:
            with self._lock:
                waiting = self._waiting.get(user)
                if not waiting:
                    self._waiting.pop(user, None)
                    del self._workers[user]
                    return
                job = waiting[0]
            try:
                self._run(job)
            except Exception:  # noqa: BLE001 - a failed job tells nobody: contract 3.2
                _LOG.exception("job %s failed", job.id)
            finally:
                with self._lock:
                    if job in self._waiting.get(user, []):
                        self._waiting[user].remove(job)

    def _run(self, job: Job) -> None:
        faults = self._world.faults
        folder = self.folder_of(job.id)
        if folder is None or job.stop.is_set() or faults.on("biocache.stuck_job") is not None:
            return
        slow = faults.on("biocache.slow_job") or {}
        job.stop.wait(float(slow.get("queue", 0)))
        target = folder / f"{job.file}.zip"
        began = time.monotonic()
        pause = float(slow.get("run", 0)) / max(job.total, 1)

        def tell(records: int) -> None:
            if job.state == IN_QUEUE and records:
                job.state, job.records = RUNNING, 1
            if pause:
                job.stop.wait(pause * records - (time.monotonic() - began))
            job.records = records

        try:
            job.build(target, Progress(tell, job.stop.is_set))
        except (Stopped, FileNotFoundError):
            if not job.stop.is_set():
                raise
            target.unlink(missing_ok=True)
            return
        truncated = faults.on("biocache.truncated_zip")
        if truncated is not None:
            size = target.stat().st_size
            with target.open("r+b") as file:
                file.truncate(
                    int(truncated.get("bytes", size * float(truncated.get("share", 0.6))))
                )

    def _find(self, job_id: str) -> Optional[Job]:
        return next((j for jobs in self._waiting.values() for j in jobs if j.id == job_id), None)

    def _describe(self, job: Job) -> Dict[str, Any]:
        told: Dict[str, Any] = {"status": job.state, "totalRecords": job.total}
        if job.state == RUNNING:
            told["records"] = job.records
        else:
            told["queueSize"] = job.queue_size
        base = f"{self._origin()}/biocache-service/occurrences/offline"
        told["statusUrl"] = f"{base}/status/{job.id}"
        told["cancelUrl"] = f"{base}/cancel/{job.id}"
        told["searchUrl"] = job.search_url
        return told

    def _origin(self) -> str:
        foreign = self._world.faults.on("biocache.foreign_status_url")
        return self._world.base if foreign is None else str(foreign.get("origin", _ELSEWHERE))

    def _save(self, job: Job) -> None:
        folder = self.folder_of(job.id)
        if folder is not None and folder.exists():
            text = json.dumps(self._describe(job), ensure_ascii=False)
            (folder / STATUS).write_text(text, encoding="utf-8")


def java_name_uuid(name: str) -> str:
    """Return Java's ``UUID.nameUUIDFromBytes``: a version 3 UUID without a namespace."""
    digest = hashlib.md5(name.encode(), usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest, version=3))


def _finished(told: Dict[str, Any], url: str) -> Dict[str, Any]:
    """Return the status of a finished job: what was told last, and where the file is."""
    first = {"status": FINISHED, "totalRecords": told["totalRecords"]}
    if "queueSize" in told:
        first["queueSize"] = told["queueSize"]
    return {**first, "downloadUrl": url, **{k: v for k, v in told.items() if k not in first}}
