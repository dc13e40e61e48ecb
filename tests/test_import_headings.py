"""What headings leave unsaid: own words beside an answer, mentions counted in any language, two columns of one name."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from analytics.errors import DefinitionError, FileError
from analytics.imports.answers.changes import accepted
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import Proposal, propose
from analytics.imports.proposing.adjusting import checked, reworded, used_as
from analytics.imports.reading.tables import read_table
from analytics.model import Question, Survey


def written(folder: Path, rows: Sequence[Sequence[str]], name: str = "file.csv") -> Path:
    """Returns a file with these rows."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def on(survey: Survey, column: str) -> Question:
    """Returns the question that lies in a column first."""
    return next(one for one in survey.questions if column in (one.column, *(of.column for of in one.columns[:1])))


def counted(path: Path, survey: Survey, question: Question) -> tuple[int, dict[str, int]]:
    """Returns the base of a question and how often each answer was given, by its label."""
    labels = {choice.value: choice.label for choice in question.choices}
    base, counts = 0, Counter[str]()
    for chunk in read_responses(path, survey):
        answers = chunk.batch.answers[question.key]
        counts.update(labels.get(answers.values[place], answers.values[place]) for place in answers.choice.tolist())
        base += int((answers.status == 1).sum())
    return base, dict(counts)


def said(proposal: Proposal, words: str) -> bool:
    """Returns whether a note of the proposal holds these words."""
    return any(words in note for note in proposal.notes)


OWN_WORDS = [
    "Other (please specify)",
    "Sonstiges:",
    "Інше (вкажіть)",
    "For it? [Other]",
    "Other, in your words:For it?",
]


def beside(heading: str, *, both: int = 0) -> list[list[str]]:
    """Returns sixty readers of whom five wrote own words alone, and some beside an answer."""
    rows = []
    for at in range(60):
        answer = ("Yes", "No", "Unsure")[at % 3] if at >= 5 else ""
        wrote = "only in summer" if at < 5 or at >= 60 - both else ""
        rows.append([f"{at}", answer, wrote, ("North", "South")[at % 2]])
    return [["id", "For it?", heading, "Shop"], *rows]


@pytest.mark.parametrize("heading", OWN_WORDS)
def test_who_only_wrote_beside_a_question_is_in_its_base(heading: str, tmp_path: Path) -> None:
    path = written(tmp_path, beside(heading, both=3))

    proposal = propose(path)
    question = on(proposal.survey, "For it?")
    base, counts = counted(path, proposal.survey, question)

    assert (base, sum(counts.values()), counts["Yes"]) == (60, 60, 18)
    assert next(count for label, count in counts.items() if label not in ("Yes", "No", "Unsure")) == 5
    assert said(proposal, f"{heading}: 5 readers only wrote here")
    assert on(proposal.survey, heading).kind == "text"
    assert parsed_definition(definition_text(proposal.survey), file="own.toml", folder=tmp_path) == proposal.survey


def test_own_words_mostly_beside_an_answer_are_a_comment_and_who_is_left_out_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, beside("Other (please specify)", both=20))

    proposal = propose(path)

    assert counted(path, proposal.survey, on(proposal.survey, "For it?"))[0] == 55
    assert said(proposal, "5 readers wrote here and gave no answer in For it?, and are not in its base")


def test_own_words_count_under_the_answer_that_says_so(tmp_path: Path) -> None:
    rows = beside("Other, please specify")
    rows = [rows[0], *([*row[:1], "Other" if at % 6 == 5 else row[1], *row[2:]] for at, row in enumerate(rows[1:]))]
    path = written(tmp_path, rows)

    survey = propose(path).survey

    assert counted(path, survey, on(survey, "For it?")) == (60, {"Yes": 18, "No": 18, "Unsure": 9, "Other": 15})


def test_an_answer_that_nobody_listed_is_no_own_words_unless_it_stands_beside(tmp_path: Path) -> None:
    path = written(tmp_path, beside("Other (please specify)"))
    survey = propose(path).survey
    later = written(tmp_path, [*beside("Other (please specify)"), ["99", "Perhaps", "", "North"]], "later.csv")

    (chunk,) = read_responses(later, survey)

    assert [(fault.line, fault.place) for fault in chunk.faults] == [(62, "For it?")]
    assert "Perhaps" in [one.label for one in on(accepted(later, survey), "For it?").choices]


def test_own_words_beside_stay_out_where_a_person_makes_the_question_something_else(tmp_path: Path) -> None:
    survey = propose(written(tmp_path, beside("Other (please specify)"))).survey
    key = on(survey, "For it?").key

    assert checked(used_as(survey, key, "dimension")).dimension(key).column == "For it?"
    for kind in ("scale", "text"):
        assert on(checked(reworded(survey, key, "For it?", kind)), "For it?").columns == ()


@pytest.mark.parametrize(
    "more", ['column = "a"', 'separator = ";"', 'columns = [{column = "a", value = "a"}]', "choices"]
)
def test_columns_of_one_answer_are_named_alone_and_with_choices(more: str) -> None:
    listed = "" if more == "choices" else 'choices = ["Yes", {values = ["Other", "*"]}]\n'
    columns = more if more.startswith("columns") else 'columns = ["a", "b"]\n' + more * (more != "choices")
    text = f'[survey]\nkey = "s"\ntitle = "S"\ntime_zone = "UTC"\n[[question]]\nkey = "q"\ntext = "?"\nkind = "single"\n{listed}{columns}\n'

    with pytest.raises(DefinitionError, match="columns"):
        parsed_definition(text, file="s.toml", folder=Path())


WROTE = [
    "I read you every morning",
    "More local stories please",
    "The app is slow, but fair",
    "Too many adverts",
    "Keep it up, all of you",
]


@pytest.mark.parametrize("heading", ["What else?", "Your message", "Що ще?", "q7", "その他のご意見"])
@pytest.mark.parametrize("first", [["#", "Submit Date (UTC)"], ["id", "answered"], ["Timestamp", "Score"]])
def test_the_few_who_wrote_sentences_of_their_own_commented(heading: str, first: list[str], tmp_path: Path) -> None:
    rows = [
        [
            f"a{at:03}f",
            f"2024-05-{at % 28 + 1:02} 10:00:00",
            ("For", "Against")[at % 2],
            WROTE[at // 10] if at % 10 == 3 else "",
        ]
        for at in range(50)
    ]
    path = written(tmp_path, [[*first, "For or against?", heading], *rows])

    survey = propose(path).survey

    assert survey.columns.comment == heading or on(survey, heading).kind == "text"


def test_a_question_to_a_few_with_long_answers_is_no_comment(tmp_path: Path) -> None:
    options = ["By bus or by tram", "In a car of my own", "On foot all the way", "With the school bus"]
    rows = [
        [f"{at}", ("Yes", "No")[at % 2], options[at % 4] if at % 4 < 2 and at % 3 == 0 else ""] for at in range(120)
    ]
    path = written(tmp_path, [["id", "Do you commute?", "How do you get there?"], *rows])

    assert on(propose(path).survey, "How do you get there?").kind == "single"


PAPERS = ("Bread", "Milk", "Coffee", "Tea", "Butter")
COUNTING = [
    ["Що подорожчало? (1)", "Що подорожчало? (2)", "Що подорожчало? (3)"],
    ["1. відповідь", "2. відповідь", "3. відповідь"],
    ["Перша згадка", "Друга згадка", "Третя згадка"],
    ["What rose? #1", "What rose? #2", "What rose? #3"],
    ["What rose?", "What rose?", "What rose?"],
    ["rise 01", "rise 02", "rise 03"],
]


@pytest.mark.parametrize("readers", [40, 90])
@pytest.mark.parametrize("heads", COUNTING)
def test_mentions_are_one_question_however_their_headings_count(heads: list[str], readers: int, tmp_path: Path) -> None:
    random = Random(readers)
    given = [random.sample(PAPERS, random.randint(1, 3)) for _ in range(readers)]
    rows = [[f"{at}", *[*named, "", ""][:3], ("Yes", "No")[at % 2]] for at, named in enumerate(given)]
    path = written(tmp_path, [["id", *heads, "Angry?"], *rows])

    survey = propose(path).survey
    question = on(survey, heads[0])

    assert (question.kind, len(question.columns)) == ("multiple", 3)
    assert counted(path, survey, question) == (readers, Counter(word for named in given for word in named))


def test_questions_that_count_and_share_their_answers_stay_apart(tmp_path: Path) -> None:
    random = Random(4)
    rows = [[f"{at}", *(random.choice(PAPERS) for _ in range(3))] for at in range(90)]
    path = written(tmp_path, [["id", "Room 1", "Room 2", "Room 3"], *rows])

    assert [one.kind for one in propose(path).survey.questions] == ["single"] * 3


def doubled(folder: Path) -> Path:
    rows = [
        ["Yes" if at % 2 else "No", ("Same", "Worse")[at % 3 == 0], ("Better", "Worse")[at % 5 == 0]]
        for at in range(60)
    ]
    return written(folder, [["Pay?", "Compared with last year?", "Compared with last year?"], *rows])


def test_two_columns_of_one_name_are_told_apart_by_their_place(tmp_path: Path) -> None:
    path = doubled(tmp_path)

    proposal = propose(path)
    survey = proposal.survey

    assert counted(path, survey, on(survey, "Compared with last year?")) == (60, {"Worse": 20, "Same": 40})
    assert counted(path, survey, on(survey, "Compared with last year? (2)")) == (60, {"Worse": 12, "Better": 48})
    assert said(proposal, "2 columns are called 'Compared with last year?': told apart by their place")
    assert survey.file.doubled
    assert parsed_definition(definition_text(survey), file="own.toml", folder=tmp_path) == survey


def test_a_title_may_stand_above_columns_of_one_name(tmp_path: Path) -> None:
    random = Random(5)
    given = [random.sample(PAPERS, random.randint(1, 3)) for _ in range(60)]
    rows = [[f"r{at}", *[*named, "", ""][:3]] for at, named in enumerate(given)]
    path = written(tmp_path, [["Readers of May", "", "", ""], ["", "", "", ""], ["id", *["What rose?"] * 3], *rows])

    survey = propose(path).survey

    assert counted(path, survey, on(survey, "What rose?")) == (60, Counter(word for named in given for word in named))


def test_a_definition_that_does_not_know_of_them_refuses_two_columns_of_one_name(tmp_path: Path) -> None:
    path = doubled(tmp_path)
    survey = propose(path).survey

    with pytest.raises(FileError, match="in columns 2 and 3"):
        list(read_responses(path, replace(survey, file=replace(survey.file, doubled=False))))
    with pytest.raises(FileError, match="each column name once"):
        read_table(path)


def test_two_lists_of_the_same_boxes_side_by_side_are_two_questions(tmp_path: Path) -> None:
    random = Random(3)
    ticks = [["x" if random.random() < 0.4 else "" for _ in range(6)] for _ in range(80)]
    names = ["Radio", "TV", "Web"]
    path = written(
        tmp_path, [["id", *names, *names, "Fine?"], *([f"{at}", *row, "Yes"] for at, row in enumerate(ticks))]
    )

    survey = propose(path).survey

    for first, at in (("Radio", 0), ("Radio (2)", 3)):
        given = {name: sum(row[at + place] == "x" for row in ticks) for place, name in enumerate(names)}
        assert counted(path, survey, on(survey, first)) == (sum("x" in row[at : at + 3] for row in ticks), given)


def test_a_box_that_nobody_ticked_is_one_of_its_question(tmp_path: Path) -> None:
    rows = [[f"{at}", f"{at % 2}", f"{(at % 3) // 2}", "0"] for at in range(60)]
    path = written(tmp_path, [["id", "media___1", "media___2", "media___99"], *rows])

    assert [one.column for one in propose(path).survey.questions[0].columns] == ["media___1", "media___2", "media___99"]


def test_phrases_of_two_words_are_no_codes_of_a_form(tmp_path: Path) -> None:
    steps = ["Zdecydowanie nie", "Raczej nie", "Raczej tak", "Zdecydowanie tak"]
    rows = [["2024-05-01T10:00:00.000+02:00", steps[at % 4], f"{at}", f"u{at}"] for at in range(60)]
    path = written(tmp_path, [["end", "How is it?", "_id", "_uuid"], *rows])

    survey = propose(path).survey

    assert counted(path, survey, on(survey, "How is it?")) == (60, dict.fromkeys(steps, 15))


def test_what_those_wrote_who_chose_other_is_text_though_all_wrote_the_same(tmp_path: Path) -> None:
    rows = [[f"{at}", ("Radio", "Other")[at % 5 == 0], "the cinema" if at % 5 == 0 else ""] for at in range(60)]
    path = written(tmp_path, [["id", "Which?", "If other, please specify"], *rows])

    survey = propose(path).survey

    assert counted(path, survey, on(survey, "Which?"))[1] == {"Radio": 48, "Other": 12}
    assert on(survey, "If other, please specify").kind == "text"


def test_who_wrote_beside_the_steps_of_a_scale_is_in_its_base_and_scores_nothing(tmp_path: Path) -> None:
    steps = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"]
    rows = [[f"{at}", "" if at < 6 else steps[at % 4], "cannot judge it" if at < 6 else ""] for at in range(66)]
    path = written(tmp_path, [["id", "How satisfied?", "How satisfied? Other (please specify)"], *rows])

    survey = propose(path).survey
    question = on(survey, "How satisfied?")

    assert (question.kind, counted(path, survey, question)) == (
        "scale",
        (66, dict.fromkeys(steps, 15) | {"Other (please specify)": 6}),
    )
    assert [one.label for one in question.choices if one.score is None] == ["Other (please specify)"]
    assert parsed_definition(definition_text(survey), file="own.toml", folder=tmp_path) == survey


def test_a_number_far_from_the_others_is_no_step(tmp_path: Path) -> None:
    rows = [[f"{at}", "129"[at % 3], "123459"[at % 6]] for at in range(60)]
    path = written(tmp_path, [["id", "shop_need", "How satisfied are you?"], *rows])

    proposal = propose(path)
    steps = propose(path, chosen={"codes": "steps"}).survey
    answers = propose(path, chosen={"codes": "answers"}).survey

    assert on(proposal.survey, "shop_need").kind == "single"
    assert [doubt.about for doubt in proposal.doubts] == ["codes"]
    assert "1 to 5 are the steps" in str(proposal.doubts[0])
    assert counted(path, steps, on(steps, "How satisfied are you?")) == (50, dict.fromkeys("12345", 10))
    assert counted(path, answers, on(answers, "How satisfied are you?")) == (60, dict.fromkeys("123459", 10))


def test_an_export_of_redcap_with_codes_leaves_out_forms_that_were_not_completed(tmp_path: Path) -> None:
    names = ["record_id", "redcap_event_name", "reader_timestamp", "fits", "media___1", "media___2", "reader_complete"]
    rows = [
        [
            f"{at}",
            "once",
            "2025-03-03 10:00:00" if at % 5 else "[not completed]",
            f"{at % 2}",
            f"{at % 2}",
            "0",
            "02"[at % 5 > 0],
        ]
        for at in range(60)
    ]
    path = written(tmp_path, [names, *rows])

    proposal = propose(path)
    survey = proposal.survey

    assert [one.key for one in survey.questions] == ["fits", "media"]
    assert counted(path, survey, on(survey, "media___1")) == (48, {"1": 24})
    assert said(proposal, "12 responses are unfinished")


def test_a_table_of_means_is_no_table_of_readers(tmp_path: Path) -> None:
    rows = [[f"Trust in the {what}", f"{3 + at / 7:.2f}", f"{1 + at / 9:.2f}", "500"] for at, what in enumerate(PAPERS)]

    with pytest.raises(FileError, match="a table of results"):
        propose(written(tmp_path, [["Item", "Mean", "SD", "N"], *rows]))


def test_null_of_a_database_is_no_answer(tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "Pay?"], *([f"{at}", ("Yes", "No", "null", "NULL")[at % 4]] for at in range(40))])

    survey = propose(path).survey

    assert counted(path, survey, on(survey, "Pay?")) == (20, {"Yes": 10, "No": 10})


ASKED = ("Should it stay open?", "How often do you come?", "Чи підтримуєте ви це?", "Wie zufrieden sind Sie?")
HEADS = [
    ["Question", "Answer", "Count", "Percent"], ["Frage", "Antwort", "Anzahl", "Prozent"],
    ["Питання", "Відповідь", "Кількість", "Відсоток"], ["item", "label", "freq", "pct"],
]  # fmt: skip


@st.composite
def toplines(draw: st.DrawFn) -> list[list[str]]:
    """Returns how many gave each answer to some questions: a line an answer, or lines below each question."""
    random = Random(draw(st.integers(0, 1 << 32)))
    names = draw(st.sampled_from(HEADS))
    form = draw(st.sampled_from(["long", "once", "blocks", "coded"]))
    shares = draw(st.sampled_from(["{:.1f}%", "{:.0f} %", "{:.1f}", ""]))
    rows: list[list[str]] = [] if form == "blocks" else [["code"] * (form == "coded") + names[: 4 if shares else 3]]
    for at, asked in enumerate(random.sample(ASKED, random.randint(2, 4))):
        answers = random.sample(
            ["Yes", "No", "Don't know", "Often", "Never", "Ganz und gar nicht"], random.randint(2, 5)
        )
        counts = [random.randint(8, 700) for _ in answers]
        rows += [[asked, "", ""]] if form == "blocks" else []
        for place, (answer, count) in enumerate(zip(answers, counts, strict=True)):
            share = [shares.format(100 * count / sum(counts))] if shares else []
            whole = asked if form != "once" or place == 0 else ""
            rows.append(
                [
                    *([] if form == "blocks" else [f"q{at + 1}"] * (form == "coded") + [whole]),
                    answer,
                    f"{count}",
                    *share,
                ]
            )
    return rows


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@seed(16)
@given(toplines())
def test_any_topline_is_refused_as_a_table_of_results(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("toplines")
    width = max(map(len, rows))
    path = written(folder, [[*row, *[""] * (width - len(row))] for row in rows])

    with pytest.raises(FileError, match="a table of results"):
        propose(path)


def test_readers_with_words_and_a_number_each_are_no_topline(tmp_path: Path) -> None:
    towns, papers = ("Northtown", "Southtown", "Eastham"), ("Daily", "Weekly", "Never")
    rows = [[towns[at % 3], papers[at * 7 % 3], f"{20 + at % 60}", f"{at % 11}"] for at in range(90)]
    path = written(
        tmp_path, [["Where do you live?", "How often do you read?", "Age", "Would you recommend us?"], *rows]
    )

    assert propose(path).survey.questions
