"""Two databases and a count by hand give the same whole numbers for every filter and grouping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model import ANSWERED, MISSING, NO_TIME, Grain, Question, Wanted
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store
from tests.cluster import Cluster
from tests.postgres import Server
from tests.surveys import RIVER, SAME, TICKED_NONE, Reader, opened, readers, record

ZONE = ZoneInfo(RIVER.time_zone)
QUESTIONS = {question.key: question for question in RIVER.questions}

Key = tuple[int, ...]


def filters(key: str) -> st.SearchStrategy[tuple[str, tuple[str, ...]]]:
    """Returns conditions on the answer to one question."""
    values = [choice.value for choice in QUESTIONS[key].choices]
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(lambda some: (key, tuple(some)))


@st.composite
def requests(draw: st.DrawFn) -> Wanted:
    """Returns what a view may ask for: a question, a grain, other questions to cross it with, filters on answers."""
    question, *others = draw(st.permutations(sorted(QUESTIONS)))
    crossed = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    answered = [draw(filters(key)) for key in draw(st.lists(st.sampled_from(others), max_size=2, unique=True))]
    return Wanted(question, draw(st.sampled_from(["whole", "day", "hour"])), tuple(crossed), tuple(answered))


def by_hand(crowd: Sequence[Reader], wanted: Wanted) -> Counter[Key]:
    """Returns how many readers fall in each cell, one reader after the other."""
    return Counter(cell for reader in crowd for cell in cells_of(reader, wanted))


def cells_of(reader: Reader, wanted: Wanted) -> Iterator[Key]:
    """Yields the cells that count this reader: period, choice, levels, answers to the crossed questions."""
    given = reader.answers.get(wanted.question)
    if given is None or not all(set(reader.answers.get(key) or ()) & set(values) for key, values in wanted.answered):
        return
    levels = [
        next((place for place, level in enumerate(one.levels) if level.value == reader.levels.get(one.key)), MISSING)
        for one in RIVER.dimensions
    ]
    crossed = [places(QUESTIONS[key], reader.answers.get(key)) or [MISSING] for key in wanted.crossed]
    multiple = QUESTIONS[wanted.question].kind == "multiple"
    choices = places(QUESTIONS[wanted.question], given) + ([ANSWERED] if multiple and given else [])
    for choice, *others in product(choices if given else [MISSING], *crossed):
        yield (period_of(reader.at, wanted.grain), choice, *levels, *others)


def places(question: Question, given: tuple[str, ...] | None) -> list[int]:
    """Returns the place of each choice that was given."""
    values = [choice.value for choice in question.choices]
    return [values.index(value) for value in given or () if given != TICKED_NONE]


def period_of(at: datetime | None, grain: Grain) -> int:
    """Returns the period of a moment by the clock on the wall."""
    if grain == "whole":
        return 0
    if at is None:
        return NO_TIME
    local = at.astimezone(ZONE)
    if grain == "day":
        return local.toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    return int(at.timestamp()) - local.minute * 60 - local.second


def by_database(store: Store, wanted: Wanted) -> dict[Key, int]:
    """Returns the same from the store."""
    cells = read_cells(store, "river", wanted)
    levels = cells.profiles[[*(one.key for one in RIVER.dimensions), *wanted.crossed]].to_numpy()
    found = Counter[Key]()
    for row in cells.answers.itertuples():
        found[(int(row.period), int(row.choice), *levels[row.profile].tolist())] += int(row.n)
    return found


@pytest.mark.parametrize(
    ("examples", "asked"),
    [pytest.param(2, 25, id="50 requests"), pytest.param(100, 50, id="5000 requests", marks=pytest.mark.soak)],
)
def test_sqlite_and_postgresql_and_a_count_by_hand_give_the_same_numbers(
    any_server: Server | Cluster, examples: int, asked: int
) -> None:
    @settings(SAME, max_examples=examples)
    @given(
        crowd=readers(least=5, most=40, dated=True) | readers(least=1, most=20),
        wanted=st.lists(requests(), min_size=asked, max_size=asked),
    )
    def agree(crowd: list[Reader], wanted: list[Wanted]) -> None:
        address = any_server.new_database()
        with opened() as file, opened(address) as server:
            for store in (file, server):
                record(store, RIVER, crowd[: len(crowd) // 2], crowd[len(crowd) // 2 :])
            for one in wanted:
                expected = by_hand(crowd, one)
                assert by_database(file, one) == expected, one
                assert by_database(server, one) == expected, one
        any_server.drop_database(address)

    agree()
