"""A role of PostgreSQL for servers of viewers: pages of sums work under it, and no single response can be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from analytics.errors import DeniedError
from analytics.model.access import EVERYBODY
from analytics.model.request import Request
from analytics.pages.ground import sources
from analytics.store.people.accounts import admit_person
from analytics.store.people.keys import signing_keys
from analytics.store.people.looks import note_look, read_looks
from analytics.store.people.passkeys import Passkey, address_of_link, enrol_passkey, make_link, note_use, read_passkey
from analytics.store.people.sessions import begin_session, end_session, read_session, touch_session
from analytics.store.place.connections import writing
from analytics.store.read.responses import count_responses
from analytics.store.tables.editions import forget_in_patterns
from analytics.store.tables.opening import open_store, opened_store
from analytics.store.tables.schema import edition_pattern, metadata, survey
from analytics.store.tend.viewing import viewing_tables
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, pages_over, readers
from tests.postgres import Server
from tests.surveys import command

# Pages run by AppTest leave the last connection of their pool to the garbage collector; a server closes it as it ends.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

ROLE = "viewers_of_tests"
OF_READERS = (
    "response",
    "answer",
    "comment",
    "comment_words",
    "circumstance",
    "quarantine",
    "hidden_comment",
)
"""Tables that hold what single readers said, or their own words."""


@pytest.fixture
def address(postgres: Server, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Gives the addresses of one store with a survey of 600 readers: the owner's, and that of viewers' servers."""
    own = postgres.new_database()
    rows = [(*row, f"I say this because of reason {place}.") for place, row in enumerate(readers(600))]
    import_survey(tmp_path / "files", definition(written=True), rows, columns=(*COLUMNS, "comment"), address=own)
    with opened_store(own) as store:
        admit_person(store, "ann@example.org", ["viewer"], by="", now=datetime.now(UTC))
    with psycopg.connect(own, autocommit=True) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {ROLE}".encode())
        connection.execute(f"CREATE ROLE {ROLE} LOGIN".encode())
    yield own, own.replace("//postgres@", f"//{ROLE}@")
    postgres.drop_database(own)
    with psycopg.connect(postgres.address("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP ROLE {ROLE}".encode())


def readable(address: str, table: str) -> bool:
    with psycopg.connect(address) as connection:
        try:
            connection.execute(f'SELECT * FROM "{table}" LIMIT 1'.encode())
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True


def test_a_server_of_viewers_shows_its_pages_and_can_read_no_single_response(
    address: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, viewers = address
    said = command("viewers-role", ROLE, "--run", "--db", own)
    assert (said.exit_code, "none with single responses" in said.output) == (0, True)
    assert [table for table in OF_READERS if not readable(own, table)] == []  # the owner reads all of them
    assert [table for table in OF_READERS if readable(viewers, table)] == []
    assert {table.name for table in metadata.sorted_tables if "response_no" in table.c} & {*viewing_tables()} == set()

    monkeypatch.setenv("SIGN_IN", "passkeys")
    sources._roles.clear()
    with pages_over(viewers, monkeypatch, writing=True):
        for name, more in (
            ("newsroom", {}), ("survey", {}), ("survey", {"by": "age"}), ("survey", {"where.gender": "f"}),
            ("crosstabs", {}), ("compare", {"with": "common"}),
        ):  # fmt: skip
            page = page_at(name, {"survey": "phones", **more})
            page.user["email"] = "ann@example.org"
            page.run()
            assert not page.exception
            assert [one.value for one in page.error] == [], (name, more)
            assert name != "survey" or "600" in " ".join(one.value for one in [*page.caption, *page.markdown])
    with opened_store(viewers) as store, pytest.raises(DeniedError, match="kept from single responses"):
        count_responses(store, "phones", Request(where=(("gender", ("f",)),)), standings=("counted",), person=EVERYBODY)


def test_people_sign_in_and_looks_are_noted_under_that_role(address: tuple[str, str]) -> None:
    own, viewers = address
    now, ann = datetime.now(UTC), "ann@example.org"
    command("viewers-role", ROLE, "--run", "--db", own)
    with opened_store(own) as store:
        link = make_link(store, ann, now=now)
    with opened_store(viewers) as store:
        assert enrol_passkey(store, link, Passkey("key", ann, b"public", 0), now=now)
        assert read_passkey(store, "key") is not None
        note_use(store, "key", 1, now=now)
        token = begin_session(store, ann, "passkey", now=now)
        session = read_session(store, token, now=now)
        assert session is not None
        touch_session(store, session.token_hash, now=now)
        note_look(store, ann, "small groups", survey="phones", now=now)
        end_session(store, token, now=now)
        assert [one.action for one in read_looks(store)][-2:] == ["signed in", "small groups"]


BY_FORCE = {
    "a session of an analyst": "INSERT INTO session (token_hash, address, way, made_at, seen_at) "
    "VALUES ('0', 'boss@example.org', 'passkey', 1, 1)",
    "a session of nobody": "INSERT INTO session (token_hash, address, way, made_at, seen_at) "
    "VALUES ('0', 'eve@example.org', 'passkey', 1, 1)",
    "a viewer's session for an analyst": "UPDATE session SET address = 'boss@example.org'",
    "a key of an analyst": "INSERT INTO passkey (credential_id, address, public_key, counter, made_at) "
    "VALUES ('mine', 'boss@example.org', '', 0, 1)",
    "a key of one's own": "UPDATE passkey SET public_key = ''",
    "a link with a secret of one's own": "UPDATE enrolment SET link_hash = '0'",
    "a key that signs receipts": "INSERT INTO signing_key (purpose, key_no, content, made_at) "
    "VALUES ('receipt', 9, '', 1)",
    "another role": "UPDATE account SET roles = 'admin'",
    "the last edition of all": "INSERT INTO edition (survey_id, edition_no, made_at, revision, counted) "
    "SELECT survey_id, 2147483647, 1, 1, 1 FROM survey",
    "a note": "INSERT INTO about (name, value) VALUES ('anything', '')",
    "the end of the log": "UPDATE about SET value = 'x'",
}
"""What somebody tries who took the server of viewers over: each is refused."""


def test_whoever_takes_the_server_of_viewers_over_makes_nobody_a_session_who_sees_more(
    address: tuple[str, str],
) -> None:
    own, viewers = address
    now, boss = datetime.now(UTC), "boss@example.org"
    with opened_store(own) as store:
        admit_person(store, boss, ["viewer", "analyst"], by="", now=now)
        assert enrol_passkey(store, make_link(store, boss, now=now), Passkey("boss", boss, b"public", 0), now=now)
        link, _ = make_link(store, boss, now=now), begin_session(store, boss, "passkey", now=now)
        signing_keys(store, "receipt", now=now)
    command("viewers-role", ROLE, "--run", "--db", own)
    assert command("viewers-role", ROLE, "--run", "--db", own).exit_code == 0  # as after an update

    for what, statement in BY_FORCE.items():
        with psycopg.connect(viewers) as connection, suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
            pytest.fail(what)
    with psycopg.connect(viewers) as connection:
        for unseen in ("session", "passkey", "enrolment", "signing_key"):
            assert connection.execute(f"SELECT count(*) FROM {unseen}".encode()).fetchone() == (0,), unseen
        changed = connection.execute(b"UPDATE about SET value = '1 ' || repeat('0', 64)")
        assert changed.rowcount <= 1  # the note of the last line of the log
        connection.rollback()
    with opened_store(viewers) as store:
        assert address_of_link(store, link, now=now) is None
        with pytest.raises(DeniedError):
            begin_session(store, boss, "passkey", now=now)
        assert begin_session(store, "ann@example.org", "passkey", now=now)
    with opened_store(own) as store:  # and nobody else is kept from anything
        assert read_passkey(store, "boss") is not None
        assert address_of_link(store, link, now=now) == boss


LEFT = (
    "INSERT INTO look (look_no, at, address, action, request, chain) VALUES (9223372036854775807, 0, 'x', 'x', '', '')",
    "INSERT INTO look (look_no, at, address, action, request, chain) "
    "SELECT max(look_no) + 1, 9223372036854775807, 'x', 'x', '', '' FROM look WHERE look_no < 1000",
    "UPDATE about SET value = '999999999999 ' || repeat('0', 64) WHERE name = 'last_look'",
    "INSERT INTO edition_pattern (survey_id, question, edition_no, content) SELECT survey_id, key, 1, 'none of ours' "
    "FROM survey",
)
"""What somebody may leave behind who took the server of viewers over."""


def test_whatever_the_server_of_viewers_leaves_behind_the_others_go_on(address: tuple[str, str]) -> None:
    own, viewers = address
    command("viewers-role", ROLE, "--run", "--db", own)
    for statement in LEFT:
        with psycopg.connect(viewers) as connection:
            connection.execute(statement.encode())

        for _ in range(2):
            done = command("admit", "bob@example.org", "--role", "viewer", "--no-link", "--db", own)
            assert done.exit_code == 0, statement
        assert "admitted" in command("audit", "--db", own).output, statement
    assert command("audit", "--verify", "--db", own).exit_code == 1
    with opened_store(own) as engine, writing(engine) as connection:
        for survey_id in connection.execute(select(survey.c.survey_id)).scalars().all():
            forget_in_patterns(connection, survey_id, "level/age", ["18-29"])
        assert connection.execute(select(edition_pattern)).all() == []


def test_the_statements_are_printed_and_what_is_no_role_is_refused(tmp_path: Path) -> None:
    db = str(tmp_path / "store.sqlite")

    printed = command("viewers-role", "viewers", "--db", db).output
    assert 'GRANT SELECT ON "tally" TO viewers;' in printed
    assert '"answer"' not in printed
    assert 'GRANT SELECT (survey_id, standing) ON "response"' in printed
    assert command("viewers-role", "viewers; DROP TABLE answer", "--db", db).exit_code == 2
    open_store(db).dispose()
    assert "only a store on PostgreSQL" in command("viewers-role", "viewers", "--run", "--db", db).output
