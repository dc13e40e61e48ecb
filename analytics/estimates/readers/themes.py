"""What comments are about: each theme with its share, who says it, and the comments behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.comments.masking import masked
from analytics.estimates.trust.weighting import all_respondents
from analytics.estimates.views.choose import weights_used
from analytics.estimates.views.view import View
from analytics.estimates.views.weigh import weigh_profiles
from analytics.model import NO_ANSWER, Dimension, Question, Snapshot, Survey
from analytics.model.access import FEWEST_READERS
from analytics.model.reasons import Reason
from analytics.model.request import Request, WeightsChoice
from analytics.statistics.estimates import share_numbers
from analytics.statistics.presentation import DUST, RELIABLE_BASE
from analytics.statistics.sums import Sums

if TYPE_CHECKING:
    from analytics.comments.themes import FoundThemes

NUMBERS = ["count", "base_n", "weighted_base", "effective_n", "deff", "share", "se", "low", "high"]
NAMES = ("theme", "name", "terms", "phrase")
TELLING_WORDS = 6
NEAR = 0.5
"""A comment that is less than such a part as near to the middle of its theme as the nearest shows little of it."""
MOST_COMMENTS = 20_000
"""So many comments are read to find themes, spread evenly over all of them; the reader is told how many there are."""


@dataclass(frozen=True)
class ThemeReport:
    """The themes of the comments of one selection.

    `table` has a row for each theme, the largest first: `theme` (its place), `name`, its telling words: whoever wrote
    one comment does not speak for the others, and published numbers are known by it; `terms` (a text, more of them),
    `phrase` (what several wrote word for word, empty where nothing is), `count`, `base_n`, `share`, `low`, `high`.
    `comments` has the columns of `list_comments` with `theme` (a place, -1 for none),
    `nearness`, `typical`, `copy_of` (a row of `comments`), `voice` (near copies have the same and count once),
    `campaign` (a text sent by many, in no theme) and `counts_for`, its weight: 1 until `weighed` gives it another.
    `written` is how many comments there are in all, `hidden` how many of the survey somebody hid beside them.
    """

    survey: Survey
    table: pd.DataFrame
    comments: pd.DataFrame
    written: int
    weights: WeightsChoice = "none"
    hidden: int = 0

    @property
    def without(self) -> float:
        """The share of the comments that are in no theme."""
        counted = self.counted
        inside = counted["counts_for"][counted["theme"] < 0].sum()
        return float(inside / counted["counts_for"].sum()) if counted["counts_for"].sum() else 0.0

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The comments that shares are of: near copies once."""
        return voices(self.comments)


def voices(comments: pd.DataFrame) -> pd.DataFrame:
    """Returns the comments with near copies once: what is sent many times counts as what is sent once does.

    Its weight is the mean of those of its writers who have one.

    Args:
        comments: the columns `voice` and `counts_for`.
    """
    weight = comments["counts_for"].where(comments["counts_for"] > 0).groupby(comments["voice"]).transform("mean")
    return comments.assign(counts_for=weight.fillna(0.0)).drop_duplicates("voice")


def themes_of(survey: Survey, comments: pd.DataFrame, written: int) -> ThemeReport:
    """Returns the themes of these comments (with their `text`); `written` is how many there are in all."""
    from analytics.comments.themes import find_themes  # half a second of every start, for whoever looks at none

    return theme_report(survey, comments, find_themes(comments["text"].tolist()), written)


def theme_report(survey: Survey, comments: pd.DataFrame, found_themes: FoundThemes, written: int) -> ThemeReport:
    """Returns the themes found in these comments with their shares of all who wrote one."""
    held = comments.assign(
        theme=found_themes.of,
        nearness=found_themes.nearness,
        typical=found_themes.typical,
        copy_of=found_themes.copy_of,
        voice=found_themes.voice,
        campaign=found_themes.campaign,
        counts_for=1.0,
    ).reset_index(drop=True)
    rows = [
        {"theme": place, "name": theme.name, "terms": ", ".join(theme.terms), "phrase": masked(theme.phrase)}
        for place, theme in enumerate(found_themes.themes)
    ]
    names = pd.DataFrame(rows, columns=list(NAMES))
    return ThemeReport(survey, pd.concat([names, shares(voices(held), len(names))], axis=1), held, written)


def weighed_as_chosen(snapshot: Snapshot, request: Request, report: ThemeReport) -> ThemeReport:
    """The report weighted as the request says, or as the survey usually is: each comment by the weight of its writer.

    Raises:
        WeightingError: the targets cannot be met.
    """
    survey, weights = snapshot.survey, weights_used(snapshot.survey, request)
    if weights == "none":
        return report
    fitted = weigh_profiles(survey, snapshot.cells(all_respondents(survey)), request, weights)
    # In the order of the cells' profiles; later ones have no comment here.
    numbers = snapshot.levels().index[: len(fitted.factor)]
    factor = pd.Series(fitted.factor[: len(numbers)], index=numbers)
    return weighed(report, weights, factor, uses_base=fitted.uses_base)


def weighed(report: ThemeReport, weights: WeightsChoice, factor: pd.Series, *, uses_base: bool) -> ThemeReport:
    """Returns the report with each comment counted for the weight of who wrote it.

    Themes stay as they were found, by the words alone. Who has no weight, for want of a known weighting dimension, is
    in no share.

    Args:
        factor: the weight of each profile by its number.
        uses_base: whether it multiplies the base weights that came with the answers.
    """
    by_profile = factor.reindex(report.comments["profile_no"]).fillna(0.0).to_numpy()
    own = report.comments["weight"].to_numpy() if uses_base else 1.0
    comments = report.comments.assign(counts_for=by_profile * own)
    names = report.table[list(NAMES)]
    table = pd.concat([names, _in_order(comments, report.table)], axis=1)
    table = table.sort_values("share", ascending=False, kind="stable", ignore_index=True)
    return replace(report, table=table, comments=comments, weights=weights)


def shares(comments: pd.DataFrame, themes: int) -> pd.DataFrame:
    """Returns the columns NUMBERS, a row a theme: its share of the comments, with the interval that any share has.

    Weights are taken as fixed, and those who wrote are the design: nothing is known of the others but that they wrote
    nothing.

    Args:
        comments: the columns `theme` and `counts_for`; whose weight is 0 is left out.

    Example:
        >>> told = pd.DataFrame({"theme": [0] * 20 + [-1] * 80, "counts_for": 1.0})
        >>> shares(told, 1)[["count", "base_n", "share", "low", "high"]].round(2).to_dict("records")
        [{'count': 20, 'base_n': 100, 'share': 0.2, 'low': 0.13, 'high': 0.29}]
    """
    kept = comments[comments["counts_for"] > 0]
    of, weight = kept["theme"].to_numpy(), kept["counts_for"].to_numpy(dtype=np.float64)
    powers = (np.ones(len(kept)), weight, weight**2)
    inside, (base_n, base_w, base_w2) = of >= 0, (np.array([[power.sum()]]) for power in powers)
    n, w, w2 = (
        np.bincount(of[inside], weights=power[inside], minlength=themes)[None, None, :themes] for power in powers
    )
    numbers = share_numbers(Sums(n, w, w2, base_n, base_w, base_w2), base_n, "logit")
    found = {name: numbers[name].ravel() for name in NUMBERS}
    return pd.DataFrame(found).astype({"count": np.int64, "base_n": np.int64})


def _in_order(comments: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Returns the shares of the themes as they stand in the table, which weights may have put into another order."""
    return shares(voices(comments), len(table)).iloc[table["theme"].to_numpy()].reset_index(drop=True)


def theme_view(snapshot: Snapshot, request: Request, report: ThemeReport) -> View:
    """The themes as estimates of a view, a choice for each, so that all is told of them that is of others.

    The report says how it was weighted.
    """
    asked = snapshot.survey.question(request.question)
    question = asked or Question(request.question, "What comments are about", "text")
    table, none = report.table, pd.Series([None] * len(report.table), dtype=object)
    rows = pd.DataFrame(
        {
            "question": question.key, "statistic": "share", "choice": table["theme"].astype(str),
            "choice_label": table["name"], "period": none, "weights": report.weights,
            **{name: table[name] for name in NUMBERS}, "value": table["share"],
            "suppressed": False, "reason": none, "flag": none,
        }
    )  # fmt: skip
    chosen = replace(request, weights=report.weights)
    if report.weights == "raked":
        chosen = replace(chosen, variance="fixed")
    base_n = int((report.counted["counts_for"] > 0).sum())
    return View(report.survey, snapshot.status, question, chosen, report.weights, report.survey.min_base, rows, base_n)


def theme_groups(report: ThemeReport, levels: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """Returns who says it: of those of each level who wrote a comment, the share whose comment is about each theme.

    Args:
        levels: the levels' values by profile number, a column for each dimension.

    Returns:
        The columns `theme`, `name`, `level`, `level_label`, NUMBERS, `suppressed` and `reason`; suppressed
        rows hold missing numbers.
    """
    given = levels[dimension.key].reindex(report.comments["profile_no"]).fillna(NO_ANSWER).to_numpy()
    listed = {level.value: level.label for level in dimension.levels}
    if (given == NO_ANSWER).any():
        listed |= {NO_ANSWER: NO_ANSWER}
    least = max(report.survey.min_base, FEWEST_READERS)
    parts = []
    for value, label in listed.items():
        numbers = _in_order(report.comments[given == value], report.table)
        named = report.table[["theme", "name", "phrase"]].assign(level=value, level_label=label)
        parts.append(pd.concat([named, numbers], axis=1))
    groups = pd.concat(parts, ignore_index=True)
    few, light = groups["base_n"] < least, groups["effective_n"] < min(least, RELIABLE_BASE) - DUST
    groups[NUMBERS] = groups[NUMBERS].astype(np.float64).mask(few | light)
    thin, scarce = (
        Reason("light", min(least, RELIABLE_BASE), counted="comments"),
        Reason("few", least, counted="comments"),
    )
    reason = pd.Series(
        [scarce if one else thin if other else None for one, other in zip(few, light, strict=True)], index=groups.index,
        dtype=object,
    )  # fmt: skip
    return groups.assign(suppressed=few | light, reason=reason)


def examples(
    report: ThemeReport, theme: int, most: int, answers: Mapping[int, str] | None = None
) -> pd.DataFrame:  # fmt: skip
    """Returns comments that show a theme, near copies once, with the column `copies`.

    Those stand first that are nearest to its middle and say it in TELLING_WORDS words or more; with `answers`, what
    each response answered to a question, the nearest of every answer before the second of any.
    """
    ours = report.comments[report.comments["theme"] == theme]
    words = [min(len(text.split()), TELLING_WORDS) for text in ours["text"]]
    order = (ours["nearness"] * words).sort_values(ascending=False, kind="stable").index
    found = without_copies(ours.loc[order])
    reached = found["text"].map(lambda text: masked(text) != text).to_numpy(dtype=bool)
    found = pd.concat([found[~reached], found[reached]])  # who wants to be written to has more to say than the theme
    if answers is not None:
        turn = found.groupby(found["response_no"].map(answers).fillna("")).cumcount()
        far = (found["nearness"] < NEAR * found["nearness"].max()).to_numpy() | np.sort(reached)
        turn += len(found) * far  # far from its middle is no example
        found = found.loc[turn.sort_values(kind="stable").index]
    return found.head(most)


def in_theme(report: ThemeReport, theme: int) -> int:
    """Returns how many comments are about a theme, near copies once, those of writers without a known weight too."""
    return int((report.counted["theme"] == theme).sum())


def sent_by_many(report: ThemeReport) -> pd.DataFrame:
    """Returns the texts that many sent, each once, the most frequent first, with `copies`, `first_at` and `last_at`."""
    sent = report.comments[report.comments["campaign"]]
    times = sent.groupby("voice")["responded_at"]
    found = without_copies(sent.assign(first_at=times.transform("min"), last_at=times.transform("max")))
    return found.sort_values("copies", ascending=False, kind="stable")


def repeated(report: ThemeReport, most: int) -> pd.DataFrame:
    """Returns the texts that several wrote and nobody sent round, each once, the most frequent first, with `copies`."""
    found = without_copies(report.comments[~report.comments["campaign"]])
    return found[found["copies"] > 1].nlargest(most, "copies")


def masked_examples(report: ThemeReport, theme: int, most: int) -> list[str]:
    """Returns the texts of such comments, contact data masked."""
    return [masked(text) for text in examples(report, theme, most)["text"]]


def without_copies(comments: pd.DataFrame, by: str = "copy_of") -> pd.DataFrame:
    """Returns the first of the near copies among these comments, in their order, with `copies`: how many there are.

    Args:
        by: `voice` where they are to be as many as are counted, so that the same few words from several readers stay.
    """
    return comments.assign(copies=comments.groupby(by)[by].transform("size")).drop_duplicates(by)
