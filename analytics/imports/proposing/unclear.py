"""What columns leave open that fits two readings equally well: a person is asked, and both are shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from analytics.imports.cells.fields import PLAIN, Field
from analytics.imports.cells.vocabulary import (
    ASKS_WHETHER,
    MEASURED,
    NOT_TICKED,
    RECOMMEND,
    TICKED_LABELS,
    YES_AND_NO,
)
from analytics.imports.proposing.boxes import names_a_mention, part_names, tick_groups
from analytics.imports.proposing.dimensions import dimension_purpose
from analytics.imports.proposing.ends import written_ends
from analytics.imports.proposing.joined import joints
from analytics.imports.proposing.names import readable
from analytics.imports.proposing.numbers import asks_for_a_count, asks_for_a_name, asks_for_a_step, open_amount
from analytics.imports.proposing.questions import joined_in_cells
from analytics.imports.proposing.scans import Scan, codes_apart, missing_words
from analytics.imports.reading.doubts import Doubt
from analytics.imports.tools.google_forms import NAME as GOOGLE_FORMS
from analytics.imports.tools.jotform import NAME as JOTFORM
from analytics.imports.tools.microsoft_forms import NAME as MICROSOFT_FORMS
from analytics.imports.tools.redcap import NAME as REDCAP
from analytics.imports.tools.tally import NAME as TALLY
from analytics.imports.tools.typeform import NAME as TYPEFORM
from analytics.language.said import listed, spoken

_FEW_CODES = ({"1", "2", "3"}, {"1", "2", "3", "4"}, {"0", "1", "2"}, {"0", "1", "2", "3"}, {*map(str, range(1, 9))})
"""Numbers that are the codes of answers as often as the steps of a scale, unless a wording tells."""

_USUAL_HIGHEST = (5, 7, 10)
_MOST_CODES, _SHORTEST_WORDING, _FEWEST_ALIKE = 10, 3, 3
_WRITES_WORDS = frozenset({GOOGLE_FORMS, MICROSOFT_FORMS, JOTFORM, REDCAP, TALLY, TYPEFORM})
"""Tools that write what readers saw: a number there is a step, and no code of an answer."""


_FEWEST_OPTIONS, _FEWEST_TICKED = 3, 2
_LEFT_OPEN = frozenset(word for word in NOT_TICKED if word not in ("0", "false", "faux", "falsch", "falso"))
_MOST_WORDS = 60
_LONGEST_OPTION = 5
_WEAK_MARKS = (" & ", "+", "/", " / ")
"""What joins answers, and stands within one answer as well."""

_ONES = frozenset({"0", "1", "true", "false"})
_YES_AND_NO = tuple(
    frozenset((one, other)) for yes, no in YES_AND_NO.values() for one in yes for other in no if len(one + other) > 2
)


def with_options(
    fields: Sequence[Field], scans: Mapping[str, Scan], tool: str, chosen: str | None
) -> tuple[tuple[Field, ...], tuple[Doubt, ...]]:
    """Returns the columns, neighbours that may be the options of one question marked as such, and a doubt about them.

    Nothing but 1 and 0, or yes and no, stands in them, and their headings are short names.

    Args:
        chosen: what a person said: the columns belong "together", or "apart".
    """
    runs = list(_runs_of_options(fields, scans)) if tool == PLAIN else []
    sure = [run for run in runs if _holds_ticks(scans[run[0].name])]
    fields = _as_options(fields, sure)
    runs = [run for run in runs if run not in sure]
    if not runs or chosen == "apart":
        return tuple(fields), ()
    names = [field.name for field in runs[0]]
    ones = _holds_ones(scans[names[0]])
    readings = (
        ("together", spoken("{names} are options of one question", names=listed(names))),
        ("apart", spoken("{names} are questions of their own, each with a yes and a no", names=listed(names))),
    )
    doubts = (Doubt("options", readings if ones else readings[::-1]),) if chosen is None else ()
    if chosen is None and not ones:
        return tuple(fields), doubts
    return _as_options(fields, runs), doubts


def _as_options(fields: Sequence[Field], runs: Sequence[Sequence[Field]]) -> tuple[Field, ...]:
    """Returns the columns, those of each run as options of one question."""
    group = {field.name: _options_told(run) for run in runs for field in run}
    return tuple(
        replace(one, group=group[one.name], option=one.name, kind="multiple") if one.name in group else one
        for one in fields
    )


def _options_told(run: Sequence[Field]) -> str:
    """Returns what a question is called of which only the options are known."""
    shown = ", ".join(field.name for field in run[:3])
    return spoken("Which of these: {options}", options=shown) + ("?" if len(run) <= 3 else ", ...?")


def _runs_of_options(fields: Sequence[Field], scans: Mapping[str, Scan]) -> Iterator[list[Field]]:
    """Yields neighbours that may be options of one question, and that nothing else makes one."""
    open_ones = [field for field in fields if field.use == "answer"]
    if not any(_may_be_option(field, scans[field.name]) for field in open_ones):
        return
    grouped = {column for group in tick_groups(open_ones, scans) for column in group.columns} | part_names(open_ones)
    for held, run in groupby(fields, key=lambda field: _kind_of_option(field, scans[field.name], grouped)):
        columns = list(run)
        both = sum(len(scans[field.name].words) > 1 for field in columns)
        fewest = _FEWEST_TICKED if held == "ticks" else _FEWEST_OPTIONS
        if held and len(columns) >= fewest and 2 * both >= len(columns):
            yield columns


def _kind_of_option(field: Field, scan: Scan, grouped: Collection[str]) -> str:
    """Returns what the cells of a possible option are, "" where the column is none."""
    if field.name in grouped or not _may_be_option(field, scan):
        return ""
    return "ticks" if _holds_ticks(scan) else "ones" if _holds_ones(scan) else "words"


def _may_be_option(field: Field, scan: Scan) -> bool:
    words = {word.casefold() for word in scan.words}
    ticks = _holds_ticks(scan)
    held = bool(words) and (ticks or words <= _ONES or any(words <= pair for pair in _YES_AND_NO))
    name = readable(field.name)
    short = bool(name) and len(name.split()) <= _LONGEST_OPTION and "?" not in name and not re.search(r"\d", name)
    alone = not (field.group or field.labels or field.text or field.kind) and field.use == "answer"
    return held and (short or (ticks and "?" not in name)) and alone and (ticks or dimension_purpose(field) is None)


def _holds_ticks(scan: Scan) -> bool:
    """Returns whether words that say of a box alone whether it was ticked stand in a column, and nothing else.

    Example:
        >>> _holds_ticks(Scan({"Checked": 9, "Not checked": 3}, (), 12, 12)), _holds_ticks(Scan({"1": 9}, (), 9, 9))
        (True, False)
    """
    words = {word.casefold() for word in scan.words}
    return bool(words) and words <= TICKED_LABELS | _LEFT_OPEN


def _holds_ones(scan: Scan) -> bool:
    return {word.casefold() for word in scan.words} <= _ONES


def with_amounts(
    fields: Sequence[Field], scans: Mapping[str, Scan], chosen: str | None, *, asked: bool
) -> tuple[tuple[Field, ...], tuple[Doubt, ...]]:
    """Returns the columns, those whose amounts can be read in two ways with the mark as it was chosen, and a doubt.

    Money is written with thousands, and without three decimals; of what is weighed or measured nobody knows.

    Args:
        chosen: what a person said of such marks: "thousands" or "decimals".
        asked: whether another column already asks for it.

    Example:
        >>> scans = {"Catch": Scan({"2.400 kg": 3, "1.250 kg": 2, "900 kg": 1}, (), 6, 6)}
        >>> [one.about for one in with_amounts([Field("Catch")], scans, None, asked=False)[1]]
        ['commas']
    """
    open_ones = {
        one.name: word
        for one in fields
        if one.use == "answer" and not (one.labels or one.kind) and (word := open_amount(scans[one.name])) is not None
    }
    if not open_ones:
        return tuple(fields), ()
    marks = {name: "," if "," in word else "." for name, word in open_ones.items()}
    decimals = {name: mark if chosen == "decimals" else ",."[mark == ","] for name, mark in marks.items()}
    kept = tuple(replace(one, decimal=decimals.get(one.name, "")) for one in fields)
    name, word = next(iter(open_ones.items()))
    mark, columns = marks[name], ", ".join(map(repr, open_ones))
    told = {"mark": spoken("the comma") if mark == "," else spoken("the point"), "shown": word, "columns": columns}
    whole, less = word.replace(mark, ""), word.replace(",", ".")
    readings = (
        ("thousands", spoken("{mark} parts thousands, {shown} is {whole} in {columns}", whole=whole, **told)),
        ("decimals", spoken("{mark} is the decimal mark, {shown} is {decimals} in {columns}", decimals=less, **told)),
    )
    return kept, () if asked or chosen is not None else (Doubt("commas", readings),)


def with_yes_and_no(fields: Sequence[Field], scans: Mapping[str, Scan], tool: str) -> tuple[Field, ...]:
    """Returns the columns, those in which a tool writes 1 and 0 for yes and no with these words."""
    if tool != TYPEFORM:
        return tuple(fields)
    return tuple(
        replace(one, labels=(("1", "Yes"), ("0", "No")))
        if one.use == "answer"
        and not (one.labels or one.kind or one.group)
        and scans[one.name].words.keys() == {"0", "1"}
        else one
        for one in fields
    )


def with_readings(
    fields: Sequence[Field], scans: Mapping[str, Scan], claimed: Collection[str], tool: str, chosen: Mapping[str, str]
) -> tuple[tuple[Field, ...], tuple[Doubt, ...]]:
    """Returns the columns, those with bare numbers or cells joined once as they were chosen, and the doubts.

    Args:
        claimed: the columns that are no answers.
        chosen: what a person said of `codes` ("answers", "steps" or "by-range") and of what is `joined` ("several" or
            "one").
    """
    open_ones = [field for field in fields if field.name not in claimed and field.use == "answer" and not field.group]
    parts = part_names(open_ones)
    boxed = {column for group in tick_groups(open_ones, scans) for column in group.columns}
    alone = [field for field in open_ones if field.name not in boxed and dimension_purpose(field) is None]
    coded = [
        field
        for field in alone
        if tool not in _WRITES_WORDS
        and field.name not in parts
        and _has_bare_codes(field, scans[field.name], fields, scans)
    ]
    doubtful = {field.name: _held(field, scans[field.name]) for field in coded if not ASKS_WHETHER.match(_asked(field))}
    doubtful = {name: held for name, held in doubtful.items() if len(held - _far_from(held)) > 2 or not _far_from(held)}
    doubts: list[Doubt] = []
    likely = {name for name, held in doubtful.items() if max(held - _far_from(held)) in _USUAL_HIGHEST}
    steps = {"answers": set(), "steps": {*doubtful}}.get(chosen.get("codes", ""), likely)
    singles = {field.name for field in coded if field.name not in steps}
    if doubtful and "codes" not in chosen:
        doubts.append(_codes_doubt(doubtful, likely))
    joined = {field.name: once for field in alone if (once := _joined_once(field, scans[field.name]))}
    if joined:
        name, (mark, word) = next(iter(joined.items()))
        weak = mark in _WEAK_MARKS
        if "joined" not in chosen:
            doubts.append(_joined_doubt(name, mark, word, weak))
        if chosen.get("joined", "one" if weak else "several") == "one":
            singles |= {*joined}
    far = {name: tuple(map(str, sorted(_far_from(held)))) for name, held in doubtful.items() if name not in singles}
    fields = tuple(replace(one, missing=(*one.missing, *far.get(one.name, ()))) for one in fields)
    return tuple(replace(one, kind="single") if one.name in singles else one for one in fields), tuple(doubts)


def _far_from(held: Collection[int]) -> set[int]:
    """Returns the 7, 8 or 9 that stand for no opinion, far from the few numbers in a row before them.

    Example:
        >>> _far_from({1, 2, 9}), _far_from({1, 2, 3, 4, 5, 8, 9}), _far_from({1, 2, 3, 4, 5, 6, 7})
        ({9}, {8, 9}, set())
    """
    top = {value for value in held if value in (7, 8, 9)}
    rest = sorted({*held} - top)
    few = (
        len(rest) > 1 and rest[0] in (0, 1) and rest[-1] <= _MOST_BEFORE and rest == list(range(rest[0], rest[-1] + 1))
    )
    return top if few and top and min(top) - rest[-1] >= _FAR else set()


_MOST_BEFORE, _FAR = 5, 3


def _codes_doubt(doubtful: Mapping[str, Collection[int]], likely: Collection[str]) -> Doubt:
    """Returns the readings of bare numbers, the likelier first; where some may be a usual scale, that some are."""
    others = [name for name in doubtful if name not in likely]
    answers = ("answers", _as_answers(doubtful, [*doubtful]))
    steps = ("steps", _as_steps(doubtful, [*doubtful]))
    if likely and others:
        both = f"{_as_steps(doubtful, [*likely])}; {_as_answers(doubtful, others)}"
        return Doubt("codes", (("by-range", both), answers, steps))
    return Doubt("codes", (steps, answers) if likely else (answers, steps))


def _as_answers(doubtful: Mapping[str, Collection[int]], names: Sequence[str]) -> str:
    return spoken(
        "{names}: the numbers {first} to {last} stand for answers, each counted by itself", **_told(doubtful, names)
    )


def _as_steps(doubtful: Mapping[str, Collection[int]], names: Sequence[str]) -> str:
    near = {name: {*held} - _far_from(held) for name, held in doubtful.items()}
    return spoken("{names}: the numbers {first} to {last} are the steps of a scale, with a mean", **_told(near, names))


def _told(doubtful: Mapping[str, Collection[int]], names: Sequence[str]) -> dict[str, str]:
    """Returns the first of the columns, with the lowest and the highest number in them."""
    numbers = [value for name in names for value in doubtful[name]]
    shown = [name for name in doubtful if name in names]
    more = [spoken("{count} more", count=len(shown) - 4)] if len(shown) > 4 else []
    return {"names": listed([*shown[:4], *more]), "first": str(min(numbers)), "last": str(max(numbers))}


def _asked(field: Field) -> str:
    return field.text or readable(field.name)


def _has_bare_codes(field: Field, scan: Scan, fields: Sequence[Field], scans: Mapping[str, Scan]) -> bool:
    """Returns whether a column holds a few numbers in a row, and nothing in the file says what they mean.

    Neighbours of one stem that hold the same are a battery of scales, and so are three neighbours with all the steps of
    a usual scale.
    """
    asked = _asked(field)
    if field.kind is not None or field.labels or written_ends(asked) is not None or RECOMMEND.search(asked):
        return False
    if names_a_mention(field) and sum(map(names_a_mention, fields)) > 1:
        return False  # codes of what each reader named
    held = _held(field, scan)
    if _far_from(held):
        return True
    if not _may_be_codes(held, asked):
        return False
    if asks_for_a_name(asked) or asks_for_a_count(asked) or asks_for_a_step(asked) or MEASURED.search(asked):
        return False
    stem = _stem_of(field.name)
    alike = stem and any(
        _stem_of(other.name) == stem and other.name != field.name and {*scans[other.name].words} & {*scan.words}
        for other in fields
        if other.use == "answer"
    )
    return not alike and not (max(held) in _USUAL_HIGHEST and _stands_among_alike(field, held, fields, scans))


def _held(field: Field, scan: Scan) -> set[int]:
    """Returns the whole numbers from 0 to 10 that a column holds, none where it holds anything else."""
    declared = {*missing_words(field, scan), *codes_apart(scan)}
    words = {word for word in scan.words if word not in declared}
    return {int(word) for word in words} if words and all(map(_CODES.__contains__, words)) else set()


_CODES = frozenset(map(str, range(_MOST_CODES + 1)))


def _may_be_codes(held: Collection[int], asked: str) -> bool:
    """Returns whether numbers may be codes: a few of them; or up to 10 under a name that is no wording.

    Nobody numbers answers from 0 to 10, and two numbers are no scale.

    Example:
        >>> [_may_be_codes(range(1, 6), name) for name in ("q5", "How was our coverage of the flood?")]
        [True, False]
        >>> _may_be_codes(range(11), "q5"), _may_be_codes({1, 2}, "q5"), _may_be_codes({1, 2, 3}, "Closing time")
        (False, False, True)
    """
    if {str(value) for value in held} in _FEW_CODES:
        return True
    named = len(asked.split()) < _SHORTEST_WORDING and "?" not in asked
    whole = len(held) > 2 and min(held) <= 2 and len(held) >= max(held) - min(held)
    return named and whole and not (min(held) == 0 and max(held) > 7)


def _stands_among_alike(
    field: Field, held: Collection[int], fields: Sequence[Field], scans: Mapping[str, Scan]
) -> bool:
    """Returns whether the column is one of three neighbours at least that hold the same numbers."""
    runs = groupby(
        (one for one in fields if one.use == "answer"), key=lambda one: max(_held(one, scans[one.name]), default=-1)
    )
    return any(
        highest == max(held) and len(columns) >= _FEWEST_ALIKE and field in columns
        for highest, run in runs
        for columns in [list(run)]
    )


def _stem_of(name: str) -> str:
    """Returns what columns of one battery share, "" for a name of its own.

    Example:
        >>> _stem_of("AB03_02"), _stem_of("q7"), _stem_of("closing_time")
        ('AB03', '', '')
    """
    match = re.fullmatch(r"(.+?)[_.\[]\w{0,3}?\d+\]?", name)
    return match[1] if match else ""


def _joined_once(field: Field, scan: Scan) -> tuple[str, str] | None:
    """Returns the mark that joins answers in one cell only, such as "Bus/Tram" beside "Bus" and "Tram", and the cell's
    word; else None."""
    if field.kind is not None or field.labels or field.separator or len(scan.words) > _MOST_WORDS:
        return None
    if scan.numbers is not None:
        return None
    boxes = joined_in_cells(field, scan)
    if boxes is None or boxes.holding or boxes.rare:
        return None
    words = joints(scan.words, boxes)
    return (boxes.separator, words[0]) if len(words) == 1 else None


def _joined_doubt(name: str, mark: str, word: str, weak: bool) -> Doubt:
    """Returns the two readings of a cell that may hold two answers, the likelier first."""
    several = spoken("{name}: {word!r} is several answers, joined by {mark!r}", name=name, word=word, mark=mark.strip())
    readings = ("several", several), ("one", spoken("{name}: {word!r} is one answer", name=name, word=word))
    return Doubt("joined", readings[::-1] if weak else readings)
