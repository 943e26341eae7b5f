"""Each fault, over a real connection, as a client meets it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
import requests

from demo.portal.faults import Faults

PATH = "/pages/toegang.html"


class Line:
    """One connection to the portal, kept open; nothing is repaired behind one's back."""

    def __init__(self, url):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)

    def get(self, path=PATH, method="GET", **headers):
        self.connection.request(method, path, headers=headers)
        return self.connection.getresponse()


@pytest.fixture
def line(shell):
    line = Line(shell.url)
    yield line
    line.connection.close()


def whole(line):
    return line.get().read()


# Wire faults


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 429, 500, 502, 503, 504])
def test_status_pages_are_html(line, switch, status):
    switch.fault(kind="status", status=status, path="/pages/")
    answer = line.get()
    assert answer.status == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert str(status).encode() in answer.read()


def test_who_sends_which_status(line, switch):
    seen = {}
    for status in (405, 503, 500):
        switch.fault(kind="status", status=status, path="/", count=1)
        answer = line.get()
        seen[status] = answer.headers["Server"]
        answer.read()
    assert seen == {405: "CloudFront", 503: "awselb/2.0", 500: None}


def test_401_has_the_challenge_and_429_a_time(line, switch):
    switch.fault(kind="status", status=401, path="/", count=1)
    answer = line.get()
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="authentication required"'
    answer.read()
    switch.fault(kind="status", status=429, retry_after=7, path="/", count=1)
    assert line.get().headers["Retry-After"] == "7"


def test_an_empty_200(line, switch):
    switch.fault(kind="empty", path="/")
    answer = line.get()
    assert (answer.status, answer.read(), answer.headers["Content-Type"]) == (200, b"", None)


def test_malformed_json(line, switch):
    switch.fault(kind="malformed", path="/")
    answer = line.get()
    assert answer.headers["Content-Type"] == "application/json"
    with pytest.raises(ValueError, match="delimiter"):
        json.loads(answer.read())


def test_a_page_in_place_of_data(line, switch):
    switch.fault(kind="html", path="/")
    answer = line.get("/realms/vbp/.well-known/openid-configuration")
    assert (answer.status, answer.read()[:9]) == (200, b"<!doctype")


def test_a_redirect_to_another_origin_is_seen_when_followed(shell, switch):
    switch.fault(kind="redirect", path="/pages/", count=1)
    session = requests.Session()
    session.trust_env = False
    first = session.get(shell.url + PATH, allow_redirects=False)
    assert first.status_code == 302
    assert first.headers["Location"] == shell.url.replace("127.0.0.1", "localhost") + PATH
    session.get(first.headers["Location"], headers={"Authorization": "Bearer x.e30.z"})
    last = switch.requests(PATH)[-1]
    assert last["headers"]["Host"].startswith("localhost:")
    assert last["headers"]["Authorization"] == "Bearer ?"


def test_a_redirect_to_a_given_place(line, switch):
    switch.fault(kind="redirect", location="https://auth.example/x", status=307, path="/")
    answer = line.get()
    assert (answer.status, answer.headers["Location"]) == (307, "https://auth.example/x")


@pytest.mark.parametrize("after", [0, 100])
def test_reset_in_mid_body(line, switch, after):
    switch.fault(kind="reset", after=after, path="/")
    answer = line.get()
    assert answer.status == 200
    with pytest.raises(ConnectionResetError):
        answer.read()


def test_cut_in_mid_body(line, switch):
    switch.fault(kind="cut", after=100, path="/")
    answer = line.get()
    with pytest.raises(http.client.IncompleteRead) as caught:
        answer.read()
    assert len(caught.value.partial) == 100


def test_a_lost_answer(line, switch):
    switch.fault(kind="drop", path="/", count=1)
    with pytest.raises(ConnectionResetError):
        line.get()


def test_a_truncated_body_looks_whole(line, switch):
    true = whole(line)
    switch.fault(kind="truncate", after=50, path="/")
    answer = line.get()
    assert answer.headers["Content-Length"] == "50"
    assert answer.read() == true[:50]


def test_a_slow_drip_arrives_in_the_end(line, switch):
    true = whole(line)
    switch.fault(kind="drip", size=len(true) // 3 + 1, seconds=0.1, path="/")
    began = time.monotonic()
    assert whole(line) == true
    assert time.monotonic() - began >= 0.2


def test_latency(line, switch):
    switch.fault(kind="latency", seconds=0.2, path="/")
    began = time.monotonic()
    assert line.get().status == 200
    assert time.monotonic() - began >= 0.2


def test_faults_come_together(line, switch):
    switch.fault(kind="latency", seconds=0.1, path="/")
    switch.fault(kind="status", status=503, path="/")
    began = time.monotonic()
    assert line.get().status == 503
    assert time.monotonic() - began >= 0.1


def test_clearing_lets_waiting_requests_go(shell, switch):
    switch.fault(kind="latency", seconds=60, path="/")
    answers = []
    waiting = threading.Thread(
        target=lambda: answers.append(requests.get(shell.url + PATH, timeout=20).status_code)
    )
    waiting.start()
    while not switch.faults()[0]["used"]:
        time.sleep(0.01)
    switch.clear_faults()
    waiting.join(5)
    assert answers == [200]


# Which requests


def test_only_what_matches(line, switch):
    switch.fault(kind="status", status=503, path="/pages/", method="post", contains="only=this")
    asked = [("GET", PATH), ("GET", f"{PATH}?only=this"), ("POST", "/?only=this"), ("POST", PATH)]
    for method, path in [*asked, ("POST", f"{PATH}?only=this")]:
        answer = line.get(path, method)
        answer.read()
        assert (answer.status == 503) is (method == "POST" and path == f"{PATH}?only=this")


def test_count_and_skip(line, switch):
    switch.fault(kind="status", status=500, path="/", skip=1, count=2)
    statuses = []
    for _ in range(4):
        answer = line.get()
        answer.read()
        statuses.append(answer.status)
    assert statuses == [200, 500, 500, 200]
    assert switch.faults()[0]["used"] == 2


def test_the_control_is_never_spoiled(switch):
    switch.fault(kind="status", status=500, path="/")
    assert len(switch.faults()) == 1


def test_one_fault_can_be_switched_off(shell, line, switch):
    number = switch.fault(kind="status", status=500, path="/")
    assert requests.delete(f"{shell.url}/demo/faults/{number}").status_code == 204
    assert requests.delete(f"{shell.url}/demo/faults/{number}").status_code == 404
    assert line.get().status == 200


@pytest.mark.parametrize(
    "description",
    [
        {},
        {"name": "a", "kind": "empty"},
        {"kind": "magic"},
        {"kind": "status"},
        {"kind": "status", "status": 200},
        {"kind": "empty", "count": "many"},
    ],
)
def test_impossible_faults_are_refused(switch, description):
    with pytest.raises(ValueError, match="faults"):
        switch.fault(**description)
    assert switch.faults() == []


def test_a_named_fault_has_parameters_and_a_count():
    faults = Faults()
    assert faults.on("biocache.stuck_job") is None
    faults.add(name="biocache.stuck_job", count=1, params={"a": 1}, b=2)
    assert faults.on("biocache.other") is None
    assert faults.on("biocache.stuck_job") == {"a": 1, "b": 2}
    assert faults.on("biocache.stuck_job") is None


# The connection


def test_a_connection_is_used_again(line):
    whole(line)
    port = line.connection.sock.getsockname()[1]
    line.get(PATH, method="HEAD").read()
    line.connection.request("POST", PATH, body=b"x" * 100_000)  # nobody reads it
    assert line.connection.getresponse().read()
    whole(line)
    assert line.connection.sock.getsockname()[1] == port


def test_an_old_client_gets_its_connection_closed(shell):
    netloc = urlsplit(shell.url)
    with socket.create_connection((netloc.hostname, netloc.port), timeout=20) as client:
        client.sendall(f"GET {PATH} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        answer = client.makefile("rb").read()  # ends only when the server ends it
    assert b"Connection: close" in answer


def test_a_chunked_request_is_read(shell, switch):
    def chunks():
        yield b'{"name": '
        yield b'"oidc.slow", "seconds": 0}'

    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{shell.url}/demo/faults", data=chunks(), headers=headers)
    assert answer.status_code == 201
    assert switch.faults()[0]["name"] == "oidc.slow"
