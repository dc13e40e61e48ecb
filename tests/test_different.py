"""What was different on the day that stood out: the demo's 22 May, when many came from one forum within an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from analytics.estimates.crowded import storms_within, with_storms
from analytics.estimates.storms import StormCard
from analytics.estimates.time.different import Different, different
from analytics.estimates.time.jumps import jump, split_jump
from analytics.estimates.time.split import split_change
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.topline import topline
from analytics.exports.export import export_of
from analytics.figures.trend import trend_lines
from analytics.kinds.topline import make
from analytics.model import Choice, Dimension, Level, Question, Snapshot
from analytics.model.crowds import Crowd
from analytics.model.finish import Finish
from analytics.model.request import Request
from analytics.store.tables.opening import open_store
from analytics.storms.scan import Storm
from analytics.words.different import crowded_sentences, different_sentences, unusual_sentence
from analytics.words.periods import span_of
from analytics.words.split import held_sentences
from tests.made.demo import demo_copied
from tests.surveys import MOVE, RIVER, Reader, opened, record, snapshot, unweighted
from tests.test_figures_examples import house_style

STYLE = house_style()
BY_DAY = Request(question="pressure", every="day")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    file = demo_copied(tmp_path_factory, tmp_path_factory.mktemp("demo") / "db.sqlite")
    return snapshot(open_store(str(file)), "ceasefire-2025")


@pytest.fixture(scope="module")
def found(demo: Snapshot) -> Different:
    one = trend(demo, BY_DAY).outliers[0]
    return different(demo, BY_DAY, one.period, one.choice, one.share, span_of(one.period, "day"))


def test_the_demos_22_may_is_named_in_title_and_figure(demo: Snapshot) -> None:
    view = trend(demo, BY_DAY)
    figure = trend_lines(view, STYLE, "light")

    assert [one.period for one in view.outliers][:2] == ["2025-05-22"] * 2
    assert figure.title == "No held at 61%, except on 18 May (52%) and 22 May (41%)"
    assert [note["x"] for note in figure.spec["layout"]["annotations"] if "22 May" in note["text"]] == [
        "2025-05-22T12:00:00"
    ]


@pytest.mark.parametrize("highlight", ["", "n", "y"])
def test_a_day_that_stands_out_is_labelled_at_the_line_of_the_title_and_covers_no_line(
    demo: Snapshot, highlight: str
) -> None:
    view = trend(demo, BY_DAY)
    values = {choice.label: choice.value for choice in view.question.choices}
    style = replace(STYLE, finish=Finish(highlight=values[{"n": "No", "y": "Yes"}[highlight]] if highlight else ""))
    figure = trend_lines(view, style, "light")
    layout = figure.spec["layout"]
    notes = [one for one in layout["annotations"] if one.get("showarrow")]
    labels = [one["text"] for one in notes]

    # between the crossing lines of 22 May a phone has no room: the label stands farther off and names its line
    assert {"18 May <b>52%</b>", "No, 22 May <b>41%</b>"} <= set(labels)
    assert ("Yes, 22 May <b>49%</b>" in labels) == (highlight == "y")
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    free = [one for one in notes if one.get("ayref") == "y"]
    assert len(free) == len(notes)
    for label in free:
        half = (STYLE.small * 1.3 / 2 + 1) / plot * 100
        for trace in figure.spec["data"]:
            if trace.get("fill") or trace["mode"] != "lines":
                continue
            drawn = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
            at = next((place for place, (x, _) in enumerate(drawn) if x == label["x"]), None)
            if at is not None and label["ax"]:  # it stands over the period beside its own
                at += 1 if label["ax"] > 0 else -1
            near = drawn[max(at - 1, 0) : at + 2] if at is not None else []
            assert not near or not (
                min(y for _, y in near) < label["ay"] + half and label["ay"] - half < max(y for _, y in near)
            ), (label["text"], trace["name"])


def test_the_words_for_a_trend_name_the_days_that_its_title_names(demo: Snapshot) -> None:
    alt = trend_lines(trend(demo, BY_DAY), STYLE, "light").alt

    assert "No: from 52% (18 May) to 61% (28 May); unlike other days: 18 May (52%) and 22 May (41%)." in alt


def test_the_forum_the_hour_and_the_silent_are_named(found: Different) -> None:
    traits = {(one.key, one.value): (one.part, one.usual) for one in found.traits}

    assert ("channel", "Social") in traits
    assert ("", "14") in traits
    assert all(part > usual + 0.1 for part, usual in traits.values())


def test_without_those_who_came_from_there_the_day_is_like_the_others(demo: Snapshot, found: Different) -> None:
    assert found.left_out is not None
    assert found.without is not None
    assert found.without < 0.3 < 0.45 < found.share
    assert found.left_out.value not in found.kept

    words = " ".join(different_sentences(found, demo.survey.questions[0], demo.survey, "22 May", STYLE))
    assert "Channel: Social" in words
    assert f"Yes stands at {round(100 * found.without)}%, not at 49% (22 May)." in words


def test_of_the_jump_of_22_may_it_is_said_how_much_stays_with_the_groups_held_as_before(demo: Snapshot) -> None:
    found = jump(trend(demo, BY_DAY))
    assert found is not None
    assert (found.choice, found.before, found.after) == ("Yes", "2025-05-21", "2025-05-22")

    split = split_change(demo, BY_DAY, periods=(found.before, found.after), choice=found.choice)
    told = held_sentences(split, STYLE)

    # channels and ages explain more than half of it; what is left is the forum, which came by one of them
    assert told[0].startswith(
        "Yes, 21 May to 22 May: +24.0 points. With the groups’ shares held as before: +10.7 (+7.2"
    )
    assert told[1].startswith("Held: Channel, Age, Gender, Region and Reads us. What nobody recorded cannot be held")
    assert 0 < split.parts.held.low < split.parts.held.value < split.parts.same_groups.value


def test_a_clear_step_without_a_day_that_stands_out_is_a_jump_and_hours_and_smoothed_lines_have_none(
    demo: Snapshot,
) -> None:
    week = jump(trend(demo, Request(question="pressure", every="week")))

    assert week is not None
    assert (week.choice, week.before, week.after, week.outlier) == ("No", "2025-05-12", "2025-05-19", None)
    for calm in (Request(question="pressure", every="hour"), Request(question="pressure", every="day", window=3)):
        assert jump(trend(demo, calm)) is None


def test_a_topline_names_the_days_it_holds_that_stand_out_and_its_share_without_them(demo: Snapshot) -> None:
    told = unusual_sentence(topline(demo, Request(question="pressure")), trend(demo, BY_DAY), STYLE)
    calm = trend(demo, replace(BY_DAY, where=(("channel", ("Newsletter",)),)))

    assert told == "Without 18 May and 22 May, which were unlike other days, 61% say No."
    assert unusual_sentence(topline(demo, Request(question="pressure")), calm, STYLE) == ""


def test_a_file_of_the_topline_names_the_days_that_its_number_holds(demo: Snapshot) -> None:
    figure = export_of(make(demo, Request(question="pressure")), STYLE).figure

    assert "Without 18 May and 22 May, which were unlike other days, 61% say No." in figure.picture_caption
    assert "Over time" not in export_of(make(demo, Request(question="trust")), STYLE).figure.picture_caption


def test_a_column_that_holds_one_value_in_all_waves_but_one_is_named_as_what_was_different() -> None:
    waves = Dimension("wave", "Wave", "wave", tuple(Level(str(n), str(n), (str(n),)) for n in range(1, 6)))
    asked = Question(
        "how", "How it was asked", "single", "how",
        tuple(Choice(value, value, None, (value,)) for value in ("with goals", "without goals")),
    )  # fmt: skip
    plain = unweighted(RIVER)
    study = replace(
        plain, questions=(*RIVER.questions, asked), dimensions=(*RIVER.dimensions, waves),
        columns=replace(plain.columns, wave="wave", responded_at=None),
    )  # fmt: skip
    people = [
        Reader(
            f"id:{wave}/{n}",
            {"move": ("Yes" if n % 10 < (6 if wave == 5 else 4) else "No",),
             "how": ("without goals" if wave == 5 and n % 2 else "with goals",)},
            {"wave": str(wave), "age": "60+"},
        )
        for wave in range(1, 6)
        for n in range(200)
    ]  # fmt: skip
    with opened() as store:
        record(store, study, people)
        looked = snapshot(store)
        by_wave = Request(question="move", every="wave")
        last, before = (different(looked, by_wave, wave, "Yes", 0.6, None) for wave in ("5", "4"))

    assert [(one.key, one.value, one.part, one.usual) for one in last.traits] == [("how", "without goals", 0.5, 0.0)]
    assert before.traits == ()
    told = different_sentences(last, looked.survey.questions[0], looked.survey, "wave 5", STYLE)
    assert told == ["How it was asked: without goals: 50% of the answers (wave 5), 0% otherwise."]


def test_a_crowd_is_named_though_single_hours_and_small_groups_of_other_days_are_too_few_to_show() -> None:
    start = datetime(2025, 5, 1, tzinfo=UTC)
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 3 else "No",)}, {"age": "60+"},
               at=start + timedelta(days=day, hours=6 + n % 15))
        for day in range(10) for n in range(120)
    ]  # fmt: skip
    crowd = [
        Reader(
            f"id:crowd/{n}", {"move": ("No",)}, {"age": "60+"}, at=start + timedelta(days=9, hours=18, seconds=3 * n)
        )
        for n in range(600)
    ]
    with opened() as store:
        record(store, replace(unweighted(RIVER), min_base=30), [*people, *crowd])
        looked = snapshot(store)
        by_day = Request(question="move", every="day")
        view = trend(looked, by_day)
        (day,) = {one.period for one in view.outliers}
        told = different(looked, by_day, day, "No", 0.9, span_of(day, "day"))

    (hour,) = told.traits
    zone = ZoneInfo(looked.survey.time_zone)
    assert (hour.key, hour.value) == ("", f"{(start + timedelta(days=9, hours=18)).astimezone(zone):%H}")
    assert (hour.part, hour.usual) == (pytest.approx(608 / 720), pytest.approx(72 / 1080))

    since = int((start + timedelta(days=9, hours=18)).timestamp())
    storm = Storm("forum.example", since, since + 1800, 600, 4.0, 0.0001, float("nan"), float("nan"), ("crowd",), 600)
    card = StormCard(storm, Crowd("referrer", "forum.example", since, since + 1800))
    crowded = with_storms(view, (card,))
    assert storms_within(crowded, *span_of("2025-05-09", "day")) == ()
    first, split = crowded_sentences(crowded, storms_within(crowded, *span_of(day, "day")), STYLE)
    assert first.startswith("600 responses from forum.example, 10 May 2025")
    assert split == "While a crowd counts, its periods are not split into minds and audience."
    quiet = Different(day, "No", 0.9, ())
    said = [different_sentences(quiet, MOVE, RIVER, "10 May", STYLE, crowded=crowded) for crowded in (False, True)]
    assert said == [["No group and no hour was over-represented (10 May)."], []]


def test_a_change_between_two_levels_is_split_over_the_spans_of_its_title_and_not_over_two_of_their_days() -> None:
    rose, yes = 9, {5: 36, 9: 54}
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 100 < yes.get(day, 40 if day < rose else 50) else "No",)},
               {"age": "60+" if n % 2 else "18-29"}, at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day in range(1, 13) for n in range(300)
    ]  # fmt: skip
    with opened() as store:
        record(store, unweighted(RIVER), people)
        looked, by_day = snapshot(store), Request(question="move", every="day")
        view = trend(looked, by_day)
        found = jump(view)
        assert found is not None
        assert found.step is not None
        spans = [
            (span_of(first, "day")[0], span_of(last, "day")[1])
            for first, last in (found.step.earlier, found.step.later)
        ]
        split = split_jump(looked, by_day, found, spans)
    told = held_sentences(split, STYLE)[0]

    assert (found.before, found.after) == ("2025-05-08", "2025-05-09")
    assert abs(split.parts.change.value) == pytest.approx(abs(found.step.after - found.step.before))
    assert told.startswith("No, 1–8 May 2025 to 9–12 May 2025: −12 points.")  # No leads in all
    assert "half" not in told


MEANS = [
    Reader(
        f"id:{day}/{n}", {"trust": ("5" if n % 10 < (3 if day < 9 else 7) else "?" if n % 10 == 9 else "1",)},
        {"age": "60+" if n % 2 else "18-29"}, at=datetime(2025, 5, day, 12, tzinfo=UTC),
    )
    for day in range(1, 13) for n in range(300)
]  # fmt: skip


def test_a_scale_told_by_its_mean_jumps_where_the_mean_does_and_the_change_is_told_in_its_steps() -> None:
    with opened() as store:
        record(store, unweighted(RIVER), MEANS)
        looked, by_day = snapshot(store), Request(question="trust", every="day")
        found = jump(trend(looked, by_day))
        assert found is not None
        assert found.step is not None
        spans = [(span_of(first, "day")[0], span_of(last, "day")[1]) for first, last in
                 (found.step.earlier, found.step.later)]  # fmt: skip
        split = split_jump(looked, by_day, found, spans)

    told = held_sentences(split, STYLE)[0]
    # 3 of 9 with a step gave 5 and the others 1, then 7 of 9: from 21/9 to 37/9, and both groups alike
    assert split.parts.change.value * 4 == pytest.approx(16 / 9)
    assert told.startswith(
        "Mean, 1–8 May 2025 to 9–12 May 2025: +1.8. With the groups’ shares held as before: +1.8 (+1."
    )


def test_of_a_day_on_which_the_mean_stood_out_it_is_said_what_the_mean_is_without_those_who_came() -> None:
    def says(day: int, n: int) -> Reader:
        crowd = day == 6 and n >= 200
        return Reader(
            f"id:{day}/{n}", {"trust": ("5" if crowd else "12"[n % 2],)},
            {"age": "18-29" if crowd or n % 4 == 0 else "60+"},
            at=datetime(2025, 5, day, 8 + n % 12, tzinfo=UTC),
        )  # fmt: skip

    with opened() as store:
        record(
            store, unweighted(RIVER), [says(day, n) for day in range(1, 13) for n in range(500 if day == 6 else 200)]
        )
        looked, by_day = snapshot(store), Request(question="trust", every="day")
        (one,) = trend(looked, by_day).outliers
        told = different(looked, by_day, one.period, one.choice, one.share, span_of(one.period, "day"))
        words = different_sentences(told, looked.survey.questions[1], looked.survey, "6 May", STYLE)

    assert told.left_out is not None
    assert words[-1] == "Without Age: 18-29, the mean stands at 1.7, not at 3.6 (6 May)."
