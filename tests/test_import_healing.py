"""What a proposal heals, how a person parts it again, and what a later wave may bring."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.imports.answers.changes import accepted
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import propose
from analytics.imports.proposing.adjusting import checked, parted
from analytics.imports.proposing.orders import ladders, scale_steps
from analytics.model import Survey
from tests.surveys import SAME


def written(folder: Path, *lines: Sequence[str], name: str = "poll.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def labels(survey: Survey, at: int = 0) -> list[str]:
    return [choice.label for choice in survey.questions[at].choices]


def stored(path: Path, survey: Survey) -> int:
    return sum(len(chunk.batch.responses) for chunk in read_responses(path, survey))


def test_spellings_of_one_answer_are_joined_told_and_parted_again(tmp_path: Path) -> None:
    words = ["Yes"] * 9 + ["yes", "YES", "No", "no", "No."]
    path = written(tmp_path, ["id", "Open?"], *([f"r{at}", word] for at, word in enumerate(words)))

    proposal = propose(path)

    assert labels(proposal.survey) == ["Yes", "No"]
    assert any("'Yes' = 'yes', 'YES'" in note and "parted" in note for note in proposal.notes)
    key = proposal.survey.questions[0].key
    apart = checked(parted(proposal.survey, key, "Yes"))
    assert labels(apart) == ["Yes", "yes", "YES", "No"]
    assert stored(path, apart) == stored(path, proposal.survey) == len(words)


@pytest.mark.parametrize(
    "pair", [("18-29", "18 29"), ("C", "C++"), ("Agree", "Disagree"), ("> 60", "60"), ("Group 1", "Group 2")]
)
def test_answers_that_only_look_alike_stay_apart(tmp_path: Path, pair: tuple[str, str]) -> None:
    path = written(tmp_path, ["id", "Which?"], *([f"r{at}", pair[at % 2]] for at in range(30)))

    assert sorted(labels(propose(path).survey)) == sorted(pair)


def test_one_letter_off_is_a_typing_error_only_where_hardly_anybody_wrote_so(tmp_path: Path) -> None:
    words = ["Support"] * 40 + ["Suport"] + ["Oppose"] * 20 + ["Oppoze"] * 15
    path = written(tmp_path, ["id", "Plan?"], *([f"r{at}", word] for at, word in enumerate(words)))

    assert sorted(labels(propose(path).survey)) == ["Oppose", "Oppoze", "Support"]


def test_a_second_wave_with_other_scores_is_no_fault(tmp_path: Path) -> None:
    first = written(tmp_path, ["id", "Would you recommend us?"], *([f"a{at}", str(6 + at % 4)] for at in range(40)))
    second = written(
        tmp_path, ["id", "Would you recommend us?"], *([f"b{at}", str(at % 11)] for at in range(40)), name="two.csv"
    )

    survey = propose(first).survey

    assert labels(survey) == [str(step) for step in range(11)]
    assert [net.label for net in survey.questions[0].nets] == ["Promoters less detractors"]
    assert stored(second, survey) == 40


def test_new_answers_are_set_aside_until_they_are_accepted(tmp_path: Path) -> None:
    first = written(tmp_path, ["id", "Which hall?"], *([f"a{at}", ("North", "South")[at % 2]] for at in range(20)))
    second = written(
        tmp_path, ["id", "Which hall?"], *([f"b{at}", ("North", "East")[at % 2]] for at in range(20)), name="two.csv"
    )
    survey = propose(first).survey

    assert stored(second, survey) == 10
    taken_in = accepted(second, survey)
    assert labels(taken_in) == ["North", "South", "East"]
    assert stored(second, taken_in) == stored(first, taken_in) == 20


def test_prefer_not_to_say_stays_an_answer(tmp_path: Path) -> None:
    words = ["Support", "Oppose", "Prefer not to say"] * 10
    path = written(tmp_path, ["id", "The plan?"], *([f"r{at}", word] for at, word in enumerate(words)))

    question = propose(path).survey.questions[0]

    assert (question.missing, [choice.label for choice in question.choices][-1]) == ((), "Prefer not to say")


def test_two_columns_that_may_be_the_weight_are_both_named_and_none_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path, ["id", "q", "wt_person", "wt_household"], *(
        [f"r{at}", "AB"[at % 2], f"{0.5 + at % 3 / 2}", f"{0.7 + at % 4 / 5:.1f}"] for at in range(40)))  # fmt: skip

    proposal = propose(path)

    assert proposal.survey.columns.weight is None
    assert any("wt_person" in note and "wt_household" in note and "no weight" in note for note in proposal.notes)


def test_kilograms_are_no_weight_whatever_the_column_is_called(tmp_path: Path) -> None:
    for name in ("Peso", "Gewicht", "weight", "Вес", "poids"):
        path = written(
            tmp_path, ["id", "q", name], *([f"r{at}", "AB"[at % 2], f"{55 + at * 7 % 50}.5"] for at in range(60))
        )

        survey = propose(path).survey

        assert (survey.columns.weight, survey.questions[-1].kind) == (None, "scale"), name


def test_weights_that_are_whole_or_sum_to_a_population_are_offered(tmp_path: Path) -> None:
    for values in (("1", "3"), ("1200", "3471")):
        path = written(
            tmp_path, ["id", "q", "finalwgt"], *([f"r{at}", "AB"[at % 2], values[at % 2]] for at in range(40))
        )

        proposal = propose(path)

        assert proposal.survey.columns.weight == "finalwgt"
        assert any("finalwgt" in note and "weight" in note for note in proposal.notes)


def test_columns_of_mentions_and_of_own_words_are_read_back_as_written(tmp_path: Path) -> None:
    mentions = propose(written(tmp_path, ["id", "Paper? (first)", "Paper? (second)"], *(
        [f"r{at}", "ABCD"[at % 4], "BCDA"[at % 4] if at % 3 else ""] for at in range(40)))).survey  # fmt: skip
    own_words = propose(written(tmp_path, ["#", "Radio", "TV", "Other", "Submit Date (UTC)"], *(
        [f"r{at}", "Radio" if at % 2 else "", "TV" if at % 3 else "", "a leaflet" if at % 5 == 0 else "",
         f"2024-05-{at % 28 + 1:02} 10:00:00"] for at in range(40)))).survey  # fmt: skip

    for survey in (mentions, own_words):
        assert survey.questions[0].kind == "multiple"
        assert parsed_definition(definition_text(survey), file="x", folder=tmp_path) == survey
    assert labels(own_words) == ["Radio", "TV", "Other"]


def test_sets_of_spss_of_both_kinds_are_questions_of_several_answers() -> None:
    for name, dichotomy in (("sav-mrset-categories", False), ("sav-mrset-dichotomies", True)):
        path = next((Path(__file__).parent / "cases" / name).glob("*.sav"))
        (of_set,) = pyreadstat.read_sav(str(path))[1].mr_sets.values()

        question = propose(path).survey.questions[0]

        assert of_set["is_dichotomy"] == dichotomy
        assert (question.kind, {of.column for of in question.columns}) == ("multiple", set(of_set["variable_list"]))


cells = st.one_of(
    st.sampled_from(
        ["", "1", "0", "Yes", "No", "N/A", "-99", "99", "A;", ";", ";;", "A;B;", "Other", "*", "x, y", "1 - a", "€ 5"]
    ),
    st.text(max_size=8),
)


@SAME
@given(
    st.lists(st.sampled_from(["q [a]", "q [b]", "q [other]", "q_1", "q_2", "m/a", "m/b", "m", "a:q", "b:q", "Radio", "weight", "age",
                              "x (first)", "x (second)", "Sonstiges"]), min_size=1, max_size=6, unique=True),
    st.lists(st.lists(cells, min_size=6, max_size=6), min_size=1, max_size=25),
)  # fmt: skip
def test_a_proposal_is_never_refused_by_its_own_reader(headings: list[str], rows: list[list[str]]) -> None:
    from tempfile import TemporaryDirectory

    from analytics.errors import FileError

    with TemporaryDirectory() as folder:
        path = written(
            Path(folder), ["id", *headings], *([f"r{at}", *row[: len(headings)]] for at, row in enumerate(rows))
        )
        try:
            survey = propose(path).survey
        except FileError:
            return  # there is nothing that looks like a question, which is said

        assert parsed_definition(definition_text(survey), file="x", folder=Path(folder)) == survey


@pytest.mark.parametrize("language", ladders(), ids=lambda one: one.ladders[0][0][0])
def test_every_ladder_of_a_language_is_known_from_its_lowest_to_its_highest_step(language) -> None:  # type: ignore[no-untyped-def]
    for ladder in (*language.ladders, *language.comparisons):
        for spelling in (0, -1):
            words = [rung[spelling].capitalize() for rung in ladder]
            steps = scale_steps(words)
            assert steps is not None, words
            assert sorted(words, key=steps.__getitem__, reverse=True) == words


def test_a_comma_within_a_sentence_that_nobody_quoted_is_no_end_of_a_cell_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "poll.csv"
    lines = ["id,Comment,For it?"]
    for at in range(20):
        lines.append(f"{at},{('Fine', 'It is loud, and dear', 'No')[at % 3]} {at},{('Yes', 'No')[at % 2]}")
    path.write_text("\n".join([*lines, "20,No,never,Yes"]) + "\n", encoding="utf-8")

    proposal = propose(path)

    chunks = list(read_responses(path, proposal.survey))
    assert (sum(len(one.batch.responses) for one in chunks), sum(one.rejected for one in chunks)) == (20, 1)
    assert any("7 rows have a separator within a sentence" in one and "line 3, 6" in one for one in proposal.notes)


def test_sums_of_a_group_that_another_column_names_are_no_readers(tmp_path: Path) -> None:
    rows = [[str(at), "North" if at < 9 else "South", ("Yes", "No")[at % 2]] for at in range(18)]
    rows = [*rows[:9], ["Subtotal North", "", "9"], *rows[9:], ["Subtotal South", "", "9"]]
    path = written(tmp_path, ["No", "District", "For it?"], *rows)

    survey = propose(path).survey

    assert stored(path, survey) == 18
    assert labels(survey) == ["Yes", "No"]


def test_a_bare_number_is_the_step_that_others_typed_with_its_label(tmp_path: Path) -> None:
    words = ["0", "0 - not at all", *map(str, range(1, 10)), "10", "10 - very likely", "8"]
    rows = [[str(at), words[at % len(words)]] for at in range(56)]
    path = written(tmp_path, ["id", "How likely are you to come again? (0-10)"], *rows)

    asked = propose(path).survey.questions[0]

    assert (asked.kind, len(asked.choices), asked.choices[10].label) == ("scale", 11, "10 - very likely")
    assert {"10", "10 - very likely"} <= {*asked.choices[10].values}
