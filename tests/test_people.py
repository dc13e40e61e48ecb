"""Who is admitted and signed in, the keys of the store, and the log of looks, on each kind of database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from analytics.errors import RequestError, StoreError
from analytics.store.people.accounts import (
    admit_person,
    dismiss_person,
    plain_address,
    read_account,
    read_accounts,
    read_desks,
    set_desks,
)
from analytics.store.people.keys import rotate_keys, signing_keys
from analytics.store.people.looks import broken_looks, note_look, read_looks
from analytics.store.people.passkeys import (
    LINK_LIFE,
    Passkey,
    address_of_link,
    enrol_passkey,
    make_link,
    note_use,
    read_passkey,
)
from analytics.store.people.sessions import (
    IDLE,
    LONGEST,
    begin_session,
    end_session,
    end_sessions,
    hash_of,
    open_sessions,
    read_session,
    touch_session,
)
from analytics.store.people.spent import spend
from analytics.store.place.connections import Store, reading, writing
from analytics.store.tables.opening import open_store
from analytics.store.tables.schema import look, spent
from analytics.store.tend.moving import move_store, save_store
from tests.surveys import NOW, RIVER, TWELVE, opened, record

ANN, BOB = "ann@example.org", "bob@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Gives a store to which Ann is admitted as an analyst and Bob as an editor and admin."""
    with opened(address) as engine:
        admit_person(engine, ANN, ["analyst"], by="", now=NOW)
        admit_person(engine, BOB, ["editor", "admin"], by="", now=NOW)
        yield engine


def test_who_is_admitted_again_has_the_new_roles_alone(store: Store) -> None:
    admit_person(store, " Ann@Example.org ", ["viewer"], by=BOB, now=NOW + MINUTE, desks=["city", " sports ", ""])

    account = read_account(store, ANN)

    assert account is not None
    assert account.person.roles == {"viewer"}
    assert account.person.desks == {"city", "sports"}
    assert (account.admitted_by, account.admitted_at) == (BOB, NOW + MINUTE)
    assert [one.person.address for one in read_accounts(store)] == [ANN, BOB]
    assert read_account(store, "eve@example.org") is None


@pytest.mark.parametrize("address", ["", "ann", "@example.org", "ann@", "a@b@c", "a nn@example.org", "a\n@b.org"])
def test_what_is_no_address_is_not_admitted(address: str) -> None:
    with pytest.raises(RequestError, match="expected an e-mail address"):
        plain_address(address)


@pytest.mark.parametrize("roles", [[], ["boss"], ["viewer", "Admin"]])
def test_nobody_is_admitted_without_a_role_or_with_one_that_is_none(store: Store, roles: list[str]) -> None:
    with pytest.raises(RequestError, match="expected one or more of viewer, analyst, editor, admin"):
        admit_person(store, ANN, roles, by="", now=NOW)


def test_a_survey_belongs_to_the_desks_that_were_named_last(store: Store) -> None:
    record(store, RIVER, TWELVE)
    set_desks(store, "river", ["city", "sports"], by="", now=NOW)
    set_desks(store, "river", ["city"], by="", now=NOW)
    assert read_desks(store) == {"river": frozenset({"city"})}

    set_desks(store, "river", [], by="", now=NOW)
    assert read_desks(store) == {}


# Sessions


def test_a_session_lasts_twelve_hours_while_somebody_works_and_an_hour_when_nobody_does(store: Store) -> None:
    token = begin_session(store, ANN, "passkey", now=NOW)
    assert read_session(store, token, now=NOW + IDLE - MINUTE) is not None
    assert read_session(store, token, now=NOW + IDLE) is None

    at = NOW
    while at < NOW + LONGEST - MINUTE:
        session = read_session(store, token, now=at)
        assert session is not None
        touch_session(store, session.token_hash, now=at)
        touched = read_session(store, token, now=at)
        assert touched is not None
        assert touched.until == min(NOW + LONGEST, at + IDLE)
        at += timedelta(minutes=50)

    assert read_session(store, token, now=NOW + LONGEST) is None


def test_a_session_that_was_ended_is_none_for_every_process(store: Store) -> None:
    one, two = (begin_session(store, ANN, "passkey", now=NOW) for _ in range(2))
    other = begin_session(store, BOB, "passkey", now=NOW)

    end_session(store, one, now=NOW)
    assert read_session(store, one, now=NOW) is None
    assert read_session(store, two, now=NOW) is not None

    assert end_sessions(store, ANN, by=BOB, now=NOW) == 1
    assert [one.address for one in open_sessions(store, now=NOW)] == [BOB]
    assert read_session(store, other, now=NOW) is not None
    assert end_sessions(store, None, by="", now=NOW) == 1
    assert open_sessions(store, now=NOW) == ()


def test_who_gets_other_roles_signs_in_again_and_who_gets_the_same_does_not(store: Store) -> None:
    token = begin_session(store, ANN, "passkey", now=NOW)

    admit_person(store, ANN, ["analyst"], by=BOB, now=NOW)
    assert read_session(store, token, now=NOW) is not None

    admit_person(store, ANN, ["viewer"], by=BOB, now=NOW)
    assert read_session(store, token, now=NOW) is None


def test_a_made_up_token_and_the_hash_in_the_store_open_nothing(store: Store) -> None:
    token = begin_session(store, ANN, "passkey", now=NOW)

    for made_up in ("", "x", token[:-1], token + "A", hash_of(token), "\udcff"):
        assert read_session(store, made_up, now=NOW) is None


def test_who_is_dismissed_is_signed_out_and_has_no_passkey(store: Store) -> None:
    token = begin_session(store, ANN, "passkey", now=NOW)
    enrol_passkey(store, make_link(store, ANN, now=NOW), Passkey("key-1", ANN, b"public", 0), now=NOW)

    assert dismiss_person(store, ANN, by=BOB, now=NOW)

    assert read_session(store, token, now=NOW) is None
    assert read_passkey(store, "key-1") is None
    admit_person(store, ANN, ["viewer"], by=BOB, now=NOW)
    assert read_session(store, token, now=NOW) is None
    assert read_passkey(store, "key-1") is None
    assert not dismiss_person(store, "eve@example.org", by=BOB, now=NOW)


# Links and passkeys


def test_a_link_enrols_one_passkey_of_one_person_within_its_minutes(store: Store) -> None:
    link = make_link(store, ANN, now=NOW)
    assert address_of_link(store, link, now=NOW) == ANN
    assert address_of_link(store, link, now=NOW + LINK_LIFE) is None

    assert not enrol_passkey(store, link, Passkey("key-b", BOB, b"public", 0), now=NOW)
    assert enrol_passkey(store, link, Passkey("key-1", ANN, b"public", 3), now=NOW)
    assert not enrol_passkey(store, link, Passkey("key-2", ANN, b"public", 0), now=NOW)

    assert read_passkey(store, "key-1") == Passkey("key-1", ANN, b"public", 3)
    assert read_passkey(store, "key-2") is None
    note_use(store, "key-1", 4, now=NOW)
    assert read_passkey(store, "key-1") == Passkey("key-1", ANN, b"public", 4)


def test_a_newer_link_for_the_same_person_takes_the_place_of_the_older(store: Store) -> None:
    older, newer = (make_link(store, ANN, now=NOW) for _ in range(2))

    assert address_of_link(store, older, now=NOW) is None
    assert address_of_link(store, newer, now=NOW) == ANN


# Keys


def test_every_process_signs_with_the_same_key_and_each_purpose_has_its_own(store: Store, address: str) -> None:
    keys = signing_keys(store, "receipts", now=NOW)

    with opened(address) as other:
        assert signing_keys(other, "receipts", now=NOW) == keys
        assert signing_keys(other, "duplicates", now=NOW).current != keys.current
    assert len(keys.current) == 32
    assert keys.previous is None
    assert "content" not in repr(keys)


def test_threads_that_need_the_first_key_at_once_all_get_the_same(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = {one.current for one in pool.map(lambda _: signing_keys(store, "receipts", now=NOW), range(8))}

    assert len(found) == 1


def test_a_key_is_rotated_when_it_is_old_and_the_one_before_is_still_known(store: Store) -> None:
    first = signing_keys(store, "receipts", now=NOW)
    day = timedelta(days=1)
    assert not rotate_keys(store, "receipts", now=NOW + day, after=2 * day)
    assert not rotate_keys(store, "none", now=NOW + day, after=day)

    assert rotate_keys(store, "receipts", now=NOW + 2 * day, after=2 * day)
    second = signing_keys(store, "receipts", now=NOW)
    assert second.both == (second.current, first.current)

    assert rotate_keys(store, "receipts", now=NOW + 4 * day, after=2 * day)
    third = signing_keys(store, "receipts", now=NOW)
    assert third.previous == second.current
    assert first.current not in third.both


def test_a_store_that_is_only_read_makes_no_key(address: str) -> None:
    open_store(address).dispose()
    reader = open_store(address, read_only=True)

    with pytest.raises(StoreError):
        signing_keys(reader, "receipts", now=NOW)
    reader.dispose()


# What signs in once


def test_of_several_that_race_for_one_secret_one_is_told_it_was_there_to_spend(store: Store, address: str) -> None:
    with opened(address) as other, ThreadPoolExecutor(8) as pool:
        told = [*pool.map(lambda place: spend((store, other)[place % 2], "a challenge", now=NOW), range(16))]

    assert sum(told) == 1
    assert spend(store, "another", now=NOW)


def test_what_was_spent_is_known_longer_than_it_holds_and_goes_by_the_clock(store: Store) -> None:
    assert spend(store, "a challenge", now=NOW)
    assert not spend(store, "a challenge", now=NOW + timedelta(hours=23))
    spend(store, "another", now=NOW + timedelta(days=2))

    with reading(store) as connection:
        kept = connection.execute(select(spent.c.secret_hash)).scalars().all()
    assert kept == [hash_of("another")]


# Copies


def test_a_backup_has_no_session_link_or_key_and_a_move_takes_the_keys_along(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        admit_person(store, ANN, ["analyst"], by="", now=NOW)
        token, link = begin_session(store, ANN, "passkey", now=NOW), make_link(store, ANN, now=NOW)
        enrol_passkey(store, make_link(store, ANN, now=NOW), Passkey("key-1", ANN, b"public", 0), now=NOW)
        keys = signing_keys(store, "receipts", now=NOW)
        assert spend(store, "a challenge", now=NOW)
        save_store(store, tmp_path / "saved.sqlite")
        with opened(tmp_path / "moved.sqlite") as target:
            signing_keys(target, "receipts", now=NOW)
            move_store(store, target)
            assert signing_keys(target, "receipts", now=NOW) == keys
            assert read_session(target, token, now=NOW) is None
            assert broken_looks(target) == ()
            with pytest.raises(StoreError, match="people were admitted"):
                move_store(store, target)

    saved = (tmp_path / "saved.sqlite").read_bytes()
    assert keys.current not in saved
    assert hash_of(token).encode() not in saved
    assert hash_of(link).encode() not in saved
    assert hash_of("a challenge").encode() not in saved
    with opened(tmp_path / "saved.sqlite") as copy:
        assert read_passkey(copy, "key-1") is not None
        assert read_session(copy, token, now=NOW) is None
        assert signing_keys(copy, "receipts", now=NOW).current != keys.current
    assert sorted(path.name for path in tmp_path.iterdir() if ".part" in path.name) == []


# The log of looks


def test_the_log_says_who_did_what_and_when(store: Store) -> None:
    note_look(store, ANN, "exported", survey="river", request="view=topline&question=move", now=NOW + MINUTE)

    (line,) = read_looks(store, "river")

    assert (line.at, line.address, line.action) == (NOW + MINUTE, ANN, "exported")
    assert line.request == "view=topline&question=move"
    assert [one.action for one in read_looks(store)] == ["admitted", "admitted", "exported"]
    assert [one.number for one in read_looks(store, most=1)] == [3]
    assert broken_looks(store) == ()


@pytest.mark.parametrize(
    ("harm", "broken"),
    [
        (delete(look).where(look.c.look_no == 3), (3,)),
        (delete(look).where(look.c.look_no == 1), (1,)),
        (delete(look).where(look.c.look_no > 4), (5, 6)),
        (delete(look), (1, 2, 3, 4, 5, 6)),
        (update(look).where(look.c.look_no == 4).values(address=BOB), (4,)),
        (update(look).where(look.c.look_no == 6).values(chain="0"), (6,)),
    ],
    ids=["one in the middle", "the first", "the last two", "all", "another's name", "another hash"],
)
def test_a_line_that_was_taken_out_or_changed_shows(store: Store, harm: object, broken: tuple[int, ...]) -> None:
    for number in range(4):
        note_look(store, ANN, "exported", survey="river", request=f"question=q{number}", now=NOW)
    with writing(store) as connection:
        connection.execute(harm)  # type: ignore[call-overload]

    assert broken_looks(store) == broken


def test_lines_that_several_write_at_once_make_one_chain(store: Store, address: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(note_ten, [address] * 3))

    assert len(read_looks(store)) == 32
    assert broken_looks(store) == ()


def note_ten(address: str) -> None:
    with opened(address) as engine:
        for number in range(10):
            note_look(engine, BOB, "exported", request=json.dumps(number), now=NOW)
