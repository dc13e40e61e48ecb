"""Mends a survey: its words, order and dates with a look at what would change; closes, asks again, removes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from analytics.errors import StoreError, SurveyError
from analytics.language.dates import day_words
from analytics.language.notation import own_name
from analytics.language.said import noted, speech, spoken
from analytics.model import Question, Snapshot, Survey
from analytics.model.access import Person, may_edit, may_remove
from analytics.model.edits import LABELS, Edit, changes_meaning, edits_between, placed
from analytics.model.labels import AS_WRITTEN, texts_of
from analytics.pages.choices.labels import other_languages, type_labels
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ask, change, person
from analytics.pages.opening import open_survey
from analytics.store.place.connections import Store
from analytics.store.tend.editing import ask_again, close_survey, edit_survey, is_closed, reopen_survey
from analytics.store.tend.keeping import read_audit
from analytics.store.tend.removing import Removed, bring_back, read_removed, remove_survey

DONE = "mended"
KEPT = noted("Its old wording stays in the history below.")
ABOUT = {
    "title": noted("Title"), "population": noted("Who was asked"), "mode": noted("How they were asked"),
    "sponsor": noted("Who paid for it"), "conducted_by": noted("Who conducted it"), "opens": noted("First day"),
    "closes": noted("Last day"), "sample": noted("Sample"), "article/headline": noted("Headline of the article"),
    "article/kicker": noted("Kicker"), "article/credit": noted("Credit"), "article/url": noted("Link to the article"),
}  # fmt: skip
SAMPLE_WORDS = {"self-selected": noted("Readers who chose to answer"), "probability": noted("Drawn by chance")}
ORDERS = {"": noted("As it is"), "turned": noted("The other way round"), "sorted": noted("From A to Z")}
ACTIONS = {
    "edited": noted("Edited"), "closed": noted("Closed"), "reopened": noted("Opened again"),
    "asked again": noted("Asked again"), "made": noted("Made"), "removed": noted("Removed"),
    "brought back": noted("Brought back"), "screened": noted("Screened out"), "restored": noted("Counted again"),
    "erased": noted("Erased"), "comment hidden": noted("Comment hidden"),
    "comment shown again": noted("Comment shown again"),
}  # fmt: skip


def show() -> None:
    """Shows what can be mended in the survey that the address names."""
    _show_removed()
    opened = open_survey(noted("Edit")).in_language(AS_WRITTEN)
    _show_done(opened.survey.key)
    if not may_edit(opened.person):
        st.info(spoken("Editing a survey takes the role of an editor."))
        if may_remove(opened.person):
            _show_removing(opened)
        return
    values = _typed(opened.survey)
    _show_preview(opened, values)
    _show_state(opened)
    if may_remove(opened.person):
        _show_removing(opened)
    _show_history(opened)


def _typed(survey: Survey) -> dict[str, str]:
    """Shows what stands there now, to be typed over, and returns what was typed."""
    now, key = placed(survey), survey.key
    found = {"title": st.text_input(spoken(ABOUT["title"]), now["title"], key=f"{key} title")}
    with st.expander(spoken("Who was asked, when and how")):
        for place in ("population", "mode", "sponsor", "conducted_by"):
            found[place] = st.text_input(spoken(ABOUT[place]), now[place], key=f"{key} {place}")
        with st.container(horizontal=True):
            for place in ("opens", "closes"):
                day = st.date_input(spoken(ABOUT[place]), getattr(survey, place), key=f"{key} {place}")
                found[place] = day.isoformat() if isinstance(day, date) else ""
        found["sample"] = st.selectbox(
            spoken(ABOUT["sample"]), list(SAMPLE_WORDS), index=list(SAMPLE_WORDS).index(survey.sample),
            format_func=_said(SAMPLE_WORDS), key=f"{key} sample",
        )  # fmt: skip
    with st.expander(spoken("Article")):
        for place in ("article/headline", "article/kicker", "article/credit", "article/url"):
            found[place] = st.text_input(spoken(ABOUT[place]), now[place], key=f"{key} {place}")
    for question in survey.questions:
        found |= _typed_question(key, question)
    for dimension in survey.dimensions:
        with st.expander(plain(dimension.label)):
            place = f"dimension/{dimension.key}"
            name = spoken("Name of the group")
            found[f"{place}/name"] = st.text_input(name, dimension.label, key=f"{key} {place}")
            for level in dimension.levels:
                label = f"{place}/label/{level.value}"
                found[label] = st.text_input(plain(level.value), level.label, key=f"{key} {label}")
    for language in other_languages(survey):
        with st.expander(spoken("In another language: {language}", language=own_name(language))):
            labels = type_labels(survey, language, key)
            found |= {f"{LABELS}/{language}/{place}": label for place, label in labels.items()}
    return found


def _said(words: dict[str, str]) -> Callable[[str], str]:
    """Returns how each of these is said in the page's language."""
    return {one: spoken(text) for one, text in words.items()}.__getitem__


def _typed_question(key: str, question: Question) -> dict[str, str]:
    place = f"question/{question.key}"
    with st.expander(plain(question.text)):
        found = {f"{place}/text": st.text_area(spoken("Exact wording"), question.text, key=f"{key} {place}/text")}
        for choice in question.choices:
            label = f"{place}/label/{choice.value}"
            found[label] = st.text_input(plain(choice.value), choice.label, key=f"{key} {label}")
        if len(question.choices) > 1:
            order = st.selectbox(
                spoken("Order of the answers"), list(ORDERS), format_func=_said(ORDERS),
                key=f"{key} {place}/order",
            )  # fmt: skip
            values = [choice.value for choice in question.choices]
            ordered = {"turned": values[::-1], "sorted": sorted(values, key=str.casefold)}.get(order, values)
            found[f"{place}/order"] = json.dumps(ordered, ensure_ascii=False)
    return found


def _show_preview(opened: Snapshot, values: dict[str, str]) -> None:
    """Shows what would change, each thing as it was and as it would be, and the button that changes it."""
    edits = edits_between(opened.survey, values)
    st.subheader(spoken("What would change"), anchor=False)
    if not edits:
        st.caption(spoken("Nothing yet: type over what is wrong above."))
        return
    for one in edits:
        before = plain(_shown(one, one.before)) or spoken("nothing")
        after = plain(_shown(one, one.after)) or spoken("nothing")
        st.markdown(f"- {plain(_name(opened.survey, one))}: ~~{before}~~ → **{after}**")
    all_along = False
    if any(map(changes_meaning, edits)):
        all_along = st.checkbox(
            spoken("It was asked like this all along: only what stood here was wrong"), key="all along",
            help=spoken("Otherwise answers from now on count as answers to another question, and trends break here."),
        )  # fmt: skip
    st.button(spoken("Save"), type="primary", key="save", on_click=_save, args=(opened.survey.key, values, all_along))


def _name(survey: Survey, edit: Edit) -> str:
    """Returns what an edit changes, in words."""
    if edit.place in ABOUT:
        return spoken(ABOUT[edit.place])
    if edit.place.startswith(f"{LABELS}/"):
        _, language, place = edit.place.split("/", 2)
        return f"{texts_of(survey).get(place, place)} ({own_name(language)})"
    kind, key, what, *value = edit.place.split("/", 3)
    part = survey.question(key) if kind == "question" else survey.dimension(key)
    name = part.text if isinstance(part, Question) else part.label if part else key
    if what == "order":
        return spoken("Order of the answers: {question}", question=name)
    return f"{name}: {value[0]}" if value else name


def _shown(edit: Edit, text: str) -> str:
    if edit.place.endswith("/order"):
        return ", ".join(json.loads(text))
    return spoken(SAMPLE_WORDS[text]) if edit.place == "sample" else text


def _save(key: str, values: dict[str, str], all_along: bool) -> None:
    def save(engine: Store) -> tuple[Edit, ...]:
        return edit_survey(engine, key, values, by=_by(), now=datetime.now(UTC), all_along=all_along)

    _do(key, save, noted("Saved."), lambda edits: {one.place: one.before for one in edits})


def _show_state(opened: Snapshot) -> None:
    """Shows whether the survey takes answers, and the ways to close, reopen and ask it again."""
    key = opened.survey.key
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_closed(opened.survey, opened.now):
            st.button(
                spoken("Open it again"), key="reopen", on_click=_do,
                args=(key, partial(reopen_survey, key=key, by=_by(), now=datetime.now(UTC)), noted("It is open.")),
            )  # fmt: skip
        else:
            st.button(
                spoken("Close it: no answer is taken any more"), key="close", on_click=_do,
                args=(key, partial(close_survey, key=key, by=_by(), now=datetime.now(UTC)), noted("It is closed.")),
            )  # fmt: skip
        with st.popover(spoken("Ask again")):
            st.caption(spoken("A new survey of the same questions, without any answers."))
            new = st.text_input(spoken("Key of the new survey"), placeholder=f"{key}-2", key="new key")
            st.button(
                spoken("Make it"), key="again", disabled=not new.strip(), on_click=_again, args=(key, new.strip())
            )


def _again(key: str, new: str) -> None:
    again = partial(ask_again, key=key, new_key=new, by=_by(), now=datetime.now(UTC))
    _do(key, again, noted("It is asked again: import the answers under the new key."))


def _show_removing(opened: Snapshot) -> None:
    key, until = opened.survey.key, spoken("It can be brought back for 30 days. Then its answers are deleted for good.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(spoken("Remove this survey"), icon=":material/delete:", key="remove", on_click=_remove, args=(key,))
        st.caption(until)


def _remove(key: str) -> None:
    _do(key, partial(remove_survey, key=key, by=_by(), now=datetime.now(UTC)), noted("It is removed."),
        may=may_remove)  # fmt: skip


def _show_removed() -> None:
    """Shows what was removed and can be brought back; nothing where that is nothing."""
    removed = ask(read_removed)
    if not removed:
        return
    with st.expander(spoken("Removed surveys"), expanded=DONE in st.session_state, icon=":material/delete:"):
        for one in removed:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(_removed_words(one)))
                if may_remove(person()):
                    back = partial(bring_back, key=one.key, by=_by(), now=datetime.now(UTC))
                    st.button(
                        spoken("Bring back"), key=f"bring back {one.key}", on_click=_do,
                        args=(one.key, back, noted("It is back."), None, may_remove),
                    )  # fmt: skip


def _removed_words(one: Removed) -> str:
    until = day_words(one.purge_at.date(), speech())
    return spoken("“{title}” was removed by {name}; until {day} it can be brought back.", title=one.title,
                  name=one.removed_by, day=until)  # fmt: skip


def _do(
    key: str, write: Callable[[Store], object], words: str, undo: Callable[..., dict[str, str]] | None = None,
    may: Callable[[Person], bool] = may_edit,
) -> None:  # fmt: skip
    """Changes the store and remembers what is to be said of it, with what would undo it."""
    try:
        done = change(write, may)
    except StoreError:
        raise
    except SurveyError as fault:
        st.session_state[DONE] = (key, str(fault), {}, False)
        return
    st.session_state[DONE] = (key, words, undo(done) if undo else {}, True)
    _forget_typed(key)


def _forget_typed(key: str) -> None:
    """Has the fields show what stands in the store now."""
    for name in [str(name) for name in st.session_state if str(name).startswith(f"{key} ")]:
        del st.session_state[name]


def _show_done(key: str) -> None:
    """Says what was done last, with the way back."""
    of, words, back, well = st.session_state.pop(DONE, ("", "", {}, True))
    if of != key or not words:
        return
    if not well:
        st.error(plain(words))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="done"):
        st.success(spoken(words))
        if back:
            st.button(spoken("Undo"), key="undo edit", on_click=_save, args=(key, back, True))


def _show_history(opened: Snapshot) -> None:
    """Shows what was done to the survey, with the wording that stood there before."""
    entries = ask(partial(read_audit, survey_key=opened.survey.key))
    if not entries:
        return
    with st.expander(spoken("History")):
        st.caption(spoken(KEPT))
        for one in reversed(entries):
            day = day_words(one.at.date(), speech())
            action = spoken(ACTIONS[one.action]) if one.action in ACTIONS else one.action
            st.markdown(plain(" · ".join(part for part in (day, action, one.by or "", one.rule or "") if part)))
            if one.before is not None:
                then, now = placed(one.before), placed(opened.survey)
                told = [f"{place}: {text}" for place, text in then.items() if text and now.get(place) != text]
                if told:
                    st.caption(plain(spoken("Before: {what}", what="; ".join(told))))


def _by() -> str:
    return person().address or spoken("somebody at the dashboard")


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
