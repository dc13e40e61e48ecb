"""The order in which the words of an answer make sense: steps of agreement, ranges of numbers, degrees of education."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from analytics.imports.cells.text import number
from analytics.imports.cells.vocabulary import OTHER, UNSURE, YES_AND_NO

_LANGUAGES = Path(__file__).resolve().parent / "ladders"
_PLAIN_DEGREE = 3.2
_YES_NO = (
    "yes", "no", "maybe", "ja", "nein", "vielleicht", "да", "нет", "может быть", "oui", "non", "peut-être", "sí", "sì",
    "sim", "não", "nao", "tak", "nie", "nee", "misschien", "quizás", "forse", "talvez", "true", "false",
    *(word for both in YES_AND_NO.values() for words in both for word in words), "можливо", "może", "kanske", "måske",
    "kanskje", "ehkä", "možná", "talán", "poate", "ίσως", "belki", "どちらでもない", "也许", "아마도",
)  # fmt: skip
_RANGE = re.compile(
    r"^(?:(?P<low><|≤|less than|younger than|under|below|up to|unter|bis( zu)?|jünger als|weniger als|moins de?|"
    r"jusqu.?à|menos de|hasta|meno di|sotto( i)?|fino a|até|jonger dan|minder dan|onder( de)?|tot|poniżej|do|"
    r"mniej niż|до|менее|младше|меньше)|"
    r"(?P<high>>|≥|more than|older than|over|above|über|älter als|mehr als|ab|plus d.|plus de|más de|mayor(?:es)? de|"
    r"più di|oltre( i)?|mais de|acima de|ouder dan|meer dan|boven( de)?|powyżej|ponad|więcej niż|более|старше|свыше|"
    r"больше))?\s*[$€£₽]?\s*"
    r"(?P<number>\d[\d,. ]*)(?P<rest>.{0,40})$"
)
_SCHOOLING = (
    r"no (formal )?(school|educat)|ohne (schul)?abschluss|без образован",
    r"less than high|elementary|primary|grades|начальн\w+ (общ|шко)",
    r"some high|hauptschul|volksschul|неполн\w+ средн",
    r"high school|secondary|realschul|mittlere reife|^школа|средн\w+ (общ|полн)|^среднее$",
    r"abitur|fachhochschulreife|начальн\w+ профес",
    r"some college|vocational|trade|lehre|ausbildung|средн\w+ (профес|спец)",
    r"associate",
    r"неоконч|незаконч\w+ высш",
    r"bachelor|college degree|\bba\b|hochschul|universit|undergraduate|\bвысшее",
    r"master|magister|diplom",
    r"graduate|professional",
    r"doctor|ph\.?d|promotion|степень",
)  # fmt: skip


def shown_order(words: Sequence[str], *, education: bool = False) -> list[str]:
    """Returns the words in the order in which they make sense; where none shows, as found, "do not know" last.

    Example:
        >>> shown_order(["No", "Not sure", "Yes"]), shown_order(["$50,000+", "$0 - $24,999", "$25,000 - $49,999"])
        (['Yes', 'No', 'Not sure'], ['$0 - $24,999', '$25,000 - $49,999', '$50,000+'])
    """
    answers = [word for word in words if not UNSURE.match(word)]
    unsure = [word for word in words if UNSURE.match(word)]
    steps = (
        steps_in(words)
        or _number_steps(answers)
        or _coded_steps(answers)
        or (_schooling_steps(answers) if education else None)
    )
    if steps is not None:
        return sorted(steps, key=steps.__getitem__) + [word for word in unsure if word not in steps]
    known = {word: _YES_NO.index(word.casefold()) for word in answers if word.casefold() in _YES_NO}
    rest = [word for word in answers if word not in known]
    others = [word for word in rest if OTHER.match(word)]
    return sorted(known, key=known.__getitem__) + [word for word in rest if word not in others] + others + unsure


def steps_in(words: Sequence[str]) -> dict[str, float] | None:
    """Returns the places of the answers on one scale, "don't know" and the like outside it, None where they make none.

    A word for no opinion that a ladder itself has in its middle, such as "unentschieden", is a step there.

    Example:
        >>> steps = steps_in(["stimme zu", "unentschieden", "stimme nicht zu", "weiß nicht"])
        >>> sorted(steps, key=steps.get)
        ['stimme zu', 'unentschieden', 'stimme nicht zu']
    """
    answers = [word for word in words if not UNSURE.match(word)]
    between = [word for word in words if _BETWEEN.fullmatch(word.strip())]
    if between and len(answers) > 1:
        plain = {word: _plain_step(word) for word in (*answers, *between)}
        found = next((steps for of in ladders() if (steps := _rungs(of.ladders, plain)) is not None), None)
        if found is not None and len({*found.values()}) == len(found) > 2 and not all(map(is_yes_or_no, answers)):
            return found
    return scale_steps(answers)


_BETWEEN = re.compile("unentschieden|undecided|indécis|indeciso|trudno powiedzieć|nie mam zdania", re.IGNORECASE)


def is_yes_or_no(word: str) -> bool:
    """Returns whether a word says yes, no or maybe.

    Example:
        >>> is_yes_or_no("Yes"), is_yes_or_no("Nein"), is_yes_or_no("Often")
        (True, True, False)
    """
    return word.casefold() in _YES_NO


@dataclass(frozen=True)
class Ladders:
    """The steps of answers in one language, as its file has them; ladders and frequencies begin with the lowest.

    `values` are ladders of how good or high something is, `amounts` the place of each word for how much, beside which
    answers repeat what is measured ("a little trust"); `filler` holds the words that make no difference there. In a
    language of `joined` words no blank stands behind a degree. `schooling` has degrees of education, the lowest first.
    """

    neutral: re.Pattern[str]
    frequency: tuple[re.Pattern[str], ...]
    ladders: tuple[tuple[tuple[str, ...], ...], ...]
    comparisons: tuple[tuple[tuple[str, ...], ...], ...]
    values: tuple[tuple[tuple[str, ...], ...], ...]
    amounts: Mapping[str, int]
    filler: frozenset[str]
    degrees: tuple[tuple[str, float], ...]
    opposites: tuple[tuple[str, ...], ...]
    joined: bool = False
    schooling: tuple[re.Pattern[str], ...] = ()


@cache
def ladders() -> tuple[Ladders, ...]:
    """Returns the ladders of each language that has a file; English comes first, for short words are often its."""
    files = sorted(_LANGUAGES.glob("*.toml"), key=lambda path: (path.stem != "en", path.stem))
    return tuple(_ladders_of(tomllib.loads(_one_spelling(path.read_text(encoding="utf-8")))) for path in files)


def _one_spelling(text: str) -> str:
    """Returns a text in the spelling that capital letters and Swiss or hasty writers leave: without sharp s and yo."""
    return text.replace("ß", "ss").replace("ё", "е")


def _ladders_of(table: Mapping[str, Any]) -> Ladders:
    """Returns the ladders of one language; longer words of degree are tried before shorter ones."""
    return Ladders(
        re.compile(table["neutral"]),
        tuple(map(re.compile, table["frequency"])),
        tuple(tuple(map(tuple, ladder)) for ladder in table["ladders"]),
        tuple(tuple(map(tuple, ladder)) for ladder in table["comparisons"]),
        tuple(tuple(map(tuple, ladder)) for ladder in table["values"]),
        {
            " ".join(word for word in _words_of(phrase) if word not in table["filler"]): at
            for at, phrases in enumerate(table["amounts"])
            for phrase in phrases
        },
        frozenset(table["filler"]),
        tuple(sorted(table["degrees"].items(), key=lambda pair: -len(pair[0]))),
        tuple(map(tuple, table["opposites"])),
        table.get("joined", False),
        tuple(map(re.compile, table.get("schooling", ()))),
    )


def scale_steps(words: Sequence[str]) -> dict[str, float] | None:
    """Returns the place of each word on one scale, the strongest first, None where they make none of three steps.

    Example:
        >>> steps = scale_steps(["Somewhat agree", "Strongly disagree", "Neither agree nor disagree", "Strongly agree"])
        >>> sorted(steps, key=steps.get)
        ['Strongly agree', 'Somewhat agree', 'Neither agree nor disagree', 'Strongly disagree']
        >>> steps = scale_steps(["Tous les jours", "Jamais", "Une fois par mois", "Rarement"])
        >>> sorted(steps, key=steps.get)
        ['Tous les jours', 'Une fois par mois', 'Rarement', 'Jamais']
    """
    if not 3 <= len(words) <= _MOST_WORDS or all(map(is_yes_or_no, words)):
        return None
    found = _found_steps(tuple(words))
    return None if found is None else dict(found)


_MOST_WORDS = 100
"""No ladder has so many steps, each word on one of its own; columns of comments have thousands of words."""


@lru_cache(maxsize=1_024)
def _found_steps(words: tuple[str, ...]) -> dict[str, float] | None:
    """Returns the same; every column is asked about several times."""
    if (signs := _sign_steps(words)) is not None:
        return signs
    plain = {word: _plain_step(word) for word in words}
    ways = ((_ladder_steps, _frequency_steps, _degree_steps), (_value_steps, _amount_steps))
    found = (of(language, plain) for some in ways for language in ladders() for of in some)
    return next((steps for steps in found if steps is not None and len(set(steps.values())) == len(words)), None)


def weaker_end(one: str, other: str) -> str | None:
    """Returns which of two words is the lower end of a scale, None where neither shows.

    A language without ladders shows it too where one word denies the other.

    Example:
        >>> weaker_end("très satisfait", "pas du tout satisfait"), weaker_end("mycket nöjd", "mycket missnöjd")
        ('pas du tout satisfait', 'mycket missnöjd')
        >>> weaker_end("never", "always"), weaker_end("apples", "pears") is None
        ('never', True)
    """
    plain = {one: _plain_step(one), other: _plain_step(other)}
    for of in (_ladder_steps, _frequency_steps, _value_steps, _amount_steps, _degree_steps):
        for language in ladders():
            steps = of(language, plain)
            if steps is not None and steps[one] != steps[other]:
                return max(steps, key=steps.__getitem__)
    for word, against in ((one, other), (other, one)):
        last, first = plain[word].split()[-1:], plain[against].split()[-1:]
        if first and last and len(first[0]) > 2 and last[0] != first[0] and last[0].endswith(first[0]):
            return word
    return None


_SIGNS = {"+++": -3.0, "++": -2.0, "+": -1.0, "0": 0.0, "o": 0.0, "+/-": 0.0, "±": 0.0, "-": 1.0, "--": 2.0, "---": 3.0}


def _sign_steps(words: Sequence[str]) -> dict[str, float] | None:
    """Returns the places of pluses and minuses, None where another word is among them.

    Example:
        >>> sorted(["--", "+", "0", "++", "\u2013"], key=_sign_steps(["--", "+", "0", "++", "\u2013"]).get)
        ['++', '+', '0', '\u2013', '--']
    """
    signs = {word: word.strip().lower().replace("\u2013", "-").replace("\u2212", "-") for word in words}
    known = all(sign in _SIGNS for sign in signs.values()) and "+" in "".join(signs.values())
    steps = {word: _SIGNS[sign] for word, sign in signs.items()} if known else {}
    return steps if steps and len({*steps.values()}) == len(words) else None


def _plain_step(word: str) -> str:
    """Returns a word as ladders have it: small, without ends, brackets of gender and a number before it.

    Example:
        >>> _plain_step("Muy satisfecho/a"), _plain_step("5 - Very satisfied"), _plain_step("Don’t know.")
        ('muy satisfecho', 'very satisfied', "don't know")
        >>> _plain_step("Strongly agree (5)"), _plain_step("very_good")
        ('strongly agree', 'very good')
    """
    small = re.sub(r"[\s_]+", " ", _one_spelling(word.lower()).replace("’", "'")).strip(" .!")
    small = re.sub(r"(?<=\w)(/a|\(a\)|\(e\)|/e|\(-a\)|·e|/-a|\(in\)|/in)\b|(?<=\w)\([ae]\)", "", small)
    small = re.sub(r"\s*\(\d{1,2}\)$|\s*[=:]\s*\d{1,2}$", "", small)
    small = re.sub(r"^\(?\d{1,2}\)?\s*[=:.)]\s+(?=\d.*[^\W\d_])", "", small)
    return re.sub(r"^\(?\d{1,2}\)?\s*[-–—=:.)]\s*(?=\w*[^\W\d_])", "", small)


_ARTICLE = re.compile(r"^(an?|eine?[nmr]?|une?|una|uma?|een)\s")


def _words_of(phrase: str) -> list[str]:
    """Returns the words of a phrase without the marks between them.

    Example:
        >>> _words_of("un po' d'interesse, sì")
        ['un', "po'", 'd', 'interesse', 'sì']
    """
    return re.findall(r"po'|[^\W\d_]+(?:-[^\W\d_]+)*", phrase)


def _ladder_steps(language: Ladders, words: Mapping[str, str]) -> dict[str, float] | None:
    """Returns the step of each word on the one ladder that has all of them."""
    ended = [one for one in language.comparisons if set(words.values()) & {*one[0], *one[-1]}]
    return _rungs((*language.ladders, *ended), words)


def _value_steps(language: Ladders, words: Mapping[str, str]) -> dict[str, float] | None:
    """Returns the step of each word on the one ladder of how good or high something is that has all of them."""
    return _rungs(language.values, words)


def _rungs(known: Sequence[Sequence[Sequence[str]]], words: Mapping[str, str]) -> dict[str, float] | None:
    """Returns the step of each word on the first ladder that has all of them."""
    for ladder in known:
        rungs = {word: -float(step) for step, spellings in enumerate(ladder) for word in spellings}
        if all(word in rungs for word in words.values()):
            return {original: rungs[word] for original, word in words.items()}
    return None


def _amount_steps(language: Ladders, words: Mapping[str, str]) -> dict[str, float] | None:
    """Returns how much each word says, whatever it is that most of them name: "no trust", "a little trust", "trust".

    Example:
        >>> english = ladders()[0]
        >>> found = _amount_steps(english, {"A": "not important", "B": "important", "C": "very important"})
        >>> sorted(found, key=found.get)
        ['C', 'B', 'A']
        >>> safer = {"A": "less safe", "B": "about the same", "C": "much safer", "D": "safer"}
        >>> sorted(safer, key=_amount_steps(english, safer).get)
        ['C', 'D', 'B', 'A']
    """
    known = {word for phrase in language.amounts for word in phrase.split()}
    known |= {word for ladder in language.values for rung in ladder for phrase in rung for word in _words_of(phrase)}
    parts = {original: _words_of(word) for original, word in words.items()}
    times = Counter(word for tokens in parts.values() for word in {*tokens})
    more = {
        longer: word for word in times for longer in (f"{word}er", f"{word}r", f"{word[:-1]}ier") if longer in times
    }
    often = {word for word, count in times.items() if 2 * count >= len(words) and count > 1 and word not in known}
    shared = (often | {*more.values()}) - {*more}
    left = {
        original: ["more" if token in more else token for token in tokens if token not in shared]
        for original, tokens in parts.items()
    }
    amounts = {original: " ".join(one for one in left[original] if one not in language.filler) for original in words}
    amounts = {
        original: amount if amount in language.amounts else _ARTICLE.sub("", amount)
        for original, amount in amounts.items()
    }
    if all(amount in language.amounts for amount in amounts.values()):
        return {original: -float(language.amounts[amount]) for original, amount in amounts.items()}
    compared = {original: " ".join(tokens) for original, tokens in left.items()}
    ended = [one for one in language.comparisons if {*compared.values()} & {*one[0], *one[-1]}]
    return _rungs(language.values, amounts) or _rungs((*language.values, *ended), compared)


def _frequency_steps(language: Ladders, words: Mapping[str, str]) -> dict[str, float] | None:
    """Returns how often each word says that something happens, the most often first."""
    steps: dict[str, float] = {}
    for original, word in words.items():
        step = next((at for at, pattern in enumerate(language.frequency) if pattern.fullmatch(word)), None)
        if step is None:
            return None
        steps[original] = -float(step)
    return steps


def _degree_steps(language: Ladders, words: Mapping[str, str]) -> dict[str, float] | None:
    """Returns how far each word lies from the strongest where all are degrees of one quality, or of its opposite."""
    parts = {
        original: _degree_of(word, language.degrees, "" if language.joined else " ")
        for original, word in words.items()
        if not language.neutral.fullmatch(word)
    }
    qualities = {quality for quality, _ in parts.values()}
    positive = _positive_quality(qualities, language.opposites)
    if positive is None or len(parts) < 2:
        return None
    steps = {original: -degree if quality == positive else degree for original, (quality, degree) in parts.items()}
    return {original: steps.get(original, 0.0) for original in words}


def _degree_of(word: str, degrees: Sequence[tuple[str, float]], blank: str = " ") -> tuple[str, float]:
    """Returns the quality that a word names and how strongly, the degree before or behind it.

    Example:
        >>> degrees = [("somewhat", 2.0), ("very", 4.0)]
        >>> _degree_of("very favorably", degrees), _degree_of("agree somewhat", degrees), _degree_of("agree", degrees)
        (('favorably', 4.0), ('agree', 2.0), ('agree', 3.2))
    """
    for prefix, degree in degrees:
        if word.startswith(prefix + blank) and len(word) > len(prefix + blank):
            return word.removeprefix(prefix + blank).lstrip(), degree
    for suffix, degree in degrees:
        if word.endswith(" " + suffix):
            return word.removesuffix(" " + suffix), degree
    return word, _PLAIN_DEGREE


_DENYING = ("un", "dis", "des", "dés", "in", "on", "nie", "nie ", "not ", "не", "не ")


def _positive_quality(qualities: set[str], opposites: Sequence[tuple[str, ...]]) -> str | None:
    """Returns the positive one of one or two qualities, None where they are not each other's opposite.

    Example:
        >>> _positive_quality({"unfavorably", "favorably"}, []), _positive_quality({"apples", "pears"}, []) is None
        ('favorably', True)
    """
    if len(qualities) == 1:
        return next(iter(qualities))
    if len(qualities) != 2:
        return None
    for negative, positive in (tuple(qualities), tuple(qualities)[::-1]):
        if negative in {
            f"{prefix}{positive}"
            for prefix in ("un", "dis", "des", "dés", "in", "on", "nie", "nie ", "not ", "не", "не ")
        }:
            return positive
        if (negative, positive) in opposites:
            return positive
    return None


def _number_steps(words: Iterable[str]) -> dict[str, float] | None:
    """Returns where each word begins among the numbers, None where one of them is neither a number nor a range.

    Example:
        >>> steps = _number_steps(["> 60", "18-29", "< 18", "45-60"])
        >>> sorted(steps, key=steps.get)
        ['< 18', '18-29', '45-60', '> 60']
    """
    steps: dict[str, float] = {}
    for word in words:
        found = _RANGE.match(word.casefold())
        value = number(word)
        if value is None and found is None:
            return None
        if value is None and found is not None:
            digits = re.sub(r"[ ,](?=\d{3})", "", found["number"]).strip(" ,.")
            value = number(digits)
            if value is None:
                return None
            value += 0.5 if found["high"] else -0.5 if found["low"] else 0.0
        steps[word] = value or 0.0
    return steps or None


_COUNTED_CODE = re.compile(r"(?P<stem>[^\W\d_]{1,4}[-_ ]?)0*(?P<number>\d{1,3})")


def _coded_steps(words: Sequence[str]) -> dict[str, float] | None:
    """Returns the places of codes that count on under one letter, None where there are other words.

    Example:
        >>> _coded_steps(["A3", "A1", "A10"]), _coded_steps(["A1", "Bus"]), _coded_steps(["A1"])
        ({'A3': 3.0, 'A1': 1.0, 'A10': 10.0}, None, None)
    """
    found = {word: _COUNTED_CODE.fullmatch(word.strip()) for word in words}
    steps = {word: float(match["number"]) for word, match in found.items() if match is not None}
    stems = {match["stem"].casefold() for match in found.values() if match is not None}
    whole = len(steps) == len(words) > 1 and len(stems) == 1 and len({*steps.values()}) == len(words)
    return steps if whole else None


def _schooling_steps(words: Sequence[str]) -> dict[str, float] | None:
    """Returns the degree of education of each word, None where one is no education."""
    for rungs in (language.schooling for language in ladders()):
        found = {word: [at for at, sign in enumerate(rungs) if sign.search(word.casefold())] for word in words}
        degrees = {word: float(at[0]) for word, at in found.items() if at}
        if len(degrees) == len(found) > 1 and len({*degrees.values()}) > 1:
            return degrees
    steps: dict[str, float] = {}
    for word in words:
        degree = next((at for at, sign in enumerate(_SCHOOLING) if re.search(sign, word.casefold())), None)
        if degree is None:
            return None
        steps[word] = float(degree)
    return steps or None
