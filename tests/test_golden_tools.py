"""Every real export and survey file is imported by what it shows of itself, and agrees with a recount of its cells.

The recounts read the files with the csv module, pandas or pyreadstat and count words: nothing of the importers is in
them. Where the files come from stands in SOURCES.md and FORMATS.md beside them.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from analytics.estimates.whole.topline import topline
from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import Proposal
from analytics.imports.propose import propose as propose_anew
from analytics.imports.proposing.lss import read_structure
from analytics.imports.record import record_files
from analytics.model import Chunk, Survey
from analytics.model.request import Request
from tests.surveys import NOW, opened, snapshot

FILES = {
    # file: tool, encoding, read, stored, quarantined, rejected
    "exports/surveymonkey_2row_starwars_macroman.csv": ("SurveyMonkey", "Mac Roman", 1186, 1186, 0, 0),
    "exports/surveymonkey_2row_expanded_SOUTH.csv": ("SurveyMonkey", "UTF-8", 2528, 2528, 0, 0),
    "exports/surveymonkey_full_metadata_2row_synthetic.csv": (
        "SurveyMonkey", "UTF-8 with a byte order mark", 4, 4, 0, 0),
    "exports/qualtrics_3row_sample.csv": ("Qualtrics", "UTF-8", 1, 1, 0, 0),
    "exports/qualtrics_legacy_2row_sample.csv": ("Qualtrics", "UTF-8 with a byte order mark", 1, 1, 0, 0),
    "exports/qualtrics_3row_choice_text_synthetic.csv": ("Qualtrics", "UTF-8 with a byte order mark", 5, 2, 0, 3),
    "exports/limesurvey_codetext_headings.csv": ("LimeSurvey", "UTF-8", 3, 3, 0, 0),
    "exports/typeform_webhook_form_response.json": ("Typeform", "UTF-8", 1, 1, 0, 0),
    "exports/google_forms_osmi_mental_health_2014.csv": ("Google Forms", "UTF-8", 1259, 1259, 0, 0),
    "exports/formbricks_webhook_responseFinished.json": ("Formbricks", "UTF-8", 1, 1, 0, 0),
    "exports/spss_chronicles_express1_2022-09.sav": ("SPSS", "UTF-8", 1000, 1000, 0, 0),
    "respondents/538_comma_survey.csv": ("SurveyMonkey", "UTF-8", 1129, 1129, 0, 0),
    "respondents/538_thanksgiving_2015.csv": ("SurveyMonkey", "UTF-8", 1058, 1058, 0, 0),
    "respondents/538_masculinity_2018_raw_responses.csv": ("a plain table", "UTF-8", 1615, 1615, 0, 0),
    "respondents/538_weather_check_2015.csv": ("SurveyMonkey", "UTF-8", 928, 928, 0, 0),
    "respondents/538_food_world_cup_2014.csv": ("SurveyMonkey", "Mac Roman", 1373, 1373, 0, 0),
    "respondents/chronicles_w09_2023-02_timestamped.csv": ("a plain table", "UTF-8", 1600, 1600, 0, 0),
    "respondents/chronicles_waves09-13_ceasefire.csv": ("a plain table", "UTF-8", 7214, 7214, 0, 0),
    "respondents/mit_ecommerce_data_opinion_2022.csv": ("a plain table", "UTF-8", 6325, 6325, 0, 0),
    "respondents/polis_seattle15_comments.csv": ("a plain table", "UTF-8", 54, 54, 0, 0),
    "respondents/polis_seattle15_votes.csv": ("a plain table", "UTF-8", 2995, 2995, 0, 0),
    "respondents/polis_seattle15_participants-votes.csv": ("a plain table", "UTF-8", 339, 339, 0, 0),
    "respondents/cardata_chile_1988.csv": ("a plain table", "UTF-8", 2700, 2700, 0, 0),
    "respondents/survey_apistrat.csv": ("a plain table", "UTF-8", 200, 200, 0, 0),
    "respondents/survey_apiclus1.csv": ("a plain table", "UTF-8", 183, 183, 0, 0),
    "respondents/survey_apisrs.csv": ("a plain table", "UTF-8", 200, 200, 0, 0),
    "respondents/anes96.csv": ("a plain table", "UTF-8", 944, 944, 0, 0),
}  # fmt: skip


@cache
def propose(path: Path) -> Proposal:
    """Returns what the file is taken for; looked at once, however many tests ask."""
    return propose_anew(path)


@cache
def imported(path: Path, survey: Survey) -> list[Chunk]:
    return list(read_responses(path, survey))


def choice_counts(path: Path, survey: Survey, key: str) -> Counter[str]:
    """Returns how many gave each answer to the question, by its label."""
    question, counts = survey.question(key), Counter[str]()
    assert question is not None
    for chunk in imported(path, survey):
        answers = chunk.batch.answers[key]
        labels = [question.choice(value).label for value in answers.values]  # type: ignore[union-attr]
        counts.update(labels[place] for place in answers.choice.tolist())
    return counts


def level_counts(path: Path, survey: Survey, key: str) -> Counter[str]:
    dimension, counts = survey.dimension(key), Counter[str]()
    assert dimension is not None
    for chunk in imported(path, survey):
        for value in chunk.batch.levels[key].dropna():
            counts[dimension.level(value).label] += 1  # type: ignore[union-attr]
    return counts


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def column(rows: list[list[str]], name: str) -> list[str]:
    at = rows[0].index(name)
    return [row[at].strip() for row in rows[1:]]


def question_on(proposal: Proposal, name: str) -> str:
    """Returns the key of the question that reads that column."""
    return next(
        question.key
        for question in proposal.survey.questions
        if question.column == name or any(of.column == name for of in question.columns)
    )


def taken(proposal: Proposal) -> dict[str, str]:
    return {one.name: one.taken_for for one in proposal.columns}


@pytest.mark.parametrize(("name", "expected"), FILES.items(), ids=lambda value: Path(str(value)).stem)
def test_every_file_is_imported_by_what_it_shows_of_itself(shared: Path, name: str, expected: tuple[Any, ...]) -> None:
    path = shared / "data" / name

    proposal = propose(path)
    chunks = imported(path, proposal.survey)

    read, aside, rejected = (
        sum(chunk.read for chunk in chunks),
        sum(len(chunk.quarantined) for chunk in chunks),
        sum(chunk.rejected for chunk in chunks),
    )
    stored = sum(len(chunk.batch.responses) for chunk in chunks)
    assert (proposal.tool, proposal.encoding, read, stored, aside, rejected) == expected
    assert read == stored + aside + rejected


def test_no_export_is_left_out_of_these_tests(shared: Path) -> None:
    here = {f"exports/{path.name}" for path in (shared / "data/exports").iterdir()}
    unfinished = {f"exports/formbricks_webhook_response{name}.json" for name in ("Created", "Updated")}
    others = {"exports/FORMATS.md", "exports/limesurvey_structure_osmm_trimmed.lss"} | unfinished

    assert here - others <= set(FILES)


def test_star_wars_films_seen_are_counted_as_in_the_file(shared: Path) -> None:
    path = shared / "data/exports/surveymonkey_2row_starwars_macroman.csv"
    rows = rows_of(path, "mac_roman")
    films = {" ".join(rows[1][at].split()): sum(bool(row[at]) for row in rows[2:]) for at in range(3, 9)}

    proposal = propose(path)
    question = next(one for one in proposal.survey.questions if one.kind == "multiple")

    assert question.text == "Which of the following Star Wars films have you seen? Please select all that apply."
    assert choice_counts(path, proposal.survey, question.key) == films
    assert films["Star Wars: Episode V The Empire Strikes Back"] == 758


def test_the_star_wars_topline_is_that_of_the_recount(shared: Path) -> None:
    path = shared / "data/exports/surveymonkey_2row_starwars_macroman.csv"
    survey = propose(path).survey
    key = next(one.key for one in survey.questions if one.text == "Which character shot first?")
    cells = Counter(row[29] for row in rows_of(path, "mac_roman")[2:] if row[29])

    with opened() as store:
        record_files(store, survey, [path], now=NOW)
        view = topline(snapshot(store, survey.key), Request(question=key))

    shown = view.estimates[view.estimates["statistic"] == "share"]
    counted = dict(zip(shown["choice_label"], shown["count"], strict=True))
    assert counted == dict(cells)
    assert dict(zip(shown["choice_label"], shown["share"], strict=True)) == pytest.approx(
        {word: count / cells.total() for word, count in cells.items()}
    )


def test_characters_are_rated_on_one_scale_from_very_favorably_to_very_unfavorably(shared: Path) -> None:
    path = shared / "data/exports/surveymonkey_2row_starwars_macroman.csv"
    rows = rows_of(path, "mac_roman")
    han = Counter(row[15] for row in rows[2:] if row[15])

    survey = propose(path).survey
    question = next(one for one in survey.questions if one.text.endswith("- Han Solo"))

    assert [choice.score for choice in question.choices] == [5, 4, 3, 2, 1, None]
    assert choice_counts(path, survey, question.key) == han


def test_one_answer_spread_over_a_column_an_option_is_one_answer(shared: Path) -> None:
    path = shared / "data/exports/surveymonkey_2row_expanded_SOUTH.csv"
    rows = rows_of(path)
    identify = Counter(rows[1][at] for row in rows[2:] for at in range(2, 6) if row[at])
    ages = Counter(rows[1][at] for row in rows[2:] for at in range(34, 39) if row[at])

    survey = propose(path).survey

    assert survey.questions[1].kind == "scale"
    assert choice_counts(path, survey, survey.questions[1].key) == identify
    assert level_counts(path, survey, "age") == ages
    assert {one.key for one in survey.dimensions} == {"gender", "age", "income", "education", "region"}


def test_the_states_of_the_south_are_ticked_as_often_as_in_the_file(shared: Path) -> None:
    path = shared / "data/exports/surveymonkey_2row_expanded_SOUTH.csv"
    rows = rows_of(path)
    states = {rows[1][at]: sum(bool(row[at]) for row in rows[2:]) for at in range(6, 31)}

    survey = propose(path).survey
    question = next(one for one in survey.questions if one.kind == "multiple")

    assert choice_counts(path, survey, question.key) == states
    assert [choice.value for choice in question.choices] == rows[1][6:31]


def test_a_zip_code_is_personal_and_left_out(shared: Path) -> None:
    proposal = propose(shared / "data/exports/surveymonkey_2row_expanded_SOUTH.csv")
    (zip_code,) = [one for one in proposal.columns if "ZIP code" in one.name]

    assert (zip_code.taken_for, zip_code.examples) == ("personal", ())
    assert zip_code.name in proposal.survey.file.leave_out


def test_the_nine_fixed_columns_of_surveymonkey_are_no_questions(shared: Path) -> None:
    path = shared / "data/exports/surveymonkey_full_metadata_2row_synthetic.csv"

    proposal = propose(path)
    (chunk,) = imported(path, proposal.survey)

    assert [one.taken_for for one in proposal.columns[:9]] == [
        "id", "metadata", "metadata", "time", "personal", "personal", "personal", "personal", "left out",
    ]  # fmt: skip
    assert proposal.survey.columns.responded_at_format == "%m/%d/%Y %I:%M:%S %p"
    times = chunk.batch.responses["responded_at"].dt.strftime("%Y-%m-%d %H:%M").tolist()
    assert times == ["2024-03-01 09:02", "2024-03-02 00:01", "2024-03-03 12:04", "2024-03-03 13:10"]


def test_qualtrics_previews_and_spam_are_rejected_and_unfinished_answers_count_on_request(shared: Path) -> None:
    path = shared / "data/exports/qualtrics_3row_choice_text_synthetic.csv"

    proposal = propose(path)
    survey = replace(proposal.survey, file=replace(proposal.survey.file, unfinished="counted"))
    (chunk,) = imported(path, survey)

    assert [(fault.line, fault.place, fault.found) for fault in chunk.faults] == [
        (6, "Status", "'Survey Preview'"),
        (9, "Status", "'Spam'"),
    ]
    assert choice_counts(path, survey, "q1") == {"Yes": 1, "No": 2}
    assert proposal.survey.question("q1").text == "Do you support the proposal?"  # type: ignore[union-attr]
    assert proposal.survey.time_zone == "America/Denver"
    assert chunk.batch.responses["responded_at"].dt.strftime("%Y-%m-%d %H:%M").tolist()[0] == "2024-03-02 07:03"


def test_markup_in_limesurvey_answers_makes_no_two_choices_of_one(shared: Path) -> None:
    path = shared / "data/exports/limesurvey_codetext_headings.csv"

    survey = propose(path).survey
    key = next(one.key for one in survey.questions if one.column == "geochemicalPara[SQ2]")

    assert choice_counts(path, survey, key) == {"Environment": 3}
    assert len(survey.question(key).choices[0].values) == 2  # type: ignore[union-attr]


def test_the_structure_of_a_real_limesurvey_gives_every_answer_its_label(shared: Path) -> None:
    structure = read_structure(shared / "data/exports/limesurvey_structure_osmm_trimmed.lss")

    assert structure.title == "Open Source Maturity Model V4"
    assert structure.questions["Q1"].text == "Does your organization have a defined open source policy?"
    assert structure.questions["Q1"].labels[0][1] == "Yes"
    codes = [code for asked in structure.questions.values() for code, _ in asked.labels if code != "-oth-"]
    assert (len(structure.questions), len(codes)) == (63, 176)
    assert sum(len(asked.parts) for asked in structure.questions.values()) == 43


def test_impossible_ages_count_as_no_answer_and_minors_stay(shared: Path) -> None:
    path = shared / "data/exports/google_forms_osmi_mental_health_2014.csv"
    ages = [int(age) for age in column(rows_of(path), "Age")]
    bands = Counter(
        next(
            name for low, name in ((60, "60+"), (45, "45-59"), (30, "30-44"), (18, "18-29"), (0, "0-17")) if age >= low
        )
        for age in ages
        if 0 <= age <= 120
    )

    proposal = propose(path)

    assert level_counts(path, proposal.survey, "age") == bands
    assert {"-1726", "99999999999", "329", "-29", "-1"} <= set(proposal.survey.dimension("age").missing)  # type: ignore[union-attr]
    assert any("-1726" in note for note in proposal.notes)


def test_spellings_of_a_gender_are_one_level_and_none_is_lost(shared: Path) -> None:
    path = shared / "data/exports/google_forms_osmi_mental_health_2014.csv"
    cells = column(rows_of(path), "Gender")

    counts = level_counts(path, propose(path).survey, "gender")

    assert counts.total() == len(cells) == 1259
    assert counts["Women"] >= sum(cell.casefold() in ("female", "f", "woman") for cell in cells) > 200
    assert counts["Men"] >= sum(cell.casefold() in ("male", "m", "man") for cell in cells) > 900


@pytest.mark.parametrize("name", ["work_interfere", "leave", "treatment", "no_employees", "obs_consequence"])
def test_the_answers_of_a_google_form_are_those_of_the_cells_without_na(shared: Path, name: str) -> None:
    path = shared / "data/exports/google_forms_osmi_mental_health_2014.csv"
    cells = Counter(cell for cell in column(rows_of(path), name) if cell not in ("", "NA"))

    proposal = propose(path)

    assert choice_counts(path, proposal.survey, question_on(proposal, name)) == cells


def test_comments_of_a_google_form_are_kept_without_the_word_na(shared: Path) -> None:
    path = shared / "data/exports/google_forms_osmi_mental_health_2014.csv"
    comments = [cell for cell in column(rows_of(path), "comments") if cell and cell != "NA"]

    proposal = propose(path)

    (chunk,) = imported(path, proposal.survey)

    assert proposal.survey.columns.comment == "comments"
    assert len(chunk.batch.texts) == sum(comment != "-" for comment in comments) > 160


def test_labels_and_codes_of_spss_are_those_that_pyreadstat_reads(shared: Path) -> None:
    path = shared / "data/exports/spss_chronicles_express1_2022-09.sav"
    frame, meta = pyreadstat.read_sav(path)
    labels = meta.variable_value_labels["Q7"]
    cells = Counter(labels[code] for code in frame["Q7"])

    proposal = propose(path)

    assert choice_counts(path, proposal.survey, "q7") == cells
    assert proposal.survey.question("q7").text.startswith("Если Владимир Путин примет решение")  # type: ignore[union-attr]
    assert proposal.survey.columns.weight == "wes_age_gender_tnp"
    assert taken(proposal)["for_weight"] != "weight"


def test_code_99_is_an_answer_without_a_score_where_the_file_labels_it(shared: Path) -> None:
    survey = propose(shared / "data/exports/spss_chronicles_express1_2022-09.sav").survey

    difficult = survey.question("q6").choice("99")  # type: ignore[union-attr]

    assert difficult is not None
    assert (difficult.label, difficult.score) == ("Затрудняюсь ответить", None)


def test_columns_of_zeros_and_ones_in_spss_are_boxes_to_tick(shared: Path) -> None:
    path = shared / "data/exports/spss_chronicles_express1_2022-09.sav"
    frame, meta = pyreadstat.read_sav(path)
    ticked = {meta.column_names_to_labels[f"Q41_{n}"]: int((frame[f"Q41_{n}"] == 1).sum()) for n in (1, 2, 3, 4, 99)}

    proposal = propose(path)

    assert choice_counts(path, proposal.survey, question_on(proposal, "Q41_1")) == ticked


def test_rows_that_weigh_nothing_are_announced(shared: Path) -> None:
    proposal = propose(shared / "data/exports/spss_chronicles_express1_2022-09.sav")

    assert any("wes_age_gender_tnp: 12 rows have the weight 0" in note for note in proposal.notes)


def test_an_unfinished_response_of_formbricks_waits_until_it_is_finished(shared: Path, tmp_path: Path) -> None:
    events = [
        (shared / f"data/exports/formbricks_webhook_response{name}.json").read_text(encoding="utf-8")
        for name in ("Created", "Updated", "Finished")
    ]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(events), encoding="utf-8")

    survey = propose(path).survey
    (chunk,) = imported(path, survey)

    assert (chunk.read, len(chunk.batch.responses), chunk.rejected) == (3, 1, 2)
    assert choice_counts(path, survey, "q2") == {"accepted": 1}
    assert [fault.found for fault in chunk.faults] == ["an earlier version of a response that came again"] * 2


@pytest.mark.parametrize("name", ["Created", "Updated"])
def test_a_response_that_nobody_finished_is_rejected_and_its_survey_known(shared: Path, name: str) -> None:
    path = shared / f"data/exports/formbricks_webhook_response{name}.json"

    proposal = propose(path)
    (chunk,) = imported(path, proposal.survey)

    assert (chunk.read, len(chunk.batch.responses), chunk.rejected) == (1, 0, 1)
    assert chunk.faults[0].found == "a response that is not finished"
    assert proposal.survey.questions[0].key == "q1"
    assert any("propose again once readers have answered" in note for note in proposal.notes)


def test_a_typeform_event_gives_every_kind_of_answer_and_leaves_out_who_gave_it(shared: Path) -> None:
    path = shared / "data/exports/typeform_webhook_form_response.json"

    proposal = propose(path)
    survey = proposal.survey
    kinds = {question.text: question.kind for question in survey.questions}
    city = next(one for one in survey.questions if one.text == "Do you have a favorite city we haven't listed?")

    assert kinds["Which pictures do you like? You can choose as many as you like."] == "multiple"
    assert kinds[
        "How would you rate the weather where you currently live? 1 is poor weather, 5 is excellent weather."
    ] == ("scale")
    assert choice_counts(path, survey, city.key) == {"No": 1}
    assert [one.name for one in proposal.columns if one.taken_for == "personal"] == [
        "If you're OK with our city management following up if they have further questions, please give us your email "
        "address.",
        "What is your first name?",
    ]


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("538_comma_survey.csv", "How would you write the following sentence?"),
        ("538_comma_survey.csv", "In your opinion, how important or unimportant is proper use of grammar?"),
        ("538_weather_check_2015.csv", "How do you typically check the weather?"),
        ("538_thanksgiving_2015.csv", "What is typically the main dish at your Thanksgiving dinner?"),
        ("538_masculinity_2018_raw_responses.csv", "q0001"),
        ("538_masculinity_2018_raw_responses.csv", "q0014"),
        ("chronicles_w09_2023-02_timestamped.csv", "support_withdrawal_ceasefire"),
        ("chronicles_waves09-13_ceasefire.csv", "support_withdrawal_ceasefire"),
        ("mit_ecommerce_data_opinion_2022.csv", "Q-sell-YOUR-data"),
        ("cardata_chile_1988.csv", "vote"),
        ("survey_apistrat.csv", "awards"),
        ("polis_seattle15_votes.csv", "vote"),
    ],
)  # fmt: skip
def test_answers_to_a_question_are_counted_as_the_cells_say(shared: Path, name: str, spoken: str) -> None:
    path = shared / "data/respondents" / name
    cells = Counter(cell for cell in column(rows_of(path), spoken) if cell not in ("", "NA", "-"))

    proposal = propose(path)

    assert choice_counts(path, proposal.survey, question_on(proposal, spoken)) == cells


def test_a_scale_in_mac_roman_is_read_with_its_not_applicable_unscored(shared: Path) -> None:
    path = shared / "data/respondents/538_food_world_cup_2014.csv"
    rows = rows_of(path, "mac_roman")
    algeria = Counter(row[3].strip() for row in rows[1:] if row[3].strip())

    proposal = propose(path)
    question = proposal.survey.question(question_on(proposal, rows[0][3].strip()))

    assert question is not None
    assert [(choice.value, choice.score) for choice in question.choices] == [
        ("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5), ("N/A", None),
    ]  # fmt: skip
    assert choice_counts(path, proposal.survey, question.key) == algeria


def test_ideas_of_a_good_man_are_boxes_with_a_word_for_those_left_open(shared: Path) -> None:
    path = shared / "data/respondents/538_masculinity_2018_raw_responses.csv"
    rows = rows_of(path)
    ticked = Counter(
        cell for n in range(1, 7) for cell in column(rows, f"q0004_000{n}") if cell not in ("Not selected", "NA", "")
    )

    proposal = propose(path)

    assert choice_counts(path, proposal.survey, question_on(proposal, "q0004_0001")) == ticked
    assert proposal.survey.columns.weight == "weight"
    assert proposal.survey.columns.responded_at == "EndDate"


def test_an_october_of_three_answers_is_three_answers(shared: Path) -> None:
    path = shared / "data/respondents/mit_ecommerce_data_opinion_2022.csv"

    survey = propose(path).survey
    times = [at for chunk in imported(path, survey) for at in chunk.batch.responses["responded_at"]]

    assert sum(at.year == 2022 and at.month == 10 for at in times) == 3
    assert len(times) == 6325


def test_waves_are_found_and_a_date_of_fieldwork_is_no_time_of_an_answer(shared: Path) -> None:
    survey = propose(shared / "data/respondents/chronicles_waves09-13_ceasefire.csv").survey

    assert (survey.columns.wave, survey.columns.responded_at, survey.columns.weight) == ("wave", None, "weight")


def test_a_time_with_the_name_of_its_zone_is_read_in_it(shared: Path) -> None:
    path = shared / "data/respondents/polis_seattle15_votes.csv"

    survey = propose(path).survey
    first = imported(path, survey)[0].batch.responses["responded_at"].iloc[0]

    assert survey.time_zone == "Asia/Jakarta"
    assert first.isoformat() == "2014-06-18T01:16:54+00:00"
