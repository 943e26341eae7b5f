"""The composition root: who is made of what. Each part is made on first use."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from biodiv_plugin import environments
from biodiv_plugin.environments import Environment

if TYPE_CHECKING:
    from qgis.core import QgsCoordinateTransformContext

    from biodiv_plugin.auth.bearer import BearerInjector
    from biodiv_plugin.auth.browser import Browser
    from biodiv_plugin.auth.session import AuthSession
    from biodiv_plugin.auth.token_store import TokenStore
    from biodiv_plugin.portal.alerts import AlertClient, AlertPages
    from biodiv_plugin.portal.analyses import AnalysisClient
    from biodiv_plugin.portal.areas import AreaClient
    from biodiv_plugin.portal.catalogue import CatalogueClient
    from biodiv_plugin.portal.collectory import CollectoryClient
    from biodiv_plugin.portal.downloads import DownloadClient
    from biodiv_plugin.portal.http import Transport
    from biodiv_plugin.portal.images import ImageClient
    from biodiv_plugin.portal.intersect import IntersectClient
    from biodiv_plugin.portal.logger import LoggerClient
    from biodiv_plugin.portal.occurrences import OccurrenceClient
    from biodiv_plugin.portal.quality import QualityClient
    from biodiv_plugin.portal.species_lists import SpeciesListClient
    from biodiv_plugin.portal.taxa import TaxonClient
    from biodiv_plugin.tasks.catalogue_feed import CatalogueFeed
    from biodiv_plugin.tasks.map_server_feed import MapServerFeed
    from biodiv_plugin.tasks.registry import TaskRegistry
    from biodiv_plugin.use_cases.area_report import ReportClients
    from biodiv_plugin.use_cases.download_occurrences import DownloadServices
    from biodiv_plugin.use_cases.list_backup import ListStore
    from biodiv_plugin.use_cases.watch_store import WatchStore


class Services:
    """Hands out the clients, the session and the tasks of one environment.

    A test passes an environment or a transport of its own. Another environment means another
    ``Services``: no session, token or answer of one portal can reach another.
    """

    def __init__(
        self, environment: Optional[Environment] = None, transport: Optional[Transport] = None
    ) -> None:
        self._environment = environment
        self._transport = transport

    @cached_property
    def environment(self) -> Environment:
        """The active portal. Raises ``UnknownEnvironment``."""
        return self._environment or environments.active()

    @cached_property
    def transport(self) -> Transport:
        from biodiv_plugin.network import QgisTransport

        if self._transport is not None:
            return self._transport
        session = self.session
        return QgisTransport(
            prepare=lambda request, feedback: session.ensure_fresh(feedback),
            on_unauthorized=session.refused,
        )

    @cached_property
    def open_transport(self) -> Transport:
        """The transport that knows no session: what the session itself signs in with."""
        from biodiv_plugin.network import QgisTransport

        return self._transport or QgisTransport()

    @cached_property
    def session(self) -> AuthSession:
        from biodiv_plugin.auth.session import AuthSession

        return AuthSession(self.environment, self.open_transport, self.token_store)

    @cached_property
    def token_store(self) -> TokenStore:
        from qgis.core import QgsApplication

        from biodiv_plugin.auth.token_store import TokenStore

        profile = Path(QgsApplication.qgisSettingsDirPath())
        return TokenStore(self.environment.issuer, self.environment.client_id, profile)

    @cached_property
    def bearer(self) -> BearerInjector:
        from biodiv_plugin.auth.bearer import BearerInjector, default_rules

        return BearerInjector(default_rules(self.environment), self.session)

    @cached_property
    def browser(self) -> Browser:
        from biodiv_plugin.auth.browser import Browser

        return Browser()

    @cached_property
    def occurrences(self) -> OccurrenceClient:
        from biodiv_plugin.portal.occurrences import OccurrenceClient

        base = self.environment.service("biocache-service")
        return OccurrenceClient(self.transport, base, self.environment.flanders_filter)

    @cached_property
    def downloads(self) -> DownloadClient:
        from biodiv_plugin.portal.downloads import DownloadClient

        base = self.environment.service("biocache-service")
        return DownloadClient(self.transport, base, self.environment.flanders_filter)

    @cached_property
    def taxa(self) -> TaxonClient:
        from biodiv_plugin.portal.taxa import TaxonClient

        bie = self.environment.service("bie-index")
        return TaxonClient(self.transport, bie, self.environment.name_matching)

    @cached_property
    def species_lists(self) -> SpeciesListClient:
        from biodiv_plugin.portal.species_lists import SpeciesListClient

        return SpeciesListClient(self.transport, self.environment.lists)

    @cached_property
    def list_store(self) -> ListStore:
        from qgis.core import QgsApplication

        from biodiv_plugin.use_cases.list_backup import ListStore

        portal = re.sub("[^a-z0-9.]+", "-", self.environment.portal.partition("//")[2].lower())
        return ListStore(Path(QgsApplication.qgisSettingsDirPath()) / "biodiv" / "lists" / portal)

    @cached_property
    def catalogue(self) -> CatalogueClient:
        from biodiv_plugin.portal.catalogue import CatalogueClient

        return CatalogueClient(self.transport, self.environment.service("spatial-service"))

    @cached_property
    def catalogue_feed(self) -> CatalogueFeed:
        """The catalogue for all who show it; its copy lies in the profile, one a portal."""
        from hashlib import sha256

        from qgis.core import QgsApplication

        from biodiv_plugin.tasks.catalogue_feed import CatalogueFeed
        from biodiv_plugin.use_cases.read_catalogue import CatalogueCopy

        folder = Path(QgsApplication.qgisSettingsDirPath(), "biodiv", "catalogue")
        name = sha256(self.environment.portal.encode("utf-8")).hexdigest()[:16]
        return CatalogueFeed(self.catalogue, CatalogueCopy(folder / f"{name}.json"), self.tasks)

    @cached_property
    def map_server(self) -> MapServerFeed:
        from biodiv_plugin.tasks.map_server_feed import MapServerFeed

        geoserver = self.environment.service("geoserver")
        return MapServerFeed(geoserver, self.transport, self.tasks)

    @cached_property
    def areas(self) -> AreaClient:
        from biodiv_plugin.portal.areas import AreaClient

        return AreaClient(self.transport, self.environment.service("spatial-service"))

    @cached_property
    def intersect(self) -> IntersectClient:
        from biodiv_plugin.portal.intersect import IntersectClient

        return IntersectClient(self.transport, self.environment.service("spatial-service"))

    @cached_property
    def analyses(self) -> AnalysisClient:
        from biodiv_plugin.portal.analyses import AnalysisClient

        return AnalysisClient(self.transport, self.environment.service("spatial-service"))

    @cached_property
    def alerts(self) -> AlertClient:
        from biodiv_plugin.portal.alerts import AlertClient

        return AlertClient(self.transport, self.environment.service("alerts"))

    @cached_property
    def alert_pages(self) -> AlertPages:
        from biodiv_plugin.portal.alerts import AlertPages

        return AlertPages(self.environment.portal)

    @cached_property
    def watch_store(self) -> WatchStore:
        from qgis.core import QgsApplication

        from biodiv_plugin.use_cases.watch_store import WatchStore

        portal = re.sub("[^a-z0-9.]+", "-", self.environment.portal.partition("//")[2].lower())
        return WatchStore(Path(QgsApplication.qgisSettingsDirPath(), "biodiv", "watches", portal))

    @cached_property
    def images(self) -> ImageClient:
        from biodiv_plugin.portal.images import ImageClient

        return ImageClient(self.transport, self.environment.service("image-service"))

    @cached_property
    def collectory(self) -> CollectoryClient:
        from biodiv_plugin.portal.collectory import CollectoryClient

        return CollectoryClient(self.transport, self.environment.service("collectory"))

    @cached_property
    def quality(self) -> QualityClient:
        from biodiv_plugin.portal.quality import QualityClient

        base = self.environment.service("data-quality-filter-service")
        return QualityClient(self.transport, base)

    @cached_property
    def usage_reasons(self) -> LoggerClient:
        from biodiv_plugin.portal.logger import LoggerClient

        return LoggerClient(self.transport, self.environment.service("logger"))

    def for_download(self, context: QgsCoordinateTransformContext) -> DownloadServices:
        """What a download asks. Raises ``SignInRequired`` where nobody is signed in."""
        from biodiv_plugin.portal.errors import SignInRequired
        from biodiv_plugin.use_cases.download_occurrences import DownloadServices

        account = self.session.account
        if account is None:
            raise SignInRequired("a download needs an account")
        return DownloadServices(
            downloads=self.downloads,
            occurrences=self.occurrences,
            collectory=self.collectory,
            environment=self.environment,
            roles=account.roles,
            transform_context=context,
        )

    @cached_property
    def for_report(self) -> ReportClients:
        """What a report of an area asks."""
        from biodiv_plugin.use_cases.area_report import ReportClients

        return ReportClients(self.occurrences, self.species_lists, self.intersect, self.collectory)

    @cached_property
    def tasks(self) -> TaskRegistry:
        from biodiv_plugin.tasks.registry import TaskRegistry

        return TaskRegistry()

    def close(self) -> None:
        """Stop what runs and disarm the token; what was never made is not made for it."""
        if "tasks" in self.__dict__:
            self.tasks.cancel_all()
        if "bearer" in self.__dict__:
            self.bearer.remove()
        if "session" in self.__dict__:
            self.session.close()
