"""What questions, answers and groups are called in other languages; files keep their own words for them.

Each text of a survey that has a translation has a place, such as "question/move/label/Yes".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from analytics.model.questions import Question
from analytics.model.surveys import Dimension, Survey

SAYS_MINUS = frozenset({"de", "en"})
"""Languages in which one share less another is called "Yes minus no"."""
AS_WRITTEN = ""
"""Under this stands, in a survey that was translated, what its definition says itself."""


def texts_of(survey: Survey) -> dict[str, str]:
    """The texts of a survey that can be said in another language, by their place.

    Example:
        >>> move = Question("move", "Move?", "text")
        >>> texts_of(Survey("river", "The river", "UTC", (move,)))
        {'title': 'The river', 'question/move/text': 'Move?'}
    """
    found = {"title": survey.title}
    for question in survey.questions:
        found |= dict(_of_question(question))
    for dimension in survey.dimensions:
        found |= dict(_of_dimension(dimension))
    return found | {f"event/{event.label}": event.label for event in survey.events}


def _of_question(question: Question) -> Iterator[tuple[str, str]]:
    yield f"question/{question.key}/text", question.text
    yield from ((f"question/{question.key}/label/{one.value}", one.label) for one in question.choices)
    yield from ((f"question/{question.key}/net/{one.key}", one.label) for one in question.nets)


def _of_dimension(dimension: Dimension) -> Iterator[tuple[str, str]]:
    yield f"dimension/{dimension.key}/name", dimension.label
    yield from ((f"dimension/{dimension.key}/label/{one.value}", one.label) for one in dimension.levels)


def is_text(survey: Survey, place: str) -> bool:
    """Whether the survey has a text at this place; answers that only files name may be there once they are read."""
    if place in texts_of(survey):
        return True
    kind, _, rest = place.partition("/")
    key, _, what = rest.partition("/")
    part = {"question": survey.question, "dimension": survey.dimension}.get(kind, lambda _: None)(key)
    return bool(part is not None and part.found and what.startswith("label/"))


def labels_in(survey: Survey, language: str) -> dict[str, str]:
    """The labels of that language, by the place of what they translate."""
    return dict(next((labels for known, labels in survey.labels if known == language), ()))


def with_labels(survey: Survey, language: str, labels: Mapping[str, str]) -> Survey:
    """The survey with these labels besides those that it has; an empty one is taken out."""
    merged = {place: text for place, text in (labels_in(survey, language) | dict(labels)).items() if text.strip()}
    others = [(known, kept) for known, kept in survey.labels if known != language]
    mine = [(language, tuple(sorted(merged.items())))] if merged else []
    return replace(survey, labels=tuple(sorted([*others, *mine])))


def as_written(survey: Survey) -> Survey:
    """The survey in the words of its own definition, in which it was asked."""
    own = labels_in(survey, AS_WRITTEN)
    if not own:
        return survey
    labels = tuple((language, kept) for language, kept in survey.labels if language != AS_WRITTEN)
    return replace(_called(survey, own), labels=labels)


def as_asked(survey: Survey, question: Question) -> Question:
    """The survey's question in its own words."""
    return as_written(survey).question(question.key) or question


def in_language(survey: Survey, language: str) -> Survey:
    """The survey with its labels of that language; what has none there keeps its own words.

    Example:
        >>> survey = Survey("river", "The river", "UTC", (), labels=(("de", (("title", "Der Fluss"),)),))
        >>> german = in_language(survey, "de")
        >>> german.title, as_written(german) == survey, in_language(survey, "fr") == survey
        ('Der Fluss', True, True)
    """
    plain = as_written(survey)
    wanted, known = called_in(plain, language), texts_of(plain)
    new = {place: text for place, text in wanted.items() if place in known}
    if language == AS_WRITTEN or not new:
        return plain
    # an event has no key but its label, so that what it is called now is the place of what it was called
    places = {place: f"event/{text}" if place.startswith("event/") else place for place, text in new.items()}
    kept = tuple(sorted((places[place], known[place]) for place in new))
    return replace(_called(plain, new), labels=((AS_WRITTEN, kept), *plain.labels))


def untranslated(survey: Survey, language: str, keys: Collection[str], *, events: bool = False) -> list[str]:
    """The texts of these questions and dimensions that have no label of that language, each once.

    Numbers are the same in every language, so what holds no letter is not missed.
    """
    plain = as_written(survey)
    labels = called_in(plain, language)
    parts: Iterable[tuple[str, str]] = (
        pair
        for key in keys
        for part in (plain.question(key), plain.dimension(key))
        if part is not None
        for pair in (_of_question(part) if isinstance(part, Question) else _of_dimension(part))
    )
    named = [(f"event/{event.label}", event.label) for event in plain.events] if events else []
    missing = (text for place, text in (*parts, *named) if place not in labels and any(map(str.isalpha, text)))
    return list(dict.fromkeys(missing))


def called_in(survey: Survey, language: str) -> dict[str, str]:
    """The labels of that language; a net called "Yes minus no" is known with its two answers."""
    labels = labels_in(survey, language)
    if language not in SAYS_MINUS:
        return labels
    composed = {
        f"question/{question.key}/net/{net.key}": f"{plus} minus {minus}"
        for question in survey.questions
        for net in question.nets
        if (plus := _single(question, net.plus, labels)) and (minus := _single(question, net.minus, labels))
        and net.label.casefold() == " minus ".join(_own(question, one) for one in (*net.plus, *net.minus)).casefold()
    }  # fmt: skip
    return composed | labels


def _single(question: Question, values: tuple[str, ...], labels: Mapping[str, str]) -> str:
    return labels.get(f"question/{question.key}/label/{values[0]}", "") if len(values) == 1 else ""


def _own(question: Question, value: str) -> str:
    choice = question.choice(value)
    return choice.label if choice else value


def _called(survey: Survey, texts: Mapping[str, str]) -> Survey:
    """The survey with these texts in their places."""
    return replace(
        survey,
        title=texts.get("title", survey.title),
        questions=tuple(_question_called(one, texts) for one in survey.questions),
        dimensions=tuple(_dimension_called(one, texts) for one in survey.dimensions),
        events=tuple(replace(one, label=texts.get(f"event/{one.label}", one.label)) for one in survey.events),
    )


def _question_called(question: Question, texts: Mapping[str, str]) -> Question:
    place = f"question/{question.key}"
    return replace(
        question, text=texts.get(f"{place}/text", question.text), choices=_labelled(question.choices, place, texts),
        nets=tuple(replace(one, label=texts.get(f"{place}/net/{one.key}", one.label)) for one in question.nets),
    )  # fmt: skip


def _dimension_called(dimension: Dimension, texts: Mapping[str, str]) -> Dimension:
    place = f"dimension/{dimension.key}"
    return replace(
        dimension, label=texts.get(f"{place}/name", dimension.label),
        levels=_labelled(dimension.levels, place, texts),
    )  # fmt: skip


def _labelled(entries: tuple[Any, ...], place: str, texts: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(replace(one, label=texts.get(f"{place}/label/{one.value}", one.label)) for one in entries)
