"""The report of one area as rich text, in the colours of the window."""

from __future__ import annotations

from html import escape
from typing import Iterator

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.layers.report_layout import silent_layers, some, summary, why_none
from biodiv_plugin.layers.report_table import group_title, kind_title
from biodiv_plugin.portal.report import KINDS, AreaReport
from biodiv_plugin.translation import translate

_NAMES, _AREAS = 12, 20  # that are named; the table of details holds all
_INDENT = 16  # pixels a level of the groups


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
    for group in report.groups:
        told = f"<b>{escape(group_title(group))}</b> ({_counts(group.records, group.species)})"
        yield f'<p style="margin:0 0 0 {_INDENT * (group.level - 1)}px">{told}</p>'


def _lists(report: AreaReport) -> Iterator[str]:
    yield _heading(translate("AreaReport", "Species on lists"))
    if not report.lists:
        nothing = translate("AreaReport", "None of the species stands on an authoritative list.")
        yield f"<p>{escape(nothing)}</p>"
    for kind in KINDS:
        listed = [each for each in report.lists if each.kind == kind]
        if listed:
            yield f"<p>{escape(kind_title(kind))}</p><ul>"
        for each in listed:
            told = f"<b>{escape(each.name)}</b> ({_counts(each.records, len(each.names))})"
            yield f"<li>{told}<br><i>{escape(some(each.names, _NAMES))}</i></li>"
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


def _counts(records: int, species: int) -> str:
    number = QLocale().toString
    text = translate("AreaReport", "observations: {n}; species: {s}")
    told = escape(text.format(n=number(records), s=number(species)))
    return told.replace(": ", ":&nbsp;")  # a number stays with its word
