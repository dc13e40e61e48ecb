"""Survey definitions: what a TOML file says, and what is said of a TOML file that cannot be used."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.errors import DefinitionError
from analytics.imports.definition.dimensions import band_levels
from analytics.imports.definition.survey import ROW_WORDS, read_definition
from analytics.model import (
    Article,
    Choice,
    ChoiceColumn,
    Columns,
    Dimension,
    Event,
    Level,
    Net,
    Question,
    Section,
    Survey,
    Target,
    Weighting,
)

ARTICLE = """Local News

# River Rises

Credit: Jane Doe

It rained.

## The Mayor Waits

He waited.

Should the town move? Tell us.
"""

FULL = """
[survey]
key = "river-2025"
title = "The river and the town"
time_zone = "Europe/Paris"
opens = 2025-06-01
closes = 2025-06-10
population = "Readers of the article"
sponsor = "The Riverside Paper"
conducted_by = "Its newsroom"
mode = "Online"
simulated = true
sample = "probability"
min_base = 50

[article]
headline = "River Rises Again"
url = "https://paper.example/river"
published_at = 2025-06-01T08:00:00
body = "texts/river.md"

[columns]
response = "id"
respondent = "reader"
responded_at = "time"
responded_at_format = "%d.%m.%Y %H:%M"
wave = "round"
weight = "w"
comment = "remarks"
consent = "agreed"
consent_given = ["yes"]
channel = "came_from"

[[question]]
key = "lives"
column = "q0"
text = "Do you live by the river?"
kind = "single"
choices = ["1", "2"]

[[question]]
key = "move"
column = "q1"
text = "Should the town move?"
kind = "single"
choices = [{value = "1", label = "Yes", score = 1}, {values = ["2", "no"], label = "No", score = -1}]
missing = ["NA", "99"]
asked_if = {lives = ["1"]}
nets = [{key = "net", label = "Yes minus no", plus = ["1"], minus = ["2"]}]

[[question]]
key = "fear"
text = "How afraid are you?"
kind = "scale"
choices = [{value = "0", label = "Not at all"}, "5", {value = "10", label = "Very"}]

[[question]]
key = "trust"
text = "How much do you trust the mayor?"
kind = "scale"
choices = [{value = "low", score = 1}, {value = "high", score = 2.5}, {value = "unsure", label = "Not sure"}]

[[question]]
key = "help"
text = "Who helped you?"
kind = "multiple"
separator = ", "
choices = ["Army", "Neighbours"]

[[question]]
key = "lost"
text = "What did you lose?"
kind = "multiple"
columns = [{column = "q5_1", value = "car", label = "My car"}, {column = "q5_2", value = "house"}]
selected = ["1", "yes"]
not_selected = ["0", ""]

[[question]]
key = "why"
text = "Why?"
kind = "text"

[[question]]
key = "town"
text = "Which town?"
kind = "single"

[[dimension]]
key = "age"
bands = [18, 30, 45, 60]
missing = ["unknown"]

[[dimension]]
key = "sex"
column = "gender"
label = "Gender"
levels = [{value = "F", label = "Women"}, {values = ["M", "m"], label = "Men"}]

[[dimension]]
key = "region"

[[event]]
at = 2025-06-02T16:00:00
label = "The wall breaks"

[[event]]
at = 2025-06-03T10:00:00+00:00
label = "A push alert"
kind = "push"

[weighting]
method = "poststratify"
trim = [0.2, 5]
per = "wave"
tolerance = 1e-6

[[target]]
dimension = "sex"
source = "Census"
year = 2024
shares = {F = 0.52, M = 0.48}

[[target]]
dimension = ["sex", "region"]
source = "Census"
year = 2023
shares = [["F", "north", 0.25], ["F", "south", 0.25], ["M", "north", 0.25], ["M", "south", 0.25]]
"""

HEAD = """
[survey]
key = "river"
title = "River"
time_zone = "Europe/Paris"
"""

MOVE = """
[[question]]
key = "move"
text = "Should the town move?"
kind = "single"
choices = ["Yes", "No"]
"""

AGE = """
[[dimension]]
key = "age"
bands = [18, 30, 65]
"""

SEX = """
[[dimension]]
key = "sex"
levels = ["F", "M"]
"""

NO = ("No answer",)

TARGET = """
[[target]]
source = "Census"
year = 2024
"""


def definition(folder: Path, text: str | bytes) -> Survey:
    path = folder / "survey.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_definition(path)


def faults(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(DefinitionError) as error:
        definition(folder, text)
    return str(error.value).split("\n")


def question(folder: Path, lines: str) -> Question:
    """Returns the question of these lines, which stands second in a definition."""
    read = definition(folder, f'{HEAD}{MOVE}[[question]]\nkey = "q"\ntext = "Q?"\n{lines}').question("q")
    assert read is not None
    return read


def dimension(folder: Path, lines: str) -> Dimension:
    read = definition(folder, f'{HEAD}{MOVE}[[dimension]]\nkey = "d"\n{lines}').dimension("d")
    assert read is not None
    return read


@pytest.fixture(scope="module")
def folder_with_article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full")
    (folder / "texts").mkdir()
    (folder / "texts" / "river.md").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def full(folder_with_article: Path) -> Survey:
    return definition(folder_with_article, FULL)


def test_everything_that_is_said_of_the_survey_itself_is_read(full: Survey) -> None:
    assert (full.key, full.title, full.time_zone) == ("river-2025", "The river and the town", "Europe/Paris")
    assert (full.opens, full.closes) == (date(2025, 6, 1), date(2025, 6, 10))
    assert (full.population, full.sponsor, full.conducted_by, full.mode) == (
        "Readers of the article",
        "The Riverside Paper",
        "Its newsroom",
        "Online",
    )
    assert (full.simulated, full.sample, full.min_base) == (True, "probability", 50)
    assert full.columns == Columns(
        "id", "reader", "time", "%d.%m.%Y %H:%M", "round", "w", "remarks", "agreed", "came_from", consent_given=("yes",)
    )


def test_what_the_definition_says_of_the_article_wins_over_its_body_file(full: Survey) -> None:
    assert full.article == Article(
        headline="River Rises Again",
        kicker="Local News",
        credit="Jane Doe",
        url="https://paper.example/river",
        published_at=datetime(2025, 6, 1, 8, tzinfo=ZoneInfo("Europe/Paris")),
        sections=(Section(None, ("It rained.",)), Section("The Mayor Waits", ("He waited.",))),
        question="Should the town move?",
    )


def test_every_kind_of_question_is_read(full: Survey) -> None:
    yes_no = (Choice("1", "Yes", 1.0, ("1",)), Choice("2", "No", -1.0, ("2", "no")))
    scored = (Choice("low", "low", 1.0, ("low",)), Choice("high", "high", 2.5, ("high",)))

    assert full.questions == (
        Question(
            "lives",
            "Do you live by the river?",
            "single",
            "q0",
            (Choice("1", "1", None, ("1",)), Choice("2", "2", None, ("2",))),
        ),
        Question(
            "move",
            "Should the town move?",
            "single",
            "q1",
            yes_no,
            missing=("NA", "99"),
            asked_if=(("lives", ("1",)),),
            nets=(Net("net", "Yes minus no", ("1",), ("2",)),),
        ),
        Question(
            "fear",
            "How afraid are you?",
            "scale",
            "fear",
            (
                Choice("0", "Not at all", 0.0, ("0",)),
                Choice("5", "5", 5.0, ("5",)),
                Choice("10", "Very", 10.0, ("10",)),
            ),
        ),
        Question(
            "trust",
            "How much do you trust the mayor?",
            "scale",
            "trust",
            (*scored, Choice("unsure", "Not sure", None, ("unsure",))),
        ),
        Question(
            "help",
            "Who helped you?",
            "multiple",
            "help",
            (Choice("Army", "Army", None, ("Army",)), Choice("Neighbours", "Neighbours", None, ("Neighbours",))),
            separator=", ",
        ),
        Question(
            "lost",
            "What did you lose?",
            "multiple",
            None,
            (Choice("car", "My car", None, ("car",)), Choice("house", "house", None, ("house",))),
            columns=(ChoiceColumn("q5_1", "car"), ChoiceColumn("q5_2", "house")),
            selected=("1", "yes"),
            not_selected=("0", ""),
        ),
        Question("why", "Why?", "text", "why"),
        Question("town", "Which town?", "single", "town", found=True),
    )


def test_dimensions_are_read_and_wave_and_channel_stand_last(full: Survey) -> None:
    bands = ("18-29", "30-44", "45-59", "60+")

    assert full.dimensions == (
        Dimension(
            "age",
            "Age",
            "age",
            tuple(Level(band, band, (band,)) for band in bands),
            (18.0, 30.0, 45.0, 60.0),
            missing=("unknown", "No answer"),
        ),
        Dimension("sex", "Gender", "gender", (Level("F", "Women", ("F",)), Level("M", "Men", ("M", "m"))), missing=NO),
        Dimension("region", "Region", "region", found=True, missing=NO),
        Dimension("wave", "Wave", "round", found=True, missing=NO),
        Dimension("channel", "Channel", "came_from", found=True, missing=NO),
    )


def test_events_and_targets_are_read(full: Survey) -> None:
    assert full.events == (
        Event(datetime(2025, 6, 2, 14, tzinfo=UTC), "The wall breaks", "news"),
        Event(datetime(2025, 6, 3, 10, tzinfo=UTC), "A push alert", "push"),
    )
    assert full.weighting == Weighting("poststratify", (0.2, 5.0), "wave", 1e-6)
    assert full.targets == (
        Target(("sex",), "Census", 2024, ((("F",), 0.52), (("M",), 0.48))),
        Target(
            ("sex", "region"),
            "Census",
            2023,
            tuple(((sex, region), 0.25) for sex in ("F", "M") for region in ("north", "south")),
        ),
    )


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    survey = definition(tmp_path, HEAD + MOVE)

    choices = (Choice("Yes", "Yes", None, ("Yes",)), Choice("No", "No", None, ("No",)))
    assert survey == Survey(
        key="river",
        title="River",
        time_zone="Europe/Paris",
        questions=(Question("move", "Should the town move?", "single", "move", choices),),
    )


def test_the_definitions_in_the_repository_can_be_used() -> None:
    data = Path(__file__).parent.parent / "data"
    paths = [data / "demo" / "survey.toml", *sorted((data / "examples").glob("*.toml"))]

    surveys = [read_definition(path) for path in paths]

    assert all(survey.questions for survey in surveys)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    plain = definition(tmp_path, HEAD + MOVE)

    assert definition(tmp_path, ("\ufeff" + (HEAD + MOVE).replace("\n", "\r\n")).encode("utf-8")) == plain


def test_an_empty_text_takes_back_what_the_body_file_says(tmp_path: Path) -> None:
    (tmp_path / "river.md").write_text(ARTICLE, encoding="utf-8")

    article = definition(tmp_path, f'{HEAD}{MOVE}[article]\nbody = "river.md"\nkicker = ""\ncredit = "AP"').article

    assert article is not None
    assert (article.headline, article.kicker, article.credit) == ("River Rises", None, "AP")


@pytest.mark.parametrize(
    ("bands", "labels"),
    [
        ([18, 30, 45, 60], ["18-29", "30-44", "45-59", "60+"]),
        ([0.5, 1.5, 2], ["0.5-1.5", "1.5-2", "2+"]),
        ([0, 1, 3], ["0", "1-2", "3+"]),
        ([18], ["18+"]),
    ],
)
def test_bands_are_named_by_their_bounds(bands: list[float], labels: list[str]) -> None:
    assert [level.value for level in band_levels(bands)] == labels
    assert [level.label for level in band_levels(bands)] == labels


@given(st.lists(st.integers(-150, 150), min_size=1, max_size=12, unique=True).map(sorted))
def test_no_two_bands_have_the_same_name(bands: list[float]) -> None:
    names = {level.value for level in band_levels(bands)}

    assert len(names) == len(bands)


def test_a_scale_with_any_score_written_leaves_the_others_out_of_the_mean(tmp_path: Path) -> None:
    lines = 'kind = "scale"\nchoices = [{value = "1", score = 1}, {value = "2", score = 2}, {value = "99"}]'

    assert [choice.score for choice in question(tmp_path, lines).choices] == [1.0, 2.0, None]


def test_a_wave_dimension_of_the_definition_on_the_wave_column_is_the_wave(tmp_path: Path) -> None:
    lines = '[columns]\nwave = "round"\n[[dimension]]\nkey = "wave"\ncolumn = "round"\nlevels = ["a", "b"]'

    dimensions = definition(tmp_path, HEAD + MOVE + lines).dimensions

    assert [(one.key, one.found) for one in dimensions] == [("wave", False)]


def test_a_time_with_its_offset_keeps_it(tmp_path: Path) -> None:
    event = '[[event]]\nat = 2025-10-26T02:30:00+01:00\nlabel = "Clocks back"'

    at = definition(tmp_path, HEAD + MOVE + event).events[0].at

    assert at.isoformat() == "2025-10-26T02:30:00+01:00"


def test_shares_that_rounding_left_short_are_rescaled(tmp_path: Path) -> None:
    shares = "dimension = 'sex'\nshares = {F = 0.507, M = 0.488}"

    target = definition(tmp_path, HEAD + MOVE + SEX + TARGET + shares).targets[0]

    assert dict(target.shares)[("F",)] == pytest.approx(0.507 / 0.995, abs=1e-15)
    assert math.fsum(share for _, share in target.shares) == 1
    assert target.rescaled_from == pytest.approx(0.995)


def test_shares_that_sum_to_one_as_they_are_written_are_none_that_were_rescaled(tmp_path: Path) -> None:
    shares = "dimension = 'sex'\nshares = {F = 0.7, M = 0.3}"

    target = definition(tmp_path, HEAD + MOVE + SEX + TARGET + shares).targets[0]

    assert target.rescaled_from is None


@settings(deadline=None)
@given(weights=st.lists(st.integers(0, 1000), min_size=2, max_size=12).filter(any), off=st.integers(-49, 49))
@example(weights=[15, 13, 15, 9], off=1)  # adding 1 less the rounded sum is not enough here
@example(weights=[0, 1], off=1)
def test_shares_near_enough_to_one_sum_to_exactly_one(
    tmp_path_factory: pytest.TempPathFactory, weights: list[int], off: int
) -> None:
    total = 1 + off / 10_000
    rows = ", ".join(f"l{place} = {weight / sum(weights) * total!r}" for place, weight in enumerate(weights))
    text = f"{HEAD}{MOVE}[[dimension]]\nkey = 'd'\n{TARGET}dimension = 'd'\nshares = {{{rows}}}"

    target = definition(tmp_path_factory.mktemp("target"), text).targets[0]

    assert math.fsum(share for _, share in target.shares) == 1
    assert [share for _, share in target.shares] == pytest.approx([one / sum(weights) for one in weights], abs=1e-12)


def test_targets_that_fall_short_name_the_level_without_one(tmp_path: Path) -> None:
    targets = f"{TARGET}dimension = 'sex'\nshares = {{F = 0.5, M = 0.5}}{TARGET}dimension = 'age'\n"

    found = faults(tmp_path, f"{HEAD}{MOVE}{AGE}{SEX}{targets}shares = {{18-29 = 0.3, 30-64 = 0.67}}")

    assert found == ["targets for 'age' sum to 0.97, not 1: is '65+' missing? (survey.toml, [[target]] 2)"]


Q2 = "survey.toml, [[question]] 2 'q': found "
QUESTION_FAULTS = {
    'kind = "singel"': "kind = 'singel', expected one of 'single', 'multiple', 'scale', 'text'",
    'colour = "red"\nkind = "text"': ("the unknown key 'colour', expected 'column'"),
    "": "no kind, expected one of 'single', 'multiple', 'scale', 'text'",
    'kind = "text"\nchoices = ["a"]': (
        "choices on a text question, expected choices on single, multiple and scale questions only"
    ),
    'kind = "text"\nnets = []': "nets on a text question, expected nets on single and scale questions only",
    'kind = "scale"\nseparator = ","': (
        "separator on a scale question, expected separator on single and multiple questions only"
    ),
    'kind = "multiple"\nseparator = ","\nchoices = ["a", "b"]\nnets = [{key = "n", plus = ["a"]}]': (
        "nets on a multiple question, expected nets on single and scale questions only: "
        "the sums cannot give differences between two ticked choices"
    ),
    'kind = "multiple"\nchoices = ["a"]': (
        "neither separator nor columns on a multiple question, "
        "expected what joins the answers of its column, or columns"
    ),
    'kind = "multiple"\nseparator = ""': (
        "an empty separator on a multiple question, expected what joins the answers of its column, or columns"
    ),
    'kind = "multiple"\nseparator = ";"\ncolumns = [{column = "c", value = "v"}]': (
        "both columns and separator, expected columns alone, or a column with its separator"
    ),
    'kind = "multiple"\nchoices = ["v"]\ncolumns = [{column = "c", value = "v"}]': (
        "both columns and choices, expected columns alone, or a column with its separator"
    ),
    'kind = "multiple"\ncolumns = []': "columns = [], expected a column for each choice",
    'kind = "multiple"\ncolumns = [{column = "c", value = "a"}, {column = "c", value = "b"}]': (
        "the column 'c' twice, expected a column of its own for each choice"
    ),
    'kind = "multiple"\ncolumns = [{column = "c", value = "a"}, {column = "d", value = "a"}]': (
        "'a' twice under choices, expected each value once"
    ),
    'kind = "multiple"\nseparator = ";"\nselected = ["1"]': (
        "selected without columns, expected selected only where each choice has a column of its own"
    ),
    'kind = "multiple"\ncolumns = [{column = "c", value = "a"}]\nselected = ["1"]\nnot_selected = ["1"]': (
        "'1' under both selected and not_selected, expected it under one of them"
    ),
    'kind = "multiple"\ncolumns = [{column = "c", value = "a"}]\nselected = ["1"]\nmissing = ["1"]': (
        "'1' under both selected and missing, expected it under one of them"
    ),
    'kind = "multiple"\nseparator = ";"\nchoices = [{value = "a", score = 1}]': (
        "a score on a multiple question, expected scores on single and scale questions only"
    ),
    'kind = "scale"\nchoices = ["low", "2", "3"]': (
        "0 scored choices on a scale, expected a score on at least two (only numbers score themselves, not 'low')"
    ),
    'kind = "scale"\nchoices = ["1", {value = "2", score = 2}]': (
        "1 scored choices on a scale, expected a score on at least two"
    ),
    'kind = "single"\nchoices = []': (
        "choices = [], expected at least one, or no choices at all: then they are taken from the file"
    ),
    'kind = "single"\nchoices = "a"': "choices = 'a', expected a list in square brackets",
    'kind = "single"\nchoices = ["a", {values = ["b", "a "]}]': ("'a ' twice under choices, expected each value once"),
    'kind = "single"\nchoices = ["a", "b"]\nmissing = ["b"]': (
        "'b' both under choices and under missing, expected it in one of them"
    ),
    'kind = "single"\nmissing = "NA"': "missing = 'NA', expected a list in square brackets",
    'kind = "single"\nmissing = [99]': 'missing 1 = 99, expected text in quotes: "99"',
    'kind = "single"\ncolumn = 7': 'column = 7, expected text in quotes: "7"',
    'kind = "single"\ncolumn = true': "column = true, expected text in quotes",
    'kind = "single"\ncolumn = " "': "column with nothing in it, expected text",
    'kind = "single"\ncolumn = "\\u0000"': "column with a NUL character, expected text that a database can hold",
    'kind = "single"\nchoices = ["a", "b"]\nnets = [{key = "n", plus = ["a"]}, {key = "n", plus = ["b"]}]': (
        "two nets with the key 'n', expected a key of its own for each"
    ),
    'kind = "single"\nasked_if = {movve = ["Yes"]}': (
        "asked_if with 'movve', expected another question that has choices: 'move'"
    ),
    'kind = "single"\nasked_if = {q = ["Yes"]}': (
        "asked_if with 'q', expected another question that has choices: one of 'move'"
    ),
    'kind = "single"\nasked_if = {move = []}': "asked_if with no answers to 'move', expected at least one",
    'kind = "single"\nasked_if = {move = ["yes"]}': "'yes', expected the value of a choice: 'Yes'",
}


@pytest.mark.parametrize(("lines", "sentence"), QUESTION_FAULTS.items())
def test_what_is_wrong_with_a_question_is_said_in_a_sentence(tmp_path: Path, lines: str, sentence: str) -> None:
    text = f'{HEAD}{MOVE}[[question]]\nkey = "q"\ntext = "Q?"\n{lines}'

    assert faults(tmp_path, text) == [Q2 + sentence]


INSIDE_QUESTIONS = {
    'choices = [{value = 1, label = "Yes"}]': 'choices 1: found value = 1, expected text in quotes: "1"',
    'choices = ["a", 2.5]': 'choices 2: found value = 2.5, expected text in quotes: "2.5"',
    'choices = [{label = "Yes"}]': "choices 1: found no value, expected the file's word for it as value or values",
    'choices = [{value = ""}]': "choices 1: found value with nothing in it, expected text",
    'choices = [{value = "a", values = ["b"]}]': "choices 1: found both value and values, expected one of them",
    "choices = [{values = []}]": (
        "choices 1: found values with nothing in it, expected words of the file: blank cells are missing anyway"
    ),
    'choices = [{values = ["a", " "]}]': (
        "choices 1: found values with nothing in it, expected words of the file: blank cells are missing anyway"
    ),
    'choices = [{value = "a", lable = "A"}]': "choices 1: found the unknown key 'lable', expected 'label'",
    'choices = [{value = "a", score = "1"}]': "choices 1: found score = '1', expected a number, without quotes",
    'choices = [{value = "a", score = nan}]': "choices 1: found score = nan, expected a number, without quotes",
    'choices = ["a", "b"]\nnets = ["n"]': "nets 1: found 'n', expected a table",
    'choices = ["a", "b"]\nnets = [{key = "n"}]': "nets 1: found no choices under plus, expected at least one",
    'choices = ["a", "b"]\nnets = [{plus = ["a"]}]': "nets 1: found no key, expected a short name",
    'choices = ["a", "b"]\nnets = [{key = "n", plus = ["a"], minus = ["a"]}]': (
        "nets 1: found 'a' under both plus and minus, expected it under one of them"
    ),
    'choices = ["a", "b"]\nnets = [{key = "n", plus = ["c"]}]': (
        "nets 1: found 'c', expected the value of a choice: one of 'a', 'b'"
    ),
    'asked_if = "move"': "asked_if: found 'move', expected a table",
    'asked_if = {move = "Yes"}': "asked_if: found move = 'Yes', expected a list in square brackets",
}


@pytest.mark.parametrize(("lines", "sentence"), INSIDE_QUESTIONS.items())
def test_what_is_wrong_inside_a_question_names_its_place(tmp_path: Path, lines: str, sentence: str) -> None:
    text = f'{HEAD}{MOVE}[[question]]\nkey = "q"\ntext = "Q?"\nkind = "single"\n{lines}'

    assert faults(tmp_path, text)[0] == f"survey.toml, [[question]] 2 'q', {sentence}"


def test_no_answer_listed_as_a_level_is_a_missing_level(tmp_path: Path) -> None:
    read = dimension(tmp_path, 'levels = ["a", {values = ["No answer", "-"]}]')

    assert [level.value for level in read.levels] == ["a"]
    assert read.missing == ("No answer", "-")


DIMENSION_FAULTS = {
    'levels = ["a"]\nbands = [1]': "both levels and bands, expected one of them",
    "levels = []": "levels = [], expected at least one, or no levels at all: then they are taken from the file",
    'levels = ["a", "a"]': "'a' twice under levels, expected each value once",
    'levels = ["a"]\nmissing = ["a"]': "'a' both under levels and under missing, expected it in one of them",
    "bands = []": "bands = [], expected at least one lower bound, such as [18, 30, 45, 60]",
    "bands = [30, 18]": "bands = [30, 18], expected lower bounds that ascend",
    "bands = [18, 18]": "bands = [18, 18], expected lower bounds that ascend",
    'bands = [18, "30"]': "bands 2 = '30', expected a number, without quotes",
    "bands = [18, inf]": "bands 2 = inf, expected a number, without quotes",
    "bands = [true]": "bands 1 = true, expected a number, without quotes",
    "bands = 18": "bands = 18, expected a list in square brackets",
    'level = ["a"]': "the unknown key 'level', expected 'levels'",
}


@pytest.mark.parametrize(("lines", "sentence"), DIMENSION_FAULTS.items())
def test_what_is_wrong_with_a_dimension_is_said_in_a_sentence(tmp_path: Path, lines: str, sentence: str) -> None:
    text = f'{HEAD}{MOVE}[[dimension]]\nkey = "d"\n{lines}'

    assert faults(tmp_path, text) == [f"survey.toml, [[dimension]] 1 'd': found {sentence}"]


TARGET_FAULTS = {
    "shares = {F = 1}": "no dimension, expected the key of a dimension, or a list of them",
    "dimension = 'sexx'\nshares = {F = 1}": "the dimension 'sexx', expected 'sex'",
    "dimension = 'sex'": "no shares, expected a table of levels and shares, such as {F = 0.52, M = 0.48}",
    "dimension = 'sex'\nshares = [0.5]": (
        "shares = a list, expected a table of levels and shares, such as {F = 0.52, M = 0.48}"
    ),
    "dimension = 'sex'\nshares = {F = 52, M = 0.5}": "the share of 'F' = 52, expected a share from 0 to 1",
    "dimension = 'sex'\nshares = {F = -0.1, M = 0.5}": "the share of 'F' = -0.1, expected a share from 0 to 1",
    "dimension = 'sex'\nshares = {F = '0.5', M = 0.5}": "the share of 'F' = '0.5', expected a number, without quotes",
    "dimension = 'sex'\nshares = {F = 1}": "no share for 'M', expected one for every level of 'sex', be it 0",
    "dimension = 'age'\nshares = {18-29 = 0.5, 30-64 = 0.3, '65+' = 0.1, 65plus = 0.1}": (
        "the level '65plus', expected a level of 'age': one of '18-29', '30-64', '65+'"
    ),
    "dimension = ['sex', 'sex']\nshares = []": "dimension = ['sex', 'sex'], expected keys of dimensions, each once",
    "dimension = ['sex', 'age']\nshares = {F = 1}": (
        'shares that are no list of rows, expected rows such as ["level of sex", "level of age", 0.1]'
    ),
    "dimension = ['sex', 'age']\nshares = [['F', 1.0]]": (
        "shares 1 = ['F', 1.0], expected 2 levels in quotes and a share"
    ),
    "dimension = ['sex', 'age']\nshares = [['F', 18, 1.0]]": (
        "shares 1 = ['F', 18, 1.0], expected 2 levels in quotes and a share"
    ),
    "dimension = ['sex']\nshares = [['F', 0.5], ['M', 0.3], ['M', 0.2]]": "two shares for 'M', expected one share",
    "dimension = ['sex', 'town']\nshares = [['F', 'A', 0.5], ['F', 'B', 0.5]]": (
        "no share for 'M', expected one for every level of 'sex' by 'town', be it 0"
    ),
    "dimension = ['sex', 'own']\nshares = [['F', 'a', 0.5], ['M', 'a', 0.3], ['F', 'b', 0.2]]": (
        "no share for 'M' by 'b', expected one for every level of 'sex' by 'own', be it 0"
    ),
}


@pytest.mark.parametrize(("lines", "sentence"), TARGET_FAULTS.items())
def test_what_is_wrong_with_a_target_is_said_in_a_sentence(tmp_path: Path, lines: str, sentence: str) -> None:
    others = "[[dimension]]\nkey = 'town'\n[[dimension]]\nkey = 'own'\nlevels = ['a', 'b']\n"

    found = faults(tmp_path, HEAD + MOVE + AGE + SEX + others + TARGET + lines)

    assert found == [f"survey.toml, [[target]] 1: found {sentence}"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("shares = {F = 0.52, M = 0.49}", "targets for 'sex' sum to 1.01, not 1: check the shares"),
        ("shares = {F = 0.4944, M = 0.5}", "targets for 'sex' sum to 0.9944, not 1: check the shares"),
        ("shares = {}", "targets for 'sex' sum to 0, not 1: are 'F', 'M' missing?"),
    ],
)
def test_shares_too_far_from_one_are_refused(tmp_path: Path, lines: str, sentence: str) -> None:
    found = faults(tmp_path, f"{HEAD}{MOVE}{SEX}{TARGET}dimension = 'sex'\n{lines}")

    assert found == [f"{sentence} (survey.toml, [[target]] 1)"]


@pytest.mark.parametrize("shares", ["{F = 0.525, M = 0.48}", "{F = 0.515, M = 0.48}"])
def test_shares_at_the_very_edge_of_the_slack_are_rescaled(tmp_path: Path, shares: str) -> None:
    survey = definition(tmp_path, f"{HEAD}{MOVE}{SEX}{TARGET}dimension = 'sex'\nshares = {shares}")

    assert math.fsum(share for _, share in survey.targets[0].shares) == 1


def test_a_target_needs_its_source_and_year_and_stands_alone(tmp_path: Path) -> None:
    shares = "dimension = 'sex'\nshares = {F = 0.5, M = 0.5}\n"

    found = faults(
        tmp_path, f"{HEAD}{MOVE}{SEX}{TARGET}{shares}[[target]]\nyear = '2024'\n{shares}[[target]]\n{shares}"
    )

    assert found == [
        "survey.toml, [[target]] 2: found no source, expected where the shares were published",
        "survey.toml, [[target]] 2: found year = '2024', expected a whole number from 1900 to 2200, such as 2024",
        "survey.toml, [[target]] 3: found no year, expected the year of the shares",
        "survey.toml, [[target]] 3: found no source, expected where the shares were published",
        "survey.toml, [[target]] 2: found a second target for 'sex', expected one for each",
        "survey.toml, [[target]] 3: found a second target for 'sex', expected one for each",
    ]


HEAD_FAULTS = {
    "closes = 2025-06-01T10:00:00": (
        "[survey]: found closes = 2025-06-01 10:00:00, "
        "expected a date without a time and without quotes, such as 2025-05-18"
    ),
    "opens = '2025-06-01'": (
        "[survey]: found opens = '2025-06-01', expected a date without a time and without quotes, such as 2025-05-18"
    ),
    "opens = 2025-06-02\ncloses = 2025-06-01": (
        "[survey]: found closes = 2025-06-01 before opens = 2025-06-02, expected a last day not before the first"
    ),
    "min_base = 0": "[survey]: found min_base = 0, expected a whole number from 5 to 1000000, such as 30",
    "min_base = 4": "[survey]: found min_base = 4, expected a whole number from 5 to 1000000, such as 30",
    "min_base = 30.0": "[survey]: found min_base = 30.0, expected a whole number from 5 to 1000000, such as 30",
    "min_base = true": "[survey]: found min_base = true, expected a whole number from 5 to 1000000, such as 30",
    "sample = 'random'": "[survey]: found sample = 'random', expected one of 'self-selected', 'subscribers', 'panel', "
    "'recruited', 'probability panel', 'probability'",
    "simulated = 'yes'": "[survey]: found simulated = 'yes', expected true or false, without quotes",
    "sponser = 'Us'": "[survey]: found the unknown key 'sponser', expected 'sponsor'",
    "mode = ['a']": "[survey]: found mode = a list, expected text in quotes",
    f"mode = 0x{'f' * 5000}": (
        "[survey]: found mode = a number of more than 30 digits, "
        'expected text in quotes: "a number of more than 30 digits"'
    ),
    "[columns]\nweigth = 'w'": "[columns]: found the unknown key 'weigth', expected 'weight'",
    "[columns]\nweight = 3": '[columns]: found weight = 3, expected text in quotes: "3"',
    "[columns]\nresponded_at_format = '%d'": (
        "[columns]: found responded_at_format without responded_at, expected the column that is written in that format"
    ),
    "[article]\nkicker = 'News'": (
        "[article]: found neither headline nor body, expected a headline, or as body the name of the article's file"
    ),
    "[article]\nheadline = 'A'\nurl = 'javascript:alert(1)'": (
        "[article]: found url = 'javascript:alert(1)', expected an address that starts with https:// or http://"
    ),
    "[article]\nheadline = 'A'\npublished_at = 2025-06-01": (
        "[article]: found published_at = 2025-06-01, "
        "expected a date and time without quotes, such as 2025-05-19T16:00:00"
    ),
    "[article]\nbody = '/river.md'": (
        "[article]: found body = '/river.md', expected a path into the folder of this file"
    ),
    "[article]\nbody = '../../river.md'": (
        "[article]: found body = '../../river.md', expected a path into the folder of this file"
    ),
    "[article]\nbody = 'river.doc'": (
        "[article] body: river.doc: found an article ending in '.doc', expected .txt, .md, .markdown or .html"
    ),
    "[weighting]\ntrim = [1.2, 5]": (
        "[weighting]: found trim = [1.2, 5], expected a number between 0 and 1 and one above 1, such as [0.2, 5]"
    ),
    "[weighting]\ntrim = [0.2]": (
        "[weighting]: found trim = [0.2], expected a number between 0 and 1 and one above 1, such as [0.2, 5]"
    ),
    "[weighting]\ntolerance = 0": "[weighting]: found tolerance = 0, expected a number above 0, such as 1e-9",
    "[weighting]\nmethod = 'raking'": "[weighting]: found method = 'raking', expected one of 'rake', 'poststratify'",
    "[weighting]\nper = 'wave'": (
        "[weighting]: found per = 'wave' in a survey without waves, "
        'expected a wave column under [columns], or per = "survey"'
    ),
    "[[event]]\nat = 2025-06-01T10:00:00": "[[event]] 1: found no label, expected what happened, in a few words",
    "[[event]]\nlabel = 'Rain'": "[[event]] 1: found no at, expected when it happened, such as 2025-05-19T16:00:00",
    "[[event]]\nat = 2025-06-01T10:00:00\nlabel = 'Rain'\nkind = 'rain'": (
        "[[event]] 1: found kind = 'rain', expected one of 'published', 'updated', 'news', 'push'"
    ),
    "[[event]]\nat = 2025-10-26T02:30:00\nlabel = 'Rain'": (
        "[[event]] 1: found at = 2025-10-26T02:30:00, which the clocks of Europe/Paris showed twice or never, "
        "expected it with its offset, such as 2025-10-26T02:30:00+02:00"
    ),
    "[[dimension]]\nkey = 'move'": (
        "[[dimension]] 1 'move': found the key 'move', which [[question]] 1 'move' has already, "
        "expected a key of its own"
    ),
    "[[dimension]]\nkey = 'a b'": (
        "[[dimension]] 1 'a b': found the key 'a b', expected letters from a to z, digits, '_' and '-' only"
    ),
    "[[dimension]]\nlabel = 'Age'": (
        "[[dimension]] 1: found no key, expected a short name of letters, digits, '_' and '-'"
    ),
}


@pytest.mark.parametrize(("lines", "sentence"), HEAD_FAULTS.items())
def test_what_is_wrong_elsewhere_is_said_in_a_sentence(tmp_path: Path, lines: str, sentence: str) -> None:
    assert faults(tmp_path, f"{HEAD}{lines}\n{MOVE}") == [f"survey.toml, {sentence}"]


WHOLE_FAULTS = {
    MOVE: "survey.toml: found no [survey], expected one with key, title and time_zone",
    HEAD: "survey.toml: found no [[question]], expected at least one",
    f"survey = 1\n{MOVE}": "survey.toml, [survey]: found 1, expected a table",
    f"questions = 1\n{HEAD}{MOVE}": "survey.toml: found the unknown key 'questions', expected 'question'",
    f"{HEAD}[question]\nkey = 'move'": "survey.toml: found [question], expected [[question]]",
    f"question = [1]\n{HEAD}": "survey.toml, [[question]] 1: found 1, expected a table",
    f"{HEAD}{MOVE}[columns]\nwave = 'round'\n[[dimension]]\nkey = 'wave'": (
        "survey.toml: found [columns] wave = 'round' and a [[dimension]] 'wave' that reads 'wave', "
        "expected both to read the same column, or another key for the dimension"
    ),
    HEAD + MOVE.replace('"move"', '"wave"') + "[columns]\nwave = 'round'": (
        "survey.toml, [columns]: found the key 'wave', which [[question]] 1 'wave' has already, "
        "expected a key of its own"
    ),
    HEAD.replace("Paris", "Pariss") + MOVE: (
        "survey.toml, [survey]: found time_zone = 'Europe/Pariss', "
        "expected a zone of the IANA database such as 'Europe/Paris'"
    ),
    HEAD.replace("Europe/Paris", "Europe") + MOVE: (
        "survey.toml, [survey]: found time_zone = 'Europe', expected a zone of the IANA database such as 'Europe/Rome'"
    ),
    HEAD.replace("Europe/Paris", "../../etc/passwd") + MOVE: (
        "survey.toml, [survey]: found time_zone = '../../etc/passwd', "
        "expected a zone of the IANA database such as 'Europe/Berlin'"
    ),
    HEAD.replace("river", "the river") + MOVE: (
        "survey.toml, [survey]: found the key 'the river', expected letters from a to z, digits, '_' and '-' only"
    ),
    HEAD.replace("time_zone", "# time_zone") + MOVE: (
        'survey.toml, [survey]: found no time_zone, expected the zone of its hours and days, such as "Europe/Berlin"'
    ),
    "key = \n": "survey.toml: found no valid TOML, expected a survey definition: line 1, column 7: "
    "no value begins like this: a text stands in quotes",
}


@pytest.mark.parametrize(("text", "sentence"), WHOLE_FAULTS.items())
def test_what_is_wrong_with_the_whole_is_said_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    assert faults(tmp_path, text) == [sentence]


@pytest.mark.parametrize("word", ROW_WORDS)
def test_words_of_result_rows_are_no_keys(tmp_path: Path, word: str) -> None:
    found = faults(tmp_path, f"{HEAD}{MOVE}[[dimension]]\nkey = '{word}'")

    assert found == [
        f"survey.toml, [[dimension]] 1 '{word}': found the key '{word}', which result rows use for something else, "
        "expected another key"
    ]


def test_files_that_cannot_be_read_are_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as error:
        read_definition(tmp_path / "absent.toml")

    assert str(error.value) == (
        "absent.toml: found no file that can be read, expected a survey definition: "
        f"No such file or directory, {tmp_path / 'absent.toml'}"
    )
    assert faults(tmp_path, b"key = '\xff'") == [
        "survey.toml: found byte 8 to be no UTF-8, expected a TOML file in UTF-8"
    ]
    assert faults(tmp_path, "a = " + "[" * 100_000)[0].startswith("survey.toml: found no valid TOML")


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    text = """
        [survey]
        title = 3
        time_zone = "Mars/Olympus"
        [article]
        body = "absent.md"
        [[question]]
        key = "age"
        kind = "single"
        choices = [{value = 1}, {value = 1}]
        [[dimension]]
        key = "age"
        bands = "18"
        [[event]]
        at = "today"
        label = "Rain"
    """

    found = faults(tmp_path, text)

    assert [line.split(": found")[0] for line in found] == [
        "survey.toml, [survey]",
        "survey.toml, [[question]] 1 'age', choices 1",
        "survey.toml, [[question]] 1 'age', choices 2",
        "survey.toml, [[question]] 1 'age'",
        "survey.toml, [[question]] 1 'age'",
        "survey.toml, [[dimension]] 1 'age'",
        "survey.toml, [[dimension]] 1 'age'",
        "survey.toml, [survey]",
        "survey.toml, [survey]",
        "survey.toml, [article] body: absent.md",
        "survey.toml, [[event]] 1",
    ]


def inline(value: object) -> str:
    """Returns a value as TOML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def places(value: object) -> list[tuple[str | int, ...]]:
    """Returns the path to everything inside a TOML value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, one in inside for path in [(key,), *((key, *rest) for rest in places(one))]]


words = st.sampled_from(["a", "1", "", " ", "move", "wave", "sex", "F", "18-29", "single", "multiple", "scale", "text"])
atoms = words | st.integers(-2, 10**20) | st.floats(-1, 2) | st.booleans() | st.dates() | st.datetimes()
anything = atoms | st.lists(atoms | st.lists(atoms, max_size=3), max_size=3) | st.dictionaries(words, atoms, max_size=3)
changes = st.lists(
    st.tuples(st.sampled_from(places(tomllib.loads(FULL))), st.none() | anything), min_size=1, max_size=3
)


def changed(content: object, path: tuple[str | int, ...], value: object) -> None:
    """Puts the value at the path, or where it is None takes away what is there; passes over paths that are gone."""
    with suppress(KeyError, IndexError, TypeError):
        for key in path[:-1]:
            content = content[key]  # type: ignore[index]
        if value is None:
            del content[path[-1]]  # type: ignore[attr-defined]
        else:
            content[path[-1]] = value  # type: ignore[index]


@settings(deadline=None, max_examples=120)
@given(changes)
def test_a_definition_changed_at_any_place_is_a_survey_or_a_definition_error(
    folder_with_article: Path, drawn: list[tuple[tuple[str | int, ...], object]]
) -> None:
    content = tomllib.loads(FULL)
    for path, value in drawn:
        changed(content, path, value)
    text = "\n".join(f"{json.dumps(key)} = {inline(value)}" for key, value in content.items())

    with suppress(DefinitionError):
        assert definition(folder_with_article, text).questions
