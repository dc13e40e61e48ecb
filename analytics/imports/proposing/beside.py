"""Columns beside a question with one answer, in which those wrote who chose none of its answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number, plain_text
from analytics.imports.cells.vocabulary import OTHER, SPECIFY, UNSURE
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.proposing.scans import Scan, missing_words
from analytics.model import Choice, ChoiceColumn, Question

_MOST_ANSWERS = 40
_LONGEST_LABEL = 60
_AGAIN = re.compile(r"(?P<name>.+) \(\d+\)")
_OWN = re.compile(
    r"(other|oth|oe|txt|text|specify|autre|otr[oa]|outr[oa]|altro|ander[es]?|sonst\w*|інш\w*|друг\w*)(_?\d+)?",
    re.IGNORECASE,
)
"""How codes end of columns with own words: `q1_other`, `q1oe`."""

OTHER_LABEL = "Other"


@dataclass(frozen=True)
class OwnWords:
    """A column of own words, the question beside it, and what the answer is called that they stand for.

    `alone` counts the rows in which somebody wrote and gave no answer, `both` those with both.
    """

    column: str
    asked: str
    label: str
    alone: int = 0
    both: int = 0

    @property
    def counts(self) -> bool:
        """Returns whether own words are an answer: more wrote instead of an answer than beside one."""
        return self.alone > 0 and self.alone >= self.both


def own_words_of(fields: Sequence[Field], scans: Mapping[str, Scan], grouped: Collection[str]) -> list[OwnWords]:
    """Returns the columns of own words, each with its question: the one that its heading names, else the one before it.

    Args:
        grouped: the columns that are boxes, or otherwise parts of a question with several columns.

    Example:
        >>> scans = {"For it?": Scan({"Yes": 9, "No": 8}, (), 20, 20), "Other": Scan({"It depends": 2}, (), 20, 20)}
        >>> own_words_of([Field("For it?"), Field("Other")], scans, ())
        [OwnWords(column='Other', asked='For it?', label='Other', alone=0, both=0)]
    """
    found: dict[str, OwnWords] = {}
    for at, field in enumerate(fields):
        if field.name in grouped or not _holds_own_words(field, scans[field.name]):
            continue
        before = fields[at - 1] if at else None
        for asked, label in _asked_beside(field, before, fields):
            if asked.name not in grouped and asked.name not in found and _takes_one(asked, scans[asked.name]):
                if not {*scans[field.name].words} & {*scans[asked.name].words}:
                    found[asked.name] = OwnWords(field.name, asked.name, label)
                break
    return list(found.values())


def _holds_own_words(field: Field, scan: Scan) -> bool:
    """Returns whether a few wrote in a column whose own kind is not known to be another."""
    few = 0 < scan.filled < scan.counted and 2 * scan.filled <= scan.counted
    return few and not field.labels and not field.group and field.kind in (None, "text") and scan.numbers is None


def _takes_one(field: Field, scan: Scan) -> bool:
    """Returns whether a column may hold answers of which each reader gave one."""
    answers = 1 < len(scan.words) - len(missing_words(field, scan)) <= _MOST_ANSWERS
    return field.use == "answer" and not field.group and field.kind in (None, "single") and answers


def _asked_beside(field: Field, before: Field | None, fields: Sequence[Field]) -> Iterator[tuple[Field, str]]:
    """Yields the questions that a column of own words may belong to, the likeliest first, with the answer's label."""
    named = [(other, rest) for other in fields if other is not field and (rest := _rest_of(field, other)) is not None]
    for other, rest in sorted(named, key=lambda one: -len(one[0].name)):
        if field.use == "other" or OTHER.match(rest) or SPECIFY.search(rest) or _OWN.fullmatch(rest):
            yield other, _label(field.option or rest)
    match = _AGAIN.fullmatch(field.name)
    alone = plain_text(field.option or (match["name"] if match else field.text or field.name))
    if before is not None and OTHER.match(alone):
        yield before, _label(alone)


def _rest_of(field: Field, other: Field) -> str | None:
    """Returns what a heading says beyond that of a question which it begins or ends with, None where it does neither.

    Example:
        >>> [_rest_of(Field(name), Field("Who?")) for name in ("Who? [Other]", "Other, in words:Who?", "Whole")]
        ['Other', 'Other, in words', None]
        >>> _rest_of(Field("Who? Other (in words)"), Field("Who?"))
        'Other (in words)'
        >>> _rest_of(Field("q1_other"), Field("q1")), _rest_of(Field("q1r97oe"), Field("q1"))
        ('other', 'oe')
    """
    for own, whole in ((field.name, other.name), (field.text, other.text), (field.text, other.name)):
        if not own or not whole or len(own) <= len(whole):
            continue
        if own.startswith(whole) and (
            not own[len(whole)].isalnum() or re.fullmatch(r"r?\d*[a-z]{2,8}", own[len(whole) :])
        ):
            rest = own[len(whole) :].strip().lstrip("_-–:./|,").strip()
            rest = rest[1:-1].strip() if rest[:1] + rest[-1:] in ("()", "[]", "{}") else rest
            return re.sub(r"^r?\d+_?(?=[A-Za-z])", "", rest)
        if own.endswith(f":{whole}"):
            return own[: -len(whole) - 1].strip()
    return None


def _label(words: str) -> str:
    """Returns what the answer of own words is called: as the file has it where that is a label, else "Other"."""
    words = plain_text(words)
    return words if OTHER.match(words) and " " in words and len(words) <= _LONGEST_LABEL else OTHER_LABEL


def counted(asides: Iterable[OwnWords], rows: Mapping[str, tuple[int, int]]) -> list[OwnWords]:
    """Returns the columns with how many rows hold own words alone and how many an answer too, by the question."""
    return [replace(one, alone=rows[one.asked][0], both=rows[one.asked][1]) for one in asides]


def with_own_words(asked: Question, aside: OwnWords) -> Question | None:
    """Returns the question with what readers wrote beside it as one more answer, or as the one that says so.

    None where it is none of one answer from a list: numbers that score themselves stay as they are.

    Example:
        >>> asked = Question("q1", "For it?", "single", "q1", (Choice("Yes", "Yes", None, ("Yes",)),))
        >>> found = with_own_words(asked, OwnWords("q2", "q1", "Other"))
        >>> [one.column for one in found.columns], [one.label for one in found.choices]
        (['q1', 'q2'], ['Yes', 'Other'])
    """
    listed = asked.kind in ("single", "scale") and bool(asked.choices) and not (asked.found or asked.separator)
    numbers = asked.kind == "scale" and all(number(one.value) is not None for one in asked.choices)
    if asked.column != aside.asked or not listed or numbers:
        return None
    columns = (ChoiceColumn(aside.asked, ""), ChoiceColumn(aside.column, ""))
    known = next((one for one in asked.choices if OTHER.match(one.label) and not UNSURE.match(one.label)), None)
    if known is None:
        taken = {word for one in asked.choices for word in (one.value, *one.values)}
        label = aside.label if aside.label not in taken else f"{aside.label} (2)"
        choices = (*asked.choices, Choice(label, label, None, (label, ANY_WORDS)))
    else:
        values = (*(known.values or (known.value,)), ANY_WORDS)
        choices = tuple(replace(one, values=values) if one is known else one for one in asked.choices)
    return replace(asked, column=None, columns=columns, choices=choices)
