"""The `[labels.de]` tables of a survey definition: what its texts are called in other languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from analytics.imports.definition.toml import DefinitionTable, inner, known_only, nearest, refuse, section, text
from analytics.language.notation import language_of
from analytics.language.said import spoken
from analytics.model import Survey
from analytics.model.edits import LANGUAGE
from analytics.model.labels import is_text, texts_of, with_labels

_LISTS = {"question": ("choices", "label"), "dimension": ("levels", "label")}
_NETS = ("nets", "net")


def labelled(root: DefinitionTable, survey: Survey) -> Survey:
    """Returns the survey with the labels of every language that its definition has.

    Example:
        >>> root = DefinitionTable({"labels": {"de": {"title": "Der Fluss"}}}, "survey.toml", "", [])
        >>> labelled(root, Survey("river", "The river", "UTC", ())).labels
        (('de', (('title', 'Der Fluss'),)),)
    """
    tables = section(root, "labels")
    for language in tables.fields if tables else ():
        table = inner(root, tables.fields[language], f"[labels.{language}]") if tables else None
        if table is None:
            continue
        if not re.fullmatch(LANGUAGE, language):
            refuse(
                table, spoken("the language '{language}'", language=language), spoken("its two letters, such as 'de'")
            )
        elif survey.language and language == language_of(survey.language):
            refuse(table, spoken("labels in the survey's own language"), spoken("those of another one"))
        else:
            survey = with_labels(survey, language, dict(_labels(table, survey)))
    return survey


def _labels(table: DefinitionTable, survey: Survey) -> Iterator[tuple[str, str]]:
    """Yields each label with the place of what it translates."""
    known_only(table, ("title", "question", "dimension", "event"))
    yield from _text(table, "title", "title")
    for kind, parts in (("question", survey.questions), ("dimension", survey.dimensions)):
        for name, part in _named(table, kind, [one.key for one in parts]):
            yield from _of_part(part, survey, kind, name)
    events = _inner(table, "event")
    for name in events.fields if events else ():
        yield from _known(events, survey, name, f"event/{name}")


def _of_part(table: DefinitionTable, survey: Survey, kind: str, key: str) -> Iterator[tuple[str, str]]:
    own = "text" if kind == "question" else "label"
    lists = [_LISTS[kind], *([_NETS] if kind == "question" else [])]
    known_only(table, (own, *(name for name, _ in lists)))
    yield from _text(table, own, f"{kind}/{key}/{'text' if own == 'text' else 'name'}")
    for name, what in lists:
        entries = _inner(table, name)
        for value in entries.fields if entries else ():
            yield from _known(entries, survey, value, f"{kind}/{key}/{what}/{value}")


def _known(table: DefinitionTable | None, survey: Survey, name: str, place: str) -> Iterator[tuple[str, str]]:
    """Yields the label of what the survey has; what it does not have is refused."""
    assert table is not None, "a name is taken out of a table"
    if is_text(survey, place):
        yield from _text(table, name, place)
        return
    start = place.removesuffix(name)
    refuse(table, f"'{name}'", nearest(name, [one.removeprefix(start) for one in texts_of(survey) if start in one]))


def _text(table: DefinitionTable, key: str, place: str) -> Iterator[tuple[str, str]]:
    found = text(table, key)
    if found is not None:
        yield place, found


def _inner(table: DefinitionTable, key: str) -> DefinitionTable | None:
    return inner(table, table.fields[key], key) if key in table.fields else None


def _named(table: DefinitionTable, kind: str, keys: Collection[str]) -> Iterator[tuple[str, DefinitionTable]]:
    """Yields the table of each question or dimension; one that there is not is refused."""
    parts = _inner(table, kind)
    for key in parts.fields if parts else ():
        part = inner(table, parts.fields[key], f"{kind} '{key}'") if parts else None
        if part is not None and key not in keys:
            refuse(part, f"{kind} '{key}'", nearest(key, keys))
        elif part is not None:
            yield key, part


def labels_table(survey: Survey) -> dict[str, Any]:
    """Returns what stands under [labels]: only labels of what the survey has."""
    order = {place: at for at, place in enumerate(texts_of(survey))}
    return {
        language: _table(
            sorted((one for one in labels if is_text(survey, one[0])), key=lambda one: order.get(one[0], len(order)))
        )
        for language, labels in survey.labels
    }


def _table(labels: Sequence[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, label in labels:
        kind, _, rest = place.partition("/")
        if kind == "title":
            found[kind] = label
        elif kind == "event":
            found.setdefault(kind, {})[rest] = label
        else:
            key, _, what = rest.partition("/")
            part = found.setdefault(kind, {}).setdefault(key, {})
            name, _, value = what.partition("/")
            if value:
                lists = "nets" if name == "net" else _LISTS[kind][0]
                part.setdefault(lists, {})[value] = label
            else:
                part["text" if name == "text" else "label"] = label
    return found
