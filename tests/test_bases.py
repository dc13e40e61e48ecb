"""The bases of one survey, reconciled: from all its responses to those behind a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from analytics.estimates.time.trend import trend
from analytics.estimates.views.choose import weights_used
from analytics.estimates.whole.bases import bases, counting
from analytics.estimates.whole.topline import topline
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.model.targets import Target
from analytics.words.bases import bases_sentences, bases_table, weighting_state
from tests.surveys import BERLIN, RIVER, Reader, opened, record, snapshot
from tests.test_figures_examples import house_style

STYLE = house_style()
AT = datetime(2025, 5, 19, 9, tzinfo=BERLIN)
BY_SEX = replace(RIVER, targets=(Target(("sex",), "Census office", 2024, ((("F",), 0.5), (("M",), 0.5))),))
ASKED = Request(question="move")


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Gives twelve readers: one skipped the question, two do not say their sex, three more have no time."""
    readers = [
        Reader(
            f"id:{n}", {"move": () if n == 0 else ("Yes" if n % 2 else "No",)},
            {"age": "18-29"} if n in (1, 2) else {"age": "60+", "sex": "FM"[n % 2]}, at=None if n in (3, 4, 5) else AT,
        )
        for n in range(12)
    ]  # fmt: skip
    with opened(str(tmp_path_factory.mktemp("twelve") / "o.sqlite")) as engine:
        record(engine, BY_SEX, readers)
        yield snapshot(engine, "river")


def _state(snapshot: Snapshot, request: Request) -> str:
    weights = weights_used(snapshot.survey, request)
    return weighting_state(snapshot.survey, weights, counting(snapshot, request), snapshot.status.counted, STYLE)


def test_all_responses_come_down_step_by_step_to_those_behind_each_number(twelve: Snapshot) -> None:
    found = bases(twelve, ASKED)

    assert (found.recorded, found.selected, found.answered, found.weighted, found.dated) == (12, None, 11, 9, 6)
    assert (found.weighted, found.dated) == (
        topline(twelve, ASKED).base_n,
        trend(twelve, replace(ASKED, every="day")).base_n,
    )
    assert bases_table(found)["Left out"].tolist() == [
        "", "those who skipped it", "those of whom one of these is not known: Sex",
        "those whose time was not recorded",
    ]  # fmt: skip
    assert _state(twelve, ASKED) == "by Sex, 9 of 12 counted responses"
    assert any("can open more readers than its base says" in one for one in bases_sentences(found, STYLE))


def test_filters_are_a_step_of_their_own_and_without_weights_there_is_none(twelve: Snapshot) -> None:
    asked = replace(ASKED, where=(("age", ("60+",)),), weights="none")

    old = bases(twelve, asked)

    assert (old.recorded, old.selected, old.answered, old.weighted, old.dated) == (12, 10, 9, None, 6)
    assert _state(twelve, asked) == "not weighted, 9 of 12 counted responses"
    assert not any("can open more readers" in one for one in bases_sentences(old, STYLE))
