"""What each plate is made of: the figure with its numbers, and what was chosen to make it."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

import pandas as pd

from analytics.estimates.common_ground import CommonGround
from analytics.estimates.gaps import Gaps, benchmark_line
from analytics.estimates.judge import Comparisons
from analytics.estimates.layout import part_text
from analytics.estimates.nonresponse import STOPS, Nonresponse, Reached, dial
from analytics.estimates.robustness import Robustness
from analytics.estimates.split import Split, groups_by
from analytics.estimates.table import Column, Table
from analytics.estimates.themes import ThemeReport
from analytics.estimates.view import View
from analytics.exports.claimed import (
    benchmark_claimed,
    dial_claimed,
    gaps_claimed,
    segments_claimed,
    split_claimed,
    table_claimed,
    theme_groups_claimed,
)
from analytics.exports.link import Query
from analytics.exports.plain_rows import frame_rows, plain_row, view_rows
from analytics.exports.plate import Draft, even_rows
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.dumbbell import gap_figure, segment_figure
from analytics.figures.figure import Figure
from analytics.figures.grid import Reading, grid
from analytics.figures.grid_figure import grid_figure
from analytics.figures.nonresponse import nonresponse_dial
from analytics.figures.plain_table import common_ground_figure
from analytics.figures.robustness import robustness_strip
from analytics.figures.split import split_bars
from analytics.figures.style import Style
from analytics.figures.themes import theme_bars, theme_groups_figure
from analytics.language.numbers import count_words, decimal_words
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Benchmark, Dimension, Segment
from analytics.model.sides import SideNames
from analytics.words.differences import segment_words
from analytics.words.gaps import benchmark_words, side_words
from analytics.words.grid import group_name

NO_BANNER = "none"
"""Stands in the address of a table without a banner."""


def robustness_draft(found: Robustness) -> Draft:
    """Returns the strip of a share under every way of counting, a row a way."""
    asked = (("check", "counted"), ("answer", found.choice.value))
    draw = partial(robustness_strip, found, mode="light")
    return Draft("robustness", (found.view,), draw, even_rows(view_rows(found.view)), asked, found.view)


def dial_draft(found: Nonresponse, reached: Reached) -> Draft:
    """Returns the dial, a row for each of its stops; the facts hold the population and where the dial stands."""
    asked: Query = (("check", "missing"), ("answer", found.choice.value), ("people", f"{found.people}"))
    asked += (("link", min(STOPS, key=lambda name: abs(STOPS[name] - reached.times))),)
    named = {"statistic": "share", "choice": found.choice.value, "choice_label": found.choice.label}
    rows = [named | row | {"base_n": found.view.base_n} for row in frame_rows(dial(found))]

    def more(style: Style) -> tuple[tuple[str, str, str], ...]:
        stands = spoken("{times} times as likely to answer", times=decimal_words(reached.times, 2, style))
        return (
            ("people", spoken("People the survey is about"), count_words(found.people, style)),
            ("dial", spoken("The dial stands at"), stands),
        )

    draw = partial(nonresponse_dial, found, reached, mode="light")
    return Draft("dial", (found.view,), draw, even_rows(rows), asked, dial_claimed(found), more)


def split_draft(found: Split) -> Draft:
    """Returns the change and its two parts; the shares before and after stand above them."""
    every = found.view.every
    asked: Query = (("check", "change"), ("answer", found.choice.value))
    asked += (("pair", "halves"),) if every is None else (
        ("every", every), ("pair", "two"), ("from", found.before), ("to", found.after)
    )  # fmt: skip
    if found.by != groups_by(found.view.survey, every):
        asked += tuple(("groups", key) for key in found.by)
    shares = [row for row in view_rows(found.view) if row["choice"] == found.choice.value]
    parts = ("change", "same_groups", "other_groups")
    rows = [*shares, *({"statistic": name} | plain_row(asdict(getattr(found.parts, name))) for name in parts)]
    draw = partial(split_bars, found, mode="light")
    return Draft("split", (found.view,), draw, even_rows(rows), asked, split_claimed(found))


def segments_draft(view: View, found: Comparisons, segments: tuple[Segment, ...]) -> Draft:
    """Returns segments side by side: the shares of each, then how far every two lie apart."""
    names = {segment.key: segment.name for segment in segments}
    rows = [{"row": "share"} | row | {"segment_label": names[row["segment"]]} for row in view_rows(view)]
    rows += [
        {"row": "difference"} | row | {f"{side}_label": names[row[side]] for side in ("segment", "against")}
        for row in frame_rows(found.rows)
    ]
    asked = tuple(("segment", segment.key) for segment in segments)

    def more(style: Style) -> list[tuple[str, str, str]]:
        return [
            (
                f"segment_{place}",
                spoken("Segment {name}", name=segment.name),
                segment_words(segment, view.survey, style),
            )
            for place, segment in enumerate(segments, 1)
        ]

    draw, claimed = partial(segment_figure, view, found, segments, mode="light"), segments_claimed(view, segments)
    return Draft("segments", (view,), draw, even_rows(rows), asked, claimed, more)


def gaps_draft(gaps: Gaps, sides: SideNames, asked: Query) -> Draft:
    """Returns two samples side by side; both wordings and where the other side comes from are among the facts."""

    def more(style: Style) -> list[tuple[str, str, str]]:
        ours, theirs = (spoken("{who} were asked", who=side_words(side)) for side in sides)
        told = [("ours", ours, gaps.wording), ("theirs", theirs, gaps.against_wording)]
        if gaps.benchmark is not None:
            told.append(("benchmark", spoken("Compared with"), benchmark_words(gaps.benchmark, style)))
        return told

    views = (gaps.view, *([gaps.against] if gaps.against else []))
    draw = partial(gap_figure, gaps, sides, mode="light")
    return Draft("gaps", views, draw, even_rows(frame_rows(gaps.rows)), asked, gaps_claimed(gaps, sides), more)


def benchmark_trend_draft(
    view: View, choice: str, polls: tuple[Benchmark, ...], gaps: pd.DataFrame, asked: Query
) -> Draft:
    """Returns one answer over time, what each benchmark poll found on it, and how far readers then lay above it.

    Args:
        gaps: as `gaps_at_polls` gives them.
    """
    line = benchmark_line(polls, choice)
    rows: list[dict[str, Any]] = [row for row in view_rows(view) if row["choice"] == choice]
    rows += [
        {"statistic": "benchmark", "choice": choice, "period": f"{day}", "share": share, "suppressed": False}
        for day, share in line
    ]
    rows += [
        {"statistic": "gap", "choice": choice, "period": f"{polls[row['poll']].last}"} | row for row in frame_rows(gaps)
    ]

    def more(style: Style) -> list[tuple[str, str, str]]:
        return [
            (f"benchmark_{place}", spoken("Benchmark {number}", number=place), benchmark_words(one, style))
            for place, one in enumerate(polls, 1)
        ]

    draw, claimed = partial(benchmark_trend, view, choice, polls, mode="light"), benchmark_claimed
    return Draft(
        "benchmark trend", (view,), draw, even_rows(rows), asked, claimed(view, choice, polls), more
    )  # fmt: skip


def themes_draft(report: ThemeReport, view: View, asked: Query) -> Draft:
    """Returns the themes of comments with the words by which each is known."""
    terms = {str(row["theme"]): row["terms"] for row in report.table.to_dict("records")}
    rows = [row | {"terms": terms[row["choice"]]} for row in view_rows(view)]

    def more(style: Style) -> list[tuple[str, str, str]]:
        read, written = (count_words(number, style) for number in (len(report.comments), report.written))
        told = spoken("{read} of {written} comments were read to find themes", read=read, written=written)
        return [("comments", spoken("Comments"), told)]

    draw = partial(theme_bars, report, mode="light")
    return Draft("themes", (view,), draw, even_rows(rows), asked, view, more)


def theme_groups_draft(
    report: ThemeReport, view: View, groups: pd.DataFrame, dimension: Dimension, asked: Query
) -> Draft:
    """Returns who says what: each theme by the groups of a dimension, every share with its bases below."""
    draw = partial(theme_groups_figure, report, groups, dimension.label, mode="light")
    rows = [row | {"dimension": dimension.key} for row in frame_rows(groups)]
    claimed = theme_groups_claimed(view, groups)
    return Draft("theme groups", (view,), draw, even_rows(rows), (*asked, ("by", dimension.key)), claimed)


def common_ground_draft(ground: CommonGround) -> Draft:
    """Returns what groups have in common and what divides them, a row a finding."""
    rows: list[dict[str, Any]] = [{"row": "shared"} | row for row in frame_rows(ground.shared)]
    rows += [{"row": "dividing"} | row for row in frame_rows(ground.dividing)]
    rows = rows or [{"row": "nothing", "by": ground.by}]
    draw, asked = partial(common_ground_figure, ground, mode="light"), (("with", "common"), ("by", ground.by))
    return Draft("common ground", ground.found.toplines, draw, even_rows(rows), asked, table_claimed(ground.found))


def table_draft(told: Table, reading: Reading) -> Draft:
    """Returns the analyst's table as it is read, with every cell to full precision below: bases, intervals, marks."""
    records = frame_rows(told.cells)
    rows = [_named(row, told.columns[row["column"]], told) for row in records]

    def more(_style: Style) -> list[tuple[str, str, str]]:
        name = spoken("Not compared")
        return [(f"not_compared_{place}", name, words) for place, words in enumerate(told.unlettered, 1)]

    def draw(style: Style) -> Figure:
        return grid_figure(told, grid(told, reading, style, "light"), style, "light")

    asked = table_asked(told, reading)
    return Draft("table", told.toplines, draw, even_rows(rows), asked, table_claimed(told), more)


def table_asked(told: Table, reading: Reading) -> Query:
    """Returns the table's layout, and how it is read where not as usual, as they stand in its page's address."""
    layout, usual = told.layout, Reading()
    banner = [part_text(part) for part in layout.banner] or [NO_BANNER]
    pairs = [("stub", key) for key in layout.stubs] + [("banner", text) for text in banner]
    pairs += [("segment", segment.key) for segment in layout.segments]
    pairs += [("numbers", reading.numbers)] if reading.numbers != usual.numbers else []
    pairs += [("marks", reading.marks)] if reading.marks != usual.marks else []
    pairs += [("hide", name) for name in reading.hidden]
    if reading.sort is not None:
        column = told.columns[reading.sort]
        pairs += [("sort", value) for value in (part_text(column.part), *column.values)]
    pairs += [("turned", "yes")] if reading.transposed else []
    return (*pairs, *([] if reading.heat else [("heat", "no")]))


def _named(row: dict[str, Any], column: Column, told: Table) -> dict[str, Any]:
    heading, name = group_name(told, column)
    return row | {"banner_label": plain_text(heading), "group_label": plain_text(name)}
