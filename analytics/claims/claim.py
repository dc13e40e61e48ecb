"""Checks a headline or caption against the view that is to bear it out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from analytics.claims.closed import english, free_english, free_german, german
from analytics.claims.closed.clauses import Reader, cut, whole
from analytics.claims.closed.figure import Shown
from analytics.claims.closed.free import FreeReader, cut_freely
from analytics.claims.closed.marks import Piece, marks_of
from analytics.claims.closed.vocabulary import tables_of
from analytics.claims.english import ENGLISH
from analytics.claims.german import GERMAN
from analytics.claims.moves import change_findings, difference_findings
from analytics.claims.numbers import number_findings
from analytics.claims.reading import Claim, Finding, Material
from analytics.claims.words import simulated_findings, word_findings
from analytics.estimates.view import View
from analytics.figures.style import Style
from analytics.language.said import speaking

FINDERS = (word_findings, change_findings, difference_findings, number_findings)
LEXICONS = {"en": ENGLISH, "de": GERMAN}
CLOSED = {"en": english, "de": german}
FREE = {"en": free_english, "de": free_german}
WORDING = {
    "en": (("readers who chose to answer", "respondents"), "SIMULATED, made-up answers. "),
    "de": (("Leserinnen und Leser, die geantwortet haben", "Befragte"), "SIMULIERT, erfundene Antworten. "),
}
"""Who answered, those who chose to and those who were drawn, and what stands before made-up answers."""
Verdict = Literal["holds", "does not hold", "not checked", "nothing to check"]


@dataclass(frozen=True)
class Unread:
    """A stretch of the text that was not understood: whether it holds nobody here can tell."""

    start: int
    end: int
    found: str


@dataclass(frozen=True)
class Checked:
    """A text held against a figure: what in it does not hold, in the order of the text, and wording that does.

    `unread` are the words that were not understood; a text "holds" only where there are none.
    """

    text: str
    findings: tuple[Finding, ...]
    wording: str
    unread: tuple[Unread, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether the text can be printed."""
        if not self.text.strip():
            return "nothing to check"
        if self.findings:
            return "does not hold"
        return "not checked" if self.unread else "holds"


def check_claim(text: str, view: View, title: str, style: Style) -> Checked:
    """Returns what in the text the view does not bear out, what was not understood, and a sentence that it bears out.

    The text is read word by word (see `closed/`), and it holds only where every word was used up by a claim that does.
    Where words are left over, a second reading by patterns still finds what is plainly false. It is answered in the
    style's language.

    Args:
        title: the title of the view's figure.
    """
    claim = Claim(text, Material(view, style, LEXICONS[style.language]))
    with speaking(style):
        findings, left = _read(text, view, style)
        found = [replace(one, found=text[one.start : one.end]) for one in findings]
        finders = FINDERS if left else (simulated_findings,)
        found += [finding for find in finders for finding in find(claim)]
    found.sort(key=lambda one: (one.start, -one.end))
    unread = tuple(Unread(one.start, one.end, text[one.start : one.end]) for one in left)
    return Checked(text, _without_repeats(found), _wording(view, title, claim.material), unread)


def _read(text: str, view: View, style: Style) -> tuple[list[Finding], list[Piece]]:
    """Returns what does not hold of what was understood, and the words that were not understood."""
    words = CLOSED[style.language]
    shown = Shown(view, words)
    marks = marks_of(text, (shown.table, words.WORDS, shown.topics))
    reader = Reader(shown, style, cut(marks))
    reader.read()
    freely = marks_of(text, tables_of(shown, FREE[style.language], style.language))
    free = FreeReader(shown, style, cut_freely(freely), free=FREE[style.language])
    if not reader.unread:
        return reader.findings, list(whole(marks)) if not reader.findings and free.objects() else []
    free.read()
    if not free.unread:
        return free.findings, []
    # what the second reading did not understand is less, and what it names is what an editor can change
    return reader.findings, list(whole(free.unread))


def _without_repeats(found: list[Finding]) -> tuple[Finding, ...]:
    kept: dict[tuple[str, int, int], Finding] = {}
    for one in found:
        kept.setdefault((one.kind, one.start, one.end), one)
    return tuple(kept.values())


def _wording(view: View, title: str, material: Material) -> str:
    who, made_up = WORDING[material.style.language]
    said = who[view.survey.sample == "probability"]
    return f"{made_up if view.survey.simulated else ''}{title} ({material.count(view.base_n)} {said})"
