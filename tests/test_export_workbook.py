"""XLSX and SPSS parsed back: the numbers, the labels, the notes, native charts, and not one formula."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from openpyxl.utils import range_boundaries

from analytics.exports.export import Export, export_of
from analytics.exports.formats import collection_of, file_of
from analytics.exports.rows_file import write_rows
from analytics.figures.drawing.style import read_style
from analytics.kinds.table import make
from analytics.model import Choice, Question
from analytics.model.request import Request
from tests.exports_fixture import FORMULAS, KINDS, STYLE, export, exported, saying
from tests.surveys import RIVER, Reader, opened, people, record, snapshot
from tests.test_exports import NUMBERS, becomes_formula, expected_numbers
from tests.test_figures_examples import STYLE_FILE


def sheets(content: bytes) -> list[list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    return [[[cell.value for cell in row] for row in sheet] for sheet in book]


def parts(content: bytes, pattern: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if re.search(pattern, name))


def rows_of(sheet: list[list[object]]) -> list[dict[str, object]]:
    """Returns the rows under the names of the estimates."""
    at = next(place for place, row in enumerate(sheet) if row[0] == "question")
    return [dict(zip(sheet[at], row, strict=True)) for row in sheet[at + 1 :]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_holds_the_numbers_of_the_view_to_sixteen_digits(kind: str) -> None:
    rows = rows_of(sheets(file_of(export(kind), "xlsx"))[0])

    assert len(rows) == len(expected_numbers(kind))
    for row, expected in zip(rows, expected_numbers(kind), strict=True):
        assert [row[name] for name in NUMBERS] == [cell and pytest.approx(cell, rel=1e-15) for cell in expected]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_cells_of_a_crosstab_are_numbers_that_look_as_on_the_page(language: str) -> None:
    style = replace(read_style(STYLE_FILE, language), address=STYLE.address)
    with opened() as store:
        record(store, RIVER, people(0, 3000))
        shown = export_of(make(snapshot(store), Request("table", "river", "move")), style)
    table = shown.figure.table
    rows = list(openpyxl.load_workbook(io.BytesIO(file_of(shown, "xlsx"))).worksheets[0].iter_rows())
    first = next(at for at, row in enumerate(rows) if row[1].value == table.columns[1]) + 1
    written = [row[: table.shape[1]] for row in rows[first : first + len(table)]]

    assert [bool(row[0].value) for row in written] == [True] + [False] * (len(table) - 1)
    for at, row in enumerate(written):
        for column, cell in enumerate(row[2:], 2):
            text = str(table.iloc[at, column]).strip("\u2007 ")
            if text == STYLE.dash:
                continue
            assert isinstance(cell.value, int | float), text
            assert f"{abs(cell.value):.0f}" == re.sub(r"\D", "", text)
            assert (cell.value < 0) == ("−" in text)
            assert all(mark in cell.number_format for mark in re.findall("[▲▼]", text))


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_has_a_native_chart_of_the_shares_and_the_figure_in_words(kind: str) -> None:
    shown = export(kind)

    content = file_of(shown, "xlsx")

    assert len(re.findall(r"<c:(?:barChart|lineChart)>", parts(content, r"charts/chart\d+\.xml"))) == 1
    assert f'descr="{shown.figure.alt[:40]}' in parts(content, r"drawings/drawing\d+\.xml").replace("&quot;", '"')


@pytest.mark.parametrize("kind", KINDS)
def test_the_notes_of_a_workbook_say_everything_that_has_to_be_known(kind: str) -> None:
    shown = export(kind)

    notes = {row[0]: row[1] for row in sheets(file_of(shown, "xlsx"))[-1] if row[0]}

    assert {fact.name: notes[fact.name] for fact in shown.facts} == {fact.name: fact.words for fact in shown.facts}
    assert [notes[f"{item.number} {item.name}"] for item in shown.items] == [item.words for item in shown.items]


def test_a_suppressed_group_of_a_workbook_has_a_base_and_a_reason_and_no_share() -> None:
    sheet = sheets(file_of(export("crosstab"), "xlsx"))[0]

    (hidden,) = [row for row in sheet if row[0] == "18–29" and row[1] == 19]

    assert hidden[2] is None
    assert str(hidden[3]).startswith("– fewer than 30")
    assert [cell for cell in hidden[4:] if cell is not None] == []


@pytest.fixture(scope="module")
def formulas() -> list[Export]:
    """Gives a figure for each text that a spreadsheet would take for a formula, which stands wherever people's can."""
    return [exported(saying(text, "crosstab"), STYLE) for text in FORMULAS]


@pytest.fixture(scope="module")
def book(formulas: list[Export]) -> bytes:
    """Gives the workbook of all of them."""
    return collection_of(formulas, "xlsx")


def test_no_cell_of_a_workbook_is_or_could_become_a_formula(book: bytes) -> None:
    texts = [cell for sheet in sheets(book) for row in sheet for cell in row if isinstance(cell, str)]

    assert [cell for cell in texts if becomes_formula(cell)] == []
    assert len(texts) > 10 * len(FORMULAS)
    assert "<f>" not in parts(book, r"worksheets/sheet\d+\.xml")
    assert "<hyperlink" not in parts(book, r"worksheets/sheet\d+\.xml")


def test_libreoffice_evaluates_nothing_in_a_file_full_of_formulas_and_would_in_one_left_bare(
    formulas: list[Export], book: bytes, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine: the cells were parsed instead")
    (tmp_path / "book.xlsx").write_bytes(book)
    (tmp_path / "table.csv").write_bytes(b"".join(file_of(one, "csv") for one in formulas))
    (tmp_path / "rows.csv").write_bytes(responses_of(FORMULAS))
    (tmp_path / "frame.xls").write_bytes(b"".join(file_of(one, "html") for one in formulas))  # opened as a table
    (tmp_path / "bare.csv").write_bytes("\r\n".join(FORMULAS).encode())  # the known-bad twin
    names = ("book.xlsx", "table.csv", "rows.csv", "frame.xls", "bare.csv")

    paths = [str(tmp_path / name) for name in names]
    subprocess.run(
        [office, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), *paths],
        check=True, timeout=180, capture_output=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    made = {name: (tmp_path / name).with_suffix(".fods").read_text(encoding="utf-8") for name in names}

    assert len(FORMULAS) >= 40
    assert {name for name, text in made.items() if "table:formula" in text} == {"bare.csv"}
    assert all("SUM(A1)" in text for text in made.values())


def responses_of(texts: Sequence[str]) -> bytes:
    """Returns the texts as single responses leave."""
    out = io.BytesIO()
    write_rows([pd.DataFrame({text: [text] for text in texts})], out)
    return out.getvalue()


def test_the_house_style_reaches_the_chart_of_a_workbook(tmp_path: Path) -> None:
    text = (
        STYLE_FILE.read_text(encoding="utf-8")
        .replace("#14788c", "#abcdef")
        .replace('\'"Source Sans 3", ', "'Papyrus, ")
    )
    (tmp_path / "style.toml").write_text(text.replace('"logo.svg"', '""'), encoding="utf-8")

    content = file_of(export(style=read_style(tmp_path / "style.toml")), "xlsx")

    assert "ABCDEF" in parts(content, r"charts/chart1\.xml")
    assert "Papyrus" in parts(content, r"charts/chart1\.xml")
    assert "Papyrus" in parts(content, r"styles\.xml")


# SPSS


def read_sav(content: bytes, folder: Path) -> tuple[pd.DataFrame, object]:
    (folder / "figure.sav").write_bytes(content)
    return pyreadstat.read_sav(folder / "figure.sav")


@pytest.mark.parametrize("kind", KINDS)
def test_an_spss_file_holds_the_numbers_of_the_view_to_the_last_digit(kind: str, tmp_path: Path) -> None:
    table, _ = read_sav(file_of(export(kind), "sav"), tmp_path)

    found = [[None if pd.isna(cell) else cell for cell in row] for row in table[list(NUMBERS)].to_numpy()]

    assert found == expected_numbers(kind)


def test_an_spss_file_has_labels_of_variables_and_values_and_the_notes(tmp_path: Path) -> None:
    shown = export("crosstab")

    table, meta = read_sav(file_of(shown, "sav"), tmp_path)
    notes = " ".join(meta.notes)

    assert meta.column_names_to_labels["group_1"] == "Age"
    assert meta.column_names_to_labels["base_n"] == "Base: how many answered"
    assert set(meta.variable_value_labels["group_1"].values()) == {"18–29", "30–44", "45–59", "60+", "No answer"}
    assert list(meta.variable_value_labels["choice"].values()) == ["Yes", "Unsure", "No", "Yes minus no"]
    assert set(table["figure_id"]) == {shown.figure_id}
    for fact in shown.facts:
        assert "".join(fact.words.split()) in "".join(notes.split())
    for item in shown.items:
        assert f"{item.number} {item.name}" in notes


def test_an_spss_file_follows_the_house_style_in_words_numbers_and_dates_and_speaks_its_language(
    tmp_path: Path,
) -> None:
    text = STYLE_FILE.read_text(encoding="utf-8").replace('"logo.svg"', '""').replace("Reader opinion", "The Planet")
    text = text.replace('thousands = "."', 'thousands = "’"').replace("{day}. {month} {year}", "{month} {day}, {year}")
    (tmp_path / "style.toml").write_text(text.replace("http://localhost:8501", "https://planet.example"), "utf-8")

    table, meta = read_sav(file_of(export(style=read_style(tmp_path / "style.toml", "de")), "sav"), tmp_path)

    notes = " ".join(meta.notes)
    assert "Basis: 20’114" in notes
    assert "Zeitraum der Antworten: Mai 18–28, 2025" in notes
    assert "Quelle: The Planet" in notes
    assert meta.column_names_to_labels["base_n"] == "Basis: wie viele geantwortet haben"
    assert set(table["link"].str.partition("/survey")[0]) == {"https://planet.example"}


@pytest.mark.parametrize("text", ["W" * 300, "Ä" * 200, "日本語" * 60])
def test_an_spss_file_takes_labels_of_any_length(text: str, tmp_path: Path) -> None:
    table, _ = read_sav(file_of(exported(saying(text, "crosstab"), STYLE), "sav"), tmp_path)

    assert len(table) == 15


def test_eleven_steps_by_group_are_as_wide_as_a_page(tmp_path: Path) -> None:
    steps = [Choice(str(step), str(step), step) for step in range(11)]
    question = Question("move", "How likely are you to move?", "scale", choices=tuple(steps))
    asked = replace(RIVER, questions=(question,))
    told = [
        Reader(
            f"id:{n}",
            {"move": (str(n % 11),)},
            {"age": ("18-29", "60+")[n % 2]},
            1,
            datetime(2025, 5, 19, 9, tzinfo=UTC),
        )
        for n in range(880)
    ]
    with opened() as store:
        record(store, asked, told)
        shown = export_of(make(snapshot(store), Request("crosstab", "river", "move", by=("age",))), STYLE)
    assert shown.chart is not None
    assert len(shown.chart.series) == 11
    path = tmp_path / "book.xlsx"
    path.write_bytes(file_of(shown, "xlsx"))
    sheet = openpyxl.load_workbook(path).worksheets[0]

    last = range_boundaries(str(sheet.print_area).split("!")[1].replace("$", ""))[2]
    widths = {at: one.width for one in sheet.column_dimensions.values() for at in range(one.min, one.max + 1)}
    wide = sum(widths[column] for column in range(1, last + 1))

    assert last == 14
    assert wide <= 165  # letters: A4 across has 130 at their full size, and four fifths can be read
