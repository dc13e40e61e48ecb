"""The command line: what it prints, what it refuses, and with which exit status it ends."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click
import pytest
from scipy import stats

from analytics.commands.program import cli
from analytics.store.tables import schema
from tests.conftest import ROOT
from tests.surveys import command, rows

ROW_KEYS = ["question", "statistic", "choice", "choice_label"]
NUMBER_KEYS = [
    "period", "weights", "base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low",
    "high", "suppressed", "reason", "flag",
]  # fmt: skip
NUMBERS = NUMBER_KEYS[2:12]

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
min_base = 5
[columns]
response = "id"
responded_at = "at"
weight = "w"
[[question]]
key = "move"
text = "Should the library move?"
kind = "single"
choices = [{ value = "Yes, now", label = "Yes" }, "No", 'Say "later"']
missing = ["NA"]
[[question]]
key = "trust"
text = "How far do you trust the council?"
kind = "scale"
choices = [{ value = "1" }, { value = "2" }, { value = "3" }]
nets = [{ key = "net", label = "High minus low", plus = ["3"], minus = ["1"] }]
[[question]]
key = "needs"
text = "What does the river need?"
kind = "multiple"
column = "needs"
separator = "; "
choices = ["Bank", "Boats"]
[[question]]
key = "why"
text = "Why?"
kind = "text"
[[dimension]]
key = "age"
bands = [18, 30, 60]
missing = ["?"]
[[dimension]]
key = "region"
"""


def line_of(n: int) -> list[str]:
    """Returns the cells of the n-th reader, for n from 0 to 47: eight a day and one a day without a time."""
    move = ["Yes, now", "No", 'Say "later"', "NA"][n % 4]
    region = ["North, East", 'the "old" town', "South", ""][n // 12]
    when = "" if n % 8 == 7 else f"2025-05-{18 + n // 8 + (n // 40)}T{n % 24:02}:30:00"
    needs = ["Bank", "Bank; Boats", ""][n % 3]
    return [f"{n:03}", when, str(1 + n % 3), move, str(1 + n % 3), needs, "", str([20, 40, 70][n % 3]), region]


HEAD = ["id", "at", "w", "move", "trust", "needs", "why", "age", "region"]


def write_rows(path: Path, lines: list[list[str]]) -> Path:
    """Returns the path of a file that now has these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *lines])
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands")
    (path / "river.toml").write_text(DEFINITION, encoding="utf-8")
    write_rows(path / "readers.csv", [line_of(n) for n in range(48)])
    return path


@pytest.fixture(scope="module")
def db(folder: Path) -> Path:
    path = folder / "opinions.sqlite"
    assert imported(folder, path)["stored"] == 48
    return path


def imported(folder: Path, db: Path, *options: str, file: str = "readers.csv") -> dict[str, Any]:
    """Returns what `import --format json` prints."""
    words = ("import", folder / file, "--definition", folder / "river.toml", "--db", db, *options)
    found: dict[str, Any] = json.loads(command(*words, "--format", "json").stdout)
    return found


def base_n(db: Path, *options: str) -> int | None:
    """Returns the base of the topline of `trust` under these options."""
    found: int | None = rows("topline", "river", "trust", "--db", db, "--min-base", "5", "--weights", "none", *options)[
        0
    ]["base_n"]
    return found


def refused(*words: object) -> str:
    """Returns what a command says that was wrong in itself."""
    result = command(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr


# Import


def test_import_prints_its_account_and_its_faults(folder: Path, tmp_path: Path) -> None:
    bad = [*line_of(3)[:3], "Perhaps", *line_of(3)[4:]]
    write_rows(folder / "bad.csv", [line_of(0), line_of(1), line_of(0), bad, ["x"], ["000", *line_of(4)[1:]]])

    report = imported(folder, tmp_path / "new.sqlite", "--accept-rejected", file="bad.csv")

    assert list(report) == ["survey", "read", "stored", "duplicate", "quarantined", "rejected", "faults"]
    assert list(report.values())[:-1] == ["river", 6, 2, 1, 1, 2]
    assert [list(fault) for fault in report["faults"]] == [["file", "line", "place", "found", "expected"]] * 3
    assert [(fault["line"], fault["place"], fault["found"]) for fault in report["faults"]] == [
        (5, "move", "'Perhaps'"), (6, "", "1 cell"),
        (7, "", "response '000' with other content than the one stored under that id"),
    ]  # fmt: skip


def test_import_ends_with_1_where_there_are_faults_and_with_0_where_there_are_none(
    folder: Path, tmp_path: Path
) -> None:
    write_rows(folder / "short.csv", [line_of(0), ["x"]])
    words = ("--definition", folder / "river.toml", "--db", tmp_path / "new.sqlite")

    faulty = command("import", folder / "short.csv", "--accept-rejected", *words)
    sound = command("import", folder / "readers.csv", *words)

    assert (faulty.exit_code, sound.exit_code) == (1, 0)
    assert faulty.stderr == (
        "short.csv, line 3: found 1 cell, expected 9, as in the header\nWARNING: 1 rows of readers are not counted\n"
    )
    assert faulty.stdout == "river: read 2 = stored 1 + duplicate 0 + quarantined 0 + rejected 1\n"
    assert sound.stdout == "river: read 48 = stored 47 + duplicate 1 + quarantined 0 + rejected 0\n"


def test_a_dry_run_reports_what_would_happen_and_leaves_the_file_as_it_was(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "some.sqlite"
    write_rows(folder / "few.csv", [line_of(n) for n in range(5)])
    imported(folder, db, file="few.csv")
    before, dump = db.read_bytes(), dump_of(db)

    report = imported(folder, db, "--dry-run")
    said = command("import", folder / "readers.csv", "--definition", folder / "river.toml", "--db", db, "--dry-run")

    assert (report["stored"], report["duplicate"]) == (43, 5)
    assert said.stdout.endswith("(dry run: nothing was changed)\n")
    assert db.read_bytes() == before
    assert dump_of(db) == dump
    assert imported(folder, db) == report


def dump_of(db: Path) -> list[str]:
    """Returns all that is in the database, as SQL."""
    connection = sqlite3.connect(db)
    found = list(connection.iterdump())
    connection.close()
    return found


def test_several_files_make_one_account(folder: Path, tmp_path: Path) -> None:
    write_rows(folder / "one.csv", [line_of(n) for n in range(20)])
    write_rows(folder / "two.csv", [line_of(n) for n in range(15, 30)])
    words = ("--definition", folder / "river.toml", "--db", tmp_path / "new.sqlite", "--format", "json")

    report = json.loads(command("import", folder / "one.csv", folder / "two.csv", *words).stdout)

    assert (report["read"], report["stored"], report["duplicate"]) == (35, 30, 5)


def test_faults_can_be_had_as_csv(folder: Path, tmp_path: Path) -> None:
    write_rows(folder / "short.csv", [line_of(0), ["x"]])
    words = ("--definition", folder / "river.toml", "--db", tmp_path / "new.sqlite", "--format", "csv")

    result = command("import", folder / "short.csv", "--accept-rejected", *words)

    assert list(csv.reader(io.StringIO(result.stdout))) == [
        ["file", "line", "place", "found", "expected"], ["short.csv", "3", "", "1 cell", "9, as in the header"],
    ]  # fmt: skip


def test_an_article_comes_with_the_survey(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("# The river rises\n\nIt rained.\n", encoding="utf-8")
    words = ("--definition", folder / "river.toml", "--article", tmp_path / "article.md", "--db", tmp_path / "a.sqlite")

    result = command("import", folder / "readers.csv", *words)

    assert result.exit_code == 0
    assert "The river rises" in "\n".join(dump_of(tmp_path / "a.sqlite"))


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["import", "{folder}/readers.csv", "--time-zone", "Berlin", "--db", "{db}"], 1, "found time_zone = 'Berlin'"),
        (["import", "--definition", "{folder}/river.toml", "--db", "{db}"], 2, "Missing argument"),
        (["import", "{folder}/none.csv", "--definition", "{folder}/river.toml", "--db", "{db}"], 1, "none.csv"),
        (["import", "{folder}/readers.csv", "--definition", "{folder}/none.toml", "--db", "{db}"], 1, "none.toml"),
        (
            ["import", "{folder}/readers.csv", "--definition", "{folder}/readers.csv", "--db", "{db}"],
            1,
            "no valid TOML",
        ),
    ],
)
def test_an_import_that_cannot_begin_says_why(
    folder: Path, tmp_path: Path, words: list[str], status: int, sentence: str
) -> None:
    result = command(*(word.format(folder=folder, db=tmp_path / "new.sqlite") for word in words))

    assert result.exit_code == status
    assert sentence in result.stderr


# What is printed


@pytest.mark.parametrize(
    ("words", "banner"),
    [
        (["topline", "river", "move"], []),
        (["crosstab", "river", "trust", "--by", "region", "--by", "age"], ["region", "age"]),
        (["trend", "river", "needs", "--every", "day", "--by", "age"], ["age"]),
    ],
)
def test_json_rows_have_exactly_the_keys_of_the_design_in_their_order(
    db: Path, words: list[str], banner: list[str]
) -> None:
    found = rows(*words, "--db", db)

    assert found
    for row in found:
        assert list(row) == [*ROW_KEYS, *banner, *NUMBER_KEYS]


def test_json_has_null_for_what_is_not_known_and_never_nan(db: Path) -> None:
    def never(constant: str) -> None:
        raise AssertionError(constant)

    text = command(
        "crosstab", "river", "trust", "--by", "region", "--db", db, "--min-base", "40", "--format", "json"
    ).stdout
    found = json.loads(text, parse_constant=never)

    assert all(row["suppressed"] for row in found)
    assert {row["reason"] for row in found} == {"fewer than 40 answered"}
    assert all(row[number] is None for row in found for number in NUMBERS)


def test_counts_are_whole_and_shares_are_not_percent(db: Path) -> None:
    first = rows("topline", "river", "move", "--db", db)[0]

    assert (first["choice"], first["choice_label"], first["period"], first["weights"]) == (
        "Yes, now",
        "Yes",
        None,
        "base",
    )
    assert isinstance(first["base_n"], int)
    assert isinstance(first["count"], int)
    assert (first["base_n"], first["count"]) == (36, 12)
    assert first["share"] == first["value"] == pytest.approx(1 / 3)
    assert (first["suppressed"], first["reason"]) == (False, None)


@pytest.mark.parametrize(
    "words",
    [
        ["topline", "river", "move"],
        ["crosstab", "river", "trust", "--by", "region", "--min-base", "10"],
        ["trend", "river", "needs", "--every", "day"],
        ["surveys"],
        ["verify"],
    ],
)
def test_csv_says_the_same_as_json(db: Path, words: list[str]) -> None:
    expected = rows(*words, "--db", db)

    found = list(csv.DictReader(io.StringIO(command(*words, "--db", db, "--format", "csv").stdout)))

    assert list(found[0]) == list(expected[0])
    assert found == [{key: "" if value is None else str(value) for key, value in row.items()} for row in expected]


def test_a_table_shows_dashes_for_what_is_suppressed_and_names_the_undated(db: Path) -> None:
    table = command("trend", "river", "trust", "--every", "day", "--db", db, "--min-base", "30").stdout
    nothing = command("topline", "river", "move", "--db", db, "--where", "age=18-29", "--since", "2026-01-01").stdout

    assert "fewer than 30 answered" in table
    assert "nan" not in table.lower()
    assert table.splitlines()[-1] == "6 answers without a time stamp are left out"
    assert "nobody answered" in nothing


def test_surveys_are_listed_with_their_times_in_their_zone(db: Path) -> None:
    assert rows("surveys", "--db", db) == [
        {
            "survey": "river", "title": "The river", "questions": 4, "counted": 48, "quarantined": 0,
            "first": "2025-05-18T00:30:00+02:00", "last": "2025-05-24T22:30:00+02:00", "simulated": False,
            "unfinished": 0, "waiting": 0,
        }
    ]  # fmt: skip


def test_verify_ends_with_1_where_a_cell_is_wrong(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "new.sqlite"
    imported(folder, db)
    sound = command("verify", "--db", db)
    connection = sqlite3.connect(db)
    connection.execute("UPDATE tally SET n = n + 1 WHERE grain = 1 AND question_no = 1 AND choice_no = 2")
    connection.commit()
    connection.close()

    broken = command("verify", "--db", db, "--format", "json")

    assert (sound.exit_code, broken.exit_code) == (0, 1)
    assert json.loads(broken.stdout)[0]["wrong"] > 0


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    assert command("surveys", "--db", tmp_path / "new.sqlite").stdout == "no survey yet: import one\n"
    assert command("verify", "--db", tmp_path / "new.sqlite").exit_code == 0


def test_the_base_of_all_has_those_who_gave_no_answer(db: Path) -> None:
    found = rows("topline", "river", "move", "--db", db, "--base", "all", "--weights", "none")

    assert [row["choice"] for row in found] == ["Yes, now", "No", 'Say "later"', "No answer"]
    assert [(row["base_n"], row["count"]) for row in found] == [(48, 12)] * 4


def test_three_intervals_can_be_chosen(db: Path) -> None:
    p, variance = 12 / 36, 12 / 36 * 24 / 36 / 36 * 48 / 47  # 12 of 36 who answered, in a design of 48
    half = stats.t.ppf(0.975, 35) * math.sqrt(variance) / (p * (1 - p))
    logit = [1 / (1 + math.exp(-math.log(p / (1 - p)) - side * half)) for side in (-1, 1)]
    wilson = stats.binomtest(12, 36).proportion_ci(method="wilson")
    n = p * (1 - p) / variance
    beta = (stats.beta.ppf(0.025, p * n, n - p * n + 1), stats.beta.ppf(0.975, p * n + 1, n - p * n))

    for interval, limits in {"logit": logit, "wilson": wilson, "beta": beta}.items():
        first = rows("topline", "river", "move", "--db", db, "--weights", "none", "--interval", interval)[0]

        assert (first["low"], first["high"]) == pytest.approx(tuple(limits), rel=1e-9)


# Filters


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        (['region="North, East"'], 12),
        (['region="North, East",South'], 24),
        (['region="North, East", South'], 24),
        (['region="the ""old"" town"'], 12),
        (['region=the "old" town'], 12),
        (["region=South", 'region="North, East"'], 24),
        (["region=South", "age=18-29,60+"], 8),
        (["region=No answer"], 12),
        (["age=60+", "region=No answer", "region=South"], 8),
    ],
)
def test_values_are_quoted_as_in_csv_repeated_keys_are_or_and_different_keys_and(
    db: Path, where: list[str], kept: int
) -> None:
    assert base_n(db, *(word for condition in where for word in ("--where", condition))) == kept


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["--since", "2025-05-18", "--until", "2025-05-19"], 7),
        (["--since", "2025-05-18T02", "--until", "2025-05-18T07:00"], 5),
        (["--since", "2025-05-18T00:00+00:00", "--until", "2025-05-18T05:00:00Z"], 5),
        (["--since", "2025-05-24"], 7),
        (["--until", "2025-05-18T00:00"], None),
    ],
)
def test_since_and_until_are_hours_or_days_of_the_surveys_zone(db: Path, options: list[str], kept: int | None) -> None:
    assert base_n(db, *options) == kept


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["topline", "rivre", "move"], "there is no survey 'rivre' in the store; there is: river"),
        (["topline", "river", "mvoe"], "'mvoe' is no question of survey 'river' (did you mean 'move'?)"),
        (["topline", "river", "why"], "takes free text"),
        (["crosstab", "river", "move", "--by", "aeg"], "'aeg' is no dimension or question"),
        (["crosstab", "river", "move"], "crossed with --by KEY, or side by side with --banner KEY"),
        (
            ["topline", "river", "move", "--where", "age=18-92"],
            "(did you mean '18-29'?); there is: '18-29', '30-59', '60+'",
        ),
        (["topline", "river", "move", "--where", "aeg=18-29"], "(did you mean 'age'?)"),
        (["topline", "river", "move", "--where", "age"], "--where is 'age', expected KEY=VALUE[,VALUE...]"),
        (["topline", "river", "move", "--where", "=x"], "expected KEY=VALUE"),
        (["topline", "river", "move", "--where", "age="], "'' is no level of 'age'"),
        (["topline", "river", "move", "--where", "age=18-29\n60+"], "expected those of several lines in quotes"),
        (["topline", "river", "move", "--since", "2025-05-19T16:30"], "expected a whole hour in Europe/Berlin"),
        (["topline", "river", "move", "--since", "2025-05-19T14:00+05:30"], "expected a whole hour in Europe/Berlin"),
        (
            ["topline", "river", "move", "--until", "yesterday"],
            "--until is 'yesterday', expected a date or hour such as",
        ),
        (["topline", "river", "move", "--since", "2025-02-30"], "--since is '2025-02-30'"),
        (["topline", "river", "move", "--since", "0001-01-01"], "--since is '0001-01-01'"),
        (["topline", "river", "move", "--until", "9999-12-31T23:00-12:00"], "--until is '9999-12-31T23:00-12:00'"),
        (["topline", "river", "move", "--since", "2025-05-20", "--until", "2025-05-20"], "is not before until"),
        (["topline", "river", "move", "--weights", "raked"], "raked weights need targets"),
        (["topline", "river", "move", "--min-base", "0"], "the minimum base is 0"),
        (["topline", "river", "move", "--interval", "wald"], "'wald' is not one of 'logit', 'wilson', 'beta'"),
        (["trend", "river", "move", "--every", "wave"], "has no waves"),
        (["trend", "river", "move", "--every", "day", "--window", "0"], "the window is 0 periods"),
        (["trend", "river", "move", "--every", "year"], "'year' is not one of"),
    ],
)
def test_a_wrong_command_ends_with_2_and_says_what_was_meant(db: Path, words: list[str], sentence: str) -> None:
    assert sentence in " ".join(refused(*words, "--db", db).replace("\n", " ").split())


def test_all_faults_of_a_command_are_said_at_once(db: Path) -> None:
    said = refused(
        "topline", "river", "move", "--where", "age=old", "--weights", "raked", "--min-base", "0", "--db", db
    )

    assert all(part in said for part in ("'old' is no level", "raked weights need targets", "the minimum base is 0"))


# The database


@pytest.mark.parametrize("words", [["surveys"], ["verify"], ["topline", "river", "move"]])
@pytest.mark.parametrize(
    "address", ["{tmp}", "{tmp}/text.txt", "{tmp}/text.txt/x.sqlite", "/proc/none/x.sqlite", "nonsense://x"]
)
def test_a_database_that_cannot_be_had_is_one_sentence_and_ends_with_1(
    tmp_path: Path, words: list[str], address: str
) -> None:
    (tmp_path / "text.txt").write_text("no database\n" * 100, encoding="utf-8")

    result = command(*words, "--db", address.format(tmp=tmp_path))

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: the ")
    assert len(result.stderr.splitlines()) == 1


def test_a_newer_database_ends_with_1(folder: Path, tmp_path: Path) -> None:
    imported(folder, tmp_path / "new.sqlite")
    connection = sqlite3.connect(tmp_path / "new.sqlite")
    connection.execute("UPDATE about SET value = ?", [str(schema.SCHEMA_VERSION + 1)])
    connection.commit()
    connection.close()

    result = command("topline", "river", "move", "--db", tmp_path / "new.sqlite")

    assert result.exit_code == 1
    assert "update the program" in result.stderr


def test_the_database_of_the_environment_is_used(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{db}")

    assert rows("topline", "river", "move") == rows("topline", "river", "move", "--db", db)


def test_as_a_program_it_ends_with_the_same_status_and_without_a_traceback(db: Path) -> None:
    program = [sys.executable, "-m", "analytics", "topline", "river", "mvoe", "--db", str(db)]

    ended = subprocess.run(program, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[-1].startswith("Error: 'mvoe' is no question of survey 'river'")
    assert "Traceback" not in ended.stderr


def test_a_terminal_is_told_nothing_that_it_would_obey_and_a_pipe_has_all_of_it(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="this system has no such terminals")
    file = tmp_path / "readers.csv"
    answers = "N\u202eo", "Ye\x1b]0;pwn\x07s"
    file.write_text("id,move\n" + "".join(f"{n},{answers[n % 2]}\n" for n in range(40)), encoding="utf-8")
    words = [sys.executable, "-m", "analytics", "import", str(file), "--dry-run"]
    ours, theirs = pty.openpty()
    with closing(open(ours, "rb", buffering=0)) as terminal:
        process = subprocess.Popen(words, cwd=ROOT, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL)
        os.close(theirs)
        said = b""
        with suppress(OSError):  # a terminal whose other end is closed
            while part := terminal.read(4096):
                said += part
        assert process.wait() == 0
    piped = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)

    assert rb"Ye\x1b]0;pwn\x07s" in said
    assert rb"N\u202eo" in said
    assert not [sign for sign in (b"\x1b", b"\x07", "\u202e".encode()) if sign in said]
    assert b"Ye\x1b]0;pwn\x07s" in piped.stdout + piped.stderr


@pytest.mark.parametrize("option", [
    ("topline", "--min-base"), ("crosstab", "--min-base"), ("trend", "--window"), ("export", "--window"),
    ("responses", "--most"), ("comments", "--most"), ("audit", "--most"), ("remove", "--days"), ("fold", "--every"),
    ("watch add", "--least"),
])  # fmt: skip
def test_a_number_that_nothing_can_count_to_is_refused_where_it_is_typed(option: tuple[str, str]) -> None:
    said = command(*option[0].split(), option[1], "1" + "0" * 40)

    assert said.exit_code == 2
    assert f"Invalid value for '{option[1]}'" in said.output
    assert "is not in the range" in said.output


def test_no_number_of_a_command_is_without_an_end() -> None:
    def every(group: click.Group, context: click.Context) -> Iterator[click.Command]:
        for name in group.list_commands(context):
            one = group.get_command(context, name)
            assert one is not None
            yield from every(one, context) if isinstance(one, click.Group) else [one]

    endless = [
        (one.name, option.name)
        for one in every(cli, click.Context(cli))
        for option in one.params
        if isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
        and getattr(option.type, "max", None) is None
    ]
    assert not endless


@pytest.mark.parametrize("words", [
    ["erase-again", "--log"], ["published", "--file"], ["pull", "--definition"], ["import", "a.csv", "--structure"],
    ["import", "a.csv", "--definition"], ["picture", "river"],
])  # fmt: skip
def test_a_pipe_is_no_file_and_nobody_waits_for_its_end(words: list[str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    result = command(*words, pipe, "--db", tmp_path / "store.sqlite")

    assert result.exit_code in {1, 2}
    assert "no ordinary file" in result.output


@pytest.mark.parametrize("words", [
    ["export", "river", "move", "-o", "a.png", "--scale", "nan"],
    ["watch", "add", "http://x/survey?survey=river", "--least", "nan"],
])  # fmt: skip
def test_nan_is_no_number(words: list[str], tmp_path: Path) -> None:
    result = command(*words, "--db", tmp_path / "store.sqlite")

    assert result.exit_code == 2
    assert "'nan' is no number" in result.output


@pytest.mark.parametrize("address", [b"\xff\xfe", b"sqlite:///\xff\xfe/a.sqlite", b"postgresql://a@h/\xff"])
def test_an_address_that_is_no_utf_8_is_a_sentence_and_makes_nothing(
    address: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = command("surveys", "--db", os.fsdecode(address))

    assert result.exit_code == 1
    assert "expected it in UTF-8" in result.output
    assert list(tmp_path.iterdir()) == []
