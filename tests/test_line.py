"""Many visitors at once: each is served in turn, and what many ask for is worked out once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from analytics.pages import app
from analytics.pages.ground.line import WaitingLine
from analytics.pages.ground.shelf import Shelf
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.patience import wait_until

PATIENCE_SECONDS = 20


def nothing() -> None:
    """Somebody who clicks on nothing else."""


def shelf() -> Shelf:
    def unread(*_: object) -> object:
        raise AssertionError("nothing is read here")

    return Shelf(unread)  # type: ignore[arg-type]


class Visit:
    """A run of a page in a thread of its own, which stays in its place until it is let go."""

    def __init__(self, line: WaitingLine, who: str, order: list[str], look: Callable[[], None] = nothing) -> None:
        self.go, self.order, self.fault = threading.Event(), order, ""
        self.thread = threading.Thread(target=self._run, args=(line, who, look))
        self.thread.start()

    def _run(self, line: WaitingLine, who: str, look: Callable[[], None]) -> None:
        try:
            with line.turn(who, look):
                self.order.append(who)
                self.go.wait(PATIENCE_SECONDS)
        except InterruptedError as fault:
            self.fault = str(fault)

    def end(self) -> None:
        self.go.set()
        self.thread.join(PATIENCE_SECONDS)
        assert not self.thread.is_alive()


def standing(line: WaitingLine, count: int) -> bool:
    return wait_until(lambda: len(line.waiting) == count)


def test_no_more_run_at_once_than_there_are_places_and_who_came_first_is_first() -> None:
    line, order = WaitingLine(places=2, turn_seconds=1000), []
    visits = []
    for who in "abcd":
        visits.append(Visit(line, who, order))
        assert wait_until(lambda: len(line.running) + len(line.waiting) == len(visits))
    assert wait_until(lambda: order == ["a", "b"])
    assert len(line.waiting) == 2

    visits[1].end()

    assert wait_until(lambda: order == ["a", "b", "c"])
    for visit in (visits[0], visits[2], visits[3]):
        visit.end()
    assert order == ["a", "b", "c", "d"]
    assert not line.running
    assert not line.waiting


def test_a_run_that_takes_long_makes_room_for_others() -> None:
    now = [0.0]
    line, order = WaitingLine(places=1, turn_seconds=2, clock=lambda: now[0]), []
    slow = Visit(line, "slow", order)
    assert wait_until(lambda: order == ["slow"])
    quick = Visit(line, "quick", order)
    assert standing(line, 1)

    now[0] = 2.5

    assert wait_until(lambda: order == ["slow", "quick"])
    quick.end()
    slow.end()


def test_who_clicks_again_while_waiting_keeps_the_place() -> None:
    clicked = threading.Event()

    def look() -> None:
        if clicked.is_set():
            raise InterruptedError("clicked on something else")

    line, order = WaitingLine(places=1, turn_seconds=1000), []
    first = Visit(line, "first", order)
    assert wait_until(lambda: order == ["first"])
    before = Visit(line, "impatient", order, look)
    assert standing(line, 1)
    later = Visit(line, "later", order)
    assert standing(line, 2)

    clicked.set()
    before.thread.join(PATIENCE_SECONDS)
    again = Visit(line, "impatient", order)
    assert standing(line, 2)
    for visit in (first, again, later):
        visit.end()

    assert before.fault == "clicked on something else"
    assert order == ["first", "impatient", "later"]


def test_what_many_ask_for_at_once_is_worked_out_by_one() -> None:
    kept, started, go, runs = shelf(), threading.Event(), threading.Event(), []

    def work() -> str:
        runs.append(1)
        started.set()
        go.wait(PATIENCE_SECONDS)
        return "57%"

    with ThreadPoolExecutor(8) as people:
        first = people.submit(kept.once, "topline", work)
        started.wait(PATIENCE_SECONDS)
        others = [people.submit(kept.once, "topline", work) for _ in range(7)]
        go.set()
        numbers = [one.result(PATIENCE_SECONDS) for one in (first, *others)]

    assert numbers == ["57%"] * 8
    assert len(runs) == 1


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt], ids=["a fault", "somebody who left"])
def test_where_the_one_who_works_comes_to_grief_another_works(fault: type[BaseException]) -> None:
    kept, started, go = shelf(), threading.Event(), threading.Event()

    def fails() -> str:
        started.set()
        go.wait(PATIENCE_SECONDS)
        raise fault

    def first() -> None:
        with pytest.raises(fault):
            kept.once("topline", fails)

    with ThreadPoolExecutor(3) as people:
        one = people.submit(first)
        started.wait(PATIENCE_SECONDS)
        others = [people.submit(kept.once, "topline", lambda: "57%") for _ in range(2)]
        go.set()
        numbers = [other.result(PATIENCE_SECONDS) for other in others]
        one.result(PATIENCE_SECONDS)

    assert numbers == ["57%", "57%"]


def test_a_page_that_waited_for_its_turn_is_shown_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "opinions.sqlite"
    import_survey(database, definition(), readers(40))
    line = app.line()
    with pages_over(database, monkeypatch), ExitStack() as others:
        for number in range(line.places):  # they keep their places until they have had them for long
            others.enter_context(line.turn(f"somebody else {number}", nothing))

        page = page_at("survey", {"survey": "phones"}).run()

    assert not page.exception
    assert page.title
