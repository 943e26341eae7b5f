"""The transport over QGIS's network stack, against a server that misbehaves on demand."""

from __future__ import annotations

import gzip
import os
import time

import pytest
from qgis.core import QgsFeedback, QgsNetworkAccessManager

from biodiv_plugin.network import QgisTransport, sinks
from biodiv_plugin.network.exchange import AS_USER
from biodiv_plugin.portal import errors
from biodiv_plugin.portal.http import Request, post_form
from tests.qgis.doubles import InTask, Reply, Server, in_task, spin_until


def send(request, **options):
    return in_task(lambda feedback: QgisTransport(**options).send(request, feedback))


def test_an_answer_comes_whole():
    with Server(lambda asked: Reply(b'{"a": 1}', 200, {"X-One": "two"})) as server:
        response = send(Request("GET", f"{server.url}/x?q=a%20b", headers={"Accept": "text/x"}))
    assert response.json() == {"a": 1}
    assert response.headers["x-one"] == "two"
    assert server.asked[0].target == "/x?q=a%20b"
    assert server.asked[0].headers["accept"] == "text/x"
    assert "QGIS" in server.asked[0].headers["user-agent"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_arrive_with_their_body(method):
    body = None if method == "DELETE" else b"a=1"
    with Server(lambda asked: Reply(b"ok", 201)) as server:
        response = send(Request(method, server.url, body, {"Content-Type": "text/plain"}))
    assert (response.status, response.body) == (201, b"ok")
    assert (server.asked[0].method, server.asked[0].body) == (method, body or b"")


@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_a_body_of_any_size_arrives(size):
    body = os.urandom(size)
    with Server(lambda asked: Reply(b"ok")) as server:
        send(Request("POST", server.url, body, {"Content-Type": "text/plain"}))
    assert server.asked[0].body == body
    assert server.asked[0].headers["content-length"] == str(size)


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 405, 418, 429, 500, 502, 503])
def test_every_status_is_an_answer(status):
    body = b"" if status == 204 else b"<html>why"
    with Server(lambda asked: Reply(body, status)) as server:
        response = send(Request("GET", server.url))
    assert (response.status, response.body) == (status, body)


def test_a_packed_answer_is_unpacked():
    with Server(
        lambda asked: Reply(gzip.compress(b"x" * 9999), 200, {"Content-Encoding": "gzip"})
    ) as server:
        response = send(Request("GET", server.url, headers={"Accept-Encoding": "br"}))
    assert response.body == b"x" * 9999
    assert "br" not in server.asked[0].headers["accept-encoding"]


def test_no_cookie_and_no_cache_of_qgis():
    headers = {"Set-Cookie": "VBP-AUTH=1; Path=/", "Cache-Control": "public, max-age=9999"}
    with Server(lambda asked: Reply(b"x", 200, headers)) as server:
        for _ in range(2):
            send(Request("GET", server.url))
    assert len(server.asked) == 2
    assert not [asked for asked in server.asked if "cookie" in asked.headers]


def test_the_main_thread_may_ask_too():
    with Server(lambda asked: Reply(b"x")) as server:
        assert QgisTransport().send(Request("GET", server.url)).body == b"x"


# Redirects


def chain(asked):
    """``/3`` leads to ``/2``, that to ``/1`` and so on."""
    left = int(asked.path.strip("/"))
    return Reply(b"end") if left == 0 else Reply(b"", 302, {"Location": f"/{left - 1}"})


def test_five_hops_are_followed_six_are_not():
    with Server(chain) as server:
        response = send(Request("GET", f"{server.url}/5"))
        assert (response.body, response.url) == (b"end", f"{server.url}/0")
        with pytest.raises(errors.UnexpectedAnswer):
            send(Request("GET", f"{server.url}/6"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_post_is_never_followed(status):
    with Server(lambda asked: Reply()) as other:
        location = {"Location": f"{other.url}/stolen"}
        with Server(lambda asked: Reply(b"", status, location)) as server:
            response = send(post_form(f"{server.url}/token", {"refresh_token": "SENTINEL"}))
    assert response.status == status
    assert other.asked == []


def test_a_header_of_authorization_stays_with_its_origin():
    with Server(lambda asked: Reply(b"other")) as other:
        location = {"Location": f"{other.url}/"}
        with Server(lambda asked: Reply(b"", 302, location)) as server:
            send(Request("GET", server.url, headers={"Authorization": "Bearer SENTINEL"}))
    assert "authorization" in server.asked[0].headers
    assert "authorization" not in other.asked[0].headers


def test_d14_what_another_origin_leads_to_is_not_asked_for_as_the_user():
    """Not even where it leads back: it would choose what is asked for in the user's name."""
    asked = []

    def note(request):
        asked.append((request.url().path(), request.attribute(AS_USER)))

    hook = QgsNetworkAccessManager.setRequestPreprocessor(note)
    try:
        with Server(lambda asked: Reply(b"home")) as home:
            back = {"Location": f"{home.url}/spatial-service/x"}
            with Server(lambda asked: Reply(b"", 302, back)) as other:
                away = {"Location": f"{other.url}/away"}
                with Server(lambda asked: Reply(b"", 302, away)) as portal:
                    assert send(Request("GET", f"{portal.url}/a", as_user=True)).body == b"home"
    finally:
        QgsNetworkAccessManager.removeRequestPreprocessor(hook)
    assert asked == [("/a", True), ("/away", False), ("/spatial-service/x", False)]


@pytest.mark.parametrize(
    "location",
    [
        "http://example.org/",
        "file:///etc/passwd",
        "ftp://a/b",
        "https://[",
        "https://example.org:99999/",
        "https://portal@evil.example/",
        "https:///nowhere",
    ],
)
def test_no_redirect_leads_to_an_unsafe_place(location):
    with (
        Server(lambda asked: Reply(b"", 302, {"Location": location})) as server,
        pytest.raises(errors.UnexpectedAnswer),
    ):
        send(Request("GET", server.url))


# As the user


def test_a_request_as_the_user_is_prepared_any_other_is_not():
    seen = []
    with Server(lambda asked: Reply(b"x")) as server:
        options = {"prepare": lambda request, feedback: seen.append(request.as_user)}
        send(Request("GET", server.url), **options)
        send(Request("GET", server.url, as_user=True), **options)
    assert seen == [True]


@pytest.fixture()
def token():
    """Stands for the bearer hook: adds a token that changes at will."""
    current = [b"Bearer old"]

    def hook(request):
        request.setRawHeader(b"Authorization", current[0])

    identifier = QgsNetworkAccessManager.setRequestPreprocessor(hook)
    yield current
    QgsNetworkAccessManager.removeRequestPreprocessor(identifier)


@pytest.mark.parametrize("renewed", [True, False])
def test_a_refused_token_is_renewed_and_tried_once_more(token, renewed):
    refused = []

    def on_unauthorized(authorization, feedback):
        refused.append(authorization)
        token[0] = b"Bearer new"
        return renewed

    def answer(asked):
        return Reply(b"", 200 if asked.headers["authorization"] == "Bearer new" else 401)

    with Server(answer) as server:
        request = Request("GET", server.url, as_user=True)
        assert send(request, on_unauthorized=on_unauthorized).status == (200 if renewed else 401)
    assert refused == [b"Bearer old"]


def test_a_token_that_stays_refused_makes_no_loop(token):
    with Server(lambda asked: Reply(b"", 401)) as server:
        request = Request("GET", server.url, as_user=True)
        assert send(request, on_unauthorized=lambda *_: True).status == 401
    assert len(server.asked) == 2


# No answer


def free_port():
    with Server(lambda asked: Reply()) as server:
        return server.port


@pytest.mark.parametrize(
    ("url", "reason"),
    [("http://127.0.0.1:{port}/", "refused"), ("http://nowhere.invalid/", "dns")],
)
def test_no_connection(url, reason):
    with pytest.raises(errors.Unreachable) as raised:
        send(Request("GET", url.format(port=free_port())))
    assert raised.value.reason == reason


def test_nothing_within_the_time():
    with Server(lambda asked: Reply(b"late", wait=20)) as server:
        start = time.monotonic()
        with pytest.raises(errors.Unreachable) as raised:
            send(Request("GET", f"{server.url}/?secret=1", timeout=0.3))
        assert time.monotonic() - start < 10
    assert raised.value.reason == "timeout"
    assert "secret" not in f"{raised.value} {raised.value.url}"


def test_a_slow_answer_is_no_time_out_while_bytes_come():
    body = os.urandom(8 << 16)
    with Server(lambda asked: Reply(body, slowly=0.15)) as server:
        assert send(Request("GET", server.url, timeout=0.5)).body == body


def test_qgis_does_not_give_up_before_the_request_does():
    QgsNetworkAccessManager.setTimeout(300)
    try:
        with Server(lambda asked: Reply(b"late", wait=1)) as server:
            assert send(Request("GET", server.url, timeout=10)).body == b"late"
    finally:
        QgsNetworkAccessManager.setTimeout(60000)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_half_an_answer_is_none(method):
    with Server(lambda asked: Reply(b'{"a": 1}', cut=4)) as server:
        with pytest.raises(errors.Unreachable) as raised:
            send(Request(method, server.url, b"" if method == "POST" else None))
        assert raised.value.reason == "closed"


def test_a_post_whose_connection_dies_is_not_sent_twice():
    """A refresh token that is sent again kills the whole sign-in (RFC 9700, 4.14.2)."""
    with Server(lambda asked: Reply(b"x", cut=-1)) as server:
        for _ in range(2):
            with pytest.raises(errors.Unreachable):
                send(post_form(server.url, {"a": 1}))
    assert len(server.asked) == 2


@pytest.mark.parametrize("announced", [True, False])
def test_an_answer_over_the_limit_is_broken_off(monkeypatch, announced):
    monkeypatch.setattr(sinks, "MAX_BODY", 100_000)
    headers = {} if announced else {"Transfer-Encoding": "identity", "Connection": "close"}
    with (
        Server(lambda asked: Reply(b"x" * 200_000, 200, headers)) as server,
        pytest.raises(errors.TooLarge) as raised,
    ):
        send(Request("GET", server.url))
    assert raised.value.limit == 100_000


def test_a_request_may_set_a_lower_limit():
    with Server(lambda asked: Reply(b"x" * 2000)) as server:
        assert len(send(Request("GET", server.url, limit=2000)).body) == 2000
        with pytest.raises(errors.TooLarge):
            send(Request("GET", server.url, limit=1999))


def test_a_cancel_ends_the_wait_within_a_tenth_of_a_second():
    with Server(lambda asked: Reply(b"late", wait=5)) as server:
        ended, waits = [], []

        def work(feedback):
            try:
                QgisTransport().send(Request("GET", server.url), feedback)
            finally:
                ended.append(time.monotonic())

        for number in range(1, 6):  # of a busy machine the best one counts
            task = InTask(work).start()
            spin_until(lambda number=number: len(server.asked) == number)
            asked = time.monotonic()
            task.feedback.cancel()
            with pytest.raises(errors.Canceled):
                task.wait()
            waits.append(ended[-1] - asked)
    assert min(waits) < 0.1


def test_what_is_canceled_already_is_not_sent():
    feedback = QgsFeedback()
    feedback.cancel()
    with Server(lambda asked: Reply()) as server, pytest.raises(errors.Canceled):
        in_task(lambda _: QgisTransport().send(Request("GET", server.url), feedback))
    assert server.asked == []


def test_requests_of_many_threads_do_not_disturb_each_other():
    with Server(lambda asked: Reply(asked.path.encode(), wait=0.05)) as server:
        tasks = [
            InTask(lambda feedback, n=n: QgisTransport().send(Request("GET", f"{server.url}/{n}")))
            for n in range(8)
        ]
        for task in tasks:
            task.start()
        assert [task.wait().body for task in tasks] == [f"/{n}".encode() for n in range(8)]
