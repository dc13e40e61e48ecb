"""One question by another counted from a text of letters: exactly what the grouped query counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model import Columns, Survey, Wanted
from analytics.store.follow import cross
from analytics.store.follow.cross import _counted_in_groups, can_stream, read_crossed
from analytics.store.place.connections import Store, reading
from analytics.store.tables.surveys import survey_by_key
from tests.surveys import RIVER, SAME, Reader, opened, record

OPEN = replace(RIVER, columns=Columns(response="id", responded_at="at"))
WANTED = Wanted("move", "whole", ("trust",))

GAVE = (("move", ("Yes", "No")), ("needs", ("Bank", "Boats")))
"""A filter on two answers, one of them to a question that takes several."""
SUNDAY = datetime(2025, 3, 30, tzinfo=UTC)
"""The clocks change an hour later."""

ONE = st.builds(
    lambda move, trust, needs, age, minutes: Reader(
        "", {key: given for key, given in (("move", move), ("trust", trust), ("needs", needs)) if given is not None},
        {"age": age}, at=None if minutes is None else SUNDAY + timedelta(minutes=minutes),
    ),
    st.sampled_from([None, (), ("Yes",), ("No",), ("Unsure",)]),
    st.sampled_from([None, (), ("1",), ("5",), ("?",)]),
    st.sampled_from([None, (), ("Bank",), ("Bank", "Boats"), ("Bridge",)]),
    st.sampled_from(["18-29", "60+"]),
    st.none() | st.integers(-2000, 2000),
)  # fmt: skip
"""A reader: not asked (None), blank (()) or an answer to each question, with an age, and a time or none."""
ASKED = (
    WANTED, Wanted("trust", "whole", ("move",)), Wanted("move", "whole", ()), Wanted("trust", "day"),
    Wanted("move", "hour", ("trust",)), Wanted("trust", "whole", (), GAVE), Wanted("trust", "day", ("move",), GAVE[1:]),
    Wanted("move", "hour", (), (("trust", ("5",)),)), Wanted("move", "whole", ("trust",), GAVE[:1], "with screened"),
)  # fmt: skip


def both(store: Store, wanted: Wanted = WANTED, key: str = "river") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns the cells as they are read, and as the grouped query counts them."""
    with reading(store) as connection:
        survey_id, definition, numbers = survey_by_key(connection, key)
        question = definition.question(wanted.question)
        assert question is not None
        names = ["period", "profile", "choice", *wanted.crossed, "n", "w", "w2"]
        arguments = (connection, survey_id, definition, question, wanted, numbers)
        return read_crossed(*arguments)[names], _counted_in_groups(*arguments)[names]


@settings(SAME, max_examples=12)
@given(st.lists(ONE, max_size=20))
def test_what_is_streamed_is_what_is_grouped(drawn: list[Reader]) -> None:
    with opened() as store:
        record(store, OPEN, [replace(one, key=f"id:{n}") for n, one in enumerate(drawn)])
        for wanted in ASKED:
            assert streams(store, wanted, [9, 9])
            found, grouped = both(store, wanted)

            pd.testing.assert_frame_equal(found, grouped, check_dtype=False)


def streams(store: Store, wanted: Wanted, widths: list[int]) -> bool:
    with reading(store) as connection:
        survey_id, definition, _ = survey_by_key(connection, "river")
        return can_stream(connection, survey_id, definition, wanted, widths)


@pytest.mark.parametrize(
    ("survey", "wanted", "expected"),
    [
        (OPEN, WANTED, True),
        (RIVER, WANTED, False),  # weights
        (OPEN, Wanted("needs", "whole", ("move",)), False),  # several answers
        (OPEN, Wanted("needs", "whole", (), (("move", ("Yes",)),)), False),
        (OPEN, Wanted("move", "day", ("trust",)), True),
        (OPEN, Wanted("move", "whole", ("trust",), (("move", ("Yes",)),)), True),
    ],
)
def test_only_what_is_one_letter_a_respondent_is_streamed(survey: Survey, wanted: Wanted, expected: bool) -> None:
    with opened() as store:
        record(store, survey, [Reader("id:1", {"move": ("Yes",)})])

        assert streams(store, wanted, [6, 9]) is expected


def test_more_combinations_than_letters_are_grouped(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = [Reader(f"id:{n}", {"move": ("Yes",), "trust": ("1",)}, {"age": "60+"}) for n in range(5)]
    with opened() as store:
        record(store, OPEN, readers)
        assert streams(store, WANTED, [6, 9])
        monkeypatch.setattr(cross, "LETTERS", 50)

        found, grouped = both(store)

        assert not streams(store, WANTED, [6, 9])
        pd.testing.assert_frame_equal(found, grouped, check_dtype=False)


def test_every_letter_is_one_that_a_text_can_hold() -> None:
    for code in (0, cross.LETTERS - 1):
        assert chr(code + cross.FIRST_LETTER).encode("utf-8").decode("utf-8")
