"""Who calls: what the services accept as a bearer, and what they make of it."""

from __future__ import annotations

import pytest
from flask import Flask, request
from joserfc import jwt
from joserfc.jwk import OctKey

from demo.portal.access_token import access_claims, mint, signed
from demo.portal.bearer import REQUIRED_CLAIMS, BadToken, identify
from demo.portal.error_pages import html_error, unauthorized
from demo.portal.signing import SigningKeys
from demo.portal.websession import has_visitor_cookie, vbp_auth_redirect, web_caller
from demo.portal.world import World


@pytest.fixture
def world(tmp_path):
    return World("http://127.0.0.1:8765", tmp_path)


@pytest.fixture
def caller(world):
    """Ask who the sender of an Authorization header is."""

    def ask(authorization=None):
        headers = {} if authorization is None else {"Authorization": authorization}
        with Flask("test").test_request_context("/", headers=headers):
            return identify(world)

    return ask


def test_no_header_is_nobody(caller):
    assert caller() is None


def test_a_good_token(world, caller):
    hilde = world.people.named("hilde")
    found = caller(f"Bearer {mint(world, 'hilde')}")
    assert found.user_id == hilde.sub
    assert found.username == "hilde"
    assert found.email == hilde.email
    assert found.roles == {"ROLE_USER", "ROLE_DATA_HIGHRES"}
    assert found.has_role("ROLE_DATA_HIGHRES")
    assert found.data_roles == {"HIGHRES"}
    assert "profile" in found.scopes
    assert found.userinfo["userid"] == hilde.sub


def test_the_scheme_may_be_written_otherwise(world, caller):
    assert caller(f"bearer {mint(world, 'demo')}").username == "demo"


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer junk", "Bearer a.b.c", "Basic ZGVtbzpkZW1v"]
)
def test_any_other_header_is_bad(caller, authorization):
    with pytest.raises(BadToken):
        caller(authorization)


@pytest.mark.parametrize("claim", REQUIRED_CLAIMS)
def test_each_required_claim_is_required(world, caller, claim):
    with pytest.raises(BadToken):
        caller(f"Bearer {mint(world, 'demo', omit=[claim])}")


def test_a_minute_of_skew_is_forgiven(world, caller):
    world.clock = lambda: 1_800_000_000.0
    assert caller(f"Bearer {mint(world, 'demo', seconds=-60)}")
    with pytest.raises(BadToken):
        caller(f"Bearer {mint(world, 'demo', seconds=-61)}")


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 0},
        {"exp": "tomorrow"},
        {"iss": "https://elsewhere.example/realms/vbp"},
        {"sub": "nobody"},
    ],
)
def test_wrong_claims_are_bad(world, caller, changes):
    with pytest.raises(BadToken):
        caller(f"Bearer {mint(world, 'demo', **changes)}")


def test_an_expired_token_is_bad(world, caller):
    token = mint(world, "demo")
    world.clock.offset = 361
    with pytest.raises(BadToken):
        caller(f"Bearer {token}")


def claims_of(world):
    demo = world.people.named("demo")
    return access_claims(world, demo, demo.capacity(), scope="openid", sid="s")


def test_a_foreign_signature_is_bad(world, caller):
    key = SigningKeys().active
    header = {"alg": "RS256", "kid": world.keys.active.kid}
    with pytest.raises(BadToken):
        caller(f"Bearer {jwt.encode(header, claims_of(world), key)}")


def test_other_algorithms_are_bad(world, caller):
    modulus = OctKey.import_key(world.keys.active.as_dict(private=False)["n"])
    with pytest.raises(BadToken):
        caller(f"Bearer {jwt.encode({'alg': 'HS256'}, claims_of(world), modulus)}")
    header, body, _ = signed(world, claims_of(world)).split(".")
    with pytest.raises(BadToken):
        caller(f"Bearer {header}.{body}.")


def test_a_tampered_token_is_bad(world, caller):
    header, _, signature = mint(world, "demo").split(".")
    body = mint(world, "admin").split(".")[1]
    with pytest.raises(BadToken):
        caller(f"Bearer {header}.{body}.{signature}")


def test_old_keys_may_stay_or_go(world, caller):
    token = mint(world, "demo")
    world.keys.rotate(keep_old=True)
    assert caller(f"Bearer {token}")
    world.keys.rotate(keep_old=False)
    with pytest.raises(BadToken):
        caller(f"Bearer {token}")
    assert caller(f"Bearer {mint(world, 'demo')}")


def test_only_userid_identifies(world, caller):
    found = caller(f"Bearer {mint(world, 'demo', omit=['userid'])}")
    assert found.user_id is None
    assert found.claims["sub"] == world.people.named("demo").sub


def test_the_switches_of_the_realm(world, caller):
    world.faults.add(name="oidc.no_userid")
    assert caller(f"Bearer {mint(world, 'demo')}").user_id is None
    world.faults.add(name="oidc.userinfo_without_userid")
    assert "userid" not in caller(f"Bearer {mint(world, 'demo')}").userinfo
    world.faults.add(name="oidc.no_client_id")
    with pytest.raises(BadToken):
        caller(f"Bearer {mint(world, 'demo')}")


def test_mail_comes_with_the_scope_profile(world, caller):
    assert caller(f"Bearer {mint(world, 'demo', scope='openid email ala/roles')}").email is None
    assert caller(f"Bearer {mint(world, 'demo', scope='openid profile')}").email is None
    assert caller(f"Bearer {mint(world, 'noemail')}").email is None
    assert caller(f"Bearer {mint(world, 'demo', scope='openid profile email')}").email


@pytest.mark.parametrize(
    ("role", "roles"),
    [
        ("admin, role_editor,", {"ROLE_ADMIN", "ROLE_EDITOR"}),
        (["Data_HighRes", "ROLE_USER"], {"ROLE_DATA_HIGHRES", "ROLE_USER"}),
        ([], set()),
        (None, set()),
    ],
)
def test_roles_are_prefixed_and_upper_case(world, caller, role, roles):
    assert caller(f"Bearer {mint(world, 'demo', role=role)}").roles == roles


def test_realm_access_gives_no_role(world, caller):
    assert caller(f"Bearer {mint(world, 'admin', omit=['role'])}").roles == frozenset()


def test_the_401_of_the_services():
    answer = unauthorized()
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="authentication required"'
    assert answer.content_type == "text/html;charset=utf-8"
    assert b"HTTP Status 401" in answer.data


def test_error_pages_escape_their_message():
    assert b"<script>" not in html_error(404, "<script>").data


def test_the_visitor_cookie_leads_to_the_sign_in(world):
    headers = {"Cookie": 'VBP-AUTH={"userId":"x"}'}
    with Flask("test").test_request_context("/biocache-service/x?q=1", headers=headers):
        assert has_visitor_cookie(request)
        answer = vbp_auth_redirect(world)
    assert answer.status_code == 302
    assert answer.location.startswith(f"{world.issuer}/protocol/openid-connect/auth?")
    assert "redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Fbiocache-service%2Fx" in answer.location


def test_a_web_session_is_no_bearer(world):
    with Flask("test").test_request_context("/", headers={"Authorization": "Bearer x"}):
        assert web_caller(world) is None
    pieter = world.people.named("pieter")
    world.web_user = lambda: (pieter, pieter.capacity("OVO900003"))
    found = web_caller(world)
    assert (found.user_id, found.email) == (pieter.sub, pieter.email)
    assert found.roles == {"ROLE_USER", "ROLE_DATA_HIGHRES"}
