"""Odd files, each of a kind that newsrooms really have: what was drawn is what the proposal has to give back.

Answers are drawn first and written afterwards, in several tools' layouts, languages and orders of columns, so what is
right is known without reading the file. Where a file has no right reading, the right thing is to ask or to refuse.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook

from analytics.errors import FileError
from analytics.imports.answers.times import responded_at, time_found
from analytics.imports.cells.rows import split_row
from analytics.imports.propose import propose
from analytics.imports.proposing.joined import check_boxes
from analytics.imports.reading.tables import read_table
from tests.forked import work_seconds
from tests.import_cases import faults_of
from tests.surveys import command

READERS = 80


@dataclass(frozen=True)
class Odd:
    """A file and what is right about it: `notes` are words that the proposal has to say."""

    header: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str]]
    expected: dict[str, Any]
    notes: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    separator: str = ","
    file: str = "answers.csv"
    lines: list[str] = field(default_factory=list)

    def written(self, folder: Path) -> Path:
        path = folder / self.file
        if path.suffix == ".xlsx":
            book = Workbook()
            for row in (*self.header, *self.rows):
                book.active.append(list(row))
            book.save(path)
            return path
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.separator).writerows([*self.header, *self.rows])
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return path


def drawn(words: Sequence[str], seed: int, *, readers: int = READERS, blank: float = 0.06) -> list[str]:
    """Returns an answer for each reader, some of them blank; every word stands among them."""
    random = Random(seed)
    cells = [random.choice(words) if random.random() > blank else "" for _ in range(readers)]
    for at, word in enumerate(words):
        cells[3 * at] = word
    return cells


def one(text: str, cells: Iterable[str], kind: str = "single", **more: Any) -> dict[str, Any]:
    """Returns what is right for a question in one column."""
    found = Counter(cell for cell in cells if cell)
    return {"wording": text, "columns": [more.pop("column", text)], "kind": kind, "base": found.total(),
            "choices": [list(pair) for pair in found.items()], **more}  # fmt: skip


def steps(text: str, cells: Iterable[str], low: int, high: int, **more: Any) -> dict[str, Any]:
    """Returns what is right for a scale of numbered steps; what lies beyond its ends is no answer."""
    inside = [cell for cell in cells if cell.isdecimal() and low <= int(cell) <= high]
    counts = {str(step): inside.count(str(step)) for step in range(low, high + 1)}
    return {"wording": text, "columns": [more.pop("column", text)], "kind": "scale", "base": len(inside),
            "choices": [[int(step), count] for step, count in counts.items()], "lowest": low, "highest": high,
            "mean": sum(map(int, inside)) / len(inside), **more}  # fmt: skip


def turned(*columns: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*columns, strict=True))


def numbers(readers: int = READERS) -> list[str]:
    return [f"{100 + at}" for at in range(readers)]


# ---- several mentions, of which one reader gives one twice


def mentions(
    headings: Sequence[str], words: Sequence[str], seed: int, *, text: str = "", twice: int = 1, separator: str = ","
) -> Odd:
    random = Random(seed)
    given = [random.sample(list(words), random.choice((0, 1, 2, 2, 3)))
             for _ in range(READERS)]  # fmt: skip
    given[1] = [words[-1], words[0]]
    width = len(headings)
    rows = [[*one, "", "", ""][:width] for one in given]
    for at in range(twice):
        rows[5 + at] = [words[0], words[0], *[""] * (width - 2)]
    counts = Counter(word for row in rows for word in {*row} - {""})
    base = sum(any(row) for row in rows)
    member = drawn(("Yes", "No"), seed + 1)
    question = {"wording": text or headings[0], "columns": list(headings), "kind": "multiple", "base": base,
                "choices": [list(pair) for pair in counts.items()]}  # fmt: skip
    return Odd(
        [["id", *headings, "Member?"]],
        [[number, *row, cell] for number, row, cell in zip(numbers(), rows, member, strict=True)],
        {"questions": [question, one("Member?", member)]},
        notes=("twice",) if twice else (),
        separator=separator,
    )


ISSUES = ("Housing", "Climate", "Pensions", "Schools", "Traffic", "Crime")


def answers_before_and_after() -> Odd:
    """Two columns of one code in which most say the same twice are two questions."""
    before = drawn(("Party A", "Party B", "Party C", "Party D"), 5)
    random = Random(6)
    after = [random.choice(("Party A", "Party B", "Party C", "Party D")) if random.random() < 0.4 else cell
             for cell in before]  # fmt: skip
    return Odd([["id", "vote_1", "vote_2"]], turned(numbers(), before, after),
               {"questions": [one("vote_1", before), one("vote_2", after)]})  # fmt: skip


# ---- the Net Promoter Score with its groups beside it


def group_of(score: str, words: Sequence[str]) -> str:
    return "" if not score else words[0] if int(score) > 8 else words[1] if int(score) > 6 else words[2]


PROMOTERS = ("Promoter", "Passive", "Detractor")


def promoters(
    score: str, group: str, words: Sequence[str] = PROMOTERS, *, wordings: Sequence[str] = (), first: bool = False
) -> Odd:
    cells = drawn([str(step) for step in range(11)], 11)
    groups = [group_of(cell, words) for cell in cells]
    asked = wordings[0] if wordings else score
    plus, minus = sum(cell in ("9", "10") for cell in cells), sum(cell.isdecimal() and int(cell) < 7 for cell in cells)
    base = sum(map(bool, cells))
    question = steps(asked, cells, 0, 10, column=score, net={"percent": round(100 * (plus - minus) / base, 4)})
    own = [["ResponseId", "StartDate", "EndDate"]] if wordings else [["id"]]
    left = [[f"R_{at}", f"2024-05-{at % 28 + 1:02} 10:00:00", f"2024-05-{at % 28 + 1:02} 10:05:00"] if wordings
            else [f"{at}"] for at in range(READERS)]  # fmt: skip
    header = [[*own[0], *((group, score) if first else (score, group))]]
    if wordings:
        header.append(["Response ID", "Start Date", "End Date", *(reversed(wordings) if first else wordings)])
        header.append([f'{{"ImportId":"{name}"}}' for name in header[0]])
    pairs = zip(groups, cells, strict=True) if first else zip(cells, groups, strict=True)
    return Odd(header, [[*mine, *pair] for mine, pair in zip(left, pairs, strict=True)],
               {"questions": [question], "groups": []}, notes=("same as",))  # fmt: skip


def promoters_alone() -> Odd:
    cells = drawn(PROMOTERS, 12)
    plus, minus = cells.count("Promoter"), cells.count("Detractor")
    return Odd([["id", "NPS group"]], turned(numbers(), cells), {"questions": [
        one("NPS group", cells, net={"percent": round(100 * (plus - minus) / sum(map(bool, cells)), 4)})]})  # fmt: skip


# ---- weights


def weighted(
    columns: dict[str, Sequence[str]], weight: str, *, mean: float | None = None, notes: tuple[str, ...] = ()
) -> Odd:
    answers = drawn(("Yes", "No"), 21)
    wanted: dict[str, Any] = {"offer": [weight]} | ({"mean": mean} if mean is not None else {})
    return Odd([[*columns, "Are you for it?"]], turned(*columns.values(), answers),
               {"questions": [one("Are you for it?", answers)], "some": True, "weights": wanted},
               notes=(weight, *notes))  # fmt: skip


def population(seed: int) -> list[str]:
    random = Random(seed)
    return [str(random.randint(600, 4_000)) for _ in range(READERS)]


def mean_of(cells: Iterable[str]) -> float:
    found = [float(cell or 0) for cell in cells]  # who has no weight counts as who has the weight 0
    return sum(found) / len(found)


def with_gaps(seed: int, gaps: Sequence[str] = ("0", "", "0", "")) -> list[str]:
    random = Random(seed)
    cells = [f"{random.uniform(0.4, 1.8):.3f}" for _ in range(READERS)]
    return [gaps[at // 9 % len(gaps)] if at % 9 == 4 else cell for at, cell in enumerate(cells)]


# ---- typing errors


def typed(words: dict[str, int], wrong: dict[str, tuple[str, int]], kind: str, *, order: Sequence[str] = ()) -> Odd:
    """Returns words in these numbers, and wrong spellings with the right one and how often."""
    cells = [word for word, count in words.items() for _ in range(count)]
    cells += [word for word, (_, count) in wrong.items() for _ in range(count)]
    Random(31).shuffle(cells)
    right = [wrong[cell][0] if cell in wrong else cell for cell in cells]
    more = {"order_low_to_high": list(order)} if order else {}
    return Odd([["id", "Your view"]], turned(numbers(len(cells)), cells),
               {"questions": [one("Your view", right, kind, **more)]}, notes=tuple(wrong))  # fmt: skip


# ---- codes beyond a scale


def beyond(
    text: str, low: int, high: int, odd: Sequence[str], *, beside: str = "", words: dict[int, str] | None = None
) -> Odd:
    cells = drawn([str(step) for step in range(low, high + 1)], 41)
    for at, code in enumerate(odd):
        cells[20 + 7 * at] = code
    lines = [f"line {22 + 7 * at}" for at in range(len(odd))]
    question = steps(text, cells, low, high)
    shown = [f"{cell} - {words[int(cell)]}" if words and cell.isdecimal() and int(cell) in words else cell
             for cell in cells]  # fmt: skip
    columns, asked = [numbers(), shown], [question]
    names = ["id", text]
    if beside:
        other = drawn([str(step) for step in range(low, high + 1)], 42)
        columns.append(other)
        names.append(beside)
        asked.append(steps(beside, other, low, high))
    return Odd([names], turned(*columns), {"questions": asked}, notes=(*map(repr, dict.fromkeys(odd)), lines[0]))


# ---- "Other (please specify)"


def survey_monkey(option: str, answers: Sequence[str], asked: str, response: str, *, several: bool) -> Odd:
    """Returns a question with a column for other answers; of several boxes, who wrote may have ticked no other."""
    random = Random(51)
    cells, own = [], []
    for at in range(READERS):
        wrote = at % 10 == 3
        took = random.sample(list(answers), random.choice((1, 2))) if several else [random.choice(answers)]
        cells.append([] if wrote or at % 13 == 7 else took)
        own.append(f"something of mine, {at}" if wrote else "")
    counts = {answer: sum(answer in one for one in cells) for answer in answers}
    written = sum(map(bool, own))
    base = sum(bool(one) or bool(word) for one, word in zip(cells, own, strict=True))
    fixed = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
             "Last Name", "Custom Data 1"]  # fmt: skip
    stamp = "05/02/2024 09:10:00 AM"
    heads = [*answers] if several else [response]
    rows = []
    for at, (took, word) in enumerate(zip(cells, own, strict=True)):
        alone = took[0] if took else option if word else ""
        ticks = [answer if answer in took else "" for answer in answers] if several else [alone]
        rows.append([f"{at + 1000}", "7", stamp, stamp, *[""] * 5, *ticks, word])
    choices = [*map(list, counts.items()), [option, written]]
    question = {"wording": asked, "columns": [asked, f"{asked} [{option}]"], "base": base,
                "kind": "multiple" if several else "single", "choices": choices}  # fmt: skip
    return Odd([[*fixed, asked, *[""] * len(heads)], [*[""] * 9, *heads, option]], rows, {"questions": [question]})


def survey_monkey_again(odd: Odd, *, second_row: bool, label: str) -> Odd:
    """Returns the same export as pandas writes it, with names in empty headings, or without its second row."""
    first, second = odd.header
    names = [name or (f"Unnamed: {at}" if second_row else "") for at, name in enumerate(first)]
    question = odd.expected["questions"][0]
    choices = [[label if at + 1 == len(question["choices"]) else name, count]
               for at, (name, count) in enumerate(question["choices"])]  # fmt: skip
    columns = [*question["columns"], f"{question['wording']} [{label}]"]
    expected = {"questions": [{**question, "choices": choices, "columns": columns}]}
    return Odd([names, second] if second_row else [names], odd.rows, expected)


# ---- boxes of 1 and 2


def one_or_two(headings: Sequence[str], seed: int = 61) -> Odd:
    random = Random(seed)
    rows = [[random.choice("12") for _ in headings] for _ in range(READERS)]
    return Odd([["id", *headings]], [[number, *row] for number, row in zip(numbers(), rows, strict=True)],
               {"ask": ["1 ticked 2", "2 ticked 1"]})  # fmt: skip


# ---- a comma, or a point, before three digits


def three_digits(
    text: str, cells: Sequence[str], asks: bool, values: Sequence[float] = (), separator: str = ";"
) -> Odd:
    """Returns amounts, each as often as every other, which say what their marks mean or do not."""
    repeated = [cells[at % len(cells)] for at in range(READERS)]
    more = drawn(("Yes", "No"), 71)
    right: dict[str, Any] = {"ask": ["thousands", "decimal mark", cells[0]]}
    if not asks:
        mean = sum(values[at % len(values)] for at in range(READERS)) / READERS
        question = {"wording": text, "columns": [text], "kind": "scale", "base": READERS, "mean": mean}
        right = {"questions": [question, one("For it?", more)]}
    return Odd([["id", text, "For it?"]], turned(numbers(), repeated, more), right, separator=separator)


AMOUNTS = ("875", "940", "1025", "1190", "1280", "1310", "1475", "1500", "1625", "1750", "1890", "2100")


# ---- a table of results


def results(*rows: Sequence[str], file: str = "results.csv", separator: str = ",") -> Odd:
    return Odd(rows[:1], rows[1:], {"refuse": "a table of results"}, file=file, separator=separator)


LIKERT = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
CASES: dict[str, Callable[[], Odd]] = {
    "mentions, German, one named twice": lambda: mentions(
        ["Thema, 1. Nennung", "Thema, 2. Nennung", "Thema, 3. Nennung"],
        ("Mieten", "Klima", "Rente", "Schule", "Verkehr"),
        1,
        text="Thema",
        separator=";",
    ),
    "mentions, English, two named twice": lambda: mentions(
        ["Paper read (first)", "Paper read (second)"],
        ("Courier", "Mail", "Post", "Echo"),
        2,
        text="Paper read",
        twice=2,
    ),
    "mentions, Spanish, answers counted": lambda: mentions(
        ["Problema: respuesta 1", "Problema: respuesta 2", "Problema: respuesta 3"],
        ("Vivienda", "Clima", "Sanidad", "Empleo"),
        3,
        text="Problema",
    ),
    "mentions, French, choices counted": lambda: mentions(
        ["Sujet - 1er choix", "Sujet - 2e choix"], ("Logement", "Climat", "Santé", "Emploi"), 4, text="Sujet"
    ),
    "mentions, Polish": lambda: mentions(
        ["Problem (odpowiedź 1)", "Problem (odpowiedź 2)"],
        ("Mieszkania", "Klimat", "Szkoły", "Praca"),
        5,
        text="Problem",
    ),
    "mentions, codes alone": lambda: mentions(["issue_1", "issue_2", "issue_3"], ISSUES, 7, text="issue"),
    "mentions, codes alone, none named twice": lambda: mentions(["top1", "top2", "top3"], ISSUES, 8, twice=0),
    "votes before and after": answers_before_and_after,
    "promoters, Qualtrics": lambda: promoters(
        "Q4",
        "Q4_NPS_GROUP",
        wordings=["How likely are you to recommend us?", "How likely are you to recommend us? - Group"],
    ),
    "promoters, Qualtrics, group first, codes": lambda: promoters(
        "Q4",
        "Q4_NPS_GROUP",
        ("3", "2", "1"),
        first=True,
        wordings=["How likely are you to recommend us?", "How likely are you to recommend us? - Group"],
    ),
    "promoters, plain, English": lambda: promoters("How likely are you to recommend us to a friend?", "NPS category"),
    "promoters, plain, German": lambda: promoters(
        "Würden Sie uns weiterempfehlen?", "NPS-Gruppe", ("Promotoren", "Passive", "Kritiker")
    ),
    "promoters, plain, Spanish, group first": lambda: promoters(
        "¿Nos recomendaría?", "Grupo", ("Promotor", "Pasivo", "Detractor"), first=True
    ),
    "promoters, plain, French": lambda: promoters(
        "Recommanderiez-vous notre journal ?", "Segment NPS", ("Promoteur", "Passif", "Détracteur")
    ),
    "promoters alone": promoters_alone,
    "whole weights beside a status": lambda: weighted(
        {"caseid": numbers(), "status": drawn(("1", "2", "3"), 22, blank=0), "wgt": population(23)}, "wgt"
    ),
    "whole weights, a case number last": lambda: weighted(
        {"PESO": population(24), "status": ["complete"] * READERS, "case": numbers()}, "PESO"
    ),
    "whole weights, all different": lambda: weighted(
        {"case": numbers(), "finalwgt": [str(900 + 37 * at % 1009) for at in range(READERS)]}, "finalwgt"
    ),
    "whole weights, German, without a number": lambda: weighted(
        {"Status": drawn(("fertig", "abgebrochen"), 25, blank=0), "Hochrechnungsfaktor": population(26)},
        "Hochrechnungsfaktor",
    ),
    "weights with zeros and blanks": lambda: weighted(
        {"id": numbers(), "weight": with_gaps(27)}, "weight", mean=mean_of(with_gaps(27)), notes=("0", "4 rows have no")
    ),
    "weights with blanks, Spanish": lambda: weighted(
        {"id": numbers(), "ponderacion": with_gaps(28, ("",))}, "ponderacion", mean=mean_of(with_gaps(28, ("",)))
    ),
    "weights with words for nothing": lambda: weighted(
        {"poids_redresse": with_gaps(29, ("NA", "0")), "numero": numbers()}, "poids_redresse"
    ),
    "an opposite typed wrong": lambda: typed(
        {"Agree": 31, "Disagree": 24, "Not sure": 12}, {"Agre": ("Agree", 1)}, "single"
    ),
    "opposites typed wrong in a ladder": lambda: typed(
        dict(zip(LIKERT, (12, 22, 10, 24, 11), strict=True)),
        {"Agre": ("Agree", 1), "Disagre": ("Disagree", 2), "Strongy agree": ("Strongly agree", 1)},
        "scale",
        order=LIKERT,
    ),
    "two letters the wrong way round at the beginning": lambda: typed(
        {"Support": 30, "Oppose": 25, "Unsure": 11}, {"Uspport": ("Support", 1), "Opose": ("Oppose", 1)}, "single"
    ),
    "short words doubled": lambda: typed({"Yes": 40, "No": 35}, {"Yess": ("Yes", 1), "Noo": ("No", 1)}, "single"),
    "German opposites": lambda: typed(
        {"Zufrieden": 30, "Unzufrieden": 21, "Neutral": 9},
        {"Zufriden": ("Zufrieden", 1), "Unzufriden": ("Unzufrieden", 1)},
        "scale",
    ),
    "apostrophes": lambda: typed({"Yes": 30, "No": 30, "Don't know": 12}, {"Dont know": ("Don't know", 4)}, "single"),
    "codes beyond the ends of the wording": lambda: beyond("How safe, 1 to 5?", 1, 5, ["0", "6", "55"]),
    "codes beyond, beside another scale": lambda: beyond("trust", 1, 5, ["0", "6", "55"], beside="quality"),
    "codes beyond, no wording": lambda: beyond("satisfaction", 1, 5, ["0", "6", "55"]),
    "codes beyond, seven steps": lambda: beyond("How fair? (1 = unfair, 7 = fair)", 1, 7, ["9", "77", "8"]),
    "codes beyond, a likelihood": lambda: beyond("Would you recommend us (0-10)?", 0, 10, ["11", "100"]),
    "codes beyond, German": lambda: beyond("Zufriedenheit (1 bis 6)", 1, 6, ["7", "0"]),
    "codes beyond, the ends with words": lambda: beyond(
        "How clear?", 1, 5, ["6", "55"], words={1: "Not at all clear", 5: "Very clear"}
    ),
    "other, SurveyMonkey, one answer": lambda: survey_monkey(
        "Other (please specify)", ("Radio", "TV", "Newspaper"), "What do you use most?", "Response", several=False
    ),
    "other, SurveyMonkey, several answers": lambda: survey_monkey(
        "Other (please specify)", ("Radio", "TV", "Newspaper"), "Which do you use?", "Response", several=True
    ),
    "other, SurveyMonkey, German, one answer": lambda: survey_monkey(
        "Sonstiges (bitte angeben)",
        ("Radio", "Fernsehen", "Zeitung"),
        "Was nutzen Sie am meisten?",
        "Antwort",
        several=False,
    ),
    "other, SurveyMonkey by pandas": lambda: survey_monkey_again(
        CASES["other, SurveyMonkey, several answers"](), second_row=True, label="Other (please specify)"
    ),
    "other, SurveyMonkey without its second row": lambda: survey_monkey_again(
        CASES["other, SurveyMonkey, several answers"](), second_row=False, label="Other"
    ),
    "boxes of 1 and 2, wordings": lambda: one_or_two(
        [f"Which do you use? [{option}]" for option in ("Radio", "TV", "Print", "Web")]
    ),
    "boxes of 1 and 2, codes": lambda: one_or_two([f"q5_{at}" for at in range(1, 6)]),
    "boxes of 1 and 2, Italian": lambda: one_or_two(
        [f"Quali media usa? - {option}" for option in ("Radio", "TV", "Stampa")]
    ),
    "a comma before three digits": lambda: three_digits("Monthly rent", ["1,250", "2,480", "1,100"], True),
    "a point before three digits": lambda: three_digits("Einkommen", ["1.250", "2.480", "1.100", "3.000"], True),
    "a comma, some of thousands beyond doubt": lambda: three_digits(
        "Amount paid",
        [f"{int(word):,}" for word in (*AMOUNTS, "1100000")],
        False,
        [float(word) for word in (*AMOUNTS, "1100000")],
        ",",
    ),
    "a comma, some beyond doubt of decimals": lambda: three_digits(
        "Strecke in km",
        [f"{int(word) / 1000:.3f}".replace(".", ",") for word in AMOUNTS],
        False,
        [int(word) / 1000 for word in AMOUNTS],
    ),
    "points of thousands beside decimal commas": lambda: three_digits(
        "Miete",
        [f"{int(word):,}".replace(",", ".") for word in AMOUNTS] + ["980,50", "1.100,00"],
        False,
        [*map(float, AMOUNTS), 980.5, 1100],
    ),
    "results by group": lambda: results(
        ["", "All", "18-29", "30-44", "45-59", "60+"],
        ["Yes", "52%", "48%", "50%", "53%", "58%"],
        ["No", "38%", "42%", "41%", "36%", "33%"],
        ["Don't know", "10%", "10%", "9%", "11%", "9%"],
    ),
    "results by group, numbers alone": lambda: results(
        ["Question and answer", "Total", "Women", "Men"],
        ["Are you for the bypass?", "", "", ""],
        ["For", "51.2", "48.9", "53.6"],
        ["Against", "36.8", "39.1", "34.4"],
        ["Don't know", "12.0", "12.0", "12.0"],
        ["Base", "1004", "520", "484"],
    ),
    "results, SurveyMonkey's summary": lambda: results(
        ["Answer Choices", "Responses", ""],
        ["Yes", "52.50%", "105"],
        ["No", "37.50%", "75"],
        ["Not sure", "10.00%", "20"],
        ["", "Answered", "200"],
        ["", "Skipped", "12"],
    ),
    "results, German workbook": lambda: results(
        ["Antwort", "Gesamt", "Ost", "West"],
        ["Ja", "52,1 %", "48,0 %", "53,4 %"],
        ["Nein", "40,9 %", "44,0 %", "39,6 %"],
        ["Weiß nicht", "7,0 %", "8,0 %", "7,0 %"],
        ["n", "1.012", "214", "798"],
        file="ergebnisse.xlsx",
    ),
    "results, a group in each row": lambda: results(
        ["Group", "For", "Against", "Unsure", "n"],
        ["Women", "48", "40", "12", "512"],
        ["Men", "53", "37", "10", "490"],
        ["18-29", "44", "46", "10", "210"],
        ["30-59", "51", "38", "11", "480"],
        ["60+", "57", "33", "10", "312"],
    ),
    "results, shares of one": lambda: results(
        ["party", "poll of May", "poll of June", "poll of July"],
        ["A", "0.31", "0.30", "0.33"],
        ["B", "0.27", "0.28", "0.25"],
        ["C", "0.22", "0.21", "0.22"],
        ["Others", "0.20", "0.21", "0.20"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_odd_file_gives_what_was_drawn_or_is_asked_about(name: str, tmp_path: Path) -> None:
    odd = CASES[name]()
    path = odd.written(tmp_path)

    assert faults_of(path, odd.expected) == []
    if odd.notes:
        said = " ".join(propose(path).notes)
        assert [word for word in odd.notes if word not in said] == [], said


def test_a_step_that_one_reader_took_at_the_end_of_a_usual_scale_stays(tmp_path: Path) -> None:
    cells = drawn([str(step) for step in range(1, 11)], 43)
    cells[20] = "0"
    path = Odd([["id", "q5", "q6"]], turned(numbers(), cells, drawn([str(step) for step in range(1, 11)], 44)), {})
    [question, _] = propose(path.written(tmp_path)).survey.questions

    assert question.choices[0].value == "0"
    assert question.missing == ()


@pytest.mark.parametrize("tick", ["1", "2"])
def test_boxes_of_1_and_2_are_counted_by_the_number_that_was_named(tick: str, tmp_path: Path) -> None:
    odd = one_or_two(["media_1", "media_2", "media_3", "media_4"])
    survey = propose(odd.written(tmp_path), chosen={"boxes": tick}).survey

    [question] = survey.questions
    assert (question.kind, question.selected) == ("multiple", (tick,))
    assert question.not_selected == ({"1": "2", "2": "1"}[tick],)


def test_boxes_of_1_and_2_may_be_questions_of_their_own(tmp_path: Path) -> None:
    survey = propose(one_or_two(["vote_1", "vote_2", "vote_3"]).written(tmp_path), chosen={"boxes": "apart"}).survey

    assert [question.column for question in survey.questions] == ["vote_1", "vote_2", "vote_3"]


@pytest.mark.parametrize(("cell", "reading", "value"), [
    ("1,250", "thousands", 1250.0), ("1,250", "decimals", 1.25),
    ("1.250", "thousands", 1250.0), ("1.250", "decimals", 1.25),
])  # fmt: skip
def test_a_mark_before_three_digits_means_what_was_chosen(
    cell: str, reading: str, value: float, tmp_path: Path
) -> None:
    path = three_digits("Rent", [cell, f"2{cell[1]}480", f"3{cell[1]}100"], True).written(tmp_path)
    survey = propose(path, chosen={"commas": reading}).survey

    stretches = read_table(path, notes=survey.file).stretches
    assert value in {float(split_row(text)[1]) for rows in stretches for text in rows.texts}


def test_the_command_names_both_readings_of_a_mark_and_takes_one(tmp_path: Path) -> None:
    path = three_digits("Rent", ["1,250", "2,480", "3,100"], True).written(tmp_path)

    refused = command("import", path, "--db", tmp_path / "o.sqlite")
    chosen = command("import", path, "--commas", "thousands", "--db", tmp_path / "o.sqlite")

    assert "--commas thousands" in refused.stderr
    assert "1,250 is 1250" in refused.stderr
    assert "1,250 is 1.25" in refused.stderr
    assert (refused.exit_code, chosen.exit_code) == (1, 0)


# ---- a few bare codes, columns of 1 and 0, and cells joined in one way only


def unclear(file: Path, **columns: Sequence[str]) -> Path:
    """Returns a file of columns that leave open what they are, beside a number of each row."""
    names = [name.replace("_", " ") for name in columns]
    return Odd([["id", *names]], turned(numbers(), *columns.values()), {}, file="answers.csv").written(file)


def kinds_of(path: Path, **chosen: str) -> list[tuple[str, str]]:
    return [(question.kind, question.text) for question in propose(path, chosen=chosen).survey.questions]


THREE = drawn(("1", "2", "3"), 91)
WAYS = drawn(("Bus", "Tram", "Bus/Tram", "Car"), 92)
ONES = [drawn(("1", "0"), seed, blank=0) for seed in (93, 94, 95)]


@pytest.mark.parametrize(("heading", "about", "wanted"), [
    ("closing time", ["codes"], "single"), ("How satisfied are you?", [], "scale"),
    ("Which party is best?", [], "single"),
    ("Rate it (1 to 3)", [], "scale"), ("Should it close?", [], "single"), ("Hours a week", [], "scale"),
])  # fmt: skip
def test_bare_codes_are_asked_about_unless_the_wording_tells(
    heading: str, about: list[str], wanted: str, tmp_path: Path
) -> None:
    path = Odd([["id", heading]], turned(numbers(), THREE), {}).written(tmp_path)
    proposal = propose(path)

    assert [doubt.about for doubt in proposal.doubts] == about
    assert [question.kind for question in proposal.survey.questions] == [wanted]


@pytest.mark.parametrize(("low", "high", "asked", "kind"), [
    (1, 5, True, "scale"), (1, 7, True, "scale"), (1, 10, True, "scale"), (0, 10, False, "scale"),
    (1, 4, True, "single"), (1, 6, True, "single"), (0, 3, True, "single"), (1, 2, False, "single"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["q5", "Frage 3", "party"])
def test_numbers_under_a_name_that_says_nothing_are_steps_or_codes_and_somebody_is_asked(
    name: str, low: int, high: int, asked: bool, kind: str, tmp_path: Path
) -> None:
    steps = drawn(tuple(map(str, range(low, high + 1))), 97)
    path = Odd([["id", name]], turned(numbers(), steps), {}).written(tmp_path)
    proposal = propose(path)

    assert [doubt.about for doubt in proposal.doubts] == ["codes"] * asked
    assert [question.kind for question in proposal.survey.questions] == [kind]
    if asked:
        assert {value for value, _ in proposal.doubts[0].readings} == {"answers", "steps"}
        assert [one for one, _ in kinds_of(path, codes="answers")] == ["single"]
        assert [one for one, _ in kinds_of(path, codes="steps")] == ["scale"]


@pytest.mark.parametrize("heading", ["How was our coverage?", "trust", "Rating", "Mood today (1 to 5)"])
def test_numbers_under_a_wording_that_measures_need_no_question(heading: str, tmp_path: Path) -> None:
    path = Odd([["id", heading]], turned(numbers(), drawn(tuple("12345"), 98)), {}).written(tmp_path)
    proposal = propose(path)

    assert proposal.doubts == ()
    assert [question.kind for question in proposal.survey.questions] == ["scale"]


def test_short_and_long_ranges_of_one_file_can_be_told_apart(tmp_path: Path) -> None:
    path = unclear(tmp_path, q1=drawn(tuple("12345"), 90), q2=THREE)

    assert [value for value, _ in propose(path).doubts[0].readings] == ["by-range", "answers", "steps"]
    assert [kind for kind, _ in kinds_of(path, codes="by-range")] == ["scale", "single"]


def test_three_neighbours_with_all_steps_of_a_usual_scale_are_scales(tmp_path: Path) -> None:
    path = unclear(tmp_path, **{f"q{at}": drawn(tuple("12345"), 80 + at) for at in range(3)})

    assert propose(path).doubts == ()
    assert [kind for kind, _ in kinds_of(path)] == ["scale"] * 3


def test_a_tool_that_writes_what_readers_saw_writes_no_codes(tmp_path: Path) -> None:
    stamps = [f"2024/05/{at % 28 + 1:02} 10:00:00 AM GMT+2" for at in range(len(THREE))]
    path = Odd([["Timestamp", "Closing time"]], turned(stamps, THREE), {}).written(tmp_path)

    assert propose(path).doubts == ()


def test_neighbours_of_one_stem_with_the_same_few_codes_are_scales(tmp_path: Path) -> None:
    path = unclear(tmp_path, q10_1=THREE, q10_2=drawn(("1", "2", "3"), 96))
    path.write_text(path.read_text().replace("q10 ", "q10_"))

    assert [kind for kind, _ in kinds_of(path)] == ["scale", "scale"]
    assert propose(path).doubts == ()


def test_each_reading_of_what_is_unclear_is_taken_as_it_was_chosen(tmp_path: Path) -> None:
    path = unclear(tmp_path, closing=THREE, way=WAYS, radio=ONES[0], press=ONES[1], web=ONES[2])

    assert {doubt.about for doubt in propose(path).doubts} == {"codes", "joined", "options"}
    assert [kind for kind, _ in kinds_of(path, codes="answers", joined="one", options="together")] == [
        "single", "single", "multiple"]  # fmt: skip
    assert [kind for kind, _ in kinds_of(path, codes="steps", joined="several", options="apart")] == [
        "scale", "multiple", "single", "single", "single"]  # fmt: skip


def test_the_command_refuses_what_is_unclear_and_names_every_reading(tmp_path: Path) -> None:
    path = unclear(tmp_path, closing=THREE, way=WAYS, radio=ONES[0], press=ONES[1], web=ONES[2])
    more = ["--codes", "steps", "--joined", "one", "--options", "together"]

    refused = command("import", path, "--db", tmp_path / "o.sqlite")
    chosen = command("import", path, *more, "--db", tmp_path / "o.sqlite")

    named = (
        "--codes answers",
        "--codes steps",
        "--joined several",
        "--joined one",
        "--options together",
        "--options apart",
    )
    assert [word for word in named if word not in refused.stderr] == []
    assert (refused.exit_code, chosen.exit_code) == (1, 0)


def test_dashes_that_people_type_into_open_boxes_are_no_answers_of_their_own(tmp_path: Path) -> None:
    random = Random(97)
    rows = [[number, *("x" if random.random() < 0.5 else "-" for _ in range(3))] for number in numbers()]
    path = Odd([["slip", "Fruit", "Cheese", "Flowers"]], rows, {}).written(tmp_path)
    chosen = {"wording": "Fruit", "columns": ["Fruit", "Cheese", "Flowers"], "kind": "multiple", "base": READERS}
    counts = [[name, sum(row[at] == "x" for row in rows)] for at, name in enumerate(("Fruit", "Cheese", "Flowers"), 1)]

    assert faults_of(path, {"questions": [{**chosen, "choices": counts}]}) == []


def test_answers_joined_by_hand_are_one_answer_whatever_their_case_and_blanks(tmp_path: Path) -> None:
    random, shops = Random(98), ("Butcher", "Baker", "Bookshop", "Hardware")
    given = [random.sample(shops, random.choice((1, 1, 2, 3))) for _ in range(READERS)]
    cells = [
        random.choice((",", ", ", " , ")).join(random.choice((str, str.lower))(one) for one in row) for row in given
    ]
    path = Odd([["id", "Which shops do you miss?"]], turned(numbers(), cells), {}).written(tmp_path)
    counts = [[shop, sum(shop in row for row in given)] for shop in shops]
    question = {"wording": "Which shops do you miss?", "kind": "multiple", "base": READERS, "choices": counts}

    assert faults_of(path, {"questions": [question]}) == []


@pytest.mark.parametrize("mark", [" + ", "/", " & ", " | ", "+"])
def test_answers_joined_by_other_marks_come_apart(mark: str, tmp_path: Path) -> None:
    random, things = Random(99), ("Jogging", "Football", "Barbecue", "Reading")
    cells = [mark.join(random.sample(things, random.choice((1, 1, 2, 3)))) for _ in range(READERS)]
    path = Odd([["id", "In the park"]], turned(numbers(), cells), {}).written(tmp_path)
    [question] = propose(path).survey.questions

    assert (question.kind, len(question.choices), question.separator) == ("multiple", 4, mark)


def test_a_table_of_results_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileError) as refused:
        propose(CASES["results by group"]().written(tmp_path))

    assert "a table of results" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_points_that_every_reader_shared_out_are_no_table_of_results(tmp_path: Path) -> None:
    random = Random(81)
    rows = [[f"reader {at}", f"{(first := random.randint(5, 60))}", f"{(second := random.randint(5, 35))}",
             f"{100 - first - second}"] for at in range(40)]  # fmt: skip
    path = Odd([["name", "Bread", "Rent", "Fun"]], rows, {}).written(tmp_path)

    assert [question.kind for question in propose(path).survey.questions] == ["scale"] * 3


@pytest.mark.parametrize("letters", ["x", "x_", "x [", "x (", "a1", "_0", "x: ", "(1 "])
def test_a_heading_of_any_length_takes_no_longer_than_that(letters: str, tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text(f"id,{letters * (4_900 // len(letters))}\n1,a\n2,b\n", encoding="utf-8")
    (tmp_path / "long.csv").write_text(f"id,{letters * (600_000 // len(letters))}\n1,a\n2,b\n", encoding="utf-8")
    began = work_seconds()

    propose(tmp_path / "short.csv")
    with pytest.raises(FileError, match="letters in column 2, expected at most 5,000"):
        propose(tmp_path / "long.csv")

    assert work_seconds() - began < 5


def test_a_long_answer_is_no_time_and_is_not_looked_at_as_one(tmp_path: Path) -> None:
    joined = [";".join(str((row * 7 + one) % 900) for one in range(300)) for row in range(1_000)]
    (tmp_path / "a.csv").write_text("id,q1\n" + "".join(f"{at},{one}\n" for at, one in enumerate(joined)), "utf-8")
    began = work_seconds()

    propose(tmp_path / "a.csv")
    assert time_found(joined) is None
    times, faults = responded_at(["2025-05-18 12:00", "9" * 200_000], zone="UTC", pattern="%Y-%m-%d %H:%M", place="at")

    assert work_seconds() - began < 5
    assert (times.astype(str).tolist(), [one.row for one in faults]) == (["2025-05-18T12:00:00", "NaT"], [1])


@pytest.mark.parametrize("cell", ["(;" * 100_000, "a;" * 100_000, ";".join(str(at % 900) for at in range(900))])
def test_a_cell_that_joins_very_many_pieces_is_no_set_of_boxes_and_costs_no_more_than_its_length(cell: str) -> None:
    began = work_seconds()

    assert check_boxes({f"{cell}{row}": 1 for row in range(20)}) is None

    assert work_seconds() - began < 5


def test_very_many_columns_of_one_name_are_refused_by_their_number(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        f"id{',x' * 900}{',y' * 900}{''.join(f',z{at % 300}' for at in range(900))}\n1\n", "utf-8"
    )

    with pytest.raises(FileError, match="found 2,701 columns, expected at most 2,000") as caught:
        propose(tmp_path / "a.csv")

    assert len(str(caught.value)) < 2_000
