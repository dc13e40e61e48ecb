"""A survey as the store and the processes of an import hand it on: one line of text. It loads no database."""

from __future__ import annotations

import json
from functools import lru_cache

from cattrs.preconf.json import make_converter

from analytics.model import Survey

_converter = make_converter()


def survey_text(definition: Survey) -> str:
    """Returns a survey as one line of text, from which `survey_from_text` makes the same again."""
    text: str = _converter.dumps(definition)
    return text


@lru_cache(maxsize=16_384)
def survey_from_text(text: str) -> Survey:
    """Returns the survey that `survey_text` made this of."""
    words = json.loads(text)
    if "file" not in words:  # until November 2026 [file] was `source` here, and [source] was `origin`
        words |= {"file": words.get("source", {}), "source": words.get("origin")}
    return _converter.structure(words, Survey)
