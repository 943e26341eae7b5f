"""The pages of a sign-in: the authorization endpoint, the form, actions on one's account.

Contract/lists 4.3; ids and names of the forms are those of Keycloak's own theme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlencode

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749.errors import OAuth2Error
from flask import Blueprint, Response, make_response, redirect, render_template, request

from demo.portal.oidc.provider import Provider, StoredRequest
from demo.portal.oidc.store import Login, Store, UserSession
from demo.portal.people import Capacity, Person
from demo.portal.world import World

COOKIE = "KEYCLOAK_IDENTITY"
IDENTITY_PROVIDER = "acm-idm"
_ACTIONS = {"UPDATE_PROFILE": "oidc/profile.html", "UPDATE_PASSWORD": "oidc/password.html"}


@dataclass(frozen=True)
class Realm:
    """What the pages of the realm share."""

    world: World
    store: Store
    provider: Provider
    pages: Blueprint

    @property
    def path(self) -> str:
        return "/realms/vbp"

    def session(self) -> Optional[UserSession]:
        """Return the session of the browser that asks."""
        return self.store.session_of(request.cookies.get(COOKIE))

    def web_user(self) -> Optional[tuple[Person, Capacity]]:
        """Return who is signed in to the portal's websites in the browser that asks."""
        session = self.session()
        return self.store.person(session) if session else None


def error_page(message: str, status: int = 400) -> Response:
    """Return Keycloak's error page: the browser stays here, the client hears nothing."""
    return make_response(render_template("oidc/error.html", message=message), status)


def with_cookie(response: Response, session: UserSession) -> Response:
    response.set_cookie(COOKIE, session.cookie, path="/", httponly=True, samesite="Lax")
    return response


def add_routes(realm: Realm) -> None:
    pages, store = realm.pages, realm.store
    _add_restart(realm)

    @pages.route(f"{realm.path}/protocol/openid-connect/auth", methods=["GET", "POST"])
    def authorize() -> Any:
        session = realm.session()
        asked = realm.provider.create_oauth2_request(request)
        try:
            grant = realm.provider.get_consent_grant(asked, end_user=session)
        except OAuth2Error as error:
            if error.redirect_uri:
                return realm.provider.redirect_error(error, asked)
            return error_page(_in_words(error))
        login = store.begin_login(request.values.to_dict())
        if session is not None and grant.prompt != "login":
            return proceed(realm, login, session)
        login.again = session.username if session else None
        return start(realm, login)

    @pages.route(f"{realm.path}/login-actions/authenticate", methods=["GET", "POST"])
    def authenticate() -> Any:
        login = store.login(request.args.get("execution", ""))
        if login is None:
            return error_page("Deze aanmelding is verlopen. Begin opnieuw in uw toepassing.")
        if request.method == "GET":
            return login_form(realm, login)
        if "cancel" in request.form:
            return deliver(realm, login, None)
        person = realm.world.people.named(login.again or request.form.get("username", ""))
        password = request.form.get("password", "")
        if person is None or not person.password or person.password != password:
            return login_form(realm, login, "Gebruikersnaam of wachtwoord ongeldig.")
        return signed_in(realm, login, person)

    @pages.route(f"{realm.path}/login-actions/required-action", methods=["GET", "POST"])
    def required_action() -> Any:
        login = store.login(request.args.get("execution", ""))
        session = store.session(login.sid) if login else None
        if login is None or session is None:
            return error_page("Deze pagina is verlopen. Begin opnieuw in uw toepassing.")
        if request.method == "GET":
            return _action_form(realm, login, session)
        if "cancel-aia" in request.form:
            return deliver(realm, login, session, "cancelled")
        if problem := _act(realm, login, session):
            return _action_form(realm, login, session, problem)
        return deliver(realm, login, session, "success")


def _add_restart(realm: Realm) -> None:
    pages, store = realm.pages, realm.store

    @pages.get(f"{realm.path}/login-actions/restart")
    def restart() -> Any:
        login = store.login(request.args.get("execution", ""))
        if login is None:
            return error_page("Deze aanmelding is verlopen. Begin opnieuw in uw toepassing.")
        login.again, login.restarted = None, True
        return start(realm, login)


def start(realm: Realm, login: Login) -> Any:
    """Ask who it is: ACM/IDM when the client hints at it, else the portal's own form."""
    hint = login.params.get("kc_idp_hint")
    if hint is None and realm.world.faults.on("oidc.acm_idm_by_default") is not None:
        hint = IDENTITY_PROVIDER
    if hint == IDENTITY_PROVIDER:
        return redirect(broker_address(realm, login), 303)
    return login_form(realm, login)


def broker_address(realm: Realm, login: Login) -> str:
    query = {"execution": login.id}
    for name in ("prompt", "login_hint"):
        if name in login.params:
            query[name] = login.params[name]
    return f"{realm.world.base}/acm-idm/aanmelden?{urlencode(query)}"


def login_form(realm: Realm, login: Login, error: str = "") -> Response:
    return make_response(
        render_template(
            "oidc/login.html",
            action=_address(realm, "authenticate", login),
            broker=broker_address(realm, login),
            error=error,
            again=login.again,
            restart=_address(realm, "restart", login),
            username=request.form.get("username") or _hinted_name(login),
        )
    )


def signed_in(realm: Realm, login: Login, person: Person, capacity: str = "") -> Any:
    """Open the browser's session for ``person`` and go on with what waits for it."""
    before = realm.session()
    if before is not None and before.username != person.username:
        if not login.restarted:
            already = f'U bent in deze sessie al als de gebruiker "{before.username}" aangemeld.'
            return error_page(f"{already} Log eerst uit.")
        realm.store.end_session(before.sid)
    session = realm.store.open_session(person, person.capacity(capacity))
    return with_cookie(proceed(realm, login, session), session)


def proceed(realm: Realm, login: Login, session: UserSession) -> Response:
    """Go on after the sign-in: an action on the account, a device's consent, or the client."""
    login.sid = session.sid
    if login.device is not None:
        return make_response(redirect(_address(realm, "consent", login), 302))
    if login.params.get("kc_action") in _ACTIONS:
        return make_response(redirect(_address(realm, "required-action", login), 302))
    if realm.world.faults.on("oidc.never_returns") is not None:
        return make_response(render_template("oidc/message.html", message="Even geduld…"))
    return deliver(realm, login, session)


def deliver(
    realm: Realm, login: Login, session: Optional[UserSession], action_status: str = ""
) -> Response:
    """Send the browser back to the client: with a code, or refused when ``session`` is None."""
    realm.store.logins.pop(login.id, None)
    if login.device is not None:
        return make_response(redirect(f"{realm.world.issuer}/device/status?error=access_denied"))
    asked = StoredRequest(f"{realm.world.issuer}/protocol/openid-connect/auth", login.params)
    grant = realm.provider.get_authorization_grant(asked)
    answered: Response = realm.provider.create_authorization_response(asked, session, grant)
    extra = {"session_state": session.sid} if session else {}
    if session:
        session.clients.add(login.params["client_id"])
    if action_status:
        extra["kc_action"] = login.params["kc_action"]
        extra["kc_action_status"] = action_status
    location = add_params_to_uri(answered.location, extra)
    if realm.world.faults.on("oidc.wrong_state") is not None:
        location = location.replace("state=", "state=not-", 1)
    answered.location = location
    answered.headers["Cache-Control"] = "no-store, must-revalidate, max-age=0"
    return answered


def _address(realm: Realm, page: str, login: Login) -> str:
    query = urlencode({"execution": login.id, "client_id": login.params.get("client_id", "")})
    return f"{realm.world.issuer}/login-actions/{page}?{query}"


def _hinted_name(login: Login) -> str:
    hint = login.params.get("login_hint", "")
    return "" if hint.startswith("eyJ") else hint


def _in_words(error: OAuth2Error) -> str:
    if error.error == "invalid_client":
        return "Toepassing niet gevonden."
    if "redirect" in (error.description or "").lower():
        return "Ongeldige parameter: redirect_uri"
    return "Ongeldige aanvraag."


def _action_form(realm: Realm, login: Login, session: UserSession, problem: str = "") -> Response:
    person, _ = realm.store.person(session)
    return make_response(
        render_template(
            _ACTIONS[login.params["kc_action"]],
            action=_address(realm, "required-action", login),
            person=person,
            error=problem,
        )
    )


def _act(realm: Realm, login: Login, session: UserSession) -> str:
    """Carry out the action; return what is wrong with it, or nothing."""
    person, _ = realm.store.person(session)
    form = {name: value.strip() for name, value in request.form.items()}
    if login.params["kc_action"] == "UPDATE_PASSWORD":
        new = form.get("password-new", "")
        if person.federated:
            return "U meldt aan met ACM/IDM; een wachtwoord hebt u hier niet."
        if not new or new != form.get("password-confirm"):
            return "Wachtwoorden komen niet overeen."
        realm.world.people.update(person.username, password=new)
        return ""
    if not form.get("firstName") or not form.get("lastName"):
        return "Vul een voornaam en een familienaam in."
    realm.world.people.update(
        person.username,
        given_name=form["firstName"],
        family_name=form["lastName"],
        email=form.get("email") or None,
    )
    return ""
