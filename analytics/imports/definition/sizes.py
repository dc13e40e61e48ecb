"""Definitions that are larger than anything honest: refused at the door.

The tree is looked at before any of it is understood: what is too much of something would be slow to understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analytics import limits
from analytics.errors import DefinitionError, Fault
from analytics.imports.definition.toml import DefinitionTable, refuse, shown
from analytics.language.said import spoken, written
from analytics.model import Question

_FAULTS = 20
"""So many faults are told of: a list of 100,000 wrong numbers says no more."""
_DEEP = 12
"""How deep tables and lists may stand in one another; the deepest key of ours is at 5."""
_Names = tuple[str, ...]
_ITEMS: dict[_Names, int] = {
    ("question",): limits.QUESTIONS, ("dimension",): limits.DIMENSIONS, ("event",): limits.EVENTS,
    ("benchmark",): limits.BENCHMARKS, ("target",): limits.TARGETS,
    ("question", "choices"): limits.CHOICES, ("question", "columns"): limits.CHOICES,
    ("question", "missing"): limits.WORDS, ("question", "nets"): limits.NETS,
    ("question", "selected"): limits.WORDS, ("question", "not_selected"): limits.WORDS,
    ("question", "changes"): limits.CHANGES, ("question", "asked_if"): limits.CONDITIONS,
    ("dimension", "levels"): limits.LEVELS, ("dimension", "bands"): limits.BANDS,
    ("dimension", "missing"): limits.WORDS, ("target", "shares"): limits.SHARES,
    ("benchmark", "shares"): limits.CHOICES, ("benchmark", "answers"): limits.CHOICES,
    ("article", "section"): limits.SECTIONS, ("article", "section", "paragraphs"): limits.PARAGRAPHS,
    ("file", "column"): limits.LABELLED_COLUMNS, ("file", "column", "labels"): limits.LABELS,
    ("file", "numbers"): limits.COLUMNS, ("file", "leave_out"): limits.COLUMNS, ("file", "renamed"): limits.COLUMNS,
    ("columns", "comment_missing"): limits.WORDS, ("columns", "consent_given"): limits.WORDS,
}  # fmt: skip
"""How many items may stand where, by the names on the way there."""
_MOST_ITEMS = limits.WORDS
_TEXTS: dict[_Names, int] = {("article", "section", "paragraphs"): limits.PARAGRAPH_CHARACTERS}


def refuse_oversized(root: DefinitionTable) -> None:
    """Refuses more of anything than the limits allow.

    Example:
        >>> root = DefinitionTable({"dimension": [{"key": "age", "bands": list(range(101))}]}, "survey.toml", "", [])
        >>> refuse_oversized(root)
        >>> root.faults
        ['survey.toml, [[dimension]] 1, bands: found 101 items, expected at most 100']
    """
    for place, found, expected in _faults(root.fields):
        refuse(DefinitionTable({}, root.file, place, root.faults), found, expected)
        if len(root.faults) >= _FAULTS:
            return


_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+'")
_LONG_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_DEEP}}}")


def refuse_long_keys(text: str, file: str) -> None:
    """Refuses a TOML text with a key of many parts before it is read: to read one takes memory by the square of them.

    Raises:
        DefinitionError: there is one.

    Example:
        >>> refuse_long_keys("a.b.c = 1", "survey.toml")
        >>> refuse_long_keys(".".join(["a"] * 50_000) + " = 1", "survey.toml")
        Traceback (most recent call last):
        analytics.errors.DefinitionError: survey.toml, line 1: found a key of more than 12 parts, expected a key of ours
    """
    found = _LONG_KEY.search(_QUOTED.sub("q", text))
    if found:
        line = text.count("\n", 0, found.start()) + 1
        fault = Fault(file, line, "", spoken("a key of more than {most} parts", most=_DEEP), spoken("a key of ours"))
        raise DefinitionError(str(fault))


def _faults(fields: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yields for each fault the place, what was found and what was expected."""
    waiting: list[tuple[_Names, str, int, Any]] = [((), "", 1, fields)]
    while waiting:
        names, place, depth, value = waiting.pop()
        if isinstance(value, (dict, list)):
            fault = _too_many(names, value) or _too_deep(depth)
            if fault:
                yield place, *fault
                continue  # what stands inside is one fault more each
            waiting += reversed([*_inside(names, place, depth, value)])
        elif fault := _too_long(names, value):
            yield place, *fault


def _inside(names: _Names, place: str, depth: int, value: Any) -> Iterator[tuple[_Names, str, int, Any]]:
    if isinstance(value, list):
        where = f"[{place}]" if depth == 2 else place  # an array of tables, as TOML writes it
        yield from ((names, f"{where} {at}", depth + 1, one) for at, one in enumerate(value, start=1))
        return
    for key, one in value.items():
        name = shown(key)[1:-1]
        yield (*names, key), f"{place}, {name}" if place else f"[{name}]", depth + 1, one


def _too_many(names: _Names, value: Sequence[Any] | Mapping[str, Any]) -> tuple[str, str] | None:
    most = _ITEMS.get(names, _MOST_ITEMS)
    return (
        None
        if len(value) <= most
        else (spoken("{count} items", count=written(len(value))), spoken("at most {most}", most=written(most)))
    )


def _too_deep(depth: int) -> tuple[str, str] | None:
    return (spoken("tables inside of tables"), spoken("at most {most} of them", most=_DEEP)) if depth > _DEEP else None


def _too_long(names: _Names, value: Any) -> tuple[str, str] | None:
    most = _TEXTS.get(names, limits.TEXT_CHARACTERS)
    if not isinstance(value, str) or len(value) <= most:
        return None
    return spoken("a text of {count} characters", count=written(len(value))), spoken(
        "at most {most}", most=written(most)
    )


def conditions_deep(questions: Sequence[Question]) -> tuple[str, ...]:
    """The longest chain of questions that hang on each other, as far as it is longer than allowed or has no end.

    Example:
        >>> conditions_deep([Question(f"q{n}", "?", "single", asked_if=((f"q{n + 1}", ("1",)),)) for n in range(11)])
        ('q0', 'q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10')
    """
    behind = {question.key: [key for key, _ in question.asked_if if key != question.key] for question in questions}
    chains: list[tuple[str, ...]] = [(key,) for key in behind]
    for _ in range(limits.CONDITIONS_DEEP):
        # one chain for each end is enough to tell how long chains are
        longer = {key: (*chain, key) for chain in chains for key in behind.get(chain[-1], ())}
        chains = [*longer.values()]
    return next(iter(chains), ())
