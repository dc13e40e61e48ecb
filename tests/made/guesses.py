"""Attacks on single readers through the functions that pages, articles and comments ask, each on 1,000 readers.

Whoever attacks knows of everybody the groups and the day, and who came when. They know no answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.editions.edition import edition_of, to_step
from analytics.errors import DeniedError, RequestError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.topline import topline
from analytics.model import EVERYBODY, Batch, Chunk, Dimension, Level, Snapshot
from analytics.model.access import LEAST_FOR_VIEWERS, Person
from analytics.model.request import Request, Where
from analytics.store.read.comments import count_comments
from analytics.store.read.published_total import published_total
from analytics.store.record.imports import record_import
from tests.surveys import AGE, MOVE, NOW, RIVER, SEX, Reader, batch_of, opened, record, snapshot

TARGETS = 1_000
VIEWER = Person("ann@example.org", frozenset({"viewer"}))
ANSWERS = tuple(choice.value for choice in MOVE.choices)
PLACE = Dimension("place", "Place", "place", tuple(Level(one, one, (one,)) for one in ("North", "South", "Abroad")))
TOWN = replace(RIVER, questions=(MOVE,), dimensions=(AGE, SEX, PLACE), columns=replace(RIVER.columns, weight=None))
KEYS = tuple(one.key for one in TOWN.dimensions)
TABLES: list[tuple[str, ...]] = [
    (), ("day",), *((key,) for key in KEYS), *combinations(KEYS, 2), *((key, "day") for key in KEYS)
]  # fmt: skip
"""All that an edition has of a question."""
Shown = dict[tuple[str, ...], dict[tuple[str, ...], dict[str, float]]]
"""How many readers gave each answer, by table and by group, as far as anything is shown."""


@dataclass(frozen=True)
class Guesses:
    """How many of these readers' answers were guessed: from what is shown, from the totals alone, and by the twin."""

    of: int
    right: int
    total: int
    twin: int | None = None

    @property
    def is_safe(self) -> bool:
        """Whether at most 5 points more are guessed than from the totals."""
        return self.right <= self.total + 0.05 * self.of

    @property
    def twin_falls(self) -> bool:
        """Whether of what does not protect more is guessed than that."""
        return self.twin is not None and self.twin > self.total + 0.05 * self.of


def crowd(count: int) -> list[Reader]:
    """Readers of uneven groups, some of them small, who came over twenty days."""
    random = np.random.default_rng(8)
    parts = {"age": (0.02, 0.38, 0.6), "sex": (0.35, 0.65), "place": (0.5, 0.47, 0.03)}
    levels = {
        one.key: random.choice([level.value for level in one.levels], count, p=parts[one.key])
        for one in TOWN.dimensions
    }
    given = random.choice(ANSWERS, count, p=(0.6, 0.3, 0.1))
    return [
        Reader(
            f"id:{at}", {"move": (str(given[at]),)}, {key: str(of[at]) for key, of in levels.items()},
            at=NOW - timedelta(days=20 - at * 20 / count),
        )
        for at in range(count)
    ]  # fmt: skip


def day_of(one: Reader) -> str:
    """The day on which a reader answered, by the survey's clock."""
    assert one.at is not None
    return one.at.astimezone(ZoneInfo(TOWN.time_zone)).date().isoformat()


def answer_of(one: Reader) -> str:
    """What a reader answered."""
    return one.answers["move"][0]


def seen_by_viewers(exact: Snapshot) -> Snapshot:
    """The survey as viewers see it who look for the first time."""
    edition = edition_of(exact)
    return replace(exact, person=VIEWER, edition=edition, status=edition.status)


def period_of(seen: Snapshot, one: Reader) -> str:
    """The period of the edition in which a reader answered."""
    if seen.edition.every != "week":
        return day_of(one)[: len("2025-05")] if seen.edition.every == "month" else day_of(one)
    day = pd.Timestamp(day_of(one))
    return str((day - pd.Timedelta(days=day.weekday())).date().isoformat())


def shares_of(seen: Snapshot, keys: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, float]]:
    """How many readers gave each answer, by the groups of which anything is shown; "day" is the edition's period."""
    by = tuple(key for key in keys if key != "day")
    try:
        if "day" in keys:
            asked = Request(question="move", by=by, every=seen.edition.every)
            rows = trend(seen, asked).estimates.rename(columns={"period": "day"})
        else:
            rows = crosstab(seen, Request(question="move", by=by)).estimates
    except RequestError:
        return {}
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for row in rows[(rows["statistic"] == "share") & ~rows["suppressed"].astype(bool)].to_dict("records"):
        found.setdefault(tuple(str(row[key]) for key in keys), {})[str(row["choice"])] = row["share"] * row["base_n"]
    return found


def likeliest(counts: Mapping[str, float]) -> str:
    """The answer with the largest count."""
    return max(counts, key=lambda choice: counts[choice])


def isolated(readers: Sequence[Reader], most: int = TARGETS) -> list[Reader]:
    """The readers of the smallest groups of one day."""
    sizes = Counter(_cell(one) for one in readers)
    return sorted(readers, key=lambda one: sizes[_cell(one)])[:most]


def _cell(one: Reader) -> tuple[str, ...]:
    return (*(one.levels[key] for key in KEYS), day_of(one))


def _selected(seen: Snapshot, where: Where) -> dict[str, float] | None:
    """What a page says of a selection; None where it says nothing."""
    with suppress(RequestError):
        rows = topline(seen, Request(question="move", where=where)).estimates
        rows = rows[(rows["statistic"] == "share") & ~rows["suppressed"].astype(bool)]
        return {str(row["choice"]): row["share"] * row["base_n"] for row in rows.to_dict("records")}
    return None


def subtraction() -> Guesses:
    """Every target's group is what two selections differ by, of unions of levels and of tables that are shown.

    Of what is refused nothing is learned. The twin tells every selection of ten or more, and rounds nothing.
    """
    readers = crowd(6_000)
    with opened() as store:
        record(store, TOWN, readers)
        seen = seen_by_viewers(snapshot(store))
        shown: Shown = {keys: shares_of(seen, keys) for keys in TABLES}
        asked: dict[Where, dict[str, float] | None] = {}
        right = total = twin = 0
        best = likeliest(shown[()][()])
        targets = isolated(readers)
        for one in targets:
            at = one.levels | {"day": period_of(seen, one)}
            found: list[dict[str, float]] = []
            for key, other in [(a, b) for a in KEYS for b in KEYS if a != b]:
                whole = tuple(level.value for level in _dimension(key).levels)
                rest = tuple(value for value in whole if value != at[key])
                pair: list[Where] = [((key, whole), (other, (at[other],))), ((key, rest), (other, (at[other],)))]
                told = []
                for where in pair:
                    if where not in asked:
                        asked[where] = _selected(seen, where)
                    told.append(asked[where])
                if told[0] is not None and told[1] is not None:
                    found.append({name: told[0].get(name, 0.0) - told[1].get(name, 0.0) for name in ANSWERS})
            for keys in [table for table in TABLES if len(table) == 2]:
                found += _by_subtraction(shown, keys, at)
            narrow = min(
                (each for each in found if sum(each.values()) >= 1), key=lambda each: sum(each.values()), default=None
            )
            guess = best if narrow is None else likeliest(narrow)
            right, total = right + (guess == answer_of(one)), total + (best == answer_of(one))
        own = _own(readers)
        for one in targets:  # all less all others of ten or more: exactly those of the target's own cell
            twin += likeliest(own[_cell(one)]) == answer_of(one)
    return Guesses(len(targets), right, total, twin)


def _dimension(key: str) -> Dimension:
    return next(one for one in TOWN.dimensions if one.key == key)


def _own(readers: Sequence[Reader]) -> dict[tuple[str, ...], Counter[str]]:
    found: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for one in readers:
        found[_cell(one)][answer_of(one)] += 1
    return found


def _by_subtraction(shown: Shown, keys: tuple[str, ...], at: Mapping[str, str]) -> list[dict[str, float]]:
    """A group of a crossing: as it is shown, and as its total less all others of its row or column."""
    group = tuple(at[key] for key in keys)
    found = [shown[keys][group]] if group in shown[keys] else []
    for place, key in enumerate(keys):
        whole = shown[key,].get((at[key],))
        others = [each for of, each in shown[keys].items() if of[place] == at[key] and of != group]
        if whole is None or not others:
            continue
        rest = {
            name: whole[name] - sum(each[name] for each in others)
            for name in ANSWERS if name in whole and all(name in each for each in others)
        }  # fmt: skip
        found += [rest] if rest else []
    return found


def averaging() -> Guesses:
    """Every target's group is the mean of what many splits of the readers tell of it.

    A viewer is refused random splits, and has those that an edition is made of: each group over the levels of every
    other kind of groups, and over time. The twin has 400 random splits, not told below ten and rounded to five.
    """
    readers, random = crowd(6_000), np.random.default_rng(3)
    splits = random.integers(100, 600, 400)
    with opened() as store:
        record(store, TOWN, readers)
        seen = seen_by_viewers(snapshot(store))
        shown: Shown = {keys: shares_of(seen, keys) for keys in TABLES}
        for _ in range(20):  # which are of several levels each
            ages = tuple(str(one) for one in random.choice([level.value for level in AGE.levels], 2, replace=False))
            assert _selected(seen, (("age", ages), ("sex", (str(random.choice(["F", "M"])),)))) is None
    best, own = likeliest(shown[()][()]), _own(readers)
    right = total = twin = 0
    targets = isolated(readers)
    for one in targets:
        at = one.levels | {"day": period_of(seen, one)}
        guess, smallest = best, float("inf")
        for keys in [table for table in TABLES if table]:
            means = _mean_of(_splits(shown, keys, at))
            if means and 1 <= sum(means.values()) < smallest:
                guess, smallest = likeliest(means), sum(means.values())
        averaged = {
            name: float(np.mean(to_step(splits + n) - to_step(splits))) for name, n in own[_cell(one)].items()
        }  # fmt: skip
        truth = answer_of(one)
        right, total, twin = right + (guess == truth), total + (best == truth), twin + (likeliest(averaged) == truth)
    return Guesses(len(targets), right, total, twin)


def _splits(shown: Shown, keys: tuple[str, ...], at: Mapping[str, str]) -> list[dict[str, float]]:
    """What each way of splitting a group tells of it: itself, what is left of its totals, and the sums of its parts."""
    group = tuple(at[key] for key in keys)
    if len(keys) == 2:
        return _by_subtraction(shown, keys, at)
    found = [shown[keys][group]] if group in shown[keys] else []
    for table in [one for one in TABLES if len(one) == 2 and keys[0] in one]:
        place = table.index(keys[0])
        parts = [each for of, each in shown[table].items() if of[place] == group[0]]
        names = [name for name in ANSWERS if parts and all(name in each for each in parts)]
        found += [{name: sum(each[name] for each in parts) for name in names}] if names else []
    return found


def _mean_of(told: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {
        name: float(np.mean([each[name] for each in told if name in each]))
        for name in ANSWERS if any(name in each for each in told)
    }  # fmt: skip


def comments() -> Guesses:
    """Whether a target's comment is still listed when the list is filtered by their groups, their hour and one answer.

    The twin is whoever is told how many comments a filter leaves, and knows that the target wrote one, and when.
    """
    survey, readers = replace(TOWN, columns=replace(TOWN.columns, comment="comment")), crowd(3_000)
    batch = batch_of(survey, readers)
    texts = pd.DataFrame({"row": range(len(readers)), "question": "", "text": [f"Of {one.key}" for one in readers]})
    right = total = twin = 0
    with opened() as store:
        chunk = Chunk(len(readers), replace(batch, texts=texts) if isinstance(batch, Batch) else batch, ())
        record_import(store, survey, [chunk], file="readers.csv", now=NOW, whole_rows=0)
        best = likeliest(shares_of(seen_by_viewers(snapshot(store)), ())[()])
        targets = isolated(readers)
        counted: dict[tuple[Person, Request], int | None] = {}
        for one in targets:
            groups: Where = tuple((key, (value,)) for key, value in one.levels.items())
            assert one.at is not None
            since = one.at.replace(minute=0, second=0, microsecond=0)
            guessed = []
            for person in (VIEWER, EVERYBODY):
                told = {}
                for answer in ANSWERS:
                    asked = Request(where=(*groups, ("move", (answer,))), since=since, until=since + timedelta(hours=1))
                    if (person, asked) not in counted:
                        counted[person, asked] = _comments_told(store, asked, person)
                    if (count := counted[person, asked]) is not None:
                        told[answer] = float(count)
                guessed.append(likeliest(told) if told else best)
            truth = answer_of(one)
            right, total, twin = right + (guessed[0] == truth), total + (best == truth), twin + (guessed[1] == truth)
    return Guesses(len(targets), right, total, twin)


def _comments_told(store: object, asked: Request, person: Person) -> int | None:
    try:
        return count_comments(store, "river", asked, [""], person=person)  # type: ignore[arg-type]
    except DeniedError:
        return None


def live_count() -> Guesses:
    """A thousand readers come one by one, a minute apart; after each the public total and the edition are looked at.

    The guess is the answer that rose most when the target was counted in. The twin moves with every answer.
    """
    everybody = crowd(1_300)
    order = np.random.default_rng(12).permutation(len(everybody)).tolist()
    readers = [replace(everybody[at], at=NOW + timedelta(minutes=place)) for place, at in enumerate(order)]
    first = len(readers) - TARGETS
    guesses: list[str] = []
    with opened() as store:
        record(store, TOWN, readers[:first])
        edition, public, waiting = edition_of(snapshot(store)), _public(store, NOW + timedelta(minutes=first)), 0
        shown, best = shares_of(_seen(snapshot(store), edition), ())[()], ""
        for place in range(first, len(readers)):
            now = NOW + timedelta(minutes=place)
            record(store, TOWN, [readers[place]])
            waiting += 1
            later = edition_of(snapshot(store, now=now), edition)
            moved = _public(store, now)
            rose = [{name: moved[name] - public[name] for name in ANSWERS}] if moved != public else []
            if later is not edition:
                fresh = shares_of(_seen(snapshot(store, now=now), later), ()).get((), shown)
                rose.append({name: fresh.get(name, 0.0) - shown.get(name, 0.0) for name in ANSWERS})
                edition, shown = later, fresh
            if rose:  # all who came since the last step are guessed by it
                guesses += [likeliest(rose[0])] * waiting
                public, waiting = moved, 0
        best = likeliest(public)
        guesses += [best] * waiting
    truths = [answer_of(one) for one in readers[first:]]
    right = sum(guess == truth for guess, truth in zip(guesses, truths, strict=True))
    return Guesses(len(truths), right, truths.count(best), len(truths))


def _seen(exact: Snapshot, edition: object) -> Snapshot:
    return replace(exact, person=VIEWER, edition=edition)


def _public(store: object, now: object) -> dict[str, float]:
    """How many gave each answer, as readers' results under an article say it."""
    total = published_total(store, "river", now=now)  # type: ignore[arg-type]
    if total is None or total.base < LEAST_FOR_VIEWERS:
        return dict.fromkeys(ANSWERS, 0.0)
    return {name: points / 100 * total.base for name, points in total.percents.items()}
