"""/alerts/notification and /alerts/unsubscribe, for a browser (contract/lists 3.4 and 3.6)."""

from __future__ import annotations

from typing import Any, Callable, Optional, cast

from flask import Blueprint, Response, make_response, redirect, render_template, request

from demo.portal.alerts.book import FREQUENCIES, Book
from demo.portal.alerts.services import SERVICE
from demo.portal.bearer import Caller
from demo.portal.error_pages import html_error
from demo.portal.sessions import Sessions, admin
from demo.portal.world import World

_MY_ALERTS = "/alerts/notification/myAlerts"
_LABELS = {
    "hourly": "per uur",
    "daily": "dagelijks",
    "weekly": "wekelijks",
    "monthly": "maandelijks",
}
_SUCCESS = '{ "success" : true }'


def add_routes(routes: Blueprint, world: World, book: Book) -> None:
    """Add the pages. Below /notification a session is forced, elsewhere it is not."""
    pages = _Pages(world, book)
    rules: tuple[tuple[str, Callable[..., Response]], ...] = (
        ("myAlerts", pages.my_alerts),
        ("addMyAlert/<int:number>", pages.add),
        ("deleteMyAlert/<int:number>", pages.delete),
        ("deleteMyAlertWR/<int:number>", pages.delete_and_return),
        ("changeFrequency", pages.change_frequency),
        ("subscribeMyAnnotation", lambda: pages.annotate(True)),
        ("unsubscribeMyAnnotation", lambda: pages.annotate(False)),
    )
    for path, view in rules:
        routes.add_url_rule(
            f"/{SERVICE}/notification/{path}", f"alerts_{path}", pages.with_session(view)
        )
    routes.add_url_rule(f"/{SERVICE}/", "alerts_home", lambda: redirect(_MY_ALERTS))
    routes.add_url_rule(f"/{SERVICE}/unsubscribe", "alerts_unsubscribe_page", pages.ask)
    routes.add_url_rule(
        f"/{SERVICE}/unsubscribe/unsubscribe",
        "alerts_unsubscribe",
        pages.unsubscribe,
        methods=["POST"],
    )


def _success() -> Response:
    return Response(_SUCCESS, content_type="text/html;charset=utf-8")


class _Pages:
    def __init__(self, world: World, book: Book) -> None:
        self._world = world
        self._book = book

    def _session(self) -> Optional[Caller]:
        return Sessions.of(self._world).current(SERVICE)

    def with_session(self, view: Callable[..., Response]) -> Callable[..., Response]:
        def answer(**values: Any) -> Response:
            if self._session() is None:
                return Sessions.of(self._world).login(SERVICE)
            return view(**values)

        return answer

    def _user_id(self) -> Optional[str]:
        """Return whose notifications these are: an administrator must always name somebody."""
        session = self._session()
        if session is None:
            return None
        user_id = request.args.get("userId") if admin(session) else session.user_id
        return user_id if user_id in self._book.users else None

    def my_alerts(self) -> Response:
        session = self._session()
        user_id = session.user_id if session else None
        if session is None or user_id is None:
            return html_error(404)
        if user_id not in self._book.users and not session.email:
            return html_error(500)
        user = self._book.register(user_id, session.email or "")
        mine = self._book.subscribed(user_id)
        queries = self._book.queries
        return make_response(
            render_template(
                "alerts/my_alerts.html",
                user=user,
                person=session.username,
                standard=[(n, q, n in mine) for n, q in queries.items() if not q.custom],
                custom=[(number, queries[number]) for number in mine if queries[number].custom],
                frequencies=[(number, name, _LABELS[name]) for number, name, _ in FREQUENCIES],
            )
        )

    def add(self, number: int) -> Response:
        user_id = self._user_id()
        if user_id is None or number not in self._book.queries:
            return html_error(404, "Unrecognised user")
        self._book.subscribe(user_id, number)
        return _success()

    def delete(self, number: int) -> Response:
        """Unsubscribe. The view is only shown when there was nothing to delete."""
        user_id = self._user_id()
        if user_id is None:
            return html_error(404, "Unrecognised user")
        if self._book.unsubscribe(user_id, number):
            return Response("", content_type="text/html;charset=utf-8")
        return _success()

    def delete_and_return(self, number: int) -> Response:
        user_id = self._user_id()
        if user_id is None:
            return html_error(404, "Unrecognised user")
        self._book.unsubscribe(user_id, number)
        return cast(Response, redirect(_MY_ALERTS))

    def change_frequency(self) -> Response:
        user_id = self._user_id()
        if user_id is None:
            return html_error(404, "Unrecognised user")
        self._book.set_frequency(user_id, request.args.get("frequency", ""))
        return _success()

    def annotate(self, wanted: bool) -> Response:
        user_id = self._user_id()
        if user_id is None:
            return html_error(500)
        change = self._book.with_annotations.add if wanted else self._book.with_annotations.discard
        change(user_id)
        return Response('{"success":true}', content_type="application/json;charset=utf-8")

    def _meant(self, token: str) -> Optional[tuple[str, Optional[int]]]:
        """Return whom and which type a token, or else the session, stands for."""
        for item in self._book.notifications:
            if token and token == item.token:
                return item.user_id, item.query_id
        for user in self._book.users.values():
            if token and token == user.token:
                return user.user_id, None
        user_id = None if token else self._user_id()
        return (user_id, None) if user_id else None

    def ask(self) -> Response:
        token = request.args.get("token", "")
        meant = self._meant(token)
        if meant is None:
            return html_error(400)
        query = self._book.queries.get(meant[1] or 0)
        return make_response(
            render_template("alerts/unsubscribe.html", token=token, query=query, done=False)
        )

    def unsubscribe(self) -> Response:
        meant = self._meant(request.form.get("token", ""))
        if meant is None:
            return html_error(400)
        if not self._book.unsubscribe(*meant):
            return html_error(404)
        return make_response(render_template("alerts/unsubscribe.html", done=True))
