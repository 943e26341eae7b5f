"""A question about occurrences, told back in a sentence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Mapping, Optional

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.name_value import name_value

NAMED = 3  # taxa or values that are named; more are counted


def tell_query(
    query: OccurrenceQuery, count: int, names: Optional[Mapping[str, str]] = None
) -> str:
    """Return what ``query`` asks and how many records answer it, as one sentence.

    ``names`` are those of datasets, by uid; datasets without one are counted.
    """
    if count == 1:
        sentence = translate("TellQuery", "{count} observation of {what} {where}{when}{more}.")
    else:
        sentence = translate("TellQuery", "{count} observations of {what} {where}{when}{more}.")
    return sentence.format(
        count=QLocale().toString(count),
        what=_what(query),
        where=tell_place(query),
        when=_when(query),
        more="".join(f", {part}" for part in _conditions(query, names or {})),
    )


def name_question(query: OccurrenceQuery) -> str:
    """Return what ``query`` is about in a few words, without the name of a list: it may be
    private, and these words are kept in projects."""
    if query.taxa:
        return _some([t.vernacular_name or t.scientific_name or t.key for t in query.taxa])
    if query.species_list or query.list_taxa:
        return translate("TellQuery", "a species list")
    return translate("TellQuery", "all species")


def name_of(taxon: TaxonRef) -> str:
    """Return the vernacular name with the scientific one beside it; one of them, if alone."""
    names = (taxon.vernacular_name, taxon.scientific_name)
    return " · ".join(name for name in names if name) or taxon.key


def tell_months(months: tuple[int, ...]) -> str:
    """Return months as people say them: runs as "Apr-Jun", over the turn of the year too."""
    name = QLocale().standaloneMonthName
    runs = [(first, last) for first, last in _runs(sorted(set(months)))]
    short = QLocale.FormatType.ShortFormat
    return ", ".join(
        name(first, short) if first == last else f"{name(first, short)}-{name(last, short)}"
        for first, last in runs
    )


def tell_period(first: Optional[date], last: Optional[date]) -> str:
    """Return a period in a few words, "" for all time; whole years are told as years."""
    if first is not None and last is not None:
        if first == last:
            return _day(first)
        begin, end = _begin(first, last), _end(first, last)
        if begin == end:
            return begin
        if _years(first, last):
            return f"{begin}-{end}"
        return translate("TellQuery", "{first} to {last}").format(first=begin, last=end)
    if first is not None:
        return translate("TellQuery", "from {first}").format(first=_begin(first, None))
    if last is not None:
        return translate("TellQuery", "up to {last}").format(last=_end(None, last))
    return ""


def _what(query: OccurrenceQuery) -> str:
    parts = []
    if query.taxa:
        parts.append(name_question(query))
    if query.species_list or query.list_taxa:
        parts.append(
            translate("TellQuery", "the species on the list “{name}”").format(
                name=query.list_name or query.species_list
            )
        )
    if len(parts) == 2:  # both must hold
        return translate("TellQuery", "{taxa}, among {list}").format(taxa=parts[0], list=parts[1])
    return parts[0] if parts else translate("TellQuery", "all species")


def _some(names: list[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    return translate("TellQuery", "{names} and {rest} more").format(
        names=", ".join(names[:NAMED]), rest=len(names) - NAMED
    )


def tell_place(query: OccurrenceQuery) -> str:
    """Return where the records are to be, such as "in Flanders"."""
    where = _place(query)
    if query.flanders_only and (query.circle is not None or query.area):
        return translate("TellQuery", "{place}, as far as in Flanders").format(place=where)
    return where


def _place(query: OccurrenceQuery) -> str:
    if query.circle is not None:
        return translate("TellQuery", "within {radius} km of {place}").format(
            radius=QLocale().toString(query.circle.radius_km),
            place=query.area_name or translate("TellQuery", "a place"),
        )
    if query.area:
        if query.area_name:
            return translate("TellQuery", "in {area}").format(area=query.area_name)
        return translate("TellQuery", "in the chosen area")
    if query.flanders_only:
        return translate("TellQuery", "in Flanders")
    return translate("TellQuery", "in the whole portal")


def _when(query: OccurrenceQuery) -> str:
    period = tell_period(query.date_from, query.date_to)
    return f", {period}" if period else ""


def _years(first: date, last: date) -> bool:
    return (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31)


def _begin(first: date, last: Optional[date]) -> str:
    whole = (first.month, first.day) == (1, 1) and (last is None or _years(first, last))
    return str(first.year) if whole else _day(first)


def _end(first: Optional[date], last: date) -> str:
    whole = (last + timedelta(1)).day == 1 and last.month == 12
    return str(last.year) if whole and (first is None or _years(first, last)) else _day(last)


def _day(day: date) -> str:
    return str(QLocale().toString(day, QLocale.FormatType.ShortFormat))


def _runs(months: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][1] == 12:  # November to February
        last = runs.pop()
        runs[0] = (last[0], runs[0][1])
    return runs


def _conditions(query: OccurrenceQuery, names: Mapping[str, str]) -> list[str]:
    parts = []
    if query.months:
        parts.append(tell_months(query.months))
    if query.max_uncertainty is not None:
        parts.append(
            translate("TellQuery", "uncertainty up to {metres} m").format(
                metres=QLocale().toString(round(query.max_uncertainty))
            )
        )
    if query.validated_only:
        parts.append(translate("TellQuery", "validated only"))
    if query.datasets:
        parts.append(_datasets(query.datasets, names))
    if query.basis_of_record:
        parts.append(_some([name_value("basisOfRecord", b) for b in query.basis_of_record]))
    if query.licences:
        parts.append(
            translate("TellQuery", "licence {names}").format(names=", ".join(query.licences))
        )
    if query.include_absent:
        parts.append(translate("TellQuery", "absences included"))
    if query.disabled_quality_filters:
        parts.append(translate("TellQuery", "with part of the quality profile switched off"))
    if query.filters or query.text:
        parts.append(translate("TellQuery", "with filters of your own"))
    return parts


def _datasets(uids: tuple[str, ...], names: Mapping[str, str]) -> str:
    if len(uids) == 1 and uids[0] in names:
        return translate("TellQuery", "from the dataset {name}").format(name=names[uids[0]])
    if len(uids) == 1:
        return translate("TellQuery", "from one dataset")
    return translate("TellQuery", "from {n} datasets").format(n=len(uids))
