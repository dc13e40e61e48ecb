"""Flags and notes that tell of the run of an interview: they screen rows or are left out, and never are answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.imports.propose import Proposal, propose
from tests.test_import_kinds import counts, question_on, written

READERS, MARKED = 40, 4


def proposed(folder: Path, columns: dict[str, tuple[str, str]]) -> tuple[Path, Proposal]:
    """Returns the proposal for 40 readers and four more rows: each column has a word for either."""
    rows = [["id", *columns, "For it?", "How do you come?"]]
    for at in range(READERS + MARKED):
        words = [other if at >= READERS else usual for usual, other in columns.values()]
        rows.append([f"r{at}", *words, ("Yes", "No")[at % 2], ("Bus", "Car", "Foot")[at % 3]])
    path = written(folder, rows)
    return path, propose(path)


@pytest.mark.parametrize(("name", "usual", "other"), [
    ("is_test", "false", "true"), ("Test", "0", "1"), ("isTest", "FALSE", "TRUE"), ("Testdaten", "nein", "ja"),
    ("is_spam", "0", "1"), ("deleted", "no", "yes"), ("es_prueba", "0", "1"), ("is_valid", "1", "0"),
    ("gültig", "ja", "nein"),
    ("Revisión", "ok", "PRUEBA, no contar"), ("Prüfung", "", "Pretest Kollegin"), ("Check", "ok", "test row"),
    ("Note interne", "", "à supprimer"), ("Nota", "", "da eliminare"), ("Notitie", "ok", "niet meetellen"),
    ("uwagi", "", "nie liczyć"),
    ("Revisão", "ok", "teste"), ("Notiz", "ok", "bitte löschen"),
])  # fmt: skip
def test_rows_that_a_flag_or_a_note_sets_apart_do_not_count_and_are_told(
    name: str, usual: str, other: str, tmp_path: Path
) -> None:
    path, proposal = proposed(tmp_path, {name: (usual, other)})

    assert counts(path, proposal, question_on(proposal, "For it?")) == (READERS, {"Yes": 20, "No": 20})
    assert [one.taken_for for one in proposal.columns if one.name == name] in (["metadata"], ["left out"])
    assert any(f"{name} is '{other}'" in one and "4 rows" in one for one in proposal.notes)


@pytest.mark.parametrize(("name", "usual", "other"), [
    ("is_complete", "true", "false"), ("completed", "1", "0"), ("abgeschlossen", "ja", "nein"),
    ("is_partial", "0", "1"), ("completado", "sí", "no"), ("Finished", "TRUE", "FALSE"),
])  # fmt: skip
def test_a_flag_of_those_who_came_to_the_end_leaves_the_others_out_until_they_are_to_count(
    name: str, usual: str, other: str, tmp_path: Path
) -> None:
    path, proposal = proposed(tmp_path, {name: (usual, other)})
    counted = propose(path, chosen={"unfinished": "counted"})

    assert proposal.unfinished == MARKED
    assert counts(path, proposal, question_on(proposal, "For it?"))[0] == READERS
    assert counts(path, counted, question_on(counted, "For it?"))[0] == READERS + MARKED


def test_flags_side_by_side_are_no_boxes_and_what_readers_are_stays_an_answer(tmp_path: Path) -> None:
    flags = {"is_mobile": ("1", "0"), "is_late": ("0", "1"), "has_errors": ("0", "0"), "is_member": ("1", "0")}
    _, proposal = proposed(tmp_path, flags)

    assert [one.taken_for for one in proposal.columns if one.name in flags] == ["metadata"] * 3 + ["question"]


@pytest.mark.parametrize(("name", "usual", "other"), [
    ("Notes", "Thank you all", "Test the water first, please do"), ("Have you taken a test?", "no", "yes"),
    ("Which test?", "PCR", "Test"), ("Anmerkungen", "Danke", "Test"),
])  # fmt: skip
def test_what_readers_say_of_tests_sets_no_row_apart(name: str, usual: str, other: str, tmp_path: Path) -> None:
    path, proposal = proposed(tmp_path, {name: (usual, other)})

    assert counts(path, proposal, question_on(proposal, "For it?"))[0] == READERS + MARKED
