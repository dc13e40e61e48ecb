"""Check boxes whose ticked options stand joined in one cell: what joins them, and what the options are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SEPARATORS = ("; ", ";", " / ", " | ", "|", " + ", "\n", ", ", ",")
_FEWEST_JOINED = 0.02
"""Which share of the cells has to hold two options or more before a column counts as check boxes."""

_MOST_OPTIONS = 40
_FEWEST_TIMES = 2
_BRACKETS = {"(": ")", "[": "]", "\u201c": "\u201d", "\u00ab": "\u00bb", "\u201e": "\u201c"}


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
    """Returns the options where that separator joins them, or ends each of them."""
    ended = sum(count for word, count in words.items() if word.endswith(separator))
    closed = len(separator) == 1 and bool(separator.strip()) and ended > 0.9 * sum(words.values())
    cells = {word: _joined_again(_pieces(word, separator), separator) for word in words}
    if not closed and not any(len(pieces) > 1 for pieces in cells.values()):
        return None
    cells = _together(cells, words, separator)
    times: Counter[str] = Counter()
    for word, pieces in cells.items():
        for piece in dict.fromkeys(map(str.strip, pieces)):
            times[piece] += words[word]
    options = [option for option, count in times.items() if not _is_rare(option, count, times)]
    rare = [option for option in times if option not in options]
    if not (closed and options) and not _is_boxes(cells, words, options, times):
        return None
    holding = [option for option in options if separator.strip() and separator.strip() in option]
    return CheckBoxes(separator, tuple(options), tuple(holding), tuple(rare))


def _pieces(word: str, separator: str) -> list[str]:
    """Returns what the separator joins, or ends, in a cell.

    Example:
        >>> _pieces("Radio;Print, e-paper;", ";")
        ['Radio', 'Print, e-paper']
    """
    return [piece for piece in word.split(separator) if piece.strip()] or [word]


def _is_rare(option: str, count: int, times: Mapping[str, int]) -> bool:
    """Returns whether so few gave an answer that they wrote it: one reader, or very few and in small letters."""
    if count < _FEWEST_TIMES:
        return True
    capitals = sum(word[:1].isupper() for word in times)
    small = option[:1].islower() and sum(times.values()) > 0 and capitals >= 2
    return small and count < _FEWEST_JOINED * sum(times.values())


def _is_boxes(
    cells: Mapping[str, list[str]], words: Mapping[str, int], options: list[str], times: Counter[str]
) -> bool:
    """Returns whether the pieces are options: few, each in more than one company, and most of what readers gave."""
    total = sum(words.values())
    several = sum(words[word] for word, pieces in cells.items() if len(pieces) > 1)
    companies: dict[str, set[tuple[str, ...]]] = {}
    for pieces in cells.values():
        for piece in pieces:
            companies.setdefault(piece.strip(), set()).add(tuple(pieces))
    mixed = sum(len(companies[option]) > 1 for option in options)
    given = sum(times[option] for option in options)
    # Cells that all have as many pieces are options of one answer with a comma each, such as "White, not Hispanic".
    return (
        len({len(pieces) for pieces in cells.values()}) > 1
        and 2 <= len(options) <= _MOST_OPTIONS
        and several >= max(2, _FEWEST_JOINED * total)
        and mixed >= max(2, 0.5 * len(options))
        and given >= 0.6 * times.total()
        and len(options) < len(cells) + max(2, len(options))
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

    That alone may be chance, or what a reader wrote behind an option. So the second has to begin small, as only the
    middle of a sentence does, and either the first never stands without such a one, or the pair stands before other
    options too; or neither may stand without the other while at least five readers ticked both and five neither.
    """
    times: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    followed: Counter[str] = Counter()
    inside: Counter[tuple[str, str]] = Counter()
    for word, pieces in cells.items():
        for piece in pieces:
            times[piece] += words[word]
        for at, pair in enumerate(pairwise(pieces)):
            pairs[pair] += words[word]
            followed[pair[0]] += words[word] if _continues(pair[1]) else 0
            inside[pair] += words[word] if at + 2 < len(pieces) else 0
    capitals = 2 * sum(pieces[0][:1].isupper() for pieces in cells.values()) > len(cells)
    for (first, second), count in pairs.items():
        if capitals and times[second] == count and _continues(second):
            whole = followed[first] == times[first] or second.startswith("000")
            if whole or (count >= 3 and inside[first, second]):
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
