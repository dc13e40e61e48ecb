"""Benchmark polls that are added to a survey's definition, or taken out again, between two imports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import Engine, select, update

from analytics.errors import RequestError
from analytics.model import Benchmark, Survey
from analytics.store.database import writing
from analytics.store.schema import survey
from analytics.store.surveys import survey_by_key, survey_from_text, survey_text, with_benchmarks


def add_benchmark(engine: Engine, key: str, new: Benchmark) -> None:
    """Records the poll in the survey's definition, marked as added.

    Raises:
        RequestError: there is no such survey, or it knows this poll already.
    """

    def added(stored: Survey) -> Iterable[Benchmark]:
        if new.known_by in {one.known_by for one in stored.benchmarks}:
            raise RequestError(
                f"a poll by {new.source} on these days is known already: delete that one first, or change the source"
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
                f"no poll by {old.source} was added to survey '{key}': one of the definition is taken out there"
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
