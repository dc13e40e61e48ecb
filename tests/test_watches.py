"""Watches: a move is told once, waits where a crowd is open, and is told by one of several who look at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.storms import storm_report
from analytics.figures.drawing.style import read_style, style_file
from analytics.language.notation import PLAIN
from analytics.language.said import speaking, spoken
from analytics.model import EVERYBODY, Response
from analytics.model.request import Request
from analytics.model.watched import Told, Watch, Watched, WatchState
from analytics.statistics import detectors
from analytics.statistics.detectors import capital, change_day, evidence, found_changed, worst
from analytics.store.place.connections import Store
from analytics.store.record.live import record_responses
from analytics.store.tables.opening import opened_store
from analytics.store.tables.watches import KeptWatch, keep_watch, pause_watch, read_watches, remove_watch
from analytics.store.tend.storms import decide_on_storm
from analytics.watches.digest import morning
from analytics.watches.looking import watched
from analytics.watches.watch import watch_of
from analytics.watches.writing import digest_letter
from analytics.words.morning import CAUSES
from analytics.words.watches import told_words, unlooked_sentence
from tests.surveys import RIVER, Reader, opened, record

FIRST = datetime(2025, 5, 1, 6, tzinfo=UTC)
YES_NO = np.array([0.0, 1.0])
OWNER = {"owner": "Ada", "recipients": ("ada@paper.example",), "language": "en", "by": "Ada"}


def day_of_answers(day: int, yes: float, count: int = 200, *, young: float = 0.5, tag: str = "") -> Iterator[Reader]:
    """Yields readers spread over a day; `young` of them are under 30."""
    seconds = np.random.default_rng(day).integers(0, 14 * 3600, count)  # as readers come, not as clocks do
    for n in range(count):
        answer = "Yes" if (n * 7919 % count) / count < yes else "No"
        age = "18-29" if (n * 104729 % count) / count < young else "60+"
        at = FIRST + timedelta(days=day, seconds=int(seconds[n]))
        yield Reader(f"id:{tag}{day}-{n}", {"move": (answer,)}, {"age": age}, at=at)


def answered(shares: Sequence[float], start: int = 0) -> list[Reader]:
    return [one for day, yes in enumerate(shares, start) for one in day_of_answers(day, yes)]


def after(days: float) -> datetime:
    """The moment so many days after the first day's evening."""
    return FIRST + timedelta(days=days - 1, hours=15)


def watch(store: Store, **chosen: object) -> Watch:
    asked = {"least": 3, "every": "hour", "now": FIRST - timedelta(hours=1), **OWNER, **chosen}
    survey = snapshot_of(store, "river", now=after(1)).survey
    made = watch_of(survey, Request(survey="river", question="move"), "share", "Yes", **asked)  # type: ignore[arg-type]
    keep_watch(store, KeptWatch(made))
    return made


def states(found: Watched) -> list[WatchState]:
    return [one.state for one in found.results]


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Store]:
    """Gives a store in which 50 % said yes for 14 days, and 70 % for three."""
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, answered([0.5] * 14 + [0.7] * 3))
        yield store


def test_a_move_is_told_once_with_what_it_was_before_and_since_when(moved: Store) -> None:
    watch(moved)

    found = watched(moved, now=after(17))
    again = watched(moved, now=after(17) + timedelta(hours=1))

    (told,) = found.fresh
    assert (told.before, told.now) == (pytest.approx(0.5), pytest.approx(0.7))
    assert told.since is not None
    assert told.since.astimezone(UTC) == datetime(2025, 5, 14, 22, tzinfo=UTC)  # midnight in Berlin
    assert told.difference_low is not None
    assert 0 < told.difference_low < 0.2
    assert (told.cause, told.storm, told.recipients) == ("minds", None, ("ada@paper.example",))
    assert (states(found), found.results[0].now) == (["moved"], told.now)
    assert again.fresh == ()
    assert again.results[0].told == told


@pytest.mark.parametrize(("language", "since"), [("en", "since 15 May 2025"), ("de", "seit dem 15. Mai 2025")])
def test_the_digest_names_the_day_and_the_cause_as_the_watch_does(moved: Store, language: str, since: str) -> None:
    style = read_style(style_file(), language)
    watch(moved)
    (told,) = watched(moved, now=after(17)).fresh

    letter = digest_letter(
        moved, morning(moved, EVERYBODY, now=after(17), language=language), style, "UTC", picture=False
    )

    lines = [line.text for line in letter.lines]
    with speaking(style):
        words, minds = told_words(told, style, RIVER.time_zone), spoken(CAUSES["minds"])
    step = next(line for line in lines if "70" in line and line.rstrip(".").endswith(minds))
    assert words in lines
    assert since in words
    assert "15" in step
    assert told.cause == "minds"


def test_what_is_not_known_is_left_out_where_a_watch_of_the_question_knows_it(moved: Store) -> None:
    watch(moved)
    watched(moved, now=after(17))
    found = replace(morning(moved, EVERYBODY, now=after(17), language="en"), steps={}, causes={})
    style = read_style(style_file(), "en")

    known = digest_letter(moved, found, style, "UTC", picture=False)
    alone = digest_letter(moved, replace(found, watched=()), style, "UTC", picture=False)

    assert not any("not known" in line.text for line in known.lines)
    assert any("not known" in line.text for line in alone.lines)


def test_what_was_told_settles_and_is_told_again_only_where_it_moves_again(moved: Store) -> None:
    watch(moved)
    watched(moved, now=after(17))
    record(moved, RIVER, answered([0.7] * 14, 17))

    settled = watched(moved, now=after(31))
    record(moved, RIVER, answered([0.5] * 4, 31))
    back = watched(moved, now=after(35))

    assert (settled.fresh, states(settled)) == ((), ["settled"])
    assert settled.results[0].watch.settled_at == after(31)
    (told,) = back.fresh
    assert (told.before, told.now) == (pytest.approx(0.7), pytest.approx(0.5))
    assert not told.again


def test_a_move_below_the_least_effect_is_not_told(moved: Store) -> None:
    watch(moved, least=25)

    assert watched(moved, now=after(17)).fresh == ()


def test_noise_is_not_told(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, answered(rng.binomial(200, 0.5, 20) / 200))
        watch(store, least=1)

        found = watched(store, now=after(20))

    assert (found.fresh, states(found)) == ((), ["quiet"])


def test_a_change_of_audience_alone_is_said_as_such(tmp_path: Path) -> None:
    def day(number: int, young: float) -> list[Reader]:
        kept = [
            *day_of_answers(number, 0.8, round(200 * young), young=1, tag="y"),
            *day_of_answers(number, 0.3, round(200 * (1 - young)), young=0, tag="o"),
        ]
        return kept

    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, [one for at in range(18) for one in day(at, 0.4 if at < 14 else 0.8)])
        watch(store)

        (told,) = watched(store, now=after(18)).fresh

    assert told.cause == "audience"
    assert told.audience == pytest.approx(0.2, abs=0.02)
    assert told.shift is not None
    assert told.shift[:2] in {("Age", "18-29"), ("Age", "60+")}
    with speaking("en"):
        assert "It is the audience: other readers came" in told_words(told, PLAIN, RIVER.time_zone)


def crowd_of(count: int, day: int) -> list[Reader]:
    at = FIRST + timedelta(days=day, hours=5)
    return [
        Reader(f"id:crowd-{n}", {"move": ("Yes",)}, {"age": "60+"}, at=at + timedelta(seconds=int(n * 1.3 + n * n % 7)))
        for n in range(count)
    ]


def test_a_move_waits_while_a_crowd_is_open_and_goes_with_it_or_is_told_once_it_is_kept(tmp_path: Path) -> None:
    def store_with_crowd(name: str) -> Iterator[Store]:
        with opened(tmp_path / name) as store:
            record(store, RIVER, [*answered([0.5] * 16), *crowd_of(900, 15)])
            watch(store)
            yield store

    for store in store_with_crowd("aside.sqlite"):
        found = watched(store, now=after(16))
        (told,) = found.fresh
        assert told.storm is not None
        assert told.storm.answers >= 890
        assert states(found) == ["waiting"]
        assert watched(store, now=after(16) + timedelta(hours=1)).fresh == ()  # it was said that it waits
        card = storm_report(store, "river", now=after(16)).open[0]
        decide_on_storm(store, "river", card.crowd, "aside", name="Crowd", answers=900, by="Ada", now=after(16))
        gone = watched(store, now=after(16) + timedelta(hours=2))
        assert (gone.fresh, states(gone), gone.results[0].told) == ((), ["quiet"], None)
    for store in store_with_crowd("kept.sqlite"):
        watched(store, now=after(16))
        card = storm_report(store, "river", now=after(16)).open[0]
        decide_on_storm(store, "river", card.crowd, "kept", name="Crowd", answers=900, by="Ada", now=after(16))
        (told,) = watched(store, now=after(16) + timedelta(hours=1)).fresh
        assert told.storm is None


def test_of_several_that_look_at_once_one_alone_finds_the_move(moved: Store, tmp_path: Path) -> None:
    watch(moved)

    def look(_: int) -> tuple[Told, ...]:
        with opened_store(str(tmp_path / "store.sqlite")) as own:
            return watched(own, now=after(17)).fresh

    with ThreadPoolExecutor(5) as pool:
        fresh = [told for tolds in pool.map(look, range(5)) for told in tolds]

    assert len(fresh) == 1


def test_a_watch_that_nobody_looked_at_for_twice_its_interval_says_so(moved: Store) -> None:
    made = watch(moved)
    watch(moved, every="day")
    watched(moved, now=after(16))

    soon, late = (watched(moved, now=after(16) + timedelta(hours=hours)) for hours in (1.5, 5.5))

    assert soon.unlooked == ()
    assert [one.watch_id for one in late.unlooked] == [made.watch_id]
    with speaking("en"):
        assert unlooked_sentence(1, PLAIN) == "1 watch was not looked at for twice its interval."


def test_a_paused_watch_is_not_looked_at_and_one_taken_out_comes_back_with_what_it_knew(moved: Store) -> None:
    made = watch(moved)
    pause_watch(moved, "river", made.watch_id, after(1))

    assert states(watched(moved, now=after(17))) == ["paused"]

    pause_watch(moved, "river", made.watch_id, None)
    assert len(watched(moved, now=after(17)).fresh) == 1
    gone = remove_watch(moved, "river", made.watch_id)
    assert read_watches(moved) == ()
    keep_watch(moved, gone)
    assert read_watches(moved) == (gone,)
    assert watched(moved, now=after(17) + timedelta(hours=1)).fresh == ()
    with pytest.raises(RequestError, match="has no watch 'w-none'"):
        remove_watch(moved, "river", "w-none")


def test_a_watch_by_day_judges_days_that_are_over(moved: Store) -> None:
    watch(moved, every="day")
    late = list(day_of_answers(17, 0.0, 150))
    record(moved, RIVER, late)

    (told,) = watched(moved, now=after(18)).fresh

    assert told.now == pytest.approx(0.7)  # nobody of the day that runs
    assert watched(moved, now=after(18) + timedelta(minutes=30)).results[0].watch.evaluated_at == after(18)


def test_a_watch_whose_answer_is_gone_says_why(moved: Store) -> None:
    made = watch(moved)
    keep_watch(moved, KeptWatch(replace(made, choice="Perhaps")))

    (result,) = watched(moved, now=after(17)).results

    assert result.state == "fault"
    assert "no such number to watch" in result.fault


@pytest.mark.parametrize(
    ("chosen", "words"),
    [({"least": 0.5}, "at least 1 point"), ({"owner": " "}, "needs an owner")],
)
def test_a_watch_has_an_owner_and_a_least_move(moved: Store, chosen: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        watch(moved, **chosen)


def test_answers_that_come_in_by_the_form_are_looked_at_within_the_hour(tmp_path: Path) -> None:
    coming = [Response(one.key, one.answers, one.levels, responded_at=one.at) for one in answered([0.75] * 2, 14)]
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, answered([0.5] * 14))
        watch(store)
        before = watched(store, now=after(16))
        record_responses(store, "river", coming)

        assert (before.fresh, len(watched(store, now=after(16) + timedelta(hours=1)).fresh)) == ((), 1)


# What the evidence is worth, by other means than the program's own.


def test_what_bettors_have_is_the_sum_over_all_days_of_beginning_and_stopping() -> None:
    counts, levels = np.array([[3.0, 5.0], [6.0, 2.0], [1.0, 9.0]]), np.array([0.3, 0.55])
    stops = detectors.STOPS

    def product(level: float, first: int, last: int, stake: float, *, more: bool) -> float:
        made = 1.0
        for no, yes in counts[first : last + 1]:
            gain = {True: (1 - stake, 1 - stake + stake / level), False: (1 + stake * level / (1 - level), 1 - stake)}
            made *= gain[more][0] ** no * gain[more][1] ** yes
        return made

    def direct(level: float, *, more: bool) -> float:
        total = 0.0
        for stake in detectors.STAKES:
            for first in range(3):
                stays = 1.0
                for last in range(first, 3):
                    chance = stays * (stops if last < 2 else 1.0)  # on the last day nobody has stopped yet
                    total += chance * product(level, first, last, stake, more=more)
                    stays *= 1 - stops
        return float(total / len(detectors.STAKES))

    # a bettor begins with what does not stop before its first day: all of it
    stakes_first = capital(counts[:1], YES_NO, levels)
    assert np.exp(stakes_first[0]) == pytest.approx(
        [np.mean([(1 - c) ** 3 * (1 - c + c / m) ** 5 for c in detectors.STAKES]) for m in levels]
    )
    more, less = capital(counts, YES_NO, levels)
    assert np.exp(more) == pytest.approx([direct(level, more=True) for level in levels])
    assert np.exp(less) == pytest.approx([direct(level, more=False) for level in levels])


def test_all_bettors_have_together_a_unit_a_day_on_average_whatever_the_level() -> None:
    for level in (0.2, 0.5):
        expected = np.zeros(2)
        for days in itertools.product(itertools.product((0, 1), repeat=2), repeat=3):  # 3 days of 2 answers
            chance = np.prod([level if yes else 1 - level for day in days for yes in day])
            counts = np.array([[2.0 - sum(day), float(sum(day))] for day in days])
            more, less = capital(counts, YES_NO, np.array([level]))
            expected += chance * np.exp([more[0], less[0]])
        assert expected == pytest.approx([3.0, 3.0])


def test_the_evidence_is_never_more_than_at_any_level() -> None:
    rng = np.random.default_rng(3)
    for share in (0.1, 0.5, 0.93):
        yes = rng.binomial(80, [share] * 12 + [min(share + 0.2, 0.99)] * 4).astype(float)
        counts = np.stack([80 - yes, yes], axis=-1)
        levels = np.linspace(0.002, 0.998, 3000)
        more, less = capital(counts, YES_NO, levels)
        least = (np.logaddexp(more, less) - np.log(2)).min()
        found = float(evidence(counts, YES_NO))
        assert least - 0.3 < found <= least + 1e-9
        assert worst(more, less) <= least


def test_numbers_are_found_by_e_bh_as_it_is_defined() -> None:
    rng = np.random.default_rng(8)
    for alone in (1e-9, 30.0):
        for _ in range(200):
            values = rng.lognormal(3, 2, size=rng.integers(1, 12))
            falling, n = np.sort(values)[::-1], len(values)
            direct = max((k for k in range(1, n + 1) if falling[k - 1] >= max(2 * n / k, alone)), default=0)
            found = found_changed(np.log(values), every=2, alone=alone)
            assert set(np.flatnonzero(found)) == set(np.argsort(-values)[:direct])


def test_many_with_a_little_evidence_do_not_let_one_through_that_has_too_little_by_itself() -> None:
    assert not found_changed(np.log([70.0, *[15.0] * 99]), every=2, alone=60).any()


def test_the_day_of_a_change_is_where_both_sides_differ_most_clearly() -> None:
    counts = np.array([[100, 100]] * 9 + [[60, 140]] * 4)

    assert change_day(counts, YES_NO) == 9
