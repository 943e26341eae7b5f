"""The plugin's modules as syntax trees, for the tests of this folder."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "biodiv_plugin"


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def name(self) -> str:
        """Return the path inside the package, for example ``auth/bearer.py``."""
        return self.path.relative_to(PACKAGE).as_posix()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Yield each call with the dotted name of what it calls."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, ast.unparse(node.func)

    def where(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


MODULES = tuple(Module(path) for path in sorted(PACKAGE.rglob("*.py")))
