"""What was different in a period that stood out, in sentences."""

from __future__ import annotations

from analytics.estimates.different import Different, Trait
from analytics.language.notation import Notation
from analytics.language.numbers import percent
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER, Question, Survey
from analytics.words.names import key_label, level_label, named


def different_sentences(
    found: Different, question: Question, survey: Survey, period: str, style: Notation
) -> list[str]:
    """Returns who was over-represented in the period, and what the number is without them.

    Args:
        period: the period, as it stands in a sentence.
    """
    if not found.traits:
        return [spoken("No group and no hour was over-represented on {period}.", period=period)]
    told = [_trait_sentence(one, survey, period, style) for one in found.traits]
    choice = question.choice(found.choice)
    if found.left_out is not None and found.without is not None and choice is not None:
        told.append(
            spoken(
                "Without {group}, {answer} stands at {share} on {period}, not at {all}.",
                group=trait_name(found.left_out, survey), answer=named(choice.label), period=period,
                share=percent(found.without, style), all=percent(found.share, style),
            )
        )  # fmt: skip
    return told


def trait_name(trait: Trait, survey: Survey) -> str:
    """Returns a group by its dimension and its level."""
    label = plain_text(key_label(survey, trait.key))
    if trait.value == NO_ANSWER:
        return spoken("{dimension}: no answer", dimension=label)
    return f"{label}: {plain_text(level_label(survey, trait.key, trait.value))}"


def _trait_sentence(trait: Trait, survey: Survey, period: str, style: Notation) -> str:
    told = {"part": percent(trait.part, style), "usual": percent(trait.usual, style), "period": period}
    if not trait.key:
        words = noted("{part} of the answers on {period} came in the hour from {hour}:00, {usual} on other days.")
        return spoken(words, hour=trait.value, **told)
    group = trait_name(trait, survey)
    return spoken("{group}: {part} of the answers on {period}, {usual} otherwise.", group=group, **told)
