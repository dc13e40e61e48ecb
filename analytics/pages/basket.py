"""The basket: figures collected from any survey, to leave the building together."""

from __future__ import annotations

import streamlit as st

from analytics.exports.export import Export
from analytics.exports.formats import COLLECTIONS, collection_of
from analytics.figures.press import browser_path
from analytics.pages.download import show_download, show_receipt
from analytics.pages.plain import plain

BASKET = "basket"


def put_into_basket(export: Export) -> None:
    """Keeps the figure for later, once."""
    kept = basket()
    if export.figure_id not in {one.figure_id for one in kept}:
        st.session_state[BASKET] = [*kept, export]


def basket() -> list[Export]:
    """Returns the figures kept so far, in the order in which they were put there."""
    return list(st.session_state.get(BASKET, []))


def show_basket() -> None:
    """Shows what is in the basket, and how to take it along; nothing while it is empty."""
    kept = basket()
    if not kept:
        return
    with st.expander(f"Basket: {len(kept)} figure{'s' if len(kept) > 1 else ''}", icon=":material/shopping_cart:"):
        for place, export in enumerate(kept, 1):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{place}. {plain(export.figure.title)} ({export.figure_id})", width="stretch")
                st.button(
                    "Take out", key=f"take out {export.figure_id}", on_click=_take_out, args=(export.figure_id,),
                    icon=":material/close:", type="tertiary",
                )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            ending = st.selectbox(
                "All of them as", list(COLLECTIONS), format_func=lambda one: COLLECTIONS[one].name, key="basket format"
            )
            form = COLLECTIONS[ending]
            disabled = form.needs_browser and browser_path() is None
            about = f"basket of {len(kept)} figures"
            show_download(
                lambda: collection_of(kept, ending), about, ending, form.mime, "basket", exports=kept, disabled=disabled
            )
        show_receipt("basket")


def _take_out(figure_id: str) -> None:
    st.session_state[BASKET] = [one for one in basket() if one.figure_id != figure_id]
