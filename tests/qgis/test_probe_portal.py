"""Asking a portal's services whether they are there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsFeedback

from biodiv_plugin.network import QgisTransport
from biodiv_plugin.portal import errors
from biodiv_plugin.use_cases.probe_portal import probe_portal
from tests.qgis.doubles import in_task

SERVICES = {
    "sign_in",
    "occurrences",
    "names",
    "name_matching",
    "layers",
    "maps",
    "lists",
    "alerts",
    "datasets",
    "quality",
}


def probe(environment, on_probe=None):
    probes = in_task(lambda f: probe_portal(environment, QgisTransport(), f, on_probe), 60)
    return {one.service: one.error for one in probes}


def test_each_service_answers(environment, control, qgis_app):
    told = []
    found = probe(environment, told.append)
    assert set(found) == SERVICES
    assert {name: error for name, error in found.items() if error} == {}
    assert [one.service for one in told] == list(found)
    assert all("?" not in one.address and one.seconds >= 0 for one in told)


def test_nobody_is_signed_in_by_it(environment, control, qgis_app):
    control.forget_requests()
    probe(environment)
    paths = [asked["path"] for asked in control.requests()]
    assert not [path for path in paths if path.endswith(("/auth", "/token"))]
    assert len(paths) >= len(SERVICES)


@pytest.mark.parametrize(
    ("service", "path", "status", "kind"),
    [
        ("occurrences", "/biocache-service/", 503, errors.PortalFault),
        ("lists", "/species-list/", 404, errors.NotFound),
        ("maps", "/geoserver/", 500, errors.PortalFault),
        ("sign_in", "/realms/", 502, errors.PortalFault),
        ("alerts", "/alerts/", 405, errors.Throttled),
    ],
)
def test_one_that_fails_is_named_and_the_rest_asked(
    environment, control, qgis_app, service, path, status, kind
):
    control.fault(kind="status", status=status, path=path)
    found = probe(environment)
    assert isinstance(found[service], kind)
    assert [name for name, error in found.items() if error] == [service]


def test_maps_that_are_no_maps(environment, control, qgis_app):
    elsewhere = replace(environment, portal=f"{environment.portal}/pages")
    assert isinstance(probe(elsewhere)["maps"], errors.PortalError)


def test_no_client_is_no_answer_to_signing_in(environment, control, qgis_app):
    error = probe(replace(environment, client_id=""))["sign_in"]
    assert isinstance(error, errors.SignInFailed) and error.code == "no_client"


def test_no_issuer(environment, control, qgis_app):
    error = probe(replace(environment, issuer=""))["sign_in"]
    assert isinstance(error, errors.SignInFailed) and error.code == "issuer"


def test_another_issuer_than_it_says(environment, control, qgis_app):
    error = probe(replace(environment, issuer=environment.issuer.replace("127.0.0.1", "localhost")))
    assert isinstance(error["sign_in"], errors.SignInFailed)


def test_nobody_there(environment, qgis_app):
    nowhere = replace(
        environment,
        portal="http://127.0.0.1:9",
        issuer="http://127.0.0.1:9/realms/vbp",
        name_matching="http://127.0.0.1:9/namematching",
    )
    found = probe(nowhere)
    assert all(isinstance(error, errors.Unreachable) for error in found.values())


def test_an_unsafe_address_is_not_asked(environment, control, qgis_app):
    found = probe(replace(environment, name_matching="http://names.example"))
    assert isinstance(found["name_matching"], errors.UnexpectedAnswer)


def test_a_cancel_ends_it(environment, control, qgis_app):
    feedback = QgsFeedback()
    control.fault(kind="latency", seconds=20, path="/biocache-service/")

    def work(_feedback):
        return probe_portal(environment, QgisTransport(), feedback, lambda one: feedback.cancel())

    with pytest.raises(errors.Canceled):
        in_task(work, 10)
