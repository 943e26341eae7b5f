"""A stand-in for ACM/IDM, where eID and itsme live: who are you, and in which capacity?

Contract/lists 4.3 and 5.4. The real one is ``authenticatie.vlaanderen.be``, another origin.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any, Optional
from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request

from demo.portal.oidc.browser import Realm, error_page, login_form, signed_in
from demo.portal.people import Person

COOKIE = "ACM-IDM"
NO_RIGHTS = "714907"


class AcmIdm:
    """Its own sessions, and the answers it owes the realm."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.clear()

    def clear(self) -> None:
        self.sessions: dict[str, tuple[str, str]] = {}  # cookie -> username, capacity
        self.answers: dict[str, tuple[str, str]] = {}

    def person(self, username: str) -> Optional[Person]:
        person = self.realm.world.people.named(username)
        return person if person is not None and person.federated else None


def add_routes(realm: Realm) -> AcmIdm:
    acm = AcmIdm(realm)
    pages = realm.pages

    @pages.route("/acm-idm/aanmelden", methods=["GET", "POST"])
    def sign_in() -> Any:
        if request.method == "POST":
            if "cancel" in request.form:
                return _back(acm, error="access_denied")
            person = acm.person(request.form.get("person", ""))
            return _choose_capacity(acm, person) if person else _choose_person(acm, True)
        username, capacity = acm.sessions.get(request.cookies.get(COOKIE, ""), ("", ""))
        known = acm.person(username)
        if known is not None and _switches():
            return _choose_capacity(acm, known)
        if known is not None and "login" not in request.args.get("prompt", "").split():
            return _answer(acm, known, capacity)
        return _choose_person(acm)

    @pages.post("/acm-idm/hoedanigheid")
    def capacity() -> Any:
        person = acm.person(request.form.get("person", ""))
        if person is None:
            return _choose_person(acm, True)
        return _answer(acm, person, request.form.get("capacity", ""))

    @pages.get(f"{realm.path}/broker/acm-idm/endpoint")
    def returned() -> Any:
        login = realm.store.login(request.args.get("execution", ""))
        if login is None:
            return error_page("Deze aanmelding is verlopen. Begin opnieuw in uw toepassing.")
        if "error" in request.args:
            return login_form(realm, login, "Toegang geweigerd bij authenticatie met ACM/IDM.")
        username, code = acm.answers.pop(request.args.get("code", ""), ("", ""))
        person = acm.person(username)
        if person is None:
            return error_page("Onverwachte fout bij het aanmelden met de identiteitsprovider.", 502)
        return signed_in(realm, login, person, code)

    return acm


def _switches() -> bool:
    """Return whether the login hint asks for another capacity: base64 of {"switch_id": true}."""
    try:
        hint = json.loads(base64.b64decode(request.args.get("login_hint", ""), validate=True))
    except ValueError:
        return False
    return isinstance(hint, dict) and hint.get("switch_id") is True


def _here(page: str) -> str:
    return f"/acm-idm/{page}?{request.query_string.decode('ascii')}"


def _choose_person(acm: AcmIdm, wrong: bool = False) -> Any:
    people = [person for person in acm.realm.world.people if person.federated]
    return render_template(
        "oidc/acm_person.html", people=people, action=_here("aanmelden"), wrong=wrong
    )


def _choose_capacity(acm: AcmIdm, person: Person) -> Any:
    if len(person.capacities) == 1 and not _switches():
        return _answer(acm, person, person.capacities[0].code)
    return render_template("oidc/acm_capacity.html", person=person, action=_here("hoedanigheid"))


def _answer(acm: AcmIdm, person: Person, capacity: str) -> Any:
    """Send the browser back to the realm, unless the person lacks the right: then it stays here."""
    faults, now = acm.realm.world.faults, acm.realm.world.clock()
    other = faults.on("acm.error")
    if not person.allowed or other is not None or faults.on("acm.no_rights") is not None:
        code = (other or {}).get("code", NO_RIGHTS)
        page = render_template("oidc/acm_error.html", person=person, code=str(code), time=now)
        return make_response(page, 403)
    cookie, answer = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    acm.sessions[cookie] = (person.username, capacity)
    acm.answers[answer] = (person.username, capacity)
    response = _back(acm, code=answer)
    response.set_cookie(COOKIE, cookie, path="/acm-idm", httponly=True, samesite="Lax")
    return response


def _back(acm: AcmIdm, **answer: str) -> Any:
    query = urlencode({"execution": request.args.get("execution", ""), **answer})
    return make_response(redirect(f"{acm.realm.world.issuer}/broker/acm-idm/endpoint?{query}", 303))
