"""The responses that a page shows, as a file to take away."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from analytics.estimates.responses import Many, row_stretches
from analytics.exports.names import file_name
from analytics.exports.rows_file import Written, write_rows
from analytics.model import Filter, Snapshot
from analytics.pages.sources import ask
from analytics.pages.written import details_of
from analytics.store.responses import Order, list_responses

MOST_ROWS = 200_000
"""So many rows a browser is given; the command line writes any number of them."""
MADE = "file made"


def show_file(opened: Snapshot, kept: Filter, order: Order, total: Many) -> None:
    """Lets the person have a file of exactly what is filtered."""
    of = (opened.survey.key, opened.status.revision, kept, order)
    many = "responses" if total.more else Many(min(total.count, MOST_ROWS)).words
    cut = total.count > MOST_ROWS
    if st.session_state.get(MADE, (None,))[0] != of:
        st.session_state.pop(MADE, None)
        if st.button(f"Make a file of these {many}", key="make file"):
            with st.spinner("Writing …"):
                st.session_state[MADE] = (of, *_made(opened, kept, order))
                st.rerun()
    else:
        _, name, written, content = st.session_state[MADE]
        st.download_button(f"Download {name}", content, name, "text/csv", on_click="ignore", key="download")
        cut = cut or (total.more and written.rows == MOST_ROWS)
        st.caption(f"{written.rows:,} row{'s' * (written.rows > 1)}, SHA-256 `{written.sha256}`")
    if cut:
        st.caption(
            f"The file has the first {MOST_ROWS:,} of {total.words}. All of them: "
            f"`python -m analytics responses {opened.survey.key} --format csv`, with the same filters."
        )


def _made(opened: Snapshot, kept: Filter, order: Order) -> tuple[str, Written, bytes]:
    key, file = opened.survey.key, io.BytesIO()
    read = partial(list_responses, key=key, kept=kept, order=order)
    stretches = row_stretches(
        opened.survey,
        lambda after, most: ask(partial(read, after=after, most=most)),
        partial(details_of, key),
        MOST_ROWS,
    )
    written = write_rows(stretches, file)
    name = file_name(f"{key} responses", "csv", datetime.now(UTC), written.sha256[:8])
    return name, written, file.getvalue()
