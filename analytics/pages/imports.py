"""Import: from the file that a newsroom's own tool exported to results, in a few steps."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.database import database_address
from analytics.demo import DEMO_KEY
from analytics.door.ways import signs_in
from analytics.errors import SurveyError
from analytics.exports.cells import neutral_table
from analytics.imports.articles.article import PAGES
from analytics.imports.articles.fetch import allowed_hosts
from analytics.imports.articles.found import FoundArticle, article_in_file, article_of_address
from analytics.imports.outcome import Outcome, outcome_of
from analytics.imports.propose import Preview, accept_apart
from analytics.imports.proposing.adjusting import joined_in
from analytics.imports.proposing.names import is_code
from analytics.imports.reading.uploads import keep_upload
from analytics.imports.record import record_apart
from analytics.imports.rehearse import rehearse_apart
from analytics.language.said import noted, spoken, spoken_of, written
from analytics.model import ImportReport, Survey
from analytics.model.access import ANY_IMPORTER, Importer, may_import
from analytics.pages.choices.address import page_file
from analytics.pages.choices.controls import offer_several
from analytics.pages.ground.health import show_health
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.pictures import show_picture
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ask, is_taken, keep_picture, person, prepare_columns, revisions, survey_seen
from analytics.pages.import_draft import (
    TAKEN_WORDS,
    Done,
    Draft,
    draft_of,
    forget_draft,
    show_columns_fields,
    show_joined,
    show_labels_fields,
    show_parts_fields,
    show_reading,
    show_survey_fields,
    show_take_back,
    show_unanswered,
    show_unfinished,
    show_weight,
    show_who,
)
from analytics.pages.opening import load_demo, show_head
from analytics.store.people.accounts import read_desk_names

ENDINGS = [".csv", ".tsv", ".txt", ".xlsx", ".sav", ".parquet", ".json", ".lss", ".toml"]
ARTICLES = [".txt", ".md", *sorted(PAGES)]
DONE, ROUND = "import done", "import round"
SHOWN_FAULTS = 200
CODES_SHOWN = 6
ON_REQUEST_BYTES, AGAIN_BYTES = 50_000_000, 10_000_000
"""Larger files are only checked when somebody asks for it, the first time and after every change."""

ADD, ANEW = noted("Add these responses to it"), noted("Make a new survey of them")
TOOLS = (
    "SurveyMonkey, Google Forms, Microsoft Forms, Typeform, Qualtrics, LimeSurvey, Alchemer, KoboToolbox, Jotform, "
    "SoSci Survey, Unipark, Tally, REDCap, Decipher, Formbricks, SPSS"
)


def show() -> None:
    """Shows the steps of an import, each once the one before is done; after an import only what became of it."""
    show_head(spoken("Import responses"))
    if DONE in st.session_state:
        _show_result(st.session_state[DONE])
        return
    turn = st.session_state.get(ROUND, 0)
    uploads: list[Any] = st.file_uploader(
        spoken("1. The file that your tool exported: {tools}, or any table", tools=TOOLS), type=ENDINGS,
        accept_multiple_files=True, max_upload_size=50, key="import files" + f" {turn}" * bool(turn),
        help=spoken("Several files of one survey at once, with a LimeSurvey structure (.lss) or a definition (.toml)."),
    )  # fmt: skip
    named = _named_files(turn)
    if not uploads and not named:
        forget_draft()
        st.caption(spoken("Nothing is stored before you press Import. Names, e-mail and IP addresses are left out."))
        _offer_demo()
        return
    try:
        draft = draft_of(uploads, named)
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    if draft is None or draft.preview is None:
        st.info(spoken("Now the file of responses itself."))
        return
    _show_preview(draft.preview, draft.files[0].name)
    if not show_reading(draft):
        return
    outcome = st.container()
    st.header(spoken("2. The article that asked"), anchor=False)
    _show_article(draft)
    st.header(spoken("3. Who was asked, and how"), anchor=False)
    show_survey_fields(draft)
    show_who(draft)
    show_unfinished(draft)
    show_unanswered(draft)
    show_weight(draft)
    st.header(spoken("4. What the columns mean"), anchor=False)
    _show_parts(draft)
    st.header(spoken("5. Import"), anchor=False)
    survey = _survey_to_import(draft)
    if survey is None:
        return
    with outcome:
        done = _rehearsed(draft, survey)
        if done is not None:
            _show_outcome(draft, done)
    _show_run(draft, survey, done)


def _offer_demo() -> None:
    """Offers the simulated survey to whoever has imported surveys of their own, where it is not there."""
    if DEMO_KEY in revisions() or person().desks is not None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(spoken("Or look around in a made-up survey."), width="content")
        asked = st.button(spoken("Load the simulated survey"), type="tertiary")
    if asked and load_demo():
        st.switch_page(page_file("survey"), query_params={"survey": DEMO_KEY})


def _named_files(turn: int) -> list[Path]:
    """Returns the files chosen from the folder that whoever runs the dashboard has opened for imports, if any."""
    folder = os.environ.get("IMPORT_FOLDER")
    if not folder:
        return []
    if not Path(folder).is_dir():
        st.warning(
            spoken("The folder for imports, {folder}, is not there: whoever runs the dashboard has to make it.",
                   folder=plain(folder))
        )  # fmt: skip
        return []
    there = sorted(path for path in Path(folder).iterdir() if path.is_file() and path.suffix.lower() in ENDINGS)
    by_name = {path.name: path for path in there if not path.is_symlink()}
    chosen = offer_several(
        spoken("Or files of any size in {folder}", folder=folder),
        list(by_name),
        key="import named" + f" {turn}" * bool(turn),
    )
    return [by_name[name] for name in chosen if name in by_name]


def _show_preview(preview: Preview, file: str) -> None:
    """Shows what the file is and what was found in it, and what was taken for granted."""
    proposal, survey = preview.proposal, preview.proposal.survey
    encoding = plain(proposal.encoding or "")
    tool = plain(spoken(proposal.tool))
    kind = spoken("{tool}, its text in {encoding}", tool=tool, encoding=encoding) if encoding else tool
    st.markdown(
        spoken(
            "{file}: {written}. {rows}, {columns}. Found in it: {questions}, {groups}.",
            file=plain(file),
            written=kind,
            rows=spoken_of(preview.rows, "{count} row", "{count} rows"),
            columns=spoken_of(len(preview.header), "{count} column", "{count} columns"),
            questions=spoken_of(len(survey.questions), "{count} question", "{count} questions"),
            groups=spoken_of(len(survey.dimensions), "{count} way to group readers", "{count} ways to group readers"),
        )
    )
    if proposal.notes:
        with st.expander(
            spoken_of(len(proposal.notes), "{count} thing taken for granted", "{count} things taken for granted")
        ):
            for note in proposal.notes:
                st.caption(plain(note[:1].upper() + note[1:] + "."))
    with st.expander(spoken("The first rows")):
        frame = pd.DataFrame([dict(zip(preview.header, row, strict=True)) for row in preview.first_rows])
        st.dataframe(neutral_table(frame), hide_index=True, alt=spoken("The first rows of the file"))
    with st.expander(spoken("What each column was taken for, and why")):
        rows = [
            (one.name, spoken(TAKEN_WORDS[one.taken_for]), one.why, ", ".join(one.examples)) for one in proposal.columns
        ]
        heads = [spoken("column"), spoken("taken for"), spoken("why"), spoken("examples")]
        st.dataframe(
            neutral_table(pd.DataFrame(rows, columns=heads)), hide_index=True,
            alt=spoken("What each column was taken for, and why"),
        )  # fmt: skip


def _show_parts(draft: Draft) -> None:
    nameless = [question for question in draft.survey.questions if is_code(question.text)]
    if nameless:
        shown = ", ".join(plain(question.text) for question in nameless[:CODES_SHOWN])
        more = ", …" if len(nameless) > CODES_SHOWN else ""
        st.info(
            spoken_of(
                len(nameless),
                "The file has no wording for {count} question, only a code: {codes}. Write below what was asked.",
                "The file has no wording for {count} questions, only codes: {codes}. Write below what was asked.",
                codes=shown + more,
            )
        )
    questions, columns = st.tabs([spoken("Questions and groups"), spoken("Other columns")])
    with questions:
        show_parts_fields(draft)
    with columns:
        show_columns_fields(draft)
        show_labels_fields(draft)
    show_take_back(draft)


def _show_article(draft: Draft) -> None:
    """Shows where to put the article, as a file or, where that is allowed, as an address, and its headline."""
    hosts = allowed_hosts(os.environ)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        uploaded = st.file_uploader(
            spoken("As text, Markdown or a saved web page"), type=ARTICLES, key="import article"
        )
        if hosts:
            url = st.text_input(
                spoken("Or its address, on {hosts}", hosts=", ".join(hosts)), key="import article address"
            )
    place = uploaded.file_id if uploaded is not None else url.strip() if hosts and url else ""
    if not place:
        draft.article = None
        return
    try:
        if draft.article is None or draft.article[0] != place:
            draft.article = place, _found_article(draft, uploaded, place)
    except SurveyError as fault:
        draft.article = None
        st.error(plain(str(fault)))
        return
    found = draft.article[1]
    st.markdown(f"**{plain(found.article.headline)}**")
    st.caption(plain(found.article.question or spoken("It ends without a question of its own.")))
    if found.picture is not None:
        show_picture(found.picture, width=240)
    elif found.fault:
        st.caption(plain(spoken("Its picture was not taken along: {fault}", fault=found.fault)))


def _found_article(draft: Draft, uploaded: Any, address: str) -> FoundArticle:
    """Returns the article that was uploaded, or that of the address: a path would be a file of the server's."""
    if uploaded is None:
        return article_of_address(address)
    folder = Path(draft.folder.name) / "article"
    folder.mkdir(exist_ok=True)
    return article_in_file(keep_upload(folder, uploaded.name, uploaded.getvalue()))


def _survey_to_import(draft: Draft) -> Survey | None:
    """Returns the definition to import with: the draft's, or that of the survey to which the files are added."""
    read = draft.article[1].article if draft.article else None
    survey = replace(draft.survey, article=read or draft.survey.article)
    if survey.key not in revisions():
        if not is_taken(survey.key):
            return survey
        st.info(spoken("This short name belongs to a survey of another desk. Give it another one above."))
        return None
    st.markdown(spoken("There is already a survey **{key}** here.", key=plain(survey.key)))
    what = st.radio(spoken("What should become of these files?"), [ADD, ANEW], format_func=spoken, key="import into")
    if what == ANEW:
        st.info(spoken("Give it another short name above."))
        return None
    known = survey_seen(survey.key)
    if known is None:
        return survey
    if len(draft.surveys) > 1:
        st.caption(
            spoken("They are read by the definition of the survey that is there. What was changed above is not used.")
        )
    known = replace(known, article=read or known.article)
    if st.checkbox(
        spoken("Take in what is new: answers, groups, wordings, labels and their order"), key="import accept",
        help=spoken("Without this, rows with a new answer wait uncounted, and a changed wording stops the import."),
    ):  # fmt: skip
        try:
            return accept_apart(draft.files, known)
        except SurveyError as fault:
            st.error(plain(str(fault)))
            return None
    return known


def _rehearsed(draft: Draft, survey: Survey) -> Done | None:
    """Returns what would become of every row: looked at by itself, or at a click where the files are large."""
    if draft.rehearsal is not None and draft.rehearsal.survey == survey:
        return draft.rehearsal
    size = sum(path.stat().st_size for path in draft.files)
    if size > (ON_REQUEST_BYTES if draft.rehearsal is None else AGAIN_BYTES):
        st.info(spoken("These files are large. Check every row before you import; that takes a while."))
        if not st.button(spoken("Check every row")):
            return None
    draft.rehearsal = _run(draft, survey, dry_run=True)
    return draft.rehearsal


def _show_outcome(draft: Draft, done: Done) -> None:
    """Shows what would become of the rows, loudly where many would be lost."""
    outcome = outcome_of(done.report)
    joined = joined_in(draft.survey)
    counts = (
        (spoken("Kept"), outcome.kept),
        (spoken("Known already"), outcome.known),
        (spoken("Spellings joined"), sum(len(words) for _, _, words in joined)),
        (spoken("Left out"), outcome.left_out),
        (spoken("Rejected"), outcome.aside + outcome.rejected),
    )
    with st.container(horizontal=True):
        for label, count in counts:
            if count or label != spoken("Known already"):
                st.metric(label, written(count), border=True)
    lost, rows = outcome.aside + outcome.rejected, outcome.kept + outcome.known + outcome.aside + outcome.rejected
    if outcome.asks:
        st.error(
            spoken("{lost} of {rows} rows would be lost, more than one in twenty. See why before you import.",
                   lost=lost, rows=rows)
        )  # fmt: skip
    elif not outcome.kept + outcome.known:
        st.error(spoken("There is no row to import."))
    elif lost:
        st.warning(spoken("{lost} of {rows} rows would be lost.", lost=lost, rows=rows))
    else:
        _show_good(outcome)
    _show_reasons(outcome)
    if done.report.fault_count:
        _show_faults(done)
    show_joined(draft, joined)


def _show_good(outcome: Outcome) -> None:
    """Says what would be stored where no row is lost: all rows, those that are new, or none where all are known."""
    if not outcome.kept:
        st.info(
            spoken_of(
                outcome.known,
                "The {count} row is stored already: there is nothing new.",
                "All {count} rows are stored already: there is nothing new.",
            )
        )
    elif outcome.known:
        st.success(
            spoken_of(
                outcome.kept,
                "The {count} row that is new can be imported.",
                "The {count} rows that are new can be imported.",
            )
        )
    else:
        st.success(spoken_of(outcome.kept, "The {count} row can be imported.", "All {count} rows can be imported."))


def _show_reasons(outcome: Outcome) -> None:
    """Shows the commonest reasons why rows are not counted, each with its first lines."""
    for reason in outcome.reasons:
        place = f"**{plain(reason.place)}**: " if reason.place else ""
        lines = ", ".join(map(str, reason.lines)) + (", …" if reason.count > len(reason.lines) else "")
        facts = {"count": reason.count, "found": plain(reason.found), "expected": plain(reason.expected)}
        told = (
            spoken("{count} times {found}; expected {expected} (line {lines})", lines=lines, **facts)
            if reason.lines
            else spoken("{count} times {found}; expected {expected}", **facts)
        )
        st.markdown(f"- {place}{told}")
    if any(reason.ragged for reason in outcome.reasons):
        st.info(
            spoken(
                "Some cells hold the mark that parts the columns. Save the sheet as an Excel workbook (.xlsx) and "
                "upload that, or put such cells in quotes."
            )
        )


def _show_run(draft: Draft, survey: Survey, done: Done | None) -> None:
    """Shows the button that imports; where many rows would be lost, only after a yes to that."""
    outcome = outcome_of(done.report) if done is not None else None
    accepted = False
    if outcome is not None and outcome.asks:
        accepted = st.checkbox(
            spoken_of(outcome.kept + outcome.known, "Import the other row all the same",
                      "Import the other {count} rows all the same"),
            key=f"import lost {draft.uploaded}",
        )  # fmt: skip
    importer = Importer(person().address, person().desks, _choose_desks(survey))
    none = outcome is not None and not outcome.kept + outcome.known
    closed = none or (outcome is not None and outcome.asks and not accepted)
    if st.button(spoken("Import"), type="primary", disabled=closed, key="import go"):
        accepts = accepted or (outcome is not None and not outcome.asks)
        result = _run(draft, survey, dry_run=False, accept_lost=accepts, importer=importer)
        if result is not None:
            if draft.article and draft.article[1].picture:
                keep_picture(survey.key, draft.article[1].picture, may_import)
            st.session_state[DONE] = result
            forget_draft()
            st.rerun()


def _choose_desks(survey: Survey) -> frozenset[str]:
    """Shows which desks a new survey will belong to, and lets whoever is at several, or at all, choose."""
    if not signs_in() or survey.key in revisions():
        return frozenset()
    own = person().desks
    desks = ask(read_desk_names) if own is None else tuple(sorted(own))
    if not desks:
        return frozenset()
    if len(desks) == 1 and own is not None:
        st.caption(spoken("It will belong to your desk, {desk}: only its people will see it.", desk=plain(desks[0])))
        return own
    chosen = st.multiselect(
        spoken("Desks that will see it"), desks, default=() if own is None else desks, key="import desks",
        placeholder=spoken("Everybody who is admitted") if own is None else spoken("All of your desks"),
    )  # fmt: skip
    return frozenset(chosen)


def _run(
    draft: Draft, survey: Survey, *, dry_run: bool, accept_lost: bool = False, importer: Importer = ANY_IMPORTER
) -> Done | None:
    """Returns what became of every row, None where the files cannot be imported; their reader tells how far it is."""
    rows = draft.preview.rows if draft.preview else 0
    bar = st.progress(0.0, text=spoken("Reading …"))
    faults = Path(draft.folder.name) / "faults.out"

    def so_far(report: ImportReport) -> None:
        bar.progress(min(report.read / max(rows, 1), 1.0), text=spoken("{count} rows read …", count=report.read))

    try:
        task, now = (database_address(), survey, draft.files), datetime.now(UTC)
        if dry_run:
            report = rehearse_apart(*task, now=now, progress=so_far, fault_file=faults)
        else:
            report = record_apart(
                *task,
                now=now,
                progress=so_far,
                fault_file=faults,
                accept_lost=accept_lost,
                importer=importer,
                accept_empty=draft.defined is not None,
            )
            prepare_columns(survey.key)
    except SurveyError as fault:
        bar.empty()
        st.error(plain(fault_words(fault)))
        return None
    bar.empty()
    return Done(report, dry_run, faults.read_bytes(), survey)


def _show_result(done: Done) -> None:
    """Shows what became of every row of an import, and the way to the results."""
    report, outcome = done.report, outcome_of(done.report)
    told = spoken(
        "{read} rows read: {kept} stored, {known} known already, {left} left out, {lost} rejected.", read=report.read,
        kept=outcome.kept, known=outcome.known, left=outcome.left_out, lost=outcome.aside + outcome.rejected,
    )  # fmt: skip
    (st.error if outcome.asks else st.warning if outcome.aside + outcome.rejected else st.success)(told)
    for file, at in report.known_files:
        st.caption(
            spoken("{file} was imported before, byte for byte, on {day}, {clock} UTC.", file=plain(file), day=at.date(),
                   clock=f"{at:%H:%M}")
        )  # fmt: skip
    if report.replaced:
        st.caption(
            spoken("{count} characters that no database can hold were replaced by {sign}.", count=report.replaced,
                   sign="\N{REPLACEMENT CHARACTER}")
        )  # fmt: skip
    if report.fault_count:
        _show_reasons(outcome)
        _show_faults(done)
    with st.container(horizontal=True, vertical_alignment="center"):
        if report.stored + report.duplicate:
            label = f"**{spoken('See what readers say')}**"
            st.page_link(page_file("survey"), label=label, query_params={"survey": report.survey})
        if st.button(spoken("Import another file")):
            st.session_state.pop(DONE, None)
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
            st.rerun()


def _show_faults(done: Done) -> None:
    faults = done.report.faults[:SHOWN_FAULTS]
    count = done.report.fault_count
    label = spoken_of(
        count, "{count} cell or row that could not be understood", "{count} cells or rows that could not be understood"
    )
    with st.expander(label):
        rows = [(one.file, one.line, one.place, one.found, one.expected) for one in faults]
        heads = [spoken("file"), spoken("line"), spoken("where"), spoken("found"), spoken("expected")]
        table = pd.DataFrame(rows, columns=heads)
        st.dataframe(
            neutral_table(table), hide_index=True, alt=spoken("Rows that could not be understood, with the reason")
        )
        st.download_button(
            spoken("Download all of them"), done.faults, f"{done.report.survey}-not-understood.csv", "text/csv",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        st.caption(spoken("Rows kept aside stay in the store, uncounted, until a mended definition knows them."))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
    show_health()
