"""Turns a query into SQL on the view ``occurrence``; every value is a bound parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from demo.portal.biocache import dates, sampled
from demo.portal.biocache.faulty import INVALID_PROPERTY, ServiceFault, query_fault
from demo.portal.biocache.solr import Group, Node, Range, Term, unescape
from demo.portal.data.index_fields import IndexField, index_fields, legacy_names

MAX_CLAUSES = 1024  # Solr's maxBooleanClauses
DEFAULT_FIELD = "text"
_WILD = re.compile(r"(?<!\\)[*?]")


@dataclass(frozen=True)
class Sql:
    """A condition and its values."""

    text: str
    values: Tuple[object, ...] = ()

    def negated(self) -> Sql:
        return Sql(f"({self.text}) IS NOT TRUE", self.values)


ALL, NOTHING = Sql("1"), Sql("0")

# A macro gets the value of its term and returns a condition; None where the clause disappears.
Macro = Callable[[str], Optional[Sql]]


def both(parts: Sequence[Sql]) -> Sql:
    """Return the condition that all of ``parts`` hold."""
    return _joined(parts, " AND ") if parts else ALL


def field_named(name: str) -> IndexField:
    """Return the field of a present or former name; raises ServiceFault for any other."""
    if name.startswith("sensitive_"):
        raise ServiceFault(500, INVALID_PROPERTY, f"The property {name} is not available")
    field = index_fields().get(legacy_names().get(name, name))
    if field is None:
        raise query_fault(f"undefined field {name}")
    return field


def column(field: IndexField) -> str:
    """Return the SQL of a field's value at a row of ``occurrence``."""
    return sampled.expression(field.name) if field.sampled else f'"{field.name}"'


class Translator:
    """Translates trees; ``now`` is seconds since 1970, for date mathematics."""

    def __init__(self, macros: Dict[str, Macro], now: float) -> None:
        self._macros = macros
        self._now = now

    def translate(self, node: Node) -> Optional[Sql]:
        """Return the condition of ``node``; None where it disappeared. Raises ServiceFault."""
        if isinstance(node, Group):
            return self._group(node)
        if isinstance(node, Range):
            return self._range(node)
        return self._term(node)

    def _group(self, group: Group) -> Optional[Sql]:
        if len(group.must) + len(group.should) + len(group.must_not) > MAX_CLAUSES:
            raise query_fault(f"too many boolean clauses, the maximum is {MAX_CLAUSES}")
        must, should, must_not = (
            [sql for sql in map(self.translate, nodes) if sql is not None]
            for nodes in (group.must, group.should, group.must_not)
        )
        if not must and not should and not must_not:
            return None
        if not must and not should and not group.top:
            return NOTHING  # Lucene: a prohibition alone, inside a query, selects nothing
        parts = must + ([_joined(should, " OR ")] if should and not must else [])
        return both(parts + [sql.negated() for sql in must_not])

    def _term(self, term: Term) -> Optional[Sql]:
        name = term.field or DEFAULT_FIELD
        value = term.value if term.quoted else unescape(term.value)
        exists = not term.quoted and term.value == "*"
        if name == "*":
            return ALL if exists else NOTHING
        macro = self._macros.get(legacy_names().get(name, name))
        if macro is not None and not exists:
            return macro(value)
        field = field_named(name)
        if exists:
            return Sql(f"{column(field)} IS NOT NULL")
        if field.type == "textgen":
            words = value.split() or [value]
            return both([Sql(f"{column(field)} LIKE ?", (f"%{word}%",)) for word in words])
        if not term.quoted and _WILD.search(term.value) and field.type == "string":
            return Sql(f"{column(field)} GLOB ?", (_glob(term.value, field.multivalue),))
        if field.multivalue:
            return Sql(f"instr('|' || {column(field)} || '|', ?) > 0", (f"|{value}|",))
        return Sql(f"{column(field)} = ?", (self.typed(field, value),))

    def _range(self, range_: Range) -> Sql:
        field = field_named(range_.field or DEFAULT_FIELD)
        parts = []
        if range_.low is not None:
            sign = ">=" if range_.with_low else ">"
            parts.append(Sql(f"{column(field)} {sign} ?", (self.typed(field, range_.low),)))
        if range_.high is not None:
            sign = "<=" if range_.with_high else "<"
            parts.append(Sql(f"{column(field)} {sign} ?", (self.typed(field, range_.high),)))
        return both(parts) if parts else Sql(f"{column(field)} IS NOT NULL")

    def typed(self, field: IndexField, value: str) -> object:
        """Return a query's text as the index stores such values; raises ServiceFault."""
        if field.type == "boolean":
            return int(value[:1] in ("1", "t", "T"))
        if field.type == "date":
            millis = dates.to_millis(value, self._now)
            if millis is None:
                raise query_fault(f"Invalid Date String:'{value}'")
            return millis
        if field.numeric:
            try:
                return int(value) if field.type == "int" else float(value)
            except ValueError:
                raise query_fault(f"Invalid Number: {value} for field {field.name}") from None
        return value


def _joined(parts: Sequence[Sql], operator: str) -> Sql:
    """Join conditions as a balanced tree: SQLite refuses trees that are a thousand deep."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    left, right = _joined(parts[:half], operator), _joined(parts[half:], operator)
    return Sql(f"({left.text}{operator}{right.text})", left.values + right.values)


def _glob(value: str, multivalue: bool) -> str:
    pieces: List[str] = []
    for piece in re.findall(r"\\.|.", value, re.DOTALL):
        if piece in ("*", "?"):
            pieces.append(piece)
        else:
            char = piece[-1]
            pieces.append(f"[{char}]" if char in "*?[" else char)
    pattern = "".join(pieces)
    return f"*{pattern}*" if multivalue else pattern
