"""Other people's words among ours: on one line, nothing hidden in them, cut where they are too long."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb")
JOINER = "\u200d"
NON_CHARACTERS = frozenset(
    {*range(0xFDD0, 0xFDF0), *(plane * 0x10000 + low for plane in range(17) for low in (0xFFFE, 0xFFFF))}
)


def plain_text(text: str) -> str:
    """Returns the text on one line, composed, without control characters that could reorder or hide what is near it.

    Example:
        >>> plain_text("No,\\u202e never\\n\\n again")
        'No, never again'
    """
    if text.isascii() and text.isprintable():  # by far the most, and nothing in it can hide
        return " ".join(text.split())
    return _cleaned(text)


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    kept = "".join(_visible(char) for char in unicodedata.normalize("NFC", text))
    return " ".join(word for word in kept.split(" ") if word)


def isolated(text: str) -> str:
    """Returns the text so that letters written from right to left keep to themselves among others."""
    if not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return f"\u2068{text}\u2069"
    return text


def lines(text: str, width: int, most: int = 4) -> list[str]:
    """Returns the text as lines, broken between words, and inside a word only where it is longer than a line.

    What one sees as one letter (a letter with its accents, an emoji with its parts) is never taken apart. Where text
    is left over after the last line, that line ends with "…".
    """
    rows: list[str] = [""]
    for word in plain_text(text).split(" "):
        for place, piece in enumerate(_pieces(word, width)):
            joined = piece if place or not rows[-1] else f"{rows[-1]} {piece}"
            if rows[-1] and (place or columns(joined) > width):
                rows.append(piece)
            else:
                rows[-1] = joined
    if len(rows) <= most:
        return rows
    return [*rows[: most - 1], shortened(" ".join(rows[most - 1 :]), width)]


def shortened(text: str, width: int) -> str:
    """Returns the text cut to about `width` characters, ending with "…" where it was cut.

    Example:
        >>> shortened("Neither agree nor disagree", 15)
        'Neither agree…'
    """
    clean = plain_text(text)
    if columns(clean) <= width:
        return clean
    kept = ""
    for cluster in clusters(clean):
        if columns(kept + cluster) > width - 1:
            break
        kept += cluster
    whole_words = kept if clean[len(kept) : len(kept) + 1] == " " else kept.rpartition(" ")[0]
    return (whole_words if columns(whole_words) > width // 2 else kept).rstrip(" ,;:.") + "…"


def clusters(text: str) -> list[str]:
    """Returns the text as what one sees as single letters.

    Example:
        >>> len(clusters("e\\u0301a")), len(clusters("\\U0001f469\\u200d\\U0001f4bb!"))
        (2, 2)
    """
    if text.isascii():
        return list(text)
    found: list[str] = []
    flags = 0
    for char in text:
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        flags = flags + 1 if flag else 0
        if found and (_joins(char) or _is_open(found[-1]) or (flag and flags % 2 == 0)):
            found[-1] += char
        else:
            found.append(char)
    return found


def columns(text: str) -> int:
    """Returns how many columns the text takes: two for a wide letter such as a Chinese one, one for others.

    Example:
        >>> columns("Yes"), columns("\\u662f")
        (3, 2)
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(cluster[0]) in ("W", "F") else 1 for cluster in clusters(text))


def _visible(char: str) -> str:
    if char in BIDI_CONTROLS or char in INVISIBLE:
        return ""
    if unicodedata.category(char) == "Cs" or ord(char) in NON_CHARACTERS:
        return "\ufffd"
    return " " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Zs") and char not in "\u00a0\u202f" else char


def _pieces(word: str, width: int) -> list[str]:
    if columns(word) <= width:
        return [word]
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and columns(pieces[-1] + cluster) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def _joins(char: str) -> bool:
    marks = unicodedata.category(char) in ("Mn", "Mc", "Me")
    return marks or char in (JOINER, "\u200c") or 0x1F3FB <= ord(char) <= 0x1F3FF or 0xE0020 <= ord(char) <= 0xE007F


def _is_open(cluster: str) -> bool:
    # A virama (combining class 9) ties the next consonant to this one, as a joiner does the next emoji.
    return cluster[-1] == JOINER or unicodedata.combining(cluster[-1]) == 9
