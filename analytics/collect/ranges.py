"""Whether answers that are ranges of numbers leave each number exactly one place: "18-25" and "25-35" do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

NUMBER = r"\d+(?:[.,']\d{3})*(?:[.,]\d+)?"
CLOSED = re.compile(rf"({NUMBER})\D{{0,12}}?(?:-|–|—|\b(?:to|bis|and|or|oder)\b)\D{{0,3}}?({NUMBER})", re.IGNORECASE)
BELOW = re.compile(rf"\b(?:under|below|less than|fewer than|unter|weniger als)\D{{0,3}}({NUMBER})", re.IGNORECASE)
ABOVE = re.compile(rf"\b(?:over|above|more than|über|mehr als)\D{{0,3}}({NUMBER})", re.IGNORECASE)
FROM = re.compile(
    rf"({NUMBER})\W*(?:\w+\W+)?(?:\+|(?:or|and|oder|und) (?:more|over|older|above|mehr|älter|darüber))", re.IGNORECASE
)
PLUS = re.compile(rf"({NUMBER}) ?\+|\b(?:at least|from|mindestens|ab)\D{{0,3}}({NUMBER})", re.IGNORECASE)
UP_TO = re.compile(
    rf"\b(?:up to|at most|no more than|bis(?: zu)?|höchstens|maximal)\D{{0,3}}({NUMBER})|"
    rf"({NUMBER})\W*(?:\w+\W+)?(?:or|and|oder|und) (?:less|fewer|under|younger|below|weniger|jünger|darunter)",
    re.IGNORECASE,
)
SHORT_OF = re.compile(
    rf"({NUMBER})\D{{0,12}}?(?:\bto\b|\bbis\b|-|–|and|but|und|aber) ?(?:just )?(?:under|below|less than|fewer than|"
    rf"unter|"
    rf"weniger als)\D{{0,3}}({NUMBER})",
    re.IGNORECASE,
)
BEYOND = re.compile(rf"\b(?:over|above|more than|über|mehr als)\D{{0,3}}{NUMBER}", re.IGNORECASE)
WORDS = {
    word: str(number)
    for words in (
        "none one two three four five six seven eight nine ten eleven twelve",
        "kein ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for number, word in enumerate(words.split())
    if number
}
"""Numbers that are written as words."""
A_LITTLE = 0.001
"""How far beside a number a range begins or ends that does not take it in."""


def clash(labels: Sequence[str]) -> tuple[str, str] | None:
    """Returns the rule that two neighbouring ranges break and both of them, None where each number has one place.

    A range that ends where the next one begins holds that number twice ("overlap"). One that begins more than 1 above
    the end of the one before leaves numbers without a place ("gap"). Labels without numbers are passed over.

    Example:
        >>> clash(["Under 18", "18-25", "25-35", "35+"])
        ('overlap', '18-25 / 25-35')
        >>> clash(["1 to 3", "5 to 10", "More than 10"])
        ('gap', '1 to 3 / 5 to 10')
        >>> clash(["Under 18", "18-24", "25-34", "35 or older"])
    """
    ranges = [(ends, label) for label in labels if (ends := _ends(_in_digits(label))) is not None]
    closed = sum(CLOSED.search(_in_digits(label)) is not None for _, label in ranges)
    if not closed or len(ranges) < 2 + (closed < 2) or len({ends for ends, _ in ranges}) == 1:
        return None
    starts = [ends[0] for ends, _ in ranges]
    if starts == sorted(starts, reverse=True):
        ranges.reverse()  # from much to little
    for ((_, end), label), ((start, _), following) in pairwise(ranges):
        if start <= end:
            return "overlap", f"{label} / {following}"
        if start - end > 1:
            return "gap", f"{label} / {following}"
    return None


def _ends(label: str) -> tuple[float, float] | None:
    """The first and the last number of a range; what lies below or above a number ends or begins just beside it."""
    if found := SHORT_OF.search(label):
        return _number(found[1]), _number(found[2]) - A_LITTLE
    if found := CLOSED.search(label):
        first, last = _number(found[1]), _number(found[2])
        return (first + (A_LITTLE if BEYOND.search(label) else 0), last) if first <= last else None
    if found := BELOW.search(label):
        return float("-inf"), _number(found[1]) - 1
    if found := ABOVE.search(label):
        return _number(found[1]) + 1, float("inf")
    if found := UP_TO.search(label):
        return float("-inf"), _number(found[1] or found[2])
    if found := FROM.search(label):
        return _number(found[1]), float("inf")
    if found := PLUS.search(label):
        return _number(found[1] or found[2]), float("inf")
    return None


def _in_digits(label: str) -> str:
    """The label with its number words as digits."""
    return re.sub(r"[^\W\d]+", lambda word: WORDS.get(word[0].lower(), word[0]), label)


def _number(text: str) -> float:
    """What is written with marks of thousands or of decimals, three digits behind a mark being thousands."""
    whole = re.sub(r"[.,'](?=\d{3}(?:\D|$))", "", text)
    return float(whole.replace(",", "."))
