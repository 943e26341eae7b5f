"""Datasets, quality profiles, reasons, pictures and citations."""

from __future__ import annotations

import json
from datetime import date

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.citation import Portal, as_bibtex, as_ris, as_text
from biodiv_plugin.portal.collectory import Citation, CollectoryClient, bare_doi, parse_citation
from biodiv_plugin.portal.http import Response
from biodiv_plugin.portal.images import LARGEST, ImageClient, image_id
from biodiv_plugin.portal.logger import (
    FALLBACK_REASONS,
    LoggerClient,
    Reason,
    parse_reason,
    parse_source,
)
from biodiv_plugin.portal.quality import QualityClient, QualityFilter
from tests.unit.fakes import HTML, FakeTransport, params_of

PORTAL = "https://portal.test"


@pytest.fixture()
def portal():
    return FakeTransport()


@pytest.fixture()
def collectory(portal):
    return CollectoryClient(portal, f"{PORTAL}/collectory")


@pytest.fixture()
def quality(portal):
    return QualityClient(portal, f"{PORTAL}/data-quality-filter-service")


def test_quirk_28_the_datasets_come_all_at_once(collectory, portal):
    portal.answers([{"name": "Vogels", "uri": "https://x/dr12", "uid": "dr12"}])
    (birds,) = collectory.data_resources()
    assert (birds.uid, birds.name) == ("dr12", "Vogels")
    assert params_of(portal.last) == {"resourceType": ["records"]}


def test_quirk_29_the_page_of_a_dataset_is_for_people(collectory):
    assert collectory.page_url("dr12") == f"{PORTAL}/collectory/public/show/dr12"


def test_names_of_datasets(collectory, portal):
    portal.answers({"dr1": "Vogels", "dr2": None})
    assert collectory.names(["dr1", "dr2"]) == {"dr1": "Vogels"}
    assert portal.last.url.endswith("/ws/resolveNames/dr1,dr2")
    assert collectory.names([]) == {}


CITED = {
    "name": "Vogels",
    "citation": "INBO (2025). Vogels. <i>Dataset</i>",
    "rights": "CC-BY",
    "link": "For more information: https://portal.test/public/show/dr12",
    "dataGeneralizations": "",
    "informationWithheld": "",
    "downloadLimit": "",
    "uid": "dr12",
    "DOI": "10.15468/abc",
}


def test_quirk_28_citations_lose_their_markup(collectory, portal):
    portal.answers([CITED])
    (birds,) = collectory.citations(["dr12", "dr12"])
    assert (portal.last.method, json.loads(portal.last.body)) == ("POST", ["dr12"])
    assert portal.last.headers["Accept"] == "application/json"  # else a table comes
    assert birds.citation == "INBO (2025). Vogels. Dataset"
    assert birds.url == "https://portal.test/public/show/dr12"


def test_quirk_05_no_datasets_are_not_asked_for_since_that_is_an_error_with_200(collectory, portal):
    assert collectory.citations([]) == ()
    assert portal.requests == []
    portal.answers({"error": "no uids posted"})
    with pytest.raises(errors.UnexpectedAnswer):
        collectory.citations(["dr1"])


def test_dois():
    assert bare_doi("doi:10.15468/abc ") == "10.15468/abc"
    assert bare_doi("https://example.test/dr1") == bare_doi("") == ""


PROFILE = {
    "id": 3,
    "name": "VBP algemeen",
    "shortName": "VBP_algemeen",
    "description": "Algemeen",
    "categories": [
        {
            "enabled": True,
            "label": "uncertainty",
            "name": "Onzekerheid",
            "displayOrder": 2,
            "qualityFilters": [
                {"enabled": True, "filter": "-b:1", "description": "Tweede", "displayOrder": 2},
                {"enabled": False, "filter": "-c:1", "description": "Uit", "displayOrder": 0},
                {"enabled": True, "filter": "-a:1", "description": "Eerste", "displayOrder": 1},
            ],
        },
        {"enabled": True, "label": "licence", "displayOrder": 1, "qualityFilters": None},
        {"enabled": False, "label": "off", "displayOrder": 0},
    ],
}


def test_a_profile_tells_what_is_in_force_in_order(quality, portal):
    portal.answers([PROFILE])
    (general,) = quality.profiles()
    assert portal.last.url.startswith(
        f"{PORTAL}/data-quality-filter-service/api/v1/data-profiles?enabled=true"
    )
    assert general.short_name == "VBP_algemeen"
    assert [category.label for category in general.categories] == ["licence", "uncertainty"]
    assert general.categories[1].filters == (
        QualityFilter("-a:1", "Eerste"),
        QualityFilter("-b:1", "Tweede"),
    )


@pytest.mark.parametrize("body", ["", "null", "{}"])
def test_an_unknown_profile_is_told_not_replaced(quality, portal, body):
    portal.answers(body)
    with pytest.raises(errors.NotFound):
        quality.profile("x")
    portal.answers(PROFILE)
    assert quality.profile("VBP_algemeen").name == "VBP algemeen"


def test_what_each_category_adds(quality, portal):
    portal.answers({"licence": "-license:x AND -license:y"})
    assert quality.filters("VBP_algemeen") == {"licence": "-license:x AND -license:y"}
    portal.answers(HTML, 503)
    with pytest.raises(errors.PortalFault):
        quality.profiles()


def test_reasons_for_a_download(portal):
    client = LoggerClient(portal, f"{PORTAL}/logger")
    portal.answers(
        [
            {"rkey": "logger.download.reason.research", "name": "scientific research", "id": 4,
             "deprecated": False},
            {"rkey": "logger.download.reason.old", "name": "old", "id": 9, "deprecated": True},
        ]
    )  # fmt: skip
    assert client.reasons() == (Reason(4, "research", "scientific research"),)
    assert portal.last.url == f"{PORTAL}/logger/service/logger/reasons"
    portal.answers([{"name": "ALA", "id": 0}])
    assert client.sources()[0].name == "ALA"
    portal.answers(HTML, 500)
    with pytest.raises(errors.PortalFault):
        client.reasons()
    for broken in ({}, {"name": "x"}):
        with pytest.raises(errors.UnexpectedAnswer):
            parse_reason(broken)
        with pytest.raises(errors.UnexpectedAnswer):
            parse_source(broken)


def test_the_fallback_reasons_are_those_of_the_portal():
    assert len({reason.id for reason in FALLBACK_REASONS}) == len(FALLBACK_REASONS) == 13
    assert Reason(7, "ecological.research", "ecological research") in FALLBACK_REASONS


def test_pictures(portal, tmp_path):
    client = ImageClient(portal, f"{PORTAL}/image-service")
    portal.answers(
        {
            "success": True,
            "creator": "A. Janssens",
            "recognisedLicence": {"acronym": "CC-BY", "url": "https://cc.test"},
            "license": "cc by",
        }
    )
    picture = client.image("i 7")
    assert portal.last.url == f"{PORTAL}/image-service/ws/image/i%207"
    assert (picture.id, picture.creator, picture.licence) == ("i 7", "A. Janssens", "CC-BY")
    portal.answers({"success": False, "message": "image id not found"})
    with pytest.raises(errors.NotFound):
        client.image("x")
    portal.answers(b"\x89PNG")
    assert client.thumbnail("i7") == b"\x89PNG"
    for status, body in ((404, "Image not found"), (200, b"")):
        portal.answers(body, status)
        with pytest.raises(errors.NotFound):
            client.thumbnail("i7")
    assert client.page_url("i7").endswith("proxyImageThumbnailLarge?imageId=i7")


def test_a_picture_comes_from_the_portal_alone_and_is_small(portal):
    client = ImageClient(portal, f"{PORTAL}/image-service")
    portal.answers(b"\x89PNG")
    client.thumbnail("i7")
    assert "nr=true" in portal.last.url and portal.last.limit == LARGEST
    assert not portal.last.as_user
    portal.answers(lambda request: Response(200, b"\x89PNG", "https://store.test/i7.png"))
    with pytest.raises(errors.UnexpectedAnswer):
        client.thumbnail("i7")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"{PORTAL}/image-service/image/proxyImageThumbnail?imageId=i7", "i7"),
        ("https://elsewhere.test/image-service/image/i7/thumbnail", "i7"),
        ("https://elsewhere.test/i7.jpg", ""),
        ("", ""),
    ],
)
def test_only_the_id_is_taken_from_the_address_of_a_picture(url, found):
    assert image_id(url) == found


BIRDS = parse_citation(CITED)
BARE = Citation("dr_9", "Planten_50%", "", "", "https://portal.test/dr9", "")
DAY = date(2026, 1, 5)


def test_a_citation_in_words():
    text = as_text([BIRDS, BARE], Portal(), DAY)
    assert text.splitlines() == [
        "INBO (2025). Vogels. Dataset. https://doi.org/10.15468/abc.",
        "Planten_50%.",
        "Geraadpleegd via het Vlaams Biodiversiteitsportaal (https://natuurdata.inbo.be) op "
        "2026-01-05.",
    ]
    english = as_text([], Portal(), DAY, language="fr", sensitive=True)
    assert english.startswith("Accessed through the Flemish Biodiversity Portal")
    assert "do not publish exact positions" in english


def test_a_doi_is_not_told_twice():
    twice = parse_citation({**CITED, "citation": "Vogels https://doi.org/10.15468/ABC"})
    assert as_text([twice], Portal(), DAY).count("10.15468") == 1


def test_a_citation_as_bibtex():
    text = as_bibtex([BIRDS, BARE], Portal(), DAY)
    assert text.count("@misc{") == 3
    assert "@misc{dr12,\n  title = {Vogels}," in text
    assert "doi = {10.15468/abc}," in text
    assert r"title = {Planten\_50\%}," in text
    assert "@misc{dr9," in text
    assert text.count("urldate = {2026-01-05}") == 3
    assert text.count("{") == text.count("}")
    assert "author = {{Instituut voor Natuur- en Bosonderzoek (INBO)}}" in text


def test_a_citation_as_ris():
    records = as_ris([BIRDS], Portal(), DAY).split("ER  - \r\n")
    assert records[0].split("\r\n")[:3] == ["TY  - DATA", "TI  - Vogels", "DO  - 10.15468/abc"]
    assert "UR  - https://doi.org/10.15468/abc" in records[0]
    assert "TY  - ELEC" in records[1]
    assert "Y2  - 2026/01/05" in records[1]
    lines = [line for line in as_ris([BARE], Portal(), DAY).split("\r\n") if line]
    assert all(line[2:6] == "  - " for line in lines)
