"""Rows that a column of states marks as no reader's: screened out, over quota, rejected, tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from analytics.imports.cells.fields import Field
from analytics.imports.cells.vocabulary import NO_READERS, STATES, STATUS
from analytics.imports.proposing.scans import Scan

_MOST_STATES = 12


def rows_out_of(
    fields: Sequence[Field], scans: Mapping[str, Scan], known: Collection[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns the columns that mark rows as no reader's, each with the words by which it does.

    Nothing but states of responses stands in such a column, and some rows are in another state.

    Args:
        known: the columns by which the tool itself leaves rows out.

    Example:
        >>> words = {"Completa": 40, "Filtrada": 6, "Cuota llena": 2}
        >>> rows_out_of([Field("Estado")], {"Estado": Scan(words, (), 48, 48)}, ())
        (('Estado', ('Filtrada', 'Cuota llena')),)
        >>> rows_out_of([Field("State")], {"State": Scan({"Texas": 40, "Test": 2}, (), 42, 42)}, ())
        ()
    """
    found = []
    for field in fields:
        scan = scans[field.name]
        name = re.sub(r"[_\-.]+", " ", field.name).strip()
        if field.name in known or not STATUS.match(name) or not 0 < len(scan.words) <= _MOST_STATES:
            continue
        out = tuple(word for word in scan.words if NO_READERS.fullmatch(_state(word)))
        rest = [word for word in scan.words if word not in out]
        if out and (rest or scan.filled < scan.counted) and all(STATES.fullmatch(_state(word)) for word in rest):
            found.append((field.name, out))
    return tuple(found)


def _state(word: str) -> str:
    """Returns a state as words, as codes such as "validation_status_not_approved" and "(overquota)" have them.

    Example:
        >>> _state("validation_status_not_approved"), _state("Screened-out")
        ('not approved', 'Screened out')
    """
    return re.sub(r"^validation status ", "", re.sub(r"[_\-]+", " ", word).strip(" ()[]."))
