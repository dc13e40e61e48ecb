"""One answer over time among readers, and what each benchmark poll found on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.estimates.time.trend import trend
from analytics.estimates.views.view import View
from analytics.estimates.whole.gaps import benchmark_line, benchmarks_for, gaps_at_polls
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.drawing.style import Style
from analytics.kinds.claimed import SIDE, claimed_rows, shares_of
from analytics.kinds.kind import Facts, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, numbers_by, view_rows
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Benchmark, Snapshot
from analytics.model.address import Option, poll_name
from analytics.model.request import Request
from analytics.model.sides import our_side
from analytics.words.gaps import benchmark_words, polls_words, side_words

NAME = "benchmark trend"
OPTIONS = (
    Option("with", always="public"),
    Option("answer", "The answer that is followed. Default: the first that a poll has."),
)
SHARES = ("share", "value", "low", "high")


def make(snapshot: Snapshot, request: Request) -> Made:
    """The share among readers in each period, that of each poll, and how far readers then lay above it.

    Raises:
        RequestError: the survey cannot answer that, or has no such poll.
    """
    polls = benchmarks_for(snapshot.survey, request.question)
    choice = request.option("answer") or next(value for poll in polls for value, _ in poll.shares)
    view = trend(snapshot, replace(request, every=request.every or "day", by=()))
    return benchmark_trend_made(view, choice, polls, gaps_at_polls(snapshot, replace(request, by=()), polls, choice))


def benchmark_trend_made(view: View, choice: str, polls: tuple[Benchmark, ...], gaps: pd.DataFrame) -> Made:
    """The same of what was found already.

    Args:
        gaps: as `gaps_at_polls` gives them.
    """
    rows: list[dict[str, Any]] = [row for row in view_rows(view) if row["choice"] == choice]
    rows += [
        {"statistic": "benchmark", "choice": choice, "share": share, "suppressed": False} | _poll(poll)
        for poll in polls
        for value, share in poll.shares
        if value == choice
    ]
    rows += [{"statistic": "gap", "choice": choice} | row | _poll(polls[row["poll"]]) for row in frame_rows(gaps)]

    def facts(style: Style) -> Facts:
        for place, one in enumerate(polls, 1):
            yield f"benchmark_{place}", spoken("Benchmark {number}", number=place), benchmark_words(one, style)

    return Made(
        settled(view, NAME, [("answer", choice)]), (view,), even_rows(rows), _claimed(view, choice, polls),
        lambda style, mode, _way: benchmark_trend(view, choice, polls, style, mode), facts,
    )  # fmt: skip


def _poll(poll: Benchmark) -> dict[str, str]:
    return {"period": f"{poll.last}", "poll": poll_name(poll)}


def _claimed(view: View, choice: str, polls: tuple[Benchmark, ...]) -> View:
    ours: list[dict[str, Any]] = [row | {SIDE: side_words(our_side(view.survey))} for row in shares_of(view, choice)]
    name = polls_words(polls)
    known: dict[str, Any] = {"se": 0.0, "suppressed": False, "reason": None, "flag": None}
    theirs = [
        {**ours[0], **known} | {SIDE: plain_text(name), "period": f"{day}"} | dict.fromkeys(SHARES, share)
        for day, share in benchmark_line(polls, choice)
    ]
    return claimed_rows(view, [*ours, *theirs], (SIDE,))


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the share in each period, what each poll found and each gap.

    A poll is known by its last day, as it always was; where several ended on it, the others by their names as well.
    """
    known: set[tuple[Any, ...]] = set()
    every = [row if row["statistic"] != "benchmark" else {**row, "value": row["share"]} for row in rows]
    for row, (key, number) in zip(every, numbers_by(every, ()), strict=True):
        apart = (*key, row.get("poll")) if key in known else key
        known.add(apart)
        yield apart, number


KIND = Kind(NAME, "compare", make, numbers, OPTIONS)
