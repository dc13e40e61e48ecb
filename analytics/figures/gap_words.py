"""Two samples side by side in words and as dots: readers and others, one survey and another, wave and wave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics.figures.captions import caption
from analytics.figures.dumbbell import Dot, Side, dumbbells
from analytics.figures.figure import Figure
from analytics.figures.numerals import count_words, percent, points, span_words, whole_points
from analytics.figures.rows import level_label, read_rows
from analytics.figures.style import Mode, Style
from analytics.figures.text import plain_text
from analytics.model import Benchmark
from analytics.views.common_ground import CommonGround
from analytics.views.gaps import Gaps

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
        Side(names[0], tuple(_dot(row, "") for row in rows)),
        Side(names[1], tuple(_dot(row, "against_") for row in rows)),
    )
    view = gaps.view
    told = caption(view, read_rows(view), "lines", style, _sentences(gaps, style))
    return dumbbells(
        view.survey, labels, sides, title=_title(rows, names, style), subtitle=view.question.text,
        caption=told.replace("Bands show", "Thin lines show"), style=style, mode=mode,
    )  # fmt: skip


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


def benchmark_words(benchmark: Benchmark, style: Style) -> str:
    """Returns where a benchmark comes from: source, people, days and base."""
    base = f", {count_words(benchmark.base_n, style)} asked" if benchmark.base_n else ", base not known"
    people = f", {benchmark.population}" if benchmark.population else ""
    return plain_text(f"{benchmark.source}{people}, {span_words(benchmark.first, benchmark.last, style)}{base}")


def shared_sentences(ground: CommonGround, style: Style) -> list[str]:
    """Returns what every group has in common, a sentence each."""
    several = len(ground.groups)
    everywhere = "both groups" if several == 2 else f"all {several} groups"
    return [
        plain_text(
            f"{percent(row['share'], style)} say {_answer(ground, row)}: a majority in {everywhere}, at least "
            f"{percent(row['lowest'], style)} ({_group(ground, row['lowest_group'])})."
        )
        for row in _records(ground.shared)
    ]


def dividing_sentences(ground: CommonGround, style: Style) -> list[str]:
    """Returns what divides the groups most, a sentence a question, the widest first."""
    return [
        plain_text(
            f"{_answer(ground, row)}: {_group(ground, row['group'])}: {percent(row['value'], style)}, "
            f"{_group(ground, row['against'])}: {percent(row['against_value'], style)}; the gap lies between "
            f"{points(row['low'], style).split(' ')[0].lstrip('+')} and {points(row['high'], style).lstrip('+')}."
        )
        for row in _records(ground.dividing)
    ]


def thin_sentence(ground: CommonGround) -> str:
    """Returns which groups could not be judged everywhere; empty where all could."""
    if not ground.thin:
        return ""
    names = ", ".join(_group(ground, group) for group in ground.thin)
    return plain_text(f"Too few answered in {names} to say something about every question; they are left out there.")


def _title(rows: list[dict[str, Any]], names: tuple[str, str], style: Style) -> str:
    clear = [row for row in rows if bool(row["clear"])]
    if not rows or all(row["suppressed"] for row in rows):
        return "Too few answered to compare"
    if not clear:
        return f"No clear gap between {names[0]} and {names[1]}"
    row = max(clear, key=lambda row: abs(row["difference"]))
    more, less = names if row["difference"] > 0 else names[::-1]
    shares = (row["value"], row["against_value"])
    high, low = max(shares), min(shares)
    gap = f"{whole_points(high, style)} to {whole_points(low, style)}{style.percent}"
    return f"{more} say “{row['choice_label']}” more often than {less}: {gap}"


def _sentences(gaps: Gaps, style: Style) -> list[str]:
    if gaps.benchmark is None:
        return []
    chance = (
        "Its own chance error is that of a simple random sample, the least it can be."
        if gaps.benchmark.base_n
        else "Its base is not known, so it counts as exact here."
    )
    return [f"Compared with: {benchmark_words(gaps.benchmark, style)}. {chance}", OTHER_PEOPLE]


def _dot(row: Mapping[str, Any], side: str) -> Dot:
    if row["suppressed"] or row[f"{side}value"] != row[f"{side}value"]:
        return Dot(None, reason=str(row["reason"] or "no answers"))
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


def _answer(ground: CommonGround, row: Mapping[str, Any]) -> str:
    question = ground.found.survey.question(row["question"])
    return f"“{row['choice_label']}” to “{question.text if question else row['question']}”"


def _group(ground: CommonGround, level: str) -> str:
    return level_label(ground.found.survey, ground.by, level)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]
