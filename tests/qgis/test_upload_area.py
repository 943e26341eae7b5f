"""An area of one's own goes to the portal with consent only, and can be deleted again."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers.area_upload import AreaUpload
from biodiv_plugin.portal.errors import NotFound
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.processing.upload_area import UploadArea
from biodiv_plugin.settings import Setting
from biodiv_plugin.use_cases.upload_area import neutral_name
from tests.qgis.algorithms import run

SQUARE = "POLYGON((104000 193000, 106000 193000, 106000 195000, 104000 195000, 104000 193000))"


@pytest.fixture
def square(qgis_new_project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370", "vierkant", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def upload(services, host, qtbot, square):
    Setting(f"uploaded_areas/{services.environment.id}", "[]").reset()
    box = AreaUpload(services, host, SignInController(services))
    qtbot.addWidget(box)
    box.setCollapsed(False)
    box.layer.setLayer(square)
    yield box
    Setting(f"uploaded_areas/{services.environment.id}", "[]").reset()


def posts(control) -> list[dict]:
    return [r for r in control.requests("/spatial-service/shape/upload") if r["method"] == "POST"]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_quirk_17_a_name_that_tells_no_place():
    assert neutral_name(date(2026, 11, 22)) == "QGIS 2026-11-22"


def test_quirk_17_without_consent_nothing_is_sent(services, square, control, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    with pytest.raises(QgsProcessingException, match="public"):
        run(UploadArea(services), {"INPUT": square, "NAME": "x"})
    assert posts(control) == []


def test_signed_out_it_asks_to_sign_in(services, square, control):
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(UploadArea(services), {"INPUT": square, "CONSENT": True})
    assert posts(control) == []


def test_the_algorithm_uploads(services, square, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    pid = run(UploadArea(services), {"INPUT": square, "CONSENT": True})["PID"]
    area = services.areas.object(pid)
    assert area.name == neutral_name(), "not the layer's name, which may tell a place"
    west, south, east, north = area.extent
    assert 3.6 < west < east < 3.8, "longitude first"
    assert 51 < south < north < 51.1
    services.areas.delete(pid)


def test_upload_and_delete_in_the_dock(upload, services, qtbot, browse_as, control):
    browse_as("hilde")
    assert not upload._upload.isEnabled(), "not before one agreed"
    click(qtbot, upload._upload)
    qtbot.mouseClick(upload.consent, Qt.MouseButton.LeftButton, pos=upload.consent.rect().center())
    upload.consent.setChecked(True)
    with qtbot.waitSignal(upload.uploaded, timeout=20_000) as told:
        click(qtbot, upload._upload)  # signs in first, and carries on
    (area,) = told.args
    assert services.areas.object(area.pid).name == area.name
    assert upload.kept() == (area,)
    assert not upload.consent.isChecked(), "the next one is agreed to by itself"
    upload.list.setCurrentRow(0)
    with qtbot.waitSignal(upload.deleted, timeout=20_000):
        click(qtbot, upload._delete)
    with pytest.raises(NotFound):
        services.areas.object(area.pid)
    assert upload.kept() == ()


def test_one_that_somebody_else_deleted_is_forgotten(upload, services, qtbot, browse_as):
    browse_as("hilde")
    upload.consent.setChecked(True)
    with qtbot.waitSignal(upload.uploaded, timeout=20_000) as told:
        click(qtbot, upload._upload)
    services.areas.delete(told.args[0].pid)
    upload.list.setCurrentRow(0)
    with qtbot.waitSignal(upload.deleted, timeout=20_000):
        click(qtbot, upload._delete)
    assert upload.kept() == ()


def test_a_refused_upload_is_told(upload, qtbot, browse_as, control):
    browse_as("hilde")
    upload.consent.setChecked(True)
    control.fault(kind="status", status=500, path="/spatial-service/shape/upload")
    click(qtbot, upload._upload)
    qtbot.waitUntil(lambda: "problem" in upload.notice.text(), timeout=20_000)
    assert upload.kept() == ()
    assert upload._upload.isEnabled()


def test_without_a_layer_it_asks_for_one(upload, qtbot, control):
    QgsProject.instance().clear()
    upload.consent.setChecked(True)
    click(qtbot, upload._upload)
    assert "layer" in upload.notice.text()
    assert posts(control) == []


def test_spoiled_settings_are_no_areas(upload, services):
    for spoiled in ("{", "[1, 2]", "7"):
        Setting(f"uploaded_areas/{services.environment.id}", "[]").set(spoiled)
        assert upload.kept() == ()
