"""Where the user's files go: under a name that every system takes, in the folder of last time."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDir
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from biodiv_plugin import settings
from biodiv_plugin.layers.storage import chosen_file, file_stem


def usual_folder(project: Optional[QgsProject] = None) -> Path:
    """Return the folder of the last download, else that of the project, else one's own.

    Never the working directory: on Windows that is where QGIS is installed. Whether the folder
    is still there is not asked: of a network drive that is off, the answer takes long.
    """
    of_project = project.homePath() if project is not None else ""
    return Path(settings.DOWNLOAD_FOLDER.get() or of_project or QDir.homePath())


def ask_file(
    parent: QWidget, title: str, name: str, ending: str, project: Optional[QgsProject] = None
) -> Optional[Path]:
    """Ask where to save ``name``, a title of any kind; ``None`` where nobody chose.

    ``ending`` begins with a dot. Windows opens no dialog for a proposed name that it forbids.
    """
    folder = usual_folder(project)
    proposed = folder / f"{file_stem(name)}{ending}"
    path, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), f"*{ending}")
    return chosen_file(path, ending, folder) if path else None
