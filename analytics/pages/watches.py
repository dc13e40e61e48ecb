"""Watches: numbers that somebody wants to hear of when they move, how each stands, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.errors import StoreError, SurveyError
from analytics.estimates.newsroom import Glimpse
from analytics.language.dates import clock_words, day_words
from analytics.language.said import listed, noted, spoken, spoken_of
from analytics.model import Question, first_asked
from analytics.model.access import may_watch
from analytics.model.watched import Told, Watch, WatchResult, WatchState
from analytics.pages.choices.address import grouped, page_file
from analytics.pages.figures.register import asks_for_care, reviewed_figures
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ask, change, house_style, listing, revisions
from analytics.pages.opening import show_head
from analytics.store.place.connections import Store
from analytics.store.tables.watches import KeptWatch, keep_watch, pause_watch, read_watches, remove_watch
from analytics.watches.looking import published_told, result_of
from analytics.words.watches import (
    EVERY,
    STATES,
    least_words,
    number_words,
    told_words,
    unlooked_sentence,
    watched_words,
)

NONE_YET = noted("No watch yet. Open a survey and choose “Watch this number” at its foot.")
HELP = noted(
    "A watch tells once when its number moves beyond chance, however often it is looked at, and then is silent until "
    "the number moves again."
)
SAID, GONE = "watches said", "watch gone"
COLOURS: dict[WatchState, str] = {
    "quiet": "gray", "moved": "orange", "waiting": "orange", "settled": "blue", "paused": "gray",
    "new": "gray", "unlooked": "red", "few": "gray", "fault": "red",
}  # fmt: skip
FIRST: tuple[WatchState, ...] = (
    "moved", "waiting", "unlooked", "fault", "new", "settled", "quiet", "few", "paused",
)  # fmt: skip
"""In which order watches are listed, by how they stand."""


def show() -> None:
    """Shows every watch, those first that have something to say."""
    show_head(spoken("Watches"))
    _show_said()
    surveys, now = listing(revisions()), datetime.now(UTC)
    kept = [one for one in ask(read_watches) if one.watch.survey in surveys]
    results = sorted((result_of(one, now) for one in kept), key=lambda one: FIRST.index(one.state))
    _show_printed(now)
    if not results:
        st.info(spoken(NONE_YET))
        return
    late = sum(one.state == "unlooked" for one in results)
    if late:
        st.warning(unlooked_sentence(late, house_style()))
    st.markdown(_in_all(results))
    for one in results:
        _show_watch(one, surveys)
    st.caption(spoken(HELP))


def _in_all(results: list[WatchResult]) -> str:
    """How many watches there are, how many moved, and how many nobody looked at: of those nothing is called still."""
    moved = sum(one.state in ("moved", "waiting") for one in results)
    dark = sum(one.state in ("new", "unlooked") for one in results)
    told = [spoken_of(len(results), "{count} watch.", "{count} watches.")]
    if moved:
        told.append(spoken_of(moved, "{count} has moved.", "{count} have moved."))
    if dark:
        told.append(spoken_of(dark, "{count} has not been looked at.", "{count} have not been looked at."))
    if not moved and dark < len(results):
        told.append(spoken("Nothing else moved.") if dark else spoken("Nothing moved."))
    return " ".join(told)


def _show_printed(now: datetime) -> None:
    """Says which printed numbers do not hold any more: they are watched by themselves."""
    found = published_told([one for one in reviewed_figures() if asks_for_care(one)], now)
    if not found:
        return
    words = spoken_of(
        len(found), "{count} printed number asks for an update or a correction.",
        "{count} printed numbers ask for an update or a correction.",
    )  # fmt: skip
    st.page_link(page_file("published"), label=words, icon=":material/print:")


def _show_watch(one: WatchResult, surveys: Mapping[str, Glimpse]) -> None:
    watch = one.watch
    survey = surveys[watch.survey].survey
    zone = ZoneInfo(survey.time_zone)
    with st.container(border=True, gap="xsmall", key=f"watch {watch.survey} {watch.watch_id}"):
        question = survey.question(dict(watch.address).get("question", "")) or first_asked(survey)
        name = watched_words(watch, question)
        with st.container(horizontal=True, vertical_alignment="center"):
            label = f"**{plain(name)}**" if one.now is None else f"**{plain(name)}: {plain(_number(one))}**"
            st.page_link(page_file("survey"), label=label, query_params=grouped(watch.address))
            st.badge(spoken(STATES[one.state]), color=COLOURS[one.state])  # type: ignore[arg-type]
        st.markdown(plain(_asked(question, survey.title)))
        if one.told is not None:
            _show_told(one.told, survey.time_zone)
        if one.fault:
            st.warning(plain(one.fault))
        st.caption(plain(" · ".join(_facts(one, zone))))
        with st.container(horizontal=True):
            paused = watch.paused_at is not None
            key = f"{watch.survey} {watch.watch_id}"
            st.button(
                spoken("Look again") if paused else spoken("Pause"), key=f"pause {key}", type="tertiary",
                on_click=_pause, args=(watch, not paused),
            )  # fmt: skip
            st.button(spoken("Remove"), key=f"remove {key}", type="tertiary", on_click=_remove, args=(watch,))


def _number(one: WatchResult) -> str:
    return number_words(one.watch.statistic, one.now, house_style())


def _asked(question: Question | None, title: str) -> str:
    return title if question is None else f"{question.text} · {title}"


def _show_told(told: Told, zone: str) -> None:
    at = told.found_at.astimezone(ZoneInfo(zone))
    when = spoken("Told on {day} at {time}.", day=day_words(at.date(), house_style()), time=clock_words(at))
    st.markdown(plain(f"{told_words(told, house_style(), zone)} {when}"))


def _facts(one: WatchResult, zone: ZoneInfo) -> list[str]:
    watch, style = one.watch, house_style()
    looked = spoken("not evaluated yet")
    if watch.evaluated_at is not None:
        at = watch.evaluated_at.astimezone(zone)
        day = day_words(at.date(), style, with_year=False)
        looked = spoken("evaluated on {day} at {time}", day=day, time=clock_words(at))
    told = listed(list(watch.recipients)) if watch.recipients else spoken("nobody")
    return [
        spoken(EVERY[watch.every]), least_words(watch, style), looked,
        spoken("owner {name}", name=watch.owner), spoken("tells {names}", names=told),
    ]  # fmt: skip


def _pause(watch: Watch, pauses: bool) -> None:
    at = datetime.now(UTC) if pauses else None
    _do(partial(pause_watch, key=watch.survey, watch_id=watch.watch_id, paused_at=at), watch, noted("Done."))


def _remove(watch: Watch) -> None:
    gone = _do(partial(remove_watch, key=watch.survey, watch_id=watch.watch_id), watch, noted("Removed."))
    if isinstance(gone, KeptWatch):
        st.session_state[GONE] = gone


def _bring_back(gone: KeptWatch) -> None:
    _do(lambda engine: keep_watch(engine, gone), gone.watch, noted("It is back."))


def _do(work: Callable[[Store], object], watch: Watch, done: str) -> object:
    try:
        found = change(work, may_watch, key=watch.survey)
    except (SurveyError, StoreError) as fault:
        st.session_state[SAID] = (False, fault_words(fault))
        return None
    st.session_state[SAID] = (True, spoken(done))
    return found


def _show_said() -> None:
    """Says what became of the last click, with the way back from a removal."""
    good, words = st.session_state.pop(SAID, (True, ""))
    gone = st.session_state.pop(GONE, None)
    if words:
        (st.success if good else st.error)(plain(words))
    if gone is not None:
        st.button(spoken("Undo"), key="undo watch", on_click=_bring_back, args=(gone,))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
