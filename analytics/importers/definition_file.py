"""The tables `[file]` and `[source]` of a survey definition: what it knows of where the responses come from."""

from __future__ import annotations

import codecs

from analytics.importers.toml_fields import items_of, required_text, text, texts
from analytics.importers.toml_tables import Table, inner, known_only, refuse, section
from analytics.model import Columns, Origin, Said, Source


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


def origin_of(root: Table, columns: Columns) -> Origin | None:
    """Returns what `[source]` says, None where responses come in files alone.

    Example:
        >>> fields = {"url": "sqlite:///answers.sqlite", "table": "answers", "key": "id"}
        >>> origin_of(Table({"source": fields}, "survey.toml", "", []), Columns(response="id")).table
        'answers'
    """
    table = section(root, "source")
    if table is None:
        return None
    known_only(table, ("url", "url_env", "table", "key"))
    url, url_env = text(table, "url"), text(table, "url_env")
    if (url is None) == (url_env is None):
        found = "neither url nor url_env" if url is None else "url and url_env"
        refuse(table, found, "one of them: the database's address, or the environment variable that holds it")
    key = required_text(table, "key", "the column that names each row")
    if columns.response is not None and columns.response != key:
        refuse(table, f"key = '{key}'", f"'{columns.response}', the column of the response's id in [columns]")
    return Origin(required_text(table, "table", "a table or view, such as public.answers"), key, url, url_env)


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
