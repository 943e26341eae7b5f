"""Which portal one works with."""

from __future__ import annotations

import pytest

from biodiv_plugin import environments, settings
from biodiv_plugin.environments import UnknownEnvironment, named


@pytest.fixture(autouse=True)
def clean_settings(qgis_app):
    yield
    for setting in (settings.ENVIRONMENT, settings.CUSTOM_PORTAL, settings.client_id("prod")):
        setting.reset()


def test_the_live_portal_is_the_default():
    assert environments.active({}).portal == "https://natuurdata.inbo.be"
    assert environments.known()[0] == "prod"


def test_the_client_id_of_a_deployment_comes_from_the_settings():
    settings.client_id("prod").set("vbp-qgis")
    assert named("prod", {}).client_id == "vbp-qgis"
    assert named("uat", {}).client_id == ""


def test_the_process_environment_overrides_everything():
    environment = named(
        "prod",
        {
            "BIODIV_PORTAL_URL": "https://portal.example/",
            "BIODIV_OIDC_ISSUER": "https://auth.example/realms/vbp",
            "BIODIV_OIDC_CLIENT_ID": "other",
            "BIODIV_LIST_URL": "https://lists.example",
        },
    )
    assert environment.portal == "https://portal.example"
    assert environment.title == "portal.example"
    assert environment.name_matching == "https://portal.example/namematching"
    assert environment.service("biocache-service") == "https://portal.example/biocache-service"
    assert environment.lists == "https://lists.example"
    assert (environment.issuer, environment.client_id) == (
        "https://auth.example/realms/vbp",
        "other",
    )


def test_a_custom_portal_is_what_the_options_say():
    settings.ENVIRONMENT.set("custom")
    settings.CUSTOM_PORTAL.set(" https://mine.example/ ")
    assert environments.active({}).portal == "https://mine.example"


@pytest.mark.parametrize("name", ["nowhere", ""])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(UnknownEnvironment):
        named(name, {})


@pytest.mark.parametrize(
    "address",
    [
        "http://natuurdata.inbo.be",
        "ftp://127.0.0.1",
        "http://127.0.0.1.evil.example",
        "portal",
        "https://natuurdata.inbo.be@evil.example",
        "https://somebody:password@natuurdata.inbo.be",
        "https://[",
        "https://natuurdata.inbo.be:99999",
        "https:///natuurdata",
    ],
)
@pytest.mark.parametrize(
    "variable",
    [
        "BIODIV_PORTAL_URL",
        "BIODIV_OIDC_ISSUER",
        "BIODIV_LIST_URL",
        "BIODIV_NAMEMATCHING_URL",
    ],
)
def test_an_address_that_is_not_safe_is_refused(variable, address):
    with pytest.raises(UnknownEnvironment):
        named("prod", {variable: address})


def test_http_is_for_this_machine_alone():
    assert named("prod", {"BIODIV_PORTAL_URL": "http://127.0.0.1:8765"}).portal.startswith("http:")


def test_where_the_token_goes_is_configuration():
    live, demo = named("prod", {}), named("demo", {})
    assert live.addresses(live.token_always) == ("https://natuurdata.inbo.be/biocache-service",)
    assert "http://127.0.0.1:8765/geoserver" in demo.addresses(demo.token_always)
    assert "https://natuurdata.inbo.be/alerts/api" in live.addresses(live.token_on_request)
    assert len({live, demo}) == 2  # values: what came of a list is hashable


def test_the_token_follows_the_lists_to_a_host_of_their_own():
    environment = named("prod", {"BIODIV_LIST_URL": "https://lists.example"})
    assert "https://lists.example/ws" in environment.addresses(environment.token_on_request)
    assert environment.addresses(["/species-list/"]) == ("https://lists.example",)
