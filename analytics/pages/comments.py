"""What readers wrote, beside what they answered."""

from __future__ import annotations

import streamlit as st

from analytics.model import Filter, Question, Survey
from analytics.pages.address import keep_one, keep_several, preset_one, preset_several
from analytics.pages.choices import choose_selection, told_apart
from analytics.pages.opening import Opened, open_survey
from analytics.pages.plain import plain, plain_marked
from analytics.pages.written import comments_at, count_at, details_of, profile_sizes_at
from analytics.views.access import withheld_words
from analytics.views.comments import Card, Where, cards, closed_questions, filter_of, readers_of, text_questions

CARDS_A_PAGE = 20
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
    selection = choose_selection(opened.survey, opened.status)
    key = _choose_written(written)
    beside, answered = _choose_beside(opened.survey)
    search = st.text_input(
        "Search",
        key="search",
        bind="query-params",
        max_chars=200,
        placeholder="All of these words, or their beginnings",
    )
    kept = filter_of(opened.survey, selection, search or "", answered=answered)
    readers = count_at(opened.survey.key, opened.status.revision, readers_of(kept))
    withheld = withheld_words(readers)
    if withheld:
        st.info(withheld)
        return
    _show_list(opened, kept, key, beside, readers)


def _choose_written(written: dict[str, str]) -> str:
    if len(written) == 1:
        return next(iter(written))
    labels = told_apart({f"={key}": name for key, name in written.items()})
    preset_one("written", list(labels), next(iter(labels)))
    st.selectbox("Written in answer to", list(labels), format_func=labels.__getitem__, key="written")
    return keep_one("written", next(iter(labels)))[1:]


def _choose_beside(survey: Survey) -> tuple[Question | None, Where]:
    """Returns the question whose answer stands beside each comment, and which of its choices to keep."""
    asked = {question.key: question for question in closed_questions(survey)}
    if not asked:
        return None, ()
    usual = next(iter(asked))
    if len(asked) > 1:
        labels = told_apart({key: question.text for key, question in asked.items()})
        preset_one("beside", list(labels), usual)
        st.selectbox("Beside each comment: the answer to", list(labels), format_func=labels.__getitem__, key="beside")
        usual = keep_one("beside", usual)
    question = asked[usual]
    choices = told_apart({choice.value: choice.label for choice in question.choices})
    if GIVEN in st.session_state:  # of another question, it may be
        st.session_state[GIVEN] = [value for value in st.session_state[GIVEN] if value in choices]
    preset_several(GIVEN, list(choices))
    st.pills(
        "Only from those who answered", list(choices), selection_mode="multi", key=GIVEN,
        format_func=lambda value: plain(choices[value]),
    )  # fmt: skip
    values = keep_several(GIVEN)
    return question, (((question.key, values),) if values else ())


def _show_list(opened: Opened, kept: Filter, key: str, beside: Question | None, readers: int) -> None:
    listed = comments_at(opened.survey.key, opened.status.revision, kept, key)
    if listed.empty:
        st.info("Nobody in this selection wrote such a comment. Search for fewer words, or take a filter away.")
        return
    count = f"{len(listed):,} comment{'s' * (len(listed) > 1)}"
    st.caption(f"{count} from {readers:,} readers in this selection, newest first. Contact data is masked.")
    with_groups = bool(opened.survey.dimensions) and st.toggle(
        "Show the writer’s groups", key="writers", bind="query-params",
        help="Only where at least 10 readers are in the very same groups, so that nobody can be told by them.",
    )  # fmt: skip
    pages, above = -(-len(listed) // CARDS_A_PAGE), st.container(gap="small")
    at = st.pagination(pages, key="page") if pages > 1 else 1
    part = listed.iloc[(at - 1) * CARDS_A_PAGE : at * CARDS_A_PAGE]
    sizes = profile_sizes_at(opened.survey.key, opened.status.revision) if with_groups else None
    with above:
        details = details_of(opened.survey.key, part["response_no"].tolist())
        for card in cards(opened.survey, details, part, beside, sizes, kept.search):
            _show_card(card)


def _show_card(card: Card) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(plain_marked(card.pieces))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label in card.said:
                st.badge(f"**{plain(label)}**", color="gray")
            for label in card.groups:
                st.badge(plain(label), color="gray")
            if card.day:
                st.caption(f"{card.day:%-d %B %Y}", width="content")


show()
