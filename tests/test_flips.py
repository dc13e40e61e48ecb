"""The flip count: the least number of invented answers, held against answers that are really added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.trust.flips import Flips, flips
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.language.notation import PLAIN
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.words.storms import flip_sentence
from tests.surveys import MOVE, NOW, RIVER, Reader, opened, record

UNWEIGHTED = Request(survey="river", question="move", weights="none")


def asked(**counts: int) -> View:
    """The topline of so many readers for each answer."""
    readers = [Reader(f"id:{word}{n}", {"move": (word,)}) for word, many in counts.items() for n in range(many)]
    with opened(":memory:") as store:
        return _recorded(store, readers)


def _recorded(store: Store, readers: list[Reader]) -> View:
    record(store, replace(RIVER, min_base=5), readers)
    return topline(snapshot_of(store, "river", now=NOW), UNWEIGHTED)


def leader(view: View) -> str:
    rows = view.estimates[view.estimates["statistic"] == "share"]
    return str(rows.loc[rows["share"].astype(float).idxmax(), "choice"])


def share(view: View, choice: str) -> float:
    rows = view.estimates[(view.estimates["statistic"] == "share") & (view.estimates["choice"] == choice)]
    return float(rows["share"].iloc[0])


def test_so_many_invented_answers_and_no_fewer_turn_the_headline_of_a_hundred_readers() -> None:
    view = asked(Yes=30, No=60, Unsure=10)
    high = float(view.estimates.loc[view.estimates["choice"] == "No", "high"].iloc[0])

    count = flips(view)

    assert count is not None
    assert (count.choice, count.other, count.leader, count.base_n) == ("No", "Yes", 31, 100)
    assert leader(asked(Yes=30 + count.leader, No=60, Unsure=10)) == "Yes"
    assert leader(asked(Yes=30 + count.leader - 2, No=60, Unsure=10)) == "No"
    more, fewer = (share(asked(Yes=30, No=60 + k, Unsure=10), "No") for k in (count.beyond, count.beyond - 1))
    assert fewer <= high < more


def test_the_sentence_names_both_numbers_and_both_answers() -> None:
    told = flip_sentence(Flips("No", "Yes", 4_821, 400, 17_858), MOVE, PLAIN)

    assert told.startswith("Flip count: 4,821 invented answers for Yes would put it ahead of No; 400 for No")


@pytest.mark.parametrize("counts", [{"Yes": 2, "No": 1}])
def test_where_no_share_is_shown_there_is_no_flip_count(counts: dict[str, int]) -> None:
    assert flips(asked(**counts)) is None
