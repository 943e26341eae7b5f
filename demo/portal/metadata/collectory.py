"""/collectory/ws: lists and objects (contract/occurrences 6.2)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any, Dict, Optional

from flask import Blueprint, Response, render_template, request

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.metadata.entities import KINDS, any_entity, document, entities, entity, reference
from demo.portal.world import World

_WS = "/collectory/ws"
_LAST_MODIFIED = "Sun, 01 Nov 2026 06:00:00 GMT"
_NO_PROPERTIES = frozenset({"max", "offset", "sort", "order", "format", "public"})


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the calls on an entity type."""
    kinds = f"<any({', '.join(KINDS)}):kind>"

    def listing(kind: str, summary: bool = False) -> Response:
        return _cached(_listing(world, kind, summary))

    def one(kind: str, uid: str) -> Response:
        found = entity(world, kind, uid)
        if found is None:  # the handler goes on after its text
            rest = json.dumps(_listing(world, kind, False))
            text = f"no entity with uid = {uid}{rest}"
            return Response(text, 404, content_type="text/html;charset=utf-8")
        return _cached(document(world, kind, found))

    def count(kind: str, group: Optional[str] = None) -> Response:
        documents = [document(world, kind, found) for found in entities(world, kind)]
        answer: Dict[str, Any] = {"total": len(documents)}
        if group:
            groups = Counter(str(item.get(group)) for item in documents)
            answer.update(groupBy=group, groups=dict(groups))
        return grails_json(answer)

    def find(kind: str) -> Response:
        uids = request.get_json(force=True, silent=True)
        if not isinstance(uids, list):
            return html_error(400)
        found = (entity(world, kind, str(uid)) for uid in uids)
        return grails_json([document(world, kind, item) for item in found if item])

    def refuse(rest: str = "", kind: str = "") -> Response:
        text = "Unable to write: an administrator's key is required."
        return Response(text, 403, content_type="text/html;charset=utf-8")

    rule = routes.add_url_rule
    rule(f"{_WS}/{kinds}", "collectory_list", listing)
    rule(f"{_WS}/{kinds}/summary", "collectory_summary", listing, defaults={"summary": True})
    rule(f"{_WS}/{kinds}/<uid>", "collectory_one", one)
    rule(f"{_WS}/{kinds}/count", "collectory_count", count)
    rule(f"{_WS}/{kinds}/count/<group>", "collectory_count_by", count)
    rule(f"{_WS}/find/{kinds}", "collectory_find", find, methods=["POST"])
    for path in (f"{_WS}/{kinds}", f"{_WS}/{kinds}/<rest>"):
        methods = ["POST", "PUT", "DELETE"]
        rule(path, f"collectory_write_{len(path)}", refuse, methods=methods)
    _add_names(routes, world)


def _add_names(routes: Blueprint, world: World) -> None:
    def names(uids: str) -> Response:
        found = {uid: any_entity(world, uid) for uid in uids.split(",")}
        return grails_json({uid: item.name for uid, item in found.items() if item})

    def summary(uid: str) -> Response:
        found = any_entity(world, uid)
        if found is None:
            return grails_json({"error": f"unable to find entity for uid = {uid}"}, 404)
        row = found.row
        provider = row and reference(
            world, "dataProvider", row["provider_uid"], row["provider_name"]
        )
        answer = {
            "acronym": None,
            "id": int(uid.lstrip("abcdefghijklmnopqrstuvwxyz") or 0),
            "lsid": None,
            "name": found.name,
            "relatedDataProviders": [provider] if provider else [],
            "relatedDataResources": [],
            "shortDescription": row["pub_description"] if row else None,
            "uid": uid,
            "uri": f"{world.base}/collectory/ws/dataResource/{uid}",
        }
        return grails_json(answer)

    def page(uid: str) -> Response:
        found = any_entity(world, uid)
        if found is None:
            return html_error(404)
        return Response(render_template("collectory.html", entity=found, row=found.row))

    routes.add_url_rule(f"{_WS}/resolveNames/<uids>", "collectory_names", names)
    routes.add_url_rule(f"{_WS}/lookup/summary/<uid>", "collectory_lookup", summary)
    routes.add_url_rule("/collectory/public/show/<uid>", "collectory_page", page)


def _listing(world: World, kind: str, summary: bool) -> list[dict[str, Any]]:
    """Return all entities, whatever page is asked for; other parameters are exact filters."""
    conditions = {name: v for name, v in request.args.items() if name not in _NO_PROPERTIES}
    rows = []
    for found in entities(world, kind):
        if conditions:
            whole = document(world, kind, found)
            if any(str(whole.get(name)) != value for name, value in conditions.items()):
                continue
        row = reference(world, kind, found.uid, found.name)
        rows.append({**row, "logo": None} if summary else row)
    return rows


def _cached(content: Any) -> Response:
    response = grails_json(content)
    response.set_etag(hashlib.sha256(response.data).hexdigest()[:32])
    response.headers["Last-Modified"] = _LAST_MODIFIED
    return response.make_conditional(request)  # type: ignore[return-value]
