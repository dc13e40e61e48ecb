"""New Pythons for tests that begin with the product loaded: one process loads it, and each of them is a fork of that.

A command, a script or a server of pages then begins in a hundredth of what its imports take. It has arguments, a
folder, an environment, handles and signals of its own, and is a child of the process that asked: whoever waits for it,
kills it or counts what it computed does so as ever. What is about a start itself is started by `subprocess`.
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import gc
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOADED = (
    "analytics.commands.collecting", "analytics.commands.estimates", "analytics.commands.exporting",
    "analytics.commands.holdings", "analytics.commands.importing", "analytics.commands.mending",
    "analytics.commands.program", "analytics.commands.sending", "analytics.commands.tending", "analytics.pages.app",
    "analytics.pages.ask", "analytics.pages.crosstabs", "analytics.pages.newsroom", "analytics.pages.survey",
    "streamlit.web.bootstrap", "streamlit.web.cli", "tests.conftest", "tests.surveys",
)  # fmt: skip
"""What most of them import."""
AT_START = ("PYTHON", "LD_", "LC_", "LANG", "MALLOC_", "COV_")
"""How the variables begin that a Python looks at when it starts, and never again."""
OWN = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
"""Who has threads cannot be forked."""
SUBREAPER = 36
MOST_BYTES = 1 << 18
MOST_HANDLES = 32
HIGH = 500
"""Above every handle that a child is given under its own number."""


class _Parent:
    """The process that is forked, begun when the first child is wanted; it ends when who began it ends."""

    def __init__(self) -> None:
        self.lock, self.owner = threading.Lock(), 0
        self.talk: socket.socket | None = None

    def child(self, asked: Mapping[str, Any], handles: Sequence[int]) -> int:
        """Returns the number of a new child of this process."""
        with self.lock:
            if self.talk is None or self.owner != os.getpid():  # no fork of who began it has children by it
                self.talk = self._begun()
            _adopt(True)  # whose parent has ended is ours
            try:
                socket.send_fds(self.talk, [json.dumps(asked).encode()], handles)
                return int(self.talk.recv(64) or b"0")
            finally:
                _adopt(False)

    def _begun(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.loaded", str(theirs.fileno())], cwd=ROOT, env=os.environ | OWN,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()],
            )  # fmt: skip
        self.owner = os.getpid()
        atexit.register(self._end, ours, process)
        return ours

    def _end(self, talk: socket.socket, process: subprocess.Popen[bytes]) -> None:
        if self.owner == os.getpid():
            with suppress(OSError):  # it has ended already
                talk.shutdown(socket.SHUT_RDWR)  # a fork of this process that lives on holds it open too
            process.wait()
        talk.close()


_parent = _Parent()


class _Forked(subprocess.Popen[Any]):
    """A child that is forked; all that can be done with it is as for one that is started."""

    def _execute_child(self, *given: Any) -> None:  # type: ignore[override]
        plan = _plan_of(self, given)
        handles = [plan[name] if plan[name] != -1 else number for number, name in enumerate(_ENDS)]
        asked = {
            "words": [os.fspath(word) for word in plan["args"]], "folder": os.fspath(plan["cwd"] or os.getcwd()),
            "environment": dict(plan["env"] if plan["env"] is not None else os.environ),
            "passed": list(plan["pass_fds"]), "session": plan["start_new_session"], "umask": _umask(),
        }  # fmt: skip
        try:
            self.pid = _parent.child(asked, [*handles, *asked["passed"]])
            if not self.pid:
                raise ChildProcessError("the process that children are forked from has ended")
            self._child_created = True
        finally:
            self._close_pipe_fds(*(plan[name] for name in _PIPES))  # type: ignore[attr-defined]


_ENDS = "p2cread", "c2pwrite", "errwrite"
_PIPES = "p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite"


def _plan_of(process: subprocess.Popen[Any], given: Sequence[Any]) -> Mapping[str, Any]:
    """Returns by their names what `Popen` hands on to who makes the child."""
    return signature(subprocess.Popen._execute_child).bind(process, *given).arguments  # type: ignore[attr-defined]


def python(*words: str | os.PathLike[str], **how: Any) -> subprocess.Popen[Any]:
    """Starts a Python with these arguments, as `subprocess.Popen` with `sys.executable` before them.

    It is a new one where a fork would not be the same: on another system, and where a variable is another than here
    that a Python looks at when it starts.
    """
    begun = _Forked if can_fork(how.get("cwd"), how.get("env")) else subprocess.Popen
    return begun([sys.executable, *map(os.fspath, words)], **how)


def ran(
    *words: str | os.PathLike[str], check: bool = False, timeout: float | None = None, capture: bool = True, **how: Any
) -> subprocess.CompletedProcess[Any]:
    """Returns what a Python with these arguments said and how it ended, as `subprocess.run` does."""
    ends = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} if capture else {}
    with python(*words, **ends, **how) as process:
        try:
            told, errors = process.communicate(timeout=timeout)
        except BaseException:
            process.kill()
            raise
    done = subprocess.CompletedProcess(process.args, process.returncode, told, errors)
    if check:
        done.check_returncode()
    return done


def can_fork(folder: str | os.PathLike[str] | None, environment: Mapping[str, str] | None) -> bool:
    """Whether a fork begins in this folder, with these variables, as a new Python would, from this program."""
    if sys.platform != "linux":
        return False
    environment = os.environ if environment is None else environment
    found, here = ({name: one[name] for name in one if name.startswith(AT_START)} for one in (environment, os.environ))
    path, path_here = found.pop("PYTHONPATH", ""), here.pop("PYTHONPATH", "")
    ours = path == str(ROOT) or (path == path_here and Path(folder or ".").resolve() == ROOT)
    return ours and found == here


def _umask() -> int:
    """What this process has taken from the rights of new files, read where nobody has to change it."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(told.partition("Umask:")[2].split()[0], 8)


def _adopt(mine: bool) -> None:
    """Has the children of ours that end leave their own children to us, or to who has them otherwise."""
    ctypes.CDLL(None).prctl(SUBREAPER, int(mine), 0, 0, 0)


# In the process that is forked


def _serve(talk: socket.socket) -> dict[str, Any] | None:
    """Forks a child for each message, until who writes them has ended; returns what to do, and that in the child."""
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is loaded is no garbage of any child
    threads = len(os.listdir("/proc/self/task"))
    assert threads == 1, f"{threads} threads in the process to fork from"
    while True:
        words, handles, _, _ = socket.recv_fds(talk, MOST_BYTES, MOST_HANDLES)
        if not words:
            return None
        numbers, told = os.pipe()
        if (between := os.fork()) == 0:
            if child := os.fork():
                os.write(told, str(child).encode())
                os._exit(0)  # so that the child is that of who asked
            talk.close()
            os.close(numbers)
            os.close(told)
            return _laid_out(json.loads(words), handles)
        os.waitpid(between, 0)
        talk.send(os.read(numbers, 64))
        for handle in (numbers, told, *handles):
            os.close(handle)


def _laid_out(asked: dict[str, Any], handles: Sequence[int]) -> dict[str, Any]:
    """Makes this process what a new one would be before its first line."""
    high = [fcntl.fcntl(handle, fcntl.F_DUPFD, HIGH) for handle in handles]
    for handle in handles:
        os.close(handle)
    for handle, number in zip(high, (0, 1, 2, *asked["passed"]), strict=True):
        os.dup2(handle, number)
        os.close(handle)
    if asked["session"]:
        os.setsid()
    os.umask(asked["umask"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    tempfile.tempdir = None
    time.tzset()
    os.chdir(asked["folder"])
    sys.path[0] = "" if "-c" in asked["words"][1:3] else asked["folder"]
    if asked["folder"] != str(ROOT) and str(ROOT) in asked["environment"].get("PYTHONPATH", ""):
        sys.path.insert(1, str(ROOT))
    return asked


def _run(words: list[str]) -> None:
    """Does what Python does with its arguments."""
    words = words[1:]
    unbuffered = words[0] == "-u" or bool(os.environ.get("PYTHONUNBUFFERED"))
    sys.stdout.reconfigure(line_buffering=False, write_through=unbuffered)  # type: ignore[union-attr]
    words = words[words[0] == "-u" :]
    how, what, sys.argv = words[0], words[1], words[1:]
    if how == "-m":
        sys.modules.pop(f"{what}.__main__", None)  # who made something of it loaded it for that
        runpy.run_module(what, run_name="__main__", alter_sys=True)
        return
    sys.argv[0] = "-c"
    sys.modules["__main__"] = main = ModuleType("__main__")
    exec(compile(what, "<string>", "exec"), vars(main))


if __name__ == "__main__":
    if asked := _serve(socket.socket(fileno=int(sys.argv[1]))):
        _run(asked["words"])
