"""What becomes of an analysis: waiting, stopping, failing, the journal, and fetching it later."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.layers.analyses.book import RunState
from biodiv_plugin.portal.errors import NotFound
from biodiv_plugin.use_cases.analysis_journal import (
    DONE,
    KEPT,
    OPEN,
    AnalysisJournal,
    AnalysisRun,
)
from tests.qgis.analyses import WHOLE, press

TOKEN_WORDS = ("eyJ", "Bearer", "token", "Vulpes", "vos", "QGIS")


@pytest.fixture
def hilde(analyses):
    """The page, with Hilde signed in and an analysis filled in that is soon done."""
    analyses.sign_in_as("hilde")
    analyses.fill_table()
    return analyses


@pytest.fixture
def slowly(control):
    control.fault("spatial.task_slow", polls=100_000)


def use_own_polygons(analyses):
    """Choose polygons of one's own for an analysis that is soon done, and agree."""
    area = analyses.fill("GeneratePoints", WHOLE).fields["area"]
    area.of_layer.setChecked(True)
    area.consent.setChecked(True)


def test_quirk_14_without_analyses_the_form_is_hidden_and_says_why(analyses, control, qtbot):
    control.fault("spatial.no_capabilities")
    analyses.start_qgis()
    chooser = analyses.chooser
    assert not chooser.box.isVisible()
    assert "offers no analyses" in chooser.notice.text()
    press(qtbot, chooser.notice, "Ask Again")
    analyses.answered()
    assert not chooser.box.isVisible(), "still none"
    control.clear_faults()
    press(qtbot, chooser.notice, "Ask Again")
    analyses.answered()
    assert chooser.box.isVisible()
    assert chooser.box.count() == 17
    assert chooser.notice.isHidden()


def test_a_portal_that_does_not_answer_is_asked_again(analyses, control, qtbot):
    control.fault(kind="status", status=500, path="/spatial-service/capabilities")
    analyses.start_qgis()
    assert not analyses.chooser.box.isVisible()
    assert "problem" in analyses.chooser.notice.text()
    control.clear_faults()
    press(qtbot, analyses.chooser.notice, "Try Again")
    analyses.answered()
    assert analyses.chooser.box.isVisible()


def test_the_offer_is_asked_once(analyses, control):
    analyses.page.open()
    analyses.page.open()
    assert len(control.requests("/spatial-service/capabilities")) == 1


def test_quirk_13_stopping_is_local_and_the_results_come_later(hilde, control, slowly, qtbot):
    row = hilde.go()
    number = hilde.numbered(row)
    qtbot.waitUntil(lambda: "The portal says: running" in row.words.text(), timeout=10_000)
    assert row.bar.isVisibleTo(row)
    hilde.click(row.stop)
    hilde.ended(row, RunState.OPEN)
    assert "the portal goes on" in row.words.text()
    assert control.requests("/spatial-service/tasks/cancel") == [], "it does nothing there"
    (entry,) = hilde.kept()
    assert (entry["number"], entry["state"]) == (number, OPEN)
    control.clear_faults()
    assert row.fetch.text() == "Fetch Results"
    hilde.click(row.fetch)
    hilde.ended(row)
    assert "On the map: 1" in row.words.text()
    assert len(hilde.created()) == 1


def test_the_number_outlives_a_qgis_that_is_killed(hilde, control, slowly):
    number = hilde.numbered(hilde.go())
    hilde.start_qgis()  # the former one had no chance to say anything
    (row,) = hilde.list.rows()
    assert str(number) in row.title.text()
    assert row.title.text().startswith("Species by class of a layer")
    assert row.job.state is RunState.OPEN
    control.clear_faults()
    hilde.click(row.fetch)
    hilde.ended(row)
    hilde.start_qgis()
    (row,) = hilde.list.rows()
    assert row.words.text() == "Its results were fetched before."
    assert row.folder.isVisibleTo(row)
    assert row.fetch.text() == "Fetch Results Again"


def test_polygons_of_a_qgis_that_was_killed_are_deleted_when_one_fetches(
    hilde, control, slowly, parcels, services
):
    use_own_polygons(hilde)
    hilde.numbered(hilde.go())
    (pid,) = hilde.kept()[0]["areas"]
    hilde.start_qgis()
    (row,) = hilde.list.rows()
    assert pid in row.public.text()
    assert not row.forget.isEnabled(), "nobody would know of the polygons any more"
    control.clear_faults()
    hilde.click(row.fetch)
    hilde.ended(row)
    with pytest.raises(NotFound):
        services.areas.object(pid)
    assert row.job.entry.areas == ()
    assert hilde.kept()[0]["areas"] == []
    assert not row.public.isVisibleTo(row)


def test_polygons_are_deleted_by_a_button_too(hilde, control, slowly, parcels, qtbot):
    use_own_polygons(hilde)
    row = hilde.go()
    hilde.numbered(row)
    hilde.click(row.stop)
    hilde.ended(row, RunState.OPEN)
    broken = {"kind": "status", "status": 500, "method": "DELETE"}
    control.fault(path="/spatial-service/shape/upload", **broken)
    hilde.click(row.clear)
    qtbot.waitUntil(lambda: "did not delete" in row.words.text(), timeout=10_000)
    control.clear_faults()
    hilde.click(row.clear)
    qtbot.waitUntil(lambda: row.forget.isEnabled(), timeout=10_000)
    assert not row.clear.isVisibleTo(row)


def test_one_that_is_refused_never_was(hilde, control, parcels):
    use_own_polygons(hilde)
    control.fault(kind="status", status=400, path="/spatial-service/tasks/create")
    row = hilde.go()
    hilde.ended(row, RunState.OPEN)
    assert hilde.list.rows() == ()
    assert hilde.page.tabs.currentIndex() == 0
    assert "did not understand" in hilde.chooser.notice.text()
    assert len(hilde.uploads("POST")) == len(hilde.uploads("DELETE")) == 1
    assert hilde.kept() == []


def test_one_that_never_began_is_kept_while_its_polygons_are_public(hilde, control, parcels, qtbot):
    use_own_polygons(hilde)
    control.fault(kind="status", status=503, path="/spatial-service/tasks/create")
    broken = {"kind": "status", "status": 500, "method": "DELETE"}
    control.fault(path="/spatial-service/shape/upload", **broken)
    row = hilde.go()
    hilde.ended(row, RunState.OPEN)
    assert "public" in row.public.text()
    assert not row.fetch.isVisibleTo(row)
    control.clear_faults()
    hilde.click(row.clear)
    qtbot.waitUntil(lambda: row.forget.isEnabled(), timeout=10_000)
    hilde.click(row.forget)
    assert hilde.list.rows() == ()
    assert hilde.kept() == []


def test_a_session_that_ended_is_told_with_a_way_to_sign_in(hilde, control):
    control.fault(kind="status", status=401, path="/spatial-service/tasks/create")
    hilde.ended(hilde.go(), RunState.OPEN)
    labels = [b.text() for b in hilde.chooser.notice.findChildren(QPushButton)]
    assert "Sign In" in labels


def test_quirk_13_a_failure_tells_the_portals_reason(hilde, control):
    control.fault("spatial.task_fails")
    row = hilde.go()
    hilde.ended(row, RunState.FAILED)
    assert "OutOfMemoryError" in row.notice.text()
    assert hilde.host.project.count() == 0
    hilde.start_qgis()
    (row,) = hilde.list.rows()
    assert row.words.text() == "The portal could not carry it out."
    hilde.click(row.fetch)
    hilde.ended(row, RunState.FAILED)
    assert "OutOfMemoryError" in row.notice.text()


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("spatial.task_without_output", RunState.FAILED),  # status 4, and yet it failed
        ("spatial.task_running", RunState.DONE),  # status 1, of older versions
    ],
)
def test_quirk_13_what_a_status_does_not_tell(hilde, control, fault, state):
    control.fault(fault)
    row = hilde.go()
    hilde.ended(row, state)
    assert ("no reason" in row.notice.text()) is (state is RunState.FAILED)


def test_quirk_01_files_that_are_gone_are_told(hilde, control):
    control.fault("spatial.task_output_missing")  # a page with status 200
    row = hilde.go()
    hilde.ended(row)
    assert "lost “download.zip”, “SpeciesByLayer.csv”" in row.words.text()
    assert "nothing for the map" in row.words.text()
    assert hilde.host.project.count() == 0


def test_fetched_again_nothing_is_on_the_map_twice(hilde, control):
    row = hilde.go()
    hilde.ended(row)
    hilde.click(row.fetch)
    hilde.ended(row)
    assert hilde.host.project.count() == 1
    control.fault(kind="status", status=503, path="/spatial-service/tasks/output")
    hilde.click(row.fetch)
    hilde.ended(row)
    assert "problem" in row.notice.text(), "what was fetched before stays so"


def test_a_folder_that_cannot_be_written_is_told(hilde, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    hilde.chooser.folder.setFilePath(str(blocked))
    row = hilde.go()
    hilde.ended(row, RunState.OPEN)
    assert "could not be written" in row.notice.text()
    hilde.chooser.folder.setFilePath("")
    hilde.click(hilde.chooser.run)
    assert "folder" in hilde.chooser.notice.text()


def test_by_its_number_anybody_fetches_an_analysis(hilde, services, qtbot):
    number = hilde.ended(hilde.go()).entry.number
    services.session.drop()
    assert hilde.list.rows() == (), "the next person does not see whose it was"
    assert hilde.list._empty.text() == "Sign in to see your own analyses."
    hilde.host.project.clear()
    qtbot.keyClicks(hilde.list.number, f"x{number}")
    assert hilde.list.number.text() == str(number)
    qtbot.keyClick(hilde.list.number, Qt.Key.Key_Return)
    (row,) = hilde.list.rows()
    hilde.ended(row)
    assert row.title.text().startswith(f"Species by class of a layer (1D) {number}")
    assert hilde.host.project.count() == 1
    assert {entry["sub"] == "" for entry in hilde.kept()} == {True, False}


def test_an_unknown_number_leaves_nothing(analyses, qtbot):
    qtbot.keyClicks(analyses.list.number, "99")
    analyses.click(analyses.list.restore)
    qtbot.waitUntil(lambda: "does not know" in analyses.list.notice.text(), timeout=10_000)
    assert analyses.list.rows() == ()
    assert not analyses.journal.exists()


def test_runs_are_of_one_person_and_can_be_forgotten(hilde, services):
    hilde.ended(hilde.go())
    hilde.ended(hilde.go())
    assert "(2)" in hilde.page.tabs.tabText(1)
    newest, oldest = hilde.list.rows()
    assert newest.job.entry.number > oldest.job.entry.number
    hilde.click(newest.forget)
    assert [entry["number"] for entry in hilde.kept()] == [oldest.job.entry.number]
    services.session.drop()
    hilde.sign_in_as("pieter")
    assert hilde.list.rows() == ()
    assert "(" not in hilde.page.tabs.tabText(1)
    services.session.drop()
    hilde.sign_in_as("hilde")
    assert len(hilde.list.rows()) == 1


def test_nothing_of_the_question_and_no_token_is_kept(hilde):
    hilde.ended(hilde.go())
    text = hilde.journal.read_text(encoding="utf-8")
    assert set(hilde.kept()[0]) == {
        "key", "process", "portal", "sub", "folder", "number", "state", "areas", "created"
    }  # fmt: skip
    assert not [word for word in TOKEN_WORDS if word in text]


def a_run(key: str, **members) -> AnalysisRun:
    known = {"process": "Maxent", "portal": "https://p", "sub": "hilde", "folder": "/data"}
    return AnalysisRun(key=key, **{**known, **members})


def test_the_journal_keeps_what_is_open_and_what_is_public(tmp_path):
    journal = AnalysisJournal(tmp_path / "analyses.json")
    journal.put(a_run("open"))
    journal.put(a_run("public", state=DONE, areas=("12",)))
    for number in range(KEPT):
        journal.put(a_run(str(number), state=DONE, number=number))
    keys = [run.key for run in journal.runs("https://p", "hilde")]
    assert len(keys) == KEPT
    assert keys[:2] == ["open", "public"]
    assert journal.runs("https://other", "hilde") == journal.runs("https://p", "jan") == ()


def test_two_windows_of_qgis_share_a_journal(tmp_path):
    one, other = (AnalysisJournal(tmp_path / "analyses.json") for _ in range(2))
    one.put(a_run("a"))
    other.put(a_run("b", sub=""))
    one.put(a_run("a", number=4711))
    assert [(r.key, r.number) for r in other.runs("https://p", "hilde")] == [("a", 4711), ("b", 0)]
    other.remove("a")
    other.remove("never there")
    assert [run.key for run in one.runs("https://p", "")] == ["b"]


@pytest.mark.parametrize("text", ["", "{", '{"version": 9}', '{"version": 1, "runs": [{"a": 1}]}'])
def test_a_spoiled_journal_is_as_good_as_none(tmp_path, text):
    path = tmp_path / "analyses.json"
    path.write_text(text, encoding="utf-8")
    assert AnalysisJournal(path).runs("https://p", "") == ()
