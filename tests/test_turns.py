"""Writers of one survey at once on PostgreSQL: whoever changes what is recorded comes before the others or after."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from analytics.model import Response
from analytics.model.responses import Circumstances
from analytics.store.place.connections import Store, reading, writing
from analytics.store.record import imports, live
from analytics.store.record.circumstances import UNPROVED
from analytics.store.record.live import record_responses
from analytics.store.tables import schema
from analytics.store.tables.surveys import save_survey
from analytics.store.tables.tally import fold, set_hot
from analytics.store.tend import keeping
from analytics.store.tend.keeping import (
    count_proved,
    erase_responses,
    restore_responses,
    screen_responses,
    withdraw_response,
)
from analytics.store.tend.verify import verify_store
from tests.surveys import NOW, Reader, opened, record
from tests.test_last_words import CROWD, OPEN

WAITS = 0.5
"""So many seconds somebody who has to wait is waited for; who does not have to is at their end by then."""


POINTS = ["_place", "_judged", "insert_answers"]
"""Where a writer is met: before its responses are numbered, before they are judged, and while they are written."""


@pytest.fixture(params=["hot", "plain"])
def store(postgres_address: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Gives a store on PostgreSQL that knows a survey of readers' own words, hot and not."""
    with opened(postgres_address) as engine:
        with writing(engine) as connection:
            save_survey(connection, OPEN)
        set_hot(engine, "river", request.param == "hot")
        record_responses(engine, "river", CROWD[:20])
        yield engine


def said(key: str, word: str, version: int = 1, move: str = "Yes") -> Response:
    """Returns a response that gives a word of the reader's own."""
    return Response(key, {"why": (word,), "move": (move,)}, {"where": "North"}, version=version, texts={"": word})


@contextmanager
def meanwhile(
    monkeypatch: pytest.MonkeyPatch, room: Any, name: str, other: Callable[[], object], *, call: int = 1
) -> Iterator[list[Future[object]]]:
    """Has somebody else at work from the moment of this call of that function; they may have to wait."""
    real, begun, calls = getattr(room, name), threading.Event(), itertools.count(1)
    others: list[Future[object]] = []
    with ThreadPoolExecutor(1) as pool:

        def stopped(*args: Any, **options: Any) -> Any:
            if not begun.is_set() and next(calls) == call:
                begun.set()
                others.append(pool.submit(other))
                wait(others, timeout=WAITS)
            return real(*args, **options)

        monkeypatch.setattr(room, name, stopped)
        yield others
        assert begun.is_set(), f"{name} was not called: nobody was at work meanwhile"
    monkeypatch.setattr(room, name, real)


def assert_right(store: Store) -> None:
    """Nothing of the survey is counted wrongly, before what waits is folded in and after it."""
    assert [len(found.wrong) for found in verify_store(store)] == [0]
    fold(store)
    assert [len(found.wrong) for found in verify_store(store)] == [0]


def keys_in(store: Store) -> list[str]:
    """Returns the keys of all versions of all responses that are recorded beside the crowd's."""
    with reading(store) as connection:
        keys = connection.execute(select(schema.response.c.key).order_by(schema.response.c.key)).scalars()
        return [key for key in keys if not key.startswith("id:n")]


@pytest.mark.parametrize("point", POINTS)
def test_a_new_version_of_an_answer_that_is_erased_meanwhile_goes_with_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    record_responses(store, "river", [said("x", "first words")])

    with meanwhile(monkeypatch, live, point, lambda: withdraw_response(store, "river", "x", now=NOW)) as others:
        record_responses(store, "river", [said("x", "second words", version=2, move="No")])
    others[0].result()

    assert keys_in(store) == []
    assert_right(store)
    with reading(store) as connection:
        assert not {"first words", "second words"} & {*connection.execute(select(schema.comment.c.text)).scalars()}
        assert not {"first words", "second words"} & {*connection.execute(select(schema.code.c.value)).scalars()}


@pytest.mark.parametrize("change", ["screen", "restore"])
def test_a_new_version_of_an_answer_that_is_set_aside_meanwhile_counts_or_does_not_and_never_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    record_responses(store, "river", [said("x", "Fish")])
    if change == "restore":
        screen_responses(store, "river", ["x"], rule="again", now=NOW)
    changed: dict[str, Callable[[], object]] = {
        "screen": lambda: screen_responses(store, "river", ["x"], rule="a rule", now=NOW),
        "restore": lambda: restore_responses(store, "river", ["x"], now=NOW),
    }

    with meanwhile(monkeypatch, live, "insert_answers", changed[change]) as others:
        record_responses(store, "river", [said("x", "Fish", version=2, move="No")])
    others[0].result()

    assert keys_in(store) == ["id:x", "id:x"]
    assert_right(store)


@pytest.mark.parametrize("point", POINTS)
def test_a_reader_who_says_what_only_an_erased_one_had_said_keeps_the_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    record_responses(store, "river", [said("x", "axolotl")])

    with meanwhile(monkeypatch, live, point, lambda: withdraw_response(store, "river", "x", now=NOW)) as others:
        record_responses(store, "river", [said("y", "axolotl")])
    others[0].result()

    assert keys_in(store) == ["id:y"]
    assert_right(store)
    with reading(store) as connection:
        numbers = connection.execute(
            select(schema.code.c.number).where(schema.code.c.scope == "choice/why", schema.code.c.value == "axolotl")
        ).scalars()
        given = connection.execute(
            select(schema.answer.c.choice_no)
            .join(schema.response, schema.response.c.response_no == schema.answer.c.response_no)
            .where(schema.response.c.key == "id:y")
        ).scalars()
        assert {*numbers} & {*given}, "the word that the reader gave has no number any more"


def test_a_reader_who_is_erased_while_a_file_that_has_them_is_recorded_does_not_come_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    she, others_answer = Reader("id:x", {"move": ("Yes",)}), Reader("id:z", {"move": ("No",)})
    record(store, OPEN, [she])

    def erase() -> object:
        return erase_responses(store, "river", ["x"], now=NOW)

    with meanwhile(monkeypatch, imports, "without_vast", erase, call=2) as others:
        record(store, OPEN, [others_answer], [she])
    others[0].result()

    assert keys_in(store) == ["id:z"]
    assert_right(store)


def test_two_who_let_an_answer_count_at_once_count_it_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record_responses(store, "river", [replace(said("x", "Fish"), circumstances=Circumstances(unverified=UNPROVED))])

    with meanwhile(monkeypatch, keeping, "_unproved", lambda: count_proved(store, "river", ["x"]), call=2) as others:
        mine = count_proved(store, "river", ["x"])

    assert [mine, others[0].result()] in ([0, 1], [1, 0])
    assert_right(store)
