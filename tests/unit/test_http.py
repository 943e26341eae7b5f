"""How requests are spelled and answers judged, whatever the service."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biodiv_plugin.portal import access, answers, collectory, errors, http, solr
from biodiv_plugin.portal.http import (
    Response,
    get_json,
    post_form,
    post_json,
    raise_for_status,
    url_with,
)
from tests.unit.fakes import HTML, params_of

URL = "https://portal.test/service?q=secret"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, errors.UnexpectedAnswer),
        (400, errors.Rejected),
        (401, errors.SignInRequired),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, errors.Throttled),
        (406, errors.Rejected),
        (412, errors.Rejected),
        (429, errors.Throttled),
        (500, errors.PortalFault),
        (502, errors.PortalFault),
        (504, errors.PortalFault),
    ],
)
def test_each_status_has_its_error(status, kind):
    with pytest.raises(kind) as raised:
        Response(status, HTML, URL).json()
    assert type(raised.value) is kind
    assert raised.value.status == status
    assert "secret" not in raised.value.url


def test_success_raises_nothing():
    raise_for_status(Response(204, b"", URL))


def test_quirk_01_the_gateway_throttles_with_405():
    with pytest.raises(errors.Throttled):
        Response(405, b"<HTML>Request blocked. CloudFront</HTML>", URL).json()


def test_quirk_02_an_unfollowed_redirect_is_no_answer():
    with pytest.raises(errors.UnexpectedAnswer):
        Response(302, b"", URL, {"location": "https://auth.test/realms/vbp"}).json()


@pytest.mark.parametrize("body", [b"", b"\n", HTML, b'{"a": ', b"Unauthorized Access"])
def test_quirk_05_a_200_that_is_no_json_is_an_error(body):
    with pytest.raises(errors.UnexpectedAnswer):
        Response(200, body, URL).json()


def test_quirk_06_a_gateway_that_gave_up_is_the_portals_fault():
    with pytest.raises(errors.PortalFault):
        Response(504, HTML, URL).json()


def test_grails_escapes_are_plain_json():
    assert Response(200, b'["<b>x<\\u002fb>"]', URL).json() == ["<b>x</b>"]


def test_json_requests_ask_for_json_alone():
    assert get_json(URL).headers == {"Accept": "application/json"}
    posted = post_json(URL, {"naam": "zoë"}, as_user=True, headers={"X-Id": "7"})
    assert (posted.method, posted.as_user) == ("POST", True)
    assert posted.headers["X-Id"] == "7"
    assert posted.headers["Content-Type"] == "application/json"
    assert b"zo\\u00eb" in posted.body


def test_left_out_repeated_and_boolean_parameters():
    url = url_with(
        URL.partition("?")[0], {"a": None, "b": ["1", "2"], "c": True, "d": False, "e": 0}
    )
    assert parse_qs(urlsplit(url).query) == {
        "b": ["1", "2"],
        "c": ["true"],
        "d": ["false"],
        "e": ["0"],
    }
    assert url_with("https://x", {"a": None}) == "https://x"


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text(), min_size=1)))
def test_any_text_survives_the_wire(params):
    """Every text comes back as it was after one decoding, by address and by form alike."""
    assert parse_qs(urlsplit(url_with("https://x", params)).query, keep_blank_values=True) == params
    assert params_of(post_form("https://x", params)) == params


@given(st.text())
def test_no_character_that_the_server_refuses_is_sent_raw(value):
    query = urlsplit(url_with("https://x", {"q": value})).query
    assert not set(query) & set('[]{}|^"<>\\` ')
    assert query.isascii()


def test_members_are_read_leniently():
    record = {
        "a": None,
        "b": "12",
        "c": True,
        "d": "true",
        "e": "x",
        "f": ["1", None, 2],
        "g": "nan",
    }
    assert answers.text(record, "a") == answers.text(record, "z") == ""
    assert answers.number(record, "b") == 12.0
    assert answers.integer(record, "b") == 12
    assert answers.number(record, "c") is answers.number(record, "e") is None
    assert answers.number(record, "g") is answers.number({"a": []}, "a") is None
    assert answers.flag(record, "c") is answers.flag(record, "d") is True
    assert answers.flag(record, "e") is answers.flag(record, "b") is None
    assert answers.texts(record, "f") == ("1", "2")
    assert answers.texts(record, "b") == ("12",)
    assert answers.objects({"a": [{"b": 1}, None, 3]}, "a") == ({"b": 1},)
    assert answers.plain("<p>zand &amp; <b>klei</b></p>\n") == "zand & klei"


@pytest.mark.parametrize(
    "read", [answers.as_object, lambda found, what: answers.required(found, "id", what)]
)
def test_a_broken_promise_is_told(read):
    with pytest.raises(errors.UnexpectedAnswer):
        read([], "a record")


def test_a_required_member_must_not_be_empty():
    with pytest.raises(errors.UnexpectedAnswer):
        answers.required({"id": ""}, "id", "a record")
    with pytest.raises(errors.UnexpectedAnswer):
        answers.as_array({}, "records")


@pytest.mark.parametrize("module", [access, collectory, http, solr], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_are_true(module):
    ran = doctest.testmod(module)
    assert (ran.failed, ran.attempted > 0) == (0, True)


def test_the_clients_run_without_qgis():
    """In a process of its own, since other tests of this run may have loaded QGIS."""
    folder = Path(errors.__file__).parent
    names = [f"biodiv_plugin.portal.{path.stem}" for path in sorted(folder.glob("[a-z]*.py"))]
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print(sorted({'qgis', 'PyQt5', 'osgeo', 'requests'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=folder.parents[1],
        check=True,
        timeout=60,
    )
    assert ran.stdout.strip() == "[]"
