"""The algorithms of notifications, run as Processing runs them."""

from __future__ import annotations

import json

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from biodiv_plugin.layers.project_watches import keep_in_project
from biodiv_plugin.layers.watch_layer import watch_layers
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.watch import WatchState, Zone, new_watch
from biodiv_plugin.processing.notifications import MyNotifications
from biodiv_plugin.processing.watch import WatchAreas
from biodiv_plugin.use_cases.watch_store import WatchStore
from tests.qgis.algorithms import Said, run

FLANDERS = "POLYGON((2.5 50.6,6 50.6,6 51.6,2.5 51.6,2.5 50.6))"
ALL = {"QUALITY_PROFILE": "", "FLANDERS_ONLY": False, "INCLUDE_ABSENT": True}
QUERY = OccurrenceQuery(quality_profile="", flanders_only=False, include_absent=True)


@pytest.fixture
def zones(services, qgis_new_project, tmp_path):
    services.__dict__["watch_store"] = WatchStore(tmp_path / "watches")
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=naam:string", "gebieden", "memory")
    feature = QgsFeature(layer.fields())
    feature["naam"] = "Vlaanderen"
    feature.setGeometry(QgsGeometry.fromWkt(FLANDERS))
    layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    return layer


def rows(path):
    layer = QgsVectorLayer(path, "new", "ogr")
    assert layer.isValid()
    return [feature.attributeMap() for feature in layer.getFeatures()]


def watch(services, tmp_path, said=None, **parameters):
    output = str(tmp_path / f"new{len(list(tmp_path.iterdir()))}.gpkg")
    return run(WatchAreas(services), {**parameters, "OUTPUT": output}, said)


def test_a_scheduled_job_gets_what_is_new_since_the_last_time(services, zones, control, tmp_path):
    said = Said()
    asked = {"INPUT": zones, "ZONE_FIELD": "naam", **ALL}
    first = watch(services, tmp_path, said, **asked)
    assert first["NEW"] == 0 and "for the first time" in " ".join(said.info)
    assert watch(services, tmp_path, **asked)["NEW"] == 0
    control.fault(name="biocache.reindexed")
    third = watch(services, tmp_path, **asked)
    found = rows(third["OUTPUT"])
    assert third["NEW"] == len(found) > 0
    assert {row["zone"] for row in found} == {"Vlaanderen"}
    assert all(row["recordID"] and row["scientificName"] is not None for row in found)
    assert watch(services, tmp_path, **asked)["NEW"] == 0


def test_since_a_moment_nothing_is_remembered(services, zones, tmp_path):
    asked = {"INPUT": zones, **ALL, "SINCE": "2026-10-20T00:00:00"}
    outputs = watch(services, tmp_path, **asked)
    assert outputs["NEW"] > 0
    assert watch(services, tmp_path, **asked)["NEW"] == outputs["NEW"]
    assert not (tmp_path / "watches").exists()


def test_without_input_the_watches_of_profile_and_project_are_looked_at(
    services, zones, control, tmp_path
):
    zone = Zone("z", FLANDERS)
    services.watch_store.save(new_watch("profiel", QUERY, [zone]))
    keep_in_project(QgsProject.instance(), new_watch("project", QUERY, [zone]))
    assert watch(services, tmp_path)["NEW"] == 0
    control.fault(name="biocache.reindexed")
    outputs = watch(services, tmp_path)
    assert {row["watch"] for row in rows(outputs["OUTPUT"])} == {"profiel", "project"}


def test_zones_saved_from_the_map_bring_their_question(services, zones, tmp_path):
    kept = new_watch("mijn watch", QUERY, [Zone("it's", FLANDERS)])
    layer = watch_layers(kept, WatchState())[0]
    path = str(tmp_path / "watch.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    context = QgsProject.instance().transformContext()
    assert QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, context, options)[0] == 0
    asked = {"INPUT": path, "SINCE": "2026-10-20T00:00:00"}
    found = rows(watch(services, tmp_path, **asked)["OUTPUT"])
    assert {(row["watch"], row["zone"]) for row in found} == {("mijn watch", "it's")}


def test_nothing_to_watch_is_said(services, zones, tmp_path):
    said = Said()
    assert watch(services, tmp_path, said)["NEW"] == 0
    assert "nothing to watch" in " ".join(said.warnings)


def test_a_job_that_could_look_at_nothing_fails(services, zones, control, tmp_path):
    control.fault(kind="status", status=503, path="/biocache-service")
    with pytest.raises(QgsProcessingException, match="problem"):
        watch(services, tmp_path, INPUT=zones, **ALL)


def test_a_definition_of_another_version_is_refused(services, zones, tmp_path):
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:4326&field=watch:string&field=query:string", "d", "memory"
    )
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["w", json.dumps({"version": 99})])
    feature.setGeometry(QgsGeometry.fromWkt(FLANDERS))
    layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    with pytest.raises(QgsProcessingException, match="another version"):
        watch(services, tmp_path, INPUT=layer)


def test_ones_notifications_come_as_a_table(services, browse_as, qtbot, tmp_path):
    from biodiv_plugin.gui.account.sign_in import SignInController

    browse_as("hilde")
    sign_in = SignInController(services)
    with qtbot.waitSignal(sign_in.ended, timeout=20000):
        sign_in.start()
    outputs = run(MyNotifications(services), {"OUTPUT": str(tmp_path / "n.gpkg")})
    found = rows(outputs["OUTPUT"])
    assert outputs["COUNT"] == len(found) == 2
    assert found[0]["name"] == "All new observations" and found[0]["frequency"] == "weekly"
    text = json.dumps(found, default=str)
    assert "@" not in text and "Token" not in text


def test_signed_out_one_is_told_to_sign_in(services, tmp_path):
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(MyNotifications(services), {"OUTPUT": str(tmp_path / "n.gpkg")})
