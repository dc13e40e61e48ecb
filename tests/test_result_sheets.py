"""Tables of results, which hold no responses: they are refused with a sentence, and small tables of readers are not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pytest
from openpyxl import Workbook

from analytics.errors import FileError
from analytics.imports.propose import propose
from analytics.imports.reading.codebooks import book_in
from analytics.imports.reading.results import looks_like_counts, looks_like_crosstab, looks_like_results
from tests.patience import dearness
from tests.test_import_kinds import written

Rows = Sequence[Sequence[str]]
COUNTS_AND_SHARES = [
    ["Q1. Do you support the plan?"], ["Base: all respondents"], ["", "Total", "Male", "Female", "18-34", "35+"],
    ["Unweighted base", "1002", "480", "522", "300", "702"], ["Weighted base", "1002", "490", "512", "310", "692"],
    ["Yes", "512", "250", "262", "180", "332"], ["", "51%", "51%", "51%", "58%", "47%"],
    ["No", "390", "200", "190", "90", "300"], ["", "39%", "41%", "37%", "29%", "43%"],
    ["Don't know", "100", "40", "60", "40", "60"], ["", "10%", "8%", "12%", "13%", "10%"],
]  # fmt: skip
TOPLINES = [
    ["Question", "Answer", "2022", "2023", "2024"], ["Approve of the mayor", "Approve", "45", "47", "52"],
    ["", "Disapprove", "40", "41", "38"], ["", "Don't know", "15", "12", "10"],
    ["Right direction", "Right", "30", "32", "35"],
    ["", "Wrong", "60", "58", "55"], ["", "Don't know", "10", "10", "10"],
]  # fmt: skip
BY_REGION = [
    ["Region", "Yes", "No", "Don't know", "Total"], ["North", "120", "80", "20", "220"],
    ["South", "90", "110", "15", "215"], ["East", "70", "75", "10", "155"], ["Total", "280", "265", "45", "590"],
]  # fmt: skip
DUTCH = [["Antwoord", "Man", "Vrouw"], ["Ja", "31", "40"], ["Nee", "22", "18"], ["Weet niet", "4", "9"]]
WITHOUT_SIGNS = [
    ["", "Alle", "Männer", "Frauen"], ["Basis", "1.204", "590", "614"], ["dafür", "44,2", "40,1", "48,2"],
    ["dagegen", "35,8", "41,0", "30,8"], ["weiß nicht", "20,0", "18,9", "21,0"],
]  # fmt: skip
SHARES_OF_AGES = [
    ["Newspaper poll of readers, May 2024"], ["Percent who say each"], ["", "18-29", "30-44", "45-64", "65+"],
    ["Economy", "34", "36", "41", "40"], ["Health", "22", "25", "30", "38"], ["Climate", "31", "24", "15", "9"],
]  # fmt: skip
LETTERS = [
    ["", "Total", "Male (A)", "Female (B)"], ["N", "1000", "480", "520"], ["Satisfied", "70.0%", "70.0%", "70.0% A"],
    ["Very dissatisfied", "10.1%", "15.0% B", "5.5%"], ["Dissatisfied", "19.9%", "15.0%", "24.5% A"],
]  # fmt: skip
MONTHS = [
    ["Date", "Approve", "Disapprove", "Unsure"],
    *([f"2024-0{month}-01", f"{40 + month}", f"{50 - month}", "10"] for month in range(1, 9)),
]
RESULTS = {
    "shares of ages": SHARES_OF_AGES, "letters of significance": LETTERS, "toplines of months": MONTHS,
    "counts and shares": COUNTS_AND_SHARES, "toplines of years": TOPLINES, "answers by region": BY_REGION,
    "Dutch counts": DUTCH, "German shares": WITHOUT_SIGNS,
}  # fmt: skip


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_of_results_is_refused_whatever_it_looks_like(name: str, ending: str, tmp_path: Path) -> None:
    rows = RESULTS[name]
    path = tmp_path / f"results.{ending}"
    if ending == "xlsx":
        book = Workbook()
        for row in rows:
            book.active.append([float(cell) if cell.isdecimal() else cell or None for cell in row])
        book.save(path)
    else:
        path = written(tmp_path, rows, "results.csv", ";" if name == "German shares" else ",")

    with pytest.raises(FileError, match=r"a table of results.*a row for each reader"):
        propose(path)


READERS: dict[str, Rows] = {
    "scores with their sum": [
        ["Reader", "Bus", "Tram", "Total"],
        *([f"{'ABCDEFGHIJKL'[n]}nn", f"{1 + n % 5}", f"{1 + n % 4}", f"{2 + n % 5 + n % 4}"] for n in range(12)),
    ],
    "numbered readers": [["Nr", "Yes", "No"], *([f"r{n}", f"{n % 2}", f"{(n + 1) % 2}"] for n in range(30))],
    "amounts": [
        ["Street", "Rent", "Deposit", "For it?"],
        *([f"{'ABCDEFGH'[n % 8]} lane", f"{600 + 7 * n}", f"{1200 + n}", ("Yes", "No")[n % 2]] for n in range(30)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_a_small_table_of_readers_is_read(name: str, tmp_path: Path) -> None:
    assert propose(written(tmp_path, READERS[name])).survey.questions


@pytest.mark.parametrize("cell", ["1" + " " * 20_000 + "x", "-" * 20_000 + "1", "1=a," * 5_000, "[" * 20_000])
def test_long_cells_take_no_time_to_be_told_from_figures(cell: str) -> None:
    rows = [["a", "b", "c"], ["x", cell, cell], [cell, "1", "2"], ["v1", cell, "9"], ["v2", cell, "8"]]
    began = process_time()

    assert not looks_like_crosstab(rows)
    assert not looks_like_results(rows)
    assert not looks_like_counts(rows)
    book_in(rows, ["v1", "v2"])
    assert process_time() - began < 2 * dearness()


def test_readers_with_a_state_a_time_and_boxes_are_no_answers_below_their_questions(tmp_path: Path) -> None:
    rows = [["id", "interview_status", "Answered on", "weight", "g3/Education", "g3/Health"]]
    for at in range(40):
        out = at % 10 == 1
        state, weight = ("over_quota", "drop-out")[at // 10 % 2] if out else "completed", "0.50" if out else "0.75"
        time = f"{at % 28 + 1}.05.2024 10:{at % 60:02}"
        rows.append([f"r{at}", state, time, weight, str(int(out and at < 30)), str(at % 2)])

    found = propose(written(tmp_path, rows)).survey.questions

    assert [one.kind for one in found] == ["multiple"]
