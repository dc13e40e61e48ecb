"""The morning: what moved, what did not, storms, printed numbers, quotes that wait, and who is missing; as values.

It is worked out for somebody: who sees editions alone gets the editions' numbers, and none of the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from analytics.editions.glimpse import of_edition
from analytics.errors import RequestError, SurveyError
from analytics.estimates.crowded import is_aside, storms_in, with_storms
from analytics.estimates.newsroom import (
    MOST_SCANNED,
    SHOWN_DAYS,
    Glimpse,
    Overnight,
    glanced_at,
    listed,
    overnight,
    unread,
)
from analytics.estimates.storms import StormCard, StormReport, storm_report
from analytics.estimates.time.jumps import Jump, split_jump, told_answer
from analytics.estimates.time.trend import trend
from analytics.estimates.trust.missing import Missing, most_missing
from analytics.estimates.trust.weighting import weighting_report
from analytics.estimates.usable import usable
from analytics.estimates.views.view import View
from analytics.estimates.watching import cause_of
from analytics.estimates.whole.topline import topline
from analytics.language.text import plain_text
from analytics.model import Person, Snapshot, Survey, first_asked
from analytics.model.access import (
    is_of_desks,
    least_base,
    may_judge_storms,
    may_publish,
    may_read_comments,
    may_see_exact,
    may_see_figures,
)
from analytics.model.labels import in_language
from analytics.model.request import Request
from analytics.model.watched import Cause, Told
from analytics.published.review import Reviewed, review
from analytics.store.people.accounts import read_desks
from analytics.store.place.connections import Store
from analytics.store.read.arrivals import read_crowded
from analytics.store.read.comments import list_comments
from analytics.store.read.status import read_glance, read_listing, read_revisions
from analytics.store.tables.figures import read_figures
from analytics.store.tables.watches import read_watches
from analytics.watches.looking import is_unlooked
from analytics.watches.sight import seen_by
from analytics.words.names import simulated_word
from analytics.words.periods import span_of

MOST_FIGURES = 200
"""So many published figures, the newest, are looked at again."""
MOST_HELD = 12
"""So many open surveys, those with the newest answers, are looked at for who is missing."""
MOST_EARLIER = 5
"""Of so many surveys whoever sees editions is told the answer on a page where none got any lately."""
LEAST_WORTH = 1.0
"""A group whose next answers would be worth less than that many times their number is not worth a call."""
Each = Callable[[str], Snapshot]
Scans = Callable[[str], StormReport | None]
"""Gives the last scan of a survey, None where there is none or it found nothing."""


@dataclass(frozen=True)
class Waiting:
    """Comments with consent to be printed that came since the last working day: of which survey, and how many.

    `crowded` are those beside them that came with crowds on which nobody decided yet.
    """

    survey: Survey
    count: int
    crowded: int = 0


@dataclass(frozen=True)
class Short:
    """A survey with the group of which answers are missing most."""

    survey: Survey
    missing: Missing


@dataclass(frozen=True, eq=False)
class Morning:
    """What somebody who comes in now has to know.

    `names` are the surveys' names by key. `causes` says of the surveys that moved, by key, whether it was minds or
    audience: over the spans that are compared where they moved over several days, as their page says it, else from one
    day to the next. `crowded` are those of them with a crowd that counts in the days that are compared, `waiting` those
    of these crowds that wait for a decision, by key. `exact` is whether its numbers are exact; else they are those of
    editions, `crowded` are all with an open storm, and storms, printed figures, quotes and groups are left out.
    `toplines` and `trends` are what editions show of the surveys with new or earlier answers, by key. Where numbers are
    exact `trends` are those of the surveys in `waiting`, judged without the days of their crowds.
    `earlier` are the surveys with the newest answers where none got any since, for whoever sees editions and looks at
    it on a page. `watched` is what watches told since the last working day, `unlooked` how many of them nobody has
    evaluated for twice their interval. In `looking` crowds are still looked for.
    """

    now: datetime
    person: Person
    exact: bool
    overnight: Overnight
    names: Mapping[str, str]
    causes: Mapping[str, Cause]
    storms: tuple[tuple[Survey, StormCard], ...] = ()
    printed: tuple[Reviewed, ...] = ()
    quotes: tuple[Waiting, ...] = ()
    missing: Short | None = None
    crowded: frozenset[str] = frozenset()
    watched: tuple[tuple[Survey, Told], ...] = ()
    unlooked: int = 0
    waiting: Mapping[str, tuple[StormCard, ...]] = field(default_factory=dict)
    earlier: tuple[Glimpse, ...] = ()
    looking: frozenset[str] = frozenset()
    toplines: Mapping[str, View] = field(default_factory=dict)
    trends: Mapping[str, View] = field(default_factory=dict)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing moved, and nothing waits for anybody."""
        return not (self.overnight.moved or self.storms or self.printed)


def morning(
    engine: Store, person: Person, *, now: datetime, language: str, desk: str | None = None, shown: Each | None = None,
    scans: Scans | None = None, looking: Collection[str] = (),
) -> Morning:  # fmt: skip
    """What the person has to know now.

    Args:
        language: of labels.
        desk: only surveys that belong to this desk.
        shown: gives a survey as the person sees it on a page, which is never empty for them; read from the store where
            it is not given.
        scans: gives what is known of a survey's crowds; where it is not given every survey is scanned now.
        looking: the surveys of which no scan has ended yet: no crowd is known of them.

    Raises:
        StoreError: the store does not answer.
    """
    rows = _rows(engine, person, now, desk)
    snapshots: dict[str, Snapshot] = {}

    def seen(key: str) -> Snapshot:
        if key not in snapshots:
            snapshots[key] = shown(key) if shown else seen_by(engine, key, person, now=now)
        return snapshots[key]

    exact = may_see_exact(person)
    found = overnight(rows, lambda some: _read(engine, some, seen, person, now), now=now)
    found = replace(
        found, moved=tuple(one.in_language(language) for one in found.moved),
        still=tuple(one.in_language(language) for one in found.still),
    )  # fmt: skip
    unscanned = frozenset(row.survey.key for row in rows[:MOST_SCANNED] if row.survey.key in looking)
    whole = Morning(now, person, exact, found, _names(rows, language), {}, looking=unscanned)
    look = scans or partial(_scanned, engine, now, effects=exact)
    if not exact:
        open_now = _open(_storms(found.still, look, language))
        earlier = _read(engine, rows[:MOST_EARLIER], seen, person, now) if shown and not found.still else []
        told = tuple(one.in_language(language) for one in earlier)
        views = {row.survey.key: _edition_views(seen(row.survey.key), language) for row in (*found.still, *told)}
        return replace(
            whole, crowded=frozenset(survey.key for survey, _ in open_now), earlier=told,
            waiting={key: tuple(card for survey, card in open_now if survey.key == key) for key in _keys(open_now)},
            toplines={key: view for key, (view, _) in views.items() if view is not None},
            trends={key: view for key, (_, view) in views.items() if view is not None},
        )  # fmt: skip
    counted, surveys = _storms(rows, look, language), {row.survey.key: row.survey for row in rows}
    storms = _open(counted)
    waiting = {row.survey.key: crowds for row in found.moved if (crowds := _crowds_of(row, storms))}
    calm = {key: _without(seen(key), crowds, language) for key, crowds in waiting.items()}
    kept = [one for one in read_watches(engine) if one.watch.survey in surveys]
    return replace(
        whole,
        overnight=found.without_crowds(_keys(storms)),
        causes={row.survey.key: move_cause(seen, row) for row in found.moved if row.survey.key not in unscanned},
        crowded=frozenset(row.survey.key for row in found.moved if _crowds_of(row, counted)),
        waiting=waiting, trends={key: view for key, view in calm.items() if view is not None},
        storms=storms if may_judge_storms(person) else (),
        printed=_printed(engine, seen, set(surveys)) if may_publish(person) else (),
        quotes=_quotes(engine, rows, person, found, storms, language) if may_read_comments(person) else (),
        missing=_missing(rows, seen, language),
        watched=tuple(
            (surveys[one.watch.survey], one.told)
            for one in kept
            if one.told is not None and one.told.found_at.date() >= found.since
        ),
        unlooked=sum(is_unlooked(one.watch, now) for one in kept),
    )  # fmt: skip


def _edition_views(snapshot: Snapshot, language: str) -> tuple[View | None, View | None]:
    """What an edition shows of a survey's first question, of all readers and over time; None where it does not."""
    question, every = first_asked(snapshot.survey), snapshot.edition.every
    if question is None or not question.choices:
        return None, None
    snapshot, found = snapshot.in_language(language), list[View | None]()
    request = Request(survey=snapshot.survey.key, question=question.key)
    for make in (partial(topline, snapshot, request), partial(trend, snapshot, replace(request, every=every))):
        try:
            found.append(make() if make.func is topline or every is not None else None)
        except RequestError:  # too few answered, or nothing is shown over time
            found.append(None)
    return found[0], found[1]


def _without(snapshot: Snapshot, crowds: Sequence[StormCard], language: str) -> View | None:
    """A survey's first question by day, judged without the days of these crowds; None where it cannot be told."""
    question = first_asked(snapshot.survey)
    if question is None:
        return None
    request = Request(survey=snapshot.survey.key, question=question.key, every="day")
    try:
        return with_storms(trend(snapshot.in_language(language), request), crowds)
    except SurveyError:
        return None


def move_cause(seen: Each, row: Glimpse) -> Cause:
    """Whether a move is of the same groups answering otherwise (minds), of others answering (audience), or both.

    A change over several days is judged over the spans of its two levels, by the very function by which the survey's
    page judges it; where there is none, the two days are compared.
    """
    request = Request(survey=row.survey.key, question=row.question.key if row.question else "", every="day")
    jump = _jump_of(row)
    if jump is None:
        return "unknown"
    spans = [(span_of(first, "day")[0], span_of(last, "day")[1]) for first, last in row.compared_days]
    try:
        split = split_jump(seen(row.survey.key), request, jump, spans)
    except SurveyError:  # nothing tells readers apart, or too few answered of any group
        return "unknown"
    return cause_of(split.parts)


def _jump_of(row: Glimpse) -> Jump | None:
    step, move = row.step, row.movement
    if row.question is not None and step is not None:
        return Jump(told_answer(row.question, step.choice), step.earlier[1], step.later[0], step=step)
    if row.question is not None and move is not None and move.day is not None:
        return Jump(move.choice, move.since.isoformat(), move.day.isoformat())
    return None


def _crowds_of(row: Glimpse, storms: Sequence[tuple[Survey, StormCard]]) -> tuple[StormCard, ...]:
    """Those of these storms that lie in the days that are compared: their coming or going is no change of mind."""
    own = [card for survey, card in storms if survey.key == row.survey.key]
    return storms_in(own, row.compared_days, row.survey.time_zone)


def _rows(engine: Store, person: Person, now: datetime, desk: str | None) -> list[Glimpse]:
    """The surveys that the person sees, in the newsroom's order; those that no page can show are left out."""
    if not may_see_figures(person):
        return []
    desks = read_desks(engine)
    keys = [
        key for key in read_revisions(engine)
        if is_of_desks(person, desks.get(key, ())) and (desk is None or desk in desks.get(key, ()))
    ]  # fmt: skip
    rows = []
    for survey, revision, *times in read_listing(engine, keys):
        try:
            rows.append(unread(usable(survey), revision, *times, now=now))
        except RequestError:
            continue
    return listed(rows, now)


def _read(engine: Store, some: Sequence[Glimpse], seen: Each, person: Person, now: datetime) -> list[Glimpse]:
    if not may_see_exact(person):
        return [of_edition(seen(row.survey.key), row) for row in some]
    glance = read_glance(engine, SHOWN_DAYS, [row.survey.key for row in some])
    made = {
        row.survey.key: row
        for row in glanced_at(glance, lambda row: seen(row.survey.key), now=now, least=least_base(person))
    }
    return [
        replace(made[row.survey.key], imported_at=row.imported_at) for row in some if row.survey.key in made
    ]  # fmt: skip


def _names(rows: Sequence[Glimpse], language: str) -> dict[str, str]:
    titles = {row.survey.key: plain_text(row.in_language(language).survey.title) for row in rows}
    often = Counter(titles.values())
    named = {key: f"{title} ({key})" if often[title] > 1 else title for key, title in titles.items()}
    made_up = {row.survey.key for row in rows if row.survey.simulated}
    return {key: f"{name} · {simulated_word()}" if key in made_up else name for key, name in named.items()}


def _scanned(engine: Store, now: datetime, key: str, *, effects: bool) -> StormReport | None:
    """A scan of now; None where the survey cannot be scanned: it has no storms then, and its own page says why."""
    try:
        return storm_report(engine, key, now=now, effects=effects, doubts=False)
    except SurveyError:
        return None


def _storms(rows: Sequence[Glimpse], look: Scans, language: str) -> tuple[tuple[Survey, StormCard], ...]:
    """The storms whose answers count though no article or push alert called for them."""
    found = []
    for row in rows[:MOST_SCANNED]:
        report = look(row.survey.key) if row.last_at is not None else None
        if report is None:
            continue
        cards = [card for card in report.cards if card.event is None and not is_aside(card)]
        found += [(in_language(report.survey, language), card) for card in cards]
    return tuple(found)


def _keys(storms: Sequence[tuple[Survey, StormCard]]) -> set[str]:
    return {survey.key for survey, _ in storms}


def _open(storms: Sequence[tuple[Survey, StormCard]]) -> tuple[tuple[Survey, StormCard], ...]:
    """Those that wait for a decision."""
    return tuple((survey, card) for survey, card in storms if card.is_open)


def _printed(engine: Store, seen: Each, keys: set[str]) -> tuple[Reviewed, ...]:
    figures = [one for one in read_figures(engine, most=MOST_FIGURES) if one.survey in keys or one.removed]
    reviewed = (review(one, seen) for one in figures)
    return tuple(one for one in reviewed if one.standing.verdict in ("moved", "gone", "survey removed"))


def _quotes(
    engine: Store,
    rows: Sequence[Glimpse],
    person: Person,
    found: Overnight,
    storms: Sequence[tuple[Survey, StormCard]],
    language: str,
) -> tuple[Waiting, ...]:
    """Comments of surveys whose definition says what gives consent; nobody may guess what does."""
    waiting = []
    for row in rows:
        survey, given = row.survey, row.survey.columns.consent_given
        if not given or row.last_at is None or row.last_at.date() < found.since:
            continue
        since = datetime.combine(found.since, time(), ZoneInfo(survey.time_zone)).astimezone(UTC)
        texts = tuple(one.key for one in survey.questions if one.kind == "text") + (
            ("",) if survey.columns.comment else ()
        )  # fmt: skip
        comments = list_comments(engine, survey.key, Request(since=since), texts, person=person)
        agreed = comments[comments["consent"].isin(list(given))]
        crowds = [card.crowd for of, card in storms if of.key == survey.key]
        theirs = read_crowded(engine, survey.key, crowds) if crowds and len(agreed) else frozenset()
        crowded = int(agreed["response_no"].isin(list(theirs)).sum())
        if len(agreed):
            waiting.append(Waiting(in_language(survey, language), len(agreed) - crowded, crowded))
    return tuple(waiting)


def _missing(rows: Sequence[Glimpse], seen: Each, language: str) -> Short | None:
    """Of the surveys that still take answers the one in which the next answers of a group would be worth most."""
    found = []
    for row in [row for row in rows if row.is_open and row.survey.targets and row.last_at is not None][:MOST_HELD]:
        try:
            snapshot = seen(row.survey.key).in_language(language)
            missing = most_missing(weighting_report(snapshot, Request(weights="raked")))
        except SurveyError:  # too few answered, or the targets cannot be met yet
            continue
        if missing is not None and missing.worth >= LEAST_WORTH:
            found.append(Short(snapshot.survey, missing))
    return max(found, key=lambda one: one.missing.worth, default=None)
