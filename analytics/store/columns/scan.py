"""Scans of a survey's responses as columns: from its files, held against the store first and with what is newer put
beside them; where there are none, or they are not right, from the rows of the store itself.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from analytics.model import ANSWERED, MISSING, Survey
from analytics.store.columns.files import ColumnFolder, ColumnsError, Manifest, SegmentFile, digest_of, folder_of
from analytics.store.columns.libraries import arrow, duckdb
from analytics.store.columns.raw import (
    RowShape,
    blocks,
    by_respondent,
    code_digests,
    highest,
    listed,
    no_rows,
    profile_digest,
    questions_of,
    witness_digests,
)
from analytics.store.place.connections import moment_of
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import COUNTED, EVERYONE, SCREENED, SUPERSEDED, UNVERIFIED, WHOLE, response
from analytics.store.tables.sums import marks
from analytics.store.tables.surveys import CodeNumbers
from analytics.store.tables.tally import tally_now

LEAST = 50_000
"""A survey of fewer responses has no files: its rows are read as quickly."""
HELD = 2_000_000
"""So many responses of surveys without files are kept in memory; those of a larger survey are read for each answer."""
SCANS = "scans"
"""Each connection keeps by this name, and the survey's number, at which moment it made which scan."""
WITNESSES = 16
TAIL = 50_000
"""So many responses may be newer than the files before these are written anew with them."""
ANEW = 5_000
"""So many responses may stand otherwise than in the files before these are written anew."""
DIGEST_SECONDS = 600.0
"""How long a file that nobody wrote to since is taken to be the one that was read whole."""
WEIGHT_TOLERANCE = 1e-9
THREADS = 2
MEMORY = "512MB"
SPILLED = "4GB"

OTHER_CODES, OTHER_RESPONDENTS = "its codes are others", "its respondents are known in another way"
OTHER_QUESTIONS = "its questions are others"
EDITED = (OTHER_CODES, OTHER_RESPONDENTS, OTHER_QUESTIONS)
"""What columns are of another state by that came of an edit or an erasure: old, and no fault."""

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Aside:
    """Responses that do not count: their numbers in order, their standings, and how many, with what marks, they are."""

    numbers: np.ndarray
    standings: np.ndarray
    marks: int = 0
    weights: float = 0.0


@dataclass
class ColumnReading:
    """What this process knows of one survey's columns: the files as they were proved, and what was read beside them.

    Where no folder is named all responses were read from the store.
    """

    folder: ColumnFolder | None
    survey: str = ""
    seen: tuple[Any, ...] = ()
    digested_at: float = 0.0
    manifest: Manifest | None = None
    aside: Aside | None = None
    tail: list[Any] = field(default_factory=list)
    scan: ColumnScan | None = None
    fault: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)

    def forget(self) -> None:
        """Lets everything be read anew."""
        self.seen, self.manifest, self.aside, self.tail, self.scan = (), None, None, [], None


@dataclass(frozen=True)
class ColumnScan:
    """A survey's responses as columns at the moment of a connection, to be asked in DuckDB's SQL.

    `tail` has the responses that are newer than the files, or stand otherwise than in them: `changed`. Where there are
    no files it has all responses, or `unread` reads these a part at a time.
    """

    folder: ColumnFolder | None
    manifest: Manifest
    tail: Sequence[Any]
    changed: np.ndarray
    unread: Callable[[], Iterator[Any]] | None = None

    def parts(self) -> Iterator[ColumnScan]:
        """Yields scans that have all responses between them."""
        if self.unread is None:
            yield self
            return
        for table in self.unread():
            if len(table):
                yield replace(self, tail=[table], unread=None)

    def ask(self, query: str, **tables: Any) -> dict[str, np.ndarray]:
        """Returns what the query gives, by the name of the column.

        Args:
            query: it calls the responses `responses`.
            tables: further tables that it names.
        """
        cursor = _database(str(self.folder.root) if self.folder else "").cursor()
        try:
            for name, table in {**self._tables, **tables}.items():
                cursor.register(name, table)
            responses = "" if self.unread else f"WITH responses AS ({self._source}) "
            found: dict[str, np.ndarray] = cursor.execute(responses + query).fetchnumpy()
            return {name: np.asarray(column) for name, column in found.items()}
        finally:
            cursor.close()

    def gathered(self, query: str, **tables: Any) -> tuple[str, dict[str, Any]]:
        """Returns what to select from to have what the query gives of all parts, and the tables in it."""
        if self.unread is None:
            return f"({query})", tables
        return "gathered", {"gathered": arrow().table(self.each(query, **tables))}

    def each(self, query: str, **tables: Any) -> dict[str, np.ndarray]:
        """Returns what the query gives of each part, one below the other, by the name of the column."""
        found = [part.ask(query, **tables) for part in self.parts()]
        return {name: np.concatenate([one[name] for one in found]) for name in found[0]} if len(found) > 1 else found[0]

    @cached_property
    def columns(self) -> str:
        """The columns that every response has."""
        own = ["no", "profile", "second", "weight", "standing", *(["who"] if self.manifest.salt else [])]
        return ", ".join([*own, *(f"q{one}" for one in sorted(self.manifest.questions))])

    @cached_property
    def _tables(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if sum(map(len, self.tail)):
            found["tail"] = arrow().concat_tables(self.tail)
        elif not self.manifest.segments:
            found["tail"] = no_rows(shape_of(self.manifest))
        if len(self.changed):
            found["changed"] = arrow().table({"no": self.changed})
        return found

    @cached_property
    def _source(self) -> str:
        parts = []
        if self.folder and self.manifest.segments:
            files = ", ".join(_quoted(self.folder.path / one.name) for one in self.manifest.segments)
            kept = " WHERE no NOT IN (SELECT no FROM changed)" if "changed" in self._tables else ""
            parts.append(f"SELECT {self.columns} FROM read_parquet([{files}]){kept}")
        if "tail" in self._tables:
            parts.append(f"SELECT {self.columns} FROM tail")
        return " UNION ALL ".join(parts)


def scanned(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, work: Callable[[ColumnScan], T]
) -> T:
    """Returns what the work finds in the survey's responses: in its files, or in the rows of the store.

    Raises:
        ColumnsError: the rows cannot be columns, such as where a question that takes one answer has two.
    """
    found = scanned_files(connection, survey_id, definition, numbers, work)
    if found is not None:
        return found
    try:
        return work(_rows(connection, survey_id, definition, numbers))
    except column_faults() as fault:
        raise ColumnsError(f"the responses to '{definition.key}' cannot be counted: {fault}") from fault


def scanned_files(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, work: Callable[[ColumnScan], T]
) -> T | None:
    """Returns what the work finds in the survey's files; None where these cannot be read, or do not say what the
    store says."""
    folder = folder_of(connection.engine, survey_id)
    if folder is None:
        return None
    known, moment = reading_of(folder), moment_of(connection)
    if not _is_as_before(connection, survey_id, known, moment) and counted(connection, survey_id)[0] < LEAST:
        return None
    known.survey = definition.key
    for again in (True, False):
        try:
            with known.lock:
                scan = _scan(connection, survey_id, definition, numbers, known, moment)
            return None if scan is None else work(scan)
        except column_faults() as fault:
            with known.lock:
                known.forget()  # another process may have put other files in the place of these meanwhile
                if not again:
                    _note(known, f"the columns of '{definition.key}' cannot be read: {fault}")
    return None


def _rows(connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers) -> ColumnScan:
    """Returns the rows of the store as columns; those that were read before are not read again."""
    moment = moment_of(connection)
    shape = RowShape(questions_of(definition, numbers), secrets.token_hex(16) if by_respondent(definition) else "")
    if counted(connection, survey_id)[0] > HELD:
        manifest = manifest_of(connection, survey_id, definition, numbers, shape)
        return ColumnScan(None, manifest, (), NOBODY, partial(blocks, connection, survey_id, 0, shape))
    with _all:
        readings_here = _held.setdefault(connection.engine.pool, {})
        known = readings_here.pop(survey_id, ColumnReading(None))
        readings_here[survey_id] = known  # the one that was asked last stands last
        held = [*readings_here.values()]
    with known.lock:
        if known.scan is not None and _is_as_before(connection, survey_id, known, moment):
            return known.scan
        if known.manifest is None or unlike(connection, survey_id, definition, numbers, known.manifest):
            known.forget()
            known.manifest = manifest_of(connection, survey_id, definition, numbers, shape)
        scan = held_against(connection, survey_id, known.manifest, known)
        if scan is None:  # it is the tally that is wrong: `verify` says so
            standing_now = _standing_now(known.tail, aside(connection, survey_id))
            return ColumnScan(None, known.manifest, standing_now, NOBODY)
        _keep(connection, survey_id, known, moment, scan)
    kept = 0
    for one in reversed(held):
        kept += sum(map(len, one.tail))
        if kept > HELD and one is not known and one.lock.acquire(blocking=False):
            one.forget()
            one.lock.release()
    return scan


NOBODY = np.array([], dtype=np.int64)


def reading_of(folder: ColumnFolder) -> ColumnReading:
    """Returns what this process knows of the columns in that folder."""
    with _all:
        return _readings.setdefault(folder.path, ColumnReading(folder))


def readings() -> list[ColumnReading]:
    """Returns what this process knows of the columns that it has asked."""
    with _all:
        return list(_readings.values())


_readings: dict[Path, ColumnReading] = {}
_held: WeakKeyDictionary[Any, dict[int, ColumnReading]] = WeakKeyDictionary()
"""By the pool of the engine's connections, and the number of the survey."""
_all = threading.Lock()


def _is_as_before(connection: Connection, survey_id: int, known: ColumnReading, moment: tuple[int, int] | None) -> bool:
    """Returns whether nothing was written to the store since its rows were held against what is known of them."""
    before, scan = connection.info.get((SCANS, survey_id, known.folder), (None, None))
    return moment is not None and moment == before and known.scan is not None and scan() is known.scan


def _keep(
    connection: Connection, survey_id: int, known: ColumnReading, moment: tuple[int, int] | None, scan: ColumnScan
) -> None:
    known.scan = scan
    connection.info[SCANS, survey_id, known.folder] = moment, ref(scan)


def _scan(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, known: ColumnReading,
    moment: tuple[int, int] | None,
) -> ColumnScan | None:  # fmt: skip
    manifest = proved_files(known)
    if manifest is None:
        return None
    if _is_as_before(connection, survey_id, known, moment) and known.scan and known.scan.manifest is manifest:
        return known.scan
    if fault := unlike(connection, survey_id, definition, numbers, manifest):
        _note(known, f"the columns of '{definition.key}' are of another state of the store: {fault}")
        return None
    scan = held_against(connection, survey_id, manifest, known)
    _note(known, "" if scan else f"the columns of '{definition.key}' have other responses than the tally")
    if scan is not None:
        _keep(connection, survey_id, known, moment, scan)
    return scan


def held_against(connection: Connection, survey_id: int, manifest: Manifest, known: ColumnReading) -> ColumnScan | None:
    """Returns the columns as of the connection's moment; None where they are not the responses that the tally counts.

    Their number must be equal, and the sum of their marks, which differs where one is missing and another too much.
    """
    now, (count, total_marks, total_weights) = aside(connection, survey_id), counted(connection, survey_id)
    if known.aside is None:
        known.aside = _aside_in_files(known.folder, manifest)
    for fresh in (False, True):
        tail = _tail(connection, survey_id, manifest, known, fresh=fresh)
        rows = manifest.rows + sum(map(len, tail)) - len(now.numbers)
        found_marks = sum(one.marks for one in manifest.segments) + sum(_sum(one, "mark") for one in tail) - now.marks
        weights = sum(one.weights for one in manifest.segments) + sum(_sum(one, "weight") for one in tail)
        near = abs(weights - now.weights - total_weights) <= WEIGHT_TOLERANCE * max(weights, 1.0)
        if rows == count and found_marks == total_marks and near:
            changed = _changed(known.aside, now, manifest.last)
            others = _standing_now(tail, now)
            if len(changed):
                others += listed(connection, survey_id, changed.tolist(), shape_of(manifest))
            return ColumnScan(known.folder, manifest, others, changed)
    return None


def manifest_of(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, shape: RowShape,
    segments: Sequence[SegmentFile] = (),
) -> Manifest:  # fmt: skip
    """Returns the manifest of these files, or of the rows that the store has now."""
    last = segments[-1].last if segments else highest(connection, survey_id)
    witnesses = {number for one in segments for number in (one.first, one.last)}
    witnesses |= set(np.linspace(1, last, WITNESSES).astype(int).tolist()) if last else set()
    return Manifest(
        definition.key, code_digests(numbers), profile_digest(connection, survey_id), shape.questions,
        witness_digests(connection, survey_id, sorted(witnesses)), shape.salt, tuple(segments),
    )  # fmt: skip


def shape_of(manifest: Manifest) -> RowShape:
    """Returns what the rows in the files of the manifest hold."""
    return RowShape(manifest.questions, manifest.salt)


def unlike(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, manifest: Manifest
) -> str | None:
    """Returns in what the store is another than the one that the manifest is of; None where it is the same."""
    if manifest.survey != definition.key:
        return "it is another survey"
    if code_digests(numbers, manifest.numbers) != dict(manifest.numbers):
        return OTHER_CODES
    if profile_digest(connection, survey_id, manifest.profiles[0]) != manifest.profiles:
        return "its profiles are others"
    if witness_digests(connection, survey_id, [*manifest.witnesses]) != dict(manifest.witnesses):
        return "its responses are others"
    if by_respondent(definition) != bool(manifest.salt):
        return OTHER_RESPONDENTS
    if questions_of(definition, numbers) != manifest.questions:
        return OTHER_QUESTIONS
    return None


def counted(connection: Connection, survey_id: int) -> tuple[int, int, float]:
    """Returns how many responses count, with the sums of their marks and weights, as the tally has them."""
    now = tally_now(connection, survey_id).c
    query = select(*(func.coalesce(func.sum(now[name]), 0) for name in ("n", "fingerprint", "w")))
    query = query.where(now.survey_id == survey_id, now.grain == WHOLE, now.question_no == EVERYONE)
    count, total, weights = connection.execute(query).one()
    return int(count), int(total), float(weights)


def aside(connection: Connection, survey_id: int) -> Aside:
    """Returns the responses that do not count: screened out, waiting, or no longer the version that stands."""
    names = ["response_no", "standing", "content", "weight"]
    ours, few = response.c.survey_id == survey_id, response.alias()
    frames = []
    for standing in (
        SCREENED,
        SUPERSEDED,
        UNVERIFIED,
    ):  # of one standing SQLite finds the numbers in the index of these few alone
        theirs = select(few.c.response_no).where(
            few.c.survey_id == survey_id, few.c.standing != COUNTED, few.c.standing == standing
        )
        query = select(*(response.c[name] for name in names)).where(ours, response.c.response_no.in_(theirs))
        frames.append(query_frame(connection, query, names))
    found = pd.concat(frames).sort_values("response_no")
    return Aside(
        found["response_no"].to_numpy(), found["standing"].to_numpy(), int(marks(found["content"].to_numpy()).sum()),
        float(found["weight"].sum()),
    )  # fmt: skip


def _aside_in_files(folder: ColumnFolder | None, manifest: Manifest) -> Aside:
    if not manifest.segments:
        return Aside(NOBODY, NOBODY)
    found = ColumnScan(folder, manifest, (), NOBODY).ask(
        f"SELECT no, standing FROM responses WHERE standing <> {COUNTED} ORDER BY no"
    )
    return Aside(found["no"], found["standing"])


def _changed(then: Aside, now: Aside, last: int) -> np.ndarray:
    """Returns the numbers of the responses that stand otherwise now than in the files."""
    inside = now.numbers <= last
    pairs = [
        set(zip(numbers.tolist(), standings.tolist(), strict=True))
        for numbers, standings in ((then.numbers, then.standings), (now.numbers[inside], now.standings[inside]))
    ]
    return np.array(sorted({number for number, _ in pairs[0] ^ pairs[1]}), dtype=np.int64)


def _standing_now(tail: Sequence[Any], now: Aside) -> list[Any]:
    """Returns the tail, of which parts may have been read a while ago, with the standings of today."""
    found = []
    for table in tail:
        numbers = table["no"].to_numpy()
        standing = np.full(len(numbers), COUNTED, dtype=np.int8)
        at = np.searchsorted(numbers, now.numbers)
        there = at < len(numbers)
        there[there] = numbers[at[there]] == now.numbers[there]
        standing[at[there]] = now.standings[there]
        found.append(table.set_column(table.column_names.index("standing"), "standing", arrow().array(standing)))
    return found


def _tail(
    connection: Connection, survey_id: int, manifest: Manifest, known: ColumnReading, *, fresh: bool
) -> list[Any]:
    """Returns the responses that are newer than the files; those read before are not read again unless `fresh`."""
    if fresh:
        known.tail = []
    last = max((_last(table) for table in known.tail), default=manifest.last)
    for table in blocks(connection, survey_id, last, shape_of(manifest)):
        if len(table):  # kept at once: where a page's time is up, the next one goes on from here
            known.tail = [*known.tail, table]
    return known.tail


def _last(table: Any) -> int:
    return int(table["no"][-1].as_py())


def _sum(table: Any, name: str) -> Any:
    return table[name].to_numpy().sum().item()


def proved_files(known: ColumnReading) -> Manifest | None:
    """Returns the manifest, its files as they were when they were written; None where there are no columns yet."""
    folder, seen = known.folder, ()
    assert folder is not None, "only what was read from the store has no folder"
    if known.manifest is not None:
        seen = _seen(folder, known.manifest)
        if seen == known.seen and time.monotonic() - known.digested_at < DIGEST_SECONDS:
            return known.manifest
    manifest = folder.manifest()
    if manifest is None:
        known.forget()
        return None
    seen = _seen(folder, manifest)
    for one in manifest.segments:
        try:
            found = digest_of(folder.path / one.name)
        except OSError as error:
            raise ColumnsError(f"{folder.path / one.name}: {error.strerror or error}") from error
        if found != (one.bytes, one.digest):
            raise ColumnsError(f"{folder.path / one.name} is not what was written")
    if known.manifest is None or manifest.name != known.manifest.name:
        known.forget()
    known.manifest, known.seen, known.digested_at = manifest, seen, time.monotonic()
    return manifest


def _seen(folder: ColumnFolder, manifest: Manifest) -> tuple[Any, ...]:
    """Returns what changes when somebody writes to one of the files."""
    found = []
    for name in ("manifest.json", *(one.name for one in manifest.segments)):
        try:
            state = os.lstat(folder.path / name)
        except OSError:
            return ()
        found.append((state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns))
    return tuple(found)


def _note(known: ColumnReading, fault: str) -> None:
    if fault and known.fault != fault:
        log.warning("%s; the store answers instead", fault)
    known.fault = fault


MOST_DATABASES = 4
_databases: dict[str, Any] = {}


def _database(root: str) -> Any:
    """Returns this process's DuckDB, in memory, which reads files of that folder alone and fetches nothing.

    Args:
        root: "" where no file is read: nothing is then written to disk either.
    """
    with _all:
        if root not in _databases:
            database = duckdb().connect(
                ":memory:",
                config={
                    "threads": str(THREADS), "memory_limit": MEMORY, "temp_directory": f"{root}/spill" if root else "",
                    "max_temp_directory_size": SPILLED, "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false", "allow_community_extensions": "false",
                },
            )  # fmt: skip
            if root:
                database.execute(f"SET allowed_directories = [{_quoted(root)}]")
            database.execute("SET enable_external_access = false")
            database.execute("SET lock_configuration = true")
            if len(_databases) >= MOST_DATABASES:
                del _databases[next(iter(_databases))]
            _databases[root] = database
        return _databases[root]


def column_faults() -> tuple[type[BaseException], ...]:
    """Returns what is raised where columns cannot be read, or are not what they should be."""
    return ColumnsError, OSError, duckdb().Error, arrow().ArrowException


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def answers(question_no: int, several: bool) -> str:
    """Returns the expression that gives a row for each answer to the question, as cells count them.

    A question that takes several has one more row for each who answered it, ANSWERED.
    """
    column = f"q{question_no}"
    if not several:
        return column
    alone = f"{column} IS NULL OR {column} = [{MISSING}] OR {column} = [{ANSWERED}]"
    return f"unnest(CASE WHEN {alone} THEN {column} ELSE list_prepend({ANSWERED}::INTEGER, {column}) END)"


def crossed_answers(question_no: int, several: bool) -> str:
    """Returns the expression that gives a row for each choice made, MISSING where there is none."""
    column = f"q{question_no}"
    if not several:
        return f"greatest({column}, {MISSING})"  # nothing is less than that, and NULL is passed over
    chosen = f"list_filter({column}, lambda one: one > 0)"
    return f"unnest(CASE WHEN len({chosen}) > 0 THEN {chosen} ELSE [{MISSING}::INTEGER] END)"


def gave(question_no: int, several: bool, choices: Sequence[int]) -> str:
    """Returns the condition that one of these choices was made."""
    if not choices:
        return "false"
    listed_choices = ", ".join(map(str, choices))
    column = f"q{question_no}"
    return f"list_has_any({column}, [{listed_choices}])" if several else f"{column} IN ({listed_choices})"


def standing_in(*standings: int) -> str:
    """Returns the condition that a response stands so."""
    return f"standing IN ({', '.join(map(str, standings))})"


GOOD, WITH_SCREENED = standing_in(COUNTED), standing_in(COUNTED, SCREENED)
