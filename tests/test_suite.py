"""The suite itself: no test waits without a limit, and one that would fails with the place where it waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import SurveyError
from analytics.imports.reading.sandbox import in_child
from tests.conftest import ROOT, SOAK_SECONDS
from tests.forked import REAL, children_forked, children_real, work_seconds
from tests.loaded import AT_START, can_fork, python

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


TELLS = """
import json, os, signal, sys, tempfile
print(json.dumps([
    sys.argv, os.getcwd(), sys.path[0], os.environ["SAID"], os.environ.get("PYTEST_CURRENT_TEST"), os.getpgid(0),
    os.umask(0), sys.stdin.read(), sys.stdout.write_through, tempfile.gettempdir(), __name__, os.getppid() > 1,
    [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGCHLD)],
]))
"""
PROGRAMS: list[list[str]] = [
    ["-c", TELLS, "one", "two words"],
    ["-u", "-c", TELLS],
    ["-c", "import sys; print('found nothing', file=sys.stderr); sys.exit(3)"],
    ["-c", "import sys; sys.exit('one sentence')"],
    ["-c", "import os; os.write(int(os.environ['HANDLE']), b'through a handle')"],
    ["-c", "import atexit; atexit.register(print, 'at the end'); print('before', end=' ')"],
    ["-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
    ["-c", "import os; os._exit(7)"],
    ["-m", "analytics", "--version"],
    ["-m", "analytics", "topline", "nowhere", "nothing"],
]


def told_by(begun: Any, words: list[str], folder: Path) -> object:
    """Returns the status, the words and what came through a handle of a Python that runs there."""
    reads, writes = os.pipe()
    own = os.environ | {"SAID": "this", "HANDLE": str(writes), "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    ends = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with begun(*words, cwd=folder, env=own, text=True, pass_fds=[writes], **ends) as process:
        said = process.communicate("given\n", timeout=60)
    os.close(writes)
    with os.fdopen(reads) as handle:
        return process.returncode, said, handle.read()


def new(*words: str, **how: Any) -> subprocess.Popen[Any]:
    return subprocess.Popen([sys.executable, *words], **how)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is a new one")
@pytest.mark.parametrize("words", PROGRAMS, ids=[str(number) for number, _ in enumerate(PROGRAMS)])
def test_a_python_that_begins_loaded_does_and_says_what_a_new_one_does(words: list[str], tmp_path: Path) -> None:
    assert told_by(python, words, tmp_path) == told_by(new, words, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is a new one")
def test_a_python_that_begins_loaded_is_killed_by_whoever_waits_for_it_and_its_fault_is_told() -> None:
    waits = "print('begun', flush=True)\nimport time\ntime.sleep(600)"
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # as in a shell's background, and so in its children
    for by in (signal.SIGKILL, signal.SIGTERM, *([] if ignored else [signal.SIGINT])):
        with python("-c", waits, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            try:
                assert process.stdout.readline() == b"begun\n"
                with pytest.raises(subprocess.TimeoutExpired):
                    process.wait(0.01)
                process.send_signal(by)
                assert process.wait(60) == -by
            finally:
                process.kill()

    before = sum(os.times()[2:4])
    with python("-c", "sum(range(3_000_000)); nowhere", cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert "NameError: name 'nowhere' is not defined" in process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert sum(os.times()[2:4]) > before  # what it computed is that of a child of this process


def test_where_a_new_python_would_begin_otherwise_a_new_one_begins(tmp_path: Path) -> None:
    here = sys.platform == "linux"
    assert can_fork(ROOT, None) == can_fork(tmp_path, {**os.environ, "PYTHONPATH": str(ROOT)}) == here
    assert can_fork(ROOT, {**os.environ, "DATABASE_URL": "x.sqlite"}) == here
    assert not can_fork(tmp_path, None)  # another program may lie there
    assert not can_fork(ROOT, {**os.environ, "PYTHONPATH": str(tmp_path)})
    for name in AT_START:
        assert not can_fork(ROOT, {**os.environ, f"{name}X": "1"})
