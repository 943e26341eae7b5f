"""Offline downloads: what is asked, and how a job is read that may not be what it says."""

from __future__ import annotations

import pytest

from biodiv_plugin.portal import darwin_core, errors
from biodiv_plugin.portal.darwin_core import Term, header_terms
from biodiv_plugin.portal.downloads import (
    DARWIN_CORE_FIELDS,
    MINIMAL_FIELDS,
    DownloadClient,
    DownloadJob,
    DownloadOptions,
    JobState,
    all_fields,
    parse_download_job,
)
from biodiv_plugin.portal.index import parse_index_field
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from tests.unit.fakes import HTML, FakeFeedback, FakeTransport, params_of

PORTAL = "https://portal.test"
JOB = "5fe609b1-370f-3f3f-8482-8e46c6d94551-1663130411098"
PATH = "/biocache-download/5fe609b1-370f-3f3f-8482-8e46c6d94551/1663130411098/mijn%20data.zip"
QUERY = OccurrenceQuery(taxa=(TaxonRef("2436940"),))
OPTIONS = DownloadOptions(email="a.janssens@inbo.be", reason_id=7)


def status(state, **members):
    """A status document as the service writes it, with the addresses of another host."""
    return {
        "status": state,
        "totalRecords": 1234,
        "queueSize": 1,
        "statusUrl": f"http://biocache:8080/occurrences/offline/status/{JOB}",
        "cancelUrl": f"http://biocache:8080/occurrences/offline/cancel/{JOB}",
        "searchUrl": f"{PORTAL}/biocache-hub/occurrences/search?q=a",
        **members,
    }


@pytest.fixture()
def portal():
    return FakeTransport(status("inQueue"))


@pytest.fixture()
def client(portal):
    return DownloadClient(portal, f"{PORTAL}/biocache-service", "cl102:x")


def test_what_a_download_asks_for(client, portal):
    job = client.start(QUERY, OPTIONS)
    assert job == DownloadJob(
        JOB,
        JobState.IN_QUEUE,
        1234,
        0,
        1,
        None,
        "",
        f"{PORTAL}/biocache-hub/occurrences/search?q=a",
    )
    assert portal.last.url == f"{PORTAL}/biocache-service/occurrences/offline/download"
    assert (portal.last.method, portal.last.as_user) == ("POST", True)
    asked = params_of(portal.last)
    assert asked["q"] == ["lsid:2436940"]
    assert asked["fq"] == ['-occurrenceStatus:"ABSENT"', "cl102:x"]
    assert asked["fields"] == [",".join(MINIMAL_FIELDS)]
    assert asked["dwcHeaders"] == ["true"]
    assert asked["emailNotify"] == ["false"]
    assert (asked["reasonTypeId"], asked["sourceTypeId"]) == (["7"], ["0"])
    assert (asked["file"], asked["fileType"]) == (["observations"], ["csv"])


def test_quirk_03_an_account_without_address_is_told(client, portal):
    portal.answers(HTML, 412)
    with pytest.raises(errors.DownloadFailed) as raised:
        client.start(QUERY, OPTIONS)
    assert raised.value.reason == "no_email"


def test_quirk_04_a_refused_person_is_told_from_a_refused_query(client, portal):
    portal.answers(HTML, 400)
    with pytest.raises(errors.SignInRequired):
        client.start(QUERY, OPTIONS)
    portal.answers('\n{"message": "x", "errorType": "Query syntax invalid"}', 400)
    with pytest.raises(errors.Rejected):
        client.start(QUERY, OPTIONS)
    portal.answers(b"", 400)
    with pytest.raises(errors.Rejected):
        client.start(QUERY, OPTIONS)


def test_too_many_waiting_jobs_are_the_portals_fault(client, portal):
    portal.answers('{"message": "Too many", "errorType": "Server error", "statusCode": 500}', 500)
    with pytest.raises(errors.PortalFault, match="Too many"):
        client.start(QUERY, OPTIONS)


def test_quirk_05_an_unknown_job_is_none(client, portal):
    portal.answers({})
    assert client.status(JOB) is None
    assert portal.last.url == f"{PORTAL}/biocache-service/occurrences/offline/status/{JOB}"


def test_quirk_05_a_cancel_without_an_answer_stopped_nothing(client, portal):
    portal.answers(b"")
    assert client.cancel(JOB) is False
    portal.answers(status("cancelled"))
    assert client.cancel(JOB) is True
    portal.answers("Unauthorized Access", 401)
    with pytest.raises(errors.SignInRequired):
        client.cancel(JOB)


@pytest.mark.parametrize("state", ["failed", "skipped", "unavailable", None, 4])
def test_quirk_19_there_is_no_other_state(client, portal, state):
    portal.answers(status(state))
    with pytest.raises(errors.UnexpectedAnswer):
        client.status(JOB)


def test_quirk_19_a_stuck_job_reads_as_waiting(client):
    assert client.status(JOB).state is JobState.IN_QUEUE


def test_quirk_21_no_quality_columns_unless_asked(client, portal):
    client.start(QUERY, OPTIONS)
    assert params_of(portal.last)["qa"] == ["none"]


def test_quirk_22_without_an_address_nothing_is_sent(client, portal):
    with pytest.raises(errors.DownloadFailed) as raised:
        client.start(QUERY, DownloadOptions(email="", reason_id=7))
    assert raised.value.reason == "no_email"
    assert portal.requests == []


def test_quirk_23_the_queue_counts_ones_own_jobs(client, portal):
    portal.answers(status("inQueue", queueSize=3, message="Already in queue."))
    job = client.start(QUERY, OPTIONS)
    assert (job.queue_size, job.message) == (3, "Already in queue.")


def test_a_running_job(client, portal):
    portal.answers({"status": "running", "totalRecords": 2, "records": 1})
    job = client.status(JOB)
    assert (job.state, job.records, job.total_records) == (JobState.RUNNING, 1, 2)


def test_a_job_that_is_too_large_never_was(client, portal):
    portal.answers(
        {
            "status": "tooLarge",
            "error": "Requested to many records",
            "downloadUrl": "https://x/help",
        }
    )
    job = client.start(QUERY, OPTIONS)
    assert (job.id, job.state, job.download_path) == ("", JobState.TOO_LARGE, None)
    assert job.message == "Requested to many records"


def test_quirk_24_an_instant_finish_and_only_the_path_of_the_file(client, portal):
    portal.answers({"status": "finished", "downloadUrl": f"http://backend:81{PATH}?token=x"})
    job = client.start(QUERY, OPTIONS)
    assert (job.id, job.download_path) == (JOB, PATH)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.test/other/file.zip",
        f"{PORTAL}/biocache-downloads/a/1/b.zip",
        f"{PORTAL}/biocache-download/../species-list/x.zip",
        f"{PORTAL}/biocache-download/%2e%2e/species-list/x.zip",
        f"{PORTAL}/biocache-download/a/..%2f..%2fx.zip",
        f"{PORTAL}/biocache-download/a\\..\\x.zip",
        f"{PORTAL}/biocache-download//evil.test/x.zip",
        f"{PORTAL}/biocache-download/",
    ],
)
def test_a_file_that_lies_elsewhere_is_not_fetched(client, portal, url):
    portal.answers(status("finished", downloadUrl=url))
    with pytest.raises(errors.UnexpectedAnswer):
        client.status(JOB)


def test_a_portal_below_a_path_keeps_it():
    portal = FakeTransport(status("finished", downloadUrl=f"https://host.test/atlas{PATH}"))
    client = DownloadClient(portal, "https://host.test/atlas/biocache-service")
    assert client.status(JOB).download_path == PATH


@pytest.mark.parametrize("job_id", ["", "../x", "a/b", "a b", "x?y=1", "abc"])
def test_an_id_that_is_none_is_not_asked_for(client, portal, job_id):
    for call in (client.status, client.cancel):
        with pytest.raises(errors.UnexpectedAnswer):
            call(job_id)
    assert portal.requests == []


def test_a_start_without_an_id_is_refused(client, portal):
    portal.answers({"status": "inQueue"})
    with pytest.raises(errors.UnexpectedAnswer):
        client.start(QUERY, OPTIONS)


def test_ones_own_jobs(client, portal):
    portal.answers({"a.janssens@inbo.be": [status("inQueue"), status("running", records=5)]})
    assert [job.state for job in client.mine()] == [JobState.IN_QUEUE, JobState.RUNNING]
    portal.answers({})
    assert client.mine() == ()


def finished():
    return DownloadJob(JOB, JobState.FINISHED, download_path=PATH)


def test_the_file_comes_from_the_configured_portal(client, portal, tmp_path):
    portal.answers(b"PK" + b"x" * 500, content_type="application/zip")
    target = tmp_path / "data.zip"
    client.fetch(finished(), target)
    assert portal.last.url == f"{PORTAL}{PATH}"
    assert target.read_bytes() == b"PK" + b"x" * 500


def test_a_lost_transfer_keeps_what_arrived_and_goes_on(client, portal, tmp_path):
    portal.answers(b"PK" + b"x" * 500)
    target = tmp_path / "data.zip"
    with pytest.raises(errors.Canceled):
        client.fetch(finished(), target, FakeFeedback(patience=4))
    assert target.stat().st_size == 3 * 64
    client.fetch(finished(), target)
    assert target.read_bytes() == b"PK" + b"x" * 500


def test_a_web_page_is_no_file(client, portal, tmp_path):
    portal.answers(HTML, content_type="text/html;charset=utf-8")
    target = tmp_path / "data.zip"
    with pytest.raises(errors.UnexpectedAnswer):
        client.fetch(finished(), target)
    assert not target.exists()


def test_what_is_not_finished_cannot_be_fetched(client, tmp_path):
    with pytest.raises(errors.DownloadFailed) as raised:
        client.fetch(DownloadJob(JOB, JobState.RUNNING), tmp_path / "data.zip")
    assert raised.value.reason == "incomplete"


def test_the_presets_hold_each_field_once():
    assert len(set(DARWIN_CORE_FIELDS)) == len(DARWIN_CORE_FIELDS)
    assert {"decimalLatitude", "decimalLongitude", "eventDate", "license"} <= set(MINIMAL_FIELDS)


def test_all_fields_are_those_that_come_along():
    fields = [
        parse_index_field({"name": name, "docvalue": docvalue})
        for name, docvalue in (("zeta", True), ("id", True), ("raw_locality", False), ("al", True))
    ]
    assert all_fields(fields) == ("id", "al", "zeta")


def test_headers_become_columns_that_differ_by_more_than_case():
    headers = ["recordID", "eventDate", "EVENTDATE", "eventDate", "", "el10978", "cl102"]
    assert header_terms(headers) == (
        Term("recordID"),
        Term("eventDate", "datetime"),
        Term("EVENTDATE_2"),
        Term("eventDate_3", "datetime"),
        Term("column"),
        Term("el10978", "real"),
        Term("cl102"),
    )


def test_a_made_up_name_never_meets_a_real_one():
    names = [term.name for term in header_terms(["a", "a_2", "a", "A"])]
    assert len({name.lower() for name in names}) == 4


def test_quality_columns_are_yes_or_no():
    (test, term) = header_terms(["COORDINATE_ROUNDED", "year"])
    assert (test.kind, term.kind) == ("boolean", "integer")


def test_each_term_has_one_kind():
    kinds = {
        darwin_core.TEXT,
        darwin_core.INTEGER,
        darwin_core.REAL,
        darwin_core.DATE,
        darwin_core.DATETIME,
        darwin_core.BOOLEAN,
        darwin_core.LIST,
    }
    assert {term.kind for term in darwin_core.TERMS.values()} <= kinds
    assert all(name == term.name for name, term in darwin_core.TERMS.items())


def test_a_status_that_is_no_object():
    with pytest.raises(errors.UnexpectedAnswer):
        parse_download_job([])
