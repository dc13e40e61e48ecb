"""Typeform: a column for each question, or for each option, between the token and the dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analytics.imports.cells.fields import (
    JOIN,
    ColumnUse,
    Field,
    Head,
    NoAnswer,
    ToolEvent,
    mapping,
    named,
    unique_names,
)
from analytics.imports.cells.text import cell_text, plain_text
from analytics.language.said import noted, spoken
from analytics.model import QuestionKind

NAME = "Typeform"
_USES: dict[str, ColumnUse] = {
    "#": "response", "response id": "response", "token": "response", "submit date (utc)": "responded_at",
    "start date (utc)": "started_at", "stage date (utc)": "metadata", "network id": "metadata", "tags": "metadata",
    "response type": "metadata", "ending": "metadata", "score": "metadata",
}  # fmt: skip
_EXPECTED = noted("a completed response: partial ones are left out")
_PERSONAL = frozenset({"email", "phone_number", "contact_info", "address", "file_upload"})
_KINDS: dict[str, QuestionKind] = {
    "long_text": "text", "short_text": "text", "opinion_scale": "scale", "rating": "scale", "nps": "scale",
}  # fmt: skip
_YES_NO = (("true", "Yes"), ("false", "No"))
_OWN = (
    Field("token", use="response"), Field("submitted_at", use="responded_at", zone="UTC"),
    Field("landed_at", use="started_at", zone="UTC"), Field("score", use="metadata"),
)  # fmt: skip


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Typeform says in its heading, None where this is another's.

    Example:
        >>> found = head([["#", "Do you agree?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]])
        >>> [field.use for field in found.fields]
        ['response', 'answer', 'started_at', 'responded_at', 'metadata']
    """
    headings = [heading.casefold() for heading in rows[0]]
    if "submit date (utc)" not in headings or _USES.get(headings[0]) != "response":
        return None
    own_words = {place for place, name in enumerate(headings) if name == "other" and _is_written(rows, place)}
    fields = [
        Field(
            heading,
            group=f"{rows[0][place - (place in own_words)]} / Other" if {place, place + 1} & own_words else "",
            use="other" if place in own_words else _USES.get(heading.casefold(), "answer"),
            zone="UTC",
        )
        for place, heading in enumerate(rows[0])
    ]
    kind = next((field.name for field in fields if field.name.casefold() == "response type"), None)
    marked = () if kind is None else (NoAnswer(kind, lambda cell: cell == "partial", _EXPECTED, unfinished=True),)
    return Head(NAME, 1, named(fields), marked)


def _is_written(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Returns whether a column "Other" holds own words beside a question of one answer; behind boxes it is one more.

    Example:
        >>> _is_written([["Where?", "Other"], ["North", ""], ["", "By the sea"]], 1)
        True
        >>> _is_written([["Bus", "Other"], ["Bus", "My bike"], ["", "On foot"]], 1)
        False
    """
    pairs = [(row[place - 1], row[place]) for row in rows[1:] if place < len(row)]
    before = {one for one, _ in pairs if one} - {rows[0][place - 1]}
    return place > 0 and bool(before) and not any(one and other for one, other in pairs)


def is_event(content: Any) -> bool:
    """Returns whether the JSON is an event of Typeform's webhook."""
    return isinstance(content, dict) and isinstance(content.get("form_response"), dict)


def width(content: Any) -> int:
    """Returns how many columns the answers of an event make, before any of them is made.

    Example:
        >>> width({"form_response": {"definition": {"fields": [{"id": "a"}, {"id": "b"}]}, "hidden": {"desk": "city"}}})
        3
    """
    response = mapping(mapping(content).get("form_response"))
    listed = (mapping(response.get("definition")).get("fields"), response.get("answers"))
    return max(len(one) if isinstance(one, list) else 0 for one in listed) + len(mapping(response.get("hidden")))


def events(found: Sequence[tuple[int, Any]]) -> Iterator[ToolEvent]:
    """Yields the events, those that deliver a response once more refused."""
    seen: set[str] = set()
    for line, content in found:
        response = content["form_response"]
        token = str(response.get("token", ""))
        again = (spoken("a response that came before"), spoken("each response once")) if token in seen else None
        seen.add(token)
        fields, cells = _columns_of(response)
        yield ToolEvent(line, fields, cells, again)


def _columns_of(response: Mapping[str, Any]) -> tuple[tuple[Field, ...], dict[str, str]]:
    """Returns the columns of one response and its cells: what was asked, then what the address handed on."""
    asked = list(_mappings(mapping(response.get("definition")).get("fields")))
    answers = {_field_id(answer): answer for answer in _mappings(response.get("answers"))}
    asked = asked or [mapping(answer.get("field")) for answer in answers.values()]
    fields = [_question_field(field) for field in asked]
    hidden = mapping(response.get("hidden"))
    names = unique_names([*(field.name for field in _OWN), *(field.name for field in fields), *hidden])
    columns = [*_OWN, *fields, *map(Field, hidden)]
    columns = [Field(**{**vars(column), "name": name}) for column, name in zip(columns, names, strict=True)]
    own = [response.get("token"), response.get("submitted_at"), response.get("landed_at"),
           mapping(response.get("calculated")).get("score")]  # fmt: skip
    given = [_answer_text(answers.get(str(field.get("id")))) for field in asked]
    cells = [*map(cell_text, own), *given, *map(cell_text, hidden.values())]
    return tuple(columns), dict(zip(names, cells, strict=True))


def _question_field(field: Mapping[str, Any]) -> Field:
    """Returns the column of one question, named by its wording."""
    kind, text = str(field.get("type", "")), plain_text(str(field.get("title") or field.get("ref") or field.get("id")))
    listed = tuple(plain_text(str(one.get("label", ""))) for one in _mappings(field.get("choices")))
    labels = _YES_NO if kind in ("yes_no", "legal") else tuple((label, label) for label in listed)
    several = field.get("allow_multiple_selections") is True or kind == "ranking"
    return Field(
        text, text, use="personal" if kind in _PERSONAL else "answer", labels=labels,
        kind="multiple" if several else _KINDS.get(kind), separator=JOIN if several else None,
    )  # fmt: skip


def _answer_text(answer: Mapping[str, Any] | None) -> str:
    """Returns the words of an answer, "" where the question was not answered.

    Example:
        >>> _answer_text({"type": "choices", "choices": {"labels": ["London", "Sydney"]}}).split(JOIN)
        ['London', 'Sydney']
        >>> _answer_text({"type": "boolean", "boolean": False}), _answer_text({"type": "number", "number": 5})
        ('false', '5')
    """
    kind = str((answer or {}).get("type", ""))
    value = (answer or {}).get(kind)
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "choice":
        return cell_text(mapping(value).get("label") or mapping(value).get("other"))
    if kind == "choices":
        labels = mapping(value).get("labels")
        other = mapping(value).get("other")
        return JOIN.join(map(cell_text, [*(labels if isinstance(labels, list) else []), *([other] if other else [])]))
    return cell_text(value)


def _field_id(answer: Mapping[str, Any]) -> str:
    """Returns the id of the question that an answer belongs to."""
    return str(mapping(answer.get("field")).get("id"))


def _mappings(content: Any) -> Iterable[Mapping[str, Any]]:
    """Returns the objects of a JSON list."""
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []
