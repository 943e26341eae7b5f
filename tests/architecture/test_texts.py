"""Every text that a user reads can be translated, and is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scripts import i18n
from tests.architecture.source import MODULES, Module

TRANSLATING = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}  # where the text stands


def texts(module: Module) -> list[tuple[ast.Call, str, ast.expr]]:
    """Return (call, function, text) of each call that is to translate something."""
    found = []
    for call, called in module.calls():
        function = called.rpartition(".")[2]
        if function in TRANSLATING and len(call.args) > TRANSLATING[function]:
            found.append((call, function, call.args[TRANSLATING[function]]))
    return found


# These pass on what others gave them as literals.
PASS_ON = ("translation.py", "processing/base.py")


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_texts_are_literals(module):
    """What is put together first can never be found in a catalogue."""
    for call, function, text in texts(module) if module.name not in PASS_ON else ():
        looked_up = function == "translate" and not isinstance(text, ast.JoinedStr)
        if looked_up and not is_literal(text):
            # A text that was marked with QT_TRANSLATE_NOOP elsewhere is looked up by its value.
            assert isinstance(text, (ast.Name, ast.Attribute, ast.Subscript)), module.where(call)
            assert is_literal(call.args[0]), module.where(call)
        else:
            assert is_literal(text), f"{module.where(call)} {ast.unparse(call)}"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_translating_functions_go_by_their_names(module):
    """pylupdate goes by the name alone: to it a ``tr`` of two literals has its text first."""
    for call, called in module.calls():
        assert called != "tr", f"{module.where(call)}: self.tr() or translate()"
        if called.endswith(".tr"):
            assert len(call.args) == 1, module.where(call)


def test_the_tools_find_every_text():
    """pylupdate reads the source with a parser of its own; what it misses stays English."""
    catalogue = i18n.I18N / "biodiv_nl.ts"
    known = {source for (_, source), _ in i18n.messages(catalogue)}
    written = {
        (module.where(call), text.value)
        for module in MODULES
        for call, _, text in texts(module)
        if is_literal(text)
    }
    assert sorted(where_text for where_text in written if where_text[1] not in known) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_tr_is_used_where_its_context_is_certain(module):
    """PyQt looks a text up under the class of the instance, pylupdate files it where it stands."""
    inherited = {
        ast.unparse(base).rpartition(".")[2]
        for other in MODULES
        for node in ast.walk(other.tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name in inherited:
            uses = [c for c in ast.walk(node) if isinstance(c, ast.Call)]
            assert not [c for c in uses if ast.unparse(c.func) == "self.tr"], (
                f"{node.name} has children: use translate()"
            )


def test_the_catalogues_are_complete():
    assert i18n.findings() == []


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("Layers", "", "not translated"),
        ("{count} records", "{aantal} waarnemingen", "other placeholders"),
        ("<b>{name}</b>", "{name}", "other placeholders"),
        ("Download…", "Downloaden", "other end"),
    ],
)
def test_a_wrong_translation_is_seen(source, translation, fault):
    assert list(i18n.faults(source, translation)) == [fault]
    assert list(i18n.faults("{count} of {total}", "van {total}: {count}")) == []


def test_what_is_not_in_the_catalogue_is_seen(tmp_path, monkeypatch):
    empty = '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="nl"></TS>'
    Path(tmp_path, "biodiv_nl.ts").write_text(empty)
    monkeypatch.setattr(i18n, "I18N", tmp_path)
    assert "biodiv_nl.ts: not in it: ('PortalDock', 'Layers')" in i18n.findings()
