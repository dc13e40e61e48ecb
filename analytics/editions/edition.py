"""What viewers see of a survey: its answers as of one moment, in a lattice of tables without small cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analytics.editions.told import FINER, TIME, ToldCount, in_longer, in_wider, numbers_of, period_with, placed
from analytics.editions.waiting import Deferred, changes, off, who_waits
from analytics.errors import FewError, RequestError
from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.estimates.time.course import courses
from analytics.estimates.time.trend import shortest_every, trend
from analytics.estimates.trust.weighting import weighting_fault, without_targets
from analytics.estimates.views.choose import choose_question, weights_used
from analytics.estimates.views.steps import AnswerStep
from analytics.estimates.views.tallied import Tallied, is_open, tallied, wanted_cells
from analytics.estimates.views.view import MEAN, Lead, View
from analytics.estimates.whole.topline import HALVES, ahead, halves_apart, leading, whole
from analytics.language.said import spoken
from analytics.model import ANSWERED, MISSING, NO_ANSWER, NO_TIME, Cells, Question, Snapshot, Status, Survey, Wanted
from analytics.model.access import EVERYBODY, LEAST_FOR_VIEWERS
from analytics.model.reasons import Reason, is_nobody
from analytics.model.request import Every, Request, WeightsChoice
from analytics.model.scales import halves
from analytics.periods import Length, period_label, period_of_days
from analytics.statistics.estimates import NUMBERS
from analytics.statistics.hiding import Before, hidden, small, too_thin
from analytics.statistics.lattice import Lattice

MOST_CELLS = 10_000
"""Of a question more cells are never solved: time is taken coarser until there are no more."""
STEP = 5
"""Counts are shown to the nearest multiple of that."""
NEW_ANSWERS, NEW_AFTER = 50, timedelta(hours=1)
"""A new edition is made when so many answers have come, and so much time has passed, since the last."""
GROWN = 1.5
"""What was hidden stays so until an edition has so many times the readers of any before."""
MOST_LOST = 0.05
"""A new edition waits while more than this part of the cells would be hidden for what changed since the last alone."""
MOST_BEHIND, MOST_FEW_BEHIND = 0.02, 0.05
"""A group is not shown where a share is off by more than the first for ten or more who are counted as they were before,
nor where fewer than ten are, and more than the second part of it."""
LEAST_WHOLE, LEAST_LEFT, FEWEST_PERIODS = 0.9, 0.8, 2
"""The periods of an edition are the shortest of which the first part is shown with every answer, were there no groups,
and at least so many. They stay as long as the second part is. A line is shown where that part of its own periods is."""
GRAINS: tuple[Every, ...] = ("day", "week", "month")


@dataclass(frozen=True, eq=False)
class Suppression:
    """The lattice of one question, and which cells are hidden.

    `levels` are the values of each axis in the lattice's order, `choices` those of the answers. `told` is what each
    cell was when it was last shown, missing where it never was. `lost` is how many cells are hidden for what changed
    since then alone. `most` is the largest number of all readers that any edition until this one showed. `number` is
    that of its edition, 0 where it is not known; `late` are the tables that are hidden as a whole until it can be told
    what changed in them.
    """

    lattice: Lattice
    levels: Mapping[str, Mapping[str, int]]
    hidden: np.ndarray
    told: np.ndarray
    choices: tuple[str, ...] = ()
    lost: int = 0
    most: float = 0.0
    number: int = 0
    late: frozenset[tuple[str, ...]] = frozenset()

    def hides(self, at: Mapping[str, str | np.ndarray], choice: np.ndarray) -> np.ndarray:
        """Whether each cell is hidden, named by the values of its axes and by the place of its answer.

        Args:
            choice: the place of the answer in the question's choices; -1 for everybody who answered.
        """
        table = tuple(name for name, _ in self.lattice.axes if name in at)
        if table in self.lattice.left_out:
            return np.ones(len(choice), dtype=bool)
        place, known = np.zeros(len(choice), dtype=np.int64), np.ones(len(choice), dtype=bool)
        for name, size in zip(table, self.lattice.groups(table), strict=True):
            named = pd.Series(np.broadcast_to(np.asarray(at[name], dtype=object), len(choice)))
            level = named.map(self.levels[name]).to_numpy(dtype=float)
            known &= ~np.isnan(level)
            place = place * size + np.where(known, level, 0).astype(np.int64)
        cell = self.lattice.starts[table] + place * self.lattice.width + 1 + choice
        return ~known | self.hidden[cell]


@dataclass(frozen=True, eq=False)
class Edition:
    """A survey as viewers see it, as of one moment: each number is of that moment, whatever has come in since.

    `exact` is the survey at that moment, whose cells were read then and are `sums`; `every` how long the periods are,
    None where nothing is shown by time. `waiting` says of each question whose answers it counts as the edition before
    did. `patterns` are worked out as questions are looked at, and held against
    `earlier`, which is what was last shown of each before, and against what was `published`. `keep` is given each new
    one, and gives the one that holds: another process may have been quicker.
    """

    exact: Snapshot
    made_at: datetime
    every: Every | None
    number: int
    sums: Mapping[Wanted, Cells] = field(repr=False)
    waiting: Mapping[str, Deferred] = field(default_factory=dict, repr=False)
    patterns: dict[str, Suppression] = field(default_factory=dict)
    earlier: Mapping[str, Suppression] = field(default_factory=dict)
    published: Callable[[], Sequence[ToldCount]] = tuple
    keep: Callable[[Edition, str, Suppression], Suppression] = lambda _edition, _question, found: found

    @property
    def survey(self) -> Survey:
        """The survey."""
        return self.exact.survey

    @property
    def status(self) -> Status:
        """The survey's state at that moment, its counts to the nearest multiple of STEP."""
        status = self.exact.status
        rounded: dict[str, Any] = {
            name: int(to_step(getattr(status, name)))
            for name in ("counted", "screened", "quarantined", "undated", "superseded", "unverified")
        }
        aside = tuple((name, int(to_step(count))) for name, count in status.set_aside)
        return replace(status, **rounded, set_aside=aside)

    def in_language(self, language: str) -> Edition:
        """The same with the labels of that language."""
        return replace(self, exact=self.exact.in_language(language))

    @cached_property
    def instead(self) -> WeightsChoice | None:
        """The weights that stand in where the answers cannot be weighted to their targets; None where they can."""
        return weights_instead(self.exact)

    @property
    def shown(self) -> dict[str, Suppression]:
        """What was last shown of each question, in this edition or before it."""
        return {**self.earlier, **self.patterns}

    def pattern(self, key: str) -> Suppression:
        """Which cells of a question are hidden, worked out when it is first asked for."""
        if key not in self.patterns:
            question, known = choose_question(self.survey, key), self.published()
            found = _judged(self, question, self.earlier.get(key), known).pattern()
            self.patterns[key] = self.keep(self, key, replace(found, number=self.number))
        return self.patterns[key]

    def nearest(self, request: Request) -> Request:
        """The request of the lattice that is nearest to this one; the same where it is one of the lattice."""
        survey, left = self.survey, 2
        kept = []
        for key, values in request.where:
            if left and survey.dimension(key) is not None and len(values) == 1:
                kept.append((key, values))
                left -= 1
        by = tuple(key for key in dict.fromkeys(request.by) if survey.dimension(key) and key not in dict(kept))[:left]
        every = None if request.every is None else self.every
        if every is not None and len(kept) + len(by) > 1:
            by = by[: max(0, 1 - len(kept))]
            kept = kept[:1]
        usual = Request()
        return replace(
            request, where=tuple(kept), by=by, every=every, since=None, until=None, weights=None, window=1,
            standing=usual.standing, base=usual.base, variance=usual.variance, interval=usual.interval, min_base=None,
        )  # fmt: skip

    def view(self, request: Request) -> View:
        """The numbers of a request of the lattice: shares in whole points, counts to base 5, small cells hidden.

        Raises:
            RequestError: the request is none of the lattice.
            FewError: nothing is told of so few readers.
        """
        near = self.nearest(request)
        if _asks(near, self.survey) != _asks(request, self.survey):
            raise RequestError(outside_words())
        question = choose_question(self.survey, near.question)
        pattern, exact = self.pattern(question.key), replace(self.exact, person=EVERYBODY)
        fixed = {key: values[0] for key, values in near.where}
        axes = (*fixed, *near.by, *([TIME] if near.every else []))
        if _table(pattern.lattice, axes) in pattern.lattice.left_out:
            if axes == (TIME,):
                raise RequestError(thin_lines_words())
            if len(axes) == 1:
                raise RequestError(spoken("Too many numbers of these groups are small to show them to your role."))
            raise RequestError(
                spoken("These groups are not crossed for your role: too many of them are small. Choose one of them.")
            )
        if _table(pattern.lattice, axes) in pattern.late:
            raise RequestError(
                spoken(
                    "These groups are not crossed for your role for now: too few changed in each of them since they "
                    "were shown last. Choose one of them."
                )
            )
        if pattern.hides(fixed, np.array([-1]))[0]:
            raise FewError(LEAST_FOR_VIEWERS, kept_back=True, filtered=bool(fixed))
        weighed = replace(near, weights=self.instead)
        found = crosstab(exact, weighed) if near.every is None else trend(exact, weighed)
        now = found
        if not axes:
            found = self._as_published(found)
        shown = _shown(found, pattern, fixed)
        if near.every is not None:
            shown = whole_lines(found, shown)
            if not found.estimates["suppressed"].all() and shown["suppressed"].all():
                raise RequestError(thin_lines_words())
        told = _told_of_lines(found, shown, self._unsaid(found, exact, pattern, fixed))
        lead = None if axes or found is not now else _verdict(now, told, exact)
        sums = _halves(now, told) if not near.by and near.every is None and found is now else told.whole
        seen = replace(
            told, whole=sums, request=request, status=self.status, base_n=int(to_step(found.base_n)),
            undated=int(to_step(found.undated)), rounded=True, lead=lead,
        )  # fmt: skip
        return with_clear(seen, compared_pairs(exact, weighed, seen)) if near.by and not near.every else seen

    def _as_published(self, view: View) -> View:
        """All readers' numbers as they were published, where they differ from it by fewer than ten answers."""
        near = _published_for(view, self.published())
        if near is None:
            return view
        known = numbers_of(near)
        rows = view.estimates.copy()
        for at, statistic, choice in zip(rows.index, rows["statistic"], rows["choice"], strict=True):
            numbers = known.get((statistic, choice if isinstance(choice, str) else None))
            for name in NUMBERS:
                rows.loc[at, name] = np.nan if numbers is None else numbers[name]
            rows.loc[at, "suppressed"] = numbers is None
        return replace(view, estimates=rows, base_n=near.count)

    def _unsaid(
        self, view: View, exact: Snapshot, pattern: Suppression, fixed: Mapping[str, str]
    ) -> set[tuple[str, ...]]:  # fmt: skip
        """The groups of a trend whose numbers of all times are not told: their lines tell no change of these either."""
        if view.every is None or (not view.by and fixed):
            return set()
        if not view.by:
            known = self.published()
            near = _published_for(whole(exact, replace(view.request, every=None)), known) if known else None
            return set() if near is None else {()}
        groups = view.estimates[list(view.by)].drop_duplicates()
        at: dict[str, Any] = dict(fixed) | {key: groups[key].to_numpy(dtype=object) for key in view.by}
        hides = pattern.hides(at, np.full(len(groups), -1))
        return set(groups[hides].itertuples(index=False, name=None))

    def levels_of(self, key: str) -> tuple[str, ...]:
        """The levels of a dimension of which the edition shows how many readers answered the first question."""
        asked = next((one.key for one in self.survey.questions if one.kind != "text" and one.choices), None)
        if asked is None:
            return ()
        pattern = self.pattern(asked)
        values = np.array(list(pattern.levels[key]), dtype=object)
        return tuple(values[~pattern.hides({key: values}, np.full(len(values), -1))])


def _verdict(view: View, told: View, exact: Snapshot) -> Lead:
    """Whether an answer leads by the test that everybody's headline is held to: of rounded numbers it would be another.

    Nothing but that and which two stand in front is told of it, and nobody leads where a share is hidden.
    """
    found = leading(view, now=exact.now)
    verdict = ahead(replace(view, lead=found))
    shares = told.estimates[told.estimates["statistic"] == "share"]
    if verdict is None or shares["suppressed"].any():
        return Lead(False, found.closed)
    return Lead(verdict.leads, found.closed, verdict.majority, found.leader, found.runner_up, reason=found.reason)


def _halves(view: View, told: View) -> dict[tuple[str, tuple[str, ...]], tuple[float, float]]:
    """The sums of a scale's answers on either side of its middle, where all are shown and the two clearly differ."""
    shares = view.estimates[view.estimates["statistic"] == "share"].set_index("choice")
    hidden = told.estimates.loc[told.estimates["statistic"] == "share", "suppressed"].astype(bool)
    sides = halves(view.question)
    if hidden.any() or not all(sides):
        return {}
    low, high = (float(shares.loc[list(side), "value"].astype(float).sum()) for side in sides)
    if not halves_apart(low, high, float(shares["effective_n"].astype(float).min())):
        return {}
    return {(name, ()): (float(to_points(one)), told.base_n) for name, one in zip(HALVES, (low, high), strict=True)}


def _published_for(view: View, published: Sequence[ToldCount]) -> ToldCount | None:
    """What figures have published of all readers, or of parts of them, where nearly all of these are in it.

    The total less what was published would be what fewer than ten answered: 45 points that turn to 46 tell of one.
    None where none is near, or all of it is published as it is now.
    """
    usual = weights_used(view.survey, Request())
    of = [
        one for one in published
        if one.rows and one.choice is None and one.question == view.question.key
        and (one.weights or usual) == view.weights
    ]  # fmt: skip
    least, found = LEAST_FOR_VIEWERS, None
    for one in (*of, *in_wider(of, view.survey)):
        if one.where or one.every is not None or not one.plain:
            continue
        rest = abs(view.base_n - one.count)
        moved = rest or _answers_apart(view, one)
        if moved == 0:
            return None
        if moved < LEAST_FOR_VIEWERS and rest <= least:
            least, found = rest, one
    return found


def _answers_apart(view: View, one: ToldCount) -> float:
    """By how many readers one of all readers' answers at most differs from what was published of it."""
    known = numbers_of(one)
    rows = view.estimates[view.estimates["statistic"] == "share"]
    counts = zip(rows["choice"], rows["count"].astype(float), strict=True)
    apart = [abs(count - known["share", choice]["count"]) for choice, count in counts if ("share", choice) in known]
    return max((of for of in apart if of == of), default=0.0)


def outside_words() -> str:
    """Why a request is not answered for viewers."""
    return spoken(
        "Your role sees one group at a time, or two crossed, by day or longer. Other selections could tell what single "
        "readers answered."
    )


def thin_lines_words() -> str:
    """Why viewers see no line over time."""
    return spoken("Too few readers answered at a time to show your role how it moved.")


def edition_of(
    exact: Snapshot, before: Edition | None = None,
    told: Callable[[], tuple[int, Mapping[str, Suppression]]] | None = None,
    published: Callable[[], Sequence[ToldCount]] = tuple,
) -> Edition:  # fmt: skip
    """The edition that viewers see now: the one before, until enough has changed for a new one.

    Args:
        exact: the survey as it is now, for somebody who sees exact numbers.
        before: the last edition; None where there was none, or its sums are gone.
        told: gives the number of the last edition and what was last shown of each question, asked for only where a new
            edition is due; what `before` knows of it, where it is not given.
        published: gives what figures of the survey that left have told.
    """
    if before is not None and before.exact.survey == exact.survey:
        if exact.status == before.exact.status:
            return before
        at_once = _crowd_moved(exact.status, before.exact.status) >= LEAST_FOR_VIEWERS or not is_open(
            exact.survey, exact.now, exact.status.last_at, answered=exact.status.counted > 0
        )
        if not at_once and exact.now - before.made_at < NEW_AFTER:
            return before
        if not at_once and abs(exact.status.counted - before.exact.status.counted) < NEW_ANSWERS:
            return before
    else:
        before, at_once = None if told else before, True
    last, shown = told() if told else (before.number, before.shown) if before is not None else (0, {})
    known = published()
    new = replace(_made(exact, last + 1, shown, before, known), published=published)
    if at_once:
        return new
    asked = [one for one in asked_of(exact.survey) if one.key in shown]
    judged = [_judged(new, one, shown[one.key], known) for one in asked]
    cells, lost = sum(one.lattice.size for one in judged), sum(one.lost for one in judged)
    return before if before is not None and lost > MOST_LOST * cells else new


def _crowd_moved(now: Status, then: Status) -> int:
    """How many responses of crowds were set aside or put back in between, at least."""
    aside, was = dict(now.set_aside), dict(then.set_aside)
    return max((abs(aside.get(name, 0) - was.get(name, 0)) for name in {*aside, *was}), default=0)


def weights_instead(exact: Snapshot) -> WeightsChoice | None:
    """The weights that everybody's numbers have where targets cannot be met; None where nothing stands in."""
    return None if weighting_fault(exact, Request()) is None else without_targets(exact.survey)


def asked_of(survey: Survey) -> tuple[Question, ...]:
    """The questions of which there are numbers."""
    return tuple(one for one in survey.questions if one.kind != "text" and one.choices)


def to_step(number: Any) -> Any:
    """A count to the nearest multiple of STEP.

    Example:
        >>> to_step([58, 57, 2]).tolist()
        [60.0, 55.0, 0.0]
    """
    return np.round(np.asarray(number, dtype=float) / STEP) * STEP


def to_points(share: Any) -> Any:
    """A share, or a difference of shares, in whole points, as the pages of exact numbers round it: halves go up.

    Example:
        >>> to_points([0.045, 0.0449, -0.045]).tolist(), float(to_points(36 / 800))
        ([0.05, 0.04, -0.05], 0.05)
    """
    number = np.asarray(share, dtype=float)
    return np.round(np.sign(number) * np.floor(np.abs(number) * 100 + 0.5 + 1e-9)) / 100


def _asks(request: Request, survey: Survey) -> Request:
    """The request without what makes no difference to its numbers."""
    weights = None if request.weights == weights_used(survey, Request()) else request.weights
    where = tuple(sorted(request.where))
    return replace(request, where=where, min_base=None, kind="", survey="", options=(), weights=weights)


def _made(
    exact: Snapshot, number: int, earlier: Mapping[str, Suppression], before: Edition | None = None,
    published: Sequence[ToldCount] = (),
) -> Edition:  # fmt: skip
    """The edition of this moment: all cells that it needs are read now.

    Args:
        before: the edition against which it is held, None where its sums are gone.
        published: what figures that left have told: of whom they leave a few over, these are no part of it.
    """
    survey = exact.survey
    timed = exact.status.first_at is not None
    wanted = {
        wanted_cells(survey, Request(question=one.key, every=every))
        for one in asked_of(survey) for every in ((None, "day") if timed else (None,))
    }  # fmt: skip
    sums = {one: exact.cells(one) for one in sorted(wanted, key=repr)}
    made_at = exact.now.replace(microsecond=0)
    then = frozen(replace(exact, now=made_at), sums)
    for one in asked_of(survey) if published else ():
        alone = _left_over(then, one, published, timed=timed)
        if alone is not None:
            sums = {
                wanted: alone.on(cells, timed=wanted.grain != "whole") if wanted.question == one.key else cells
                for wanted, cells in sums.items()
            }
            then = frozen(then, sums)
    last = before.every if before is not None else every_of(earlier)
    every, waiting = _every(then, last) if timed else None, dict[str, Deferred]()
    if before is not None:
        waiting = {one.key: _waiting(then, one, every, before.sums) for one in asked_of(survey)}
        sums = {
            wanted: waiting[wanted.question].on(cells, timed=wanted.grain != "whole") for wanted, cells in sums.items()
        }  # fmt: skip
        then = frozen(then, sums)
    return Edition(then, made_at, every, number, sums, waiting, earlier=earlier)


def _waiting(exact: Snapshot, question: Question, every: Every | None, before: Mapping[Wanted, Cells]) -> Deferred:
    """Whose answers to a question wait until ten of a group have come or left since those sums."""
    wanted = wanted_cells(exact.survey, Request(question=question.key, every=every and "day"))
    if wanted not in before:
        return Deferred()
    now, survey, multiple = exact.cells(wanted), exact.survey, question.kind == "multiple"
    if list(now.profiles.columns) != list(before[wanted].profiles.columns):
        return Deferred()
    rows = changes(now, before[wanted])
    codes = [_level_codes(rows[one.key].to_numpy(), len(one.levels)) for one in survey.dimensions]
    time, periods = _period_codes(rows["period"].to_numpy(), every)
    codes += [time] if periods else []
    alike = [*now.profiles.columns, "period", *([] if multiple else ["choice"])]
    there = changes(now, replace(now, answers=now.answers.iloc[:0]))  # everybody who is there now
    counted = [_level_codes(there[one.key].to_numpy(), len(one.levels)) for one in survey.dimensions]
    if periods:
        known = rows[["period"]].assign(code=time).drop_duplicates("period").set_index("period")["code"]
        counted.append(there["period"].map(known).fillna(periods).to_numpy(dtype=np.int64))
    lattice = _lattice(survey, question, periods)
    counts = lattice.counts(counted, _answer_codes(there["choice"].to_numpy()), there["n"].to_numpy(dtype=float))
    waits, steady = who_waits(
        lattice, codes, _answer_codes(rows["choice"].to_numpy()),
        rows["n"].to_numpy(dtype=float), rows.groupby(alike, sort=False).ngroup().to_numpy(), counts,
    )  # fmt: skip
    back = rows[waits].reset_index(drop=True)
    return Deferred(steady, back.assign(**{one: -back[one] for one in ("n", "w", "w2")}))


def _left_over(
    exact: Snapshot, question: Question, published: Sequence[ToldCount], *, timed: bool
) -> Deferred | None:  # fmt: skip
    """The few who are in no published part of all readers, to be taken out of the sums; None where there are none.

    None as well where the published parts have changed since: it cannot be told then who is in them.
    """
    asked, exact = Request(question=question.key, weights=weights_instead(exact)), replace(exact, person=EVERYBODY)
    try:
        near = _published_for(whole(exact, asked), published)
    except RequestError:  # nothing is told of it
        return None
    if near is None or not near.parts:
        return None
    if any(one.every in ("hour", "wave") or one.since or one.until for one in near.parts):
        return None
    cells = exact.cells(wanted_cells(exact.survey, Request(question=question.key, every="day" if timed else None)))
    rows = changes(cells, replace(cells, answers=cells.answers.iloc[:0]))  # everybody who is there
    inside = np.zeros(len(rows), dtype=bool)
    families = dict.fromkeys((tuple(key for key, _ in one.where), one.every) for one in near.parts)
    for keys, every in families:
        named = [_values_of(exact.survey, rows, key) for key in keys]
        named += [] if every is None else [_labels_of(exact.survey, rows["period"].to_numpy(), every)]
        parts = {
            (*(values[0] for _, values in one.where), *([] if every is None else [str(one.period)]))
            for one in near.parts if (tuple(key for key, _ in one.where), one.every) == (keys, every)
        }  # fmt: skip
        inside |= np.array([of in parts for of in zip(*named, strict=True)], dtype=bool)
    over = rows[~inside].reset_index(drop=True)
    found = Deferred(rows=over.assign(**{one: -over[one] for one in ("n", "w", "w2")}))
    wanted = wanted_cells(exact.survey, Request(question=question.key))
    now = whole(frozen(exact, {wanted: found.on(exact.cells(wanted), timed=False)}), asked)
    return found if now.base_n == near.count and not _answers_apart(now, near) else None


def _values_of(survey: Survey, rows: pd.DataFrame, key: str) -> list[str]:
    """The values of a kind of groups, by the codes of `changes`."""
    dimension = survey.dimension(key)
    assert dimension is not None  # what is summed over
    values = [*(level.value for level in dimension.levels), NO_ANSWER]
    return [values[code] for code in _level_codes(rows[key].to_numpy(), len(values) - 1)]


def _labels_of(survey: Survey, days: np.ndarray, every: Every) -> list[str]:
    """The labels of the periods in which days lie; of no day none."""
    dated = days != NO_TIME
    starts, place = np.unique(period_of_days(np.where(dated, days, 0), _length(every)), return_inverse=True)
    labels = [period_label(int(start), _length(every), survey.time_zone) for start in starts]
    return [labels[at] if known else "" for at, known in zip(place, dated, strict=True)]


def _level_codes(codes: np.ndarray, levels: int) -> np.ndarray:
    """The places of levels in a lattice, whose last one is that of no answer."""
    return np.where(codes == MISSING, levels, codes)


def _length(every: Every) -> Length:
    """How long the periods of an edition are: it has none of the survey's own waves."""
    assert every != "wave"
    return every


def _answer_codes(codes: np.ndarray) -> np.ndarray:
    """The places of answers in a lattice, -1 for all who answered."""
    return np.where(codes == ANSWERED, -1, codes)


def _period_codes(days: np.ndarray, every: Every | None) -> tuple[np.ndarray, int]:
    """The places of the periods of days, the last one that of no time; and how many periods there are."""
    dated = days != NO_TIME
    if every is None or not dated.any():
        return np.zeros(len(days), dtype=np.int64), 0
    found, place = np.unique(period_of_days(days[dated], _length(every)), return_inverse=True)
    codes = np.full(len(days), len(found), dtype=np.int64)
    codes[dated] = place
    return codes, len(found)


def frozen(exact: Snapshot, sums: Mapping[Wanted, Cells]) -> Snapshot:
    """The survey with these sums and no others."""

    def read(wanted: Wanted) -> Cells:
        if wanted not in sums:
            raise RequestError(outside_words())
        return sums[wanted]

    return replace(exact, read=read, closely=lambda _: None, edition=None)


def every_of(shown: Mapping[str, Suppression]) -> Every | None:
    """How long the periods are of which something was shown; None where that was none, or one alone."""
    labels = sorted({label for one in shown.values() for label in one.levels.get(TIME, ())})
    if any(len(label) == len("2025-05") for label in labels):
        return "month"
    gaps = {(date.fromisoformat(after) - date.fromisoformat(before)).days for before, after in pairwise(labels)}
    return None if not gaps else "week" if all(gap % 7 == 0 for gap in gaps) else "day"


def _every(exact: Snapshot, last: Every | None) -> Every | None:
    """The shortest periods by which lines are whole and no question has too many cells; None where there are none.

    Args:
        last: how long they were in the edition before: shorter ones could tell what these did not. Where there was
            none they are as long as whoever sees exact numbers sees them first, or longer, so that they can be shown.
    """
    instead, asked = weights_instead(exact), asked_of(exact.survey)
    first = last
    if first is None and asked:
        usual = shortest_every(replace(exact, person=EVERYBODY), Request(question=asked[0].key, weights=instead))
        first = usual if usual in GRAINS else None
    for every in GRAINS[GRAINS.index(first) if first else 0 :]:
        found = [tallied(exact, Request(question=one.key, every=every, weights=instead)) for one in asked]
        sizes = [
            replace(_lattice(exact.survey, question, len(one.labels)), left_out=frozenset()).size
            for question, one in zip(asked, found, strict=True)
        ]
        if max(sizes, default=0) > MOST_CELLS:
            continue
        if min(map(_whole_by_time, asked, found), default=1.0) >= (LEAST_LEFT if every == last else LEAST_WHOLE):
            return every
    return last


def _whole_by_time(question: Question, found: Tallied) -> float:
    """Of which part of the periods every answer would be shown, were there no groups; 0 where there are too few."""
    if len(found.labels) < FEWEST_PERIODS:
        return 0.0
    profile, code, n = (found.cells.answers[name].to_numpy() for name in ("profile", "choice", "n"))
    multiple, periods = question.kind == "multiple", len(found.labels)
    kept = found.kept[profile] & ((code >= 0) | ((code == ANSWERED) & multiple))
    lattice = Lattice(((TIME, periods + 1),), len(question.choices), multiple)
    place = np.where(found.place[kept] < 0, periods, found.place[kept])
    counts = lattice.counts([place], _answer_codes(code[kept]), n[kept].astype(float))
    if (TIME,) in too_thin(lattice, counts):
        return 0.0
    found_hidden = hidden(lattice, counts, dear=_newer(lattice))[lattice.places((TIME,))][:periods]
    return part_whole(~found_hidden.any(axis=1))


def part_whole(shown: np.ndarray) -> float:
    """Which part of the periods of a line is shown, from its first one to its last; 0 where that is less than half of
    all.

    A line that begins later or ends earlier is shorter, and has no hole.

    Example:
        >>> part_whole(np.array([False, True, True, False])), part_whole(np.array([True, False, True, True]))
        (1.0, 0.75)
    """
    places = np.flatnonzero(shown)
    if len(places) < FEWEST_PERIODS:
        return 0.0
    inner = shown[places[0] : places[-1] + 1]
    return float(inner.mean()) if 2 * len(inner) >= len(shown) else 0.0


def whole_lines(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The estimates of a trend without the lines that have holes: the points left are those with many readers alone.

    The lines of one group begin and end together.

    Args:
        view: the trend as it is, whose numbers nobody could show are no holes.
        rows: its estimates as an edition shows them.
    """
    gone = np.zeros(len(rows), dtype=bool)
    nobody = rows["reason"].map(is_nobody).to_numpy(dtype=bool)
    hides = rows["suppressed"].to_numpy(dtype=bool) & ~nobody
    of_share = (rows["statistic"] == "share").to_numpy()
    period = pd.Categorical(rows["period"], categories=list(dict.fromkeys(view.estimates["period"]))).codes
    groups = rows.groupby(list(view.by), sort=False, dropna=False).ngroup().to_numpy() if view.by else gone.astype(int)
    choice = rows["choice"].fillna("").to_numpy(dtype=object)
    for group in np.unique(groups):
        own = groups == group
        there = np.unique(period[own & of_share & ~nobody])
        full = ~np.isin(there, period[own & of_share & hides])
        if part_whole(full) >= LEAST_LEFT:  # all begin with the first period that is whole, and end with the last
            inner = there[np.flatnonzero(full)[[0, -1]]]
            gone |= own & ((period < inner[0]) | (period > inner[1]))
        for one in dict.fromkeys(choice[own]):
            line = own & (choice == one) & ~nobody
            statistics = rows["statistic"].to_numpy(dtype=object)
            for statistic in dict.fromkeys(statistics[line]):
                of_line = line & (statistics == statistic)
                shown = ~(hides | gone)[of_line]
                if len(shown) and part_whole(shown) < LEAST_LEFT:
                    gone |= of_line
    gone &= ~rows["suppressed"].to_numpy(dtype=bool)
    if not gone.any():
        return rows
    found = rows.copy()
    found[list(NUMBERS)] = found[list(NUMBERS)].astype(float).mask(pd.Series(gone, index=rows.index))
    found["suppressed"] = found["suppressed"].to_numpy(dtype=bool) | gone
    reason, flag = (found[name].to_numpy(dtype=object).copy() for name in ("reason", "flag"))
    reason[gone], flag[gone] = Reason("edition", LEAST_FOR_VIEWERS), None
    return found.assign(reason=pd.Series(reason, index=rows.index, dtype=object), flag=flag)


def _newer(lattice: Lattice) -> np.ndarray:
    """How much dearer each cell is to hide for its time: what is new is news, and lines are best cut where they begin.

    Example:
        >>> _newer(Lattice(((TIME, 3),), 1)).tolist()
        [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0]
    """
    dear = np.ones(lattice.size)
    for table in lattice.tables:
        if TIME in table:
            places = np.moveaxis(lattice.places(table), table.index(TIME), -1)
            dear[places] = 1.0 + np.arange(places.shape[-1])
    return dear


def _lattice(survey: Survey, question: Question, periods: int) -> Lattice:
    axes = [(one.key, len(one.levels) + 1) for one in survey.dimensions]
    if periods:
        axes.append((TIME, periods + 1))
    lattice = Lattice(tuple(axes), len(question.choices), question.kind == "multiple")
    largest = sorted((one for one in lattice.tables if one), key=lambda one: -lattice.places(one).size)
    for table in largest:  # many levels, such as of postcodes, are crossed with nothing, or not shown at all
        if lattice.size <= MOST_CELLS or (TIME in table and len(table) == 1):
            continue
        lattice = replace(lattice, left_out=lattice.left_out | {one for one in lattice.tables if {*table} <= {*one}})
    return lattice


@dataclass(frozen=True, eq=False)
class _Judged:
    """The counts of a lattice before anything is hidden.

    `few` are those that moved by a few since they were shown or published, `known` those that were shown or published
    as they are now. `before` is what the last edition showed, and `stays` what it hid and what stays hidden therefore.
    `most` is the largest number of all readers that was ever shown. `whole` are the cells of the tables that are
    `late`, and `behind` those of groups of which too many are counted as they were before. `unsteady` are the crossings
    that may be late too, should the numbers of all readers have to be hidden for them otherwise.
    """

    lattice: Lattice
    levels: Mapping[str, Mapping[str, int]]
    choices: tuple[str, ...]
    counts: np.ndarray
    told: np.ndarray
    few: np.ndarray
    known: np.ndarray
    before: Before | None = None
    stays: np.ndarray | None = None
    most: float = 0.0
    whole: np.ndarray | None = None
    behind: np.ndarray | None = None
    late: frozenset[tuple[str, ...]] = frozenset()
    unsteady: frozenset[tuple[str, ...]] = frozenset()

    @property
    def lost(self) -> int:
        gone = self.few if self.whole is None else self.few | (self.whole & ~np.isnan(self.told))
        return int((gone & ~small(self.lattice, self.counts)).sum())

    def pattern(self) -> Suppression:
        found = self._hidden()
        if self.unsteady and (found & ~self.few & ~small(self.lattice, self.counts))[: self.lattice.width].any():
            return self._without_unsteady().pattern()
        found |= self.few | small(self.lattice, self.counts)  # what is known from elsewhere is not said once more
        if self.behind is not None:
            found |= self.behind
        found |= found[self.lattice.everybody]
        told = np.where(found, self.told, self.counts)
        most = max(self.most, 0.0 if found[0] else float(self.counts[0]))
        return Suppression(self.lattice, self.levels, found, told, self.choices, self.lost, most, late=self.late)

    def _without_unsteady(self) -> _Judged:
        """The same with more crossings hidden as a whole: a right total is worth more than any of them."""
        late = self.late | self.unsteady
        whole = np.zeros(self.lattice.size, dtype=bool)
        for table in late:
            whole[self.lattice.places(table)] = True
        return replace(
            self, few=self.few & ~whole, known=self.known & ~whole, whole=whole, late=late, unsteady=frozenset()
        )

    def _hidden(self) -> np.ndarray:
        """What has to be hidden; where it is not known who left, all that was hidden stays so."""
        also, dear = self.few if self.stays is None else self.few | self.stays, _newer(self.lattice)
        try:
            return hidden(
                self.lattice, self.counts, also, known=self.known, before=self.before, whole=self.whole, dear=dear,
            )  # fmt: skip
        except ArithmeticError:
            if self.before is None:
                raise
            also = also | self.before.hidden
            return hidden(self.lattice, self.counts, also, known=self.known, whole=self.whole, dear=dear)


def _judged(
    edition: Edition, question: Question, earlier: Suppression | None, published: Sequence[ToldCount]
) -> _Judged:
    exact, every, waiting = edition.exact, edition.every, edition.waiting.get(question.key)
    found = tallied(exact, Request(question=question.key, every=every, weights=weights_instead(exact)))
    cells, survey = found.cells, exact.survey
    labels = found.labels if every else ()
    lattice = _lattice(survey, question, len(labels))
    profile, code, n = (cells.answers[name].to_numpy() for name in ("profile", "choice", "n"))
    multiple = question.kind == "multiple"
    kept = found.kept[profile] & ((code >= 0) | ((code == ANSWERED) & multiple))
    levels: dict[str, dict[str, int]] = {}
    codes = []
    for dimension in survey.dimensions:
        values = [level.value for level in dimension.levels]
        levels[dimension.key] = {value: at for at, value in enumerate([*values, NO_ANSWER])}
        codes.append(_level_codes(cells.profiles[dimension.key].to_numpy()[profile][kept], len(values)))
    if labels:
        levels[TIME] = {label: at for at, label in enumerate(labels)}
        codes.append(np.where(found.place[kept] < 0, len(labels), found.place[kept]))
    place = _answer_codes(code[kept])
    choices = tuple(one.value for one in question.choices)
    public = [one for one in published if one.question == question.key]
    public += in_wider(public, survey)
    public = [one for one in public if one.every in (None, every)] + (in_longer(public, every) if every else [])
    steady = None
    if waiting is not None and earlier is not None and earlier.number == edition.number - 1:
        steady = waiting.steady  # what was last shown is what the changes were taken from
    late = None
    if waiting is not None and len(waiting.rows):
        late = _waiting_codes(levels, survey, waiting, every)
    return judged_of(
        lattice, levels, codes, place, n[kept].astype(float), earlier, choices, public, steady=steady, late=late,
        every=every,
    )  # fmt: skip


def _waiting_codes(
    levels: Mapping[str, Mapping[str, int]], survey: Survey, waiting: Deferred, every: Every | None
) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """What an edition counts more than there is now, as `Lattice.counts` takes it."""
    rows = waiting.rows
    codes = [_level_codes(rows[one.key].to_numpy(), len(one.levels)) for one in survey.dimensions]
    if TIME in levels:
        assert every is not None  # there are periods
        days, last = rows["period"].to_numpy(), len(levels[TIME])
        dated = days != NO_TIME
        starts = period_of_days(np.where(dated, days, 0), _length(every))
        labels = [period_label(int(start), _length(every), survey.time_zone) for start in starts]
        codes.append(
            np.array([levels[TIME].get(label, last) if of else last for label, of in zip(labels, dated, strict=True)])
        )
    return codes, _answer_codes(rows["choice"].to_numpy()), rows["n"].to_numpy(dtype=float)


def judged_of(
    lattice: Lattice, levels: Mapping[str, Mapping[str, int]], codes: list[np.ndarray], answers: np.ndarray,
    n: np.ndarray, earlier: Suppression | None = None, choices: tuple[str, ...] = (),
    published: Sequence[ToldCount] = (), *, steady: frozenset[tuple[str, ...]] | None = None,
    late: tuple[list[np.ndarray], np.ndarray, np.ndarray] | None = None, every: Every | None = None,
) -> _Judged:  # fmt: skip
    """These readers held against what was shown before: what changed by a few since then has to be hidden.

    Args:
        codes, answers, n: as `Lattice.counts` takes them.
        published: what figures that left have told of this question.
        steady: the tables in which nothing changed by a few; None where that is not known.
        late: what is counted here more than there is now, as `Lattice.counts` takes it.
        every: how long the periods are; where it is not given, as long as before.
    """
    parts = None
    if earlier is not None and every is not None and every_of({"": earlier}) not in (None, every):
        parts = _in_longer(earlier, every) if every_of({"": earlier}) in FINER.get(every, ()) else None
        earlier = _without_time(earlier)
    thin = too_thin(lattice, lattice.counts(codes, answers, n))
    shown = frozenset() if earlier is None else frozenset(earlier.lattice.tables)  # what was shown is known
    lattice = replace(lattice, left_out=lattice.left_out | (thin - shown))
    counts = lattice.counts(codes, answers, n)
    told = np.full(lattice.size, np.nan) if earlier is None else _carried(lattice, levels, choices, earlier)
    changed = np.nan_to_num(counts - told)
    moved = changed[lattice.everybody] - changed
    few = (np.abs(changed) > 0) & (np.abs(changed) < LEAST_FOR_VIEWERS)
    few |= (np.abs(moved) > 0) & (np.abs(moved) < LEAST_FOR_VIEWERS) & ~np.isnan(told)
    if abs(changed[0]) >= LEAST_FOR_VIEWERS:  # what all who came answered is told as readers' results tell it
        few[: lattice.width] = False
    known = ~np.isnan(told) & (changed == 0)
    if parts is not None:  # what shown days leave of a week is what the hidden ones count
        shown_parts, hidden_parts = (_carried(lattice, levels, choices, one) for one in parts)
        rest = np.abs(np.nan_to_num(counts - shown_parts))
        few |= (hidden_parts == 1) | ((rest > 0) & (rest < LEAST_FOR_VIEWERS))
        known |= (hidden_parts == 0) & ~np.isnan(shown_parts) & (rest == 0)
    before, most = None, 0.0
    if earlier is not None:
        before, most = _before(lattice, levels, choices, earlier, counts, told, steady), earlier.most
    for one in published:
        cell = _cell_of(lattice, levels, choices, one)
        if cell is None or known[cell]:  # what is known already is told by nothing more
            continue
        now, rest = counts[cell], counts[lattice.everybody[cell]] - counts[cell]
        known[cell] |= now == one.count
        if cell < lattice.width:
            continue  # viewers read the published numbers
        few[cell] |= 0 < abs(now - one.count) < LEAST_FOR_VIEWERS
        few[cell] |= 0 < abs(rest - (one.base - one.count)) < LEAST_FOR_VIEWERS
    if published:  # what all readers answered is no secret: it hides nothing, whether a figure left before or after
        known[: lattice.width] = True
    grown = before is not None and not before.left and counts[0] >= GROWN * most
    stays = before.hidden if before is not None and not grown else None
    closed = _late_tables(lattice, earlier, told, few, steady, grown=grown)
    whole = np.zeros(lattice.size, dtype=bool)
    for table in closed:
        whole[lattice.places(table)] = True
    few &= ~whole
    known &= ~few & ~small(lattice, counts) & ~whole
    unsteady = frozenset[tuple[str, ...]]()
    if steady is not None and earlier is not None:
        unsteady = frozenset(one for one in lattice.tables if len(one) > 1 and one not in {*steady, *closed})
    behind = np.zeros(lattice.size, dtype=bool)
    if late is not None:
        behind = _far_behind(lattice, counts, late).repeat(lattice.width)
    return _Judged(
        lattice, levels, choices, counts, told, few, known, before, stays, most, whole, behind, closed, unsteady,
    )  # fmt: skip


def _without_time(earlier: Suppression) -> Suppression:
    """The same without its tables by time."""
    old = earlier.lattice
    kept = frozenset(one for one in old.left_out if TIME not in one)
    lattice = Lattice(tuple(one for one in old.axes if one[0] != TIME), old.choices, old.multiple, kept)
    cells = np.concatenate([old.places(table).reshape(-1) for table in lattice.tables])
    levels = {name: of for name, of in earlier.levels.items() if name != TIME}
    late = frozenset(one for one in earlier.late if TIME not in one)
    return replace(
        earlier, lattice=lattice, levels=levels, hidden=earlier.hidden[cells], told=earlier.told[cells], late=late
    )


def _in_longer(earlier: Suppression, every: Every) -> tuple[Suppression, Suppression]:
    """What was shown by shorter periods, taken together: the sums of what was shown, and how many cells were hidden."""
    old, labels = earlier.lattice, earlier.levels[TIME]
    longer = [period_with(label, every) or label for label in labels]
    names = {name: at for at, name in enumerate(dict.fromkeys(longer))}
    axes = tuple((name, len(names) + 1 if name == TIME else size) for name, size in old.axes)
    lattice = Lattice(axes, old.choices, old.multiple, old.left_out)
    sums, gone = np.full(lattice.size, np.nan), np.full(lattice.size, np.nan)
    place = np.array([*(names[name] for name in longer), len(names)])
    for table in (one for one in lattice.tables if TIME in one):
        at = table.index(TIME)
        there, cells = np.moveaxis(old.places(table), at, 0), np.moveaxis(lattice.places(table), at, 0)
        shown = ~earlier.hidden[there]
        total, many, unknown = np.zeros(cells.shape), np.zeros(cells.shape), np.zeros(cells.shape)
        np.add.at(total, place, np.where(shown, np.nan_to_num(earlier.told[there]), 0.0))
        np.add.at(many, place, shown.astype(float))
        np.add.at(unknown, place, (~shown).astype(float))
        sums[cells], gone[cells] = np.where(many > 0, total, np.nan), unknown
    levels = {**earlier.levels, TIME: names}
    return (
        replace(earlier, lattice=lattice, levels=levels, told=sums, hidden=np.isnan(sums)),
        replace(earlier, lattice=lattice, levels=levels, told=gone, hidden=np.isnan(gone)),
    )


def _far_behind(
    lattice: Lattice, counts: np.ndarray, late: tuple[list[np.ndarray], np.ndarray, np.ndarray]
) -> np.ndarray:  # fmt: skip
    """Of which groups too much is counted as it was before.

    Where fewer than ten wait their number alone decides, and not what they answered: of one who waits in a group it
    would be told by whether the group is hidden.
    """
    rows, given, n = late
    groups, more, waiting = (
        one.reshape(-1, lattice.width)
        for one in (counts, lattice.counts(rows, given, n), lattice.counts(rows, given, np.abs(n)))
    )
    many = waiting[:, 0] >= LEAST_FOR_VIEWERS
    least = np.minimum(groups[:, 0], groups[:, 0] - more[:, 0])
    wrong = off(groups - more, groups).max(axis=1) > MOST_BEHIND
    return np.where(many, wrong, waiting[:, 0] > MOST_FEW_BEHIND * np.maximum(least, 1.0))


def _late_tables(
    lattice: Lattice, earlier: Suppression | None, told: np.ndarray, few: np.ndarray,
    steady: frozenset[tuple[str, ...]] | None, *, grown: bool,
) -> frozenset[tuple[str, ...]]:  # fmt: skip
    """The crossings that are hidden as a whole: to hide in them what changed by a few would take the groups along."""
    if earlier is None:
        return frozenset()
    found = set()
    for table in lattice.tables:
        cells = lattice.places(table).reshape(-1)
        if len(table) < 2 or np.isnan(told[cells]).all():
            continue
        moves = table not in steady if steady is not None and table not in earlier.late else table in earlier.late
        if moves and few[cells].any() and not (grown and table in earlier.late):
            found.add(table)
    return frozenset(found)


def _before(
    lattice: Lattice, levels: Mapping[str, Mapping[str, int]], choices: tuple[str, ...], earlier: Suppression,
    counts: np.ndarray, told: np.ndarray, steady: frozenset[tuple[str, ...]] | None = None,
) -> Before | None:  # fmt: skip
    """What the earlier edition showed of this lattice; None where groups or answers were others then."""
    groups = [name for name, _ in lattice.axes if name != TIME]
    if any(dict(earlier.levels.get(name, {})) != dict(levels.get(name, {})) for name in groups):
        return None
    if earlier.choices != choices or lattice.multiple != earlier.lattice.multiple:
        return None
    shown = replace(earlier, told=np.where(earlier.hidden, np.nan, earlier.told))
    last = _carried(lattice, levels, choices, shown)
    there = np.ones(lattice.size, dtype=bool)
    periods = levels.get(TIME, {})
    new = [at for label, at in periods.items() if label not in earlier.levels.get(TIME, {})]
    apart = np.zeros(lattice.size, dtype=bool)
    for table in lattice.tables:
        apart[lattice.places(table)] = steady is not None and table in steady
        if table in earlier.late:
            there[lattice.places(table)] = False
            last[lattice.places(table)] = np.nan
        if TIME not in table or table in earlier.late:
            continue
        cells = lattice.places(table)
        if len(new) == len(periods):  # these periods are none of those before
            there[cells] = False
            continue
        last[np.take(cells, new, axis=table.index(TIME))] = 0.0  # nobody had come yet
    moved = (counts - told)[~np.isnan(told)]
    return Before(last, there, max(0.0, -moved.min(initial=0)), max(0.0, moved.max(initial=0)), apart)


def _cell_of(
    lattice: Lattice, levels: Mapping[str, Mapping[str, int]], choices: tuple[str, ...], one: ToldCount
) -> int | None:
    """The number of the cell that was told, None where the lattice has none of it."""
    at = placed(levels, one)
    if at is None or (one.choice is not None and one.choice not in choices):
        return None
    table, place = _table(lattice, tuple(at)), 0
    if table not in lattice.starts:
        return None
    for name, size in zip(table, lattice.groups(table), strict=True):
        place = place * size + levels[name][at[name]]
    return lattice.starts[table] + place * lattice.width + (0 if one.choice is None else 1 + choices.index(one.choice))


def _carried(
    lattice: Lattice, levels: Mapping[str, Mapping[str, int]], choices: tuple[str, ...], earlier: Suppression
) -> np.ndarray:
    """What each cell was when it was last shown, found by the values of its axes and of its answer."""
    told = np.full(lattice.size, np.nan)
    if lattice.multiple != earlier.lattice.multiple:
        return told
    number = earlier.lattice.choices
    places = {choice: at for at, choice in enumerate(earlier.choices)}
    given = [places.get(choice, -1) for choice in choices] if choices else list(range(number))
    answers = [0, *(1 + at if at >= 0 else -1 for at in given)]
    if lattice.multiple:
        answers += [1 + number + at if at >= 0 else -1 for at in given]
    for table in lattice.tables:
        if table not in earlier.lattice.starts:
            continue
        there = earlier.told[earlier.lattice.places(table)]
        for axis, (name, size) in enumerate(zip(table, lattice.groups(table), strict=True)):
            of = {at: value for value, at in levels[name].items()}
            last = there.shape[axis] - 1
            there = _taken(
                there, axis, [earlier.levels[name].get(of[at], -1) if at in of else last for at in range(size)]
            )
        told[lattice.places(table)] = _taken(there, len(table), answers)
    return told


def _taken(there: np.ndarray, axis: int, places: list[int]) -> np.ndarray:
    """These places of an axis, missing where a place is -1."""
    known = np.expand_dims(np.array(places) >= 0, tuple(at for at in range(there.ndim) if at != axis))
    return np.where(known, np.take(there, places, axis=axis), np.nan)


def _table(lattice: Lattice, axes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, _ in lattice.axes if name in axes)


def _told_of_lines(view: View, rows: pd.DataFrame, unsaid: AbstractSet[tuple[str, ...]] = frozenset()) -> View:
    """The view with these rows, and what it tells of lines over time as far as every number of them is shown.

    Args:
        unsaid: the groups of whose lines no change is told.
    """
    hidden = rows[(rows["statistic"] == "share") & rows["suppressed"].astype(bool)]
    levels = list(hidden[list(view.by)].itertuples(index=False, name=None))
    broken = set(zip(hidden["choice"], levels, strict=True))
    broken |= {(choice, group) for choice in rows["choice"].dropna().unique() for group in unsaid}
    means = rows[rows["statistic"] == "mean"]
    if (
        view.by
        or means.empty
        or (means["suppressed"].astype(bool) & ~means["reason"].map(is_nobody).astype(bool)).any()
    ):
        broken |= {key for key in ((MEAN, ()), *view.whole) if key[0] == MEAN}
    broken |= {(MEAN, group) for group in unsaid}
    step = view.step
    if step is not None:
        step = None if (step.choice, ()) in broken else replace(_in_points(step), also=None)
    also = view.step.also if view.step is not None else None
    if step is not None and also is not None and (also.choice, ()) not in broken:
        step = replace(step, also=_in_points(also))
    outliers = tuple(
        replace(one, share=to_points(one.share), usual=to_points(one.usual))
        for one in view.outliers if (one.choice, one.levels) not in broken
    )  # fmt: skip
    steady = tuple(one for one in view.steady if one not in broken)
    nets, of_broken = {net.key for net in view.question.nets}, {levels for _, levels in broken}
    whole = {
        (choice, levels): (float(to_points(share)), float(to_step(base)))
        for (choice, levels), (share, base) in view.whole.items()
        if (choice, levels) not in broken and not (choice in nets and levels in of_broken)
    }
    told = courses(view) if view.every is not None else {}
    told = {
        key: replace(one, level=None if one.level is None else float(to_points(one.level)))
        for key, one in told.items()
        if not any(line[1] in unsaid for line in one.lines)
    }
    return replace(view, estimates=rows, step=step, outliers=outliers, steady=steady, whole=whole, courses=told)


def _in_points(step: AnswerStep) -> AnswerStep:
    return replace(step, before=to_points(step.before), after=to_points(step.after))


def _shown(view: View, pattern: Suppression, fixed: Mapping[str, str]) -> pd.DataFrame:
    """The estimates with hidden ones taken out and all others rounded."""
    rows = view.estimates.copy()
    at: dict[str, Any] = dict(fixed) | {key: rows[key].to_numpy(dtype=object) for key in view.by}
    if view.every is not None:
        at[TIME] = rows["period"].to_numpy(dtype=object)
    hides = pattern.hides(at, np.full(len(rows), -1))
    choices = {choice.value: place for place, choice in enumerate(view.question.choices)}
    share = (rows["statistic"] == "share").to_numpy()
    place = rows["choice"].map(choices).fillna(-1).to_numpy(dtype=int)
    hides |= share & pattern.hides(at, place)
    parts = {net.key: (*net.plus, *net.minus) for net in view.question.nets}
    for name in [*parts, None]:  # a net or a mean is shown where all that it is made of is
        of_name = ~share & ((rows["choice"] == name) if name is not None else rows["choice"].isna()).to_numpy()
        for value in parts.get(name, choices) if name is not None else choices:
            if value in choices:
                hides |= of_name & pattern.hides(at, np.full(len(rows), choices[value]))
    mean = (rows["statistic"] == "mean").to_numpy()
    for name in ("share", "value", "low", "high"):
        numbers = rows[name].to_numpy(dtype=float)
        rows[name] = np.where(mean, np.round(numbers, 1), to_points(numbers))
    for name in ("base_n", "weighted_base", "effective_n", "count"):
        rows[name] = to_step(rows[name].to_numpy(dtype=float))
    rows["se"], rows["deff"] = (rows["high"] - rows["low"]) / 3.92, np.round(rows["deff"].to_numpy(dtype=float), 1)
    rows[list(NUMBERS)] = rows[list(NUMBERS)].astype(float).mask(pd.Series(hides, index=rows.index))
    rows["suppressed"] = rows["suppressed"].to_numpy(dtype=bool) | hides
    reason = rows["reason"].to_numpy(dtype=object).copy()
    reason[hides] = Reason("edition", LEAST_FOR_VIEWERS)
    flag = rows["flag"].to_numpy(dtype=object).copy()
    flag[hides] = None
    return rows.assign(reason=pd.Series(reason, index=rows.index, dtype=object), flag=flag)
