"""Shares read the wrong way round: who they are that gave an answer is no number of a crosstab."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.claims.claim import check_claim
from analytics.model import Level
from tests.test_figures_examples import survey, view_of
from tests.test_guard import FAEHRE, FERRY, MAY, SEX, STYLES

BY_SEX = {(("F",), None): [660, 270, 70], (("M",), None): [470, 410, 120]}
OF_WHOM = [
    ("en", "Four in ten opponents are men"), ("en", "Only 41% of opponents of the ferry are men"),
    ("en", "Two in three supporters are women"), ("en", "Most supporters of the ferry are women"),
    ("en", "66% of those in favour are women"), ("en", "Readers who say yes are mostly women"),
    ("en", "Among opponents, 41% are men"), ("en", "Women make up 66% of supporters"),
    ("en", "41% of opponents were men"), ("en", "Two thirds of backers are women"),
    ("de", "Vier von zehn Gegnern sind Männer"), ("de", "66 Prozent der Befürworter sind Frauen"),
    ("de", "Die meisten Befürworter sind Frauen"), ("de", "Die meisten Gegner sind Männer"),
    ("de", "Zwei von drei Befürwortern der Fähre sind Frauen"), ("de", "Frauen stellen 66 Prozent der Befürworter"),
    ("de", "Unter den Befürwortern sind Frauen in der Mehrheit"), ("de", "41 Prozent der Gegner sind Männer"),
]  # fmt: skip
OF_THE_GROUP = [
    ("en", "66% of women are supporters"), ("en", "Two in three women are in favour"),
    ("de", "66 Prozent der Frauen sind Befürworter"), ("de", "Zwei von drei Frauen sind dafür"),
]  # fmt: skip


def verdict(language: str, text: str) -> str:
    sex = replace(SEX, levels=(Level("F", "Frauen"), Level("M", "Männer"))) if language == "de" else SEX
    question = FERRY if language == "en" else FAEHRE
    view = view_of(BY_SEX, question, by=("sex",), of=survey(question, dimensions=(sex,), **MAY))
    return check_claim(text, view, "A title", STYLES[language]).verdict


@pytest.mark.parametrize(("language", "text"), OF_WHOM)
def test_who_gave_an_answer_is_not_checked_whatever_its_number(language: str, text: str) -> None:
    assert verdict(language, text) == "not checked"


@pytest.mark.parametrize(("language", "text"), OF_THE_GROUP)
def test_the_answer_of_a_group_is_read_as_before(language: str, text: str) -> None:
    assert verdict(language, text) == "holds"
