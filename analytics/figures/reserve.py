"""Why a number that is shown asks for reserve, in words."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.figures.rows import THIN_BASE, Row
from analytics.language.said import listed, spoken

FLAG_WORDS = {
    "few": "fewer than 9 answers",
    "thin": f"fewer than {THIN_BASE} answers",
    "none or all": "an answer that nobody or everybody gave",
    "wide": "an uncertainty interval of 30 points or more",
    "small": "a share so small that its uncertainty interval is wider than 1.3 times the share",
    "complement": "a share so large that its uncertainty interval is wider than 1.3 times what is left to 100",
}
"""By flag, what the number is or rests on."""


def flag_words(row: Row) -> str:
    """Returns why the number asks for reserve, without a full stop; empty where it does not.

    Example:
        >>> from dataclasses import replace
        >>> row = Row("share", "1", "Yes", (), None, 40, 40.0, 0.5, 0.34, 0.66, "", "wide")
        >>> flag_words(row), flag_words(replace(row, flag=""))
        ('an uncertainty interval of 30 points or more', '')
    """
    found = FLAG_WORDS.get(flag_of(row), "")
    return spoken(found) if found else ""


def flag_of(row: Row) -> str:
    """Returns the flag of a number that is shown; "thin" for one with a thin base, whoever made the row."""
    return row.flag or "thin" if row.flagged else ""


def reserve_sentence(rows: Iterable[Row], what: str, *, weighted: bool) -> str:
    """Returns what the hollow, pale or bracketed numbers among these rows have in common; empty where there are none.

    Args:
        what: how they are drawn, such as "Hollow bars".
    """
    found = {flag_of(row) for row in rows}
    words = [text for flag, text in FLAG_WORDS.items() if flag in found]
    if weighted:
        words = [text.replace(" answers", " effective answers") if "fewer" in text else text for text in words]
    words = [spoken(text) for text in words]
    if not words:
        return ""
    if found <= {"", "few", "thin"}:
        return spoken("{what} rest on {words}.", what=what, words=listed(words, spoken("or")))
    return spoken("{what} are to be read with reserve: {words}.", what=what, words=listed(words, spoken("or")))
