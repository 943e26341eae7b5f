"""Challenge 1: the tree frog, where its records come from, its status and lists, its download."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QToolButton

from biodiv_plugin.gui.downloads.job_book import JobState
from biodiv_plugin.layers.preview_layer import GRID, Look, preview_of
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.previews import inked, maps  # noqa: F401 (a fixture)


def find_the_frog(newcomer) -> None:
    newcomer.takes("hyla arborea")
    newcomer.counted()


def test_it_is_found_and_told(newcomer):
    find_the_frog(newcomer)
    (taxon,) = newcomer.panel.taxa.taxa()
    assert taxon.scientific_name == "Hyla arborea"
    assert newcomer.section._answer.counted.count > 0
    assert "in Flanders" in newcomer.said()


def test_the_datasets_it_comes_from(newcomer, services):
    find_the_frog(newcomer)
    newcomer.panel.sources.setCollapsed(False)
    datasets = newcomer.panel.sources.fields["dataResourceUid"]._list
    spin_until(lambda: datasets.count())
    shown = " ".join(datasets.item(row).text() for row in range(datasets.count()))
    query = newcomer.section.query()
    records = in_task(lambda fb: list(services.occurrences.search(query, feedback=fb)))
    for name in {record.data_resource_name for record in records}:
        assert name in shown


def test_its_status_and_the_lists_it_is_on(newcomer, services):
    find_the_frog(newcomer)
    about = next(
        b for b in newcomer.panel.taxa.findChildren(QToolButton) if b.toolTip().startswith("About")
    )
    QTest.mouseClick(about, Qt.MouseButton.LeftButton)
    spin_until(lambda: newcomer.panel.card.isVisible(), 15)
    text = newcomer.panel.card.text()
    listings = in_task(lambda fb: services.species_lists.of_taxon("2427609", feedback=fb))
    assert listings
    for listing in listings:
        assert listing.list_name in text


def test_the_map_as_points_and_as_a_density_grid(newcomer, host, maps):  # noqa: F811
    newcomer.dock.occurrences.preview_requested.connect(maps.show)  # as the plugin does
    find_the_frog(newcomer)
    newcomer.press("Show on Map")
    spin_until(lambda: host.project.mapLayers(), 15)
    (layer,) = host.project.mapLayers().values()
    points = inked(layer)
    assert points > 0
    maps.look(layer.id(), Look(GRID))
    newcomer.settled()
    assert preview_of(layer).look == Look(GRID)
    assert inked(layer) > points, "squares cover more than points"
    host.project.clear()


def test_its_records_are_downloaded_after_signing_in(newcomer, browse_as, tmp_path):
    browse_as("hilde")
    find_the_frog(newcomer)
    newcomer.press("Sign In and Download…")
    form = newcomer.section.form
    spin_until(form.isVisible, 20)
    newcomer.counted()  # who is signed in may see other records
    count = newcomer.section._answer.counted.count
    spin_until(lambda: form._reason.count() > 1)
    form._reason.setCurrentIndex(1)
    form._file.setFilePath(str(tmp_path / "boomkikker.gpkg"))
    if form._terms.isVisible() and not form._terms.isChecked():
        form._terms.click()
    newcomer.press("Start Download")
    spin_until(lambda: newcomer.dock.jobs.jobs)
    job = newcomer.dock.jobs.jobs[-1]
    spin_until(lambda: job.state is not JobState.RUNNING, 60)
    assert job.state is JobState.DONE, job.error
    spin_until(lambda: QgsProject.instance().mapLayers(), 10)
    points = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if "scientificName" in layer.fields().names()
    ]
    assert max(layer.featureCount() for layer in points) == count
