"""Tables: what a CSV, TSV or XLSX file holds comes back as text, on its line, or the file is refused in a sentence."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import FileError
from analytics.imports.cells.rows import split_row, stretch_rows, with_file_errors
from analytics.imports.reading import delimited
from analytics.imports.reading.tables import FileTable, read_table
from analytics.imports.reading.workbook import workbook_rows

STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def written(folder: Path, content: str | bytes, name: str = "readers.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(table: FileTable) -> list[tuple[str, ...]]:
    return [split_row(text) for rows in table.stretches for text in rows.texts]


def cells_or_refusal(path: Path) -> list[tuple[str, ...]] | str:
    try:
        return cells(read_table(path))
    except FileError as error:
        return str(error)


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        list(read_table(path).stretches)
    return str(caught.value)


def test_a_file_of_blank_lines_is_refused_and_one_with_some_is_read(tmp_path: Path) -> None:
    many = "\n" * 1_100_000
    assert "found more than 1,000,000 blank lines" in refusal(written(tmp_path, f"id,move\n1,Yes\n{many}2,No\n"))
    some = written(tmp_path, f"id,move\n1,Yes\n{many[:500_000]}2,No\n")
    assert cells(read_table(some)) == [("1", "Yes"), ("2", "No")]


def in_memory(table: list[list[str]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    # The csv module quotes only the line breaks that it writes itself, so others need every cell quoted.
    quoting = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)
    return text.getvalue()


def test_words_that_look_like_numbers_or_nothing_stay_as_they_are(tmp_path: Path) -> None:
    row = ("NA", "None", "N/A", "null", "nan", "007", "9007199254740993", "1e5", "", " x ")
    path = written(tmp_path, in_memory([[f"q{place}" for place in range(len(row))], list(row)]))

    table = read_table(path)

    assert cells(table) == [row]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(STORABLE, min_size=3, max_size=3), max_size=8),
    st.sampled_from([(".csv", ","), (".tsv", "\t"), (".tab", "\t"), (".CSV", ",")]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_any_text_written_by_a_csv_writer_comes_back_exactly(
    rows: list[list[str]], form: tuple[str, str], line_end: str, mark: bool
) -> None:
    suffix, delimiter = form
    with tempfile.TemporaryDirectory() as folder:
        text = in_memory([["a", "b", "c"], *rows], delimiter, line_end)
        path = written(Path(folder), ("\ufeff" if mark else "") + text, "readers" + suffix)

        table = read_table(path, chunk_rows=3)

        assert table.header == ("a", "b", "c")
        assert cells(table) == [tuple(row) for row in rows]


def test_a_row_has_the_number_of_the_line_on_which_it_starts(tmp_path: Path) -> None:
    path = written(tmp_path, '\na,b\n1,"x\ny\r\nz\rw"\n\n\n2,x\n3,"\n"\n4,x\n')

    [rows] = read_table(path).stretches

    assert rows.lines == [3, 9, 10, 12]
    assert [split_row(text)[0] for text in rows.texts] == ["1", "2", "3", "4"]


def test_lines_may_end_as_on_an_old_macintosh(tmp_path: Path) -> None:
    [rows] = read_table(written(tmp_path, "a,b\r1,x\r2,y\r")).stretches

    assert (rows.lines, [split_row(text) for text in rows.texts]) == ([2, 3], [("1", "x"), ("2", "y")])


def test_rows_of_another_length_are_told_apart_and_shift_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "id,a\n1,2,3,4\n5,6\n7\n,\n8,9,\n")

    [rows] = read_table(path).stretches

    assert [split_row(text) for text in rows.texts] == [("5", "6"), ("", "")]
    assert rows.ragged == [(2, 4), (4, 1), (6, 3)]
    assert len(rows) == 5


def test_rows_come_in_stretches_of_the_length_asked_for_and_shorter_where_they_are_very_wide(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "1,x\n2\n" * 5)

    stretches = list(read_table(path, chunk_rows=4).stretches)

    assert [len(rows) for rows in stretches] == [4, 4, 2]
    assert stretch_rows(10_000, 50_000) == 200


def test_ten_thousand_columns_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, in_memory([[f"c{place}" for place in range(10_000)], ["x"] * 10_000]))

    assert cells(read_table(path)) == [("x",) * 10_000]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "\ufeff\ufeff a ,b\n"))

    assert table.header == ("a", "b")
    assert list(table.stretches) == []


def test_nul_and_lone_surrogates_become_the_replacement_character(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\nx\0y,\xed\xa0\x80z\n")

    assert cells(read_table(path)) == [("x\ufffdy", "\ufffdz")]


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\r\n\n"])
def test_a_file_without_a_header_is_refused(tmp_path: Path, content: str) -> None:
    assert refusal(written(tmp_path, content)) == (
        "readers.csv: found an empty file, expected a line of column names and a row for each response: export it again"
    )


def test_a_byte_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "id,q\r\n1,Ja\r\n2,Müller\r\n".encode("latin-1"))

    assert refusal(path) == (
        "readers.csv, line 3: found the byte 0xfc at byte 16, expected text in UTF-8: "
        'it seems to be Windows-1252 (Western European): write encoding = "windows-1252" under [file], or '
        'in Excel save it as "CSV UTF-8", elsewhere choose the encoding UTF-8'
    )


@pytest.mark.parametrize("filling", [(1 << 20) - 3, (1 << 20) - 2, (1 << 20) - 1, 1 << 20, (1 << 20) + 5])
def test_a_byte_that_is_not_utf_8_is_found_wherever_blocks_begin(tmp_path: Path, filling: int) -> None:
    path = written(tmp_path, b"a\n" + b"x" * (filling - 5) + b"\r\n" + "€".encode() + b"\xe2\x82\n")

    assert f"line 3: found the byte 0xe2 at byte {filling + 3:,}," in refusal(path)


def test_a_character_cut_off_at_the_end_is_not_utf_8(tmp_path: Path) -> None:
    assert "line 2: found the byte 0xc3 at byte 4," in refusal(written(tmp_path, b"a\nx\xc3"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04...", "an Excel workbook or another zip file"),
        (b"\xd0\xcf\x11\xe0...", "an old Excel workbook"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(tmp_path: Path, content: bytes, kind: str) -> None:
    assert refusal(written(tmp_path, content)).startswith(f"readers.csv: found {kind}, expected a text file in UTF-8:")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nobody.csv"

    assert refusal(path) == f"nobody.csv: found No such file or directory, expected a file: check the path {path}"


def test_a_folder_a_pipe_a_strange_name_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")

    assert "found a folder" in refusal(tmp_path / "folder.csv")
    assert "found something that is no ordinary file" in refusal(tmp_path / "pipe.csv")
    assert "expected a file" in refusal(tmp_path / "nul\0.csv")
    assert refusal(written(tmp_path, "a\n1\n", "readers.ods")) == (
        "readers.ods: found a file that ends in '.ods', expected one that ends in .csv, .tsv, .tab, .txt, .xlsx, "
        ".xlsm, .parquet, .sav, .zsav, .json, .jsonl or .ndjson: save it as CSV UTF-8"
    )


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    written(tmp_path, "a\n1\n", "real.csv")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")

    assert cells(read_table(tmp_path / "link.csv")) == [("1",)]


def test_a_quote_that_is_never_closed_is_reported_where_its_row_starts(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n1,x\n2,"y\nz\n3,w\n')

    assert refusal(path) == (
        "readers.csv, line 3: found a quote that is never closed (read on to line 5), "
        'expected a second quote (") that ends the cell: mend the row, or export the file again'
    )


def test_a_single_quote_inside_a_quoted_cell_is_reported(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, 'a,b\n1,"say "yes""\n')) == (
        "readers.csv, line 2: found a quote in the middle of a quoted cell, "
        'expected quotes within a cell to be doubled (""): mend the row, or export the file again'
    )


def test_a_cell_may_have_one_megabyte_and_no_more(tmp_path: Path) -> None:
    longest = written(tmp_path, "a\n" + "x" * 1_048_576 + "\n")
    longer = written(tmp_path, "a\n" + "x" * 1_048_577 + "\n", "longer.csv")

    assert len(cells(read_table(longest))[0][0]) == 1_048_576
    assert refusal(longer).startswith("longer.csv, line 2: found a cell of more than 1 MB, expected shorter cells:")


def test_two_columns_of_one_name_are_refused_but_blank_names_are_not(tmp_path: Path) -> None:
    twice = written(tmp_path, "q1,age, q1,,b,b\n")
    blank = written(tmp_path, ",age,,\n1,2,3,4\n", "blank.csv")

    assert refusal(twice) == (
        "readers.csv, line 1: found 'q1' in columns 1 and 3, 'b' in columns 5 and 6, expected each column name once: "
        "rename or delete the others"
    )
    assert read_table(blank).header == ("", "age", "", "")


def test_a_file_cut_off_anywhere_is_read_or_refused_but_never_breaks(tmp_path: Path) -> None:
    whole = in_memory([["id", "q"], *([str(row), 'é "quoted", and\nbroken'] for row in range(40))]).encode()

    for percent in range(100):
        path = written(tmp_path, whole[: len(whole) * percent // 100])
        read = cells_or_refusal(path)

        ids = [row[0] for row in read] if isinstance(read, list) else []
        assert ids == [str(place) for place in range(len(ids))]
        assert isinstance(read, list) or read.startswith("readers.csv")


# Workbooks are written by hand here: only so can a test hold errors, stray cells and damage.

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NUMBERED = "<c r='{}'{}><v>{}</v></c>"


def cell(place: str, value: object, *, kind: str = "", style: int = 0) -> str:
    if isinstance(value, str) and not kind:
        return f"<c r='{place}' t='inlineStr'><is><t xml:space='preserve'>{value}</t></is></c>"
    return NUMBERED.format(place, f" t='{kind}'" * bool(kind) + f" s='{style}'", value)


def sheet_of(rows: dict[int, list[str]]) -> str:
    inside = "".join(f"<row r='{line}'>{''.join(of_row)}</row>" for line, of_row in rows.items())
    return f"<worksheet xmlns='{MAIN}'><sheetData>{inside}</sheetData></worksheet>"


def workbook(folder: Path, *sheets: str, without: str = "", name: str = "readers.xlsx") -> Path:
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f"<sheet name='Sheet{n}' sheetId='{n}' r:id='rId{n}'/>" for n in numbers)
    links = [link(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers] + [link(99, "styles", "styles.xml")]
    formats = "".join(f"<xf numFmtId='{number}' applyNumberFormat='1'/>" for number in (0, 22, 14, 21, 46))
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{PACKAGE}/content-types'/>",
        "_rels/.rels": links_part([link(1, "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links_part(links),
        "xl/styles.xml": f"<styleSheet xmlns='{MAIN}'><cellXfs count='5'>{formats}</cellXfs></styleSheet>",
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)},
    }
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
        for part in [part for part in parts if part != without]:
            file.writestr(part, parts[part])
    return folder / name


def link(number: int, kind: str, target: str) -> str:
    return f"<Relationship Id='rId{number}' Type='{OFFICE}/{kind}' Target='{target}'/>"


def links_part(links: list[str]) -> str:
    return f"<Relationships xmlns='{PACKAGE}/relationships'>{''.join(links)}</Relationships>"


HEADER = [cell("A1", " id "), cell("B1", "q")]


def test_cells_of_a_workbook_become_the_text_that_a_csv_would_hold(tmp_path: Path) -> None:
    values = [
        (cell("{}", "007"), "007"),
        (cell("{}", "NA"), "NA"),
        (cell("{}", 3.0), "3"),
        (cell("{}", 0.1), "0.1"),
        (cell("{}", 1234567890123456), "1234567890123456"),
        (cell("{}", 1e-7), "1e-07"),
        (cell("{}", -0.0), "0"),
        (cell("{}", 1, kind="b"), "TRUE"),
        (cell("{}", 0, kind="b"), "FALSE"),
        (cell("{}", "#N/A", kind="e"), "#N/A"),
        (cell("{}", "#DIV/0!", kind="e"), "#DIV/0!"),
        (cell("{}", 44960.383935185186, style=1), "2023-02-03T09:12:52"),
        (cell("{}", 44960, style=2), "2023-02-03"),
        (cell("{}", 0.5, style=3), "12:00:00"),
        (cell("{}", 1.25, style=4), "30:00:00"),
        (cell("{}", "_x0000_"), "\ufffd"),
    ]
    rows = {line: [cell(f"A{line}", line), xml.replace("{}", f"B{line}")] for line, (xml, _) in enumerate(values, 2)}

    table = read_table(workbook(tmp_path, sheet_of({1: HEADER, **rows})))

    assert table.header == ("id", "q")
    assert cells(table) == [(str(line), text) for line, (_, text) in enumerate(values, 2)]


def test_every_second_of_a_day_survives_the_fractions_of_a_workbook(tmp_path: Path) -> None:
    seconds = range(0, 86_400, 7)
    rows = {line: [cell(f"A{line}", 44960 + at / 86_400, style=1)] for line, at in enumerate(seconds, 2)}

    table = read_table(workbook(tmp_path, sheet_of({1: [cell("A1", "at")], **rows})))

    midnight = datetime(2023, 2, 3)
    wanted = [midnight + timedelta(seconds=at) for at in seconds]
    assert [datetime.fromisoformat(row[0]) for row in cells(table)] == wanted


def test_rows_of_a_workbook_have_the_numbers_of_the_sheet_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    sheet = sheet_of({3: [cell("C3", "id"), cell("D3", "q")], 6: [cell("D6", "#N/A", kind="e")], 9: [cell("C9", 1)]})

    table = read_table(workbook(tmp_path, sheet))

    assert table.header == ("id", "q")
    [rows] = table.stretches
    assert (rows.lines, [split_row(text) for text in rows.texts]) == ([6, 9], [("", "#N/A"), ("1", "")])


def test_a_note_beside_a_row_of_a_workbook_loses_no_reader(tmp_path: Path) -> None:
    rows = {1: HEADER, 2: [cell("A2", 1)], 3: [cell("A3", 2), cell("D3", "stray")]}

    [read] = read_table(workbook(tmp_path, sheet_of(rows))).stretches

    assert ([split_row(text) for text in read.texts], read.ragged) == ([("1", ""), ("2", "")], [])


def test_several_sheets_with_cells_are_not_chosen_among(tmp_path: Path) -> None:
    sheet = sheet_of({1: HEADER})
    two = workbook(tmp_path, sheet, sheet_of({}), sheet)
    one = workbook(tmp_path, sheet_of({}), sheet, name="one.xlsx")

    assert refusal(two) == (
        "readers.xlsx: found 2 sheets with cells ('Sheet1' with 0 rows, 'Sheet3' with 0 rows), expected one: "
        "say which, with --sheet NAME or as sheet = 'Sheet1' under [file]"
    )
    assert read_table(one).header == ("id", "q")
    assert "found an empty file" in refusal(workbook(tmp_path, sheet_of({}), name="none.xlsx"))


def test_one_stray_cell_in_the_far_corner_is_refused_instead_of_filling_the_memory(tmp_path: Path) -> None:
    far = sheet_of({1: HEADER, 1_048_576: [cell("XFD1048576", 1)]})

    assert refusal(workbook(tmp_path, far)) == (
        "readers.xlsx: found cells as far as row 1,048,576, column 16,384, expected at most 5,000,000 cells in all: "
        "delete stray cells far from the table, or save the sheet as CSV UTF-8"
    )


def test_an_error_is_whole_wherever_the_sheet_is_cut_into_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.imports.reading.workbook.BLOCK_BYTES", 3)
    path = workbook(tmp_path, sheet_of({1: HEADER, 2: [cell("A2", 1), cell("B2", "#DIV/0!", kind="e")]}))

    assert cells(read_table(path)) == [("1", "#DIV/0!")]


def test_far_cells_that_are_only_coloured_do_no_harm(tmp_path: Path) -> None:
    coloured = sheet_of({1: HEADER, 2: [cell("A2", 7)], 1_048_576: ["<c r='XFD1048576' s='1'/>"]})

    assert cells(read_table(workbook(tmp_path, coloured))) == [("7", "")]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    packed = workbook(tmp_path, sheet_of({1: HEADER}))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/image.bin", bytes(201 << 20))

    assert "MB once unpacked, expected at most 200 MB" in refusal(packed)


@pytest.mark.parametrize("content", [b"", b"id,q\n1,x\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(written(tmp_path, content, "readers.xlsx")).startswith("readers.xlsx: found no sound workbook")


def test_a_damaged_workbook_is_read_or_refused_but_never_breaks(tmp_path: Path) -> None:
    sheet = sheet_of({1: HEADER, **{line: [cell(f"A{line}", line), cell(f"B{line}", "x")] for line in range(2, 60)}})
    whole = workbook(tmp_path, sheet).read_bytes()
    cut = [whole[: len(whole) * percent // 100] for percent in range(100)]
    flipped = [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, len(whole), 13)]

    for content in cut + flipped:
        path = written(tmp_path, content, "damaged.xlsx")
        try:
            read = list(with_file_errors(path, workbook_rows(path, 50_000)))  # a process for each takes too long
        except FileError as refused:
            assert str(refused).startswith("damaged.xlsx: found")  # noqa: PT017 (either is right)
        else:
            assert sum(len(rows) for rows in read) <= 59


@pytest.mark.parametrize(
    "part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_that_lacks_a_part_is_read_or_refused(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path, sheet_of({1: HEADER, 2: [cell("A2", 7)]}), without=part)

    read = cells_or_refusal(path)

    assert read == [("7", "")] or "damaged workbook" in read


def test_a_sheet_whose_xml_is_broken_is_refused(tmp_path: Path) -> None:
    broken = sheet_of({1: HEADER}).replace("</sheetData>", "")

    assert refusal(workbook(tmp_path, broken)).startswith("readers.xlsx: found no sound workbook (line ")


def test_a_number_formatted_as_a_date_that_no_calendar_has_is_refused(tmp_path: Path) -> None:
    sheet = sheet_of({1: HEADER, 2: [cell("A2", 1), cell("B2", -5e300, style=1)]})

    assert refusal(workbook(tmp_path, sheet)).startswith("readers.xlsx: found a damaged workbook (")


KINDS_OF_LINES = ["7,Yes", "8,No", "", "9", "1,2,3", '10,"Yes, but"', '11,"over' + "\n" + 'two"', '"12",No']
LINES = st.lists(st.sampled_from(KINDS_OF_LINES), min_size=1)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.integers(1, 40), st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_far_below_the_header_rows_are_what_a_parser_of_the_whole_file_reads(
    lines: list[str], end: str, ended: bool, block: int, most: int
) -> None:
    text = "id,move\n1,Yes\n" + end.join(lines) + end * ended
    expected, reader, start = [], csv.reader(io.StringIO(text, newline=""), strict=True), 1
    for row in reader:
        expected += [(start, tuple(row) if len(row) == 2 else len(row))] if row and start > 1 else []
        start = reader.line_num + 1

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(delimited, "WINDOW", 2)  # of thousands of rows, so that few will do
        patch.setattr(delimited, "_BLOCK_CHARACTERS", block)
        _, *stretches = delimited.delimited_rows(written(Path(folder), text), ",", most)

    found: list[tuple[int, object]] = [
        (line, split_row(text)) for rows in stretches for line, text in zip(rows.lines, rows.texts, strict=True)
    ]
    assert sorted(found + [ragged for rows in stretches for ragged in rows.ragged], key=lambda row: row[0]) == expected
    assert [len(rows) for rows in stretches[:-1]] == [most] * (len(stretches) - 1)


@pytest.mark.parametrize("lines", [["7,Yes", '8,"No'], ["7,Yes", '8,"No"!']], ids=["never closed", "within"])
def test_a_quote_that_does_not_match_is_named_by_its_line_far_below_the_header_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str]
) -> None:
    monkeypatch.setattr(delimited, "WINDOW", 2)
    monkeypatch.setattr(delimited, "_BLOCK_CHARACTERS", 1)

    with pytest.raises(FileError, match="line 6"):
        list(delimited.delimited_rows(written(tmp_path, "\n".join(["id,move", *["1,Yes"] * 3, *lines])), ",", 5))
