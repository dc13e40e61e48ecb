"""A button that makes a file when it is pressed, and says which bytes it made; and the basket, for several figures."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from analytics.errors import SurveyError
from analytics.exports.export import Export
from analytics.exports.formats import COLLECTIONS, collection_of
from analytics.exports.names import file_name, fingerprint
from analytics.exports.report import Report
from analytics.figures.paper.press import browser_path
from analytics.language.said import speaking, speech, spoken, spoken_of
from analytics.model.access import may_export
from analytics.model.finish import AS_USUAL, Finish
from analytics.pages.figures.register import enter
from analytics.pages.ground.lost import IN_THE_LOG, fault_words
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import known_name, person

BASKET = "basket"
LOOK_EVERY_SECONDS = 2


@dataclass
class DownloadReceipt:
    """What was made last under one figure, for whoever wants to know whether the file they have is that one.

    `fault` is why there is no file, in words for the page.
    """

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
    name = file_name(about, ending, datetime.now(UTC), secrets.token_hex(4))
    show_file(make, name, mime, key, exports=exports, disabled=disabled)


def show_file(
    make: Callable[[], bytes],
    name: str,
    mime: str,
    key: str,
    *,
    exports: Sequence[Export | Report] = (),
    disabled: bool = False,
    label: str = "",
) -> None:
    """Shows the same for a file whose name is settled. What is in it left once it is downloaded, not before."""
    if not may_export(person()):
        st.caption(spoken("Only analysts and editors may make files."))
        return
    receipts = st.session_state.setdefault("receipts", {})
    by, notation = known_name(), speech()  # the file is made when no page runs: nobody looks then, in no language

    def made() -> bytes:
        with speaking(notation):
            try:
                content = make()
                unregistered = enter(exports, content, name, by)
            except Exception as fault:
                receipts[key] = DownloadReceipt(fault=_fault_words(fault))
                raise  # Streamlit writes it into the log and the browser gets no file
        receipts[key] = DownloadReceipt(name, len(content), fingerprint(content), unregistered=unregistered)
        return content

    st.download_button(
        label or spoken("Download"), made, name, mime, key=f"{key} download", on_click="ignore", type="primary",
        icon=":material/download:", disabled=disabled,
    )  # fmt: skip


def _fault_words(fault: Exception) -> str:
    if isinstance(fault, SurveyError):
        return fault_words(fault)
    return f"{spoken('The file could not be made.')} {spoken(IN_THE_LOG)}"


@part(run_every=LOOK_EVERY_SECONDS)
def show_receipt(key: str) -> None:
    """Shows that a file was made, folded its name, length and SHA-256, as soon as it is."""
    receipt = st.session_state.get("receipts", {}).get(key)
    if receipt is None:
        return
    if receipt.fault:
        st.error(plain(receipt.fault))
        return
    with st.expander(spoken("Receipt of the file"), icon=":material/receipt_long:"):
        st.caption(spoken("{name}, {size} bytes", name=plain(receipt.name), size=receipt.size))
        st.caption(f"SHA-256 `{receipt.sha256}`")
    if receipt.unregistered:
        st.caption(receipt.unregistered)


def put_into_basket(export: Export) -> None:
    """Keeps the figure for later, once in each of its looks."""
    if not is_in_basket(export):
        st.session_state[BASKET] = [*basket(), export]


def is_in_basket(export: Export) -> bool:
    """Whether the figure is there in this look, in whatever size."""
    return _looks(export) in map(_looks, basket())


def _looks(export: Export) -> tuple[str, Finish]:
    return export.figure_id, replace(export.finish, size=AS_USUAL.size)


def basket() -> list[Export]:
    """Returns the figures kept so far, in the order in which they were put there."""
    return list(st.session_state.get(BASKET, []))


def show_basket() -> None:
    """Shows what is in the basket, and how to take it along; nothing while it is empty."""
    kept = basket()
    if not kept:
        return
    heading = spoken_of(len(kept), "Basket: {count} figure", "Basket: {count} figures")
    with st.expander(heading, icon=":material/shopping_cart:"):
        for place, export in enumerate(kept, 1):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{place}. {plain(export.figure.title)}", width="stretch")
                st.button(
                    spoken("Take out"), key=f"take out {place} {export.figure_id}", on_click=_take_out,
                    args=(export,), icon=":material/close:", type="tertiary",
                )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            ending = st.selectbox(
                spoken("All of them as"),
                list(COLLECTIONS),
                format_func=lambda one: COLLECTIONS[one].name,
                key="basket format",
            )
            form = COLLECTIONS[ending]
            disabled = form.needs_browser and browser_path() is None
            about = f"basket of {len(kept)} figures"
            show_download(
                lambda: collection_of(kept, ending), about, ending, form.mime, "basket", exports=kept, disabled=disabled
            )
        show_receipt("basket")


def _take_out(export: Export) -> None:
    st.session_state[BASKET] = [one for one in basket() if _looks(one) != _looks(export)]
