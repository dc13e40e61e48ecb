"""Parts of all in any words, quotations of the question, and headlines with two faults."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.claims.claim import check_claim
from analytics.claims.closed import english, german
from analytics.claims.closed.fractions import ORDINALS, PARTS
from analytics.claims.closed.marks import marks_of
from tests.guard_cases import APPROVED, REFUSED, TITLE
from tests.test_figures_examples import view_of
from tests.test_guard import FAEHRE, FERRY, GERMAN, MAYOR, STYLES, TOPLINE, asked, told

WORDS = {"en": english.WORDS, "de": german.WORDS}
SAID = {
    "en": (
        "{n} in {m} readers back the night ferry", "{n} readers out of {m} back the night ferry",
        "{n} out of every {m} readers back the night ferry",
    ),
    "de": ("{n} von {m} Lesern sind für die Nachtfähre", "{n} Leser von {m} sind für die Nachtfähre"),
}  # fmt: skip
NAMES = {
    language: {number: name for name, number in words.NUMBERS.items() if name not in ("a", "eins", "einer", "ein")}
    for language, words in (("en", english), ("de", german))
}


@pytest.mark.parametrize("language", ["en", "de"])
def test_any_number_of_any_number_is_the_part_that_it_is_and_no_other(language: str) -> None:
    question, green, missed = (FERRY if language == "en" else FAEHRE), [], []
    for whole in (3, 4, 5, 10):
        for some in range(1, whole):
            yes = round(1200 * some / whole)
            figure = told(view_of({((), None): [yes, 1150 - yes, 50]}, question, of=asked(question)))
            for form in SAID[language]:
                for told_as in range(2, whole):
                    text = form.format(n=NAMES[language][told_as].title(), m=NAMES[language][whole])
                    said = check_claim(text, figure, TITLE, STYLES[language]).verdict
                    if told_as == some:
                        missed += [text] if said != APPROVED else []
                    elif said == APPROVED and abs(told_as - some) / whole > 0.05:
                        green.append((text, yes))
    assert green == []
    assert len(missed) == 0


@pytest.mark.parametrize("language", ["en", "de"])
def test_any_numeral_before_any_fraction_is_that_part(language: str) -> None:
    wrong = []
    for name, below in PARTS[language].items():
        for some in range(2, min(below, 10)):
            text = f"{NAMES[language][some]} {name}{'s' if language == 'en' else ''}"
            marks = marks_of(text, (WORDS[language],))
            if [(one.tag, one.value) for one in marks] != [("part", some / below)]:
                wrong.append(text)
    for name, below in ORDINALS[language].items():
        text = f"every {name}" if language == "en" else f"jeder {name}e"
        if [(one.tag, one.value) for one in marks_of(text, (WORDS[language],))] != [("part", 1 / below)]:
            wrong.append(text)

    assert [one for one in wrong if "halve" not in one] == []


@pytest.mark.parametrize("text", [
    "Should the town pay for running the night ferry?", "“Should the town pay for running the night ferry in summer?”",
    "Question: should the town pay for the night ferry?", "running the night ferry in summer",
])  # fmt: skip
def test_words_of_the_question_alone_claim_nothing(text: str) -> None:
    assert check_claim(text, TOPLINE, TITLE, STYLES["en"]).verdict == APPROVED


@pytest.mark.parametrize(("question", "text"), [
    ("Is the night ferry too expensive?", "the night ferry too expensive"),
    ("Do you agree that the town spends too much on the night ferry?", "the town spends too much on the night ferry"),
    ("“The town spends too much.” Do you agree or disagree?", "The town spends too much"),
    ("Do you support or oppose a ban of the night ferry?", "oppose a ban of the night ferry"),
    ("Should the town no longer pay for the night ferry?", "the town no longer pay for the night ferry"),
])  # fmt: skip
def test_words_of_a_question_that_may_state_something_are_not_approved(question: str, text: str) -> None:
    figure = told(view_of({((), None): [580, 320, 100]}, replace(FERRY, text=question),
                          of=asked(replace(FERRY, text=question))))  # fmt: skip

    assert check_claim(text, figure, TITLE, STYLES["en"]).verdict != APPROVED


def test_of_two_faults_both_are_told() -> None:
    for text, language, view in (
        ("72% of Americans back the night ferry", "en", TOPLINE),
        ("72 Prozent der Deutschen sind für die Nachtfähre", "de", GERMAN),
    ):
        found = check_claim(text, view, TITLE, STYLES[language])
        assert (found.verdict, {one.kind for one in found.findings}) == (REFUSED, {"people", "number"})
    alone = check_claim("58% of Americans back the night ferry", TOPLINE, TITLE, STYLES["en"])
    assert {one.kind for one in alone.findings} == {"people"}


def test_what_the_question_calls_a_step_of_its_scale_is_that_step_alone() -> None:
    mayor = replace(MAYOR, text="How much do you trust the mayor? (1 = not at all, 5 = completely)")
    figure = view_of({((), None): [150, 250, 270, 230, 100]}, mayor, of=asked(mayor))

    def said(text: str) -> str:
        return check_claim(text, figure, TITLE, STYLES["en"]).verdict

    assert said("10% of readers trust the mayor completely") == APPROVED
    assert said("33% of readers trust the mayor completely") != APPROVED
    assert said("One reader in three trusts the mayor completely") != APPROVED
