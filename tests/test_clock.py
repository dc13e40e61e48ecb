"""A machine's clock that jumps back, as after a wrong time server: nothing is lost, counted twice, or told wrongly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


def run(folder: Path, *words: str, clock: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the folder by a clock that is off by so much."""
    environment = {
        **os.environ, "LD_PRELOAD": str(FAKETIME), "FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": str(folder / "river.sqlite"),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def analytics(folder: Path, *words: str, clock: str) -> str:
    result = run(folder, "-m", "analytics", *words, clock=clock)
    assert "Traceback" not in result.stderr, result.stderr
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_what_is_done_after_a_jump_back_is_counted_once_and_in_its_order(folder: Path) -> None:
    files = ("--definition", "river.toml", "--format", "json")
    analytics(folder, "import", "some.csv", *files, clock="+2h")

    again = json.loads(analytics(folder, "import", "some.csv", *files, clock="-3h"))
    more = json.loads(analytics(folder, "import", "more.csv", *files, clock="-3h"))
    analytics(folder, "screen", "river", "--response", "1", "--rule", "a test", clock="+2h")
    analytics(folder, "restore", "river", "--response", "1", clock="-3h")
    analytics(folder, "erase", "river", "--response", "2", "--log", "erased.log", clock="-3h")

    audit = [one["action"] for one in json.loads(analytics(folder, "audit", "river", "--format", "json", clock="-3h"))]
    (checked,) = json.loads(analytics(folder, "verify", "--format", "json", clock="-4h"))
    assert (again["stored"], again["duplicate"], more["stored"]) == (0, 40, 20)
    assert audit == ["imported", "imported", "imported", "screened", "restored", "erased"]
    assert (checked["responses"], checked["wrong"], checked["unfinished"]) == (59, 0, 0)
