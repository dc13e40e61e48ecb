"""Columns with what a code book says of them, such as the second sheet of a workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number, plain_text
from analytics.imports.cells.vocabulary import NOT_TICKED, SAID_NOT, TICKED, TICKED_LABELS
from analytics.imports.proposing.scans import Scan, missing_words
from analytics.imports.reading.legends import Book, BookEntry
from analytics.language.said import spoken_of

_BOX_LABELS = frozenset({"0", "1"})
_BOX_WORDS = (("0", "no"), ("1", "yes"))
_OWN_CODES = re.compile(r"-?\d{1,3}|[A-Za-z]{1,3}_?\d{1,4}")
_FEWEST_OFFERED = 3


def with_book(
    fields: Sequence[Field], scans: Mapping[str, Scan], book: Book
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """Returns the columns with the wordings and labels of a code book, and what is to be told of it.

    Labels are put to a column only where they know most of what stands in it.

    Example:
        >>> book = {"v1": BookEntry("Go?", (("1", "Yes"), ("2", "No")))}
        >>> found, told = with_book([Field("v1")], {"v1": Scan({"2": 5, "1": 4}, (), 9, 9)}, book)
        >>> found[0].text, found[0].labels, told
        ('Go?', (('1', 'Yes'), ('2', 'No')), ('the code book says what 1 column holds',))
    """
    book = {name: entry for name, entry in book.items() if name in scans}
    book = _with_stems(_parted(book, scans), {one.name for one in fields if one.group and one.kind == "multiple"})
    known = [(one.name, book[one.name]) for one in fields if one.name in book]
    boxed = {(entry.question, name.rstrip("0123456789")[:-1]) for name, entry in known if entry.question}
    again = {name for name, entry in known if (entry.text, name) in boxed}  # what its boxes say one by one
    found = tuple(_booked(one, scans[one.name], book[one.name]) if one.name in book else one for one in fields)
    found = tuple(replace(one, use="metadata") if one.name in again else one for one in found)
    count = sum(new is not old for new, old in zip(found, fields, strict=True))
    told = spoken_of(
        count,
        "the code book says what {count} column holds",
        "the code book says what {count} columns hold",
    )
    return found, (told,) if count else ()


def _parted(book: Book, scans: Mapping[str, Scan]) -> dict[str, BookEntry]:
    """Returns the code book, the numbers of a question read as those of its boxes, or as the answers in each column.

    Boxes hold ticks alone, or each the number of its own; or 1 and 2, where more than two are offered.

    Example:
        >>> labels = (("1", "TV"), ("2", "Radio"))
        >>> book = {f"q_{at}": BookEntry("", labels, "Which?", what, sub=at) for at, what in labels}
        >>> ticks = {f"q_{at}": Scan({"0": 4, "1": 5}, (), 9, 9) for at in "12"}
        >>> answers = {f"q_{at}": Scan({"1": 4, "2": 5}, (), 9, 9) for at in "12"}
        >>> _parted(book, ticks)["q_2"].text, _parted(book, answers)["q_2"].text
        ('Radio', '')
    """
    found = dict(book)
    asked: dict[str, list[str]] = {}
    for name, entry in book.items():
        if entry.part:
            asked.setdefault(entry.question, []).append(name)
    for names in asked.values():
        held = [{word.casefold() for word in scans[name].words} for name in names]
        ticks = all(one <= TICKED | NOT_TICKED | SAID_NOT for one in held)
        own = all(one <= {book[name].sub, "0"} for one, name in zip(held, names, strict=True))
        offered = len(book[names[0]].labels)
        two = all(one <= {"1", "2"} for one in held) and offered == len(names) >= _FEWEST_OFFERED
        for name in names if ticks or own or two else ():
            labels = _BOX_WORDS if all(one <= _BOX_LABELS for one in held) else ()
            found[name] = replace(book[name], text=book[name].part, labels=labels, part="")
    return found


_STEM = re.compile(r"(?P<stem>.*[^\s:\-–—])\s*(?::| [-–—]| \[)\s*(?P<option>[^\[\]]+?)\]?", re.DOTALL)
"""A wording of a box: the question, and behind a mark what the box stands for."""


def _with_stems(book: Book, boxed: Collection[str]) -> dict[str, BookEntry]:
    """Returns the code book, wordings of boxes parted into the question that neighbours share and their options.

    Its values, or the tool of the columns, say that they are boxes.

    Example:
        >>> of_boxes = (("0", "not named"), ("1", "named"))
        >>> book = {f"v_{at}": BookEntry(f"Which? - {what}", of_boxes) for at, what in enumerate(("TV", "Radio"))}
        >>> found = _with_stems(book, ())["v_1"]
        >>> found.text, found.question
        ('Radio', 'Which?')
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
    missing = tuple(dict.fromkeys((*one.missing, *(code for code in entry.missing if code in scan.words))))
    one = replace(one, missing=missing) if missing != one.missing else one
    held = _held_words(one, scan)
    codes = dict(entry.labels)
    labels = _labels_for(entry, held)
    asked = _with_own_part(entry)
    boxes = bool(codes) and {*codes} == _BOX_LABELS and bool(entry.question)
    if one.group and one.option and one.kind == "multiple":  # the tool itself knows that it is a part of a question
        known = entry.text and (entry.question or _OWN_CODES.fullmatch(one.option))
        option, text = entry.text if known else one.option, entry.question or one.text
        ticks = all(word.casefold() in TICKED | NOT_TICKED | SAID_NOT for word in held)
        if not labels or ticks:
            return replace(one, text=text, option=option, group=entry.question or one.group)
        return replace(one, text=text, option=option, group=text, labels=labels, kind=None)
    if (boxes and labels) or (entry.question and entry.text and _are_ticks(entry, held)):
        tick = "1" if boxes else _tick_of(entry, held)
        return replace(
            one, text=entry.question, option=entry.text, group=entry.question, kind="multiple", tick=tick,
        )  # fmt: skip
    known_labels = one.labels or labels
    return replace(one, text=asked or one.text, labels=known_labels, group="" if known_labels else one.group)


def _with_own_part(entry: BookEntry) -> str:
    """Returns the wording of a column: its question, and which part of it the column is.

    Example:
        >>> _with_own_part(BookEntry("Staff", question="How good?")), _with_own_part(BookEntry(question="Q?", sub="2"))
        ('How good? - Staff', 'Q? (2)')
    """
    if entry.question and entry.text:
        return f"{entry.question} - {entry.text}"
    if entry.question and entry.sub:
        worded = not _OWN_CODES.fullmatch(entry.sub) and len(entry.sub) > 1
        return f"{entry.question} - {entry.sub.replace('_', ' ')}" if worded else f"{entry.question} ({entry.sub})"
    return entry.text or entry.question


def _are_ticks(entry: BookEntry, held: Sequence[str]) -> bool:
    """Returns whether a column holds ticks, as its labels say or where there are none.

    Example:
        >>> named = (("Y", "ticked"), ("N", "not ticked"))
        >>> _are_ticks(BookEntry("TV", named, "Which?"), ["Y", "N"]), _are_ticks(BookEntry("TV", (), "Which?"), ["x"])
        (True, True)
        >>> _are_ticks(BookEntry("TV", (("1", "good"), ("2", "bad")), "How is it?"), ["1", "2"])
        False
    """
    told = [plain_text(label).casefold() for _, label in entry.labels]
    if told:
        return any(one in TICKED_LABELS for one in told) and all(one in TICKED_LABELS | NOT_TICKED for one in told)
    own = all(word == entry.sub for word in held)
    return bool(held) and (own or all(word.casefold() in TICKED | NOT_TICKED | SAID_NOT for word in held))


def _tick_of(entry: BookEntry, held: Sequence[str]) -> str:
    """Returns the word of a tick where labels, or the number of the column, say it."""
    told = [code for code, label in entry.labels if plain_text(label).casefold() in TICKED_LABELS]
    return told[0] if told else entry.sub if held and all(word == entry.sub for word in held) else ""


def _held_words(one: Field, scan: Scan) -> list[str]:
    """Returns what stands in a column, each part of a joined cell by itself, without words for no answer."""
    blank = {*missing_words(one, scan)}
    words = (part for word in scan.words for part in (word.split(one.separator) if one.separator else (word,)))
    return [word for word in dict.fromkeys(words) if word and word not in blank]


def _labels_for(entry: BookEntry, held: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Returns the labels of a column as its cells have the codes, nothing where they do not know most of the cells.

    Two codes may be the ends of a scale; and the cells may hold the labels already, which then stand in their order.

    Example:
        >>> entry = BookEntry("Sex", (("F", "Woman"), ("M", "Man")))
        >>> _labels_for(entry, ["f", "m"]), _labels_for(entry, ["Man"]), _labels_for(entry, ["1", "2"])
        ((('f', 'Woman'), ('m', 'Man')), (('Woman', 'Woman'), ('Man', 'Man')), ())
        >>> _labels_for(BookEntry("How?", (("1", "bad"), ("5", "good"))), ["1", "2", "3", "4"])
        (('1', 'bad'), ('5', 'good'))
    """
    if not entry.labels:
        return ()
    spelled = {_alike(word): word for word in held}
    labels = tuple((spelled.get(_alike(code), code), label) for code, label in entry.labels)
    codes = {code for code, _ in labels}
    if 2 * sum(word in codes for word in held) > len(held) or not held:
        return labels if len(codes) == len(labels) else entry.labels
    values = [value for code, _ in entry.labels if (value := number(code)) is not None]
    numbers = [value for word in held if (value := number(word)) is not None]
    ends = 1 < len(values) == len(entry.labels) <= _FEWEST_OFFERED and len(numbers) == len(held)
    if ends and all(min(values) <= value <= max(values) for value in numbers):
        return entry.labels
    texts = {label.casefold(): label for _, label in entry.labels}
    if 2 * sum(word.casefold() in texts for word in held) > len(held) and len(texts) == len(entry.labels):
        in_cells = {word.casefold(): word for word in held}
        return tuple((in_cells.get(label.casefold(), label), label) for _, label in entry.labels)
    return ()


def _alike(code: str) -> str:
    """Returns a code as people also write it.

    Example:
        >>> _alike("01"), _alike("1.0"), _alike("A2")
        ('1', '1', 'a2')
    """
    value = number(code)
    return str(int(value)) if value is not None and value.is_integer() else code.strip().casefold()
