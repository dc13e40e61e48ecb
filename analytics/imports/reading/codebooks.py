"""Code books: what the columns of another table ask, and what the numbers in them stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from analytics.imports.cells.text import plain_text
from analytics.imports.reading.legends import BookEntry, legend_in

_FEWEST_NAMED = 2
_NAMED = re.compile(r"\[?(?P<name>[^\[\]:]+?)\]?: ?(?P<text>.*)", re.DOTALL)
_ROW_NAMED = re.compile(r"\[(?P<name>[^\[\]]+)\]")
_VALUES = re.compile(r"(values?|werte?|valeurs?|valores|valori|waarden|wartości|значения)\s*:.*", re.IGNORECASE)


def book_in(rows: Sequence[Sequence[str]], names: Collection[str]) -> dict[str, BookEntry]:
    """Returns what a sheet says of the columns of those names, nothing where it is no code book of theirs.

    A code book is a legend in one of the ways that people write them, or the Datamap of Decipher.

    Example:
        >>> rows = [["Name", "Question", "Value", "Label"], ["v1", "Go?", "1", "Yes"], ["", "", "2", "No"],
        ...         ["v2", "Sex", "1", "man"], ["", "", "2", "woman"]]
        >>> book_in(rows, ["id", "v1", "v2"])["v1"].labels
        (('1', 'Yes'), ('2', 'No'))
        >>> rows = [["Name", "Values"], ["v1", "1 = Yes, 2 = No"], ["v2", "1 = man, 2 = woman"]]
        >>> book_in(rows, ["id", "v1", "v2"])["v2"].labels
        (('1', 'man'), ('2', 'woman'))
        >>> book_in([["id", "v1", "v2"], ["1", "2", "1"], ["2", "1", "1"]], ["id", "v1", "v2"])
        {}
    """
    known = {_small(name): name for name in names}
    cells = [[cell.strip() for cell in row] for row in rows]
    found = _of_datamap(cells, known)
    told = sum(bool(entry.labels or entry.text) for entry in found.values()) >= _FEWEST_NAMED
    return found if told else legend_in(rows, names)


def books_in(sheets: Sequence[Sequence[Sequence[str]]], names: Collection[str]) -> dict[str, BookEntry]:
    """Returns what several sheets together say of the columns: wordings from one, labels of values from another.

    Two sheets may be one book: `survey` and `choices` of a form for ODK, of which only the first names columns.

    Example:
        >>> asked = [["VAR", "QUESTION"], ["A1", "How often do you go?"], ["A2", "How old are you?"]]
        >>> meant = [["VAR", "RESPONSE", "MEANING"], ["A1", "1", "never"], ["A1", "2", "weekly"], ["A2", "1", "young"],
        ...          ["A2", "2", "old"]]
        >>> found = books_in([asked, meant], ["CASE", "A1", "A2"])["A1"]
        >>> found.text, found.labels
        ('How often do you go?', (('1', 'never'), ('2', 'weekly')))
    """
    found: dict[str, BookEntry] = {}
    for book in (_of_odk(sheets, names), *(book_in(rows, names) for rows in sheets)):
        for name, entry in book.items():
            before = found.get(name, BookEntry())
            wording = before if before.text or before.question else entry
            labels, missing = before.labels or entry.labels, before.missing or entry.missing
            found[name] = replace(wording, labels=labels, missing=missing, part=before.part or entry.part)
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
        >>> book["you/sex"].labels, book["media/tv"].text, book["media/tv"].question
        ((('f', 'Female'), ('m', 'Male')), 'TV', 'Which?')
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
        >>> found = _of_datamap(rows, {"q2r1": "q2r1"})["q2r1"]
        >>> found.text, found.labels, found.question
        ('TV', (('0', 'Unchecked'), ('1', 'Checked')), 'Which?')
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
