"""The packages that sign-in needs: those in the plugin's own archive, else the machine's."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from biodiv_plugin.portal.errors import SignInFailed

_VENDORED = "biodiv_plugin._vendor"


def requests() -> ModuleType:
    """Return ``requests``, which every QGIS brings."""
    return _load("requests", "requests")


def requests_oauthlib() -> ModuleType:
    """Return ``requests_oauthlib`` 2 or newer: only that knows PKCE.

    Raises ``SignInFailed`` with ``no_packages``, as the other functions here.
    """
    module = _load("requests_oauthlib", "requests-oauthlib")
    if int(module.__version__.partition(".")[0]) < 2:
        raise _missing(f"requests-oauthlib 2.0 or newer (here: {module.__version__})")
    return module


def oauth_error() -> type[Exception]:
    """Return the class of the errors that an OAuth answer may tell."""
    error: type[Exception] = _load("oauthlib.oauth2", "oauthlib").OAuth2Error
    return error


def keyring_part(name: str) -> ModuleType:
    """Return a module of ``keyring``, for example ``backends.SecretService``."""
    return _load(f"keyring.{name}", "keyring")


def segno() -> ModuleType:
    """Return ``segno``, which makes QR codes; everything works without it."""
    return _load("segno", "segno")


def _load(module: str, distribution: str) -> ModuleType:
    for name in (f"{_VENDORED}.{module}", module):
        try:
            return import_module(name)
        except ImportError as absent:
            reason = absent
    raise _missing(distribution) from reason


def _missing(what: str) -> SignInFailed:
    return SignInFailed(f"this Python package is missing: {what}", code="no_packages")
