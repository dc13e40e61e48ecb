"""What a file seems to hold: its columns as questions, dimensions and the rest, and the definition that follows.

The preview of a file that a stranger made runs in a process of its own.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from dataclasses import field as filled
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analytics import limits
from analytics.errors import DefinitionError, Fault, FileError, refuse_unreadable
from analytics.imports.answers.changes import accepted
from analytics.imports.answers.times import TimeFound, both_readings
from analytics.imports.cells.fields import PLAIN, Field
from analytics.imports.cells.rows import Refused, Rows, cells_by_column, split_row
from analytics.imports.cells.text import number, plain
from analytics.imports.cells.vocabulary import NOT_ASKED, SPECIFY
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.definition.survey import parsed_definition, read_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.proposing.beside import OwnWords, counted, own_words_of, with_own_words
from analytics.imports.proposing.booked import with_book
from analytics.imports.proposing.boxes import (
    IN_TURN,
    NUMBERED,
    UNNAMED,
    TickGroup,
    is_lone_box,
    mention_groups,
    part_names,
    path_names,
    shared_scans,
    tick_groups,
    with_ticks,
)
from analytics.imports.proposing.columns import ANOTHER_TIME, ColumnClaim, Own, TakenFor, WeightOffer, own_columns
from analytics.imports.proposing.dimensions import dimension_of, dimension_purpose, only_mentioning
from analytics.imports.proposing.doubts import with_doubts
from analytics.imports.proposing.ends import with_named_steps
from analytics.imports.proposing.lss import read_structure, with_structure
from analytics.imports.proposing.marks import with_marks
from analytics.imports.proposing.names import LONGEST_KEY, free, slug, title_of
from analytics.imports.proposing.numbers import promoters_again, scales_of
from analytics.imports.proposing.placeholders import with_placeholders
from analytics.imports.proposing.questions import of_mentions, of_one_tick, of_ticks, question_of, takes_one, wording
from analytics.imports.proposing.ranks import ranks_in
from analytics.imports.proposing.scans import Scan, missing_words, scanned, without_tool_blanks
from analytics.imports.proposing.states import rows_marked
from analytics.imports.proposing.trials import LEFT_OUT, doubled_told, doubt_of_trials, trials_in
from analytics.imports.proposing.unanswered import Unanswered, unanswered_in, unanswered_notes, without_unanswered
from analytics.imports.proposing.unclear import with_amounts, with_options, with_readings, with_yes_and_no
from analytics.imports.proposing.written import words_of_other
from analytics.imports.reading.codebooks import books_in
from analytics.imports.reading.delimited import delimiters_of, file_codec, first_cells
from analytics.imports.reading.doubts import Doubt, settled
from analytics.imports.reading.encodings import encoding_words, likely_encoding
from analytics.imports.reading.excerpts import excerpt
from analytics.imports.reading.framing import A_HEADING, A_SUBTOTAL, A_TOTAL_ABOVE
from analytics.imports.reading.legends import BookEntry, entry_of_words
from analytics.imports.reading.results import (
    looks_like_counts,
    looks_like_crosstab,
    looks_like_results,
    looks_turned,
)
from analytics.imports.reading.sandbox import in_child
from analytics.imports.reading.tables import (
    DELIMITERS,
    WORKBOOKS,
    FileTable,
    counts_unfinished,
    read_table,
    with_numbers,
    with_rows_marked,
)
from analytics.language.said import listed, noted, spoken, spoken_of, written
from analytics.model import NO_ANSWER, Choice, ColumnNote, Dimension, FileNotes, Question, Survey
from analytics.store.tables.survey_text import survey_from_text, survey_text

_EXAMPLES = 4
_OTHER = "Other"
_UNDECIDED = "undecided"
_ASSUMED_ZONE = "UTC"
_UNSEEN = noted("no response was found, or none that its tool calls finished: propose again once readers have answered")
_WHO_ANSWERED = noted(
    "no file says who was asked: taken for readers who chose to answer; others are named in the form, or by sample, "
    "population and mode in the definition"
)
_FIRST_ROWS = 8
_LINES_SHOWN = 5
_WORDS_LISTED = 12
_LOOK_SECONDS = 120
_MOST_ROWS_OF_RESULTS, _MOST_ROWS_OF_TOPLINES = 200, 5_000
_CHARACTERS_KEPT = 32_000_000
_CLOCKED = 0.8
"""Which share of the times differ where they have clocks and not days alone."""


@dataclass(frozen=True)
class ColumnProposal:
    """What one column of the file was taken for, and why. `distinct` counts its different words, 5,000 at most."""

    name: str
    taken_for: TakenFor
    why: str
    examples: tuple[str, ...] = ()
    distinct: int = 0


@dataclass(frozen=True)
class Proposal:
    """A definition made from a file alone, for a person to check.

    `tool` is the survey tool that wrote the file, `encoding` how its text is written, in words, None where it is no
    text. `columns` holds every column of the file, `notes` what was assumed, a sentence each, `doubts` what can be read
    in ways that fit equally well: the survey has the first of them, and a person has to choose. `weights` holds the
    columns that may weight the responses; the survey is weighted where there is one. `unfinished` counts the responses
    that the tool calls unfinished, whether the survey leaves them out or not. `unanswered` holds the answers that may
    stand for no answer, whether they stay in the base or not.
    """

    tool: str
    encoding: str | None
    survey: Survey
    columns: tuple[ColumnProposal, ...]
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    weights: tuple[WeightOffer, ...] = ()
    unfinished: int = 0
    unanswered: tuple[Unanswered, ...] = ()


def definition_apart(path: Path) -> Survey:
    """The survey that a TOML file of a stranger defines, read in a process of its own with limits of time and memory.

    Raises:
        DefinitionError: every fault of the file, a line each.
        FileError: the file takes more time or memory than any definition does.
    """
    words = in_child(
        _definition_words, str(path), file=path.name,
        seconds=limits.DEFINITION_SECONDS, memory_bytes=limits.DEFINITION_MEMORY,
    )  # fmt: skip
    return survey_from_text(words)


def _definition_words(path: str) -> str:
    return survey_text(read_definition(Path(path)))


def propose(
    path: Path,
    *,
    structure: Path | None = None,
    time_zone: str | None = None,
    stated: FileNotes | None = None,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> Proposal:
    """Returns the survey that a file seems to hold, with everything that was taken for granted.

    A text file of more than 16 MB is known by a part of it; others are read whole.

    Args:
        structure: the structure of a LimeSurvey survey (.lss), which has its labels and the order of its answers; or a
            code book in a table of its own. One that stands beside the file under its name is found.
        time_zone: the zone of the file's times, where it names none.
        stated: what a person said of how the file is written, such as its sheet.
        chosen: the readings that a person chose, by what a doubt is about: `dates`, `commas`, `boxes`, `options`,
            `codes`, `joined` or `tests`. Under `unfinished` and `unanswered` "counted" or "left-out": what becomes of
            those who stopped half way, and of words for no answer, which count unless they are left out.

    Raises:
        FileError: the file cannot be read, or none of its columns looks like a question.
    """
    return _previewed(path, structure, time_zone, stated, chosen).proposal


def _previewed(
    path: Path, structure: Path | None, time_zone: str | None, stated: FileNotes | None, chosen: Mapping[str, str]
) -> Preview:
    """Returns the preview of a file; of a large text file a part is read."""
    refuse_unreadable(path)
    encoding = _stated_encoding(path)
    beside = _book_beside(path) if structure is None else None
    with excerpt(path, encoding) as (part, times):
        preview = _preview_whole(part, structure, beside, time_zone, stated, chosen, encoding)
    if times == 1:
        return preview
    told = spoken("the file is large: about one row in {times} was looked at", times=round(times))
    told_of, found = (told, *preview.proposal.notes), round(preview.proposal.unfinished * times)
    proposal = replace(preview.proposal, notes=told_of, unfinished=found)
    return replace(preview, proposal=proposal, rows=round(preview.rows * times))


def _preview_whole(
    path: Path,
    structure: Path | None,
    beside: Path | None,
    time_zone: str | None,
    stated: FileNotes | None,
    chosen: Mapping[str, str],
    encoding: str | None,
) -> Preview:
    """Returns the preview of a file that is read whole, once where its rows fit into the memory kept for them."""
    unfinished: Any = chosen.get("unfinished", "left-out")
    file, doubts = settled(path, replace(stated or FileNotes(), encoding=encoding, unfinished=unfinished))
    table = read_table(path, notes=replace(file, doubled=True))
    file = replace(file, doubled=bool(table.doubled))
    held = _Held(path, file, table)
    table = replace(table, stretches=held.first())
    if len(table.header) > limits.QUESTIONS:
        fault = Fault(
            path.name,
            table.heading,
            "",
            spoken("{count} columns", count=written(len(table.header))),
            spoken("at most {most}", most=written(limits.QUESTIONS)),
        )
        raise FileError(
            spoken("{fault}: write a definition that names the columns that count, or export those alone", fault=fault)
        )
    fields = tuple(field for field in table.fields if field.name)
    scanned_once = scanned(table)
    marked = rows_marked(fields, scanned_once, [one.column for one in table.no_answers])
    trials = trials_in(fields, scanned_once)
    tried = trials if chosen.get("tests") == LEFT_OUT else ()
    if marked.out or marked.unfinished or tried:
        file = replace(file, rows_out=(*marked.out, *tried), rows_unfinished=marked.unfinished)
        table = with_rows_marked(table, held.again(), file)
        held = _Held(path, file, table)
        scanned_once = scanned(replace(table, stretches=held.first()))
    marking = {*marked.run, *(column for column, _ in (*marked.out, *marked.unfinished))}
    fields = tuple(replace(one, use="metadata") if one.name in marking else one for one in fields)
    scans, blanks_told = without_tool_blanks(scanned_once, table.tool)
    _refuse_other_tables(path, held, table, file)
    open_ones = {field.name for field in fields if field.use == "answer"} if table.tool == PLAIN else set()
    if table.tool == PLAIN:
        _refuse_long(path, table, scans)
    file, scans, of_marks = with_marks(file, scans, open_ones, chosen.get("commas"))
    given = structure if structure is not None and structure.suffix.lower() in (*DELIMITERS, *WORKBOOKS) else None
    known = read_structure(structure) if structure is not None and given is None else None
    fields = fields if known is None else with_structure(fields, scans, known, table.tool, path)
    of_file, book = fields, _book_of(path, file, table, given or beside)
    fields, of_book = with_book(fields, scans, book)
    if given is not None and not of_book:
        raise FileError(_no_book(given, path))
    own_file = given or beside
    of_book = of_book if own_file is None else tuple(f"{own_file.name}: {told}" for told in of_book)
    fields = with_named_steps(fields, scans)
    fields = tuple(_with_few_labels(field, scans[field.name]) for field in fields)
    fields = with_yes_and_no(fields, scans, table.tool)
    fields, of_amounts = with_amounts(fields, scans, chosen.get("commas"), asked=bool(of_marks))
    scans, of_placeholders, placeholders_told = with_placeholders(fields, scans, chosen.get("unanswered"))
    fields, of_boxes = with_ticks(fields, scans, chosen.get("boxes"))
    fields, of_options = with_options(fields, scans, table.tool, chosen.get("options"))
    dates = chosen.get("dates")
    own = own_columns(fields, scans, table.tool, month_first=None if dates is None else dates == "month-first")
    fields, of_readings = with_readings(fields, scans, own.claims, table.tool, chosen)
    own, marks, of_doubts = with_doubts(own, fields, scans)
    own = replace(own, claims={**own.claims, **of_doubts})
    draft = _drafted(held, file, fields, scans, own, table.tool)
    claims = {**own.claims, **draft.claims}
    if not draft.questions:
        fault = Fault(
            path.name,
            None,
            "",
            spoken("no column that looks like a question among {count}", count=len(fields)),
            spoken("one at least"),
        )
        raise FileError(spoken("{fault}: write a definition that says which column holds the answers", fault=fault))
    zone, zone_notes = _zone_of(own, time_zone)
    odd_notes = _odd_notes(held, file, draft, scans)
    survey = Survey(
        key=slug(path.stem) or "survey", title=(known.title if known else "") or title_of(path), time_zone=zone,
        questions=draft.questions, dimensions=draft.dimensions, columns=own.columns, doubts=marks,
        file=replace(
            file, tool=table.tool, encoding=encoding if table.encoding == encoding else None,
            leave_out=tuple(name for name, claim in claims.items() if claim.taken_for == "personal"),
            said=_said((old if old.name in book else new for old, new in zip(of_file, fields, strict=True)), claims),
            unfinished=file.unfinished if any(one.unfinished for one in table.no_answers) else None,
        ),
    )  # fmt: skip
    unanswered, left_out = unanswered_in(survey, scans), chosen.get("unanswered") == "left-out"
    survey = without_unanswered(survey, unanswered) if left_out else survey
    survey, refused = _readable(survey, path)
    claims |= refused
    of_trials = doubt_of_trials(trials, held.header, held.again()) if trials and "tests" not in chosen else None
    own_ids, at = survey.columns.response, survey.columns.responded_at
    timed = at is not None and _CLOCKED * scans[at].filled <= len(scans[at].words)
    again = own_ids is None or not scans[own_ids].unique
    doubled = doubled_told(own_ids, timed, held.header, held.again()) if again else []
    columns = tuple(_column_proposal(field, scans[field.name], claims) for field in fields)
    unseen = () if any(scan.rows for scan in scans.values()) else (spoken(_UNSEEN),)
    unsaid = [spoken("{column}: left out, as a definition cannot say what it holds", column=name) for name in refused]
    told = (
        *unseen, *unsaid, *_layout_notes(file, table, held), *of_book, *zone_notes, *_weight_notes(own, scans),
        *blanks_told, *placeholders_told, *_unfinished_notes(survey.file, table.tool, held.unfinished),
        *draft.notes, *odd_notes, *doubled,
        *unanswered_notes(unanswered, left_out=left_out), spoken(_WHO_ANSWERED),
    )  # fmt: skip
    words = encoding_words(table.encoding) if table.encoding else None
    of_dates = (_date_doubt(own.time),) if own.time is not None and own.time.doubtful else ()
    of_tests = () if of_trials is None else (of_trials,)
    doubts = (
        *doubts,
        *of_tests,
        *of_dates,
        *of_marks,
        *of_placeholders,
        *of_amounts,
        *of_boxes,
        *of_options,
        *of_readings,
    )
    proposal = Proposal(table.tool, words, survey, columns, told, doubts, own.weights, held.unfinished, unanswered)
    return Preview(proposal, table.header, tuple(held.first_rows), held.rows)


def _book_of(path: Path, file: FileNotes, table: FileTable, beside: Path | None) -> dict[str, BookEntry]:
    """Returns what a code book says of the columns: a file of its own, or another sheet of the workbook.

    Raises:
        FileError: the file of its own cannot be read.
    """
    names = [field.name for field in table.fields if field.name]
    if beside is not None and beside.suffix.lower() in DELIMITERS:
        refuse_unreadable(beside)
        codec = file_codec(beside, None)
        mark = next(iter(delimiters_of(beside, codec, DELIMITERS[beside.suffix.lower()])))
        return books_in([first_cells(beside, codec, mark, _MOST_LINES_OF_BOOK)], names)
    module, memory = "analytics.imports.reading.workbook", limits.WORKBOOK_MEMORY
    if beside is not None:
        found = in_child(f"{module}:whole_book_words", str(beside), names, file=beside.name, memory_bytes=memory)
    elif path.suffix.lower() in WORKBOOKS:
        found = in_child(f"{module}:book_words", str(path), file.sheet, names, file=path.name, memory_bytes=memory)
    else:
        return {}
    return {name: entry_of_words(words) for name, words in found.items()}


def _no_book(book: Path, path: Path) -> str:
    """Returns the sentence for a code book that says nothing of the file's columns."""
    found = spoken("nothing about the columns of {file}", file=path.name)
    fault = Fault(book.name, None, "", found, spoken("a code book with a line for each column, or for each value"))
    return spoken("{fault}: rename it, or export the one of this file", fault=fault)


_MOST_LINES_OF_BOOK = 20_000
_BOOK_NAMES = (
    "codebook", "code-book", "code_book", "codes", "labels", "legend", "dictionary", "data-dictionary", "variables",
    "values", "codebuch", "legende", "variablen",
)  # fmt: skip
"""How the name of a file ends, behind that of another, whose columns it is about."""


def _book_beside(path: Path) -> Path | None:
    """Returns the code book that stands beside a file under its name: `poll-codebook.csv` beside `poll.csv`."""
    endings = (".csv", ".tsv", ".txt", ".xlsx")
    names = (f"{path.stem}{mark}{name}{end}" for mark in "-_. " for name in _BOOK_NAMES for end in endings)
    return next((one for name in names if os.path.isfile(one := path.with_name(name))), None)


def _unfinished_notes(file: FileNotes, tool: str, count: int) -> list[str]:
    """Returns a sentence on readers who stopped half way, as their tool says."""
    if not count:
        return []
    counted = file.unfinished == "counted"
    told = listed([repr(column) for column, _ in file.rows_unfinished]) or spoken(tool)
    return [
        spoken_of(
            count,
            "{count} response is unfinished, as {tool} says, and counts with what was answered (left out on request)",
            "{count} responses are unfinished, as {tool} says, and count with what was answered (left out on request)",
            tool=told,
        )
        if counted
        else spoken_of(
            count,
            "{count} response is unfinished, as {tool} says, and left out (counted on request)",
            "{count} responses are unfinished, as {tool} says, and left out (counted on request)",
            tool=told,
        )
    ]


class _Held:
    """The rows of a table that is looked at: kept from the first reading on where they are few, else read again.

    `left_out` fills with the rows that are no answers, `mended` with the lines of those with a comma in a sentence that
    nobody quoted, `first_rows` with the cells of the first ones, while they are
    read for the first time; `unfinished` counts the responses that the tool calls so.
    """

    def __init__(self, path: Path, file: FileNotes, table: FileTable) -> None:
        self.header = table.header
        self.left_out: list[Refused] = []
        self.mended: list[int] = []
        self.first_rows: list[tuple[str, ...]] = []
        self.rows = self.unfinished = 0
        self._marks = {one.column: one for one in table.no_answers if one.unfinished}
        self._path, self._file, self._table = path, file, table
        self._kept: list[Rows] | None = []
        self._characters = 0

    def first(self) -> Iterator[Rows]:
        """Yields the stretches as they are read."""
        for rows in self._table.stretches:
            self.left_out.extend(rows.refused)
            self.mended.extend(rows.mended)
            self.first_rows += [split_row(text) for text in islice(rows.texts, _FIRST_ROWS - len(self.first_rows))]
            self.rows += len(rows)
            self.unfinished += self._unfinished_in(rows)
            self._characters += sum(map(len, rows.texts))
            if self._characters > _CHARACTERS_KEPT:
                self._kept = None
            elif self._kept is not None:
                self._kept.append(rows)
            yield rows

    def _unfinished_in(self, rows: Rows) -> int:
        """Returns how many rows of a stretch the tool calls unfinished, left out or not."""
        left_out = sum(
            row.place in self._marks and row.expected == spoken(self._marks[row.place].expected) for row in rows.refused
        )
        if not self._marks or not counts_unfinished(self._table.tool, self._file):
            return left_out
        places = {name: (self.header.index(name),) for name in self._marks}
        cells = cells_by_column(rows.texts, len(self.header), places)
        columns = [[one.refuses(cell.strip()) for cell in cells[name]] for name, one in self._marks.items()]
        return sum(any(row) for row in zip(*columns, strict=True))  # two columns may say so of the same row

    def again(self, file: FileNotes | None = None) -> Iterator[Rows]:
        """Returns the stretches once more, with numbers as those notes have them."""
        notes = file or self._file
        if self._kept is None:
            return read_table(self._path, notes=notes).stretches
        if (notes.decimal, notes.numbers) == (self._file.decimal, self._file.numbers):
            return iter(self._kept)
        return with_numbers(iter(self._kept), self.header, notes)


def _refuse_other_tables(path: Path, held: _Held, table: FileTable, file: FileNotes) -> None:
    """Raises a FileError where the rows are no responses: questions with a reader in each column, counts, or shares."""
    rows = held.rows
    if not 1 < rows <= _MOST_ROWS_OF_TOPLINES or table.tool != PLAIN:
        return
    texts = (text for stretch in held.again() for text in stretch.texts)
    below = [split_row(text) for text in islice(texts, _MOST_ROWS_OF_RESULTS)]
    standing: list[list[str]] = _as_they_stand(path, file) or [list(table.header), *map(list, below)]
    if looks_like_counts(standing):
        found = spoken("a table of results: a row is an answer with how many gave it, {count} rows", count=rows)
        fault = Fault(path.name, table.heading, "", found, spoken("a row for each reader"))
        raise FileError(
            spoken("{fault}: export the single responses from your survey tool, not its summary", fault=fault)
        )
    if rows > _MOST_ROWS_OF_RESULTS:
        return
    if looks_like_results([table.header, *below]) or looks_like_crosstab(standing):
        width = max(map(len, (table.header, *standing))) - 1
        found = spoken("a table of results with figures in {count} columns", count=written(width))
        fault = Fault(path.name, table.heading, "", found, spoken("a row for each reader"))
        raise FileError(
            spoken("{fault}: export the single responses from your survey tool, not its report", fault=fault)
        )
    if rows < len(table.header) and looks_turned([table.header, *below]):
        found = spoken(
            "readers in {count} columns and questions in {rows} rows",
            count=written(len(table.header) - 1),
            rows=written(rows),
        )
        fault = Fault(
            path.name, table.heading, "", found, spoken("a row for each reader and a column for each question")
        )
        raise FileError(
            spoken(
                "{fault}: turn the sheet round (copy it, then Paste Special with Transpose) and save it again",
                fault=fault,
            )
        )


_ASKED = re.compile(
    r"((survey|poll|quiz|form|widget) )?(questions?|items?|variables?)( ?(id|text|name|key|no|title|label))?|"
    r"(umfrage )?frage(n?text)?|pregunta|domanda|pergunta|vraag|pytanie|вопрос|fråga|spørgsmål|spørsmål|otázka",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"((given|chosen|selected|poll|user) )?(answers?|votes?|choices?|options?)( ?(text|value|id|label|given|option))?|"
    r"values?|responses?( ?(text|value))?|antwort(text)?|auswahl|stimme|wert|svar|réponse|vote|valeur|respuesta|voto|"
    r"valor|risposta|resposta|antwoord|odpowied[źz]|ответ|значение",
    re.IGNORECASE,
)
"""Headings of tables that have a row for each answer: over the question, and over what was answered."""

_OF_READER = re.compile(
    r"\b(id|key|uuid|user|readers?|respondents?|visitors?|voters?|session|participants?|nutzer\w*|leser\w*|teilnehmer\w*|"
    r"usuario|lecteur|lector|utente|lettore|leitor|lezer|czytelnik|читатель)\b",
    re.IGNORECASE,
)
_MOST_OF_READER = 3
"""So many rows a question a reader may have where several answers can be given; who they are, names of columns say."""


def _refuse_long(path: Path, table: FileTable, scans: Mapping[str, Scan]) -> None:
    """Raises a FileError where every row is one answer of a reader to one question."""
    names = [re.sub(r"[_\-.]+", " ", name).strip() for name in scans]
    asked = [scan for name, scan in zip(names, scans.values(), strict=True) if _ASKED.fullmatch(name)]
    given = [scan for name, scan in zip(names, scans.values(), strict=True) if _GIVEN.fullmatch(name)]
    others = [pair for pair in zip(names, scans.values(), strict=True) if pair[1] not in (*asked, *given)]
    most = max((len(scan.words) for scan in asked), default=0)
    of_readers = any(
        scan.filled == scan.counted
        and 2 <= scan.filled / len(scan.words) <= (_MOST_OF_READER if _OF_READER.search(name) else 1) * most
        for name, scan in others
        if asked and len(scan.words) > 1
    )
    if not (asked and given and of_readers and asked[0].filled == asked[0].counted and len(asked[0].words) > 1):
        return
    found = spoken("a row for each answer, of {count} questions", count=written(len(asked[0].words)))
    fault = Fault(path.name, table.heading, "", found, spoken("a row for each reader and a column for each question"))
    raise FileError(
        spoken("{fault}: make a pivot table with a row for each reader, or export the file again", fault=fault)
    )


def _as_they_stand(path: Path, file: FileNotes) -> list[list[str]]:
    """Returns the first rows of a text file or a workbook whether they are as wide as its heading or not."""
    if path.suffix.lower() in WORKBOOKS:
        name, most = "analytics.imports.reading.workbook:first_cells_of", _MOST_ROWS_OF_RESULTS
        return [
            list(row)
            for row in in_child(name, str(path), file.sheet, most, file=path.name, memory_bytes=limits.WORKBOOK_MEMORY)
        ]
    if path.suffix.lower() not in DELIMITERS:
        return []
    codec, usual = file_codec(path, file.encoding), DELIMITERS[path.suffix.lower()]
    mark = file.separator or next(iter(delimiters_of(path, codec, usual)))
    return first_cells(path, codec, mark, _MOST_ROWS_OF_RESULTS)


def _layout_notes(file: FileNotes, table: FileTable, held: _Held) -> list[str]:
    """Returns what is to be told of the layout: the heading below other lines, decimal commas, rows left out."""
    notes, labels = [], {field.name: dict(field.labels) for field in table.fields}
    if table.heading is not None and table.heading > 1:
        notes.append(
            spoken("the column names stand on line {line}: what stands above them is left out", line=str(table.heading))
        )
    if held.mended:
        notes.append(
            spoken_of(
                len(held.mended),
                "{count} row has a separator within a sentence, which is read as one cell (line {lines})",
                "{count} rows have a separator within a sentence, which is read as one cell (line {lines})",
                lines=_lines(held.mended),
            )
        )
    for name in table.doubled:
        told_apart = [one for one in table.header if one == name or re.fullmatch(rf"{re.escape(name)} \(\d+\)", one)]
        notes.append(
            spoken(
                "{count} columns are called {name!r}: told apart by their place, as {names}",
                count=len(told_apart), name=name, names=listed(list(map(repr, told_apart))),
            )
        )  # fmt: skip
    if file.numbers:
        what = spoken("a comma stands before the decimals") if file.decimal == "," else spoken("commas part thousands")
        notes.append(f"{', '.join(file.numbers)}: {what}")
    kinds: dict[tuple[str, str], list[int]] = {}
    for row in held.left_out:
        kinds.setdefault((row.place, row.found), []).append(row.line)
    for (place, found), lines in kinds.items():
        if place:
            label = labels.get(place, {}).get(found[1:-1], "")
            shown = f"{found} ({label})" if label else found
            what = spoken("{place} is {found}", place=place, found=shown)
        elif found in (spoken(A_SUBTOTAL), spoken(A_HEADING)):
            what = spoken("{found} among the answers", found=found)
        elif found == spoken(A_TOTAL_ABOVE):
            what = found
        else:
            what = spoken("{found} below the data", found=found)
        notes.append(
            spoken(
                "left out: {rows} ({what}; line {lines})", rows=_rows_words(len(lines)), what=what, lines=_lines(lines)
            )
        )
    return notes


def _odd_notes(held: _Held, file: FileNotes, draft: _Draft, scans: Mapping[str, Scan]) -> list[str]:
    """Returns where the words stand that count as no answer though nobody declared them so, a sentence a column.

    Such as impossible ages and codes out of range: they are few, and somebody may know what they mean.
    """
    asked = [one for one in draft.questions if one.kind != "text" or _reads_alone(one, draft.questions)]
    parts: tuple[Question | Dimension, ...] = (*asked, *draft.dimensions)
    odd = {
        part.column: words
        for part in parts
        if part.column is not None and part.column in scans
        if (words := [word for word in part.missing if scans[part.column].words.get(word, 0) and word != NO_ANSWER])
    }
    if not odd:
        return []
    found: dict[tuple[str, str], list[int]] = {}
    places = {name: (held.header.index(name),) for name in odd}
    for stretch in held.again(file):
        for name, cells in cells_by_column(stretch.texts, len(held.header), places).items():
            wanted = {*odd[name]}
            for line, cell in zip(stretch.lines, cells, strict=True):
                if (word := plain(cell)) in wanted:
                    found.setdefault((name, word), []).append(line)
    return [_odd_note(name, words, found) for name, words in odd.items()]


def _reads_alone(text: Question, questions: Sequence[Question]) -> bool:
    """Returns whether no other question reads the column of a text question: then what it leaves out is no answer."""
    return all(one is text or one.column != text.column for one in questions)


def _odd_note(column: str, words: Sequence[str], found: Mapping[tuple[str, str], Sequence[int]]) -> str:
    """Returns where the words of a column stand that count as no answer."""
    places = [
        spoken("{word!r} in {rows} (line {lines})", word=word, rows=_rows_words(len(lines)), lines=_lines(lines))
        for word in words[:_WORDS_LISTED]
        if (lines := found.get((column, word), ()))
    ]
    more = "; ..." if len(words) > _WORDS_LISTED else ""
    return spoken("{column}: no answer are {words}", column=column, words="; ".join(places) + more)


def _lines(lines: Sequence[int]) -> str:
    """Returns the first lines of many."""
    return ", ".join(map(str, lines[:_LINES_SHOWN])) + ", ..." * (len(lines) > _LINES_SHOWN)


def _rows_words(count: int) -> str:
    """Returns a number of rows in words."""
    return spoken_of(count, "{count} row", "{count} rows")


def _date_doubt(time: TimeFound) -> Doubt:
    """Returns the two readings of a date that does not say what comes first, the one that is taken first."""
    day, month = both_readings(time.shown)
    readings = (
        ("day-first", spoken("day first, {shown} is {day}", shown=time.shown, day=day)),
        ("month-first", spoken("month first, {shown} is {month}", shown=time.shown, month=month)),
    )
    first = (time.pattern or "").find("%d") < (time.pattern or "").find("%m")
    return Doubt("dates", readings if first else readings[::-1])


_PLAIN = Question("plain", "Plain?", "single", "plain", (Choice("yes", "Yes"), Choice("no", "No")))
"""A question that every definition can say."""


def _readable(survey: Survey, path: Path) -> tuple[Survey, dict[str, ColumnClaim]]:
    """Returns the survey as its own definition is read, and the claims on what that definition could not say.

    The parts that a definition's reader refuses are left out one by one, so that the rest can be imported.
    """
    try:
        return _read_back(survey, path), {}
    except DefinitionError:
        _read_back(replace(survey, questions=(_PLAIN,), dimensions=()), path)  # its own faults are no column's
        questions = tuple(one for one in survey.questions if _is_readable(replace(survey, questions=(one,)), path))
        kept = replace(survey, questions=questions or survey.questions[:1])
        dimensions = tuple(one for one in kept.dimensions if _is_readable(replace(kept, dimensions=(one,)), path))
        kept = replace(kept, dimensions=dimensions)
        left = [one for one in survey.questions if one not in kept.questions]
        names = [name for one in left for name in (one.column, *(of.column for of in one.columns)) if name]
        names += [one.column for one in survey.dimensions if one not in kept.dimensions]
        claim = ColumnClaim("left out", spoken("a definition cannot say what it holds: describe it by hand"))
        try:
            return _read_back(kept, path), dict.fromkeys(names, claim)
        except DefinitionError as error:
            found = spoken("no column whose answers a definition can say, among {count}", count=len(survey.questions))
            fault = Fault(path.name, None, "", found, spoken("one at least"))
            raise FileError(
                spoken("{fault}: write a definition that says which column holds the answers", fault=fault)
            ) from error


def _read_back(survey: Survey, path: Path) -> Survey:
    return parsed_definition(definition_text(survey), file=f"proposal for {path.name}", folder=path.parent)


def _is_readable(survey: Survey, path: Path) -> bool:
    try:
        _read_back(survey, path)
    except DefinitionError:
        return False
    return True


def _stated_encoding(path: Path) -> str | None:
    """Returns the encoding that a definition has to state for the file, None where its bytes show it by themselves."""
    if path.suffix.lower() not in DELIMITERS or not path.is_file():
        return None
    return likely_encoding(path) if file_codec(path, _UNDECIDED) == _UNDECIDED else None


def _zone_of(own: Own, wanted: str | None) -> tuple[str, list[str]]:
    """Returns the survey's time zone, and what was assumed of it and of its times."""
    at, notes = own.columns.responded_at, []
    if at is None:
        notes.append(spoken("no column of times was found: there will be no trends"))
    elif own.time is not None and own.time.doubtful:
        notes.append(spoken("{at}: the month is taken to stand first, which the dates do not decide", at=at))
    elif own.columns.own_clock:
        notes.append(
            spoken("{at}: days and hours are those of the reader's own clock, by the offset in each time", at=at)
        )
    if own.columns.referrer is not None:
        notes.append(
            spoken(
                "{column}: taken for the page that each reader came from; its host alone is kept, and for 30 days",
                column=own.columns.referrer,
            )
        )
    if own.columns.consent is not None:
        given = listed([repr(word) for word in own.columns.consent_given], "or")
        notes.append(
            spoken("{column}: comments may be printed where it says {words}", column=own.columns.consent, words=given)
        )
    others = [name for name, claim in own.claims.items() if claim.why == spoken(ANOTHER_TIME)]
    if at is not None and others:
        notes.append(
            spoken(
                "{at} is the time of each response; {others} are left aside: sending off counts before starting",
                at=at,
                others=listed(others),
            )
        )
    zone = wanted or own.zone or _ASSUMED_ZONE
    if at is not None and wanted is None:
        why = spoken("as the file says") if own.zone else spoken("which is assumed, as the file names no zone")
        notes.append(spoken("{at}: times are read as {zone}, {why}", at=at, zone=zone, why=why))
    return zone, notes


def _weight_notes(own: Own, scans: Mapping[str, Scan]) -> list[str]:
    """Returns what is to be told of the weights: which there may be, and which rows have none or weigh nothing."""
    column = own.columns.weight
    told = [
        spoken(
            "{column}: offered as the weight of the responses, as {why}; without it all count alike",
            column=offer.column,
            why=offer.why,
        )
        for offer in own.weights
        if offer.column == column
    ]
    if len(own.weights) > 1:
        offers = listed(
            [spoken("weight {column} ({why})", column=offer.column, why=offer.why) for offer in own.weights], "or"
        )
        told.append(spoken("{offers}, or no weight: none is taken until somebody chooses", offers=offers))
    if column is None:
        return told
    scan = scans[column]
    zeros, blanks = sum(n for word, n in scan.words.items() if number(word) == 0), scan.counted - scan.filled
    if zeros:
        told.append(
            spoken_of(
                zeros,
                "{column}: {count} row has the weight 0, and counts where nothing is weighted",
                "{column}: {count} rows have the weight 0, and count where nothing is weighted",
                column=column,
            )
        )
    if blanks:
        told.append(
            spoken_of(
                blanks,
                "{column}: {count} row has no weight, and counts where nothing is weighted",
                "{column}: {count} rows have no weight, and count where nothing is weighted",
                column=column,
            )
        )
    return told


def _with_few_labels(field: Field, scan: Scan) -> Field:
    """Returns the field with as many labels as a definition may list: of very many those of codes that occur, if any.

    Lists of all towns or occupations have thousands.
    """
    if len(field.labels) <= limits.CHOICES:
        return field
    occurring = tuple(pair for pair in field.labels if pair[0] in scan.words)
    return replace(field, labels=occurring if len(occurring) <= limits.CHOICES else ())


def _said(fields: Iterable[Field], claims: Mapping[str, ColumnClaim]) -> tuple[ColumnNote, ...]:
    """Returns what the file says of the columns that became questions and dimensions, where it says more than names."""
    counted = [
        field for field in fields if field.name in claims and claims[field.name].taken_for in ("question", "dimension")
    ]
    return tuple(ColumnNote(field.name, field.text, field.labels) for field in counted if _says_more(field))


def _says_more(field: Field) -> bool:
    """Returns whether the wording or the labels are not in the column's name anyway."""
    return bool(field.labels) or (bool(field.text) and field.text not in field.name)


def _column_proposal(field: Field, scan: Scan, claims: Mapping[str, ColumnClaim]) -> ColumnProposal:
    """Returns the proposal for one column; of personal ones no example is shown."""
    claim = claims.get(field.name, ColumnClaim("left out", spoken("nothing is known of it")))
    examples = () if claim.taken_for == "personal" else tuple(list(scan.words)[:_EXAMPLES])
    return ColumnProposal(field.name, claim.taken_for, claim.why, examples, len(scan.words))


@dataclass(frozen=True)
class _Draft:
    """Questions and dimensions as far as they were found, with the claims of their columns and what is to be told."""

    questions: tuple[Question, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    claims: Mapping[str, ColumnClaim] = filled(default_factory=dict)
    notes: tuple[str, ...] = ()


def _drafted(
    held: _Held, file: FileNotes, fields: Sequence[Field], scans: Mapping[str, Scan], own: Own, tool: str
) -> _Draft:
    """Returns the questions and dimensions of the columns that nobody claimed, in the order of the file."""
    open_ones = [field for field in fields if field.name not in own.claims]
    groups = tick_groups(open_ones, scans, tool)
    boxed = {column for group in groups for column in group.columns}
    mentions = mention_groups([field for field in open_ones if field.name not in boxed], scans)
    rows = _rows_of_groups(held, file, [*groups, *mentions])
    groups = [_as_taken(group, _by_name(open_ones), rows[group.columns[0]]) for group in groups]
    groups += [group for group in mentions if _holds_mentions(rows[group.columns[0]], group, open_ones)]
    alike = shared_scans(open_ones, scans)
    first = {group.columns[0]: group for group in groups}
    written = {column for group in groups for column in group.written}
    grouped = {column for group in groups for column in group.columns} - written
    again = _told_again(groups, open_ones, scans)
    parts = (part_names(open_ones) - path_names(open_ones, scans)) | only_mentioning(open_ones)
    scales = scales_of(scans)
    asides = {field.group for field in open_ones if field.use == "other" and field.group}
    draft = _Draft(
        claims=dict.fromkeys(again, ColumnClaim("left out", spoken("the same answers as in the boxes beside it")))
    )
    for name, score in promoters_again([one for one in open_ones if one.name not in grouped], scans).items():
        again.add(name)
        claim = ColumnClaim("left out", spoken("the same as {score!r} in three groups", score=score))
        told = spoken(
            "{name}: left out, as it is the same as {score!r} in three groups; their net stands with the scores",
            name=name,
            score=score,
        )
        draft = replace(draft, claims={**draft.claims, name: claim}, notes=(*draft.notes, told))
    beside = {one.asked: one for one in _own_words_beside(held, file, open_ones, scans, grouped | written | again)}
    wrote = {one.column for one in beside.values() if one.counts or _is_typed(one.column, scans[one.column])}
    ranks, of_ranks = ranks_in([one for one in open_ones if one.name not in grouped and one.name not in again], scans)
    draft = replace(draft, notes=(*draft.notes, *of_ranks))
    for place, field in enumerate([ranks.get(one.name, one) for one in open_ones], start=1):
        taken = _keys_of(draft)
        if field.name in first:
            group = first[field.name]
            key = _unused(Field(group.text or field.name), place, taken)
            draft = _with_group(draft, group, field, rows[field.name], key)
        elif field.name not in grouped and field.name not in again:
            texts = field.name in written or field.name in wrote
            field = replace(field, kind="text", text=field.text or field.name) if texts else field
            scan, key = alike.get(field.name, scans[field.name]), _unused(field, place, taken)
            both = field.group if field.use == "answer" and field.group in asides else ""
            field = replace(field, group="") if both else field
            beside_it = both or field.name in beside  # what is written stands in a column of its own
            draft = _with_column(
                draft, field, scan, key, scales, "" if beside_it else tool, own=field.name not in parts
            )
            draft = _with_other_words(draft, field.name, both) if both else draft
            draft = _with_words_beside(draft, beside[field.name]) if field.name in beside else draft
    return draft


def _is_typed(column: str, scan: Scan) -> bool:
    """Returns whether readers wrote in a column: its heading asks for words, or most of them are unlike."""
    return SPECIFY.search(column) is not None or 2 * len(scan.words) > scan.filled


def _own_words_beside(
    held: _Held, file: FileNotes, fields: Sequence[Field], scans: Mapping[str, Scan], taken: Collection[str]
) -> list[OwnWords]:
    """Returns the columns of own words beside questions with one answer, with the rows in which they stand."""
    found = own_words_of(fields, scans, taken)
    rows = dict.fromkeys((one.asked for one in found), (0, 0))
    places = {name: (held.header.index(name),) for one in found for name in (one.asked, one.column)}
    by_name = _by_name(fields)
    blank = {one.asked: {"", *missing_words(by_name[one.asked], scans[one.asked])} for one in found}
    for stretch in held.again(file) if found else ():
        cells = cells_by_column(stretch.texts, len(held.header), places)
        for one in found:
            nothing = {"", *scans[one.column].blanks}
            pairs = zip(map(plain, cells[one.asked]), map(plain, cells[one.column]), strict=True)
            answered = [answer not in blank[one.asked] for answer, words in pairs if words not in nothing]
            alone, both = rows[one.asked]
            rows[one.asked] = alone + len(answered) - sum(answered), both + sum(answered)
    return counted(found, rows)


def _with_words_beside(draft: _Draft, aside: OwnWords) -> _Draft:
    """Returns the draft, its last question with those who wrote instead of answering, and what is told of them."""
    if not aside.alone:
        return draft
    asked = draft.questions[-1] if draft.questions else None
    whole = with_own_words(asked, aside) if asked is not None and aside.counts else None
    if whole is None:
        told = spoken_of(
            aside.alone,
            "{column}: {count} reader wrote here and gave no answer in {asked}, and is not in its base",
            "{column}: {count} readers wrote here and gave no answer in {asked}, and are not in its base",
            column=aside.column, asked=aside.asked,
        )  # fmt: skip
        return replace(draft, notes=(*draft.notes, told))
    told = spoken_of(
        aside.alone,
        "{column}: {count} reader only wrote here, and counts under {label!r} of {asked}",
        "{column}: {count} readers only wrote here, and count under {label!r} of {asked}",
        column=aside.column, asked=aside.asked,
        label=next(one.label for one in whole.choices if ANY_WORDS in one.values),
    )  # fmt: skip
    return replace(draft, questions=(*draft.questions[:-1], whole), notes=(*draft.notes, told))


def _with_other_words(draft: _Draft, column: str, both: str) -> _Draft:
    """Returns the draft, the question of one column read from `both`: what readers wrote beside it is one more answer.

    A list of answers that are the steps of a scale stays as it is, and so does a group.
    """
    asked = draft.questions[-1] if draft.questions else None
    if asked is None or asked.column != column or asked.kind != "single" or asked.found or not asked.choices:
        return draft
    if any(_OTHER in (choice.value, *choice.values) for choice in asked.choices):
        return draft
    other = Choice(_OTHER, _OTHER, None, (_OTHER, ANY_WORDS))
    asked = replace(asked, column=both, choices=(*asked.choices, other))
    return replace(draft, questions=(*draft.questions[:-1], asked))


def _by_name(fields: Sequence[Field]) -> dict[str, Field]:
    """Returns the fields by their names."""
    return {field.name: field for field in fields}


def _as_taken(group: TickGroup, fields: Mapping[str, Field], rows: _GroupRows) -> TickGroup:
    """Returns the question of several boxes; where each reader took one answer, without what they wrote beside."""
    of_tool = fields[group.columns[0]].group == group.text and bool(group.text)
    return group.without_written() if of_tool and takes_one(group, rows.most, rows.ticked) else group


def _holds_mentions(rows: _GroupRows, group: TickGroup, fields: Sequence[Field]) -> bool:
    """Returns whether the columns hold several mentions: a set of the file, or next to nobody mentions the same twice.

    Whoever answers two questions alike does so at least as often as the answers are few: columns that name one answer
    twice far less often than that are mentions.
    """
    if len(group.columns) == len(group.words) > 1 and rows.whole > 0.9 * rows.ticked:
        return False  # a ranking: everybody named all of them, and each place is a question
    if group.sure or _by_name(fields)[group.columns[0]].mention:
        return True
    by_chance = rows.several / max(len(group.words), 1)
    named = group.least_several == 0
    if group.least_several == NUMBERED and not rows.again and rows.several > 1:
        in_turn = rows.nested == rows.ticked and rows.ticked - rows.full > 1
        return by_chance >= 4 or (in_turn and by_chance >= 1)
    in_turn = rows.nested == rows.ticked and rows.ticked - rows.full >= max(3, 0.1 * rows.ticked)
    if group.least_several == UNNAMED:
        return in_turn and not rows.again and by_chance >= 5 and rows.several >= UNNAMED
    if group.least_several == IN_TURN and not in_turn:
        return False
    if rows.again > max(1, (0.5 if named else 0.25) * by_chance) or (rows.again and not named and by_chance < 4):
        return False
    return rows.several >= (2 if group.least_several == 0 else group.least_several)


def _told_again(groups: Sequence[TickGroup], fields: Sequence[Field], scans: Mapping[str, Scan]) -> set[str]:
    """Returns the columns that hold, joined in one cell, what boxes beside them hold one by one."""
    found: set[str] = set()
    for group in groups:
        options = _any_of(group.options)
        codes = _any_of([name.removeprefix(group.stem).lstrip("_/.-") for name in group.columns])
        for field in fields:
            if field.name == group.stem and field.name not in group.columns:
                words = [word for word in scans[field.name].words if not NOT_ASKED.match(word)]
                again = all(not options.sub("", word).strip(" ;,|/\n") for word in words)
                coded = all(not codes.sub("", word).strip(" ;,|") for word in words) and any(
                    " " in one for one in words
                )
                if again or coded or set(words) & {*group.options}:
                    found.add(field.name)
    return found


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Returns the pattern of each of the words, the longest first."""
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)), re.IGNORECASE)


def _with_group(draft: _Draft, group: TickGroup, field: Field, rows: _GroupRows, key: str) -> _Draft:
    """Returns the draft with the question, or the dimension, that lies in several columns."""
    text = group.text if group.text and field.group == group.text else _stem_text(group)
    if group.mentions or not takes_one(group, rows.most, rows.ticked) or field.group != group.text:
        question, spelled = (
            of_mentions(group, key, text, rows.times) if group.mentions else (of_ticks(group, key, text), [])
        )
        told: tuple[str, ...] = tuple(spelled)
        if group.unsaid:
            unsaid = spoken(
                "{column}: {count} columns have one heading, and nothing says what each stands for: they are numbered",
                column=group.columns[0],
                count=len(group.columns),
            )
            told = (*told, unsaid)
        if not group.text:
            told = (
                *told,
                spoken("{column}: the file does not say what was asked, only its answers", column=group.columns[0]),
            )
        if group.mentions and rows.again:
            told = (
                *told,
                spoken(
                    "{text}: {rows} name one answer twice, which counts once", text=text, rows=_rows_words(rows.again)
                ),
            )
        why = (
            spoken("'{key}': one of {count} mentions of one answer each", key=key, count=len(group.columns))
            if group.mentions
            else spoken("'{key}': one of {count} boxes to tick", key=key, count=len(group.columns))
        )
        claim = ColumnClaim("question", why)
        claims = dict.fromkeys(group.columns, claim)
        return replace(
            draft,
            questions=(*draft.questions, question),
            claims={**draft.claims, **claims},
            notes=(*draft.notes, *told),
        )
    whole, scan = Field(group.text, group.text), Scan(dict.fromkeys(group.words, rows.ticked), (), 0, 0)
    purpose, taken = dimension_purpose(whole), _keys_of(draft)
    known = dimension_of(whole, scan, purpose, free(purpose, taken)) if purpose else None
    if known is not None:
        claim = ColumnClaim(
            "dimension",
            spoken(
                "'{key}': one of {count} answers, of which each took one", key=known[0].key, count=len(group.columns)
            ),
        )
        claims = dict.fromkeys(group.columns, claim)
        return replace(draft, dimensions=(*draft.dimensions, known[0]), claims={**draft.claims, **claims})
    claims = dict.fromkeys(
        group.columns,
        ColumnClaim(
            "question",
            spoken("'{key}': one of {count} answers, of which each took one", key=key, count=len(group.columns)),
        ),
    )
    question = of_one_tick(group, key, text)
    return replace(draft, questions=(*draft.questions, question), claims={**draft.claims, **claims})


def _with_column(
    draft: _Draft, field: Field, scan: Scan, key: str, scales: Collection[tuple[int, int]], tool: str, *, own: bool
) -> _Draft:
    """Returns the draft with what a single column holds: a dimension, a question, or nothing that can be counted.

    Only a column that is a question of its `own` can be a dimension, not one of the parts of another.
    """
    if not scan.rows:
        question = Question(key, wording(field), "text" if field.kind == "text" else "single", field.name)
        question = question if question.kind == "text" else replace(question, found=True)
        claim = ColumnClaim("question", spoken("'{key}': nobody has answered yet, so its kind is a guess", key=key))
        return replace(draft, questions=(*draft.questions, question), claims={**draft.claims, field.name: claim})
    if not scan.words:
        return replace(draft, claims={**draft.claims, field.name: ColumnClaim("left out", spoken("it is empty"))})
    own = own and field.use == "answer" and not field.group and (field.kind != "text" or scan.numbers is not None)
    purpose = dimension_purpose(field) if own else None
    known = dimension_of(field, scan, purpose, free(purpose, _keys_of(draft))) if purpose else None
    if known is not None:
        dimension, notes = known
        claims = {
            **draft.claims,
            field.name: ColumnClaim("dimension", spoken("'{key}': its name says what it tells", key=dimension.key)),
        }
        return replace(draft, dimensions=(*draft.dimensions, dimension), claims=claims, notes=(*draft.notes, *notes))
    if own and is_lone_box(scan) and not field.labels:
        why = spoken("one box alone: a blank does not say whether it was left open or not seen")
        return replace(draft, claims={**draft.claims, field.name: ColumnClaim("left out", why)})
    found = question_of(replace(field, kind="text") if field.use == "other" else field, scan, key, scales, tool)
    if found is None:
        claim = ColumnClaim(
            "left out", spoken("numbers, {count} different ones: no choices to count", count=written(len(scan.words)))
        )
        return replace(draft, claims={**draft.claims, field.name: claim})
    question, notes = found
    claim = ColumnClaim("question", spoken("'{key}': {why}", key=question.key, why=_reason_of(question)))
    claims = {**draft.claims, field.name: claim}
    draft = replace(draft, questions=(*draft.questions, question), claims=claims, notes=(*draft.notes, *notes))
    words = words_of_other(question, free(f"{question.key}-other", _keys_of(draft)))
    return draft if words is None else replace(draft, questions=(*draft.questions, words))


def _keys_of(draft: _Draft) -> set[str]:
    """Returns the keys that are taken."""
    keys = [question.key for question in draft.questions] + [dimension.key for dimension in draft.dimensions]
    return {*keys, "wave", "channel"}


def _unused(field: Field, place: int, taken: set[str]) -> str:
    """Returns a key for the column's question: its name where that is short, else its place among the columns."""
    own = slug(field.name)
    return free(own if own and len(field.name) <= LONGEST_KEY else f"q{place}", taken)


def _reason_of(question: Question) -> str:
    """Returns why a question is of its kind, in a few words."""
    if question.kind == "text":
        return spoken("people wrote in their own words")
    if question.kind == "multiple":
        return spoken("{count} options, several of which may stand in a cell", count=len(question.choices))
    if question.kind == "scale" and not question.choices:
        return spoken("numbers with a mean, which score themselves")
    if question.kind == "scale":
        return spoken(
            "the steps of a scale, {count} of them",
            count=sum(choice.score is not None for choice in question.choices),
        )
    return spoken("{count} answers to choose from", count=len(question.choices))


def _stem_text(group: TickGroup) -> str:
    """Returns the wording of a question in several columns, as far as the file has it."""
    return group.text.strip() or f"Which of these: {', '.join(group.options[:3])}" + (
        "?" if len(group.options) <= 3 else ", ...?"
    )


@dataclass(frozen=True)
class _GroupRows:
    """What the rows of some columns show together: the most ticks in one, how many ticked any, how many several, how
    many have the same word twice, and how many name all answers. Of mentions how many rows fill the columns in turn,
    and how many of them all, and how often each answer was named.
    """

    most: int = 0
    ticked: int = 0
    several: int = 0
    again: int = 0
    whole: int = 0
    nested: int = 0
    full: int = 0
    times: Mapping[str, int] = filled(default_factory=dict)


def _rows_of_groups(held: _Held, file: FileNotes, groups: Sequence[TickGroup]) -> dict[str, _GroupRows]:
    """Returns, by the first column of each group, what its rows show."""
    found = {group.columns[0]: _GroupRows() for group in groups}
    if not groups:
        return found
    places = {name: (at,) for at, name in enumerate(held.header) if name}
    for stretch in held.again(file):
        for group in groups:
            wanted = {column: places[column] for column in group.columns}
            cells = cells_by_column(stretch.texts, len(held.header), wanted)
            rows = zip(*(cells[column] for column in group.columns), strict=True)
            found[group.columns[0]] = _with_rows(found[group.columns[0]], group, rows)
    return found


def _with_rows(before: _GroupRows, group: TickGroup, rows: Iterable[tuple[str, ...]]) -> _GroupRows:
    """Returns what these rows show as well."""
    if group.mentions:
        known = set(group.words)
        cells = [list(map(plain, row)) for row in rows]
        given = [[word for word in row if word in known] for row in cells]
        filled = [[word in known for word in row] for row in cells]
        nested = sum(row[0] and row == sorted(row, reverse=True) for row in filled)
        full = sum(map(all, filled))
        again = before.again + sum(len(set(words)) < len(words) for words in given)
        counts = list(map(len, given))
        times = Counter(before.times)
        times.update(word for words in given for word in words)
    else:
        times = Counter()
        own = [word for word in group.words if word != ANY_WORDS]
        counts = [sum(cell.strip() == word for cell, word in zip(row, own, strict=False)) for row in rows]
        again, nested, full = before.again, 0, 0
    return replace(
        before,
        nested=before.nested + nested,
        full=before.full + full,
        whole=before.whole + sum(count == len(group.words) for count in counts),
        most=max(before.most, *counts, 0),
        ticked=before.ticked + sum(map(bool, counts)),
        several=before.several + sum(count > 1 for count in counts),
        again=again,
        times=times,
    )


@dataclass(frozen=True)
class Preview:
    """What a file seems to hold: a proposal, its header and first rows, and how many rows it has: of a large text file
    about so many.
    """

    proposal: Proposal
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    rows: int


def preview_of(
    file: Path,
    structure: Path | None = None,
    time_zone: str | None = None,
    *,
    stated: FileNotes | None = None,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> Preview:
    """Returns a preview of a file; its Args are those of `propose`, and its doubts are for a person to settle.

    Raises:
        FileError: the file cannot be read, or brings its reader down.
    """
    told = None if stated is None else (stated.sheet, stated.separator)
    arguments = (str(file), None if structure is None else str(structure), time_zone, told, dict(chosen))
    words = in_child(_look, *arguments, seconds=_LOOK_SECONDS, file=file.name)
    doubts = tuple(Doubt(one["about"], tuple(map(tuple, one["readings"]))) for one in words["doubts"])
    columns = tuple(ColumnProposal(**one | {"examples": tuple(one["examples"])}) for one in words["columns"])
    proposal = Proposal(
        words["tool"], words["encoding"], survey_from_text(words["survey"]), columns, tuple(words["notes"]), doubts,
        tuple(WeightOffer(**one) for one in words["weights"]), words["unfinished"],
        tuple(Unanswered(**one) for one in words["unanswered"]),
    )  # fmt: skip
    return Preview(proposal, tuple(words["header"]), tuple(map(tuple, words["first_rows"])), words["rows"])


def accept_apart(files: Sequence[Path], survey: Survey) -> Survey:
    """Returns the survey as the files now have it; see `answers.changes.accepted`.

    Raises:
        FileError: a file cannot be read.
    """
    for file in files:
        words = in_child(_accepted, str(file), survey_text(survey), seconds=_LOOK_SECONDS, file=file.name)
        survey = survey_from_text(words)
    return survey


def _look(
    file: str, structure: str | None, time_zone: str | None, told: Sequence[str | None] | None, chosen: dict[str, str]
) -> dict[str, Any]:
    path = Path(file)
    stated = None if told is None else FileNotes(sheet=told[0], separator=told[1])
    preview = _previewed(path, None if structure is None else Path(structure), time_zone, stated, chosen)
    proposal = preview.proposal
    return {
        "tool": proposal.tool, "encoding": proposal.encoding, "survey": survey_text(proposal.survey),
        "columns": [asdict(one) for one in proposal.columns], "notes": proposal.notes, "header": preview.header,
        "doubts": [asdict(one) for one in proposal.doubts], "weights": [asdict(one) for one in proposal.weights],
        "first_rows": preview.first_rows, "rows": preview.rows, "unfinished": proposal.unfinished,
        "unanswered": [asdict(one) for one in proposal.unanswered],
    }  # fmt: skip


def _accepted(file: str, survey: str) -> str:
    return survey_text(accepted(Path(file), survey_from_text(survey)))
