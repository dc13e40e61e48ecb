"""Texts that tools write as markup, as plain text."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"<[^<>]{0,2000}>")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def plain_text(text: str) -> str:
    """Returns the words of a text that may be HTML, on one line.

    Example:
        >>> plain_text('<b style=x;"">Time</b>"')
        'Time'
        >>> plain_text("Do you <strong>support</strong> it?"), plain_text("How\\n... - The press"), plain_text("a < b")
        ('Do you support it?', 'How ... - The press', 'a < b')
    """
    if MARKUP.search(text):
        # Some exports leave the quotes of an attribute behind, at the end.
        text = unescape(TAG.sub(" ", text)).strip().removesuffix('"')
    return " ".join(text.split())
