"""The suite itself: no test waits without a limit, and one that would fails with the place where it waits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.errors import SurveyError
from analytics.imports.reading.sandbox import in_child
from tests.conftest import ROOT, SOAK_SECONDS
from tests.forked import REAL, children_forked, children_real, work_seconds

ENDLESS = """
import threading

def test_that_waits_for_ever():
    wait_for_ever()

def test_after_it():
    pass

def wait_for_ever():
    threading.Event().wait()
"""


def test_a_test_that_waits_for_ever_fails_with_its_traceback_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "test_endless.py").write_text(ENDLESS, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-o", "timeout=1", "-p", "no:cacheprovider",
         "--rootdir", tmp_path, tmp_path], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Timeout (>1.0s)" in done.stdout
    assert "    threading.Event().wait()" in done.stdout  # the line that waits
    assert "1 failed, 1 passed" in done.stdout


def test_every_test_has_a_limit(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> None:
    assert 0 < float(pytestconfig.getini("timeout")) < SOAK_SECONDS
    own = [marker.args[0] for item in request.session.items for marker in item.iter_markers("timeout")]
    assert all(0 < seconds <= SOAK_SECONDS for seconds in own)


ASKED: list[tuple[str, list[object], dict[str, int]]] = [
    ("builtins:sorted", [[3, 1, 2]], {}),
    ("os:getenv", ["DATABASE_URL"], {}),
    ("os:getcwd", [], {}),
    ("analytics.imports.reading.workbook:sheet_words", ["nowhere.xlsx"], {}),
    ("os:_exit", [3], {}),
    ("builtins:bytearray", [1 << 31], {}),
    ("time:sleep", [60], {"seconds": 1}),
]


def test_a_forked_child_does_and_says_what_a_new_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///secret.sqlite")
    assert {path.stem for path in ROOT.glob("tests/test_*.py")} >= REAL

    def told(function: str, arguments: list[object], limits: dict[str, int]) -> object:
        try:
            return in_child(function, *arguments, **limits)
        except SurveyError as fault:
            return type(fault), str(fault)

    with children_real():
        new = [told(*one) for one in ASKED]
    with children_forked():
        forked = [told(*one) for one in ASKED]

    assert forked == new
    assert new[:3] == [[1, 2, 3], None, os.getcwd()]
    assert all(isinstance(one, tuple) for one in new[3:])


def test_what_a_forked_child_computes_is_told_as_work() -> None:
    def of_forked() -> float:
        return work_seconds() - sum(os.times()[:4])

    before = of_forked()
    with children_forked():
        in_child("builtins:sorted", [3, 1, 2])

    assert of_forked() > before
