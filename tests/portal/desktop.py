"""A public client of the identity provider, made of requests, written from the standards alone."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any, Optional
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from demo.portal.visitor import Page, Visitor

REDIRECT = "http://127.0.0.1:51234/callback"
FULL_SCOPE = "openid profile email ala/roles"


def claims(token: str) -> dict[str, Any]:
    """Return the claims of a JWT; nothing is verified."""
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def query(page: Page) -> dict[str, str]:
    """Return the parameters of an address; each occurs once."""
    parameters = parse_qs(urlsplit(page.url).query, strict_parsing=True)
    assert all(len(values) == 1 for values in parameters.values())
    return {name: values[0] for name, values in parameters.items()}


class Desktop:
    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.session = requests.Session()
        self.session.trust_env = False
        self.verifier = secrets.token_urlsafe(48)
        self.state = secrets.token_urlsafe(32)
        self.nonce = secrets.token_urlsafe(32)

    @property
    def metadata(self) -> dict[str, Any]:
        return self.session.get(f"{self.issuer}/.well-known/openid-configuration").json()

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    def address(self, **changes: Optional[str]) -> str:
        """Return an authorization request; a parameter changed to None is left out."""
        parameters = {
            "response_type": "code",
            "client_id": "vbp-qgis",
            "redirect_uri": REDIRECT,
            "scope": FULL_SCOPE,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        given = {name: value for name, value in parameters.items() if value is not None}
        return f"{self.issuer}/protocol/openid-connect/auth?{urlencode(given)}"

    def post(self, endpoint: str, **data: str) -> requests.Response:
        url = f"{self.issuer}/protocol/openid-connect/{endpoint}"
        return self.session.post(url, data={"client_id": "vbp-qgis", **data}, timeout=30)

    def exchange(self, code: str, **changes: str) -> requests.Response:
        data = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": self.verifier,
            **changes,
        }
        return self.post("token", **data)

    def refresh(self, refresh_token: str, **changes: str) -> requests.Response:
        return self.post(
            "token", grant_type="refresh_token", refresh_token=refresh_token, **changes
        )

    def userinfo(self, access_token: str) -> requests.Response:
        url = f"{self.issuer}/protocol/openid-connect/userinfo"
        return self.session.get(url, headers={"Authorization": f"Bearer {access_token}"})

    def sign_in(
        self,
        browser: Visitor,
        username: str = "demo",
        password: Optional[str] = "demo",
        capacity: str = "",
        **changes: Optional[str],
    ) -> dict[str, Any]:
        """Sign in and return the token endpoint's answer."""
        page = browser.sign_in(self.address(**changes), username, password, capacity)
        answer = self.exchange(query(page)["code"])
        assert answer.status_code == 200, answer.text
        return answer.json()
