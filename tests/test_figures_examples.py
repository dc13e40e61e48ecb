"""Views that one can picture, made by hand for the tests of figures, and that they are what a view promises."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.estimates.views.view import ESTIMATE_COLUMNS, View
from analytics.estimates.whole.topline import leading
from analytics.figures.drawing.style import Style, read_style
from analytics.model import NO_ANSWER, Choice, Dimension, Event, Level, Net, Question, Status, Survey
from analytics.model.reasons import Reason
from analytics.model.request import Every, Request
from analytics.statistics.presentation import flags

STYLE_FILE = Path(__file__).resolve().parent.parent / "data" / "house_style.toml"
BERLIN = ZoneInfo("Europe/Berlin")

PRESSURE = Question(
    "pressure",
    "Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian concessions?",
    "single",
    choices=(Choice("1", "Yes", 1), Choice("2", "Unsure", 0), Choice("3", "No", -1)),
    nets=(Net("net", "Yes minus no", ("1",), ("3",)),),
)
SOURCES = Question(
    "sources",
    "Where did you first hear of the talks?",
    "single",
    choices=(
        Choice("tv", "Television"),
        Choice("news", "News sites and apps"),
        Choice("social", "Social networks"),
        Choice("radio", "Radio"),
        Choice("friends", "From friends or family, in person or by message"),
        Choice("other", "Somewhere else"),
    ),
)
AGREE = Question(
    "agree",
    "How far do you agree that sanctions work?",
    "scale",
    choices=(
        Choice("5", "Strongly agree", 2),
        Choice("4", "Agree", 1),
        Choice("3", "Neither agree nor disagree", 0),
        Choice("2", "Disagree", -1),
        Choice("1", "Strongly disagree", -2),
        Choice("9", "Don't know"),
    ),
    nets=(Net("net", "Agree minus disagree", ("5", "4"), ("2", "1")),),
)
AGE = Dimension(
    "age", "Age", "age", tuple(Level(v, v) for v in ("18-29", "30-44", "45-59", "60+")), bands=(18, 30, 45, 60)
)
GENDER = Dimension("gender", "Gender", "sex", (Level("F", "Women"), Level("M", "Men")))
EVENTS = (
    Event(datetime(2025, 5, 18, 18, 0, tzinfo=BERLIN), "Article published", "published"),
    Event(datetime(2025, 5, 19, 16, 0, tzinfo=BERLIN), "Trump speaks with Putin", "news"),
    Event(datetime(2025, 5, 20, 9, 30, tzinfo=BERLIN), "Push alert to readers", "push"),
    Event(datetime(2025, 7, 1, 9, 30, tzinfo=BERLIN), "Long after", "news"),
)
DAYS = [f"2025-05-{day}" for day in range(18, 28)]

NUMBERS = [name for name in ESTIMATE_COLUMNS if name not in ("weights", "suppressed", "reason", "flag")]
Counts = dict[tuple[tuple[str, ...], str | None], list[int]]


def house_style() -> Style:
    """Returns the product's own house style."""
    return read_style(STYLE_FILE)


def survey(question: Question = PRESSURE, **changes: object) -> Survey:
    """Returns a survey of one question, by age and gender."""
    plain = Survey("ceasefire-2025", "Ceasefire", "Europe/Berlin", (question,), (AGE, GENDER), events=EVENTS)
    return replace(plain, **changes)  # type: ignore[arg-type]


def view_of(
    counts: Counts,
    question: Question = PRESSURE,
    *,
    by: tuple[str, ...] = (),
    every: Every | None = None,
    of: Survey | None = None,
    min_base: int = 30,
    now: datetime | None = None,
    **changes: object,
) -> View:
    """Returns the view of these counts: for each group and period how many gave each choice, in shown order.

    `now` decides whether the survey is closed; left out, answers still come in.
    """
    rows = [row for (levels, period), cell in counts.items() for row in _cell(question, levels, period, cell, min_base)]
    columns = ("question", "statistic", "choice", "choice_label", "levels", "period", *ESTIMATE_COLUMNS)
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    frame[NUMBERS] = frame[NUMBERS].astype(float)
    frame["suppressed"] = frame["suppressed"].astype(bool)
    frame["flag"] = np.where(frame["suppressed"], None, _flags(frame))
    for place, key in reversed(list(enumerate(by))):
        frame.insert(4, key, [levels[place] for levels in frame["levels"]])
    status = Status(1, 20114, 0, 0, 0, datetime(2025, 5, 18, 4, tzinfo=UTC), datetime(2025, 5, 28, 20, tzinfo=UTC))
    plain = View(
        of or survey(question), status, question, Request(), "none", min_base, frame.drop(columns="levels"),
        sum(sum(cell) for cell in counts.values()), by, every,
    )  # fmt: skip
    found = replace(plain, **changes)  # type: ignore[arg-type]
    return found if by or every or "lead" in changes else replace(found, lead=leading(found, now=now))


def _cell(question: Question, levels: tuple[str, ...], period: str | None, cell: list[int], min_base: int) -> list:
    n = sum(cell)
    hidden = n < min_base
    rows = []
    values = [
        (choice.value, choice.label, count / n if n else 0.0)
        for choice, count in zip(question.choices, cell, strict=True)
    ]
    share = {value: part for value, _, part in values}
    for value, label, part in values:
        low, high = wilson(part, n)
        rows.append(_row(question, "share", value, label, levels, period, n, part, low, high, hidden))
    for net in question.nets:
        difference = sum(share[value] for value in net.plus) - sum(share[value] for value in net.minus)
        reach = 1.96 / math.sqrt(max(n, 1))
        low, high = difference - reach, difference + reach
        rows.append(_row(question, "net", net.key, net.label, levels, period, n, difference, low, high, hidden))
    return rows


def _flags(frame: pd.DataFrame) -> np.ndarray:
    numbers = {name: frame[name].to_numpy() for name in ("base_n", "effective_n", "value", "low", "high")}
    certain = numbers["value"] * (1 - numbers["value"]) == 0
    return flags(numbers | {"se": np.where(certain, 0.0, 1.0)}, (frame["statistic"] == "share").to_numpy())


def _row(question, statistic, choice, label, levels, period, n, value, low, high, hidden):
    share = value if statistic == "share" else None
    count = None if share is None else float(round(share * n))
    numbers = (float(n), float(n), 1.0, count, share, value, (high - low) / 3.92, low, high)
    shown = [None if hidden else number for number in numbers]
    reason = Reason("few", 30) if hidden else None
    return [question.key, statistic, choice, label, levels, period, "none", n, *shown, hidden, reason, None]


def wilson(share: float, n: int) -> tuple[float, float]:
    """Returns an interval that is good enough to draw."""
    if not n:
        return 0.0, 1.0
    z = 1.96
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def topline_view(**changes: object) -> View:
    """Returns 20,114 readers: Yes 31 %, Unsure 12 %, No 57 %."""
    return view_of({((), None): [6235, 2414, 11465]}, **changes)  # type: ignore[arg-type]


def sources_view(**changes: object) -> View:
    """Returns 812 readers on an unordered question of six choices."""
    return view_of({((), None): [203, 310, 162, 57, 64, 16]}, SOURCES, **changes)  # type: ignore[arg-type]


def trend_counts() -> Counts:
    """Returns ten days: No rises from 50 % to 60 %; the fourth day is thin, the sixth is too small to show."""
    sizes = [4000, 3000, 2000, 28, 900, 12, 700, 650, 640, 300]
    counts: Counts = {}
    for place, (day, n) in enumerate(zip(DAYS, sizes, strict=True)):
        yes, no = round(n * (0.38 - 0.01 * place)), round(n * (0.5 + 0.01 * place))
        counts[((), day)] = [yes, n - yes - no, no]
    return counts


def trend_view(**changes: object) -> View:
    """Returns those ten days; the last one is not over, and days of fewer than 20 are not shown."""
    options = {"every": "day", "min_base": 20, "unfinished": (DAYS[-1],)} | changes
    return view_of(trend_counts(), **options)  # type: ignore[arg-type]


def age_view(question: Question = PRESSURE, **changes: object) -> View:
    """Returns four age groups of which the youngest is too small to show, and those who gave no age."""
    cells = {
        PRESSURE.key: ([5, 3, 11], [1200, 700, 1900], [2600, 900, 3900], [2430, 811, 5654], [40, 12, 49]),
        AGREE.key: ([1, 2, 3, 4, 5, 1], [120, 300, 150, 240, 160, 40], [210, 280, 120, 180, 90, 30],
                    [300, 200, 110, 90, 60, 20], [9, 8, 7, 6, 5, 4]),
        SOURCES.key: ([3, 4, 5, 1, 0, 0], [90, 260, 210, 30, 44, 12], [180, 240, 120, 66, 51, 9],
                      [330, 160, 60, 120, 40, 8], [12, 9, 8, 7, 5, 4]),
    }[question.key]  # fmt: skip
    levels = ["18-29", "30-44", "45-59", "60+", NO_ANSWER]
    counts: Counts = {((level,), None): cell for level, cell in zip(levels, cells, strict=True)}
    return view_of(counts, question, by=("age",), **changes)  # type: ignore[arg-type]


def crossed_view(**changes: object) -> View:
    """Returns gender by age; women of 18 to 29 are too few to show."""
    counts: Counts = {}
    for place, gender in enumerate(("F", "M")):
        for step, age in enumerate(("18-29", "30-44", "45-59", "60+")):
            counts[((gender, age), None)] = (
                [4, 2, 6] if place + step == 0 else [300 + 90 * step, 120, 400 + 200 * step - 80 * place]
            )
    return view_of(counts, by=("gender", "age"), **changes)  # type: ignore[arg-type]


def age_trend_view(**changes: object) -> View:
    """Returns six days of two age groups."""
    counts: Counts = {}
    for step, age in enumerate(("18-29", "60+")):
        for place, day in enumerate(DAYS[:6]):
            counts[((age,), day)] = [90 + 8 * place, 40, 150 + 60 * step]
    return view_of(counts, by=("age",), every="day", **changes)  # type: ignore[arg-type]


def test_the_examples_are_frames_as_a_view_promises_them():
    for view in (topline_view(), sources_view(), trend_view(), age_view(), crossed_view(), age_trend_view()):
        expected = ["question", "statistic", "choice", "choice_label", *view.by, "period", *ESTIMATE_COLUMNS]

        assert list(view.estimates.columns) == expected
        assert view.estimates.loc[view.estimates["suppressed"], ["share", "low", "high"]].isna().all().all()
