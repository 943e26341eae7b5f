"""The columns of the tables of names, in a dock that is narrow."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QTableView

_SHARE = 0.55  # of the table's width that one column takes at most
_LEAST = 90  # pixels


def fit_columns(view: QTableView) -> None:
    """Make the columns as wide as their cells, but none so wide that it hides all the others."""
    view.resizeColumnsToContents()
    most = max(_LEAST, int(view.viewport().width() * _SHARE))
    for column in range(view.model().columnCount()):
        if view.columnWidth(column) > most:
            view.setColumnWidth(column, most)
