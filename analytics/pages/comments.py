"""What readers wrote, beside what they answered."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.estimates.comments import Where, closed_questions, filter_of, readers_of, text_questions
from analytics.estimates.themes import ThemeReport, theme_view, weighed_as_chosen, without_copies
from analytics.model import Filter, Question, Snapshot, Survey
from analytics.model.access import withheld_words
from analytics.pages.address import keep_one, keep_several, preset_one, preset_several
from analytics.pages.cards import show_cards
from analytics.pages.choices import choose_selection, told_apart
from analytics.pages.opening import open_survey
from analytics.pages.plain import plain
from analytics.pages.quotes import show_quotes
from analytics.pages.sources import count_at, themes_at
from analytics.pages.themes import show_themes
from analytics.pages.weighting import fall_back
from analytics.pages.written import comments_at, profile_sizes_at

CARDS_A_PAGE = 20
PARTS = {"read": "Read", "themes": "Themes", "quotes": "Quotes"}
ORDERS = {"newest": "Newest first", "typical": "Most typical first"}
SAID = {"newest": "The newest stand first.", "typical": "What is nearest to all others stands first, near copies once."}
GIVEN = "given"


def show() -> None:
    """Shows the comments of the survey that the address names."""
    opened = open_survey("Comments", with_choices=False)
    if opened is None:
        return
    written = text_questions(opened.survey)
    if not written:
        st.info("Nothing in this survey asks readers for their own words.")
        return
    chosen = choose_selection(opened.survey, opened.status, with_standing=False)
    request = fall_back(opened, chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = _choose_written(written)
        search = st.text_input(
            "Search", key="search", bind="query-params", max_chars=200, placeholder="All of these words",
            help="Case and accents make no difference, and the beginning of a word will do.",
        )  # fmt: skip
        beside = _choose_beside(opened.survey)
    answered = _choose_given(beside) if beside else ()
    kept = filter_of(opened.survey, request, search or "", answered=answered)
    readers = count_at(opened.survey.key, opened.status.revision, readers_of(kept))
    withheld = withheld_words(readers)
    if withheld:
        st.info(withheld)
        return
    part = _choose("part", PARTS)
    if part == "themes":
        found = themes_at(opened.survey, opened.status.revision, kept, key)
        report = weighed_as_chosen(opened, request, found)
        chosen = replace(request, question=key or "comment", where=(*request.where, *answered))
        show_themes(opened, report, theme_view(opened, chosen, report), beside)
    elif part == "quotes":
        show_quotes(opened, themes_at(opened.survey, opened.status.revision, kept, key), beside)
    else:
        _show_list(opened, kept, key, beside, readers)


def _choose(key: str, offered: dict[str, str]) -> str:
    usual = next(iter(offered))
    preset_one(key, list(offered), usual)
    st.segmented_control(
        key.capitalize(), list(offered), required=True, format_func=offered.__getitem__, key=key,
        label_visibility="collapsed",
    )  # fmt: skip
    return keep_one(key, usual)


def _choose_written(written: dict[str, str]) -> str:
    if len(written) == 1:
        return next(iter(written))
    labels = told_apart({f"={key}": name for key, name in written.items()})
    preset_one("written", list(labels), next(iter(labels)))
    st.selectbox("Written in answer to", list(labels), format_func=labels.__getitem__, key="written")
    return keep_one("written", next(iter(labels)))[1:]


def _choose_beside(survey: Survey) -> Question | None:
    """Returns the question whose answer stands beside each comment."""
    asked = {question.key: question for question in closed_questions(survey)}
    if len(asked) < 2:
        return next(iter(asked.values()), None)
    labels, usual = told_apart({key: question.text for key, question in asked.items()}), next(iter(asked))
    preset_one("beside", list(labels), usual)
    st.selectbox("Beside it: the answer to", list(labels), format_func=labels.__getitem__, key="beside")
    return asked[keep_one("beside", usual)]


def _choose_given(question: Question) -> Where:
    """Returns which choices the writers have to have given."""
    choices = told_apart({choice.value: choice.label for choice in question.choices})
    if GIVEN in st.session_state:  # of another question, it may be
        st.session_state[GIVEN] = [value for value in st.session_state[GIVEN] if value in choices]
    preset_several(GIVEN, list(choices))
    st.pills(
        "Only from those who answered", list(choices), selection_mode="multi", key=GIVEN,
        format_func=lambda value: plain(choices[value]),
    )  # fmt: skip
    values = keep_several(GIVEN)
    return ((question.key, values),) if values else ()


def _show_list(opened: Snapshot, kept: Filter, key: str, beside: Question | None, readers: int) -> None:
    listed = comments_at(opened.survey.key, opened.status.revision, kept, key)
    if listed.empty:
        st.info("Nobody in this selection wrote such a comment. Search for fewer words, or take a filter away.")
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        order = _choose("order", ORDERS)
        with_groups = bool(opened.survey.dimensions) and st.toggle(
            "Show the writer’s groups", key="writers", bind="query-params",
            help="Only where at least 10 readers are in the very same groups, so that nobody can be told by them.",
        )  # fmt: skip
    theme = st.query_params.get("theme")
    if theme is not None:
        listed = _of_theme(themes_at(opened.survey, opened.status.revision, kept, key), listed, theme)
    count = f"{len(listed):,} comment{'s' * (len(listed) != 1)}"
    if order == "typical":
        listed = _typical_first(themes_at(opened.survey, opened.status.revision, kept, key), listed)
    st.caption(f"{count} from {readers:,} readers in this selection. {SAID[order]} Contact data is masked.")
    pages, above = -(-len(listed) // CARDS_A_PAGE), st.container(gap="small")
    at = st.pagination(pages, key="page") if pages > 1 else 1
    sizes = profile_sizes_at(opened.survey.key, opened.status.revision) if with_groups else None
    with above:
        show_cards(opened, listed.iloc[(at - 1) * CARDS_A_PAGE : at * CARDS_A_PAGE], beside, sizes, kept.search)


def _of_theme(report: ThemeReport, listed: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Returns the comments listed that are about the theme of that number, all of them where there is none."""
    named = report.table[report.table["theme"].astype(str) == theme]
    if named.empty:
        st.query_params.pop("theme")
        return listed
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only the theme **{plain(named['name'].iloc[0])}**", width="content")
        st.button("All comments", on_click=_leave_theme, type="tertiary")
    ours = report.comments[report.comments["theme"].astype(str) == theme]
    return listed.merge(ours[["response_no", "question"]], on=["response_no", "question"])


def _leave_theme() -> None:
    st.query_params.pop("theme", None)


def _typical_first(report: ThemeReport, listed: pd.DataFrame) -> pd.DataFrame:
    """Returns the comments listed, those first that are nearest to what all of them say, near copies once."""
    known = report.comments.merge(listed[["response_no", "question"]], on=["response_no", "question"])
    return without_copies(known.sort_values("typical", ascending=False, kind="stable"))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
