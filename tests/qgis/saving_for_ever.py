"""A QGIS that saves a species list and is not answered: to be killed meanwhile.

python -m tests.qgis.saving_for_ever FOLDER [DRUID]

The portal is that of the process environment. FOLDER keeps backups and notes. With DRUID the list
is opened as a table, a name is added and the table is published; else a new list is made.
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Thread

from qgis.core import QgsApplication, QgsFeature, QgsProject
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow

from biodiv_plugin import environments
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.lists.section import ListSection
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.list_backup import ListStore
from demo.portal.visitor import Visitor
from tests.qgis.doubles import spin_until

application = QgsApplication([], True)
application.initQgis()
services = Services(environments.named("demo"))
services.bearer.install()
services.__dict__["list_store"] = ListStore(Path(sys.argv[1]))


def browse(url: str) -> bool:
    def visit() -> None:
        visitor = Visitor(services.environment.portal)
        visitor.deliver(visitor.sign_in(url, "hilde"))

    Thread(target=visit, daemon=True).start()
    return True


services.__dict__["browser"] = browse
window = QMainWindow()
host = Host(window, QgsMapCanvas(window), QgsProject.instance(), QgsMessageBar(), lambda: None)
sign_in = SignInController(services)
section = ListSection(services, host, sign_in)
section.show()
sign_in.start()
spin_until(lambda: services.session.account is not None, 30)
section.activate()
spin_until(lambda: section.shelf.model.count() > 0, 30)
review, source = section.editing.review, section.editing.source
if len(sys.argv) > 2:
    druid = sys.argv[2]
    section.shelf.choose(druid)
    section.load(druid)
    spin_until(lambda: section.tables.of(druid) is not None, 30)
    (layer,) = QgsProject.instance().mapLayers().values()
    row = QgsFeature(layer.fields())
    row["suppliedName"] = "Hyla arborea"
    layer.dataProvider().addFeatures([row])
    section.shelf.publish.click()
else:
    section.shelf.new.click()
    source.text.setPlainText("Hyla arborea\nVulpes vulpes")
    source.check.click()
    spin_until(lambda: review.names.rowCount() == 2, 30)
    review.name.setText("Tijdens het bewaren")
spin_until(lambda: review.save.isEnabled() and review.names.rowCount() > 1, 30)
review.save.click()
application.exec()
