"""The plates that pages offer: each figure with its numbers, and what was chosen to make it."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

import pandas as pd

from analytics.exports.link import Query
from analytics.exports.plain_rows import frame_rows, plain_row, view_rows
from analytics.exports.plate import Plate, plate_of
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.common_ground import common_ground_figure
from analytics.figures.figure import Figure
from analytics.figures.gap_words import benchmark_words, gap_figure
from analytics.figures.grid import Reading, grid
from analytics.figures.grid_figure import grid_figure
from analytics.figures.grid_words import group_name
from analytics.figures.nonresponse import nonresponse_dial
from analytics.figures.robustness import robustness_strip
from analytics.figures.segment_gaps import segment_figure, segment_words
from analytics.figures.split import split_bars
from analytics.figures.style import Style
from analytics.figures.text import plain_text
from analytics.figures.themes import theme_bars, theme_groups_figure
from analytics.model import Benchmark, Dimension, Segment
from analytics.views.common_ground import CommonGround
from analytics.views.gaps import Gaps, benchmark_line
from analytics.views.judge import Comparisons
from analytics.views.nonresponse import Nonresponse, Reached, dial
from analytics.views.robustness import Robustness
from analytics.views.split import Split
from analytics.views.table import Column, Table
from analytics.views.themes import ThemeReport
from analytics.views.view import View


def robustness_plate(found: Robustness, style: Style, asked: Query) -> Plate:
    """Returns the strip of a share under every way of counting, a row a way."""
    draw = partial(robustness_strip, found, mode="light")
    return plate_of("robustness", [found.view], draw, view_rows(found.view), style, asked=asked)


def dial_plate(found: Nonresponse, reached: Reached, style: Style, asked: Query) -> Plate:
    """Returns the dial, a row for each of its stops; the facts hold the population and where the dial stands."""
    rows = [row | {"choice": found.choice.value, "base_n": found.view.base_n} for row in frame_rows(dial(found))]
    more = (
        ("people", "People the survey is about", f"{found.people}"),
        ("dial", "The dial stands at", f"{reached.times:.4g} times as likely to answer"),
    )
    draw = partial(nonresponse_dial, found, reached, mode="light")
    return plate_of("dial", [found.view], draw, rows, style, asked=asked, more=more)


def split_plate(found: Split, style: Style, asked: Query) -> Plate:
    """Returns the change and its two parts; the shares before and after stand above them."""
    shares = [row for row in view_rows(found.view) if row["choice"] == found.choice.value]
    parts = ("change", "same_groups", "other_groups")
    rows = [*shares, *({"statistic": name} | plain_row(asdict(getattr(found.parts, name))) for name in parts)]
    return plate_of("split", [found.view], partial(split_bars, found, mode="light"), rows, style, asked=asked)


def segments_plate(
    view: View, found: Comparisons, segments: tuple[Segment, ...], style: Style, asked: Query
) -> Plate:  # fmt: skip
    """Returns segments side by side: the shares of each, then how far every two lie apart."""
    rows = [{"row": "share"} | row for row in view_rows(view)]
    rows += [{"row": "difference"} | row for row in frame_rows(found.rows)]
    more = [
        (f"segment_{place}", f"Segment {segment.name}", segment_words(segment, view.survey, style))
        for place, segment in enumerate(segments, 1)
    ]
    draw = partial(segment_figure, view, found, segments, mode="light")
    return plate_of("segments", [view], draw, rows, style, asked=asked, more=more)


def gaps_plate(gaps: Gaps, names: tuple[str, str], style: Style, asked: Query) -> Plate:
    """Returns two samples side by side; both wordings and where the other side comes from are among the facts."""
    more = [
        ("ours", f"{names[0]} were asked", gaps.wording),
        ("theirs", f"{names[1]} were asked", gaps.against_wording),
    ]
    if gaps.benchmark is not None:
        more.append(("benchmark", "Compared with", benchmark_words(gaps.benchmark, style)))
    views = [gaps.view, *([gaps.against] if gaps.against else [])]
    draw = partial(gap_figure, gaps, names, mode="light")
    return plate_of("gaps", views, draw, frame_rows(gaps.rows), style, asked=asked, more=more)


def benchmark_trend_plate(
    view: View, choice: str, polls: tuple[Benchmark, ...], gaps: pd.DataFrame, style: Style, asked: Query
) -> Plate:
    """Returns one answer over time, what each benchmark poll found on it, and how far readers then lay above it.

    Args:
        gaps: as `gaps_at_polls` gives them.
    """
    line, name = benchmark_line(polls, choice), polls[-1].population or polls[-1].source
    rows: list[dict[str, Any]] = [row for row in view_rows(view) if row["choice"] == choice]
    rows += [
        {"statistic": "benchmark", "choice": choice, "period": f"{day}", "share": share, "suppressed": False}
        for day, share in line
    ]
    rows += [
        {"statistic": "gap", "choice": choice, "period": f"{polls[row['poll']].last}"} | row for row in frame_rows(gaps)
    ]
    more = [
        (f"benchmark_{place}", f"Benchmark {place}", benchmark_words(one, style)) for place, one in enumerate(polls, 1)
    ]
    draw = partial(benchmark_trend, view, choice, line, name, mode="light")
    return plate_of("benchmark trend", [view], draw, rows, style, asked=asked, more=more)


def themes_plate(report: ThemeReport, view: View, style: Style, asked: Query) -> Plate:
    """Returns the themes of comments with the words by which each is known."""
    terms = {str(row["theme"]): row["terms"] for row in report.table.to_dict("records")}
    rows = [row | {"terms": terms[row["choice"]]} for row in view_rows(view)]
    read = f"{len(report.comments):,} of {report.written:,} comments were read to find themes"
    more = [("comments", "Comments", read)]
    return plate_of("themes", [view], partial(theme_bars, report, mode="light"), rows, style, asked=asked, more=more)


def theme_groups_plate(
    report: ThemeReport, view: View, groups: pd.DataFrame, dimension: Dimension, style: Style, asked: Query
) -> Plate:
    """Returns who says what: each theme by the groups of a dimension, every share with its bases below."""
    draw = partial(theme_groups_figure, report, groups, dimension.label, mode="light")
    rows = [row | {"dimension": dimension.key} for row in frame_rows(groups)]
    return plate_of("theme groups", [view], draw, rows, style, asked=asked)


def common_ground_plate(ground: CommonGround, style: Style, asked: Query) -> Plate:
    """Returns what groups have in common and what divides them, a row a finding."""
    rows = [{"row": "shared"} | row for row in frame_rows(ground.shared)]
    rows += [{"row": "dividing"} | row for row in frame_rows(ground.dividing)]
    rows = rows or [{"row": "nothing", "by": ground.by}]
    draw = partial(common_ground_figure, ground, mode="light")
    return plate_of("common ground", ground.found.toplines, draw, rows, style, asked=asked)


def table_plate(told: Table, reading: Reading, style: Style, asked: Query) -> Plate:
    """Returns the analyst's table as it is read, with every cell to full precision below: bases, intervals, marks."""
    records = frame_rows(told.cells)
    rows = [_named(row, told.columns[row["column"]], told) for row in records]
    more = [(f"not_compared_{place}", "Not compared", words) for place, words in enumerate(told.unlettered, 1)]

    def draw(one: Style) -> Figure:
        return grid_figure(told, grid(told, reading, one, "light"), one, "light")

    return plate_of("table", told.toplines, draw, rows, style, asked=asked, more=more)


def _named(row: dict[str, Any], column: Column, told: Table) -> dict[str, Any]:
    heading, name = group_name(told, column)
    return row | {"banner_label": plain_text(heading), "group_label": plain_text(name)}
