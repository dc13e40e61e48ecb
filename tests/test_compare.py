"""Readers beside others: surveys, waves, a benchmark poll; what groups have in common and what divides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.errors import DefinitionError, RequestError
from analytics.estimates.groups.common_ground import common_ground
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.gaps import (
    SampleSide,
    benchmark_gaps,
    benchmark_line,
    benchmarks_for,
    gaps_at_polls,
    proposed_mapping,
    survey_gaps,
)
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.drawing.style import read_style
from analytics.figures.dumbbell import gap_figure
from analytics.imports.definition.benchmarks import Entry, entered
from analytics.imports.definition.survey import read_definition
from analytics.model import Benchmark, Choice, Dimension, Level, Question, Target
from analytics.model.request import Request, WeightsChoice
from analytics.model.sides import SideName, poll_names, side_names
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.tables.surveys import add_benchmark, drop_benchmark, read_survey
from analytics.words.common_ground import dividing_sentences, shared_sentences, thin_sentence
from analytics.words.gaps import gap_sentences, gap_table, gap_trend_table, inner_words, mapping_words, polls_words
from tests.conftest import ROOT
from tests.pages_fixture import definition
from tests.surveys import MOVE, RIVER, Reader, command, opened, record, rows, snapshot

STYLE = read_style(ROOT / "data/house_style.toml")
POLL = Benchmark(
    "move", "Institute", "Should the library be moved?", date(2025, 5, 1), date(2025, 5, 3),
    (("Yes", 0.3), ("No", 0.5)), "Adults of the town", 1000,
)  # fmt: skip
SECOND_OF_MAY = replace(POLL, first=date(2025, 5, 2), last=date(2025, 5, 2), shares=(("Yes", 0.4),))
SIDES = poll_names(RIVER, replace(POLL, population="They"))
WAVE = Dimension("wave", "Wave", "wave", (Level("1", "First", ("1",)), Level("2", "Second", ("2",))))
AT = datetime(2025, 5, 2, 10, tzinfo=UTC)
EVEN = Target(("sex",), "a census", 2024, ((("F",), 0.5), (("M",), 0.5)))


def crowd(number: int, yes_in_ten: int, **levels: str) -> list[Reader]:
    """Returns readers of whom so many in ten say Yes and the others No."""
    name = "".join(levels.values())
    return [
        Reader(f"id:{name}{n}", {"move": ("Yes" if n % 10 < yes_in_ten else "No",), "trust": ("5",)}, levels, at=AT)
        for n in range(number)
    ]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Gives a survey in which 60% of 400 say Yes, with a benchmark, and another in which 40% of 200 say Ja."""
    river = replace(RIVER, min_base=30, benchmarks=(POLL, replace(POLL, last=date(2025, 5, 9), shares=(("Yes", 0.4),))))
    german = replace(
        MOVE, text="Soll die Bücherei umziehen?",
        choices=(Choice("j", "Yes", None, ("j",)), Choice("n", "Nein", None, ("n",))), nets=(),
    )  # fmt: skip
    bach = replace(RIVER, key="bach", title="Der Bach", questions=(german,), dimensions=(WAVE,), min_base=30)
    with opened() as engine:
        record(engine, river, [*crowd(200, 8, sex="F", age="18-29"), *crowd(200, 4, sex="M", age="60+")])
        waves = [
            Reader(f"id:{wave}{n}", {"move": ("j" if n % 10 < yes else "n",)}, {"wave": wave})
            for wave, yes in (("1", 3), ("2", 5))
            for n in range(100)
        ]
        record(engine, bach, waves)
        yield engine


def side(store: Store, key: str = "river", question: str = "move", **chosen: Any) -> SampleSide:
    return snapshot(store, key, AT), Request(question=question, weights="none", **chosen)


def test_two_surveys_differ_by_the_errors_of_both(store: Store) -> None:
    gaps = survey_gaps(side(store), side(store, "bach"), {"Yes": "j", "No": "n"})

    yes = gaps.rows.iloc[0]
    se = np.sqrt(0.6 * 0.4 / 399 + 0.4 * 0.6 / 199)
    assert yes["difference"] == pytest.approx(0.2)
    assert yes["difference_high"] - yes["difference"] == pytest.approx(1.959963984540054 * se)
    assert bool(yes["clear"])
    assert not gaps.same_wording


def test_two_waves_are_named_in_the_table_and_the_other_one_in_the_caption(store: Store) -> None:
    first, second = (side(store, "bach", where=(("wave", (wave,)),)) for wave in ("1", "2"))
    gaps = survey_gaps(first, second, {"j": "j", "n": "n"})
    names = side_names(first[0].survey, second[0].survey, ("1", "2"))

    heads = [str(name).strip("\u2060") for name in gap_table(gaps, names, STYLE).columns]

    assert heads[1:3] == ["Wave 1", "Wave 2"]
    assert gap_sentences(gaps, STYLE)[0].startswith("Compared with: Wave 2, ")


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ("none", "none", ["Neither side is weighted."]),
        ("none", "raked", ["Readers of “River”: not weighted.", "Readers of “Der Bach”: weighted by Sex."]),
        ("raked", "none", ["Readers of “River”: weighted by Sex.", "Readers of “Der Bach”: not weighted."]),
    ],
)
def test_a_comparison_says_of_each_side_how_it_is_weighted(
    ours: WeightsChoice, theirs: WeightsChoice, said: list[str]
) -> None:
    with opened() as engine:
        for key, title in (("river", "River"), ("bach", "Der Bach")):
            here = replace(RIVER, key=key, title=title, min_base=30, targets=(EVEN,))
            record(engine, here, [*crowd(200, 8, sex="F", age="18-29"), *crowd(100, 4, sex="M", age="60+")])
        one, other = (
            (snapshot(engine, key, AT), Request(question="move", weights=weights))
            for key, weights in (("river", ours), ("bach", theirs))
        )
        gaps = survey_gaps(one, other, {"Yes": "Yes", "No": "No"})
    names = side_names(one[0].survey, other[0].survey, ("", ""))

    figure = gap_figure(gaps, names, STYLE, "light")

    assert [one for one in said if one not in figure.picture_caption] == []
    assert "Not weighted." not in figure.caption
    assert figure.caption.count(": not weighted.") == (ours != theirs)
    assert figure.caption.count("effective base") == (ours != theirs)


def test_two_waves_of_one_survey_are_two_samples_and_the_same_readers_are_not(store: Store) -> None:
    first, second = (side(store, "bach", where=(("wave", (wave,)),)) for wave in ("1", "2"))

    gaps = survey_gaps(second, first, {"j": "j"})

    assert gaps.rows["difference"].tolist() == [pytest.approx(0.2)]
    for one, other in ((first, first), (first, side(store, "bach"))):
        with pytest.raises(RequestError, match="both sides are the same readers"):
            survey_gaps(one, other, {"j": "j"})


def test_answers_are_mapped_by_like_labels_and_only_those() -> None:
    other = Question("q", "?", "single", choices=(Choice("a", "yes!"), Choice("b", "Nope"), Choice("UNSURE", "Hm")))

    assert proposed_mapping(MOVE, other) == {"Yes": "a", "Unsure": "UNSURE"}


@pytest.mark.parametrize(
    ("mapping", "complaint"),
    [({}, "no choice of the one question is mapped"), ({"Ja": "j"}, "'Ja' is no choice"), ({"Yes": "y"}, "'y' is no")],
)
def test_a_mapping_that_names_nothing_is_refused(store: Store, mapping: dict[str, str], complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint):
        survey_gaps(side(store), side(store, "bach"), mapping)


def test_a_benchmark_has_the_error_of_a_simple_random_sample_or_none(store: Store) -> None:
    known = benchmark_gaps(*side(store), POLL).rows.iloc[0]
    exact = benchmark_gaps(*side(store), replace(POLL, base_n=None)).rows.iloc[0]

    ours, theirs = np.sqrt(0.6 * 0.4 / 399), np.sqrt(0.3 * 0.7 / 1000)
    assert known["difference"] == exact["difference"] == pytest.approx(0.3)
    assert known["difference_high"] == pytest.approx(0.3 + 1.959963984540054 * np.hypot(ours, theirs))
    assert exact["difference_high"] == pytest.approx(0.3 + 1.959963984540054 * ours)


def test_a_side_that_too_few_answered_is_not_compared(store: Store) -> None:
    gaps = benchmark_gaps(*side(store, min_base=500), POLL)

    assert gaps.rows["suppressed"].all()
    assert gaps.rows["difference"].isna().all()
    assert gap_figure(gaps, SIDES, STYLE, "light").title == "Too few answered to compare"


def test_the_same_words_are_the_same_whatever_their_case_and_signs(store: Store) -> None:
    like = replace(POLL, wording="should the library move")

    assert benchmark_gaps(*side(store), like).same_wording
    assert not benchmark_gaps(*side(store), POLL).same_wording


def test_the_gap_to_the_public_is_told_with_its_source_and_limits(store: Store) -> None:
    figure = gap_figure(
        benchmark_gaps(*side(store), POLL), poll_names(RIVER, replace(POLL, population="Adults")), STYLE, "light"
    )

    assert figure.title == f"“Yes” is more frequent among our readers than among Adults: 60 to 30{STYLE.percent}"
    assert "Compared with: Institute, Adults of the town, 1–3 May 2025, 1,000 asked." in figure.caption
    assert "not who is right" in figure.caption
    assert figure.spec["data"][1]["x"] == [30.0, 50.0]
    assert "Yes: Our readers 60" in figure.alt


def test_the_gap_table_says_what_may_be_chance(store: Store) -> None:
    found = gap_table(benchmark_gaps(*side(store), replace(POLL, shares=(("Yes", 0.6), ("No", 0.1)))), SIDES, STYLE)

    assert found["So"].tolist() == ["may be chance", "a clear gap"]
    assert found["Gap"].tolist() == ["0", "+30"]


def test_the_benchmarks_of_several_dates_make_a_line_in_the_trend(store: Store) -> None:
    polls = benchmarks_for(read_survey(store, "river"), "move")
    line = benchmark_line(polls, "Yes")
    view = trend(*side(store, every="day"))

    figure = benchmark_trend(view, "Yes", polls, STYLE, "light")

    assert line == [(date(2025, 5, 3), 0.3), (date(2025, 5, 9), 0.4)]
    assert figure.spec["data"][-1]["y"] == [30.0, 40.0]
    assert "Diamonds are Adults of the town: 3 May 2025 30" in figure.caption
    assert benchmark_line(polls, "No") == [(date(2025, 5, 3), 0.5)]


def test_an_axis_grown_by_an_early_poll_keeps_only_the_words_that_have_room(store: Store) -> None:
    view = trend(*side(store, every="day"))
    near, far = (
        benchmark_trend(view, "Yes", (replace(POLL, first=day, last=day), SECOND_OF_MAY), STYLE, "light").spec
        for day in (date(2025, 5, 1), date(2024, 5, 1))
    )

    assert far["layout"]["xaxis"]["ticktext"][0] == "1 May 2024"
    assert len(far["layout"]["xaxis"]["tickvals"]) == len(far["layout"]["xaxis"]["ticktext"]) == 2
    assert far["layout"]["xaxis"]["tickvals"][-1] == near["layout"]["xaxis"]["tickvals"][-1]


def test_several_polls_are_named_by_what_they_share() -> None:
    other = replace(POLL, source="Another")

    assert polls_words((POLL, other)) == "Adults of the town"
    assert polls_words((replace(POLL, population=None), replace(other, population="All"))) == "benchmark polls"
    assert polls_words((replace(POLL, population=None),) * 2) == "Institute"


def test_the_gap_at_each_poll_is_that_of_those_who_answered_on_its_days(store: Store) -> None:
    before = replace(POLL, source="Earlier", first=date(2025, 4, 1), last=date(2025, 4, 3))
    there = replace(POLL, source="Later", first=date(2025, 5, 2), last=date(2025, 5, 2), shares=(("Yes", 0.4),))
    polls = (before, POLL, there)

    gaps = gaps_at_polls(*side(store), polls, "Yes")
    told = gap_trend_table(gaps, polls, STYLE)

    assert gaps["poll"].tolist() == [1, 2]  # nobody answered in April
    assert gaps["difference"].tolist() == [pytest.approx(0.3), pytest.approx(0.2)]
    assert told["Poll"].tolist() == ["Institute, 1–3 May 2025", "Later, 2 May 2025"]
    assert told["Gap"].tolist() == ["+30", "+20"]
    later = datetime(2025, 5, 3, tzinfo=UTC)
    assert gaps_at_polls(*side(store, since=later), polls, "Yes").empty


def test_a_question_without_a_benchmark_says_how_to_get_one(store: Store) -> None:
    with pytest.raises(RequestError, match=r"add a \[\[benchmark\]\]"):
        benchmarks_for(read_survey(store, "river"), "trust")


# Common ground


def test_common_ground_is_a_majority_in_every_group_and_the_widest_clear_gap_divides(store: Store) -> None:
    ground = common_ground(*side(store, by=("sex",)))

    assert ground.shared[["question", "choice"]].to_numpy().tolist() == [["trust", "5"]]
    (row,) = ground.dividing.to_dict("records")
    assert (row["question"], row["choice"], row["group"], row["against"]) == ("move", "Yes", "F", "M")
    assert row["difference"] == pytest.approx(0.4)
    assert "a majority in both groups, at least 100" in shared_sentences(ground, STYLE)[0]
    assert "Women: 80" in dividing_sentences(ground, STYLE)[0]
    assert thin_sentence(ground) == ""


def test_a_majority_that_one_group_does_not_clearly_have_is_no_common_ground() -> None:
    with opened() as engine:
        record(engine, replace(RIVER, min_base=30), [*crowd(100, 9, sex="F"), *crowd(100, 5, sex="M")])

        ground = common_ground(*side(engine, by=("sex",)))

    assert "move" not in set(ground.shared["question"])


def test_thin_groups_are_named_and_left_out() -> None:
    with opened() as engine:
        mix = [*crowd(100, 9, age="18-29"), *crowd(100, 9, age="30-59"), *crowd(5, 0, age="60+")]
        record(engine, replace(RIVER, min_base=30), mix)

        ground = common_ground(*side(engine, by=("age",)))

    assert "move" in set(ground.shared["question"])
    assert ground.thin == ("60+",)
    assert "Too few answered in 60+" in thin_sentence(ground)


# In the definition


BENCHMARK = """
[[benchmark]]
question = "ban"
source = "Institute"
wording = "Ban phones?"
first = 2025-05-01
last = 2025-05-03
shares = {y = 0.6, n = 0.3}
"""


def defined(tmp_path: Path, text: str) -> Any:
    for name, content in definition(more="").items():
        (tmp_path / name).write_text(content + (text if name.endswith(".toml") else ""), encoding="utf-8")
    return read_definition(tmp_path / "phones.toml")


def test_a_definition_says_what_a_poll_of_others_found(tmp_path: Path) -> None:
    (poll,) = defined(tmp_path, BENCHMARK).benchmarks

    assert poll == Benchmark(
        "ban", "Institute", "Ban phones?", date(2025, 5, 1), date(2025, 5, 3), (("y", 0.6), ("n", 0.3))
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('source = "Institute"\n', "", "found no source"),
        ('wording = "Ban phones?"\n', "", "found no wording"),
        ("first = 2025-05-01\n", "", "found no first"),
        ("last = 2025-05-03\n", "", "found no last"),
        ("last = 2025-05-03", "last = 2025-04-03", "after last"),
        ("y = 0.6", "yes = 0.6", "the choice 'yes'"),
        ("y = 0.6", "y = 1.6", "a share from 0 to 1"),
        ("n = 0.3", "n = 0.8", "sum to 1.4"),
        ("shares = {y = 0.6, n = 0.3}\n", "", "no shares"),
        ('question = "ban"', 'question = "bann"', "the question 'bann'"),
        ("shares =", 'answers = {x = "In favour"}\nshares =', "words for 'x' but no share"),
        ("source", "sauce = 1\nsource", "sauce"),
    ],
)
def test_a_benchmark_without_what_it_takes_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(DefinitionError, match=complaint):
        defined(tmp_path, BENCHMARK.replace(old, new))


# Entered in a form, and kept beside the definition

ENTRY = Entry(
    "Institute", "Should the library be moved?", "Adults", date(2025, 5, 1), date(2025, 5, 3), 1000,
    {"Yes": 62.0, "No": 30.5, "Unsure": None}, {"Yes": "In favour", "No": "No", "Unsure": ""},
)  # fmt: skip
TODAY = date(2025, 6, 1)


def test_an_entry_becomes_a_poll_with_its_own_words_where_they_differ() -> None:
    poll = entered(MOVE, ENTRY, TODAY)

    assert poll == Benchmark(
        "move", "Institute", "Should the library be moved?", date(2025, 5, 1), date(2025, 5, 3),
        (("Yes", 0.62), ("No", 0.305)), "Adults", 1000, (("Yes", "In favour"),),
    )  # fmt: skip
    assert mapping_words(poll, MOVE) == "Of the poll’s answers stand “In favour” for “Yes”."


def test_everything_that_an_entry_lacks_is_told_at_once() -> None:
    nothing = Entry(" ", "", "", None, None, None, {"Yes": None}, {})
    wrong = replace(ENTRY, first=date(2025, 7, 2), last=date(2025, 7, 1), shares={"Yes": 70.0, "No": 40.0})

    with pytest.raises(DefinitionError) as empty:
        entered(MOVE, nothing, TODAY)
    with pytest.raises(DefinitionError) as odd:
        entered(MOVE, wrong, TODAY)

    assert len(str(empty.value).splitlines()) == 7
    assert "The sample size is missing" in str(empty.value)
    assert [line.split(":")[0] for line in str(odd.value).splitlines()] == [
        "The first day, 2 July 2025, lies after the last, 1 July 2025", "The last day, 1 July 2025, lies in the future",
        "The shares add up to 110%, more than 100",
    ]  # fmt: skip


def test_a_poll_that_was_added_outlasts_an_import_without_it_until_it_is_taken_out() -> None:
    own, other = replace(RIVER, benchmarks=(POLL,)), replace(POLL, source="Another")
    with opened() as engine:
        record(engine, own, crowd(40, 6, sex="F"))
        add_benchmark(engine, "river", other)
        with pytest.raises(RequestError, match="known already"):
            add_benchmark(engine, "river", other)
        before = read_status(engine, "river").revision
        record(engine, replace(RIVER, title="The brook"), crowd(41, 6, sex="M"))
        survey = read_survey(engine, "river")
        (kept,) = survey.benchmarks
        drop_benchmark(engine, "river", kept)
        after = read_survey(engine, "river")
        with pytest.raises(RequestError, match="no poll by Another was added"):
            drop_benchmark(engine, "river", kept)

        assert read_status(engine, "river").revision > before

    assert (survey.title, kept) == ("The brook", replace(other, added=True))
    assert after.benchmarks == ()


def test_a_poll_that_the_definition_comes_to_know_is_the_definitions_own() -> None:
    with opened() as engine:
        record(engine, RIVER, crowd(40, 6, sex="F"))
        add_benchmark(engine, "river", POLL)
        record(engine, replace(RIVER, benchmarks=(replace(POLL, base_n=1200),)), crowd(41, 6, sex="M"))

        assert read_survey(engine, "river").benchmarks == (replace(POLL, base_n=1200),)
        with pytest.raises(RequestError, match="taken out there"):
            drop_benchmark(engine, "river", replace(POLL, base_n=1200))


# On the command line


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "river.sqlite"
    with opened(path) as engine:
        record(engine, replace(RIVER, min_base=30, benchmarks=(POLL,)), crowd(400, 6, sex="F"))
        record(engine, replace(RIVER, key="other", min_base=30), crowd(200, 4, sex="M"))
    return path


def test_commands_compare_surveys_benchmarks_and_groups(stored: Path) -> None:
    across = rows("across", "river", "move", "--with", "other", "--map", "Yes=Yes", "--weights", "none", "--db", stored)
    public = rows("benchmark", "river", "move", "--weights", "none", "--db", stored)
    warned = command("benchmark", "river", "move", "--db", stored)
    common = rows("common", "river", "--by", "sex", "--db", stored)

    assert [row["difference"] for row in across] == [pytest.approx(0.2)]
    assert [(row["choice"], row["source"], row["same_wording"]) for row in public] == [
        ("Yes", "Institute", False), ("No", "Institute", False),
    ]  # fmt: skip
    assert "not asked in the same words" in warned.output
    assert {row["kind"] for row in common} <= {"shared", "dividing"}
    assert command("across", "river", "move", "--with", "other", "--map", "Yes", "--db", stored).exit_code == 2


def test_inside_a_sentence_a_side_begins_with_a_small_letter() -> None:
    sides = (SideName("readers of", "The quay"), SideName("our readers", ""))

    assert [inner_words(side) for side in sides] == ["readers of “The quay”", "our readers"]
    assert inner_words(SideName("poll", "Institute B")) == "Institute B"
