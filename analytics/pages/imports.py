"""Import: from the file that a newsroom's own tool exported to results, in a few steps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.articles import PAGES
from analytics.articles.fetch import allowed_hosts
from analytics.errors import SurveyError
from analytics.exports.cells import neutral_table
from analytics.importers.uploads import keep_upload
from analytics.intake.article import article_in_file, article_of_address
from analytics.intake.look import Look
from analytics.pages.import_draft import Draft, draft_of, forget_draft
from analytics.pages.import_form import show_columns_form, show_parts_form, show_survey_form, show_take_back
from analytics.pages.import_run import DONE, show_report, show_run
from analytics.pages.plain import plain

ENDINGS = [".csv", ".tsv", ".txt", ".xlsx", ".sav", ".parquet", ".json", ".lss", ".toml"]
ARTICLES = [".txt", ".md", *sorted(PAGES)]
TOOLS = "SurveyMonkey, Google Forms, Typeform, Qualtrics, LimeSurvey, Formbricks, SPSS"


def show() -> None:
    """Shows the steps of an import, each once the one before is done."""
    st.header("Import responses", anchor=False)
    uploads: list[Any] = st.file_uploader(
        f"1. The file that your tool exported: {TOOLS}, or any table", type=ENDINGS, accept_multiple_files=True,
        max_upload_size=50, key="import files",
        help="Several files of one survey at once; a LimeSurvey structure (.lss) or a definition (.toml) beside them.",
    )  # fmt: skip
    named = _named_files()
    if not uploads and not named:
        forget_draft()
        if DONE in st.session_state:
            show_report(st.session_state[DONE])
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
    show_run(draft)


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


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
