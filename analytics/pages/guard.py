"""Beside the export: a headline or caption held against the figure that is to bear it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analytics.exports.export import Export
from analytics.pages.plain import plain

if TYPE_CHECKING:
    from analytics.claims.claim import Checked


def show_guard(export: Export, key: str) -> None:
    """Shows where to type or paste a headline, and what in it the figure does not bear out."""
    from analytics.claims.claim import check_claim  # two languages' words take long to load, and few ever need them

    text = st.text_area(
        "Check a headline or caption against this figure", key=f"{key} claim", height=68,
        placeholder="Type or paste it, then press Ctrl + Enter",
    )  # fmt: skip
    checked = check_claim(text, export.claimed, export.figure.title, export.style)
    if checked.verdict == "nothing to check":
        return
    if checked.verdict == "holds":
        st.success("Nothing in it says more than this figure bears out, as far as words and numbers go.")
        return
    st.warning(f"{len(checked.findings)} thing{'s' * (len(checked.findings) != 1)} in it this figure does not bear out")
    for line in _lines(checked):
        st.markdown(line)
    st.caption("Wording that holds:")
    st.code(checked.wording, language=None, wrap_lines=True)


def _lines(checked: Checked) -> list[str]:
    return [
        "- "
        + (f"**{plain(one.found)}**: " if one.found else "")
        + plain(one.reason)
        + (f". Instead: *{plain(one.instead)}*" if one.instead else "")
        for one in checked.findings
    ]
