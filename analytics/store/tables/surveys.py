"""Surveys in the store: their definitions, and the numbers by which the tables know their questions and choices.

A number is given once and never again to something else, so that a definition may be put into another order, relabelled
or extended while every recorded answer keeps its meaning.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import URL, BigInteger, Connection, Engine, bindparam, case, delete, func, insert, select, update

from analytics.errors import DefinitionError, RequestError
from analytics.language.said import noted, spoken
from analytics.limits import FOUND_WORDS
from analytics.model import (
    NO_TIME,
    Batch,
    Benchmark,
    Choice,
    Dimension,
    Level,
    Question,
    QuestionKind,
    Survey,
)
from analytics.model.edits import with_edits
from analytics.store.place.connections import reading, writing
from analytics.store.tables.schema import code, response, survey
from analytics.store.tables.survey_text import survey_from_text, survey_text

MOST_REMEMBERED = 100_000

ROW = ("survey_id", "definition", "removed_at", "removed_by", "purge_at", "purging_at", "purged_at")

_ids: dict[tuple[URL, str], int] = {}
"""By database and key the id under which each survey was found: asked for both, one machine answers instead of all."""

NEW_SURVEY_LOCK = 1_414_213_562
"""What processes that make a survey on PostgreSQL wait for in turn."""

HOT_WRITERS = -1
"""The lock of a survey that the writers of a hot one hold together, and every other writer of it alone."""

THERE = survey.c.removed_at.is_(None)
"""The condition on a survey that it was not removed: what every list of surveys is made of."""

ListedEntry = TypeVar("ListedEntry", Choice, Level)

CodeNumbers = dict[str, dict[str, int]]
"""By scope ("question", "dimension", "choice/<question>", "level/<dimension>") the number of each value.

Under "" is the highest number of what was erased, which nothing else gets: see tend/last_words.py.
"""


def read_survey(engine: Engine, key: str) -> Survey:
    """Returns the survey of that key, the choices and levels found in its files included.

    Raises:
        RequestError: there is none; the message names those there are.
    """
    with reading(engine) as connection:
        return survey_by_key(connection, key)[1]


def find_survey(engine: Engine, key: str) -> Survey | None:
    """Returns the survey of that key as it was last recorded, None where there is none yet."""
    with reading(engine) as connection:
        row = survey_row(connection, key)
    return None if row is None else survey_from_text(row.definition)


def read_surveys(engine: Engine) -> list[Survey]:
    """Returns every survey, in the order in which they were first imported."""
    with reading(engine) as connection:
        return [definition for definition, _ in every_survey(connection).values()]


def every_survey(connection: Connection, *, removed: bool = False) -> dict[int, tuple[Survey, CodeNumbers]]:
    """Returns every survey and its numbers by id, in the order in which they were first imported.

    Args:
        removed: those too that were removed and have not begun to be purged.
    """
    wanted = survey.c.purging_at.is_(None) if removed else THERE
    query = select(survey.c.survey_id, survey.c.definition).where(wanted).order_by(survey.c.survey_id)
    rows = connection.execute(query)
    return surveys_of(connection, [tuple(row) for row in rows])


def surveys_of(connection: Connection, definitions: list[tuple[int, str]]) -> dict[int, tuple[Survey, CodeNumbers]]:
    """Returns, by id, each survey with what was found in its files, and its numbers."""
    numbers: dict[int, CodeNumbers] = {}
    ids = [survey_id for survey_id, _ in definitions]
    ours = code.c.survey_id.between(min(ids, default=0), max(ids, default=0))
    for row in connection.execute(select(code).where(ours).order_by(code.c.survey_id, code.c.number)):
        numbers.setdefault(row.survey_id, {}).setdefault(row.scope, {})[row.value] = row.number
    return {
        survey_id: (_with_found(survey_from_text(text), numbers.get(survey_id, {})), numbers.get(survey_id, {}))
        for survey_id, text in definitions
    }


def survey_by_key(connection: Connection, key: str, *, removed: bool = False) -> tuple[int, Survey, CodeNumbers]:
    """Returns the survey's id in the tables, the survey and its numbers.

    Args:
        removed: whether a removed survey is found too, as long as it has not begun to be purged.

    Raises:
        RequestError: there is no such survey.
    """
    row = _row_of(connection, key, removed=removed)
    numbers = read_numbers(connection, row.survey_id)
    return row.survey_id, _with_found(survey_from_text(row.definition), numbers), numbers


def survey_id_of(connection: Connection, key: str, *, removed: bool = False) -> int:
    """Returns the survey's id in the tables alone, for which none of its codes are read.

    Args:
        removed: as for `survey_by_key`.

    Raises:
        RequestError: there is no such survey.
    """
    number: int = _row_of(connection, key, removed=removed).survey_id
    return number


def _row_of(connection: Connection, key: str, *, removed: bool) -> Any:
    row = survey_row(connection, key, removed=removed)
    if row is None or (removed and row.purging_at is not None):
        raise RequestError(_none_such(connection, key))
    return row


def _none_such(connection: Connection, key: str) -> str:
    gone = survey_row(connection, key, removed=True)
    if gone is not None and gone.removed_at is not None:
        return removed_words(key, gone)
    known = connection.execute(select(survey.c.key).where(THERE).order_by(survey.c.key).limit(20)).scalars().all()
    there = ", ".join(known) if known else spoken("none: import one first")
    return spoken("there is no survey '{key}' in the store; there is: {there}", key=key, there=there)


def removed_words(key: str, row: Any) -> str:
    """Returns what to say of a survey that was removed, and what can still be done about it."""
    said = spoken(
        "survey '{key}' was removed on {day}", key=key, day=datetime.fromtimestamp(row.removed_at, UTC).date()
    )
    if row.purged_at is not None:
        return spoken("{said} and is gone for good", said=said)
    if row.purging_at is not None:
        return spoken("{said} and is being purged: run `python -m analytics tend` to end it", said=said)
    return spoken(
        "{said}: bring it back first (`python -m analytics bring-back {key}`), or choose another key",
        said=said,
        key=key,
    )


def survey_row(connection: Connection, key: str, *, removed: bool = False) -> Any:
    """Returns the id and the definition of the survey of that key, and when it was removed; None where there is none.

    Args:
        removed: whether one that was removed, or is gone for good, is found too.
    """
    place = connection.engine.url, key
    if (remembered := _ids.get(place)) is not None:
        given = {"key": key, "of": remembered}
        row = connection.execute(_named(removed, remembered=True), given).one_or_none()
        if row is not None:  # else another database has the name of an earlier one
            return row
    row = connection.execute(_named(removed, remembered=False), {"key": key}).one_or_none()
    if row is not None:
        if len(_ids) >= MOST_REMEMBERED:
            _ids.clear()
        _ids[place] = row.survey_id
    return row


@cache
def _named(removed: bool, *, remembered: bool) -> Any:
    query = select(*(survey.c[name] for name in ROW)).where(survey.c.key == bindparam("key"))
    query = query if removed else query.where(THERE)
    return query.where(survey.c.survey_id == bindparam("of")) if remembered else query


def save_survey(connection: Connection, new: Survey) -> int:
    """Records the definition, new or changed, and returns the survey's id in the tables.

    A survey that is gone for good may be recorded anew: under its old id, so that what was erased of it stays out.

    Raises:
        RequestError: a survey of that key was removed and can still be brought back.
        DefinitionError: the change would alter what already recorded answers mean; every such change is named.
    """
    row = locked_row(connection, new.key)
    if row is None and connection.dialect.name == "postgresql":  # two may be about to make the same survey
        connection.execute(select(func.pg_advisory_xact_lock(NEW_SURVEY_LOCK)))
        row = locked_row(connection, new.key)
    if row is None:
        highest = connection.execute(select(func.max(survey.c.survey_id))).scalar()
        survey_id = (highest or 0) + 1
        connection.execute(
            insert(survey).values(
                survey_id=survey_id, key=new.key, definition=survey_text(new), revision=1, next_response=1
            )
        )
    else:
        survey_id = row.survey_id
        if row.removed_at is not None:
            if row.purged_at is None:
                raise RequestError(removed_words(new.key, row))
            _begin_anew(connection, survey_id, new)
            return survey_id
        old, numbers = survey_from_text(row.definition), read_numbers(connection, survey_id)
        if connection.execute(select(response.c.response_no).where(response.c.survey_id == survey_id).limit(1)).first():
            _refuse_changes(old, new, numbers)
        else:  # nothing was recorded, so nothing has a meaning to keep: what the new definition dropped must not linger
            connection.execute(delete(code).where(code.c.survey_id == survey_id))
        new = with_edits(old, with_added(old, new))
        if old != new:
            connection.execute(
                update(survey)
                .where(survey.c.survey_id == survey_id)
                .values(definition=survey_text(new), revision=survey.c.revision + 1)
            )
    _number_definition(connection, survey_id, new)
    return survey_id


def _begin_anew(connection: Connection, survey_id: int, new: Survey) -> None:
    """Records the definition in the place of a survey that was purged."""
    nothing: dict[str, Any] = dict.fromkeys(("removed_at", "removed_by", "purge_at", "purging_at", "purged_at"))
    values = nothing | {"definition": survey_text(new), "revision": survey.c.revision + 1}
    connection.execute(update(survey).where(survey.c.survey_id == survey_id).values(**values))
    _number_definition(connection, survey_id, new)


def locked_row(connection: Connection, key: str) -> Any:
    """Returns the row of the survey of that key, removed or not, held from other writers; None where there is none."""
    found = survey_row(connection, key, removed=True)
    if found is None:
        return None
    ours = survey.c.survey_id == found.survey_id  # a cluster locks what is named by its id
    return connection.execute(select(*(survey.c[name] for name in ROW)).where(ours).with_for_update()).one()


def with_added(old: Survey, new: Survey) -> Survey:
    """Returns the new definition with the benchmark polls that were added on a page, but for those that it has."""
    known = {one.known_by for one in new.benchmarks}
    added = [one for one in old.benchmarks if one.added and one.known_by not in known and new.question(one.question)]
    return with_benchmarks(new, (*new.benchmarks, *added)) if added else new


def with_benchmarks(definition: Survey, benchmarks: Iterable[Benchmark]) -> Survey:
    """Returns the survey with these benchmark polls, the oldest of each question first."""
    return replace(definition, benchmarks=tuple(sorted(benchmarks, key=lambda one: (one.question, one.last))))


def add_benchmark(engine: Engine, key: str, new: Benchmark) -> None:
    """Records the poll in the survey's definition, marked as added.

    Raises:
        RequestError: there is no such survey, or it knows this poll already.
    """

    def added(stored: Survey) -> Iterable[Benchmark]:
        if new.known_by in {one.known_by for one in stored.benchmarks}:
            raise RequestError(
                spoken(
                    "a poll by {source} on these days is known already: delete that one first, or change the source",
                    source=new.source,
                )
            )
        return (*stored.benchmarks, replace(new, added=True))

    _change(engine, key, added)


def drop_benchmark(engine: Engine, key: str, old: Benchmark) -> None:
    """Takes a poll that was added out of the survey's definition.

    Raises:
        RequestError: there is no such survey, or no such poll was added to it.
    """

    def without(stored: Survey) -> Iterable[Benchmark]:
        if old not in stored.benchmarks or not old.added:
            raise RequestError(
                spoken(
                    "no poll by {source} was added to survey '{key}': one of the definition is taken out there",
                    source=old.source,
                    key=key,
                )
            )
        return (one for one in stored.benchmarks if one != old)

    _change(engine, key, without)


def _change(engine: Engine, key: str, change: Callable[[Survey], Iterable[Benchmark]]) -> None:
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        query = select(survey.c.definition).where(survey.c.survey_id == survey_id).with_for_update()
        stored = survey_from_text(connection.execute(query).scalar_one())
        text = survey_text(with_benchmarks(stored, change(stored)))
        values = {"definition": text, "revision": survey.c.revision + 1}
        connection.execute(update(survey).where(survey.c.survey_id == survey_id).values(**values))


def redefine(connection: Connection, key: str, change: Callable[[Survey], Survey]) -> tuple[int, str | None]:
    """Changes the survey's definition; returns its id, and the text that stood before, None where nothing changed.

    Args:
        change: is given the survey with the choices and levels found in its files, and returns it changed.

    Raises:
        RequestError: there is no such survey, or what `change` raises; nothing was changed.
        DefinitionError: the change would alter what already recorded answers mean.
    """
    survey_by_key(connection, key)
    row = locked_row(connection, key)
    if row.removed_at is not None:  # somebody was quicker
        raise RequestError(removed_words(key, row))
    numbers = read_numbers(connection, row.survey_id)
    old = _with_found(survey_from_text(row.definition), numbers)
    new = change(old)
    if new == old:
        return row.survey_id, None
    _refuse_changes(old, new, numbers)
    values = {"definition": survey_text(_without_found(new)), "revision": survey.c.revision + 1}
    connection.execute(update(survey).where(survey.c.survey_id == row.survey_id).values(**values))
    _number_definition(connection, row.survey_id, new)
    return row.survey_id, row.definition


def _without_found(new: Survey) -> Survey:
    """Returns the survey as it is stored: of what files brought up only what was given another label or place."""
    return replace(
        new,
        questions=tuple(
            replace(one, choices=()) if one.found and all(c.label == c.value for c in one.choices) else one
            for one in new.questions
        ),
        dimensions=tuple(
            replace(one, levels=()) if one.found and all(level.label == level.value for level in one.levels) else one
            for one in new.dimensions
        ),
    )


def held_survey(connection: Connection, key: str, *, removed: bool = False) -> tuple[int, Survey, CodeNumbers, int]:
    """Returns the survey with its number, its codes and its new revision; other writers wait from here on.

    For whoever changes what is recorded already. All of it is read once the others are at their end: what was read
    before may be older than what they wrote.

    Raises:
        RequestError: there is no such survey.
    """
    revision, _ = raise_revision(connection, survey_id_of(connection, key, removed=removed), 0)
    return *survey_by_key(connection, key, removed=removed), revision


def raise_revision(
    connection: Connection, survey_id: int, rows: int, *, by: int = 1, beside_hot: bool = False
) -> tuple[int, int]:
    """Returns the survey's new revision and the first of so many response numbers; other writers wait from here on.

    Args:
        rows: how many response numbers are needed.
        by: by how much the revision rises.
        beside_hot: writers of a hot survey, who hold no lock on its row while they write, go on meanwhile.

    Raises:
        RequestError: the survey is gone for good, or is about to be.
    """
    given = {"of": survey_id, "by": by, "more": rows}
    revision, following, key, purging_at = connection.execute(_raising(), given).one()
    if purging_at is not None:
        raise RequestError(spoken("survey '{key}' is gone for good: nothing more of it is recorded", key=key))
    if not beside_hot and connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(survey_id, HOT_WRITERS)))
    return revision, following - rows


@cache
def _raising() -> Any:
    """The statement that numbers a writer's responses; worded once, as it runs with every few answers that come."""
    more = {
        "revision": survey.c.revision + bindparam("by"),
        "next_response": survey.c.next_response + bindparam("more"),
    }
    told = (survey.c.revision, survey.c.next_response, survey.c.key, survey.c.purging_at)
    return update(survey).where(survey.c.survey_id == bindparam("of")).values(more).returning(*told)


def note_times(connection: Connection, survey_id: int, responded_at: np.ndarray) -> None:
    """Widens the survey's first and last time by these (UTC seconds, NO_TIME where there is none)."""
    timed = responded_at[responded_at != NO_TIME]
    if not len(timed):
        return
    first, last = int(timed.min()), int(timed.max())
    connection.execute(_widening(), {"of": survey_id, "first": first, "last": last})


@cache
def _widening() -> Any:
    first, last = (bindparam(name, type_=BigInteger) for name in ("first", "last"))
    times = {
        "first_at": case((survey.c.first_at < first, survey.c.first_at), else_=first),
        "last_at": case((survey.c.last_at > last, survey.c.last_at), else_=last),
    }
    return update(survey).where(survey.c.survey_id == bindparam("of")).values(times)


def read_numbers(connection: Connection, survey_id: int) -> CodeNumbers:
    """Returns every number of the survey."""
    numbers: CodeNumbers = {}
    for scope, value, number in connection.execute(_numbers(), {"of": survey_id}):
        numbers.setdefault(scope, {})[value] = number
    return numbers


@cache
def _numbers() -> Any:
    query = select(code.c.scope, code.c.value, code.c.number).where(code.c.survey_id == bindparam("of"))
    return query.order_by(code.c.number)


def number_values(connection: Connection, survey_id: int, scope: str, values: Iterable[str]) -> dict[str, int]:
    """Returns the number of every value of the scope, giving new ones to values not seen before."""
    known = {
        row.value: row.number
        for row in connection.execute(select(code).where(code.c.survey_id == survey_id, code.c.scope == scope))
    }
    fresh = [value for value in dict.fromkeys(values) if value not in known]
    for number, value in enumerate(fresh, start=max(known.values(), default=0) + 1):
        known[value] = number
        connection.execute(insert(code).values(survey_id=survey_id, scope=scope, value=value, number=number))
    return known


def numbers_for(connection: Connection, survey_id: int, batch: Batch) -> CodeNumbers:
    """Returns the survey's numbers, those of values that the batch brings up for the first time among them."""
    numbers = read_numbers(connection, survey_id)
    brought: dict[str, Iterable[str]] = {f"choice/{key}": answers.values for key, answers in batch.answers.items()}
    brought |= {f"level/{key}": batch.levels[key].cat.categories for key in batch.levels.columns}
    fresh = {scope: values for scope, values in brought.items() if not numbers.get(scope, {}).keys() >= {*values}}
    for scope, values in fresh.items():
        _refuse_own_words(scope, {*numbers.get(scope, ()), *values})
        number_values(connection, survey_id, scope, values)
    return read_numbers(connection, survey_id) if fresh else numbers


def _refuse_own_words(scope: str, values: set[str]) -> None:
    """Refuses more choices of a question, or levels of a dimension, than anybody would list.

    Raises:
        DefinitionError: there are.
    """
    if len(values) > FOUND_WORDS:
        kind, _, key = scope.partition("/")
        sentence = (
            noted(
                "'{key}': found more than {count} different answers, expected fewer: list those that count, or make it "
                'a question of kind "text"'
            )
            if kind == "choice"
            else noted(
                "'{key}': found more than {count} different levels, expected fewer: list those that count, or leave it "
                "out"
            )
        )
        raise DefinitionError(spoken(sentence, key=key, count=FOUND_WORDS))


def multiple_numbers(definition: Survey, numbers: CodeNumbers) -> frozenset[int]:
    return frozenset(numbers["question"][q.key] for q in definition.questions if q.kind == "multiple")


def _number_definition(connection: Connection, survey_id: int, new: Survey) -> None:
    scopes: Mapping[str, list[str]] = {
        "question": [question.key for question in new.questions],
        "dimension": [dimension.key for dimension in new.dimensions],
        **{f"choice/{question.key}": [choice.value for choice in question.choices] for question in new.questions},
        **{f"level/{dimension.key}": [level.value for level in dimension.levels] for dimension in new.dimensions},
    }
    for scope, values in scopes.items():
        if values:
            number_values(connection, survey_id, scope, values)


def _with_found(stored: Survey, numbers: CodeNumbers) -> Survey:
    questions = tuple(
        replace(
            question,
            choices=_as_labelled(
                question.choices, _found_choices(question.kind, numbers.get(f"choice/{question.key}", {}))
            ),
        )
        if question.found
        else question
        for question in stored.questions
    )
    dimensions = tuple(
        replace(
            dimension,
            levels=_as_labelled(
                dimension.levels,
                tuple(Level(value, value, (value,)) for value in numbers.get(f"level/{dimension.key}", {}) if value),
            ),
        )
        if dimension.found
        else dimension
        for dimension in stored.dimensions
    )
    return replace(stored, questions=questions, dimensions=dimensions)


def _as_labelled(labelled: tuple[ListedEntry, ...], found: tuple[ListedEntry, ...]) -> tuple[ListedEntry, ...]:
    """Returns what files brought up, with the labels and in the order that somebody gave them, new ones last."""
    if not labelled:
        return found
    known = {entry.value for entry in found}
    given = {entry.value for entry in labelled}
    return tuple([one for one in labelled if one.value in known] + [one for one in found if one.value not in given])


def _found_choices(kind: QuestionKind, values: Iterable[str]) -> tuple[Choice, ...]:
    """Returns the choices that files had, as they first appeared; on a scale numbers score themselves, in order."""
    if kind != "scale":
        return tuple(Choice(value, value, None, (value,)) for value in values if value)
    scored = [Choice(value, value, _own_score(value), (value,)) for value in values if value]
    return tuple(sorted(scored, key=lambda choice: math.inf if choice.score is None else choice.score))


def _own_score(value: str) -> float | None:
    """Returns the number that a value is, None where it is a word.

    Example:
        >>> _own_score("2.5"), _own_score("Often")
        (2.5, None)
    """
    try:
        score = float(value)
    except ValueError:
        return None
    return score if math.isfinite(score) else None


def _refuse_changes(old: Survey, new: Survey, numbers: CodeNumbers) -> None:
    faults = [
        *_changed_survey(old, new),
        *(fault for question in old.questions for fault in _changed_question(question, new, numbers)),
        *(fault for dimension in old.dimensions for fault in _changed_dimension(dimension, new, numbers)),
    ]
    if faults:
        raise DefinitionError(
            spoken(
                "survey '{key}' has responses recorded under another definition; this one would alter "
                "what they mean. Put these back, or give the survey another key:",
                key=new.key,
            )
            + "\n"
            + "\n".join(faults)
        )


def _changed_survey(old: Survey, new: Survey) -> list[str]:
    faults = []
    if old.time_zone != new.time_zone:
        faults.append(spoken("time_zone was '{before}' and is now '{now}'", before=old.time_zone, now=new.time_zone))
    if (old.columns.weight is None) != (new.columns.weight is None):
        faults.append(
            spoken(
                "the weight column was {before!r} and is now {now!r}", before=old.columns.weight, now=new.columns.weight
            )
        )
    if (old.columns.response is None) != (new.columns.response is None):  # every row of the same file would be new
        faults.append(
            spoken(
                "the column of the response's id was {before!r}, is now {now!r}",
                before=old.columns.response,
                now=new.columns.response,
            )
        )
    if old.known_by != new.known_by:  # every row of the same file would be new or another
        faults.append(
            spoken("a response was known by {before} and is now known by {now}", before=_parts(old), now=_parts(new))
        )
    added = [dimension.key for dimension in new.dimensions if old.dimension(dimension.key) is None]
    faults.extend(spoken("dimension '{key}' was not known when the responses were recorded", key=key) for key in added)
    return faults


def _parts(definition: Survey) -> str:
    return ", ".join(definition.known_by) or spoken("its whole row")


def _changed_question(question: Question, new: Survey, numbers: CodeNumbers) -> list[str]:
    now = new.question(question.key)
    if now is None:
        return [spoken("question '{key}' is gone", key=question.key)]
    if now.kind != question.kind:
        return [
            spoken(
                "question '{key}' was {before} and is now {now}",
                key=question.key,
                before=question.kind,
                now=now.kind,
            )
        ]
    recorded = numbers.get(f"choice/{question.key}", {})
    before = _spellings(question.choices)
    after = {word: word for word in (*recorded, *before)} if now.found else _spellings(now.choices)
    return _moved(spoken("question '{key}'", key=question.key), recorded, before, after)


def _changed_dimension(dimension: Dimension, new: Survey, numbers: CodeNumbers) -> list[str]:
    now = new.dimension(dimension.key)
    if now is None:
        return [spoken("dimension '{key}' is gone", key=dimension.key)]
    if now.bands != dimension.bands:
        return [
            spoken(
                "the bands of dimension '{key}' were {before} and are now {now}",
                key=dimension.key,
                before=dimension.bands,
                now=now.bands,
            )
        ]
    recorded = numbers.get(f"level/{dimension.key}", {})
    before = _spellings(dimension.levels)
    after = {word: word for word in (*recorded, *before)} if now.found else _spellings(now.levels)
    return _moved(spoken("dimension '{key}'", key=dimension.key), recorded, before, after)


def _moved(name: str, recorded: Iterable[str], before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    gone = [
        spoken("{name} no longer lists '{value}'", name=name, value=value)
        for value in recorded
        if value and value not in after.values()
    ]
    moved = [
        spoken(
            "{name} had '{spelling}' under '{value}' and now has it under '{now}'",
            name=name,
            spelling=spelling,
            value=value,
            now=after[spelling],
        )
        for spelling, value in before.items()
        if spelling in after and after[spelling] != value
    ]
    return gone + moved


def _spellings(listed: Iterable[Choice | Level]) -> dict[str, str]:
    return {spelling: entry.value for entry in listed for spelling in (entry.value, *entry.values)}
