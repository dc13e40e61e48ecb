"""Comments picked for print: from every side, from many groups, with consent, and with how typical each is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.comments.masking import masked
from analytics.estimates.comments import local_day
from analytics.estimates.themes import ThemeReport, without_copies
from analytics.model import Choice, Question, Survey

FEWEST_WORDS, MOST_WORDS, WHOLE_WORDS = 5, 60, 12
"""A comment of fewer or more words is not picked; one of WHOLE_WORDS says what it says as well as a longer one."""
SAME_THEME, SAME_GROUP = 0.5, 0.25
"""What it costs a comment that one of its theme, or of its group, has been picked for the same answer already."""


@dataclass(frozen=True)
class Quote:
    """One comment for print, contact data masked. `typical` says in words how many of those who said so say this."""

    response_no: int
    text: str
    choice: Choice
    day: date | None
    typical: str
    attribution: str

    @property
    def copied(self) -> str:
        """What an editor copies: the words and whose they are."""
        return f"“{self.text}”\n{self.attribution}"


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
    told = report.comments.merge(choices, on="response_no")
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


def left_out_words(comments: pd.DataFrame, consents: Collection[str]) -> str:
    """Returns how many comments may not be printed, for want of consent.

    Example:
        >>> told = pd.DataFrame({"consent": ["yes", "no", "", None]})
        >>> left_out_words(told, ["yes"])
        '3 of 4 comments are left out: their writers did not agree to be printed, 2 of them said nothing about it.'
    """
    out = comments[~comments["consent"].isin(list(consents))]
    if out.empty:
        return f"All {len(comments):,} comments may be printed: their writers agreed to it."
    silent = int(out["consent"].fillna("").eq("").sum())
    said = f", {silent:,} of them said nothing about it" if silent else ""
    return (
        f"{len(out):,} of {len(comments):,} comments are left out: their writers did not agree to be printed{said}."
    )  # fmt: skip


def typical_words(theme: int, themes: pd.Series, said: str) -> str:
    """Returns how many of the comments of those who said so are about the same.

    Example:
        >>> typical_words(1, pd.Series([1, 1, 1, 0, 0, 0, -1, -1, -1, -1]), "No")
        'About 3 in 10 comments of those who said “No” are about the same.'
    """
    if theme < 0:
        return f"No theme of many: a voice of its own among those who said “{said}”."
    share = float((themes == theme).mean())
    if share < 0.05:
        return f"Fewer than 1 in 20 comments of those who said “{said}” are about the same."
    tenths = min(max(round(share * 10), 1), 9)
    return f"About {tenths} in 10 comments of those who said “{said}” are about the same."


def attribution(survey: Survey, choice: Choice, day: date | None) -> str:
    """Returns the line below a quote: whose words they are, and nothing that tells who it is."""
    who = "A respondent" if survey.sample == "probability" else "A reader"
    made_up = "SIMULATED: " if survey.simulated else ""
    when = f", {day.day} {day:%B %Y}" if day else ""
    return f"{made_up}{who} who answered “{choice.label}”{when}"


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
    return Quote(
        response_no=int(str(row["response_no"])),
        text=" ".join(masked(str(row["text"])).split()),
        choice=choice,
        day=day,
        typical=typical_words(int(str(row["theme"])), themes, choice.label),
        attribution=attribution(report.survey, choice, day),
    )
