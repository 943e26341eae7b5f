"""The pages that turn areas of the portal into polygons: any by name, or classes of a layer."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QWidget

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.adder import add_to_group
from biodiv_plugin.gui.layers.area_picker import AreaPicker, PickedAreas
from biodiv_plugin.gui.layers.page import LayerPage
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.load_areas import LoadedAreas, load_areas

SHOWN = 200  # classes of a layer in the list; searching narrows them
FOUND = 40  # places of a search


Found = tuple[str, tuple[PortalArea, ...], str]  # what was searched, the areas, what to say


class PolygonPage(LayerPage):
    """Searches, fetches the shapes in a task that can be stopped, and adds the layer.

    Args:
        find: gives the work that looks a text up, ``None`` where there is nothing to ask.
    """

    loaded = pyqtSignal(object)  # LoadedAreas

    def __init__(
        self,
        title: str,
        hint: str,
        find: Callable[[str], Optional[Callable[[QgsFeedback], Found]]],
        services: Services,
        host: Host,
        parent: Optional[QWidget] = None,
    ) -> None:
        self.picker = AreaPicker(hint)
        super().__init__(title, self.picker, parent)
        self._find, self._services, self._host = find, services, host
        self._loading: Optional[PortalTask] = None
        self._search = LatestTask(
            services.tasks, translate("PolygonPage", "Search areas of the portal"), self
        )
        self._search.succeeded.connect(self._show)
        self._search.failed.connect(self._fail_search)
        self.picker.search_requested.connect(self.search)
        self.picker.load_requested.connect(self.load)

    def search(self, text: str) -> None:
        """Look ``text`` up; what was found for another text meanwhile is dropped."""
        work = self._find(text)
        if work is not None:
            self._search.start(work)
        else:
            self.picker.set_areas((), "")

    def load(self, picked: PickedAreas) -> None:
        """Fetch the polygons of ``picked`` and add them to the map."""
        self.notice.clear()
        self.picker.set_busy(True)
        names = ", ".join(area.name for area in picked.areas)
        work = partial(
            _load, self._services, picked, names if len(names) < 60 else self._layer_name(picked)
        )
        task = PortalTask(translate("PolygonPage", "Fetch areas as polygons"), work)
        task.succeeded.connect(self._on_loaded)
        task.failed.connect(self._fail)
        task.canceled.connect(self._on_canceled)
        self._loading = task
        self.notice.tell(translate("PolygonPage", "The shapes are being fetched…"))
        self.notice.offer(translate("PolygonPage", "Cancel"), self.cancel)
        self._services.tasks.start(task)

    def cancel(self) -> None:
        """Stop the fetching; nothing is added."""
        if self._loading is not None:
            self._loading.cancel()

    def _layer_name(self, picked: PickedAreas) -> str:
        text = translate("PolygonPage", "{n} areas of the portal")
        return text.format(n=len(picked.areas))

    def _show(self, answer: Found) -> None:
        text, areas, told = answer
        if text == self.picker.text():
            self.picker.set_areas(areas, told)

    @pyqtSlot(object)
    def _on_loaded(self, loaded: LoadedAreas) -> None:
        if self.sender() is not self._loading:
            return
        self._loading = None
        self.picker.set_busy(False)
        self.notice.clear()
        add_to_group(self._host, translate("PolygonPage", "Areas"), loaded.layer)
        self._host.select_layer(loaded.layer)
        text = translate("PolygonPage", "“{name}” is on the map. Polygons: {n}.")
        count = loaded.layer.featureCount()
        self.notice.tell(text.format(name=loaded.layer.name(), n=count))
        self.loaded.emit(loaded)

    def _on_canceled(self) -> None:
        self._loading = None
        self.picker.set_busy(False)
        self.notice.tell(translate("PolygonPage", "The fetching was stopped; nothing was added."))

    def _fail_search(self, error: Exception) -> None:
        self.notice.tell_error(error, retry=self._again)

    def _again(self) -> None:
        self.search(self.picker.text())

    def _fail(self, error: Exception) -> None:
        self._loading = None
        self.picker.set_busy(False)
        self.notice.tell_error(error)


class ClassPage(PolygonPage):
    """Some classes of one layer: its areas of one value each."""

    def __init__(self, services: Services, host: Host, parent: Optional[QWidget] = None) -> None:
        hint = translate("ClassPage", "Search its areas")
        super().__init__("", hint, self._classes, services, host, parent)
        self._entry: Optional[LayerEntry] = None

    def open(self, entry: LayerEntry) -> None:
        """Show the areas of ``entry``."""
        self._entry = entry
        self.set_title(translate("ClassPage", "Polygons of {title}").format(title=entry.title))
        self.notice.clear()
        self.picker.open()
        self.search("")

    def _classes(self, text: str) -> Optional[Callable[[QgsFeedback], Found]]:
        if self._entry is None:
            return None
        return partial(_classes, self._services, self._entry.field_id, text)


class GazetteerPage(PolygonPage):
    """Places and regions by name, in all layers that are searched by name."""

    def __init__(self, services: Services, host: Host, parent: Optional[QWidget] = None) -> None:
        super().__init__(
            translate("GazetteerPage", "Areas of the portal"),
            translate("GazetteerPage", "Municipality, nature reserve, grid square…"),
            self._places,
            services,
            host,
            parent,
        )

    def _places(self, text: str) -> Optional[Callable[[QgsFeedback], Found]]:
        return partial(_places, self._services, text) if text else None


def _classes(services: Services, field_id: str, text: str, feedback: QgsFeedback) -> Found:
    field = services.catalogue.field(field_id, SHOWN, text, feedback=feedback)
    shown = len(field.areas)
    if shown < SHOWN and (text or shown):
        told = translate("ClassPage", "Areas: {n}").format(n=shown)
    elif not shown:
        told = translate("ClassPage", "This layer has no areas that can be fetched.")
    else:
        told = translate("ClassPage", "The first {n} of {all}. Search for others.")
        told = told.format(n=shown, all=field.area_count)
    return text, field.areas, told


def _places(services: Services, text: str, feedback: QgsFeedback) -> Found:
    areas = services.areas.search(text, FOUND, feedback=feedback)
    if not areas:
        told = translate("GazetteerPage", "The portal knows no area with this name.")
    elif len(areas) >= FOUND:
        told = translate("GazetteerPage", "There are more; type more of the name.")
    else:
        told = translate("GazetteerPage", "Found: {n}").format(n=len(areas))
    return text, areas, told


def _load(services: Services, picked: PickedAreas, name: str, feedback: QgsFeedback) -> LoadedAreas:
    return load_areas(
        picked.areas, services.areas, name, picked.merge, picked.target, feedback=feedback
    )
