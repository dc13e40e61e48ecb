"""What is kept beside a survey: banners under a name, comments that somebody hid, the picture of the article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.errors import RequestError
from analytics.model import Picture, Response
from analytics.model.access import EVERYBODY
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.read.comments import count_comments, list_comments
from analytics.store.read.responses import count_responses, read_details
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables.banners import KeptBanner, delete_banner, keep_banner, read_banners
from analytics.store.tables.opening import open_store
from analytics.store.tables.pictures import MOST_BYTES, drop_picture, put_picture, read_picture
from analytics.store.tend.hiding import hide_comment, read_hidden, unhide_comment
from analytics.store.tend.keeping import erase_responses, read_audit
from analytics.store.tend.moving import move_store, save_store
from tests.surveys import NOW, RIVER, TWELVE, opened, record

PNG = b"\x89PNG\r\n\x1a\n, and what it shows"
PICTURE = Picture("image/png", PNG, "The river at dawn", "Ada")
BY_AGE = KeptBanner("By age", "groups=age&min_base=50", NOW)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Gives a store with twelve readers who wrote nothing and two who did."""
    with opened(address) as engine:
        record(engine, RIVER, TWELVE)
        wrote = {"13": "A bridge, please.", "14": "You fools, a bridge!"}
        answers = [Response(key, {"move": ("Yes",)}, {}, {"": text}, NOW) for key, text in wrote.items()]
        record_responses(engine, "river", answers)
        yield engine


def texts(engine: Store, search: str = "") -> list[str]:
    found: list[str] = list_comments(engine, "river", Request(), [""], search=search, texts=True, person=EVERYBODY)[
        "text"
    ].tolist()
    return found


def number_of(engine: Store, text: str) -> int:
    found = list_comments(engine, "river", Request(), [""], texts=True, person=EVERYBODY)
    return int(found.loc[found["text"] == text, "response_no"].iloc[0])


def test_banners_are_read_by_name_and_one_of_the_same_name_takes_the_place_of_the_other(store: Store) -> None:
    nested = KeptBanner("age within sex", "groups=sex>age", NOW)
    assert keep_banner(store, "river", nested) is None
    assert keep_banner(store, "river", BY_AGE) is None

    newer = KeptBanner("By age", "groups=age", NOW + timedelta(hours=1))
    assert keep_banner(store, "river", newer) == BY_AGE
    assert read_banners(store, "river") == (nested, newer)


def test_a_banner_that_was_deleted_is_brought_back_by_keeping_what_was_handed_over(store: Store) -> None:
    keep_banner(store, "river", BY_AGE)

    deleted = delete_banner(store, "river", "By age")
    assert read_banners(store, "river") == ()
    keep_banner(store, "river", deleted)

    assert read_banners(store, "river") == (BY_AGE,)
    with pytest.raises(RequestError, match="no banner of survey 'river' is kept under the name 'By sex'"):
        delete_banner(store, "river", "By sex")
    with pytest.raises(RequestError, match="under a name"):
        keep_banner(store, "river", KeptBanner(" ", "groups=age", NOW))


def test_a_hidden_comment_is_read_listed_counted_and_found_no_more(store: Store) -> None:
    number = number_of(store, "You fools, a bridge!")
    before = read_status(store, "river")

    assert hide_comment(store, "river", number, "", by="Ada", now=NOW)

    assert texts(store) == texts(store, "bridge") == ["A bridge, please."]
    assert count_comments(store, "river", Request(), [""], person=EVERYBODY) == 1
    assert count_responses(store, "river", Request(), search="fools", person=EVERYBODY) == 0
    assert count_responses(store, "river", Request(), search="bridge", person=EVERYBODY) == 1
    assert read_details(store, "river", [number], person=EVERYBODY).texts.empty
    assert read_status(store, "river").counted == before.counted  # the response counts as before
    assert read_status(store, "river").revision > before.revision


def test_a_hidden_comment_is_shown_again_as_it_was(store: Store) -> None:
    number = number_of(store, "You fools, a bridge!")
    hide_comment(store, "river", number, "", by="Ada", now=NOW)
    assert not hide_comment(store, "river", number, "", by="Bob", now=NOW)
    (hidden,) = read_hidden(store, "river", person=EVERYBODY)
    assert (hidden.response_no, hidden.question, hidden.text) == (number, "", "You fools, a bridge!")
    assert (hidden.hidden_at, hidden.hidden_by) == (NOW, "Ada")

    assert unhide_comment(store, "river", number, "", by="Bob", now=NOW)

    assert not unhide_comment(store, "river", number, "", by="Bob", now=NOW)
    assert sorted(texts(store, "bridge")) == ["A bridge, please.", "You fools, a bridge!"]
    told = [(one.action, one.by) for one in read_audit(store, "river")]
    assert told == [("comment hidden", "Ada"), ("comment shown again", "Bob")]


def test_only_a_comment_that_is_there_can_be_hidden(store: Store) -> None:
    with pytest.raises(RequestError, match="has no comment there"):
        hide_comment(store, "river", 1, "", by="Ada", now=NOW)
    with pytest.raises(RequestError, match="'why' is no question of survey 'river'"):
        hide_comment(store, "river", 1, "why", by="Ada", now=NOW)


def test_erasing_a_reader_erases_that_their_comment_was_hidden(store: Store) -> None:
    for text in ("You fools, a bridge!", "A bridge, please."):
        hide_comment(store, "river", number_of(store, text), "", by="Ada", now=NOW)

    erase_responses(store, "river", ["14"], now=NOW)

    assert [one.text for one in read_hidden(store, "river", person=EVERYBODY)] == ["A bridge, please."]


def test_the_picture_of_an_article_is_kept_in_the_place_of_an_earlier_one(store: Store) -> None:
    assert read_picture(store, "river") is None
    put_picture(store, "river", Picture("image/jpeg", b"\xff\xd8\xff\xe0", "Before"), now=NOW)
    put_picture(store, "river", PICTURE, now=NOW)

    assert read_picture(store, "river") == PICTURE
    drop_picture(store, "river")
    assert read_picture(store, "river") is None


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (Picture("image/svg+xml", b"<svg/>"), "'image/svg\\+xml' is no kind of picture"),
        (Picture("image/png", b"<svg/>"), "not those of image/png"),
        (Picture("image/png", PNG + bytes(MOST_BYTES)), "make it smaller"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(store: Store, picture: Picture, fault: str) -> None:
    with pytest.raises(RequestError, match=fault):
        put_picture(store, "river", picture, now=NOW)
    assert read_picture(store, "river") is None


def test_what_is_kept_moves_with_the_store_and_is_in_its_copy(store: Store, tmp_path: Path) -> None:
    keep_banner(store, "river", BY_AGE)
    put_picture(store, "river", PICTURE, now=NOW)
    hide_comment(store, "river", number_of(store, "A bridge, please."), "", by="Ada", now=NOW)
    target = open_store(str(tmp_path / "moved.sqlite"))

    moved = move_store(store, target)

    assert {name: moved[name] for name in ("banner", "article_picture", "hidden_comment")} == {
        "banner": 1, "article_picture": 1, "hidden_comment": 1,
    }  # fmt: skip
    save_store(target, tmp_path / "saved.sqlite")
    target.dispose()
    with opened(str(tmp_path / "saved.sqlite")) as saved:
        assert read_banners(saved, "river") == (BY_AGE,)
        assert read_picture(saved, "river") == PICTURE
        assert [one.text for one in read_hidden(saved, "river", person=EVERYBODY)] == ["A bridge, please."]


def test_what_is_kept_moves_to_a_server_as_well(postgres_address: str) -> None:
    with opened() as store, opened(postgres_address) as server:
        record(store, RIVER, TWELVE)
        put_picture(store, "river", PICTURE, now=NOW)
        keep_banner(store, "river", BY_AGE)

        move_store(store, server)

        assert read_picture(server, "river") == PICTURE
        assert read_banners(server, "river") == (BY_AGE,)
