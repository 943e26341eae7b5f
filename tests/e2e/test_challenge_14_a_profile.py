"""Challenge 14: only validated and detailed data, or only gridded; what a profile leaves out."""

from __future__ import annotations

import pytest

from tests.qgis.doubles import in_task, spin_until


@pytest.mark.parametrize("profile", ["VBP_gevalideerd_detail", "VBP_hokken"])
def test_a_profile_tells_what_it_leaves_out(newcomer, services, profile):
    newcomer.panel.quality.setCollapsed(False)
    spin_until(lambda: newcomer.panel.quality._weighed is not None, 15)
    combo = newcomer.panel.quality.profile
    weighed = newcomer.panel.quality._weighed
    assert str(weighed.profiles[profile]) in combo.itemText(combo.findData(profile)).replace(
        ",", ""
    )
    combo.setCurrentIndex(combo.findData(profile))
    newcomer.counted()
    stays = newcomer.section._answer.counted.count
    assert stays == weighed.total - weighed.profiles[profile]
    assert 0 < stays < weighed.total
    assert "left out by the quality profile" in newcomer.said()


def test_only_validated_and_detailed_records_stay(newcomer, services):
    combo = newcomer.panel.quality.profile
    combo.setCurrentIndex(combo.findData("VBP_gevalideerd_detail"))
    query = newcomer.counted()
    records = in_task(lambda fb: list(services.occurrences.search(query, 500, fb)))
    assert records
    assert {record.verification_status for record in records} == {"validated"}
    assert all(record.coordinate_uncertainty <= 100 for record in records)


def test_its_filters_are_adjusted(newcomer, services):
    combo = newcomer.panel.quality.profile
    combo.setCurrentIndex(combo.findData("VBP_gevalideerd_detail"))
    newcomer.counted()
    strict = newcomer.section._answer.counted.count
    newcomer.panel.quality.setCollapsed(False)
    newcomer.panel.quality.categories["validated"].click()
    query = newcomer.counted()
    assert query.disabled_quality_filters == ("validated",)
    assert newcomer.section._answer.counted.count > strict
    records = in_task(lambda fb: list(services.occurrences.search(query, 500, fb)))
    assert len({record.verification_status for record in records}) > 1
    assert all(record.coordinate_uncertainty <= 100 for record in records)
    assert "part of the quality profile switched off" in newcomer.said()
