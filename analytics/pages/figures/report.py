"""The report of a whole survey: made when it is asked for, with a bar that tells how far it is."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import streamlit as st

from analytics.door.ways import signs_in
from analytics.errors import RequestError, SurveyError
from analytics.exports.formats import COLLECTIONS, collection_of
from analytics.exports.names import file_name
from analytics.exports.report import report_of, survey_report
from analytics.figures.paper.press import browser_path
from analytics.kinds.kind import Made
from analytics.language.notation import own_name
from analytics.language.said import spoken
from analytics.model import Snapshot, Survey
from analytics.model.access import may_export
from analytics.model.labels import untranslated
from analytics.model.request import Request
from analytics.pages.choices.address import REPORT, stated_option
from analytics.pages.figures.download import show_file, show_receipt
from analytics.pages.figures.exporting import NO_BROWSER, as_seen, languages_of, show_untranslated, told_of_few
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import house_style
from analytics.words.names import own_language

MADE = "report made"


@part()
def show_report(snapshot: Snapshot, request: Request) -> None:
    """Shows, folded until it is wanted, how to take the whole survey along, the filters of the page applied."""
    if not may_export(snapshot.person):
        return
    linked = bool(stated_option(REPORT))  # a link to the report shows where it is made
    folded = st.expander(
        spoken("Report of the whole survey"), linked, key="report open", on_change="rerun", icon=":material/article:"
    )
    if not folded.open:
        return
    with folded:
        st.caption(
            spoken(
                "Every question in all, over time and by every dimension, with the method. Filters of this page hold."
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            ending = st.selectbox(
                spoken("Report as"),
                list(COLLECTIONS),
                format_func=lambda one: COLLECTIONS[one].name,
                key="report format",
            )
            language = st.selectbox(
                spoken("In"),
                languages_of(snapshot.survey),
                format_func=own_name,
                key="report language",
            )
            drawable = not COLLECTIONS[ending].needs_browser or browser_path() is not None
            wanted = st.button(spoken("Make the report"), type="primary", disabled=not drawable, key="report make")
        if not drawable:
            st.warning(spoken(NO_BROWSER))
        if language != own_language(snapshot.survey):
            survey = snapshot.survey
            parts = [*(one.key for one in survey.questions), *(one.key for one in survey.dimensions)]
            show_untranslated(untranslated(survey, language, parts, events=True), language, survey.key, "report")
        if wanted:
            _make(snapshot, request, ending, language)
        _show_made(snapshot.survey)


def _make(snapshot: Snapshot, request: Request, ending: str, language: str) -> None:
    survey, bar = snapshot.survey, st.progress(0.0, spoken("Counting"))

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, spoken("{done} of {of} drawn", done=done, of=of))

    try:
        exports = survey_report(snapshot, request, house_style(language), _as_it_may_leave)
        if not exports:
            raise RequestError(
                spoken("nobody in this selection has answered, so there is nothing to report: take a filter away")
            )
        report = report_of(exports)
        content = collection_of(exports, ending, tell, report.cover)
    except SurveyError as fault:
        st.error(plain(fault_words(fault)))
        return
    finally:
        bar.empty()
    name = file_name(f"{survey.key} report", ending, datetime.now(UTC), secrets.token_hex(4))
    st.session_state[MADE] = (survey.key, name, content, report)


def _as_it_may_leave(made: Made) -> Made | None:
    """The figure; where people sign in and it tells of fewer than ten readers, as viewers see it, or not at all."""
    return as_seen(made) if signs_in() and told_of_few(made) else made


def _show_made(survey: Survey) -> None:
    """Shows the button by which the report that was made last leaves; only then is it entered into the register."""
    key, name, content, report = st.session_state.get(MADE, ("", "", b"", None))
    if key != survey.key:
        return
    ending, label = name.rpartition(".")[2], spoken("Download the report")
    show_file(lambda: content, name, COLLECTIONS[ending].mime, "report", exports=[report], label=label)
    show_receipt("report")
