"""The demo: its readers come out the same every time, look as told, and its words are our own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from analytics import demo
from analytics.estimates.trust.weighting import weighting_report
from analytics.estimates.whole.topline import topline
from analytics.imports.answers.responses import read_responses
from analytics.imports.articles.article import read_article
from analytics.imports.definition.survey import read_definition
from analytics.model import NO_ANSWER, Survey
from analytics.model.request import Request
from analytics.store.record.imports import record_import
from tests.conftest import ROOT
from tests.surveys import NOW, opened, snapshot

CALL, BURST_START, BURST_END = "2025-05-19 10:00:00", "2025-05-22 14:10:00", "2025-05-22 14:55:00"
PHRASE = 6


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    path = tmp_path_factory.mktemp("demo") / "simulated.csv"
    demo.write_responses(path)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def survey() -> Survey:
    return read_definition(demo.DEFINITION)


def share(frame: pd.DataFrame, answer: str) -> float:
    answered = frame[frame["pressure"] != ""]
    return float((answered["pressure"] == answer).mean())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.csv" for name in ("first", "second", "third"))

    demo.write_responses(first, seed=7, readers=500)
    demo.write_responses(second, seed=7, readers=500)
    demo.write_responses(third, seed=8, readers=500)

    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() != third.read_bytes()


def test_the_file_has_no_windows_line_ends_and_no_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"

    demo.write_responses(path, readers=50)

    assert b"\r" not in path.read_bytes()
    assert path.read_bytes().startswith(b"response,")


def test_every_row_says_simulated(readers: pd.DataFrame) -> None:
    assert set(readers["note"]) == {"SIMULATED"}


def test_each_reader_has_an_id_of_his_own(readers: pd.DataFrame) -> None:
    assert len(readers) == 20_114
    assert readers["response"].is_unique


def test_readers_come_within_the_ten_days_and_fewer_every_day_but_for_the_call_and_the_burst(
    readers: pd.DataFrame,
) -> None:
    times = readers.loc[readers["responded_at"] != "", "responded_at"]
    days = times.str[:10].value_counts()

    assert times.between("2025-05-18 12:00:00", "2025-05-28 11:59:59").all()
    assert days["2025-05-19"] > days["2025-05-20"] > days["2025-05-21"] > days["2025-05-23"] > days["2025-05-27"]


def test_mornings_and_evenings_are_busier_than_nights(readers: pd.DataFrame) -> None:
    hours = readers.loc[readers["responded_at"].str[:10] == "2025-05-20", "responded_at"].str[11:13].value_counts()

    assert hours["08"] > 2 * hours["05"]
    assert hours["20"] > 1.3 * hours["15"]
    assert hours["20"] > 5 * hours["03"]


def test_a_push_alert_brings_a_spike_through_its_own_channel(readers: pd.DataFrame) -> None:
    alert = readers[readers["responded_at"].str.startswith("2025-05-19 13")]
    before = readers[readers["responded_at"].str.startswith("2025-05-19 12")]

    assert len(alert) > 3 * len(before)
    assert (alert["channel"] == "Push").mean() > 0.45
    assert (before["channel"] == "Push").mean() < 0.10


def test_no_rises_by_about_six_points_after_the_call(readers: pd.DataFrame) -> None:
    dated = readers[readers["responded_at"] != ""]
    before = dated[dated["responded_at"] < CALL]
    after = dated[(dated["responded_at"] >= CALL) & (dated["responded_at"] < BURST_START)]

    assert 0.04 < share(after, "No") - share(before, "No") < 0.08


def test_the_burst_is_one_referrer_in_45_minutes_and_one_sided(readers: pd.DataFrame) -> None:
    burst = readers[readers["referrer"] == "forum.example"]
    dated = burst[burst["responded_at"] != ""]

    assert len(burst) == pytest.approx(1_200, abs=20)
    assert set(burst["channel"]) == {"Social"}
    assert dated["responded_at"].between(BURST_START, BURST_END).all()
    assert share(burst, "Yes") > 0.9
    assert share(readers[readers["referrer"] != "forum.example"], "Yes") < 0.32


def test_the_whole_comes_out_near_31_12_57(readers: pd.DataFrame) -> None:
    assert share(readers, "Yes") == pytest.approx(0.31, abs=0.015)
    assert share(readers, "Unsure") == pytest.approx(0.12, abs=0.015)
    assert share(readers, "No") == pytest.approx(0.57, abs=0.015)


def test_answers_go_with_who_the_readers_are(readers: pd.DataFrame) -> None:
    told = readers[(readers["age"] != "") & (readers["referrer"] != "forum.example")]
    years = told["age"].astype(int)

    assert share(told[years >= 60], "No") - share(told[years < 30], "No") > 0.08
    assert share(told[told["gender"] == "Men"], "Yes") - share(told[told["gender"] == "Women"], "Yes") > 0.05
    assert (told["age"].astype(int) >= 18).all()


def test_some_readers_leave_out_who_they_are_when_they_came_or_an_answer(readers: pd.DataFrame) -> None:
    nothing_told = (readers[["age", "gender", "region", "reads"]] == "").all(axis=1)

    assert 0.03 < nothing_told.mean() < 0.10
    assert 50 < (readers["responded_at"] == "").sum() < 250
    assert 0.005 < (readers["pressure"] == "").mean() < 0.02


def test_several_next_steps_may_be_chosen(readers: pd.DataFrame) -> None:
    chosen = readers.loc[readers["next_step"] != "", "next_step"].str.split("; ").map(len)

    assert set(chosen) == {1, 2, 3, 4, 5}
    assert 1.8 < chosen.mean() < 2.8


def test_there_are_hundreds_of_different_comments_each_beside_an_answer(readers: pd.DataFrame) -> None:
    comments = readers[readers["comment"] != ""]

    assert 500 < len(comments) < 900
    assert comments["comment"].nunique() > 400
    assert (comments["pressure"] != "").all()
    assert comments["comment"].str.contains("@example.").any()
    assert comments["comment"].str.contains("[\u0410-\u044f]").any()


def test_nobody_speaks_of_the_call_before_it(readers: pd.DataFrame) -> None:
    pools = tomllib.loads((demo.FOLDER / "comments.toml").read_text(encoding="utf-8"))
    late = "|".join(map(re.escape, pools["No after the call"]))
    speaking = readers[readers["comment"].str.contains(late) & (readers["responded_at"] != "")]

    assert len(speaking) > 10
    assert (speaking["responded_at"] >= CALL).all()


def test_the_definition_knows_every_column_answer_and_level_of_the_file(readers: pd.DataFrame, survey: Survey) -> None:
    known = {question.column: {choice.value for choice in question.choices} for question in survey.questions}
    for dimension in survey.dimensions:
        if not dimension.bands and not dimension.found:
            known[dimension.column] = {level.value for level in dimension.levels} | set(dimension.missing)

    for column, values in known.items():
        found = set(readers[column].str.split("; ").explode()) - {""}
        assert found == values - {NO_ANSWER}, column
    for named in (survey.columns.response, survey.columns.responded_at, survey.columns.comment, survey.columns.channel):
        assert named in readers.columns
    assert len(known) == 7


def test_every_made_up_reader_is_understood_by_the_import(tmp_path: Path, survey: Survey) -> None:
    path = tmp_path / "simulated.csv"
    demo.write_responses(path, readers=2_000)

    chunks = list(read_responses(path, survey))

    assert sum(chunk.read for chunk in chunks) == 2_000
    assert sum(len(chunk.batch.responses) for chunk in chunks) == 2_000
    assert [fault for chunk in chunks for fault in chunk.faults] == []


def test_older_readers_and_men_answer_more_often_than_they_are_in_the_population_and_weighting_shows_it(
    readers: pd.DataFrame, survey: Survey, tmp_path: Path
) -> None:
    path = tmp_path / "simulated.csv"
    readers.iloc[::5].to_csv(path, index=False)
    with opened() as engine:
        record_import(engine, survey, read_responses(path, survey), file=path.name, now=NOW)
        asked = snapshot(engine, survey.key)
        report = weighting_report(replace(asked, weight_range=no_range), Request())
        weighted, plain = (
            topline(asked, Request(question="pressure", weights=weights)).estimates.set_index("choice")["share"]
            for weights in ("raked", "none")
        )

    before = report.table.set_index("level")["before"]
    assert report.weights == "raked"
    assert before["60+"] > 0.38
    assert before["Men"] > 0.52
    assert report.table["gap"].dropna().abs().max() < 1e-6
    assert 0.8 < report.efficiency < 0.92
    assert not report.costly
    assert weighted["Unsure"] - plain["Unsure"] > 0.01
    assert max(weighted["No"], plain["No"]) == plain["No"]


def no_range() -> pd.DataFrame:
    raise AssertionError("a survey without a weight column has no base weights to ask for")


def test_the_targets_are_the_shares_that_the_census_bureau_published(shared: Path, survey: Survey) -> None:
    rows = pd.read_csv(shared / "data/margins/us_adult_margins_2022.csv").set_index(["variable", "level"])["share"]
    age, gender = (dict(target.shares) for target in survey.targets)
    third = gender["Another gender",]

    assert {level: share for (level,), share in age.items()} == pytest.approx(dict(rows["age_18_30_45_60"]), abs=5e-6)
    assert gender["Women",] == pytest.approx(rows["sex_18plus", "Female"] * (1 - third), abs=5e-6)
    assert gender["Men",] == pytest.approx(rows["sex_18plus", "Male"] * (1 - third), abs=5e-6)
    assert [target.rescaled_from for target in survey.targets] == [None, None]


def test_the_definition_says_simulated_and_asks_in_the_article_s_own_words(survey: Survey) -> None:
    article = read_article(demo.FOLDER / "article.md")

    assert survey.simulated
    assert survey.questions[0].text == article.question
    assert survey.article is not None
    assert survey.article.headline == article.headline
    assert survey.article.kicker == article.kicker
    assert survey.article.credit == article.credit
    assert survey.article.sections == article.sections


def test_events_stand_in_order_within_the_fieldwork(survey: Survey) -> None:
    zone = ZoneInfo("America/New_York")
    moments = [event.at for event in survey.events]

    assert moments == sorted(moments)
    assert moments[0] == datetime(2025, 5, 18, 12, tzinfo=zone)
    assert moments[-1] < datetime(2025, 5, 28, 12, tzinfo=zone)
    assert datetime.fromisoformat(CALL).replace(tzinfo=zone) in moments


def words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.replace("’", "'").lower())


def runs(text: str) -> set[str]:
    """Returns every run of six words that stands within one line."""
    found = set()
    for line in text.splitlines():
        spoken = words(line)
        found |= {" ".join(spoken[at : at + PHRASE]) for at in range(len(spoken) - PHRASE + 1)}
    return found


def borrowed(text: str, source: str, free: str) -> set[str]:
    """Returns the runs of words that a text shares with a source, but for those in the part free to quote."""
    return (runs(text) & runs(source)) - runs(free)


def free_to_quote(article: str) -> str:
    """Returns the kicker, headline, credit, headings and closing question of the article: its short or asking lines."""
    return "\n".join(line for line in article.splitlines() if len(line) < 90 or line.startswith("Should the U.S."))


def test_a_borrowed_sentence_is_noticed_and_a_quoted_headline_is_not(shared: Path) -> None:
    source = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    sentence = next(line for line in source.splitlines() if len(line) > 200)

    assert borrowed(f"We wrote: {sentence[:80]}", source, free_to_quote(source))
    assert not borrowed(source.splitlines()[1], source, free_to_quote(source))


def test_no_six_words_in_a_row_of_the_source_article_stand_in_the_repository(shared: Path) -> None:
    source = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    places = [
        ROOT / "README.md",
        *(path for room in ("data", "docs", "analytics", "tests") for path in (ROOT / room).rglob("*")),
    ]
    texts = [path for path in places if path.suffix in {".md", ".toml", ".txt", ".py", ".json"} and path.is_file()]

    found = {
        path: borrowed(path.read_text(encoding="utf-8", errors="replace"), source, free_to_quote(source))
        for path in texts
    }

    assert {path: phrases for path, phrases in found.items() if phrases} == {}
    assert demo.FOLDER / "article.md" in texts


def test_the_article_carries_the_source_s_own_kicker_headline_credit_headings_and_question(shared: Path) -> None:
    source = read_article(shared / "seed" / "article.txt")
    ours = read_article(demo.FOLDER / "article.md")

    assert (ours.kicker, ours.headline, ours.credit) == (source.kicker, source.headline, source.credit)
    assert ours.question == source.question
    assert [section.heading for section in ours.sections] == [section.heading for section in source.sections]
    assert len(ours.sections) == 5
