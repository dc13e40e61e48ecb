"""What newspapers put around a claim that claims nothing: kickers, questions, and words of colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.claims.closed.marks import Piece, Tag

SPEAKS: frozenset[Tag] = frozenset({"unknown", "filler", "topic", "tail", "cut", "say", "modal", "how often", "dass",
                                    "answered", "deed", "and"})  # fmt: skip
"""What a kicker may be of: it names no side, group, number or order."""
LONGEST_KICKER = 7
KICKERS = (":", "!", "–", "—")
WHY = re.compile(r"(?:why|warum|wieso|weshalb)$", re.IGNORECASE)


def without_colour(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks with what claims nothing taken for what it is: words of a kicker, and of a plain question.

    Nothing is taken for colour that holds a word nobody knows, or that may stand for people or a reason.
    """
    found = list(marks)
    begins = 0
    ways = [mark.tag for mark in marks if mark.tag in ("up", "down")]
    for place, mark in enumerate(marks):
        if mark.tag == "question" or (mark.tag == "cut" and mark.text in KICKERS):
            part = marks[begins:place]
            again = {mark.tag for mark in marks[place:] if mark.tag in ("up", "down")}
            if not begins and again and {one.tag for one in part if one.tag in ("up", "down")} == again == set(ways):
                # a cry such as "Melting away" says the same as what follows
                part = [replace(one, tag="filler") if one.tag in ("up", "down") else one for one in part]
                if _is_colour(part, asks=False, first=True):
                    found[begins:place] = part
            if _is_colour(part, asks=mark.tag == "question", first=begins == 0):
                said = [one for one in part if one.tag in ("topic", "tail", "cut") or mark.tag == "question"]
                cry = all(one.text.isupper() for one in part)
                found[begins:place] = [
                    replace(one, tag="filler", text="…") if one.tag == "unknown" or (cry and one not in said) else one
                    for one in part
                ]  # fmt: skip
            begins = place + 1
        elif mark.tag == "cut" and mark.text == ".":
            begins = place + 1
    return found


def _is_colour(part: Sequence[Piece], *, asks: bool, first: bool) -> bool:
    if any(one.tag == "unknown" and any(map(str.isalnum, one.text)) for one in part):
        return False  # a word that nobody knows may name a cause, a people or a change
    if not part or len(part) > (2 * LONGEST_KICKER if asks else LONGEST_KICKER):
        return False
    if not asks and not first:
        return False
    if any(one.tag not in SPEAKS for one in part) and not asks:
        return False
    return not any(one.tag in ("populace", "other group") or WHY.match(one.text) for one in part)
