"""The morning in sentences: what a digest says of a survey, in one line each."""

from __future__ import annotations

from datetime import date

from analytics.estimates.missing import NEXT, Missing
from analytics.estimates.newsroom import Glimpse, Overnight
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent, signed_words
from analytics.language.said import noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model.watched import Cause
from analytics.words.glance import movement_words

CAUSES: dict[Cause, str] = {
    "minds": noted("the same groups answer differently"),
    "audience": noted("other groups answered"),
    "both": noted("the same groups answer differently, and other groups answered"),
    "unknown": noted("whether minds or audience is not known"),
}


CROWDED = noted("a crowd came in these days and waits for a decision")


def moved_sentence(row: Glimpse, cause: Cause, style: Notation, *, crowded: bool = False) -> str:
    """How the leading answer moved, between which points, and whether it is minds or audience.

    Args:
        crowded: whether an open storm lies in these days; then nothing is said of minds.
    """
    move = row.movement
    if move is None or row.question is None:
        return ""
    low, high = (signed_words(end, 0, style) for end in (move.low, move.high))
    return spoken(
        "{moved} ({low} to {high}): {cause}.", moved=movement_words(move, row.question, style), low=low, high=high,
        cause=spoken(CROWDED if crowded else CAUSES[cause]),
    )  # fmt: skip


def headline_sentence(row: Glimpse, style: Notation) -> str:
    """The leading answer of a survey with how many answered, as an edition has them."""
    if row.question is None or not row.shares or row.leader is None:
        return spoken("Too few answers to show yet.")  # and not of how many: that is what editions keep to themselves
    label = plain_text(row.question.choices[row.leader].label)
    return spoken(
        "{answer} {share}, of {count} who answered.", answer=label, share=percent(row.shares[row.leader], style),
        count=count_words(row.base_n, style),
    )  # fmt: skip


def missing_sentence(missing: Missing, style: Notation) -> str:
    """Which group's next answers would be worth most, and how many answers' worth."""
    return spoken(
        "{level} ({dimension}): {share} of those who answered, {target} in the target. Their next {next} answers would "
        "raise the effective base by {worth}.",
        level=plain_text(missing.level_label), dimension=plain_text(missing.dimension_label),
        share=percent(missing.share, style), target=percent(missing.target, style), next=NEXT,
        worth=count_words(missing.worth, style),
    )  # fmt: skip


def quotes_sentence(count: int) -> str:
    """How many comments wait that may be printed."""
    return spoken_of(count, "{count} new comment may be printed.", "{count} new comments may be printed.")


def subject_words(found: Overnight, waiting: int, day: date, style: Notation) -> str:
    """What a digest's subject says: the day, and what there is to see.

    Args:
        waiting: how many storms and printed figures wait for somebody.
    """
    when = day_words(day, style, with_year=False)
    moved = len(found.moved)
    told = spoken("nothing moved")
    if moved:
        told = spoken_of(moved, "{count} survey moved", "{count} surveys moved")
    if waiting:
        more = spoken_of(waiting, "{count} thing to see to", "{count} things to see to")
        told = spoken("{moved}, {more}", moved=told, more=more)
    return spoken("{day}: {told}", day=when, told=told)


def edition_subject(found: Overnight, day: date, style: Notation) -> str:
    """The same for somebody who sees editions: how many surveys got answers."""
    return spoken(
        "{day}: {told}", day=day_words(day, style, with_year=False),
        told=spoken_of(
            len(found.still), "{count} survey got answers", "{count} surveys got answers"
        ),
    )  # fmt: skip


def editions_sentence() -> str:
    """What whoever sees editions has to know of every number."""
    return spoken(
        "Your role sees editions: shares in whole points, counts to the nearest 5, nothing of fewer than 10 readers."
    )
