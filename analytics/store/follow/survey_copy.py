"""The store's copy of a survey at one moment, brought up to date by reading only what has changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, Engine, Select, case, cast, literal, select

from analytics.model import ANSWERED, APART, MISSING, NO_TIME, Cells, Question, Status, Survey, Wanted
from analytics.store.columns.answering import SUMS, Parts, crossed, crossed_cells
from analytics.store.follow.cells import (
    UNTIMED,
    TallyCells,
    check_fits,
    merged,
    packed,
    read_only,
    tallied,
    unpacked,
)
from analytics.store.place.connections import moment_of, reading
from analytics.store.read.agreement import Agreement
from analytics.store.read.status import status_of
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import DAY, EVERYONE, WHOLE, profile
from analytics.store.tables.surveys import CodeNumbers, survey_by_key
from analytics.store.tables.tally import tally_now

GRAINS = {"whole": WHOLE, "day": DAY}
COPIES = "copies"
"""Under this name each connection keeps by survey at which moment it was read last, its number and its status."""
MOST_COPIES = 1_000


@dataclass(frozen=True)
class Profiles:
    """The profiles of a survey in the order of their numbers: `number`, and `levels` as in `Cells.profiles`."""

    number: np.ndarray
    levels: pd.DataFrame

    @property
    def last(self) -> int:
        """Returns the highest number, 0 where there is no profile."""
        return int(self.number[-1]) if len(self.number) else 0


@dataclass(frozen=True)
class SurveyCopy:
    """The store's copy of a survey at one moment, from which a Snapshot is made.

    All of it is of one revision and never changed, so that many sessions share it. `cells` holds what was asked for so
    far; `tallies` the same as it stands in the tally, for those that come from it.
    """

    survey: Survey
    status: Status
    numbers: CodeNumbers
    profiles: Profiles
    everyone: TallyCells
    tallies: Mapping[Wanted, TallyCells] = field(default_factory=dict)
    cells: Mapping[Wanted, Cells] = field(default_factory=dict)

    @cached_property  # a copy never changes, and is weighed again for every other that is read
    def nbytes(self) -> int:
        """Returns about how much memory the survey takes."""
        frames = [frame for cells in self.cells.values() for frame in (cells.answers, cells.profiles)]
        return sum(tally.nbytes for tally in self.tallies.values()) + sum(
            int(frame.memory_usage(index=False).sum()) for frame in frames
        )

    def without(self, wanted: Wanted) -> SurveyCopy:
        """Returns the copy without these cells."""
        kept = {one: cells for one, cells in self.cells.items() if one != wanted}
        return replace(self, cells=kept, tallies={one: self.tallies[one] for one in kept if one in self.tallies})


def is_tallied(wanted: Wanted) -> bool:
    """Returns whether the tally answers this; if not, the raw responses are counted."""
    return wanted.grain in GRAINS and wanted == Wanted(wanted.question, wanted.grain)


def read_survey_copy(
    engine: Engine, key: str, wanted: Collection[Wanted], earlier: SurveyCopy | None = None
) -> SurveyCopy:
    """Returns the copy of the survey as it is now, with these cells, all of one moment.

    Args:
        wanted: what has to be among its cells.
        earlier: the copy at an earlier revision. Of its tallied cells only those that changed are read; they stay. What
            had to be counted from raw responses is counted anew where it is wanted again, else dropped.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        moment, seen = moment_of(connection), connection.info.setdefault(COPIES, {})
        before, survey_id, status = seen.get(key, (None, 0, None))
        if earlier and moment and moment == before and status is earlier.status:  # nothing was written since
            agreement = Agreement(connection, survey_id, earlier.survey.columns.weight is not None)
            return _with_cells(agreement, replace(earlier, tallies={}, cells={}), wanted, earlier)
        survey_id, definition, numbers = survey_by_key(connection, key)
        status = status_of(connection, survey_id)
        if earlier and not _leads_to(earlier, definition, numbers, status):
            earlier = None
        everyone = _everyone(connection, survey_id, definition, earlier)
        if earlier and everyone.n.sum() != status.counted:  # another database of that name, such as a backup restored
            earlier, everyone = None, _everyone(connection, survey_id, definition, None)
        agreement = Agreement(connection, survey_id, definition.columns.weight is not None)
        _check(agreement, EVERYONE, everyone)
        profiles = _profiles(connection, survey_id, definition, numbers, earlier)
        now = SurveyCopy(definition, status, numbers, profiles, everyone)
        if len(seen) >= MOST_COPIES:
            seen.clear()
        seen[key] = moment, survey_id, status
        return _with_cells(agreement, now, wanted, earlier)


def _leads_to(earlier: SurveyCopy, definition: Survey, numbers: CodeNumbers, status: Status) -> bool:
    """Returns whether the copy can be brought up to this state by what has changed since."""
    same = earlier.survey == definition and earlier.numbers == numbers
    return same and earlier.status.revision <= status.revision


def _with_cells(
    agreement: Agreement, now: SurveyCopy, wanted: Collection[Wanted], earlier: SurveyCopy | None
) -> SurveyCopy:
    connection, survey_id = agreement.connection, agreement.survey_id
    # The revision alone stays while changes wait to be folded in, so the whole status is compared.
    same = earlier is not None and earlier.status == now.status
    had = earlier.cells if earlier else {}
    kept = {one: None for one in had if same or is_tallied(one) or one in wanted} | dict.fromkeys(wanted)
    tallies: dict[Wanted, TallyCells] = {}
    cells: dict[Wanted, Cells] = {}
    people = _everyone_frame(now)
    for one in kept:
        if same and one in had:
            cells[one] = had[one]
            tallies |= {one: earlier.tallies[one]} if earlier and one in earlier.tallies else {}
        elif is_tallied(one):
            before = earlier.tallies.get(one) if earlier else None
            question_no = now.numbers["question"][one.question]
            check_fits(max(now.numbers.get(f"choice/{one.question}", {}).values(), default=0), now.profiles.last)
            tallies[one] = _changed(connection, survey_id, now.survey, one, question_no, before, earlier)
            _check(agreement, question_no, tallies[one])
            cells[one] = _tally_cells(now, one, tallies[one], people, before, had.get(one))
        else:
            cells[one] = _counted_cells(agreement, now, one, people)
    return SurveyCopy(now.survey, now.status, now.numbers, now.profiles, now.everyone, tallies, cells)


def _check(agreement: Agreement, question_no: int, cells: TallyCells) -> None:
    _, _, choice = unpacked(cells.keys)
    agreement.check(question_no, choice, cells.n, cells.w, cells.w2)


def _everyone(connection: Connection, survey_id: int, definition: Survey, earlier: SurveyCopy | None) -> TallyCells:
    before = earlier.everyone if earlier else None
    return _changed(connection, survey_id, definition, Wanted("", "whole"), EVERYONE, before, earlier)


def _changed(
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, question_no: int,
    before: TallyCells | None, earlier: SurveyCopy | None,
) -> TallyCells:  # fmt: skip
    """Returns the cells as they are now, reading all of them only where there were none before."""
    now = tally_now(connection, survey_id).c
    # Packed by the database: what costs most is a Python object for every number that is read.
    period = case((now.period == NO_TIME, literal(UNTIMED, BigInteger)), else_=now.period)
    key = packed(period, cast(now.profile_no, BigInteger), now.choice_no)
    columns = [key, now.n, *((now.w, now.w2) if definition.columns.weight else ())]
    query: Select[Any] = select(*columns).where(
        now.survey_id == survey_id, now.grain == GRAINS[wanted.grain], now.question_no == question_no
    )
    names = ["key", "n", "w", "w2"][: len(columns)]
    if before is None or earlier is None:
        return tallied(query_frame(connection, query, names))
    since = query.where(now.revision > earlier.status.revision)
    return merged(before, tallied(query_frame(connection, since, names)))


def _tally_cells(
    now: SurveyCopy, wanted: Wanted, tally_now: TallyCells, everyone: pd.DataFrame, before: TallyCells | None,
    had: Cells | None,
) -> Cells:  # fmt: skip
    if before is not None and had is not None and tally_now.keys is before.keys:
        columns = {name: had.answers[name].to_numpy() for name in ("period", "profile", "choice")}
    else:
        period, profile_no, choice = unpacked(tally_now.keys)
        places = choice_places(asked(now.survey, wanted.question), now.numbers)
        columns = {"period": period, "profile": _rows(now.profiles, profile_no), "choice": places[choice]}
        read_only(*columns.values())
    sums = {"n": tally_now.n, "w": tally_now.w, "w2": tally_now.w2}
    answers = pd.DataFrame(columns | sums, copy=False)
    return Cells(answers, everyone, now.profiles.levels, now.status.revision)


def counted_cells_without(
    connection: Connection, survey_id: int, now: SurveyCopy, wanted: Wanted, taken: pd.DataFrame, but: Sequence[int]
) -> Cells:
    """Returns cells counted from the raw responses as they would be without some of these.

    Args:
        taken: how many of them each profile has, by its row, and the sums of their weights.
        but: their numbers.
    """
    agreement = Agreement(connection, survey_id, now.survey.columns.weight is not None)
    return _counted_cells(agreement, now, wanted, sums_less(_everyone_frame(now), taken, ["profile"]), but)


def sums_less(cells: pd.DataFrame, taken: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The cells without what was taken; one of which nothing is left is no cell."""
    sums = ["n", "w", "w2"]
    left = pd.concat([cells[[*by, *sums]], taken[[*by, *sums]].assign(**{name: -taken[name] for name in sums})])
    left = left.groupby(by, as_index=False)[sums].sum()
    return left[left["n"] > 0].reset_index(drop=True)


def _counted_cells(
    agreement: Agreement, now: SurveyCopy, wanted: Wanted, everyone: pd.DataFrame, but: Sequence[int] = ()
) -> Cells:  # fmt: skip
    """Returns cells counted from the raw responses, for what sums cannot answer."""
    question = asked(now.survey, wanted.question)
    levels, part = _told_apart(now.profiles, wanted.dimensions)
    parts = None if part is None else Parts(now.profiles.number, part)
    answers, people = crossed_cells(
        agreement.connection, agreement.survey_id, now.survey, wanted, now.numbers, parts, but
    )
    choice = answers["choice"].astype(np.int64) - ANSWERED
    if not but and replace(wanted, dimensions=None) == Wanted(wanted.question, wanted.grain):
        agreement.check(now.numbers["question"][wanted.question], choice, *(answers[name] for name in SUMS))
    answers["choice"] = choice_places(question, now.numbers)[choice]
    if part is None:
        answers["profile"] = _rows(now.profiles, answers["profile"])
    if people is not None:
        rows = people["profile"] if part is not None else _rows(now.profiles, people["profile"])
        everyone = pd.DataFrame({"profile": rows} | {name: people[name] for name in SUMS}, copy=False)
    elif part is not None:
        everyone = _summed(everyone, part)
    profiles = levels
    if wanted.crossed:
        given = {
            key: choice_places(asked(now.survey, key), now.numbers)[answers[crossed(place)].astype(np.int64) - ANSWERED]
            for place, key in enumerate(wanted.crossed)
        }
        answers["profile"], profiles = _refined(answers["profile"], levels, given)
    frame = pd.DataFrame({name: answers[name] for name in ("period", "profile", "choice", *SUMS)}, copy=False)
    return Cells(frame, everyone, profiles, now.status.revision)


def _told_apart(profiles: Profiles, dimensions: tuple[str, ...] | None) -> tuple[pd.DataFrame, np.ndarray | None]:
    """Returns the levels of those dimensions that there are, and for each profile the row of its own; None for all."""
    if dimensions is None:
        return profiles.levels, None
    levels = profiles.levels[list(dimensions)]
    if not dimensions:
        return levels.iloc[:1], np.zeros(len(levels), dtype=np.int64)
    codes = (levels[name].to_numpy() - MISSING for name in dimensions)
    part, first = _numbered(np.zeros(len(levels), dtype=np.int64), codes)
    return levels.iloc[first].reset_index(drop=True), part


def _numbered(place: np.ndarray, codes: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Returns a number for each combination of places and codes, as they first appear, and where each appears first."""
    for of_one in codes:
        place, _ = pd.factorize(place * (int(of_one.max(initial=0)) + 1) + of_one)
    _, first = np.unique(place, return_index=True)
    return place.astype(np.int64), first


def _summed(everyone: pd.DataFrame, part: np.ndarray) -> pd.DataFrame:
    """Returns everyone by the part that each profile is in."""
    of = part[everyone["profile"].to_numpy()]
    there = np.flatnonzero(np.bincount(of))
    sums = {name: np.bincount(of, everyone[name].to_numpy())[there] for name in ("n", "w", "w2")}
    return pd.DataFrame({"profile": there, "n": sums["n"].astype(np.int64), "w": sums["w"], "w2": sums["w2"]})


def _everyone_frame(now: SurveyCopy) -> pd.DataFrame:
    _, profile_no, _ = unpacked(now.everyone.keys)
    sums = {"n": now.everyone.n, "w": now.everyone.w, "w2": now.everyone.w2}
    return pd.DataFrame({"profile": _rows(now.profiles, profile_no)} | sums, copy=False)


def _rows(profiles: Profiles, profile_no: np.ndarray) -> np.ndarray:
    """Returns the row of each profile number."""
    row = np.zeros(int(profiles.number.max(initial=0)) + 1, dtype=np.int64)
    row[profiles.number] = np.arange(len(profiles.number))
    return row[profile_no]


def _refined(
    profile: np.ndarray, levels: pd.DataFrame, given: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, pd.DataFrame]:
    """Returns the answers' profiles and all of these: finer ones, each with its answer to the crossed questions, behind
    the old ones."""
    place, first = _numbered(profile, (values - ANSWERED for values in given.values()))
    of, apart = profile[first], np.full(len(levels), APART, dtype=np.int64)
    columns = {
        name: np.concatenate([codes, codes[of]]) for name, codes in zip(levels, levels.to_numpy().T, strict=True)
    }
    columns |= {key: np.concatenate([apart, values[first]]) for key, values in given.items()}
    return len(levels) + place, pd.DataFrame(columns, index=range(len(levels) + len(first)), copy=False)


def asked(definition: Survey, key: str) -> Question:
    """Returns the question of that key, which the view has checked."""
    question = definition.question(key)
    assert question is not None, f"the view checks that '{key}' is a question of '{definition.key}'"
    return question


def choice_places(question: Question, numbers: CodeNumbers) -> np.ndarray:
    """Returns, at choice number minus ANSWERED, the place of the choice in the question's choices."""
    place = {choice.value: index for index, choice in enumerate(question.choices)}
    recorded = numbers.get(f"choice/{question.key}", {})
    places = np.full(max(recorded.values(), default=0) - ANSWERED + 1, MISSING, dtype=np.int64)
    places[0] = ANSWERED
    for value, number in recorded.items():
        places[number - ANSWERED] = place.get(value, MISSING)  # what was erased has no place
    return places


def _profiles(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, earlier: SurveyCopy | None
) -> Profiles:
    """Returns the profiles, reading only those that are new: one that has been given is never changed."""
    last = earlier.profiles.last if earlier else 0
    rows = connection.execute(
        select(profile.c.profile_no, profile.c.levels)
        .where(profile.c.survey_id == survey_id, profile.c.profile_no > last)
        .order_by(profile.c.profile_no)
    ).all()
    if earlier and not rows:
        return earlier.profiles
    number = np.array([row.profile_no for row in rows], dtype=np.int64)
    levels = np.array([json.loads(row.levels) for row in rows], dtype=np.int64)
    frame = _levels(definition, numbers, levels.reshape(len(rows), len(definition.dimensions)))
    if earlier:
        number = np.concatenate([earlier.profiles.number, number])
        frame = pd.concat([earlier.profiles.levels, frame], ignore_index=True)
    read_only(number)
    return Profiles(number, frame)


def _levels(definition: Survey, numbers: CodeNumbers, levels: np.ndarray) -> pd.DataFrame:
    frame = {}
    for dimension in definition.dimensions:
        place = {level.value: index for index, level in enumerate(dimension.levels)}
        recorded = numbers.get(f"level/{dimension.key}", {})
        by_number = np.full(max(recorded.values(), default=0) + 2, MISSING, dtype=np.int64)
        for value, number in recorded.items():
            by_number[number] = place.get(value, MISSING)
        column = levels[:, numbers["dimension"][dimension.key] - 1]
        frame[dimension.key] = by_number[column]  # the number MISSING, -1, reads the last place, which holds MISSING
    return pd.DataFrame(frame, index=range(len(levels)))


def read_cells(engine: Engine, key: str, wanted: Wanted) -> Cells:
    """Returns the survey's cells for one question: from the tally, or counted anew where the tally cannot say.

    Raises:
        RequestError: there is no such survey.
    """
    return read_survey_copy(engine, key, [wanted]).cells[wanted]
