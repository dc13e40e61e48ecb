"""What webhooks of survey tools deliver, kept as JSON: one event, a list of them, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics.errors import Fault, FileError
from analytics.imports.cells.fields import Field, ToolEvent
from analytics.imports.cells.rows import Refused, Rows, rows_of_columns, stretch_rows
from analytics.imports.reading.packed import refuse_packed, refuse_wide
from analytics.imports.tools import formbricks, typeform
from analytics.language.said import spoken, written

_MAX_BYTES = 64 << 20
_BLANKS = " \t\r\n,"


@dataclass(frozen=True)
class Delivered:
    """The events of a file as a table: the tool, the columns, and the rows stretch by stretch."""

    tool: str
    fields: tuple[Field, ...]
    stretches: Iterator[Rows]


def webhook_rows(path: Path, chunk_rows: int) -> Delivered:
    """Returns the responses that a file of events holds; of a response that came more than once the last version.

    Raises:
        FileError: the file is no JSON, or holds something else than events of a known tool.
    """
    if path.stat().st_size > _MAX_BYTES:
        fault = Fault(path.name, None, "", spoken("more than 64 MB of JSON"), spoken("a smaller file"))
        raise FileError(spoken("{fault}: split it, or export the responses as CSV", fault=fault))
    found = list(_events_in(path))
    for tool in (typeform, formbricks):
        if found and all(tool.is_event(content) for _, content in found):
            refuse_wide(path.name, max(tool.width(content) for _, content in found))
            events, fields = _events_and_fields(path.name, tool.events(found))
            # events that share few columns are far more cells than the file has words
            refuse_packed(path.name, len(events), len(fields), path.stat().st_size)
            return Delivered(tool.NAME, fields, stretches(events, fields, chunk_rows))
    fault = Fault(
        path.name,
        None,
        "",
        spoken("{found} JSON values that no known survey tool sends", found=len(found)),
        spoken("its webhook events"),
    )
    raise FileError(spoken("{fault}: Typeform and Formbricks are known; export the responses as CSV", fault=fault))


def _events_in(path: Path) -> Iterator[tuple[int, Any]]:
    """Yields each event with the line on which it starts, whether they stand in a list or one after the other.

    Raises:
        FileError: the text is no JSON; names the line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault(
            path.name,
            None,
            "",
            spoken("a byte that is not UTF-8 ({start})", start=error.start + 1),
            spoken("JSON in UTF-8"),
        )
        raise FileError(spoken("{fault}: save it again as the webhook sent it", fault=fault)) from None
    decoder, at, line, in_list = json.JSONDecoder(), 0, 1, False
    while True:
        while at < len(text) and (
            text[at] in _BLANKS or (text[at] == "[" and not in_list) or (text[at] == "]" and in_list)
        ):
            line += text[at] == "\n"
            in_list = (in_list or text[at] == "[") and text[at] != "]"
            at += 1
        if at == len(text):
            return
        try:
            content, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            at_line = error.lineno if isinstance(error, json.JSONDecodeError) else line
            fault = Fault(path.name, at_line, "", _found_instead(error), spoken("an event of a webhook"))
            raise FileError(spoken("{fault}: save it again as the webhook sent it", fault=fault)) from None
        yield line, content
        line, at = line + text.count("\n", at, end), end


def _found_instead(error: ValueError | RecursionError) -> str:
    """Returns what stands where JSON should, in words: those of the reader are English, and for programmers."""
    if isinstance(error, json.JSONDecodeError):
        return spoken("no JSON from letter {column} on", column=written(error.colno))
    if isinstance(error, RecursionError):
        return spoken("no JSON of ours, but lists inside of lists without end")
    return spoken("no JSON of ours, but a number of more digits than any has")


def _events_and_fields(file: str, events: Iterable[ToolEvent]) -> tuple[list[ToolEvent], tuple[Field, ...]]:
    """Returns the events, and the columns of all of them in the order in which they first appear.

    Raises:
        FileError: they are more than any survey has; the events behind that one are not read.
    """
    read: list[ToolEvent] = []
    found: dict[str, Field] = {}
    for event in events:
        read.append(event)
        for field in event.fields:
            found.setdefault(field.name, field)
        refuse_wide(file, len(found))
    return read, tuple(found.values())


def stretches(events: list[ToolEvent], fields: tuple[Field, ...], chunk_rows: int) -> Iterator[Rows]:
    """Yields the responses as rows; those superseded or not finished are refused."""
    size = stretch_rows(len(fields), chunk_rows)
    for start in range(0, len(events), size):
        some = events[start : start + size]
        kept = [event for event in some if event.refused is None]
        refused = tuple(
            Refused(event.line, "", spoken(event.refused[0]), spoken(event.refused[1]))
            for event in some
            if event.refused is not None
        )
        rows = rows_of_columns([[event.cells.get(field.name, "") for event in kept] for field in fields], 0)
        yield replace(rows, lines=[event.line for event in kept], refused=refused)
