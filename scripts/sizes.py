"""Refuse files over 400 lines and functions over 50: past these, a part wants a name."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("biodiv_plugin", "demo", "scripts", "tests", "benchmarks")
FILE, FUNCTION = 400, 50


def too_long(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    lines = text.count("\n")
    found = [f"{name}: {lines} lines, at most {FILE}"] if lines > FILE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                found.append(f"{name}:{node.lineno}: {node.name} has {length}, at most {FUNCTION}")
    return found


if __name__ == "__main__":
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    found = [line for path in paths for line in too_long(path)]
    print("\n".join(found) or f"sizes: {len(paths)} files")
    sys.exit(bool(found))
