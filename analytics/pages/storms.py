"""Storms: crowds of answers from one source within hours, what they do to the headline, and what is done about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from analytics.errors import RequestError, SurveyError
from analytics.estimates.storms import StormCard, StormReport, unseen_now, with_decisions
from analytics.estimates.trust.doubts import DoubtCard, keep_doubts
from analytics.figures.storm_map import storm_map
from analytics.language.dates import day_words
from analytics.language.said import noted, spoken, spoken_of
from analytics.model import Snapshot
from analytics.model.access import may_judge_storms
from analytics.model.crowds import REASON, Crowd, CrowdDecision, DecidedCrowd, doubted_for
from analytics.model.request import Request
from analytics.pages.choices.address import end_page, link_query, page_file
from analytics.pages.figures.drawing import mode, show_figures
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import EDITOR, ask, change, house_style, known_name, person
from analytics.pages.ground.storms import is_scanned, known_whole, scanned
from analytics.pages.opening import needs_answers, open_survey
from analytics.store.place.connections import Store
from analytics.store.tend.storms import decide_on_storm, read_storms, undo_storm
from analytics.words.doubts import WHY, came_since, doubt_rule, doubt_sentences, doubt_title
from analytics.words.storms import (
    OTHERS,
    by_words,
    counts_sentence,
    effect_sentences,
    rule_name,
    storm_title,
    tier_sentences,
    unseen_sentences,
    why_sentences,
)

WAIT_SECONDS, LOOK_SECONDS = 6.0, 2.0
NAME, SAID, ASKED, LOOKED = "rule name", "storm said", "storm name asked", "storm looked"
FIGURE = noted("Figure")
DOUBTS_HELP = noted(
    "A reason is given for how a response came, or for what its survey tool says of it; none depends on what was "
    "answered. A doubted response counts until somebody sets it aside."
)
DECIDED: dict[CrowdDecision, str] = {
    "aside": noted("Set aside by {name} on {day}, under the rule “{rule}”. Nothing was deleted."),
    "kept": noted("Kept by {name} on {day}: it counts, and the newsroom is not asked again."),
    "watched": noted("Watched by {name} since {day}: it counts, and stays on the list."),
}
DONE: dict[CrowdDecision, str] = {
    "aside": noted("Set aside. Every number is without them now, and the disclosure names the rule."),
    "kept": noted("Kept. They count as before."),
    "watched": noted("Watched. They count, and stay on the newsroom’s list."),
}
NAMELESS = noted("Say who you are first, under “Your name”: a decision has a name.")
HELP = noted(
    "A storm is found by when responses came and from where, never by what they say. Setting one aside deletes nothing "
    "and can be undone."
)


def show() -> None:
    """Shows the storms of the survey that the address names."""
    if EDITOR in st.session_state:  # a name that was typed stays when the card with its place goes
        st.session_state[EDITOR] = st.session_state[EDITOR]
    st.session_state[ASKED] = False
    snapshot = open_survey(noted("Storms"))
    needs_answers(snapshot)
    said, key, revision = st.session_state.get(SAID), snapshot.survey.key, snapshot.status.revision
    _show_said()
    _show_counts(snapshot)
    # who has just decided can undo it at once: the crowds are those of before
    report = known_whole(key) if said is not None else None
    is_newest = st.session_state.pop(LOOKED, False) or report is None or is_scanned(key, revision)
    try:
        report = report or scanned(key, revision, seconds=WAIT_SECONDS)
    except TimeoutError:
        if said is not None:  # the page shows itself anew, and says it again
            st.session_state[SAID] = said
        _wait()
        return
    if report is None:
        st.info(spoken("This survey could not be scanned for storms."))
        end_page()
    report = with_decisions(report, ask(partial(read_storms, key=key)))
    report = replace(report, survey=snapshot.survey)  # in the language of the page
    if not is_newest:  # how many came since they were set aside nobody knows yet
        doubts = (replace(one, counted=0) if one.decided is not None else one for one in report.doubts)
        report = replace(report, doubts=tuple(doubts))
    if snapshot.status.first_at is None:
        st.info(spoken("The responses have no times, so that no crowd can be told from a slow day."))
    else:
        _show_cards(snapshot, report)
    if is_newest:
        for sentence in tier_sentences(report, house_style()):
            st.markdown(plain(sentence))
    _show_doubts(snapshot, report)
    if not is_newest and said is not None:
        part(run_every=LOOK_SECONDS)(_follow)(key, revision, said)


def _follow(key: str, revision: int, said: tuple[bool, str]) -> None:
    """Shows the page anew when the scan has ended that a decision made old, and says again what was done."""
    if is_scanned(key, revision):
        st.session_state[SAID], st.session_state[LOOKED] = said, True
        st.rerun(scope="app")


def _show_counts(snapshot: Snapshot) -> None:
    """Says how many count of how many came, and leads to the headline with and without those set aside."""
    status, usual = snapshot.status, Request(survey=snapshot.survey.key)
    st.markdown(plain(counts_sentence(status.counted, status.screened, house_style())))
    if status.screened:
        with st.container(horizontal=True):
            for words, request in (
                (spoken("Headline without them"), usual),
                (spoken("Headline with them"), replace(usual, standing="with screened")),
            ):
                query = link_query(request, snapshot.survey)
                st.page_link(page_file("survey"), label=words, query_params=query)


def _show_cards(snapshot: Snapshot, report: StormReport) -> None:
    first, called = ([card for card in report.cards if (card.event is not None) == on] for on in (False, True))
    waiting = [card for card in first if card.is_open]
    for card in [*waiting, *(card for card in first if not card.is_open)]:
        _show_card(snapshot, report, card)
    if not first:
        st.success(spoken("No storm: no source brought a crowd that other days do not explain."))
    show_figures({FIGURE: partial(storm_map, report, house_style(), mode())}, "storm map")
    if called:
        words = spoken_of(
            len(called), "{count} crowd that the newsroom called", "{count} crowds that the newsroom called"
        )
        with st.expander(words):
            for card in called:
                _show_words(report, card)
    for gone in report.gone:
        _show_gone(snapshot, gone)
    for sentence in unseen_sentences(unseen_now(report, snapshot), None, house_style()):
        st.markdown(plain(sentence))
    st.caption(spoken(HELP))
    st.caption(spoken("Sources are told apart by: {what}.", what=plain(by_words(report.survey, report.by))))


def _show_card(snapshot: Snapshot, report: StormReport, card: StormCard) -> None:
    with st.container(border=True, gap="small", key=f"storm {rule_name(card, report.survey)}"):
        _show_words(report, card)
        if card.decided is not None:
            _show_decision(snapshot, card.decided)
        if card.is_open:
            _show_choices(snapshot, card)


def _show_words(report: StormReport, card: StormCard) -> None:
    style = house_style()
    st.markdown(f"**{plain(storm_title(card, report.survey, style))}**")
    for sentence in effect_sentences(card, report.survey, style):
        st.markdown(plain(sentence))
    st.caption(plain(" ".join(why_sentences(card, report.survey, style))))


def _show_doubts(snapshot: Snapshot, report: StormReport) -> None:
    """Shows the reasons for which single responses are doubted, each with what can be done about it."""
    st.header(spoken("Doubts"), anchor=False)
    if not report.doubts:
        crowds = report.cards or report.gone
        alone = noted("No single response is doubted for how it came.")
        beside = noted("Beside these crowds no single response is doubted for how it came.")
        st.markdown(spoken(beside if crowds else alone))
    for card in report.doubts:
        with st.container(border=True, gap="small", key=f"doubt {card.reason}"):
            _show_doubt(snapshot, card)
    st.caption(spoken(DOUBTS_HELP))


def _show_doubt(snapshot: Snapshot, card: DoubtCard) -> None:
    style = house_style()
    st.markdown(f"**{plain(doubt_title(card, style))}**")
    for sentence in doubt_sentences(card, snapshot.survey, style):
        st.markdown(plain(sentence))
    st.caption(plain(spoken(WHY[card.reason])))
    if card.decided is not None:
        _show_decision(snapshot, card.decided)
    if since := came_since(card, style):
        st.markdown(plain(since))
    if card.counted and (card.decided is None or since):
        usual = doubt_rule(card) if card.decided is None else card.decided.name
        buttons: tuple[tuple[CrowdDecision, str, bool], ...] = (
            ("aside", spoken("Set aside"), True),
            ("kept", spoken("Go on counting them"), card.decided is None),
        )
        waiting = _Waiting(doubted_for(card.reason), card.counted, card.decided, usual, doubt_rule(card))
        _show_buttons(snapshot.survey.key, waiting, buttons)


@dataclass(frozen=True)
class _Waiting:
    """What can be decided on: who came, how many, what was decided, the rule's name, and its place on the page."""

    crowd: Crowd
    answers: int
    decided: DecidedCrowd | None
    usual: str
    place: str


def _show_choices(snapshot: Snapshot, card: StormCard) -> None:
    """Shows what can be done about a storm."""
    place = rule_name(card, snapshot.survey)
    usual = card.decided.name if card.decided is not None else place
    buttons: tuple[tuple[CrowdDecision, str, bool], ...] = (
        ("aside", spoken("Set aside"), card.crowd.source != OTHERS),
        ("kept", spoken("Go on counting them"), True),
        ("watched", spoken("Watch"), card.decided is None),
    )
    waiting = _Waiting(card.crowd, card.responses, card.decided, usual, place)
    _show_buttons(snapshot.survey.key, waiting, buttons)


def _show_buttons(key: str, waiting: _Waiting, buttons: tuple[tuple[CrowdDecision, str, bool], ...]) -> None:
    """Shows the buttons that are offered: the rule has a name; until it is known who decides none can be pressed."""
    usual, place = waiting.usual, waiting.place
    nameless = "" if known_name() else spoken(NAMELESS)
    if nameless and not st.session_state[ASKED]:  # beside the place for it
        st.caption(nameless)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            spoken("Name of the rule, for the disclosure"), usual, key=f"{NAME} {place}", max_chars=120, width=380
        )
        if not person().address and not st.session_state[ASKED]:
            st.session_state[ASKED] = True  # one place for the name, whatever is decided
            # as it is typed: what is pressed next is ready by then
            st.text_input(spoken("Your name"), key=EDITOR, max_chars=80, width=180, live=True)
        for decision, words, offered in buttons:
            if offered:
                st.button(
                    words, key=f"{decision} {place}", type="primary" if decision == "aside" else "secondary",
                    on_click=_decide, args=(key, waiting, decision), help=nameless or None, disabled=bool(nameless),
                )  # fmt: skip


def _decide(key: str, waiting: _Waiting, decision: CrowdDecision) -> None:
    name, by, now = str(st.session_state[f"{NAME} {waiting.place}"]), known_name(), datetime.now(UTC)
    if not by:
        st.session_state[SAID] = (False, spoken(NAMELESS))
        return
    before, crowd = waiting.decided, waiting.crowd

    def decide(engine: Store) -> int:
        if before is not None and before.name != name.strip():
            undo_storm(engine, key, before.name, by=by, now=now)
        if crowd.by == REASON:
            keep_doubts(engine, key)
        return decide_on_storm(engine, key, crowd, decision, name=name, answers=waiting.answers, by=by, now=now)

    _do(key, decide, DONE[decision])


def _show_decision(snapshot: Snapshot, decided: DecidedCrowd) -> None:
    style = house_style()
    with st.container(horizontal=True, vertical_alignment="center"):
        told = spoken(
            DECIDED[decided.decision], name=plain(decided.decided_by), rule=plain(decided.name),
            day=day_words(decided.decided_at.date(), style),
        )  # fmt: skip
        st.markdown(told)
        st.button(
            spoken("Undo"), key=f"undo {decided.name}", type="tertiary",
            on_click=_undo, args=(snapshot.survey.key, decided.name),
        )  # fmt: skip


def _show_gone(snapshot: Snapshot, decided: DecidedCrowd) -> None:
    """Shows a decision whose crowd is not found any more: referrers are forgotten after a month."""
    with st.container(border=True, gap="small"):
        words = spoken_of(decided.answers, "{count} response", "{count} responses")
        st.markdown(f"**{plain(decided.name)}** · {words}")
        _show_decision(snapshot, decided)


def _undo(key: str, name: str) -> None:
    by, now = known_name(), datetime.now(UTC)
    _do(key, lambda engine: undo_storm(engine, key, name, by=by, now=now), noted("Undone. They count again."))


def _do(key: str, work: Callable[[Store], int], done: str) -> None:
    try:
        change(work, may_judge_storms, key=key)
    except (RequestError, SurveyError) as fault:
        st.session_state[SAID] = (False, str(fault))
    else:
        st.session_state[SAID] = (True, spoken(done))


def _show_said() -> None:
    """Says what became of the last click."""
    good, words = st.session_state.pop(SAID, (True, ""))
    if words:
        (st.success if good else st.error)(plain(words))


@part(run_every=LOOK_SECONDS)
def _wait() -> None:
    """Waits for a scan that takes long; the page shows itself when it is done."""
    st.info(spoken("The responses are being scanned. The page shows itself when that is done."))
    if st.session_state.get("storms waited"):
        st.session_state["storms waited"] = False
        st.rerun(scope="app")
    st.session_state["storms waited"] = True


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
