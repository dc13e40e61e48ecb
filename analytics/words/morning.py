"""The morning in sentences: what a digest says of a survey, in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.estimates.newsroom import Glimpse, Overnight
from analytics.estimates.storms import StormCard
from analytics.estimates.trust.missing import NEXT, Missing
from analytics.estimates.views.rows import read_rows, shares
from analytics.estimates.views.view import View
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent, signed_words
from analytics.language.said import noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model.watched import Cause
from analytics.words.crowds import with_crowd
from analytics.words.glance import moved_words
from analytics.words.titles import checked_title, topline_title

CAUSES: dict[Cause, str] = {
    "minds": noted("the same groups answer differently"),
    "audience": noted("other groups answered"),
    "both": noted("the same groups answer differently, and other groups answered"),
    "unknown": noted("whether minds or audience is not known"),
}


CROWDED = {
    True: noted("nobody has decided on that crowd yet"),
    False: noted("a crowd came in these days, and an editor decided that it counts"),
}
"""What is said in place of minds or audience, by whether the crowd waits."""


def moved_sentence(
    row: Glimpse, cause: Cause, style: Notation, *, crowded: bool = False, waiting: Sequence[StormCard] = (),
    known: bool = False, looking: bool = False,
) -> str:  # fmt: skip
    """How answers moved, over several days and from one to the next, and whether it is minds or audience.

    The cause is that of the change over several days where there is one; of the last day alone nothing is said then.

    Args:
        crowded: whether a crowd that counts lies in these days; then nothing is said of minds.
        waiting: the crowds in these days that wait for a decision.
        known: whether a cause is told of the same question elsewhere; then nothing is said of one that is not known.
        looking: whether no scan for crowds has ended yet; then nothing is said of minds.
    """
    told, move = moved_words(row, style), row.movement
    if move is not None:
        low, high = (signed_words(end, 0, style) for end in (move.low, move.high))
        told[-1] = spoken("{moved} ({low} to {high})", moved=told[-1], low=low, high=high)
    told = [with_crowd(one, waiting, row.survey, style) for one in told]
    if not told:
        return ""
    because = "" if cause == "unknown" and known else spoken(CAUSES[cause])
    if crowded or waiting:
        because = spoken(CROWDED[bool(waiting)])
    if looking:
        because = spoken("crowds are still looked for")
    first = spoken("{moved}: {cause}.", moved=told[0], cause=because) if because else spoken("{moved}.", moved=told[0])
    return " ".join([first, *(spoken("{moved}.", moved=one) for one in told[1:])])


def headline_sentence(view: View | None, style: Notation, *, checked: bool = False) -> str:
    """What an edition says on top of a survey's page with how many answered: of all, not of the new alone.

    Args:
        view: the edition's topline; None where nothing of it is shown.
        checked: whether answers that came at once wait for editors: nobody is ahead then.
    """
    rows = [] if view is None else read_rows(view)
    if view is None or not any(row.value is not None for row in shares(rows)):
        return spoken("Too few answers to show yet.")  # and not of how many: that is what editions keep to themselves
    title = checked_title(view, style, told=True) if checked else topline_title(view, rows, style).words
    return spoken(
        "{title}, of all {count} who answered so far.", title=title, count=count_words(view.base_n, style),
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


def quotes_sentence(count: int, crowded: int = 0) -> str:
    """How many comments wait that may be printed.

    Args:
        crowded: how many more came with crowds on which nobody decided yet.
    """
    told = spoken_of(count, "{count} new comment may be printed.", "{count} new comments may be printed.")
    if not crowded:
        return told
    return f"{told} {spoken('{count} more came with a crowd that waits for a decision.', count=crowded)}"


def subject_words(moved: int, crowded: int, waiting: int, day: date, style: Notation) -> str:
    """What a digest's subject says: the day, and what there is to see.

    Args:
        moved: how many surveys moved without a crowd that waits for a decision.
        crowded: how many moved with one: that is no news of readers yet, and no morning on which nothing moved.
        waiting: how many storms and printed figures wait for somebody.
    """
    when = day_words(day, style, with_year=False)
    told = "" if crowded and waiting else spoken("nothing moved")
    if moved:
        told = spoken_of(moved, "{count} survey moved", "{count} surveys moved")
    if waiting:
        more = spoken_of(waiting, "{count} thing to see to", "{count} things to see to")
        told = spoken("{moved}, {more}", moved=told, more=more) if told else more
    return spoken("{day}: {told}", day=when, told=told)


def edition_subject(found: Overnight, moves: int, day: date, style: Notation) -> str:
    """The same for somebody who sees editions: how many surveys moved, and how many got answers.

    Args:
        moves: how many of them moved, as editions show it.
    """
    told = spoken_of(len(found.still), "{count} survey got answers", "{count} surveys got answers")
    if moves:
        told = f"{spoken_of(moves, '{count} survey moved', '{count} surveys moved')}, {told}"
    return spoken("{day}: {told}", day=day_words(day, style, with_year=False), told=told)


def edition_still_words(quiet: int, untold: int, *, others: bool) -> str:
    """Of how many surveys with new answers editions show no change, and of how many they show nothing over time.

    Args:
        others: whether a survey moved, or has answers that editors check.
    """
    told = []
    if quiet and others:
        told.append(spoken_of(
            quiet, "Nothing else moved beyond chance: {count} survey.",
            "Nothing else moved beyond chance: {count} surveys.",
        ))  # fmt: skip
    elif quiet:
        told.append(spoken_of(
            quiet, "Nothing moved beyond chance: {count} survey.", "Nothing moved beyond chance: {count} surveys."
        ))  # fmt: skip
    if untold:
        told.append(spoken_of(
            untold, "Too few answers to show whether anything moved: {count} survey.",
            "Too few answers to show whether anything moved: {count} surveys.",
        ))  # fmt: skip
    return " ".join(told)


def editions_sentence() -> str:
    """What whoever sees editions has to know of every number."""
    return spoken(
        "Your role sees editions: shares in whole points, counts to the nearest 5, nothing of fewer than 10 readers."
    )
