"""A change of wording, options or placement cuts a trend: nothing is drawn, smoothed or compared across it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import DefinitionError
from analytics.estimates.newsroom import SHOWN_DAYS, glimpses
from analytics.estimates.time.changes import changes
from analytics.estimates.time.split import split_change
from analytics.estimates.whole.topline import topline
from analytics.figures.split import split_bars
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.imports.definition.survey import read_definition
from analytics.model import Change, Dimension, Level, Survey
from analytics.model.reasons import Cut, Reason
from analytics.model.request import Request
from analytics.store.read.status import read_glance
from analytics.words.disclosure import disclosure
from analytics.words.periods import cut_words
from tests.surveys import BERLIN, MOVE, RIVER, Reader, command, line, opened, record, reference_rows, snapshot
from tests.test_figures_examples import house_style

STYLE = house_style()
PLAIN = replace(RIVER, columns=replace(RIVER.columns, weight=None))
MIDNIGHT, MIDDAY = datetime(2025, 5, 22, tzinfo=BERLIN), datetime(2025, 5, 22, 12, tzinfo=BERLIN)
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def changed(*made: Change, wording: str | None = None, survey: Survey = PLAIN) -> Survey:
    """Returns the survey whose first question was changed so."""
    return replace(survey, questions=(replace(MOVE, changes=made, wording=wording), *survey.questions[1:]))


def six_days(yes: tuple[int, ...] = (50, 50, 50, 50, 80, 80), levels: Any = None) -> list[Reader]:
    """Returns 100 readers a day from 18 May on, half before noon and half after, so many of whom say Yes."""
    found = []
    for day, count in enumerate(yes):
        for n in range(100):
            at = datetime(2025, 5, 18, 9 if n % 2 else 15, tzinfo=BERLIN) + timedelta(days=day)
            answer = ("Yes",) if n < count else ("No",)
            found.append(Reader(f"id:{day}/{n}", {"move": answer}, (levels or (lambda _d, _n: {}))(day, n), 1.0, at))
    return found


def trend_of(survey: Survey, readers: list[Reader], every: str = "day", window: int = 1) -> Any:
    with opened() as store:
        record(store, survey, readers)
        return line(store, "move", every, window=window)


def changes_of(survey: Survey, readers: list[Reader], every: Any = "day", **chosen: Any) -> Any:
    with opened() as store:
        record(store, survey, readers)
        return changes(snapshot(store), Request(question="move", every=every, **chosen), choice="Yes").rows


def cuts(view: Any) -> list[tuple[str, str]]:
    return [(one.period, cut_words(one.cuts)) for one in view.breaks]


def test_a_change_at_the_start_of_a_day_cuts_the_line_before_it() -> None:
    view = trend_of(changed(Change("wording", MIDNIGHT)), six_days())

    assert cuts(view) == [("2025-05-22", "the wording changed with this period")]


def test_a_change_within_a_day_leaves_a_day_of_both_that_stands_alone() -> None:
    view = trend_of(changed(Change("options", MIDDAY)), six_days())

    assert cuts(view) == [
        ("2025-05-22", "the answers offered changed during this period"),
        ("2025-05-23", "the answers offered changed during the period before"),
    ]


@pytest.mark.parametrize(
    ("at", "every", "expected"),
    [
        (MIDNIGHT, "hour", ["2025-05-22T00:00+02:00"]),
        (MIDDAY, "hour", ["2025-05-22T12:00+02:00"]),
        (MIDDAY + timedelta(minutes=1), "hour", ["2025-05-22T12:00+02:00", "2025-05-22T13:00+02:00"]),
        (datetime(2025, 5, 19, tzinfo=BERLIN), "week", ["2025-05-19"]),
        (MIDNIGHT, "week", ["2025-05-19"]),
        (MIDNIGHT, "month", []),
        (datetime(2025, 5, 18, tzinfo=BERLIN), "day", []),
        (datetime(2025, 5, 1, tzinfo=BERLIN), "day", []),
        (datetime(2025, 7, 1, tzinfo=BERLIN), "day", []),
        (datetime(2025, 5, 18, 12, tzinfo=BERLIN), "day", ["2025-05-19"]),
        (datetime(2025, 5, 23, 12, tzinfo=BERLIN), "day", ["2025-05-23"]),
    ],
)
def test_cuts_stand_before_the_periods_that_a_change_parts(at: datetime, every: str, expected: list[str]) -> None:
    view = trend_of(changed(Change("placement", at)), six_days(), every)

    assert [one.period for one in view.breaks] == expected


def test_no_window_reaches_across_a_change() -> None:
    whole, cut = (
        trend_of(survey, six_days(), window=3).estimates for survey in (PLAIN, changed(Change("wording", MIDNIGHT)))
    )
    base, share = (
        {
            day: frame.query("choice == 'Yes'").set_index("period")[name].loc[f"2025-05-{day}"]
            for day in (20, 21, 22, 23)
        }
        for name, frame in (("base_n", cut), ("share", cut))
    )

    assert base == {20: 300, 21: 300, 22: 100, 23: 200}
    assert share[22] == pytest.approx(0.80)
    assert whole.query("choice == 'Yes' and period == '2025-05-22'")["share"].item() == pytest.approx(0.60)


@pytest.mark.parametrize("window", [1, 2, 3])
def test_periods_on_both_sides_of_a_change_are_not_compared_and_the_reason_says_so(window: int) -> None:
    whole, cut = (
        changes_of(survey, six_days(), window=window).set_index("period")
        for survey in (PLAIN, changed(Change("wording", MIDNIGHT)))
    )

    assert cut.loc["2025-05-22", "reason"] == Reason("cut", cuts=(Cut("wording", "period"),))
    assert cut.loc["2025-05-22", ["difference", "p_value", "p_adjusted"]].isna().all()
    assert whole.loc["2025-05-22", "difference"] > 0.09
    assert cut.drop("2025-05-22")["reason"].isna().all()
    assert cut.loc["2025-05-21", "difference"] == pytest.approx(whole.loc["2025-05-21", "difference"])


def test_after_a_change_the_smoothed_changes_are_those_of_a_survey_that_began_there() -> None:
    later = [reader for reader in six_days() if reader.at is not None and reader.at >= MIDNIGHT]

    cut = changes_of(changed(Change("wording", MIDNIGHT)), six_days(), window=2).set_index("period")
    alone = changes_of(PLAIN, later, window=2).set_index("period")

    for name in ("difference", "base_n", "against_base_n"):
        assert cut.loc["2025-05-23", name] == pytest.approx(alone.loc["2025-05-23", name])
    assert cut.loc["2025-05-23", "se"] == pytest.approx(alone.loc["2025-05-23", "se"], rel=0.01)  # m is another


def strokes(figure: Any, label: str) -> list[list[float]]:
    """Returns the runs of points that are joined."""
    runs: list[list[float]] = [[]]
    for trace in figure.spec["data"]:
        if trace["name"] == label and trace.get("mode") == "lines" and "fill" not in trace:
            for y in trace["y"]:
                runs = [*runs, []] if y is None else [*runs[:-1], [*runs[-1], y]]
    return [run for run in runs if run]


def test_the_line_is_broken_marked_and_said_in_title_caption_and_alternative_text() -> None:
    view = trend_of(changed(Change("wording", MIDNIGHT, note="“ever” left out")), six_days())

    figure = trend_lines(view, STYLE, "light")

    assert strokes(figure, "Yes") == [[50.0] * 4, [80.0] * 2]
    assert any("Wording changed" in note["text"].replace("<br>", " ") for note in figure.spec["layout"]["annotations"])
    assert "The line is cut where the question changed" in figure.caption
    assert "the wording changed on 22 May 2025 (“ever” left out)" in figure.caption
    assert "From the last change on." in figure.alt
    assert "rose" not in figure.title
    assert "from 50" not in figure.alt


def test_without_a_change_the_same_answers_rise() -> None:
    figure = trend_lines(trend_of(PLAIN, six_days()), STYLE, "light")

    assert strokes(figure, "Yes") == [[50.0] * 4 + [80.0] * 2]
    assert figure.title == "Yes rose from 50% (18–21 May) to 80% (22–23 May)"


def test_with_one_period_since_the_change_there_is_no_trend_to_tell() -> None:
    figure = trend_lines(trend_of(changed(Change("wording", MIDNIGHT + timedelta(days=1))), six_days()), STYLE, "light")

    assert figure.title == "Too few periods for a trend since the question changed"


WAVE = Dimension("wave", "Wave", "wave", tuple(Level(w, w, (w,)) for w in ("9", "10", "11")))
ASKED = Dimension("asked", "Wording asked", "asked", (Level("a", "Short", ("a",)), Level("b", "Long", ("b",))))
WAVES = replace(PLAIN, dimensions=(ASKED, WAVE), columns=replace(PLAIN.columns, wave="wave", responded_at=None))


def in_waves(wordings: tuple[str, str, str]) -> list[Reader]:
    """Returns 90 readers in each of three waves, who saw the wordings of their wave in turn."""
    return [
        Reader(f"id:{wave}/{n}", {"move": ("Yes" if n % 3 else "No",)}, {"wave": wave, "asked": seen[n % len(seen)]})
        for wave, seen in zip(("9", "10", "11"), wordings, strict=True)
        for n in range(90)
    ]


def test_a_change_from_a_wave_on_cuts_the_line_of_waves_with_a_mark() -> None:
    view = trend_of(changed(Change("wording", wave="11"), survey=WAVES), in_waves(("a", "a", "a")), "wave")

    figure = trend_lines(view, STYLE, "light")

    assert cuts(view) == [("11", "the wording changed with this wave")]
    assert [len(run) for run in strokes(figure, "Yes")] == [2, 1]
    assert [shape["x0"] for shape in figure.spec["layout"]["shapes"] if "x0" in shape and shape["x0"] == 1.5] == [1.5]
    assert "the wording changed from wave 11 on" in figure.caption


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [(("a", "a", "a"), []), (("a", "a", "ab"), ["11"]), (("a", "b", "b"), ["10"]), (("ab", "a", "ab"), ["10", "11"])],
)
def test_the_line_is_cut_where_other_wordings_were_asked_than_before(
    wordings: tuple[str, str, str], expected: list[str]
) -> None:
    survey = changed(wording="asked", survey=WAVES)

    view = trend_of(survey, in_waves(wordings), "wave")
    found = changes_of(survey, in_waves(wordings), "wave").set_index("period")

    assert [one.period for one in view.breaks] == expected
    assert found.index[found["suppressed"]].tolist() == expected


def test_answers_to_one_wording_alone_are_compared() -> None:
    survey = changed(wording="asked", survey=WAVES)
    with opened() as store:
        record(store, survey, in_waves(("a", "a", "ab")))
        view = line(store, "move", "wave", where=(("asked", ("a",)),))
        both, one = (
            topline(snapshot(store), Request(question="move", where=where)) for where in ((), (("asked", ("a",)),))
        )

    assert view.breaks == ()
    said = "several wordings were put at the same time (told apart by Wording asked)"
    assert said in topline_bars(both, STYLE, "light").caption
    assert said not in topline_bars(one, STYLE, "light").caption
    assert "Several wordings were put: “Short” and “Long”." in disclosure(both, STYLE)[2].words


def test_a_topline_over_a_change_says_that_it_takes_both_together() -> None:
    survey = changed(Change("wording", MIDNIGHT))
    with opened() as store:
        record(store, survey, six_days())
        whole, after = (
            topline(snapshot(store), Request(question="move", since=since)) for since in (None, MIDNIGHT)
        )  # fmt: skip

    said = "Mind: the wording changed on 22 May 2025. Here all answers are taken together."
    assert said in topline_bars(whole, STYLE, "light").caption
    assert "Mind" not in topline_bars(after, STYLE, "light").caption
    assert "Changed during fieldwork: the wording changed on 22 May 2025." in disclosure(after, STYLE)[2].words


def test_a_change_split_into_minds_and_audience_says_that_the_question_changed() -> None:
    survey = changed(Change("wording", MIDNIGHT))
    sexes = lambda _day, n: {"sex": "FM"[n % 2], "age": "60+"}  # noqa: E731
    with opened() as store:
        record(store, survey, six_days(levels=sexes))
        over, within = (
            split_change(snapshot(store), Request(question="move", every="day"), periods=periods)
            for periods in (("2025-05-21", "2025-05-22"), ("2025-05-22", "2025-05-23"))
        )

    assert "That, and not opinion, may be what changed." in split_bars(over, STYLE, "light").caption
    assert "may be what changed" not in split_bars(within, STYLE, "light").caption


@pytest.mark.parametrize(
    ("at", "moves"), [(datetime(2025, 5, 23, tzinfo=BERLIN), False), (MIDDAY, False), (MIDNIGHT, True)]
)
def test_the_newsroom_tells_no_movement_over_a_change(at: datetime, moves: bool) -> None:
    with opened() as store:
        record(store, changed(Change("wording", at)), six_days())
        (row,) = glimpses(read_glance(store, SHOWN_DAYS), now=NOW)

    assert (row.movement is not None) == moves
    assert row.base_n == 600


DEFINITION = """
[survey]
key = "waves"
title = "Waves"
time_zone = "Europe/Moscow"
language = "Russian"
[columns]
response = "respondent_id"
weight = "weight"
wave = "wave"
[[question]]
key = "ceasefire"
column = "support_withdrawal_ceasefire"
text = "Would you support a withdrawal and ceasefire talks?"
kind = "single"
choices = ["Support", "Not support", "Difficult to answer", "Refused"]
wording = "wording"
changes = [{wave = "11", what = "options", note = "one more"}, {at = 2023-02-01T10:00:00, what = "placement"}]
[[dimension]]
key = "wording"
column = "ceasefire_wording"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "survey.toml").write_text(text, encoding="utf-8")
    return folder / "survey.toml"


def test_a_definition_says_what_changed_when_and_which_wording_was_seen(tmp_path: Path) -> None:
    survey = read_definition(written(tmp_path, DEFINITION))

    question = survey.questions[0]
    assert question.wording == "wording"
    assert [(one.what, one.wave, one.note) for one in question.changes] == [
        ("options", "11", "one more"), ("placement", None, None),
    ]  # fmt: skip
    assert question.changes[1].at is not None
    assert question.changes[1].at.isoformat() == "2023-02-01T10:00:00+03:00"
    assert survey.language == "Russian"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('what = "options", ', "", "no what, expected what changed, one of"),
        ('what = "options"', 'what = "mood"', "'mood'"),
        ('{wave = "11", what', "{what", "neither at nor wave"),
        ('{wave = "11", what', '{at = 2023-02-01T10:00:00, wave = "11", what', "both at and wave"),
        ('wording = "wording"', 'wording = "words"', "wording = 'words'"),
        ('\nwave = "wave"\n', "\n", "a change from wave '11' in a survey without waves"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in DEFINITION

    with pytest.raises(DefinitionError, match=said):
        read_definition(written(tmp_path, DEFINITION.replace(before, after)))


def test_the_real_waves_are_cut_where_a_second_wording_came_in(shared: Path, tmp_path: Path) -> None:
    # the project asked with a second wording in its wave 13, to half of the respondents
    responses = shared / "data/respondents/chronicles_waves09-13_ceasefire.csv"
    wordings = {(row["wave"], row["ceasefire_wording"]) for row in reference_rows(responses)}
    text = DEFINITION.replace('{wave = "11", what = "options", note = "one more"}, ', "")
    db = tmp_path / "waves.sqlite"
    imported = command("import", responses, "--definition", written(tmp_path, text), "--db", db)
    assert imported.exit_code == 0, imported.output

    found = command(
        "change", "waves", "ceasefire", "--every", "wave", "--choice", "Support", "--db", db, "--format", "json"
    )

    reasons = {row["period"]: row["reason"] for row in json.loads(found.stdout)}
    assert len([1 for wave, _ in wordings if wave == "13"]) == 2
    assert reasons["13"] == "not compared: other wordings were asked than before"


def test_wordings_put_by_chance_cut_no_trend_where_few_answered() -> None:
    arm = lambda day, n: {"age": "18-29" if (day in (0, 2) or n % 2) else "60+"}  # noqa: E731
    survey = changed(wording="age")
    many, few = six_days(levels=arm), [one for one in six_days(levels=arm) if int(one.key.split("/")[1]) % 11 == 1]

    assert [one.period for one in trend_of(survey, many).breaks] == ["2025-05-19", "2025-05-20", "2025-05-21"]
    assert not trend_of(survey, few).breaks
