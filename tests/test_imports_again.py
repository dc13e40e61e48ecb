"""Files that come again: the same, grown by columns, described by more questions; and what a rehearsal says of them."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from analytics.errors import StoreError
from analytics.imports.answers.respondents import contents, row_digests
from analytics.model import ImportReport, Response
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.record.imports import read_unfinished, record_import
from analytics.store.record.live import record_responses
from analytics.store.tables.opening import open_store
from analytics.store.tend.verify import verify_store
from tests.surveys import NOW, RIVER, chunk_of, command, opened, people, rows

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
min_base = 5
[columns]
{response}
[[question]]
key = "move"
column = "{column}"
text = "Should the library move?"
kind = "single"
choices = ["Yes", "No"]
"""

STAY = """
[[question]]
key = "stay"
column = "stay"
text = "Would you stay?"
kind = "single"
choices = ["Yes", "No"]
"""

Import = Callable[..., dict[str, int]]


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Returns a function that imports the lines of a file by the command line and says what became of the rows."""

    def run(
        *lines: str, more: str = "", response: str = "", column: str = "move", options: tuple[str, ...] = ()
    ) -> dict[str, int]:
        (tmp_path / "survey.toml").write_text(
            DEFINITION.format(response=response, column=column) + more, encoding="utf-8"
        )
        (tmp_path / "readers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        result = command(
            "import", tmp_path / "readers.csv", "--definition", tmp_path / "survey.toml", "--db", tmp_path / "o.sqlite",
            "--format", "json", *options,
        )  # fmt: skip
        report = json.loads(result.stdout)
        return {name: report[name] for name in ("read", "stored", "duplicate", "rejected") if report[name]}

    return run


# What a response is known by


def test_an_export_that_gains_a_column_counts_no_row_again(imported: Import) -> None:
    imported("move", "Yes", "No", "Yes")

    again = imported("note,move,mail", "a,Yes,x@y.z", "b,No,", "c,Yes,", "d,Yes,")

    assert again == {"read": 4, "stored": 1, "duplicate": 3}


def test_an_export_that_gains_a_column_has_the_same_content_under_each_id(imported: Import) -> None:
    imported("id,move", "1,Yes", "2,No", response='response = "id"')

    again = imported("id,move,note", "1,Yes,a", "2,Yes,b", response='response = "id"')

    assert again == {"read": 2, "duplicate": 1, "rejected": 1}


def test_the_columns_may_come_in_another_order_and_under_other_names(imported: Import) -> None:
    imported("id,move", "1,Yes", "2,No", response='response = "id"')

    again = imported("Should it move?,id", "Yes,1", "No,2", response='response = "id"', column="Should it move?")

    assert again == {"read": 2, "duplicate": 2}


def test_a_definition_that_gains_a_question_makes_no_row_another(imported: Import) -> None:
    imported("move,stay", "Yes,No", "No,No", "Yes,Yes")

    again = imported("move,stay", "Yes,No", "No,No", "Yes,Yes", more=STAY)

    assert again == {"read": 3, "duplicate": 3}


def test_what_was_recorded_by_whole_rows_stays_known_by_them(tmp_path: Path, imported: Import) -> None:
    imported("move,note", "Yes,a", "No,b")
    forget_what_rows_are_known_by(tmp_path / "o.sqlite", whole_rows=("Yes\0a", "No\0b"))

    again = imported("move,note", "Yes,a", "No,b", "No,c")

    assert again == {"read": 3, "stored": 1, "duplicate": 2}


def forget_what_rows_are_known_by(database: Path, whole_rows: tuple[str, ...]) -> None:
    """Turns a database into one that version 1 wrote, which knew of no such choice and hashed whole rows."""
    with closing(sqlite3.connect(database)) as connection, connection:
        ((text,),) = connection.execute("SELECT definition FROM survey").fetchall()
        definition = json.loads(text)
        assert definition.pop("known_by") == ["question/move"]
        connection.execute("UPDATE survey SET definition = ?", [json.dumps(definition)])
        digests = row_digests(whole_rows)
        for number, (digest, content) in enumerate(zip(digests, contents(digests).tolist(), strict=True), 1):
            known = [f"row:{digest.hex()}:0", content, number]
            connection.execute("UPDATE response SET key = ?, content = ? WHERE response_no = ?", known)


# The same file again


def test_the_same_file_again_is_recognised_and_said(tmp_path: Path, imported: Import) -> None:
    imported("move", "Yes")
    words = (
        "import",
        tmp_path / "readers.csv",
        "--definition",
        tmp_path / "survey.toml",
        "--db",
        tmp_path / "o.sqlite",
    )

    same = command(*words)
    (tmp_path / "readers.csv").write_text("move\nYes\nYes\n", encoding="utf-8")
    grown = command(*words)

    assert "readers.csv: the same file was imported before, on " in same.stderr
    assert "the same file" not in grown.stderr


# A rehearsal


def test_a_dry_run_sees_what_is_the_same_in_several_files(tmp_path: Path, imported: Import) -> None:
    (tmp_path / "more.csv").write_text("id,move\n2,No\n3,Yes\n", encoding="utf-8")
    lines, options = ("id,move", "1,Yes", "2,No"), {"response": 'response = "id"'}

    rehearsed = imported(*lines, **options, options=("--dry-run", str(tmp_path / "more.csv")))  # type: ignore[arg-type]
    done = imported(*lines, **options, options=(str(tmp_path / "more.csv"),))  # type: ignore[arg-type]

    assert rehearsed == done == {"read": 4, "stored": 3, "duplicate": 1}


def test_a_dry_run_makes_no_database(tmp_path: Path, imported: Import) -> None:
    rehearsed = imported("move", "Yes", options=("--dry-run",))

    assert rehearsed == {"read": 1, "stored": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["readers.csv", "survey.toml"]


# What is said of rows and of the end of a file


def test_every_row_set_aside_or_rejected_is_written_with_line_and_reason(tmp_path: Path, imported: Import) -> None:
    imported("=1+1,move", "a,Yes", "b,Perhaps", "c", column="move",
             options=("--accept-rejected", "--report", str(tmp_path / "aside.csv")))  # fmt: skip

    with (tmp_path / "aside.csv").open(encoding="utf-8", newline="") as file:
        written = [[row["line"], row["place"], row["found"]] for row in csv.DictReader(file)]
    assert written == [["3", "move", "'Perhaps'"], ["4", "", "1 cell"]]


def test_a_report_that_cannot_be_written_is_a_sentence(tmp_path: Path, imported: Import) -> None:
    imported("move", "Yes")

    result = command(
        "import", tmp_path / "readers.csv", "--definition", tmp_path / "survey.toml", "--db", tmp_path / "o.sqlite",
        "--report", tmp_path / "no" / "folder.csv",
    )  # fmt: skip

    assert result.exit_code == 1
    assert "expected a file that can be written" in result.stderr


def test_more_faults_than_a_report_holds_are_counted_and_all_written(tmp_path: Path, imported: Import) -> None:
    (tmp_path / "many.csv").write_text("move\n" + "Perhaps\n" * 10_002, encoding="utf-8")
    imported("move", "Yes")

    result = command(
        "import", tmp_path / "many.csv", "--definition", tmp_path / "survey.toml", "--db", tmp_path / "o.sqlite",
        "--report", tmp_path / "all.csv", "--accept-rejected",
    )  # fmt: skip

    assert "these are the first 10,000 of 10,002 faults" in result.stderr
    assert len((tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()) == 10_003


def test_characters_that_no_database_holds_are_counted(tmp_path: Path, imported: Import) -> None:
    imported("move", "Yes")
    (tmp_path / "odd.csv").write_bytes(b"move,note\nYes,a\0b\0\nNo,\xed\xa0\x80\nNo,c\n")

    result = command(
        "import", tmp_path / "odd.csv", "--definition", tmp_path / "survey.toml", "--db", tmp_path / "o.sqlite"
    )

    assert "3 characters that no database can hold were replaced by U+FFFD" in result.stderr


def unfinished_store(path: Path) -> Store:
    """Returns a store in which a large file was cut off after its first chunk."""
    store = open_store(str(path))

    def chunks():  # type: ignore[no-untyped-def]
        yield chunk_of(RIVER, people(0, 12))
        yield chunk_of(RIVER, people(20, 12))
        raise OSError("the power is gone")

    with pytest.raises(OSError, match="the power is gone"):
        record_import(store, RIVER, chunks(), file="large.csv", content="1", now=NOW, whole_rows=12)
    return store


def test_surveys_and_verify_say_that_an_import_is_unfinished(tmp_path: Path) -> None:
    unfinished_store(tmp_path / "o.sqlite").dispose()

    listed, verified = (rows(name, "--db", tmp_path / "o.sqlite") for name in ("surveys", "verify"))
    said = command("verify", "--db", tmp_path / "o.sqlite")

    assert [row["unfinished"] for row in (*listed, *verified)] == [1, 1]
    assert said.exit_code == 0
    assert (
        "river: the import of large.csv, begun 1 June 2025 at 12:00 UTC, is unfinished; 12 rows are in" in said.stderr
    )


@pytest.mark.parametrize(
    ("file", "content", "left"), [("large.csv", "2", 0), ("renamed.csv", "1", 0), ("b.csv", "2", 1)]
)
def test_an_unfinished_import_is_made_good_by_the_same_file_by_name_or_content(
    tmp_path: Path, file: str, content: str, left: int
) -> None:
    store = unfinished_store(tmp_path / "o.sqlite")

    record_import(store, RIVER, [chunk_of(RIVER, people(0, 32))], file=file, content=content, now=NOW)

    assert len(read_unfinished(store).get("river", ())) == left
    store.dispose()


# A disk that is full


def test_a_full_disk_is_one_sentence_and_the_same_import_finishes_once_there_is_room(tmp_path: Path) -> None:
    def keep_small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 200")

    open_store(str(tmp_path / "o.sqlite")).dispose()
    chunks = [chunk_of(RIVER, people(first, 3000)) for first in (0, 3000, 6000)]
    with opened(tmp_path / "o.sqlite") as store:
        event.listen(store, "connect", keep_small)
        store.dispose()
        with pytest.raises(StoreError, match="did not do what was asked: database or disk is full"):
            record_import(store, RIVER, chunks, file="large.csv", now=NOW, whole_rows=1000)
        left = read_status(store, "river").counted
        assert (left in (0, 3000, 6000), [len(found.wrong) for found in verify_store(store)]) == (True, [0])
        event.remove(store, "connect", keep_small)
        store.dispose()
        report = record_import(store, RIVER, chunks, file="large.csv", now=NOW, whole_rows=1000)

    assert (report.stored, report.duplicate) == (9000 - left, left)
    with closing(sqlite3.connect(tmp_path / "o.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_heading_alone_makes_no_survey_that_nobody_asked_for(tmp_path: Path) -> None:
    file, db = tmp_path / "readers.csv", tmp_path / "store.sqlite"
    file.write_text("id,move\n\n\n", encoding="utf-8")
    for words in (("--dry-run",), ()):
        refused = command("import", file, "--db", db, *words)
        assert refused.exit_code == 1
        assert (
            "readers.csv: found no row below the heading, expected the answers of one reader or more" in refused.output
        )
    assert "readers" not in command("surveys", "--db", db).output

    definition = tmp_path / "survey.toml"
    command("import", file, "--db", db, "--dry-run", "--write-definition", definition)
    made = command("import", file, "--db", db, "--definition", definition)

    assert made.exit_code == 0, made.output
    assert "read 0 = stored 0" in made.output
    file.write_text("id,move\n1,Yes\n", encoding="utf-8")
    assert "stored 1" in command("import", file, "--db", db, "--definition", definition, "--accept-changes").output
    file.write_text("id,move\n", encoding="utf-8")
    assert command("import", file, "--db", db).exit_code == 0  # nothing came today: no fault of a survey that is known


def test_an_answer_waits_for_one_stretch_of_an_import_at_most(tmp_path: Path) -> None:
    counted = []
    with opened(tmp_path / "store.sqlite") as importing, opened(tmp_path / "store.sqlite") as taking:

        def so_far(report: ImportReport) -> None:
            record_responses(taking, "river", [Response(f"live-{report.read}", {"move": ("Yes",)}, {})])
            counted.append(read_status(taking, "river").counted)

        stretches = [chunk_of(RIVER, people(100 * number, 100)) for number in range(5)]
        record_import(importing, RIVER, stretches, file="readers.csv", now=NOW, whole_rows=150, progress=so_far)

    assert counted == [101, 202, 303, 404, 505]
