"""A question is told back in a sentence, in Dutch and in English."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from biodiv_plugin.portal.query import Circle, OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases.name_value import name_value
from biodiv_plugin.use_cases.tell_query import tell_months, tell_period, tell_query
from scripts import i18n

FROG = TaxonRef("2427609", "Hyla arborea", "boomkikker")
FOX = TaxonRef("5219243", "Vulpes vulpes", "vos")


@pytest.fixture
def dutch(tmp_path, qgis_app):
    """QGIS in Dutch, with the catalogue as it stands in the checkout."""
    (catalogue,) = [path for path in i18n.compile_into(tmp_path) if path.stem == "biodiv_nl"]
    translator = QTranslator()
    assert translator.load(str(catalogue))
    QCoreApplication.installTranslator(translator)
    former = QLocale()
    QLocale.setDefault(QLocale("nl_BE"))
    yield
    QLocale.setDefault(former)
    QCoreApplication.removeTranslator(translator)


@pytest.fixture(autouse=True)
def english():
    former = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(former)


SENTENCES = [
    (OccurrenceQuery(), 1204, "1,204 observations of all species in Flanders."),
    (OccurrenceQuery(taxa=(FROG,)), 1, "1 observation of boomkikker in Flanders."),
    (
        OccurrenceQuery(taxa=(FROG, FOX), date_from=date(1990, 1, 1), date_to=date(2026, 12, 31)),
        0,
        "0 observations of boomkikker, vos in Flanders, 1990-2026.",
    ),
    (
        OccurrenceQuery(taxa=tuple(TaxonRef(str(n), f"Soort {n}") for n in range(5))),
        9,
        "9 observations of Soort 0, Soort 1, Soort 2 and 2 more in Flanders.",
    ),
    (
        OccurrenceQuery(taxa=(FROG,), species_list="dr1", list_name="Rode lijst"),
        2,
        "2 observations of boomkikker, among the species on the list “Rode lijst” in Flanders.",
    ),
    (
        OccurrenceQuery(circle=Circle(51, 4, 2.5), area_name="Gent", flanders_only=False),
        2,
        "2 observations of all species within 2.5 km of Gent.",
    ),
    (
        OccurrenceQuery(area="POLYGON((0 0,1 0,1 1,0 0))", area_name="Limburg"),
        2,
        "2 observations of all species in Limburg, as far as in Flanders.",
    ),
    (
        OccurrenceQuery(
            flanders_only=False,
            months=(11, 12, 1, 4),
            max_uncertainty=1000.0,
            validated_only=True,
            datasets=("dr103",),
            basis_of_record=("HUMAN_OBSERVATION",),
            licences=("CC0",),
            include_absent=True,
            filters=("sex:male",),
        ),
        3,
        "3 observations of all species in the whole portal, Nov-Jan, Apr, uncertainty up to "
        "1,000 m, validated only, from the dataset Florabank, human observation, licence CC0, "
        "absences included, with filters of your own.",
    ),
]


@pytest.mark.parametrize(("query", "count", "sentence"), SENTENCES)
def test_in_english(query, count, sentence, qgis_app):
    assert tell_query(query, count, {"dr103": "Florabank"}) == sentence


@pytest.mark.parametrize(("query", "count", "sentence"), SENTENCES)
def test_in_dutch_nothing_stays_english(query, count, sentence, dutch):
    told = tell_query(query, count, {"dr103": "Florabank"})
    assert "waarneming" in told
    for word in (" observation", " of ", " the ", " with", "only", "list ", "licence"):
        assert word not in told
    assert told.endswith(".")


def test_a_sentence_in_dutch(dutch):
    query = OccurrenceQuery(taxa=(FROG,), date_from=date(1990, 1, 1), date_to=date(2026, 12, 31))
    assert tell_query(query, 1204) == "1.204 waarnemingen van boomkikker in Vlaanderen, 1990-2026."
    assert tell_query(query, 1).startswith("1 waarneming van")


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, ""),
        (date(2000, 1, 1), None, "from 2000"),
        (None, date(1999, 12, 31), "up to 1999"),
        (date(2000, 1, 1), date(2000, 12, 31), "2000"),
        (date(2000, 5, 3), date(2000, 5, 3), "03/05/2000"),
        (date(2000, 1, 1), date(2001, 5, 3), "01/01/2000 to 03/05/2001"),
        (date(2000, 1, 2), None, "from 02/01/2000"),
    ],
)
def test_periods(first, last, told):
    assert tell_period(first, last) == told


@pytest.mark.parametrize(
    ("months", "told"),
    [((4, 5, 6), "Apr-Jun"), ((1, 12), "Dec-Jan"), ((3,), "Mar"), (tuple(range(1, 13)), "Jan-Dec")],
)
def test_months(months, told):
    assert tell_months(months) == told


def test_values_in_the_users_words(dutch):
    source = name_value("basisOfRecord", "HUMAN_OBSERVATION", "Human observation")
    assert source == "waarneming door een mens"
    assert name_value("identificationVerificationStatus", "validated") == "gevalideerd"
    assert name_value("license", "CC0", "CC0") == "CC0"
    assert name_value("month", "5") == "mei"
    assert name_value("license", "") == "onbekend"
