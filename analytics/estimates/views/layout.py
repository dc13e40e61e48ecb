"""What a table is asked to show: questions down, groups across."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from analytics.errors import RequestError, one_sentence_each
from analytics.model import Segment

NESTS = "*"
"""What joins the keys of groups that are nested in one another, as in "age*region"."""

SEGMENT = "segment"
"""What stands for a dimension where segments are the groups of a banner."""

BannerPart = tuple[str, ...]
"""The keys of one stretch of a banner, each nested in the one before."""


@dataclass(frozen=True)
class Layout:
    """The questions that a table has as stubs, and its banner: parts that stand side by side, their keys nested.

    `segments` are one part more, in which a reader may be in several groups.
    """

    stubs: tuple[str, ...]
    banner: tuple[BannerPart, ...] = ()
    segments: tuple[Segment, ...] = ()
    letters: bool = True

    @property
    def parts(self) -> tuple[BannerPart, ...]:
        """The parts of the banner, segments last."""
        return (*self.banner, *([(SEGMENT,)] if self.segments else []))


def part_of(text: str) -> BannerPart:
    """Returns the part of a banner that stands in an address or a command.

    Example:
        >>> part_of("age*region"), part_text(("age", "region"))
        (('age', 'region'), 'age*region')
    """
    return tuple(text.split(NESTS))


def part_text(part: BannerPart) -> str:
    """Returns how a part of a banner is written in an address or a command."""
    return NESTS.join(part)


def check_layout(layout: Layout) -> None:
    """Returns nothing where every part of the layout stands once.

    Raises:
        RequestError: there is no stub, or something is named twice.
    """
    faults = [] if layout.stubs else ["a table needs a question: name one or more"]
    faults += [f"question '{key}' stands twice among the stubs: name it once" for key in _twice(layout.stubs)]
    parts = [part_text(part) for part in layout.banner]
    faults += [f"'{text}' stands twice in the banner: name it once" for text in _twice(parts)]
    if faults:
        raise RequestError(one_sentence_each(faults))


def letter(place: int) -> str:
    """Returns the letter of the group at a place: A to Z, then AA, AB and on.

    Example:
        >>> letter(0), letter(25), letter(26), letter(52)
        ('A', 'Z', 'AA', 'BA')
    """
    text, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, len(ascii_uppercase))
        text = ascii_uppercase[rest] + text
    return text


def _twice(names: tuple[str, ...] | list[str]) -> list[str]:
    return sorted({name for name in names if list(names).count(name) > 1})
