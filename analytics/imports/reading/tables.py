"""A file of responses, whichever tool wrote it, as a table of text: its column names, and its rows with their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics import limits
from analytics.errors import Fault, FileError, refuse_unreadable
from analytics.imports.cells.fields import PLAIN, Field, Head, NoAnswer, field_of_words, named
from analytics.imports.cells.rows import CELL_BREAK, Refused, Rows, rows_of_words, split_row, with_file_errors
from analytics.imports.cells.text import plain, with_mark, with_point
from analytics.imports.reading.delimited import delimited_rows, delimiters_of, file_codec
from analytics.imports.reading.encodings import encoding_words
from analytics.imports.reading.framing import without_headings, without_sums, without_tail
from analytics.imports.reading.packed import refuse_long_names, refuse_wide
from analytics.imports.reading.sandbox import from_child
from analytics.imports.reading.webhooks import webhook_rows
from analytics.imports.tools.heads import head_of, head_of_statistics
from analytics.imports.tools.qualtrics import NAME as QUALTRICS
from analytics.language.said import listed, noted, spoken
from analytics.model import FileNotes

_SPSS = "SPSS"
_MOST_NAMED, _MOST_LETTERS = 10, 200
"""How much of what stands twice a sentence names."""
BLANK = f" \t\ufeff{CELL_BREAK}"
"""What a heading without a single name consists of: a mark of the encoding is none, however often it stands there."""
DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".txt": "\t"}
_APART = {
    ".xlsx": "analytics.imports.reading.workbook:workbook_words",
    ".xlsm": "analytics.imports.reading.workbook:workbook_words",
    ".parquet": "analytics.imports.reading.parquet:parquet_words",
    ".sav": "analytics.imports.reading.sav:sav_words",
    ".zsav": "analytics.imports.reading.sav:sav_words",
}
"""What reads a format by native code, in a process of its own: named, so that no other process loads it."""

WORKBOOKS = (".xlsx", ".xlsm")
_MEMORY = {suffix: limits.WORKBOOK_MEMORY if suffix in WORKBOOKS else limits.PACKED_MEMORY for suffix in _APART}
_STATISTICS = (".sav", ".zsav")
_EVENTS = (".json", ".jsonl", ".ndjson")
_SUFFIXES = (*DELIMITERS, *_APART, *_EVENTS)


@dataclass(frozen=True)
class FileTable:
    """A table that is being read: its column names, trimmed, and the rows below them, stretch by stretch.

    `fields` says what the file itself says of each column, `encoding` how its text is written, None where it is no
    text file, `heading` the line of the column names, None where there is no such line. `no_answers` says which rows
    the tool itself marks as none of a reader's, or as unfinished. `doubled` holds headings that stood several times:
    those behind the first are told apart by a number.
    """

    header: tuple[str, ...]
    stretches: Iterator[Rows]
    tool: str = PLAIN
    encoding: str | None = None
    fields: tuple[Field, ...] = ()
    heading: int | None = None
    no_answers: tuple[NoAnswer, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Returns the columns of each question that has several, by the question's name."""
        found: dict[str, tuple[str, ...]] = {}
        for field in self.fields:
            if field.group:
                found[field.group] = (*found.get(field.group, ()), field.name)
        return found


def read_table(path: Path, *, notes: FileNotes = FileNotes(), chunk_rows: int = 50_000) -> FileTable:  # noqa: B008
    """Returns the table in a file, whichever tool wrote it; little more than its header is read yet.

    A .csv, .tsv, .tab or .txt file, a .xlsx or .xlsm workbook, a .parquet file, a .sav or .zsav file of SPSS, or the
    .json, .jsonl or .ndjson that a webhook of Typeform or Formbricks delivers. Every cell is the text that stands in
    the file. The stretches may raise a FileError while they are read, such as for a quote that is never closed near
    the end, so nothing of a file is settled before all of it was read.

    Args:
        notes: what the definition says of how the file is written: its encoding where that is neither UTF-8 nor UTF-16,
            its sheet, its separator, the line of its heading, its decimal mark.

    Raises:
        FileError: there is no such file, it cannot be read as a table, or two columns have the same name and the
            notes do not say that they are told apart by place.
    """
    refuse_unreadable(path)
    suffix = path.suffix.lower()
    if suffix in _STATISTICS:
        words = _from_apart(path, chunk_rows, notes.encoding)
        known = next(words)
        fields = tuple(map(field_of_words, known["fields"]))
        refuse_long_names(path.name, _names_of(fields))
        # A definition that says "SPSS" was made when the tool behind it was not known: its numbers stay.
        of_tool = head_of_statistics(fields) if notes.tool != _SPSS else None
        head = of_tool or Head(_SPSS, 0, fields)
        marks, keeps = _marks_of(head, notes), counts_unfinished(head.tool, notes)
        rows = _answers_only(map(rows_of_words, words), _names_of(fields), marks, keeps=keeps)
        return FileTable(_names_of(fields), rows, head.tool, known["encoding"], head.fields, no_answers=marks)
    if suffix in _EVENTS:
        events = webhook_rows(path, chunk_rows)
        refuse_long_names(path.name, _names_of(events.fields))
        return FileTable(_names_of(events.fields), events.stretches, events.tool, "utf-8", events.fields)
    codec = file_codec(path, notes.encoding) if suffix in DELIMITERS else None
    stretches = with_file_errors(path, _rows_of(path, codec or "", notes, chunk_rows))
    first = next(stretches, None)
    if first is None or not first.texts[0].strip(BLANK):
        fault = Fault(
            path.name, None, "", spoken("an empty file"), spoken("a line of column names and a row for each response")
        )
        raise FileError(spoken("{fault}: export it again", fault=fault))
    refuse_wide(path.name, first.texts[0].count(CELL_BREAK) + 1)
    refuse_long_names(path.name, split_row(first.texts[0]))
    head = head_of([split_row(text) for text in (*first.texts, *first.near)])
    doubled = _doubled(_names_of(head.fields))
    if doubled and not notes.doubled:
        raise FileError(_refused_doubles(doubled, _names_of(head.fields), path.name, first.lines[0]))
    head = replace(head, fields=named(head.fields)) if doubled else head
    names = _names_of(head.fields)
    rows = without_headings(_counted_on(stretches, first.replaced), {*first.texts})
    rows = without_tail(without_sums(rows), len(names), cells_have_lines=codec is not None)
    marks = _marks_of(head, notes)
    rows = _answers_only(rows, names, marks, keeps=counts_unfinished(head.tool, notes))
    return FileTable(
        names, with_numbers(rows, names, notes), head.tool, codec, head.fields, first.lines[0], marks, doubled
    )


def with_rows_marked(table: FileTable, stretches: Iterator[Rows], notes: FileNotes) -> FileTable:
    """Returns the table with those of its rows set apart that the notes mark as no answers or as unfinished."""
    marks = _marks_of(Head(table.tool, 0, table.fields), notes)
    rows = _answers_only(stretches, table.header, marks, keeps=counts_unfinished(table.tool, notes))
    return replace(table, stretches=rows, no_answers=(*table.no_answers, *marks))


def with_numbers(stretches: Iterator[Rows], names: Sequence[str], notes: FileNotes) -> Iterator[Rows]:
    """Returns the same stretches, numbers as programs write them in the columns that the notes name.

    Where they name none, decimal commas are points in all of them; thousands stay as they are.
    """
    decimal = notes.decimal or "."
    if decimal == "." and not notes.numbers:
        return stretches
    named = {plain(name) for name in notes.numbers}
    places = [at for at, name in enumerate(names) if not named or plain(name) in named]
    return (
        replace(rows, texts=[_row_with_numbers(text, places, decimal, named=bool(named)) for text in rows.texts])
        for rows in stretches
    )


def _row_with_numbers(text: str, places: Sequence[int], decimal: str, *, named: bool) -> str:
    """Returns the row with numbers as programs write them in the cells at these places.

    Example:
        >>> row = "7" + CELL_BREAK + "1.250,5" + CELL_BREAK + "1.250"
        >>> split_row(_row_with_numbers(row, [1, 2], ",", named=True))
        ('7', '1250.5', '1250')
        >>> split_row(_row_with_numbers(row, [1, 2], ",", named=False))
        ('7', '1250.5', '1.250')
    """
    cells = text.split(CELL_BREAK)
    for place in places:
        if "," in cells[place] or (named and "." in cells[place]):
            cells[place] = with_mark(cells[place], decimal) if named else with_point(cells[place])
    return CELL_BREAK.join(cells)


def _counted_on(stretches: Iterator[Rows], replaced: int) -> Iterator[Rows]:
    """Yields the same stretches, the first with what was replaced while the header was looked at."""
    for rows in stretches:
        yield replace(rows, replaced=rows.replaced + replaced)
        replaced = 0


def foreign_encoding(path: Path, stated: str | None) -> str | None:
    """Returns how the text of a file is written, in words, where that is not UTF-8; None for other files.

    Raises:
        FileError: the file cannot be read.
    """
    if path.suffix.lower() not in DELIMITERS:
        return None
    refuse_unreadable(path)
    codec = file_codec(path, stated)
    return None if codec.startswith("utf-8") else encoding_words(codec)


def _names_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """Returns the names of the columns."""
    return tuple(field.name for field in fields)


def _rows_of(path: Path, codec: str, notes: FileNotes, chunk_rows: int) -> Iterator[Rows]:
    """Returns the file's rows by the reader that its name asks for."""
    suffix = path.suffix.lower()
    if suffix in DELIMITERS:
        mark = notes.separator or next(iter(delimiters_of(path, codec, DELIMITERS[suffix])))
        return delimited_rows(path, mark, chunk_rows, codec, heading=notes.heading)
    if suffix in _APART:
        more = (notes.sheet, notes.heading) if suffix in WORKBOOKS else ()
        return map(rows_of_words, _from_apart(path, chunk_rows, *more))
    expected = spoken("one that ends in {endings}", endings=listed(list(_SUFFIXES), "or"))
    raise FileError(
        spoken(
            "{fault}: save it as CSV UTF-8",
            fault=Fault(path.name, None, "", spoken("a file that ends in {suffix!r}", suffix=suffix), expected),
        )
    )


def _from_apart(path: Path, *more: object) -> Iterator[Any]:
    """Yields what the reader of such a file says, in a process of its own."""
    suffix = path.suffix.lower()
    return from_child(_APART[suffix], str(path), *more, memory_bytes=_MEMORY[suffix], file=path.name)


def counts_unfinished(tool: str, notes: FileNotes) -> bool:
    """Returns whether responses that the tool calls unfinished count with what was answered.

    A definition says so. One that was written before definitions did keeps its numbers: those of Qualtrics counted.

    Example:
        >>> counts_unfinished("LimeSurvey", FileNotes()), counts_unfinished("Qualtrics", FileNotes())
        (False, True)
        >>> counts_unfinished("Qualtrics", FileNotes(unfinished="left-out"))
        False
    """
    return notes.unfinished == "counted" or (notes.unfinished is None and tool == QUALTRICS)


def _marks_of(head: Head, notes: FileNotes) -> tuple[NoAnswer, ...]:
    """Returns which rows are no answers or unfinished: as the tool has it, and as the notes say."""
    names = {field.name for field in head.fields}
    out = (NoAnswer(column, _one_of(words), _A_READERS) for column, words in notes.rows_out)
    stopped = (NoAnswer(column, _one_of(words), _WHOLE, unfinished=True) for column, words in notes.rows_unfinished)
    return (*head.no_answers, *(one for one in (*out, *stopped) if one.column in names))


def _answers_only(
    stretches: Iterator[Rows], names: Sequence[str], marks: Sequence[NoAnswer], *, keeps: bool
) -> Iterator[Rows]:
    """Returns the same stretches, the rows that are marked as no answers among those refused.

    Args:
        keeps: whether unfinished responses stay.
    """
    for marked in marks:
        if not (marked.unfinished and keeps):
            stretches = _without_marked(stretches, marked, names.index(marked.column))
    return stretches


_A_READERS = noted("a row of a reader: those of this word are left out, as [file] rows_out says")
_WHOLE = noted("a finished response: those of this word are unfinished, as [file] rows_unfinished says")


def _one_of(words: Sequence[str]) -> Callable[[str], bool]:
    """Returns whether a cell holds one of these words."""
    known = {plain(word) for word in words}
    return lambda cell: plain(cell) in known


def _without_marked(stretches: Iterator[Rows], marked: NoAnswer, place: int) -> Iterator[Rows]:
    return (_without_no_answers(rows, marked, place) for rows in stretches)


def _without_no_answers(rows: Rows, marked: NoAnswer, place: int) -> Rows:
    """Returns the rows, those that are no answers by their cell at that place set apart."""
    cells = [split_row(text)[place].strip() for text in rows.texts]
    known = {cell: marked.refuses(cell) for cell in set(cells)}
    if not any(known.values()):
        return rows
    kept = [at for at, cell in enumerate(cells) if not known[cell]]
    refused = [
        Refused(rows.lines[at], marked.column, repr(cell), spoken(marked.expected))
        for at, cell in enumerate(cells)
        if known[cell]
    ]
    lines, texts = [rows.lines[at] for at in kept], [rows.texts[at] for at in kept]
    return replace(rows, lines=lines, texts=texts, refused=tuple(sorted((*rows.refused, *refused))))


def _doubled(header: Sequence[str]) -> tuple[str, ...]:
    """Returns the names that stand in the header more than once; blank ones may.

    Example:
        >>> _doubled(("q1", "", "age", "q1", ""))
        ('q1',)
    """
    return tuple(name for name, count in Counter(header).items() if count > 1 and name)


def _refused_doubles(doubled: Sequence[str], header: tuple[str, ...], file: str, line: int) -> str:
    """Returns the sentence that names every column name that stands in the header more than once."""
    found = ", ".join(
        spoken("{name!r} in columns {places}", name=name[:_MOST_LETTERS], places=_places_of(name, header))
        for name in doubled[:_MOST_NAMED]
    )
    return spoken(
        "{fault}: rename or delete the others",
        fault=Fault(file, line, "", found, spoken("each column name once")),
    )


def _places_of(name: str, header: tuple[str, ...]) -> str:
    """Returns where a name stands in the header, counted from 1.

    Example:
        >>> _places_of("q1", ("q1", "age", "q1"))
        '1 and 3'
    """
    places = [str(place) for place, other in enumerate(header, 1) if other == name]
    return listed([*places[:_MOST_NAMED], *(["…"] if len(places) > _MOST_NAMED else [])])
