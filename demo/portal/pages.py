"""The web pages that matter to a client: profile, access, challenges, and the stub of userdetails.

Contract/lists 1.3, 4.3 and 5.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request

from demo.portal.websession import sign_in_page
from demo.portal.world import World

# The one user that the portal's stub answers with, whoever is asked for.
_STUB = """{
 "id": 0,
 "firstName": "Mockedy",
 "lastName": "Mock",
 "userName": "mocked-user",
 "email": "support.natuurdata@inbo.be",
 "userId": "mocked-user",
 "locked": false,
 "activated": true,
 "organisation": "INBO",
 "city": "Brussel",
 "state": "Brussel",
 "country": "België",
 "roles": [
  "ROLE_ADMIN"
 ],
 "telephone": "",
 "displayName": "Mocked user"
}
"""
_SWITCH_HINT = "eyJzd2l0Y2hfaWQiOiB0cnVlfQ=="  # {"switch_id": true}

SERVICES = (
    ("/biocache-service/occurrences/search?q=*:*&pageSize=1", "waarnemingen zoeken en downloaden"),
    ("/bie-index/search?q=otter", "namen van soorten"),
    ("/namematching/api/search?q=Lutra%20lutra", "namen herkennen"),
    ("/collectory/ws/dataResource", "datasets en instellingen"),
    ("/species-list/ws/speciesList", "soortenlijsten"),
    ("/alerts/", "meldingen"),
    ("/spatial-service/fields", "kaartlagen en gebieden"),
    ("/geoserver/ALA/wms?SERVICE=WMS&REQUEST=GetCapabilities", "kaarten (WMS)"),
    ("/realms/vbp/.well-known/openid-configuration", "aanmelden (OpenID Connect)"),
    ("/realms/vbp/device", "een toestel verbinden"),
    ("/my-profile.html", "mijn profiel"),
    ("/pages/toegang.html", "toegang"),
    ("/pages/uitdagingen.html", "uitdagingen"),
    ("/demo/faults", "fouten die aan staan"),
    ("/demo/requests", "de laatste vragen aan dit portaal"),
)


def blueprint(world: World) -> Blueprint:
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def index() -> Any:
        return render_template("pages/index.html", services=SERVICES)

    @pages.get("/my-profile.html")
    def my_profile() -> Any:
        if "aanmelden" in request.args:
            return sign_in_page(world, back=f"{world.base}/my-profile.html")
        found = world.web_user()
        person, capacity = found or (None, None)
        return render_template(
            "pages/my_profile.html",
            person=person,
            capacity=capacity,
            annotations=_annotations(person.sub) if person else "",
            actions=_actions(world, person.federated) if person else (),
        )

    @pages.get("/pages/<any(toegang, uitdagingen):page>.html")
    def static_page(page: str) -> Any:
        return render_template(f"pages/{page}.html")

    _add_userdetails(pages)
    return pages


def _add_userdetails(pages: Blueprint) -> None:
    @pages.route("/userdetails/userDetails/getUserDetails", methods=["GET", "POST"])
    def user_details() -> Any:
        return Response(_STUB, content_type="application/octet-stream")

    @pages.route("/userdetails/userDetails/<path:rest>", methods=["GET", "POST"])
    def no_user_details(rest: str) -> Any:
        return Response('{"error": "not found"', 404, content_type="application/octet-stream")

    @pages.route("/userdetails", defaults={"rest": ""})
    @pages.route("/userdetails/<path:rest>")
    def moved(rest: str) -> Any:
        return redirect("/my-profile.html", 301)


def _annotations(sub: str) -> str:
    query = urlencode({"q": "*:*", "fq": f'assertion_user_id:"{sub}"'})
    return f"/biocache-hub/occurrences/search/?{query}"


def _actions(world: World, federated: bool) -> list[tuple[str, str]]:
    """Return the actions on one's account: each is a new authorization request."""
    choices = [("Mijn gegevens wijzigen", {"kc_action": "UPDATE_PROFILE"})]
    if federated:
        switch = {"prompt": "login", "kc_idp_hint": "acm-idm", "login_hint": _SWITCH_HINT}
        choices.append(("Van organisatie wisselen", switch))
    else:
        choices.append(("Wachtwoord wijzigen", {"kc_action": "UPDATE_PASSWORD"}))
    common = {
        "response_type": "code",
        "client_id": "portal",
        "scope": "openid email ala/roles",
        "redirect_uri": f"{world.base}/my-profile.html",
    }
    address = f"{world.issuer}/protocol/openid-connect/auth"
    return [(label, f"{address}?{urlencode({**common, **extra})}") for label, extra in choices]
