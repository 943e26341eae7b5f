"""Python 3.9 at run time: macOS's QGIS still has it. What vermin cannot see is asked here."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import MODULES

READS_WHAT_IT_WROTE = ("use_cases/list_backup.py", "layers/layer_metadata.py")
TYPES = {"None", "str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "set", "type"}


def annotations(tree: ast.Module) -> set[ast.AST]:
    """Return all nodes that only type checkers read, given the import from ``__future__``."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        kept = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            kept += node.body
        for part in kept:
            if part is not None:
                found.update(ast.walk(part))
    return found


def looks_like_a_type(node: ast.expr) -> bool:
    text = ast.unparse(node)
    return text in TYPES or text.partition("[")[0] in TYPES


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_it_parses_as_python_39(module):
    ast.parse(module.path.read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_no_union_is_evaluated(module):
    skipped = annotations(module.tree)
    unions = [
        module.where(node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.BitOr)
        and node not in skipped
        and (looks_like_a_type(node.left) or looks_like_a_type(node.right))
    ]
    assert unions == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_annotations_are_not_evaluated(module):
    if [node for node in module.tree.body if not isinstance(node, ast.Expr)]:
        first = next(node for node in module.tree.body if not isinstance(node, ast.Expr))
        assert isinstance(first, ast.ImportFrom)
        assert first.module == "__future__"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_dates_with_a_zone_are_not_left_to_fromisoformat(module):
    """Before 3.11 it refuses the ``Z`` that every service of the portal writes."""
    unaware = [
        module.where(call)
        for call, name in module.calls()
        if name == "datetime.fromisoformat"
        and "replace('Z', '+00:00')" not in ast.unparse(call)
        and module.name not in READS_WHAT_IT_WROTE
    ]
    assert unaware == []
