"""Workbooks that bring a code book: what the numbers stand for is read from the sheet beside the answers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from analytics.errors import FileError
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import Proposal, propose
from analytics.imports.reading.codebooks import book_in
from analytics.imports.reading.doubts import sheets_of
from tests.test_import_kinds import counts, question_on

Sheets = dict[str, Sequence[Sequence[object]]]
ROADS = [3 if n % 7 == 0 else 1 + n % 2 for n in range(40)]
TRUST = [1 + n % 3 for n in range(40)]  # nobody took the highest step, 4
ANSWERS = [["nr", "v1", "v2", "sex"], *([n + 1, ROADS[n], TRUST[n], 1 + n // 20] for n in range(40))]
STEPS = ["No trust at all", "Not much trust", "A fair amount of trust", "A great deal of trust"]
LINES = [
    ["Variable", "Question", "Value", "Meaning"],
    ["v1", "Should the road be closed?", 1, "Yes"], ["", "", 2, "No"], ["", "", 3, "Not sure"],
    ["v2", "How much do you trust the mayor?", 1, STEPS[0]], *(["", "", at, STEPS[at - 1]] for at in (2, 3, 4)),
    ["sex", "Sex", 1, "Woman"], ["", "", 2, "Man"],
]  # fmt: skip
IN_CELLS = [
    ["Name", "Label", "Codes"],
    ["nr", "Number", ""],
    ["v1", "Should the road be closed?", "1 = Yes; 2 = No; 3 = Not sure"],
    ["v2", "How much do you trust the mayor?", "; ".join(f"{at} = {step}" for at, step in enumerate(STEPS, 1))],
    ["sex", "Sex", "1 = Woman; 2 = Man"],
]
EACH_LINE = [
    ["Werte", "", ""], ["Variable", "Wert", "Bedeutung"],
    *(["v1", at, word] for at, word in enumerate(("Yes", "No", "Not sure"), 1)),
    *(["v2", at, step] for at, step in enumerate(STEPS, 1)), ["sex", 1, "Woman"], ["sex", 2, "Man"],
]  # fmt: skip


def workbook(folder: Path, sheets: Sheets) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
    book.save(folder / "poll.xlsx")
    return folder / "poll.xlsx"


def labels_of(proposal: Proposal, column: str) -> list[str]:
    return [choice.label for choice in question_on(proposal, column).choices]


@pytest.mark.parametrize("book", [LINES, IN_CELLS, EACH_LINE], ids=["lines", "cells", "each line"])
@pytest.mark.parametrize("first", [True, False], ids=["answers first", "book first"])
def test_numbers_get_the_labels_of_a_code_book_whatever_it_looks_like(
    book: Sequence[Sequence[object]], first: bool, tmp_path: Path
) -> None:
    sheets = {"Answers": ANSWERS, "Codes": book}
    path = workbook(tmp_path, sheets if first else dict(reversed(sheets.items())))

    proposal = propose(path)

    assert proposal.doubts == ()
    assert proposal.survey.file.sheet is None
    road, trust = question_on(proposal, "v1"), question_on(proposal, "v2")
    assert counts(path, proposal, road) == (
        40,
        {"Yes": ROADS.count(1), "No": ROADS.count(2), "Not sure": ROADS.count(3)},
    )
    assert (trust.kind, [choice.score for choice in trust.choices]) == ("scale", [1.0, 2.0, 3.0, 4.0])
    assert [level.label for level in proposal.survey.dimensions[0].levels] == ["Woman", "Man"]
    assert any("code book" in note for note in proposal.notes)
    if book is not EACH_LINE:
        assert road.text == "Should the road be closed?"
    again = parsed_definition(
        definition_text(proposal.survey), file="poll.toml", folder=tmp_path
    )  # a definition has the labels and needs no book
    assert [choice.label for choice in again.questions[0].choices] == [choice.label for choice in road.choices]


def test_the_datamap_of_decipher_says_what_rows_and_values_are(tmp_path: Path) -> None:
    head = ["record", "uuid", "date", "status", "q1", "q2r1", "q2r2", "q3r1", "q3r2", "q4"]
    rows = [
        [n, f"u{n}", "05/02/2024 10:00", 3, 1 + n % 3, n % 2, 1, 1 + n % 4, 1 + n % 3, "why" * (n == 3)]
        for n in range(1, 41)
    ]
    values = [["", at, step] for at, step in enumerate(STEPS, 1)]
    datamap = [
        ["[record]: Record number"], ["Open numeric response"], [], ["[q1]: Should the road be closed?"],
        ["Values: 1-3"], ["", 1, "Yes"], ["", 2, "No"], ["", 3, "Not sure"], [], ["q2: Which media do you use?"],
        ["Values: 0-1"], ["", 0, "Unchecked"], ["", 1, "Checked"], ["", "[q2r1]", "Radio"], ["", "[q2r2]", "TV"], [],
        ["q3: How much do you trust them?"], ["Values: 1-4"], *values, ["", "[q3r1]", "The mayor"],
        ["", "[q3r2]", "The press"], [], ["[q4]: Why?"], ["Open text response"],
    ]  # fmt: skip
    path = workbook(tmp_path, {"A1": [head, *rows], "Datamap": datamap})

    proposal = propose(path)

    assert proposal.tool == "Decipher"
    assert proposal.doubts == ()
    media = question_on(proposal, "q2r1")
    assert (media.text, media.kind) == ("Which media do you use?", "multiple")
    assert counts(path, proposal, media) == (40, {"Radio": 20, "TV": 40})
    assert labels_of(proposal, "q1") == ["Yes", "No", "Not sure"]
    for column, row in (("q3r1", "The mayor"), ("q3r2", "The press")):
        asked = question_on(proposal, column)
        assert (asked.kind, asked.text) == ("scale", f"How much do you trust them? - {row}")
        assert [choice.label for choice in asked.choices] == STEPS
    assert question_on(proposal, "q4").kind == "text"


def test_a_second_wave_is_no_code_book_and_is_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"May": ANSWERS, "June": [ANSWERS[0], *ANSWERS[5:30]]})

    assert next(doubt.about for doubt in propose(path).doubts) == "sheet"
    assert [name for name, _ in sheets_of(path)] == ["May", "June"]


def test_a_book_of_other_columns_and_of_other_values_says_nothing(tmp_path: Path) -> None:
    other = [[str(cell).replace("v", "w") if at == 0 else cell for at, cell in enumerate(row)] for row in LINES]
    assert book_in([[str(cell) for cell in row] for row in other], ["nr", "v1", "v2"]) == {}

    wrong = [["Variable", "Value", "Meaning"], ["v1", 11, "Yes"], ["v1", 12, "No"], ["v2", 11, "a"], ["v2", 12, "b"]]
    proposal = propose(workbook(tmp_path, {"Answers": ANSWERS, "Codes": wrong}))

    assert labels_of(proposal, "v1") == ["1", "2", "3"]


PROBLEMS = ("Crime", "Housing", "Schools", "Roads")


def mentioned(headings: Sequence[str], readers: int) -> list[list[str]]:
    """Returns answers of readers who name one problem to as many as there are columns, none twice."""
    rows = [[str((at + place) % 4 + 1) if place <= at % 3 else "" for place in range(3)] for at in range(readers)]
    return [["id", *headings, "sex"], *([str(at), *row, "12"[at % 2]] for at, row in enumerate(rows))]


def book_of(headings: Sequence[str], asked: str) -> list[list[str]]:
    lines = [[name, asked, str(code), label] for name in headings for code, label in enumerate(PROBLEMS, start=1)]
    return [["Variable", "Question", "Value", "Label"], *lines, ["sex", "Sex", "1", "man"], ["sex", "", "2", "woman"]]


@pytest.mark.parametrize("readers", [24, 150])
@pytest.mark.parametrize(
    "headings", [["m1", "m2", "m3"], ["q3_1", "q3_2", "q3_3"], ["Nennung 1", "Nennung 2", "Nennung 3"]]
)
@pytest.mark.parametrize("way", ["sheet", "beside", "structure", "structure in a workbook"])
def test_mentions_in_codes_are_one_question_wherever_their_code_book_stands(
    way: str, headings: list[str], readers: int, tmp_path: Path
) -> None:
    asked = "Most important problem?"
    answers, book = mentioned(headings, readers), book_of(headings, asked)
    structure = None
    if way == "sheet":
        path = workbook(tmp_path, {"Data": answers, "Codes": book})
    else:
        path = table(tmp_path / "answers.csv", answers)
        other = tmp_path / ("answers-codebook.csv" if way == "beside" else "what it means.csv")
        found = workbook(tmp_path, {"Codes": book}) if "workbook" in way else table(other, book, ";")
        structure = None if way == "beside" else found
    proposal = propose(path, structure=structure)
    question = next(one for one in proposal.survey.questions if one.kind == "multiple")

    assert [of.column for of in question.columns] == headings
    assert [one.label for one in question.choices] == [*PROBLEMS]
    assert question.text == asked
    assert proposal.doubts == ()


def table(path: Path, rows: Sequence[Sequence[str]], mark: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=mark).writerows(rows)
    return path


def test_columns_called_mentions_are_one_question_without_labels_too(tmp_path: Path) -> None:
    proposal = propose(table(tmp_path / "answers.csv", mentioned(["1st mention", "2nd mention", "3rd mention"], 60)))

    assert [one.kind for one in proposal.survey.questions] == ["multiple"]
    assert proposal.doubts == ()


def test_a_named_code_book_of_another_file_is_refused_and_one_beside_it_says_nothing(tmp_path: Path) -> None:
    path = table(tmp_path / "answers.csv", mentioned(["m1", "m2", "m3"], 60))
    other = table(tmp_path / "answers-codebook.csv", [["Name", "Text"], ["x1", "How?"], ["x2", "Why?"]])

    assert not any("code book" in note for note in propose(path).notes)
    with pytest.raises(FileError, match="nothing about the columns of answers"):
        propose(path, structure=other)
