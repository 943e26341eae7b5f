"""Which type a column gets, and when a cell does not fit it."""

from __future__ import annotations

import pytest
from osgeo import ogr

from biodiv_plugin.layers.fields import columns, csvt, field_definitions, fits, wider
from biodiv_plugin.layers.labels import aliases, form_groups, square_aliases, value_maps
from biodiv_plugin.portal.darwin_core import Term, header_terms


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", ["0", "-5", "007", str(2**63 - 1)], ["5.0", "x", "1 000", str(2**63), "٣"]),
        ("real", ["5", "-0.5", "1e3"], ["5,0", "x", "nan", "inf", "1e400", "1_0"]),
        ("date", ["2020-02-29"], ["2020-02-30", "2020-02", "29/02/2020"]),
        (
            "datetime",
            ["2020-05-03T10:00:00Z", "2020-05-03", "2020-05-03T10:00:00.5+02:00"],
            ["2020-05", "mei 2020", "2020-05-01/2020-05-03"],
        ),
        ("boolean", ["true", "false"], ["TRUE", "1", "ja"]),
        ("text", ["x"], []),
        ("list", ["a | b"], []),
    ],
)
def test_what_fits(kind, good, bad):
    assert [value for value in good if not fits(kind, value)] == []
    assert [value for value in bad if fits(kind, value)] == []


def test_a_column_gets_as_wide_as_it_must():
    assert wider("integer", "5") == "integer"
    assert wider("integer", "5.5") == "real"
    assert wider("integer", "vijf") == "text"
    assert wider("real", "ca. 5") == "text"
    assert wider("datetime", "mei") == "text"


def test_types_in_ogr_and_in_its_csvt():
    terms = [
        Term(kind, kind) for kind in ("integer", "real", "date", "datetime", "boolean", "list")
    ]
    definitions = field_definitions(terms)
    assert [d.GetType() for d in definitions] == [
        ogr.OFTInteger64,
        ogr.OFTReal,
        ogr.OFTDate,
        ogr.OFTDateTime,
        ogr.OFTInteger,
        ogr.OFTString,
    ]
    assert definitions[4].GetSubType() == ogr.OFSTBoolean
    spelled = ("Integer64", "Real", "Date", "DateTime", "Integer(Boolean)", "String")
    assert csvt(terms) == ",".join(f'"{kind}"' for kind in spelled)


def test_numbers_that_the_index_keeps_as_text():
    found = columns(header_terms(["individualCount", "minimumElevationInMeters", "sex"]))
    assert [term.kind for term in found] == ["integer", "real", "text"]


def test_every_column_stands_once_in_the_form():
    names = ["fid", "recordID", "scientificName", "eventDate", "COORDINATE_ROUNDED"]
    groups = form_groups(names)
    assert sorted(name for _, members in groups for name in members) == sorted(names[1:])
    assert groups[-1][1] == ["COORDINATE_ROUNDED"]
    assert form_groups(["fid", "year"]) == [("When", ["year"])]


def test_aliases_and_values_are_words():
    assert all(aliases().values())
    assert all(square_aliases().values())
    for values in value_maps().values():
        assert len(set(values.values())) == len(values)  # a form must find its way back
