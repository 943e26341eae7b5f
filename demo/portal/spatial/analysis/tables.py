"""CompareAreas, SpeciesByLayer and TaxonFrequency: analyses that make tables."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from typing import Any, Dict, List, Sequence, Set

from demo.portal.spatial.analysis.job import Failed, Job, Record
from demo.portal.spatial.analysis.pages import page, table
from demo.portal.spatial.sampling import as_float
from demo.portal.spatial.store import Row


def compare_areas(job: Job) -> None:
    """Which species two areas share, and which only one has."""
    areas = job.areas()
    if len(areas) < 2:
        raise Failed("two areas are needed")
    names = [str(area.get("name") or f"area {i}") for i, area in enumerate(areas[:2], 1)]
    found = [_counts(job.records(area=area)) for area in areas[:2]]
    rows: List[Sequence[Any]] = []
    for name in sorted({*found[0], *found[1]}):
        both = [counts.get(name, 0) for counts in found]
        rows.append([name, *both, "both" if all(both) else names[0 if both[0] else 1]])
    columns = ["Species", *(f"{name}: records" for name in names), "Found in"]
    job.write("comparison.csv", _csv([columns, *rows]))
    lines = {
        f"Species in {names[0]}": len(found[0]),
        f"Species in {names[1]}": len(found[1]),
        "Species in both": len(found[0].keys() & found[1].keys()),
        f"Species only in {names[0]}": len(found[0].keys() - found[1].keys()),
        f"Species only in {names[1]}": len(found[1].keys() - found[0].keys()),
    }
    job.write("comparison.html", page("Compare areas", lines, table(columns, rows)), "metadata")


def species_by_layer(job: Job) -> None:
    """Species and records by class of a contextual layer, or by part of a grid's range."""
    fid = next(iter(job.many("layer")), "")
    field = job.store.field(fid)
    if field is None:
        raise Failed(f"layer {fid} does not exist")
    read, layer = job.sampler.reader(field), job.store.layer(fid) or {}
    species: Dict[str, Set[str]] = defaultdict(set)
    counts: Counter = Counter()
    for record in job.records(area={}):
        value = read(record.lon, record.lat)
        if value is None:
            continue
        label = str(value["name"]) if isinstance(value, dict) else _part(layer, value)
        species[label].add(record.name)
        counts[label] += 1
    rows = [[label, len(species[label]), counts[label]] for label in sorted(counts)]
    columns = [str(field["name"]), "Species", "Occurrences"]
    job.write("SpeciesByLayer.csv", _csv([columns, *rows]), "csv")


def taxon_frequency(job: Job) -> None:
    """Records by year of a taxon and, to set against it, of a second."""
    first = int(job.number("minYear", 1980))
    years = _by_year(job.records("species1"), first)
    if not years:
        raise Failed("no occurrences since the first year")
    second = job.inputs.get("species2")
    other = _by_year(job.records("species2"), first) if second else Counter()
    columns = ["Year", "Occurrences"] + (["Of the second taxon", "Ratio"] if second else [])
    rows: List[Sequence[Any]] = []
    for year in range(min(years), max(years) + 1):
        row: List[Any] = [year, years[year]]
        if second:
            row += [other[year], round(years[year] / other[year], 4) if other[year] else ""]
        rows.append(row)
    job.write("taxon_frequency.csv", _csv([columns, *rows]))
    most = max(years.values())
    bars = "".join(
        f'<rect x="{10 * i}" y="{100 - 100 * row[1] / most:.1f}" width="8"'
        f' height="{100 * row[1] / most:.1f}"><title>{row[0]}: {row[1]}</title></rect>'
        for i, row in enumerate(rows)
    )
    chart = f'<svg viewBox="0 0 {10 * len(rows)} 100" width="600" height="200">{bars}</svg>'
    lines = {"First year": rows[0][0], "Last year": rows[-1][0], "Records": sum(years.values())}
    text = page("Taxon frequency", lines, chart + table(columns, rows))
    job.write("charts.html", text, "metadata")


def _counts(records: List[Record]) -> Dict[str, int]:
    return dict(Counter(record.name for record in records if record.name))


def _by_year(records: List[Record], first: int) -> Counter:
    return Counter(r.year for r in records if r.year is not None and r.year >= first)


def _part(layer: Row, value: float) -> str:
    """Return which tenth of the layer's range a value lies in."""
    low = float(layer.get("environmentalvaluemin") or 0)
    high = float(layer.get("environmentalvaluemax") or 1)
    step = (high - low) / 10
    number = min(9, max(0, int((value - low) / step)))
    return f"{as_float(low + number * step)} - {as_float(low + (number + 1) * step)}"


def _csv(rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
