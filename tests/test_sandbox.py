"""Work in a process of its own: whatever happens there is a sentence here, and nothing here waits or breaks."""

from __future__ import annotations

import ctypes
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import DefinitionError, FileError
from analytics.imports.reading.sandbox import Turns, from_child, in_child, told_while_waiting

# What the children do


def echo(*arguments: Any) -> list[Any]:
    return list(arguments)


def secrets_known() -> list[str]:
    return sorted(name for name in os.environ if "SECRET" in name or "DATABASE" in name)


def crash() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(0)


def fail() -> None:
    raise RuntimeError("a fault of ours")


def refuse() -> None:
    raise DefinitionError("the sentence\nas it was")


def compute_for_ever() -> None:
    while True:
        pass


def wait_for_ever() -> None:
    time.sleep(600)


def take_all_memory() -> int:
    return len([bytearray(1 << 26) for _ in range(1000)])


def print_much() -> str:
    os.write(1, b'{"result": "not this"}\n' * 10_000)
    return "this"


def count_up(to: int, progress: Callable[[int], None]) -> int:
    for number in range(to):
        progress(number)
    return to


def numbers(to: int) -> Iterator[int]:
    yield from range(to)


def numbers_then_crash() -> Iterator[int]:
    yield 1
    ctypes.string_at(0)


def numbers_and_own_id() -> Iterator[int]:
    yield os.getpid()
    while True:
        yield 0


def one_endless_line() -> str:
    return "x" * (150 << 20)


def memory_of_a_grandchild() -> int:
    found: int = in_child(memory_limit, memory_bytes=4 << 30)
    return found


def memory_limit() -> int:
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def lay_down_and_wait() -> Iterator[str]:
    yield tempfile.mkdtemp()
    time.sleep(600)


# What comes back


def test_words_go_there_and_come_back() -> None:
    words = ["Käse", "\0", "\ud800", 1.5, None, True, {"a": [1]}]

    assert in_child(echo, *words) == words


def test_an_error_of_ours_comes_back_as_it_was() -> None:
    with pytest.raises(DefinitionError, match=r"^the sentence\nas it was$"):
        in_child(refuse)


def test_what_native_code_prints_is_not_taken_for_an_answer() -> None:
    assert in_child(print_much) == "this"


def test_items_come_one_by_one_as_they_are_made() -> None:
    assert list(from_child(numbers, 3)) == [0, 1, 2]


def test_progress_is_told_on_the_way() -> None:
    told: list[int] = []

    assert in_child(count_up, 3, progress=told.append) == 3
    assert told == [0, 1, 2]


def test_a_child_knows_no_secrets_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:mine@here/all")
    monkeypatch.setenv("MY_SECRET", "1")

    assert in_child(secrets_known) == []


# What goes wrong


@pytest.mark.parametrize("broken", [crash, abort, leave, fail])
def test_a_crash_is_one_sentence(broken: Callable[[], None]) -> None:
    with pytest.raises(
        FileError, match=r"^found a file on which its reader breaks down, expected a sound file: "
    ) as sign:
        in_child(broken)

    assert "\n" not in str(sign.value)


@pytest.mark.parametrize("broken", [crash, abort, fail])
def test_what_a_child_says_when_it_breaks_down_is_no_traceback_here(
    broken: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(FileError):
        in_child(broken)

    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    assert len(said.err.splitlines()) <= 1


def test_a_crash_after_some_items_is_one_sentence_too() -> None:
    items = from_child(numbers_then_crash)

    assert next(items) == 1
    with pytest.raises(FileError, match="its reader breaks down"):
        next(items)


def test_who_computes_too_long_is_ended() -> None:
    with pytest.raises(FileError, match="found more work than 1 seconds, expected a file that is"):
        in_child(compute_for_ever, seconds=1)


def test_who_waits_too_long_is_ended() -> None:
    with pytest.raises(FileError, match="found more work than 1 seconds"):
        in_child(wait_for_ever, seconds=1)


def test_who_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(FileError, match=r"found a need for more than 0\.5 GB of memory, expected a"):
        in_child(take_all_memory, memory_bytes=1 << 29)


def test_an_answer_without_an_end_is_refused_before_it_fills_this_process() -> None:
    with pytest.raises(FileError, match="found"):
        in_child(one_endless_line)


def test_a_child_of_a_child_has_no_more_than_its_parent() -> None:
    assert in_child(memory_of_a_grandchild, memory_bytes=1 << 30) == 1 << 30


# Cancelling


def test_to_close_the_items_ends_the_child() -> None:
    items = from_child(numbers_and_own_id)
    child = next(items)

    items.close()  # type: ignore[attr-defined]

    assert not Path(f"/proc/{child}").exists()


def test_an_exception_in_progress_ends_the_child() -> None:
    class Cancelled(Exception):
        pass

    def cancel(number: int) -> None:
        if number == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        in_child(count_up, 10**12, progress=cancel)  # returns once the child has ended: before it could count so far


def test_what_a_child_laid_down_goes_with_it_though_it_is_killed() -> None:
    items = from_child(lay_down_and_wait)
    place = Path(next(items))
    assert place.is_dir()

    items.close()  # type: ignore[attr-defined]

    assert not place.exists()


# Whose turn it is


def in_threads(*work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_readers_that_together_would_take_too_much_memory_read_one_after_the_other_and_who_waits_is_told() -> None:
    turns, at_work, most, told = Turns(memory_bytes=10), [0], [0], list[bool]()
    begun, counting = threading.Event(), threading.Lock()

    def read(memory: int) -> None:
        with told_while_waiting(told.append), turns.turn(memory):
            with counting:
                at_work[0] += memory
                most[0] = max(most[0], at_work[0])
            begun.wait(60)
            with counting:
                at_work[0] -= memory

    def go_on() -> None:
        while len(turns.waiting) < 6 or not any(told):
            time.sleep(0.01)
        begun.set()

    in_threads(*[lambda: read(7)] * 6, lambda: read(30), go_on)

    assert most[0] == 30  # what takes more than all may have is read alone
    assert told.count(False) == 7
    assert (turns.waiting, turns.taken) == ([], {})


def test_small_readers_read_side_by_side_and_what_a_reader_starts_waits_for_nobody() -> None:
    turns, both = Turns(memory_bytes=10), threading.Barrier(2)

    def read() -> None:
        with turns.turn(5):
            both.wait(60)
            with turns.turn(10):
                both.wait(60)

    in_threads(read, read)

    assert turns.taken == {}


def test_who_does_not_want_it_any_more_gives_the_turn_up() -> None:
    turns, waited = Turns(memory_bytes=1), list[bool]()

    def leave(waits: bool) -> None:
        if waits:
            raise KeyboardInterrupt

    def wait() -> None:
        with pytest.raises(KeyboardInterrupt), told_while_waiting(leave), turns.turn(1):
            waited.append(False)
        waited.append(True)

    with turns.turn(1):
        in_threads(wait)

    assert waited == [True]
    assert (turns.waiting, turns.taken) == ([], {})
