"""What a file itself says of its columns, whichever tool wrote it, and one event of a webhook as a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from analytics.language.said import noted
from analytics.model import QuestionKind

PLAIN = noted("a plain table")
ColumnUse = Literal[
    "answer", "response", "respondent", "responded_at", "started_at", "channel", "language", "weight", "personal",
    "metadata", "other",
]  # fmt: skip
"""What a tool says a column is for: "other" holds the own words of those who chose "Other"."""

JOIN = "\n"
"""What joins several answers in a cell: no label of an option has a line break."""


@dataclass(frozen=True)
class Field:
    """One column of a file.

    `name` is what a definition calls it. `text` is the wording where the file has one; `option` is the answer that the
    column stands for among the columns of the same `group`. `labels` pairs each value with its label, in order;
    `missing` holds the values that the file itself calls no answer, `missing_ranges` ranges of such numbers.
    `separator` joins several answers in a cell. `pattern` and `zone` say how its times are written. `tick` is the word
    of a ticked box where the file says so; columns of `mention` hold any answer of their group. `decimal` is the mark
    before the decimals of its amounts, where somebody said so.
    """

    name: str
    text: str = ""
    option: str = ""
    group: str = ""
    use: ColumnUse = "answer"
    kind: QuestionKind | None = None
    labels: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    missing_ranges: tuple[tuple[float, float], ...] = ()
    separator: str | None = None
    pattern: str | None = None
    zone: str | None = None
    tick: str = ""
    mention: bool = False
    decimal: str = ""


def field_of_words(words: Mapping[str, Any]) -> Field:
    """Returns the column that JSON has carried from the process that read its file.

    Example:
        >>> field_of_words({"name": "q1", "labels": [["1", "Yes"]], "missing": ["99"]}).labels
        (('1', 'Yes'),)
    """

    def plain(value: Any) -> Any:
        return tuple(map(plain, value)) if isinstance(value, list) else value

    return Field(**{name: plain(value) for name, value in words.items()})


class NoAnswer(NamedTuple):
    """Which rows a tool itself marks as no answers: those whose cell in `column` is refused, and why.

    Of an `unfinished` response a reader gave a part: a definition says whether that counts. Others, such as previews,
    never do.
    """

    column: str
    refuses: Callable[[str], bool]
    expected: str
    unfinished: bool = False


@dataclass(frozen=True)
class Head:
    """What the first rows of a file say: how many they are, which tool wrote them, and what the columns are."""

    tool: str
    rows: int
    fields: tuple[Field, ...]
    no_answers: tuple[NoAnswer, ...] = ()


def unique_names(names: Iterable[str]) -> list[str]:
    """Returns the names, each made unlike those before it; blank ones stay blank.

    Example:
        >>> unique_names(["Other", "", "Other", ""])
        ['Other', '', 'Other (2)', '']
    """
    taken: Counter[str] = Counter()
    found: list[str] = []
    given: set[str] = set()
    for name in names:
        taken[name] += 1
        fresh = name if taken[name] == 1 or not name else f"{name} ({taken[name]})"
        while fresh and fresh in given:
            taken[name] += 1
            fresh = f"{name} ({taken[name]})"
        found.append(fresh)
        given.add(fresh)
    return found


def named(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Returns the fields with names of their own."""
    names = unique_names(field.name for field in fields)
    return tuple(
        field if field.name == name else Field(**{**vars(field), "name": name})
        for field, name in zip(fields, names, strict=True)
    )


@dataclass(frozen=True)
class ToolEvent:
    """A response as one event has it: the line it starts on, its columns and their cells.

    `refused` says what was found and expected where the event is no response of its own.
    """

    line: int
    fields: tuple[Field, ...]
    cells: Mapping[str, str]
    refused: tuple[str, str] | None = None


def mapping(content: Any) -> Mapping[str, Any]:
    """Returns the JSON where it is an object, else an empty one."""
    return content if isinstance(content, dict) else {}
