"""Formbricks: numbered questions, notes about the browser, attributes of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analytics.imports.cells.fields import JOIN, ColumnUse, Field, Head, NoAnswer, ToolEvent, mapping, named
from analytics.imports.cells.text import cell_text
from analytics.language.said import noted

NAME = "Formbricks"
_USES: dict[str, ColumnUse] = {
    "no.": "metadata", "response id": "response", "timestamp": "responded_at", "finished": "metadata",
    "quotas": "metadata", "survey id": "metadata", "formbricks id (internal)": "personal", "user id": "personal",
    "tags": "metadata", "url": "metadata", "language": "metadata", "notes": "metadata",
}  # fmt: skip
_EXPECTED = noted("a finished response: others are left out until they are")
_NUMBERED = re.compile(r"\d+\. (?P<text>.+)", re.DOTALL)
_META = re.compile(r"(useragent|meta) - .*|(source|action|ip ?address)", re.IGNORECASE)
_UNFINISHED = (noted("a response that is not finished"), noted("one that is: it comes again when it is"))
_SUPERSEDED = (noted("an earlier version of a response that came again"), noted("its last version"))


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Formbricks says in its heading, None where this is another's.

    Example:
        >>> found = head([["No.", "Response ID", "Timestamp", "Finished", "1. Agreed?", "1. Agreed? - Option ID"]])
        >>> [field.use for field in found.fields][-2:], found.fields[-2].text
        (['answer', 'metadata'], 'Agreed?')
    """
    headings = [heading.casefold() for heading in rows[0]]
    if "response id" not in headings or "finished" not in headings or not {"survey id", "no."} & set(headings):
        return None
    finished = rows[0][headings.index("finished")]
    marked = NoAnswer(finished, lambda cell: cell.casefold() in ("no", "false"), _EXPECTED, unfinished=True)
    return Head(NAME, 1, named([_field_of(heading) for heading in rows[0]]), (marked,))


def _field_of(heading: str) -> Field:
    """Returns one column."""
    use = _USES.get(heading.casefold())
    if use is not None:
        return Field(heading, use=use, zone="UTC" if use == "responded_at" else None)
    if heading.startswith("person."):
        return Field(heading, use="personal")
    numbered = _NUMBERED.fullmatch(heading)
    if _META.fullmatch(heading) or (numbered and heading.endswith(" - Option ID")):
        return Field(heading, use="metadata")
    return Field(heading, numbered["text"] if numbered else "", separator="; " if numbered else None)


def is_event(content: Any) -> bool:
    """Returns whether the JSON is an event of Formbricks' webhook."""
    return isinstance(content, dict) and isinstance(content.get("data"), dict) and "surveyId" in content["data"]


def width(content: Any) -> int:
    """Returns how many columns the answers of an event make, before any of them is made.

    Example:
        >>> width({"data": {"data": {"q1": "Yes", "q2": {"Price": "Good", "Speed": "Poor"}}}})
        3
    """
    response = mapping(mapping(content).get("data"))
    answers = mapping(response.get("data")).values()
    rows = sum(len(answer) if isinstance(answer, dict) else 1 for answer in answers)
    return rows + len(mapping(response.get("variables")))


def events(found: Sequence[tuple[int, Any]]) -> Iterator[ToolEvent]:
    """Yields the events: of each response the last finished version counts, the others are refused."""
    responses = [(line, content["data"]) for line, content in found]
    finished = {str(response.get("id")): at for at, (_, response) in enumerate(responses) if response.get("finished")}
    for at, (line, response) in enumerate(responses):
        key = str(response.get("id"))
        left_out = None if finished.get(key) == at else _UNFINISHED if key not in finished else _SUPERSEDED
        yield _event_of(line, response, left_out)


def _event_of(line: int, response: Mapping[str, Any], refused: tuple[str, str] | None) -> ToolEvent:
    """Returns one event as a row."""
    columns = list(_columns_of(response))
    return ToolEvent(line, tuple(field for field, _ in columns), {field.name: cell for field, cell in columns}, refused)


def _columns_of(response: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Yields the columns of a response with their cells: its own, the answers, what is known of the visit."""
    meta = mapping(response.get("meta"))
    own: list[tuple[str, ColumnUse, Any]] = [
        ("id", "response", response.get("id")), ("createdAt", "responded_at", response.get("createdAt")),
        ("surveyId", "metadata", response.get("surveyId")), ("language", "metadata", response.get("language")),
        ("url", "metadata", meta.get("url")), ("source", "channel", meta.get("source")),
        ("country", "metadata", meta.get("country")),
    ]  # fmt: skip
    for name, use, value in own:
        yield Field(name, use=use, zone="UTC" if use == "responded_at" else None), cell_text(value)
    for key, answer in mapping(response.get("data")).items():
        yield from _answer_columns(key, answer)
    for key, value in mapping(response.get("variables")).items():
        yield Field(f"variable {key}"), cell_text(value)


def _answer_columns(key: str, answer: Any) -> Iterator[tuple[Field, str]]:
    """Yields the column of an answer: several options in one cell, a matrix with a column for each row.

    Example:
        >>> [(field.name, cell) for field, cell in _answer_columns("q2", {"Price": "Good", "Speed": "Poor"})]
        [('q2 [Price]', 'Good'), ('q2 [Speed]', 'Poor')]
    """
    if isinstance(answer, dict):
        for row, value in answer.items():
            yield Field(f"{key} [{row}]", key, row, group=key), cell_text(value)
    elif isinstance(answer, list):
        yield Field(key, kind="multiple", separator=JOIN), JOIN.join(map(cell_text, answer))
    else:
        yield Field(key), cell_text(answer)
