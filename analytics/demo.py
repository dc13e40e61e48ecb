"""The demo's made-up readers: a file of answers such as a newsroom's survey tool exports, SIMULATED in every row.

All weights below are whole numbers, drawn with nothing but uniform numbers and additions, so that the same seed gives
the same bytes on every machine: logarithms and exponentials differ in their last digit from one to another.
"""

from __future__ import annotations

import secrets
import time
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from uuid import uuid4

import numpy as np
import pandas as pd

from analytics.imports.definition.survey import read_definition
from analytics.model import Columns, Dimension, Fieldwork, Response, Survey
from analytics.store.place.connections import Store
from analytics.store.record.live import record_responses
from analytics.store.tables.fieldwork import ask_survey

FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"
DEFINITION = FOLDER / "survey.toml"
MARK = "SIMULATED"
DEMO_KEY, LIVE_KEY = "ceasefire-2025", "ceasefire-2025-live"
"""The survey of the made-up readers, and the one that whoever tries the demo answers."""
LIVE_PURPOSE = "Answers show how the demonstration works. Nobody publishes them."

CROWD_A_SECOND, CROWD_SECONDS, CROWD_PAUSE_SECONDS = 200, 60.0, 0.2
"""A crowd that shows what a busy hour looks like: so many a second for so long."""

START = np.datetime64("2025-05-18T12:00:00", "s")
"""When the article appears, by the clock in New York; hours and seconds below count from here."""
HOUR = 3600
HOURS = 240
CALL = 22 * HOUR
BURST = (4 * 24 + 2) * HOUR + 600
BURST_SECONDS = 45 * 60

DAY_WEIGHTS = (100, 120, 75, 48, 36, 30, 18, 20, 19, 13, 12)
CLOCK_WEIGHTS = (3, 2, 1, 1, 2, 5, 12, 20, 22, 18, 14, 13, 15, 13, 11, 10, 11, 13, 16, 18, 19, 16, 10, 6)
RUSHES = {0: 4, 1: 3, 2: 2, 7: 3, 8: 2, 25: 5, 26: 2}
PUSH_HOURS = (7, 8, 25, 26)

CHANNELS = ("Newsletter", "Homepage", "Search", "Social", "Push")
CHANNELS_BY_HOUR = ((20, 34, 24, 18, 4), (48, 24, 14, 10, 4), (8, 18, 10, 8, 56))  # ordinary, early, after a push alert
REFERRERS = ("morning-letter", "front-page", "search.example", "network.example", "app-alert")
BURST_REFERRER = "forum.example"

AGE_FROM = (18, 30, 45, 60)
AGE_YEARS = (12, 15, 15, 29)
AGES_BY_CHANNEL = ((3, 9, 26, 62), (7, 15, 28, 50), (14, 24, 29, 33), (30, 31, 24, 15), (9, 22, 33, 36))
GENDERS = ("Women", "Men", "Another gender", "Prefer not to say")
GENDERS_BY_CHANNEL = ((45, 53, 1, 1), (41, 57, 1, 1), (42, 55, 2, 1), (50, 46, 3, 1), (40, 58, 1, 1))
REGIONS = ("Northeast", "Midwest", "South", "Southwest", "West", "Abroad")
REGION_WEIGHTS = (24, 17, 22, 10, 19, 8)
READS = ("Daily", "Weekly", "Less")
READS_BY_CHANNEL = ((78, 18, 4), (58, 29, 13), (10, 30, 60), (18, 36, 46), (70, 24, 6))

PRESSURE = ("Yes", "Unsure", "No")
PRESSURE_WEIGHTS = (31, 14, 55)
PRESSURE_BY_AGE = ((1, 7, -8), (3, 1, -4), (2, -1, -1), (-4, -3, 7))
PRESSURE_BY_GENDER = ((-5, 3, 2), (5, -3, -2), (-8, 2, 6), (0, 0, 0))
PRESSURE_BY_REGION = ((-3, 0, 3), (2, 0, -2), (6, 0, -6), (3, 0, -3), (-4, 0, 4), (-9, -1, 10))
PRESSURE_BY_READS = ((-2, -1, 3), (0, 0, 0), (3, 3, -6))
PRESSURE_BY_CALL = ((0, 0, 0), (-5, -2, 7))
PRESSURE_IN_BURST = (94, 2, 4)

EXPECTS = ("Yes", "Not sure", "No")
EXPECTS_BY_PRESSURE = ((34, 26, 40), (14, 44, 42), (9, 19, 72))
EXPECTS_BY_CALL = ((0, 0, 0), (-4, -1, 5))
TRUST = ("1", "2", "3", "4", "5")
TRUST_BY_PRESSURE = ((20, 25, 28, 18, 9), (14, 26, 34, 19, 7), (9, 19, 30, 28, 14))
STEPS = ("Send more weapons", "Tighten sanctions", "Host direct talks", "Send humanitarian aid", "Cut back aid")
STEPS_BY_PRESSURE = ((14, 31, 66, 34, 47), (24, 38, 52, 46, 14), (61, 75, 33, 55, 5))  # percent who tick each


def ask_live(store: Store, *, today: date) -> None:
    """Asks the demo's questions once more, for answers given on this machine. They are SIMULATED like all others.

    Raises:
        StoreError: the store cannot be written to.
    """
    ask_survey(store, live_survey(today), Fieldwork(purpose=LIVE_PURPOSE))


def live_survey(today: date) -> Survey:
    """The demo's survey for answers given under its article, from that day on."""
    made_up = read_definition(DEFINITION)
    gone = ("title", "event/", "dimension/channel/")
    labels = tuple(
        (language, tuple(pair for pair in pairs if not pair[0].startswith(gone))) for language, pairs in made_up.labels
    )
    return replace(
        made_up, key=LIVE_KEY, title=f"{made_up.title}: the demo, live", labels=labels,
        dimensions=tuple(one for one in made_up.dimensions if one.key != "channel"), events=(), targets=(),
        columns=Columns(comment="comment", consent="consent", consent_given=("yes",)), opens=today, closes=None,
        population="Whoever tried this demonstration", min_base=1, known_by=(),
        conducted_by="Nobody: answers are given on this machine to see how they come in",
    )  # fmt: skip


def crowd_answers(*, seed: int, readers: int, name: str) -> list[Response]:
    """That many made-up answers to the demo's live survey, without times; their ids begin with that name.

    Example:
        >>> [one.key for one in crowd_answers(seed=1, readers=2, name="crowd")]
        ['crowd-0', 'crowd-1']
    """
    survey, found = live_survey(date(2025, 5, 18)), []
    for number, row in enumerate(made_up_readers(seed=seed, readers=readers).to_dict("records")):
        answers = {
            one.key: tuple(word for word in str(row[one.column]).split(one.separator or "\n") if one.choice(word))
            for one in survey.questions
            if one.column in row
        }
        levels = {one.key: _level_of(one, str(row[one.column])) for one in survey.dimensions if one.column in row}
        texts = {"": str(row["comment"])} if row["comment"] else {}
        known = {key: level for key, level in levels.items() if level}
        found.append(Response(f"{name}-{number}", answers, known, texts))
    return found


def imitate_crowd(
    store: Store, *, a_second: int = CROWD_A_SECOND, seconds: float = CROWD_SECONDS, stop: Event | None = None
) -> int:
    """Has made-up readers answer the live survey, so many a second for so long, and returns how many did.

    Args:
        stop: ends it early.

    Raises:
        RequestError: the live survey is not asked, or is closed.
        StoreError: the store cannot be written to.
    """
    stop, began, sent = stop or Event(), time.monotonic(), 0
    answers = crowd_answers(seed=secrets.randbits(32), readers=round(a_second * seconds), name=f"crowd-{uuid4()}")
    while sent < len(answers) and not stop.wait(CROWD_PAUSE_SECONDS):
        due = min(len(answers), round((time.monotonic() - began) * a_second))
        now = datetime.now(UTC)
        record_responses(
            store, LIVE_KEY, [replace(one, responded_at=now, received_at=now) for one in answers[sent:due]]
        )
        sent = due
    return sent


def _level_of(dimension: Dimension, word: str) -> str:
    """The level that a made-up reader's word belongs to, empty where it belongs to none."""
    if dimension.bands:
        place = sum(low <= int(word) for low in dimension.bands) - 1 if word.isdigit() else -1
        return dimension.levels[place].value if place >= 0 else ""
    return word if dimension.level(word) is not None else ""


def write_responses(path: Path, *, seed: int = 20250518, readers: int = 20_114) -> None:
    """Writes the made-up readers to a CSV file, one row each; the same seed and number give the same bytes."""
    frame = made_up_readers(seed=seed, readers=readers)
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def made_up_readers(*, seed: int, readers: int) -> pd.DataFrame:
    """Returns that many made-up readers in the order in which they came, every cell text, "" where nothing was said.

    Example:
        >>> made_up_readers(seed=1, readers=2)[["response", "note"]].values.tolist()
        [['sim-00001', 'SIMULATED'], ['sim-00002', 'SIMULATED']]
    """
    rng = np.random.default_rng(seed)
    seconds, burst = _arrivals(rng, readers)
    called = (seconds >= CALL).astype(np.int64)
    channel = _channels(rng, seconds, burst)
    people = _people(rng, channel)
    pressure = _pressure(rng, people, called, burst)
    answers = _answers(rng, pressure, called)
    columns = {
        "response": np.array([f"sim-{number:05d}" for number in range(1, readers + 1)], dtype=object),
        "responded_at": _some_blank(rng, _clock(seconds), per_thousand=6),
        **answers,
        **_profile(rng, people, burst),
        "channel": _words(CHANNELS, channel),
        "referrer": np.where(burst, BURST_REFERRER, _words(REFERRERS, channel)),
        "comment": _comments(rng, answers["pressure"], called, burst),
        "note": np.full(readers, MARK, dtype=object),
    }
    return pd.DataFrame(columns)


def _arrivals(rng: np.random.Generator, readers: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns the second of each reader's arrival, rising, and whether it belongs to the burst (6 in 100)."""
    hours = np.arange(HOURS) + 12
    weights = np.array(DAY_WEIGHTS)[hours // 24] * np.array(CLOCK_WEIGHTS)[hours % 24]
    for rush, times in RUSHES.items():
        weights[rush] *= times
    in_burst = readers * 6 // 100
    hour = _pick(rng, np.broadcast_to(weights, (readers - in_burst, HOURS)))
    usual = hour * HOUR + _up_to(rng, np.full(len(hour), HOUR))
    sudden = BURST + _up_to(rng, np.full(in_burst, BURST_SECONDS))
    seconds = np.concatenate([usual, sudden])
    order = np.argsort(seconds, kind="stable")
    return seconds[order], order >= len(usual)


def _channels(rng: np.random.Generator, seconds: np.ndarray, burst: np.ndarray) -> np.ndarray:
    hours = seconds // HOUR
    clock = (hours + 12) % 24
    kind = np.where(np.isin(hours, PUSH_HOURS), 2, np.where((clock >= 6) & (clock <= 9), 1, 0))
    return np.where(burst, CHANNELS.index("Social"), _pick(rng, np.array(CHANNELS_BY_HOUR)[kind]))


def _people(rng: np.random.Generator, channel: np.ndarray) -> dict[str, np.ndarray]:
    """Returns who the readers are, as codes: `band` (with `age` in years), `gender`, `region`, `reads`."""
    band = _pick(rng, np.array(AGES_BY_CHANNEL)[channel])
    return {
        "band": band,
        "age": np.array(AGE_FROM)[band] + _up_to(rng, np.array(AGE_YEARS)[band]),
        "gender": _pick(rng, np.array(GENDERS_BY_CHANNEL)[channel]),
        "region": _pick(rng, np.broadcast_to(np.array(REGION_WEIGHTS), (len(channel), len(REGIONS)))),
        "reads": _pick(rng, np.array(READS_BY_CHANNEL)[channel]),
    }


def _pressure(
    rng: np.random.Generator, people: dict[str, np.ndarray], called: np.ndarray, burst: np.ndarray
) -> np.ndarray:
    weights = (
        np.array(PRESSURE_WEIGHTS)
        + np.array(PRESSURE_BY_AGE)[people["band"]]
        + np.array(PRESSURE_BY_GENDER)[people["gender"]]
        + np.array(PRESSURE_BY_REGION)[people["region"]]
        + np.array(PRESSURE_BY_READS)[people["reads"]]
        + np.array(PRESSURE_BY_CALL)[called]
    )
    return _pick(rng, np.where(burst[:, None], np.array(PRESSURE_IN_BURST), np.maximum(weights, 1)))


def _answers(rng: np.random.Generator, pressure: np.ndarray, called: np.ndarray) -> dict[str, np.ndarray]:
    expects = _pick(rng, np.array(EXPECTS_BY_PRESSURE)[pressure] + np.array(EXPECTS_BY_CALL)[called])
    trust = _pick(rng, np.array(TRUST_BY_PRESSURE)[pressure])
    ticked = rng.random((len(pressure), len(STEPS))) * 100 < np.array(STEPS_BY_PRESSURE)[pressure]
    steps = ["; ".join(word for word, tick in zip(STEPS, row, strict=True) if tick) for row in ticked.tolist()]
    return {
        "pressure": _some_blank(rng, _words(PRESSURE, pressure), per_thousand=12),
        "expects_ceasefire": _some_blank(rng, _words(EXPECTS, expects), per_thousand=45),
        "trust_allies": _some_blank(rng, _words(TRUST, trust), per_thousand=60),
        "next_step": _some_blank(rng, np.array(steps, dtype=object), per_thousand=40),
    }


def _profile(rng: np.random.Generator, people: dict[str, np.ndarray], burst: np.ndarray) -> dict[str, np.ndarray]:
    """Returns what readers told about themselves: 4 in 100 told nothing, in the burst 60."""
    silent = rng.random(len(burst)) * 100 < np.where(burst, 60, 4)
    told = {
        "age": people["age"].astype(str).astype(object),
        "gender": _words(GENDERS, people["gender"]),
        "region": _words(REGIONS, people["region"]),
        "reads": _words(READS, people["reads"]),
    }
    return {key: np.where(silent, "", _some_blank(rng, words, per_thousand=10)) for key, words in told.items()}


def _comments(rng: np.random.Generator, said: np.ndarray, called: np.ndarray, burst: np.ndarray) -> np.ndarray:
    """Returns a comment for about 35 readers in 1,000, each fitting the answer given."""
    pools: dict[str, list[str]] = tomllib.loads((FOLDER / "comments.toml").read_text(encoding="utf-8"))
    comments = np.full(len(said), "", dtype=object)
    writes = (rng.random(len(said)) * 1000 < 35) & (said != "")
    for row in np.flatnonzero(writes):
        late = pools.get(f"{said[row]} after the call", []) if called[row] else []
        if burst[row]:
            comments[row] = _one_of(rng, pools["burst"])
        else:
            opener, closer = _one_of(rng, pools["openers"]), _one_of(rng, pools["closers"])
            comments[row] = opener + _one_of(rng, pools[said[row]] + late) + closer
    return comments


def _clock(seconds: np.ndarray) -> np.ndarray:
    return np.char.replace(np.datetime_as_string(START + seconds), "T", " ").astype(object)


def _some_blank(rng: np.random.Generator, words: np.ndarray, *, per_thousand: int) -> np.ndarray:
    blank: np.ndarray = np.where(rng.random(len(words)) * 1000 < per_thousand, "", words)
    return blank


def _words(names: tuple[str, ...], codes: np.ndarray) -> np.ndarray:
    words: np.ndarray = np.array(names, dtype=object)[codes]
    return words


def _one_of(rng: np.random.Generator, sentences: list[str]) -> str:
    return sentences[int(rng.random() * len(sentences))]


def _up_to(rng: np.random.Generator, ends: np.ndarray) -> np.ndarray:
    """Returns a whole number from 0 to one below each end."""
    drawn: np.ndarray = (rng.random(len(ends)) * ends).astype(np.int64)
    return drawn


def _pick(rng: np.random.Generator, weights: np.ndarray) -> np.ndarray:
    """Returns, for each row of weights, a column, drawn in proportion to them."""
    edges = np.cumsum(weights, axis=1)
    drawn = rng.random(len(weights)) * edges[:, -1]
    column: np.ndarray = (drawn[:, None] >= edges[:, :-1]).sum(axis=1)
    return column
