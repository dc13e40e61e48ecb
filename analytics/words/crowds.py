"""What is said of crowds among answers: in sentences about their numbers, beside the mark in a trend, in captions."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.estimates.crowded import is_aside, is_kept, open_storms
from analytics.estimates.storms import StormCard
from analytics.estimates.views.view import View
from analytics.language.dates import day_words, span_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words
from analytics.language.said import listed, noted, spoken, spoken_of
from analytics.model import Survey
from analytics.words.storms import moment_of, source_words, storm_line

MOST_DAYS = 3
"""So many days of crowds are named one by one."""


def with_crowd(sentence: str, cards: Sequence[StormCard], survey: Survey, style: Notation) -> str:
    """The sentence with the crowds on which nobody decided yet among the answers that it speaks of."""
    if not (cards and sentence):
        return sentence
    return spoken_of(
        len(cards), "{sentence}, with the crowd of {days}", "{sentence}, with the crowds of {days}",
        sentence=sentence, days=_days(cards, survey, style),
    )  # fmt: skip


def from_crowd(cards: Sequence[StormCard], survey: Survey, style: Notation) -> str:
    """What stands beside a comment that came with one of the crowds on which nobody decided yet."""
    days = _days(cards, survey, style)
    return spoken_of(len(cards), "From the crowd of {days}", "From one of the crowds of {days}", days=days)


def without_crowd(cards: Sequence[StormCard], survey: Survey, style: Notation) -> str:
    """What a control is called that leaves out what came with these crowds."""
    days = _days(cards, survey, style)
    return spoken_of(len(cards), "Without the crowd of {days}", "Without the crowds of {days}", days=days)


def crowd_suffix(view: View, style: Notation) -> str:
    """What stands behind a title while a crowd among its answers waits for a decision; empty where none does."""
    crowds = open_storms(view)
    if not crowds:
        return ""
    days = _days(crowds, view.survey, style)
    return spoken_of(len(crowds), "with the crowd of {days}", "with the crowds of {days}", days=days)


def held_back(view: View, style: Notation) -> str:
    """What stands in place of a change that cannot be told without a crowd on which nobody decided yet."""
    days = _days(open_storms(view), view.survey, style)
    return spoken("Trend not told yet: many answers of {days} are still to be reviewed", days=days)


def _days(cards: Sequence[StormCard], survey: Survey, style: Notation) -> str:
    """The days on which the crowds began; of many the first and the last."""
    days = sorted({moment_of(one.storm.since, survey).date() for one in cards})
    if len(days) > MOST_DAYS:
        return span_words(days[0], days[-1], style, with_year=False)
    return listed([day_words(day, style, with_year=False) for day in days])


def crowd_label(card: StormCard, survey: Survey) -> str:
    """What stands at the mark of a crowd: how many came at once, and from where."""
    source = source_words(survey, card.crowd.by, card.crowd.source)
    return spoken("Crowd: {count} from {source}", count=card.responses, source=source)


def crowd_sentences(view: View, style: Notation, *, kept_only: bool = False) -> list[str]:
    """What a caption says of each crowd that counts: as its survey's page tells of it, and what was decided.

    Args:
        kept_only: whether those are left out of which nothing is decided yet.
    """
    told = []
    for card in view.storms:
        decided = spoken("The newsroom has not decided yet whether to keep them; until then they count.")
        if is_kept(card):
            decided = spoken("They count.")
        elif is_aside(card):
            decided = spoken("The newsroom set them aside; they are counted in this figure only.")
        if is_kept(card) or is_aside(card) or not kept_only:
            told.append(f"{storm_line(card, view.survey, style).rstrip('.')}. {decided}")
    return told


def crowd_notes(view: View, style: Notation) -> list[str]:
    """The same for whoever has the figure alone: shorter, and without the place that the newsroom knows them from."""
    told = []
    for card in view.storms:
        day = day_words(moment_of(card.storm.since, view.survey).date(), style)
        words = noted(
            "Includes {count} responses that arrived within a short time on {day}; "
            "the newsroom has not decided yet whether to keep them."
        )
        if is_kept(card):
            words = noted(
                "Includes {count} responses that arrived within a short time on {day}; "
                "the newsroom reviewed them and counts them."
            )
        elif is_aside(card):
            words = noted(
                "Includes {count} responses that arrived within a short time on {day}; "
                "the newsroom leaves them out of its other figures."
            )
        told.append(spoken(words, count=count_words(card.responses, style), day=day))
    return told
