"""Reasons for doubting single responses: given for how they came, never for what they say, and kept beside them."""

from __future__ import annotations

import csv
import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.estimates.storms import storm_report, with_decisions
from analytics.estimates.trust.doubts import keep_doubts
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import propose
from analytics.imports.record import record_files
from analytics.language.notation import PLAIN
from analytics.model import Choice, Columns, Question, Response, Survey
from analytics.model.crowds import Crowd, doubted_for
from analytics.model.doubts import REASONS, DoubtMark
from analytics.model.responses import Circumstances
from analytics.store.place.connections import Store
from analytics.store.read.doubts import read_doubts
from analytics.store.read.status import read_status
from analytics.store.record.live import batch_of, record_responses
from analytics.store.tend.keeping import erase_responses, read_audit, verify_responses
from analytics.store.tend.storms import decide_on_storm, read_storms, undo_storm
from analytics.store.tend.verify import verify_store
from analytics.storms import reasons
from analytics.storms.reasons import reasons_of, same_words, straight_lined, too_fast, twins
from analytics.storms.scan import too_regular
from analytics.words.doubts import REASON_WORDS, WHY, came_since, doubt_sentences, doubt_title
from tests.surveys import NOW, RIVER, opened, record

STEPS = ("1", "2", "3", "4", "5")
ITEMS = ("the mayor", "the police", "the courts", "the press", "the church")
TRUST = Survey(
    "trust", "Trust", "UTC",
    tuple(
        Question(f"q{n}", f"How much do you trust each of these? {item}", "scale", f"q{n}",
                 tuple(Choice(step, step, float(step), (step,)) for step in STEPS))
        for n, item in enumerate(ITEMS)
    ),
    columns=Columns(response="id"),
)  # fmt: skip


def answered(rows: list[tuple[str, ...]]) -> list[Response]:
    """Responses to the five items; an empty text is no answer."""
    return [
        Response(f"r{at}", {f"q{n}": (step,) if step else () for n, step in enumerate(row)})
        for at, row in enumerate(rows)
    ]


ROW = st.tuples(*[st.sampled_from(("", *STEPS))] * len(ITEMS))


@given(st.lists(ROW, min_size=1, max_size=30), st.permutations(STEPS))
@settings(max_examples=200, deadline=None)
def test_other_answers_give_the_same_doubts(rows: list[tuple[str, ...]], turned: list[str]) -> None:
    """Whatever the answers are called, and whichever of them was given, the same responses are doubted."""
    other = {"": "", **dict(zip(STEPS, turned, strict=True))}
    turned_rows = [tuple(other[step] for step in row) for row in rows]

    assert reasons_of(batch_of(TRUST, answered(rows)), TRUST) == reasons_of(
        batch_of(TRUST, answered(turned_rows)), TRUST
    )


def test_four_alike_of_a_battery_are_a_reason_and_three_or_another_are_not() -> None:
    rows = [("3",) * 5, ("1", "1", "1", "1", ""), ("1", "1", "1", "", ""), ("1", "1", "1", "1", "2"), ("",) * 5]

    found = reasons_of(batch_of(TRUST, answered(rows)), TRUST)

    assert found == [(0, "straight"), (1, "straight")]
    assert straight_lined(np.zeros((0, 5), dtype=np.int64)).tolist() == []


def test_who_says_yes_four_times_of_two_answers_is_nobody_to_doubt() -> None:
    two = tuple(replace(one, choices=one.choices[:2]) for one in TRUST.questions)
    survey = replace(TRUST, questions=two)

    assert reasons_of(batch_of(survey, answered([("1",) * 5])), survey) == []


def test_no_rule_is_given_an_answers_meaning() -> None:
    functions = [
        one for _, one in inspect.getmembers(reasons, inspect.isfunction) if one.__module__ == reasons.__name__
    ]
    taken = {name for one in functions for name in inspect.signature(one).parameters}

    assert not {"answers", "answer", "choice", "choices", "value", "values", "score"} & taken
    assert "score" not in inspect.getsource(reasons)


@pytest.mark.parametrize("seed", range(1, 21))
def test_a_program_is_too_fast_and_hardly_any_reader_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, program = rng.lognormal(3.2, 0.7, 19_000), rng.uniform(0, 2, 1_000)

    found = too_fast(np.concatenate([people, program]), 3)

    assert found[19_000:].mean() >= 0.95
    assert found[:19_000].mean() <= 0.005


def test_of_few_responses_nobody_is_too_fast_and_unknown_times_are_no_times() -> None:
    assert not too_fast(np.array([0.1] * 50), 9).any()
    assert not too_fast(np.full(500, np.nan), 9).any()
    assert too_fast(np.array([30.0] * 400 + [40.0] * 400 + [1.0, np.nan]), 9).tolist()[-2:] == [True, False]


def test_a_twin_says_the_same_from_the_same_place_within_a_day() -> None:
    words = same_words("Lock the phones up at the door!")
    came = pd.DataFrame(
        [(0, "a", words), (60, "a", words), (60, "b", words), (90, "a", same_words("Never mind the phones, teach!")),
         (200_000, "a", words), (30, "a", "")],
        columns=["at", "place", "words"],
    )  # fmt: skip

    found = twins(came)

    assert found.tolist() == [False, True, False, False, False, False]
    assert twins(came.iloc[::-1]).tolist() == found[::-1].tolist()
    assert same_words("lock THE phones up at the door") == words


def test_what_comes_by_the_clock_is_too_regular_and_its_neighbours_are_not() -> None:
    clock, people = np.arange(200) * 300, np.random.default_rng(1).integers(0, 60_000, 200)
    at = np.concatenate([clock, people])
    source = np.array(["a"] * 200 + ["b"] * 200, dtype=object)

    found = too_regular(at, source)

    assert (found[:200].all(), found[200:].any()) == (True, False)


# In a store


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with opened(address) as made:
        record(made, RIVER, [])
        yield made


def response(key: str, *, text: str = "", minutes: float = 0, **how: object) -> Response:
    at, came = NOW + timedelta(minutes=minutes), Circumstances(**how)  # type: ignore[arg-type]
    return Response(key, {"move": ("Yes",)}, {}, {"": text} if text else {}, at, at, circumstances=came)


def doubts_of(store: Store) -> list[tuple[int, str, bool]]:
    return [*read_doubts(store, "river").itertuples(index=False, name=None)]


SAME = "Move the pier before the winter comes, please."


def test_a_reason_of_the_form_stays_where_somebody_lets_the_answer_count(store: Store) -> None:
    record_responses(
        store, "river", [response("a"), response("b", unverified="spent"), response("c", unverified="trap")]
    )

    assert doubts_of(store) == []  # they wait: nobody has to be told of them twice
    verify_responses(store, "river", ["b", "c"], now=NOW)
    assert [reason for _, reason, _ in doubts_of(store)] == ["spent", "form"]
    erase_responses(store, "river", ["b"], now=NOW)
    assert [reason for _, reason, _ in doubts_of(store)] == ["form"]


def test_reasons_of_the_whole_survey_are_kept_once_and_stay_when_hashes_are_gone(store: Store) -> None:
    came = [response(f"r{n}", text=SAME, minutes=n, network=7) for n in range(3)]
    record_responses(store, "river", [*came, response("other", text=SAME, network=8)])

    assert (keep_doubts(store, "river"), keep_doubts(store, "river")) == (2, 0)
    assert [reason for _, reason, _ in doubts_of(store)] == ["twin", "twin"]


def test_a_reason_is_set_aside_under_a_rule_with_a_name_and_undone(store: Store) -> None:
    came = [response(f"r{n}", text=SAME, minutes=n, network=7) for n in range(9)]
    record_responses(store, "river", [*came, *(response(f"q{n}", minutes=n) for n in range(40))])
    before = storm_report(store, "river", now=NOW)

    (card,) = before.doubts
    keep_doubts(store, "river")
    aside = decide_on_storm(
        store, "river", doubted_for("twin"), "aside", name="Copies", answers=card.counted, by="Ada", now=NOW
    )
    status = read_status(store, "river")
    record_responses(store, "river", [response("late", text=SAME, minutes=10, network=7)])
    after = storm_report(store, "river", now=NOW)
    (late,) = after.doubts
    wrong = [len(one.wrong) for one in verify_store(store)]

    assert (card.responses, card.counted, aside) == (8, 8, 8)
    assert doubt_title(card, PLAIN) == "Same words within a day: 8 responses, all count"
    assert doubt_sentences(card, before.survey, PLAIN) == [
        "Counting them, Yes is at 100% of 49 overall; without them, at 100% of 41."
    ]
    assert (status.counted, status.screened, status.set_aside) == (41, 8, (("Copies", 8),))
    assert (late.responses, late.counted, late.decided and late.decided.name) == (9, 1, "Copies")
    assert came_since(late, PLAIN).startswith("1 more came since")
    assert (after.gone, wrong) == ((), [0])
    assert undo_storm(store, "river", "Copies", by="Ada", now=NOW) == 8
    assert read_status(store, "river").counted == 50
    assert [(one.action, one.rule) for one in read_audit(store, "river")] == [
        ("screened", "Copies"), ("restored", "Copies"),
    ]  # fmt: skip


def test_to_go_on_counting_is_kept_in_the_audit_with_a_name(store: Store) -> None:
    record_responses(store, "river", [response("a", text=SAME, network=7), response("b", text=SAME, network=7)])
    report = storm_report(store, "river", now=NOW)

    decide_on_storm(store, "river", doubted_for("twin"), "kept", name="Copies", answers=1, by="Ada", now=NOW)

    assert [
        one.decided and one.decided.decision for one in with_decisions(report, read_storms(store, "river")).doubts
    ] == ["kept"]
    assert [(one.action, one.rule, one.by) for one in read_audit(store, "river")] == [("kept", "Copies", "Ada")]


def test_a_reason_meets_no_storm() -> None:
    assert not doubted_for("twin").meets(Crowd("", "", 0, 10))
    assert {*REASON_WORDS} == {*WHY} == {*REASONS}


# What tools say


NAMES = (
    "StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "ResponseId", "Q_RecaptchaScore",
    "Q_RelevantIDDuplicate", "Q_RelevantIDDuplicateScore", "Q_RelevantIDFraudScore", "Q_DuplicateRespondent", "Q1",
)  # fmt: skip


def qualtrics(path: Path) -> Path:
    """200 responses of which the tool doubts the first six."""
    rows = [NAMES, (*NAMES[:-1], "Should phones be banned?")]
    for n in range(200):
        at = f"2025-05-19 10:{n // 60:02}:{n % 60:02}"
        rows.append((
            at, at, "IP Address", "100", str(40 + n % 60), "True", f"R_{n}", "0.2" if n < 3 else "0.9",
            "true" if n == 3 else "", "80" if n == 4 else "5", "30" if n == 5 else "0", "", "Yes" if n % 3 else "No",
        ))  # fmt: skip
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    return path


def test_what_the_tool_says_is_proposed_read_and_kept(tmp_path: Path, address: str) -> None:
    file = qualtrics(tmp_path / "phones.csv")
    proposal = propose(file)
    survey = proposal.survey

    with opened(address) as store:
        report = record_files(store, survey, [file], now=NOW)
        found = read_doubts(store, survey.key).groupby("reason").size().to_dict()
        again = record_files(store, replace(survey, doubts=survey.doubts[:1]), [file], now=NOW)

    assert survey.columns.seconds == "Duration (in seconds)"
    assert {(mark.column, mark.reason) for mark in survey.doubts} == {
        ("Q_RecaptchaScore", "captcha"), ("Q_RelevantIDDuplicate", "duplicate"),
        ("Q_RelevantIDDuplicateScore", "duplicate"), ("Q_RelevantIDFraudScore", "fraud"),
    }  # fmt: skip
    assert any("likely a person" in one.why for one in proposal.columns if one.name == "Q_RecaptchaScore")
    assert [one.key for one in survey.questions] == ["Q1"] or len(survey.questions) == 1
    assert (report.stored, found) == (200, {"captcha": 3, "duplicate": 2, "fraud": 1})
    assert (again.stored, again.duplicate) == (0, 200)  # a tool that changes its mind makes no other response


@pytest.mark.parametrize(("heads", "row", "flags", "least", "values"), [
    (["Response ID", "Date Submitted", "Status", "SessionID", "Data Quality", "Which?"],
     ["{n}", "May 01, 2024 10:{at} AM", "Complete", "s{n}", "{flag}", "{answer}"],
     ["", "Speeding", "Gibberish, Speeding"], None, ("Speeding", "Gibberish, Speeding")),
    (["Response ID", "Date Submitted", "Status", "SessionID", "Data Quality", "Which?"],
     ["{n}", "May 01, 2024 10:{at} AM", "Complete", "s{n}", "{flag}", "{answer}"], ["0", "1", "2"], 1, ()),
    (["record", "uuid", "date", "status", "markers", "q1"],
     ["{n}", "u{n}", "05/01/2024 10:05", "3", "{flag}", "{answer}"],
     ["qualified", "qualified,bad:q3", "dupe"], None, ("qualified,bad:q3", "dupe")),
], ids=["Alchemer, words", "Alchemer, counts", "Decipher"])  # fmt: skip
def test_flags_of_alchemer_and_decipher_are_reasons(
    heads: list[str], row: list[str], flags: list[str], least: float | None, values: tuple[str, ...], tmp_path: Path,
    address: str,
) -> None:  # fmt: skip
    file = tmp_path / "export.csv"
    with file.open("w", newline="", encoding="utf-8") as opened_file:
        writer = csv.writer(opened_file)
        writer.writerow(heads)
        for n in range(60):
            flag = flags[{0: 1, 1: 2}.get(n, 0)]
            facts = {"n": n, "at": f"{n // 60:02}:{n % 60:02}", "flag": flag, "answer": "Yes" if n % 3 else "No"}
            writer.writerow([cell.format(**facts) for cell in row])

    survey = propose(file).survey
    with opened(address) as store:
        record_files(store, survey, [file], now=NOW)
        found = read_doubts(store, survey.key).groupby("reason").size().to_dict()

    (mark,) = survey.doubts
    assert (mark.reason, mark.least, mark.values) == ("marked", least, values)
    assert found == {"marked": 2}
    assert len(survey.questions) == 1


def test_a_definition_with_doubts_is_read_back_as_it_was_written() -> None:
    marks = (DoubtMark("score", "captcha", below=0.5), DoubtMark("state", "marked", ("bad", "worse"), least=3))
    survey = replace(TRUST, doubts=marks)

    assert parsed_definition(definition_text(survey), file="trust.toml", folder=Path()).doubts == marks
