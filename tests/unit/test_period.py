"""A period as a filter, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biodiv_plugin.portal import solr
from biodiv_plugin.portal.period import period_filter, read_period

DAYS = st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        (date(2015, 1, 1), None, "year:[2015 TO *]"),
        (None, date(2020, 12, 31), "year:[* TO 2020]"),
        (date(2015, 1, 1), date(2020, 12, 31), "year:[2015 TO 2020]"),
        (date(2015, 2, 1), None, "eventDate:[2015-02-01T00:00:00Z TO *]"),
        (None, date(2020, 6, 1), "eventDate:[* TO 2020-06-01T23:59:59Z]"),
    ],
)
def test_whole_years_are_asked_by_the_year(first, last, asked):
    """So that a record that has a year and no date is found."""
    assert period_filter(first, last) == asked


@given(DAYS, DAYS)
def test_a_period_is_read_back(first, last):
    if first is None and last is None:
        return
    assert read_period(*solr.read_between(period_filter(first, last))) == (first, last)


@pytest.mark.parametrize(
    "span",
    [("year", "", ""), ("year", "NOW", ""), ("eventDate", "NOW-1YEAR", ""), ("day", "1", "2")],
)
def test_another_range_is_no_period(span):
    assert read_period(*span) is None
