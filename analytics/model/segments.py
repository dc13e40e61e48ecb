"""Segments: readers kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.model.request import Request

ALL_READERS = Request()


@dataclass(frozen=True)
class Segment:
    """Some of a survey's readers, kept under a name: those whom the filters, times and standing of `readers` keep."""

    key: str
    name: str
    description: str = ""
    readers: Request = ALL_READERS
