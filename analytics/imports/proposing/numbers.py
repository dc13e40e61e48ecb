"""Questions answered by numbers: the steps of a scale, codes, sliders, and amounts as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number
from analytics.imports.cells.vocabulary import NUMBER_CODES_OF_NOTHING, RECOMMEND, STEPS, UNSURE
from analytics.imports.proposing.scans import Scan, codes_apart, missing_words
from analytics.model import Choice, Net, Question

_MOST_STEPS = 11
_MOST_AMOUNTS = 400
_MOST_MEASURES = 2_000
_FEWEST_READABLE = 0.8
_BANDS = 5
_NUMBERED = re.compile(r"\(?(?P<step>-?\d{1,3})\)?\s*(?:[-–—=:.)]|\s)\s*(?P<label>\S.*)", re.DOTALL)
_AMOUNT = re.compile(
    r"(?:(?:ca|circa|about|approx|around|etwa|ungefähr|rund|environ|unos|cerca de|około|примерно|около|~|≈)\.?\s*)?"
    r"(?:[$€£₽¥]|eur|usd|gbp|chf|pln|zł|руб\.?|rub)?\s*(?P<number>[-+]?\d[\d.,'\u2019\u00a0\u202f ]*)\s*"
    r"(?P<unit>[$€£₽¥%°]|eur(?:o|os)?|usd|dollars?|gbp|pounds?|chf|fr\.|pln|zł|руб\w*\.?|р\.|rub|,-|kg|km|cm|m|min\w*\.?|h|"
    r"hours?|stunden?|std\.?|hrs?|years?|jahre?|minuten?|heures?|horas?|ore|uur|часов|часа|час)?\.?",
    re.IGNORECASE,
)


def of_numbered_steps(field: Field, scan: Scan, key: str, text: str) -> Question | None:
    """Returns a scale whose steps are numbers, the ends or all of them with words: "1 - Not at all"; None elsewhere."""
    steps: dict[str, int] = {}
    for word in scan.words:
        if UNSURE.match(word):
            continue
        match = _NUMBERED.fullmatch(word)
        if match is not None and not number(word):
            steps[word] = int(match["step"])
        elif word.isdecimal():
            steps[word] = int(word)
        else:
            return None
    worded = [word for word in steps if not word.isdecimal()]
    found = sorted(set(steps.values()))
    if not worded or len(found) != len(steps) or len(found) < 3 or found[0] < -5 or found[-1] - found[0] > 10:
        return None
    if len(worded) == len(steps) and found[-1] - found[0] > len(found) + 1:
        return None
    low, high = known_ends(field, text, found[0], found[-1]) or (found[0], found[-1])
    by_step = {step: word for word, step in steps.items()}
    choices = [_step_choice(step, by_step.get(step)) for step in range(low, high + 1)]
    unsure = [Choice(word, word, None, (word,)) for word in scan.words if word not in steps]
    asked = Question(key, text, "scale", field.name, (*choices, *unsure), missing=scan.blanks)
    return with_promoters(asked)


def _step_choice(step: int, word: str | None) -> Choice:
    """Returns one step under its number, whatever words stand beside it."""
    value = str(step)
    return Choice(value, word or value, float(step), (value,) if word in (None, value) else (value, str(word)))


def of_numbers(field: Field, scan: Scan, key: str, text: str) -> tuple[Question, list[str]] | None:
    """Returns a question answered by numbers, and what is to be told; None where they are no answers to count."""
    told: list[str] = []
    declared = missing_words(field, scan)
    codes = _codes_of_nothing(scan, text, declared)
    unsure = [word for word in scan.words if number(word) is None and word not in declared]
    steps = sorted((word for word in scan.words if word not in (*codes, *declared, *unsure)), key=float)
    values = [float(word) for word in steps]
    if not steps:
        return None
    if codes:
        told.append(
            f"{field.name}: {', '.join(sorted(codes, key=float))} count as no answer, as such codes mostly mean"
        )
    if len(steps) > _MOST_STEPS or any(not value.is_integer() for value in values):
        return _measured(field, scan, key, text, steps, unsure, (*declared, *codes), told)
    known = _known_steps(field, text, steps)
    scale = known is not None or (len(steps) >= 3 and values[0] >= -5 and values[-1] <= 10)
    if not scale and values[-1] - values[0] > 4 * len(steps) and len(steps) >= 6 and not field.labels:
        return _measured(field, scan, key, text, steps, unsure, (*declared, *codes), told)
    steps = known or (_with_gaps(steps) if scale else steps)
    choices = tuple(Choice(word, f"{float(word):g}", float(word) if scale else None, (word,)) for word in steps)
    choices += tuple(Choice(word, word, None, (word,)) for word in unsure)
    asked = Question(
        key, text, "scale" if scale else "single", field.name, choices, missing=(*declared, *codes)
    )  # fmt: skip
    return with_promoters(asked), told


def _codes_of_nothing(scan: Scan, text: str, declared: Sequence[str]) -> list[str]:
    """Returns the codes for no opinion among the numbers: those apart from the others, and beyond the scale's ends."""
    codes = [word for word in codes_apart(scan) if word not in declared]
    written = _written_ends(text)
    if written is not None:
        beyond = [
            word
            for word in scan.words
            if word in NUMBER_CODES_OF_NOTHING and not written[0] <= float(word) <= written[1] and word not in declared
        ]
        codes = list(dict.fromkeys([*codes, *beyond]))
    return codes


def _measured(
    field: Field,
    scan: Scan,
    key: str,
    text: str,
    steps: Sequence[str],
    unsure: Sequence[str],
    missing: Sequence[str],
    told: list[str],
) -> tuple[Question, list[str]] | None:
    """Returns a slider or an amount as a scale whose numbers score themselves; None for numbers that name rows.

    New numbers of a later file are answers too, so none of them is listed.
    """  # fmt: skip
    values = [float(word) for word in steps]
    whole = all(value.is_integer() for value in values)
    slider = values[0] >= 0 and values[-1] <= 101 and values[-1] - values[0] > 1.2 * len(steps)
    known = slider or _written_ends(text) is not None
    names_rows = whole and scan.filled > 20 and len(steps) > 0.9 * scan.filled and not known
    if names_rows or len(steps) > _MOST_MEASURES:
        return None
    told = [*told, f"{field.name}: {len(steps)} different numbers from {values[0]:g} to {values[-1]:g}, with a mean; "
            f"{_bands_told(values)}"]  # fmt: skip
    if unsure:
        told.append(f"{field.name}: {', '.join(map(repr, unsure[:6]))} are no numbers and count as no answer")
    if whole and values[0] >= 1 and values[-1] == 101:
        told.append(f"{field.name}: a slider stored from 1 to 101 may mean 0 to 100")
    return Question(key, text, "scale", field.name, found=True, missing=(*missing, *unsure)), told


def _bands_told(values: Sequence[float]) -> str:
    """Returns how the numbers can be counted in bands.

    Example:
        >>> _bands_told([0.0, 37.0, 100.0])
        'as a group they can be counted in bands: bands = [0, 20, 40, 60, 80]'
    """
    return f"as a group they can be counted in bands: bands = [{', '.join(f'{bound:g}' for bound in bands_of(values))}]"


def bands_of(values: Sequence[float]) -> list[float]:
    """Returns the lower bounds of about five bands of a round width that hold all the numbers.

    Example:
        >>> bands_of([0, 37, 100]), bands_of([300, 2450])
        ([0.0, 20.0, 40.0, 60.0, 80.0], [0.0, 500.0, 1000.0, 1500.0, 2000.0])
    """
    low, high = min(values), max(values)
    raw = (high - low) / _BANDS or 1.0
    size = 10.0 ** (len(f"{raw:.0f}") - 1) if raw >= 1 else 0.1
    width = next(step * size for step in (1, 2, 2.5, 5, 10, 20) if step * size >= raw * 0.999)
    first = width * (low // width)
    count = max(1, int(-(-(high - first) // width)))
    return [first + at * width for at in range(count)]


def amounts_of(scan: Scan) -> dict[str, float] | None:
    """Returns the number that each cell means where nearly all are amounts as people write them, None elsewhere.

    A mark before exactly three digits parts thousands unless the other cells have decimals behind it.

    Example:
        >>> scan = Scan({"€ 1.250,00": 2, "1250 €": 1, "ca. 900": 3, "1.300": 1, "why?": 1}, (), 8, 8)
        >>> amounts_of(scan)
        {'€ 1.250,00': 1250.0, '1250 €': 1250.0, 'ca. 900': 900.0, '1.300': 1300.0}
    """
    found = {word: _AMOUNT.fullmatch(word.strip()) for word in scan.words}
    texts = {word: match["number"].strip(" .,'") for word, match in found.items() if match is not None}
    readable = sum(scan.words[word] for word in texts)
    plain = all(number(word) is not None for word in texts)
    if not texts or plain or readable < _FEWEST_READABLE * scan.filled:
        return None
    values = {word: _amount(text, list(texts.values())) for word, text in texts.items()}
    return {word: value for word, value in values.items() if value is not None}


def _amount(text: str, others: Sequence[str]) -> float | None:
    """Returns the number that digits with marks mean.

    Example:
        >>> [_amount(text, []) for text in ("1.250,00", "1,250.5", "1.300", "2,5", "1 200")]
        [1250.0, 1250.5, 1300.0, 2.5, 1200.0]
    """
    text = re.sub(r"[ '\u2019\u00a0\u202f]", "", text)
    if "," in text and "." in text:
        decimal = max(",.", key=text.rfind)
    else:
        mark = "," if "," in text else "." if "." in text else ""
        thousands = bool(mark) and re.fullmatch(rf"[-+]?\d{{1,3}}(\{mark}\d{{3}})+", text) is not None
        decimals = any(re.search(rf"\{mark}\d{{1,2}}$", other) for other in others) if mark else False
        opposite = any(re.search(rf"\{',' if mark == '.' else '.'}\d{{1,2}}$", other) for other in others)
        decimal = "" if thousands and (opposite or not decimals) else mark
    for mark in ",.":
        if mark != decimal:
            text = text.replace(mark, "")
    return number(text.replace(decimal, ".") if decimal else text)


def of_amounts(field: Field, scan: Scan, key: str, text: str) -> tuple[Question, list[str]] | None:
    """Returns amounts with units as a scale: each number with all its spellings; what is no number is no answer."""
    amounts = amounts_of(scan)
    if amounts is None or len(set(amounts.values())) < 3 or len(set(amounts.values())) > _MOST_AMOUNTS:
        return None
    spellings: dict[float, list[str]] = {}
    for word, value in amounts.items():
        spellings.setdefault(value, []).append(word)
    odd = [word for word in scan.words if word not in amounts]
    choices = tuple(
        Choice(f"{value:g}", f"{value:g}", value, tuple(dict.fromkeys([f"{value:g}", *spellings[value]])))
        for value in sorted(spellings)
    )
    nets = tuple(_band_nets(choices)) if len(choices) > _MOST_STEPS else ()
    several = sum(len(words) > 1 for words in spellings.values())
    told = [f"{field.name}: {len(choices)} different amounts, {several} of them written in several ways, with a mean; "
            f"{_bands_told([float(choice.value) for choice in choices])}"]  # fmt: skip
    if odd:
        told.append(f"{field.name}: {', '.join(map(repr, odd[:6]))} are no numbers and count as no answer")
    return Question(key, text, "scale", field.name, choices, missing=(*scan.blanks, *odd), nets=nets), told


def _band_nets(choices: Sequence[Choice]) -> list[Net]:
    """Returns the bands of amounts, each the choices in it together."""
    scores = {choice.value: float(choice.score or 0) for choice in choices}
    bounds = bands_of(list(scores.values()))
    ends = [*bounds[1:], float("inf")]
    nets = []
    for low, high in zip(bounds, ends, strict=True):
        inside = tuple(value for value, score in scores.items() if low <= score < high)
        label = f"{low:g} and more" if high == float("inf") else f"{low:g} to under {high:g}"
        nets += [Net(f"from-{low:g}".replace(".", "_").replace("+", ""), label, inside)] if inside else []
    return nets


def with_promoters(question: Question) -> Question:
    """Returns the question with promoters less detractors where it asks from 0 to 10 whether one would recommend."""
    steps = {choice.score: choice.value for choice in question.choices if choice.score is not None}
    if set(steps) != set(map(float, range(11))) or not RECOMMEND.search(f"{question.text} {question.column}"):
        return question
    plus, minus = (steps[9.0], steps[10.0]), tuple(steps[float(step)] for step in range(7))
    return replace(question, nets=(Net("nps", "Promoters less detractors", plus, minus),))


def _with_gaps(steps: Sequence[str]) -> list[str]:
    """Returns the steps with those between them that nobody took.

    Example:
        >>> _with_gaps(["0", "2", "3"]), _with_gaps(["1.0", "3.0"])
        (['0', '1', '2', '3'], ['1.0', '3.0'])
    """
    whole = all(word.isdecimal() for word in steps)
    return [str(step) for step in range(int(steps[0]), int(steps[-1]) + 1)] if whole else list(steps)


def _written_ends(text: str) -> tuple[int, int] | None:
    """Returns the lowest and the highest step that a wording says.

    Example:
        >>> _written_ends("How safe? (1 = not at all, 5 = completely)"), _written_ends("Thermometer (0-100)")
        ((1, 5), (0, 100))
    """
    match = STEPS.search(text)
    if match is None:
        return None
    low, high = int(match["low"] or match["low2"]), int(match["high"] or match["high2"])
    return (low, high) if low < high else None


def known_ends(field: Field, text: str, lowest: int, highest: int) -> tuple[int, int] | None:
    """Returns the ends of a scale that the tool or the wording says, none where answers lie beyond them.

    Example:
        >>> known_ends(Field("q"), "How far, 1 to 5?", 4, 4), known_ends(Field("q", kind="scale"), "", 3, 6)
        ((1, 5), (1, 7))
        >>> known_ends(Field("q"), "How likely are you to recommend us to a friend?", 2, 10)
        (0, 10)
    """
    written = _written_ends(text)
    if written is None and RECOMMEND.search(f"{text} {field.name}") and highest > 5 and highest <= 10 and lowest >= 0:
        written = 0, 10
    if written is None and field.kind == "scale":
        written = min(1, lowest), next((end for end in (5, 7, 10) if highest <= end), highest)
    return written if written is not None and written[0] <= lowest and highest <= written[1] else None


def _known_steps(field: Field, text: str, found: Sequence[str]) -> list[str] | None:
    """Returns the steps of a scale that the tool or the wording says it is, those that nobody took among them.

    Example:
        >>> _known_steps(Field("q"), "How far, on a scale of 1 to 5?", ["4"])
        ['1', '2', '3', '4', '5']
    """
    if not all(word.removeprefix("-").isdecimal() for word in found):
        return None
    ends = known_ends(field, text, min(map(int, found)), max(map(int, found)))
    if ends is None or ends[1] - ends[0] > 20:
        return None
    return [str(step) for step in range(ends[0], ends[1] + 1)]
