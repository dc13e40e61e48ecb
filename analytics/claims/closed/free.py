"""What a text freely written claims: read for its shares, sides, groups and comparisons, not for its grammar.

Every word still has to be known, and every word that claims has to be used up. What may stand between them is any of
the words that newspapers use freely around a claim. Where two readings are possible, the text is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations, pairwise
from typing import Any

from analytics.claims.closed.clauses import (
    DIVIDED,
    NEARLY_HALF,
    TASTE,
    Clause,
    NotReadError,
    Reader,
    _more_than_others,
    cut_at,
    one_of_several,
    only_before,
    told_of_answers,
    without_asides,
)
from analytics.claims.closed.concepts import CIRCUMSTANCES, about_same
from analytics.claims.closed.figure import BAND, KEEPING, TAKES_AWAY, GroupAt, ages
from analytics.claims.closed.framing import NOW
from analytics.claims.closed.marks import Piece, Tag
from analytics.claims.closed.quantities import ENDING, strongest_of, strongly_told
from analytics.claims.closed.translated import called
from analytics.estimates.views.rows import EstimateRow
from analytics.language.numbers import count_words, rounded_percent
from analytics.language.said import spoken

SILENT: frozenset[Tag] = frozenset({
    "filler", "modal", "topic", "answered", "simulated", "who", "say", "and", "cut", "dass", "how often", "want", "for",
    "stance", "choice", "not", "group", "period", "question", "from", "to", "by", "versus", "since", "deed",
})  # fmt: skip
"""What claims nothing without a number or a comparison; sides, groups and periods are what a claim is about."""
AMOUNTS: frozenset[Tag] = frozenset({"percent", "part", "majority", "most", "minority", "number", "count"})
REFS: frozenset[Tag] = frozenset({"choice", "stance"})
WEAK: frozenset[Tag] = frozenset({"want", "for", "modal", "deed"})
ORDERS: frozenset[Tag] = frozenset({
    "ahead", "behind", "top", "least wanted", "highest", "lowest", "than", "times", "gap", "tie", "steady", "differ",
    "up", "down", "mean", "average", "bottom of", "net", "lead", "no majority", "rank", "with age",
})  # fmt: skip
RATHER = ("eher", "lieber", "rather")
ARTICLES = {"the", "a", "an", "der", "die", "das", "den", "dem", "des"}
PAYS = re.compile(r"pay|paid|fund|financ|b?e?zahl|finanz", re.IGNORECASE)
WORKS = {"work", "job", "performance", "arbeit", "amt", "amtsführung", "their", "ihre", "ihrer"}
"""What is somebody's: alone it may be that of those who answered."""
CHANGE = re.compile(r"change|veränderung|difference|unterschied", re.IGNORECASE)
PRONOUNS = ("it", "them", "this", "es", "ihn", "sie", "das")
POINTING = ("so", "how", "what", "where", "wie", "was", "wo")
LEADING_IN = ("to", "zu", "for", "für")
DUST = 1e-6
ENDS_TOLD: frozenset[Tag] = frozenset({"percent", "part", "number", "mean"})
BARE = ARTICLES | {"eine", "einem", "einen", "einer", "ein"}
CLEAR = 0.53
"""Above what a majority has to lie with its whole interval to be a clear one. A choice: ours."""
GIVES = frozenset({"give", "gives", "gave", "award", "awards", "awarded", "geben", "gibt", "vergeben", "gaben"})
FINDS = frozenset({"find", "finds", "found", "finden", "findet", "fand", "fanden"})
STILL = re.compile(r"nur noch|gerade noch|only still", re.IGNORECASE)
OFTEN = re.compile(r"most (?:often|frequently)|am (?:häufigsten|öftesten|meisten)", re.IGNORECASE)
FOR = re.compile(r" (?:for|für)$", re.IGNORECASE)
NARROW = re.compile(r"slim|narrow|bare |slight|small|knapp|hauchdünn|leichte|edge[sd]? ", re.IGNORECASE)
NARROWLY, NARROW_LEAD = 0.57, 0.1
"""Up to what share a majority, and up to what distance a lead, is a narrow one."""
SHOULD = re.compile(
    r"should|must|ought to|need to|have to|soll(?:en|te|ten)?|müss(?:en|ten)|muss|dürfen|darf", re.IGNORECASE
)
AS_MANY, AS_MANY_WITHIN = re.compile(r"\bas many|viele\b", re.IGNORECASE), 0.02
"""Words for two answers as frequent as each other, be they first or not, and how far apart they may lie there."""
SHARP = 0.10
"""What a plunge or a surge has to be at least. A choice: ours."""
OF_WHOM = {"of", "among", "in", "our", "by", "from", "with", "von", "unter", "bei", "der", "den", "unseren", "mit"}
OF = {"of", "the", "a", "an", "der", "die", "das", "des", "aller", "von"}
OUTDOES = re.compile(r"\b(?:most|least|am)\b|beliebt", re.IGNORECASE)
"""Superlatives that can be said of an answer among others, or of one group among others."""
BEATS = re.compile(r"\b(?:of|beats|tops|vor)$", re.IGNORECASE)
"""Words for being ahead behind which the other one stands."""
LEADS_ON = re.compile(r"(?: of| for| to| with|für|gegen|zu[mr]?)$", re.IGNORECASE)
"""Ends of words for a side behind which only what is meant can stand."""
NEAR_COUNT = 0.08
"""How far below a round count of people, in parts of it, may lie that is nearly so many."""
FAR = 0.12
"""How far above or below a share may lie that is told as "more than" or "less than" so much."""
FEW = 0.1
"""Up to what share hardly anybody says something. A choice: ours."""
DECIMAL = re.compile(r"\d+[.,]\d+")
RATED = re.compile(
    r"(?:the |our |their )?(?:scores?|ratings?|marks?|grades?|average)|(?:die |der )?(?:noten?|bewertung(?:en)?|"
    r"wertung|durchschnitt|schnitt|mittelwert)",
    re.IGNORECASE,
)
"""What is rated on a scale of numbers: its average."""
EACH = re.compile(r"each|apiece|both|jeweils|beide|je", re.IGNORECASE)
"""What tells one number of all that are named."""
TOGETHER = re.compile(
    r"(?:taken |both )?together|combined|between them|all told|zusammen(?:genommen|gerechnet)?|gemeinsam", re.IGNORECASE
)
"""What takes several answers together."""
BECOMES = frozenset({"werden", "wird", "wurde", "wurden", "become", "becomes", "became", "getting", "growing"})
"""Verbs of change: what becomes more popular is so since before."""
JOINS_SIDES = frozenset({"as", "than", "wie", "als"})
AGAINST_IT = re.compile(r"against(?: it)?|gegen|dagegen|opposed(?: to)?", re.IGNORECASE)
"""How the side is told that stands beside a bare "for" in a comparison."""
BEHIND_NO = ("by", "with", "among", "in", "of")
LEADS = re.compile(r"leads?|trails?|beats?|outnumbers?|edges|tops|wins|is |comes|ahead|behind", re.IGNORECASE)
MIDDLING = 0.1
"""How far from the middle of its scale, in parts of it, an average may lie that is middling. A choice: ours."""
DIVIDES = re.compile(r"spalt(?:et|en)|entzwei(?:t|en)|gespalten|(?:are |is )?(?:split|divided)", re.IGNORECASE)
"""Words for that readers are of two opinions: beside both shares, who is ahead may be clear all the same."""
HOLDS_FAST = re.compile(r"\b(?:halten|hält|hielt(?:en)?) (?:\S+ ){1,8}fest$", re.IGNORECASE)
DENIES = re.compile(r"\b(?:not|nicht|never|wants? no|kein\w*)\b|n['’]t\b", re.IGNORECASE)
ALLOWS = re.compile(r"allow|permit|legal|erlaub|zulassen|zugelassen", re.IGNORECASE)
DENYING = re.compile(r"\b(?:kein(?:e[nrms]?)?|nicht)\b", re.IGNORECASE)
TWICE_LOW, TWICE_HIGH, ALMOST = 0.95, 1.12, 0.87
"""How far beside it a ratio is told as twice: 2.2 times is, 1.8 times is nearly."""


@dataclass
class Part:
    """A stretch of a text with at most one claim, and what is spoken of in it."""

    clause: Clause
    refs: list[str] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    flipped: bool = False

    def has(self, *tags: Tag) -> bool:
        return self.clause.has(*tags)

    def of(self, *tags: Tag) -> list[Piece]:
        return self.clause.of(*tags)


@dataclass(eq=False)
class FreeReader(Reader):
    """Reads the parts of one text in their order; raises where anything is not understood for certain."""

    free: Any = None
    parts: list[Part] = field(default_factory=list)
    claimed: int = 0
    place: int = 0
    stopped_at: Clause | None = None
    """The clause that could not be read, where reading ended at one."""

    def read(self) -> None:
        """Reads the text whole: `unread` has what was not understood, and then nothing that was found counts."""
        for clause in self.clauses:
            strange = [mark for mark in clause.marks if mark.tag == "unknown" or self.shown.not_asked(mark)]
            if not self.shown.view.survey.simulated:
                strange += clause.of("simulated")
            self.unread += strange
        if self.unread:
            return
        try:
            self._read_all()
        except NotReadError:
            marks = self.stopped_at.marks if self.stopped_at else [m for one in self.clauses for m in one.marks]
            said = [mark for mark in marks if mark.tag not in ("filler", "cut")]
            self.unread = [mark for mark in said if mark.tag not in SILENT] or said or list(marks)
            self.findings = []

    def objects(self) -> bool:
        """Whether something is said that was not asked about, though every word is known: that a town pays."""
        try:
            clauses = [self._as_topics(clause) for clause in self.clauses]
        except NotReadError:
            return False
        self.parts = [Part(clause) for clause in clauses]
        try:
            for place, part in enumerate(self.parts):
                self.place = place
                self._check_words(part)
        except NotReadError:
            return True
        return any(part.has("topic", "tail") for part in self.parts) and not self._named()

    def _read_all(self) -> None:
        self.parts = []
        for clause in self.clauses:
            self.stopped_at = clause
            self.parts.append(self._part(self._as_topics(clause)))
        self.stopped_at = None
        headed = [part.refs for part in self.parts if part.clause.heads and part.refs and not part.groups]
        bodies = [part for part in self.parts if not part.clause.heads and not part.clause.asks]
        told = {ref for part in bodies for ref in part.refs}
        lent = any(part.has("ratio", *AMOUNTS) and not part.refs for part in bodies)
        if self.shown.sides and not lent and len(headed) == 1 and len(told) == 1 and set(headed[0]).isdisjoint(told):
            raise NotReadError  # "No to the pool: 53 percent agree"
        for place, part in enumerate(self.parts):
            self.place, self.stopped_at = place, part.clause
            self._carry(part, self.parts[place - 1] if place else None)
            self._read_part(part)
        self.stopped_at = None
        self._need(bool(self.claimed) and self._named())

    def _carry(self, part: Part, before: Part | None) -> None:
        """Gives a part such as "in the east the no" the verb of the one before it: "in the north the yes is ahead"."""
        verbs: frozenset[Tag] = frozenset({"ahead", "majority", "top"})
        if before is None or not part.groups or not before.groups or part.groups == before.groups:
            return
        own = {mark.tag for mark in part.clause.marks} - {"filler", "and", "cut", "topic", "for"}
        said = before.of(*verbs)
        alone = own == {"group", "stance"} and len(part.refs) == len(said) == len(before.refs) == 1
        if alone and not before.has("near", "only", "not", "points", "percent", "part", "ratio"):
            part.clause = replace(part.clause, marks=(*part.clause.marks, said[0]))

    def _named(self) -> bool:
        """Whether the text says what the question is about, where its answers do not."""
        spoken_of = [
            mark for part in self.parts for mark in part.of("topic", "tail") if mark.value not in ("people", "name")
        ]
        words = [set(re.findall(r"\w+", mark.text.lower())) - ARTICLES for mark in spoken_of]
        if self.shown.sides and spoken_of and self.shown.main and not self._of_main(spoken_of):
            return False
        named = {ref for part in self.parts for ref in part.refs}
        if (
            self.shown.sides
            and spoken_of
            and self.shown.takes_away
            and not any(mark.value == "thing" for mark in spoken_of)
            and named != {self.shown.sides.get(0)}
            and not self._of_neither(named)
        ):
            marks = [mark.text for part in self.parts for mark in part.clause.marks]
            keeps = any(HOLDS_FAST.search(" ".join(mark.text for mark in part.clause.marks)) for part in self.parts)
            keeps = keeps or any(TAKES_AWAY.search(one) or KEEPING.search(one) for one in marks)
            said = [mark for part in self.parts for mark in part.of("stance", "for")]
            keeps = keeps or bool(said and all(mark.value == -1 and ALLOWS.search(mark.text) for mark in said))
            if not keeps and not self._lacks_it():
                return False  # to be against fireworks is to be for their ban
        sides = set(self.shown.sides.values())
        if not sides or any(mark.value not in sides for part in self.parts for mark in part.of("choice")):
            return True  # an answer that says itself what it is about
        if self.shown.view.question.kind == "scale" or self.shown.degrees:
            return not spoken_of or any(each - WORKS for each in words)
        if any(each - CIRCUMSTANCES for each in words):
            return True
        sides = set(self.shown.sides.values())
        told = any(part.has("stance") or sides & {mark.value for mark in part.of("choice")} for part in self.parts)
        return told and not spoken_of

    def _of_neither(self, named: set[str]) -> bool:
        """Whether a text says of all answers alike that they did not change: of opinion on the thing or its end."""
        return (
            not named
            and any(part.has("steady") for part in self.parts)
            and all(part.has("steady") or not part.has("ratio", "points", *(AMOUNTS | ORDERS)) for part in self.parts)
        )

    def _lacks_it(self) -> bool:
        """Whether the text says what it would be without the thing that the question asks to forbid."""
        thing = self.shown.taken_away
        if any(ENDING.match(mark.text) for part in self.parts for mark in part.of("stance")):
            return True
        return bool(thing) and any(thing in mark.text.lower() for part in self.parts for mark in part.of("stance"))

    def _of_main(self, spoken_of: Sequence[Piece]) -> bool:
        """Whether what the question asks about, as "such a toll" says, is named: not only what stands around it."""
        language = self.shown.language
        same = [
            self.shown.main,
            *about_same(self.shown.main, language),
            *map(re.escape, called(self.shown.main, language)),
        ]
        named = re.compile(
            rf"(?:(?<!\w)(?:{'|'.join(same)})\w{{0,2}}(?!\w)|(?:{'|'.join(same)})\w{{0,2}}$)", re.IGNORECASE
        )
        return any(named.search(mark.text) for mark in spoken_of)

    # ---- what a part speaks of

    def _as_topics(self, clause: Clause) -> Clause:
        """Returns the clause with the people that the question itself speaks of as its topic; raises for others."""
        clause = _more_than_others(clause)
        marks = list(clause.marks)
        if self.shown.degrees:
            marks = [piece for mark in marks for piece in strongly_told(mark, self.shown.language)]
        for place, mark in enumerate(marks):
            if mark.tag in ("populace", "other group"):
                asked = clause.asks and self.shown.in_question(mark.text)
                asked = asked or self._begins_a_name(marks, place) or self._is_to(marks, place)
                if not (asked or self._asked_about(clause, place) or self._of_a_clause(clause, place)):
                    raise NotReadError
                marks[place] = replace(mark, tag="topic", value="people")
            if mark.tag == "period" and mark.value is None:
                raise NotReadError
        return replace(clause, marks=tuple(marks))

    def _begins_a_name(self, marks: Sequence[Piece], place: int) -> bool:
        """Whether a "city" stands right before what is asked about, as in "city toll", and not for its people."""
        bare = marks[place].text.lower() in ("city", "town", "state")
        noun = marks[place + 1] if place + 1 < len(marks) else None
        verbs = self.shown.words.DEEDS | self.shown.words.DOES
        return (
            bare and noun is not None and noun.tag in ("topic", "tail") and noun.text.lower().split()[-1] not in verbs
        )

    def _is_to(self, marks: Sequence[Piece], place: int) -> bool:
        """Whether it is said what the people that the question speaks of should do: "drivers should pay"."""
        behind = marks[place + 1] if place + 1 < len(marks) else None
        is_to = behind is not None and SHOULD.fullmatch(behind.text)
        return bool(is_to) and self.shown.in_question(marks[place].text)

    def _of_a_clause(self, clause: Clause, place: int) -> bool:
        """Whether a "that" stands before the people the question speaks of, as in "want that the city pays"."""
        return self.shown.in_question(clause.marks[place].text) and any(
            mark.tag == "dass" for mark in clause.marks[:place]
        )

    def _part(self, clause: Clause) -> Part:
        clause = self._halves_of_scale(clause)
        part = Part(clause)
        part.groups = _in_order(clause.of("group"))
        for mark in clause.of("period", "span"):
            part.periods += mark.value if isinstance(mark.value, tuple) else [mark.value]
        part.periods = list(dict.fromkeys(part.periods))
        part.refs, part.flipped = self._refs(clause)
        if clause.marks and clause.marks[0].tag == "dass" and not clause.has(*REFS):
            part.refs = []  # what is wanted, or not, said once more
        part.clause = self._with_counts(part)
        return part

    def _with_counts(self, part: Part) -> Clause:
        """Returns the clause with the "1,197 readers" and the "642" of those who gave one answer as their count."""
        clause = part.clause
        told = clause.of("base", "number")
        if len(part.refs) != 1 or len(told) != 1 or clause.asks:
            return clause
        if clause.has("ratio", "points", "mean", "net", "count", *(AMOUNTS - {"number"}), *ORDERS):
            return clause
        (mark,) = told
        value = mark.value * (1 if mark.tag == "base" else 100)
        counted = any(one.has("base", "count") for one in self.clauses) and not any(
            one.has("percent", "ratio") for one in self.clauses
        )
        if (mark.tag == "number" and not (mark.value > 1 or counted)) or abs(value - round(value)) > DUST:
            return clause
        at = clause.marks.index(mark)
        before = next((one for one in clause.marks[:at][::-1] if one.tag != "near"), None)
        if mark.tag == "base" and before is not None and before.text.lower() in OF_WHOM:
            return clause
        count = replace(mark, tag="count", value=(round(value), None))
        return replace(clause, marks=tuple(count if one is mark else one for one in clause.marks))

    def _halves_of_scale(self, clause: Clause) -> Clause:
        """Returns the clause with "below the midpoint" behind a share as the steps that lie below it."""
        steps, words = sorted(self.shown.numbered), clause.of("bottom of")
        if not clause.has("percent", "part", "majority", "most") or len(words) != 1 or len(steps) < 3:
            return clause
        if not words[0].value:
            return clause
        middle = (steps[0] + steps[-1]) / 2
        inside = [step for step in steps if (step - middle) * words[0].value > 0]
        band = f"{BAND}{inside[0]}:{inside[-1]}"
        return replace(clause, marks=tuple(
            replace(mark, tag="choice", value=band) if mark is words[0] else mark for mark in clause.marks
        ))  # fmt: skip

    def _refs(self, clause: Clause) -> tuple[list[str], bool]:
        """Returns the answers that are named, in their order, and whether a "not" stands by itself."""
        sides, found = self.shown.sides, []
        negations = [place for place, mark in enumerate(clause.marks) if mark.tag == "not"]
        placed = [(place, mark) for place, mark in enumerate(clause.marks) if mark.tag in REFS]
        owners: dict[int, int] = {}
        for at in negations:
            near = [place for place, _ in placed if place > at]
            if not near and placed:
                if clause.marks[at].text.lower() != "nicht":
                    raise NotReadError  # only German denies what stands before
                near = [placed[-1][0]]
            if near:
                owners[near[0]] = owners.get(near[0], 0) + 1
        for place, mark in placed:
            if (
                owners.get(place, 0)
                and place - 1 not in negations
                and clause.marks[place].tag == "choice"
                and not sides
            ):
                raise NotReadError
            turned = owners.get(place, 0) % 2 == 1
            if mark.tag == "choice":
                choice = mark.value
            elif mark.value in sides:
                choice = sides[mark.value]
            elif mark.value == 0 and self.shown.unsure is not None:
                choice = self.shown.unsure
            elif mark.value == 1 and 1 not in sides:
                if turned:
                    raise NotReadError
                continue
            else:
                raise NotReadError
            if turned:
                choice = self.shown.opposite(choice) or ""
                if not choice:
                    raise NotReadError
            found.append(choice)
        if not sides and negations and not found:
            raise NotReadError
        joined = [place for place, mark in enumerate(clause.marks) if mark.tag in ("and", "ahead", "behind")]
        for (one, _), (other, _), left, right in zip(placed, placed[1:], found, found[1:], strict=False):
            if left == right and any(one < place < other for place in joined):
                raise NotReadError  # "between a park and a park"
        for (_, here), (_, beside) in pairwise(placed):
            if here.value == beside.value == -1 and DENIES.search(here.text):
                raise NotReadError  # "would not shut the pool" is not to be against that it is open
        for (one, _), (other, mark) in pairwise(placed):
            spoken_of = any(clause.marks[place].tag == "topic" for place in range(one, other))
            spoken_of = spoken_of and not any(
                clause.marks[place].text.lower() in JOINS_SIDES for place in range(one, other)
            )
            if spoken_of and mark.text.lower() in ("against", "gegen"):
                raise NotReadError  # "no to higher taxes against free transport"
        found = [one for place, one in enumerate(found) if not place or one != found[place - 1]]
        if self.shown.degrees and self.shown.view.question.kind != "scale":
            # "for a cap on all flats" names the side and which of its answers: the answer is meant
            named = {one for one in found if one not in self.shown.parts}
            found = [one for one in found if not named & set(self.shown.parts.get(one, ()))]
        if clause.has("degree"):
            return [self._strongest(clause, found)], False
        if (step := self._step_of(found, [mark for _, mark in placed])) is not None:
            return [step], False
        if found or not sides:
            return found, False
        turned = len(negations) % 2 == 1
        before = any(one.has("topic") for one in self.clauses)
        meant = clause.has("deed") or any(mark.text.lower() in PRONOUNS for mark in clause.of("filler"))
        told = clause.has("topic") or (before and meant)
        ends = bool(clause.marks) and clause.marks[-1].tag == "for"
        if (clause.has(*WEAK) and told) or ends:
            if (side := -1 if turned else 1) not in sides:
                return [], turned
            return [sides[side]], False
        return [], turned

    def answers_of(self, marks: Sequence[Piece]) -> list[str]:
        """Returns the answers that a stretch names, each once; raises where it is not clear which they are."""
        return list(dict.fromkeys(self._refs(Clause(tuple(marks)))[0]))

    def _strongest(self, clause: Clause, found: Sequence[str]) -> str:
        """Returns the strongest answer of the side beside which a "strongly" stands; raises if it stands elsewhere."""
        marks = [one for one in clause.marks if one.tag != "filler" or one.text.lower() in ("ab", "zu")]
        at = next(place for place, mark in enumerate(marks) if mark.tag == "degree")
        beside = marks[at + 1 : at + 2]
        before = any(one.tag == "stance" for one in marks[:at])
        ends = not beside or (beside[0].text.lower() in ("ab", "zu") and len(marks) <= at + 2)
        self._need(bool(beside and beside[0].tag == "stance") != (before and ends and self.shown.language == "de"))
        self._need(len(found) == 1 and len(clause.of("degree")) == 1 and not clause.has("not"))
        strongest = strongest_of(self.shown, found[0])
        if strongest is None:
            raise NotReadError
        return strongest

    def _step_of(self, found: Sequence[str], marks: Sequence[Piece]) -> str | None:
        """Returns the step of a scale that "complete trust", "no trust at all" or "the middle of trust" name."""
        nets = self.shown.parts
        sides, steps = [one for one in found if one in nets], [one for one in found if one not in nets]
        if len(found) != 2 or len(sides) != 1 or len(steps) != 1 or self.shown.view.question.kind != "scale":
            return None
        inside = steps[0] in nets[sides[0]]
        denied = any(
            mark.value == steps[0] and re.search(r"\b(?:not|no|nicht|kein\w*)\b", mark.text, re.IGNORECASE)
            for mark in marks
        )
        if inside != denied or not any(steps[0] in part for part in nets.values()):
            return steps[0]
        raise NotReadError

    def _around(self, what: str) -> list[Any]:
        """Returns the answers, groups or periods told last before this part, else first behind it."""
        before = [found for part in self.parts[: self.place] if (found := getattr(part, what))]
        if before:
            return before[-1]
        behind = [found for part in self.parts[self.place + 1 :] if (found := getattr(part, what))]
        return behind[0] if behind else []

    def _refs_meant(self, part: Part) -> list[str]:
        if part.refs:
            return part.refs
        found = self._around("refs")
        if part.flipped:
            other = self.shown.opposite(found[-1]) if len(set(found)) == 1 else None
            if other is None:
                raise NotReadError
            return [other]
        if not found and 1 in self.shown.sides and any(each.has("topic") for each in self.parts):
            against = any(mark.value == "thing" for each in self.parts for mark in each.of("topic"))
            return [self.shown.sides[-1 if against else 1]]  # the thing itself that is asked to be ended
        return found

    def _ref(self, part: Part) -> str:
        found = self._refs_meant(part)
        if len(found) != 1:
            raise NotReadError
        return found[0]

    def _groups_meant(self, part: Part) -> list[tuple[str, ...]]:
        if not self.shown.view.by:
            return [()]
        found = part.groups or self._around("groups")
        if not found:
            raise NotReadError
        return found

    def _periods_meant(self, part: Part) -> list[str | None]:
        if not self.shown.view.every:
            return [None]
        found = part.periods or self._around("periods")
        if not part.periods and part.has(*AMOUNTS) and self._was_behind(part):
            return [self.shown.periods[-1]]  # "62% are for it, in July it was 54%"
        if not part.periods and self._once_behind(part) and not any(each.periods for each in self.parts[: self.place]):
            return [self.shown.periods[-1]]
        if not found:
            raise NotReadError
        if not part.periods and any(each.has("since") and each.periods == found for each in self.parts[: self.place]):
            return [self.shown.periods[-1]]  # "down since July: 30 percent" is what it is now
        return list(found)

    def _one_cell(self, part: Part) -> tuple[tuple[str, ...], str | None]:
        groups, periods = self._groups_meant(part), self._periods_meant(part)
        if len(groups) != 1 or len(periods) != 1:
            raise NotReadError
        return groups[0], periods[0]

    # ---- what a part claims

    def _read_part(self, part: Part) -> None:
        part.clause = clause = self._since(self._most_often(part.clause))
        self._check_words(part)
        if clause.asks:
            self._need(not self._of_another(clause))
            return
        if self._every_group(part):
            return
        points = bool(clause.marks) and clause.marks[0].text.lower() in POINTING
        if points and self.claimed and not clause.has("points", "ratio", *AMOUNTS):
            return  # "what our readers worry about most", behind what it is
        self._check_base(clause)
        if clause.of("base"):
            self.claimed += 1
        orders = {mark.tag for mark in clause.marks if mark.tag in ORDERS}
        if len(orders - {"mean", "average", "times", "than", "gap", "highest", "lowest", "with age"}) > 1:
            raise NotReadError
        told = False
        if clause.has("with age"):
            self._with_age(part)
            self.claimed += 1
            return
        if part.flipped and part.groups and self._echoes(part):
            self.claimed += 1
            return
        if not clause.has("than") and any(mark.text.lower() not in RATHER for mark in clause.of("more", "fewer")):
            self._compare_headed(part)
            told = True
        if clause.has("net"):
            raise NotReadError
        if clause.has("no majority"):
            self._without_majority(part)
            self.claimed += 1
            return
        rules = (
            (bool(orders & {"mean", "average", "bottom of"}) and "steady" not in orders, self._means),
            ("than" in orders, self._compare),
            ("times" in orders and "than" not in orders, self._times),
            ("gap" in orders and "than" not in orders, self._gap),
            (bool(orders & {"ahead", "behind", "lead"}), self._by_points if clause.has("points") else self._ahead),
            (bool(orders & {"top", "least wanted"}), self._first),
            ("rank" in orders, self._rank),
            (bool(orders & {"highest", "lowest"}) and not orders & {"mean", "average"}, self._extreme),
            ("tie" in orders, self._even),
            ("steady" in orders, self._steady),
            ("differ" in orders, self._differ),
            (bool(orders & {"up", "down"}), self._moved),
        )
        for applies, rule in rules:
            if applies:
                rule(part)
                told = True
        if any(STILL.match(mark.text) for mark in part.of("period")):
            ref, (begun, ended) = self._ref(part), (self.shown.periods[0], self.shown.periods[-1])
            before, now = (self._row(ref, (), period) for period in (begun, ended))
            self._need(self.shown.apart(before, now) and (before.value or 0) > (now.value or 0))
        between = any(mark.text.lower() in ("between", "zwischen") for mark in clause.of("filler"))
        if clause.has("points") and not orders & {"gap", "up", "down", "than", "ahead", "behind", "lead"}:
            if between:
                self._gap(part)
            elif not any(each.has("gap") for each in self.parts):
                raise NotReadError
            told = True
        if not orders & {"up", "down", "mean", "average", "steady"}:
            told = self._shares(part) or told
        if told:
            self.claimed += 1
        else:
            self._without_claim(part)

    def _every_group(self, part: Part) -> bool:
        """Reads "no leads in every age group" as what is said of each of them."""
        if not part.has("every group"):
            return False
        (word, *more), count = part.of("every group"), len(self.findings)
        if isinstance(word.value, int):
            self._in_a_row(part, word.value)
            self.claimed += 1
            return True
        if word.value == "period":
            self._need(bool(self.shown.view.every) and not self.shown.view.by and not part.periods and not more)
            ways = part.of("up", "down")
            if (
                len(ways) == 1
                and ways[0].value is None
                and not part.has("points", *AMOUNTS, *(ORDERS - {"up", "down"}))
            ):
                part.clause = replace(part.clause, marks=tuple(
                    replace(mark, value="ever") if mark is ways[0] else mark
                    for mark in part.clause.marks if mark.tag != "every group"
                ))  # fmt: skip
                self._moved(part)
                self.claimed += 1
                return True
            self._need(not part.has("not", "number") and part.has(*AMOUNTS, "ahead", "top", "lead"))
            for period in self.shown.periods:
                marks = tuple(mark for mark in part.clause.marks if mark.tag != "every group")
                self._read_part(replace(part, clause=replace(part.clause, marks=marks), periods=[period]))
            self._need(len(self.findings) == count)
            return True
        self._need(bool(self.shown.view.by) and not part.groups and not more and not part.has("number", "not"))
        if word.value == "none":  # "in no group is there a majority against it"
            self._need(part.has("majority") and len(part.refs) == 1 and not part.has("near", "only", "percent", "part"))
            part.clause = replace(part.clause, marks=tuple(
                replace(mark, tag="no majority") if mark.tag == "majority" else mark for mark in part.clause.marks
            ))  # fmt: skip
        for group in dict.fromkeys(row.levels for row in self.shown.cells_rows):
            marks = tuple(mark for mark in part.clause.marks if mark.tag != "every group")
            self._read_part(replace(part, clause=replace(part.clause, marks=marks), groups=[group]))
        self._need(len(self.findings) == count or not part.has("percent", "part"))
        return True

    def _in_a_row(self, part: Part, times: int) -> None:
        """Reads "rises for the third month running": so many steps up to the end, and none before them."""
        self._need(bool(self.shown.view.every) and not self.shown.view.by and len(part.periods) < 2)
        ways, orders = part.of("up", "down"), ORDERS - {"up", "down"}
        self._need(len(ways) == 1 and ways[0].value in (None, "ever") and not part.flipped)
        self._need(not part.has("not", "near", "only", "points", "ratio", *AMOUNTS, *orders))
        last = self.shown.periods.index(part.periods[0]) if part.periods else len(self.shown.periods) - 1
        rows = [self._row(self._ref(part), (), period) for period in self.shown.periods[: last + 1]]
        sign = 1 if ways[0].tag == "up" else -1
        steps = [sign * ((other.value or 0) - (one.value or 0)) for one, other in pairwise(rows)]
        self._need(times <= len(steps) and all(step > 0 for step in steps[-times:]))
        self._need(times == len(steps) or steps[-times - 1] <= 0)
        self._need(self.shown.apart(rows[-times - 1], rows[-1]))

    def _most_often(self, clause: Clause) -> Clause:
        """Returns the clause with "most often" as being first, where the figure has neither groups nor periods."""
        if self.shown.view.by or self.shown.view.every:
            return clause
        return replace(clause, marks=tuple(
            replace(mark, tag="top") if mark.tag == "highest" and OFTEN.search(mark.text) else mark
            for mark in clause.marks
        ))  # fmt: skip

    def _since(self, clause: Clause) -> Clause:
        """Returns the clause with "14 points more since October" as the rise that it is."""
        grown = clause.has("since", "from", "span") and clause.has("points") and not clause.has("than", "up", "down")
        grown = grown or (self._over_time(clause) and not self.shown.view.by)
        if not self.shown.view.every or not grown:
            return clause
        ways: dict[Tag, Tag] = {"more": "up", "fewer": "down"}
        return replace(clause, marks=tuple(replace(mark, tag=ways.get(mark.tag, mark.tag)) for mark in clause.marks))

    def _over_time(self, clause: Clause) -> bool:
        """Whether a "more" that is compared with nothing can only mean since then: "fewer readers want it"."""
        words = clause.of("more", "fewer")
        if len(words) != 1 or words[0].value is not None or words[0].text.lower() in RATHER:
            return False
        if clause.has("than", "up", "down", "group", "times", "gap", "near", "only", "not", "points", *AMOUNTS):
            return False
        said = [mark for mark in clause.marks if mark.tag != "filler"]
        at = said.index(words[0])
        begins = at == 0 and len(said) > 1 and said[1].tag in ("who", "stance")
        behind = said[at - 1].tag in ("choice", "stance") if at else False
        becomes = any(mark.text.lower() in BECOMES for mark in clause.of("filler"))
        return begins or (behind and becomes and at == len(said) - 1)

    def _check_words(self, part: Part) -> None:
        """Raises where the topic stands as a verb of readers' own would, or a part of the question is a share's."""
        topics = part.of("topic")
        if part.clause.marks and part.clause.marks[0].text.lower() in POINTING and self.place:
            plain: frozenset[Tag] = frozenset({"filler", "who", "topic", "answered", "say"})
            if all(mark.tag in plain for mark in part.clause.marks):
                return  # "so safe do our readers feel there", behind what they answered
        people = bool(topics) and all(mark.value == "people" for mark in topics)
        if people and part.has("stance", "for", "want") and self.shown.view.question.kind != "scale":
            self._need(part.clause.asks)  # to be for the city is not what was asked
        before: Piece | None = None
        stood = amount = subject = said = wished = False
        fully = self._names_answer(part)
        for mark in part.clause.marks:
            subject = subject or mark.tag in ("who", "group", "answered")
            acts = mark.text.lower() in self.free.ACTIONS and mark.tag != "want"
            gives = acts and fully and bool(self.shown.numbered) and mark.text.lower() in GIVES
            gives = gives or (
                self.shown.view.question.kind == "scale" and mark.text.lower() in FINDS and part.has(*REFS)
            )
            gives = gives or (fully and self.shown.asks_yourself and self.shown.says(mark.text))
            if subject and acts and not gives and not part.has("mean", "average"):
                raise NotReadError  # "readers go to the pool" is not what was asked
            lower, spoken_of = mark.text.lower(), before is not None and before.tag in ("topic", "populace")
            deed = (
                lower.split()[-1] in self.shown.words.DEEDS and mark.tag == "topic" and before is not None and not stood
            )
            deed = deed and part.clause.marks[0].tag != "dass" and not (fully and self.shown.asks_yourself)
            stood = stood and not (said and not part.has("want", "stance", "modal", "choice"))
            if deed and not part.clause.asks and before is not None and before.text.lower() not in LEADING_IN:
                raise NotReadError  # "the town pays": nobody was asked whether it does
            pays = mark.tag == "topic" and wished and PAYS.match(lower.split()[-1])
            if pays and not any(one.value == "people" for one in topics) and not self.shown.asks_you_to(lower):
                raise NotReadError  # "readers would pay for it", where it was asked whether the town should
            wished = wished or (mark.tag == "modal" and subject)
            does = mark.tag in ("want", "say") or (mark.tag == "stance" and self.free.FINITE.match(mark.text))
            alone = mark.tag == "stance" and not lower.endswith("en")
            if does and spoken_of and not subject and (alone or not self._asks_of(part, mark)):
                raise NotReadError  # "the town wants it"
            if mark.tag == "tail" and not part.has("topic"):
                raise NotReadError
            if fully or (before is not None and before.tag == "who" and before.text[-1] in "'’"):
                pass  # "readers' rating of it"; or the question's own verb before an answer: "pays by card"
            elif mark.tag == "topic" and not stood:
                acts = before is not None and before.tag in ("who", "answered")
                self._need(not acts and not (amount and not self._goes_on(part, mark, before)))
            if (
                mark.tag in AMOUNTS
                and before is not None
                and before.tag == "for"
                and not self._in_eyes_of(part, before)
            ):
                raise NotReadError
            if mark.tag in AMOUNTS and before is not None and before.tag == "stance" and LEADS_ON.search(before.text):
                raise NotReadError  # "in favour of 41%"
            said = said or mark.tag == "say"
            stood = stood or mark.tag in ("stance", "want", "for", "say", "modal", "choice", "deed", *ORDERS)
            rests = mark.tag in ("filler", "near") and lower not in self.shown.words.DOES
            amount = mark.tag in AMOUNTS or (amount and rests)
            before = mark

    def _names_answer(self, part: Part) -> bool:
        """Whether a part names answers that are no side: what is said of them is what was asked, in its own words."""
        sides = set(self.shown.sides.values())
        named = part.of("choice")
        return bool(named) and not part.has("stance") and not any(mark.value in sides for mark in named)

    def _goes_on(self, part: Part, mark: Piece, before: Piece | None) -> bool:
        """Whether what is asked about stands behind a verb of no account, and an answer behind it: "give it good
        marks"."""
        follows = any(one.start > mark.start for one in part.of("choice", "stance"))
        return follows and before is not None and before.text.lower().split()[-1] not in OF

    def _in_eyes_of(self, part: Part, mark: Piece) -> bool:
        """Whether a "für" says in whose eyes something is so: "für 44 Prozent der Befragten sind es die Mieten"."""
        return mark.text.lower() == "für" and part.has("who", "group") and bool(part.of("choice"))

    def _asks_of(self, part: Part, mark: Piece) -> bool:
        """Whether those who want something stand behind the word, or a share before it."""
        marks = [one for one in part.clause.marks if one.tag != "filler"]
        at = marks.index(mark)
        asked = (*AMOUNTS, "near", "only", "who", "group", "answered")
        return any(one.tag in AMOUNTS for one in marks[:at]) or any(one.tag in asked for one in marks[at + 1 : at + 2])

    def _without_claim(self, part: Part) -> None:
        clause = part.clause
        if clause.has("near", "only", "points", "ratio", "number", *AMOUNTS):
            raise NotReadError
        if part.has("not") and not part.has(*REFS):
            raise NotReadError
        verbs = self.shown.words.DOES | self.shown.words.DEEDS
        stated = any(mark.text.lower() in verbs for mark in clause.marks[1:] if mark.tag in ("filler", "topic"))
        if stated and clause.has("topic") and not clause.has("who", "group", "answered", "dass", *REFS):
            raise NotReadError  # "the pool is open"
        if part.has("stance", "want", "choice", "for", "modal", "deed"):
            self._wish(part)
        elif (
            clause.has("who", "group")
            and not clause.has("answered", "say", "topic")
            and any(mark.text.lower() in self.shown.words.DOES for mark in clause.of("filler"))
        ):
            raise NotReadError  # "readers have had it"
        elif clause.has("who", "group") and clause.has("topic") and not self._prepared(clause):
            raise NotReadError

    def _prepared(self, clause: Clause) -> bool:
        return clause.heads or any(
            mark.tag == "filler" and behind.tag == "topic"
            for mark, behind in zip(clause.marks, clause.marks[1:], strict=False)
        )

    def _wish(self, part: Part) -> None:
        """Reads "readers want a park" as an answer that is ahead, for a pair of sides as a majority."""
        clause = part.clause
        if not clause.has("who", "group", "answered", "simulated"):
            if len(part.refs) == 1 and any(
                each.refs == part.refs and each.has("ratio", *AMOUNTS) and not each.has("not") for each in self.parts
            ):
                return  # "No way! 54 percent reject the toll": it is told with its share
            if clause.heads and not clause.has("want", "modal", "say", "deed"):
                return
            last = self.parts[self.place - 1] if self.place else None
            behind = self.parts[self.place + 1] if self.place + 1 < len(self.parts) else None
            if (
                part.refs
                and behind is not None
                and behind.has("percent", "part")
                and not (behind.refs or behind.flipped)
            ):
                return  # "no to the pool, say 57 percent"
            told = last is not None and last.has(*AMOUNTS, "ratio", "base")
            if last is not None and last.has("top") and last.clause.heads and not last.refs and len(part.refs) == 1:
                return  # "readers' favourite: a market hall"
            if last is not None and told and last.has("say") and not last.refs and part.refs and not self._others(part):
                return  # "22 percent say: a playground"
            if last is not None and told and clause.has("dass", "topic"):
                if part.refs and last.refs and part.refs != last.refs:
                    raise NotReadError
                return
            raise NotReadError
        if (clause.heads and self._nominal(clause)) or clause.marks[0].text.lower() in POINTING:
            return
        groups, periods = self._groups_meant(part), self._periods_meant(part)
        if len(periods) != 1 or not part.refs or len(part.refs) != 1 or not groups:
            raise NotReadError
        for group in groups:
            row = self._row(part.refs[0], group, periods[0])
            if part.refs[0] in self.shown.sides.values():
                if (row.low or 0) <= 0.5 or not self._settled(row, majority=True):
                    ahead = all(self.shown.leads(row, other) for other in self.shown.rivals(row))
                    if ahead and (row.value or 0) > 0.5 and self._settled(row, majority=True) and part.groups:
                        continue
                    if (
                        ahead
                        or clause.heads
                        or not any(
                            self.shown.apart(row, other) and (row.value or 0) < (other.value or 0)
                            for other in self.shown.rivals(row)
                        )
                    ):
                        raise NotReadError
                    reason = spoken("{share}: that is not {over}", share=self._said(row), over=spoken("more than half"))
                    self._fault(clause, clause, "majority", reason)
            else:
                ahead = all((row.value or 0) > (other.value or 0) for other in self.shown.rivals(row))
                self._need(not ahead or all(self.shown.leads(row, other) for other in self.shown.rivals(row)))
                self._hold_ahead(clause, row)
        self.claimed += 1

    def _others(self, part: Part) -> list[str]:
        return [ref for each in self.parts for ref in each.refs if each is not part and not each.clause.asks]

    def _nominal(self, clause: Clause) -> bool:
        """Whether a heading only names what is spoken of, as "pool support among readers" does."""
        subject = next(place for place, mark in enumerate(clause.marks) if mark.tag in ("who", "group", "answered"))
        return (
            subject > 0
            and clause.marks[subject - 1].tag == "filler"
            and not any(mark.tag in ("want", "say", "modal", "deed") for mark in clause.marks)
        )

    def _shares(self, part: Part) -> bool:
        """Holds the shares that a part tells, and returns whether it tells any."""
        ratios, amounts = part.of("ratio"), part.of(*AMOUNTS)
        if part.has("points") and amounts and not part.has("gap", "than"):
            raise NotReadError
        if ratios:
            if len(ratios) > 1 or amounts:
                raise NotReadError
            self._ratio(part, ratios[0])
            return True
        if not amounts:
            if part.has("near", "only") and not part.has("points", "base", *ORDERS):
                raise NotReadError
            return False
        bare = any(mark.tag == "number" for mark in amounts)
        if bare and not any(each.has("percent", "ratio") for each in self.parts):
            numbers = [each for each in self.parts if each.has("number")]
            self._need(len(numbers) > 1 and all(each.has(*REFS) for each in numbers))
        if len(amounts) == 1 and amounts[0].tag in ("majority", "most") and len(part.groups) > 1:
            self._need(not self.shown.view.every and not part.has("near", "only", "not"))
            for group in part.groups:  # "majorities of both men and women"
                self._hold(part, amounts[0], self._row(self._ref(part), group, None))
            return True
        if self._told_twice(part, amounts):
            row = self._row(self._ref(part), *self._one_cell(part))
            for mark in amounts:
                self._hold(part, mark, row)
            return True
        if len(amounts) == 1 and (self._names_steps(part) or self._takes_together(part)):
            rows = [self._summed(part)]
        else:
            rows = self._rows_told(part, amounts)
        for mark, row in zip(amounts, rows, strict=True):
            self._hold(part, mark, row)
        return True

    def _told_twice(self, part: Part, amounts: Sequence[Piece]) -> bool:
        """Whether a word and a number tell the same share: "a clear majority, 58 percent, would"."""
        kinds = {mark.tag for mark in amounts}
        words = kinds & {"majority", "part", "minority", "most"}
        alone = all(
            len(each) == 1 for each in (self._refs_meant(part), self._groups_meant(part), self._periods_meant(part))
        )
        return (
            len(amounts) == 2
            and "percent" in kinds
            and len(words) == 1
            and alone
            and not part.has("near", "only", "not")
        )

    def _rows_told(self, part: Part, amounts: Sequence[Piece]) -> list[EstimateRow]:
        many = len(amounts)
        refs, groups, periods = self._refs_meant(part), self._groups_meant(part), self._periods_meant(part)
        if not refs:
            raise NotReadError
        own = any(len(each) == many for each in (part.refs, part.groups, part.periods))
        if many > 1 and not own and sum(len(each) == many for each in (refs, groups, periods)) != 1:
            raise NotReadError
        if many == 1 and (len(refs), len(groups), len(periods)) != (1, 1, 1):
            self._need(len(refs) == len(periods) == 1 and len(groups) > 1)
            count = len(self.findings)
            for group in groups:
                self._hold(part, amounts[0], self._row(refs[0], group, periods[0]))
            # what holds in each of them holds, however they are joined; what does not may be told of all together
            self._need(len(self.findings) == count or self._of_each(part))
            groups = groups[:1]
        for each in (refs, groups, periods):
            if len(each) not in (1, many):
                raise NotReadError
        spread = [each if len(each) == many else [each[0]] * many for each in (refs, groups, periods)]
        self._check_turns(part, amounts)
        return [self._row(ref, group, period) for ref, group, period in zip(*spread, strict=True)]

    def _of_each(self, part: Part) -> bool:
        """Whether one number is told of each of several groups: "35 percent each", or behind "both level"."""
        before = self.parts[self.place - 1] if self.place else None
        return any(EACH.fullmatch(mark.text) for mark in part.of("filler")) or (
            before is not None and before.has("tie")
        )

    def _names_steps(self, part: Part) -> bool:
        """Whether "quite a lot or completely" names two answers, of which the number tells the sum."""
        marks = [one for one in part.clause.marks if one.tag in REFS or one.text.lower() in ("or", "oder")]
        tags = [one.tag for one in marks]
        single = self.shown.view.question.kind != "multiple" and not (self.shown.sides and not self.shown.degrees)
        return single and tags[-3:] == ["choice", "filler", "choice"] and tags.count("choice") == 2

    def _takes_together(self, part: Part) -> bool:
        """Whether a word says that several answers are meant together, here or in the words right before."""
        before = self.parts[self.place - 1] if self.place else None
        words = [*part.of("filler"), *(before.of("filler") if before is not None and not before.refs else ())]
        single = {one.value for one in self.shown.view.question.choices}
        return (
            any(TOGETHER.fullmatch(mark.text) for mark in words)
            and self.shown.view.question.kind != "multiple"
            and len(part.refs) > 1
            and set(part.refs) <= single
        )

    def _summed(self, part: Part) -> EstimateRow:
        """Returns the share of several answers together; raises where the text has another answer beside them."""
        steps = [mark.value for mark in part.of("choice")]
        nets = self.shown.parts
        sides = [self.shown.sides.get(mark.value, "") for mark in part.of("stance")]
        if self._takes_together(part):
            steps, sides = part.refs, []
        self._need(len(set(steps)) == len(steps) > 1 and not part.has("not"))
        self._need(all(set(steps) <= set(nets.get(side, ())) for side in sides))
        rows = [self._row(step, *self._one_cell(part)) for step in steps]
        share = sum(row.value or 0.0 for row in rows)
        reach = 1.96 * (share * (1 - share) / (rows[0].effective_n or rows[0].base_n or 1)) ** 0.5
        return replace(rows[0], label=" + ".join(row.label for row in rows), value=share, low=share - reach,
                       high=share + reach)  # fmt: skip

    def _check_turns(self, part: Part, amounts: Sequence[Piece]) -> None:
        """Raises where numbers and what they are told of do not take turns."""
        for tags in (("choice", "stance"), ("group",), ("period",)):
            places = [mark.start for mark in part.of(*tags)]
            numbers = [mark.start for mark in amounts]
            if len(numbers) > 1 and len(places) == len(numbers):
                steps = [at for pair in zip(places, numbers, strict=True) for at in sorted(pair)]
                same = len({place < number for place, number in zip(places, numbers, strict=True)}) == 1
                if not ((steps == sorted(steps) and same) or places[-1] < numbers[0] or numbers[-1] < places[0]):
                    raise NotReadError

    def _hold(self, part: Part, mark: Piece, row: EstimateRow) -> None:
        near = [one for one in part.of("near") if one.end <= mark.start]
        near = [one for one in near if not any(one.end <= other.start < mark.start for other in part.of(*AMOUNTS))]
        if len(part.of("near")) > len(part.of(*AMOUNTS)) or len(near) > 1:
            raise NotReadError
        if part.has("near") and not near and len(part.of(*AMOUNTS)) == 1:
            raise NotReadError
        most = NEARLY_HALF if mark.tag == "part" and mark.value == 0.5 else 0.5
        if part.has("only") and ((row.value or 0) > most or not only_before(part.clause, mark)):
            raise NotReadError
        if mark.tag == "count":
            self._hold_count(part, mark, row)
            return
        if mark.tag == "minority":
            if near:
                raise NotReadError
            if mark.value == "few":
                self._need((row.value or 1) <= FEW)
                return
            if (row.high or 1) >= 0.5:
                if (row.low or 0) > 0.5:
                    reason = self._said(row)
                    self._fault(mark, mark, "majority", reason, spoken("a majority"))
                    return
                raise NotReadError
            return
        if NARROW.search(mark.text) and (row.value or 0) > NARROWLY:
            raise NotReadError
        if mark.tag == "majority" and mark.value == CLEAR and 0.5 < (row.low or 0) < CLEAR:
            raise NotReadError
        if mark.tag in ("majority", "most") and near:
            raise NotReadError
        if near and near[0].value in ("over", "under") and abs((row.value or 0) - (mark.value or 0)) > FAR:
            raise NotReadError  # "more than a third" of 53 percent
        count = len(self.findings)
        sure = bool(part.refs) and mark.tag != "number" and not one_of_several(part.clause)
        self._hold_share(mark, row, near[0].value if near else None, sure=sure)
        if (
            len(self.findings) > count
            and mark.tag not in ("majority", "most")
            and (len(self.parts) > 2 or (near and abs((row.value or 0) - mark.value) <= FAR))
        ):
            raise NotReadError  # it may have been another share, or is a matter of taste

    def _hold_count(self, part: Part, mark: Piece, row: EstimateRow) -> None:
        """Holds "744 of the 1,200" and "nearly 1,200 readers for it" against the answers that were counted.

        Those of a weighted figure are not.
        """
        told, whole = mark.value
        exact = (row.value or 0.0) * (row.base_n or 0)
        count, near = round(exact), tuple(one.value for one in part.of("near") if one.end <= mark.start)
        self._need(
            not part.has("only", "not") and row.effective_n in (None, row.base_n) and whole in (None, row.base_n)
        )
        self._need(told not in {self.shown.view.base_n, *(one.base_n for one in self.shown.rows)} or told == count)
        low, high = {
            (): (told - 0.5, told + 0.5), ("nearly",): (told * (1 - NEAR_COUNT), told - 1),
            ("about",): (told * (1 - NEAR_COUNT / 2), told * (1 + NEAR_COUNT / 2)),
            ("just over",): (told + 1, told * (1 + NEAR_COUNT / 2)), ("over",): (told + 1, told * (1 + NEAR_COUNT)),
        }.get(near, (1.0, 0.0))  # fmt: skip
        self._need(low <= high)
        if not low - DUST <= exact <= high + DUST:
            self._need(not near or abs(exact - told) > NEAR_COUNT * told)
            reason = spoken("{what}: {count} answers", what=self._said(row), count=count_words(count, self.style))
            self._fault(mark, mark, "number", reason, count_words(count, self.style))

    def _ratio(self, part: Part, mark: Piece) -> None:
        """Holds "60 to 28 percent" against two answers, two groups or two periods, in the order they were named."""
        if part.has("near", "only", "number"):
            raise NotReadError
        if self._averages_told(part, mark):
            return
        refs, groups, periods = self._refs_meant(part), self._groups_meant(part), self._periods_meant(part)
        twos = [len(each) == 2 for each in (refs, groups, periods)]
        if len(refs) == 1 and not any(twos):
            other = self.shown.opposite(refs[0]) or self._only_other(refs[0]) or self._asked_beside(refs[0])
            if other is None:
                raise NotReadError
            refs, twos = [refs[0], other], [True, False, False]
        if sum(twos) != 1 or any(len(each) > 2 or not each for each in (refs, groups, periods)):
            raise NotReadError
        spread = [each if len(each) == 2 else [each[0]] * 2 for each in (refs, groups, periods)]
        rows = [self._row(ref, group, period) for ref, group, period in zip(*spread, strict=True)]
        for told, row in zip(mark.value, rows, strict=True):
            if told > 1:
                self._hold_count(part, replace(mark, value=(round(told * 100), row.base_n)), row)
                continue
            one = replace(mark, value=told, tag="percent")
            if not self._printed(one, row.value or 0.0):
                shown = any(self._printed(one, other.value or 0.0) for other in self.shown.cells_rows)
                if shown and not self._printed(replace(one, value=mark.value[0]), rows[1].value or 0.0):
                    raise NotReadError
                self._fault(mark, mark, "number", self._other_share(one, row))
                return

    def _averages_told(self, part: Part, mark: Piece) -> bool:
        """Holds "2.6 to 3.0" against the averages of two groups or periods; returns whether those are meant."""
        told = DECIMAL.findall(mark.text)
        rows = {(row.levels, row.period): row for row in self.shown.rows if row.statistic == "mean"}
        if len(told) != len(mark.value) or not rows or "%" in mark.text or "cent" in mark.text:
            return False
        groups, periods = self._groups_meant(part), self._periods_meant(part)
        cells = [(group, period) for group in groups for period in periods]
        self._need(len(cells) == len(told) and all(cell in rows for cell in cells))
        for number, cell in zip(told, cells, strict=True):
            places = len(number.replace(",", ".").partition(".")[2])
            self._need(round(rows[cell].value or 0.0, places) == round(float(number.replace(",", ".")), places))
        return True

    def _asked_beside(self, choice: str) -> str | None:
        """Returns the other of two answers that the text asks about before: "A park or flats? A park, by 36 to 28"."""
        asked = next((each.refs for each in self.parts if each.clause.asks and len(each.refs) == 2), [])
        return next((one for one in asked if one != choice), None) if choice in asked else None

    def _only_other(self, choice: str) -> str | None:
        others = [one.value for one in self.shown.view.question.choices if one.value != choice]
        return others[0] if len(others) == 1 else None

    def _ahead(self, part: Part) -> None:
        """Reads "A leads", "A is ahead of B", "more for A": what is named first is ahead, but after "behind"."""
        words = part.of("ahead", "behind", "lead")
        if len(words) != 1 or part.has("only"):
            raise NotReadError
        refs = part.refs or self._refs_meant(part)
        if words[0].value == "overtakes":
            self._need(len(refs) == 2 and not part.periods and not part.has("not", "near", "points", *AMOUNTS))
            begun, ended = self.shown.periods[0], self.shown.periods[-1]
            for moment, (behind, ahead) in ((begun, (refs[0], refs[1])), (ended, (refs[1], refs[0]))):
                less, more = self._row(behind, (), moment), self._row(ahead, (), moment)
                self._need(self.shown.apart(less, more) and (less.value or 0) < (more.value or 0))
            return
        group, period = self._one_cell(part)
        if words[0].tag == "behind" or (words[0].text.lower() in ("vor", "statt") and len(refs) > 1):
            at = words[0].start
            named = [mark for mark in part.of(*REFS) if mark.start < at]
            if not named or len(refs) != 2:
                raise NotReadError
            if words[0].tag == "behind":
                refs = refs[::-1]
        behind_it = len(refs) == 1 and len(part.of(*REFS)) == 1 and part.of(*REFS)[0].start > words[0].start
        if behind_it and BEATS.search(words[0].text):
            refs = [*self._around("refs"), *refs]  # "flats are second, ahead of a sports centre"
            self._need(len(set(refs)) == 2)
        if len(refs) == 1:
            if words[0].text.lower() in ("above", "vor", "statt", "instead of", "rather than"):
                raise NotReadError
            self._hold_ahead(part.clause, self._row(refs[0], group, period))
            return
        if len(refs) != 2:
            raise NotReadError
        one, other = (self._row(ref, group, period) for ref in refs)
        if NARROW.search(words[0].text) and (one.value or 0) - (other.value or 0) > NARROW_LEAD:
            raise NotReadError
        self._hold_order(part, one, other)
        if words[0].text.lower() in ("statt", "instead of", "rather than"):
            self._hold_ahead(part.clause, self._row(refs[0], group, period))

    def _by_points(self, part: Part) -> None:
        """Reads "A is 17 points ahead of B", "B trails A by 17 points", and "a 17-point lead"."""
        words, points = part.of("ahead", "behind", "lead"), part.of("points")
        self._need(len(words) == len(points) == 1 and not part.has("near", "not"))
        one, other = self._axis(part) if words[0].tag != "behind" else self._axis(part)[::-1]
        self._hold_order(part, one, other)
        self._need(points_fit(points[0], one, other))

    def _rank(self, part: Part) -> None:
        """Reads "flats come second": as many answers are clearly ahead of it, all others clearly behind."""
        words = part.of("rank")
        self._need(len(words) == 1 and not part.has("not", "near", "more", "fewer"))
        row = self._row(self._ref(part), *self._one_cell(part))
        rivals = self.shown.rivals(row)
        above = [one for one in rivals if (one.value or 0) > (row.value or 0)]
        self._need(len(above) == words[0].value - 1 and all(self.shown.apart(row, one) for one in rivals))

    def _without_majority(self, part: Part) -> None:
        """Reads "no majority for any plan", and for one that is named: none of them has half."""
        (word,) = part.of("no majority")[:1]
        if word.value == "neither":
            self._neither(part)
            return
        self._need(not part.has("not", "near", "only", *(AMOUNTS | ORDERS) - {"no majority"}) and len(part.refs) < 2)
        group, period = self._one_cell(part)
        (word,), refs = part.of("no majority"), list(part.refs)
        if not refs and part.has("topic") and (side := 1 if FOR.search(word.text) else 0) in self.shown.sides:
            refs = [self.shown.sides[side]]  # "no majority for the ban"
        named = [self._row(ref, group, period) for ref in refs]
        rows = named or [row for row in self.shown.cells[group, period] if row.statistic == "share"]
        self._need(bool(named) or self.shown.view.question.kind != "scale")
        self._need(all((row.high or 1) < 0.5 for row in rows))

    def _neither(self, part: Part) -> None:
        """Reads "neither supporters nor opponents reach half": of both less than half, clearly."""
        amounts = part.of(*AMOUNTS)
        self._need(len(amounts) == 1 and amounts[0].tag in ("part", "majority") and (amounts[0].value or 0.5) == 0.5)
        self._need(
            len(part.of("no majority")) == 1 and not part.has("not", "near", "only", *(ORDERS - {"no majority"}))
        )
        marks = tuple(mark for mark in part.clause.marks if mark.tag in REFS or mark.tag == "topic")
        refs = self._refs(replace(part.clause, marks=marks))[0]
        self._need(len(set(refs)) == len(refs) == 2)
        rows = [self._row(ref, *self._one_cell(part)) for ref in refs]
        self._need(all((row.high or 1) < 0.5 for row in rows))

    def _with_age(self, part: Part) -> None:
        """Reads "support rises with age": from each group of ages to the next no less, and in all clearly more."""
        ways = part.of("up", "down", "more", "fewer")
        self._need(len(ways) == 1 and not part.has("not", "near", "points", "only"))
        self._need(not self.shown.view.every and not self.shown.of_trouble)
        self._need(bool(part.of(*AMOUNTS)) == bool(part.groups))
        ref = self._ref(part)
        cells = list(dict.fromkeys(row.levels for row in self.shown.cells_rows))
        rows = [self._row(ref, levels, None) for levels in sorted(cells, key=self._age)]
        if ways[0].tag in ("down", "fewer"):
            rows = rows[::-1]
        if not any(self.shown.apart(one, other) for one, other in combinations(rows, 2)):
            self._need(self.shown.alike(rows[0], rows[-1]))
            told = spoken(" and ").join(self._where(each) for each in (rows[0], rows[-1]))
            reason = spoken("{groups} differ by no more than chance would bring", groups=told)
            self._fault(part.clause, part.clause, "difference", reason)
            return
        self._need(all((one.value or 0) <= (other.value or 0) for one, other in pairwise(rows)))
        self._need(self.shown.apart(rows[0], rows[-1]))
        self._shares(part)  # "from 41% of under-30s to 68% of over-60s"

    def _age(self, levels: tuple[str, ...]) -> int:
        found = ages(self.shown.group(levels))
        if found is None:
            raise NotReadError
        return found[0]

    def _echoes(self, part: Part) -> bool:
        """Reads "the old do not" behind "the young want it": a majority of them says the opposite."""
        before = self.parts[self.place - 1] if self.place else None
        tags = ("who", "group", "not", "modal", "filler", "cut", "and", "say")
        alone = all(mark.tag in tags for mark in part.clause.marks)
        if before is None or not before.groups or len(set(before.refs)) != 1 or before.has("not") or not alone:
            return False
        other = self.shown.opposite(before.refs[0])
        if other is None:
            return False
        rows = [self._row(other, group, None) for group in part.groups]
        self._need(not self.shown.view.every and all((row.low or 0) > 0.5 for row in rows))
        return True

    def _hold_order(self, part: Part, one: EstimateRow, other: EstimateRow) -> None:
        clause = part.clause
        answers = one.choice != other.choice
        if (
            self.shown.leads(one, other)
            if answers
            else (self.shown.apart(one, other) and (one.value or 0) > (other.value or 0))
        ):
            if answers and not self._settled_between(one, other):
                raise NotReadError
            return
        if answers:
            if (one.value or 0) < (other.value or 0):
                label = self.shown.label(other.choice or "")
                reason = spoken("it is the other way round: more say {answer}", answer=label)
            else:
                self._need(self.shown.apart(one, other) or self.shown.alike(one, other))
                reason = spoken("whether more say one than the other is not settled yet")
            self._fault(clause, clause, "lead", reason)
            return
        told = spoken(" and ").join(self._where(each) for each in (one, other))
        if self.shown.apart(one, other):
            label = self.shown.label(one.choice or "")
            reason = spoken("it is the other way round: {answer} of {groups}", answer=label, groups=told)
        else:
            self._need(self.shown.alike(one, other))
            reason = spoken("{groups} differ by no more than chance would bring", groups=told)
        self._fault(clause, clause, "difference", reason)

    def _first(self, part: Part) -> None:
        words = part.of("top", "least wanted")
        if len(words) != 1 or part.has("not"):
            raise NotReadError
        row = self._row(self._ref(part), *self._one_cell(part))
        if OUTDOES.search(words[0].text) and (part.groups or part.periods):
            # "most popular among women" may be said of the answers women gave, or of who gave it most often
            sign = 1 if words[0].tag == "top" else -1
            self._need(all(
                self.shown.apart(row, other) and sign * ((row.value or 0) - (other.value or 0)) > 0
                for other in self._elsewhere(row)
            ))  # fmt: skip
        if words[0].tag == "top":
            self._hold_ahead(part.clause, row)
            return
        unsure = self.shown.unsure_labels
        rivals = [one for one in self.shown.rivals(row) if self.shown.label(one.choice or "").lower() not in unsure]
        if not all(self.shown.apart(row, one) and (row.value or 0) < (one.value or 0) for one in rivals):
            raise NotReadError

    def _even(self, part: Part) -> None:
        if part.of("tie")[0].value == "chance" or (CHANGE.search(part.of("tie")[0].text) and self.shown.view.by):
            self._alike(part)
            return
        if CHANGE.search(part.of("tie")[0].text):
            self._steady(part)
            return
        if part.has("more", "fewer", "not", *(AMOUNTS - {"percent", "number"})):
            raise NotReadError
        if part.of("percent", "number") and len(part.refs) != len(part.of("percent", "number")):
            raise NotReadError
        if len(part.groups) == 2 and not part.of("percent", "number"):
            self._groups_even(part)
            return
        self._need(not part.has("every group") or not self.shown.view.by)
        group, period = self._one_cell(part)
        refs = part.refs if len(part.refs) == 2 else self._refs_meant(part)
        cell = self.shown.cells.get((group, period), [])
        singles = {one.value for one in self.shown.view.question.choices}
        if self.shown.view.question.kind == "scale":
            singles = set(self.shown.sides.values())
        ranked = sorted((row for row in cell if row.choice in singles), key=lambda row: -(row.value or 0))
        pair = [row for row in ranked if row.choice in refs] if len(refs) == 2 else ranked[:2]
        if len(refs) > 2 or len(pair) != 2:
            raise NotReadError
        first, second = pair
        if self.shown.apart(first, second):
            near = (first.value or 0) - (second.value or 0) <= DIVIDED and (first.value or 0) < NEARLY_HALF
            if near and DIVIDES.fullmatch(part.of("tie")[0].text) and self._both_told(pair):
                return  # with both shares beside it nobody is misled
            if part.has("steady", "up", "down") or near:
                raise NotReadError  # who is divided, and who is not, is a matter of taste there
            self._fault(part.clause, part.clause, "lead", spoken("ahead is {answer}", answer=self._said(first)))
        elif len(refs) == 2 and AS_MANY.search(part.of("tie")[0].text):
            self._need(abs((first.value or 0) - (second.value or 0)) <= AS_MANY_WITHIN)
        elif ranked[0].choice not in {row.choice for row in pair}:
            raise NotReadError
        elif part.of("tie")[0].value == "first":
            self._need(len(part.refs) == 2 and len(ranked) > 2 and self.shown.apart(second, ranked[2]))

    def _both_told(self, pair: Sequence[EstimateRow]) -> bool:
        """Whether the text tells the shares of both of them as they are printed, so that each reader can judge."""
        told = [mark for each in self.parts for mark in each.of("percent", "number")]
        ratios = [mark for each in self.parts for mark in each.of("ratio")]
        told += [replace(mark, tag="percent", value=one) for mark in ratios for one in mark.value]
        return len(told) == 2 and all(any(self._printed(one, row.value or 0.0) for one in told) for row in pair)

    def _groups_even(self, part: Part) -> None:
        """Reads "men and women level": the answer told beside it is as frequent in the one as in the other."""
        self._need(not self.shown.view.every and not part.has("near", "only"))
        one, other = (self._row(self._ref(part), group, None) for group in part.groups)
        self._need(not self.shown.apart(one, other) and abs((one.value or 0) - (other.value or 0)) <= DIVIDED)

    def _steady(self, part: Part) -> None:
        first, last = self._ends(part)
        if part.has("not", "group", "only", "majority", "most", "minority"):
            raise NotReadError
        if self._averages_alike(part, first, last):
            return
        refs = part.refs or ([] if part.has("number", "percent", "part") else self._around("refs"))
        if part.has("percent", "number", "part"):
            self._around_a_share(part)
        for row in self.shown.cells_rows:
            if row.period == first and (not refs or row.choice in refs):
                other = self._row(str(row.choice), row.levels, last)
                if self.shown.apart(row, other):
                    if not refs or not self.shown.far_apart(row, other):
                        raise NotReadError
                    what = self._said(other)
                    self._fault(
                        part.clause, part.clause, "change", spoken("there is a clear change: {what}", what=what)
                    )
                    return

    def _around_a_share(self, part: Part) -> None:
        """Holds "flat at around 19 percent": no period is clearly another, and the number lies among their shares."""
        numbers = part.of("percent", "number", "part")
        near = [mark.value for mark in part.of("near")]
        self._need(len(numbers) == 1 and near in ([], ["about"]) and not part.has("points", "ratio", "only"))
        if numbers[0].tag == "part":
            near = ["about"]
        ref = self._ref(part)
        rows = [self._row(ref, (), period) for period in self.shown.periods]
        told, shares = round(numbers[0].value * 100), [rounded_percent(row.value or 0) for row in rows]
        self._need(all((row.low or 0) <= numbers[0].value <= (row.high or 1) for row in rows))
        taste = 1 if numbers[0].tag == "part" else 0
        self._need(min(shares) - taste <= told <= max(shares) + taste and (bool(near) or told == shares[-1]))

    def _averages_alike(self, part: Part, first: str, last: str) -> bool:
        """Holds that an average did not move, and the number beside it; returns whether averages are meant."""
        if not self.shown.numbered or part.refs:
            return False
        self._need(not part.has("not", "only", "percent", "part", "ratio", "points", "majority", "most", "group"))
        rows = {row.period: row for row in self.shown.rows if row.statistic == "mean" and not row.levels}
        shown = [rows[period] for period in self.shown.periods if period in rows]
        self._need(len(shown) == len(self.shown.periods) and not self.shown.far_apart(rows[first], rows[last]))
        numbers, near = part.of("mean", "number"), [mark.value for mark in part.of("near")]
        self._need(len(numbers) < 2 and near in ([], ["about"]) and (bool(numbers) or not near))
        for mark in numbers:
            digits = re.search(r"\d+(?:[.,](\d+))?", mark.text)
            places = len(digits[1] or "") if digits else 0
            means = [round(row.value or 0.0, places) for row in shown]
            told = mark.value * (100 if mark.tag == "number" else 1)
            self._need(
                min(means) <= round(told, places) <= max(means) and (bool(near) or round(told, places) == means[-1])
            )
        return True

    def _alike(self, part: Part) -> None:
        """Reads "the gap is within chance": no two of the groups spoken of, or of all, lie clearly apart."""
        self._need(bool(self.shown.view.by) and not self.shown.view.every)
        self._need(not part.has("not", "only", "points", *AMOUNTS))
        self._need(all(mark.value == "nearly" for mark in part.of("near")))
        groups = part.groups or list(dict.fromkeys(group for each in self.parts for group in each.groups))
        if not groups:
            groups = list(dict.fromkeys(row.levels for row in self.shown.cells_rows))
        self._need(len(groups) > 1)
        if self.shown.numbered and not (part.refs or self._around("refs")):
            means = self._of_groups(part)
            self._need(all(not self.shown.apart(*pair) for pair in combinations([means[one] for one in groups], 2)))
            return
        refs = (
            part.refs or self._around("refs") or list(dict.fromkeys(str(row.choice) for row in self.shown.cells_rows))
        )
        for ref in refs:
            for one, other in combinations([self._row(ref, group, None) for group in groups], 2):
                if self.shown.far_apart(one, other):
                    told = spoken(" and ").join(self._where(each) for each in (one, other))
                    reason = spoken("{groups} differ by more than chance would bring", groups=told)
                    self._fault(part.clause, part.clause, "difference", reason)
                    return
                self._need(not self.shown.apart(one, other))

    def _across(self, part: Part) -> None:
        """Reads "falls from 61% of the youngest to 19% of the oldest": from each group of ages to the next."""
        ways, numbers = part.of("up", "down"), part.of("percent")
        self._need(len(ways) == 1 and len(numbers) == len(part.groups) == 2 and part.has("from", "to"))
        self._need(not part.has("near", "only", "not", "points", *(AMOUNTS - {"percent"})))
        cells = sorted(dict.fromkeys(row.levels for row in self.shown.cells_rows), key=self._age)
        first, last = (cells.index(group) for group in part.groups)
        self._need(first < last)
        ref = self._ref(part)
        rows = [self._row(ref, group, None) for group in cells[first : last + 1]]
        self._check_turns(part, numbers)
        for mark, row in zip(numbers, (rows[0], rows[-1]), strict=True):
            self._hold(part, mark, row)
        if ways[0].tag == "down":
            rows = rows[::-1]
        self._need(all((one.value or 0) <= (other.value or 0) for one, other in pairwise(rows)))
        self._need(self.shown.apart(rows[0], rows[-1]))

    def _ends(self, part: Part) -> tuple[str, str]:
        """Returns from when to when a change is told of: the periods that are named, else the first and the last."""
        if not self.shown.view.every or self.shown.view.by or len(self.shown.periods) < 2:
            raise NotReadError
        named = part.periods or [one for each in self.parts for one in each.periods]
        if not part.periods and all(self._tells_now(each) for each in self.parts if each.periods):
            named = []
        if part.has("from") and len(part.periods) == 1 and not part.has("to"):
            before = self._around("periods")  # "58 % in November, up from 48 % in September"
            named = [*part.periods, *before] if len(before) == 1 else named
        named = list(dict.fromkeys(named))
        order = self.shown.periods.index
        first, last = self.shown.periods[0], self.shown.periods[-1]
        times = part.of("period", "percent", "number")
        fallen = [mark.tag for mark in part.of("from", "period")] == ["from", "period"]
        if len(part.of("period")) > len(part.periods) or (
            fallen and len(times) == 3 and times[-1].tag == "period" and times[-1].value != first
        ):
            raise NotReadError  # "from 40 % in November", or twice the same month
        if len(part.periods) == 2 and order(part.periods[0]) > order(part.periods[1]):
            raise NotReadError  # "from November to September"
        if len(named) == 2 and order(named[0]) != order(named[1]):
            return (min(named, key=order), max(named, key=order))
        beside = not part.periods and any(each.periods == named and each.has("since", "from") for each in self.parts)
        if len(named) == 1 and (beside or part.has("since", "from")) and named[0] != last:
            return named[0], last
        if len(named) == 1 and self.shown.view.every == "day" and not part.has("since", "from"):
            return _day_before(named[0], self.shown.periods), named[0]
        if not named or (len(named) == 1 and named[0] == last and not part.has("since")):
            if len(named) == 1 and len(self.shown.periods) > 2 and not part.has("percent", "number", "ratio"):
                previous = self.shown.periods[-2]
                if not all(
                    self.shown.apart(self._row(str(row.choice), (), previous), self._row(str(row.choice), (), last))
                    == self.shown.apart(row, self._row(str(row.choice), (), last))
                    for row in self.shown.cells_rows
                    if row.period == first
                ):
                    raise NotReadError
            return first, last
        raise NotReadError

    def _tells_now(self, part: Part) -> bool:
        """Whether a part is told of now, which names no end of a change: "support falls: 42% now back it"."""
        now = re.compile("|".join(NOW[self.shown.language]), re.IGNORECASE)
        marks = part.of("period", "span")
        return bool(marks) and all(now.fullmatch(mark.text) for mark in marks)

    def _moved(self, part: Part) -> None:
        """Reads a rise or fall with the shares or points it is told with."""
        ways = part.of("up", "down")
        if self.shown.view.by and not self.shown.view.every:
            self._across(part)
            return
        times = ways[0].value if len(ways) == 1 and isinstance(ways[0].value, float) else None
        if len(ways) != 1 or part.has("only", "majority", "most", "minority", "group"):
            raise NotReadError
        once = self._was_once(part, ways[0])
        if part.has("near") and times is None and not once and (not part.has("points") or part.has("part")):
            raise NotReadError
        if self._average_moved(part, ways[0]):
            return
        self._need(not part.has("mean", "average"))
        if self.shown.view.every is None or (self.shown.of_trouble and not told_of_answers(self.clauses)):
            raise NotReadError
        first, last = self._ends(part)
        ref = self._ref(part)
        if part.flipped:
            raise NotReadError
        one, other = self._row(ref, (), first), self._row(ref, (), last)
        if ways[0].value == "majority":
            self._need(not part.has("near", "points", "ratio", *AMOUNTS))
            less, more = (one, other) if ways[0].tag == "up" else (other, one)
            self._need((less.high or 1) < 0.5 < (more.low or 0))
            return
        if ways[0].value == "sharp":
            self._need(abs((other.value or 0) - (one.value or 0)) >= SHARP)
        if times is not None:
            self._multiplied(part, times, one, other)
        numbers, points, ratios = part.of("percent", "part", "number"), part.of("points"), part.of("ratio")
        marks = part.clause.marks
        led = len(points) == len(numbers) == 1 and numbers[0].tag == "percent" and not part.has("near")
        led = led and marks[marks.index(numbers[0]) - 1].text.lower() in ("to", "auf") and not part.has("from")
        if len(numbers) + len(points) + 2 * len(ratios) > 2 or len(points) > 1:
            raise NotReadError
        if points and (numbers or ratios) and not led:
            raise NotReadError
        if points:
            self._hold_points(part, points[0], one, other)
        pairs: Iterable[tuple[Piece, EstimateRow]] = ()
        if ratios:
            pairs = [(replace(ratios[0], value=value, tag="percent"), row)
                     for value, row in zip(ratios[0].value, (one, other), strict=True)]  # fmt: skip
        elif len(numbers) == 2:
            marks = part.clause.marks
            later = marks[marks.index(numbers[1]) - 1].tag == "from"  # "to 32 % from 40 %"
            pairs = list(zip(numbers[::-1] if later else numbers, (one, other), strict=True))
        elif len(numbers) == 1:
            behind = part.clause.marks[part.clause.marks.index(numbers[0]) - 1]
            if part.has("from") and len(part.periods) == 1 and not part.has("to"):
                self._need(part.periods == [first])
                pairs = [(numbers[0], one)]
            elif once:
                self._hold(part, numbers[0], one)
            else:
                self._need(behind.tag in ("to", "versus") or behind.text.lower() in ("to", "auf", "at"))
                pairs = [(numbers[0], other)]
        for mark, row in pairs:
            near = abs((row.value or 0.0) - mark.value) <= TASTE / 2 if mark.tag == "part" else None
            self._need(self._printed(mark, row.value or 0.0) if near is None else near)
        gap = (other.value or 0) - (one.value or 0)
        clause = part.clause
        if ways[0].value == "ever" and self.shown.apart(one, other):  # each time, not only in the end
            line = [self._row(ref, (), period).value or 0 for period in self.shown.periods]
            self._need(line in (sorted(set(line)), sorted(set(line), reverse=True)))
            self._need(not part.has("percent", "points"))
        if not self.shown.apart(one, other):
            self._need((not part.periods or self.shown.view.every != "day") and self.shown.alike(one, other))
            reason = spoken("no change in this figure is clearly larger than chance")
            self._fault(clause, clause, "change", reason, spoken("no clear change"))
        elif (gap > 0) != (ways[0].tag == "up"):
            raise NotReadError

    def _was_behind(self, part: Part) -> bool:
        """Whether behind a share without a time another one stands with its own, and no time before either."""
        at = next((at for at, each in enumerate(self.parts) if each is part), len(self.parts))
        timed = [each for each in self.parts if each.periods]
        return len(timed) == 1 and timed[0] in self.parts[at + 1 :] and timed[0].has(*AMOUNTS)

    def _once_behind(self, part: Part) -> bool:
        """Whether what it was stands right behind a part, as "up from 42%" does: then that part tells what it is."""
        at = next((at for at, each in enumerate(self.parts) if each is part), None)
        behind = self.parts[at + 1] if at is not None and at + 1 < len(self.parts) else None
        return behind is not None and behind.has("up", "down") and self._only_once(behind)

    def _only_once(self, part: Part) -> bool:
        """Whether a part is only a way and a share that it was before: "down from almost half"."""
        told = [mark for mark in part.clause.marks if mark.tag not in ("filler", "near")]
        tags = [mark.tag for mark in told if mark.tag not in ("from", "period")]
        return (
            len(tags) == 2
            and tags[0] in ("up", "down")
            and tags[1] in ("percent", "part")
            and any(mark.text.lower() in ("from", "von", "nach") for mark in part.clause.marks)
        )

    def _was_once(self, part: Part, way: Piece) -> bool:
        """Whether a part such as "down from 42%" says what it was, behind what it is now."""
        before = self.parts[self.place - 1] if self.place else None
        told = before is not None and before.has("percent", "part") and len(before.of("percent", "part")) == 1
        return bool(
            told
            and before is not None
            and isinstance(way.value, str | None)
            and self._only_once(part)
            and self._periods_meant(before) == self.shown.periods[-1:]
        )

    def _average_moved(self, part: Part, way: Piece) -> bool:
        """Holds "the score sinks from 6.1 to 5.2" against two averages; returns whether those are meant."""
        told = [number for mark in part.of("ratio", "mean", "number") for number in DECIMAL.findall(mark.text)]
        averages = told or part.has("mean", "average") or any(RATED.fullmatch(mark.text) for mark in part.of("filler"))
        averages = averages or bool(part.of("topic"))
        named = part.has("mean", "average")
        refs = part.refs if named else self._refs_meant(part)
        if not (self.shown.numbered or named) or refs or not averages or part.has("percent", "part"):
            return False
        points, near = part.of("points"), [each.value for each in part.of("near")]
        self._need(not part.flipped and not part.has("only", "not", "group", "highest", "lowest"))
        self._need(len(points) < 2 and not (points and told) and bool(points) >= bool(near))
        self._need(not self.shown.view.by and way.value in (None, "ever") and len(told) in (0, 2))
        rows = {row.period: row for row in self.shown.rows if row.statistic == "mean" and not row.levels}
        ends = self._ends(part)
        self._need(all(period in rows for period in ends))
        one, other = (rows[period] for period in ends)
        for number, row in zip(told, (one, other), strict=False):
            places = len(number.replace(",", ".").partition(".")[2])
            self._need(round(row.value or 0.0, places) == round(float(number.replace(",", ".")), places))
        self._need(self.shown.apart(one, other))
        self._need(((other.value or 0) > (one.value or 0)) == (way.tag == "up"))
        if way.value == "ever":
            line = [rows[period].value or 0 for period in self.shown.periods if period in rows]
            self._need(line == sorted(line, reverse=way.tag == "down"))
        self._need(not points or averages_fit(points[0], one, other, near))
        return True

    def _multiplied(self, part: Part, times: float, one: EstimateRow, other: EstimateRow) -> None:
        """Holds "doubles", "almost trebles" or "halves" against a share before and after."""
        more = times if times > 1 else 1 / times
        before, after = (one, other) if times > 1 else (other, one)
        ratio = (after.value or 0) / (before.value or 1) / more
        near = [mark.value for mark in part.of("near")]
        self._need(len(near) < 2 and not part.has("not"))
        low, high = {
            (): (TWICE_LOW, TWICE_HIGH), ("nearly",): (ALMOST, 1.0), ("about",): (ALMOST, TWICE_HIGH),
            ("over",): (1.02, 1.5), ("just over",): (1.0, 1.2),
        }.get(tuple(near), (1.0, 0.0))  # fmt: skip
        self._need(low <= ratio <= high)

    def _compare(self, part: Part) -> None:
        """Reads "more A than B": of two groups, periods or answers, the rest the same."""
        clause = part.clause
        self._need(not self.shown.of_trouble or told_of_answers(self.clauses))
        thans, ways = clause.of("than"), clause.of("more", "fewer")
        if (
            len(thans) != 1
            or len(ways) != 1
            or (part.has("near") and not part.has("points"))
            or part.has("times", "only", "ahead", "part", "majority", "most")
        ):
            raise NotReadError
        at = clause.marks.index(thans[0])
        if clause.marks.index(ways[0]) > at or not clause.marks[at + 1 :]:
            raise NotReadError
        left, right = (self._part(Clause(tuple(marks))) for marks in (clause.marks[:at], clause.marks[at + 1 :]))
        if ways[0].value == "against":
            self._need(-1 in self.shown.sides and not left.refs and not right.refs and not part.has("not"))
            part.refs = left.refs = [self.shown.sides[-1]]
        elif self._averages_compared(part, left, right, ways[0]):
            return
        one, other = self._two_sides(part, left, right)
        if one.choice != other.choice:
            part.refs = [str(one.choice), str(other.choice)]
        if ways[0].tag == "fewer":
            one, other = other, one
        self._hold_order(part, one, other)
        points = part.of("points")
        if points:
            self._need(len(points) == 1)
            self._hold_points(part, points[0], one, other)
        if part.of(*AMOUNTS):
            raise NotReadError

    def _hold_points(self, part: Part, mark: Piece, one: EstimateRow, other: EstimateRow) -> None:
        """Holds "20 points", "a good 20", "nearly 20", "about 20" and "more than 20" against two shares as printed."""
        self._need(points_fit(mark, one, other, [each.value for each in part.of("near")]))

    def _averages_compared(self, part: Part, left: Part, right: Part, way: Piece) -> bool:
        """Holds "women are happier with it than men" against the averages; returns whether those are meant."""
        if not (self.shown.numbered or way.value == "quality") or left.refs or right.refs:
            return False
        self._need(
            not part.has("not", "times", "percent", "number", "mean", *(("near",) if not part.has("points") else ()))
        )
        self._need((bool(part.of("topic")) or way.value == "quality") and not (left.flipped or right.flipped))
        rows = {(row.levels, row.period): row for row in self.shown.rows if row.statistic == "mean"}
        if self.shown.view.every:
            begun = left.periods or [self.shown.periods[-1]]
            self._need(not self.shown.view.by and len(begun) == len(right.periods) == 1 and begun != right.periods)
            pair: list[GroupAt] = [((), begun[0]), ((), right.periods[0])]
        else:
            self._need(len(left.groups) == len(right.groups) == 1 and left.groups != right.groups)
            pair = [(left.groups[0], None), (right.groups[0], None)]
        self._need(all(cell in rows for cell in pair))
        one, other = (rows[cell] for cell in (pair if way.tag == "more" else pair[::-1]))
        self._need(self.shown.apart(one, other) and (one.value or 0) > (other.value or 0))
        points = part.of("points")
        near = [each.value for each in part.of("near")]
        self._need(len(points) < 2 and (not points or averages_fit(points[0], one, other, near)))
        return True

    def _compare_headed(self, part: Part) -> None:
        """Reads "younger ones more often with a comma: 66 %, older ones 52 %": the other group is named behind."""
        words = [mark for mark in part.of("more", "fewer") if mark.text.lower() not in RATHER]
        self._need(not any(mark.value == "against" for mark in words))
        groups = list(dict.fromkeys(group for each in self.parts for group in each.groups))
        self._need(not part.has("not", "near", "only", *AMOUNTS) and not self.shown.view.every)
        self._need(len(words) == 1 and len(part.groups) == 1)
        if len(groups) == 1:
            self._beside_all_others(part, words[0])
            return
        self._need(len(groups) == 2)
        self._need(part.clause.heads or len({row.levels for row in self.shown.cells_rows}) == len(groups))
        ref, (other,) = self._ref(part), [group for group in groups if group != part.groups[0]]
        one, two = self._row(ref, part.groups[0], None), self._row(ref, other, None)
        self._hold_order(part, *((one, two) if words[0].tag == "more" else (two, one)))

    def _beside_all_others(self, part: Part, word: Piece) -> None:
        """Reads "older readers are less keen on it": than those of each other group, clearly."""
        self._need(len(self.shown.view.by) == 1 and not self.shown.of_trouble)
        rows = self._of_groups(part)
        mine = rows.pop(part.groups[0])
        sign = 1 if word.tag == "more" else -1
        self._need(bool(rows))
        for row in rows.values():
            self._need(self.shown.apart(mine, row) and sign * ((mine.value or 0) - (row.value or 0)) > 0)

    def _of_groups(self, part: Part) -> dict[tuple[str, ...], EstimateRow]:
        """Returns by group the share of the answer that is spoken of, or the average where none is."""
        found = list(dict.fromkeys(row.levels for row in self.shown.cells_rows))
        if self.shown.numbered and not self._refs_meant(part):
            rows = {row.levels: row for row in self.shown.rows if row.statistic == "mean" and row.period is None}
            self._need(set(found) <= set(rows) and not part.flipped)
            return {levels: rows[levels] for levels in found}
        ref = self._ref(part)
        return {levels: self._row(ref, levels, None) for levels in found}

    def _two_sides(self, part: Part, left: Part, right: Part) -> tuple[EstimateRow, EstimateRow]:
        for what in ("groups", "periods"):
            one, other = getattr(left, what), getattr(right, what)
            if what == "periods" and len(other) == 1 and not one and not self.shown.view.by:
                one = [self.shown.periods[-1]]  # "more readers than a month ago": now
            if len(one) == len(other) == 1 and one != other:
                refs = list(dict.fromkeys([*left.refs, *right.refs])) or self._refs_meant(part)
                if len(refs) != 1 or (left.flipped or right.flipped):
                    raise NotReadError
                if what == "groups":
                    periods = self._periods_meant(Part(part.clause))
                    if len(periods) != 1:
                        raise NotReadError
                    return self._row(refs[0], one[0], periods[0]), self._row(refs[0], other[0], periods[0])
                groups = self._groups_meant(Part(part.clause))
                if len(groups) != 1:
                    raise NotReadError
                return self._row(refs[0], groups[0], one[0]), self._row(refs[0], groups[0], other[0])
        if right.groups or right.periods:
            raise NotReadError
        cell = self._one_cell(left if left.groups or left.periods else part)
        if len(left.refs) == 1 and not right.refs and right.flipped:
            other_side = self.shown.opposite(left.refs[0])
            if other_side is None:
                raise NotReadError
            return self._row(left.refs[0], *cell), self._row(other_side, *cell)
        if len(left.refs) != 1 or len(right.refs) != 1 or left.refs == right.refs:
            raise NotReadError
        return self._row(left.refs[0], *cell), self._row(right.refs[0], *cell)

    def _axis(self, part: Part) -> tuple[EstimateRow, EstimateRow]:
        """Returns the two shares that a gap or a ratio is told of, in the order they are named."""
        refs, groups, periods = self._refs_meant(part), self._groups_meant(part), self._periods_meant(part)
        twos = [len(each) == 2 for each in (refs, groups, periods)]
        if sum(twos) == 0 and len(refs) == 1 and (other := self.shown.opposite(refs[0])):
            refs, twos = [refs[0], other], [True, False, False]
        if sum(twos) != 1 or any(len(each) not in (1, 2) for each in (refs, groups, periods)):
            raise NotReadError
        spread = [each if len(each) == 2 else [each[0]] * 2 for each in (refs, groups, periods)]
        one, other_row = (self._row(*cell) for cell in zip(*spread, strict=True))
        return one, other_row

    def _gap(self, part: Part) -> None:
        words, points = part.of("gap"), part.of("points")
        if part.has("near", "not", "ahead", "behind") or len(points) > 1:
            raise NotReadError
        told = {group for each in self.parts for group in each.groups}
        if not part.groups and self.shown.view.by and len(told) < 2:
            part.groups = list(dict.fromkeys(row.levels for row in self.shown.cells_rows))
            self._need(len(part.groups) == 2 and len(self.shown.view.by) == 1 and bool(points))
        one, other = self._axis(part)
        if any(mark.value == "lead" for mark in words):
            self._hold_order(part, one, other)
        elif not self.shown.apart(one, other):
            raise NotReadError
        if points:
            self._need(points_fit(points[0], one, other))
        elif not part.has("ratio", *AMOUNTS) and not any(mark.value == "lead" for mark in words):
            self._need(any(each.has("points", "ratio", *AMOUNTS) for each in self.parts))  # it is told beside it
        for each in self.parts:
            if each is not part and each.has("points") and not each.has("gap", "up", "down", "than"):
                self._need(points_fit(each.of("points")[0], one, other))

    def _times(self, part: Part) -> None:
        times = part.of("times")
        one, other = self._axis(part)
        ratio = (one.value or 0) / (other.value or 1)
        near = [mark.value for mark in part.of("near")]
        if len(times) != 1 or part.has("not", "only") or len(near) > 1 or not self.shown.apart(one, other):
            raise NotReadError
        low, high = {
            (): (TWICE_LOW, TWICE_HIGH), ("nearly",): (ALMOST, 1.0), ("about",): (ALMOST, TWICE_HIGH),
            ("over",): (1.02, 1.5), ("just over",): (1.0, 1.2),
        }.get(tuple(near), (1.0, 0.0))  # fmt: skip
        if not low <= ratio / times[0].value <= high:
            raise NotReadError

    def _extreme(self, part: Part) -> None:
        """Reads in which group or period an answer is told most or least often."""
        words = part.of("highest", "lowest")
        if len(words) != 1 or part.has("not", "near", "only", "gap", "times"):
            raise NotReadError
        cell = self._one_cell(part)
        ref = self._ref(part)
        row = self._row(ref, *cell)
        others = self._elsewhere(row)
        if not others or (self.shown.view.by and self.shown.view.every):
            raise NotReadError
        sign = 1 if words[0].tag == "highest" else -1
        if OFTEN.search(words[0].text) and not self.shown.sides:
            # "older readers most often name buses" may also be said of the answers that those gave
            rivals = self.shown.rivals(row)
            first = all(self.shown.apart(row, one) and (row.value or 0) > (one.value or 0) for one in rivals)
            self._need(first and sign > 0)
        for other in others:
            if sign * ((row.value or 0) - (other.value or 0)) < 0 and self.shown.apart(row, other):
                reason = self._said(other)
                self._fault(part.clause, part.clause, "difference", reason)
                return
            if not (self.shown.apart(row, other) and sign * ((row.value or 0) - (other.value or 0)) > 0):
                raise NotReadError

    def _elsewhere(self, row: EstimateRow) -> list[EstimateRow]:
        """Returns the shares of the same answer in the other groups and periods."""
        return [
            other for other in self.shown.cells_rows
            if other.choice == row.choice and (other.levels, other.period) != (row.levels, row.period)
            and (other.period is None or other.period in self.shown.periods)
        ]  # fmt: skip

    def _differ(self, part: Part) -> None:
        groups = part.groups or (self._around("groups") if self.shown.view.by else [])
        if part.has("not", "only", "near", *AMOUNTS) or self.shown.view.every or not self.shown.view.by:
            raise NotReadError
        if len(groups) < 2:
            groups = list(dict.fromkeys(row.levels for row in self.shown.cells_rows))
        refs = part.refs or list(dict.fromkeys(str(row.choice) for row in self.shown.cells_rows))
        pairs = [
            (self._row(ref, one, None), self._row(ref, other, None))
            for ref in refs for place, one in enumerate(groups) for other in groups[place + 1 :]
        ]  # fmt: skip
        if not any(self.shown.apart(*pair) for pair in pairs):
            raise NotReadError

    def _means(self, part: Part) -> None:
        """Reads averages: one, or one of each group that is named."""
        clause = part.clause
        if part.has("up", "down") and not part.has("bottom of"):
            return  # how an average moved is read as a change
        if part.has(
            "percent", "part", "majority", "most", "minority", "ratio", "near", "not", "gap", "than", "up", "down"
        ):
            raise NotReadError
        marks = part.of("mean", "number")
        by_cell = {(row.levels, row.period): row for row in self.shown.rows if row.statistic == "mean"}
        groups, periods = self._groups_meant(part), self._periods_meant(part)
        if len(periods) != 1 or not by_cell:
            raise NotReadError
        if (part.refs and part.refs != [self.shown.sides.get(1)]) or part.flipped:
            raise NotReadError
        rows = [by_cell[group, periods[0]] for group in groups if (group, periods[0]) in by_cell]
        if len(rows) != len(groups):
            raise NotReadError
        if part.has("bottom of"):
            steps = [one.score for one in self.shown.view.question.choices if one.score is not None]
            middle, way = (min(steps) + max(steps)) / 2, part.of("bottom of")[0].value
            for row in rows:
                if not way:
                    self._need(abs((row.value or 0) - middle) <= MIDDLING * (max(steps) - min(steps)))
                    continue
                inside = (row.low or 0) <= middle <= (row.high or 0)
                if inside or ((row.value or 0) - middle) * way < 0:
                    if not inside and not marks:
                        self._fault(
                            clause, clause, "number", spoken("the mean is {mean}", mean=round(row.value or 0, 2))
                        )
                        return
                    raise NotReadError
        if part.has("highest", "lowest"):
            sign = 1 if part.has("highest") else -1
            (mine,) = rows if len(rows) == 1 else (None,)
            for row in by_cell.values():
                if mine is None or (
                    row is not mine
                    and not (self.shown.apart(mine, row) and sign * ((mine.value or 0) - (row.value or 0)) > 0)
                ):
                    raise NotReadError
        if len(marks) == 1 < len(rows) and any(EACH.fullmatch(mark.text) for mark in part.of("filler")):
            marks = marks * len(rows)
        if marks and len(marks) != len(rows):
            raise NotReadError
        if not marks and not part.has("bottom of", "highest", "lowest"):
            self._need(any(each.has("mean") for each in self.parts))
        for mark, row in zip(marks, rows, strict=False):
            numbers = re.findall(r"\d+(?:[.,]\d+)?", mark.text)
            decimals = len(numbers[0].replace(",", ".").partition(".")[2])
            scores = [one.score for one in self.shown.view.question.choices if one.score is not None]
            if len(numbers) > 1 and float(numbers[-1].replace(",", ".")) != max(scores, default=0):
                raise NotReadError  # "2.9 out of 10" on a scale of five
            told = mark.value * (100 if mark.tag == "number" else 1)
            if round(row.value or 0.0, decimals) != round(told, decimals):
                raise NotReadError
        if len(set(marks)) == len(marks):
            self._check_turns(part, marks)


def points_fit(mark: Piece, one: EstimateRow, other: EstimateRow, near: Sequence[str] = ()) -> bool:
    """Whether two shares are as many points apart as is told, by themselves or as both are printed."""
    told, gap = mark.value * 100, abs((one.value or 0.0) - (other.value or 0.0)) * 100
    if DECIMAL.search(mark.text):
        return not near and abs(gap - told) <= 0.05 + DUST
    printed = abs(rounded_percent(one.value or 0) - rounded_percent(other.value or 0))
    low, high = {
        (): (told - 0.5, told + 0.5), ("just over",): (told, told + 3), ("nearly",): (told - 3, told - DUST),
        ("about",): (told - 1.5, told + 1.5), ("over",): (told, told + 5), ("least",): (told, told + 5),
    }.get(tuple(near), (1.0, 0.0))  # fmt: skip
    if near and near[0] == "nearly" and abs(gap - told) < 0.05:
        return False
    return low - DUST <= gap <= high + DUST or (not near and printed == round(told))


def averages_fit(mark: Piece, one: EstimateRow, other: EstimateRow, near: Sequence[str]) -> bool:
    """Whether two averages are as many points of the scale apart as is told."""
    told, gap = mark.value * 100, abs((one.value or 0.0) - (other.value or 0.0))
    if DECIMAL.search(mark.text):
        return not near and round(gap, 1) == round(told, 1)
    low, high = {
        (): (told - 0.12, told + 0.12), ("just over",): (told, told + 0.3), ("nearly",): (told - 0.25, told - DUST),
        ("about",): (told - 0.25, told + 0.25), ("over",): (told, told + 0.5),
    }.get(tuple(near), (1.0, 0.0))  # fmt: skip
    return low <= gap <= high


def _in_order(marks: Iterable[Piece]) -> list[Any]:
    return list(dict.fromkeys(mark.value for mark in marks))


def _day_before(day: str, days: Sequence[str]) -> str:
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    if before not in days:
        raise NotReadError
    return before


def cut_freely(marks: Sequence[Piece]) -> list[Clause]:
    """Returns the parts of a text, cut where a new claim begins."""
    claims: frozenset[Tag] = AMOUNTS | frozenset[Tag]({"ratio", "points"})
    marks = _for_beside_against(_denied_halves(_answers_no(marks)))
    marks = _no_longer(_with_the_stretch(_from_to(without_asides(_without_relatives(marks)))))
    before_than = [at for at, (one, after) in enumerate(pairwise(marks)) if one.text == "," and after.tag == "than"]
    if marks and marks[0].tag == "with age":
        before_than += [at for at, mark in enumerate(marks[:2]) if mark.text == ","]  # "the older, the more often"
    return cut_at(marks, partial(_begins, claims=claims), before_than)


def _answers_no(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks with the "no" of "yes leads no by 9 points" as the answer that it is, where yes is named."""
    found = list(marks)
    yes = any(re.match(r"(?:the )?yes\b", mark.text.lower()) for mark in marks if mark.tag in REFS)
    for place, mark in enumerate(marks):
        if not (yes and mark.tag == "not" and mark.text.lower() == "no"):
            continue
        before, behind = (marks[at] if 0 <= at < len(marks) else None for at in (place - 1, place + 1))
        stands = before is not None and before.tag in ("ahead", "behind")
        ends = behind is None or behind.tag in ("cut", "points", "by", "percent") or behind.text.lower() in BEHIND_NO
        leads = behind is not None and behind.tag in ("ahead", "behind") and bool(LEADS.match(behind.text))
        if (stands and ends) or (leads and (before is None or before.tag == "cut")):
            found[place] = replace(mark, tag="stance", value=-1)
    return found


def _for_beside_against(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks with the "for" of "more for it than against" as the side that it is beside the other."""
    found = list(marks)
    for place, mark in enumerate(marks):
        if mark.text.lower() in JOINS_SIDES:
            before = next((at for at in range(place - 1, -1, -1) if _is_side(marks[at])), None)
            behind = next((at for at in range(place + 1, len(marks)) if _is_side(marks[at])), None)
            pair = [at for at in (before, behind) if at is not None and not _cut_between(marks, at, place)]
            tags = sorted(marks[at].tag for at in pair)
            if tags == ["for", "stance"] and any(marks[at].value == -1 for at in pair):
                at = next(at for at in pair if marks[at].tag == "for")
                found[at] = replace(marks[at], tag="stance", value=1)
    return found


def _is_side(mark: Piece) -> bool:
    return mark.tag == "for" or (mark.tag == "stance" and bool(AGAINST_IT.fullmatch(mark.text)))


def _cut_between(marks: Sequence[Piece], one: int, other: int) -> bool:
    first, last = sorted((one, other))
    return any(mark.tag in ("cut", "question") for mark in marks[first:last])


def _no_longer(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks without the "mehr" that ends "wollen keine Maut mehr": it compares nothing."""
    found: list[Piece] = []
    denied = False
    for place, mark in enumerate(marks):
        behind = marks[place + 1] if place + 1 < len(marks) else None
        ends = behind is None or behind.tag in ("cut", "question")
        denied = mark.tag not in ("cut", "question") and (denied or bool(DENYING.search(mark.text)))
        if not (denied and ends and mark.tag == "more" and mark.text.lower() == "mehr"):
            found.append(mark)
    return found


def _denied_halves(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks with "not with more than half" and "not a majority" as the minority that it is."""
    found: list[Piece] = []
    place = 0
    while place < len(marks):
        if marks[place].tag == "not" and marks[place].text.lower() in ("not", "nicht", "no", "keine"):
            at = place + 1
            while at < len(marks) and marks[at].tag == "filler":
                at += 1
            over = at < len(marks) and marks[at].tag == "near" and marks[at].value == "over"
            half = marks[at + over] if at + over < len(marks) else None
            if half is not None and (
                (over and half.tag == "part" and half.value == 0.5) or (half.tag == "majority" and half.value == 0.5)
            ):
                told = " ".join(one.text for one in marks[place : at + over + 1])
                found.append(Piece(marks[place].start, half.end, told, "minority", 0.5))
                place = at + over + 1
                continue
        found.append(marks[place])
        place += 1
    return found


def _without_relatives(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks without the commas around what is told of those who answered, as in "readers, who pay, ..."."""
    found = list(marks)
    for place, mark in enumerate(marks[:-1]):
        opens = mark.text == "," and place and marks[place - 1].tag in ("who", "group", "answered")
        if opens and marks[place + 1].text.lower() in ("die", "who", "welche"):
            closes = next((at for at in range(place + 2, len(marks)) if marks[at].tag in ("cut", "question")), None)
            if closes is not None and marks[closes].text == ",":
                return [one for at, one in enumerate(found) if at not in (place, closes)]
    return found


def _from_to(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks with "from" and "to" as such before amounts: "from a third to 46 percent"."""
    found = list(marks)
    at = [place for place, mark in enumerate(found) if mark.tag in ("filler", "from", "to")]
    for opens in at:
        if found[opens].text.lower() not in ("from", "von"):
            continue
        first = _next_said(found, opens)
        closes = first + 1
        if first >= len(found) or found[first].tag not in ENDS_TOLD or closes >= len(found):
            continue
        last = _next_said(found, closes)
        if found[closes].text.lower() in ("to", "auf") and last < len(found) and found[last].tag in ENDS_TOLD:
            found[opens], found[closes] = replace(found[opens], tag="from"), replace(found[closes], tag="to")
    return found


def _next_said(marks: Sequence[Piece], place: int) -> int:
    """Returns the place of the next mark that is no article."""
    return next((at for at in range(place + 1, len(marks)) if marks[at].text.lower() not in BARE), len(marks))


def _with_the_stretch(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks without the colon or comma between a rise or fall and from what to what it went."""
    found: list[Piece] = []
    moved = told = False
    colon = next((place for place, mark in enumerate(marks) if mark.tag == "cut"), len(marks))
    told_first = {mark.tag for mark in marks[:colon]}
    if told_first <= {"from", "ratio", "percent", "number", "to", "filler"} and "from" in told_first:
        end = next((at for at in range(colon + 1, len(marks)) if marks[at].tag == "cut"), len(marks))
        if any(mark.tag in ("up", "down") for mark in marks[colon + 1 : end]):  # "from 40 to 57 percent: support grows"
            marks = [*marks[colon + 1 : end], *marks[:colon], *marks[end:]]
    for place, mark in enumerate(marks):
        behind = marks[place + 1] if place + 1 < len(marks) else None
        if mark.text == "," and found and found[-1].tag == "every group" and not told:
            continue
        if mark.tag == "cut" and behind is not None and behind.tag in ("from", "ratio") and moved and not told:
            continue
        found.append(mark)
        if mark.tag in ("cut", "question"):
            moved = told = False
        moved = moved or mark.tag in ("up", "down")
        told = told or mark.tag in AMOUNTS or mark.tag in ("ratio", "points")
    return found


def _begins(before: Sequence[Piece], after: Sequence[Piece], *, claims: frozenset[Tag]) -> bool:
    ahead: list[Piece] = []
    for mark in after:
        if mark.tag in ("cut", "question", "and"):
            break
        ahead.append(mark)
    sides = ("choice", "stance", "want")
    return (any(mark.tag in claims for mark in before) and any(mark.tag in claims for mark in ahead)) or (
        any(mark.tag == "group" for mark in before) and any(mark.tag == "group" for mark in ahead)
        and any(mark.tag in sides for mark in before) and any(mark.tag in sides for mark in ahead)
    )  # fmt: skip
