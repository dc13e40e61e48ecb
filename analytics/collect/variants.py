"""What differs from reader to reader: the order of the answers, the wording of the question, where the form stands.

Each is settled by chance or by the page, signed in the form, and kept with the answer as one of the survey's groups, so
that an analyst breaks results down by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random
from string import ascii_uppercase

from analytics.collect.asked import AskedSurvey
from analytics.collect.wording import OUT
from analytics.errors import RequestError
from analytics.language.said import noted, said
from analytics.model import Choice, Dimension, Fieldwork, Level, Question, Survey, first_asked
from analytics.model.responses import Circumstances

PLACEMENT, ORDER, WORDING = "placement", "order", "wording"
MOST_WORDINGS, MOST_PLACEMENTS = 5, 20
LABEL_CHARACTERS = 60
MARK = "."
LABELS: Mapping[str, str] = {
    PLACEMENT: noted("Where the form stood"), ORDER: noted("Answer shown first"), WORDING: noted("Wording"),
}  # fmt: skip
LAST = re.compile(
    r"none of|^none\b|^other\b|^neither|^keine|^nichts|^ander|^sonstig|^weder|^aucun|^autre", re.IGNORECASE
)
"""How an answer begins that stands last in any order, beside those that say “unsure”."""


@dataclass(frozen=True)
class FormVariant:
    """A survey as one reader has it before them.

    `shown` is the order of the first question's answers by number, after a mark of what is numbered: by the time that
    an answer comes in an editor may have put other answers or another question first.
    """

    asked: AskedSurvey
    shown: str = ""
    wording: str = ""


def variant_of(asked: AskedSurvey, number: int) -> FormVariant:
    """The survey as the form of that number shows it.

    Args:
        number: tells the form from every other one; by it chance decides.
    """
    fieldwork, chance = asked.fieldwork, Random(number)
    survey, wording, shown = asked.survey, "", ""
    first = first_asked(survey)
    if first is None:
        return FormVariant(asked)
    if fieldwork.wordings:
        arm = chance.randrange(len(fieldwork.wordings) + 1)
        wording = ascii_uppercase[arm]
        if arm:
            survey = _with(survey, replace(first, text=fieldwork.wordings[arm - 1]))
    if fieldwork.random_order:
        questions = [_shuffled(one, chance) for one in survey.questions]
        survey = replace(survey, questions=tuple(questions))
        after = first_asked(survey)
        if after is not None and after.choices != first.choices:
            shown = _ordered(first, [first.choices.index(one) + 1 for one in after.choices])
        elif _moves(first):
            shown = _ordered(first, range(1, len(first.choices) + 1))
    return FormVariant(asked if survey is asked.survey else replace(asked, survey=survey), shown, wording)


def is_varied(fieldwork: Fieldwork) -> bool:
    """Whether the form differs from reader to reader."""
    return fieldwork.random_order or bool(fieldwork.wordings)


def levels_of(asked: AskedSurvey, how: Circumstances | None) -> dict[str, str]:
    """The groups that an answer belongs to by how it came about: those that the survey has."""
    if how is None or not asked.fieldwork.noted:
        return {}
    first = first_asked(asked.survey)
    mark, _, order = how.shown.partition(MARK)
    at = order.partition("-")[0]
    leading = ""
    if first is not None and mark == _mark(first) and at.isdigit() and 0 < int(at) <= len(first.choices):
        leading = first.choices[int(at) - 1].value
    known = {PLACEMENT: how.placement, ORDER: leading, WORDING: how.wording}
    found = {}
    for key in asked.fieldwork.noted:
        dimension = asked.survey.dimension(key)
        if dimension is not None and dimension.level(known.get(key, "")) is not None:
            found[key] = known[key]
    return found


def with_variants(survey: Survey, fieldwork: Fieldwork, placements: Sequence[str]) -> tuple[Survey, Fieldwork]:
    """The survey with a group for each thing that differs from reader to reader, and how it is asked then.

    Raises:
        RequestError: the survey has such a group already, or there are too many of a thing.
    """
    first = first_asked(survey)
    if first is None:
        return survey, fieldwork
    levels = {
        PLACEMENT: [(one, one) for one in dict.fromkeys(placements)],
        ORDER: [(one.value, one.label) for one in first.choices if not _stands_last(one, first)],
        WORDING: [
            (ascii_uppercase[at], f"{ascii_uppercase[at]}: {_cut(text)}")
            for at, text in enumerate([first.text, *fieldwork.wordings])
        ],
    }
    if len(fieldwork.wordings) > MOST_WORDINGS or len(levels[PLACEMENT]) > MOST_PLACEMENTS:
        raise RequestError(f"found more than {MOST_WORDINGS} other wordings or {MOST_PLACEMENTS} placements")
    wanted = [
        key
        for key, is_wanted in (
            (PLACEMENT, bool(placements)), (ORDER, fieldwork.random_order and _moves(first)),
            (WORDING, bool(fieldwork.wordings)),
        )
        if is_wanted
    ]  # fmt: skip
    if taken := [key for key in wanted if survey.dimension(key) is not None and key not in fieldwork.noted]:
        raise RequestError(f"survey '{survey.key}' has a group '{taken[0]}' of its own: name it otherwise")
    others = tuple(one for one in survey.dimensions if one.key not in wanted)
    dimensions = (*others, *(_dimension(key, levels[key], fieldwork.language) for key in wanted))
    told = replace(first, wording=WORDING) if WORDING in wanted else first
    return replace(_with(survey, told), dimensions=dimensions), replace(fieldwork, noted=tuple(wanted))


def _dimension(key: str, levels: Iterable[tuple[str, str]], language: str) -> Dimension:
    found = tuple(Level(value, label, (value,)) for value, label in levels)
    return Dimension(key, said(language, LABELS[key]), key, found)


def _with(survey: Survey, question: Question) -> Survey:
    questions = tuple(question if one.key == question.key else one for one in survey.questions)
    return replace(survey, questions=questions)


def _ordered(question: Question, places: Iterable[int]) -> str:
    return f"{_mark(question)}{MARK}{'-'.join(map(str, places))}"


def _mark(question: Question) -> str:
    numbered = repr((question.key, [one.value for one in question.choices]))
    return sha256(numbered.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _shuffled(question: Question, chance: Random) -> Question:
    if not _moves(question):
        return question
    moving = [one for one in question.choices if not _stands_last(one, question)]
    last = [one for one in question.choices if _stands_last(one, question)]
    return replace(question, choices=(*chance.sample(moving, len(moving)), *last))


def _moves(question: Question) -> bool:
    """Whether its answers have no order of their own."""
    return question.kind in ("single", "multiple") and len(question.choices) > 1


def _stands_last(choice: Choice, question: Question) -> bool:
    return choice.value in question.missing or bool(OUT.search(choice.label) or LAST.search(choice.label))


def _cut(text: str) -> str:
    return text if len(text) <= LABEL_CHARACTERS else f"{text[: LABEL_CHARACTERS - 1].rstrip()}…"
