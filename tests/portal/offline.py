"""Offline downloads as a test goes through them."""

from __future__ import annotations

import csv
import io
import time
import zipfile

OFFLINE = "/occurrences/offline"
MAIL = "demo@natuur.example"


def submit(service, user="demo", **form):
    form = {"q": "lsid:2427609", "email": MAIL, "qa": "none", "dwcHeaders": "true", **form}
    answer = service.post(f"{OFFLINE}/download", user, **form)
    assert answer.status_code == 200, answer.text
    return answer.json


def wait(service, told, *states, seconds=10.0):
    """Ask until the status is one of ``states``; return the last answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = service.fetch(told["statusUrl"]).json
        if status["status"] in states:
            return status
        time.sleep(0.01)
    raise AssertionError(f"still {status}")


def finished(service, user="demo", **form):
    told = wait(service, submit(service, user, **form), "finished")
    answer = service.fetch(told["downloadUrl"])
    assert answer.status_code == 200
    return told, zipfile.ZipFile(io.BytesIO(answer.data))


def table(archive, name="data.csv"):
    with archive.open(name) as file:
        return list(csv.reader(io.TextIOWrapper(file, "utf-8", newline="")))
