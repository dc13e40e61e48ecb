"""Own words among the answers of a list: what readers wrote under "Other", where it stands in the same cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from analytics.imports.cells.vocabulary import NONE_OF_THEM, OTHER, SPECIFY, UNSURE
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.proposing.beside import OTHER_LABEL
from analytics.imports.proposing.orders import is_yes_or_no, steps_in
from analytics.imports.proposing.unanswered import is_unanswered
from analytics.imports.tools.google_forms import NAME as GOOGLE_FORMS
from analytics.imports.tools.jotform import NAME as JOTFORM
from analytics.imports.tools.microsoft_forms import NAME as MICROSOFT_FORMS
from analytics.imports.tools.typeform import NAME as TYPEFORM
from analytics.language.said import spoken_of
from analytics.model import Choice, Question

WRITES_OTHER = frozenset({GOOGLE_FORMS, JOTFORM, MICROSOFT_FORMS, TYPEFORM})
"""Tools that put what a reader wrote under "Other" where the option would stand."""

_MOST_OFFERED, _MOST_TAKE = 15, 0.7
_GAP, _MOST_ALIKE, _SELDOM = 3, 3, 0.02
_FEWEST_UNLIKE, _FEWEST_PLAIN = 4, 6
_LONGER, _OFTEN = 4, 5
_FEW, _SELDOM_OF_SEVERAL = 0.08, 0.04
_NUMBER = re.compile(r"\W*\d")
_OWN = re.compile(
    r"\W*(my|our|mine?s?|meine?[nmrs]?|unsere?[nmrs]?|mon|ma|mes|notre|nos|mi|mis|nuestr[oa]s?|mi[oa]|miei|mie|nostr[oaie]|"
    r"meus?|minhas?|nossos?|nossas?|mijn|onze?|m[oó]j|moj[ae]|nasz[ae]?|мо[йяеи]|мои|наш[аеи]?|моя|мої)\s",
    re.IGNORECASE,
)
"""How an answer begins that speaks of what is the reader's own."""


def own_words_among(times: Mapping[str, int], tool: str, *, several: bool = False) -> list[str]:
    """Returns the answers that readers wrote instead of one of the list, none where all may have been offered.

    A list shows by a few options that take most answers, and a gap between the rarest of them and what one or two
    readers gave. These were written where they are many, or where some are written as no option is: small where options
    begin with capitals, or as a sentence beside names. Where the tool keeps own words elsewhere, more has to show it.
    Words for none, for no answer, "Other" itself, yes and no, steps of the list's scale and numbers stay answers.

    Args:
        times: how many readers gave each answer.
        several: whether a reader gives several in one cell, among which every tool writes what stands under "Other".

    Example:
        >>> media = {"Radio": 30, "Television": 25, "Newspaper": 12, "None of these": 1}
        >>> own_words_among(media | {"my neighbour": 1, "YouTube": 1, "podcasts": 2}, "Google Forms")
        ['my neighbour', 'YouTube', 'podcasts']
        >>> own_words_among({"Labour": 30, "Conservative": 25, "Green": 9, "Reform UK": 1, "SNP": 1}, "Google Forms")
        []
        >>> own_words_among({"Agree": 30, "Disagree": 25, "Neutral": 9, "Strongly agree": 1}, "Google Forms")
        []
        >>> own_words_among({"Radio": 61, "Friends": 42, "Post": 9, "my choir": 6}, "Jotform", several=True)
        ['my choir']
    """
    if not all(times.values()):
        return []  # neighbours have answers that nobody gave here: a list of all of them
    kept = {word for word in times if _is_answer(word)}
    ranked = sorted((word for word in times if not several or word not in kept), key=times.__getitem__, reverse=True)
    total = sum(times.values())
    offered = _offered(ranked, times, max(_MOST_ALIKE, (_SELDOM_OF_SEVERAL if several else _SELDOM) * total))
    unlike = {*_unlike(ranked, times)} if several else set()
    if not offered:
        return [word for word in times if word in unlike]
    scaled = steps_in(offered) is not None
    if scaled:
        offered += [word for word in ranked[len(offered) : _MOST_OFFERED] if steps_in([*offered, word]) is not None]
    listed = {*offered}
    tail = [word for word in ranked if word not in listed and word not in kept]
    odd = [word for word in tail if is_written(word, offered)]
    own_cell = several or tool in WRITES_OTHER
    most, least = max(map(times.__getitem__, tail), default=0), min(map(times.__getitem__, offered))
    gap = _GAP * most <= least
    if not own_cell and least < _OFTEN:
        return []
    many = len(tail) >= (_FEWEST_UNLIKE if own_cell else max(_FEWEST_PLAIN, len(offered) + 1))
    many = many and (not several or len(tail) - len(odd) >= _FEWEST_UNLIKE - 1 or 2 * _GAP * most <= least)
    shown = 3 * len(odd) >= len(tail) and len(tail) >= (2 if own_cell else 3)
    if gap and many:
        wanted = {*tail, *unlike}
    elif gap and shown:  # what looks like an option, and more gave than any that does not, may be one
        often = max(map(times.__getitem__, odd))
        wanted = {*unlike, *odd, *(word for word in tail if times[word] <= often)}
    elif several:
        wanted = unlike
    else:
        seldom = max(1, _SELDOM * total)
        wanted = {word for word in odd if times[word] <= seldom} if own_cell else set()
    return [word for word in times if word in wanted]


def _is_answer(word: str) -> bool:
    """Returns whether a word is offered however few chose it.

    Example:
        >>> [_is_answer(word) for word in ("None of these", "Prefer not to say", "Other", "my neighbour", "18-29")]
        [True, True, True, False, True]
        >>> [_is_answer(word) for word in ("Other: my neighbour", "Other: please specify")]
        [False, True]
    """
    if _names_other(word):
        return False
    known = OTHER.match(word) or NONE_OF_THEM.match(word) or UNSURE.match(word) or _NUMBER.match(word)
    return bool(known) or is_yes_or_no(word) or is_unanswered(word)


def _names_other(word: str) -> bool:
    """Returns whether a tool wrote what a reader meant behind the word for other answers: "Other: my neighbour"."""
    head, colon, own = word.partition(":")
    return bool(colon and own.strip()) and OTHER.match(head.strip()) is not None and not SPECIFY.search(own)


def _offered(ranked: Sequence[str], times: Mapping[str, int], rare: float) -> list[str]:
    """Returns the answers above the widest gap between one of the list and one that few readers gave.

    Args:
        ranked: the answers, the most frequent first.
        rare: how many readers gave what hardly anybody did, at most.
    """
    total = sum(map(times.__getitem__, ranked))
    widest, found, given = 0.75, 0, 0
    for at, (one, other) in enumerate(pairwise(ranked[: _MOST_OFFERED + 1]), start=1):
        given += times[one]
        gap = times[one] / (times[other] + 1)  # of two and one reader nothing can be told
        if at > 1 and given >= _MOST_TAKE * total and times[other] <= rare and times[one] > 2 and gap > widest:
            widest, found = gap, at
    return list(ranked[:found])


def _unlike(ranked: Sequence[str], times: Mapping[str, int]) -> list[str]:
    """Returns the answers that look as none of those does that take most, each given less often than all that do.

    Args:
        ranked: the answers, the most frequent first.

    Example:
        >>> times = {"Radio": 61, "Friends": 42, "Poster": 15, "Post": 9, "my choir": 6}
        >>> _unlike([*times], times)
        ['my choir']
    """
    total, main = sum(map(times.__getitem__, ranked)), [*ranked[:2]]
    for word in ranked[2:]:
        if sum(map(times.__getitem__, main)) >= _MOST_TAKE * total:
            break
        main.append(word)
    odd = [word for word in ranked if word not in main and is_written(word, main)]
    least = min((times[word] for word in ranked if word not in odd), default=0)
    return [word for word in odd if times[word] < min(least, _FEW * total)]


def is_written(word: str, offered: Collection[str]) -> bool:
    """Returns whether a word looks as none of the options does.

    It begins small where these begin with capitals, speaks of the reader's own where none of these does, or it is a
    sentence where these are names.

    Example:
        >>> [is_written(word, ["Radio", "TV"]) for word in ("my son", "YouTube", "I ask the man at a kiosk", "Mi tía")]
        [True, False, True, True]
    """
    if _names_other(word) or (_OWN.match(word) and not any(map(_OWN.match, offered))):
        return True
    capitals = all(one[:1].isupper() for one in offered)
    longest = max((len(one.split()) for one in offered), default=0)
    long = len(word.split()) >= max(_LONGER, 2 * longest + 1)
    ended = word.rstrip()[-1:] in {*".!…"} and not any(one.rstrip()[-1:] in {*".!…"} for one in offered)
    return (capitals and word[:1].islower()) or long or (ended and " " in word)


def with_other(asked: Question, count: int) -> tuple[Question, str]:
    """Returns the question with "Other" for whatever else readers wrote, and what is to be told.

    An answer of the list that is called so takes these in.

    Args:
        count: how many different answers were written.
    """
    known = next((one for one in asked.choices if OTHER.match(one.label) and not UNSURE.match(one.label)), None)
    if known is None:
        other = Choice(OTHER_LABEL, OTHER_LABEL, None, (OTHER_LABEL, ANY_WORDS))
        unsure = [one for one in asked.choices if UNSURE.match(one.label)]
        choices = (*(one for one in asked.choices if one not in unsure), other, *unsure)
    else:
        whole = replace(known, values=(*(known.values or (known.value,)), ANY_WORDS))
        choices = tuple(whole if one is known else one for one in asked.choices)
    told = spoken_of(
        count,
        "{name}: {count} answer that a reader wrote counts as {label!r}, and can be read as text",
        "{name}: {count} different answers that readers wrote count as {label!r}, and can be read as text",
        name=asked.column or asked.key, label=known.label if known else OTHER_LABEL,
    )  # fmt: skip
    return replace(asked, choices=choices), told


def words_of_other(asked: Question, key: str) -> Question | None:
    """Returns what readers wrote instead of an answer as a text question, None where all answers are listed.

    Example:
        >>> asked = Question("q", "Which?", "single", "q", (Choice("A", "A", None, ("A",)),))
        >>> words_of_other(with_other(asked, 3)[0], "q-other").missing
        ('A', 'Other')
    """
    if asked.kind not in ("single", "scale") or asked.column is None or asked.separator:
        return None
    if not any(ANY_WORDS in one.values for one in asked.choices):
        return None
    listed = dict.fromkeys(word for one in asked.choices for word in (one.value, *one.values) if word != ANY_WORDS)
    other = next(one.label for one in asked.choices if ANY_WORDS in one.values)
    return Question(
        key, f"{asked.text} - {other}", "text", asked.column, missing=tuple(dict.fromkeys((*asked.missing, *listed)))
    )
