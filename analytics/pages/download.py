"""A button that makes a file when it is pressed, and says which bytes it made."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from analytics.errors import SurveyError
from analytics.exports.export import Export
from analytics.exports.names import file_name, fingerprint
from analytics.pages.lost import fault_words
from analytics.pages.plain import plain
from analytics.pages.registered import enter

LOOK_EVERY_SECONDS = 2


@dataclass
class Receipt:
    """What was made last under one figure, for whoever wants to know whether the file they have is that one."""

    name: str = ""
    size: int = 0
    sha256: str = ""
    fault: str = ""
    unregistered: str = ""


def show_download(
    make: Callable[[], bytes],
    about: str,
    ending: str,
    mime: str,
    key: str,
    *,
    exports: Sequence[Export] = (),
    disabled: bool = False,
) -> None:
    """Shows a button that makes a file when it is pressed; `show_receipt` says then what was made.

    The name is never the same twice: files of one length and name could be taken for one another on their way.

    Args:
        exports: the figures in the file, which are entered into the register as it is made.
    """
    receipts = st.session_state.setdefault("receipts", {})
    name = file_name(about, ending, datetime.now(UTC), secrets.token_hex(4))

    def made() -> bytes:
        try:
            content = make()
        except SurveyError as fault:
            receipts[key] = Receipt(fault=fault_words(fault))
            raise
        receipts[key] = Receipt(name, len(content), fingerprint(content), unregistered=enter(exports, content, name))
        return content

    st.download_button(
        "Download", made, name, mime, key=f"{key} download", on_click="ignore", type="primary",
        icon=":material/download:", disabled=disabled,
    )  # fmt: skip


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def show_receipt(key: str) -> None:
    """Shows the name, the length and the SHA-256 of what that button made last, as soon as it is made."""
    receipt = st.session_state.get("receipts", {}).get(key)
    if receipt is None:
        return
    if receipt.fault:
        st.error(plain(receipt.fault))
        return
    st.caption(f"{plain(receipt.name)}, {receipt.size:,} bytes. SHA-256 `{receipt.sha256}`")
    if receipt.unregistered:
        st.caption(receipt.unregistered)
