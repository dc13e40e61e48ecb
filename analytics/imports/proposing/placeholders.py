"""What people and programs put where nobody answered, such as -99 or "k. A.": asked about, neither counted nor dropped.

An answer that a form offers, such as "Prefer not to say", is known by `unanswered`, and stays until somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number
from analytics.imports.cells.vocabulary import NUMBER_CODES_OF_NOTHING, is_written_for_nothing
from analytics.imports.proposing.boxes import box_names
from analytics.imports.proposing.dimensions import dimension_purpose
from analytics.imports.proposing.scans import Scan, missing_words
from analytics.imports.proposing.unanswered import is_unanswered
from analytics.imports.reading.doubts import Doubt
from analytics.language.said import listed, spoken, spoken_of

_CODES = NUMBER_CODES_OF_NOTHING | {"-2", "-3", "-4", "-5", "-6", "-88", "-97", "-98", "-888", "-997", "-998", "-999"}
_DASHES = re.compile(r"[-–—―_.…·/*?]+|\([-–—?]\)")
_LETTERS = re.compile(r"(?=.{2,7}$)[^\W\d]{1,3}([./\- ]{1,2}[^\W\d]{1,3}\.?){1,2}")
"""Letters for no answer, as people type them: "k. A.", "NS/NC", "DK/NA"."""

_SELDOM, _OFTEN, _FEW = 0.15, 0.5, 2
"""Which share of the cells a word that a form may offer has at most, and a code or letters that none offers."""

_MOST_ANSWERS, _FEWEST_COLUMNS, _FEWEST_OF_WORDS = 60, 2, 3
_WORDS_SHOWN, _NAMES_SHOWN = 6, 2


@dataclass(frozen=True)
class _Placed:
    """A word that may stand for no answer: the columns in which it does, and how many cells hold it."""

    word: str
    columns: tuple[str, ...]
    cells: int
    typed: bool


def with_placeholders(
    fields: Sequence[Field], scans: Mapping[str, Scan], chosen: str | None
) -> tuple[dict[str, Scan], tuple[Doubt, ...], tuple[str, ...]]:
    """Returns the scans, such words among the blanks unless they count, a doubt about them, and what is to be told.

    They stand in several columns alike, seldom in each, and no label of the file has them. A dash stands alone too, and
    so does a code such as -99, beside words or where no other number is below 0.

    Args:
        chosen: what a person said of words for no answer: "counted" or "left-out".

    Example:
        >>> held = {"Yes": 30, "No": 20, "k. A.": 3}
        >>> scans = {name: Scan(dict(held), (), 53, 53) for name in ("For it?", "Is it safe?")}
        >>> found, doubts, _ = with_placeholders([Field(name) for name in scans], scans, None)
        >>> found["For it?"].words, found["For it?"].blanks, [one.about for one in doubts]
        ({'Yes': 30, 'No': 20}, ('k. A.',), ['unanswered'])
        >>> with_placeholders([Field("For it?")], {"For it?": Scan(dict(held), (), 53, 53)}, None)[1]
        ()
    """
    placed = list(_placed(fields, scans))
    if not placed or chosen == "counted":
        return dict(scans), (), ()
    doubts = (_doubt(placed),) if chosen is None else ()
    if chosen is None and not any(one.typed for one in placed):
        return dict(scans), doubts, ()
    left = [one for one in placed if one.typed]
    found = dict(scans)
    for one in left:
        same = _same(one.word)
        for name in one.columns:
            words = {word: count for word, count in found[name].words.items() if _same(word) != same}
            gone = [word for word in found[name].words if _same(word) == same]
            found[name] = replace(found[name], words=words, blanks=(*found[name].blanks, *gone))
    return found, doubts, () if chosen is None else tuple(map(_told, left))


def _placed(fields: Sequence[Field], scans: Mapping[str, Scan]) -> Iterator[_Placed]:
    """Yields the words that may stand for no answer, those first that no form offers."""
    boxes = box_names(fields, scans)
    open_ones = [one for one in fields if one.use == "answer" and one.name not in boxes and one.kind != "text"]
    held: dict[str, list[tuple[Field, str]]] = {}
    for one in open_ones:
        for word in _seldom(one, scans[one.name]):
            held.setdefault(_same(word), []).append((one, word))
    found = []
    for same, cells in held.items():
        columns = [one for one, _ in cells if not dimension_purpose(one)]
        typed = _is_typed(same)
        alone = _is_code(same) and any(_is_far(word, scans[one.name]) for one, word in cells)
        alone = alone or _DASHES.fullmatch(same) is not None
        few = _FEWEST_COLUMNS if typed else _FEWEST_OF_WORDS
        if len(cells if typed else columns) >= few or alone:
            names = tuple(dict.fromkeys(one.name for one, _ in cells))
            often = max((word for _, word in cells), key=[word for _, word in cells].count)
            found.append(_Placed(often, names, sum(scans[one.name].words[word] for one, word in cells), typed))
    yield from sorted(found, key=lambda one: not one.typed)


def _seldom(one: Field, scan: Scan) -> list[str]:
    """Returns the words of a column with a few answers that may stand for none, of which hardly anybody gave any."""
    if scan.numbers is not None or not 1 < len(scan.words) <= _MOST_ANSWERS:
        return []
    labels, known = dict(one.labels), {*missing_words(one, scan)}
    meant = {_same(word) for pair in one.labels for word in pair}
    words = [word for word in scan.words if word not in known and word not in labels and _same(word) not in meant]
    typed = {word: _is_typed(_same(word)) for word in words}
    most = {word: max(_FEW, (_OFTEN if typed[word] else _SELDOM) * scan.filled) for word in words}
    found = [word for word in words if scan.words[word] <= most[word] and (typed[word] or is_unanswered(word))]
    if any(re.fullmatch(r"\s*\++\s*", word) for word in scan.words):  # beside a plus a dash is a step
        found = [word for word in found if not _DASHES.fullmatch(_same(word))]
    if any(re.search(r"\d", word) for word in words if not _is_code(word)):  # among amounts 999 is one of them
        found = [word for word in found if not word.isdecimal()]
    return found if len(words) - len(found) > 1 else []


def _is_typed(word: str) -> bool:
    """Returns whether a word is a code, a dash or letters for no answer, which no form offers as an answer.

    Example:
        >>> [_is_typed(word) for word in ("-99", "n/a", "k. a.", "ns/nc", "—", "99", "refused", "a/b", "no")]
        [True, True, True, True, True, True, False, False, False]
    """
    short = _LETTERS.fullmatch(word) is not None and is_unanswered(word)
    return _is_code(word) or is_written_for_nothing(word) or _DASHES.fullmatch(word) is not None or short


def _is_code(word: str) -> bool:
    return word.removesuffix(".0") in _CODES


def _is_far(word: str, scan: Scan) -> bool:
    """Returns whether a code stands beside words, and no number of its kind with it.

    Example:
        >>> _is_far("-99", Scan({"Yes": 4, "No": 3, "-99": 1}, (), 8, 8))
        True
        >>> _is_far("99", Scan({"up to 10": 4, "98": 3, "99": 1, "100": 2}, (), 10, 10))
        False
    """
    others = [value for one in scan.words if not _is_code(one) and (value := number(one)) is not None]
    worded = sum(number(one) is None for one in scan.words)
    below = word.startswith("-")
    return min(others, default=0) >= 0 if below else worded > 1 and not others


def _same(word: str) -> str:
    return " ".join(word.casefold().split())


def _doubt(placed: Collection[_Placed]) -> Doubt:
    """Returns the two readings of such words, that they stand for no answer first where no form offers them."""
    words = [f"“{one.word}”" for one in placed][:_WORDS_SHOWN]
    more = len(placed) - len(words)
    shown = listed([*words, *([spoken("{count} more", count=more)] if more > 0 else [])])
    cells = sum(one.cells for one in placed)
    names = list(dict.fromkeys(name for one in placed for name in one.columns))
    of_columns = _listed_columns(names)
    where = spoken_of(cells, "{count} cell of {columns}", "{count} cells of {columns}", columns=of_columns)
    readings = (
        ("left-out", spoken("{words} in {where}: nobody answered there", words=shown, where=where)),
        ("counted", spoken("{words} in {where}: answers like the others", words=shown, where=where)),
    )
    return Doubt("unanswered", readings if any(one.typed for one in placed) else readings[::-1])


def _told(one: _Placed) -> str:
    return spoken_of(
        one.cells,
        "“{word}” counts as no answer, as asked: {count} cell in {columns}",
        "“{word}” counts as no answer, as asked: {count} cells in {columns}",
        word=one.word, columns=_listed_columns(one.columns),
    )  # fmt: skip


def _listed_columns(names: Sequence[str]) -> str:
    """Returns the names of few columns, of many how many they are."""
    if len(names) <= _NAMES_SHOWN:
        return listed([f"“{name}”" for name in names])
    return spoken_of(len(names), "{count} column", "{count} columns")
