"""How fast the catalogue of layers shows and is searched, beside the way most plugins do it.

    python -m benchmarks.catalogue [--layers 5000]

The peer is a QStandardItemModel under a QSortFilterProxyModel with recursive filtering, on the
same entries, in the same tree view. Each figure is the median of some rounds, in milliseconds;
"with the view" includes laying out what one sees.
"""

from __future__ import annotations

import argparse
import json
import os
from statistics import median
from time import perf_counter
from typing import Callable, Dict, List

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import QgsApplication, QgsMimeDataUtils
from qgis.PyQt.QtCore import QSortFilterProxyModel, Qt
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QTreeView

from biodiv_plugin.gui.layers.catalogue_panel import CataloguePanel
from biodiv_plugin.gui.layers.model import LayerModel
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.use_cases.read_catalogue import Catalogue
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, LayerFilter

WORDS = ("h", "ho", "hoo", "hoog", "hoogt", "hoogte", "hoogte 2", "n", "na", "nat", "natuur")
ROUNDS = 15


def entries(count: int) -> List[LayerEntry]:
    """Return made-up layers: twenty categories, titles and descriptions of usual length."""
    kinds = ("Natuur", "Water", "Bodem", "Hoogte", "Landgebruik", "Klimaat", "Grenzen", "Jacht")
    return [
        LayerEntry(
            field_id=f"cl{number}",
            title=f"{kinds[number % 8]} {number:04d} van Vlaanderen",
            layer_name=f"laag_{number}",
            layer_id=number,
            type="Contextual" if number % 3 else "Environmental",
            field_type="c" if number % 3 else "e",
            classification1=f"{kinds[number % 8]} {number % 20}",
            classification2="Indeling",
            description=f"Toestand {1990 + number % 30} van {kinds[(number * 7) % 8].lower()}. "
            * 3,
            keywords="natuur, water, hoogte" if number % 5 == 0 else "bodem, landschap",
            source=f"Instituut {number % 12}",
        )
        for number in range(count)
    ]


def timed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return 1000 * (perf_counter() - begin)


def ours(found: List[LayerEntry]) -> Dict[str, float]:
    index = CatalogueIndex(found)
    model = LayerModel(lambda entry: QgsMimeDataUtils.Uri(), lambda entry: entry.title)
    panel = CataloguePanel(lambda entry: "")
    panel.resize(360, 900)
    panel.show()
    # One after the other: the same catalogue again is left as it stands.
    fresh = iter([Catalogue(CatalogueIndex(found)) for _ in range(ROUNDS)])
    result = {
        "index, in a worker": median(timed(lambda: CatalogueIndex(found)) for _ in range(ROUNDS)),
        "shown": median(timed(lambda: model.set_index(index)) for _ in range(ROUNDS)),
        "shown, index included": median(
            timed(lambda: model.set_index(CatalogueIndex(found))) for _ in range(ROUNDS)
        ),
        "shown with the view": median(
            timed(lambda: (panel.set_catalogue(next(fresh)), panel.tree.grab()))
            for _ in range(ROUNDS)
        ),
    }
    keys = [
        timed(lambda text=text: model.set_filter(LayerFilter(text)))
        for _ in range(ROUNDS)
        for text in WORDS
    ]
    seen = [
        timed(lambda text=text: (panel.search.setText(text), panel.tree.doItemsLayout()))
        for _ in range(ROUNDS)
        for text in WORDS
    ]
    result.update({"key stroke": median(keys), "slowest key stroke": max(keys)})
    result["key stroke with the view"] = median(seen)
    return result


def peer(found: List[LayerEntry]) -> Dict[str, float]:
    def build() -> QStandardItemModel:
        model = QStandardItemModel()
        groups: Dict[str, QStandardItem] = {}
        for entry in sorted(found, key=lambda e: (e.classification1, e.title)):
            if entry.classification1 not in groups:
                groups[entry.classification1] = QStandardItem(entry.classification1)
                model.appendRow(groups[entry.classification1])
            item = QStandardItem(entry.title)
            text = " ".join((entry.title, entry.description, entry.keywords, entry.source))
            item.setData(text.lower(), Qt.ItemDataRole.UserRole)
            groups[entry.classification1].appendRow(item)
        return model

    models: List[QStandardItemModel] = []
    shown = median(timed(lambda: models.append(build())) for _ in range(5))
    proxy, tree = QSortFilterProxyModel(), QTreeView()
    proxy.setFilterRole(Qt.ItemDataRole.UserRole)
    proxy.setRecursiveFilteringEnabled(True)
    proxy.setSourceModel(models[-1])
    keys = [
        timed(lambda text=text: proxy.setFilterFixedString(text))
        for _ in range(5)
        for text in WORDS
    ]
    tree.setModel(proxy)
    tree.resize(360, 600)
    tree.show()
    seen = [
        timed(lambda text=text: (proxy.setFilterFixedString(text), tree.doItemsLayout()))
        for _ in range(5)
        for text in WORDS
    ]
    return {
        "shown": shown,
        "key stroke": median(keys),
        "slowest key stroke": max(keys),
        "key stroke with the view": median(seen),
    }


def measure(count: int = 5000) -> Dict[str, Dict[str, float]]:
    """Return the figures of both, in milliseconds."""
    found = entries(count)
    return {"ours": ours(found), "peer": peer(found)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=5000)
    count = parser.parse_args().layers
    application = QgsApplication([], True)
    application.initQgis()
    for name, figures in measure(count).items():
        told = json.dumps({what: round(value, 2) for what, value in figures.items()})
        print(name, told, flush=True)
    os._exit(0)  # what QGIS does at its end is not measured


if __name__ == "__main__":
    main()
