"""A search finds what looking through every comment would find, in each database, and nothing of what was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, text

from analytics.comments.words import holds_all, marked, searched_words, words_of
from analytics.errors import RequestError
from analytics.model import Chunk
from analytics.model.access import EVERYBODY
from analytics.model.request import Request
from analytics.store.place.connections import Store, writing
from analytics.store.read.comments import count_comments, list_comments
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from analytics.store.tables.schema import comment
from analytics.store.tables.words import scrub_words
from tests.surveys import NOW, RIVER, SAME, Reader, batch_of

WRITTEN = replace(RIVER, columns=replace(RIVER.columns, comment="comment"))

TEXTS = (
    "The river needs a better bank, not a bridge.",
    "Der Fluß braucht größere Böschungen. Nicht diese Brücke!",
    "Реке нужны берега, а не мост. Ещё раз: мост не нужен!",
    "BRIDGE? Bridges! Мост и bridge, café and CAFÉ, naïve co-operation",
    "e-mail: ann.lee@example.org, № 15, 1990-2000, 10,000 people",
    "'; DROP TABLE comment; -- \" AND OR NOT NEAR * ( ) : ^ & | ! <->",
    "مرحبا بالعالم 世界 ﬁne ǅungla ß ẞ İstanbul ıssız é e\u0301 ﾊﾛｰ ²x",
    "a_b snake_case __init__ x'y d'accord l’eau",
    "W" * 300,
    "👍🏽 1️⃣ ½ Ⅳ ℌ",
)  # fmt: skip
SEARCHES = (
    "bridge", "BRIDG", "fluss", "Fluß", "grosser", "böschung", "мост", "ЕЩЕ", "ещё", "нужн мост", "cafe", "café",
    "naive", "co-operation", "operation co", "ann", "example.org", "15", "1990", "drop table", "'", '"and"', "AND",
    "not near", "*", "بالع", "世", "fine", "ss", "istan", "ıss", "e", "x", "a_b", "init", "accord", "eau", "w" * 40,
    "w" * 300, "👍", "iv", "", "12", "the the bank", "bank river better", "river мост",
)  # fmt: skip


def stored(address: str, texts: Sequence[str], key: str = "river") -> Store:
    """Returns a store with a survey whose readers wrote these texts, the first reader the first of them."""
    store, survey = open_store(address), replace(WRITTEN, key=key)
    readers = [Reader(f"id:{n}", {"move": ("Yes" if n % 2 else "No",)}) for n in range(len(texts))]
    frame = pd.DataFrame({"row": range(len(texts)), "question": "", "text": list(texts)}).astype({"row": "int64"})
    batch = replace(batch_of(survey, readers), texts=frame)
    record_import(store, survey, [Chunk(len(texts), batch)], file="readers.csv", now=NOW)
    return store


def found(store: Store, search: str, key: str = "river") -> set[str]:
    return set(list_comments(store, key, Request(), ("",), search=search, texts=True, person=EVERYBODY)["text"])


@pytest.fixture
def full(address: str) -> Iterator[Store]:
    """Gives a store with TEXTS, and with a second survey that holds the same words."""
    stored(address, [*TEXTS, "only here: bridge"], key="other").dispose()
    store = stored(address, TEXTS)
    yield store
    store.dispose()


def test_a_search_finds_what_a_plain_scan_finds(full: Store) -> None:
    for search in SEARCHES:
        expected = {text for text in TEXTS if holds_all(text, search)}

        assert found(full, search) == expected, search
        assert count_comments(full, "river", Request(), ("",), search=search, person=EVERYBODY) == len(expected), search


def test_any_words_of_any_letters_are_found_as_a_plain_scan_finds_them(address: str) -> None:
    letters = st.text(st.sampled_from("aAbß éе́ЁёйİıﬁǅΣςσ_-'\"*5²½\u0301\u200d世"), max_size=12) | st.text(max_size=8)
    spoken: list[list[str]] = []

    @SAME
    @given(st.lists(letters, min_size=1, max_size=8), st.lists(letters, min_size=1, max_size=4))
    def collects(texts: list[str], searches: list[str]) -> None:
        spoken.append(searches)
        every.update(text for text in texts if text.replace("\0", "").strip() and text.isprintable())

    every: set[str] = set()
    collects()
    texts = sorted(every)
    store = stored(address, texts)

    for search in {search for searches in spoken for search in searches}:
        try:
            expected = {text for text in texts if holds_all(text, search)}
        except RequestError:
            continue
        assert found(store, search) == expected, search
    store.dispose()


def test_words_fold_case_accents_and_ligatures_in_three_languages() -> None:
    assert words_of("Größe ÜBER Straße") == ["grosse", "uber", "strasse"]
    assert words_of("Ещё ЁЛКА, йод") == ["еще", "елка", "иод"]
    assert words_of("Naïve ﬁne CAFÉ") == ["naive", "fine", "cafe"]


def test_a_search_of_too_many_words_is_refused_with_their_number() -> None:
    with pytest.raises(RequestError, match="the search has 21 words, expected 20 or fewer"):
        searched_words(" ".join(f"w{n}" for n in range(21)))


def test_the_words_found_are_marked_and_the_text_stays_whole() -> None:
    text = "Größere Brücken, e\u0301tage; größer als GROSS"

    pieces = marked(text, "grosser etag")

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, hit in pieces if hit] == ["Größere", "e\u0301tage", "größer"]


def test_a_deleted_comment_is_found_no_more_and_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = stored(str(path), [*TEXTS, "Quokkasecret lives at Wombatstreet"])
    assert found(store, "quokka")

    with writing(store) as connection:
        connection.execute(delete(comment).where(comment.c.text.startswith("Quokka")))
        scrub_words(connection)
    with store.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    assert found(store, "quokka") == set()
    store.dispose()
    left = b"".join(file.read_bytes().lower() for file in tmp_path.iterdir())
    assert b"quokka" not in left
    assert b"wombatstreet" not in left


def test_what_is_rolled_back_is_not_in_the_index_either(full: Store) -> None:
    with writing(full) as connection:
        connection.execute(delete(comment))
        connection.rollback()

    assert found(full, "bridge") == {text for text in TEXTS if holds_all(text, "bridge")}
