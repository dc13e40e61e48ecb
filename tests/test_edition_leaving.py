"""What figures that leave tell: editions take it as known, and the desk says where it tells of few readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.editions.edition import edition_of, to_points, to_step
from analytics.editions.telling import of_few, rows_of_few
from analytics.editions.told import TIME, ToldCount, told_by, told_in
from analytics.errors import FewError, RequestError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.exports.export import export_of
from analytics.exports.report import SEEN_AS_VIEWERS, report_of, survey_report
from analytics.figures.drawing.style import read_style, style_file
from analytics.kinds.kind import AS_VIEWERS
from analytics.kinds.table import address_of, make
from analytics.model import Snapshot
from analytics.model.access import VIEWERS
from analytics.model.request import Request, Where
from analytics.published.few import few_told, few_told_in
from analytics.published.leaving import register_export
from analytics.published.review import review
from analytics.statistics.hiding import bounds, hidden, small
from analytics.statistics.lattice import Lattice
from analytics.store.place.connections import Store
from analytics.store.tables.figures import read_figures, read_told
from analytics.watches.sight import with_edition
from tests.chosen import few_of
from tests.made.guesses import ANSWERS, TOWN, answer_of, crowd, day_of
from tests.surveys import NOW, Reader, opened, record, snapshot


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Store, Snapshot]]:
    with opened() as store:
        record(store, TOWN, crowd(1_500))
        yield store, snapshot(store)


def test_a_count_of_fewer_than_ten_or_of_all_but_so_many_is_named(town: tuple[Store, Snapshot]) -> None:
    by_age = crosstab(town[1], Request(question="move", by=("age",)))
    found = of_few(by_age)

    assert found
    assert all(0 < one.count < 10 or 0 < one.base - one.count < 10 for one in found)
    assert of_few(topline(town[1], Request(question="move"))) == ()


def test_two_figures_that_differ_by_fewer_than_ten_readers_are_named_though_neither_is_small() -> None:
    all_ages = ToldCount("move", (), None, 58, 58)
    most = ToldCount("move", (("age", ("18-29", "30-59")),), None, 57, 57)

    assert most.holds(replace(most, where=(("age", ("18-29",)),)))
    assert all_ages.holds(most)
    assert not most.holds(all_ages)


def test_a_figure_is_held_against_those_that_left_before(town: tuple[Store, Snapshot]) -> None:
    whole = told_by(Request(question="move"), topline(town[1], Request(question="move")).estimates.to_dict("records"))
    (of_all,) = [one for one in whole if one.choice is None]
    before = [replace(of_all, where=(("age", ("30-44", "60+")),), count=of_all.count - 4, base=of_all.base - 4)]

    assert of_few(topline(town[1], Request(question="move")), before) == (of_all,)


def test_the_register_tells_what_left_and_a_published_table_is_read_by_its_rows(town: tuple[Store, Snapshot]) -> None:
    store, exact = town
    made = make(exact, Request(kind="crosstab", survey="river", question="move", by=("sex",)))
    register_export(store, export_of(made, read_style(style_file(), "en")), b"file", name="a.png", now=NOW)

    told = told_in(exact.survey, read_told(store, "river"))
    women = {one.choice: one.count for one in told if one.where == (("sex", ("F",)),)}
    table = make(exact, Request(kind="table", survey="river", question="move", options=(("banner", "age"),)))

    rows = crosstab(exact, Request(question="move", by=("sex",))).estimates
    assert women["Yes"] == rows[(rows["sex"] == "F") & (rows["choice"] == "Yes")]["count"].iloc[0]
    assert {row["group_label"] for row in rows_of_few(table.rows)} >= {"18-29"}


def test_a_published_cell_that_moved_by_a_few_since_is_hidden_in_an_edition(town: tuple[Store, Snapshot]) -> None:
    """Of all readers the published numbers are shown; of a group nothing, until ten more have come."""
    exact = town[1]
    women = sum(one.levels["sex"] == "F" for one in crowd(1_500))

    def hides(*of: ToldCount) -> list[bool]:
        pattern = edition_of(exact, published=lambda: of).pattern("move")
        return [bool(pattern.hidden[0]), bool(pattern.hides({"sex": np.array(["F"])}, np.array([-1]))[0])]

    def told(count: int, **more: str) -> ToldCount:
        return ToldCount("move", tuple((key, (value,)) for key, value in more.items()), None, count, count)

    assert hides(told(1_500), told(women, sex="F")) == [False, False]
    assert hides(told(1_496), told(women, sex="F")) == [False, False]
    assert hides(told(1_500), told(women - 4, sex="F")) == [False, True]
    parts = [told(count, sex="F", place=place) for place, count in (("North", 100), ("South", women - 104))]
    assert hides(*parts) == [False, True]  # what the parts together leave over


def with_a_day_of(given: Sequence[str], readers: int = 3_000) -> list[Reader]:
    """Readers, and on a day of their own so many who gave these answers."""
    everybody = crowd(readers)
    alone = [
        replace(one, key=f"id:alone {at}", at=NOW - timedelta(days=40), answers={"move": (answer,)})
        for at, (one, answer) in enumerate(zip(everybody, given, strict=False))
    ]
    return [*everybody, *alone]


ALONE = replace(TOWN, dimensions=TOWN.dimensions[:1], min_base=10)
"""A survey of few groups, where what is looked at is all readers by their days."""
BY_DAY = Request(kind="trend", survey="river", question="move", every="day")
OF_ALL = Request(question="move")


def test_whether_a_figure_left_before_or_after_the_first_look_does_not_decide_what_viewers_see() -> None:
    """A trend by day is published, of which one day has four readers: all readers less the other days are these."""
    with opened() as store:
        record(store, ALONE, with_a_day_of([answer_of(one) for one in crowd(3_000)[:4]]))
        exact = snapshot(store)
        made = make(exact, BY_DAY)
        published = told_by(BY_DAY, made.rows)
        told = [one.count for one in published if one.choice is None]
        before = edition_of(exact)
        seen_before = before.view(OF_ALL)
        named = few_told(made, (), before.pattern)
        before = replace(before, published=lambda: published)  # it leaves all the same
        looked_first = [before.view(OF_ALL), before.view(BY_DAY)]
        after = edition_of(exact, published=lambda: published)
        left_first = [after.view(OF_ALL), after.view(BY_DAY)]

    assert 3_004 - sum(told) == 4
    assert any(surely_of_rest(seen_before, published).values())  # the twin: rounded anew it tells what one of them said
    assert "All readers" in named  # so the desk names it before it leaves
    numbers = ["choice", "base_n", "share", "suppressed"]
    totals = [
        one.estimates.loc[one.estimates["statistic"] == "share", numbers] for one in (looked_first[0], left_first[0])
    ]
    assert totals[0].equals(totals[1])
    assert not totals[0]["suppressed"].astype(bool).any()
    for whole, days in (looked_first, left_first):
        shown = days.estimates[~days.estimates["suppressed"].astype(bool)]
        assert "2025-04-22" not in set(shown["period"])
        assert shown["period"].nunique() > 15
        assert not any(
            surely_of_rest(whole, published).values()
        )  # of no answer can it be said that one of them gave it


@pytest.mark.parametrize("left", few_of([1, 3, 6, 9], (3, 9).__contains__))
def test_of_the_few_whom_published_parts_leave_over_no_number_of_an_edition_tells_anything(left: int) -> None:
    """Whatever they answered, every number that viewers read is the same, in all tables, groups and times.

    The twin rounds anew: by its bounds one of them gave some answer for certain, in some of these surveys.
    """
    seen = dict[str, list[list[pd.DataFrame]]]()
    twin = 0
    for given in (["Yes"] * left, ["No"] * left, ["Yes", "No", "Unsure"] * 3):
        with opened() as store:
            record(store, replace(TOWN, min_base=10), with_a_day_of(given[:left], 600))
            exact = snapshot(store)
            published = told_by(BY_DAY, make(exact, BY_DAY).rows)
            alone = edition_of(exact)
            late, edition = (
                (replace(alone, published=lambda of=published: of)),
                edition_of(exact, published=lambda of=published: of),
            )
            twin += any(surely_of_rest(alone.view(OF_ALL), published).values())
            assert 600 + left - sum(one.count for one in published if one.choice is None) == left
            for name, of in (("before", edition), ("after", late)):
                asked = [OF_ALL]
                if of is edition:  # what a figure that left later gives away of groups stays given away
                    asked += [replace(OF_ALL, by=by) for by in [("age",), ("sex",), ("place",)]]
                    asked += [replace(OF_ALL, every=of.every)]
                found = [of.view(one) for one in asked]
                assert not any(surely_of_rest(found[0], published).values())
                assert not found[0].estimates["suppressed"].astype(bool).any()
                seen.setdefault(name, []).append([one.estimates.drop(columns="reason") for one in found])

    for name, (first, *others) in seen.items():
        for one in others:
            assert all(a.equals(b) for a, b in zip(first, one, strict=True)), name
    assert twin or left < 4


def surely_of_rest(seen: View, published: Sequence[ToldCount]) -> dict[str, float]:
    """How many of those of no published period gave each answer at least, for whoever sees both.

    A share in whole points is one to half a point, and a count to the nearest 5 one to 2.5.
    """
    shares = seen.estimates[seen.estimates["statistic"] == "share"]
    return {
        str(row["choice"]): max(
            0.0,
            (row["share"] - 0.005) * (row["base_n"] - 2.5)
            - sum(one.count for one in published if one.choice == row["choice"]),
        )
        for row in shares.to_dict("records")
    }


@pytest.mark.parametrize(("where", "words"), [((), "Choose another question"), ((("age", ("60+",)),), "a filter away")])
def test_a_filter_is_to_be_taken_away_only_where_there_is_one(where: Where, words: str) -> None:
    with opened() as store:
        record(store, TOWN, crowd(1_500)[:900])
        edition = edition_of(snapshot(store))
    edition.pattern("move").hidden[:] = True
    with pytest.raises(FewError, match=words):
        edition.view(Request(question="move", where=where))
    few = replace(edition.exact, person=VIEWERS)
    with pytest.raises(FewError) as told:
        few.demand_readers(3, Request(question="move", where=where))
    assert ("a filter away" in str(told.value)) == bool(where)


def test_a_figure_leaves_as_viewers_see_it_and_tells_the_register_nothing_new(
    town: tuple[Store, Snapshot],
) -> None:
    store, _ = town
    exact = with_edition(store, snapshot(store))
    asked = Request(kind="crosstab", survey="river", question="move", by=("age",))
    whole, seen = make(exact, asked), make(exact, replace(asked, options=((AS_VIEWERS.name, "viewers"),)))

    assert few_told_in(store, whole)
    assert few_told_in(store, seen) == []
    assert (AS_VIEWERS.name, "viewers") in address_of(seen.request, exact.survey)
    shown = [row for row in seen.rows if not row["suppressed"]]
    assert shown
    assert all(row["base_n"] % 5 == 0 for row in shown)
    export = export_of(seen, read_style(style_file(), "en"))
    register_export(store, export, b"of an edition", name="b.png", now=NOW)
    figure = next(one for one in read_figures(store) if one.figure_id == export.figure_id)

    assert told_in(exact.survey, [(figure.query, figure.rows)]) == ()
    assert review(figure, lambda _: exact).standing.verdict == "up to date"


def test_nothing_outside_an_edition_leaves_as_one(town: tuple[Store, Snapshot]) -> None:
    exact = with_edition(town[0], town[1])
    asked = Request(kind="crosstab", survey="river", question="move", by=("age", "sex", "place"))
    with pytest.raises(RequestError):
        make(exact, replace(asked, options=((AS_VIEWERS.name, "viewers"),)))


def test_a_published_cell_hides_no_other_and_others_are_hidden_in_its_place() -> None:
    lattice = Lattice((("age", 3),), 4)
    random = np.random.default_rng(2)
    codes = [random.choice(3, 700, p=(0.2, 0.3, 0.5))]
    counts = lattice.counts(codes, random.choice(4, 700, p=(0.55, 0.3, 0.13, 0.02)), np.ones(700))
    few = small(lattice, counts)
    alone = hidden(lattice, counts)
    helper = np.flatnonzero(alone & ~few)
    known = np.zeros(lattice.size, dtype=bool)
    known[helper[0]] = True

    found = hidden(lattice, counts, known=known)

    assert few.any()
    assert not found[helper[0]]
    for place in np.flatnonzero(found & few):
        low, high = bounds(lattice, counts, found, int(place))
        assert high - low >= 10 - 1e-6
    twin = alone.copy()
    twin[helper[0]] = False  # what a published cell did to an edition that did not know of it
    assert any(bounds(lattice, counts, twin, int(one))[1] - bounds(lattice, counts, twin, int(one))[0] < 10
               for one in np.flatnonzero(twin & few))  # fmt: skip


@pytest.mark.parametrize("came", [1, 4])
def test_of_the_few_who_came_since_a_figure_left_nobody_can_be_told_their_answers(came: int) -> None:
    """The attacker knows the published counts exactly, and what viewers read of all readers when a few more have come.

    The twin rounds the counts of now: in some of these surveys one outcome alone fits what is shown.
    """
    random, asked, sure, twin = np.random.default_rng(6), Request(kind="topline", survey="river", question="move"), 0, 0
    outcomes = [[a, b, came - a - b] for a in range(came + 1) for b in range(came + 1 - a)]
    for _ in range(5):
        readers = crowd(1_000 + came)
        given = random.choice(["Yes", "No", "Unsure"], len(readers), p=(0.6, 0.3, 0.1))
        readers = [replace(one, answers={"move": (str(answer),)}) for one, answer in zip(readers, given, strict=True)]
        with opened() as store:
            record(store, TOWN, readers[:1_000])
            made = make(snapshot(store), asked)
            published = told_by(asked, made.rows)
            record(store, TOWN, readers)
            view = edition_of(snapshot(store), published=lambda of=published: of).view(Request(question="move"))
        shares = view.estimates[view.estimates["statistic"] == "share"].set_index("choice")["share"]
        was = {one.choice: one.count for one in published}
        names = ["Yes", "No", "Unsure"]
        fits = to_points((np.array([was[name] for name in names]) + outcomes) / (1_000 + came))
        shown = shares[names].to_numpy()
        truth = to_points(np.array([(given == name).sum() for name in names]) / (1_000 + came))
        twin += (fits == truth).all(axis=1).sum() == 1
        sure += (shown != to_points(np.array([was[name] for name in names]) / 1_000)).any()
        assert view.estimates["suppressed"].astype(bool).sum() == 0

    assert sure == 0, "what is shown is a function of what was published"
    assert came == 4 or twin > 0


def test_a_report_leaves_as_viewers_see_it_and_tells_the_register_nothing_new(town: tuple[Store, Snapshot]) -> None:
    store, style = town[0], read_style(style_file(), "en")
    exact = with_edition(store, town[1])
    exports = survey_report(exact, Request(options=SEEN_AS_VIEWERS), style)
    report = report_of(exports)
    before = told_in(exact.survey, read_told(store, "river"))
    register_export(store, report, b"a report", name="viewers.pdf", now=NOW)
    figure = next(one for one in read_figures(store) if one.figure_id == report.figure_id)
    shown = [row for one in exports for row in one.made.rows if not row["suppressed"]]

    assert {one.request.kind for one in exports} == {"topline", "trend", "crosstab"}
    assert all(one.made.views[0].rounded for one in exports)
    assert all(row["base_n"] % 5 == 0 for row in shown)
    assert AS_VIEWERS.name in dict(figure.query)
    assert told_in(exact.survey, read_told(store, "river")) == before
    assert review(figure, lambda _: exact).standing.verdict == "up to date"


def test_no_report_is_of_an_edition_where_editions_have_no_such_selection(town: tuple[Store, Snapshot]) -> None:
    exact, style = with_edition(*town), read_style(style_file(), "en")
    asked = Request(since=NOW - timedelta(days=3), options=SEEN_AS_VIEWERS)
    with pytest.raises(RequestError, match="Your role sees one group at a time"):
        survey_report(exact, asked, style)


def test_figures_inside_a_report_are_known_to_editions_and_stand_in_no_list() -> None:
    with opened() as store:
        record(store, TOWN, crowd(1_500))
        exact = snapshot(store)
        report = report_of(survey_report(exact, Request(), read_style(style_file(), "en")))
        register_export(store, report, b"a report", name="exact.pdf", now=NOW)
        told = told_in(exact.survey, read_told(store, "river"))
        figures = read_figures(store)
        by_sex = crosstab(exact, Request(question="move", by=("sex",))).estimates
    women = by_sex[(by_sex["sex"] == "F") & (by_sex["choice"] == "Yes")]["count"].iloc[0]

    assert [one.figure_id for one in figures] == [report.figure_id]
    assert women in {one.count for one in told if one.where == (("sex", ("F",)),) and one.choice == "Yes"}
    assert {one.every for one in told} == {None, "day"}
    assert any(one.rows for one in told)  # of all readers their shares too, with which editions go on


def by_days(exact: Snapshot) -> tuple[ToldCount, ...]:
    asked = Request(kind="trend", survey="river", question="move", every="day")
    return tuple(one for one in told_by(asked, make(exact, asked).rows))


def test_published_days_hide_the_week_of_which_they_leave_a_few_over() -> None:
    """One day has four readers and is not shown: the published others of its week, taken from the week, tell them.

    Where it can be told who the four are the week is shown without them; where parts changed since it is hidden.
    """
    readers = [one for one in crowd(1_500) if day_of(one) != "2025-05-21"]
    few = [replace(one, key=f"{one.key} f", at=datetime(2025, 5, 21, 9, tzinfo=UTC)) for one in readers[:4]]
    with opened() as store:
        record(store, replace(TOWN, min_base=10), [*readers, *few])
        exact = snapshot(store)
        told = by_days(exact)
        first = next(one.period for one in told)  # of which one more was told than there is now
        moved = tuple(
            replace(one, count=one.count + 1, base=one.base + 1) if one.period == first and one.choice is None else one
            for one in told
        )
        week = Request(question="move", every="week")
        editions = [edition_of(exact, published=lambda of=of: of) for of in ((), told, moved)]
        hides = [one.pattern("move").hides({TIME: "2025-05-19"}, np.arange(len(ANSWERS))).any() for one in editions]
        rows = editions[1].view(week).estimates
        of_week = rows[(rows["period"] == "2025-05-19") & (rows["statistic"] == "share")]
        made = make(exact, Request(kind="trend", survey="river", question="move", every="day"))
        named = few_told(made, (), edition_of(exact).pattern)
    days = [one.count for one in told if one.choice is None and "2025-05-19" <= str(one.period) < "2025-05-26"]

    assert "2025-05-21" not in {one.period for one in told}
    assert hides == [False, False, True]
    assert of_week["base_n"].iloc[0] == to_step(sum(days))
    assert [one for one in named if "2025-05-19" in one]  # the desk says so before they leave


def test_a_longer_period_of_which_editions_hide_one_day_alone_is_named() -> None:
    with opened() as store:
        record(store, TOWN, crowd(3_000))
        exact = snapshot(store)
        edition = edition_of(exact)
        pattern = edition.pattern("move")
        made = make(exact, Request(kind="trend", survey="river", question="move", every="week"))
        places = pattern.lattice.places((TIME,))
        pattern.hidden[places], pattern.told[:] = False, np.nan_to_num(pattern.told, nan=50.0)
        pattern.hidden[places[10, 3]] = True  # of one answer on one day nothing is shown

    assert edition.every == "day"
    assert len(few_told(made, (), lambda _: pattern)) == 1
