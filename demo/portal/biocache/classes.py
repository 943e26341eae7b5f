"""The classes of a map coloured by a field, and its legend (contract/occurrences 2.5)."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple

from demo.portal.biocache import facets
from demo.portal.biocache.labels import MISSING, Labels
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.solr import escape
from demo.portal.biocache.translate import field_named
from demo.portal.data.index_fields import IndexField

MOST = 30
_UNLIMITED = frozenset({"year", "decade", "occurrenceYear"})
_FIRST = (161, 66, 132)
_REMAINDER = (100, 100, 100)


@dataclass(frozen=True)
class Class:
    """One item of a legend; ``values`` are the facet values drawn in its colour."""

    name: str
    i18n_code: str
    facet_value: str
    count: int
    colour: Tuple[int, int, int]
    fq: str
    values: frozenset
    remainder: bool = False

    def as_json(self) -> Dict[str, Any]:
        red, green, blue = self.colour
        return {
            "name": self.name,
            "i18nCode": self.i18n_code,
            "facetValue": self.facet_value,
            "count": self.count,
            "colour": red << 16 | green << 8 | blue,
            "red": red,
            "green": green,
            "blue": blue,
            "fq": self.fq,
            "remainder": self.remainder,
        }


def palette(number: int) -> Tuple[int, int, int]:
    """Return the colour of the class with this number; neighbours differ much."""
    if number == 0:
        return _FIRST
    hue = (0.87 + number * 0.61803398875) % 1
    red, green, blue = colorsys.hsv_to_rgb(
        hue, 0.6 + 0.2 * (number % 3 - 1), 0.8 - 0.1 * (number % 2)
    )
    return round(red * 255), round(green * 255), round(blue * 255)


def classes(selection: Selection, mode: str, labels: Labels) -> Tuple[IndexField, List[Class]]:
    """Return field and classes of a colour mode: a field, and perhaps numbers to cut it at."""
    name, *cuts = mode.split(",")
    field = field_named(name)
    values, missing = facets.value_counts(selection, field)
    found = _cut(field, values, cuts) if cuts else _each(field, values, labels)
    if missing:
        found.append(
            Class(
                *(MISSING, f"{field.name}.novalue", "", missing, palette(len(found))),
                *(f"-{field.name}:*", frozenset({None})),
            )
        )
    return field, found


def _each(field: IndexField, values: facets.Values, labels: Labels) -> List[Class]:
    ordered = sorted(values, key=lambda item: -item[1])
    if field.name in _UNLIMITED:
        ordered = sorted(values)
    limit = len(ordered) if field.name in _UNLIMITED else MOST - 1
    found = [
        Class(
            *(labels.of(field, value), f"{field.name}.{value}", value, count, palette(number)),
            *(f'{field.name}:"{escape(value)}"', frozenset({value})),
        )
        for number, (value, count) in enumerate(ordered[:limit])
    ]
    rest = ordered[limit:]
    if rest:
        excluded = " OR ".join(f'"{escape(value)}"' for value, _ in ordered[:limit])
        found.append(
            Class(
                *("Other", f"{field.name}.other", "", sum(n for _, n in rest), _REMAINDER),
                *(f"{field.name}:* AND -{field.name}:({excluded})", frozenset(v for v, _ in rest)),
                remainder=True,
            )
        )
    return found


def _cut(field: IndexField, values: facets.Values, cuts: Sequence[str]) -> List[Class]:
    limits: List[Optional[float]] = [None, *sorted(float(cut) for cut in cuts), None]
    found = []
    for number, (low, high) in enumerate(zip(limits, limits[1:])):
        inside = [
            (value, count)
            for value, count in values
            if (low is None or float(value) >= low) and (high is None or float(value) < high)
        ]
        text = f"[{_text(low)} TO {_text(high)}}}" if high is not None else f"[{_text(low)} TO *]"
        found.append(
            Class(
                *(text, f"{field.name}.{text}", text, sum(n for _, n in inside), palette(number)),
                *(f"{field.name}:{text}", frozenset(value for value, _ in inside)),
            )
        )
    return found


def _text(limit: Optional[float]) -> str:
    return "*" if limit is None else f"{limit:g}"
