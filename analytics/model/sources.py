"""Where a survey's responses come from: files of a tool, or a table of another database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What a file itself says of one of its columns: the wording, and each value with its label, in their order."""

    column: str
    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FileNotes:
    """What a definition knows of the files that its responses come in.

    `tool` is the survey tool that made them. `encoding` is how their text is written where it is neither UTF-8 nor
    UTF-16. `sheet` names the one that is read of a workbook, `separator` what stands between cells, `heading` the line
    of the column names: each where a file alone does not decide it. `decimal` is the mark before decimals where it is a
    comma, in the columns that `numbers` names, or in all. The cells of the columns in `leave_out` are never stored.
    `renamed` pairs the name of a column in newer files with the name that the definition knows it by. `said` holds what
    the file said of its columns when the definition was made, so that a later file that says something else is noticed.
    """

    tool: str | None = None
    encoding: str | None = None
    leave_out: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    said: tuple[Said, ...] = ()
    sheet: str | None = None
    separator: str | None = None
    heading: int | None = None
    decimal: str | None = None
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The table or view of another database that responses are read from, and its column that names each of them.

    The address stands in `url`, or in the environment variable that `url_env` names.
    """

    table: str
    key: str
    url: str | None = None
    url_env: str | None = None
