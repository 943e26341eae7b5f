"""A repository of one's own: ``plugins.xml`` and the full archive on any web server."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts import package


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments) -> None:
        """Say nothing on the test's output."""


@pytest.fixture()
def repository(tmp_path, full_zip):
    """The address of a folder with the archive and its index, served on the loopback."""
    shutil.copy(full_zip, tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    package.make_index(address, tmp_path)
    yield address
    server.shutdown()
    server.server_close()


def test_qgis_installs_the_full_archive_from_it(repository, in_desktop):
    report = in_desktop(
        "repository.py",
        BIODIV_INDEX=f"{repository}/plugins.xml",
        BIODIV_PORTAL_URL="http://127.0.0.1:9",
    )
    assert report["offered"]["name"] == package.metadata()["name"]
    assert report["offered"]["version_available_experimental"] == package.metadata()["version"]
    assert report["offered"]["zip_repository"] == "Own"
    assert report["vendored"]
    assert report["started"]
