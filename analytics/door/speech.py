"""In which language the door speaks: the one in the page's address, else the browser's, else the house's.

Loaded when the first sentence is said: most requests pass the gate without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from analytics.errors import DefinitionError
from analytics.figures.drawing.style import Style, house_notation, read_style, style_file
from analytics.language.catalogues import first_spoken, languages
from analytics.language.notation import Notation
from analytics.language.said import speaking, spoken
from analytics.model.address import LANGUAGE


def notation_for(scope: Mapping[str, Any]) -> Notation:
    """How the house writes in the language of whoever asks."""
    named = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(LANGUAGE.name, [""])[0]
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    asked = named if named in languages() else first_spoken(accepted.decode("latin-1").split(","))
    return house_notation(asked or "")


def house_style() -> Style | None:
    """How the house looks; None where its file cannot be read."""
    try:
        return read_style(style_file())
    except DefinitionError:
        return None


def words_for(scope: Mapping[str, Any], sentence: str, values: Mapping[str, object]) -> str:
    """A sentence of the catalogues, in the language of whoever asks."""
    with speaking(notation_for(scope)):
        return spoken(sentence, **values)
