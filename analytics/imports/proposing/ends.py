"""The steps of a scale as a wording says them, and what it calls them: "1 to 7", "(1 = not at all, 5 = very much)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import is_whole
from analytics.imports.cells.vocabulary import STEPS, UNSURE
from analytics.imports.proposing.scans import Scan

_MEANS = (
    r"(?:=|:|\(|means?\b|is\b|stands for\b|bedeutet\b|heißt\b|steht für\b|signifie\b|veut dire\b|significa\b|"
    r"quiere decir\b|betekent\b|oznacza\b|означает\b|это\b)"
)
_LABEL = r"[\"'“”«„‘’]?[^\W\d_][^\d;/|()\[\],:=\n–—]{0,60}"
_ASKED_NOT = _LABEL.replace(r"\d;", r"\d;?!.")
_NUMBER_FIRST = re.compile(rf"(?<![\d.,\w-])(?P<step>-?\d{{1,3}})\s*{_MEANS}\s*(?P<label>{_LABEL})", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(rf"(?<![\d.,\w-])(?P<step>-?\d{{1,3}})\s+(?P<label>{_LABEL})")
_NUMBER_LAST = re.compile(rf"(?P<label>{_ASKED_NOT}?)\s*[=(]\s*(?P<step>-?\d{{1,3}})(?=\s*(?:[);,/|]|[-–—]|$))")
_IN_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]{5,160})[)\]]")
_BEHIND = re.compile(
    r"(\s+(and|und|et|y|e|en|i|и|to|bis|до|à|a|tot|do|até|hasta)|\s+-)?[\s\-\"'“”«»„‘’]*$|[?!].*$|\.\s.*$",
    re.I | re.DOTALL,
)
_BEFORE = re.compile(
    r"^.*\b(from|von|bis|to|hasta|до|от|van|tot)\s+|^\W*(de|da|desde|à|a|od|do|e|y|et|and|und)\s+", re.I | re.DOTALL
)
_JOINS = re.compile(r"(to|bis|до|à|a|al|alla?|até|tot|do|till|and|und|or|oder|of|von|de)\b", re.IGNORECASE)
_LOWEST, _HIGHEST, _LONGEST = (-5, 1), (2, 11), (20, 100, 101)
_LONGEST_WORDING = 600


@lru_cache(maxsize=4_096)
def written_ends(text: str) -> tuple[int, int] | None:
    """Returns the lowest and the highest step that a wording says.

    Example:
        >>> written_ends("How safe? (1 = not at all, 5 = completely)"), written_ends("Thermometer (0-100)")
        ((1, 5), (0, 100))
        >>> written_ends("1 means bad and 7 means good"), written_ends("5=good 1=bad"), written_ends("5 years?")
        ((1, 7), (1, 5), None)
    """
    match = STEPS.search(text)
    if match is not None:
        low, high = int(match["low"] or match["low2"]), int(match["high"] or match["high2"])
        return (low, high) if low < high else None
    steps = named_steps(text)
    return (min(steps), max(steps)) if len(steps) > 1 and max(steps) - min(steps) > 1 else None


@lru_cache(maxsize=4_096)
def named_steps(text: str) -> Mapping[int, str]:
    """Returns what a wording calls the steps of its scale, none where it names fewer than two.

    Example:
        >>> named_steps("How fair? (1 = not at all, 5 = very much)"), named_steps("Rate us from 1 (worst) to 10 (best)")
        ({1: 'not at all', 5: 'very much'}, {1: 'worst', 10: 'best'})
        >>> named_steps("¿Y? (1 nada satisfecho - 5 muy satisfecho)"), named_steps("From very bad (1) to good (5)")
        ({1: 'nada satisfecho', 5: 'muy satisfecho'}, {1: 'very bad', 5: 'good'})
        >>> named_steps("A scale of 1 to 5"), named_steps("Did 1 child or 5 children come?")
        ({}, {})
    """
    text = text[:_LONGEST_WORDING]
    beside = map(_of_bracket, _IN_BRACKETS.finditer(text))
    for pairs in (_pairs(_NUMBER_FIRST, text), *beside, _pairs(_NUMBER_LAST, text)):
        found: dict[int, str] = {}
        for step, label in pairs:
            found.setdefault(step, label)
        low, high = min(found, default=9), max(found, default=0)
        ends = _LOWEST[0] <= low <= _LOWEST[1] and (_HIGHEST[0] <= high <= _HIGHEST[1] or high in _LONGEST)
        if len(found) > 1 and ends and len({*map(str.casefold, found.values())}) == len(found):
            return dict(sorted(found.items()))
    return {}


def _of_bracket(match: re.Match[str]) -> list[tuple[int, str]]:
    """Returns numbers and words that stand side by side within brackets."""
    return list(_pairs(_SIDE_BY_SIDE, match["inside"]))


def _pairs(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yields the steps that a wording names, each with its name."""
    for match in pattern.finditer(text):
        label = _BEHIND.sub("", match["label"], count=1)
        label = (_BEFORE.sub("", label) if pattern is _NUMBER_LAST else label).strip(" -.\"'“”«»„‘’")
        if label and not _JOINS.fullmatch(label):
            yield int(match["step"]), label


def with_named_steps(fields: Sequence[Field], scans: Mapping[str, Scan]) -> tuple[Field, ...]:
    """Returns the columns, those of numbers whose wording says what each of them stands for with these labels.

    Example:
        >>> field = Field("Agree? (1=no, 2=in part, 3=yes)")
        >>> with_named_steps([field], {field.name: Scan({"1": 4, "3": 5}, (), 9, 9)})[0].labels
        (('1', 'no'), ('2', 'in part'), ('3', 'yes'))
    """
    return tuple(_labelled(field, scans[field.name]) for field in fields)


def _labelled(field: Field, scan: Scan) -> Field:
    if field.labels or field.use != "answer" or field.separator or scan.numbers is None or field.group:
        return field
    steps = named_steps(field.text or field.name)
    whole = len(steps) > 1 and len(steps) == max(steps) - min(steps) + 1
    words = [word for word in scan.words if not UNSURE.match(word)]
    known = whole and all(is_whole(word) and int(word) in steps for word in words)
    return replace(field, labels=tuple((str(step), label) for step, label in steps.items())) if known else field
