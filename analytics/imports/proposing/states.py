"""Rows that a column marks: as no reader's (screened out, over quota, rejected, tests), or as unfinished.

Columns of states do so by their words, flags such as `is_test` by yes and no, notes of the newsroom by how they begin.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from analytics.imports.cells.fields import Field
from analytics.imports.cells.vocabulary import (
    FINISHED,
    NO_READERS,
    NOT_FINISHED,
    NOTE,
    NOTED_OUT,
    OF_NO_READER,
    OF_READERS,
    OF_THE_RUN,
    SAID_NOT,
    STATES,
    STATUS,
    TESTS,
    TICKED,
    UNFINISHED,
    YET_UNFINISHED,
)
from analytics.imports.proposing.scans import Scan

_MOST_STATES, _LONGEST_NOTE = 20, 5

ColumnWords = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns, each with words that stand in it."""


class RowsMarked(NamedTuple):
    """The columns that mark rows, each with the words by which it does: no reader's rows, and unfinished responses.

    `run` names the columns that tell of the run of the interview, and are nobody's answer, whatever they mark.
    """

    out: ColumnWords = ()
    unfinished: ColumnWords = ()
    run: tuple[str, ...] = ()


def rows_marked(fields: Sequence[Field], scans: Mapping[str, Scan], known: Collection[str]) -> RowsMarked:
    """Returns the rows that are no reader's, or of readers who stopped half way, by the words that mark them.

    Nothing but states of responses stands in such a column, and some rows are in another state. Where the file has
    labels for codes, these are the states. A column that is called "Finished" says so with yes and no, and so does a
    flag of tests or of valid rows. In a note of the newsroom a row is out whose note begins with a word for a test.

    Args:
        known: the columns by which the tool itself leaves rows out.

    Example:
        >>> words = {"Completa": 40, "Filtrada": 6, "Cuota llena": 2, "Incompleta": 3}
        >>> found = rows_marked([Field("Estado")], {"Estado": Scan(words, (), 51, 51)}, ())
        >>> found.out, found.unfinished
        ((('Estado', ('Filtrada', 'Cuota llena')),), (('Estado', ('Incompleta',)),))
        >>> rows_marked([Field("State")], {"State": Scan({"Texas": 40, "Test": 2}, (), 42, 42)}, ()).out
        ()
        >>> labels = (("1", "Voltooid"), ("3", "Screen-out"))
        >>> rows_marked([Field("status", labels=labels)], {"status": Scan({"1": 9, "3": 1}, (), 10, 10)}, ()).out
        (('status', ('3',)),)
        >>> flags = {"is_test": {"true": 3, "false": 40}, "check": {"ok": 9, "TEST row": 2}, "is_mobile": {"1": 9}}
        >>> marks = rows_marked([*map(Field, flags)], {name: Scan(one, (), 43, 43) for name, one in flags.items()}, ())
        >>> marks.out, marks.run
        ((('is_test', ('true',)), ('check', ('TEST row',))), ('is_test', 'check', 'is_mobile'))
        >>> ended = {"Complete?": Scan({"Complete": 40, "Incomplete": 3}, (), 43, 43)}
        >>> rows_marked([Field("Complete?")], ended, ()).unfinished
        (('Complete?', ('Incomplete',)),)
    """
    run: list[str] = []
    out: list[tuple[str, tuple[str, ...]]] = []
    unfinished: list[tuple[str, tuple[str, ...]]] = []
    for field in fields:
        scan, labels = scans[field.name], dict(field.labels)
        if field is fields[0] or field.use in ("response", "respondent"):
            tests = _test_numbers(scan)
            out += [(field.name, tests)] if tests else []
        if field.name in known or not 0 < len(scan.words) <= _MOST_STATES:
            continue
        states = {word: _state(labels.get(word, word)) for word in scan.words}
        some = scan.filled < scan.counted
        if _is_called(STATUS, field):
            no_readers = tuple(word for word, state in states.items() if NO_READERS.fullmatch(state))
            others = [word for word in states if word not in no_readers]
            stopped = tuple(word for word in others if UNFINISHED.fullmatch(states[word]))
            if not all(STATES.fullmatch(states[word]) for word in others if word not in stopped):
                continue
            if no_readers and (others or some):
                out.append((field.name, no_readers))
            if stopped and len(others) > len(stopped):
                unfinished.append((field.name, stopped))
        elif _is_called(FINISHED, field):
            inverse = _is_called(YET_UNFINISHED, field)
            small = {word: _flag(state) for word, state in states.items()}
            if None in small.values():  # "Complete" and "Incomplete" instead of yes and no
                stopped = tuple(word for word, state in states.items() if UNFINISHED.fullmatch(state))
                if all(word in stopped or STATES.fullmatch(state) for word, state in states.items()):
                    run.append(field.name)
                    unfinished += [(field.name, stopped)] if 0 < len(stopped) < len(states) else []
                continue
            stopped = tuple(word for word, state in small.items() if state is inverse)
            run.append(field.name)
            if stopped and len(states) == 2 and len(stopped) == 1:
                unfinished.append((field.name, stopped))
        elif field.use == "answer" and not field.group and (marked := _words_out(field, states, scan)) is not None:
            run.append(field.name)
            out += [(field.name, marked)] if marked else []
    return RowsMarked(tuple(out), tuple(unfinished), tuple(run))


_TEST_NUMBER = re.compile(rf"\W*({TESTS})\W*\d{{0,3}}\W*", re.IGNORECASE)
_MOSTLY_NUMBERS = 0.8


def _test_numbers(scan: Scan) -> tuple[str, ...]:
    """Returns the words for a test where others have the number of their row: TEST1 above 1, 2 and 3.

    Example:
        >>> _test_numbers(Scan({"TEST1": 1, **dict.fromkeys(map(str, range(20)), 1)}, (), 21, 21))
        ('TEST1',)
        >>> _test_numbers(Scan({"Test": 9, "Control": 12}, (), 21, 21))
        ()
    """
    marked = tuple(word for word in scan.words if not word.isdecimal() and _TEST_NUMBER.fullmatch(word))
    numbers = sum(word.isdecimal() for word in scan.words) if marked else 0
    return marked if numbers >= _MOSTLY_NUMBERS * len(scan.words) and numbers else ()


def _words_out(field: Field, states: Mapping[str, str], scan: Scan) -> tuple[str, ...] | None:
    """Returns the words of a flag or a note that mark rows of no reader, None where the column may hold answers.

    Rows are out where they are fewer than the others: a flag that most rows have says something else.

    Example:
        >>> _words_out(Field("is_valid"), {"0": "0", "1": "1"}, Scan({"0": 2, "1": 9}, (), 11, 11))
        ('0',)
        >>> words = {"ok": 9, "PRUEBA, no contar": 2}
        >>> _words_out(Field("Revisión"), dict(zip(words, words)), Scan(words, (), 60, 60))
        ('PRUEBA, no contar',)
        >>> _words_out(Field("Did you take a test?"), {"yes": "yes", "no": "no"}, Scan({"yes": 1, "no": 9}, (), 10, 10))
    """
    flags = {word: _flag(state) for word, state in states.items()}
    if None not in flags.values():
        for named, meant in ((OF_NO_READER, True), (OF_READERS, False)):
            if _is_called(named, field):
                return _fewer([word for word, flag in flags.items() if flag is meant], scan)
        return () if _is_called(OF_THE_RUN, field) else None
    if not _is_called(NOTE, field):
        return None
    short = {word: state for word, state in states.items() if len(state.split()) <= _LONGEST_NOTE}
    marked = [word for word, state in short.items() if NO_READERS.fullmatch(state) or NOTED_OUT.match(state)]
    checked = sum(STATES.fullmatch(state) is not None or _CHECKED.match(state) is not None for state in states.values())
    return _fewer(marked, scan) if marked and 2 * (len(marked) + checked) >= len(states) else None


_CHECKED = re.compile(
    r"\W*(ok(ay)?|good|fine|checked|gut|geprüft|passt|bien|bon|va bene|oké|dobrze|ок|хорошо)", re.IGNORECASE
)
"""How a note begins that finds nothing wrong."""


def _fewer(words: Sequence[str], scan: Scan) -> tuple[str, ...]:
    """Returns the words where fewer rows have them than have not."""
    return tuple(words) if 2 * sum(scan.words[word] for word in words) < scan.counted else ()


def _flag(word: str) -> bool | None:
    """Returns whether a word of a flag says yes, None where it says neither yes nor no.

    Example:
        >>> [_flag(word) for word in ("TRUE", "0", "1.0", "Nein", "maybe")]
        [True, False, True, False, None]
    """
    small = word.casefold().removesuffix(".0")
    if small in NOT_FINISHED or small in SAID_NOT:
        return False
    return True if small in TICKED else None


def _is_called(name: re.Pattern[str], field: Field) -> bool:
    """Returns whether a column is called so, by its name or by what the file says of it."""
    texts = (_words_of(text) for text in (field.name, field.text) if text)
    return any(map(name.match, texts))


def _words_of(name: str) -> str:
    """Returns a name as words: "isTest" and "is_test" alike."""
    return re.sub(r"[_\-.]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)).strip()


def _state(word: str) -> str:
    """Returns a state as words, as codes such as "validation_status_not_approved" and "(overquota)" have them.

    Example:
        >>> _state("validation_status_not_approved"), _state("Screened-out")
        ('not approved', 'Screened out')
    """
    return re.sub(r"^validation status ", "", re.sub(r"[_\-]+", " ", word).strip(" ()[]."))
