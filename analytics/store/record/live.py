"""Records responses as they come in: from any process, as often as they are sent, each counted once.

They are checked against their survey first, and put into the form of a batch.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from sqlalchemy import ARRAY, Connection, Engine, Integer, cast, func, select

from analytics.errors import RequestError, one_sentence_each
from analytics.language.said import spoken
from analytics.model import NO_TIME, Answers, Batch, Dimension, Question, Receipt, Response, Survey
from analytics.model.responses import is_unicode
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.record.circumstances import insert_circumstances
from analytics.store.record.doubts import insert_doubts
from analytics.store.record.erased import has_tombstones, tombstoned, without_rows
from analytics.store.record.raw_rows import (
    answer_rows,
    counted_of,
    insert_answers,
    insert_comments,
    profile_numbers,
    response_columns,
    seconds,
)
from analytics.store.record.standing import OWN_ID, ScreeningVerdict, judge, recorded, set_standing, versions_of
from analytics.store.record.vast import vast_weights
from analytics.store.tables.rows import NO_MOMENT, insert_columns, plain_insert
from analytics.store.tables.schema import SUPERSEDED, response
from analytics.store.tables.sums import added, changing, negative, sums_of, tally_of
from analytics.store.tables.surveys import (
    HOT_WRITERS,
    CodeNumbers,
    multiple_numbers,
    note_times,
    numbers_for,
    raise_revision,
    read_numbers,
    survey_by_key,
)
from analytics.store.tables.tally import add_pending, change_tally, is_hot

LIVE = 0
"""The import number of responses that came by themselves."""

KEY_LOCKS = 1_024
"""Where no lock on the survey orders its writers, those of one response wait for each other at one of so many locks."""

NUMBERED = "SET LOCAL synchronous_commit TO off"
"""Numbers that are given out need not be safe by themselves: they are once what they were given to is, whose commit
comes behind theirs in the server's one log.
"""

TICKED_NONE = ("",)


@dataclass(frozen=True)
class TallyPlace:
    """A batch and where it goes: the survey, its numbers, the first response number and each response's profile.

    Of those that came, `erased` were erased before and are not in it: neither is anything that only they say.
    """

    batch: Batch
    erased: int
    survey_id: int
    definition: Survey
    numbers: CodeNumbers
    revision: int
    first_no: int
    profile_no: np.ndarray

    @property
    def keys(self) -> list[str]:
        """The keys of the batch's responses, in their order."""
        keys: list[str] = self.batch.responses["key"].tolist()
        return keys

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to record: all that came was erased before."""
        return not len(self.batch.responses)


def record_responses(
    engine: Engine, survey_key: str, responses: Iterable[Response], *, as_first_received: bool = False
) -> Receipt:
    """Records the responses, all or none, and returns what became of them once they are safe on disk.

    To send them again, in any order and from several processes at once, changes nothing. Of several versions of a
    response the latest counts and the others are kept beside it.

    Args:
        as_first_received: each version that is recorded already comes with the time at which it first was. So what is
            sent twice says the same twice, where the time of an answer is that of its arrival here.

    Raises:
        RequestError: there is no such survey, or a response says what it does not know; nothing was recorded.
        StoreError: the database did not take them; whether it has them is found by sending them again.
    """
    arrived = list(responses)
    with reading(engine) as connection:
        survey_id, definition, _ = survey_by_key(connection, survey_key)
        if definition.closed_at is not None:
            raise RequestError(
                spoken(
                    "survey '{key}' was closed on {day}: reopen it first",
                    key=survey_key,
                    day=definition.closed_at.date(),
                )
            )
        hot = is_hot(connection, survey_id)
        known = recorded(connection, survey_id, list(dict.fromkeys(OWN_ID + one.key for one in arrived)))
        if as_first_received:
            arrived = _as_first_received(arrived, known)
        batch = batch_of(definition, arrived)
        if _all_known(batch, known):
            return Receipt(duplicate=len(arrived))
        vast, expected = vast_weights(connection, survey_id, definition, batch.responses["weight"].to_numpy())
    if vast.any():
        too_large = [one for one, is_vast in zip(arrived, vast.tolist(), strict=True) if is_vast]
        faults = (f"response '{one.key}': found weight {one.weight:.15g}, expected {expected}" for one in too_large)
        raise RequestError(one_sentence_each(faults))
    write = _write_hot if hot else _write
    return retrying(lambda: write(engine, survey_id, definition, batch))


def _as_first_received(arrived: Sequence[Response], known: Iterable[Any]) -> list[Response]:
    """Returns the responses with their first times: of several that come at once the first says it."""
    first: dict[tuple[str, int], datetime] = {}
    for row in sorted(known, key=lambda row: row.received_at or 0, reverse=True):
        if row.responded_at is not None:
            first[row.key.removeprefix(OWN_ID), row.version] = datetime.fromtimestamp(row.responded_at, UTC)
    for one in arrived:
        if one.responded_at is not None:
            first.setdefault((one.key, one.version), one.responded_at)
    moments = [first.get((one.key, one.version)) for one in arrived]
    return [
        one if moment == one.responded_at else replace(one, responded_at=moment)
        for one, moment in zip(arrived, moments, strict=True)
    ]


def _all_known(batch: Batch, known: Iterable[Any]) -> bool:
    theirs = zip(*(batch.responses[name].tolist() for name in ("key", "version", "content")), strict=True)
    return {(row.key, row.version, row.content) for row in known}.issuperset(theirs)


def _write(engine: Engine, survey_id: int, definition: Survey, batch: Batch) -> Receipt:
    with writing(engine) as connection:
        place = _place(connection, survey_id, definition, batch, hot=False)
        if place.is_empty:
            return Receipt(erased=place.erased)
        verdict = _judged(connection, place)
        cells = _moved(connection, place, verdict)
        change_tally(connection, survey_id, cells, place.revision)
        note_times(connection, survey_id, seconds(place.batch)[verdict.counts])
    return replace(verdict.receipt, erased=place.erased)


def _write_hot(engine: Engine, survey_id: int, definition: Survey, batch: Batch) -> Receipt:
    """Records without holding the survey's row, for which all writers would queue, longer than it takes to read it."""
    while True:
        with writing(engine) as connection:
            connection.exec_driver_sql(NUMBERED)
            place = _place(connection, survey_id, definition, batch, hot=True)
        if place.is_empty:
            return Receipt(erased=place.erased)
        with writing(engine) as connection:
            _lock_keys(connection, survey_id, place.keys)
            if _is_overtaken(connection, place):
                continue
            verdict = _judged(connection, place)
            cells = _moved(connection, place, verdict)
            add_pending(connection, survey_id, cells, seconds(place.batch)[verdict.counts])
        return replace(verdict.receipt, erased=place.erased)


def _is_overtaken(connection: Connection, place: TallyPlace) -> bool:
    """Whether a reader of the batch was erased meanwhile, or a word that somebody in it may say."""
    if not has_tombstones(connection, place.survey_id):
        return False
    if tombstoned(connection, place.survey_id, place.keys):
        return True
    now = read_numbers(connection, place.survey_id)
    return any(now.get(scope, {}).get(value) != number for scope, value, number in _numbered(place.numbers))


def _numbered(numbers: CodeNumbers) -> Iterator[tuple[str, str, int]]:
    return ((scope, value, number) for scope, of in numbers.items() for value, number in of.items() if value)


def _place(connection: Connection, survey_id: int, definition: Survey, batch: Batch, *, hot: bool) -> TallyPlace:
    """Numbers what the batch brings; beside the other writers of a hot survey, whose revision its folder raises."""
    count = len(batch.responses)
    revision, first_no = raise_revision(connection, survey_id, count, by=0 if hot else 1, beside_hot=hot)
    keys = batch.responses["key"].tolist()
    if erased := tombstoned(connection, survey_id, keys):
        batch = without_rows(batch, np.array([key in erased for key in keys], dtype=bool))
    numbers = numbers_for(connection, survey_id, batch)
    profile_no = profile_numbers(connection, survey_id, batch, numbers)
    refused = count - len(batch.responses)
    return TallyPlace(batch, refused, survey_id, definition, numbers, revision, first_no, profile_no)


def _lock_keys(connection: Connection, survey_id: int, keys: Sequence[str]) -> None:
    """Waits for those who write the same responses, and for whoever changes what is recorded of the survey."""
    # In the order of the locks, so that no two writers hold what the other waits for; in one statement, since a batch
    # of a crowd has hundreds, and each would be a way to the server and back.
    locks = sorted({crc32(key.encode()) % KEY_LOCKS for key in keys})
    lock = func.unnest(cast(locks, ARRAY(Integer))).column_valued("lock")
    beside = func.pg_advisory_xact_lock_shared(survey_id, HOT_WRITERS)
    connection.execute(select(beside, func.pg_advisory_xact_lock(survey_id, lock)))


def _judged(connection: Connection, place: TallyPlace) -> ScreeningVerdict:
    return judge(place.batch, versions_of(connection, place.survey_id, list(dict.fromkeys(place.keys))))


def _moved(connection: Connection, place: TallyPlace, verdict: ScreeningVerdict) -> Any:
    """Writes the raw rows and returns what they change in the tally."""
    batch, survey_id, definition, numbers = place.batch, place.survey_id, place.definition, place.numbers
    replaced = verdict.replaced_counted
    less = sums_of(connection, survey_id, definition, numbers, replaced) if replaced else None
    set_standing(connection, survey_id, verdict.replaced, SUPERSEDED, None)
    _insert(connection, place, verdict)
    insert_circumstances(connection, survey_id, batch.responses, place.first_no, verdict.kept)
    insert_doubts(connection, survey_id, definition, batch, place.first_no, verdict.kept)
    written = answer_rows(batch, numbers, verdict.kept)
    insert_answers(connection, survey_id, written, place.first_no)
    insert_comments(connection, survey_id, batch, numbers, place.first_no, verdict.kept)
    counts = verdict.counts
    multiple = multiple_numbers(definition, numbers)
    counting = written if counts.all() else answer_rows(batch, numbers, counts)
    counted = counted_of(batch, place.profile_no, counting, counts, multiple)
    more = tally_of(counted, definition.time_zone)
    return more if less is None else changing(added(more, negative(less)))


def _insert(connection: Connection, place: TallyPlace, verdict: ScreeningVerdict) -> None:
    batch, frame, order = place.batch, place.batch.responses, np.flatnonzero(verdict.kept)
    order = order[np.argsort(frame["key"].to_numpy()[order], kind="stable")]
    columns = {
        **response_columns(batch, place.profile_no, place.first_no),
        "standing": verdict.standing,
        "rule": verdict.rule,
        "version": frame["version"].tolist(),
        "received_at": [None if at == NO_TIME else at for at in frame["received_at"].tolist()],
    }
    rows = {name: [values[at] for at in order.tolist()] for name, values in columns.items()}
    insert_columns(connection, plain_insert(response), {"survey_id": place.survey_id, "import_no": LIVE}, rows)


def batch_of(survey: Survey, responses: Sequence[Response]) -> Batch:
    """Returns the responses as a batch; its frame `responses` has `version`, `received_at` and `unverified` too.

    Where circumstances are known of any of them they stand in a column of that name.

    Raises:
        RequestError: a response says what the survey does not know; every fault is named.
    """
    known = KnownWords.of(survey)
    faults = [f"response '{response.key}': {fault}" for response in responses for fault in _faults(known, response)]
    if faults:
        raise RequestError(one_sentence_each(faults))
    times = _seconds("responded_at", responses, NO_MOMENT)
    frame = {
        "key": _texts(f"id:{response.key}" for response in responses),
        "content": np.array([_content(response) for response in responses], dtype=np.int64),
        "line": np.arange(1, len(responses) + 1, dtype=np.int64),
        "responded_at": pd.DatetimeIndex(times.view("datetime64[s]"), tz="UTC"),
        "weight": np.array([response.weight for response in responses], dtype=np.float64),
        "respondent": _texts(response.respondent for response in responses),
        "consent": _texts(response.consent for response in responses),
        "version": np.array([response.version for response in responses], dtype=np.int64),
        "received_at": _seconds("received_at", responses, NO_TIME),
        "unverified": _texts(one.circumstances.unverified if one.circumstances else "" for one in responses),
    }
    if any(one.circumstances for one in responses):
        frame["circumstances"] = pd.Series([one.circumstances for one in responses], dtype=object)
    levels = {dimension.key: _levels(dimension, responses) for dimension in survey.dimensions}
    answers = {question.key: _answers(question, responses) for question in survey.questions if question.kind != "text"}
    texts = [(row, key, text) for row, r in enumerate(responses) for key, text in sorted(r.texts.items()) if text]
    row, question, text = zip(*texts, strict=True) if texts else ((), (), ())
    return Batch(
        pd.DataFrame(frame),
        pd.DataFrame(levels, index=range(len(responses))),
        answers,
        pd.DataFrame({"row": np.array(row, dtype=np.int64), "question": _texts(question), "text": _texts(text)}),
    )


def _texts(words: Iterable[str]) -> pd.Series:
    """A column of texts as Python's own objects: a few answers are handed on as quickly as they are put in."""
    return pd.Series([*words], dtype=object)


@dataclass(frozen=True)
class KnownWords:
    """What responses to a survey may say: its questions and dimensions by key, and the values that each lists."""

    questions: Mapping[str, Question]
    dimensions: Mapping[str, Dimension]
    listed: Mapping[str, frozenset[str]]
    """By the scope of a question's choices or a dimension's levels; those that take any word are not among them."""

    @classmethod
    def of(cls, survey: Survey) -> KnownWords:
        """Those of that survey."""
        choices = {
            f"choice/{one.key}": frozenset(c.value for c in one.choices) for one in survey.questions if not one.found
        }
        levels = {
            f"level/{one.key}": frozenset(level.value for level in one.levels)
            for one in survey.dimensions
            if not one.found
        }
        return cls(
            {one.key: one for one in survey.questions},
            {one.key: one for one in survey.dimensions},
            {**choices, **levels},
        )


def _faults(known: KnownWords, response: Response) -> Iterator[str]:
    if not response.key:
        yield "found no key, expected an id of its own"
    if response.version < 1:
        yield f"found version {response.version}, expected 1 or higher"
    if not (math.isfinite(response.weight) and response.weight > 0):
        yield f"found weight {response.weight}, expected a number above 0"
    for name in ("responded_at", "received_at"):
        moment = getattr(response, name)
        if moment is not None and moment.tzinfo is None:
            yield f"found {name} {moment.isoformat()}, expected a time with its zone"
    for key, values in response.answers.items():
        if values or key not in known.questions or known.questions[key].kind == "text":
            yield from _answer_faults(known, key, values)
    for key, level in response.levels.items():
        yield from _level_faults(known, key, level)
    for key in response.texts:
        question = known.questions.get(key)
        if key and (question is None or question.kind != "text"):
            yield f"found a text for '{key}', expected the key of a text question, or none for the comment"
    for text in _every_text(response):
        if "\0" in text or not is_unicode(text):
            yield f"found {text!r}, expected text without zero characters and lone surrogates"


def _answer_faults(known: KnownWords, key: str, values: tuple[str, ...]) -> Iterator[str]:
    question = known.questions.get(key)
    if question is None or question.kind == "text":
        yield f"found an answer to '{key}', expected the key of a question with choices"
    elif question.kind != "multiple" and len(values) > 1:
        yield f"found {len(values)} answers to '{key}', expected one"
    elif values == TICKED_NONE:
        if question.kind != "multiple":
            yield f"found an empty answer to '{key}', expected a choice, or no answer where it was left blank"
    elif len(set(values)) < len(values) or "" in values:
        yield f"found the answers {values!r} to '{key}', expected each choice once"
    elif not question.found and not known.listed[f"choice/{key}"].issuperset(values):
        unknown = [value for value in values if question.choice(value) is None]
        listed = ", ".join(f"'{choice.value}'" for choice in question.choices)
        yield f"found {', '.join(map(repr, unknown))} for '{key}', expected one of {listed}"


def _level_faults(known: KnownWords, key: str, level: str) -> Iterator[str]:
    dimension = known.dimensions.get(key)
    if dimension is None:
        yield f"found a level of '{key}', expected the key of a dimension"
    elif not level:
        yield f"found an empty level of '{key}', expected it left out where it is not known"
    elif not dimension.found and level not in known.listed[f"level/{key}"]:
        listed = ", ".join(f"'{one.value}'" for one in dimension.levels)
        yield f"found '{level}' for '{key}', expected one of {listed}"


def _every_text(response: Response) -> Iterable[str]:
    yield from (response.key, response.respondent, response.consent)
    yield from response.texts.values()
    yield from response.levels.values()
    for values in response.answers.values():
        yield from values


def _content(response: Response) -> int:
    """Returns a hash of all that the reader says: the same for the same response however often it is sent."""
    moment = response.responded_at
    parts = (
        response.key, _sorted({key: tuple(sorted(values)) for key, values in response.answers.items()}),
        _sorted(response.levels), _sorted(response.texts), moment and int(moment.timestamp()), response.weight,
        response.respondent, response.consent,
    )  # fmt: skip
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), "little", signed=True)


def _sorted(by_key: Mapping[str, object]) -> list[tuple[str, object]]:
    return sorted(by_key.items())


def _seconds(name: str, responses: Sequence[Response], missing: int) -> np.ndarray:
    moments = [getattr(response, name) for response in responses]
    return np.array([missing if moment is None else int(moment.timestamp()) for moment in moments], dtype=np.int64)


def _levels(dimension: Dimension, responses: Sequence[Response]) -> pd.Categorical:
    given = [response.levels.get(dimension.key) for response in responses]
    found = dict.fromkeys(level for level in given if level is not None)
    listed = tuple(found) if dimension.found else tuple(level.value for level in dimension.levels)
    place = {value: index for index, value in enumerate(listed)}
    codes = np.array([-1 if level is None else place[level] for level in given], dtype=np.int64)
    return pd.Categorical.from_codes(codes, categories=_index(listed), validate=False)


@lru_cache(maxsize=1_000)
def _index(words: tuple[str, ...]) -> pd.Index:
    return pd.Index(words, dtype="str")


def _answers(question: Question, responses: Sequence[Response]) -> Answers:
    given = [response.answers.get(question.key) for response in responses]
    found = dict.fromkeys(value for ticked in given for value in ticked or () if value)
    values = tuple(found) if question.found else tuple(choice.value for choice in question.choices)
    place = {value: index for index, value in enumerate(values)}
    status = np.array([-1 if ticked is None else int(bool(ticked)) for ticked in given], dtype=np.int8)
    pairs = [(row, place[value]) for row, ticked in enumerate(given) for value in ticked or () if value]
    row, choice = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2).T
    return Answers(values, status, row, choice)
