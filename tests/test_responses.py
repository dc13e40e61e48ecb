"""Responses: every cell of a file is understood as the definition says, or its row is kept aside with the reason."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import DefinitionError, FileError
from analytics.imports.answers.responses import read_responses
from analytics.model import (
    Batch,
    Choice,
    ChoiceColumn,
    Chunk,
    Columns,
    Dimension,
    Level,
    Question,
    Survey,
)


def choices(*values: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, value, None, (value,)) for value in values)


def levels(*values: str) -> tuple[Level, ...]:
    return tuple(Level(value, value, (value,)) for value in values)


YES_NO = Question("q1", "Yes or no?", "single", "q1", choices("Yes", "No"), missing=("NA",))
AGE = Dimension("age", "Age", "age", levels("18-29", "30-59", "60+"), bands=(18, 30, 60), missing=("NA",))
SEX = Dimension(
    "sex", "Sex", "sex", (Level("F", "Women", ("F",)), Level("M", "Men", ("M", "m", "männlich"))), missing=("NA",)
)


def survey_of(
    *questions: Question, dimensions: tuple[Dimension, ...] = (), columns: Columns | None = None, zone: str = "UTC"
) -> Survey:
    return Survey("made-up", "Made up", zone, questions, dimensions, columns or Columns())


def read(folder: Path, survey: Survey, content: str, *, chunk_rows: int = 50_000) -> list[Chunk]:
    path = folder / "readers.csv"
    path.write_bytes(content.encode())
    return list(read_responses(path, survey, chunk_rows=chunk_rows))


def read_one(folder: Path, survey: Survey, content: str) -> Chunk:
    [chunk] = read(folder, survey, content)
    return chunk


def given_by_row(batch: Batch, key: str) -> list[list[str]]:
    answers = batch.answers[key]
    rows: list[list[str]] = [[] for _ in answers.status]
    for row, choice in zip(answers.row.tolist(), answers.choice.tolist(), strict=True):
        rows[row].append(answers.values[choice])
    return rows


def sentences(chunk: Chunk) -> list[str]:
    return [str(fault) for fault in chunk.faults]


def refusal(folder: Path, survey: Survey, content: str) -> str:
    with pytest.raises(FileError) as caught:
        read(folder, survey, content)
    return str(caught.value)


def test_a_small_file_becomes_one_batch(tmp_path: Path) -> None:
    survey = survey_of(
        YES_NO,
        Question("why", "Why?", "text", "why"),
        dimensions=(AGE, SEX),
        columns=Columns(
            "id", "reader", "at", weight="w", comment="note", consent="agreed", responded_at_format="%d.%m.%Y %H:%M"
        ),
        zone="Europe/Berlin",
    )
    content = (
        "id,reader,at,w,agreed,q1,why,note,age,sex\n"
        "007,ann,18.05.2025 12:00,1.5,yes,Yes,because,,29,F\n"
        " 8 ,, ,2,,,,So it is.,NA,m\n"
    )

    chunk = read_one(tmp_path, survey, content)

    assert (chunk.read, chunk.rejected, chunk.quarantined, chunk.faults) == (2, 0, (), ())
    frame = chunk.batch.responses
    assert frame.drop(columns=["content", "responded_at"]).to_dict("list") == {
        "key": ["id:007", "id:8"], "line": [2, 3], "weight": [1.5, 2.0], "respondent": ["ann", ""],
        "consent": ["yes", ""],
    }  # fmt: skip
    assert frame["responded_at"].tolist() == [pd.Timestamp("2025-05-18T10:00:00Z"), pd.NaT]
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "key": "str", "content": "int64", "line": "int64", "responded_at": "datetime64[s, UTC]", "weight": "float64",
        "respondent": "str", "consent": "str",
    }  # fmt: skip
    assert chunk.batch.levels["age"].tolist()[:1] == ["18-29"]
    assert chunk.batch.levels["age"].isna().tolist() == [False, True]
    assert chunk.batch.levels["sex"].tolist() == ["F", "M"]
    assert chunk.batch.levels["sex"].cat.categories.tolist() == ["F", "M"]
    assert chunk.batch.answers["q1"].status.tolist() == [1, 0]
    assert given_by_row(chunk.batch, "q1") == [["Yes"], []]
    assert list(chunk.batch.answers) == ["q1"]
    assert chunk.batch.texts.to_dict("list") == {
        "row": [0, 1], "question": ["why", ""], "text": ["because", "So it is."]
    }  # fmt: skip


def test_a_header_alone_gives_no_chunk(tmp_path: Path) -> None:
    assert read(tmp_path, survey_of(YES_NO), "q1\n") == []


def test_answers_are_compared_without_outer_white_space_and_with_composed_accents(tmp_path: Path) -> None:
    question = Question("q1", "?", "single", "q1", (Choice("café", "Café", None, ("café", "cafe")),))

    batch = read_one(tmp_path, survey_of(question), "q1\n  cafe\u0301 \ncafe\ncaf\u00e9\u00a0\n").batch

    assert given_by_row(batch, "q1") == [["café"]] * 3


def test_an_unknown_answer_sets_its_row_aside_and_says_what_was_expected(tmp_path: Path) -> None:
    content = "q1,age,sex\nYes,20,F\nMaybe,17,x\nno,old,F\nNo,18,m\n"

    chunk = read_one(tmp_path, survey_of(YES_NO, dimensions=(AGE, SEX)), content)

    assert sentences(chunk) == [
        "readers.csv, line 3, q1: found 'Maybe', expected one of 'Yes', 'No', or a word listed under missing",
        "readers.csv, line 3, age: found '17', expected a number from 18, or a word listed under missing",
        "readers.csv, line 3, sex: found 'x', expected one of 'F', 'M', or a word listed under missing",
        "readers.csv, line 4, q1: found 'no', expected one of 'Yes', 'No', or a word listed under missing",
        "readers.csv, line 4, age: found 'old', expected a number from 18, or a word listed under missing",
    ]
    assert (chunk.read, chunk.rejected) == (4, 0)
    assert [(row.line, row.cells, len(row.reasons)) for row in chunk.quarantined] == [
        (3, ("Maybe", "17", "x"), 3),
        (4, ("no", "old", "F"), 2),
    ]
    assert chunk.quarantined[1].reasons[0] == (
        "q1: found 'no', expected one of 'Yes', 'No', or a word listed under missing"
    )
    assert chunk.batch.responses.index.tolist() == [0, 1]
    assert chunk.batch.responses["line"].tolist() == [2, 5]
    assert given_by_row(chunk.batch, "q1") == [["Yes"], ["No"]]
    assert chunk.batch.levels["age"].tolist() == ["18-29", "18-29"]


def test_of_many_choices_a_message_shows_the_first_few(tmp_path: Path) -> None:
    question = Question("q1", "?", "single", "q1", choices(*"abcdefgh"))

    [sentence] = sentences(read_one(tmp_path, survey_of(question), "q1\nz\n"))

    assert sentence.endswith(
        "expected one of 'a', 'b', 'c', 'd', 'e', 'f' ... (8 choices in all), or a word listed under missing"
    )


def test_a_very_long_answer_is_shown_cut_short(tmp_path: Path) -> None:
    [fault] = read_one(tmp_path, survey_of(YES_NO), "q1\n" + "x" * 100_000 + "\n").faults

    assert fault.found == repr("x" * 80 + "...")


def test_ages_fall_into_bands_that_hold_their_lower_bound(tmp_path: Path) -> None:
    ages = ["18", "29", "29.99", "30", "59", "60", "1e2", " 44 ", "", "NA"]
    content = "age,x\n" + "".join(f"{age},\n" for age in ages)

    level = read_one(tmp_path, survey_of(dimensions=(AGE,)), content).batch.levels["age"]

    assert level.cat.codes.tolist() == [0, 0, 0, 1, 1, 2, 2, 1, -1, -1]
    assert level.cat.categories.tolist() == ["18-29", "30-59", "60+"]


@pytest.mark.parametrize(
    "cell", ["17", "17.99", "-20", "18-29", "1e999", "nan", "inf", "2_0", "20,5", "0x20", "\u0662\u0660", "."]
)
def test_what_is_no_number_or_below_the_first_band_is_a_fault(tmp_path: Path, cell: str) -> None:
    [fault] = read_one(tmp_path, survey_of(dimensions=(AGE,)), f'age\n"{cell}"\n').faults

    assert (fault.place, fault.found) == ("age", repr(cell))


def test_choices_and_levels_that_the_definition_leaves_out_are_taken_as_found(tmp_path: Path) -> None:
    question = Question("q1", "?", "single", "q1", found=True, missing=("99",))
    wave = Dimension("wave", "Wave", "wave", found=True)
    content = "q1,wave\nb,2\n a ,1\n99,\nb ,2\n007,10\n"

    batch = read_one(tmp_path, survey_of(question, dimensions=(wave,), columns=Columns(wave="wave")), content).batch

    assert batch.answers["q1"].values == ("b", "a", "007")
    assert given_by_row(batch, "q1") == [["b"], ["a"], [], ["b"], ["007"]]
    assert batch.levels["wave"].cat.categories.tolist() == ["2", "1", "10"]
    assert batch.levels["wave"].cat.codes.tolist() == [0, 1, -1, 0, 2]


def test_a_row_set_aside_keeps_only_what_the_definition_names(tmp_path: Path) -> None:
    content = "name,q1,ip\nJane Doe,Maybe,203.0.113.7\nAnn,Yes,203.0.113.8\n"

    chunk = read_one(tmp_path, survey_of(YES_NO), content)

    assert [row.cells for row in chunk.quarantined] == [("", "Maybe", "")]
    assert not any("Jane" in reason for row in chunk.quarantined for reason in row.reasons)


def test_choices_and_levels_found_only_in_rows_set_aside_do_not_appear(tmp_path: Path) -> None:
    question = Question("q2", "?", "single", "q2", found=True)
    wave = Dimension("wave", "Wave", "wave", found=True)

    batch = read_one(
        tmp_path, survey_of(YES_NO, question, dimensions=(wave,)), "q1,q2,wave\nMaybe,x,1\nYes,y,2\nNo,z,2\nYes,y,3\n"
    ).batch

    assert batch.answers["q2"].values == ("y", "z")
    assert given_by_row(batch, "q2") == [["y"], ["z"], ["y"]]
    assert batch.levels["wave"].tolist() == ["2", "2", "3"]
    assert batch.levels["wave"].cat.categories.tolist() == ["2", "3"]


JOINED = Question(
    "q1",
    "Which?",
    "multiple",
    "q1",
    choices("Yes", "Yes, often", "No", "often"),
    separator=", ",
    missing=("NA", "-, -"),
)


@pytest.mark.parametrize(
    ("cell", "ticked", "status"),
    [
        ("Yes", ["Yes"], 1),
        ("Yes, often", ["Yes, often"], 1),
        ("No, Yes, often", ["No", "Yes, often"], 1),
        ("often, Yes", ["often", "Yes"], 1),
        ("Yes, Yes, often, Yes", ["Yes", "Yes, often"], 1),
        ("No, No", ["No"], 1),
        (" No ,  Yes , ", ["No", "Yes"], 1),
        ("", [], 0),
        ("NA", [], 0),
        ("-, -", [], 0),
        ("NA, No", ["No"], 1),
    ],
)
def test_joined_answers_are_split_at_the_separator_longest_choice_first(
    tmp_path: Path, cell: str, ticked: list[str], status: int
) -> None:
    batch = read_one(tmp_path, survey_of(JOINED), f'id,q1\n1,"{cell}"\n2,No\n').batch

    assert given_by_row(batch, "q1") == [ticked, ["No"]]
    assert batch.answers["q1"].status.tolist() == [status, 1]
    assert batch.answers["q1"].values == ("Yes", "Yes, often", "No", "often")


def test_a_part_that_is_no_choice_sets_the_row_aside(tmp_path: Path) -> None:
    chunk = read_one(tmp_path, survey_of(JOINED), 'q1\n"No, Perhaps, Never"\nNo\n')

    assert sentences(chunk) == [
        "readers.csv, line 2, q1: found 'Perhaps', 'Never' in 'No, Perhaps, Never', expected choices joined by ', ', "
        "each one of 'Yes', 'Yes, often', 'No', 'often', or a word listed under missing"
    ]
    assert given_by_row(chunk.batch, "q1") == [["No"]]


def test_joined_answers_that_are_not_listed_are_taken_as_found(tmp_path: Path) -> None:
    question = Question("q1", "?", "multiple", "q1", separator=";", found=True, missing=("NA",))

    batch = read_one(tmp_path, survey_of(question), "q1\nb; a\nNA\n a;;c \n").batch

    assert batch.answers["q1"].values == ("b", "a", "c")
    assert given_by_row(batch, "q1") == [["b", "a"], [], ["a", "c"]]
    assert batch.answers["q1"].status.tolist() == [1, 0, 1]


def test_a_cell_of_nothing_but_separators_is_read_in_no_time(tmp_path: Path) -> None:
    batch = read_one(tmp_path, survey_of(JOINED), 'q1\n"' + ", " * 9_000 + '"\n').batch

    assert batch.answers["q1"].status.tolist() == [0]


COLUMNS = Question(
    "q1", "Which?", "multiple", None, choices("Radio", "Paper"), missing=("NA",),
    columns=(ChoiceColumn("q1_1", "Radio"), ChoiceColumn("q1_2", "Paper")), not_selected=("Not selected",),
)  # fmt: skip


def test_a_column_for_each_choice_tells_ticked_open_and_unanswered_apart(tmp_path: Path) -> None:
    content = (
        "q1_1,q1_2\nRadio,Paper\nRadio,Not selected\nNot selected,Not selected\n,\nNA,NA\n,Paper\nNA,Not selected\n"
    )

    batch = read_one(tmp_path, survey_of(COLUMNS), content).batch

    assert given_by_row(batch, "q1") == [["Radio", "Paper"], ["Radio"], [], [], [], ["Paper"], []]
    assert batch.answers["q1"].status.tolist() == [1, 1, 1, 0, 0, 1, 1]


def test_columns_may_have_words_of_their_own_for_ticked(tmp_path: Path) -> None:
    question = Question(
        "q1", "?", "multiple", None, choices("a", "b"), selected=("1", "x"), not_selected=("0",),
        columns=(ChoiceColumn("one", "a"), ChoiceColumn("two", "b")),
    )  # fmt: skip

    chunk = read_one(tmp_path, survey_of(question), "one,two\n1,0\nx, x \na,0\n0,2\n")

    assert given_by_row(chunk.batch, "q1") == [["a"], ["a", "b"]]
    assert sentences(chunk) == [
        "readers.csv, line 4, one: found 'a', expected '1' or 'x' where it was ticked, '0' or blank where not",
        "readers.csv, line 5, two: found '2', expected '1' or 'x' where it was ticked, '0' or blank where not",
    ]


def test_two_columns_of_one_choice_tick_it_once(tmp_path: Path) -> None:
    question = Question(
        "q1", "?", "multiple", None, choices("a"), selected=("1",),
        columns=(ChoiceColumn("one", "a"), ChoiceColumn("two", "a")),
    )  # fmt: skip

    assert given_by_row(read_one(tmp_path, survey_of(question), "one,two\n1,1\n,1\n1,\n").batch, "q1") == [["a"]] * 3


ASKED = (
    Question("q0", "Do you read?", "single", "q0", (Choice("1", "Yes", None, ("1", "yes")), Choice("2", "No"))),
    Question("q1", "Which?", "multiple", "q1", choices("a", "b"), separator=";", asked_if=(("q0", ("1",)),)),
    Question("q2", "Why a?", "text", "q2", asked_if=(("q1", ("a",)), ("q0", ("1", "2")))),
    Question("q3", "Sure?", "single", "q3", choices("s"), asked_if=(("q1", ("a", "b")),)),
)


def test_who_was_not_asked_is_told_from_who_did_not_answer(tmp_path: Path) -> None:
    content = "q0,q1,q2,q3\nyes,a;b,as it is,s\n1,b,,s\n1,,,\n2,,,\n,,,\n"

    chunk = read_one(tmp_path, survey_of(*ASKED), content)

    assert chunk.faults == ()
    assert chunk.batch.answers["q0"].status.tolist() == [1, 1, 1, 1, 0]
    assert chunk.batch.answers["q1"].status.tolist() == [1, 1, 0, -1, -1]
    assert chunk.batch.answers["q3"].status.tolist() == [1, 1, -1, -1, -1]
    assert chunk.batch.texts["row"].tolist() == [0]


def test_an_answer_to_a_question_that_was_not_asked_is_a_fault(tmp_path: Path) -> None:
    chunk = read_one(tmp_path, survey_of(*ASKED), "q0,q1,q2,q3\n2,a,,\n1,b,why,\n1,a,why,s\n,,,s\n")

    assert sentences(chunk) == [
        "readers.csv, line 2, q1: found 'a', expected no answer, as this is asked only where q0 is '1'",
        "readers.csv, line 3, q2: found 'why', expected no answer, "
        "as this is asked only where q1 is 'a' and q0 is '1' or '2'",
        "readers.csv, line 5, q3: found 's', expected no answer, as this is asked only where q1 is 'a' or 'b'",
    ]
    assert chunk.batch.responses["line"].tolist() == [4]


def test_an_unknown_answer_is_not_also_blamed_on_the_questions_that_hang_on_it(tmp_path: Path) -> None:
    chunk = read_one(tmp_path, survey_of(*ASKED), "q0,q1,q2,q3\nperhaps,a,why,s\n")

    assert [fault.place for fault in chunk.faults] == ["q0"]


def test_a_choice_ticked_in_a_column_of_a_question_not_asked_is_a_fault_of_that_column(tmp_path: Path) -> None:
    asked = Question("q0", "?", "single", "q0", choices("1", "2"))
    which = Question(
        "q1", "?", "multiple", None, COLUMNS.choices, columns=COLUMNS.columns, not_selected=COLUMNS.not_selected,
        asked_if=(("q0", ("1",)),),
    )  # fmt: skip

    chunk = read_one(tmp_path, survey_of(asked, which), "q0,q1_1,q1_2\n2,Not selected,\n2,Not selected,Paper\n")

    assert [(fault.line, fault.place) for fault in chunk.faults] == [(3, "q1_2")]
    assert chunk.batch.answers["q1"].status.tolist() == [-1]


def test_questions_that_wait_for_each_other_are_the_definitions_fault(tmp_path: Path) -> None:
    one = Question("a", "?", "single", "a", choices("1"), asked_if=(("b", ("1",)),))
    other = Question("b", "?", "single", "b", choices("1"), asked_if=(("a", ("1",)),))

    with pytest.raises(DefinitionError, match="found 'a' -> 'b' -> 'a'"):
        read(tmp_path, survey_of(one, other), "a,b\n1,1\n")


@pytest.mark.parametrize("cell", ["", "-0.1", "-1", "nan", "inf", "heavy", "1,5", "1e999"])
def test_a_weight_has_to_be_a_number_of_zero_or_more(tmp_path: Path, cell: str) -> None:
    survey = survey_of(columns=Columns(weight="w"))

    chunk = read_one(tmp_path, survey, f'id,w\n1,"{cell}"\n2, 0.25 \n')

    assert sentences(chunk) == [f"readers.csv, line 2, w: found {cell!r}, expected a number of 0 or more"]
    assert chunk.batch.responses["weight"].tolist() == [0.25]


def test_a_bad_time_sets_its_row_aside(tmp_path: Path) -> None:
    survey = survey_of(columns=Columns(responded_at="at"), zone="Europe/Berlin")

    chunk = read_one(tmp_path, survey, "at\n2025-03-30T02:30:00\n2025-03-30T03:30:00\nyesterday\n")

    assert sentences(chunk) == [
        "readers.csv, line 2, at: found '2025-03-30T02:30:00', expected a time that exists in Europe/Berlin",
        "readers.csv, line 4, at: found 'yesterday', "
        "expected a time such as 2023-02-13T09:12:52 or a date such as 2023-02-13",
    ]
    assert chunk.batch.responses["responded_at"].tolist() == [pd.Timestamp("2025-03-30T01:30:00Z")]


def test_a_blank_id_sets_its_row_aside_known_by_its_hash(tmp_path: Path) -> None:
    survey = survey_of(YES_NO, columns=Columns(response="id"))

    chunk = read_one(tmp_path, survey, "id,q1\n1,Yes\n ,No\n ,No\n")

    assert sentences(chunk) == [
        f"readers.csv, line {line}, id: found '', expected the response's own id" for line in (3, 4)
    ]
    first, second = (row.key for row in chunk.quarantined)
    assert first.startswith("row:")
    assert (first[:-1], first[-1], second[-1]) == (second[:-1], "0", "1")


def test_rows_without_an_id_are_known_by_their_cells_and_how_many_alike_stood_before(tmp_path: Path) -> None:
    content = "q1,other\nYes,\nNo,x\nYes,\nYes,\n" + "No,x\n"

    keys = [
        key
        for chunk in read(tmp_path, survey_of(YES_NO), content, chunk_rows=2)
        for key in chunk.batch.responses["key"]
    ]

    hashes, ordinals = zip(*(key.rsplit(":", 1) for key in keys), strict=True)
    assert ordinals == ("0", "0", "1", "2", "1")
    assert [len(key) for key in set(hashes)] == [len("row:") + 32] * 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["Yes", "No", "NA", ""]), min_size=1, max_size=30), st.integers(1, 31))
def test_keys_do_not_depend_on_how_a_file_is_cut_into_chunks(cells: list[str], chunk_rows: int) -> None:
    content = "q1,x\n" + "".join(f"{cell},\n" for cell in cells)
    with tempfile.TemporaryDirectory() as folder:
        whole = pd.concat([chunk.batch.responses for chunk in read(Path(folder), survey_of(YES_NO), content)])
        parts = read(Path(folder), survey_of(YES_NO), content, chunk_rows=chunk_rows)

    cut = pd.concat([chunk.batch.responses for chunk in parts])
    assert cut.to_dict("list") == whole.to_dict("list")
    assert cut["key"].is_unique


def test_cells_cannot_be_shuffled_into_each_other_without_another_key_and_content(tmp_path: Path) -> None:
    frame = read_one(tmp_path, survey_of(columns=Columns()), 'a,b\nx,yz\nxy,z\n"x,y",z\n"",xyz\nxyz,\n').batch.responses

    assert frame["key"].is_unique
    assert frame["content"].is_unique


def test_the_content_of_a_row_changes_with_any_of_its_cells_even_under_the_same_id(tmp_path: Path) -> None:
    survey = survey_of(YES_NO, columns=Columns(response="id"))

    frame = read_one(tmp_path, survey, "id,q1,unused\n1,Yes,a\n1,Yes,b\n1,Yes,a\n").batch.responses

    assert frame["key"].tolist() == ["id:1"] * 3
    assert (frame["content"][0] == frame["content"][2], frame["content"][0] == frame["content"][1]) == (True, False)


def test_keys_and_content_stay_what_they_are_from_version_to_version(tmp_path: Path) -> None:
    frame = read_one(tmp_path, survey_of(YES_NO), "q1,x\nYes,Käse\n").batch.responses

    # BLAKE2b of 16 bytes over "Yes", NUL, "Käse" in UTF-8; content is its first eight bytes, little-endian and signed.
    assert frame["key"].tolist() == ["row:9bd548e1dc3f7a6034cab123b2f9e428:0"]
    assert frame["content"].tolist() == [6951939192704783771]


def test_ragged_rows_are_rejected_and_shift_nothing(tmp_path: Path) -> None:
    survey = survey_of(YES_NO, columns=Columns(response="id"))

    chunk = read_one(tmp_path, survey, "id,q1\n1,Yes\n2,Yes,No\n3\n4,Maybe\n\n5,No\n")

    assert sentences(chunk) == [
        "readers.csv, line 3: found 3 cells, expected 2, as in the header",
        "readers.csv, line 4: found 1 cell, expected 2, as in the header",
        "readers.csv, line 5, q1: found 'Maybe', expected one of 'Yes', 'No', or a word listed under missing",
    ]
    assert (chunk.read, len(chunk.batch.responses), len(chunk.quarantined), chunk.rejected) == (5, 2, 1, 2)
    assert given_by_row(chunk.batch, "q1") == [["Yes"], ["No"]]


def test_a_chunk_may_hold_nothing_but_rejected_or_quarantined_rows(tmp_path: Path) -> None:
    joined = Question("j", "Which?", "multiple", "j", choices("a", "b"), separator=";")
    survey = survey_of(
        YES_NO, joined, dimensions=(AGE, SEX), columns=Columns("id", responded_at="at", weight="w", comment="q1")
    )

    rejected = read_one(tmp_path, survey, "id,at,w,q1,j,age,sex\n1\n")
    quarantined = read_one(tmp_path, survey, "id,at,w,q1,j,age,sex\n,x,-1,x,x,x,x\n")

    assert (rejected.read, rejected.rejected, len(rejected.batch.responses)) == (1, 1, 0)
    assert (quarantined.read, len(quarantined.quarantined), len(quarantined.batch.responses)) == (1, 1, 0)
    assert [fault.place for fault in quarantined.faults] == ["id", "at", "w", "q1", "j", "age", "sex"]
    for batch in (rejected.batch, quarantined.batch):
        assert str(batch.responses["responded_at"].dtype) == "datetime64[s, UTC]"
        assert batch.levels["age"].cat.categories.tolist() == ["18-29", "30-59", "60+"]
        assert len(batch.answers["q1"].status) == len(batch.texts) == 0


def test_a_fault_names_the_line_on_which_its_row_starts(tmp_path: Path) -> None:
    content = 'q1,note\nYes,"a\nb\r\nc"\nMaybe,"d\n\ne"\nNo,f\n1,2,3\n'

    chunk = read_one(tmp_path, survey_of(YES_NO), content)

    assert [fault.line for fault in chunk.faults] == [5, 9]
    assert chunk.batch.responses["line"].tolist() == [2, 8]


def test_a_column_read_twice_is_blamed_once_a_cell(tmp_path: Path) -> None:
    finer = Dimension("finer", "Age", "age", levels("14-21", "22+"), bands=(14, 22))

    chunk = read_one(tmp_path, survey_of(dimensions=(AGE, finer)), "age\n12\n23\n")

    assert [fault.line for fault in chunk.faults] == [2]
    assert chunk.batch.levels["finer"].tolist() == ["22+"]


def test_own_words_are_kept_as_they_stand(tmp_path: Path) -> None:
    why = Question("why", "Why?", "text", "why", missing=("NA", "-"))
    words = ["  two  words ", "=1+1", "<b>", "\u202egnol", "e\u0301", "👩\u200d👩", "x\ny"]
    rows = "".join(f'"{word}",\n' for word in words) + "NA,c\n - ,\n  ,d\n"

    texts = read_one(tmp_path, survey_of(why, columns=Columns(comment="note")), "why,note\n" + rows).batch.texts

    assert texts["text"].tolist() == [*words, "c", "d"]
    assert texts["question"].tolist() == ["why"] * len(words) + ["", ""]
    assert texts["row"].tolist() == [*range(len(words)), len(words), len(words) + 2]


def test_missing_columns_are_named_all_at_once_with_their_nearest(tmp_path: Path) -> None:
    survey = survey_of(YES_NO, COLUMNS, dimensions=(AGE,), columns=Columns("id", weight="weight"))

    assert refusal(tmp_path, survey, "ID,Q1,q1_2,ages,weights\n") == (
        "readers.csv: found no columns 'id', 'weight' (did you mean 'weights'?), 'q1' (did you mean 'q1_2'?), "
        "'q1_1' (did you mean 'q1_2'?), 'age' (did you mean 'ages'?), expected every column that the definition names\n"
        "The file's columns: 'ID', 'Q1', 'q1_2', 'ages', 'weights'.\n"
        "Correct the names in the definition, or export the file again with these columns."
    )


def test_of_many_columns_the_first_twenty_are_shown(tmp_path: Path) -> None:
    text = refusal(tmp_path, survey_of(YES_NO), ",".join(f"c{place}" for place in range(30)) + "\n")

    assert "'c19' ... (30 in all).\n" in text


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_file_that_only_another_separator_makes_a_table_of_is_read_with_that(tmp_path: Path, separator: str) -> None:
    lines = [["id", "q1"], ["7", "Yes"], ["8", '"No"']]

    chunk = read_one(tmp_path, survey_of(YES_NO), "".join(separator.join(cells) + "\n" for cells in lines))

    assert given_by_row(chunk.batch, "q1") == [["Yes"], ["No"]]


def test_column_names_are_compared_as_cells_are(tmp_path: Path) -> None:
    question = Question("q1", "?", "single", "Café ", choices("x"))

    assert given_by_row(read_one(tmp_path, survey_of(question), "\ufeff Cafe\u0301\nx\n").batch, "q1") == [["x"]]


def test_a_blank_column_name_may_be_used_only_where_it_is_the_only_one(tmp_path: Path) -> None:
    survey = survey_of(columns=Columns(response=""))

    assert read_one(tmp_path, survey, ",a\n7,x\n").batch.responses["key"].tolist() == ["id:7"]
    assert "found 2 columns named '', expected one" in refusal(tmp_path, survey, ",a,\n7,x,\n")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_table_of_listed_answers_comes_back_exactly(data: st.DataObject) -> None:
    word = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=6)
    words = data.draw(st.lists(word.filter(lambda text: text == text.strip()), min_size=2, max_size=6, unique=True))
    plain = data.draw(st.permutations(sorted({normalize("NFC", one) for one in words})))
    single = st.sampled_from(["", *plain])
    ticks = st.lists(st.sampled_from(plain), max_size=3, unique=True)
    rows = data.draw(st.lists(st.tuples(single, ticks, single), max_size=12))
    separator = "\n"
    survey = survey_of(
        Question("one", "?", "single", "one", choices(*plain)),
        Question("many", "?", "multiple", "many", choices(*plain), separator=separator),
        dimensions=(Dimension("group", "Group", "group", levels(*plain)),),
    )

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readers.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [["one", "many", "group"], *([one, separator.join(many), group] for one, many, group in rows)]
            )
        chunks = list(read_responses(path, survey, chunk_rows=5))

    assert [given for chunk in chunks for given in given_by_row(chunk.batch, "one")] == [
        [one] if one else [] for one, _, _ in rows
    ]
    assert [given for chunk in chunks for given in given_by_row(chunk.batch, "many")] == [many for _, many, _ in rows]
    assert [level for chunk in chunks for level in chunk.batch.levels["group"].astype("object").fillna("")] == [
        group for _, _, group in rows
    ]
    assert [fault for chunk in chunks for fault in chunk.faults] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["1", "Yes", "No", "Maybe", "", "20", "12"]), max_size=5), max_size=20))
def test_every_row_is_understood_kept_aside_or_rejected(rows: list[list[str]]) -> None:
    survey = survey_of(YES_NO, dimensions=(AGE,), columns=Columns("id"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readers.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id", "q1", "age"], *rows])
        chunks = list(read_responses(path, survey, chunk_rows=4))

    assert sum(chunk.read for chunk in chunks) == len([row for row in rows if row])
    for chunk in chunks:
        assert chunk.read == len(chunk.batch.responses) + len(chunk.quarantined) + chunk.rejected
        assert {fault.line for fault in chunk.faults}.isdisjoint(chunk.batch.responses["line"])
        assert len({fault.line for fault in chunk.faults}) == len(chunk.quarantined) + chunk.rejected


# Real surveys. The counts were made from the files themselves, outside of this program.


def counts(batches: list[Batch], key: str) -> dict[str, int]:
    return dict(Counter(value for batch in batches for given in given_by_row(batch, key) for value in given))


def statuses(batches: list[Batch], key: str) -> dict[int, int]:
    return dict(Counter(np.concatenate([batch.answers[key].status for batch in batches]).tolist()))


def test_the_masculinity_survey_is_read_without_a_fault(shared: Path) -> None:
    sources = [
        ("q0004_0001", "Father or father figure(s)"),
        ("q0004_0002", "Mother or mother figure(s)"),
        ("q0004_0003", "Other family members"),
        ("q0004_0004", "Pop culture"),
        ("q0004_0005", "Friends"),
        ("q0004_0006", "Other (please specify)"),
    ]
    employed = ("Employed, working full-time", "Employed, working part-time")
    survey = survey_of(
        Question(
            "masculine", "How masculine do you feel?", "single", "q0001",
            choices("Very masculine", "Somewhat masculine", "Not very masculine", "Not at all masculine"),
            missing=("No answer",),
        ),
        Question(
            "sources", "Where have you gotten your ideas?", "multiple", None, choices(*(value for _, value in sources)),
            columns=tuple(ChoiceColumn(column, value) for column, value in sources), not_selected=("Not selected",),
        ),
        Question("work", "Which best describes your job?", "single", "q0009", found=True, missing=("No answer",)),
        Question(
            "heard", "How much have you heard about #MeToo?", "single", "q0014",
            choices("A lot", "Some", "Only a little", "Nothing at all"), missing=("NA", "No answer"),
            asked_if=(("work", employed),),
        ),
        dimensions=(Dimension("age", "Age", "age3", levels("18 - 34", "35 - 64", "65 and up")),
                    Dimension("race", "Race", "racethn4", found=True)),
        columns=Columns(responded_at="EndDate", responded_at_format="%m/%d/%y %H:%M", weight="weight"),
        zone="America/New_York",
    )  # fmt: skip

    chunks = list(
        read_responses(
            shared / "data" / "respondents" / "538_masculinity_2018_raw_responses.csv", survey, chunk_rows=600
        )
    )

    batches = [chunk.batch for chunk in chunks]
    responses = pd.concat([batch.responses for batch in batches])
    assert [chunk.read for chunk in chunks] == [600, 600, 415]
    assert [fault for chunk in chunks for fault in chunk.faults] == []
    assert responses["key"].is_unique
    assert responses["line"].tolist() == list(range(2, 1617))
    assert responses["weight"].sum() == pytest.approx(1615, abs=1e-6)
    assert responses["responded_at"].min() == pd.Timestamp("2018-05-10T08:06:00Z")
    assert counts(batches, "masculine") == {
        "Somewhat masculine": 826, "Very masculine": 612, "Not very masculine": 131, "Not at all masculine": 32,
    }  # fmt: skip
    assert statuses(batches, "masculine") == {1: 1601, 0: 14}
    assert counts(batches, "sources")["Father or father figure(s)"] == 1109
    assert counts(batches, "sources")["Pop culture"] == 303
    assert statuses(batches, "sources") == {1: 1615}
    assert counts(batches, "heard") == {"A lot": 432, "Some": 225, "Nothing at all": 137, "Only a little": 85}
    assert statuses(batches, "heard") == {1: 879, 0: 1, -1: 735}
    ages = Counter(age for batch in batches for age in batch.levels["age"])
    assert ages == {"35 - 64": 855, "65 and up": 627, "18 - 34": 133}


def test_wave_nine_of_chronicles_is_read_without_a_fault(shared: Path) -> None:
    bands = levels("18-29", "30-39", "40-49", "50-59", "60+")
    survey = survey_of(
        Question(
            "ceasefire", "?", "single", "support_withdrawal_ceasefire", choices("Support", "Not support"),
            missing=("Difficult to answer", "Refused"),
        ),
        Question("goal", "?", "text", "comment_final_goal_ru"),
        dimensions=(Dimension("age", "Age", "age", bands, (18, 30, 40, 50, 60)),
                    Dimension("group", "Age", "age_group", bands), Dimension("sex", "Sex", "sex", found=True)),
        columns=Columns("respondent_id", responded_at="submitted_at", weight="weight"),
        zone="Europe/Moscow",
    )  # fmt: skip

    [chunk] = read_responses(shared / "data" / "respondents" / "chronicles_w09_2023-02_timestamped.csv", survey)

    batch = chunk.batch
    assert (chunk.read, len(batch.responses), chunk.faults) == (1600, 1600, ())
    assert counts([batch], "ceasefire") == {"Support": 599, "Not support": 800}
    assert statuses([batch], "ceasefire") == {1: 1399, 0: 201}
    assert batch.levels["age"].tolist() == batch.levels["group"].tolist()
    assert Counter(batch.levels["sex"]) == {"Male": 808, "Female": 792}
    assert len(batch.texts) == 1292
    days = batch.responses["responded_at"].dt.tz_convert("Europe/Moscow").dt.date.astype(str)
    assert Counter(days) == {
        "2023-02-03": 232, "2023-02-04": 258, "2023-02-05": 299, "2023-02-06": 293, "2023-02-07": 317,
        "2023-02-08": 188, "2023-02-09": 13,
    }  # fmt: skip


def test_the_comma_survey_is_read_without_a_fault(shared: Path) -> None:
    sentence = "In your opinion, which sentence is more gramatically correct?"
    care = (
        "How much, if at all, do you care about the use (or lack thereof) of the serial (or Oxford) comma in grammar?"
    )
    survey = survey_of(
        Question("oxford", sentence, "single", sentence, (
            Choice("It's important for a person to be honest, kind, and loyal.", "With"),
            Choice("It's important for a person to be honest, kind and loyal.", "Without"),
        )),
        Question("care", care, "scale", care, choices("A lot", "Some", "Not much", "Not at all")),
        dimensions=(Dimension("age", "Age", "Age", levels("18-29", "30-44", "45-60", "> 60")),),
        columns=Columns("RespondentID"),
    )  # fmt: skip

    [chunk] = read_responses(shared / "data" / "respondents" / "538_comma_survey.csv", survey)

    assert (chunk.read, chunk.faults) == (1129, ())
    assert chunk.batch.responses["key"][0] == "id:3292953864"
    assert list(counts([chunk.batch], "oxford").values()) == [488, 641]
    assert counts([chunk.batch], "care") == {"Some": 414, "A lot": 291, "Not much": 268, "Not at all": 126}
    assert statuses([chunk.batch], "care") == {1: 1099, 0: 30}
    assert Counter(chunk.batch.levels["age"].dropna()) == {"45-60": 290, "> 60": 272, "30-44": 254, "18-29": 221}
    assert chunk.batch.levels["age"].isna().sum() == 92
