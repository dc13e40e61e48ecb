"""Words that nobody but an erased reader had said, where they stand outside of the responses.

A question without listed choices takes what readers wrote as its choices, and a dimension without listed levels as its
levels. Such words are kept once for all (table `code`), and from there they came into published figures, segments,
banners, watches, editions and the total that readers see. When the last reader who said so is erased, they go from all
of these.

What a definition lists stays, since most of it was offered to readers. A definition that was proposed from a file may
list what one of them wrote, though: whoever erases is told what nobody else gave, and may take it out by its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Connection, delete, func, select, update

from analytics.model import Survey
from analytics.model.found import without_words
from analytics.store.read.published_total import forget_in_total
from analytics.store.tables.editions import forget_in_patterns
from analytics.store.tables.rows import inserting, portions
from analytics.store.tables.schema import (
    COUNTED,
    EVERYONE,
    WHOLE,
    answer,
    audit,
    banner,
    code,
    figure,
    open_crowd,
    profile,
    response,
    segment,
    storm,
    survey,
)
from analytics.store.tables.survey_text import survey_from_text, survey_text
from analytics.store.tables.surveys import CodeNumbers
from analytics.store.tables.tally import tally_now
from analytics.store.tables.watches import forget_in_watches

FREE_TEXT = 12
"""Letters and digits from which on words are looked for inside of longer texts too, such as a figure's title."""

ERASED = "erased"
"""What stands in the place of a word."""

WHOLE_WORD = 4
"""Letters and digits from which on a word is looked for as a whole word inside of texts about its question."""

JOINERS = re.compile(r"[,;:|/·×()<>“”\"]")
"""What stands between the names of groups, choices and filters where several make one text."""

MARKUP = re.compile("<[^<>]*>|&[a-z]+;|&#[0-9]+;")
"""What a drawing may have between the letters of a text."""

PARTS = re.compile(r"[*,.~=]")
"""What stands between the keys in the values and names of a query."""

NOTHING_DRAWN = {"title": "", "subtitle": "", "caption": "", "alt": "", "spec": {}}
"""What is kept of the drawing of a figure that showed such words."""

Used = Mapping[str, frozenset[int]]
"""By scope ("choice/<question>", "level/<dimension>") the numbers of what readers said in it."""


@dataclass(frozen=True)
class ErasureReach:
    """What an erasure took besides responses: words, and what was made with them.

    `comments` counts published figures of comments that showed words which no other comment has.
    """

    words: int = 0
    figures: int = 0
    segments: int = 0
    banners: int = 0
    watches: int = 0
    comments: int = 0

    def __add__(self, other: ErasureReach) -> ErasureReach:
        return ErasureReach(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def own_words(definition: Survey, numbers: CodeNumbers) -> Used:
    """Returns all that readers themselves called choices and levels.

    All of it and not what an erased reader said alone: where a newer version of their answer was on its way, its words
    may have their numbers and no response.
    """
    scopes = [f"choice/{one.key}" for one in definition.questions if one.found]
    scopes += [f"level/{one.key}" for one in definition.dimensions if one.found]
    return {scope: frozenset(number for value, number in numbers.get(scope, {}).items() if value) for scope in scopes}


def listed_by(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, responses: Iterable[Any]
) -> Used:
    """Returns what these responses say where the definition lists choices or levels.

    Args:
        responses: rows with `response_no` and `profile_no`.
    """
    rows = list(responses)
    of_question = {numbers["question"][one.key]: one.key for one in definition.questions if not one.found}
    used: dict[str, set[int]] = {}
    if of_question:
        for some in portions([row.response_no for row in rows]):
            query = select(answer.c.question_no, answer.c.choice_no).where(
                answer.c.survey_id == survey_id, answer.c.response_no.in_(some), answer.c.choice_no > 0,
                answer.c.question_no.in_(of_question),
            )  # fmt: skip
            for question_no, choice_no in connection.execute(query.distinct()):
                used.setdefault(f"choice/{of_question[question_no]}", set()).add(choice_no)
    found = [one.key for one in definition.dimensions if not one.found]
    if found:
        levels = _levels(connection, survey_id)
        order = _order(numbers)
        for of_profile in (levels[row.profile_no] for row in rows if row.profile_no in levels):
            for key in found:
                at = order.index(key)
                if at < len(of_profile) and of_profile[at] > 0:
                    used.setdefault(f"level/{key}", set()).add(of_profile[at])
    return {scope: frozenset(numbers_of) for scope, numbers_of in used.items()}


def forget_words(connection: Connection, survey_id: int, numbers: CodeNumbers, used: Used) -> ErasureReach:
    """Takes out the words that are used no more, and what shows them; returns how much that was.

    To be called after the responses are deleted and the tally is lessened.
    """
    gone = ErasureReach()
    for scope, lost in unsaid(connection, survey_id, numbers, used).items():
        kind, _, key = scope.partition("/")
        _forget(connection, survey_id, scope, lost)
        forget_in_patterns(connection, survey_id, scope, lost)
        if kind == "choice":
            forget_in_total(connection, survey_id, key, lost)
        gone += _take_out(connection, survey_id, key, tuple(lost))
    return gone


def forget_every_word(connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers) -> None:
    """Takes what readers themselves called choices and levels out of all that outlives the survey.

    To be called before a survey goes for good: with its responses goes who said so.
    """
    own = [(f"choice/{one.key}", one.key) for one in definition.questions if one.found]
    own += [(f"level/{one.key}", one.key) for one in definition.dimensions if one.found]
    for scope, key in own:
        if words := tuple(value for value in numbers.get(scope, {}) if value):
            _take_out(connection, survey_id, key, words)


def unsaid(connection: Connection, survey_id: int, numbers: CodeNumbers, used: Used) -> dict[str, dict[str, int]]:
    """Returns which of these words no response has any more, with their numbers, by scope."""
    found: dict[str, dict[str, int]] = {}
    for scope, candidates in used.items():
        kind, _, key = scope.partition("/")
        still = _chosen(connection, survey_id, numbers["question"][key]) if kind == "choice" else _standing(
            connection, survey_id, _order(numbers).index(key), candidates
        )  # fmt: skip
        lost = {value: number for value, number in numbers[scope].items() if number in candidates - still and value}
        if lost:
            found[scope] = lost
    return found


def _order(numbers: CodeNumbers) -> list[str]:
    """Returns the dimensions in the order in which a profile has their levels."""
    known = numbers.get("dimension", {})
    return sorted(known, key=known.__getitem__)


def _levels(connection: Connection, survey_id: int) -> dict[int, list[int]]:
    query = select(profile.c.profile_no, profile.c.levels).where(profile.c.survey_id == survey_id)
    return {row.profile_no: json.loads(row.levels) for row in connection.execute(query)}


def _chosen(connection: Connection, survey_id: int, question_no: int) -> set[int]:
    """Returns the choices of the question that some response has, whatever its standing."""
    now = tally_now(connection, survey_id).c
    counted = select(now.choice_no).where(
        now.survey_id == survey_id, now.grain == WHOLE, now.question_no == question_no
    )
    still = set(connection.execute(counted.group_by(now.choice_no).having(func.sum(now.n) > 0)).scalars())
    others = (
        select(answer.c.choice_no)
        .join(response, (response.c.survey_id == answer.c.survey_id) & (response.c.response_no == answer.c.response_no))
        .where(
            response.c.survey_id == survey_id, response.c.standing != COUNTED, answer.c.question_no == question_no
        )
    )  # fmt: skip
    return still | set(connection.execute(others.distinct()).scalars())


def _standing(connection: Connection, survey_id: int, at: int, candidates: frozenset[int]) -> set[int]:
    """Returns which of these levels of the dimension in that place some response still has."""
    level_of = {
        number: levels[at]
        for number, levels in _levels(connection, survey_id).items()
        if at < len(levels) and levels[at] in candidates
    }
    still: set[int] = set()
    for some in portions(list(level_of)):
        now = tally_now(connection, survey_id).c
        counted = select(now.profile_no).where(
            now.survey_id == survey_id, now.grain == WHOLE, now.question_no == EVERYONE, now.profile_no.in_(some)
        )
        profiles = set(connection.execute(counted.group_by(now.profile_no).having(func.sum(now.n) > 0)).scalars())
        others = select(response.c.profile_no).where(
            response.c.survey_id == survey_id, response.c.standing != COUNTED, response.c.profile_no.in_(some)
        )
        still |= {level_of[one] for one in profiles | set(connection.execute(others.distinct()).scalars())}
    return still


def _forget(connection: Connection, survey_id: int, scope: str, lost: Mapping[str, int]) -> None:
    """Takes these words out; the highest of their numbers stays under no word, so that none is ever given again."""
    ours = (code.c.survey_id == survey_id, code.c.scope == scope)
    for some in portions(list(lost)):
        connection.execute(delete(code).where(*ours, code.c.value.in_(some)))
    row = {"survey_id": survey_id, "scope": scope, "value": "", "number": max(lost.values())}
    fresh = inserting(connection, code).values(row)
    connection.execute(
        fresh.on_conflict_do_update(
            index_elements=["survey_id", "scope", "value"],
            set_={"number": fresh.excluded.number},
            where=code.c.number < fresh.excluded.number,
        )
    )


def _take_out(connection: Connection, survey_id: int, key: str, words: tuple[str, ...]) -> ErasureReach:
    """Takes the words out of what was made of the question or dimension of that key."""
    names, long = naming(words), naming(tuple(word for word in words if len(joined_words(word)) >= FREE_TEXT))
    _out_of_definitions(connection, survey_id, key, words, names)
    _out_of_rules(connection, survey_id, names)
    figures = sum(
        cleared(connection, row, names if _is_about(json.loads(row.query), key) else long)
        for row in connection.execute(select(figure)).all()
    )
    kept = select(segment.c.key, segment.c.definition).where(segment.c.survey_id == survey_id)
    named = [row.key for row in connection.execute(kept) if _filters_on(json.loads(row.definition), key, names)]
    for some in portions(named):
        connection.execute(delete(segment).where(segment.c.survey_id == survey_id, segment.c.key.in_(some)))
    query = select(banner.c.name, banner.c.address).where(banner.c.survey_id == survey_id)
    columns = [
        row.name
        for row in connection.execute(query)
        if any(map(names, [row.name, *(value for pair in parse_qsl(row.address) for value in pair)]))
    ]
    for some in portions(columns):
        connection.execute(delete(banner).where(banner.c.survey_id == survey_id, banner.c.name.in_(some)))
    watches = forget_in_watches(connection, survey_id, lambda about: names if _is_about(about, key) else long)
    return ErasureReach(len(words), figures, len(named), len(columns), watches)


def _out_of_definitions(
    connection: Connection, survey_id: int, key: str, words: tuple[str, ...], names: Callable[[str], bool]
) -> None:
    """Takes the words out of the survey's definition, and of those that the audit keeps of before it was edited."""
    ours = survey.c.survey_id == survey_id
    before = connection.execute(select(survey.c.definition).where(ours)).scalar_one()
    now = _text_without(before, key, words, names)
    if now != before:
        connection.execute(update(survey).where(ours).values(definition=now, revision=survey.c.revision + 1))
    kept = select(audit.c.audit_no, audit.c.before).where(audit.c.survey_id == survey_id, audit.c.before.is_not(None))
    for row in connection.execute(kept).all():
        if (text := _text_without(row.before, key, words, names)) != row.before:
            that = (audit.c.survey_id == survey_id, audit.c.audit_no == row.audit_no)
            connection.execute(update(audit).where(*that).values(before=text))


def _out_of_rules(connection: Connection, survey_id: int, names: Callable[[str], bool]) -> None:
    """Gives rules by which responses were set aside, and crowds, another name where theirs holds one of the words."""
    told = select(audit.c.rule).where(audit.c.survey_id == survey_id, audit.c.rule.is_not(None)).distinct()
    decided = select(storm.c.name).where(storm.c.survey_id == survey_id)
    rules = {*connection.execute(told).scalars(), *connection.execute(decided).scalars()}
    others = (f"{ERASED} {number}" for number in count(1))
    for rule in sorted(filter(names, rules)):
        instead = next(other for other in others if other not in rules)
        for column in (audit.c.rule, response.c.rule, storm.c.name):
            ours = (column.table.c.survey_id == survey_id, column == rule)
            connection.execute(update(column.table).where(*ours).values({column.name: instead}))
    for table in (storm, open_crowd):
        sources = connection.execute(select(table.c.source).where(table.c.survey_id == survey_id).distinct()).scalars()
        for source in filter(names, sources.all()):
            ours = (table.c.survey_id == survey_id, table.c.source == source)
            connection.execute(update(table).where(*ours).values(source=ERASED))


def _text_without(text: str, key: str, words: tuple[str, ...], names: Callable[[str], bool]) -> str:
    """Returns a definition as it is stored without these choices or levels of that question or dimension."""
    old = survey_from_text(text)
    new = replace(
        without_words(old, key, words),
        edited=tuple(
            (place, said) for place, said in old.edited
            if not any(map(names, (*place.split("/"), said, *(json.loads(said) if said.startswith("[") else ()))))
        ),
    )  # fmt: skip
    return text if new == old else survey_text(new)


def _is_about(query: list[list[str]], key: str) -> bool:
    """Whether a figure's query has to do with that question or dimension; one that names no question may well."""
    parts = {part for pair in query for text in pair for part in PARTS.split(text)}
    return key in parts or not any(name == "question" for name, _ in query)


def cleared(connection: Connection, row: Any, names: Callable[[str], bool]) -> bool:
    """Clears a figure that shows one of the words, and returns whether it did."""
    query, rows, drawn = json.loads(row.query), json.loads(row.rows), json.loads(row.drawn)
    settled = json.loads(row.settled_rows) if row.settled_rows else []
    texts = [*_texts(query), *_texts(rows), *_texts(settled), row.settled_note or ""]
    long = [text for text in _texts(drawn) if len(joined_words(text)) >= FREE_TEXT]
    if not any(map(names, [*texts, *long])):
        return False
    values = {
        "query": [[name, ERASED if names(value) else value] for name, value in query],
        "rows": _without(rows, names), "drawn": NOTHING_DRAWN,
    }  # fmt: skip
    texts_kept = {name: json.dumps(value) for name, value in values.items()}
    if row.settled_rows:
        texts_kept["settled_rows"] = json.dumps(_without(settled, names))
        texts_kept["settled_note"] = "" if names(row.settled_note or "") else row.settled_note
    ours = (figure.c.survey_id == row.survey_id, figure.c.figure_id == row.figure_id)
    connection.execute(update(figure).where(*ours).values(**texts_kept))
    return True


def _filters_on(one: dict[str, Any], key: str, names: Callable[[str], bool]) -> bool:
    filtered = [value for name, values in one.get("where", ()) if name == key for value in values]
    called = [
        text for text in (one.get("name", ""), one.get("description", "")) if len(joined_words(text)) >= FREE_TEXT
    ]
    return any(map(names, [*filtered, *called]))


def _without(rows: list[dict[str, Any]], names: Callable[[str], bool]) -> list[dict[str, Any]]:
    return [row for row in rows if not any(map(names, _texts(row)))]


def naming(words: tuple[str, ...]) -> Callable[[str], bool]:
    """Returns what tells whether a text is one of the words, or holds one: as a part of its own, or as whole words.

    Example:
        >>> names = naming(("Rye", "St Ives", "The boathouse on the quay"))
        >>> [names(one) for one in ("Rye", "w1, Rye", "Only town: St Ives", "at theboathouseonthequay")]
        [True, True, True, True]
        >>> [names(one) for one in ("Rye bread", "St Iveston", "Ives")]
        [False, False, False]
    """
    exact = {*words, *map(joined_words, words)} - {""}
    long = [letters for letters in map(joined_words, words) if len(letters) >= FREE_TEXT]
    whole = {letters for letters in map(joined_words, words) if WHOLE_WORD <= len(letters) < FREE_TEXT}
    most = max((len(re.findall(r"\w+", word)) for word in words if joined_words(word) in whole), default=0)

    def names(text: str) -> bool:
        if any(part.strip() in exact or joined_words(part) in exact for part in (text, *JOINERS.split(text))):
            return True
        letters = joined_words(text)
        return any(one in letters for one in long) or (most > 0 and not whole.isdisjoint(_runs(text, most)))

    return names


def _runs(text: str, most: int) -> Iterator[str]:
    """Yields the letters of every run of up to so many words of a text.

    Example:
        >>> list(_runs("only St Ives", 2))
        ['only', 'onlyst', 'st', 'stives', 'ives']
    """
    words = re.findall(r"\w+", MARKUP.sub(" ", text).casefold())
    for at in range(len(words)):
        for end in range(at + 1, min(at + most, len(words)) + 1):
            yield joined_words("".join(words[at:end]))


def joined_words(text: str) -> str:
    """Returns the letters and digits of a text alone, as it may be broken into lines or marked up in a drawing.

    Example:
        >>> joined_words("5 Elm<br>Street"), joined_words("5 Elm Street")
        ('5elmstreet', '5elmstreet')
    """
    return "".join(letter for letter in MARKUP.sub("", text).casefold() if letter.isalnum())


def _texts(value: Any) -> Iterator[str]:
    """Yields every text inside of a JSON value, names of fields left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
