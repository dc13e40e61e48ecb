"""What an answer means by its words: for, against, in between or beside it, in every language that has a file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Side = Literal["plus", "middle", "minus", "beside"]
_FILES = Path(__file__).resolve().parent / "stances"
_ORDER: tuple[Side, ...] = ("beside", "middle", "minus", "plus")
"""Tried in this order: "not sure" is no "no", and "do not support" no "support"."""


@dataclass(frozen=True)
class Stance:
    """The side of an answer and how strongly it takes it: 0 strongly, 1 plainly, 2 weakly."""

    side: Side
    weakness: int = 1


@lru_cache(maxsize=4096)
def stance(label: str) -> Stance | None:
    """Returns what an answer means by its words alone; None where they say neither for nor against.

    Example:
        >>> stance("Strongly agree"), stance("Nein"), stance("Да")
        (Stance(side='plus', weakness=0), Stance(side='minus', weakness=1), Stance(side='plus', weakness=1))
        >>> stance("Newsletter"), stance("Yesterday")
        (None, None)
    """
    words = " ".join(label.casefold().replace("’", "'").strip(" .!()").split())
    for language in _languages():
        for side in _ORDER:
            if language.sides[side].fullmatch(words):
                return Stance(side)
        weakness = 0 if language.strong.search(words) else 2 if language.weak.search(words) else None
        if weakness is None:
            continue
        rest = language.degree.sub(" ", words)
        bare = " ".join(rest.replace(",", " ").split())
        for side in ("minus", "plus"):
            if language.sides[side].fullmatch(bare):
                return Stance(side, weakness)
    return None


@lru_cache(maxsize=4096)
def are_degrees(labels: tuple[str, ...]) -> bool:
    """Whether answers are steps of a scale by their words: all but one, at most, hold a degree, strong ones and weak.

    Example:
        >>> are_degrees(("Very hard", "Rather hard", "Rather easy", "Very easy"))
        True
        >>> are_degrees(("Very masculine", "Somewhat masculine", "Not very masculine", "Not at all masculine"))
        True
        >>> are_degrees(("Keep the market", "Concert hall", "Library")), are_degrees(("Very often", "Never"))
        (False, False)
    """
    words = [label.casefold() for label in labels]
    for language in _languages():
        strong = [language.strong.search(one) is not None for one in words]
        weak = [language.weak.search(one) is not None for one in words]
        known = sum(one or other for one, other in zip(strong, weak, strict=True))
        if known >= max(2, len(words) - 1) and any(strong) and any(weak):
            return True
    return False


@dataclass(frozen=True)
class _Words:
    """The words of one language: each side as a pattern of a whole answer, and those of degree within it."""

    sides: dict[Side, re.Pattern[str]]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    degree: re.Pattern[str]


@lru_cache(maxsize=1)
def _languages() -> tuple[_Words, ...]:
    """The words of every language; English comes first, for short words are often its."""
    files = sorted(_FILES.glob("*.toml"), key=lambda path: (path.stem != "en", path.stem))
    return tuple(_words_of(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files)


def _words_of(table: dict[str, str]) -> _Words:
    sides: dict[Side, re.Pattern[str]] = {side: re.compile(table[side]) for side in _ORDER}
    strong, weak = (re.compile(rf"(?<!\w)(?:{table[name]})(?!\w)") for name in ("strong", "weak"))
    return _Words(sides, strong, weak, re.compile(f"{strong.pattern}|{weak.pattern}"))
