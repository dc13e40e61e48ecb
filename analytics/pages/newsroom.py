"""Every survey at a glance, newest activity first."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.errors import StoreError, WeightingError
from analytics.estimates.newsroom import SHOWN_DAYS, Glimpse, fitted, glimpses, last_working_day, moved
from analytics.estimates.tallied import is_open
from analytics.estimates.usable import usable
from analytics.figures.glance import line_svg, strip_svg
from analytics.figures.style import Mode
from analytics.language.dates import day_words
from analytics.language.said import listed, noted, speech, spoken, spoken_of
from analytics.model import Unfinished
from analytics.model.access import least_base, may_mend, may_publish
from analytics.model.address import Option
from analytics.pages.choices.address import page_file
from analytics.pages.choices.controls import choose_one
from analytics.pages.figures.drawing import mode
from analytics.pages.figures.register import show_waiting
from analytics.pages.ground.lost import WHOLE_SECONDS, lost_sentence, show_lost
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import (
    ask,
    house_style,
    in_parts,
    listing,
    lost_since,
    person,
    revisions,
    shelf,
    snapshot_at,
    sparing,
    unfinished,
)
from analytics.pages.opening import show_head, show_no_survey
from analytics.store.read.status import read_glance
from analytics.words.glance import base_words, line_words, movement_words, strip_words, too_few_words, unusual_words

ROWS_A_PAGE = 12
ROW = [10, 7, 3, 9, 1.4]
"""How wide the parts of a row are: the headline, the shares, the line of days, who answered when, the way to edit."""
MOST_LOOKED_AT = 200
"""So many surveys, those with the newest answers, are looked at for what moved."""
LOOK_EVERY_SECONDS = 5
WORDS = Option("search", "Words in headline, question or title.")
SHOW = Option("show", "Which surveys are listed.", values=("all", "open", "closed"))

SHOW_WORDS = {"all": noted("All"), "open": noted("Open"), "closed": noted("Closed")}


def show() -> None:
    """Shows the list of surveys, searched and filtered."""
    show_head(spoken("Newsroom"))
    known = revisions()
    if not known:
        show_no_survey()
        _follow(known, mode(), show_lost("UTC"), time.monotonic())
        return
    lost = show_lost("UTC")
    rows = _listed(known, datetime.now(UTC))
    _show_unfinished({row.survey.key: _headline(row) for row in rows}, unfinished())
    if lost is None and may_publish(person()):
        show_waiting()
    _show_moved(rows, datetime.now(UTC))
    found = _search(rows)
    _follow(known, mode(), lost, time.monotonic())
    if not found:
        st.info(spoken("No survey matches. Search for fewer words, or show all."))
        return
    pages = -(-len(found) // ROWS_A_PAGE)
    rows_above = st.container()
    at = st.pagination(pages, key="page") if pages > 1 else 1  # asked first: a search can leave fewer pages
    with rows_above:
        for row in _glimpses(found[(at - 1) * ROWS_A_PAGE : at * ROWS_A_PAGE], datetime.now(UTC)):
            sparing([row.survey.key], partial(_show_row, row))
    _show_broken(known)


def _search(rows: list[Glimpse]) -> list[Glimpse]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # bound by Streamlit, which replaces the address: each letter typed would be a step of history otherwise
        words = st.text_input(spoken("Search"), key=WORDS.name, bind="query-params", live=True)
        offered = {one: spoken(SHOW_WORDS[one]) for one in SHOW.values}
        which = choose_one(SHOW, spoken("Show"), offered, "all", st.segmented_control, required=True)
    wanted = words.casefold().split()
    found = [row for row in rows if all(word in _text(row) for word in wanted)]
    return [row for row in found if which == "all" or row.is_open == (which == "open")]


def _text(row: Glimpse) -> str:
    question = row.question.text if row.question else ""
    return f"{_headline(row)} {question} {row.survey.title}".casefold()


def _headline(row: Glimpse) -> str:
    return row.survey.article.headline if row.survey.article else row.survey.title


def _show_row(row: Glimpse) -> None:
    """Shows a survey in two lines: its headline and question, its topline, and who answered when."""
    style = house_style()
    with st.container(key=f"survey {row.survey.key}", gap=None):
        name, strip, line, facts_of, edit = st.columns(ROW, gap="small", vertical_alignment="center")
        with name, st.container(gap=None):
            survey, page = {"survey": row.survey.key}, page_file("survey")
            st.page_link(page, label=f"**{plain(_headline(row))}**", query_params=survey)
            if row.question is not None:
                st.caption(plain(row.question.text))
        with strip:
            _show_strip(row)
        with line:
            if len([share for share in row.days if share is not None]) > 1:
                st.image(line_svg(row, style, mode()), alt=line_words(row))
        with facts_of, st.container(gap=None):
            many = spoken_of(row.counted, "{count} reader", "{count} readers")
            base = base_words(row, style) if row.shares else many
            marks = [base, "" if row.is_open else spoken("closed"), spoken("SIMULATED") if row.survey.simulated else ""]
            st.caption(" · ".join(mark for mark in marks if mark))
            moved_on = row.movement if row.movement and (row.movement.settled or not row.unusual) else None
            told = movement_words(moved_on, row.question, style) if moved_on and row.question else ""
            parts = (_when(row), told, unusual_words(row, style))
            st.caption(plain(" · ".join(part for part in parts if part)))
        with edit:
            if may_mend(person()):
                st.page_link(page_file("mending"), label=spoken("Edit"), query_params=survey)


def _show_strip(row: Glimpse) -> None:
    style = house_style()
    if row.question is None:
        return
    if not row.shares:
        st.caption(plain(too_few_words(row, style)))
    elif row.question.kind == "multiple":  # whoever may choose several has no share of a whole
        st.caption(plain(strip_words(row, style)))
    else:
        st.image(strip_svg(row.question, row.shares, style, mode()), width="stretch", alt=strip_words(row, style))


def _when(row: Glimpse) -> str:
    """The day of the last answer by the survey's clock, or of the import where answers carry no time."""
    style, zone = house_style(), ZoneInfo(row.survey.time_zone)
    if row.last_at is not None:
        return day_words(row.last_at.astimezone(zone).date(), style)
    if row.imported_at is None:
        return ""
    return spoken("imported {day}", day=day_words(row.imported_at.astimezone(zone).date(), style))


def _show_moved(rows: Sequence[Glimpse], now: datetime) -> None:
    """Says on top what moved since the last working day, held against all surveys that got answers since."""
    since = last_working_day(now.date())
    recent = [row for row in rows if row.last_at is not None and row.last_at.date() >= since][:MOST_LOOKED_AT]
    if not recent:
        return
    style, glanced = house_style(), _glimpses(recent, now)
    found = moved(glanced)
    for row in found:
        words = movement_words(row.movement, row.question, style) if row.question else ""
        label = f"**{plain(words)}** · {plain(_headline(row))}"
        st.page_link(page_file("survey"), label=label, query_params={"survey": row.survey.key})
    rest = len(glanced) - len(found)
    if rest and found:
        st.caption(
            spoken_of(
                rest,
                "Nothing else moved beyond chance: {count} survey.",
                "Nothing else moved beyond chance: {count} surveys.",
            )
        )
    elif rest:
        st.caption(spoken_of(
            rest, "Nothing moved beyond chance: {count} survey.", "Nothing moved beyond chance: {count} surveys."
        ))  # fmt: skip


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _follow(known: dict[str, int], drawn: Mode, was_lost: datetime | None, drawn_at: float) -> None:
    """Draws the list anew when an answer has come in, or anything else that it shows has changed."""
    is_newer, lost = time.monotonic() > drawn_at + WHOLE_SECONDS and revisions() != known, lost_since()
    if is_newer or mode() != drawn or (lost is None) != (was_lost is None):
        st.rerun(scope="app")
    if lost is not None:
        st.caption(lost_sentence(lost, "UTC", datetime.now(UTC)))


def _listed(revisions: dict[str, int], now: datetime) -> list[Glimpse]:
    """Returns the newsroom's rows as of those revisions, the newest answer first, their answers mostly unread."""
    oldest = datetime.min.replace(tzinfo=UTC)
    shown = list(listing(revisions).values())
    shown = [
        row if row.is_open == is_open(row.survey, now, row.last_at) else replace(row, is_open=False) for row in shown
    ]
    shown = [row.in_language(speech().language) for row in shown]
    return sorted(shown, key=lambda row: (row.newest, row.last_at or oldest), reverse=True)


def _glimpses(listed: Sequence[Glimpse], now: datetime) -> list[Glimpse]:
    """Returns those rows with what readers answered; what is open and what came today is up to a minute old."""
    rows, minute, least = shelf().glimpses, now.replace(second=0, microsecond=0), least_base(person())
    stale = [row.survey.key for row in listed if rows.get((row.survey.key, least), (None, None))[0] != minute]
    try:
        made = in_parts(stale, partial(_glimpsed, now=now, least=least))
        rows |= {(row.survey.key, least): (minute, row) for row in made}
    except StoreError:
        if any((key, least) not in rows for key in stale):
            raise
    known = [(row, rows[row.survey.key, least][1]) for row in listed if (row.survey.key, least) in rows]
    found = [replace(glimpse, imported_at=row.imported_at) for row, glimpse in known]
    return [row.in_language(speech().language) for row in found]


def _glimpsed(keys: list[str], now: datetime, least: int) -> list[Glimpse]:
    glance = ask(partial(read_glance, days=SHOWN_DAYS, only=keys))
    bounded = tuple(replace(survey, min_base=max(survey.min_base, least)) for survey in glance.surveys)
    glance = replace(glance, surveys=bounded)
    for survey in glance.surveys:
        usable(survey)
    return [_fitted(row, now) for row in glimpses(glance, now=now)]


def _show_broken(known: Mapping[str, int]) -> None:
    """Names the surveys of which no row can be made."""
    for key in [key for key, revision in shelf().broken.items() if known.get(key) == revision]:
        st.warning(
            spoken(
                "The survey {survey} cannot be shown: its definition holds something that no page can. Mend the "
                "definition and import its file again under the same key; no answer is lost.",
                survey=plain(key),
            )
        )


def _fitted(row: Glimpse, now: datetime) -> Glimpse:
    """Returns the row weighted as the survey's page is, so that the two say the same number."""
    if not row.survey.targets or not row.shares or row.question is None:
        return row
    try:
        return fitted(replace(snapshot_at(row.survey.key, row.revision), now=now), row)
    except WeightingError:  # the survey's page says so, and is not weighted either
        return row


def _show_unfinished(titles: Mapping[str, str], unfinished: Mapping[str, Sequence[Unfinished]]) -> None:
    """Says which surveys have an import that is unfinished."""
    named = [plain(titles.get(key, key)) for key in unfinished]
    if named:
        st.warning(spoken("Not all answers are in yet: an import is unfinished for {surveys}.", surveys=listed(named)))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
