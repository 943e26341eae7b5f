"""Start the plugin in a QGIS without a window, and report what that alone brought in.

python start.py PLUGINS_FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import MagicMock

from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsNetworkRequestParameters
from qgis.gui import QgsGui
from qgis.PyQt.QtWidgets import QMainWindow

requests: list[str] = []
application = QgsApplication([], True)
application.initQgis()
QgsGui.instance()  # has its own files, and is there before any plugin
manager = QgsNetworkAccessManager.instance()
manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(
    lambda asked: requests.append(asked.request().url().host())
)
profile = Path(QgsApplication.qgisSettingsDirPath())
modules = set(sys.modules)
files = set(profile.rglob("*"))

sys.path.insert(0, sys.argv[1])
import biodiv_plugin  # noqa: E402

iface = MagicMock()
iface.mainWindow.return_value = QMainWindow()
plugin = biodiv_plugin.classFactory(iface)
plugin.initGui()
application.processEvents()
report = {
    "modules": sorted(set(sys.modules) - modules),
    "files": sorted(map(str, set(profile.rglob("*")) - files)),
    "requests": requests,
}
plugin.unload()
application.processEvents()
print(json.dumps(report))
application.exitQgis()
