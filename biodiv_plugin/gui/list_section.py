"""The section *My lists*: one's own lists, then the public ones, and a list as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from qgis.core import QgsFeedback
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.list_model import ListModel
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.sign_in import SignInController
from biodiv_plugin.layers.list_table import list_layer
from biodiv_plugin.portal.species_lists import SpeciesListInfo
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.load_species_list import LoadedList, load_species_list


@dataclass(frozen=True)
class _Lists:
    mine: tuple[SpeciesListInfo, ...]
    public: tuple[SpeciesListInfo, ...]


class ListSection(QWidget):
    """Shows the lists and loads one as a table. Read again when another person signs in."""

    def __init__(self, services: Services, host: Host, sign_in: SignInController) -> None:
        super().__init__()
        self._services, self._host, self._sign_in = services, host, sign_in
        self._stale = True
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("Search lists"))
        self.model = ListModel(self)
        self.view = QTreeView()
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Species lists"))
        self.view.header().setStretchLastSection(False)
        self.view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self.notice = Notice()
        self._load = QPushButton(self.tr("Load as Table"))
        self._load.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._load)
        column = QVBoxLayout(self)
        for widget in (self.search, self.view, self._hint, self.notice):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.search.textChanged.connect(self.model.set_filter)
        self.view.activated.connect(self._load_index)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self._load.clicked.connect(self._load_current)
        services.session.changed.connect(self._on_session)

    def activate(self) -> None:
        """Read the lists; called whenever the section is shown, asks only when it must."""
        if not self._stale:
            return
        self._stale = False
        self._hint.setText(self.tr("Reading the lists…"))
        task = PortalTask(
            self.tr("Read the species lists"), partial(_read, self._services), quiet=True
        )
        task.succeeded.connect(self._show)
        task.failed.connect(self._fail)
        self._services.tasks.start(task)

    def load(self, list_id: str) -> None:
        """Load a list as a table into the project."""
        self.notice.clear()
        signed_in = self._services.session.state is AuthState.SIGNED_IN
        work = partial(load_species_list, list_id, self._services.species_lists, signed_in)
        task = PortalTask(self.tr("Read a species list"), work)
        task.succeeded.connect(self._add_table)
        task.failed.connect(self.notice.tell_error)
        self._services.tasks.start(task)

    def _on_session(self, _state: object) -> None:
        self._stale = True
        self.model.set_lists((), ())  # what the former person saw is not shown to the next
        if self.isVisible():
            self.activate()

    def _show(self, lists: _Lists) -> None:
        self.model.set_lists(lists.mine, lists.public)
        if self._services.session.state is AuthState.SIGNED_IN:
            own = self.tr("You have no lists of your own yet.") if not lists.mine else ""
            self._hint.setText(own)
        else:
            self._hint.setText(self.tr("Sign in to see your own and shared lists as well."))

    def _fail(self, error: Exception) -> None:
        self._stale = True
        self._hint.clear()
        self.notice.tell_error(error, retry=self.activate)

    def _add_table(self, loaded: LoadedList) -> None:
        layer = list_layer(loaded.info.name, loaded.info.druid, loaded.items, loaded.keys)
        self._host.project.addMapLayer(layer)
        self.notice.tell(
            self.tr("{n} names, {matched} of them known to the portal.").format(
                n=len(loaded.items), matched=loaded.matched
            )
        )

    def _on_current(self, index: QModelIndex, _previous: QModelIndex) -> None:
        self._load.setEnabled(self.model.info(index) is not None)

    def _load_current(self) -> None:
        self._load_index(self.view.currentIndex())

    def _load_index(self, index: QModelIndex) -> None:
        info = self.model.info(index)
        if info is not None:
            self.load(info.druid)


def _read(services: Services, feedback: QgsFeedback) -> _Lists:
    client, account = services.species_lists, services.session.account
    mine = client.mine(account.user_id, feedback=feedback) if account else ()
    return _Lists(tuple(mine), tuple(client.all(feedback=feedback)))
