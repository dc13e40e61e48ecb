"""Readers' and article text on the page: always the text itself, never markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import streamlit as st

from analytics.language.said import speech
from analytics.language.text import unbroken

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# After Markdown, whatever is escaped there, come links made of bare addresses, Streamlit's own sign, and typography.
_TURNED = re.compile(r"(?<=:)(?=//|streamlit:)|(?<=@)(?=[-\w])|(?<=www)(?=\.)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""All but those that keep a number and its sign on one line."""
_START, _END = "\ue000", "\ue001"
"""Signs without a meaning, which stand for the marks until everything else has been escaped."""


def plain(text: str) -> str:
    """Returns the text so that Streamlit's Markdown shows it letter by letter.

    Every punctuation mark is escaped, which Markdown allows, so that no link, picture, formula, icon or colour comes of
    it; an address is kept from becoming a link by a joiner that nobody sees; marks that turn the direction of what
    follows are left out; spaces at which no line breaks stay what they are, and none breaks inside a range of numbers
    or between a day and its month.

    Example:
        >>> print(plain("[x](y) $1 :smile:"), ascii(plain("a@b")))
        \\[x\\]\\(y\\) \\$1 \\:smile\\: 'a\\\\@\\u2060b'
    """
    visible = text if text.isprintable() else _without_controls(text)
    joined = unbroken(_TURNED.sub(_WORD_JOINER, _SPACES.sub(" ", visible)), _months())
    return _PUNCTUATION.sub(r"\\\1", joined).strip()


def _months() -> tuple[str, ...]:
    style = speech()
    return style.months + style.short_months


def _without_controls(text: str) -> str:
    return "".join(
        sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc") or sign in "\n\t\u200d\u200c"
    )


def plain_marked(pieces: Iterable[tuple[str, bool]]) -> str:
    """Returns the pieces of a text as `plain` does, those that are marked in bold.

    Example:
        >>> print(plain_marked([("[no] ", False), ("war", True)]))
        \\[no\\] **war**
    """
    joined = "".join(
        f"{_START}{text}{_END}" if bold else text
        for piece, bold in pieces
        for text in [piece.replace(_START, "").replace(_END, "")]
    )
    return plain(joined).replace(_START, "**").replace(_END, "**")


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
