"""Reads the query language of the occurrence search into a tree.

Solr's standard query parser as the service sets it up: terms without an operator must all match;
a subquery of prohibited clauses only matches nothing, a whole query of them what is left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List, Optional, Tuple, Union


class SyntaxFault(Exception):
    """The text is no query; the message is Solr's."""


@dataclass(frozen=True)
class Term:
    """``field:value``; no field means the default one. ``quoted`` values hold no wildcards."""

    field: Optional[str]
    value: str
    quoted: bool


@dataclass(frozen=True)
class Range:
    """``field:[low TO high]``; None for an open end, ``{`` and ``}`` leave the end itself out."""

    field: Optional[str]
    low: Optional[str]
    high: Optional[str]
    with_low: bool
    with_high: bool


@dataclass(frozen=True)
class Group:
    """Clauses in parentheses, or the whole query (``top``)."""

    must: Tuple[Node, ...]
    should: Tuple[Node, ...]
    must_not: Tuple[Node, ...]
    top: bool = False


Node = Union[Term, Range, Group]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<operator>(?:AND|OR|NOT)(?=[\s()]|$)|&&|\|\|)
      | (?P<sign>[-+!](?=\S))
      | (?P<open>\()
      | (?P<close>\))
      | (?P<range>[\[{]\s*(?P<low>"(?:[^"\\]|\\.)*"|\S+)\s+TO\s+
                  (?P<high>"(?:[^"\\]|\\.)*"|[^\s\]}]+)\s*[\]}])
      | (?P<phrase>"(?P<quoted>(?:[^"\\]|\\.)*)"(?:~\d+)?)
      | (?P<field>(?:[^\s:()"\[\]{}\\^~]|\\.)+):
      | (?P<word>(?:[^\s:()"\[\]{}\\^]|\\.)+)
      | (?P<boost>\^[\d.]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def parse(text: str) -> Group:
    """Return the query as a tree. Raises SyntaxFault."""
    reader = _Reader(text, _tokens(text))
    group = reader.clauses(None, top=True)
    if reader.kind is not None:
        raise reader.fault()
    return group


def unescape(text: str) -> str:
    """Return ``text`` without the backslashes that protect its characters."""
    return _ESCAPED.sub(r"\1", text)


def escape(text: str) -> str:
    """Return ``text`` fit for double quotes in a query."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _fault(text: str, at: int) -> SyntaxFault:
    found = f'"{text[at]}"' if at < len(text) else "<EOF>"
    return SyntaxFault(
        f"org.apache.solr.search.SyntaxError: Cannot parse '{text}': Encountered {found} "
        f"at line 1, column {at}."
    )


def _tokens(text: str) -> List[re.Match]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _fault(text, at)
        if match.group("space") is None:
            tokens.append(match)
        at = match.end()
    return tokens


class _Reader:
    """Walks the tokens once, from left to right."""

    def __init__(self, text: str, tokens: List[re.Match]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0

    @property
    def kind(self) -> Optional[str]:
        if self._at >= len(self._tokens):
            return None
        groups = self._tokens[self._at].groupdict()
        kinds = ("operator", "sign", "open", "close", "range", "phrase", "field", "word", "boost")
        return next(kind for kind in kinds if groups[kind] is not None)

    def fault(self) -> SyntaxFault:
        ended = self._at >= len(self._tokens)
        return _fault(self._text, len(self._text) if ended else self._tokens[self._at].start())

    def clauses(self, field: Optional[str], top: bool = False) -> Group:
        """Read clauses up to the end or a closing parenthesis, as Lucene weighs operators."""
        read: List[List] = []  # [occurrence, node]
        while self.kind not in (None, "close"):
            joined = self._operator(first=not read)
            prohibited = self._prohibited()
            node = self._clause(field)
            if read and read[-1][0] != "must_not" and joined is not None:
                read[-1][0] = "must" if joined == "AND" else "should"
            if prohibited:
                read.append(["must_not", node])
            else:
                read.append(["should" if joined == "OR" else "must", node])
        if not read:
            raise self.fault()
        parts = {kind: tuple(n for k, n in read if k == kind) for kind, _ in read}
        return Group(parts.get("must", ()), parts.get("should", ()), parts.get("must_not", ()), top)

    def _operator(self, first: bool) -> Optional[str]:
        if self.kind != "operator" or self._tokens[self._at].group() == "NOT":
            return None
        if first:
            raise self.fault()
        text = self._next().group()
        return {"&&": "AND", "||": "OR"}.get(text, text)

    def _prohibited(self) -> bool:
        if self.kind == "operator":
            if self._tokens[self._at].group() != "NOT":
                raise self.fault()
            self._next()
            return True
        return self.kind == "sign" and self._next().group() != "+"

    def _clause(self, field: Optional[str]) -> Node:
        if self.kind == "field":
            field = unescape(self._next().group("field"))
        node = self._value(field)
        if self.kind == "boost":
            self._next()
        return node

    def _value(self, field: Optional[str]) -> Node:
        kind = self.kind
        if kind == "open":
            self._next()
            group = self.clauses(field)
            if self.kind != "close":
                raise self.fault()
            self._next()
            return group
        if kind == "range":
            return self._range(field)
        if kind == "phrase":
            return Term(field, unescape(self._next().group("quoted")), True)
        if kind == "word":
            return Term(field, self._next().group("word"), False)
        if kind == "sign":  # a negative number: year:-5
            sign = self._next().group()
            if self.kind == "word":
                return Term(field, sign + self._next().group("word"), False)
        raise self.fault()

    def _range(self, field: Optional[str]) -> Range:
        match = self._next()
        text = match.group("range")
        low, high = (_bound(match.group(name)) for name in ("low", "high"))
        return Range(field, low, high, text[0] == "[", text[-1] == "]")

    def _next(self) -> re.Match:
        match = self._tokens[self._at]
        self._at += 1
        return match


def _bound(text: str) -> Optional[str]:
    if text == "*":
        return None
    return unescape(text[1:-1] if text.startswith('"') else text)
