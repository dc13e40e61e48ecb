"""The scan: every window of 2 minutes to 12 hours, of every source, held against the same hours of other days.

It is handed times and sources and no answer, so that nobody can be set aside for an opinion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import gammainc, xlogy

BIN_SECONDS, HOUR, DAY_HOURS = 120, 3600, 24
WINDOWS = tuple((minutes // 2, max(1, minutes // 10)) for minutes in (2, 4, 6, 10, 20, 30, 60, 120, 240, 480, 720))
"""How long each window is and how far one begins after another, in bins of two minutes."""
LEAST_ANSWERS = 20
"""No fewer answers make a storm: they could move no number that is shown."""
LEAST_TIMES = 3.0
"""So many times what was expected, at least: fewer is a good day."""
LEAST_SHARE = 0.05
"""Of every hour a source is expected to bring so much at least: where it was never seen there is nothing to go by."""
LEAST_AN_HOUR = 0.5
MOST_SOURCES = 24
"""The sources that bring most are scanned one by one; all others are one."""
SIMULATIONS = 99
CORRECTED_BY = 9
ALPHA = 0.002
"""By chance alone one quiet survey in five hundred has a storm anywhere in it."""
LEAST_HOURS = 48
"""With fewer hours there is no other day to hold an hour against."""
WIDEST = 360
"""By so many bins at most a storm reaches beyond its strongest window to either side: 12 hours."""
NEAR_DAYS, HALVED = 7, 0.5
OTHERS, LEAST_OTHERS = 0.005, 5
"""A crowd is flagged where so large a share of all other readers at most, or so few, are expected in it."""
LEAST_KNOWN = 200
"""Of fewer other readers' networks nobody can say how often readers share one."""
MOST_PICKED = 1.1
"""So many times the excess at most are picked by their networks: with more, others are among them."""
TRIMMED = 0.1
"""So large a share of the hours is left out of how much hours vary: a crowd of a day in ten is among them."""
NEARLY_ALL, NEW_HOURS = 0.9, 72
"""A source that brought so large a share of its answers within so many hours was never seen otherwise."""
SEEDED = 20_250_518

EVEN_GAPS, EVEN_STEP = 60, 20
"""So many gaps in a row are looked at together, and the next so many later."""
EVEN_ALPHA = 1e-9

SOURCES_TRIED, BEGINS, MOST_UNSEEN = 4, 3, 1_000_000
"""How many sources, and times of the day, the largest crowd that would not have been seen is looked for at."""

FOREVER = 2**62
EVERYWHERE = ""
"""The source of the row that counts all sources together."""


@dataclass(frozen=True)
class Storm:
    """A crowd: from which source, from the first to the last answer (UTC seconds, the end not included), how many.

    `expected` is how many would have come in these hours by other days, `chance` how often a quiet survey has as strong
    a window anywhere in it. `evenness` is the spread of the gaps between answers, 1 where readers come by themselves
    and near 0 where a clock sends them; NaN where there are too few. `networks` is the share of the largest network
    among the answers of which it is known, NaN where it is of none. `reasons` says why it was found: "crowd" or
    "even gaps", "one network" beside them.

    `flagged` is how many of the answers can be told to be of the crowd: all where hardly anybody else is expected
    among them; else those of networks that brought `repeated` of them or more, where other readers rarely share one;
    else none.
    """

    source: str
    since: int
    until: int
    answers: int
    expected: float
    chance: float
    evenness: float
    networks: float
    reasons: tuple[str, ...]
    flagged: int
    repeated: int = 0

    @property
    def excess(self) -> int:
        """How many more came than were to be expected."""
        return max(0, round(self.answers - self.expected))

    @property
    def times(self) -> float:
        """How many times as many came as expected."""
        return self.answers / max(self.expected, 1e-9)


def scan(arrivals: pd.DataFrame, *, offset: int = 0, seed: int = SEEDED) -> tuple[Storm, ...]:
    """Every storm among these arrivals, the strongest first; those of no source only where no source explains them.

    Args:
        arrivals: `at` (int64, UTC seconds), and where they are known `source` (text, "" for readers who came by
            themselves) and `network` (a hash, NaN where it is unknown).
        offset: the seconds between UTC and the clock by which hours of a day are told.
        seed: of the simulations.
    """
    if len(arrivals) < LEAST_ANSWERS:
        return ()
    arrivals = arrivals.sort_values("at", kind="stable", ignore_index=True)
    source = _few_sources(arrivals)
    start = (int(arrivals["at"].iloc[0]) + offset) // HOUR * HOUR - offset
    grid = _Grid.of(arrivals["at"].to_numpy(), source, start)
    found = _crowds(grid, np.random.default_rng(seed)) if grid.hours >= LEAST_HOURS else []
    found += _even(arrivals["at"].to_numpy(), source)
    storms = [_described(one, arrivals, source) for one in grid.joined([grid.widened(one) for one in _apart(found)])]
    named = [one for one in storms if one.source != EVERYWHERE]
    alone = [one for one in storms if one.source == EVERYWHERE and not _explained(one, named)]
    return tuple(sorted([*named, *alone], key=lambda one: (-one.answers, one.since)))


def _few_sources(arrivals: pd.DataFrame) -> np.ndarray:
    """The source of each arrival as text, empty where sources are unknown or too small to be told apart."""
    if "source" not in arrivals or arrivals["source"].nunique() < 2:
        return np.full(len(arrivals), EVERYWHERE, dtype=object)
    given = arrivals["source"].where(arrivals["source"] != EVERYWHERE, "-").astype(object)
    most = given.value_counts().head(MOST_SOURCES).index
    return given.where(given.isin(most), "*").to_numpy(dtype=object)


@dataclass(frozen=True)
class _Grid:
    """How many came by source and bin of two minutes; the first row is of all sources together."""

    names: tuple[str, ...]
    counts: np.ndarray
    start: int

    @property
    def hours(self) -> int:
        return self.counts.shape[1] * BIN_SECONDS // HOUR

    @classmethod
    def of(cls, at: np.ndarray, source: np.ndarray, start: int) -> _Grid:
        names, row = np.unique(source.astype(str), return_inverse=True)
        bins = (int(at[-1]) - start) // HOUR + 1
        bins *= HOUR // BIN_SECONDS
        counts = np.zeros((len(names), bins), dtype=np.int64)
        np.add.at(counts, (row, (at - start) // BIN_SECONDS), 1)
        if len(names) == 1:
            return cls((EVERYWHERE,), counts, start)
        return cls((EVERYWHERE, *map(str, names)), np.vstack([counts.sum(axis=0), counts]), start)

    @cached_property
    def hourly(self) -> np.ndarray:
        """How many came by row and hour."""
        return _by_hour(self.counts)

    def less(self, storms: Iterable[Storm]) -> _Grid:
        """The same with as many in the hours of each of these storms as are usual then."""
        counts = self.counts.copy()
        for one in storms:
            if one.source not in self.names:
                continue
            place = self.names.index(one.source)
            begin, end = ((moment - self.start) // BIN_SECONDS for moment in (one.since, one.until - 1))
            usual = np.diff(np.rint(self.sums[1][place, begin : end + 2])).astype(np.int64)
            over = counts[place, begin : end + 1] - usual
            for row in {place, 0}:  # whatever came from one source is among all
                counts[row, begin : end + 1] = np.maximum(counts[row, begin : end + 1] - over, 0)
        return _Grid(self.names, counts, self.start)

    @cached_property
    def sums(self) -> tuple[np.ndarray, np.ndarray]:
        """Up to each bin by row: what counts are held against, and what is usual by other days alone."""
        usual = usual_an_hour(without_crowds(self.hourly))
        return _summed(_at_least(usual)), _summed(usual)

    def widened(self, one: _Found) -> _Found:
        """The window from where the crowd begins to where it ends: the strongest one is its middle alone."""
        place = self.names.index(one.source)
        row, means, usual = self.counts[place], self.sums[0][place], self.sums[1][place]
        begin, end = ((moment - self.start) // BIN_SECONDS for moment in (one.since, one.until))
        if one.reason == "even gaps":
            return replace(one, expected=self._expected(one.source, one.since, one.until + BIN_SECONDS))
        low, high = max(0, begin - WIDEST), min(len(row), end + WIDEST)
        sums = np.concatenate([[0], np.cumsum(row[low:high])])
        first, last = np.arange(begin - low + 1)[:, None], np.arange(end - low, len(sums))[None, :]
        mean = np.maximum(means[low + last] - means[low + first], 1e-9)
        count = np.maximum(sums[last] - sums[first], mean)
        gain = xlogy(count, count / mean) - (count - mean)
        at, to = np.unravel_index(int(gain.argmax()), gain.shape)
        begin, end = low + int(first[at, 0]), low + int(last[0, to])
        return replace(
            one, since=self.start + begin * BIN_SECONDS, until=self.start + end * BIN_SECONDS,
            expected=float(usual[end] - usual[begin]),
        )  # fmt: skip

    def joined(self, found: list[_Found]) -> list[_Found]:
        """Those of one source that overlap, once they are as wide as they are, as one: no answer is of two storms."""
        whole: list[_Found] = []
        for one in sorted(found, key=lambda one: (one.source, one.since)):
            if not whole or whole[-1].source != one.source or whole[-1].until <= one.since:
                whole.append(one)
                continue
            other = whole[-1]
            told = dict.fromkeys([*other.reason.split(","), *one.reason.split(",")])
            whole[-1] = replace(
                other, until=max(other.until, one.until), ratio=max(other.ratio, one.ratio),
                chance=min(other.chance, one.chance), reason=",".join(sorted(told)),
                expected=self._expected(one.source, other.since, max(other.until, one.until)),
            )  # fmt: skip
        return whole

    def _expected(self, source: str, since: int, until: int) -> float:
        """How many are usual from that source between these moments; 0 where there is no other day to go by."""
        if self.hours < LEAST_HOURS:
            return 0.0
        usual = self.sums[1][self.names.index(source)]
        begin, end = (min((moment - self.start) // BIN_SECONDS, len(usual) - 1) for moment in (since, until))
        return float(usual[end] - usual[begin])


def _summed(an_hour: np.ndarray) -> np.ndarray:
    """Numbers by the hour as sums up to each bin, the first of them 0."""
    per_bin = np.repeat(an_hour, HOUR // BIN_SECONDS, axis=1) * (BIN_SECONDS / HOUR)
    return np.concatenate([np.zeros((len(an_hour), 1)), np.cumsum(per_bin, axis=1)], axis=1)


def expected_an_hour(hourly: np.ndarray) -> np.ndarray:
    """What counts are held against in each hour, by row: what is usual, and of a source at least a share of all."""
    return _at_least(usual_an_hour(hourly))


def _at_least(usual: np.ndarray) -> np.ndarray:
    mean = usual.copy()
    if len(mean) > 1:
        mean[1:] = np.maximum(mean[1:], LEAST_SHARE * mean[:1])
    return np.maximum(mean, LEAST_AN_HOUR)


def without_crowds(hourly: np.ndarray) -> np.ndarray:
    """What came in each hour, by row, at most so much as most days around can explain: by which usual hours are told.

    A crowd of yesterday would else make one of today look ordinary, and one that comes back would hide both. What came
    on the same weekday a week before or after explains as much.
    """
    smooth, hours = _smoothed(hourly), hourly.shape[1]
    around = np.full((2 * NEAR_DAYS, *hourly.shape), np.inf)
    for days in range(1, NEAR_DAYS + 1):
        away = days * DAY_HOURS
        if away < hours:
            around[2 * days - 2, :, away:], around[2 * days - 1, :, :-away] = smooth[:, :-away], smooth[:, away:]
    known = np.count_nonzero(np.isfinite(around[:, 0]), axis=0)
    week = np.where(np.isfinite(around[-2:]), around[-2:], 0.0).max(axis=0)
    middle = np.maximum((known - 1) // 2, 0)
    median = np.take_along_axis(np.sort(around, axis=0), middle[None, None, :].repeat(len(hourly), axis=1), axis=0)[0]
    return np.asarray(np.minimum(hourly, LEAST_TIMES * np.maximum(median, week) + LEAST_ANSWERS))


def _smoothed(hourly: np.ndarray) -> np.ndarray:
    smooth = hourly.copy()
    smooth[:, 1:-1] = (hourly[:, :-2] + 2 * hourly[:, 1:-1] + hourly[:, 2:]) / 4
    return smooth


def usual_an_hour(hourly: np.ndarray) -> np.ndarray:
    """How many are usual in each hour, by row: as came at that time on the days around, the nearest counting most.

    The same weekday a week before and after counts as much as the day before. The day itself does not count.
    """
    smooth = _smoothed(hourly)
    total, weight = np.zeros_like(smooth), np.zeros(smooth.shape[1])
    hours = smooth.shape[1]
    for days in range(1, NEAR_DAYS + 1):
        share, away = (1.0 if days == NEAR_DAYS else HALVED ** (days - 1)), days * DAY_HOURS
        if away < hours:
            total[:, away:] += share * smooth[:, :-away]
            weight[away:] += share
            total[:, :-away] += share * smooth[:, away:]
            weight[:-away] += share
    return np.asarray(total / np.maximum(weight, 1e-9))


def overdispersion(hourly: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """By how much more than chance each row's hours vary about what is expected, as a share of it, squared.

    The hours that stick out most are left out: a storm must not make itself look ordinary. A source that was never seen
    otherwise varies as all do: the crowd itself, and the hours of other days in which it is missed, are all there is.
    """
    excess = ((hourly - mean) ** 2 - mean) / mean**2
    size = np.where(mean > 2 * LEAST_AN_HOUR, mean, 0.0)
    found = []
    for row, weights in zip(excess, size, strict=True):
        kept = row <= np.quantile(row[weights > 0], 1 - TRIMMED) if (weights > 0).any() else np.zeros(len(row), bool)
        known = weights * kept
        found.append(float((row * known).sum() / known.sum()) if known.sum() > 0 else 0.0)
    spread = np.where(_never_otherwise(hourly), found[0], found)
    return np.maximum(spread, max(found[0], 0.05))


def _never_otherwise(hourly: np.ndarray) -> np.ndarray:
    """Which rows are of sources that brought nearly all of their answers within three days; never that of all sources.

    In a short survey within half of its hours, else every source would be new.
    """
    sums = np.concatenate([np.zeros((len(hourly), 1)), np.cumsum(hourly, axis=1)], axis=1)
    hours = max(1, min(NEW_HOURS, hourly.shape[1] // 2))
    busiest = (sums[:, hours:] - sums[:, :-hours]).max(axis=1)
    found = busiest >= NEARLY_ALL * sums[:, -1]
    found[0] = False
    return np.asarray(found)


def likelihood_ratio(count: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The log of how much better its own rate explains a count than the expected one, both negative binomial.

    Example:
        >>> likelihood_ratio(np.array([10.0, 40.0]), np.array([10.0, 10.0]), np.array([0.1, 0.1])).round(1).tolist()
        [0.0, 9.6]
    """
    size = 1 / spread
    return np.asarray(xlogy(count, count / mean) - (count + size) * np.log((count + size) / (mean + size)))


def _scanned(counts: np.ndarray, mean: np.ndarray, spread: np.ndarray, *, every: bool) -> np.ndarray | float:
    """The strongest ratio anywhere; with `every` instead a row for each window in question.

    The columns of these are row, first bin, bins, count, mean and ratio.
    """
    sums = np.concatenate([np.zeros((len(counts), 1), np.int64), np.cumsum(counts, axis=1)], axis=1)
    means = _summed(mean)
    best, rows = 0.0, []
    for bins, step in WINDOWS:
        if bins >= sums.shape[1]:
            break
        count = sums[:, bins::step] - sums[:, : sums.shape[1] - bins : step]
        row, at = np.nonzero(count >= LEAST_ANSWERS)
        came = count[row, at].astype(float)
        usual = means[row, at * step + bins] - means[row, at * step]
        large = came >= LEAST_TIMES * usual
        row, at, came, usual = row[large], at[large] * step, came[large], usual[large]
        if len(row) == 0:
            continue
        ratio = likelihood_ratio(came, usual, spread[row])
        best = max(best, float(ratio.max()))
        if every:
            rows.append(np.column_stack([row, at, np.full(len(row), bins), came, usual, ratio]))
    if every:
        return np.concatenate(rows) if rows else np.zeros((0, 6))
    return best


def _quiet_survey(mean: np.ndarray, spread: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Counts of a quiet survey, drawn as this one is expected to be: its hours vary together and each source by itself.

    Args:
        mean: as `expected_an_hour` gives it.
        spread: as `overdispersion` gives it.
    """
    per_hour = HOUR // BIN_SECONDS
    if len(mean) == 1:
        return np.asarray(rng.poisson(np.repeat(mean * _varied(spread, mean.shape, rng) / per_hour, per_hour, axis=1)))
    together = _varied(spread[:1], (1, mean.shape[1]), rng)
    own = _varied(np.maximum((spread[1:] - spread[0]) / (1 + spread[0]), 0.02), mean[1:].shape, rng)
    counts = rng.poisson(np.repeat(mean[1:] * together * own / per_hour, per_hour, axis=1))
    return np.vstack([counts.sum(axis=0), counts])


def _varied(spread: np.ndarray, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    size = 1 / spread[:, None]
    return np.asarray(rng.gamma(np.broadcast_to(size, shape)) / size)


def _by_hour(counts: np.ndarray) -> np.ndarray:
    return np.asarray(counts.reshape(len(counts), -1, HOUR // BIN_SECONDS).sum(axis=2).astype(float))


def _untrimmed(mean: np.ndarray, spread: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The overdispersion made good for what trimming took from it: as much as it takes from quiet surveys."""
    again = []
    for _ in range(CORRECTED_BY):
        hourly = _by_hour(_quiet_survey(mean, spread, rng))
        again.append(overdispersion(hourly, expected_an_hour(hourly)))
    whole = spread * np.clip(spread / np.mean(again, axis=0), 1, 3)
    return np.asarray(np.maximum(whole, whole[0]))


def _quiet_maxima(mean: np.ndarray, spread: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The strongest ratio of each of many quiet surveys that are drawn as this one is expected to be."""
    found = []
    for _ in range(SIMULATIONS):
        counts = _quiet_survey(mean, spread, rng)
        found.append(float(_scanned(counts, expected_an_hour(_by_hour(counts)), spread, every=False)))
    return np.array(found)


@dataclass(frozen=True)
class _Bar:
    """What a window has to be stronger than: the extreme-value distribution of the strongest of a quiet survey."""

    place: float
    scale: float

    @classmethod
    def of(cls, mean: np.ndarray, spread: np.ndarray, rng: np.random.Generator) -> _Bar:
        maxima = _quiet_maxima(mean, spread, rng)
        # An extreme-value tail goes on where the simulations end: 99 of them tell nothing rarer than one in a hundred.
        scale = max(float(maxima.std()) * np.sqrt(6) / np.pi, 0.5)
        return cls(float(maxima.mean()) - np.euler_gamma * scale, scale)

    def chance(self, ratio: np.ndarray) -> np.ndarray:
        """How often a quiet survey has as strong a window anywhere in it."""
        return np.asarray(-np.expm1(-np.exp(-np.clip((ratio - self.place) / self.scale, -50, 700))))


def _crowds(grid: _Grid, rng: np.random.Generator) -> list[_Found]:
    hourly = grid.hourly
    mean = expected_an_hour(without_crowds(hourly))
    if not _scanned(grid.counts, mean, np.ones(len(mean)), every=False):  # no window is in question, whatever its ratio
        return []
    spread = _untrimmed(mean, overdispersion(hourly, mean), rng)
    windows = np.asarray(_scanned(grid.counts, mean, spread, every=True))
    if len(windows) == 0:
        return []
    chance = _Bar.of(mean, spread, rng).chance(windows[:, 5])
    kept = chance <= ALPHA
    return [
        _Found(grid.names[int(row)], grid.start + int(at) * BIN_SECONDS, grid.start + int(at + bins) * BIN_SECONDS,
               float(usual), float(ratio), float(rare), "crowd")
        for (row, at, bins, _, usual, ratio), rare in zip(windows[kept], chance[kept], strict=True)
    ]  # fmt: skip


@dataclass(frozen=True)
class Unseen:
    """The largest crowd that a scan would not have seen in the last day: how many answers within so many minutes.

    `usual` is how many came on that day without it.
    """

    answers: int
    minutes: int
    usual: int


def largest_unseen(
    arrivals: pd.DataFrame, minutes: Sequence[int], *, storms: Iterable[Storm] = (), offset: int = 0, seed: int = SEEDED
) -> tuple[Unseen, ...]:
    """The largest crowds that the scan would not have seen in the last 24 hours; none where there is nothing to go by.

    Each comes spread over so many minutes, irregularly as readers do, from the source and at the time of day where it
    sticks out least of those that are tried.

    Args:
        arrivals: as `scan` takes them.
        minutes: within how many minutes each comes, at most 720.
        storms: that the scan found: they are seen, so it is told what could come unseen beside them.
    """
    if len(arrivals) < LEAST_ANSWERS:
        return ()
    arrivals = arrivals.sort_values("at", kind="stable", ignore_index=True)
    start = (int(arrivals["at"].iloc[0]) + offset) // HOUR * HOUR - offset
    grid = _Grid.of(arrivals["at"].to_numpy(), _few_sources(arrivals), start)
    if grid.hours < LEAST_HOURS:
        return ()
    grid = grid.less(storms)
    rng, hourly = np.random.default_rng(seed), grid.hourly
    mean = expected_an_hour(without_crowds(hourly))
    raw = overdispersion(hourly, mean)
    spread = _untrimmed(mean, raw, rng)
    bar = _Bar.of(mean, spread, rng)
    busiest = np.argsort(-hourly[:, -DAY_HOURS:].sum(axis=1), kind="stable")[: SOURCES_TRIED + 1]
    rows = [int(row) for row in busiest if row or len(hourly) == 1]
    usual = int(hourly[0, -DAY_HOURS:].sum())
    found, bins = [], grid.counts.shape[1]
    for one in minutes:
        long = one * 60 // BIN_SECONDS
        begins = np.linspace(bins - DAY_HOURS * HOUR // BIN_SECONDS, bins - long, BEGINS).astype(int)
        edges = [_edge(grid, bar, spread / raw, row, int(begin), long) for row in rows for begin in begins]
        found.append(Unseen(max(edges), one, usual))
    return tuple(found)


def _edge(grid: _Grid, bar: _Bar, made_good: np.ndarray, row: int, begin: int, long: int) -> int:
    """How many may come from that source within so many bins, from that one on, without a window over the bar.

    Args:
        made_good: what the overdispersion is multiplied by for what trimming takes from it.
    """

    def seen(crowd: int) -> bool:
        counts = grid.counts.copy()
        more = np.diff(np.arange(long + 1) * crowd // long)
        for one in {row, 0}:  # whatever comes from one source is among all
            counts[one, begin : begin + long] += more
        hourly = _by_hour(counts)
        mean = expected_an_hour(without_crowds(hourly))  # a crowd makes what is usual look larger, and livelier
        spread = overdispersion(hourly, mean) * made_good
        windows = np.asarray(_scanned(counts, mean, spread, every=True))
        inside = (windows[:, 1] < begin + long) & (windows[:, 1] + windows[:, 2] > begin)
        return bool((bar.chance(windows[inside, 5]) <= ALPHA).any())

    low, high = 0, LEAST_ANSWERS
    while high < MOST_UNSEEN and not seen(high):
        low, high = high, 2 * high
    while high - low > max(1, low // 20):
        middle = (low + high) // 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return low


@dataclass(frozen=True)
class _Found:
    """A window that was flagged."""

    source: str
    since: int
    until: int
    expected: float
    ratio: float
    chance: float
    reason: str


def even_stretches(at: np.ndarray, source: np.ndarray) -> list[tuple[int, int, str, float]]:
    """The stretches of one source in which answers come as evenly as readers never do: since, until, source, chance.

    Bartlett's statistic holds the mean of the gaps against the mean of their logarithms: it is chi-squared where the
    gaps are exponential, as they are between readers who know nothing of one another.

    Args:
        at: when each answer came (int64, UTC seconds), in order.
        source: where each came from, text.
    """
    found = []
    for name in np.unique(source.astype(str)):
        own = at[source == name]
        gaps = np.maximum(np.diff(own).astype(float), 0.5)
        if len(gaps) < EVEN_GAPS:
            continue
        last = len(gaps) - EVEN_GAPS
        starts = np.unique([*range(0, last, EVEN_STEP), last])
        held = np.lib.stride_tricks.sliding_window_view(gaps, EVEN_GAPS)[starts]
        statistic = 2 * EVEN_GAPS * (np.log(held.mean(axis=1)) - np.log(held).mean(axis=1))
        statistic /= 1 + (EVEN_GAPS + 1) / (6 * EVEN_GAPS)
        chance = gammainc((EVEN_GAPS - 1) / 2, statistic / 2)
        # whole seconds alone make short gaps look even
        rare = (held.mean(axis=1) >= 4) & (chance <= EVEN_ALPHA)
        found += [
            (int(own[begin]), int(own[begin + EVEN_GAPS]) + 1, str(name), float(one) * len(starts))
            for begin, one in zip(starts[rare], chance[rare], strict=True)
        ]
    return found


def too_regular(at: np.ndarray, source: np.ndarray) -> np.ndarray:
    """Which responses came in a stretch as even as a clock, from one source, as a mask.

    Args:
        at: when each came (int64, UTC seconds), in any order.
        source: where each came from, text.
    """
    found = np.zeros(len(at), dtype=bool)
    order = np.argsort(at, kind="stable")
    for since, until, name, _ in even_stretches(at[order], source[order]):
        found |= (at >= since) & (at < until) & (source == name)
    return found


def _even(at: np.ndarray, source: np.ndarray) -> list[_Found]:
    stretches = even_stretches(at, source)
    return [_Found(name, since, until, 0.0, 0.0, chance, "even gaps") for since, until, name, chance in stretches]


def _apart(found: list[_Found]) -> list[_Found]:
    """One for each storm: windows of one source that touch are one, as wide as the strongest that goes through."""
    storms: list[_Found] = []
    for reason in ("crowd", "even gaps"):
        for one in sorted((one for one in found if one.reason == reason), key=lambda one: -one.ratio):
            near = [at for at, other in enumerate(storms) if _touch(one, other)]
            if not near:
                storms.append(one)
            elif reason == "even gaps":
                other = storms[near[0]]
                wide = replace(other, since=min(one.since, other.since), until=max(one.until, other.until))
                reasons = other.reason if reason in other.reason else f"{other.reason},{reason}"
                storms[near[0]] = replace(wide, reason=reasons)
    return storms


def _touch(one: _Found, other: _Found) -> bool:
    return one.source == other.source and one.since <= other.until + HOUR and other.since <= one.until + HOUR


def _described(one: _Found, arrivals: pd.DataFrame, source: np.ndarray) -> Storm:
    inside = _inside(one, arrivals, source)
    times = arrivals["at"].to_numpy()[inside]
    gaps = np.diff(times).astype(float)
    evenness = float(gaps.std() / gaps.mean()) if len(gaps) >= EVEN_GAPS and gaps.mean() > 0 else float("nan")
    networks = _largest_share(arrivals["network"].to_numpy()[inside]) if "network" in arrivals else float("nan")
    reasons = [*one.reason.split(","), *(["one network"] if networks > 0.5 else [])]
    storm = Storm(
        one.source, int(times[0]), int(times[-1]) + 1, int(inside.sum()), one.expected, one.chance, evenness, networks,
        tuple(reasons), int(inside.sum()),
    )  # fmt: skip
    if one.reason == "even gaps":  # with others among them the gaps would not be even
        return storm
    most = max(LEAST_OTHERS, OTHERS * (len(arrivals) - storm.excess))
    if one.expected <= most:
        return storm
    return _picked(storm, inside, _inside(replace(one, since=0, until=FOREVER), arrivals, source), arrivals, most)


def _inside(one: _Found, arrivals: pd.DataFrame, source: np.ndarray) -> np.ndarray:
    at = arrivals["at"].to_numpy()
    inside = (at >= one.since) & (at < one.until)
    return np.asarray(inside if one.source == EVERYWHERE else inside & (source == one.source))


def _picked(storm: Storm, inside: np.ndarray, own: np.ndarray, arrivals: pd.DataFrame, most: float) -> Storm:
    """The storm with those flagged that share their networks, by as many as hardly any other reader does; else none.

    Args:
        own: which arrivals came from its source, whenever.
        most: so many others may be flagged at most.
    """
    if "network" not in arrivals:
        return replace(storm, flagged=0)
    known = ~pd.isna(arrivals["network"]).to_numpy()
    long, network, at = storm.until - storm.since, arrivals["network"].to_numpy(), arrivals["at"].to_numpy()
    _, shared = np.unique(network[inside & known].astype(np.int64), return_counts=True)
    others = pd.DataFrame({"network": network, "stretch": (at - storm.since) // long})[own & ~inside & known]
    if len(others) < LEAST_KNOWN or len(shared) == 0:
        return replace(storm, flagged=0)
    alike = others.groupby(["network", "stretch"])["network"].transform("size").to_numpy()
    for repeated in range(2, int(shared.max()) + 1):
        picked = int(shared[shared >= repeated].sum())
        false = storm.expected * (np.count_nonzero(alike >= repeated) + 1) / (len(others) + 1)
        if picked < max(LEAST_ANSWERS, LEAST_TIMES * false):
            break
        if false <= most and picked <= MOST_PICKED * storm.excess:
            return replace(storm, flagged=picked, repeated=repeated)
    return replace(storm, flagged=0)


def _largest_share(network: np.ndarray) -> float:
    known = network[~pd.isna(network)]
    if len(known) < LEAST_ANSWERS:
        return float("nan")
    return float(np.unique(known, return_counts=True)[1].max() / len(known))


def _explained(alone: Storm, named: list[Storm]) -> bool:
    """Whether storms of single sources bring what is too much at that time."""
    within = sum(one.answers for one in named if one.since < alone.until and alone.since < one.until)
    return within >= 0.5 * (alone.answers - alone.expected)
