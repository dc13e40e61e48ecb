"""Two samples side by side in words and as dots: readers and others, one survey and another, wave and wave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics.estimates.gaps import Gaps
from analytics.figures.captions import caption
from analytics.figures.dumbbell import Dot, Side, dumbbells
from analytics.figures.figure import Figure
from analytics.figures.rows import read_rows, spoken_reason
from analytics.figures.style import Mode, Style
from analytics.language.dates import span_words
from analytics.language.numbers import count_words, percent, points, whole_points
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Benchmark, Question, Survey

READERS = "Our readers"
GAP_HEADS = ("Gap", "From", "To", "So")
OTHER_WORDING = (
    "The two were not asked in the same words. Part of the gap, or all of it, may come from the wording: read both "
    "before you compare."
)
OTHER_PEOPLE = (
    "Readers chose to answer here; the poll went to other people in another way. The gap says how the two differ, not "
    "who is right."
)


def gap_figure(gaps: Gaps, names: tuple[str, str], style: Style, mode: Mode) -> Figure:
    """Returns both sides as dots on one line for each choice; the title is the widest gap that is clear."""
    rows = _records(gaps.rows)
    labels = tuple(str(row["choice_label"]) for row in rows)
    sides = (
        Side(side_words(names[0]), tuple(_dot(row, "") for row in rows)),
        Side(side_words(names[1]), tuple(_dot(row, "against_") for row in rows)),
    )
    names, view = (sides[0].name, sides[1].name), gaps.view
    told = caption(view, read_rows(view), "lines", style, _sentences(gaps, style))
    return dumbbells(
        view.survey, labels, sides, title=_title(rows, names, style), subtitle=view.question.text,
        caption=told.replace(spoken("Bands show"), spoken("Thin lines show")), style=style, mode=mode,
    )  # fmt: skip


def side_names(ours: Survey, theirs: Survey, waves: tuple[str, str]) -> tuple[str, str]:
    """Returns what the two sides of a comparison are called: waves of one survey, or the readers of two.

    Example:
        >>> side_names(Survey("a", "Phones", "UTC", ()), Survey("b", "Phones", "UTC", ()), ("", ""))
        ('Readers of “Phones (a)”', 'Readers of “Phones (b)”')
    """
    if ours.key == theirs.key:
        return f"Wave {waves[0]}", f"Wave {waves[1]}"
    alike = plain_text(ours.title) == plain_text(theirs.title)
    first, second = (plain_text(one.title) + f" ({one.key})" * alike for one in (ours, theirs))
    return f"Readers of “{first}”", f"Readers of “{second}”"


def poll_names(poll: Benchmark) -> tuple[str, str]:
    """Returns what readers and those whom a benchmark poll asked are called."""
    return READERS, poll.population or poll.source


def side_words(name: str) -> str:
    """Returns what a side is called in the language being spoken."""
    for start, end in (("Readers of “", "”"), ("Wave ", "")):
        if name.startswith(start) and name.endswith(end):
            own = name.removeprefix(start).removesuffix(end)
            return spoken("Readers of “{title}”", title=own) if end else spoken("Wave {wave}", wave=own)
    return spoken(name)


def gap_table(gaps: Gaps, names: tuple[str, str], style: Style) -> pd.DataFrame:
    """Returns every gap for reading."""
    rows = [
        (
            plain_text(str(row["choice_label"])), _share(row["value"], style), _share(row["against_value"], style),
            _points(row["difference"], style), _points(row["difference_low"], style),
            _points(row["difference_high"], style), _verdict(row),
        )
        for row in _records(gaps.rows)
    ]  # fmt: skip
    ours, theirs = (f"{plain_text(name)}:" for name in names)  # with a sign that no other column has
    return pd.DataFrame(rows, columns=["Answer", ours, theirs + " " * (ours == theirs), *GAP_HEADS])


def gap_trend_table(rows: pd.DataFrame, polls: tuple[Benchmark, ...], style: Style) -> pd.DataFrame:
    """Returns the gap to each poll for reading, the oldest first."""
    told = [
        (
            plain_text(f"{one.source}, {span_words(one.first, one.last, style)}"), _share(row["value"], style),
            _share(row["against_value"], style), _points(row["difference"], style),
            _points(row["difference_low"], style), _points(row["difference_high"], style), _verdict(row),
        )
        for row in _records(rows)
        for one in [polls[row["poll"]]]
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["Poll", "Readers on its days", "The poll", *GAP_HEADS])


def benchmark_words(benchmark: Benchmark, style: Style) -> str:
    """Returns where a benchmark comes from: source, people, days and base."""
    asked = count_words(benchmark.base_n or 0, style)
    base = spoken(", {count} asked", count=asked) if benchmark.base_n else spoken(", base not known")
    people = f", {benchmark.population}" if benchmark.population else ""
    return plain_text(f"{benchmark.source}{people}, {span_words(benchmark.first, benchmark.last, style)}{base}")


def mapping_words(benchmark: Benchmark, question: Question) -> str:
    """Returns which of the poll's answers stand for which of ours; empty where they are worded alike."""
    labels = {choice.value: choice.label for choice in question.choices}
    told = [
        spoken("“{theirs}” for “{ours}”", theirs=theirs, ours=labels.get(value, value))
        for value, theirs in benchmark.answers
    ]
    return plain_text(spoken("Of the poll’s answers stand {pairs}.", pairs="; ".join(told))) if told else ""


def _title(rows: list[dict[str, Any]], names: tuple[str, str], style: Style) -> str:
    clear = [row for row in rows if bool(row["clear"])]
    if not rows or all(row["suppressed"] for row in rows):
        return spoken("Too few answered to compare")
    if not clear:
        return spoken("No clear gap between {one} and {other}", one=names[0], other=names[1])
    row = max(clear, key=lambda row: abs(row["difference"]))
    more, less = names if row["difference"] > 0 else names[::-1]
    shares = (row["value"], row["against_value"])
    high, low = max(shares), min(shares)
    ends = {"larger": whole_points(high, style), "smaller": f"{whole_points(low, style)}{style.percent}"}
    gap = spoken("{larger} to {smaller}", **ends)
    told = {"more": more, "answer": plain_text(str(row["choice_label"])), "less": less, "gap": gap}
    return spoken("{more} say “{answer}” more often than {less}: {gap}", **told)


def _sentences(gaps: Gaps, style: Style) -> list[str]:
    if gaps.benchmark is None:
        return []
    chance = (
        spoken("Its own chance error is that of a simple random sample, the least it can be.")
        if gaps.benchmark.base_n
        else spoken("Its base is not known, so it counts as exact here.")
    )
    poll = spoken("Compared with: {poll}.", poll=benchmark_words(gaps.benchmark, style))
    return [f"{poll} {chance}", mapping_words(gaps.benchmark, gaps.view.question), spoken(OTHER_PEOPLE)]


def _dot(row: Mapping[str, Any], side: str) -> Dot:
    if row["suppressed"] or row[f"{side}value"] != row[f"{side}value"]:
        return Dot(None, reason=spoken_reason(str(row["reason"] or "")))
    low, high, base = (row[f"{side}{name}"] for name in ("low", "high", "base_n"))
    known = low == low and high == high
    return Dot(
        float(row[f"{side}value"]), float(low) if known else None, float(high) if known else None,
        int(base) if base == base else None,
    )  # fmt: skip


def _share(number: float, style: Style) -> str:
    return style.dash if number != number else percent(number, style)


def _points(number: float, style: Style) -> str:
    return style.dash if number != number else points(number, style).split(" ")[0]


def _verdict(row: Mapping[str, Any]) -> str:
    if row["suppressed"]:
        return plain_text(str(row["reason"]))
    return "a clear gap" if row["clear"] else "may be chance"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]
