"""Editions as they are kept: the same after a restart and in every process, each held against the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select, update

from analytics.editions.edition import Edition, asked_of, edition_of
from analytics.editions.keeping import edition_bytes, edition_from, pattern_bytes, pattern_from
from analytics.estimates.groups.table import crosstab
from analytics.kinds.table import make
from analytics.model import Snapshot
from analytics.model.packed import packed
from analytics.model.request import Request
from analytics.pages.ground import sources
from analytics.published.few import few_told_in
from analytics.store.place.connections import Store, writing
from analytics.store.tables import schema
from analytics.store.tables.editions import forget_in_patterns, read_editions, read_patterns
from analytics.store.tables.surveys import redefine
from analytics.store.tend.keeping import erase_responses, screen_responses
from tests.made.guesses import TOWN, VIEWER, crowd
from tests.pages_fixture import pages_over
from tests.surveys import NOW, Reader, opened, record, snapshot
from tests.test_edition_attacks import aside, set_aside

BY_AGE = Request(question="move", by=("age",))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Gives the store that pages read, with 400 readers of whom the last answered yesterday."""
    monkeypatch.setenv("SIGN_IN", "passkeys")
    monkeypatch.setattr(sources, "person", lambda: VIEWER)
    sources._editions.clear()
    with pages_over(tmp_path / "store.sqlite", monkeypatch, writing=True), opened(tmp_path / "store.sqlite") as found:
        record(found, TOWN, recent(400))
        yield found
    sources._editions.clear()


def recent(count: int) -> list[Reader]:
    day = datetime.now(UTC) - timedelta(days=1)
    return [replace(one, at=day - timedelta(hours=at)) for at, one in enumerate(crowd(1_500)[:count])]


def looked_at() -> Snapshot:
    return sources.snapshot_at("river", sources.revisions()["river"])


def another_process() -> None:
    """Forgets what this process knows of the survey and its editions."""
    sources._editions.clear()
    sources._shelf.clear()


def retitle(store: Store, title: str) -> None:
    with writing(store) as connection:
        redefine(connection, "river", lambda old: replace(old, title=title))


def numbers(snapshot: Snapshot) -> pd.DataFrame:
    return crosstab(snapshot, BY_AGE).estimates


def test_a_restart_and_another_process_show_the_edition_that_is_kept(store: Store) -> None:
    first = looked_at()
    shown = numbers(first)

    record(store, TOWN, recent(460))  # enough answers, and no hour has passed
    another_process()
    later = looked_at()

    assert later.edition is not first.edition
    assert (later.edition.number, later.edition.made_at, later.status) == (1, first.edition.made_at, first.status)
    pd.testing.assert_frame_equal(numbers(later), shown)
    assert [(one.number, one.counted) for one in read_editions(store, "river")] == [(1, 400)]
    assert {question: one.number for question, one in read_patterns(store, "river").items()} == {"move": 1}


@pytest.mark.usefixtures("store")
def test_what_one_process_worked_out_of_a_question_another_does_not_work_out_again() -> None:
    first = looked_at().edition
    another_process()
    second = looked_at().edition

    here, there = second.pattern("move"), first.pattern("move")

    assert there is not here
    assert np.array_equal(there.hidden, here.hidden)
    assert np.array_equal(there.told, here.told, equal_nan=True)


def test_an_erased_reader_leaves_the_edition_at_once_and_the_next_one_is_held_against_the_last(store: Store) -> None:
    pattern = looked_at().edition.pattern("move")
    # One of many of a week: with the only one of a week its cells would go too.
    erase_responses(store, "river", [recent(100)[-1].key], now=datetime.now(UTC))
    another_process()

    edition = looked_at().edition
    found = edition.pattern("move")

    assert (edition.number, edition.exact.status.counted) == (2, 399)
    assert [one.content is None for one in read_editions(store, "river")] == [True, False]
    both = ~found.hidden & ~pattern.hidden
    moved = np.abs(found.told - pattern.told)[both]
    assert both.any()
    assert not ((moved > 0) & (moved < 10)).any()
    assert not pattern.hidden[0]
    assert found.hidden[0]  # of all readers one is less: the twin would show both


def test_what_is_kept_of_editions_and_cannot_be_read_is_made_anew_and_keeps_nobody_from_being_erased(
    store: Store,
) -> None:
    choices = looked_at().edition.pattern("move").choices
    (kept,) = read_patterns(store, "river").values()
    flipped = bytearray(kept.content)
    flipped[len(flipped) // 2] ^= 1
    for number, content in enumerate((b"x", bytes(flipped), packed({"none": "of ours"}, {}), packed({}, {})[:-9]), 2):
        with writing(store) as connection:
            connection.execute(update(schema.edition_pattern).values(content=content))
            held = schema.edition.c.content.is_not(None)
            connection.execute(update(schema.edition).where(held).values(content=content))
        another_process()

        again = looked_at().edition
        assert (again.number, again.pattern("move").choices) == (number, choices), content[:9]
        assert few_told_in(store, make(snapshot(store), Request(kind="topline", question="move"))) == []
    with writing(store) as connection:
        connection.execute(update(schema.edition_pattern).values(content=bytes(flipped)))
        (survey_id,) = connection.execute(select(schema.survey.c.survey_id)).scalars()
        forget_in_patterns(connection, survey_id, "choice/move", ["Yes"])
    assert read_patterns(store, "river") == {}


def test_a_question_that_nobody_looked_at_since_is_held_against_what_was_last_shown_of_it(store: Store) -> None:
    looked_at().edition.pattern("move")
    for name in ("One", "Two"):
        retitle(store, name)
        another_process()
        edition = looked_at().edition
    screen_responses(store, "river", [recent(1)[0].key], rule="a robot", now=datetime.now(UTC))
    retitle(store, "Three")
    another_process()
    last = looked_at().edition

    assert (edition.number, last.number) == (3, 4)
    assert last.pattern("move").hidden[0]


@pytest.mark.usefixtures("store")
def test_an_edition_comes_back_from_its_bytes_as_it_was() -> None:
    exact = looked_at().edition.exact
    edition = edition_of(exact)
    patterns = {one.key: edition.pattern(one.key) for one in asked_of(exact.survey)}
    again = {key: pattern_from(pattern_bytes(one)) for key, one in patterns.items()}
    found = edition_from(edition_bytes(edition), exact, again, {})

    assert isinstance(found, Edition)
    assert (found.status, found.every, found.made_at) == (edition.status, edition.every, edition.made_at)
    assert found.view(BY_AGE).estimates.equals(edition.view(BY_AGE).estimates)
    assert found.exact.survey == edition.exact.survey
    assert (
        edition_from(edition_bytes(edition), replace(exact, survey=replace(TOWN, title="Another")), again, {}) is None
    )


def test_what_is_kept_of_a_hidden_cell_has_no_number(store: Store) -> None:
    pattern = looked_at().edition.pattern("move")
    (kept,) = read_patterns(store, "river").values()

    assert pattern.hidden.any()
    assert np.isnan(pattern_from(kept.content).told[pattern.hidden]).all()


def test_who_waits_outside_of_an_edition_is_kept_with_it() -> None:
    stayed, left = set_aside(80, 900)
    with opened() as store:
        record(store, TOWN, [*stayed, *left])
        first = edition_of(snapshot(store))
        pattern = first.pattern("move")
        screen_responses(store, "river", [one.key for one in left], rule="a crowd", now=NOW)
        after = aside(snapshot(store), 80)
        edition = edition_of(after, first)
        again = edition_from(edition_bytes(edition), after, {}, {"move": pattern_from(pattern_bytes(pattern))})
        waits = edition.waiting["move"]

        assert again is not None
        assert len(waits.rows)
        assert again.waiting["move"].steady == waits.steady
        pd.testing.assert_frame_equal(again.waiting["move"].rows, waits.rows, check_dtype=False)
        assert np.array_equal(again.pattern("move").hidden, edition.pattern("move").hidden)
        assert edition.pattern("move").number == 2
