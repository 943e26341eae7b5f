"""Joins the filters of the form to the values and numbers that the portal has for them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.occurrences.list_field import ListsToChoose
from biodiv_plugin.gui.occurrences.panel import OccurrencePanel
from biodiv_plugin.gui.occurrences.source_group import BASIS, DATASETS, LICENCES
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.judge_occurrences import Share, shares
from biodiv_plugin.use_cases.weigh_profiles import Weighed, weigh_profiles


class FilterValues(QObject):
    """Asks only for what is open: a folded group costs no request.

    ``query`` gives the question as it was last counted, its area included, or ``None``.
    """

    failed = pyqtSignal(object)  # a PortalError

    def __init__(
        self,
        panel: OccurrencePanel,
        services: Services,
        query: Callable[[], Optional[OccurrenceQuery]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._services, self._query = panel, services, query
        self._lists_known = False
        self._profiles = self._latest(self.tr("Read the quality profiles"), self._show_profiles)
        self._weighing = self._latest(self.tr("Count per quality profile"), self._show_weighed)
        self._values = self._latest(self.tr("Count per dataset"), panel.sources.set_values)
        self._lists = self._latest(self.tr("Read the species lists"), self._show_lists)
        panel.quality.opened.connect(self._weigh)
        panel.sources.opened.connect(self._read_values)
        panel.lists.wanted.connect(self._read_lists)

    def read_profiles(self) -> None:
        client = self._services.quality
        self._profiles.start(lambda feedback: client.profiles(feedback))

    def refresh(self) -> None:
        """Ask anew for what is open; called when the question has been counted."""
        self._panel.quality.set_weighed(None)
        if not self._panel.quality.isCollapsed():
            self._weigh()
        if not self._panel.sources.isCollapsed() or self._panel.sources.lacks_names():
            self._read_values()

    def forget_lists(self) -> None:
        """Read the lists again when they are wanted: another person has others."""
        self._lists_known = False

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        latest.failed.connect(self.failed)
        return latest

    def _show_profiles(self, profiles: object) -> None:
        self._panel.quality.set_profiles(profiles)

    def _weigh(self) -> None:
        query, profiles = self._query(), self._panel.quality.profiles()
        if query is not None and profiles:
            client = self._services.occurrences
            self._weighing.start(lambda feedback: weigh_profiles(query, profiles, client, feedback))

    def _show_weighed(self, weighed: Weighed) -> None:
        if weighed.query == self._query():
            self._panel.quality.set_weighed(weighed)

    def _read_values(self) -> None:
        query = self._query()
        if query is not None:
            self._values.start(partial(_values, self._services, query))

    def _read_lists(self) -> None:
        if not self._lists_known and not self._lists.is_running():
            session = self._services.session
            account = session.account if session.state is AuthState.SIGNED_IN else None
            user_id = account.user_id if account is not None else ""
            self._lists.start(partial(_lists, self._services, user_id))

    def _show_lists(self, lists: ListsToChoose) -> None:
        self._lists_known = True
        self._panel.lists.set_lists(lists)
        self._panel.lists.show_lists()


def _values(
    services: Services, query: OccurrenceQuery, feedback: QgsFeedback
) -> dict[str, tuple[Share, ...]]:
    """Count per value as if none of these filters were set: else one could not add to them."""
    bare = replace(query, datasets=(), basis_of_record=(), licences=())
    fields = (DATASETS, BASIS, LICENCES)
    facets = services.occurrences.facets(bare, fields, limit=-1, feedback=feedback)
    found = {field: shares(field, facets[field]) for field in fields}
    counted = {share.value for share in found[DATASETS]}
    rest = [uid for uid in query.datasets if uid not in counted]
    if rest:
        names = services.collectory.names(rest, feedback)
        found[DATASETS] += tuple(Share(uid, names.get(uid, uid), 0) for uid in rest)
    return found


def _lists(services: Services, user_id: str, feedback: QgsFeedback) -> ListsToChoose:
    client = services.species_lists
    mine = client.mine(user_id, feedback=feedback) if user_id else ()
    return ListsToChoose(mine, client.all(feedback=feedback))
