"""Keys and titles for what a file names in its own words."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

from analytics.imports.definition.survey import ROW_WORDS

LONGEST_KEY = 30
_LONGEST_TITLE = 80


def free(key: str | None, taken: set[str]) -> str:
    """Returns the key, with a number where another part of the survey has it already.

    Example:
        >>> free("age", {"age"}), free("base_n", set())
        ('age-2', 'base_n-2')
    """
    key = key or "q"
    if key not in taken and key not in ROW_WORDS:
        return key
    return next(f"{key}-{number}" for number in range(2, len(taken) + 3) if f"{key}-{number}" not in taken)


def slug(text: str) -> str:
    """Returns the text as a key: Latin letters, digits and hyphens, small; "" where nothing of it is Latin.

    Example:
        >>> slug("Größe & Gewicht"), slug("q0004_0001"), slug("Возраст")
        ('gro-e-gewicht', 'q0004_0001', '')
    """
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode() if text.isascii() else _latin(text)
    return re.sub(r"[^a-z0-9_]+", "-", plain.casefold()).strip("-")[: 2 * LONGEST_KEY]


def _latin(text: str) -> str:
    """Returns the text without accents, a blank for every letter that is not Latin."""
    plain = "".join(letter for letter in normalize("NFKD", text) if not 0x300 <= ord(letter) < 0x370)
    return "".join(letter if letter.isascii() else " " for letter in plain)


def title_of(path: Path) -> str:
    """Returns a title from the file's name.

    Example:
        >>> title_of(Path("reader_poll-2024.csv"))
        'Reader poll 2024'
    """
    words = re.sub(r"[_\-\s]+", " ", path.stem).strip() or "Survey"
    return (words[:1].upper() + words[1:])[:_LONGEST_TITLE]
