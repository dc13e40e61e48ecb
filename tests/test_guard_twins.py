"""Twins of headlines that hold: with one number, side, group, time or people changed, none is green.

A headline is written with its places open, "[58|51|67]% of [readers|voters]": the first word of each place holds, any
other makes it false. Each twin has one place changed. The numbers are drawn anew for each figure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from analytics.language.numbers import rounded_percent
from analytics.model import Choice, Question
from tests.guard_cases import APPROVED, REFUSED, TITLE
from tests.test_figures_examples import view_of
from tests.test_guard import FAEHRE, FERRY, STYLES, asked, told

WEEKS = ("2025-05-05", "2025-05-12", "2025-05-19", "2025-05-26")
RATING = Question(
    "bus", "How satisfied are you with the bus, from 0 to 10?", "scale",
    choices=tuple(Choice(str(step), str(step), float(step)) for step in range(11)),
)  # fmt: skip
PLACE = re.compile(r"\[([^\]]+)\]")
TOPLINE = {
    "en": (
        "[{yes}|{less}|{more}|{no}]% of [readers|voters|Americans|residents] [back|oppose|do not want] the night ferry",
        "[{no}|{more}|{yes}]% of our [readers|citizens|taxpayers] [oppose|support] the [night ferry|hotel|ferry ban]",
        "More than [half|two thirds|three quarters] of readers [back|oppose] the night ferry",
        "Our survey shows: [most|hardly any|one in ten] readers [want|reject] the night ferry",
        "More readers [for|against] the night ferry than [against|for]",
        "Night ferry [gets|does not get] the [thumbs-up|thumbs-down] from [readers|voters]",
        "Night ferry: [Yes|No] leads among [readers|the public] by {yes}% to {no}%",
    ),
    "de": (
        "[{yes}|{less}|{more}|{no}] Prozent der [Leser|Wähler|Deutschen|Einwohner] [sind für|sind gegen] die "
        "Nachtfähre",
        "[{no}|{more}|{yes}] Prozent unserer [Leser|Bürger] [lehnen|befürworten] die Nachtfähre ab",
        "Mehr Leser [für|gegen] die Nachtfähre als [dagegen|dafür]",
        "Nachtfähre: [Ja|Nein] liegt bei [Lesern|Bürgern|Leserinnen] vorn",
    ),
}
BY_SEX = {
    "en": (
        "[{women}|{less}|{men}]% of [women|men|voters] [back|oppose] the night ferry",
        "[Women|Men] are [more|less] often for the night ferry than [men|pensioners]",
        "Among [men|women], [no|a clear] majority for the night ferry",
        "Support for the night ferry is [{gap}|{less}] points [higher|lower] among [women|men|pensioners] than "
        "among men",
        "[Women|Men|Pensioners] are [more|less] keen on the night ferry",
        "Support for the night ferry [higher|lower] among [women|men]",
        "{gap} points apart: [women|men] [more|less] often for the night ferry",
        "[Men|Women] are [more|less] sceptical of the night ferry than [women|pensioners]",
    ),
    "de": (
        "[{women}|{less}|{men}] Prozent der [Frauen|Männer|Wähler] sind [für|gegen] die Nachtfähre",
        "[Frauen|Männer] sind [häufiger|seltener] für die Nachtfähre als [Männer|Rentner]",
        "[Frauen|Männer|Rentner] sind [häufiger|seltener] für die Nachtfähre",
        "[Männer|Frauen] lehnen die Nachtfähre [häufiger|seltener] ab als [Frauen|Männer]",
        "Zustimmung zur Nachtfähre bei [Frauen|Männern|Rentnern] {gap} Punkte [höher|niedriger] als bei Männern",
    ),
}
BY_WEEK = {
    "en": (
        "Support for the night ferry [rises|falls|trebles] in [four|nine] weeks",
        "Support for the night ferry [climbs|drops] from [{first}|{less}]% to [{last}|{more}]%",
        "[Backing for|Opposition to] the night ferry has [grown|fallen] since [early May|late June|early April]",
        "[{last}|{more}]% of readers [now|never] [back|oppose] the night ferry, [up|down] from [{first}|{less}]%",
        "[More|Fewer] readers [back|reject] the night ferry",
        "[{last}|{first}|{more}]% of readers back the night ferry in the [last|first|second] week",
        "[More|Fewer] readers back the night ferry than [four weeks|a year|nine weeks] ago",
        "Support for the night ferry [gains|loses] [{gain}|{less}] points in [four|nine] weeks",
        "[Share of undecided readers on|Support for] night ferry [barely moves|climbs] in [four|nine] weeks",
    ),
    "de": (
        "Zustimmung zur Nachtfähre [steigt|sinkt|verdreifacht sich] binnen [vier|neun] Wochen",
        "Zustimmung zur Nachtfähre [klettert|fällt] von [{first}|{less}] auf [{last}|{more}] Prozent",
        "[Mehr|Weniger] Leser sind für die Nachtfähre als vor [vier Wochen|einem Jahr|neun Wochen]",
        "[Mehr|Weniger] Leser für die Nachtfähre",
        "[Zustimmung|Widerstand] zur Nachtfähre seit [Anfang Mai|Ende Juni] [gewachsen|gesunken]",
    ),
}
OF_A_SCALE = {
    "en": (
        "[{high}|{less}|{more}]% of readers give the bus [7 or better|8 or better|below 7|full marks]",
        "[{low}|{less}|{more}]% of [readers|passengers] rate the bus [below 5|above 5|below 6]",
        "[{top}|{more}]% of readers give the bus [full marks|a 9]",
    ),
    "de": (
        "[{high}|{less}|{more}] Prozent der Leser geben dem Bus [7 oder mehr|8 oder mehr|höchstens 7]",
        "[{low}|{less}|{more}] Prozent der [Leser|Fahrgäste] bewerten den Bus mit [weniger als 5|mehr als 5|weniger "
        "als 6]",
    ),
}
CAUSES = {
    "en": (" because of the budget", ", experts warn", " for the first time", " thanks to the mayor"),
    "de": (" wegen des Haushalts", ", weil alles teurer wird", " erstmals", " dank der Bürgermeisterin"),
}


@dataclass(frozen=True)
class Written:
    """A figure, the headlines to be written of it, and the numbers that stand in them."""

    view: View
    headlines: tuple[str, ...]
    numbers: dict[str, int]
    language: str

    def texts(self) -> Iterator[tuple[str, list[str]]]:
        """Yields each headline that holds, with its twins."""
        for headline in self.headlines:
            filled = headline.format(**self.numbers)
            places = [found[1].split("|") for found in PLACE.finditer(filled)]
            between = PLACE.split(filled)[::2]
            true = [words[0] for words in places]
            whole = _joined(between, true)
            twins = [
                _joined(between, [*true[:at], other, *true[at + 1 :]])
                for at, words in enumerate(places) for other in words[1:] if other != words[0]
            ]  # fmt: skip
            yield whole, [*twins, *(whole + cause for cause in CAUSES[self.language])]


def _joined(between: list[str], words: list[str]) -> str:
    return "".join(part + word for part, word in zip(between, [*words, ""], strict=True))


def _percent(count: int, base: int) -> int:
    return rounded_percent(count / base)


def figures(language: str, draw: random.Random) -> Iterator[Written]:
    """Yields a figure of each kind with numbers that are drawn: who is ahead, and which way it goes, is clear."""
    question = FERRY if language == "en" else FAEHRE
    yes, no = draw.randint(561, 640), draw.randint(240, 330)
    topline = told(view_of({((), None): [yes, no, 1000 - yes - no]}, question, of=asked(question)))
    yield _of({"yes": yes, "no": no}, topline, TOPLINE, language)
    women, men = draw.randint(600, 700), draw.randint(290, 380)
    cells = {(("F",), None): [women, 900 - women, 100], (("M",), None): [men, 900 - men, 100]}
    yield _of({"women": women, "men": men}, view_of(cells, question, by=("sex",), of=asked(question)), BY_SEX, language)
    first, last = draw.randint(320, 400), draw.randint(560, 640)
    steps = [first, first + (last - first) // 3, first + 2 * (last - first) // 3, last]
    trend = {((), week): [step, 900 - step, 100] for week, step in zip(WEEKS, steps, strict=True)}
    yield _of(
        {"first": first, "last": last}, view_of(trend, question, every="week", of=asked(question)), BY_WEEK, language
    )
    given = (
        [draw.randint(20, 60) for _ in range(7)] + [draw.randint(150, 260) for _ in range(3)] + [draw.randint(70, 110)]
    )
    base = sum(given)
    numbers = {
        "high": _percent(sum(given[7:]), base), "low": _percent(sum(given[:5]), base), "top": _percent(given[10], base),
    }  # fmt: skip
    view = view_of({((), None): given}, RATING, of=asked(RATING))
    yield Written(view, OF_A_SCALE[language], numbers | _beside(numbers), language)


def _of(counts: dict[str, int], view: View, headlines: dict[str, tuple[str, ...]], language: str) -> Written:
    numbers = {name: _percent(count, 1000) for name, count in counts.items()}
    for name, (one, other) in {"gap": ("women", "men"), "gain": ("last", "first")}.items():
        if one in counts:
            numbers[name] = _percent(counts[one], 1000) - _percent(counts[other], 1000)
    return Written(view, headlines[language], numbers | _beside(numbers), language)


def _beside(numbers: dict[str, int]) -> dict[str, int]:
    """Two numbers that none of those is."""
    free = [number for number in range(2, 98) if all(abs(number - one) > 2 and abs(100 - number - one) > 2
                                                     for one in numbers.values())]  # fmt: skip
    return {"less": free[len(free) // 3], "more": free[2 * len(free) // 3]}


def held(draw: random.Random) -> tuple[list[str], list[str], int, int]:
    """Returns the false twins that were approved, the true ones refused, how many true ones were, and all twins."""
    green, refused, approved, twins = [], [], 0, 0
    for language in ("en", "de"):
        for written in figures(language, draw):
            for text, others in written.texts():
                said = check_claim(text, written.view, TITLE, STYLES[language]).verdict
                approved += said == APPROVED
                refused += [text] if said == REFUSED else []
                twins += len(others)
                green += [one for one in others
                          if check_claim(one, written.view, TITLE, STYLES[language]).verdict == APPROVED]  # fmt: skip
    return green, refused, approved, twins


def test_no_twin_of_a_headline_that_holds_is_approved() -> None:
    green, refused, approved, twins = held(random.Random(15))

    assert green == []
    assert refused == []
    assert approved >= 22, "a twin shows nothing where its headline is not read either"
    assert twins > 190


@pytest.mark.soak
def test_of_thousands_of_twins_none_is_approved() -> None:
    told = [held(random.Random(seed)) for seed in range(60)]

    assert [one for green, *_ in told for one in green] == []
    assert [one for _, refused, *_ in told for one in refused] == []
    assert sum(twins for *_, twins in told) > 10_000
