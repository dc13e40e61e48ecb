"""Other people's words among ours: on one line, nothing hidden in them, cut where they are too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb")
JOINER = "\u200d"
_RANGE = re.compile(r"(?<=\d)([.%]|[\u00a0\u202f]%)?–(?=[−+-]?\d)")
"""The dash between two numbers: 30–44, 18.–28. Mai, 52 %–61 %, −5–−3."""
_RUN = re.compile(r"[−+]?[\d.,’]{0,12}\d(?:[.%]|[\u00a0\u202f]%)?–[−+-]?\d[\d.,’]{0,12}(?:[\u00a0\u202f]?%)?")
_MARKUP = re.compile(r"<(text|title|style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
BEFORE_WHAT_DIFFERS = 30
"""So much of what texts share stands before the part in which they differ, where there is room."""
LEAST_BEFORE = 14
"""And so much is made room for where what differs is itself too long."""
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


def unbroken(text: str, months: tuple[str, ...] = ()) -> str:
    """Returns the text so that no line breaks inside a range, nor between a day and its month.

    Around the dash come joiners that nobody sees.

    Args:
        months: as the language writes them.

    Example:
        >>> unbroken("30–44, then – 5") == "30\\u2060–\\u206044, then – 5"
        True
    """
    kept = _RANGE.sub("\\1\u2060–\u2060", text) if "–" in text else text
    return _days(months).sub("\u00a0", kept) if months else kept


@lru_cache(maxsize=16)
def _days(months: tuple[str, ...]) -> re.Pattern[str]:
    """The space between a day and its month behind it."""
    one = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return re.compile(rf"(?<=\d) (?=(?:{one})(?!\w))|(?<=\d\.) (?=(?:{one})(?!\w))")


def unbroken_markup(markup: str) -> str:
    """Returns HTML in which no line breaks inside a range: copied out of it, a range has no joiner, as it is no word.

    Texts inside a drawing, titles, scripts and style sheets stay what they are. The style sheet has a rule for `whole`.

    Example:
        >>> unbroken_markup('<b title="1–2">Ages 30–44</b>')
        '<b title="1–2">Ages <span class="whole">30–44</span></b>'
    """
    parts, end = [], 0
    for mark in _MARKUP.finditer(markup):
        parts += [_RUN.sub(r'<span class="whole">\g<0></span>', markup[end : mark.start()]), mark[0]]
        end = mark.end()
    return "".join([*parts, _RUN.sub(r'<span class="whole">\g<0></span>', markup[end:])])


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


@lru_cache(maxsize=4096)  # pages shorten the same names at every click
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


def shortened_apart(texts: Sequence[str], width: int) -> list[str]:
    """Returns the texts cut to about `width` characters each, so that those that differ still do.

    What texts share at their beginning gives way where they would look alike otherwise. Where nothing else helps they
    are numbered.

    Example:
        >>> shortened_apart(["How much do you like Han Solo?", "How much do you like Yoda?", "Are you a fan?"], 18)
        ['…like Han Solo?', '…like Yoda?', 'Are you a fan?']
        >>> shortened_apart(["Some say that the data is good, by far", "Some say that the data are good, by far"], 24)
        ['…data is good, by far', '…data are good, by far']
    """
    return list(_shortened_apart(tuple(texts), width))


@lru_cache(maxsize=1024)  # titles, legends and lists name the same answers over and over
def _shortened_apart(texts: tuple[str, ...], width: int) -> tuple[str, ...]:
    clean = [plain_text(text) for text in texts]
    found = [shortened(text, width) for text in clean]
    for name in {one for one in found if found.count(one) > 1}:
        at = [place for place, one in enumerate(found) if one == name]
        if len({clean[place] for place in at}) > 1:
            for place, cut in zip(at, _cut_before([clean[place] for place in at], width), strict=True):
                found[place] = cut
    numbers: dict[str, list[str]] = {}
    for name, text in zip(found, clean, strict=True):
        if text not in numbers.setdefault(name, []):
            numbers[name].append(text)
    return tuple(
        name if numbers[name][0] == text else f"{name} ({numbers[name].index(text) + 1})"
        for name, text in zip(found, clean, strict=True)
    )


def _cut_before(texts: Sequence[str], width: int) -> list[str]:
    """Returns texts that begin alike without most of what they share."""
    shared = _shared_start(texts)
    ends = [text[len(shared) :] for text in texts]
    if not shared or width < 4:
        return [shortened(text, width) for text in texts]
    cut = shortened_apart(ends, width - 1)
    longest = max(columns(end) for end in cut)
    if longest > width - 1 - LEAST_BEFORE and width > 2 * LEAST_BEFORE:
        # The first words that differ are enough to tell them apart, and say more with those before them.
        cut = shortened_apart(ends, max(width - 1 - LEAST_BEFORE, 4))
        longest = max(columns(end) for end in cut)
    room = min(BEFORE_WHAT_DIFFERS, width - 1 - longest)
    before = shared[max(len(shared) - room, 0) :].partition(" ")[2] if room > 0 else ""
    return [f"…{before}{end.removeprefix('…')}" for end in cut]


def lines_apart(texts: Sequence[str], width: int, most: int = 4) -> list[list[str]]:
    """Returns each of the texts as `lines` does, so that those that differ still do.

    Example:
        >>> lines_apart(["The data that we have is good", "The data that we have is bad"], 9, 2)
        [['…have is', 'good'], ['…have is', 'bad']]
    """
    found = [lines(text, width, most) for text in texts]
    same = {"\n".join(rows) for rows in found if found.count(rows) > 1}
    clash = [place for place, rows in enumerate(found) if "\n".join(rows) in same]
    room = width * most
    while clash and len({plain_text(texts[place]) for place in clash}) > 1 and room > 4:
        room -= max(1, width // 2)
        cut = shortened_apart([texts[place] for place in clash], room)
        rows = [lines(text, width, most) for text in cut]
        if len({"\n".join(one) for one in rows}) == len({plain_text(texts[place]) for place in clash}):
            for place, one in zip(clash, rows, strict=True):
                found[place] = one
            break
    return found


def _shared_start(texts: Sequence[str]) -> str:
    """Returns the beginning that all the texts share, up to a whole word where there is one."""
    first, last = min(texts), max(texts)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: first.rfind(" ", 0, length) + 1] or first[:length]


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
