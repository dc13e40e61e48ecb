"""Work on files that strangers made, in a process of its own with limits of time and memory.

What parses such files is native code that may hang, swallow all memory or crash. Whatever it does there ends in one
sentence here. Words go to the child and come back as lines of JSON, so nothing that the child sends can run anything;
it knows no address of a database and no other secret of this process unless it is told. Its sentences are in the
language that is spoken here.

As many of them run at once as together may have the memory of one reader; others wait for their turn.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from pkgutil import resolve_name
from threading import Timer
from typing import IO, Any, NamedTuple

from analytics import errors
from analytics.errors import FileError, SurveyError
from analytics.language.catalogues import MORE
from analytics.language.notation import notation_of, notation_words
from analytics.language.said import speaking, speech, spoken

if sys.platform != "win32":
    import resource  # Windows has no such limits

_SECONDS = 60
_MEMORY_BYTES = 1 << 30
_MAX_LINE_BYTES = 1 << 27
_LOOK_SECONDS = 0.2
"""So often who waits for a turn says so, or finds that nobody waits any more."""
_SPARING = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Threads for every processor and pools of addresses would use up the child's memory before it has read a byte."""

_KEPT_VARIABLES = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ", MORE)
_Say = Callable[[str, Any], None]


class _Limits(NamedTuple):
    """What a child may take, and whose sentence it is where it takes more."""

    seconds: int
    memory_bytes: int
    file: str


_log = logging.getLogger(__name__)
_tell: ContextVar[Callable[[bool], object] | None] = ContextVar("tells whoever waits for a turn", default=None)


@dataclass(eq=False)
class Turns:
    """Whose turn it is to have a reader: those who together take no more than so much memory, who came first in front.

    What a thread starts while its reader is at work belongs to that reader's turn: it would wait for itself.
    """

    memory_bytes: int = _MEMORY_BYTES
    changed: threading.Condition = field(default_factory=threading.Condition)
    waiting: list[object] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    readers: Counter[int] = field(default_factory=Counter)

    @contextmanager
    def turn(self, memory_bytes: int) -> Iterator[None]:
        """Waits until there is so much memory, and gives it back at the end; `told_while_waiting` says who is told."""
        me = threading.get_ident()
        if me not in self.taken:
            self._wait(me, memory_bytes)
        self.readers[me] += 1
        try:
            if (tell := _tell.get()) is not None:
                tell(False)
            yield
        finally:
            with self.changed:
                self.readers[me] -= 1
                if not self.readers[me]:
                    del self.taken[me], self.readers[me]
                self.changed.notify_all()

    def _wait(self, me: int, memory_bytes: int) -> None:
        waits, tell = object(), _tell.get()
        with self.changed:
            self.waiting.append(waits)
        try:
            while not self._begins(waits, me, memory_bytes):
                if tell is not None:
                    tell(True)
        finally:
            with self.changed:
                self.waiting.remove(waits)
                self.changed.notify_all()

    def _begins(self, waits: object, me: int, memory_bytes: int) -> bool:
        """Whether the turn of the one that waits has come, looked at for a moment."""
        with self.changed:
            taken = sum(self.taken.values())
            if self.waiting[0] is waits and (not taken or taken + memory_bytes <= self.memory_bytes):
                self.taken[me] = memory_bytes
                return True
            self.changed.wait(_LOOK_SECONDS)
        return False


_turns = Turns()


@contextmanager
def told_while_waiting(tell: Callable[[bool], object]) -> Iterator[None]:
    """Has `tell(True)` called again and again while a file of this thread waits for its turn, and then `tell(False)`.

    What it raises ends the wait, such as that nobody wants the file read any more.
    """
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


def in_child(
    function: Callable[..., Any] | str,
    *arguments: Any,
    seconds: int = _SECONDS,
    memory_bytes: int = _MEMORY_BYTES,
    file: str = "",
    progress: Callable[[Any], None] | None = None,
) -> Any:
    """Returns what the function returns, run in a process of its own.

    To raise an exception in `progress` is the way to cancel: the child is ended.

    Args:
        function: one of a module, that takes and returns what JSON can say (tuples come back as lists); or its name as
            "module:function", so that only the child loads what reads such files.
        seconds: how long the child may compute; it may take twice as long where it waits.
        memory_bytes: how much memory the child may have in all.
        file: the name of the file that is read, for the sentence where that fails.
        progress: called with what the function hands to its own argument `progress`, which it has to have then.

    Raises:
        SurveyError: whichever the function raised.
        FileError: the child crashed, ran out of its time or its memory, or came to grief in another way.
    """
    limits = _Limits(seconds, memory_bytes, file)
    for kind, value in _messages(function, arguments, limits, with_progress=progress is not None):
        if kind == "result":
            return value
        if progress is not None:
            progress(value)
    raise AssertionError("a child's last message is its result")


def from_child(
    function: Callable[..., Iterator[Any]] | str,
    *arguments: Any,
    seconds: int = _SECONDS,
    memory_bytes: int = _MEMORY_BYTES,
    file: str = "",
) -> Iterator[Any]:
    """Yields what the generator function yields, run in a process of its own; to close the iterator ends the child.

    Args and Raises are those of `in_child`.
    """
    for kind, value in _messages(function, arguments, _Limits(seconds, memory_bytes, file), with_progress=False):
        if kind == "item":
            yield value


def _messages(
    function: Callable[..., Any] | str, arguments: tuple[Any, ...], limits: _Limits, *, with_progress: bool
) -> Iterator[tuple[str, Any]]:
    """Yields the child's messages, the last of which is its result."""
    named = function if isinstance(function, str) else f"{function.__module__}:{function.__qualname__}"
    task = {
        "function": named, "arguments": arguments,
        "seconds": limits.seconds, "memory_bytes": limits.memory_bytes, "with_progress": with_progress,
        "speech": notation_words(speech()),
    }  # fmt: skip
    with (
        _turns.turn(limits.memory_bytes), _place() as place, tempfile.TemporaryFile() as said,
        _started(said, place) as child,
    ):  # fmt: skip
        try:
            assert child.stdin is not None
            with suppress(BrokenPipeError):  # a child that is gone already is told apart below
                child.stdin.write(json.dumps(task).encode())
                child.stdin.close()
            kind = ""
            while kind != "result":
                line, in_time = _line(child, 2 * limits.seconds)
                if not line.endswith(b"\n"):
                    raise FileError(_grief(child, said, in_time, limits))
                kind, value = _understood(line)
                yield kind, value
        finally:
            child.kill()


@contextmanager
def _place() -> Iterator[str]:
    """Gives a folder that goes at the end, also where whoever reads stops half way and is forgotten."""
    place = tempfile.mkdtemp(prefix="reader-")
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _started(said: IO[bytes], place: str) -> subprocess.Popen[bytes]:
    """Starts a child, which lays what it writes down in passing into that place: it goes though the child is killed."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    plain = {"PYTHONPATH": str(Path(errors.__file__).parent.parent), "PYTHONUTF8": "1", "TMPDIR": place, **_SPARING}
    return subprocess.Popen(
        [sys.executable, "-m", "analytics.imports.reading.sandbox"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=kept | plain, start_new_session=True,
    )  # fmt: skip


def _line(child: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bool]:
    """Returns the child's next line, cut short where the child ends or is ended, and whether it came in time."""
    assert child.stdout is not None
    watch = Timer(seconds, child.kill)
    watch.daemon = True
    watch.start()
    line = child.stdout.readline(_MAX_LINE_BYTES)
    in_time = watch.is_alive()
    watch.cancel()
    return line, in_time


def _understood(line: bytes) -> tuple[str, Any]:
    """Returns the kind of a message and what it holds; an error of ours is raised here as it was there."""
    message: dict[str, Any] = json.loads(line)
    ((kind, value),) = message.items()
    if kind == "error":
        family = {name: one for name, one in vars(errors).items() if isinstance(one, type)}
        named = family.get(value["name"], SurveyError)
        raise named(value["text"]) if issubclass(named, SurveyError) else SurveyError(value["text"])
    return kind, value


def _status(child: subprocess.Popen[bytes]) -> int:
    """Returns with which status the child ended; one that talks on without an end is ended."""
    try:
        return child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return 1


def _grief(child: subprocess.Popen[bytes], said: IO[bytes], in_time: bool, limits: _Limits) -> str:
    """Returns the sentence for a child that has ended before its work was done."""
    code = _status(child)
    said.seek(0)
    words = said.read(10_000).decode("utf-8", "replace")
    _log.warning("a reader of files ended with status %s: %s", code, words.strip().rpartition("\n")[2])
    if not in_time or code in (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 9)):
        found, expected = (
            spoken("more work than {seconds} seconds", seconds=limits.seconds),
            spoken("a file that is read within them"),
        )
    elif "MemoryError" in words or "memory allocation" in words or "bad_alloc" in words:
        found, expected = (
            spoken("a need for more than {memory} GB of memory", memory=round(limits.memory_bytes / 2**30, 1)),
            spoken("a file that is read in it"),
        )
    else:
        found, expected = spoken("a file on which its reader breaks down"), spoken("a sound file")
    named = f"{limits.file}: " if limits.file else ""
    remedy = spoken("it may be damaged or made to do harm; export it again, or as CSV UTF-8")
    return spoken(
        "{named}found {found}, expected {expected}: {remedy}",
        named=named,
        found=found,
        expected=expected,
        remedy=remedy,
    )


def _main() -> None:
    """Does the task that standard input holds."""
    task: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    _limit(task["seconds"], task["memory_bytes"])
    say = _speaker()
    try:
        function: Callable[..., Any] = resolve_name(task["function"])
        more = {"progress": lambda value: say("item", value)} if task.get("with_progress") else {}
        with speaking(notation_of(task["speech"])):
            _do(function(*task["arguments"], **more), say)
    except SurveyError as error:
        say("error", {"name": type(error).__name__, "text": str(error)})


def _do(found: Any, say: _Say) -> None:
    """Says what was found; what is found one by one is said so."""
    if isinstance(found, Iterator):
        for item in found:
            say("item", item)
        found = None
    say("result", found)


def _limit(seconds: int, memory_bytes: int) -> None:
    """Limits this process for good; systems without such limits leave that to the clock of who asks."""
    if sys.platform == "win32":
        return
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, seconds, seconds + 1), (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CORE, 0, 0),
    ):  # fmt: skip
        bound = resource.getrlimit(kind)[1]  # a child of a child may have less, never more
        most = hard if bound == resource.RLIM_INFINITY else min(hard, bound)
        resource.setrlimit(kind, (min(soft, most), most))


def _speaker() -> _Say:
    """Returns what writes a message where standard output was, which from now on is standard error.

    Some native readers print what they think of a file.
    """
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def say(kind: str, value: Any) -> None:
        out.write(json.dumps({kind: value}).encode() + b"\n")
        out.flush()

    return say


if __name__ == "__main__":
    _main()
