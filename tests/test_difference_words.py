"""Which groups clearly differ, told to somebody who never took a course: sentences that the comparisons bear out."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.estimates.groups.comparisons import comparisons
from analytics.model.request import Request
from analytics.words.differences import difference_note, difference_sentences
from tests.surveys import RIVER, Reader, opened, record, snapshot, unweighted
from tests.test_captions import FORBIDDEN
from tests.test_figures_examples import house_style

STYLE = house_style()


def found_in(counts: dict[str, tuple[int, int]]) -> Any:
    """Returns the pairs of ages, given how many of each said Yes and No."""
    people = [
        Reader(f"id:{age}/{n}", {"move": ("Yes" if n < yes else "No",)}, {"age": age})
        for age, (yes, no) in counts.items()
        for n in range(yes + no)
    ]
    with opened() as store:
        record(store, unweighted(RIVER), people)
        request = Request(question="move", by=("age",), min_base=30)
        return comparisons(snapshot(store), request, compare=("pairs",))


def test_a_group_that_is_clearly_higher_is_named_with_both_shares() -> None:
    found = found_in({"18-29": (160, 40), "30-59": (90, 110), "60+": (95, 105)})

    sentences = difference_sentences(found, STYLE)

    assert sentences == [
        "Among 18-29, Yes is clearly more frequent (80%) than among 30-59 (45%) and 60+ (48%).",
        "Among 30-59, No is clearly more frequent (55%) than among 18-29 (20%).",
        "Among 60+, No is clearly more frequent (53%) than among 18-29 (20%).",
    ]


def test_where_no_groups_differ_that_is_said() -> None:
    found = found_in({"18-29": (100, 100), "30-59": (104, 96), "60+": (97, 103)})

    assert difference_sentences(found, STYLE) == ["No two of these groups clearly differ."]


def test_groups_too_thin_to_compare_are_named_and_nothing_is_said_of_them() -> None:
    found = found_in({"18-29": (160, 40), "30-59": (90, 110), "60+": (20, 5)})

    assert all("60+" not in sentence for sentence in difference_sentences(found, STYLE))
    assert difference_note(found, STYLE).endswith("Too few answers to compare: 60+.")


def test_where_all_groups_are_thin_nothing_is_compared() -> None:
    found = found_in({"18-29": (10, 5), "30-59": (5, 10), "60+": (20, 5)})

    assert difference_sentences(found, STYLE) == ["These groups cannot be compared: too few answers in them."]


def test_groups_that_all_answered_alike_are_not_called_too_small() -> None:
    alike = found_in({"18-29": (100, 0), "30-59": (200, 0), "60+": (150, 0)})
    with_a_small_one = found_in({"18-29": (100, 0), "30-59": (200, 0), "60+": (5, 0)})

    same = ["Everybody in the groups that can be compared gave the same answers."]
    assert difference_sentences(alike, STYLE) == difference_sentences(with_a_small_one, STYLE) == same
    assert difference_note(alike, STYLE) == ""
    assert difference_note(with_a_small_one, STYLE) == "Too few answers to compare: 60+."


def test_the_note_says_how_many_comparisons_were_corrected_and_claims_nothing() -> None:
    found = found_in({"18-29": (160, 40), "30-59": (90, 110), "60+": (95, 105)})

    note = difference_note(found, STYLE)

    assert "corrected for all 6 comparisons made here (Benjamini and Hochberg)" in note
    assert not FORBIDDEN.search(note)


@pytest.mark.parametrize("gap", [0, 40])
def test_sentences_and_comparisons_say_the_same(gap: int) -> None:
    found = found_in({"18-29": (100 + gap, 100 - gap), "30-59": (100, 100), "60+": (100, 100)})

    clear = found.rows[found.rows["clear"] & (found.rows["statistic"] == "share")]

    assert (len(clear) > 0) == ("clearly more frequent" in " ".join(difference_sentences(found, STYLE)))
