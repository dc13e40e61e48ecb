"""An import on its way: the files, their preview, and the fields in which a person adjusts the definition."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from analytics.errors import SurveyError
from analytics.imports.articles.found import FoundArticle
from analytics.imports.definition.survey import COLUMN_WORDS
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import Preview, definition_apart, preview_of
from analytics.imports.proposing.adjusting import (
    OWN,
    PartOption,
    Use,
    checked,
    options_of,
    parted,
    relabelled,
    reworded,
    used_as,
    with_column,
    with_doubt,
    with_options,
    without_column,
    without_doubt,
)
from analytics.imports.proposing.unanswered import unanswered_left, without_unanswered
from analytics.imports.reading.doubts import Doubt, sheets_of
from analytics.imports.reading.tables import DELIMITERS
from analytics.imports.reading.uploads import keep_upload
from analytics.language.notation import own_name
from analytics.language.said import listed, noted, speech, spoken, spoken_of
from analytics.model import Dimension, FileNotes, ImportReport, Question, QuestionKind, Survey
from analytics.model.doubts import TOOL_REASONS, DoubtMark
from analytics.model.labels import with_labels
from analytics.pages.choices.controls import typed_days
from analytics.pages.choices.labels import other_languages, type_labels
from analytics.pages.ground.plain import plain
from analytics.words.doubts import REASON_WORDS, mark_sentence
from analytics.words.names import SAMPLE_NAMES

KIND_WORDS: dict[QuestionKind, str] = {
    "single": noted("One answer"), "multiple": noted("Several answers"), "scale": noted("A scale"),
    "text": noted("In their own words"),
}  # fmt: skip
USE_WORDS: dict[Use, str] = {
    "question": noted("A question"), "dimension": noted("A group of readers"),
    "time": noted("The time of the response"), "weight": noted("A weight"), "comment": noted("A comment"),
    "consent": noted("Consent to be printed"),
    "referrer": noted("The page a reader came from"),
    "id": noted("The response's own number"), "left out": noted("Left out"),
}  # fmt: skip
TAKEN_WORDS: dict[str, str] = {
    **{str(use): words for use, words in USE_WORDS.items()},
    "personal": noted("Personal data"), "metadata": noted("About the response"),
}  # fmt: skip
LABEL, ORDER, WORDS, MISSING = "label", "order", "words", "missing"
JOINT = " | "
WORDS_SHOWN = 6
DRAFT = "import draft"
STRUCTURES, DEFINITIONS = (".lss",), (".toml",)
DOUBTS = {
    "sheet": noted("Which sheet holds the answers?"),
    "separator": noted("What stands between the columns?"),
    "dates": noted("What comes first in the dates?"),
    "commas": noted("What does the mark in these numbers mean?"),
    "boxes": noted("Which number is a tick?"),
    "options": noted("Do these columns belong to one question?"),
    "codes": noted("What do these numbers stand for?"),
    "joined": noted("One answer or several?"),
    "unanswered": noted("Did nobody answer there?"),
    "tests": noted("Did somebody only try the form here?"),
}
MARKS = {
    "": noted("As found"), ",": noted("Comma"), ";": noted("Semicolon"), "\t": noted("Tab"), "|": noted("Bar"),
}  # fmt: skip
DATES = {"": noted("As found"), "day-first": noted("Day first"), "month-first": noted("Month first")}
UNFINISHED = {"left-out": noted("Leave them out"), "counted": noted("Count what was answered")}
MODES = (
    noted("Online"), noted("Online, invited by e-mail"), noted("By telephone"), noted("By text message"),
    noted("Face to face"), noted("By mail"), noted("In several ways"),
)  # fmt: skip
SPELLINGS_SHOWN = 8
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Done:
    """An import or dry run that came to its end, and the definition it was made with."""

    report: ImportReport
    dry_run: bool
    faults: bytes
    survey: Survey


@dataclass
class Draft:
    """An import that has not been made yet. `surveys` are the definition's states, the newest last.

    `article` is the one found, after the place where it was looked for, so that it is fetched once.
    `chosen` holds the readings that a person chose, by what they are about, `previews` counts how often the file was
    read, and `language` is that of its sentences; `rehearsal` says what would become of the rows.
    """

    uploaded: tuple[str, ...]
    folder: tempfile.TemporaryDirectory[str]
    files: tuple[Path, ...] = ()
    preview: Preview | None = None
    surveys: list[Survey] = field(default_factory=list)
    article: tuple[str, FoundArticle] | None = None
    structure: Path | None = None
    defined: Survey | None = None
    chosen: dict[str, str] = field(default_factory=dict)
    previews: int = 0
    language: str = ""
    rehearsal: Done | None = None

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
        if kept.preview and kept.language != speech().language:
            _preview_anew(kept)
        return kept if kept.preview else None
    forget_draft()
    draft = Draft(uploaded, tempfile.TemporaryDirectory(prefix="import-"))
    try:
        _preview_into(draft, uploads, named)
    except SurveyError:
        draft.folder.cleanup()
        raise
    st.session_state[DRAFT] = draft
    return draft if draft.preview else None


def forget_draft() -> None:
    """Lets go of the files and of what was made of them."""
    draft: Draft | None = st.session_state.pop(DRAFT, None)
    if draft is not None:
        draft.folder.cleanup()


def _preview_into(draft: Draft, uploads: Sequence[Any], named: Sequence[Path]) -> None:
    paths = [*(_kept(draft, place, one) for place, one in enumerate(uploads)), *named]
    draft.files = tuple(path for path in paths if path.suffix.lower() not in (*STRUCTURES, *DEFINITIONS))
    draft.structure = next((path for path in paths if path.suffix.lower() in STRUCTURES), None)
    definition = next((path for path in paths if path.suffix.lower() in DEFINITIONS), None)
    if draft.files:
        draft.defined = None if definition is None else definition_apart(definition)
        _preview_again(draft, {})


def _preview_again(draft: Draft, chosen: dict[str, str]) -> None:
    """Looks at the file with the readings that were chosen; what was changed before is gone."""
    _preview_anew(draft, chosen)
    assert draft.preview is not None, "it is made above"
    draft.chosen, draft.previews = chosen, draft.previews + 1
    draft.surveys = [draft.defined or draft.preview.proposal.survey]


def _preview_anew(draft: Draft, chosen: dict[str, str] | None = None) -> None:
    """Looks at the file once more, in the language that the page speaks now; what was changed in the fields stays."""
    chosen = draft.chosen if chosen is None else chosen
    stated = FileNotes(sheet=chosen.get("sheet"), separator=chosen.get("separator"))
    with st.spinner(spoken("Looking at the file …")):
        draft.preview = preview_of(draft.files[0], draft.structure, stated=stated, chosen=chosen)
    draft.language, draft.rehearsal = speech().language, None


def show_reading(draft: Draft) -> bool:
    """Shows what the file leaves open, with every reading, and how it is read; returns whether all is settled."""
    assert draft.preview is not None, "the fields are shown once the file was looked at"
    doubts = draft.preview.proposal.doubts if draft.defined is None else ()
    if doubts:
        st.warning(spoken("This file can be read in more than one way. Choose what is right."))
    for doubt in doubts:
        _show_doubt(draft, doubt)
    if draft.defined is None:
        with st.expander(spoken("Read the file in another way")):
            _show_readings(draft)
    return not doubts


def _show_doubt(draft: Draft, doubt: Doubt) -> None:
    meanings = dict(doubt.readings)
    reading = st.radio(
        spoken(DOUBTS[doubt.about]), list(meanings), None, key=_key(draft, f"doubt {doubt.about}"),
        format_func=lambda value: plain(meanings[value][:1].upper() + meanings[value][1:]),
    )  # fmt: skip
    if reading is not None:
        _read_otherwise(draft, doubt.about, reading)


def _read_otherwise(draft: Draft, about: str, reading: str) -> None:
    """Looks at the file again with that reading, "" for the one that the file itself has."""
    chosen = {key: value for key, value in {**draft.chosen, about: reading}.items() if value}
    if chosen == draft.chosen:
        return
    try:
        _preview_again(draft, chosen)
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    st.rerun()


def _show_readings(draft: Draft) -> None:
    """Shows sheet, separator and order of dates, to be chosen anew."""
    file = draft.files[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sheets = sheets_of(file)
        if len(sheets) > 1:
            names = [name for name, _ in sheets]
            rows = dict(sheets)
            now = draft.chosen.get("sheet") or draft.survey.file.sheet
            sheet = st.selectbox(
                spoken("Sheet"), names, names.index(now) if now in names else None, key=_key(draft, "sheet"),
                format_func=lambda name: spoken("{name}, {count} rows", name=name, count=rows[name]),
                placeholder=spoken("As found"),
            )  # fmt: skip
            if sheet is not None and sheet != now:
                _read_otherwise(draft, "sheet", sheet)
        if file.suffix.lower() in DELIMITERS:
            _show_choice(draft, "separator", spoken("Between columns"), MARKS)
        if draft.survey.columns.responded_at is not None:
            _show_choice(draft, "dates", spoken("Dates such as 03/04/2024"), DATES)


def _show_choice(draft: Draft, about: str, label: str, words: dict[str, str]) -> None:
    now = draft.chosen.get(about, "")
    value = st.selectbox(
        label, list(words), list(words).index(now) if now in words else 0, key=_key(draft, about),
        format_func=lambda one: spoken(words[one]),
    )  # fmt: skip
    if value != now:
        _read_otherwise(draft, about, value)


def show_joined(draft: Draft, joined: Sequence[tuple[str, str, tuple[str, ...]]]) -> None:
    """Shows the spellings that were joined, each with a click to part them again."""
    if not joined:
        return
    label = spoken_of(len(joined), "{count} answer with several spellings", "{count} answers with several spellings")
    with st.expander(label, expanded=len(joined) <= SPELLINGS_SHOWN):
        for key, best, words in joined:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    spoken("{part}: **{label}** takes in {spellings}", part=plain(key), label=plain(best),
                           spellings=", ".join(plain(word) for word in words)),
                    width="stretch",
                )  # fmt: skip
                if st.button(spoken("Part them"), key=_key(draft, f"part {key} {best}")):
                    _change(draft, lambda key=key, best=best: checked(parted(draft.survey, key, best)))


def show_unfinished(draft: Draft) -> None:
    """Asks whether readers count who stopped half way, where the tool says who did."""
    assert draft.preview is not None, "the fields are shown once the file was looked at"
    count = draft.preview.proposal.unfinished
    if not count or draft.defined is not None:
        return
    now = draft.survey.file.unfinished or "left-out"
    chosen = st.radio(
        spoken_of(count, "{count} response is unfinished, as the tool says",
                  "{count} responses are unfinished, as the tool says"),
        list(UNFINISHED), list(UNFINISHED).index(now), format_func=lambda one: spoken(UNFINISHED[one]),
        key=_key(draft, "unfinished"), horizontal=True,
    )  # fmt: skip
    if chosen != now:
        file = replace(draft.survey.file, unfinished=cast(Any, chosen))
        _change(draft, lambda: checked(replace(draft.survey, file=file)))


def show_unanswered(draft: Draft) -> None:
    """Shows the answers that may stand for no answer and are in the base, with a click to leave them out."""
    assert draft.preview is not None, "the fields are shown once the file was looked at"
    left = unanswered_left(draft.survey, draft.preview.proposal.unanswered) if draft.defined is None else ()
    if not left:
        return
    words = listed([spoken("“{word}” ({count} in {key})", word=plain(one.label), count=one.cells, key=plain(one.key))
                    for one in left[:WORDS_SHOWN]]) + ", …" * (len(left) > WORDS_SHOWN)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            spoken_of(
                len(left),
                "{count} answer may stand for no answer and counts in the base: {words}",
                "{count} answers may stand for no answer and count in the base: {words}",
                words=words,
            ),
            width="stretch",
        )
        if any(one.apart for one in left) and st.button(spoken("Leave them out"), key=_key(draft, "unanswered")):
            _change(draft, lambda: checked(without_unanswered(draft.survey, left)))


def show_weight(draft: Draft) -> None:
    """Asks whether the answers count by a weight, where the file has a column that may be one."""
    assert draft.preview is not None, "the fields are shown once the file was looked at"
    survey = draft.survey
    offers = {offer.column: offer for offer in draft.preview.proposal.weights}
    if not offers or draft.defined is not None:
        return
    columns: list[str | None] = [*offers, None]
    now = survey.columns.weight if survey.columns.weight in offers else None
    settled = survey.columns.weight is not None or "weight" in draft.chosen

    def words(column: str | None) -> str:
        return spoken("No, every answer counts alike") if column is None else spoken(
            "Yes, by {column}: {why}", column=plain(column), why=plain(offers[column].why))  # fmt: skip

    chosen = st.radio(
        spoken("Should answers count by a weight?"), columns, columns.index(now) if settled else None,
        format_func=words, key=_key(draft, "weight"),
    )  # fmt: skip
    if settled and chosen == now:
        return
    if settled or chosen is not None:
        draft.chosen["weight"] = chosen or "none"
        _change(draft, lambda: checked(replace(survey, columns=replace(survey.columns, weight=chosen))))


def show_who(draft: Draft) -> None:
    """Asks who was asked and how, from when to when, and whether answers still come in."""
    survey = draft.survey
    modes = [*MODES, *([survey.mode] if survey.mode and survey.mode not in MODES else [])]
    with st.form("import who", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            population = st.text_input(
                spoken("Who was asked"), survey.population or "", key=_key(draft, "population"),
                placeholder=spoken("Readers of the article"),
            )  # fmt: skip
            sample = st.selectbox(
                spoken("How they came to answer"), list(SAMPLE_NAMES), list(SAMPLE_NAMES).index(survey.sample),
                format_func=lambda one: spoken(SAMPLE_NAMES[one]), key=_key(draft, "sample"),
            )  # fmt: skip
            mode = st.selectbox(
                spoken("How they were asked"), modes, modes.index(survey.mode) if survey.mode else None,
                format_func=spoken, placeholder=spoken("Not known"), key=_key(draft, "mode"),
            )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first, last = (
                st.date_input(
                    label, day, min_value=EARLIEST, max_value=LATEST, key=_key(draft, label), format=typed_days()
                )
                for label, day in ((spoken("First day"), survey.opens), (spoken("Last day"), survey.closes))
            )
            closed = st.checkbox(
                spoken("It is closed: no more answers come in"), survey.closes is not None, key=_key(draft, "closed")
            )
            if st.form_submit_button(spoken("Apply")):
                _change(draft, lambda: _asked(survey, population, sample, mode, first, last, closed))


def _asked(
    survey: Survey, population: str, sample: Any, mode: str | None, first: Any, last: Any, closed: bool
) -> Survey:
    """Returns the survey with who was asked and how; the last day is that of a survey that is closed.

    Raises:
        SurveyError: it is closed, and nobody said on which day.
    """
    if closed and last is None:
        raise SurveyError(spoken("Say the last day of a survey that is closed."))
    return checked(
        replace(
            survey, population=population.strip() or None, sample=sample, mode=mode, opens=first,
            closes=last if closed else None,
        )
    )  # fmt: skip


def _kept(draft: Draft, place: int, upload: Any) -> Path:
    """Returns where an upload was put: in a folder of its own, since two files can have one name."""
    folder = Path(draft.folder.name) / str(place)
    folder.mkdir()
    return keep_upload(folder, upload.name, upload.getvalue())


def show_survey_fields(draft: Draft) -> None:
    """Shows title, key and time zone."""
    survey = draft.survey
    with st.form("import survey", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input(spoken("Title"), survey.title, key=_key(draft, "title"))
        key = st.text_input(spoken("Short name, for addresses and commands"), survey.key, key=_key(draft, "key"))
        zones = sorted(available_timezones())
        zone = st.selectbox(spoken("Time zone"), zones, zones.index(survey.time_zone), key=_key(draft, "zone"))
        if st.form_submit_button(spoken("Apply")):
            _change(draft, lambda: _named(survey, title, key, zone))


def show_parts_fields(draft: Draft) -> None:
    """Shows one question or group of readers at a time: its wording, its use, its answers with labels and order."""
    survey = draft.survey
    parts: dict[str, Question | Dimension] = {one.key: one for one in survey.questions}
    parts |= {one.key: one for one in survey.dimensions}
    usual = next((place for place, part in enumerate(parts.values()) if options_of(part)), 0)
    chosen = st.selectbox(
        spoken("Question or group to adjust"), list(parts), usual, key=f"import part {draft.uploaded}",
        format_func=lambda key: _named_part(parts[key]) if key in parts else key,
    )  # fmt: skip
    if chosen not in parts:
        return
    part = parts[chosen]
    with st.form(f"import part {chosen}"):
        text, kind, bands = _show_head(draft, part)
        use = st.selectbox(
            spoken("Use it as"), ["question", "dimension", "left out"], 0 if isinstance(part, Question) else 1,
            format_func=lambda one: spoken(USE_WORDS[cast(Use, one)]), key=_key(draft, f"use {chosen}"),
        )  # fmt: skip
        options = _show_options(draft, part)
        if st.form_submit_button(spoken("Apply"), type="primary"):
            _change(draft, lambda: changed(survey, part, text, kind, bands, cast(Use, use), options))


def show_columns_fields(draft: Draft) -> None:
    """Shows what belongs to the response itself, and the columns that were left out, for use after all."""
    survey = draft.survey
    own = [(use, column) for use, name in OWN.items() if (column := getattr(survey.columns, name)) is not None]
    for use, column in own:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{spoken(USE_WORDS[use])}: **{plain(column)}**", width="stretch")
            if st.button(spoken("Leave out"), key=_key(draft, f"leave {use}")):
                _change(draft, lambda use=use: without_column(survey, use))
    if survey.columns.consent is not None:
        _show_consent(draft)
    assert draft.preview is not None, "the fields are shown once the file was looked at"
    free = _left_out(draft)
    if free:
        _show_left_out(draft, free)
    if free or survey.doubts:
        _show_marks(draft, free)


def _show_left_out(draft: Draft, free: Sequence[str]) -> None:
    survey = draft.survey
    with st.form("import column", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        column = st.selectbox(spoken("A column that was left out"), free, key=_key(draft, "column"))
        use = st.selectbox(spoken("Use it as"), [use for use in USE_WORDS if use != "left out"],
                           format_func=lambda one: spoken(USE_WORDS[one]), key=_key(draft, "column use"))  # fmt: skip
        if st.form_submit_button(spoken("Use it")):
            _change(draft, lambda: checked(with_column(survey, column, use)))


def _show_marks(draft: Draft, free: Sequence[str]) -> None:
    """Shows the columns in which the survey tool says what it doubts, and takes another one."""
    survey = draft.survey
    with st.expander(spoken("Responses that the survey tool doubts"), expanded=bool(survey.doubts)):
        for mark in survey.doubts:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(mark_sentence(mark, speech())), width="stretch")
                if st.button(spoken("Leave out"), key=_key(draft, f"leave doubt {mark.column}")):
                    _change(draft, lambda mark=mark: checked(without_doubt(survey, mark.column)))
        columns = [*dict.fromkeys([*(mark.column for mark in survey.doubts), *free])]
        with st.form("import doubt", border=False):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                column = st.selectbox(
                    spoken("The column in which it says so"), columns, None, key=_key(draft, "doubt column")
                )
                reason = st.selectbox(
                    spoken("Why"), TOOL_REASONS, len(TOOL_REASONS) - 1, key=_key(draft, "doubt reason"),
                    format_func=lambda one: spoken(REASON_WORDS[one]),
                )  # fmt: skip
            with st.container(horizontal=True, vertical_alignment="bottom"):
                words = st.text_input(spoken("These words, with commas between them"), key=_key(draft, "doubt words"))
                below, least = (
                    st.number_input(label, value=None, key=_key(draft, label), placeholder=spoken("No bound"))
                    for label in (spoken("Numbers below"), spoken("Numbers from this one on"))
                )
            if st.form_submit_button(spoken("Use it")) and column is not None:
                values = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
                _change(draft, lambda: checked(with_doubt(survey, DoubtMark(column, reason, values, below, least))))
        st.caption(spoken("They count until an editor sets them aside."))


def _show_consent(draft: Draft) -> None:
    """Shows which answers give consent to be printed."""
    survey = draft.survey
    with st.form("import consent", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        given = st.text_input(
            spoken("Answers that allow printing, with commas between them"), ", ".join(survey.columns.consent_given),
            key=_key(draft, "consent given"), placeholder=spoken("yes"),
            help=spoken("As they are in the file, letter by letter."),
        )  # fmt: skip
        if st.form_submit_button(spoken("Apply")):
            words = tuple(dict.fromkeys(word.strip() for word in given.split(",") if word.strip()))
            columns = replace(survey.columns, consent_given=words)
            _change(draft, lambda: checked(replace(survey, columns=columns)))


def show_labels_fields(draft: Draft) -> None:
    """Shows what texts are called in other languages, for files and pages in them."""
    survey = draft.survey
    for language in other_languages(survey):
        name = own_name(language)
        with (
            st.expander(spoken("In another language: {language}", language=name)),
            st.form(f"import labels {language}"),
        ):
            labels = type_labels(survey, language, _key(draft, "labels"))
            if st.form_submit_button(spoken("Apply")):
                _change(draft, lambda language=language, labels=labels: with_labels(survey, language, labels))


def show_take_back(draft: Draft) -> None:
    """Shows how to undo the last change, and the definition as a file to keep."""
    with st.container(horizontal=True):
        if st.button(spoken("Take back the last change"), disabled=len(draft.surveys) < 2):
            draft.take_back()
            st.rerun()
        st.download_button(
            spoken("Keep the definition as a file"), lambda: definition_text(draft.survey).encode(),
            f"{draft.survey.key}.toml", "text/plain", on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def _show_head(draft: Draft, part: Question | Dimension) -> tuple[str, QuestionKind, str]:
    if isinstance(part, Dimension):
        text = st.text_input(spoken("Name of the group"), part.label, key=_key(draft, f"text {part.key}"))
        bands = st.text_input(
            spoken("Bands: where each begins, for numbers such as ages; empty for groups as in the file"),
            ", ".join(f"{band:g}" for band in part.bands), key=_key(draft, f"bands {part.key}"),
        )  # fmt: skip
        return text, "single", bands
    text = st.text_input(spoken("Exact wording"), part.text, key=_key(draft, f"text {part.key}"))
    kinds: list[QuestionKind] = (
        list(KIND_WORDS) if part.kind == "multiple" else [kind for kind in KIND_WORDS if kind != "multiple"]
    )
    kind = st.selectbox(
        spoken("Kind"),
        kinds,
        kinds.index(part.kind),
        format_func=lambda one: spoken(KIND_WORDS[one]),
        key=_key(draft, f"kind {part.key}"),
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
    st.caption(spoken("Two answers of one label become one. The order here is the order in every figure."))
    edited = st.data_editor(
        frame, hide_index=True, disabled=[WORDS], num_rows="fixed", key=_key(draft, f"options {part.key}"),
        column_config={
            LABEL: spoken("Label"), WORDS: spoken("In the file"),
            ORDER: st.column_config.NumberColumn(spoken("Order"), width="small"),
            MISSING: st.column_config.CheckboxColumn(
                spoken("No answer"), width="small", help=spoken("Counts as no answer and leaves the base")
            ),
        },
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
    """Returns the survey as the fields of one of its parts have it.

    Raises:
        SurveyError: the fields hold what no definition can.
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
        raise SurveyError(
            spoken("this is the only question, and a survey needs one: make a question of another column first")
        )
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
        raise SurveyError(
            spoken("the bands are '{text}', expected numbers such as 18, 30, 45, 60", text=text)
        ) from None


def _named(survey: Survey, title: str, key: str, zone: str) -> Survey:
    return checked(replace(survey, title=title.strip(), key=key.strip(), time_zone=zone))


def _left_out(draft: Draft) -> list[str]:
    """Returns the columns of the file that nothing is read from."""
    survey, preview = draft.survey, draft.preview
    assert preview is not None, "the fields are shown once the file was looked at"
    used: set[Any] = {one.column for one in survey.questions} | {one.column for one in survey.dimensions}
    used |= {column.column for question in survey.questions for column in question.columns}
    used |= {mark.column for mark in survey.doubts}
    used |= {getattr(survey.columns, name) for name in vars(survey.columns) if name not in COLUMN_WORDS}
    grouped = {one.name for one in preview.proposal.columns if one.taken_for == "question" and one.name not in used}
    return [name for name in preview.header if name and name not in used and name not in grouped]


def _named_part(part: Question | Dimension) -> str:
    words = part.text if isinstance(part, Question) else spoken("{label} (group)", label=part.label)
    return f"{words} [{part.key}]"


def _key(draft: Draft, name: str) -> str:
    """Returns the key of a control that starts anew with every preview and every change of the definition."""
    return f"import {name} {draft.uploaded} {draft.previews} {len(draft.surveys)}"


def _change(draft: Draft, make: Any) -> None:
    try:
        draft.change(make())
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    st.rerun()
