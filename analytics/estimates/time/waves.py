"""The latest wave of a survey that comes in waves: what is told of now is told by it."""

from __future__ import annotations

from dataclasses import replace

from analytics.errors import RequestError
from analytics.estimates.groups.table import crosstab
from analytics.model import NO_ANSWER, Snapshot
from analytics.model.request import Request

WAVE = "wave"


def latest_wave(snapshot: Snapshot, question: str) -> str | None:
    """The last wave in which anybody answered the question; None where the survey has no two waves."""
    waves = snapshot.survey.dimension(WAVE)
    if waves is None or len(waves.levels) < 2:
        return None
    try:
        rows = crosstab(snapshot, Request(question=question, by=(WAVE,))).estimates
    except RequestError:
        return None
    answered = set(rows.loc[~rows["suppressed"].astype(bool) & (rows[WAVE] != NO_ANSWER), WAVE].astype(str))
    shown = [level.value for level in waves.levels if level.value in answered]
    return shown[-1] if len(shown) > 1 else None


def of_wave(request: Request, wave: str | None) -> Request:
    """The request for that wave alone; as it is where there is none, or where it asks for waves itself."""
    if wave is None or WAVE in request.by or any(key == WAVE for key, _ in request.where):
        return request
    return replace(request, where=((WAVE, (wave,)), *request.where))
