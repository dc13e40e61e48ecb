"""Mends a survey: its words, order and dates with a look at what would change; closes, asks again, removes it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.door.ways import signs_in
from analytics.errors import StoreError, SurveyError
from analytics.imports.articles.found import picture_at
from analytics.imports.reading.uploads import keep_upload
from analytics.language.dates import day_words
from analytics.language.notation import own_name
from analytics.language.said import listed, noted, speech, spoken, spoken_of
from analytics.model import Question, Snapshot, Survey
from analytics.model.access import Person, may_admit, may_edit, may_remove
from analytics.model.edits import (
    ARTICLE_TEXT,
    LABELS,
    Edit,
    changed_paragraphs,
    changes_meaning,
    edits_between,
    is_order,
    ordered_text,
    placed,
    standing,
)
from analytics.model.labels import AS_WRITTEN, texts_of
from analytics.pages.choices.address import end_page, page_file, stated_survey
from analytics.pages.choices.controls import typed_days
from analytics.pages.choices.labels import fold_of_labels, other_languages, type_labels
from analytics.pages.ground.pictures import show_picture
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import EDITOR, ask, change, keep_picture, person, picture_of, revisions
from analytics.pages.opening import open_survey, removed_here, show_head
from analytics.store.people.accounts import set_desks
from analytics.store.tend.editing import ask_again, ask_wave, close_survey, edit_survey, is_closed, reopen_survey
from analytics.store.tend.keeping import read_audit
from analytics.store.tend.removing import Removed, bring_back, remove_survey
from analytics.words.names import SAMPLE_NAMES

DONE, MADE, SAVED = "mended", "made again", "saved edits"
PICTURES = [".jpg", ".jpeg", ".png", ".webp", ".gif"]
KEPT = noted("What each edit replaced is struck through.")
ABOUT = {
    "title": noted("Title"), "population": noted("Who was asked"), "mode": noted("How they were asked"),
    "sponsor": noted("Who paid for it"), "conducted_by": noted("Who conducted it"), "opens": noted("First day"),
    "closes": noted("Last day"), "sample": noted("Sample"), "article/headline": noted("Headline of the article"),
    "article/kicker": noted("Kicker"), "article/credit": noted("Credit"), "article/url": noted("Link to the article"),
    ARTICLE_TEXT: noted("Text of the article"), "questions/order": noted("Order of the questions"),
    "dimensions/order": noted("Order of the breakdowns"), "frame": noted("Sampling frame"),
    "language": noted("Language"),
}  # fmt: skip
MOVES = (
    ("up", "↑", noted("Up: {name}"), -1),
    ("down", "↓", noted("Down: {name}"), 1),
)
SOMEBODY = noted("somebody at the dashboard")
ACTIONS = {
    "edited": noted("Edited"), "closed": noted("Closed"), "reopened": noted("Opened again"),
    "asked again": noted("Asked again"), "made": noted("Made"), "removed": noted("Removed"),
    "brought back": noted("Brought back"), "screened": noted("Set aside by a rule"), "restored": noted("Counted again"),
    "kept": noted("Crowd goes on counting"), "watched": noted("Crowd watched"),
    "erased": noted("Erased"), "verified": noted("Checked and counted"), "left out": noted("Checked and left out"),
    "comment hidden": noted("Comment hidden"),
    "comment shown again": noted("Comment shown again"),
}  # fmt: skip


def show() -> None:
    """Shows what can be mended in the survey that the address names."""
    _end_where_removed()
    _show_removed()
    opened = open_survey(noted("Edit")).in_language(AS_WRITTEN)
    _show_done(opened.survey.key)
    if not may_edit(opened.person):
        st.info(spoken("Only an editor may edit a survey."))
        _show_desks(opened)
        if may_remove(opened.person):
            _show_removing(opened)
        return
    typed = _type_over(opened.survey)
    if opened.survey.article is not None:
        _show_picture(opened.survey.key)
    _show_preview(opened, typed)
    _show_state(opened)
    _show_desks(opened)
    if may_remove(opened.person):
        _show_removing(opened)
    _show_history(opened)


@dataclass(frozen=True)
class TypedSurvey:
    """The fields of a survey: what stands there now, and what was typed over it, in folded parts too."""

    survey: Survey
    now: dict[str, str]
    typed: dict[str, str]

    def key_of(self, place: str) -> str:
        return f"{self.survey.key} {place}"

    def stands(self, place: str) -> str:
        return self.typed.get(place, self.now.get(place, ""))

    def keep(self, place: str, text: str) -> None:
        if text == self.now.get(place, ""):
            self.typed.pop(place, None)
        else:
            self.typed[place] = text

    def text(self, place: str, label: str, *, help: str | None = None) -> None:
        st.session_state.setdefault(self.key_of(place), self.stands(place))
        self.keep(place, st.text_input(label, key=self.key_of(place), help=help))

    def long_text(self, place: str, label: str, *, height: int | None = None, help: str | None = None) -> None:
        st.session_state.setdefault(self.key_of(place), self.stands(place))
        self.keep(place, st.text_area(label, key=self.key_of(place), height=height, help=help))

    def order(self, place: str) -> list[str]:
        values: list[str] = json.loads(self.stands(place))
        return values

    def folded(self, name: str, label: str) -> Any:
        """Returns a part of the page whose fields are there only while it is open: a survey may have thousands."""
        return st.expander(label, key=f"open {self.survey.key} {name}", on_change="rerun")


def _type_over(survey: Survey) -> dict[str, str]:
    """Shows what stands there now, to be typed over, and returns what was typed, by its place."""
    now = placed(survey)
    kept: dict[str, str] = st.session_state.setdefault(f"{survey.key} typed", {})
    places = standing(survey, kept)
    for place in [place for place in kept if places[place] is None]:  # somebody else changed the survey meanwhile
        del kept[place]
    typed_survey = TypedSurvey(survey, now, kept)
    typed_survey.text("title", spoken(ABOUT["title"]))
    with (folded := typed_survey.folded("fieldwork", spoken("Who was asked, when and how"))):
        if folded.open:
            _type_fieldwork(typed_survey)
    with (folded := typed_survey.folded("article", spoken("Article"))):
        if folded.open:
            for place in ("article/headline", "article/kicker", "article/credit", "article/url"):
                typed_survey.text(place, spoken(ABOUT[place]))
            words = spoken("A blank line ends a paragraph. A line that begins with ## is a heading.")
            typed_survey.long_text(ARTICLE_TEXT, spoken(ABOUT[ARTICLE_TEXT]), height=320, help=words)
    if len(survey.questions) > 1:
        with (folded := typed_survey.folded("questions", spoken("Order of the questions"))):
            if folded.open:
                _type_order(typed_survey, "questions/order", {one.key: one.text for one in survey.questions})
    for question in survey.questions:
        with (folded := typed_survey.folded(f"question {question.key}", plain(question.text))):
            if folded.open:
                _type_question(typed_survey, question)
    if len(survey.dimensions) > 1:
        with (folded := typed_survey.folded("dimensions", spoken("Order of the breakdowns"))):
            if folded.open:
                _type_order(typed_survey, "dimensions/order", {one.key: one.label for one in survey.dimensions})
    for dimension in survey.dimensions:
        place = f"dimension/{dimension.key}"
        with (folded := typed_survey.folded(place, plain(dimension.label))):
            if folded.open:
                typed_survey.text(f"{place}/name", spoken("Name of the breakdown"))
                if dimension.levels:
                    _type_order(typed_survey, f"{place}/order", labels=f"{place}/label")
    for language in other_languages(survey):
        words = spoken("In another language: {language}", language=own_name(language))
        with (folded := st.expander(words, key=fold_of_labels(survey.key, language), on_change="rerun")):
            if folded.open:
                _type_labels(typed_survey, language)
    return dict(kept)


def _type_fieldwork(typed_survey: TypedSurvey) -> None:
    for place in ("population", "mode", "sponsor", "conducted_by"):
        typed_survey.text(place, spoken(ABOUT[place]))
    with st.container(horizontal=True):
        for place in ("opens", "closes"):
            stands = typed_survey.stands(place)
            st.session_state.setdefault(typed_survey.key_of(place), date.fromisoformat(stands) if stands else None)
            day = st.date_input(spoken(ABOUT[place]), key=typed_survey.key_of(place), format=typed_days())
            typed_survey.keep(place, day.isoformat() if isinstance(day, date) else "")
    st.session_state.setdefault(typed_survey.key_of("sample"), typed_survey.stands("sample"))
    sample = st.selectbox(
        spoken(ABOUT["sample"]), list(SAMPLE_NAMES), format_func=_said(SAMPLE_NAMES), key=typed_survey.key_of("sample")
    )
    typed_survey.keep("sample", sample)


def _type_question(typed_survey: TypedSurvey, question: Question) -> None:
    place = f"question/{question.key}"
    typed_survey.long_text(f"{place}/text", spoken("Exact wording"))
    if question.choices:
        _type_order(typed_survey, f"{place}/order", labels=f"{place}/label")
    for net in question.nets:
        counts = spoken("{plus} together", plus=listed(list(net.plus)))
        if net.minus:
            counts = spoken("{plus}, less {minus}", plus=listed(list(net.plus)), minus=listed(list(net.minus)))
        typed_survey.text(f"{place}/net/{net.key}", spoken("Net: {counts}", counts=plain(counts)))


def _type_labels(typed_survey: TypedSurvey, language: str) -> None:
    head = f"{LABELS}/{language}/"
    before = {place.removeprefix(head): text for place, text in typed_survey.typed.items() if place.startswith(head)}
    for place, label in type_labels(typed_survey.survey, language, typed_survey.survey.key, before).items():
        typed_survey.keep(f"{head}{place}", label)


def _type_order(
    typed_survey: TypedSurvey, place: str, names: dict[str, str] | None = None, *, labels: str = ""
) -> None:
    """Shows what stands in an order, each thing with a way up and down: its name, or the field that names it."""
    values = typed_survey.order(place)
    for at, value in enumerate(values):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            if names is None:
                typed_survey.text(f"{labels}/{value}", plain(value))
            else:
                st.markdown(f"{at + 1}. {plain(names[value])}", width="stretch")
            name = typed_survey.stands(f"{labels}/{value}") if names is None else names[value]
            for way, arrow, words, step in MOVES:
                st.button(
                    arrow, key=f"{typed_survey.key_of(place)} {way} {value}", type="tertiary",
                    help=spoken(words, name=plain(name)), disabled=not 0 <= at + step < len(values),
                    on_click=_move, args=(typed_survey, place, at, step),
                )  # fmt: skip
    if len(values) > 2:
        with st.container(horizontal=True):
            called = {value: names[value] if names else typed_survey.stands(f"{labels}/{value}") for value in values}
            for name, words, order in (
                ("turned", noted("Turn the order round"), values[::-1]),
                ("sorted", noted("From A to Z"), sorted(values, key=lambda one: called[one].casefold())),
            ):
                st.button(
                    spoken(words), key=f"{typed_survey.key_of(place)} {name}", type="tertiary",
                    on_click=typed_survey.keep, args=(place, ordered_text(order)),
                )  # fmt: skip


def _move(typed_survey: TypedSurvey, place: str, at: int, step: int) -> None:
    values = typed_survey.order(place)
    values[at], values[at + step] = values[at + step], values[at]
    typed_survey.keep(place, ordered_text(values))


def _said(words: dict[str, str]) -> Callable[[str], str]:
    """Returns how each of these is said in the page's language."""
    return {one: spoken(text) for one, text in words.items()}.__getitem__


def _show_picture(key: str) -> None:
    """Shows the picture of the article, and the ways to another one and to none."""
    with st.expander(spoken("Picture of the article")):
        kept = picture_of(key)
        if kept is not None:
            show_picture(kept, width=320)
        uploaded = st.file_uploader(spoken("Another picture"), type=PICTURES, key=f"{key} picture")
        alt = st.text_input(spoken("What it shows, in words"), kept.alt if kept else "", key=f"{key} picture alt")
        credit = st.text_input(spoken("Whom to credit"), kept.credit if kept else "", key=f"{key} picture credit")
        with st.container(horizontal=True):
            st.button(
                spoken("Save the picture"), key="save picture", disabled=kept is None and uploaded is None,
                on_click=_keep_picture, args=(key, uploaded, alt, credit),
            )  # fmt: skip
            st.button(
                spoken("Take it out"),
                key="drop picture",
                disabled=kept is None,
                on_click=_take_out_picture,
                args=(key,),
            )


def _keep_picture(key: str, uploaded: Any, alt: str, credit: str) -> None:
    """Keeps the picture that was uploaded, or the one there is under other words."""
    try:
        kept = picture_of(key)
        if uploaded is not None:
            with tempfile.TemporaryDirectory() as folder:
                kept = picture_at(str(keep_upload(Path(folder), uploaded.name, uploaded.getvalue())))
        if kept is not None:
            keep_picture(key, replace(kept, alt=alt.strip(), credit=credit.strip()))
    except SurveyError as fault:
        st.session_state[DONE] = (key, str(fault), {}, False)
        return
    st.session_state[DONE] = (key, noted("Saved."), {}, True)
    _forget_typed(key)


def _take_out_picture(key: str) -> None:
    keep_picture(key, None)
    _forget_typed(key)


def _show_preview(opened: Snapshot, values: dict[str, str]) -> None:
    """Shows what would change, each thing as it was and as it would be, and the button that changes it."""
    survey, edits = opened.survey, edits_between(opened.survey, values)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.header(spoken("What would change"), anchor=False, width="stretch")
        _ask_name(opened)
    if not edits:
        _show_saved(survey)
        return
    for one in edits:
        _show_edit(survey, one)
    all_along = False
    if any(map(changes_meaning, edits)):
        all_along = st.checkbox(
            spoken("It was asked like this all along: only what stood here was wrong"), key="all along",
            help=spoken("Otherwise answers from now on count as answers to another question, and trends break here."),
        )  # fmt: skip
    with st.container(horizontal=True):
        st.button(spoken("Save"), type="primary", key="save", on_click=_save, args=(survey.key, values, all_along))
        st.button(spoken("Drop these changes"), type="tertiary", key="drop", on_click=_forget_typed, args=(survey.key,))


def _show_saved(survey: Survey) -> None:
    """Says in the place of the button that saved what is saved, so that no other button comes to stand there."""
    of, edits = st.session_state.pop(SAVED, ("", ()))
    if of != survey.key:
        st.caption(spoken("Nothing yet: type over what is wrong above."))
        return
    for one in edits:
        _show_edit(survey, one)
    if any(map(changes_meaning, edits)):
        st.caption(spoken("Saved. More can be typed over above."))
    st.button(spoken("Saved"), type="primary", key="saved", disabled=True)


def _show_edit(survey: Survey, edit: Edit) -> None:
    """Shows one change; of an article's text the paragraphs alone that are others."""
    name = plain(_name(survey, edit))
    if edit.place != ARTICLE_TEXT:
        before, after = (plain(_shown(survey, edit.place, text)) for text in (edit.before, edit.after))
        st.markdown(f"- {name}: ~~{before or spoken('nothing')}~~ → **{after or spoken('nothing')}**")
        return
    st.markdown(f"- {name}:")
    for mark, text in changed_paragraphs(edit.before, edit.after):
        st.markdown(f"    - ~~{plain(text)}~~" if mark == "-" else f"    - **{plain(text)}**")


def _ask_name(opened: Snapshot) -> None:
    """Asks who edits, for the history, where nobody signed in."""
    if not opened.person.address:
        st.session_state.setdefault("editor", st.session_state.get(EDITOR, ""))
        st.session_state[EDITOR] = st.text_input(
            spoken("Your name, for the history"), key="editor", width=260, max_chars=80
        ).strip()  # fmt: skip


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
    if what == "net":
        return spoken("Net of {question}", question=name)
    return f"{name}: {value[0]}" if value else name


def _shown(survey: Survey, place: str, text: str) -> str:
    """Returns what stands in a place in words: an order by the names of what is in it."""
    if is_order(place) and text:
        now, head = placed(survey), place.removesuffix("/order")
        names = {"questions": "question/{}/text", "dimensions": "dimension/{}/name"}.get(head, f"{head}/label/{{}}")
        return " · ".join(now.get(names.format(value), value) for value in json.loads(text))
    return spoken(SAMPLE_NAMES[text]) if place == "sample" and text in SAMPLE_NAMES else text


def _save(key: str, values: dict[str, str], all_along: bool) -> None:
    edit = partial(edit_survey, key=key, values=values, all_along=all_along)

    def back(edits: tuple[Edit, ...]) -> dict[str, str]:
        st.session_state[SAVED] = (key, edits)
        return {one.place: one.before for one in edits}

    _do(key, edit, noted("Saved."), back, saved=values)


def _save_back(key: str, values: dict[str, str]) -> None:
    _do(key, partial(edit_survey, key=key, values=values, all_along=True), noted("It is as it was before."))


def _show_state(opened: Snapshot) -> None:
    """Shows whether the survey takes answers, and the ways to close, reopen and ask it again."""
    key = opened.survey.key
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_closed(opened.survey, datetime.now(UTC)):  # the copy that is shared may have been read a moment before
            st.button(
                spoken("Open it again"), key="reopen", on_click=_do,
                args=(key, partial(reopen_survey, key=key), noted("It is open.")),
            )  # fmt: skip
        else:
            st.button(
                spoken("Close it: no answer is taken any more"), key="close", on_click=_do,
                args=(key, partial(close_survey, key=key), noted("It is closed.")),
            )  # fmt: skip
        with st.popover(spoken("Ask again"), key="ask again"):
            _show_asking_again(opened)


def _show_asking_again(opened: Snapshot) -> None:
    """Shows the ways to ask the same questions again: as a new survey, or as the next wave where it has waves."""
    survey = opened.survey
    st.caption(spoken("A new survey of the same questions, without any answers."))
    title = st.text_input(spoken("Title"), survey.title, key="new title")
    new = st.text_input(
        spoken("Key of the new survey"), placeholder=f"{survey.key}-2", key="new key",
        help=spoken("It stands in addresses: letters, digits, - and _."),
    ).strip()  # fmt: skip
    day = st.date_input(spoken(ABOUT["opens"]), None, key="new first day", format=typed_days())
    opens = day if isinstance(day, date) else None
    st.button(
        spoken("Make it"), key="again", disabled=not new, on_click=_again, args=(survey.key, new, title.strip(), opens)
    )
    if survey.columns.wave:
        st.caption(spoken("Or the next wave of this survey: it is open again, and takes answers of that wave."))
        wave = st.text_input(spoken("Name of the wave"), key="new wave").strip()
        asked = partial(ask_wave, key=survey.key, wave=wave)
        st.button(
            spoken("Ask this wave"), key="again wave", disabled=not wave, on_click=_do,
            args=(survey.key, asked, noted("It is open for the new wave.")),
        )  # fmt: skip


def _again(key: str, new: str, title: str, opens: date | None) -> None:
    again = partial(ask_again, key=key, new_key=new, title=title, opens=opens)
    _do(key, again, noted("It is asked again: import the answers under the new key."))
    if st.session_state[DONE][-1]:
        st.session_state[MADE] = new


def _show_removing(opened: Snapshot) -> None:
    key, until = opened.survey.key, spoken("It can be brought back for 30 days. Then its answers are deleted for good.")
    with st.popover(spoken("Remove this survey"), icon=":material/delete:"):
        answered = opened.status.counted
        count = spoken_of(answered, "It has {count} answer that counts.", "It has {count} answers that count.")
        st.markdown(f"{plain(count)} {until}")
        st.button(spoken("Remove it"), type="primary", key="remove", on_click=_remove, args=(key,))


def _show_desks(opened: Snapshot) -> None:
    """Shows the desks that the survey belongs to, and lets an admin name others; nothing where nobody signs in."""
    if not (signs_in() and may_admit(opened.person)):
        return
    key = opened.survey.key
    typed = st.text_input(
        spoken("Desks"), ", ".join(opened.status.desks), key=f"{key} desks",
        help=spoken("With commas between them. Only their people see the survey; without any, everybody does."),
    )  # fmt: skip
    named = tuple(sorted({desk.strip() for desk in typed.split(",")} - {""}))
    if named != opened.status.desks:
        write = partial(set_desks, key=key, desks=named)
        words = noted("It belongs to these desks now.") if named else noted("It is everybody's now.")
        args = (key, write, words)
        st.button(spoken("Set the desks"), key="set desks", on_click=_do, args=args, kwargs={"may": may_admit})


def _remove(key: str) -> None:
    _do(key, partial(remove_survey, key=key), noted("It is removed."), may=may_remove)


def _end_where_removed() -> None:
    """Where the address names a survey that was removed, says so with the way back, and ends the page."""
    key = stated_survey()
    gone = next((one for one in removed_here() if one.key == key), None)
    if gone is None or key in revisions():
        return
    show_head(gone.title, spoken("Edit"))
    _show_done(gone.key)
    st.info(plain(_removed_words(gone)), icon=":material/delete:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if may_remove(person()):
            _show_way_back(gone)
        st.page_link(page_file("newsroom"), label=spoken("Newsroom"))
    end_page()


def _show_removed() -> None:
    """Shows what was removed and can be brought back; nothing where that is nothing."""
    removed = removed_here()
    if not removed:
        return
    with st.expander(spoken("Removed surveys"), expanded=DONE in st.session_state, icon=":material/delete:"):
        for one in removed:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(_removed_words(one)))
                if may_remove(person()):
                    _show_way_back(one)


def _show_way_back(one: Removed) -> None:
    back = partial(bring_back, key=one.key)
    st.button(
        spoken("Bring back"), key=f"bring back {one.key}", on_click=_do,
        args=(one.key, back, noted("It is back.")), kwargs={"may": may_remove},
    )  # fmt: skip


def _removed_words(one: Removed) -> str:
    until = day_words(one.purge_at.date(), speech())
    return spoken("“{title}” was removed by {name}; until {day} it can be brought back.", title=one.title,
                  name=one.removed_by, day=until)  # fmt: skip


def _do(
    key: str, write: Callable[..., object], words: str, undo: Callable[..., dict[str, str]] | None = None, *,
    saved: dict[str, str] | None = None, may: Callable[[Person], bool] = may_edit,
) -> None:  # fmt: skip
    """Changes the store and remembers what is to be said of it, with what would undo it.

    Args:
        write: is given the store, who does it, and the moment.
        saved: what was saved: a field that says more by now, typed in the meantime, keeps that.
    """
    try:
        done = change(partial(write, by=_by(), now=datetime.now(UTC)), may, key=key)
    except StoreError:
        raise
    except SurveyError as fault:
        st.session_state[DONE] = (key, str(fault), {}, False)
        return
    st.session_state[DONE] = (key, words, undo(done) if undo else {}, True)
    _forget_typed(key, saved)


def _forget_typed(key: str, saved: dict[str, str] | None = None) -> None:
    """Has the fields show what stands in the store now, all of them or those alone that were saved."""
    fields = {f"{key} {place}": text for place, text in (saved or {}).items()}
    for name in [str(name) for name in st.session_state if str(name).startswith(f"{key} ")]:
        typed = st.session_state[name]
        words = typed.isoformat() if isinstance(typed, date) else typed
        if saved is None or name == f"{key} typed" or fields.get(name) == words:
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
        if new := st.session_state.pop(MADE, ""):
            label = spoken("Go to the new survey")
            st.page_link(page_file("mending"), label=label, query_params={"survey": new})
        if back:
            st.button(spoken("Undo"), key="undo edit", on_click=_save_back, args=(key, back))


def _show_history(opened: Snapshot) -> None:
    """Shows what was done to the survey, the newest first, with the wording that each edit replaced."""
    entries = ask(partial(read_audit, survey_key=opened.survey.key))
    if not entries:
        return
    with st.expander(spoken("History")):
        st.caption(spoken(KEPT))
        after = placed(opened.survey)
        for one in reversed(entries):
            day = day_words(one.at.date(), speech())
            action = spoken(ACTIONS[one.action]) if one.action in ACTIONS else one.action
            by = spoken(SOMEBODY) if one.by == SOMEBODY else one.by or ""
            rule = "" if one.action == "edited" else one.rule or ""  # the places that it names are told below in words
            st.markdown(plain(" · ".join(part for part in (day, action, by, rule) if part)))
            if one.before is None:
                continue
            before = placed(one.before)
            for place, text in before.items():
                if place in after and after[place] != text:
                    _show_edit(opened.survey, Edit(place, text, after[place]))
            after |= before


def _by() -> str:
    typed = st.session_state.get("editor", st.session_state.get(EDITOR, ""))
    return person().address or str(typed).strip() or SOMEBODY


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
