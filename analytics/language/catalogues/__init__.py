"""The catalogues, a file a language in gettext's own format, and how a sentence is looked up in them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent
MORE = "LANGUAGES_FOLDER"
"""The environment variable that names a folder with more catalogues, such as fr.po."""
OURS = "en"
"""The language in which sentences stand in the code, which needs no catalogue."""


@cache
def languages() -> tuple[str, ...]:
    """The languages that are spoken, English first; a third one is a catalogue and nothing else."""
    return (OURS, *sorted({*_files()} - {OURS}, key=lambda language: (not _comes_along(language), language)))


def first_spoken(asked: Iterable[str]) -> str | None:
    """The first of these languages that is spoken, as browsers name theirs; None where none is.

    Example:
        >>> first_spoken(["fr-CH", " de-AT;q=0.8"]), first_spoken(["tlh"])
        ('de', None)
    """
    named = (one.partition(";")[0].strip().partition("-")[0].lower() for one in asked)
    return next((one for one in named if one in languages()), None)


@cache
def messages(language: str) -> Catalog:
    """The catalogue of a language, as its file has it.

    Raises:
        KeyError: there is none.
    """
    with _files()[language].open("rb") as file:
        return read_po(file, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """What translates into a language; English where it has no catalogue or the catalogue has not that sentence."""
    if language not in _files():
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, messages(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _files() -> dict[str, Path]:
    more = os.environ.get(MORE)
    folders = [FOLDER, *([Path(more)] if more else [])]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.po"))}


def _comes_along(language: str) -> bool:
    return (FOLDER / f"{language}.po").is_file()
