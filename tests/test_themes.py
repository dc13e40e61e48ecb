"""Themes of comments: found where they are, none where there are none, each traceable to the comments behind it."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer

from analytics.comments.copies import campaigns, near_copies
from analytics.comments.terms import language_of, terms_of, without_formulas
from analytics.comments.themes import NEAR, FoundThemes, find_themes, shared_phrase
from analytics.comments.words import words_of
from analytics.estimates.readers.themes import (
    ThemeReport,
    examples,
    sent_by_many,
    shares,
    theme_groups,
    theme_report,
    voices,
    weighed,
)
from analytics.model.reasons import Reason
from analytics.words.themes import theme_name, themes_title
from tests.surveys import AGE, RIVER
from tests.test_figures_examples import house_style

SUBJECTS = {
    "noise": "noise awake night sleep loud engines",
    "parking": "parking cars garage market street kerb",
    "trees": "trees plant shade birds leaves park",
    "шум": "шум мост ночь спать машина громкий",
}
FRONT, BACK = ("bar", "dol", "fen", "gim", "kus", "lor", "mav"), ("on", "ique", "erst", "ald")
BESIDE = [one + two for one in FRONT for two in BACK]


def planted() -> list[str]:
    """Returns sixteen comments about each of four subjects, one of them in Russian, each with two other words."""
    rng = np.random.default_rng(7)
    return [
        " ".join([subject, *rng.choice(words.split()[1:], 3, replace=False), *rng.choice(BESIDE, 2, replace=False)])
        for subject, words in SUBJECTS.items()
        for _ in range(16)
    ]


@cache
def found_in_planted() -> FoundThemes:
    """The themes of these comments, which several tests look at and none changes."""
    return find_themes(planted())


def noise(count: int = 200) -> list[str]:
    """Returns comments of words drawn at random: no theme is in them, whatever is found."""
    rng = np.random.default_rng(1)
    words = [
        f"{one}{two}{three}" for one in "bdfgklm" for two in "aeou" for three in ("nda", "rto", "lsi", "mpe", "sk")
    ]
    return [" ".join(rng.choice(words, 8)) for _ in range(count)]


def test_what_was_planted_is_found_in_both_languages_and_nothing_is_mixed() -> None:
    texts, found = planted(), found_in_planted()

    members = [np.flatnonzero(found.of == theme) for theme in range(len(found.themes))]
    subjects = [{texts[place].split()[0] for place in places} for places in members]
    assert all(len(of_one) == 1 for of_one in subjects)
    assert set().union(*subjects) == set(SUBJECTS)
    assert (found.of >= 0).all()
    assert len(found.themes) <= 8


def test_every_comment_of_a_theme_holds_one_of_the_words_shown() -> None:
    texts = planted()
    found = found_in_planted()

    for theme, told in enumerate(found.themes):
        for place in np.flatnonzero(found.of == theme):
            stems = set(terms_of([texts[place]]).stems[0])
            assert stems & {stem for term in told.terms for stem in terms_of([term]).stems[0]}, texts[place]


def test_the_same_comments_in_another_order_give_the_same_themes() -> None:
    texts = planted()
    order = np.random.default_rng(3).permutation(len(texts))

    one, other = found_in_planted(), find_themes([texts[place] for place in order])

    assert {theme.name for theme in one.themes} == {theme.name for theme in other.themes}
    names = [[found.themes[of].name for of in found.of] for found in (one, other)]
    assert [names[0][place] for place in order] == names[1]


def test_no_theme_is_found_among_words_drawn_at_random() -> None:
    found = find_themes(noise())

    assert found.themes == ()
    assert (found.of == -1).all()


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_factorisation_alone_finds_themes_in_anything() -> None:
    """The known-bad twin: whoever asks for six themes gets six, of words drawn at random as well."""
    rows = TfidfVectorizer(min_df=3).fit_transform(noise())

    parts = NMF(6, init="nndsvda", random_state=0, max_iter=200).fit(rows).components_

    assert (parts.max(axis=1) > 0).all()


@pytest.mark.parametrize("texts", [[], [""], ["?"], ["Hello"], ["the the", "and"], planted()[:19], ["same words"] * 40])
def test_too_few_or_too_empty_comments_have_no_themes(texts: list[str]) -> None:
    found = find_themes(texts)

    assert found.themes == ()
    assert len(found.of) == len(found.typical) == len(found.copy_of) == len(texts)


def test_a_campaign_is_one_voice_and_grouped() -> None:
    campaign = [
        f"Stop the bridge now and save our lovely river bank, {name}" for name in ("Ann", "Bob", "Cid", "Dan", "Eve")
    ]
    texts = [
        "I like the bridge",
        *campaign,
        "STOP the bridge now and save our lovely river bank!",
        "No",
        "no!",
        "Not so",
    ]

    copies = near_copies(texts)

    assert copies.tolist() == [0, 1, 1, 1, 1, 1, 1, 7, 7, 9]


@pytest.mark.parametrize(("noise", "parking"), [(60, 20), (42, 38)])
def test_a_theme_is_called_the_most_frequent_only_where_that_is_no_chance_and_by_words_not_by_a_comment(
    noise: int, parking: int
) -> None:
    texts = [f"noise at night number{n} {'dogs' if n % 2 else 'trams'} wake" for n in range(noise)]
    texts += [f"parking costs number{n} {'much' if n % 2 else 'more'} money" for n in range(parking)]
    table = pd.DataFrame({"theme": [0] * noise + [1] * parking, "counts_for": 1.0})
    names = pd.DataFrame({"theme": [0, 1], "name": ["Noise, night", "Parking, costs"], "terms": ["noise", "parking"]})
    shown = pd.concat([names, shares(table, 2)], axis=1)
    comments = table.assign(text=texts, voice=range(len(texts)))

    title = themes_title(ThemeReport(RIVER, shown, comments, len(texts)), house_style())

    lead = "Most frequent theme: Noise, night, 75% of comments"
    even = "Frequent themes of comments: Noise, night (53%); Parking, costs (48%)"
    assert title == (lead if noise > 2 * parking else even)


def test_a_theme_is_called_by_what_several_wrote_word_for_word_and_never_by_the_words_of_few() -> None:
    told = [f"{name}, we always say: a late night bus is no help. Bye!" for name in ("Ann", "Bob", "Cid", "Dan", "Eve")]

    phrase = shared_phrase(told, {"late": 1.0, "night": 2.0, "bus": 2.0, "help": 0.5})

    assert phrase == "late night bus"
    assert shared_phrase(told[:4], {"late": 1.0, "night": 2.0, "bus": 2.0, "help": 0.5}) == ""
    assert shared_phrase(told, {"tram": 1.0, "night": 1.0}) == ""
    assert theme_name({"name": "Bus, night", "phrase": phrase}) == f"“{phrase}”"
    assert theme_name({"name": "Bus, night"}) == "Bus, night"


def test_a_text_sent_by_many_is_in_no_theme_names_none_and_counts_once() -> None:
    sent = [f"Sign the noise petition at the garage market now, dear neighbours, {name}" for name in "abcdefghij"]
    texts = [*planted(), *sent]
    comments = pd.DataFrame({
        "response_no": range(len(texts)), "question": "", "profile_no": 1, "text": texts,
        "responded_at": pd.Timestamp("2025-06-01", tz="UTC"),
    })  # fmt: skip
    alone, found = found_in_planted(), find_themes(texts)

    report = theme_report(RIVER, comments, found, len(texts))

    assert found.campaign.tolist() == [False] * 64 + [True] * 10
    assert {theme.name for theme in found.themes} == {theme.name for theme in alone.themes}
    assert not any("petition" in f"{row['name']} {row['terms']}" for row in report.table.to_dict("records"))
    assert report.table["base_n"].tolist() == [65] * len(report.table)
    assert sent_by_many(report)["copies"].tolist() == [10]
    assert sent_by_many(report)["text"].tolist() == sent[:1]


@pytest.mark.parametrize(
    ("copies", "among", "many"), [(4, 40, False), (5, 40, True), (7, 800, False), (8, 800, True), (10, 9000, True)]
)
def test_how_many_copies_make_a_text_sent_by_many(copies: int, among: int, many: bool) -> None:
    copy_of = np.array([0] * copies + list(range(copies, among)))

    assert campaigns(copy_of, np.zeros(among, dtype=bool)).tolist() == [many] * copies + [False] * (among - copies)
    assert not campaigns(copy_of, np.ones(among, dtype=bool)).any()


def test_near_copies_count_once_with_the_mean_weight_of_their_writers() -> None:
    told = pd.DataFrame({"theme": [0, 0, 0, 1], "voice": [0, 0, 0, 3], "counts_for": [1.0, 3.0, 0.0, 2.0]})

    assert voices(told)[["theme", "counts_for"]].to_numpy().tolist() == [[0, 2.0], [1, 2.0]]


def test_a_comment_that_only_happens_to_hold_a_word_of_a_theme_is_about_none() -> None:
    stray = "noise " + " ".join(BESIDE[:26])
    found = find_themes([*planted(), stray])

    assert found.of[-1] == -1
    assert found.nearness[-1] < NEAR


def test_different_comments_with_a_phrase_in_common_are_no_copies() -> None:
    texts = ["I think that the city should build a bridge", "I think that the city should leave the river alone",
             "I think that the city should ask us first"]  # fmt: skip

    assert near_copies(texts).tolist() == [0, 1, 2]


def test_languages_are_told_apart() -> None:
    said = {"russian": "мы не хотим", "german": "wir wollen das nicht", "spanish": "no queremos esto para los niños",
            "french": "nous ne voulons pas de cela", "english": "we do not want it"}  # fmt: skip

    assert {language_of(words_of(text)) for text in said.values()} == set(said)
    assert all(language_of(words_of(text)) == language for language, text in said.items())


def test_formulas_of_address_are_not_what_a_comment_is_about() -> None:
    texts = [f"long-time reader here. {text}" for text in planted()[:16:2]] + planted()[1:16:2]

    assert not any("reader" in text for text in without_formulas(texts))
    assert without_formulas(["one thing. another thing."]) == ["one thing. another thing."]


def test_groups_with_few_comments_are_held_back() -> None:
    survey = RIVER
    comments = pd.DataFrame({"response_no": range(44), "question": "", "profile_no": [1] * 40 + [2] * 4, "text": "x"})
    of = np.array([0] * 10 + [1] * 30 + [0] * 4)
    report = theme_report(survey, comments, found_of(of), written=44)
    levels = pd.DataFrame({"age": ["18-29", "60+"], "sex": ["F", "M"]}, index=[1, 2])

    groups = theme_groups(report, levels, AGE).set_index(["level", "theme"])

    assert groups.loc[("18-29", 0), "share"] == 0.25
    assert groups.loc["60+"]["suppressed"].all()
    assert groups.loc["60+"][["count", "base_n", "share", "low", "high"]].isna().all(axis=None)
    assert (groups.loc["60+"]["reason"] == Reason("few", 10, counted="comments")).all()


def found_of(of: np.ndarray) -> FoundThemes:
    from analytics.comments.themes import Theme

    nothing = np.zeros(len(of))
    none = np.zeros(len(of), dtype=bool)
    return FoundThemes((Theme("A", ("a",)), Theme("B", ("b",))), of, nothing, nothing, np.arange(len(of)), none, none)


def test_a_comment_counts_for_the_weight_of_who_wrote_it() -> None:
    comments = pd.DataFrame(
        {"response_no": range(6), "question": "", "profile_no": [1, 1, 2, 2, 2, 3], "text": "x",
         "weight": [1.0, 3.0, 1.0, 1.0, 2.0, 9.0]}
    )  # fmt: skip
    report = theme_report(RIVER, comments, found_of(np.array([0, 0, 1, 1, -1, 0])), written=6)
    factor = pd.Series({1: 0.5, 2: 2.0})  # whoever is of profile 3 has no weight

    found = weighed(report, "raked", factor, uses_base=True)
    plain = weighed(report, "raked", factor, uses_base=False)

    assert found.comments["counts_for"].tolist() == [0.5, 1.5, 2.0, 2.0, 4.0, 0.0]
    assert found.table["theme"].tolist() == [1, 0]  # the larger first
    assert found.table["share"].tolist() == [pytest.approx(4 / 10), pytest.approx(2 / 10)]
    assert found.table["count"].tolist() == [2, 2]
    assert found.table["base_n"].tolist() == [5, 5]
    assert found.table["effective_n"].tolist() == [pytest.approx(10**2 / (0.25 + 2.25 + 4 + 4 + 16))] * 2
    squares = (0.25 + 2.25) * 0.8**2 + (4 + 4 + 16) * 0.2**2
    assert found.table["se"][1] == pytest.approx(np.sqrt(5 / 4 * squares) / 10)
    assert found.without == pytest.approx(4 / 10)
    assert plain.comments["counts_for"].tolist() == [0.5, 0.5, 2.0, 2.0, 2.0, 0.0]
    assert report.table["share"].tolist() == [pytest.approx(3 / 6), pytest.approx(2 / 6)]


def test_groups_that_weights_leave_too_little_of_are_held_back() -> None:
    comments = pd.DataFrame({"response_no": range(40), "question": "", "profile_no": [1] * 40, "text": "x"})
    comments["weight"] = [100.0, *[0.1] * 39]
    report = theme_report(RIVER, comments, found_of(np.array([0] * 20 + [1] * 20)), written=40)

    heavy = weighed(report, "base", pd.Series({1: 1.0}), uses_base=True)
    groups = theme_groups(heavy, pd.DataFrame({"age": ["18-29"]}, index=[1]), AGE)

    assert (groups[groups["level"] == "18-29"]["reason"] == Reason("light", 10, counted="comments")).all()
    assert groups["share"].isna().all()


def test_the_share_of_a_theme_has_the_interval_of_any_share() -> None:
    (row,) = shares(pd.DataFrame({"theme": [0] * 20 + [-1] * 80, "counts_for": 1.0}), 1).to_dict("records")

    assert row["low"] < 0.2 < row["high"]
    assert row["high"] - row["low"] == pytest.approx(2 * 1.98 * np.sqrt(0.2 * 0.8 / 99), rel=0.05)


def test_the_examples_of_a_theme_are_its_own_and_near_copies_stand_once() -> None:
    texts = [*planted(), *[f"{planted()[0]}!"] * 3]
    comments = pd.DataFrame({"response_no": range(len(texts)), "question": "", "profile_no": 1, "text": texts})
    report = theme_report(RIVER, comments, find_themes(texts), len(texts))

    shown = examples(report, int(report.comments["theme"][0]), 20)

    assert all("noise" in text for text in shown["text"])
    assert shown["copies"].max() == 4
    assert shown["copy_of"].is_unique


# Real comments: what a person who reads them all would say they are about


def themes_with(found: FoundThemes, *words: str) -> list[str]:
    return [
        theme.name for theme in found.themes if any(term.startswith(word) for term in theme.terms for word in words)
    ]


def test_the_comments_on_seattles_minimum_wage_are_about_wages_and_small_businesses(shared: Path) -> None:
    with (shared / "data/respondents/polis_seattle15_comments.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["comment-body"] for row in csv.DictReader(file)]

    found = find_themes(texts)

    assert len(texts) == 54
    assert themes_with(found, "minimum", "wage")
    assert themes_with(found, "small", "business")
    assert not themes_with(found, "foo", "hola", "poop")


def test_the_comments_on_mental_health_at_work_are_about_it(shared: Path) -> None:
    path = shared / "data/exports/google_forms_osmi_mental_health_2014.csv"
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["comments"] for row in csv.DictReader(file) if row["comments"] not in ("", "NA")]

    found = find_themes(texts)

    for subject in (("self employ",), ("health insurance",), ("depress", "anxi", "suffer"), ("thank",), ("interview",)):
        assert themes_with(found, *subject), subject


def test_answers_in_russian_give_russian_themes(shared: Path) -> None:
    path = shared / "data/respondents/chronicles_w09_2023-02_timestamped.csv"
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["comment_final_goal_ru"] for row in csv.DictReader(file)]
    texts = [text for text in texts if text.strip() not in ("", "NA")]

    found = find_themes(texts)

    for subject in ("побед", "территор", "нато", "фашизм", "войн"):
        assert themes_with(found, subject), subject


def test_examples_of_a_theme_are_taken_from_every_answer_in_turn() -> None:
    told = pd.DataFrame(
        {
            "response_no": range(6), "theme": 0, "text": [f"parking number {n} costs too much here" for n in range(6)],
            "nearness": [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], "copy_of": range(6),
        }
    )  # fmt: skip
    report = ThemeReport(RIVER, pd.DataFrame(), told, 6)
    asked = told.assign(text=["Mail me at ann@example.org about parking costs too much here", *told["text"][1:]])
    assert examples(replace(report, comments=asked), 0, 4)["response_no"].tolist() == [1, 2, 3, 4]
    answers = {0: "No", 1: "No", 2: "No", 3: "No", 4: "Yes"}

    assert examples(report, 0, 4, answers)["response_no"].tolist() == [0, 4, 1, 2]  # 5 is too far from the middle
    assert examples(report, 0, 4)["response_no"].tolist() == [0, 1, 2, 3]
