"""Where a number of the page is put under watch: folded until it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import streamlit as st

from analytics.errors import StoreError, SurveyError
from analytics.estimates.views.choose import choose_question
from analytics.language.said import noted, speech, spoken
from analytics.model import Question, Snapshot, Survey
from analytics.model.access import may_watch
from analytics.model.request import Request
from analytics.model.watched import WatchedStatistic, WatchEvery
from analytics.pages.choices.address import grouped, page_file
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import EDITOR, ask, change, house_style, known_name, person, revisions
from analytics.store.tables.watches import KeptWatch, keep_watch, read_watches
from analytics.watches.looking import is_unlooked
from analytics.watches.watch import watch_of
from analytics.words.watches import EVERY, MEAN, told_words, unlooked_sentence

WATCHED = "watch made"
KEPT = noted("Watched. It is evaluated from now on, and stands under Watches.")


@part()
def show_watch(snapshot: Snapshot, request: Request) -> None:
    """Shows, folded until it is wanted, how to watch a number of the question that is looked at."""
    if not may_watch(snapshot.person):
        return
    folded = st.expander(
        spoken("Watch this number"), key="watch open", on_change="rerun", icon=":material/notifications:"
    )
    if not folded.open:
        return
    question = choose_question(snapshot.survey, request.question)
    offered = numbers_of(question)
    with folded:
        st.caption(spoken("Tells once when the number moves beyond chance, by so much or more."))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            which = st.selectbox(
                spoken("Number"), list(offered), format_func=lambda one: plain(offered[one]),
                key=f"watch number {question.key}",
            )  # fmt: skip
            least = st.number_input(spoken("Least move, in points or scores"), 0.1, 100.0, 3.0, 0.5, key="watch least")
            every = st.selectbox(
                spoken("Evaluated"), list(EVERY), format_func=lambda one: spoken(EVERY[one]), key="watch every"
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if not person().address:
                st.text_input(spoken("Your name"), key=EDITOR, max_chars=80, width=180)
            told = st.text_input(spoken("Who is told: addresses, separated by spaces"), key="watch recipients")
            if st.button(spoken("Watch"), type="primary", key="watch keep"):
                _keep(snapshot, request, which, float(least), every, told)


def show_unlooked() -> None:
    """Says at the foot of the list of surveys how many watches nobody evaluates; nothing where all are looked at."""
    if not may_watch(person()):
        return
    now = datetime.now(UTC)
    late = sum(is_unlooked(one.watch, now) for one in ask(read_watches) if one.watch.survey in revisions())
    if late:
        words = unlooked_sentence(late, house_style())
        st.page_link(page_file("watches"), label=words, icon=":material/notifications_off:")


def show_told(surveys: Mapping[str, Survey], names: Mapping[str, str], since: date) -> None:
    """Says what watches of these surveys told since that day, as the digest does.

    Args:
        names: what each survey is called, by its key.
    """
    if not may_watch(person()):
        return
    told = [one.told for one in ask(read_watches) if one.told is not None and one.watch.survey in surveys]
    for place, one in enumerate(one for one in told if one.found_at.date() >= since):
        words = told_words(one, house_style(), surveys[one.survey].time_zone)
        with st.container(key=f"moved watch {place}"):
            label = f"**{plain(words)}** · {plain(names[one.survey])}"
            query = grouped(one.address) | {"survey": [one.survey]}
            st.page_link(page_file("survey"), label=label, query_params=query, icon=":material/notifications:")


def numbers_of(question: Question) -> dict[tuple[WatchedStatistic, str], str]:
    """What can be watched of a question: the share of each answer, nets, and the mean of a scale, with its label."""
    found: dict[tuple[WatchedStatistic, str], str] = {("share", one.value): one.label for one in question.choices}
    if question.kind != "multiple":
        found |= {("net", one.key): one.label for one in question.nets}
    if question.kind == "scale" and any(one.score is not None for one in question.choices):
        found["mean", ""] = spoken(MEAN)
    return found


def _keep(
    snapshot: Snapshot, request: Request, which: tuple[WatchedStatistic, str], least: float, every: WatchEvery,
    told: str,
) -> None:  # fmt: skip
    by, (statistic, choice) = known_name(), which
    try:
        new = watch_of(
            snapshot.survey, request, statistic, choice, least=least, every=every, owner=by,
            recipients=told.replace(",", " ").replace(";", " ").split(), language=speech().language, by=by,
            now=datetime.now(UTC),
        )  # fmt: skip
        change(lambda engine: keep_watch(engine, KeptWatch(new)), may_watch, key=new.survey)
    except (SurveyError, StoreError) as fault:
        st.error(plain(fault_words(fault)))
        return
    st.success(spoken(KEPT))
    st.page_link(page_file("watches"), label=spoken("Watches"))
