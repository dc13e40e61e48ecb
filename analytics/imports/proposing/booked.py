"""Columns with what a code book says of them, such as the second sheet of a workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.vocabulary import NOT_TICKED
from analytics.imports.proposing.scans import Scan, missing_words
from analytics.imports.reading.codebooks import Book, BookEntry
from analytics.language.said import spoken_of

_BOX_LABELS = frozenset({"0", "1"})
_BOX_WORDS = (("0", "no"), ("1", "yes"))
_OWN_CODES = re.compile(r"-?\d{1,3}|[A-Za-z]{1,3}_?\d{1,4}")


def with_book(
    fields: Sequence[Field], scans: Mapping[str, Scan], book: Book
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """Returns the columns with the wordings and labels of a code book, and what is to be told of it.

    Labels are put to a column only where they know most of what stands in it.

    Example:
        >>> book = {"v1": BookEntry("Go?", (("1", "Yes"), ("2", "No")))}
        >>> found, told = with_book([Field("v1")], {"v1": Scan({"2": 5, "1": 4}, (), 9, 9)}, book)
        >>> found[0].text, found[0].labels, told
        ('Go?', (('1', 'Yes'), ('2', 'No')), ('the code book in the workbook says what 1 column holds',))
    """
    book = _with_stems(book, {one.name for one in fields if one.group and one.kind == "multiple"})
    known = [(one.name, book[one.name]) for one in fields if one.name in book]
    boxed = {(entry.question, name.rstrip("0123456789")[:-1]) for name, entry in known if entry.question}
    again = {name for name, entry in known if (entry.text, name) in boxed}  # what its boxes say one by one
    found = tuple(_booked(one, scans[one.name], book[one.name]) if one.name in book else one for one in fields)
    found = tuple(replace(one, use="metadata") if one.name in again else one for one in found)
    count = sum(new is not old for new, old in zip(found, fields, strict=True))
    told = spoken_of(
        count,
        "the code book in the workbook says what {count} column holds",
        "the code book in the workbook says what {count} columns hold",
    )
    return found, (told,) if count else ()


_STEM = re.compile(r"(?P<stem>.*[^\s:\-–—])\s*(?::| [-–—]| \[)\s*(?P<option>[^\[\]]+?)\]?", re.DOTALL)
"""A wording of a box: the question, and behind a mark what the box stands for."""


def _with_stems(book: Book, boxed: Collection[str]) -> dict[str, BookEntry]:
    """Returns the code book, wordings of boxes parted into the question that neighbours share and their options.

    Its values, or the tool of the columns, say that they are boxes.

    Example:
        >>> of_boxes = (("0", "not named"), ("1", "named"))
        >>> book = {f"v_{at}": BookEntry(f"Which? - {what}", of_boxes) for at, what in enumerate(("TV", "Radio"))}
        >>> _with_stems(book, ())["v_1"]
        BookEntry(text='Radio', labels=(('0', 'not named'), ('1', 'named')), question='Which?')
    """
    found = dict(book)
    parted = {name: match for name, one in book.items() if not one.question and (match := _STEM.fullmatch(one.text))}
    stems = Counter(match["stem"] for match in parted.values())
    for name, match in parted.items():
        labels = dict(book[name].labels)
        told = labels.get("0", "").casefold() in NOT_TICKED
        if stems[match["stem"]] > 1 and {*labels} <= _BOX_LABELS and (told or name in boxed):
            found[name] = BookEntry(match["option"], book[name].labels or _BOX_WORDS, match["stem"])
    return found


def _booked(one: Field, scan: Scan, entry: BookEntry) -> Field:
    """Returns one column with what the book says of it; what its tool itself says of its answers stays."""
    if one.use not in ("answer", "other"):
        return one
    blank = {*missing_words(one, scan)}
    words = (part for word in scan.words for part in (word.split(one.separator) if one.separator else (word,)))
    held = [word for word in dict.fromkeys(words) if word and word not in blank]
    codes = dict(entry.labels)
    fits = bool(codes) and 2 * sum(word in codes for word in held) > len(held)
    boxes = bool(codes) and {*codes} == _BOX_LABELS and bool(entry.question)
    if one.group and one.option and one.kind == "multiple":  # the tool itself knows that it is a box
        option = entry.text if entry.question or (entry.text and _OWN_CODES.fullmatch(one.option)) else one.option
        return replace(one, text=entry.question or one.text, option=option, group=entry.question or one.group)
    if boxes and fits:
        return replace(one, text=entry.question, option=entry.text, group=entry.question, kind="multiple", tick="1")
    text = f"{entry.question} - {entry.text}" if entry.question and entry.text else entry.text or entry.question
    known = one.labels or (entry.labels if fits else ())
    return replace(one, text=text or one.text, labels=known, group="" if known else one.group)
