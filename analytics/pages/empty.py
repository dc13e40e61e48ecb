"""What a dashboard without surveys offers: an import, or the simulated survey to look around in."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.pages.first_start import add_demo

NO_SURVEY = "No survey yet. Import one: `python -m analytics import FILE --definition survey.toml`"
IMPORT_PAGE = str(Path(__file__).resolve().parent / "imports.py")


def show_no_survey() -> None:
    """Says that there is no survey, and shows the ways to one."""
    st.info(NO_SURVEY)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(IMPORT_PAGE, label="**Import a file here**", icon=":material/upload_file:")
        if st.button("Fill it with the simulated survey", type="tertiary"):
            add_demo()
            st.rerun()
