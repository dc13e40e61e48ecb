"""What readers themselves called answers and groups: where no choices and no levels are listed.

Such words are a reader's own, so they go where that reader is erased, and never stand in another survey.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from analytics.model.surveys import Survey


def without_words(survey: Survey, key: str, words: Collection[str]) -> Survey:
    """Returns the survey without these choices or levels of that question or dimension, and what they are called.

    Example:
        >>> from analytics.model import Choice, Question
        >>> asked = Question("why", "Why?", "single", "why", (Choice("Fish", "Fish"), Choice("Ann", "Ann")), found=True)
        >>> named = (("de", (("question/why/label/Ann", "Anna"), ("question/why/text", "Warum?"))),)
        >>> left = without_words(Survey("s", "S", "UTC", (asked,), labels=named), "why", ["Ann"])
        >>> left.questions[0].choices, left.labels
        ((Choice(value='Fish', label='Fish', score=None, values=()),), (('de', (('question/why/text', 'Warum?'),)),))
    """
    gone = {f"{kind}/{key}/label/{word}" for kind in ("question", "dimension") for word in words}
    labels = (
        (language, tuple((place, text) for place, text in theirs if place not in gone))
        for language, theirs in survey.labels
    )
    return replace(
        survey,
        questions=tuple(
            replace(
                one,
                choices=tuple(each for each in one.choices if each.value not in words),
                nets=tuple(
                    replace(
                        net, plus=tuple(each for each in net.plus if each not in words),
                        minus=tuple(each for each in net.minus if each not in words),
                    )
                    for net in one.nets
                ),
            )
            if one.key == key else one for one in survey.questions
        ),
        dimensions=tuple(
            replace(one, levels=tuple(each for each in one.levels if each.value not in words))
            if one.key == key else one for one in survey.dimensions
        ),
        labels=tuple((language, theirs) for language, theirs in labels if theirs),
    )  # fmt: skip


def without_found(survey: Survey) -> Survey:
    """Returns the survey as it was before anybody had answered: without words that were found in answers."""
    for question in survey.questions:
        if question.found:
            survey = without_words(survey, question.key, [one.value for one in question.choices])
    for dimension in survey.dimensions:
        if dimension.found:
            survey = without_words(survey, dimension.key, [one.value for one in dimension.levels])
    return survey
