"""Every kind of failure has words for the user."""

from __future__ import annotations

import inspect

import pytest

from biodiv_plugin import messages
from biodiv_plugin.portal import errors


def kinds(kind: type) -> list[type]:
    return [kind, *(below for child in kind.__subclasses__() for below in kinds(child))]


def example(kind: type) -> Exception:
    """Make an error of this kind, with a word for each parameter that has no default."""
    parameters = inspect.signature(kind).parameters.values()
    needed = [p for p in parameters if p.default is p.empty and p.kind is not p.VAR_POSITIONAL]
    positional = [p.name for p in needed if p.kind is p.POSITIONAL_OR_KEYWORD]
    return kind(*positional, **{p.name: p.name for p in needed if p.kind is p.KEYWORD_ONLY})


@pytest.mark.parametrize("kind", kinds(errors.PortalError)[1:], ids=lambda kind: kind.__name__)
def test_each_kind_is_told_in_words_of_its_own(kind):
    said = messages.explain(example(kind))
    assert said != messages.explain(errors.PortalError("x"))
    assert said.strip().endswith((".", "…"))
    assert "{" not in said, "a placeholder was not filled"


def test_the_kind_of_an_unknown_error_is_told_too():
    class New(errors.PortalFault):
        pass

    assert messages.explain(New("x")) == messages.explain(errors.PortalFault("x"))


@pytest.mark.parametrize("kind", kinds(errors.PortalError), ids=lambda kind: kind.__name__)
def test_an_error_keeps_no_query_of_an_address(kind):
    """The address goes to the log; a query may hold a place, a name or a code."""
    error = example(kind)
    if "url" in inspect.signature(kind).parameters:
        error = kind(*error.args[:1], **needed(kind), url="https://portal.example/a?code=sentinel")
    assert "sentinel" not in f"{error!r} {error} {getattr(error, 'url', '')}"


def needed(kind: type) -> dict[str, str]:
    parameters = inspect.signature(kind).parameters.values()
    return {p.name: p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty}
