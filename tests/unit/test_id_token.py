"""The ID token's checks, with keys and signatures of another implementation."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from biodiv_plugin.auth import id_token
from biodiv_plugin.portal.errors import SignInFailed

ISSUER, CLIENT, NONCE, NOW = "https://sso.test/realms/vbp", "vbp-qgis", "N1", 1_750_000_000.0


def encode(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    def __init__(self, kid, bits=2048):
        self.kid = kid
        self._key = rsa.generate_private_key(65537, bits)
        numbers = self._key.public_key().public_numbers()
        size = (bits + 7) // 8
        self.jwk = {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": kid,
            "n": encode(numbers.n.to_bytes(size, "big")),
            "e": encode(numbers.e.to_bytes(3, "big")),
        }

    def sign(self, claims, **header):
        head = encode({"alg": "RS256", "typ": "JWT", "kid": self.kid, **header})
        signed = f"{head}.{encode(claims)}"
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{encode(signature)}"


@pytest.fixture(scope="module")
def signer():
    return Signer("k1")


@pytest.fixture(scope="module")
def stranger():
    return Signer("k1")


def claims(**changes):
    return {
        "iss": ISSUER,
        "aud": CLIENT,
        "azp": CLIENT,
        "sub": "8f3c",
        "iat": NOW - 5,
        "exp": NOW + 295,
        "nonce": NONCE,
        **changes,
    }


def verify(token, keys, clock=NOW, nonce=NONCE):
    return id_token.verify(token, keys, issuer=ISSUER, client_id=CLIENT, nonce=nonce, clock=clock)


def refused(token, keys, code="id_token", **options):
    with pytest.raises(SignInFailed) as raised:
        verify(token, keys, **options)
    assert raised.value.code == code
    assert "eyJ" not in str(raised.value)


def test_d09_a_good_one_is_accepted(signer):
    assert verify(signer.sign(claims()), [signer.jwk])["sub"] == "8f3c"
    assert verify(signer.sign(claims(aud=[CLIENT])), [signer.jwk])
    assert verify(signer.sign(claims(aud=[CLIENT, "account"])), [signer.jwk])


def test_d09_the_key_is_found_by_its_name(signer):
    other = Signer("k2")
    assert verify(signer.sign(claims()), [other.jwk, signer.jwk])
    assert verify(signer.sign(claims(), kid=None), [other.jwk, signer.jwk])
    refused(signer.sign(claims(), kid="k2"), [other.jwk, signer.jwk])


def test_d09_without_a_signature(signer):
    _, body, signature = signer.sign(claims()).split(".")
    for algorithm in ("none", "None", "", None):
        bare = encode({"alg": algorithm})
        refused(f"{bare}.{body}.", [signer.jwk])
        refused(f"{bare}.{body}.{signature}", [signer.jwk])
        refused(f"{bare}.{body}.", None)


def test_d09_an_hmac_with_the_public_key(signer):
    body = encode(claims())
    for secret in (signer.jwk["n"].encode(), base64.urlsafe_b64decode(signer.jwk["n"] + "==")):
        head = encode({"alg": "HS256", "kid": "k1"})
        mac = hmac.new(secret, f"{head}.{body}".encode(), hashlib.sha256).digest()
        refused(f"{head}.{body}.{encode(mac)}", [signer.jwk])


def test_d09_tampered_or_signed_by_another(signer, stranger):
    head, _, signature = signer.sign(claims()).split(".")
    refused(f"{head}.{encode(claims(sub='eve'))}.{signature}", [signer.jwk])
    refused(stranger.sign(claims()), [signer.jwk])
    for spoiled in (signature[:-4] + "AAAA", signature[:-8], "", encode(bytes(256))):
        refused(f"{head}.{encode(claims())}.{spoiled}", [signer.jwk])


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": None},
        {"azp": "other"},
        {"aud": [CLIENT, "other"], "azp": None},
        {"iss": "https://sso.test/realms/other"},
        {"iss": None},
        {"nonce": "N2"},
        {"nonce": None},
        {"sub": ""},
        {"sub": None},
        {"iat": None},
        {"exp": "soon"},
    ],
)
def test_d09_of_or_for_another(signer, change):
    refused(signer.sign(claims(**change)), [signer.jwk])


@pytest.mark.parametrize(("offset", "good"), [(119, 1), (-119, 1), (-121, 0), (295, 1), (421, 0)])
def test_d09_two_minutes_are_no_matter_more_is_told_as_the_clock(signer, offset, good):
    token = signer.sign(claims(iat=NOW))
    if good:
        verify(token, [signer.jwk], clock=NOW + offset)
    else:
        refused(token, [signer.jwk], "clock", clock=NOW + offset)


def test_without_keys_the_claims_still_count(signer):
    assert verify(signer.sign(claims()), None)["sub"] == "8f3c"
    refused(signer.sign(claims(aud="other")), None)
    refused(signer.sign(claims()), [])


def test_a_device_sign_in_has_no_nonce(signer):
    assert verify(signer.sign(claims(nonce=None)), [signer.jwk], nonce=None)


@pytest.mark.parametrize(
    "change",
    [{"kty": "EC"}, {"use": "enc"}, {"n": None}, {"n": "%%"}, {"e": ""}, {"n": "AQAB"}, {"n": 7}],
)
def test_a_useless_key_verifies_nothing(signer, change):
    refused(signer.sign(claims()), [{**signer.jwk, **change}])


def test_a_short_key_is_not_trusted():
    short = Signer("k1", 1024)
    refused(short.sign(claims()), [short.jwk])


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "....",
        "\u20ac.\u20ac.\u20ac",
        "e30.W10.AA",
        "W10.e30.AA",
    ],
)
def test_what_is_no_token(signer, token):
    refused(token, [signer.jwk])


def test_a_renewed_one_tells_its_subject(signer):
    token = signer.sign(claims(nonce=None, iat=0, exp=1))
    assert id_token.subject(token, issuer=ISSUER, client_id=CLIENT) == "8f3c"
    with pytest.raises(SignInFailed):
        id_token.subject(token, issuer=ISSUER, client_id="other")
