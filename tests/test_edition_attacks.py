"""What a viewer can find out of single readers: attacks through the functions that pages ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from analytics.demo import DEMO_KEY
from analytics.editions.edition import NEW_ANSWERS, Edition, edition_of, every_of, to_step
from analytics.editions.glimpse import of_edition
from analytics.editions.told import told_by
from analytics.errors import DeniedError, RequestError, WeightingError
from analytics.estimates.groups.comparisons import comparisons
from analytics.estimates.groups.table import crosstab
from analytics.estimates.newsroom import SHOWN_DAYS, glimpses
from analytics.estimates.time.trend import trend
from analytics.estimates.trust.robustness import robustness
from analytics.estimates.whole.topline import topline
from analytics.language.notation import PLAIN
from analytics.model import Snapshot, Target
from analytics.model.request import Request, Where
from analytics.store.read.status import read_glance
from analytics.store.tend.keeping import screen_responses
from analytics.words.disclosure import disclosure
from tests.made.demo import demo_copied
from tests.made.guesses import (
    ANSWERS,
    TABLES,
    TARGETS,
    TOWN,
    VIEWER,
    Guesses,
    answer_of,
    averaging,
    comments,
    crowd,
    day_of,
    likeliest,
    live_count,
    period_of,
    seen_by_viewers,
    shares_of,
    subtraction,
)
from tests.surveys import AGE, NOW, Reader, opened, record, snapshot


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Snapshot, Snapshot, list[Reader]]]:
    """A survey of 1,500 readers as an analyst and as a viewer sees it, and who they are."""
    readers = crowd(1_500)
    with opened() as store:
        record(store, TOWN, readers)
        exact = snapshot(store)
        yield exact, seen_by_viewers(exact), readers


def base_of(seen: Snapshot, where: Where) -> float | None:
    """How many readers of a selection answered, as the page says it; None where it says nothing."""
    try:
        return topline(seen, Request(question="move", where=where)).base_n
    except RequestError:
        return None


def test_a_reader_is_not_isolated_by_the_difference_of_two_selections(
    town: tuple[Snapshot, Snapshot, list[Reader]],
) -> None:
    exact, viewer, _ = town
    ages = tuple(level.value for level in AGE.levels)
    unions = [tuple(one) for size in (2, 3) for one in combinations(ages, size)]
    selections: list[Where] = [(("age", union), ("sex", (sex,))) for union, sex in product(unions, ("F", "M"))]
    selections += [(("age", (age,)), ("move", (answer,))) for age, answer in product(ages, ANSWERS)]
    selections += [(("age", (age,)), ("sex", ("F",)), ("place", ("North",))) for age in ages]

    assert all(base_of(exact, where) is not None for where in selections)
    assert [where for where in selections if base_of(viewer, where) is not None] == []


@pytest.mark.parametrize(
    "more",
    [
        {"since": NOW - timedelta(days=3)}, {"until": NOW - timedelta(days=3, hours=1)}, {"standing": "first"},
        {"standing": "with screened"}, {"base": "all"}, {"by": ("age", "sex", "place")}, {"by": ("move",)},
    ],
    ids=str,
)  # fmt: skip
def test_nothing_outside_the_lattice_is_answered(
    town: tuple[Snapshot, Snapshot, list[Reader]], more: dict[str, object]
) -> None:
    with pytest.raises(RequestError):
        crosstab(town[1], replace(Request(question="move"), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("every", ["hour", "day", "wave"])
def test_a_trend_has_the_periods_of_the_edition_alone(
    town: tuple[Snapshot, Snapshot, list[Reader]], every: str
) -> None:
    assert town[1].edition.every == "week"  # by day hardly any line would be whole
    with pytest.raises(RequestError):
        trend(town[1], replace(Request(question="move"), every=every))  # type: ignore[arg-type]
    with pytest.raises(RequestError):
        trend(town[1], Request(question="move", every="week", window=3))


def test_no_other_estimate_is_made_for_viewers(town: tuple[Snapshot, Snapshot, list[Reader]]) -> None:
    for estimate in (
        lambda one: comparisons(one, Request(question="move", by=("age",)), compare=("pairs",)),
        lambda one: robustness(one, Request(question="move")),
    ):
        with pytest.raises(DeniedError):
            estimate(town[1])


def test_averaging_over_random_splits_finds_the_size_of_a_small_group_behind_threshold_and_rounding_alone(
    town: tuple[Snapshot, Snapshot, list[Reader]],
) -> None:
    _, viewer, readers = town
    random = np.random.default_rng(3)
    small = np.array([one.levels["age"] == "18-29" and one.levels["sex"] == "F" for one in readers])
    others, found = np.flatnonzero(~small), []
    for _ in range(2_000):  # the twin: a selection of any readers, not told below ten, rounded to five
        split = random.choice(others, random.integers(100, 600), replace=False)
        found.append(to_step(len(split) + small.sum()) - to_step(len(split)))

    assert abs(np.mean(found) - small.sum()) < 0.5  # the twin tells it
    assert base_of(viewer, (("age", ("18-29", "60+")), ("sex", ("F",)))) is None  # no split can be asked for


def test_whoever_knows_all_that_viewers_see_guesses_answers_hardly_better_than_from_the_total(
    town: tuple[Snapshot, Snapshot, list[Reader]],
) -> None:
    """The targets are readers in groups of fewer than thirty; the guess is the largest share shown of their groups."""
    exact, viewer, readers = town
    shown: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
    for keys in [(), *((one.key,) for one in TOWN.dimensions), *combinations(("age", "sex", "place"), 2)]:
        try:
            rows = crosstab(viewer, Request(question="move", by=keys)).estimates
        except RequestError:
            continue
        rows = rows[(rows["statistic"] == "share") & ~rows["suppressed"].astype(bool)].sort_values("share")
        shown[keys] = {tuple(row[key] for key in keys): row["choice"] for row in rows.to_dict("records")}
    sizes: dict[tuple[str, ...], int] = {}
    for one in readers:
        sizes[tuple(one.levels.values())] = sizes.get(tuple(one.levels.values()), 0) + 1
    targets = [one for one in readers if sizes[tuple(one.levels.values())] < 30]
    right = total = 0
    for one in targets:
        guess = shown[()][()]
        for keys, groups in shown.items():
            guess = groups.get(tuple(one.levels[key] for key in keys), guess)
        right += guess == one.answers["move"][0]
        total += shown[()][()] == one.answers["move"][0]

    assert len(targets) > 50
    assert right <= total + 0.05 * len(targets), (right, total, len(targets))
    assert exact.status.counted == len(readers)


def test_the_live_count_does_not_tell_what_the_newest_reader_answered() -> None:
    readers = crowd(1_000)
    with opened() as store:
        record(store, TOWN, readers[:900])
        first = edition_of(snapshot(store))
        record(store, TOWN, readers[:901])
        later = snapshot(store, now=NOW + timedelta(hours=2))
        second = edition_of(later, first)
        record(store, TOWN, readers[: 900 + NEW_ANSWERS - 1])
        third = edition_of(snapshot(store, now=NOW + timedelta(hours=2)), first)

    assert second is first
    assert third is first
    assert first.status.counted % 5 == 0


def test_a_new_edition_comes_with_enough_answers_and_an_hour() -> None:
    readers = crowd(4_000)
    with opened() as store:
        record(store, TOWN, readers[:300])
        first = edition_of(snapshot(store))
        record(store, TOWN, readers)
        soon = edition_of(snapshot(store, now=NOW + timedelta(minutes=30)), first)
        later = edition_of(snapshot(store, now=NOW + timedelta(hours=2)), first)

    assert soon is first
    assert later is not first
    assert later.status.counted == 4_000


def test_small_levels_are_not_offered_and_all_numbers_are_rounded(
    town: tuple[Snapshot, Snapshot, list[Reader]],
) -> None:
    _, viewer, _ = town
    rows = crosstab(viewer, Request(question="move", by=("age",))).estimates
    numbers = rows[~rows["suppressed"].astype(bool)]

    assert (numbers["base_n"] % 5 == 0).all()
    assert np.allclose(numbers["share"].dropna() * 100, np.round(numbers["share"].dropna() * 100))
    assert set(viewer.edition.levels_of("age")) <= {level.value for level in AGE.levels} | {"No answer"}


def test_a_viewer_is_told_that_too_few_answered_only_where_they_did(
    town: tuple[Snapshot, Snapshot, list[Reader]],
) -> None:
    exact, viewer, _ = town
    kept_back = 0
    for keys in [(), ("age",), ("sex",), ("place",), *combinations(("age", "sex", "place"), 2)]:
        try:
            rows = crosstab(viewer, Request(question="move", by=keys)).estimates
        except RequestError:
            continue
        true = crosstab(replace(exact, survey=replace(exact.survey, min_base=5)), Request(question="move", by=keys))
        bases = true.estimates.groupby(list(keys))["base_n"].max().to_dict() if keys else {}
        for row in rows[rows["reason"].notna()].to_dict("records"):
            group = tuple(row[key] for key in keys)
            kept_back += row["reason"].kind == "edition"
            if row["reason"].kind == "few":
                assert not bases[group if len(group) > 1 else group[0]] >= row["reason"].least

    assert kept_back > 10


def test_the_method_of_a_viewers_figure_says_that_its_numbers_are_rounded(
    town: tuple[Snapshot, Snapshot, list[Reader]],
) -> None:
    exact, rounded = (
        " ".join(item.words for item in disclosure(topline(one, Request(question="move")), PLAIN)) for one in town[:2]
    )

    assert "Pictures give shares in whole points" in exact
    assert "numbers of an edition" in rounded
    assert "from a base of" not in rounded


def test_of_a_survey_of_20_000_no_group_is_hidden_but_crossings_alone(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with opened(demo_copied(tmp_path_factory, tmp_path / "store.sqlite")) as store:
        edition = edition_of(snapshot(store, DEMO_KEY))

    began = time.process_time()
    pattern = edition.pattern("next_step")
    hidden = {table: pattern.hidden[pattern.lattice.places(table)] for table in pattern.lattice.tables}

    assert time.process_time() - began < 10
    assert [table for table, cells in hidden.items() if len(table) < 2 and cells.any()] == []
    assert pattern.hidden.sum() < 0.3 * pattern.lattice.size


def test_a_survey_of_few_readers_a_day_has_its_row_in_the_newsroom_and_no_movement() -> None:
    with opened() as store:
        record(store, TOWN, crowd(120))
        exact = snapshot(store)
        (row,) = glimpses(read_glance(store, days=SHOWN_DAYS, only=[TOWN.key]), now=NOW)
        found = of_edition(seen_by_viewers(exact), row)

    assert found.shares
    assert found.movement is None


def test_where_targets_cannot_be_met_viewers_see_numbers_without_them() -> None:
    target = Target(("sex",), "Census", 2024, ((("F",), 0.5), (("M",), 0.5)))
    women = [replace(one, levels={**one.levels, "sex": "F"}) for one in crowd(200)]
    with opened() as store:
        record(store, replace(TOWN, targets=(target,)), women)
        viewer = seen_by_viewers(snapshot(store))
        found = topline(viewer, Request(question="move"))
        with pytest.raises(WeightingError):  # which is what is said to whoever sees exact numbers
            topline(snapshot(store), Request(question="move"))

    assert viewer.edition.instead == "none"
    assert (found.weights, found.base_n) == ("none", 200)
    assert not found.estimates["suppressed"].astype(bool).all()


def test_a_group_that_all_answered_alike_is_shown_as_such_and_so_are_the_answers_that_nobody_gave() -> None:
    men = [replace(one, answers={"move": ("Yes",)}) if one.levels["sex"] == "M" else one for one in crowd(400)]
    with opened() as store:
        record(store, TOWN, men)
        rows = crosstab(seen_by_viewers(snapshot(store)), Request(question="move", by=("sex",))).estimates
    shares = rows[(rows["sex"] == "M") & (rows["statistic"] == "share")].set_index("choice")["share"]

    assert shares.to_dict() == {"Yes": 1.0, "No": 0.0, "Unsure": 0.0}


@pytest.mark.parametrize(("readers", "every"), [(600, "week"), (1_500, "week"), (3_000, "day")])
def test_periods_are_as_long_as_it_takes_to_show_them_and_stay_so(readers: int, every: str) -> None:
    """Of 30 readers a day nothing could be shown by day, and of 75 hardly a day with every answer.

    Days that are shown later could tell what weeks did not.
    """
    with opened() as store:
        record(store, TOWN, crowd(readers))
        first = edition_of(snapshot(store))
        shown = trend(seen_as(first.exact, first), replace(Request(question="move"), every=first.every)).estimates
        record(store, TOWN, [*crowd(readers), *[replace(one, key=f"{one.key} b") for one in crowd(4_000)]])
        later = edition_of(snapshot(store, now=NOW + timedelta(hours=2)), first)
        afresh = edition_of(snapshot(store))

    assert (first.every, later.every, every_of(first.patterns)) == (every, every, every)
    assert not shown["suppressed"].astype(bool).all()
    assert later.exact.status.counted == readers + 4_000
    assert afresh.every == "day"


def two_editions() -> Guesses:
    """The attacker knows each target's groups and day, what viewers are shown in two editions, and a published figure.

    From the first edition to the second 3,000 answers came. The guess is the likeliest answer of the narrowest group
    that is shown, or of the difference of a group between the editions for whoever came in between. The twin is what
    averages over random splits tell behind a threshold and rounding: the counts of the target's own cell.
    """
    readers = crowd(6_000)
    known = [{**one.levels, "day": day_of(one)} for one in readers]
    cells: dict[tuple[str, ...], list[str]] = {}
    for at, one in zip(known, readers, strict=True):
        cells.setdefault(tuple(at.values()), []).append(answer_of(one))
    targets = sorted(range(len(readers)), key=lambda at: len(cells[tuple(known[at].values())]))[:TARGETS]
    with opened() as store:
        record(store, TOWN, readers[:3_000])
        first_edition = edition_of(snapshot(store))
        first = seen_as(snapshot(store), first_edition)
        before = {keys: shares_of(first, keys) for keys in TABLES}
        record(store, TOWN, readers)
        exact = snapshot(store, now=NOW + timedelta(hours=2))
        whole = Request(question="move")
        published = told_by(whole, topline(exact, whole).estimates.to_dict("records"))
        second = seen_as(exact, edition_of(exact, first_edition, published=lambda: published))
        after = {keys: shares_of(second, keys) for keys in TABLES}
        best = likeliest(after[()][()])

    assert second.edition.number == 2
    assert sum(map(len, after.values())) > 50
    right = total = twin = 0
    for at in targets:
        truth, guess, levels = answer_of(readers[at]), best, known[at] | {"day": period_of(second, readers[at])}
        for keys in TABLES:
            group = tuple(levels[key] for key in keys)
            if group in after[keys]:
                guess = likeliest(after[keys][group])
            if at >= 3_000 and group in before[keys] and group in after[keys]:
                now, then = after[keys][group], before[keys][group]
                guess = likeliest({choice: now[choice] - then.get(choice, 0.0) for choice in now})
        own = cells[tuple(known[at].values())]
        right, total = right + (guess == truth), total + (best == truth)
        twin += max(own, key=own.count) == truth
    return Guesses(len(targets), right, total, twin)


@pytest.mark.soak
@pytest.mark.parametrize(
    "attack", [subtraction, averaging, two_editions, comments, live_count], ids=lambda of: of.__name__
)
def test_of_1000_isolated_readers_a_viewer_guesses_hardly_more_answers_than_from_the_totals(
    attack: Callable[[], Guesses],
) -> None:
    found = attack()

    assert found.of == TARGETS
    assert found.is_safe, found
    assert found.twin_falls, found


def set_aside(size: int, readers: int) -> tuple[list[Reader], list[Reader]]:
    """Readers, and a crowd of much the same people that came in one night, most of them with one answer."""
    random = np.random.default_rng(4)
    stayed, extra = crowd(readers), crowd(size)
    given = random.choice(ANSWERS, size, p=(0.1, 0.15, 0.75))
    left = [
        replace(one, key=f"id:crowd {at}", answers={"move": (str(given[at]),)}, at=NOW - timedelta(days=1, minutes=at))
        for at, one in enumerate(extra)
    ]
    return stayed, left


def aside(after: Snapshot, size: int) -> Snapshot:
    """The survey after an editor decided that so many of a crowd do not count."""
    return replace(after, status=replace(after.status, set_aside=(("a crowd", size),)))


def of_a_crowd(size: int, readers: int) -> Guesses:
    """The attacker knows of everybody who left their groups, and all that is shown before and after.

    The guess is what the narrowest group shown in both editions lost most; the twin knows all counts before and after.
    """
    stayed, left = set_aside(size, readers)
    tables: list[tuple[str, ...]] = [(), *((one.key,) for one in TOWN.dimensions)]
    tables += list(combinations(("age", "sex", "place"), 2))
    with opened() as store:
        record(store, TOWN, [*stayed, *left])
        before = snapshot(store)
        first = edition_of(before)
        was = {keys: shares_of(seen_as(before, first), keys) for keys in tables}
        screen_responses(store, "river", [one.key for one in left], rule="a crowd", now=NOW)
        after = aside(snapshot(store), size)
        second = edition_of(after, first)
        now = {keys: shares_of(seen_as(after, second), keys) for keys in tables}
    old, new = first.pattern("move"), second.pattern("move")
    lost = {choice: was[()][()][choice] - now[()][()].get(choice, 0.0) for choice in was[()][()]}
    cells: dict[tuple[str, ...], list[str]] = {}
    for one in left:
        cells.setdefault(tuple(one.levels.values()), []).append(one.answers["move"][0])
    right = total = twin = 0
    for one in left:
        truth, guess = one.answers["move"][0], likeliest(lost)
        for table in [keys for keys in old.lattice.tables if keys in tables and keys in new.lattice.tables]:
            at = tuple(old.levels[key][one.levels[key]] for key in table)
            then, there = (of.told[of.lattice.places(table)[at]][1:] for of in (old, new))  # exactly, not as rounded
            hides = [of.hidden[of.lattice.places(table)[at]][1:] for of in (old, new)]
            gone = np.where(hides[0] | hides[1], 0.0, then - there)
            guess = old.choices[int(np.argmax(gone))] if gone.max() > 0 else guess
        right, total = right + (guess == truth), total + (likeliest(lost) == truth)
        own = cells[tuple(one.levels.values())]
        twin += max(own, key=own.count) == truth

    assert (second.number, second.exact.status.screened) == (2, size)
    assert len(second.waiting["move"].rows)
    assert sum(map(len, now.values())) > 0.6 * sum(map(len, was.values()))
    return Guesses(size, right, total, twin)


@pytest.mark.parametrize(("size", "readers"), [(150, 1_800), pytest.param(1_000, 8_000, marks=pytest.mark.soak)])
def test_of_a_crowd_that_was_set_aside_a_viewer_guesses_hardly_more_than_from_the_totals(
    size: int, readers: int
) -> None:
    found = of_a_crowd(size, readers)

    assert found.is_safe, found
    assert found.twin is not None
    assert found.twin >= found.total


def seen_as(exact: Snapshot, edition: Edition) -> Snapshot:
    return replace(exact, person=VIEWER, edition=edition, status=edition.status)
