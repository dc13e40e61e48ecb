"""A file dropped on the dashboard opens the view that it came from."""

from __future__ import annotations

import streamlit as st

from analytics.kinds.table import kind
from analytics.model.address import kind_in
from analytics.pages.plain import plain
from analytics.pages.registered import registered
from analytics.pages.republished import link_of, page_of
from analytics.published.found import figures_in

ENDINGS = [".png", ".svg", ".pdf", ".pptx", ".xlsx", ".csv", ".json", ".html", ".sav", ".zip"]


def show_drop(key: str) -> None:
    """Shows where to drop an exported file; one that is known opens its figure at once."""
    dropped = st.file_uploader(
        "Drop an exported figure or table here to see where it came from, and whether it still holds", type=ENDINGS,
        key=key, max_upload_size=50,
    )  # fmt: skip
    if dropped is None:
        return
    named = figures_in(dropped.getvalue())
    found = [figure for figure in (registered(one) for one in named) if figure is not None]
    if not found:
        told = (
            f"was not exported here: it names figure {named[0]}, which is not in this register" if named
            else "was not exported here, or a program that saved it since took the name of its figure out of it"
        )  # fmt: skip
        st.warning(f"{plain(dropped.name)} {told}.")
        return
    found = [one for one in found if kind(kind_in(one.query)).collective] or found
    if len(found) == 1:
        st.switch_page(page_of(found[0]), query_params=link_of(found[0]))
    st.caption(f"{plain(dropped.name)} holds {len(found)} figures:")
    for figure in found:
        st.page_link(page_of(figure), label=plain(figure.drawn["title"]), query_params=link_of(figure))
