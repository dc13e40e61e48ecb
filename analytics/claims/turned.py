"""Claims about who gave an answer, which no share of a group says: "Four in ten opponents are men".

A crosstab has how many of the men are opposed. How many of those opposed are men is another number, and reads almost
the same: such a text is understood by nothing here, whatever its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from analytics.claims.closed.marks import Piece, Tag

_HOLDERS = (
    r"opponents?|critics?|supporters?|backers?|advocates?|proponents?|fans?|friends|foes|sceptics?|skeptics?|doubters?|"
    r"objectors?|detractors?|naysayers?|refusers?|(?:yes|no)[- ](?:voters?|sayers?|camp|side)|undecideds?|"
    r"those (?:for|against|opposed|undecided|in favou?r)|"
    r"(?:who|that) (?!(?:are|is|were|was|live|lives|answered|replied|responded|took|have|had)\b)\w+|"
    r"befürworter\w*|gegner\w*|anhänger\w*|unterstützer\w*|kritiker\w*|skeptiker\w*|zweifler\w*|unentschlossene\w*|"
    r"(?:ja|nein)[- ]?(?:sager\w*|stimmen)|ablehner\w*|zustimmende\w*|ablehnende\w*|"
    r"(?:derer|denen|derjenigen|diejenigen|jener|jenen),? die"
)
HOLDER = re.compile(rf"\b(?:{_HOLDERS})\b", re.IGNORECASE)
"""Those who gave an answer, named by it."""
MOST_OF_ALL = re.compile(rf"\b(?:most \w+|\w{{3,}}est|(?!meisten)\w{{3,}}sten)\s+(?:{_HOLDERS})\b", re.IGNORECASE)
"""Such as "the strongest supporters": which group that is, shares do say."""
IS = re.compile(
    r"\b(?:are|is|were|was|comes? from|belongs? to|sind|ist|waren|war|kommen aus|gehören zu)"
    r"(?:\s+(?:also|mostly|mainly|largely|typically|usually|rather|more|often|either|likely|to|be|the|a|an|only|just|"
    r"mehr|meist|meistens|überwiegend|vor|allem|häufiger|eher|vorwiegend|auch|die|der|den|das|nur))*\s*$",
    re.IGNORECASE,
)
MAKES_UP = re.compile(
    r"^\s*(?:(?:make|makes|made) up|accounts? for|forms?|stell(?:en|t)|bild(?:en|et)|mach(?:en|t))\b.*?"
    rf"\b(?:{_HOLDERS})\b", re.IGNORECASE,
)  # fmt: skip
AMONG = re.compile(
    rf"\b(?:among|amongst|of|unter|bei|von)(?: (?:the|all|its|den|allen|ihren))? (?:{_HOLDERS})\b", re.IGNORECASE
)
SHARES: frozenset[Tag] = frozenset({"percent", "part", "majority", "most", "minority", "number", "count"})
_ENDS = re.compile(r"[.:;!?–—]")


def says_who_answers(text: str, marks: Iterable[Piece]) -> bool:
    """Returns whether a group of the figure is said of those who gave an answer, and not the answer of the group.

    Args:
        marks: what the words of the text are known as.

    Example:
        >>> says_who_answers("Four in ten opponents are men", [Piece(26, 29, "men", "group")])
        True
        >>> says_who_answers("The strongest supporters are women", [Piece(29, 34, "women", "group")])
        False
    """
    told: list[Piece] = []
    for mark in marks:
        if mark.tag != "group":
            told = [] if _ENDS.fullmatch(mark.text) else [*told, mark]
            continue
        before = _ENDS.split(text[: mark.start])[-1]
        after = _ENDS.split(text[mark.end :])[0]
        if MAKES_UP.match(after):
            return True
        if IS.search(before) and any(one.tag in SHARES for one in told):
            return True  # "half of them are women", whoever they are
        if HOLDER.search(before) and not MOST_OF_ALL.search(before) and (IS.search(before) or AMONG.search(before)):
            return True
    return False
