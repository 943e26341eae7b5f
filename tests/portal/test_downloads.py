"""Offline downloads of the demo portal: the job and its lies (contract/occurrences 3)."""

from __future__ import annotations

import io
import time
import uuid
import zipfile

import pytest

from demo.portal.biocache.jobs import java_name_uuid
from tests.portal.occurrence_index import BASE
from tests.portal.offline import MAIL, OFFLINE, submit, wait

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
