"""A download as it lies on the map: styles, form, record card, time, metadata, squares."""

from __future__ import annotations

import threading

import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)

from benchmarks.archives import records, write_archive
from biodiv_plugin.layers import styles
from biodiv_plugin.layers.geopackage import import_archive
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, Manifest, Source, write_manifest
from biodiv_plugin.layers.occurrence_layer import (
    open_occurrence_layer,
    open_occurrence_layers,
)

MANIFEST = Manifest(
    created="2026-11-21T10:00:00+00:00",
    plugin="0.1.0",
    qgis="3.40",
    environment="demo",
    portal="https://portal.example",
    words={"nl": "300 waarnemingen", "en": "300 observations"},
    query={},
    request={},
    job="job-1",
    announced=300,
    received=300,
    sources=(
        Source("dr1", "Vogels", "CC0", "INBO. Vogels.", 200),
        Source("dr2", "Vissen", "CC-BY 4.0", "INBO. Vissen.", 100),
    ),
    quality_profile="VBP_algemeen",
    removed_by_profile=2,
    crs="EPSG:31370",
    transformation="the very operation",
    sensitivity=HIGH_RESOLUTION,
    citation="INBO. Vogels.\nINBO. Vissen.",
    archive_sha256="",
    records_sha256="",
)


def download(folder, rows=None, name="waarnemingen", manifest=MANIFEST, headers=None):
    rows = records(300) if rows is None else rows
    options = {} if headers is None else {"headers": headers}
    archive = write_archive(folder / "a.zip", rows, **options)
    return import_archive(
        archive,
        folder / f"{name}.gpkg",
        QgsCoordinateReferenceSystem("EPSG:31370"),
        QgsCoordinateTransformContext(),
        complete=lambda imported: manifest and write_manifest(manifest, imported.path),
    ).path


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return download(tmp_path_factory.mktemp("download"))


def test_the_points_come_first_and_then_the_squares(path):
    points, squares = open_occurrence_layers(path)
    assert points.name() == "waarnemingen"
    assert points.featureCount() == 300
    assert points.geometryType() == Qgis.GeometryType.Point
    assert squares.geometryType() == Qgis.GeometryType.Polygon
    assert "waarnemingen" in squares.name() != points.name()


def test_a_download_without_squares_is_one_layer(tmp_path):
    path = download(tmp_path, [["a", "51", "4"]], headers=HEADERS_ONLY_PLACE)
    (points,) = open_occurrence_layers(path)
    assert points.featureCount() == 1


HEADERS_ONLY_PLACE = ("recordID", "decimalLatitude", "decimalLongitude")


@pytest.mark.parametrize("language", ["", "en", "nl"])  # kept in the file, and made anew
def test_every_style_stands_in_the_menu_of_the_layer(path, language):
    layer = open_occurrence_layer(path, language)
    manager = layer.styleManager()
    assert len(manager.styles()) == 3
    expressions = set()
    for title in manager.styles():
        assert manager.setCurrentStyle(title)
        assert layer.renderer().type() == "categorizedSymbol"
        expressions.add(layer.renderer().classAttribute())
    assert len(expressions) == 3


def test_the_first_look_is_by_species_group(path):
    layer = open_occurrence_layer(path)
    assert layer.styleManager().currentStyle() == styles.style_title(styles.SPECIES_GROUP)
    wanted = styles.renderer(layer, styles.SPECIES_GROUP)
    assert layer.renderer().classAttribute() == wanted.classAttribute()


def test_further_styles_are_chosen_in_the_menu_of_the_layer(path):
    points, squares = open_occurrence_layers(path)
    points.styleManager().setCurrentStyle(styles.style_title(styles.LAST_SEEN))
    assert '"year"' in points.renderer().classAttribute()
    squares.styleManager().setCurrentStyle(styles.style_title(styles.RECORDS))
    assert '"records"' in squares.renderer().classAttribute()


def test_whoever_opens_the_file_without_the_plugin_sees_the_same(path):
    layer = QgsVectorLayer(f"{path}|layername=occurrences", "x", "ogr")
    ours = open_occurrence_layer(path)
    assert layer.renderer().classAttribute() == ours.renderer().classAttribute()
    assert layer.mapTipTemplate() == ours.mapTipTemplate()
    assert layer.attributeAlias(layer.fields().lookupField("scientificName")) == "Scientific name"
    assert layer.metadata().abstract() == "300 observations"
    number, _, names, _, _ = layer.listStylesInDatabase()
    assert number == 3
    assert set(names[:3]) == set(ours.styleManager().styles())
    squares = QgsVectorLayer(f"{path}|layername=squares", "x", "ogr")
    assert squares.renderer().type() == "categorizedSymbol"


def test_columns_keep_their_names_and_have_aliases(path):
    layer = open_occurrence_layer(path)
    fields = layer.fields()
    assert fields.lookupField("coordinateUncertaintyInMeters") >= 0
    assert layer.attributeDisplayName(fields.lookupField("eventDate")) == "Date"
    assert (
        layer.attributeDisplayName(fields.lookupField("TAXON_MATCH_FUZZY")) == "TAXON_MATCH_FUZZY"
    )


def test_values_are_shown_in_words(path):
    layer = open_occurrence_layer(path)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(layer.getFeatures()))
    shown = QgsExpression('represent_value("basisOfRecord")').evaluate(context)
    assert shown == "human observation"


def test_the_form_has_groups_and_every_column_once(path):
    layer = open_occurrence_layer(path)
    form = layer.editFormConfig()
    assert form.layout() == Qgis.AttributeFormLayout.DragAndDrop
    titles, columns = [], []
    for tab in form.tabs():
        titles.append(tab.name())
        columns += [child.name() for child in tab.children()]
    assert titles[:3] == ["What", "When", "Where"]
    assert sorted(columns) == sorted(set(layer.fields().names()) - {"fid"})


def card(layer, feature):
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


def test_the_record_card_tells_the_record_and_links_to_it(path):
    layer = open_occurrence_layer(path)
    feature = next(layer.getFeatures())
    text = card(layer, feature)
    for column in ("vernacularName", "scientificName", "municipality", "dataResourceName"):
        assert feature[column] in text
    assert str(feature["year"]) in text
    assert f"https://portal.example/biocache-hub/occurrences/{feature['recordID']}" in text
    assert "Sex" not in text


def test_the_record_card_shows_html_of_a_record_as_text(tmp_path):
    headers = ("recordID", "scientificName", "occurrenceRemarks")
    row = ["a", "<script>x()</script>", "a & b <img src=x>"]
    layer = open_occurrence_layer(download(tmp_path, [row], headers=headers))
    text = card(layer, next(layer.getFeatures()))
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;x()&lt;/script&gt;" in text
    assert "a &amp; b" in text


def test_the_link_of_a_record_card_ends_where_it_should(tmp_path):
    """The id too is of the archive, and an archive may lie."""
    row = ['a"><img src=x>', "Lutra lutra"]
    layer = open_occurrence_layer(download(tmp_path, [row], headers=("recordID", "scientificName")))
    text = card(layer, next(layer.getFeatures()))
    assert "<img" not in text
    assert 'occurrences/a&quot;&gt;&lt;img src=x&gt;">' in text


def test_the_record_card_says_what_is_blurred_and_what_is_exact(tmp_path):
    headers = ("recordID", "occurrenceID", "sensitive")
    rows = [["a", "INBO:1", ""], ["b", "INBO:2", "generalised"], ["c", "INBO:SEN:3", ""]]
    layer = open_occurrence_layer(download(tmp_path, rows, headers=headers))
    none, blurred, exact = (card(layer, feature) for feature in layer.getFeatures())
    assert "Blurred" in blurred and "Blurred" not in none + exact
    assert "Exact place" in exact and "Exact place" not in none + blurred


def test_without_a_manifest_there_is_no_link(tmp_path):
    layer = open_occurrence_layer(download(tmp_path, manifest=None))
    assert "biocache-hub" not in layer.mapTipTemplate()
    assert layer.renderer().type() == "categorizedSymbol"


@pytest.mark.parametrize("language", ["", "nl"])
def test_the_temporal_controller_works_at_once(path, language):
    layer = open_occurrence_layer(path, language)
    time = layer.temporalProperties()
    assert time.isActive()
    assert time.startField() == "eventDate"
    assert time.mode() == Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField


def test_a_date_that_is_text_leaves_time_alone(tmp_path):
    headers = ("recordID", "eventDate")
    rows = [["a", "2020-05-03T00:00:00Z"], ["b", "mei 2020"]]
    layer = open_occurrence_layer(download(tmp_path, rows, headers=headers))
    assert not layer.temporalProperties().isActive()


def test_the_metadata_tell_what_a_reader_must_know(path):
    metadata = open_occurrence_layer(path).metadata()
    assert metadata.abstract() == "300 observations"
    assert metadata.licenses() == ["CC0", "CC-BY 4.0"]
    assert metadata.rights() == [MANIFEST.citation]
    assert "the very operation" in " ".join(metadata.history())
    assert "job-1" in " ".join(metadata.history())
    assert metadata.contacts()[0].organization
    assert metadata.crs().authid() == "EPSG:31370"
    box = metadata.extent().spatialExtents()[0].bounds
    assert box.xMinimum() == pytest.approx(open_occurrence_layer(path).extent().xMinimum())
    assert any("sensitive" in constraint.constraint for constraint in metadata.constraints())


def test_the_attribution_is_ready_for_a_layout(path):
    layer = open_occurrence_layer(path)
    assert "Vogels; Vissen" in layer.serverProperties().attribution()


def test_the_name_of_a_record_is_its_common_name(path):
    layer = open_occurrence_layer(path)
    feature = next(layer.getFeatures())
    shown = QgsVectorLayerUtils.getFeatureDisplayString(layer, feature)
    assert shown == feature["vernacularName"]


def test_a_saved_project_keeps_all_of_it(path, tmp_path, qgis_new_project):
    project = QgsProject.instance()
    project.addMapLayer(open_occurrence_layer(path))
    project.write(str(tmp_path / "p.qgz"))
    project.clear()
    project.read(str(tmp_path / "p.qgz"))
    (layer,) = project.mapLayers().values()
    assert layer.isValid()
    assert len(layer.styleManager().styles()) == 3
    assert layer.temporalProperties().isActive()
    assert "Vogels" in layer.serverProperties().attribution()


def test_an_import_in_another_thread_keeps_its_styles(tmp_path):
    done = []
    thread = threading.Thread(target=lambda: done.append(download(tmp_path)))
    thread.start()
    thread.join()
    layer = QgsVectorLayer(f"{done[0]}|layername=occurrences", "x", "ogr")
    assert layer.renderer().type() == "categorizedSymbol"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "waarnemingen.gpkg"]


@pytest.mark.parametrize("name", ["mijn 'hokken' [1] é", "50% # of? 2", "a.b.c"])
def test_names_with_odd_characters(tmp_path, name):
    path = download(tmp_path, name=name)
    points, squares = open_occurrence_layers(path)
    assert points.isValid() and squares.isValid()
    assert points.name() == name
    assert points.metadata().abstract() == "300 observations"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["a.zip", f"{name}.gpkg"])
