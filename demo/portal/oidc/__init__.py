"""The identity provider of the demo portal: a realm ``vbp`` with the addresses of Keycloak.

Authlib does the protocol; the pages, the people and the faults are ours.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint

from demo.portal.oidc import acm_idm, browser, device, endpoints, inspection
from demo.portal.oidc.provider import Provider
from demo.portal.oidc.store import Store
from demo.portal.world import World


def _belgian_time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, ZoneInfo("Europe/Brussels")).strftime("%d/%m/%Y %H:%M")


def blueprint(world: World) -> Blueprint:
    pages = Blueprint("oidc", __name__)
    store = Store(world)
    realm = browser.Realm(world, store, Provider(world, store), pages)
    endpoints.add_routes(realm)
    browser.add_routes(realm)
    device.add_routes(realm)
    inspection.add_routes(realm)
    acm = acm_idm.add_routes(realm)
    pages.add_app_template_filter(_belgian_time, "belgian_time")
    world.web_user = realm.web_user
    world.on_reset.extend([store.clear, acm.clear])
    return pages
