"""Our readers beside others: another survey or wave, a benchmark poll, and what groups have in common."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.errors import RequestError
from analytics.estimates.common_ground import common_ground
from analytics.estimates.gaps import proposed_mapping, survey_gaps
from analytics.exports.plates import common_ground_draft
from analytics.model import Dimension, Question, Snapshot, Survey
from analytics.model.request import Request
from analytics.model.sides import SideNames, side_names
from analytics.pages.address import asked_in_address, keep_one, keep_values, preset_one
from analytics.pages.benchmarks import show_public
from analytics.pages.choices import choose_by, choose_question, choose_selection, told_apart
from analytics.pages.exporting import show_plate_export
from analytics.pages.opening import open_survey
from analytics.pages.plain import plain
from analytics.pages.side_by_side import show_gaps
from analytics.pages.sources import house_style, revisions, snapshot_at
from analytics.pages.stated import show_stated, with_stated
from analytics.pages.weighting import fall_back
from analytics.words.common_ground import NOTHING, common_ground_note, dividing_sentences, shared_sentences

ASPECTS = {"others": "Another survey or wave", "public": "A benchmark poll", "common": "Common ground"}
NO_CHOICE = ""
MOST_SENTENCES = 8


def show() -> None:
    """Shows the comparison that the address names."""
    opened = open_survey("Compare")
    if opened is None:
        return
    chosen = with_stated(opened.survey, choose_selection(opened.survey, opened.status))
    request = fall_back(opened, chosen)
    show_stated(opened.survey)
    preset_one("with", list(ASPECTS), "others")
    st.segmented_control(
        "Compare with", list(ASPECTS), required=True, format_func=ASPECTS.__getitem__, key="with",
        label_visibility="collapsed",
    )  # fmt: skip
    aspect = keep_one("with", "others")
    try:
        if aspect == "others":
            _show_others(opened, request)
        elif aspect == "public":
            show_public(opened, request)
        else:
            _show_common(opened, request)
    except RequestError as fault:
        st.info(plain(_sentence(str(fault))))


def _show_others(opened: Snapshot, request: Request) -> None:
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
    sides = [
        replace(_of_wave(opened, request, "wave_here"), question=question.key),
        _of_wave(theirs, Request(question=their_question.key, standing=request.standing), "wave_there"),
    ]
    mapping = _choose_mapping(question, their_question)
    gaps = survey_gaps((opened, sides[0]), (theirs, sides[1]), mapping)
    pairs = [("with", "others"), ("other", theirs.survey.key), ("their_question", their_question.key)]
    waves = zip(("wave_here", "wave_there"), sides, strict=True)
    pairs += [(name, value) for name, side in waves for key, values in side.where if key == "wave" for value in values]
    show_gaps(gaps, _names(opened, theirs, sides), "across", (*pairs, *asked_in_address("map")))


def _show_common(opened: Snapshot, request: Request) -> None:
    """Shows what has a majority in every group, next to what divides them most."""
    if not opened.survey.dimensions:
        st.info("This survey knows nothing about its readers by which they could be told apart.")
        return
    by: Dimension = choose_by(opened.survey)
    ground = common_ground(opened, replace(request, by=(by.key,)))
    shared, dividing = shared_sentences(ground, house_style()), dividing_sentences(ground, house_style())
    agree, divide = st.columns(2, gap="large")
    with agree:
        st.subheader("What all groups have in common", anchor=False)
        for sentence in shared[:MOST_SENTENCES]:
            st.markdown(f"- {plain(sentence)}")
        if not shared:
            st.markdown(NOTHING[0])
    with divide:
        st.subheader("What divides them most", anchor=False)
        for sentence in dividing[:MOST_SENTENCES]:
            st.markdown(f"- {plain(sentence)}")
        if not dividing:
            st.markdown(NOTHING[1])
    st.caption(
        plain(
            f"{common_ground_note(ground, house_style())} Readers chose to take part, so this says nothing certain "
            "about others."
        )
    )
    folded = st.expander("Export", key="common ground open", on_change="rerun")
    if folded.open:
        with folded:
            show_plate_export(common_ground_draft(ground), "common ground")


def _choose_other(opened: Snapshot) -> Snapshot | None:
    """Returns the other side's survey: any other, or the same one where it has waves."""
    known = revisions()
    keys = [key for key in known if key != opened.survey.key or opened.survey.dimension("wave")]
    if not keys:
        return None
    titles = told_apart({key: snapshot_at(key, known[key]).survey.title for key in keys})
    preset_one("other", keys, keys[0])
    st.selectbox("Compared with", keys, format_func=titles.__getitem__, key="other")
    key = keep_one("other", keys[0])
    return opened.other(key)


def _like(question: Question, other: Survey) -> dict[str, Question]:
    """Returns the other survey's questions that have choices, the likest first: same words, same key, same answers."""
    asked = [one for one in other.questions if one.kind != "text" and one.choices]

    def rank(one: Question) -> tuple[bool, bool, int]:
        return one.text != question.text, one.key != question.key, -len(proposed_mapping(question, one))

    return {one.key: one for one in sorted(asked, key=rank)}


def _of_wave(opened: Snapshot, request: Request, key: str) -> Request:
    wave = opened.survey.dimension("wave")
    if wave is None:
        return request
    values = [level.value for level in wave.levels]
    usual = values[-1] if key == "wave_here" else values[0]
    preset_one(key, values, usual)
    labels = told_apart({level.value: level.label for level in wave.levels})
    side = "Wave" if key == "wave_here" else "Their wave"
    st.selectbox(side, values, format_func=labels.__getitem__, key=key)
    kept = tuple(one for one in request.where if one[0] != "wave")
    return replace(request, where=(*kept, ("wave", (keep_one(key, usual),))))


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


def _names(opened: Snapshot, theirs: Snapshot, sides: list[Request]) -> SideNames:
    ours, others = ((dict(side.where).get("wave") or ("",))[0] for side in sides)
    return side_names(opened.survey, theirs.survey, (ours, others))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
