"""Whether the window is narrow: on a phone the question and its answer come first, the article after them."""

from __future__ import annotations

from typing import Any

import streamlit as st

NARROW_PX = 768

_SCRIPT = """
export default function ({ setStateValue, data }) {
  const look = () => setStateValue("narrow", window.innerWidth < data.narrow);
  const narrow = window.matchMedia(`(max-width: ${data.narrow - 1}px)`);
  narrow.addEventListener("change", look);
  if (narrow.matches !== data.known) look();
  return () => narrow.removeEventListener("change", look);
}
"""


def is_narrow() -> bool:
    """Returns whether the window is narrower than NARROW_PX; until it has told, whether the browser is a phone's."""
    told = st.session_state.get("window width")
    known = told["narrow"] if told and "narrow" in told else "Mobi" in (st.context.headers.get("User-Agent") or "")
    _watcher()(key="window width", data={"narrow": NARROW_PX, "known": known}, on_narrow_change=lambda: None)
    return bool(known)


@st.cache_resource(show_spinner=False)
def _watcher() -> Any:
    return st.components.v2.component("window_width", js=_SCRIPT)
