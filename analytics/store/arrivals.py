"""Responses that come in by themselves, checked against their survey and put into the form of a batch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import numpy as np
import pandas as pd

from analytics.errors import RequestError, one_sentence_each
from analytics.model import NO_TIME, Answers, Batch, Dimension, Question, Response, Survey

TICKED_NONE = ("",)

NOT_A_TIME: int = np.iinfo(np.int64).min
"""How arrays of times write that there is none."""


def batch_of(survey: Survey, responses: Sequence[Response]) -> Batch:
    """Returns the responses as a batch; its frame `responses` has the columns `version` and `received_at` too.

    Raises:
        RequestError: a response says what the survey does not know; every fault is named.
    """
    faults = [f"response '{response.key}': {fault}" for response in responses for fault in _faults(survey, response)]
    if faults:
        raise RequestError(one_sentence_each(faults))
    times = _seconds("responded_at", responses, NOT_A_TIME)
    frame = pd.DataFrame(
        {
            "key": pd.Series([f"id:{response.key}" for response in responses], dtype="str"),
            "content": np.array([_content(response) for response in responses], dtype=np.int64),
            "line": np.arange(1, len(responses) + 1, dtype=np.int64),
            "responded_at": pd.DatetimeIndex(times.view("datetime64[s]"), tz="UTC"),
            "weight": np.array([response.weight for response in responses], dtype=np.float64),
            "respondent": pd.Series([response.respondent for response in responses], dtype="str"),
            "consent": pd.Series([response.consent for response in responses], dtype="str"),
            "version": np.array([response.version for response in responses], dtype=np.int64),
            "received_at": _seconds("received_at", responses, NO_TIME),
        }
    )
    levels = {dimension.key: _levels(dimension, responses) for dimension in survey.dimensions}
    answers = {question.key: _answers(question, responses) for question in survey.questions if question.kind != "text"}
    texts = [(row, key, text) for row, r in enumerate(responses) for key, text in sorted(r.texts.items()) if text]
    return Batch(
        frame,
        pd.DataFrame(levels, index=range(len(responses))),
        answers,
        pd.DataFrame(texts, columns=["row", "question", "text"]).astype({"row": np.int64}),
    )


def _faults(survey: Survey, response: Response) -> Iterator[str]:
    if not response.key:
        yield "found no key, expected an id of its own"
    if response.version < 1:
        yield f"found version {response.version}, expected 1 or higher"
    if not (math.isfinite(response.weight) and response.weight > 0):
        yield f"found weight {response.weight}, expected a number above 0"
    for name in ("responded_at", "received_at"):
        moment = getattr(response, name)
        if moment is not None and moment.tzinfo is None:
            yield f"found {name} {moment.isoformat()}, expected a time with its zone"
    for key, values in response.answers.items():
        yield from _answer_faults(survey.question(key), key, values)
    for key, level in response.levels.items():
        yield from _level_faults(survey.dimension(key), key, level)
    for key in response.texts:
        question = survey.question(key)
        if key and (question is None or question.kind != "text"):
            yield f"found a text for '{key}', expected the key of a text question, or none for the comment"
    for text in _every_text(response):
        if "\0" in text or not _is_unicode(text):
            yield f"found {text!r}, expected text without zero characters and lone surrogates"


def _answer_faults(question: Question | None, key: str, values: tuple[str, ...]) -> Iterator[str]:
    if question is None or question.kind == "text":
        yield f"found an answer to '{key}', expected the key of a question with choices"
    elif question.kind != "multiple" and len(values) > 1:
        yield f"found {len(values)} answers to '{key}', expected one"
    elif values == TICKED_NONE:
        if question.kind != "multiple":
            yield f"found an empty answer to '{key}', expected a choice, or no answer where it was left blank"
    elif len(set(values)) < len(values) or "" in values:
        yield f"found the answers {values!r} to '{key}', expected each choice once"
    elif not question.found and (unknown := [value for value in values if question.choice(value) is None]):
        known = ", ".join(f"'{choice.value}'" for choice in question.choices)
        yield f"found {', '.join(map(repr, unknown))} for '{key}', expected one of {known}"


def _level_faults(dimension: Dimension | None, key: str, level: str) -> Iterator[str]:
    if dimension is None:
        yield f"found a level of '{key}', expected the key of a dimension"
    elif not level:
        yield f"found an empty level of '{key}', expected it left out where it is not known"
    elif not dimension.found and dimension.level(level) is None:
        known = ", ".join(f"'{one.value}'" for one in dimension.levels)
        yield f"found '{level}' for '{key}', expected one of {known}"


def _every_text(response: Response) -> Iterable[str]:
    yield from (response.key, response.respondent, response.consent)
    yield from response.texts.values()
    yield from response.levels.values()
    for values in response.answers.values():
        yield from values


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _content(response: Response) -> int:
    """Returns a hash of all that the reader says: the same for the same response however often it is sent."""
    moment = response.responded_at
    parts = (
        response.key, _sorted({key: tuple(sorted(values)) for key, values in response.answers.items()}),
        _sorted(response.levels), _sorted(response.texts), moment and int(moment.timestamp()), response.weight,
        response.respondent, response.consent,
    )  # fmt: skip
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), "little", signed=True)


def _sorted(by_key: Mapping[str, object]) -> list[tuple[str, object]]:
    return sorted(by_key.items())


def _seconds(name: str, responses: Sequence[Response], missing: int) -> np.ndarray:
    moments = [getattr(response, name) for response in responses]
    return np.array([missing if moment is None else int(moment.timestamp()) for moment in moments], dtype=np.int64)


def _levels(dimension: Dimension, responses: Sequence[Response]) -> pd.Categorical:
    given = [response.levels.get(dimension.key) for response in responses]
    found = dict.fromkeys(level for level in given if level is not None)
    listed = list(found) if dimension.found else [level.value for level in dimension.levels]
    return pd.Categorical(given, categories=pd.Index(listed, dtype="str"))


def _answers(question: Question, responses: Sequence[Response]) -> Answers:
    given = [response.answers.get(question.key) for response in responses]
    found = dict.fromkeys(value for ticked in given for value in ticked or () if value)
    values = tuple(found) if question.found else tuple(choice.value for choice in question.choices)
    place = {value: index for index, value in enumerate(values)}
    status = np.array([-1 if ticked is None else int(bool(ticked)) for ticked in given], dtype=np.int8)
    pairs = [(row, place[value]) for row, ticked in enumerate(given) for value in ticked or () if value]
    row, choice = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2).T
    return Answers(values, status, row, choice)
