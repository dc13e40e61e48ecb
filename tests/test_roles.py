"""Who may see what: the roles against every page, function, file and link, as the table of roles has it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.errors import DeniedError, RequestError, StoreError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.views.tallied import tallied
from analytics.imports.definition.survey import read_definition
from analytics.imports.record import record_apart
from analytics.model import access
from analytics.model.access import EVERYBODY, NOBODY, ROLES, Importer, Person, Role
from analytics.model.request import Request
from analytics.pages import app as pages_app
from analytics.pages import imports as imports_page
from analytics.pages.app import PAGES, TAKES
from analytics.pages.ground import sources
from analytics.pages.ground.sources import request_words
from analytics.store.people.accounts import admit_person, read_account, read_desk_names, read_desks, set_desks
from analytics.store.people.looks import read_looks
from analytics.store.people.passkeys import address_of_link
from analytics.store.people.sending import Subscription, keep_subscription
from analytics.store.people.sessions import begin_session
from analytics.store.place.connections import writing
from analytics.store.read.comments import count_comments, list_comments, read_choices
from analytics.store.read.responses import Order, count_responses, list_responses, read_details
from analytics.store.tables.surveys import redefine
from analytics.store.tend.editing import ask_again
from analytics.store.tend.hiding import read_hidden
from tests.conftest import ROOT
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, pages_over, readers
from tests.surveys import NOW, RIVER, command, opened
from tests.test_removing import lay_out

ANN = "ann@example.org"

RIGHTS: dict[str, set[Role]] = {
    "may_see_figures": {"viewer", "analyst", "editor"},
    "may_see_exact": {"analyst", "editor"},
    "may_read_comments": {"analyst", "editor"},
    "may_see_responses": {"analyst"},
    "may_keep_segments": {"analyst"},
    "may_import": {"analyst"},
    "may_export": {"analyst", "editor"},
    "may_publish": {"editor"},
    "may_hide": {"editor"},
    "may_ask": {"editor"},
    "may_judge_storms": {"editor"},
    "may_bring_files": {"analyst", "editor"},
    "may_watch": {"editor"},
    "may_subscribe": {"editor", "admin"},
    "may_edit": {"editor"},
    "may_remove": {"admin"},
    "may_mend": {"editor", "admin"},
    "may_admit": {"admin"},
}
"""The table of roles: each right with the roles that give it."""

PAGES_OF: dict[str, set[Role]] = {
    "newsroom": {"viewer", "analyst", "editor"},
    "survey": {"viewer", "analyst", "editor"},
    "crosstabs": {"viewer", "analyst", "editor"},
    "compare": {"viewer", "analyst", "editor"},
    "segments": {"analyst"},
    "comments": {"analyst", "editor"},
    "responses": {"analyst"},
    "published": {"editor"},
    "ask": {"editor"},
    "imports": {"analyst"},
    "mending": {"editor", "admin"},
    "storms": {"editor"},
    "watches": {"editor"},
    "morning": {"viewer", "analyst", "editor"},
    "people": {"admin"},
}
"""The pages, each with the roles that open it."""

CLOSED = ("not open to your roles", "Nobody with your address")


def person_of(*roles: Role) -> Person:
    return Person(ANN, frozenset(roles))


def test_every_right_is_that_of_the_table_for_every_set_of_roles() -> None:
    judges: dict[str, Callable[[Person], bool]] = {
        name: getattr(access, name)
        for name in dir(access)
        if name.startswith("may_") and name not in ("may_see_comments", "may_manage")
    }

    assert set(judges) == set(RIGHTS)
    for name, judge in judges.items():
        for count in range(len(ROLES) + 1):
            for roles in combinations(ROLES, count):
                assert judge(person_of(*roles)) == bool(RIGHTS[name] & {*roles}), (name, roles)
        assert judge(EVERYBODY)
        assert not judge(NOBODY)


def test_every_page_asks_the_judge() -> None:
    assert set(TAKES) == set(PAGES) == set(PAGES_OF)
    for name, may in TAKES.items():
        assert {role for role in ROLES if may(person_of(role))} == PAGES_OF[name], name


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a database with one survey of 48 readers, 8 of each age and gender, and a minimum base of 5; all wrote."""
    path = tmp_path_factory.mktemp("roles") / "opinions.sqlite"
    rows = [(*row, f"I say this because of reason {place}.") for place, row in enumerate(readers(48))]
    import_survey(path, definition(written=True, closes="min_base = 5"), rows, columns=(*COLUMNS, "comment"))
    return path


@pytest.fixture
def database(written: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Has the pages read that database, where people sign in."""
    monkeypatch.setenv("SIGN_IN", "passkeys")
    sources._roles.clear()
    with pages_over(written, monkeypatch, writing=True):
        yield written
    sources._roles.clear()


def signed_in(database: Path, name: str, *roles: Role, **address: str) -> AppTest:
    """Returns the page as somebody of these roles sees it; without roles, as somebody who is not admitted."""
    who = f"{'-'.join(roles)}@example.org" if roles else "eve@example.org"
    if roles:
        with opened(database) as store:
            admit_person(store, who, roles, by="", now=NOW)
    sources._roles.clear()
    page = page_at(name, {"survey": "phones", **address})
    page.user["email"] = who
    return page.run()


def words_of(page: AppTest) -> str:
    return " ".join(one.value for one in [*page.info, *page.error, *page.caption, *page.markdown])


@pytest.mark.parametrize("name", sorted(PAGES_OF))
def test_a_page_opens_to_its_roles_and_to_no_other(database: Path, name: str) -> None:
    for roles in [(), *((role,) for role in ROLES)]:
        page = signed_in(database, name, *roles)

        assert not page.exception, (name, roles)
        closed = any(sentence in words_of(page) for sentence in CLOSED)
        assert closed == (not PAGES_OF[name] & {*roles}), (name, roles)


def test_without_a_name_nobody_sees_anything_where_people_sign_in(database: Path) -> None:
    page = page_at("survey", {"survey": "phones"})
    page.user = {}
    page.run()

    assert "Nobody with your address" in words_of(page)
    assert database.exists()


def test_the_links_at_the_head_are_those_of_pages_that_open(database: Path) -> None:
    for role in ROLES:
        page = signed_in(database, "survey", role)
        labels = {link.proto.label for link in page.get("page_link")}
        heads = {title: name for name, (title, _) in PAGES.items() if name != pages_app.BESIDE}

        assert labels & {*heads} == {title for title, name in heads.items() if role in PAGES_OF[name]}, role


def test_a_viewer_takes_no_file_out_and_an_analyst_does(database: Path) -> None:
    viewer = signed_in(database, "survey", "viewer", **{"topline exporting": "true"})
    analyst = signed_in(database, "survey", "analyst")

    filtered = signed_in(database, "survey", "viewer", **{"where.gender": "f"})
    offered = [one.label for one in [*filtered.button, *viewer.expander]]
    links = {link.proto.label for link in filtered.get("page_link")}

    assert "Export" not in offered
    assert "Keep these readers as a segment" not in links
    assert not viewer.get("download_button")
    assert not [one for one in viewer.button if one.label in ("Add to basket", "Keep these groups")]
    assert any("Report of the whole survey" in one.label for one in analyst.expander)
    assert not any(
        "Report of the whole survey" in one.label for one in signed_in(database, "survey", "viewer").expander
    )


def test_a_viewer_is_told_nothing_of_differences_that_were_not_tested(database: Path) -> None:
    told = words_of(signed_in(database, "survey", "viewer"))

    assert "clearly differ" not in told
    assert "Answers by group" in told


def test_an_admin_removes_and_does_not_edit_and_an_editor_edits_and_does_not_remove(database: Path) -> None:
    admin, editor = (signed_in(database, "mending", role) for role in ("admin", "editor"))

    assert "Only an editor may edit a survey." in words_of(admin)
    assert [one.label for one in admin.text_input] == ["Desks"]
    assert any("Remove" in one.label for one in [*admin.button, *admin.expander])
    assert editor.text_input
    assert "Desks" not in [one.label for one in editor.text_input]
    assert not any("Remove" in one.label for one in [*editor.button, *editor.expander])


def test_an_admin_admits_changes_links_and_dismisses_on_the_page_and_all_of_it_is_in_the_log(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://opinion.example.org")
    before = len(logged(database))
    page = signed_in(database, "people", "admin")
    assert not page.exception
    assert [row for row in page.dataframe[0].value["Address"] if row == "admin@example.org"]

    page.text_input(key="new address").input("New@Example.org").run()
    page.multiselect(key="new roles").set_value(["viewer", "editor"]).run()
    page.text_input(key="new desks").input("city, sports").run()
    page.button(key="new give").click().run()
    link = page.code[0].value
    with opened(database) as store:
        assert address_of_link(store, link.partition("#")[2], now=datetime.now(UTC)) == "new@example.org"
        account = read_account(store, "new@example.org")
        begin_session(store, "new@example.org", "passkey", now=datetime.now(UTC))
    assert link.startswith("https://opinion.example.org/sign-in/enrol#")
    assert account is not None
    assert account.person == Person("new@example.org", frozenset({"viewer", "editor"}), frozenset({"city", "sports"}))

    page.selectbox(key="person").set_value("new@example.org").run()
    assert not page.exception
    for key in ("end new@example.org", "link new@example.org", "lost new@example.org"):
        page.button(key=key).click().run()
        assert not page.exception
    assert page.code[0].value != link
    page.multiselect(key="new@example.org roles").set_value(["viewer"]).run()
    page.button(key="new@example.org give").click().run()
    assert not page.code
    page.button(key="dismiss new@example.org").click().run()
    with opened(database) as store:
        assert read_account(store, "new@example.org") is None

    lines = [(who, action) for who, action, *_ in logged(database)[before:] if who == "admin@example.org"]
    assert [action for _, action in lines if action != "signed in"] == [
        "admitted", "made a link", "ended sessions", "made a link", "took passkeys away", "made a link", "admitted",
        "dismissed",
    ]  # fmt: skip
    assert link.partition("#")[2] not in str(logged(database))


def test_no_admin_is_locked_out_and_an_admin_of_a_desk_sees_to_its_people_alone(database: Path) -> None:
    with opened(database) as store:
        admit_person(store, "all@example.org", ["admin"], by="", now=NOW)
        admit_person(store, "far@example.org", ["editor"], by="", now=NOW, desks=["sports"])
        admit_person(store, "near@example.org", ["editor"], by="", now=NOW, desks=["city"])
        admit_person(store, "desk@example.org", ["admin"], by="", now=NOW, desks=["city"])

    def page_of(who: str) -> AppTest:
        page = page_at("people", {})
        page.user["email"] = who
        return page.run()

    page = page_of("all@example.org")
    page.selectbox(key="person").set_value("all@example.org").run()
    page.multiselect(key="all@example.org roles").set_value(["viewer"]).run()
    page.button(key="all@example.org give").click().run()
    assert "lock yourself out" in words_of(page)
    assert page.button(key="dismiss all@example.org").disabled

    page = page_of("desk@example.org")
    assert {*page.selectbox(key="person").options} == {"near@example.org", "desk@example.org"}
    page.text_input(key="new address").input("far@example.org").run()
    page.multiselect(key="new roles").set_value(["admin"]).run()
    page.button(key="new give").click().run()
    assert "at desks that are not yours" in words_of(page)
    page.text_input(key="new address").input("new@example.org").run()
    page.text_input(key="new desks").input("").run()
    page.button(key="new give").click().run()
    assert "your own desks alone" in words_of(page)
    with opened(database) as store:
        far = read_account(store, "far@example.org")
        assert far is not None
        assert far.person.roles == {"editor"}
        assert read_account(store, "new@example.org") is None


def test_a_role_that_was_taken_away_counts_from_the_next_click_on(database: Path) -> None:
    page = signed_in(database, "mending", "editor")
    with opened(database) as store:
        admit_person(store, "editor@example.org", ["viewer"], by="", now=NOW)
    sources._roles.clear()

    page.run()

    assert CLOSED[0] in words_of(page)


def test_numbers_of_groups_below_ten_are_not_for_viewers_whatever_the_survey_says(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Request(question="ban", by=("age", "gender"))
    monkeypatch.setattr(sources, "person", partial(person_of, "analyst"))
    monkeypatch.setattr(sources, "_signed_in", lambda: "ann@example.org")
    exact = sources.snapshot_at("phones", sources.revisions()["phones"])
    monkeypatch.setattr(sources, "person", partial(person_of, "viewer"))
    edition = sources.snapshot_at("phones", sources.revisions()["phones"])

    assert not crosstab(exact, asked).estimates["suppressed"].astype(bool).all()
    with pytest.raises(RequestError, match="not crossed for your role"):  # each group has 8 readers
        crosstab(edition, asked)
    assert database.exists()


def test_who_looks_is_asked_only_while_a_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGN_IN", "passkeys")

    for ask in (sources.person, sources.known_name, partial(sources.change, bool, may=bool)):
        with pytest.raises(RuntimeError, match="while a page runs"):
            ask()


SMALL = {"where.age": "18-29", "where.gender": "f", "weighting": "none"}
"""A selection of eight readers."""
OPENED = {
    "table method open": True, "weights shown": True, "solidity open": True,
    "crosstab method": True, "trend method": True, "topline method": True,
}  # fmt: skip
"""Whatever is folded on these pages."""


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("survey", {}), ("survey", {"by": "age"}), ("survey", {"check": "change"}), ("crosstabs", {}), ("newsroom", {}),
    ],
)  # fmt: skip
def test_no_page_tells_a_viewer_anything_that_changes_with_a_selection_of_fewer_than_ten(
    database: Path, name: str, address: dict[str, str]
) -> None:
    told = {}
    for answer in ("", "yes", "no", "unsure"):
        more = {"where.ban": answer} if answer else {}
        page = signed_in(database, name, "viewer", **SMALL, **address, **more)
        for key in OPENED:
            page.session_state[key] = True
        page.run()
        assert not page.exception
        proto = " ".join(str(one.proto) for one in page.main if hasattr(one, "proto") and one.type not in CHOSEN)
        told[answer] = re.sub(r"\b(id|element_id|query_string|key): .*", "", proto)
        if name == "survey":
            assert "more than your role sees" in words_of(page)

    assert len({*told.values()}) == 1
    if name == "survey":
        shown = words_of(signed_in(database, name, "analyst", **SMALL))
        assert "8" in shown
        assert "Fewer than 10" not in shown


CHOSEN = ("button", "page_link", "multiselect")
"""What repeats to somebody what they chose themselves."""


@pytest.mark.parametrize(
    "write",
    [
        lambda: sources.drop_segment("phones", "young"),
        lambda: sources.drop_banner("phones", "By age"),
        lambda: sources.hide("phones", 1, "", "ann"),
        lambda: sources.show_again("phones", 1, "", "ann"),
    ],
    ids=["segment", "banner", "hide", "show again"],
)
def test_what_writes_asks_the_judge_itself(
    database: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[], object]
) -> None:
    monkeypatch.setattr(sources, "person", lambda: Person(ANN, frozenset({"viewer"})))
    monkeypatch.setattr(sources, "_signed_in", lambda: ANN)

    with pytest.raises(RequestError, match="Your roles do not allow this"):
        write()
    assert database.exists()


def test_a_key_of_another_desk_gives_nothing_and_changes_nothing_whoever_sends_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "person", lambda: Person(ANN, frozenset(ROLES), frozenset({"city"})))
    monkeypatch.setattr(sources, "_signed_in", lambda: ANN)
    with opened(database) as store:
        set_desks(store, "phones", ["city"], by="", now=NOW)
        assert sources.survey_seen("phones") is not None
        set_desks(store, "phones", ["sports"], by="", now=NOW)
    try:
        assert sources.survey_seen("phones") is None
        assert sources.asked_seen("phones") is None
        with pytest.raises(RequestError, match="Your roles do not allow this"):
            sources.drop_segment("phones", "young")
    finally:
        with opened(database) as store:
            set_desks(store, "phones", [], by="", now=NOW)


def test_pages_find_surveys_by_what_asks_the_judge_alone_and_so_do_parts_and_changes_of_pages() -> None:
    """A browser may send any value for a choice, and a page that is open may be of a survey that is theirs no more."""
    for file in sorted((ROOT / "analytics" / "pages").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.name != "sources.py":
            assert not re.findall(r"\b(find_survey|read_asked)\b", text), file
        if file.name not in ("parts.py", "lost.py"):
            assert "st.fragment" not in text, file


FOR_NO_SURVEY = {"people.py": 1, "ask.py": 1}
"""Changes that are of no survey, by file: of people; and a question that is asked for the first time."""


def test_every_change_of_a_page_says_which_survey_it_is_of() -> None:
    """So that the judge is asked for its desks too: a page that is open may be of a survey that is theirs no more."""
    without: dict[str, int] = {}
    for path in (ROOT / "analytics" / "pages").rglob("*.py"):
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_change = isinstance(part, ast.Call) and getattr(part.func, "id", "") == "change" and part.args
            if is_change and len(part.args) < 4 and "key" not in {one.arg for one in part.keywords}:
                without[path.name] = without.get(path.name, 0) + 1

    assert without == FOR_NO_SURVEY


def test_what_is_kept_for_one_person_is_given_only_to_those_who_may_see_the_same() -> None:
    def key(person: Person) -> sources.ViewKey:
        return sources.ViewKey("", "phones", None, person, Request())  # type: ignore[arg-type]

    bob = Person("bob@example.org", frozenset({"analyst"}))
    assert key(Person("", bob.roles)) != key(Person("", frozenset({"viewer"})))


# The second lock: behind the pages


ROWS: dict[str, tuple[Callable[..., object], set[Role]]] = {
    "list_responses": (
        lambda store, **who: list_responses(store, "phones", Request(), Order(), most=1, **who), {"analyst"}
    ),
    "read_details": (lambda store, **who: read_details(store, "phones", [1], **who), {"analyst", "editor"}),
    "count_responses": (
        lambda store, **who: count_responses(store, "phones", Request(), **who), {"analyst", "editor"}
    ),
    "count_responses by words": (
        lambda store, **who: count_responses(store, "phones", Request(), search="reason", **who), {"analyst", "editor"}
    ),
    "list_comments": (
        lambda store, **who: list_comments(store, "phones", Request(), [""], **who), {"analyst", "editor"}
    ),
    "count_comments": (
        lambda store, **who: count_comments(store, "phones", Request(), [""], **who), {"analyst", "editor"}
    ),
    "read_choices": (lambda store, **who: read_choices(store, "phones", "ban", **who), {"analyst", "editor"}),
    "read_hidden": (lambda store, **who: read_hidden(store, "phones", **who), {"analyst", "editor"}),
    "themes": (
        lambda store, person: snapshot_of(store, "phones", now=NOW, person=person).themes(Request(), "", ""),
        {"analyst", "editor"},
    ),
    "numbers": (
        lambda store, person: tallied(snapshot_of(store, "phones", now=NOW, person=person), Request(question="ban")),
        {"analyst", "editor"},
    ),
}  # fmt: skip
"""What gives rows, comments and numbers, each with the roles that it gives them to."""


@pytest.mark.parametrize("name", ROWS)
def test_rows_comments_and_numbers_are_given_to_their_roles_and_desks_alone(written: Path, name: str) -> None:
    read, roles = ROWS[name]
    given = set()
    with opened(written) as store:
        set_desks(store, "phones", ["schools"], by="", now=NOW)
        for role in ROLES:
            for desks in (None, frozenset({"schools", "city"}), frozenset({"city"})):
                try:
                    read(store, person=Person(ANN, frozenset({role}), desks))
                    given.add((role, desks))
                except DeniedError as fault:
                    assert "Your roles do not allow this" in str(fault)  # noqa: PT017
        with pytest.raises(DeniedError):
            read(store, person=NOBODY)
        read(store, person=EVERYBODY)
        set_desks(store, "phones", [], by="", now=NOW)

    assert given == {(role, desks) for role in roles for desks in (None, frozenset({"schools", "city"}))}


def test_no_estimate_reads_cells_past_the_judge() -> None:
    code = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "analytics" / "estimates").rglob("*.py")}

    assert [name for name, text in code.items() if re.search(r"snapshot\.read\b", text)] == []
    assert sum("snapshot.cells(" in text for text in code.values()) >= 4


SHARED = {
    "app.py": {"line", "watch_left_sessions"}, "chart.py": {"_drawn"}, "look.py": {"_styles"},
    "plain.py": {"_watcher"}, "speech.py": {"_teller"}, "sheet.py": {"_drawn"}, "strip.py": {"_drawn"},
    "sources.py": {"store", "_picture", "_writer", "_reach", "_shelf", "_names"}, "morning.py": {"_letter_at"},
    "register.py": {"_figures_at", "_reviewed_at"}, "storms.py": {"_watch"},
}  # fmt: skip
"""What is kept for all who look, by file: connections, copies that each reader is judged before, signs.

A letter of the morning is known by the sight of its reader."""


def test_whatever_is_kept_of_a_survey_is_known_by_what_the_person_may_see() -> None:
    kept, judged = {}, 0
    for path in (ROOT / "analytics" / "pages").rglob("*.py"):
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.FunctionDef) and any("cache_" in ast.unparse(one) for one in part.decorator_list):
                first = part.args.args[0].annotation if part.args.args else None
                if first is not None and ast.unparse(first) == "ViewKey":
                    judged += 1
                else:
                    kept.setdefault(path.name, set()).add(part.name)

    assert judged >= 8
    assert kept == SHARED


WARM: dict[str, list[dict[str, str]]] = {
    "newsroom": [{}], "morning": [{}], "crosstabs": [{}],
    "survey": [{"by": "age"}, SMALL], "compare": [{"with": "common"}],
}  # fmt: skip
"""Addresses of the pages that viewers open, at which somebody who sees exact numbers looks before they do."""


def told_to(page: AppTest) -> str:
    """Returns all that the page says, without the names that Streamlit gives its parts and the times of day."""
    assert not page.exception
    said = " ".join(str(one.proto) for one in [*page.main, *page.sidebar] if hasattr(one, "proto"))
    return re.sub(r"\b(id|element_id|form_id): .*|\b[0-9a-f]{32,}\b|\b\d\d\\*:\d\d\b", "", said)


def forget_all(database: Path) -> None:
    """Empties whatever the pages keep."""
    with suppress(StoreError):
        for kept in (sources.store, sources._writer):
            kept(str(database)).dispose()
    st.cache_resource.clear()
    st.cache_data.clear()
    for kept_here in (sources._roles, sources._editions, sources._noted):
        kept_here.clear()


@pytest.mark.parametrize("name", WARM)
def test_a_viewer_is_told_the_same_whoever_looked_before(database: Path, name: str) -> None:
    for address in WARM[name]:
        forget_all(database)
        cold = told_to(signed_in(database, name, "viewer", **address))
        forget_all(database)
        for roles in (("analyst", "editor"), ROLES):
            page = signed_in(database, name, *roles, **address)
            for key in OPENED:
                page.session_state[key] = True
            exact = told_to(page.run())
        warm = told_to(signed_in(database, name, "viewer", **address))

        assert warm == cold
        assert name == "morning" or exact != cold


# Desks


SECRET = "OFTHECITYDESK"
TELLING = (SECRET, "A bridge, please.", "forum.example", "a@b.example")
"""What stands in the survey of the other desk, and in whatever is kept of it, and nowhere else."""
FORGED = {
    "survey": "river", "other": "river", "with": "survey/river", "figure": "f-one", "banner": "By age",
    "segment": "old", "question": "move", "search": "bridge", "report": "river", "response.opened": "2",
}  # fmt: skip
"""An address that names it wherever one can."""


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives a store with something of the city's survey in every table, and one of nobody's; Sue and Carl may all."""
    marked = replace(
        RIVER, title=f"{SECRET} river",
        questions=tuple(
            replace(one, text=f"{SECRET}?", choices=tuple(replace(each, label=f"{SECRET} {at}")
                    for at, each in enumerate(one.choices))) for one in RIVER.questions
        ),
        dimensions=tuple(replace(one, label=f"{SECRET} {one.key}") for one in RIVER.dimensions),
    )  # fmt: skip
    monkeypatch.setattr("tests.test_removing.RIVER", marked)
    monkeypatch.setenv("SIGN_IN", "passkeys")
    path = tmp_path / "desks.sqlite"
    with opened(path) as store:
        lay_out(store)
        for what in ("digest", "report"):
            keep_subscription(
                store, Subscription(f"s-{what}", what, "river" if what == "report" else None, "city" if what == "digest"
                else None, (f"{SECRET}@x.org",), "en", "daily 07:30", "UTC", "Ada", NOW), by="", now=NOW
            )  # fmt: skip
        for name, desk in (("sue", "city"), ("carl", "sports")):
            admit_person(store, f"{name}@example.org", ROLES, by="", now=NOW, desks=[desk])
    sources._roles.clear()
    with pages_over(path, monkeypatch, writing=True):
        yield path


def page_of(name: str, who: str, address: dict[str, str]) -> AppTest:
    page = page_at(name, address)
    page.user["email"] = f"{who}@example.org"
    return page.run()


def said_on(page: AppTest) -> str:
    said = " ".join(str(one.proto) for one in [*page.main, *page.sidebar] if hasattr(one, "proto"))
    return said.replace("\\", "")  # as it is shown


@pytest.mark.parametrize("name", sorted(PAGES_OF))
@pytest.mark.usefixtures("desks")
def test_a_survey_of_another_desk_is_on_no_page_and_behind_no_link(name: str) -> None:
    told = {}
    for address in ({}, FORGED, {**FORGED, "survey": "bridge"}):
        page = page_of(name, "carl", address)
        told[str(address)] = said_on(page)
        # The last address says all that a link can: there the choices are sent alone too, which buttons would undo.
        for pressed in (
            (False, True) if address.get("survey") == "bridge" else (True,)
        ):  # a browser may send for any choice what it was never offered, and press all
            states = page._tree.get_widget_states()
            for state in states.widgets:
                kind = state.WhichOneof("value")
                if kind == "string_value":
                    state.string_value = "report/river" if "report/" in state.string_value else "river"
                elif kind == "string_array_value":
                    state.string_array_value.data[:] = ["river"]
            for button in page.button if pressed else ():
                states.widgets.add(id=button.proto.id, trigger_value=True)
            told[f"{address} forged, pressed: {pressed}"] = said_on(page._run(states))

    assert [place for place, said in told.items() if any(word in said for word in TELLING)] == []
    assert name in ("comments", "published", "imports", "ask", "people") or any(
        word in said_on(page_of(name, "sue", {"survey": "river"})) for word in TELLING
    )


def test_what_somebody_of_a_desk_imports_is_that_desks_and_never_everybodys(tmp_path: Path) -> None:
    import_survey(tmp_path / "other.sqlite", definition(), readers(12))
    (toml,), (file,) = ([*(tmp_path / "input").glob(ending)] for ending in ("*.toml", "*.csv"))
    db, survey = str(tmp_path / "store.sqlite"), read_definition(toml)
    ann = Importer(ANN, frozenset({"city", "metro"}))

    record_apart(db, survey, [file], now=NOW, importer=replace(ann, chosen=frozenset({"sports"})))
    with opened(Path(db)) as store:
        assert read_desks(store) == {"phones": {"city", "metro"}}
        assert [one.request for one in read_looks(store) if one.action == "desks set"] == ["city, metro"]
        with pytest.raises(DeniedError):
            record_apart(db, survey, [file], now=NOW, importer=Importer("eve", frozenset({"sports"})))
        record_apart(db, survey, [file], now=NOW, importer=ann)
        ask_again(store, "phones", "phones-2", by=ANN, now=NOW)
        assert read_desks(store)["phones-2"] == {"city", "metro"}
        assert read_desk_names(store) == ("city", "metro")

    other = replace(survey, key="clubs")
    record_apart(db, other, [file], now=NOW, importer=Importer("zoe", chosen=frozenset({"sports"})))
    words = ("import", str(file), "--definition", str(toml), "--db")
    with opened(Path(db)) as store:
        assert read_desks(store)["clubs"] == {"sports"}
        assert "everybody who is admitted sees it" not in command(*words, db).stderr
        set_desks(store, "phones", (), by="", now=NOW)
        assert "everybody who is admitted sees it" in command(*words, db).stderr
    assert command(*words, str(tmp_path / "third.sqlite"), "--desk", "city").exit_code == 0
    assert "city" in command("desks", "phones", "--db", str(tmp_path / "third.sqlite")).output


@pytest.mark.parametrize(
    ("desks", "offered", "usual"),
    [(None, ["city", "sports"], []), (("city",), [], []), (("city", "metro"), ["city", "metro"], ["city", "metro"])],
)
def test_the_page_says_or_asks_which_desks_an_import_will_belong_to(
    database: Path, monkeypatch: pytest.MonkeyPatch, desks: tuple[str, ...] | None, offered: list[str], usual: list[str]
) -> None:
    def shown() -> None:
        from analytics.pages.imports import _choose_desks
        from tests.surveys import RIVER

        _choose_desks(RIVER)

    looking = replace(person_of("analyst"), desks=None if desks is None else frozenset(desks))
    with opened(database) as store:
        set_desks(store, "phones", ["sports", "city"], by="", now=NOW)
    for place in (sources, imports_page):
        monkeypatch.setattr(place, "person", lambda: looking)
    page = AppTest.from_function(shown).run()
    with opened(database) as store:
        set_desks(store, "phones", (), by="", now=NOW)

    assert not page.exception
    assert [{*one.options} >= {*offered} for one in page.multiselect] == ([True] if offered else [])
    assert [one.value for one in page.multiselect] == ([usual] if offered else [])
    assert ("your desk, city" in words_of(page)) == (not offered)


def test_an_admin_sets_the_desks_on_the_page_and_the_command_lists_them(database: Path) -> None:
    page = signed_in(database, "mending", "admin")
    next(one for one in page.text_input if one.label == "Desks").input("schools, city").run()
    next(one for one in page.button if one.label == "Set the desks").click().run()

    listed = command("desks", "--format", "json", "--db", str(database)).output
    assert json.loads(listed) == [{"survey": "phones", "desks": "city, schools"}]
    assert "everybody's" in command("desks", "phones", "--none", "--db", str(database)).output


def test_commands_are_those_of_whoever_can_read_the_store() -> None:
    assert all(getattr(access, name)(EVERYBODY) for name in RIGHTS)
    assert (ROOT / "analytics" / "commands" / "reading.py").read_text().count("EVERYBODY")


# The log of who looked at what


def logged(database: Path) -> list[tuple[str, str, str | None, str]]:
    with opened(database) as store:
        return [(one.address, one.action, one.survey, one.request) for one in read_looks(store)]


def test_the_log_says_who_looked_at_single_readers_and_small_groups_and_who_was_refused(database: Path) -> None:
    sources._noted.clear()
    before = len(logged(database))
    for name, role in (("responses", "analyst"), ("comments", "editor"), ("survey", "analyst"), ("comments", "viewer")):
        page = signed_in(database, name, role, **{"where.gender": "f", "by": "age", "words": "reason"})
        assert not page.exception
    signed_in(database, "survey", "analyst", **{"where.gender": "f", "by": "age"})  # what is kept is looked at as well
    lines = logged(database)[before:]

    filters = "view=topline&where.gender=f"
    assert ("analyst@example.org", "single responses", "phones", filters) in lines
    assert [who for who, action, *_ in lines if action == "comments"] == ["editor@example.org"]
    close = [(who, request) for who, action, _, request in lines if action == "small groups"]
    assert {who for who, _ in close} == {"analyst@example.org"}
    assert any("by=age" in request for _, request in close)
    assert len(close) == len(set(close))  # the same look again is no further one
    assert ("viewer@example.org", "denied", None, "page=comments") in lines
    assert not [request for *_, request in lines if "reason" in request]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("survey", {}), ("survey", {"by": "age"}), ("survey", {"check": "change"}), ("survey", {"check": "ways"}),
        ("crosstabs", {}), ("compare", {"with": "common"}),
    ],
)  # fmt: skip
def test_whoever_is_told_of_fewer_than_ten_readers_is_in_the_log_whatever_the_page_and_the_minimum_base(
    database: Path, name: str, address: dict[str, str]
) -> None:
    for least in (30, 5):
        with opened(database) as store, writing(store) as connection:
            redefine(connection, "phones", lambda survey: replace(survey, min_base=least))  # noqa: B023
        sources._noted.clear()
        before = len(logged(database))

        signed_in(database, name, "analyst", **SMALL, **address)

        close = [request for _, action, _, request in logged(database)[before:] if action == "small groups"]
        assert any("where.gender=f" in one and "where.age=18-29" in one for one in close), (least, close)


def test_a_second_person_who_is_given_what_is_kept_is_in_the_log_too(database: Path) -> None:
    sources._noted.clear()
    for name in ("sue", "carl"):
        with opened(database) as store:
            admit_person(store, f"{name}@example.org", ["analyst"], by="", now=NOW)
        page = page_at("survey", {"survey": "phones", "by": "age", "where.gender": "m"})
        page.user["email"] = f"{name}@example.org"
        page.run()

    looks = {who for who, action, *_ in logged(database) if action == "small groups"}
    assert looks >= {"sue@example.org", "carl@example.org"}


def test_where_nothing_can_be_noted_no_small_group_and_no_single_response_is_shown(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources._noted.clear()
    monkeypatch.setattr(sources, "can_note", lambda _store: False)
    page = signed_in(database, "responses", "analyst")
    assert "Nothing can be noted here" in words_of(page)

    monkeypatch.setattr(sources, "person", partial(person_of, "analyst"))
    monkeypatch.setattr(sources, "_signed_in", lambda: "ann@example.org")
    snapshot = sources.snapshot_at("phones", sources.revisions()["phones"])
    for least in (None, 5):
        groups = crosstab(snapshot, Request(question="ban", weights="none", by=("age", "gender"), min_base=least))
        assert groups.estimates["suppressed"].astype(bool).all()


def test_every_import_from_a_page_says_who_does_it() -> None:
    said = {}
    for path in (ROOT / "analytics" / "pages").rglob("*.py"):
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Call) and ast.unparse(part.func) == "record_apart":
                said[path.name, part.lineno] = "importer" in {word.arg for word in part.keywords}

    assert len(said) >= 2
    assert [place for place, says in said.items() if not says] == []


def test_imports_erasures_exports_and_other_thresholds_are_in_the_log_without_any_answer(tmp_path: Path) -> None:
    db = tmp_path / "store.sqlite"
    rows = [(*row, f"I say this because of reason {place}.") for place, row in enumerate(readers(60))]
    import_survey(tmp_path / "another.sqlite", definition(written=True), rows, columns=(*COLUMNS, "comment"))
    (toml,), (file,) = ([*(tmp_path / "input").glob(ending)] for ending in ("*.toml", "*.csv"))
    for least in (30, 20):
        text = definition(written=True, closes=f"min_base = {least}")[toml.name]
        toml.write_text(text, encoding="utf-8")
        assert command("import", str(file), "--definition", str(toml), "--db", str(db)).exit_code == 0
    kept = tmp_path / "figure.csv"
    assert command("export", "phones", "ban", "--output", str(kept), "--db", str(db)).exit_code == 0
    assert command("erase", "phones", "--response", "1", "--db", str(db)).exit_code == 0

    lines = [(action, request) for _, action, _, request in logged(db)]

    assert [action for action, _ in lines if action in ("imported", "threshold changed", "exported", "erased")] == [
        "imported", "threshold changed", "imported", "exported", "erased"
    ]  # fmt: skip
    assert ("threshold changed", "min_base=30 min_base=20") in lines
    told = json.loads(command("audit", "phones", "--format", "json", "--db", str(db)).output)
    assert [one["action"] for one in told].count("erased") == 1
    assert {"imported", "exported", "threshold changed"} <= {one["action"] for one in told}
    assert "reason" not in json.dumps(told)
    assert "none is missing" in command("audit", "--verify", "--db", str(db)).output


def test_the_log_names_no_level_or_answer_that_readers_wrote_themselves() -> None:
    written = tuple(replace(one, found=one.key == "age") for one in RIVER.dimensions)
    request = Request(where=(("age", ("Under the Pelican bridge",)), ("move", ("Yes",))))

    told = request_words(replace(RIVER, dimensions=written), request)

    assert "Pelican" not in told
    assert ("where.age=%E2%80%A6" in told, "where.move=Yes" in told) == (True, True)
