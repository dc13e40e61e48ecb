"""No file can hurt: each of the corpus gets its one clear sentence, or is read for what it holds, and nothing else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from analytics.imports.cells.fields import Field, ToolEvent
from analytics.imports.cells.rows import split_row
from analytics.imports.reading.webhooks import stretches
from tests.forked import work_seconds
from tests.hostile import Hostile, corpus
from tests.surveys import command

WORDS = (
    "Yes",
    "No",
    "None",
    "N/A",
    "null",
    "NA",
    "nan",
    "007",
    "7",
    "4012888888881881",
    "4012888888881882",
    "1e5",
    "TRUE",
)
DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
[columns]
response = "id"
[[question]]
key = "move"
column = "move"
text = "Should the library move?"
kind = "single"
choices = [{words}]
"""

CORPUS = list(corpus())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with a definition and a database that holds two answers."""
    folder = tmp_path_factory.mktemp("hostile")
    words = ", ".join(f'"{word}"' for word in WORDS)
    (folder / "survey.toml").write_text(DEFINITION.format(words=words), encoding="utf-8")
    (folder / "first.csv").write_text("id,move\n1,Yes\n2,No\n", encoding="utf-8")
    done = command("import", folder / "first.csv", "--definition", folder / "survey.toml", "--db", folder / "o.sqlite")
    assert done.exit_code == 0
    return folder


@pytest.fixture
def database(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """Gives a copy of the database, for one file to be imported into."""
    with closing(sqlite3.connect(folder / "o.sqlite")) as ours, closing(sqlite3.connect(tmp_path / "o.sqlite")) as copy:
        ours.backup(copy)
    return tmp_path / "o.sqlite"


def held(database: Path) -> list[str]:
    """Returns all that a database holds, row for row."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def test_the_corpus_is_large_and_every_file_has_a_name_of_its_own() -> None:
    assert len({one.name for one in CORPUS}) == len(CORPUS) >= 100


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in CORPUS])
def test_a_hostile_file_is_refused_in_a_sentence_or_read_for_what_it_holds(
    one: Hostile, folder: Path, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / one.name
    one.make(path)
    before, started = held(database), work_seconds()

    result = command(
        "import", path, "--definition", folder / "survey.toml", "--db", database, "--format", "json",
        "--accept-rejected",
    )  # fmt: skip

    assert work_seconds() - started < 20
    assert "Traceback" not in result.output
    if one.sentence:
        assert (result.exit_code, result.stdout) == (1, "")
        assert re.match(r"Error: .*found .*expected .*(: |\n).", result.stderr, re.DOTALL)  # and what to do
        assert one.sentence in result.stderr
        assert one.name in result.stderr
        assert held(database) == before
    else:
        report = json.loads(result.stdout)
        assert tuple(report[name] for name in ("stored", "quarantined", "rejected")) == one.rows
        assert report["read"] == sum(one.rows)


def test_words_and_ids_that_look_like_nothing_or_like_numbers_come_in_as_they_stand(
    folder: Path, tmp_path: Path, database: Path
) -> None:
    for name in ("words.csv", "ids.csv"):
        next(one for one in CORPUS if one.name == name).make(tmp_path / name)
        command(
            "import", tmp_path / name, "--definition", folder / "survey.toml", "--db", database, "--accept-rejected"
        )

    with closing(sqlite3.connect(database)) as connection:
        keys = {key for (key,) in connection.execute("SELECT key FROM response")}
        counted = connection.execute(
            "SELECT value, count(*) FROM answer JOIN code ON number = choice_no "
            "AND scope = 'choice/move' GROUP BY value"
        )
        found = dict(counted.fetchall())
    assert {f"id:{word}" for word in WORDS[2:]} <= keys
    assert {word: found[word] for word in WORDS[2:]} == dict.fromkeys(WORDS[2:], 1)


def test_the_usual_reader_of_csv_files_guesses_and_shifts_where_ours_does_not(tmp_path: Path) -> None:
    for name in ("words.csv", "shifted.csv"):
        next(one for one in CORPUS if one.name == name).make(tmp_path / name)

    words, shifted = pd.read_csv(tmp_path / "words.csv"), pd.read_csv(tmp_path / "shifted.csv")

    assert words["move"].isna().sum() == 5, "the corpus does not show what is guessed"
    assert shifted.iloc[0].tolist() == [3, 4], "the corpus does not show what is shifted"


def test_a_nul_or_half_a_character_in_an_event_shifts_no_cell_and_is_counted() -> None:
    fields = (Field("id"), Field("move"))
    events = [
        ToolEvent(1, fields, {"id": "2\0", "move": "Yes\ud800"}),
        ToolEvent(2, fields, {"id": "3", "move": "No"}),
    ]

    (rows,) = stretches(events, fields, 10)

    assert list(map(split_row, rows.texts)) == [("2\ufffd", "Yes\ufffd"), ("3", "No")]
    assert (rows.lines, rows.replaced) == ([1, 2], 2)
