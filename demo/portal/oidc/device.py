"""The pages where somebody lets a device in: the code, the sign-in, the consent (RFC 8628 3.3)."""

from __future__ import annotations

from typing import Any, Optional

from flask import make_response, redirect, render_template, request

from demo.portal.oidc.browser import Realm, error_page, proceed, start
from demo.portal.oidc.store import DeviceCode

_OUTCOMES = {
    None: ("Apparaatlogin geslaagd", "U kunt dit venster sluiten en terugkeren naar uw toestel."),
    "access_denied": (
        "Apparaatlogin gefaald",
        "Toestemming geweigerd om het apparaat te verbinden.",
    ),
    "expired_token": (
        "Apparaatlogin gefaald",
        "De code is verlopen. Vraag op uw toestel een nieuwe.",
    ),
}


def add_routes(realm: Realm) -> None:
    pages, store = realm.pages, realm.store

    @pages.route(f"{realm.path}/device", methods=["GET", "POST"])
    def device() -> Any:
        user_code = request.values.get("user_code") or request.form.get("device_user_code") or ""
        if not user_code:
            return render_template("oidc/device.html", error="")
        waiting, problem = _waiting(realm, user_code)
        if waiting is None:
            return render_template("oidc/device.html", error=problem)
        login = store.begin_login({"client_id": waiting.client_id}, waiting.user_code)
        session = realm.session()
        return proceed(realm, login, session) if session else start(realm, login)

    @pages.route(f"{realm.path}/login-actions/consent", methods=["GET", "POST"])
    def consent() -> Any:
        login = store.login(request.args.get("execution", ""))
        session = store.session(login.sid) if login else None
        waiting, _ = _waiting(realm, (login.device if login else None) or "")
        if login is None or session is None or waiting is None:
            return error_page("Deze pagina is verlopen. Begin opnieuw op uw toestel.")
        if request.method == "GET":
            person, _ = store.person(session)
            return render_template("oidc/consent.html", person=person, code=waiting.user_code)
        store.logins.pop(login.id, None)
        if "accept" in request.form:
            waiting.sid = session.sid
            return redirect(f"{realm.world.issuer}/device/status")
        waiting.denied = True
        return redirect(f"{realm.world.issuer}/device/status?error=access_denied")

    @pages.get(f"{realm.path}/device/status")
    def status() -> Any:
        heading, message = _OUTCOMES.get(request.args.get("error"), _OUTCOMES["expired_token"])
        return make_response(render_template("oidc/message.html", heading=heading, message=message))


def _waiting(realm: Realm, user_code: str) -> tuple[Optional[DeviceCode], str]:
    """Return the device that waits for ``user_code``, or why there is none."""
    device = realm.store.device(user_code)
    if device is None or device.denied or device.sid is not None:
        return None, "Ongeldige code, probeer opnieuw."
    if realm.world.clock() > device.expires:
        return None, "De code is verlopen. Vraag op uw toestel een nieuwe."
    return device, ""
