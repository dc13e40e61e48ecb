"""Which end of numbered steps is the best, as the words of a question say."""

from __future__ import annotations

import re
from functools import lru_cache

_BEST = (
    r"favou?rites?|best|(the )?most|top|first|highest|strongest|excellent|very good|"
    r"liebste\w*|beste\w*|wichtigste\w*|höchste\w*|stärkste\w*|am \w+sten|sehr gut|"
    r"pr[ée]f[ée]r\w+|favori\w*|meilleur\w*|mejor|favorit[oa]|preferid[oa]|migliore|preferit[oa]|melhor|favoriete?|"
    r"najleps\w+|ulubion\w+|лучш\w+|любим\w+"
)
_FROM_ONE = re.compile(
    r"(?<![\d.,])1\s*(=|\(|is|being|means|meaning|for|as|stands for|ist|bedeutet|heißt|steht für|entspricht|étant|"
    rf"est|signifie|es|significa|è|é|oznacza)\s*(?:[^\W\d]+\s+){{0,3}}({_BEST})\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def best_is_one(wording: str) -> bool:
    """Whether a wording says that 1 is the best of numbered steps, as rankings and German school marks have it.

    Example:
        >>> best_is_one("Rank the films, 1 being your favorite and 6 your least favorite.")
        True
        >>> best_is_one("Rate it from 1 (worst) to 5 (best)."), best_is_one("Schulnote, 1 = sehr gut")
        (False, True)
    """
    return _FROM_ONE.search(wording) is not None
