"""Exports whose headings, marks and clocks are odd: options that hold what parts headings, boxes ticked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from analytics.imports.answers.changes import accepted
from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import propose
from analytics.imports.reading.tables import read_table
from tests.import_cases import faults_of
from tests.test_odd_files import READERS, Odd, drawn, numbers, one, steps, turned


def boxes(options: Sequence[str], seed: int, *, ticks: Sequence[str] = (), open_box: str = "") -> list[list[str]]:
    """Returns a row of boxes for each reader: a ticked one holds a mark, or its own option where there is none."""
    random = Random(seed)
    return [
        [(random.choice(ticks) if ticks else option) if random.random() < 0.4 else open_box for option in options]
        for _ in range(READERS)
    ]


def several(text: str, columns: Sequence[str], options: Sequence[str], rows: Sequence[Sequence[str]]) -> dict:
    """Returns what is right for boxes: who ticked none was not asked, where an open box is blank."""
    ticked = [[cell not in ("", "0", "Unchecked") for cell in row] for row in rows]
    base = sum(any(row) if "" in {cell for one in rows for cell in one} else True for row in ticked)
    counts = [[option, sum(row[at] for row in ticked)] for at, option in enumerate(options)]
    return {"wording": text, "columns": list(columns), "kind": "multiple", "base": base, "choices": counts}


@pytest.mark.parametrize("options", [
    ("Radio", "Television", "Web: news, blogs", "Paper"), ("Web: news", "Web: blogs", "Radio"),
    ("At 20:00", "At 22:30", "Never"),
])  # fmt: skip
def test_an_option_of_alchemer_may_hold_a_colon(options: Sequence[str], tmp_path: Path) -> None:
    asked = "Where do you get your news?"
    names = [f"{option}:{asked}" for option in options]
    rows = boxes(options, 1)
    own = [[str(at), "2025-04-07 10:00:00", "Complete"] for at in range(READERS)]
    table = [[*a, *b] for a, b in zip(own, rows, strict=True)]
    path = Odd([["Response ID", "Date Submitted", "Status", *names]], table, {}).written(tmp_path)

    assert faults_of(path, {"questions": [several(asked, names, options, rows)]}) == []


def test_an_option_in_a_plain_heading_may_hold_a_colon(tmp_path: Path) -> None:
    options = ("Radio", "Web: blogs", "Television")
    names, rows = [f"{option}:Which?" for option in options], boxes(("Radio", "Web: blogs", "Television"), 2)
    path = Odd([["id", *names]], [[a, *b] for a, b in zip(numbers(), rows, strict=True)], {}).written(tmp_path)

    assert faults_of(path, {"questions": [several("Which?", names, options, rows)]}) == []


@pytest.mark.parametrize("whole", [True, False])
def test_an_option_of_kobotoolbox_may_hold_a_slash(whole: bool, tmp_path: Path) -> None:
    options = ("Radio", "Printed paper / PDF", "Web")
    names, rows = [f"What do you use?/{option}" for option in options], boxes(options, 3, ticks="1", open_box="0")
    joined = [" ".join(option for option, cell in zip(options, row, strict=True) if cell == "1") for row in rows]
    table = [
        [f"u{at}", "2024-05-02T09:00:00", *([words] if whole else []), *row]
        for at, (words, row) in enumerate(zip(joined, rows, strict=True))
    ]
    path = Odd([["_uuid", "_submission_time", *(["What do you use?"] if whole else []), *names]], table,
               {}).written(tmp_path)  # fmt: skip

    assert faults_of(path, {"questions": [several("What do you use?", names, options, rows)]}) == []


def test_a_second_heading_row_of_surveymonkey_may_be_blank_under_a_question_of_one_column(tmp_path: Path) -> None:
    fixed = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
             "Last Name", "Custom Data 1"]  # fmt: skip
    options, likely = ("Rent", "Food", "Energy"), [str(at % 11) for at in range(READERS)]
    rows, member = boxes(options, 4), drawn(("Yes", "No"), 5)
    stamp = "05/02/2024 09:10:00 AM"
    own = [[f"{at + 1000}", "7", stamp, stamp, *[""] * 5] for at in range(READERS)]
    table = [[*a, *b, c, d] for a, b, c, d in zip(own, rows, likely, member, strict=True)]
    first = [*fixed, "Which costs worry you?", "", "", "How likely are you to recommend us?", "Member?"]
    path = Odd([first, [*[""] * 9, *options, "", "Response"]], table, {}).written(tmp_path)
    names = [f"Which costs worry you? [{option}]" for option in options]

    assert faults_of(path, {"questions": [
        several("Which costs worry you?", names, options, rows),
        steps("How likely are you to recommend us?", likely, 0, 10), one("Member?", member),
    ]}) == []  # fmt: skip


@pytest.mark.parametrize("headings", [["Uses? [TV]", "Uses? [Radio]", "Uses? [Web]"], ["TV", "Radio", "Web"]])
def test_boxes_may_be_ticked_by_hand_with_several_marks(headings: list[str], tmp_path: Path) -> None:
    options, rows = ("TV", "Radio", "Web"), boxes(("TV", "Radio", "Web"), 6, ticks=("x", "X", "✓", "✔"))
    path = Odd([["slip", *headings]], [[a, *b] for a, b in zip(numbers(), rows, strict=True)], {}).written(tmp_path)

    assert faults_of(path, {"questions": [several("Uses?", headings, options, rows)]}) == []


def test_a_tick_and_a_cross_are_not_one_mark(tmp_path: Path) -> None:
    rows = [[("✓", "✗")[at % 2], ("✗", "✓")[at % 3 > 0]] for at in range(READERS)]
    path = Odd([["slip", "TV", "Radio"]], [[a, *b] for a, b in zip(numbers(), rows, strict=True)], {}).written(tmp_path)

    assert [question.kind for question in propose(path).survey.questions] == ["single", "single"]


def test_an_offset_may_stand_behind_a_clock_whatever_the_date_looks_like(tmp_path: Path) -> None:
    stamps = [f"{at % 28 + 1:02}/05/2025 23:40 -03:00" for at in range(READERS)]
    path = Odd([["Answered at", "Are you for it?"]], turned(stamps, drawn(("Yes", "No"), 7)), {}).written(tmp_path)
    survey = propose(path).survey

    assert (survey.columns.responded_at, survey.columns.responded_at_format) == ("Answered at", "%d/%m/%Y %H:%M %z")
    assert survey.columns.own_clock


def test_the_seconds_that_limesurvey_counts_for_a_question_of_boxes_are_no_question(tmp_path: Path) -> None:
    rows = boxes(("Y", "Y"), 8, ticks="Y")
    table = [
        [str(at), "2024-05-02 10:00:00", "4", *row, f"{3 + at % 17}.{at % 90 + 10}"] for at, row in enumerate(rows)
    ]
    path = Odd([["id", "submitdate", "lastpage", "media[SQ001]", "media[SQ002]", "mediaTime"]], table,
               {}).written(tmp_path)  # fmt: skip

    assert [question.kind for question in propose(path).survey.questions] == ["multiple"]


def test_quotation_marks_around_a_joined_option_are_no_part_of_it(tmp_path: Path) -> None:
    random, things = Random(9), ("Radio", '"Print, e-paper"', '"Web,app"', "TV")
    cells = [",".join(random.sample(things, random.choice((1, 1, 2, 3)))) for _ in range(READERS)]
    path = Odd([["id", "Where do you get news?"]], turned(numbers(), cells), {}).written(tmp_path)
    [question] = propose(path).survey.questions

    assert {choice.label for choice in question.choices} == {"Radio", "Print, e-paper", "Web,app", "TV"}


def test_redcap_boxes_and_times_are_known_and_its_own_columns_are_no_questions(tmp_path: Path) -> None:
    options = ("Radio", "Newspaper", "News app")
    names = [f"Which do you use? (choice={option})" for option in options]
    rows = boxes(options, 10, ticks=("Checked",), open_box="Unchecked")
    sent = [at % 8 != 7 for at in range(READERS)]
    table = [
        [str(at), "", f"2025-08-04 00:{at % 60:02}:04" if done else "[not completed]", *row, "Complete" if done else
         "Incomplete"] for at, (row, done) in enumerate(zip(rows, sent, strict=True))
    ]  # fmt: skip
    path = Odd([["Record ID", "Survey Identifier", "Survey Timestamp", *names, "Complete?"]], table,
               {}).written(tmp_path)  # fmt: skip
    kept = [row for row, done in zip(rows, sent, strict=True) if done]

    assert faults_of(path, {"questions": [several("Which do you use?", names, options, kept)]}) == []
    assert propose(path).survey.columns.responded_at == "Survey Timestamp"
    assert read_table(path).tool == "REDCap"


def test_a_lone_box_is_no_question_since_a_blank_says_nothing(tmp_path: Path) -> None:
    random = Random(11)
    boxed = [random.choice(("checked", "")) for _ in range(READERS)]
    path = Odd([["id", "Subscriber", "Are you for it?"]], turned(numbers(), boxed, drawn(("Yes", "No"), 12)),
               {}).written(tmp_path)  # fmt: skip
    proposal = propose(path)

    assert [question.text for question in proposal.survey.questions] == ["Are you for it?"]
    assert "one box alone" in next(column.why for column in proposal.columns if column.name == "Subscriber")


@pytest.mark.parametrize("tick", ["1", "2"])
def test_short_names_that_begin_alike_over_1_and_2_are_asked_about(tick: str, tmp_path: Path) -> None:
    random, names = Random(13), ("news_tv", "news_radio", "news_online")
    rows = [[random.choice("12") for _ in names] for _ in range(READERS)]
    path = Odd([["caseid", *names]], [[a, *b] for a, b in zip(numbers(), rows, strict=True)], {}).written(tmp_path)
    [doubt] = propose(path).doubts
    [question] = propose(path, chosen={"boxes": tick}).survey.questions

    assert doubt.about == "boxes"
    assert (question.kind, question.selected) == ("multiple", (tick,))
    assert [one.column for one in question.columns] == list(names)


def test_what_typeform_readers_wrote_under_other_is_an_answer_of_the_question_beside_it(tmp_path: Path) -> None:
    given = [("", f"By the sea, {at}") if at % 20 == 3 else (("North", "South")[at % 2], "") for at in range(READERS)]
    rows = [[f"r{at}", *one, "2025-06-09 10:00:00"] for at, one in enumerate(given)]
    path = Odd([["#", "Where do you shop?", "Other", "Submit Date (UTC)"]], rows, {}).written(tmp_path)
    shops = [one or "Other" for one, _ in given]
    right = {**one("Where do you shop?", shops), "columns": ["Where do you shop? / Other"]}

    assert (
        faults_of(path, {"questions": [right, {"wording": "Other", "columns": ["Other"], "kind": "text", "base": 4}]})
        == []
    )


def test_new_words_under_typeforms_other_are_no_new_answers(tmp_path: Path) -> None:
    heads = ["#", "Where do you shop?", "Other", "Submit Date (UTC)"]
    rows = [[f"r{at}", *(("", "Abroad") if at == 3 else (("North", "South")[at % 2], "")), "2025-06-09 10:00:00"]
            for at in range(READERS)]  # fmt: skip
    survey = propose(Odd([heads], rows, {}).written(tmp_path)).survey
    later = Odd([heads], [*rows, ["r99", "", "At the mill", "2025-06-10 10:00:00"]], {}, file="later.csv").written(
        tmp_path
    )

    assert accepted(later, survey).questions == survey.questions
    assert [chunk.faults for chunk in read_responses(later, survey)] == [()]
