"""Joins the notifications by mail to the portal and to the signed-in browser."""

from __future__ import annotations

from functools import partial
from typing import Optional, Sequence

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.alerts.choices import AlertChoices
from biodiv_plugin.gui.alerts.form import AlertForm
from biodiv_plugin.gui.alerts.hand_over import AlertHandOver
from biodiv_plugin.gui.alerts.panel import AlertPanel
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.portal.alerts import AlertSettings
from biodiv_plugin.portal.errors import InvalidQuery, SignInRequired
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.species_list import SpeciesListInfo
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.complete_query import with_list
from biodiv_plugin.use_cases.end_alerts import EndedAlerts, end_alerts
from biodiv_plugin.use_cases.read_alerts import (
    Notifications,
    Subscription,
    name_frequency,
    read_alerts,
    tell_alerts,
)
from biodiv_plugin.use_cases.resolve_list import ListFilter, resolve_list
from biodiv_plugin.use_cases.subscribe import (
    AlertChange,
    Region,
    change_frequency,
    check_region,
    notify_of_dataset,
    notify_of_found,
    notify_of_list,
    notify_of_query,
    notify_of_region,
    notify_of_taxon,
    subscribe,
    unsubscribe,
)


class AlertMail(QObject):
    """Reads and ends notifications itself, and hands everything else over (contract/lists 3.7)."""

    form_left = pyqtSignal()  # show the notifications again
    watch_offered = pyqtSignal(object)  # an OccurrenceQuery that only a watch can hold

    def __init__(
        self,
        services: Services,
        sign_in: SignInController,
        panel: AlertPanel,
        form: AlertForm,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._sign_in = services, sign_in
        self.panel, self.form = panel, form
        self._stale = True
        self._shown: Optional[Account] = None
        self._agreed: tuple[int, ...] = ()
        self.hand_over = AlertHandOver(services, panel.notice, self)
        self._choices = AlertChoices(services, form, self)
        self._reading = self._latest(self.tr("Read the notifications"), self._show)
        self._ending = self._latest(self.tr("End the notifications"), self._on_ended)
        self._checking = self._latest(self.tr("Look for the area"), self._accept_region)
        self._resolving = self._latest(self.tr("Read a species list"), self._accept_found)
        self._reading.failed.connect(self._on_unread)
        self._ending.failed.connect(self._on_failed)
        self._checking.failed.connect(self._on_no_region)
        self._resolving.failed.connect(panel.notice.tell_error)
        self._connect()

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        return latest

    def _connect(self) -> None:
        panel, form = self.panel, self.form
        for signal, slot in (
            (panel.sign_in_requested, self._ask_sign_in),
            (panel.register_requested, self._register),
            (panel.refresh_requested, self.refresh),
            (panel.page_requested, self._open_page),
            (panel.subscribe_requested, self._subscribe),
            (panel.end_requested, self._end),
            (panel.end_all_requested, self._ask_end_all),
            (panel.frequency_requested, self._set_frequency),
            (form.taxa_accepted, self._accept_taxa),
            (form.dataset_accepted, self._accept_dataset),
            (form.list_accepted, self._accept_list),
            (form.region_accepted, self._check_region),
            (form.canceled, self._checking.cancel),
            (form.query_accepted, self.notify_of_query),
            (self.hand_over.changed, self._on_changed),
            (self._services.session.changed, self._on_session),
        ):
            signal.connect(slot)

    # Reading

    def activate(self) -> None:
        """Read the notifications where that was not done for this person yet."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        if self._services.session.account is None:
            self.panel.show_signed_out()
            return
        self._stale = False
        if not self.panel.found().known:
            self.panel.show_reading()
        self._reading.start(partial(_read, self._services))

    def _show(self, found: Notifications) -> None:
        account = self._services.session.account
        if account is not None:
            self.panel.show_found(found, account.email)

    def _on_changed(self, settings: Optional[AlertSettings]) -> None:
        self._show(tell_alerts(settings))

    def _on_unread(self, error: Exception) -> None:
        self._stale = True
        self.panel.show_failure()
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self.panel.notice.tell_error(error, retry=self.refresh)

    def _on_session(self, _state: object) -> None:
        account = self._services.session.account
        if account == self._shown or self._services.session.state is AuthState.SIGNING_IN:
            return
        self._shown, self._stale, self._agreed = account, True, ()
        for latest in (self._reading, self._ending):
            latest.cancel()
        self.hand_over.forget()
        self.panel.notice.clear()
        self.panel.show_found(Notifications(known=False), "")  # of the person before, nothing
        self.panel.show_signed_out()
        if account is not None and self.panel.isVisible():
            self.refresh()

    def _ask_sign_in(self) -> None:
        self._sign_in.ensure(self.refresh)

    def _register(self) -> None:
        self.panel.show_reading()
        self._reading.start(partial(_register, self._services))

    def _open_page(self) -> None:
        self._services.browser(self._services.alert_pages.mine())

    # Changing what there is

    def _subscribe(self, one: Subscription) -> None:
        account, pages = self._services.session.account, self._services.alert_pages
        if account is not None:
            self.hand_over.start([subscribe(one.alert, one.name, pages, account)])

    def _end(self, one: Subscription) -> None:
        account, pages = self._services.session.account, self._services.alert_pages
        if account is not None:
            self.hand_over.start([unsubscribe(one.alert, one.name, pages, account)])

    def _set_frequency(self, frequency: str) -> None:
        account, pages = self._services.session.account, self._services.alert_pages
        if account is not None:
            told = name_frequency(frequency)
            self.hand_over.start([change_frequency(frequency, told, pages, account)])

    def _ask_end_all(self) -> None:
        mine = self.panel.found().subscribed
        if not mine:
            return
        self.hand_over.stop()
        self._agreed = tuple(one.alert.id for one in mine)
        names = "\n".join(f"• {one.name}" for one in mine)
        notice = self.panel.notice
        notice.tell(
            self.tr("End all of these? The portal then mails you about none of them:")
            + f"\n{names}",
            warning=True,
        )
        notice.offer(self.tr("End All {n}").format(n=len(mine)), self._end_all)
        notice.offer(self.tr("Keep Them"), notice.clear)

    def _end_all(self) -> None:
        self._ending.start(partial(_end_all, self._services, self._agreed))

    def _on_ended(self, outcome: EndedAlerts) -> None:
        self._show(outcome.now)
        if outcome.ended:
            self.panel.notice.tell(self.tr("All notifications have ended. No more mails come."))
        else:
            self.panel.notice.tell(
                self.tr("There are others by now than those shown. Nothing ended; look again."),
                warning=True,
            )

    # Making new ones

    def notify_of_query(self, query: OccurrenceQuery, name: str) -> None:
        filters = self._services.environment.flanders_filter
        pages = self._services.alert_pages
        try:
            change = notify_of_query(query, name, pages, filters)
        except InvalidQuery as error:
            self._refuse(query, error, self.form.notice)
            return
        self._hand_over([change])

    def notify_of_list(self, info: SpeciesListInfo) -> None:
        """Notify of a public list's species; one that is not official is looked into first."""
        pages = self._services.alert_pages
        if info.authoritative:
            self._hand_over([notify_of_list(info.druid, info.name, pages, authoritative=True)])
            return
        self.form_left.emit()
        self.panel.notice.tell(self.tr("Reading the list…"))
        self._resolving.start(partial(_resolve, self._services, info.druid))

    def _accept_found(self, found: ListFilter) -> None:
        pages, filters = self._services.alert_pages, self._services.environment.flanders_filter
        try:
            change = notify_of_found(found, pages, filters)
        except InvalidQuery as error:
            query = with_list(OccurrenceQuery(), found)
            self._refuse(query, error, self.panel.notice)
            return
        self._hand_over([change])

    def _refuse(self, query: OccurrenceQuery, error: InvalidQuery, notice: Notice) -> None:
        if error.part == "length":
            notice.tell(
                self.tr("This question is too long for a notification. QGIS can watch it itself."),
                warning=True,
            )
        else:
            notice.tell_error(error)
        if error.part in ("length", "private_list"):
            notice.offer(self.tr("Watch in QGIS…"), partial(self.watch_offered.emit, query))

    def _accept_taxa(self, taxa: Sequence[TaxonRef]) -> None:
        self._hand_over([notify_of_taxon(taxon, self._services.alert_pages) for taxon in taxa])

    def _accept_dataset(self, uid: str, name: str) -> None:
        self._hand_over([notify_of_dataset(uid, name, self._services.alert_pages)])

    def _accept_list(self, druid: str) -> None:
        self.notify_of_list(self._choices.info(druid))

    def _check_region(self, region: Region) -> None:
        self.form.notice.clear()
        self._checking.start(partial(_check_region, self._services, region))

    def _accept_region(self, region: Region) -> None:
        try:
            change = notify_of_region(region, self._services.alert_pages)
        except InvalidQuery as error:
            self._on_no_region(error)
            return
        self._hand_over([change])

    def _on_no_region(self, error: Exception) -> None:
        notice = self.form.notice
        if isinstance(error, InvalidQuery) and error.part == "area":
            notice.tell(
                self.tr(
                    "The portal files no observations under this area, so no mail would come. "
                    "Ask for the area in Observations, and choose that question here."
                ),
                warning=True,
            )
        else:
            notice.tell_error(error)

    def _hand_over(self, changes: Sequence[AlertChange]) -> None:
        self.form_left.emit()
        self._sign_in.ensure(partial(self.hand_over.start, changes))


def _user(services: Services) -> Account:
    account = services.session.account
    if account is None:
        raise SignInRequired("notifications belong to an account")
    return account


def _read(services: Services, feedback: QgsFeedback) -> Notifications:
    return read_alerts(_user(services).user_id, services.alerts, feedback)


def _register(services: Services, feedback: QgsFeedback) -> Notifications:
    account = _user(services)
    first, _, last = account.name.partition(" ")
    services.alerts.register(account.user_id, account.email, first, last, feedback)
    return read_alerts(account.user_id, services.alerts, feedback)


def _end_all(services: Services, agreed: Sequence[int], feedback: QgsFeedback) -> EndedAlerts:
    return end_alerts(_user(services).user_id, agreed, services.alerts, feedback)


def _check_region(services: Services, region: Region, feedback: QgsFeedback) -> Region:
    return check_region(region, services.occurrences, feedback)


def _resolve(services: Services, druid: str, feedback: QgsFeedback) -> ListFilter:
    return resolve_list(druid, services.species_lists, False, feedback)
