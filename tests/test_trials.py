"""Rows by which somebody tried the form, and rows that stand twice: told and offered, never left out unseen."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.imports.propose import propose
from tests.import_cases import counted

REAL = ("the test centre should stay", "Please test the site before launch", "I like it", "more sport", "Tests help")
NAMES = ("Anna Berg", "Karl Test-Meier", "Ada Long", "Ben Short", "Eva Klein")
HEAD = ["Response ID", "Submitted", "For it?", "Comments"]


def written(folder: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    path = folder / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def answers(readers: int = 40) -> list[list[str]]:
    return [[f"r{at}", f"2025-05-02 10:{at:02}:07", ("Yes", "No")[at % 2], REAL[at % 5]] for at in range(readers)]


@pytest.mark.parametrize(("heading", "words"), [
    ("Comments", ["TEST please ignore", "test test", "asdf"]),
    ("Anmerkungen", ["Testeintrag", "Test, bitte ignorieren"]),
    ("Name", ["Test User", "TEST"]), ("Remarques", ["ceci est un test"]),
    ("Sugerencias", ["prueba", "prueba 2", "qwerty"]),
    ("What else?", ["this is only a test", "Please ignore"]),
    ("Uwagi", ["to jest test", "Test, proszę usunąć", "próba"]),
    ("Name", ["Test 2", "asd", "aaaa"]), ("Commenti", ["è una prova", "prova redazione"]),
    ("Opmerkingen", ["dit is een test"]), ("Что ещё?", ["это тест", "проверка"]), ("ご意見", ["テスト"]),
    ("E-mail", ["test@test.pl", "asdf@web.de", "reader@test.org"]),
])  # fmt: skip
def test_rows_that_say_they_are_tests_are_asked_about_and_left_out_on_request(
    heading: str, words: Sequence[str], tmp_path: Path
) -> None:
    rows = answers()
    for at, word in enumerate(words):
        rows[7 * at + 2][3] = word
    if heading == "E-mail":
        rows = [[*row[:3], row[3] if row[3] in words else f"reader{at}@news.org"] for at, row in enumerate(rows)]
    if heading == "Name":
        rows = [[*row[:3], row[3] if row[3] in words else f"{NAMES[at % 5]} {at}"] for at, row in enumerate(rows)]
    path = written(tmp_path, rows, [*HEAD[:3], heading])
    doubt = next(one for one in propose(path).doubts if one.about == "tests")
    kept, left = (propose(path, chosen={"tests": choice}) for choice in ("counted", "left-out"))

    assert doubt.readings[0][0] == "counted"
    assert all(repr(word) in str(doubt) and str(7 * at + 4) in str(doubt) for at, word in enumerate(words))
    assert (kept.doubts, kept.survey.file.rows_out) == ((), ())
    assert left.doubts == ()
    assert left.survey.file.rows_out == ((heading, tuple(words)),)
    assert any(note.startswith("left out: ") for note in left.notes)


@pytest.mark.parametrize(("heading", "words"), [
    ("Comments", REAL), ("Group", ["Test", "Control"]), ("Which magazine?", ["Test", "Focus", "Stern"]),
    ("Name", NAMES), ("E-mail", ["a@contest.org", "protest@news.org", "b@web.de"]),
    ("What else?", ["aha", "è una buona prova di stampa", "this is a test of patience for us", "mmm", *REAL]),
])  # fmt: skip
def test_answers_that_speak_of_tests_are_answers(heading: str, words: Sequence[str], tmp_path: Path) -> None:
    rows = [[*row[:3], words[at % len(words)]] for at, row in enumerate(answers())]

    assert [one.about for one in propose(written(tmp_path, rows, [*HEAD[:3], heading])).doubts] == []


@pytest.mark.parametrize("name", ["Response ID", "Participant", "id"])
@pytest.mark.parametrize("changed", [True, False])
def test_a_reader_whose_id_stands_twice_counts_once_and_that_is_told(name: str, changed: bool, tmp_path: Path) -> None:
    again = [[*row[:1], "2025-05-03 09:00:00", "No", ""] if changed else row for row in (answers()[4], answers()[6])]
    found = counted(written(tmp_path, [*answers(), *again], [name, *HEAD[1:]]))
    report = found.report

    assert found.survey.columns.response == name
    assert (report.stored, report.rejected, report.duplicate) == ((40, 2, 0) if changed else (40, 0, 2))
    assert any("2 rows have the id of one before them (line 42, 43)" in note for note in found.proposal.notes)


def test_copies_of_rows_without_an_id_are_told_where_their_times_agree(tmp_path: Path) -> None:
    rows = [row[1:] for row in answers()]
    timed = propose(written(tmp_path, [*rows, rows[3]], HEAD[1:])).notes
    untimed = propose(written(tmp_path, [row[1:] for row in [*rows, rows[3]]], HEAD[2:])).notes

    assert any("1 row is the copy of another, its time too (line 42)" in note for note in timed)
    assert not any("copy of another" in note for note in untimed)
