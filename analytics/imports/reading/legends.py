"""Legends: code books of a person's own making, whatever their headings are called and however they are laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.imports.cells.text import plain_text

_FEWEST_NAMED = 2
_FEWEST_PLACED = 0.5
_LONGEST_CODE, _LONGEST_WORD, _LONGEST_NAME = 8, 30, 200
_LONGEST_LIST = 20_000
_SURE_ROWS = 0.7
_OFTEN_NAMED = 1.5
_CODE = re.compile(r"-?\d+(\.0+)?|[A-Za-z]{1,3}\d{0,4}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

_ASKED_HEAD = re.compile(
    r"question|wording|frage|fragetext|pregunta|domanda|pergunta|quest(ã|a)o|vraag|pytanie|вопрос|fråga|spørgsmål|"
    r"spørsmål|kysymys|otázka|kérdés|intrebare|întrebare|питання|énoncé|enunciado|testo",
    re.IGNORECASE,
)
_TEXT_HEAD = re.compile(
    r"label|text|descri|meaning|beschr|bedeutung|libell|intitul|etiqueta|etichetta|rótulo|omschrijving|opis|описание|"
    r"bezeichnung|betydning|betydelse|beskrivning|beskrivelse|kuvaus|popis|leírás|опис",
    re.IGNORECASE,
)
"""Words over the wordings of a code book, or over the labels of its values."""

_CODE_HEAD = re.compile(
    r"codes?|values?|kode[rn]?|codier\w*|werte?|ausprägung\w*|valeurs?|modalités?|códigos?|codigos?|valor(es)?|"
    r"codic[ei]|valor[ei]|waarden?|wartoś(ć|ci)|kody?|kod|код(ы)?|значени[ея]|värde\w*|værdi\w*|verdi\w*|arvo\w*|"
    r"hodnot\w*|érték\w*|number|nummer|zahl|chiffre|número|numero|cijfer|liczba|число|nr\.?|#",
    re.IGNORECASE,
)
_LABEL_HEAD = re.compile(
    r".*(meaning|bedeut|answer|antwort|response|option|(value|wert|code)[ -]?labels?|wertelabel|libell|signific|"
    r"réponse|modalité|respuesta|opción|significad|etiqueta|risposta|opzione|significat|etichett|resposta|opção|"
    r"betekenis|antwoord|optie|znaczeni|odpowied|etykiet|ответ|расшифров|метк|betyd|svar|vastau|odpov|význam|válasz|"
    r"jelent|відповід|label|text|descri|beschr|category|kategorie|catégorie|categor).*",
    re.IGNORECASE,
)
_MISSING_HEAD = re.compile(
    r".*(missing|fehlend|manquant|perdid|mancant|ausente|ontbrek|brakuj|пропу|saknad|mangl).*", re.IGNORECASE
)
"""Headings over the codes of a legend, over what they mean, and over those that are no answer."""


@dataclass(frozen=True)
class BookEntry:
    """What a code book says of one column: its wording, the labels of its values, and the question it is a row of.

    `sub` tells the column from the others of its question. `part` is what the column itself would be where the values
    of its question are the numbers of its columns; `missing` holds the values that are no answer.
    """

    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    question: str = ""
    part: str = ""
    sub: str = ""
    missing: tuple[str, ...] = ()


def entry_of_words(words: Mapping[str, Any]) -> BookEntry:
    """Returns the entry that JSON has carried from the process that read the legend.

    Example:
        >>> entry_of_words({"text": "Go?", "labels": [["1", "Yes"]], "missing": ["9"]}).labels
        (('1', 'Yes'),)
    """
    labels = tuple((code, label) for code, label in words["labels"])
    return BookEntry(**{**words, "labels": labels, "missing": tuple(words["missing"])})


Book = Mapping[str, BookEntry]
_Members = tuple[tuple[str, str], ...]
"""Columns that a legend calls by one word, each with what tells it from the others, "" where the word is its own."""


class ColumnNames:
    """The columns of a table by whatever a legend may call them: a class, as they are looked up many times over.

    Example:
        >>> names = ColumnNames(["pool", "uses[SQ001]", "uses[SQ002]", "Q5. Why?"])
        >>> names.called("Pool"), names.called("uses"), names.called("q5"), names.called("uses[SQ001] to uses[SQ002]")
        ((('pool', ''),), (('uses[SQ001]', 'SQ001'), ('uses[SQ002]', 'SQ002')), (('Q5. Why?', ''),), (('uses[SQ001]',
        ''), ('uses[SQ002]', '')))
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = [name for name in names if name]
        self._exact = {_small(name): name for name in self._names}
        keys = Counter(map(_key, self._names))
        self._keyed = {_key(name): name for name in self._names if keys[_key(name)] == 1}
        self._stems: dict[str, dict[str, str]] = {}
        for name in self._names:
            for stem, sub in _parts_of(name):
                self._stems.setdefault(_key(stem), {}).setdefault(name, sub)
        self._known: dict[str, _Members] = {}

    def called(self, cell: str) -> _Members:
        """Returns the columns that a cell of a legend means, nothing where it means none."""
        if cell not in self._known:
            self._known[cell] = self._called(cell) if 0 < len(cell) <= _LONGEST_NAME else ()
        return self._known[cell]

    def _called(self, cell: str) -> _Members:
        own = self._exact.get(_small(cell)) or self._keyed.get(_key(cell))
        if own is not None:
            return ((own, ""),)
        stem = self._stems.get(_key(_WILD.sub("", cell)), {})
        if len(stem) > 1 or (stem and all("[" in name for name in stem)) or any(not sub for sub in stem.values()):
            return tuple(stem.items())
        return self._several(cell)

    def _several(self, cell: str) -> _Members:
        """Returns the columns that a cell lists, one by one or from the first to the last."""
        for match in _RANGE.finditer(cell):
            first = self._one(cell[: match.start()])
            last = self._one(cell[match.end() :]) or self._counted_on(first, cell[match.end() :])
            if first and last:
                start, end = self._names.index(first), self._names.index(last)
                return tuple((name, "") for name in self._names[start : end + 1])
        listed = [self._one(part) for part in re.split(r"[,;/&\n]|\s(?:and|und|et|y|e|en|i|и)\s", cell)]
        return tuple((name, "") for name in listed if name) if len(listed) > 1 and all(listed) else ()

    def _one(self, cell: str) -> str:
        return self._exact.get(_small(cell)) or self._keyed.get(_key(cell)) or ""

    def _counted_on(self, first: str, end: str) -> str:
        """Returns the column of the first one's name with another number at its end."""
        if not first or not end.strip(" ]").isdigit():
            return ""
        return self._one(re.sub(r"\d+(\]?)$", rf"{end.strip(' ]')}\1", first))


_RANGE = re.compile(
    r"\s*(?:\.{2,3}|…|[-–—]|:|\b(?:to|bis|à|al?|do|t/m|tot|thru|through|até|fino a|по|до|til|till)\b)\s*", re.IGNORECASE
)
_WILD = re.compile(r"\s*(?:\[(?:…|\.{3}|\*|x|SQ)?\]|[_.]?(?:\*|#|…|\.{3})|_x{1,2})$", re.IGNORECASE)
_PARTS = (
    re.compile(r"(?P<stem>[^\[\]]+?)\s*\[(?P<sub>[^\[\]]+)\](?:\[[^\[\]]*\])*"),
    re.compile(r"(?P<stem>.*\w)___?(?P<sub>\w+)"),
    re.compile(r"(?P<stem>.*[^\W_])[_./:-](?P<sub>\w+)"),
    re.compile(r"(?P<stem>.*\d)r(?P<sub>\d+)"),
    re.compile(r"(?P<stem>.*\d)(?P<sub>[a-z])", re.IGNORECASE),
    re.compile(r"(?P<stem>.*[^\W\d])(?P<sub>\d{1,2})"),
)
"""How the name of a column is parted into the question it belongs to, and what tells it from its neighbours."""

_NUMBERED = re.compile(r"(?P<code>[A-Za-z]{1,6}[_. ]?\d{1,3}[a-z]?)(?:[.:)\]]|\s[-–—])\s*(?P<text>\S.*)", re.DOTALL)
_BRACKETED = re.compile(r"(?P<text>.+) \[(?P<option>[^\[\]]+)\]", re.DOTALL)


def _parts_of(name: str) -> Iterator[tuple[str, str]]:
    """Yields what a column may be a part of, and which part.

    Example:
        >>> list(_parts_of("uses[SQ001]")), list(_parts_of("q2_1")), list(_parts_of("Q3. Use? [TV]"))
        ([('uses', 'SQ001')], [('q2', '1')], [('Q3', 'TV')])
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered is not None:
        bracketed = _BRACKETED.fullmatch(numbered["text"])
        yield numbered["code"], bracketed["option"] if bracketed else ""
        return
    if len(name) <= _LONGEST_NAME:
        for pattern in _PARTS:
            if (match := pattern.fullmatch(name)) is not None:
                yield match["stem"], match["sub"]
                return


def _small(name: str) -> str:
    return " ".join(name.split()).casefold()


def _key(name: str) -> str:
    """Returns a name without what people write otherwise: case, blanks, brackets, points.

    Example:
        >>> _key("Uses[SQ001]"), _key("uses_SQ001 "), _key("Q 5.")
        ('uses_sq001', 'uses_sq001', 'q_5')
    """
    return re.sub(r"[\s\[\](){}._/:-]+", "_", name.strip().casefold()).strip("_")


def legend_in(rows: Sequence[Sequence[str]], names: Collection[str]) -> dict[str, BookEntry]:
    """Returns what a sheet says of the columns of those names, nothing where it is no legend of theirs.

    It has a line for each value, below or beside the column's name; or a line for each column with all its values in
    one cell, or in a cell each; or a block for each column; or the columns side by side with their values below.

    Example:
        >>> rows = [["Variable", "Frage", "Code", "Bedeutung"], ["uses", "Which?", "SQ001", "Pool"],
        ...         ["uses", "", "SQ002", "Gym"], ["uses", "", "Y", "ticked"], ["sex", "Sex", "F", "Woman"],
        ...         ["sex", "", "M", "Man"]]
        >>> found = legend_in(rows, ["id", "uses[SQ001]", "uses[SQ002]", "sex"])
        >>> found["uses[SQ002]"].text, found["uses[SQ002]"].question, found["uses[SQ002]"].labels
        ('Gym', 'Which?', (('Y', 'ticked'),))
        >>> rows = [["sex", "Your sex?"], ["1", "woman"], ["2", "man"], [], ["go", "Go?"], ["1", "yes"], ["2", "no"]]
        >>> legend_in(rows, ["sex", "go"])["go"].labels
        (('1', 'yes'), ('2', 'no'))
    """
    known = ColumnNames(names)
    cells = [[_with_single_blanks(cell) for cell in row] for row in rows]
    ways = [way(cells, known) for way in (_of_lines, _of_blocks, _of_columns)]
    found = max(ways, key=lambda told: (sum(len(one.pairs) > 1 for one in told), len(told)))
    entries = _entries(found)
    return {name: one for name, one in entries.items() if len({*dict(one.labels)}) == len(one.labels)}


def _with_single_blanks(cell: str) -> str:
    """Returns a cell without long runs of blanks, which patterns would go over again from each of them.

    Example:
        >>> _with_single_blanks("  1 =   Yes \\n\\n  2 = No ")
        '1 = Yes\\n2 = No'
    """
    return re.sub(r"(?: ?\n)+ ?", "\n", re.sub(r"[^\S\n]+", " ", cell)).strip()


@dataclass
class _Told:
    """What a legend says under one name: the columns that it means, and the wording and values that follow."""

    columns: _Members
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    question: str = ""


def _entries(told: Sequence[_Told]) -> dict[str, BookEntry]:
    """Returns what is said of each column: of its own name first, then of the question that it is a part of."""
    found: dict[str, BookEntry] = {}
    for own in (True, False):
        for one in told:
            if own is any(sub for _, sub in one.columns):
                continue
            for name, entry in _entries_of(one).items():
                before = found.get(name, BookEntry())
                of_question = entry.question or entry.text
                found[name] = (
                    replace(
                        before,
                        text=before.text or entry.text,
                        question=before.question or (of_question if of_question != before.text else ""),
                        labels=before.labels or entry.labels,
                        part=before.part or entry.part,
                        sub=before.sub or entry.sub,
                        missing=before.missing or entry.missing,
                    )
                    if name in found
                    else entry
                )
    return {name: entry for name, entry in found.items() if entry.text or entry.labels or entry.question}


def _entries_of(one: _Told) -> dict[str, BookEntry]:
    """Returns an entry for each column that one name means, its values parted into those of parts and of answers.

    Example:
        >>> box, other = ("uses[1]", "1"), ("uses[2]", "2")
        >>> found = _entries_of(_Told((box, other), "Which?", (("1", "Pool"), ("2", "Gym"))))["uses[2]"]
        >>> found.text, found.labels, found.question, found.part
        ('', (('1', 'Pool'), ('2', 'Gym')), 'Which?', 'Gym')
    """
    if not any(sub for _, sub in one.columns):
        entry = BookEntry(one.text, one.pairs, one.question, missing=one.missing)
        return {name: entry for name, _ in one.columns}
    subs = {sub.casefold() for _, sub in one.columns}
    parts = {code.casefold(): label for code, label in one.pairs if code.casefold() in subs}
    rest = tuple((code, label) for code, label in one.pairs if code.casefold() not in subs)
    if parts and all(sub.isdigit() for sub in subs):  # the numbers may be those of the columns, or of their answers
        return {
            name: BookEntry("", one.pairs, one.text, parts.get(sub.casefold(), ""), sub, one.missing)
            for name, sub in one.columns
        }
    return {
        name: BookEntry(parts.get(sub.casefold(), ""), rest, one.text, "", sub, one.missing)
        for name, sub in one.columns
    }


def _of_lines(rows: Sequence[Sequence[str]], known: ColumnNames) -> list[_Told]:
    """Returns what a list of columns and values says, whatever its headings are called."""
    width = max(map(len, rows), default=0)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    at = next((place for place, cells in enumerate(columns) if _names_columns(cells, known)), None)
    if at is None:
        return []
    start = next(row for row, cell in enumerate(columns[at]) if known.called(cell))
    above = next((row for row in range(start - 1, max(start - 4, -1), -1) if sum(map(bool, rows[row])) > 1), None)
    heads = [cells[above] if above is not None else "" for cells in columns]
    others = [place for place in range(width) if place != at]
    starts = [row for row in range(start, len(rows)) if columns[at][row]]
    blocks = [list(range(row, end)) for row, end in zip(starts, [*starts[1:], len(rows)], strict=True)]
    holding = _holding(columns, heads, others, _joined_blocks(columns[at], blocks), start)
    if len({columns[at][row] for row in starts if known.called(columns[at][row])}) < _FEWEST_NAMED and not (
        holding.headed and holding.codes is not None
    ):
        return []
    within = _place_within(columns, holding.texts, holding.wording, start)
    told: dict[str, _Told] = {}
    for block in blocks:
        name = columns[at][block[0]]
        meant = known.called(name)
        if not meant:
            continue
        one = told.setdefault(_small(name), _Told(meant))
        for row in block:
            _take_row(one, columns, holding, within, row)
    found = list(told.values())
    if holding.in_cells is not None and holding.wording is not None:
        found += _boxes_of(columns[at], columns[holding.in_cells], columns[holding.wording], known)
    return found


def _take_row(one: _Told, columns: Sequence[Sequence[str]], holding: _Holding, within: int | None, row: int) -> None:
    """Takes what one line of a legend says into what is told of its column."""
    wording = columns[holding.wording][row] if holding.wording is not None else ""
    if wording and not one.text:
        if within is not None and holding.wording is not None and columns[holding.wording].count(wording) > 1:
            one.text, one.question = _last_part(columns[within][row]), plain_text(wording)
        else:
            one.text = plain_text(wording)
    if holding.missing is not None and columns[holding.missing][row]:
        one.missing = one.missing or tuple(re.findall(r"-?\d+", columns[holding.missing][row]))
    if holding.in_cells is not None:
        one.pairs = one.pairs or pairs_in(columns[holding.in_cells][row])
    elif holding.wide:
        cells = ((code, columns[place][row]) for place, code in holding.wide.items())
        one.pairs = one.pairs or tuple((code, plain_text(cell)) for code, cell in cells if cell)
    elif holding.codes is not None and holding.labels is not None:
        code, label = columns[holding.codes][row], columns[holding.labels][row]
        more = [pair for pair in _in_step(code, label) if pair[0] not in dict(one.pairs)]
        if more:
            one.pairs = (*one.pairs, *more)
        elif code and label and len(code) <= _LONGEST_WORD and _whole(code) not in dict(one.pairs):
            one.pairs = (*one.pairs, (_whole(code), plain_text(label)))


def _in_step(code: str, label: str) -> list[tuple[str, str]]:
    """Returns the values and labels of a line that has several beside each other, or one more among its labels.

    Example:
        >>> _in_step("1 / 2", "Sì / No"), _in_step("1-7", "-99 = Non risponde"), _in_step("1", "Sì")
        ([('1', 'Sì'), ('2', 'No')], [('-99', 'Non risponde')], [])
    """
    for mark in ("/", ";", "|", ",", "\n"):
        codes, labels = ([part.strip() for part in cell.split(mark)] for cell in (code, label))
        if len(codes) == len(labels) > 1 and all(map(_CODE.fullmatch, codes)) and all(labels):
            return list(zip(codes, map(plain_text, labels), strict=True))
    lone = _pair(label) if not _CODE.fullmatch(code) else None
    return list(pairs_in(label)) or ([lone] if lone is not None and _NUMBER.fullmatch(lone[0]) else [])


@dataclass(frozen=True)
class _Holding:
    """Which columns of a legend hold what: wordings, codes and their labels, or both in one cell, or a label each."""

    wording: int | None = None
    codes: int | None = None
    labels: int | None = None
    in_cells: int | None = None
    missing: int | None = None
    wide: Mapping[int, str] | None = None
    texts: tuple[int, ...] = ()
    headed: bool = False


def _joined_blocks(names: Sequence[str], blocks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Returns the lines of each name, those of one name that stands on every line together."""
    found: dict[str, list[int]] = {}
    for block in blocks:
        found.setdefault(_small(names[block[0]]), []).extend(block)
    return list(found.values())


_WIDE = re.compile(
    r"(?:(?:code|value|wert|valeur|valor|valore|waarde|wartość|kod|код|значение)\s*)?(?P<code>-?\d{1,3})", re.I
)


def _holding(
    columns: Sequence[Sequence[str]],
    heads: Sequence[str],
    others: Sequence[int],
    blocks: Sequence[Sequence[int]],
    start: int,
) -> _Holding:
    """Returns which columns hold what, by their contents first, and by their headings where these leave it open."""
    missing = next((place for place in others if _MISSING_HEAD.fullmatch(heads[place])), None)
    others = [place for place in others if place != missing and any(columns[place][start:])]
    wide = {place: match["code"] for place in others if (match := _WIDE.fullmatch(heads[place])) is not None}
    in_cells = next((place for place in others if _holds_pairs(columns[place][start:])), None)
    if in_cells is not None or len(wide) > 1:
        texts = [place for place in others if place != in_cells and (in_cells is not None or place not in wide)]
        wording = _wording_of(columns, heads, texts, start)
        return _Holding(wording, None, None, in_cells, missing, None if in_cells is not None else wide, tuple(texts))
    codes, labels = _codes_and_labels(columns, heads, others, blocks, start)
    texts = [place for place in others if place not in (codes, labels)]
    headed = codes is not None and labels is not None
    headed = headed and bool(_CODE_HEAD.fullmatch(heads[codes or 0]) and _LABEL_HEAD.fullmatch(heads[labels or 0]))
    wording = _wording_of(columns, heads, texts, start)
    return _Holding(wording, codes, labels, None, missing, None, tuple(texts), headed)


def _wording_of(columns: Sequence[Sequence[str]], heads: Sequence[str], texts: Sequence[int], start: int) -> int | None:
    """Returns the column of the wordings: one with such a heading, else the one with most words, if several."""
    asked = [place for place in texts if _ASKED_HEAD.search(heads[place])]
    headed = asked or [place for place in texts if _TEXT_HEAD.search(heads[place])]
    wording = max(headed or texts, key=lambda place: _words_in(columns[place][start:]), default=None)
    return wording if headed or wording is None or _words_in(columns[wording][start:]) > 1 else None


def _codes_and_labels(
    columns: Sequence[Sequence[str]],
    heads: Sequence[str],
    others: Sequence[int],
    blocks: Sequence[Sequence[int]],
    start: int,
) -> tuple[int | None, int | None]:
    """Returns the columns of the values and of their labels, None where the legend has none.

    Labels stand beside nearly every code, and differ within each block; a wording stands there once, or again and
    again.
    """
    by_head = [place for place in others if _CODE_HEAD.fullmatch(heads[place])]
    for codes in (*by_head, *(place for place in others if place not in by_head)):
        filled = [row for row in range(start, len(columns[codes])) if columns[codes][row]]
        held = [columns[codes][row] for row in filled]
        like = sum(len(one) <= _LONGEST_CODE and _CODE.fullmatch(one) is not None for one in held)
        short = sum(len(one) <= _LONGEST_WORD for one in held)
        if len(held) < 2 or not (
            like == len(held) or (codes in by_head and (2 * like > len(held) or short == len(held)))
        ):
            continue
        if codes not in by_head and not any(_differ(columns[codes], block) for block in blocks):
            continue
        best = [place for place in others if place != codes and _labels_fit(columns, codes, place, blocks, filled)]
        if best:
            named = [place for place in best if _LABEL_HEAD.fullmatch(heads[place])]
            return codes, next((place for place in (*named, *best) if place > codes), (named or best)[0])
    return None, None


def _labels_fit(
    columns: Sequence[Sequence[str]], codes: int, place: int, blocks: Sequence[Sequence[int]], filled: Sequence[int]
) -> bool:
    """Returns whether a column may hold the labels of those codes: words beside them that differ within a block."""
    words = [columns[place][row] for row in filled]
    told = [one for one in words if one]
    worded = sum(not _NUMBER.fullmatch(one) for one in told)
    if len(told) < 2 or 2 * worded <= len(told) or len({*told}) < 2:
        return False
    several = [rows for block in blocks if len(rows := [row for row in block if columns[codes][row]]) > 1]
    differ = sum(_differ(columns[place], rows) for rows in several)
    return 2 * differ > len(several) and 3 * len(told) > 2 * len(words)


def _differ(cells: Sequence[str], rows: Sequence[int]) -> bool:
    """Returns whether no word stands twice in these lines, and most of them have one."""
    held = [cells[row] for row in rows if cells[row]]
    return len({*held}) == len(held) > 1 and 2 * len(held) > len(rows)


def _of_blocks(rows: Sequence[Sequence[str]], known: ColumnNames) -> list[_Told]:
    """Returns what blocks say, each of which begins with the name of a column: codes and labels stand below it.

    Example:
        >>> names = ColumnNames(["q1", "q2"])
        >>> rows = [["q1: Go?"], ["1 = Yes"], ["2 = No"], ["q2", "How?"], ["", "1", "By bus"], ["", "2", "On foot"]]
        >>> [(one.text, one.pairs) for one in _of_blocks(rows, names)]
        [('Go?', (('1', 'Yes'), ('2', 'No'))), ('How?', (('1', 'By bus'), ('2', 'On foot')))]
    """
    found: list[_Told] = []
    taken = rows_seen = 0
    for row in rows:
        cells = [cell for cell in row if cell]
        if not cells:
            continue
        meant, rest = _named_at(cells[0], known)
        pair = _pair_of(cells) if found else None
        if meant and not (pair and len(cells) > 1 and _CODE.fullmatch(cells[0]) and not found[-1].pairs):
            found.append(_Told(meant, plain_text(rest or (cells[1] if len(cells) > 1 else ""))))
            listed = next((pairs for cell in cells[1:] if (pairs := pairs_in(cell))), ())
            found[-1].pairs = listed
            taken += 1
        elif pair is not None and pair[0] not in dict(found[-1].pairs):
            found[-1].pairs = (*found[-1].pairs, pair)
            taken += 1
        elif found and len(cells) == 1 and (pairs := pairs_in(cells[0])):
            found[-1].pairs = found[-1].pairs or pairs
            taken += 1
        elif found and len(cells) == 1 and not found[-1].text and not found[-1].pairs:
            found[-1].text = plain_text(cells[0])
            taken += 1
        rows_seen += bool(found)
    labelled = [one for one in found if len(one.pairs) > 1]
    sure = len({one.columns for one in labelled}) >= _FEWEST_NAMED and taken >= _SURE_ROWS * rows_seen
    return found if sure else []


_SPLIT = re.compile(r"\s*[:.)\n]\s+|\s*\n\s*|\s+[-–—=]\s+|:")


def _named_at(cell: str, known: ColumnNames) -> tuple[_Members, str]:
    """Returns the columns that a cell begins with, and the wording behind their name."""
    if meant := known.called(cell.strip("[]")):
        return meant, ""
    match = _SPLIT.search(cell)
    meant = known.called(cell[: match.start()].strip("[]")) if match is not None else ()
    return (meant, cell[match.end() :]) if meant and match is not None else ((), "")


def _pair_of(cells: Sequence[str]) -> tuple[str, str] | None:
    """Returns the code and the label that one line has, in two cells or in one."""
    if len(cells) > 1 and len(cells[0]) <= _LONGEST_CODE and _CODE.fullmatch(cells[0]):
        label = next((cell for cell in cells[1:] if cell not in ("=", ":", "-", "–")), "")
        return (_whole(cells[0]), plain_text(label)) if label else None
    return _pair(cells[0]) if len(cells) == 1 else None


def _of_columns(rows: Sequence[Sequence[str]], known: ColumnNames) -> list[_Told]:
    """Returns what names side by side say, the values of each below it: in one cell, or beside their labels.

    Example:
        >>> names = ColumnNames(["q1", "q2"])
        >>> rows = [["q1", "", "q2", ""], ["1", "Yes", "1", "By bus"], ["2", "No", "2", "On foot"]]
        >>> [one.pairs for one in _of_columns(rows, names)]
        [(('1', 'Yes'), ('2', 'No')), (('1', 'By bus'), ('2', 'On foot'))]
    """
    start = next(
        (at for at, row in enumerate(rows) if sum(bool(known.called(cell)) for cell in row) >= _FEWEST_NAMED), None
    )
    if start is None:
        return []
    head, found = rows[start], []
    for place, cell in enumerate(head):
        meant = known.called(cell)
        below = [row[place : place + 2] for row in rows[start + 1 :] if len(row) > place and row[place]]
        pairs = [_pair(cells[0]) for cells in below]
        lone = place + 1 >= len(head) or not head[place + 1]
        if meant and lone and not any(pairs):
            pairs = [_pair_of(cells) if len(cells) > 1 else None for cells in below]
        told = tuple(pair for pair in pairs if pair is not None)
        if meant and len({*dict(told)}) == len(below) > 1:
            found.append(_Told(meant, "", told))
    return found if len(found) >= _FEWEST_NAMED else []


def _place_within(
    columns: Sequence[Sequence[str]], others: Sequence[int], wording: int | None, start: int
) -> int | None:
    """Returns the column that tells the parts of a question apart whose wording stands beside several of them.

    Example:
        >>> asked, parts = ["QUESTION", "Use?", "Use?", "Age?"], ["LABEL", "Use: TV", "Use: Radio", "Age"]
        >>> _place_within([asked, parts], [1], 0, 1), _place_within([["QUESTION", "Use?"], parts[:2]], [1], 0, 1)
        (1, None)
    """
    if wording is None:
        return None
    asked = columns[wording]
    again = [row for row in range(start, len(asked)) if asked[row] and asked.count(asked[row]) > 1]
    for place in others:
        told = [columns[place][row] for row in again]
        if (
            place != wording
            and again
            and all(told)
            and len({*told}) == len(told)
            and not all(map(_CODE.fullmatch, told))
        ):
            return place
    return None


def _last_part(label: str) -> str:
    """Returns what a label says behind the name of its question.

    Example:
        >>> _last_part("Use: E-media"), _last_part("E-media")
        ('E-media', 'E-media')
    """
    text = plain_text(label)
    return text.partition(": ")[2].strip() or text


_TICKS = (("0", "no"), ("1", "yes"))
_BOX = re.compile(r"(?P<stem>.+)___(?P<code>_?\w+)")


def _boxes_of(names: Sequence[str], values: Sequence[str], wordings: Sequence[str], known: ColumnNames) -> list[_Told]:
    """Returns the boxes of questions that the list has once, with all options: REDCap's `media___1` for `media`.

    Example:
        >>> box = _boxes_of(["media"], ["1, TV | 2, Radio"], ["Which?"], ColumnNames(["media___1", "media___2"]))[1]
        >>> box.columns, box.text, box.pairs, box.question
        ((('media___2', ''),), 'Radio', (('0', 'no'), ('1', 'yes')), 'Which?')
    """
    found: list[_Told] = []
    for row, name in enumerate(names):
        codes = {code.replace("-", "_"): label for code, label in pairs_in(values[row])} if name else {}
        for column, _ in known.called(name) if codes and wordings[row] else ():
            match = _BOX.fullmatch(column)
            if match is not None and _small(match["stem"]) == _small(name) and match["code"] in codes:
                text = codes[match["code"]]
                found.append(_Told(((column, ""),), text, _TICKS, (), plain_text(wordings[row])))
    return found


def _names_columns(cells: Sequence[str], known: ColumnNames) -> bool:
    """Returns whether a column of a list holds names of the other table's columns, and hardly anything else."""
    told = [cell for at, cell in enumerate(cells) if cell and (at == 0 or cell != cells[at - 1])]
    filled = {*told}
    named = {cell for cell in filled if known.called(cell)}
    once = len(told) <= _OFTEN_NAMED * len(filled) + 1  # answers come again and again, the lines of a column once
    return bool(named) and once and len(named) > _FEWEST_PLACED * (len(filled) - len(named) - 1)


def _holds_pairs(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return sum(len(pairs_in(cell)) > 1 for cell in filled) >= max(1, 0.4 * len(filled))


_CODE_OF_PAIR = r"-?\d+|[A-Za-z]{1,3}\d{0,4}"
_PAIR = re.compile(
    r"\s*(?:(?P<code>-?\d+)\s*(?:[=:.)\u2013\u2014-]+|,)|\((?P<bracketed>-?\d+)\)|"
    rf"(?P<letters>{_CODE_OF_PAIR})\s*(?:=|:|\s[\u2013\u2014-]\s)|(?P<word>[\w.-]{{1,20}})\s*=|"
    r"(?P<quoted>-?\d+)(?=\s*[\"'\u201c\u2018]))\s*(?P<label>\S.*)",
    re.DOTALL,
)
_TURNED = re.compile(rf"\s*(?P<label>\S.*?)\s*(?:=\s*|\(|\[)(?P<code>{_CODE_OF_PAIR})\s*[)\]]?\s*", re.DOTALL)
_SPACED = re.compile(r"\s*(?P<code>-?\d{1,3})\s+(?P<label>[^\W\d].*)", re.DOTALL)
_PAIRS_END = (
    r"\|", r"\n", r";", rf",(?=\s*(?:{_CODE_OF_PAIR})\s*[=:])", r"\s/\s", r",(?=\s*\(?-?\d+\)?\s)", r",",
    r"\s(?=-?\d+\s?=)", r"\s(?=-?\d+\s*[\"'\u201c\u2018])", r"\.{3}|…",
)  # fmt: skip
_QUOTES = "\"'\u201c\u201d\u2018\u2019\u201e"


def pairs_in(cell: str) -> tuple[tuple[str, str], ...]:
    """Returns the values and labels that one cell lists.

    Example:
        >>> pairs_in("1=Yes; 2=No; 9=Don't know"), pairs_in("1, Yes | 2, No"), pairs_in("Which one?")
        ((('1', 'Yes'), ('2', 'No'), ('9', "Don't know")), (('1', 'Yes'), ('2', 'No')), ())
        >>> pairs_in("F = Female, M = Male"), pairs_in("Yes (1), No (2)"), pairs_in("1 Yes, 2 No")
        ((('F', 'Female'), ('M', 'Male')), (('1', 'Yes'), ('2', 'No')), (('1', 'Yes'), ('2', 'No')))
    """
    text = cell.strip()[:_LONGEST_LIST]
    for end in _PAIRS_END:
        parts = [part.strip() for part in re.split(end, text) if part.strip()]
        if len(parts) < 2:
            continue
        for way in (_pair, _turned, _spaced):
            found = [pair for part in parts if (pair := way(part)) is not None]
            if len(found) == len(parts) == len({code for code, _ in found}):
                return tuple(found)
    return ()


def _pair(part: str) -> tuple[str, str] | None:
    match = _PAIR.fullmatch(part)
    if match is None:
        return None
    code = next(match[name] for name in ("code", "bracketed", "letters", "word", "quoted") if match[name])
    label = plain_text(match["label"]).strip(_QUOTES)
    return (code, label) if label else None


def _turned(part: str) -> tuple[str, str] | None:
    match = _TURNED.fullmatch(part)
    return None if match is None else (match["code"], plain_text(match["label"]))


def _spaced(part: str) -> tuple[str, str] | None:
    match = _SPACED.fullmatch(part)
    return None if match is None else (match["code"], plain_text(match["label"]))


def _whole(code: str) -> str:
    """Returns a value as the table of readers has it.

    Example:
        >>> _whole("1.0"), _whole("A2")
        ('1', 'A2')
    """
    return re.sub(r"\.0+$", "", code)


def _words_in(cells: Sequence[str]) -> float:
    """Returns how many words the filled cells have on the average."""
    filled = [cell for cell in cells if cell]
    return sum(len(cell.split()) for cell in filled) / len(filled) if filled else 0.0
