"""Keycloak's administration, as far as tests and the demo change a realm while it runs."""

from __future__ import annotations

import time
from typing import Any

import requests

_TOKEN_LIFE = 30.0  # seconds; Keycloak gives the administrator's a minute


class Admin:
    """Calls below ``/admin/realms``; a path begins with the realm's name."""

    def __init__(self, url: str, password: str) -> None:
        self._url, self._password = url, password
        self._session = requests.Session()
        self._session.trust_env = False
        self._until = 0.0

    def get(self, path: str) -> Any:
        return self._call("GET", path).json()

    def put(self, path: str, body: Any) -> None:
        self._call("PUT", path, body)

    def post(self, path: str, body: Any = None) -> str:
        """Return the id of what was made, or nothing."""
        return self._call("POST", path, body).headers.get("Location", "").rpartition("/")[2]

    def delete(self, path: str, body: Any = None) -> None:
        self._call("DELETE", path, body)

    def client(self, client_id: str, realm: str = "vbp") -> dict[str, Any]:
        """Return a client's representation. Raises LookupError."""
        found = self.get(f"{realm}/clients?clientId={client_id}")
        if not found:
            raise LookupError(client_id)
        return dict(found[0])

    def user(self, username: str, realm: str = "vbp") -> dict[str, Any]:
        """Return a person's representation. Raises LookupError."""
        found = self.get(f"{realm}/users?exact=true&username={username}")
        if not found:
            raise LookupError(username)
        return dict(found[0])

    def _call(self, method: str, path: str, body: Any = None) -> requests.Response:
        if time.monotonic() > self._until:
            self._sign_in()
        url = f"{self._url}/admin/realms/{path}"
        answer = self._session.request(method, url, json=body, timeout=60)
        if answer.status_code >= 400:
            raise ValueError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer

    def _sign_in(self) -> None:
        answer = self._session.post(
            f"{self._url}/realms/master/protocol/openid-connect/token",
            data={
                "grant_type": "password",
                "client_id": "admin-cli",
                "username": "admin",
                "password": self._password,
            },
            timeout=60,
        )
        answer.raise_for_status()
        self._session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        self._until = time.monotonic() + _TOKEN_LIFE
