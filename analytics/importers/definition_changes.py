"""What a survey definition says of questions that were not asked in the same way throughout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from analytics.importers.toml_fields import items_of, moment, text, word_of
from analytics.importers.toml_tables import Table, inner, known_only, listed, nearest, refuse
from analytics.model import Change, Dimension, Question

WHATS: tuple[Literal["wording", "options", "placement"], ...] = ("wording", "options", "placement")


def changes_of(table: Table, zone: ZoneInfo) -> tuple[Change, ...]:
    """Returns the changes of a question as written.

    Example:
        >>> fields = {"changes": [{"wave": "12", "what": "options"}]}
        >>> changes_of(Table(fields, "survey.toml", "[[question]] 1", []), ZoneInfo("UTC"))[0].wave
        '12'
    """
    items = [inner(table, item, f"changes {place}") for place, item in enumerate(items_of(table, "changes"), start=1)]
    return tuple(_change(item, zone) for item in items if item is not None)


def check_changes(tables: Sequence[Table], questions: Sequence[Question], dimensions: Sequence[Dimension]) -> None:
    """Refuses changes from waves, and wordings told by dimensions, that there are not."""
    known = {dimension.key: dimension for dimension in dimensions}
    waves = known.get("wave")
    for table, question in zip(tables, questions, strict=True):
        if question.wording is not None and question.wording not in known:
            refuse(
                table, f"wording = '{question.wording}'", f"the key of a dimension: {nearest(question.wording, known)}"
            )
        for wave in [change.wave for change in question.changes if change.wave is not None]:
            if waves is None:
                refuse(table, f"a change from wave '{wave}' in a survey without waves", "a wave column under [columns]")
            elif waves.levels and waves.level(wave) is None:
                refuse(table, f"a change from wave '{wave}'", nearest(wave, [level.value for level in waves.levels]))


def _change(table: Table, zone: ZoneInfo) -> Change:
    known_only(table, ("at", "wave", "what", "note"))
    what, at, wave = word_of(table, "what", WHATS), moment(table, "at", zone), text(table, "wave")
    if "what" not in table.fields:
        refuse(table, "no what", f"what changed, one of {listed(WHATS)}")
    if ("at" in table.fields) == ("wave" in table.fields):
        found = "both at and wave" if "at" in table.fields else "neither at nor wave"
        refuse(table, found, "at, the time of the change, or wave, the first wave that was asked otherwise")
    return Change(what or "wording", at, wave, text(table, "note"))
