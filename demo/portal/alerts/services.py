"""/alerts/api, /alerts/ws and /alerts/webservice (contract/lists 3.2 and 3.5)."""

from __future__ import annotations

from typing import Any, Optional, cast

from flask import Blueprint, Response, redirect, request

from demo.portal.alerts.book import Book
from demo.portal.alerts.queries import MAKERS, Maker, link
from demo.portal.bearer import Caller
from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.guard import class_a
from demo.portal.sessions import Sessions
from demo.portal.world import World

SERVICE = "alerts"
_ADMIN_SCOPE = "ala/internal"


def add_routes(routes: Blueprint, world: World, book: Book) -> None:
    """Add the services.

    Switches: ``alerts.own_id`` (upstream's later rule: one's own data whatever id is named),
    ``alerts.myannotation`` (notifications on one's own annotations exist).
    """
    services = _Services(world, book)
    rules = (
        ("api/alerts/user/<user_id>", services.configuration, "GET"),
        ("api/alerts/user/<user_id>/unsubscribe", services.unsubscribe, "POST"),
        ("api/alerts/user/createAlerts", services.register, "POST"),
        ("webservice/subscribeMyAnnotationWS", services.annotate, "POST"),
        ("webservice/unsubscribeMyAnnotationWS", services.no_annotate, "POST"),
    )
    for path, view, method in rules:
        guarded = class_a()(view)
        routes.add_url_rule(
            f"/{SERVICE}/{path}",
            f"alerts_{path}",
            lambda v=guarded, **values: v(world, **values),
            methods=[method],
        )
    routes.add_url_rule("/alerts/ws/alerts/user/<user_id>", "alerts_open", services.open_user)
    for base in ("ws", "webservice"):
        for action, maker in MAKERS.items():
            for name, view in ((action, services.create), (maker.lookup, services.look_up)):
                routes.add_url_rule(
                    f"/{SERVICE}/{base}/{name}",
                    f"alerts_{base}_{name}",
                    lambda v=view, a=action, m=maker: v(a, m),
                )
        routes.add_url_rule(
            f"/{SERVICE}/{base}/deleteAlert/<int:number>", f"alerts_{base}_delete", services.delete
        )


class _Services:
    def __init__(self, world: World, book: Book) -> None:
        self._world = world
        self._book = book

    def _meant(self, caller: Caller, user_id: str) -> str:
        """Return whose data are asked for: whoever is named, unless the later rule is on."""
        own_rule = self._world.faults.on("alerts.own_id") is not None
        trusted = caller.has_role("ROLE_ADMIN") or _ADMIN_SCOPE in caller.scopes
        return str(caller.user_id) if own_rule and not trusted else user_id

    def _annotations(self) -> bool:
        return self._world.faults.on("alerts.myannotation") is not None

    def configuration(self, world: World, caller: Caller, user_id: str) -> Response:
        user_id = self._meant(caller, user_id)
        if user_id not in self._book.users:
            return grails_json({"error": f"can't find a user with userId {user_id}"}, 404)
        return grails_json(self._book.configuration(user_id, self._annotations()))

    def unsubscribe(self, world: World, caller: Caller, user_id: str) -> Response:
        user_id = self._meant(caller, user_id)
        if user_id not in self._book.users:
            return html_error(404)
        self._book.unsubscribe(user_id)
        return grails_json({"success": True})

    def register(self, world: World, caller: Caller) -> Response:
        user_id, email = request.values.get("userId", ""), request.values.get("email", "")
        if not user_id:
            return html_error(400)
        user_id = self._meant(caller, user_id)
        known = user_id in self._book.users
        if not known and not email:
            return html_error(500)
        self._book.register(user_id, email)
        mine = self._book.subscribed(user_id)
        names = [self._book.queries[n].name for n in mine if not self._book.queries[n].custom]
        return grails_json(names, 200 if known else 201)

    def annotate(self, world: World, caller: Caller) -> Response:
        return self._annotate(True)

    def no_annotate(self, world: World, caller: Caller) -> Response:
        return self._annotate(False)

    def _annotate(self, wanted: bool) -> Response:
        user_id = request.values.get("userId", "")
        if not self._annotations() or user_id not in self._book.users:
            return html_error(404)
        change = self._book.with_annotations.add if wanted else self._book.with_annotations.discard
        change(user_id)
        return grails_json({"success": True})

    def open_user(self, user_id: str) -> Response:
        """Answer the call that asks nobody who they are."""
        if user_id not in self._book.users:
            return html_error(500)
        return grails_json(self._book.configuration(user_id, self._annotations()))

    def create(self, action: str, maker: Maker) -> Response:
        """Store a custom type. Without a session nobody is subscribed, and nobody is told."""
        args = request.args
        if maker.missing(args):
            return html_error(400)
        number = self._book.add_query(maker.make(args, self._world.base))
        user_id = self._session_user()
        if user_id is not None:
            self._book.subscribe(user_id, number)
        return cast(Response, redirect(args.get("redirect") or f"/{SERVICE}/"))

    def _session_user(self) -> Optional[str]:
        session = Sessions.of(self._world).current(SERVICE)
        if session is None or session.user_id is None:
            return None
        if session.user_id not in self._book.users and not session.email:
            return None
        return self._book.register(session.user_id, session.email or "").user_id

    def look_up(self, action: str, maker: Maker) -> Response:
        """Answer JavaScript that tells whether the session's person has such a notification."""
        args = request.args
        if maker.missing(args):
            return html_error(400)
        query = maker.make(args, self._world.base)
        user_id = self._session_user()
        mine = [
            item
            for item in self._book.notifications
            if item.user_id == user_id and self._book.queries[item.query_id] == query
        ]
        members = [
            f'"alertExists":{"true" if mine else "false"}',
            f' "link" : "{link(action, args)}"',
            f' "name" : "{query.name}"',
        ]
        if mine:
            members.append(f' "deleteLink" : "null/ws/deleteAlert/{mine[0].id}"')
        text = "alertsCallback({" + ",".join(members) + "});"
        return Response(text, content_type="text/javascript;charset=utf-8")

    def delete(self, number: int) -> Response:
        self._book.delete_notification(number)
        return cast(Response, redirect(f"/{SERVICE}/"))


__all__: list[Any] = ["SERVICE", "add_routes"]
