"""Downloads: streamed to a file, continued after a break, never spoiled by an error's page."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from biodiv_plugin.network import QgisTransport, sinks
from biodiv_plugin.portal import errors
from biodiv_plugin.portal.http import Request
from tests.qgis.doubles import InTask, Reply, Server, in_task, spin_until


def download(request, target, feedback=None):
    return in_task(lambda own: QgisTransport().download(request, target, feedback or own))


ARCHIVE = os.urandom(3 << 20)


def serve(asked, body=ARCHIVE, etag='"one"'):
    """A server that knows ranges (RFC 9110, 14)."""
    headers = {"ETag": etag, "Content-Type": "application/zip"}
    wanted = asked.headers.get("range")
    if not wanted or asked.headers.get("if-range") != etag:
        return Reply(body, 200, headers)
    start = int(wanted[len("bytes=") :].rstrip("-"))
    if start >= len(body):
        return Reply(b"", 416, {"Content-Range": f"bytes */{len(body)}"})
    headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return Reply(body[start:], 206, headers)


@pytest.fixture()
def target(tmp_path):
    return tmp_path / "observations.zip"


def leave_half(target, cut=1_000_000):
    """Let a download break off after ``cut`` bytes."""

    def half(asked):
        reply = serve(asked)
        reply.cut = cut
        return reply

    with Server(half) as server, pytest.raises(errors.Unreachable) as raised:
        download(Request("GET", server.url), target)
    assert raised.value.reason == "closed"
    assert 0 < target.stat().st_size <= cut


def test_a_download_tells_its_progress(target):
    told = []

    class Feedback:
        def isCanceled(self):
            return False

        def setProgress(self, percent):
            told.append(percent)

    with Server(lambda asked: replace(serve(asked), slowly=0.005)) as server:
        response = download(Request("GET", server.url), target, Feedback())
    assert target.read_bytes() == ARCHIVE
    assert (response.status, response.body) == (200, b"")
    assert told == sorted(told) and told[-1] == 100 and len(told) > 3
    assert [path.name for path in target.parent.iterdir()] == ["observations.zip"]


def test_a_broken_download_is_continued(target):
    leave_half(target)
    held = target.stat().st_size
    with Server(serve) as server:
        download(Request("GET", server.url), target)
    assert server.asked[0].headers["range"] == f"bytes={held}-"
    assert target.read_bytes() == ARCHIVE
    assert len(list(target.parent.iterdir())) == 1


def test_a_file_that_changed_meanwhile_is_fetched_anew(target):
    leave_half(target)
    with Server(lambda asked: serve(asked, b"new" * 9, '"two"')) as server:
        download(Request("GET", server.url), target)
    assert target.read_bytes() == b"new" * 9


def test_a_server_without_ranges_sends_all_again(target):
    leave_half(target)
    with Server(lambda asked: Reply(ARCHIVE, 200)) as server:
        download(Request("GET", server.url), target)
    assert target.read_bytes() == ARCHIVE


def test_bytes_of_unknown_origin_are_not_continued(target):
    target.write_bytes(b"something else")
    with Server(serve) as server:
        download(Request("GET", server.url), target)
    assert "range" not in server.asked[0].headers
    assert target.read_bytes() == ARCHIVE


def test_all_was_there_already(target):
    leave_half(target)
    target.write_bytes(ARCHIVE)
    with Server(serve) as server:
        response = download(Request("GET", server.url), target)
    assert (response.status, response.headers) == (200, {}), "not those of the page of the 416"
    assert target.read_bytes() == ARCHIVE
    assert len(list(target.parent.iterdir())) == 1


def test_more_than_all_was_there(target):
    leave_half(target)
    target.write_bytes(ARCHIVE + b"!")
    with Server(serve) as server:
        download(Request("GET", server.url), target)
    assert target.read_bytes() == ARCHIVE


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_the_page_of_an_error_never_gets_into_the_file(target, status):
    leave_half(target)
    held = target.read_bytes()
    with (
        Server(lambda asked: Reply(b"<html>", status)) as server,
        pytest.raises(errors.PortalError) as raised,
    ):
        download(Request("GET", server.url), target)
    assert raised.value.status == status
    assert target.read_bytes() == held


@pytest.mark.parametrize("status", [200, 206])
def test_a_page_that_calls_itself_an_answer_neither(target, status):
    leave_half(target)
    held = target.read_bytes()
    headers = {"Content-Type": "text/html", "Content-Range": f"bytes {len(held)}-9999999/9999999"}
    with (
        Server(lambda asked: Reply(b"<html>", status, headers)) as server,
        pytest.raises(errors.UnexpectedAnswer),
    ):
        download(Request("GET", server.url), target)
    assert target.read_bytes() == held


def test_another_part_than_asked_for_is_refused(target):
    leave_half(target)
    held = target.read_bytes()
    with (
        Server(lambda asked: Reply(b"x", 206, {"Content-Range": "bytes 0-0/9"})) as server,
        pytest.raises(errors.UnexpectedAnswer),
    ):
        download(Request("GET", server.url), target)
    assert target.read_bytes() == held


def test_a_packed_file_is_refused(target):
    with (
        Server(lambda asked: Reply(b"x", 200, {"Content-Encoding": "gzip"})) as server,
        pytest.raises(errors.UnexpectedAnswer),
    ):
        download(Request("GET", server.url), target)
    assert server.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full to write to")
def test_a_full_disk(target):
    target.symlink_to("/dev/full")
    with Server(serve) as server, pytest.raises(errors.StorageFailed) as raised:
        download(Request("GET", server.url), target)
    assert (raised.value.reason, raised.value.path) == ("full", str(target))


def test_too_little_room_is_told_before_a_byte_is_fetched(target, monkeypatch):
    monkeypatch.setattr(sinks.shutil, "disk_usage", lambda path: type("U", (), {"free": 1000}))
    with Server(serve) as server, pytest.raises(errors.StorageFailed) as raised:
        download(Request("GET", server.url), target)
    assert raised.value.reason == "full"
    assert target.stat().st_size == 0


def test_a_folder_that_is_not_there(tmp_path):
    with Server(serve) as server, pytest.raises(errors.StorageFailed) as raised:
        download(Request("GET", server.url), tmp_path / "gone" / "x.zip")
    assert raised.value.reason == "other"


@pytest.mark.parametrize(
    ("number", "reason"), [(13, "denied"), (30, "denied"), (16, "in_use"), (5, "other")]
)
def test_why_a_file_could_not_be_written(target, monkeypatch, number, reason):
    whole = Path.open

    def refuse(self, mode="r", *args, **options):
        if mode.startswith("w"):
            raise OSError(number, os.strerror(number))
        return whole(self, mode, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    with Server(serve) as server, pytest.raises(errors.StorageFailed) as raised:
        download(Request("GET", server.url), target)
    assert raised.value.reason == reason


def test_a_canceled_download_stays_continuable(target):
    with Server(lambda asked: Reply(ARCHIVE, 200, {"ETag": '"one"'}, slowly=0.05)) as server:
        task = InTask(
            lambda feedback: QgisTransport().download(Request("GET", server.url), target, feedback)
        ).start()
        spin_until(lambda: target.exists() and target.stat().st_size > 0)
        task.feedback.cancel()
        with pytest.raises(errors.Canceled):
            task.wait()
    held = target.stat().st_size
    assert 0 < held < len(ARCHIVE)
    with Server(serve) as server:
        download(Request("GET", server.url), target)
    assert target.read_bytes() == ARCHIVE


def test_a_download_follows_to_the_storage(target):
    with Server(serve) as storage:
        location = {"Location": f"{storage.url}/bucket/x.zip", "Content-Type": "text/html"}
        with Server(lambda asked: Reply(b"<html>moved", 302, location)) as server:
            download(Request("GET", server.url, as_user=True), target)
    assert target.read_bytes() == ARCHIVE


def test_memory_stays_flat_while_a_large_file_comes(target):
    """A body of 200 MB, produced as it is sent, passes through buffers of a few MB."""
    import resource

    size = 200 << 20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Server(lambda asked: Reply(_Zeros(size), 200, {"Content-Type": "application/zip"})) as s:
        download(Request("GET", s.url), target)
    assert target.stat().st_size == size
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 << 10  # kB


class _Zeros:
    """Looks like a long ``bytes`` to the server's loop, and holds one piece."""

    def __init__(self, size):
        self._size, self._piece = size, bytes(1 << 16)

    def __len__(self):
        return self._size

    def __getitem__(self, part):
        return self._piece[: min(part.stop, self._size) - part.start]
