"""Questions that were asked together, as the rows of a matrix: found, shown side by side, and named by their items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.estimates.whole.battery import ITEM, Together, asked_together
from analytics.estimates.whole.topline import topline
from analytics.figures.topline import topline_bars
from analytics.kinds.battery import battery_made
from analytics.language.said import speaking
from analytics.model import Choice, Question, Snapshot, Survey
from analytics.model.batteries import batteries
from analytics.model.request import Request
from analytics.words.battery import battery_title
from analytics.words.names import question_label
from tests.pages_fixture import page_at, pages_over
from tests.surveys import Reader, opened, record, snapshot
from tests.test_figures_examples import house_style

STYLE = house_style()
STEM = "Please rank these films, with 1 being your favorite and 3 your least favorite."
FILMS = ("Jaws", "Alien", "Star Wars: A New Hope")


def asked(key: str, text: str, answers: str = "123") -> Question:
    steps = tuple(Choice(one, one, float(one) if one.isdigit() else None, (one,)) for one in answers)
    return Question(key, text, "scale", key, steps)


RANKED = tuple(asked(f"film{n}", f"{STEM} - {film}") for n, film in enumerate(FILMS))
CINEMA = Survey("cinema", "The cinema", "UTC", (*RANKED, asked("fan", "Are you a fan?", "yn")), min_base=10)


def viewers(order: str = "132") -> list[Reader]:
    """Returns sixty who rank Jaws first, and the others as two thirds of them do."""
    ranks = [order if n % 3 else "123" for n in range(60)]
    return [
        Reader(f"id:{n}", {"fan": ("yn"[n % 2],)} | {f"film{at}": (rank,) for at, rank in enumerate(ranks[n])})
        for n in range(60)
    ]


@pytest.fixture
def cinema() -> Iterator[Snapshot]:
    with opened() as store:
        record(store, CINEMA, viewers())
        yield snapshot(store, "cinema")


def test_neighbours_with_one_beginning_and_the_same_answers_were_asked_together() -> None:
    (found,) = batteries(CINEMA)

    assert found.stem == STEM
    assert found.items == FILMS
    assert question_label(CINEMA, RANKED[1]) == f"Alien · {STEM}"
    assert question_label(CINEMA, CINEMA.questions[-1]) == "Are you a fan?"


@pytest.mark.parametrize(
    "questions",
    [
        (RANKED[0], asked("b", "Is it good?"), RANKED[1]),
        (RANKED[0], asked("b", f"{STEM} - Alien", "1234")),
        (asked("a", "Do you like it? A"), asked("b", "Do you like it? A")),
        (asked("a", "How far do you trust the police?"), asked("b", "How far do you trust the courts?")),
        (asked("a", "Who? Ann"), asked("b", "Who? Ben")),
    ],
    ids=["not neighbours", "other answers", "the same wording", "two sentences that begin alike", "a short beginning"],
)
def test_other_questions_were_not(questions: tuple[Question, ...]) -> None:
    assert batteries(replace(CINEMA, questions=questions)) == ()


@pytest.mark.parametrize("wording", ["How far do you trust {}?", "Trust in each of these [{}]", "Wie gut ist {}"])
def test_marks_and_common_words_end_the_shared_wording(wording: str) -> None:
    names = ("police", "courts", "council", "press")
    trust = tuple(asked(name, "Thinking of this year: " + wording.format(name)) for name in names)

    (found,) = batteries(replace(CINEMA, questions=trust))

    assert [item.rstrip("?") for item in found.items] == [*names]


def test_the_items_have_the_numbers_of_their_toplines_the_best_first(cinema: Snapshot) -> None:
    found = asked_together(cinema, Request(question="film2"))

    assert found.view.estimates[ITEM].drop_duplicates().tolist() == ["film0", "film2", "film1"]
    for key, rows in found.view.estimates.groupby(ITEM):
        alone = topline(cinema, Request(question=str(key))).estimates
        assert rows["value"].tolist() == alone["value"].tolist()
        assert rows["base_n"].tolist() == alone["base_n"].tolist()


def title(found: Together, language: str = "en") -> str:
    with speaking(language):
        return battery_title(found, STYLE)


def test_the_title_names_two_items_only_where_their_gap_is_no_chance(cinema: Snapshot) -> None:
    with opened() as store:
        record(store, CINEMA, [replace(one, answers={f"film{n}": ("123"[int(one.key[3:]) % 3],) for n in range(3)})
                               for one in viewers()])  # fmt: skip
        even = asked_together(snapshot(store, "cinema"), Request(question="film0"))
    clear = asked_together(cinema, Request(question="film0"))

    assert title(clear) == "Jaws 1.0, Alien 2.7 on average, on a scale from 1 to 3, where 1 is the best"
    assert title(clear, "de") == "Jaws 1.0, Alien 2.7 im Mittel auf einer Skala von 1 bis 3, wobei 1 am besten ist"
    assert title(even) == "3 questions asked together"


def test_a_headline_names_the_item_not_the_wording_that_all_share(cinema: Snapshot) -> None:
    alone = topline_bars(topline(cinema, Request(question="film1")), STYLE, "light")
    other = topline_bars(topline(cinema, Request(question="fan")), STYLE, "light")

    assert alone.title.startswith("Alien: ")
    assert alone.subtitle == RANKED[1].text
    assert other.title.startswith("Readers who answered")


def test_it_leaves_as_any_figure_does_with_the_wording_of_every_item(cinema: Snapshot) -> None:
    made = battery_made(asked_together(cinema, Request(question="film1")))

    assert [view.question.text for view in made.views] == [one.text for one in RANKED]
    assert {row[f"{ITEM}_label"] for row in made.rows} == {*FILMS}
    assert made.request.question == "film0"


def test_pages_show_it_name_items_and_keep_to_the_question_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "cinema.sqlite") as store:
        record(store, CINEMA, viewers())
    with pages_over(tmp_path / "cinema.sqlite", monkeypatch):
        survey = page_at("survey", {"survey": "cinema", "question": "film1"}).run()
        table = page_at("crosstabs", {"survey": "cinema", "question": "film1"}).run()
        chosen = table.multiselect(key="stub").value
        offers_all = table.multiselect(key="stub").proto.select_all
        table.multiselect(key="stub").set_value(["film2"]).run()
        named = dict(table.query_params)
        table.button(key="together 0").click().run()

    assert survey.subheader[0].value == "Asked together"
    assert survey.selectbox(key="question").options[1] == f"Alien · {STEM}"
    assert chosen == ["film1"]
    assert named["question"] in ("film2", ["film2"])
    assert "stub" not in named
    assert table.multiselect(key="stub").value == [one.key for one in RANKED]
    assert not offers_all  # Enter would choose all matches
