"""The realm's signing keys: one that signs, and those still published."""

from __future__ import annotations

import secrets
import threading
from typing import Any

from joserfc.jwk import KeySet, OctKey, RSAKey


class SigningKeys:
    """RS256 keys for access and ID tokens, one HS512 key for refresh tokens, as Keycloak has them.

    Made on first use: an RSA key takes a tenth of a second.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: list[RSAKey] = []
        self._encrypting: list[RSAKey] = []  # published beside them, and never used
        self.refresh = OctKey.generate_key(512, {"kid": secrets.token_hex(8)})

    @property
    def active(self) -> RSAKey:
        """The key that signs."""
        with self._lock:
            if not self._keys:
                self._keys.append(_new_key())
            return self._keys[0]

    def rotate(self, keep_old: bool = True) -> None:
        """Sign with a new key from now on; the older ones stay published when ``keep_old``."""
        key = _new_key()
        with self._lock:
            self._keys = [key, *(self._keys if keep_old else [])]

    def forget_old(self) -> None:
        """Publish only the key that signs."""
        with self._lock:
            del self._keys[1:]

    def published(self) -> KeySet:
        """Return the keys that a verifier may accept, private parts included; for this process."""
        active = self.active
        with self._lock:
            return KeySet([active, *(key for key in self._keys if key is not active)])

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """Return the public keys as the certs endpoint answers them (RFC 7517)."""
        signing = self.published().keys
        with self._lock:
            if not self._encrypting:
                self._encrypting.append(_new_key("enc", "RSA-OAEP"))
            keys = [*self._encrypting, *signing]
        return {"keys": [key.as_dict(private=False) for key in keys]}


def _new_key(use: str = "sig", algorithm: str = "RS256") -> RSAKey:
    parameters = {"kid": secrets.token_urlsafe(32), "use": use, "alg": algorithm}
    return RSAKey.generate_key(2048, parameters)
