"""Crowds that are sent into made-up surveys, and what the program's own scan flags of them; printed as figures.

`python -m tests.made.storm_runs` runs seeds 1 to 20, prints what it finds, and writes it into docs/storms.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.storms.scan import Storm, scan
from tests.made.arrivals import BEGAN, DAY, HOUR, SOURCES, quiet, sent, together

AFTERNOON = BEGAN + 10 * DAY + 15 * HOUR
FORUM = "forum.example"
SHARED = 0.05
"""So many readers came by the network of another one: a household, or an office."""
SEEDS = range(1, 21)


@dataclass(frozen=True)
class Sent:
    """What is sent into a survey: over how many hours, from which source (None: as readers come), how many networks.

    `networks` is 0 where nobody knows any; `sourced` is whether the survey knows sources at all.
    """

    words: str
    answers: int
    hours: float
    source: str | None = ""
    networks: int = 0
    evenly: bool = False
    sourced: bool = True

    def times(self, rng: np.random.Generator) -> np.ndarray:
        if self.evenly:
            return AFTERNOON + np.cumsum(rng.uniform(10.5, 12, self.answers))
        return AFTERNOON + rng.uniform(0, self.hours * HOUR, self.answers)


KINDS = {
    "evenly by a program": Sent("1,000 by a program, every 10.5 to 12 seconds", 1000, 4, evenly=True),
    "evenly, among searchers": Sent("the same, among searchers", 1000, 4, "search.example", evenly=True),
    "500 proxies": Sent("2,000 over 500 proxies, in 4 hours", 2000, 4),
    "a day of proxies": Sent("the same in 24 hours", 2000, 24),
    "a day among searchers": Sent("the same in 24 hours, among searchers", 2000, 24, "search.example"),
    "a day, networks known": Sent("with their networks known", 2000, 24, "search.example", 500),
    "a day, from everywhere": Sent("the same in 24 hours, from all sources", 2000, 24, None),
    "a day, times alone": Sent("the same in 24 hours, no source known", 2000, 24, sourced=False),
    "a day, times and networks": Sent("with their networks known", 2000, 24, networks=500, sourced=False),
    "a bot that keeps a tie": Sent("15,000 by a bot that keeps a tie, in 10 hours", 15_000, 10),
    "a link brigade": Sent("2,000 by a link on another site, in 30 minutes", 2000, 0.5, FORUM),
    "a school": Sent("300 readers behind one network, in 8 hours", 300, 8, "front-page", 1),
}  # fmt: skip


def attack(seed: int, kind: str) -> pd.DataFrame:
    """About 20,000 quiet arrivals, and what is sent into them on the eleventh day."""
    rng, what = np.random.default_rng(seed), KINDS[kind]
    ours = sent(what.times(rng), what.source or "")
    if what.source is None:
        ours["source"] = rng.choice(list(SOURCES), len(ours), p=list(SOURCES.values()))
    arrivals = together(quiet(seed), ours)
    if not what.sourced:
        arrivals = arrivals.drop(columns="source")
    if what.networks:
        alone = np.arange(len(arrivals)) + what.networks
        shared = rng.random(len(arrivals)) < SHARED
        alone[shared] = rng.choice(alone, int(shared.sum()))
        proxies = rng.integers(0, what.networks, len(arrivals))
        arrivals["network"] = np.where(arrivals["sent"], proxies, alone)
    return arrivals


def flagged(arrivals: pd.DataFrame, storms: tuple[Storm, ...]) -> np.ndarray:
    """Whether each arrival is flagged: in a storm, and one of those that can be told to be of it."""
    marked = np.zeros(len(arrivals), dtype=bool)
    for storm in storms:
        inside = within(arrivals, storm)
        if storm.repeated:
            often = arrivals["network"].map(arrivals["network"][inside].value_counts()).to_numpy()
            inside &= often >= storm.repeated
        if storm.flagged:
            marked |= inside
    return marked


def within(arrivals: pd.DataFrame, storm: Storm) -> np.ndarray:
    """Whether each arrival came from the storm's source between its first and its last answer."""
    at = arrivals["at"].to_numpy()
    inside = (at >= storm.since) & (at < storm.until)
    if not storm.source:
        return np.asarray(inside)
    source = arrivals["source"].to_numpy()
    return np.asarray(inside & ((source == storm.source) | ((storm.source == "-") & (source == ""))))


@dataclass(frozen=True)
class Scanned:
    """Means over seeds: how often what was sent was found, and the shares of it and of all others that were flagged.

    `found` is how often there is a storm of which most were sent.
    """

    found: float
    flagged: float
    others: float


def scanned(kind: str, seeds: range) -> Scanned:
    """What the scan finds of what is sent in, means over the seeds."""
    rows = []
    for seed in seeds:
        arrivals = attack(seed, kind)
        storms = scan(arrivals[[name for name in ("at", "source", "network") if name in arrivals]])
        was_sent, marked = arrivals["sent"].to_numpy(), flagged(arrivals, storms)
        found = any(was_sent[within(arrivals, storm)].mean() > 0.5 for storm in storms)
        rows.append((found, marked[was_sent].mean(), marked[~was_sent].mean()))
    return Scanned(*(float(one) for one in np.mean(np.array(rows, dtype=float), axis=0)))


def found_in_time(seeds: range, readers: int) -> float:
    """How often a brigade of so many within half an hour is found ten minutes after it began."""
    seen = []
    for seed in seeds:
        at = AFTERNOON + np.random.default_rng(seed).uniform(0, HOUR / 2, readers)
        so_far = together(quiet(seed), sent(at, FORUM))
        so_far = so_far[so_far["at"] < AFTERNOON + 600]
        seen.append(any(storm.source == FORUM for storm in scan(so_far[["at", "source"]])))
    return float(np.mean(seen))


def poisson_alarms(arrivals: pd.DataFrame) -> int:
    """The known-bad twin: alarms of hours beyond chance, one test an hour, nothing overdispersed."""
    hours = pd.Series(1, index=arrivals["at"] // HOUR).groupby(level=0).sum()
    usual = hours.groupby(hours.index % 24).transform("mean")
    return int((hours > usual + 3 * np.sqrt(usual)).sum())


def false_alarms(seeds: range, days: int) -> tuple[int, int]:
    """How many storms quiet surveys have, and how many alarms of the known-bad twin."""
    surveys = [quiet(seed, days=days, a_day=(50, 200, 1000)[seed % 3], noise=(0.1, 0.3)[seed % 2]) for seed in seeds]
    ours = sum(len(scan(one[["at", "source"]])) for one in surveys)
    return ours, sum(poisson_alarms(one) for one in surveys)


HEAD = "| what is sent in | found | flagged | others flagged |"


def main(seeds: range = SEEDS) -> list[str]:
    """Prints the table of docs/storms.md, line by line as each is worked out, and gives its lines."""
    lines = [HEAD, "|---|---|---|---|"]

    def said(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    for kind, what in KINDS.items():
        of = scanned(kind, seeds)
        said(f"| {what.words} | {of.found:.0%} | {of.flagged:.1%} | {of.others:.2%} |")
    said("")
    for readers in (2000, 1430):
        said(f"- {readers:,} readers within 30 minutes were found within 10 in {found_in_time(seeds, readers):.0%}.")
    surveys = range(5 * len(seeds))
    ours, twin = false_alarms(surveys, 90)
    said(
        f"- {len(surveys)} quiet surveys of 90 days had {ours} storms, {ours / (90 / 7):.1f} a week in all of them. "
        f"A test of each hour for itself, the known-bad twin, raised {twin:,} alarms."
    )
    return lines


def with_lines(text: str, lines: list[str]) -> str:
    """The text of docs/storms.md with these lines in place of its table and of the list under it."""
    before, found, rest = text.partition(HEAD)
    assert found
    after = rest.split("\n")
    last = next(at for at, line in enumerate(after) if at and line and line[0] not in "|-")
    return before + "\n".join([*lines, "", *after[last:]])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(range(1, int(sys.argv[1]) + 1))
    else:
        page = Path(__file__).resolve().parents[2] / "docs" / "storms.md"
        page.write_text(with_lines(page.read_text(encoding="utf-8"), main()), encoding="utf-8")
