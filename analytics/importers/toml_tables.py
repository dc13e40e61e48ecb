"""TOML tables with the place they stand at, and the list that gathers the faults of their whole file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from analytics.errors import Fault


@dataclass(frozen=True)
class Table:
    """A TOML table with the file and place it stands at, and the list that gathers the faults of the whole file."""

    fields: Mapping[str, object]
    file: str
    place: str
    faults: list[str]


def refuse(table: Table, found: str, expected: str) -> None:
    """Adds a fault at the table's place.

    Example:
        >>> table = Table({}, "survey.toml", "[survey]", [])
        >>> refuse(table, "no title", "one")
        >>> table.faults
        ['survey.toml, [survey]: found no title, expected one']
    """
    table.faults.append(str(Fault(table.file, None, table.place, found, expected)))


def shown(value: object) -> str:
    """Returns a TOML value as a person would write it, long ones cut and tables and lists only named.

    Example:
        >>> shown("red"), shown(True), shown(["a"]), shown(3)
        ("'red'", 'true', 'a list', '3')
    """
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}...'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, int) and abs(value) >= 10**30:
        return "a number of more than 30 digits"
    return "a list" if isinstance(value, list) else f"{value}"


def listed(words: Iterable[str]) -> str:
    """Returns the words quoted, with commas, at most a dozen of them.

    Example:
        >>> listed(["F", "M"])
        "'F', 'M'"
    """
    quoted = [f"'{word}'" for word in words]
    return ", ".join(quoted[:12]) + (f" and {len(quoted) - 12} more" if len(quoted) > 12 else "")


def nearest(word: str, known: Collection[str]) -> str:
    """Returns the known word most like this one, else all of them, to end a sentence with.

    Example:
        >>> nearest("lable", ["label", "value"]), nearest("x", ["label", "value"])
        ("'label'", "one of 'label', 'value'")
    """
    close = get_close_matches(word, list(known), n=1)
    return f"'{close[0]}'" if close else f"one of {listed(known)}" if known else "none: there are none"


def known_only(table: Table, known: Collection[str]) -> None:
    """Refuses every key of the table that is not known, naming the nearest one that is.

    Example:
        >>> table = Table({"lable": "Age"}, "survey.toml", "[[dimension]] 1", [])
        >>> known_only(table, ["key", "label"])
        >>> table.faults
        ["survey.toml, [[dimension]] 1: found the unknown key 'lable', expected 'label'"]
    """
    for key in table.fields:
        if key not in known:
            refuse(table, f"the unknown key '{key}'", nearest(key, known))


def inner(table: Table, content: object, place: str) -> Table | None:
    """Returns what stands inside a table as a table of its own, or None where it is none.

    Example:
        >>> nets = inner(Table({}, "survey.toml", "[[question]] 2", []), {"key": "net"}, "nets 1")
        >>> nets.place, nets.fields
        ('[[question]] 2, nets 1', {'key': 'net'})
    """
    where = f"{table.place}, {place}" if table.place else place
    if isinstance(content, dict):
        return Table(content, table.file, where, table.faults)
    refuse(Table({}, table.file, where, table.faults), shown(content), "a table")
    return None


def section(root: Table, key: str) -> Table | None:
    """Returns the `[key]` table of the file, or None where there is none.

    Example:
        >>> section(Table({"survey": {"key": "river"}}, "survey.toml", "", []), "survey").place
        '[survey]'
    """
    return inner(root, root.fields[key], f"[{key}]") if key in root.fields else None


def array(root: Table, key: str) -> list[Table]:
    """Returns the `[[key]]` tables of the file, numbered from 1 and named by their own key where they have one.

    Example:
        >>> root = Table({"question": [{"key": "move"}, {}]}, "survey.toml", "", [])
        >>> [table.place for table in array(root, "question")]
        ["[[question]] 1 'move'", '[[question]] 2']
    """
    content = root.fields.get(key, [])
    if not isinstance(content, list):
        refuse(root, f"[{key}]" if isinstance(content, dict) else f"{key} = {shown(content)}", f"[[{key}]]")
        return []
    tables = (inner(root, item, _numbered(key, place, item)) for place, item in enumerate(content, start=1))
    return [table for table in tables if table is not None]


def _numbered(key: str, place: int, item: object) -> str:
    own = item.get("key") if isinstance(item, dict) else None
    return f"[[{key}]] {place} '{own}'" if isinstance(own, str) else f"[[{key}]] {place}"
