"""An import on its way: the files, the first look at them, and the form in which a person adjusts the definition."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from analytics.errors import FileError, SurveyError
from analytics.imports.definition.survey import COLUMN_WORDS
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import Look, definition_apart, look_at
from analytics.imports.proposing.adjusting import (
    OWN,
    PartOption,
    Use,
    checked,
    options_of,
    relabelled,
    reworded,
    used_as,
    with_column,
    with_options,
    without_column,
)
from analytics.imports.reading.doubts import unclear
from analytics.imports.reading.uploads import keep_upload
from analytics.model import Article, Dimension, Question, QuestionKind, Survey
from analytics.pages.ground.plain import plain

KIND_WORDS: dict[QuestionKind, str] = {
    "single": "One answer", "multiple": "Several answers", "scale": "A scale", "text": "In their own words",
}  # fmt: skip
USE_WORDS: dict[Use, str] = {
    "question": "A question", "dimension": "A group of readers", "time": "The time of the response",
    "weight": "A weight", "comment": "A comment",
    "consent": "Consent to be printed", "id": "The response's own number", "left out": "Left out",
}  # fmt: skip
LABEL, ORDER, WORDS, MISSING = "Label", "Order", "In the file", "No answer"
JOINT = " | "
DRAFT = "import draft"
STRUCTURES, DEFINITIONS = (".lss",), (".toml",)


@dataclass
class Draft:
    """An import that has not been made yet. `surveys` are the definition's states, the newest last."""

    uploaded: tuple[str, ...]
    folder: tempfile.TemporaryDirectory[str]
    files: tuple[Path, ...] = ()
    look: Look | None = None
    surveys: list[Survey] = field(default_factory=list)
    article: Article | None = None

    @property
    def survey(self) -> Survey:
        """Returns the definition as it stands."""
        return self.surveys[-1]

    def change(self, survey: Survey) -> None:
        """Takes a new state of the definition; the one before can be had back."""
        if survey != self.survey:
            self.surveys.append(survey)

    def take_back(self) -> None:
        """Goes back to the state before the last change."""
        if len(self.surveys) > 1:
            self.surveys.pop()


def draft_of(uploads: Sequence[Any], named: Sequence[Path] = ()) -> Draft | None:
    """Returns the draft of uploaded and named files, looked at once; None where no file of responses is among them.

    Raises:
        SurveyError: a file or definition cannot be read.
    """
    uploaded = (*(one.file_id for one in uploads), *(f"{path} {path.stat().st_mtime_ns}" for path in named))
    kept: Draft | None = st.session_state.get(DRAFT)
    if kept is not None and kept.uploaded == uploaded:
        return kept if kept.look else None
    forget_draft()
    draft = Draft(uploaded, tempfile.TemporaryDirectory(prefix="import-"))
    try:
        _look_into(draft, uploads, named)
    except SurveyError:
        draft.folder.cleanup()
        raise
    st.session_state[DRAFT] = draft
    return draft if draft.look else None


def forget_draft() -> None:
    """Lets go of the files and of what was made of them."""
    draft: Draft | None = st.session_state.pop(DRAFT, None)
    if draft is not None:
        draft.folder.cleanup()


def _look_into(draft: Draft, uploads: Sequence[Any], named: Sequence[Path]) -> None:
    paths = [*(_kept(draft, place, one) for place, one in enumerate(uploads)), *named]
    draft.files = tuple(path for path in paths if path.suffix.lower() not in (*STRUCTURES, *DEFINITIONS))
    structure = next((path for path in paths if path.suffix.lower() in STRUCTURES), None)
    definition = next((path for path in paths if path.suffix.lower() in DEFINITIONS), None)
    if draft.files:
        with st.spinner("Looking at the file …"):
            draft.look = look_at(draft.files[0], structure)
        if open_ones := [doubt for doubt in draft.look.proposal.doubts if doubt.about != "dates"]:
            raise FileError(unclear(draft.files[0].name, open_ones))
        proposed = draft.look.proposal.survey
        draft.surveys = [proposed if definition is None else definition_apart(definition)]


def _kept(draft: Draft, place: int, upload: Any) -> Path:
    """Returns where an upload was put: in a folder of its own, since two files can have one name."""
    folder = Path(draft.folder.name) / str(place)
    folder.mkdir()
    return keep_upload(folder, upload.name, upload.getvalue())


def show_survey_form(draft: Draft) -> None:
    """Shows title, key and time zone."""
    survey = draft.survey
    with st.form("import survey", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input("Title", survey.title, key=_key(draft, "title"))
        key = st.text_input("Short name, for addresses and commands", survey.key, key=_key(draft, "key"))
        zones = sorted(available_timezones())
        zone = st.selectbox("Time zone", zones, zones.index(survey.time_zone), key=_key(draft, "zone"))
        if st.form_submit_button("Apply"):
            _change(draft, lambda: _named(survey, title, key, zone))


def show_parts_form(draft: Draft) -> None:
    """Shows one question or group of readers at a time: its wording, its use, its answers with labels and order."""
    survey = draft.survey
    parts: dict[str, Question | Dimension] = {one.key: one for one in survey.questions}
    parts |= {one.key: one for one in survey.dimensions}
    usual = next((place for place, part in enumerate(parts.values()) if options_of(part)), 0)
    chosen = st.selectbox(
        "Question or group to adjust", list(parts), usual, key=f"import part {draft.uploaded}",
        format_func=lambda key: _named_part(parts[key]) if key in parts else key,
    )  # fmt: skip
    if chosen not in parts:
        return
    part = parts[chosen]
    with st.form(f"import part {chosen}"):
        text, kind, bands = _show_head(draft, part)
        use = st.selectbox(
            "Use it as", ["question", "dimension", "left out"], 0 if isinstance(part, Question) else 1,
            format_func=lambda one: USE_WORDS[cast(Use, one)], key=_key(draft, f"use {chosen}"),
        )  # fmt: skip
        options = _show_options(draft, part)
        if st.form_submit_button("Apply", type="primary"):
            _change(draft, lambda: changed(survey, part, text, kind, bands, cast(Use, use), options))


def show_columns_form(draft: Draft) -> None:
    """Shows what belongs to the response itself, and the columns that were left out, for use after all."""
    survey = draft.survey
    own = [(use, column) for use, name in OWN.items() if (column := getattr(survey.columns, name)) is not None]
    for use, column in own:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{USE_WORDS[use]}: **{plain(column)}**", width="stretch")
            if st.button("Leave out", key=_key(draft, f"leave {use}")):
                _change(draft, lambda use=use: without_column(survey, use))
    if survey.columns.consent is not None:
        _show_consent(draft)
    assert draft.look is not None, "the form is shown once the file was looked at"
    free = _left_out(draft)
    if not free:
        return
    with st.form("import column", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        column = st.selectbox("A column that was left out", free, key=_key(draft, "column"))
        use = st.selectbox("Use it as", [use for use in USE_WORDS if use != "left out"],
                           format_func=USE_WORDS.__getitem__, key=_key(draft, "column use"))  # fmt: skip
        if st.form_submit_button("Use it"):
            _change(draft, lambda: checked(with_column(survey, column, use)))


def _show_consent(draft: Draft) -> None:
    """Shows which answers give consent to be printed."""
    survey = draft.survey
    with st.form("import consent", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        given = st.text_input(
            "Answers that allow printing, with commas between them", ", ".join(survey.columns.consent_given),
            key=_key(draft, "consent given"), placeholder="yes", help="As they are in the file, letter by letter.",
        )  # fmt: skip
        if st.form_submit_button("Apply"):
            words = tuple(dict.fromkeys(word.strip() for word in given.split(",") if word.strip()))
            columns = replace(survey.columns, consent_given=words)
            _change(draft, lambda: checked(replace(survey, columns=columns)))


def show_take_back(draft: Draft) -> None:
    """Shows how to undo the last change, and the definition as a file to keep."""
    with st.container(horizontal=True):
        if st.button("Take back the last change", disabled=len(draft.surveys) < 2):
            draft.take_back()
            st.rerun()
        st.download_button(
            "Keep the definition as a file", lambda: definition_text(draft.survey).encode(),
            f"{draft.survey.key}.toml", "text/plain", on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def _show_head(draft: Draft, part: Question | Dimension) -> tuple[str, QuestionKind, str]:
    if isinstance(part, Dimension):
        text = st.text_input("Name of the group", part.label, key=_key(draft, f"text {part.key}"))
        bands = st.text_input(
            "Bands: where each begins, for numbers such as ages; empty for groups as they are in the file",
            ", ".join(f"{band:g}" for band in part.bands), key=_key(draft, f"bands {part.key}"),
        )  # fmt: skip
        return text, "single", bands
    text = st.text_input("Exact wording", part.text, key=_key(draft, f"text {part.key}"))
    kinds: list[QuestionKind] = (
        list(KIND_WORDS) if part.kind == "multiple" else [kind for kind in KIND_WORDS if kind != "multiple"]
    )
    kind = st.selectbox(
        "Kind", kinds, kinds.index(part.kind), format_func=KIND_WORDS.__getitem__, key=_key(draft, f"kind {part.key}")
    )
    return text, kind, ""


def _show_options(draft: Draft, part: Question | Dimension) -> list[PartOption]:
    options = options_of(part)
    if not options or (isinstance(part, Dimension) and part.bands):  # bands are named by their bounds
        return []
    frame = pd.DataFrame(
        {
            ORDER: range(1, len(options) + 1),
            LABEL: [option.label for option in options],
            WORDS: [JOINT.join(option.values) for option in options],
            MISSING: [option.missing for option in options],
        }
    )
    st.caption("Two answers of one label become one. The order here is the order in every figure.")
    edited = st.data_editor(
        frame, hide_index=True, disabled=[WORDS], num_rows="fixed", key=_key(draft, f"options {part.key}"),
        column_config={ORDER: st.column_config.NumberColumn(width="small"), MISSING: st.column_config.CheckboxColumn(
            width="small", help="Counts as no answer and leaves the base")},
    )  # fmt: skip
    order = edited[ORDER].fillna(len(options) + 1).to_numpy().argsort(kind="stable")  # one without a place stands last
    labels, missing = edited[LABEL].tolist(), edited[MISSING].tolist()
    return [PartOption(options[at].values, str(labels[at] or "").strip() or options[at].label, bool(missing[at]))
            for at in order]  # fmt: skip


def changed(
    survey: Survey,
    part: Question | Dimension,
    text: str,
    kind: QuestionKind,
    bands: str,
    use: Use,
    options: list[PartOption],
) -> Survey:
    """Returns the survey as the form of one of its parts has it.

    Raises:
        SurveyError: the form holds what no definition can.
    """
    cut = _bands(bands)
    if options and options != options_of(part) and not cut:  # first: a scale counts its steps in their new order
        survey = with_options(survey, part.key, options)
    if isinstance(part, Question):
        survey = reworded(survey, part.key, text, kind)
    else:
        survey = relabelled(survey, part.key, text, cut)
    survey = used_as(survey, part.key, use)
    if not survey.questions:
        raise SurveyError("this is the only question, and a survey needs one: make a question of another column first")
    return checked(survey)


def _bands(text: str) -> tuple[float, ...]:
    """Returns the lower bounds that a person typed.

    Raises:
        SurveyError: one of them is no number.
    """
    words = [word for word in text.replace(";", ",").split(",") if word.strip()]
    try:
        return tuple(sorted({float(word) for word in words}))
    except ValueError:
        raise SurveyError(f"the bands are '{text}', expected numbers such as 18, 30, 45, 60") from None


def _named(survey: Survey, title: str, key: str, zone: str) -> Survey:
    return checked(replace(survey, title=title.strip(), key=key.strip(), time_zone=zone))


def _left_out(draft: Draft) -> list[str]:
    """Returns the columns of the file that nothing is read from."""
    survey, look = draft.survey, draft.look
    assert look is not None, "the form is shown once the file was looked at"
    used: set[Any] = {one.column for one in survey.questions} | {one.column for one in survey.dimensions}
    used |= {column.column for question in survey.questions for column in question.columns}
    used |= {getattr(survey.columns, name) for name in vars(survey.columns) if name not in COLUMN_WORDS}
    grouped = {one.name for one in look.proposal.columns if one.taken_for == "question" and one.name not in used}
    return [name for name in look.header if name and name not in used and name not in grouped]


def _named_part(part: Question | Dimension) -> str:
    words = part.text if isinstance(part, Question) else f"{part.label} (group)"
    return f"{words} [{part.key}]"


def _key(draft: Draft, name: str) -> str:
    """Returns the key of a control that starts anew with every change of the definition."""
    return f"import {name} {draft.uploaded} {len(draft.surveys)}"


def _change(draft: Draft, make: Any) -> None:
    try:
        draft.change(make())
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    st.rerun()
