"""What an offline download of the demo portal delivers (contract/occurrences 3.3 to 3.5)."""

from __future__ import annotations

from demo.portal.data import texts
from tests.portal.offline import finished, submit, table, wait

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
