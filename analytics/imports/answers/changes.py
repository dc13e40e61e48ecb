"""A later wave of a survey may ask in other words: what its file says now is held against what the first one said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from analytics.imports.answers.columns import known_names, named_columns
from analytics.imports.cells.fields import Field
from analytics.imports.cells.rows import cells_by_column
from analytics.imports.cells.text import number, plain
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.reading.tables import FileTable, read_table
from analytics.language.said import spoken
from analytics.model import Choice, ChoiceColumn, ColumnNote, Level, Question, Survey

_ALIKE = 0.8


def changes(table: FileTable, survey: Survey) -> list[str]:
    """Returns what the file says otherwise than when the definition was made, a sentence each.

    Only what files say beside the names of their columns is compared: wordings, labels and their order, and columns
    of answers that a question did not have. A column of another name is found missing anyway.
    """
    fields = _fields_by_name(table, survey)
    found = [sentence for said in survey.file.said for sentence in _changed(said, fields.get(said.column))]
    return found + [
        spoken(
            "'{key}' has the new answer {option!r}, in the column {name!r}",
            key=question.key,
            option=field.option or field.name,
            name=field.name,
        )
        for question, field in _new_answers(table, survey)
    ]


def _changed(said: ColumnNote, now: Field | None) -> Iterator[str]:
    """Yields what a column says otherwise; a file that says nothing of it, as exports of codes do, changes nothing.

    Example:
        >>> list(_changed(ColumnNote("q1", "", (("1", "Yes"), ("2", "No"))), Field("q1", labels=(("1", "Ja"),))))
        ["q1: '1' was labelled 'Yes' and is now labelled 'Ja'", "q1: the answer '2' = 'No' is gone"]
    """
    if now is None:
        return
    if said.text and now.text and said.text != now.text:
        yield spoken(
            "{column}: the wording was {before!r} and is now {text!r}",
            column=said.column,
            before=said.text,
            text=now.text,
        )
    before, after = dict(said.labels), dict(now.labels)
    if not before or not after:
        return
    yield from (
        spoken(
            "{column}: {value!r} was labelled {before!r} and is now labelled {label!r}",
            column=said.column,
            value=value,
            before=before[value],
            label=label,
        )
        for value, label in after.items()
        if value in before and before[value] != label
    )
    yield from (
        spoken(
            "{column}: the answer {value!r} = {label!r} is gone", column=said.column, value=value, label=before[value]
        )
        for value in before
        if value not in after
    )
    yield from (
        spoken("{column}: the answer {value!r} = {label!r} is new", column=said.column, value=value, label=after[value])
        for value in after
        if value not in before
    )
    shared = [value for value in after if value in before]
    if shared != [value for value in before if value in after]:
        order = ", ".join(map(after.__getitem__, shared))
        yield spoken(
            "{column}: the answers stand in another order than before: {order}", column=said.column, order=order
        )


def _new_answers(table: FileTable, survey: Survey) -> Iterator[tuple[Question, Field]]:
    """Yields each column of ticks that stands among those of a question without being one of its choices.

    Only definitions that a tool's file was the model of name all of them.
    """
    known = {*named_columns(survey), *survey.file.leave_out}
    groups = {name: group for group, columns in table.groups.items() for name in columns}
    for question in survey.questions if survey.file.tool else ():
        if any(not of.value for of in question.columns):  # a column of mentions is no answer
            continue
        asked = {groups[of.column] for of in question.columns if of.column in groups}
        for field in table.fields:
            if field.group in asked and field.name not in known and field.use == "answer":
                yield question, field


def accepted(path: Path, survey: Survey) -> Survey:
    """Returns the survey as the file now has it: its words noted anew, its new answers added, its columns found again.

    What the definition says itself, such as the labels that are shown, stays as it is. A column that is missing is
    taken to be the one of a similar name where there is exactly one that nothing else is read from.

    Raises:
        FileError: the file cannot be read.
    """
    table = read_table(path, notes=survey.file)
    survey = replace(survey, file=replace(survey.file, renamed=(*survey.file.renamed, *_renamings(table, survey))))
    fields = _fields_by_name(table, survey)
    for question, field in list(_new_answers(table, survey)):
        value = field.option or field.name
        survey = _with_question(
            survey, question.key, Choice(value, value, None, (value,)), ChoiceColumn(field.name, value)
        )
    for said in survey.file.said:
        now = fields.get(said.column)
        survey = _with_labels(survey, said, now) if now is not None else survey
    answers, levels = _new_words(table, survey)
    survey = _with_levels(_with_words(survey, answers), levels)
    said_now = tuple(_said_again(said, fields.get(said.column)) for said in survey.file.said)
    return replace(survey, file=replace(survey.file, said=said_now))


def _new_words(table: FileTable, survey: Survey) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Returns by question, and by dimension, the words in its cells that it does not list; the table is read whole."""
    header = known_names(table.header, survey)
    groups = {name: tuple(map(table.header.index, columns)) for name, columns in table.groups.items()}
    places = groups | {name: (at,) for at, name in enumerate(header)}
    found: dict[str, dict[str, None]] = {}
    asked = [one for one in survey.questions if _lists_its_answers(one)]
    known_of = [one for one in survey.dimensions if one.levels and not one.bands and not one.found]
    levels: dict[str, dict[str, None]] = {}
    wanted = {name: places[name] for one in asked for name in _columns_of(one) if name in places}
    wanted |= {one.column: places[one.column] for one in known_of if one.column in places}
    for stretch in table.stretches:
        cells = cells_by_column(stretch.texts, len(table.header), wanted)
        for one in asked:
            known = {plain(word) for choice in one.choices for word in choice.values} | set(map(plain, one.missing))
            if one.kind != "multiple" and ANY_WORDS in known and not one.columns:
                continue
            for name in _columns_of(one):
                words = dict.fromkeys(plain(cell) for cell in cells.get(name, ()))
                new = {word: None for word in words if word and word not in known}
                found[one.key] = found.get(one.key, {}) | new
        for of in known_of:
            listed = {plain(word) for level in of.levels for word in (level.value, *level.values)}
            listed |= set(map(plain, of.missing))
            words = dict.fromkeys(plain(cell) for cell in cells.get(of.column, ()))
            levels[of.key] = levels.get(of.key, {}) | {word: None for word in words if word and word not in listed}
    return _listed(found), _listed(levels)


def _listed(found: Mapping[str, Mapping[str, None]]) -> dict[str, list[str]]:
    """Returns the words by their keys, without keys that have none."""
    return {key: list(words) for key, words in found.items() if words}


def _lists_its_answers(question: Question) -> bool:
    """Returns whether a cell of the question holds one of listed answers."""
    mentions = any(not of.value for of in question.columns)
    return (
        question.kind != "text" and not question.found and not question.separator and (mentions or not question.columns)
    )


def _columns_of(question: Question) -> list[str]:
    if question.column:
        return [question.column]
    return [of.column for of in question.columns][: None if question.kind == "multiple" else 1]


def _with_words(survey: Survey, found: Mapping[str, Sequence[str]]) -> Survey:
    """Returns the survey with these answers; on a scale of numbers a new number scores itself."""
    for key, words in found.items():
        question = survey.question(key)
        own = question is not None and all(
            choice.score is None or choice.score == number(choice.value) for choice in question.choices
        )
        for word in words:
            score = number(word) if question is not None and question.kind == "scale" and own else None
            survey = _with_question(survey, key, Choice(word, word, score, (word,)))
    return survey


def _with_levels(survey: Survey, found: Mapping[str, Sequence[str]]) -> Survey:
    """Returns the survey with these levels behind those of its dimensions."""
    dimensions = tuple(
        replace(one, levels=(*one.levels, *(Level(word, word, (word,)) for word in found.get(one.key, ()))))
        for one in survey.dimensions
    )
    return replace(survey, dimensions=dimensions)


def _said_again(said: ColumnNote, now: Field | None) -> ColumnNote:
    """Returns what the column says now, as far as the file says anything."""
    return said if now is None else ColumnNote(said.column, now.text or said.text, now.labels or said.labels)


def _with_labels(survey: Survey, said: ColumnNote, now: Field) -> Survey:
    """Returns the survey with the answers that are new to the questions of that column."""
    fresh = [(value, label) for value, label in now.labels if said.labels and value not in dict(said.labels)]
    for question in survey.questions:
        listed = {word for choice in question.choices for word in choice.values} | set(question.missing)
        if question.column == said.column and not question.found:
            for value, label in fresh:
                if value not in listed:
                    survey = _with_question(survey, question.key, Choice(value, label, None, (value,)))
    return survey


def _with_question(survey: Survey, key: str, choice: Choice, column: ChoiceColumn | None = None) -> Survey:
    """Returns the survey, the question of that key with one choice more."""
    questions = tuple(
        replace(one, choices=(*one.choices, choice), columns=(*one.columns, *([column] if column else [])))
        if one.key == key
        else one
        for one in survey.questions
    )
    return replace(survey, questions=questions)


def _renamings(table: FileTable, survey: Survey) -> Iterator[tuple[str, str]]:
    """Yields the new and the old name of each column that seems to have been renamed."""
    header = known_names(table.header, survey)
    named = named_columns(survey)
    free = [name for name in header if name and name not in named]
    for old in named:
        if old not in header and old not in table.groups:
            close = get_close_matches(old, free, n=2, cutoff=_ALIKE)
            if len(close) == 1:
                free.remove(close[0])
                yield close[0], old


def _fields_by_name(table: FileTable, survey: Survey) -> Mapping[str, Field]:
    """Returns the columns by the names that the definition knows them by."""
    return dict(zip(known_names(table.header, survey), table.fields, strict=True))
