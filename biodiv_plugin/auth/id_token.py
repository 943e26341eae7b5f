"""The ID token: who signed in, as the provider vouches for it (OpenID Connect Core 1.0)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any, Mapping, Optional, Sequence

from biodiv_plugin.portal.errors import SignInFailed

LEEWAY = 120.0  # seconds that the clocks of provider and user may differ

# DER of DigestInfo for SHA-256, before the 32 bytes of the digest (RFC 8017, 9.2, note 1)
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")

Claims = Mapping[str, Any]


def verify(
    token: str,
    keys: Optional[Sequence[Mapping[str, Any]]],
    *,
    issuer: str,
    client_id: str,
    nonce: Optional[str] = None,
    clock: Optional[float] = None,
) -> Claims:
    """Return the claims of ``token``; OpenID Connect Core 3.1.3.7.

    Args:
        keys: the provider's key set (RFC 7517), or ``None`` where it could not be read: then the
            signature is not looked at, which the standard allows for a token that came straight
            from the token endpoint. The claims are checked in either case.
        nonce: what was sent with the authorization request; ``None`` where none was.
        clock: seconds since 1970; the machine's own by default.

    Raises:
        SignInFailed: ``code`` is ``id_token``, or ``clock`` where all is well but the time.
    """
    header, claims, signed, signature = _split(token)
    if header.get("alg") != "RS256":  # neither "none" nor an HMAC with the public key
        raise _failed("signed by another algorithm than RS256")
    if keys is not None and not _is_signed(header, signed, signature, keys):
        raise _failed("no key of the provider has signed it")
    _check_parties(claims, issuer, client_id)
    if nonce is not None and not _equal(str(claims.get("nonce", "")), nonce):
        raise _failed("it belongs to another sign-in")
    _check_times(claims, time.time() if clock is None else clock)
    return claims


def subject(token: str, *, issuer: str, client_id: str) -> str:
    """Return whom a renewed ID token speaks of (OpenID Connect Core 12.2). Raises as ``verify``.

    It came straight from the token endpoint, so neither its signature nor, with a wrong clock,
    its time shall end a session that goes on.
    """
    claims = _split(token)[1]
    _check_parties(claims, issuer, client_id)
    return str(claims["sub"])


def _split(token: str) -> tuple[Claims, Claims, bytes, bytes]:
    try:
        head, body, signature = token.split(".")
        header, claims = json.loads(_decode(head)), json.loads(_decode(body))
        parts = f"{head}.{body}".encode("ascii"), _decode(signature)
    except (ValueError, binascii.Error):
        raise _failed("it is no JWT") from None
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise _failed("it is no JWT")
    return header, claims, *parts


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _is_signed(
    header: Claims, signed: bytes, signature: bytes, keys: Sequence[Mapping[str, Any]]
) -> bool:
    wanted = header.get("kid")
    return any(
        _verifies(key, signed, signature)
        for key in keys
        if key.get("kty") == "RSA"
        and key.get("use", "sig") == "sig"
        and (wanted is None or key.get("kid") == wanted)
    )


def _verifies(key: Mapping[str, Any], signed: bytes, signature: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 by encoding anew and comparing (RFC 8017, 8.2.2)."""
    try:
        modulus = int.from_bytes(_decode(key["n"]), "big")
        exponent = int.from_bytes(_decode(key["e"]), "big")
    except (KeyError, TypeError, ValueError, binascii.Error):
        return False
    size = (modulus.bit_length() + 7) // 8
    if size < 256 or len(signature) != size:  # RS256 wants 2048 bits (RFC 7518, 3.3)
        return False
    encoded = pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big")
    info = _SHA256_INFO + hashlib.sha256(signed).digest()
    padding = b"\xff" * (size - len(info) - 3)
    return hmac.compare_digest(encoded, b"\x00\x01" + padding + b"\x00" + info)


def _check_parties(claims: Claims, issuer: str, client_id: str) -> None:
    audience = claims.get("aud")
    audience = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != issuer:
        raise _failed("another issuer")
    if client_id not in audience:
        raise _failed("for another client")
    if (len(audience) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise _failed("given to another client")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise _failed("of nobody")


def _check_times(claims: Claims, clock: float) -> None:
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, (int, float)) or not isinstance(expires, (int, float)):
        raise _failed("without a time")
    if clock > expires + LEEWAY or clock < issued - LEEWAY:
        minutes = (clock - issued) / 60
        raise SignInFailed(
            f"this machine's clock and the sign-in server's differ by {minutes:.0f} minutes",
            code="clock",
        )


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _failed(why: str) -> SignInFailed:
    return SignInFailed(f"the ID token is not accepted: {why}", code="id_token")
