"""When the records of a layer were seen: counts per month, per week and per year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Optional

from qgis.core import QgsFeature, QgsFeatureRequest, QgsRectangle, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QDate, QDateTime

from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import UNWATCHED, Feedback

YEAR, MONTH, DAY, DATE, STATUS = "year", "month", "day", "eventDate", "occurrenceStatus"
FIRST_YEAR = 1700  # what claims to be older is a slip of the pen, and would flatten the chart
WEEKS = 53


@dataclass(frozen=True)
class Phenology:
    """Records per month (12, January first), per ISO 8601 week (53) and per year, years without
    any included. A record is left out where its date is not known that precisely, so each may
    add up to less than ``records``. Reported absences are in none of them.
    """

    months: tuple[int, ...]
    weeks: tuple[int, ...]
    years: tuple[tuple[int, int], ...]
    records: int
    absences: int


def count_dates(
    source: QgsVectorLayerFeatureSource,
    extent: Optional[QgsRectangle] = None,
    today: Optional[date] = None,
    feedback: Feedback = UNWATCHED,
) -> Phenology:
    """Count the records of a layer, or of its part in ``extent`` (in the layer's coordinates).

    Safe in any thread: the feature source is a view of the layer, its filter included. Raises
    ``Canceled``.
    """
    last = (today or date.today()).year
    names = [n for n in (YEAR, MONTH, DAY, DATE, STATUS) if n in source.fields().names()]
    request = QgsFeatureRequest()
    request.setSubsetOfAttributes(names, source.fields())
    if extent is None:
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    else:
        request.setFilterRect(extent)
    months, weeks, years = Counter[int](), Counter[int](), Counter[int]()
    records = absences = 0
    for number, feature in enumerate(source.getFeatures(request)):
        if number % 1000 == 0 and feedback.isCanceled():
            raise Canceled
        if STATUS in names and str(feature[STATUS]).upper() == "ABSENT":
            absences += 1
            continue
        records += 1
        year, month, day = _date(feature, names)
        if year is None or not FIRST_YEAR <= year <= last:
            continue
        years[year] += 1
        if month is not None and 1 <= month <= 12:
            months[month] += 1
            week = _week(year, month, day)
            if week:
                weeks[week] += 1
    span = range(min(years), max(years) + 1) if years else ()
    return Phenology(
        months=tuple(months[month] for month in range(1, 13)),
        weeks=tuple(weeks[week] for week in range(1, WEEKS + 1)),
        years=tuple((year, years[year]) for year in span),
        records=records,
        absences=absences,
    )


def _date(feature: QgsFeature, names: list[str]) -> tuple[Optional[int], ...]:
    """Return year, month and day, each where it is known.

    The columns of their own go first: a date of which only the year is known stands in the
    column of dates as the first of January.
    """
    if YEAR in names and MONTH in names:
        day = _number(feature[DAY]) if DAY in names else None
        return _number(feature[YEAR]), _number(feature[MONTH]), day
    found = feature[DATE] if DATE in names else None
    if isinstance(found, QDateTime):
        found = found.date()
    if isinstance(found, QDate) and found.isValid():
        return found.year(), found.month(), found.day()
    return (_number(feature[YEAR]) if YEAR in names else None), None, None


def _number(value: object) -> Optional[int]:
    try:
        return int(str(value))
    except ValueError:  # NULL, or no number
        return None


def _week(year: int, month: int, day: Optional[int]) -> int:
    """Return the number of the week by ISO 8601; 0 where there is no such day."""
    try:
        return date(year, month, day or 0).isocalendar()[1]
    except ValueError:
        return 0
