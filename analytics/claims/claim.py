"""Checks a headline or caption against the view that is to bear it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analytics.claims.english import ENGLISH
from analytics.claims.german import GERMAN
from analytics.claims.moves import change_findings, difference_findings
from analytics.claims.numbers import number_findings
from analytics.claims.reading import Claim, Finding, Material
from analytics.claims.words import word_findings
from analytics.estimates.view import View
from analytics.figures.style import Style
from analytics.language.said import speaking

FINDERS = (word_findings, change_findings, difference_findings, number_findings)
LEXICONS = {"en": ENGLISH, "de": GERMAN}
WORDING = {
    "en": (("readers who chose to answer", "respondents"), "SIMULATED, made-up answers. "),
    "de": (("Leserinnen und Leser, die geantwortet haben", "Befragte"), "SIMULATED, erfundene Antworten. "),
}
"""Who answered, those who chose to and those who were drawn, and what stands before made-up answers."""
Verdict = Literal["holds", "does not hold", "nothing to check"]


@dataclass(frozen=True)
class Checked:
    """A text held against a figure: what in it does not hold, in the order of the text, and wording that does."""

    text: str
    findings: tuple[Finding, ...]
    wording: str

    @property
    def verdict(self) -> Verdict:
        """Whether the text can be printed."""
        if not self.text.strip():
            return "nothing to check"
        return "does not hold" if self.findings else "holds"


def check_claim(text: str, view: View, title: str, style: Style) -> Checked:
    """Returns what in the text the view does not bear out, and a sentence that it does.

    The text is read by the words of the style's language: who is spoken of, majorities, leads, changes, differences,
    causes and numbers; it is answered in that language. What it means beyond those words nobody here can tell.

    Args:
        title: the title of the view's figure.
    """
    claim = Claim(text, Material(view, style, LEXICONS[style.language]))
    with speaking(style):
        found = [finding for find in FINDERS for finding in find(claim)]
    found.sort(key=lambda one: (one.start, -one.end))
    return Checked(text, _without_repeats(found), _wording(view, title, claim.material))


def _without_repeats(found: list[Finding]) -> tuple[Finding, ...]:
    kept: dict[tuple[str, int, int], Finding] = {}
    for one in found:
        kept.setdefault((one.kind, one.start, one.end), one)
    return tuple(kept.values())


def _wording(view: View, title: str, material: Material) -> str:
    who, made_up = WORDING[material.style.language]
    said = who[view.survey.sample == "probability"]
    return f"{made_up if view.survey.simulated else ''}{title} ({material.count(view.base_n)} {said})"
