"""Own words in the cell of a question with one answer, and comments that several readers wrote alike."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from analytics.imports.propose import propose
from tests.import_cases import counted

STAMPS = [f"2025/05/{at % 28 + 1:02} {9 + at % 3}:1{at % 10}:00 AM GMT+2" for at in range(400)]
MICROSOFT = ("ID", "Start time", "Completion time", "Email", "Name")
NUMBERED = [(str(at), "5/20/25 9:00:00", "5/20/25 9:04:00", "anonymous", "") for at in range(400)]
TOOLS: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]] = {
    "google": (("Timestamp",), [(stamp,) for stamp in STAMPS]),
    "microsoft": (MICROSOFT, NUMBERED),
    "jotform": (("Submission Date", "Submission ID"), [("May 2, 2025", f"6{at}") for at in range(400)]),
    "typeform": (("#", "Submit Date (UTC)"), [(f"a{at}x", "2025-05-02 09:02:00") for at in range(400)]),
    "plain": (("id",), [(str(at),) for at in range(400)]),
}


def exported(
    folder: Path, tool: str, heading: str, words: Mapping[str, int], *, blank: int = 0, first: bool = False
) -> Path:
    """Returns a file of the tool with a question whose answers stand so often, and one of yes and no beside it."""
    cells = [word for word, count in words.items() for _ in range(count)] + [""] * blank
    Random(len(cells)).shuffle(cells)
    names, own = TOOLS[tool]
    path = folder / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        asked = [heading, "Do you subscribe?"][:: 1 if first else -1]
        rows.writerow([*names, *asked])
        for at, cell in enumerate(cells):
            rows.writerow([*own[at], *[cell, ("Yes", "No")[at % 2]][:: 1 if first else -1]])
    return path


MEDIA = {"Radio": 30, "TV": 25, "Newspaper": 12}
TRAVEL = {"By bike": 90, "By car": 70, "On foot": 12, "Prefer not to say": 1}
FRENCH = {"Journal": 30, "Télévision": 20, "Aucun": 1, "Autre": 2}
AGREED = {"Agree": 30, "Neutral": 12, "Disagree": 20, "Strongly agree": 2}

BLOGS = {f"Blog {'abcdefgh'[at % 8]}{at}": 1 for at in range(70)}
LONG = {"A bus": 20, "A car": 12, "A bike": 7, "A tram": 4, "A boat": 2, "A horse": 1}
NOTHING = {"None of these": 1, "Prefer not to say": 1, "Not sure": 1}

LISTED: dict[str, tuple[str, str, Mapping[str, int], Mapping[str, int]]] = {
    "names": ("google", "Where from?", MEDIA, {"YouTube": 1, "Podcasts": 2, "Twitter": 1, "Neighbours": 1}),
    "few readers": ("google", "What do you read?", {"Local": 12, "National": 9}, {"magazine": 1, "a flyer": 1}),
    "small": ("microsoft", "How do you get to work?", TRAVEL, {"skateboard": 1, "Ferry": 1, "i work from home": 2}),
    "sentences": ("jotform", "Should it move?", {"Yes": 20, "No": 31}, {"It depends on it.": 1, "only later": 1}),
    "french": ("typeform", "Où l'avez-vous lu ?", FRENCH, {"chez ma sœur": 1, "au café": 1, "podcast": 2}),
    "a scale": ("google", "Is it fair?", AGREED, {"no idea what is meant": 1, "it was in 2020": 1}),
    "many": ("google", "Which paper?", {"Courier": 200, "Mail": 100}, BLOGS),
    "a plain table": ("plain", "Biggest issue", MEDIA, {"noise at night": 1, "my landlord": 1, "Rats": 1, "trees": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTED)
def test_what_readers_wrote_instead_of_an_answer_counts_as_other_and_is_kept_as_text(name: str, tmp_path: Path) -> None:
    tool, heading, offered, written = LISTED[name]
    found = counted(exported(tmp_path, tool, heading, {**offered, **written}))
    asked = next(one for one in found.survey.questions if one.text == heading)
    own = next(one for one in found.survey.questions if one.kind == "text")
    shares = found.toplines[asked.key].query("statistic == 'share'")
    counts = dict(zip(shares["choice_label"], shares["count"], strict=True))
    others = {label for label in offered if label in ("Autre",)}
    wanted = {label: count for label, count in offered.items() if label not in others}
    whole = sum(written.values()) + sum(offered[label] for label in others)

    assert {label: counts[label] for label in wanted} == wanted
    assert counts[next(iter(others), "Other")] == whole
    assert len(counts) == len(wanted) + 1
    assert found.toplines[own.key]["base_n"].iat[0] == sum(written.values())
    assert asked.kind == ("scale" if name == "a scale" else "single")
    assert any("count as" in note and "read as text" in note for note in found.proposal.notes)


ALL_OFFERED: dict[str, tuple[str, str, Mapping[str, int]]] = {
    "parties": ("google", "Which party?", {"Labour": 30, "Conservative": 25, "Green": 9, "Reform UK": 1, "SNP": 1}),
    "rare ones for nothing": ("google", "Which?", {**MEDIA, **NOTHING}),
    "a falling list": ("microsoft", "Which?", LONG),
    "a plain table": ("plain", "Which one?", {**MEDIA, "Podcast": 1, "Letters": 1, "Posters": 1}),
    "steps": ("google", "Is it fair?", {"Agree": 30, "Disagree": 20, "Strongly agree": 1, "Strongly disagree": 1}),
    "ages": ("jotform", "Since when?", {"Since 2020": 30, "Since 2010": 22, "Since 2000": 1, "Before": 3}),
}  # fmt: skip


@pytest.mark.parametrize("name", ALL_OFFERED)
def test_an_answer_that_few_gave_stays_where_it_may_have_been_offered(name: str, tmp_path: Path) -> None:
    tool, heading, words = ALL_OFFERED[name]
    survey = propose(exported(tmp_path, tool, heading, words)).survey
    asked = next(one for one in survey.questions if one.text == heading)

    assert {one.label for one in asked.choices} == {*words}
    assert all(one.kind != "text" for one in survey.questions)


CANNED = ("no", "nothing", "keep it up", "No comment", "Great work", "too many ads", "Love it, keep it up!", "none")
ABOUT = ("The app", "My paper", "Delivery", "The letters page", "Your podcast", "Sport")
SAID = ("is great", "comes late", "should be better for the old", "has faults", "needs work now")
OWN = [f"{what} {said}" for what in ABOUT for said in SAID]
KEINE = ("nein", "nichts", "weiter so", "keine", "Alles gut, danke", "mehr Lokales bitte", "zu viel Werbung")

COMMENTS: dict[str, tuple[str, str, Sequence[str], Sequence[str], float]] = {
    "canned phrases alone": ("plain", "Comments", CANNED, (), 0.9),
    "copies": ("google", "Any other remarks?", CANNED, OWN, 0.5),
    "german": ("microsoft", "Anmerkungen", KEINE, OWN, 0.8),
    "french": ("plain", "Commentaires", ("non", "rien", "rien à dire", "bravo à tous", "continuez comme ça"), OWN, 0.7),
    "what should change": ("plain", "What would you change?", CANNED, OWN, 0.6),
    "something to tell": ("jotform", "Is there something you want to tell us", CANNED, OWN, 0.9),
    "a heading that says nothing": ("plain", "q9", CANNED, OWN, 0.4),
    "spanish": ("typeform", "¿Qué mejoraría?", ("no", "nada", "todo bien así", "sigan así, por favor"), OWN, 0.5),
}


@pytest.mark.parametrize("readers", [70, 300])
@pytest.mark.parametrize("name", COMMENTS)
def test_comments_stay_text_though_several_readers_wrote_the_same(name: str, readers: int, tmp_path: Path) -> None:
    tool, heading, canned, own, repeated = COMMENTS[name]
    random = Random(readers)
    cells = [random.choice(canned if random.random() < repeated or not own else own) for _ in range(readers)]
    words = {cell: cells.count(cell) for cell in cells}
    survey = propose(exported(tmp_path, tool, heading, words, blank=readers // 8, first=readers > 100)).survey
    asked = [one for one in survey.questions if one.text == heading]

    assert survey.columns.comment == heading or [one.kind for one in asked] == ["text"]


LONG_OPTIONS = (
    "I read the paper every day because I like it", "I read it at the weekend only, and never online",
    "I only look at the website when something happens", "I do not read it any more",
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "options"),
    [
        ("Which describes you best?", LONG_OPTIONS),
        ("What should we do about the bridge?", ("Repair it and keep it open", "Close it to cars", "Build a new one")),
        ("Feedback", ("I was happy with it", "I want to be called back", "I have no wish at all")),
        ("Do you have any comments?", ("Yes", "No")),
        ("q9", [f"I would like to read more about {what} here" for what in ("art", "sport", "food", "money", "cars")]),
    ],
)
def test_long_options_that_many_chose_are_a_question(heading: str, options: Sequence[str], tmp_path: Path) -> None:
    words = {option: 20 + 7 * at for at, option in enumerate(options)}
    survey = propose(exported(tmp_path, "plain", heading, words)).survey
    asked = next(one for one in survey.questions if one.column == heading)

    assert asked.kind == "single"
    assert {one.label for one in asked.choices} == {*options}


HEARD = {"Newsletter": 61, "Friends or family": 42, "Poster": 15, "Instagram": 32, "Radio spot": 10}
READ = {"Enquêtes": 98, "Portraits": 57, "Culture": 59, "Économie": 35, "Jeux": 33}
POR_QUE = {"Para dar mi opinión": 79, "Para debatir con otros": 57, "Para corregir un error": 44, "Para preguntar": 34}
WHERE = {"Fernsehen": 20, "Zeitung, gedruckt": 16, "Radio": 12}
TOPICS = {"News, politics and analysis": 60, "Sport": 45, "Books": 30, "Comedy": 18}
LOST = {"Politics": 60, "Sport": 45, "Culture": 30, "Other": 6}

JOINED_WRITTEN: dict[str, tuple[str, str, Mapping[str, int], Mapping[str, int]]] = {
    "of their own": ("jotform", "\n", HEARD, {"My choir": 6, "walked past": 3, "the library": 2}),
    "names, four of them": ("microsoft", ";", READ, {"Recettes": 5, "Langue bretonne": 6, "la météo": 3, "Le vélo": 3}),
    "two each": ("google", ";", POR_QUE, {"me aburro en el trabajo": 2, "Costumbre": 2, "Para reírme un rato": 2}),
    "few readers": ("google", ", ", WHERE, {"meine Nachbarin": 2, "beim Bäcker": 1, "Aushang": 1}),
    "options with commas": ("google", ", ", TOPICS, {"local history": 4, "recipes": 5, "crosswords": 2, "Letters": 4}),
    "a table of somebody's": ("plain", "; ", READ, {"météo marine": 4, "Recettes simples": 3, "Breton": 5, "mots": 2}),
    "spelled in ways": ("jotform", "\n", HEARD, {"podcast": 2, "Podcast": 2, "podcasts": 1, "at school": 1}),
    "beside an option called so": ("microsoft", ";", LOST, {"chess": 3, "the weather": 2, "Gardens": 2, "Food": 1}),
    "behind a word for other": ("jotform", "\n", HEARD, {"Outro: vizinhos": 3, "Other: school": 2, "Autre : radio": 1}),
    "sentences": ("google", ", ", TOPICS, {"It is the only one that my family can listen to": 2, "By chance.": 2}),
}  # fmt: skip


def several(counts: Mapping[str, int], own: Mapping[str, int], separator: str, end: str) -> dict[str, int]:
    """Returns cells in which each answer stands so often, in the order of the form, and own words behind all others."""
    readers = 2 * max(counts.values())
    rows: list[list[str]] = [[] for _ in range(readers)]
    random = Random(readers)
    for option, count in counts.items():
        for at in random.sample(range(readers), count):
            rows[at].append(option)
    places = random.sample(range(readers), sum(own.values()))
    for at, word in zip(places, [word for word, count in own.items() for _ in range(count)], strict=True):
        rows[at].append(word)
    cells = [separator.join(row) + end for row in rows if row]
    return {cell: cells.count(cell) for cell in dict.fromkeys(cells)}


@pytest.mark.parametrize("name", JOINED_WRITTEN)
def test_what_readers_wrote_among_several_answers_of_a_cell_is_one_answer(name: str, tmp_path: Path) -> None:
    tool, separator, offered, own = JOINED_WRITTEN[name]
    cells = several(offered, own, separator, ";" if tool == "microsoft" else "")
    found = counted(exported(tmp_path, tool, "Which of these? (several)", cells))
    asked = next(one for one in found.survey.questions if one.kind == "multiple")
    shares = found.toplines[asked.key].query("statistic == 'share'")
    counts = dict(zip(shares["choice_label"], shares["count"], strict=True))
    wanted = {label: count for label, count in offered.items() if label != "Other"}

    assert {label: counts.pop(label) for label in wanted} == wanted
    assert [*counts.values()] == [sum(own.values()) + offered.get("Other", 0)]
    assert [*counts] == (["Other"] if "Other" in offered else ["Other, in own words"])


JOINED_OFFERED: dict[str, tuple[str, str, Mapping[str, int]]] = {
    "a falling list": ("google", ", ", {"Bus": 60, "Car": 40, "Bike": 25, "Tram": 14, "Boat": 8, "Horse": 5}),
    "two rare ones": ("microsoft", ";", {**READ, "Petites annonces": 4, "Courrier": 3}),
    "for nothing": ("jotform", "\n", {**HEARD, "none of these": 4, "not sure": 3}),
    "of their own": ("google", ", ", {"My family": 50, "My friends": 40, "Teachers": 30, "My doctor": 3}),
    "small letters": ("plain", "; ", {"carta": 60, "sito": 50, "social": 44, "radio locale": 4, "tv": 6}),
    "a rare one beside own words": ("jotform", "\n", {**WHERE, "Plakate": 14, "Nachbarn": 3}),
    "long beside long": ("google", ";", {**POR_QUE, "Para apoyar un artículo": 4}),
}  # fmt: skip


@pytest.mark.parametrize("name", JOINED_OFFERED)
def test_an_answer_among_several_that_few_gave_stays_where_it_may_have_been_offered(name: str, tmp_path: Path) -> None:
    tool, separator, offered = JOINED_OFFERED[name]
    own = {"it depends": 1, "neither nor": 1} if "own words" in name else {}
    cells = several(offered, own, separator, ";" if tool == "microsoft" else "")
    survey = propose(exported(tmp_path, tool, "Which of these? (several)", cells)).survey
    asked = next(one for one in survey.questions if one.kind == "multiple")

    assert {one.label for one in asked.choices} - {"Other, in own words"} == {*offered}
