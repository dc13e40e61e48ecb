"""Code books: what the columns of another table ask, and what the numbers in them stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analytics.imports.cells.text import plain_text

_FEWEST_NAMED = 2
_FEWEST_PLACED = 0.5
_LONGEST_CODE = 8
_LONGEST_LIST = 20_000
_CODE = re.compile(r"-?\d+(\.0+)?|[A-Za-z]{1,3}\d{0,4}")
_PAIR = re.compile(r"\s*(?P<code>-?\d+)\s*(?:[=:.)\u2013\u2014-]+|,)\s*(?P<label>\S.*)", re.DOTALL)
_PAIRS_END = (r"\|", r"\n", r";", r",(?=\s?-?\d+\s?[=:])", r"\s(?=-?\d+\s?=)")
_NAMED = re.compile(r"\[?(?P<name>[^\[\]:]+?)\]?: ?(?P<text>.*)", re.DOTALL)
_ROW_NAMED = re.compile(r"\[(?P<name>[^\[\]]+)\]")
_VALUES = re.compile(r"(values?|werte?|valeurs?|valores|valori|waarden|wartości|значения)\s*:.*", re.IGNORECASE)

_WORDING = re.compile(
    r"question|label|text|wording|descri|meaning|frage|beschr|libell|pregunta|etiqueta|domanda|etichetta|pergunta|"
    r"rótulo|vraag|omschrijving|pytanie|opis|вопрос|описание",
    re.IGNORECASE,
)
"""Words over the wordings of a code book."""


@dataclass(frozen=True)
class BookEntry:
    """What a code book says of one column: its wording, the labels of its values, and the question it is a row of."""

    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    question: str = ""


Book = Mapping[str, BookEntry]


def book_in(rows: Sequence[Sequence[str]], names: Collection[str]) -> dict[str, BookEntry]:
    """Returns what a sheet says of the columns of those names, nothing where it is no code book of theirs.

    A code book has a line for each value, below or beside the column's name, or a line for each column with all its
    values in one cell; or it is the Datamap of Decipher.

    Example:
        >>> rows = [["Name", "Question", "Value", "Label"], ["v1", "Go?", "1", "Yes"], ["", "", "2", "No"],
        ...         ["v2", "Sex", "1", "man"], ["", "", "2", "woman"]]
        >>> book_in(rows, ["id", "v1", "v2"])["v1"]
        BookEntry(text='Go?', labels=(('1', 'Yes'), ('2', 'No')), question='')
        >>> rows = [["Name", "Values"], ["v1", "1 = Yes, 2 = No"], ["v2", "1 = man, 2 = woman"]]
        >>> book_in(rows, ["id", "v1", "v2"])["v2"].labels
        (('1', 'man'), ('2', 'woman'))
        >>> book_in([["id", "v1", "v2"], ["1", "2", "1"], ["2", "1", "1"]], ["id", "v1", "v2"])
        {}
    """
    known = {_small(name): name for name in names}
    cells = [[cell.strip() for cell in row] for row in rows]
    found = _of_datamap(cells, known) or _of_lines(cells, known)
    return found if sum(bool(entry.labels or entry.text) for entry in found.values()) >= _FEWEST_NAMED else {}


def _small(name: str) -> str:
    return name.strip().casefold()


def _of_datamap(rows: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[str, BookEntry]:
    """Returns what a Datamap of Decipher says: `[q1]: wording`, `Values: 1-3`, then the values and the rows.

    Example:
        >>> rows = [["q2: Which?"], ["Values: 0-1"], ["", "0", "Unchecked"], ["", "1", "Checked"], ["", "[q2r1]", "TV"]]
        >>> _of_datamap(rows, {"q2r1": "q2r1"})
        {'q2r1': BookEntry(text='TV', labels=(('0', 'Unchecked'), ('1', 'Checked')), question='Which?')}
    """
    if not any(row and _VALUES.fullmatch(row[0]) for row in rows):
        return {}
    found: dict[str, BookEntry] = {}
    for block in _blocks(rows):
        head = _NAMED.fullmatch(block[0][0])
        if head is None:
            continue
        text = plain_text(head["text"])
        beside = [(one[0], one[1]) for row in block[1:] if len(one := [cell for cell in row if cell]) == 2]
        labels = tuple((code, plain_text(label)) for code, label in beside if re.fullmatch(r"-?\d+", code))
        parts = [(row["name"], plain_text(label)) for code, label in beside if (row := _ROW_NAMED.fullmatch(code))]
        for name, label in parts:
            if _small(name) in known:
                found[known[_small(name)]] = BookEntry(label, labels, text)
        if not parts and _small(head["name"]) in known:
            found[known[_small(head["name"])]] = BookEntry(text, labels)
    return found


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Yields the lines of each question: the first of them begins in the first column, and is no list of values."""
    block: list[Sequence[str]] = []
    for row in rows:
        starts = bool(row) and bool(row[0]) and _NAMED.fullmatch(row[0]) and not _VALUES.fullmatch(row[0])
        if starts and block:
            yield block
            block = []
        if starts or block:
            block.append(row)
    if block:
        yield block


def _of_lines(rows: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[str, BookEntry]:
    """Returns what a list of columns and values says, whatever its headings are called."""
    width = max(map(len, rows), default=0)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    places = [place for place, cells in enumerate(columns) if _names_columns(cells, known)]
    if not places:
        return {}
    at = places[0]
    start = next(row for row, cell in enumerate(columns[at]) if _small(cell) in known)
    others = [place for place in range(width) if place != at]
    in_cells = next((place for place in others if _holds_pairs(columns[place][start:])), None)
    codes, labels = _codes_and_labels(columns, others, start) if in_cells is None else (None, None)
    texts = [place for place in others if place not in (in_cells, codes, labels)]
    wording = max(texts, key=lambda place: _words_in(columns[place][start:]), default=None)
    if wording is not None and _words_in(columns[wording][start:]) <= 1:
        headed = start > 0 and _WORDING.search(columns[wording][start - 1]) is not None
        wording = wording if headed else None
    found: dict[str, BookEntry] = {}
    name = ""
    for row in range(start, len(rows)):
        cell = columns[at][row]
        if cell:
            name = known.get(_small(cell), "")
        if not name:
            continue
        before = found.get(name, BookEntry())
        text = before.text or (plain_text(columns[wording][row]) if wording is not None else "")
        pairs = before.labels
        if in_cells is not None:
            pairs = pairs or _pairs_in(columns[in_cells][row])
        elif codes is not None and labels is not None and columns[codes][row] and columns[labels][row]:
            pairs = (*pairs, (_whole(columns[codes][row]), plain_text(columns[labels][row])))
        found[name] = BookEntry(text, pairs)
    return {name: entry for name, entry in found.items() if len({*dict(entry.labels)}) == len(entry.labels)}


def _names_columns(cells: Sequence[str], known: Mapping[str, str]) -> bool:
    """Returns whether a column of a list holds names of the other table's columns, and hardly anything else."""
    filled = [_small(cell) for cell in cells if cell]
    named = {cell for cell in filled if cell in known}
    others = {cell for cell in filled if cell not in known}
    return len(named) >= _FEWEST_NAMED and len(named) > _FEWEST_PLACED * (len(others) - 1)


def _codes_and_labels(
    columns: Sequence[Sequence[str]], others: Sequence[int], start: int
) -> tuple[int | None, int | None]:
    """Returns the columns of the values and of their labels, None where the list has none."""
    for codes in others:
        filled = [row for row in range(start, len(columns[codes])) if columns[codes][row]]
        held = [columns[codes][row] for row in filled]
        if len(held) < 2 or not all(len(one) <= _LONGEST_CODE and _CODE.fullmatch(one) for one in held):
            continue
        beside = [place for place in (*range(codes + 1, len(columns)), *range(codes)) if place in others]
        for labels in beside:
            words = [columns[labels][row] for row in filled]
            worded = sum(bool(one) and not re.fullmatch(r"-?\d+(\.\d+)?", one) for one in words)
            if all(words) and 2 * worded > len(words) and len({*words}) > 1:
                return codes, labels
    return None, None


def _holds_pairs(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return sum(len(_pairs_in(cell)) > 1 for cell in filled) >= max(1, 0.4 * len(filled))


def _pairs_in(cell: str) -> tuple[tuple[str, str], ...]:
    """Returns the values and labels that one cell lists.

    Example:
        >>> _pairs_in("1=Yes; 2=No; 9=Don't know"), _pairs_in("1, Yes | 2, No"), _pairs_in("Which one?")
        ((('1', 'Yes'), ('2', 'No'), ('9', "Don't know")), (('1', 'Yes'), ('2', 'No')), ())
    """
    for end in _PAIRS_END:
        parts = [part.strip() for part in re.split(end, cell.strip()[:_LONGEST_LIST]) if part.strip()]
        found = [match for part in parts if (match := _PAIR.fullmatch(part)) is not None]
        codes = {match["code"] for match in found}
        if len(parts) > 1 and len(found) == len(parts) == len(codes):
            return tuple((match["code"], plain_text(match["label"])) for match in found)
    return ()


def _whole(code: str) -> str:
    """Returns a value as the table of readers has it.

    Example:
        >>> _whole("1.0"), _whole("A2")
        ('1', 'A2')
    """
    return re.sub(r"\.0+$", "", code)


def _words_in(cells: Sequence[str]) -> float:
    """Returns how many words the filled cells have on the average."""
    filled = [cell for cell in cells if cell]
    return sum(len(cell.split()) for cell in filled) / len(filled) if filled else 0.0
