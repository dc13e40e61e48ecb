"""What editors decided on storms: set aside under a rule with a name, kept, or watched; each can be undone.

Beside the decisions stand the crowds that wait for one, so that no page forgets them when it is started anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple, cast

import pandas as pd
from sqlalchemy import Connection, Engine, delete, insert, select

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model import ANSWERED, Cells, Survey, Wanted
from analytics.model.crowds import Crowd, CrowdDecision, DecidedCrowd, OpenCrowd
from analytics.store.follow.survey_copy import (
    GRAINS,
    choice_places,
    counted_cells_without,
    is_tallied,
    read_survey_copy,
    sums_less,
)
from analytics.store.place.connections import reading, writing
from analytics.store.read.arrivals import came_within
from analytics.store.record.standing import set_standing
from analytics.store.tables.erasures import was_erased_since
from analytics.store.tables.rows import inserted, inserting, portions
from analytics.store.tables.schema import COUNTED, EVERYONE, SCREENED, WHOLE, open_crowd, response, storm
from analytics.store.tables.sums import negative, sums_of
from analytics.store.tables.surveys import CodeNumbers, held_survey, read_survey, survey_by_key
from analytics.store.tables.tally import change_tally
from analytics.store.tend.keeping import note_action


def read_storms(engine: Engine, key: str) -> tuple[DecidedCrowd, ...]:
    """The storms of the survey that somebody decided on, the latest decision first.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        decided = select(storm).where(storm.c.survey_id == survey_id)
        rows = connection.execute(decided.order_by(storm.c.decided_at.desc(), storm.c.name)).all()
    return tuple(
        DecidedCrowd(
            row.name, Crowd(row.source_of, row.source, row.since, row.until, row.repeated), row.answers,
            cast(CrowdDecision, row.decision), row.set_aside, datetime.fromtimestamp(row.decided_at, UTC),
            row.decided_by,
        )
        for row in rows
    )  # fmt: skip


def read_open_crowds(engine: Engine, key: str) -> tuple[OpenCrowd, ...]:
    """The crowds that waited for a decision when the survey was scanned last, the strongest first.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        waiting = select(open_crowd).where(open_crowd.c.survey_id == survey_id)
        rows = connection.execute(waiting.order_by(open_crowd.c.place)).all()
    return tuple(
        OpenCrowd(
            Crowd(row.source_of, row.source, row.since, row.until, row.repeated), row.answers, row.expected, row.flagged
        )
        for row in rows
    )


def keep_open_crowds(
    engine: Engine, key: str, crowds: Sequence[OpenCrowd], *, now: datetime, revision: int | None = None
) -> None:
    """Keeps the crowds that wait for a decision, in place of those of the scan before.

    Args:
        revision: that of the survey as it was scanned; none is kept where words of a reader were erased since.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        if revision is not None and was_erased_since(connection, survey_id, revision, words=True):
            return
        connection.execute(delete(open_crowd).where(open_crowd.c.survey_id == survey_id))
        for place, one in enumerate(crowds):
            row = inserting(connection, open_crowd).values(
                survey_id=survey_id, place=place, source_of=one.crowd.by, source=one.crowd.source,
                since=one.crowd.since, until=one.crowd.until, repeated=one.crowd.repeated, answers=one.answers,
                expected=one.expected, flagged=one.flagged, found_at=int(now.timestamp()),
            )  # fmt: skip
            inserted(connection, row)  # another process may have scanned at the same time, and found the same


def forget_open_crowds(connection: Connection, until: datetime) -> None:
    """Deletes the crowds that nobody decided on and that no scan has found anew since that moment."""
    connection.execute(delete(open_crowd).where(open_crowd.c.found_at <= int(until.timestamp())))


def decide_on_storm(
    engine: Engine, key: str, crowd: Crowd, decision: CrowdDecision, *, name: str, answers: int, by: str, now: datetime
) -> int:
    """Keeps the decision under that name and returns how many responses it set aside; none is deleted.

    What was set aside before under that name counts again where it is now decided otherwise.

    Raises:
        RequestError: there is no such survey, or no name.
    """
    name = name.strip()
    if not name:
        raise RequestError(spoken("the rule has no name: give it one that readers of the figures may see"))
    with writing(engine) as connection:
        survey_id, definition, numbers, revision = held_survey(connection, key)
        stands = _Survey(connection, survey_id, definition, numbers, revision)
        _put_back(stands, name, now, by)
        moved: list[int] = []
        if decision == "aside":
            moved = _of_crowd(stands, crowd)
            _restand(stands, moved, SCREENED, name)
            note_action(connection, survey_id, "screened", name, len(moved), now, by=by)
        else:
            note_action(connection, survey_id, decision, name, answers, now, by=by)
        connection.execute(delete(storm).where(storm.c.survey_id == survey_id, storm.c.name == name))
        connection.execute(
            insert(storm).values(
                survey_id=survey_id, name=name, source_of=crowd.by, source=crowd.source, since=crowd.since,
                until=crowd.until, repeated=crowd.repeated, answers=answers, decision=decision, set_aside=len(moved),
                decided_at=int(now.timestamp()), decided_by=by,
            )
        )  # fmt: skip
    return len(moved)


def undo_storm(engine: Engine, key: str, name: str, *, by: str, now: datetime) -> int:
    """Takes a decision back and returns how many responses count again.

    Raises:
        RequestError: there is no such survey, or nothing was decided under that name.
    """
    with writing(engine) as connection:
        survey_id, definition, numbers, revision = held_survey(connection, key)
        back = _put_back(_Survey(connection, survey_id, definition, numbers, revision), name, now, by)
        gone = connection.execute(delete(storm).where(storm.c.survey_id == survey_id, storm.c.name == name)).rowcount
        if not gone:
            raise RequestError(spoken("nothing was decided under the name '{name}'", name=name))
    return back


def read_cells_without(
    engine: Engine, key: str, wanted: Wanted, crowd: Crowd | Collection[Crowd] | Collection[int]
) -> Cells:
    """The survey's cells for one question as they would be were the crowd set aside.

    Args:
        crowd: may be several too, or the numbers of its responses; those that do not count are passed over.

    Raises:
        RequestError: there is no such survey, or no such question in it.
    """
    asked = read_survey(engine, key).question(wanted.question)
    if asked is None:
        raise RequestError(spoken("the tally has no numbers of '{question}' for that", question=wanted.question))
    copy = read_survey_copy(engine, key, [wanted] if is_tallied(wanted) else [])
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, key)
        stands = _Survey(connection, survey_id, definition, numbers, 0)
        theirs = _of_crowds(stands, [crowd] if isinstance(crowd, Crowd) else crowd)
        sums = sums_of(connection, survey_id, definition, numbers, theirs)
        rows = pd.Series(range(len(copy.profiles.number)), index=copy.profiles.number)
        everyone = sums[(sums["grain"] == WHOLE) & (sums["question_no"] == EVERYONE)]
        everyone = everyone.assign(profile=rows.reindex(everyone["profile_no"]).to_numpy())
        if not is_tallied(wanted):
            return counted_cells_without(connection, survey_id, copy, wanted, everyone, theirs)
    places = choice_places(asked, numbers)
    own = sums[(sums["grain"] == GRAINS[wanted.grain]) & (sums["question_no"] == numbers["question"][wanted.question])]
    taken = own.assign(profile=rows.reindex(own["profile_no"]).to_numpy(), choice=places[own["choice_no"] - ANSWERED])
    cells = copy.cells[wanted]
    return replace(
        cells, answers=sums_less(cells.answers, taken, ["period", "profile", "choice"]),
        everyone=sums_less(cells.everyone, everyone, ["profile"]), memo={},
    )  # fmt: skip


class _Survey(NamedTuple):
    """A survey within a transaction."""

    connection: Connection
    survey_id: int
    definition: Survey
    numbers: CodeNumbers
    revision: int


def _put_back(stands: _Survey, name: str, now: datetime, by: str) -> int:
    """Lets the responses count again that a decision of that name set aside."""
    connection, survey_id, *_ = stands
    stood = select(storm.c.decision).where(storm.c.survey_id == survey_id, storm.c.name == name)
    if connection.execute(stood).scalar() != "aside":
        return 0
    ours = (response.c.survey_id == survey_id, response.c.standing == SCREENED, response.c.rule == name)
    moved = list(connection.execute(select(response.c.response_no).where(*ours)).scalars())
    _restand(stands, moved, COUNTED, None)
    note_action(connection, survey_id, "restored", name, len(moved), now, by=by)
    return len(moved)


def _restand(stands: _Survey, moved: list[int], after: int, rule: str | None) -> None:
    """Gives these responses their new standing, and the tally what it gains or loses by it."""
    connection, survey_id, definition, numbers, revision = stands
    cells = sums_of(connection, survey_id, definition, numbers, moved)
    set_standing(connection, survey_id, moved, after, rule)
    change_tally(connection, survey_id, cells if after == COUNTED else negative(cells), revision)


def _counted(connection: Connection, survey_id: int, numbers: Collection[int]) -> list[int]:
    """Those of the responses that count."""
    ours = (response.c.survey_id == survey_id, response.c.standing == COUNTED)
    found: list[int] = []
    for some in portions(sorted(numbers)):
        query = select(response.c.response_no).where(*ours, response.c.response_no.in_(some))
        found += connection.execute(query).scalars()
    return found


def _of_crowds(stands: _Survey, crowds: Collection[Crowd] | Collection[int]) -> list[int]:
    """The numbers of the responses that came in any of the crowds and count, or those of the numbers that count."""
    numbers = {one for one in crowds if not isinstance(one, Crowd)}
    found = [_of_crowd(stands, one) for one in crowds if isinstance(one, Crowd)]
    return sorted({*_counted(stands.connection, stands.survey_id, numbers), *(one for part in found for one in part)})


def _of_crowd(stands: _Survey, crowd: Crowd) -> list[int]:
    """The numbers of the responses that came in the crowd and count."""
    conditions = came_within(stands.connection, stands.survey_id, stands.numbers, crowd)
    return list(stands.connection.execute(select(response.c.response_no).where(*conditions)).scalars())
