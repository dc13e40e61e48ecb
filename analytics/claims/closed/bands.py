"""Steps of a scale of numbers that a text takes together: "7 or better", "below 5", "full marks"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.claims.closed.figure import BAND, Shown
from analytics.claims.closed.marks import KnownWord, known

NUMBERS = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "de": ("null", "eins?", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
}
NO_SHARE = (
    r"(?![\d.,]*\d)(?!\s*(?:%|per ?cent|prozent|pct|pc\b|in \w|out of \w+ (?:readers|respondents)|von|"
    r"points?|punkte?n? \w+))"
)
"""Behind a step: no share, no distance, no "seven in ten"."""
ENDS_THERE = r"(?= *(?:$|[.,:;!?])| (?:for|to|für) )"
"""Behind "7 out of 10" where it is a mark, and no seven of ten readers."""
SAID = {
    "en": {
        "mark": r"(?:an? )?(?:(?:the )?(?:scores?|scored|marks?|ratings?|rated|grades?|values?)(?: it)?(?: of| at)? )?",
        "more": r"or (?:more|better|higher|above|over|up)", "less": r"or (?:less|lower|worse|below|fewer|under)",
        "least": r"(?:at least|no (?:less|lower|worse) than|a minimum of)",
        "most": r"(?:at most|no (?:more|higher|better) than|a maximum of)",
        "above": r"(?:above|over|higher than|better than|more than)", "below": r"(?:below|under|lower than|worse "
        r"than|less than)",
        "to": r"(?:to|or|and|–|-)", "between": r"(?:between|from)",
        "full": r"(?:full|top|maximum|perfect) (?:marks?|scores?)|the (?:highest|top|best|maximum)(?: possible)? "
        r"(?:mark|score|"
                r"grade|rating|value)|the maximum|a perfect {high}",
        "none": r"the (?:lowest|worst|minimum)(?: possible)? (?:mark|score|grade|rating|value)|the minimum|zero "
        r"marks|bottom marks",
        "named": r"(?:an? )?(?:score|mark|rating|grade|value) of {n}|an? {n}(?: out of {high})?|{n} out of {high}|"
                 r"{n}(?= (?:is|was) the (?:score|mark|rating|grade|value|answer|number))",
    },
    "de": {
        "mark": r"(?:eine |die |mit )?(?:(?:note|werte?|punkte?|bewertung)n? (?:von )?)?",
        "more": r"(?:punkte )?(?:oder|und) (?:mehr|besser|höher|darüber)",
        "less": r"(?:punkte )?(?:oder|und) (?:weniger|schlechter|niedriger|darunter)",
        "least": r"mindestens", "most": r"höchstens", "above": r"(?:über|mehr als|höher als|besser als)",
        "below": r"(?:unter|weniger als|niedriger als|schlechter als)", "to": r"(?:bis|oder|und|–|-)",
        "between": r"(?:zwischen|von)",
        "full": r"(?:die )?(?:volle (?:punktzahl|zustimmung)|höchste (?:note|wertung|punktzahl|stufe)|höchstnote|"
        r"bestnote|"
                r"bestwertung|höchstwert(?:ung)?|maximum)",
        "none": r"(?:die )?(?:niedrigste|schlechteste) (?:note|wertung|punktzahl|stufe)|(?:den )?niedrigsten wert|"
        r"minimum",
        "named": r"(?:die |eine )?(?:note|wert|stufe|bewertung|zahl) {n}|(?:eine|die) {n}(?: von {high})?|{n} "
        r"(?:punkte )?von {high}",
    },
}  # fmt: skip


def bands_of(shown: Shown) -> Iterator[KnownWord]:
    """Yields what knows steps of a scale of numbers, alone and together; nothing where the steps are words."""
    steps = shown.numbered
    if len(steps) < 3:
        return
    said, low, high = SAID[shown.language], min(steps), max(steps)
    grades = shown.language == "de" and low == 1 and high in (5, 6)  # where one is the best
    words = NUMBERS[shown.language]

    def n(step: int) -> str:
        return rf"(?:{step}{f'|{words[step]}' if step < len(words) else ''})"

    for step in steps:
        inner = step not in (low, high)
        told = rf"{said['mark']}{{}}{n(step)}(?: points| punkten?)?(?: (?:out of|von) {high}{ENDS_THERE})?{NO_SHARE}"
        if inner and not grades:
            yield _band(
                step,
                high,
                rf"{said['mark']}{n(step)} (?:points )?{said['more']}",
                told.format(f"{said['least']} "),
                rf"{step}\+",
            )
            yield _band(
                low, step, rf"{said['mark']}{n(step)} (?:points )?{said['less']}", told.format(f"{said['most']} ")
            )
        if step < high and not grades:
            yield _band(step + 1, high, told.format(f"{said['above']} "))
        if step > low and not grades:
            yield _band(low, step - 1, told.format(f"{said['below']} "))
        yield known("choice", said["named"].format(n=n(step), high=n(high)) + NO_SHARE, value=steps[step])
        for other in steps:
            if other > step:
                between = rf"(?:{said['between']} )?{said['mark']}{n(step)} ?{said['to']} ?{n(other)}{NO_SHARE}"
                if other == step + 1 or "or" not in said["to"]:
                    yield _band(step, other, between)
                else:
                    yield _band(step, other, between.replace(said["to"], r"(?:to|bis|and|und|–|-)"))
    if not grades:
        yield known("choice", said["full"].format(high=n(high)), value=steps[high])
        yield known("choice", said["none"], value=steps[low])


def _band(low: int, high: int, *patterns: str) -> KnownWord:
    found = known("choice", *patterns, value=f"{BAND}{low}:{high}")
    return KnownWord(re.compile(found.pattern.pattern, re.IGNORECASE), found.tag, found.value)
