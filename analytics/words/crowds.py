"""What a figure says of crowds among its answers: beside the mark in a trend, and in its caption."""

from __future__ import annotations

from analytics.estimates.crowded import is_aside, is_kept
from analytics.estimates.storms import StormCard
from analytics.estimates.views.view import View
from analytics.language.notation import Notation
from analytics.language.said import spoken
from analytics.model import Survey
from analytics.words.storms import source_words, storm_line


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
        decided = spoken("They count until somebody decides otherwise.")
        if is_kept(card):
            decided = spoken("They count.")
        elif is_aside(card):
            decided = spoken("They are set aside, and count here alone.")
        if is_kept(card) or is_aside(card) or not kept_only:
            told.append(f"{storm_line(card, view.survey, style).rstrip('.')}. {decided}")
    return told
