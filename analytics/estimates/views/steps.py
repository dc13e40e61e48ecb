"""Whether answers stand on another level than some days or weeks before: one verdict for the list and every page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analytics.statistics.outliers import LEAST_PERIODS, Apart, outliers
from analytics.statistics.steps import FEWEST, Step, largest_step

RECENT_DAYS = 28
"""What is called recent is told by the last so many days."""
LATEST_DAYS = 7
"""So many days, at most, make the level of now."""
RECENT_LEVEL = 0.035
"""The part of the 5 % of a trend that goes to what changed lately; the rest is for its whole and for its two ends."""
WHOLE_LEVEL = 0.01
OWN_LEVEL = 0.01
"""The leading answer is told of where its own step, corrected for all answers looked at, is as unlikely as that."""
SURE = 1.959963984540054
BEGUN = 2.5
"""So many standard errors a change had gone before the days that stand out, where they are a part of it."""
CLEARLY_MORE, MORE_POINTS = 1.5, 5.0
"""Another answer is told of too where it moved so many times as far as the leading one, and so many points farther."""

LineKey = tuple[str, tuple[str, ...]]
"""An answer, and the levels of the group that gave it."""
CourseKind = Literal["crowded", "few", "thin", "shifted", "moved", "held", "mostly", "unclear"]


@dataclass(frozen=True)
class AnswerLine:
    """One answer, or one sum of answers, period by period since the question last changed, in one group or among all.

    `share`, `base` (weighted) and `effective_n` have a number for each of `periods`, which are full and shown.
    """

    choice: str
    levels: tuple[str, ...]
    periods: list[str]
    share: np.ndarray
    base: np.ndarray
    effective_n: np.ndarray

    def only(self, keep: np.ndarray) -> AnswerLine:
        """The line with these of its periods, by place or by whether they are kept."""
        periods = np.array(self.periods, dtype=object)[keep].tolist()
        return AnswerLine(
            self.choice, self.levels, periods, self.share[keep], self.base[keep], self.effective_n[keep]
        )  # fmt: skip


@dataclass(frozen=True)
class AnswerStep:
    """An answer that stood at `before` in the periods `earlier`, first and last, and at `after` in `later`.

    `p_value` is corrected for all steps and all answers that were looked at.
    `also` is the step of another answer that moved clearly farther than this one, the leading one, did, or overtook it.
    `overtook` is the answer that this one was behind in the earlier periods and is ahead of in the later ones, by more
    than chance in both.
    Source: R. J. Simes, An improved Bonferroni procedure, Biometrika 73 (1986), 751-754.
    """

    choice: str
    before: float
    after: float
    earlier: tuple[str, str]
    later: tuple[str, str]
    p_value: float
    also: AnswerStep | None = None
    overtook: str = ""

    @property
    def points(self) -> float:
        """How far the later level lies above the earlier one, in percentage points."""
        return 100 * (self.after - self.before)


@dataclass(frozen=True)
class Course:
    """What can be told of the lines of a trend, for a title to put in words.

    `kind` is "crowded" where nothing can be told before somebody decided on a crowd, "few" where there are too few
    periods and "thin" where they have too few answers. "shifted" is the step of the view. Of "moved", "held", "mostly"
    and "unclear" `lines` are those that it is told of, and `spans` the first and last period of each that are held
    against each other. `overtaken` is the line that the first of them overtook; `level` the share near which it held.
    `apart` is whether one of them stood out in a period.
    """

    kind: CourseKind
    lines: tuple[LineKey, ...] = ()
    spans: tuple[tuple[str, str], ...] = ()
    overtaken: LineKey | None = None
    level: float | None = None
    apart: bool = False


def recent_step(
    lines: Sequence[AnswerLine], last_days: Sequence[str], leader: str = ""
) -> AnswerStep | None:  # fmt: skip
    """What changed lately in lines by day: the last two to seven of `last_days` held against those before.

    Days that stand out are of neither level. None where chance may be all of it, at RECENT_LEVEL.

    Args:
        last_days: the last RECENT_DAYS days of the calendar, of which the lines may have some.
        leader: the leading answer of the headline: what changed is told of it, where it changed.
    """
    found = step_of(lines, last_days, leader)
    return found if found is not None and found.p_value <= RECENT_LEVEL else None


def step_of(lines: Sequence[AnswerLine], last_days: Sequence[str], leader: str = "") -> AnswerStep | None:
    """The same, however likely chance alone would bring it."""
    known = set(last_days)
    kept = [line.only(np.array([period in known for period in line.periods], dtype=bool)) for line in lines]
    return _of_lines(kept, leader, latest=LATEST_DAYS)


def whole_step(lines: Sequence[AnswerLine], leader: str = "", level: float = WHOLE_LEVEL) -> AnswerStep | None:
    """The step of whole lines that chance does not explain at this level, whenever it was."""
    found = _of_lines(lines, leader, latest=None)
    return found if found is not None and found.p_value <= level else None


def _of_lines(lines: Sequence[AnswerLine], leader: str, latest: int | None) -> AnswerStep | None:
    long = [line for line in lines if len(line.periods) >= LEAST_PERIODS]
    if all(_step(line, set(), latest) is None for line in long):
        return None  # most lines hold still, and to look for days that stand out takes longer than all the rest
    apart = _apart(long, latest)
    steps = [(line, step) for line in long if (step := _step(line, apart, latest)) is not None]
    if not steps:
        return None
    chances = np.sort([step.p_value for _, step in steps])
    # Simes: where Yes rose and No fell, that is one thing seen twice and not two of three
    together = min(1.0, float((chances * len(long) / np.arange(1, len(chances) + 1)).min()))
    told = {line.choice: _told(line, step, together) for line, step in steps}
    clear = {line.choice for line, step in steps if step.p_value * len(long) <= OWN_LEVEL}
    farthest = max(clear, key=lambda choice: abs(told[choice].points), default=leader)
    by_choice = {line.choice: line.only(np.array([one not in apart for one in line.periods])) for line in long}
    if leader in clear:
        risers = [told[choice] for choice in clear if _overtook(told[leader], by_choice[choice], by_choice[leader])]
        if risers:
            riser = max(risers, key=lambda one: one.after)
            return replace(told[leader], also=replace(riser, overtook=leader))
        return _with_another(told[leader], told[farthest])
    least = float(chances[0])
    # where two answers moved alike, as Yes and No do, the larger of them now is the news
    alike = [told[line.choice] for line, step in steps if step.p_value <= 2 * least]
    found = max(alike, key=lambda one: one.after)
    passed = leader in by_choice and _overtook(found, by_choice[found.choice], by_choice[leader])
    return replace(found, overtook=leader) if passed else found


def _overtook(step: AnswerStep, riser: AnswerLine, other: AnswerLine) -> bool:
    """Whether one answer was behind another in the earlier periods of a step and is ahead in the later ones, by more
    than chance in both."""
    before, after = (_ahead_by(riser, other, *ends) for ends in (step.earlier, step.later))
    return before < -SURE and after > SURE


def _ahead_by(one: AnswerLine, other: AnswerLine, first: str, last: str) -> float:
    """How far the share of one answer lies above that of another in these periods, in standard errors."""
    shares, known = [], []
    for line in (one, other):
        kept = np.array([first <= period <= last for period in line.periods], dtype=bool)
        base = line.base[kept]
        shares.append(float((line.share[kept] * base).sum() / base.sum()) if base.sum() > 0 else 0.0)
        known.append(float(line.effective_n[kept].sum()))
    gap, worth = shares[0] - shares[1], min(known)
    spread = sum(shares) - gap**2
    return gap / (spread / worth) ** 0.5 if worth > 0 and spread > 0 else 0.0


def _told(line: AnswerLine, step: Step, p_value: float) -> AnswerStep:
    first, last = line.periods[: step.place], line.periods[step.place :]
    return AnswerStep(line.choice, step.before, step.after, (first[0], first[-1]), (last[0], last[-1]), p_value)


def _with_another(one: AnswerStep, other: AnswerStep) -> AnswerStep:
    """The step with that of another answer, where that moved clearly more."""
    return replace(one, also=other) if moved_more(one.points, other.points) else one


def moved_more(points: float, others: float) -> bool:
    """Whether another answer moved clearly more than the leading one did, in percentage points.

    Example:
        >>> moved_more(18, -21), moved_more(6, -14), moved_more(2, 5)
        (False, True, False)
    """
    return abs(others) >= max(CLEARLY_MORE * abs(points), abs(points) + MORE_POINTS)


def _apart(lines: Sequence[AnswerLine], latest: int | None) -> set[str]:
    """The periods in which a line stands out; they are a crowd's, and so are their other answers.

    Those at the end of a line may be where a change has got to: they are, where the line has a step with them. They
    are so of every answer where that step had begun before: one that rose as the other fell may have none of its own.
    """
    tests = sum(len(one.periods) for one in lines)
    apart: set[str] = set()
    changed: set[str] = set()
    for line in lines:
        found = outliers(line.share, line.effective_n, tests=tests)
        alone = {line.periods[one.place] for one in found}
        end = _end_apart(line, found) if found else set()
        step = _step(line, alone - end, latest) if end else None
        if step is not None and step.p_value <= RECENT_LEVEL:
            alone -= end
            changed |= end if _had_begun(line, step, end) else set()
        apart |= alone
    return apart - changed


def _had_begun(line: AnswerLine, step: Step, end: Collection[str]) -> bool:
    """Whether the later level of a step is another already without these of its periods.

    Example:
        >>> days, worth = [f"2025-05-0{day}" for day in range(1, 7)], np.full(6, 400.0)
        >>> line = AnswerLine("Yes", (), days, np.array([0.6, 0.6, 0.6, 0.6, 0.5, 0.3]), worth, worth)
        >>> _had_begun(line, Step(4, 0.6, 0.4, 0.001), {"2025-05-06"}), _had_begun(line, Step(4, 0.6, 0.4, 0.001), days)
        (True, False)
    """
    later = np.array([at for at in range(step.place, len(line.periods)) if line.periods[at] not in end], dtype=int)
    worth = [float(line.effective_n[at].sum()) for at in (slice(step.place), later)]
    if min(worth) <= 0:
        return False
    gap = float(np.average(line.share[later], weights=line.effective_n[later])) - step.before
    spread = step.before * (1 - step.before) * (1 / worth[0] + 1 / worth[1])
    return bool(gap * np.sign(step.after - step.before) > BEGUN * spread**0.5)


def _end_apart(line: AnswerLine, found: Sequence[Apart]) -> set[str]:
    """Those that stand out among the last periods, all of which lie nearer to the last of them than to what was usual.

    Example:
        >>> days, worth = [f"2025-05-0{day}" for day in range(1, 6)], np.full(5, 400.0)
        >>> line = AnswerLine("Yes", (), days, np.array([0.6, 0.6, 0.2, 0.25, 0.2]), worth, worth)
        >>> sorted(_end_apart(line, [Apart(4, 0.2, 0.6), Apart(2, 0.2, 0.6)]))
        ['2025-05-03', '2025-05-05']
    """
    last = max(found, key=lambda one: one.place)
    nearer = np.abs(line.share - last.share) < np.abs(line.share - last.usual)
    away = np.flatnonzero(~nearer)
    since = int(away[-1]) + 1 if len(away) else 0
    return {line.periods[one.place] for one in found if one.place >= since}


def _step(line: AnswerLine, apart: set[str], latest: int | None) -> Step | None:
    """The largest step of a line without these periods; its place counts them all the same."""
    calm = np.array([at for at, period in enumerate(line.periods) if period not in apart], dtype=int)
    if len(calm) < 2 * FEWEST:
        return None
    first = FEWEST if latest is None else len(calm) - latest
    found = largest_step(line.share[calm], line.base[calm], line.effective_n[calm], first=first)
    if found is None:
        return None
    return Step(int(calm[found.place]), found.before, found.after, found.p_value)
