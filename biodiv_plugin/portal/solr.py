"""The few forms of Solr filter queries that the plugin writes, and reads back.

Values are quoted as phrases, so nothing that a user or a service supplies can end a clause.
"""

from __future__ import annotations

import re
from typing import Iterable, Optional

ALL = "*:*"
_BLOCK = 1000  # one boolean query holds at most 1024 clauses (contract/occurrences 1.5)
_BARE = re.compile(r"[\w.-]+")
_CLAUSE = r'(\w+):("(?:[^"\\]|\\.)*"|[\w.-]+)'
_FIRST = re.compile(r"[ (]*" + _CLAUSE, re.DOTALL)
_NEXT = re.compile(r"\)* OR \(*" + _CLAUSE, re.DOTALL)
_RANGE = re.compile(r"(\w+):\[(\S+) TO (\S+)\]")


def phrase(value: str) -> str:
    """Return ``value`` as a quoted phrase.

    >>> phrase('say "a"')
    '"say \\\\"a\\\\""'
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def any_of(field: str, values: Iterable[str], *, bare: bool = False) -> str:
    """Return the clause that asks for any of ``values``; ``bare`` leaves simple ones unquoted.

    >>> any_of("month", ("4", "5"), bare=True)
    '(month:4 OR month:5)'
    """
    clauses = [
        f"{field}:{value if bare and _BARE.fullmatch(value) else phrase(value)}" for value in values
    ]
    if len(clauses) == 1:
        return clauses[0]
    if len(clauses) <= _BLOCK:
        return f"({' OR '.join(clauses)})"
    blocks = (clauses[start : start + _BLOCK] for start in range(0, len(clauses), _BLOCK))
    return f"({' OR '.join(f'({joined})' for joined in map(' OR '.join, blocks))})"


def between(field: str, low: str, high: str) -> str:
    """Return an inclusive range; an empty bound is open.

    >>> between("year", "2015", "")
    'year:[2015 TO *]'
    """
    return f"{field}:[{low or '*'} TO {high or '*'}]"


def read_any_of(text: str) -> Optional[tuple[str, tuple[str, ...]]]:
    """Return the field and the values of a clause that :func:`any_of` writes, else ``None``.

    >>> read_any_of('(month:4 OR month:"5")')
    ('month', ('4', '5'))
    """
    fields: set[str] = set()
    values: list[str] = []
    position = 0
    while position < len(text):
        match = (_NEXT if values else _FIRST).match(text, position)
        if match is None:
            break
        fields.add(match[1])
        values.append(_unquoted(match[2]))
        position = match.end()
    if len(fields) != 1 or text[position:].strip(" )"):
        return None
    return fields.pop(), tuple(values)


def read_between(text: str) -> Optional[tuple[str, str, str]]:
    """Return field, low and high of a range; an open bound is ""."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = ("" if bound == "*" else bound for bound in match.groups()[1:])
    return match[1], low, high


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    return re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
