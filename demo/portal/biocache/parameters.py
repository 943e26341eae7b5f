"""Request parameters as the occurrence service binds them: by name in any case, GET or form."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple
from urllib.parse import quote

from flask import Request

from demo.portal.biocache.faulty import BadParameter

_TRUE = frozenset({"true", "on", "yes", "1"})
_FALSE = frozenset({"false", "off", "no", "0", ""})


class Parameters:
    """All values of each parameter, by its name in lower case."""

    def __init__(self, pairs: Iterable[Tuple[str, str]]) -> None:
        self._values: Dict[str, List[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name.lower(), []).append(value)

    @classmethod
    def of(cls, request: Request) -> Parameters:
        """Return the parameters of the query, and of a form or JSON body."""
        pairs = list(request.args.items(multi=True)) + list(request.form.items(multi=True))
        if request.is_json:
            pairs += _json_pairs(request.get_json(silent=True))
        return cls(pairs)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._values

    def many(self, name: str) -> List[str]:
        return [value for value in self._values.get(name.lower(), []) if value]

    def text(self, name: str, default: str = "") -> str:
        values = self._values.get(name.lower())
        return values[0] if values else default

    def integer(self, name: str, default: int) -> int:
        return int(self._number(name, default, int))

    def number(self, name: str) -> Optional[float]:
        return self._number(name, None, float)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name, str(default)).lower()
        if value not in _TRUE | _FALSE:
            raise BadParameter(name)
        return value in _TRUE

    def signature(self) -> str:
        """Return all parameters as one text, by which equal questions are known."""
        return repr(sorted(self._values.items()))

    def _number(self, name: str, default: Any, kind: type) -> Any:
        value = self.text(name).strip()
        if not value:
            return default
        try:
            return kind(value)
        except ValueError:
            raise BadParameter(name) from None

    def replaced(self, **changes: List[str]) -> Parameters:
        """Return a copy with other values for some parameters."""
        copy = Parameters(())
        copy._values = {**self._values, **{k.lower(): v for k, v in changes.items()}}
        return copy


def url_encoded(value: str) -> str:
    """Return ``value`` as the service echoes it: form-encoded, %20 for a space."""
    return quote(value, safe="*-._")


def _json_pairs(body: Any) -> List[Tuple[str, str]]:
    if not isinstance(body, Mapping):
        raise BadParameter("body")
    pairs = []
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                text = str(item).lower() if isinstance(item, bool) else str(item)
                pairs.append((str(name), text))
    return pairs
