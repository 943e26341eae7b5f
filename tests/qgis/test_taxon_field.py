"""Species are found while one types, without asking at each key."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QToolButton

from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.taxa import TaxonSuggestion
from tests.qgis.doubles import spin, spin_until

AUTO = "/bie-index/search/auto"
FROG = TaxonRef("2427609", "Hyla arborea", "boomkikker")


@pytest.fixture
def field(qtbot):
    field = TaxonField()
    qtbot.addWidget(field)
    field.show()
    return field


def test_one_request_for_a_pause_however_many_keys(person, control):
    control.forget_requests()
    person.types("boomkikker")
    spin_until(lambda: person.suggestions())
    spin(0.2)
    assert len(control.requests(AUTO)) == 1


@pytest.mark.parametrize("name", ["boomkikker", "hyla arb"])
def test_a_species_is_found_by_either_name_and_chosen_by_keys(person, name):
    person.types(name)
    spin_until(lambda: any("Hyla arborea" in row for row in person.suggestions()))
    person.choose("Hyla arborea")
    (taxon,) = person.panel.taxa.taxa()
    assert taxon.key == FROG.key
    assert person.panel.taxa._edit.text() == ""
    assert person.counted().taxa == (taxon,)


def test_enter_takes_the_first_suggestion(person):
    edit = person.types("hyla arborea")
    spin_until(lambda: person.suggestions())
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert [taxon.key for taxon in person.panel.taxa.taxa()] == [FROG.key]


def test_a_synonym_shows_the_accepted_name(person):
    person.types("rana lessonae")
    spin_until(lambda: person.suggestions())
    row = next(row for row in person.suggestions() if "Rana lessonae" in row)
    assert row.startswith("Pelophylax lessonae") or "Pelophylax lessonae" in row.split("\n")[0]
    assert "found as Rana lessonae" in row


def test_counts_and_pictures_come_when_one_looks(person, control):
    person.types("vespa velutina")
    spin_until(lambda: any("observations" in row for row in person.suggestions()), 15)
    model = person.panel.taxa._model
    spin_until(
        lambda: any(
            model.item(row).icon().pixmap(8, 8).toImage().pixelColor(4, 4).alpha()
            for row in range(model.rowCount())
        )
    )
    asked = len(control.requests("/biocache-service/occurrences/taxaCount"))
    person.panel.taxa._edit.clear()
    person.types("vespa velutina")
    spin(1.2)  # they are remembered
    assert len(control.requests("/biocache-service/occurrences/taxaCount")) == asked


def test_without_counts_the_names_stand(person, control):
    control.fault(kind="status", status=503, path="/biocache-service/occurrences/taxaCount")
    person.types("boomkikker")
    spin_until(lambda: person.suggestions())
    spin(1)
    assert "observations" not in " ".join(person.suggestions())
    assert not person.panel.notice.isVisible(), "an adornment that fails is no error"


def test_a_late_answer_is_dropped(field):
    QTest.keyClicks(field._edit, "vos")
    field.set_suggestions("vo", [TaxonSuggestion("1", "Vulpes vulpes", "vos", "species")])
    assert field._model.rowCount() == 0


def test_nobody_of_that_name_is_told(person):
    person.types("qqqq")
    spin_until(lambda: person.panel.taxa._nothing.isVisible())
    assert "qqqq" in person.panel.taxa._nothing.text()


def test_the_index_of_names_down_is_told_with_a_way_on(person, control):
    control.fault(kind="status", status=503, path=AUTO)
    person.types("boomkikker")
    spin_until(lambda: person.panel.notice.isVisible())
    assert "problem" in person.panel.notice.text()


def test_the_asian_hornet_is_filed_under_its_species(person):
    """Challenge 2's trap: the subspecies of the list, the species of the records."""
    person.takes("Vespa velutina nigrithorax")
    hint = person.panel.taxa.hint
    spin_until(lambda: hint.isVisible(), 15)
    assert "Vespa velutina itself" in hint.text()
    own = person.counted() and person.section._answer.counted.count
    person.press("Take Vespa velutina Too")
    (taxon,) = person.panel.taxa.taxa()
    assert taxon.scientific_name == "Vespa velutina"
    person.counted()
    assert person.section._answer.counted.count > own


def test_a_species_gives_no_such_warning(person):
    person.takes("Vespa crabro")
    person.settled()
    assert not person.panel.taxa.hint.isVisible()


def test_backspace_and_the_cross_remove_a_chip(field, qtbot):
    field.set_taxa([FROG, TaxonRef("5219243", "Vulpes vulpes", "vos")])
    with qtbot.waitSignal(field.changed):
        QTest.keyClick(field._edit, Qt.Key.Key_Backspace)
    assert field.taxa() == (FROG,)
    spin(0.1)  # the chips before are gone then
    cross = next(b for b in field.findChildren(QToolButton) if b.toolTip().startswith("Remove b"))
    with qtbot.waitSignal(field.changed):
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.taxa() == ()


def test_a_name_cannot_bring_markup_along(field):
    field.set_taxa([TaxonRef("1", "<b>Hyla</b>", "<img src=x>")])
    chip = field._chips.itemAt(0).widget()
    assert "<img" not in chip.findChildren(QLabel)[0].text()


def test_the_card_tells_status_and_lists(person):
    person.takes("Vespa velutina nigrithorax")
    about = next(
        b for b in person.panel.taxa.findChildren(QToolButton) if b.toolTip().startswith("About")
    )
    QTest.mouseClick(about, Qt.MouseButton.LeftButton)
    card = person.panel.card
    spin_until(lambda: card.isVisible(), 15)
    assert "Lijst van zorgwekkende invasieve exoten (EU)" in card.text()
    assert "Vespidae" in card.text()
    opened = []
    person.section._services.__dict__["browser"] = opened.append
    QTest.mouseClick(card._page, Qt.MouseButton.LeftButton)
    assert opened[0].endswith("/bie-hub/species/6247411")
    person.panel.taxa.set_taxa([*person.panel.taxa.taxa(), FROG])
    assert card.isVisible()
    person.panel.taxa.set_taxa([FROG])
    assert not card.isVisible(), "it told of a species that is asked for no more"


def test_no_card_comes_of_a_species_that_left_meanwhile(person, control):
    person.takes("boomkikker")
    card, reading = person.panel.card, person.section.taxa._reading
    (taxon,) = person.panel.taxa.taxa()
    person.panel.taxa.card_requested.emit(taxon)
    person.panel.taxa.set_taxa([])
    spin_until(lambda: not reading.is_running(), 15)
    assert not card.isVisible()
