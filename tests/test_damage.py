"""A damaged database is a sentence that names `verify` and the backup; a volume that can only be read is read."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from analytics.errors import DamagedError, StoreError
from analytics.model import Wanted
from analytics.pages.ground.lost import fault_words
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import reading
from analytics.store.read.status import read_glance, read_status
from analytics.store.record.live import record_responses
from analytics.store.tables.opening import open_store
from analytics.store.tables.schema import DAY, EVERYONE, GLANCE, WHOLE
from analytics.store.tables.surveys import read_surveys
from tests.surveys import RIVER, command, opened, overwrite, people, record
from tests.test_live import answer
from tests.test_private_files import DEFINITION

COMMANDS = (
    ["surveys"], ["topline", "river", "move", "--format", "json"],
    ["crosstab", "river", "move", "--by", "age", "--format", "json"], ["comments", "river"], ["verify"],
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives the file of a sound store, all of it in the one file."""
    file = tmp_path_factory.mktemp("whole") / "river.sqlite"
    with opened(file) as store:
        record(store, RIVER, people(0, 400))
    overwrite(file, "PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def damaged_copy(whole: Path, folder: Path, flips: int, seed: int) -> Path:
    """Returns a copy in which so many bytes are others, the first page's first hundred left alone."""
    content, chance = bytearray(whole.read_bytes()), random.Random(seed)
    for _ in range(flips):
        at = chance.randrange(100, len(content))
        content[at] ^= chance.randrange(1, 256)
    file = folder / f"damaged-{flips}-{seed}.sqlite"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("flips", [1, 6, 40, 400])
@pytest.mark.parametrize("seed", range(3))
def test_no_command_ends_in_a_traceback_on_a_damaged_file(whole: Path, tmp_path: Path, flips: int, seed: int) -> None:
    sound = [command(*words, "--db", whole).stdout for words in COMMANDS]
    file = damaged_copy(whole, tmp_path, flips, seed)

    found = [command(*words, "--db", file) for words in COMMANDS]

    for words, result in zip(COMMANDS, found, strict=True):
        assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exception)
        assert "Traceback" not in result.output
        if "damaged" in result.stderr:
            assert "`verify`" in result.stderr
            assert "backup" in result.stderr
    if any(result.stdout != before for result, before in zip(found[:3], sound[:3], strict=True)):
        assert found[-1].exit_code == 1, "figures have changed, and verify has no word of it"


@pytest.mark.parametrize("text", ["[" * 2_000_000, "null", "{", "5"])
@pytest.mark.parametrize("words", [["surveys"], ["verify"], ["verify", "--heal"], ["topline", "river", "move"]])
def test_a_definition_that_is_none_is_a_sentence_in_every_command(
    whole: Path, tmp_path: Path, text: str, words: list[str]
) -> None:
    file = tmp_path / "river.sqlite"
    file.write_bytes(whole.read_bytes())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE survey SET definition = ?", (text,))

    result = command(*words, "--db", file)

    assert isinstance(result.exception, SystemExit)
    assert "is damaged" in result.stderr
    assert "Traceback" not in result.output


def test_what_verify_finds_wrong_with_the_file_is_one_sentence(whole: Path, tmp_path: Path) -> None:
    content = bytearray(whole.read_bytes())
    content[4096:8192] = bytes(4096)
    file = tmp_path / "river.sqlite"
    file.write_bytes(content)

    result = command("verify", "--db", file)

    assert result.exit_code == 1
    assert "is damaged" in result.stderr
    assert "go back to the last backup" in result.stderr


@pytest.mark.parametrize(("words", "grains"), [
    (["topline", "river", "move"], (WHOLE, GLANCE)),
    (["crosstab", "river", "move", "--by", "age"], (WHOLE, GLANCE)),
    (["trend", "river", "move", "--every", "day"], (DAY, GLANCE)),
    (["trend", "river", "move", "--every", "hour"], (GLANCE,)),
])  # fmt: skip
@pytest.mark.parametrize("change", ["n = n + 64", "n = 0", "w = w * 16", "w2 = w2 / 16"])
def test_no_figure_is_shown_of_a_number_of_which_a_byte_has_changed(
    whole: Path, tmp_path: Path, words: list[str], grains: tuple[int, ...], change: str
) -> None:
    for grain in grains:
        file = tmp_path / f"{grain}.sqlite"
        shutil.copy(whole, file)
        change_one_cell(file, grain, 1, change)

        result = command(*words, "--format", "json", "--db", file)

        assert (result.exit_code, result.stdout) == (1, "")
        assert "two counts of the same answers differ" in result.stderr
        assert "`verify`" in result.stderr
        assert "backup" in result.stderr


@pytest.mark.parametrize("grain", [WHOLE, GLANCE])
@pytest.mark.parametrize("question", [EVERYONE, 1])
@pytest.mark.parametrize("change", ["n = n + 64", "w = w * 16"])
def test_neither_list_nor_page_shows_a_survey_of_whose_counts_a_byte_has_changed(
    whole: Path, tmp_path: Path, grain: int, question: int, change: str
) -> None:
    file = tmp_path / "river.sqlite"
    shutil.copy(whole, file)
    change_one_cell(file, grain, question, change)

    with opened(file) as store:
        for look in (partial(read_glance, store, 30), partial(read_cells, store, "river", Wanted("move", "whole"))):
            with pytest.raises(DamagedError, match="two counts of the same answers differ"):
                look()


def test_verify_mends_a_changed_count_and_the_figures_are_shown_as_before(whole: Path, tmp_path: Path) -> None:
    file, words = tmp_path / "river.sqlite", ("topline", "river", "move", "--format", "json", "--db")
    shutil.copy(whole, file)
    change_one_cell(file, WHOLE, 1, "n = n + 64")

    assert command("verify", "--heal", "--db", file).exit_code == 0

    assert command(*words, file).stdout == command(*words, whole).stdout


def test_a_time_zone_that_this_machine_does_not_know_is_no_damage(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "river.sqlite"
    shutil.copy(whole, file)
    overwrite(file, "UPDATE survey SET definition = replace(definition, 'Europe/Berlin', 'Mars/Olympus')")

    result = command("verify", "--db", file)

    assert result.exit_code == 1
    assert "Mars/Olympus" in result.stderr
    assert "tzdata" in result.stderr
    assert "is not damaged" in result.stderr
    assert "backup" not in result.stderr


def change_one_cell(file: Path, grain: int, question: int, change: str) -> None:
    """Changes the numbers of one cell of a question at that grain, as a byte that turned over would."""
    ours, place = f"grain = {grain} AND question_no = {question}", "period, profile_no, choice_no"
    one = f"SELECT {place} FROM tally WHERE {ours} AND n > 0 LIMIT 1"
    overwrite(file, f"UPDATE tally SET {change} WHERE {ours} AND ({place}) = ({one})")


def test_an_empty_store_is_never_made_of_one_whose_first_table_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "river.sqlite"
    with opened(file) as store:
        record(store, RIVER, people(0, 5))
    overwrite(file, "ALTER TABLE about RENAME TO abous")
    before = file.read_bytes()

    with pytest.raises(DamagedError, match="none of them says what they are"):
        open_store(str(file))

    assert file.read_bytes() == before


def test_a_page_says_that_the_store_is_damaged(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "river.sqlite"
    shutil.copy(whole, file)
    overwrite(file, "UPDATE survey SET definition = 'no definition'")
    engine = open_store(str(file))

    with pytest.raises(DamagedError) as refused:
        read_surveys(engine)
    engine.dispose()

    assert "damaged" in fault_words(refused.value)
    assert str(tmp_path) not in fault_words(refused.value)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """Gives a folder on a volume of its own, which `seal` lets be read alone."""
    folder = tmp_path / "volume"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode:
        pytest.skip("this system lets nobody mount a volume here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def seal(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


def test_a_store_on_a_volume_that_can_only_be_read_is_read_by_command_and_page(sealed: Path) -> None:
    file = sealed / "river.sqlite"
    with opened(file) as store:
        record(store, RIVER, people(0, 40))
    overwrite(file, "PRAGMA wal_checkpoint(TRUNCATE)")
    seal(sealed)

    shown = command("topline", "river", "move", "--db", file)
    checked = command("verify", "--db", file)
    refused = command("erase", "river", "--response", "1", "--db", file)
    with pytest.raises(StoreError, match=r"(?i)read-?only"), opened(file) as store:
        record_responses(store, "river", [answer("a")])
    page = open_store(str(file), read_only=True, for_pages=True)
    with reading(page):
        assert read_status(page, "river").counted == 40
    page.dispose()

    assert (shown.exit_code, checked.exit_code) == (0, 0), shown.output + checked.output
    assert refused.exit_code == 1
    assert "read-only" in refused.stderr.lower() or "readonly" in refused.stderr


def test_a_store_whose_log_still_holds_answers_is_not_read_without_them(sealed: Path) -> None:
    file = sealed / "river.sqlite"
    with opened(file) as store:
        record(store, RIVER, people(0, 40))
        held = store.connect()
        held.exec_driver_sql("SELECT 1 FROM survey")
        record(store, RIVER, people(40, 20))
        kept = {path: path.read_bytes() for path in sealed.iterdir() if path.suffix != ".sqlite-shm"}
        held.close()
    for path in sealed.iterdir():
        path.unlink()
    for path, content in kept.items():
        if not path.name.endswith("-shm"):
            path.write_bytes(content)
    assert (sealed / "river.sqlite-wal").stat().st_size > 0
    seal(sealed)

    result = command("surveys", "--db", file, "--format", "json")

    assert '"counted": 40' not in result.stdout
    assert result.exit_code == 1 or '"counted": 60' in result.stdout
    assert "Traceback" not in result.output


def test_a_full_disk_stops_an_import_in_a_sentence_and_the_same_import_ends_once_there_is_room(
    sealed: Path, tmp_path: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,size=3m", sealed], check=True)
    (tmp_path / "river.toml").write_text(DEFINITION, encoding="utf-8")
    rows = "".join(f"reader-{n:05},{'Yes' if n % 3 else 'No'}\n" for n in range(40_000))
    (tmp_path / "river.csv").write_text("id,move\n" + rows, encoding="utf-8")
    words = ("import", tmp_path / "river.csv", "--definition", tmp_path / "river.toml", "--db", sealed / "river.sqlite")

    stopped = command(*words)
    with closing(sqlite3.connect(sealed / "river.sqlite")) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()
    kept = command("verify", "--db", sealed / "river.sqlite")
    subprocess.run(["mount", "-o", "remount,size=64m", sealed], check=True)
    ended = command(*words)

    assert stopped.exit_code == 1
    assert "full" in stopped.stderr
    assert isinstance(stopped.exception, SystemExit)
    assert whole == ("ok",)
    assert kept.exit_code == 0, kept.output
    assert "stored 40,000" in ended.stdout
    assert command("verify", "--db", sealed / "river.sqlite").exit_code == 0
