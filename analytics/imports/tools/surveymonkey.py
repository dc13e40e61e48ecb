"""SurveyMonkey: a row of questions above a row of options, or everything in one row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analytics.imports.cells.fields import ColumnUse, Field, Head, named, unique_names
from analytics.imports.cells.text import plain_text
from analytics.imports.cells.vocabulary import OTHER

_NAME = "SurveyMonkey"
_PATTERN = "%m/%d/%Y %I:%M:%S %p"
_FIXED: tuple[ColumnUse, ...] = (
    "response", "metadata", "started_at", "responded_at", "personal", "personal", "personal", "personal", "metadata",
)  # fmt: skip
"""What the nine columns are for that stand first in every full export, in whatever language."""

_FIXED_NAMES: dict[str, ColumnUse] = {
    "respondentid": "response", "respondent id": "response", "collector id": "metadata", "start date": "started_at",
    "end date": "responded_at", "ip address": "personal", "email address": "personal", "first name": "personal",
    "last name": "personal", "custom data 1": "metadata", "date created": "started_at", "date modified": "responded_at",
    "startdate": "started_at", "enddate": "responded_at", "anfangsdatum": "started_at", "enddatum": "responded_at",
    "date de début": "started_at", "date de fin": "responded_at", "fecha de inicio": "started_at",
    "fecha de finalización": "responded_at", "data di inizio": "started_at", "data di fine": "responded_at",
    "data de início": "started_at", "data de término": "responded_at", "begindatum": "started_at",
    "einddatum": "responded_at",
}  # fmt: skip
_STAND_IN = re.compile(r"Unnamed: \d+(_level_\d+)?")
_OPEN = frozenset(
    {"open-ended response", "offene antwort", "réponse ouverte", "respuesta abierta", "ответ в свободной форме",
     "antwort in freitextform", "antwort mit offenem ende", "réponse libre", "réponse à développement",
     "respuesta de texto abierto", "risposta aperta", "resposta aberta", "open antwoord", "odpowiedź otwarta"}
)  # fmt: skip
_ONE_COLUMN = _OPEN | {
    "response", "antwort", "réponse", "respuesta", "risposta", "resposta", "ответ", "antwoord", "odpowiedź"
}  # fmt: skip


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of SurveyMonkey says in its first rows, None where these are another's.

    Example:
        >>> found = head([["RespondentID", "Age", "", "Why?"], ["", "< 30", "30+", "Open-Ended Response"]])
        >>> found.rows, [field.name for field in found.fields]
        (2, ['RespondentID', 'Age [< 30]', 'Age [30+]', 'Why?'])
    """
    rows = [[_without_stand_in(cell) for cell in rows[0]], *rows[1:]]
    if _has_two_rows(rows):
        return Head(_NAME, 2, _two_row_fields(rows[0], rows[1], _leading(rows[1]), _are_fixed(rows)))
    if _has_answers_only(rows):
        return Head(_NAME, 2, _two_row_fields(rows[0], rows[1], 0, places=False))
    if rows[0][0].casefold() in ("respondentid", "respondent id"):
        if not all(rows[0]):
            return Head(_NAME, 1, _one_row_fields(rows))
        return Head(_NAME, 1, named([Field(name, use=_use_of(name), pattern=_PATTERN) for name in rows[0]]))
    return None


def _without_stand_in(name: str) -> str:
    """Returns the heading, "" where a program wrote a name of its own into an empty one.

    Example:
        >>> _without_stand_in("Unnamed: 10"), _without_stand_in("Unnamed: 4_level_0"), _without_stand_in("Age")
        ('', '', 'Age')
    """
    return "" if _STAND_IN.fullmatch(name) else name


def _has_two_rows(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the second row holds options: nothing under the id, something under every question.

    Example:
        >>> head = ["Respondent ID", "Which?", "", "How likely?", "Why?"]
        >>> _has_two_rows([head, ["", "Radio", "TV", "", "Open-Ended Response"]])
        True
        >>> _has_two_rows([head, ["", "Radio", "", "", "Open-Ended Response"]])
        False
    """
    if len(rows) < 2 or len(rows[0]) != len(rows[1]) or not rows[0][0] or rows[1][0]:
        return False
    first = _leading(rows[1])
    under = list(zip(rows[0], rows[1], strict=True))[first:]
    if not under or not under[0][0] or not all(rows[0][:first]):
        return False
    if all(option for _, option in under):
        return any(not question or option.casefold() in _ONE_COLUMN for question, option in under)
    # Nothing may stand under a question of one column, where the tool's own words stand under another.
    alone = [bool(question) and bool(after) for (question, _), (after, _) in pairwise([*under, ("end", "")])]
    named_so = any(option.casefold() in _ONE_COLUMN for _, option in under)
    return named_so and all(option or one for (_, option), one in zip(under, alone, strict=True))


def _has_answers_only(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether both rows are there but the columns about the respondent were cut off.

    Something stands under every question, "Response" under those of one column, and no row of answers says the same.

    Example:
        >>> _has_answers_only([["How often?", "Which?", ""], ["Response", "Radio", "TV"], ["Daily", "Radio", ""]])
        True
    """
    if len(rows) < 3 or len(rows[0]) != len(rows[1]) or not rows[0][0] or not all(rows[1]):
        return False
    alone = [place for place, option in enumerate(rows[1]) if option.casefold() in _ONE_COLUMN]
    if not alone or not all(rows[0][place] for place in alone):
        return False
    return all(row[place] != rows[1][place] for row in rows[2:] for place in alone if place < len(row))


def _one_row_fields(rows: Sequence[Sequence[str]]) -> tuple[Field, ...]:
    """Returns the columns where the second row was deleted: what each box holds is its option.

    The last box of a question may hold what readers wrote under "Other". Where more columns of a question hold several
    words they are the rows of a grid, whose names are gone: these are numbered.
    """
    names, below = rows[0], rows[1:]
    held = [
        list(dict.fromkeys(row[place] for row in below if place < len(row) and row[place]))
        for place in range(len(names))
    ]
    parts: list[list[int]] = []
    for place, name in enumerate(names):
        if name or not parts:
            parts.append([])
        parts[-1].append(place)
    fields: list[Field] = []
    for places in parts:
        question = plain_text(names[places[0]])
        if len(places) == 1 or not question:
            fields += [Field(plain_text(names[at]), use=_use_of(names[at]), pattern=_PATTERN) for at in places]
            continue
        are_boxes = all(len(held[at]) <= 1 for at in places[:-1])
        for row, at in enumerate(places, start=1):
            option = plain_text(held[at][0]) if held[at] else f"column {at + 1}"
            if not are_boxes:
                option = f"row {row}"
            elif len(held[at]) > 1:
                option = "Other"
            fields.append(Field(f"{question} [{option}]", question, option, group=question))
    return named(fields)


def _leading(options: Sequence[str]) -> int:
    """Returns how many columns stand before the first that has an option."""
    return next((place for place, option in enumerate(options) if option), len(options))


def _are_fixed(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the nine columns about the respondent stand first: numbers are in the third and the fourth.

    Example:
        >>> nine, blank = ["ID", *(f"Rate it [{row}]" for row in "abcdefgh"), "Which?"], [*[""] * 9, "TV"]
        >>> _are_fixed([nine, blank, ["1", "", "Good", "Bad", *[""] * 6]])
        False
        >>> _are_fixed([nine, blank, ["1", "7", "05/01/2024", "05/01/2024", *[""] * 6]])
        True
    """
    times = [row[place] for row in rows[2:] for place in (2, 3) if place < len(row) and row[place].strip()]
    return _leading(rows[1]) >= len(_FIXED) and all(any(sign.isdigit() for sign in cell) for cell in times)


def _two_row_fields(questions: Sequence[str], options: Sequence[str], first: int, places: bool) -> tuple[Field, ...]:
    """Returns the columns, those of one question under its name; `first` is the place of the first question.

    Where `places`, the columns about the respondent are known by their places.
    """
    fields = [_fixed_field(place, name, places) for place, name in enumerate(questions[:first])]
    groups: list[list[str]] = []
    for question, option in zip(questions[first:], options[first:], strict=True):
        if question or not groups:
            groups.append([question])
        groups[-1].append(option)
    names = unique_names(plain_text(group[0]) for group in groups)
    for name, group in zip(names, groups, strict=True):
        fields += _question_fields(name, group[1:])
    return named(fields)


def _question_fields(text: str, options: Sequence[str]) -> list[Field]:
    """Returns the columns of one question."""
    several = sum(option.casefold() not in _ONE_COLUMN and not OTHER.match(option) for option in options) > 1
    fields = []
    for option in map(plain_text, options):
        if option.casefold() in _ONE_COLUMN or len(options) == 1:
            fields.append(Field(text, text, kind="text" if option.casefold() in _OPEN else None))
        elif OTHER.match(option) and not several:
            fields.append(Field(f"{text} [{option}]", text, option, use="other"))
        else:
            fields.append(Field(f"{text} [{option}]", text, option, group=text))
    return fields


def _fixed_field(place: int, name: str, places: bool) -> Field:
    """Returns one of the columns before the questions: by its place where all nine are there, else by its name."""
    by_place = _FIXED[min(place, len(_FIXED) - 1)] if places else None
    by_name = _use_of(name)
    numbers = place == 0 and by_name == "answer"  # where some of these columns were cut off, the first is not always it
    return Field(name, use=by_place or ("response" if numbers else by_name), pattern=_PATTERN)


def _use_of(name: str) -> ColumnUse:
    """Returns what a column of that name is for."""
    return _FIXED_NAMES.get(name.casefold(), "answer")
