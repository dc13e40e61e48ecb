"""Check boxes whose ticked options stand joined in one cell: what joins them, and what the options are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics import limits
from analytics.imports.cells.vocabulary import NONE_OF_THEM, UNSURE

_SEPARATORS = (
    "; ",
    ";",
    " / ",
    " | ",
    "|",
    " + ",
    "\n",
    ", ",
    ",",
    " & ",
    "+",
    "/",
    "、",
    "，",
    "・",
    "；",
    "／",
    "｜",
)
_FEWEST_JOINED = 0.02
"""Which share of the cells has to hold two options or more before a column counts as check boxes."""

_FEW_JOINED = 0.08
_MOST_OPTIONS = 40
_FEWEST_TIMES = 2
_LEAST_JOINED, _MOST_JOINED, _PIECES_READ = 10, 100, 4_000_000
"""How many pairs of pieces may be parts of one option. With more the cells are prose, and to go on would take minutes.
Where cells have very many pieces it is fewer, since all are read again for each pair."""
_OF_PROSE = frozenset({"; ", " / ", " + ", ", ", ",", " & ", "/"})
"""What joins options, and the halves of a sentence as well."""

_UNLIKE, _SELDOM, _PHRASE, _FEWEST_OF_PROSE = 0.8, 0.2, 2.5, 6
_BRACKETS = {"(": ")", "[": "]", "\u201c": "\u201d", "\u00ab": "\u00bb", "\u201e": "\u201c"}
_OPENING = re.compile("[" + re.escape("".join(_BRACKETS)) + '"]')


@dataclass(frozen=True)
class CheckBoxes:
    """What joins the options of a column, the options, which of them hold the separator, and what stands only once."""

    separator: str
    options: tuple[str, ...]
    holding: tuple[str, ...]
    rare: tuple[str, ...]


def check_boxes(
    words: Mapping[str, int], separators: Sequence[str] = _SEPARATORS, *, several_asked: bool = False
) -> CheckBoxes | None:
    """Returns how the cells are joined, None where they are not: options have to come back, alone or in other company.

    Of separators that all could be it, the one that leaves the fewest different options is.

    Args:
        several_asked: whether the question says that it takes several answers, so that nobody wrote sentences.

    Example:
        >>> check_boxes({"Bus; Car": 3, "Car": 4, "Bus; Bike": 2, "Bike": 1}).options
        ('Bus', 'Car', 'Bike')
        >>> boxes = check_boxes({"Yes, often, Car": 2, "Car": 3, "Yes, often": 4, "Car, Bike": 1, "Bike": 5})
        >>> boxes.options, boxes.holding
        (('Yes, often', 'Car', 'Bike'), ('Yes, often',))
    """
    found = [
        boxes
        for separator in separators
        if (boxes := _boxes_joined_by(words, separator, several_asked=several_asked)) is not None
    ]
    return min(found, key=lambda boxes: len(boxes.options) + len(boxes.rare), default=None)


def joints(words: Mapping[str, int], boxes: CheckBoxes) -> list[str]:
    """Returns the cells that hold more than one of the options.

    Example:
        >>> words = {"Bus": 9, "Tram": 5, "Bus/Tram": 3, "Car": 7}
        >>> joints(words, CheckBoxes("/", ("Bus", "Tram", "Car"), (), ()))
        ['Bus/Tram']
    """
    known = {*boxes.options, *boxes.rare}
    return [word for word in words if word.strip() not in known and len(_pieces(word, boxes.separator)) > 1]


_CODES = re.compile(r"\d{1,3}( \d{1,3})*")
_OF_THOUSANDS = 3


def codes_in_turn(words: Mapping[str, int]) -> CheckBoxes | None:
    """Returns the codes of options that cells hold with blanks between them, each higher than the one before.

    A blank before three digits parts thousands.

    Example:
        >>> codes_in_turn({"1": 4, "1 3": 3, "2 3 4": 2, "2": 1}).options
        ('1', '2', '3', '4')
        >>> codes_in_turn({"1 200": 4, "900": 3}), codes_in_turn({"3 1": 4, "2": 3})
        (None, None)
    """
    cells = [list(map(int, word.split())) for word in words if _CODES.fullmatch(word)]
    several = [cell for cell in cells if len(cell) > 1]
    if len(cells) < len(words) or len(several) < _FEWEST_TIMES:
        return None
    in_turn = all(one < other for cell in several for one, other in pairwise(cell))
    thousands = all(len(part) == _OF_THOUSANDS for word in words for part in word.split()[1:])
    options = sorted({code for cell in cells for code in cell})
    if not in_turn or thousands or len(options) > _MOST_OPTIONS:
        return None
    return CheckBoxes(" ", tuple(map(str, options)), (), ())


def _boxes_joined_by(words: Mapping[str, int], separator: str, *, several_asked: bool) -> CheckBoxes | None:
    """Returns the options where that separator joins them, or ends each of them."""
    if not 0 < max((word.count(separator) for word in words), default=0) <= 2 * limits.CHOICES:
        return None  # nothing is joined, or more than any question offers
    if "/" in separator and any("</" in word for word in words):
        return None  # the end of a tag joins nothing
    ended = sum(count for word, count in words.items() if word.endswith(separator))
    closed = len(separator) == 1 and bool(separator.strip()) and ended > 0.9 * sum(words.values())
    known = {piece for word in words for piece in _pieces(word, separator)}
    cells = {word: _joined_again(_pieces(word, separator), separator, known) for word in words}
    if not closed and not any(len(pieces) > 1 for pieces in cells.values()):
        return None
    together = _together(cells, words, separator)
    if together is None:
        return None
    cells = together
    times: Counter[str] = Counter()
    for word, pieces in cells.items():
        for piece in dict.fromkeys(map(str.strip, pieces)):
            times[piece] += words[word]
    if sum(count >= _FEWEST_TIMES for count in times.values()) > limits.CHOICES:
        return None  # no question has so many answers
    options = [option for option, count in times.items() if not is_rare(option, count, times)]
    frequent = {*options}
    rare = [option for option in times if option not in frequent]
    if not (closed and options) and not _is_boxes(cells, words, options, times):
        return None
    if not several_asked and not closed and separator in _OF_PROSE and _is_prose(cells, words, options, times):
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


def is_rare(option: str, count: int, times: Mapping[str, int]) -> bool:
    """Returns whether so few gave an answer that they wrote it: one reader, or few and in small letters.

    Whoever makes a form writes its options alike: where several begin with a capital, and each was given more often
    than one that does not, this one is some readers'. A word for none of them is offered in any letters.

    Example:
        >>> times = Counter({"Radio": 20, "TV": 30, "my neighbour": 4, "none of these": 4})
        >>> [is_rare(option, times[option], times) for option in times]
        [False, False, True, False]
    """
    if count < _FEWEST_TIMES:
        return True
    capitals = [times[word] for word in times if word[:1].isupper() and times[word] >= _FEWEST_TIMES]
    if not option[:1].islower() or len(capitals) < 2 or NONE_OF_THEM.match(option) or UNSURE.match(option):
        return False
    total = sum(times.values())
    return count < _FEWEST_JOINED * total or (count < min(capitals) and count < _FEW_JOINED * total)


def _is_boxes(
    cells: Mapping[str, list[str]], words: Mapping[str, int], options: list[str], times: Counter[str]
) -> bool:
    """Returns whether the pieces are options: few, each in more than one company, and most of what readers gave."""
    total = sum(words.values())
    several = sum(words[word] for word, pieces in cells.items() if len(pieces) > 1)
    companies: dict[str, set[int]] = {}
    numbers: dict[
        tuple[str, ...], int
    ] = {}  # to hash a cell again for each of its pieces would take its length squared
    for pieces in cells.values():
        company = numbers.setdefault(tuple(pieces), len(numbers))
        for piece in pieces:
            companies.setdefault(piece.strip(), set()).add(company)
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


def _is_prose(
    cells: Mapping[str, list[str]], words: Mapping[str, int], options: list[str], times: Counter[str]
) -> bool:
    """Returns whether the pieces are the halves of sentences, though some of them come back.

    Readers who tick give pieces of a short list, and many of them the same. Those who write hardly ever give what
    another did, each phrase a few times; or a good part of the phrases only ever ends what another began.

    Example:
        >>> halves = [f"{one}, {end}" for one in ("the web site", "the crossword", "more sport") for end in
        ...           ("as it was before", "for the children", "with more maps")]
        >>> check_boxes(dict.fromkeys([*halves, "the crossword", "more sport"], 1)) is None
        True
        >>> check_boxes(dict.fromkeys(halves, 20) | {"the crossword": 4, "more sport": 9}) is None
        True
    """
    total = sum(words.values())
    if sum(len(piece.split()) for piece in times) < _PHRASE * len(times) or total < _FEWEST_OF_PROSE:
        return False
    if len(cells) > _UNLIKE * total and len(times) > _SELDOM * times.total():
        return True
    first = {pieces[0].strip() for pieces in cells.values()}
    ends = [option for option in options if option not in first and _continues(option)]
    return max(map(len, cells.values())) == 2 and len(ends) >= max(2, len(options) / 3)


def _joined_again(pieces: list[str], separator: str, known: Collection[str] = ()) -> list[str]:
    """Returns the pieces, those that a bracket or quotation mark left open put together again.

    Args:
        known: all pieces of the column: one that also stands without its blank is a piece of its own.

    Example:
        >>> _joined_again(["Fruit (apples", "pears)", "Bread"], ", ")
        ['Fruit (apples, pears)', 'Bread']
        >>> _joined_again(["maps", " apps"], ","), _joined_again(["maps", " apps"], ",", {"apps"})
        (['maps, apps'], ['maps', ' apps'])
    """
    whole: list[str] = []
    may_open = _OPENING.search(separator.join(pieces)) is not None
    for piece in pieces:
        if whole and (
            (may_open and _left_open(whole[-1]))
            or _is_one_number(whole[-1], piece, separator)
            or (_is_inside(piece, separator) and piece.strip() not in known)
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
    """Returns whether a bracket or a quotation mark opens in the piece and does not close.

    Example:
        >>> _left_open("Fruit (apples"), _left_open('"Print'), _left_open('"Print,e-paper"'), _left_open('7" or more')
        (True, True, False, False)
    """
    if piece.startswith('"') and piece.count('"') % 2:
        return True
    return any(piece.count(opening) > piece.count(closing) for opening, closing in _BRACKETS.items())


def _together(cells: dict[str, list[str]], words: Mapping[str, int], separator: str) -> dict[str, list[str]] | None:
    """Returns the pieces of each cell, those put together that never stand apart; None where that goes on and on."""
    pieces = sum(map(len, cells.values()))
    for _ in range(max(_LEAST_JOINED, min(_MOST_JOINED, _PIECES_READ // max(1, pieces)))):
        pair = _inseparable(cells, words)
        if pair is None:
            return cells
        cells = {word: _with_pair_joined(joined, pair, separator) for word, joined in cells.items()}
    return None


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
        if times[first] == times[second] == count >= 5 and _stand_apart(first, second, cells, words) >= 5:
            return first, second
    return None


def _stand_apart(first: str, second: str, cells: Mapping[str, list[str]], words: Mapping[str, int]) -> int:
    """Returns how many readers gave neither of the two."""
    return sum(words[word] for word, pieces in cells.items() if first not in pieces and second not in pieces)


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
