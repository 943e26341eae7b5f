"""Ready for QGIS 4: what PyQt 6 no longer takes is not written.

No QGIS on Qt 6 can be had here, so this asks PyQt 5 and QGIS 3 themselves: a value of an
enumeration that is reached through the class around it, and not through the enumeration, is what
PyQt 6 refuses.
"""

from __future__ import annotations

import ast
import enum
import importlib

import pytest

from tests.architecture.source import MODULES, Module

GONE = {"QRegExp", "QDesktopWidget", "QVariant.Type", "QTextCodec", "QStringRef", "QMatrix"}


def names(module: Module) -> dict[str, object]:
    """Return what the module imports from QGIS and Qt, under the names it uses."""
    found: dict[str, object] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis."):
            source = importlib.import_module(node.module or "")
            for alias in node.names:
                found[alias.asname or alias.name] = getattr(source, alias.name, None)
    return found


def is_flat(owner: object, attribute: str) -> bool:
    """Return whether ``owner.attribute`` is a value of an enumeration that ``owner`` holds."""
    value = getattr(owner, attribute, None)
    if not isinstance(owner, type) or isinstance(value, (type, bool)):
        return False
    if isinstance(value, enum.Enum):
        return type(value) is not owner
    return isinstance(value, int) and type(value) is not int and type(value) is not owner


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_values_are_reached_through_their_enumeration(module):
    known = names(module)
    flat = [
        f"{module.where(node)} {ast.unparse(node)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and is_flat(known.get(node.value.id), node.attr)
    ]
    assert flat == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_qt_comes_through_qgis_and_nothing_is_gone(module):
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            origin = getattr(node, "module", "") or ""
            imported = {alias.name for alias in node.names}
            modules = {origin} if isinstance(node, ast.ImportFrom) else imported
            roots = {name.partition(".")[0] for name in modules}
            assert not roots & {"PyQt5", "PyQt6", "sip"}, module.where(node)
            assert not imported & GONE, module.where(node)
            assert not origin.endswith("resources_rc"), module.where(node)
    old = [module.where(call) for call, name in module.calls() if name.endswith(".exec_")]
    assert old == []


def test_the_check_knows_flat_from_scoped():
    from qgis.core import Qgis, QgsTask
    from qgis.PyQt.QtCore import Qt

    assert is_flat(Qt, "AlignLeft")
    assert not is_flat(Qt, "AlignmentFlag")
    assert not is_flat(Qt.AlignmentFlag, "AlignLeft")
    assert is_flat(QgsTask, "CanCancel")
    assert not is_flat(Qgis.MessageLevel, "Warning")
    assert not is_flat(Qgis, "QGIS_VERSION_INT")
