"""A survey as the TOML text of its definition, laid out for a person to read and change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable, Item, Trivia, Whitespace
from tomlkit.items import Table as TomlTable

from analytics.imports.cells.text import number
from analytics.imports.definition.dimensions import dimensions_of
from analytics.imports.definition.labels import labels_table
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.definition.toml import DefinitionTable
from analytics.model import (
    NO_ANSWER,
    Article,
    Benchmark,
    Choice,
    ChoiceColumn,
    Columns,
    Dimension,
    FileNotes,
    Level,
    Question,
    Survey,
    Target,
    Weighting,
)
from analytics.model.doubts import DoubtMark

_LIST_WIDTH = 100
"""Lists that would be longer than this stand with an entry a line."""


def definition_text(survey: Survey) -> str:
    """Returns the TOML of a definition that is read back as an equal survey.

    Choices and levels that a survey found in its files are left to be found again.

    Example:
        >>> from analytics.imports.definition.survey import parsed_definition
        >>> from pathlib import Path
        >>> move = Question("move", "Move?", "single", "move", (Choice("Yes", "Yes", None, ("Yes",)),))
        >>> survey = Survey("river", "River", "Europe/Paris", (move,))
        >>> parsed_definition(definition_text(survey), file="river.toml", folder=Path()) == survey
        True
    """
    document = tomlkit.document()
    document["survey"] = _table_of(_survey_fields(survey))
    if survey.article is not None:
        document["article"] = _article_table(survey.article)
    if survey.file != FileNotes():
        document["file"] = _file_table(survey.file)
    if survey.source is not None:
        document["source"] = _table_of(asdict(survey.source))
    if survey.columns != Columns():
        own = {"own_clock": survey.columns.own_clock or None, "weight_optional": survey.columns.weight_optional or None}
        document["columns"] = _table_of({**asdict(survey.columns), **own})
    for name, tables in _arrays_of(survey).items():
        if tables:
            document[name] = _array_of_tables(tables)
    if survey.weighting != Weighting():
        document["weighting"] = _table_of(asdict(survey.weighting))
    if survey.targets:
        document["target"] = _array_of_tables(_target_fields(target) for target in survey.targets)
    if survey.benchmarks:
        document["benchmark"] = _array_of_tables(_benchmark_fields(one) for one in survey.benchmarks)
    if survey.labels:
        document["labels"] = _nested(labels_table(survey))
    return tomlkit.dumps(document)


def benchmark_text(benchmark: Benchmark) -> str:
    """Returns the [[benchmark]] of a definition that says what this poll found.

    Example:
        >>> from datetime import date
        >>> poll = Benchmark("move", "Institute", "Move?", date(2025, 5, 1), date(2025, 5, 3), (("Yes", 0.6),))
        >>> print(benchmark_text(poll).splitlines()[0], benchmark_text(poll).splitlines()[-1])
        [[benchmark]] shares = {Yes = 0.6}
    """
    return tomlkit.dumps({"benchmark": _array_of_tables([_benchmark_fields(benchmark)])})


def _survey_fields(survey: Survey) -> dict[str, Any]:
    """Returns what stands under [survey]."""
    fields = {
        "key": survey.key, "title": survey.title, "time_zone": survey.time_zone, "opens": survey.opens,
        "closes": survey.closes, "population": survey.population, "sponsor": survey.sponsor,
        "conducted_by": survey.conducted_by, "mode": survey.mode, "language": survey.language, "frame": survey.frame,
        "simulated": survey.simulated or None,
        "sample": survey.sample if survey.sample != "self-selected" else None,
        "min_base": survey.min_base if survey.min_base != Survey.min_base else None,
    }  # fmt: skip
    return fields


def _arrays_of(survey: Survey) -> dict[str, list[dict[str, Any]]]:
    """Returns the questions, the dimensions that [columns] does not bring by itself, and the events."""
    brought = dimensions_of([], survey.columns, DefinitionTable({}, "", "", []))
    return {
        "question": [_question_fields(question) for question in survey.questions],
        "dimension": [_dimension_fields(one) for one in survey.dimensions if one not in brought],
        "event": [asdict(event) for event in survey.events],
        "doubt": [_doubt_fields(mark) for mark in survey.doubts],
    }


def _doubt_fields(mark: DoubtMark) -> dict[str, Any]:
    """Returns what stands under one [[doubt]]."""
    bounds = {
        name: None if value is None else _plain(value) for name, value in (("below", mark.below), ("least", mark.least))
    }
    return {"column": mark.column, "reason": mark.reason, "values": list(mark.values) or None, **bounds}


def _question_fields(question: Question) -> dict[str, Any]:
    """Returns what stands under one [[question]]."""
    mentions = any(not one.value for one in question.columns)
    columns = [one.column if mentions else _column_entry(question, one) for one in question.columns]
    listed = question.choices and not question.found and (mentions or not question.columns)
    return {
        "key": question.key,
        "column": question.column if question.column != question.key else None,
        "text": question.text,
        "kind": question.kind,
        "choices": _choice_entries(question) if listed else None,
        "columns": columns or None,
        "separator": question.separator,
        "selected": list(question.selected) or None,
        "not_selected": list(question.not_selected) or None,
        "missing": list(question.missing) or None,
        "asked_if": {key: list(words) for key, words in question.asked_if} or None,
        "nets": [_without_blanks(asdict(net)) for net in question.nets] or None,
        "changes": [_without_blanks(asdict(change)) for change in question.changes] or None,
        "wording": question.wording,
    }


def _column_entry(question: Question, column: ChoiceColumn) -> dict[str, Any]:
    """Returns the column of one choice as a definition lists it."""
    choice = question.choice(column.value)
    written = True if choice is not None and ANY_WORDS in choice.values else None
    return {"column": column.column, "value": column.value, "label": _label_of(choice), "any_words": written}


def _dimension_fields(dimension: Dimension) -> dict[str, Any]:
    """Returns what stands under one [[dimension]]; "No answer" is missing anyway."""
    missing = list(dimension.missing)
    missing = missing[:-1] if missing and missing[-1] == NO_ANSWER else missing
    listed = dimension.levels and not dimension.found and not dimension.bands
    return {
        "key": dimension.key,
        "column": dimension.column if dimension.column != dimension.key else None,
        "label": dimension.label if dimension.label != dimension.key.capitalize() else None,
        "bands": [_plain(bound) for bound in dimension.bands] or None,
        "levels": [_option_entry(level) for level in dimension.levels] if listed else None,
        "missing": missing or None,
    }


def _choice_entries(question: Question) -> list[Any]:
    """Returns the choices as a definition lists them; the scores are left out where the values score themselves."""
    entries = [_option_entry(choice) for choice in question.choices]
    scores = [choice.score for choice in question.choices]
    own = [number(choice.value) for choice in question.choices]
    if question.kind == "scale" and None not in scores and scores == own:
        return entries
    return [
        entry if score is None else {**(entry if isinstance(entry, dict) else {"value": entry}), "score": _plain(score)}
        for entry, score in zip(entries, scores, strict=True)
    ]


def _plain(value: float) -> float | int:
    """Returns a number without a point where it is whole."""
    return int(value) if float(value).is_integer() else value


def _option_entry(option: Choice | Level) -> Any:
    """Returns a choice or level without its score.

    Example:
        >>> _option_entry(Level("F", "F", ("F",))), _option_entry(Level("M", "Men", ("M", "m")))
        ('F', {'values': ['M', 'm'], 'label': 'Men'})
    """
    label = _label_of(option)
    if len(option.values) > 1:
        return _without_blanks({"values": list(option.values), "label": label})
    return {"value": option.value, "label": label} if label is not None else option.value


def _label_of(option: Choice | Level | None) -> str | None:
    """Returns the label where it says more than the value."""
    return option.label if option is not None and option.label != option.value else None


def _article_table(article: Article) -> TomlTable:
    """Returns [article], its text written out section by section."""
    fields = {
        "headline": article.headline, "kicker": article.kicker, "credit": article.credit, "url": article.url,
        "published_at": article.published_at, "question": article.question,
    }  # fmt: skip
    table = _table_of(fields)
    if article.sections:
        table["section"] = _array_of_tables(
            {"heading": one.heading, "paragraphs": list(one.paragraphs)} for one in article.sections
        )
    return table


def _file_table(file: FileNotes) -> TomlTable:
    """Returns [file]."""
    table = _table_of(
        {
            "tool": file.tool, "encoding": file.encoding, "sheet": file.sheet, "separator": file.separator,
            "heading": file.heading, "decimal": file.decimal, "numbers": list(file.numbers) or None,
            "unfinished": file.unfinished, "doubled": file.doubled or None,
            "leave_out": list(file.leave_out) or None,
        }
    )  # fmt: skip
    if file.renamed:
        table["renamed"] = _table_of(dict(file.renamed))
    if file.rows_out:
        table["rows_out"] = _table_of({column: list(words) for column, words in file.rows_out})
    if file.rows_unfinished:
        table["rows_unfinished"] = _table_of({column: list(words) for column, words in file.rows_unfinished})
    if file.said:
        table["column"] = _array_of_tables(
            {"name": one.column, "text": one.text or None, "labels": [list(pair) for pair in one.labels] or None}
            for one in file.said
        )
    return table


def _target_fields(target: Target) -> dict[str, Any]:
    """Returns what stands under one [[target]]."""
    single, total = len(target.dimensions) == 1, target.rescaled_from
    written = [(levels, share if total is None else round(share * total, 12)) for levels, share in target.shares]
    shares: Any = {levels[0]: share for levels, share in written}
    return {
        "dimension": target.dimensions[0] if single else list(target.dimensions),
        "source": target.source,
        "year": target.year,
        "shares": shares if single else [[*levels, share] for levels, share in written],
    }


def _benchmark_fields(benchmark: Benchmark) -> dict[str, Any]:
    """Returns what stands under one [[benchmark]]; whether it was added on a page is not part of what it says."""
    fields = {name: value for name, value in vars(benchmark).items() if name != "added"}
    return fields | {"shares": dict(benchmark.shares), "answers": dict(benchmark.answers) or None}


def _without_blanks(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields that say something."""
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in fields.items()
        if value is not None and value != ()
    }


def _table_of(fields: Mapping[str, Any]) -> TomlTable:
    """Returns a TOML table of the fields that say something."""
    table = tomlkit.table()
    for key, value in _without_blanks(fields).items():
        table[key] = _laid_out(value)
    return table


def _nested(fields: Mapping[str, Any]) -> TomlTable:
    """Returns tables inside of tables, each under its own heading, the innermost in a line."""
    table = tomlkit.table(is_super_table=not any(isinstance(value, str) for value in fields.values()))
    for key, value in fields.items():
        is_part = isinstance(value, dict) and any(isinstance(one, dict) for one in value.values())
        table[key] = _nested(value) if is_part else _laid_out(value)
    return table


def _array_of_tables(tables: Iterable[Mapping[str, Any]]) -> Any:
    """Returns an array of tables, each under its own [[heading]]."""
    array = tomlkit.aot()
    for fields in tables:
        array.append(_table_of(fields))
    return array


def _laid_out(value: Any) -> Any:
    """Returns a value as TOML: tables in a line, long lists with an entry a line."""
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        return _array_of(value)
    return value


def _inline(fields: Mapping[str, Any]) -> InlineTable:
    """Returns a table that stands in one line."""
    table = tomlkit.inline_table()
    for key, value in _without_blanks(fields).items():
        table[key] = _laid_out(value)
    return table


def _array_of(items: list[Any]) -> Array:
    """Returns a list, with an entry a line where one line would be too long."""
    parts: list[Item] = []
    for item in items:  # put together at once: each item that is added later has all of them counted anew
        parts += [Whitespace(","), Whitespace(" ")] if parts else []
        parts.append(tomlkit.item(_laid_out(item)))
    array = Array(parts, Trivia())
    return array.multiline(len(array.as_string()) > _LIST_WIDTH)
