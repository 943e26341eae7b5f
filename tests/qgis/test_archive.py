"""Downloaded archives: what they hold, and the ones that cannot be trusted."""

from __future__ import annotations

import csv
import io
import stat
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.archives import HEADERS, headings, records, write_archive
from biodiv_plugin.layers import archive as module
from biodiv_plugin.layers.archive import inspect_archive, record_blocks
from biodiv_plugin.portal.errors import BadArchive

TABLE = b'"recordID","year"\n"a","1999"\n'


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("archive") / "good.zip", records(500))


def zipped(path, entries=None, **changes):
    """Write an archive of ``entries``; each change is made to the entry of the data."""
    entries = {"x.csv": TABLE, "headings.csv": headings(["recordID", "year"])} | (entries or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            if content is not None:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                for change, value in changes.items():
                    setattr(info, change, value)
                archive.writestr(info, content)
    return path


def reason(path, expected=None):
    with pytest.raises(BadArchive) as refusal:
        inspect_archive(path, expected)
    return str(refusal.value)


def cells(contents, block_size=1024**2):
    blocks = b"".join(block for block, _ in record_blocks(contents, block_size))
    return list(csv.reader(io.StringIO(blocks.decode(), newline="")))


def test_what_a_good_archive_holds(good):
    contents = inspect_archive(good, 500)
    assert contents.parts == ("observations.csv",)
    assert contents.headers == HEADERS
    assert [term.name for term in contents.terms] == list(HEADERS)
    assert contents.headings["eventDate"] == "eventDate"
    with zipfile.ZipFile(good) as archive:
        assert contents.size == archive.getinfo("observations.csv").file_size


@pytest.mark.parametrize("block_size", [7, 1000, 10**6])
def test_blocks_hold_every_record_whole_and_once(good, block_size):
    contents = inspect_archive(good)
    blocks = list(record_blocks(contents, block_size))
    assert all(block.endswith(b'"\n') and block.count(b'"') % 2 == 0 for block, _ in blocks)
    assert cells(contents, block_size) == list(records(500))
    done = [read for _, read in blocks]
    assert done == sorted(done)
    assert done[-1] == contents.size


def test_quirk_20_parts_are_read_in_their_order(tmp_path):
    path = write_archive(tmp_path / "parts.zip", records(25), rows_a_part=2)
    contents = inspect_archive(path)
    assert contents.parts[0] == "observations.csv"
    assert contents.parts[-1] == "observations_part13.csv"
    assert cells(contents) == list(records(25))


def test_tab_separated_values_are_read_as_what_they_are(tmp_path):
    rows = [["a", 'say "hi', ""], ["b", "x,y", '"']]
    path = write_archive(tmp_path / "x.zip", rows, ["recordID", "locality", "sex"], tabs=True)
    assert cells(inspect_archive(path), block_size=5) == rows


def test_a_table_that_excel_saved_again(tmp_path):
    table = b'\xef\xbb\xbfrecordID,year\r\n"a\nb",1999\r\nc,2001'
    contents = inspect_archive(zipped(tmp_path / "x.zip", {"x.csv": table}))
    assert contents.headers == ("recordID", "year")
    assert cells(contents, block_size=3) == [["a\nb", "1999"], ["c", "2001"]]


def test_columns_in_english_get_their_terms_from_the_headings(tmp_path):
    rows = (
        'Column name,Requested field,DwC Name\n"Event Date",eventDate,eventDate\nYear,year,year\n'
    )
    entries = {"x.csv": b'"Event Date","Year"\n', "headings.csv": rows}
    contents = inspect_archive(zipped(tmp_path / "x.zip", entries))
    assert [(term.name, term.kind) for term in contents.terms] == [
        ("eventDate", "datetime"),
        ("year", "integer"),
    ]
    assert contents.headings["Event Date"] == "eventDate"


def test_quirk_21_headers_that_stand_twice_are_told_apart_by_position(tmp_path):
    entries = {"x.csv": b'"license","License",""\n"a","b","c"\n'}
    contents = inspect_archive(zipped(tmp_path / "x.zip", entries))
    names = [term.name for term in contents.terms]
    assert names[0] == "license"
    assert len({name.lower() for name in names}) == 3


def test_a_file_that_is_not_there(tmp_path):
    assert "no such file" in reason(tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>Too many requests</html>", "web page"),
        (b"\n  <html lang=nl>", "web page"),
        (b'{"message":"no"}', "not a zip"),
    ],
)
def test_what_is_no_archive_at_all(tmp_path, content, words):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert words in reason(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_archive(good, tmp_path, share):
    path = tmp_path / "x.zip"
    path.write_bytes(good.read_bytes()[: int(good.stat().st_size * share)])
    assert "truncated" in reason(path)


def test_a_changed_byte_in_the_data_is_found_by_its_checksum(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("x.csv", TABLE)
        archive.writestr("headings.csv", headings(["recordID", "year"]))
    path.write_bytes(path.read_bytes().replace(b'"1999"', b'"1998"'))
    with pytest.raises(BadArchive, match="CRC"):
        cells(inspect_archive(path))


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/../../x.csv", "/etc/x.csv", "C:\\x.csv", "C:x.csv", "..\\x.csv"]
)
def test_entries_that_point_elsewhere(tmp_path, name):
    assert "points elsewhere" in reason(zipped(tmp_path / "x.zip", {name: TABLE}))


def test_entries_that_are_links(tmp_path):
    assert "link" in reason(zipped(tmp_path / "x.zip", external_attr=(stat.S_IFLNK | 0o777) << 16))


def test_entries_with_a_password(tmp_path):
    path = zipped(tmp_path / "x.zip")
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert "password" in reason(path)


def test_bombs_by_what_they_grow_to(tmp_path):
    bomb = b'"recordID","year"\n' + b'"a",""\n' * 1_000_000
    assert "grows beyond measure" in reason(zipped(tmp_path / "x.zip", {"x.csv": bomb}))


def test_bombs_of_entries_that_share_their_bytes(tmp_path):
    path = zipped(tmp_path / "x.zip", {f"{n}.html": TABLE * 9 for n in range(40)})
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:  # every entry claims as many packed bytes as the file has
        struct.pack_into("<I", content, at + 20, len(content) // 2)
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    assert "overlap" in reason(path)


def test_archives_too_large_to_unpack(good, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 10_000)
    assert "too large" in reason(good)


def test_too_many_entries(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_ENTRIES", 5)
    assert "entries" in reason(zipped(tmp_path / "x.zip", {f"{n}.html": "" for n in range(5)}))


def test_two_entries_of_one_name(tmp_path):
    assert "two entries" in reason(zipped(tmp_path / "x.zip", {"X.CSV": TABLE}))


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"x.csv": None}, "no table"),
        ({"x.csv": None, "folder/x.csv": TABLE}, "no table"),
        ({"headings.csv": None}, "no headings"),
        ({"y.csv": TABLE}, "more than one table"),
        ({"x.csv": b""}, "without columns"),
        ({"x.csv": b'"",""\n'}, "without columns"),
        ({"x.csv": b'"a","' + b"n" * 300 + b'"\n'}, "endless name"),
        ({"x.csv": b",".join(b"c%d" % n for n in range(1901)) + b"\n"}, "1901 columns"),
        ({"x.csv": b'"\xff\xfe"\n'}, "UTF-8"),
        ({"x_part2.csv": b'"recordID","month"\n'}, "different columns"),
    ],
)
def test_archives_without_a_readable_table(tmp_path, entries, words):
    assert words in reason(zipped(tmp_path / "x.zip", entries))


def test_a_header_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_HEADER", 1000)
    header = b'"' + b"a\n" * 600
    assert "header without end" in reason(zipped(tmp_path / "x.zip", {"x.csv": header}))


def test_quirk_20_readme_and_headings_are_no_tables(tmp_path):
    entries = {"citation.csv": "UID\n", "README.html": "<html>", "Headings.CSV": None}
    assert inspect_archive(zipped(tmp_path / "x.zip", entries)).parts == ("x.csv",)


def test_fewer_bytes_than_the_announced_records_need(good):
    assert "announced" in reason(good, 10_000)


def test_an_archive_of_no_records(tmp_path):
    contents = inspect_archive(write_archive(tmp_path / "x.zip", []), 0)
    assert cells(contents) == []


def test_a_table_that_ends_inside_a_cell(tmp_path):
    contents = inspect_archive(zipped(tmp_path / "x.zip", {"x.csv": TABLE + b'"b","19'}))
    with pytest.raises(BadArchive, match="inside a cell"):
        cells(contents)


def test_a_record_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_RECORD", 1000)
    contents = inspect_archive(zipped(tmp_path / "x.zip", {"x.csv": TABLE + b'"' + b"a" * 3000}))
    with pytest.raises(BadArchive, match="record without end"):
        cells(contents, block_size=100)


def test_nul_characters_are_left_out(tmp_path):
    contents = inspect_archive(zipped(tmp_path / "x.zip", {"x.csv": TABLE + b'"b\0c",""\n'}))
    assert cells(contents)[1] == ["bc", ""]


@settings(max_examples=150, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_any_damage_is_told_or_harmless(good, tmp_path_factory, at, byte, cut):
    content = bytearray(good.read_bytes())
    position = int(at * len(content))
    content[position] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(content[:position] if cut else content)
    with suppress(BadArchive):
        assert len(cells(inspect_archive(path), 50_000)) <= 500
