"""The demo portal's metadata services: contract/occurrences 4 and 6."""

from __future__ import annotations

import csv
import json
import shutil
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from demo.portal import data, lists, metadata
from demo.portal.data import datasets, quality
from demo.portal.data.images import IMAGES
from demo.portal.world import World
from tests.portal.fixtures import FOLDER, RECORDS

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "occurrences"
BASE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    data.ensure(FOLDER, RECORDS)
    folder = tmp_path_factory.mktemp("metadata")
    shutil.copy(FOLDER / "portal.sqlite", folder)  # the lists' own file stays out of the shared one
    return folder


@pytest.fixture
def world(generated) -> World:
    return World(BASE, generated)


@pytest.fixture
def client(world) -> FlaskClient:
    app = Flask("metadata")
    app.register_blueprint(metadata.blueprint(world))
    app.register_blueprint(lists.blueprint(world))
    return app.test_client()


def sample(name: str):
    if not (SAMPLES / name).exists():
        pytest.skip(f"the recorded answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


# Logger


def test_reasons_are_those_recorded_in_their_order(client):
    assert client.get("/logger/service/logger/reasons").get_json() == sample(
        "logger_reasons_ala.json"
    )


def test_sources_and_events(client, world):
    assert client.get("/logger/service/logger/events").get_json() == sample(
        "doc_logger_events.json"
    )
    sources = client.get("/logger/service/logger/sources").get_json()
    assert sources[0] == sample("doc_logger_sources.json")[0]
    unknown = client.get("/logger/service/logger/77")
    assert (unknown.status_code, unknown.mimetype) == (404, "text/plain")
    world.faults.add(name="logger.down")
    assert client.get("/logger/service/logger/reasons").status_code == 500


# Quality profiles

API = "/data-quality-filter-service/api/v1"
PROFILE_KEYS = [
    *("id", "name", "shortName", "displayOrder", "description"),
    *("contactName", "contactEmail", "categories"),
]


def test_profiles_do_not_say_whether_they_are_enabled(client):
    profiles = client.get(f"{API}/data-profiles").get_json()
    assert [list(profile) for profile in profiles] == [PROFILE_KEYS] * len(profiles)
    assert "VBP_algemeen" in [profile["shortName"] for profile in profiles]
    enabled = client.get(f"{API}/data-profiles?enabled=true").get_json()
    assert 0 < len(enabled) < len(profiles)
    category = profiles[0]["categories"][0]
    assert list(category) == [
        *("id", "enabled", "name", "label", "description", "displayOrder", "qualityFilters")
    ]
    assert list(category["qualityFilters"][0]) == [
        *("id", "enabled", "description", "filter", "displayOrder")
    ]


def test_profiles_can_be_paged_and_named(client):
    names = [p["shortName"] for p in client.get(f"{API}/data-profiles").get_json()]
    page = client.get(f"{API}/data-profiles?max=1&offset=1").get_json()
    assert [profile["shortName"] for profile in page] == names[1:2]
    backwards = client.get(f"{API}/data-profiles?sort=shortName&order=desc").get_json()
    assert [profile["shortName"] for profile in backwards] == sorted(names, reverse=True)
    assert len(client.get(f"{API}/data-profiles?shortName=VBP_hokken").get_json()) == 1


def test_a_profile_by_id_name_or_default(client):
    by_name = client.get(f"{API}/data-profiles/VBP_algemeen").get_json()
    assert by_name == client.get(f"{API}/data-profiles/1").get_json()
    assert by_name == client.get(f"{API}/data-profiles/default").get_json()
    unknown = client.get(f"{API}/data-profiles/nihil")
    assert (unknown.status_code, unknown.data) == (200, b"")
    categories = client.get(f"{API}/data-profiles/1/categories").get_json()
    assert categories == by_name["categories"]
    filters = client.get(f"{API}/data-profiles/1/categories/11/filters").get_json()
    assert filters == categories[0]["qualityFilters"]
    one = client.get(f"{API}/data-profiles/1/categories/11/filters/101").get_json()
    assert one == filters[0]
    for path in ("nihil/categories", "1/categories/99", "1/categories/99/filters"):
        assert client.get(f"{API}/data-profiles/{path}").data == b""
    assert client.get(f"{API}/profiles").headers["Location"].endswith("/api/v1/data-profiles")


def test_an_unknown_active_profile_is_the_default_one(client):
    known = client.get(f"{API}/quality/activeProfile?profileName=VBP_hokken").get_json()
    unknown = client.get(f"{API}/quality/activeProfile?profileName=nihil").get_json()
    assert known["shortName"] == "VBP_hokken"
    assert unknown["shortName"] == "VBP_algemeen"


def test_only_enabled_filters_are_applied(client):
    by_label = client.get(f"{API}/quality/getEnabledFiltersByLabel").get_json()
    assert by_label == dict(row[1:] for row in quality.filter_rows() if row[0] == "VBP_algemeen")
    assert "open-license" not in by_label
    detailed = client.get(
        f"{API}/quality/getEnabledFiltersByLabel?profileName=VBP_gevalideerd_detail"
    ).get_json()
    assert detailed["validated"] == 'identificationVerificationStatus:"validated"'
    enabled = client.get(f"{API}/quality/getEnabledQualityFilters").get_json()
    joined = client.get(f"{API}/quality/getJoinedQualityFilter")
    assert joined.text == " AND ".join(enabled)
    assert joined.mimetype == "text/plain"
    grouped = client.get(f"{API}/quality/getGroupedEnabledFilters").get_json()
    assert [item["filter"] for items in grouped.values() for item in items] == enabled
    categories = client.get(f"{API}/quality/findAllEnabledCategories").get_json()
    assert [category["label"] for category in categories] == list(by_label)


def test_what_a_category_leaves_out(client):
    inverse = client.get(f"{API}/quality/getInverseCategoryFilter?qualityCategoryId=12")
    assert inverse.text == "coordinateUncertaintyInMeters:[10001 TO *]"
    assert (
        client.get(f"{API}/quality/getInverseCategoryFilter?qualityCategoryId=9").status_code == 404
    )
    every = client.get(f"{API}/quality/getAllInverseCategoryFiltersForProfile?qualityProfileId=3")
    assert every.get_json() == {"gridded": "(*:* AND -gridReference:*)"}
    assert client.get(f"{API}/quality/nihil").status_code == 404


def test_the_rest_of_the_service_is_for_administrators(client, world):
    page = client.get("/data-quality-filter-service/admin")
    assert page.status_code == 302
    assert page.headers["Location"].startswith(world.issuer)
    world.faults.add(name="quality.down")
    assert client.get(f"{API}/data-profiles").status_code == 500


# Collectory

WS = "/collectory/ws"


def test_the_list_of_data_resources_is_complete_and_has_species_lists_in_it(client):
    everything = client.get(f"{WS}/dataResource?max=1").get_json()
    assert list(everything[0]) == ["name", "uri", "uid"]
    assert {item.uid for item in datasets.DATASETS} < {item["uid"] for item in everything}
    assert "dr552" in {item["uid"] for item in everything}
    assert "dr711" not in {item["uid"] for item in everything}, "a private list is hidden"
    names = [item["name"].casefold() for item in everything]
    assert names == sorted(names)
    records = client.get(f"{WS}/dataResource?resourceType=records").get_json()
    assert {item["uid"] for item in records} == {item.uid for item in datasets.DATASETS}
    waiting = client.get(f"{WS}/dataResource?status=linksAvailable").get_json()
    assert [item["uid"] for item in waiting] == ["dr111"]
    assert "logo" in client.get(f"{WS}/dataProvider/summary").get_json()[0]
    assert client.get(f"{WS}/collection").get_json() == []


def test_lists_may_be_kept_by_their_etag(client):
    first = client.get(f"{WS}/dataProvider")
    assert first.headers["Last-Modified"]
    again = client.get(f"{WS}/dataProvider", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_data_resource_in_full(client):
    answer = client.get(f"{WS}/dataResource/dr106").get_json()
    assert list(answer) == [
        *("name", "acronym", "uid", "guid", "address", "phone", "email", "pubShortDescription"),
        *("pubDescription", "rights", "licenseType", "licenseVersion", "citation", "websiteUrl"),
        *("alaPublicUrl", "resourceType", "provider", "institution", "contentTypes", "status"),
        *("dataCurrency", "lastUpdated", "gbifDataset", "gbifRegistryKey", "doi"),
        *("publicArchiveAvailable", "publicArchiveUrl", "downloadLimit", "dataGeneralizations"),
        *("informationWithheld", "connectionParameters"),
    ]
    assert (answer["licenseType"], answer["licenseVersion"]) == ("CC-BY-NC", "4.0")
    assert answer["institution"] is None
    assert answer["provider"]["uri"] == f"{BASE}{WS}/dataProvider/dp2"
    by_guid = client.get(f"{WS}/dataResource/{answer['guid']}").get_json()
    assert by_guid["uid"] == "dr106"
    assert "<b>" in client.get(f"{WS}/dataResource/dr101").get_json()["pubDescription"]
    species_list = client.get(f"{WS}/dataResource/dr552").get_json()
    assert species_list["resourceType"] == "species-list"
    provider = client.get(f"{WS}/dataProvider/dp1").get_json()
    assert "licenseType" not in provider


def test_an_unknown_entity_is_a_404_whose_body_cannot_be_read(client):
    for path in ("dataResource/dr9", "dataProvider/dr101"):
        answer = client.get(f"{WS}/{path}")
        assert answer.status_code == 404
        assert answer.text.startswith("no entity with uid = ")
        with pytest.raises(json.JSONDecodeError):
            json.loads(answer.text)


def test_counts_finds_and_names(client):
    count = client.get(f"{WS}/dataResource/count/status?public=true").get_json()
    assert count["groupBy"] == "status"
    assert sum(count["groups"].values()) == count["total"]
    found = client.post(f"{WS}/find/dataResource", json=["dr101", "dr9", "dr103"]).get_json()
    assert [item["uid"] for item in found] == ["dr101", "dr103"]
    assert client.post(f"{WS}/find/dataResource", data="{").status_code == 400
    names = client.get(f"{WS}/resolveNames/dr101,dp1,dr9").get_json()
    assert names == {"dr101": "Vogeltrends", "dp1": datasets.DATASETS[0].provider_name}
    summary = client.get(f"{WS}/lookup/summary/dr101").get_json()
    assert set(summary) <= set(sample("doc_collectory_lookup_summary.json"))
    assert client.get(f"{WS}/lookup/summary/dr9").status_code == 404


def test_citations_as_json_and_as_a_table(client):
    accept = {"Accept": "application/json"}
    rows = client.post(f"{WS}/citations", json=["dr106", "dr110"], headers=accept).get_json()
    assert list(rows[0]) == list(sample("doc_collectory_citations.json")[0])
    assert all(isinstance(value, str) for row in rows for value in row.values())
    assert "(CC-BY-NC)" in rows[0]["rights"]
    assert rows[1]["DOI"] == ""
    table = client.post(f"{WS}/citations", json=["dr106"])
    assert table.mimetype == "text/csv"
    header, row = list(csv.reader(table.text.splitlines()))
    assert header[:3] == ["Resource name", "Citation", "Rights"]
    assert row[7] == "dr106"
    nothing = client.post(f"{WS}/citations", json=[], headers=accept)
    assert (nothing.status_code, nothing.get_json()) == (200, {"error": "no uids posted"})


def test_licences_eml_pages_and_refused_writes(client):
    licences = client.get(f"{WS}/licence").get_json()
    assert list(licences[0]) == ["name", "url", "imageUrl", "acronym", "version"]
    eml = ElementTree.fromstring(client.get(f"{WS}/eml/dr104").data)
    assert eml.findtext("dataset/title") == "Meetnetten.be - Amfibieën"
    assert client.get(f"{WS}/eml/dr9").status_code == 404
    page = client.get("/collectory/public/show/dr101")
    assert "10.5555/vbp-demo-101" in page.text
    assert "<b>" not in page.text, "the description's HTML is not passed on"
    assert client.get("/collectory/public/show/dr9").status_code == 404
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(f"{WS}/dataResource/dr101").status_code == 403


# Pictures


def test_a_picture_is_a_png_of_the_size_asked_for(client):
    image_id = next(iter(IMAGES))
    thumbnail = client.get(f"/image-service/image/{image_id}/thumbnail")
    assert thumbnail.mimetype == "image/png"
    assert struct.unpack(">II", thumbnail.data[16:24]) == (300, 225)
    proxied = client.get(f"/image-service/image/proxyImageThumbnail?imageId={image_id}")
    assert proxied.data == thumbnail.data
    others = {client.get(f"/image-service/image/{one}/square").data for one in IMAGES}
    assert len(others) == len(IMAGES), "each differs"


def test_a_picture_supports_ranges_and_etags(client):
    path = f"/image-service/image/{next(iter(IMAGES))}/original"
    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.data) == (206, whole.data[:8])
    again = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304


def test_pictures_of_records_are_known(client, world):
    with world.connect() as connection:
        row = connection.execute(
            "SELECT imageIDs, scientificName FROM occurrence WHERE imageIDs IS NOT NULL"
        ).fetchone()
    image_id = row["imageIDs"].split("|")[0]
    assert client.get(f"/image-service/image/{image_id}/large").status_code == 200
    assert client.get(f"/image-service/ws/image/{image_id}").get_json()["title"] == row[1]


def test_details_of_pictures(client):
    image_id = next(iter(IMAGES))
    details = client.get(f"/image-service/ws/image/{image_id}").get_json()
    assert list(details) == ["success", *sample("doc_image_details.json")]
    assert details["recognisedLicence"]["acronym"] == details["license"]
    unknown = client.get("/image-service/ws/image/nihil")
    assert unknown.status_code == 404
    assert unknown.get_json() == {"success": False, "message": "image id not found"}
    many = client.post(
        "/image-service/ws/imageInfoForList", json={"imageIds": [image_id, "nihil"]}
    ).get_json()
    assert list(many["results"]) == [image_id]
    assert many["invalidImageIds"] == ["nihil"]
    assert list(client.get("/image-service/ws/licence").get_json()[0])[:2] == ["id", "acronym"]


def test_a_missing_picture_a_redirect_and_the_visitors_cookie(client, world):
    missing = client.get("/image-service/image/nihil/thumbnail")
    assert (missing.status_code, missing.text) == (404, "Image not found")
    path = f"/image-service/image/{next(iter(IMAGES))}/thumbnail"
    world.faults.add(name="images.redirect")
    moved = client.get(path)
    assert moved.status_code == 302
    assert client.get(moved.headers["Location"].replace(BASE, "")).mimetype == "image/png"
    assert client.get(f"{path}?nr=true").status_code == 200
    client.set_cookie("VBP-AUTH", "{}", domain="localhost")
    assert client.get(path).headers["Location"].startswith(world.issuer)
