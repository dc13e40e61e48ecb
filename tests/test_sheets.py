"""Tables of the page's own: what numbers, names and empty columns look like in them."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.model import Choice, Question
from analytics.model.scales import is_scale
from analytics.pages.ground.sheet import sheet_of


def texts(frame: pd.DataFrame) -> dict[str, list[str]]:
    sheet = sheet_of(frame, "Numbers")
    return {column.name: [row.cells[at].text for row in sheet.rows] for at, column in enumerate(sheet.columns)}


def test_numbers_have_thousands_a_true_minus_and_their_points_under_one_another() -> None:
    frame = pd.DataFrame({"Answer": ["Yes", "No", "Unsure"], "Base": [17858, 146, 3], "Share": [-26.9, 13.0, 30.15]})

    assert texts(frame) == {
        "Base": ["17,858", "146", "3"],
        "Share": ["\N{MINUS SIGN}26.9\u2007", "13\u2007\u2007\u2008", "30.15"],
    }


def test_a_column_without_anything_in_it_is_left_out_and_a_missing_number_is_a_dash() -> None:
    frame = pd.DataFrame({"Answer": ["Yes", "No"], "Share": [12.0, None], "Not shown because": ["", ""]})

    assert texts(frame) == {"Share": ["12", "–"]}


def test_numbers_stand_right_and_words_left() -> None:
    frame = pd.DataFrame({"Answer": ["Yes"], "Gap": ["+33"], "Interval": ["30 to 36"], "Net": ["−5"], "Part": ["12 %"]})

    assert {column.name for column in sheet_of(frame, "x").columns if column.text} == {"Interval"}


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd"])
def test_what_is_copied_out_of_a_table_turns_into_no_formula(text: str) -> None:
    sheet = sheet_of(pd.DataFrame({text: [text], "Why": [text]}), "x")

    assert not {sheet.corner[0], sheet.rows[0].name[0], sheet.rows[0].cells[0].text[0]} & set("=@+")


@pytest.mark.parametrize(
    ("labels", "scale"),
    [
        (("1", "2", "3", "4", "5"), True),
        (("5 fully", "4", "3", "2", "1 not at all"), True),
        (("18-29", "30-59", "60+"), True),
        (("1. Harris", "2. Trump", "3. Nobody"), False),
        (("3", "1", "2"), False),
        (("Yes", "No"), False),
    ],
)
def test_labels_that_count_up_or_down_are_a_scale(labels: tuple[str, ...], scale: bool) -> None:
    choices = tuple(Choice(label, label) for label in labels)

    assert is_scale(Question("q", "How much?", "single", choices=choices)) is scale
