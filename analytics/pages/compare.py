"""Our readers beside others: another survey or wave, a benchmark poll, and what groups have in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from analytics.errors import RequestError
from analytics.exports.link import Query
from analytics.exports.plate import LANGUAGE
from analytics.exports.plates import benchmark_trend_plate, gaps_plate
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.gap_words import (
    OTHER_WORDING,
    READERS,
    benchmark_words,
    dividing_sentences,
    gap_figure,
    gap_table,
    shared_sentences,
    thin_sentence,
)
from analytics.model import Choice, Dimension, Question, Survey
from analytics.pages.address import asked_in_address, keep_one, keep_values, preset_one
from analytics.pages.choices import choose_by, choose_every, choose_question, choose_selection, told_apart
from analytics.pages.drawing import mode, show_figures
from analytics.pages.opening import Opened, open_survey
from analytics.pages.plain import plain
from analytics.pages.sources import cells_at, house_style, revisions, survey_at
from analytics.pages.stated import show_stated, with_stated
from analytics.pages.weighting import fall_back
from analytics.views.common_ground import common_ground
from analytics.views.gaps import (
    Asked,
    Gaps,
    benchmark_gaps,
    benchmark_line,
    benchmarks_for,
    proposed_mapping,
    survey_gaps,
)
from analytics.views.selection import Selection
from analytics.views.trend import trend

ASPECTS = {"others": "Another survey or wave", "public": "A benchmark poll", "common": "Common ground"}
NO_CHOICE = ""
MOST_SENTENCES = 8


def show() -> None:
    """Shows the comparison that the address names."""
    opened = open_survey("Compare")
    if opened is None:
        return
    chosen = with_stated(opened.survey, choose_selection(opened.survey, opened.status))
    selection = fall_back(opened.survey, opened.read, chosen)
    show_stated(opened.survey)
    preset_one("with", list(ASPECTS), "others")
    st.segmented_control(
        "Compare with", list(ASPECTS), required=True, format_func=ASPECTS.__getitem__, key="with",
        label_visibility="collapsed",
    )  # fmt: skip
    aspect = keep_one("with", "others")
    try:
        if aspect == "others":
            _show_others(opened, selection)
        elif aspect == "public":
            _show_public(opened, selection)
        else:
            _show_common(opened, selection)
    except RequestError as fault:
        st.info(plain(_sentence(str(fault))))


def _show_others(opened: Opened, selection: Selection) -> None:
    """Shows the same question, or one like it, in another survey or another wave."""
    question = choose_question(opened.survey)
    other = _choose_other(opened)
    if other is None:
        st.info("There is no other survey and no wave to compare with yet.")
        return
    theirs, asked = other, _like(question, other.survey)
    if not asked:
        st.info("The other survey asks nothing that has choices.")
        return
    preset_one("their_question", list(asked), next(iter(asked)))
    labels = told_apart({key: one.text for key, one in asked.items()})
    st.selectbox("Their question", list(asked), format_func=labels.__getitem__, key="their_question")
    their_question = asked[keep_one("their_question", next(iter(asked)))]
    sides = [_of_wave(opened, selection, "wave_here"), _of_wave(theirs, Selection(), "wave_there")]
    mapping = _choose_mapping(question, their_question)
    gaps = survey_gaps(
        Asked(opened.survey, opened.status, opened.read, question.key, sides[0]),
        Asked(theirs.survey, theirs.status, theirs.read, their_question.key, sides[1]),
        mapping,
    )
    pairs = [("with", "others"), ("other", theirs.survey.key), ("their_question", their_question.key)]
    waves = zip(("wave_here", "wave_there"), sides, strict=True)
    pairs += [(name, value) for name, side in waves for key, values in side.where if key == "wave" for value in values]
    _show_gaps(gaps, _names(opened, theirs, sides), "across", (*pairs, *asked_in_address("map")))


def _show_public(opened: Opened, selection: Selection) -> None:
    """Shows how readers differ from benchmark polls, the wordings side by side."""
    keys = dict.fromkeys(one.question for one in opened.survey.benchmarks)
    if not keys:
        st.info(
            "No benchmark poll is known for this survey. Add a [[benchmark]] with its source, dates, exact wording and "
            "shares to the definition, and import again."
        )
        return
    known = replace(opened.survey, questions=tuple(q for q in opened.survey.questions if q.key in keys))
    question = choose_question(known)
    polls = benchmarks_for(opened.survey, question.key)
    offered = {str(place): benchmark_words(one, house_style()) for place, one in enumerate(polls)}
    newest = str(len(polls) - 1)
    preset_one("poll", list(offered), newest)
    if len(polls) > 1:
        st.selectbox("Poll", list(offered), format_func=offered.__getitem__, key="poll")
    poll = polls[int(keep_one("poll", newest))]
    asked = Asked(opened.survey, opened.status, opened.read, question.key, selection)
    pairs = (("with", "public"), ("poll", str(polls.index(poll))))
    _show_gaps(benchmark_gaps(asked, poll), (READERS, poll.population or poll.source), "public", pairs)
    if opened.status.first_at is not None:
        _show_benchmark_trend(opened, question, selection)


def _show_benchmark_trend(opened: Opened, question: Question, selection: Selection) -> None:
    st.subheader("Over time", anchor=False)
    polls = benchmarks_for(opened.survey, question.key)
    choices = {value: question.choice(value) for one in polls for value, _ in one.shares}
    labels = told_apart({value: choice.label for value, choice in choices.items() if isinstance(choice, Choice)})
    preset_one("answer", list(labels), next(iter(labels)))
    with st.container(horizontal=True):
        st.selectbox("Answer", list(labels), format_func=labels.__getitem__, key="answer", label_visibility="collapsed")
        every = choose_every(opened.survey)
    choice = keep_one("answer", next(iter(labels)))
    if every == "wave":
        st.info("The polls have dates and waves have none: choose hours, days, weeks or months.")
        return
    view = trend(opened.survey, opened.status, opened.read, question.key, selection, every=every, now=datetime.now(UTC))
    line = benchmark_line(polls, choice)
    figure = benchmark_trend(view, choice, line, polls[-1].population or polls[-1].source, house_style(), mode())
    asked = (("with", "public"), ("answer", choice), ("every", every))
    plate = partial(benchmark_trend_plate, view, choice, polls, house_style(LANGUAGE), asked)
    show_figures({"Figure": figure}, "benchmark trend", plate=plate)


def _show_common(opened: Opened, selection: Selection) -> None:
    """Shows what has a majority in every group, next to what divides them most."""
    if not opened.survey.dimensions:
        st.info("This survey knows nothing about its readers by which they could be told apart.")
        return
    by: Dimension = choose_by(opened.survey)
    ground = common_ground(opened.survey, opened.status, opened.read, by.key, selection)
    shared, dividing = shared_sentences(ground, house_style()), dividing_sentences(ground, house_style())
    agree, divide = st.columns(2, gap="large")
    with agree:
        st.subheader("What all groups have in common", anchor=False)
        for sentence in shared[:MOST_SENTENCES]:
            st.markdown(f"- {plain(sentence)}")
        if not shared:
            st.markdown("No answer holds a clear majority in every group.")
    with divide:
        st.subheader("What divides them most", anchor=False)
        for sentence in dividing[:MOST_SENTENCES]:
            st.markdown(f"- {plain(sentence)}")
        if not dividing:
            st.markdown("No two groups differ clearly on any answer.")
    st.caption(
        plain(
            "A majority counts where its 95 % uncertainty interval lies above one half in every group; a difference "
            f"where it is clear among all that were compared. {thin_sentence(ground)} Readers chose to take part, so "
            "this says nothing certain about others."
        )
    )


def _show_gaps(gaps: Gaps, names: tuple[str, str], key: str, asked: Query) -> None:
    words = st.columns(2, gap="large")
    for column, name, wording in zip(words, names, (gaps.wording, gaps.against_wording), strict=True):
        with column:
            st.caption(plain(f"{name} were asked"))
            st.markdown(f"“{plain(wording)}”")
    if not gaps.same_wording:
        st.warning(OTHER_WORDING)
    plate = partial(gaps_plate, gaps, names, house_style(LANGUAGE), asked)
    show_figures({"Figure": gap_figure(gaps, names, house_style(), mode())}, key, plate=plate)
    st.dataframe(
        gap_table(gaps, names, house_style()), hide_index=True, key=f"{key} gaps",
        alt="The gap for each answer, in points with its uncertainty interval",
    )  # fmt: skip
    st.caption("Gaps in points, with their 95 % uncertainty intervals. “A clear gap” is corrected for all of them.")


def _choose_other(opened: Opened) -> Opened | None:
    """Returns the other side's survey: any other, or the same one where it has waves."""
    known = revisions()
    keys = [key for key in known if key != opened.survey.key or opened.survey.dimension("wave")]
    if not keys:
        return None
    titles = told_apart({key: survey_at(key, known[key])[0].title for key in keys})
    preset_one("other", keys, keys[0])
    st.selectbox("Compared with", keys, format_func=titles.__getitem__, key="other")
    key = keep_one("other", keys[0])
    survey, status = survey_at(key, known[key])
    return Opened(survey, status, cells_at(key, status.revision))


def _like(question: Question, other: Survey) -> dict[str, Question]:
    """Returns the other survey's questions that have choices, the likest first: same words, same key, same answers."""
    asked = [one for one in other.questions if one.kind != "text" and one.choices]

    def rank(one: Question) -> tuple[bool, bool, int]:
        return one.text != question.text, one.key != question.key, -len(proposed_mapping(question, one))

    return {one.key: one for one in sorted(asked, key=rank)}


def _of_wave(opened: Opened, selection: Selection, key: str) -> Selection:
    wave = opened.survey.dimension("wave")
    if wave is None:
        return selection
    values = [level.value for level in wave.levels]
    usual = values[-1] if key == "wave_here" else values[0]
    preset_one(key, values, usual)
    labels = told_apart({level.value: level.label for level in wave.levels})
    side = "Wave" if key == "wave_here" else "Their wave"
    st.selectbox(side, values, format_func=labels.__getitem__, key=key)
    kept = tuple(one for one in selection.where if one[0] != "wave")
    return replace(selection, where=(*kept, ("wave", (keep_one(key, usual),))))


def _choose_mapping(question: Question, other: Question) -> dict[str, str]:
    """Returns which answer there stands for which here: those labelled alike, unless changed here or in the address."""
    proposed = proposed_mapping(question, other)
    named = dict(pair.split("=", 1) for pair in st.query_params.get_all("map") if "=" in pair)
    labels = {NO_CHOICE: "Nothing"} | told_apart({choice.value: choice.label for choice in other.choices})
    found = {}
    with st.expander("Which answer stands for which", expanded=not proposed):
        for choice in question.choices:
            key = f"map {question.key} {other.key} {choice.value}"
            usual = named.get(choice.value, proposed.get(choice.value, NO_CHOICE))
            if st.session_state.get(key) not in labels:
                st.session_state[key] = usual if usual in labels else NO_CHOICE
            st.selectbox(plain(choice.label), list(labels), format_func=labels.__getitem__, key=key)
            found[choice.value] = str(st.session_state[key])
    changed = [f"{a}={b}" for a, b in found.items() if b != proposed.get(a, NO_CHOICE)]
    keep_values("map", changed)
    return {a: b for a, b in found.items() if b != NO_CHOICE}


def _names(opened: Opened, theirs: Opened, sides: list[Selection]) -> tuple[str, str]:
    waves = [dict(side.where).get("wave") for side in sides]
    if opened.survey.key == theirs.survey.key:
        return f"Wave {(waves[0] or ('',))[0]}", f"Wave {(waves[1] or ('',))[0]}"
    titles = told_apart({one.survey.key: one.survey.title for one in (opened, theirs)})
    return f"Readers of “{titles[opened.survey.key]}”", f"Readers of “{titles[theirs.survey.key]}”"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


show()
