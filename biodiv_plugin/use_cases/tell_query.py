"""A question about occurrences, told back in a sentence."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.translation import translate

NAMED = 3  # taxa that are named; more are counted


def tell_query(query: OccurrenceQuery, count: int) -> str:
    """Return what ``query`` asks and how many records answer it, as one sentence."""
    number = QLocale().toString(count)
    sentence = translate("TellQuery", "{count} observations of {what} {where}{when}{more}.")
    return sentence.format(
        count=number,
        what=_what(query),
        where=_where(query),
        when=_when(query),
        more="".join(f", {part}" for part in _conditions(query)),
    )


def name_of(taxon: TaxonRef) -> str:
    """Return the vernacular name with the scientific one beside it; one of them, if alone."""
    names = (taxon.vernacular_name, taxon.scientific_name)
    return " · ".join(name for name in names if name) or taxon.key


def _what(query: OccurrenceQuery) -> str:
    if query.taxa:
        names = [taxon.vernacular_name or taxon.scientific_name for taxon in query.taxa]
        if len(names) <= NAMED:
            return ", ".join(names)
        return translate("TellQuery", "{names} and {rest} more").format(
            names=", ".join(names[:NAMED]), rest=len(names) - NAMED
        )
    if query.species_list or query.list_taxa:
        return translate("TellQuery", "the species on the list “{name}”").format(
            name=query.list_name or query.species_list
        )
    return translate("TellQuery", "all species")


def _where(query: OccurrenceQuery) -> str:
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
    if query.date_from and query.date_to:
        return translate("TellQuery", ", {first} to {last}").format(
            first=_day(query.date_from), last=_day(query.date_to)
        )
    if query.date_from:
        return translate("TellQuery", ", from {first}").format(first=_day(query.date_from))
    if query.date_to:
        return translate("TellQuery", ", up to {last}").format(last=_day(query.date_to))
    return ""


def _day(day: object) -> str:
    """Tell a whole year as a year: a slider of years gives its first and last day."""
    text = str(day)
    return text[:4] if text.endswith(("-01-01", "-12-31")) else text


def _conditions(query: OccurrenceQuery) -> list[str]:
    parts = []
    if query.months:
        names = ", ".join(QLocale().monthName(month) for month in query.months)
        parts.append(translate("TellQuery", "in {months}").format(months=names))
    if query.max_uncertainty is not None:
        parts.append(
            translate("TellQuery", "uncertainty up to {metres} m").format(
                metres=QLocale().toString(round(query.max_uncertainty))
            )
        )
    if query.validated_only:
        parts.append(translate("TellQuery", "validated only"))
    if query.datasets:
        parts.append(translate("TellQuery", "from {n} datasets").format(n=len(query.datasets)))
    if query.licences:
        parts.append(
            translate("TellQuery", "licence {names}").format(names=", ".join(query.licences))
        )
    if query.include_absent:
        parts.append(translate("TellQuery", "absences included"))
    if query.filters or query.text:
        parts.append(translate("TellQuery", "with filters of your own"))
    return parts
