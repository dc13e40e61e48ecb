"""A table that no tool wrote: one row of names, or two where a question stands above its options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.imports.cells.fields import PLAIN, Field, Head, named
from analytics.imports.cells.text import plain_text

_FEWEST_BELOW = 2
_FEWEST_ROWS = 6
_FEWEST_WORDS = 2


def head(rows: Sequence[Sequence[str]]) -> Head:
    """Returns what the first rows of a table say that no tool wrote.

    Example:
        >>> rows = [["Nr", "Which?", "", "Age"], ["", "Bus", "Tram", ""], ["1", "x", "", "40"], ["2", "", "x", "51"]]
        >>> found = head(rows)
        >>> found.rows, [field.name for field in found.fields]
        (2, ['Nr', 'Which? [Bus]', 'Which? [Tram]', 'Age'])
        >>> head([["Nr", "Age"], ["1", "40"]]).rows
        1
        >>> rows = [["id", "q1"], ["Number of the form", "Should it close?"], *([f"{at}", "Yes"] for at in range(9))]
        >>> [(field.name, field.text) for field in head(rows).fields]
        [('id', 'Number of the form'), ('q1', 'Should it close?')]
    """
    fields = _of_two_rows(rows) or _with_units(rows) or _with_wordings(rows)
    return Head(PLAIN, 1, tuple(map(Field, rows[0]))) if fields is None else Head(PLAIN, 2, named(fields))


def _of_two_rows(rows: Sequence[Sequence[str]]) -> list[Field] | None:
    """Returns the columns where the second row names the options of questions above, None where it does not.

    Options stand side by side below a question and the blank cells beside it, as where cells were merged; below every
    other heading the second row is blank, and rows of answers are not.
    """
    if len(rows) < 2 + _FEWEST_BELOW or len(rows[0]) != len(rows[1]):
        return None
    fields: list[Field] = []
    alone: list[int] = []
    several = False
    for place, size in _questions(rows[0]):
        question, options = plain_text(rows[0][place]), [plain_text(cell) for cell in rows[1][place : place + size]]
        if size == 1 and question and not options[0]:
            alone.append(place)
            fields.append(Field(rows[0][place]))
        elif question and all(options) and (size > 1 or several) and len({*options}) == size:
            several = several or size > 1
            fields += [Field(f"{question} [{option}]", question, option, group=question) for option in options]
        else:
            return None
    below = rows[2:]
    filled = sum(bool(row[place]) for row in below for place in alone if place < len(row))
    answered = bool(alone) and 2 * filled > len(below) * len(alone)
    return fields if several and answered and not any(map(_is_number, rows[1])) else None


def _with_units(rows: Sequence[Sequence[str]]) -> list[Field] | None:
    """Returns the columns where the second row says in brackets what their numbers or answers are, None elsewhere.

    Example:
        >>> rows = [["id", "Rent", "For it?"], ["", "(euros)", "(yes/no)"], ["1", "700", "yes"], ["2", "650", "no"]]
        >>> [field.text for field in _with_units(rows)]
        ['', 'Rent (euros)', 'For it? (yes/no)']
    """
    if len(rows) < 2 + _FEWEST_BELOW or len(rows[0]) != len(rows[1]) or not all(rows[0]):
        return None
    units = [cell for cell in rows[1] if cell]
    if len(units) < 2 or not all(cell[0] in "([" and cell[-1] in ")]" for cell in units):
        return None
    return [Field(name, f"{name} {unit}" if unit else "") for name, unit in zip(rows[0], rows[1], strict=True)]


def _with_wordings(rows: Sequence[Sequence[str]]) -> list[Field] | None:
    """Returns the columns where the first row has codes and the second their wordings, None elsewhere.

    No wording comes back below it, most are longer than the answers, and most columns hold answers that do come back.
    """
    names, texts = rows[0], rows[1] if len(rows) > 1 else ()
    below = rows[2:]
    if len(below) < _FEWEST_ROWS or len(names) != len(texts) or len(names) < 2:
        return None
    if not all(names) or any(" " in name for name in names) or len({*names}) < len(names):
        return None
    if sum(map(bool, texts)) < max(2, 0.8 * len(texts)) or any(map(_is_number, texts)):
        return None
    columns = [[row[place] for row in below if place < len(row) and row[place]] for place in range(len(names))]
    told = [text for text in texts if len(text.split()) >= _FEWEST_WORDS or text.endswith("?")]
    again = [len({*cells}) < len(cells) or all(map(_is_number, cells)) for cells in columns if cells]
    alike = any(text and text in cells for text, cells in zip(texts, columns, strict=True))
    answers = [cell for cells in columns for cell in {*cells}]
    longer = sum(map(len, texts)) * max(len(answers), 1) > sum(map(len, answers)) * len(texts)
    if alike or 2 * len(told) <= len(texts) or 2 * sum(again) <= len(again) or not longer:
        return None
    return [Field(name, text) for name, text in zip(names, texts, strict=True)]


def _questions(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields where each heading stands and how many columns it spans, the blank ones behind it among them."""
    starts = [place for place, name in enumerate(names) if name or not place]
    for place, end in zip(starts, [*starts[1:], len(names)], strict=True):
        yield place, end - place


def _is_number(cell: str) -> bool:
    return bool(cell) and cell.replace(".", "").replace(",", "").isdecimal()
