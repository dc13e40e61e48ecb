"""A change over several days is told by a sentence, in the list and on the page alike; chance is told by none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.estimates.newsroom import SHOWN_DAYS, Glimpse, glimpses, moved
from analytics.estimates.time.trend import judged_trend, trend
from analytics.estimates.views.steps import AnswerLine, step_of
from analytics.estimates.views.view import View
from analytics.figures.trend import trend_lines
from analytics.model import ANSWERED, Net, Snapshot
from analytics.model.request import Request
from analytics.periods import EPOCH
from analytics.statistics.steps import largest_step
from analytics.store.read.status import EVERYBODY, Glance, read_glance
from analytics.words.glance import moved_words
from tests.surveys import MOVE, RIVER, TRUST, Reader, opened, record, snapshot, unweighted
from tests.test_figures_examples import house_style

STYLE = house_style()
LAST = date(2025, 5, 31)
MORNING = datetime(2025, 6, 1, 9, tzinfo=UTC)
PLAIN = replace(unweighted(RIVER), min_base=30)
ANSWERS_A_DAY = 300

RAMP = [0.0] * 14 + [0.016, 0.032, 0.048, 0.064, 0.08]
"""A rise by eight points over five days, the last of them yesterday."""


def glance(days: Sequence[Sequence[Sequence[int]]]) -> list[Glimpse]:
    """The list's rows of surveys of which `days` has the answers of each day, up to yesterday, Yes, No and Unsure."""
    rows = []
    for number, of_survey in enumerate(days):
        for back, counts in enumerate(reversed(of_survey)):
            day = (LAST - EPOCH).days - back
            cells = [(EVERYBODY, sum(counts)), (ANSWERED, sum(counts)), *enumerate(counts)]
            rows += [(f"river{number}", choice, day, n, float(n), float(n)) for choice, n in cells]
    surveys = tuple(replace(PLAIN, key=f"river{number}") for number in range(len(days)))
    last = datetime(LAST.year, LAST.month, LAST.day, 20, tzinfo=UTC)
    cells = pd.DataFrame(rows, columns=["survey", "choice", "period", "n", "w", "w2"])
    known = {one.key: 1 for one in surveys}
    return glimpses(Glance(surveys, known, dict.fromkeys(known, last), cells), now=MORNING)


def drawn(rng: np.random.Generator, yes: Sequence[float], unsure: float = 0.1) -> list[list[int]]:
    return [rng.multinomial(ANSWERS_A_DAY, (p, 1 - unsure - p, unsure)).tolist() for p in yes]


def told(rows: Sequence[Glimpse]) -> list[str]:
    """Each sentence on top of the list."""
    return [words for row in moved(list(rows)) for words in moved_words(row, STYLE)]


@contextmanager
def trends(days: Sequence[Sequence[int]]) -> Iterator[tuple[View, Snapshot, Glimpse]]:
    """The trend by day of a survey with those answers of each day up to yesterday; beside it its row in the list."""
    people = [
        Reader(f"id:{at}/{value}/{n}", {"move": (value,)}, {"age": "60+"},
               at=datetime(LAST.year, LAST.month, LAST.day, 10, tzinfo=UTC) - timedelta(days=len(days) - 1 - at))
        for at, counts in enumerate(days)
        for value, count in zip(("Yes", "No", "Unsure"), counts, strict=True)
        for n in range(count)
    ]  # fmt: skip
    with opened() as store:
        record(store, PLAIN, people)
        looked = snapshot(store, now=MORNING)
        (row,) = glimpses(read_glance(store, SHOWN_DAYS), now=MORNING)
        yield trend(looked, Request(question="move", every="day")), looked, row


def test_a_step_is_told_with_both_levels_and_where_it_was() -> None:
    share = np.array([0.50, 0.51, 0.49, 0.50, 0.50, 0.59, 0.58, 0.60])
    worth = np.full(len(share), 300.0)

    found = largest_step(share, worth, worth)

    assert found is not None
    assert (found.place, round(found.before, 3), round(found.after, 3)) == (5, 0.5, 0.59)
    assert found.p_value < 0.001


def test_levels_are_shares_of_all_readers_of_their_periods() -> None:
    share, base = np.array([0.4, 0.5, 0.7, 0.6]), np.array([300.0, 100.0, 100.0, 300.0])

    found = largest_step(share, base, base)

    assert found is not None
    assert (round(found.before, 4), round(found.after, 4)) == (0.425, 0.625)


def test_two_levels_that_lie_within_three_points_are_no_news() -> None:
    share, worth = np.array([0.5, 0.5, 0.5, 0.52, 0.52, 0.52]), np.full(6, 100_000.0)

    assert largest_step(share, worth, worth) is None


def test_where_days_differ_by_more_than_chance_a_step_has_to_be_larger() -> None:
    rng, many = np.random.default_rng(4), np.full(20, 2000.0)
    wild = 0.5 + rng.choice([-0.05, 0.05], 20) + np.repeat([0.0, 0.035], 10)
    calm = np.repeat([0.5, 0.535], 10)

    first, second = largest_step(wild, many, many), largest_step(calm, many, many)

    assert second is not None
    assert second.p_value < 1e-6
    assert first is None or first.p_value > 0.02


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_the_chance_of_the_largest_step_is_no_smaller_than_it_is(share: float) -> None:
    rng, worth = np.random.default_rng(5), np.full(28, 300.0)
    lines = rng.binomial(300, share, (1500, 28)) / 300
    steps = [largest_step(one, worth, worth, first=21) for one in lines]
    chances = np.array([1.0 if one is None else one.p_value for one in steps])

    for level in (0.05, 0.01):
        assert (chances <= level).mean() <= level + 3 * np.sqrt(level / 1500)


def test_a_change_over_several_days_is_on_top_of_the_list_and_the_title_of_the_page() -> None:
    days = [[150, 120, 30]] * 16 + [[156, 114, 30], [162, 108, 30], [168, 102, 30], [172, 98, 30], [174, 96, 30]]
    with trends(days) as (view, _, row):
        title, sentences = trend_lines(view, STYLE, "light").title, told([row])

    assert row.movement is not None
    assert not row.movement.settled  # no day differs from the one before
    assert sentences == [title]
    assert title == "Yes rose from 50% (11–27 May) to 56% (28–31 May)"


def test_the_list_and_the_page_give_one_verdict_of_every_survey() -> None:
    rng = np.random.default_rng(6)
    for shift in (0.0, 0.03, 0.08):
        days = drawn(rng, [0.45] * 12 + [0.45 + shift] * 6)
        with trends(days) as (view, _, row):
            listed = moved([row])
            said = [one.step for one in listed if one.step is not None]
            assert row.step is None or view.step is None or not view.step_is_recent or row.step == view.step
            assert not said or (view.step_is_recent and view.step == said[0])


def test_a_day_that_stood_out_is_of_neither_level_and_its_leaving_is_no_news() -> None:
    crowd = [[150, 120, 30]] * 12 + [[250, 20, 30], [150, 120, 30]]
    with trends(crowd) as (view, _, row):
        assert row.movement is None
        assert told([row]) == []
        assert trend_lines(view, STYLE, "light").title == "Yes held at 50%, except on 30 May (83%)"


def test_a_crowd_of_the_last_day_makes_no_level() -> None:
    rng = np.random.default_rng(10)
    crowds = [[*drawn(rng, [0.35] * 25), rng.multinomial(900, (0.8, 0.15, 0.05)).tolist()] for _ in range(100)]

    assert np.mean([row.step is not None and row.step.p_value <= 0.035 for row in glance(crowds)]) <= 0.05


def test_the_last_day_of_a_rise_is_a_part_of_it() -> None:
    days = [[138, 132, 30]] * 19 + [[142, 128, 30], [147, 123, 30], [152, 118, 30], [157, 113, 30], [180, 92, 28]]
    with trends(days) as (view, _, _):
        title = trend_lines(view, STYLE, "light").title

    assert "except" not in title
    assert title.startswith(("Yes rose from", "No fell from"))
    assert not [one for one in view.outliers if one.period == "2025-05-31"]


@pytest.mark.parametrize(("lasted", "shift"), [(2, 0.4), (3, 0.27), (4, 0.4), (6, 0.4)])
def test_a_change_so_large_that_each_of_its_days_stands_out_is_told_of_all_of_them(lasted: int, shift: float) -> None:
    days = drawn(np.random.default_rng(3), [0.6] * (21 - lasted) + [0.6 - shift] * lasted)
    with trends(days) as (view, _, row):
        title = trend_lines(view, STYLE, "light").title

    since = (LAST - timedelta(days=lasted - 1)).isoformat()
    assert row.step is not None
    assert row.step.later[0] in (since, (LAST - timedelta(days=lasted)).isoformat())
    assert told([row]) == [title]
    assert "Yes fell from" in title  # No may have overtaken it meanwhile
    assert not view.outliers


def test_a_day_on_which_another_answer_rose_at_once_is_a_part_of_the_change_of_the_first() -> None:
    usual, fell, rose = (455, 215, 218, 112), (353, 250, 288, 109), (295, 339, 251, 115)
    names = [f"2026-11-{9 + day:02}" for day in range(21)]
    shares = np.array([usual] * 19 + [fell, rose]) / 1000
    worth = np.full(21, 183.0)
    lines = [AnswerLine(answer, (), names, shares[:, at], worth, worth) for at, answer in enumerate("abcd")]

    found = step_of(lines, names, "a")

    assert found is not None
    assert (found.choice, found.later) == ("a", ("2026-11-28", "2026-11-29"))
    assert found.p_value < 0.001


def test_a_day_that_is_still_running_is_no_part_of_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [[150, 120, 30]] * 12 + [[180, 90, 30]] * 3
    monkeypatch.setattr(f"{__name__}.MORNING", datetime(2025, 5, 31, 21, tzinfo=UTC))
    with trends(days) as (view, _, row):
        assert row.step is not None
        assert row.step.later == ("2025-05-29", "2025-05-30")
        assert view.step == row.step


def test_a_scale_is_judged_by_its_sums_and_not_by_single_answers() -> None:
    halves = (Net("low", "Low", ("1", "2")), Net("high", "High", ("4", "5")))
    scale = replace(PLAIN, questions=(replace(TRUST, nets=halves), MOVE))
    people = [
        Reader(f"id:{day}/{n}", {"trust": (str(n % 5 + 1 if day < 9 else (n % 5 + 1, 4, 5)[n % 3]),)}, {"age": "60+"},
               at=datetime(2025, 5, 19 + day, 10, tzinfo=UTC))
        for day in range(13)
        for n in range(300)
    ]  # fmt: skip
    with opened() as store:
        record(store, scale, people)
        (row,) = glimpses(read_glance(store, SHOWN_DAYS), now=MORNING)
        view = trend(snapshot(store, now=MORNING), Request(question="trust", every="day"))

    assert row.step is not None
    assert row.step.choice in ("low", "high")
    assert view.step == row.step
    assert told([row]) == [trend_lines(view, STYLE, "light").title]


def test_of_200_surveys_in_which_nothing_changed_at_most_one_in_twenty_tells_of_a_change() -> None:
    rng = np.random.default_rng(7)
    rows = glance([drawn(rng, [float(rng.choice([0.15, 0.3, 0.45]))] * 28) for _ in range(200)])

    on_pages = [row for row in rows if row.step is not None and row.step.p_value <= 0.035]

    assert len(on_pages) <= 10
    assert len(moved(rows)) <= 10
    assert sum(bool(told([row])) for row in rows) <= 10


def test_titles_of_200_trends_of_noise_tell_of_a_change_in_one_of_twenty_at_most() -> None:
    rng, said = np.random.default_rng(8), 0
    days = drawn(rng, [0.4] * 28)
    with trends(days) as (view, _, _):
        from_noise = [_noise(view, rng) for _ in range(200)]
    said = sum(" rose from " in title or " fell from " in title for title in from_noise)

    assert said <= 10


def _noise(view: View, rng: np.random.Generator) -> str:
    """The title of the same trend with other answers, by the same chances."""
    rows = view.estimates.copy()
    shares = rows["statistic"] == "share"
    draws = rng.multinomial(ANSWERS_A_DAY, (0.4, 0.5, 0.1), size=int(shares.sum()) // 3) / ANSWERS_A_DAY
    rows.loc[shares, "value"] = draws.ravel()
    error = np.sqrt(draws * (1 - draws) / ANSWERS_A_DAY).ravel()
    rows.loc[shares, "low"], rows.loc[shares, "high"] = draws.ravel() - 1.96 * error, draws.ravel() + 1.96 * error
    return trend_lines(judged_trend(replace(view, estimates=rows)), STYLE, "light").title


@pytest.mark.parametrize(
    ("rise", "least"),
    [(RAMP, 0.85), ([*RAMP, 0.08], 0.9), ([*RAMP, 0.08, 0.08], 0.9), ([0.0] * 14 + [0.08] * 5, 0.95)],
    ids=["the morning after it", "a day later", "two days later", "five days at once"],
)  # fmt: skip
def test_a_change_of_eight_points_over_five_days_is_told_in_nine_of_ten_surveys(
    rise: list[float], least: float
) -> None:
    rng = np.random.default_rng(9)
    rows = glance([drawn(rng, [0.35 + more for more in [0.0] * 7 + rise][-28:]) for _ in range(200)])

    assert np.mean([any(" to " in words and "(" in words for words in told([row])) for row in rows]) >= least
