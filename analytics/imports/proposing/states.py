"""Rows that a column of states marks: as no reader's (screened out, over quota, rejected, tests), or as unfinished."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from analytics.imports.cells.fields import Field
from analytics.imports.cells.vocabulary import FINISHED, NO_READERS, NOT_FINISHED, STATES, STATUS, UNFINISHED
from analytics.imports.proposing.scans import Scan

_MOST_STATES = 20

ColumnWords = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns, each with words that stand in it."""


class RowsMarked(NamedTuple):
    """The columns that mark rows, each with the words by which it does: no reader's rows, and unfinished responses."""

    out: ColumnWords = ()
    unfinished: ColumnWords = ()


def rows_marked(fields: Sequence[Field], scans: Mapping[str, Scan], known: Collection[str]) -> RowsMarked:
    """Returns the rows that are no reader's, or of readers who stopped half way, by the words that mark them.

    Nothing but states of responses stands in such a column, and some rows are in another state. Where the file has
    labels for codes, these are the states. A column that is called "Finished" says so with yes and no.

    Args:
        known: the columns by which the tool itself leaves rows out.

    Example:
        >>> words = {"Completa": 40, "Filtrada": 6, "Cuota llena": 2, "Incompleta": 3}
        >>> found = rows_marked([Field("Estado")], {"Estado": Scan(words, (), 51, 51)}, ())
        >>> found.out, found.unfinished
        ((('Estado', ('Filtrada', 'Cuota llena')),), (('Estado', ('Incompleta',)),))
        >>> rows_marked([Field("State")], {"State": Scan({"Texas": 40, "Test": 2}, (), 42, 42)}, ()).out
        ()
        >>> labels = (("1", "Voltooid"), ("3", "Screen-out"))
        >>> rows_marked([Field("status", labels=labels)], {"status": Scan({"1": 9, "3": 1}, (), 10, 10)}, ()).out
        (('status', ('3',)),)
    """
    out: list[tuple[str, tuple[str, ...]]] = []
    unfinished: list[tuple[str, tuple[str, ...]]] = []
    for field in fields:
        scan, labels = scans[field.name], dict(field.labels)
        if field.name in known or not 0 < len(scan.words) <= _MOST_STATES:
            continue
        states = {word: _state(labels.get(word, word)) for word in scan.words}
        some = scan.filled < scan.counted
        if _is_called(STATUS, field):
            no_readers = tuple(word for word, state in states.items() if NO_READERS.fullmatch(state))
            others = [word for word in states if word not in no_readers]
            stopped = tuple(word for word in others if UNFINISHED.fullmatch(states[word]))
            if not all(STATES.fullmatch(states[word]) for word in others):
                continue
            if no_readers and (others or some):
                out.append((field.name, no_readers))
            if stopped and len(others) > len(stopped):
                unfinished.append((field.name, stopped))
        elif _is_called(FINISHED, field):
            stopped = tuple(word for word, state in states.items() if state.casefold() in NOT_FINISHED)
            if stopped and len(states) == 2 and len(stopped) == 1:
                unfinished.append((field.name, stopped))
    return RowsMarked(tuple(out), tuple(unfinished))


def _is_called(name: re.Pattern[str], field: Field) -> bool:
    """Returns whether a column is called so, by its name or by what the file says of it."""
    texts = (re.sub(r"[_\-.]+", " ", text).strip() for text in (field.name, field.text) if text)
    return any(map(name.match, texts))


def _state(word: str) -> str:
    """Returns a state as words, as codes such as "validation_status_not_approved" and "(overquota)" have them.

    Example:
        >>> _state("validation_status_not_approved"), _state("Screened-out")
        ('not approved', 'Screened out')
    """
    return re.sub(r"^validation status ", "", re.sub(r"[_\-]+", " ", word).strip(" ()[]."))
