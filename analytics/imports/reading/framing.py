"""Where the table stands in a file that people worked on: title lines above its heading, totals and notes below."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from analytics.imports.cells.fields import PLAIN
from analytics.imports.cells.rows import CELL_BREAK, Refused, Rows, split_row
from analytics.imports.tools.heads import HEAD_ROWS, head_of
from analytics.language.said import noted, spoken

WINDOW = 40
"""How many rows of a file are looked at before its heading is settled."""

_SAMPLE = 20
_MOST_TITLE_LINES = 12
_FEWEST_BELOW = 3
_TAIL_ROWS = 60
_LONGEST_TAIL = 30
_LONGEST_GROUP = 2_000
_EMPTY = noted("an empty line")
A_SUBTOTAL = noted("a subtotal")
"""What a row of sums among the answers is called, which stands not only below them."""

A_HEADING = noted("the heading once more")

A_TOTAL_ABOVE = noted("a total right under the heading")

_NUMBER = re.compile(r"\W*[0-9][0-9.,:/ \-%T]*\W*")
_TOTAL = re.compile(
    r"(grand |sub ?)?totals?( g[ée]n[ée]ra(l|ux))?|sum|n|average|mean|mittelwert|durchschnitt|summe|gesamt(summe)?|"
    r"insgesamt|anzahl|moyenne|somme|effectif|suma|promedio|totale|somma|media|m[ée]dia|soma|totaal|gemiddelde|som|"
    r"razem|ogółem|średnia|итого|всего|сумма|среднее|разом|усього|celkem|průměr|totalt|summa|yhteensä|toplam|"
    r"(row )?count|percent(age)?s?|prozent|%|(gesamt|teil)?ergebnis|(общий )?итог|totale complessivo|eindtotaal|"
    r"suma końcowa|total g[eé][rn]\w+|підсумок|загалом|összesen|σύνολο|общо|ukupno|skupaj|spolu|kokku|"
    r"iš viso|kopā|i alt|"
    r"[総總]?合[計计]|[総總总]计|[総總]計|小[計计]|計|[総總总][数數]|平均(値|值)?|件数|人数|回答者?数|合算|합계|총계|소계|평균|계|"
    r"المجموع|الإجمالي|סה.כ|รวม(ทั้งหมด)?|tổng( cộng)?|jumlah|total geral",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(
    r"小[計计]|소계|(sub|sous|inter|zwischen|teil|tussen|parcial|parziale|częściow|промежуточ|mellan|del|väli|mezi|mezisou)[\s-]*"
    r"(total\w*|totaux|summen?|ergebnis|suma|somma|soma|итог\w*|sum|součet)|subtotaa?l\w*|deelsom|"
    r"(suma|total|soma|somma|totale) (parcial|parziale|częściowa)|промежуточны[йе] итог\w*|подытог",
    re.IGNORECASE,
)
"""Words that head a row of subtotals and nothing else."""

_BETWEEN = re.compile(r"^(of|for|de|del|della|di|da|do|van|von|für|pour|para|по|dla|du|des)\s+", re.IGNORECASE)
_SUM_STEMS = (
    "total", "summe", "ergebnis", "gesamt", "insgesamt", "somme", "suma", "somma", "soma", "totaal", "razem", "ogółem",
    "итог", "всего", "сумма", "разом", "усього", "celkem", "součet", "summa", "totaux", "deelsom",
    "計", "计", "합계", "총계", "소계",
)  # fmt: skip
"""Parts of the words for sums by which rows among the answers are looked at, all of them small."""
_SUM_ROOTS = (
    "tot", "sum", "som", "ergebnis", "gesamt", "razem", "ogółem", "итог", "всего", "сумма", "разом", "усього", "celkem",
    "součet", "計", "计", "계",
)  # fmt: skip
"""Each of the stems has one of these in it: half as many to look for in a file that has none."""

_TOTAL_WITH = re.compile(r"(?P<word>[^\W\d][\w ]*?|%)\s*([:：]|=|[(（].{0,20}[)）]|:?\s*[0-9][0-9.,]*)?\s*")
_NOTE = re.compile(
    r"(source|note|notes|remarks?|legend|key|quellen?|anmerkung(en)?|hinweise?|stand|legende|bemerkung(en)?|sources?|"
    r"remarques?|fuentes?|notas?|fonte|bron|opmerking(en)?|źródło|uwagi?|источник|примечани[ея]|джерело|"
    r"exported|generated|downloaded|printed|created|exportiert|erstellt|примітк[аи]|forrás|megjegyzés|zdroj|källa|kilde|lähde|kaynak|not[eă])\b|"
    r"[*†©※＊]|(注|註|出典|備考|資料|出所|集計|来源|數據來源|数据来源|备注|注释|주|출처|비고)([0-9０-９）).：: ]|$)",
    re.IGNORECASE,
)


class Frame(NamedTuple):
    """Where the table begins among the first rows, how many rows its heading takes, and how wide it is."""

    start: int
    rows: int
    width: int


def framed(rows: Sequence[Sequence[str]]) -> Frame:
    """Returns where the table begins: at the first row, or at the heading that stands below title lines.

    A title line fills far fewer cells than the heading below it. A tool's own heading is known by its tool; another has
    a name in every column, none of them a number and none of them a word that comes back below.

    Example:
        >>> rows = [["Readers, May", "", ""], ["id", "Agree?", "Age"], *([str(n), "Yes", "40"] for n in range(5))]
        >>> framed(rows)
        Frame(start=1, rows=1, width=3)
        >>> framed(rows[1:]).start
        0
    """
    known = _is_known(rows, 0)
    below = range(1, min(len(rows), _MOST_TITLE_LINES + 1))
    start = 0 if known else next((at for at in below if _begins_at(rows, at)), 0)
    count = head_of(sample(rows, start)).rows
    last = rows[min(start + count, len(rows)) - 1]  # a line above it may only sign the file
    return Frame(start, count, max(len(rows[start]), len(last)))


def sample(rows: Sequence[Sequence[str]], start: int) -> list[Sequence[str]]:
    """Returns the heading at that row and some rows below it that are as wide: what tools are known by."""
    width = len(rows[start])
    first = list(rows[start : start + HEAD_ROWS])
    return first + [row for row in rows[start + HEAD_ROWS : start + _SAMPLE] if len(row) == width]


def _begins_at(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Returns whether the heading stands at that row, the rows above it being title lines."""
    if not all(_is_title(row, rows[at]) for row in rows[:at]):
        return False
    return _is_known(rows, at) or _is_heading(rows, at)


def _is_known(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Returns whether a heading stands at that row for sure: a tool's own, or questions above their options."""
    head = head_of(sample(rows, at))
    return head.tool != PLAIN or head.rows > 1


def _is_title(row: Sequence[str], heading: Sequence[str]) -> bool:
    """Returns whether the row fills so few cells that it may be a title above that heading.

    Example:
        >>> _is_title(["Survey", ""], ["id", "q"]), _is_title(["id", "q"], ["7", "Yes"])
        (True, False)
    """
    own, filled = _filled(row), _filled(heading)
    return own < filled and (own <= 2 or 2 * own <= filled)


def _is_heading(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Returns whether the row reads as names of the columns below it; an empty column between them needs none."""
    names = [cell.strip() for cell in _without_end(rows[at])]
    below = [row for row in rows[at + 1 :] if any(map(str.strip, row))]
    if len({*names} - {""}) < 2 or any(map(_NUMBER.fullmatch, names)):
        return False
    fitting = [row for row in below if len(_without_end(row)) <= len(names)]
    if len(fitting) < _FEWEST_BELOW or len(fitting) < 0.8 * len(below):
        return False
    columns = [[row[place].strip() for row in fitting if place < len(row)] for place in range(len(names))]
    if any(not name and any(cells) for name, cells in zip(names, columns, strict=True)):
        return False  # a column without a name only parts others
    told = any(_tells_of_rows([cell for cell in cells if cell]) for cells in columns)
    return told and not any(name in cells for name, cells in zip(names, columns, strict=True) if name)


def _tells_of_rows(cells: Sequence[str]) -> bool:
    """Returns whether cells of one column look like those of rows: mostly numbers, or words that come back."""
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in cells)
    return len(cells) > 1 and (numbers > 0.8 * len(cells) or len({*cells}) < len(cells))


def _filled(row: Sequence[str]) -> int:
    """Returns how many cells of the row are not blank."""
    return sum(bool(cell.strip()) for cell in row)


def _without_end(cells: Sequence[str]) -> Sequence[str]:
    """Returns the cells without the blank ones at the end."""
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)
    return cells[:last]


class _Row(NamedTuple):
    """A row near the end: its line, its cells (None where it has not as many as the heading), and how many they are."""

    line: int
    cells: tuple[str, ...] | None
    width: int


def without_tail(stretches: Iterator[Rows], width: int, *, cells_have_lines: bool) -> Iterator[Rows]:
    """Yields the same stretches, the totals and notes below the data among the refused rows.

    The last rows are held back until it shows what follows them.

    Args:
        cells_have_lines: whether a line break within a cell begins another line, as in text files.
    """
    held: deque[Rows] = deque()
    for rows in stretches:
        held.append(rows)
        while sum(map(len, held)) - len(held[0]) >= _TAIL_ROWS:
            yield held.popleft()
    tail = _tail_of(list(held), width, cells_have_lines)
    yield from (_cut(rows, tail) for rows in held)


def without_sums(stretches: Iterator[Rows]) -> Iterator[Rows]:
    """Yields the same stretches, the rows of subtotals that stand among the answers among the refused.

    Such a row has a word for a sum beside the word of the group that it ends or begins ("Zwischensumme Mitte", "North
    Total"), or a word for a subtotal alone, and nothing but numbers and blanks elsewhere. Totals of all stand right
    under the heading too.
    """
    before, first = "", True
    for rows in stretches:
        found = _sums_among(rows.texts, before) if rows.texts else []
        above = _sums_above(rows.texts[:WINDOW]) if first else []
        first = first and not rows.texts
        before = rows.texts[-1] if rows.texts else before
        rows = _without(rows, above, A_TOTAL_ABOVE) if above else rows
        yield _without(rows, [at - len(above) for at in found if at not in above]) if found else rows


def without_headings(stretches: Iterator[Rows], headings: Collection[str]) -> Iterator[Rows]:
    """Yields the same stretches, rows that repeat the heading among the refused, as in files pasted together."""
    for rows in stretches:
        rare = frozenset(headings).isdisjoint(rows.texts)
        found = [] if rare else [at for at, text in enumerate(rows.texts) if text in headings]
        yield _without(rows, found, A_HEADING) if found else rows


def _sums_above(texts: Sequence[str]) -> list[int]:
    """Returns the places of rows of totals right under the heading, where a column of numbers or ids names them.

    Example:
        >>> rows = [("Total", "3 answers", "2"), ("1", "2 May", "x"), ("2", "3 May", ""), ("3", "3 May", "x")]
        >>> _sums_above([chr(0).join(row) for row in rows])
        [0]
    """
    rows = [[cell.strip() for cell in split_row(text)] for text in texts]
    found: list[int] = []
    while len(found) < _MOST_ABOVE and len(rows) - len(found) >= _FEWEST_BELOW:
        cells = rows[len(found)]
        place = next((at for at, cell in enumerate(cells) if cell), 0)
        beside = [row[place] for row in rows[len(found) + 1 :] if row[place] and not _is_total(row[place])]
        own = len({*beside}) > 0.9 * len(beside) or all(map(_NUMBER.fullmatch, beside))
        if not (_is_total(cells[place]) and own and cells[place] not in beside and _are_sums(cells[place + 1 :])):
            break
        found.append(len(found))
    return found


_MOST_ABOVE = 3


def _sums_among(texts: Sequence[str], before: str) -> list[int]:
    """Returns the places of the rows of subtotals.

    Example:
        >>> rows = [("Mitte", "1", "Yes"), ("Mitte", "2", "No"), ("Summe Mitte", "2", ""), ("Nord", "3", "No")]
        >>> _sums_among([chr(0).join(row) for row in rows], "")
        [2]
    """
    whole = "\n".join(texts).lower()
    stems = [stem for stem in _SUM_STEMS if stem in whole] if any(root in whole for root in _SUM_ROOTS) else []
    if not stems:
        return []
    named: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        if any(stem in text.lower() for stem in stems):
            for cell in text.split(CELL_BREAK):
                if any(stem in cell.lower() for stem in stems):
                    named.setdefault(cell.strip(), []).append(at)
    # A word that many gave is an answer: only one row can be the sum of a group.
    likely = sorted({at for cell, rows in named.items() for at in rows if _may_head_sums(cell, len(rows))})
    found = [sum_row for at in likely for sum_row in _sum_cells(texts[at], at)]
    times = Counter((one.place, one.cell) for one in found)
    return list(dict.fromkeys(one.at for one in found if _is_sum_among(texts, one, times, before)))


def _may_head_sums(cell: str, times: int) -> bool:
    """Returns whether a cell that stands so often may head rows of sums."""
    group = _group_of_sum(cell)
    return group is not None and (not group or times == 1)


class _SumCell(NamedTuple):
    """A cell that reads as the head of a row of sums: its row and column, and the group that it names, if any."""

    at: int
    place: int
    cell: str
    group: str


def _sum_cells(text: str, at: int) -> Iterator[_SumCell]:
    """Yields the cells that may head a row of sums: elsewhere in it stand only numbers, blanks and the group itself."""
    cells = [cell.strip() for cell in split_row(text)]
    for place, cell in enumerate(cells):
        group = _group_of_sum(cell) if cell else None
        rest = [other for other in (*cells[:place], *cells[place + 1 :]) if other]
        if group is not None and rest and all(re.search("[0-9]", other) or other == group for other in rest):
            yield _SumCell(at, place, cell, group)


def _may_be_sums(text: str) -> bool:
    """Returns whether a row may be one of sums, by any of its cells."""
    return any(_sum_cells(text, 0)) or any(_is_total(cell.strip()) for cell in split_row(text))


def _is_sum_among(texts: Sequence[str], one: _SumCell, times: Mapping[tuple[int, str], int], before: str) -> bool:
    """Returns whether the row is one of sums: by a word of its own, or by the group next to it that it alone names.

    A word that may be an answer too ("Total ban") heads sums only where something is blank that the next rows have.
    """
    if not one.group:
        return True
    named = _next_filled(texts, one.at, one.place, -1) or _cell_at(before, one.place)
    beside = {cell.strip() for text in (texts[one.at - 1] if one.at else before, *texts[one.at + 1 : one.at + 2])
              for cell in split_row(text)}  # fmt: skip
    of_group = one.group in (named, _next_filled(texts, one.at, one.place, 1))
    if times[one.place, one.cell] > 1 or not (of_group or one.group in beside):
        return False
    if any(_SUBTOTAL.fullmatch(word) for word in (*one.cell.split(), " ".join(one.cell.split()[:2]))):
        return True
    own = split_row(texts[one.at])
    above, below = texts[max(0, one.at - 2) : one.at] or [before], texts[one.at + 1 : one.at + 4]
    rows = [split_row(text) for text in (*above, *below) if text and not _may_be_sums(text)]
    return any(not own[place].strip() and all(row[place].strip() for row in rows) for place in range(len(own)))


@lru_cache(maxsize=4_096)
def _group_of_sum(cell: str) -> str | None:
    """Returns the group whose sum a cell says that its row is, "" where it names none, None where it says no such.

    Example:
        >>> _group_of_sum("Zwischensumme Alt Nord"), _group_of_sum("North Total"), _group_of_sum("Subtotal (12)")
        ('Alt Nord', 'North', '')
        >>> _group_of_sum("Total"), _group_of_sum("Totally agree")
        (None, None)
    """
    plain = re.sub(r"\(.{0,20}\)$|[:=]?\s*[0-9.,]*$", "", cell).strip(" :=-–")
    if _SUBTOTAL.fullmatch(plain):
        return ""
    words = plain.split()
    for count in (1, 2):
        for head, group in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            word = " ".join(head).strip(":")
            if group and (_SUBTOTAL.fullmatch(word) or _TOTAL.fullmatch(word)):
                less = re.sub(
                    r"^(of|for|de|del|della|di|da|do|van|von|für|pour|para|по|dla|du|des)\s+", "", " ".join(group)
                )
                return less.strip(" :=-–()")
    return None


def _next_filled(texts: Sequence[str], at: int, place: int, step: int) -> str:
    """Returns the nearest filled cell of the column above or below a row, "" where there is none near."""
    for near in range(at + step, max(-1, at - _LONGEST_GROUP) if step < 0 else min(len(texts), at + 3), step):
        if cell := _cell_at(texts[near], place):
            return cell
    return ""


def _cell_at(text: str, place: int) -> str:
    return split_row(text)[place].strip() if text else ""


def _without(rows: Rows, places: Sequence[int], what: str = A_SUBTOTAL) -> Rows:
    """Returns the rows, those at these places among the refused."""
    out = {*places}
    kept = [at for at in range(len(rows.texts)) if at not in out]
    expected = spoken("a row of the table: sums and headings among the answers are left out")
    refused = [Refused(rows.lines[at], "", spoken(what), expected) for at in places]
    lines, texts = [rows.lines[at] for at in kept], [rows.texts[at] for at in kept]
    return replace(rows, lines=lines, texts=texts, refused=tuple(sorted((*rows.refused, *refused))))


def _cut(rows: Rows, tail: dict[int, str]) -> Rows:
    """Returns the rows, those on the lines of the tail among the refused."""
    if not tail or not any(line in tail for line in (*rows.lines, *(line for line, _ in rows.ragged))):
        return rows
    kept = [at for at, line in enumerate(rows.lines) if line not in tail]
    lines = [line for line in rows.lines if line in tail] + [line for line, _ in rows.ragged if line in tail]
    refused = [
        Refused(line, "", tail[line], spoken("a row of the table: what stands below it is left out")) for line in lines
    ]
    return replace(
        rows,
        lines=[rows.lines[at] for at in kept],
        texts=[rows.texts[at] for at in kept],
        ragged=[(line, cells) for line, cells in rows.ragged if line not in tail],
        refused=(*rows.refused, *sorted(refused)),
    )


def _tail_of(held: Sequence[Rows], width: int, cells_have_lines: bool) -> dict[int, str]:
    """Returns the lines of what stands below the data, with what each of them is."""
    last = [(one.lines[-_TAIL_ROWS:], one.texts[-_TAIL_ROWS:], one.ragged[-_TAIL_ROWS:]) for one in held]
    rows = [
        _Row(line, split_row(text), width) for lines, texts, _ in last for line, text in zip(lines, texts, strict=True)
    ]
    rows += [_Row(line, None, cells) for *_, ragged in last for line, cells in ragged]
    rows = sorted(rows, key=lambda row: row.line)[-_TAIL_ROWS:]
    if width < 2 or len(rows) < _FEWEST_BELOW:
        return {}
    left_out = [row.line for one in held for row in one.refused]  # subtotals are no empty lines
    gaps = [False, *(_blank_between(one, other, cells_have_lines, left_out) for one, other in pairwise(rows))]
    key = _key_pattern(rows)
    words = Counter((place, cell.strip()) for row in rows for place, cell in enumerate(row.cells or ()))
    signs = [_sign_of(row, words, key) for row in rows]
    first = len(rows)
    after_gap = False
    for at in range(len(rows) - 1, max(0, len(rows) - 1 - _LONGEST_TAIL), -1):
        if _is_regular(rows[at], signs[at], key, width) or (not signs[at] and _repeats_answers(rows[at], words)):
            break
        after_gap = gaps[at]
        if signs[at] or after_gap:
            first = at
    below = list(zip(rows[first:], signs[first:], strict=True))
    told = any(sign not in ("", _EMPTY) for _, sign in below) or (below and gaps[first])
    if not told and not all(_is_prose(row) for row, sign in below if not sign):
        return {}  # readers who left everything open, or nearly
    if all(sign == _EMPTY for _, sign in below):
        return {}
    return {row.line: spoken(sign or noted("words below the data")) for row, sign in below}


def _blank_between(one: _Row, other: _Row, cells_have_lines: bool, left_out: Sequence[int]) -> bool:
    """Returns whether an empty line stands between the two rows."""
    inside = sum(len(cell.splitlines()) - 1 for cell in one.cells or () if cell) if cells_have_lines else 0
    inside += sum(one.line < line < other.line for line in left_out)
    return other.line - one.line - inside > 1


def _is_prose(row: _Row) -> bool:
    """Returns whether nothing but words stand in the row, in its first cell."""
    return row.cells is not None and _filled(row.cells) == 1 and " " in row.cells[0].strip()


def _repeats_answers(row: _Row, words: Mapping[tuple[int, str], int]) -> bool:
    """Returns whether all that stands in the row stands elsewhere in the same column too, words among it."""
    cells = [(place, cell.strip()) for place, cell in enumerate(row.cells or ()) if cell.strip()]
    return all(words[cell] > 1 for cell in cells) and any(not _NUMBER.fullmatch(cell) for _, cell in cells)


def _key_pattern(rows: Sequence[_Row]) -> bool:
    """Returns whether the first column numbers the rows."""
    cells = [row.cells[0].strip() for row in rows if row.cells is not None]
    numbers = {cell for cell in cells if _NUMBER.fullmatch(cell)}
    return len(numbers) >= 0.8 * len(rows) - 2 and len(numbers) >= _FEWEST_BELOW


def _sign_of(row: _Row, words: Mapping[tuple[int, str], int], key: bool) -> str:
    """Returns what shows that a row is none of the table, "" where nothing does."""
    if row.cells is None:
        return ""
    at, first = next(((place, cell.strip()) for place, cell in enumerate(row.cells) if cell.strip()), (0, ""))
    if not first:
        return _EMPTY
    if _is_total(first) and words[at, first] == 1 and (key or _are_sums(row.cells[1:])):
        return noted("a total")
    if not (key and row.cells[0].strip()) and _is_sums_elsewhere(row.cells, words):
        return noted("a total")
    if _filled(row.cells) == 1 and _NOTE.match(first) and row.cells[0].strip() and words[at, first] == 1:
        return noted("a note")
    return ""


def _is_sums_elsewhere(cells: Sequence[str], words: Mapping[tuple[int, str], int]) -> bool:
    """Returns whether one cell, in whatever column, heads sums: the others are numbers or blank."""
    filled = [(place, cell.strip()) for place, cell in enumerate(cells) if cell.strip()]
    heads = [one for one in filled if _is_total(one[1])]
    rest = [cell for place, cell in filled if (place, cell) not in heads]
    return len(heads) == 1 and words[heads[0]] == 1 and len(filled) < len(cells) and _are_sums(rest)


def _is_total(word: str) -> bool:
    """Returns whether the word heads a row of totals.

    Example:
        >>> _is_total("Total"), _is_total("Summe:"), _is_total("Total (n=73)"), _is_total("Total ban")
        (True, True, True, False)
    """
    found = _TOTAL_WITH.fullmatch(word)
    return found is not None and _TOTAL.fullmatch(found["word"].strip()) is not None


def heads_a_sum(name: str) -> bool:
    """Returns whether a column is called a sum of others.

    Example:
        >>> heads_a_sum("Summe"), heads_a_sum("n"), heads_a_sum("Total ban")
        (True, False, False)
    """
    return len(name.strip()) > 2 and _is_total(name.strip())


def _are_sums(cells: Sequence[str]) -> bool:
    """Returns whether what follows the word is numbers, as under columns that were added up."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(re.search("[0-9]", cell) for cell in filled)


def _is_regular(row: _Row, sign: str, key: bool, width: int) -> bool:
    """Returns whether the row may be one of the table."""
    if sign:
        return False
    if row.cells is None:
        return row.width > width
    if key:
        return _NUMBER.fullmatch(row.cells[0].strip()) is not None
    return 2 * _filled(row.cells) > len(row.cells)
