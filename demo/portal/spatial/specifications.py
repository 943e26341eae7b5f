"""What the processes take, and whether a request fits (contract/spatial 7.1, 7.2)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Dict, Mapping

_FILE = Path(__file__).with_name("capabilities.json")
_NUMBERS = ("int", "double")


@cache
def specifications() -> Dict[str, Any]:
    """Return the processes by name, as ``/capabilities`` tells them."""
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def complaints(name: str, inputs: Mapping[str, Any]) -> Dict[str, str]:
    """Return what is wrong, by input; the service checks no more than this.

    How many areas, species and layers are given, and what a list may hold, it does not look at.
    """
    specification = specifications().get(name)
    if specification is None:
        return {"spec": f"failed to find spec for: {name}"}
    found = {}
    for key, about in specification["input"].items():
        limits, value = about["constraints"], inputs.get(key)
        if about["type"] == "auto":
            continue
        if value in (None, "", [], {}):
            if not (limits.get("optional") or "defaultValue" in limits or limits.get("min") == 0):
                found[key] = f"Input parameter {key} has no value."
        elif about["type"] in _NUMBERS:
            text = _out_of_range(key, value, limits)
            if text:
                found[key] = text
    return found


def with_defaults(name: str, inputs: Mapping[str, Any]) -> Dict[str, Any]:
    """Return the inputs with the defaults for what is missing."""
    told = {
        key: about["constraints"]["defaultValue"]
        for key, about in specifications()[name]["input"].items()
        if "defaultValue" in about["constraints"]
    }
    told.update({key: value for key, value in inputs.items() if value not in (None, "")})
    return told


def _out_of_range(key: str, value: Any, limits: Mapping[str, Any]) -> str:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return f"Input parameter {key}={value} is not a number."
    if number > limits.get("max", number):
        return f"Input parameter {key}={value} is too large. Maximum value is {limits['max']}."
    if number < limits.get("min", number):
        return f"Input parameter {key}={value} is too small. Minimum value is {limits['min']}."
    return ""
