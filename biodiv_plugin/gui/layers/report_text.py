"""The report of one area as rich text, in the colours of the window."""

from __future__ import annotations

from html import escape
from typing import Iterable, Iterator, Sequence

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.layers.report_layout import silent_layers, some, summary, why_none
from biodiv_plugin.layers.report_table import group_title, kind_title
from biodiv_plugin.portal.report import KINDS, AreaReport
from biodiv_plugin.translation import translate

_NAMES, _AREAS = 12, 20  # that are named; the table of details holds all


def as_html(report: AreaReport) -> str:
    """Return all that a report tells: numbers, groups, lists by kind, layers within."""
    lines = [escape(line) for line in summary(report).splitlines()]
    told = [f"<h3>{escape(report.plot.name)}</h3><p>{'<br>'.join(lines)}</p>"]
    if report.plot.area_error:
        text = translate("AreaReport", "The area was simplified; its surface changed by {n} %.")
        percent = QLocale().toString(100 * report.plot.area_error, "f", 3)
        told.append(f"<p>{escape(text.format(n=percent))}</p>")
    if report.records:
        told += [*_groups(report), *_lists(report)]
    else:
        told.append(f"<p>{escape(why_none(report))}</p>")
    told += _layers(report)
    return "".join(told)


def _groups(report: AreaReport) -> Iterator[str]:
    yield _heading(translate("AreaReport", "Species groups"))
    rows = (
        (
            f"{'&nbsp;' * 4 * (group.level - 1)}{escape(group_title(group))}",
            group.records,
            group.species,
        )
        for group in report.groups
    )
    yield _table(
        (
            translate("AreaReport", "Group"),
            translate("AreaReport", "Observations"),
            translate("AreaReport", "Species"),
        ),
        rows,
    )


def _lists(report: AreaReport) -> Iterator[str]:
    yield _heading(translate("AreaReport", "Species on lists"))
    if not report.lists:
        nothing = translate("AreaReport", "None of the species stands on an authoritative list.")
        yield f"<p>{escape(nothing)}</p>"
    counts = translate("AreaReport", "observations: {n}; species: {s}")
    for kind in KINDS:
        listed = [each for each in report.lists if each.kind == kind]
        if listed:
            yield f"<p><b>{escape(kind_title(kind))}</b></p><ul>"
        for each in listed:
            told = counts.format(n=_n(each.records), s=_n(len(each.names)))
            names = escape(some(each.names, _NAMES))
            yield f"<li>{escape(each.name)} ({told})<br><i>{names}</i></li>"
        if listed:
            yield "</ul>"


def _layers(report: AreaReport) -> Iterator[str]:
    yield _heading(translate("AreaReport", "Portal layers within"))
    within = [layer for layer in report.layers if layer.areas]
    if within:
        items = (
            f"<li><b>{escape(e.title)}</b>: {escape(some(e.areas, _AREAS))}</li>" for e in within
        )
        yield f"<ul>{''.join(items)}</ul>"
    else:
        nothing = translate("AreaReport", "None of the layers that were looked into.")
        yield f"<p>{escape(nothing)}</p>"
    silent = silent_layers(report)
    if silent:
        yield f"<p>{escape(silent)}</p>"


def _heading(text: str) -> str:
    return f"<h4>{escape(text)}</h4>"


def _table(headers: Sequence[str], rows: Iterable[tuple[str, int, int]]) -> str:
    first, *others = (escape(header) for header in headers)
    head = "".join(f'<th align="right">{header}</th>' for header in others)
    lines = "".join(
        f'<tr><td>{name}</td><td align="right">{_n(a)}</td><td align="right">{_n(b)}</td></tr>'
        for name, a, b in rows
    )
    return (
        f'<table cellspacing="0" cellpadding="3">'
        f'<tr><th align="left">{first}</th>{head}</tr>{lines}</table>'
    )


def _n(number: int) -> str:
    return QLocale().toString(number)
