"""Who may see what: the roles against every page, function, file and link, as the table of roles has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import RequestError
from analytics.estimates.table import crosstab
from analytics.model import access
from analytics.model.access import EVERYBODY, NOBODY, ROLES, Person, Role
from analytics.model.request import Request
from analytics.pages import app as pages_app
from analytics.pages.app import PAGES, TAKES
from analytics.pages.ground import sources
from analytics.store.people.accounts import admit_person
from tests.conftest import ROOT
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, pages_over, readers
from tests.surveys import NOW, opened

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
    "imports": {"analyst"},
    "mending": {"editor", "admin"},
}
"""The pages, each with the roles that open it."""

CLOSED = ("not open to your roles", "Nobody with your address")


def person_of(*roles: Role) -> Person:
    return Person(ANN, frozenset(roles))


def test_every_right_is_that_of_the_table_for_every_set_of_roles() -> None:
    judges: dict[str, Callable[[Person], bool]] = {
        name: getattr(access, name) for name in dir(access) if name.startswith("may_") and name != "may_see_comments"
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


@pytest.mark.parametrize(
    "name", sorted(PAGES_OF.keys() - {"imports"})
)  # AppTest finds a page by its file, not by its path
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
    viewer = signed_in(database, "crosstabs", "viewer", **{"table export open": "true"})
    analyst = signed_in(database, "survey", "analyst")

    assert not viewer.get("download_button")
    assert not [one for one in viewer.button if one.label in ("Add to basket", "Keep these groups")]
    assert any("Report of the whole survey" in one.label for one in analyst.expander)
    assert not any(
        "Report of the whole survey" in one.label for one in signed_in(database, "survey", "viewer").expander
    )


def test_an_admin_removes_and_does_not_edit_and_an_editor_edits_and_does_not_remove(database: Path) -> None:
    admin, editor = (signed_in(database, "mending", role) for role in ("admin", "editor"))

    assert "Editing a survey takes the role of an editor." in words_of(admin)
    assert not admin.text_input
    assert any("Remove" in one.label for one in [*admin.button, *admin.expander])
    assert editor.text_input
    assert not any("Remove" in one.label for one in [*editor.button, *editor.expander])


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
    shown = {}
    for role in ROLES[:2]:
        monkeypatch.setattr(sources, "person", partial(person_of, role))
        snapshot = sources.snapshot_at("phones", sources.revisions()["phones"])
        groups = crosstab(snapshot, Request(question="ban", weights="none", by=("age", "gender")))
        shown[role] = int((~groups.estimates["suppressed"].astype(bool)).sum())

    assert shown["viewer"] == 0  # each group has 8 readers
    assert shown["analyst"] > 0
    assert database.exists()


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

    with pytest.raises(RequestError, match="Your roles do not allow this"):
        write()
    assert database.exists()


def test_what_is_kept_for_one_person_is_given_only_to_those_who_may_see_the_same() -> None:
    def key(person: Person) -> sources.ViewKey:
        return sources.ViewKey("", "phones", None, person, Request())  # type: ignore[arg-type]

    bob = Person("bob@example.org", frozenset({"analyst"}))
    assert key(Person("", bob.roles)) != key(Person("", frozenset({"viewer"})))


def test_commands_are_those_of_whoever_can_read_the_store() -> None:
    assert all(getattr(access, name)(EVERYBODY) for name in RIGHTS)
    assert (ROOT / "analytics" / "commands" / "reading.py").read_text().count("EVERYBODY")
