"""Pictures of records: fetched while somebody looks, and kept while QGIS is open."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import Iterable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QImageReader

from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.portal.images import ImageClient
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.read_picture import Picture, read_picture

KEPT = 200  # pictures, the latest
SIDE = 96  # pixels, the longer one
_WIDEST = 4096  # pixels of a picture that is read at all


class PictureAlbum(QObject):
    """One picture after the other, in the order in which they are shown.

    One that cannot be had is left out: it is an adornment, and the log tells why.
    """

    came = pyqtSignal()  # ``picture`` knows one more

    def __init__(self, services: Services, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services = services
        self._kept: OrderedDict[str, tuple[QImage, str]] = OrderedDict()
        self._waiting: list[str] = []
        self._fetching = LatestTask(services.tasks, self.tr("Fetch pictures"), self)
        self._fetching.succeeded.connect(self._keep)
        self._fetching.failed.connect(self._go_on)
        prepare(self)

    def fetch(self, images: Iterable[str]) -> None:
        """Fetch what is not known of these; what was asked before and not fetched is dropped."""
        self._waiting = [image for image in dict.fromkeys(images) if image not in self._kept]
        self._go_on()

    def picture(self, image: str) -> Optional[tuple[QImage, str]]:
        """Return a picture and who made it, ``None`` where it is not known (yet)."""
        found = self._kept.get(image)
        return found if found is not None and not found[0].isNull() else None

    def cancel(self) -> None:
        self._waiting.clear()
        self._fetching.cancel()

    def _go_on(self, _error: object = None) -> None:
        self._fetching.cancel()
        if self._waiting:
            work = partial(_read, self._waiting.pop(0), self._services.images)
            self._fetching.start(work)

    def _keep(self, picture: Picture) -> None:
        self._kept[picture.id] = (small(picture.content), picture.credit)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.came.emit()
        self._go_on()


def small(content: bytes) -> QImage:
    """Return a picture scaled to ``SIDE``, a null one where the file is none or is enormous."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _WIDEST:
        return QImage()
    keep = Qt.AspectRatioMode.KeepAspectRatio
    reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), keep))
    return reader.read()


def _read(image: str, images: ImageClient, feedback: QgsFeedback) -> Picture:
    return read_picture(image, images, feedback)
