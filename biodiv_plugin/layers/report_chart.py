"""The chart of a report as a drawing that scales: records by year."""

from __future__ import annotations

import base64
from html import escape
from typing import Sequence

from qgis.PyQt.QtCore import QLocale

_BARS = 40  # more would be too thin to tell apart on paper
_STEPS = (1, 2, 5, 10, 20, 50, 100)  # years a bar
_WIDTH, _HEIGHT, _FLOOR, _TOP = 440, 220, 195, 18


def bars_of(years: Sequence[tuple[int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Return (first year, last year, records) of each bar, without gaps; years are in order."""
    if not years:
        return ()
    first, last = years[0][0], years[-1][0]
    step = next((each for each in _STEPS if (last - first) // each < _BARS), _STEPS[-1])
    begin = first - first % step
    counts = dict.fromkeys(range(begin, last + 1, step), 0)
    for year, count in years:
        counts[year - year % step] += count
    return tuple((year, year + step - 1, count) for year, count in counts.items())


def chart_svg(years: Sequence[tuple[int, int]]) -> str:
    """Return an SVG of the records by year, black on white as paper wants it."""
    bars = bars_of(years)
    most = max((count for _, _, count in bars), default=0) or 1
    step = _WIDTH / max(len(bars), 1)
    every = max(1, int(-(-48 // step)))  # labels that do not run into each other
    drawn = [
        f'<line x1="0" y1="{_FLOOR}" x2="{_WIDTH}" y2="{_FLOOR}" stroke="#808080"/>',
        _words(2, _TOP - 6, QLocale().toString(most)),
    ]
    for number, (year, _, count) in enumerate(bars):
        height = max((_FLOOR - _TOP) * count / most, 1 if count else 0)
        left, width = number * step, min(max(step - 1.5, 1), 60)
        drawn.append(
            f'<rect x="{left:.2f}" y="{_FLOOR - height:.2f}" width="{width:.2f}" '
            f'height="{height:.2f}" fill="#356a3c"/>'
        )
        if number % every == 0 and left + 34 <= _WIDTH:
            drawn.append(_words(left, _FLOOR + 17, str(year)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}">{"".join(drawn)}</svg>'
    )


def embedded(svg: str) -> str:
    """Return a drawing as a path that QGIS keeps in the project: no file can get lost."""
    return "base64:" + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _words(left: float, bottom: float, text: str) -> str:
    return (
        f'<text x="{left:.2f}" y="{bottom:.2f}" font-family="sans-serif" font-size="13" '
        f'fill="#202020">{escape(text)}</text>'
    )
