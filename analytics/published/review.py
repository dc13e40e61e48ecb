"""Looks at a registered figure again: as it was published, as it is now, and how the one stands against the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analytics.errors import SurveyError
from analytics.exports.export import Export, export_of
from analytics.figures.style import Style
from analytics.kinds.finishing import fitting
from analytics.kinds.kind import Made
from analytics.kinds.rows import base_in
from analytics.kinds.table import make, request_in
from analytics.language.said import speaking, spoken
from analytics.language.text import plain_text
from analytics.model import Snapshot, Survey
from analytics.model.labels import texts_of
from analytics.model.request import Request
from analytics.published.leaving import WORDING, finish_of
from analytics.published.standing import FigureStanding, gone, numbers_in, standing
from analytics.published.words import erased_words, too_few_words
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Registered, Settled, settle_figure
from analytics.words.grid import ALL

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
        made = make(snapshot, _at_least(request_in(figure.query, snapshot.survey), snapshot.survey.min_base))
    except SurveyError as fault:
        return Reviewed(shown, None, gone(shown, str(fault)))
    outcome = replace(standing(figure, made.request, made.rows), renamed=_renamed(figure, made))
    return Reviewed(shown, made, outcome if shown is figure else _within(outcome, shown, made.request))


def _renamed(figure: Registered, made: Made) -> tuple[tuple[str, str], ...]:
    """Returns the words of question, answers and groups that the survey has otherwise by now, each once.

    Words that the program makes, and the survey's own words in another language, are not among them.
    """
    then, after = (numbers_in(made.request, rows) for rows in (figure.rows, made.rows))
    pairs = [
        pair for name, one in then.items() if name in after
        for pair in ((one.label, after[name].label), *zip(one.levels, after[name].levels, strict=False))
    ]  # fmt: skip
    survey = made.survey
    own = {plain_text(text) for text in texts_of(survey).values()}
    elsewhere = {plain_text(text) for _, labels in survey.labels for _, text in labels}
    with speaking(finish_of(figure).language or "en"):
        elsewhere.add(spoken(ALL))
    renamed = [(old, new) for old, new in pairs if old and old != new and new in own and old not in elsewhere]
    asked = figure.drawn.get(WORDING, ""), plain_text(made.views[0].question.text)
    if asked[0] and asked[0] != asked[1] and asked[0] not in elsewhere:
        renamed.insert(0, asked)
    return tuple(dict.fromkeys(renamed))


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
    """Returns the figure as it would leave now, in the finish that it left in but for title and alternative text.

    Those were written for the numbers as they were published.

    Raises:
        RequestError: nobody in its selection has answered.
    """
    finish = replace(finish_of(figure), title="", alt="")
    return export_of(now, style, fitting(now, finish, style))
