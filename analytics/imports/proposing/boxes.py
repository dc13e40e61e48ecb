"""Questions of several boxes: a column for each answer, or the ticked options joined in one cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import plain_text
from analytics.imports.cells.vocabulary import OTHER
from analytics.imports.proposing.scans import Scan

_BARE_TICKS = frozenset(
    {"1", "Yes", "Y", "TRUE", "True", "true", "Selected", "selected", "Checked", "checked", "X", "x", "Ja", "Да"}
)
_NOT_TICKED = frozenset(
    {"0", "Not selected", "not selected", "Not Selected", "Unchecked", "unchecked", "FALSE", "False", "false"}
)
_SAID_NOT = frozenset({"No", "N", "Nein", "Нет"})
"""Words for a box left open where a tool is known to write them; elsewhere they answer a question of their own."""

_CODE = re.compile(r"(?P<stem>.*?[^\W\d_].*?)(?:_|\.|\[SQ|\[)0*(?:\d+|other)\]?")
_BRACKET = re.compile(r"(?P<stem>.+?) \[(?P<option>.+)\]")
_MOST_SHARED = 20
_Stem = tuple[str, str]
"""What the columns of one question share, and the option of one of them, "" where it does not show."""

_Member = tuple[Field, str]
_SEPARATORS = ("; ", ";", " / ", " | ", "|", "\n", ", ", ",")
_FEWEST_JOINED = 0.02
"""Which share of the cells has to hold two options or more before a column counts as check boxes."""

_MOST_OPTIONS = 40
_FEWEST_TIMES = 2
_BRACKETS = {"(": ")", "[": "]", "\u201c": "\u201d", "\u00ab": "\u00bb", "\u201e": "\u201c"}


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
    for stems_of in (_by_tool, _by_bracket, _by_dash, _by_code):
        found = [group for stem, run in _runs(left, stems_of) if (group := _group_of(stem, run, scans)) is not None]
        groups += found
        taken = {column for group in found for column in group.columns}
        left = [field for field in left if field.name not in taken]
    groups += _own_name_groups(left, scans)
    place = {field.name: at for at, field in enumerate(fields)}
    return sorted(groups, key=lambda group: place[group.columns[0]])


def shared_scans(fields: Sequence[Field], scans: Mapping[str, Scan]) -> dict[str, Scan]:
    """Returns, for the columns of a question with rows, what each holds with the words of the others among its own.

    So every row of such a question offers the same answers, also those that nobody gave to it.
    """
    found: dict[str, Scan] = {}
    for stems_of in (_by_tool, _by_bracket, _by_dash, _by_code):
        for _, run in _runs(fields, stems_of):
            some = [scans[field.name] for field, _ in run]
            words = {word: 0 for scan in some for word in scan.words}
            own = [set(scan.words) for scan in some]
            if len(words) <= _MOST_SHARED and all(
                not one or any(one & other for other in own if other is not one) for one in own
            ):
                for (field, _), scan in zip(run, some, strict=True):
                    found.setdefault(
                        field.name, replace(scan, words=scan.words | {word: scan.words.get(word, 0) for word in words})
                    )
    return found


def _runs(
    fields: Sequence[Field], stems_of: Callable[[Sequence[Field]], list[_Stem | None]]
) -> Iterator[tuple[str, list[_Member]]]:
    """Yields each stretch of neighbouring columns that share a stem, with their options."""
    for stem, run in groupby(zip(fields, stems_of(fields), strict=True), key=lambda one: one[1] and one[1][0]):
        members = [(field, of_field[1]) for field, of_field in run if of_field is not None]
        if stem is not None and len(members) > 1:
            yield stem, members


def _by_tool(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options as the tool itself says them."""
    return [(field.group, field.option or field.name) if field.group else None for field in fields]


def _by_bracket(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "Which? [Radio]"."""
    found = [_BRACKET.fullmatch(field.name) for field in fields]
    return [(match["stem"], match["option"]) if match else None for match in found]


def _by_dash(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "Which? - Radio": the longest beginning shared with a neighbour.

    Example:
        >>> _by_dash([Field("id"), Field("Which? - Radio"), Field("Which? - TV - films")])
        [None, ('Which?', 'Radio'), ('Which?', 'TV - films')]
    """
    if not fields:
        return []
    names = [field.name for field in fields]
    shared = ["", *(_shared_beginning(one, other) for one, other in pairwise(names)), ""]
    stems = [max(pair, key=len) for pair in pairwise(shared)]
    return [(stem, name[len(stem) + 3 :]) if stem else None for stem, name in zip(stems, names, strict=True)]


def _shared_beginning(one: str, other: str) -> str:
    """Returns what both names begin with before a dash between blanks, the longest such beginning.

    Example:
        >>> _shared_beginning("Which? - Radio", "Which? - TV"), _shared_beginning("Which?", "Which? - TV")
        ('Which?', '')
    """
    ends = [found.start() for found in re.finditer(" - ", one)]
    return next((one[:end] for end in reversed(ends) if other.startswith(one[: end + 3])), "")


def _by_code(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of names such as "q4_0001" and "Q2[SQ001]"; the option is the column's own wording.

    Example:
        >>> _by_code([Field("q4_0001"), Field("Q41_2", "Radio"), Field("wave")])
        [('q4', ''), ('Q41', 'Radio'), None]
    """
    found = [_CODE.fullmatch(field.name) for field in fields]
    return [(match["stem"], field.text) if match else None for match, field in zip(found, fields, strict=True)]


def _group_of(stem: str, run: Sequence[_Member], scans: Mapping[str, Scan]) -> TickGroup | None:
    """Returns the question of some columns where all of them hold ticks, None where one holds something else.

    The column in which people wrote what else they meant is not among them.
    """
    ticks = [(field, option, _tick_of(field, option, scans[field.name])) for field, option in run]
    ticks = [one for one in ticks if one[2] is not None or not OTHER.match(one[1])]
    held = [scans[field.name].words for field, *_ in ticks]
    if len(ticks) < 2 or not any(held) or any(tick is None for *_, tick in ticks):
        return None
    words = tuple(tick or "" for *_, tick in ticks)
    options = [
        option or (word if word not in _BARE_TICKS else field.name)
        for (field, option, _), word in zip(ticks, words, strict=True)
    ]
    opened = dict.fromkeys(word for of_column in held for word in of_column if word in _NOT_TICKED | _SAID_NOT)
    columns = tuple(field.name for field, *_ in ticks)
    return TickGroup(stem, columns, tuple(options), words, tuple(opened))


def _own_name_groups(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the questions that show nothing but their options: each cell repeats its column's name."""
    groups = []
    for own, run in groupby(fields, key=lambda field: set(scans[field.name].words) == {field.name}):
        columns = tuple(field.name for field in run)
        if own and len(columns) > 1:
            groups.append(TickGroup("", columns, columns, columns))
    return groups


def _tick_of(field: Field, option: str, scan: Scan) -> str | None:
    """Returns the word that is a tick in the column, None where its cells are no ticks.

    A column in which nobody ticked has the word that a tick would be.

    Example:
        >>> scan = Scan({"Not selected": 5, "Friends": 2}, (), 7, 7)
        >>> _tick_of(Field("q4_0001"), "", scan), _tick_of(Field("q5"), "", Scan({"Often": 1, "Never": 2}, (), 3, 3))
        ('Friends', None)
    """
    closed = _NOT_TICKED | _SAID_NOT if field.kind == "multiple" else _NOT_TICKED
    words = [word for word in scan.words if word not in closed]
    if not words:
        return "1" if "0" in scan.words or field.labels else option or field.name
    said_open = any(word in closed for word in scan.words)
    ticked = (
        words[0] in _BARE_TICKS
        or plain_text(words[0]) == plain_text(option)
        or (said_open and not words[0].isdecimal())
    )
    return words[0] if ticked and len(words) == 1 else None


@dataclass(frozen=True)
class CheckBoxes:
    """What joins the options of a column, the options, which of them hold the separator, and what stands only once."""

    separator: str
    options: tuple[str, ...]
    holding: tuple[str, ...]
    rare: tuple[str, ...]


def check_boxes(words: Mapping[str, int], separators: Sequence[str] = _SEPARATORS) -> CheckBoxes | None:
    """Returns how the cells are joined, None where they are not: options have to come back, alone or in other company.

    Of separators that all could be it, the one that leaves the fewest different options is.

    Example:
        >>> check_boxes({"Bus; Car": 3, "Car": 4, "Bus; Bike": 2, "Bike": 1}).options
        ('Bus', 'Car', 'Bike')
        >>> boxes = check_boxes({"Yes, often, Car": 2, "Car": 3, "Yes, often": 4, "Car, Bike": 1, "Bike": 5})
        >>> boxes.options, boxes.holding
        (('Yes, often', 'Car', 'Bike'), ('Yes, often',))
    """
    found = [boxes for separator in separators if (boxes := _boxes_joined_by(words, separator)) is not None]
    return min(found, key=lambda boxes: len(boxes.options) + len(boxes.rare), default=None)


def _boxes_joined_by(words: Mapping[str, int], separator: str) -> CheckBoxes | None:
    """Returns the options where that separator joins them."""
    cells = {word: _joined_again(word.split(separator), separator) for word in words}
    if not any(len(pieces) > 1 for pieces in cells.values()):
        return None
    cells = _together(cells, words, separator)
    times: Counter[str] = Counter()
    for word, pieces in cells.items():
        for piece in pieces:
            times[piece.strip()] += words[word]
    several = sum(words[word] for word, pieces in cells.items() if len(pieces) > 1)
    options = [option for option, count in times.items() if count >= _FEWEST_TIMES]
    rare = [option for option, count in times.items() if count < _FEWEST_TIMES]
    if not _is_boxes(cells, words, options, rare, several):
        return None
    holding = [option for option in options if separator.strip() in option]
    return CheckBoxes(separator, tuple(options), tuple(holding), tuple(rare))


def _is_boxes(
    cells: Mapping[str, list[str]], words: Mapping[str, int], options: list[str], rare: list[str], several: int
) -> bool:
    """Returns whether the pieces are options: few, each in more than one company, and nearly no other text."""
    total = sum(words.values())
    companies: dict[str, set[tuple[str, ...]]] = {}
    for pieces in cells.values():
        for piece in pieces:
            companies.setdefault(piece.strip(), set()).add(tuple(pieces))
    mixed = sum(len(companies[option]) > 1 for option in options)
    told = sum(len(pieces) for pieces in cells.values())
    # Cells that all have as many pieces are options of one answer with a comma each, such as "White, not Hispanic".
    return (
        len({len(pieces) for pieces in cells.values()}) > 1
        and 2 <= len(options) <= _MOST_OPTIONS
        and several >= max(2, _FEWEST_JOINED * total)
        and mixed >= max(2, 0.5 * len(options))
        and len(rare) <= 0.34 * told
        and len(options) + len(rare) < len(cells) + max(2, len(options))
    )


def _joined_again(pieces: list[str], separator: str) -> list[str]:
    """Returns the pieces, those that a bracket or quotation mark left open put together again.

    Example:
        >>> _joined_again(["Fruit (apples", "pears)", "Bread"], ", ")
        ['Fruit (apples, pears)', 'Bread']
    """
    whole: list[str] = []
    for piece in pieces:
        if whole and (
            _left_open(whole[-1]) or _is_one_number(whole[-1], piece, separator) or _is_inside(piece, separator)
        ):
            whole[-1] += separator + piece
        else:
            whole.append(piece)
    return whole


def _is_inside(piece: str, separator: str) -> bool:
    """Returns whether a piece goes on after the blank of a sentence, which the tool does not write between options.

    Example:
        >>> _is_inside(" apps", ","), _is_inside("apps", ","), _is_inside(" apps", ", ")
        (True, False, False)
    """
    return separator in (",", ";") and piece.startswith(" ")


def _is_one_number(before: str, after: str, separator: str) -> bool:
    """Returns whether the comma stands for the thousands of a number.

    Example:
        >>> _is_one_number("$0 - $24", "999", ","), _is_one_number("1", "2", ",")
        (True, False)
    """
    return separator == "," and before[-1:].isdecimal() and after[:3].isdecimal() and len(after[:3]) == 3


def _left_open(piece: str) -> bool:
    """Returns whether a bracket opens in the piece and does not close."""
    return any(piece.count(opening) > piece.count(closing) for opening, closing in _BRACKETS.items())


def _together(cells: dict[str, list[str]], words: Mapping[str, int], separator: str) -> dict[str, list[str]]:
    """Returns the pieces of each cell, those put together that never stand apart."""
    while True:
        pair = _inseparable(cells, words)
        if pair is None:
            return cells
        cells = {word: _with_pair_joined(pieces, pair, separator) for word, pieces in cells.items()}


def _inseparable(cells: Mapping[str, list[str]], words: Mapping[str, int]) -> tuple[str, str] | None:
    """Returns two pieces of one option: the second never stands but after the first.

    That alone may be chance. So the second has to begin small, as only the middle of a sentence does, or neither may
    stand without the other while at least five readers ticked both and five neither.
    """
    times: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for word, pieces in cells.items():
        for piece in pieces:
            times[piece] += words[word]
        for pair in pairwise(pieces):
            pairs[pair] += words[word]
    capitals = 2 * sum(pieces[0][:1].isupper() for pieces in cells.values()) > len(cells)
    for (first, second), count in pairs.items():
        if capitals and times[second] == count and _continues(second):
            return first, second
        apart = sum(words[word] for word, pieces in cells.items() if first not in pieces and second not in pieces)
        if times[first] == times[second] == count >= 5 and apart >= 5:
            return first, second
    return None


def _continues(piece: str) -> bool:
    """Returns whether a piece begins as only the middle of a sentence does.

    Example:
        >>> _continues("or a tablet"), _continues("Tablet"), _continues("000 euros")
        (True, False, True)
    """
    return bool(piece) and (piece[0].islower() or piece.startswith("000"))


def _with_pair_joined(pieces: list[str], pair: tuple[str, str], separator: str) -> list[str]:
    """Returns the pieces with the pair, wherever it stands, as one.

    Example:
        >>> _with_pair_joined(["Car", "Yes", "often"], ("Yes", "often"), ", ")
        ['Car', 'Yes, often']
    """
    whole: list[str] = []
    for piece in pieces:
        if whole and (whole[-1], piece) == pair:
            whole[-1] += separator + piece
        else:
            whole.append(piece)
    return whole
