"""Responses that are doubted: for which reasons, how many, and what they do to the headline."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.estimates.trust.swings import Swing, source_of, swings
from analytics.model import Snapshot
from analytics.model.crowds import UNKNOWN_SOURCE, DecidedCrowd, doubted_for
from analytics.model.doubts import REASONS, DoubtReason
from analytics.store.place.connections import Store, writing
from analytics.store.read.arrivals import read_arrivals
from analytics.store.read.doubts import read_alike_comments, read_doubts, read_form_seconds
from analytics.store.record.doubts import add_doubts
from analytics.store.tables.surveys import read_survey, survey_by_key
from analytics.storms.reasons import too_fast, twins
from analytics.storms.scan import too_regular


@dataclass(frozen=True)
class DoubtCard:
    """The responses that are doubted for one reason: how many, how many of them count, and what was decided on them.

    `whole` is what those that count do to the headline; where they were set aside, what they did.
    """

    reason: DoubtReason
    responses: int
    counted: int
    decided: DecidedCrowd | None = None
    whole: Swing | None = None


def doubt_cards(
    engine: Store, snapshot: Snapshot, arrivals: pd.DataFrame, decided: tuple[DecidedCrowd, ...], *, effects: bool
) -> tuple[DoubtCard, ...]:
    """A card for each reason for which responses of the survey are doubted, the most common first.

    Args:
        arrivals: as `read_arrivals` gives them.
        decided: what editors decided.
        effects: whether it is worked out what those of each reason do to the headline.
    """
    key = snapshot.survey.key
    known, found = read_doubts(engine, key), found_doubts(engine, key, arrivals)
    counted = dict(zip(arrivals["response_no"], arrivals["counted"], strict=True))
    found["counted"] = found["response_no"].map(counted).fillna(True).astype(bool)
    every = pd.concat([known, found], ignore_index=True).drop_duplicates(["response_no", "reason"])
    cards = []
    for reason in REASONS:
        ours = every[every["reason"] == reason]
        card = with_decision(DoubtCard(reason, len(ours), int(ours["counted"].sum())), decided)
        aside = card.decided is not None and card.decided.decision == "aside"
        if effects and len(ours) and (aside or card.counted):
            numbers = [int(number) for number in ours["response_no"]]
            card = replace(card, whole=swings(engine, snapshot, numbers, aside=aside)[0])
        if len(ours) or card.decided is not None:
            cards.append(card)
    return tuple(sorted(cards, key=lambda card: -card.responses))


def with_decision(card: DoubtCard, decided: tuple[DecidedCrowd, ...]) -> DoubtCard:
    """The card with what was decided on its reason, if anything was."""
    ours = doubted_for(card.reason)
    return replace(card, decided=next((one for one in decided if one.crowd.meets(ours)), None))


def found_doubts(engine: Store, key: str, arrivals: pd.DataFrame | None = None) -> pd.DataFrame:
    """The reasons that only the survey as a whole gives for doubting its responses: `response_no` and `reason`.

    Args:
        arrivals: as `read_arrivals` gives them, where somebody has read them.

    Raises:
        RequestError: there is no such survey.
    """
    survey = read_survey(engine, key)
    came = read_arrivals(engine, key) if arrivals is None else arrivals
    seconds, alike = read_form_seconds(engine, key), read_alike_comments(engine, key)
    fast = too_fast(seconds["seconds"].to_numpy(dtype=np.float64), len(survey.questions))
    by = source_of(came)
    source = came[by].where(came[by] != "", UNKNOWN_SOURCE) if by else pd.Series("", index=came.index)
    regular = too_regular(came["at"].to_numpy(), source.to_numpy(dtype=object))
    found = {
        "fast": seconds["response_no"][fast], "twin": alike["response_no"][twins(alike)],
        "regular": came["response_no"][regular],
    }  # fmt: skip
    return pd.concat(
        [pd.DataFrame({"response_no": numbers, "reason": reason}) for reason, numbers in found.items()],
        ignore_index=True,
    )


def keep_doubts(engine: Store, key: str) -> int:
    """Keeps the reasons that the survey as a whole gives now, and returns how many are new.

    Hashes and referrers are forgotten by the clock: what they gave a reason for is kept before.

    Raises:
        RequestError: there is no such survey.
    """
    found, known = found_doubts(engine, key), read_doubts(engine, key)
    pairs = [*found.itertuples(index=False, name=None)]
    fresh = sorted({*pairs}.difference(known[["response_no", "reason"]].itertuples(index=False, name=None)))
    if fresh:
        with writing(engine) as connection:
            survey_id, *_ = survey_by_key(connection, key)
            add_doubts(connection, survey_id, fresh)
    return len(fresh)
