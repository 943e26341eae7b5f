"""Texts of others in places that QGIS reads for more than their letters."""

from __future__ import annotations

import re

_JOINER = "\u2060"  # has no width: nobody sees it, and nothing is left out
_MARKS = re.compile(r"<(?=[A-Za-z/!?])|\[(?=%)")


def inert(text: str) -> str:
    """Return ``text``, to the eye the same, without HTML or QGIS's ``[% expressions %]``.

    QGIS shows metadata of a layer as HTML, and works out the expressions in a layout's label:
    a name or a description from elsewhere shall do neither.
    """
    return _MARKS.sub(lambda mark: mark[0] + _JOINER, text)
