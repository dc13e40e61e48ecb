"""A machine's clock that jumps back, as after a wrong time server: nothing is lost, counted twice, or told wrongly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import ROOT

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
pytestmark = pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed")

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
min_base = 5
[columns]
response = "id"
responded_at = "at"
[[question]]
key = "move"
column = "move"
text = "Should the library move?"
kind = "single"
choices = ["Yes", "No"]
"""


def rows(first: int, count: int) -> str:
    lines = [f"{n},2025-05-19T{n % 24:02}:00,{'Yes' if n % 3 else 'No'}" for n in range(first, first + count)]
    return "\n".join(["id,at,move", *lines]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "river.toml").write_text(DEFINITION, encoding="utf-8")
    (tmp_path / "some.csv").write_text(rows(0, 40), encoding="utf-8")
    (tmp_path / "more.csv").write_text(rows(40, 20), encoding="utf-8")
    return tmp_path


PROGRAM = """
import json, pathlib, sys
from click.testing import CliRunner
from analytics.__main__ import cli

told = []
for clock, words in json.loads(sys.stdin.read()):
    pathlib.Path("clock").write_text(clock)
    told.append(CliRunner().invoke(cli, words, catch_exceptions=False))
    assert told[-1].exit_code == 0, told[-1].output
print(json.dumps([one.stdout for one in told]))
"""
"""Runs commands one after the other, each by a clock that is off by so much: the program is loaded once."""


def analytics(folder: Path, *asked: tuple[str, str]) -> list[str]:
    """Returns what each command prints that is run by its clock."""
    environment = {
        **os.environ, "LD_PRELOAD": str(FAKETIME), "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"), "FAKETIME_NO_CACHE": "1",
        "NO_FAKE_STAT": "1",  # else no compiled module looks as old as it is, and all are compiled anew
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": str(folder / "river.sqlite"),
    }  # fmt: skip
    (folder / "clock").write_text("+0h", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, env=environment, capture_output=True, text=True, check=False,
        input=json.dumps([(clock, words.split()) for clock, words in asked]),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: list[str] = json.loads(done.stdout)
    return told


def test_what_is_done_after_a_jump_back_is_counted_once_and_in_its_order(folder: Path) -> None:
    files = "--definition river.toml --format json"

    _, again, more, *_, audit, checks = analytics(
        folder,
        ("+2h", f"import some.csv {files}"),
        ("-3h", f"import some.csv {files}"),
        ("-3h", f"import more.csv {files}"),
        ("+2h", "screen river --response 1 --rule test"),
        ("-3h", "restore river --response 1"),
        ("-3h", "erase river --response 2 --log erased.log"),
        ("-400d", "tend"),
        ("+2h", "tend"),
        ("-3h", "backup copy.sqlite"),
        ("+2h", "admit ada@paper.example --role editor --no-link"),
        ("-3h", "sign-out --everybody"),
        ("-3h", "audit river --format json"),
        ("-4h", "verify --format json"),
    )

    counts = [[json.loads(one)[name] for name in ("stored", "duplicate")] for one in (again, more)]
    assert counts == [[0, 40], [20, 0]]
    told = json.loads(audit)
    assert [one["action"] for one in told] == ["imported", "imported", "imported", "screened", "restored", "erased"]
    moments = [datetime.fromisoformat(one["at"]) for one in told]
    assert moments[1] < moments[0] - timedelta(hours=4)  # the clock jumped
    (checked,) = json.loads(checks)
    assert (checked["responses"], checked["wrong"], checked["unfinished"]) == (59, 0, 0)
