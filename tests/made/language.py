"""A made-up language: our sentences stand in brackets, numbers have six forms, and it runs from right to left."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from analytics.language import catalogues
from analytics.language.notation import usual_notation
from analytics.language.sentences import sentences_in
from tests.conftest import ROOT

NAME = "ar"
"""One of Unicode's locale data that has six plurals and runs from right to left; its words are ours in brackets."""
OPEN, CLOSE = "⟦", "⟧"


@contextmanager
def made_up_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Adds the language by its catalogue alone, as a newsroom would."""
    (folder / f"{NAME}.po").write_bytes(_catalogue())
    monkeypatch.setenv(catalogues.MORE, str(folder))
    _forget()
    yield NAME
    monkeypatch.delenv(catalogues.MORE)
    _forget()


def unmarked(text: str) -> str:
    """Returns what is left of a text without the sentences in brackets.

    Example:
        >>> unmarked("⟦Only ⟦18–29⟧⟧ and more")
        ' and more'
    """
    before = ""
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
    return text


@cache  # two seconds of reading all of our code
def _catalogue() -> bytes:
    found = Catalog(locale=NAME, charset="utf-8", fuzzy=False)
    for path in (ROOT / "analytics").rglob("*.py"):
        for _, _, forms, _ in sentences_in(path.read_text(encoding="utf-8")):
            if len(forms) > 1:
                found.add(forms, tuple(f"{OPEN}{form}: {forms[-1]}{CLOSE}" for form in range(found.num_plurals)))
            elif forms[0]:
                found.add(forms[0], f"{OPEN}{forms[0]}{CLOSE}")
    written = io.BytesIO()
    write_po(written, found, width=0)
    return written.getvalue()


def _forget() -> None:
    for known in (catalogues.languages, catalogues.messages, catalogues.translations, usual_notation):
        known.cache_clear()
