"""The analyst's table: its numbers are those of the single views and of R, its letters, and how it is laid out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.errors import RequestError
from analytics.estimates.groups.comparisons import comparisons
from analytics.estimates.groups.table import Table, crosstab, table
from analytics.estimates.views.layout import Layout
from analytics.figures.drawing.style import read_style
from analytics.figures.grid import Grid, Reading, grid
from analytics.figures.grid_figure import grid_figure
from analytics.language.said import speaking
from analytics.model import NO_ANSWER
from analytics.model.request import Request
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store
from analytics.store.tables.surveys import read_survey
from analytics.words.grid import cell_sentences
from tests.conftest import ROOT
from tests.golden_material import Material
from tests.surveys import RIVER, TWELVE, Reader, command, opened, record, rows, snapshot

STYLE = read_style(ROOT / "data/house_style.toml")
FIXED = Request(weights="raked", variance="fixed")
PLAIN = Request(weights="none")
BANNER = (("sex",), ("age",), ("region",), ("education",))


def table_of(
    store: Store, key: str, stubs: tuple[str, ...], banner: tuple[tuple[str, ...], ...], **chosen: Any
) -> Table:
    request = chosen.pop("request", None) or Request(**chosen)
    return table(snapshot(store, key), request, Layout(stubs, banner))


@pytest.fixture(scope="module")
def material(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(shared, tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def crowd() -> Iterator[Store]:
    """Gives 240 readers: of the women three in four say Yes, of the men one in four; trust goes with the answer."""
    answers = [
        Reader(
            f"id:{n}",
            {"move": ("Yes" if (n // 2 % 4 > 0) == (n % 2 == 0) else "No",), "trust": (str(1 + n % 5),)},
            {"sex": "F" if n % 2 == 0 else "M", "age": ("18-29", "30-59", "60+")[n % 3]},
        )
        for n in range(240)
    ]
    with opened() as store:
        record(store, replace(RIVER, min_base=30), answers)
        yield store


@pytest.fixture
def told(crowd: Store) -> Table:
    return table_of(crowd, "river", ("move", "trust"), (("sex",), ("sex", "age")), weights="none")


def cell(found: Table, **named: Any) -> dict[str, Any]:
    """Returns the one cell of that description."""
    cells = found.cells
    for name, value in named.items():
        cells = cells[cells[name] == value]
    (only,) = cells.to_dict("records")
    return only


# What it says


def test_every_cell_is_that_of_the_crosstab_of_its_question_and_part(told: Table, crowd: Store) -> None:

    for question in ("move", "trust"):
        for part in ((), ("sex",), ("sex", "age")):
            theirs = crosstab(snapshot(crowd), replace(PLAIN, question=question, by=part)).estimates
            ours = told.cells[(told.cells["question"] == question) & (told.cells["banner"] == "*".join(part))]
            names = ["statistic", "choice", "base_n", "count", "share", "value", "se", "low", "high", "suppressed"]
            pd.testing.assert_frame_equal(ours[names].reset_index(drop=True), theirs[names], check_dtype=False)


def test_row_shares_say_where_those_who_gave_an_answer_stand() -> None:
    with opened() as store:
        # each of the twelve three times over: of the weight 10 that says Yes, 6 is of the youngest
        many = [replace(reader, key=f"{reader.key}/{n}") for reader in TWELVE for n in range(9)]
        record(store, RIVER, many)

        found = table_of(store, "river", ("move",), (("age",),))

    assert cell(found, choice="Yes", group="18-29")["row_share"] == pytest.approx(6 / 10)
    assert cell(found, choice="Yes", group="30-59")["row_share"] == pytest.approx(1 / 10)
    assert cell(found, choice="Yes", group="")["row_share"] == 1


def test_of_an_answer_that_too_few_gave_nothing_is_said_about_where_they_stand() -> None:
    with opened() as store:
        record(store, RIVER, TWELVE)

        found = table_of(store, "river", ("move",), (("age",),))

    assert found.cells["row_share"].isna().all()


def test_letters_run_through_the_banner_and_stand_for_groups_of_one_part(told: Table) -> None:
    assert [column.letter for column in told.columns] == [None, *"ABCDEFGH"]
    assert cell(told, choice="Yes", banner="sex", group="F")["higher_than"] == "B"
    assert cell(told, choice="No", banner="sex", group="M")["higher_than"] == "A"
    assert cell(told, choice="Yes", banner="sex*age", group="F, 18-29")["higher_than"] == "F G H"


def test_each_group_is_held_against_all_others_of_its_part(told: Table, crowd: Store) -> None:
    theirs = comparisons(snapshot(crowd), replace(PLAIN, question="move", by=("sex",)), compare=("rest", "pairs")).rows

    women = cell(told, statistic="share", choice="Yes", banner="sex", group="F")

    (row,) = theirs[(theirs["comparison"] == "rest") & (theirs["choice"] == "Yes") & (theirs["sex"] == "F")].to_dict(
        "records"
    )
    assert women["rest_difference"] == pytest.approx(0.5)
    assert (women["rest_low"], women["rest_se"], women["rest_p"]) == (row["low"], row["se"], row["p_cautious"])
    assert women["rest_clear"] is True


def test_groups_that_the_filter_leaves_out_are_no_columns_and_letters_say_who_is_left(crowd: Store) -> None:
    kept = ("18-29", "60+")
    filtered = table_of(crowd, "river", ("move",), (("age",), ("sex",)), weights="none", where=(("age", kept),))

    ages = [column.values for column in filtered.columns if column.part == ("age",)]
    pairs = filtered.pairs[filtered.pairs["banner"] == "age"]
    assert ages == [(age,) for age in kept]
    assert set(zip(pairs["group"], pairs["against"], strict=True)) == {kept}
    assert set(zip(pairs["letter"], pairs["against_letter"], strict=True)) == {("A", "B")}


def test_a_question_is_not_broken_down_by_its_own_answers(crowd: Store) -> None:
    found = table_of(crowd, "river", ("move", "trust"), (("move",),))

    assert set(found.cells[found.cells["banner"] == "move"]["question"]) == {"trust"}


def test_groups_that_cannot_be_compared_are_shown_with_the_reason() -> None:
    with opened() as store:
        record(store, RIVER, [replace(r, answers=r.answers | {"needs": ("Bank",)}) for r in TWELVE])

        found = table_of(store, "river", ("move",), (("needs", "age"), ("age",)))

    (why,) = found.unlettered
    assert "groups overlap" in str(why)
    with speaking("de"):
        assert "überschneiden" in str(why)
    assert len(found.pairs) > 0


@pytest.mark.parametrize(
    ("layout", "complaint"),
    [
        (Layout((), (("age",),)), "name one or more"),
        (Layout(("move", "move"), ()), "'move' stands twice among the stubs"),
        (Layout(("move",), (("age",), ("age",))), "'age' stands twice in the banner"),
        (Layout(("move",), (("age", "age"),)), "'age' stands twice in the banner"),
        (Layout(("move",), (("agee",),)), "did you mean 'age'?"),
    ],
)
def test_a_table_that_cannot_be_made_is_refused_with_what_to_do(crowd: Store, layout: Layout, complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint.replace("?", r"\?")):
        table(snapshot(crowd), PLAIN, layout)


def test_rows_are_read_once_for_each_question_and_set_of_answers(crowd: Store) -> None:
    asked = []

    def read(wanted: Any) -> Any:
        asked.append(wanted)
        return read_cells(crowd, "river", wanted)

    layout = Layout(("move",), (("age",), ("sex",), ("age", "sex")))
    table(replace(snapshot(crowd), read=read), PLAIN, layout)

    assert len(asked) == 1


# R's numbers


@pytest.mark.parametrize(("kind", "look"), [("weighted", FIXED), ("unweighted", PLAIN)])
def test_every_pair_of_chiles_groups_is_that_of_r_in_one_table(material: Material, kind: str, look: Request) -> None:
    # chile_pairwise_yes.csv, which chile_tests.json repeats, R 4.2.2, survey 4.1-1
    reference = [r for r in material.reference("chile_pairwise_yes.csv") if r["weights"] == kind]
    database = material.database("chile" if kind == "weighted" else "chile 2 margins")
    with opened(database) as store:
        found = table_of(store, "chile-1988", ("vote",), BANNER, request=look)

    said = found.pairs[found.pairs["choice"] == "Y"].to_dict("records")
    pairs = {(r["banner"], r["group"], r["against"]): (r, 1) for r in said}
    pairs |= {(r["banner"], r["against"], r["group"]): (r, -1) for r in said}
    for theirs in reference:
        row, sign = pairs[theirs["by"].replace("age_band", "age"), theirs["a"], theirs["b"]]
        assert sign * row["difference"] == pytest.approx(float(theirs["difference"]), rel=1e-6)
        assert row["se"] == pytest.approx(float(theirs["se"]), rel=1e-6)
        assert sign * row["test_value"] == pytest.approx(float(theirs["z"]), rel=1e-6)
        assert row["p_value"] == pytest.approx(float(theirs["p_value_z"]), rel=1e-6, abs=1e-15)
    assert len(reference) == 19


def test_every_share_of_the_raked_comma_survey_is_that_of_r_in_one_table(material: Material) -> None:
    # comma_raked_results.csv, R 4.2.2, survey 4.1-1
    reference = [
        r for r in material.reference("comma_raked_results.csv")
        if r["variance"] == "fixed_weights" and r["by"] in ("", "gender", "age", "education") and r["p"] != ""
    ]  # fmt: skip
    with opened(material.database("comma raked")) as store:
        survey = read_survey(store, "comma-raked")
        stubs = tuple(q.key for q in survey.questions if q.kind != "text")
        parts = tuple((key,) for key in ("gender", "age", "education") if survey.dimension(key))
        found = table_of(store, survey.key, stubs, parts, variance="fixed", min_base=5)

    names = {(q.key, c.label): c.value for q in survey.questions for c in q.choices}
    checked = 0
    for theirs in reference:
        key = (theirs["question"], theirs["level"])
        value = names.get(key, theirs["level"])
        groups = found.cells[
            (found.cells["question"] == theirs["question"]) & (found.cells["choice"] == value)
            & (found.cells["banner"] == theirs["by"]) & (found.cells["group"] == theirs["group"])
        ]  # fmt: skip
        if len(groups) != 1:
            continue
        (row,) = groups.to_dict("records")
        assert row["share"] == pytest.approx(float(theirs["p"]), rel=1e-6)
        assert row["se"] == pytest.approx(float(theirs["se"]), rel=1e-6, abs=1e-12)
        assert row["effective_n"] == pytest.approx(float(theirs["n_eff_kish"]), rel=1e-6)
        checked += 1
    assert checked > 30


def test_question_by_question_is_a_recount_of_the_raw_rows(material: Material) -> None:
    with (material.shared / "data/respondents/538_comma_survey.csv").open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    with opened(material.database("comma")) as store:
        survey = read_survey(store, "comma")
        care, heard = (survey.question(key) for key in ("q_care", "q_heard"))
        assert care
        assert heard
        found = table_of(store, "comma", ("q_care",), (("q_heard",), ("q_heard", "gender")), weights="none", min_base=5)

    counted = Counter((row[heard.column or ""], row[care.column or ""]) for row in raw if row[care.column or ""])
    nested = Counter(
        (f"{row[heard.column or '']}, {row['Gender']}", row[care.column or ""]) for row in raw if row[care.column or ""]
    )
    checked = 0
    for banner, recount in (("q_heard", counted), ("q_heard*gender", nested)):
        for row in found.cells[(found.cells["banner"] == banner) & (found.cells["statistic"] == "share")].itertuples():
            if NO_ANSWER not in row.group:
                assert row.count == recount[row.group, row.choice]
                checked += 1
    assert checked == 2 * 4 + 4 * 4


# How it is laid out


def texts(laid: Grid) -> dict[tuple[str, str], str]:
    """Returns the texts of a grid by the names of row and column, without what only aligns them."""
    return {
        (row.name, column.name.strip("\u2060")): one.text.replace("\u2007", "")
        for row, line in zip(laid.rows, laid.cells, strict=True)
        for column, one in zip(laid.columns, line, strict=True)
    }


def laid_out(found: Table, **chosen: Any) -> Grid:
    return grid(found, Reading(**chosen), STYLE, "light")


def test_a_filtered_table_calls_nobody_all_readers_and_says_whom_it_is_of_wherever_it_goes(crowd: Store) -> None:
    for where, name, words in (
        ((("age", ("18-29",)),), "18-29", "Age: 18-29"),
        ((("age", ("18-29", "60+")),), "These readers", "Age: 18-29 or 60+"),
    ):
        found = table_of(crowd, "river", ("move",), (("sex",),), weights="none", where=where)
        laid = laid_out(found)
        figure = grid_figure(found, laid, STYLE, "light")

        assert laid.columns[0].name == name
        assert "All readers" not in f"{figure.title} {figure.alt} {figure.spec} {laid.caption}"
        assert figure.title.endswith(f"({words})")
        for said in (figure.alt, figure.caption, laid.short_caption):
            assert f"Only {words}." in said


def test_a_grid_heads_the_groups_of_each_part_and_the_answers_of_each_question(told: Table) -> None:
    laid = laid_out(told)

    assert [column.heading for column in laid.columns][:4] == ["", "Sex", "Sex", "Sex: Women · Age"]
    assert [row.name for row in laid.rows if row.kind == "head"] == [question.text for question in told.stubs]
    assert texts(laid)["Yes", "All readers"] == "50"
    assert [row.name for row in laid.rows if row.question == "move"] == [
        "Yes", "No", "Unsure", "Yes minus no", "Any view", "Base",
    ]  # fmt: skip


LONG_WORDING = (
    "Please rank the films of the series in order of preference, with 1 being your favourite film of all and 6 "
)


@pytest.mark.parametrize("ends", [("Episode I", "Episode II"), ("the first, and why", "the last"), ("film", "film")])
@pytest.mark.parametrize("transposed", [False, True])
def test_questions_that_begin_alike_each_stand_over_their_own_numbers(
    told: Table, ends: tuple[str, str], transposed: bool
) -> None:
    texts_of = {question.key: LONG_WORDING + end for question, end in zip(told.stubs, ends, strict=True)}
    views = tuple(
        replace(view, question=replace(view.question, text=texts_of[view.question.key])) for view in told.toplines
    )

    laid = laid_out(replace(told, toplines=views), transposed=transposed)

    lines = laid.columns if transposed else laid.rows
    over: dict[str, set[str]] = {}
    for line in lines:
        if line.question:
            over.setdefault(line.heading, set()).add(line.question)
    assert [len(questions) for questions in over.values()] == [1, 1]
    if len(set(ends)) == 2:
        assert [heading.endswith(end) for heading, end in zip(over, ends, strict=True)] == [True, True]
    elif not transposed:
        assert [line.kind for line in lines].count("head") == 2


def test_groups_whose_names_begin_alike_each_stand_under_their_own_heading(told: Table) -> None:
    label = {"sex": "Are you, or have you ever been, a man", "age": "Are you, or have you ever been, under thirty"}
    dimensions = tuple(replace(one, label=label.get(one.key, one.label) * 2) for one in told.survey.dimensions)

    laid = laid_out(replace(told, survey=replace(told.survey, dimensions=dimensions)))

    parts = {
        (told.columns[line.column].part, line.heading)
        for line in laid.columns
        if len(told.columns[line.column].part) == 1
    }
    assert len({heading for _, heading in parts}) == len({part for part, _ in parts}) == len(parts)


def test_marks_are_arrows_letters_or_none(told: Table) -> None:
    arrows, lettered, bare = (texts(laid_out(told, marks=marks)) for marks in ("rest", "letters", "none"))

    assert (arrows["Yes", "Women"], arrows["Yes", "Men"]) == ("75 ▲", "25 ▼")
    assert (lettered["Yes", "Women (A)"], lettered["Yes", "Men (B)"]) == ("75 B", "25")
    assert bare["Yes", "Women"] == "75"


def test_arrows_and_letters_stand_behind_one_number_each_explained(told: Table) -> None:
    both = laid_out(told, marks="both")

    assert texts(both)["Yes", "Women (A)"] == "75 ▲ B"
    assert texts(both)["Yes", "Men (B)"] == "25 ▼"
    assert "▲ and ▼ mark" in both.caption
    assert "A letter behind a number" in both.caption


def test_numbers_are_shares_of_the_group_of_the_answer_or_counts(told: Table) -> None:
    by_row, counts = (texts(laid_out(told, numbers=numbers)) for numbers in ("rows", "counts"))

    assert by_row["Yes", "Women"] == "75"
    assert counts["Yes", "Women"] == "90"
    assert ("Yes minus no", "Women") not in counts


def test_answers_are_sorted_by_the_column_asked_for_and_bases_stay_behind(told: Table) -> None:
    men = [column.group for column in told.columns].index("M")

    names = [row.name for row in laid_out(told, sort=men).rows if row.question == "move"]

    assert names == ["No", "Yes", "Unsure", "Yes minus no", "Any view", "Base"]


def test_the_steps_of_a_scale_stay_in_their_order(told: Table) -> None:
    men = [column.group for column in told.columns].index("M")

    plain, sorted_ones = (
        [row.name for row in laid_out(told, sort=at).rows if row.question == "trust"] for at in (None, men)
    )

    assert sorted_ones == plain
    assert laid_out(told, sort=men).rows != laid_out(told).rows  # the other question is sorted


def test_turned_round_the_groups_stand_down_the_side(told: Table) -> None:
    upright, turned = laid_out(told), laid_out(told, transposed=True)

    assert texts(turned)["Women", "Yes"] == texts(upright)["Yes", "Women"]
    assert [row.name for row in turned.rows][:4] == ["All readers", "Sex", "Women", "Men"]


def test_no_two_columns_have_the_same_name_for_the_browser(told: Table) -> None:
    for laid in (laid_out(told), laid_out(told, transposed=True)):
        names = [column.name for column in laid.columns]

        assert len(set(names)) == len(names)


def test_a_group_that_is_too_small_is_a_dash_or_hidden(crowd: Store) -> None:
    found = table_of(crowd, "river", ("move",), (("sex", "age"),), weights="none", min_base=100)

    shown, without = laid_out(found), laid_out(found, hidden=("thin",))

    assert texts(shown)["Yes", "18-29"] == STYLE.dash
    assert [column.name for column in without.columns] == ["All readers"]


def test_colours_grow_with_the_share_and_letters_on_them_can_be_read(told: Table) -> None:
    laid = laid_out(told)
    tints = {one.text.strip("\u2007 ▲▼"): one.tint for line in laid.cells for one in line if one.tint}

    assert tints["25"] != tints["50"] != tints["75"]
    assert not any(one.tint for line in laid_out(told, heat=False).cells for one in line)


def test_the_caption_says_what_marks_and_numbers_mean_and_what_they_do_not(told: Table) -> None:
    said = laid_out(told).caption

    assert "▲ and ▼ mark" in said
    assert "corrected for one another" in said
    assert "Readers chose to take part" in said
    assert "▲" not in laid_out(told, numbers="counts").caption


def test_a_cell_is_told_in_sentences(told: Table) -> None:
    head, *sentences = cell_sentences(told, cell(told, statistic="share", choice="Yes", banner="sex", group="F"), STYLE)

    assert head == "Yes · Sex: Women"
    assert sentences[0].startswith("75 % of 120 who answered (uncertainty interval ".replace(" %", STYLE.percent))
    assert sentences[0].endswith("; 90 gave this answer.")
    assert sentences[1].startswith("50 points above the other groups taken together (39 to 61")
    assert sentences[1].endswith("a clear difference.")


def test_a_cell_that_is_not_shown_tells_why(crowd: Store) -> None:
    found = table_of(crowd, "river", ("move",), (("sex", "age"),), weights="none", min_base=100)

    said = cell_sentences(found, cell(found, choice="Yes", statistic="share", group="F, 18-29"), STYLE)

    assert said == ["Yes · Sex: Women · Age: 18-29", "Not shown: fewer than 100 answered."]


# On the command line


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "river.sqlite"
    with opened(path) as store:
        record(store, RIVER, [replace(r, key=f"{r.key}/{n}") for r in TWELVE for n in range(9)])
    return path


def test_a_banner_is_printed_as_rows_with_letters(stored: Path) -> None:
    found = rows("crosstab", "river", "move", "--banner", "age", "--banner", "age*sex", "--db", stored)

    young = next(row for row in found if row["group"] == "18-29" and row["choice"] == "Yes")
    assert (young["banner"], young["letter"], young["base_n"]) == ("age", "A", 36)
    assert young["higher_than"] == "C"
    assert young["row_share"] == pytest.approx(0.6)


def test_crossed_groups_are_printed_as_ever_for_one_question_or_several(stored: Path) -> None:
    one = rows("crosstab", "river", "move", "--by", "age", "--db", stored)
    two = rows("crosstab", "river", "move", "trust", "--by", "age", "--db", stored)

    assert [row for row in two if row["question"] == "move"] == one
    assert {row["question"] for row in two} == {"move", "trust"}


def test_a_table_for_people_has_the_groups_as_columns(stored: Path) -> None:
    printed = command("crosstab", "river", "move", "--banner", "age", "--db", stored).stdout.splitlines()

    assert printed[0].endswith("everybody age 18-29 (A) age 30-59 (B) age 60+ (C)")
    assert "0.7500 C" in printed[1]


@pytest.mark.parametrize("words", [(), ("--by", "age", "--banner", "age")])
def test_groups_are_crossed_or_side_by_side_and_not_both(stored: Path, words: tuple[str, ...]) -> None:
    result = command("crosstab", "river", "move", *words, "--db", stored)

    assert result.exit_code == 2
    assert "--by KEY, or side by side with --banner KEY" in result.output
