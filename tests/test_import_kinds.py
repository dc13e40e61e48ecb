"""Files whose kind the importers once took for another: each with neighbours in other tools and languages."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.errors import FileError
from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import Proposal, propose
from analytics.model import Question


def written(folder: Path, rows: Sequence[Sequence[str]], name: str = "file.csv", delimiter: str = ",") -> Path:
    """Returns a file with these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def question_on(proposal: Proposal, column: str) -> Question:
    """Returns the question that lies in a column, alone or with others."""
    return next(
        one
        for one in proposal.survey.questions
        if column in (one.column, *(of.column for of in one.columns))
    )  # fmt: skip


def counts(path: Path, proposal: Proposal, question: Question) -> tuple[int, dict[str, int]]:
    """Returns how many are in the base of a question, and how often each answer was given."""
    base, found = 0, Counter[str]()
    labels = {choice.value: choice.label for choice in question.choices}
    for chunk in read_responses(path, proposal.survey):
        answers = chunk.batch.answers[question.key]
        found.update(labels.get(answers.values[place], answers.values[place]) for place in answers.choice.tolist())
        base += int((answers.status == 1).sum())
    return base, dict(found)


def stored(path: Path, proposal: Proposal) -> int:
    return sum(len(chunk.batch.responses) for chunk in read_responses(path, proposal.survey))


def of_districts(sum_of: str, grand: str, *, first: bool = True) -> list[list[str]]:
    """Returns 30 readers of three districts, a row of sums after each, and one of all."""
    rows = [
        ["District", "Sheet", "For it?", "How urgent?"] if first else ["Sheet", "For it?", "How urgent?", "District"]
    ]
    for place, district in enumerate(("Mitte", "Alt Nord", "Ost")):
        answers = [[str(10 * place + at), "Yes" if at % 3 else "No", str(at % 5 + 1)] for at in range(10)]
        rows += [[district, *row] if first else [*row, district] for row in answers]
        word = sum_of.format(district)
        rows.append([word, "", "10 sheets", ""] if first else ["", "10", "", word])
    return [*rows, [grand, "", "30", ""] if first else ["", "30", "", grand]]


@pytest.mark.parametrize(("sum_of", "grand"), [
    ("Zwischensumme {}", "Gesamtsumme"), ("{} Total", "Grand Total"), ("Subtotal", "Total"), ("Summe {}", "Summe"),
    ("Sous-total {}", "Total général"), ("Subtotal de {}", "Total general"), ("{} Ergebnis", "Gesamtergebnis"),
    ("Totaal {}", "Eindtotaal"), ("{} Suma", "Suma końcowa"), ("Итого по {}", "Общий итог"), ("Totale {}:", "Totale"),
])  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_sums_among_the_answers_are_no_readers_and_that_is_told(
    sum_of: str, grand: str, first: bool, tmp_path: Path
) -> None:
    path = written(tmp_path, of_districts(sum_of, grand, first=first))

    proposal = propose(path)

    assert stored(path, proposal) == 30
    assert counts(path, proposal, question_on(proposal, "For it?")) == (30, {"Yes": 18, "No": 12})
    assert any("left out: 3 rows (a subtotal among the answers; line 12, 23, 34)" in one for one in proposal.notes)


@pytest.mark.parametrize("answer", ["Total Ban", "Partial total", "Sum of all", "Gesamt Ost"])
def test_an_answer_that_sounds_like_a_sum_is_an_answer(answer: str, tmp_path: Path) -> None:
    rows = [
        ["id", "What do you want?", "Age"],
        *([str(at), "Ban" if at % 2 else "Ost", str(at + 20)] for at in range(40)),
    ]
    rows[20][1] = answer
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert stored(path, proposal) == 40


SUMMARIES = {
    "SurveyMonkey": [["Q1. Open on Sundays?"], ["Answer Choices", "Responses", ""], ["Yes", "61.54%", "48"],
                     ["No", "28.21%", "22"], ["Not sure", "10.26%", "8"], ["", "Answered", "78"], ["", "Skipped", "5"],
                     [], ["Q2. How often?"], ["Answer Choices", "Responses", ""], ["Weekly", "50%", "40"],
                     ["Never", "50%", "40"]],
    "German, check-all": [["Frage 1: Was lesen Sie?"], ["Antwortoptionen", "Beantwortungen", ""],
                          ["Zeitung", "70,00 %", "56"], ["Radio", "55,00 %", "44"], ["Nichts", "10,00 %", "8"],
                          ["", "Beantwortet", "80"]],
    "LimeSurvey statistics": [["Summary for Q1", "", ""], ["Answer", "Count", "Percentage"],
                              ["Yes (A1)", "31", "62.00%"], ["No (A2)", "19", "38.00%"]],
    "Qualtrics report": [["#", "Answer", "%", "Count"], ["1", "Yes", "62.00%", "31"], ["2", "No", "24.00%", "12"],
                         ["3", "Not sure", "14.00%", "7"]],
    "decimals": [["Choice", "Share", "Count"], ["Bus", "0.32", "16"], ["Tram", "0.48", "24"], ["Bicycle", "0.2", "10"]],
    "counts alone": [["Opciones de respuesta", "Recuento"], ["Sí", "120"], ["No", "74"], ["No sabe", "6"]],
}  # fmt: skip


@pytest.mark.parametrize("name", SUMMARIES)
def test_counts_of_answers_are_refused_with_what_to_export_instead(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, SUMMARIES[name])

    with pytest.raises(FileError, match=r"export the single responses from your survey tool"):
        propose(path)


def test_few_readers_with_a_number_each_are_no_counts_of_answers(tmp_path: Path) -> None:
    rows = [["Name of the stop", "Waiting minutes", "Clean, 1 to 5?"], ["Mitte", "4.5", "3"], ["Nord", "9.5", "2"],
            ["Mitte", "2.5", "4"], ["Ost", "8.0", "2"], ["Nord", "6.5", "5"]]  # fmt: skip
    path = written(tmp_path, rows)

    assert stored(path, propose(path)) == 5
