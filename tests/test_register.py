"""The register: what left the building is kept as it left, found again, and held against what the answers say now."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.exports.export import Export, Vouch, export_of
from analytics.exports.formats import COLLECTIONS, FORMATS, collection_of, file_of
from analytics.exports.names import fingerprint
from analytics.exports.pictures import png_with_words, words_of
from analytics.figures.paper.press import browser_path
from analytics.kinds.table import address_of, make, request_in
from analytics.model import NO_ANSWER
from analytics.model.finish import Finish
from analytics.model.request import Request
from analytics.published.found import figures_in, title_in
from analytics.published.leaving import finish_of, leaving_of, look_of_file, looks_of, register_export
from analytics.published.review import Reviewed, exported_now, review, see_to
from analytics.published.standing import NEVER
from analytics.published.words import beside, standing_words
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Left, read_figure, read_figures, register_figure, settle_figure
from analytics.store.tend.editing import edit_survey
from tests.exports_fixture import KINDS, STYLE, export
from tests.exports_fixture import exported as finished
from tests.pages_fixture import page_at, pages_over
from tests.surveys import NOW, RIVER, SAME, Reader, command, opened, people, record, rows, snapshot

FEW = settings(SAME, max_examples=16)
OPEN = replace(RIVER, columns=replace(RIVER.columns, weight=None), min_base=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "river.sqlite") as opened_store:
        record(opened_store, OPEN, people(0, 90))
        yield opened_store


def exported(store: Store) -> Export:
    return export_of(make(snapshot(store), Request(question="move")), STYLE)


def published(store: Store) -> Export:
    """Registers the topline as it is and returns it."""
    left = exported(store)
    register_export(store, left, b"bytes", name="move.csv", now=NOW)
    return left


def looked_at(store: Store, figure_id: str) -> Reviewed:
    figure = read_figure(store, figure_id)
    assert figure is not None
    return review(figure, partial(snapshot, store))


def more(store: Store, count: int, answer: str, first: int = 1000) -> None:
    """Records so many more readers, all of one answer."""
    record(store, OPEN, [Reader(f"id:{n}", {"move": (answer,)}) for n in range(first, first + count)])


def test_a_registered_figure_is_kept_as_it_left(store: Store) -> None:
    left = published(store)
    more(store, 50, "No")

    kept = read_figure(store, left.figure_id)

    assert kept is not None
    assert (kept.survey, kept.query, kept.made_at) == ("river", left.address, NOW)
    assert kept.drawn["title"] == left.figure.title
    assert kept.drawn["spec"] == left.figure.spec
    assert [row["value"] for row in kept.rows] == left.claimed.estimates["value"].tolist()
    assert [file.name for file in kept.files] == ["move.csv"]


def test_the_same_bytes_twice_are_one_file_and_other_bytes_are_another(store: Store) -> None:
    left = exported(store)
    for content, name in ((b"one", "a.csv"), (b"one", "b.csv"), (b"two", "c.png")):
        register_export(store, left, content, name=name, now=NOW)

    (kept,) = read_figures(store)

    assert sorted(file.name for file in kept.files) == ["a.csv", "c.png"]


def test_a_figure_holds_while_no_number_leaves_its_interval(store: Store) -> None:
    left = published(store)

    found = looked_at(store, left.figure_id)

    assert found.standing.verdict == "up to date"
    assert "still lies within" in standing_words(found.figure, found.standing, STYLE)


def test_a_figure_whose_answers_question_or_groups_are_called_otherwise_since_says_how(store: Store) -> None:
    left = published(store)
    places = {"question/move/label/No": "Against", "question/move/text": "Shall it move?"}
    edit_survey(store, key="river", values=places, all_along=True, by="ed@example.org", now=NOW)

    found = looked_at(store, left.figure_id)

    assert found.standing.verdict == "up to date"
    words = standing_words(found.figure, found.standing, STYLE)
    assert "“No” is now “Against”" in words
    assert "is now “Shall it move?”" in words
    assert "“Yes”" not in words


GERMAN = {
    "question/move/text": "Soll die Bücherei umziehen?", "question/move/label/Yes": "Ja",
    "question/move/label/No": "Nein",
}  # fmt: skip


def in_german(store: Store) -> Export:
    german = snapshot(store).in_language("de")
    return export_of(make(german, Request(question="move")), replace(STYLE, language="de"), Finish(language="de"))


def edited(store: Store, places: dict[str, str], labels: dict[str, str]) -> None:
    values = places | {f"labels/de/{place}": text for place, text in labels.items()}
    edit_survey(store, key="river", values=values, all_along=True, by="ed@example.org", now=NOW)


@pytest.mark.parametrize("german_first", [False, True])
def test_words_are_held_against_the_words_of_their_own_language_alone(store: Store, german_first: bool) -> None:
    edited(store, {}, GERMAN)
    left = [exported(store), in_german(store)]
    for place, one in enumerate(left[::-1] if german_first else left):
        register_export(store, one, bytes([place]), name=f"{place}.png", now=NOW)

    unchanged = looked_at(store, left[0].figure_id).standing.renamed
    edited(store, {}, {"question/move/label/No": "Lieber nicht"})
    german = looked_at(store, left[0].figure_id).standing.renamed
    edited(store, {"question/move/label/Yes": "Aye"}, {"question/move/label/Unsure": "Weiß nicht"})
    both = looked_at(store, left[0].figure_id).standing.renamed

    assert unchanged == ()
    assert german == (("Nein", "Lieber nicht"),)
    assert set(both) == {("Nein", "Lieber nicht"), ("Yes", "Aye")}


def test_one_figure_in_two_languages_and_finishes_is_told_apart_by_them(store: Store) -> None:
    edited(store, {}, GERMAN)
    made = make(snapshot(store), Request(question="move"))
    left = {
        "plain.png": exported(store), "german.png": in_german(store),
        "own.png": export_of(made, STYLE, Finish(title="Two in three say yes")),
    }  # fmt: skip
    for name, one in left.items():
        for twice in (b"", b" again"):
            register_export(store, one, name.encode() + twice, name=name, now=NOW)

    figure = read_figure(store, left["plain.png"].figure_id)
    assert figure is not None
    looks = looks_of(figure)

    assert len({one.figure_id for one in left.values()}) == 1
    assert {one.files[0].name: one.drawn["title"] for one in looks} == {
        name: one.figure.title for name, one in left.items()
    }
    assert [len(one.files) for one in looks] == [2, 2, 2]
    assert {one.files[0].name: finish_of(one).language for one in looks}["german.png"] == "de"
    german = look_of_file(figure, fingerprint(b"german.png"))
    assert german.drawn["spec"] == left["german.png"].figure.spec
    assert looked_at(store, figure.figure_id).standing.renamed == ()


def test_a_title_that_was_typed_stands_over_the_figure_as_it_is_now_while_its_numbers_are_the_same(
    store: Store,
) -> None:
    typed = Finish(title="Two in three say yes", alt="Yes is twice as long as no", subtitle="In May")
    left = export_of(make(snapshot(store), Request(question="move")), STYLE, typed)
    register_export(store, left, b"bytes", name="move.png", now=NOW)

    found = looked_at(store, left.figure_id)
    more(store, 1, "No")
    later = looked_at(store, left.figure_id)

    assert found.now is not None
    assert later.now is not None
    assert exported_now(found.figure, found.now, STYLE).finish == typed
    assert exported_now(later.figure, later.now, STYLE).finish == replace(typed, title="", alt="")


def test_a_number_beyond_its_interval_asks_for_an_update_and_is_named(store: Store) -> None:
    left = published(store)
    more(store, 60, "No")

    found = looked_at(store, left.figure_id)

    assert found.standing.verdict == "moved"
    words = standing_words(found.figure, found.standing, STYLE).replace("\u00a0", " ")
    assert words.startswith("Yes was 67% (56% to 76%) and is now 40%")
    assert "No was 33% (24% to 44%) and is now 60%" in words
    assert "90 had answered then, 150 now" in words


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (60, "60 responses that had been set aside count again; the base was 90 and is 150"),
        (1, "1 response that had been set aside counts again; the base was 90 and is 150"),
        (0, "90 had answered then, 150 now"),
        (None, "90 had answered then, 150 now"),
    ],
)
def test_a_base_that_changed_by_what_counts_again_is_not_told_as_more_who_answered(
    store: Store, then: int | None, told: str
) -> None:
    left = published(store)
    more(store, 60, "No")
    figure = read_figure(store, left.figure_id)
    assert figure is not None
    assert figure.drawn["aside"] == 0

    found = review(replace(figure, drawn=figure.drawn | {"aside": then}), partial(snapshot, store))

    assert f" ({told})" in standing_words(found.figure, found.standing, STYLE)
    since = replace(found.standing, aside_then=0, aside_now=300)
    assert "300 responses have been set aside since" in standing_words(found.figure, since, STYLE)


def test_a_number_at_the_very_end_of_its_interval_has_not_moved(store: Store) -> None:
    left = published(store)
    figure = read_figure(store, left.figure_id)
    assert figure is not None
    at_the_end = [row | {"low": row["value"], "high": row["value"]} if row["value"] else row for row in figure.rows]

    assert review(replace(figure, rows=at_the_end), partial(snapshot, store)).standing.verdict == "up to date"


def test_a_number_that_can_be_shown_no_more_has_moved(store: Store) -> None:
    left = published(store)
    record(store, replace(OPEN, min_base=500), [])

    found = looked_at(store, left.figure_id)

    assert found.standing.verdict == "moved"
    assert "can be shown no more" in standing_words(found.figure, found.standing, STYLE)


def test_an_answer_that_all_or_none_gave_holds_by_every_interval(store: Store) -> None:
    record(store, replace(OPEN, key="one"), [Reader(f"id:{n}", {"move": ("Yes",)}) for n in range(60)])
    for interval in ("logit", "wilson", "beta"):
        left = export_of(make(snapshot(store, "one"), Request(question="move", interval=interval)), STYLE)  # type: ignore[arg-type]
        register_export(store, left, interval.encode(), name="one.csv", now=NOW)

        assert looked_at(store, left.figure_id).standing.verdict == "up to date", interval


def test_a_figure_of_a_group_that_is_told_apart_no_more_is_not_held_against_everybody(store: Store) -> None:
    left = published(store)
    figure = read_figure(store, left.figure_id)
    assert figure is not None

    found = review(replace(figure, query=(*figure.query, ("region", "North"))), partial(snapshot, store))

    assert found.standing.verdict == "gone"
    assert "filter on 'region'" in standing_words(figure, found.standing, STYLE)


def test_which_responses_count_is_part_of_a_figure(store: Store) -> None:
    counted, every = (
        export_of(make(snapshot(store), Request(question="move", standing=standing)), STYLE)
        for standing in ("counted", "with screened")
    )

    assert counted.figure_id != every.figure_id
    assert request_in(every.address, every.survey).standing == "with screened"


def test_what_was_seen_to_stays_so_until_it_moves_again(store: Store) -> None:
    left = published(store)
    more(store, 60, "No")
    see_to(store, looked_at(store, left.figure_id), "Corrected online", NOW)

    corrected = looked_at(store, left.figure_id)
    more(store, 1, "No", 3000)
    one_answer_later = looked_at(store, left.figure_id)
    more(store, 200, "Unsure", 5000)
    moved_again = looked_at(store, left.figure_id)

    assert corrected.standing.verdict == one_answer_later.standing.verdict == "seen to"
    assert "Corrected online" in standing_words(corrected.figure, corrected.standing, STYLE)
    assert moved_again.standing.verdict == "moved"


def test_a_figure_that_was_never_published_asks_for_nothing_until_it_leaves_again(store: Store) -> None:
    left = published(store)
    more(store, 60, "No")
    see_to(store, looked_at(store, left.figure_id), NEVER, NOW)
    more(store, 200, "Unsure", 5000)
    silent = looked_at(store, left.figure_id)
    again = replace(silent.figure, files=(Left("again.png", "0" * 64, NOW + timedelta(hours=1)), *silent.figure.files))

    assert silent.standing.verdict == "seen to"
    assert standing_words(silent.figure, silent.standing, STYLE).startswith("It was never published. Since it was exp")
    assert review(again, partial(snapshot, store)).standing.verdict == "moved"


def test_seeing_to_a_figure_can_be_taken_back(store: Store) -> None:
    left = published(store)
    more(store, 60, "No")
    before = see_to(store, looked_at(store, left.figure_id), "", NOW)

    settle_figure(store, "river", left.figure_id, before)

    assert before is None
    assert looked_at(store, left.figure_id).standing.verdict == "moved"


def test_a_figure_whose_query_means_nothing_any_more_says_so(store: Store) -> None:
    left = published(store)
    figure = read_figure(store, left.figure_id)
    assert figure is not None
    query = tuple((name, "gone" if name == "question" else value) for name, value in figure.query)

    found = review(replace(figure, query=query), partial(snapshot, store))

    assert found.standing.verdict == "gone"
    assert "'gone' is no question" in standing_words(figure, found.standing, STYLE)


def test_a_figure_that_cannot_be_made_any_more_can_be_seen_to_and_is_followed_again_once_it_can(store: Store) -> None:
    left = published(store)
    record(store, replace(OPEN, min_base=500), [])
    figure = read_figure(store, left.figure_id)
    assert figure is not None
    lost = replace(figure, query=tuple((name, "gone" if name == "question" else of) for name, of in figure.query))

    see_to(store, review(lost, partial(snapshot, store)), "Taken off the page", NOW)

    settled = read_figure(store, left.figure_id)
    assert settled is not None
    seen_to = review(replace(settled, query=lost.query), partial(snapshot, store))
    assert seen_to.standing.verdict == "seen to"
    words = standing_words(settled, seen_to.standing, STYLE)
    assert words.startswith("Taken off the page. 'gone' is no question") or "is no question" in words
    assert review(settled, partial(snapshot, store)).standing.verdict == "moved"


def test_a_figure_seen_to_while_it_could_be_made_asks_for_care_once_it_cannot(store: Store) -> None:
    left = published(store)
    more(store, 60, "No")
    see_to(store, looked_at(store, left.figure_id), "Corrected", NOW)
    figure = read_figure(store, left.figure_id)
    assert figure is not None
    lost = replace(figure, query=tuple((name, "gone" if name == "question" else of) for name, of in figure.query))

    assert review(lost, partial(snapshot, store)).standing.verdict == "gone"


@FEW
@given(
    st.lists(st.sampled_from(["18-29", "30-59", "60+", NO_ANSWER]), min_size=1, unique=True),
    st.lists(st.sampled_from(["Yes", "No"]), unique=True),
    st.sampled_from([None, datetime(2025, 5, 18, 22, tzinfo=UTC), datetime(2025, 5, 19, 7, tzinfo=UTC)]),
    st.sampled_from(["none"]), st.sampled_from(["logit", "wilson", "beta"]), st.sampled_from(["answered", "all"]),
    st.sampled_from([None, 5, 7]),
)  # fmt: skip
def test_every_query_asks_again_for_what_it_was_made_of(
    ages: list[str], moves: list[str], since: datetime | None, weights: str, interval: str, base: str, least: int | None
) -> None:
    where = (("age", tuple(sorted(ages))), *((("move", tuple(sorted(moves))),) if moves else ()))
    until = since + timedelta(hours=30) if since else None
    request = Request(
        where=where,
        since=since,
        until=until,
        weights=weights,
        interval=interval,
        variance="calibrated",
        base=base,
        min_base=least,
    )  # type: ignore[arg-type]
    with opened() as memory:
        record(memory, OPEN, people(0, 12))
        of = snapshot(memory)
        made = make(of, replace(request, question="needs"))

        asked = request_in(address_of(made.request, of.survey), of.survey)
        again = make(of, asked)

    assert again.rows == made.rows
    assert asked == made.request
    assert (asked.where, asked.since, asked.until) == (where, since, until)


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_query_of_each_kind_of_figure_says_what_it_is(kind: str) -> None:
    made = export(kind)

    again, view = request_in(made.address, made.survey), made.made.views[0]

    assert again == made.request
    assert (again.kind, again.by, again.every) == (made.request.kind, view.by, view.every)


@pytest.mark.parametrize("ending", [form.ending for form in FORMATS.values() if not form.needs_browser])
def test_every_file_tells_which_figure_it_is(ending: str) -> None:
    made = export()

    assert made.figure_id in figures_in(file_of(made, ending))


@pytest.mark.parametrize("ending", list(COLLECTIONS))
def test_every_file_of_several_tells_which_figures_they_are(ending: str) -> None:
    made = [export(), export("crosstab"), export("age trend")]
    if COLLECTIONS[ending].needs_browser and browser_path() is None:
        pytest.skip("no browser to draw with")

    assert set(figures_in(collection_of(made, ending))) == {one.figure_id for one in made}


@pytest.mark.parametrize("ending", [form.ending for form in FORMATS.values() if form.needs_browser])
def test_every_drawn_file_tells_which_figure_it_is(ending: str) -> None:
    if browser_path() is None:
        pytest.skip("no browser to draw with")
    made = export("age trend")

    assert figures_in(file_of(made, ending)) == (made.figure_id,)


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_drawn_file_says_its_own_title_whatever_left_after_it(ending: str) -> None:
    if browser_path() is None:
        pytest.skip("no browser to draw with")
    first, last = (finished(KINDS["topline"](), STYLE, Finish(title=title)) for title in ("R&D <b>: café", "Last"))

    assert first.figure_id == last.figure_id
    assert [title_in(file_of(one, ending)) for one in (first, last)] == ["R&D <b>: café", "Last"]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 broken", b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n\x7f\xff", b"<title>Other</title>"]
)
def test_a_file_without_a_title_of_ours_says_none(content: bytes) -> None:
    assert title_in(content) == ""


def test_a_picture_tells_which_figure_it_is() -> None:
    made = export()
    bare = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + b"\x00" * 17

    assert made.figure_id in figures_in(png_with_words(bare, words_of(made)))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"nothing", b"f-ABCDEFGHIJKL", b"f-abcdefghijk", b"xf-abcdefghijklmn", b"self-satisfaction",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff",
        b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n\x7f\xff\xff\xffiTXtshort",
    ],
)  # fmt: skip
def test_a_file_that_names_no_figure_is_none(content: bytes) -> None:
    assert figures_in(content) == ()


def test_an_archive_that_unpacks_to_very_much_is_read_only_so_far() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/app.xml", b"0" * (21 * 2**20))
        archive.writestr("docProps/custom.xml", b"f-abcdefghijkl")

    assert figures_in(packed.getvalue()) == ()


def test_the_command_exports_lists_finds_and_sees_to(store: Store, tmp_path: Path) -> None:
    db, file = tmp_path / "river.sqlite", tmp_path / "move.csv"
    made = command("export", "river", "move", "-o", file, "--db", db)
    assert made.exit_code == 0, made.output
    (listed,) = rows("published", "--db", db)
    more(store, 60, "No")

    asking = command("published", "--file", file, "--db", db)
    seen_to = command("published", "--seen-to", listed["figure"], "--note", "Mended", "--format", "json", "--db", db)
    stranger = command("published", "--file", __file__, "--db", db)

    assert (listed["standing"], listed["file"]) == ("up to date", "move.csv")
    assert asking.exit_code == 1
    assert "moved" in asking.output
    assert seen_to.exit_code == 0
    assert '"seen to"' in seen_to.output
    assert stranger.exit_code == 2
    assert "is no figure of this register" in stranger.output


def test_a_file_is_found_however_many_figures_left_after_it(store: Store, tmp_path: Path) -> None:
    left = published(store)
    (tmp_path / "move.csv").write_bytes(file_of(left, "csv"))
    for place in range(201):
        later = replace(leaving_of(left), figure_id=f"f-later{place:07d}", drawn={}, rows=())
        register_figure(store, later, name="b.csv", sha256=str(place), now=NOW + timedelta(seconds=1))

    found = command("published", "--file", tmp_path / "move.csv", "--db", tmp_path / "river.sqlite")

    assert found.exit_code == 0, found.output


def test_an_export_that_is_not_to_be_registered_is_not(store: Store, tmp_path: Path) -> None:
    command("export", "river", "move", "-o", tmp_path / "a.csv", "--no-register", "--db", tmp_path / "river.sqlite")

    assert read_figures(store) == []


@pytest.mark.parametrize("ending", ["xlsx", "pptx"])
def test_a_report_is_registered_found_in_its_file_and_followed_by_its_headline_numbers(
    store: Store, tmp_path: Path, ending: str
) -> None:
    db, file = tmp_path / "river.sqlite", tmp_path / f"report.{ending}"
    made = command("report", "river", "-o", file, "--db", db)
    assert made.exit_code == 0, made.output

    (kept,) = read_figures(store)
    before = looked_at(store, kept.figure_id)
    more(store, 60, "No")
    after = looked_at(store, kept.figure_id)

    assert kept.figure_id in figures_in(file.read_bytes())
    assert dict(kept.query)["view"] == "report"
    assert {row["question"] for row in kept.rows} == {"move", "needs"}
    assert (before.standing.verdict, after.standing.verdict) == ("up to date", "moved")
    assert after.now is not None
    assert after.now.draw is None
    shown = beside(kept, after.now, STYLE)
    assert len(shown) == len(kept.rows)
    assert [row for row in shown if row["Published"] != row["Now"]]
    see_to(store, after, "Sent again", NOW)
    assert looked_at(store, kept.figure_id).standing.verdict == "seen to"


def test_a_report_that_is_not_to_be_registered_is_not(store: Store, tmp_path: Path) -> None:
    command("report", "river", "-o", tmp_path / "a.xlsx", "--no-register", "--db", tmp_path / "river.sqlite")

    assert read_figures(store) == []


def test_a_figure_of_groups_that_are_too_small_is_never_shown_again(store: Store) -> None:
    few = Request(kind="crosstab", question="move", by=("age",), min_base=5)
    record(store, replace(OPEN, min_base=60), [])
    left = export_of(make(snapshot(store), few), STYLE, Finish(title="Of the old seven said yes"))
    register_export(store, left, b"bytes", name="move.csv", now=NOW)
    assert any((row["base_n"] or 60) < 60 and row["share"] for row in left.made.rows)

    found = looked_at(store, left.figure_id)

    told = json.dumps(found.figure.drawn) + standing_words(found.figure, found.standing, STYLE)
    assert found.now is not None
    for rows_shown in (found.figure.rows, found.now.rows):
        assert all(row["base_n"] is None or row["base_n"] >= 60 or row["share"] is None for row in rows_shown)
    assert "seven" not in told
    assert found.figure.drawn["spec"] == {}
    assert "minimum base of 60" in told


def test_a_figure_from_before_the_minimum_was_raised_shows_its_small_groups_no_more(store: Store) -> None:
    by_age = make(snapshot(store), Request(kind="crosstab", question="move", by=("age",)))
    left = export_of(by_age, STYLE)
    register_export(store, left, b"bytes", name="move.csv", now=NOW)
    record(store, replace(OPEN, min_base=60), [])

    found = looked_at(store, left.figure_id)

    assert all(row["share"] is None for row in found.figure.rows if row["base_n"] is None or row["base_n"] < 60)
    assert found.figure.drawn["spec"] == {}


def test_a_figure_whose_groups_are_all_large_enough_is_shown_as_it_left(store: Store) -> None:
    left = published(store)

    assert looked_at(store, left.figure_id).figure.drawn["spec"] == left.figure.spec


def test_who_exported_each_file_and_when_is_shown_with_the_published_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, started = tmp_path / "river.sqlite", datetime.now(UTC)
    with opened(str(database)) as store:
        record(store, OPEN, people(0, 60))
    for name, by in (("one.csv", "ada"), ("two.json", "grace")):
        monkeypatch.setenv("LOGNAME", by)
        command("export", "river", "move", "-o", tmp_path / name, "--db", database)

    with pages_over(database, monkeypatch):
        app = page_at("published", {}).run()

    told = [one.value for one in app.caption if "command line" in one.value]
    day = f"{started.day} {started:%B %Y}"
    assert not app.exception
    assert any("CSV" in one and "by ada" in one and day in one for one in told)
    assert any("JSON" in one and "by grace" in one and day in one for one in told)


def test_each_file_has_the_title_that_it_left_with_and_who_answers_for_what_was_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "river.sqlite"
    with opened(str(database)) as store:
        record(store, OPEN, people(0, 60))
        made = make(snapshot(store), Request(question="move"))
        for title, by in (("The river turns", "Ada"), ("Half say yes", "")):
            vouches = (Vouch("title", title, by, NOW), Vouch("note", "Seen <b>twice", by, NOW)) if by else ()
            left = replace(export_of(made, STYLE, Finish(title=title)), vouches=vouches)
            register_export(store, left, title.encode(), name=f"{title}.png", now=NOW, left_from="page", by=by)

    with pages_over(database, monkeypatch):
        app = page_at("published", {}).run()

    told = [one.value for one in app.caption]
    assert not app.exception
    links = [one.label for one in app.get("page_link") if "**" in one.label]
    assert links == ["**Half say yes** · English", "**The river turns** · English"]
    answered = [one for one in told if "not checked by the program" in one]
    assert [one.partition("] ")[2] for one in answered] == [
        "Title not checked by the program: Ada answers for it, 1 June 2025, 12:00 UTC.",
        "Note not checked by the program: Ada answers for “Seen \\<b\\>twice”, 1 June 2025, 12:00 UTC.",
    ]
