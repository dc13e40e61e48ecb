"""Rows of somebody else's table or view, on SQLite and PostgreSQL: each comes in once, by its own key."""

from __future__ import annotations

import gc
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from analytics import limits
from analytics.errors import DefinitionError, StoreError, SurveyError
from analytics.imports import pull as pulling
from analytics.imports.definition.survey import parsed_definition, read_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.pull import pull
from analytics.model import ImportReport, Survey
from analytics.store.place.addresses import refuse_forbidden
from analytics.store.place.connections import Store
from analytics.store.place.deadline import each_within
from analytics.store.read.status import read_revisions, read_status
from analytics.store.tables.surveys import read_survey
from tests.made.dripping import ENOUGH, dripping
from tests.patience import wait_until
from tests.started import started
from tests.surveys import NOW, command, opened, table

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
min_base = 5
[source]
url = '{url}'
table = "{table}"
key = "answer_id"
[columns]
responded_at = "given"
weight = "weight"
[[question]]
key = "move"
column = "move"
text = "Should the library move?"
kind = "single"
choices = ["Yes", "No"]
[[dimension]]
key = "member"
column = "member"
label = "Member"
levels = [{{value = "TRUE", label = "Members"}}, {{value = "FALSE", label = "Others"}}]
"""

MADE = {
    "sqlite": "CREATE TABLE answers (answer_id BIGINT PRIMARY KEY, given TIMESTAMP, weight NUMERIC(6, 2), "
    "move TEXT, member BOOLEAN, secret TEXT)",
    "postgresql": "CREATE TABLE answers (answer_id BIGINT PRIMARY KEY, given TIMESTAMPTZ, weight NUMERIC(6, 2), "
    "move TEXT, member BOOLEAN, secret BYTEA)",
}


@pytest.fixture(autouse=True)
def allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets answers be pulled from this machine's servers and from the test's own folder."""
    monkeypatch.setenv("SOURCE_HOSTS", "127.0.0.1")
    monkeypatch.setenv("SOURCE_FILES", str(tmp_path))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Gives the address of an empty database of somebody else's: of each kind but the cluster, which is our own."""
    in_file = request.param == "sqlite"
    return str(tmp_path / "store.sqlite") if in_file else str(request.getfixturevalue("bare_postgres_address"))


@pytest.fixture
def warehouse(address: str) -> Iterator[Engine]:
    """Gives a database of somebody else's with an empty table `answers`, of each kind in turn."""
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    run(engine, MADE[engine.dialect.name])
    yield engine
    engine.dispose()


@pytest.fixture
def store() -> Iterator[Store]:
    with opened() as engine:
        yield engine


@pytest.fixture
def survey(tmp_path: Path, warehouse: Engine) -> Callable[..., Survey]:
    def write(table: str = "answers", change: tuple[str, str] = ("", "")) -> Survey:
        url = warehouse.url.render_as_string(hide_password=False)
        path = tmp_path / "survey.toml"
        path.write_text(DEFINITION.format(url=url, table=table).replace(*change), encoding="utf-8")
        return replace(read_definition(path), min_base=1)  # of two rows, numbers are shown

    return write


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def insert(engine: Engine, *rows: tuple[object, ...]) -> None:
    """Inserts rows of id, answer and membership, all given at noon UTC with a weight of 1.50."""
    with engine.begin() as connection:
        for number, move, member in rows:
            at = datetime(2025, 5, 19, 12, 0, 0, 123456, UTC)
            given = at if engine.dialect.name == "postgresql" else "2025-05-19 14:00:00.123456"
            statement = (
                "INSERT INTO answers (answer_id, given, weight, move, member) VALUES (:n, :at, 1.50, :move, :in)"
            )
            connection.execute(text(statement), {"n": number, "at": given, "move": move, "in": member})


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    became = (report.stored, report.duplicate, report.quarantined, report.rejected)
    assert report.read == sum(became)
    return became


# What comes in


def test_a_table_comes_in_with_its_numbers_times_truths_and_blanks(
    warehouse: Engine, store: Store, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (1, "Yes", True), (2, "No", False), (3, None, None), (2**53 + 1, "Yes", True))

    report = pull(store, survey(), now=NOW)

    assert counts(report) == (4, 0, 0, 0)
    assert table(store, "move", by=["member"])["count"].tolist()[:4] == [2, 0, 0, 1]
    status = read_status(store, "river")
    assert (status.first_at, status.undated) == (datetime(2025, 5, 19, 12, tzinfo=UTC), 0)


def test_a_view_and_a_schema_can_be_named(warehouse: Engine, store: Store, survey: Callable[..., Survey]) -> None:
    schema = "main" if warehouse.dialect.name == "sqlite" else "public"
    insert(warehouse, (1, "Yes", True), (2, "No", True))
    run(warehouse, "CREATE VIEW recent AS SELECT * FROM answers WHERE answer_id > 1")

    assert counts(pull(store, survey(f"{schema}.recent"), now=NOW)) == (1, 0, 0, 0)
    assert counts(pull(store, survey(f"{schema}.answers"), now=NOW)) == (1, 1, 0, 0)


def test_only_new_rows_come_in_and_where_none_is_new_nothing_is_written(
    warehouse: Engine, store: Store, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (10, "Yes", True), (20, "No", True))
    first, revision = pull(store, survey(), now=NOW), read_revisions(store)
    again, unchanged = pull(store, survey(), now=NOW), read_revisions(store)
    insert(warehouse, (15, "No", True))
    third = pull(store, survey(), now=NOW)

    assert [counts(report) for report in (first, again, third)] == [(2, 0, 0, 0), (0, 2, 0, 0), (1, 2, 0, 0)]
    assert revision == unchanged


def test_a_row_that_has_changed_is_rejected_and_said_and_one_that_has_gone_stays(
    warehouse: Engine, store: Store, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (1, "Yes", True), (2, "No", True))
    pull(store, survey(), now=NOW)
    run(warehouse, "UPDATE answers SET move = 'No' WHERE answer_id = 1")
    run(warehouse, "DELETE FROM answers WHERE answer_id = 2")

    report = pull(store, survey(), now=NOW)

    assert counts(report) == (0, 0, 0, 1)
    assert "response '1' with other content than the one stored under that id" in str(report.faults[0])
    assert table(store, "move")["count"].tolist() == [1, 1]


def test_a_column_that_no_question_names_may_change(
    warehouse: Engine, store: Store, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (1, "Yes", True))
    pull(store, survey(), now=NOW)
    run(warehouse, "UPDATE answers SET secret = 'x'")

    assert counts(pull(store, survey(), now=NOW)) == (0, 1, 0, 0)


def test_a_row_that_is_not_understood_is_named_by_its_key(
    warehouse: Engine, store: Store, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (1, "Yes", True), (7, "Perhaps", True))

    report = pull(store, survey(), now=NOW)

    assert counts(report) == (1, 0, 1, 0)
    assert report.faults[0].place == "answer_id '7', move"


# Exactly once, whoever commits when


def above_the_highest(engine: Engine, highest: int) -> list[int]:
    """Returns the ids above a watermark: the known bad way."""
    with engine.connect() as connection:
        query = text("SELECT answer_id FROM answers WHERE answer_id > :n ORDER BY answer_id")
        return list(connection.execute(query, {"n": highest}).scalars())


def test_a_row_of_a_transaction_that_commits_late_is_not_lost_as_it_is_above_a_watermark(
    bare_postgres_address: str, tmp_path: Path, store: Store
) -> None:
    engine = create_engine(bare_postgres_address)
    run(engine, MADE["postgresql"])
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url=bare_postgres_address, table="answers"), encoding="utf-8")
    defined = read_definition(path)

    with engine.connect() as early:
        early.execute(text("INSERT INTO answers (answer_id, weight, move) VALUES (1, 1, 'Yes')"))
        insert(engine, (2, "No", True))
        first, watermark = pull(store, defined, now=NOW), max(above_the_highest(engine, 0))
        early.commit()
    second, by_watermark = pull(store, defined, now=NOW), above_the_highest(engine, watermark)
    engine.dispose()

    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (1, 1, 0, 0))
    assert by_watermark == [], "the harness does not show what a watermark loses"


# What cannot be read


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('table = "answers"', 'table = "answer"'), "found no such table or view; there is: answers"),
        (('table = "answers"', 'table = "nowhere.answers"'), "found no such table or view"),
    ],
)
def test_a_table_that_is_not_there_is_a_sentence(
    store: Store, survey: Callable[..., Survey], change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(StoreError, match=sentence):
        pull(store, survey(change=change), now=NOW)

    assert read_revisions(store) == {}


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("url = 'sqlite:///{tmp}/nowhere.sqlite'", "found no such file, expected an SQLite database"),
        ("url = 'nothing'", "cannot be used"),
        ("url = 'oracle://me@127.0.0.1/x'", "cannot be used"),
        ("url = 'postgresql://me@127.0.0.1:9/x?connect_timeout=2'", "did not do what was asked"),
        ("url_env = 'NO_SUCH_NAME'", "found no environment variable NO_SUCH_NAME"),
    ],
)
def test_a_database_that_cannot_be_reached_is_a_sentence(
    tmp_path: Path, store: Store, source: str, sentence: str
) -> None:
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.replace("url = '{url}'", source).format(table="answers", tmp=tmp_path), encoding="utf-8")

    with pytest.raises((StoreError, DefinitionError), match=sentence) as caught:
        pull(store, read_definition(path), now=NOW)

    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("url = '{url}'\n", ""), "neither url nor url_env"),
        (("url = '{url}'\n", "url = 'a'\nurl_env = 'B'\n"), "found url and url_env, expected one of them"),
        (("[columns]\n", "[columns]\nresponse = 'other'\n"), "found key = 'answer_id', expected 'other'"),
        (('key = "answer_id"\n', ""), "found no key, expected the column that names each row"),
    ],
)
def test_a_source_that_is_not_clear_is_refused(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.replace(*change).format(url="sqlite:///a", table="answers"), encoding="utf-8")

    with pytest.raises(DefinitionError, match=sentence):
        read_definition(path)


def test_a_definition_with_a_source_is_written_as_it_was_read(survey: Callable[..., Survey]) -> None:
    defined = replace(survey(), min_base=5)

    assert parsed_definition(definition_text(defined), file="again.toml", folder=Path()) == defined


SECRETS = (
    "postgresql://me:mine@127.0.0.1:9/x", "postgresql://me@127.0.0.1:9/x?password=mine", "postgresql://me:mi@mine@h/x",
    "postgresql://me@127.0.0.1:9/x?passfile=mine", "postgresql://allowed/x?host=mine", "//me:mine@nowhere",
    "sqlite:///answers.sqlite?key=mine",
)  # fmt: skip
"""Addresses with more in them than a place; each has the word "mine" where it must not be printed."""


@pytest.mark.parametrize("url", SECRETS)
def test_an_address_with_a_password_or_options_is_refused_and_not_printed(tmp_path: Path, url: str) -> None:
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url=url, table="answers"), encoding="utf-8")

    with pytest.raises(DefinitionError, match="found a password or options in url") as refused:
        read_definition(path)

    assert "mine" not in str(refused.value)


@pytest.mark.parametrize("url", SECRETS)
@pytest.mark.parametrize("hosts", ["", "127.0.0.1, nowhere, allowed, mine"])
def test_an_address_in_the_environment_is_never_printed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, url: str, hosts: str
) -> None:
    monkeypatch.setenv("WAREHOUSE_URL", url)
    monkeypatch.setenv("SOURCE_HOSTS", hosts)
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url="", table="x").replace("url = ''", "url_env = 'WAREHOUSE_URL'"), "utf-8")

    with pytest.raises(StoreError) as refused:
        pull(store, read_definition(path), now=NOW)

    said = str(refused.value)
    assert "WAREHOUSE_URL" in said
    assert not any(part in said for part in ("mine", "127.0.0.1", "nowhere", "me@"))


@pytest.mark.parametrize(
    "value", ["sk_live_4eC39Hq", "AKIA:4eC39Hq@s3", "s3://4eC39Hq", "4eC39Hq://x/y", "ftp:4eC39Hq"]
)
def test_a_variable_that_holds_something_else_than_an_address_is_never_printed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ANY_SECRET", value)
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url="", table="x").replace("url = ''", "url_env = 'ANY_SECRET'"), "utf-8")

    with pytest.raises(StoreError) as refused:
        pull(store, read_definition(path), now=NOW)

    assert "4eC39Hq" not in str(refused.value)


def test_rows_come_from_an_address_in_the_environment(
    warehouse: Engine, store: Store, survey: Callable[..., Survey], monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(warehouse, (1, "Yes", True))
    monkeypatch.setenv("WAREHOUSE_URL", warehouse.url.set(password="mine").render_as_string(hide_password=False))
    defined = survey()
    assert defined.source is not None

    report = pull(store, replace(defined, source=replace(defined.source, url=None, url_env="WAREHOUSE_URL")), now=NOW)

    assert counts(report) == (1, 0, 0, 0)
    assert "mine" not in str(read_survey(store, "river"))


@pytest.mark.parametrize("allowed", ["", "elsewhere.example", "127.0.0.1:1", "*.0.0.1", "/tmp/elsewhere"])
def test_nothing_is_pulled_from_a_place_that_the_installer_does_not_allow(
    warehouse: Engine, store: Store, survey: Callable[..., Survey], monkeypatch: pytest.MonkeyPatch, allowed: str
) -> None:
    monkeypatch.setenv("SOURCE_HOSTS", allowed)
    monkeypatch.setenv("SOURCE_FILES", allowed)
    if allowed == "*.0.0.1" and warehouse.dialect.name == "postgresql":
        pytest.skip("this names the server")
    insert(warehouse, (1, "Yes", True))

    with pytest.raises(StoreError, match="may not be pulled from") as refused:
        pull(store, survey(), now=NOW)

    assert ("SOURCE_FILES" if warehouse.dialect.name == "sqlite" else "SOURCE_HOSTS") in str(refused.value)
    assert read_revisions(store) == {}


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        ("postgresql://192.0.2.7,a.news.example/answers", {}),
        ("postgresql://a.news.example,192.0.2.7/answers", {}),
        ("postgresql://a.news.example/answers?host=192.0.2.7", {}),
        ("postgresql://a.news.example/answers?hostaddr=192.0.2.7", {}),
        ("postgresql://a.news.example/answers?service=other", {}),
        ("postgresql+psycopg://a.news.example/answers?conninfo=host%3D192.0.2.7", {}),
        ("postgresql+psycopg2://a.news.example/answers?dsn=host%3D192.0.2.7", {}),
        ("postgresql:///answers", {"PGHOST": "192.0.2.7"}),
        ("postgresql:///answers", {"PGHOST": "a.news.example,192.0.2.7"}),
        ("postgresql://a.news.example/answers", {"PGHOSTADDR": "192.0.2.7"}),
        ("postgresql://a.news.example/answers", {"PGSERVICE": "other"}),
        ("mysql://a.news.example/answers?host=192.0.2.7", {}),
        ("mssql+pyodbc:///?odbc_connect=Server%3D192.0.2.7", {}),
        ("mssql+pyodbc://", {}),
        ("oracle+oracledb:///", {}),
    ],
)  # fmt: skip
def test_no_way_of_naming_a_second_host_gets_past_the_list(address: str, environment: dict[str, str]) -> None:
    allowed = {"SOURCE_HOSTS": "*.news.example,localhost", "SOURCE_FILES": str(Path.cwd()), **environment}

    with pytest.raises(StoreError, match="is on a host that answers may not be pulled from"):
        refuse_forbidden(make_url(address), "the database", allowed)


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        ("postgresql://a.news.example:5432/answers", {}),
        ("postgresql://a.news.example,b.news.example/answers", {}),
        ("postgresql://a.news.example/answers", {"PGHOST": "192.0.2.7"}),
        ("postgresql:///answers?host=/run/postgresql", {"PGHOST": "192.0.2.7"}),
        ("postgresql:///answers", {"PGHOST": "a.news.example"}),
    ],
)
def test_an_address_that_leads_to_listed_hosts_alone_is_taken(address: str, environment: dict[str, str]) -> None:
    refuse_forbidden(make_url(address), "the database", {"SOURCE_HOSTS": "*.news.example,localhost", **environment})


def test_a_file_outside_of_an_allowed_folder_is_not_reached_through_a_link_in_it(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open").mkdir()
    with opened(tmp_path / "secret.sqlite"):
        (tmp_path / "open" / "link.sqlite").symlink_to(tmp_path / "secret.sqlite")
    monkeypatch.setenv("SOURCE_FILES", str(tmp_path / "open"))
    for name in ("link.sqlite", "../secret.sqlite"):
        path = tmp_path / "survey.toml"
        path.write_text(DEFINITION.format(url=f"sqlite:///{tmp_path}/open/{name}", table="response"), encoding="utf-8")

        with pytest.raises(StoreError, match="may not be pulled from"):
            pull(store, read_definition(path), now=NOW)


def test_a_store_of_this_program_is_no_source(store: Store, tmp_path: Path, server_address: str) -> None:
    for address in (f"sqlite:///{tmp_path}/other.sqlite", server_address):
        with opened(address.removeprefix("sqlite:///")):
            pass
        path = tmp_path / "survey.toml"
        path.write_text(DEFINITION.format(url=address, table="response"), encoding="utf-8")

        with pytest.raises(StoreError, match="a store of this program"):
            pull(store, read_definition(path), now=NOW)


def test_the_source_is_never_written_to(warehouse: Engine, store: Store, survey: Callable[..., Survey]) -> None:
    insert(warehouse, (1, "Yes", True))
    if warehouse.dialect.name == "sqlite":
        Path(str(warehouse.url.database)).chmod(0o444)

    assert counts(pull(store, survey(), now=NOW)) == (1, 0, 0, 0)


def test_a_row_that_would_take_the_memory_is_a_sentence(store: Store, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path}/others.sqlite")
    run(made, "CREATE VIEW answers AS SELECT 1 AS answer_id, zeroblob(900000000) AS move, '' AS given, "
              "1 AS weight, 'TRUE' AS member")  # fmt: skip
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url=f"sqlite:///{tmp_path}/others.sqlite", table="answers"), encoding="utf-8")

    with pytest.raises(StoreError, match="string or blob too big"):
        pull(store, read_definition(path), now=NOW)


def test_a_view_that_never_ends_is_a_sentence_and_nothing_of_it_stays(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PULLED_ROWS", 25_000)
    made = create_engine(f"sqlite:///{tmp_path}/endless.sqlite")
    run(made, "CREATE VIEW answers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
              "i AS answer_id, '' AS given, 1 AS weight, 'Yes' AS move, 'TRUE' AS member FROM n")  # fmt: skip
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url=f"sqlite:///{tmp_path}/endless.sqlite", table="answers"), encoding="utf-8")
    told = read_definition(path)

    with pytest.raises(StoreError, match="'answers': found over 25,000 rows, expected at most 25,000"):
        pull(store, told, now=NOW)

    with pytest.raises(SurveyError):
        read_status(store, "river")


@pytest.mark.filterwarnings("ignore:Exception ignored in. <function ServerCursorMixin", "ignore::ResourceWarning")
def test_a_server_that_accepts_and_is_silent_or_a_view_that_gives_no_row_is_a_sentence_in_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_postgres_address: str
) -> None:
    made = create_engine(f"sqlite:///{tmp_path}/endless.sqlite")
    run(made, "CREATE VIEW answers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS "
              "answer_id, '' AS given, 1 AS weight, 'Yes' AS move, 'TRUE' AS member FROM n WHERE i < 0")  # fmt: skip
    warehouse = create_engine(bare_postgres_address)
    run(warehouse, MADE["postgresql"])
    warehouse.dispose()
    monkeypatch.setattr(pulling, "each_within", partial(each_within, first=1.0, others=1.0))
    path = tmp_path / "survey.toml"

    with dripping() as silent, psycopg.connect(bare_postgres_address) as holder:
        holder.execute("LOCK TABLE answers IN ACCESS EXCLUSIVE MODE")
        for url in (f"postgresql://me@127.0.0.1:{silent}/x", f"sqlite:///{tmp_path}/endless.sqlite",
                    bare_postgres_address):  # fmt: skip
            path.write_text(DEFINITION.format(url=url, table="answers"), encoding="utf-8")
            began = time.monotonic()

            with pytest.raises(StoreError, match=r"the database of \[source\] did not answer within 1 seconds"):
                pull(store, read_definition(path), now=NOW)

            assert time.monotonic() - began < ENOUGH - 1
    assert wait_until(lambda: not [one for one in threading.enumerate() if one.name == "store"])
    gc.collect()  # the driver complains here of the cursor whose connection was cut


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:mine/x", "postgresql://127.0.0.1:5432,127.0.0.1:mine/x"])
def test_an_address_without_a_number_for_its_port_is_a_sentence_that_does_not_quote_it(
    store: Store, tmp_path: Path, url: str
) -> None:
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(url=url, table="answers"), encoding="utf-8")

    with pytest.raises(SurveyError) as refused:
        pull(store, read_definition(path), now=NOW)

    assert "mine" not in str(refused.value)
    assert "password" in str(refused.value) or "port" in str(refused.value)


# The command


def test_the_command_pulls_by_definition_and_then_by_the_recorded_survey(
    tmp_path: Path, warehouse: Engine, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (1, "Yes", True))
    survey()
    db = ("--db", tmp_path / "ours.sqlite", "--format", "json")

    first = command("pull", "--definition", tmp_path / "survey.toml", *db)
    insert(warehouse, (2, "No", True))
    second = command("pull", "river", *db)

    assert [json.loads(done.stdout)["stored"] for done in (first, second)] == [1, 1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "name a recorded survey, or with --definition"),
        (("river", "--definition", "x.toml"), "name a recorded survey, or with --definition"),
        (("river", "--every", "often"), "--every is 'often', expected a time such as 60s, 5m or 1h"),
    ],
)
def test_a_pull_that_is_not_clear_ends_with_2(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    result = command("pull", *words, "--db", tmp_path / "ours.sqlite")

    assert (result.exit_code, sentence in result.stderr) == (2, True)


def test_a_pull_on_and_on_brings_in_what_comes(
    tmp_path: Path, warehouse: Engine, survey: Callable[..., Survey]
) -> None:
    insert(warehouse, (1, "Yes", True))
    survey()
    words = ("pull", "--definition", tmp_path / "survey.toml", "--every", "1s", "--db", tmp_path / "o.sqlite")
    with started(*words) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        insert(warehouse, (2, "No", True))
        second = process.stdout.readline()

    assert ("stored 1 + duplicate 0" in first, "stored 1 + duplicate 1" in second) == (True, True)
