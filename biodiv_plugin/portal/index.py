"""What the portal's index of occurrences knows: its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from biodiv_plugin.portal.answers import as_object, flag, required, text


@dataclass(frozen=True)
class IndexField:
    """One field of the index.

    ``group`` is its class in Darwin Core ("Taxon", "Location", …). Only a ``downloadable`` field
    (one with doc values) appears in a download; others vanish without a word. ``replaced_by``
    is the name to use instead of a deprecated one.
    """

    name: str
    dwc_term: str
    data_type: str
    group: str
    description: str
    info: str
    downloadable: bool
    indexed: bool
    multivalue: bool
    replaced_by: str


def parse_index_field(answer: Any) -> IndexField:
    """Read one element of ``/index/fields`` (contract/occurrences 1.3)."""
    field = as_object(answer, "an index field")
    return IndexField(
        name=required(field, "name", "an index field"),
        dwc_term=text(field, "dwcTerm"),
        data_type=text(field, "dataType"),
        group=text(field, "classs"),
        description=text(field, "description") or text(field, "downloadDescription"),
        info=text(field, "info"),
        downloadable=(flag(field, "docvalue") or False) and not flag(field, "deprecated"),
        indexed=flag(field, "indexed") or False,
        multivalue=flag(field, "multivalue") or False,
        replaced_by=text(field, "newFieldName"),
    )
