"""Texts of others in places that QGIS reads for more than their letters."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_NO_TAG = "\u2039"  # looks like it
_NO_EXPRESSION = "[\u2060%"  # a sign without width between


def inert(text: str) -> str:
    """Return ``text``, to the eye nearly the same, without HTML or ``[% expressions %]``.

    QGIS shows metadata of a layer as HTML, which it does not say to who exports them, and works
    out the expressions in a layout's label: a description from elsewhere shall be neither.
    """
    return _TAG.sub(_NO_TAG, text).replace("[%", _NO_EXPRESSION)
