"""Comments as cards: the text, what its writer answered, the day."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.estimates.comments import Card, cards
from analytics.model import Question, Snapshot
from analytics.pages.plain import plain, plain_marked
from analytics.pages.written import details_of


def show_cards(
    opened: Snapshot,
    listed: pd.DataFrame,
    beside: Question | None,
    sizes: dict[int, int] | None = None,
    search: str = "",
) -> None:
    """Shows the comments listed, in their order; where there is a column `copies`, how many near copies each has."""
    details = details_of(opened.survey.key, listed["response_no"].tolist())
    copies = listed["copies"].tolist() if "copies" in listed else [1] * len(listed)
    for card, many in zip(cards(opened.survey, details, listed, beside, sizes, search), copies, strict=True):
        show_card(card, many)


def show_card(card: Card, copies: int = 1) -> None:
    """Shows one comment."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(plain_marked(card.pieces))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label in card.said:
                st.badge(f"**{plain(label)}**", color="gray")
            for label in card.groups:
                st.badge(plain(label), color="gray")
            if card.day:
                st.caption(f"{card.day:%-d %B %Y}", width="content")
            if copies > 1:
                st.caption(f"{copies:,} wrote nearly the same", width="content")
