"""The `[weighting]` table and the `[[target]]` tables of a survey definition."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import islice, product
from typing import Literal

from analytics.imports.definition.toml import (
    DefinitionTable,
    items_of,
    known_only,
    listed,
    nearest,
    number,
    number_of,
    refuse,
    required_text,
    section,
    shown,
    texts,
    whole,
    word_of,
)
from analytics.language.said import spoken, spoken_of
from analytics.limits import FIRST_YEAR, LAST_YEAR, SHARES
from analytics.model import Dimension, Target, Weighting

_SLACK = 0.005
"""How far the shares of a target may sum from 1 and still be rescaled: what rounding to whole points leaves."""

_DUST = 1e-9
"""What the sum of shares may be off without a word: written with all their digits they rarely sum to 1 exactly."""

_METHODS: tuple[Literal["rake", "poststratify"], ...] = ("rake", "poststratify")
_PERS: tuple[Literal["survey", "wave"], ...] = ("survey", "wave")
_Shares = list[tuple[tuple[str, ...], float]]


def weighting_of(root: DefinitionTable, dimensions: Sequence[Dimension]) -> Weighting:
    """Returns how the targets are to be met, as written or by default.

    Example:
        >>> weighting_of(DefinitionTable({"weighting": {"trim": [0.2, 5]}}, "survey.toml", "", []), []).trim
        (0.2, 5.0)
    """
    table = section(root, "weighting")
    if table is None:
        return Weighting()
    known_only(table, ("method", "trim", "per", "tolerance"))
    per = word_of(table, "per", _PERS) or "survey"
    if per == "wave" and not any(dimension.key == "wave" for dimension in dimensions):
        refuse(
            table,
            spoken("per = 'wave' in a survey without waves"),
            spoken('a wave column under [columns], or per = "survey"'),
        )
    tolerance = number(table, "tolerance")
    if tolerance is not None and tolerance <= 0:
        refuse(table, f"tolerance = {tolerance:g}", spoken("a number above 0, such as 1e-9"))
    default = Weighting()
    return Weighting(
        method=word_of(table, "method", _METHODS) or default.method,
        trim=_trim(table),
        per=per,
        tolerance=default.tolerance if tolerance is None else tolerance,
    )


def targets_of(tables: Sequence[DefinitionTable], dimensions: Sequence[Dimension]) -> tuple[Target, ...]:
    """Returns the targets, the shares of each summing to 1, one for each set of dimensions.

    Example:
        >>> fields = {"dimension": "sex", "source": "Census", "year": 2024, "shares": {"F": 0.5, "M": 0.499}}
        >>> sexes = Dimension("sex", "Sex", "sex", found=True)
        >>> targets = targets_of([DefinitionTable(fields, "survey.toml", "[[target]] 1", [])], [sexes])
        >>> [(levels, round(share, 4)) for levels, share in targets[0].shares]
        [(('F',), 0.5005), (('M',), 0.4995)]
    """
    targets = tuple(_target(table, dimensions) for table in tables)
    seen: set[frozenset[str]] = set()
    for table, target in zip(tables, targets, strict=True):
        if target.dimensions and frozenset(target.dimensions) in seen:
            refuse(
                table,
                spoken("a second target for {levels}", levels=_crossed(target.dimensions)),
                spoken("one for each"),
            )
        seen.add(frozenset(target.dimensions))
    return targets


def _trim(table: DefinitionTable) -> tuple[float, float] | None:
    if "trim" not in table.fields:
        return None
    items = enumerate(items_of(table, "trim"), start=1)
    bounds = [bound for place, item in items if (bound := number_of(table, f"trim {place}", item)) is not None]
    if len(bounds) == 2 and 0 < bounds[0] < 1 < bounds[1]:
        return bounds[0], bounds[1]
    found = ", ".join(f"{bound:g}" for bound in bounds)
    refuse(table, f"trim = [{found}]", spoken("a number between 0 and 1 and one above 1, such as [0.2, 5]"))
    return None


def _target(table: DefinitionTable, dimensions: Sequence[Dimension]) -> Target:
    known_only(table, ("dimension", "source", "year", "shares"))
    if "year" not in table.fields:
        refuse(table, spoken("no year"), spoken("the year of the shares"))
    known, keys = {dimension.key: dimension for dimension in dimensions}, _keys(table)
    for key in keys:
        if key and key not in known:
            refuse(table, spoken("the dimension '{key}'", key=key), nearest(key, known))
    faults = len(table.faults)
    shares = _crossed_shares(table, keys) if isinstance(table.fields.get("dimension"), list) else _plain_shares(table)
    understood, written = len(table.faults) == faults, math.fsum(share for _, share in shares)
    if understood and 0 < len(keys) == len(set(keys) & set(known)):
        shares = _whole(table, shares, [known[key] for key in keys])
    return Target(
        dimensions=keys,
        source=required_text(table, "source", spoken("where the shares were published")),
        year=whole(table, "year", least=FIRST_YEAR, most=LAST_YEAR, such_as=2024) or 0,
        shares=tuple(shares),
        rescaled_from=written if abs(written - 1) > _DUST else None,
    )


def _keys(table: DefinitionTable) -> tuple[str, ...]:
    """Returns the keys of the target's dimensions, each once."""
    if not isinstance(table.fields.get("dimension"), list):
        key = required_text(table, "dimension", spoken("the key of a dimension, or a list of them"))
        return (key,) if key else ()
    keys = texts(table, "dimension")
    if not all(keys) or not keys or len(set(keys)) < len(keys):
        refuse(table, f"dimension = [{listed(keys)}]", spoken("keys of dimensions, each once"))
    return keys


def _plain_shares(table: DefinitionTable) -> _Shares:
    content = table.fields.get("shares")
    if not isinstance(content, dict):
        found = "no shares" if content is None else f"shares = {shown(content)}"
        refuse(table, found, spoken("a table of levels and shares, such as {F = 0.52, M = 0.48}"))
        return []
    return [
        ((level,), _share(table, spoken("the share of '{level}'", level=level), share))
        for level, share in content.items()
    ]


def _crossed_shares(table: DefinitionTable, keys: Sequence[str]) -> _Shares:
    """Returns the shares of a target of several dimensions: rows of a level of each, then the share."""
    if not isinstance(table.fields.get("shares"), list):
        example = ", ".join(f'"level of {key}"' for key in keys)
        refuse(
            table, spoken("shares that are no list of rows"), spoken("rows such as [{example}, 0.1]", example=example)
        )
        return []
    shares: _Shares = []
    for place, row in enumerate(items_of(table, "shares"), start=1):
        levels = row[:-1] if isinstance(row, list) else []
        if not isinstance(row, list) or len(levels) != len(keys) or not all(isinstance(level, str) for level in levels):
            refuse(
                table, f"shares {place} = {_row(row)}", spoken("{count} levels in quotes and a share", count=len(keys))
            )
            continue
        shares.append((tuple(levels), _share(table, spoken("the share of {levels}", levels=_crossed(levels)), row[-1])))
    return shares


def _whole(table: DefinitionTable, shares: _Shares, dimensions: Sequence[Dimension]) -> _Shares:
    """Returns the shares rescaled to sum to 1; refuses unknown, repeated and missing levels, and sums too far off."""
    for levels, _ in shares:
        for level, dimension in zip(levels, dimensions, strict=True):
            if dimension.levels and dimension.level(level) is None:
                known = [known.value for known in dimension.levels]
                refuse(
                    table,
                    spoken("the level '{level}'", level=level),
                    spoken("a level of '{key}': {nearest}", key=dimension.key, nearest=nearest(level, known)),
                )
    given = [levels for levels, _ in shares]
    for levels in sorted(levels for levels, times in Counter(given).items() if times > 1):
        refuse(table, spoken("two shares for {levels}", levels=_crossed(levels)), spoken("one share"))
    absent = _absent(given, dimensions)
    names = _crossed([dimension.key for dimension in dimensions])
    total = math.fsum(share for _, share in shares)
    if abs(total - 1) > _SLACK + _DUST:
        asked = (
            spoken_of(len(absent), "is {levels} missing?", "are {levels} missing?", levels=", ".join(absent))
            if absent
            else spoken("check the shares")
        )
        table.faults.append(
            spoken(
                "targets for {names} sum to {total}, not 1: {question} ({file}, {place})",
                names=names,
                total=total,
                question=asked,
                file=table.file,
                place=table.place,
            )
        )
    elif absent:
        refuse(
            table,
            spoken("no share for {levels}", levels=", ".join(absent)),
            spoken("one for every level of {names}, be it 0", names=names),
        )
    else:
        return _rescaled(shares, total)
    return shares


def _absent(given: Sequence[tuple[str, ...]], dimensions: Sequence[Dimension]) -> list[str]:
    """Returns the levels, or where all dimensions list theirs the combinations of levels, that have no share."""
    values = [[level.value for level in dimension.levels] for dimension in dimensions]
    if all(values):
        known = set(given)
        return [_crossed(levels) for levels in islice(product(*values), SHARES + 1) if levels not in known]
    named = [{levels[place] for levels in given} for place in range(len(dimensions))]
    return [f"'{value}'" for place, known in enumerate(values) for value in known if value not in named[place]]


def _rescaled(shares: _Shares, total: float) -> _Shares:
    """Returns the shares divided by their total, the largest taking up what rounding leaves of their exact sum."""
    scaled = [share / total for _, share in shares]
    scaled[scaled.index(max(scaled))] += math.fsum([1.0, *(-share for share in scaled)])
    return [(levels, share) for (levels, _), share in zip(shares, scaled, strict=True)]


def _share(table: DefinitionTable, name: str, value: object) -> float:
    share = number_of(table, name, value)
    if share is not None and not 0 <= share <= 1 + _SLACK:
        refuse(table, f"{name} = {share:g}", spoken("a share from 0 to 1"))
    return share or 0.0


def _crossed(words: Sequence[str]) -> str:
    return " by ".join(f"'{word}'" for word in words)


def _row(row: object) -> str:
    return f"[{', '.join(map(shown, row))}]" if isinstance(row, list) else shown(row)
