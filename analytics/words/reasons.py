"""Why a number is not shown, why it asks for reserve, why nobody leads: in words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analytics.estimates.views.rows import THIN_BASE, EstimateRow
from analytics.language.notation import PLAIN, Notation
from analytics.language.numbers import count_words, decimal_words
from analytics.language.said import listed, noted, speaking, spoken
from analytics.model.reasons import Reason
from analytics.words.periods import cut_words

NO_ANSWERS = noted("no answers")
"""What is said where nothing is known of a number, not even why."""
PLAINLY = {
    "nobody": noted("nobody answered"),
    "wide": noted("the uncertainty interval of a share spans 30 points or more"),
    "alike": noted("all on both sides answered alike"),
    "several answers": noted("several answers may be given, so the table has no test as a whole"),
    "several groups": noted("somebody may be in several groups, so the table has no test as a whole"),
    "small": noted("a table needs two groups and two answers that were given"),
    "one choice": noted("there are no two choices"),
    "level": noted("the two choices in front are level"),
    "open": "not settled yet",
}
"""What is said of reasons that have no number and no name in them."""
FEW = {
    "few": {
        "": noted("fewer than {count} answered"),
        "of": noted("fewer than {count} answered in {of}"),
        "comments": noted("fewer than {count} wrote a comment"),
    },
    "edition": dict.fromkeys(
        ("", "of", "comments"), noted("fewer than {count}, or kept back so that no smaller number can be worked out")
    ),
    "light": {
        "": noted("weights leave them worth fewer than {count} answers"),
        "of": noted("weights leave {of} worth fewer than {count} answers"),
        "comments": noted("weights leave them worth fewer than {count} comments"),
    },
}
FLAG_WORDS = {
    "few": noted("fewer than {few} answers"),
    "thin": noted("fewer than {thin} answers"),
    "none or all": noted("an answer that nobody or everybody gave"),
    "wide": noted("an uncertainty interval of 30 points or more"),
    "small": noted("a share so small that its uncertainty interval is wider than {times} times the share"),
    "complement": noted(
        "a share so large that its uncertainty interval is wider than {times} times what is left to 100"
    ),
}
"""By flag, what the number is or rests on."""
EFFECTIVE_WORDS = {
    "few": noted("fewer than {few} effective answers"),
    "thin": noted("fewer than {thin} effective answers"),
}
"""The same where answers are weighted."""
FEWEST = 9


def reason_words(reason: Reason | None, style: Notation) -> str:
    """Returns why a number is not shown or nothing is compared, as it goes on in a sentence; "no answers" for None.

    It is said in the language of the notation, whatever is being spoken around it.

    Example:
        >>> reason_words(Reason("few", 30), PLAIN), reason_words(Reason("light", 30, of="60+"), PLAIN)
        ('fewer than 30 answered', 'weights leave 60+ worth fewer than 30 answers')
    """
    with speaking(style):
        return _reason_said(reason, style)


def _reason_said(reason: Reason | None, style: Notation) -> str:
    if reason is None:
        return spoken(NO_ANSWERS)
    if reason.kind == "cut":
        return spoken("not compared: {cuts}", cuts=cut_words(reason.cuts))
    if reason.kind == "fault":
        return reason.fault
    if reason.kind not in FEW:
        return spoken(PLAINLY[reason.kind])
    of = spoken("the rest") if reason.rest else reason.of
    way = "of" if of else "comments" if reason.counted == "comments" else ""
    return spoken(FEW[reason.kind][way], count=count_words(reason.least, style), of=of)


def plain_reason(reason: Reason) -> str:
    """Returns the same in English, for rows that programs read."""
    with speaking("en"):
        return reason_words(reason, PLAIN)


def with_plain_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Returns the rows of any frame of estimates with their reasons as such texts."""
    texts = [plain_reason(one) if isinstance(one, Reason) else None for one in rows["reason"]]
    return rows.assign(reason=pd.Series(texts, index=rows.index, dtype=object))


def reason_of(rows: Iterable[EstimateRow], style: Notation) -> str:
    """Returns why a group is not shown, without a full stop."""
    return reason_words(next((row.reason for row in rows if row.reason), None), style).rstrip(". ")


def short_reason_of(rows: Iterable[EstimateRow], style: Notation) -> str:
    """Returns the same for where there is little room; what it means to be kept back is said below the figure."""
    kept = [row for row in rows if row.reason is not None]
    if kept and kept[0].reason is not None and kept[0].reason.kind == "edition":
        with speaking(style):
            return spoken("fewer than {count}, or kept back", count=count_words(kept[0].reason.least, style))
    return reason_of(kept, style)


def flag_words(row: EstimateRow, style: Notation) -> str:
    """Returns why the number asks for reserve, without a full stop; empty where it does not.

    Example:
        >>> from dataclasses import replace
        >>> row = EstimateRow("share", "1", "Yes", (), None, 40, 40.0, 0.5, 0.34, 0.66, None, "wide")
        >>> flag_words(row, PLAIN), flag_words(replace(row, flag=""), PLAIN)
        ('an uncertainty interval of 30 points or more', '')
    """
    flag = flag_of(row)
    with speaking(style):
        return spoken(FLAG_WORDS[flag], **_limits(style)) if flag else ""


def flag_of(row: EstimateRow) -> str:
    """Returns the flag of a number that is shown; "thin" for one with a thin base, whoever made the row."""
    return row.flag or "thin" if row.flagged else ""


def reserve_sentence(rows: Iterable[EstimateRow], what: str, style: Notation, *, weighted: bool) -> str:
    """Returns what the hollow, pale or bracketed numbers among these rows have in common; empty where there are none.

    Args:
        what: how they are drawn, such as "Hollow bars".
    """
    found = {flag_of(row) for row in rows}
    table = FLAG_WORDS | EFFECTIVE_WORDS if weighted else FLAG_WORDS
    words = [spoken(text, **_limits(style)) for flag, text in table.items() if flag in found]
    if not words:
        return ""
    if found <= {"", "few", "thin"}:
        return spoken("{what} rest on {words}.", what=what, words=listed(words, "or"))
    return spoken("{what} are to be read with reserve: {words}.", what=what, words=listed(words, "or"))


def _limits(style: Notation) -> dict[str, str]:
    ends = {"few": FEWEST, "thin": THIN_BASE}
    return {name: count_words(end, style) for name, end in ends.items()} | {"times": decimal_words(1.3, 1, style)}
