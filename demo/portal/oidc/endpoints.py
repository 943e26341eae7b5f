"""The endpoints that programs call, and the sign-out page."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749.errors import OAuth2Error
from flask import Response, jsonify, make_response, render_template, request

from demo.portal import spoiled
from demo.portal.access_token import userinfo_claims
from demo.portal.bearer import BadToken, verified_claims
from demo.portal.oidc.browser import COOKIE, Realm, error_page
from demo.portal.oidc.clients import SCOPES
from demo.portal.oidc.store import ClientSession

_PROTOCOL = "protocol/openid-connect"


def metadata(realm: Realm) -> dict[str, Any]:
    """Return the discovery document (OIDC Discovery 3, RFC 8414); some faults change it."""
    issuer, on = realm.world.issuer, realm.world.faults.on
    protocol = f"{issuer}/{_PROTOCOL}"
    document: dict[str, Any] = {
        "issuer": issuer,
        "authorization_endpoint": f"{protocol}/auth",
        "token_endpoint": f"{protocol}/token",
        "userinfo_endpoint": f"{protocol}/userinfo",
        "end_session_endpoint": f"{protocol}/logout",
        "jwks_uri": f"{protocol}/certs",
        "revocation_endpoint": f"{protocol}/revoke",
        "device_authorization_endpoint": f"{protocol}/auth/device",
        "grant_types_supported": [
            "authorization_code",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        # As Keycloak, which leaves out the "none" of its public clients.
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "scopes_supported": list(SCOPES),
        "claims_supported": ["sub", "iss", "auth_time", "name", "given_name", "family_name"],
        "code_challenge_methods_supported": [
            "plain",
            "S256",
        ],  # what a client may use is another matter
        "prompt_values_supported": ["none", "login"],
        "authorization_response_iss_parameter_supported": True,
    }
    if (wrong := on("oidc.wrong_issuer")) is not None:
        document["issuer"] = wrong.get("issuer", "https://elsewhere.example/realms/vbp")
    if on("oidc.no_s256") is not None:
        document["code_challenge_methods_supported"] = ["plain"]
    if on("oidc.no_iss_parameter") is not None:
        document["authorization_response_iss_parameter_supported"] = False
    if on("oidc.no_device_grant") is not None:
        del document["device_authorization_endpoint"]
    document.update(on("oidc.metadata") or {})
    return document


def add_routes(realm: Realm) -> None:
    pages, provider, faults = realm.pages, realm.provider, realm.world.faults
    protocol = f"{realm.path}/{_PROTOCOL}"

    @pages.before_request
    def slowly() -> None:
        if not request.path.startswith(realm.path):
            return
        if (slow := faults.on("oidc.slow")) is not None:
            faults.pause(float(slow.get("seconds", 60)))

    @pages.get(f"{realm.path}/.well-known/openid-configuration")
    def discovery() -> Any:
        return jsonify(metadata(realm))

    @pages.get(f"{protocol}/certs")
    def certs() -> Any:
        return jsonify(realm.world.keys.jwks())

    @pages.post(f"{protocol}/token")
    def token() -> Any:
        if (refused := faults.on("oidc.token_error")) is not None:
            answer = {"error": refused.get("error", "invalid_grant")}
            if "description" in refused:
                answer["error_description"] = refused["description"]
            return answer, int(refused.get("status", 400))
        response = provider.create_token_response()
        if (
            request.form.get("grant_type") == "refresh_token"
            and response.status_code == 200
            and faults.on("oidc.refresh_answer_lost") is not None
        ):
            return spoiled.drop(response, {}, faults.pause)
        return response

    @pages.post(f"{protocol}/auth/device")
    def device_authorization() -> Any:
        return provider.create_endpoint_response("device_authorization")

    @pages.post(f"{protocol}/revoke")
    def revoke() -> Any:
        return provider.create_endpoint_response("revocation")

    @pages.route(f"{protocol}/userinfo", methods=["GET", "POST"])
    def userinfo() -> Any:
        return _userinfo(realm)

    @pages.route(f"{protocol}/logout", methods=["GET", "POST"])
    def logout() -> Any:
        return _logout(realm)


def _userinfo(realm: Realm) -> Any:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return _refused(401, None, None)
    try:
        claims = verified_claims(realm.world, token)
    except BadToken:
        return _refused(401, "invalid_token", "Token verification failed")
    if claims["jti"] in realm.store.revoked or not _in_use(realm, claims):
        return _refused(401, "invalid_token", "Session not active")
    if "openid" not in str(claims["scope"]).split():
        return _refused(403, "insufficient_scope", "Missing openid scope")
    person = realm.world.people.with_sub(claims["sub"])
    if person is None:
        return _refused(401, "invalid_token", "User not found")
    session = realm.store.sessions.get(claims["sid"])
    capacity = person.capacity(session.capacity_code if session else None)
    return jsonify(userinfo_claims(realm.world, person, capacity, str(claims["scope"])))


def _in_use(realm: Realm, claims: dict[str, Any]) -> bool:
    """Return whether the sign-in that a token came from still stands."""
    clients: list[ClientSession] = [c for c in realm.store.clients if c.sid == claims["sid"]]
    return any(realm.store.alive(client) is None for client in clients)


def _refused(status: int, error: Any, description: Any) -> Response:
    challenge = 'Bearer realm="vbp"'
    response = make_response("", status)
    if error is not None:
        challenge += f', error="{error}", error_description="{description}"'
        response = make_response({"error": error, "error_description": description}, status)
    response.headers["WWW-Authenticate"] = challenge
    return response


def _logout(realm: Realm) -> Any:
    try:
        asked = realm.provider.validate_endpoint_request("end_session")
    except OAuth2Error:
        return error_page("Ongeldige parameter: id_token_hint")
    wanted = request.values.get("post_logout_redirect_uri")
    if wanted and asked.client and wanted not in asked.client.post_logout_redirect_uris:
        return error_page("Ongeldige parameter: post_logout_redirect_uri")
    sid = (asked.id_token_claims or {}).get("sid")
    session = realm.session()
    if session is not None and sid != session.sid and request.method == "GET":
        return render_template("oidc/logout.html", params=request.args.to_dict())
    for ended in {sid, session.sid if session else None} - {None}:
        realm.store.end_session(str(ended))
    response = realm.provider.create_endpoint_response("end_session", asked) or make_response(
        render_template("oidc/message.html", heading="Uitgelogd", message="U bent nu uitgelogd.")
    )
    response.delete_cookie(COOKIE, path="/")
    return response
