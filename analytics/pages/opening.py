"""Which survey a page shows: the one that its address names, or the only one there is; else the page asks which.

Whatever keeps a page from being shown is said here, and ends the run.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.errors import RequestError, SurveyError
from analytics.language.said import listed, noted, speech, spoken
from analytics.model import Snapshot, Survey
from analytics.model.access import is_of_desks, may_import, may_judge_storms, may_remove, may_see_exact
from analytics.model.address import LANGUAGE, WHERE, Option, fitting, left_out, read_leniently
from analytics.model.labels import in_language
from analytics.pages.choices.address import (
    asked_for,
    end_page,
    link_query,
    page_file,
    restate,
    said,
    state_survey,
    stated,
    stated_survey,
    use_todays_names,
)
from analytics.pages.choices.controls import NOTHING, told_apart
from analytics.pages.choices.questions import countable
from analytics.pages.figures.register import show_republished
from analytics.pages.ground.first_start import add_demo
from analytics.pages.ground.lost import show_lost
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ask, house_style, listing, person, revisions, snapshot_at
from analytics.pages.ground.storms import storms_known, with_known_storms
from analytics.periods import day_start
from analytics.store.people.accounts import read_desks
from analytics.store.tend.removing import Removed, read_removed
from analytics.words.names import key_label
from analytics.words.storms import checked_sentence, counted_sentence, counts_sentence, kept_sentence, storm_line

STORMS = "Storms"
"""The page that says itself what the head of the others says of storms."""
OTHER, WANTED = "another survey", "survey wanted"
NO_SURVEY = noted(
    "No survey yet. Import the file that your survey tool exported, or look around in a made-up survey first."
)
NONE_OF_DESKS, NONE_YET = noted("No survey of your desks yet."), noted("No survey yet.")
UNKNOWN = noted("There is no survey {key} here. It may be in another database: look in the newsroom list.")


def open_survey(page: str) -> Snapshot:
    """The survey chosen, as it is at this moment, with its name at the head of the page and another one to choose.

    Where there is none, or it is not said which, the page says so and ends.

    Args:
        page: what the page is called, in English.
    """
    known = revisions()
    if not known:
        show_head(spoken(page))
        show_no_survey()
        end_page()
    _take_wanted(known)
    key = stated_survey() or (next(iter(known)) if len(known) == 1 else "")
    if key not in known:
        show_head(spoken(page))
        if key:
            st.error(_unknown_words(key))
        else:
            st.markdown(spoken("Which survey?"))
        _choose_survey(known, key)
        end_page()
    snapshot = with_known_storms(_worked_with(page, known, key))
    survey = snapshot.survey
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"):
        show_head(survey.title, spoken(page))
        if len(known) > 1:
            _choose_survey(known, key)
    state_survey(key)
    use_todays_names(survey)
    show_lost(survey.time_zone, key)
    if survey.simulated:
        st.badge(spoken("SIMULATED: these readers and their answers are made up"), color="orange")
    show_republished(key)
    _show_passed_over(snapshot)
    if page != STORMS:
        _show_set_aside(snapshot)
        show_open_storms(key, snapshot.status.revision)
    return snapshot


def show_open_storms(key: str, revision: int, name: str = "") -> int:
    """Shows each storm of the survey that waits for a decision, with the way to its card; gives how many there are.

    Whoever sees editions is told that answers are being checked, when they came and about how many, and not from where.

    Args:
        name: what the survey is called, where several are listed.
    """
    report, style = storms_known(key, revision), house_style()
    if report is None:
        return 0
    if not may_see_exact(person()):
        if report.open:
            every = snapshot_at(key, revision).edition.every
            words = plain(checked_sentence(report.open, in_language(report.survey, speech().language), style, every))
            without = plain(spoken("Until then they are in these numbers."))
            st.caption(f"**{plain(name)}** · {words}" if name else f"{words} {without}")
        kept = [one for one in report.cards if one.decided is not None and one.decided.decision == "kept"]
        if kept and not name:
            edition = snapshot_at(key, revision).edition
            survey = in_language(report.survey, speech().language)
            st.caption(plain(counted_sentence(kept, survey, style, edition.every)))
        return len(report.open)
    survey = in_language(report.survey, speech().language)
    for place, card in enumerate(report.open):
        told = plain(storm_line(card, survey, style))
        label = f"{told} · {plain(name)}" if name else told
        if may_judge_storms(person()):
            icon = ":material/thunderstorm:"
            with st.container(key=f"storm {key} {place}"):
                st.page_link(page_file("storms"), label=label, icon=icon, query_params={"survey": key})
        else:
            st.caption(told)
    if report.open and not name and report.status.screened and stated(survey).standing == "with screened":
        st.caption(spoken("Those shares are of the responses that count: what a rule set aside is not among them."))
    for card in report.cards if not name else ():
        if card.decided is not None and card.decided.decision == "kept":
            st.caption(plain(kept_sentence(card, survey, style)))
    return len(report.open)


def _show_passed_over(snapshot: Snapshot) -> None:
    """Says what the address asks for that the survey does not have: what is shown is more than was asked for.

    Whoever sees editions is told nothing: which groups are too small to stand in a picker would be told by it.
    """
    asked = left_out(asked_for(), snapshot.survey) if may_see_exact(snapshot.person) else ()
    _say_passed_over([(_asked_words(snapshot.survey, name), value) for name, value in asked])
    if words := _empty_period(snapshot) if may_see_exact(snapshot.person) else "":
        st.warning(words)


def show_unknown(option: Option, label: str, offered: Collection[str], removed: Collection[str] = ()) -> None:
    """Says which values of an option the address asks for that this survey does not have.

    Args:
        label: what one of the values is called, such as "Segment".
        removed: what was there when the page was opened, and was taken out on it.
    """
    known = {*offered, *removed, NOTHING}
    _say_passed_over([(label, value) for name, value in asked_for() if name == option.name and value not in known])


def _say_passed_over(asked: Sequence[tuple[str, str]]) -> None:
    if asked:
        words = listed([f"{plain(label)}: {plain(value)}" for label, value in asked])
        told = noted("The link asks for what this survey does not have, and is shown without it: {asked}.")
        st.warning(spoken(told, asked=words))


def _empty_period(snapshot: Snapshot) -> str:
    """That the period for which the address asks lies before or after all answers; empty where it does not."""
    asked, status = read_leniently(asked_for(), snapshot.survey), snapshot.status
    if status.first_at is None or status.last_at is None:
        return ""
    zone = ZoneInfo(snapshot.survey.time_zone)
    first, last = (at.astimezone(zone).date() for at in (status.first_at, status.last_at))
    if asked.since is not None and asked.since.astimezone(zone).date() > last:
        told = noted("The link asks for answers from {day} on. The last one came on {end}: that day is shown.")
        return spoken(told, day=asked.since.astimezone(zone).date(), end=last)
    if asked.until is not None and asked.until <= day_start(first, snapshot.survey.time_zone):
        told = noted("The link asks for answers before {day}. The first one came on {end}: that day is shown.")
        return spoken(told, day=asked.until.astimezone(zone).date(), end=first)
    return ""


def _asked_words(survey: Survey, name: str) -> str:
    if name.startswith(WHERE):
        return key_label(survey, name.removeprefix(WHERE))
    return spoken({"question": noted("Question"), "weighting": noted("Weighting")}.get(name, noted("Period")))


def _show_set_aside(snapshot: Snapshot) -> None:
    """Says how many answers count of those received where a rule set some aside, with the way to the other number."""
    status = snapshot.status
    if not status.screened:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="set aside"):
        st.caption(plain(counts_sentence(status.counted, status.screened, house_style())), width="content")
        if not may_see_exact(snapshot.person):
            return
        asked = stated(snapshot.survey)
        back = asked.standing == "with screened"
        words = spoken("Headline without them") if back else spoken("Headline with them")
        turned = replace(asked, kind="topline", options=(), standing="counted" if back else "with screened")
        st.page_link(page_file("survey"), label=words, query_params=link_query(turned, snapshot.survey))


def _unknown_words(key: str) -> str:
    """Returns why there is no such survey: whether it was removed, as far as whoever looks may know of it."""
    gone = next((one for one in removed_here() if one.key == key), None)
    if gone is None:
        return spoken(UNKNOWN, key=plain(key))
    return spoken("“{title}” was removed. Under Edit it can be brought back.", title=plain(gone.title))


def _worked_with(page: str, known: dict[str, int], key: str) -> Snapshot:
    """The survey; where it can be read but not worked with, its page says why, offers the others, and ends."""
    try:
        return snapshot_at(key, known[key])
    except RequestError as fault:
        show_head(key, spoken(page))
        st.error(plain(str(fault)))
        _choose_survey(known, key)
        state_survey(key)
        end_page()


def show_head(title: str, page: str = "") -> None:
    """Shows the first heading of a page, which names the browser's tab too."""
    st.set_page_config(page_title=f"{title} · {page}" if page else title)
    st.title(plain(title), anchor=False)


def needs_answers(snapshot: Snapshot, *, with_choices: bool = True) -> None:
    """Ends the page where nothing has been answered yet, or nothing is asked that has choices where that is needed."""
    if snapshot.status.counted == 0 or (with_choices and not countable(snapshot.survey)):
        st.info(spoken("No answer that can be counted has been recorded for this survey yet."))
        end_page()


def show_no_survey() -> None:
    """Says that there is no survey, and shows whoever may import the ways to one: a file, or the simulated survey."""
    looking = person()
    if looking.desks is not None:
        st.info(spoken(NONE_OF_DESKS))
        return
    st.info(spoken(NO_SURVEY if may_import(looking) else NONE_YET))
    if not may_import(looking):
        return
    with st.container(horizontal=True):
        if st.button(spoken("Import a file"), type="primary", icon=":material/upload_file:"):
            st.switch_page(page_file("imports"))
        asked = st.button(spoken("Load the simulated survey"))
        show_way_to_removed()
    if asked and load_demo():
        st.rerun()


def load_demo() -> bool:
    """Records the simulated survey; where that can't be, says why: it was removed, say, and can be brought back."""
    try:
        add_demo()
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return False
    return True


def show_way_to_removed() -> None:
    """Leads whoever may bring surveys back to those that were removed; nothing where there are none."""
    if may_remove(person()) and (removed := removed_here()):
        words = spoken("Removed surveys: {count}", count=len(removed))
        st.page_link(page_file("mending"), label=words, icon=":material/delete:")


def removed_here() -> tuple[Removed, ...]:
    """Returns what was removed and can be brought back, of the desks of whoever looks."""
    removed = ask(read_removed)
    desks = ask(read_desks) if removed else {}
    return tuple(one for one in removed if is_of_desks(person(), desks.get(one.key, ())))


def _choose_survey(known: dict[str, int], key: str) -> None:
    """Shows what else can be looked at. What is chosen there is not kept there: the head of the page says it."""
    titles = told_apart({one: row.survey.title for one, row in listing(known).items() if one != key})
    words = spoken("Another survey") if key in known else spoken("Choose a survey")
    st.selectbox(
        words, list(titles), index=None, format_func=titles.__getitem__, key=OTHER, placeholder=words,
        label_visibility="collapsed", width=240, on_change=_want,
    )  # fmt: skip


def _want() -> None:
    st.session_state[WANTED], st.session_state[OTHER] = st.session_state[OTHER], None


def _take_wanted(known: dict[str, int]) -> None:
    """Goes to the survey that was chosen with what it can take of the address; all else there begins afresh."""
    wanted, before = st.session_state.pop(WANTED, None), stated_survey()
    if wanted not in known or wanted == before:
        return
    old, new = (_survey_or_none(known, key) for key in (before, wanted))
    language = [pair for pair in said() if pair[0] == LANGUAGE.name]
    restate([*(fitting(said(), old, new) if old and new else (("survey", wanted),)), *language])


def _survey_or_none(known: dict[str, int], key: str | None) -> Survey | None:
    """The survey of that key; None where there is none, or none that can be worked with."""
    try:
        return snapshot_at(key, known[key]).survey if key in known else None
    except RequestError:
        return None
