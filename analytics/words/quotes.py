"""What stands beside a comment for print: whose words they are, how typical they are, how many may be printed."""

from __future__ import annotations

from analytics.estimates.readers.quotes import Consent, Quote
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.model.sampling import are_readers
from analytics.words.names import simulated_word

FEWEST = 0.05
"""Below this part of the comments nothing is said in tenths."""


def consent_words(consent: Consent, style: Notation) -> str:
    """How many comments may not be printed, for want of consent."""
    told = {
        "written": count_words(consent.written, style), "out": count_words(consent.left_out, style),
        "silent": count_words(consent.silent, style),
    }  # fmt: skip
    if not consent.left_out:
        return spoken("All {written} comments may be printed: their writers agreed to it.", **told)
    if not consent.silent:
        return spoken("{out} of {written} comments are left out: their writers did not agree to be printed.", **told)
    return spoken(
        "{out} of {written} comments are left out: their writers did not agree to be printed, {silent} of them said "
        "nothing about it.",
        **told,
    )


def typical_words(quote: Quote) -> str:
    """How many of the comments of those who said so are about the same.

    Example:
        >>> from analytics.model import Choice
        >>> typical_words(Quote(1, "Too loud.", Choice("n", "No"), None, 0.3))
        'About 3 in 10 comments of those who said “No” are about the same.'
    """
    answer = plain_text(quote.choice.label)
    repeated = spoken("{count} of those who said “{answer}” wrote nearly these words.", count=quote.same, answer=answer)
    if quote.alike is None and quote.same > 1:
        return repeated
    if quote.alike is None:
        return spoken("In no theme, and nobody else who said “{answer}” wrote nearly these words.", answer=answer)
    if quote.alike < FEWEST:
        return spoken("Fewer than 1 in 20 comments of those who said “{answer}” are about the same.", answer=answer)
    tenths = min(max(round(quote.alike * 10), 1), 9)
    return spoken(
        "About {tenths} in 10 comments of those who said “{answer}” are about the same.", tenths=tenths, answer=answer
    )


def attribution(quote: Quote, survey: Survey, style: Notation) -> str:
    """The line below a quote: whose words they are, and nothing that tells who it is."""
    reader = are_readers(survey)
    answer = plain_text(quote.choice.label)
    who = spoken(
        "A reader who answered “{answer}”" if reader else "A respondent who answered “{answer}”", answer=answer
    )
    made_up = f"{simulated_word()}: " if survey.simulated else ""
    return f"{made_up}{who}{f', {day_words(quote.day, style)}' if quote.day else ''}"


def quote_words(quote: Quote, survey: Survey, style: Notation, *, asked: bool = True) -> str:
    """What an editor copies: the words, whose they are, and that nobody asked them for consent where it is so."""
    words = f"{spoken('“{label}”', label=quote.text)}\n{attribution(quote, survey, style)}"
    return words if asked else f"{words}\n{spoken('Not asked yet whether this may be printed.')}"
