"""What is said of those who answered follows how they came to do so, in every kind of figure and both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.whole.topline import topline
from analytics.figures.drawing.style import Style
from analytics.language.said import speaking
from analytics.model.request import Request
from analytics.model.sampling import SAMPLES, recruitment
from analytics.model.surveys import Sample
from analytics.store.place.connections import Store
from analytics.words.names import SAMPLE_NAMES
from tests.chosen import few_of
from tests.exports_fixture import STYLE
from tests.made.figures import KINDS, desk, exported, fill, plain_survey, words_of
from tests.surveys import opened

READERS = re.compile(r"\breaders?\b|\bLeser(?:in|innen|n|schaft)?\b", re.IGNORECASE)
CHOSE = re.compile(r"\bchose to\b|\bchoose to\b|\bvon sich aus\b|\bentschieden selbst\b", re.IGNORECASE)
WAYS: tuple[tuple[Sample, str], ...] = (
    ("panel", "Online"), ("self-selected", "CATI"), ("probability panel", "Online"), ("probability", "Face to face"),
)  # fmt: skip
BY_MODE: tuple[tuple[Sample, str], ...] = (("recruited", "By telephone"), ("self-selected", "By telephone"))
"""Ways that are one with an earlier of these: what is called so in one kind of figure is in all."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("samples") / "river.sqlite") as opened_store:
        fill(opened_store)
        yield opened_store


def said(
    store: Store, sample: Sample, mode: str, language: str, kinds: Iterable[str] = tuple(KINDS)
) -> dict[str, list[str]]:
    """Every text of these kinds of figures, where those who answered were asked in that way."""
    style: Style = replace(STYLE, language=language, name="The Courier")
    made = desk(store, lambda word: word, sample=sample)
    ours = replace(made.ours, survey=replace(made.ours.survey, mode=mode))
    theirs = replace(made.theirs, survey=replace(made.theirs.survey, sample=sample, mode=mode))
    with speaking(style):
        return {
            kind: [*words_of(exported(make(replace(made, ours=ours, theirs=theirs)), style))]
            for kind, make in KINDS.items()
            if kind in kinds
        }


def in_turn(case: tuple[Sample, str, str, int]) -> bool:
    """Whether it is that half's turn: each kind in each language for two ways, each way in each for half the kinds."""
    sample, mode, language, half = case
    return (WAYS.index((sample, mode)) + ("en", "de").index(language) + half) % 2 == 0


@pytest.mark.parametrize(
    ("sample", "mode", "language", "half"),
    few_of(((*way, *how) for way, *how in product(WAYS, ("en", "de"), (0, 1))), in_turn),
)
def test_people_who_were_asked_are_never_called_readers_who_chose_to_answer(
    store: Store, sample: Sample, mode: str, language: str, half: int
) -> None:
    assert_called_rightly(said(store, sample, mode, language, [*KINDS][half::2]))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("sample", "mode"), BY_MODE)
def test_whoever_says_that_people_were_called_up_says_that_they_were_recruited(
    store: Store, sample: Sample, mode: str, language: str
) -> None:
    assert recruitment(replace(plain_survey(), sample=sample, mode=mode)) == "recruited"
    assert_called_rightly(said(store, sample, mode, language, ["topline"]))


def assert_called_rightly(words_of_kinds: Mapping[str, list[str]]) -> None:
    """Fails where a text calls those who answered readers, or says that they chose to."""
    for kind, words in words_of_kinds.items():
        wrong = [one for one in words if READERS.search(one) or (CHOSE.search(one) and "panel" not in one.casefold())]
        assert not wrong, (kind, wrong[:3])


@pytest.mark.parametrize(
    ("language", "who"),
    [("en", "subscribers who answered"), ("de", "Abonnentinnen und Abonnenten, die geantwortet haben")]
)  # fmt: skip
def test_subscribers_who_were_all_asked_are_called_so(store: Store, language: str, who: str) -> None:
    words = " ".join(said(store, "subscribers", "Online", language, ["topline"])["topline"])

    assert who in words
    assert not re.search(r"readers who (?:chose|answered)|Leserinnen und Leser, die", words)


def test_readers_who_came_by_themselves_are_called_so_as_before(store: Store) -> None:
    assert "readers who chose to answer" in " ".join(
        said(store, "self-selected", "Online", "en", ["topline"])["topline"]
    )


def test_every_way_of_coming_to_answer_has_a_name_and_may_stand_in_a_definition() -> None:
    assert set(SAMPLE_NAMES) == set(SAMPLES)
    assert recruitment(replace(plain_survey(), mode="Over the phone")) == "recruited"
    assert recruitment(replace(plain_survey(), mode="In our telephone-free app")) != "self-selected"
    assert recruitment(replace(plain_survey(), mode="Online")) == "self-selected"


@pytest.mark.parametrize("sample", ["panel", "recruited"])
def test_no_headline_calls_people_who_were_asked_readers_or_everybody(store: Store, sample: Sample) -> None:
    made = desk(store, lambda word: word, sample=sample).ours
    view = topline(made, Request(question="move"))
    share = view.estimates["value"].iloc[0]

    for who, verdict in (("respondents", "holds"), ("readers", "not checked"), ("voters", "does not hold")):
        checked = check_claim(f"{share:.0%} of {who} say {view.question.choices[0].label}", view, "", STYLE)
        assert checked.verdict == verdict, who
