"""Choices and levels: lists of `{value or values, label}` tables or bare words, in the order of showing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analytics.imports.cells.text import number as number_in
from analytics.imports.cells.text import plain
from analytics.imports.definition.toml import (
    DefinitionTable,
    inner,
    items_of,
    known_only,
    listed,
    number,
    refuse,
    required_text,
    text,
    texts,
)
from analytics.language.said import spoken
from analytics.model import Choice, Level, QuestionKind


def choices_of(table: DefinitionTable, kind: QuestionKind | None) -> tuple[Choice, ...]:
    """Returns the choices listed in a question's table, with scores where the kind has them.

    Example:
        >>> fields = {"choices": ["1", {"values": ["2", "two"], "label": "Two"}]}
        >>> choices = choices_of(DefinitionTable(fields, "survey.toml", "[[question]] 1", []), "scale")
        >>> [(choice.value, choice.label, choice.score, choice.values) for choice in choices]
        [('1', '1', 1.0, ('1',)), ('2', 'Two', 2.0, ('2', 'two'))]
    """
    known = ("value", "values", "label", "score")
    choices = tuple(_choice(item) for item in _items(table, "choices", known))
    if kind == "scale" and choices:
        return _scored(table, choices)
    if kind == "multiple" and any(choice.score is not None for choice in choices):
        refuse(table, spoken("a score on a multiple question"), spoken("scores on single and scale questions only"))
    return choices


def levels_of(table: DefinitionTable) -> tuple[Level, ...]:
    """Returns the levels listed in a dimension's table.

    Example:
        >>> levels_of(DefinitionTable({"levels": ["F", "M"]}, "survey.toml", "[[dimension]] 1", []))[1]
        Level(value='M', label='M', values=('M',))
    """
    return tuple(_level(item) for item in _items(table, "levels", ("value", "values", "label")))


def refuse_repeats(
    table: DefinitionTable, options: Sequence[Choice | Level], missing: Sequence[str], name: str
) -> None:
    """Refuses spellings that, as cells are compared, stand twice among choices or levels, or there and as missing.

    Example:
        >>> question = DefinitionTable({}, "survey.toml", "[[question]] 1", [])
        >>> refuse_repeats(question, [Choice("NA", "None", values=("NA",))], ["NA"], "choices")
        >>> question.faults
        ["survey.toml, [[question]] 1: found 'NA' both under choices and under missing, expected it in one of them"]
    """
    seen: set[str] = set()
    for value in (value for option in options for value in option.values if value):
        if plain(value) in seen:
            refuse(table, spoken("'{value}' twice under {key}", value=value, key=name), spoken("each value once"))
        seen.add(plain(value))
    for value in missing:
        if plain(value) in seen:
            refuse(
                table,
                spoken("'{value}' both under {key} and under missing", value=value, key=name),
                spoken("it in one of them"),
            )


def _items(table: DefinitionTable, key: str, known: Sequence[str]) -> Iterator[DefinitionTable]:
    """Yields each choice or level as a table, a bare word as the table that it is short for."""
    items = items_of(table, key)
    if key in table.fields and table.fields[key] == []:
        refuse(
            table, f"{key} = []", spoken("at least one, or no {key} at all: then they are taken from the file", key=key)
        )
    for place, item in enumerate(items, start=1):
        content = item if isinstance(item, dict) else {"value": item}
        option = inner(table, content, f"{key} {place}")
        if option is not None:
            known_only(option, known)
            yield option


def _choice(table: DefinitionTable) -> Choice:
    values = _values(table)
    return Choice(values[0], text(table, "label") or values[0], number(table, "score"), values)


def _level(table: DefinitionTable) -> Level:
    values = _values(table)
    return Level(values[0], text(table, "label") or values[0], values)


def _values(table: DefinitionTable) -> tuple[str, ...]:
    """Returns every spelling of a choice or level, at least one, the first being its value."""
    if "values" not in table.fields:
        return (required_text(table, "value", spoken("the file's word for it as value or values")),)
    if "value" in table.fields:
        refuse(table, spoken("both value and values"), spoken("one of them"))
    values = texts(table, "values")
    if not all(map(str.strip, values)) or table.fields["values"] == []:
        refuse(table, spoken("values with nothing in it"), spoken("words of the file: blank cells are missing anyway"))
    return values or ("",)


def _scored(table: DefinitionTable, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Returns a scale's choices with their scores: as written, else their values where all of these are numbers."""
    worded = [choice.value for choice in choices if number_in(choice.value) is None]
    if not worded and all(choice.score is None for choice in choices):
        choices = tuple(replace(choice, score=number_in(choice.value)) for choice in choices)
    scored = sum(choice.score is not None for choice in choices)
    if scored < 2:
        why = spoken(" (only numbers score themselves, not {words})", words=listed(worded)) if worded else ""
        refuse(
            table,
            spoken("{count} scored choices on a scale", count=scored),
            spoken("a score on at least two{why}", why=why),
        )
    return choices
