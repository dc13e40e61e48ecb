"""Pictures on a page: handed to the browser as they are, never decoded here and never fetched from elsewhere."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st

from analytics.language.said import spoken
from analytics.model import Picture
from analytics.pages.ground.plain import plain


def picture_address(content: bytes, media_type: str) -> str:
    """The picture as an address that holds it all: Streamlit would decode and resize bytes again at every run.

    Example:
        >>> picture_address(b"GIF89a", "image/gif")
        'data:image/gif;base64,R0lGODlh'
    """
    return f"data:{media_type};base64,{b64encode(content).decode()}"


def show_picture(picture: Picture, *, width: int | None = None) -> None:
    """Shows the picture of an article, in the width that there is, and whom to credit."""
    credit = spoken("Picture: {credit}", credit=plain(picture.credit)) if picture.credit else None
    address = picture_address(picture.content, picture.media_type)
    st.image(address, caption=credit, width=width or "stretch", alt=picture.alt or spoken("Picture of the article"))
