"""Who is looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "analyst", "editor", "admin"]


@dataclass(frozen=True)
class Person:
    """Somebody who looks at surveys: the address they sign in with, and their roles, which add up."""

    address: str
    roles: frozenset[Role]


EVERYBODY = Person("", frozenset(("viewer", "analyst", "editor", "admin")))
"""Whoever reaches the dashboard or the database: nobody signs in yet."""
