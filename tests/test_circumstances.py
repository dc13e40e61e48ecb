"""How answers came about: what waits to be checked, what the limits count, and what is forgotten by the clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from analytics.collect.rendered import hashed, reader_of
from analytics.errors import RequestError
from analytics.model import Response
from analytics.model.responses import Circumstances
from analytics.store.place.connections import Store, reading
from analytics.store.read.status import read_status
from analytics.store.record.circumstances import AnswerLimits, checked, day_salt
from analytics.store.record.live import record_responses
from analytics.store.tables.schema import circumstance, salt
from analytics.store.tend.forgetting import forget_due
from analytics.store.tend.keeping import (
    erase_responses,
    leave_out_unverified,
    read_audit,
    restore_responses,
    screen_responses,
    verify_responses,
)
from analytics.store.tend.moving import save_store
from analytics.store.tend.verify import verify_store
from tests.surveys import NOW, RIVER, opened, record

FEW = AnswerLimits(reader=2, network=4, free=100)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with opened(address) as made:
        record(made, RIVER, [])
        yield made


def answer(key: str, choice: str = "Yes", *, at: datetime = NOW, version: int = 1, **how: object) -> Response:
    came = Circumstances(**how)  # type: ignore[arg-type]
    return Response(key, {"move": (choice,)}, {}, {}, at, at, version, circumstances=came)


def counts(store: Store) -> tuple[int, int, int]:
    """Returns how many count, wait, and were left out; the tally is a recount."""
    assert [len(one.wrong) for one in verify_store(store)] == [0]
    found = read_status(store, "river")
    return found.counted, found.unverified, found.screened


def rows(store: Store) -> list[tuple[object, ...]]:
    with reading(store) as connection:
        names = ("placement", "referrer", "seconds", "form", "reader_hash", "network_hash", "unverified")
        query = select(*(circumstance.c[name] for name in names)).order_by(circumstance.c.response_no)
        return [tuple(row) for row in connection.execute(query)]


def test_an_unverified_answer_waits_until_somebody_counts_it_or_leaves_it_out(store: Store) -> None:
    sent = [answer("a"), answer("b", unverified="old"), answer("c", unverified="none"), answer("d", unverified="none")]

    record_responses(store, "river", sent)

    assert counts(store) == (1, 3, 0)
    assert verify_responses(store, "river", ["a", "b"], now=NOW) == 1
    assert counts(store) == (2, 2, 0)
    assert leave_out_unverified(store, "river", ["b", "c"], rule="One script", now=NOW) == 1
    assert counts(store) == (2, 1, 1)
    assert screen_responses(store, "river", ["d"], rule="Other", now=NOW) == 0  # what waits is no matter of a rule
    assert restore_responses(store, "river", ["c", "d"], now=NOW) == 1
    assert counts(store) == (3, 1, 0)
    assert [(one.action, one.responses) for one in read_audit(store, "river")] == [
        ("verified", 1), ("left out", 1), ("screened", 0), ("restored", 1),
    ]  # fmt: skip
    with pytest.raises(RequestError, match="rule"):
        leave_out_unverified(store, "river", ["d"], rule=" ", now=NOW)


def test_a_changed_mind_stands_as_the_answer_before_it_did(store: Store) -> None:
    record_responses(store, "river", [answer("a"), answer("b", unverified="none")])

    record_responses(store, "river", [answer("a", "No", version=2, unverified="old"), answer("b", "No", version=2)])

    assert counts(store) == (1, 1, 0)


def test_a_form_is_good_for_one_answer_however_often_that_is_sent_or_changed(store: Store) -> None:
    first, change = answer("a", form=7), answer("a", "No", form=7, version=2)
    record_responses(store, "river", checked(store, "river", [first], FEW, now=NOW))

    again = checked(
        store, "river", [first, change, answer("b", form=7), answer("c", form=8), answer("d", form=8)], FEW, now=NOW
    )

    assert [one.circumstances.unverified for one in again if one.circumstances] == ["", "", "spent", "", "spent"]


def test_beyond_the_limits_of_a_reader_or_a_network_answers_wait(store: Store) -> None:
    def reasons(*sent: Response, now: datetime = NOW) -> list[str]:
        found = checked(store, "river", sent, FEW, now=now)
        record_responses(store, "river", found)
        return [one.circumstances.unverified for one in found if one.circumstances]

    assert reasons(answer("a", reader=1, network=9), answer("b", reader=1, network=9)) == ["", ""]
    assert reasons(answer("c", reader=1, network=9), answer("d", reader=2, network=9)) == ["reader", ""]
    assert reasons(answer("e", reader=3, network=9), answer("f", reader=3, network=-8)) == ["network", ""]
    later = NOW + timedelta(hours=2)
    together = [answer(f"class {n}", reader=5, network=n, seconds=90) for n in range(6)]  # as if at six networks
    assert reasons(*together) == [""] * 6  # each form was open before the answer before it came
    assert reasons(answer("g", reader=3, network=9, at=later), now=later) == ["reader"]
    assert reasons(answer("h", reader=4, network=9, at=later), now=later) == [""]
    assert counts(store) == (11, 3, 0)


def test_hashes_are_gone_within_two_days_and_referrers_within_thirty(store: Store) -> None:
    old, middle = NOW - timedelta(days=31), NOW - timedelta(hours=49)
    how = {"placement": "foot", "referrer": "paper.example", "seconds": 9, "form": 1, "reader": 2, "network": 3}
    record_responses(store, "river", [answer(key, at=at, **how) for key, at in (("a", old), ("b", middle), ("c", NOW))])
    for at in (old, middle, NOW):
        day_salt(store, "river", now=at)

    done = forget_due(store, now=NOW)

    assert (done.hashes, done.referrers, done.salts) == (2, 1, 2)
    assert rows(store) == [
        ("foot", None, 9, None, None, None, None),
        ("foot", "paper.example", 9, None, None, None, None),
        ("foot", "paper.example", 9, 1, 2, 3, None),
    ]
    assert not any(vars(forget_due(store, now=NOW)).values())


def test_a_salt_is_the_same_for_a_day_and_in_no_backup(store: Store, tmp_path: Path) -> None:
    first = day_salt(store, "river", now=NOW)

    assert day_salt(store, "river", now=NOW + timedelta(hours=1)) == first
    assert day_salt(store, "river", now=NOW + timedelta(days=1)) != first
    if store.dialect.name == "sqlite":
        file = tmp_path / "saved.sqlite"
        save_store(store, file)
        assert first not in file.read_bytes()
        with opened(file) as saved, reading(saved) as connection:
            assert connection.execute(select(func.count()).select_from(salt)).scalar() == 0


def test_nobody_guesses_by_force_whose_hash_a_backup_holds(tmp_path: Path) -> None:
    """Who has the backup knows the browser and tries every address, under every value in the file as the salt."""
    reader = reader_of("203.0.113.77", "A usual browser", "en")
    with opened(tmp_path / "living.sqlite") as store:
        record(store, RIVER, [])
        of_today = day_salt(store, "river", now=NOW)
        record_responses(store, "river", [answer("a", reader=hashed(reader, of_today), network=None)])
        save_store(store, tmp_path / "saved.sqlite")
    with closing(sqlite3.connect(tmp_path / "saved.sqlite")) as saved:
        tables = [name for (name,) in saved.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = {cell for name in tables for row in saved.execute(f'SELECT * FROM "{name}"') for cell in row}
        (kept,) = saved.execute("SELECT reader_hash FROM circumstance WHERE reader_hash IS NOT NULL").fetchone()
    words = {value if isinstance(value, bytes) else str(value).encode() for value in values} | {b""}
    addresses = [f"203.0.{third}.{last}" for third in range(256) for last in (0, 77, 255)]

    assert len(of_today) >= 16
    assert len(words) > 30
    assert not [word for word in words if hashed(reader, word) == kept]
    assert not [at for at in addresses if hashed(reader_of(at, "A usual browser", "en"), b"river") == kept]
    assert [at for at in addresses if hashed(reader_of(at, "A usual browser", "en"), of_today) == kept] == [
        "203.0.113.77"  # so it would be with the salt
    ]


def test_circumstances_go_with_their_answer(store: Store) -> None:
    record_responses(store, "river", [answer("a", placement="foot"), answer("b", placement="top")])

    erase_responses(store, "river", ["a"], now=NOW)

    assert [row[0] for row in rows(store)] == ["top"]


def test_what_is_known_of_an_answer_has_no_address_and_no_browser() -> None:
    names = {column.name for column in circumstance.c} | {*vars(Circumstances())}

    assert not [name for name in names if any(word in name for word in ("address", "ip", "agent", "browser"))]
