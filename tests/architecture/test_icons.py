"""Icons are seen on the light theme of QGIS and on Night Mapping alike, and at any scale."""

from __future__ import annotations

import importlib
import re
from xml.etree import ElementTree

import pytest
from qgis.PyQt.QtCore import QFile

from tests.architecture.source import PACKAGE, ROOT

ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))
BACKGROUNDS = ("f0f0f0", "ffffff", "323232")
CONTRAST = 3.0  # WCAG 2.2, 1.4.11: what a graphic needs to be seen


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_its_colors_stand_out_on_every_theme(icon):
    colors = set(re.findall(r"#([0-9a-f]{6})\b", icon.read_text()))
    assert colors
    faint = [(c, b) for c in colors for b in BACKGROUNDS if contrast(c, b) < CONTRAST]
    assert faint == []


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_it_scales(icon):
    root = ElementTree.parse(icon).getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert len(root), "an empty picture"
    assert not [e for e in root.iter() if e.tag.endswith(("image", "style", "script", "text"))]


def test_every_icon_that_is_asked_for_is_there():
    names = {icon.name for icon in ICONS}
    asked = {name for _, text in sources() for name in re.findall(r"icons/([\w-]+\.svg)", text)}
    dock = (PACKAGE / "gui" / "portal_dock.py").read_text()
    sections = {f"{name}.svg" for name in re.findall(r'self\._add\("(\w+)"', dock)}
    assert asked | sections <= names


def test_every_icon_of_qgis_own_that_is_asked_for_is_there():
    """QGIS shows nothing at all for a name that its theme does not have."""
    importlib.import_module("qgis.gui")  # brings the pictures
    asked = {(path, name) for path, text in sources() for name in THEME_ICON.findall(text)}
    assert asked
    found = {name for _, name in asked if QFile.exists(f":/images/themes/default{name}")}
    assert sorted(where for where in asked if where[1] not in found) == []


THEME_ICON = re.compile(r'"(/\w+\.(?:svg|png))"')


def sources() -> list[tuple[str, str]]:
    return [(path.name, path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
