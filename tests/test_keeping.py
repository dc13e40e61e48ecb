"""The commands that say what counts: screen, restore, erase, and the audit of all three."""

from __future__ import annotations

from pathlib import Path

from analytics.store.people.looks import note_look
from tests.pages_fixture import NOW
from tests.surveys import RIVER, TWELVE, command, opened, record, rows


def yes(db: Path) -> int:
    """Returns how many answered Yes."""
    (count,) = (row["count"] for row in rows("topline", "river", "move", "--db", db) if row["choice"] == "Yes")
    return int(count)


def test_responses_are_screened_restored_and_erased_by_their_ids_and_the_audit_lists_it(tmp_path: Path) -> None:
    db = tmp_path / "store.sqlite"
    with opened(db) as store:
        record(store, RIVER, TWELVE)

    screened = command("screen", "river", "--response", "0", "--response", "1", "--rule", "same address", "--db", db)
    without = yes(db)
    restored = command("restore", "river", "--response", "0", "--db", db)
    erased = command("erase", "river", "--response", "2", "--db", db)

    assert screened.stdout == "river: 2 responses counted before and are set aside now\n"
    assert restored.stdout == "river: 1 responses were set aside and count again\n"
    assert erased.stdout == "river: 1 responses and 0 rows kept aside are erased\n"
    assert (without, yes(db)) == (3, 3)
    assert [(row["action"], row["responses"], row["rule"]) for row in rows("audit", "river", "--db", db)] == [
        ("screened", 2, "same address"), ("restored", 1, None), ("erased", 1, None),
    ]  # fmt: skip
    assert command("verify", "--db", db).exit_code == 0


def test_what_is_not_there_or_not_named_is_a_sentence(tmp_path: Path) -> None:
    db = tmp_path / "store.sqlite"
    with opened(db) as store:
        record(store, RIVER, TWELVE)

    unknown = command("erase", "river", "--response", "99", "--db", db)
    unnamed = command("restore", "river", "--db", db)

    assert (unknown.exit_code, unnamed.exit_code) == (2, 2)
    assert "survey 'river' has no response '99': nothing was changed" in unknown.output
    assert "no --response: name the responses" in unnamed.output


def test_a_log_of_which_only_the_last_lines_are_listed_says_how_many_there_are(tmp_path: Path) -> None:
    db = tmp_path / "store.sqlite"
    with opened(db) as store:
        record(store, RIVER, TWELVE)
        for at in range(5):
            note_look(
                store, "ann@example.org", "exported", survey="river" if at else "lake", request=f"n={at}", now=NOW
            )

    whole, cut = command("audit", "--db", db), command("audit", "--most", "2", "--db", db)
    of_one = command("audit", "river", "--most", "3", "--format", "csv", "--db", db)

    assert (whole.stderr, cut.stderr) == ("", "the last 2 of 5 lines; --most N lists more\n")
    assert [f"n={at}" for at in range(5) if f"n={at}" in cut.stdout] == ["n=3", "n=4"]
    assert of_one.stderr == "the last 3 of 4 lines; --most N lists more\n"
    assert "last 3" not in of_one.stdout
