"""A QGIS that is killed while it saves a list: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from biodiv_plugin.gui.lists.section import ListSection
from biodiv_plugin.portal.species_lists import NewItem
from biodiv_plugin.use_cases.list_backup import ListStore
from tests.qgis.doubles import spin_until
from tests.qgis.lists_section import WS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def killed(portal, control, tmp_path):
    """A function that starts a QGIS, has it save a list, and kills it when that was sent."""
    started = []

    def kill(*arguments):
        control.fault(kind="latency", seconds=120, path=f"{WS}/speciesList", method="POST")
        home = tmp_path / "home"
        home.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.qgis.saving_for_ever", *map(str, arguments)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            env={
                **os.environ,
                "HOME": str(home),
                "QT_QPA_PLATFORM": "offscreen",
                "BIODIV_PORTAL_URL": portal.url,
                "BIODIV_OIDC_ISSUER": portal.issuer,
            },
        )
        started.append(process)

        def sent():
            assert process.poll() is None, process.stderr.read().decode()
            return [fault for fault in control.faults() if fault["used"]]

        spin_until(sent, 90)
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    yield kill
    for process in started:
        process.kill()
        process.wait(10)
        process.stderr.close()


def again(lists, qtbot):
    """The next QGIS, at the same profile."""
    section = ListSection(lists.services, lists.host, lists.sign_in)
    qtbot.addWidget(section)
    section.activate()
    return section


def test_a_new_list_is_there_once(lists, killed, control, qtbot, tmp_path):
    killed(tmp_path / "lists")
    lists.sign_in_as("hilde")
    store = ListStore(tmp_path / "lists")
    (note,) = store.unfinished(lists.owner())
    assert [item.name for item in note.content.items] == ["Hyla arborea", "Vulpes vulpes"]
    assert note.content.private
    assert lists.named("Tijdens het bewaren") == ()
    section = again(lists, qtbot)
    assert "does not show it yet" in lists.said("was sent at", section.notice)
    control.clear_faults()  # the portal goes on with what it got
    spin_until(lambda: lists.named("Tijdens het bewaren"))
    section.notice.clear()
    section.refresh()
    lists.said("has arrived", section.notice)
    assert len(lists.named("Tijdens het bewaren")) == 1
    assert store.unfinished(lists.owner()) == ()


def test_a_published_table_has_its_backup_and_its_names_once(
    lists, killed, control, qtbot, tmp_path
):
    lists.open("hilde")
    druid = lists.make("Ronde", NewItem("vos", (("status", "gezien"),)), NewItem("das"))
    killed(tmp_path / "lists", druid)
    store = ListStore(tmp_path / "lists")
    (backup,) = store.backups(druid)
    assert [item.name for item in backup.content.items] == ["vos", "das"]
    assert backup.content.items[0].values == (("status", "gezien"),)
    (note,) = store.unfinished(lists.owner())
    assert (note.mode, note.druid, note.former) == ("replace", druid, 2)
    assert [item.supplied_name for item in lists.items(druid)] == ["vos", "das"]
    control.clear_faults()
    spin_until(lambda: len(lists.items(druid)) == 3)
    section = again(lists, qtbot)
    lists.said("has arrived", section.notice)
    assert store.unfinished(lists.owner()) == ()
    names = [item.supplied_name for item in lists.items(druid)]
    assert sorted(names) == ["Hyla arborea", "das", "vos"]
    assert len(lists.named("Ronde")) == 1
