"""The dashboard: `streamlit run dashboard.py`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config
from streamlit.runtime import get_instance

from analytics.door.gate import Gate
from analytics.door.headers import fingerprints
from analytics.limits import MIB

INDEX = Path(st.__file__).parent / "static" / "index.html"
"""The page that Streamlit serves at every address, whose own scripts the browser is told to run and no others."""
START = Path(__file__).resolve().parent / "analytics" / "pages" / "start.py"


def kept_files() -> Mapping[str, list[int]]:
    """The sizes of the files that each session has on the server."""
    # Streamlit has no public word for them. Should its own change, an upload ends in an error and not without a limit.
    stored = get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {session: [len(file.data) for file in files.values()] for session, files in stored.copy().items()}


app = st.App(
    START,
    middleware=[
        Middleware(
            Gate,
            scripts=fingerprints(INDEX.read_text(encoding="utf-8")),
            kept=kept_files,
            largest=config.get_option("server.maxUploadSize") * MIB,
            base=config.get_option("server.baseUrlPath"),
        )
    ],
)
