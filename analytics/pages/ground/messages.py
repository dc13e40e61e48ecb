"""What Streamlit and a browser say to one another over the socket of a page, as far as the door has to know it."""

from __future__ import annotations

from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analytics.web import MADE_FILE, UPLOADED_FILE

OF_PAGES = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"})
"""What the pages of a browser send. All else is for whoever develops pages: one of them empties the caches of all."""


def passes(message: bytes) -> bool:
    """Whether a browser may say this to the pages.

    Example:
        >>> [passes(one.SerializeToString()) for one in (BackMsg(clear_cache=True), BackMsg(app_heartbeat=True))]
        [False, True]
    """
    return _said(message).WhichOneof("type") in OF_PAGES


def acts(message: bytes) -> bool:
    """Whether a page sends it because somebody did something, and not to look for news by itself."""
    said = _said(message)
    return said.WhichOneof("type") not in (None, "app_heartbeat") and not said.rerun_script.is_auto_rerun


def told(message: bytes) -> list[bytes]:
    """Returns the names of files that a message gives to a browser, from where the server alone writes.

    Much else in it is what the browser sent before: the name of its page, the parts of its address, what was typed.
    """
    if not (MADE_FILE.search(message) or UPLOADED_FILE.search(message)):
        return []
    given = ForwardMsg()
    with suppress(Exception):
        given.ParseFromString(message)
    shown = given.delta.new_element
    places = [
        shown.download_button.url, shown.audio.url, shown.video.url, *(one.url for one in shown.imgs.imgs),
        given.backend_operation_response.deferred_file.url, given.page_config_changed.favicon, given.logo.image,
    ]  # fmt: skip
    uploads = [one.upload_url for one in given.file_urls_response.file_urls]
    named = [MADE_FILE.match(place.encode()) for place in places]
    named += [UPLOADED_FILE.search(place.encode()) for place in uploads]
    return [found.group(1) for found in named if found]


def _said(message: bytes) -> BackMsg:
    said = BackMsg()
    with suppress(Exception):  # Streamlit has its own words for what is no message
        said.ParseFromString(message)
    return said
