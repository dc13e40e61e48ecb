"""A reader's own words that became a choice or a level go with the last reader who said so, wherever they stand."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import func, select

from analytics.commands import exporting
from analytics.editions.keeping import pattern_from
from analytics.errors import RequestError
from analytics.exports.export import export_of
from analytics.kinds.table import make
from analytics.model import Choice, Chunk, Dimension, Level, Quarantined, Question, Receipt, Response, Segment
from analytics.model.access import VIEWERS
from analytics.model.crowds import Crowd, OpenCrowd
from analytics.model.labels import labels_in, with_labels
from analytics.model.request import Request
from analytics.model.watched import Told, Watch
from analytics.published.leaving import register_export
from analytics.published.review import review
from analytics.published.words import standing_words
from analytics.store.columns.making import make_columns
from analytics.store.follow.survey_copy import read_survey_copy
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.published_total import published_total
from analytics.store.read.status import read_status
from analytics.store.record.aside import keep_aside
from analytics.store.record.live import record_responses
from analytics.store.tables import schema
from analytics.store.tables.banners import KeptBanner, keep_banner, read_banners
from analytics.store.tables.editions import keep_edition, keep_pattern, read_editions, read_patterns
from analytics.store.tables.figures import Leaving, read_figures, register_figure
from analytics.store.tables.schema import code, metadata, quarantine, response, survey
from analytics.store.tables.segments import read_segments, save_segment
from analytics.store.tables.surveys import read_numbers, read_survey, redefine, save_survey
from analytics.store.tables.tally import set_hot
from analytics.store.tables.watches import KeptWatch, keep_watch, note_evaluations, read_watches
from analytics.store.tend.editing import ask_again, edit_survey
from analytics.store.tend.keeping import erase_responses, erase_words, restore_responses, screen_responses
from analytics.store.tend.last_words import ErasureReach
from analytics.store.tend.removing import purge_due, remove_survey
from analytics.store.tend.storms import decide_on_storm, keep_open_crowds
from analytics.store.tend.verify import verify_store
from analytics.watches.sight import seen_by
from tests.exports_fixture import STYLE
from tests.made.leftovers import UnknownKindError, columns_with, copies, copies_of_server, rows_of_columns
from tests.postgres import Server, server
from tests.surveys import NOW, RIVER, Reader, batch_of, command, opened, record, snapshot

JANE = "I am Jane Doe-Marker of 5 Elm Street"
PLACE = "The Zanzibar-Quay boathouse"
BECAUSE = "Because of the lane"
OPEN = replace(
    RIVER, questions=(Question("why", "Why?", "single", "why", found=True), *RIVER.questions),
    dimensions=(Dimension("where", "Where", "where", found=True), *RIVER.dimensions),
    columns=replace(RIVER.columns, weight=None),
)  # fmt: skip
"""The first question and the first dimension list nothing: what readers write is a choice, and a level."""
CROWD = [
    Response(f"n{n}", {"why": (("Fish", "Boats")[n % 2],), "move": ("Yes",)}, {"where": ("North", "South")[n % 2]})
    for n in range(40)
]
SHE = Response("jane", {"why": (JANE,), "move": ("No",)}, {"where": PLACE}, texts={"": BECAUSE})


@pytest.fixture(params=["sqlite", "postgresql", "hot"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Gives the address of an empty database of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "river.sqlite")
    address: str = request.getfixturevalue("postgres_address")
    return address


@pytest.fixture
def store(place: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(place) as engine:
        with writing(engine) as connection:
            save_survey(connection, OPEN)
        if "hot" in request.node.callspec.params.values():
            set_hot(engine, "river", True)
        record_responses(engine, "river", CROWD[:20])
        record_responses(engine, "river", [SHE])
        record_responses(engine, "river", CROWD[20:])
        yield engine


def publish(store: Store, request: Request) -> None:
    left = export_of(make(snapshot(store), request), STYLE)
    register_export(store, left, str(request).encode(), name="why.csv", now=NOW)


def made_of_it(store: Store, place: str = PLACE) -> None:
    """Has somebody publish figures, keep segments and keep banners that show the words."""
    publish(store, Request(kind="topline", question="why"))
    publish(store, Request(kind="crosstab", question="move", by=("where",)))
    publish(store, Request(kind="topline", question="move"))
    publish(store, Request(kind="topline", question="move", where=(("where", (place,)),)))
    for key, value in (("her", place), ("north", "North")):
        readers = Request(where=(("where", (value,)),))
        save_segment(store, "river", Segment(key, key, "", readers), now=NOW)
    for name, value in (("hers", "5+Elm"), ("others", "North")):
        address = f"survey=river&stub=move&where={place.replace(' ', '+') if name == 'hers' else value}"
        keep_banner(store, "river", KeptBanner(name, address, NOW))


def watched_and_seen(store: Store, choice: str = JANE, place: str = PLACE) -> None:
    """Has somebody watch the words, a viewer look at the survey, and its total be published."""
    address = (("survey", "river"), ("question", "why"), ("where.where", place))
    told = Told(
        "river", "River", address[:2], "share", "Fish", "Fish", 0.5, 0.4, 0.3, 0.5, -0.2, 0.0, "audience", -0.1,
        ("Where", place, 0.5, 0.6), None, NOW,
    )  # fmt: skip
    for name, of, which, last in (("hers", address, choice, None), ("others", address[:2], "Fish", told)):
        watch = Watch("river", f"w-{name}", of, "share", which, 3.0, "hour", "ada@paper.example", (), "en", NOW, "ada")
        keep_watch(store, KeptWatch(watch, told=last))
    edition = seen_by(store, "river", VIEWERS, now=NOW).edition
    assert edition is not None
    for question in ("why", "move"):
        edition.pattern(question)
    published_total(store, "river", now=NOW)
    crowd = Crowd("channel", place, 0, 60)
    decide_on_storm(store, "river", crowd, "kept", name=f"From {place}", answers=40, by="ada", now=NOW)
    for _ in range(2):  # each scan takes the place of the one before
        keep_open_crowds(store, "river", [OpenCrowd(crowd, 40, 2, 0)], now=NOW)


def shares(store: Store) -> dict[str, float]:
    view = make(snapshot(store), Request(kind="topline", question="why", weights="none")).views[0]
    rows = view.estimates.set_index("choice")
    return {str(choice): float(rows.loc[choice, "share"]) for choice in rows.index}


def test_words_that_nobody_else_said_are_no_choice_and_no_level_any_more(store: Store) -> None:
    before = read_survey_copy(store, "river", [])
    assert JANE in shares(store)

    done = erase_responses(store, "river", ["jane"], now=NOW)

    river = read_survey(store, "river")
    assert done.reach == ErasureReach(words=2)
    assert shares(store) == {"Fish": 0.5, "Boats": 0.5}
    assert [level.value for level in river.dimensions[0].levels] == ["North", "South"]
    assert len(read_survey_copy(store, "river", [], before).survey.dimensions[0].levels) == 2
    assert read_status(store, "river").counted == 40
    assert [len(found.wrong) for found in verify_store(store)] == [0]


def test_words_stay_while_somebody_else_said_them_whether_it_counts_or_not(store: Store) -> None:
    for key in ("twin", "screened"):
        record_responses(store, "river", [replace(SHE, key=key)])
    screen_responses(store, "river", ["screened"], rule="a test", now=NOW)

    first = erase_responses(store, "river", ["jane", "twin"], now=NOW)
    kept = [choice.value for choice in read_survey(store, "river").questions[0].choices]
    last = erase_responses(store, "river", ["screened"], now=NOW)

    assert (first.reach, last.reach) == (ErasureReach(), ErasureReach(words=2))
    assert JANE in kept
    assert JANE not in shares(store)


def test_an_answer_that_was_erased_brings_none_of_its_words_back_when_it_comes_again(store: Store) -> None:
    erase_responses(store, "river", ["jane"], now=NOW)

    sent = record_responses(store, "river", [replace(SHE, version=2), Response("tom", {"move": ("No",)})])
    alone = record_responses(store, "river", [replace(SHE, version=3)])
    read = record(store, OPEN, [Reader("id:jane", SHE.answers, SHE.levels), Reader("id:ann", {"move": ("No",)})])

    assert (sent, alone) == (Receipt(stored=1, erased=1), Receipt(erased=1))
    assert (read.stored, read.rejected) == (1, 1)
    with reading(store) as connection:
        assert not {JANE, PLACE} & {*connection.execute(select(code.c.value)).scalars()}
    assert [len(found.wrong) for found in verify_store(store)] == [0]


def test_a_survey_that_is_asked_again_has_no_words_of_those_who_answered_the_first(store: Store) -> None:
    called = ("question/why/label/Fish", "Fisch")
    with writing(store) as connection:
        redefine(connection, "river", partial(with_labels, language="de", labels=dict([called])))

    again = ask_again(store, "river", "again", by="ada", now=NOW)

    assert [one.value for one in read_survey(store, "river").questions[0].choices] == ["Fish", "Boats", JANE]
    assert again == read_survey(store, "again")
    assert (again.questions[0].choices, again.dimensions[0].levels, again.labels) == ((), (), ())
    assert again.questions[1:] == RIVER.questions
    with store.connect() as connection:
        theirs = (
            select(code.c.value).join(survey, survey.c.survey_id == code.c.survey_id).where(survey.c.key == "again")
        )
        assert not {JANE, PLACE, "Fish", "North"} & {*connection.execute(theirs).scalars()}


def test_short_words_go_from_titles_crossed_groups_filters_and_rules_too(store: Store) -> None:
    short = replace(SHE, key="rye", answers={"why": ("Rye",), "move": ("No",)}, levels={"where": "Upton"})
    record_responses(store, "river", [short, *(replace(short, key=f"rye{n}") for n in range(39))])
    for request in (
        Request(kind="table", survey="river", question="why", options=(("stub", "why"), ("banner", "where*age"))),
        Request(kind="crosstab", question="move", by=("where", "sex")),
        Request(kind="topline", question="move", where=(("where", ("Upton", "North")),)),
        Request(kind="robustness", question="move", where=(("where", ("Upton", "North")),)),
    ):
        publish(store, request)
    screen_responses(store, "river", ["n1"], rule="as Upton's", now=NOW)
    crowd = Crowd("channel", "Upton", 0, 60)
    decide_on_storm(store, "river", crowd, "kept", name="Crowd of Upton", answers=40, by="ada", now=NOW)

    erase_responses(store, "river", ["rye", *(f"rye{n}" for n in range(39))], now=NOW)

    with store.connect() as connection:
        held = [
            (table.name, row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).all()
            if re.search(r"\b(Rye|Upton)\b", str(row))
        ]
    assert held == []
    assert restore_responses(store, "river", ["n1"], now=NOW) == 1
    assert len([figure for figure in read_figures(store) if figure.rows]) == 4


def test_what_the_words_are_called_in_another_language_goes_with_them(store: Store) -> None:
    called = {f"question/why/label/{JANE}": "Hanna", f"dimension/where/label/{PLACE}": "Kai", "title": "Der Fluss"}
    with writing(store) as connection:
        redefine(connection, "river", partial(with_labels, language="de", labels=called))

    erase_responses(store, "river", ["jane"], now=NOW)

    assert labels_in(read_survey(store, "river"), "de") == {"title": "Der Fluss"}


def test_rows_kept_aside_of_an_erased_respondent_go_too(store: Store) -> None:
    rows = [
        Quarantined("id:a1", 1, ("a1", "tok-jane", "Perhaps"), ("move: found 'Perhaps'",), "tok-jane"),
        Quarantined("id:a2", 2, ("a2", "tok-jane", "Perhaps"), ("move: found 'Perhaps'",)),  # kept by an older version
        Quarantined("id:a3", 3, ("a3", "tok-ann", "tok-jane"), ("move: found 'tok-jane'",), "tok-ann"),
        Quarantined("id:a4", 4, ("a4", "tok-bob", "Maybe"), ("move: found 'Maybe'",)),
    ]
    with writing(store) as connection:
        (survey_id,) = connection.execute(select(survey.c.survey_id).where(survey.c.key == "river")).one()
        keep_aside(connection, survey_id, 1, Chunk(4, batch_of(OPEN, []), tuple(rows)))

    done = erase_responses(store, "river", respondents=["tok-jane"], now=NOW)

    assert (done.responses, done.aside) == (0, 2)
    with store.connect() as connection:
        assert {*connection.execute(select(quarantine.c.key)).scalars()} == {"id:a3", "id:a4"}
    with pytest.raises(RequestError, match="has no response 'tok-jane'"):
        erase_responses(store, "river", respondents=["tok-jane"], now=NOW)


def test_a_number_that_was_erased_is_never_given_to_other_words(store: Store) -> None:
    with store.connect() as connection:
        hers = read_numbers(connection, 1)["choice/why"][JANE]
    erase_responses(store, "river", ["jane"], now=NOW)

    record_responses(store, "river", [Response("new", {"why": ("Swans",)}, {"where": "East"})])

    with store.connect() as connection:
        numbers = read_numbers(connection, 1)
    assert numbers["choice/why"]["Swans"] > hers
    assert shares(store) == {"Fish": 20 / 41, "Boats": 20 / 41, "Swans": 1 / 41}
    assert [len(found.wrong) for found in verify_store(store)] == [0]


def test_a_definition_that_lists_the_choices_is_still_taken_after_an_erasure(store: Store) -> None:
    erase_responses(store, "river", ["jane"], now=NOW)

    with writing(store) as connection:
        save_survey(connection, replace(OPEN, title="Another title"))

    assert read_survey(store, "river").title == "Another title"


def test_what_was_made_of_the_words_goes_and_what_was_made_of_others_stays(store: Store) -> None:
    made_of_it(store)

    done = erase_responses(store, "river", ["jane"], now=NOW)

    assert done.reach == ErasureReach(words=2, figures=3, segments=1, banners=1)
    assert [one.key for one in read_segments(store, "river")] == ["north"]
    assert [one.name for one in read_banners(store, "river")] == ["others"]
    looked_at = [review(figure, partial(snapshot, store)) for figure in read_figures(store)]
    told = [f"{one.figure.drawn['subtitle']} {standing_words(one.figure, one.standing, STYLE)}" for one in looked_at]
    assert sum("has been erased since" in words for words in told) == 3
    assert all(one.figure.drawn["title"] for one in looked_at)
    assert not any(words in str(one.figure) for one in looked_at for words in (JANE, PLACE))
    topline = next(one for one in looked_at if dict(one.figure.query).get("question") == "why")
    assert {row["choice"] for row in topline.figure.rows if row["statistic"] == "share"} == {"Fish", "Boats"}


def test_watches_editions_and_published_totals_forget_the_words_and_keep_what_others_said(store: Store) -> None:
    watched_and_seen(store)
    before = columns_with(store, JANE, PLACE)
    assert {"watch.choice", "edition_pattern.content", "about.value"} <= {*before[JANE]}
    assert {"watch.address", "edition_pattern.content"} <= {*before[PLACE]}

    done = erase_responses(store, "river", ["jane"], now=NOW)

    assert columns_with(store, JANE, PLACE) == {JANE: [], PLACE: []}
    assert done.reach == ErasureReach(words=2, watches=1)
    assert [one.watch.watch_id for one in read_watches(store, "river")] == ["w-others"]
    pattern = pattern_from(read_patterns(store, "river")["why"].content)
    assert [*pattern.choices[:2], *pattern.levels["where"]][:4] == ["Fish", "Boats", "North", "South"]
    total = published_total(store, "river", now=NOW)
    assert total is not None
    assert {*total.percents} == {"Fish", "Boats"}


def test_the_command_says_what_else_went(tmp_path: Path) -> None:
    db = tmp_path / "river.sqlite"
    with opened(db) as engine, writing(engine) as connection:
        save_survey(connection, OPEN)
    with opened(db) as engine:
        record_responses(engine, "river", [*CROWD, SHE])
        made_of_it(engine)

    said = command("erase", "river", "--response", "jane", "--db", db).stdout

    assert "erased from 3 published figures, 1 segments, 1 banners and 0 watches" in said


MARKERS = ("Kestrel-Yard", "Pelican-Steps", "Wolpertinger", "id:anne-0042")
ANNE = Response(
    "anne-0042", {"why": ("I live at Kestrel-Yard",), "move": ("No",)}, {"where": "Below the Pelican-Steps"},
    texts={"": "Because of Wolpertinger-Lane"},
)  # fmt: skip
"""Somebody who is in no other test: a server keeps what an earlier one wrote in segments for later use."""
OWN_WORDS = ("I live at Kestrel-Yard", "Below the Pelican-Steps")


@pytest.fixture
def with_anne(tmp_path: Path) -> Iterator[Store]:
    """Gives a store with everything that can be made of a reader's words, beside it too."""
    with opened(tmp_path / "river.sqlite") as engine:
        with writing(engine) as connection:
            save_survey(connection, replace(OPEN, columns=replace(OPEN.columns, respondent="who")))
        record_responses(engine, "river", [*CROWD, replace(ANNE, respondent="Anne Wolpertinger")])
        made_of_it(engine, ANNE.levels["where"])
        watched_and_seen(engine, *OWN_WORDS)
        assert make_columns(engine, "river", least=0)
        yield engine


def test_no_byte_of_an_erased_reader_is_left_in_any_file_of_sqlite(with_anne: Store, tmp_path: Path) -> None:
    before = copies(tmp_path, *MARKERS)

    assert erase_responses(with_anne, "river", ["anne-0042"], now=NOW).clean

    assert all(before.values())
    assert copies(tmp_path, *MARKERS) == {marker: [] for marker in MARKERS}


OWN_CHOICE, OWN_LEVEL = (Choice(OWN_WORDS[0], OWN_WORDS[0]), Level(OWN_WORDS[1], OWN_WORDS[1]))
OFFERED = (Choice("Fish", "Fish"), Choice("Boats", "Boats"), OWN_CHOICE)
PLACES = (Level("North", "North"), Level("South", "South"), OWN_LEVEL)
LISTED = replace(
    OPEN,
    questions=(replace(OPEN.questions[0], found=False, choices=OFFERED), *OPEN.questions[1:]),
    dimensions=(replace(OPEN.dimensions[0], found=False, levels=PLACES), *OPEN.dimensions[1:]),
)
"""As a file's proposal lists what it found: two of them are a reader's own words."""


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_listed_words_that_nobody_else_gave_are_named_and_can_be_taken_out(place: str, tmp_path: Path) -> None:
    with opened(place) as engine:
        with writing(engine) as connection:
            save_survey(connection, LISTED)
        record_responses(engine, "river", [*CROWD, ANNE])
        made_of_it(engine, ANNE.levels["where"])
        edit_survey(engine, "river", {"question/why/label/Fish": "Fishes", "title": "A river"}, by="ada", now=NOW)
        before = copies(tmp_path, *MARKERS[:2]) if place.endswith(".sqlite") else {}
        with pytest.raises(RequestError, match="somebody gave one of these"):
            erase_words(engine, "river", [("why", OWN_WORDS[0])], now=NOW)

        done = erase_responses(engine, "river", ["anne-0042"], now=NOW)
        # "No" was offered to everybody: whoever erases knows it from a reader's own words
        assert sorted(done.alone) == [("move", "No"), ("where", OWN_WORDS[1]), ("why", OWN_WORDS[0])]
        with pytest.raises(RequestError, match="lists no 'Birds'"):
            erase_words(engine, "river", [("why", "Birds")], now=NOW)
        taken = erase_words(engine, "river", zip(("why", "where"), OWN_WORDS, strict=True), now=NOW)

        assert (taken.clean, taken.reach.words) == (True, 2)
        survey = read_survey(engine, "river")
        assert [one.label for one in survey.questions[0].choices] == ["Fishes", "Boats"]
        assert [one.value for one in survey.dimensions[0].levels] == ["North", "South"]
        assert shares(engine) == {"Fish": 0.5, "Boats": 0.5}
        assert [len(found.wrong) for found in verify_store(engine)] == [0]
        if before:
            assert all(before.values())
            assert copies(tmp_path, *MARKERS[:2]) == {marker: [] for marker in MARKERS[:2]}


def test_the_command_names_listed_words_and_takes_them_out(tmp_path: Path) -> None:
    db = tmp_path / "river.sqlite"
    with opened(db) as engine, writing(engine) as connection:
        save_survey(connection, LISTED)
    with opened(db) as engine:
        record_responses(engine, "river", [*CROWD, ANNE])

    said = command("erase", "river", "--response", "anne-0042", "--db", db).stdout
    assert "nobody else gave the listed 'I live at Kestrel-Yard'" in said
    assert "erase river --word 'why=I live at Kestrel-Yard'" in said
    words = ["--word", f"why={OWN_WORDS[0]}", "--word", f"where={OWN_WORDS[1]}"]
    assert "2 listed words are erased" in command("erase", "river", *words, "--db", db).stdout
    assert copies(tmp_path, *MARKERS[:2]) == {marker: [] for marker in MARKERS[:2]}


def test_no_row_of_an_erased_reader_is_left_in_any_table_or_file_of_columns(with_anne: Store, tmp_path: Path) -> None:
    with with_anne.connect() as connection:
        (number,) = connection.execute(select(response.c.response_no).where(response.c.key == "id:anne-0042")).one()
    assert number in rows_of_columns(tmp_path, "no")

    erase_responses(with_anne, "river", ["anne-0042"], now=NOW)

    assert number not in rows_of_columns(tmp_path, "no")
    assert len(rows_of_columns(tmp_path, "no")) == len(CROWD)
    with with_anne.connect() as connection:
        for table in metadata.sorted_tables:
            if "response_no" in table.c:
                held = select(func.count()).select_from(table).where(table.c.response_no == number)
                assert connection.execute(held).scalar_one() == 0, table.name


def test_words_are_found_again_in_every_kind_of_packed_file_and_an_unknown_kind_is_a_fault(tmp_path: Path) -> None:
    pq.write_table(pa.table({"who": ["Wolpertinger"] * 9}), tmp_path / "a.parquet", compression="zstd")
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(b'{"who": "Wolpertinger"}'))
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.txt", "Wolpertinger " * 9)

    assert sorted(copies(tmp_path, "Wolpertinger")["Wolpertinger"]) == ["a.parquet", "b.json.gz", "c.xlsx"]

    (tmp_path / "d.feather").write_bytes(b"ARROW1 and something")
    with pytest.raises(UnknownKindError, match=r"d\.feather"):
        copies(tmp_path, "Wolpertinger")


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Gives a server that holds nothing but what one test wrote, so that its files are few and its settings its own."""
    with server() as running:
        yield running


def keeper_of(running: Server, *statements: str) -> None:
    """Has whoever keeps the server do this."""
    with psycopg.connect(running.address("postgres"), autocommit=True) as keeper:
        for statement in statements:
            keeper.execute(statement)


UNRECYCLED = ("ALTER SYSTEM SET wal_recycle = off", "SELECT pg_reload_conf()")
"""Else old segments of the log are kept under later names."""


def test_an_owner_who_may_not_have_the_log_forgotten_is_told_who_can_and_how(own_server: Server) -> None:
    keeper_of(own_server, "CREATE ROLE paper LOGIN", "CREATE DATABASE paper OWNER paper")
    address, data = own_server.address("paper").replace("postgres@", "paper@"), own_server.folder / "data"
    with opened(address) as engine:
        with writing(engine) as connection:
            save_survey(connection, OPEN)
        record_responses(engine, "river", [*CROWD, ANNE])

    first = command("erase", "river", "--response", "anne-0042", "--db", address)
    left = copies_of_server(data, *MARKERS)
    told = first.stderr.partition("and runs: ")[2].strip().split("; ")
    keeper_of(own_server, *UNRECYCLED)
    with psycopg.connect(own_server.address("paper"), autocommit=True) as keeper:
        for statement in told:
            keeper.execute(statement)

    assert first.exit_code == 0
    assert "may still hold what was erased" in first.stderr
    assert any(name.startswith("pg_wal") for files in left.values() for name in files)
    assert copies_of_server(data, *MARKERS) == {marker: [] for marker in MARKERS}
    keeper_of(own_server, "ALTER ROLE paper SUPERUSER")
    assert command("erase", "river", "--response", "n1", "--db", address).stderr == ""


def test_no_byte_of_an_erased_reader_is_left_in_data_or_log_of_postgresql(own_server: Server) -> None:
    address, data = own_server.new_database(), own_server.folder / "data"
    keeper_of(own_server, *UNRECYCLED)
    with opened(address) as engine:
        with writing(engine) as connection:
            save_survey(connection, OPEN)
        record_responses(engine, "river", [*CROWD, ANNE])
        made_of_it(engine, ANNE.levels["where"])
        watched_and_seen(engine, *OWN_WORDS)
        with psycopg.connect(address, autocommit=True) as keeper:
            keeper.execute("ANALYZE")  # as the server does by itself: samples of every column
            keeper.execute("CHECKPOINT")
        before = copies_of_server(data, *MARKERS)

        done = erase_responses(engine, "river", ["anne-0042"], now=datetime(2025, 6, 2, tzinfo=UTC))

    assert (done.clean, done.logged) == (True, False)
    for marker, files in before.items():
        assert any(name.startswith("base") for name in files), marker
        assert any(name.startswith("pg_wal") for name in files), marker
    assert copies_of_server(data, *MARKERS) == {marker: [] for marker in MARKERS}


def themes_left(store: Store, *themes: str, phrase: str = "", by: tuple[tuple[str, str], ...] = ()) -> None:
    """Has a figure of what comments are about leave, as the page and the command have it."""
    query = (("survey", "river"), ("view", "themes"), ("part", "themes"), *by)
    rows = [{"choice": str(at), "choice_label": one, "terms": one, "phrase": phrase} for at, one in enumerate(themes)]
    drawn = {"title": f"{themes[0]} lead", "subtitle": "", "caption": "", "alt": ", ".join(themes), "spec": {}}
    figure = Leaving("river", f"f-{len(read_figures(store))}", query, 1, drawn, rows)
    register_figure(store, figure, name="themes.png", sha256=figure.figure_id, now=NOW)


def test_published_themes_go_with_the_last_comment_that_has_their_words(store: Store) -> None:
    texts = {"jane": "My walrus on Kestrel Lane sleeps", "a": "Cats sleep at the harbour", "b": "Cats and walruses"}
    record_responses(store, "river", [Response(f"c-{key}", {}, {}, {"": text}) for key, text in texts.items()])
    themes_left(store, "Walrus, sleeps", "Cats, harbour")
    themes_left(store, "Cats, harbour", phrase="on Kestrel Lane")
    themes_left(store, "Cats, harbour", by=(("search", "kestrel"),))
    themes_left(store, "Cats, harbour")
    publish(store, Request(kind="topline", question="move"))

    reach = erase_responses(store, "river", ["c-jane"], now=NOW).reach

    assert reach.comments == 3
    shown = str([(figure.rows, figure.query) for figure in read_figures(store)]).casefold()
    assert not [word for word in ("walrus", "kestrel") if word in shown]
    assert len([figure for figure in read_figures(store) if figure.drawn["title"]]) == 2
    assert erase_responses(store, "river", ["c-a"], now=NOW).reach.comments == 3
    assert "harbour" not in str([figure.rows for figure in read_figures(store)])
    assert erase_responses(store, "river", ["n3"], now=NOW).reach.comments == 0


def test_a_listed_word_that_was_erased_is_erased_again_after_an_older_backup(tmp_path: Path) -> None:
    db, kept, log = tmp_path / "river.sqlite", tmp_path / "kept.sqlite", tmp_path / "erased.log"
    with opened(db) as engine:
        with writing(engine) as connection:
            save_survey(connection, LISTED)
        record_responses(engine, "river", [*CROWD, ANNE])
    assert command("backup", kept, "--db", db).exit_code == 0
    words = ["--word", f"why={OWN_WORDS[0]}", "--word", f"where={OWN_WORDS[1]}"]
    assert command("erase", "river", "--response", "anne-0042", *words, "--log", log, "--db", db).exit_code == 0
    assert not any(word in log.read_text(encoding="utf-8") for word in OWN_WORDS)

    said = command("erase-again", "--log", log, "--db", kept)

    assert "1 responses" in said.stdout
    assert "2 listed words are erased again" in said.stdout
    assert "Kestrel" not in said.output
    assert copies(tmp_path, *MARKERS[:2]) == {marker: [] for marker in MARKERS[:2]}
    assert "listed" not in command("erase-again", "--store", db, "--db", kept).output
    with opened(kept) as engine:
        assert [len(found.wrong) for found in verify_store(engine)] == [0]


def test_a_listed_word_that_somebody_gives_now_stays_and_is_said(tmp_path: Path) -> None:
    db, other, log = tmp_path / "river.sqlite", tmp_path / "other.sqlite", tmp_path / "erased.log"
    for place in (db, other):
        with opened(place) as engine:
            with writing(engine) as connection:
                save_survey(connection, LISTED)
            record_responses(engine, "river", CROWD)
    assert command("backup", tmp_path / "kept.sqlite", "--db", db).exit_code == 0
    assert command("erase", "river", "--word", f"why={OWN_WORDS[0]}", "--log", log, "--db", db).exit_code == 0
    with opened(tmp_path / "kept.sqlite") as engine:
        record_responses(engine, "river", [ANNE])

    said = command("erase-again", "--log", log, "--db", tmp_path / "kept.sqlite")

    assert f"why={OWN_WORDS[0]} was erased and stays, since somebody gives it now" in said.stderr


def test_a_survey_that_goes_for_good_leaves_no_reader_s_own_words_in_what_outlives_it(store: Store) -> None:
    made_of_it(store)
    screen_responses(store, "river", ["n3"], rule=f"as {JANE}", now=NOW)
    themes_left(store, "Lane, because")
    remove_survey(store, "river", by="ada@paper.example", now=NOW, days=0)

    assert purge_due(store, now=NOW + timedelta(minutes=5)) == ("river",)

    with reading(store) as connection:
        kept = [str(connection.execute(select(table)).all()) for table in (schema.figure, schema.audit)]
    assert not [word for word in (JANE, PLACE, "Lane") for text in kept if word in text]
    assert [one for one in read_figures(store) if one.drawn["title"]]  # those of listed answers stay


def test_what_is_made_of_a_look_before_an_erasure_is_not_kept_after_it(store: Store) -> None:
    made_of_it(store)
    watched_and_seen(store)
    figure = export_of(make(snapshot(store), Request(kind="topline", question="why")), STYLE)
    numbers = export_of(make(snapshot(store), Request(kind="topline", question="move")), STYLE)
    revision, (looked, *_) = snapshot(store).status.revision, read_watches(store)
    (edition,) = read_editions(store, "river")[-1:]
    (pattern,) = (one for question, one in read_patterns(store, "river").items() if question == "why")
    crowd = OpenCrowd(Crowd("channel", PLACE, 0, 60), 40, 2, 0)
    erase_responses(store, "river", ["n1"], now=NOW)  # no words go with one whose answer others gave
    register_export(store, numbers, b"1", name="move.csv", now=NOW)

    erase_responses(store, "river", ["jane"], now=NOW)

    with pytest.raises(RequestError, match="A reader was erased while this was made"):
        register_export(store, figure, b"2", name="why.csv", now=NOW)
    assert not keep_edition(store, "river", replace(edition, number=edition.number + 1))
    assert keep_pattern(store, "river", "why", replace(pattern, number=edition.number)) is None
    keep_open_crowds(store, "river", [crowd], now=NOW, revision=revision)
    assert note_evaluations(store, [(looked, looked)], {"river": revision}) == [False]
    found = columns_with(store, JANE, PLACE, "5 Elm Street")
    assert found == {JANE: [], PLACE: [], "5 Elm Street": []}
    fresh = export_of(make(snapshot(store), Request(kind="topline", question="why")), STYLE)
    register_export(store, fresh, b"3", name="why.csv", now=NOW)


def test_a_file_that_was_made_while_a_reader_was_erased_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, file = tmp_path / "river.sqlite", tmp_path / "why.csv"
    with opened(db) as engine:
        with writing(engine) as connection:
            save_survey(connection, OPEN)
        record_responses(engine, "river", [*CROWD, SHE])

    def slow(*_: object, **_more: object) -> bytes:
        with opened(db) as engine:
            erase_responses(engine, "river", ["jane"], now=NOW)
        return b"drawn"

    monkeypatch.setattr(exporting, "file_of", slow)
    said = command("export", "river", "why", "-o", file, "--db", db)

    assert (said.exit_code, file.exists()) == (2, False)
    assert "A reader was erased while this was made. Make it again." in said.output
