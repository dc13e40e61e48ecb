"""Readers' and article text on the page: always the text itself, never markup."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Returns the text so that Streamlit's Markdown shows it letter by letter.

    Every punctuation mark is escaped, which Markdown allows, so that no link, picture, formula, icon or colour comes of
    it; marks that turn the direction of what follows are left out.

    Example:
        >>> print(plain("[x](http://a.b) $1 :smile:"))
        \\[x\\]\\(http\\:\\/\\/a\\.b\\) \\$1 \\:smile\\:
    """
    visible = "".join(
        sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc") or sign in "\n\t\u200d\u200c"
    )
    return _PUNCTUATION.sub(r"\\\1", re.sub(r"\s+", " ", visible)).strip()
