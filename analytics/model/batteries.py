"""Questions that were asked together: the rows of a matrix or a ranking, with one beginning and the same answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analytics.model.labels import as_written
from analytics.model.questions import Question
from analytics.model.surveys import Survey

_LEAST_STEM = 15
"""A shared beginning of fewer letters is no wording of its own: "How much" begins many questions."""
_END_OF_STEM = re.compile(r"[.?!:…\])]\s+|\s+[-–—|>]+\s+|\n\s*|\s*[\[(:]")
"""Where the shared wording can end: after a sentence or a mark that tools put before an item."""
_MOST_WORDS_OF_ITEMS = 2
"""Items that share more words than these at their beginning are whole sentences: what differs is the item."""
_LOOSE = " \t\n-–—:|>[].…"


@dataclass(frozen=True)
class Battery:
    """Questions with the wording they share, the `stem`, and what each adds to it, the `items`."""

    stem: str
    questions: tuple[Question, ...]
    items: tuple[str, ...]

    def item(self, key: str) -> str:
        """What the question of that key adds to the stem."""
        return self.items[[question.key for question in self.questions].index(key)]

    @property
    def as_one(self) -> Question:
        """One question in the stem's words, with every answer that any of the items offers."""
        most = max(self.questions, key=lambda question: len(question.choices))
        return replace(most, key=self.questions[0].key, text=self.stem)


def batteries(survey: Survey) -> tuple[Battery, ...]:
    """The batteries of a survey in shown order.

    Example:
        >>> from analytics.model import Choice
        >>> steps = tuple(Choice(n, n) for n in "123")
        >>> films = [Question(k, f"Please rate each film: {k}", "scale", choices=steps) for k in ("Jaws", "Alien")]
        >>> (found,) = batteries(Survey("films", "Films", "UTC", (*films, Question("why", "Why?", "text"))))
        >>> found.stem, found.items
        ('Please rate each film', ('Jaws', 'Alien'))
    """
    shown = {question.key: question for question in survey.questions}
    found = []
    for run in _runs(as_written(survey).questions):
        battery = _battery(tuple(shown[question.key] for question in run)) or _battery(tuple(run))
        # two sentences that no mark divides may begin alike by chance
        found += [battery] if battery and (len(run) > 2 or _cut(_shared(run))[1]) else []
    return tuple(found)


def battery_of(survey: Survey, key: str) -> Battery | None:
    """The battery that the question of that key belongs to, None where it was asked alone."""
    return next((one for one in batteries(survey) if any(part.key == key for part in one.questions)), None)


def _runs(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Neighbours with the same answers and a shared beginning, two at least."""
    run: list[Question] = list(questions[:1])
    for before, after in pairwise(questions):
        if not _asked_alike(before, after) or _battery((*run, after)) is None:
            if len(run) > 1:
                yield run
            run = []
        run.append(after)
    if len(run) > 1:
        yield run


def _asked_alike(one: Question, other: Question) -> bool:
    """Whether the answers are the same: where files named them, some may not have been given to one of the two."""
    if one.kind != other.kind or one.kind in ("text", "multiple") or not (one.choices and other.choices):
        return False
    these, those = ({(choice.value, choice.label, choice.score) for choice in part.choices} for part in (one, other))
    return these == those or ((one.found or other.found) and (these <= those or those <= these))


def _battery(questions: tuple[Question, ...]) -> Battery | None:
    """These questions as a battery, None where their wordings share too little or differ in nothing."""
    if len(questions) < 2:
        return None
    texts, shared = [_text(question) for question in questions], _shared(questions)
    cut, marked = _cut(shared)
    stem, items = shared[:cut].strip(" -–—:|>[(\n\t"), tuple(text[cut:].strip(_LOOSE) for text in texts)
    long_enough = len(stem) >= (_LEAST_STEM if marked else 2 * _LEAST_STEM)
    if not long_enough or not all(items) or len({*items}) < len(items):
        return None
    return Battery(stem, questions, items)


def _cut(shared: str) -> tuple[int, bool]:
    """Where the wording ends that is shared by all, and whether a mark stands there or only a space."""
    ends = [found.end() for found in _END_OF_STEM.finditer(shared + " ")]
    ends = [end for end in ends if shared[end:].count(" ") <= _MOST_WORDS_OF_ITEMS]
    return (min(ends[-1], len(shared)), True) if ends else (shared.rfind(" ") + 1, False)


def _shared(questions: Sequence[Question]) -> str:
    """The beginning that the wordings share, letter by letter."""
    first, last = min(map(_text, questions)), max(map(_text, questions))  # all others lie between these two
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]


def _text(question: Question) -> str:
    return question.text.replace("\xa0", " ")
