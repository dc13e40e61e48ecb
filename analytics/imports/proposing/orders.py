"""The order in which the words of an answer make sense: steps of agreement, ranges of numbers, degrees of education."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analytics.imports.cells.text import number
from analytics.imports.cells.vocabulary import OTHER, UNSURE

_DEGREES = (
    ("extremely", 5.0), ("completely", 5.0), ("totally", 5.0), ("fully", 5.0), ("definitely", 5.0), ("strongly", 5.0),
    ("very", 4.0), ("highly", 4.0), ("a great deal of", 5.0), ("a lot of", 4.0), ("mostly", 3.5), ("quite", 3.0),
    ("fairly", 3.0), ("probably", 3.0), ("mainly", 3.0), ("moderately", 2.6), ("generally", 2.6), ("somewhat", 2.0),
    ("rather", 2.0), ("slightly", 1.5), ("a little", 1.5), ("a bit", 1.5),
    ("not very", -1.5), ("not too", -1.5), ("not so", -1.5), ("not particularly", -1.5), ("not really", -1.5),
    ("not at all", -5.0), ("not", -3.0),
    ("voll und ganz", 5.0), ("vollkommen", 5.0), ("sehr", 4.0), ("ziemlich", 3.0), ("eher nicht", -2.0),
    ("eher", 2.0), ("etwas", 1.5), ("weniger", -1.5), ("nicht so", -1.5), ("kaum", -2.5), ("überhaupt nicht", -5.0),
    ("gar nicht", -5.0), ("nicht", -3.0),
    ("полностью не", -5.0), ("абсолютно не", -5.0), ("совершенно не", -5.0), ("совсем не", -5.0), ("скорее не", -2.0),
    ("полностью", 5.0), ("абсолютно", 5.0), ("совершенно", 5.0), ("очень", 4.0), ("скорее", 2.0), ("не очень", -1.5),
    ("отчасти", 1.5), ("не", -3.0),
)  # fmt: skip
"""Words before a quality and how far they reach; longer ones are tried first."""

_PLAIN_DEGREE = 3.2
_OPPOSITES = (
    ("disagree", "agree"), ("oppose", "support"), ("oppose", "favor"), ("oppose", "favour"), ("disapprove", "approve"),
    ("bad", "good"), ("poor", "good"), ("difficult", "easy"), ("negative", "positive"), ("distrust", "trust"),
    ("unzufrieden", "zufrieden"), ("unwichtig", "wichtig"), ("schlecht", "gut"), ("lehne ab", "stimme zu"),
    ("unwahrscheinlich", "wahrscheinlich"), ("dagegen", "dafür"),
    ("плохо", "хорошо"), ("против", "за"), ("недоволен", "доволен"),
)  # fmt: skip
_LADDERS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("always",), ("almost always", "very often"), ("usually", "often", "frequently", "most of the time"),
     ("sometimes", "occasionally"), ("rarely", "seldom"), ("hardly ever", "almost never"),
     ("never", "never, but open to it"), ("never, and not open to it",)),
    (("a great deal",), ("a lot", "much", "a lot of it"), ("some", "a moderate amount"),
     ("a little", "only a little", "not much"),
     ("none", "not at all", "nothing at all", "none at all", "nothing")),
    (("excellent",), ("very good",), ("good",), ("fair", "average"), ("poor",), ("very poor",)),
    (("a lot better", "much better"), ("better", "somewhat better"), ("about the same", "the same"),
     ("worse", "somewhat worse"), ("a lot worse", "much worse")),
    (("immer",), ("sehr oft",), ("oft", "häufig", "meistens"), ("manchmal", "gelegentlich"), ("selten",),
     ("nie", "niemals")),
    (("stimme voll zu", "stimme voll und ganz zu", "trifft voll zu", "trifft voll und ganz zu"),
     ("stimme zu", "stimme eher zu", "trifft eher zu", "trifft zu"),
     ("teils/teils", "teils-teils", "teils, teils", "weder noch", "neutral", "unentschieden"),
     ("stimme eher nicht zu", "trifft eher nicht zu", "stimme weniger zu"),
     ("stimme nicht zu", "stimme gar nicht zu", "stimme überhaupt nicht zu", "trifft nicht zu", "trifft gar nicht zu",
      "trifft überhaupt nicht zu", "lehne ab")),
    (("ja, auf jeden fall", "auf jeden fall"), ("ja", "eher ja"), ("eher nein",), ("nein", "auf keinen fall")),
    (("всегда",), ("часто",), ("иногда",), ("редко",), ("никогда",)),
    (("да", "определенно да", "безусловно да"), ("скорее да",), ("скорее нет",),
     ("нет", "определенно нет", "безусловно нет")),
    (("yes, definitely", "definitely yes"), ("probably", "probably yes", "yes, probably"),
     ("probably not", "probably no"),
     ("definitely not", "definitely no")),
)  # fmt: skip
_NEUTRAL = re.compile(
    r"^(neither\b.*|neutral\b.*|no (strong )?(feelings|preference).*|undecided|teils.?teils|weder.?noch|weder\b.*|"
    r"ни то,? ни другое|нейтральн\w+.*|50 ?/ ?50|mixed|it depends)$"
)
_YES_NO = ("yes", "no", "maybe", "ja", "nein", "vielleicht", "да", "нет", "может быть", "oui", "non", "true", "false")
_RANGE = re.compile(
    r"^(?:(?P<low><|less than|under|below|up to|unter|bis|weniger als|до|менее|младше|меньше)|"
    r"(?P<high>>|≥|more than|over|above|über|mehr als|ab|более|старше|свыше|больше))?\s*[$€£₽]?\s*"
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
    steps = scale_steps(answers) or _number_steps(answers) or (_schooling_steps(answers) if education else None)
    if steps is not None:
        return sorted(answers, key=steps.__getitem__) + unsure
    known = {word: _YES_NO.index(word.casefold()) for word in answers if word.casefold() in _YES_NO}
    rest = [word for word in answers if word not in known]
    others = [word for word in rest if OTHER.match(word)]
    return sorted(known, key=known.__getitem__) + [word for word in rest if word not in others] + others + unsure


def scale_steps(words: Sequence[str]) -> dict[str, float] | None:
    """Returns the place of each word on one scale, the strongest first, None where they make none of three steps.

    Example:
        >>> steps = scale_steps(["Somewhat agree", "Strongly disagree", "Neither agree nor disagree", "Strongly agree"])
        >>> sorted(steps, key=steps.get)
        ['Strongly agree', 'Somewhat agree', 'Neither agree nor disagree', 'Strongly disagree']
    """
    plain = {word: re.sub(r"\s+", " ", word.casefold().replace("’", "'")).strip(" .!") for word in words}
    steps = _ladder_steps(plain) or _degree_steps(plain)
    return steps if steps is not None and len(set(steps.values())) == len(words) >= 3 else None


def _ladder_steps(words: dict[str, str]) -> dict[str, float] | None:
    """Returns the step of each word on the one ladder that has all of them."""
    for ladder in _LADDERS:
        rungs = {word: float(step) for step, spellings in enumerate(ladder) for word in spellings}
        if all(word in rungs for word in words.values()):
            return {original: rungs[word] for original, word in words.items()}
    return None


def _degree_steps(words: dict[str, str]) -> dict[str, float] | None:
    """Returns how far each word lies from the strongest where all are degrees of one quality, or of its opposite."""
    parts = {original: _degree_of(word) for original, word in words.items() if not _NEUTRAL.match(word)}
    qualities = {quality for quality, _ in parts.values()}
    positive = _positive_quality(qualities)
    if positive is None or len(parts) < 2:
        return None
    steps = {original: -degree if quality == positive else degree for original, (quality, degree) in parts.items()}
    return {original: steps.get(original, 0.0) for original in words}


def _degree_of(word: str) -> tuple[str, float]:
    """Returns the quality that a word names and how strongly.

    Example:
        >>> _degree_of("very favorably"), _degree_of("agree")
        (('favorably', 4.0), ('agree', 3.2))
    """
    for prefix, degree in sorted(_DEGREES, key=lambda pair: -len(pair[0])):
        if word.startswith(prefix + " "):
            return word.removeprefix(prefix + " "), degree
    return word, _PLAIN_DEGREE


def _positive_quality(qualities: set[str]) -> str | None:
    """Returns the positive one of one or two qualities, None where they are not each other's opposite.

    Example:
        >>> _positive_quality({"unfavorably", "favorably"}), _positive_quality({"apples", "pears"}) is None
        ('favorably', True)
    """
    if len(qualities) == 1:
        return next(iter(qualities))
    if len(qualities) != 2:
        return None
    for negative, positive in (tuple(qualities), tuple(qualities)[::-1]):
        if negative in {f"{prefix}{positive}" for prefix in ("un", "dis", "in", "not ", "не", "не ")}:
            return positive
        if (negative, positive) in _OPPOSITES:
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


def _schooling_steps(words: Iterable[str]) -> dict[str, float] | None:
    """Returns the degree of education of each word, None where one is no education."""
    steps: dict[str, float] = {}
    for word in words:
        degree = next((at for at, sign in enumerate(_SCHOOLING) if re.search(sign, word.casefold())), None)
        if degree is None:
            return None
        steps[word] = float(degree)
    return steps or None
