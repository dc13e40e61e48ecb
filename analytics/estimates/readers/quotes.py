"""Comments picked for print: from every side, from many groups, with consent, and with how typical each is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.comments.masking import masked
from analytics.estimates.readers.comments import local_day
from analytics.estimates.readers.themes import ThemeReport, without_copies
from analytics.model import Choice, Question

FEWEST_WORDS, MOST_WORDS, WHOLE_WORDS = 5, 60, 12
"""A comment of fewer or more words is not picked; one of WHOLE_WORDS says what it says as well as a longer one."""
SAME_THEME, SAME_GROUP = 0.5, 0.25
"""What it costs a comment that one of its theme, or of its group, has been picked for the same answer already."""


@dataclass(frozen=True)
class Quote:
    """One comment for print, contact data masked.

    `alike` is which part of the comments of those who gave the same answer are about the same, None for a comment that
    is in no theme. `same` is how many of them wrote nearly these words, this one among them.
    """

    response_no: int
    text: str
    choice: Choice
    day: date | None
    alike: float | None
    same: int = 1


@dataclass(frozen=True)
class Consent:
    """How many comments there are, how many of them may not be printed, and how many of those said nothing of it."""

    written: int
    left_out: int
    silent: int


def pick_quotes(
    report: ThemeReport,
    question: Question,
    choices: pd.DataFrame,
    *,
    each: int,
    consents: Collection[str] | None,
    groups: Mapping[int, object],
    passed: Collection[int] = (),
) -> list[Quote]:
    """Returns up to `each` comments for every choice of the question, in the order of the choices.

    Args:
        choices: what the writers answered: the columns `response_no` and `value`.
        consents: what a writer who agreed to be printed answered; None where consent is left aside.
        groups: the level of each profile, so that writers of several groups are picked.
        passed: the responses that an editor has put aside.
    """
    own = report.comments[~report.comments["campaign"]]  # what many sent is nobody's own words
    told = own.merge(choices, on="response_no")
    quotes = []
    for choice in question.choices:
        ours = told[told["value"] == choice.value]
        free = without_copies(ours.sort_values("nearness", ascending=False, kind="stable"))
        free = free[~free["response_no"].isin(list(passed))]
        if consents is not None:
            free = free[free["consent"].isin(list(consents))]
        for row in _picked(free, each, groups):
            quotes.append(_quote(report, row, choice, ours["theme"]))
    return quotes


def consents_of(comments: pd.DataFrame) -> list[str]:
    """Returns what writers answered when they were asked for consent, the most frequent first."""
    return [str(value) for value in comments["consent"].dropna().value_counts().index if value]


def consent_in(comments: pd.DataFrame, consents: Collection[str]) -> Consent:
    """How many comments may not be printed, for want of one of these answers.

    Example:
        >>> told = pd.DataFrame({"consent": ["yes", "no", "", None]})
        >>> consent_in(told, ["yes"])
        Consent(written=4, left_out=3, silent=2)
    """
    out = comments[~comments["consent"].isin(list(consents))]
    return Consent(len(comments), len(out), int(out["consent"].fillna("").eq("").sum()))


def _picked(free: pd.DataFrame, each: int, groups: Mapping[int, object]) -> list[dict[str, object]]:
    rows = [
        row
        for row in free.to_dict("records")
        if FEWEST_WORDS <= len(row["text"].split()) <= MOST_WORDS and masked(row["text"]) == row["text"]
    ]
    picked: list[dict[str, object]] = []
    themes: set[object] = set()
    used: set[object] = set()
    while rows and len(picked) < each:
        worth = [
            max(row["nearness"], row["typical"]) * min(len(row["text"].split()) / WHOLE_WORDS, 1)
            - SAME_THEME * (row["theme"] in themes)
            - SAME_GROUP * (groups.get(row["profile_no"]) in used)
            for row in rows
        ]
        best = rows.pop(worth.index(max(worth)))
        picked.append({str(name): cell for name, cell in best.items()})
        themes.add(best["theme"])
        used.add(groups.get(best["profile_no"]))
    return picked


def _quote(report: ThemeReport, row: Mapping[str, object], choice: Choice, themes: pd.Series) -> Quote:
    day = local_day(pd.Timestamp(row["responded_at"]), report.survey.time_zone)  # type: ignore[arg-type]
    theme = int(str(row["theme"]))
    return Quote(
        response_no=int(str(row["response_no"])),
        text=" ".join(masked(str(row["text"])).split()),
        choice=choice,
        day=day,
        alike=None if theme < 0 else float((themes == theme).mean()),
        same=int(str(row["copies"])),
    )
