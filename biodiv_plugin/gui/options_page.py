"""The plugin's page in QGIS's own options: which portal, and how one signs in there."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.core import QgsApplication, QgsFeedback
from qgis.gui import QgsCollapsibleGroupBox, QgsOptionsPageWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QHideEvent
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin import environments, settings
from biodiv_plugin.deletion import prepare
from biodiv_plugin.environments import CUSTOM, Environment, UnknownEnvironment
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.messages import explain
from biodiv_plugin.network import QgisTransport
from biodiv_plugin.tasks.registry import TaskRegistry
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.probe_portal import Probe, probe_portal
from biodiv_plugin.use_cases.tell_account import keyring_name


class OptionsPage(QgsOptionsPageWidget):
    """Nothing is kept until the dialog is accepted; the test runs on what is typed."""

    def __init__(self, on_change: Callable[[], object], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._on_change = on_change
        self._client_ids = {name: settings.client_id(name).get() for name in environments.known()}
        self.portal = QComboBox()
        for name in environments.known():
            self.portal.addItem(_title(name), name)
        self.address = QLineEdit(settings.CUSTOM_PORTAL.get())
        self.address.setPlaceholderText("https://")
        self.issuer = QLineEdit(settings.CUSTOM_ISSUER.get())
        self.issuer.setPlaceholderText("https://…/realms/…")
        self.name_matching = QLineEdit(settings.CUSTOM_NAME_MATCHING.get())
        self.name_matching.setPlaceholderText(self.tr("the portal's own"))
        self.client_id = QLineEdit()
        self.stay = QCheckBox(self.tr("Stay signed in on this computer"))
        self.stay.setChecked(settings.STAY_SIGNED_IN.get())
        self.fault = PlainLabel()
        self.test = PortalTest(self.environment)
        self._lay_out()
        self.portal.setCurrentIndex(max(0, self.portal.findData(settings.ENVIRONMENT.get())))
        self.portal.currentIndexChanged.connect(self._show_portal)
        self.client_id.textEdited.connect(self._keep_client_id)
        for field in (self.address, self.issuer, self.name_matching):
            field.textChanged.connect(self._check)
        self._show_portal()
        prepare(self)

    def environment(self) -> Environment:
        """Return the environment that is shown. Raises ``UnknownEnvironment``."""
        name = self.portal.currentData()
        overrides = {"BIODIV_OIDC_CLIENT_ID": self.client_id.text().strip()}
        if name != CUSTOM:
            return environments.named(name, overrides)
        return environments.custom(
            self.address.text(),
            self.issuer.text(),
            self.name_matching.text(),
            self.client_id.text(),
        )

    def isValid(self) -> bool:  # noqa: N802
        """Return whether the dialog may be accepted: QGIS shows this page where it may not."""
        return not self._fault()

    def apply(self) -> None:
        """Keep what is shown; called by QGIS when the dialog is accepted."""
        before = _kept()
        settings.ENVIRONMENT.set(self.portal.currentData())
        settings.CUSTOM_PORTAL.set(self.address.text().strip())
        settings.CUSTOM_ISSUER.set(self.issuer.text().strip())
        settings.CUSTOM_NAME_MATCHING.set(self.name_matching.text().strip())
        settings.STAY_SIGNED_IN.set(self.stay.isChecked())
        for name, client_id in self._client_ids.items():
            if client_id:
                settings.client_id(name).set(client_id)
            else:
                settings.client_id(name).reset()
        if _kept() != before:
            self._on_change()

    def _lay_out(self) -> None:
        self.fault.setWordWrap(True)
        form = QFormLayout()
        form.addRow(self.tr("Portal"), self.portal)
        self._custom = QWidget()
        custom = QFormLayout(self._custom)
        custom.setContentsMargins(0, 0, 0, 0)
        custom.addRow(self.tr("Address of the portal"), self.address)
        custom.addRow(self.tr("Address for signing in (issuer)"), self.issuer)
        custom.addRow(self.tr("Address of name matching"), self.name_matching)
        form.addRow(self._custom)
        form.addRow(self.tr("Client id of QGIS"), self.client_id)
        self.no_client = PlainLabel(
            self.tr(
                "This portal has not registered QGIS for signing in, as far as we know. What is "
                "open to everyone works. If your administrator gave you a client id, type it here."
            )
        )
        self.no_client.setWordWrap(True)
        form.addRow(self.no_client)
        form.addRow(self.fault)
        stay = PlainLabel(
            self.tr(
                "The proof of your sign-in is then kept in {keyring}, and nowhere else. "
                "Without it you sign in each time that QGIS starts."
            ).format(keyring=keyring_name())
        )
        stay.setWordWrap(True)
        group = QgsCollapsibleGroupBox(self.tr("Signing in"))
        inside = QVBoxLayout(group)
        inside.addWidget(self.stay)
        inside.addWidget(stay)
        content = QWidget()
        column = QVBoxLayout(content)
        column.addLayout(form)
        column.addWidget(group)
        column.addWidget(self.test, 1)
        scroll = QScrollArea()  # on a low screen the page does not press its fields flat
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(content)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)

    def _show_portal(self, _index: int = 0) -> None:
        name = self.portal.currentData()
        self._custom.setVisible(name == CUSTOM)
        self.client_id.setText(self._client_ids[name])
        self.client_id.setPlaceholderText("" if name == CUSTOM else _shipped_client(name))
        self.test.clear()
        self._check()

    def _keep_client_id(self, text: str) -> None:
        self._client_ids[self.portal.currentData()] = text.strip()
        self._check()

    def _check(self, _text: str = "") -> None:
        fault = self._fault()
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        has_client = self.client_id.text().strip() or self.client_id.placeholderText()
        self.no_client.setVisible(not has_client)

    def _fault(self) -> str:
        try:
            shown = self.environment()
        except UnknownEnvironment:
            return self.tr("An address begins with https:// (http:// for this computer alone).")
        if not shown.portal:
            return self.tr("Type the address of the portal.")
        return ""


class PortalTest(QgsCollapsibleGroupBox):
    """Asks each service of the portal that is chosen, and says what answers."""

    _probed = pyqtSignal(object)  # a Probe, told from the worker

    def __init__(self, environment: Callable[[], Environment]) -> None:
        super().__init__()
        self.setTitle(self.tr("Does it answer?"))
        self._environment = environment
        self._task: Optional[PortalTask] = None
        self._tasks = TaskRegistry()
        self.button = QPushButton(self.tr("Test This Portal"))
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.faults = PlainLabel()  # a row of the list has no room for a sentence
        self.faults.setWordWrap(True)
        self.results = QTreeWidget()
        self.results.setRootIsDecorated(False)
        self.results.setHeaderLabels([self.tr("Service"), self.tr("Answer")])
        self.results.setMinimumHeight(160)
        self.results.setAccessibleName(self.tr("What the services answer"))
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.addLayout(line)
        column.addWidget(self.results)
        column.addWidget(self.faults)
        self.button.clicked.connect(self.run)
        self._probed.connect(self._show)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        if not self._tasks.is_idle():
            self.clear()  # the dialog is closed: nobody waits for it

    def clear(self) -> None:
        self._tasks.cancel_all()
        self._task = None
        self.results.clear()
        self.said.clear()
        self.faults.clear()

    def run(self) -> None:
        """Begin; a test that runs ends."""
        self.clear()
        try:
            environment = self._environment()
        except UnknownEnvironment as wrong:
            self.said.setText(explain(wrong))
            return
        self.said.setText(self.tr("Asking {portal}…").format(portal=environment.portal))
        work = partial(_probe, environment, self._probed.emit)
        self._task = PortalTask(self.tr("Test a portal"), work, quiet=True)
        self._task.succeeded.connect(self._finish)
        self._task.failed.connect(self._fail)
        self._tasks.start(self._task)

    def _show(self, probe: Probe) -> None:
        if self._task is None:
            return  # of a test that was given up
        if probe.error is None:
            seconds = self.locale().toString(probe.seconds, "f", 1)
            answer = self.tr("answers, in {seconds} s").format(seconds=seconds)
        else:
            answer = explain(probe.error)
        item = QTreeWidgetItem([service_name(probe.service), answer])
        icon = "/mIconSuccess.svg" if probe.error is None else "/mIconWarning.svg"
        item.setIcon(0, QgsApplication.getThemeIcon(icon))
        item.setToolTip(0, tip(probe.address))
        item.setToolTip(1, tip(answer))
        item.setData(0, Qt.ItemDataRole.UserRole, probe.error is None)
        self.results.addTopLevelItem(item)
        self.results.resizeColumnToContents(0)

    @pyqtSlot(object)
    def _finish(self, probes: object) -> None:
        if self.sender() is not self._task:
            return
        good = sum(probe.error is None for probe in probes)
        self.said.setText(
            self.tr("{good} of {all} services answer.").format(good=good, all=len(probes))
        )
        faults: dict[str, list[str]] = {}  # one line for all that suffer from the same
        for probe in probes:
            if probe.error is not None:
                faults.setdefault(explain(probe.error), []).append(service_name(probe.service))
        self.faults.setText(
            "\n".join(f"{', '.join(names)}: {fault}" for fault, names in faults.items())
        )

    @pyqtSlot(object)
    def _fail(self, error: Exception) -> None:
        if self.sender() is self._task:
            self.said.setText(explain(error))


def service_name(service: str) -> str:
    """Return what a user calls a service of ``probe_portal``."""
    return {
        "sign_in": translate("PortalTest", "Signing in"),
        "occurrences": translate("PortalTest", "Observations"),
        "names": translate("PortalTest", "Names of species"),
        "name_matching": translate("PortalTest", "Name matching"),
        "layers": translate("PortalTest", "Layers and areas"),
        "maps": translate("PortalTest", "Maps"),
        "lists": translate("PortalTest", "Species lists"),
        "alerts": translate("PortalTest", "Notifications"),
        "datasets": translate("PortalTest", "Datasets"),
        "quality": translate("PortalTest", "Quality profiles"),
    }[service]


def _probe(
    environment: Environment, on_probe: Callable[[Probe], object], feedback: QgsFeedback
) -> tuple[Probe, ...]:
    # A transport of its own: of a portal that is only being looked at, nobody is signed in.
    return probe_portal(environment, QgisTransport(), feedback, on_probe)


def _kept() -> tuple[str, ...]:
    """Return what makes it another portal."""
    name = settings.ENVIRONMENT.get()
    custom = (settings.CUSTOM_PORTAL, settings.CUSTOM_ISSUER, settings.CUSTOM_NAME_MATCHING)
    addresses = tuple(setting.get() for setting in custom) if name == CUSTOM else ()
    return (name, settings.client_id(name).get(), *addresses)


def _shipped_client(name: str) -> str:
    return environments.shipped(name).client_id


def _title(name: str) -> str:
    if name == CUSTOM:
        return translate("OptionsPage", "Another portal")
    kinds = {
        "prod": translate("OptionsPage", "the portal"),
        "uat": translate("OptionsPage", "acceptance"),
        "dev": translate("OptionsPage", "development"),
        "demo": translate("OptionsPage", "on this computer"),
    }
    title = environments.shipped(name).title
    return f"{title} ({kinds[name]})" if name in kinds else title
