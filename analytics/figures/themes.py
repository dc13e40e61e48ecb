"""Themes of comments as horizontal bars."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial

import pandas as pd

from analytics.estimates.themes import ThemeReport
from analytics.figures.colours import tint
from analytics.figures.figure import LINE_PX, Figure, Spec, frame, mark_simulated, percent_axis, quiet_axis
from analytics.figures.plain_table import table_figure
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text
from analytics.figures.topline import interval_bars, percent_of
from analytics.language.numbers import count_words, percent
from analytics.language.said import spoken
from analytics.language.text import plain_text, shortened

BAR_PX = 14
ROOM_PX = 12
NAME_COLUMNS = 56
ABOUT = "What comments are about"


def theme_bars(report: ThemeReport, style: Style, mode: Mode) -> Figure:
    """Returns a bar for each theme, its name above it, with its share of the comments and a thin interval."""
    table = report.table
    named = [(plain_text(row["name"]), percent(row["share"], style)) for row in table.to_dict("records")]
    comments = count_words(len(report.comments), style)
    title = spoken("No clear themes")
    if named:
        title = spoken("Most frequent theme: {name}, {share} of comments", name=named[0][0], share=named[0][1])
    return Figure(
        spec=_spec(report, style, mode),
        title=title,
        subtitle=spoken(ABOUT),
        caption=" ".join(
            sentence
            for sentence in (
                spoken(
                    "Share of {count} comments that are about each theme, with {level} uncertainty intervals.",
                    count=comments,
                    level=f"95{style.percent}",
                ),
                weighted_sentence(report, style),
                spoken(
                    "Themes are found by the words that comments share; {share} of the comments are in none. Those who "
                    "write are few of those who answer, and no picture of them.",
                    share=percent(report.without, style),
                ),
            )
            if sentence
        ),
        alt="; ".join(f"{name}: {share}" for name, share in named),
        tabulate=partial(_table, table, style),
    )


def weighted_sentence(report: ThemeReport, style: Style) -> str:
    """Returns how comments are weighted and what that leaves of them; empty where they are not."""
    if report.weights == "none":
        return ""
    counts_for = report.comments["counts_for"]
    worth = count_words(round(counts_for.sum() ** 2 / max((counts_for**2).sum(), 1e-300)), style)
    how = spoken("raked to the targets") if report.weights == "raked" else spoken("by the weights of the file")
    left = int((counts_for <= 0).sum())
    out = spoken("{count} of writers without a known weight are left out; ", count=count_words(left, style))
    told = {"how": how, "out": out if left else "", "worth": worth}
    return spoken("Weighted like the answers, {how}; {out}they are worth {worth} unweighted ones.", **told)


def theme_groups_figure(report: ThemeReport, groups: pd.DataFrame, label: str, style: Style, mode: Mode) -> Figure:
    """Returns who says it as a table; `label` names the groups."""
    bases = groups.drop_duplicates("level")
    said = [
        f"{plain_text(row['level_label'])} {spoken('few') if row['suppressed'] else count_words(row['base_n'], style)}"
        for row in bases.to_dict("records")
    ]
    told = (
        spoken(
            "Share of each group’s comments that are about a theme, with {level} uncertainty intervals.",
            level=f"95{style.percent}",
        ),
        weighted_sentence(report, style),
        spoken("Comments by group: {groups}.", groups=", ".join(said)),
        spoken("{dash} fewer than the minimum base wrote one, or weights leave too little of them.", dash=style.dash),
    )
    return table_figure(
        report.survey, theme_groups_table(report, groups, style), title=spoken("Who says it, by {by}", by=label),
        subtitle=spoken(ABOUT), caption=" ".join(part for part in told if part),
        wide=2.6, style=style, mode=mode,
    )  # fmt: skip


def theme_groups_table(report: ThemeReport, groups: pd.DataFrame, style: Style) -> pd.DataFrame:
    """Returns each theme by the groups for reading, its share with its interval."""
    columns: dict[str, list[str]] = {spoken("Theme"): [plain_text(name) for name in report.table["name"]]}
    for _, ours in groups.groupby("level", sort=False):
        name = plain_text(ours["level_label"].iloc[0])
        columns[name + " " * (name in columns)] = [_with_interval(row, style) for row in ours.to_dict("records")]
    return pd.DataFrame(columns)


def _with_interval(row: Mapping[Hashable, object], style: Style) -> str:
    if row["suppressed"]:
        return style.dash
    share, low, high = (percent(float(str(row[name])), style) for name in ("share", "low", "high"))
    return f"{share} ({spoken('{low} to {high}', low=low, high=high)})"


def _spec(report: ThemeReport, style: Style, mode: Mode) -> Spec:
    rows, palette = report.table.to_dict("records"), style.palette(mode)
    step = style.size * LINE_PX + 4 + BAR_PX + ROOM_PX
    middles = [step * place + style.size * LINE_PX + 4 + BAR_PX / 2 for place in range(len(rows))]
    layout = frame(style, mode, step * len(rows) + 30, t=2, b=26, r=44)
    widest = max([row["high"] for row in rows], default=0)
    marks = (0, 50, 100) if widest > 0.48 else (0, 25, 50)
    layout["xaxis"] = percent_axis(style, mode, marks) | {"range": [0, marks[-1]]}
    layout["yaxis"] = quiet_axis(range=[step * len(rows), 0])
    reach = [(percent_of(row["share"] - row["low"]) or 0, percent_of(row["high"] - row["share"]) or 0) for row in rows]
    bars = {
        "type": "bar", "orientation": "h", "x": [percent_of(row["share"]) for row in rows], "y": middles,
        "width": [BAR_PX] * len(rows), "marker": {"color": palette.qualitative[0]},
        "error_x": interval_bars(reach, tint(palette.ink, 0.55)), "hoverinfo": "text",
        "hovertext": [_hover(row, style) for row in rows],
    }  # fmt: skip
    names = _texts([plotly_text(shortened(row["name"], NAME_COLUMNS)) for row in rows], [0] * len(rows),
                   [middle - BAR_PX / 2 - 1 for middle in middles], "top right", palette.ink)  # fmt: skip
    numbers = _texts([f" <b>{plotly_text(percent(row['share'], style))}</b>" for row in rows],
                     [percent_of(row["high"]) for row in rows], middles, "middle right", palette.ink)  # fmt: skip
    return {"data": [bars, names, numbers], "layout": mark_simulated(layout, report.survey, style, mode)}


def _texts(texts: list[str], x: list[float | None], y: list[float], where: str, colour: str) -> Spec:
    return {
        "type": "scatter", "mode": "text", "x": x, "y": y, "text": texts, "textposition": where,
        "textfont": {"color": colour}, "cliponaxis": False, "hoverinfo": "skip",
    }  # fmt: skip


def _hover(row: Mapping[Hashable, object], style: Style) -> str:
    share, low, high = (percent(float(str(row[name])), style) for name in ("share", "low", "high"))
    told = {"name": row["name"], "share": share, "low": low, "high": high, "count": row["count"]}
    return plotly_text(spoken("{name}: {share} ({low} to {high}), {count} comments", **told))


def _table(table: pd.DataFrame, style: Style) -> pd.DataFrame:
    return pd.DataFrame(
        {
            spoken("Theme"): table["name"],
            spoken("Words"): table["terms"],
            spoken("Share"): [percent(share, style) for share in table["share"]],
            spoken("Interval"): [
                spoken("{low} to {high}", low=percent(low, style), high=percent(high, style))
                for low, high in zip(table["low"], table["high"], strict=True)
            ],
            spoken("Comments"): table["count"],
        }
    )
