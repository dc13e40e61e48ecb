"""Tables of a TOML file and their fields, read by type: what is wrong becomes a fault in words, never an exception.

Each table knows the place it stands at, and the list that gathers the faults of the whole file. Every reader returns
something harmless of its type where the field is wrong, so that reading goes on and all faults are found at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import TypeVar
from zoneinfo import ZoneInfo

from analytics.errors import Fault
from analytics.language.said import spoken
from analytics.limits import DIGITS, FIRST_YEAR, LAST_YEAR

Word = TypeVar("Word", bound=str)
Day = TypeVar("Day", bound=date)


@dataclass(frozen=True)
class DefinitionTable:
    """A TOML table with the file and place it stands at, and the list that gathers the faults of the whole file."""

    fields: Mapping[str, object]
    file: str
    place: str
    faults: list[str]


def refuse(table: DefinitionTable, found: str, expected: str) -> None:
    """Adds a fault at the table's place.

    Example:
        >>> table = DefinitionTable({}, "survey.toml", "[survey]", [])
        >>> refuse(table, "no title", "one")
        >>> table.faults
        ['survey.toml, [survey]: found no title, expected one']
    """
    table.faults.append(str(Fault(table.file, None, table.place, found, expected)))


def shown(value: object) -> str:
    """Returns a TOML value as a person would write it, long ones cut and tables and lists only named.

    Example:
        >>> shown("red"), shown(True), shown(["a"]), shown(3)
        ("'red'", 'true', 'a list', '3')
    """
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}...'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return spoken("a table")
    if isinstance(value, int) and abs(value) >= 10**30:
        return spoken("a number of more than 30 digits")
    return spoken("a list") if isinstance(value, list) else f"{value}"


def listed(words: Iterable[str]) -> str:
    """Returns the words quoted, with commas, at most a dozen of them.

    Example:
        >>> listed(["F", "M"])
        "'F', 'M'"
    """
    quoted = [f"'{word}'" for word in words]
    return ", ".join(quoted[:12]) + (spoken(" and {count} more", count=len(quoted) - 12) if len(quoted) > 12 else "")


def nearest(word: str, known: Collection[str]) -> str:
    """Returns the known word most like this one, else all of them, to end a sentence with.

    Example:
        >>> nearest("lable", ["label", "value"]), nearest("x", ["label", "value"])
        ("'label'", "one of 'label', 'value'")
    """
    close = get_close_matches(word, list(known), n=1)
    return (
        f"'{close[0]}'"
        if close
        else spoken("one of {known}", known=listed(known))
        if known
        else spoken("none: there are none")
    )


def known_only(table: DefinitionTable, known: Collection[str]) -> None:
    """Refuses every key of the table that is not known, naming the nearest one that is.

    Example:
        >>> table = DefinitionTable({"lable": "Age"}, "survey.toml", "[[dimension]] 1", [])
        >>> known_only(table, ["key", "label"])
        >>> table.faults
        ["survey.toml, [[dimension]] 1: found the unknown key 'lable', expected 'label'"]
    """
    for key in table.fields:
        if key not in known:
            refuse(table, spoken("the unknown key '{key}'", key=key), nearest(key, known))


def inner(table: DefinitionTable, content: object, place: str) -> DefinitionTable | None:
    """Returns what stands inside a table as a table of its own, or None where it is none.

    Example:
        >>> nets = inner(DefinitionTable({}, "survey.toml", "[[question]] 2", []), {"key": "net"}, "nets 1")
        >>> nets.place, nets.fields
        ('[[question]] 2, nets 1', {'key': 'net'})
    """
    where = f"{table.place}, {place}" if table.place else place
    if isinstance(content, dict):
        return DefinitionTable(content, table.file, where, table.faults)
    refuse(DefinitionTable({}, table.file, where, table.faults), shown(content), spoken("a table"))
    return None


def section(root: DefinitionTable, key: str) -> DefinitionTable | None:
    """Returns the `[key]` table of the file, or None where there is none.

    Example:
        >>> section(DefinitionTable({"survey": {"key": "river"}}, "survey.toml", "", []), "survey").place
        '[survey]'
    """
    return inner(root, root.fields[key], f"[{key}]") if key in root.fields else None


def array(root: DefinitionTable, key: str) -> list[DefinitionTable]:
    """Returns the `[[key]]` tables of the file, numbered from 1 and named by their own key where they have one.

    Example:
        >>> root = DefinitionTable({"question": [{"key": "move"}, {}]}, "survey.toml", "", [])
        >>> [table.place for table in array(root, "question")]
        ["[[question]] 1 'move'", '[[question]] 2']
    """
    content = root.fields.get(key, [])
    if not isinstance(content, list):
        refuse(root, f"[{key}]" if isinstance(content, dict) else f"{key} = {shown(content)}", f"[[{key}]]")
        return []
    tables = (inner(root, item, _numbered(key, place, item)) for place, item in enumerate(content, start=1))
    return [table for table in tables if table is not None]


def _numbered(key: str, place: int, item: object) -> str:
    own = item.get("key") if isinstance(item, dict) else None
    return f"[[{key}]] {place} '{own}'" if isinstance(own, str) else f"[[{key}]] {place}"


def text(table: DefinitionTable, key: str, *, empty: bool = False) -> str | None:
    """Returns the text under the key, or None where there is none; `empty` allows a text of no characters.

    Example:
        >>> text(DefinitionTable({"mode": "Online"}, "survey.toml", "[survey]", []), "mode")
        'Online'
    """
    value = table.fields.get(key)
    return None if value is None else _text(table, key, value, empty=empty)


def required_text(table: DefinitionTable, key: str, expected: str = "") -> str:
    """Returns the text under the key, which has to be there.

    Example:
        >>> table = DefinitionTable({}, "survey.toml", "[survey]", [])
        >>> required_text(table, "title"), table.faults
        ('', ['survey.toml, [survey]: found no title, expected text'])
    """
    if key not in table.fields:
        refuse(table, spoken("no {key}", key=key), expected or spoken("text"))
    return text(table, key) or ""


def texts(table: DefinitionTable, key: str) -> tuple[str, ...]:
    """Returns the texts listed under the key, which may be empty ones, or none where the key is left out.

    Example:
        >>> table = DefinitionTable({"missing": ["NA", 99]}, "survey.toml", "[[dimension]] 1", [])
        >>> texts(table, "missing"), table.faults
        (('NA', '99'), ['survey.toml, [[dimension]] 1: found missing 2 = 99, expected text in quotes: "99"'])
    """
    items = items_of(table, key)
    return tuple(_text(table, f"{key} {place}", item, empty=True) for place, item in enumerate(items, start=1))


def items_of(table: DefinitionTable, key: str) -> Sequence[object]:
    """Returns the list under the key as it is, or an empty one where the key is left out.

    Example:
        >>> items_of(DefinitionTable({"bands": [18, 30]}, "survey.toml", "[[dimension]] 1", []), "bands")
        [18, 30]
    """
    value = table.fields.get(key, [])
    if isinstance(value, list):
        return value
    refuse(table, f"{key} = {shown(value)}", spoken("a list in square brackets"))
    return []


def word_of(table: DefinitionTable, key: str, words: Sequence[Word]) -> Word | None:
    """Returns the one of the words that stands under the key, or None where the key is left out or wrong.

    Example:
        >>> word_of(DefinitionTable({"per": "wave"}, "survey.toml", "[weighting]", []), "per", ("survey", "wave"))
        'wave'
    """
    value = table.fields.get(key)
    if value is None:
        return None
    word = next((word for word in words if word == value), None)
    if word is None:
        refuse(table, f"{key} = {shown(value)}", spoken("one of {words}", words=listed(words)))
    return word


def flag(table: DefinitionTable, key: str) -> bool:
    """Returns true or false as it stands under the key, false where the key is left out.

    Example:
        >>> flag(DefinitionTable({"simulated": True}, "survey.toml", "[survey]", []), "simulated")
        True
    """
    value = table.fields.get(key, False)
    if not isinstance(value, bool):
        refuse(table, f"{key} = {shown(value)}", spoken("true or false, without quotes"))
    return value is True


def whole(table: DefinitionTable, key: str, *, least: int, such_as: int, most: int | None = None) -> int | None:
    """Returns the whole number under the key, or None where the key is left out or wrong.

    Example:
        >>> table = DefinitionTable({"min_base": 0}, "survey.toml", "[survey]", [])
        >>> whole(table, "min_base", least=1, such_as=30), table.faults
        (None, ['survey.toml, [survey]: found min_base = 0, expected a whole number of at least 1, such as 30'])
    """
    value = table.fields.get(key)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and least <= value and (most is None or value <= most):
        return value
    within = (
        spoken("of at least {least}", least=str(least))
        if most is None
        else spoken("from {least} to {most}", least=str(least), most=str(most))
    )
    refuse(
        table,
        f"{key} = {shown(value)}",
        spoken("a whole number {within}, such as {such_as}", within=within, such_as=str(such_as)),
    )
    return None


def number(table: DefinitionTable, key: str) -> float | None:
    """Returns the number under the key, or None where the key is left out or wrong.

    Example:
        >>> number(DefinitionTable({"score": -1}, "survey.toml", "[[question]] 1, choices 1", []), "score")
        -1.0
    """
    value = table.fields.get(key)
    return None if value is None else number_of(table, key, value)


def number_of(table: DefinitionTable, name: str, value: object) -> float | None:
    """Returns a TOML value as a number, or None where it is none; infinities are none.

    Example:
        >>> number_of(DefinitionTable({}, "survey.toml", "[[dimension]] 1", []), "bands 1", 18)
        18.0
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < float("inf"):
        refuse(table, f"{name} = {shown(value)}", spoken("a number, without quotes"))
    elif not (value == 0 or 10.0**-DIGITS <= abs(value) < 10**DIGITS):
        refuse(
            table,
            f"{name} = {shown(value)}",
            spoken("a number with at most {digits} digits before or behind its point", digits=DIGITS),
        )
    else:
        return float(value)
    return None


def day(table: DefinitionTable, key: str) -> date | None:
    """Returns the date under the key, or None where the key is left out or wrong.

    Example:
        >>> day(DefinitionTable({"opens": date(2025, 5, 18)}, "survey.toml", "[survey]", []), "opens")
        datetime.date(2025, 5, 18)
    """
    value = table.fields.get(key)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return _in_use(table, key, value)
    refuse(table, f"{key} = {shown(value)}", spoken("a date without a time and without quotes, such as 2025-05-18"))
    return None


def moment(table: DefinitionTable, key: str, zone: ZoneInfo) -> datetime | None:
    """Returns the time under the key, aware: as its own offset says, else in the zone; None where left out or wrong.

    Example:
        >>> event = DefinitionTable({"at": datetime(2025, 5, 19, 16)}, "survey.toml", "[[event]] 1", [])
        >>> moment(event, "at", ZoneInfo("Europe/Berlin")).isoformat()
        '2025-05-19T16:00:00+02:00'
    """
    value = table.fields.get(key)
    if value is None or (isinstance(value, datetime) and value.tzinfo is not None):
        return _in_use(table, key, value)
    if not isinstance(value, datetime):
        refuse(table, f"{key} = {shown(value)}", spoken("a date and time without quotes, such as 2025-05-19T16:00:00"))
        return None
    if _in_use(table, key, value) is None:
        return None
    local = value.replace(tzinfo=zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        found = spoken(
            "{key} = {value}, which the clocks of {zone} showed twice or never",
            key=key,
            value=value.isoformat(),
            zone=zone.key,
        )
        refuse(table, found, spoken("it with its offset, such as {local}", local=local.isoformat()))
    return local


def _in_use(table: DefinitionTable, key: str, value: Day | None) -> Day | None:
    """The day or time where its year is one that calendars and databases reach; None where it is refused."""
    if value is None or FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    refuse(
        table, f"{key} = {value}", spoken("a year from {first} to {last}", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    )
    return None


def _text(table: DefinitionTable, name: str, value: object, *, empty: bool) -> str:
    """Returns the value as text; a number keeps its digits, so that its fault is not followed by others."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        refuse(table, f"{name} = {shown(value)}", spoken('text in quotes: "{value}"', value=shown(value)))
        return shown(value)
    if not isinstance(value, str):
        refuse(table, f"{name} = {shown(value)}", spoken("text in quotes"))
        return ""
    if "\0" in value:
        refuse(table, spoken("{name} with a NUL character", name=name), spoken("text that a database can hold"))
    elif not empty and not value.strip():
        refuse(table, spoken("{name} with nothing in it", name=name), spoken("text"))
    return value
