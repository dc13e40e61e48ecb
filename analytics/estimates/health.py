"""How the store is, in sentences: what somebody should see to, what is good to know, and the plain facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from analytics.language.said import listed, moment_written, speech, spoken, spoken_of, written
from analytics.model import Unfinished
from analytics.model.watched import shown_recipient
from analytics.store.tend.health import LATE_SECONDS, Health, Verified


def alarms(health: Health) -> list[str]:
    """Returns what somebody should see to, a sentence each; nothing where all is well."""
    found = [waiting_words(health)] if health.is_late else []
    if health.verified is not None and health.verified.wrong > health.verified.healed:
        found.append(verified_words(health.verified))
    found += [
        spoken("{survey}: its columns cannot be used; the figures are right, but slower to come.", survey=key)
        for key in health.no_columns
    ]
    if health.unsent:
        found.append(unsent_words(health.unsent))
    return found + [unfinished_words(key, one) for key, imports in health.unfinished.items() for one in imports]


def facts(health: Health) -> list[str]:
    """Returns what else there is to say, a sentence each."""
    verified = health.verified
    found = [spoken("The responses are in {database}.", database=health.database)]
    if not health.is_late and health.database.startswith("PostgreSQL"):
        found.append(waiting_words(health))
    if verified is None:
        found.append(spoken("No recount yet: verify holds every sum against the responses."))
    elif verified.wrong <= verified.healed:
        found.append(verified_words(verified))
    for key, percent in health.making_columns.items():
        share = f"{written(percent)}{speech().percent}"
        found.append(spoken("{survey}: columns are being made, {share} so far.", survey=key, share=share))
    return found


def waiting_words(health: Health) -> str:
    """Returns how much waits to be folded in, and for how long at most.

    Example:
        >>> waiting_words(Health("PostgreSQL 16.2", None, {"river": 1200}, 75, {}, None))[:72]
        '1,200 changes of 1 hot survey wait to be folded in, for up to 75 seconds'
    """
    rows, surveys = sum(health.waiting.values()), len(health.waiting)
    if not rows:
        return spoken("Nothing waits to be folded in.")
    seconds = health.waiting_seconds
    surveys_words = spoken_of(surveys, "{count} hot survey", "{count} hot surveys")
    waited = (
        spoken("for how long is not known")
        if seconds is None
        else spoken_of(seconds, "for up to {count} second", "for up to {count} seconds")
    )
    told = spoken_of(
        rows, "{count} change of {surveys} waits to be folded in, {waited}",
        "{count} changes of {surveys} wait to be folded in, {waited}", surveys=surveys_words, waited=waited,
    )  # fmt: skip
    if not health.is_late:
        return f"{told}."
    return spoken(
        "{waiting}, longer than {limit}: keep `python -m analytics fold --every 1` running. All numbers are exact, but "
        "pages that are open do not renew themselves until then.",
        waiting=told, limit=LATE_SECONDS,
    )  # fmt: skip


def unsent_words(recipients: Sequence[str]) -> str:
    """Returns to whom messages did not leave.

    Example:
        >>> unsent_words(["ann@paper.example", "https://hooks.example/T0/token"])
        '2 messages did not leave: ann@paper.example and https://hooks.example/…. The page Morning says why.'
    """
    return spoken_of(
        len(recipients), "{count} message did not leave: {recipients}. The page Morning says why.",
        "{count} messages did not leave: {recipients}. The page Morning says why.",
        recipients=listed(sorted({shown_recipient(one) for one in recipients})),
    )  # fmt: skip


def verified_words(verified: Verified) -> str:
    """Returns what the last recount found.

    Example:
        >>> verified_words(Verified(datetime(2025, 6, 1, 12, tzinfo=UTC), 20_000, 0, 0))
        'The last recount, on 1 June 2025 at 12:00 UTC, found the sums of 20,000 responses right.'
    """
    when = _moment(verified.at)
    if not verified.wrong:
        return spoken_of(
            verified.responses, "The last recount, on {when}, found the sums of {count} response right.",
            "The last recount, on {when}, found the sums of {count} responses right.", when=when,
        )  # fmt: skip
    if verified.wrong <= verified.healed:
        return spoken_of(
            verified.healed, "The last recount, on {when}, set {count} sum right that had been wrong.",
            "The last recount, on {when}, set {count} sums right that had been wrong.", when=when,
        )  # fmt: skip
    return spoken_of(
        verified.wrong, "The last recount, on {when}, found {count} sum wrong: run `python -m analytics "
                        "verify --heal`.",
        "The last recount, on {when}, found {count} sums wrong: run `python -m analytics verify --heal`.", when=when,
    )  # fmt: skip


def unfinished_words(survey: str, one: Unfinished) -> str:
    """Returns that an import has not come to its end."""
    return spoken(
        "{survey}: the import of {file}, begun {when}, is unfinished; {count} rows are in: it is under way, or was cut "
        "off and has to be run again",
        survey=survey, file=one.file, when=_moment(one.started_at), count=one.read,
    )  # fmt: skip


def _moment(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{moment_written(at)} UTC"
