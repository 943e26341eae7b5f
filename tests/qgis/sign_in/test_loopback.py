"""The browser's way back (RFC 8252, 7.3 and 8.3)."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
import requests
from qgis.core import QgsFeedback

from biodiv_plugin.auth import loopback
from biodiv_plugin.auth.loopback import LoopbackListener
from biodiv_plugin.portal.errors import Canceled, SignInFailed

STATE = "S1"


@pytest.fixture()
def listener():
    with LoopbackListener(STATE, lambda said: "code" in said) as listener:
        yield listener


def get(uri, **options):
    return requests.get(uri, timeout=5, **options)


def port(uri):
    return urlsplit(uri).port


def is_open(number):
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", number)) == 0


def threads():
    """The listener's threads; a handler's is named after the function it runs."""
    named = ("biodiv-loopback", "process_request_thread")
    return [thread for thread in threading.enumerate() if any(n in thread.name for n in named)]


def test_the_callback_arrives(listener):
    page = get(f"{listener.redirect_uri}?code=C%20D&state=S1&iss=https%3A%2F%2Fsso")
    assert page.status_code == 200
    assert "terug naar QGIS" in page.text and "return to QGIS" in page.text
    assert listener.wait(1) == {"code": "C D", "state": "S1", "iss": "https://sso"}


def test_a_refusal_arrives_with_another_page(listener):
    page = get(f"{listener.redirect_uri}?error=access_denied&state=S1")
    assert page.status_code == 200 and "niet gelukt" in page.text
    assert listener.wait(1)["error"] == "access_denied"


def test_a_browser_that_was_signed_out_is_led_on(listener):
    back = listener.logged_out_uri
    assert get(f"{back}?state=S1", allow_redirects=False).status_code == 404
    listener.lead_on("https://sso.example/auth?x=1")
    assert get(f"{back}?state=other", allow_redirects=False).status_code == 400
    answer = get(f"{back}?state=S1", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "https://sso.example/auth?x=1")
    assert get(f"{listener.redirect_uri}?code=C&state=S1").status_code == 200
    assert listener.wait(1)["code"] == "C"


def test_d04_a_free_port_of_this_machine_only(listener):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/callback", listener.redirect_uri)
    with LoopbackListener(STATE, lambda said: True) as other:
        assert port(other.redirect_uri) != port(listener.redirect_uri)
    own = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in own - {"127.0.0.1"} | {"127.0.0.2"}:  # of one bound to all, the last answers
        with socket.socket() as probe:
            probe.settimeout(1)
            assert probe.connect_ex((address, port(listener.redirect_uri))) != 0


@pytest.mark.parametrize("end", ["success", "error", "timeout", "cancel", "exception"])
def test_d04_the_port_is_closed_within_a_second(end):
    feedback, before = QgsFeedback(), set(threads())
    with (
        suppress(SignInFailed, Canceled, KeyError),
        LoopbackListener(STATE, lambda said: True) as listener,
    ):
        uri = listener.redirect_uri
        idle = socket.create_connection(("127.0.0.1", port(uri)))
        if end in ("success", "error"):
            get(f"{uri}?{'code' if end == 'success' else 'error'}=1&state=S1")
        elif end == "cancel":
            feedback.cancel()
        elif end == "exception":
            raise KeyError
        listener.wait(0.3, feedback)
    start = time.monotonic()
    while set(threads()) - before and time.monotonic() - start < 10:
        time.sleep(0.01)
    assert set(threads()) <= before
    assert not is_open(port(uri))
    idle.close()


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/callback?code=evil&state=wrong", {}, 400),
        ("GET", "/callback?code=evil", {}, 400),
        ("GET", "/callback?error=access_denied", {}, 400),
        ("GET", "/callback?code=a&code=b&state=S1", {}, 400),
        ("GET", "/callback?code=a&state=S1&state=S1", {}, 400),
        ("GET", "/callback?code=a&state=S1&x=1&x=2", {}, 400),
        ("GET", "/callback/?code=a&state=S1", {}, 404),
        ("GET", "/?code=a&state=S1", {}, 404),
        ("GET", "/favicon.ico", {}, 404),
        ("GET", "/callback?code=a&state=S1", {"headers": {"Host": "evil.example"}}, 400),
        ("GET", "/callback?code=a&state=S1", {"headers": {"Host": "localhost"}}, 400),
        ("POST", "/callback?code=a&state=S1", {"data": {"code": "a"}}, 405),
        ("PUT", "/callback?code=a&state=S1", {}, 405),
        ("HEAD", "/callback?code=a&state=S1", {}, 405),
        ("OPTIONS", "/callback?code=a&state=S1", {}, 405),
        ("NONSENSE", "/callback?code=a&state=S1", {}, 405),
    ],
)
def test_d05_what_is_not_ours_changes_nothing(listener, method, path, options, status):
    base = listener.redirect_uri[: -len("/callback")]
    answer = requests.request(method, base + path, timeout=5, **options)
    assert answer.status_code == status
    assert "evil" not in answer.text and "code" not in answer.text
    with pytest.raises(SignInFailed):
        listener.wait(0.1)
    get(f"{listener.redirect_uri}?code=good&state=S1")
    assert listener.wait(1)["code"] == "good"


def test_d05_a_second_callback_changes_nothing(listener):
    assert get(f"{listener.redirect_uri}?code=first&state=S1").status_code == 200
    assert get(f"{listener.redirect_uri}?code=second&state=S1").status_code == 400
    assert listener.wait(1)["code"] == "first"


@pytest.mark.parametrize(
    "raw", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"\xff\xfe / HTTP/1.1\r\n\r\n"]
)
def test_d05_nonsense_changes_nothing(listener, raw):
    with socket.create_connection(("127.0.0.1", port(listener.redirect_uri))) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(3)
        while connection.recv(4096):
            pass
    get(f"{listener.redirect_uri}?code=good&state=S1")
    assert listener.wait(1)["code"] == "good"


def test_d07_idle_connections_do_not_delay_the_answer(listener):
    address = ("127.0.0.1", port(listener.redirect_uri))
    idle = [socket.create_connection(address) for _ in range(12)]
    start = time.monotonic()
    get(f"{listener.redirect_uri}?code=C&state=S1")
    listener.wait(1)
    assert time.monotonic() - start < 4  # one that says nothing is waited for 5 s
    for connection in idle:
        connection.close()


@pytest.mark.parametrize(
    "query", ["code=SENTINEL&state=S1", "error=SENTINEL&state=S1", "x=SENTINEL"]
)
def test_d10_the_page_repeats_nothing_and_is_kept_nowhere(listener, query):
    answer = get(f"{listener.redirect_uri}?{query}&error_description=SENTINEL%3Cscript%3E")
    assert "SENTINEL" not in answer.text + str(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert "script" not in answer.text and "http" not in answer.text


def test_d11_the_query_is_logged_nowhere(listener, capfd):
    get(f"{listener.redirect_uri}?code=SENTINEL&state=S1")
    listener.wait(1)
    captured = capfd.readouterr()
    assert "SENTINEL" not in captured.out + captured.err


def test_the_wait_ends_by_itself(listener):
    with pytest.raises(SignInFailed) as raised:
        listener.wait(0.2)
    assert raised.value.code == "timeout"


def test_where_no_port_can_be_had(monkeypatch):
    def refuse(*_):
        raise OSError(10013, "not permitted")

    monkeypatch.setattr(loopback._Server, "server_bind", refuse)
    with pytest.raises(SignInFailed) as raised:
        LoopbackListener(STATE, lambda said: True).__enter__()
    assert raised.value.code == "loopback"
