"""Clause by clause what a text claims, each claim held against the figure; what no rule uses up is not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from analytics.claims.closed.figure import Shown
from analytics.claims.closed.marks import Piece, Tag
from analytics.claims.reading import ClaimKind, Finding
from analytics.claims.words import only_those_known
from analytics.estimates.views.rows import EstimateRow
from analytics.figures.drawing.style import Style
from analytics.language.numbers import (
    TENTHS_FROM_BASE,
    count_words,
    decimal_words,
    percent,
    points_apart,
    rounded_percent,
    signed_points,
)
from analytics.language.said import spoken
from analytics.model.sampling import drawn_by_chance
from analytics.words.names import people

SILENT: frozenset[Tag] = frozenset({"filler", "modal", "topic", "answered", "simulated", "who", "say", "and", "cut"})
ABOUT: frozenset[Tag] = frozenset({"choice", "stance", "want", "for", "not", "group", "period", "tail"})
AMOUNTS: frozenset[Tag] = frozenset({"percent", "part", "majority", "most"})
MOST_IN_HEADING = 4
VERBS: frozenset[Tag] = frozenset({
    "stance", "want", "for", "say", "modal", "choice", "up", "down", "tie", "lead", "than",
})  # fmt: skip
ROOM, HALF_ROOM, DUST = 0.035, 0.045, 1e-9
"""How far below a share may lie that is nearly so much; nearly half is said a little more freely."""
TASTE = 0.02
"""How far a share may lie from a fraction in words that one calls it and another does not. A choice: ours."""
DIVIDED, NEARLY_HALF = 0.12, 0.53
"""Up to what distance of the two in front, and what share of the first, somebody may call readers divided over them."""
ENDS = 1.96
NAMED = re.compile(r"concern|worr|trouble|sorge|mention|nenn|named?\b|share|anteil", re.IGNORECASE)


class NotReadError(Exception):
    """A clause that no rule reads whole."""


@dataclass(frozen=True)
class Clause:
    """A stretch of a text between two cuts, and what its words are known as.

    It `asks` where a question mark ends it, and `heads` what follows where a colon does.
    """

    marks: tuple[Piece, ...]
    asks: bool = False
    heads: bool = False

    def of(self, *tags: Tag) -> list[Piece]:
        """The marks known as any of these."""
        return [mark for mark in self.marks if mark.tag in tags]

    def has(self, *tags: Tag) -> bool:
        """Whether there is any of these."""
        return any(mark.tag in tags for mark in self.marks)

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.marks[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.marks[-1].end


@dataclass
class SaidMove:
    """What was told before in a text: of which group and period, of which answer, and whether without a number."""

    group: tuple[str, ...] | None = None
    period: str | None = None
    choice: str | None = None
    bare: bool = False
    topic: bool = False
    named: list[str] = field(default_factory=list)


def cut(marks: Sequence[Piece]) -> list[Clause]:
    """Returns the clauses of a text; an "and" cuts where a number or group stands on either side of it."""
    return cut_at(without_asides(marks), _joins)


def cut_at(
    marks: Sequence[Piece], begins: Callable[[Sequence[Piece], Sequence[Piece]], bool],
    passed_over: Collection[int] = (),
) -> list[Clause]:  # fmt: skip
    """Returns the clauses of a text, cut where a question or a heading ends, at its cuts, and at some of its "and".

    Args:
        begins: whether a clause begins after an "and", given the clause before it and all that follows.
        passed_over: the places of marks that are left out.
    """
    found: list[list[Piece]] = [[]]
    asked: set[int] = set()
    heading: set[int] = set()
    for place, mark in enumerate(marks):
        if mark.tag == "question":
            asked.add(len(found) - 1)
            found.append([])
        elif mark.tag == "cut" and mark.text == ":":
            heading.add(len(found) - 1)
            found.append([])
        elif place in passed_over:
            continue
        elif mark.tag == "cut" or (mark.tag == "and" and begins(found[-1], marks[place + 1 :])):
            found.append([])
        else:
            found[-1].append(mark)
    return [Clause(tuple(part), place in asked, place in heading) for place, part in enumerate(found) if part]


def without_asides(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks without the commas around "who answered" behind those who did."""
    asides = {place for place, mark in enumerate(marks) if mark.tag == "answered"}
    return [
        mark for place, mark in enumerate(marks)
        if not (mark.text == "," and (place + 1 in asides or (place - 1 in asides and place - 2 >= 0
                                                              and marks[place - 2].text == ",")))
    ]  # fmt: skip


def _joins(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    told = {"percent", "part", "number", "majority", "most"}
    ahead = []
    for mark in after:
        if mark.tag in ("cut", "question", "and"):
            break
        ahead.append(mark.tag)
    return any(mark.tag in told for mark in before) and bool(told & set(ahead))


@dataclass(eq=False)
class Reader:
    """Reads the clauses of one text in their order."""

    shown: Shown
    style: Style
    clauses: list[Clause]
    told: SaidMove = field(default_factory=SaidMove)
    findings: list[Finding] = field(default_factory=list)
    unread: list[Piece] = field(default_factory=list)
    misplaced: list[tuple[Finding, EstimateRow, tuple[str, ...]]] = field(default_factory=list)
    """Percentages told of an answer that are printed for others: the finding, the share meant, and those others."""

    def read(self) -> None:
        """Reads every clause: what does not hold is in `findings` then, what was not understood in `unread`."""
        for place, clause in enumerate(self.clauses):
            self._refuse_people(clause)
            strange = [mark for mark in clause.marks if mark.tag == "unknown" or self.shown.not_asked(mark)]
            if not self.shown.view.survey.simulated:
                strange += clause.of("simulated")
            if strange:
                self.unread += strange
                self._go_on(clause)
                continue
            try:
                self._read(clause, self.clauses[place + 1 :])
            except NotReadError:
                self.unread += [mark for mark in clause.marks if mark.tag not in SILENT] or list(clause.marks)
            self._go_on(clause)

    def _go_on(self, clause: Clause) -> None:
        groups, periods = _values(clause, "group"), _values(clause, "period")
        if len(groups) == 1:
            self.told.group = groups[0]
        if len(periods) == 1 and periods[0] and not clause.has("since"):
            self.told.period = periods[0]
        self.told.topic |= clause.has("topic")
        self.told.named += [mark.value for mark in clause.of("choice")]
        if clause.has("choice", "stance", "want", "for"):  # one that cannot be told is none, not that of before
            self.told.choice = self._guessed(clause)

    def _refuse_people(self, clause: Clause) -> None:
        if clause.has("unknown"):
            return  # whether anything is claimed of them there, the patterns may find out
        for place, mark in enumerate(clause.marks):
            if mark.tag != "populace" or self._asked_about(clause, place):
                continue
            if drawn_by_chance(self.shown.view.survey) or (
                self.shown.in_question(mark.text) and not any(one.tag in AMOUNTS for one in clause.marks[:place])
            ):
                self.unread.append(mark)
                continue
            survey = self.shown.view.survey
            instead = spoken("{people} who answered", people=people(survey)).rstrip(",")
            self._fault(mark, mark, "people", only_those_known(survey), instead)
        for mark in clause.of("other group"):
            if len(self.shown.view.by) > 1:
                self.unread.append(mark)
                continue
            reason = spoken("this figure does not show {group} by themselves", group=mark.text)
            self._fault(mark, mark, "difference", reason)
        for mark in clause.of("period"):
            if mark.value is None:
                self._fault(mark, mark, "change", spoken("this figure has no answers of {period}", period=mark.text))

    def _asked_about(self, clause: Clause, place: int) -> bool:
        """Whether the people spoken of are in the question, and the clause says what readers want of them.

        Or they only begin a longer name that the question has, as "the city" does "the city council".
        """
        people, following = clause.marks[place], clause.marks[place + 1 : place + 2]
        if following and following[0].tag == "topic" and self.shown.quotes(f"{people.text} {following[0].text}"):
            return True
        stood = any(
            mark.tag in ("stance", "want", "modal", "say", "for") or mark.text.lower() in ("dass", "that")
            for mark in clause.marks[:place]
        )
        return stood and self.shown.in_question(people.text)

    def _read(self, clause: Clause, following: Sequence[Clause]) -> None:
        clause = replace(clause, marks=tuple(
            replace(mark, tag="topic") if mark.tag == "populace" and self._asked_about(clause, place) else mark
            for place, mark in enumerate(clause.marks)
        ))  # fmt: skip
        if clause.has("populace", "other group") or None in _values(clause, "period"):
            return  # told already
        clause = _more_than_others(clause)
        self._check_tails(clause)
        if clause.asks:
            self._need(not self._of_another(clause))
            return
        bare, self.told.bare = self.told.bare, False
        self._check_base(clause)
        rules: tuple[tuple[bool, Callable[[], None]], ...] = (
            (clause.has("mean"), lambda: self._mean(clause)),
            (clause.has("net") and not clause.heads, lambda: self._net(clause)),
            (clause.has("than"), lambda: self._comparison(clause)),
            (clause.has("no majority"), lambda: self._no_majority(clause)),
            (clause.has("tie"), lambda: self._tie(clause)),
            (clause.has("up", "down") or (clause.has("more") and clause.has("points")),
             lambda: self._change(clause, following)),
            (clause.has("lead", "top"), lambda: self._lead(clause)),
            (clause.has(*AMOUNTS, "number"), lambda: self._amount(clause, following)),
            (clause.heads and not clause.has("who", "group", "answered"), lambda: self._heading(clause)),
            (clause.has("stance", "want", "for", "choice"), lambda: self._bare(clause, bare)),
            (True, lambda: self._nothing(clause)),
        )  # fmt: skip
        for applies, rule in rules:
            if applies:
                rule()
                return

    # ---- what a clause is about

    def _allow(self, clause: Clause, *tags: Tag) -> None:
        """Raises where the clause has a word that the rule at work does not use up."""
        if any(mark.tag not in SILENT and mark.tag not in tags for mark in clause.marks):
            raise NotReadError

    def _check_tails(self, clause: Clause) -> None:
        """A "push" or "plan" is only known behind what is asked about, and a verb of the question is no claim."""
        before: Piece | None = None
        subject = stood = amount = False
        for mark in clause.marks:
            if mark.tag == "tail" and not clause.has("topic"):
                raise NotReadError
            if mark.tag == "topic" and subject and not stood and before is not None and before.tag != "filler":
                raise NotReadError  # "readers pay for it": what is asked about stands where a verb of theirs would
            if mark.tag == "topic" and amount:
                raise NotReadError  # "half the city"
            if mark.tag in (*AMOUNTS, "number") and before is not None and before.text.lower().endswith(("for", "für")):
                raise NotReadError  # "open for 53 percent"
            subject = subject or mark.tag in ("who", "group", "answered")
            stood = stood or mark.tag in VERBS
            amount = mark.tag in (*AMOUNTS, "number") or (amount and mark.tag in ("filler", "near"))
            before = mark

    def _check_base(self, clause: Clause) -> None:
        for mark in clause.of("base"):
            before = [one for one in clause.marks if one.start < mark.start and one.tag in ("near", *AMOUNTS)]
            if before and before[-1].tag == "near":
                raise NotReadError
            bases = {self.shown.view.base_n, *(row.base_n for row in self.shown.rows)}
            if round(mark.value) not in bases:
                counts = {round((row.value or 0) * row.base_n) for row in self.shown.rows if row.base_n}
                if round(mark.value) in counts:
                    raise NotReadError  # "487 readers for it" counts those of one answer
                base = count_words(self.shown.view.base_n, self.style)
                reason = spoken("{count} answered this question in this selection", count=base)
                self._fault(mark, mark, "number", reason, base)

    def _choice(self, clause: Clause) -> str | None:
        """Returns the answer that a clause is about, None where it names none; raises where it names several."""
        tags = [mark.tag for mark in clause.marks]
        for at, mark in enumerate(clause.marks):
            told = tags.index("stance") if "stance" in tags else at
            if mark.text.lower() in ("against", "gegen") and told < at and "topic" in tags[told:at]:
                raise NotReadError  # "no to higher taxes against free transport"
        named = _values(clause, "choice")
        turned = len(clause.of("not")) % 2 == 1
        strong = _values(clause, "stance")
        sides = self.shown.sides
        if len(named) == 2 and (step := self._step(clause, turned)) is not None:
            return step
        if len(named) == 1:
            choice: str = named[0]
            if sides and any(sides.get(side, choice) != choice for side in strong):
                raise NotReadError
            if not sides and (-1 in strong or 0 in strong):
                turned = not turned
            if not turned:
                return choice
            other = self.shown.opposite(choice)
            if other is None:
                raise NotReadError
            return other
        if len(named) > 1:
            raise NotReadError
        if len(strong) == 1:
            side = -strong[0] if turned else strong[0]
        elif not strong and clause.has("want", "for") and (clause.has("topic") or self.told.topic):
            side = -1 if turned else 1
        elif not strong and turned and not clause.has("want", "for"):
            other = self.shown.opposite(self.told.choice)
            if other is None:
                raise NotReadError
            return other
        elif not strong and not clause.has("want", "for", "not"):
            return None
        else:
            raise NotReadError
        if side not in sides:
            raise NotReadError
        return sides[side]

    def _guessed(self, clause: Clause) -> str | None:
        """Returns the answer that a clause is about, None where it names none, or several."""
        try:
            return self._choice(clause)
        except NotReadError:
            return None

    def _step(self, clause: Clause, turned: bool) -> str | None:
        """Returns the step of a scale that "trust completely" or "do not trust at all" name by two words."""
        nets = self.shown.parts
        sides = [mark for mark in clause.of("choice") if mark.value in nets]
        steps = [mark for mark in clause.of("choice") if mark.value not in nets]
        if len(sides) != 1 or len(steps) != 1:
            return None
        inside = steps[0].value in nets[sides[0].value]
        denied = turned or any(word in ("not", "nicht") for word in steps[0].text.lower().split())
        return steps[0].value if inside != denied else None

    def _meant(self, clause: Clause, following: Sequence[Clause] = ()) -> str:
        """Returns the answer that a clause is about, else that of the clause before it, else of the one behind it."""
        found = self._choice(clause) or self.told.choice
        for later in following:
            if found:
                break
            found = self._guessed(later)
        if not found:
            raise NotReadError
        return found

    def _cell(self, clause: Clause) -> tuple[tuple[str, ...], str | None]:
        groups, periods = _values(clause, "group"), _values(clause, "period")
        if len(groups) > 1 or len(periods) > 1:
            raise NotReadError
        group = groups[0] if groups else self.told.group
        period = periods[0] if periods else self.told.period
        if (self.shown.view.by and group is None) or (self.shown.view.every and period is None):
            raise NotReadError
        return group or (), period

    def _need(self, holds: bool) -> None:
        if not holds:
            raise NotReadError

    def _row(self, choice: str, levels: tuple[str, ...], period: str | None) -> EstimateRow:
        row = self.shown.row(choice, levels, period)
        if row is None or row.low is None or row.high is None:
            raise NotReadError
        return row

    # ---- the rules

    def _heading(self, clause: Clause) -> None:
        """Reads what stands before a colon as that which is spoken about; a whole sentence there is not understood."""
        self._allow(clause, "choice", "stance", "want", "for", "period", "net")
        deeds = [mark for mark in clause.marks[1:] if mark.text.lower() in self.shown.words.DEEDS]
        if deeds and not any(mark.text.lower() in ("to", "zu") for mark in clause.marks):
            raise NotReadError  # "the town pays"
        if len(clause.of("topic", "choice", "stance")) > MOST_IN_HEADING or clause.has("modal", "say", "not"):
            raise NotReadError

    def _nothing(self, clause: Clause) -> None:
        """Reads a clause that claims nothing: when and of whom, a survey, a question."""
        self._allow(clause, "group", "period", "base")
        if clause.has("modal", "say") or (clause.has("topic") and not clause.heads):
            raise NotReadError
        does = any(piece.text.lower() in self.shown.words.DOES for piece in clause.of("filler"))
        if does and clause.has("who", "group") and not clause.has("answered"):
            raise NotReadError  # "readers have had it"

    def _amount(self, clause: Clause, following: Sequence[Clause]) -> None:
        self._allow(clause, *AMOUNTS, *ABOUT, "number", "versus", "near", "only", "base")
        self._need(not one_of_several(clause))
        amounts = clause.of(*AMOUNTS, "number")
        if not clause.has("choice", "stance", "want", "for", "not") and any(
            len(mark.text.split()) == 1 for mark in clause.of("answered")
        ):
            raise NotReadError  # how many answered is no share of those who did
        choice, (group, period) = self._meant(clause, following), self._cell(clause)
        row = self._row(choice, group, period)
        if clause.has("not") and self._left(clause, amounts, row):
            return
        inherited = not clause.has("choice", "stance", "want", "for", "not")
        if clause.has("versus"):
            against = self.shown.opposite(choice)
            if len(amounts) != 2 or against is None:
                raise NotReadError
            if inherited and any(one.has("than") for one in self.clauses):
                raise NotReadError  # both were named before, and the order is that of the comparison
            self._hold_share(amounts[0], row, None, sure=not inherited)
            self._hold_share(amounts[1], self._row(against, group, period), None, sure=not inherited)
            return
        if len(amounts) != 1 or (amounts[0].tag == "number" and not self._percents()):
            raise NotReadError
        mark = amounts[0]
        near = clause.of("near")
        if near and near[0].value == "just over" and mark.tag == "part":
            raise NotReadError
        if len(near) > 1 or (near and near[0].end > mark.start):
            raise NotReadError
        if clause.has("only") and ((row.value or 0) > 0.5 or not only_before(clause, mark)):
            raise NotReadError
        self._hold_share(mark, row, near[0].value if near else None, sure=not inherited and mark.tag != "number")

    def _of_another(self, clause: Clause) -> bool:
        """Whether a question of the text has a number that the survey's has not: "130 km/h?" is not "133 km/h?"."""
        return any(mark.tag == "number" and not self.shown.says(mark.text.strip()) for mark in clause.marks)

    def _left(self, clause: Clause, amounts: Sequence[Piece], row: EstimateRow) -> bool:
        """Whether "did not say No" is told with the share of all others together, undecided ones among them."""
        other = self.shown.row(self.shown.opposite(row.choice) or "", row.levels, row.period)
        if other is None or len(amounts) != 1 or amounts[0].tag != "percent" or clause.has("near", "only"):
            return False
        return self._printed(amounts[0], 1 - (other.value or 0.0))

    def _percents(self) -> bool:
        return any(clause.has("percent", "versus") for clause in self.clauses)

    def _bare(self, clause: Clause, after_bare: bool) -> None:
        self._allow(clause, *ABOUT)
        if not clause.has("who", "group", "answered") or not (clause.has("stance", "want") or after_bare):
            raise NotReadError
        choice = self._choice(clause)
        if choice is None:
            raise NotReadError
        group, period = self._cell(clause)
        row = self._row(choice, group, period)
        self.told.bare = True
        if choice in self.shown.sides.values() and ((row.low or 0) <= 0.5 or not self._settled(row, majority=True)):
            rivals = self.shown.rivals(row)
            self._need(not all(self.shown.apart(row, one) and (row.value or 0) > (one.value or 0) for one in rivals))
            reason = spoken("{share}: that is not {over}", share=self._said(row), over=spoken("more than half"))
            self._fault(clause, clause, "majority", reason)
        else:
            self._hold_ahead(clause, row)

    def _lead(self, clause: Clause) -> None:
        self._allow(clause, "choice", "stance", "want", "for", "lead", "top", "group", "period")
        choice = self._choice(clause)
        if choice is None:
            raise NotReadError
        self._hold_ahead(clause, self._row(choice, *self._cell(clause)))

    def _tie(self, clause: Clause) -> None:
        self._allow(clause, "tie", "choice", "group", "period", "span", "for")
        spans = _values(clause, "span") or [tuple(_values(clause, "period"))]
        if len(spans) == 1 and len(spans[0]) == 2:
            first, last = spans[0]
            pairs = [(row, self._row(str(row.choice), row.levels, last)) for row in self.shown.cells_rows
                     if row.period == first]  # fmt: skip
            clear = [pair for pair in pairs if self.shown.far_apart(*pair)]
            if not clear and any(self.shown.apart(*pair) for pair in pairs):
                raise NotReadError  # a test says so, and the intervals do not
            if clear or not pairs:
                self._fault(
                    clause, clause, "change", spoken("there is a clear change: {what}", what=self._said(clear[0][1]))
                )
            return
        if clause.has("want") or re.search(
            r"change|veränderung|difference|unterschied", clause.of("tie")[0].text, re.IGNORECASE
        ):
            raise NotReadError
        group, period = self._cell(clause)
        cell = self.shown.cells.get((group, period), [])
        singles = {one.value for one in self.shown.view.question.choices}
        ranked = sorted((row for row in cell if row.choice in singles), key=lambda row: -(row.value or 0))
        named = [row for row in ranked if row.choice in {*self.told.named, *_values(clause, "choice")}]
        if len(ranked) < 2:  # what is not shown is not held against
            raise NotReadError
        first, second = (named if len(named) == 2 else ranked)[:2]
        near = (first.value or 0) - (second.value or 0) <= DIVIDED and (first.value or 0) < NEARLY_HALF
        if self.shown.apart(first, second) and near and named in ([], [first, second]):
            raise NotReadError  # who is divided, and who is not, is a matter of taste there
        if self.shown.apart(first, second) or (named and first != ranked[0]):
            self._fault(clause, clause, "lead", spoken("ahead is {answer}", answer=self._said(first)))

    def _no_majority(self, clause: Clause) -> None:
        self._allow(clause, "no majority", "majority", "for", "not")
        of_some = any(one.has("group", "period") for one in self.clauses)
        if of_some or clause.has("for") or re.search(r"(?:for|für)$", clause.of("no majority")[0].text, re.IGNORECASE):
            raise NotReadError  # of one side, or of some who answered
        over = [row for row in self.shown.cells_rows if (row.high or 1) > 0.5 and row.choice not in self.shown.degrees]
        if over and (over[0].low or 0) <= 0.5:
            raise NotReadError  # whether it is more than half is not certain
        if over:
            self._fault(clause, clause, "majority", self._said(over[0]))

    def _comparison(self, clause: Clause) -> None:
        self._allow(clause, *ABOUT, "than", "more", "fewer", "how often")
        at = clause.marks.index(clause.of("than")[0])
        left, right = Clause(clause.marks[:at]), Clause(clause.marks[at + 1 :])
        if len(clause.of("than")) != 1 or len(clause.of("more", "fewer")) != 1 or not left.has("more", "fewer"):
            raise NotReadError
        one, other = self._sides(left, right)
        if left.has("fewer"):
            one, other = other, one
        answers = one.choice != other.choice
        told = spoken(" and ").join(self._where(each) for each in (one, other))
        if (one.value or 0) < (other.value or 0) and self.shown.apart(one, other):
            label = self.shown.label(one.choice or "")
            reason = spoken("it is the other way round: {answer} of {groups}", answer=label, groups=told)
            if answers:
                reason = spoken(
                    "it is the other way round: more say {answer}", answer=self.shown.label(other.choice or "")
                )
            self._fault(clause, clause, "lead" if answers else "difference", reason)
        elif answers and (not self.shown.apart(one, other) or not self._settled_between(one, other)):
            self._need(self.shown.apart(one, other) or self.shown.alike(one, other))
            self._fault(clause, clause, "lead", spoken("whether more say one than the other is not settled yet"))
        elif not self.shown.apart(one, other):
            self._need(self.shown.alike(one, other))
            reason = spoken("{groups} differ by no more than chance would bring", groups=told)
            self._fault(clause, clause, "difference", reason, spoken("no clear difference"))

    def _settled_between(self, one: EstimateRow, other: EstimateRow) -> bool:
        """Whether the first answer may be said to be ahead of the second while answers still come in."""
        lead = self.shown.view.lead
        if lead is None or lead.closed or lead.leader is None or lead.runner_up is None:
            return True
        return lead.leads or {one.choice, other.choice} != {lead.leader.value, lead.runner_up.value}

    def _where(self, row: EstimateRow) -> str:
        return self.shown.group(row.levels) if row.levels else (row.period or "")

    def _sides(self, left: Clause, right: Clause) -> tuple[EstimateRow, EstimateRow]:
        """Returns the two shares that are compared: of two groups, two periods or two answers, the rest the same."""
        groups, periods = [[_values(side, tag) for side in (left, right)] for tag in ("group", "period")]
        if [len(each) for each in groups] == [1, 1] and not any(periods):
            choice = self._compared(left, right)
            return self._row(choice, groups[0][0], None), self._row(choice, groups[1][0], None)
        if [len(each) for each in periods] == [1, 1] and not any(groups):
            choice = self._compared(left, right)
            return self._row(choice, (), periods[0][0]), self._row(choice, (), periods[1][0])
        if any(map(len, (*groups[1], *periods[1]))):
            raise NotReadError
        one, other = self._choice(left), self._choice(right)
        if one is None or other is None or one == other:
            raise NotReadError
        cell = self._cell(left)
        return self._row(one, *cell), self._row(other, *cell)

    def _compared(self, left: Clause, right: Clause) -> str:
        """Returns the answer of which two groups or periods are compared: it is named on one of the two sides."""
        named = [side for side in (left, right) if side.has("choice", "stance", "want", "for", "not")]
        choice = self._choice(named[0]) if len(named) == 1 else None
        if choice is None:
            raise NotReadError
        return choice

    def _change(self, clause: Clause, following: Sequence[Clause]) -> None:
        self._allow(clause, "up", "down", "more", "from", "to", "by", "since", "points", "percent", "number", "period",
                    "span", "stance", "want", "for", "choice", "versus")  # fmt: skip
        view = self.shown.view
        if view.every is None:
            if view.by and any(mark.text.lower() in self.shown.dimensions for mark in clause.marks):
                raise NotReadError  # "rises with age" compares groups
            reason = spoken("this figure shows one stretch of time, and no change: use a trend")
            self._fault(clause, clause, "change", reason)
            return
        ways = clause.of("up", "down", "more")
        if self.shown.of_trouble and not told_of_answers(self.clauses):
            raise NotReadError
        if len(ways) != 1 or view.by or len(self.shown.periods) < 2:
            raise NotReadError
        choice = self._choice(clause) or self.told.choice
        if self.unread and not self._choice(clause):
            raise NotReadError  # of what it is told stands in words that were not understood
        if choice is None and clause.has("topic"):
            choice = self.shown.sides.get(-1 if any(mark.value == "thing" for mark in clause.of("topic")) else 1)
        choice = choice or self._meant(clause, following)
        self.told.choice = choice
        first, last = self._stretch(clause)
        one, other = self._row(choice, (), first), self._row(choice, (), last)
        self._hold_amounts(clause, one, other)
        gap = (other.value or 0) - (one.value or 0)
        if not self.shown.apart(one, other):
            self._need(self.shown.alike(one, other))
            reason = spoken("no change in this figure is clearly larger than chance")
            self._fault(clause, clause, "change", reason, spoken("no clear change"))
        elif (gap > 0) != (ways[0].tag != "down"):
            by = points_apart(abs(gap), self.style)
            reason = spoken("it rose, by {points}", points=by) if gap > 0 else spoken("it fell, by {points}", points=by)
            self._fault(clause, clause, "change", reason)
        self.told.period = last

    def _stretch(self, clause: Clause) -> tuple[str, str]:
        spans, periods = _values(clause, "span"), _values(clause, "period")
        first, last = self.shown.periods[0], self.shown.periods[-1]
        if spans:
            first, last = spans[0]
        elif len(periods) == 1 and clause.has("since"):
            first = periods[0]
        elif periods:
            raise NotReadError
        if self.shown.periods.index(first) >= self.shown.periods.index(last):
            raise NotReadError
        return first, last

    def _hold_amounts(self, clause: Clause, one: EstimateRow, other: EstimateRow) -> None:
        numbers, points = clause.of("percent", "number"), clause.of("points")
        if len(points) > 1 or len(numbers) > 2 or (points and numbers):
            raise NotReadError
        if points:
            told = abs(rounded_percent(other.value or 0) - rounded_percent(one.value or 0))
            if round(points[0].value * 100) != told:
                reason = spoken("{one}, then {other}", one=self._said(one), other=self._said(other))
                self._fault(points[0], points[0], "number", reason)
        if len(numbers) == 2:
            if clause.marks[clause.marks.index(numbers[1]) - 1].tag == "from":  # "to 58 % from 48 %"
                numbers.reverse()
            self._hold_share(numbers[0], one, None)
            self._hold_share(numbers[1], other, None)
        elif len(numbers) == 1:
            if not clause.has("to", "versus"):
                raise NotReadError
            self._hold_share(numbers[0], other, None)

    def _mean(self, clause: Clause) -> None:
        self._allow(clause, "mean", "choice", "group", "period", "for")
        (mark, *more), (group, period) = clause.of("mean"), self._cell(clause)
        scores = [one.score for one in self.shown.view.question.choices if one.score is not None]
        numbers = re.findall(r"\d+(?:[.,]\d+)?", mark.text)
        if len(numbers) > 1 and float(numbers[-1].replace(",", ".")) != max(scores, default=0.0):
            raise NotReadError  # "2.9 out of 10" on a scale of five
        rows = [
            row for row in self.shown.rows if row.statistic == "mean" and (row.levels, row.period) == (group, period)
        ]
        upper = self.shown.sides.get(1)
        if more or not rows or any(one.value not in (upper, None) for one in clause.of("choice")):
            raise NotReadError
        decimals = (
            len(mark.text.replace(",", ".").partition(".")[2].split()[0]) if "," in mark.text or "." in mark.text else 0
        )
        value = rows[0].value or 0.0
        if round(value, decimals) != round(mark.value, decimals):
            told = decimal_words(value, max(decimals, 1), self.style)
            self._fault(mark, mark, "number", spoken("the mean is {mean}", mean=told), told)

    def _net(self, clause: Clause) -> None:
        self._allow(clause, "net", "number", "points", "choice", "group", "period")
        numbers, (group, period) = clause.of("number"), self._cell(clause)
        keys = {net.key for net in self.shown.view.question.nets if net.minus}
        rows = [row for row in self.shown.rows if row.choice in keys and (row.levels, row.period) == (group, period)]
        if len(numbers) != 1 or len(rows) != 1:
            raise NotReadError
        if round(numbers[0].value * 100) != round((rows[0].value or 0) * 100):
            told = signed_points(rows[0].value or 0, self.style)
            self._fault(numbers[0], numbers[0], "number", spoken("the net is {net}", net=told), told)

    # ---- holding a share against what is said of it

    def _hold_share(self, mark: Piece, row: EstimateRow, near: str | None, *, sure: bool = True) -> None:
        """Holds what is said of a share against it.

        Args:
            sure: whether it is surely that share which is meant; where not, what does not fit is not understood.
        """
        value, low, high = row.value or 0.0, row.low or 0.0, row.high or 1.0
        if mark.tag in ("majority", "most"):
            least = mark.value or 0.5
            if low <= least or not self._settled(row, majority=True):
                instead = spoken("about half") if least == 0.5 else None
                over = spoken("more than half") if least == 0.5 else spoken("more than two thirds")
                reason = spoken("{share}: {over} is not certain", share=self._said(row), over=over)
                self._need(least == 0.5 or low <= 0.5 or value < least - HALF_ROOM)  # how large is a matter of taste
                if value <= least:
                    near_half = least == 0.5 and high > least
                    instead = spoken("about half") if near_half else spoken("the most frequent answer")
                    instead = spoken("a majority") if low > 0.5 else instead
                    reason = spoken("{share}: that is not {over}", share=self._said(row), over=over)
                elif low > least:
                    instead = spoken("so far, more than half")
                    reason = spoken("{share}, but not settled yet: answers still come in", share=self._said(row))
                self._fault(mark, mark, "majority", reason, instead)
            return
        told = mark.value
        # who is more than half decides; beside any other fraction the share stands as it is printed
        lowest, highest = (low, high) if told == 0.5 or mark.tag != "part" else (value, value)
        room = HALF_ROOM if mark.tag == "part" and told == 0.5 and high >= told else ROOM
        holds = {
            None: low - DUST <= told <= high + DUST if mark.tag == "part" else self._printed(mark, value),
            "about": low - DUST <= told <= high + DUST,
            "nearly": told - room <= value < told,
            "just over": told < lowest and value <= told + ROOM,
            "over": lowest > told, "least": lowest >= told, "under": highest < told, "most": highest <= told,
        }[near]  # fmt: skip
        if not holds and (not sure or self._of_a_degree(mark, row)):
            raise NotReadError
        by_itself = {"over": value > told, "least": value >= told, "under": value < told, "most": value <= told}
        if not holds and near is not None and by_itself.get(near, False):
            raise NotReadError  # the share is, but not with its whole interval
        if not holds and mark.tag == "part" and near in (None, "about") and abs(told - value) <= TASTE:
            raise NotReadError  # "one in four" of 23 percent
        if not holds:
            self._fault(mark, mark, "number", self._other_share(mark, row), percent(value, self.style))
            self._note_misplaced(mark, row, near)

    def _of_a_degree(self, mark: Piece, row: EstimateRow) -> bool:
        """Whether a share is that of one degree of a side: "agree" may be the answer that is called so."""
        parts = self.shown.parts.get(row.choice or "", ())
        return any(
            self._printed(mark, other.value or 0.0)
            for other in self.shown.cells[row.levels, row.period] if other.choice in parts
        )  # fmt: skip

    def _note_misplaced(self, mark: Piece, row: EstimateRow, near: str | None) -> None:
        others = tuple(
            str(other.choice) for other in self.shown.cells[row.levels, row.period]
            if other.choice != row.choice and self._printed(mark, other.value or 0.0)
        )  # fmt: skip
        if mark.tag == "percent" and near is None and others:
            self.misplaced.append((self.findings[-1], row, others))

    def _other_share(self, mark: Piece, row: EstimateRow) -> str:
        share = percent(row.value or 0.0, self.style)
        told = mark.value * 100
        if (
            abs(told - round(told)) >= DUST * 100
            and mark.tag == "percent"
            and self.shown.view.base_n < TENTHS_FROM_BASE
        ):
            count = count_words(self.shown.view.base_n, self.style)
            return spoken("{count} answers do not bear tenths of a point", count=count)
        for other in self.shown.cells[row.levels, row.period]:
            if mark.tag == "percent" and other.choice != row.choice and self._printed(mark, other.value or 0.0):
                names = {"other": self._name(other), "right": self._name(row), "share": share}
                return spoken("that is the share of {other}; {right} is {share}", **names)
        return spoken("no number of this figure is that; {nearest} is {share}", nearest=self._name(row), share=share)

    def _settled(self, row: EstimateRow, *, majority: bool) -> bool:
        """Whether a lead or a majority of everyone may be said while answers still come in, however often one looks."""
        lead = self.shown.view.lead
        together = row.choice in self.shown.parts
        if lead is None or row.levels or row.period or (lead.closed and (majority or together)):
            return True
        if majority:
            return lead.majority and lead.leader is not None and lead.leader.value == row.choice
        return lead.leads and lead.leader is not None and lead.leader.value == row.choice

    def _printed(self, mark: Piece, value: float) -> bool:
        """Whether a percentage is the one that is printed: whole, or with a decimal where the base bears one."""
        told = mark.value * 100
        if abs(told - round(told)) < DUST * 100:
            return round(told) == rounded_percent(value) or abs(told - value * 100) <= 0.5 + DUST * 100
        return self.shown.view.base_n >= TENTHS_FROM_BASE and abs(told - round(value * 100, 1)) < DUST * 100

    def _hold_ahead(self, clause: Clause, row: EstimateRow) -> None:
        rivals = self.shown.rivals(row)
        best = max(rivals, key=lambda one: one.value or 0, default=None)
        if best is None:
            raise NotReadError
        if not self.shown.leads(row, best):
            self._need((row.value or 0) < (best.value or 0) or self.shown.alike(row, best))
            reason = spoken("{one} and {other} lie too close", one=self._said(row), other=self._said(best))
            instead: str | None = spoken("not settled yet")
            if (row.value or 0) < (best.value or 0):
                reason = spoken("ahead is {answer}", answer=self.shown.label(best.choice or ""))
                instead = None if self.shown.apart(row, best) else instead
            self._fault(clause, clause, "lead", reason, instead)
        elif not self._settled(row, majority=False):
            reason = spoken("{share}, but not settled yet: answers still come in", share=self._said(row))
            self._fault(clause, clause, "lead", reason, spoken("not settled yet"))

    def _name(self, row: EstimateRow) -> str:
        where = ", ".join(
            [*([self.shown.group(row.levels)] if row.levels else []), *([row.period] if row.period else [])]
        )
        label = self.shown.label(row.choice or "")
        return f"{label} ({where})" if where else label

    def _said(self, row: EstimateRow) -> str:
        value, low, high = (percent(share or 0.0, self.style) for share in (row.value, row.low, row.high))
        return spoken("{what} is {share} ({low} to {high})", what=self._name(row), share=value, low=low, high=high)

    def _fault(
        self, first: Piece | Clause, last: Piece | Clause, kind: ClaimKind, reason: str, instead: str | None = None
    ) -> None:
        self.findings.append(Finding(first.start, last.end, "", kind, reason, instead))


def _more_than_others(clause: Clause) -> Clause:
    """Returns the clause with a "more than" that stands before no number as the two words that it is."""
    found: list[Piece] = []
    for place, mark in enumerate(clause.marks):
        following = clause.marks[place + 1 : place + 2]
        if (
            mark.tag == "near"
            and mark.value in ("over", "under")
            and not any(one.tag in ("percent", "part", "number", "points", "base", "times") for one in following)
        ):
            found += [replace(mark, tag="more" if mark.value == "over" else "fewer"), replace(mark, tag="than")]
        else:
            found.append(mark)
    return replace(clause, marks=tuple(found))


def told_of_answers(clauses: Sequence[Clause]) -> bool:
    """Whether a text says that people name a problem, not that the problem itself grows.

    So does the product's own title of a trend, with both shares and both periods.
    """
    marks = [mark for one in clauses for mark in one.marks]
    told = [mark.tag for mark in marks]
    both = told.count("percent") == 2 or "ratio" in told
    return (both and ("span" in told or told.count("period") == 2)) or any(
        mark.tag in ("who", "answered") or NAMED.search(mark.text) for mark in marks
    )


OR = frozenset({"or", "oder"})


def one_of_several(clause: Clause) -> bool:
    """Whether an "or" stands before an answer, so that what stands before it may be another that is not known."""
    told = [mark for mark in clause.marks if mark.tag in ("choice", "topic") or mark.text.lower() in OR]
    return any(one.text.lower() in OR and other.tag == "choice" for one, other in pairwise(told))


def only_before(clause: Clause, mark: Piece) -> bool:
    """Whether an "only" stands right before a share: behind it, as in "by bike only", it takes from the answer."""
    before = [one for one in clause.marks if one.start < mark.start and one.tag not in ("filler", "near")]
    only = clause.of("only")
    return len(only) == 1 and bool(before) and before[-1] is only[0]


def _values(clause: Clause, tag: Tag) -> list[Any]:
    return list(dict.fromkeys(mark.value for mark in clause.of(tag)))


def whole(marks: Iterable[Piece]) -> Iterator[Piece]:
    """Yields the marks, those that touch or have only a blank between them as one."""
    held: Piece | None = None
    for mark in sorted(marks, key=lambda one: one.start):
        if held is not None and mark.start <= held.end + 1:
            held = replace(held, end=max(held.end, mark.end))
        else:
            if held is not None:
                yield held
            held = mark
    if held is not None:
        yield held
