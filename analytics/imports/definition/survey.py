"""Survey definitions: one TOML file that says what the columns of a file of responses mean, with its smaller tables."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from analytics import limits
from analytics.errors import DefinitionError, FileError, one_sentence_each
from analytics.imports.articles.article import read_article
from analytics.imports.definition.benchmarks import benchmarks_of
from analytics.imports.definition.dimensions import dimensions_of
from analytics.imports.definition.labels import labelled
from analytics.imports.definition.questions import check_changes, questions_of
from analytics.imports.definition.sizes import refuse_long_keys, refuse_oversized
from analytics.imports.definition.toml import (
    DefinitionTable,
    array,
    day,
    flag,
    inner,
    items_of,
    known_only,
    moment,
    number,
    refuse,
    required_text,
    section,
    shown,
    text,
    texts,
    whole,
    word_of,
)
from analytics.imports.definition.weighting import targets_of, weighting_of
from analytics.imports.reading.foreign import toml_words
from analytics.language.said import spoken
from analytics.model import Article, ColumnNote, Columns, Dimension, Event, FileNotes, Question, Section, Source, Survey
from analytics.model.access import LEAST_MIN_BASE
from analytics.model.doubts import TOOL_REASONS, DoubtMark
from analytics.model.sampling import SAMPLES
from analytics.model.surveys import SECRET_IN_URL, holds_secret

MOST_FAULTS = 50
"""So many faults of a definition are told of at once."""
_SECTIONS = (
    "survey", "article", "file", "source", "columns", "question", "dimension", "event", "weighting", "target",
    "benchmark", "doubt", "labels",
)  # fmt: skip
_SURVEY_KEYS = (
    "key", "title", "time_zone", "opens", "closes", "population", "sponsor", "conducted_by", "mode", "language",
    "frame", "simulated", "sample", "min_base",
)  # fmt: skip
_DECIMAL_MARKS = (".", ",")
_UNFINISHED: tuple[Literal["left-out", "counted"], ...] = ("left-out", "counted")
_EVENT_KINDS: tuple[Literal["published", "updated", "news", "push"], ...] = ("published", "updated", "news", "push")
ROW_WORDS = (
    "question", "statistic", "choice", "choice_label", "period", "weights", "base_n", "weighted_base", "effective_n",
    "deff", "count", "share", "value", "se", "low", "high", "suppressed", "reason", "since", "until",
)  # fmt: skip
"""The words that result rows and addresses use for themselves, so that no dimension's column may be called so."""

_KEY = re.compile(r"[A-Za-z0-9_-]+")
_KNOWN = ("headline", "kicker", "url", "published_at", "credit", "body", "question", "section")


def read_definition(path: Path) -> Survey:
    """Returns the survey that a TOML file defines; the article's body is read from beside it.

    Raises: DefinitionError, listing every fault of the file, a line each.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "survey.toml")
        ...     _ = path.write_text("[survey]\\nkey = 'river'\\ntitle = 'River'\\ntime_zone = 'Europe/Paris'\\n"
        ...         "[[question]]\\nkey = 'move'\\ntext = 'Move?'\\nkind = 'single'\\nchoices = ['Yes', 'No']\\n")
        ...     survey = read_definition(path)
        >>> survey.question("move").choice("No")
        Choice(value='No', label='No', score=None, values=('No',))
    """
    try:
        with path.open("rb") as file:
            content = file.read(limits.DEFINITION_BYTES + 1)
        text = content.decode("utf-8-sig") if len(content) <= limits.DEFINITION_BYTES else None
    except OSError as error:
        found = spoken(
            "no file that can be read, expected a survey definition: {reason}, {path}", reason=error.strerror, path=path
        )
    except UnicodeDecodeError as error:
        found = spoken("byte {start} to be no UTF-8, expected a TOML file in UTF-8", start=error.start + 1)
    else:
        if text is not None:
            return parsed_definition(text, file=path.name, folder=path.parent)
        found = spoken(
            "more than {most} MB, expected a definition of at most that: is it the answers?",
            most=limits.DEFINITION_BYTES >> 20,
        )
    raise DefinitionError(spoken("{name}: found {found}", name=path.name, found=found))


def parsed_definition(text: str, *, file: str, folder: Path) -> Survey:
    """Returns the survey that a TOML text defines.

    Args:
        file: what messages call the text.
        folder: where the article's body lies.

    Raises: DefinitionError, listing every fault of the text, a line each.
    """
    refuse_long_keys(text, file)
    try:
        root = DefinitionTable(tomllib.loads(text), file, "", [])
    except (ValueError, RecursionError) as error:
        raise DefinitionError(
            spoken(
                "{file}: found no valid TOML, expected a survey definition: {error}", file=file, error=toml_words(error)
            )
        ) from error
    refuse_oversized(root)
    survey = _survey(root, folder) if not root.faults else None
    if survey is None or root.faults:
        raise DefinitionError(_said_of(root.faults))
    return survey


def _said_of(faults: Sequence[str]) -> str:
    """The faults, a line each, the first of many; what no screen shows is written out, and turns no screen round.

    Example:
        >>> _said_of(["a" + chr(27) + "[2Jb"] * (MOST_FAULTS + 2)).splitlines()[-2:]
        ['a\\\\x1b[2Jb', 'and 2 more faults of this kind or another: mend these first']
    """
    lines = [
        "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in fault)
        for fault in faults[:MOST_FAULTS]
    ]
    more = len(faults) - MOST_FAULTS
    return one_sentence_each(
        [
            *lines,
            *([spoken("and {count} more faults of this kind or another: mend these first", count=more)] * (more > 0)),
        ]
    )


def _survey(root: DefinitionTable, folder: Path) -> Survey:
    known_only(root, _SECTIONS)
    table = section(root, "survey")
    if "survey" not in root.fields:
        refuse(root, spoken("no [survey]"), spoken("one with key, title and time_zone"))
    table = table or DefinitionTable({"key": "-", "title": "-", "time_zone": "UTC"}, root.file, "[survey]", root.faults)
    known_only(table, _SURVEY_KEYS)
    zone = _zone(table)
    columns = _columns(root)
    source = _source_of(root, columns)
    if source is not None:
        columns = replace(columns, response=source.key)
    questions, dimensions = _questions_and_dimensions(root, columns, zone)
    survey = _with_dates(
        table,
        Survey(
            key=_survey_key(table),
            title=required_text(table, "title", spoken("the survey's name for people")),
            time_zone=zone.key,
            questions=questions,
            dimensions=dimensions,
            columns=columns,
            article=_article_of(root, folder, zone),
            events=tuple(_event(event, zone) for event in array(root, "event")),
            weighting=weighting_of(root, dimensions),
            targets=targets_of(array(root, "target"), dimensions),
            benchmarks=benchmarks_of(array(root, "benchmark"), questions),
            file=_file_notes_of(root),
            source=source,
            doubts=tuple(_doubt(table) for table in array(root, "doubt")),
        ),
    )
    return labelled(root, survey)


def _doubt(table: DefinitionTable) -> DoubtMark:
    """What a column says that the survey tool keeps about responses it doubts."""
    known_only(table, ["column", "reason", "values", "below", "least"])
    mark = DoubtMark(
        required_text(table, "column", spoken("the column in which the tool says what it doubts")),
        word_of(table, "reason", TOOL_REASONS) or "marked",
        texts(table, "values"), number(table, "below"), number(table, "least"),
    )  # fmt: skip
    if not mark.values and mark.below is None and mark.least is None:
        refuse(table, spoken("neither values, below nor least"), spoken("which cells are doubted"))
    return mark


def _questions_and_dimensions(
    root: DefinitionTable, columns: Columns, zone: ZoneInfo
) -> tuple[tuple[Question, ...], tuple[Dimension, ...]]:
    question_tables, dimension_tables = array(root, "question"), array(root, "dimension")
    if not root.fields.get("question", []):
        refuse(root, spoken("no [[question]]"), spoken("at least one"))
    questions = questions_of(question_tables, zone)
    dimensions = dimensions_of(dimension_tables, columns, root)
    check_changes(question_tables, questions, dimensions)
    keys = [question.key for question in questions] + [dimension.key for dimension in dimensions]
    tables = chain(question_tables, dimension_tables, repeat(replace(root, place="[columns]")))
    _check_keys(zip(tables, keys, strict=False))
    return questions, dimensions


def _with_dates(table: DefinitionTable, survey: Survey) -> Survey:
    """Returns the survey with what else its table says of it, dates among it."""
    opens, closes = day(table, "opens"), day(table, "closes")
    if opens is not None and closes is not None and closes < opens:
        refuse(
            table,
            spoken("closes = {closes} before opens = {opens}", closes=str(closes), opens=str(opens)),
            spoken("a last day not before the first"),
        )
    return replace(
        survey,
        opens=opens,
        closes=closes,
        population=text(table, "population"),
        sponsor=text(table, "sponsor"),
        conducted_by=text(table, "conducted_by"),
        mode=text(table, "mode"),
        language=text(table, "language"),
        frame=text(table, "frame"),
        simulated=flag(table, "simulated"),
        sample=word_of(table, "sample", SAMPLES) or survey.sample,
        min_base=whole(table, "min_base", least=LEAST_MIN_BASE, most=limits.MOST_MIN_BASE, such_as=30)
        or survey.min_base,
    )


def _zone(table: DefinitionTable) -> ZoneInfo:
    """Returns the survey's time zone; UTC stands in for one that is refused."""
    name = required_text(table, "time_zone", spoken('the zone of its hours and days, such as "Europe/Berlin"'))
    # only the listed names: the database also has folders, and copies of every zone under other paths
    if not name or name in _zones():
        return ZoneInfo(name or "UTC")
    close = get_close_matches(name, _zones(), n=1) or ["Europe/Berlin"]
    refuse(table, f"time_zone = {shown(name)}", spoken("a zone of the IANA database such as '{name}'", name=close[0]))
    return ZoneInfo("UTC")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _survey_key(table: DefinitionTable) -> str:
    key = required_text(table, "key", spoken("a short name of letters, digits, '_' and '-'"))
    _check_key(table, key)
    return key


def _check_keys(keyed: Iterable[tuple[DefinitionTable, str]]) -> None:
    """Refuses keys of questions and dimensions that cannot be the name of a column, or that stand for two things."""
    first: dict[str, str] = {}
    for table, key in keyed:
        _check_key(table, key)
        if key in ROW_WORDS:
            refuse(
                table,
                spoken("the key '{key}', which result rows use for something else", key=key),
                spoken("another key"),
            )
        if key and first.setdefault(key, table.place) != table.place:
            refuse(
                table,
                spoken("the key '{key}', which {other} has already", key=key, other=first[key]),
                spoken("a key of its own"),
            )


def _check_key(table: DefinitionTable, key: str) -> None:
    if key and not _KEY.fullmatch(key):
        refuse(table, spoken("the key {key}", key=shown(key)), spoken("letters from a to z, digits, '_' and '-' only"))


COLUMN_WORDS = ("comment_missing", "consent_given")
"""What stands under [columns] and names no column, but words in one."""

_COLUMN_FLAGS = ("own_clock", "weight_optional")


def _columns(root: DefinitionTable) -> Columns:
    table = section(root, "columns")
    if table is None:
        return Columns()
    names = [field.name for field in fields(Columns) if field.name not in (*COLUMN_WORDS, *_COLUMN_FLAGS)]
    known_only(table, [*names, *COLUMN_WORDS, *_COLUMN_FLAGS])
    named = {name: text(table, name) for name in names}
    words = {name: texts(table, name) for name in COLUMN_WORDS}
    columns = Columns(
        **named,
        own_clock=flag(table, "own_clock"),
        weight_optional=flag(table, "weight_optional"),
        comment_missing=words["comment_missing"],
        consent_given=words["consent_given"],
    )
    if columns.consent_given and columns.consent is None:
        refuse(
            table, spoken("consent_given without consent"), spoken("the column that says what each writer agreed to")
        )
    if columns.responded_at_format is not None and columns.responded_at is None:
        refuse(
            table,
            spoken("responded_at_format without responded_at"),
            spoken("the column that is written in that format"),
        )
    if columns.responded_at_format is not None and not _is_pattern(columns.responded_at_format):
        found = f"responded_at_format = {shown(columns.responded_at_format)}"
        refuse(table, found, spoken("directives such as '%Y-%m-%d %H:%M:%S', each of them once"))
    return columns


_DIRECTIVE = re.compile("%(.)")
_DIRECTIVES = frozenset("dmyYHIMSfpbBaAjzZ")
_LONGEST_PATTERN = 100


def _is_pattern(text: str) -> bool:
    """Whether times can be read by the directives of a text, each of which may stand there once.

    Where times are written in several ways, bars part the ways.

    Example:
        >>> [_is_pattern(text) for text in ("%d.%m.%Y %H:%M", "%d %d", "%q", "%", "100 %% on %Y")]
        [True, False, False, False, True]
        >>> _is_pattern("%d.%m.%Y|%Y-%m-%d"), _is_pattern("%d.%m.%Y|")
        (True, False)
    """
    if "|" in text:
        return all(one and _is_pattern(one) for one in text.split("|"))
    rest = text.replace("%%", "")
    found = _DIRECTIVE.findall(rest)
    sound = len(found) == rest.count("%") == len({*found}) and {*found} <= _DIRECTIVES
    return len(text) <= _LONGEST_PATTERN and (sound or text in ("excel", "unix"))


def _event(table: DefinitionTable, zone: ZoneInfo) -> Event:
    known_only(table, ("at", "label", "kind"))
    at = moment(table, "at", zone)
    if "at" not in table.fields:
        refuse(table, spoken("no at"), spoken("when it happened, such as 2025-05-19T16:00:00"))
    return Event(
        at=at or datetime.min.replace(tzinfo=zone),
        label=required_text(table, "label", spoken("what happened, in a few words")),
        kind=word_of(table, "kind", _EVENT_KINDS) or "news",
    )


def _article_of(root: DefinitionTable, folder: Path, zone: ZoneInfo) -> Article | None:
    """Returns the article, what the definition says of it put before what its body file says."""
    table = section(root, "article")
    if table is None:
        return None
    known_only(table, _KNOWN)
    body = _body(table, folder)
    if "body" not in table.fields and "headline" not in table.fields:
        refuse(
            table, spoken("neither headline nor body"), spoken("a headline, or as body the name of the article's file")
        )
    if "body" in table.fields and "section" in table.fields:
        refuse(table, spoken("both body and section"), spoken("the article's text in one place"))
    url = text(table, "url", empty=True)
    if url and not url.startswith(("https://", "http://")):
        refuse(table, f"url = {shown(url)}", spoken("an address that starts with https:// or http://"))
    return replace(
        body,
        headline=text(table, "headline") or body.headline,
        kicker=(text(table, "kicker", empty=True) or None) if "kicker" in table.fields else body.kicker,
        credit=(text(table, "credit", empty=True) or None) if "credit" in table.fields else body.credit,
        url=url or None,
        published_at=moment(table, "published_at", zone),
        sections=_sections(table) or body.sections,
        question=text(table, "question") or body.question,
    )


def _sections(table: DefinitionTable) -> tuple[Section, ...]:
    """Returns the sections that are written out, none where the article stands in a file of its own."""
    items = [inner(table, item, f"section {place}") for place, item in enumerate(items_of(table, "section"), start=1)]
    for item in items:
        if item is not None:
            known_only(item, ("heading", "paragraphs"))
    return tuple(Section(text(item, "heading"), texts(item, "paragraphs")) for item in items if item is not None)


def _body(table: DefinitionTable, folder: Path) -> Article:
    """Returns the article that the body file holds, or one without a word."""
    name = text(table, "body")
    if not name:
        return Article(headline="")
    if Path(name).is_absolute() or ".." in Path(name).parts:
        refuse(table, f"body = {shown(name)}", spoken("a path into the folder of this file"))
        return Article(headline="")
    try:
        return read_article(folder / name)
    except FileError as error:
        table.faults.append(f"{table.file}, {table.place} body: {error}")
        return Article(headline="")


def _file_notes_of(root: DefinitionTable) -> FileNotes:
    """Returns what `[file]` says, or notes that say nothing.

    Example:
        >>> _file_notes_of(DefinitionTable({"file": {"encoding": "mac_roman"}}, "survey.toml", "", [])).encoding
        'mac_roman'
    """
    table = section(root, "file")
    if table is None:
        return FileNotes()
    known = (
        "tool",
        "encoding",
        "sheet",
        "separator",
        "heading",
        "decimal",
        "numbers",
        "unfinished",
        "doubled",
        "leave_out",
        "renamed",
        "rows_out",
        "rows_unfinished",
        "column",
    )
    known_only(table, known)
    separator = text(table, "separator", empty=True)
    if separator is not None and len(separator) != 1:
        refuse(table, f"separator = {shown(separator)}", spoken('one character, such as ";"'))
        separator = None
    return FileNotes(
        tool=text(table, "tool"),
        encoding=_encoding(table),
        sheet=text(table, "sheet"),
        separator=separator,
        heading=whole(table, "heading", least=1, most=limits.WORDS, such_as=4),
        decimal=word_of(table, "decimal", _DECIMAL_MARKS),
        numbers=texts(table, "numbers"),
        unfinished=word_of(table, "unfinished", _UNFINISHED),
        doubled=flag(table, "doubled"),
        leave_out=texts(table, "leave_out"),
        renamed=_renamed(table),
        rows_out=_rows_by_words(table, "rows_out"),
        rows_unfinished=_rows_by_words(table, "rows_unfinished"),
        said=_said(table),
    )


def _source_of(root: DefinitionTable, columns: Columns) -> Source | None:
    """Returns what `[source]` says, None where responses come in files alone.

    Example:
        >>> fields = {"url": "sqlite:///answers.sqlite", "table": "answers", "key": "id"}
        >>> _source_of(DefinitionTable({"source": fields}, "survey.toml", "", []), Columns(response="id")).table
        'answers'
    """
    table = section(root, "source")
    if table is None:
        return None
    known_only(table, ("url", "url_env", "table", "key"))
    url, url_env = text(table, "url"), text(table, "url_env")
    if (url is None) == (url_env is None):
        found = "neither url nor url_env" if url is None else "url and url_env"
        refuse(table, found, spoken("one of them: the database's address, or the environment variable that holds it"))
    if url is not None and holds_secret(url):
        root.faults.append(f"{table.file}, {table.place}: {SECRET_IN_URL}")
    key = required_text(table, "key", spoken("the column that names each row"))
    if columns.response is not None and columns.response != key:
        refuse(
            table,
            f"key = '{key}'",
            spoken("'{response}', the column of the response's id in [columns]", response=columns.response),
        )
    return Source(required_text(table, "table", spoken("a table or view, such as public.answers")), key, url, url_env)


def _encoding(table: DefinitionTable) -> str | None:
    name = text(table, "encoding")
    try:
        if name is None or codecs.lookup(name)._is_text_encoding:
            return name
    except (LookupError, ValueError):
        pass
    refuse(table, f"encoding = '{name}'", spoken('the name of an encoding such as "windows-1251" or "mac_roman"'))
    return None


def _renamed(table: DefinitionTable) -> tuple[tuple[str, str], ...]:
    content = inner(table, table.fields["renamed"], "renamed") if "renamed" in table.fields else None
    return () if content is None else tuple((new, required_text(content, new)) for new in content.fields)


def _rows_by_words(table: DefinitionTable, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    content = inner(table, table.fields[key], key) if key in table.fields else None
    return () if content is None else tuple((column, texts(content, column)) for column in content.fields)


def _said(table: DefinitionTable) -> tuple[ColumnNote, ...]:
    items = [inner(table, item, f"column {place}") for place, item in enumerate(items_of(table, "column"), start=1)]
    return tuple(_column(item) for item in items if item is not None)


def _column(table: DefinitionTable) -> ColumnNote:
    known_only(table, ("name", "text", "labels"))
    labels = [_label(table, place, item) for place, item in enumerate(items_of(table, "labels"), start=1)]
    return ColumnNote(required_text(table, "name"), text(table, "text", empty=True) or "", tuple(labels))


def _label(table: DefinitionTable, place: int, item: object) -> tuple[str, str]:
    """Returns a value with its label; a pair of anything else is refused."""
    if isinstance(item, list) and len(item) == 2 and all(isinstance(word, str) for word in item):
        return item[0], item[1]
    refuse(table, f"labels {place}", spoken('a value and its label, such as ["1", "Yes"]'))
    return "", ""
