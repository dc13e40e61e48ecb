"""Views: what is listed, in which order, what is suppressed and why, what is refused and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from analytics.errors import RequestError, WeightingError
from analytics.estimates.newsroom import SHOWN_DAYS, Glimpse, fitted, glimpses
from analytics.estimates.views import view as of_views
from analytics.estimates.views.view import ESTIMATE_COLUMNS
from analytics.estimates.whole.topline import topline
from analytics.model import NO_ANSWER, Columns, Dimension, Level, Question, Survey, Target
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.read.status import read_glance
from tests.surveys import (
    AGE,
    BERLIN,
    MOVE,
    NEEDS,
    NOW,
    RIVER,
    TWELVE,
    Reader,
    line,
    opened,
    record,
    snapshot,
    table,
    unweighted,
)

NUMBERS = [name for name in ESTIMATE_COLUMNS if name not in ("weights", "suppressed", "reason", "flag")]
PLAIN = unweighted(RIVER)
WAVES = replace(
    PLAIN,
    dimensions=(AGE, Dimension("wave", "Wave", "wave", tuple(Level(n, n) for n in ("1", "2", "3")))),
    columns=replace(PLAIN.columns, wave="wave"),
)


@pytest.fixture
def store() -> Iterable[Store]:
    with opened() as engine:
        yield engine


def at(*when: int, zone: str = "Europe/Berlin") -> datetime:
    """Returns a moment of 2025 by the clock of the zone: month, day, hour, minute."""
    return datetime(2025, *when, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type,misc]


def answers(counts: dict[str, int], when: datetime | None = None, **levels: str) -> list[Reader]:
    """Returns so many readers who gave each answer to `move`, at that time."""
    listed = [value for value, count in counts.items() for _ in range(count)]
    mark = f"{when} {levels}"
    return [Reader(f"id:{mark} {n}", {"move": (value,)}, levels, 1.0, when) for n, value in enumerate(listed)]


def days_of_yes(store: Store, days: dict[date, tuple[int, int]], survey: Survey = PLAIN) -> None:
    """Records, for each day, so many who said Yes and so many who said No, at noon."""
    for day, (yes, no) in days.items():
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(survey.time_zone))
        record(store, survey, answers({"Yes": yes, "No": no}, noon))


def glimpse(store: Store, now: datetime) -> list[Glimpse]:
    """Returns the newsroom's list at that moment."""
    return glimpses(read_glance(store, SHOWN_DAYS), now=now)


# Rows and their order


def test_every_listed_level_appears_and_a_missing_one_last(store: Store) -> None:
    record(store, RIVER, [Reader("id:x", {"move": ("Yes",)}), *answers({"No": 2}, age="60+")])

    found = table(store, "move", ["age"])

    assert found["age"].unique().tolist() == ["18-29", "30-59", "60+", NO_ANSWER]
    assert found["suppressed"].groupby(found["age"], sort=False).first().tolist() == [True, True, False, False]
    assert set(found.query("age in ('18-29', '30-59')")["reason"]) == {Reason("nobody")}


def test_there_is_no_row_of_no_answer_where_every_level_is_known_and_never_a_total(store: Store) -> None:
    record(store, RIVER, [*TWELVE, Reader("id:x", {"move": ("Yes",)})])

    found = table(store, "move", ["age"], where=(("age", ("18-29", "60+")),))

    assert found["age"].unique().tolist() == ["18-29", "30-59", "60+"]
    assert len(found) == 3 * (3 + 2)


def test_the_texts_of_a_small_view_and_of_a_large_one_read_alike(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, RIVER, [*TWELVE, Reader("id:x", {"move": ("Yes",)})])

    small = [table(store, question, ["age"]) for question in ("move", "trust")]
    monkeypatch.setattr(of_views, "FEW_TEXTS", 0)
    large = [table(store, question, ["age"]) for question in ("move", "trust")]

    for one, other in zip(small, large, strict=True):
        assert {str(kind) for kind in one.dtypes} == {str(kind) for kind in other.dtypes}
        assert (one["choice"].dtype.storage, other["choice"].dtype.storage) == ("python", "pyarrow")
        pd.testing.assert_frame_equal(one.astype(object), other.astype(object))


def test_rows_stand_banner_by_banner_choices_in_shown_order_nets_and_mean_last(store: Store) -> None:
    record(store, RIVER, TWELVE)

    move, trust = table(store, "move", ["sex", "age"]), table(store, "trust")

    assert move[["sex", "age"]].drop_duplicates().to_numpy().tolist() == [
        [sex, age] for sex in ("F", "M", NO_ANSWER) for age in ("18-29", "30-59", "60+")
    ]
    assert move["choice"].tolist()[:6] == ["Yes", "No", "Unsure", "net", "some", "Yes"]
    assert move["statistic"].tolist()[:5] == ["share", "share", "share", "net", "net"]
    assert trust["statistic"].tolist() == ["share"] * 6 + ["mean"]
    assert trust["choice_label"].tolist()[-2:] == ["Cannot say", "Mean"]
    assert pd.isna(trust["choice"].iloc[-1])


def test_the_columns_are_those_of_the_design(store: Store) -> None:
    record(store, RIVER, TWELVE)

    found = table(store, "move", ["sex", "age"])

    assert found.columns.tolist() == [
        "question", "statistic", "choice", "choice_label", "sex", "age", "period", "weights", "base_n", "weighted_base",
        "effective_n", "deff", "count", "share", "value", "se", "low", "high", "suppressed", "reason", "flag",
    ]  # fmt: skip
    assert found["period"].isna().all()


def test_a_dimension_of_which_nothing_was_found_gives_no_groups_or_no_answer_alone(store: Store) -> None:
    channel = replace(PLAIN, dimensions=(Dimension("channel", "Channel", "channel", found=True),))
    record(store, channel)
    assert table(store, "move", ["channel"]).empty

    record(store, channel, answers({"Yes": 2}))

    assert table(store, "move", ["channel"])["channel"].unique().tolist() == [NO_ANSWER]


# Suppression


def test_below_the_minimum_base_numbers_are_missing_with_a_reason(store: Store) -> None:
    record(store, RIVER, answers({"Yes": 29}, age="18-29"), answers({"No": 30}, age="60+"))

    found = table(store, "move", ["age"], min_base=30)

    young, old = (found[found["age"] == age] for age in ("18-29", "60+"))
    assert young["suppressed"].all()
    assert set(young["reason"]) == {Reason("few", 30)}
    assert young[NUMBERS].isna().all(axis=None)
    assert not old["suppressed"].any()
    assert old["reason"].isna().all()
    assert old.query("statistic == 'share'")[NUMBERS].notna().all(axis=None)


def test_the_minimum_base_is_the_surveys_own_unless_another_is_chosen(store: Store) -> None:
    record(store, replace(PLAIN, min_base=13), TWELVE)

    assert table(store, "move")["suppressed"].all()
    assert not table(store, "move", min_base=12)["suppressed"].any()


def test_a_mean_is_suppressed_by_its_own_base(store: Store) -> None:
    crowd = [Reader(f"id:{n}", {"trust": ("4" if n else "?",)}) for n in range(5)]
    record(store, PLAIN, crowd)

    found = table(store, "trust", min_base=5)

    assert found["suppressed"].tolist() == [False] * 6 + [True]
    assert found["reason"].iloc[-1] == Reason("few", 5)


# Filters


def test_values_of_one_key_are_either_or_and_keys_are_all_of_them(store: Store) -> None:
    for age, sex, yes in [("18-29", "F", 1), ("18-29", "M", 2), ("60+", "F", 4), ("60+", "M", 8), ("30-59", "F", 16)]:
        record(store, PLAIN, answers({"Yes": yes}, age=age, sex=sex))
    record(store, PLAIN, answers({"Yes": 32}, age="60+"))

    def base(**where: Sequence[str]) -> float:
        return table(store, "move", where=tuple((key, tuple(values)) for key, values in where.items()))["base_n"].iloc[
            0
        ]

    assert base(age=["18-29"]) == 3
    assert base(age=["18-29", "60+"]) == 47
    assert base(age=["18-29", "60+"], sex=["F"]) == 5
    assert base(sex=[NO_ANSWER]) == 32
    assert base(sex=[NO_ANSWER, "M"], age=["60+"]) == 40


def test_filters_leave_the_design_and_its_weights_as_they_are(store: Store) -> None:
    record(store, RIVER, TWELVE)

    filtered = table(store, "move", where=(("age", ("60+",)),)).drop(columns="period")
    group = table(store, "move", ["age"]).query("age == '60+'").drop(columns=["age", "period"]).reset_index(drop=True)

    pd.testing.assert_frame_equal(filtered, group)


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (at(5, 19), at(5, 20), [2, 4, 8]),
        (at(5, 19, 10), None, [4, 8, 16]),
        (None, at(5, 19, 10), [1, 2]),
        (at(5, 19, 9), at(5, 19, 10), [2]),
        (at(5, 19, 0, zone="UTC"), at(5, 19, 8, zone="UTC"), [2]),
        (at(5, 19, 13, 30, zone="Asia/Kolkata"), at(5, 20), [4, 8]),
    ],
)
def test_since_is_in_and_until_is_out(
    store: Store, since: datetime | None, until: datetime | None, kept: list[int]
) -> None:
    moments = {1: at(5, 18, 23, 59), 2: at(5, 19, 9, 59), 4: at(5, 19, 10), 8: at(5, 19, 23, 59), 16: at(5, 20)}
    record(store, PLAIN, *(answers({"Yes": count}, moment) for count, moment in moments.items()))
    record(store, PLAIN, answers({"Yes": 32}))

    found = table(store, "move", since=since, until=until)

    assert found["base_n"].iloc[0] == sum(kept)


def test_all_that_cannot_be_answered_is_said_at_once_with_what_there_is(store: Store) -> None:
    record(store, PLAIN, TWELVE)

    with pytest.raises(RequestError) as refused:
        table(
            store, "move", ["aeg", "sex", "sex"], where=(("age", ("18-92",)), ("sexx", ("F",))), weights="raked",
            since=at(5, 19, 10, 30), until=at(5, 19, 9), min_base=0,
        )  # fmt: skip

    said = str(refused.value)
    assert "'aeg' is no dimension or question of survey 'river' (did you mean 'age'?)" in said
    assert "there is: 'age', 'sex', 'move', 'trust', 'needs'" in said
    assert "'sex' stands twice in the banner" in said
    assert "'18-92' is no level of 'age' (did you mean '18-29'?)" in said
    assert "'sexx' is no dimension or question" in said
    assert "since is 2025-05-19T10:30:00+02:00, expected a whole hour in Europe/Berlin" in said
    assert "since (2025-05-19T10:30:00+02:00) is not before until (2025-05-19T09:00:00+02:00)" in said
    assert "raked weights need targets" in said
    assert "the minimum base is 0, expected 5 or more" in said
    assert len(said.splitlines()) == 8


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("mvoe", "'mvoe' is no question of survey 'river' (did you mean 'move'?); there is: 'move', 'why', 'new'"),
        ("why", "question 'why' takes free text and has no shares"),
        ("new", "question 'new' has no choices yet: nobody has answered it, and its definition lists none"),
    ],
)
def test_a_question_that_cannot_be_counted_is_refused(store: Store, question: str, sentence: str) -> None:
    of_words, unanswered = Question("why", "Why?", "text", "why"), Question("new", "New?", "single", "new", ())
    record(store, replace(PLAIN, questions=(MOVE, of_words, unanswered)))

    with pytest.raises(RequestError) as refused:
        table(store, question)

    assert sentence in str(refused.value)


def test_a_whole_hour_elsewhere_that_is_none_here_is_refused(store: Store) -> None:
    record(store, PLAIN, TWELVE)

    with pytest.raises(RequestError, match="expected a whole hour in Europe/Berlin"):
        table(store, "move", since=at(5, 19, 14, zone="Asia/Kolkata"))


# Weights


def test_base_weights_are_the_default_where_there_is_a_weight_column_and_none_elsewhere(store: Store) -> None:
    record(store, RIVER, TWELVE)

    by_default, without = table(store, "move"), table(store, "move", weights="none")

    assert set(by_default["weights"]) == {"base"}
    assert set(without["weights"]) == {"none"}
    assert without["share"].tolist()[:3] == pytest.approx([5 / 12, 5 / 12, 2 / 12])
    assert without["deff"].tolist() == [1.0] * 5


def test_base_weights_without_a_weight_column_are_refused(store: Store) -> None:
    record(store, PLAIN, TWELVE)

    with pytest.raises(RequestError, match="base weights need a weight column"):
        table(store, "move", weights="base")
    assert set(table(store, "move")["weights"]) == {"none"}


# Trends


def test_empty_days_appear_and_the_periods_are_named(store: Store) -> None:
    days_of_yes(store, {date(2025, 5, 18): (3, 1), date(2025, 5, 20): (1, 1)})

    found = line(store, "move", "day").estimates

    assert found["period"].unique().tolist() == ["2025-05-18", "2025-05-19", "2025-05-20"]
    assert found.query("period == '2025-05-19'")["reason"].unique().tolist() == [Reason("nobody")]
    assert found.query("choice == 'Yes'")["count"].tolist()[::2] == [3, 1]


@pytest.mark.parametrize(
    ("every", "labels", "counts"),
    [
        ("week", ["2025-04-28", "2025-05-05", "2025-05-12"], [1, 2, 4]),
        ("month", ["2025-04", "2025-05"], [1, 6]),
        ("day", [*(f"2025-04-{n}" for n in (29, 30)), *(f"2025-05-{n:02}" for n in range(1, 13))], [1, 2, 4]),
    ],
)
def test_weeks_are_named_by_their_monday_and_months_by_their_number(
    store: Store, every: str, labels: list[str], counts: list[int]
) -> None:
    days_of_yes(store, {date(2025, 4, 29): (1, 0), date(2025, 5, 11): (2, 0), date(2025, 5, 12): (4, 0)})

    found = line(store, "move", every).estimates.query("choice == 'Yes'")

    assert found["period"].tolist() == labels
    assert found["count"].dropna().tolist() == counts


def test_hours_of_the_day_on_which_the_clocks_go_back(store: Store) -> None:
    first = at(10, 26, 1, zone="Europe/Berlin").astimezone(UTC)
    for hour in range(4):
        record(store, PLAIN, answers({"Yes": 1 + hour}, first + timedelta(hours=hour, minutes=40)))

    found = line(store, "move", "hour").estimates.query("choice == 'Yes'")

    assert dict(zip(found["period"], found["count"], strict=True)) == {
        "2025-10-26T01:00+02:00": 1,
        "2025-10-26T02:00+02:00": 2,
        "2025-10-26T02:00+01:00": 3,
        "2025-10-26T03:00+01:00": 4,
    }


def test_days_cut_at_an_hour_count_only_what_is_inside(store: Store) -> None:
    record(store, PLAIN, *(answers({"Yes": n}, at(5, 19, hour)) for n, hour in ((1, 8), (2, 16), (4, 23))))
    record(store, PLAIN, answers({"Yes": 8}, at(5, 20, 1)))

    found = line(store, "move", "day", since=at(5, 19, 16), until=at(5, 20, 1)).estimates

    assert found.query("choice == 'Yes'")[["period", "count"]].to_numpy().tolist() == [["2025-05-19", 6]]


def test_answers_without_a_time_are_left_out_of_trends_and_counted(store: Store) -> None:
    record(store, PLAIN, answers({"Yes": 2}, at(5, 19)), answers({"No": 3}))
    record(store, PLAIN, [Reader("id:blank", {"move": ()}), *answers({"No": 5}, age="60+")])

    view, narrow = line(store, "move", "day"), line(store, "move", "day", where=(("age", ("60+",)),))

    assert (view.undated, view.base_n) == (8, 2)
    assert (narrow.undated, narrow.base_n) == (5, 0)
    assert narrow.estimates.empty
    assert table(store, "move")["base_n"].iloc[0] == 10


def test_the_undated_of_a_multiple_question_are_people_not_ticks(store: Store) -> None:
    record(
        store, PLAIN, [Reader("id:1", {"needs": ("Bank", "Boats")}), Reader("id:2", {"needs": ("Bank",)}, at=at(5, 19))]
    )

    assert line(store, "needs", "day").undated == 1


@pytest.mark.parametrize(
    ("now", "closes", "unfinished"),
    [
        (at(5, 20, 23, 59), None, ("2025-05-20",)),
        (at(5, 21), None, ()),
        (at(5, 20, 12), date(2025, 5, 20), ("2025-05-20",)),
        (at(5, 20, 12), date(2025, 5, 19), ()),
    ],
)
def test_the_last_period_is_unfinished_while_it_and_the_survey_run(
    store: Store, now: datetime, closes: date | None, unfinished: tuple[str, ...]
) -> None:
    days_of_yes(store, {date(2025, 5, 18): (1, 0), date(2025, 5, 20): (1, 0)}, replace(PLAIN, closes=closes))

    assert line(store, "move", "day", now=now).unfinished == unfinished


def test_a_week_and_a_month_run_until_their_last_day_is_over(store: Store) -> None:
    days_of_yes(store, {date(2025, 5, 20): (1, 0)})

    assert line(store, "move", "week", now=at(5, 25, 23)).unfinished == ("2025-05-19",)
    assert line(store, "move", "week", now=at(5, 26)).unfinished == ()
    assert line(store, "move", "month", now=at(5, 27, 11)).unfinished == ("2025-05",)
    assert line(store, "move", "month", now=at(5, 31, 23)).unfinished == ()  # closed: nobody answered for a week
    assert line(store, "move", "hour", now=at(5, 20, 12, 59)).unfinished == ("2025-05-20T12:00+02:00",)


def test_a_trend_by_group_has_every_group_in_every_period(store: Store) -> None:
    record(store, PLAIN, answers({"Yes": 2}, at(5, 18), sex="F"), answers({"No": 3}, at(5, 20), sex="M"))

    found = line(store, "move", "day", by=["sex"]).estimates.query("choice == 'Yes'")

    assert found[["sex", "period"]].to_numpy().tolist() == [
        [sex, f"2025-05-{day}"] for sex in ("F", "M") for day in (18, 19, 20)
    ]
    assert found["base_n"].fillna(0).tolist() == [2, 0, 0, 0, 0, 3]


@pytest.mark.parametrize("window", [1, 3, 10**9])
def test_a_window_over_nothing_is_nothing(store: Store, window: int) -> None:
    days_of_yes(store, {date(2025, 5, 18): (1, 0)})

    found = line(store, "move", "day", window=window, since=at(6, 1))

    assert (len(found.estimates), found.base_n, found.unfinished) == (0, 0, ())


def test_waves_are_designs_of_their_own_and_those_without_an_answer_appear(store: Store) -> None:
    for wave, counts in (("1", {"Yes": 3, "No": 1}), ("3", {"Yes": 1, "No": 1})):
        record(store, WAVES, answers(counts, wave=wave))
    record(store, WAVES, answers({"Yes": 9}))

    found = line(store, "move", "wave").estimates.query("choice == 'Yes'")

    assert found["period"].tolist() == ["1", "2", "3"]
    assert found["base_n"].fillna(0).tolist() == [4, 0, 2]
    assert found["se"].tolist()[0] == pytest.approx((0.75 * 0.25 / 3) ** 0.5)
    assert found["se"].tolist()[2] == pytest.approx((0.5 * 0.5 / 1) ** 0.5)
    assert found["reason"].tolist()[1] == Reason("nobody")


def test_the_last_wave_may_be_the_empty_one(store: Store) -> None:
    record(store, WAVES, answers({"Yes": 2}, wave="1"), answers({"Yes": 2}, wave="2"))

    assert line(store, "move", "wave").estimates["period"].unique().tolist() == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("every", "options", "sentence"),
    [
        ("day", {"window": 0}, "the window is 0 periods, expected 1 or more"),
        ("wave", {}, "survey 'river' has no waves: name the wave column"),
    ],
)
def test_trends_that_make_no_sense_are_refused(
    store: Store, every: str, options: dict[str, Any], sentence: str
) -> None:
    record(store, PLAIN, TWELVE)

    with pytest.raises(RequestError, match=sentence):
        line(store, "move", every, **options)


def test_waves_take_no_window_and_no_banner_of_waves(store: Store) -> None:
    record(store, WAVES, answers({"Yes": 2}, wave="1"))

    with pytest.raises(RequestError, match="no trailing window"):
        line(store, "move", "wave", window=2)
    with pytest.raises(RequestError, match="cannot also be broken down by wave"):
        line(store, "move", "wave", by=["wave"])


# The newsroom's list


def test_the_survey_with_the_newest_answer_stands_first_and_one_without_answers_last(store: Store) -> None:
    for key, moment in (("old", at(5, 18)), ("none", None), ("new", at(5, 20)), ("middle", at(5, 19))):
        record(store, replace(PLAIN, key=key), answers({"Yes": 1}, moment) if moment else [])

    found = glimpse(store, NOW)

    assert [row.survey.key for row in found] == ["new", "middle", "old", "none"]
    assert found[-1].shares == ()
    assert (found[-1].counted, found[-1].today, found[-1].last_at) == (0, 0, None)


def test_today_is_the_day_of_the_surveys_own_zone(store: Store) -> None:
    record(store, PLAIN, answers({"Yes": 3}, at(5, 19, 0, 30)), answers({"No": 5}, at(5, 18, 23, 30)))
    record(store, PLAIN, [Reader("id:blank", {}, at=at(5, 19, 0, 40))])

    before, after = (glimpse(store, now)[0] for now in (at(5, 18, 23, 59), at(5, 19, 0, 59)))

    assert (before.today, after.today) == (5, 4)
    assert (after.counted, after.base_n) == (9, 8)


def test_a_movement_is_settled_where_it_holds_however_often_one_looks(store: Store) -> None:
    days_of_yes(store, {date(2025, 5, 18): (150, 150), date(2025, 5, 19): (240, 60)})
    days_of_yes(store, {date(2025, 5, 18): (150, 150), date(2025, 5, 19): (180, 120)}, replace(PLAIN, key="calm"))
    closed = replace(PLAIN, key="closed", closes=date(2025, 5, 20))
    days_of_yes(store, {date(2025, 5, 18): (150, 150), date(2025, 5, 19): (180, 120)}, closed)

    moved = {row.survey.key: row.movement for row in glimpse(store, datetime(2025, 5, 22, 12, tzinfo=UTC))}

    assert {key: (one.choice, one.settled, one.since) for key, one in moved.items() if one} == {
        "river": ("Yes", True, date(2025, 5, 18)),
        "calm": ("Yes", False, date(2025, 5, 18)),  # one look would call it clear
        "closed": ("Yes", True, date(2025, 5, 18)),  # and one look is all there is
    }
    assert {key: one.closed for key, one in moved.items() if one} == {"river": False, "calm": False, "closed": True}
    assert [one.points for one in moved.values() if one] == pytest.approx([30.0, 10.0, 10.0])


def test_a_movement_until_today_is_one_since_yesterday(store: Store) -> None:
    days_of_yes(store, {date(2025, 5, 18): (50, 50), date(2025, 5, 19): (50, 50)})

    on_the_day, later = (
        glimpse(store, datetime(2025, 5, day, 14, tzinfo=UTC))[0].movement for day in (19, 20)
    )  # fmt: skip

    assert on_the_day is not None
    assert later is not None
    assert (on_the_day.until_today, later.until_today) == (True, False)


def test_a_survey_that_weights_leave_worth_too_little_shows_no_shares(store: Store) -> None:
    heavy = [Reader("id:heavy", {"move": ("Yes",)}, weight=900.0)]
    record(store, replace(RIVER, min_base=30), [*answers({"Yes": 40, "No": 60}), *heavy])

    row = glimpse(store, NOW)[0]

    assert (row.shares, row.base_n) == ((), 101)


def test_a_movement_needs_two_days_in_a_row_with_enough_answers(store: Store) -> None:
    for key, days in {
        "thin": {18: (50, 50), 19: (5, 3)}, "gap": {17: (50, 50), 19: (50, 50)}, "alone": {19: (50, 50)},
    }.items():  # fmt: skip
        days_of_yes(
            store, {date(2025, 5, n): counts for n, counts in days.items()}, replace(PLAIN, key=key, min_base=30)
        )

    assert [row.movement for row in glimpse(store, NOW)] == [None, None, None]


def test_what_came_before_the_days_shown_is_in_the_shares(store: Store) -> None:
    days_of_yes(store, {date(2025, 4, 1): (90, 10), date(2025, 5, 5): (5, 5), date(2025, 5, 19): (1, 3)})
    record(store, PLAIN, answers({"Yes": 4}))

    row = glimpse(store, NOW)[0]

    assert row.shares == pytest.approx((100 / 118, 18 / 118, 0))


def test_below_the_minimum_base_the_list_shows_no_shares(store: Store) -> None:
    record(store, replace(PLAIN, min_base=13), TWELVE)

    row = glimpse(store, NOW)[0]

    assert (row.shares, row.leader, row.movement, row.base_n, row.counted) == ((), None, None, 12, 12)


def test_the_list_gives_the_same_shares_as_the_topline(store: Store) -> None:
    needs_first = replace(RIVER, key="needs", questions=(NEEDS,))
    ticked = [("Bank", "Boats"), ("Bank",), ("",), ("Bridge",)]
    record(store, RIVER, TWELVE)
    record(store, needs_first, [Reader(f"id:{n}", {"needs": t}, {}, 1.0 + n) for n, t in enumerate(ticked)])

    shares = {row.survey.key: (row.shares, row.weighted) for row in glimpse(store, NOW)}

    for key, question in (("river", "move"), ("needs", "needs")):
        topline = table(store, question, key=key).query("statistic == 'share'")["share"].tolist()
        assert shares[key] == (pytest.approx(tuple(topline)), True)


def test_a_row_fitted_to_targets_says_what_the_page_of_the_survey_says(store: Store) -> None:
    half = Target(("sex",), "Census", 2024, ((("F",), 0.5), (("M",), 0.5)))
    days = [
        *answers({"Yes": 30, "No": 10}, at(5, 1, 12), sex="F"), *answers({"No": 40}, at(5, 1, 12), sex="M"),
        *answers({"Yes": 60, "No": 60}, at(5, 18, 12), sex="F"), *answers({"Yes": 2, "No": 8}, at(5, 18, 12), sex="M"),
        *answers({"Yes": 30, "No": 10}, at(5, 19, 12), sex="F"), *answers({"Yes": 5, "No": 45}, at(5, 19, 12), sex="M"),
        *answers({"Yes": 7}, at(5, 19, 12)),
    ]  # fmt: skip
    record(store, replace(PLAIN, targets=(half,)), days)
    plain = glimpse(store, NOW)[0]
    row = fitted(snapshot(store), plain)

    topline = table(store, "move").query("statistic == 'share'")
    assert (row.weighted, row.base_n) == (True, topline["base_n"].iloc[0])
    assert row.shares == pytest.approx(tuple(topline["share"]))
    by_day = line(store, "move", "day").estimates.query("choice == 'No' and statistic == 'share' and share.notna()")
    *_, before, last = by_day["share"]
    assert row.movement is not None
    assert plain.movement is not None
    assert row.movement.points == pytest.approx(100 * (last - before))
    assert plain.movement.points != pytest.approx(row.movement.points, abs=3)
    assert plain.shares != pytest.approx(row.shares, abs=0.03)


def test_a_row_of_which_nobody_can_be_weighted_is_refused(store: Store) -> None:
    half = Target(("sex",), "Census", 2024, ((("F",), 0.5), (("M",), 0.5)))
    record(store, replace(PLAIN, targets=(half,)), answers({"Yes": 40}, at(5, 19, 12)))

    with pytest.raises(WeightingError, match="nobody to weight"):
        fitted(snapshot(store), glimpse(store, NOW)[0])


@pytest.mark.parametrize(
    ("closes", "now", "is_open"),
    [
        (None, at(5, 26, 12), True),
        (None, at(5, 26, 13), False),
        (date(2025, 5, 19), at(5, 19, 23, 59), True),
        (date(2025, 5, 19), at(5, 20), False),
    ],
)
def test_a_survey_is_open_until_its_last_day_is_over_in_its_zone(
    store: Store, closes: date | None, now: datetime, is_open: bool
) -> None:
    record(store, replace(PLAIN, closes=closes), [replace(one, at=at(5, 19, 12)) for one in TWELVE])

    assert glimpse(store, now)[0].is_open is is_open


def test_of_answers_without_times_nobody_says_that_they_still_come_in_or_are_over(store: Store) -> None:
    record(store, PLAIN, [replace(one, at=None) for one in TWELVE])

    row, lead = glimpse(store, NOW)[0], topline(snapshot(store), Request(question="move")).lead

    assert (row.is_open, row.is_closed) == (False, False)
    assert lead is not None
    assert lead.closed


def test_a_survey_of_free_text_alone_has_no_question_to_show(store: Store) -> None:
    text_only = Survey("letters", "Letters", "UTC", (Question("why", "Why?", "text", "why"),), (), Columns())
    record(store, text_only, [Reader("id:1", {}, at=at(5, 19))])

    row = glimpse(store, NOW)[0]

    assert (row.question, row.shares, row.counted) == (None, (), 1)
    assert row.last_at == at(5, 19).astimezone(BERLIN)
