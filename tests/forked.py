"""Children of the sandbox that begin with everything loaded: a second of imports less for each of hundreds of files.

In the tests that are not about these children themselves each is a fork of one process, which has read no file. What
the product starts, a new Python, is what the files in REAL start too.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from analytics.imports.reading import sandbox

ROOT = Path(__file__).resolve().parent.parent
REAL = {
    "test_damage", "test_imports_again", "test_intake", "test_memory", "test_private_files", "test_sandbox",
    "test_start", "test_stopping",
}  # fmt: skip
"""The files whose tests start these children as the product does."""
LOADED = ("analytics.imports.propose", "analytics.imports.record", "analytics.imports.rehearse", "openpyxl")
MOST_BYTES = 1 << 20
STARTED = sandbox._started
_forked_seconds = [0.0]


def work_seconds() -> float:
    """How long this process and the children that it waited for have computed, forked ones too; by no clock."""
    return sum(os.times()[:4]) + _forked_seconds[0]


class Forked:
    """A child, with as much of what `Popen` offers as the sandbox uses."""

    def __init__(self, place: str, said: IO[bytes], environment: dict[str, str]) -> None:
        self._talk = socket.socket(socket.AF_UNIX)
        self._talk.connect(place)
        self._status: int | None = None
        (reads, gives), (takes, writes) = os.pipe(), os.pipe()
        asked = json.dumps({"environment": environment, "folder": os.getcwd()}).encode()
        socket.send_fds(self._talk, [asked], [reads, writes, said.fileno()])
        os.close(reads)
        os.close(writes)
        self.stdin, self.stdout = os.fdopen(gives, "wb"), os.fdopen(takes, "rb")

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        with suppress(BrokenPipeError):
            self.stdin.close()
        self.wait()
        self._talk.close()

    def kill(self) -> None:
        if self._status is None:
            with suppress(OSError):
                self._talk.send(b"k")

    def wait(self, timeout: float | None = None) -> int:
        if self._status is None:
            if not select.select([self._talk], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a forked child", timeout or 0)
            status, seconds = (self._talk.recv(64) or b"1 0").split()
            self._status = int(status)
            _forked_seconds[0] += float(seconds)
        return self._status


@contextmanager
def children_forked() -> Iterator[None]:
    """Has the sandbox fork its children, from a process that begins when the first is wanted."""
    usual, forks = sandbox._started, list[subprocess.Popen[bytes]]()
    with tempfile.TemporaryDirectory() as folder:
        place = f"{folder}/forks"

        def started(said: IO[bytes], passing: str) -> Any:
            if not forks:
                forks.append(_begun(place))
            return Forked(place, said, _environment() | {"TMPDIR": passing})

        sandbox._started = started
        try:
            yield
        finally:
            sandbox._started = usual
            for one in forks:
                one.communicate()  # closes what it listens to


@contextmanager
def children_real() -> Iterator[None]:
    """Has the sandbox start its children as the product does."""
    forking, sandbox._started = sandbox._started, STARTED
    try:
        yield
    finally:
        sandbox._started = forking


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in sandbox._KEPT_VARIABLES if name in os.environ}


def _begun(place: str) -> subprocess.Popen[bytes]:
    plain = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **sandbox._SPARING}
    forks = subprocess.Popen(
        [sys.executable, "-m", "tests.forked", place], env=_environment() | plain, cwd=ROOT, stdin=subprocess.PIPE
    )
    while not os.path.exists(place):
        assert forks.poll() is None, "the process to fork from has ended"
        time.sleep(0.01)
    return forks


def _serve(place: str) -> None:
    """Forks a child for each who connects, until it is ended; the children of a child are forked here too."""
    for name in LOADED:
        importlib.import_module(name)
    plain = {name: os.environ[name] for name in ("PYTHONPATH", "PYTHONUTF8", *sandbox._SPARING)}
    sandbox._started = lambda said, passing: Forked(place, said, _environment() | {"TMPDIR": passing})  # type: ignore[assignment, return-value]
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"{place}.new")
    listening.listen(64)
    os.rename(f"{place}.new", place)
    while 0 not in select.select([0, listening], [], [])[0]:  # which ends with the tests, in whatever way they end
        talk, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _watch(talk, plain)
        talk.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _watch(talk: socket.socket, plain: dict[str, str]) -> None:
    """Runs the child and says how it ended; who asked may have it killed, and it outlives who asked."""
    words, handles, _, _ = socket.recv_fds(talk, MOST_BYTES, 3)
    child = os.fork()
    if child == 0:
        _run(json.loads(words), handles, plain)
    for handle in handles:
        os.close(handle)
    ended, listened = os.pidfd_open(child), [talk]
    while ended not in select.select([ended, *listened], [], [])[0]:
        if talk.recv(1):
            os.kill(child, signal.SIGKILL)
        listened = []
    _, status, used = os.wait4(child, 0)
    with suppress(OSError):
        talk.send(f"{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime}".encode())
    os._exit(0)


def _run(asked: dict[str, Any], handles: list[int], plain: dict[str, str]) -> None:
    """Does what a new Python does that is told to run the sandbox, and ends."""
    code = 1
    try:
        os.setsid()
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
            os.close(handle)
        os.environ.clear()
        os.environ.update(asked["environment"] | plain)
        tempfile.tempdir = None
        time.tzset()
        os.chdir(asked["folder"])
        sandbox._main()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
