"""How a survey collects answers itself, from under its article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from analytics.errors import RequestError
from analytics.limits import FIRST_YEAR, LAST_YEAR, TEXT_CHARACTERS

TAG = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}"
"""A language as browsers name it, with its region or without."""


@dataclass(frozen=True)
class Fieldwork:
    """What an editor settled when a survey was asked under its article.

    `hosts` are the origins of the pages that may show the form, such as "https://paper.example"; this server's own
    always may. Answers are taken from `opens_at` on and before `closes_at`, both aware of their zone. `language` is
    that of the form. `purpose` says what the answers are for; `notice_url` leads to the privacy notice, whose
    `notice_version` readers had before them.
    `results` says whether readers see the total of the first question once they answered. With `random_order` each
    reader has the answers in an order of their own. `wordings` are others of the first question, each put to as many
    readers by chance. `noted` names the survey's groups that follow from how an answer came about: no reader is asked.
    """

    hosts: tuple[str, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    language: str = "en"
    purpose: str = ""
    notice_url: str = ""
    notice_version: str = ""
    results: bool = True
    random_order: bool = False
    wordings: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()

    def refuse(self) -> None:
        """Refuses what no form can be made of.

        Raises:
            RequestError: a year, the language or the length of a text is out of all bounds.

        Example:
            >>> Fieldwork(language="../de").refuse()
            Traceback (most recent call last):
            analytics.errors.RequestError: found the language '../de', expected a code such as en or pt-BR
        """
        for name, at in (("opening", self.opens_at), ("closing", self.closes_at)):
            if at is not None and not FIRST_YEAR <= at.year <= LAST_YEAR:
                raise RequestError(
                    f"found the {name} time {at:%Y-%m-%d}, expected a year from {FIRST_YEAR} to {LAST_YEAR}"
                )
        if not re.fullmatch(TAG, self.language):
            raise RequestError(f"found the language '{self.language[:40]}', expected a code such as en or pt-BR")
        texts = (self.purpose, self.notice_url, self.notice_version, *self.hosts, *self.wordings)
        if longest := max((len(text) for text in texts if len(text) > TEXT_CHARACTERS), default=0):
            raise RequestError(f"found a text of {longest} characters, expected at most {TEXT_CHARACTERS}")
