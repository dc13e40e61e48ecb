"""Lines over time as viewers see them: whole or not there, and described as the exact ones are or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.editions.edition import LEAST_LEFT, edition_of, judged_of, part_whole, whole_lines
from analytics.editions.told import TIME
from analytics.errors import RequestError
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.topline import topline
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.model import Choice, Question, Snapshot
from analytics.model.request import Every, Request
from analytics.statistics.lattice import Lattice
from tests.made.guesses import ANSWERS, TOWN, seen_by_viewers
from tests.surveys import NOW, Reader, opened, record, snapshot
from tests.test_figures_examples import house_style

STYLE = house_style()
SILENT = ("Answers over time, some of them hidden", "Too few", "Yes: answers over time, some of them hidden")


def readers(seed: int, a_day: int, days: int, *, turns: bool) -> list[Reader]:
    """Made-up readers of whole days, of whom the last fifth may answer otherwise than all before."""
    random = np.random.default_rng(seed)
    start = datetime.combine(NOW.date(), datetime.min.time(), ZoneInfo(TOWN.time_zone)) - timedelta(days=days)
    found = []
    for day in range(days):
        parts = (0.35, 0.5, 0.15) if turns and day >= 0.8 * days else (0.62, 0.28, 0.1)
        for number in range(int(random.poisson(a_day))):
            levels = {one.key: str(random.choice([level.value for level in one.levels])) for one in TOWN.dimensions}
            given_answer = str(random.choice(ANSWERS, p=parts))
            at = start + timedelta(days=day, minutes=number % 1_400)
            found.append(Reader(f"id:{day}/{number}", {"move": (given_answer,)}, levels, at=at))
    return found


def survey_of(people: list[Reader]) -> tuple[Snapshot, Snapshot]:
    """The survey of these readers as an analyst sees it, and as viewers do."""
    with opened() as store:
        record(store, TOWN, people)
        seen = seen_by_viewers(snapshot(store))
    return seen.edition.exact, seen


def title(seen: Snapshot, every: Every, by: tuple[str, ...] = ()) -> str | None:
    """What stands over a trend; None where it is not shown."""
    try:
        return trend_lines(trend(seen, Request(question="move", every=every, by=by)), STYLE, "light").title
    except RequestError:
        return None


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), a_day=st.integers(20, 130), days=st.integers(3, 16), turns=st.booleans())
def test_viewers_lines_are_whole_and_are_described_as_the_exact_ones_or_not_at_all(
    seed: int, a_day: int, days: int, turns: bool
) -> None:
    exact, seen = survey_of(readers(seed, a_day, days, turns=turns))
    every = seen.edition.every

    for by in ((), ("sex",)) if every is not None else ():
        told = title(seen, every, by)
        assert told is None or told.startswith(SILENT) or told == title(exact, every, by)
        if told is None:
            continue
        rows = trend(seen, Request(question="move", every=every, by=by)).estimates
        for _, line in rows[rows["statistic"] == "share"].groupby([*by, "choice"], sort=False):
            shown = ~line["suppressed"].to_numpy(dtype=bool)
            assert not shown.any() or part_whole(shown) >= LEAST_LEFT


def test_a_survey_of_ninety_answers_a_day_has_whole_weeks_and_one_of_many_has_days() -> None:
    few, many = (survey_of(readers(3, a_day, 20, turns=False))[1] for a_day in (90, 400))

    assert (few.edition.every, many.edition.every) == ("week", "day")
    for seen in (few, many):
        rows = trend(seen, Request(question="move", every=seen.edition.every)).estimates
        assert not rows["suppressed"].any()


def test_a_change_of_the_exact_numbers_is_told_to_viewers_in_the_same_words() -> None:
    exact, seen = survey_of(readers(1, 230, 12, turns=True))

    assert seen.edition.every == "day"
    assert title(seen, "day") == title(exact, "day")
    assert " fell from " in str(title(seen, "day"))


@pytest.mark.parametrize("kind", ["words", "numbers"])
def test_a_viewers_headline_and_line_of_a_scale_are_those_of_the_exact_numbers(kind: str) -> None:
    """Of rounded shares no sum is right: here they come to 43 in a hundred, where 42 say so."""
    names = ("Very bad", "Rather bad", "So-so", "Rather good", "Very good") if kind == "words" else tuple("12345")
    choices = tuple(Choice(str(at), name, float(at), (str(at),)) for at, name in enumerate(names, start=1))
    asked = Question("move", "How clean are the streets?", "scale", "move", choices)
    random, people = np.random.default_rng(13), readers(3, 150, 20, turns=False)
    given_steps = random.choice(5, len(people), p=(0.1, 0.18, 0.29, 0.3, 0.13)) + 1
    people = [replace(one, answers={"move": (str(at),)}) for one, at in zip(people, given_steps, strict=True)]
    with opened() as store:
        record(store, replace(TOWN, questions=(asked,)), people)
        seen = seen_by_viewers(snapshot(store))
    exact, every = seen.edition.exact, seen.edition.every
    viewers, own = (
        topline_bars(topline(one, Request(question="move")), STYLE, "light", ()).title for one in (seen, exact)
    )

    assert viewers == own
    assert title(seen, every) == title(exact, every)
    assert ("Mean" in str(title(seen, every))) == (kind == "numbers")


def test_of_very_few_answers_there_is_no_line_at_all() -> None:
    _, seen = survey_of(readers(3, 20, 5, turns=False))

    assert seen.edition.every is None


def test_a_line_with_holes_is_left_out_and_one_that_begins_later_is_not() -> None:
    exact, _ = survey_of(readers(3, 200, 10, turns=False))
    view = trend(exact, Request(question="move", every="day"))
    days = list(dict.fromkeys(view.estimates["period"]))

    def shown_without(hidden: list[str], choice: str) -> list[bool]:
        of = (view.estimates["choice"] == choice) & view.estimates["period"].isin(hidden)
        rows = whole_lines(view, view.estimates.assign(suppressed=view.estimates["suppressed"].astype(bool) | of))
        line = rows[(rows["choice"] == choice) & (rows["statistic"] == "share")]
        return (~line["suppressed"].astype(bool)).tolist()

    assert not any(shown_without([days[2], days[4], days[6]], "Yes"))
    assert shown_without([days[0]], "Yes") == [False, *[True] * (len(days) - 1)]


@pytest.mark.parametrize(("hidden_days", "is_hidden"), [(0, False), (1, True), (2, False)])
def test_a_week_from_which_shown_days_tell_a_hidden_one_is_hidden(hidden_days: int, is_hidden: bool) -> None:
    """Of a week whose days were shown but one, its own number less theirs is the number that was hidden."""
    dates = [f"2025-05-{day:02}" for day in range(5, 19)]
    by_day = Lattice(((TIME, len(dates) + 1),), 2)
    place = np.repeat(np.arange(len(dates)), 60)
    answers = np.tile(np.arange(60) % 2, len(dates))
    n = np.ones(len(place))
    days = judged_of(by_day, {TIME: {day: at for at, day in enumerate(dates)}}, [place], answers, n).pattern()
    cells = by_day.places((TIME,))[:hidden_days]
    days.hidden[cells] = True
    weeks = {TIME: {"2025-05-05": 0, "2025-05-12": 1}}
    lattice = Lattice(((TIME, 3),), 2)
    found = judged_of(lattice, weeks, [place // 7], answers, n, days, every="week").few

    assert found[lattice.places((TIME,))[0]].all() == is_hidden
    assert not found[lattice.places((TIME,))[1]].any()


def test_periods_get_longer_where_lines_are_no_longer_whole() -> None:
    """Half of the readers of a survey by day leave: its next edition is by week, and its lines are whole."""
    people = readers(3, 190, 21, turns=False)
    with opened() as store:
        record(store, TOWN, people)
        first = edition_of(snapshot(store))
    with opened() as store:
        record(store, TOWN, people[::2])
        second = edition_of(replace(snapshot(store), now=NOW + timedelta(hours=2)), first)

    assert (first.every, second.every) == ("day", "week")
