"""How the store is, in sentences: what somebody should see to, what is good to know, and the plain facts."""

from __future__ import annotations

from datetime import UTC, datetime

from analytics.language.said import moment_written, written
from analytics.model import Unfinished
from analytics.store.tend.health import LATE_SECONDS, Health, Verified


def alarms(health: Health) -> list[str]:
    """Returns what somebody should see to, a sentence each; nothing where all is well."""
    found = [waiting_words(health)] if health.is_late else []
    if health.verified is not None and health.verified.wrong > health.verified.healed:
        found.append(verified_words(health.verified))
    return found + [unfinished_words(key, one) for key, imports in health.unfinished.items() for one in imports]


def facts(health: Health) -> list[str]:
    """Returns what else there is to say, a sentence each."""
    verified = health.verified
    found = [f"The responses are in {health.database}."]
    if not health.is_late and health.database.startswith("PostgreSQL"):
        found.append(waiting_words(health))
    if verified is None:
        found.append("No recount yet: verify holds every sum against the responses.")
    elif verified.wrong <= verified.healed:
        found.append(verified_words(verified))
    return found


def waiting_words(health: Health) -> str:
    """Returns how much waits to be folded in, and for how long at most.

    Example:
        >>> waiting_words(Health("PostgreSQL 16.2", None, {"river": 1200}, 75, {}, None))[:72]
        '1,200 changes of 1 hot survey wait to be folded in, for up to 75 seconds'
    """
    rows, surveys = sum(health.waiting.values()), len(health.waiting)
    if not rows:
        return "Nothing waits to be folded in."
    seconds = health.waiting_seconds
    waited = "for how long is not known" if seconds is None else f"for up to {_counted(seconds, 'second')}"
    wait = "waits" if rows == 1 else "wait"
    said = f"{_counted(rows, 'change')} of {_counted(surveys, 'hot survey')} {wait} to be folded in, {waited}"
    if not health.is_late:
        return f"{said}."
    return (
        f"{said}, longer than {LATE_SECONDS}: keep `python -m analytics fold --every 1` running. All numbers are "
        "exact, but pages that are open do not renew themselves until then."
    )


def verified_words(verified: Verified) -> str:
    """Returns what the last recount found.

    Example:
        >>> verified_words(Verified(datetime(2025, 6, 1, 12, tzinfo=UTC), 20_000, 0, 0))
        'The last recount, on 1 June 2025 at 12:00 UTC, found the sums of 20,000 responses right.'
    """
    when = f"The last recount, on {_moment(verified.at)},"
    if not verified.wrong:
        return f"{when} found the sums of {_counted(verified.responses, 'response')} right."
    if verified.wrong <= verified.healed:
        return f"{when} set {_counted(verified.healed, 'sum')} right that had been wrong."
    return f"{when} found {_counted(verified.wrong, 'sum')} wrong: run `python -m analytics verify --heal`."


def unfinished_words(survey: str, one: Unfinished) -> str:
    """Returns that an import has not come to its end."""
    return (
        f"{survey}: the import of {one.file}, begun {_moment(one.started_at)}, is unfinished; "
        f"{written(one.read)} rows are "
        "in: it is under way, or was cut off and has to be run again"
    )


def _moment(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{moment_written(at)} UTC"


def _counted(number: int, unit: str) -> str:
    return f"{written(number)} {unit}{'' if number == 1 else 's'}"
