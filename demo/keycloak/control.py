"""The faults of the demo portal, as a realm of a real Keycloak can be made to have them."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Any, Callable, Optional

from demo.keycloak.admin import Admin
from demo.portal.running import Control

CLIENT = "vbp-qgis"
_FORGED = "a sound provider sends no such answer"
# Faults of the demo provider alone, and why Keycloak cannot have them.
ONLY_THE_DEMO = {
    "acm.error": "the stand-in for ACM/IDM knows one error",
    "acm.no_rights": "the stand-in for ACM/IDM knows who lacks the right",
    "oidc.clock_skew": "Keycloak's clock is this machine's",
    "oidc.id_token": _FORGED,
    "oidc.metadata": _FORGED,
    "oidc.never_returns": "Keycloak always sends the browser back",
    "oidc.no_device_grant": "Keycloak always announces it",
    "oidc.no_iss_parameter": "Keycloak goes on announcing it",
    "oidc.no_s256": "Keycloak always offers it",
    "oidc.organisation_claims": "the stand-in for ACM/IDM knows an organisation by its code only",
    "oidc.refresh_token": "Keycloak decides on its length",
    "oidc.scope": "Keycloak grants what it is asked for",
    "oidc.token_error": _FORGED,
    "oidc.wrong_iss_parameter": _FORGED,
    "oidc.wrong_issuer": _FORGED,
    "oidc.wrong_state": _FORGED,
}


class NotByKeycloak(Exception):
    """The demo provider alone can do this; says why."""


class KeycloakControl(Control):
    """The control of a demo portal with a Keycloak behind it; ``reset`` undoes each change."""

    def __init__(self, url: str, admin: Admin) -> None:
        super().__init__(url)
        self.admin = admin
        self._undo: list[Callable[[], None]] = []
        self._changes: dict[str, Callable[[dict[str, Any]], None]] = {
            "oidc.access_token": lambda p: self.client_attributes(
                **{"access.token.lifespan": str(p["lifetime"])}
            ),
            "oidc.acm_idm_by_default": lambda p: self._redirect_to_acm_idm(),
            "oidc.device": self._device,
            "oidc.device_not_allowed": lambda p: self.client_attributes(
                **{"oauth2.device.authorization.grant.enabled": "false"}
            ),
            "oidc.no_client_id": lambda p: self.mapper("client_id", "access"),
            "oidc.no_refresh_token": lambda p: self.client_attributes(
                **{"use.refresh.tokens": "false"}
            ),
            "oidc.no_userid": lambda p: self.mapper("userid", "access"),
            "oidc.offline_refused": lambda p: self._refuse_offline(),
            "oidc.refresh_answer_lost": lambda p: self._wire(
                kind="drop", path="/realms/vbp/protocol/openid-connect/token", **p
            ),
            "oidc.rotate_keys": self._new_key,
            "oidc.session": self._session_limits,
            "oidc.slow": lambda p: self._wire(kind="latency", path="/realms/vbp/", **p),
            "oidc.unknown_client": lambda p: self.change_client(enabled=False),
            "oidc.userinfo_without_userid": lambda p: self.mapper("userid", "userinfo"),
        }

    def fault(self, name: Optional[str] = None, **description: Any) -> int:
        """Make the realm so, or spoil the line. Raises NotByKeycloak."""
        if name is None:
            return super().fault(**description)
        if name in ONLY_THE_DEMO:
            raise NotByKeycloak(f"{name}: {ONLY_THE_DEMO[name]}")
        self._changes[name](description)
        return 0

    def clear_faults(self) -> None:
        while self._undo:
            self._undo.pop()()
        super().clear_faults()

    def reset(self) -> None:
        while self._undo:
            self._undo.pop()()
        super().reset()

    def forward(self, seconds: float) -> None:
        """Nothing: Keycloak's time cannot be moved, and the portal's must stay the same."""

    def end_sessions(self, what: str = "all") -> None:
        self.admin.post("vbp/logout-all")
        for user in self.admin.get("vbp/users?max=100"):
            with suppress(ValueError):  # who has no offline session
                self.admin.delete(f"vbp/users/{user['id']}/consents/{CLIENT}")

    # Changes of the realm, each undone by ``reset``

    def change_realm(self, **changes: Any) -> None:
        before = self.admin.get("vbp")
        self.admin.put("vbp", changes)
        self._undo.append(lambda: self.admin.put("vbp", {name: before[name] for name in changes}))

    def change_client(self, **changes: Any) -> None:
        before = self.admin.client(CLIENT)
        path = f"vbp/clients/{before['id']}"
        self.admin.put(path, {**before, **changes})
        # An attribute that is left out stays as it is; an empty one goes.
        added = dict.fromkeys(changes.get("attributes", {}), "")
        after = {**before, "attributes": {**added, **before["attributes"]}}
        self._undo.append(lambda: self.admin.put(path, after))

    def client_attributes(self, **changes: str) -> None:
        self.change_client(attributes={**self.admin.client(CLIENT)["attributes"], **changes})

    def mapper(self, name: str, token: str, value: str = "false") -> None:
        """Keep the claim ``name`` out of the ``access``, ``id`` or ``userinfo`` token."""
        client = self.admin.client(CLIENT)
        path = f"vbp/clients/{client['id']}/protocol-mappers/models"
        before = next(one for one in client["protocolMappers"] if one["name"] == name)
        config = {**before["config"], f"{token}.token.claim": value}
        self.admin.put(f"{path}/{before['id']}", {**before, "config": config})
        self._undo.append(lambda: self.admin.put(f"{path}/{before['id']}", before))

    def _device(self, parameters: dict[str, Any]) -> None:
        named = {
            "interval": "oauth2DevicePollingInterval",
            "expires_in": "oauth2DeviceCodeLifespan",
        }
        if not named.keys() >= parameters.keys():
            raise NotByKeycloak("oidc.device: Keycloak shows its own addresses")
        self.change_realm(**{named[k]: math.ceil(float(v)) for k, v in parameters.items()})

    def _session_limits(self, parameters: dict[str, Any]) -> None:
        named = {
            "idle": "ssoSessionIdleTimeout",
            "max": "ssoSessionMaxLifespan",
            "offline_idle": "offlineSessionIdleTimeout",
        }
        self.change_realm(**{named[k]: int(v) for k, v in parameters.items()})

    def _redirect_to_acm_idm(self) -> None:
        steps = self.admin.get("vbp/authentication/flows/browser/executions")
        step = next(one for one in steps if one.get("providerId") == "identity-provider-redirector")
        config = {"alias": "by default", "config": {"defaultProvider": "acm-idm"}}
        made = self.admin.post(f"vbp/authentication/executions/{step['id']}/config", config)
        self._undo.append(lambda: self.admin.delete(f"vbp/authentication/config/{made}"))

    def _refuse_offline(self) -> None:
        path = "vbp/roles/default-roles-vbp/composites"
        role = [self.admin.get("vbp/roles/offline_access")]
        self.admin.delete(path, role)
        self._undo.append(lambda: self._post(path, role))

    def _new_key(self, parameters: dict[str, Any]) -> None:
        if not parameters.get("keep_old", True):
            raise NotByKeycloak("oidc.rotate_keys: Keycloak goes on publishing the old key")
        made = self.admin.post(
            "vbp/components",
            {
                "name": "newer",
                "providerId": "rsa-generated",
                "providerType": "org.keycloak.keys.KeyProvider",
                "parentId": self.admin.get("vbp")["id"],
                "config": {"priority": ["200"], "algorithm": ["RS256"]},
            },
        )
        self._undo.append(lambda: self.admin.delete(f"vbp/components/{made}"))

    def _post(self, path: str, body: Any) -> None:
        self.admin.post(path, body)

    def _wire(self, **description: Any) -> None:
        super().fault(**description)
