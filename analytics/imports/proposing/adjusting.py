"""Changes to a proposed definition, one at a time, as a person makes them in a form. Nothing here is checked but what
would lose something: the whole is checked as a definition is, by `checked`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from analytics.errors import DefinitionError
from analytics.imports.cells.text import plain_text
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.proposing.names import free, slug
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Choice, Columns, Dimension, Level, Question, QuestionKind, Survey
from analytics.model.doubts import DoubtMark

Use = Literal["question", "dimension", "time", "weight", "comment", "consent", "referrer", "id", "left out"]
OWN: dict[Use, str] = {
    "time": "responded_at",
    "weight": "weight",
    "comment": "comment",
    "consent": "consent",
    "referrer": "referrer",
    "id": "response",
}
"""The uses of a column that belong to the response itself, by their names in `Columns`."""


@dataclass(frozen=True)
class PartOption:
    """One answer or level as a form has it: the words of the file, its label, and whether it counts as no answer."""

    values: tuple[str, ...]
    label: str
    missing: bool = False


def checked(survey: Survey) -> Survey:
    """Returns the survey as its own definition would be read.

    Raises:
        DefinitionError: listing everything that is wrong with it.
    """
    article = survey.article
    read = parsed_definition(
        definition_text(replace(survey, article=None)), file="the definition", folder=Path(__file__).parent
    )
    return replace(read, article=article)


def options_of(part: Question | Dimension) -> list[PartOption]:
    """Returns the answers or levels of a question or dimension in shown order, those that count as none last."""
    listed: Sequence[Choice | Level] = part.choices if isinstance(part, Question) else part.levels
    shown = [PartOption(one.values or (one.value,), one.label) for one in listed]
    return [*shown, *(PartOption((word,), word, missing=True) for word in part.missing if word != NO_ANSWER)]


def with_options(survey: Survey, key: str, options: Sequence[PartOption]) -> Survey:
    """Returns the survey with the options of that question or dimension, in this order.

    Options of one label become one, with the words of them all.

    Raises:
        DefinitionError: two columns of a multiple question would become one.
    """
    part = survey.question(key) or survey.dimension(key)
    assert part is not None, f"the form names what there is, so '{key}' is known"
    merged: dict[str, tuple[str, ...]] = {}
    for option in options:
        if not option.missing:
            merged[option.label] = (*merged.get(option.label, ()), *option.values)
    missing = tuple(word for option in options if option.missing for word in option.values)
    if NO_ANSWER in part.missing:  # it is a word for none in every group of readers, and no business of a form
        missing = (*missing, NO_ANSWER)
    if isinstance(part, Dimension):
        levels = tuple(Level(words[0], label, words) for label, words in merged.items())
        return _with_dimension(survey, key, replace(part, levels=levels, missing=missing, found=False))
    apart = [label for label, words in merged.items() if len(set(words) - {ANY_WORDS}) > 1]
    if apart and any(one.value for one in part.columns):
        label = apart[0]
        raise DefinitionError(
            spoken(
                "question '{key}': found the label '{label}' for two columns of the file, expected one "
                "of its own for each",
                key=key,
                label=label,
            )
        )
    scores = {choice.value: choice.score for choice in part.choices}
    choices = tuple(Choice(words[0], label, scores.get(words[0]), words) for label, words in merged.items())
    kept = {word for words in merged.values() for word in words}
    columns = tuple(one for one in part.columns if one.value in kept or not one.value)
    return _with_question(survey, key, replace(part, choices=choices, missing=missing, columns=columns, found=False))


def parted(survey: Survey, key: str, label: str) -> Survey:
    """Returns the survey with the spellings that were joined under that label as answers of their own again."""
    part = survey.question(key) or survey.dimension(key)
    assert part is not None, f"the form names what there is, so '{key}' is known"
    options = [
        PartOption((word,), word, option.missing) if option.label == label else option
        for option in options_of(part)
        for word in (option.values if option.label == label else option.values[:1])
    ]
    return with_options(survey, key, options)


def joined_in(survey: Survey) -> list[tuple[str, str, tuple[str, ...]]]:
    """Returns the answers and levels that take in several spellings: the key of the part, the label, the spellings.

    Example:
        >>> asked = Question("q", "For it?", "single", "q", (Choice("Yes", "Yes", None, ("Yes", "YES", "yes")),))
        >>> joined_in(Survey("s", "S", "UTC", (asked,)))
        [('q', 'Yes', ('YES', 'yes'))]
    """
    parts: list[Question | Dimension] = [one for one in survey.questions if one.column and not one.separator]
    parts += [one for one in survey.dimensions if not one.bands]
    found = []
    for part in parts:
        for option in options_of(part):
            words = tuple(word for word in option.values if plain_text(word) != option.label)
            if 0 < len(words) < len(option.values) and not any(map(str.isdigit, "".join(option.values))):
                found.append((part.key, option.label, words))
    return found


def reworded(survey: Survey, key: str, text: str, kind: QuestionKind) -> Survey:
    """Returns the survey with that question in another wording or of another kind.

    The choices of a question that becomes a scale score 1, 2, 3, ... where they have no scores.
    """
    question = survey.question(key)
    assert question is not None, f"the form names what there is, so '{key}' is known"
    choices = question.choices
    if kind == "scale" and all(choice.score is None for choice in choices):
        choices = tuple(replace(choice, score=float(step)) for step, choice in enumerate(choices, start=1))
    elif kind == "text":
        choices = ()
    if question.kind in ("single", "scale") and question.columns and kind != question.kind:  # the answer alone
        column = question.columns[0].column
        choices = tuple(one for one in choices if ANY_WORDS not in one.values)
        question = replace(question, column=column, columns=())
    found = question.found or (question.kind == "text" and kind != "text")
    return _with_question(survey, key, replace(question, text=text, kind=kind, choices=choices, found=found))


def relabelled(survey: Survey, key: str, label: str, bands: tuple[float, ...] | None = None) -> Survey:
    """Returns the survey with that dimension under another label, cut into other bands where any are given."""
    dimension = survey.dimension(key)
    assert dimension is not None, f"the form names what there is, so '{key}' is known"
    changed = replace(dimension, label=label)
    if bands is not None and bands != dimension.bands:
        changed = replace(changed, bands=bands, levels=(), found=not bands)
    return _with_dimension(survey, key, changed)


def used_as(survey: Survey, key: str, use: Use) -> Survey:
    """Returns the survey with a question as a dimension, a dimension as a question, or either left out."""
    question, dimension = survey.question(key), survey.dimension(key)
    if use == "left out" or (use == "dimension" and question) or (use == "question" and dimension):
        rest = replace(
            survey,
            questions=tuple(one for one in survey.questions if one.key != key),
            dimensions=tuple(one for one in survey.dimensions if one.key != key),
        )
        if use == "dimension" and question is not None:
            words = [(one, tuple(word for word in one.values if word != ANY_WORDS)) for one in question.choices]
            levels = tuple(Level(one.value, one.label, values) for one, values in words)
            column = question.column or (question.columns[0].column if question.columns else "")
            made = Dimension(key, question.text, column, levels, found=question.found or not levels,
                             missing=question.missing)  # fmt: skip
            return replace(rest, dimensions=(*rest.dimensions, made))
        if use == "question" and dimension is not None:
            choices = tuple(Choice(one.value, one.label, None, one.values) for one in dimension.levels)
            asked = Question(key, dimension.label, "single", dimension.column, () if dimension.bands else choices,
                             found=dimension.found or bool(dimension.bands), missing=dimension.missing)  # fmt: skip
            return replace(rest, questions=(*rest.questions, asked))
        return rest
    return survey


def with_column(survey: Survey, column: str, use: Use, text: str = "") -> Survey:
    """Returns the survey with a column that it left out; its answers or levels are taken as they are found."""
    taken = {*(one.key for one in survey.questions), *(one.key for one in survey.dimensions), "wave", "channel"}
    key = free(slug(column) or None, taken)
    leave_out = tuple(name for name in survey.file.leave_out if name != column)
    survey = replace(survey, file=replace(survey.file, leave_out=leave_out))
    if use == "question":
        return replace(
            survey, questions=(*survey.questions, Question(key, text or column, "single", column, found=True))
        )
    if use == "dimension":
        return replace(survey, dimensions=(*survey.dimensions, Dimension(key, text or column, column, found=True)))
    if use in OWN:
        return replace(survey, columns=_with_own(survey.columns, {OWN[use]: column}))
    return survey


def with_doubt(survey: Survey, mark: DoubtMark) -> Survey:
    """Returns the survey with a column in which the survey tool says what it doubts; one known already says it anew."""
    leave_out = tuple(name for name in survey.file.leave_out if name != mark.column)
    others = tuple(one for one in survey.doubts if one.column != mark.column)
    return replace(survey, file=replace(survey.file, leave_out=leave_out), doubts=(*others, mark))


def without_doubt(survey: Survey, column: str) -> Survey:
    """Returns the survey without what the tool says of doubts in that column."""
    return replace(survey, doubts=tuple(one for one in survey.doubts if one.column != column))


def without_column(survey: Survey, use: Use) -> Survey:
    """Returns the survey without the column of the response itself that has this use."""
    changes: dict[str, str | None] = {OWN[use]: None}
    if use == "time":
        changes["responded_at_format"] = None
    columns = _with_own(survey.columns, changes)
    return replace(survey, columns=replace(columns, consent_given=()) if use == "consent" else columns)


def _with_own(columns: Columns, changes: dict[str, str | None]) -> Columns:
    changed: Any = changes  # only names of columns that hold one word
    return replace(columns, **changed)


def _with_question(survey: Survey, key: str, question: Question) -> Survey:
    return replace(survey, questions=tuple(question if one.key == key else one for one in survey.questions))


def _with_dimension(survey: Survey, key: str, dimension: Dimension) -> Survey:
    return replace(survey, dimensions=tuple(dimension if one.key == key else one for one in survey.dimensions))
