"""The headline number under every way of counting: each is what the same choice gives elsewhere; one row of dots."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.estimates.crowded import scanned_for_storms
from analytics.estimates.storms import StormCard
from analytics.estimates.trust.robustness import Robustness, robustness
from analytics.estimates.trust.ways import Way
from analytics.estimates.views.view import ESTIMATE_COLUMNS
from analytics.estimates.whole.topline import topline
from analytics.figures.drawing.figure import Figure, Spec
from analytics.figures.drawing.text import width_px
from analytics.figures.robustness import STRIP_PX, flags, robustness_strip
from analytics.model import Choice, Columns, Dimension, Level, Survey, Target, Weighting
from analytics.model.crowds import Crowd
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.storms.scan import Storm
from tests.surveys import AGE, MOVE, NEEDS, RIVER, SEX, TWELVE, Reader, opened, record, rows, snapshot
from tests.test_captions import FORBIDDEN
from tests.test_figures_examples import house_style

STYLE = house_style()
START = datetime(2025, 5, 18, 9, tzinfo=ZoneInfo("Europe/Berlin"))
EVERYONE = Request()
CHANNELS = ("mail", "home", "net")
LABELS = ("Newsletter", "Homepage", "Social networks")
CHANNEL = Dimension("channel", "Channel", "channel", tuple(Level(*pair) for pair in zip(CHANNELS, LABELS, strict=True)))
BY_SEX = Target(("sex",), "Register", 2024, ((("F",), 0.5), (("M",), 0.5)))
BY_AGE = Target(("age",), "Register", 2024, ((("18-29",), 0.3), (("30-59",), 0.4), (("60+",), 0.3)))
FULL = replace(
    RIVER, dimensions=(AGE, SEX, CHANNEL), targets=(BY_SEX, BY_AGE), min_base=10,
    columns=Columns(response="id", responded_at="at", weight="w", channel="channel"),
)  # fmt: skip


def crowd() -> list[Reader]:
    """Returns 360 readers over six days, whose age, sex, channel, weight and day all have to do with the answer."""
    found = []
    for at in range(360):
        age, sex, channel = ("18-29", "30-59", "60+")[at % 3], "FM"[at % 4 == 0], CHANNELS[at % 5 % 3]
        yes = (at * 7) % 10 < 3 + 2 * (age == "60+") + 2 * (channel == "net") + (at > 200)
        found.append(
            Reader(
                f"id:{at}", {"move": ("Yes" if yes else "No",), "needs": ("Bank", "Boats")[: 1 + at % 2]},
                {"age": age, "sex": sex, "channel": channel}, 1.0 + at % 3, START + timedelta(hours=at * 144 / 360),
            )
        )  # fmt: skip
    return found


CROWD = crowd()


def ways_in(store: Store, question: str = "move", request: Request = EVERYONE, choice: str | None = None) -> Robustness:
    """Returns the view of the store's survey `river`."""
    return robustness(snapshot(store), replace(request, question=question), choice)


def found_in(readers: list[Reader], survey: Survey = FULL, **asked: Any) -> Robustness:
    """Returns the view over these readers, from a store of their own."""
    with opened() as store:
        record(store, survey, readers)
        return ways_in(store, **asked)


def numbers(found: Robustness) -> dict[str, float]:
    """Returns the share of each way of counting."""
    return dict(zip(found.view.estimates["variant"], found.view.estimates["share"], strict=True))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with opened() as kept:
        record(kept, FULL, CROWD)
        yield kept


def test_every_way_that_the_store_knows_is_there_in_order(store: Store) -> None:
    found = ways_in(store)

    assert list(numbers(found)) == [
        "Not weighted", "Base weights", "Raked", "Raked, trimmed", "Raked without Sex", "Raked without Age",
        "Without Newsletter", "Without Homepage", "Without Social networks", "First half", "Second half",
    ]  # fmt: skip
    assert found.usual == Way("rake")
    assert found.view.base_n == 360
    assert len({round(share, 6) for share in numbers(found).values()}) > 8


def test_each_way_is_what_the_same_choice_gives_in_a_topline(store: Store) -> None:
    found = ways_in(store, choice="Yes")
    of = snapshot(store)
    survey = of.survey
    middle = datetime(2025, 5, 21, tzinfo=START.tzinfo)
    others = tuple(value for value in CHANNELS if value != "net")
    same: dict[str, tuple[Survey, Request]] = {
        "Not weighted": (survey, Request(weights="none")),
        "Base weights": (survey, Request(weights="base")),
        "Raked": (survey, EVERYONE),
        "Raked, trimmed": (replace(survey, weighting=Weighting(trim=(0.2, 5.0))), EVERYONE),
        "Raked without Sex": (replace(survey, targets=(BY_AGE,)), EVERYONE),
        "Raked without Age": (replace(survey, targets=(BY_SEX,)), EVERYONE),
        "Without Social networks": (survey, Request(where=(("channel", others),))),
        "First half": (survey, Request(until=middle)),
        "Second half": (survey, Request(since=middle)),
    }
    ours = found.view.estimates.set_index("variant")

    for name, (as_if, request) in same.items():
        rows = topline(replace(of, survey=as_if), replace(request, question="move")).estimates
        theirs = rows[rows["choice"] == "Yes"].iloc[0]
        for column in (
            "base_n",
            "weighted_base",
            "effective_n",
            "deff",
            "count",
            "share",
            "value",
            "se",
            "low",
            "high",
        ):
            assert ours.loc[name, column] == pytest.approx(theirs[column], rel=1e-12), (name, column)


def test_the_most_frequent_choice_is_taken_unless_one_is_named(store: Store) -> None:
    shares = {value: numbers(ways_in(store, choice=value))["Raked"] for value in ("Yes", "No", "Unsure")}

    assert ways_in(store).choice.value == max(shares, key=shares.__getitem__)
    with pytest.raises(RequestError, match="'Maybe' is no choice of question 'move'; there is: 'Yes', 'No', 'Unsure'"):
        ways_in(store, choice="Maybe")


def test_the_definitions_own_bounds_are_the_usual_way_and_untrimmed_the_other() -> None:
    bounds = (0.9, 1.1)
    trimmed = found_in(CROWD, replace(FULL, weighting=Weighting(trim=bounds)), choice="Yes")
    free = numbers(found_in(CROWD, choice="Yes"))

    assert numbers(trimmed)["Raked, not trimmed"] == pytest.approx(free["Raked"])
    assert numbers(trimmed)["Raked"] != pytest.approx(free["Raked"])
    assert "Raked, trimmed" not in numbers(trimmed)


def test_a_way_that_fails_is_listed_with_its_reason_and_the_others_stay() -> None:
    # nobody is 30 to 59: only without the target for age can this be raked at all
    readers = [reader for reader in CROWD if reader.levels["age"] != "30-59"]
    found = found_in(readers, request=Request(weights="none"))
    ours = found.view.estimates.set_index("variant")

    assert ours["suppressed"].to_dict() == {
        "Not weighted": False, "Base weights": False, "Raked": True, "Raked, trimmed": True, "Raked without Sex": True,
        "Raked without Age": False, "Without Newsletter": False, "Without Homepage": False,
        "Without Social networks": False, "First half": False, "Second half": False,
    }  # fmt: skip
    assert "the target for 'age' gives '30-59' 40%" in ours.loc["Raked", "reason"].fault
    assert ours.loc["Raked", list(ESTIMATE_COLUMNS[1:11])].isna().all()
    figure = robustness_strip(found, STYLE, "light")
    assert "Not counted: Raked (the target for 'age' gives '30-59' 40%" in figure.caption
    assert figure.table["Not shown because"].tolist()[2].startswith("the target for 'age'")


def test_where_the_usual_weights_fail_the_choice_comes_from_the_unweighted_answers() -> None:
    found = found_in([reader for reader in CROWD if reader.levels["age"] != "30-59"])

    assert found.usual == Way("rake")
    assert robustness_strip(found, STYLE, "light").title.startswith("No: between")


def test_with_one_target_none_is_left_out_and_without_any_nothing_is_raked() -> None:
    one = found_in(CROWD, replace(FULL, targets=(BY_AGE,)))
    none = found_in(CROWD, replace(FULL, targets=()))

    assert [name for name in numbers(one) if "Raked" in name] == ["Raked", "Raked, trimmed"]
    assert list(numbers(none))[:3] == ["Not weighted", "Base weights", "Without Newsletter"]
    assert none.usual == Way("base")


def test_only_channels_that_the_filter_keeps_are_left_out() -> None:
    kept = Request(where=(("channel", ("mail", "net")),))
    found = numbers(found_in(CROWD, request=kept))
    single = numbers(found_in(CROWD, request=Request(where=(("channel", ("mail",)),))))

    assert [name for name in found if name.startswith("Without")] == ["Without Newsletter", "Without Social networks"]
    assert not [name for name in single if name.startswith("Without")]


def test_of_many_channels_only_the_largest_twelve_are_left_out() -> None:
    levels = tuple(Level(f"c{at}", f"Channel {at}") for at in range(15))
    survey = replace(FULL, dimensions=(AGE, SEX, replace(CHANNEL, levels=levels)), targets=())
    readers = [
        replace(reader, levels=dict(reader.levels) | {"channel": f"c{min(at % 16, 14)}"})
        for at, reader in enumerate(CROWD)
    ]
    without = [name for name in numbers(found_in(readers, survey)) if name.startswith("Without")]

    assert len(without) == 12
    assert "Without Channel 14" in without


def test_halves_are_cut_at_whole_hours_where_most_answers_came_on_one_day() -> None:
    times = [START + timedelta(hours=at // 40) for at in range(360)] + [START + timedelta(days=3)] * 40
    readers = [
        Reader(f"id:{at}", {"move": ("Yes" if at < 200 else "No",)}, {}, 1.0, moment) for at, moment in enumerate(times)
    ]
    found = found_in(readers, replace(FULL, targets=()), request=Request(weights="none"), choice="Yes")

    assert numbers(found)["First half"] == 1.0
    assert numbers(found)["Second half"] == 0.0
    assert found.view.estimates.set_index("variant").loc["First half", "base_n"] == 200


def test_without_time_stamps_there_are_no_halves() -> None:
    found = found_in([replace(reader, at=None) for reader in CROWD])

    assert not {"First half", "Second half"} & set(numbers(found))


def test_ways_below_the_minimum_base_are_suppressed_and_left_out_of_the_sentence() -> None:
    survey = replace(FULL, targets=(), columns=replace(FULL.columns, weight=None), min_base=100)
    readers = [reader for at, reader in enumerate(CROWD) if at < 150]
    found = found_in(readers, survey, choice="Yes")
    hidden = found.view.estimates.set_index("variant")["reason"].dropna()

    assert set(hidden) == {Reason("few", 100)}
    assert {"First half", "Second half"} <= set(hidden.index)
    assert "First half (fewer than 100 answered)" in robustness_strip(found, STYLE, "light").caption


def test_too_few_answers_tell_neither_the_number_nor_which_choice_leads() -> None:
    found = found_in(list(TWELVE), replace(RIVER, min_base=30))

    assert found.choice.value == "Yes"  # the first listed, though No has more
    assert robustness_strip(found, STYLE, "light").title == "Too few answers to show"


def test_nobody_answering_is_refused_in_a_sentence(store: Store) -> None:
    nobody = Request(where=(("age", ("60+",)), ("move", ("Unsure",))))

    with pytest.raises(RequestError, match="nobody in this selection has answered"):
        ways_in(store, request=nobody)


def test_a_multiple_question_has_its_own_base(store: Store) -> None:
    found = ways_in(store, "needs", Request(weights="none"), "Boats")

    assert numbers(found)["Not weighted"] == pytest.approx(0.5)
    assert found.view.estimates["base_n"].iloc[0] == 360
    assert NEEDS.key == found.view.question.key


def test_the_command_prints_the_same_with_a_field_for_the_way(tmp_path: Path) -> None:
    path = tmp_path / "river.sqlite"
    with opened(path) as kept:
        record(kept, FULL, CROWD)
        seen = scanned_for_storms(kept, snapshot(kept))
        ours = numbers(robustness(seen, Request(question="move"), "No"))
    found = rows("robustness", "river", "move", "--choice", "No", "--db", path)

    assert list(found[0]) == [
        "question", "statistic", "choice", "choice_label", "variant", "period", *ESTIMATE_COLUMNS,
    ]  # fmt: skip
    shares = {row["variant"]: math.nan if row["share"] is None else row["share"] for row in found}
    assert shares == pytest.approx(ours, nan_ok=True)
    assert [row["weights"] for row in found][:4] == ["none", "base", "raked", "raked"]


def test_the_crowds_that_count_are_left_out_in_one_of_the_ways_and_in_no_other(store: Store) -> None:
    since = int(START.timestamp()) + 48 * 3600
    came = Crowd("channel", "net", since, since + 12 * 3600)
    card = StormCard(Storm("net", came.since, came.until, 9, 1.0, 0.001, math.nan, math.nan, ("crowd",), 9), came)
    seen = replace(snapshot(store), storms=lambda: (card,))
    move = Request(question="move")
    found, apart = robustness(seen, move, "No"), replace(seen, read=lambda wanted: seen.read_without(wanted, [came]))

    rows = topline(apart, move).estimates
    assert numbers(found)["Without crowds"] == pytest.approx(rows[rows["choice"] == "No"]["share"].item(), rel=1e-12)
    assert {name: share for name, share in numbers(found).items() if name != "Without crowds"} == pytest.approx(
        numbers(ways_in(store, choice="No"))
    )
    left_out = int(found.view.base_n - rows["base_n"].iloc[0])
    assert 0 < left_out < 30
    caption = robustness_strip(found, STYLE, "light").caption
    assert f"Without crowds: {left_out} answers that came in crowds are left out." in caption


def strip_of(shares: dict[Way, float], base_n: int = 2000, **changes: Any) -> tuple[Robustness, Figure]:
    """Returns the strip of ways made by hand, the first of them the usual one."""
    survey = replace(RIVER, **changes)
    plain = found_in(answers(100), survey, request=Request(weights="none"), choice="Yes")
    row = plain.view.estimates.iloc[0].to_dict()
    made = [
        row
        | {
            "variant": way.known_by,
            "share": share,
            "value": share,
            "low": share - 0.01,
            "high": share + 0.01,
            "base_n": base_n,
        }
        for way, share in shares.items()
    ]
    frame = plain.view.estimates.iloc[:0].reindex(range(len(made))).assign(
        **{column: [one[column] for one in made] for column in plain.view.estimates}
    )  # fmt: skip
    ways = tuple(shares)
    found = replace(plain, view=replace(plain.view, estimates=frame), ways=ways, usual=ways[0])
    return found, robustness_strip(found, STYLE, "light")


SOCIAL = Way("channel", without=("Social",))


def answers(count: int) -> list[Reader]:
    return [Reader(f"id:{at}", {"move": ("Yes" if at % 2 else "No",)}) for at in range(count)]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({Way("none"): 0.57, SOCIAL: 0.61, Way("first half"): 0.54},
         "Yes: between 54% and 61% in these 3 ways of counting; it moves most, to 61%, without Social"),
        ({Way("none"): 0.57, SOCIAL: 0.58, Way("first half"): 0.54},
         "Yes: between 54% and 58% in these 3 ways of counting; it moves most, to 54%, in the first half of the "
         "answers"),
        ({Way("rake"): 0.57, Way("base"): 0.61},
         "Yes: between 57% and 61% in these 2 ways of counting; it moves most, to 61%, with base weights"),
        ({Way("rake"): 0.57, Way("rake", without=("Age",)): 0.55},
         "Yes: between 55% and 57% in these 2 ways of counting; it moves most, to 55%, raked without Age"),
        ({Way("none"): 0.571, SOCIAL: 0.574}, "Yes: 57% in these 2 ways of counting"),
        ({Way("none"): 0.57}, "Yes: 57%; this survey knows no other way to count it"),
    ],
)  # fmt: skip
def test_the_sentence_names_the_ends_and_the_way_that_moves_it_most(shares: dict[Way, float], said: str) -> None:
    assert strip_of(shares)[1].title == said.replace(" %", "\u00a0%")


BLANK_PX = 3
Box = tuple[float, float, float, float]


def boxes(spec: Spec, width: float) -> tuple[list[Box], list[Box]]:
    """Returns where the names and their poles lie in a figure so wide, in pixels: left, top, right, bottom."""
    layout, names = spec["layout"], spec["data"][0]
    low, high = layout["xaxis"]["range"]
    inner = width - layout["margin"]["l"] - layout["margin"]["r"]
    labels, poles = [], []
    for share, y, text, side in zip(names["x"], names["y"], names["text"], names["textposition"], strict=True):
        x = (share - low) / (high - low) * inner
        wide = width_px(re.sub(r"<[^>]+>", "", text), STYLE.small)
        # Between a name and its own pole stands a blank, of which half is counted here.
        left, right = (x + BLANK_PX, x + wide) if side == "middle right" else (x - wide, x - BLANK_PX)
        labels.append((left, y - STYLE.small / 2, right, y + STYLE.small / 2))
    for shape in (one for one in layout["shapes"] if one["type"] == "line"):
        x = (shape["x0"] - low) / (high - low) * inner
        poles.append((x - 0.5, min(shape["y0"], shape["y1"]), x + 0.5, max(shape["y0"], shape["y1"])))
    return labels, poles


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


MANY = (
    Way("rake"), Way("none"), Way("base"), Way("rake", trimmed=True), Way("rake", without=("Age",)),
    Way("rake", without=("Gender",)), Way("rake", without=("Education", "Region")),
    *(Way("channel", without=(name,)) for name in ("Newsletter", "Homepage", "Social networks", "Push alerts")),
    Way("first half"), Way("second half"),
)  # fmt: skip


@pytest.mark.parametrize("width", [STRIP_PX, 380, 900])
@given(st.lists(st.floats(0.02, 0.97), min_size=2, max_size=len(MANY)))
def test_no_name_lies_on_another_or_on_a_pole(width: float, shares: list[float]) -> None:
    _, figure = cached_strip(tuple(shares))
    labels, poles = boxes(figure.spec, width)

    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    assert not [(label, pole) for label in labels for pole in poles if overlap(label, pole)]


TEMPLATE: list[Robustness] = []


def cached_strip(shares: tuple[float, ...]) -> tuple[Robustness, Figure]:
    """Returns the strip of these shares; the store behind it is made once."""
    if not TEMPLATE:
        TEMPLATE.append(strip_of(dict.fromkeys(MANY, 0.5))[0])
    found = TEMPLATE[0]
    frame = found.view.estimates.iloc[: len(shares)].assign(
        share=shares, value=shares, low=[share - 0.01 for share in shares], high=[share + 0.01 for share in shares]
    )
    made = replace(found, view=replace(found.view, estimates=frame), ways=found.ways[: len(shares)])
    return made, robustness_strip(made, STYLE, "light")


def test_names_all_on_one_side_would_lie_on_the_poles() -> None:
    """The known-bad twin: every name to the right of its pole, all on the same step."""
    _, figure = cached_strip((0.5, 0.51, 0.52))
    names = figure.spec["data"][0]
    names["y"], names["textposition"] = [names["y"][0]] * 3, ["middle right"] * 3
    labels, _ = boxes(figure.spec, 380)

    assert [pair for pair in combinations(labels, 2) if overlap(*pair)]


@given(st.lists(st.floats(0, 288), min_size=1, max_size=20), st.floats(10, 140))
def test_every_dot_has_a_flag_that_stays_on_the_line(at: list[float], width: float) -> None:
    found = flags(at, [width] * len(at), 288)

    assert len(found) == len(at)
    assert all(flag.room >= width for flag in found)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_figure_is_one_that_plotly_knows_with_a_dot_for_each_way(store: Store, mode: Any) -> None:
    found = ways_in(store)
    figure = robustness_strip(found, STYLE, mode)
    names, dots = figure.spec["data"]

    go.Figure(figure.spec)
    assert dots["x"] == pytest.approx([share * 100 for share in numbers(found).values()], abs=1e-3)
    assert len(set(dots["y"])) == 1
    assert dots["marker"]["size"].count(17) == 1
    assert [text.count("<b>") for text in names["text"]].count(2) == 1
    assert "<b>Raked</b>" in names["text"][list(numbers(found)).index("Raked")]
    low, high = figure.spec["layout"]["xaxis"]["range"]
    assert 0 <= low < min(dots["x"]) < max(dots["x"]) < high <= 100
    assert high - low >= 10
    assert f"The scale is cut, from {low:.0f} to {high:.0f}" in figure.caption
    assert "Raked to Sex (Register, 2024) and Age (Register, 2024)" in figure.caption
    assert not FORBIDDEN.search(" ".join([figure.title, figure.caption, figure.alt, *figure.table.columns]))
    assert figure.table["Way of counting"].tolist() == list(numbers(found))


def test_hostile_words_stay_words_and_made_up_answers_are_marked() -> None:
    channel = replace(CHANNEL, levels=(Level("mail", "<b>Mail</b> $x"), *CHANNEL.levels[1:]))
    question = replace(MOVE, choices=(Choice("Yes", "<i>Yes</i>"), *MOVE.choices[1:]), nets=())
    survey = replace(FULL, dimensions=(AGE, SEX, channel), questions=(question,), targets=(), simulated=True)
    readers = [replace(reader, answers={"move": reader.answers["move"]}) for reader in CROWD]
    figure = robustness_strip(found_in(readers, survey), STYLE, "light")

    assert "<b>Mail" not in str(figure.spec)
    assert "&lt;b&gt;Mail" in str(figure.spec["data"])
    assert "SIMULATED" in str(figure.spec["layout"]["annotations"])
    assert figure.alt.startswith("SIMULATED")
    assert set(figure.table["Data"]) == {"SIMULATED"}
