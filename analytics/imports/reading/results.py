"""Tables that are no table of readers: readers in columns, counts of answers, shares of groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

_SHARE = re.compile(r"[<(]?\s*(?P<number>[0-9]{1,3}(?:[.,][0-9]+)?)\s*(?P<sign>%)?\s*\)?")
_FIGURE = re.compile(
    r"[<(n=\s]*[-+]?[0-9][0-9.,\u00a0\u202f ]*\s*%?\s*\)?(\s*((?-i:[A-H](,?\s?[A-H]){0,5})|[*↑↓▲▼]{1,3}))?|"
    r"[-–—*.]{1,2}|n/?a",
    re.IGNORECASE,
)
"""A figure of a table, with the letters of the columns from which it differs behind it."""

_LONGEST_FIGURE, _LONGEST_LABEL = 30, 200
_BASE = re.compile(
    r"\W*((un)?(weighted|gewichtet\w*)?\W*(base|basis|n|total|sum(me)?|gesamt|answered|skipped|sample|respondents?|count|cases|"
    r"responses|befragte|fallzahl|effectif|bases?|muestra|campione|amostra|aantal|steekproef|liczebność|база|всего|итого))\b.*",
    re.IGNORECASE,
)
_MOST_RESULTS = 200
_MOST_GROUPS = 60


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


def _figure(cell: str) -> re.Match[str] | None:
    """Returns the match of a cell that holds a figure and nothing else, None where it is longer than any."""
    return _FIGURE.fullmatch(cell) if len(cell) <= _LONGEST_FIGURE else None


def _base(cell: str) -> re.Match[str] | None:
    """Returns the match of a cell that names a base, None where it is longer than any."""
    return _BASE.fullmatch(cell) if len(cell) <= _LONGEST_LABEL else None


_STATISTIC = re.compile(
    r"(mean|average|median|sd|s\.d\.|std\.? ?(dev\w*|err\w*)?|variance|se|min(imum)?|max(imum)?|n|base|"
    r"count|valid|missing|"
    r"lower|upper|ci|margin|net|top ?[23]( ?box)?|bottom ?[23]( ?box)?|mittelwert|durchschnitt|stabw|"
    r"standardabweichung|moyenne|écart.type|media|desviación|desv\.?|deviazione|gemiddelde|średnia|среднее|"
    r"медиана)\b.{0,12}",
    re.IGNORECASE,
)
"""Headings over the statistics of questions."""


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
    if 2 * len({*labels}) < len(labels) or _number_readers(labels):
        return False
    if len({*labels}) == len(labels) and sum(_STATISTIC.fullmatch(name) is not None for name in names[1:]) > 1:
        return all(_figure(cell) for row in below for cell in row[1:] if cell)
    cells = [cell for row in below if row[0] for cell in row[1:] if cell]
    if len(cells) < 4 or sum(_figure(cell) is not None for cell in cells) < 0.95 * len(cells):
        return False
    if 2 * sum("%" in cell for cell in cells) >= len(cells) and len(below) <= _MOST_GROUPS:
        return True
    places = [place for place in range(1, len(names)) if not _base(names[place]) or place == 1]
    down = [any(map(_is_whole, _column_sums(below, place))) for place in places]
    if len(down) > 1 and sum(down) >= 0.7 * len(down):
        return True
    inside = [place for place in places if not _base(names[place])]
    along = [[_share(row[place]) for place in inside if place < len(row)] for row in below]
    whole = [_is_whole(_sum_of(one)) for one in along]
    return len(inside) > 1 and len(below) <= _MOST_GROUPS and sum(whole) >= 0.8 * len(whole) and len(whole) > 2


def _number_readers(labels: Sequence[str]) -> bool:
    """Returns whether most of the labels are one word with numbers: those of readers, whose figures sum to nothing.

    Example:
        >>> _number_readers(["r1", "r2", "r3"]), _number_readers(["Yes", "No", "18 to 29"])
        (True, False)
    """
    stems = Counter(re.sub(r"[0-9]+", "#", label) for label in labels if len(label.split()) <= 2)
    return max(stems.values(), default=0) > max(2, 0.5 * len(labels))


_CHOICES_HEAD = re.compile(
    r"(answer |response )?(choices?|options?)|answers?|value|label|category|antwort(option|möglichkeit)?(en)?|merkmal|"
    r"(choix|options?) de réponses?|réponses?|modalités?|(opción|opciones) de respuesta|respuestas?|opção de resposta|"
    r"opções de resposta|respostas?|(opzione|opzioni) di risposta|risposta|antwoord(keuze|optie)?(n|s|en)?|"
    r"(opcja|opcje) odpowiedzi|odpowied(ź|zi)|вариант(ы)? ответ(а|ов)|ответы?",
    re.IGNORECASE,
)
_COUNTS_HEAD = re.compile(
    r"responses?|readers?|respondents?|people|votes?|(response |answer )?counts?|number( of responses)?|"
    r"frequency|percent(age)?s?|%|total|n|share|anzahl|"
    r"häufigkeit|prozent|anteil|stimmen|nennungen|beantwortungen|nombre|effectifs?|fréquence|pourcentage|"
    r"cantidad|frecuencia|recuento|"
    r"porcentaje|número|quantidade|contagem|percentual|porcentagem|frequenza|conteggio|percentuale|aantal|reacties|"
    r"percentage|liczba|procent|częstość|количество|число|процент|доля|частота",
    re.IGNORECASE,
)
"""Headings of tables that count answers: over the answers, and over how often each was given."""


def looks_like_counts(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the rows are answers with how many gave them, as in a summary of each question, and no readers.

    Nearly every row has a label with a share and a count that belong together, whatever language the headings are in;
    or the headings say that answers are counted, and each stands once.

    Example:
        >>> rows = [["Answer", "%", "n"], ["Yes", "61.54%", "48"], ["No", "28.21%", "22"], ["?", "10.26%", "8"]]
        >>> looks_like_counts(rows)
        True
        >>> looks_like_counts([["Answer Choices", "Responses"], ["Yes", "48"], ["No", "22"]])
        True
        >>> looks_like_counts([["name", "answer"], ["Ann", "5"], ["Ben", "4"]])
        False
    """
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    if _looks_like_topline(rows):
        return True
    told = [_counted_answer(row) for row in cells]
    members = 0
    for counted, block in groupby(told, key=lambda one: one is not None):
        pairs = [one for one in block if one is not None]
        members += len(pairs) if counted and _belong_together(pairs) else 0
    labelled = sum(len(row) > 1 for row in cells)
    if members > 2 and 2 * members >= labelled:
        return True
    heads = [at for at, row in enumerate(cells) if _heads_counts(row)]
    if not heads:
        return False
    below = [row for row in cells[heads[0] + 1 :] if len(row) > 1 and not _heads_counts(row)]
    figures = [row for row in below if all(_figure(cell) for cell in row[1:])]
    once = len(heads) > 1 or len({row[0] for row in figures}) == len(figures)
    return len(figures) > 1 and len(figures) >= 0.9 * len(below) and once


_ASKED_HEAD = re.compile(
    r"(survey )?(questions?|items?|variables?|statements?)( ?(id|text|name|wording|no|number))?|q|topic|indicator|"
    r"frage(n?text)?|pregunta|domanda|pergunta|vraag|pytanie|вопрос|питання|variabele|fråga|spørgsmål|spørsmål|otázka|"
    r"kérdés",
    re.IGNORECASE,
)
"""Headings over the questions of a table of results."""

_FEWEST_IN_BLOCKS = 4


def _looks_like_topline(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the rows are answers below or beside their questions, with how many gave each.

    Words stand first, one of them the question, and nothing but figures behind them. No answer stands twice below a
    question. What shows that these are counts: headings, or questions that end as questions do, or shares that belong
    to the counts beside them or come to a whole below each question.

    Example:
        >>> rows = [["Question", "Answer", "Count"], ["Open?", "Yes", "61"], ["Open?", "No", "30"],
        ...         ["Late?", "Yes", "9"], ["Late?", "No", "82"]]
        >>> _looks_like_topline(rows), _looks_like_topline([["Name", "Town", "Age"], *rows[1:3]])
        (True, False)
    """
    cells = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    split = [_words_and_figures(row) for row in cells]
    lines = [(words, figures) for words, figures in split if words and figures]
    heads = [row for row, (words, figures) in zip(cells, split, strict=True) if not (words and figures)]
    several = [row for row in heads if sum(map(bool, row)) > 1]
    if 2 * sum(any(map(_MOMENT.match, words)) for words, _ in lines) > len(lines):
        return False  # each reader's own time
    if len(lines) < _FEWEST_IN_BLOCKS or len(several) > max(2, len(lines) / 3) or 2 * len(heads) > len(cells) + 2:
        return False
    blocks: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    about = ""
    for row, (words, figures) in zip(cells, split, strict=True):
        if not (words and figures):
            filled = [cell for cell in row if cell]
            about = filled[0] if len(filled) == 1 else about  # a question on a line of its own
        else:
            about = words[-2] if len(words) > 1 else about
            blocks.setdefault(about, []).append((words[-1], figures))
    labels = [[label for label, _ in block] for block in blocks.values()]
    if any(len({*one}) < len(one) for one in labels) or len(lines) < 2 * len(blocks):
        return False
    asked = sum(len(block) for about, block in blocks.items() if about.endswith("?"))
    first = [cell for cell in several[0] if cell] if several else []
    named = (
        len(first) > 1
        and any(map(_COUNTS_HEAD.fullmatch, first[1:]))
        and (_ASKED_HEAD.fullmatch(first[0]) is not None or any(map(_CHOICES_HEAD.fullmatch, first[:-1])))
    )
    if (named or 2 * asked > len(lines)) and len(blocks) > 1:
        return True
    return len(blocks) > 1 and 2 * sum(_is_counted_block(block) for block in blocks.values()) > len(blocks)


_MOMENT = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}|\d{1,2}:\d\d")
"""How a cell begins that holds the time of an answer."""


def _words_and_figures(row: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the words of a row and the figures behind them, ("", "") where anything else stands in it.

    Example:
        >>> _words_and_figures(["Open?", "Yes", "61", "61%"]), _words_and_figures(["7", "Yes"])
        ((('Open?', 'Yes'), ('61', '61%')), ((), ()))
    """
    filled = [cell for cell in row if cell]
    if len(filled) > 2 and re.fullmatch(r"[A-Za-z]{0,3}[0-9]{1,3}[a-z]?[.)]?", filled[0]) and not _figure(filled[1]):
        filled = filled[1:]  # the questions or the rows are numbered
    if len(filled) > 3 and filled[1].isdecimal() and not (_figure(filled[0]) or _figure(filled[2])):
        filled = [filled[0], *filled[2:]]  # the code of the answer stands before its label
    first = next((at for at, cell in enumerate(filled) if _figure(cell)), len(filled))
    figures = filled[first:]
    if not 1 <= first <= 3 or not figures or not all(map(_figure, figures)) or max(map(len, filled)) > 300:
        return (), ()
    return tuple(filled[:first]), tuple(figures)


def _is_counted_block(block: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Returns whether figures of the answers to one question are shares of a whole, beside their counts or alone."""
    width = min(len(figures) for _, figures in block)
    inside = [figures for label, figures in block if not _base(label)]
    sums = [_sum_of([_share(figures[place]) for figures in inside]) for place in range(width)]
    signs = any("%" in figures[place] or not figures[place].isdecimal() for figures in inside for place in range(width))
    return len(inside) > 1 and signs and any(map(_is_whole, sums))


_YES = frozenset(
    [
        "yes",
        "ja",
        "oui",
        "sí",
        "si",
        "sì",
        "sim",
        "tak",
        "да",
        "так",
        "approve",
        "support",
        "agree",
        "for",
        "favor",
        "favour",
    ]
)
_NO = frozenset(
    ["no", "nein", "non", "não", "nao", "nie", "nee", "нет", "ні", "disapprove", "oppose", "disagree", "against"]
)
_GROUP = re.compile(
    r"\d{2}\s*(-|–|to|bis|à|a)\s*\d{2}|"
    r"\d{2}\s*(\+|plus|and (over|older|up)|or older|und älter|et plus|y más|o más|e oltre|en ouder)|"
    r"(under|unter|<|moins de|menos de|meno di|onder)\s*\d{2}|"
    r"(male|female|m[eä]n|women|männer|frauen|hommes|femmes|hombres|mujeres|uomini|donne|"
    r"homens|mulheres|mannen|vrouwen|mężczyźni|kobiety|мужчины|женщины)( \(\w\))?",
    re.IGNORECASE,
)
"""What groups of readers are called over a column of figures."""

_FEWEST_COUNTED = 20
_FIGURES_BESIDE = 2


class _Line(NamedTuple):
    """A row of figures: what it is about, its own label, and the figures."""

    about: str
    label: str
    figures: tuple[str, ...]


def looks_like_crosstab(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the rows are answers or groups with figures beside them: counts or shares of many readers.

    Title lines, lines of bases and a column for the question may stand beside. What shows it: shares in percent, shares
    of each question that come to 100, totals that sum up the other columns or rows, or yes and no as labels.

    Example:
        >>> rows = [["Q1 For it?"], ["", "All", "Men", "Women"], ["Base", "90", "40", "50"], ["Yes", "50", "20", "30"],
        ...         ["", "56%", "50%", "60%"], ["No", "40", "20", "20"], ["", "44%", "50%", "40%"]]
        >>> looks_like_crosstab(rows)
        True
        >>> looks_like_crosstab([["Region", "A", "B", "All"], ["North", "30", "20", "50"], ["South", "40", "9", "49"]])
        True
        >>> looks_like_crosstab([["Reader", "A", "B", "Total"], ["Ann", "3", "2", "5"], ["Ben", "4", "1", "5"]])
        False
    """
    cells = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    several = [row for row in cells if sum(map(bool, row)) > 1]
    lines = _lines_of(cells)
    heads = [row for row in several if _line_of(row) is None]
    if not 2 <= len(lines) <= _MOST_RESULTS or len(heads) > max(2, len(lines) / 3):
        return False
    labels = [(line.about, line.label) for line in lines if line.label]
    bases = sum(_base(label) is not None for _, label in labels)
    if len({*labels}) < 0.8 * len(labels) or len(labels) < 2:
        return False
    names = {cell.casefold() for row in heads[-1:] for cell in row[1:]}
    most = max((count for line in lines for figure in line.figures if (count := _count(figure)) is not None), default=0)
    if names & _YES and names & _NO and most >= _FEWEST_COUNTED:
        return True
    if _number_readers([label for _, label in labels]):
        return False
    if sum(_GROUP.fullmatch(name) is not None for name in names) > 1 and most >= _FEWEST_COUNTED:
        return True
    figures = [figure for line in lines for figure in line.figures if figure]
    if 2 * sum("%" in figure for figure in figures) >= len(figures) and len({*labels}) <= _MOST_GROUPS:
        return True
    shares = sum("%" in figure for line in lines if not line.label for figure in line.figures)
    counted = [line for line in lines if line.label and "%" not in "".join(line.figures)]
    values = [[_count(figure) for figure in line.figures] for line in counted]
    known = sorted(value for row in values for value in row if value is not None)
    many = bool(known) and known[-1] >= _FEWEST_COUNTED
    unlabelled = [line.figures for line in lines if not line.label]
    if many and (shares or _come_to_whole(unlabelled)):
        return True
    given = {line.label.casefold() for line in counted}
    answers = bool(given & _YES and given & _NO)
    if many and len(counted) <= _MOST_GROUPS and (_sums_up(values) or (answers and len(known) > 3) or bases > 1):
        return True
    return _shares_of_blocks(lines)


def _lines_of(rows: Sequence[Sequence[str]]) -> list[_Line]:
    """Returns the rows of figures; what they are about may stand on a line of its own above them.

    Example:
        >>> [line.about for line in _lines_of([["Open?", ""], ["Yes", "61", "50"], ["No", "39", "50"]])]
        ['Open?', 'Open?']
    """
    found: list[_Line] = []
    about = ""
    for row in rows:
        line = _line_of(row)
        filled = [cell for cell in row if cell]
        if line is not None:
            found.append(line._replace(about=line.about or about))
        elif len(filled) == 1:
            about = filled[0]
    return found


def _line_of(row: Sequence[str]) -> _Line | None:
    """Returns a row whose first one or two cells are labels, or blank, and all others figures.

    Example:
        >>> _line_of(["Approve?", "Yes", "45", "47"]), _line_of(["", "51%", "52%"])
        (_Line(about='Approve?', label='Yes', figures=('45', '47')), _Line(about='', label='', figures=('51%', '52%')))
        >>> _line_of(["", "Men", "Women"]) is None
        True
    """
    first = next((at for at, cell in enumerate(row) if cell and _figure(cell)), None)
    if first is None or not 1 <= first <= 2 or not all(_figure(cell) for cell in row[first:] if cell):
        return None
    figures = tuple(row[first:])
    if sum(map(bool, figures)) < _FIGURES_BESIDE or any(len(cell) > 120 for cell in row[:first]):
        return None
    return _Line(row[0] if first == 2 else "", row[first - 1], figures)


def _count(figure: str) -> int | None:
    """Returns the count that a figure is, None for a share or a number with decimals.

    Example:
        >>> _count("1,204"), _count("51%"), _count("3.5")
        (1204, None, None)
    """
    plain = re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}\b)", "", figure)
    return int(plain) if plain.isdecimal() else None


def _sums_up(values: Sequence[Sequence[int | None]]) -> bool:
    """Returns whether one column sums up the others in most rows, or one row the others, and not all of them are small.

    Example:
        >>> _sums_up([[30, 20, 50], [40, 9, 49]]), _sums_up([[30, 20], [40, 9], [70, 29]]), _sums_up([[3, 2, 5]])
        (True, True, False)
    """
    width = min(map(len, values), default=0)
    whole = [row[:width] for row in values if None not in row[:width]]
    filled = [[value for value in row if value is not None] for row in whole]
    turned = [list(column) for column in zip(*filled, strict=True)]
    return any(_has_sums(table) for table in (filled, turned))


def _has_sums(table: Sequence[Sequence[int]]) -> bool:
    """Returns whether the first or the last number of most rows is the sum of the others."""
    if len(table) < 2 or min(map(len, table)) < 3:
        return False
    largest = max(max(row) for row in table)
    for place in (0, -1):
        summed = sum(2 * row[place] == sum(row) and sum(row) > 0 for row in table)
        if summed >= 0.8 * len(table) and largest >= _FEWEST_COUNTED:
            return True
    return False


def _come_to_whole(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the figures of these rows come to 100, or to 1, in most columns.

    Example:
        >>> _come_to_whole([["40.5", "30"], ["59.5", "70"]]), _come_to_whole([["4", "3"], ["5", "7"]])
        (True, False)
    """
    sums = [_sum_of([_share(row[place]) for row in rows]) for place in range(min(map(len, rows), default=0))]
    return len(rows) > 1 and len(sums) > 1 and sum(map(_is_whole, sums)) >= 0.7 * len(sums)


def _shares_of_blocks(lines: Sequence[_Line]) -> bool:
    """Returns whether the figures below each question come to 100, or to 1, in most columns."""
    blocks: list[list[_Line]] = []
    for line in lines:
        if line.about or not blocks:
            if blocks and line.about == blocks[-1][-1].about:
                blocks[-1].append(line)
                continue
            blocks.append([])
        blocks[-1].append(line)
    if len(blocks) < 2 or any(not line.label for line in lines):
        return False
    width = min(len(line.figures) for line in lines)
    sums = [
        _sum_of([_share(line.figures[place]) for line in block if not _base(line.label)])
        for block in blocks
        if len(block) > 1
        for place in range(width)
    ]
    return len(sums) > 1 and sum(map(_is_whole, sums)) >= 0.7 * len(sums)


def tells_of_answers(rows: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> bool:
    """Returns whether the rows are results of answers, beside another table that may hold the single ones.

    Rows have a label and figures alone. The labels come back in a column of the other table, or the figures are shares
    of one whole or stand below a word for counts.

    Example:
        >>> readers = [["Nr", "Shop?"], *([str(n), ("Daily", "Never")[n % 2]] for n in range(9))]
        >>> tells_of_answers([["Result", "%"], ["Daily", "56"], ["Never", "44"]], readers)
        True
        >>> tells_of_answers(readers, [["Result", "%"], ["Daily", "56"], ["Never", "44"]])
        False
    """
    if looks_like_counts(rows):
        return True
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    several = [row for row in cells if len(row) > 1]
    figures = [row for row in several if not _figure(row[0]) and all(map(_figure, row[1:]))]
    labels = {row[0].casefold() for row in figures if not _base(row[0])}
    if len(labels) < 2 or len(several) > _MOST_RESULTS or len(several) - len(figures) > max(1, len(figures) / 2):
        return False
    columns = [Counter(cell.strip().casefold() for cell in column) for column in zip_longest(*others, fillvalue="")]
    given = {word for column in columns for word, count in column.items() if count > 1}
    if 2 * len(labels & given) > len(labels):
        return True
    if any(all(map(_COUNTS_HEAD.fullmatch, row[1:])) for row in several if row not in figures):
        return True
    if _number_readers([row[0] for row in figures]):
        return False
    beside = [cell for row in figures for cell in row[1:]]
    width = max(map(len, figures))
    whole = [total for place in range(1, width) for total in _column_sums(cells, place) if _is_whole(total)]
    return 2 * sum("%" in cell for cell in beside) >= len(beside) or len(whole) >= width - 1


def _counted_answer(row: Sequence[str]) -> tuple[float, int] | None:
    """Returns the share, in percent, and the count of a row that has a label, one share and a whole number."""
    row = row[1:] if len(row) > 3 and row[0].isdecimal() else row  # the answers are numbered
    if len(row) < 3 or _figure(row[0]):
        return None
    counts = [int(cell) for cell in row[1:] if cell.isdecimal()]
    shares = [(share, cell) for cell in row[1:] if not cell.isdecimal() and (share := _share(cell)) is not None]
    if len(shares) != 1 or not counts or len(counts) + 1 != len(row) - 1:
        return None
    share, cell = shares[0]
    return (share if "%" in cell or share > 1 else 100 * share), counts[-1]


def _belong_together(pairs: Sequence[tuple[float, int]]) -> bool:
    """Returns whether the shares are those of the counts in one whole, but for rounding.

    Example:
        >>> _belong_together([(61.54, 48), (28.21, 22), (10.26, 8)]), _belong_together([(61.5, 48), (28.2, 3)])
        (True, False)
    """
    share, count = max(pairs)
    if share <= 0 or len({count for _, count in pairs}) < 2:
        return False
    whole = 100 * count / share
    return all(abs(count - share * whole / 100) <= 0.6 + 0.006 * whole for share, count in pairs)


def _heads_counts(row: Sequence[str]) -> bool:
    """Returns whether the row names answers and how often they were given, and nothing else."""
    known = bool(row) and _CHOICES_HEAD.fullmatch(row[0]) is not None
    return known and len(row) > 1 and all(map(_COUNTS_HEAD.fullmatch, row[1:]))


def _column_sums(below: Sequence[Sequence[str]], place: int) -> list[float]:
    """Returns what each stretch of shares in a column comes to; a blank cell or a base ends one."""
    sums: list[list[float | None]] = [[]]
    for row in below:
        share = _share(row[place]) if place < len(row) else None
        if share is None or _base(row[0]):
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
    match = _SHARE.fullmatch(cell) if len(cell) <= _LONGEST_FIGURE else None
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
