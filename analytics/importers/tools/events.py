"""One event of a webhook, as a row of a table to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.importers.fields import Field

JOIN = "\n"
"""What joins several answers in a cell: no label of an option has a line break."""


@dataclass(frozen=True)
class Event:
    """A response as one event has it: the line it starts on, its columns and their cells.

    `refused` says what was found and expected where the event is no response of its own.
    """

    line: int
    fields: tuple[Field, ...]
    cells: Mapping[str, str]
    refused: tuple[str, str] | None = None
