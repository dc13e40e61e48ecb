"""Questions answered by numbers: the steps of a scale, codes, sliders, and amounts as people write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analytics import limits
from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import is_whole, number
from analytics.imports.cells.vocabulary import (
    NUMBER_CODES_OF_NOTHING,
    OTHER,
    PROMOTER_GROUPS,
    RECOMMEND,
    UNSURE,
)
from analytics.imports.proposing.ends import named_steps, written_ends
from analytics.imports.proposing.orders import is_yes_or_no, scale_steps, weaker_end
from analytics.imports.proposing.scans import Scan, codes_apart, missing_words
from analytics.imports.proposing.spellings import FEWEST_BARE
from analytics.language.said import spoken
from analytics.model import Choice, Net, Question

_MOST_STEPS = 11
MOST_AMOUNTS = limits.CHOICES
_MOST_MEASURES = 2_000
_FEWEST_READABLE = 0.8
_BANDS = 5
_MOST_BEYOND = 0.05
_FEW_BEYOND = 2
_SINGLE_CODES, _FEWEST_APART, _MOST_OF_CODES = ("8", "9"), 40, 0.4
"""Codes of one digit for no opinion, beside steps that end at 6 at most."""

_FEWEST_AT_END = 5
_USUAL_SCALES = frozenset((low, high) for low in (0, 1) for high in (3, 4, 5, 6, 7, 9, 10)) | {
    (-2, 2),
    (-3, 3),
    (-5, 5),
}
_COUNTED_THINGS = re.compile(
    r"how many|how often|number of|\bhours?\b|\bdays?\b|\bchildren\b|wie ?viele?|anzahl|stunden|tage|kinder|combien|"
    r"nombre|cu[aá]nt[oa]s|quant[ieoa]s?\b|n[uú]mer[oi]|hoeveel|aantal|\bile\b|liczba|сколько|число|количество",
    re.IGNORECASE,
)
"""Words of questions whose numbers have no highest step."""

_NAME_WANTED = re.compile(
    r"\W*((from|of|in|by|to|for|with|von|mit|aus|an|de|à|dans|par|en|con|da|em|per|op|met|w|na|z|do|в|на|из|за)\s+)?"
    r"(which|who(m|se)?|welche[mnrs]?|wer|wen|wem|qui|(le|la)?quel(le)?s?|cu[aá]l(es)?|qu[eé]|qui[eé]n(es)?|qual[ei]?|"
    r"quais|quem|chi|welke?|który\w*|któr[aąe]\w*|kto|kogo|как(ой|ая|ое|ие|ую|им|ого|ому|их)|кто|кого|кому)\b",
    re.IGNORECASE,
)
_STEP_WANTED = re.compile(
    r"\b(how|wie|tan|quanto|\w*not[aeęy]n?s?|\w*noten?|cotes?|"
    r"calific\w+|puntuac\w+|pontua\w+|classifica\w+|(che|quale) voto|voto (da|dai|per)|"
    r"marks?|grades?|scor\w+|rat(e|ing)s?|ranks?|stars?|points?|steps?|"
    r"numbers?|levels?|degrees?|extents?|scales?|values?|wert\w*|zahl\w*|punkt\w*|stufe\w*|sterne?|ma(ß|ss)\w*|"
    r"grad\w*|stellenwert|rolle|bedeutung|bewertung\w*|wichtig\w*|import\w*|satisf\w*|zufrieden\w*|"
    r"opini\w*|avis|meinung|niveau|degr[ée]\w*|mesure|échelle|valor\w*|nivel|[eé]scala|medida|punt\w*|"
    r"livello|scala|misura|valut\w*|n[ií]vel|grau|avalia\w*|\w*cijfer\w*|mate|poziom\w*|stop(ień|ni\w*)|ocen\w*|s[ck]al\w*|"
    r"оцен\w*|балл\w*|степен\w*|уров\w*|шкал\w*|мер[еуа]|likel\w*|wahrscheinlich\w*|proba\w*|chance\w*)\b",
    re.IGNORECASE,
)
"""Words of questions that ask for one of several by its name, and words by which they ask for a step after all."""

_WHAT_WANTED = re.compile(
    r"\W*(what|was|wo|wohin|where|que|qué|che|cosa|dove|o que|onde|wat|waar|co|gdzie|что|где|où|dónde)\b", re.I
)
_MOST_OF_SEVERAL = re.compile(
    r"\b(of (these|those|the following)|most|least|best|worst|biggest|main|"
    r"am (wichtigsten|ehesten|meisten|besten|liebsten)|"
    r"von (diesen|den folgenden)|le (plus|mieux)|la plus|principal\w*|más|mejor|più|meglio|mais|melhor|"
    r"het (meest|liefst)|"
    r"belangrijkste|najbardziej|najważniejsz\w*|больше всего|самы[йе]|сам(ая|ое))\b",
    re.IGNORECASE,
)
"""Words of questions that want one of several, though they may speak of importance or satisfaction."""

_HOURS = re.compile(r"h|hours?|stunden?|std|hrs?|heures?|horas?|ore|uur|часов|часа|час", re.IGNORECASE)
_QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb "
_STARS = re.compile("[★⭐✭✩☆]+")
_NUMBERED = re.compile(r"\(?(?P<step>-?\d{1,3})\)?\s*(?:[-–—=:.)]|\s)\s*(?P<label>\S.*)", re.DOTALL)
_AMOUNT = re.compile(
    r"(?:(?:ca|circa|about|approx|around|etwa|ungefähr|rund|environ|unos|cerca de|około|примерно|около|~|≈)\.?\s*)?"
    r"(?P<sign>[$€£₽¥]|(?:us|r|a|c|nz|hk)\$|eur|usd|gbp|chf|pln|zł|kr\.?|руб\.?|rub)?\s*"
    r"(?P<number>[-+]?\d[\d.,'\u2019\u00a0\u202f ]*)\s*"
    r"(?P<unit>[$€£₽¥%°]|eur(?:o|os)?|usd|dollars?|gbp|pounds?|chf|fr\.|pln|zł|руб\w*\.?|р\.|rub|,?[-–—]{1,2}|kg|km|cm|m|min\w*\.?|h|"
    r"hours?|stunden?|std\.?|hrs?|years?|jahre?|minuten?|heures?|horas?|ore|uur|часов|часа|час)?\.?",
    re.IGNORECASE,
)


_THOUSAND = 1_000
_MONEY = re.compile(r"[$€£₽%]|eur|usd|dollar|gbp|pound|chf|fr\.|pln|zł|руб|р\.|rub|,?[-–—]", re.IGNORECASE)
_READ_TWICE = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""A number whose one mark may part thousands or stand before decimals."""


def of_numbered_steps(field: Field, scan: Scan, key: str, text: str) -> Question | None:
    """Returns a scale whose steps are numbers, the ends or all of them with words: "1 - Not at all"; None elsewhere."""
    steps: dict[str, int] = {}
    scan, beyond = _without_beyond_words(scan, text)
    for word in scan.words:
        if UNSURE.match(word):
            continue
        match = _NUMBERED.fullmatch(word)
        if match is not None and UNSURE.match(match["label"]) and not number(word):
            continue
        if match is not None and not number(word):
            steps[word] = int(match["step"])
        elif is_whole(word):
            steps[word] = int(word)
        else:
            return None
    labelled = {step for word, step in steps.items() if not is_whole(word)}
    again = {word for word, step in steps.items() if is_whole(word) and step in labelled}  # "10" beside "10 - very"
    if len(steps) - len(labelled) - len(again) >= FEWEST_BARE:
        steps = {word: step for word, step in steps.items() if word not in again}
    worded = [word for word in steps if not word.isdecimal()]
    if len(worded) == len(steps) and _is_list(worded):
        return _numbered_answers(field, scan, key, text, steps)
    found = sorted(set(steps.values()))
    if not worded or len(found) != len(steps) or len(found) < 3 or found[0] < -5 or found[-1] - found[0] > 10:
        return None
    if len(worded) == len(steps) and found[-1] - found[0] > len(found) + 1:
        return None
    low, high = known_ends(field, text, found[0], found[-1]) or (found[0], found[-1])
    by_step = {step: word for word, step in steps.items()}
    choices = [_step_choice(step, by_step.get(step)) for step in range(low, high + 1)]
    unsure = [Choice(word, word, None, (word,)) for word in scan.words if word not in {*steps, *again}]
    asked = Question(key, text, "scale", field.name, (*choices, *unsure), missing=(*scan.blanks, *beyond))
    return with_promoters(asked)


def step_of_label(label: str) -> int | None:
    """Returns the number that a label is or begins with, None where it has none.

    Example:
        >>> step_of_label("10 - Extremely likely"), step_of_label("7"), step_of_label("Never")
        (10, 7, None)
    """
    if is_whole(label.strip().removeprefix("-")):
        return int(label)
    match = _NUMBERED.fullmatch(label)
    return int(match["step"]) if match is not None else None


def of_named_ends(field: Field, scan: Scan, key: str, text: str) -> tuple[Question, list[str]] | None:
    """Returns a scale of numbers of which only the two ends are words, and what is to be told; None elsewhere.

    Example:
        >>> words = {"3": 9, "sehr zufrieden": 4, "2": 7, "sehr unzufrieden": 2, "4": 5}
        >>> asked, told = of_named_ends(Field("q"), Scan(words, (), 27, 27), "q", "Zufrieden?")
        >>> [(choice.label, choice.score) for choice in asked.choices if not choice.label.isdecimal()]
        [('sehr unzufrieden', 1.0), ('sehr zufrieden', 5.0)]
    """
    answers = [word for word in scan.words if not UNSURE.match(word)]
    steps = {word: int(bare) for word in answers if (bare := word.strip(_QUOTES)).isdecimal() and len(bare) < 3}
    named = [word for word in answers if word not in steps]
    odd = any(re.search(r"\d", word) or OTHER.match(word) or is_yes_or_no(word) for word in named)
    if len(named) != 2 or odd or len(steps) < 2 or len({*steps.values()}) < len(steps):
        return None
    least, most = min(steps.values()), max(steps.values())
    known = known_ends(field, text, least, most) or _ends_around(least, most)
    if known is None or not known[0] < least <= most < known[1] or asks_for_a_count(text) or asks_for_a_name(text):
        return None
    low, high = known
    weaker = weaker_end(*named)
    if weaker is None and (low, high) not in _USUAL_SCALES:
        return None
    first, last = named if weaker in (None, named[0]) else named[::-1]
    by_step = {step: word for word, step in steps.items()} | {low: first, high: last}
    choices = [_step_choice(step, by_step.get(step)) for step in range(low, high + 1)]
    choices += [Choice(word, word, None, (word,)) for word in scan.words if word not in answers]
    told = spoken(
        "{name}: only the ends of the scale are named: {first!r} is taken for {low}, {last!r} for {high}",
        name=field.name,
        first=first,
        low=low,
        last=last,
        high=high,
    )
    return Question(key, text, "scale", field.name, tuple(choices), missing=scan.blanks), [told]


def _ends_around(least: int, most: int) -> tuple[int, int] | None:
    """Returns the ends of the usual scale whose inner steps these are, None where there is none.

    Example:
        >>> _ends_around(2, 4), _ends_around(1, 9), _ends_around(2, 7), _ends_around(5, 9)
        ((1, 5), (0, 10), (1, 9), None)
    """
    low = 0 if least == 1 else 1
    found = [end for start, end in _USUAL_SCALES if start == low and end > most]
    return (low, min(found)) if found and least in (1, 2, 3) else None


def of_stars(field: Field, scan: Scan, key: str, text: str) -> Question | None:
    """Returns a scale whose steps are drawn as stars, from one star to as many as are drawn; None elsewhere.

    Example:
        >>> asked = of_stars(Field("q"), Scan({"★★★☆☆": 4, "★★★★★": 2}, (), 6, 6), "q", "How?")
        >>> [(choice.label, choice.score) for choice in asked.choices][2]
        ('★★★☆☆', 3.0)
    """
    answers = [word for word in scan.words if not UNSURE.match(word)]
    steps = {word: len(re.sub("[✩☆]", "", word)) for word in answers}
    if len(answers) < 2 or not all(map(_STARS.fullmatch, answers)) or len({*steps.values()}) < len(steps):
        return None
    most = max(max(map(len, answers)), max(steps.values()))
    by_step = {step: word for word, step in steps.items()}
    open_star = "☆" if any("☆" in word for word in answers) else ""
    shown = {
        step: by_step.get(step, "★" * step + open_star * (most - step)) for step in range(min(1, *by_step), most + 1)
    }
    choices = [Choice(str(step), word, float(step), (word,)) for step, word in shown.items()]
    unsure = [Choice(word, word, None, (word,)) for word in scan.words if word not in steps]
    return Question(key, text, "scale", field.name, (*choices, *unsure), missing=scan.blanks)


def _is_list(words: Sequence[str]) -> bool:
    """Returns whether numbered words are a list to choose from and no scale: no ladder, and yes and no or points.

    Example:
        >>> _is_list(["1. Yes", "2. No", "3. Not sure"]), _is_list(["1. Never", "2. Sometimes", "3. Often"])
        (True, False)
        >>> _is_list(["1 - Bad", "2 - So so", "3 - Great"])
        False
    """
    found = [match for word in words if (match := _NUMBERED.fullmatch(word)) is not None]
    labels = [match["label"].strip() for match in found]
    answers = [label for label in labels if not UNSURE.match(label)]
    if scale_steps(answers) is not None:
        return False
    pointed = all(re.match(r"\(?\d+[.)]", word) for word in words)
    return pointed or any(is_yes_or_no(label) for label in labels)


def _numbered_answers(field: Field, scan: Scan, key: str, text: str, steps: Mapping[str, int]) -> Question:
    """Returns a question with one answer of a numbered list, in the order of the numbers."""
    words = sorted(steps, key=steps.__getitem__)
    others = [word for word in scan.words if word not in steps]
    choices = tuple(Choice(word, word, None, (word,)) for word in (*words, *others))
    return Question(key, text, "single", field.name, choices, missing=scan.blanks)


def _without_beyond_words(scan: Scan, text: str) -> tuple[Scan, tuple[str, ...]]:
    """Returns the scan without the bare numbers beyond the steps that have words, and these, where they are few.

    Example:
        >>> scan = Scan({"1 - Bad": 20, "2": 30, "3 - Good": 40, "33": 1}, (), 91, 91)
        >>> _without_beyond_words(scan, "How is it?")[1]
        ('33',)
    """
    worded = [int(match["step"]) for word in scan.words if not number(word) and (match := _NUMBERED.fullmatch(word))]
    low, high = written_ends(text) or (min(worded, default=0), max(worded, default=0))
    beyond = tuple(word for word in scan.words if is_whole(word) and not low <= int(word) <= high)
    if len(worded) < 2 or sum(scan.words[word] for word in beyond) > _MOST_BEYOND * scan.filled:
        return scan, ()
    return replace(scan, words={word: count for word, count in scan.words.items() if word not in beyond}), beyond


def _step_choice(step: int, word: str | None) -> Choice:
    """Returns one step under its number, whatever words stand beside it."""
    value = str(step)
    return Choice(value, word or value, float(step), (value,) if word in (None, value) else (value, str(word)))


def of_numbers(
    field: Field, scan: Scan, key: str, text: str, scales: Collection[tuple[int, int]] = ()
) -> tuple[Question, list[str]] | None:
    """Returns a question answered by numbers, and what is to be told; None where they are no answers to count.

    Args:
        scales: the lowest and highest steps of the file's other scales.
    """
    told: list[str] = []
    declared = missing_words(field, scan)
    codes = _codes_of_nothing(scan, text, declared)
    unsure = [word for word in scan.words if number(word) is None and word not in declared]
    beyond, ends = codes_beyond(field, scan, text, (*declared, *codes), scales)
    if any(map(scan.words.__getitem__, beyond)):
        told.append(
            spoken(
                "{name}: {words} lie beyond the steps from {first} to {last} and count as no answer",
                name=field.name,
                words=", ".join(beyond),
                first=ends[0],
                last=ends[1],
            )
        )
    codes = [*codes, *beyond]
    steps = sorted((word for word in scan.words if word not in (*codes, *declared, *unsure)), key=float)
    values = [float(word) for word in steps]
    if not steps:
        return None
    of_nothing = [word for word in codes if word not in beyond]
    if any(map(scan.words.__getitem__, of_nothing)):
        told.append(
            spoken(
                "{name}: {words} count as no answer, as such codes mostly mean",
                name=field.name,
                words=", ".join(sorted(of_nothing, key=float)),
            )
        )
    if len(steps) > _MOST_STEPS or any(not value.is_integer() for value in values):
        return _measured(field, scan, key, text, steps, unsure, (*declared, *codes), told)
    known = _known_steps(field, text, steps)
    may_be = field.kind != "single" and not asks_for_a_name(text)
    of_eleven = values[0] >= 1 and values[-1] == _MOST_STEPS <= len(steps) + 2  # 0 to 10, stored from 1 on
    scale = known is not None or (may_be and len(steps) >= 3 and values[0] >= -5 and (values[-1] <= 10 or of_eleven))
    if not scale and values[-1] - values[0] > 4 * len(steps) and len(steps) >= 6 and not field.labels:
        return _measured(field, scan, key, text, steps, unsure, (*declared, *codes), told)
    steps = known or (_with_gaps(steps) if scale else steps)
    names = named_steps(text) if scale else {}
    choices = tuple(Choice(word, _named(word, names), float(word) if scale else None, (word,)) for word in steps)
    choices += tuple(Choice(word, word, None, (word,)) for word in unsure)
    asked = Question(
        key, text, "scale" if scale else "single", field.name, choices, missing=(*declared, *codes)
    )  # fmt: skip
    return with_promoters(asked), told


def _named(word: str, names: Mapping[int, str]) -> str:
    """Returns the label of a number: with what the wording calls it, where that is an end of a scale.

    Example:
        >>> _named("5", {1: "bad", 5: "good"}), _named("2.0", {})
        ('5 - good', '2')
    """
    value = float(word)
    return f"{value:g} - {names[int(value)]}" if value in names else f"{value:g}"


def codes_beyond(
    field: Field, scan: Scan, text: str, missing: Collection[str], scales: Collection[tuple[int, int]] = ()
) -> tuple[list[str], tuple[int, int]]:
    """Returns the few numbers beyond the ends of a scale, in order, and these ends; none where no scale shows.

    The wording or the tool says the ends. Where nobody does, hardly anybody gave the others, and something more has to
    show that they are slips: they lie on both sides, far off, or beyond the steps of other scales in the file. Where
    all steps were given, 8 and 9 far above them stand for no opinion, and so does what a wording does not name.

    Example:
        >>> scan = Scan({"1": 14, "2": 20, "3": 17, "4": 22, "5": 16, "0": 1, "6": 1, "55": 1}, (), 92, 92)
        >>> codes_beyond(Field("trust"), scan, "trust", ())
        (['0', '6', '55'], (1, 5))
        >>> codes_beyond(Field("q"), Scan({"1": 14, "2": 20, "3": 17, "4": 22, "9": 6}, (), 79, 79), "How is it?", ())
        (['9'], (1, 4))
        >>> codes_beyond(Field("q"), Scan({"1": 9, "2": 20, "3": 17, "4": 1}, (), 47, 47), "How is it?", ())
        ([], (1, 3))
    """
    counts = {word: count for word, count in scan.words.items() if word not in missing and number(word) is not None}
    most = _MOST_BEYOND * sum(counts.values())
    written = written_ends(text)
    recommended = RECOMMEND.search(f"{text} {field.name}") is not None
    if written is None and recommended and sum(map(counts.__contains__, map(str, range(11)))) > 6:
        written = 0, 10
    single = {word: count for word, count in counts.items() if word not in _SINGLE_CODES}
    ends = written or _solid_ends(counts, text)
    no_steps = recommended or field.kind == "single"  # as the wording or somebody says
    apart = None if ends or no_steps or len(single) == len(counts) else _solid_ends(single, text)
    if apart is not None and apart[1] < int(_SINGLE_CODES[0]) - 1 and sum(single.values()) >= _FEWEST_APART:
        ends, written, most = apart, apart, _MOST_OF_CODES * sum(counts.values())
    if ends is None:
        return [], (0, 0)
    if written is not None and sum(ends[0] <= float(word) <= ends[1] for word in counts) == ends[1] - ends[0] + 1:
        most = _MOST_OF_CODES * sum(counts.values())
    beyond = sorted((word for word in counts if not ends[0] <= float(word) <= ends[1]), key=float)
    if not beyond or sum(counts[word] for word in beyond) > most:
        return [], ends
    if written is None:
        far = any(float(word) > 2 * ends[1] + 1 for word in beyond)
        both = float(beyond[0]) < ends[0] and float(beyond[-1]) > ends[1]
        wider = min(ends[0], float(beyond[0])), max(ends[1], float(beyond[-1]))
        if not (far or both or (ends in scales and wider not in _USUAL_SCALES)):
            return [], ends
    return beyond, ends


def _solid_ends(counts: Mapping[str, int], text: str) -> tuple[int, int] | None:
    """Returns the ends of the usual scale that nearly all answered on, None where there is none."""
    few = max(_FEW_BEYOND, sum(counts.values()) // 200)
    solid = [word for word, count in counts.items() if count > few]
    if len(solid) < 3 or not all(is_whole(word.removeprefix("-")) for word in solid):
        return None
    if _COUNTED_THINGS.search(text) or asks_for_a_name(text):
        return None
    values = sorted(map(int, solid))
    low, high = values[0], values[-1]
    ends = [counts[word] for word in solid if int(word) in (low, high)]
    mean = sum(counts[word] for word in solid) / len(solid)
    usual = (low, high) in _USUAL_SCALES and len(solid) == high - low + 1
    return (low, high) if usual and min(ends) >= max(_FEWEST_AT_END, 0.25 * mean) else None


def asks_for_a_name(text: str) -> bool:
    """Returns whether the question asks which of several, so that bare numbers are codes of names and no steps.

    Example:
        >>> [asks_for_a_name(text) for text in ("Which party runs it best?", "Which grade do you give it?", "Trust")]
        [True, False, False]
        >>> [asks_for_a_name(text) for text in ("¿Qué tan satisfecho está?", "Welche Partei?", "Quelle note ?")]
        [False, True, False]
    """
    if _MOST_OF_SEVERAL.search(text) is not None and (_NAME_WANTED.match(text) or _WHAT_WANTED.match(text)):
        return True
    return _NAME_WANTED.match(text) is not None and _STEP_WANTED.search(text) is None


def asks_for_a_count(text: str) -> bool:
    """Returns whether the question asks how many of something there are."""
    return _COUNTED_THINGS.search(text) is not None


def asks_for_a_step(text: str) -> bool:
    """Returns whether the question asks for a grade, a degree and the like."""
    return _STEP_WANTED.search(text) is not None


def scales_of(scans: Mapping[str, Scan]) -> set[tuple[int, int]]:
    """Returns the lowest and highest steps of the columns that hold nothing but the steps of a usual scale."""
    found = ((_solid_ends(scan.words, name), scan.numbers) for name, scan in scans.items() if scan.numbers)
    return {ends for ends, values in found if ends is not None and values and ends == (min(values), max(values))}


def _codes_of_nothing(scan: Scan, text: str, declared: Sequence[str]) -> list[str]:
    """Returns the codes for no opinion among the numbers: those apart from the others, and beyond the scale's ends."""
    codes = [word for word in codes_apart(scan) if word not in declared]
    written = written_ends(text)
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
    known = slider or written_ends(text) is not None
    names_rows = whole and scan.filled > 20 and len(steps) > 0.9 * scan.filled and not known
    if names_rows or len(steps) > _MOST_MEASURES:
        return None
    told = [
        *told,
        spoken(
            "{name}: {count} different numbers from {first} to {last}, with a mean; {bands}",
            name=field.name,
            count=len(steps),
            first=values[0],
            last=values[-1],
            bands=_bands_told(values),
        ),
    ]
    if unsure:
        told.append(
            spoken(
                "{name}: {words} are no numbers and count as no answer",
                name=field.name,
                words=", ".join(map(repr, unsure[:6])),
            )
        )
    if whole and values[0] >= 1 and values[-1] == 101:
        told.append(spoken("{name}: a slider stored from 1 to 101 may mean 0 to 100", name=field.name))
    return Question(key, text, "scale", field.name, found=True, missing=(*missing, *unsure)), told


def _bands_told(values: Sequence[float]) -> str:
    """Returns how the numbers can be counted in bands.

    Example:
        >>> _bands_told([0.0, 37.0, 100.0])
        'as a group they can be counted in bands: bands = [0, 20, 40, 60, 80]'
    """
    return spoken(
        "as a group they can be counted in bands: bands = [{bounds}]",
        bounds=", ".join(f"{bound:g}" for bound in bands_of(values)),
    )


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


def has_units(scan: Scan) -> bool:
    """Returns whether a unit or a sign of money stands beside the number in some cells, and more than one has digits.

    Example:
        >>> has_units(Scan({"52,50": 4, "€ 60": 1}, (), 5, 5)), has_units(Scan({"1,2": 4, "1": 3}, (), 7, 7))
        (True, False)
    """
    found = [match for word in scan.words if (match := _AMOUNT.fullmatch(word.strip())) is not None]
    return len(found) > 1 and any(match["sign"] or match["unit"] for match in found)


def open_amount(scan: Scan) -> str | None:
    """Returns an amount of the column that can be read in two ways, None where money or another cell decides.

    Example:
        >>> open_amount(Scan({"2.400 kg": 3, "1.250 kg": 2, "900 kg": 1}, (), 6, 6))
        '2.400 kg'
        >>> open_amount(Scan({"2.400 €": 3, "900 €": 1}, (), 4, 4)) is None
        True
        >>> open_amount(Scan({"2.4 kg": 3, "1.250 kg": 1}, (), 4, 4)) is None
        True
    """
    if amounts_of(scan) is None:
        return None
    found = {word: match for word in scan.words if (match := _AMOUNT.fullmatch(word.strip())) is not None}
    if any(match["sign"] or _MONEY.match(match["unit"] or "") for match in found.values()):
        return None
    texts = {word: match["number"].strip(" .,'") for word, match in found.items()}
    both = [word for word, text in texts.items() if _READ_TWICE.fullmatch(text)]
    rest = [text for word, text in texts.items() if word not in both]
    return both[0] if both and all(map(is_whole, rest)) else None


def amounts_of(scan: Scan, decimal: str = "") -> dict[str, float] | None:
    """Returns the number that each cell means where nearly all are amounts as people write them, None elsewhere.

    A mark before exactly three digits parts thousands unless the other cells have decimals behind it.

    Args:
        decimal: the mark before decimals, where somebody said so.

    Example:
        >>> scan = Scan({"€ 1.250,00": 2, "1250 €": 1, "ca. 900": 3, "1.300": 1, "why?": 1}, (), 8, 8)
        >>> amounts_of(scan)
        {'€ 1.250,00': 1250.0, '1250 €': 1250.0, 'ca. 900': 900.0, '1.300': 1300.0}
    """
    found = {word: _AMOUNT.fullmatch(word.strip()) for word in scan.words}
    texts = {word: match["number"].strip(" .,'") for word, match in found.items() if match is not None}
    readable = sum(scan.words[word] for word in texts)
    plain = all(number(word) is not None for word in texts)
    units = {(match["unit"] or "").strip(". ").casefold() for match in found.values() if match is not None} - {""}
    minutes = [unit for unit in units if unit.startswith("min") or unit == "m"]
    if minutes and any(map(_HOURS.fullmatch, units)):
        return None  # hours beside minutes are no numbers of one kind
    if not texts or plain or readable < _FEWEST_READABLE * scan.filled:
        return None
    values = {word: _amount(text, list(texts.values()), decimal) for word, text in texts.items()}
    return {word: value for word, value in values.items() if value is not None}


def _amount(text: str, others: Sequence[str], stated: str = "") -> float | None:
    """Returns the number that digits with marks mean.

    Example:
        >>> [_amount(text, []) for text in ("1.250,00", "1,250.5", "1.300", "2,5", "1 200")]
        [1250.0, 1250.5, 1300.0, 2.5, 1200.0]
        >>> _amount("1.300", [], ".")
        1.3
    """
    text = re.sub(r"[ '\u2019\u00a0\u202f]", "", text)
    if stated:
        decimal = stated
    elif "," in text and "." in text:
        decimal = max(",.", key=text.rfind)
    else:
        mark = "," if "," in text else "." if "." in text else ""
        thousands = bool(mark) and re.fullmatch(rf"[-+]?\d{{1,3}}(\{mark}\d{{3}})+", text) is not None
        decimals = any(re.search(rf"\{mark}\d{{1,2}}$|^[-+]?0\{mark}", other) for other in others) if mark else False
        thousands = thousands and re.match(r"[-+]?0", text) is None
        opposite = any(re.search(rf"\{',' if mark == '.' else '.'}\d{{1,2}}$", other) for other in others)
        decimal = "" if thousands and (opposite or not decimals) else mark
    for mark in ",.":
        if mark != decimal:
            text = text.replace(mark, "")
    return number(text.replace(decimal, ".") if decimal else text)


def of_amounts(field: Field, scan: Scan, key: str, text: str) -> tuple[Question, list[str]] | None:
    """Returns amounts with units as a scale: each number with all its spellings; what is no number is no answer."""
    amounts = amounts_of(scan, field.decimal)
    if amounts is None or len(set(amounts.values())) < 3 or len(set(amounts.values())) > MOST_AMOUNTS:
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
    told = [
        spoken(
            "{name}: {count} different amounts, {several} of them written in several ways, with a mean; {bands}",
            name=field.name,
            count=len(choices),
            several=several,
            bands=_bands_told([float(choice.value) for choice in choices]),
        )
    ]
    both = [
        word for word in amounts if (match := _AMOUNT.fullmatch(word.strip())) and _READ_TWICE.search(match["number"])
    ]
    if both:
        shown = max(both, key=lambda word: scan.words[word])
        value = amounts[shown]
        thousands = spoken(
            "{name}: the mark in {word!r} is taken to part thousands: it counts as {value}",
            name=field.name,
            word=shown,
            value=value,
        )
        decimals = spoken(
            "{name}: the mark in {word!r} is taken for the decimal mark: it counts as {value}",
            name=field.name,
            word=shown,
            value=value,
        )
        told.append(thousands if abs(value) >= _THOUSAND else decimals)
    if odd:
        told.append(
            spoken(
                "{name}: {words} are no numbers and count as no answer",
                name=field.name,
                words=", ".join(map(repr, odd[:6])),
            )
        )
    return Question(key, text, "scale", field.name, choices, missing=(*scan.blanks, *odd), nets=nets), told


def _band_nets(choices: Sequence[Choice]) -> list[Net]:
    """Returns the bands of amounts, each the choices in it together."""
    scores = {choice.value: float(choice.score or 0) for choice in choices}
    bounds = bands_of(list(scores.values()))
    ends = [*bounds[1:], float("inf")]
    nets = []
    for low, high in zip(bounds, ends, strict=True):
        inside = tuple(value for value, score in scores.items() if low <= score < high)
        above = high == float("inf")
        label = spoken("{low} and more", low=low) if above else spoken("{low} to under {high}", low=low, high=high)
        nets += [Net(f"from-{low:g}".replace(".", "_").replace("+", ""), label, inside)] if inside else []
    return nets


def with_promoters(question: Question) -> Question:
    """Returns the question with promoters less detractors where it asks from 0 to 10 whether one would recommend."""
    steps = {choice.score: choice.value for choice in question.choices if choice.score is not None}
    if set(steps) != set(map(float, range(11))) or not RECOMMEND.search(f"{question.text} {question.column}"):
        return question
    plus, minus = (steps[9.0], steps[10.0]), tuple(steps[float(step)] for step in range(7))
    return replace(question, nets=(Net("nps", "Promoters less detractors", plus, minus),))


def promoters_again(fields: Sequence[Field], scans: Mapping[str, Scan]) -> dict[str, str]:
    """Returns the columns that tell promoters, passives and detractors by the scores in another, with its name.

    Example:
        >>> scores = Scan({"10": 4, "7": 2, "3": 1}, (), 7, 7)
        >>> groups = Scan({"Promoter": 4, "Passive": 2, "Detractor": 1}, (), 7, 7)
        >>> promoters_again([Field("nps"), Field("nps group")], {"nps": scores, "nps group": groups})
        {'nps group': 'nps'}
    """
    scored = {
        one.name: counts
        for one in fields
        if (counts := _counts_of_scores(scans[one.name])) and sum(map(bool, counts)) > 1
    }
    found: dict[str, str] = {}
    for one in fields:
        words = scans[one.name].words
        named = bool(words) and (promoters_of(list(words)) is not None or RECOMMEND.search(f"{one.name} {one.text}"))
        if not named or len(words) > 3:
            continue
        known = promoters_of(list(words))
        given = sorted(words.values()) if known is None else [words.get(word or "", 0) for word in known]
        for name, counts in scored.items():
            wanted = sorted(filter(None, counts)) if known is None else list(counts)
            if name != one.name and given == wanted:
                found[one.name] = name
    return found


def _counts_of_scores(scan: Scan) -> tuple[int, int, int] | None:
    """Returns how many gave 9 or 10, 7 or 8, and 6 or less, None where a word is no such score."""
    values = {word: number(word) for word in scan.words if not UNSURE.match(word)}
    if not values or any(value is None or value not in range(11) for value in values.values()):
        return None
    counts = [0, 0, 0]
    for word, value in values.items():
        counts[0 if (value or 0) > 8 else 1 if (value or 0) > 6 else 2] += scan.words[word]
    return counts[0], counts[1], counts[2]


def promoters_of(words: Sequence[str]) -> tuple[str | None, str | None, str | None] | None:
    """Returns the words for promoters, passives and detractors, None where there are others.

    Example:
        >>> promoters_of(["Kritiker", "Passive", "Promotoren"]), promoters_of(["Promoter", "Yes"])
        (('Promotoren', 'Passive', 'Kritiker'), None)
    """
    places = [next((at for at, one in enumerate(PROMOTER_GROUPS) if one.fullmatch(word)), None) for word in words]
    if None in places or len({*places}) < len(places) or len(words) < 2 or (0 not in places and 2 not in places):
        return None
    by_place = dict(zip(places, words, strict=True))
    return by_place.get(0), by_place.get(1), by_place.get(2)


def with_promoter_words(question: Question) -> Question:
    """Returns the question with promoters less detractors where these are its answers."""
    known = promoters_of([choice.label for choice in question.choices])
    if known is None or known[0] is None or known[2] is None:
        return question
    values = {choice.label: choice.value for choice in question.choices}
    order = [word for word in known if word is not None]
    choices = sorted(question.choices, key=lambda choice: order.index(choice.label))
    net = Net("nps", "Promoters less detractors", (values[known[0]],), (values[known[2]],))
    return replace(question, choices=tuple(choices), nets=(net,))


def _with_gaps(steps: Sequence[str]) -> list[str]:
    """Returns the steps with those that nobody took: between them, and 1 before 2 and 3 where the end is 5, 7 or 11.

    Example:
        >>> _with_gaps(["0", "2", "3"]), _with_gaps(["1.0", "3.0"]), _with_gaps(["2", "3", "5"])
        (['0', '1', '2', '3'], ['1.0', '3.0'], ['1', '2', '3', '4', '5'])
    """
    if not all(is_whole(word) for word in steps):
        return list(steps)
    low, high = int(steps[0]), int(steps[-1])
    return [str(step) for step in range(1 if low in (2, 3) and high in (5, 7, 11) else low, high + 1)]


def known_ends(field: Field, text: str, lowest: int, highest: int) -> tuple[int, int] | None:
    """Returns the ends of a scale that the tool or the wording says, none where answers lie beyond them.

    Example:
        >>> known_ends(Field("q"), "How far, 1 to 5?", 4, 4), known_ends(Field("q", kind="scale"), "", 3, 6)
        ((1, 5), (1, 7))
        >>> known_ends(Field("q"), "How likely are you to recommend us to a friend?", 2, 10)
        (0, 10)
    """
    written = written_ends(text)
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
