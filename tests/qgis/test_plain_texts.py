"""Texts of the portal and its users in windows: each sign is shown, none is obeyed."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from qgis.core import QgsPrintLayout, QgsProject, QgsVectorLayer
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QLabel

from biodiv_plugin.auth.browser import is_page
from biodiv_plugin.gui.lists.model import ListModel
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.occurrences.taxon_card import TaxonCardPanel
from biodiv_plugin.gui.plain import in_message, tip
from biodiv_plugin.layers.layout_citation import put_citation
from biodiv_plugin.layers.report_page import Sheet
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.species_list import SpeciesListInfo, TaxonListing
from biodiv_plugin.portal.taxon import TaxonName, TaxonProfile
from biodiv_plugin.use_cases.browse_lists import ListEntry, Shelf
from biodiv_plugin.use_cases.describe_taxa import TaxonCard
from biodiv_plugin.use_cases.open_portal_layer import _describe

HOSTILE = '<img src="//evil.example/share/x.png"> & <a href="file:///x.exe">otters</a>'


def read(html):
    """Return what a person sees of ``html``."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def test_a_notice_shows_a_text_as_it_is(qtbot):
    notice = Notice()
    qtbot.addWidget(notice)
    notice.tell(HOSTILE)
    (label,) = [each for each in notice.findChildren(QLabel) if each.text()]
    assert label.text() == HOSTILE
    assert label.textFormat() == Qt.TextFormat.PlainText
    notice.tell_error(UnexpectedAnswer(HOSTILE))
    assert "evil" not in notice.text()


def test_a_tool_tip_shows_a_text_as_it_is():
    assert "<img" not in tip(HOSTILE) and "<a " not in tip(HOSTILE)
    assert read(tip(HOSTILE)) == HOSTILE
    assert read(tip("<b>one</b>\ntwo")) == "<b>one</b>\ntwo"
    assert tip("Otters & beavers < 2020") == "Otters & beavers < 2020"  # Qt takes it as it is


def test_a_message_shows_a_text_as_it_is(qtbot):
    bar = QgsMessageBar()
    qtbot.addWidget(bar)
    item = bar.createMessage(in_message("<i>layer</i>"), in_message(HOSTILE))
    bar.pushWidget(item)
    assert "<img" not in item.text()
    assert read(item.text()) == HOSTILE
    assert read(item.title()) == "<i>layer</i>"


def test_the_name_of_a_list_is_no_html_in_its_tool_tip(qtbot):
    info = SpeciesListInfo(druid="dr1", name=HOSTILE, list_type="OTHER", description=HOSTILE)
    model = ListModel()
    model.set_entries([ListEntry(info, Shelf.PUBLIC)])
    index = model.index(0, 0, model.index(0, 0))
    told = model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in told
    assert HOSTILE in read(told)


def test_the_card_of_a_taxon_obeys_none_of_its_words(qtbot):
    words = {part.name: HOSTILE for part in fields(TaxonProfile)}
    name = TaxonName(**{part.name: HOSTILE for part in fields(TaxonName)})
    profile = TaxonProfile(
        **{
            **words,
            "classification": (("family", HOSTILE, HOSTILE),),
            "synonyms": (name,),
            "vernacular_names": (replace(name, language="en"),),
            "conservation": ((HOSTILE, HOSTILE),),
        }
    )
    listing = TaxonListing("dr1", HOSTILE, "1", ())
    panel = TaxonCardPanel()
    qtbot.addWidget(panel)
    panel.show_card(TaxonCard(TaxonRef("1", HOSTILE), profile, 1, b"", (listing,)))
    assert "<img" not in panel.text() and "<a " not in panel.text()
    assert read(panel.text()).count(HOSTILE) >= 6


def test_the_metadata_of_a_layer_of_the_portal_hold_no_html():
    entry = LayerEntry("cl1", HOSTILE, "x", 1, "Contextual", "c")
    entry = replace(
        entry,
        description=HOSTILE,
        keywords=HOSTILE,
        licence=HOSTILE,
        source=HOSTILE,
        metadata_url="javascript:alert(1)",
    )
    layer = QgsVectorLayer("Point", "x", "memory")
    _describe(layer, entry)
    shown = layer.htmlMetadata()
    assert "<img src" not in shown and "javascript" not in shown
    assert "evil.example" in read(shown), "it is shown"


def test_a_layout_shows_an_expression_of_others_as_it_is():
    """A citation is of data providers; QGIS works out what its labels hold."""
    text = "[% 1 + 1 %] <b>Hyla</b> & 3 < 4 [a]"
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    for _ in range(2):  # placed, and replaced
        shown = put_citation(layout, "layer", text).currentText()
        assert shown.replace("\u2060", "").replace("\u2039", "<") == text
    page = Sheet(layout, 0)
    shown = page.write(text, 0, 0, 50, 50).currentText()
    assert shown.replace("\u2060", "").replace("\u2039", "<") == text


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://natuurdata.inbo.be/occurrences?q=a", True),
        ("http://127.0.0.1:8765/x", True),
        ("file:///home/someone/report.PDF", True),
        ("file:///home/someone/report.exe", False),
        ("file:///home/someone/x.desktop", False),
        ("file://evil.example/share/report.pdf", False),
        ("file:////evil.example/share/report.pdf", False),
        ("javascript:alert(1)", False),
        ("ms-msdt:/id", False),
        ("https:///x", False),
        ("\\\\evil.example\\share\\x.pdf", False),
        ("", False),
    ],
)
def test_the_browser_opens_pages_and_documents_only(address, opened):
    assert is_page(address) is opened


def test_what_is_no_page_reaches_no_browser(monkeypatch):
    from biodiv_plugin.auth.browser import Browser

    opened = []
    monkeypatch.setenv("BROWSER", "x")
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url)) or True)
    assert Browser()("file:///x.exe") is False
    assert opened == []
    assert Browser()("https://natuurdata.inbo.be") is True
    assert opened == ["https://natuurdata.inbo.be"]
