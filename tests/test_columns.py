"""Columns beside the store say what the store says, whatever happened to either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from analytics.model import ANSWERED, MISSING, NO_TIME, Columns, Dimension, Level, Response, Standing, Survey, Wanted
from analytics.store.columns import making, raw, scan
from analytics.store.columns.files import PLACE
from analytics.store.columns.making import make_columns
from analytics.store.columns.scan import scanned
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store, reading, writing
from analytics.store.record.live import record_responses
from analytics.store.tables.schema import answer, profile, response
from analytics.store.tables.surveys import save_survey, survey_by_key
from analytics.store.tend.keeping import erase_responses, restore_responses, screen_responses
from tests.surveys import NOW, RIVER, SAME, opened

WAVE = Dimension("wave", "Wave", "wave", tuple(Level(value, value, (value,)) for value in ("1", "2")))
ZONES = ("Europe/Berlin", "Asia/Kolkata", "America/St_Johns")
SUNDAY = datetime(2025, 3, 30, tzinfo=UTC)
"""The clocks of Berlin change an hour later."""
STANDINGS: tuple[Standing, ...] = ("counted", "with screened", "first")


@dataclass(frozen=True)
class Deed:
    """Something done to the store: responses that come in, or numbers of them screened, restored or erased."""

    what: str
    responses: tuple[Response, ...] = ()
    keys: tuple[str, ...] = ()


def surveys() -> st.SearchStrategy[Survey]:
    """Returns surveys with and without weights, respondents and waves, in several zones."""
    return st.builds(
        lambda zone, weight, who, waves: replace(
            RIVER, time_zone=zone, dimensions=(*RIVER.dimensions, WAVE) if waves else RIVER.dimensions,
            columns=Columns(
                response="id", responded_at="at", weight="w" if weight else None, respondent="who" if who else None,
                wave="wave" if waves else None,
            ),
        ),
        st.sampled_from(ZONES), st.booleans(), st.booleans(), st.booleans(),
    )  # fmt: skip


def some_responses(survey: Survey) -> st.SearchStrategy[tuple[Response, ...]]:
    """Returns responses of few ids and fewer respondents, so that versions and second answers meet."""
    picked = {
        question.key: st.just(()) | st.lists(
            st.sampled_from([choice.value for choice in question.choices]), min_size=1, unique=True,
            max_size=2 if question.kind == "multiple" else 1,
        ).map(tuple) | (st.just(("",)) if question.kind == "multiple" else st.nothing())
        for question in survey.questions
    }  # fmt: skip
    levels = {one.key: st.sampled_from([level.value for level in one.levels]) for one in survey.dimensions}
    one = st.builds(
        Response, key=st.integers(0, 30).map(str), answers=st.fixed_dictionaries({}, optional=picked),
        levels=st.fixed_dictionaries({}, optional=levels), version=st.integers(1, 3),
        responded_at=st.none() | st.integers(-3000, 3000).map(lambda minute: SUNDAY + timedelta(minutes=minute)),
        received_at=st.just(SUNDAY) | st.none(),
        weight=st.sampled_from([0.5, 1.0, 3.0]) if survey.columns.weight else st.just(1.0),
        respondent=st.sampled_from(["", "ann", "ben", "cleo"]) if survey.columns.respondent else st.just(""),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=12, unique_by=lambda given: (given.key, given.version)).map(tuple)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Survey, list[Deed]]:
    """Returns a survey and what is done to it, its columns made or renewed somewhere in between."""
    survey = draw(surveys())
    keys = st.lists(st.integers(0, 30).map(str), min_size=1, max_size=3, unique=True).map(tuple)
    came = some_responses(survey).map(lambda some: Deed("came", some))
    other = st.builds(lambda what, some: Deed(what, keys=some), st.sampled_from(["screen", "restore", "erase"]), keys)
    first, later = draw(st.lists(came, min_size=1, max_size=3)), draw(st.lists(came | other, max_size=4))
    return survey, [*first, Deed("make"), *later, *draw(st.sampled_from([[], [Deed("make")]]))]


@st.composite
def requests(draw: st.DrawFn) -> Wanted:
    """Returns what a view may ask for: a question, a grain, crossed questions, filters on answers, a standing."""
    question, *others = draw(st.permutations(sorted(one.key for one in RIVER.questions)))
    values = {one.key: [choice.value for choice in one.choices] for one in RIVER.questions}
    answered = [
        (key, tuple(draw(st.lists(st.sampled_from(values[key]), min_size=1, max_size=2, unique=True))))
        for key in draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    ]
    crossed = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    grain, standing = draw(st.sampled_from(["whole", "day", "hour"])), draw(st.sampled_from(STANDINGS))
    return Wanted(question, grain, tuple(crossed), tuple(answered), standing)


def do(store: Store, deed: Deed) -> None:
    """Does the deed; keys that are not there are left alone."""
    if deed.what == "make":
        make_columns(store, "river", least=0)
    elif deed.what == "came":
        record_responses(store, "river", deed.responses)
    else:
        with reading(store) as connection:
            there = set(connection.execute(select(response.c.key)).scalars())
        keys = [key for key in deed.keys if f"id:{key}" in there]
        if keys and deed.what == "screen":
            screen_responses(store, "river", keys, rule="sent twice", now=NOW)
        elif keys and deed.what == "restore":
            restore_responses(store, "river", keys, now=NOW)
        elif keys:
            erase_responses(store, "river", keys, now=NOW)


@contextmanager
def without_columns() -> Iterator[None]:
    """Lets the store answer alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, "off")
        yield


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Lets the smallest survey have columns, in files of a few responses each."""
    monkeypatch.setattr(scan, "LEAST", 0)
    monkeypatch.setattr(making, "TAIL", 3)
    monkeypatch.setattr(making, "ANEW", 2)
    monkeypatch.setattr(making, "SEGMENT_ROWS", 10)
    monkeypatch.setattr(raw, "BLOCK", 4)
    monkeypatch.setenv(PLACE, str(tmp_path / "columns"))


def frames_of(store: Store, wanted: Wanted) -> list[pd.DataFrame]:
    """Returns the cells' frames with the sums of each cell, in an order of their own."""
    cells = read_cells(store, "river", wanted)
    return [cells.answers, cells.everyone.sort_values("profile", ignore_index=True), cells.profiles]


def assert_same(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> None:
    """Asserts that both are the same cells: whole numbers exactly, sums of weights to 1e-9."""
    for left, right in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(left, right, check_dtype=False, rtol=1e-9)


def by_pandas(store: Store, survey: Survey, wanted: Wanted) -> Counter[tuple[int, ...]]:
    """Returns how many responses fall in each cell, one after the other, from the raw rows alone.

    A cell is its period, the number of its profile and of its choice, and those of the crossed questions.
    """
    with reading(store) as connection:
        _, _, numbers = survey_by_key(connection, "river")
        rows = pd.DataFrame(connection.execute(select(response)).mappings().all())
        chosen = pd.DataFrame(connection.execute(select(answer)).mappings().all(), columns=answer.c.keys())
    given: dict[tuple[int, int], list[int]] = {}
    for one in chosen.itertuples():
        given.setdefault((one.response_no, one.question_no), []).append(one.choice_no)
    found = Counter[tuple[int, ...]]()
    for row in rows[rows["response_no"].isin(standing(rows, survey, wanted.standing))].itertuples():
        said = {key: given.get((row.response_no, number), []) for key, number in numbers["question"].items()}
        if not all(
            {numbers[f"choice/{key}"].get(value) for value in values} & set(said[key])
            for key, values in wanted.answered
        ):
            continue
        own = said[wanted.question]
        if survey.question(wanted.question).kind == "multiple" and own and own != [MISSING]:
            own = [ANSWERED, *(one for one in own if one != ANSWERED)]
        others = [[one for one in said[key] if one > 0] or [MISSING] for key in wanted.crossed]
        period = period_of(row.responded_at, wanted.grain, survey.time_zone)
        combined: list[tuple[int, ...]] = [(choice,) for choice in own]
        for choices in others:
            combined = [(*left, right) for left in combined for right in choices]
        found.update((period, row.profile_no, *one) for one in combined)
    return found


def standing(rows: pd.DataFrame, survey: Survey, wanted: Standing) -> list[int]:
    """Returns the numbers of the responses that count."""
    if wanted != "first":
        return rows.loc[rows["standing"] <= (1 if wanted == "with screened" else 0), "response_no"].tolist()
    alive = rows[rows["key"].isin(rows.loc[rows["standing"] == 0, "key"]) & (rows["standing"] != 1)]
    rank = alive.assign(received_at=alive["received_at"].fillna(NO_TIME)).sort_values(
        ["version", "received_at", "content"]
    )
    first = rank.drop_duplicates("key").sort_values(["responded_at", "response_no"], na_position="last")
    who = first["respondent"].where(first["respondent"].fillna("") != "", "key " + first["key"])
    by_person = survey.columns.respondent is not None and survey.columns.wave is None
    return first.loc[~who.duplicated() if by_person else slice(None), "response_no"].tolist()


def period_of(second: float | None, grain: str, zone: str) -> int:
    """Returns the period of a second by the clock on the wall."""
    if grain == "whole":
        return 0
    if second is None or np.isnan(second):
        return NO_TIME
    local = datetime.fromtimestamp(second, ZoneInfo(zone))
    if grain == "day":
        return local.toordinal() - datetime(1970, 1, 1).toordinal()
    return int(second) - local.minute * 60 - local.second


def counted(store: Store, survey: Survey, wanted: Wanted) -> Counter[tuple[int, ...]]:
    """Returns the same from the cells that a view gets."""
    with reading(store) as connection:
        _, _, numbers = survey_by_key(connection, "river")
        profiles = connection.execute(select(profile.c.profile_no).order_by(profile.c.profile_no)).scalars().all()
    cells = read_cells(store, "river", wanted)
    places = {
        key: {at: number for at, choice in enumerate(survey.question(key).choices)
              for value, number in numbers[f"choice/{key}"].items() if value == choice.value}
        for key in (wanted.question, *wanted.crossed)
    }  # fmt: skip
    levels = {one.key for one in survey.dimensions}
    found = Counter[tuple[int, ...]]()
    of_levels = {tuple(row): number for row, number in zip(base_levels(store), profiles, strict=True)}
    for row in cells.answers.itertuples():
        own = cells.profiles.iloc[row.profile]
        crossed = [places[key].get(int(own[key]), int(own[key])) for key in wanted.crossed]
        choice = places[wanted.question].get(int(row.choice), int(row.choice))
        number = of_levels[tuple(own[[one for one in cells.profiles.columns if one in levels]].tolist())]
        found[(int(row.period), number, choice, *crossed)] += int(row.n)
    return found


def base_levels(store: Store) -> list[list[int]]:
    """Returns the levels of each profile in the order of the profiles' numbers."""
    return read_cells(store, "river", Wanted("move")).profiles.to_numpy().tolist()


def has_columns(store: Store) -> bool:
    """Returns whether it is the columns that answer."""
    with reading(store) as connection:
        found = scanned(connection, *survey_by_key(connection, "river"), lambda _: True)
    return found is True


def agrees(history: tuple[Survey, list[Deed]], wanted: list[Wanted], address: str) -> None:
    """Asserts that columns, the store alone and pandas over raw rows give the same cells."""
    survey, deeds = history
    with opened(address) as store:
        with writing(store) as connection:
            save_survey(connection, survey)
        for deed in deeds:
            do(store, deed)
        assert has_columns(store) or not read_cells(store, "river", Wanted("move")).everyone["n"].sum()
        for one in wanted:
            with without_columns():
                alone = frames_of(store, one)
            assert_same(frames_of(store, one), alone)
            assert counted(store, survey, one) == by_pandas(store, survey, one), one


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("examples", "asked"),
    [pytest.param(8, 12, id="100 requests"), pytest.param(250, 20, id="5000 requests", marks=pytest.mark.soak)],
)
def test_columns_and_the_store_and_pandas_give_the_same_numbers(
    tmp_path_factory: pytest.TempPathFactory, examples: int, asked: int
) -> None:
    @settings(SAME, max_examples=examples, phases=[Phase.generate])
    @given(histories(), st.lists(requests(), min_size=asked, max_size=asked))
    def agree(history: tuple[Survey, list[Deed]], wanted: list[Wanted]) -> None:
        agrees(history, wanted, str(tmp_path_factory.mktemp("store") / "store.sqlite"))

    agree()
