"""An attacker who fits every reader's answer to all that viewers were ever shown, and to all that was published.

They know of everybody the groups and the day, who came when and who was set aside. They know no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.editions.edition import Edition, edition_of, to_step
from analytics.editions.told import ToldCount, told_by, told_in
from analytics.errors import RequestError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.time.trend import trend
from analytics.exports.report import SEEN_AS_VIEWERS, report_of, survey_report
from analytics.figures.drawing.style import read_style, style_file
from analytics.kinds.kind import Made
from analytics.kinds.table import make
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.published.few import few_told
from analytics.store.place.connections import Store
from analytics.store.tend.keeping import screen_responses
from tests.made.guesses import (
    ANSWERS,
    KEYS,
    TABLES,
    TARGETS,
    TOWN,
    Guesses,
    crowd,
    day_of,
    likeliest,
)
from tests.surveys import NOW, Reader, opened, record, snapshot
from tests.test_edition_attacks import aside, seen_as

SWEEPS, STYLE = 60, read_style(style_file(), "en")
Known = tuple[frozenset[int], tuple[tuple[str, str], ...], str, float, float]
"""Whose answers a number is of: cohorts and groups; which answer, and between which counts it lies."""


@dataclass
class Fitted:
    """How many readers of each unit gave each answer, as fits all that is known; a unit is a cohort in a full cell."""

    units: list[tuple[int, dict[str, str]]]
    sizes: np.ndarray
    known: list[Known] = field(default_factory=list)

    def fit(self, start: dict[str, float]) -> np.ndarray:
        """The counts by unit and answer: the shares of all readers, pulled into each interval in turn."""
        whole = np.array([start.get(one, 1e-9) for one in ANSWERS])
        found = self.sizes[:, None] * (whole / whole.sum())
        places = [
            (np.array([self._is_of(unit, cohorts, groups) for unit in self.units]), ANSWERS.index(answer), low, high)
            for cohorts, groups, answer, low, high in self.known
        ]
        for _ in range(SWEEPS):
            for rows, answer, low, high in places:
                now = found[rows, answer].sum()
                if now > 0 and not low <= now <= high:
                    found[rows, answer] *= (low if now < low else high) / now
            found *= (self.sizes / np.maximum(found.sum(axis=1), 1e-12))[:, None]
        return found

    @staticmethod
    def _is_of(unit: tuple[int, dict[str, str]], cohorts: frozenset[int], groups: tuple[tuple[str, str], ...]) -> bool:
        return unit[0] in cohorts and all(unit[1][key] == value for key, value in groups)


@dataclass
class Watched:
    """What somebody saw of a survey over time: its readers by cohort, and every number of every edition."""

    store: Store
    readers: list[tuple[int, Reader]] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    published: list[ToldCount] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    last: Edition | None = None
    hours: int = 0
    aside: int = 0
    counts: list[int] = field(default_factory=list)
    refused: int = 0
    exact_left: int = 0

    @property
    def there(self) -> frozenset[int]:
        """The cohorts whose answers count."""
        return frozenset({cohort for cohort, _ in self.readers} - self.gone)

    @property
    def exact(self) -> Snapshot:
        found = snapshot(self.store, now=NOW + timedelta(hours=self.hours))
        return aside(found, self.aside) if self.aside else found

    def come(self, some: Sequence[Reader]) -> None:
        """Some more readers answer, as a cohort of their own."""
        cohort = 1 + max((one for one, _ in self.readers), default=-1)
        self.readers += [(cohort, one) for one in some]
        record(self.store, TOWN, [one for _, one in self.readers])
        if self.gone:
            self.leave(*self.gone)
        self.hours += 2

    def leave(self, *cohorts: int) -> None:
        """Editors set whole cohorts aside."""
        left = [one for cohort, one in self.readers if cohort in cohorts]
        screen_responses(self.store, TOWN.key, [one.key for one in left], rule="a crowd", now=NOW)
        self.gone |= {*cohorts}
        self.aside = len(left)

    def look(self) -> None:
        """Reads every table of the edition that is shown now."""
        self.last = edition_of(self.exact, self.last, published=lambda: self.published)
        seen = seen_as(self.exact, self.last)
        self.counts.append(seen.status.counted)
        for keys in TABLES:
            self.known += [(self.there, *one) for one in intervals(seen, keys)]

    def report(self, *, seen_as_viewers: bool) -> None:
        """A report of the survey leaves, exactly or as viewers see it; the attacker has all of its numbers."""
        assert self.last is not None
        last = self.last
        found = replace(self.exact, as_viewers=lambda: seen_as(self.exact, last))
        asked = Request(survey="river", options=SEEN_AS_VIEWERS if seen_as_viewers else ())

        def judge(made: Made) -> Made | None:
            if not few_told(made, self.published, last.pattern):
                return made
            asked = replace(made.request, every=made.request.every and last.every, weights=None)
            with suppress(RequestError):
                return make(found, replace(asked, options=SEEN_AS_VIEWERS))
            return None

        exports = survey_report(found, asked, STYLE, judge)
        self.published += told_in(found.survey, [(address, rows) for _, address, rows in report_of(exports).inside])
        for export in exports:
            request, rows = export.request, [row for row in export.made.rows if row["statistic"] == "share"]
            if export.made.views[0].rounded:
                keys = (*request.by, *([str(request.every)] if request.every else []))
                named = [row | {str(request.every): row.get("period")} for row in rows]
                self.known += [(self.there, *one) for one in told_between(named, keys)]
                continue
            self.exact_left += 1
            for one in told_by(request, rows):
                if one.choice is not None:
                    groups = [(key, values[0]) for key, values in one.where]
                    groups += [(str(one.every), str(one.period))] if one.every else []
                    self.known.append((self.there, tuple(groups), one.choice, float(one.count), float(one.count)))

    def publish(self, request: Request) -> bool:
        """An editor publishes exact numbers, unless the desk refuses; the attacker has the file."""
        assert self.last is not None
        made = make(self.exact, request)
        if few_told(made, self.published, self.last.pattern):
            self.refused += 1
            return False
        told = told_by(request, made.rows)
        self.published += told
        for one in told:
            if one.choice is not None:
                groups = tuple((key, values[0]) for key, values in one.where)
                self.known.append((self.there, groups, one.choice, float(one.count), float(one.count)))
        return True


def intervals(seen: Snapshot, keys: tuple[str, ...]) -> list[tuple[tuple[tuple[str, str], ...], str, float, float]]:
    """Between which counts the shares lie that a viewer reads: in whole points, of a base to the nearest 5."""
    by, every = tuple(key for key in keys if key != "day"), seen.edition.every
    try:
        if "day" in keys:
            rows = trend(seen, Request(question="move", by=by, every=every)).estimates.rename(columns={"period": every})
        else:
            rows = crosstab(seen, Request(question="move", by=by)).estimates
    except RequestError:
        return []
    return told_between(rows.to_dict("records"), tuple(every if key == "day" else key for key in keys))


def told_between(
    rows: Sequence[Mapping[Any, Any]], keys: tuple[str, ...]
) -> list[tuple[tuple[tuple[str, str], ...], str, float, float]]:
    return [
        (
            tuple((key, str(row[key])) for key in keys), str(row["choice"]),
            max(0.0, (row["share"] - 0.005) * (row["base_n"] - 2.5)), (row["share"] + 0.005) * (row["base_n"] + 2.5),
        )
        for row in rows if row["statistic"] == "share" and not row["suppressed"]
    ]  # fmt: skip


def history(store: Store, count: int, *, least: int = 950, reports: tuple[bool, ...] = ()) -> Watched:
    """A survey from its first readers on: figures leave, few and many come, a crowd comes and is set aside.

    Args:
        reports: the reports that leave before the last readers come, each whether as viewers see it.
    """
    watched, everybody = Watched(store), crowd(count)
    parts = [least, least + 6, count // 2, count - 4, count]
    crowd_of = crowd(count // 8)
    given = np.random.default_rng(9).choice(ANSWERS, len(crowd_of), p=(0.1, 0.15, 0.75))
    late = [replace(one, key=f"id:crowd {at}", answers={"move": (str(given[at]),)}) for at, one in enumerate(crowd_of)]
    whole = Request(kind="topline", survey="river", question="move")
    watched.come(everybody[: parts[0]])
    watched.last = edition_of(watched.exact, published=lambda: watched.published)
    watched.publish(whole)
    watched.last = None
    watched.come(everybody[parts[0] : parts[1]])  # six more than a published total of fewer than 1,000
    watched.look()
    watched.come(everybody[parts[1] : parts[2]])
    watched.look()
    watched.publish(replace(whole, kind="crosstab", by=("sex",)))
    watched.come(late)
    watched.look()
    watched.leave(3)
    watched.hours += 2
    watched.look()
    watched.come(everybody[parts[2] : parts[3]])
    watched.look()
    watched.publish(whole)
    for seen_as_viewers in reports:
        watched.report(seen_as_viewers=seen_as_viewers)
    watched.come(everybody[parts[3] :])  # four more than a published total of more
    watched.look()
    return watched


def cell_of(cohort: int, one: Reader) -> tuple[int, tuple[str, ...]]:
    return cohort, (*(one.levels[key] for key in KEYS), day_of(one))


def everything(reports: tuple[bool, ...] = ()) -> Guesses:
    """The targets are the readers of the smallest cells, and all of the few who came after a figure had left.

    The twin has what averages over random splits tell behind a threshold and rounding.
    """
    with opened() as store:
        return counted(history(store, 3_000, reports=reports))


@pytest.mark.soak
@pytest.mark.parametrize("reports", [(), (True,), (False,), (True, False)], ids=["figures", "viewers", "exact", "both"])
def test_whoever_fits_all_answers_to_all_that_was_ever_shown_guesses_hardly_more_than_from_the_totals(
    reports: tuple[bool, ...],
) -> None:
    found = everything(reports)

    assert found.of == TARGETS
    assert found.is_safe, found
    assert found.twin_falls, found


def few_more(least: int, *, looked: bool, surveys: int = 50) -> Guesses:
    """One to nine came since a total had left in each survey; a viewer had looked before, or had not."""
    right = total = several = 0
    for seed in range(surveys):
        with opened() as store:
            watched, new = few_came(store, seed, least, looked=looked)
        guessed, best = guesses(watched)
        for one in new:
            truth = one.answers["move"][0]
            right, total = right + (guessed[cell_of(1, one)] == truth), total + (best == truth)
        several += len(new)
    return Guesses(several, right, total)


@pytest.mark.soak
@pytest.mark.parametrize("least", [950, 1_000])
@pytest.mark.parametrize("looked", [False, True])
def test_of_the_few_who_came_after_a_total_had_left_their_answers_are_guessed_as_from_the_totals(
    least: int, looked: bool
) -> None:
    found = few_more(least, looked=looked)

    assert found.of > 200
    assert found.is_safe, found


def few_came(store: Store, seed: int, least: int, *, looked: bool) -> tuple[Watched, list[Reader]]:
    """A survey of which a total was published, and the few readers who came since."""
    random, everybody, watched = np.random.default_rng(seed), crowd(least + 1 + seed % 9), Watched(store)
    given = random.choice(ANSWERS, len(everybody), p=(0.6, 0.3, 0.1))
    order = random.permutation(len(everybody)).tolist()
    readers = [
        replace(everybody[at], key=f"id:{place}", answers={"move": (str(given[place]),)})
        for place, at in enumerate(order)
    ]
    watched.come(readers[:least])
    watched.last = edition_of(watched.exact, published=lambda: watched.published)
    if looked:
        watched.look()
    watched.publish(Request(kind="topline", survey="river", question="move"))
    watched.last = watched.last if looked else None
    watched.come(readers[least:])
    watched.look()
    return watched, readers[least:]


Unit = tuple[int, tuple[str, ...]]


def guesses(watched: Watched) -> tuple[dict[Unit, str], str]:
    """The likeliest answer of each cohort in each full cell by all that is known, and that of all readers."""
    sizes = sizes_of(watched)
    units = list(sizes)
    fitted = Fitted(
        [(cohort, with_periods(dict(zip((*KEYS, "day"), levels, strict=True)))) for cohort, levels in units],
        np.array([sizes[one] for one in units], dtype=float), watched.known,
    )  # fmt: skip
    everybody = {choice: high for _, groups, choice, _, high in watched.known if not groups}
    found = fitted.fit(everybody)
    return {unit: ANSWERS[int(np.argmax(found[at]))] for at, unit in enumerate(units)}, likeliest(everybody)


def with_periods(levels: dict[str, str]) -> dict[str, str]:
    """The levels of a cell with the week and the month of its day."""
    day = date.fromisoformat(levels["day"])
    week = day - timedelta(days=day.weekday())
    return levels | {"week": week.isoformat(), "month": levels["day"][: len("2025-05")]}


def sizes_of(watched: Watched) -> dict[Unit, int]:
    sizes: dict[Unit, int] = {}
    for cohort, one in watched.readers:
        sizes[cell_of(cohort, one)] = sizes.get(cell_of(cohort, one), 0) + 1
    return sizes


def counted(watched: Watched) -> Guesses:
    sizes, (guessed, best) = sizes_of(watched), guesses(watched)
    few = {1, 5}
    order = sorted(range(len(watched.readers)), key=lambda one: (
        watched.readers[one][0] not in few, sizes[cell_of(*watched.readers[one])]
    ))[:TARGETS]  # fmt: skip
    splits = np.random.default_rng(5).integers(100, 600, 400)
    own: dict[Unit, dict[str, int]] = {}
    for cohort, one in watched.readers:
        of = own.setdefault(cell_of(cohort, one), dict.fromkeys(ANSWERS, 0))
        of[one.answers["move"][0]] += 1
    right = total = twin = 0
    for one in order:
        unit, truth = cell_of(*watched.readers[one]), watched.readers[one][1].answers["move"][0]
        right += guessed[unit] == truth
        total += best == truth
        averaged = {answer: float(np.mean(to_step(splits + n) - to_step(splits))) for answer, n in own[unit].items()}
        twin += likeliest(averaged) == truth
    assert len(watched.known) > 300
    assert {one % 5 for one in watched.counts} == {0}
    return Guesses(len(order), right, total, twin)
