"""Every survey at a glance: first where something moved or a crowd waits, then by the newest activity."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.demo import LIVE_KEY
from analytics.editions.glimpse import of_edition
from analytics.errors import StoreError
from analytics.estimates.crowded import is_aside, storms_in
from analytics.estimates.newsroom import (
    MOST_LOOKED_AT,
    MOST_SCANNED,
    SHOWN_DAYS,
    Glimpse,
    Overnight,
    glanced_at,
    last_working_day,
    overnight,
)
from analytics.estimates.newsroom import listed as listed_rows
from analytics.estimates.views.view import is_lately
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.glance import MOST_PARTS, is_slider, line_svg, strip_parts
from analytics.language.dates import day_words
from analytics.language.said import listed, noted, speech, spoken, spoken_of
from analytics.model import Snapshot, Unfinished, Wanted, first_asked
from analytics.model.access import least_base, may_import, may_mend, may_publish, may_see_exact
from analytics.model.address import Option
from analytics.model.crowds import Crowd
from analytics.model.request import Request
from analytics.pages.choices.address import page_file
from analytics.pages.choices.controls import choose_one, choose_page, told_apart
from analytics.pages.figures.drawing import mode
from analytics.pages.figures.register import show_waiting
from analytics.pages.figures.watching import show_told, show_unlooked
from analytics.pages.ground.lost import WHOLE_SECONDS, lost_sentence, show_lost
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import (
    ask,
    house_style,
    in_parts,
    listing,
    lost_since,
    once,
    person,
    revisions,
    shelf,
    snapshot_at,
    sparing,
    unfinished,
)
from analytics.pages.ground.storms import storms_known, unscanned, watch
from analytics.pages.ground.strip import show_strip
from analytics.pages.opened import opened_trend
from analytics.pages.opening import show_head, show_no_survey, show_open_storms, show_way_to_removed
from analytics.store.read.status import read_glance
from analytics.watches.digest import move_cause
from analytics.words.glance import (
    base_words,
    came_words,
    chance_words,
    largest_words,
    looking_words,
    moved_words,
    still_words,
    strip_words,
    too_few_words,
)
from analytics.words.morning import CAUSES, CROWDED, edition_still_words, editions_sentence

ROWS_A_PAGE = 12
ROW = [9.2, 6.6, 5.2, 8.2, 1.8]
"""How wide the parts of a row are: the headline, the shares, the line of days, who answered when, the way to edit."""
LOOK_EVERY_SECONDS, LOOK_OFTEN_SECONDS = 5, 1
"""So often the list is looked at for news; the second while crowds are looked for, which takes a few seconds."""
ORDER, HELD, HELD_SECONDS = "newsroom order", "newsroom order held", 900
"""Where a session keeps the order of the list, and that which stays while it draws itself anew; for how long."""
WORDS = Option("search", "Words in headline, question or title.")
SHOW = Option("show", "Which surveys are listed.", values=("all", "open", "closed"))

SHOW_WORDS = {"all": noted("All"), "open": noted("Open"), "closed": noted("Closed")}


def show() -> None:
    """Shows the list of surveys, searched and filtered."""
    show_head(spoken("Newsroom"))
    known = revisions()
    if not known:
        show_no_survey()
        part(run_every=LOOK_EVERY_SECONDS)(_follow)(known, mode(), show_lost("UTC"), time.monotonic())
        return
    lost = show_lost("UTC")
    rows = _listed(known, datetime.now(UTC))
    names = _names(rows)
    _show_unfinished(names, unfinished())
    exact = may_see_exact(person())
    if not exact:
        st.caption(editions_sentence())
    top = st.container(gap="xsmall", key="what moved")  # a change comes first, then what may be none
    watched = [row for row in rows[:MOST_SCANNED] if row.last_at is not None]
    crowded = {
        row.survey.key for row in watched if show_open_storms(row.survey.key, row.revision, names[row.survey.key])
    }
    if lost is None and may_publish(person()):  # below the crowds, which may be why a number moved
        show_waiting()
    looked_at = {row.survey.key for row in watched if unscanned([row.survey.key])}
    looking, judged = len(looked_at), Overnight(date.today(), 0, (), ())
    longer, thin = 0, 0
    because: list[_Moved] = []
    still = None
    if exact:
        now = datetime.now(UTC)
        judged, still, because = _show_moved(rows, names, now, crowded, looked_at, top, is_lost=lost is not None)
        if len(rows) > MOST_SCANNED:
            st.caption(
                spoken(
                    "Crowds are looked for in the {scanned} surveys with the newest answers, movements in the {most}.",
                    scanned=MOST_SCANNED, most=MOST_LOOKED_AT,
                )
            )  # fmt: skip
    if looking:
        st.caption(looking_words(looking, len(watched)))
    found = _in_order(_search(rows, names), crowded | {row.survey.key for row in judged.moved})
    follow = part(run_every=LOOK_OFTEN_SECONDS if looking else LOOK_EVERY_SECONDS)(_follow)
    follow(known, mode(), lost, time.monotonic(), watch().open(), tuple(row.survey.key for row in watched), looking)
    if not found:
        st.info(spoken("No survey matches. Search for fewer words, or show all."))
        return
    pages = -(-len(found) // ROWS_A_PAGE)
    rows_above = st.container()
    at = choose_page(pages)  # asked first: a search can leave fewer pages
    told: list[tuple[Glimpse, DeltaGenerator]] = []
    with rows_above:
        listed = found[(at - 1) * ROWS_A_PAGE : at * ROWS_A_PAGE]
        for row in _in_turn(listed, datetime.now(UTC)):
            place = sparing([row.survey.key], partial(_show_row, row, names[row.survey.key]))
            told += [(row, place)] if place is not None else []
    for row, place in told:  # nobody waits with the list for how answers moved
        with place:
            waits = row.survey.key in looked_at
            said = sparing([row.survey.key], partial(_show_line, row, judged, waits=waits))
            longer, thin = longer + (said == "longer"), thin + (said == "thin")
    for moved in because:
        sparing([moved.row.survey.key], partial(_show_because, moved))
    if not exact:
        with top:
            _show_edition_moves([row for row, _ in told], names, crowded, looked_at, whole=len(told) == len(rows))
    if still is not None and (longer or thin):
        still.caption(still_words(judged, longer, thin), width="content")
    _show_broken(known)
    if lost is None:
        show_unlooked()
        show_way_to_removed()


def _in_order(rows: list[Glimpse], urgent: Collection[str]) -> list[Glimpse]:
    """The rows with those first in which something moved or a crowd waits, then by the newest answer.

    While nobody does anything the order stays as it was: no row moves away from under a mouse. New surveys come first.
    """
    # sorting keeps the order of what compares alike: the newest answers first
    found = sorted(rows, key=lambda row: row.survey.key not in urgent)
    began, held = st.session_state.pop(HELD, (time.monotonic(), ()))
    if held and time.monotonic() < began + HELD_SECONDS:
        place = {key: at for at, key in enumerate(held)}
        found.sort(key=lambda row: place.get(row.survey.key, -1))
    else:
        began = time.monotonic()
    st.session_state[ORDER] = (began, tuple(row.survey.key for row in found))
    return found


def _search(rows: list[Glimpse], names: Mapping[str, str]) -> list[Glimpse]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # bound by Streamlit, which replaces the address: each letter typed would be a step of history otherwise
        words = st.text_input(
            spoken("Search"), key=WORDS.name, bind="query-params", live=True, placeholder=spoken("Search"),
            label_visibility="collapsed",
        )  # fmt: skip
        offered = {one: spoken(SHOW_WORDS[one]) for one in SHOW.values}
        which = choose_one(
            SHOW, spoken("Show"), offered, "all", st.segmented_control, required=True, label_visibility="collapsed"
        )
        if may_import(person()) and st.button(spoken("New survey"), icon=":material/add:"):
            st.switch_page(page_file("imports"))
    wanted = words.casefold().split()
    found = [row for row in rows if all(word in _text(row, names) for word in wanted)]
    return [row for row in found if which == "all" or (row.is_open if which == "open" else row.is_closed)]


def _text(row: Glimpse, names: Mapping[str, str]) -> str:
    question = row.question.text if row.question else ""
    headline = row.survey.article.headline if row.survey.article else ""
    return f"{names[row.survey.key]} {question} {row.survey.title} {headline}".casefold()


def _names(rows: Sequence[Glimpse]) -> dict[str, str]:
    """What each survey is called, by its key: as on its own page, and in the list of other surveys there."""
    return told_apart({row.survey.key: row.survey.title for row in rows})


def _show_row(row: Glimpse, name: str) -> DeltaGenerator:
    """Shows a survey in two lines: its headline and question, its topline, and who answered when.

    Returns the place for how answers moved.
    """
    style = house_style()
    with st.container(key=f"survey {row.survey.key}", gap=None):
        title, strip, line, facts_of, edit = st.columns(ROW, gap="small", vertical_alignment="center")
        with title, st.container(gap=None):
            survey, page = {"survey": row.survey.key}, page_file("survey")
            st.page_link(page, label=f"**{plain(name)}**", query_params=survey)
            if row.question is not None:
                st.caption(plain(row.question.text))
        with strip:
            _show_strip(row)
        moved_place = line.container(gap=None)
        with facts_of, st.container(gap=None):
            many = spoken_of(row.counted, "{count} reader", "{count} readers")
            base = base_words(row, style) if row.shares else many
            trial = row.survey.key == LIVE_KEY and row.survey.simulated
            marks = [
                base,
                spoken("closed") if row.is_closed else "",
                spoken("SIMULATED") if row.survey.simulated else "",
                spoken("a trial of the form") if trial else "",
            ]
            st.caption(" · ".join(mark for mark in marks if mark))
            if when := _when(row):
                st.caption(plain(when))
        with edit:
            if may_mend(person()):
                st.page_link(page_file("mending"), label=spoken("Edit"), query_params=survey)
    return moved_place


def _show_line(row: Glimpse, judged: Overnight, *, waits: bool) -> Literal["", "longer", "thin"]:
    """Says how answers moved, in the words of the survey's own page.

    Returns "longer" where it says that they moved over a longer time, of a survey that the top calls quiet, "thin"
    where it says that too few answered to tell, of one whose last days were compared.

    Args:
        waits: whether crowds are still looked for in it: until then nothing is said of a change.
        judged: what was held against all surveys: a change that only one survey's page tells may be chance among them.
    """
    if row.question is None or not row.shares:
        return ""
    opened = opened_trend(snapshot_at(row.survey.key, row.revision), row.question.key)
    quiet = row.survey.key in {one.survey.key for one in judged.still}
    thin: Literal["", "thin"] = "thin" if quiet and row.survey.key not in {r.survey.key for r in judged.untold} else ""
    if opened is None or (line := opened[1].told) is None:
        return ""
    view, figure = opened
    if small := line_svg(line, house_style()):
        st.image(small, alt=spoken("Still looking for crowds") if waits else figure.title)
    if waits:
        return ""
    count = len(judged.still) + len(judged.moved) + len(judged.crowded)
    told = chance_words(figure.title, count) if quiet and view.step_is_recent else figure.title
    st.caption(plain(told))
    if not figure.tells:
        return thin
    return "longer" if quiet and line.moves and not view.step_is_recent else ""


def _show_strip(row: Glimpse) -> None:
    style = house_style()
    if row.question is None:
        return
    if not row.shares:
        st.caption(plain(too_few_words(row, style)))
    elif row.question.kind == "multiple" or (len(row.question.choices) > MOST_PARTS and not is_slider(row.question)):
        # whoever may choose several has no share of a whole; and nobody tells thirty slivers apart
        st.caption(plain(largest_words(row, style)))
    else:
        parts = strip_parts(row.question, row.shares, style, mode())
        show_strip(parts, strip_words(row, style), f"strip {row.survey.key}")


def _when(row: Glimpse) -> str:
    """The day of the last answer by the survey's clock, or of the import where answers carry no time."""
    style, zone = house_style(), ZoneInfo(row.survey.time_zone)
    if row.last_at is not None:
        return day_words(row.last_at.astimezone(zone).date(), style)
    if row.imported_at is None:
        return ""
    return spoken("imported {day}", day=day_words(row.imported_at.astimezone(zone).date(), style))


def _show_moved(
    rows: Sequence[Glimpse], names: Mapping[str, str], now: datetime, crowded: Collection[str],
    looked_at: Collection[str], top: DeltaGenerator,
    *, is_lost: bool,
) -> tuple[Overnight, DeltaGenerator | None, list[_Moved]]:  # fmt: skip
    """Says on top what moved since the last working day, held against all surveys that got answers since.

    Returns it with the place of what is said of the surveys that did not move, None where nothing is, and the lines of
    which it is not said yet whether minds moved or the audience did: nobody waits with the list for that.

    Args:
        top: where it stands.
        crowded: the keys of surveys in which a crowd waits for a decision; they are on top already.
        looked_at: the keys of surveys no scan for crowds has ended of yet: before that nothing is said of a change in
            them, and none is called quiet.
        is_lost: whether the store can't be read just now: what watches told is left out, the rest is remembered.
    """
    found, style = overnight(rows, partial(_glimpses, now=now), now=now).without_crowds(crowded), house_style()
    because: list[_Moved] = []
    with top:
        if told := came_words(found):
            st.caption(told)
        for row in found.moved:
            for place, words in enumerate(_moved_words(row, style)):
                with st.container(key=f"moved {row.survey.key} {place}"):
                    line = _Moved(row, words, names[row.survey.key], st.empty())
                waits = row.survey.key in looked_at
                line.show(spoken("crowds still looked for") if waits else "")
                because += [line] if place == 0 and not waits else []
        if not is_lost:
            show_told({row.survey.key: row.survey for row in rows}, names, found.since)
    still = None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not looked_at and (told := still_words(found)):
            still = st.empty()
            still.caption(told, width="content")
        st.page_link(page_file("morning"), label=spoken("Send me this"), icon=":material/mail:")
    return found, still, because


@dataclass(frozen=True)
class _Moved:
    """A line on top of the list: a survey that moved, how, its name, and the place of the line."""

    row: Glimpse
    words: str
    name: str
    place: DeltaGenerator

    def show(self, beside: str = "") -> None:
        told = [f"**{plain(self.words)}**", plain(self.name), *([plain(beside)] if beside else [])]
        query = {"survey": self.row.survey.key}
        self.place.page_link(page_file("survey"), label=" · ".join(told), query_params=query)


def _show_because(line: _Moved) -> None:
    """Says whether the same groups answer differently or others answered, as Morning says it of the same change.

    Nothing is said while a crowd of these days waits, and where nobody can tell.
    """
    row = line.row
    if row.question is None:
        return
    report, days = storms_known(row.survey.key, row.revision), row.compared_days
    counted = [one for one in report.cards if one.event is None and not is_aside(one)] if report else []
    crowds = storms_in(counted, days, row.survey.time_zone)
    if any(one.is_open for one in crowds):
        return
    snapshot = snapshot_at(row.survey.key, row.revision)
    asked = Request(survey=row.survey.key, question=row.question.key, every="day")
    cause = once(snapshot, asked, "cause", tuple(days), work=partial(move_cause, lambda _key: snapshot, row))
    if crowds:
        line.show(spoken(CROWDED[False]))
    elif cause != "unknown":
        line.show(spoken(CAUSES[cause]))


def _moved_words(row: Glimpse, style: Style) -> list[str]:
    """What is told of a survey that moved; where a crowd waits in these days, what its own row says without them."""
    report = storms_known(row.survey.key, row.revision)
    crowds = storms_in(report.open if report else (), row.compared_days, row.survey.time_zone)
    if not crowds or row.question is None:
        return moved_words(row, style)
    opened = opened_trend(snapshot_at(row.survey.key, row.revision), row.question.key)
    told = opened[1].told if opened is not None else None
    return [opened[1].title] if opened is not None and told is not None and told.moves else []


def _show_edition_moves(
    shown: Sequence[Glimpse], names: Mapping[str, str], crowded: Collection[str], looked_at: Collection[str], *,
    whole: bool,
) -> None:  # fmt: skip
    """Says which of the surveys with new answers moved, as their editions show it, and of how many that is not said.

    Args:
        whole: whether these are all surveys there are; of some nothing is called quiet.
    """
    since, known, moves = last_working_day(date.today()), 0, 0
    recent = [row for row in shown if row.last_at is not None and row.last_at.date() >= since and row.question]
    recent = [row for row in recent if row.survey.key not in crowded]
    for row in recent:
        opened = opened_trend(snapshot_at(row.survey.key, row.revision), row.question.key if row.question else "")
        known += opened is not None and opened[1].tells
        if opened is None or opened[1].told is None or not opened[1].told.moves or not is_lately(opened[0]):
            continue
        moves += 1
        label = f"**{plain(opened[1].title)}** · {plain(names[row.survey.key])}"
        if row.survey.key in looked_at:
            label = f"{label} · {spoken('crowds still looked for')}"
        st.page_link(page_file("survey"), label=label, query_params={"survey": row.survey.key})
    if whole and not looked_at and (told := edition_still_words(known - moves, len(recent) - known, others=moves > 0)):
        st.caption(told)


def _follow(
    known: dict[str, int], drawn: Mode, was_lost: datetime | None, drawn_at: float,
    storms: frozenset[tuple[str, Crowd]] = frozenset(), watched: tuple[str, ...] = (), looking: int = 0,
) -> None:  # fmt: skip
    """Draws the list anew when an answer has come in, a scan has ended, or anything else that it shows has changed."""
    newer = revisions() != known or watch().open() != storms or unscanned(watched) != looking
    is_newer, lost = time.monotonic() > drawn_at + WHOLE_SECONDS and newer, lost_since()
    if is_newer or mode() != drawn or (lost is None) != (was_lost is None):
        st.session_state[HELD] = st.session_state.get(ORDER, (0.0, ()))
        st.rerun(scope="app")
    if lost is not None:
        st.caption(lost_sentence(lost, "UTC", datetime.now(UTC)))


def _listed(revisions: dict[str, int], now: datetime) -> list[Glimpse]:
    """Returns the newsroom's rows as of those revisions, the newest answer first, their answers mostly unread."""
    return [row.in_language(speech().language) for row in listed_rows(listing(revisions).values(), now)]


def _glimpses(listed: Sequence[Glimpse], now: datetime) -> list[Glimpse]:
    """Returns those rows with what readers answered; what is open and what came today is up to a minute old."""
    if not may_see_exact(person()):
        return [row.in_language(speech().language) for row in _of_editions(listed)]
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


def _in_turn(listed: Sequence[Glimpse], now: datetime) -> Iterator[Glimpse]:
    """The rows with what readers answered: where editions are seen one after the other, as each is made."""
    if may_see_exact(person()):
        yield from _glimpses(listed, now)
        return
    for row in listed:
        yield from _glimpses([row], now)


def _glimpsed(keys: list[str], now: datetime, least: int) -> list[Glimpse]:
    glance = ask(partial(read_glance, days=SHOWN_DAYS, only=keys))

    def opened(row: Glimpse) -> Snapshot:
        question = first_asked(row.survey)
        by_day = (Wanted(question.key, "day"),) if question and row.survey.targets else ()
        return snapshot_at(row.survey.key, row.revision, by_day)

    return glanced_at(glance, opened, now=now, least=least)


def _of_editions(listed: Sequence[Glimpse]) -> list[Glimpse]:
    """Returns those rows as the editions of their surveys have them."""
    known = revisions()
    return in_parts(
        [row.survey.key for row in listed],
        lambda keys: [
            of_edition(snapshot_at(row.survey.key, known[row.survey.key]), row)
            for row in listed if row.survey.key in keys and row.survey.key in known
        ],
    )  # fmt: skip


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


def _show_unfinished(titles: Mapping[str, str], unfinished: Mapping[str, Sequence[Unfinished]]) -> None:
    """Says which surveys have an import that is unfinished."""
    named = [plain(titles.get(key, key)) for key in unfinished]
    if named:
        st.warning(spoken("Not all answers are in yet: an import is unfinished for {surveys}.", surveys=listed(named)))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
