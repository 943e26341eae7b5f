"""Writing lists: owned, private, once; and what is true when something fails on the way."""

from __future__ import annotations

import pytest

from biodiv_plugin.gui.lists.section import ListSection
from biodiv_plugin.portal.errors import (
    Canceled,
    ListConflict,
    ListOwnerUnknown,
    OutcomeUnknown,
    PortalFault,
    Rejected,
    StorageFailed,
    Throttled,
    Unreachable,
)
from biodiv_plugin.portal.species_lists import NewItem, NewList
from biodiv_plugin.use_cases import save_species_list as saving
from biodiv_plugin.use_cases.list_backup import ListStore
from biodiv_plugin.use_cases.list_owner import list_owner
from biodiv_plugin.use_cases.save_species_list import ListDraft, SaveMode, SaveStage
from tests.qgis.doubles import in_task
from tests.qgis.lists_section import WS

TWO = (NewItem("Hyla arborea", (("status", "gezien"),)), NewItem("Xyzzyus"))


@pytest.fixture
def hilde(lists, monkeypatch):
    monkeypatch.setattr(saving, "BETWEEN_LOOKS", 0.1)
    lists.open("hilde")
    return lists


def save(lists, draft, on_stage=lambda stage: None, feedback=None):
    services = lists.services

    def work(own):
        owner = list_owner(services.session.account, services.session.tokens)
        return saving.save_species_list(
            draft, services.species_lists, services.list_store, owner, feedback or own, on_stage
        )

    return in_task(work)


def draft(name="Mijn lijst", items=TWO, **more):
    return ListDraft(NewList(name, items), **more)


def writes(control):
    return [r for r in control.requests(f"{WS}/speciesList") if r["method"] == "POST"]


def test_a_new_list_is_private_mine_and_told_as_it_is(hilde):
    saved = save(hilde, draft())
    assert (saved.owned, saved.private, saved.recovered) == (True, True, False)
    assert (saved.matched, saved.unmatched) == (1, ("Xyzzyus",))
    assert [info.druid for info in hilde.named("Mijn lijst")] == [saved.druid]
    assert hilde.services.list_store.unfinished(hilde.owner()) == ()


def test_a_taxon_other_than_the_reviewed_one_is_told(hilde):
    saved = save(hilde, draft(expected=("999", "")))
    assert saved.differently == ("Hyla arborea",)


@pytest.mark.parametrize("fault", ["oidc.userinfo_without_userid", "oidc.no_userid"])
def test_quirk_06_a_list_that_would_be_nobodys_is_refused_before_anything_is_sent(
    lists, control, fault
):
    control.fault(fault)
    lists.open("hilde")
    control.forget_requests()
    with pytest.raises(ListOwnerUnknown):
        save(lists, draft())
    lists.shelf.new.click()
    assert "belong to nobody" in lists.notice.text()
    opened = []
    lists.services.__dict__["browser"] = lambda url: opened.append(url) or True
    lists.click("Make It on the Portal")
    assert opened == [lists.services.species_lists.upload_url()]
    assert writes(control) == []


def test_quirk_06_an_orphan_that_came_to_be_all_the_same_is_told(hilde, control):
    control.fault("lists.orphan")
    saved = save(hilde, draft())
    assert saved.owned is False


def test_a_name_that_is_taken_is_refused(hilde, control):
    druid = hilde.make("Mijn lijst", NewItem("vos"))
    control.forget_requests()
    with pytest.raises(ListConflict) as refused:
        save(hilde, draft())
    assert (refused.value.reason, refused.value.druid) == ("name_taken", druid)
    assert writes(control) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"name": "lists.answer_lost"},
        {"kind": "drop", "path": f"{WS}/speciesList", "method": "POST"},
        {"kind": "truncate", "after": 20, "path": f"{WS}/speciesList", "method": "POST"},
    ],
)
def test_quirk_23_a_lost_answer_never_makes_a_second_list(hilde, control, fault):
    control.forget_requests()
    control.fault(count=1, **fault)
    stages = []
    saved = save(hilde, draft(), stages.append)
    assert saved.recovered
    assert (saved.owned, saved.private, saved.matched) == (True, True, 1)
    assert SaveStage.LOOKING in stages
    assert len(writes(control)) == 1
    assert len(hilde.named("Mijn lijst")) == 1


def test_what_cannot_be_seen_stays_noted_and_is_not_sent_again(hilde, control):
    control.fault(kind="status", status=504, path=f"{WS}/speciesList", method="POST")
    with pytest.raises(OutcomeUnknown):
        save(hilde, draft())
    control.clear_faults()
    control.forget_requests()
    with pytest.raises(OutcomeUnknown):
        save(hilde, draft())
    assert writes(control) == [], "the portal may still be at work on it"
    druid = hilde.make("Mijn lijst", *TWO)  # and so it was
    saved = save(hilde, draft())
    assert (saved.druid, saved.recovered) == (druid, True)
    assert hilde.services.list_store.unfinished(hilde.owner()) == ()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "status", "status": 429}, Throttled),
        ({"kind": "status", "status": 405}, Throttled),
    ],
)
def test_a_refusal_is_told_and_nothing_stays_noted(hilde, control, fault, error):
    control.fault(path=f"{WS}/speciesList", method="POST", **fault)
    with pytest.raises(error):
        save(hilde, draft())
    assert hilde.services.list_store.unfinished(hilde.owner()) == ()


def test_the_collectory_without_an_id_is_a_plain_refusal(hilde, control):
    control.fault("lists.no_druid")
    with pytest.raises(Rejected):
        save(hilde, draft())
    assert hilde.named("Mijn lijst") == ()


def test_the_portal_that_is_down_is_told_before_anything_is_noted(hilde, control):
    control.fault(kind="status", status=503, path=f"{WS}/speciesList")
    with pytest.raises((PortalFault, Unreachable)):
        save(hilde, draft())
    assert hilde.services.list_store.unfinished(hilde.owner()) == ()


def test_nothing_is_sent_where_the_former_content_cannot_be_kept(hilde, control, tmp_path):
    druid = hilde.make("Mijn lijst", NewItem("vos"))
    (tmp_path / "in_the_way").write_text("")
    hilde.services.__dict__["list_store"] = ListStore(tmp_path / "in_the_way")
    control.forget_requests()
    with pytest.raises(StorageFailed):
        save(hilde, draft(mode=SaveMode.REPLACE, druid=druid))
    assert writes(control) == []


def test_names_are_added_and_replaced_and_the_former_content_is_kept(hilde):
    druid = hilde.make("Mijn lijst", NewItem("vos"))
    added = save(hilde, draft(mode=SaveMode.APPEND, druid=druid))
    assert len(added.taxa) == 2
    assert [item.supplied_name for item in hilde.items(druid)] == ["vos", "Hyla arborea", "Xyzzyus"]
    save(hilde, draft("Andere naam", (NewItem("das"),), mode=SaveMode.REPLACE, druid=druid))
    assert [item.supplied_name for item in hilde.items(druid)] == ["das"]
    newest, oldest = hilde.services.list_store.backups(druid)
    assert [item.name for item in newest.content.items] == ["vos", "Hyla arborea", "Xyzzyus"]
    assert [item.name for item in oldest.content.items] == ["vos"]
    assert (newest.path.stat().st_mode & 0o077) == 0, "its user alone reads it"


def test_a_replacement_whose_answer_got_lost_is_found_by_its_content(hilde, control):
    druid = hilde.make("Mijn lijst", NewItem("vos"))
    control.fault("lists.answer_lost", count=1)
    saved = save(hilde, draft(mode=SaveMode.REPLACE, druid=druid))
    assert (saved.druid, saved.recovered, saved.unmatched) == (druid, True, ("Xyzzyus",))
    control.fault("lists.answer_lost", count=1)
    saved = save(hilde, draft(items=(NewItem("das"),), mode=SaveMode.APPEND, druid=druid))
    assert saved.recovered
    assert len(hilde.items(druid)) == 3


def test_a_cancel_before_sending_sends_nothing(hilde, control):
    from qgis.core import QgsFeedback

    feedback = QgsFeedback()
    feedback.cancel()
    control.forget_requests()
    with pytest.raises(Canceled):
        save(hilde, draft(), feedback=feedback)
    assert writes(control) == []
    assert hilde.services.list_store.unfinished(hilde.owner()) == ()


def test_a_list_is_made_in_the_dock(hilde):
    hilde.type_names("vos\nXyzzyus")
    hilde.review.name.setText("Uit het dok")
    hilde.review.save.click()
    hilde.said("is on the portal with 2 names; only you see it")
    assert "Unknown to the portal (1): Xyzzyus" in hilde.notice.text()
    hilde.wait_for(lambda: hilde.shelf.model.entry_of(hilde.named("Uit het dok")[0].druid))
    assert hilde.is_at(hilde.shelf)
    (made,) = hilde.named("Uit het dok")
    fox = hilde.items(made.druid)[0]
    assert (fox.supplied_name, fox.taxon_key) == ("Vulpes vulpes", "5219243")


def test_a_list_needs_a_name_and_a_line(hilde):
    hilde.type_names("vos")
    hilde.review.save.click()
    assert "Give the list a name" in hilde.review.notice.text()
    hilde.review.name.setText("x")
    hilde.review.names.include([0], False)
    hilde.review.save.click()
    assert "cannot be empty" in hilde.review.notice.text()


def test_the_cancel_of_what_was_sent_tells_the_truth(hilde, control):
    control.fault(kind="latency", seconds=30, path=f"{WS}/speciesList", method="POST")
    hilde.type_names("vos")
    hilde.review.name.setText("Traag")
    hilde.review.save.click()
    hilde.wait_for(lambda: "matches them" in hilde.review.doing.text())
    assert hilde.review.stop.text() == "Stop Waiting"
    hilde.review.stop.click()
    hilde.said("may still save it", hilde.review.notice)
    assert hilde.services.list_store.unfinished(hilde.owner())
    control.clear_faults()  # the portal goes on with it
    hilde.wait_for(lambda: hilde.named("Traag"))
    hilde.click("Look Again", hilde.review.notice)
    hilde.said("the list is complete there")
    assert len(hilde.named("Traag")) == 1


def test_a_session_that_ends_on_the_way_loses_nothing(hilde, control):
    hilde.type_names("vos")
    hilde.review.name.setText("Later")
    hilde.services.session.drop("expired")
    hilde.review.save.click()  # signs in, and goes on
    hilde.said("“Later” is on the portal")
    assert len(hilde.named("Later")) == 1


def test_qgis_killed_while_it_saved_finds_the_list_afterwards(hilde, control, qtbot):
    """What a killed QGIS leaves behind is the note; the list arrived meanwhile, or did not."""
    store, owner = hilde.services.list_store, hilde.owner()
    store.begin(owner, "create", "", NewList("Aangekomen", TWO), 0)
    hilde.make("Aangekomen", *TWO)
    store.begin(owner, "create", "", NewList("Verloren", TWO), 0)
    again = ListSection(hilde.services, hilde.host, hilde.sign_in)
    qtbot.addWidget(again)
    again.activate()
    hilde.said("“Verloren” was sent at", again.notice)
    assert "does not show it yet" in again.notice.text()
    assert [save.content.name for save in store.unfinished(owner)] == ["Verloren"]


def test_what_did_not_arrive_is_reviewed_and_sent_again(hilde, monkeypatch):
    from biodiv_plugin.use_cases import list_backup

    store, owner = hilde.services.list_store, hilde.owner()
    store.begin(owner, "create", "", NewList("Verloren", TWO, "LOCAL_LIST"), 0)
    monkeypatch.setattr(list_backup, "WRITING", 0.0)
    hilde.section.refresh()
    hilde.said("did not arrive")
    hilde.click("Send Again…")
    hilde.wait_for(lambda: hilde.review.names.rowCount() == 2)
    assert hilde.review.name.text() == "Verloren"
    assert hilde.review.type.currentData() == "LOCAL_LIST"
    hilde.wait_for(hilde.review.save.isEnabled)
    hilde.review.save.click()
    hilde.said("“Verloren” is on the portal")
    assert store.unfinished(owner) == ()


def test_a_note_of_another_person_is_not_told(hilde):
    store = hilde.services.list_store
    store.begin("somebody else", "create", "", NewList("Geheim", TWO), 0)
    hilde.section.refresh()
    hilde.wait_for(lambda: not hilde.section._reading.is_running())
    assert "Geheim" not in hilde.notice.text()
