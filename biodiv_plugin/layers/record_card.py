"""What a map tip tells of one record."""

from __future__ import annotations

from typing import Collection

from biodiv_plugin.layers.styles import is_blurred, is_exact, told_validation
from biodiv_plugin.translation import translate


def map_tip(columns: Collection[str], portal: str) -> str:
    """Return the HTML of a map tip with QGIS's expressions; cells of a record are escaped.

    ``portal`` is the address of the portal, "" where it is not known.
    """
    names = set(columns)
    lines = [f"<b>{_title(names)}</b>"]
    if {"vernacularName", "scientificName"} <= names:
        lines.append(f"<i>{_cell('scientificName')}</i>")
    lines += [_row(label, expression) for label, expression in _rows(names)]
    marks = (
        (is_blurred(names), translate("RecordCard", "Blurred: the exact place is not shown.")),
        (is_exact(names), translate("RecordCard", "Exact place of a sensitive species.")),
    )
    for condition, sentence in marks:
        if condition != "false":
            lines.append(f"[% if({condition}, '<b>{_quoted(sentence)}</b>', '') %]")
    if portal and "recordID" in names:
        page = f"{portal}/biocache-hub/occurrences/"
        link = translate("RecordCard", "Open in the portal")
        lines.append(f'<a href="{page}{_cell("recordID")}">{link}</a>')
    return "<br>\n".join(lines)


def _title(names: set[str]) -> str:
    present = [n for n in ("vernacularName", "scientificName", "raw_scientificName") if n in names]
    columns = ", ".join(f'"{name}"' for name in present)
    return f"[% {_escaped(f'coalesce({columns})')} %]" if present else ""


def _rows(names: set[str]) -> list[tuple[str, str]]:
    day = "format_date(\"eventDate\", 'd MMMM yyyy')"
    number = "format_number(\"coordinateUncertaintyInMeters\", 0) || ' m'"
    rows = (
        ("eventDate", translate("RecordCard", "Date"), day),
        ("municipality", translate("RecordCard", "Municipality"), ""),
        ("coordinateUncertaintyInMeters", translate("RecordCard", "Uncertainty"), number),
        ("recordedBy", translate("RecordCard", "Observer"), ""),
        ("individualCount", translate("RecordCard", "Number"), ""),
        ("dataResourceName", translate("RecordCard", "Dataset"), ""),
        (
            "identificationVerificationStatus",
            translate("RecordCard", "Validation"),
            told_validation(),
        ),
        ("occurrenceRemarks", translate("RecordCard", "Remarks"), ""),
    )
    return [(label, how or f'"{name}"') for name, label, how in rows if name in names]


def _row(label: str, expression: str) -> str:
    """Return a line that is left out where the record tells nothing."""
    told = f"'{_quoted(label)}: ' || {_escaped(expression)}"
    return f"[% coalesce({told}, '') %]"


def _cell(name: str) -> str:
    return f"[% {_escaped(chr(34) + name + chr(34))} %]"


def _escaped(expression: str) -> str:
    """Return the expression of a text in which HTML is shown, not obeyed."""
    signs = "map('&', '&amp;', '<', '&lt;', '>', '&gt;')"  # of such a map QGIS takes " first
    return f"replace(replace(to_string({expression}), {signs}), '\"', '&quot;')"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
