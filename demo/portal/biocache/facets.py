"""Counts per value (contract/occurrences 1.1 and 1.3)."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple

from demo.portal.biocache import dates
from demo.portal.biocache.faulty import query_fault
from demo.portal.biocache.labels import MISSING, Labels
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.solr import escape
from demo.portal.biocache.translate import column, field_named
from demo.portal.data.index_fields import IndexField

MAX_FACETS = 30
_LARGE = 100  # from so many distinct values on their number is an estimate

Values = List[Tuple[str, int]]


def requested(parameters: Parameters) -> List[IndexField]:
    """Return the facet fields: repeated, or one text cut at commas; 30 at most."""
    names = parameters.many("facets")
    if len(names) == 1:
        names = [name.strip() for name in names[0].split(",") if name.strip()]
    return [field_named(name) for name in names[:MAX_FACETS]]


def value_counts(selection: Selection, field: IndexField) -> Tuple[Values, int]:
    """Return every value with its count, unordered, and how many records have none."""
    rows = selection.rows(f"{column(field)}, count(*)", "GROUP BY 1")
    counts: Dict[Any, int] = {}
    missing = 0
    for value, count in rows:
        if value is None:
            missing += count
        elif field.multivalue:
            for part in value.split("|"):
                counts[part] = counts.get(part, 0) + count
        else:
            counts[value] = count
    ordered = sorted(counts.items())
    return [(as_text(field, value), count) for value, count in ordered], missing


def as_text(field: IndexField, value: Any) -> str:
    """Return a stored value as Solr prints it."""
    if field.type == "boolean":
        return "true" if value else "false"
    if field.type == "date":
        return dates.iso(value)
    if field.type == "double":
        return str(float(value))
    return str(value)


def search_facets(
    selection: Selection,
    parameters: Parameters,
    labels: Labels,
    counted: Callable[[IndexField], Selection],
) -> List[Dict[str, Any]]:
    """Return ``facetResults`` of a search: the records without a value come last.

    ``counted`` gives the records that are counted for a field.
    """
    results = []
    for field in requested(parameters):
        values, missing = value_counts(counted(field), field)
        items = [_item(field, value, count, labels) for value, count in chosen(values, parameters)]
        if missing:
            items.append(_missing(field, missing))
        if items:
            results.append({"fieldName": field.name, "fieldResult": items})
    return results + _range_facets(selection, parameters)


def bare_facets(
    selection: Selection, parameters: Parameters, labels: Labels
) -> List[Dict[str, Any]]:
    """Return the array of ``/occurrences/facets``, with its way of counting the values."""
    limit, offset = parameters.integer("flimit", 30), parameters.integer("foffset", 0)
    results: List[Dict[str, Any]] = []
    first: Optional[int] = None
    for field in requested(parameters):
        values, _ = value_counts(selection, field)
        if not values:
            continue
        shown = chosen(values, parameters)
        items = [_item(field, value, count, labels) for value, count in shown]
        if limit == 0:
            number = _estimate(len(values))
        elif offset > 0 or limit < 0:
            number = len(items)
        else:
            first = number = _estimate(len(values)) if first is None else first
        results.append({"fieldName": field.name, "fieldResult": items, "count": number})
    return results


def chosen(values: Values, parameters: Parameters) -> Values:
    """Return the values that fprefix, fcontains, fsort, foffset and flimit leave, in order."""
    prefix, part = parameters.text("fprefix"), parameters.text("fcontains")
    kept = [(v, n) for v, n in values if v.startswith(prefix) and part in v]
    if parameters.text("fsort") != "index":
        kept.sort(key=lambda item: -item[1])
    limit, offset = parameters.integer("flimit", 30), max(parameters.integer("foffset", 0), 0)
    return kept[offset:] if limit < 0 else kept[offset : offset + limit]


def _item(field: IndexField, value: str, count: int, labels: Labels) -> Dict[str, Any]:
    return {
        "label": labels.of(field, value),
        "i18nCode": f"{field.name}.{value}",
        "count": count,
        "fq": f'{field.name}:"{escape(value)}"',
    }


def _missing(field: IndexField, count: int) -> Dict[str, Any]:
    return {
        "label": MISSING,
        "i18nCode": f"{field.name}.novalue",
        "count": count,
        "fq": f"-{field.name}:*",
    }


def _estimate(number: int) -> int:
    """Return what a probabilistic counter makes of a number of distinct values."""
    return number if number < _LARGE else number + number // 75


def _range_facets(selection: Selection, parameters: Parameters) -> List[Dict[str, Any]]:
    results = []
    for name in parameters.many("facetRanges"):
        field = field_named(name)
        items = []
        for low, high, label in _ranges(field, parameters):
            condition = f"{column(field)} >= ? AND {column(field)} < ?"
            count = selection.rows("count(*)", f"AND {condition}", (low, high)).fetchone()[0]
            if count:
                items.append({"label": label, "count": count})
        if items:
            results.append({"fieldName": field.name, "fieldResult": items})
    return results


def _ranges(field: IndexField, parameters: Parameters) -> List[Tuple[float, float, str]]:
    texts = [parameters.text(f"facetRange{part}") for part in ("Start", "End", "Gap")]
    if field.type == "date":
        return _date_ranges(*texts)
    try:
        low, end, gap = (float(text) for text in texts)
    except ValueError:
        raise query_fault(f"Can't parse value {texts} for field: {field.name}") from None
    if gap <= 0:
        raise query_fault("range facet infinite loop (is gap negative? did the math overflow?)")
    whole = field.type == "int"
    found = []
    while low < end and len(found) < 10_000:
        last = f"{int(low + gap) - 1}" if whole else f"{low + gap}"
        found.append((low, low + gap, f"[{int(low) if whole else low} TO {last}]"))
        low += gap
    return found


def _date_ranges(start: str, end: str, gap: str) -> List[Tuple[float, float, str]]:
    low, last = dates.to_millis(start, 0), dates.to_millis(end, 0)
    if low is None or last is None:
        raise query_fault(f"Invalid Date String:'{start if low is None else end}'")
    found: List[Tuple[float, float, str]] = []
    while low < last and len(found) < 10_000:
        high = dates.step(low, gap)
        if high is None or high <= low:
            raise query_fault(f"Can't add gap {gap} to value {dates.iso(low)}")
        found.append((low, high, f"[{dates.iso(low)} TO {dates.iso(high - 1000)}]"))
        low = high
    return found
