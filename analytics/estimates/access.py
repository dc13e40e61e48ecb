"""Who may see what single people said."""

from __future__ import annotations

from analytics.model import Survey

FEWEST_READERS = 10
"""From a selection of fewer readers no comment is shown, and no group that fewer of them are in."""


def may_see_responses(survey: Survey) -> bool:
    """Returns whether whoever asks may see the survey's single responses.

    Nobody signs in yet, so whoever reaches the dashboard or the database may. This is the one place that says so:
    pages and commands ask here before they read a response.
    """
    return bool(survey.key)


def withheld_words(readers: int) -> str | None:
    """Returns why the comments of so few readers are not shown, None where they are.

    Example:
        >>> withheld_words(10) is None
        True
    """
    if readers >= FEWEST_READERS:
        return None
    return (
        f"Fewer than {FEWEST_READERS} readers are in this selection. Their comments are not shown, because somebody "
        "could tell who wrote them: take a filter away."
    )
