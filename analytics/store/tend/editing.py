"""Surveys that are mended: edited, closed, opened again, asked again. What stood before is kept in the audit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model import Level, Survey
from analytics.model.edits import Edit, edited, edits_between
from analytics.model.found import without_found
from analytics.store.people.allowed import desks_of, give_desks
from analytics.store.place.connections import writing
from analytics.store.tables.surveys import redefine, save_survey, survey_by_key, survey_row
from analytics.store.tend.keeping import note_action

KEY = "[A-Za-z0-9_-]{1,200}"
"""What a survey is called by in addresses and files."""
WAVE = "wave"
"""The key of the dimension that tells the wave."""


def edit_survey(
    engine: Engine, key: str, values: Mapping[str, str], *, by: str, now: datetime, all_along: bool = False
) -> tuple[Edit, ...]:
    """Puts these values in their places (see `model/edits.py`) and returns what changed; the old wording is kept.

    Args:
        by: who does it.
        all_along: a question whose wording changes was asked like this all along. Otherwise answers from now on are
            answers to another question, and no trend runs across.

    Raises:
        RequestError: there is no such survey or place, or it cannot have such a value; nothing was changed.
    """
    edits: tuple[Edit, ...] = ()

    def change(stored: Survey) -> Survey:
        nonlocal edits
        edits = edits_between(stored, values)
        before = dict(stored.edited)
        as_imported = {one.place: before.get(one.place, one.before) for one in edits}
        new = edited(stored, values, asked_anew=None if all_along else now)
        return replace(new, edited=tuple((before | as_imported).items())) if edits else stored

    _mend(engine, key, change, "edited", by, now, lambda: "; ".join(one.place for one in edits))
    return edits


def close_survey(engine: Engine, key: str, *, by: str, now: datetime) -> None:
    """Closes the survey: no answer is taken any more, and its numbers count as final.

    Raises:
        RequestError: there is no such survey, or it is closed already.
    """

    def change(stored: Survey) -> Survey:
        if is_closed(stored, now):
            raise RequestError(spoken("survey '{key}' is closed already", key=key))
        return replace(stored, closed_at=now)

    _mend(engine, key, change, "closed", by, now)


def reopen_survey(engine: Engine, key: str, *, by: str, now: datetime) -> None:
    """Lets the survey take answers again; a last day that is over is taken out.

    Raises:
        RequestError: there is no such survey, or it is open.
    """

    def change(stored: Survey) -> Survey:
        if not is_closed(stored, now):
            raise RequestError(spoken("survey '{key}' is open", key=key))
        over = stored.closes is not None and stored.closes < now.astimezone(ZoneInfo(stored.time_zone)).date()
        return replace(stored, closed_at=None, closes=None if over else stored.closes)

    _mend(engine, key, change, "reopened", by, now)


def is_closed(survey: Survey, now: datetime) -> bool:
    """Whether the survey was closed, or its last day is over."""
    if survey.closed_at is not None and survey.closed_at <= now:
        return True
    return survey.closes is not None and survey.closes < now.astimezone(ZoneInfo(survey.time_zone)).date()


def ask_again(
    engine: Engine, key: str, new_key: str, *, title: str = "", opens: date | None = None, by: str, now: datetime
) -> Survey:
    """Makes a new survey of the same questions, without any answers or words of those who answered, and returns it.

    Raises:
        RequestError: there is no such survey, or there is or was one of the new key, or that is none.
    """
    if not re.fullmatch(KEY, new_key):
        words = spoken("the key {key}: expected letters from a to z, digits, '_' and '-' only", key=repr(new_key[:40]))
        raise RequestError(words)
    with writing(engine) as connection:
        survey_id, definition, _ = survey_by_key(connection, key)
        if survey_row(connection, new_key, removed=True) is not None:
            raise RequestError(spoken("there is a survey '{key}' already: choose another key", key=new_key))
        new = replace(
            without_found(definition), key=new_key, opens=None, closes=None, closed_at=None, events=(), article=None,
            edited=(), known_by=(), source=None,
        )  # fmt: skip
        said = {"title": title or definition.title, "opens": opens.isoformat() if opens else ""}
        new = edited(new, said)
        new_id = save_survey(connection, new)
        give_desks(connection, new_id, desks_of(connection, survey_id))
        note_action(connection, survey_id, "asked again", f"as '{key}'", 0, now, by=by)
        note_action(connection, new_id, "made", f"the questions of '{key}'", 0, now, by=by)
    return new


def ask_wave(engine: Engine, key: str, wave: str, *, by: str, now: datetime) -> None:
    """Prepares the survey for another wave of the same questions: it is open again, and knows the wave.

    Raises:
        RequestError: there is no such survey, it has no waves, or it had this one.
    """

    def change(stored: Survey) -> Survey:
        waves = stored.dimension(WAVE) if stored.columns.wave else None
        if waves is None:
            raise RequestError(spoken("survey '{key}' has no waves: name a key for a new survey instead", key=key))
        if waves.level(wave) is not None:
            raise RequestError(spoken("survey '{key}' had a wave '{wave}' already", key=key, wave=wave))
        listed = waves if waves.found else replace(waves, levels=(*waves.levels, Level(wave, wave, (wave,))))
        dimensions = tuple(listed if one is waves else one for one in stored.dimensions)
        return replace(stored, dimensions=dimensions, closed_at=None, closes=None)

    _mend(engine, key, change, "asked again", by, now, lambda: f"wave '{wave}'")


def _mend(
    engine: Engine, key: str, change: Callable[[Survey], Survey], action: str, by: str, now: datetime,
    rule: Callable[[], str] = lambda: "",
) -> None:  # fmt: skip
    with writing(engine) as connection:
        survey_id, before = redefine(connection, key, change)
        if before is not None:
            note_action(connection, survey_id, action, rule() or None, 0, now, by=by, before=before)
