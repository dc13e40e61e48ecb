"""Where the table stands in a file that people worked on: title lines above its heading, totals and notes below."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from analytics.imports.cells.fields import PLAIN
from analytics.imports.cells.rows import Refused, Rows, split_row
from analytics.imports.tools.heads import HEAD_ROWS, head_of
from analytics.language.said import noted, spoken

WINDOW = 40
"""How many rows of a file are looked at before its heading is settled."""

_SAMPLE = 20
_MOST_TITLE_LINES = 12
_FEWEST_BELOW = 3
_TAIL_ROWS = 60
_LONGEST_TAIL = 30
_EMPTY = noted("an empty line")
_NUMBER = re.compile(r"\W*[0-9][0-9.,:/ \-%T]*\W*")
_TOTAL = re.compile(
    r"(grand |sub ?)?totals?( g[ée]n[ée]ra(l|ux))?|sum|n|average|mean|mittelwert|durchschnitt|summe|gesamt(summe)?|"
    r"insgesamt|anzahl|moyenne|somme|effectif|suma|promedio|totale|somma|media|m[ée]dia|soma|totaal|gemiddelde|som|"
    r"razem|ogółem|średnia|итого|всего|сумма|среднее|разом|усього|celkem|průměr|totalt|summa|yhteensä|toplam|"
    r"(row )?count|percent(age)?s?|prozent|%",
    re.IGNORECASE,
)
_TOTAL_WITH = re.compile(r"(?P<word>[^\W\d][\w ]*?|%)\s*(:|=|\(.{0,20}\)|:?\s*[0-9][0-9.,]*)?\s*")
_NOTE = re.compile(
    r"(source|note|notes|remarks?|legend|key|quellen?|anmerkung(en)?|hinweise?|stand|legende|bemerkung(en)?|sources?|"
    r"remarques?|fuentes?|notas?|fonte|bron|opmerking(en)?|źródło|uwagi?|источник|примечани[ея]|джерело|"
    r"exported|generated|downloaded|printed|created|exportiert|erstellt)\b|[*†©]",
    re.IGNORECASE,
)


_SHARE = re.compile(r"[<(]?\s*(?P<number>[0-9]{1,3}(?:[.,][0-9]+)?)\s*(?P<sign>%)?\s*\)?")
_FIGURE = re.compile(r"[<(n=\s]*[-+]?[0-9][0-9.,\u00a0\u202f ]*\s*%?\s*\)?|[-–—*.]{1,2}|n/?a", re.IGNORECASE)
_BASE = re.compile(
    r"\W*((un)?(weighted|gewichtet\w*)?\W*(base|basis|n|total|sum(me)?|gesamt|answered|skipped|sample|respondents?|count|cases|"
    r"responses|befragte|fallzahl|effectif|bases?|muestra|campione|amostra|aantal|steekproef|liczebność|база|всего|итого))\b.*",
    re.IGNORECASE,
)
_MOST_RESULTS = 200
_MOST_GROUPS = 60


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
    known = head_of(sample(rows, 0)).tool != PLAIN
    below = range(1, min(len(rows), _MOST_TITLE_LINES + 1))
    start = 0 if known else next((at for at in below if _begins_at(rows, at)), 0)
    return Frame(start, head_of(sample(rows, start)).rows, len(rows[start]))


def sample(rows: Sequence[Sequence[str]], start: int) -> list[Sequence[str]]:
    """Returns the heading at that row and some rows below it that are as wide: what tools are known by."""
    width = len(rows[start])
    first = list(rows[start : start + HEAD_ROWS])
    return first + [row for row in rows[start + HEAD_ROWS : start + _SAMPLE] if len(row) == width]


def _begins_at(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Returns whether the heading stands at that row, the rows above it being title lines."""
    if not all(_is_title(row, rows[at]) for row in rows[:at]):
        return False
    return head_of(sample(rows, at)).tool != PLAIN or _is_heading(rows, at)


def _is_title(row: Sequence[str], heading: Sequence[str]) -> bool:
    """Returns whether the row fills so few cells that it may be a title above that heading.

    Example:
        >>> _is_title(["Survey", ""], ["id", "q"]), _is_title(["id", "q"], ["7", "Yes"])
        (True, False)
    """
    own, filled = _filled(row), _filled(heading)
    return 0 < own < filled and (own <= 2 or 2 * own <= filled)


def _is_heading(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Returns whether the row reads as names of the columns below it."""
    names = [cell.strip() for cell in _without_end(rows[at])]
    below = [row for row in rows[at + 1 :] if any(map(str.strip, row))]
    if len(names) < 2 or not all(names) or len({*names}) < len(names) or any(map(_NUMBER.fullmatch, names)):
        return False
    fitting = [row for row in below if len(_without_end(row)) <= len(names)]
    if len(fitting) < _FEWEST_BELOW or len(fitting) < 0.8 * len(below):
        return False
    columns = [[row[place].strip() for row in fitting if place < len(row)] for place in range(len(names))]
    told = any(_tells_of_rows([cell for cell in cells if cell]) for cells in columns)
    return told and all(name not in cells for name, cells in zip(names, columns, strict=True))


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
    rows = [_Row(line, split_row(text), width) for one in held for line, text in zip(one.lines, one.texts, strict=True)]
    rows += [_Row(line, None, cells) for one in held for line, cells in one.ragged]
    rows = sorted(rows, key=lambda row: row.line)[-_TAIL_ROWS:]
    if width < 2 or len(rows) < _FEWEST_BELOW:
        return {}
    gaps = [False, *(_blank_between(one, other, cells_have_lines) for one, other in pairwise(rows))]
    key = _key_pattern(rows)
    words = Counter(row.cells[0].strip() for row in rows if row.cells is not None)
    signs = [_sign_of(row, words, key) for row in rows]
    first = len(rows)
    after_gap = False
    for at in range(len(rows) - 1, max(0, len(rows) - 1 - _LONGEST_TAIL), -1):
        if _is_regular(rows[at], signs[at], key, width):
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


def _blank_between(one: _Row, other: _Row, cells_have_lines: bool) -> bool:
    """Returns whether an empty line stands between the two rows."""
    inside = sum(len(cell.splitlines()) - 1 for cell in one.cells or () if cell) if cells_have_lines else 0
    return other.line - one.line - inside > 1


def _is_prose(row: _Row) -> bool:
    """Returns whether nothing but words stand in the row, in its first cell."""
    return row.cells is not None and _filled(row.cells) == 1 and " " in row.cells[0].strip()


def _key_pattern(rows: Sequence[_Row]) -> bool:
    """Returns whether the first column numbers the rows."""
    cells = [row.cells[0].strip() for row in rows if row.cells is not None]
    numbers = {cell for cell in cells if _NUMBER.fullmatch(cell)}
    return len(numbers) >= 0.8 * len(rows) - 2 and len(numbers) >= _FEWEST_BELOW


def _sign_of(row: _Row, words: Counter[str], key: bool) -> str:
    """Returns what shows that a row is none of the table, "" where nothing does."""
    if row.cells is None:
        return ""
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    if not first:
        return _EMPTY
    if _is_total(first) and words[first] == 1 and (key or _are_sums(row.cells[1:])):
        return noted("a total")
    if _filled(row.cells) == 1 and _NOTE.match(first) and row.cells[0].strip() and words[first] == 1:
        return noted("a note")
    return ""


def _is_total(word: str) -> bool:
    """Returns whether the word heads a row of totals.

    Example:
        >>> _is_total("Total"), _is_total("Summe:"), _is_total("Total (n=73)"), _is_total("Total ban")
        (True, True, True, False)
    """
    found = _TOTAL_WITH.fullmatch(word)
    return found is not None and _TOTAL.fullmatch(found["word"].strip()) is not None


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


def looks_turned(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether questions stand in the rows and readers in the columns.

    Example:
        >>> names = ["Question", *(f"Reader {n}" for n in range(1, 13))]
        >>> looks_turned([names, ["Are you for it?", *["Yes", "No"] * 6], ["Do you live here?", *["No"] * 12]])
        True
    """
    names, below = list(rows[0]), [list(row) for row in rows[1:]]
    if len(names) < 8 or not 2 <= len(below) < len(names) - 1:
        return False
    stems = Counter(re.sub(r"[0-9]+", "#", name.strip()) for name in names[1:])
    numbered = any("#" in stem and count >= 0.8 * (len(names) - 1) for stem, count in stems.items())
    asked = [row[0].strip() for row in below if row]
    questions = sum(cell.endswith("?") for cell in asked) >= max(2, 0.6 * len(asked))
    return len({*asked}) == len(asked) and (questions or (numbered and all(len(cell) > 12 for cell in asked)))


def looks_like_results(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the table holds shares of answers, such as those of groups, and no responses.

    Every row has a label and nothing but figures beside it, and these are shares: most have a sign of percent, or they
    come to 100 (or 1) down their columns or along their rows, without the bases.

    Example:
        >>> looks_like_results([["", "All", "Men"], ["Yes", "52%", "48%"], ["No", "48%", "52%"]])
        True
        >>> looks_like_results([["id", "TV", "Radio"], ["r1", "60", "40"], ["r2", "30", "70"], ["r3", "50", "50"]])
        False
    """
    names = [cell.strip() for cell in rows[0]]
    below = [[cell.strip() for cell in row] for row in rows[1:] if any(map(str.strip, row))]
    if len(names) < 2 or not 2 <= len(below) <= _MOST_RESULTS:
        return False
    labels = [row[0] for row in below if row[0]]
    stems = Counter(re.sub(r"[0-9]+", "#", label) for label in labels)
    if 2 * len({*labels}) < len(labels) or max(stems.values(), default=0) > max(2, 0.5 * len(labels)):
        return False
    cells = [cell for row in below if row[0] for cell in row[1:] if cell]
    if len(cells) < 4 or sum(_FIGURE.fullmatch(cell) is not None for cell in cells) < 0.95 * len(cells):
        return False
    if 2 * sum("%" in cell for cell in cells) >= len(cells) and len(below) <= _MOST_GROUPS:
        return True
    places = [place for place in range(1, len(names)) if not _BASE.fullmatch(names[place]) or place == 1]
    down = [any(map(_is_whole, _column_sums(below, place))) for place in places]
    if len(down) > 1 and sum(down) >= 0.7 * len(down):
        return True
    inside = [place for place in places if not _BASE.fullmatch(names[place])]
    along = [[_share(row[place]) for place in inside if place < len(row)] for row in below]
    whole = [_is_whole(_sum_of(one)) for one in along]
    return len(inside) > 1 and len(below) <= _MOST_GROUPS and sum(whole) >= 0.8 * len(whole) and len(whole) > 2


def _column_sums(below: Sequence[Sequence[str]], place: int) -> list[float]:
    """Returns what each stretch of shares in a column comes to; a blank cell or a base ends one."""
    sums: list[list[float | None]] = [[]]
    for row in below:
        share = _share(row[place]) if place < len(row) else None
        if share is None or _BASE.fullmatch(row[0]):
            sums.append([])
        else:
            sums[-1].append(share)
    return [_sum_of(one) for one in sums if len(one) > 1]


def _share(cell: str) -> float | None:
    """Returns the share that a cell holds, None where it holds none.

    Example:
        >>> _share("52,1 %"), _share("0.31"), _share("1,012")
        (52.1, 0.31, 1.012)
    """
    match = _SHARE.fullmatch(cell)
    return float(match["number"].replace(",", ".")) if match else None


def _sum_of(shares: Sequence[float | None]) -> float:
    return sum(share for share in shares if share is not None)


def _is_whole(total: float) -> bool:
    """Returns whether rounded shares may come to that.

    Example:
        >>> _is_whole(99.9), _is_whole(1.0), _is_whole(3.0)
        (True, True, False)
    """
    return abs(total - 100) <= 1.5 or abs(total - 1) <= 0.015
