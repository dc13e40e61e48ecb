"""The morning: the same as the newsroom's top block, for each recipient what their role lets them see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic as time_now
from xml.etree import ElementTree

import pandas as pd
import pytest

from analytics.errors import FileError
from analytics.estimates.newsroom import Overnight, last_working_day
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.storms import storm_report
from analytics.estimates.time.jumps import jump, split_jump
from analytics.estimates.time.trend import trend
from analytics.estimates.trust.missing import NEXT, most_missing
from analytics.estimates.trust.weighting import WeightingReport
from analytics.estimates.watching import cause_of
from analytics.exports.export import export_of
from analytics.figures.drawing.style import read_style, style_file
from analytics.kinds.table import make
from analytics.language.said import speaking
from analytics.model import EVERYBODY, Person, Snapshot
from analytics.model.access import Role
from analytics.model.crowds import CrowdDecision
from analytics.model.request import Request
from analytics.model.responses import Circumstances, Response
from analytics.pages import newsroom, opened
from analytics.pages.ground.plain import plain
from analytics.store.people.accounts import admit_person, set_desks
from analytics.store.place.connections import Store
from analytics.store.record.live import record_responses
from analytics.store.tables.opening import open_store
from analytics.store.tend.storms import decide_on_storm
from analytics.watches import writing
from analytics.watches.digest import Morning, morning
from analytics.watches.feed import write_feed
from analytics.watches.letter import Letter, as_html, as_text
from analytics.watches.sight import person_of
from analytics.watches.writing import digest_letter, title_holds
from analytics.words.glance import came_words, moved_words, still_words
from analytics.words.morning import CAUSES, moved_sentence, subject_words
from analytics.words.periods import span_of
from tests.made.mornings import MORNING, MOVED, STEPPED, STORM, ZONE, record_morning
from tests.pages_fixture import page_at, pages_over
from tests.surveys import RIVER, Reader, record, unweighted
from tests.surveys import opened as opened_store

KINDS = (MOVED, STORM, "quiet", "quiet", "quiet")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mornings")
    engine = open_store(str(folder / "store.sqlite"))
    record_morning(engine, folder, KINDS)
    engine.dispose()
    return folder / "store.sqlite"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    engine = open_store(str(database))
    yield engine
    engine.dispose()


def somebody(*roles: Role) -> Person:
    return Person("ann@paper.example", frozenset(roles))


_found: dict[tuple[Path, Person], Morning] = {}


def found_by(store: Store, person: Person) -> Morning:
    """What somebody finds in the store of all tests, which none changes: looked for once."""
    place = Path(str(store.url.database)), person
    if place not in _found:
        _found[place] = morning(store, person, now=MORNING, language="en")
    return _found[place]


def letter_of(store: Store, found: Morning, language: str = "en") -> Letter:
    return digest_letter(store, found, read_style(style_file(), language), ZONE, picture=False)


def kinds_of(letter: Letter) -> list[str]:
    return [line.kind for line in letter.lines]


def test_an_editors_digest_has_what_moved_what_did_not_storms_quotes_and_who_is_missing(store: Store) -> None:
    found = found_by(store, somebody("editor"))

    letter = letter_of(store, found)

    moved = next(line for line in letter.lines if line.kind == "Moved" and "moved" in line.about)
    storm = next(line for line in letter.lines if line.kind == "Storm")
    assert kinds_of(letter).count("Moved") == len(found.overnight.moved) - len(found.waiting)
    assert letter.subject.count("1 survey moved") == kinds_of(letter).count("Moved") == 1
    assert re.search(
        r"−\d+ points since 24 November \(−\d+ to −\d+\): the same groups answer differently\.", moved.text
    )
    assert "forum.example" in storm.text
    assert storm.about == "The bridge of storm"
    assert next(line for line in letter.lines if line.kind == "Quotes").text.endswith("may be printed.")
    missing = next(line for line in letter.lines if line.kind == "Missing")
    assert missing.text.startswith("18-29 (Age)")
    assert "1 thing to see to" in letter.subject
    assert all(line.about in as_text(letter) for line in letter.lines)


def test_what_a_crowd_brought_or_took_away_is_told_as_no_change_of_mind(store: Store) -> None:
    found, theirs = (found_by(store, somebody(role)) for role in ("editor", "analyst"))

    stormy, analysts = (
        [line for line in letter_of(store, one).lines if line.kind == "Moved" and line.about.endswith("storm")]
        for one in (found, theirs)
    )

    assert not stormy  # the line of the storm says it
    assert all(", with the crowd of " in line.text for line in analysts)
    assert found.crowded == {STORM} & {row.survey.key for row in found.overnight.moved}


def test_while_crowds_are_looked_for_a_change_says_so_and_nothing_is_called_quiet(store: Store) -> None:
    looking = [MOVED, STORM, "quiet-2"]
    known = {"quiet-3": None, "quiet-4": None}

    found = morning(
        store, somebody("editor"), now=MORNING, language="en", scans=lambda key: known.get(key), looking=looking
    )

    lines = {line.kind: line.text for line in letter_of(store, found).lines if not line.about.endswith("storm")}
    assert lines["Moved"].endswith(": crowds are still looked for.")
    assert lines["Storm"] == "Still looking for crowds: 3 surveys."
    assert "Not moved" not in lines


def test_a_change_over_days_has_one_cause_in_the_digest_and_it_is_the_one_of_its_page(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, (STEPPED,))
    found = morning(engine, EVERYBODY, now=MORNING, language="en")
    (row,), snapshot = found.overnight.moved, snapshot_of(engine, STEPPED, now=MORNING)
    request = Request(survey=STEPPED, question="bridge", every="day")
    on_page = jump(trend(snapshot, request))
    assert on_page is not None
    assert on_page.step is not None

    spans = [
        (span_of(first, "day")[0], span_of(last, "day")[1])
        for first, last in (on_page.step.earlier, on_page.step.later)
    ]
    held = split_jump(snapshot, request, on_page, spans)
    (line,) = [one for one in letter_of(engine, found).lines if one.kind == "Moved"]

    assert row.step == on_page.step
    assert found.causes == {STEPPED: cause_of(held.parts)} == {STEPPED: "minds"}
    assert line.text.count("answer differently") == 1


@pytest.mark.parametrize(("decision", "told"), [
    (None, ", except on 18 November (59%, with a crowd)."),
    ("kept", "a crowd came in these days, and an editor decided that it counts"),
    ("aside", "the same groups answer differently"),
])  # fmt: skip
def test_while_a_crowd_of_either_level_counts_nothing_is_said_of_minds(
    tmp_path: Path, decision: CrowdDecision | None, told: str
) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    (survey,) = record_morning(engine, tmp_path, (STEPPED,))
    at = datetime(2026, 11, 18, 14, tzinfo=UTC)  # a day of the earlier level
    crowd = [
        Response(
            f"c{one}", {"bridge": ("Yes" if one % 9 < 5 else "No",)}, {"age": ("18-29", "30-59", "60+")[one % 3]}, {},
            at + timedelta(seconds=one), at, circumstances=Circumstances(referrer="forum.example"),
        )
        for one in range(600)
    ]  # fmt: skip
    record_responses(engine, STEPPED, crowd)
    (card,) = storm_report(engine, STEPPED, now=MORNING).open
    if decision is not None:
        decide_on_storm(engine, STEPPED, card.crowd, decision, name="forum", answers=600, by="ann", now=MORNING)

    found = morning(engine, EVERYBODY, now=MORNING, language="en")

    (line,) = [one for one in letter_of(engine, found).lines if one.kind == "Moved"]
    assert line.about == survey.title
    assert told in line.text


def test_a_quiet_morning_says_that_nothing_moved_and_of_how_many_surveys(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, ("quiet",) * 3)

    found = morning(engine, EVERYBODY, now=MORNING, language="en")
    letter = letter_of(engine, found)

    assert found.is_quiet
    assert "nothing moved" in letter.subject
    assert "Nothing moved beyond chance in the last seven days: 3 surveys." in as_text(letter)


def test_a_morning_without_any_survey_is_a_letter_too(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))

    letter = letter_of(engine, morning(engine, EVERYBODY, now=MORNING, language="de"), "de")

    assert "nichts verändert" in letter.subject
    assert as_text(letter).strip()


def test_the_newsrooms_top_block_and_the_digest_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, now = tmp_path / "store.sqlite", datetime.now(UTC)
    store = open_store(str(database))
    record_morning(store, tmp_path, KINDS, last_day=now.date() - timedelta(days=1))
    with pages_over(database, monkeypatch):
        crowd = page_at("storms", {"survey": STORM}).run()  # it is scanned
        while any("are being scanned" in str(one.value) for one in crowd.info):
            crowd.run()
        app = page_at("newsroom", {}).run()
    shown = [str(link.proto.label) for link in app.get("page_link")] + [str(one.value) for one in app.caption]

    whole = morning(store, EVERYBODY, now=now, language="en")
    found, cause = whole.overnight, whole.causes[MOVED]

    style = read_style(style_file(), "en")
    assert cause != "unknown"
    assert any(label.endswith(f"The bridge of moved · {CAUSES[cause]}") for label in shown)
    assert {row.survey.key for row in found.moved} >= {MOVED}
    assert STORM not in {row.survey.key for row in found.still}  # a crowd that waits is nothing quiet
    with speaking(style):
        assert still_words(found) in shown
        for row in found.moved:
            assert row.question is not None
            for words in moved_words(row, style) if row.survey.key != STORM else ():
                assert any(plain(words) in label and plain(row.survey.title) in label for label in shown)
                assert words in moved_sentence(row, "unknown", style)
    with pages_over(database, monkeypatch):
        monkeypatch.setattr("analytics.pages.ground.storms.unscanned", lambda keys: len(list(keys)))
        app.session_state[newsroom.HELD] = (time_now(), ["quiet-4", STORM, "quiet-3", MOVED, "quiet-2"])
        app.run()
    links = [str(link.proto.label).replace("\\", "") for link in app.get("page_link")]
    assert any(label.endswith("The bridge of moved · crowds still looked for") for label in links)
    places = [label for label in links if label.startswith("**The bridge of")]
    assert places == [f"**The bridge of {key}**" for key in ("quiet-4", STORM, "quiet-3", MOVED, "quiet-2")]
    listed = [label for label in shown if label.startswith("**The bridge of")]
    assert {*listed[:2]} == {f"**The bridge of {kind}**" for kind in (MOVED, STORM)}, "news stands below what is quiet"


def test_a_level_of_several_days_in_a_title_keeps_no_picture_back(tmp_path: Path) -> None:
    counts, style = [50] * 12 + [20, 30], read_style(style_file(), "en")
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n < yes else "No",)}, at=datetime(2025, 5, 10 + day, 12, tzinfo=UTC))
        for day, yes in enumerate(counts)
        for n in range(100)
    ]
    with opened_store(tmp_path / "store.sqlite") as engine:
        record(engine, replace(unweighted(RIVER), min_base=30), people)
        shown = snapshot_of(engine, "river", now=datetime(2025, 6, 1, tzinfo=UTC))
        export = export_of(make(shown, Request(kind="trend", survey="river", question="move", every="day")), style)

    title = export.figure.title
    assert "75%" in title  # which no day has
    assert title_holds(export, style)
    assert not title_holds(replace(export, figure=replace(export.figure, title="95% say No")), style)


def test_what_moved_without_a_crowd_comes_before_what_moved_with_one_and_counts_alone_in_the_subject(
    store: Store,
) -> None:
    found = found_by(store, somebody("editor"))
    crowd, calm = (replace(one, movement=found.overnight.moved[0].movement) for one in found.overnight.still[:2])

    told = Overnight(found.overnight.since, 0, (crowd, calm), ()).without_crowds({crowd.survey.key})

    assert [row.survey.key for row in told.moved] == [calm.survey.key, crowd.survey.key]
    style = read_style(style_file(), "en")
    with speaking(style):
        day = MORNING.date()
        subjects = [subject_words(moved, 1, 1, day, style) for moved in (1, 0)]
    assert subjects == ["26 November: 1 survey moved, 1 thing to see to", "26 November: 1 thing to see to"]


def test_of_a_survey_with_too_few_answers_to_tell_nobody_says_that_it_did_not_move(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, ("quiet", "quiet"))
    known, *others = morning(engine, EVERYBODY, now=MORNING, language="en").overnight.still
    thin = replace(known, movement=None, step=None)

    with speaking(read_style(style_file(), "en")):
        both, none = (still_words(Overnight(MORNING.date(), 0, (), still)) for still in ((thin, *others), (thin,)))
        shown = still_words(Overnight(MORNING.date(), 0, (), (known, *others)), thin=1)

    assert both.startswith("Nothing moved beyond chance in the last seven days: 1 survey. Too few answers")
    assert none == "Too few answers to tell whether anything moved in the last seven days: 1 survey."
    assert shown == both


def test_where_a_crowd_waits_the_other_surveys_alone_are_called_quiet(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, (STORM, "quiet", "quiet"))

    found = morning(engine, EVERYBODY, now=MORNING, language="en").overnight

    (crowd,) = (*found.crowded, *(row for row in found.moved if row.survey.key == STORM))
    assert crowd.survey.key == STORM
    with speaking(read_style(style_file(), "en")):
        assert still_words(found) == "Nothing else moved beyond chance in the last seven days: 2 surveys."
        assert "No answers" not in came_words(replace(found, still=()))


def test_a_change_that_may_be_chance_among_so_many_surveys_says_so_in_their_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, now = tmp_path / "store.sqlite", datetime.now(UTC)
    store = open_store(str(database))
    record_morning(store, tmp_path, ("quiet",) * 3, last_day=now.date() - timedelta(days=1))
    shown = opened.opened_trend

    def rising(snapshot: Snapshot, question: str) -> object:
        found = shown(snapshot, question)
        assert found is not None
        return replace(found[0], step_is_recent=snapshot.survey.key == "quiet-1"), found[1]

    monkeypatch.setattr(opened, "opened_trend", rising)
    with pages_over(database, monkeypatch):
        app = page_at("newsroom", {}).run()

    assert not app.exception
    told = [str(one.value) for one in app.caption]
    assert sum("among 3 surveys that may be chance" in words for words in told) == 1


CHECKED = "Editors are checking them, and these numbers may change."


def test_whoever_sees_editions_is_told_of_a_crowd_that_waits_and_gets_no_picture_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, (STORM, "quiet"))
    monkeypatch.setattr(writing, "file_of", lambda export, *_, **__: export.made.survey.key.encode())
    found = morning(engine, somebody("viewer"), now=MORNING, language="en")

    letter = digest_letter(engine, found, read_style(style_file(), "en"), ZONE)

    told = {line.about: line.text for line in letter.lines if line.kind in ("Moved", "New answers")}
    assert next(iter(told)) == "The bridge of storm"  # what is open stands first
    assert told["The bridge of storm"].startswith("Not settled yet: ")
    assert {about for about, text in told.items() if text.endswith(CHECKED)} == {"The bridge of storm"}
    assert all(" of all " in text and "who answered so far." in text for text in told.values())
    assert letter.picture is not None
    assert letter.picture.content == b"quiet-1"
    write_feed(engine, tmp_path / "morning.xml", now=MORNING, language="en", zone=ZONE)
    assert (tmp_path / "morning.xml").read_text(encoding="utf-8").count(CHECKED) == 1


def test_a_viewer_reads_what_overtook_what_and_of_how_many_surveys_that_is_not_said(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, (STEPPED, "quiet"), a_day=400)
    viewer = [morning(engine, somebody("viewer"), now=MORNING, language="en", looking=of) for of in ((), (STEPPED,))]

    letter, looking = (letter_of(engine, found) for found in viewer)

    lines = {line.kind: line.text for line in letter.lines}
    assert "No overtook Yes: No rose from " in lines["Moved"]
    assert lines["Not moved"] == "Nothing else moved beyond chance: 1 survey."
    assert letter.subject.endswith("1 survey moved, 2 surveys got answers")
    assert "(crowds are still looked for)" in next(line.text for line in looking.lines if line.kind == "Moved")
    assert "Not moved" not in kinds_of(looking)


@pytest.mark.parametrize("roles", [("viewer",), ("admin", "viewer"), ()])
def test_whoever_sees_editions_gets_their_numbers_and_nothing_else(store: Store, roles: tuple[Role, ...]) -> None:
    found = found_by(store, somebody(*roles))

    letter = letter_of(store, found)

    assert not found.exact
    assert (found.storms, found.printed, found.quotes, found.missing, found.causes) == ((), (), (), None, {})
    assert set(kinds_of(letter)) <= {"", "Moved", "New answers", "Not moved"}
    counts = [int(one.replace(",", "")) for one in re.findall(r"of all ([\d,]+) who answered", as_text(letter))]
    assert all(count % 5 == 0 and count >= 10 for count in counts)
    assert bool(counts) == bool(roles)
    exact = found_by(store, EVERYBODY).overnight
    bases = {str(row.base_n) for row in (*exact.moved, *exact.still)} - {str(count) for count in counts}
    text = as_text(letter) + as_html(letter, read_style(style_file(), "en"))
    assert not any(re.search(rf"\b{base}\b", text.replace(",", "")) for base in bases)
    assert " points since " not in text
    assert "forum.example" not in text


def test_of_a_survey_of_few_readers_a_viewer_is_not_told_how_many(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, ("quiet",), days=1, a_day=7)

    letter = letter_of(engine, morning(engine, somebody("viewer"), now=MORNING, language="en"))

    assert next(line for line in letter.lines if line.kind == "New answers").text == "Too few answers to show yet."
    assert "7" not in as_text(letter)


def test_comments_that_came_with_an_open_crowd_are_counted_apart(tmp_path: Path) -> None:
    engine, at = open_store(str(tmp_path / "store.sqlite")), datetime(2026, 11, 25, 14, tzinfo=UTC)
    record_morning(engine, tmp_path, ("quiet",), a_day=400)
    before = morning(engine, EVERYBODY, now=MORNING, language="en", scans=lambda _: None).quotes[0]
    crowd = [
        Response(
            f"c{one}", {"bridge": ("No",)}, {}, {"": f"This is why {one}."}, at + timedelta(seconds=one), at,
            consent="yes", circumstances=Circumstances(referrer="forum.example"),
        )
        for one in range(300)
    ]  # fmt: skip
    record_responses(engine, "quiet-0", crowd)

    found = morning(engine, EVERYBODY, now=MORNING, language="en")

    assert [(one.count, one.crowded) for one in found.quotes] == [(before.count, 300)]
    told = next(line.text for line in letter_of(engine, found).lines if line.kind == "Quotes")
    assert told.endswith("300 more came with a crowd that waits for a decision.")


def test_an_analyst_gets_exact_numbers_but_no_storms_and_no_printed_figures(store: Store) -> None:
    found = found_by(store, somebody("analyst"))

    assert found.exact
    assert (found.storms, found.printed) == ((), ())
    assert found.quotes


def test_an_address_without_an_account_is_a_viewer_of_no_desk(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, ("quiet", "quiet"))
    set_desks(engine, "quiet-0", ["city"], by="Ada", now=MORNING)
    admit_person(engine, "ann@paper.example", ["editor"], by="Ada", now=MORNING)

    stranger, ann = (person_of(engine, f"{name}@paper.example") for name in ("zoe", "ann"))

    assert stranger.roles == {"viewer"}
    assert set(morning(engine, stranger, now=MORNING, language="en").names) == {"quiet-1"}
    assert set(morning(engine, ann, now=MORNING, language="en").names) == {"quiet-0", "quiet-1"}
    assert set(morning(engine, ann, now=MORNING, language="en", desk="city").names) == {"quiet-0"}


def test_a_letter_of_html_breaks_nothing_whatever_a_survey_is_called(store: Store) -> None:
    found = found_by(store, EVERYBODY)
    names = dict.fromkeys(found.names, '<script>alert(1)</script> & "quotes"')

    html = as_html(letter_of(store, Morning(**{**vars(found), "names": names})), read_style(style_file(), "en"))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def report(rows: list[tuple[str, str, float, float]], respondents: int) -> WeightingReport:
    """A report whose levels have these parts of the answers and of the target."""
    names = ("dimension", "level", "before", "target")
    table = pd.DataFrame(rows, columns=names).assign(dimension_label="Age", level_label="young", wave=None)
    return WeightingReport(None, None, "raked", respondents, 0, table, 1.0, 1.0, 1.0, 1.0, 1.0)  # type: ignore[arg-type]


def test_the_next_answers_are_worth_most_where_too_few_answered() -> None:
    # 900 old and 100 young, to be halves: worth 1 / (0.25 / 900 + 0.25 / 100) = 360
    found = most_missing(report([("age", "old", 0.9, 0.5), ("age", "young", 0.1, 0.5)], 1000))

    assert found is not None
    assert found.level == "young"
    assert NEXT == 100
    assert round(found.worth, 6) == round(4 * 900 * 200 / 1100 - 360, 6)


def test_nobody_is_missing_where_every_group_has_its_target_or_one_has_nobody() -> None:
    assert most_missing(report([("age", "old", 0.5, 0.5), ("age", "young", 0.5, 0.5)], 1000)) is None
    assert most_missing(report([("age", "old", 1.0, 0.5), ("age", "young", 0.0, 0.5)], 1000)) is None


def test_a_feed_holds_what_viewers_see_one_entry_a_day_and_is_whole(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "morning.xml"

    written = [
        write_feed(store, file, now=MORNING + timedelta(hours=hours), language="en", zone=ZONE) for hours in (0, 1, 24)
    ]

    names = {"a": "http://www.w3.org/2005/Atom"}
    root = ElementTree.fromstring(file.read_bytes())
    contents = [one.text or "" for one in root.findall("a:entry/a:content", names)]
    assert written == [1, 1, 2]
    assert len({one.text for one in root.findall("a:entry/a:id", names)}) == 2
    assert not any("points since" in text or "forum.example" in text for text in contents)
    assert list(tmp_path.iterdir()) == [file]
    other = tmp_path / "notes.xml"
    other.write_text("<notes/>", encoding="utf-8")
    with pytest.raises(FileError, match="is no feed"):
        write_feed(store, other, now=MORNING, language="en", zone=ZONE)
    assert other.read_text(encoding="utf-8") == "<notes/>"


def test_the_last_working_day_of_a_thursday_is_the_day_on_which_the_last_answers_came() -> None:
    assert last_working_day(MORNING.date()).isoformat() == "2026-11-25"
    assert MORNING.tzinfo == UTC


@pytest.mark.parametrize(("weeks", "longer"), [((25, 35, 45), True), ((45, 45, 25), True), ((35, 35, 35), False)])
def test_no_survey_is_called_still_whose_row_says_that_it_moved_unless_the_span_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weeks: tuple[int, ...], longer: bool
) -> None:
    now = datetime.now(UTC)
    monday = now.date() - timedelta(days=now.weekday() + 21)
    people = [
        Reader(f"id:{week}/{n}", {"move": ("Yes" if n % 100 < yes else "No",)}, {"age": "60+"},
               at=datetime.combine(monday + timedelta(days=7 * week + n % 7), time(12), UTC))
        for week, yes in enumerate(weeks) for n in range(190)
    ]  # fmt: skip
    today = Reader("id:now", {"move": ("Yes",)}, {"age": "60+"}, at=now)
    with opened_store(tmp_path / "weeks.sqlite") as store:
        record(store, replace(unweighted(RIVER), min_base=30), [*people, today])
    with pages_over(tmp_path / "weeks.sqlite", monkeypatch):
        app = page_at("newsroom", {}).run()
    shown = [str(one.value).replace("\xa0", " ").replace("\\", "") for one in app.caption]

    (still,) = [one for one in shown if "in the last seven days" in one]
    row = [one for one in shown if re.search("Yes|No", one) and "week of" in one]
    assert any("rose" in one or "fell" in one for one in row) == longer, shown
    assert ("Over a longer time 1 of them did" in still) == longer, (still, row)
