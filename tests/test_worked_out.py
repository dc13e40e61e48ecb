"""What one session had worked out of a survey, another is shown: only while nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.estimates.snapshots import snapshot_of
from analytics.model.request import Every
from analytics.pages.ground import shelf as shelves
from analytics.pages.ground.shelf import MOST_WORKED_OUT, Shelf
from analytics.pages.opened import time_that_counts
from analytics.store.tables.opening import open_store
from tests.pages_fixture import NOW, definition, import_survey, readers


def shelf() -> Shelf:
    def unread(*_: object) -> None:
        raise AssertionError("nothing is read from the store here")

    return Shelf(unread)  # type: ignore[arg-type]


def counting(times: list[str], name: str) -> Callable[[], list[str]]:
    def work() -> list[str]:
        times.append(name)
        return [name]

    return work


def test_what_was_asked_before_is_not_worked_out_again() -> None:
    kept, times = shelf(), list[str]()

    first = kept.once(("phones", 7, "topline"), counting(times, "first"))
    again = kept.once(("phones", 7, "topline"), counting(times, "again"))
    later = kept.once(("phones", 8, "topline"), counting(times, "later"))

    assert again is first
    assert later == ["later"]
    assert times == ["first", "later"]


def test_another_database_in_its_place_is_worked_out_anew() -> None:
    kept, times = shelf(), list[str]()
    kept.know({"phones": 7}, {}, {}, (1, 1))
    kept.once("topline", counting(times, "old file"))

    kept.know({"phones": 7}, {}, {}, (1, 2))

    assert kept.once("topline", counting(times, "new file")) == ["new file"]


def test_what_fails_is_tried_again() -> None:
    kept = shelf()

    def fails() -> None:
        raise ValueError("a single group")

    with pytest.raises(ValueError, match="a single group"):
        kept.once("differences", fails)

    assert kept.once("differences", lambda: "none") == "none"


def test_what_was_asked_for_longest_ago_is_dropped_first() -> None:
    kept, times = shelf(), list[str]()
    for asked in range(MOST_WORKED_OUT):
        kept.once(asked, lambda: None)
    kept.once(0, counting(times, "0 again"))

    kept.once("one more", lambda: None)
    kept.once(0, counting(times, "0 once more"))
    kept.once(1, counting(times, "1 anew"))

    assert times == ["1 anew"]


def test_what_is_kept_has_a_limit_in_bytes_too_and_the_last_result_is_always_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelves, "MOST_BYTES_WORKED_OUT", 2_500)
    kept, times = shelf(), list[str]()
    for asked in ("a", "b", "c"):
        kept.once(asked, lambda: bytes(1_000))
    kept.once("b", counting(times, "b anew"))
    kept.once("a", counting(times, "a anew"))

    kept.once("vast", lambda: bytes(10_000))
    kept.once("vast", counting(times, "vast anew"))
    kept.once("b", counting(times, "b anew"))

    assert times == ["a anew", "b anew"]


@pytest.mark.parametrize("every", ["hour", "day", "week", "month"])
def test_a_trend_is_worked_out_each_minute_only_while_its_last_period_may_run(tmp_path: Path, every: Every) -> None:
    import_survey(tmp_path / "s.sqlite", definition(), readers(40))
    store = open_store(str(tmp_path / "s.sqlite"))
    phones = snapshot_of(store, "phones", now=NOW)
    last = phones.status.last_at
    assert last is not None

    def known_by(later: timedelta) -> object:
        return time_that_counts(replace(phones, now=last + later), every)

    minute, long_after = timedelta(minutes=1), timedelta(days=60)
    assert known_by(minute) != known_by(2 * minute)
    assert known_by(long_after) == known_by(long_after + minute)
    assert time_that_counts(replace(phones, now=last)) == time_that_counts(replace(phones, now=last + minute))
    over = replace(phones, survey=replace(phones.survey, closes=last.date()))
    assert time_that_counts(replace(over, now=last)) != time_that_counts(replace(over, now=last + long_after))
    store.dispose()
