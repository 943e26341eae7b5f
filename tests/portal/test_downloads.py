"""Offline downloads of the demo portal: the job, its lies, and the archive (contract 3)."""

from __future__ import annotations

import csv
import io
import time
import uuid
import zipfile

import pytest

from demo.portal.biocache.jobs import java_name_uuid
from demo.portal.data import texts
from tests.portal.occurrence_index import BASE, Service, open_world

OFFLINE = "/occurrences/offline"
MAIL = "demo@natuur.example"


@pytest.fixture(scope="module")
def service():
    return Service(open_world())


@pytest.fixture(autouse=True)
def first_state(service):
    service.world.reset()
    yield
    service.world.reset()


def submit(service, user="demo", **form):
    form = {"q": "lsid:2427609", "email": MAIL, "qa": "none", "dwcHeaders": "true", **form}
    answer = service.post(f"{OFFLINE}/download", user, **form)
    assert answer.status_code == 200, answer.text
    return answer.json


def wait(service, told, *states, seconds=10.0):
    """Ask until the status is one of ``states``; return the last answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = service.fetch(told["statusUrl"]).json
        if status["status"] in states:
            return status
        time.sleep(0.01)
    raise AssertionError(f"still {status}")


def finished(service, user="demo", **form):
    told = wait(service, submit(service, user, **form), "finished")
    answer = service.fetch(told["downloadUrl"])
    assert answer.status_code == 200
    return told, zipfile.ZipFile(io.BytesIO(answer.data))


def table(archive, name="data.csv"):
    with archive.open(name) as file:
        return list(csv.reader(io.TextIOWrapper(file, "utf-8", newline="")))


# --- who may


def test_nobody_may_download(service):
    answer = service.post(f"{OFFLINE}/download", q="*:*", email=MAIL)
    assert answer.status_code == 400
    assert answer.content_type.startswith("text/html")


def test_an_address_may_be_enough_where_it_is_known(service):
    service.world.faults.add(name="biocache.anonymous_download")
    answer = service.post(f"{OFFLINE}/download", q="year:1700", email=MAIL)
    assert answer.json["status"] == "inQueue"
    assert service.post(f"{OFFLINE}/download", q="*:*", email="no address").status_code == 400


def test_a_token_without_an_address_is_a_412(service):
    answer = service.post(f"{OFFLINE}/download", "noemail", q="*:*", email=MAIL)
    assert answer.status_code == 412
    assert answer.content_type.startswith("text/html")


def test_a_json_body_will_do_and_its_null_address_will_not(service):
    url = f"/biocache-service{OFFLINE}/download"
    body = {"q": "lsid:131", "fq": ["year:2020", "month:6"], "email": MAIL, "unheard": 1}
    answer = service.client.post(url, json=body, headers=service.headers("demo"))
    assert answer.json["totalRecords"] == service.count("lsid:131", fq=["year:2020", "month:6"])
    answer = service.client.post(url, json={"q": "*:*", "email": None})
    assert (answer.status_code, answer.json["errorType"]) == (500, "Server error")


@pytest.mark.parametrize("wrong", [{"fileType": "shp"}, {"sep": ";;"}, {"reasonTypeId": "x"}])
def test_what_cannot_be_bound_is_an_empty_400(service, wrong):
    answer = service.post(f"{OFFLINE}/download", "demo", q="*:*", email=MAIL, **wrong)
    assert (answer.status_code, answer.data) == (400, b"")


def test_reasons_are_neither_needed_nor_checked(service):
    assert submit(service, reasonTypeId=424242, sourceTypeId=-1)["status"] == "inQueue"


# --- the life of a job


def test_a_job_waits_runs_and_ends(service):
    service.world.faults.add(name="biocache.slow_job", queue=0.1, run=0.2)
    told = submit(service, q="lsid:131", file="my file ü")
    job = told["statusUrl"].rpartition("/")[2]
    assert list(told) == [
        *("status", "totalRecords", "queueSize", "statusUrl", "cancelUrl", "searchUrl"),
    ]
    assert told["status"] == "inQueue"
    assert told["queueSize"] == 1
    assert told["totalRecords"] == service.count("lsid:131")
    assert told["statusUrl"] == f"{BASE}/biocache-service{OFFLINE}/status/{job}"
    assert told["searchUrl"].startswith(f"{BASE}/biocache-hub/occurrences/search?&q=lsid%3A131")
    running = wait(service, told, "running")
    assert 0 < running["records"] <= running["totalRecords"]
    done = wait(service, told, "finished")
    assert list(done)[:4] == ["status", "totalRecords", "queueSize", "downloadUrl"]
    folder, _, millis = job.rpartition("-")
    assert done["downloadUrl"] == f"{BASE}/biocache-download/{folder}/{millis}/my_file__.zip"


def test_the_id_is_made_of_the_address_and_the_time(service):
    assert uuid.UUID(java_name_uuid("")).version == 3
    assert java_name_uuid("hello") == "5d41402a-bc4b-3a76-b971-9d911017c592"  # as Java makes it
    job = submit(service)["statusUrl"].rpartition("/")[2]
    folder, _, millis = job.rpartition("-")
    assert folder == java_name_uuid(MAIL)
    assert abs(int(millis) / 1000 - service.world.clock()) < 60


def test_a_job_may_be_done_at_once(service):
    service.world.faults.add(name="biocache.instant_job")
    told = submit(service)
    assert service.fetch(told["statusUrl"]).json["status"] == "finished"


def test_an_unknown_job_is_an_empty_document(service):
    for job in ("x", f"{java_name_uuid(MAIL)}-1", "../../etc-1"):
        answer = service.get(f"{OFFLINE}/status/{job}")
        if answer.status_code == 200:
            assert answer.json == {}
        else:
            assert answer.status_code == 404  # no such path


def test_the_same_question_joins_the_job_that_waits(service):
    service.world.faults.add(name="biocache.slow_job", queue=5)
    first = submit(service)
    again = submit(service)
    assert again["message"] == "Already in queue."
    assert again["statusUrl"] == first["statusUrl"]
    other = submit(service, q="lsid:131")
    assert other["statusUrl"] != first["statusUrl"]
    assert other["queueSize"] == 2


def test_without_an_address_two_people_share_a_job(service):
    service.world.faults.add(name="biocache.slow_job", queue=5)
    mine = submit(service, "demo", email="")
    theirs = submit(service, "hilde", email="")
    assert theirs["statusUrl"] == mine["statusUrl"]
    assert submit(service, "hilde", email="hilde@inbo.example")["queueSize"] == 1


def test_one_job_of_a_user_runs_and_the_rest_wait(service):
    service.world.faults.add(name="biocache.slow_job", run=0.3, count=1)
    first, second = submit(service), submit(service, q="lsid:131")
    wait(service, first, "running")
    assert service.fetch(second["statusUrl"]).json["status"] == "inQueue"
    mine = service.get(f"{OFFLINE}/status", "demo").json
    assert [job["status"] for job in mine[MAIL]] == ["running", "inQueue"]
    assert service.get(f"{OFFLINE}/status", "hilde").json == {"hilde@inbo.example": []}
    wait(service, second, "finished")


def test_more_than_fifty_waiting_jobs_are_refused(service):
    service.world.faults.add(name="biocache.slow_job", queue=5)
    for year in range(51):
        submit(service, q=f"year:{1900 + year}")
    answer = service.post(f"{OFFLINE}/download", "demo", q="year:1800", email=MAIL)
    assert (answer.status_code, answer.json["errorType"]) == (500, "Server error")


def test_a_job_that_got_stuck_waits_for_ever(service):
    service.world.faults.add(name="biocache.stuck_job", count=1)
    told = submit(service)
    time.sleep(0.1)
    assert service.fetch(told["statusUrl"]).json["status"] == "inQueue"
    assert service.get(f"{OFFLINE}/status", "demo").json == {MAIL: []}
    wait(service, submit(service), "finished")  # the next one is not held up


def test_a_truncated_archive_counts_as_finished(service):
    service.world.faults.add(name="biocache.truncated_zip")
    told = wait(service, submit(service), "finished")
    data = service.fetch(told["downloadUrl"]).data
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(data))


def test_another_instance_takes_a_growing_archive_for_finished(service):
    service.world.faults.add(name="biocache.slow_job", run=0.5)
    told = submit(service, q="*:*")
    wait(service, told, "running")
    service.world.faults.add(name="biocache.another_instance")
    early = wait(service, told, "finished")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(service.fetch(early["downloadUrl"]).data))


def test_addresses_may_lead_elsewhere(service):
    service.world.faults.add(name="biocache.foreign_status_url", origin="https://evil.example")
    told = submit(service)
    assert told["statusUrl"].startswith("https://evil.example/biocache-service/")
    assert told["cancelUrl"].startswith("https://evil.example/")


def test_too_many_records_are_told_with_an_error_and_status_200(service):
    service.world.faults.add(name="biocache.too_large", maximum=10)
    total = service.count("lsid:2427609")
    told = submit(service)
    assert told["status"] == "tooLarge"
    assert told["error"] == f"Requested to many records ({total}). The maximum is (10)"
    assert "downloadUrl" in told


# --- cancelling


def test_cancelling_needs_the_role_and_the_owner(service):
    service.world.faults.add(name="biocache.slow_job", queue=5)
    url = submit(service)["cancelUrl"][len(BASE) + len("/biocache-service") :]
    answer = service.get(url)
    assert (answer.status_code, answer.text) == (401, "Unauthorized Access")
    stranger = service.get(url, "hilde")
    assert (stranger.status_code, stranger.data) == (200, b"")
    assert service.get(url, "admin").json["status"] == "cancelled"


@pytest.mark.parametrize("slow", [{"queue": 5}, {"run": 5}])
def test_a_cancelled_job_leaves_no_archive(service, slow):
    service.world.faults.add(name="biocache.slow_job", **slow, count=1)
    told = submit(service, q="*:*")
    if "run" in slow:
        wait(service, told, "running")
    cancel = told["cancelUrl"][len(BASE) + len("/biocache-service") :]
    assert service.get(cancel, "demo").json["status"] == "cancelled"
    assert wait(service, told, "cancelled")["status"] == "cancelled"
    wait(service, submit(service), "finished")
    assert service.fetch(told["statusUrl"]).json["status"] == "cancelled"


def test_a_waiting_job_can_be_cancelled_behind_a_running_one(service):
    service.world.faults.add(name="biocache.slow_job", run=0.3, count=1)
    first, second = submit(service), submit(service, q="lsid:131")
    cancel = second["cancelUrl"][len(BASE) + len("/biocache-service") :]
    assert service.get(cancel, "demo").json["status"] == "cancelled"
    assert wait(service, first, "finished")
    assert service.fetch(second["statusUrl"]).json["status"] == "cancelled"


# --- the archive


def test_the_archive_holds_data_readme_and_headings_in_that_order(service):
    told, archive = finished(service, q="lsid:131", file="frogs")
    assert archive.namelist() == ["frogs.csv", "README.html", "headings.csv"]
    assert archive.testzip() is None
    assert all(info.flag_bits & 8 for info in archive.infolist())  # sizes behind the data
    rows = table(archive, "frogs.csv")
    assert len(rows) == told["totalRecords"] + 1
    headings = table(archive, "headings.csv")
    assert [row[0] for row in headings[1:]] == rows[0]
    assert headings[0][:3] == ["Column name", "Requested field", "DwC Name"]
    assert b"headings.csv" in archive.read("README.html")


def test_every_cell_is_quoted_and_lines_end_in_a_line_feed(service):
    _, archive = finished(
        service,
        fields="id,scientificName,eventDate,decimalLatitude,month,spatiallyValid,recordedBy",
    )
    text = archive.read("data.csv").decode("utf-8")
    header, first = text.split("\n")[:2]
    assert header == (
        '"recordID","scientificName","eventDate","decimalLatitude","month","spatiallyValid",'
        '"recordedBy"'
    )
    assert first.startswith('"') and first.endswith('"')
    assert first.count('","') == 6
    assert "\r\n" not in text
    rows = table(archive)
    assert all(row[2] == "" or row[2].endswith("Z") for row in rows[1:])
    assert rows[1][4].isdecimal() and not rows[1][4].startswith("0")
    assert {row[5] for row in rows[1:]} <= {"true", "false", ""}
    assert any(" | " in row[6] for row in rows[1:])
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])


def test_the_nastiest_texts_come_through_whole(service):
    _, archive = finished(service, q="occurrenceRemarks:*", fields="occurrenceRemarks,id")
    found = {row[0] for row in table(archive)}
    assert found.issuperset(texts.NASTY)


def test_records_without_a_place_have_empty_cells(service):
    _, archive = finished(
        service, q="-decimalLatitude:*", fields="id,decimalLatitude,decimalLongitude"
    )
    assert {tuple(row[1:]) for row in table(archive)[1:]} == {("", "")}


def test_no_match_is_a_header_alone(service):
    told, archive = finished(service, q="year:1700", fields="id,year")
    assert told["totalRecords"] == 0
    assert archive.read("data.csv") == b'"recordID","year"\n'


def test_unknown_and_raw_fields_vanish_without_a_word(service):
    fields = "id,nonsense,raw_basisOfRecord,raw_scientificName,generalisationInMetres,row_key"
    _, archive = finished(service, fields=fields)
    assert table(archive)[0] == ["recordID", "raw_scientificName"]


def test_headers_follow_darwin_core_or_are_english_words(service):
    fields = "license,imageIDs,year,occurrenceYear,modified"
    _, dwc = finished(service, fields=fields)
    assert table(dwc)[0] == ["dcterms:license", "images", "year", "year", "dcterms:modified"]
    _, words = finished(service, fields=fields, dwcHeaders="false", extra="cl100")
    assert table(words)[0][0] == "Licence"
    assert table(words)[0][-1] == "Gemeenten"
    _, custom = finished(service, fields="id,year", customHeader="year,Jaar")
    assert table(custom)[0] == ["recordID", "Jaar"]


def test_groups_of_fields_expand(service):
    _, archive = finished(service, fields="cl.p,allDwc")
    header = table(archive)[0]
    assert {"cl100", "cl10093"} <= set(header)
    assert {"individualCount", "gridReference"} <= set(header)
    _, default = finished(service, fields="")
    assert len(table(default)[0]) > 40


def test_quality_columns_come_unless_refused(service):
    form = {"fields": "id"}
    _, by_default = finished(service, qa="all", **form)
    header = table(by_default)[0]
    assert "GEODETIC_DATUM_ASSUMED_WGS84" in header
    assert {row[-1] for row in table(by_default)[1:]} <= {"true", "false"}
    _, all_of_them = finished(service, qa="includeall", **form)
    assert len(table(all_of_them)[0]) > 100
    _, chosen = finished(service, qa="ZERO_COORDINATE,COORDINATE_ROUNDED,nonsense", **form)
    assert table(chosen)[0] == ["recordID", "ZERO_COORDINATE", "COORDINATE_ROUNDED"]


def test_only_the_first_value_remains_where_all_were_asked_for(service):
    _, archive = finished(service, fields="id,recordedBy", includeMultivalues="true")
    assert not any("|" in row[1] for row in table(archive))


def test_a_tsv_has_no_quotes_and_loses_what_would_break_it(service):
    _, archive = finished(
        service, q="occurrenceRemarks:*", fields="id,occurrenceRemarks", fileType="tsv"
    )
    lines = archive.read("data.tsv").decode("utf-8").split("\n")
    assert lines[0] == "recordID\toccurrenceRemarks"
    assert all(line.count("\t") == 1 for line in lines if line)
    assert any("eerste regeltweede regelderde" in line for line in lines)


def test_separator_and_escape_can_be_chosen(service):
    _, archive = finished(
        service, q="occurrenceRemarks:*", fields="id,occurrenceRemarks", sep=";", esc="\\"
    )
    text = archive.read("data.csv").decode("utf-8")
    assert text.startswith('"recordID";"occurrenceRemarks"\n')
    assert r"\"De Witte Raaf\"" in text
    assert archive.read("headings.csv").startswith(b'"Column name";')


def test_a_large_file_comes_in_parts_with_headers(service):
    service.world.faults.add(name="biocache.multipart", rows=300)
    told, archive = finished(service, q="lsid:131", fields="id")
    parts = [name for name in archive.namelist() if name.startswith("data")]
    assert parts[:3] == ["data.csv", "data_part2.csv", "data_part3.csv"]
    tables = [table(archive, name) for name in parts]
    assert all(rows[0] == ["recordID"] for rows in tables)
    ids = [row[0] for rows in tables for row in rows[1:]]
    assert len(ids) == len(set(ids)) == told["totalRecords"]


def test_the_archive_holds_what_its_owner_may_see(service):
    form = {"q": "sensitive:*", "fields": "id,occurrenceID"}
    _, blurred = finished(service, "demo", **form)
    _, precise = finished(service, "hilde", email="hilde@inbo.example", **form)
    assert len(table(blurred)) == len(table(precise))
    assert all("SEN" in row[1] for row in table(precise)[1:])
    assert not any("SEN" in row[1] for row in table(blurred)[1:])


def test_a_stored_query_can_be_downloaded(service):
    number = service.post("/qid", q="lsid:131", fq="year:2020").text
    told, archive = finished(service, q=f"qid:{number}", fields="id,year")
    assert told["totalRecords"] == service.count("lsid:131", fq="year:2020")
    assert {row[1] for row in table(archive)[1:]} == {"2020"}


# --- fetching it


def test_a_transfer_can_be_resumed(service):
    told = wait(service, submit(service), "finished")
    whole = service.fetch(told["downloadUrl"])
    tag = whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes"
    rest = service.fetch(told["downloadUrl"], **{"Range": "bytes=100-", "If-Range": tag})
    assert rest.status_code == 206
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.data) - 1}/{len(whole.data)}"
    assert whole.data[:100] + rest.data == whole.data
    stale = service.fetch(told["downloadUrl"], **{"Range": "bytes=100-", "If-Range": '"old"'})
    assert (stale.status_code, stale.data) == (200, whole.data)
    beyond = service.fetch(told["downloadUrl"], Range=f"bytes={len(whole.data)}-")
    assert beyond.status_code == 416


def test_a_server_may_know_no_ranges(service):
    told = wait(service, submit(service), "finished")
    service.world.faults.add(name="biocache.no_ranges")
    answer = service.fetch(told["downloadUrl"], Range="bytes=100-")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_the_file_needs_no_token_but_its_whole_address(service):
    told = wait(service, submit(service), "finished")
    assert service.fetch(told["downloadUrl"]).status_code == 200
    assert service.fetch(told["downloadUrl"].replace(".zip", "x.zip")).status_code == 404
    parent = told["downloadUrl"].rpartition("/")[0]
    assert service.fetch(f"{parent}/status.json").status_code == 404
    assert service.fetch(f"{parent}/..%2f..%2fportal.sqlite").status_code == 404


def test_a_reset_forgets_jobs_and_files(service):
    told = wait(service, submit(service), "finished")
    service.world.reset()
    assert service.fetch(told["statusUrl"]).json == {}
    assert service.fetch(told["downloadUrl"]).status_code == 404
