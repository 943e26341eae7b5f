"""One's own polygons as an area of the portal: only with consent, since everybody can see it."""

from __future__ import annotations

import json
from functools import partial

from qgis.core import QgsFeedback, QgsGeometry, QgsMapLayerProxyModel
from qgis.gui import QgsCollapsibleGroupBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.services import Services
from biodiv_plugin.settings import Setting
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.upload_area import delete_area, neutral_name, upload_area

_AREA = Qt.ItemDataRole.UserRole + 1


class AreaUpload(QgsCollapsibleGroupBox):
    """Uploads, and deletes what was uploaded from this profile."""

    uploaded = pyqtSignal(object)  # a PortalArea
    deleted = pyqtSignal(str)  # a pid

    def __init__(self, services: Services, host: Host, sign_in: SignInController) -> None:
        super().__init__()
        self._services, self._host, self._sign_in = services, host, sign_in
        self._kept = Setting(f"uploaded_areas/{services.environment.id}", "[]")
        self.layer = QgsMapLayerComboBox()
        self.name = QLineEdit(neutral_name())
        self.consent = QCheckBox(self.tr("I agree to that"))
        self.notice = Notice()
        self._upload = QPushButton(self.tr("Upload"))
        self.list = QListWidget()
        self._delete = QPushButton(self.tr("Delete From the Portal"))
        self._lay_out()
        self.consent.toggled.connect(self._on_consent)
        self._upload.clicked.connect(self._ask_upload)
        self._delete.clicked.connect(self._ask_delete)
        self.list.itemSelectionChanged.connect(self._on_selected)
        self._show_kept()

    def _lay_out(self) -> None:
        self.setTitle(self.tr("Upload an area of your own"))
        self.setCollapsed(True)
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer.setAccessibleName(self.tr("Layer with the polygons"))
        self.name.setAccessibleName(self.tr("Name, which everybody can read"))
        warning = PlainLabel(
            self.tr(
                "Everybody can see an uploaded area and its name, and anybody who is signed in "
                "can delete it. Upload no sensitive places, and keep the name neutral."
            )
        )
        warning.setWordWrap(True)
        self._upload.setEnabled(False)
        self._delete.setEnabled(False)
        self.list.setAccessibleName(self.tr("Areas uploaded from here"))
        self.list.setMaximumHeight(70)
        form = QFormLayout()
        form.addRow(self.tr("Polygons"), self.layer)
        form.addRow(self.tr("Name"), self.name)
        main, more = QHBoxLayout(), QHBoxLayout()
        for row, button in ((main, self._upload), (more, self._delete)):
            row.addStretch(1)
            row.addWidget(button)
        content = QWidget()  # the box shows all its children when it opens, hidden ones as well
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(warning)
        column.addWidget(self.consent)
        column.addLayout(main)
        column.addWidget(self.notice)
        column.addWidget(self.list)
        column.addLayout(more)
        QVBoxLayout(self).addWidget(content)

    def kept(self) -> tuple[PortalArea, ...]:
        """Return the areas that were uploaded from this profile and not deleted since."""
        try:
            return tuple(PortalArea(pid=pid, name=name) for pid, name in self._stored())
        except (TypeError, ValueError):  # somebody edited the settings
            return ()

    def _stored(self) -> list[list[str]]:
        return list(json.loads(self._kept.get()))

    def _keep(self, areas: tuple[PortalArea, ...]) -> None:
        self._kept.set(json.dumps([[area.pid, area.name] for area in areas]))
        self._show_kept()

    def _show_kept(self) -> None:
        self.list.clear()
        for area in self.kept():
            item = QListWidgetItem(f"{area.name} ({area.pid})")
            item.setData(_AREA, area)
            self.list.addItem(item)
        shown = self.list.count() > 0
        self.list.setVisible(shown)
        self._delete.setVisible(shown)

    def _on_consent(self, agreed: bool) -> None:
        self._upload.setEnabled(agreed)

    def _on_selected(self) -> None:
        self._delete.setEnabled(bool(self.list.selectedItems()))

    def _ask_upload(self) -> None:
        self.notice.clear()
        if self.layer.currentLayer() is None:
            self.notice.tell(self.tr("Choose a layer with polygons first."), warning=True)
            return
        self._sign_in.ensure(self._start_upload)

    def _start_upload(self) -> None:
        layer = self.layer.currentLayer()
        account = self._services.session.account
        if layer is None or account is None:
            self.notice.tell_error(SignInRequired("an upload needs an account"))
            return
        chosen = layer.selectedFeatures() or layer.getFeatures()
        geometries = [QgsGeometry(feature.geometry()) for feature in chosen]
        work = partial(
            _upload,
            self._services,
            geometries,
            layer.crs(),
            self._host.project.transformContext(),
            self.name.text(),
            self.consent.isChecked(),
            account.user_id,
        )
        task = PortalTask(self.tr("Upload an area"), work)
        task.succeeded.connect(self._on_uploaded)
        task.failed.connect(self._fail)
        task.canceled.connect(self._on_ended)
        self._upload.setEnabled(False)
        self._services.tasks.start(task)

    def _on_uploaded(self, area: PortalArea) -> None:
        self._keep((*self.kept(), area))
        self.consent.setChecked(False)  # each upload is agreed to by itself
        self.name.setText(neutral_name())
        text = self.tr("The area is on the portal as {pid}.")
        self.notice.tell(text.format(pid=area.pid))
        self.uploaded.emit(area)

    def _ask_delete(self) -> None:
        if self.list.selectedItems():
            self.notice.clear()
            self._sign_in.ensure(self._start_delete)

    def _start_delete(self) -> None:
        chosen = self.list.selectedItems()
        if not chosen:
            return
        area = chosen[0].data(_AREA)
        task = PortalTask(self.tr("Delete an area"), partial(_delete, self._services, area.pid))
        task.succeeded.connect(self._on_deleted)
        task.failed.connect(self._fail)
        self._services.tasks.start(task)

    def _on_deleted(self, pid: str) -> None:
        self._keep(tuple(area for area in self.kept() if area.pid != pid))
        self.notice.tell(self.tr("The area is no longer on the portal."))
        self.deleted.emit(pid)

    def _fail(self, error: Exception) -> None:
        self._on_ended()
        self.notice.tell_error(error)

    def _on_ended(self) -> None:
        self._upload.setEnabled(self.consent.isChecked())


def _upload(
    services: Services,
    geometries: list[QgsGeometry],
    crs: object,
    context: object,
    name: str,
    consent: bool,
    user_id: str,
    feedback: QgsFeedback,
) -> PortalArea:
    return upload_area(geometries, crs, context, name, consent, user_id, services.areas, feedback)


def _delete(services: Services, pid: str, feedback: QgsFeedback) -> str:
    return delete_area(pid, services.areas, feedback)
