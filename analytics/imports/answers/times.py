"""Time stamps as files write them: as UTC, in the survey's zone where they name none; and by which pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.errors import DefinitionError
from analytics.imports.answers.coding import Misread, either, misread
from analytics.imports.cells.text import plain_cells
from analytics.imports.reading.foreign import directive_words
from analytics.language.said import Phrase, noted, phrase, spoken

_ISO_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_ISO_OFFSET = " ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
_ISO = f"{_ISO_DATE}(?:[T ]{_ISO_CLOCK}(?:{_ISO_OFFSET})?)?"
_ISO_AWARE = f"{_ISO_DATE}[T ]{_ISO_CLOCK}{_ISO_OFFSET}"
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DIGITS = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]
_UNITS = np.array([1000, 100, 10, 1])
_DIRECTIVES = {
    "%d": noted("day"), "%m": noted("month"), "%y": noted("year in two digits"),
    "%Y": noted("year"), "%H": noted("hour"), "%I": noted("hour of 12"),
    "%M": noted("minute"), "%S": noted("second"), "%f": noted("fraction of a second"),
    "%p": noted("AM or PM"), "%b": noted("short name of the month"), "%B": noted("name of the month"),
    "%a": noted("short name of the day"), "%A": noted("name of the day"), "%j": noted("day of the year"),
    "%z": noted("offset from UTC"), "%Z": noted("zone"),
}  # fmt: skip
_ZONES: dict[str, tuple[str, str]] = {
    "UTC": ("+0000", "UTC"), "GMT": ("+0000", "UTC"), "Z": ("+0000", "UTC"),
    "EST": ("-0500", "America/New_York"), "EDT": ("-0400", "America/New_York"),
    "CST": ("-0600", "America/Chicago"), "CDT": ("-0500", "America/Chicago"),
    "MST": ("-0700", "America/Denver"), "MDT": ("-0600", "America/Denver"),
    "PST": ("-0800", "America/Los_Angeles"), "PDT": ("-0700", "America/Los_Angeles"),
    "AST": ("-0400", "America/Halifax"), "ADT": ("-0300", "America/Halifax"),
    "BST": ("+0100", "Europe/London"), "WET": ("+0000", "Europe/Lisbon"), "WEST": ("+0100", "Europe/Lisbon"),
    "CET": ("+0100", "Europe/Berlin"), "CEST": ("+0200", "Europe/Berlin"),
    "MEZ": ("+0100", "Europe/Berlin"), "MESZ": ("+0200", "Europe/Berlin"),
    "EET": ("+0200", "Europe/Kyiv"), "EEST": ("+0300", "Europe/Kyiv"), "MSK": ("+0300", "Europe/Moscow"),
    "WIB": ("+0700", "Asia/Jakarta"), "JST": ("+0900", "Asia/Tokyo"),
    "AEST": ("+1000", "Australia/Sydney"), "AEDT": ("+1100", "Australia/Sydney"),
}  # fmt: skip
"""What the short names of zones mean as survey tools write them: the offset from UTC, and a zone that uses it."""

_ZONE_NAMES = re.compile(
    rf"\b(?:(?:GMT|UTC)(?P<sign>[+-])(?P<hours>\d{{1,2}})(?::?(?P<minutes>\d{{2}}))?|{'|'.join(_ZONES)})\b"
)
_OFFSET_AT_END = re.compile(
    r"(?P<clock>:[0-9]{2}(?:\.[0-9]{1,9})?(?: ?[AP]M)?) ?"
    r"(?P<offset>Z|(?:GMT|UTC)?[+-][0-9]{1,2}(?::?[0-9]{2})?|(?!AM$|PM$)[A-Z]{2,5})$"
)
_NO_TIME = ("[not completed]",)
"""What REDCap writes where a survey was not sent off."""

_LONGEST, _TOO_LONG = 100, "?"
"""No time has more letters, however it is written; what has is not looked at."""

_BARE_OFFSET = re.compile(r"(?:(?<=:[0-9]{2})|(?<=[AP]M))(?P<blank> ?)[+-][0-9]{2}:?[0-9]{2}$")
"""How far from UTC a clock is, without the name of a zone: 09:03 -03:00."""

_ZONE_UNKNOWN = re.compile(r"(?<=[0-9M]) (?!AM$|PM$)(?P<name>[^\W\d_]{2,5})$")
"""A short name behind the clock, such as OEZ or BRT."""

_ELSEWHERE = re.compile(r"(?:GMT|UTC)?[+-](?!0{1,2}(?::?00)?$)[0-9]")
"""An offset other than none at all."""

EXCEL_DAYS = "excel"
"""The pattern of times that stand as Excel's own numbers: days since 30 December 1899."""

_EXCEL_EPOCH = np.datetime64("1899-12-30T00:00:00", "s")
_EXCEL_RANGE = (36_526, 73_051)
"""1 January 2000 to 1 January 2100."""

UNIX_SECONDS = "unix"
"""The pattern of times that count the seconds, or thousandths of them, since 1970 in UTC."""

BESIDE = "|"
"""What parts the patterns of a column in which times are written in several ways."""

_UNIX_RANGE = (946_684_800, 4_102_444_800)
"""1 January 2000 to 1 January 2100."""

_MONTH_WORDS = {
    "Jan": "jan january januar jänner januari janvier janv enero ene gennaio gen janeiro styczeń stycznia январь"
    " января янв",
    "Feb": "feb february februar februari février févr fév febrero febbraio fevereiro fev luty lutego февраль"
    " февраля фев",
    "Mar": "mar march märz mrz maart mrt mars marzo março marzec marca март марта",
    "Apr": "apr april avril avr abril abr aprile kwiecień kwietnia апрель апреля апр",
    "May": "may mai mei mayo maggio mag maio maj maja май мая",
    "Jun": "jun june juni juin junio giugno giu junho czerwiec czerwca июнь июня июн",
    "Jul": "jul july juli juillet juil julio luglio lug julho lipiec lipca июль июля июл",
    "Aug": "aug august augustus août aout agosto ago sierpień sierpnia август августа авг",
    "Sep": "sep sept september septembre septiembre settembre setembro set wrzesień września сентябрь сентября"
    " сен сент",
    "Oct": "oct october oktober okt octobre octubre ottobre ott outubro out październik października октябрь"
    " октября окт",
    "Nov": "nov november novembre noviembre novembro listopad listopada ноябрь ноября ноя нояб",
    "Dec": "dec december dezember dez décembre déc diciembre dicembre dic dezembro grudzień grudnia декабрь"
    " декабря дек",
}
_MONTH_OF = {word: month for month, words in _MONTH_WORDS.items() for word in words.split()}
_WORDED_DATE = re.compile(
    r"(?:[^\W\d_]+[-\w]*\.?,? )?(?P<day>\d{1,2})(?:\.|er|º|°|ª|st|nd|rd|th)?(?: de| of)? (?P<month>[^\W\d_]+)\.?,?"
    r"(?: de| del)? (?P<year>\d{4})(?: г\.?| r\.?)?,?(?: (?:à|a las|at|um|om|o|в|alle|às|ore|kl\.?|,|-))?"
    r"(?: (?P<clock>\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[AP]M)?)(?: (?:uhr|uur|h))?)?",
    re.IGNORECASE,
)
"""A date with the name of its month in the middle, in whatever language, and perhaps a clock."""

_BLANKS = re.compile("[\u00a0\u2007\u202f\u2009]")
_EASTERN_DATE = re.compile(r"([0-9]{4}) ?[年년.] ?([0-9]{1,2}) ?[月월.] ?([0-9]{1,2}) ?[日일.]?")
_HALF_DAYS = {
    "AM": r"a\. ?m\.?|am|vorm\.?|上午|午前|오전|凌晨|早上|dop\.|de\.|π\.?μ\.?|fm|ap\.|öö",
    "PM": r"p\. ?m\.?|pm|nachm\.?|下午|午後|오후|晚上|中午|odp\.|du\.|μ\.?μ\.?|em|ip\.|ös",
}
"""The halves of the day as spreadsheets write them in the language of their owner."""

_HALF_DAY = {
    half: re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])|(?<=[日일 ])(?:{words})(?=[0-9 ])", re.IGNORECASE)
    for half, words in _HALF_DAYS.items()
}
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_COMMA_BEFORE_CLOCK = re.compile(r"(?<=[0-9]), *(?=[0-9]{1,2}:)")
_DOTTED_CLOCK = re.compile(r"(?<=[0-9] )(?:kl\.? ?)?([0-9]{1,2})\.([0-9]{2})(?:\.([0-9]{2}))?(?= ?[AP]M$|$)")
"""A clock behind a date as Italians, Danes and Finns write it: 9.12.33."""

_IN_ORDER = 0.95
_FEWEST_IN_ORDER = 8
_SPECIMEN = datetime(2023, 2, 13, 9, 12, 52)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_WORDS_TRIED = 400
_MOST_PATTERNS = 4
_CLOCKS = ("%I:%M:%S %p", "%H:%M:%S", "%I:%M %p", "%H:%M", "")
_DATES = ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%Y-%m-%d", "%m-%d-%Y",
         "%d-%m-%Y", "%m-%d-%y", "%d-%m-%y", "%d %b %Y", "%b %d, %Y", "%B %d, %Y")  # fmt: skip
_WHOLE = (
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%a %b %d %H:%M:%S %Z %Y",
    "%a %b %d %H:%M:%S %Y",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%a, %d %b %Y %H:%M:%S %z",
)
_SHAPE = re.compile(r"\d")
_ZONE = re.compile(r"\b(?!AM\b|PM\b)(?:(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})\b")


def responded_at(
    cells: list[str], *, zone: str, pattern: str | None, place: str, own_clock: bool = False
) -> tuple[np.ndarray, list[Misread]]:
    """Returns each cell's time in UTC (datetime64[s], NaT where the cell is blank), and the cells that hold none.

    Without a pattern cells are ISO 8601: a date (its midnight) or a date and time, with a fraction or an offset if
    need be. A time without an offset is the zone's own; of the hour that autumn repeats it is the first. A time that
    the zone skips in spring is no time. Fractions of a second are dropped. With `own_clock` offsets are not counted in:
    each time is what the reader's own clock said, taken for the zone's.

    Example:
        >>> times, faults = responded_at(
        ...     ["2025-05-18T12:00:00", "2025-05-18 12:00Z", ""], zone="Europe/Berlin", pattern=None, place="at"
        ... )
        >>> times.astype(str).tolist(), faults
        (['2025-05-18T10:00:00', '2025-05-18T12:00:00', 'NaT'], [])
    """
    local = None if pattern else uniform_iso(cells)
    if local is not None:
        times = to_utc(local, zone)
        return times, misread(np.isnat(times), cells, place, phrase("a time that exists in {zone}", zone=zone))
    words = pd.Series(plain_cells(cells), dtype="str")
    words = words.mask(words.isin(_NO_TIME), "").mask(words.str.len() > _LONGEST, _TOO_LONG)
    if own_clock:
        words, pattern = _without_offsets(words), pattern and pattern.replace(" %Z", "").replace("%z", "").strip()
    naive, aware = _pattern_times(words, pattern) if pattern else _iso_times(words)
    times = np.where(np.isnat(aware), to_utc(naive, zone), aware)
    understood = ~(np.isnat(naive) & np.isnat(aware))
    faults = misread(~understood & (words != "").to_numpy(), cells, place, expected_time(pattern))
    gaps = misread(understood & np.isnat(times), cells, place, phrase("a time that exists in {zone}", zone=zone))
    return times, sorted(faults + gaps)


def _without_offsets(words: pd.Series) -> pd.Series:
    """Returns the words as the reader's own clock had them.

    Example:
        >>> _without_offsets(pd.Series(["2024-05-02T21:30:44.000-05:00", "5/2/2024 9:30:44 PM GMT+2"])).tolist()
        ['2024-05-02T21:30:44.000', '5/2/2024 9:30:44 PM']
    """
    return words.map(_in_latin).str.replace(_OFFSET_AT_END, lambda found: found["clock"], regex=True)


def _in_latin(word: str) -> str:
    """Returns a time as patterns read it: AM or PM behind the clock, the date of the Far East with slashes.

    Example:
        >>> _in_latin("01.05.2024, 3:00:00 nachm."), _in_latin("2024年5月1日 下午3:04")
        ('01.05.2024 3:00:00 PM', '2024/5/1 3:04 PM')
        >>> _in_latin("2024/05/01 3:04:05 PM OEZ"), _in_latin("2024/05/01 3:04:05 PM CET")
        ('2024/05/01 3:04:05 PM', '2024/05/01 3:04:05 PM CET')
    """
    word = _BLANKS.sub(" ", word)
    word = _EASTERN_DATE.sub(r"\1/\2/\3 ", word) if re.search("[年년]|[0-9]{4}\\. [0-9]", word) else word
    word = _COMMA_BEFORE_CLOCK.sub(" ", word)
    for half, pattern in _HALF_DAY.items():
        rest, count = pattern.subn(" ", word, count=1)
        if count and _CLOCK.search(rest):
            word = _CLOCK.sub(rf"\g<0> {half}", rest, count=1)
            break
    word = _DOTTED_CLOCK.sub(_with_colons, " ".join(word.split()))
    zone = _ZONE_UNKNOWN.search(word)
    if zone is not None and zone["name"].isupper() and zone["name"] not in _ZONES and _CLOCK.search(word):
        word = word[: zone.start()]  # nobody knows how far from UTC it is: the survey's own zone it shall be
    return _with_english_month(word)


def _with_colons(clock: re.Match[str]) -> str:
    """Returns the clock with colons between its parts.

    Example:
        >>> _in_latin("18/05/2024 9.12.33"), _in_latin("18.5.2024 kl. 9.12")
        ('18/05/2024 9:12:33', '18.5.2024 9:12')
    """
    return ":".join(part for part in clock.groups() if part)


def _with_english_month(word: str) -> str:
    """Returns a date with the name of its month as patterns read it; others as they are.

    Example:
        >>> _with_english_month("jueves, 2 de mayo de 2024 8:05"), _with_english_month("1. März 2024, 08:10 Uhr")
        ('2 May 2024 8:05', '1 Mar 2024 08:10')
        >>> _with_english_month("May 2, 2024")
        'May 2, 2024'
    """
    found = _WORDED_DATE.fullmatch(word)
    month = _MONTH_OF.get(found["month"].casefold()) if found else None
    if found is None or month is None:
        return word
    clock = re.sub("[.hH]", ":", found["clock"] or "")
    return f"{found['day']} {month} {found['year']} {clock}".strip()


def uniform_iso(cells: Sequence[str]) -> np.ndarray | None:
    """Returns the local times (datetime64[s]) where every cell is written exactly as 2023-02-03T09:12:52, else None.

    Nearly every export is written so; reading all its digits as one grid is ten times quicker than cell by cell.
    """
    text = "".join(cells)
    if set(map(len, cells)) != {19} or not text.isascii():
        return None
    grid = np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, 19)
    digits = grid[:, _DIGITS] - ord("0")
    marks = (grid[:, [4, 7, 13, 16]] == np.frombuffer(b"--::", np.uint8)).all()
    if not marks or not np.isin(grid[:, 10], [ord("T"), ord(" ")]).all() or (digits > 9).any():
        return None
    year = digits[:, :4] @ _UNITS
    month, day, hour, minute, second = (digits[:, at : at + 2] @ _UNITS[2:] for at in range(4, 14, 2))
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    sound = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    sound &= (hour < 24) & (minute < 60) & (second < 60) & (year >= _FIRST_YEAR) & (year <= _LAST_YEAR)
    return days.astype("datetime64[s]") + (hour * 3600 + minute * 60 + second) if sound.all() else None


def _of_several(words: pd.Series, patterns: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Returns the local and the UTC times of cells that are written in several ways, each by the first that reads it.

    Example:
        >>> local, _ = _of_several(pd.Series(["18.05.2024", "2024-05-19"]), ["%d.%m.%Y", "%Y-%m-%d"])
        >>> local.astype("datetime64[D]").astype(str).tolist()
        ['2024-05-18', '2024-05-19']
    """
    naive, aware = (np.full(len(words), np.datetime64("NaT", "s")) for _ in range(2))
    for pattern in patterns:
        left = np.isnat(naive) & np.isnat(aware)
        naive[left], aware[left] = _pattern_times(words[left], pattern)
    return naive, aware


def _iso_times(words: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Returns the local times of cells without an offset and the UTC times of cells with one, NaT elsewhere."""
    shaped = words.where(words.str.fullmatch(_ISO))
    aware = words.str.fullmatch(_ISO_AWARE)
    return _parsed(shaped.where(~aware), "ISO8601", utc=False), _parsed(shaped.where(aware), "ISO8601", utc=True)


def _pattern_times(words: pd.Series, pattern: str) -> tuple[np.ndarray, np.ndarray]:
    """Returns the local times, or where the pattern reads an offset or zone the UTC times; NaT elsewhere."""
    none = np.full(len(words), np.datetime64("NaT", "s"))
    if BESIDE in pattern:
        return _of_several(words, pattern.split(BESIDE))
    if pattern == EXCEL_DAYS:
        return _excel_times(words), none
    if pattern == UNIX_SECONDS:
        return none, _unix_times(words)
    if "%Z" in pattern:
        words, pattern = words.str.replace(_ZONE_NAMES, _offset_of, regex=True), pattern.replace("%Z", "%z")
    times = _parsed(words, pattern, utc="%z" in pattern)
    unread = np.isnat(times) & (words != "").to_numpy()
    if unread.any():
        times[unread] = _parsed(words[unread].map(_in_latin), pattern, utc="%z" in pattern)
    return (none, times) if "%z" in pattern else (times, none)


def _excel_times(words: pd.Series) -> np.ndarray:
    """Returns the times that day numbers of Excel stand for (datetime64[s]), NaT where there is no such number.

    Example:
        >>> _excel_times(pd.Series(["45430.5", "soon"])).astype(str).tolist()
        ['2024-05-18T12:00:00', 'NaT']
    """
    days = pd.to_numeric(words, errors="coerce").to_numpy(dtype=float)
    sound = (days >= _EXCEL_RANGE[0]) & (days < _EXCEL_RANGE[1])
    seconds = np.where(sound, np.round(np.where(sound, days, 0) * 86_400), 0).astype("timedelta64[s]")
    return np.where(sound, _EXCEL_EPOCH + seconds, np.datetime64("NaT", "s"))


def _unix_times(words: pd.Series) -> np.ndarray:
    """Returns the times (datetime64[s], UTC) that seconds or thousandths since 1970 stand for, NaT for others.

    Example:
        >>> _unix_times(pd.Series(["1714650000", "1714650000123", "7"])).astype(str).tolist()
        ['2024-05-02T11:40:00', '2024-05-02T11:40:00', 'NaT']
    """
    counted = pd.to_numeric(words, errors="coerce").to_numpy(dtype=float)
    seconds = np.where(counted >= _UNIX_RANGE[1], counted / 1000, counted)
    sound = (seconds >= _UNIX_RANGE[0]) & (seconds < _UNIX_RANGE[1])
    whole = np.floor(np.where(sound, seconds, 0)).astype("datetime64[s]")
    return np.where(sound, whole, np.datetime64("NaT", "s"))


def _offset_of(name: re.Match[str]) -> str:
    """Returns the offset that the name of a zone stands for.

    Example:
        >>> _ZONE_NAMES.sub(_offset_of, "9:30 MESZ"), _ZONE_NAMES.sub(_offset_of, "9:30 GMT+8")
        ('9:30 +0200', '9:30 +0800')
    """
    if name["sign"]:
        return f"{name['sign']}{int(name['hours']):02}{name['minutes'] or '00'}"
    return _ZONES[name[0]][0]


def _parsed(words: pd.Series, pattern: str, *, utc: bool) -> np.ndarray:
    """Returns what pandas reads by the pattern (datetime64[s]), NaT where it reads nothing or an impossible year."""
    try:
        times = pd.to_datetime(words, format=pattern, errors="coerce", utc=utc)
    except ValueError as error:
        raise DefinitionError(
            spoken(
                "[columns] responded_at_format: found {pattern!r} ({error}), expected directives such as "
                "'%Y-%m-%d %H:%M:%S': correct it in the definition",
                pattern=pattern,
                error=directive_words(error),
            )
        ) from None
    times = times.dt.tz_localize(None) if utc else times
    sound = times.dt.year.between(_FIRST_YEAR, _LAST_YEAR)
    return times.where(sound).dt.floor("s").to_numpy().astype("datetime64[s]")


def to_utc(local: np.ndarray, zone: str) -> np.ndarray:
    """Returns local times as UTC (both datetime64[s]), NaT for those that the zone skips; the first of repeated ones.

    Example:
        >>> autumn, spring = np.datetime64("2025-10-26T02:30", "s"), np.datetime64("2025-03-30T02:30", "s")
        >>> to_utc(np.array([autumn, spring]), "Europe/Berlin").astype(str).tolist()
        ['2025-10-26T00:30:00', 'NaT']
    """
    first = np.ones(len(local), dtype=bool)
    aware = pd.DatetimeIndex(local).tz_localize(ZoneInfo(zone), ambiguous=first, nonexistent="NaT")
    return aware.tz_convert(None).to_numpy().astype("datetime64[s]")


def expected_time(pattern: str | None) -> str | Phrase:
    """Returns in words how a time has to be written.

    Example:
        >>> str(expected_time("%d.%m.%Y %H:%M"))
        'a time written day.month.year hour:minute, such as 13.02.2023 09:12'
    """
    if pattern is None:
        return phrase("a time such as 2023-02-13T09:12:52 or a date such as 2023-02-13")
    if BESIDE in pattern:
        return either([expected_time(one) for one in pattern.split(BESIDE)])
    if pattern == EXCEL_DAYS:
        return phrase("a day number of Excel from 2000 to 2099, such as 44970.38")
    if pattern == UNIX_SECONDS:
        return phrase("seconds since 1970, such as 1676279572, or thousandths of them")
    words = pattern.replace("{", "{{").replace("}", "}}")
    for directive in _DIRECTIVES:
        words = words.replace(directive, f"{{{directive[1]}}}")
    parts = {directive[1]: phrase(word) for directive, word in _DIRECTIVES.items()}
    return phrase(
        "a time written {words}, such as {specimen}", words=phrase(words, **parts), specimen=_SPECIMEN.strftime(pattern)
    )


@dataclass(frozen=True)
class TimeFound:
    """How a column's times are written: None for ISO 8601; `doubtful` where day and month may change places.

    `offsets` where the times name how far the reader's clock is from UTC. `shown` is one of them.
    """

    pattern: str | None
    zone: str | None = None
    doubtful: bool = False
    offsets: bool = False
    shown: str = ""


def time_found(
    words: Iterable[str], known: str | None = None, *, numbers: bool = False, month_first: bool | None = None
) -> TimeFound | None:
    """Returns how the words are written as times, None where they are none.

    Args:
        words: the words of a column, as a mapping with how often each stands.
        known: the pattern that the tool is known to write, tried first.
        numbers: whether the column is named for a time, so that numbers may be Excel's days, and a few words none.
        month_first: what a person said of dates that can be read both ways.

    Example:
        >>> time_found(["03/01/2024 09:02:10 AM", "03/13/2024 12:01:03 PM"])
        TimeFound(pattern='%m/%d/%Y %I:%M:%S %p', zone=None, doubtful=False, offsets=False, shown='')
        >>> time_found(["07/04/2025 08.03.11"]).pattern, time_found(["07/04/2025 08:03:11"]).doubtful
        ('%d/%m/%Y %H:%M:%S', True)
        >>> time_found(["13.02.2023 09:12"]).pattern, time_found(["2023", "2024"]) is None
        ('%d.%m.%Y %H:%M', True)
    """
    sample = _spread([word for word in words if word not in _NO_TIME])
    found = _time_in(sample, known, numbers=numbers, month_first=month_first)
    if found is None and numbers and len(sample) >= _FEWEST_OF_FEW:
        few = _few_unread(sample)
        cells = sum(map(words.__getitem__, few)) if isinstance(words, Mapping) else len(few)
        rest = [word for word in sample if word not in few]
        if 0 < cells <= max(1, _FEW_UNREAD * len(rest)):
            return _time_in(rest, known, numbers=numbers, month_first=month_first)
    return found


_FEWEST_OF_FEW, _FEW_UNREAD = 20, 0.02


def _few_unread(sample: list[str]) -> list[str]:
    """Returns the few words that are no times though all others are written in one way, none where that shows not.

    Example:
        >>> _few_unread([f"{day:02}.03.2025" for day in range(1, 29)] + ["31.02.2025"])
        ['31.02.2025']
    """
    ways = [
        (way, word) for word in (sample[0], sample[len(sample) // 2], sample[-1]) for way in (None, *_patterns([word]))
    ]
    left = [_unread(sample, way) for way, word in ways if _may_read(word, way)]
    best = min(left, key=len, default=sample)
    return best if len(best) <= max(1, _FEW_UNREAD * len(sample)) else []


def _time_in(sample: list[str], known: str | None, *, numbers: bool, month_first: bool | None) -> TimeFound | None:
    """Returns how the words are written as times, None where one of them is none."""
    if numbers and _are_days(sample):
        return TimeFound(EXCEL_DAYS)
    if numbers and sample and not np.isnat(_unix_times(pd.Series(sample, dtype="str"))).any():
        return TimeFound(UNIX_SECONDS)
    if not sample or not all(
        6 <= len(word) <= _LONGEST and _SHAPE.search(word) and not word.isdecimal() for word in sample
    ):
        return None
    zone = _zone_of(sample)
    offsets = any(map(_names_offset, sample))
    if _reads(sample, None):
        return TimeFound(None, zone, offsets=offsets)
    found = [pattern for pattern in (known, *_patterns(sample)) if pattern is not None and _reads(sample, pattern)]
    if not found:
        return _found_mixed(sample, zone, month_first)
    pattern, other = found[0], _swapped(found[0])
    if pattern == known or other not in found:
        return TimeFound(pattern, zone, offsets=offsets)
    if month_first is None and all(map(_DOTTED_CLOCK.search, sample)):
        month_first = False  # nobody who parts hours and minutes by a point writes the month first
    if month_first is not None:
        pattern = pattern if (pattern.index("%m") < pattern.index("%d")) == month_first else other
        return TimeFound(pattern, zone, offsets=offsets)
    in_order = [one for one in (pattern, other) if _are_in_order(sample, one)]
    if len(in_order) == 1:
        return TimeFound(in_order[0], zone, offsets=offsets)
    shown = next((word for word in sample if _differ(word, pattern, other)), sample[0])
    return TimeFound(pattern, zone, doubtful=True, offsets=offsets, shown=shown)


def are_times(words: Iterable[str]) -> bool:
    """Returns whether nine words in ten are times, each for itself, however many manners they are written in.

    Example:
        >>> are_times(["16/03/2026 17:20", "16 Mar 2026 20:08", "2026-03-16T08:17:00"])
        True
        >>> are_times(["16/03/2026 17:20", "soon", "later"])
        False
    """
    sample = _spread([word for word in words if word not in _NO_TIME])
    told = [word for word in sample if 6 <= len(word) <= _LONGEST and _SHAPE.search(word) and not word.isdecimal()]
    times = len(told)
    if times < 0.9 * len(sample):
        return False
    for word in told:  # a column of comments shows what it is by its first words
        times -= not (_reads([word], None) or any(_reads([word], one) for one in _patterns([word])))
        if times < 0.9 * len(sample):
            return False
    return bool(sample)


def _found_mixed(sample: list[str], zone: str | None, month_first: bool | None) -> TimeFound | None:
    """Returns how times are written that people typed in several ways, None where they are none.

    Example:
        >>> words = [f"{day}.05.2024" for day in range(10, 28)] + [f"2024-05-{day}" for day in range(10, 28)]
        >>> _found_mixed(words, None, None).pattern
        '%d.%m.%Y|%Y-%m-%d'
    """
    left, doubtful = list(sample), ""
    if not all(any(_reads([word], one) for one in _patterns([word])) for word in (left[0], left[-1])):
        return None  # every word would have to be a time
    patterns: list[str] = []
    while left and len(patterns) < _MOST_PATTERNS:
        unread = {one: _unread(left, one) for one in _patterns([left[0]])}
        best = min(unread, key=lambda one: len(unread[one]))
        other = _swapped(best)
        if len(unread[best]) == len(left):
            return None
        if other != best and other in unread and len(unread[other]) == len(unread[best]):
            wanted = [one for one in (best, other) if (one.index("%m") < one.index("%d")) == month_first]
            first = wanted if month_first is not None else []
            doubtful = doubtful if first or doubtful else next((word for word in left if word not in unread[best]), "")
            best = first[0] if first else best
        patterns.append(best)
        left = unread[best]
    if left:
        return None
    return TimeFound(BESIDE.join(patterns), zone, doubtful=bool(doubtful), shown=doubtful)


def _unread(words: list[str], pattern: str | None) -> list[str]:
    """Returns the words that the pattern does not read."""
    if not any(_may_read(word, pattern) for word in words):
        return words
    faults = responded_at(words, zone="UTC", pattern=pattern, place="")[1]
    return [words[one.row] for one in faults]


def _names_offset(word: str) -> bool:
    """Returns whether the time says how far the reader's clock is from UTC.

    Example:
        >>> _names_offset("2024-05-02T21:30:44+02:00"), _names_offset("2024-05-02T21:30:44Z")
        (True, False)
    """
    found = _OFFSET_AT_END.search(_in_latin(word))
    return found is not None and _ELSEWHERE.match(found["offset"]) is not None


def _spread(words: list[str]) -> list[str]:
    """Returns some of the words, from all over them.

    Example:
        >>> len(_spread(list(map(str, range(1000))))), _spread(["a", "b"])
        (334, ['a', 'b'])
    """
    return words[:: max(1, -(-len(words) // _WORDS_TRIED))]


def _are_days(words: Sequence[str]) -> bool:
    """Returns whether all words are day numbers of Excel.

    Example:
        >>> _are_days(["45430.5", "45432"]), _are_days(["5", "7"])
        (True, False)
    """
    return bool(words) and not np.isnat(_excel_times(pd.Series(words, dtype="str"))).any()


def _are_in_order(words: list[str], pattern: str) -> bool:
    """Returns whether the times follow one another when read so, as a tool writes them; few words tell nothing.

    Example:
        >>> words = [f"{day:02}/04/2024" for day in range(1, 13)]
        >>> _are_in_order(words, "%d/%m/%Y"), _are_in_order([words[7], *words[::2], *words[1::2]], "%d/%m/%Y")
        (True, False)
    """
    times, _ = responded_at(words, zone="UTC", pattern=pattern, place="")
    later = np.diff(times).astype(np.int64) >= 0
    return len(words) >= _FEWEST_IN_ORDER and not (1 - _IN_ORDER <= later.mean() <= _IN_ORDER)


def _differ(word: str, pattern: str, other: str) -> bool:
    """Returns whether the two patterns read the word as two times."""
    one, another = (responded_at([word], zone="UTC", pattern=of, place="")[0][0] for of in (pattern, other))
    return bool(one != another)


def both_readings(shown: str) -> tuple[str, str]:
    """Returns a date in words as it reads with the day first and with the month first.

    Example:
        >>> both_readings("03/04/2024 10:00")
        ('3 April 2024', '4 March 2024')
    """
    one, two, year = re.findall("[0-9]+", shown)[:3]
    names = ("", *_MONTHS)
    return f"{int(one)} {names[int(two)]} {year}", f"{int(two)} {names[int(one)]} {year}"


def _patterns(sample: list[str]) -> list[str]:
    """Returns the patterns to try, with a zone or an offset at the end where the words have one.

    Example:
        >>> _patterns(["14/05/2025 09:03 -03:00"])[-5:-3]
        ['%B %d, %Y %I:%M:%S %p %z', '%B %d, %Y %H:%M:%S %z']
    """
    first = _in_latin(sample[0])
    offset = _BARE_OFFSET.search(first)
    zoned = " %Z" if _ZONE.search(first) else "" if offset is None else f"{offset['blank']}%z"
    return [*_WHOLE, *(f"{date} {clock}".strip() + zoned for date in _DATES for clock in _CLOCKS)]


def _swapped(pattern: str) -> str:
    """Returns the pattern with day and month the other way round.

    Example:
        >>> _swapped("%m/%d/%Y %H:%M")
        '%d/%m/%Y %H:%M'
    """
    return pattern.replace("%m", "\0").replace("%d", "%m").replace("\0", "%d")


def _reads(words: list[str], pattern: str | None) -> bool:
    """Returns whether the pattern reads every one of the words, the first alone tried first."""
    if words and not _may_read(words[0], pattern):
        return False
    return all(not responded_at(some, zone="UTC", pattern=pattern, place="")[1] for some in (words[:1], words) if some)


_PARTS = {
    "%d": r"\d{1,2}", "%m": r"\d{1,2}", "%y": r"\d{2}", "%Y": r"\d{4}", "%H": r"\d{1,2}", "%I": r"\d{1,2}",
    "%M": r"\d{1,2}", "%S": r"\d{1,2}", "%p": "[AaPp][Mm]", "%b": r"[^\d\s]+", "%B": r"[^\d\s]+", "%a": r"[^\d\s]+",
    "%z": ".*", "%Z": ".*",
}  # fmt: skip
"""What may stand for a directive, at most: a word without it is none of the pattern's, and no parser looks at it."""


@cache
def _shape_of(pattern: str) -> re.Pattern[str] | None:
    """Returns what every time of that pattern looks like, None where it has a directive that is not known here."""
    parts = [part for part in re.split(r"(%[a-zA-Z]|\s+)", pattern) if part]
    known = [
        _PARTS[part] if part in _PARTS else r"\s*" if part.isspace() else re.escape(part)
        for part in parts
        if not part.startswith("%") or part in _PARTS
    ]
    return re.compile("".join(known)) if len(known) == len(parts) else None


def _may_read(word: str, pattern: str | None) -> bool:
    """Returns whether a word looks like a time of the pattern: for most patterns and words it does not.

    Example:
        >>> _may_read("13.02.2023 09:12", "%d.%m.%Y %H:%M"), _may_read("13.02.2023 09:12", "%Y-%m-%d")
        (True, False)
        >>> _may_read("2023-02-13", None), _may_read("13.02.2023", None)
        (True, False)
    """
    word = word.strip()
    if pattern is None:
        return re.match(_ISO_DATE, word) is not None
    if BESIDE in pattern or pattern in (EXCEL_DAYS, UNIX_SECONDS):
        return True
    shape = _shape_of(pattern)
    return shape is None or shape.fullmatch(word) is not None or shape.fullmatch(_in_latin(word)) is not None


def _zone_of(sample: list[str]) -> str | None:
    """Returns the zone that the words themselves name, as the IANA database knows it."""
    found = _ZONE.search(_in_latin(sample[0]))
    return _ZONES.get(found[0], ("", None))[1] if found else None
