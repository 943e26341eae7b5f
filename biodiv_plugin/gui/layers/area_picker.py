"""Search areas, tick some, and say how they are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Sequence

from qgis.gui import QgsFileWidget, QgsFilterLineEdit
from qgis.PyQt.QtCore import QLocale, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.gui.saving import usual_folder
from biodiv_plugin.layers.storage import chosen_file
from biodiv_plugin.portal.area import PortalArea

PAUSE = 300  # ms after the last key, so that the portal is not asked at each one
_AREA = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class PickedAreas:
    """``target`` is the GeoPackage to write, ``None`` for a temporary layer."""

    areas: tuple[PortalArea, ...]
    merge: bool
    target: Optional[Path]


class AreaPicker(QWidget):
    """What was ticked stays ticked while one searches on."""

    search_requested = pyqtSignal(str)
    load_requested = pyqtSignal(object)  # PickedAreas

    def __init__(self, hint: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._picked: dict[str, PortalArea] = {}
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Areas"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._state = PlainLabel()
        self._state.setWordWrap(True)
        self.merge = QCheckBox(self.tr("Merge into one area"))
        self.file = QgsFileWidget()
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter("GeoPackage (*.gpkg)")
        self.file.lineEdit().setPlaceholderText(self.tr("Temporary layer"))
        self.file.lineEdit().setAccessibleName(self.tr("Save to"))
        self._load = QPushButton(self.tr("Add Polygons"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self._load)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.search, self.list, self._state, self.merge, self.file):
            column.addWidget(widget, 1 if widget is self.list else 0)
        column.addLayout(last)
        self.search.textChanged.connect(self._on_text)
        self.search.returnPressed.connect(self._search)
        self._pause.timeout.connect(self._search)
        self.list.itemChanged.connect(self._on_ticked)
        self._load.clicked.connect(self._on_load)
        self._show_picked()

    def open(self) -> None:
        """Begin anew: nothing is ticked, and all is asked for."""
        self._picked.clear()
        self.list.clear()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show_picked()

    def text(self) -> str:
        return self.search.text().strip()

    def picked(self) -> tuple[PortalArea, ...]:
        return tuple(self._picked.values())

    def set_areas(self, areas: Sequence[PortalArea], told: str) -> None:
        """Show what was found under those that are ticked; ``told`` says how many there are."""
        self.list.blockSignals(True)
        self.list.clear()
        found = {area.pid: area for area in (*self._picked.values(), *areas)}
        for area in found.values():
            item = QListWidgetItem(_title(area))
            item.setToolTip(tip(item.text()))
            item.setData(_AREA, area)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = area.pid in self._picked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._state.setText(told)

    def set_busy(self, busy: bool) -> None:
        self._load.setEnabled(not busy and bool(self._picked))
        self._load.setText(self.tr("Fetching…") if busy else self.tr("Add Polygons"))

    def _on_text(self, _text: str) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self.search_requested.emit(self.text())

    def _on_ticked(self, item: QListWidgetItem) -> None:
        area = item.data(_AREA)
        if item.checkState() == Qt.CheckState.Checked:
            self._picked[area.pid] = area
        else:
            self._picked.pop(area.pid, None)
        self._show_picked()

    def _show_picked(self) -> None:
        self._load.setEnabled(bool(self._picked))
        self.merge.setEnabled(len(self._picked) > 1)

    def _on_load(self) -> None:
        typed = self.file.filePath().strip()
        target = chosen_file(typed, ".gpkg", usual_folder()) if typed else None
        merge = self.merge.isEnabled() and self.merge.isChecked()
        self.load_requested.emit(PickedAreas(self.picked(), merge, target))


def _title(area: PortalArea) -> str:
    facts = [area.field_name] if area.field_name != area.name else []
    if area.area_km2:
        facts.append(f"{QLocale().toString(float(area.area_km2), 'f', 1)} km²")
    return "\n".join(filter(None, (area.name, " · ".join(filter(None, facts)))))
