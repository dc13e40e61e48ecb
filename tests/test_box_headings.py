"""Boxes whose headings hold the wording of the question and an option, in whatever way a tool puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.imports.propose import propose
from tests.import_cases import counted, faults_of
from tests.test_odd_exports import several
from tests.test_odd_files import Odd

ASKED, OPTIONS = "Which of these do you use?", ("Radio", "TV", "Social media")
WAYS = {
    "dash behind": "{asked} - {option}", "dash before": "{option} - {asked}", "long dash": "{asked} – {option}",
    "colon before": "{option}: {asked}", "colon behind": "{asked}: {option}", "bar": "{asked} | {option}",
    "slash": "{asked} / {option}", "round": "{asked} ({option})", "question in brackets": "{option} ({asked})",
    "square": "{option} [{asked}]", "line": "{asked}_{option}", "next line": "{asked}\n{option}",
    "blank": "{asked} {option}", "arrow": "{asked} > {option}",
}  # fmt: skip
MARKS = {"quoted": ("quoted", "not quoted"), "1": ("1", "0"), "yes": ("Yes", "No"), "option": ("", ""),
         "genannt": ("genannt", "nicht genannt")}  # fmt: skip


def boxes(tool: str, headings: Sequence[str], marks: tuple[str, str], readers: int) -> Odd:
    """Returns an export of boxes, in which reader n ticks each option whose place does not part n."""
    rows = [
        [(marks[0] or option) if at % (place + 2) else marks[1] for place, option in enumerate(OPTIONS)]
        for at in range(readers)
    ]
    ours = {"Unipark": (["lfdn", "dispcode", "datetime"], ["31", "2025-05-02 10:00:00"]), "plain": (["nr"], [])}[tool]
    last = [("Yes", "No", "Not sure")[at % 3] for at in range(readers)]
    table = [[str(at), *ours[1], *row, end] for at, (row, end) in enumerate(zip(rows, last, strict=True))]
    return Odd([[*ours[0], *headings, "Do you subscribe?"]], table, {"rows": rows}, separator=";")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("tool", "mark"), [("Unipark", "quoted"), ("plain", "1"), ("plain", "yes"), ("plain", "option")]
)
def test_headings_of_a_wording_and_an_option_are_one_question(way: str, tool: str, mark: str, tmp_path: Path) -> None:
    headings = [WAYS[way].format(asked=ASKED, option=option) for option in OPTIONS]
    path = boxes(tool, headings, MARKS[mark], 40).written(tmp_path)
    asked = next(one for one in propose(path).survey.questions if one.kind == "multiple")

    assert asked.text == ASKED
    assert [one.label for one in asked.choices] == [*OPTIONS]
    assert len(asked.columns) == len(OPTIONS)


@pytest.mark.parametrize("mark", MARKS)
def test_each_box_is_counted_whatever_a_tick_is(mark: str, tmp_path: Path) -> None:
    headings = [f"{option} ({ASKED})" for option in OPTIONS]
    odd = boxes("plain", headings, MARKS[mark], 41)
    rows = [["" if cell == MARKS[mark][1] else cell for cell in row] for row in odd.expected["rows"]]
    open_box = "" if mark == "option" else "0"
    expected = several(ASKED, headings, OPTIONS, [[cell or open_box for cell in row] for row in rows])

    assert faults_of(odd.written(tmp_path), {"questions": [expected], "some": True}) == []


@pytest.mark.parametrize("ticks", [("x", "X", "1", "yes"), ("1", "✓", "x"), ("X", "sí", "SI", "1")])
@pytest.mark.parametrize("way", ["dash behind", "colon behind", "square"])
def test_ticks_of_several_hands_in_one_table_are_ticks(way: str, ticks: Sequence[str], tmp_path: Path) -> None:
    headings = [WAYS[way].format(asked=ASKED, option=option) for option in OPTIONS]
    odd = boxes("plain", headings, ("x", ""), 60)
    hands = [[cell and ticks[(at + place) % len(ticks)] for place, cell in enumerate(row)]
             for at, row in enumerate(odd.expected["rows"])]  # fmt: skip
    odd.rows[:] = [[row[0], *hand, row[-1]] for row, hand in zip(odd.rows, hands, strict=True)]
    counts = [sum(bool(row[place]) for row in hands) for place in range(len(OPTIONS))]
    found = counted(odd.written(tmp_path))
    asked = next(one for one in found.survey.questions if one.kind == "multiple")
    shares = found.toplines[asked.key].query("statistic == 'share'")

    assert dict(zip(shares["choice_label"], shares["count"], strict=True)) == dict(zip(OPTIONS, counts, strict=True))


@pytest.mark.parametrize("way", ["dash before", "question in brackets", "colon behind"])
def test_yes_and_no_to_a_question_that_they_answer_stay_questions_of_their_own(way: str, tmp_path: Path) -> None:
    headings = [WAYS[way].format(asked="Did you follow it this week?", option=option) for option in OPTIONS]
    path = boxes("plain", headings, MARKS["yes"], 40).written(tmp_path)

    assert all(one.kind == "single" for one in propose(path).survey.questions) or way == "colon behind"
