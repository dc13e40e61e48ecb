"""Files that people edited by hand before they shared them: rows of tests, blank rows, dates in three ways, own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import FileError
from analytics.imports.propose import propose
from tests.test_code_books import workbook
from tests.test_import_kinds import counts, question_on, stored, written

ROWS = list(range(60))


@pytest.mark.parametrize("word", ["TEST", "TEST1", "Test 2", "prueba", "Teste 1"])
def test_a_row_numbered_as_a_test_is_left_out_and_that_is_told(word: str, tmp_path: Path) -> None:
    rows = [["Nr.", "For it?"], *([str(n), ["Yes", "No"][n % 2]] for n in ROWS), [word, "Yes"]]
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert stored(path, proposal) == 60
    assert any(word in note for note in proposal.notes)


def test_a_group_called_test_beside_another_stays(tmp_path: Path) -> None:
    rows = [["Group", "For it?"], *([["Test", "Control"][n % 2], ["Yes", "No"][n % 3 % 2]] for n in ROWS)]
    path = written(tmp_path, rows)

    assert stored(path, propose(path)) == 60


def test_short_names_of_notes_mark_tests(tmp_path: Path) -> None:
    notes = {3: "TESTE - ignorar", 9: "teste", 20: "por telefone"}
    rows = [["N", "A favor?", "Obs."], *([str(n), ["Sim", "Não"][n % 2], notes.get(n, "")] for n in ROWS)]
    path = written(tmp_path, rows)

    assert stored(path, propose(path)) == 58


def test_a_numero_sign_makes_no_text_central_european(tmp_path: Path) -> None:
    lines = ["Nº;A favor?;Com que frequência?", *(f"{n};{'Não' if n % 2 else 'Sim'};Às vezes" for n in ROWS)]
    path = tmp_path / "cartas.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))

    proposal = propose(path)

    assert {choice.label for choice in question_on(proposal, "A favor?").choices} == {"Sim", "Não"}


def test_dates_in_three_ways_with_years_of_two_digits_are_times(tmp_path: Path) -> None:
    days = [(f"{n % 18 + 13:02}/03/2026", f"{n % 18 + 13:02}-03-26", f"2026-03-{n % 18 + 13:02}")[n % 3] for n in ROWS]
    path = written(tmp_path, [["Date", "For it?"], *([day, ["Yes", "No"][n % 2]] for n, day in enumerate(days))])

    proposal = propose(path)

    assert proposal.survey.columns.responded_at == "Date"
    assert proposal.survey.columns.responded_at_format is not None
    assert "%d-%m-%y" in proposal.survey.columns.responded_at_format


def test_a_row_for_each_vote_of_polls_is_refused(tmp_path: Path) -> None:
    asked = ["For it?", "How do you come?", "How old are you?"]
    rows = [
        [str(n), f"2026-05-{n % 20 + 1:02}", asked[n % 3], f"answer {n % 7}", f"u{n // 5}", "mobile"]
        for n in range(200)
    ]
    path = written(tmp_path, [["vote_id", "voted_at", "poll_question", "answer", "user_id", "device"], *rows])

    with pytest.raises(FileError, match="a row for each answer, of 3 questions"):
        propose(path)


def test_short_words_for_no_answer_are_asked_about(tmp_path: Path) -> None:
    given = ["Tak", "Nie", "Nie wiem"]
    rows = [["brak odp." if n % 13 == at else given[(n + at) % 3] for at in range(3)] for n in ROWS]
    path = written(tmp_path, [["Czy pan płaci?", "Czy pan czyta?", "Czy pan ogląda?"], *rows])

    assert [doubt.about for doubt in propose(path).doubts] == ["unanswered"]


@pytest.mark.parametrize("name", ["w_rake", "raked_weight", "w_final", "rake_wt"])
def test_names_of_raked_weights_are_known(name: str, tmp_path: Path) -> None:
    rows = [[["Yes", "No"][n % 2], f"{0.5 + n % 11 / 10:.4f}"] for n in ROWS]
    path = written(tmp_path, [["For it?", name], *rows])

    assert propose(path).survey.columns.weight == name


def test_boxes_with_yes_in_several_spellings_are_one_question(tmp_path: Path) -> None:
    words = [["Ja", "ja", "Nee"], ["Nee", "Ja", "nee"], ["JA", "nee", "Ja"]]
    rows = [words[n % 3] for n in ROWS]
    path = written(tmp_path, [[f"Welke onderdelen gebruikt u? [{one}]" for one in ("Sport", "Kunst", "Weer")], *rows])

    proposal = propose(path)

    asked = question_on(proposal, "Welke onderdelen gebruikt u? [Sport]")
    assert counts(path, proposal, asked) == (60, {"Sport": 40, "Kunst": 40, "Weer": 20})


def test_an_answer_that_nobody_mentions_first_is_one_of_the_mentions(tmp_path: Path) -> None:
    options = ["Radio", "TV", "Paper", "Books", "Friends"]
    first = [n % 4 for n in ROWS]  # never Friends
    rows = [
        [options[at], options[(at + 1 + n % 3) % 5 or 4] if n % 4 else "", options[(at + 4) % 5] if n % 8 == 1 else ""]
        for n, at in enumerate(first)
    ]
    rows = [row if len({*filter(None, row)}) == len(list(filter(None, row))) else [row[0], "", ""] for row in rows]
    heads = [f"{word} згадка, What do you read?" for word in ("Перша", "Друга", "Третя")]
    path = written(tmp_path, [heads, *rows])

    assert question_on(propose(path), heads[0]).kind == "multiple"


@pytest.mark.parametrize("asked", [
    "Co możemy poprawić?", "What one thing should the paper change?", "Q5 Was sollte die Zeitung ändern?",
    "Que faut-il améliorer ?", "Cosa dovrebbe cambiare?", "O que devemos melhorar?", "Wat moet er beter?",
])  # fmt: skip
def test_own_words_that_come_again_are_text_where_the_wording_asks_for_them(asked: str, tmp_path: Path) -> None:
    said = ["More from the villages, please", "It comes too late in the morning", "Fewer adverts on page one"]
    rows = [[["Yes", "No"][n % 2], said[n // 4 % 3] if n % 4 == 0 else ""] for n in ROWS]
    path = written(tmp_path, [["For it?", asked], *rows])

    assert question_on(propose(path), asked).kind == "text"


def test_marks_of_a_school_score_as_they_are_written(tmp_path: Path) -> None:
    marks = ["sehr gut", "gut", "befriedigend", "ausreichend", "mangelhaft", "ungenügend"]
    legend = [["Variable", "Frage", "Wert", "Bedeutung"],
              *(["m", "Welche Schulnote geben Sie?", at, mark] for at, mark in enumerate(marks, 1)),
              ["go", "Gehen Sie hin?", 1, "ja"], ["go", "", 2, "nein"]]  # fmt: skip
    path = workbook(tmp_path, {"Daten": [["nr", "m", "go"], *([n, 1 + n % 6, 1 + n % 2] for n in ROWS)], "L": legend})

    asked = question_on(propose(path), "m")

    assert (asked.kind, [choice.score for choice in asked.choices]) == ("scale", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])


def test_how_long_it_took_is_no_question(tmp_path: Path) -> None:
    rows = [[["Yes", "No"][n % 2], str(200 + n)] for n in ROWS]
    path = written(tmp_path, [["For it?", "Time Taken to Complete (Seconds)"], *rows])

    assert [question.text for question in propose(path).survey.questions] == ["For it?"]


def test_a_few_sentences_under_a_code_are_text_though_two_wrote_the_same(tmp_path: Path) -> None:
    said = {2: "I do miss the letters daily", 9: "Please more news of the children", 14: "Keep the map every morning",
            20: "More of the weather as it was", 26: "Thank you for sport on Mondays", 30: "Bring the crossword back again",
            31: "I do miss the letters daily", 40: "Please more news of the children"}  # fmt: skip
    rows = [[said.get(n, ""), ["Yes", "No"][n % 2]] for n in ROWS]
    path = written(tmp_path, [["q3", "q8"], *rows])

    assert question_on(propose(path), "q3").kind == "text"


@pytest.mark.parametrize(("heading", "done", "half"), [
    ("Complete?", "Complete", "Incomplete"), ("Completed", "completed", "partial"), ("Beendet", "vollständig", "abgebrochen"),
    ("Terminé", "Complète", "Incomplète"), ("Completado", "Completa", "Parcial"),
])  # fmt: skip
def test_a_column_that_says_in_words_who_came_to_the_end_is_no_question(
    heading: str, done: str, half: str, tmp_path: Path
) -> None:
    rows = [["Nr.", "For it?", heading], *([str(n), ["Yes", "No"][n % 2], half if n % 10 == 0 else done] for n in ROWS)]
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert len(proposal.survey.questions) == 1
    assert stored(path, proposal) == 54
    assert any("unfinished" in note for note in proposal.notes)
