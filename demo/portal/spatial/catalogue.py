"""Layers and fields: /spatial-service/{layers,layer,fields,field,fieldsdb} (contract/spatial 1)."""

from __future__ import annotations

import csv
import io
from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, request
from markupsafe import escape

from demo.portal.error_pages import html_error, unauthorized
from demo.portal.geoserver import mapserver, parameters
from demo.portal.spatial.objects import described_object
from demo.portal.spatial.routing import add, as_json, caller
from demo.portal.spatial.store import Row, Store
from demo.portal.websession import has_visitor_cookie, vbp_auth_redirect, web_caller
from demo.portal.world import World


def register(routes: Blueprint, world: World, store: Store) -> None:
    """Add the catalogue's routes."""
    catalogue = _Catalogue(world, store)
    for rule, view in {
        "/layers": catalogue.layers,
        "/layers/search": catalogue.search_layers,
        "/layers/grids": catalogue.grids,
        "/layers/shapes": catalogue.shapes,
        "/layers/csv": catalogue.table,
        "/layers/layers.csv": catalogue.table,
        "/layers/index": catalogue.page,
        "/layers/view/more/<text>": catalogue.more,
        "/layers/rif-cs": catalogue.rif_cs,
        "/layer/<text>": catalogue.layer,
        "/layer/img/<text>": catalogue.thumbnail,
        "/layer/download/<text>": catalogue.download,
        "/fields": catalogue.fields,
        "/fields/search": catalogue.search_fields,
        "/fields/layers/search": catalogue.search_fields_layers,
        "/fieldsdb": catalogue.indexed_fields,
        "/field/<fid>": catalogue.field,
        "/layerDistances/layerdistancesJSON": catalogue.distances,
        "/files/inter_layer_association.csv": catalogue.association,
    }.items():
        add(routes, rule, view)


class _Catalogue:
    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store

    def layers(self) -> Response:
        everything = bool(request.args.get("all"))
        return as_json([row for row in self._store.layers() if everything or row["enabled"]])

    def search_layers(self) -> Response:
        if self._world.faults.on("spatial.layers_search_fails") is not None:
            return html_error(500)
        text = request.args.get("q", "null").lower()  # absent: the text "null" is looked for
        found = [row for row in self._store.layers() if row["enabled"] and text in _haystack(row)]
        return as_json(sorted(found, key=lambda row: row["displayname"]))

    def grids(self) -> Response:
        return as_json(self._of_type("Environmental"))

    def shapes(self) -> Response:
        return as_json(self._of_type("Contextual"))

    def _of_type(self, kind: str) -> List[Row]:
        return [row for row in self._store.layers() if row["enabled"] and row["type"] == kind]

    def layer(self, text: str) -> Response:
        found = self._store.layer(text)
        return as_json(found) if found else Response("", 404)

    def table(self) -> Response:
        """A sentence first, then a CSV."""
        out = io.StringIO()
        out.write("Please provide feedback on the 'keywords' columns to the data team.\n")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        columns = {
            "ID": "id",
            "Short name": "name",
            "Name": "displayname",
            "Description": "description",
            "Data provider": "source",
            "Provider website": "source_link",
            "Metadata contact organisation website": "metadatapath",
            "Licence notes": "licence_notes",
            "Licence link": "licence_link",
            "Type": "type",
            "Classification 1": "classification1",
            "Classification 2": "classification2",
            "Units": "environmentalvalueunits",
            "Keywords": "keywords",
            "Date Added": "dt_added",
        }
        writer.writerow(columns)
        for row in self._store.layers():
            if row["enabled"]:
                writer.writerow([row.get(name, "") for name in columns.values()])
        return Response(out.getvalue(), content_type="text/csv;charset=UTF-8")

    def page(self) -> Response:
        if self._sign_in_first():
            return vbp_auth_redirect(self._world)
        rows = "".join(
            f'<li><a href="view/more/{row["name"]}">{escape(row["displayname"])}</a></li>'
            for row in self._store.layers()
            if row["enabled"]
        )
        return _html(f"<h1>Layers</h1><ul>{rows}</ul>")

    def more(self, text: str) -> Response:
        if self._sign_in_first():
            return vbp_auth_redirect(self._world)
        found = self._store.layer(text)
        if not found:
            return html_error(500)
        cells = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in found.items()
            if value != ""
        )
        return _html(f"<h1>{escape(found['displayname'])}</h1><table>{cells}</table>")

    def _sign_in_first(self) -> bool:
        return has_visitor_cookie() and web_caller(self._world) is None

    def rif_cs(self) -> Response:
        objects = "".join(
            f'<registryObject group="Demo"><key>{row["id"]}</key><collection type="dataset"><name>'
            f"<namePart>{escape(row['displayname'])}</namePart></name></collection></registryObject>"
            for row in self._store.layers()
            if row["enabled"]
        )
        text = f'<?xml version="1.0"?><registryObjects>{objects}</registryObjects>'
        return Response(text, content_type="text/xml;charset=UTF-8")

    def thumbnail(self, text: str) -> Response:
        """A small JPEG; layers without metadata have none."""
        found = next((row for row in self._store.layers() if row["name"] == text), None)
        if found is None or not found.get("metadatapath"):
            return Response("", 404)
        asked = {
            "SERVICE": "WMS",
            "VERSION": "1.1.1",
            "REQUEST": "GetMap",
            "SRS": "EPSG:4326",
            "BBOX": "2.5,50.4,6.0,51.8",
            "WIDTH": "200",
            "HEIGHT": "120",
            "LAYERS": f"ALA:{text}",
            "STYLES": "",
            "FORMAT": "image/jpeg",
        }
        question = parameters.translate(self._world, asked)
        picture = mapserver.run(self._world.folder, question.parameters)
        return Response(picture.body, content_type="image/jpeg")

    def download(self, text: str) -> Response:
        """Forbidden to everybody, since no licence level is opened (contract/spatial 6)."""
        if caller(self._world) is None:
            return unauthorized()
        if text.isdigit() and self._store.layer(text) is None:
            return html_error(404)
        named = any(row["displayname"] == text for row in self._store.layers())
        return html_error(403 if text.isdigit() or named else 500)

    def fields(self) -> Response:
        if "q" in request.args:
            return self.search_fields()
        return as_json(self._store.fields())

    def indexed_fields(self) -> Response:
        return as_json([row for row in self._store.fields() if row["enabled"] and row["indb"]])

    def search_fields(self) -> Response:
        return as_json(self._matching(request.args.get("q")))

    def search_fields_layers(self) -> Response:
        return as_json([row["layer"] for row in self._matching(request.args.get("q"))])

    def _matching(self, text: Optional[str]) -> List[Row]:
        """Return enabled fields of enabled layers, each with its layer as the search tells it."""
        layers = {str(row["id"]): row for row in self._store.layers() if row["enabled"]}
        found = []
        for field in self._store.fields():
            layer = layers.get(field["spid"])
            if not field["enabled"] or layer is None:
                continue
            if text and text.lower() not in f"{_haystack(layer)}\n{field['name'].lower()}":
                continue
            path = layer["displaypath"].replace("&styles=", "") + f"&style={field['id']}"
            layer = {**layer, "displayname": field["name"], "displaypath": path}
            found.append({**field, "layer": layer})
        return found

    def field(self, fid: str) -> Response:
        field = self._store.field(fid)
        if field is None:
            return Response("", 404)
        start = request.args.get("start", 0, int)
        size = request.args.get("pageSize", -1, int)
        rows = self._store.objects(fid, start, size, request.args.get("q", ""))
        objects = [described_object(self._world, row, field["name"], True) for row in rows]
        count = self._store.count(fid)
        return as_json({**field, "number_of_objects": count, "objects": objects})

    def distances(self) -> Response:
        ids = sorted(row["id"] for row in self._store.fields() if row["type"] == "e")
        return as_json(
            {
                f"{a} {b}": round((sum(map(ord, a + b)) % 97) / 100, 2)
                for i, a in enumerate(ids)
                for b in ids[i + 1 :]
            }
        )

    def association(self) -> Response:
        ids = sorted(row["id"] for row in self._store.fields() if row["type"] == "e")
        lines = ["," + ",".join(ids[:-1])]
        for i, row in enumerate(ids[1:], 1):
            lines.append(
                ",".join([row, *(f"{sum(map(ord, a + row)) % 97 / 100:.2f}" for a in ids[:i])])
            )
        return Response("\n".join(lines) + "\n", content_type="text/csv;charset=UTF-8")


def _haystack(row: Dict[str, Any]) -> str:
    names = ("keywords", "displayname", "name", "domain")
    return "\n".join(str(row.get(name) or "") for name in names).lower()


def _html(body: str) -> Response:
    return Response(
        f'<!doctype html><html lang="en"><head><title>Spatial service</title></head>'
        f"<body>{body}</body></html>",
        content_type="text/html;charset=UTF-8",
    )
