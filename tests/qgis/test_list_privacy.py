"""Whatever one does with a private list, its name and items stay with its owner and the portal."""

from __future__ import annotations

import json
import random
import zipfile

import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)

from biodiv_plugin.gui.alerts.watch_form import WatchChoice
from biodiv_plugin.gui.occurrences.saved_queries import save_query
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import NewItem, NewList
from biodiv_plugin.use_cases.list_backup import ListStore
from tests.qgis.conftest import BrowserOf
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.whole_plugin import plugin, window

__all__ = ["plugin", "window"]

NAME = "Geheimlijst Zwartkop"
ITEMS = (
    NewItem("Lutra lutra", (("vindplaats", "Geheimbos"),)),
    NewItem("Meles meles", (("vindplaats", "Stilleven"),)),
    NewItem("Sentinella incognita", (("vindplaats", "Nergenshuizen"),)),
)


class Owner:
    """Hilde at the whole plugin, with a private list."""

    def __init__(self, plugin, portal, tmp_path):
        self.plugin, self.services = plugin, plugin._services
        self.services.__dict__["browser"] = self.browser = BrowserOf(portal, "hilde")
        self.services.__dict__["list_store"] = ListStore(tmp_path / "profile" / "lists")
        self.dock = plugin.show_dock()
        self.dock.sign_in.start()
        spin_until(lambda: self.services.session.account is not None, 20)
        client, owner = self.services.species_lists, self.services.session.account.user_id
        new = NewList(NAME, ITEMS, description="Zwijgplicht", private=True)
        self.druid = in_task(lambda f: client.create(new, owner, f)).druid
        self.items = in_task(lambda f: client.items(self.druid, True, f))
        self.dock.show_section("lists")
        self.dock.lists.refresh()
        self.shelf = self.dock.lists.shelf
        spin_until(lambda: self.shelf.model.entry_of(self.druid), 20)
        self.chosen()
        self.browser.opened.clear()

    def secrets(self):
        """The words that nobody else may read, and the taxa, which only an address tells."""
        words = {NAME, "Zwijgplicht"}
        for item in self.items:
            words |= {item.supplied_name, item.scientific_name, item.vernacular_name}
            words |= {value for _, value in item.values}
        keys = {item.taxon_key for item in self.items}
        return {word for word in words if len(word) > 3}, {key for key in keys if key}

    def chosen(self):
        self.dock.show_section("lists")
        self.shelf.choose(self.druid)
        spin_until(lambda: self.shelf.items.rowCount() > 0, 20)
        return self.shelf.model.entry_of(self.druid)

    def idle(self):
        spin_until(self.services.tasks.is_idle, 30)

    def table(self):
        self.chosen()
        self.shelf.edit.click()
        spin_until(lambda: self.dock.lists.tables.of(self.druid), 20)

    def edit(self):
        self.table()
        lists = self.dock.lists
        layer = lists.tables._layer(self.druid)
        row = QgsFeature(layer.fields())
        row["suppliedName"] = "Lutra lutra"
        layer.dataProvider().addFeatures([row])
        self.shelf.publish.click()
        review = lists.editing.review
        spin_until(lambda: review.save.isEnabled() and review.names.rowCount() > 1, 20)
        review.save.click()
        spin_until(lambda: "on the portal" in lists.notice.text(), 20)

    def filter(self):
        self.chosen()
        asked = []
        self.dock.lists.filter_requested.connect(asked.append)
        self.shelf.use.click()
        spin_until(lambda: asked, 20)
        spin_until(lambda: (self.dock.occurrences.query() or OccurrenceQuery()).list_taxa, 30)
        self.idle()

    def preview(self):
        self.filter()
        self.plugin._preview.show(self.dock.occurrences.query())
        self.idle()

    def keep(self):
        self.filter()
        query = self.dock.occurrences.query()
        save_query(QgsProject.instance(), "mijn vraag", query, True)
        self.dock.occurrences.panel.bar.address_wanted.emit()
        self.idle()

    def join_form(self):
        """The form of a layer offers the names; a join would need the owner's word."""
        self.chosen()
        layer = QgsVectorLayer("Point?crs=EPSG:31370&field=soort:string", "eigen", "memory")
        QgsProject.instance().addMapLayer(layer)
        self.shelf.join.click()
        form = self.dock.lists.join_form
        spin_until(lambda: self.dock.lists.stack.currentWidget() is form, 20)
        form.layer.setLayer(layer)
        form.field.setField("soort")
        assert not form.join.isEnabled()
        form.offer.click()

    def notify(self):
        entry = self.chosen()
        self.dock.alerts.subscribe_to_list(entry.info, entry.private)
        zones = QgsVectorLayer("Polygon?crs=EPSG:4326&field=naam:string", "zones", "memory")
        zone = QgsFeature(zones.fields())
        zone.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(4.5, 51)).buffer(0.2, 4))
        zones.dataProvider().addFeatures([zone])
        query = self.dock.alerts.watch_form._query
        choice = WatchChoice("Mijn zones", query, zones, False, "", 1, True)
        self.dock.alerts.desk._accept(choice)
        spin_until(lambda: self.dock.alerts.desk.book.watches(), 20)
        self.idle()

    def watch_question(self):
        """The question being asked becomes a watch, under the name that is proposed."""
        self.filter()
        self.dock.alerts._new_watch()
        form = self.dock.alerts.watch_form
        name = form.name.text() or "vraag"
        zones = QgsVectorLayer("Polygon?crs=EPSG:4326&field=naam:string", "zones", "memory")
        zone = QgsFeature(zones.fields())
        zone.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(4.5, 51)).buffer(0.2, 4))
        zones.dataProvider().addFeatures([zone])
        choice = WatchChoice(name, form._query, zones, False, "", 1, True)
        self.dock.alerts.desk._accept(choice)
        book = self.dock.alerts.desk.book
        spin_until(lambda: any(watch.name == name for watch in book.watches()), 20)
        self.idle()

    def browse(self):
        self.chosen()
        self.shelf.page.trigger()
        spin_until(lambda: self.browser.opened, 20)
        self.dock.lists.hand_over.stop()

    def fails(self, control):
        """The portal is ill meanwhile: errors quote what was asked."""
        control.fault(kind="status", status=400, path="/biocache-service/occurrences/search")
        self.chosen()
        self.shelf.use.click()
        self.idle()
        control.clear_faults()


@pytest.fixture
def owner(plugin, portal, tmp_path):
    return Owner(plugin, portal, tmp_path)


@pytest.mark.parametrize("seed", range(3))
def test_no_word_of_it_gets_out(owner, control, caplog, tmp_path, seed):
    told = []
    QgsApplication.messageLog().messageReceived.connect(lambda *words: told.append(words))
    control.forget_requests()
    deeds = [
        *(owner.table, owner.edit, owner.filter, owner.preview, owner.keep),
        *(owner.join_form, owner.notify, owner.watch_question, owner.browse),
        lambda: owner.fails(control),
    ]
    for deed in random.Random(seed).sample(deeds, len(deeds)):
        deed()
    owner.idle()
    words, keys = owner.secrets()
    path = tmp_path / "kaart.qgz"
    assert QgsProject.instance().write(str(path))
    with zipfile.ZipFile(path) as archive:
        project = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    settings = QgsSettings()
    kept = {
        "project": project,
        "log": caplog.text + repr(told),
        "addresses": json.dumps([[r["path"], r["query"]] for r in control.requests()]),
        "browser": " ".join(owner.browser.opened),
        "settings": repr({key: settings.value(key) for key in settings.allKeys()}),
    }
    assert owner.druid in kept["project"], "its number is there"
    leaks = {(where, word) for where, text in kept.items() for word in words if word in text}
    tokens = set(kept["addresses"].replace("%3A", " ").replace(":", " ").split())
    leaks |= {("addresses", key) for key in keys if any(key in token for token in tokens)}
    assert leaks == set()
    assert not [key for key in keys if f">{key}<" in kept["project"]]


def test_the_taxa_of_a_list_go_into_no_address(services, control):
    """Also to the services that take no form: then the portal keeps the question first."""
    client: OccurrenceClient = services.occurrences
    query = OccurrenceQuery(list_taxa=("2433753", "2433875"))
    control.forget_requests()
    in_task(lambda f: client.species_groups(query, f))
    in_task(lambda f: client.bounds(query, f))
    asked = [f"{r['path']}?{r['query']}" for r in control.requests("/biocache-service/")]
    assert len(asked) > 2
    assert not [url for url in asked if "2433753" in url or "2433875" in url]
