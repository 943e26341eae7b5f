"""The program around the services: start, end, control, gateway, pages."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from werkzeug.serving import make_ssl_devcert

from demo.portal.app import create_app
from demo.portal.pages import SERVICES
from demo.portal.running import ROOT, running_portal
from demo.portal.world import World
from tests.portal.fixtures import FOLDER, RECORDS


def get(url, **keywords):
    return requests.get(url, timeout=20, allow_redirects=False, **keywords)


# Start and end


def command(*more):
    base = [sys.executable, "-m", "demo.portal", "--folder", str(FOLDER), "--scale", str(RECORDS)]
    return [*base, "--services", "control", "oidc", "pages", *more]


def test_it_says_when_it_is_ready_and_ends_when_told(tmp_path):
    ready = tmp_path / "ready.json"
    process = subprocess.Popen(
        command("--port", "0", "--ready", str(ready)),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        line = json.loads(process.stdout.readline())
        assert json.loads(ready.read_text(encoding="utf-8")) == line
        assert line["pid"] == process.pid
        assert line["issuer"] == f"{line['url']}/realms/vbp"
        assert line["records"] >= RECORDS
        health = get(f"{line['control']}/health").json()
        assert (health["status"], health["pid"]) == ("UP", process.pid)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=10)
    finally:
        process.kill()
    assert (process.returncode, errors) == (0, b"")


def test_a_hanging_request_does_not_keep_it_from_ending():
    with running_portal(FOLDER, RECORDS, services=("control", "pages")) as running:
        running.control.fault(kind="latency", seconds=60, path="/")
        parts = urlsplit(running.url)
        client = socket.create_connection((parts.hostname, parts.port), timeout=20)
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        while not running.control.faults()[0]["used"]:
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    with pytest.raises(ProcessLookupError):
        os.kill(running.pid, 0)
    client.close()


def test_a_taken_port_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        portal = running_portal(FOLDER, RECORDS, port=port, services=("control",))
        with pytest.raises(RuntimeError, match=f"Cannot listen on 127.0.0.1:{port}"), portal:
            pass


def test_it_may_speak_tls(tmp_path):
    certificate = tuple(map(Path, make_ssl_devcert(str(tmp_path / "own"), cn="localhost")))
    services = ("control", "pages")
    with running_portal(FOLDER, RECORDS, services=services, certificate=certificate) as running:
        parts = urlsplit(running.url)
        assert (parts.scheme, parts.hostname) == ("https", "localhost")
        with socket.create_connection((parts.hostname, parts.port)):  # silent, and in nobody's way
            page = get(f"{running.url}/my-profile.html?aanmelden", verify=str(certificate[0]))
        assert page.headers["Location"].startswith(f"{running.url}/realms/vbp/")
        with pytest.raises(requests.exceptions.SSLError):
            get(running.url)
        running.control.fault(kind="drop", path="/", count=1)
        with pytest.raises(requests.ConnectionError):
            get(running.url, verify=str(certificate[0]))
        assert get(running.url, verify=str(certificate[0])).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])
def test_it_listens_on_the_loopback_only(host):
    ended = subprocess.run(command("--host", host), cwd=ROOT, capture_output=True, timeout=30)
    assert ended.returncode == 2
    assert b"invalid choice" in ended.stderr


def test_every_service_has_its_paths(tmp_path):
    app = create_app(World("http://127.0.0.1:8765", tmp_path))
    served = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    assert served >= {
        "biocache-service",
        "biocache-download",
        "bie-index",
        "namematching",
        "collectory",
        "data-quality-filter-service",
        "logger",
        "image-service",
        "species-list",
        "alerts",
        "userdetails",
        "spatial-service",
        "spatial-hub",
        "geoserver",
        "realms",
    }


def test_every_service_on_the_index_answers():
    with running_portal(FOLDER, RECORDS) as running:
        answers = {
            address: get(running.url + address, headers={"Accept": "*/*"}).status_code
            for address, _ in SERVICES
        }
    assert {address for address, status in answers.items() if status not in (200, 302)} == set()


# Control


def test_the_log_of_requests_has_no_secret(shell, switch):
    token = switch.token("demo")
    session = requests.Session()
    session.trust_env = False
    headers = {"Authorization": f"Bearer {token}", "Cookie": "VBP-AUTH=secret; JSESSIONID=2"}
    session.post(f"{shell.url}/pages/toegang.html?a=1", data={"b": "22"}, headers=headers)
    (entry,) = switch.requests("/pages/")
    assert (entry["method"], entry["query"], entry["body"]) == ("POST", "a=1", 4)
    assert entry["status"] == 405
    assert entry["headers"]["Authorization"].startswith("Bearer sub=")
    assert entry["headers"]["Cookie"] == "JSESSIONID; VBP-AUTH"
    assert token not in json.dumps(switch.requests())
    switch.forget_requests()
    assert switch.requests() == []


def test_the_log_tells_what_a_fault_made_of_it(shell, switch):
    switch.fault(kind="status", status=503, path="/pages/")
    get(f"{shell.url}/pages/toegang.html")
    (entry,) = switch.requests("/pages/")
    assert (entry["status"], entry["fault"]) == (503, "status")


def test_the_clock_moves(shell, switch):
    switch.forward(3600)
    clock = get(f"{shell.url}/demo/clock").json()
    assert clock["offset"] == 3600
    assert abs(clock["time"] - time.time() - 3600) < 5
    switch.reset()
    assert get(f"{shell.url}/demo/clock").json()["offset"] == 0


def test_tokens_without_a_sign_in(shell, switch):
    assert switch.token("hilde", seconds=-100, omit=["jti"], claims={"x": 1}).count(".") == 2
    with pytest.raises(ValueError, match="nobody"):
        switch.token("nobody")


def test_sessions_can_be_seen_and_ended(desktop, browser, switch):
    tokens = desktop.sign_in(browser)
    seen = switch.sessions()
    assert [one["username"] for one in seen["sessions"]] == ["demo"]
    assert (seen["clients"][0]["offline"], seen["clients"][0]["dead"]) == (False, None)
    assert tokens["refresh_token"] not in json.dumps(seen)
    switch.end_sessions("refresh")
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert browser.open(desktop.address()).left_the_portal
    switch.end_sessions()
    assert browser.open(desktop.address()).has_form("kc-form-login")


def test_reset_forgets_everything(desktop, browser, switch):
    page = browser.sign_in(desktop.address(kc_action="UPDATE_PROFILE"), "demo", "demo")
    browser.submit(page.form("kc-update-profile-form"), "save", firstName="Anders")
    switch.fault("oidc.slow", seconds=0)
    switch.reset()
    assert switch.faults() == []
    assert switch.sessions()["sessions"] == []
    assert switch.requests() == []
    page = browser.sign_in(desktop.address(kc_action="UPDATE_PROFILE"), "demo", "demo")
    assert page.form("kc-update-profile-form").fields["firstName"] == "Dirk"


# What stands before the services


@pytest.mark.parametrize("character", list('[]{}|^"<>\\`'))
def test_raw_characters_are_refused(shell, character):
    parts = urlsplit(shell.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as client:
        request = (
            f"GET /userdetails/x?q={character} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        client.sendall(request.encode())
        answer = client.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"text/html" in answer


def test_encoded_characters_are_not(shell):
    assert get(f"{shell.url}/userdetails/x", params={"q": '[]{}|^"<>\\`'}).status_code == 301


def test_long_addresses_are_refused(shell):
    room = 8192 - len(shell.url) - len("/userdetails/x?q=")
    assert get(f"{shell.url}/userdetails/x?q={'a' * room}").status_code == 301
    answer = get(f"{shell.url}/userdetails/x?q={'a' * (room + 1)}")
    assert (answer.status_code, answer.headers["Server"]) == (413, "CloudFront")


# Pages


@pytest.mark.parametrize("name", ["hilde", "somebody@example.org", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_userdetails_is_a_stub(shell, name, method):
    url = f"{shell.url}/userdetails/userDetails/getUserDetails"
    answer = requests.request(method, url, params={"userName": name}, timeout=20)
    assert answer.status_code == 200
    assert "json" not in answer.headers["Content-Type"]
    assert answer.json()["userId"] == "mocked-user"
    assert answer.json()["roles"] == ["ROLE_ADMIN"]


def test_the_rest_of_userdetails(shell):
    answer = get(f"{shell.url}/userdetails/userDetails/getUserList")
    assert answer.status_code == 404
    with pytest.raises(ValueError, match="delimiter"):
        answer.json()
    moved = get(f"{shell.url}/userdetails/my/profile")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/my-profile.html")


def test_the_index_names_the_services(shell):
    page = get(f"{shell.url}/").text
    assert "/biocache-service/" in page
    assert "/species-list/" in page


@pytest.mark.parametrize("page", ["toegang", "uitdagingen"])
def test_static_pages(shell, page):
    answer = get(f"{shell.url}/pages/{page}.html")
    assert answer.status_code == 200
    assert "demo" in answer.text


def test_my_profile_signs_in_and_greets(shell, browser):
    assert "niet aangemeld" in browser.open(f"{shell.url}/my-profile.html").text
    page = browser.sign_in(f"{shell.url}/my-profile.html?aanmelden", "pieter", None, "OVO900003")
    assert page.url.startswith(f"{shell.url}/my-profile.html?code=")
    assert "Dag Pieter De Smet, aangemeld voor Provincie Demoland" in page.text
    assert "Wachtwoord wijzigen" not in page.text


def test_a_website_is_no_place_to_be_sent_to(shell, browser, desktop):
    page = browser.open(desktop.address(client_id="portal", redirect_uri="https://evil.example/"))
    assert page.status == 400
    answer = desktop.post("token", client_id="portal", grant_type="authorization_code", code="x")
    assert answer.json()["error"] == "unauthorized_client"
