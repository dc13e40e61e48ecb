"""Letters written: a morning and a survey's report as what somebody gets of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from analytics.claims.claim import check_claim
from analytics.claims.reading import Finding
from analytics.errors import DeniedError, SurveyError
from analytics.estimates.crowded import scanned_for_storms
from analytics.estimates.newsroom import Glimpse
from analytics.estimates.views.view import View, is_lately
from analytics.exports.export import Export, export_of
from analytics.exports.formats import collection_of, file_of
from analytics.exports.report import Report, report_of, survey_report
from analytics.figures.drawing.style import Style
from analytics.figures.trend import trend_lines
from analytics.kinds.table import make
from analytics.language.dates import day_words
from analytics.language.numbers import percent
from analytics.language.said import listed, speaking, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import Person
from analytics.model.access import is_of_desks, may_export, may_see_exact, may_see_figures
from analytics.model.address import read_leniently
from analytics.model.request import Request
from analytics.model.watched import Told
from analytics.published.words import standing_words
from analytics.store.people.accounts import read_desks
from analytics.store.place.connections import Store
from analytics.store.tables.surveys import read_survey
from analytics.watches.digest import Morning
from analytics.watches.letter import Attachment, Letter, LetterLine, LetterPicture
from analytics.watches.sight import seen_by
from analytics.words.glance import came_words, looking_words, still_words
from analytics.words.morning import (
    edition_still_words,
    edition_subject,
    editions_sentence,
    headline_sentence,
    missing_sentence,
    moved_sentence,
    quotes_sentence,
    subject_words,
)
from analytics.words.names import simulated_word
from analytics.words.storms import checked_sentence, storm_line
from analytics.words.watches import told_words, unlooked_sentence

MOST_OF_A_KIND = 5
"""So many lines of one kind; of more it is said how many there are."""
MOST_NAMED = 3
PDF = "application/pdf"
log = logging.getLogger(__name__)


def digest_letter(engine: Store, found: Morning, style: Style, zone: str, *, picture: bool = True) -> Letter:
    """The morning as a letter.

    Args:
        zone: the time zone by which the day is told.
        picture: whether the figure of the largest move comes along, where a browser can draw it.
    """
    day = found.now.astimezone(ZoneInfo(zone)).date()
    with speaking(style):
        moves = _moves(found, style)
        lines = _exact_lines(found, moves, style) if found.exact else _edition_lines(found, moves, style)
        subject = _subject(found, moves, day, style)
        head = spoken("{house} · {day}", house=style.name, day=day_words(day, style))
        foot = () if found.exact else (editions_sentence(),)
        drawn = _picture(engine, found, style) if picture else None
    return Letter("digest", style.language, f"{style.name} · {subject}", head, tuple(lines), foot, drawn)


def report_letter(engine: Store, key: str, person: Person, style: Style, *, now: datetime) -> tuple[Letter, Report]:
    """A survey's report as a letter with a PDF, and what the register keeps of it.

    Raises:
        DeniedError: the person's role takes no files of this survey.
        RequestError: there is no such survey, nobody has answered, or a browser is missing.
    """
    snapshot = scanned_for_storms(engine, seen_by(engine, key, person, now=now))
    if not may_export(person) or not is_of_desks(person, snapshot.status.desks):
        raise DeniedError
    exports = survey_report(snapshot, Request(survey=key), style)
    with speaking(style):
        content = collection_of(exports, "pdf", cover=report_of(exports).cover)
        report = report_of(exports)
        day = day_words(now.astimezone(ZoneInfo(snapshot.survey.time_zone)).date(), style)
        line = LetterLine(
            spoken("Report"), spoken("The report is attached, with every question and its method."),
            plain_text(exports[0].made.survey.title), _link(style, "survey", {"survey": key}),
        )  # fmt: skip
        head = spoken("{house} · {day}", house=style.name, day=day)
    name = f"{key}-{now:%Y-%m-%d}.pdf"
    file = Attachment(name, PDF, content)
    return Letter("report", style.language, f"{style.name} · {report.title}", head, (line,), attachment=file), report


def watch_letter(engine: Store, told: Told, person: Person, style: Style) -> Letter:
    """What a watch has to tell; who sees editions alone is told that it moved, and no number.

    Raises:
        DeniedError: the survey is of no desk of theirs.
    """
    survey, desks = read_survey(engine, told.survey), read_desks(engine).get(told.survey, frozenset())
    if not may_see_figures(person) or not is_of_desks(person, desks):
        raise DeniedError
    with speaking(style):
        words = told_words(told, style, survey.time_zone)
        if not may_see_exact(person):
            words = spoken("A number of this survey moved. Your role sees it in the next edition.")
        title = plain_text(told.title)
        name = f"{title} · {simulated_word()}" if survey.simulated else title
        subject = spoken("{survey}: a watched number moved", survey=title)
        if told.storm is not None:
            subject = spoken("{survey}: a watched number waits for a storm to be decided", survey=title)
        line = LetterLine(spoken("Watch"), words, name, _link(style, "survey", {"survey": told.survey}))
    return Letter("watch", style.language, f"{style.name} · {subject}", name, (line,))


def _moves(found: Morning, style: Style) -> dict[str, str]:
    """How surveys moved, as the trend on their page says it, by key: those that editions show, but for those of which
    editors check answers; where numbers are exact those with a crowd that waits, by the days without it."""
    of = found.trends if found.exact else {key: view for key, view in found.trends.items() if key not in found.crowded}
    lately = {key: view for key, view in of.items() if view.base_n and is_lately(view)}
    drawn = {key: trend_lines(view, style, "light") for key, view in lately.items()}
    return {key: one.title for key, one in drawn.items() if one.told is not None and one.told.moves}


def _subject(found: Morning, moves: Mapping[str, str], day: date, style: Style) -> str:
    if not found.exact:
        told = sum(row.survey.key in moves for row in found.overnight.still)
        return edition_subject(found.overnight, told, day, style)
    crowded = sum(row.survey.key in found.waiting and row.survey.key not in moves for row in found.overnight.moved)
    calm = len(found.overnight.moved) - crowded
    return subject_words(calm, crowded, len(found.storms) + len(found.printed), day, style)


def _exact_lines(found: Morning, moves: Mapping[str, str], style: Style) -> list[LetterLine]:
    names, overnight = found.names, found.overnight
    lines = [LetterLine("", came_words(overnight))] if came_words(overnight) else []
    lines += _few(
        [
            LetterLine(
                spoken("Moved"), _moved_words(found, row, moves, style),
                names[row.survey.key], _link(style, "survey", {"survey": row.survey.key}),
            )
            for row in overnight.moved
            if row.survey.key not in found.waiting or row.survey.key in moves or not found.storms
        ],
        _link(style, "", {}),
    )  # fmt: skip
    lines += _few(
        [
            LetterLine(
                spoken("Watch"), told_words(one, style, survey.time_zone), names[survey.key],
                _link(style, "survey", {"survey": survey.key}),
            )
            for survey, one in found.watched
        ],
        _link(style, "", {}),
    )  # fmt: skip
    if found.unlooked:
        lines.append(LetterLine(spoken("Watch"), unlooked_sentence(found.unlooked, style)))
    if found.looking:
        lines.append(LetterLine(spoken("Storm"), looking_words(len(found.looking)), link=_link(style, "", {})))
    elif told := still_words(overnight):
        lines.append(LetterLine(spoken("Not moved"), told, link=_link(style, "", {})))
    lines += _few(
        [
            LetterLine(
                spoken("Storm"), storm_line(card, survey, style), names[survey.key],
                _link(style, "storms", {"survey": survey.key}),
            )
            for survey, card in found.storms
        ],
        _link(style, "", {}),
    )  # fmt: skip
    lines += _few(
        [
            LetterLine(
                spoken("Printed"), standing_words(one.figure, one.standing, style),
                plain_text(str(one.figure.drawn["title"])), _link(style, "published", {}),
            )
            for one in found.printed
        ],
        _link(style, "published", {}),
    )  # fmt: skip
    if found.quotes:
        lines.append(_quotes_line(found, style))
    if found.missing is not None:
        key = found.missing.survey.key
        words = missing_sentence(found.missing.missing, style)
        lines.append(LetterLine(spoken("Missing"), words, names[key], _link(style, "survey", {"survey": key})))
    return lines


def _edition_lines(found: Morning, moves: Mapping[str, str], style: Style) -> list[LetterLine]:
    """What somebody who sees editions gets: what a survey's page says on top, of each survey with new answers.

    First come those of which editors check answers, then those that moved, and of how many that is not said. On a page
    it is that of the last surveys where none has new answers.
    """
    lines = [LetterLine("", came_words(found.overnight))] if came_words(found.overnight) else []
    lines += [LetterLine("", looking_words(len(found.looking)))] if found.looking else []

    def told(rows: Sequence[Glimpse], kind: str) -> list[LetterLine]:
        keys = [row.survey.key for row in rows]
        words = [_headline_words(found, row, moves.get(row.survey.key, ""), style) for row in rows]
        lines = [
            LetterLine(kind, said, found.names[key], _link(style, "survey", {"survey": key}))
            for key, said in zip(keys, words, strict=True)
        ]
        return _few(lines, _link(style, "", {}))

    new = found.overnight.still
    crowded = [row for row in new if row.survey.key in found.crowded]
    moved = [row for row in new if row.survey.key in moves]
    quiet = [row for row in new if row.survey.key not in {*found.crowded, *moves}]
    lines += [*told(crowded, spoken("New answers")), *told(moved, spoken("Moved"))]
    if quiet and not found.looking:
        known = [row for row in quiet if row.survey.key in found.trends]
        words = edition_still_words(len(known), len(quiet) - len(known), others=bool(moved or crowded))
        lines.append(LetterLine(spoken("Not moved"), words))
    return [*lines, *told(quiet, spoken("New answers")), *told(found.earlier, spoken("Earlier answers"))]


def _headline_words(found: Morning, row: Glimpse, move: str, style: Style) -> str:
    key = row.survey.key
    told = headline_sentence(found.toplines.get(key), style, checked=key in found.crowded)
    if move and key in found.looking:
        move = spoken("{moved} (crowds are still looked for)", moved=move)
    if move:
        return spoken("{moved}. {headline}", moved=move, headline=told)
    if key not in found.crowded:
        return told
    view = found.trends.get(key)
    every = view.every if view is not None else None
    return f"{told} {checked_sentence(found.waiting.get(key, ()), row.survey, style, every)}"


def _moved_words(found: Morning, row: Glimpse, moves: Mapping[str, str], style: Style) -> str:
    key = row.survey.key
    if key in found.waiting and key in moves:
        return f"{moves[key]}."
    question = row.question.key if row.question else ""
    known = any(
        one.cause != "unknown" and read_leniently(one.address, survey).question in ("", question)
        for survey, one in found.watched
        if survey.key == key
    )
    return moved_sentence(
        row, found.causes.get(key, "unknown"), style, crowded=key in found.crowded,
        waiting=found.waiting.get(key, ()), known=known, looking=key in found.looking,
    )  # fmt: skip


def _quotes_line(found: Morning, style: Style) -> LetterLine:
    """All comments that wait in one line, with the surveys that have most of them."""
    most = sorted(found.quotes, key=lambda one: -one.count)
    names = [found.names[one.survey.key] for one in most[:MOST_NAMED]]
    if len(most) > MOST_NAMED:
        more = len(most) - MOST_NAMED
        names.append(spoken_of(more, "{count} more survey", "{count} more surveys"))
    told = quotes_sentence(sum(one.count for one in most), sum(one.crowded for one in most))
    return LetterLine(spoken("Quotes"), told, listed(names), _link(style, "comments", {"survey": most[0].survey.key}))


def _few(lines: list[LetterLine], link: str) -> list[LetterLine]:
    """The first lines of a kind, and how many more there are."""
    if len(lines) <= MOST_OF_A_KIND:
        return lines
    more = len(lines) - MOST_OF_A_KIND + 1
    return [*lines[: MOST_OF_A_KIND - 1], LetterLine(lines[0].kind, spoken("And {count} more.", count=more), link=link)]


def _link(style: Style, page: str, query: Mapping[str, str]) -> str:
    """Where more stands; nothing where the house has no address but that of this machine."""
    if style.is_loopback:
        return ""
    return f"{style.address}/{page}" + (f"?{urlencode(query)}" if query else "")


def _picture(engine: Store, found: Morning, style: Style) -> LetterPicture | None:
    """The figure of the largest move, or of the newest answers where editions are seen; None where it cannot be drawn.

    Its title is a headline: one that the guard does not let pass is not sent, and none in which a crowd waits for a
    decision, since a picture goes on without the sentence beside it.
    """
    rows = found.overnight.moved if found.exact else found.overnight.still
    calm = (one for one in rows if one.survey.key not in found.crowded)
    row = next((one for one in calm if one.question is not None and one.shares), None)
    if row is None or row.question is None:
        return None
    try:
        return _drawn(engine, row, found, style)
    except SurveyError as fault:  # no browser is no reason to send nothing
        log.info("a digest has no picture: %s", fault)
        return None


def _drawn(engine: Store, row: Glimpse, found: Morning, style: Style) -> LetterPicture | None:
    key = row.survey.key
    snapshot = seen_by(engine, key, found.person, now=found.now).in_language(style.language)
    question = row.question.key if row.question else ""
    request = Request(kind="topline", survey=key, question=question)
    if found.exact:
        request = replace(request, kind="trend", every="day")
    export = export_of(make(snapshot, request), style)
    if not title_holds(export, style):
        log.info("a digest goes without its picture: its title “%s” says more than its numbers", export.figure.title)
        return None
    link = "" if style.is_loopback else export.link
    return LetterPicture(file_of(export, "png", scale=2), export.figure.alt, link)


def title_holds(export: Export, style: Style) -> bool:
    """Whether the guard finds nothing against the figure's own title.

    The picture itself says what is made up, and a level of several days is no number of any one point.
    """
    title = export.figure.title
    findings = check_claim(title, export.claimed, title, style).findings
    return all(one.kind == "simulated" or _is_level(one, export.claimed, style) for one in findings)


def _is_level(found: Finding, view: View, style: Style) -> bool:
    """Whether that number is one of the levels between which the figure's own title says that answers changed."""
    steps = [step for step in (view.step, view.step.also if view.step else None) if step is not None]
    levels = [level for step in steps for level in (step.before, step.after)]
    return found.kind == "number" and found.found in {percent(level, style) for level in levels}
