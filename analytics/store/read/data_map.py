"""What is stored, column by column: from the tables themselves, with the class that docs/stored.md gives each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analytics.store.tables.schema import metadata

TEXT = Path(__file__).resolve().parents[3] / "docs" / "stored.md"
CLASSES = ("reader", "words", "staff", "secret", "survey")


@dataclass(frozen=True)
class StoredColumn:
    """A column of the store and its class, empty where the text gives it none."""

    table: str
    column: str
    kind: str


def data_map(text: str) -> tuple[StoredColumn, ...]:
    """Every column of every table, in their order.

    Example:
        >>> found = data_map("| `comment` | `response_no` | `text` | | | |")
        >>> {one.kind for one in found if (one.table, one.column) == ("comment", "text")}
        {'words'}
    """
    kinds: dict[tuple[str, str], str] = {}
    for table, cells in re.findall(r"^\| `(\w+)` \|(.*)\|$", text, flags=re.MULTILINE):
        for kind, cell in zip(CLASSES, cells.split("|"), strict=False):
            kinds.update(((table, column), kind) for column in re.findall(r"`(\w+)`", cell))
    return tuple(
        StoredColumn(table.name, column.name, kinds.get((table.name, column.name), ""))
        for table in metadata.tables.values()
        for column in table.columns
    )
