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


def books_in(sheets: Sequence[Sequence[Sequence[str]]], names: Collection[str]) -> dict[str, BookEntry]:
    """Returns what several sheets together say of the columns: wordings from one, labels of values from another.

    Two sheets may be one book: `survey` and `choices` of a form for ODK, of which only the first names columns.

    Example:
        >>> asked = [["VAR", "QUESTION"], ["A1", "How often do you go?"], ["A2", "How old are you?"]]
        >>> meant = [["VAR", "RESPONSE", "MEANING"], ["A1", "1", "never"], ["A1", "2", "weekly"], ["A2", "1", "young"],
        ...          ["A2", "2", "old"]]
        >>> books_in([asked, meant], ["CASE", "A1", "A2"])["A1"]
        BookEntry(text='How often do you go?', labels=(('1', 'never'), ('2', 'weekly')), question='')
    """
    found: dict[str, BookEntry] = {}
    for book in (_of_odk(sheets, names), *(book_in(rows, names) for rows in sheets)):
        for name, entry in book.items():
            before = found.get(name, BookEntry())
            wording = before if before.text or before.question else entry
            found[name] = BookEntry(wording.text, before.labels or entry.labels, wording.question)
    return found


_ODK_NAMES, _ODK_LISTS = frozenset({"type", "name"}), frozenset({"list_name", "list name"})
_ODK_CODES = frozenset({"name", "value"})
_ODK_CHOICE = re.compile(r"select[_ ](?P<many>one|multiple)(?:_from_file)?\s+(?P<list>\S+).*", re.IGNORECASE)
_ODK_GROUP = re.compile(r"(?P<what>begin|end)[_ ](group|repeat)", re.IGNORECASE)
_TICKS = (("0", "no"), ("1", "yes"))


def is_of_odk(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether a sheet is the list of questions, or of choices, of a form for ODK.

    Example:
        >>> is_of_odk([["type", "name", "label"], ["text", "why", "Why?"]]), is_of_odk([["list_name", "name", "label"]])
        (True, True)
        >>> is_of_odk([["name", "type of car", "label"]])
        False
    """
    heads = {_small(cell) for cell in rows[0]} if rows else set()
    labelled = any(head.startswith("label") for head in heads)
    return labelled and (heads >= _ODK_NAMES or bool(heads & _ODK_CODES and heads & _ODK_LISTS))


def _of_odk(sheets: Sequence[Sequence[Sequence[str]]], names: Collection[str]) -> dict[str, BookEntry]:
    """Returns what a form for ODK says of the columns: `survey` names them, `choices` has the labels of each list.

    Example:
        >>> survey = [["type", "name", "label"], ["begin_group", "you", ""], ["select_one sx", "sex", "Your sex?"],
        ...           ["end_group", "", ""], ["select_multiple md", "media", "Which?"]]
        >>> choices = [["list_name", "name", "label"], ["sx", "f", "Female"], ["sx", "m", "Male"], ["md", "tv", "TV"]]
        >>> book = _of_odk([survey, choices], ["you/sex", "media", "media/tv"])
        >>> book["you/sex"], book["media/tv"].text, book["media/tv"].question
        (BookEntry(text='Your sex?', labels=(('f', 'Female'), ('m', 'Male')), question=''), 'TV', 'Which?')
    """
    forms = [[[cell.strip() for cell in row] for row in rows] for rows in sheets if is_of_odk(rows)]
    lists: dict[str, list[tuple[str, str]]] = {}
    for listed, name, label in _odk_rows([rows for rows in forms if not _asks(rows)], tuple(_ODK_LISTS)):
        lists.setdefault(listed, []).append((name, label or name))
    found: dict[str, BookEntry] = {}
    path: list[str] = []
    for kind, name, label in _odk_rows([rows for rows in forms if _asks(rows)], ("type",)):
        if (group := _ODK_GROUP.fullmatch(kind)) is not None:
            path = [*path, name] if group["what"].casefold() == "begin" else path[:-1]
            continue
        chosen = _ODK_CHOICE.fullmatch(kind)
        options = lists.get(chosen["list"], []) if chosen else []
        for column in _columns_of(name, path, names):
            several = chosen is not None and chosen["many"].casefold() == "multiple"
            found[column] = BookEntry(label, tuple(dict(options).items()))
            for code, option in options if several else ():
                box = next((f"{column}{mark}{code}" for mark in "/.-_" if f"{column}{mark}{code}" in names), "")
                if box:
                    found[box] = BookEntry(option, _TICKS, label)
    return found


def _asks(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether a sheet of a form lists questions, and not choices."""
    return {_small(cell) for cell in rows[0]} >= _ODK_NAMES


def _odk_rows(forms: Sequence[Sequence[Sequence[str]]], heads: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yields the kind or list, the name and the label of each line; of several languages the first that has one."""
    for rows in forms:
        small = [_small(cell) for cell in rows[0]]
        of, at = _first_of(small, heads), _first_of(small, _ODK_CODES)
        labels = [place for place, head in enumerate(small) if head.startswith("label")]
        for row in rows[1:]:
            cells = [*row, *[""] * (len(small) - len(row))]
            if cells[of]:
                label = next((cells[place] for place in labels if cells[place] not in ("", "-")), "")
                yield cells[of], cells[at], plain_text(label)


def _first_of(heads: Sequence[str], wanted: Collection[str]) -> int:
    return next(place for place, head in enumerate(heads) if head in wanted)


def _columns_of(name: str, path: Sequence[str], names: Collection[str]) -> list[str]:
    """Returns the columns of a question of a form: with its groups before it, or without."""
    ways = {mark.join((*path, name)) for mark in "/.-"} | {name}
    exact = [column for column in names if column in ways]
    ended = [column for column in names if column.endswith(f"/{name}")]
    return exact or (ended if len(ended) == 1 else [])


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
    headed = [place for place in texts if start > 0 and _WORDING.search(columns[place][start - 1])]
    wording = max(headed or texts, key=lambda place: _words_in(columns[place][start:]), default=None)
    if wording is not None and _words_in(columns[wording][start:]) <= 1:
        wording = wording if headed else None
    within = _place_within(columns, [place for place in texts if place != wording], wording, start)
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
        question = before.question
        if within is not None and wording is not None and not before.text and _times(columns[wording], row) > 1:
            text, question = _last_part(columns[within][row]), plain_text(columns[wording][row])
        pairs = before.labels
        if in_cells is not None:
            pairs = pairs or _pairs_in(columns[in_cells][row])
        elif codes is not None and labels is not None and columns[codes][row] and columns[labels][row]:
            pairs = (*pairs, (_whole(columns[codes][row]), plain_text(columns[labels][row])))
        found[name] = BookEntry(text, pairs, question)
    if in_cells is not None and wording is not None:
        boxes = _boxes_of(columns[at], columns[in_cells], columns[wording], known)
        found |= {name: entry for name, entry in boxes.items() if name not in found}
    return {name: entry for name, entry in found.items() if len({*dict(entry.labels)}) == len(entry.labels)}


def _place_within(
    columns: Sequence[Sequence[str]], others: Sequence[int], wording: int | None, start: int
) -> int | None:
    """Returns the column that tells the parts of a question apart whose wording stands beside several of them.

    Example:
        >>> asked, parts = ["QUESTION", "Use?", "Use?", "Age?"], ["LABEL", "Use: TV", "Use: Radio", "Age"]
        >>> _place_within([asked, parts], [1], 0, 1), _place_within([["QUESTION", "Use?"], parts[:2]], [1], 0, 1)
        (1, None)
    """
    if wording is None:
        return None
    asked = columns[wording]
    again = [row for row in range(start, len(asked)) if asked[row] and _times(asked, row) > 1]
    for place in others:
        told = [columns[place][row] for row in again]
        if again and all(told) and len({*told}) == len(told) and not all(map(_CODE.fullmatch, told)):
            return place
    return None


def _times(cells: Sequence[str], row: int) -> int:
    return cells.count(cells[row])


def _last_part(label: str) -> str:
    """Returns what a label says behind the name of its question.

    Example:
        >>> _last_part("Use: E-media"), _last_part("E-media")
        ('E-media', 'E-media')
    """
    text = plain_text(label)
    return text.partition(": ")[2].strip() or text


def _boxes_of(
    names: Sequence[str], values: Sequence[str], wordings: Sequence[str], known: Mapping[str, str]
) -> dict[str, BookEntry]:
    """Returns the boxes of questions that the list has once, with all options: REDCap's `media___1` for `media`.

    Example:
        >>> _boxes_of(["media"], ["1, TV | 2, Radio"], ["Which?"], {"media___2": "media___2"})["media___2"]
        BookEntry(text='Radio', labels=(('0', 'no'), ('1', 'yes')), question='Which?')
    """
    rows = {_small(name): row for row, name in enumerate(names) if name}
    entries: dict[str, BookEntry] = {}
    for small, name in known.items():
        match = _BOX.fullmatch(small)
        if match is None or match["stem"] not in rows:
            continue
        row = rows[match["stem"]]
        codes = {code.replace("-", "_"): label for code, label in _pairs_in(values[row])}
        if match["code"] in codes and wordings[row]:
            entries[name] = BookEntry(codes[match["code"]], _TICKS, plain_text(wordings[row]))
    return entries


_BOX = re.compile(r"(?P<stem>.+)___(?P<code>_?\w+)")


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
