"""The `[file]` table of a survey definition: what it knows of the files that the responses come in."""

from __future__ import annotations

import codecs

from analytics.importers.toml_fields import items_of, required_text, text, texts
from analytics.importers.toml_tables import Table, inner, known_only, refuse, section
from analytics.model import Said, Source


def source_of(root: Table) -> Source:
    """Returns what `[file]` says, or a source of which nothing is known.

    Example:
        >>> source_of(Table({"file": {"encoding": "mac_roman"}}, "survey.toml", "", [])).encoding
        'mac_roman'
    """
    table = section(root, "file")
    if table is None:
        return Source()
    known_only(table, ("tool", "encoding", "leave_out", "renamed", "column"))
    return Source(
        tool=text(table, "tool"),
        encoding=_encoding(table),
        leave_out=texts(table, "leave_out"),
        renamed=_renamed(table),
        said=_said(table),
    )


def _encoding(table: Table) -> str | None:
    name = text(table, "encoding")
    try:
        if name is None or codecs.lookup(name)._is_text_encoding:
            return name
    except (LookupError, ValueError):
        pass
    refuse(table, f"encoding = '{name}'", 'the name of an encoding such as "windows-1251" or "mac_roman"')
    return None


def _renamed(table: Table) -> tuple[tuple[str, str], ...]:
    content = inner(table, table.fields["renamed"], "renamed") if "renamed" in table.fields else None
    return () if content is None else tuple((new, required_text(content, new)) for new in content.fields)


def _said(table: Table) -> tuple[Said, ...]:
    items = [inner(table, item, f"column {place}") for place, item in enumerate(items_of(table, "column"), start=1)]
    return tuple(_column(item) for item in items if item is not None)


def _column(table: Table) -> Said:
    known_only(table, ("name", "text", "labels"))
    labels = [_label(table, place, item) for place, item in enumerate(items_of(table, "labels"), start=1)]
    return Said(required_text(table, "name"), text(table, "text", empty=True) or "", tuple(labels))


def _label(table: Table, place: int, item: object) -> tuple[str, str]:
    """Returns a value with its label; a pair of anything else is refused."""
    if isinstance(item, list) and len(item) == 2 and all(isinstance(word, str) for word in item):
        return item[0], item[1]
    refuse(table, f"labels {place}", 'a value and its label, such as ["1", "Yes"]')
    return "", ""
