"""What comes from elsewhere reaches no window as HTML; see gui/plain.py."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import MODULES, Module

# What returns a text that is safe in any window: ours, escaped, or made plain.
SAFE = ("tr", "translate", "tip", "in_message", "describe_layer", "toolTip")
# HTML of our own whose parts are escaped where it is made.
OWN_HTML = ("gui/preview/switches.py",)


def test_each_label_says_whether_it_is_plain():
    found = [m.where(c) for m in MODULES for c, called in m.calls() if called == "QLabel"]
    assert found == []


@pytest.mark.parametrize(
    ("method", "texts"),
    [
        ("setToolTip", slice(-1, None)),
        ("showText", slice(1, 2)),
        ("createMessage", slice(2)),
        ("pushMessage", slice(2)),
    ],
)
def test_texts_of_others_are_made_plain(method, texts):
    found = []
    for module in (module for module in MODULES if module.name not in OWN_HTML):
        for call, called in module.calls():
            if called.endswith(f".{method}"):
                unsafe = (arg for arg in call.args[texts] if not is_safe(arg, module))
                found += [module.where(arg) for arg in unsafe]
    assert found == []


def is_safe(text: ast.expr, module: Module) -> bool:
    if isinstance(text, ast.Call):
        return ast.unparse(text.func).split(".")[-1] in SAFE
    if isinstance(text, ast.Name):  # whatever the module gives to that name; a parameter is unsafe
        values = [
            node.value
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == text.id
        ]
        return bool(values) and all(is_safe(value, module) for value in values)
    return isinstance(text, ast.Constant)
