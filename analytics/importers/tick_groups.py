"""Questions that have a column for each answer: which columns belong together, and what a tick is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from analytics.importers.fields import Field
from analytics.importers.plain_text import plain_text
from analytics.importers.scans import Scan
from analytics.importers.vocabulary import OTHER

BARE_TICKS = frozenset(
    {"1", "Yes", "Y", "TRUE", "True", "true", "Selected", "selected", "Checked", "checked", "X", "x", "Ja", "Да"}
)
NOT_TICKED = frozenset(
    {"0", "Not selected", "not selected", "Not Selected", "Unchecked", "unchecked", "FALSE", "False", "false"}
)
SAID_NOT = frozenset({"No", "N", "Nein", "Нет"})
"""Words for a box left open where a tool is known to write them; elsewhere they answer a question of their own."""

CODE = re.compile(r"(?P<stem>.*?[^\W\d_].*?)(?:_|\.|\[SQ|\[)0*(?:\d+|other)\]?")
BRACKET = re.compile(r"(?P<stem>.+?) \[(?P<option>.+)\]")

MOST_SHARED = 20

Stem = tuple[str, str]
"""What the columns of one question share, and the option of one of them, "" where it does not show."""

Member = tuple[Field, str]


@dataclass(frozen=True)
class TickGroup:
    """The columns of one question: `words` holds what a tick is in each, `open_words` what an open box holds."""

    text: str
    columns: tuple[str, ...]
    options: tuple[str, ...]
    words: tuple[str, ...]
    open_words: tuple[str, ...] = ()


def tick_groups(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the questions that lie in several columns of ticks, in the order of the file."""
    groups: list[TickGroup] = []
    left = list(fields)
    for stems_of in (by_tool, by_bracket, by_dash, by_code):
        found = [group for stem, run in runs(left, stems_of) if (group := group_of(stem, run, scans)) is not None]
        groups += found
        taken = {column for group in found for column in group.columns}
        left = [field for field in left if field.name not in taken]
    groups += own_name_groups(left, scans)
    place = {field.name: at for at, field in enumerate(fields)}
    return sorted(groups, key=lambda group: place[group.columns[0]])


def shared_scans(fields: Sequence[Field], scans: Mapping[str, Scan]) -> dict[str, Scan]:
    """Returns, for the columns of a question with rows, what each holds with the words of the others among its own.

    So every row of such a question offers the same answers, also those that nobody gave to it.
    """
    found: dict[str, Scan] = {}
    for stems_of in (by_tool, by_bracket, by_dash, by_code):
        for _, run in runs(fields, stems_of):
            some = [scans[field.name] for field, _ in run]
            words = {word: 0 for scan in some for word in scan.words}
            own = [set(scan.words) for scan in some]
            if len(words) <= MOST_SHARED and all(
                not one or any(one & other for other in own if other is not one) for one in own
            ):
                for (field, _), scan in zip(run, some, strict=True):
                    found.setdefault(
                        field.name, replace(scan, words=scan.words | {word: scan.words.get(word, 0) for word in words})
                    )
    return found


def runs(
    fields: Sequence[Field], stems_of: Callable[[Sequence[Field]], list[Stem | None]]
) -> Iterator[tuple[str, list[Member]]]:
    """Yields each stretch of neighbouring columns that share a stem, with their options."""
    for stem, run in groupby(zip(fields, stems_of(fields), strict=True), key=lambda one: one[1] and one[1][0]):
        members = [(field, of_field[1]) for field, of_field in run if of_field is not None]
        if stem is not None and len(members) > 1:
            yield stem, members


def by_tool(fields: Sequence[Field]) -> list[Stem | None]:
    """Returns stems and options as the tool itself says them."""
    return [(field.group, field.option or field.name) if field.group else None for field in fields]


def by_bracket(fields: Sequence[Field]) -> list[Stem | None]:
    """Returns stems and options of names such as "Which? [Radio]"."""
    found = [BRACKET.fullmatch(field.name) for field in fields]
    return [(match["stem"], match["option"]) if match else None for match in found]


def by_dash(fields: Sequence[Field]) -> list[Stem | None]:
    """Returns stems and options of names such as "Which? - Radio": the longest beginning shared with a neighbour.

    Example:
        >>> by_dash([Field("id"), Field("Which? - Radio"), Field("Which? - TV - films")])
        [None, ('Which?', 'Radio'), ('Which?', 'TV - films')]
    """
    if not fields:
        return []
    names = [field.name for field in fields]
    shared = ["", *(shared_beginning(one, other) for one, other in pairwise(names)), ""]
    stems = [max(pair, key=len) for pair in pairwise(shared)]
    return [(stem, name[len(stem) + 3 :]) if stem else None for stem, name in zip(stems, names, strict=True)]


def shared_beginning(one: str, other: str) -> str:
    """Returns what both names begin with before a dash between blanks, the longest such beginning.

    Example:
        >>> shared_beginning("Which? - Radio", "Which? - TV"), shared_beginning("Which?", "Which? - TV")
        ('Which?', '')
    """
    ends = [found.start() for found in re.finditer(" - ", one)]
    return next((one[:end] for end in reversed(ends) if other.startswith(one[: end + 3])), "")


def by_code(fields: Sequence[Field]) -> list[Stem | None]:
    """Returns stems of names such as "q4_0001" and "Q2[SQ001]"; the option is the column's own wording.

    Example:
        >>> by_code([Field("q4_0001"), Field("Q41_2", "Radio"), Field("wave")])
        [('q4', ''), ('Q41', 'Radio'), None]
    """
    found = [CODE.fullmatch(field.name) for field in fields]
    return [(match["stem"], field.text) if match else None for match, field in zip(found, fields, strict=True)]


def group_of(stem: str, run: Sequence[Member], scans: Mapping[str, Scan]) -> TickGroup | None:
    """Returns the question of some columns where all of them hold ticks, None where one holds something else.

    The column in which people wrote what else they meant is not among them.
    """
    ticks = [(field, option, tick_of(field, option, scans[field.name])) for field, option in run]
    ticks = [one for one in ticks if one[2] is not None or not OTHER.match(one[1])]
    held = [scans[field.name].words for field, *_ in ticks]
    if len(ticks) < 2 or not any(held) or any(tick is None for *_, tick in ticks):
        return None
    words = tuple(tick or "" for *_, tick in ticks)
    options = [
        option or (word if word not in BARE_TICKS else field.name)
        for (field, option, _), word in zip(ticks, words, strict=True)
    ]
    opened = dict.fromkeys(word for of_column in held for word in of_column if word in NOT_TICKED | SAID_NOT)
    columns = tuple(field.name for field, *_ in ticks)
    return TickGroup(stem, columns, tuple(options), words, tuple(opened))


def own_name_groups(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the questions that show nothing but their options: each cell repeats its column's name."""
    groups = []
    for own, run in groupby(fields, key=lambda field: set(scans[field.name].words) == {field.name}):
        columns = tuple(field.name for field in run)
        if own and len(columns) > 1:
            groups.append(TickGroup("", columns, columns, columns))
    return groups


def tick_of(field: Field, option: str, scan: Scan) -> str | None:
    """Returns the word that is a tick in the column, None where its cells are no ticks.

    A column in which nobody ticked has the word that a tick would be.

    Example:
        >>> scan = Scan({"Not selected": 5, "Friends": 2}, (), 7, 7)
        >>> tick_of(Field("q4_0001"), "", scan), tick_of(Field("q5"), "", Scan({"Often": 1, "Never": 2}, (), 3, 3))
        ('Friends', None)
    """
    closed = NOT_TICKED | SAID_NOT if field.kind == "multiple" else NOT_TICKED
    words = [word for word in scan.words if word not in closed]
    if not words:
        return "1" if "0" in scan.words or field.labels else option or field.name
    said_open = any(word in closed for word in scan.words)
    ticked = (
        words[0] in BARE_TICKS or plain_text(words[0]) == plain_text(option) or (said_open and not words[0].isdecimal())
    )
    return words[0] if ticked and len(words) == 1 else None
