"""The web GIS: /spatial-hub (contract/spatial 9, 10.4).

It looks at the browser's session and never at a bearer. ``spatial.bundled_menu`` (a fault, by
name) gives the menu that is built in instead of the portal's own.
"""

from __future__ import annotations

import itertools
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from flask import Blueprint, Response, current_app, request
from markupsafe import escape

from demo.portal.spatial.geometry import as_wkt
from demo.portal.spatial.routing import as_json
from demo.portal.spatial.specifications import specifications
from demo.portal.spatial.store import Store
from demo.portal.websession import has_visitor_cookie, vbp_auth_redirect, web_caller
from demo.portal.world import World

CLIENT = "spatial_hub"
SILENT = ("/portal/q", "/portal/messages", "/portal/sessionCache")  # no redirect to a sign-in
# Heading, then (what it opens, English, Dutch) for each item.
MENU: Sequence[Tuple[str, str, Sequence[Tuple[str, str, str]]]] = (
    (
        "Add to map",
        "Toevoegen",
        (
            ("species", "Species", "Soorten"),
            ("area", "Area", "Gebied"),
            ("layer", "Layer", "Laag"),
            ("facet", "Facet", "Facet"),
        ),
    ),
    (
        "Tools",
        "Tools",
        (
            ("areaReport", "Area Report - interactive", "Gebiedsrapport"),
            ("AreaReport", "Area Report - PDF", "Gebiedsrapport - PDF"),
            ("ScatterplotCreate", "Scatterplot - single", "Spreidingsdiagram"),
            ("ScatterplotList", "Scatterplot - multiple", "Spreidingsdiagrammen"),
            ("SpeciesByLayer", "Tabulate - 1D", "Tabulatie - 1D"),
            ("tabulate", "Tabulate - 2D", "Tabulatie - 2D"),
            ("TaxonFrequency", "Taxon Frequency", "Taxon frequentie"),
            ("pointComparison", "Compare Points", "Vergelijk punten"),
            ("CompareAreas", "Compare Areas", "Vergelijk gebieden"),
            ("GeneratePoints", "Generate Points", "Genereer punten"),
            ("PointsToGrid", "Points to Grid", "Punten naar raster"),
            ("DoubleGridding", "Double Gridding", "Dubbel Raster"),
            ("AooEoo", "Calculate AOO and EOO", "Bereken AOO en EOO"),
            ("Maxent", "Predict", "Voorspel"),
            ("Classification", "Classify", "Klassificeer"),
            ("phylogeneticDiversity", "Phylogenetic Diversity", "Fylogenetische diversiteit"),
            ("nearestLocality", "Nearest Locality", "Dichtstbijzijnde localiteit"),
            ("restore", "Restore Prior Analysis", "Herstel vorige analyse"),
        ),
    ),
    (
        "Import",
        "Import",
        (
            ("importPoints", "Points", "Punten"),
            ("importSpecies", "Species List", "Soortenlijst"),
            ("importAreas", "Areas", "Gebieden"),
            ("restore", "Restore prior analysis", "Herstel vorige analyse"),
        ),
    ),
    (
        "Export",
        "Export",
        (
            ("exportChecklist", "Area Checklist", "Gebiedschecklist"),
            ("exportSample", "Points", "Punten"),
            ("exportArea", "Areas", "Gebieden"),
        ),
    ),
    ("Help", "Help", (("helpGettingStarted", "Getting Started", "Aan de slag"),)),
)
NOT_BUNDLED = ("AreaReport", "phylogeneticDiversity")
DEEP_LINK = ("q", "fq", "qc", "wkt", "lat", "lon", "radius", "species_lsid", "qname", "layers")
DEEP_LINK += ("pid", "bbox", "ss", "tool", "toolParameters", "workflow", "cm", "ptype")


def blueprint(world: World, store: Store) -> Blueprint:
    """Return /spatial-hub."""
    routes = Blueprint("hub", __name__, url_prefix="/spatial-hub")
    hub = _Hub(world, store)
    for path in ("", "/", "/index", "/hub/<path:page>"):
        routes.add_url_rule(path, f"landing {path}", hub.landing, strict_slashes=False)
    views: Dict[str, Tuple[Callable[..., Response], Tuple[str, ...]]] = {
        "/portal/ping": (hub.ping, ("GET", "POST")),
        "/portal/config/<name>": (hub.config, ("GET",)),
        "/portal/i18n": (hub.labels, ("GET",)),
        "/portal/messages/<number>": (hub.messages, ("GET",)),
        "/portal/q": (hub.query, ("POST",)),
        "/portal/proxy": (hub.proxy, ("GET", "POST")),
        "/portal/sessionCache/<number>": (hub.keep, ("POST",)),
        "/portal/sessions": (hub.sessions, ("GET",)),
        "/portal/session/<number>": (hub.needs_login, ("GET", "POST", "DELETE")),
        "/portal/speciesListInfo": (hub.list_info, ("GET",)),
    }
    for path, (view, methods) in views.items():
        routes.add_url_rule(path, path, view, methods=list(methods))
    for name in ("postAreaWkt", "postAreaFile/<kind>", "postArea", "postTask", "postSpeciesList"):
        path = f"/portal/{name}"
        routes.add_url_rule(path, path, hub.not_permitted, methods=["POST"])
    routes.before_request(hub.sign_in_silently)
    world.on_reset.append(hub.reset)
    return routes


class _Hub:
    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store
        self._numbers = itertools.count(1_725_000_000)
        self._maps: Dict[str, Any] = {}

    def reset(self) -> None:
        self._maps.clear()

    def sign_in_silently(self) -> Optional[Response]:
        """With the portal's cookie and no session, most pages send the browser to sign in."""
        path = request.path[len("/spatial-hub") :]
        if not path.startswith(("/portal", "/hub", "/log", "/workflow")) or path.startswith(SILENT):
            return None
        if has_visitor_cookie() and web_caller(self._world) is None:
            return vbp_auth_redirect(self._world, CLIENT)
        return None

    def landing(self, page: str = "") -> Response:
        """Say what a deep link would show."""
        if request.args.get("silent") == "true":
            state = "isLoggedIn" if web_caller(self._world) else "isLoggedOut"
            return Response(f"<html>{state}</html>", content_type="text/html;charset=UTF-8")
        numbered = [name for name in request.args if name[:2] == "ly" and name[2:3].isdigit()]
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name in (*DEEP_LINK, *numbered)
            for value in request.args.getlist(name)
        )
        shown = f"<table>{rows}</table>" if rows else "<p>Vlaanderen, zonder lagen.</p>"
        return Response(
            '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Geografisch portaal'
            "</title></head><body><h1>Geografisch portaal (demo)</h1>"
            f"<p>Het echte portaal toont hier de kaart met:</p>{shown}</body></html>",
            content_type="text/html;charset=UTF-8",
        )

    def ping(self) -> Response:
        return as_json({})

    def config(self, name: str) -> Response:
        if name == "menu":
            return as_json(_menu(self._world.faults.on("spatial.bundled_menu") is not None))
        if name == "view":
            return as_json(_view())
        return Response("", 404)

    def labels(self) -> Response:
        dutch = request.args.get("lang", "en") == "nl"
        told = {heading: nl if dutch else heading for heading, nl, _ in MENU}
        for _, _, items in MENU:
            told.update({key: nl if dutch else en for key, en, nl in items})
        return as_json(told)

    def messages(self, number: str) -> Response:
        text = 'var BiocacheI18n = {"facet.year": "Jaar", "facet.species": "Soort"};\n'
        return Response(text, content_type="application/javascript;charset=UTF-8")

    def query(self) -> Response:
        """Store a query on the occurrence service."""
        told = request.get_json(silent=True) or {}
        area = str(told.get("wkt") or "")
        shape = self._store.geometry(area) if area.isdigit() else None
        wkt = area if shape is None else as_wkt(shape)
        form = {"q": told.get("q") or "*:*", "fq": told.get("fq") or [], "wkt": wkt}
        answer = current_app.test_client().post("/biocache-service/webportal/params", data=form)
        if answer.status_code != 200:
            service = told.get("bs") or f"{self._world.base}/biocache-service"
            where = f"{service}/webportal/params"
            return as_json({"error": f"{answer.status_code} when calling {where}"}, 500)
        return as_json({"qid": answer.get_data(as_text=True).strip()})

    def proxy(self) -> Response:
        """Pass a request on to spatial-service; nothing else may be reached from here."""
        url = request.args.get("url", "")
        if not url.startswith(f"{self._world.base}/spatial-service/"):
            return as_json({"error": "url not permitted"}, 401)
        answer = current_app.test_client().get(url[len(self._world.base) :])
        return Response(answer.data, answer.status_code, content_type=answer.content_type)

    def keep(self, number: str) -> Response:
        new = str(next(self._numbers))
        self._maps[new] = request.get_json(silent=True)
        return as_json({"status": "saved", "url": f"{self._world.base}/spatial-hub?ss={new}"})

    def sessions(self) -> Response:
        return as_json([])

    def needs_login(self, number: str) -> Response:
        if web_caller(self._world) is None:
            return as_json({"error": "Login required!"}, 403)
        return as_json(self._maps.get(number) or {})

    def not_permitted(self, kind: str = "") -> Response:
        return as_json({"error": "not permitted"}, 401)

    def list_info(self) -> Response:
        number = request.args.get("listId", "")
        answer = current_app.test_client().get(f"/species-list/ws/speciesList/{number}")
        return Response(answer.data, answer.status_code, content_type=answer.content_type)


def _menu(bundled: bool) -> List[Dict[str, Any]]:
    told = []
    for heading, _, items in MENU:
        chosen = [item for item in items if not (bundled and item[0] in NOT_BUNDLED)]
        if bundled and heading == "Add to map":
            chosen.append(("history", "History", "Geschiedenis"))
        if bundled and heading == "Export":
            chosen.append(("exportMap", "Map", "Kaart"))
        entries = [{"name": name, "open": key} for key, name, _ in chosen]
        told.append({"name": heading, "items": entries})
    return told


def _view() -> Dict[str, Any]:
    """Return the steps of each tool's form: its inputs, in order."""
    return {
        name: {
            "view": [
                {"name": key, "description": about["description"]}
                for key, about in told["input"].items()
                if about["type"] != "auto"
            ]
        }
        for name, told in specifications().items()
    }
