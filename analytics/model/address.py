"""A request as an address says it, and back: the one grammar of links, pages, commands and the register.

An address is pairs of a name and a value. Filters are marked: `where.age` is one on the dimension or question `age`.
Every name added from now on has a dot in it, as no key of a survey has. So the names of version 1, in which filters
had no mark, are told apart without saying which version an address is of: a bare name is one of V1_WORDS or a filter.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from analytics.errors import RequestError
from analytics.limits import FIRST_YEAR, LAST_YEAR
from analytics.model.cells import NO_ANSWER
from analytics.model.request import BaseChoice, Every, Interval, Request, Standing, Variance, WeightsChoice, Where
from analytics.model.surveys import Survey
from analytics.model.targets import Benchmark
from analytics.periods import day_start

Pairs = tuple[tuple[str, str], ...]
AddressPart = tuple[str, Any, str]
"""A field or an option of a request, its value, and what is wrong with it: nothing where the text is empty."""

WHERE = "where."
"""Stands before the key that a filter is on."""
V1_WORDS = frozenset(
    {"survey", "question", "every", "line", "by", "weighting", "since", "until", "view", "figure"}
    | {"check", "answer", "people", "link", "pair", "from", "to", "groups"}
    | {"with", "other", "their_question", "wave_here", "wave_there", "map", "poll", "segment", "stub", "banner"}
    | {"numbers", "marks", "hide", "sort", "turned", "heat", "cell", "choice"}
    | {"interval", "variance", "base", "min_base", "window", "search", "show", "page"}
    | {"written", "beside", "standing", "after", "writers", "given", "order", "part", "theme"}
    | {"report", "passed", "yes", "unasked", "each"}
)
"""The bare names of version 1 that are no filters. Closed: a name that is added later has a dot in it instead."""
V1_MARK = "~"
"""Stood in version 1 after the key of a filter that was one of those words."""
CHOICES: dict[str, tuple[str, Any]] = {
    "weighting": ("weights", WeightsChoice), "interval": ("interval", Interval), "variance": ("variance", Variance),
    "base": ("base", BaseChoice), "standing": ("standing", Standing), "every": ("every", Every),
}  # fmt: skip
"""The names of choices in an address, each with the field of a request that it fills and the values it may have."""
NUMBERS = ("window", "min_base")
TIMES = ("since", "until")
USUAL = Request()


@dataclass(frozen=True)
class Option:
    """Something that a kind of figure lets be chosen beside what every request has.

    `several` is whether it may be said more than once. `mark` stands before its value in an address, so that a value
    cannot be taken for a word of the page. `values` are the only ones there are, where they are known beforehand.
    `always` makes it no choice: so the page finds the figure among its others. `help` says what it chooses.
    """

    name: str
    help: str = ""
    several: bool = False
    mark: str = ""
    values: tuple[str, ...] = ()
    always: str | None = None


LANGUAGE = Option("lang.page", "The language in which the page speaks.")


def write(request: Request, survey: Survey, options: Sequence[Option] = ()) -> Pairs:
    """The request as pairs of an address; `read` is the inverse.

    Args:
        options: those of the request's kind.

    Example:
        >>> survey = Survey("phones", "Phones", "Europe/Berlin", ())
        >>> write(Request("topline", "phones", "ban", where=(("age", ("18-29", "60+")),)), survey)[3:]
        (('where.age', '18-29'), ('where.age', '60+'))
    """
    known = {option.name for option in options if option.always is None}
    unknown = [name for name, _ in request.options if name not in known]
    assert not unknown, f"'{request.kind}' has no option {', '.join(unknown)}"
    return tuple(_written(request, survey, options))


def _written(request: Request, survey: Survey, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name in ("survey", "question") if (value := getattr(request, name)))
    yield "view", request.kind
    for option in options:
        values = request.each(option.name) if option.always is None else (option.always,)
        yield from ((option.name, f"{option.mark}{value}") for value in values)
    yield from (("by", key) for key in request.by)
    yield from ((filter_name(key), value) for key, values in _merged(request.where) for value in values)
    times = ((name, getattr(request, name)) for name in TIMES)
    yield from ((name, moment_words(at, survey.time_zone)) for name, at in times if at is not None)
    for name, (field, _) in CHOICES.items():
        if (value := getattr(request, field)) != getattr(USUAL, field):
            yield name, value
    for name in NUMBERS:
        if (number := getattr(request, name)) != getattr(USUAL, name):
            yield name, f"{number}"


def _merged(where: Where) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The filters with each key once: whoever is kept by two filters on one key has a value that is in both."""
    found: dict[str, tuple[str, ...]] = {}
    for key, values in where:
        both = tuple(value for value in found.get(key, values) if value in values)
        found[key] = both or values
    return found.items()


def read(pairs: Iterable[tuple[str, str]], survey: Survey, options: Sequence[Option] = ()) -> Request:
    """The request that an address of either version says; what belongs to the page alone is passed over.

    Args:
        options: those of the kind that `kind_in` finds.

    Raises:
        RequestError: a filter is none of the survey any more, or a value is no such value; all faults at once.
    """
    request, faults = _read(pairs, survey, options)
    if faults:
        raise RequestError(f"the address cannot be read: {'; '.join(faults)}")
    return request


def read_leniently(pairs: Iterable[tuple[str, str]], survey: Survey, options: Sequence[Option] = ()) -> Request:
    """The same without what cannot be read, for a page: whoever typed an address sees what is left of it."""
    return _read(pairs, survey, options)[0]


def left_out(pairs: Iterable[tuple[str, str]], survey: Survey) -> Pairs:
    """What an address says of readers, question and time that a page of the survey passes over: it has no such group,
    answer or question, or that is no time. Names that no page knows are no part of it.

    Example:
        >>> from analytics.model.surveys import Dimension, Level
        >>> age = Dimension("age", "Age", "age", (Level("60+", "60+"),))
        >>> asked = (("where.age", "60+"), ("where.age", "99"), ("since", "soon"))
        >>> left_out(asked, Survey("phones", "Phones", "UTC", (), (age,)))
        (('where.age', '99'), ('since', 'soon'))
    """
    offered = {one.key: {choice.value for choice in one.choices} for one in survey.questions}
    offered |= {one.key: {level.value for level in one.levels} for one in survey.dimensions}

    def is_passed_over(name: str, value: str) -> bool:
        if name.startswith(WHERE):
            key = name.removeprefix(WHERE)
            return key not in offered or value not in offered[key] | {NO_ANSWER}
        if name == "question":
            return survey.question(value) is None
        if name == "weighting":
            return value not in {
                "none",
                *(["base"] * (survey.columns.weight is not None)),
                *(["raked"] * bool(survey.targets)),
            }
        return any(fault for *_, fault in _times({name: value}, survey.time_zone))

    return tuple(pair for pair in modern(pairs, survey.time_zone) if is_passed_over(*pair))


def fitting(pairs: Iterable[tuple[str, str]], old: Survey, new: Survey) -> Pairs:
    """The address of another survey that keeps of this one what fits there.

    That is how numbers are counted, filters on groups that both have, and the question and its answers where both ask
    it in the same words. A period is that of the old survey's fieldwork, and goes.
    """
    asked = read_leniently(pairs, old)
    same = {one.key for one in new.questions if (it := old.question(one.key)) and it.text == one.text}
    offered = {one.key: {level.value for level in one.levels} for one in new.dimensions if old.dimension(one.key)}
    offered |= {
        one.key: {choice.value for choice in one.choices}
        for one in new.questions
        if one.key in same and one.key not in offered
    }
    kept = ((key, tuple(value for value in values if value in offered.get(key, ()))) for key, values in asked.where)
    has = {"base": new.columns.weight is not None, "raked": bool(new.targets)}
    has["none"] = any(has.values())
    request = replace(
        asked, kind=USUAL.kind, survey=new.key, question=asked.question if asked.question in same else "",
        where=tuple((key, values) for key, values in kept if values), since=None, until=None, options=(),
        weights=asked.weights if has.get(asked.weights or "") else None, by=(), every=None, window=1,
    )  # fmt: skip
    return tuple(pair for pair in write(request, new) if pair[0] != "view")


def kind_in(pairs: Iterable[tuple[str, str]]) -> str:
    """The name of the kind of figure that an address is of.

    Example:
        >>> kind_in((("survey", "phones"), ("view", "dial"))), kind_in(())
        ('dial', 'topline')
    """
    return dict(pairs).get("view", USUAL.kind)


def _read(pairs: Iterable[tuple[str, str]], survey: Survey, options: Sequence[Option]) -> tuple[Request, list[str]]:
    """The request with everything that can be read, and a fault for each thing that cannot."""
    values: dict[str, list[str]] = {}
    for name, value in modern(pairs, survey.time_zone):
        values.setdefault(name, []).append(value)
    keys = {dimension.key for dimension in survey.dimensions} | {question.key for question in survey.questions}
    filters = {name.removeprefix(WHERE): tuple(chosen) for name, chosen in values.items() if name.startswith(WHERE)}
    last = {name: chosen[-1] for name, chosen in values.items()}
    fields = [*_choices(last), *_numbers(last), *_times(last, survey.time_zone)]
    chosen = list(_options(values, options))
    faults = [f"its filter on '{key}' is none of the survey any more" for key in filters if key not in keys]
    faults += [fault for _, _, fault in (*fields, *chosen) if fault]
    request = Request(
        kind=kind_in(last.items()), survey=last.get("survey", ""), question=last.get("question", ""),
        where=tuple((key, chosen) for key, chosen in filters.items() if key in keys), by=tuple(values.get("by", ())),
        options=tuple((name, value) for name, value, fault in chosen if not fault),
    )  # fmt: skip
    return replace(request, **{name: value for name, value, fault in fields if not fault}), faults


def _choices(last: Mapping[str, str]) -> Iterator[AddressPart]:
    for name, (field, allowed) in CHOICES.items():
        if name in last:
            known = get_args(allowed)
            fault = "" if last[name] in known else f"'{name}' is '{last[name]}', expected one of {', '.join(known)}"
            yield field, last[name], fault


def _numbers(last: Mapping[str, str]) -> Iterator[AddressPart]:
    for name in NUMBERS:
        if name in last:
            text = last[name]
            whole = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
            yield name, whole, "" if whole else f"'{name}' is '{text}', expected a whole number from 1"


def _times(last: Mapping[str, str], time_zone: str) -> Iterator[AddressPart]:
    for name in TIMES:
        if name in last:
            try:
                yield name, moment_at(last[name], time_zone), ""
            except ValueError:
                expected = "expected a day or an hour such as 2025-05-19T16:00+02:00"
                yield name, None, f"'{name}' is '{last[name]}', {expected}"


def _options(values: Mapping[str, list[str]], options: Sequence[Option]) -> Iterator[AddressPart]:
    """Yields the options that an address says, in the order in which the kind declares them."""
    for option in options:
        chosen = values.get(option.name, []) if option.always is None else []
        for value in chosen if option.several else chosen[-1:]:
            bare, fault = value.removeprefix(option.mark), ""
            if option.values and bare not in option.values:
                fault = f"'{option.name}' is '{value}', expected one of {', '.join(option.values)}"
            elif not value.startswith(option.mark):
                fault = f"'{option.name}' is '{value}', expected '{option.mark}' before it"
            yield option.name, bare, fault


def filter_name(key: str) -> str:
    """The name of a filter on a dimension or question.

    Example:
        >>> filter_name("age")
        'where.age'
    """
    return f"{WHERE}{key}"


def modern(pairs: Iterable[tuple[str, str]], time_zone: str) -> Pairs:
    """The address with filters and hours as today's grammar has them; what is of today's grammar stays as it is.

    Example:
        >>> modern((("by", "age"), ("age", "60+"), ("by~", "x"), ("since", "2025-06-01T10:00")), "Europe/Berlin")
        (('by', 'age'), ('where.age', '60+'), ('where.by', 'x'), ('since', '2025-06-01T10:00+02:00'))
    """
    return tuple((_modern_name(name), _modern_value(name, value, time_zone)) for name, value in pairs)


def _modern_name(name: str) -> str:
    if "." in name or name in V1_WORDS:
        return name
    bare = name.removesuffix(V1_MARK)
    return filter_name(bare if bare in V1_WORDS else name)


def _modern_value(name: str, value: str, time_zone: str) -> str:
    if name not in TIMES or "T" not in value:
        return value
    try:
        return moment_words(moment_at(value, time_zone), time_zone)
    except ValueError:
        return value


def moment_words(at: datetime, time_zone: str) -> str:
    """A moment as an address says it: a day where it is a day's start by that zone's clock, else with its offset.

    Example:
        >>> moment_words(datetime(2025, 10, 26, 0, tzinfo=UTC), "Europe/Berlin")
        '2025-10-26T02:00+02:00'
        >>> moment_words(datetime(2025, 5, 31, 22, tzinfo=UTC), "Europe/Berlin")
        '2025-06-01'
    """
    local = at.astimezone(ZoneInfo(time_zone))
    if at == day_start(local.date(), time_zone):
        return local.date().isoformat()
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def moment_at(text: str, time_zone: str) -> datetime:
    """The moment that stands in an address, in UTC; an hour without an offset, of version 1, is by that zone's clock.

    Raises:
        ValueError: it is neither a day nor an hour.
    """
    try:
        if "T" not in text:
            at = day_start(date.fromisoformat(text), time_zone)
        else:
            at = datetime.fromisoformat(text)
            at = (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(time_zone))).astimezone(UTC)
    except OverflowError as fault:
        raise ValueError(f"{text} is beyond the calendar") from fault
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"{text} is not from {FIRST_YEAR} to {LAST_YEAR}")
    return at


def poll_name(poll: Benchmark) -> str:
    """What a benchmark poll is called in an address: what no two polls of one question have in common.

    Example:
        >>> poll_name(Benchmark("ban", "Wave Institute", "?", date(2025, 5, 1), date(2025, 5, 3), ()))
        '2025-05-01/2025-05-03 Wave Institute'
    """
    return f"{poll.first}/{poll.last} {poll.source}"


def figure_id(pairs: Pairs, revision: int) -> str:
    """The name of a figure: the same for the same request over the same answers, wherever it is made.

    The order in which filters were chosen makes no difference; everything else is in the order that `write` gives.

    Example:
        >>> figure_id((("survey", "phones"), ("question", "ban"), ("view", "topline")), 7)
        'f-bd6nl4gwooh2'
    """
    filters = sorted(pair for pair in pairs if pair[0].startswith(WHERE))
    others = [pair for pair in pairs if not pair[0].startswith(WHERE)]
    words = repr(((*others, *filters), revision)).encode()
    return "f-" + base64.b32encode(hashlib.sha256(words).digest()).decode().lower()[:12]
