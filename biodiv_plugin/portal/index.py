"""What the portal's index of occurrences knows: its fields and its quality remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from biodiv_plugin.portal.answers import as_object, flag, integer, required, text, texts
from biodiv_plugin.portal.errors import UnexpectedAnswer


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


@dataclass(frozen=True)
class AssertionCode:
    """A quality remark; ``name`` is what records carry and filters ask for."""

    name: str
    code: int
    description: str
    category: str
    fatal: bool
    terms: tuple[str, ...]


def parse_assertion_code(answer: Any) -> AssertionCode:
    """Read one element of ``/assertions/codes`` (contract/occurrences 1.7)."""
    remark = as_object(answer, "an assertion code")
    code = integer(remark, "code")
    if code is None:
        raise UnexpectedAnswer("an assertion code without code")
    return AssertionCode(
        name=required(remark, "name", "an assertion code"),
        code=code,
        description=text(remark, "description"),
        category=text(remark, "category"),
        fatal=flag(remark, "fatal") or False,
        terms=texts(remark, "termsRequiredToTest"),
    )
