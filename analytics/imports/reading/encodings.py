"""How a text file is written: UTF-8 and UTF-16 show by themselves, other encodings are named or weighed up."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from pathlib import Path

from analytics.language.said import noted, spoken

_BLOCK_BYTES = 1 << 20
_WEIGHED_PIECES = 1000
_ENOUGH_PIECES = 4
_CONTEXT_BYTES = 12
_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": noted("UTF-8 with a byte order mark"),
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "mac_roman": "Mac Roman",
    "windows-1250": noted("Windows-1250 (Central European)"),
    "windows-1251": noted("Windows-1251 (Cyrillic)"),
    "windows-1252": noted("Windows-1252 (Western European)"),
    "koi8-r": noted("KOI8-R (Cyrillic)"),
    "cp866": noted("IBM 866 (Cyrillic)"),
}
_WESTERN = ("windows-1252", "mac_roman")
_WEIGHED = ("windows-1252", "mac_roman", "windows-1251", "windows-1250", "koi8-r", "cp866")
_FOREIGN = re.compile(rb"[\x80-\xff]+")
_COMMON_CYRILLIC = set(map(chr, range(0x410, 0x450))) | set(
    "\u0401\u0451\u0406\u0456\u0407\u0457\u0404\u0454\u0490\u0491"
)
_RARE_LATIN = set("\u0152\u0178\u0192\u02c6\u00aa\u00ba")
_QUOTES = set("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u00a0\u00ab\u00bb\u2116\u20ac\u00a3\u00a7\u00b0")


def encoding_words(codec: str) -> str:
    """Returns the name of an encoding for people.

    Example:
        >>> encoding_words("mac_roman"), encoding_words("shift_jis")
        ('Mac Roman', 'shift_jis')
    """
    return spoken(_WORDS.get(codec, codec))


def certain_encoding(start: bytes) -> str | None:
    """Returns the encoding that the first bytes of a file prove, None where they prove none.

    UTF-16 without a mark shows by the zero byte that every character of plain Latin text has.

    Example:
        >>> certain_encoding("a,b".encode("utf-16")), certain_encoding("a,b,c\\n".encode("utf-16-le"))
        ('utf-16', 'utf-16-le')
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    even, odd = start[0:400:2], start[1:400:2]
    if len(odd) >= 4 and odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(even) >= 4 and even.count(0) > 0.6 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def is_utf8(path: Path) -> bool:
    """Returns whether every byte of the file is UTF-8 (lone surrogates forgiven)."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def likely_encoding(path: Path) -> str | None:
    """Returns the encoding in which the file's letters beyond ASCII make the best words, None where none makes any."""
    pieces = _foreign_pieces(path)
    candidates = _WEIGHED if len(pieces) >= _ENOUGH_PIECES else _WESTERN
    scores = {codec: score for codec in candidates if (score := _plausibility(pieces, codec)) is not None}
    best = max(scores, key=scores.__getitem__, default=None)
    # Little can be told of a handful of odd letters, and little hangs on them; many are not guessed against the odds.
    return best if best is not None and (scores[best] > 0 or len(pieces) < _ENOUGH_PIECES) else None


def _foreign_pieces(path: Path) -> set[bytes]:
    """Returns what of the file lies beyond ASCII, with what stands around it; enough of it where there is much."""
    pieces: set[bytes] = set()
    with path.open("rb") as file:
        while (block := file.read(_BLOCK_BYTES)) and len(pieces) < _WEIGHED_PIECES:
            for found in _FOREIGN.finditer(block):
                pieces.add(block[max(0, found.start() - _CONTEXT_BYTES) : found.end() + _CONTEXT_BYTES])
                if len(pieces) == _WEIGHED_PIECES:
                    break
    return pieces


def _plausibility(pieces: Iterable[bytes], codec: str) -> float | None:
    """Returns how much the pieces read like text in that encoding, a mean of -1 to 1; None where they are none.

    Example:
        >>> _plausibility(["Привет, мир".encode("cp1251")], "windows-1251") > 0.9
        True
        >>> _plausibility(["Привет, мир".encode("cp1251")], "windows-1252") < 0
        True
    """
    total, count = 0.0, 0
    for piece in pieces:
        try:
            text = piece.decode(codec)
        except UnicodeDecodeError:
            return None
        for place, letter in enumerate(text):
            if not letter.isascii():
                total, count = total + _likelihood(text, place), count + 1
    return total / count if count else None


def _likelihood(text: str, place: int) -> float:
    """Returns how likely a character beyond ASCII stands where it does: 1 quite, 0 who knows, -1 hardly."""
    letter = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not letter.isalpha():
        return 0.6 if letter in _QUOTES else -1.0
    if letter.isupper() and before.islower():
        return -1.0 if before.isascii() else -0.8
    neighbours = [other for other in (before, after) if other.isalpha()]
    if _is_cyrillic(letter):
        if letter not in _COMMON_CYRILLIC or not all(map(_is_cyrillic, neighbours)):
            return -1.0
        return 1.0 if neighbours else 0.1
    if any(map(_is_cyrillic, neighbours)):
        return -1.0
    if not neighbours:  # a word of one letter, such as the French for "to"
        return -0.2
    if letter in _RARE_LATIN:
        return -1.0
    return 0.9 if any(other.isascii() for other in neighbours) else -0.8


def _is_cyrillic(letter: str) -> bool:
    """Returns whether the letter is Cyrillic."""
    return "\u0400" <= letter <= "\u04ff"
