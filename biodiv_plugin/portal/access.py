"""Getting access: links, mails and sign-in parameters for people who cannot get in yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Mapping
from urllib.parse import quote

from biodiv_plugin.portal.errors import InvalidQuery

SUPPORT = "support.natuurdata@inbo.be"
MY_PROFILE = "https://mijnprofiel-gebruikersbeheer.vlaanderen.be/user/"
USER_RIGHT = "Vlaams biodiversiteitsportaal gebruiker"  # what a local administrator gives
SENSITIVE_CONTEXT = "VBP Gevoelige Data"  # what opens high-resolution observations
NO_RIGHTS_CODE = "714907"  # what the government's page shows to a person without the right
HELP_LINE = "1700"

_SELF_REGISTRATION = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/"
_SELF_REGISTRATION_TEST = "https://zelfregistratie-gebruikersbeheer-ti.vlaanderen.be/user/"
_TARGET_GROUP = re.compile(r"[A-Z]{2,4}")
_CODE = re.compile(r"[^\s&=?#]+")
_ORGANISATION = re.compile(r"\d{10}|OVO\d{6}")


@dataclass(frozen=True)
class SelfRegistration:
    """What a self-registration link asks for, by the codes of Gebruikersbeheer.

    ``target_group``   ``dg``: EA, LB, GID, …
    ``application``    ``an``: the user chooses one of its rights
    ``right``          ``ec``: one right, no choice; exactly one of these two
    ``context``        ``ctx``, optional
    ``organisation``   ``oc``, optional: ten digits (KBO) or OVO and six digits
    ``work_relation``  asks for a work relation with an organisation in place of a right
    """

    target_group: str
    application: str = ""
    right: str = ""
    context: str = ""
    organisation: str = ""
    work_relation: bool = False


def self_registration_url(wanted: SelfRegistration, production: bool = True) -> str:
    """Return the address where one asks for a right oneself (contract/lists 5.3).

    Raises ``InvalidQuery`` whose ``part`` is the code that is wrong: ``dg``, ``an_ec`` (none or
    both), ``an``, ``ec``, ``ctx`` or ``oc``.

    >>> self_registration_url(SelfRegistration("EA", "45", organisation="0428364866"), False)
    'https://zelfregistratie-gebruikersbeheer-ti.vlaanderen.be/user/aanvraag?&an=45&dg=EA&oc=0428364866'
    """
    if not _TARGET_GROUP.fullmatch(wanted.target_group):
        raise InvalidQuery("a target group is two to four capitals", part="dg")
    if bool(wanted.application) == bool(wanted.right):
        raise InvalidQuery("either an application or a right", part="an_ec")
    codes = {
        "an": wanted.application,
        "ec": wanted.right,
        "dg": wanted.target_group,
        "ctx": wanted.context,
        "oc": wanted.organisation,
    }
    for part, code in codes.items():
        if code and not _CODE.fullmatch(code):
            raise InvalidQuery("a code is one word", part=part)
    if wanted.organisation and not _ORGANISATION.fullmatch(wanted.organisation):
        raise InvalidQuery("an organisation is ten digits, or OVO and six digits", part="oc")
    base = _SELF_REGISTRATION if production else _SELF_REGISTRATION_TEST
    page = "aanvraag_werkrelatie" if wanted.work_relation else "aanvraag"
    asked = "".join(f"&{part}={quote(code, safe='')}" for part, code in codes.items() if code)
    return f"{base}{page}?{asked}"


@dataclass(frozen=True)
class AccessRequest:
    """What somebody writes who asks for an account. ``sensitive_reason`` asks for
    high-resolution observations too."""

    name: str
    organisation: str
    email: str
    wants: str
    reason: str
    sensitive_reason: str = ""


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    body: str

    def mailto(self) -> str:
        """Return the mail as an address that opens the mail program (RFC 6068)."""
        body = self.body.replace("\n", "\r\n")
        return f"mailto:{self.to}?subject={quote(self.subject)}&body={quote(body, safe='')}"


def access_mail(asked: AccessRequest) -> Mail:
    """Return the mail that asks for access, in the language of those who read it.

    Raises ``InvalidQuery`` whose ``part`` is the first field that is empty or no address.
    """
    for part in ("name", "organisation", "email", "wants", "reason"):
        if not getattr(asked, part).strip():
            raise InvalidQuery("an access request needs this", part=part)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", asked.email.strip()):
        raise InvalidQuery("no mail address", part="email")
    lines = [
        "Graag toegang tot het Vlaams Biodiversiteitsportaal.",
        "",
        f"Naam: {asked.name.strip()}",
        f"Organisatie en functie: {asked.organisation.strip()}",
        f"E-mailadres: {asked.email.strip()}",
        f"Ik wil gebruiken: {asked.wants.strip()}",
        f"Reden: {asked.reason.strip()}",
    ]
    if asked.sensitive_reason.strip():
        lines.append(
            f"Ook hoge-resolutiegegevens (context {SENSITIVE_CONTEXT}) omdat: "
            f"{asked.sensitive_reason.strip()}"
        )
    return Mail(SUPPORT, "Toegang Vlaams Biodiversiteitsportaal", "\n".join(lines))


def trouble_mail(seen: str, when: str, name: str, email: str) -> Mail:
    """Return the mail about an error that is no missing right: what, when, who (contract/lists
    5.2). ``when`` is as the reader would write it. Raises ``InvalidQuery`` as ``access_mail``."""
    if not seen.strip():
        raise InvalidQuery("what was seen is missing", part="seen")
    lines = [
        "Aanmelden bij het Vlaams Biodiversiteitsportaal vanuit QGIS lukt niet.",
        "",
        f"Wat ik zag, met de code: {seen.strip()}",
        f"Tijdstip: {when}",
        f"Naam: {name.strip()}",
        f"E-mailadres: {email.strip()}",
    ]
    return Mail(SUPPORT, "Aanmelden Vlaams Biodiversiteitsportaal lukt niet", "\n".join(lines))


class ProfileAction(Enum):
    """What an authorization request can be used for besides signing in (contract/lists 4.3)."""

    GOVERNMENT_SIGN_IN = auto()
    PORTAL_ACCOUNT_SIGN_IN = auto()
    OTHER_ACCOUNT = auto()
    CHANGE_PASSWORD = auto()
    EDIT_DETAILS = auto()
    SWITCH_ORGANISATION = auto()


# The base64 text is {"switch_id": true}, by which ACM/IDM offers the other organisations.
_ACTION_PARAMETERS: Mapping[ProfileAction, Mapping[str, str]] = {
    ProfileAction.GOVERNMENT_SIGN_IN: {"kc_idp_hint": "acm-idm"},
    ProfileAction.PORTAL_ACCOUNT_SIGN_IN: {"kc_idp_hint": ""},
    ProfileAction.OTHER_ACCOUNT: {"prompt": "login"},
    ProfileAction.CHANGE_PASSWORD: {"kc_action": "UPDATE_PASSWORD"},
    ProfileAction.EDIT_DETAILS: {"kc_action": "UPDATE_PROFILE"},
    ProfileAction.SWITCH_ORGANISATION: {
        "prompt": "login",
        "kc_idp_hint": "acm-idm",
        "login_hint": "eyJzd2l0Y2hfaWQiOiB0cnVlfQ==",
    },
}


def action_parameters(action: ProfileAction) -> Mapping[str, str]:
    """Return the parameters that an authorization request carries for ``action``."""
    return _ACTION_PARAMETERS[action]
