"""Rows by which somebody tried the form, told by what was written there; and rows that stand more than once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from analytics.imports.cells.fields import Field
from analytics.imports.cells.rows import Rows, cells_by_column
from analytics.imports.cells.text import plain
from analytics.imports.cells.vocabulary import ASKS_FOR_MORE, COMMENT, OPEN, PERSONAL, TESTS
from analytics.imports.proposing.scans import Scan
from analytics.imports.reading.doubts import Doubt
from analytics.language.said import listed, spoken_of

LEFT_OUT, COUNTED = "left-out", "counted"
_LONGEST, _FEWEST_UNLIKE, _MOST_TRIALS, _SHOWN = 60, 6, 0.2, 5
_MORE = (
    r"please|bitte|svp|por favor|only|just|nur|seulement|solo|sólo|user|person|name|account|reader|leser|eintrag|entry|"
    r"(to )?ignore|ignorieren|ignorer|ignorar|ignorare|negeren|delete|remove|löschen|supprimer|borrar|"
    r"prosz[ęe]|usun[ąa]ć|skasować|nie liczyć|per favore|cancellare|graag|verwijderen|пожалуйста|удалить|не считать|"
    r"redaktion|redakcja|redacción|rédaction|redazione|redactie|редакция|editorial|newsroom|"
    r"(do )?not count|don.?t count|nicht (zählen|werten)|no contar|ne pas compter|\d{1,4}|[a-d]"
)
_TRIAL = re.compile(
    r"\W*((this is|das ist|dies ist|c.est|ceci est|esto es|(questo )?è|(isto |este )?é|it.s|to jest|dit is|это) )?"
    r"((a|an|ein|eine|een|un|une|una|um|uma|my|only|just|nur|tylko|alleen|solo) ){0,2}"
    rf"({TESTS}|testing|testeintrag|probe)((\W|_)+({TESTS}|testing|{_MORE}))*\W*\d{{0,4}}\W*|"
    r"\W*(please |bitte )?(ignore|ignorieren)( (this|me|diese|dies))?( (row|response|entry|zeile|antwort))?\W*|"
    r"\W*(asdf\w*|(asd|qwe|jkl?)+|qwert[yz]?\w*|sdfg\w*|d?fgh\w*|jkl[öo]?|lorem ipsum.*|foo ?bar|abc ?123|"
    r"(?P<key>[a-zа-я])(?P=key){3,})\W*|(test\w*|asdf\w*|probe|prueba|prova|essai)[\d._+-]*@\S+|\S+@(test|asdf|qwertz?y?|foo)\.\w+",
    re.IGNORECASE,
)
"""What somebody writes who tries a form: words for a test and nothing else but to ignore it, or keys side by side."""

_NAMED = re.compile(
    r"(the |your |dein |ihr |your full )?(full |first |last |vor|nach)?name\b.*|nombre|nom|nome|naam|имя", re.I
)


def is_trial(word: str) -> bool:
    """Returns whether somebody who tried the form wrote this, and not an answer in which the word stands.

    Example:
        >>> [is_trial(word) for word in ("TEST please ignore", "test test", "asdf", "Das ist ein Test")]
        [True, True, True, True]
        >>> [is_trial(word) for word in ("The test centre should stay", "Test the site first", "Tests are slow")]
        [False, False, False]
    """
    return len(word) <= _LONGEST and _TRIAL.fullmatch(word) is not None


def trials_in(fields: Sequence[Field], scans: Mapping[str, Scan]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns the columns of own words or names in which a few wrote that they tried the form, with these words.

    Example:
        >>> words = {"More sport": 2, "The test centre should stay": 1, "test test": 1, "No": 4, "fine": 3, "asdf": 1}
        >>> trials_in([Field("Comments")], {"Comments": Scan(words, (), 12, 30)})
        (('Comments', ('test test', 'asdf')),)
        >>> trials_in([Field("Group")], {"Group": Scan({"Test": 9, "Control": 9}, (), 18, 18)})
        ()
    """
    found = []
    for field in fields:
        scan = scans[field.name]
        if field.use not in ("answer", "other", "personal", "comment") or not _is_written(field, scan):
            continue
        words = tuple(word for word in scan.words if is_trial(word))
        if words and sum(map(scan.words.__getitem__, words)) <= max(1, _MOST_TRIALS * scan.counted):
            found.append((field.name, words))
    return tuple(found)


def _is_written(field: Field, scan: Scan) -> bool:
    """Returns whether a column holds what people wrote: its heading asks for it, or nearly all wrote something else."""
    asked = " ".join((field.text or field.name).split())
    unlike = len(scan.words) >= _FEWEST_UNLIKE and 2 * len(scan.words) > scan.filled and scan.numbers is None
    asks = COMMENT.search(asked) or OPEN.match(asked) or ASKS_FOR_MORE.search(asked)
    return bool(asks) or unlike or _NAMED.fullmatch(asked) is not None or any(
        one.search(asked) for one in PERSONAL.values()
    )  # fmt: skip


def doubt_of_trials(
    trials: Sequence[tuple[str, tuple[str, ...]]], header: Sequence[str], stretches: Iterable[Rows]
) -> Doubt | None:
    """Returns the question whether rows count by which somebody tried the form, None where no row is one."""
    wanted = {name: {*words} for name, words in trials}
    places = {name: (header.index(name),) for name in wanted}
    rows: dict[int, str] = {}
    for stretch in stretches if wanted else ():
        for name, cells in cells_by_column(stretch.texts, len(header), places).items():
            for line, cell in zip(stretch.lines, cells, strict=True):
                if (word := plain(cell)) in wanted[name]:
                    rows.setdefault(line, word)
    if not rows:
        return None
    words = listed([repr(word) for word in dict.fromkeys(rows[line] for line in sorted(rows)[:_SHOWN])])
    more = ", ..." if len(rows) > _SHOWN else ""
    lines = ", ".join(map(str, sorted(rows)[:_SHOWN])) + more
    out = spoken_of(
        len(rows),
        "{count} row looks like a test and is left out: {words} (line {lines})",
        "{count} rows look like tests and are left out: {words} (line {lines})",
        words=words, lines=lines,
    )  # fmt: skip
    stays = spoken_of(
        len(rows), "{count} row is a reader's and counts, whatever stands there",
        "{count} rows are readers' and count, whatever stands there",
    )  # fmt: skip
    return Doubt("tests", ((COUNTED, stays), (LEFT_OUT, out)))


def doubled_told(response: str | None, timed: bool, header: Sequence[str], stretches: Iterable[Rows]) -> list[str]:
    """Returns what is to be told of rows that stand more than once.

    Rows of one id count once, the first of them. Without ids a row that is another's copy, its time too, stays.

    Args:
        response: the column of ids, None where there is none.
        timed: whether each row has its time.
    """
    seen: set[str | int] = set()
    lines: list[int] = []
    places = {} if response is None else {response: (header.index(response),)}
    for stretch in stretches if response is not None or timed else ():
        keys: Collection[str | int] = (
            [hash(text) for text in stretch.texts]
            if response is None
            else [plain(cell) for cell in cells_by_column(stretch.texts, len(header), places)[response]]
        )
        for line, key in zip(stretch.lines, keys, strict=True):
            if key in seen:
                lines.append(line)
            elif key != "":
                seen.add(key)
    if not lines:
        return []
    shown = ", ".join(map(str, lines[:_SHOWN])) + ", ..." * (len(lines) > _SHOWN)
    if response is not None:
        return [
            spoken_of(
                len(lines),
                "{column}: {count} row has the id of one before it (line {lines}): the first of them counts",
                "{column}: {count} rows have the id of one before them (line {lines}): the first of each counts",
                column=response, lines=shown,
            )
        ]  # fmt: skip
    return [
        spoken_of(
            len(lines),
            "{count} row is the copy of another, its time too (line {lines}): it counts, as it has no id",
            "{count} rows are copies of others, their times too (line {lines}): they count, as they have no id",
            lines=shown,
        )
    ]
