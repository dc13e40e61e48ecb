"""Words for no answer that a form offers or people type, such as "Prefer not to say": told, and left out on request."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category, name, normalize

from analytics.imports.cells.text import plain_text
from analytics.imports.cells.vocabulary import UNSURE
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.proposing.scans import Scan
from analytics.language.said import listed, spoken, spoken_of
from analytics.model import NO_ANSWER, Choice, Dimension, Level, Question, Survey

_WORDS = Path(__file__).parent / "unanswered.toml"
_ENDS = " .,;:!?'\"’‘“”„«»()[]{}<>-–—*_/。、・（）「」"
_BETWEEN = re.compile(
    r"\s*[/,;|+&]\s*|\s+[-–—]\s+|\s+(?:or|oder|ou|o|of|lub|albo|или|або|eller|tai|nebo|ili|vagy|sau|ή|veya)\s+"
)
_FEWEST_LEFT = 2


@dataclass(frozen=True)
class Unanswered:
    """An answer or level that may stand for none: the key of its part, its label, how many cells hold it.

    `apart` says whether it can be left out: a box of its own beside boxes that say that they were left open cannot.
    """

    key: str
    label: str
    cells: int
    apart: bool = True


@lru_cache(maxsize=20_000)
def is_unanswered(word: str) -> bool:
    """Returns whether a word says that somebody gave no answer, in any language that has such words here.

    A word for not knowing does so only beside one for no answer.

    Example:
        >>> [is_unanswered(word) for word in ("Keine Angabe", "Refus", "Prefiero no decir", "無回答", "NS/NC")]
        [True, True, True, True, True]
        >>> [is_unanswered(word) for word in ("Don't know", "Weiß nicht", "No", "None", "Refuse it", "NC")]
        [False, False, False, False, False, False]
        >>> is_unanswered("Weiß nicht / keine Angabe"), is_unanswered("Don't know or no opinion")
        (True, False)
    """
    text = _bare(word)
    if not text:
        return False
    words, nothing, unsure = _patterns()
    if words.fullmatch(text):
        return True
    parts = [part.strip(_ENDS) for part in _BETWEEN.split(text)]
    if not 2 <= len(parts) <= 3 or not all(parts):
        return False
    said = [words.fullmatch(part) is not None or nothing.fullmatch(part) is not None for part in parts]
    known = [unsure.fullmatch(part) is not None or UNSURE.match(part) is not None for part in parts]
    alone = all(nothing.fullmatch(part) and not words.fullmatch(part) for part in parts)
    return any(said) and not alone and all(one or other for one, other in zip(said, known, strict=True))


def _bare(word: str) -> str:
    """Returns a word in small letters, without the accents of Latin and Greek letters, brackets and marks around it.

    Example:
        >>> _bare("  (Préfère ne pas répondre.) "), _bare("k. A."), _bare("Don’t know")
        ('prefere ne pas repondre', 'k. a', "don't know")
    """
    text = " ".join(normalize("NFKC", plain_text(word)).casefold().replace("’", "'").replace("_", " ").split())
    kept: list[str] = []
    base = " "
    for letter in normalize("NFKD", text):
        if category(letter) != "Mn":
            base = letter
        elif name(base, "").startswith(("LATIN", "GREEK")):
            continue
        kept.append(letter)
    return normalize("NFC", "".join(kept)).strip(_ENDS)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Returns the patterns of words for no answer, of letters for it, and of words for not knowing."""
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    words = [pattern for patterns in table["words"].values() for pattern in patterns]
    few = table["abbreviations"]
    return re.compile("|".join(words)), re.compile("|".join(few["nothing"])), re.compile("|".join(few["unsure"]))


def unanswered_in(survey: Survey, scans: Mapping[str, Scan]) -> tuple[Unanswered, ...]:
    """Returns the answers and levels of a survey that may stand for none, with how many cells hold each.

    Example:
        >>> asked = Question("q", "?", "single", "q", tuple(Choice(word, word) for word in ("Ja", "Nein", "k. A.")))
        >>> unanswered_in(Survey("s", "S", "UTC", (asked,)), {"q": Scan({"Ja": 7, "k. A.": 2}, (), 9, 9)})
        (Unanswered(key='q', label='k. A.', cells=2, apart=True),)
    """
    found: list[Unanswered] = []
    parts: list[Question | Dimension] = [*survey.questions, *survey.dimensions]
    for part in parts:
        for one in _options(part):
            if _stands_for_none(one):
                found.append(Unanswered(part.key, one.label, _cells_with(part, one, scans), _is_apart(part)))
    return tuple(one for one in found if one.cells)


def without_unanswered(survey: Survey, found: Sequence[Unanswered]) -> Survey:
    """Returns the survey with these answers and levels among the words that count as no answer.

    Example:
        >>> asked = Question("q", "?", "single", "q", tuple(Choice(word, word) for word in ("Ja", "Nein", "k. A.")))
        >>> left = without_unanswered(Survey("s", "S", "UTC", (asked,)), (Unanswered("q", "k. A.", 2),)).questions[0]
        >>> [one.label for one in left.choices], left.missing
        (['Ja', 'Nein'], ('k. A.',))
    """
    labels: dict[str, set[str]] = {}
    for one in found:
        if one.apart:
            labels.setdefault(one.key, set()).add(one.label)
    questions = tuple(_without(part, labels.get(part.key, set())) for part in survey.questions)
    dimensions = tuple(_level_without(part, labels.get(part.key, set())) for part in survey.dimensions)
    return replace(survey, questions=questions, dimensions=dimensions)


def unanswered_left(survey: Survey, found: Sequence[Unanswered]) -> tuple[Unanswered, ...]:
    """Returns which of these answers and levels still count in the survey."""
    parts: dict[str, Question | Dimension] = {one.key: one for one in survey.questions}
    parts |= {one.key: one for one in survey.dimensions}
    return tuple(
        one for one in found if one.key in parts and any(of.label == one.label for of in _options(parts[one.key]))
    )


def unanswered_notes(found: Sequence[Unanswered], *, left_out: bool) -> list[str]:
    """Returns a sentence on each word for no answer, whether it stays in the base or leaves it.

    Example:
        >>> unanswered_notes([Unanswered("a", "Refus", 12), Unanswered("b", "Refus", 3)], left_out=False)
        ["'Refus' may stand for no answer: 12 times in a and 3 times in b; it stays in the base (left out on request)"]
    """
    told = []
    for out in (False, True):
        by_label: dict[str, list[Unanswered]] = {}
        for one in found:
            if out is (left_out and one.apart):
                by_label.setdefault(one.label, []).append(one)
        for label, ones in by_label.items():
            where = listed(
                [spoken_of(one.cells, "{count} time in {key}", "{count} times in {key}", key=one.key) for one in ones]
            )
            told.append(
                spoken("{word!r} counts as no answer, as asked: {where}", word=label, where=where)
                if out
                else spoken(
                    "{word!r} may stand for no answer: {where}; it stays in the base (left out on request)",
                    word=label, where=where,
                )
            )  # fmt: skip
    return told


def _options(part: Question | Dimension) -> Sequence[Choice | Level]:
    """Returns the answers or levels of a part that lists them; bands are made of numbers."""
    if isinstance(part, Question):
        return part.choices if part.kind != "text" else ()
    return () if part.bands else part.levels


def _stands_for_none(one: Choice | Level) -> bool:
    """Returns whether an answer says that there is none, by its label or by the words of the file."""
    words = [word for word in (one.values or (one.value,)) if word != ANY_WORDS]
    return is_unanswered(one.label) or (bool(words) and all(map(is_unanswered, words)))


def _is_apart(part: Question | Dimension) -> bool:
    """Returns whether an answer of the part can be left out by its words.

    A box beside boxes that were seen and left open cannot, and none of an answer and one other: a question needs two.
    """
    if isinstance(part, Dimension):
        return True
    boxes = any(of.value for of in part.columns) and part.kind == "multiple"
    return len(part.choices) > _FEWEST_LEFT and not (boxes and part.not_selected)


def _cells_with(part: Question | Dimension, one: Choice | Level, scans: Mapping[str, Scan]) -> int:
    """Returns how many cells hold the answer."""
    words = {plain_text(word) for word in (one.values or (one.value,))} | {one.value}
    if isinstance(part, Question) and part.columns:
        ticks = {*part.selected} if part.selected else words
        columns = {of.column: ticks if of.value else words for of in part.columns if of.value in ("", one.value)}
    else:
        columns = {part.column or "": words}
    separator = part.separator if isinstance(part, Question) else None
    return sum(
        count
        for column, wanted in columns.items()
        if column in scans
        for cell, count in scans[column].words.items()
        if wanted & {plain_text(cell), *(map(str.strip, cell.split(separator)) if separator else ())}
    )


def _without(question: Question, labels: set[str]) -> Question:
    """Returns the question with the answers of these labels among the words for none."""
    out = [one for one in question.choices if one.label in labels]
    kept = tuple(one for one in question.choices if one.label not in labels)
    if not out or len(kept) < _FEWEST_LEFT:
        return question
    if question.kind == "multiple" and any(of.value for of in question.columns):
        gone = {one.value for one in out}
        return replace(question, choices=kept, columns=tuple(of for of in question.columns if of.value not in gone))
    words = tuple(word for one in out for word in (one.values or (one.value,)))
    return replace(question, choices=kept, missing=tuple(dict.fromkeys((*question.missing, *words))))


def _level_without(dimension: Dimension, labels: set[str]) -> Dimension:
    """Returns the dimension with the levels of these labels among the words for no answer."""
    out = [one for one in dimension.levels if one.label in labels]
    if not out:
        return dimension
    words = [word for one in out for word in (one.values or (one.value,))]
    missing = dict.fromkeys((*(word for word in dimension.missing if word != NO_ANSWER), *words, NO_ANSWER))
    kept = tuple(one for one in dimension.levels if one.label not in labels)
    return replace(dimension, levels=kept, missing=tuple(missing))
