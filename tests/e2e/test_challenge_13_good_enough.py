"""Challenge 13: is it good enough, what is missing, which datasets."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.gui.occurrences.judge_panel import STEPS
from tests.qgis.doubles import spin_until


def test_judging_before_a_download(newcomer, control):
    newcomer.takes("Hyla arborea")
    newcomer.counted()
    control.forget_requests()
    newcomer.press("Is This Good Enough?")
    panel = newcomer.panel.judge
    spin_until(lambda: panel._judged is not None, 15)
    judged = panel._judged
    summary = panel.summary()
    assert "% is from" in summary
    assert "m of its place" in summary
    assert "% is validated" in summary
    if judged.missing_years():
        assert "There is nothing from" in summary
    assert [bar.label for bar in panel.shares["dataResourceUid"].bars()], "which datasets"
    asked = {request["path"] for request in control.requests("/biocache-service/")}
    assert asked == {"/biocache-service/occurrences/search"}, "no download for it"

    panel.within.slider.setFocus()
    while panel._limit() != 100:
        QTest.keyClick(panel.within.slider, Qt.Key.Key_Left)
    survive = judged.within(100)
    assert f"{survive:,} of {judged.count:,} remain" in panel.within.words()
    QTest.mouseClick(panel.within.button, Qt.MouseButton.LeftButton)
    assert newcomer.counted().max_uncertainty == STEPS[STEPS.index(100)]
    assert newcomer.section._answer.counted.count == survive
    spin_until(lambda: panel._judged.count == survive, 15)
    assert panel._judged.unknown_uncertainty == 0
