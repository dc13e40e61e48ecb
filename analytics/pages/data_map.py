"""The data map: what is stored, of whom, until when, and who sees it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.language.said import noted, spoken
from analytics.pages.ground.plain import plain
from analytics.store.read.data_map import TEXT, data_map

OF_CLASS = {
    "reader": (
        noted("what one reader said or did, or what tells readers apart"),
        noted("`erase`, by the key of the response, or the reader's receipt; removing the survey"),
        noted("analysts; nobody sees hashes"),
    ),
    "words": (
        noted("words that readers may have written"),
        noted("the same; words of nobody else go everywhere"),
        noted("analysts and editors"),
    ),
    "staff": (
        noted("who in the newsroom did something"),
        noted("`dismiss` for accounts and keys; what was done stays on record"),
        noted("admins"),
    ),
    "secret": (
        noted("what lets somebody in, or signs; no backup has it"),
        noted("when it ends or is spent; sessions and salts by the clock"),
        noted("nobody"),
    ),
    "survey": (
        noted("questions, numbers and figures, of nobody alone"), noted("removing the survey"),
        noted("whoever sees figures"),
    ),
}  # fmt: skip
"""By the class of a column: what it is, how it goes, and who sees it."""


def show_data_map() -> None:
    """Shows every column of the store by its class, for whoever has to answer for it."""
    if not TEXT.exists():  # only a checkout has the documents
        return
    with st.expander(spoken("What is stored, until when, and who sees it")):
        found = data_map(TEXT.read_text(encoding="utf-8"))
        for kind, (what, ends, seen) in OF_CLASS.items():
            st.markdown(
                f"**{plain(spoken(what))}**  \n{spoken('It goes by: {how}', how=spoken(ends))}  \n"
                + spoken("It is seen by: {who}", who=spoken(seen))
            )
            ours = [one for one in found if one.kind == kind]
            tables = dict.fromkeys(one.table for one in ours)
            rows = [(table, ", ".join(one.column for one in ours if one.table == table)) for table in tables]
            st.dataframe(
                pd.DataFrame(rows, columns=[spoken("Table"), spoken("Columns")]), hide_index=True,
                alt=spoken("What is stored of this class"),
            )  # fmt: skip
