"""A list is edited as a table and published back; the browser does the rest, and is believed
when it is seen."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsField
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.gui.lists import watch
from biodiv_plugin.layers.list_table import list_layer, read_rows
from biodiv_plugin.portal.species_lists import ListItem, NewItem
from biodiv_plugin.use_cases.compare_lists import as_new_items, compare_lists, same_items
from demo.portal.visitor import Visitor

FROG = ListItem(
    1, "Hyla arborea", "Hyla arborea", "boomkikker", "1", (("a", "x"), ("a", "y"), ("b c", "1|2"))
)
FOX = ListItem(2, "vos", "Vulpes vulpes", "vos", "2", (("scientificName", "eigen"),))
KEYS = ("a", "b c", "scientificName")


def test_what_is_not_touched_comes_back_as_it_was():
    layer = list_layer("x", "dr1", (FROG, FOX), KEYS)
    assert read_rows(layer, (FROG, FOX), KEYS) == as_new_items((FROG, FOX))


def test_edits_come_back_with_the_keys_they_belong_to():
    layer = list_layer("x", "dr1", (FROG, FOX), KEYS)
    layer.startEditing()
    frog, fox = layer.getFeatures()
    layer.changeAttributeValue(frog.id(), layer.fields().indexOf("a"), "x|z")
    layer.changeAttributeValue(fox.id(), layer.fields().indexOf("scientificName_2"), "anders")
    layer.addAttribute(QgsField("nieuw", QMetaType.Type.QString))
    new = QgsFeature(layer.fields())
    new["suppliedName"], new["nieuw"] = "das", "ja"
    layer.addFeature(new)
    layer.addFeature(QgsFeature(layer.fields()))  # a row without a name
    assert read_rows(layer, (FROG, FOX), KEYS) == (
        NewItem("Hyla arborea", (("a", "x"), ("a", "z"), ("b c", "1|2"))),
        NewItem("vos", (("scientificName", "anders"),)),
        NewItem("das", (("nieuw", "ja"),)),
    )


def test_the_difference_is_told_in_words():
    before = as_new_items((FROG, FOX))
    after = (NewItem("Hyla arborea", (("a", "x"),)), NewItem("das"))
    difference = compare_lists(before, after)
    added, removed, changed = difference.words()
    assert added == "Added (1): das."
    assert removed == "Removed (1): vos."
    assert "Hyla arborea (a: x | y → x, b c: 1|2 → …)" in changed
    assert compare_lists(before, before[::-1]).words() == ("Nothing differs.",)
    many = [NewItem(f"naam {number}") for number in range(1234)]
    assert "and 1,229 more" in compare_lists((), many).words()[0]


def test_lines_that_repeat_count():
    assert not same_items([NewItem("vos"), NewItem("vos")], [NewItem("vos")])
    assert same_items([NewItem("vos", (("a", ""),))], [NewItem("vos")]), "no value is no value"


@pytest.fixture
def edited(lists):
    """A list of Hilde's, open as a table in which one value changed and one name is new."""
    lists.open("hilde")
    lists.druid = lists.make("Ronde", NewItem("vos", (("status", "gezien"),)), NewItem("das"))
    lists.section.refresh()
    lists.wait_for(lambda: lists.shelf.model.entry_of(lists.druid))
    lists.choose(lists.druid)
    lists.shelf.edit.click()
    lists.wait_for(lambda: lists.host.project.mapLayers())
    (lists.layer,) = lists.host.project.mapLayers().values()
    lists.layer.startEditing()
    fox = next(f for f in lists.layer.getFeatures() if f["suppliedName"] == "vos")
    column = lists.layer.fields().indexOf("status")
    lists.layer.changeAttributeValue(fox.id(), column, "gehoord")
    new = QgsFeature(lists.layer.fields())
    new["suppliedName"] = "boomkikker"
    lists.layer.addFeature(new)
    return lists


def publish(lists):
    lists.shelf.publish.click()
    lists.wait_for(lambda: lists.review.names.rowCount() > 0 and lists.review.save.isEnabled())


def test_an_edited_list_is_published_with_a_backup_that_comes_back_exactly(edited):
    before = as_new_items(edited.items(edited.druid))
    publish(edited)
    told = edited.review.difference.text()
    assert "Added (1): Hyla arborea." in told
    assert "vos (status: gezien → gehoord)" in told
    edited.review.save.click()
    edited.said("now has 3 names on the portal")
    after = {item.supplied_name: dict(item.values) for item in edited.items(edited.druid)}
    assert after["vos"] == {"status": "gehoord"}
    assert after["Hyla arborea"]["verbatimIdentification"] == "boomkikker"
    edited.wait_for(lambda: not edited.layer.isEditable() and edited.layer.featureCount() == 3)
    edited.wait_for(lambda: not edited.section._loading.is_running())
    edited.notice.clear()
    edited.shelf.choose(edited.druid)
    edited.shelf.restore.trigger()
    edited.said("Which content of")
    (label,) = [
        button.text()
        for button in edited.notice.findChildren(type(edited.shelf.new))
        if "2 names" in button.text()
    ]
    edited.click(label)
    edited.wait_for(lambda: edited.review.names.rowCount() == 2 and edited.review.save.isEnabled())
    assert "Removed (1): Hyla arborea." in edited.review.difference.text()
    edited.review.save.click()
    edited.said("now has 2 names on the portal")
    assert as_new_items(edited.items(edited.druid)) == before


def test_a_change_meanwhile_is_told_and_left_to_the_user(edited):
    client, owner = edited.services.species_lists, edited.owner()
    from biodiv_plugin.portal.species_lists import NewList
    from tests.qgis.doubles import in_task

    others = NewList("Ronde", (NewItem("vos", (("status", "gezien"),)), NewItem("wolf")))
    in_task(lambda feedback: client.replace(edited.druid, others, owner, feedback))
    publish(edited)
    edited.review.save.click()
    edited.said("changed this list on the portal meanwhile", edited.review.notice)
    edited.click("Show What Changed", edited.review.notice)
    told = edited.said("Meanwhile on the portal", edited.review.notice)
    assert "Added (1): wolf." in told
    assert "Removed (1): das." in told
    names = {item.supplied_name for item in edited.items(edited.druid)}
    assert names == {"vos", "wolf"}, "nothing was sent"
    edited.click("Publish Mine Anyway", edited.review.notice)
    edited.said("now has 3 names on the portal")
    (kept, *_) = edited.services.list_store.backups(edited.druid)
    assert {item.name for item in kept.content.items} == {"vos", "wolf"}


def test_two_windows_do_not_overwrite_each_other(edited, qtbot):
    from biodiv_plugin.gui.lists.section import ListSection

    other = ListSection(edited.services, edited.host, edited.sign_in)
    qtbot.addWidget(other)
    other.activate()
    edited.wait_for(lambda: other.shelf.model.entry_of(edited.druid))
    other.shelf.choose(edited.druid)
    other.load(edited.druid)
    edited.wait_for(lambda: other.tables.of(edited.druid))
    publish(edited)
    edited.review.save.click()
    edited.said("now has 3 names on the portal")
    entry = other.shelf.model.entry_of(edited.druid)
    rows = (NewItem("wolf"),)
    other.editing.edit(other.tables.of(edited.druid), entry, rows)
    review = other.editing.review
    edited.wait_for(lambda: review.names.rowCount() == 1 and review.save.isEnabled())
    review.save.click()
    edited.said("changed this list on the portal meanwhile", review.notice)


def test_a_list_that_is_no_longer_mine_to_change_is_told_without_a_sign_in(edited, control):
    publish(edited)
    path = f"/species-list/ws/speciesList/{edited.druid}"
    control.fault(kind="status", status=401, path=path, method="POST")
    edited.review.save.click()
    edited.said("does not let your account change this list", edited.review.notice)
    assert not edited.sign_in.is_waiting()
    assert edited.services.list_store.unfinished(edited.owner()) == ()


def browser_of(lists, portal, username="hilde"):
    """A browser in which somebody is signed in; opens what the section hands over."""
    visitor = Visitor(portal.url)
    opened = []

    def browse(url):
        opened.append(url)
        return True

    lists.services.__dict__["browser"] = browse
    visitor.sign_in(f"{portal.url}/species-list/speciesList/list", username)
    return visitor, opened


def test_what_the_browser_changed_is_seen(edited, portal, monkeypatch):
    lists = edited
    lists.section.hand_over.watch._timer.setInterval(100)
    visitor, opened = browser_of(lists, portal)
    lists.shelf.choose(lists.druid)
    lists.shelf.page.trigger()
    lists.said("open in the browser")
    assert opened == [f"{portal.url}/species-list/speciesListItem/list/{lists.druid}"]
    page = visitor.open(opened[0]).text
    number = page.split("/speciesList/delete/")[1].split('"')[0]
    editor = f"{portal.url}/species-list/editor/editSpeciesList"
    visitor.session.post(editor, data={"id": number, "isPrivate": "false"})
    lists.said("“Ronde” is public now")
    lists.wait_for(lambda: not lists.shelf.model.entry_of(lists.druid).private)
    visitor.session.post(f"{portal.url}/species-list/speciesList/delete/{number}")
    lists.said("is gone from the portal")
    lists.wait_for(lambda: lists.shelf.model.entry_of(lists.druid) is None)
    assert not lists.section.hand_over.watch.is_watching()


def test_where_nothing_changes_that_is_said(edited, portal, monkeypatch):
    monkeypatch.setattr(watch, "LOOKS", 2)
    edited.section.hand_over.watch._timer.setInterval(50)
    browser_of(edited, portal)
    edited.shelf.page.trigger()
    edited.said("Nothing has changed on the portal so far")


def test_a_browser_that_does_not_open_leaves_the_address(edited):
    edited.services.__dict__["browser"] = lambda url: False
    edited.shelf.page.trigger()
    assert "/species-list/speciesListItem/list/" in edited.said("could not be opened")
