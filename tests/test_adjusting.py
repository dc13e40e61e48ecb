"""Changes to a proposed definition, as a person makes them in the form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.errors import DefinitionError
from analytics.imports.definition.text import definition_text
from analytics.imports.proposing.adjusting import (
    PartOption,
    checked,
    options_of,
    relabelled,
    reworded,
    used_as,
    with_column,
    with_options,
    without_column,
)
from analytics.model import Article, Choice, ChoiceColumn, Columns, Dimension, FileNotes, Level, Question, Survey

BAN = Question(
    "ban", "Ban?", "single", "q1",
    (Choice("Yes", "Yes", None, ("Yes",)), Choice("yes ", "yes ", None, ("yes ",)), Choice("No", "No", None, ("No",))),
    missing=("NA",),
)  # fmt: skip
NEEDS = Question(
    "needs", "Needs?", "multiple", choices=(Choice("a", "A", None, ("a",)), Choice("b", "B", None, ("b",))),
    columns=(ChoiceColumn("n1", "a"), ChoiceColumn("n2", "b")),
)  # fmt: skip
AGE = Dimension("age", "Age", "age", bands=(18, 30, 60))
SEX = Dimension("sex", "Sex", "sex", (Level("f", "f", ("f",)), Level("m", "m", ("m",))))
SURVEY = checked(Survey(
    "phones", "Phones", "Europe/Berlin", (BAN, NEEDS), (AGE, SEX), Columns(responded_at="at", weight="w"),
    file=FileNotes(leave_out=("mail",)),
))  # fmt: skip


def test_two_answers_of_one_label_become_one_with_the_words_of_both() -> None:
    yes, spelled, no, missing = options_of(BAN)

    survey = with_options(SURVEY, "ban", [yes, replace(spelled, label="Yes"), no, missing])

    assert survey.question("ban").choices == (  # type: ignore[union-attr]
        Choice("Yes", "Yes", None, ("Yes", "yes ")),
        Choice("No", "No", None, ("No",)),
    )


def test_the_order_of_the_form_is_the_order_that_is_shown() -> None:
    survey = with_options(SURVEY, "ban", list(reversed(options_of(BAN))))

    assert [choice.value for choice in survey.question("ban").choices] == ["No", "yes ", "Yes"]  # type: ignore[union-attr]


def test_an_answer_can_count_as_none_and_come_back() -> None:
    options = [replace(option, missing=option.label == "No") for option in options_of(BAN)]

    survey = with_options(SURVEY, "ban", options)
    question = survey.question("ban")

    assert question is not None
    assert question.missing == ("No",)
    assert [choice.value for choice in question.choices] == ["Yes", "yes ", "NA"]


def test_two_columns_of_a_multiple_question_cannot_become_one() -> None:
    with pytest.raises(DefinitionError, match="found the label 'A' for two columns of the file"):
        with_options(SURVEY, "needs", [PartOption(("a",), "A"), PartOption(("b",), "A")])


def test_a_choice_that_counts_as_none_takes_its_column_along() -> None:
    survey = with_options(SURVEY, "needs", [PartOption(("a",), "A"), PartOption(("b",), "B", missing=True)])

    assert survey.question("needs").columns == (ChoiceColumn("n1", "a"),)  # type: ignore[union-attr]


def test_a_question_made_a_scale_scores_its_steps_in_order() -> None:
    survey = reworded(SURVEY, "ban", "Ban them?", "scale")
    question = survey.question("ban")

    assert question is not None
    assert (question.text, [choice.score for choice in question.choices]) == ("Ban them?", [1.0, 2.0, 3.0])


def test_a_question_can_be_a_group_of_readers_and_a_group_a_question() -> None:
    survey = used_as(used_as(SURVEY, "ban", "dimension"), "sex", "question")

    assert survey.dimension("ban").levels[0] == Level("Yes", "Yes", ("Yes",))  # type: ignore[union-attr]
    assert survey.question("sex").choices[0] == Choice("f", "f", None, ("f",))  # type: ignore[union-attr]
    assert [one.key for one in checked(survey).dimensions] == ["age", "ban"]


def test_what_is_left_out_is_gone() -> None:
    survey = used_as(used_as(SURVEY, "needs", "left out"), "age", "left out")

    assert [one.key for one in survey.questions] == ["ban"]
    assert [one.key for one in survey.dimensions] == ["sex"]


def test_other_bands_take_the_place_of_levels() -> None:
    survey = checked(relabelled(SURVEY, "age", "Years", (16, 40)))

    assert [level.value for level in survey.dimension("age").levels] == ["16-39", "40+"]  # type: ignore[union-attr]


def test_a_personal_column_is_left_out_until_somebody_asks_for_it() -> None:
    survey = checked(with_column(SURVEY, "mail", "question"))

    assert survey.question("mail").column == "mail"  # type: ignore[union-attr]
    assert survey.file.leave_out == ()


def test_a_column_can_become_the_weight_and_stop_being_it() -> None:
    given = with_column(without_column(SURVEY, "weight"), "w2", "weight")

    assert given.columns.weight == "w2"
    assert without_column(given, "weight").columns.weight is None


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as told:
        checked(replace(SURVEY, key="two words", title=""))

    assert "two words" in str(told.value)
    assert "title" in str(told.value)


def test_checking_keeps_the_article_and_changes_nothing() -> None:
    survey = replace(SURVEY, article=Article("Phones locked away"))

    assert checked(survey) == survey
    assert "Phones locked away" in definition_text(survey)
