"""Any table of answers in the layout of each tool gives back its questions, kinds, bases and counts.

A table is drawn as answers first and written afterwards, so what is right is known without reading a file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import propose
from analytics.model import Survey

LISTS = (
    ("Radio", "TV", "Newspaper", "Podcasts", "Social media"),
    ("Bus, tram or train", "Car", "Bicycle", "On foot"),
    ("Fernsehen", "Zeitung", "Plakate", "Nachbarn", "Rundfunk", "Bücher"),
    ("Télévision", "Presse écrite", "Balados"),
    ("Education", "Health", "Income support", "State pensions"),
)
SINGLES = (("Yes", "No"), ("For", "Against", "Not sure"), ("North wing", "South wing", "Old hall"), ("Ja", "Nein", "Weiß nicht"))
LADDERS = (
    ("Never", "Rarely", "Sometimes", "Often", "Always"),
    ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
    ("Never", "Less than once a month", "Once a month", "A few times a month", "Once a week", "Daily"),
    ("Nie", "Selten", "Manchmal", "Oft", "Immer"),
    ("Stimme überhaupt nicht zu", "Stimme eher nicht zu", "Teils/teils", "Stimme eher zu", "Stimme voll und ganz zu"),
    ("Jamais", "Rarement", "Parfois", "Souvent", "Toujours"),
    ("Pas du tout satisfait", "Plutôt pas satisfait", "Plutôt satisfait", "Très satisfait"),
    ("Nunca", "Casi nunca", "A veces", "A menudo", "Siempre"),
    ("Totalmente en desacuerdo", "En desacuerdo", "Ni de acuerdo ni en desacuerdo", "De acuerdo", "Totalmente de acuerdo"),
    ("Mai", "Raramente", "Qualche volta", "Spesso", "Sempre"),
    ("Muito insatisfeito", "Insatisfeito", "Neutro", "Satisfeito", "Muito satisfeito"),
    ("Nunca", "Raramente", "Às vezes", "Frequentemente", "Sempre"),
    ("Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"),
    ("Zdecydowanie nie", "Raczej nie", "Raczej tak", "Zdecydowanie tak"),
    ("Nigdy", "Rzadko", "Czasami", "Często", "Zawsze"),
    ("Никогда", "Редко", "Иногда", "Часто", "Каждый день"),
)
UNSURE = ("Don't know", "Weiß nicht", "Ne sait pas", "No sabe", "Non so", "Não sei", "Weet niet", "Nie wiem")


@dataclass(frozen=True)
class Asked:
    """One question as it was drawn: each reader's answers, None for who was not asked."""

    text: str
    kind: str
    options: tuple[str, ...]
    given: list[tuple[str, ...] | None]
    scored: tuple[str, ...] = ()
    other: bool = False

    def counts(self) -> dict[str, int]:
        found = Counter(word for answer in self.given for word in answer or ())
        return {option: found[option] for option in self.options}

    def base(self, *, none_counts: bool) -> int:
        """Returns who is in the base; whether who ticked nothing is depends on whether the layout can say so."""
        return sum(answer is not None and (bool(answer) or none_counts) for answer in self.given)


@dataclass(frozen=True)
class Written:
    """A question in columns: headings (rows of them), cells of each reader, and whether no tick can be told apart."""

    headings: list[list[str]]
    cells: list[list[str]]
    tells_none: bool = True
    labels: dict[str, str] = field(default_factory=dict)


def of_boxes(question: Asked, heading: Callable[[int, str], str], yes: Callable[[int, str], str], no: str, blank: str = "") -> Written:
    cells = [
        [blank] * len(question.options) if answer is None
        else [yes(at, option) if option in answer else no for at, option in enumerate(question.options)]
        for answer in question.given
    ]  # fmt: skip
    return Written([[heading(at, option) for at, option in enumerate(question.options)]], cells, tells_none=no != "")


def joined(question: Asked, separator: str, end: str = "") -> Written:
    cells = [[separator.join(answer) + end if answer else ""] for answer in question.given]
    return Written([[question.text]], cells, tells_none=False)


BOXES: dict[str, Callable[[Asked, int], Written]] = {
    "brackets, 1 and 0": lambda q, n: of_boxes(q, lambda at, o: f"{q.text} [{o}]", lambda at, o: "1", "0"),
    "brackets, labels": lambda q, n: of_boxes(q, lambda at, o: f"{q.text} [{o}]", lambda at, o: o, ""),
    "dash, selected": lambda q, n: of_boxes(q, lambda at, o: f"{q.text} - {o}", lambda at, o: "Selected", "Not selected"),
    "Alchemer": lambda q, n: of_boxes(q, lambda at, o: f"{o}:{q.text}", lambda at, o: o, ""),
    "KoboToolbox": lambda q, n: of_boxes(q, lambda at, o: f"g{n}/{o}", lambda at, o: "1", "0"),
    "Ona": lambda q, n: of_boxes(q, lambda at, o: f"g{n}/{o}", lambda at, o: "TRUE", "FALSE", "n/a"),
    "Decipher": lambda q, n: replace(
        of_boxes(q, lambda at, o: f"q{n}r{at + 1}", lambda at, o: "1", "0"),
        labels={f"q{n}r{at + 1}": o for at, o in enumerate(q.options)}),
    "codes": lambda q, n: replace(
        of_boxes(q, lambda at, o: f"q{n}_{at + 1}", lambda at, o: "1", "0"),
        labels={f"q{n}_{at + 1}": o for at, o in enumerate(q.options)}),
    "own numbers": lambda q, n: replace(
        of_boxes(q, lambda at, o: f"q{n}_{at + 1}", lambda at, o: str(at + 1), "0"),
        labels={f"q{n}_{at + 1}": o for at, o in enumerate(q.options)}),
    "Microsoft Forms": lambda q, n: joined(q, ";", ";"),
    "Google Forms": lambda q, n: joined(q, ", "),
    "Jotform": lambda q, n: joined(q, "\n"),
    "semicolons": lambda q, n: joined(q, "; "),
}  # fmt: skip


def drawn_boxes(random: Random, readers: int, text: str) -> Asked:
    options = random.choice(LISTS)
    chances = [random.uniform(0.25, 0.6) for _ in options]
    given: list[tuple[str, ...] | None] = []
    for _ in range(readers):
        ticked = tuple(option for option, chance in zip(options, chances, strict=True) if random.random() < chance)
        given.append(None if random.random() < 0.1 else ticked)
    return Asked(text, "multiple", options, given)


def drawn_one(random: Random, readers: int, text: str, options: Sequence[str], kind: str, unsure: str = "") -> Asked:
    offered = (*options, unsure) if unsure else tuple(options)
    given: list[tuple[str, ...] | None] = [
        None if random.random() < 0.1 else (random.choice(offered),) for _ in range(readers)
    ]
    given[: len(offered)] = [(option,) for option in offered]  # every answer was given
    return Asked(text, kind, offered, given, tuple(options) if kind == "scale" else ())


def plain(question: Asked) -> Written:
    return Written([[question.text]], [["" if not answer else answer[0]] for answer in question.given], tells_none=False)


@dataclass(frozen=True)
class Drawn:
    """A table as it was drawn, and as it is written."""

    parts: tuple[tuple[Asked, Written], ...]
    layout: str

    def text(self) -> str:
        file = io.StringIO(newline="")
        writer = csv.writer(file)
        writer.writerow(["id", *(name for _, written in self.parts for name in written.headings[0])])
        for at in range(len(self.parts[0][0].given)):
            writer.writerow([f"r{at}", *(cell for _, written in self.parts for cell in written.cells[at])])
        return file.getvalue()


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    layout = draw(st.sampled_from(sorted(BOXES)))
    readers = draw(st.integers(40, 160))
    random = Random(draw(st.integers(0, 1 << 32)))
    parts: list[tuple[Asked, Written]] = []
    for at, what in enumerate(draw(st.lists(st.sampled_from(["boxes", "single", "ladder", "steps", "nps"]), min_size=1, max_size=4))):
        text = f"{random.choice(['Which of these do you use', 'What do you think of it', 'How is it'])}, part {'ABCD'[at]}?"
        if what == "boxes":
            asked = drawn_boxes(random, readers, text)
            parts.append((asked, BOXES[layout](asked, at + 3)))
            continue
        if what == "single":
            asked = drawn_one(random, readers, text, random.choice(SINGLES), "single")
        elif what == "ladder":
            unsure = random.choice(UNSURE) if random.random() < 0.5 else ""
            asked = drawn_one(random, readers, text, random.choice(LADDERS), "scale", unsure)
        elif what == "steps":
            low, high = random.choice([(1, 5), (1, 7), (0, 10), (1, 10)])
            asked = drawn_one(random, readers, f"{text} ({low} to {high})", [str(n) for n in range(low, high + 1)], "scale")
        else:
            asked = drawn_one(random, readers, f"Would you recommend us, {text}", [str(n) for n in range(11)], "scale")
        parts.append((asked, plain(asked)))
    return Drawn(tuple(parts), layout)


def found_in(path: Path, survey: Survey) -> dict[str, tuple[str, int, dict[str, int], Any]]:
    """Returns kind, base, counts by label and scored labels of each question, by its first column."""
    chunks = list(read_responses(path, survey))
    found = {}
    for question in survey.questions:
        column = question.column or question.columns[0].column
        if question.kind == "text":
            found[column] = ("text", 0, {}, ())
            continue
        counts = {choice.label: 0 for choice in question.choices}
        base = 0
        for chunk in chunks:
            answers = chunk.batch.answers[question.key]
            labels = {choice.value: choice.label for choice in question.choices}
            for place in answers.choice.tolist():
                counts[labels[answers.values[place]]] += 1
            base += int((answers.status == 1).sum())
        scored = sorted((choice.score, choice.label) for choice in question.choices if choice.score is not None)
        found[column] = (question.kind, base, counts, tuple(label for _, label in scored))
    return found


def wrong_in(table: Drawn) -> list[str]:
    """Returns what the proposal of a table gives back otherwise than it was drawn."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(table.text().encode("utf-8"))
        survey = propose(path).survey
        found = found_in(path, survey)
    faults = []
    for asked, written in table.parts:
        kind, base, counts, scored = found.get(written.headings[0][0], ("none", 0, {}, ()))
        counts = {written.labels.get(label, label): count for label, count in counts.items()}
        right = {option: count for option, count in asked.counts().items()}
        if kind != asked.kind or base != asked.base(none_counts=written.tells_none) or counts != right:
            faults.append(f"{table.layout}, {asked.text}: {kind} {base} {counts}, not {asked.kind} "
                          f"{asked.base(none_counts=written.tells_none)} {right}")  # fmt: skip
        elif scored != asked.scored:
            faults.append(f"{asked.text}: steps {scored}, not {asked.scored}")
    columns = {name for _, written in table.parts for name in written.headings[0]}
    faults += [f"{column} is a question of its own" for column in found if column not in columns]
    more = len(survey.questions) + len(survey.dimensions) - len(table.parts)
    return [*faults, *([f"{more} parts more than were drawn"] if more > 0 and not faults else [])]


@pytest.mark.parametrize("files", [500, pytest.param(20_000, marks=pytest.mark.soak)])
def test_any_table_gives_back_what_was_drawn(files: int) -> None:
    @settings(max_examples=files, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(tables())
    def gives_back(table: Drawn) -> None:
        assert wrong_in(table) == []

    gives_back()


def test_a_table_with_a_swallowed_answer_would_be_seen() -> None:
    random = Random(1)
    asked = drawn_boxes(random, 60, "Which?")
    written = BOXES["brackets, 1 and 0"](asked, 3)
    less = replace(asked, given=[() if at == 5 else answer for at, answer in enumerate(asked.given)])
    assert asked.given[5]

    assert wrong_in(Drawn(((asked, written),), "boxes")) == []
    assert wrong_in(Drawn(((less, written),), "boxes")) != []
