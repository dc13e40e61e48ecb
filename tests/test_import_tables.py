"""Any table of answers in the layout of each tool gives back its questions, kinds, bases and counts.

A table is drawn as answers first and written afterwards, so what is right is known without reading a file.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analytics.errors import FileError
from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import propose
from analytics.imports.reading.tables import read_table
from analytics.model import Survey

LISTS = (
    ("Radio", "TV", "Newspaper", "Podcasts", "Social media"),
    ("Bus, tram or train", "Car", "Bicycle", "On foot"),
    ("Fernsehen", "Zeitung", "Plakate", "Nachbarn", "Rundfunk", "Bücher"),
    ("Télévision", "Presse écrite", "Balados"),
    ("Education", "Health", "Income support", "State pensions"),
)
SINGLES = (
    ("Yes", "No"),
    ("For", "Against", "Not sure"),
    ("North wing", "South wing", "Old hall"),
    ("Ja", "Nein", "Weiß nicht"),
)
LADDERS = (
    ("Never", "Rarely", "Sometimes", "Often", "Always"),
    ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
    ("Never", "Less than once a month", "Once a month", "A few times a month", "Once a week", "Daily"),
    ("Nie", "Selten", "Manchmal", "Oft", "Immer"),
    ("Stimme überhaupt nicht zu", "Stimme eher nicht zu", "Teils/teils", "Stimme eher zu", "Stimme voll und ganz zu"),
    ("Jamais", "Rarement", "Parfois", "Souvent", "Toujours"),
    ("Pas du tout satisfait", "Plutôt pas satisfait", "Plutôt satisfait", "Très satisfait"),
    ("Nunca", "Casi nunca", "A veces", "A menudo", "Siempre"),
    (
        "Totalmente en desacuerdo",
        "En desacuerdo",
        "Ni de acuerdo ni en desacuerdo",
        "De acuerdo",
        "Totalmente de acuerdo",
    ),
    ("Mai", "Raramente", "Qualche volta", "Spesso", "Sempre"),
    ("Muito insatisfeito", "Insatisfeito", "Neutro", "Satisfeito", "Muito satisfeito"),
    ("Nunca", "Raramente", "Às vezes", "Frequentemente", "Sempre"),
    ("Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"),
    ("Zdecydowanie nie", "Raczej nie", "Raczej tak", "Zdecydowanie tak"),
    ("Nigdy", "Rzadko", "Czasami", "Często", "Zawsze"),
    ("Никогда", "Редко", "Иногда", "Часто", "Каждый день"),
    ("Nunca", "Casi nunca", "Alguna vez al mes", "Alguna vez a la semana", "Casi todos los días"),
    ("Nie", "Ein- bis zweimal im Jahr", "Ein- bis dreimal im Monat", "Mehrmals pro Woche", "Täglich"),
    ("Bestimmt nicht", "Wahrscheinlich nicht", "Vielleicht", "Wahrscheinlich", "Ganz sicher"),
    ("Bien pire", "Plutôt pire", "Pareil", "Plutôt mieux", "Bien mieux"),
    ("Não confia nada", "Confia pouco", "Confia", "Confia muito"),
    ("Insufficiente", "Sufficiente", "Discreto", "Buono", "Distinto", "Ottimo"),
    ("Niedostateczny", "Dopuszczający", "Dostateczny", "Dobry", "Bardzo dobry", "Celujący"),
    ("Nooit", "Minder dan één keer per maand", "Eén tot drie keer per maand", "Wekelijks", "Dagelijks"),
    ("Категорически против", "Скорее против", "Скорее за", "Полностью за"),
    ("Definitely will not", "Probably will not", "Might or might not", "Probably will", "Definitely will"),
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


def of_boxes(question: Asked, n: int, heading: str, yes: str, no: str, blank: str = "") -> Written:
    """Returns a column for each option; headings and ticks are patterns of the question, its number and the option."""
    named = [
        {"text": question.text, "n": n, "at": at, "option": option}
        for at, option in enumerate(question.options, start=1)
    ]
    cells = [
        [blank if answer is None else yes.format(**name) if name["option"] in answer else no for name in named]
        for answer in question.given
    ]
    headings = [heading.format(**name) for name in named]
    labels = dict(zip(headings, question.options, strict=True))
    return Written([headings], cells, tells_none=no != "", labels=labels)


def joined(question: Asked, separator: str, end: str = "") -> Written:
    cells = [[separator.join(answer) + end if answer else ""] for answer in question.given]
    return Written([[question.text]], cells, tells_none=False)


PATTERNS: dict[str, tuple[str, ...]] = {
    "brackets, 1 and 0": ("{text} [{option}]", "1", "0"),
    "brackets, labels": ("{text} [{option}]", "{option}", ""),
    "dash, selected": ("{text} - {option}", "Selected", "Not selected"),
    "Alchemer": ("{option}:{text}", "{option}", ""),
    "KoboToolbox": ("g{n}/{option}", "1", "0"),
    "Ona": ("g{n}/{option}", "TRUE", "FALSE", "n/a"),
    "Decipher": ("q{n}r{at}", "1", "0"),
    "codes": ("q{n}_{at}", "1", "0"),
    "own numbers": ("q{n}_{at}", "{at}", "0"),
    "panel": ("{text} : {option}", "Selected", "Not selected", "__NA__"),
    "R": ("{text} [{option}]", "TRUE", "FALSE", "NA"),
}
JOINED = {"Microsoft Forms": (";", ";"), "Google Forms": (", ", ""), "Jotform": ("\n", ""), "semicolons": ("; ", "")}


AGAIN = ("{text}", "{text}.{before}", "{text} ({at})")
"""How one heading stands over all its boxes: as the tool wrote it, and as pandas and others count it on."""


def under_one_heading(random: Random, question: Asked) -> Written:
    """Returns boxes of which each has the heading of the question, and its option in the cells alone."""
    pattern = random.choice(AGAIN)
    named = of_boxes(question, 0, "{text}", "{option}", "")
    headings = [question.text if not at else pattern.format(text=question.text, before=at, at=at + 1)
                for at in range(len(question.options))]  # fmt: skip
    return replace(named, headings=[headings])


def of_one_code(question: Asked, n: int) -> Written:
    """Returns LimeSurvey's boxes of yes and no under one code, with the option behind the wording."""
    return of_boxes(question, n, "A{n}. {text} [{option}]", "Ja", "Nein", "N/A")


MONEY: tuple[Callable[[int], str], ...] = (
    lambda value: f"${value:,}", lambda value: f"{value:,} EUR".replace(",", "."), lambda value: f"€ {value}",
    lambda value: f"{value:,} €".replace(",", "\u202f"), lambda value: f"CHF {value:,}.-".replace(",", "'"),
    lambda value: f"{value} zł", lambda value: f"US${value:,}.00", lambda value: f"{value:,},00 €".replace(",", ".", 1)
    if value >= 1000 else f"{value},00 €",
)  # fmt: skip


def drawn_amounts(random: Random, readers: int, text: str) -> tuple[Asked, Written]:
    """Returns amounts of money as people type them: with a sign or a bare number, and marks before three digits."""
    values = sorted(random.sample([35, 60, 85, 120, 250, 480, 999, 1200, 1350, 2400, 18000], 8))
    asked = drawn_one(random, readers, text, [str(value) for value in values], "scale")
    shown = random.choice(MONEY)
    cells = [["" if not answer else answer[0] if random.random() < 0.3 else shown(int(answer[0]))]
             for answer in asked.given]  # fmt: skip
    cells[0] = [shown(values[0])]
    return asked, Written([[asked.text]], cells, tells_none=False)


def drawn_neighbours(random: Random, readers: int) -> list[Asked]:
    """Returns two questions under codes that follow one another, the second asked of some, answers never the same."""
    options = random.choice([one for one in LISTS if len(one) >= 4])
    first = drawn_one(random, readers, "q4", options, "single")
    second = replace(first, text="q5", given=[
        None if not answer or random.random() < 0.3 else (random.choice([one for one in options if one != answer[0]]),)
        for answer in first.given
    ])  # fmt: skip
    given = list(second.given)
    for at, option in enumerate(options):  # every answer was given
        given[at] = (options[at - 1],) if first.given[at] == (option,) else given[at]
    return [first, replace(second, given=given)]


def as_r_names(written: Written) -> Written:
    """Returns the columns under the names that R makes of headings: a point for every sign that is no letter."""
    names = [re.sub(r"[^\w.]", ".", heading) for heading in written.headings[0]]
    shown = [" ".join(re.sub(r"\W", " ", option).split()) for option in written.labels.values()]
    labels = dict(zip(shown, written.labels.values(), strict=True))
    return Written([names], written.cells, written.tells_none, labels)


def boxes(question: Asked, n: int, layout: str) -> Written:
    """Returns check boxes in a layout of columns or of one cell."""
    if layout == "R":
        return as_r_names(of_boxes(question, n, *PATTERNS[layout]))
    return joined(question, *JOINED[layout]) if layout in JOINED else of_boxes(question, n, *PATTERNS[layout])


def drawn_boxes(random: Random, readers: int, text: str) -> Asked:
    options = random.choice(LISTS)[: random.randint(2, 6)]
    chances = [random.uniform(0.15, 0.6) for _ in options]
    given: list[tuple[str, ...] | None] = []
    for _ in range(readers):
        ticked = tuple(option for option, chance in zip(options, chances, strict=True) if random.random() < chance)
        given.append(None if random.random() < 0.1 else ticked)
    # Some ticked two boxes and some one: that is what tells boxes from answers of which each gives one.
    given[:4] = [options[:2], options[-2:], options[:1], options[-1:]]
    return Asked(text, "multiple", options, given)


def drawn_one(random: Random, readers: int, text: str, options: Sequence[str], kind: str, unsure: str = "") -> Asked:
    offered = (*options, unsure) if unsure else tuple(options)
    given: list[tuple[str, ...] | None] = [
        None if random.random() < 0.1 else (random.choice(offered),) for _ in range(readers)
    ]
    given[: len(offered)] = [(option,) for option in offered]  # every answer was given
    return Asked(text, kind, offered, given, tuple(options) if kind == "scale" else ())


def drawn_mentions(random: Random, readers: int, text: str) -> Asked:
    options = random.choice([one for one in LISTS if len(one) >= 4])
    given: list[tuple[str, ...] | None] = []
    for _ in range(readers):
        named = tuple(random.sample(options, random.randint(1, 3)))
        given.append(None if random.random() < 0.1 else named)
    given[:2] = [tuple(options[:3]), (options[-1], options[0])]
    return Asked(text, "multiple", options, given)


def mentioned(random: Random, question: Asked) -> Written:
    """Returns a column for each mention, its heading counting them as files do."""
    counts = random.choice([
        [", 1. Nennung", ", 2. Nennung", ", 3. Nennung"], [" (first)", " (second)", " (third)"],
        [" - mention 1", " - mention 2", " - mention 3"], [": 1st choice", ": 2nd choice", ": 3rd choice"]])  # fmt: skip
    cells = [[*(answer or ()), "", "", ""][:3] for answer in question.given]
    return Written([[f"{question.text}{count}" for count in counts]], cells, tells_none=False)


COUNTING = (
    ("{} (1)", "{} (2)", "{} (3)"), ("{} #1", "{} #2", "{} #3"), ("{} - 1", "{} - 2", "{} - 3"),
    ("1. відповідь: {}", "2. відповідь: {}", "3. відповідь: {}"), ("{} 01", "{} 02", "{} 03"),
    ("{}", "{}", "{}"), ("Перша згадка, {}", "Друга згадка, {}", "Третя згадка, {}"),
    ("{}, första svaret", "{}, andra svaret", "{}, tredje svaret"),
)  # fmt: skip
"""How headings count mentions without a word that says so, or in a language that has none here."""


def counted_mentions(random: Random, question: Asked) -> Written:
    """Returns a column for each mention, filled in turn, under headings that differ in a number or in one word."""
    headings = [one.format(question.text) for one in random.choice(COUNTING)]
    cells = [[*(answer or ()), "", "", ""][:3] for answer in question.given]
    return Written([headings], cells, tells_none=False)


BESIDE = (
    "Other (please specify)", "Sonstiges:", "Інше (вкажіть)", "Autre, précisez", "Otra respuesta", "Altro (specificare)",
    "{} [Other]", "{} - Other, please specify", "{} (other)", "Other: {}", "その他",
)  # fmt: skip


def with_words_beside(random: Random, question: Asked) -> Asked:
    """Returns a question with one answer, some of whose readers wrote their own instead; sometimes beside one too."""
    given: list[tuple[str, ...] | None] = [
        (WRITES_IN,) if random.random() < 0.08 and at >= len(question.options) else answer
        for at, answer in enumerate(question.given)
    ]
    given[-2:] = [(WRITES_IN,), (WRITES_IN,)]
    return replace(question, options=(*question.options, WRITES_IN), given=given, other=True)


def beside(random: Random, question: Asked, tool: str = "") -> Written:
    """Returns the answer in one column, and what readers wrote instead in the one beside it."""
    heading = random.choice(BESIDE).format(question.text)
    wrote = ["it depends", "neither nor", "ask me again", "only in summer"]
    cells = [
        ["", random.choice(wrote)] if answer == (WRITES_IN,) else [answer[0] if answer else "", ""]
        for answer in question.given
    ]
    labels = dict.fromkeys(
        ("Other", "Other (please specify)", "Other, please specify", heading, heading.strip(":")), WRITES_IN
    )
    if tool.startswith("SurveyMonkey"):
        return Written([[question.text, ""], ["Response", "Other (please specify)"]], cells, False, labels)
    return Written([[question.text, "Other" if tool == "Typeform" else heading]], cells, False, labels)


COMMENTS = (
    "Anything else?", "What else?", "Your message", "Haben Sie noch Anmerkungen?", "Was noch?", "Quelque chose à ajouter ?",
    "¿Algo más?", "Altro da aggiungere?", "Mais alguma coisa?", "Nog iets?", "Co jeszcze?", "Хотите что-нибудь добавить?",
    "Що ще?", "Något mer?", "Feedback",
)  # fmt: skip
_STARTS = (
    "Please keep",
    "I do miss",
    "More of",
    "Thank you for",
    "There is too much of",
    "Bitte mehr",
    "Je lis toujours",
    "Дякую за",
)
_THINGS = (
    "the crossword",
    "the local pages",
    "sport on Mondays",
    "die Leserbriefe",
    "la météo du matin",
    "новини міста",
    "the map",
)
_ENDS = (
    "every morning",
    "at the weekend",
    "as it was before",
    "und danke dafür",
    "s'il vous plaît",
    "щодня",
    "for the children",
)


def drawn_comments(random: Random, readers: int) -> Asked:
    """Returns what few readers wrote, each in words of their own but for those who said that there was nothing."""
    given: list[tuple[str, ...] | None] = [None for _ in range(readers)]
    wrote = random.sample(range(readers), max(5, int(readers * random.uniform(0.08, 0.35))))
    for at, reader in enumerate(wrote):
        words = f"{random.choice(_STARTS)} {random.choice(_THINGS)} {random.choice(_ENDS)}"
        given[reader] = ("nothing" if at > 5 and random.random() < 0.15 else words,)
    return Asked(random.choice(COMMENTS), "text", (), given)


def typed(random: Random, question: Asked) -> Written:
    """Returns answers as people type them: in other cases, with blanks and points around them."""
    ways = (
        str,
        str.lower,
        str.upper,
        lambda word: f" {word} ",
        lambda word: f"{word}.",
        lambda word: word.replace(" ", "  "),
    )
    cells = [["" if not answer else random.choice((str, str, *ways))(answer[0])] for answer in question.given]
    for at, option in enumerate(question.options):
        cells[at] = [option]
    return Written([[question.text]], cells, tells_none=False)


def with_own_words(random: Random, question: Asked) -> Asked:
    """Returns check boxes in one cell to which some readers added words of their own, no two of them alike.

    An option that one reader ticked could not be told from these.
    """
    if min(question.counts().values(), default=0) < 2:
        return question
    given = [
        (*(answer or ()), f"the leaflet {'abcdefghijklmnopqrstuvwxyz'[at % 26]}{at}")
        if answer and random.random() < 0.12
        else answer
        for at, answer in enumerate(question.given)
    ]
    return replace(question, given=given, other=True)


def plain(question: Asked) -> Written:
    return Written(
        [[question.text]], [["" if not answer else answer[0]] for answer in question.given], tells_none=False
    )


WRITES_IN = "wrote something else"


def with_writers(random: Random, question: Asked) -> Asked:
    """Returns the question with some readers who wrote what else they meant, half of them nothing but that."""
    given: list[tuple[str, ...] | None] = []
    for answer in question.given:
        writes = answer is not None and random.random() < 0.2
        given.append((*(answer or () if random.random() < 0.5 else ()), WRITES_IN) if writes else answer)
    given[0] = (WRITES_IN,)
    return replace(question, options=(*question.options, WRITES_IN), given=given, other=True)


def boxes_of_tool(question: Asked, n: int, tool: str) -> Written:
    """Returns check boxes as a tool of its own layout has them: two or three rows of headings, or codes."""
    if tool in EXPORTS:
        written = boxes(question, n, next(pattern for pattern, export in OF_PATTERN.items() if export == tool))
        codes = {f"r{at}": option for at, option in enumerate(question.options, start=1)}  # Decipher says no more
        return replace(written, labels=written.labels | codes)
    real = [option for option in question.options if option != WRITES_IN]
    rows = [
        [
            ("" if not answer or option not in answer else {"SurveyMonkey numbers": str(at + 1), "LimeSurvey codes": "Y",
             "LimeSurvey texts": "Oui", "Qualtrics numbers": "1"}.get(tool, option))
            for at, option in enumerate(real)
        ]
        for answer in question.given
    ]  # fmt: skip
    if tool == "LimeSurvey texts":
        rows = [["N/A"] * len(real) if answer is None else [cell or "Non" for cell in row]
                for row, answer in zip(rows, question.given, strict=True)]  # fmt: skip
    if tool == "Unipark":
        rows = [["-77"] * len(real) if answer is None else ["quoted" if cell else "not quoted" for cell in row]
                for row, answer in zip(rows, question.given, strict=True)]  # fmt: skip
    if tool == "Tally":
        rows = [["", *[""] * len(real)] if answer is None else [", ".join(answer), *("TRUE" if cell else "FALSE" for cell in row)]
                for row, answer in zip(rows, question.given, strict=True)]  # fmt: skip
    if tool == "two heading rows":
        rows = [["x" if cell else "" for cell in row] for row in rows]
    if tool == "Qualtrics numbers":
        rows = [[""] * len(real) if answer is None else [cell or "-99" for cell in row]
                for row, answer in zip(rows, question.given, strict=True)]  # fmt: skip
    codes = [f"Q{n}_{at}" for at in range(1, len(real) + 1)]
    headings = {
        "SurveyMonkey": [[question.text, *[""] * (len(real) - 1)], real],
        "SurveyMonkey numbers": [[question.text, *[""] * (len(real) - 1)], real],
        "SurveyMonkey cut": [[question.text, *[""] * (len(real) - 1)], real],
        "two heading rows": [[question.text, *[""] * (len(real) - 1)], real],
        "Unipark": [[f"{question.text}: {option}" for option in real]],
        "Tally": [[question.text, *(f"{question.text} ({option})" for option in real)]],
        "LimeSurvey codes": [[f"q{n}[SQ{at:03}]" for at in range(1, len(real) + 1)]],
        "LimeSurvey texts": [[f"{question.text} [{option}]" for option in real]],
        "Typeform": [real],
        "Qualtrics": [codes, [f"{question.text} - Selected Choice - {option}" for option in real]],
        "Qualtrics numbers": [codes, [f"{question.text} - Selected Choice - {option}" for option in real]],
    }[tool]
    labels = dict(zip([f"SQ{at:03}" for at in range(1, len(real) + 1)], real, strict=True)) if "codes" in tool else {}
    if question.other:
        words = [
            f"my own {at} of it" if answer and WRITES_IN in answer else "" for at, answer in enumerate(question.given)
        ]
        rows = [[*row, word] for row, word in zip(rows, words, strict=True)]
        name = {"LimeSurvey codes": f"q{n}[other]", "Typeform": "Other"}.get(tool, "")
        headings = [[*headings[0], name], *([[*headings[1], "Other (please specify)"]] if len(headings) > 1 else [])]
        labels |= dict.fromkeys(("Other", "Other (please specify)"), WRITES_IN)
    tells_none = tool in ("LimeSurvey texts", "Qualtrics numbers", "Unipark", "Tally")
    return Written(headings, rows, tells_none=tells_none, labels=labels)


def one_of_tool(question: Asked, n: int, tool: str) -> Written:
    """Returns a question with one answer as a tool has it."""
    cells = plain(question).cells
    if tool == "LimeSurvey texts":
        cells = [["N/A"] if answer is None else cell for cell, answer in zip(cells, question.given, strict=True)]
    if tool.startswith("Qualtrics"):
        cells = [["-99"] if answer is None and at % 2 else cell
                 for at, (cell, answer) in enumerate(zip(cells, question.given, strict=True))]  # fmt: skip
    if tool == "Unipark":
        cells = [["-77"] if answer is None else cell for cell, answer in zip(cells, question.given, strict=True)]
    if tool.startswith("SurveyMonkey"):
        return Written([[question.text], ["Response"]], cells)
    if tool == "two heading rows":
        return Written([[question.text], [""]], cells)
    if tool.startswith("Qualtrics"):
        return Written([[f"Q{n}"], [question.text]], cells)
    return Written([[f"q{n}" if tool == "LimeSurvey codes" else question.text]], cells)


def with_codes(random: Random, parts: Sequence[tuple[Asked, Written]]) -> None:
    """Puts what people type where nobody answered into some cells of questions with words: -99, or letters in two."""
    worded = [(asked, written) for asked, written in parts
              if asked.kind in ("single", "scale") and len(written.headings[0]) == 1
              and not any(re.search(r"\d", option) for option in asked.options)]  # fmt: skip
    open_ones = sum(any(answer is None and cells == [""] for answer, cells in zip(asked.given, written.cells, strict=True))
                    for asked, written in worded)  # fmt: skip
    word = random.choice(["-99", "-77", "k. A.", "NS/NC", "—", "N/A"] if open_ones > 1 else ["-99", "-77"])
    left = {"-99", "-77", "—"} & {word}
    for asked, written in worded:
        for at, answer in enumerate(asked.given):
            first = None not in asked.given[:at]  # letters stand in two columns, or they may be an answer of one
            if answer is None and written.cells[at] == [""] and (random.random() < 0.7 or (first and not left)):
                written.cells[at] = [word]


DAY = "2024-05-{:02} 10:{:02}:00"
TOOLS: dict[str, tuple[list[list[str]], Callable[[int], list[str]]]] = {
    "SurveyMonkey": (
        [["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
          "Last Name", "Custom Data 1"], [""] * 9],
        lambda at: [f"{at + 1000}", "7", *[f"05/{at % 28 + 1:02}/2024 09:{at % 60:02}:00 AM"] * 2, *[""] * 5]),
    "LimeSurvey codes": (
        [["id", "submitdate", "lastpage", "startlanguage", "seed"]],
        lambda at: [f"{at}", DAY.format(at % 28 + 1, at % 60), "3", "en", f"{at * 7}"]),
    "LimeSurvey texts": (
        [["ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ"]],
        lambda at: [f"{at}", DAY.format(at % 28 + 1, at % 60), "3", "fr"]),
    "Typeform": (
        [["#", "Submit Date (UTC)"]], lambda at: [f"t{at}", DAY.format(at % 28 + 1, at % 60)]),
    "Qualtrics": (
        [["StartDate", "EndDate", "Status", "ResponseId"], ["Start Date", "End Date", "Response Type", "Response ID"]],
        lambda at: [*[DAY.format(at % 28 + 1, at % 60)] * 2, "IP Address", f"R_{at}"]),
    "SurveyMonkey cut": ([[], []], lambda _at: []),
    "two heading rows": ([["No."], [""]], lambda at: [f"{at + 1}"]),
    "Unipark": (
        [["lfdn", "external_lfdn", "tester", "dispcode", "lastpage", "datetime", "duration"]],
        lambda at: [f"{at + 1}", "0", "0", "31", "99", DAY.format(at % 28 + 1, at % 60), f"{at * 3}"]),
    "Tally": (
        [["Submission ID", "Respondent ID", "Submitted at"]],
        lambda at: [f"s{at}", f"p{at}", DAY.format(at % 28 + 1, at % 60)]),
}  # fmt: skip
STAMP = "2024-05-{:02}T10:{:02}:00.000+02:00"
OF_PATTERN = {
    "Alchemer": "Alchemer export", "KoboToolbox": "KoboToolbox export", "Decipher": "Decipher export",
    "Microsoft Forms": "Microsoft Forms export", "Google Forms": "Google Forms export", "Jotform": "Jotform export",
}  # fmt: skip
"""How boxes look in the exports of tools whose own columns stand around them."""

EXPORTS: dict[str, tuple[list[list[str]], Callable[[int], list[str]]]] = {
    "Alchemer export": (
        [["Response ID", "Date Submitted", "Status", "SessionID", "Referer"]],
        lambda at: [f"{at + 1}", f"May {at % 28 + 1:02}, 2024 10:{at % 60:02}:00 AM", "Complete", f"s{at}", ""]),
    "KoboToolbox export": (
        [["start", "end", "_id", "_uuid", "_submission_time"]],
        lambda at: [*[STAMP.format(at % 28 + 1, at % 60)] * 2, f"{at}", f"u{at}", f"2024-05-{at % 28 + 1:02}T09:00:00"]),
    "Decipher export": (
        [["record", "uuid", "date", "status", "source"]],
        lambda at: [f"{at + 1}", f"u{at}", f"05/{at % 28 + 1:02}/2024 10:{at % 60:02}", "3", ""]),
    "Microsoft Forms export": (
        [["ID", "Start time", "Completion time", "Email", "Name"]],
        lambda at: [f"{at + 1}", *[f"5/{at % 28 + 1}/24 10:{at % 60:02}:00"] * 2, "anonymous", ""]),
    "Google Forms export": (
        [["Timestamp"]], lambda at: [f"2024/05/{at % 28 + 1:02} 10:{at % 60:02}:00 AM GMT+2"]),
    "Jotform export": (
        [["Submission Date", "Submission ID"]],
        lambda at: [f"2024-05-{at % 28 + 1:02} 10:{at % 60:02}:00", f"{at + 70_000}"]),
}  # fmt: skip
TOOLS |= EXPORTS
TOOLS |= {"SurveyMonkey numbers": TOOLS["SurveyMonkey"], "Qualtrics numbers": TOOLS["Qualtrics"]}


STATES = (
    ("Status", "Complete", ("Screened out", "Partial")), ("Statut", "Complète", ("Écarté", "Incomplète")),
    ("Bearbeitungsstatus", "abgeschlossen", ("Quote voll", "abgebrochen")), ("Estado", "Completa", ("Filtrada", "Parcial")),
    ("Finished", "TRUE", ("FALSE",)), ("interview_status", "completed", ("over_quota", "drop-out")),
    ("is_test", "false", ("true",)), ("gültig", "ja", ("nein",)), ("is_complete", "1", ("0",)),
    ("Revisión", "ok", ("PRUEBA, no contar", "borrar")), ("Notiz", "", ("Pretest", "bitte löschen")),
)  # fmt: skip
"""A column that says which rows count, in a table that no tool wrote: its name, its word for those that do, others."""

OF_TOOLS = {
    "Alchemer export": ("Status", ("Disqualified", "Partial")), "Decipher export": ("status", ("1", "4")),
    "Qualtrics": ("Status", ("Survey Preview", "Spam")), "Qualtrics numbers": ("Status", ("Survey Test",)),
    "LimeSurvey codes": ("submitdate", ("",)), "LimeSurvey texts": ("Date de soumission", ("",)),
    "Unipark": ("dispcode", ("37", "22")),
}  # fmt: skip
"""Where a tool says that a row is none of a reader's, or unfinished, and the words by which it does."""


@dataclass(frozen=True)
class Drawn:
    """A table as it was drawn, and as it is written. Where `screened`, rows that do not count stand among the others."""

    parts: tuple[tuple[Asked, Written], ...]
    layout: str
    noise: str = ""
    weighted: bool = False

    def text(self) -> str:
        return self.text_of_tool() if self.layout in TOOLS else self.plain_text()

    def text_of_tool(self) -> str:
        file = io.StringIO(newline="")
        writer = csv.writer(file)
        heads, own = TOOLS[self.layout]
        for row, head in enumerate(heads):
            writer.writerow([*head, *(name for _, written in self.parts for name in written.headings[row])])
        if self.layout.startswith("Qualtrics"):
            names = [*heads[0], *(name for _, written in self.parts for name in written.headings[0])]
            writer.writerow([json.dumps({"ImportId": name[:1].lower() + name[1:]}) for name in names])
        column, words = OF_TOOLS.get(self.layout, ("", ("",)))
        for at in range(len(self.parts[0][0].given)):
            cells = [cell for _, written in self.parts for cell in written.cells[at]]
            writer.writerow([*own(at), *cells])
            if self.noise == "screened" and column and at % 9 == 4:
                place, more = heads[0].index(column), own(at + 100_000)
                writer.writerow([*more[:place], words[at % len(words)], *more[place + 1 :], *cells])
        return file.getvalue()

    def plain_text(self) -> str:
        file = io.StringIO(newline="")
        writer = csv.writer(file)
        more = ["Answered on", "weight"] if self.weighted else []
        readers = len(self.parts[0][0].given)
        name, done, others = STATES[readers % len(STATES)]
        of_state = [name] if self.noise == "screened" else []
        writer.writerow(["id", *of_state, *more, *(name for _, written in self.parts for name in written.headings[0])])
        for at in range(len(self.parts[0][0].given)):
            own = [f"{at % 28 + 1}.05.2024 10:{at % 60:02}", f"{0.5 + at % 11 / 10:.2f}"] if self.weighted else []
            cells = [cell for _, written in self.parts for cell in written.cells[at]]
            writer.writerow([f"r{at}", *([done] if of_state else []), *own, *cells])
            if of_state and at % 9 == 4:
                writer.writerow([f"x{at}", others[at % len(others)], *own, *cells])
            if self.noise == "subtotals" and at % 30 == 29:
                writer.writerow(["Subtotal", "30", *[""] * (self.width - 2)])
        if self.noise == "totals":
            writer.writerows([["Total", f"{len(self.parts[0][0].given)}", *[""] * (self.width - 2)], [""] * self.width,
                              ["Source: our own readers", *[""] * (self.width - 1)]])  # fmt: skip
        above = ""
        if self.noise == "titles":
            above = '"Readers of May, by the desk"' + "," * (self.width - 1) + "\n" + "," * (self.width - 1) + "\n"
        return above + file.getvalue()

    def saved(self, folder: Path) -> Path:
        """Returns the table as a file: a workbook with a sheet that holds no answers beside it, or a text file."""
        if self.noise != "sheets":
            path = folder / "table.csv"
            path.write_bytes(self.text().encode("utf-8"))
            return path
        book = Workbook()
        first = book.active
        beside = book.create_sheet("Beside", at) if (at := len(self.parts) % 2) else first
        answers = first if at else book.create_sheet("Answers")
        for row in csv.reader(io.StringIO(self.text(), newline="")):
            answers.append([cell or None for cell in row])
        asked = self.parts[0][0]
        for row in (["Answer", "Readers"], *asked.counts().items(), ["All", len(asked.given)]):
            beside.append(list(row))
        book.save(folder / "table.xlsx")
        return folder / "table.xlsx"

    @property
    def width(self) -> int:
        """Returns how many columns the table has."""
        return 1 + 2 * self.weighted + sum(len(written.headings[0]) for _, written in self.parts)


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    layout = draw(st.sampled_from([*sorted(PATTERNS), *sorted(JOINED), *sorted(TOOLS)]))
    # A workbook is read by children, which takes seconds: few of the files are one.
    ways = ("", "", "", "titles", "totals", "subtotals", "screened", "edited")
    noise = draw(st.sampled_from([*ways * 22, "sheets"]))
    readers = draw(st.integers(40, 160))
    random = Random(draw(st.integers(0, 1 << 32)))
    parts: list[tuple[Asked, Written]] = []
    for at, what in enumerate(
        draw(
            st.lists(
                st.sampled_from(
                    [
                        "boxes",
                        "single",
                        "ladder",
                        "steps",
                        "nps",
                        "mentions",
                        "typed",
                        "matrix",
                        "battery",
                        "beside",
                        "comment",
                        "counted",
                        "one heading",
                        "amounts",
                        "neighbours",
                    ]
                ),
                min_size=1,
                max_size=4,
            )
        )
    ):
        text = f"{random.choice(['Which of these do you use', 'What do you think of it', 'How is it'])}, part {'ABCD'[at]}?"
        if what == "boxes" and layout == "Typeform" and parts and parts[-1][0].kind == "multiple":
            what = "single"  # two lists without wordings side by side are one to everybody who has but the file
        if what == "boxes":
            asked = drawn_boxes(random, readers, text)
            if layout in TOOLS:
                writers = layout in ("SurveyMonkey", "SurveyMonkey numbers", "LimeSurvey codes", "Typeform")
                asked = with_writers(random, asked) if writers and random.random() < 0.5 else asked
                parts.append((asked, boxes_of_tool(asked, at + 3, layout)))
            else:
                own_words = layout in JOINED and random.random() < 0.4
                asked = with_own_words(random, asked) if own_words else asked
                parts.append((asked, boxes(asked, at + 3, layout)))
            continue
        if what == "comment" and not any(one.kind == "text" for one, _ in parts):
            asked = drawn_comments(random, readers)
            written = one_of_tool(asked, at + 3, layout) if layout in TOOLS else plain(asked)
            if layout.startswith("SurveyMonkey"):
                written.headings[1] = ["Open-Ended Response"]
            parts.append((asked, written))
            continue
        if what == "beside" and (layout not in TOOLS or layout.startswith("SurveyMonkey") or layout == "Typeform"):
            asked = drawn_one(random, readers, text, random.choice(SINGLES[1:]), "single")
            asked = with_words_beside(random, asked)
            parts.append((asked, beside(random, asked, layout)))
            continue
        if what == "counted" and layout not in TOOLS:
            asked = drawn_mentions(random, readers, text)
            parts.append((asked, counted_mentions(random, asked)))
            continue
        named = any(one.text == "q4" for one, _ in parts)
        if what == "neighbours" and layout not in TOOLS and not named and layout not in ("codes", "Decipher"):
            parts += [(one, plain(one)) for one in drawn_neighbours(random, readers)]
            continue
        if what == "amounts" and (layout not in TOOLS or layout in EXPORTS):
            parts.append(drawn_amounts(random, readers, f"What did you pay, part {'ABCD'[at]}?"))
            continue
        if what == "one heading" and (layout not in TOOLS or layout in ("Google Forms export", "Alchemer export")):
            asked = drawn_boxes(random, readers, text)
            parts.append((asked, under_one_heading(random, asked)))
            continue
        if what == "one heading" and layout == "LimeSurvey texts":
            asked = drawn_boxes(random, readers, text)
            parts.append((asked, of_one_code(asked, at + 3)))
            continue
        if layout not in TOOLS and what in ("mentions", "typed"):
            asked = drawn_mentions(random, readers, text) if what == "mentions" else drawn_one(
                random, readers, text, random.choice(SINGLES), "single")  # fmt: skip
            parts.append((asked, (mentioned if what == "mentions" else typed)(random, asked)))
            continue
        if what in (
            "single",
            "mentions",
            "typed",
            "counted",
            "comment",
            "beside",
            "one heading",
            "amounts",
            "neighbours",
        ):
            asked = drawn_one(random, readers, text, random.choice(SINGLES), "single")
        elif what == "ladder":
            unsure = random.choice(UNSURE) if random.random() < 0.5 else ""
            asked = drawn_one(random, readers, text, random.choice(LADDERS), "scale", unsure)
        elif what == "matrix":
            ladder = random.choice([one for one in LADDERS if len(one) == 5])
            rows = [
                drawn_one(random, readers, f"{text} [{row}]", ladder, "scale") for row in ("The mayor", "The press")
            ]
            parts += [(row, one_of_tool(row, at + 3, layout) if layout in TOOLS else plain(row)) for row in rows[:1]]
            asked = rows[1]
        elif what == "battery" and layout not in TOOLS:
            # The highest step of one row was taken by nobody: its neighbours have it.
            ladder = random.choice([one for one in LADDERS if len(one) == 5])
            mark = random.choice([" [{}]", ": {}", " - {}"])
            rows = [
                drawn_one(random, readers, text + mark.format(row), ladder[: 5 - (row == "The press")], "scale")
                for row in ("The mayor", "The press", "The police")
            ]
            rows[1] = replace(rows[1], options=ladder, scored=ladder)
            parts += [(row, plain(row)) for row in rows[:2]]
            asked = rows[2]
        elif what == "battery":
            asked = drawn_one(random, readers, text, random.choice(LADDERS), "scale")
        elif what == "steps":
            low, high = random.choice([(1, 5), (1, 7), (0, 10), (1, 10)])
            asked = drawn_one(
                random, readers, f"{text} ({low} to {high})", [str(n) for n in range(low, high + 1)], "scale"
            )
        else:
            asked = drawn_one(random, readers, f"Would you recommend us, {text}", [str(n) for n in range(11)], "scale")
        parts.append((asked, one_of_tool(asked, at + 3, layout) if layout in TOOLS else plain(asked)))
    if all(asked.kind == "text" for asked, _ in parts):
        asked = drawn_one(random, readers, "Is it so, in the end?", random.choice(SINGLES), "single")
        parts.append((asked, one_of_tool(asked, 8, layout) if layout in TOOLS else plain(asked)))
    kinds = {asked.kind for asked, _ in parts if asked.kind != "text"}
    if (layout == "SurveyMonkey cut" and kinds == {"multiple"}) or (
        layout == "two heading rows" and "multiple" not in kinds
    ):
        # Nothing but boxes tells no tool without its own columns; nothing but single columns has one row of names.
        asked = drawn_one(random, readers, "Is it so, at last?", random.choice(SINGLES), "single")
        asked = drawn_boxes(random, readers, "Which, at last?") if layout == "two heading rows" else asked
        of_tool = boxes_of_tool if asked.kind == "multiple" else one_of_tool
        parts.append((asked, of_tool(asked, 9, layout)))
    alone = [written for asked, written in parts if asked.kind == "single" and written.headings == [[asked.text]]]
    alone = [written for written in alone if written.headings[0][0] not in ("q4", "q5")]
    if len(alone) > 1 and random.random() < 0.3:
        alone[1].headings[0][0] = alone[0].headings[0][0]  # two columns of one name
    if noise == "edited":
        with_codes(random, parts)
    weighted = layout not in TOOLS and draw(st.booleans())
    return Drawn(tuple(parts), layout, noise, weighted)


def found_in(path: Path, survey: Survey) -> dict[str, tuple[str, int, dict[str, int], Any]]:
    """Returns kind, base, counts by label and scored labels of each question, by its first column."""
    chunks = list(read_responses(path, survey))
    found: dict[str, tuple[str, int, dict[str, int], Any]] = {}
    if survey.columns.comment is not None:
        wrote = sum(int((one.batch.texts["question"] == "").sum()) for one in chunks)
        found[survey.columns.comment] = ("text", wrote, {}, ())
    for question in survey.questions:
        column = (question.column or question.columns[0].column).removesuffix(" / Other")
        if question.kind == "text":
            found[column] = (
                "text",
                sum(int((one.batch.texts["question"] == question.key).sum()) for one in chunks),
                {},
                (),
            )
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
        path = table.saved(Path(folder))
        survey = propose(path).survey
        found = found_in(path, survey)
        header = read_table(path, notes=survey.file).header
    faults = []
    first = len(header) - sum(len(written.headings[0]) for _, written in table.parts)
    columns: set[str] = {header[0]}
    for asked, written in table.parts:
        names = header[first : first + len(written.headings[0])]
        first += len(names)
        columns |= set(names)
        kind, base, counts, scored = next((found[name] for name in names if name in found), ("none", 0, {}, ()))
        counts = {written.labels.get(label, label): count for label, count in counts.items()}
        right = asked.counts()
        if asked.other and table.layout in JOINED:
            counts.pop("Other, in own words", None)
        if kind != asked.kind or base != asked.base(none_counts=written.tells_none) or counts != right:
            faults.append(f"{table.layout}, {asked.text}: {kind} {base} {counts}, not {asked.kind} "
                          f"{asked.base(none_counts=written.tells_none)} {right}")  # fmt: skip
        elif scored != asked.scored:
            faults.append(f"{asked.text}: steps {scored}, not {asked.scored}")
    faults += [f"{column} is a question of its own" for column in found if column not in columns]
    own = (survey.columns.weight, survey.columns.responded_at)
    if own != (("weight", "Answered on") if table.weighted else (None, survey.columns.responded_at)):
        faults.append(f"weight and time are {own}")
    counted = sum(asked.kind != "text" for asked, _ in table.parts)
    more = sum(question.kind != "text" for question in survey.questions) + len(survey.dimensions) - counted
    return [*faults, *([f"{more} parts more than were drawn"] if more > 0 and not faults else [])]


# Each workbook is read by children, as every upload is: on a busy machine seventy of them take minutes.
@pytest.mark.parametrize(
    ("runs", "files"),
    [
        pytest.param(1, 500, marks=pytest.mark.timeout(1200), id="500"),
        pytest.param(40, 500, marks=pytest.mark.soak, id="20000"),
    ],
)
def test_any_table_gives_back_what_was_drawn(runs: int, files: int) -> None:
    """What came out wrong once stands as a case of its own in the other tests of imports; the soak draws 20,000 new."""
    # In runs of 500, since Hypothesis keeps what it drew: its own work and memory grow with the length of a run.
    for run in range(runs):

        @seed(run)
        @settings(max_examples=files, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(tables())
        def gives_back(table: Drawn) -> None:
            assert wrong_in(table) == []

        gives_back()


def test_a_table_with_a_swallowed_answer_would_be_seen() -> None:
    random = Random(1)
    asked = drawn_boxes(random, 60, "Which?")
    written = boxes(asked, 3, "brackets, 1 and 0")
    less = replace(asked, given=[() if at == 5 else answer for at, answer in enumerate(asked.given)])
    assert asked.given[5]

    assert wrong_in(Drawn(((asked, written),), "boxes")) == []
    assert wrong_in(Drawn(((less, written),), "boxes")) != []


@st.composite
def crosstabs(draw: st.DrawFn) -> list[list[str]]:
    """Returns what answers come to in some groups: counts, shares or both, with or without titles, bases and totals."""
    random = Random(draw(st.integers(0, 1 << 32)))
    answers = random.choice([*SINGLES[1:], *LADDERS])
    groups = random.sample(["Men", "Women", "18-34", "35-54", "55+", "North", "South"], random.randint(2, 6))
    counts = [[random.randint(12, 400) for _ in groups] for _ in answers]
    sums = [sum(row[at] for row in counts) for at in range(len(groups))]
    sign = draw(st.sampled_from(["%", " %", ""]))
    shares = [[f"{100 * count / total:.1f}{sign}" for count, total in zip(row, sums, strict=True)] for row in counts]
    form = draw(st.sampled_from(["counts", "shares", "both"]))
    rows = [["", *groups]]
    if draw(st.booleans()) or form == "counts":
        rows.append([random.choice(["Base", "Total", "Unweighted base", "n"]), *map(str, sums)])
    for answer, row, of_all in zip(answers, counts, shares, strict=True):
        rows += [[answer, *map(str, row)]] if form != "shares" else [[answer, *of_all]]
        rows += [["", *of_all]] if form == "both" else []
    above = [["Table 3. Do you support the plan?"], []] if draw(st.booleans()) else []
    return [*above, *rows]


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@seed(16)
@given(crosstabs())
def test_any_crosstab_is_refused_as_a_table_of_results(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tables.csv"
        width = max(map(len, rows))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*row, *[""] * (width - len(row))] for row in rows)
        with pytest.raises(FileError, match="a table of results"):
            propose(path)
