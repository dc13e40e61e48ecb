"""A morning of made-up surveys: one moved, one has a storm, the others are quiet."""

from __future__ import annotations

import csv
from bisect import bisect
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from analytics.imports.answers.responses import read_responses
from analytics.model import Choice, Columns, Dimension, Level, Question, Survey, Target
from analytics.store.place.connections import Store
from analytics.store.record.imports import record_import

ZONE = "Europe/Berlin"
MORNING = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
"""A Thursday at 07:30 in Berlin; the last answers came the evening before."""
LAST_DAY = date(2026, 11, 25)
DAYS, A_DAY = 14, 150
MOVED, STORM, STEPPED = "moved", "storm", "stepped"
STEPPED_DAYS = 5
HOURS = np.array((3, 2, 1, 1, 2, 5, 12, 20, 22, 18, 14, 13, 15, 13, 11, 10, 11, 13, 16, 18, 19, 16, 10, 6)) / 271
SOURCES = ("", "front-page", "letter", "search.example")
COMMENTS = ("The river path should stay open for everybody in winter.", "Please mend the old bridge before spring.", "")


def _sums(*parts: float) -> list[float]:
    """How far along from 0 to 1 each part of a whole ends: a number drawn between tells what it falls into."""
    ends = np.cumsum(parts)
    return [float(end) for end in ends / ends[-1]]


HOUR_SUMS, NO_SUMS = _sums(*HOURS), _sums(0.8, 0.2)
AGE_SUMS, WORD_SUMS = _sums(0.08, 0.42, 0.5), _sums(0.02, 0.02, 0.96)

BRIDGE = Question(
    "bridge", "Should the old bridge be kept?", "single", "bridge",
    tuple(Choice(value, value, None, (value,)) for value in ("Yes", "No", "Unsure")),
)  # fmt: skip
AGE = Dimension("age", "Age", "age", tuple(Level(value, value, (value,)) for value in ("18-29", "30-59", "60+")))


def survey_of(key: str, title: str, last_day: date = LAST_DAY) -> Survey:
    """A survey that takes answers, weighted to an age of which too few young readers answer."""
    return Survey(
        key, title, ZONE, (BRIDGE,), (AGE,),
        Columns(
            response="id", responded_at="at", referrer="ref", comment="words", consent="print", consent_given=("yes",)
        ),
        targets=(Target(("age",), "register", 2026, ((("18-29",), 0.3), (("30-59",), 0.4), (("60+",), 0.3))),),
        min_base=30, opens=last_day - timedelta(days=30), closes=last_day + timedelta(days=30),
    )  # fmt: skip


@cache
def rows_of(
    kind: str, seed: int, *, days: int = DAYS, a_day: int = A_DAY, last_day: date = LAST_DAY
) -> list[tuple[str, ...]]:
    """The answers of one survey; on the last day of `moved`, the last five of `stepped`, the same groups turn round."""
    rng = np.random.default_rng(seed)
    rows = []
    for back in range(days):
        day = last_day - timedelta(days=back)
        yes = 0.3 if back < {MOVED: 1, STEPPED: STEPPED_DAYS}.get(kind, 0) else 0.55
        rows += [_row(rng, day, yes, SOURCES[rng.integers(len(SOURCES))]) for _ in range(a_day)]
    if kind == STORM:
        begin = datetime.combine(last_day - timedelta(days=1), time(15))
        rows += [
            _row(rng, begin.date(), 0.95, "forum.example", begin + timedelta(seconds=int(rng.integers(0, 2700))))
            for _ in range(4 * a_day)
        ]
    return [(str(at), *row) for at, row in enumerate(rows)]


def _row(rng: np.random.Generator, day: date, yes: float, source: str, at: datetime | None = None) -> tuple[str, ...]:
    hour = bisect(HOUR_SUMS, rng.random())
    at = at or datetime(day.year, day.month, day.day, hour, int(rng.integers(60)), int(rng.integers(60)))
    answer = "Yes" if rng.random() < yes else ("No", "Unsure")[bisect(NO_SUMS, rng.random())]
    age = ("18-29", "30-59", "60+")[bisect(AGE_SUMS, rng.random())]
    words = COMMENTS[bisect(WORD_SUMS, rng.random())]
    return f"{at:%Y-%m-%d %H:%M:%S}", answer, age, source, words, ("yes", "no")[rng.integers(2)]


def record_morning(
    engine: Store,
    folder: Path,
    kinds: Sequence[str],
    *,
    days: int = DAYS,
    a_day: int = A_DAY,
    last_day: date = LAST_DAY,
) -> list[Survey]:
    """Records a survey for each kind (`MOVED`, `STORM`, `STEPPED`, else quiet), keys of the same kind numbered."""
    surveys = []
    for at, kind in enumerate(kinds):
        key = kind if kind in (MOVED, STORM, STEPPED) else f"{kind}-{at}"
        survey, file = survey_of(key, f"The bridge of {key}", last_day), folder / f"{key}.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.writer(opened)
            writer.writerow(("id", "at", "bridge", "age", "ref", "words", "print"))
            writer.writerows(rows_of(kind, at, days=days, a_day=a_day, last_day=last_day))
        record_import(
            engine,
            survey,
            read_responses(file, survey),
            file=file.name,
            now=datetime.combine(last_day, time(21, 30), UTC),
        )
        surveys.append(survey)
    return surveys
