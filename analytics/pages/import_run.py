"""The dry run and the import itself, with progress, and the report of what became of every row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.errors import SurveyError
from analytics.exports.cells import neutral_table
from analytics.imports.propose import accept_apart
from analytics.imports.record import record_apart
from analytics.imports.rehearse import rehearse_apart
from analytics.model import ImportReport, Survey
from analytics.pages.import_draft import Draft, forget_draft
from analytics.pages.lost import fault_words
from analytics.pages.plain import plain
from analytics.pages.sources import ask, database_address, revisions
from analytics.store.tables.surveys import find_survey

SURVEY_PAGE = str(Path(__file__).resolve().parent / "survey.py")
DONE = "import done"
SHOWN_FAULTS = 200
ADD, ANEW = "Add these responses to it", "Make a new survey of them"


@dataclass(frozen=True)
class Done:
    """An import or dry run that came to its end."""

    report: ImportReport
    dry_run: bool
    faults: bytes
    uploaded: tuple[str, ...]
    survey: Survey

    def tells_of(self, draft: Draft, survey: Survey) -> bool:
        """Returns whether this became of the draft's files; a dry run tells only of the definition it was made with."""
        return self.uploaded == draft.uploaded and (not self.dry_run or self.survey == survey)


def show_run(draft: Draft) -> None:
    """Shows whether to add to a survey that is there, and the two buttons."""
    survey = _survey_to_import(draft)
    if survey is None:
        return
    with st.container(horizontal=True):
        rehearse = st.button("Dry run", help="Looks at every row and changes nothing.")
        record = st.button("Import", type="primary")
    if rehearse or record:
        _run(draft, survey, dry_run=rehearse)
    done: Done | None = st.session_state.get(DONE)
    if done is not None and done.tells_of(draft, survey):
        show_report(done)


def show_report(done: Done) -> None:
    """Shows what became of every row, the faults among them, and the way to the results."""
    report = done.report
    told = (
        f"{report.read:,} rows read = {report.stored:,} stored + {report.duplicate:,} duplicate + "
        f"{report.quarantined:,} kept aside + {report.rejected:,} rejected"
    )
    if done.dry_run:
        st.info(f"Dry run, nothing was changed: {told}.")
    else:
        st.success(f"Imported: {told}.")
    for file, at in report.known_files:
        st.caption(f"{plain(file)} was imported before, byte for byte, on {at.day} {at:%B %Y at %H:%M} UTC.")
    if report.replaced:
        st.caption(
            f"{report.replaced:,} characters that no database can hold were replaced by \N{REPLACEMENT CHARACTER}."
        )
    if report.fault_count:
        _show_faults(done)
    if not done.dry_run and report.stored + report.duplicate:
        st.page_link(SURVEY_PAGE, label="**See what readers say**", query_params={"survey": report.survey})


def _show_faults(done: Done) -> None:
    faults = done.report.faults[:SHOWN_FAULTS]
    shown = "" if done.report.fault_count <= len(faults) else f", the first {len(faults):,} of them shown"
    with st.expander(f"{done.report.fault_count:,} cells or rows that could not be understood{shown}", expanded=True):
        rows = [(one.file, one.line, one.place, one.found, one.expected) for one in faults]
        table = pd.DataFrame(rows, columns=["file", "line", "where", "found", "expected"])
        st.dataframe(neutral_table(table), hide_index=True, alt="Rows that could not be understood, with the reason")
        st.download_button(
            "Download all of them", done.faults, f"{done.report.survey}-not-understood.csv", "text/csv",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        st.caption("Rows kept aside stay in the store, uncounted, until a mended definition knows them.")


def _survey_to_import(draft: Draft) -> Survey | None:
    """Returns the definition to import with: the draft's, or that of the survey to which the files are added."""
    survey = replace(draft.survey, article=draft.article or draft.survey.article)
    if survey.key not in revisions():
        return survey
    st.markdown(f"There is already a survey **{plain(survey.key)}** here.")
    what = st.radio("What should become of these files?", [ADD, ANEW], key="import into")
    if what == ANEW:
        st.info("Give it another short name above.")
        return None
    known = ask(lambda engine: find_survey(engine, survey.key))
    if known is None:
        return survey
    if len(draft.surveys) > 1:
        st.caption(
            "They are read by the definition of the survey that is there; what was changed in step 3 is not used."
        )
    known = replace(known, article=draft.article or known.article)
    if st.checkbox(
        "Accept that a wording, a label or an order is not what it was", key="import accept",
        help="Without this, such a change stops the import and is told.",
    ):  # fmt: skip
        try:
            return accept_apart(draft.files, known)
        except SurveyError as fault:
            st.error(plain(str(fault)))
            return None
    return known


def _run(draft: Draft, survey: Survey, *, dry_run: bool) -> None:
    st.session_state.pop(DONE, None)
    rows = draft.look.rows if draft.look else 0
    bar = st.progress(0.0, text="Reading …")
    faults = Path(draft.folder.name) / "faults.out"

    def so_far(report: ImportReport) -> None:
        bar.progress(min(report.read / max(rows, 1), 1.0), text=f"{report.read:,} rows read …")

    try:
        task, now = (database_address(), survey, draft.files), datetime.now(UTC)
        if dry_run:
            report = rehearse_apart(*task, now=now, fault_file=faults)
        else:
            report = record_apart(*task, now=now, progress=so_far, fault_file=faults)
    except SurveyError as fault:
        bar.empty()
        st.error(plain(fault_words(fault)))
        return
    bar.empty()
    st.session_state[DONE] = Done(report, dry_run, faults.read_bytes(), draft.uploaded, survey)
    if not dry_run:
        forget_draft()
        st.rerun()
