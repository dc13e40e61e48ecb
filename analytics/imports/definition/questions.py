"""The `[[question]]` tables of a survey definition, with what was not asked in the same way throughout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from analytics.imports.definition.choices import choices_of, refuse_repeats
from analytics.imports.definition.sizes import conditions_deep
from analytics.imports.definition.toml import (
    DefinitionTable,
    flag,
    inner,
    items_of,
    known_only,
    listed,
    moment,
    nearest,
    refuse,
    required_text,
    text,
    texts,
    word_of,
)
from analytics.language import said
from analytics.language.said import spoken
from analytics.limits import CONDITIONS_DEEP
from analytics.model import Change, Choice, ChoiceColumn, Dimension, Net, Question, QuestionKind

_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
_KNOWN = (
    "key", "column", "text", "kind", "choices", "missing", "asked_if", "nets",
    "separator", "columns", "selected", "not_selected", "changes", "wording",
)  # fmt: skip
_KINDS_WITH: dict[str, tuple[QuestionKind, ...]] = {
    "choices": ("single", "multiple", "scale"),
    "nets": ("single", "scale"),
    "separator": ("single", "multiple"),
    "columns": ("single", "multiple", "scale"),
    "selected": ("multiple",),
    "not_selected": ("multiple",),
    "changes": ("single", "multiple", "scale"),
    "wording": ("single", "multiple", "scale"),
}
ANY_WORDS = "*"
"""Among the spellings of a choice that has a column of its own: whatever readers wrote there is a tick."""

_WHATS: tuple[Literal["wording", "options", "placement"], ...] = ("wording", "options", "placement")


def questions_of(tables: Sequence[DefinitionTable], zone: ZoneInfo) -> tuple[Question, ...]:
    """Returns the questions in the order of the file, their references to each other checked.

    Example:
        >>> fields = {"key": "move", "kind": "text", "text": "Why?"}
        >>> table = DefinitionTable(fields, "survey.toml", "[[question]] 1", [])
        >>> questions_of([table], ZoneInfo("UTC"))[0].column
        'move'
    """
    questions = tuple(_question(table, zone) for table in tables)
    for table, question in zip(tables, questions, strict=True):
        _check_asked_if(table, question, questions)
    _refuse_deep(tables, questions)
    return questions


def _refuse_deep(tables: Sequence[DefinitionTable], questions: Sequence[Question]) -> None:
    """Refuses questions that hang on each other in too long a chain, or in a circle."""
    chain = conditions_deep(questions)
    if chain:
        table = next(table for table, question in zip(tables, questions, strict=True) if question.key == chain[0])
        found = spoken("asked_if that leads on and on: {words}", words=" -> ".join(map(repr, chain)))
        refuse(
            table, found, spoken("at most {most} questions in a row, the last asked of everybody", most=CONDITIONS_DEEP)
        )


def _question(table: DefinitionTable, zone: ZoneInfo) -> Question:
    known_only(table, _KNOWN)
    key = required_text(table, "key", spoken("a short name of letters, digits, '_' and '-'"))
    kind = word_of(table, "kind", _KINDS)
    if "kind" not in table.fields:
        refuse(table, spoken("no kind"), spoken("one of {kinds}", kinds=listed(_KINDS)))
    _refuse_what_the_kind_has_not(table, kind)
    columns, choices = _columns_and_choices(table, kind)
    missing = texts(table, "missing")
    refuse_repeats(table, choices, missing, "choices")
    selected, not_selected = _ticks(table, missing)
    return Question(
        key=key,
        text=required_text(table, "text", spoken("the exact wording")),
        kind=kind or "single",
        column=None if "columns" in table.fields else text(table, "column") or key,
        choices=choices,
        found=kind != "text" and "choices" not in table.fields and "columns" not in table.fields,
        missing=missing,
        asked_if=_asked_if(table),
        nets=_nets(table, choices),
        separator=text(table, "separator", empty=True),
        columns=columns,
        selected=selected,
        not_selected=not_selected,
        changes=_changes_of(table, zone),
        wording=text(table, "wording"),
    )


def _refuse_what_the_kind_has_not(table: DefinitionTable, kind: QuestionKind | None) -> None:
    """Refuses keys that mean nothing for the kind, and a multiple question that lies nowhere or in two ways."""
    for key, kinds in _KINDS_WITH.items():
        if kind is not None and key in table.fields and kind not in kinds:
            why = spoken(": the sums cannot give differences between two ticked choices") if kind == "multiple" else ""
            refuse(
                table,
                spoken("{key} on a {kind} question", key=key, kind=kind),
                spoken("{key} on {kinds} questions only{why}", key=key, kinds=said.listed(list(kinds)), why=why),
            )
    if kind in ("single", "scale") and "columns" in table.fields:
        _refuse_unlike_written(table)
    if kind != "multiple":
        return
    if "columns" in table.fields:
        holding = _holds_mentions(table)
        barred = ("column", "separator", *(("selected", "not_selected") if holding else ("choices",)))
        for key in [key for key in barred if key in table.fields]:
            refuse(
                table,
                spoken("both columns and {key}", key=key),
                spoken("columns alone, or a column with its separator"),
            )
        if holding and "choices" not in table.fields:
            refuse(
                table,
                spoken("columns of mentions without choices"),
                spoken("the choices that any of these columns may hold"),
            )
        return
    if not table.fields.get("separator"):
        found = spoken("an empty separator") if "separator" in table.fields else spoken("neither separator nor columns")
        refuse(
            table,
            spoken("{found} on a multiple question", found=found),
            spoken("what joins the answers of its column, or columns"),
        )
    for key in [key for key in ("selected", "not_selected") if key in table.fields]:
        refuse(
            table,
            spoken("{key} without columns", key=key),
            spoken("{key} only where each choice has a column of its own", key=key),
        )


def _refuse_unlike_written(table: DefinitionTable) -> None:
    """Refuses columns of a question with one answer that are no names, or whose answers are not listed."""
    for key in [key for key in ("column", "separator") if key in table.fields]:
        refuse(
            table, spoken("both columns and {key}", key=key), spoken("columns alone, or a column with its separator")
        )
    if not _holds_mentions(table) or "choices" not in table.fields:
        refuse(
            table,
            spoken("columns of a single question without names or choices"),
            spoken("the column of the answer, the one beside it, and the choices"),
        )


def _holds_mentions(table: DefinitionTable) -> bool:
    """Returns whether the columns are bare names: each of them then holds any one of the choices.

    Example:
        >>> _holds_mentions(DefinitionTable({"columns": ["first", "second"]}, "survey.toml", "[[question]] 1", []))
        True
    """
    columns = table.fields.get("columns")
    return isinstance(columns, list) and bool(columns) and all(isinstance(name, str) for name in columns)


def _columns_and_choices(
    table: DefinitionTable, kind: QuestionKind | None
) -> tuple[tuple[ChoiceColumn, ...], tuple[Choice, ...]]:
    """Returns the columns of a question that has several, and its choices."""
    if "columns" not in table.fields:
        return (), choices_of(table, kind)
    if not _holds_mentions(table):
        return _columns(table)
    names = texts(table, "columns")
    _refuse_twice(table, names)
    return tuple(ChoiceColumn(name, "") for name in names), choices_of(table, kind)


def _refuse_twice(table: DefinitionTable, names: Sequence[str]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        refuse(table, spoken("the column '{name}' twice", name=name), spoken("a column of its own for each choice"))


def _columns(table: DefinitionTable) -> tuple[tuple[ChoiceColumn, ...], tuple[Choice, ...]]:
    """Returns the columns of a multiple question, and the choices that they stand for."""
    items = [inner(table, item, f"columns {place}") for place, item in enumerate(items_of(table, "columns"), start=1)]
    if table.fields["columns"] == []:
        refuse(table, "columns = []", spoken("a column for each choice"))
    pairs = [_column(item) for item in items if item is not None]
    _refuse_twice(table, [column.column for column, _ in pairs if column.column])
    return tuple(column for column, _ in pairs), tuple(choice for _, choice in pairs)


def _column(table: DefinitionTable) -> tuple[ChoiceColumn, Choice]:
    known_only(table, ("column", "value", "label", "any_words"))
    column = required_text(table, "column", spoken("the column that says whether the choice was ticked"))
    value = required_text(table, "value", spoken("the choice that it stands for"))
    words = (value, ANY_WORDS) if flag(table, "any_words") else (value,)
    return ChoiceColumn(column, value), Choice(value, text(table, "label") or value, None, words)


def _ticks(table: DefinitionTable, missing: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the words of `selected` and `not_selected`, which share none with each other or with `missing`."""
    selected, not_selected = texts(table, "selected"), texts(table, "not_selected")
    for one, other, words, others in (
        ("selected", "not_selected", selected, not_selected),
        ("selected", "missing", selected, missing),
        ("not_selected", "missing", not_selected, missing),
    ):
        for word in words:
            if word in others:
                refuse(
                    table,
                    spoken("'{word}' under both {one} and {other}", word=word, one=one, other=other),
                    spoken("it under one of them"),
                )
    return selected, not_selected


def _nets(table: DefinitionTable, choices: Sequence[Choice]) -> tuple[Net, ...]:
    items = [inner(table, item, f"nets {place}") for place, item in enumerate(items_of(table, "nets"), start=1)]
    nets = tuple(_net(item, choices) for item in items if item is not None)
    keys = [net.key for net in nets if net.key]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        refuse(table, spoken("two nets with the key '{key}'", key=key), spoken("a key of its own for each"))
    return nets


def _net(table: DefinitionTable, choices: Sequence[Choice]) -> Net:
    known_only(table, ("key", "label", "plus", "minus"))
    key, plus, minus = required_text(table, "key", spoken("a short name")), texts(table, "plus"), texts(table, "minus")
    if table.fields.get("plus", []) == []:
        refuse(table, spoken("no choices under plus"), spoken("at least one"))
    for value in sorted(set(plus) & set(minus)):
        refuse(table, spoken("'{value}' under both plus and minus", value=value), spoken("it under one of them"))
    _refuse_unknown(table, (*plus, *minus), choices)
    return Net(key, text(table, "label") or key.capitalize(), plus, minus)


def _asked_if(table: DefinitionTable) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns the conditions as written: they are checked once every question is known."""
    content = inner(table, table.fields["asked_if"], "asked_if") if "asked_if" in table.fields else None
    return () if content is None else tuple((key, texts(content, key)) for key in content.fields)


def _check_asked_if(table: DefinitionTable, question: Question, questions: Sequence[Question]) -> None:
    """Refuses conditions on questions or answers that there are not."""
    others = {other.key: other for other in questions if other is not question and other.kind != "text"}
    for key, values in question.asked_if:
        if key not in others:
            refuse(
                table,
                spoken("asked_if with '{key}'", key=key),
                spoken("another question that has choices: {nearest}", nearest=nearest(key, others)),
            )
        elif not values:
            refuse(table, spoken("asked_if with no answers to '{key}'", key=key), spoken("at least one"))
        else:
            _refuse_unknown(table, values, others[key].choices)


def _refuse_unknown(table: DefinitionTable, values: Sequence[str], choices: Sequence[Choice]) -> None:
    """Refuses values that are no choice's; where no choices are listed they cannot be told."""
    known = [choice.value for choice in choices]
    for value in values if known else ():
        if value not in known:
            refuse(table, f"'{value}'", spoken("the value of a choice: {nearest}", nearest=nearest(value, known)))


def _changes_of(table: DefinitionTable, zone: ZoneInfo) -> tuple[Change, ...]:
    """Returns the changes of a question as written.

    Example:
        >>> fields = {"changes": [{"wave": "12", "what": "options"}]}
        >>> _changes_of(DefinitionTable(fields, "survey.toml", "[[question]] 1", []), ZoneInfo("UTC"))[0].wave
        '12'
    """
    items = [inner(table, item, f"changes {place}") for place, item in enumerate(items_of(table, "changes"), start=1)]
    return tuple(_change(item, zone) for item in items if item is not None)


def check_changes(
    tables: Sequence[DefinitionTable], questions: Sequence[Question], dimensions: Sequence[Dimension]
) -> None:
    """Refuses changes from waves, and wordings told by dimensions, that there are not."""
    known = {dimension.key: dimension for dimension in dimensions}
    waves = known.get("wave")
    for table, question in zip(tables, questions, strict=True):
        if question.wording is not None and question.wording not in known:
            refuse(
                table,
                f"wording = '{question.wording}'",
                spoken("the key of a dimension: {nearest}", nearest=nearest(question.wording, known)),
            )
        for wave in [change.wave for change in question.changes if change.wave is not None]:
            if waves is None:
                refuse(
                    table,
                    spoken("a change from wave '{wave}' in a survey without waves", wave=wave),
                    spoken("a wave column under [columns]"),
                )
            elif waves.levels and waves.level(wave) is None:
                refuse(
                    table,
                    spoken("a change from wave '{wave}'", wave=wave),
                    nearest(wave, [level.value for level in waves.levels]),
                )


def _change(table: DefinitionTable, zone: ZoneInfo) -> Change:
    known_only(table, ("at", "wave", "what", "note"))
    what, at, wave = word_of(table, "what", _WHATS), moment(table, "at", zone), text(table, "wave")
    if "what" not in table.fields:
        refuse(table, spoken("no what"), spoken("what changed, one of {words}", words=listed(_WHATS)))
    if ("at" in table.fields) == ("wave" in table.fields):
        found = spoken("both at and wave") if "at" in table.fields else spoken("neither at nor wave")
        refuse(table, found, spoken("at, the time of the change, or wave, the first wave that was asked otherwise"))
    return Change(what or "wording", at, wave, text(table, "note"))
