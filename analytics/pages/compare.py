"""Our readers beside others: another survey or wave, a benchmark poll, and what groups have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
import streamlit as st

from analytics.errors import RequestError, SurveyError
from analytics.estimates.groups.common_ground import common_ground
from analytics.estimates.time.trend import trend
from analytics.estimates.views.choose import choose_question as asked_question
from analytics.estimates.whole.gaps import (
    Gaps,
    asked_alike,
    benchmark_gaps,
    benchmarks_for,
    gaps_at_polls,
    likeness,
    proposed_mapping,
    survey_gaps,
)
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.dumbbell import gap_figure
from analytics.imports.definition.benchmarks import Entry, entered
from analytics.imports.definition.text import benchmark_text
from analytics.kinds.benchmark_trend import OPTIONS as TREND
from analytics.kinds.benchmark_trend import benchmark_trend_made
from analytics.kinds.common_ground import common_ground_made
from analytics.kinds.gaps import OPTIONS as GAPS
from analytics.kinds.gaps import others_made, poll_made
from analytics.kinds.kind import Made
from analytics.language.said import listed, noted, quoted, spoken, spoken_each
from analytics.model import Benchmark, Choice, Question, Snapshot, Survey
from analytics.model.access import may_edit, may_export, may_import, may_see_exact
from analytics.model.address import Option, poll_name
from analytics.model.labels import as_asked
from analytics.model.request import Request
from analytics.model.sides import SideNames, poll_names, side_names
from analytics.pages.choices.address import FIGURE, page_file, state_option, stated_option
from analytics.pages.choices.chips import show_chips
from analytics.pages.choices.controls import choose_one, chosen_one, start_one, told_apart, typed_days
from analytics.pages.choices.questions import choose_by, choose_every, choose_question, countable
from analytics.pages.choices.readers import choose_readers
from analytics.pages.edition import choose_edition_readers
from analytics.pages.figures.drawing import mode, show_figures
from analytics.pages.figures.exporting import show_export
from analytics.pages.figures.register import registered
from analytics.pages.figures.weighting import fall_back
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import (
    house_style,
    keep_benchmark,
    person,
    revisions,
    sparing,
    take_out_benchmark,
)
from analytics.pages.opening import needs_answers, open_survey
from analytics.words.captions import level_words
from analytics.words.common_ground import NOTHING, common_ground_note, dividing_sentences, shared_sentences
from analytics.words.gaps import OTHER_WORDING, benchmark_words, gap_table, gap_trend_table, side_words

OLDEST = date(1930, 1, 1)
DONE, FAULTS, TURN = "benchmark done", "benchmark faults", "benchmark turn"


def show_benchmark_fields(survey: Survey) -> None:
    """Shows how to add a poll, the polls that were added, and how to undo the last step."""
    _show_undo(survey)
    faults = st.session_state.pop(FAULTS, "")
    with st.expander(
        spoken("Add a benchmark poll"), expanded=bool(faults) or not survey.benchmarks, key="benchmark form"
    ):
        for line in faults.splitlines():
            st.error(plain(line))
        question = _choose_question(survey)
        if question is not None:
            _show_form(survey, question)
    added = [one for one in survey.benchmarks if one.added]
    if added:
        with st.expander(spoken("Polls added here: {count}", count=len(added)), key="benchmarks added"):
            for place, one in enumerate(added):
                _show_added(survey, one, place)


def _choose_question(survey: Survey) -> Question | None:
    asked = {one.key: one for one in survey.questions if one.kind != "text" and one.choices}
    if len(asked) < 2:
        return next(iter(asked.values()), None)
    texts = told_apart({key: one.text for key, one in asked.items()})
    label = spoken("It asked the like of")
    chosen = st.selectbox(label, list(asked), format_func=texts.__getitem__, key="benchmark question")
    return asked[chosen]


def _show_form(survey: Survey, question: Question) -> None:
    st.caption(
        spoken("All of it is needed but the poll’s own words. Leave the share of an answer empty that was not offered.")
    )
    with st.form("benchmark", border=False):
        st.text_input(spoken("Source: who asked, and where it was published"), key=_key("source"), max_chars=200)
        st.text_area(spoken("Exact wording of its question"), key=_key("wording"), max_chars=2000, height=80)
        with st.container(horizontal=True):
            such = spoken("Adults in Germany")
            st.text_input(spoken("Who was asked"), key=_key("population"), max_chars=200, placeholder=such)
            st.number_input(spoken("How many were asked"), 1, None, None, 1, key=_key("base_n"))
            for name, label in (("first", spoken("First day")), ("last", spoken("Last day"))):
                st.date_input(label, None, OLDEST, date(2100, 1, 1), key=_key(name), format=typed_days())
        for choice in question.choices:
            label = plain(choice.label)
            with st.container(horizontal=True):
                share = spoken("{answer}: share in %", answer=label)
                st.number_input(share, 0.0, 100.0, None, key=_key(f"{question.key} {choice.value}"))
                st.text_input(
                    spoken("{answer}: in its own words", answer=label), max_chars=200,
                    key=_key(f"{question.key} {choice.value} words"),
                    placeholder=spoken("Where worded otherwise, or several added up"),
                )  # fmt: skip
        st.form_submit_button(spoken("Add"), type="primary", on_click=_add, args=(survey, question))


def _add(survey: Survey, question: Question) -> None:
    try:
        new = entered(question, _entry(question), datetime.now(UTC).date())
        keep_benchmark(survey.key, new)
    except SurveyError as fault:
        st.session_state[FAULTS] = str(fault)
        return
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # the form starts anew
    st.session_state[DONE] = (True, replace(new, added=True))


def _entry(question: Question) -> Entry:
    def at(name: str) -> str:
        return str(st.session_state[_key(name)] or "")

    values = [choice.value for choice in question.choices]
    return Entry(
        at("source"), at("wording"), at("population"), st.session_state[_key("first")], st.session_state[_key("last")],
        st.session_state[_key("base_n")],
        {value: st.session_state[_key(f"{question.key} {value}")] for value in values},
        {value: at(f"{question.key} {value} words") for value in values},
    )  # fmt: skip


def _show_added(survey: Survey, poll: Benchmark, place: int) -> None:
    question = survey.question(poll.question)
    st.markdown(f"**{plain(benchmark_words(poll, house_style()))}**")
    st.caption(plain(question.text) if question else "")
    st.button(spoken("Delete"), key=f"benchmark delete {place}", on_click=_delete, args=(survey, poll), type="tertiary")
    st.caption(
        spoken("A later import leaves it in place. To have it in the definition’s file too, put these lines there:")
    )
    st.code(benchmark_text(poll), language="toml", wrap_lines=True)


def _delete(survey: Survey, poll: Benchmark) -> None:
    _try(lambda: take_out_benchmark(survey.key, poll), (False, poll))


def _show_undo(survey: Survey) -> None:
    """Says what was done last, with the way back."""
    if DONE not in st.session_state:
        return
    added, poll = st.session_state[DONE]
    with st.container(horizontal=True, vertical_alignment="center", key="benchmark undo"):
        words = spoken(
            "The poll by {source} is added." if added else "The poll by {source} is deleted.", source=plain(poll.source)
        )
        st.markdown(words, width="content")
        st.button(spoken("Undo"), key="benchmark back", on_click=_undo, args=(survey, added, poll))


def _undo(survey: Survey, added: bool, poll: Benchmark) -> None:
    if added:
        _try(lambda: take_out_benchmark(survey.key, poll), None)
    else:
        _try(lambda: keep_benchmark(survey.key, poll), None)


def _try(change: Callable[[], None], done: tuple[bool, Benchmark] | None) -> None:
    """Makes a change; what is against it is told where the form is."""
    try:
        change()
    except SurveyError as fault:
        st.session_state[FAULTS] = str(fault)
    st.session_state.pop(DONE, None)
    if done is not None:
        st.session_state[DONE] = done


def _key(name: str) -> str:
    return f"benchmark {st.session_state.get(TURN, 0)} {name}"


_, POLL, OTHER, THEIR_QUESTION, WAVE_HERE, WAVE_THERE, MAP = GAPS
(ANSWER,) = (one for one in TREND if one.always is None)
WITH = Option("with", "What is compared with.")
ASPECTS = {
    "others": noted("Another survey or wave"), "public": noted("A benchmark poll"), "common": noted("Common ground"),
}  # fmt: skip
OF_EDITIONS = ("others", "public")
"""What whoever sees editions compares with: nothing that tests groups against one another."""
DRAWN = noted("Figure")
NO_CHOICE = ""
MOST_SENTENCES = 8


def show() -> None:
    """Shows the comparison that the address names."""
    opened = open_survey(noted("Compare"))
    needs_answers(opened)
    exact = may_see_exact(opened.person)
    if exact:
        request = fall_back(opened, choose_readers(opened))
        show_chips(opened.survey, request)
    else:
        request = choose_edition_readers(opened)
    aspects = ASPECTS if exact else {name: words for name, words in ASPECTS.items() if name in OF_EDITIONS}
    aspect = choose_one(
        WITH, spoken("Compare with"), spoken_each(aspects), "others", st.segmented_control, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    try:
        if aspect == "others":
            _show_others(opened, request)
        elif aspect == "public":
            _show_public(opened, request)
        else:
            _show_common(opened, request)
    except RequestError as fault:
        st.info(plain(_sentence(str(fault))))


def _show_others(opened: Snapshot, request: Request) -> None:
    """Shows the same question, or one like it, in another survey or another wave."""
    ours = choose_question(opened.survey, request)
    question = asked_question(opened.survey, ours.question)
    others = _others(opened)
    if not others:
        st.info(spoken("There is no other survey and no wave to compare with yet."))
        _show_ways(opened)
        return
    other = _choose_other(opened, question, others)
    if other is None:
        st.info(spoken("No other survey asked this in the same words. Choose one to see both side by side."))
        return
    theirs, asked = other, _like(as_asked(opened.survey, question), other.survey)
    if not asked:
        st.info(spoken("The other survey asks nothing that has choices."))
        return
    labels = told_apart({key: one.text for key, one in asked.items()})
    alike = asked_alike(as_asked(opened.survey, question), theirs.survey)
    usual = alike[0].key if alike else NO_CHOICE
    if not alike:  # nothing is compared that was asked otherwise, unless somebody says so
        labels = {NO_CHOICE: spoken("Choose a question")} | labels
    shown = st.container()  # the numbers first: what they rest on is chosen below them
    folded_words = spoken("Question, waves and answers compared")
    fold = st.expander(folded_words, expanded=not alike, key="what is compared")
    with fold:
        key = choose_one(THEIR_QUESTION, spoken("Their question"), labels, usual, st.selectbox)
    if key == NO_CHOICE:
        shown.info(spoken("Nothing there was asked in the same words. Choose a question to see both side by side."))
        return
    their_question = asked[key]
    proposed = proposed_mapping(as_asked(opened.survey, question), as_asked(theirs.survey, their_question))
    with fold:
        sides = [
            _of_wave(opened, ours, WAVE_HERE),
            _of_wave(theirs, Request(question=their_question.key, standing=request.standing), WAVE_THERE),
        ]
        mapping = _choose_mapping(question, their_question, proposed)
    if not mapping:
        words = noted("No answer here goes with one there yet. Choose under “{fold}” which of them belong together.")
        shown.info(spoken(words, fold=folded_words))
        return
    waves = _waves(sides)
    with shown:
        gaps = survey_gaps((opened, sides[0]), (theirs, sides[1]), mapping)
        made = partial(others_made, gaps, waves, list(stated_option(MAP)))
        _show_gaps(gaps, side_names(opened.survey, theirs.survey, waves), "across", made)


def _show_common(opened: Snapshot, request: Request) -> None:
    """Shows what has a majority in every group, next to what divides them most."""
    if not opened.survey.dimensions:
        st.info(spoken("This survey knows nothing about its readers by which they could be told apart."))
        return
    ground = common_ground(opened, choose_by(opened.survey, request))
    shared, dividing = shared_sentences(ground, house_style()), dividing_sentences(ground, house_style())
    agree, divide = st.columns(2, gap="large")
    with agree:
        st.header(spoken("What all groups have in common"), anchor=False)
        for sentence in shared[:MOST_SENTENCES]:
            st.markdown(f"- {plain(sentence)}")
        if not shared:
            st.markdown(spoken(NOTHING[0]))
    with divide:
        st.header(spoken("What divides them most"), anchor=False)
        for sentence in dividing[:MOST_SENTENCES]:
            st.markdown(f"- {plain(sentence)}")
        if not dividing:
            st.markdown(spoken(NOTHING[1]))
    chose = spoken("Readers chose to take part, so this says nothing certain about others.")
    st.caption(plain(f"{common_ground_note(ground, house_style())} {chose}"))
    if not may_export(opened.person):
        return
    folded = st.expander(spoken("Export"), key="common ground open", on_change="rerun")
    if folded.open:
        with folded:
            show_export(common_ground_made(ground), "common ground")


def _others(opened: Snapshot) -> dict[str, Snapshot]:
    """Returns the surveys that may be the other side, by their keys: any other, or the same one where it has waves."""
    keys = [key for key in revisions() if key != opened.survey.key or opened.survey.dimension("wave")]
    return {key: other for key in keys if (other := sparing([key], partial(opened.other, key))) is not None}


def _show_ways(opened: Snapshot) -> None:
    """Shows what can be compared with instead, and how another survey comes here."""
    offered = ASPECTS if may_see_exact(opened.person) else OF_EDITIONS
    others = listed([quoted(spoken(ASPECTS[name])) for name in offered if name != "others"], "or")
    st.caption(spoken("Choose {others} above.", others=others))
    if may_import(person()):
        st.page_link(page_file("imports"), label=spoken("Import another survey"), icon=":material/upload_file:")


def _choose_other(opened: Snapshot, question: Question, others: Mapping[str, Snapshot]) -> Snapshot | None:
    """Returns the other side's survey; None while none is chosen.

    At first it is one that asked the same, and none where no survey did; they stand by how near in words they are.
    """
    asked = as_asked(opened.survey, question)

    def rank(key: str) -> tuple[bool, float]:
        other = others[key].survey
        return not asked_alike(asked, other), -likeness(opened.survey, asked, other)

    likest = sorted(others, key=rank)
    titles = told_apart({key: others[key].survey.title for key in likest})
    usual = likest[0] if asked_alike(asked, others[likest[0]].survey) else NO_CHOICE
    if usual == NO_CHOICE:
        titles = {NO_CHOICE: spoken("Choose a survey")} | titles
    return others.get(choose_one(OTHER, spoken("Compared with"), titles, usual, st.selectbox))


def _like(question: Question, other: Survey) -> dict[str, Question]:
    """Returns the other survey's questions that have choices, the likest first: same words, same key, same answers."""
    asked = [one for one in other.questions if one.kind != "text" and one.choices]

    def rank(shown: Question) -> tuple[bool, bool, int]:
        one = as_asked(other, shown)
        return one.text != question.text, one.key != question.key, -len(proposed_mapping(question, one))

    return {one.key: one for one in sorted(asked, key=rank)}


def _of_wave(opened: Snapshot, request: Request, side: Option) -> Request:
    wave = opened.survey.dimension("wave")
    if wave is None:
        return request
    labels = told_apart({level.value: level.label for level in wave.levels})
    first, *_, last = [*labels, *labels]
    name, usual = (spoken("Wave"), last) if side is WAVE_HERE else (spoken("Their wave"), first)
    value = choose_one(side, name, labels, usual, st.selectbox)
    kept = tuple(one for one in request.where if one[0] != "wave")
    return replace(request, where=(*kept, ("wave", (value,))))


def _choose_mapping(question: Question, other: Question, proposed: dict[str, str]) -> dict[str, str]:
    """Returns which answer there stands for which here: those labelled alike, unless changed here or in the address."""
    named = dict(pair.split("=", 1) for pair in stated_option(MAP) if "=" in pair)
    labels = {NO_CHOICE: spoken("Nothing")} | told_apart({choice.value: choice.label for choice in other.choices})
    found = {}
    st.caption(spoken("Which answer stands for which"))
    for choice in question.choices:
        key = f"map {question.key} {other.key} {choice.value}"
        usual = named.get(choice.value, proposed.get(choice.value, NO_CHOICE))
        start_one(key, usual, labels, NO_CHOICE)
        st.selectbox(plain(choice.label), list(labels), format_func=labels.__getitem__, key=key)
        found[choice.value] = str(st.session_state[key])
    changed = [f"{a}={b}" for a, b in found.items() if b != proposed.get(a, NO_CHOICE)]
    state_option(MAP, changed)
    return {a: b for a, b in found.items() if b != NO_CHOICE}


def _waves(sides: list[Request]) -> tuple[str, str]:
    """Returns the wave of each side, an empty text where it has none."""
    ours, theirs = ((dict(side.where).get("wave") or ("",))[0] for side in sides)
    return ours, theirs


def _show_public(opened: Snapshot, request: Request) -> None:
    """Shows how readers differ from benchmark polls, the wordings side by side."""
    known = {one.question for one in opened.survey.benchmarks} & {*countable(opened.survey)}
    if known:
        _show_polls(opened, choose_question(opened.survey, request, only=known))
    else:
        st.info(spoken("No benchmark poll is known for this survey. Add one here."))
    if may_edit(opened.person):
        show_benchmark_fields(opened.survey)


def _show_polls(opened: Snapshot, request: Request) -> None:
    poll = _choose_poll(benchmarks_for(opened.survey, request.question))
    if poll is not None:
        gaps = benchmark_gaps(opened, request, poll)
        _show_gaps(gaps, poll_names(opened.survey, poll), "public", partial(poll_made, gaps, poll))
    if opened.status.first_at is not None and may_see_exact(opened.person):
        _show_benchmark_trend(opened, request)


def _choose_poll(polls: tuple[Benchmark, ...]) -> Benchmark | None:
    """Returns the poll to compare with, the newest unless another is named; None where the link does not say which."""
    offered = {poll_name(one): benchmark_words(one, house_style()) for one in polls}
    newest = poll_name(polls[-1])
    asked = not _names_a_poll(offered)
    if asked:
        st.warning(
            spoken("This link names a poll by its place in a list, and the list may have changed. Which one is meant?")
        )
        st.session_state[POLL.name] = None
    else:
        start_one(POLL.name, next(iter(stated_option(POLL)), None), offered, newest)
    if asked or len(polls) > 1:
        st.selectbox(spoken("Poll"), list(offered), index=None, format_func=offered.__getitem__, key=POLL.name)
    if asked:
        return None
    chosen = chosen_one(POLL.name, newest)
    state_option(POLL, () if chosen == newest else (chosen,))
    return next(one for one in polls if poll_name(one) == chosen)


def _names_a_poll(offered: Collection[str]) -> bool:
    """Returns whether the address names a poll that there is, or none; the poll of a published figure is looked up."""
    named = next(iter(stated_option(POLL)), None)
    if named is None or named in offered or st.session_state.get(POLL.name) in offered:
        return True
    figures = [registered(figure_id) for figure_id in stated_option(FIGURE)]
    left_with = [dict(figure.query).get(POLL.name, "") for figure in figures if figure]
    if not left_with or left_with[0] not in offered:
        return False
    state_option(POLL, left_with)
    return True


def _show_benchmark_trend(opened: Snapshot, request: Request) -> None:
    st.header(spoken("Over time"), anchor=False)
    question, polls = asked_question(opened.survey, request.question), benchmarks_for(opened.survey, request.question)
    choices = {value: question.choice(value) for one in polls for value, _ in one.shares}
    labels = told_apart({value: choice.label for value, choice in choices.items() if isinstance(choice, Choice)})
    with st.container(horizontal=True):
        choice = choose_one(
            ANSWER, spoken("Answer"), labels, next(iter(labels)), st.selectbox, label_visibility="collapsed"
        )
        moved = choose_every(opened.survey, request)
    if moved.every == "wave":
        st.info(spoken("The polls have dates and waves have none: choose hours, days, weeks or months."))
        return
    view = trend(opened, moved)
    gaps = gaps_at_polls(opened, request, polls, choice)
    figure = benchmark_trend(view, choice, polls, house_style(), mode())
    made = partial(benchmark_trend_made, view, choice, polls, gaps)
    show_figures({DRAWN: figure}, "benchmark trend", made=made)
    _show_gap_at_polls(gaps, polls)


def _show_gap_at_polls(gaps: pd.DataFrame, polls: tuple[Benchmark, ...]) -> None:
    """Says how far readers lay above each poll while it was in the field."""
    if gaps.empty:
        st.caption(spoken("Nobody in this selection answered while one of the polls was in the field."))
        return
    words = spoken("The gap to each poll, in points with its uncertainty interval")
    show_table(gap_trend_table(gaps, polls, house_style()), "benchmark trend gaps", words)
    st.caption(
        spoken(
            "The gap of those who answered on the days of each poll, in points, with its {level} uncertainty interval. "
            "“A clear gap” is corrected for all polls. It leaves in the files of the figure above.",
            level=level_words(house_style()),
        )
    )


def _show_gaps(gaps: Gaps, names: SideNames, key: str, made: Callable[[], Made]) -> None:
    """Shows how far one side lies above the other; `made` is what leaves the building."""
    words = st.columns(2, gap="large")
    for column, name, wording in zip(words, names, (gaps.wording, gaps.against_wording), strict=True):
        with column:
            st.caption(plain(spoken("{side} were asked", side=side_words(name))))
            st.markdown(spoken("“{label}”", label=plain(wording)))
    if not gaps.same_wording:
        st.warning(spoken(OTHER_WORDING))
    show_figures({DRAWN: gap_figure(gaps, names, house_style(), mode())}, key, made=made)
    label = spoken("The gap for each answer, in points with its uncertainty interval")
    show_table(gap_table(gaps, names, house_style()), f"{key} gaps", label)
    st.caption(
        spoken(
            "Gaps in points, with their {level} uncertainty intervals. “A clear gap” is corrected for all of them.",
            level=level_words(house_style()),
        )
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
