"""Reports of areas on paper: a print layout with map, chart, tables and citation, and its PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QLocale

from biodiv_plugin.layers.report_chart import chart_svg, embedded
from biodiv_plugin.layers.report_page import FOOT, LINE, MARGIN, WIDTH, Sheet
from biodiv_plugin.layers.report_table import group_title, kind_title, multi_polygon
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.citation import Portal, as_text
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.portal.report import CONSERVATION, INVASIVE, AreaReport, Reports
from biodiv_plugin.translation import translate

_ROOM = 1.25  # of the polygon's box, so that one sees what lies around it
_HALF = (WIDTH - 6) / 2
_LISTS, _NAMES, _AREAS = 16, 5, 12  # that fit on a page; the table of details holds all
_LETTERS = 115  # of a line in small letters
_TOP = 28.0  # mm; where the text of a page begins that goes on from another


def report_layout(
    project: QgsProject, told: Reports, layer: QgsVectorLayer, portal: Portal
) -> QgsPrintLayout:
    """Return a print layout of the reports, not added to ``project``. For the main thread.

    ``layer`` holds their polygons, and must live as long as the layout; what else is on the map
    now is drawn beneath. Two pages a polygon, or more where it holds much, and the sources
    at the end.
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().clear()
    layout.setName(layer.name())
    checked = project.layerTreeRoot().checkedLayers()
    drawn = [layer, *(each for each in checked if each.id() != layer.id())]
    layout.undoStack().blockCommands(True)  # else each step keeps a copy of all pages
    for report in told.reports:
        _front(Sheet.added(layout), report, drawn, project)
        _back(Sheet.added(layout), report)
    _sources(layout, told, portal)
    pages = layout.pageCollection().pageCount()
    for number in range(pages):
        foot = f"{portal.name_nl} · {_day(told)} · {number + 1}/{pages}"
        Sheet(layout, number).write(foot, MARGIN, FOOT, WIDTH, LINE, size=7)
    layout.undoStack().blockCommands(False)
    return layout


def keep_layout(project: QgsProject, layout: QgsPrintLayout) -> None:
    """Add ``layout`` to ``project``, under a name that is free."""
    manager, wanted = project.layoutManager(), layout.name()
    name, number = wanted, 2
    while manager.layoutByName(name) is not None:
        name, number = f"{wanted} ({number})", number + 1
    layout.setName(name)
    manager.addLayout(layout)


def check_pdf(path: Path) -> None:
    """Raise ``StorageFailed`` where no PDF could be written to ``path``; it stays as it is."""
    with told_by_storage(path):
        existed = path.exists()
        path.open("ab").close()  # Windows refuses this for a file that a reader shows
        if not existed:
            path.unlink()


def export_pdf(layout: QgsPrintLayout, path: Path) -> None:
    """Write ``layout`` as PDF. Raises ``StorageFailed``. For the main thread."""
    check_pdf(path)  # the export says nothing where it cannot write
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText  # to be searched and copied
    result = QgsLayoutExporter(layout).exportToPdf(str(path), settings)
    if result != QgsLayoutExporter.ExportResult.Success:
        raise StorageFailed(f"the export ended with {result}", reason="other", path=str(path))


def summary(report: AreaReport) -> str:
    """Return the numbers of a report as a few lines of text."""
    locale = QLocale()
    hectares = locale.toString(report.plot.surface / 10_000, "f", 1)
    found = translate("AreaReport", "Observations: {n}; species: {s}").format(
        n=locale.toString(report.records), s=locale.toString(report.species)
    )
    lines = [
        translate("AreaReport", "Surface: {n} ha").format(n=hectares),
        ". ".join((found, *report.remarks)) if report.records else found,
    ]
    if report.years:
        text = translate("AreaReport", "First year: {first}; last year: {last}")
        lines.append(text.format(first=report.first_year, last=report.last_year))
    text = translate("AreaReport", "Species on conservation lists: {c}; on invasive lists: {i}")
    lines.append(text.format(c=report.listed(CONSERVATION), i=report.listed(INVASIVE)))
    return "\n".join(lines)


def why_none(report: AreaReport) -> str:
    """Return that there is nothing to draw a chart of, and why."""
    if report.records:
        return translate("AreaReport", "None of the observations has a year.")
    nothing = translate("AreaReport", "The portal has no observations in this area.")
    return " ".join((nothing, *report.remarks))


def silent_layers(report: AreaReport) -> str:
    """Return a sentence on the layers for which the portal could not tell, "" for none."""
    silent = ", ".join(layer.title for layer in report.layers if layer.areas is None)
    text = translate("AreaReport", "The portal did not answer for {layers}.")
    return text.format(layers=silent) if silent else ""


def _front(
    sheet: Sheet, report: AreaReport, drawn: Sequence[QgsMapLayer], project: QgsProject
) -> None:
    sheet.write(report.plot.name, MARGIN, 12, WIDTH, 9, size=16, bold=True)
    sheet.write(summary(report), MARGIN, 23, WIDTH, 4 * LINE)
    _map(sheet, report, drawn, project)
    if report.groups:
        _tabulate_groups(sheet, report)
    right = MARGIN + _HALF + 6
    _title(sheet, translate("AreaReport", "Observations by year"), right, 158)
    if report.years:
        chart = QgsLayoutItemPicture(sheet.layout)
        chart.setId(translate("AreaReport", "Observations by year"))
        chart.setMode(QgsLayoutItemPicture.Format.FormatSVG)
        chart.setPicturePath(embedded(chart_svg(report.years)))
        sheet.put(chart, right, 164, _HALF, _HALF / 2)
    else:
        sheet.write(why_none(report), right, 165, _HALF, 8 * LINE)


def _tabulate_groups(sheet: Sheet, report: AreaReport) -> None:
    _title(sheet, translate("AreaReport", "Species groups"), MARGIN, 158)
    headers = (
        translate("AreaReport", "Group"),
        translate("AreaReport", "Observations"),
        translate("AreaReport", "Species"),
    )
    rows = [
        ("\u2003" * (group.level - 1) + group_title(group), _n(group.records), _n(group.species))
        for group in report.groups
    ]
    sheet.tabulate(headers, rows, (48, 25, 17), MARGIN, 164, FOOT - 166)


def _map(
    sheet: Sheet, report: AreaReport, drawn: Sequence[QgsMapLayer], project: QgsProject
) -> None:
    picture = QgsLayoutItemMap(sheet.layout)
    picture.setId(translate("AreaReport", "Map"))
    sheet.put(picture, MARGIN, 44, WIDTH, 110)
    crs, box = _view(report, drawn[0], project)
    picture.setCrs(crs)
    picture.setLayers(list(drawn))
    picture.setKeepLayerSet(True)  # what the report shows stays when the map changes
    picture.setFrameEnabled(True)
    picture.zoomToExtent(box)
    scale = QgsLayoutItemScaleBar(sheet.layout)
    scale.setLinkedMap(picture)
    letters = scale.textFormat()
    letters.setSize(7)  # else the numbers of a short bar run into each other
    scale.setTextFormat(letters)
    scale.applyDefaultSize(scale.guessUnits())
    sheet.layout.addLayoutItem(scale)
    sheet.place(scale, MARGIN + 3, 141, scale.rect().width(), scale.rect().height())


def _view(
    report: AreaReport, layer: QgsMapLayer, project: QgsProject
) -> tuple[QgsCoordinateReferenceSystem, QgsRectangle]:
    """Return the CRS of the map and what it shows, in that CRS.

    That is the project's, or the layer's own for a polygon where the project's does not hold.
    """
    crs, own = project.crs(), multi_polygon(report).boundingBox()
    try:
        box = QgsCoordinateTransform(layer.crs(), crs, project).transformBoundingBox(own)
    except QgsCsException:
        box = QgsRectangle()
    if box.isEmpty() or not box.isFinite():
        crs, box = layer.crs(), own
    box.scale(_ROOM)
    return crs, box


def _back(sheet: Sheet, report: AreaReport) -> None:
    sheet.write(report.plot.name, MARGIN, 12, WIDTH, 7, size=12, bold=True)
    _title(sheet, translate("AreaReport", "Species on lists"), MARGIN, 22)
    headers = (
        translate("AreaReport", "List"),
        translate("AreaReport", "Species"),
        translate("AreaReport", "Observations"),
        translate("AreaReport", "Among them"),
    )
    rows = [
        (
            f"{each.name} ({kind_title(each.kind)})",
            _n(len(each.names)),
            _n(each.records),
            some(each.names, _NAMES),
        )
        for each in report.lists[:_LISTS]
    ]
    below = 38.0
    if rows:
        sheet.tabulate(headers, rows, (62, 16, 25, 83), MARGIN, 28, 165)
        below = min(40 + sum(map(_row_height, rows)), 198)
    else:
        nothing = translate("AreaReport", "None of the species stands on an authoritative list.")
        sheet.write(nothing, MARGIN, 29, WIDTH, LINE)
    _title(sheet, translate("AreaReport", "Portal layers within"), MARGIN, below)
    lines = [
        f"{layer.title}: {some(layer.areas, _AREAS)}" for layer in report.layers if layer.areas
    ]
    silent = silent_layers(report)
    if silent:
        lines.append(silent)
    nothing = translate("AreaReport", "None of the layers that were looked into.")
    _run_on(sheet, report.plot.name, lines or [nothing], below + 6)


def _row_height(row: Sequence[str]) -> float:
    """Return about how high a row of the lists is, which wraps its first and last column."""
    return 2 + 3.4 * max(1 + len(row[0]) // 36, 1 + len(row[-1]) // 50)


def _sources(layout: QgsPrintLayout, told: Reports, portal: Portal) -> None:
    """Add the citation of each dataset, over as many pages as it takes."""
    text = as_text(told.citations, portal, told.accessed, QLocale().name()[:2])
    if text:
        title = translate("AreaReport", "Sources")
        _run_on(_page(layout, title), title, text.splitlines(), _TOP)


def _run_on(sheet: Sheet, title: str, lines: Sequence[str], top: float) -> None:
    """Write ``lines`` from ``top`` mm on, and what finds no room on more pages of that title."""
    block: list[str] = []
    used = 0
    for line in lines:
        height = 1 + len(line) // _LETTERS
        if block and used + height > int((FOOT - top - 2) / (LINE - 0.4)):
            sheet.write("\n".join(block), MARGIN, top, WIDTH, FOOT - top - 2, size=8)
            sheet, top, block, used = _page(sheet.layout, title), _TOP, [], 0
        block.append(line)
        used += height
    sheet.write("\n".join(block), MARGIN, top, WIDTH, FOOT - top - 2, size=8)


def _page(layout: QgsPrintLayout, title: str) -> Sheet:
    sheet = Sheet.added(layout)
    sheet.write(title, MARGIN, 14, WIDTH, 8, size=12, bold=True)
    return sheet


def _title(sheet: Sheet, text: str, left: float, top: float) -> None:
    sheet.write(text, left, top, _HALF, LINE + 1, size=10, bold=True)


def some(names: Sequence[str], most: int) -> str:
    """Return the first names, and how many more there are."""
    told = ", ".join(names[:most])
    if len(names) > most:
        told += " " + translate("AreaReport", "and {n} more").format(n=_n(len(names) - most))
    return told


def _day(told: Reports) -> str:
    day = told.accessed
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _n(number: int) -> str:
    return QLocale().toString(number)
