"""What differs from reader to reader: shown by chance, signed in the form, and a group to break results down by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from analytics.__main__ import cli
from analytics.collect.application import FORMS
from analytics.collect.asked import AskedSurvey
from analytics.collect.drafting import DraftedSurvey, drafted
from analytics.collect.form import form_of
from analytics.collect.variants import variant_of, with_variants
from analytics.errors import RequestError
from analytics.model import Fieldwork
from analytics.store.place.connections import Store
from analytics.store.tables.fieldwork import ask_survey, read_asked
from tests.made.collecting import ASKED, ask, endpoint, send
from tests.surveys import NOW, opened, table

DRAFT = DraftedSurvey(
    "bridge", "The bridge", "Should it be closed?", ("Yes", "No", "None of these"), "UTC", random_order=True,
    wordings=("Should it be shut?",), placements=("end", "top"), groups=("age",),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.sqlite") as made:
        survey, fieldwork = drafted(DRAFT)
        ask_survey(made, replace(survey, min_base=1), fieldwork)
        yield made


def test_chance_is_fair_and_who_has_no_opinion_stands_last() -> None:
    asked = AskedSurvey(*drafted(DRAFT))
    forms = [variant_of(asked, number) for number in range(4_000)]

    texts = Counter(one.asked.questions[0].text for one in forms)
    orders = Counter(tuple(choice.value for choice in one.asked.questions[0].choices) for one in forms)
    assert set(texts) == {"Should it be closed?", "Should it be shut?"}
    assert set(orders) == {("Yes", "No", "None of these", "Unsure"), ("No", "Yes", "None of these", "Unsure")}
    for counted in (texts, orders, Counter((one.shown, one.wording) for one in forms)):
        fair = 4_000 / len(counted)
        assert all(abs(count - fair) < 5 * fair**0.5 for count in counted.values()), counted
    assert variant_of(asked, 7) == variant_of(asked, 7)


def test_what_a_reader_had_is_a_group_of_the_answer(store: Store) -> None:
    given: Counter[tuple[str, str]] = Counter()
    with endpoint(store, fast_seconds=-1.0) as port:
        for number in range(40):
            place = ("end", "top", "made-up")[number % 3]
            form = ask(port, "GET", f"{FORMS}/bridge?placement={place}").text
            wording = re.findall("<legend>(.*?)</legend>", form)[0]
            first = re.findall(r'name="question.answer" value="(.*?)"', form)[0]
            word = re.findall(r'name="form" value="(.*?)"', form)[0]
            assert "placement" not in form  # nobody is asked where the form stood
            said = {"survey": "bridge", "id": f"reader-number-{number:04}", "answers": {"answer": "No"}, "form": word}
            assert send(port, said).status == 201
            given["wording", "A" if "closed" in wording else "B"] += 1
            given["order", first] += 1
            given["placement", place] += place != "made-up"
        refused = send(port, {**said, "id": "reader-number-9999", "groups": {"order": "No"}})

    assert refused.status == 422
    for key in ("placement", "order", "wording"):
        rows = table(store, "answer", key="bridge", by=(key,)).query("statistic == 'share' and choice == 'No'")
        found = {(key, str(level)): int(base) for level, base in zip(rows[key], rows["base_n"], strict=True) if base}
        assert {pair: count for pair, count in found.items() if pair[1] in {level for _, level in given}} == {
            pair: count for pair, count in given.items() if pair[0] == key and count
        }


def test_a_fixed_form_is_the_same_for_everybody() -> None:
    asked = AskedSurvey(ASKED, Fieldwork())

    assert variant_of(asked, 1).asked is asked
    assert with_variants(ASKED, Fieldwork(), ()) == (ASKED, Fieldwork())
    taken = replace(ASKED, dimensions=(replace(ASKED.dimensions[0], key="placement"),))
    with pytest.raises(RequestError, match="'placement'"):
        with_variants(taken, Fieldwork(), ("end",))


def test_the_command_has_the_fields_of_the_page(tmp_path: Path) -> None:
    db, article = str(tmp_path / "store.sqlite"), tmp_path / "article.txt"
    article.write_text("The bridge\nIt is old.\nShould it be closed?", encoding="utf-8")
    words = [
        "ask", "bridge", "--db", db, "--title", "The bridge", "--question", "Should it be closed?", "--choice", "Yes",
        "--choice", "No", "--further", "Do you cross it?|Often|Never", "--group", "age", "--comment", "--random-order",
        "--wording", "Should it be shut?", "--placement", "end", "--placement", "top", "--article", str(article),
        "--zone", "Europe/Berlin", "--host", "paper.example", "--no-results", "--closes", "2030-01-01",
    ]  # fmt: skip

    first = CliRunner().invoke(cli, words)
    again = CliRunner().invoke(cli, ["ask", "b2", "--db", db, "--like", "bridge", "--title", "Two", "--no-unsure"])
    wrong = [
        CliRunner().invoke(cli, ["ask", "bridge", "--db", db, *more]).output
        for more in (
            ["--question", "Again?"],
            ["--choice", "Yes"],
            ["--sensitive"],
            ["--placement", "x", "--like", "b2"],
        )
    ]

    assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output
    assert 'placement="top"' in first.output
    with opened(tmp_path / "store.sqlite") as store:
        one, two = read_asked(store, "bridge"), read_asked(store, "b2")
    assert one is not None
    assert two is not None
    assert one[1].wordings == ("Should it be shut?",)
    assert not one[1].results
    assert one[0].article is not None
    assert [each.key for each in one[0].dimensions] == ["age", "placement", "order", "wording"]
    assert one[0].questions[0].wording == "wording"
    assert (two[1].hosts, two[1].random_order, two[1].closes_at) == (("https://paper.example",), True, None)
    assert [each.text for each in two[0].questions] == [each.text for each in one[0].questions]
    assert [text.split("\n")[0][:40] for text in wrong] == [
        "Error: there is a survey 'bridge' alread",
        "Error: --choice describes a new question",
        "Error: A sensitive question needs its pu",
        "Error: there is a survey 'bridge' alread",
    ]


def test_readers_are_asked_for_themselves_in_words_that_address_them() -> None:
    draft = DraftedSurvey(
        "bridge", "The bridge", "Should it close?", ("Yes", "No"), "Europe/Berlin", groups=("gender", "how", "came"),
        regions=("North", "South"),
    )  # fmt: skip
    survey, fieldwork = drafted(draft)

    form = form_of(AskedSurvey(survey, fieldwork), address="/", now=NOW, own_id=False)

    assert [one.label for one in survey.dimensions][1:] == ["How often they read us", "How they came here", "Region"]
    for said in ("How often do you read us?", "How did you come to this article?", 'value="Women">Woman<', ">South<"):
        assert said in form
    with pytest.raises(RequestError, match="no time zone 'Berlin'"):
        drafted(replace(draft, time_zone="Berlin"))
