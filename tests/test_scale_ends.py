"""Scales of which only some steps were given: the wording, or labels of the ends, say which others there are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.imports.propose import propose
from tests.import_cases import counted
from tests.test_code_books import workbook

SAID = {
    "How satisfied are you? (1 = not at all, 5 = very much)": (1, 5, "not at all", "very much"),
    "1 means not at all and 7 means completely: do you trust us?": (1, 7, "not at all", "completely"),
    "How fair is it? 1: very unfair - 5: very fair": (1, 5, "very unfair", "very fair"),
    "How good is the app? 5=very good 1=very bad": (1, 5, "very bad", "very good"),
    "Wie zufrieden sind Sie? 0 (gar nicht) bis 10 (sehr)": (0, 10, "gar nicht", "sehr"),
    "¿Qué tan satisfecho está? (1 nada satisfecho - 5 muy satisfecho)": (1, 5, "nada satisfecho", "muy satisfecho"),
    "Quanto è soddisfatto? (da 1 = per niente a 5 = molto)": (1, 5, "per niente", "molto"),
    "Satisfait ? de pas du tout (1) à tout à fait (5)": (1, 5, "pas du tout", "tout à fait"),
    "Rate us on a scale of 1 to 10": (1, 10, "", ""),
    "Interest [0..6]": (0, 6, "", ""),
}


def written(folder: Path, heading: str, cells: Sequence[str]) -> Path:
    path = folder / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([["id", heading], *enumerate(cells, start=1)])
    return path


@pytest.mark.parametrize("given", ["3 4 4 3 4 5 3", "2 3 2 2 3 2 3"])
@pytest.mark.parametrize("heading", SAID)
def test_a_scale_has_every_step_that_its_wording_says(heading: str, given: str, tmp_path: Path) -> None:
    low, high, first, last = SAID[heading]
    asked = propose(written(tmp_path, heading, given.split() * 6)).survey.questions[0]

    assert asked.kind == "scale"
    assert [one.score for one in asked.choices] == list(range(low, high + 1))
    assert first in asked.choices[0].label
    assert last in asked.choices[-1].label


@pytest.mark.parametrize(("heading", "labels"), [
    ("Agree? (1=strongly disagree; 2=disagree; 3=neutral; 4=agree; 5=strongly agree)",
     ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"]),
    ("Which one? 1 = Labour, 2 = Green, 3 = Reform", ["Labour", "Green", "Reform"]),
])  # fmt: skip
def test_a_wording_that_names_every_code_is_their_legend(heading: str, labels: list[str], tmp_path: Path) -> None:
    asked = propose(written(tmp_path, heading, ["1", "2", "2", "3"] * 10)).survey.questions[0]

    assert [one.label for one in asked.choices] == labels
    assert asked.kind == ("scale" if len(labels) == 5 else "single")


@pytest.mark.parametrize("heading", ["Did 1 child or 5 children come with you?", "How many came (1 or 2 mostly)?"])
def test_numbers_in_a_wording_are_not_always_steps(heading: str, tmp_path: Path) -> None:
    asked = propose(written(tmp_path, heading, ["2", "3", "4", "2"] * 10)).survey.questions[0]

    assert {one.label for one in asked.choices} <= {"2", "3", "4"}


@pytest.mark.parametrize("given", ["3 4 3", "2 3 2", "3 5 3"])
def test_labels_of_the_ends_alone_say_the_steps_between(given: str, tmp_path: Path) -> None:
    answers = [["id", "v1", "v2"], *([str(at), cell, "12"[at % 2]] for at, cell in enumerate(given.split() * 8))]
    book = [["Name", "Question", "Value", "Label"], ["v1", "How good?", "1", "very bad"], ["", "", "5", "very good"],
            ["v2", "Sex", "1", "man"], ["", "", "2", "woman"]]  # fmt: skip
    survey = propose(workbook(tmp_path, {"Data": answers, "Codes": book})).survey
    asked = next(one for one in survey.questions if one.column == "v1")

    assert [(one.label, one.score) for one in asked.choices] == [
        ("very bad", 1.0), ("2", 2.0), ("3", 3.0), ("4", 4.0), ("very good", 5.0),
    ]  # fmt: skip


MATRIX = ("{} [Price]", "{} [Local news]", "{} [Sport]", "{} [Culture]")
CODES = {
    "99": ("How much? (1 = not at all, 5 = very)", range(1, 6)),
    "9": ("How much? (1 = not at all, 5 = very)", range(1, 6)),
    "6": ("Wie sehr? (1 = gar nicht, 5 = sehr)", range(1, 6)), "-9": ("Wie sehr?", range(1, 6)),
    "8": ("A quel point ?", range(1, 6)), "9 ": ("q7", range(1, 5)), "0": ("From 1 (bad) to 7 (good)", range(1, 8)),
}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("rows", [1, 4])
def test_a_code_for_no_opinion_on_a_row_of_steps_is_no_step(code: str, rows: int, tmp_path: Path) -> None:
    asked, steps = CODES[code]
    columns = [[str(steps[(at * (place + 2) + at // 7) % len(steps)]) for at in range(140)] for place in range(4)]
    for column in columns[:rows]:
        column[3::20] = [code.strip()] * 7
    path = tmp_path / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[one.format(asked) for one in MATRIX], *zip(*columns, strict=True)])
    found = counted(path)

    for column, question in zip(columns, found.survey.questions, strict=True):
        given = [int(cell) for cell in column if cell != code.strip()]
        mean = found.toplines[question.key].query("statistic == 'mean'")
        assert (question.kind, mean["base_n"].iat[0]) == ("scale", len(given))
        assert mean["value"].iat[0] == pytest.approx(sum(given) / len(given))


NOT_KNOWING = (
    "Kann ich nicht beurteilen", "Weiß nicht / kann ich nicht sagen", "Can't judge", "Ne peut pas juger",
    "No puedo valorar", "Non so giudicare", "Kan ik niet beoordelen", "Trudno ocenić", "Не могу оценить",
    "Don't know / not sure", "Kan inte bedöma",
)  # fmt: skip


@pytest.mark.parametrize("word", NOT_KNOWING)
def test_who_cannot_judge_stands_outside_the_scale(word: str, tmp_path: Path) -> None:
    ladder = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree", word]
    asked = propose(written(tmp_path, "How far do you agree?", ladder * 9)).survey.questions[0]

    assert asked.kind == "scale"
    assert {one.label: one.score for one in asked.choices}[word] is None
    assert sorted(one.score for one in asked.choices if one.score) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("heading", "given"), [
    ("How many hours?", [1, 2, 3, 4, 9]),
    ("How likely are you to recommend us?", [1, 2, 3, 4, 5, 9]), ("Which party (code)?", [1, 2, 3, 4, 9]),
])  # fmt: skip
def test_a_high_number_that_may_be_an_answer_stays(heading: str, given: list[int], tmp_path: Path) -> None:
    cells = [str(one) for one in given for _ in range(12)]
    asked = propose(written(tmp_path, heading, cells)).survey.questions[0]

    assert "9" not in asked.missing
