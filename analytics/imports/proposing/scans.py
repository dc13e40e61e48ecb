"""What the columns of a whole table hold: how often each word stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analytics.imports.cells.fields import PLAIN, Field
from analytics.imports.cells.rows import cells_by_column
from analytics.imports.cells.text import number, plain
from analytics.imports.cells.vocabulary import (
    BLANKS_OF_TOOLS,
    NUMBER_CODES_OF_NOTHING,
    SEEN_AND_LEFT,
    SELDOM_FOR_NOTHING,
    WRITTEN_FOR_NOTHING,
)
from analytics.imports.reading.tables import FileTable
from analytics.language.said import spoken, written
from analytics.limits import TEXT_CHARACTERS

_DISTINCT_COUNTED = 5_000
_FEW_BEYOND = 0.03
_FEW_TYPED = 2
_SELDOM_TYPED = 0.15


@dataclass(frozen=True)
class Scan:
    """One column: how often each word stands in it, in the order found.

    `blanks` holds the words for nothing among them, `seen` those of these that say that the question was seen; `rows`
    how many rows the table has, `counted` how many cells were counted: a column of more than DISTINCT_COUNTED
    different words is not counted to its end.
    """

    words: dict[str, int]
    blanks: tuple[str, ...]
    rows: int
    counted: int
    seen: tuple[str, ...] = ()

    @property
    def filled(self) -> int:
        """Returns how many of the counted cells hold a word."""
        return sum(self.words.values())

    @property
    def unique(self) -> bool:
        """Returns whether no word stands twice."""
        return len(self.words) == self.filled

    @cached_property
    def numbers(self) -> list[float] | None:
        """Returns the words as numbers where all of them are."""
        found: list[float] = []
        for word in self.words:
            value = number(word)
            if value is None:
                return None
            found.append(value)
        return found or None


def without_tool_blanks(scans: Mapping[str, Scan], tool: str) -> tuple[dict[str, Scan], list[str]]:
    """Returns the scans with the words for no answer that a tool writes among the blanks, and what is to be told.

    Example:
        >>> scans = {"q1": Scan({"Yes": 2, "N/A": 3}, (), 5, 5)}
        >>> found, told = without_tool_blanks(scans, "LimeSurvey")
        >>> found["q1"].words, found["q1"].blanks, told
        ({'Yes': 2}, ('N/A',), ["'N/A' counts as no answer in 'q1' (3 cells): LimeSurvey writes it where a question was
        not shown"])
    """
    if tool not in BLANKS_OF_TOOLS:
        return dict(scans), []
    known, why = BLANKS_OF_TOOLS[tool]
    found: dict[str, Scan] = {}
    columns: dict[str, list[str]] = {}
    cells: Counter[str] = Counter()
    for name, scan in scans.items():
        blanks = [
            word
            for word, count in scan.words.items()
            if (small := " ".join(word.casefold().split())) in known
            or (tool == PLAIN and small in SELDOM_FOR_NOTHING and _is_seldom(count, scan) and _is_typed(word, scan))
        ]
        words = {word: count for word, count in scan.words.items() if word not in blanks}
        seen = tuple(word for word in blanks if word in SEEN_AND_LEFT)
        found[name] = replace(scan, words=words, blanks=(*scan.blanks, *blanks), seen=seen)
        for word in blanks:
            columns.setdefault(word, []).append(name)
            cells[word] += scan.words[word]
    told = [
        spoken(
            "{word!r} counts as no answer in {columns} ({cells} cells): {why}",
            word=word,
            columns=_listed(names),
            cells=written(cells[word]),
            why=spoken(why),
        )
        for word, names in columns.items()
    ]
    return found, told


def _is_seldom(count: int, scan: Scan) -> bool:
    """Returns whether so few cells hold a word that people may have typed it."""
    return count <= max(_FEW_TYPED, _SELDOM_TYPED * scan.filled)


def _is_typed(word: str, scan: Scan) -> bool:
    """Returns whether a word begins small where others of its column do not: the options of a form begin alike."""
    return word[:1].islower() and any(other[:1].isupper() for other in scan.words)


def _listed(names: Sequence[str]) -> str:
    """Returns the first names of columns, and how many more there are.

    Example:
        >>> _listed(["a", "b", "c", "d", "e"])
        "'a', 'b', 'c' and 2 more"
    """
    more = spoken(" and {count} more", count=len(names) - 3) if len(names) > 3 else ""
    return ", ".join(map(repr, names[:3])) + more


def scanned(table: FileTable) -> dict[str, Scan]:
    """Returns what each named column of the table holds; the table is read to its end."""
    places = {name: (at,) for at, name in enumerate(table.header) if name}
    counts: dict[str, Counter[str]] = {name: Counter() for name in places}
    counted = dict.fromkeys(places, 0)
    rows = 0
    for stretch in table.stretches:
        rows += len(stretch.texts)
        open_ones = {name: at for name, at in places.items() if len(counts[name]) <= _DISTINCT_COUNTED}
        for name, cells in cells_by_column(stretch.texts, len(table.header), open_ones).items():
            counts[name].update(cells)
            counted[name] += len(cells)
    return {name: _scan_of(counts[name], rows, counted[name]) for name in places}


def _scan_of(cells: Counter[str], rows: int, counted: int) -> Scan:
    """Returns the scan of a column by how often each of its cells was found.

    Example:
        >>> scan = _scan_of(Counter({"Yes ": 2, "Yes": 1, "NA": 1, "": 3}), 7, 7)
        >>> scan.words, scan.blanks, scan.filled
        ({'Yes': 3}, ('NA',), 3)
    """
    words: Counter[str] = Counter()
    signs = {"+", "++"} & set(map(plain, cells))  # beside these a dash is a step, and no blank
    for cell, count in cells.items():
        words[plain(cell[:TEXT_CHARACTERS])] += count  # what follows tells nothing of the column, and takes its time
    of_nothing = WRITTEN_FOR_NOTHING - {"-", "--"} if signs else WRITTEN_FOR_NOTHING
    blanks = tuple(word for word in words if word in of_nothing and word)
    return Scan({word: n for word, n in words.items() if word not in of_nothing}, blanks, rows, counted)


def missing_words(field: Field, scan: Scan) -> tuple[str, ...]:
    """Returns the words that count as no answer by what the file declares, and those that programs write for nothing.

    Example:
        >>> field = Field("q1", missing=("9",), missing_ranges=((90.0, 99.0),))
        >>> missing_words(field, Scan({"1": 4, "97": 1}, ("NA",), 6, 6))
        ('NA', '9', '97')
    """
    within = [
        word
        for word in (*scan.words, *(value for value, _ in field.labels))
        for low, high in field.missing_ranges
        if (value := number(word)) is not None and low <= value <= high
    ]
    return tuple(dict.fromkeys((*scan.blanks, *field.missing, *within)))


def codes_apart(scan: Scan) -> tuple[str, ...]:
    """Returns the numbers that stand apart from the others as codes for "does not know" do.

    Example:
        >>> codes_apart(Scan({"1": 4, "5": 3, "99": 1}, (), 8, 8))
        ('99',)
    """
    known = NUMBER_CODES_OF_NOTHING
    others = [value for word in scan.words if word not in known and (value := number(word)) is not None]
    if not others:
        return ()
    low, high = min(others), max(others)
    return tuple(
        word
        for word in scan.words
        if word in known and (float(word) > high + 5 or (float(word) < 0 <= low and high >= 2))
    )


def codes_without_label(labels: Mapping[str, str], odd: Sequence[str], scan: Scan) -> list[str]:
    """Returns the few numbers without a label that lie beyond all numbers that have one, in order.

    Example:
        >>> scan = Scan({"1": 40, "2": 50, "3": 30, "7": 1}, (), 121, 121)
        >>> codes_without_label({"1": "Yes", "2": "No", "3": "Unsure"}, ["7"], scan)
        ['7']
    """
    known = [value for word in labels if (value := number(word)) is not None]
    if len(known) < len(labels) or len(known) < 2:
        return []
    values = {word: value for word in odd if (value := number(word)) is not None}
    beyond = [word for word, value in values.items() if not min(known) <= value <= max(known)]
    few = sum(scan.words[word] for word in beyond) <= _FEW_BEYOND * scan.filled
    return sorted(beyond, key=values.__getitem__) if few else []
