"""A real browser, driven as a person would by its WebDriver (W3C WebDriver)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Iterator

import requests

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's name for a reference


def missing() -> str:
    """Return which program a real browser needs and this machine lacks; empty if it has all."""
    programs = ("chromium", "chromedriver", "xvfb-run")
    return ", ".join(name for name in programs if shutil.which(name) is None)


class Chromium:
    """One window."""

    def __init__(self, driver: str, profile: Path) -> None:
        self._http = requests.Session()
        self._http.trust_env = False
        options = {
            "args": [
                "--no-sandbox",  # tests run as root in a container
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--no-proxy-server",
                f"--user-data-dir={profile}",
            ]
        }
        wanted = {"browserName": "chrome", "goog:chromeOptions": options}
        answer = self._call("POST", f"{driver}/session", capabilities={"alwaysMatch": wanted})
        self._session = f"{driver}/session/{answer['sessionId']}"

    def open(self, url: str) -> bool:
        self._call("POST", f"{self._session}/url", url=url)
        return True

    def address(self) -> str:
        return str(self._call("GET", f"{self._session}/url"))

    def text(self) -> str:
        return str(self._call("GET", f"{self._find('body')}/text"))

    def type(self, selector: str, text: str) -> None:
        self._call("POST", f"{self._find(selector)}/value", text=text)

    def click(self, selector: str) -> None:
        self._call("POST", f"{self._find(selector)}/click")

    def close(self) -> None:
        self._call("DELETE", self._session)

    def _find(self, selector: str) -> str:
        query = {"using": "css selector", "value": selector}
        end = time.monotonic() + 10
        while True:
            try:
                found = self._call("POST", f"{self._session}/element", **query)
                return f"{self._session}/element/{found[_ELEMENT]}"
            except ValueError:  # the page is still coming
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def _call(self, method: str, address: str, **body: Any) -> Any:
        answer = self._http.request(
            method, address, json=body if method == "POST" else None, timeout=60
        )
        value = answer.json()["value"]
        if answer.status_code != 200:
            raise ValueError(value)
        return value


@contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """Start a browser on a display of its own, with an empty profile; end both."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    command = ["xvfb-run", "-a", "chromedriver", f"--port={port}", "--silent"]
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    driver = f"http://127.0.0.1:{port}"
    try:
        _wait_for(driver)
        browser = Chromium(driver, folder / "profile")
        try:
            yield browser
        finally:
            browser.close()
    finally:
        _end(process)


def _wait_for(driver: str) -> None:
    session = requests.Session()
    session.trust_env = False
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if session.get(f"{driver}/status", timeout=2).json()["value"]["ready"]:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise RuntimeError("chromedriver did not become ready")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the driver and its display: the whole group that was started here."""
    group = os.getpgid(process.pid)
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
    with suppress(ProcessLookupError):
        os.killpg(group, 15)
