"""What comments are about: each theme with its share, who says it, and the comments behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.comments.masking import masked
from analytics.model import NO_ANSWER, Dimension, Question, Status, Survey
from analytics.statistics.uncertainty import share_interval
from analytics.views.access import FEWEST_READERS
from analytics.views.selection import Selection
from analytics.views.view import View

if TYPE_CHECKING:
    from analytics.comments.themes import Found

NUMBERS = ["count", "base_n", "share", "low", "high"]
TELLING_WORDS = 6
MOST_COMMENTS = 20_000
"""So many comments are read to find themes, spread evenly over all of them; the reader is told how many there are."""


@dataclass(frozen=True)
class ThemeReport:
    """The themes of the comments of one selection.

    `table` has a row for each theme, the largest first: `theme` (its place), `name`, `terms` (a text), `count`,
    `base_n`, `share`, `low`, `high`. `comments` has the columns of `list_comments` with `theme` (a place, -1 for none),
    `nearness`, `typical` and `copy_of` (a row of `comments`). `written` is how many comments there are in all.
    """

    survey: Survey
    table: pd.DataFrame
    comments: pd.DataFrame
    written: int

    @property
    def without(self) -> float:
        """The share of the comments that are in no theme."""
        return float((self.comments["theme"] < 0).mean()) if len(self.comments) else 0.0


def themes_of(survey: Survey, comments: pd.DataFrame, written: int) -> ThemeReport:
    """Returns the themes of these comments (with their `text`); `written` is how many there are in all."""
    from analytics.comments.themes import find_themes  # half a second of every start, for whoever looks at none

    return theme_report(survey, comments, find_themes(comments["text"].tolist()), written)


def theme_report(survey: Survey, comments: pd.DataFrame, found: Found, written: int) -> ThemeReport:
    """Returns the themes found in these comments with their shares of all who wrote one."""
    held = comments.assign(
        theme=found.of, nearness=found.nearness, typical=found.typical, copy_of=found.copy_of
    ).reset_index(drop=True)
    rows = [
        {"theme": place, "name": theme.name, "terms": ", ".join(theme.terms)}
        for place, theme in enumerate(found.themes)
    ]
    counts = np.array([(found.of == place).sum() for place in range(len(found.themes))], dtype=np.int64)
    names = pd.DataFrame(rows, columns=["theme", "name", "terms"])
    table = pd.concat([names, shares(counts, np.full(len(counts), len(held)))], axis=1)
    return ThemeReport(survey, table, held, written)


def shares(counts: np.ndarray, base_n: np.ndarray) -> pd.DataFrame:
    """Returns the columns `count`, `base_n`, `share`, `low` and `high`, with the uncertainty intervals of other shares.

    Example:
        >>> shares(np.array([20]), np.array([100])).round(2).to_dict("records")
        [{'count': 20, 'base_n': 100, 'share': 0.2, 'low': 0.13, 'high': 0.29}]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = counts / base_n
        se = np.sqrt(share * (1 - share) / (base_n - 1))
    low, high = share_interval(share, se, base_n.astype(np.float64), base_n - 1.0, "logit")
    return pd.DataFrame({"count": counts, "base_n": base_n, "share": share, "low": low, "high": high})


def theme_view(report: ThemeReport, status: Status, question: Question, selection: Selection) -> View:
    """Returns the themes as estimates of a view, a choice for each, so that all is told of them that is of others.

    Comments are counted, not weighted.
    """
    table, none = report.table, pd.Series([None] * len(report.table), dtype=object)
    bases = table["base_n"].astype(np.float64)
    rows = pd.DataFrame(
        {
            "question": question.key, "statistic": "share", "choice": table["theme"].astype(str),
            "choice_label": table["name"], "period": none, "weights": "none", "base_n": table["base_n"],
            "weighted_base": bases, "effective_n": bases, "deff": 1.0, "count": table["count"],
            "share": table["share"], "value": table["share"], "se": np.nan, "low": table["low"], "high": table["high"],
            "suppressed": False, "reason": none, "flag": none,
        }
    )  # fmt: skip
    chosen = replace(selection, weights="none")
    return View(report.survey, status, question, chosen, "none", report.survey.min_base, rows, len(report.comments))


def theme_groups(report: ThemeReport, levels: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """Returns who says it: of those of each level who wrote a comment, the share whose comment is about each theme.

    Args:
        levels: the levels' values by profile number, a column for each dimension.

    Returns:
        The columns `theme`, `name`, `level`, `level_label`, `count`, `base_n`, `share`, `low`, `high`, `suppressed` and
        `reason`; suppressed rows hold missing numbers.
    """
    given = levels[dimension.key].reindex(report.comments["profile_no"]).fillna(NO_ANSWER).to_numpy()
    listed = {level.value: level.label for level in dimension.levels}
    if (given == NO_ANSWER).any():
        listed |= {NO_ANSWER: NO_ANSWER}
    least = max(report.survey.min_base, FEWEST_READERS)
    parts = []
    for value, label in listed.items():
        of = report.comments["theme"].to_numpy()[given == value]
        counts = np.array([(of == place).sum() for place in report.table["theme"]], dtype=np.int64)
        named = report.table[["theme", "name"]].assign(level=value, level_label=label)
        parts.append(pd.concat([named, shares(counts, np.full(len(counts), len(of)))], axis=1))
    groups = pd.concat(parts, ignore_index=True)
    hidden = groups["base_n"] < least
    groups[NUMBERS] = groups[NUMBERS].astype(np.float64).mask(hidden)
    return groups.assign(suppressed=hidden, reason=np.where(hidden, f"fewer than {least} wrote a comment", ""))


def examples(report: ThemeReport, theme: int, most: int) -> pd.DataFrame:
    """Returns comments that show a theme, near copies once, with the column `copies`.

    Those stand first that are nearest to its middle and say it in TELLING_WORDS words or more.
    """
    ours = report.comments[report.comments["theme"] == theme]
    words = [min(len(text.split()), TELLING_WORDS) for text in ours["text"]]
    order = (ours["nearness"] * words).sort_values(ascending=False, kind="stable").index
    return without_copies(ours.loc[order]).head(most)


def masked_examples(report: ThemeReport, theme: int, most: int) -> list[str]:
    """Returns the texts of such comments, contact data masked."""
    return [masked(text) for text in examples(report, theme, most)["text"]]


def without_copies(comments: pd.DataFrame) -> pd.DataFrame:
    """Returns the first of the near copies among these comments, in their order, with `copies`: how many there are."""
    copies = comments.groupby("copy_of")["copy_of"].transform("size")
    return comments.assign(copies=copies).drop_duplicates("copy_of")
