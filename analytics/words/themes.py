"""What comments are about, and who says it: in words, and as tables for reading."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from analytics.estimates.readers.themes import ThemeReport
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent
from analytics.language.said import noted, quoted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER
from analytics.words.captions import Caption, Sentence, level_words

ABOUT = noted("What comments are about")


def theme_name(row: Mapping[Hashable, object]) -> str:
    """Returns what a theme is called where people read of it: the phrase that several wrote, else its telling words."""
    phrase = str(row.get("phrase") or "")
    return quoted(phrase) if phrase else str(row["name"])


def themes_title(report: ThemeReport, style: Notation) -> str:
    """Returns the most frequent theme, the first two where it may be chance which is ahead, or that there is none."""
    rows = report.table.to_dict("records")
    if not rows:
        return spoken("No clear themes")
    names = [{"name": plain_text(theme_name(row)), "share": percent(float(row["share"]), style)} for row in rows[:2]]
    if len(rows) == 1 or float(rows[0]["low"]) > float(rows[1]["high"]):
        return spoken("Most frequent theme: {name}, {share} of comments", **names[0])
    told = {"first": spoken("{name} ({share})", **names[0]), "second": spoken("{name} ({share})", **names[1])}
    return spoken("Frequent themes of comments: {first}; {second}", **told)


def themes_alt(report: ThemeReport, style: Notation) -> str:
    """Returns the themes with their shares."""
    rows = report.table.to_dict("records")
    return "; ".join(f"{plain_text(theme_name(row))}: {percent(row['share'], style)}" for row in rows)


def themes_caption(report: ThemeReport, style: Notation) -> Caption:
    """Returns the disclosure of the themes: of how many comments, how weighted, how found."""
    told = (
        spoken(
            "Share of {count} comments that are about each theme, with {level} uncertainty intervals.",
            count=count_words(len(report.counted), style), level=level_words(style),
        ),
        copies_sentence(report),
        weighted_sentence(report, style),
        spoken(
            "Themes are found by the words that comments share; {share} of the comments are in none. Those who "
            "write are few of those who answer, and no picture of them.",
            share=percent(report.without, style),
        ),
    )  # fmt: skip
    return tuple(Sentence(one) for one in told if one)


def themes_line(report: ThemeReport, style: Notation) -> Caption:
    """Returns what a page says below the themes: of how many comments, and how many are about none."""
    told = {"count": count_words(len(report.counted), style), "share": percent(report.without, style)}
    line = spoken("Share of {count} comments that are about each theme; {share} are about none.", **told)
    return (Sentence(line), Sentence(spoken("Those who write are few of those who answer, and no picture of them.")))


def none_sentence(report: ThemeReport) -> str:
    """Returns that no theme was found, among how many different comments, and how many repeat one of them."""
    none = spoken_of(
        len(report.counted),
        "No clear themes: there is only {count} comment.",
        "No clear themes in {count} different comments. Read them, or search.",
    )
    return " ".join(one for one in (none, copies_sentence(report)) if one)


def copies_sentence(report: ThemeReport) -> str:
    """Returns how many comments only repeat another one; empty where none does."""
    copies = len(report.comments) - len(report.counted)
    if not copies:
        return ""
    return spoken_of(
        copies,
        "{count} near copy counts once with the comment that it repeats.",
        "{count} near copies count once with the comments that they repeat.",
    )


def groups_caption(report: ThemeReport, groups: pd.DataFrame, style: Notation) -> Caption:
    """Returns the disclosure of who says it: the intervals, the weights, how many wrote in each group."""
    said = [
        f"{group_words(row)} {spoken('few') if row['suppressed'] else count_words(row['base_n'], style)}"
        for row in groups.drop_duplicates("level").to_dict("records")
    ]
    told = (
        spoken(
            "Share of each group’s comments that are about a theme, with {level} uncertainty intervals.",
            level=level_words(style),
        ),
        weighted_sentence(report, style),
        spoken("Comments by group: {groups}.", groups=", ".join(said)),
        spoken("{dash} fewer than the minimum base wrote one, or weights leave too little of them.", dash=style.dash),
    )
    return tuple(Sentence(one) for one in told if one)


def group_words(row: Mapping[Hashable, object]) -> str:
    """Returns how the group of a row is named."""
    return spoken(NO_ANSWER) if row["level"] == NO_ANSWER else plain_text(str(row["level_label"]))


def weighted_sentence(report: ThemeReport, style: Notation) -> str:
    """Returns how comments are weighted and what that leaves of them; empty where they are not."""
    if report.weights == "none":
        return ""
    counts_for = report.counted["counts_for"]
    worth = count_words(round(counts_for.sum() ** 2 / max((counts_for**2).sum(), 1e-300)), style)
    how = spoken("raked to the targets") if report.weights == "raked" else spoken("by the weights of the file")
    left = int((counts_for <= 0).sum())
    weighted = spoken("Weighted like the answers, {how}; they are worth {worth} unweighted ones.", how=how, worth=worth)
    if not left:
        return weighted
    out = spoken_of(
        left,
        "{count} comment is left out of the shares: the weight of its writer is not known.",
        "{count} comments are left out of the shares: the weights of their writers are not known.",
    )
    return f"{weighted} {out}"


def theme_groups_table(report: ThemeReport, groups: pd.DataFrame, style: Notation) -> pd.DataFrame:
    """Returns each theme by the groups for reading, its share with its interval."""
    columns: dict[str, list[str]] = {
        spoken("Theme"): [plain_text(theme_name(row)) for row in report.table.to_dict("records")]
    }
    for _, ours in groups.groupby("level", sort=False):
        name = group_words(ours.iloc[0].to_dict())
        columns[name + " " * (name in columns)] = [_with_interval(row, style) for row in ours.to_dict("records")]
    return pd.DataFrame(columns)


def _with_interval(row: Mapping[Hashable, object], style: Notation) -> str:
    if row["suppressed"]:
        return style.dash
    share, low, high = (percent(float(str(row[name])), style) for name in ("share", "low", "high"))
    return f"{share} ({spoken('{low} to {high}', low=low, high=high)})"


def theme_sentence(row: Mapping[Hashable, object], style: Notation) -> str:
    """Returns a theme with its share, interval and how many comments are about it."""
    share, low, high = (percent(float(str(row[name])), style) for name in ("share", "low", "high"))
    told = {"name": theme_name(row), "share": share, "low": low, "high": high}
    count = count_words(float(str(row["count"])), style)
    return spoken("{name}: {share} ({low} to {high}), {count} comments", count=count, **told)


def theme_table(table: pd.DataFrame, style: Notation) -> pd.DataFrame:
    """Returns each theme for reading, with the words by which it is known."""
    return pd.DataFrame(
        {
            spoken("Theme"): [theme_name(row) for row in table.to_dict("records")],
            spoken("Words"): table["terms"],
            spoken("Share"): [percent(share, style) for share in table["share"]],
            spoken("Interval"): [
                spoken("{low} to {high}", low=percent(low, style), high=percent(high, style))
                for low, high in zip(table["low"], table["high"], strict=True)
            ],
            spoken("Comments"): table["count"],
        }
    )
