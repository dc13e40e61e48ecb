"""A survey at a glance, in words: for those who cannot see its strip, and for the line beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from analytics.estimates.newsroom import Glimpse, Movement, Overnight
from analytics.estimates.storms import StormCard
from analytics.estimates.time.trend import with_halves
from analytics.estimates.views.view import MEAN
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent, points
from analytics.language.said import spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import Question
from analytics.model.sampling import chose_to_answer
from analytics.model.scales import score_ends
from analytics.words.crowds import with_crowd
from analytics.words.names import level_label, named_answer, wave_words
from analytics.words.periods import step_words

MOST_LARGEST = 3


def strip_words(row: Glimpse, style: Notation) -> str:
    """Returns the topline in words, for those who cannot see the strip."""
    if row.question is None or not row.shares:
        return too_few_words(row, style)
    said = [
        f"{plain_text(choice.label)} {percent(share, style)}"
        for choice, share in zip(row.question.choices, row.shares, strict=True)
    ]
    told = {"answers": ", ".join(said), "count": count_words(row.base_n, style)}
    return spoken("{answers} of {count} who answered", **told)


def largest_words(row: Glimpse, style: Notation) -> str:
    """Returns the largest shares in words, for a list in which the topline has no room for all of them."""
    if row.question is None or not row.shares:
        return too_few_words(row, style)
    pairs = zip(row.question.choices, row.shares, strict=True)
    largest = sorted(pairs, key=lambda pair: -pair[1])[:MOST_LARGEST]
    return ", ".join(f"{plain_text(choice.label)} {percent(share, style)}" for choice, share in largest)


def base_words(row: Glimpse, style: Notation) -> str:
    """Returns how many answered, whether they chose to, and whether the shares are weighted."""
    who = spoken(
        "{count} who chose to answer" if chose_to_answer(row.survey) else "{count} who answered",
        count=count_words(row.base_n, style),
    )
    if row.wave:
        who = f"{who}, {plain_text(wave_words(level_label(row.survey, 'wave', row.wave)))}"
    return f"{who}, {spoken('weighted') if row.weighted else spoken('not weighted')}"


def too_few_words(row: Glimpse, style: Notation) -> str:
    """Returns why there is no topline yet."""
    if row.hidden:
        return spoken("Hidden: numbers that are of few readers, or could tell of few")
    if row.base_n >= row.survey.min_base:
        count = count_words(row.base_n, style)
        return spoken("Weights leave {count} answers worth too few to show yet", count=count)
    if row.base_n == 0:
        return spoken("No answer yet")
    least = count_words(row.survey.min_base, style)
    return spoken("Fewer than {count} have answered: nothing to show yet", count=least)


def moved_words(row: Glimpse, style: Notation, crowds: Sequence[StormCard] = ()) -> list[str]:
    """Returns what moved over several days, and what moved from one day to the next, in a sentence each.

    Args:
        crowds: those in the days that are compared on which nobody decided yet.
    """
    if row.question is None:
        return []
    told = []
    if row.step is not None:
        ends = score_ends(row.question) if row.step.choice == MEAN else None
        scored = None if ends is None else (ends.low, ends.high)
        told.append(step_words(row.step, partial(_label, row.question), "day", row.survey, style, scored))
    if row.movement is not None:
        told.append(movement_words(row.movement, row.question, style))
    return [with_crowd(one, crowds, row.survey, style) for one in told]


def _label(question: Question, key: str) -> str:
    """What an answer, or a sum of answers, is called."""
    if key == MEAN and question.choice(key) is None:
        return spoken("Mean")
    nets = with_halves(question).nets
    found = question.choice(key) or next((net for net in nets if net.key == key), None)
    return named_answer(found.label if found else key, question)


def movement_words(movement: Movement | None, question: Question, style: Notation) -> str:
    """Returns how the most frequent choice moved on the last day, and whether that is settled."""
    if movement is None:
        return ""
    choice = question.choice(movement.choice)
    label = plain_text(choice.label if choice else movement.choice)
    moved_by = {"answer": label, "points": points(movement.points / 100, style)}
    told = (
        spoken("{answer} {points} since yesterday", **moved_by)
        if movement.until_today
        else spoken("{answer} {points} since {day}", day=day_words(movement.since, style, with_year=False), **moved_by)
    )
    if movement.settled:
        return told
    return f"{told} ({spoken('within chance') if movement.closed else spoken('not settled yet')})"


def came_words(found: Overnight) -> str:
    """Returns how many surveys were imported since the last working day, or that no answers came; mostly nothing."""
    told = [] if found.moved or found.still or found.crowded else [spoken("No answers since {day}.", day=found.since)]
    if found.imported:
        told.insert(0, spoken_of(
            found.imported, "Imported since {day}: {count} survey.", "Imported since {day}: {count} surveys.",
            day=found.since,
        ))  # fmt: skip
    return " ".join(told)


def still_words(found: Overnight, longer: int = 0, thin: int = 0) -> str:
    """Returns how many surveys got answers and did not move beyond chance, and of how many that cannot be told; empty
    where there are none.

    Args:
        longer: how many of them are told to have moved over a longer time, in their rows of the list.
        thin: of how many, beside those with too few answers in the last days, the rows say that nothing can be told.
    """
    if not found.still:
        return ""
    untold = len(found.untold) + thin
    quiet = len(found.still) - untold
    too_few = spoken_of(
        untold, "Too few answers to tell whether anything moved in the last seven days: {count} survey.",
        "Too few answers to tell whether anything moved in the last seven days: {count} surveys.",
    )  # fmt: skip
    more = spoken_of(
        longer, "Over a longer time {count} of them did, as its row says.",
        "Over a longer time {count} of them did, as their rows say.",
    )  # fmt: skip
    also = [more] if longer else []
    if quiet <= 0:
        return " ".join([too_few, *also])
    if found.moved or found.crowded:
        told = spoken_of(
            quiet, "Nothing else moved beyond chance in the last seven days: {count} survey.",
            "Nothing else moved beyond chance in the last seven days: {count} surveys.",
        )  # fmt: skip
    else:
        told = spoken_of(
            quiet, "Nothing moved beyond chance in the last seven days: {count} survey.",
            "Nothing moved beyond chance in the last seven days: {count} surveys.",
        )  # fmt: skip
    return " ".join([told, *([too_few] if untold else []), *also])


def looking_words(count: int, among: int = 0) -> str:
    """Returns in how many surveys crowds are still looked for: nothing is called quiet until then.

    Args:
        among: how many there are in all, where some were looked through.
    """
    if among > count:
        return spoken("Looking for crowds: {done} of {among} surveys so far.", done=among - count, among=among)
    return spoken_of(count, "Still looking for crowds: {count} survey.", "Still looking for crowds: {count} surveys.")


def chance_words(told: str, judged: int) -> str:
    """Returns the change that the page of one survey tells, for a list in which it may be chance among so many."""
    return spoken("{change}: among {count} surveys that may be chance", change=told, count=judged)
