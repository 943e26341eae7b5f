"""``/demo/tokens``: what the identity provider has given out, and the end of it; for tests."""

from __future__ import annotations

from typing import Any

from flask import request

from demo.portal.oidc.browser import Realm


def add_routes(realm: Realm) -> None:
    pages, store = realm.pages, realm.store

    @pages.get("/demo/tokens")
    def tokens() -> Any:
        """The sessions and the lines of refresh tokens; no token itself."""
        with store.lock:
            sessions = [
                {
                    "sid": session.sid,
                    "username": session.username,
                    "capacity": session.capacity_code,
                    "alive": store.session(session.sid) is not None,
                }
                for session in store.sessions.values()
            ]
            clients = [
                {
                    "sid": client.sid,
                    "client_id": client.client_id,
                    "username": client.username,
                    "scope": client.scope,
                    "offline": client.offline,
                    "current": client.current,
                    "dead": store.alive(client),
                }
                for client in store.clients
            ]
        return {"sessions": sessions, "clients": clients, "revoked": len(store.revoked)}

    @pages.delete("/demo/tokens")
    def end_all() -> Any:
        """End all refresh tokens, and all browser sessions unless ``?what=refresh``."""
        with store.lock:
            for client in store.clients:
                client.dead = client.dead or "Session not active"
            if request.args.get("what") != "refresh":
                for session in store.sessions.values():
                    session.ended = True
        return "", 204
