"""Import: from the file that a newsroom's own tool exported to results, in a few steps."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import SurveyError
from analytics.exports.cells import neutral_table
from analytics.imports.articles.article import PAGES
from analytics.imports.articles.fetch import allowed_hosts, article_in_file, article_of_address
from analytics.imports.propose import Look, accept_apart
from analytics.imports.reading.uploads import keep_upload
from analytics.imports.record import record_apart
from analytics.imports.rehearse import rehearse_apart
from analytics.language.said import spoken
from analytics.model import ImportReport, Survey
from analytics.pages.choices.address import page_file
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ask, database_address, revisions
from analytics.pages.import_form import (
    Draft,
    draft_of,
    forget_draft,
    show_columns_form,
    show_parts_form,
    show_survey_form,
    show_take_back,
)
from analytics.pages.opening import show_head
from analytics.store.tables.surveys import find_survey

ENDINGS = [".csv", ".tsv", ".txt", ".xlsx", ".sav", ".parquet", ".json", ".lss", ".toml"]
ARTICLES = [".txt", ".md", *sorted(PAGES)]
DONE = "import done"
SHOWN_FAULTS = 200
ADD, ANEW = "Add these responses to it", "Make a new survey of them"
TOOLS = "SurveyMonkey, Google Forms, Typeform, Qualtrics, LimeSurvey, Formbricks, SPSS"


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


def show() -> None:
    """Shows the steps of an import, each once the one before is done."""
    show_head(spoken("Import responses"))
    uploads: list[Any] = st.file_uploader(
        f"1. The file that your tool exported: {TOOLS}, or any table", type=ENDINGS, accept_multiple_files=True,
        max_upload_size=50, key="import files",
        help="Several files of one survey at once; a LimeSurvey structure (.lss) or a definition (.toml) beside them.",
    )  # fmt: skip
    named = _named_files()
    if not uploads and not named:
        forget_draft()
        if DONE in st.session_state:
            _show_report(st.session_state[DONE])
        else:
            st.caption("Nothing is stored before you press Import. Names, e-mail and IP addresses are left out.")
        return
    try:
        draft = draft_of(uploads, named)
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    if draft is None or draft.look is None:
        st.info("Now the file of responses itself.")
        return
    _show_look(draft.look, draft.files[0].name)
    st.subheader("2. The article that asked", anchor=False)
    _show_article(draft)
    st.subheader("3. What the columns mean", anchor=False)
    show_survey_form(draft)
    _show_parts(draft)
    st.subheader("4. Import", anchor=False)
    _show_run(draft)


def _named_files() -> list[Path]:
    """Returns the files chosen from the folder that whoever runs the dashboard has opened for imports, if any."""
    folder = os.environ.get("IMPORT_FOLDER")
    if not folder:
        return []
    if not Path(folder).is_dir():
        st.warning(f"The folder for imports, {plain(folder)}, is not there: whoever runs the dashboard has to make it.")
        return []
    there = sorted(path for path in Path(folder).iterdir() if path.is_file() and path.suffix.lower() in ENDINGS)
    by_name = {path.name: path for path in there if not path.is_symlink()}
    chosen = st.multiselect(f"Or files of any size in {folder}", list(by_name), key="import named")
    return [by_name[name] for name in chosen if name in by_name]


def _show_look(look: Look, file: str) -> None:
    proposal, survey = look.proposal, look.proposal.survey
    written = f", its text in {proposal.encoding}" if proposal.encoding else ""
    counts = f"{_several(look.rows, 'row')}, {_several(len(look.header), 'column')}"
    found = f"{_several(len(survey.questions), 'question')}, {_several(len(survey.dimensions), 'group')} of readers"
    st.success(f"{plain(file)}: {plain(proposal.tool)}{plain(written)}. {counts}. Found in it: {found}.")
    for note in proposal.notes:
        st.caption(plain(note[:1].upper() + note[1:] + "."))
    with st.expander("The first rows"):
        frame = pd.DataFrame([dict(zip(look.header, row, strict=True)) for row in look.first_rows])
        st.dataframe(neutral_table(frame), hide_index=True, alt="The first rows of the file")
    with st.expander("What each column was taken for, and why"):
        rows = [(one.name, one.taken_for, one.why, ", ".join(one.examples)) for one in proposal.columns]
        columns = pd.DataFrame(rows, columns=["column", "taken for", "why", "examples"])
        st.dataframe(neutral_table(columns), hide_index=True, alt="What each column was taken for, and why")


def _several(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _show_parts(draft: Draft) -> None:
    questions, columns = st.tabs(["Questions and groups", "Other columns"])
    with questions:
        show_parts_form(draft)
    with columns:
        show_columns_form(draft)
    show_take_back(draft)


def _show_article(draft: Draft) -> None:
    """Shows where to put the article, as a file or, where that is allowed, as an address, and its headline."""
    hosts = allowed_hosts(os.environ)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        uploaded = st.file_uploader("As text, Markdown or a saved web page", type=ARTICLES, key="import article")
        if hosts:
            url = st.text_input(f"Or its address, on {', '.join(hosts)}", key="import article address")
    draft.article = None
    try:
        if uploaded is not None:
            folder = Path(draft.folder.name) / "article"
            folder.mkdir(exist_ok=True)
            draft.article = article_in_file(keep_upload(folder, uploaded.name, uploaded.getvalue()))
        elif hosts and url:  # what is typed is an address and nothing else: a path would be a file of the server's
            draft.article = article_of_address(url.strip())
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    if draft.article is not None:
        st.markdown(f"**{plain(draft.article.headline)}**")
        st.caption(plain(draft.article.question or "It ends without a question of its own."))


def _show_run(draft: Draft) -> None:
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
        _show_report(done)


def _show_report(done: Done) -> None:
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
        st.page_link(page_file("survey"), label="**See what readers say**", query_params={"survey": report.survey})


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


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
