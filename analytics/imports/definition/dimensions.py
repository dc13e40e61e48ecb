"""The `[[dimension]]` tables of a survey definition, and the wave and channel that `[columns]` names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analytics.imports.definition.choices import levels_of, refuse_repeats
from analytics.imports.definition.toml import (
    DefinitionTable,
    items_of,
    known_only,
    number_of,
    refuse,
    required_text,
    text,
    texts,
)
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Columns, Dimension, Level


def dimensions_of(tables: Sequence[DefinitionTable], columns: Columns, root: DefinitionTable) -> tuple[Dimension, ...]:
    """Returns the dimensions as listed, then the wave and the channel of the file unless they are among them.

    Example:
        >>> root = DefinitionTable({}, "survey.toml", "", [])
        >>> dimensions_of([], Columns(wave="round"), root)[0].column
        'round'
    """
    dimensions = tuple(_dimension(table) for table in tables)
    for key, column in (("wave", columns.wave), ("channel", columns.channel)):
        own = next((dimension for dimension in dimensions if dimension.key == key), None)
        if column is not None and own is None:
            dimensions = (*dimensions, Dimension(key, key.capitalize(), column, found=True, missing=(NO_ANSWER,)))
        elif column is not None and own is not None and own.column != column:
            found = spoken(
                "[columns] {key} = '{column}' and a [[dimension]] '{key}' that reads '{other}'",
                key=key,
                column=column,
                other=own.column,
            )
            refuse(root, found, spoken("both to read the same column, or another key for the dimension"))
    return dimensions


def band_levels(bands: Sequence[float]) -> tuple[Level, ...]:
    """Returns the levels of number bands given by their lower bounds; the last is open.

    Example:
        >>> [level.value for level in band_levels([18, 30, 45])]
        ['18-29', '30-44', '45+']
        >>> [level.value for level in band_levels([0.5, 1.5])]
        ['0.5-1.5', '1.5+']
    """
    whole = all(float(bound).is_integer() for bound in bands)
    labels = [_band_label(low, high, whole=whole) for low, high in pairwise(bands)]
    labels += [f"{_bound(bands[-1])}+"] if bands else []
    return tuple(Level(label, label, (label,)) for label in labels)


def _dimension(table: DefinitionTable) -> Dimension:
    known_only(table, ("key", "column", "label", "levels", "bands", "missing"))
    key = required_text(table, "key", spoken("a short name of letters, digits, '_' and '-'"))
    if "levels" in table.fields and "bands" in table.fields:
        refuse(table, spoken("both levels and bands"), spoken("one of them"))
    missing, listed_levels, bands = texts(table, "missing"), levels_of(table), _bands(table)
    refuse_repeats(table, listed_levels, missing, "levels")
    # "No answer" is how a missing level is named everywhere, so whoever lists it as a level means just that.
    unanswered = [value for level in listed_levels if NO_ANSWER in level.values for value in level.values]
    listed_levels = tuple(level for level in listed_levels if NO_ANSWER not in level.values)
    return Dimension(
        key=key,
        label=text(table, "label") or key.capitalize(),
        column=text(table, "column") or key,
        levels=listed_levels or band_levels(bands),
        bands=bands,
        found="levels" not in table.fields and "bands" not in table.fields,
        missing=tuple(dict.fromkeys((*missing, *unanswered, NO_ANSWER))),
    )


def _bands(table: DefinitionTable) -> tuple[float, ...]:
    items = enumerate(items_of(table, "bands"), start=1)
    bounds = [number_of(table, f"bands {place}", item) for place, item in items]
    bands = tuple(bound for bound in bounds if bound is not None)
    if table.fields.get("bands") == []:
        refuse(table, "bands = []", spoken("at least one lower bound, such as [18, 30, 45, 60]"))
    if any(low >= high for low, high in pairwise(bands)):
        refuse(table, f"bands = [{', '.join(map(_bound, bands))}]", spoken("lower bounds that ascend"))
    return bands


def _band_label(low: float, high: float, *, whole: bool) -> str:
    top = high - 1 if whole else high
    return _bound(low) if top == low else f"{_bound(low)}-{_bound(top)}"


def _bound(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
