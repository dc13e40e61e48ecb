"""Legends that people make by hand: whatever their headings are called and however they are laid out, they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.imports.propose import propose
from analytics.imports.reading.legends import legend_in
from tests.test_code_books import workbook
from tests.test_import_kinds import counts, question_on

Rows = Sequence[Sequence[object]]
POOL = ["Keep it", "Replace it", "Close it"]
USES = ["Swimming pool", "Gym", "Library"]
STEPS = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
WORDINGS = {"pool": "What should happen to the pool?", "uses": "Which do you use?", "sat": "How satisfied are you?"}
ROWS = list(range(60))
HEAD = ["id", "pool", "uses_1", "uses_2", "uses_3", "sat_a", "sat_b", "sex"]
ANSWERS = [HEAD, *([n + 1, 1 + n % 3, n % 2, int(n % 3 == 0), 1, 1 + n % 5, 1 + n % 4, "FM"[n % 2]] for n in ROWS)]
BOXES = [["uses_1", "Swimming pool"], ["uses_2", "Gym"], ["uses_3", "Library"]]


def lines(variable: str, question: str, code: str, meaning: str) -> Rows:
    """Returns a legend with a line for each value, under such headings; boxes and rows share one wording."""
    sat = [["sat", WORDINGS["sat"], at, step] for at, step in enumerate(STEPS, 1)]
    return [
        [variable, question, code, meaning],
        *(["pool", WORDINGS["pool"], at, word] for at, word in enumerate(POOL, 1)),
        *(["uses", WORDINGS["uses"], at, word] for at, word in enumerate(USES, 1)),
        *sat, ["sex", "", "F", "Woman"], ["", "", "M", "Man"],
    ]  # fmt: skip


BLOCKS: Rows = [
    ["pool", WORDINGS["pool"]], *([at, word] for at, word in enumerate(POOL, 1)), [],
    ["uses", WORDINGS["uses"]], *([at, word] for at, word in enumerate(USES, 1)), [],
    ["sat", WORDINGS["sat"]], *([at, step] for at, step in enumerate(STEPS, 1)), [],
    ["sex", "Sex"], ["F", "Woman"], ["M", "Man"],
]  # fmt: skip
IN_CELLS: Rows = [
    ["What the columns mean"], [],
    ["Variable", "Frage", "Codes"],
    ["pool", WORDINGS["pool"], "; ".join(f"{at}={word}" for at, word in enumerate(POOL, 1))],
    ["uses_1 - uses_3", WORDINGS["uses"], "1=Swimming pool; 2=Gym; 3=Library"],
    ["sat_a, sat_b", WORDINGS["sat"], ", ".join(f"{step} ({at})" for at, step in enumerate(STEPS, 1))],
    ["sex", "Sex", "F: Woman, M: Man"],
]  # fmt: skip
ONE_COLUMN: Rows = [
    [f"pool: {WORDINGS['pool']}"], *([f"{at} = {word}"] for at, word in enumerate(POOL, 1)),
    [f"uses: {WORDINGS['uses']}"], *([f"{at} = {word}"] for at, word in enumerate(USES, 1)),
    [f"sat: {WORDINGS['sat']}"], *([f"{at} = {step}"] for at, step in enumerate(STEPS, 1)),
    ["sex: Sex"], ["F = Woman"], ["M = Man"],
]  # fmt: skip
WIDE: Rows = [
    ["name", "wording", *range(1, 6)], ["pool", WORDINGS["pool"], *POOL], ["uses", WORDINGS["uses"], *USES],
    ["sat", WORDINGS["sat"], *STEPS],
]  # fmt: skip
HEADINGS = [
    ("Variable", "Question", "Code", "Meaning"), ("Variable", "Frage", "Wert", "Bedeutung"),
    ("Variable", "Question", "Modalité", "Libellé"), ("Variable", "Pregunta", "Código", "Significado"),
    ("Variabile", "Domanda", "Codice", "Significato"), ("Variável", "Pergunta", "Código", "Significado"),
    ("Variabele", "Vraag", "Waarde", "Betekenis"), ("Zmienna", "Pytanie", "Kod", "Znaczenie"),
    ("Переменная", "Вопрос", "Код", "Значение"), ("Variabel", "Fråga", "Värde", "Betydelse"),
]  # fmt: skip
LAYOUTS = {
    **{heads[3]: lines(*heads) for heads in HEADINGS}, "blocks": BLOCKS, "one column": ONE_COLUMN, "wide": WIDE,
}  # fmt: skip


@pytest.mark.parametrize("legend", LAYOUTS.values(), ids=LAYOUTS)
def test_a_legend_says_what_codes_boxes_and_rows_are(legend: Rows) -> None:
    found = legend_in([[str(cell) for cell in row] for row in legend], HEAD)

    assert found["pool"].labels == tuple((str(at), word) for at, word in enumerate(POOL, 1))
    assert found["pool"].text == WORDINGS["pool"]
    assert [found[name].part for name, _ in BOXES] == USES
    assert {found[name].question for name, _ in BOXES} == {WORDINGS["uses"]}
    assert [label for _, label in found["sat_b"].labels] == STEPS
    assert legend is WIDE or dict(found["sex"].labels) == {"F": "Woman", "M": "Man"}


@pytest.mark.parametrize("legend", [LAYOUTS["Bedeutung"], BLOCKS, ONE_COLUMN], ids=["lines", "blocks", "one column"])
def test_the_answers_are_counted_by_the_labels_of_the_legend(legend: Rows, tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Daten": ANSWERS, "Legende": legend})

    proposal = propose(path)

    assert proposal.doubts == ()
    pool, uses, sat = (question_on(proposal, column) for column in ("pool", "uses_1", "sat_b"))
    assert counts(path, proposal, pool) == (60, dict.fromkeys(POOL, 20))
    assert (uses.kind, uses.text) == ("multiple", WORDINGS["uses"])
    assert counts(path, proposal, uses) == (60, {"Swimming pool": 30, "Gym": 20, "Library": 60})
    assert (sat.kind, [choice.label for choice in sat.choices]) == ("scale", STEPS)
    assert [level.label for level in proposal.survey.dimensions[0].levels] == ["Woman", "Man"]


def test_values_in_one_cell_name_ranges_and_lists_of_columns() -> None:
    found = legend_in([[str(cell) for cell in row] for row in IN_CELLS], HEAD)

    assert dict(found["sex"].labels) == {"F": "Woman", "M": "Man"}
    assert [label for _, label in found["sat_a"].labels] == STEPS == [label for _, label in found["sat_b"].labels]
    assert found["uses_2"].text == WORDINGS["uses"]


def test_codes_of_limesurvey_are_parts_or_answers(tmp_path: Path) -> None:
    head = ["id", "submitdate", "lastpage", "uses[SQ001]", "uses[SQ002]", "sat[SQ001]", "sat[SQ002]"]
    rows = [
        [n, f"2026-04-{1 + n % 28:02} 10:00:00", 2, "YN"[n % 2], "Y", f"A{1 + n % 5}", f"A{1 + n % 4}"] for n in ROWS
    ]
    legend = [
        ["Variable", "Question", "Code", "Meaning"], ["uses", WORDINGS["uses"], "SQ001", "Gym"],
        ["uses", "", "SQ002", "Library"], ["uses", "", "Y", "ticked"], ["uses", "", "N", "not ticked"],
        ["sat", WORDINGS["sat"], "SQ001", "Staff"], ["sat", "", "SQ002", "Prices"],
        *(["sat", "", f"A{at}", step] for at, step in enumerate(STEPS, 1)), ["nps", "", "0-10", ""],
    ]  # fmt: skip
    path = workbook(tmp_path, {"results": [head, *rows], "Legend": legend})

    proposal = propose(path)

    uses, sat = question_on(proposal, "uses[SQ001]"), question_on(proposal, "sat[SQ002]")
    assert counts(path, proposal, uses) == (60, {"Gym": 30, "Library": 60})
    assert (sat.kind, sat.text) == ("scale", f"{WORDINGS['sat']} - Prices")
    assert [choice.label for choice in sat.choices] == STEPS


@pytest.mark.parametrize(
    "rows",
    [
        [["A1", "x"], ["A2", "Yes"], ["A1", "No"], ["A3", "Yes"], ["A2", "No"], ["A1", "No"], ["A3", "No"]],
        [["id", "A1", "A2"], ["1", "5 - very", "4"], ["2", "4", "5 - very"], ["3", "5 - very", "5 - very"]],
    ],
    ids=["codes like columns", "another wave"],
)
def test_answers_of_another_wave_are_no_legend(rows: list[list[str]]) -> None:
    assert legend_in(rows, ["id", "A1", "A2", "A3"]) == {}
