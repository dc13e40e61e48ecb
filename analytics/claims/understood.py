"""Which faults may be called so: those of a clause that was understood whole.

A pattern finds "fell" or "40 percent" in any clause. That it does not hold can be said only where every word of the
clause is known, nothing in it denies what is told, and what is measured is resolved without guessing: one answer and
no other, or the step of a scale that is named. All else is not checked, and its words are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analytics.claims.closed.clauses import Clause, NotReadError, one_of_several
from analytics.claims.closed.figure import Shown
from analytics.claims.closed.free import SHARP, FreeReader
from analytics.claims.closed.marks import Piece
from analytics.claims.reading import Claim, Finding
from analytics.estimates.views.rows import EstimateRow
from analytics.language.numbers import points_apart
from analytics.language.said import spoken
from analytics.language.text import plain_text

OF_WORDS = frozenset({"people", "certainty", "cause", "simulated", "kept back"})
"""Kinds of faults that are in a word itself, whatever stands around it."""
TURNS_ROUND = re.compile(
    r"\b(?:no(?= (?:\w+ ){0,2}(?:(?:shift|change|sign|trend|movement|gap|difference|swing)s?|rise|fall|drop|increase|"
    r"decline|growth|surge|majority|evidence|hint|collapse|gain|proof|trace|landslide)\b)|not|never|neither|nor|hardly|"
    r"barely|scarcely|without|far from|cannot|n[i'’]t|\w+n['’]t|kein\w*|nicht|nie|niemals|weder|ohne|kaum)\b",
    re.IGNORECASE,
)
"""Words that deny what is told with them, and a "no" that is no answer."""
STEPS = re.compile(
    r"\b(?:or|oder|and|und|bis|to)\b|\b(?:below|above|under|over|unter|über|least|mindestens|höchstens|full|voll\w*|top|"
    r"marks?|note\w*|scores?)\b",
    re.IGNORECASE,
)
"""Words that may take steps of a scale together, or name one of them without its number."""
TAKES_TOGETHER = re.compile(
    r"\b(?:together|combined|between them|in total|sum|all told|both|either|"
    r"zusammen\w*|insgesamt|gemeinsam|beide\w*)\b",
    re.IGNORECASE,
)
"""Words that may take several answers together."""
NEAR_A_SHARE = 0.035
"""So near a share of what is measured a number may be told of it in words, or rounded. A choice: ours."""


@dataclass(frozen=True, eq=False)
class Understood:
    """A text, its figure, and its words as they are known."""

    claim: Claim
    shown: Shown
    marks: Sequence[Piece]
    reader: FreeReader

    def judged(self, finding: Finding) -> Finding | None:
        """Returns the fault as it may be told, None where its clause was not understood well enough to say so."""
        if finding.kind in OF_WORDS:
            return finding
        first, last = self.claim.clause(finding.start, finding.end)
        inside = [mark for mark in self.marks if first <= mark.start < last]
        paired = any(mark.tag == "ratio" and mark.start < finding.end and finding.start < mark.end for mark in inside)
        if paired or self._strange(inside, finding) or TURNS_ROUND.search(self.claim.text, first, last):
            return None
        if finding.kind == "change" and self.shown.view.every is None:
            return finding  # there is no change in the figure, whatever is said to change
        if finding.kind == "number" and self.claim.material.lexicon.base.match(self.claim.text, finding.start):
            return finding  # how many answered is no answer's
        return self._of_one_measure(finding, inside, self.claim.text[first:last])

    def _of_one_measure(self, finding: Finding, inside: Sequence[Piece], clause: str) -> Finding | None:
        steps = [plain_text(one.label) for one in self.shown.view.question.choices]
        if sum(step.isdigit() for step in steps) > 1 and STEPS.search(clause):
            return None
        if finding.kind == "number" and inside and one_of_several(Clause(tuple(inside))):
            return None
        answers = self._answers(inside)
        if not answers and not self._strange(self.marks, finding):
            answers = self._answers(self.marks)  # it is named in a clause beside it, and that was understood too
        if not answers and self.claim.material.lexicon.mean.match(self.claim.text, finding.start):
            return finding  # an average is no answer's
        if answers is None or TAKES_TOGETHER.search(clause):
            return None
        if finding.kind == "lead":
            return finding if len(answers) in (1, 2) else None
        if finding.kind == "difference":
            return (
                finding if len(answers) == 1 and len(self.claim.groups_near(finding.start, finding.end)) > 1 else None
            )
        if finding.kind == "change":
            return self._moved_else(finding, answers[0]) if len(answers) == 1 else None
        if len(answers) != 1:
            told = self.claim.choices_of(finding.start, finding.end)
            two = finding.kind == "number" and len(answers) == 2 and self._is_of_two(finding)
            return finding if two or (len(told) == 1 and finding.kind == "number") else None
        return None if self._fits(finding, answers[0]) else finding

    def _is_of_two(self, finding: Finding) -> bool:
        """Whether it says how far apart two answers lie, or how many times as often the one is given."""
        lexicon = self.claim.material.lexicon
        told = [lexicon.points, *(pattern for pattern, _ in lexicon.ratios)]
        return any(pattern.match(self.claim.text, finding.start) for pattern in told)

    def _strange(self, marks: Sequence[Piece], finding: Finding) -> bool:
        """Whether any word beside the fault itself is known as nothing, and is in no name of an answer or a group."""
        return any(
            mark.tag == "unknown" and mark.text[0].isalnum() and not finding.start <= mark.start < finding.end
            and not any(at <= mark.start < to for at, to in self._named)
            for mark in marks
        )  # fmt: skip

    @cached_property
    def _named(self) -> list[tuple[int, int]]:
        """Where answers, groups and whole populations are named: words of those are a fault, and not strange."""
        people = [match.span() for match in self.claim.material.lexicon.people.finditer(self.claim.text)]
        named = (*self.claim.labels.values(), *self.claim.groups.values())
        return people + [place for places in named for place in places]

    def _answers(self, marks: Sequence[Piece]) -> list[str] | None:
        """Returns the answers that are named, each once; None where it is not clear which are."""
        try:
            return self.reader.answers_of([self._as_label(mark) for mark in marks])
        except NotReadError:
            return None

    def _as_label(self, mark: Piece) -> Piece:
        """Returns a word that is an answer's own label, such as the "No" of "No falls", as that answer."""
        if mark.tag not in ("unknown", "not"):
            return mark
        label = next((one for one, places in self.claim.labels.items() if (mark.start, mark.end) in places), None)
        found = [one.value for one in self.shown.view.question.choices if plain_text(one.label) == label]
        return replace(mark, tag="choice", value=found[0]) if len(found) == 1 else mark

    def _fits(self, finding: Finding, answer: str) -> bool:
        """Whether a percentage lies near a share of what is measured, in any group or period."""
        number = self.claim.material.lexicon.percent.match(self.claim.text, finding.start)
        if number is None or answer not in self.shown.parts:
            return False
        told = float(number[1].replace(",", ".")) / 100
        rows = [self.shown.row(answer, *cell) for cell in self.shown.cells]
        return any(row is not None and abs((row.value or 0.0) - told) <= NEAR_A_SHARE for row in rows)

    def _moved_else(self, finding: Finding, answer: str) -> Finding | None:
        """Returns that an answer moved the other way, or no more than chance would bring; None where neither is so."""
        rows = [self.shown.row(answer, (), period) for period in self.shown.periods]
        line = [row for row in rows if row is not None]
        if self.shown.view.by or len(line) < 2 or len(line) != len(rows):
            return None
        gap = (line[-1].value or 0.0) - (line[0].value or 0.0)
        way = self._way(finding)
        if not self.shown.apart(line[0], line[-1]):
            return self._still(finding, line)
        if way * gap < 0:
            by = points_apart(abs(gap), self.claim.material.style)
            reason = spoken("it fell, by {points}", points=by) if way > 0 else spoken("it rose, by {points}", points=by)
            return replace(finding, reason=reason, instead=None)
        sharp = self.claim.material.lexicon.sharp.search(finding.found)
        return finding if sharp and abs(gap) < SHARP and finding.instead else None

    def _still(self, finding: Finding, line: Sequence[EstimateRow]) -> Finding | None:
        """Returns that nothing moved clearly, unless it did so between two of the periods: those may be meant."""
        if any(self.shown.apart(one, other) for at, one in enumerate(line) for other in line[at + 1 :]):
            return None
        reason = spoken("no change in this figure is clearly larger than chance")
        return replace(finding, reason=reason, instead=spoken("no clear change"))

    def _way(self, finding: Finding) -> int:
        lexicon = self.claim.material.lexicon
        return int(bool(lexicon.up.search(finding.found))) - int(bool(lexicon.down.search(finding.found)))
