"""Hiding a comment that should not be read, wherever comments are shown, and the ways back."""

from __future__ import annotations

import streamlit as st

from analytics.estimates.readers.comments import as_shown, sites_of
from analytics.language.said import spoken, spoken_of
from analytics.model import Snapshot
from analytics.model.access import may_hide
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import hidden_of, hide, show_again

HIDDEN_LAST = "comment hidden last"


def show_hidden(opened: Snapshot, *questions: str) -> None:
    """Says how many comments on these questions are hidden, with the way back of the last one and of each."""
    hidden = [one for one in hidden_of(opened.survey.key) if one.question in questions]
    if not hidden:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="hidden comments"):
        words = spoken_of(len(hidden), "{count} comment hidden", "{count} comments hidden")
        if not may_hide(opened.person):
            st.caption(words, width="content")
            return
        with st.popover(words, type="tertiary", width="content"):
            st.caption(spoken("Recorded and counted, but shown in no list, quote or file."))
            for one in hidden:
                st.markdown(plain(as_shown(one.text, sites_of(opened.survey))))
                st.button(
                    spoken("Show it again"), on_click=_show_again, args=(opened, one.response_no, one.question),
                    key=f"show {one.response_no} {one.question}",
                )  # fmt: skip
        last = st.session_state.get(HIDDEN_LAST)
        if last in {(one.response_no, one.question) for one in hidden}:
            st.button(spoken("Undo"), on_click=_show_again, args=(opened, *last), key="undo hiding")


def show_hide(opened: Snapshot, response_no: int, question: str, what: str = "") -> None:
    """Shows a way to hide the comment of that response on the question, to whoever may.

    Args:
        what: names the comment where several can be hidden side by side.
    """
    if not may_hide(opened.person):
        return
    label = spoken("Hide “{comment}”", comment=plain(what)) if what else spoken("Hide")
    st.button(
        label, on_click=_hide, args=(opened, response_no, question), type="tertiary",
        key=f"hide {response_no} {question}",
    )  # fmt: skip


def _hide(opened: Snapshot, response_no: int, question: str) -> None:
    hide(opened.survey.key, response_no, question, opened.person.address)
    st.session_state[HIDDEN_LAST] = (response_no, question)


def _show_again(opened: Snapshot, response_no: int, question: str) -> None:
    show_again(opened.survey.key, response_no, question, opened.person.address)
    st.session_state.pop(HIDDEN_LAST, None)
