"""Looks at a registered figure again: as it was published, as it is now, and how the one stands against the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analytics.errors import SurveyError
from analytics.exports.export import Export, export_of
from analytics.figures.drawing.style import Style
from analytics.kinds.finishing import fitting
from analytics.kinds.kind import Made
from analytics.kinds.rows import base_in
from analytics.kinds.table import make, request_in
from analytics.language.said import speaking
from analytics.language.text import plain_text
from analytics.model import Snapshot, Survey
from analytics.model.labels import as_written, called_in, texts_of
from analytics.model.request import Request
from analytics.published.leaving import ASIDE, TEXTS, aside_in, finish_of, looks_of
from analytics.published.standing import FigureStanding, gone, numbers_in, standing
from analytics.published.words import erased_words, too_few_words
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Registered, Settled, settle_figure

PublishedRow = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A registered figure, what it comes to now (None where it cannot be made any more), and its standing."""

    figure: Registered
    now: Made | None
    standing: FigureStanding


def see_to(engine: Store, one: Reviewed, note: str, now: datetime) -> Settled | None:
    """Records that somebody updated or corrected the figure where it was published; returns what stood there before.

    One that cannot be made any more is seen to without numbers: should it be made again, those published count.
    """
    return settle_figure(engine, one.figure.survey, one.figure.figure_id, settled_of(one, note, now))


def settled_of(one: Reviewed, note: str, now: datetime) -> Settled:
    """Returns what the register keeps of somebody's having seen to the figure."""
    if one.now is None:
        return Settled(now, one.figure.revision, note, [])
    return Settled(now, one.now.views[0].status.revision, note, list(one.now.rows))


def review(figure: Registered, snapshot_of: Callable[[str], Snapshot]) -> Reviewed:
    """Returns the figure looked at again; whatever keeps it from being made anew becomes its standing.

    Args:
        snapshot_of: gives a survey as it is now, by its key.
    """
    try:
        snapshot = snapshot_of(figure.survey).in_language(finish_of(figure).language)
    except SurveyError as fault:
        return Reviewed(figure, None, gone(figure, str(fault)))
    shown = within_minimum(_titled(figure, snapshot.survey), snapshot.survey)
    try:
        with speaking(finish_of(figure).language):
            made = make(snapshot, _at_least(request_in(figure.query, snapshot.survey), snapshot.survey.min_base))
    except SurveyError as fault:
        return Reviewed(shown, None, gone(shown, str(fault)))
    words = [pair for look in looks_of(figure) for pair in renamed(look, snapshot.survey)]
    outcome = replace(
        standing(figure, made.request, made.rows), renamed=tuple(dict.fromkeys(words)),
        aside_then=figure.drawn.get(ASIDE), aside_now=aside_in(made),
    )  # fmt: skip
    return Reviewed(shown, made, outcome if shown is figure else _within(outcome, shown, made.request))


def renamed(figure: Registered, survey: Survey) -> tuple[tuple[str, str], ...]:
    """Returns the texts of question, answers and groups that the survey has otherwise by now, each once.

    The survey's own words are held against its own words, labels of a language against labels of that language. Of a
    figure that left before its texts were kept nothing is said.
    """
    then = figure.drawn.get(TEXTS)
    if then is None:
        return ()
    plain, called = texts_of(as_written(survey)), called_in(as_written(survey), then["language"])
    pairs = [
        (old, plain_text(now[place]))
        for old_texts, now in ((then["own"], plain), (then["labels"], called))
        for place, old in old_texts.items() if place in now
    ]  # fmt: skip
    changed = dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])
    return tuple(pair for pair in changed if not _follows(pair, changed))


def _follows(pair: tuple[str, str], changed: Iterable[tuple[str, str]]) -> bool:
    """Whether a text, such as "Yes minus no", changed only because the answers that it names did."""
    text, others = pair[0].casefold(), [one for one in changed if one != pair]
    for old, new in others:
        text = text.replace(old.casefold(), new.casefold())
    return bool(others) and text == pair[1].casefold()


def _within(outcome: FigureStanding, shown: Registered, request: Request) -> FigureStanding:
    """Returns the standing, with no published number in it that the figure may not show."""
    published = shown.settled.rows if shown.settled and shown.settled.rows else shown.rows
    left = {
        (one.statistic, one.label, one.levels, one.period, one.value)
        for rows in (published, shown.rows)
        for one in numbers_in(request, rows).values()
    }
    moved = tuple(
        one if (one.statistic, one.label, one.levels, one.period, one.then) in left
        else replace(one, then=None, low=None, high=None)
        for one in outcome.moved
    )  # fmt: skip
    return replace(outcome, moved=moved, base_then=base_in(shown.rows))


def _titled(figure: Registered, survey: Survey) -> Registered:
    """Returns the figure with words in the place of a drawing that was erased."""
    if figure.drawn["title"]:
        return figure
    return replace(figure, drawn={**figure.drawn, "title": survey.title, "subtitle": erased_words()})


def within_minimum(figure: Registered, survey: Survey) -> Registered:
    """Returns the figure as everybody may see it: without the numbers of groups below the survey's own minimum.

    Whoever exported it may have asked for a smaller minimum, or the survey asks for more since. Then the drawing, which
    shows such groups, is left out too, and so are the words that were written beside it.
    """
    least = survey.min_base
    asked = dict(figure.query).get("min_base", "")
    everywhere = asked.isdecimal() and int(asked) < least
    settled = figure.settled
    rows = _without_few(figure.rows, least, everywhere)
    if rows == list(figure.rows) and not everywhere:
        seen = None if settled is None else replace(settled, rows=_without_few(settled.rows, least, False))
        return figure if seen == settled else replace(figure, settled=seen)
    drawn = {"title": survey.title, "subtitle": too_few_words(least), "caption": "", "alt": "", "spec": {}}
    seen = None if settled is None else replace(settled, rows=_without_few(settled.rows, least, everywhere))
    return replace(figure, rows=rows, drawn=drawn, settled=seen)


def _at_least(request: Request, least: int) -> Request:
    asks_for_less = request.min_base is not None and request.min_base < least
    return replace(request, min_base=None) if asks_for_less else request


def _without_few(rows: Sequence[PublishedRow], least: int, everywhere: bool) -> list[PublishedRow]:
    """Returns the rows, those of too small a base without numbers; `everywhere` those of no base of their own too."""
    return [_hidden(row) if _is_few(row, least, everywhere) else row for row in rows]


def _is_few(row: PublishedRow, least: int, everywhere: bool) -> bool:
    base = row.get("base_n")
    return everywhere if base is None else base < least and not row.get("suppressed")


def _hidden(row: PublishedRow) -> PublishedRow:
    """Returns the row with its words alone: every number of it goes, whatever its kind calls it."""
    kept = {name: None if isinstance(cell, float | int) else cell for name, cell in row.items()}
    return kept | ({"suppressed": True} if "suppressed" in row else {})


def exported_now(figure: Registered, now: Made, style: Style) -> Export:
    """Returns the figure as it would leave now, in the finish that it left in.

    Title and alternative text were written for the numbers as they were published: they stay while those are the same.

    Raises:
        RequestError: nobody in its selection has answered.
    """
    finish = finish_of(figure)
    if json.dumps(list(now.rows)) != json.dumps(list(figure.rows)):
        finish = replace(finish, title="", alt="")
    return export_of(now, style, fitting(now, finish, style))
