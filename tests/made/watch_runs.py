"""Months of made-up answers that are watched by the hour, by the program's own functions; printed as figures.

`python -m tests.made.watch_runs` runs seeds 1 to 20 and prints what docs/watches.md states. Of every watch the levels
that its mean may have had are looked at near its true one alone, which makes the evidence larger, never smaller.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from analytics.estimates.watching import cause_of
from analytics.statistics.detectors import EVERY, after_day, begin, change_day, found_changed, gained, worst
from analytics.statistics.split import GroupSums, decompose

YES_NO = np.array([0.0, 1.0])
WATCHES, DAYS, HOURS = 100, 90, 24
A_DAY = 400
LEAST = 0.03
SHIFT, QUIET_DAYS, LOOKED_DAYS = 0.06, 30, 14
LEVELS, REACH = 40, 0.14
"""How many levels are looked at, and how far they reach from the true one, in standard deviations of an answer."""


@dataclass
class Bench:
    """Watches side by side: what their bettors hold by the end of yesterday, and what was answered each day since."""

    share: np.ndarray
    levels: np.ndarray
    unit: tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
    held: list[tuple[np.ndarray, np.ndarray]]
    days: list[np.ndarray]
    first: np.ndarray

    @staticmethod
    def of(share: np.ndarray) -> Bench:
        spread = np.sqrt(share * (1 - share))[:, None]
        levels = np.clip(share[:, None] + spread * np.linspace(-REACH, REACH, LEVELS), 0.002, 0.998)
        one = np.eye(2)[:, None, :].repeat(len(share), axis=1)  # one no each, one yes each
        unit = tuple(gained(of, YES_NO, levels) for of in one)
        return Bench(share, levels, (unit[0], unit[1]), [begin(levels), begin(levels)], [], np.zeros(len(share), int))

    def gains(self, no: np.ndarray, yes: np.ndarray) -> list[np.ndarray]:
        """What the answers of a day make of a unit; it depends on the counts alone."""
        less, more = self.unit
        return [
            no[:, None, None] * of_no + yes[:, None, None] * of_yes for of_no, of_yes in zip(less, more, strict=True)
        ]

    def ready(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """What is bet today and what is kept, not as logarithms: an hour's look then takes a product and a sum."""
        found = []
        for betting, kept in self.held:
            today, left = after_day((betting, kept), np.zeros_like(betting))
            found.append((np.minimum(today, 300), np.exp(np.minimum(left, 300))))
        return found

    def look(self, ready: list[tuple[np.ndarray, np.ndarray]], no: np.ndarray, yes: np.ndarray) -> np.ndarray:
        """The evidence of every watch, of all days that are over and of today's answers so far."""
        both = [
            np.log((np.exp(np.minimum(betting + gain, 300)) + kept).mean(axis=-1))
            for (betting, kept), gain in zip(ready, self.gains(no, yes), strict=True)
        ]
        return worst(*both)

    def end_day(self, no: np.ndarray, yes: np.ndarray) -> None:
        """Lets the day be over."""
        self.held = [after_day(one, gain) for one, gain in zip(self.held, self.gains(no, yes), strict=True)]
        self.days.append(np.stack([no, yes], axis=-1))

    def restart(self, place: int, today: int) -> None:
        """Watches one anew from tomorrow on."""
        for betting, kept in self.held:
            betting[place] = kept[place] = -np.inf
        self.first[place] = today + 1

    def move(self, place: int, today: np.ndarray) -> float:
        """How far the mean moved on the day from which on it differs most clearly."""
        counts = np.array([*(day[place] for day in self.days[self.first[place] :]), today[place]])
        if len(counts) < 2:
            return 0.0
        at = change_day(counts, YES_NO)
        before, after = counts[:at].sum(axis=0), counts[at:].sum(axis=0)
        return float(after[1] / after.sum() - before[1] / before.sum())


def false_messages(seed: int, *, watches: int = WATCHES, days: int = DAYS, fixed: bool = False) -> int:
    """How many messages watches of pure noise send that are looked at each hour.

    Args:
        fixed: today against all days before, by a test that is made for one look: the known-bad twin.
    """
    rng = np.random.default_rng(seed)
    bench = Bench.of(rng.uniform(0.1, 0.9, watches))
    an_hour = np.diff(np.linspace(0, A_DAY, HOURS + 1).round()).astype(int)
    messages, whole = 0, np.zeros((watches, 2))
    for today in range(days):
        ready, no, yes, silent = bench.ready(), np.zeros(watches), np.zeros(watches), bench.first > today
        for number in an_hour:
            came = rng.binomial(number, bench.share)
            no, yes = no + number - came, yes + came
            so_far = np.stack([no, yes], axis=-1)
            if fixed:
                found = fixed_sample(whole, so_far) & ~silent
                messages, silent = messages + int(found.sum()), silent | found
                continue
            found = found_changed(np.where(silent, -np.inf, bench.look(ready, no, yes)))
            for place in np.flatnonzero(found):
                if abs(bench.move(place, so_far)) >= LEAST:
                    messages, silent[place] = messages + 1, True
                    bench.first[place] = today + 1
        whole = whole + np.stack([no, yes], axis=-1)
        if not fixed:
            bench.end_day(no, yes)
            for place in np.flatnonzero(bench.first == today + 1):
                bench.restart(int(place), today)
    return messages


def fixed_sample(before: np.ndarray, today: np.ndarray) -> np.ndarray:
    """Whether today differs from the days before by a test of 5 % that is made for one look."""
    base = before.sum(axis=-1), today.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (before[:, 1] + today[:, 1]) / (base[0] + base[1])
        gap = today[:, 1] / base[1] - before[:, 1] / base[0]
        size = np.abs(gap) / np.sqrt(pooled * (1 - pooled) * (1 / base[0] + 1 / base[1]))
    return np.nan_to_num(size) > 1.96


def found_after(seed: int, share: float, *, of: int = WATCHES, runs: int = WATCHES, shift: float = SHIFT) -> np.ndarray:
    """After how many days each of so many watches is told whose share shifts, alone among `of` watches that are quiet.

    Infinite where none is told within LOOKED_DAYS.
    """
    rng = np.random.default_rng(seed)
    bench = Bench.of(np.full(runs, share))
    an_hour = np.diff(np.linspace(0, A_DAY, HOURS + 1).round()).astype(int)
    for _ in range(QUIET_DAYS):
        yes = rng.binomial(A_DAY, share, runs).astype(float)
        bench.end_day(A_DAY - yes, yes)
    after = np.full(runs, np.inf)
    for today in range(LOOKED_DAYS):
        ready, no, yes = bench.ready(), np.zeros(runs), np.zeros(runs)
        for hour, number in enumerate(an_hour, 1):
            came = rng.binomial(number, share + shift, runs)
            no, yes = no + number - came, yes + came
            logs = bench.look(ready, no, yes)
            quiet = np.full((runs, of - 1), -np.inf)
            found = found_changed(np.concatenate([logs[:, None], quiet], axis=1))[:, 0] & np.isinf(after)
            so_far = np.stack([no, yes], axis=-1)
            for place in np.flatnonzero(found):
                if abs(bench.move(int(place), so_far)) >= LEAST:
                    after[place] = today + hour / HOURS
        bench.end_day(no, yes)
    return after


def best_possible(share: float, *, runs: int = 20_000, shift: float = SHIFT, days: float = 2) -> float:
    """The part found within the days by the test that knows both levels, at one false message in 9,000 days of one.

    A sum of likelihood ratios that is never below 0 (CUSUM), which no test with as few false messages beats by much.
    Its bound is where it takes so long on average by Siegmund's approximation.
    """
    drift = shift**2 / (share * (1 - share)) / 2
    step = np.sqrt(2 * drift)
    bound, target = 1.0, WATCHES * DAYS * A_DAY
    while (np.exp(bound + 1.166 * step) - bound - 1) / drift < target:
        bound += 0.01
    rng = np.random.default_rng(1)
    came = rng.binomial(1, share + shift, (runs, round(A_DAY * days))).astype(bool)
    one, none = np.log((share + shift) / share), np.log((1 - share - shift) / (1 - share))
    total, found = np.zeros(runs), np.zeros(runs, dtype=bool)
    for answer in came.T:
        total = np.maximum(total + np.where(answer, one, none), 0)
        found |= total >= bound
    return float(found.mean())


AUDIENCE = ((0.75, 0.35), (0.4, 0.6))
"""How two groups answer, and how large the first is before and after; nobody changes his mind."""


def causes_told(seed: int, *, runs: int = WATCHES, audience: bool = True) -> list[str]:
    """What is said of each shift that is found: of the audience alone, or else of minds alone."""
    rng = np.random.default_rng(seed)
    (high, low), mixes = AUDIENCE
    start = mixes[0] * high + (1 - mixes[0]) * low
    gap = (mixes[1] - mixes[0]) * (high - low)
    bench, said = Bench.of(np.full(runs, start)), [""] * runs
    groups: list[np.ndarray] = []  # by day: of each watch how many of each group there were, and how many said yes

    def day(changed: bool) -> tuple[np.ndarray, np.ndarray]:
        mix = mixes[1] if changed and audience else mixes[0]
        add = gap if changed and not audience else 0.0
        first = rng.binomial(A_DAY, mix, runs)
        of = np.stack([first, A_DAY - first], axis=-1)
        yes = np.stack([rng.binomial(of[:, 0], high + add), rng.binomial(of[:, 1], low + add)], axis=-1)
        groups.append(np.stack([of, yes], axis=-1))
        return A_DAY - yes.sum(axis=-1).astype(float), yes.sum(axis=-1).astype(float)

    for _ in range(QUIET_DAYS):
        bench.end_day(*day(False))
    for _ in range(LOOKED_DAYS):
        ready = bench.ready()
        no, yes = day(True)
        logs = bench.look(ready, no, yes)
        bench.end_day(no, yes)
        for place in range(runs):
            if not said[place] and logs[place] >= np.log(EVERY * WATCHES):
                counts = np.array([one[place] for one in bench.days])
                at = change_day(counts, YES_NO)
                parts = [np.sum([one[place] for one in part], axis=0) for part in (groups[:at], groups[at:])]
                n, chose = (np.stack([part[:, of] for part in parts], axis=-1).astype(float) for of in (0, 1))
                said[place] = cause_of(decompose(GroupSums(n, n, n, chose, chose), np.array([n.sum()])))
    return said


def main() -> None:
    """Prints the figures, each with how it came about."""
    begun, seeds = time.monotonic(), range(1, 21)
    quiet = [false_messages(seed) for seed in seeds]
    print(f"noise: {np.mean(quiet):.2f} false messages in {WATCHES} watches x {DAYS} days (seeds: {quiet})")
    twin = [false_messages(seed, fixed=True) for seed in seeds[:3]]
    print(f"noise, test for one look: {np.mean(twin):.0f} false messages (seeds 1 to 3: {twin})")
    for share in (0.5, 0.2, 0.05):
        for of in (WATCHES, 10):
            after = np.concatenate([found_after(seed, share, of=of, runs=20) for seed in seeds])
            within = {days: f"{np.mean(after <= days):.0%}" for days in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
            print(f"shift from {share:.0%}, of {of} watches: median {np.median(after):.1f} days, within {within}")
        best = [f"{best_possible(share, days=days):.0%}" for days in (2, 4)]
        print(f"  no test finds much more than {best} within 2 and 4 days")
    after = np.concatenate([found_after(seed, 0.5, runs=20, shift=0.1) for seed in seeds])
    print(f"shift of 10 points from 50%: within 2 days {np.mean(after <= 2):.0%}")
    for audience in (True, False):
        said = [one for seed in seeds for one in causes_told(seed, audience=audience)]
        counts = {name or "not found": f"{said.count(name) / len(said):.1%}" for name in sorted(set(said))}
        print(f"{'audience' if audience else 'minds'} alone: {counts}")
    print(f"in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
