"""One colour for one choice on every figure, by the choice's place on its scale, and letters that can be read on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import get_args

from analytics.estimates.views.ranking import lowest_is_best
from analytics.figures.drawing.palette import channels, hue_name
from analytics.figures.drawing.sight import apart, farthest, tried
from analytics.figures.drawing.style import Mode, Palette, Style
from analytics.language.stances import Side, are_degrees, stance
from analytics.model import NO_ANSWER, Question, Survey
from analytics.model.scales import ScalePlace, ordered_values, places

LEAST_CONTRAST = 4.5
"""What WCAG 2 asks of text at level AA."""
GREYED = 0.8
"""How far the colours of groups that are not the highlighted one are moved towards grey: what is what can be seen."""
FAINTEST, STRONGEST = 0.25, 0.45
"""How far the greys beside a highlighted answer reach from the house's: towards the ground, and towards the ink."""
LEAST_OF_A_SHAPE = 3.0
"""What WCAG 2 asks of a shape that has to be seen."""
LEAST_APART = 0.02
"""So far apart two colours of one figure lie in Oklab for everybody, whoever sees no red, green or blue among them: ten
times what is just seen side by side. A choice: ours."""
JUST_OTHER = 1e-6
"""The same for steps of a ramp, of which there may be as many as a scale has."""
BLACK, WHITE = "#000000", "#ffffff"


def choice_colours(question: Question, style: Style, mode: Mode, *, named: bool = False) -> dict[str, str]:
    """Returns the colour of each choice by its value.

    For and against take the two ends of a diverging scale, what is between or beside them greys, choices in an order
    without sides a ramp, all others the qualitative colours in shown order. Where the definition knows neither sides
    nor an order, words such as yes, no, agree and unsure say the side, in every language that is known, and words such
    as very and somewhat that answers are steps; never the place in a list alone.

    Args:
        named: whether every answer has its name at its own bar, so that no colour has to tell it from the others.
    """
    palette = style.palette(mode)
    values = [choice.value for choice in question.choices]
    scale = places(question)
    if scale:
        neutral = [value for value in values if scale[value].side in ("middle", "beside")]
        greys = dict(zip(neutral, ramp(palette.neutral, len(neutral)), strict=True))
        found = {value: greys.get(value) or _end_colour(scale[value], palette) for value in values}
        return _as_chosen(found, style, palette, named=named, least=JUST_OTHER)
    if question.kind == "multiple" and named:  # each has its name, and none is for or against another
        said = {value: stance(choice.label) for value, choice in zip(values, question.choices, strict=True)}
        silent = {value for value, one in said.items() if one and one.side == "beside"}
        one_hue = {value: palette.neutral[0] if value in silent else palette.qualitative[0] for value in values}
        return _as_chosen(one_hue, style, palette, named=named, least=0.0)
    ordered = ordered_values(question)
    if ordered:
        ordered = ordered[::-1] if lowest_is_best(question) else ordered  # the darkest is the best
        steps = dict(zip(ordered, ramp(palette.ordered, len(ordered)), strict=True))
        own = {value: steps.get(value, palette.neutral[0]) for value in values}
        return _as_chosen(own, style, palette, named=named, least=JUST_OTHER)
    if words := _by_words(question, palette):
        return _as_chosen(words, style, palette, named=named)
    if steps := _by_degrees(question, palette):
        return _as_chosen(steps, style, palette, named=named, least=JUST_OTHER)
    return _as_chosen(_by_turns(question, palette), style, palette, named=named)


def _by_words(question: Question, palette: Palette) -> dict[str, str]:
    """The colours of choices whose words are for and against; empty where the words of one side are missing."""
    said = {choice.value: stance(choice.label) for choice in question.choices}
    sides = {side: [value for value, one in said.items() if one and one.side == side] for side in get_args(Side)}
    if not (sides["plus"] and sides["minus"]):
        return {}
    found: dict[str, str] = {}
    for side, stops in (("plus", palette.plus), ("minus", palette.minus)):
        steps = sorted((one.weakness, at) for at, one in enumerate(said.values()) if one and one.side == side)
        colours = dict(zip((at for _, at in steps), ramp(stops, len(steps)), strict=True))
        found |= {value: colours[at] for at, value in enumerate(said) if at in colours}
    grey = [*sides["middle"], *sides["beside"]]
    found |= dict(zip(grey, ramp(palette.neutral, max(len(grey), 1)), strict=False))
    others = [value for value in said if value not in found]
    free = [colour for colour in palette.qualitative if colour not in found.values()]
    return found | dict(zip(others, [*free, *[palette.rest] * len(others)], strict=False))


def _by_degrees(question: Question, palette: Palette) -> dict[str, str]:
    """The colours of steps that only their words tell, the first the darkest; empty where they are none."""
    said = {choice.value: stance(choice.label) for choice in question.choices}
    silent = [value for value, one in said.items() if one and one.side == "beside"]
    steps = [choice for choice in question.choices if choice.value not in silent]
    if question.kind == "multiple" or not are_degrees(tuple(choice.label for choice in steps)):
        return {}
    found = dict(zip((one.value for one in steps), ramp(palette.ordered, len(steps))[::-1], strict=True))
    return found | dict(zip(silent, ramp(palette.neutral, max(len(silent), 1)), strict=False))


def _by_turns(question: Question, palette: Palette) -> dict[str, str]:
    """The colours of choices that are not for or against: one after the other, and greys for those who cannot say."""
    said = {choice.value: stance(choice.label) for choice in question.choices}
    silent = [value for value, one in said.items() if one and one.side == "beside"]
    found = _in_turn([value for value in said if value not in silent], palette)
    return found | dict(zip(silent, ramp(palette.neutral, max(len(silent), 1)), strict=False))


def level_colours(survey: Survey, key: str, values: list[str], style: Style, mode: Mode) -> dict[str, str]:
    """Returns the colour of each level of a dimension: bands a ramp, other levels in turn, a missing one grey."""
    palette = style.palette(mode)
    dimension = survey.dimension(key)
    named = [value for value in values if value != NO_ANSWER]
    banded = dimension is not None and bool(dimension.bands)
    found = dict(zip(named, ramp(palette.ordered, len(named)), strict=True)) if banded else _in_turn(named, palette)
    own = {value: found.get(value, palette.neutral[0]) for value in values}
    return _as_chosen(own, style, palette, least=JUST_OTHER if banded else LEAST_APART)


HEAT_STEPS = 20
"""So many colours lie between nothing and everybody."""


def heat_colour(step: int, palette: Palette) -> str:
    """Returns the ground of a cell that dark, in HEAT_STEPS steps from nobody to everybody."""
    return ramp(palette.heat, HEAT_STEPS + 1)[step]


def ramp(stops: tuple[str, ...], steps: int) -> list[str]:
    """Returns so many colours evenly along the stops; one alone is the middle one of three, else the first.

    Example:
        >>> ramp(("#000000", "#ffffff"), 3)
        ['#000000', '#808080', '#ffffff']
    """
    if steps == 1:
        return [stops[1] if len(stops) == 3 else stops[0]]
    return [_between(stops, step / (steps - 1)) for step in range(steps)]


def contrast(one: str, other: str) -> float:
    """Returns the contrast of two colours, from 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance".

    Example:
        >>> round(contrast("#ffffff", "#000000"))
        21
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def letters_on(fill: str) -> str:
    """Returns black or white, whichever reads better on the fill; the better one always has at least 4.58.

    Example:
        >>> letters_on("#14788c"), letters_on("#e9b37d")
        ('#ffffff', '#000000')
    """
    return max((WHITE, BLACK), key=lambda letters: contrast(letters, fill))


def readable(colour: str, palette: Palette) -> str:
    """Returns the colour, moved towards the ink as far as it takes to be read on the page."""
    for step in range(11):
        mixed = _between((colour, palette.ink), step / 10)
        if contrast(mixed, palette.background) >= LEAST_CONTRAST:
            return mixed
    return palette.ink


def beside_lit(colour: str, levels: tuple[str, ...], lit: str, palette: Palette) -> str:
    """Returns the colour of an answer in one group: near grey where another group is the highlighted one."""
    return colour if not lit or levels == (lit,) else greyed(colour, palette)


def greyed(colour: str, palette: Palette) -> str:
    """Returns the colour as it is where something else is highlighted: nearly the house's grey."""
    return _between((colour, palette.rest), GREYED)


def lit_group(groups: Iterable[tuple[str, ...]], style: Style) -> str:
    """Returns the group that somebody highlighted, empty where that is none of these."""
    return style.finish.highlight if (style.finish.highlight,) in groups else ""


def tint(colour: str, alpha: float) -> str:
    """Returns the colour as one that lets through what is behind it.

    Example:
        >>> tint("#14788c", 0.5)
        'rgba(20,120,140,0.5)'
    """
    red, green, blue = channels(colour)
    return f"rgba({red},{green},{blue},{alpha:g})"


def _as_chosen(
    found: dict[str, str], style: Style, palette: Palette, *, named: bool = False, least: float = LEAST_APART
) -> dict[str, str]:  # fmt: skip
    """Returns the colours as somebody wants them in this figure: some of the house's own, or all grey but one.

    The greys are told apart by their shade, unless every answer is `named` at its bar.
    """
    finish, lit = style.finish, style.finish.highlight
    picked = {value: _seen(colour, style, palette) for value, colour in finish.colours if value in found}
    own = told_apart(found | picked, palette, first=picked, least=least)
    if lit not in own:
        return own
    others = [value for value in own if value != lit]
    greys = dict(zip(others, [palette.rest] * len(others) if named else shades(palette, len(others)), strict=True))
    # an answer that is grey by itself would not stand out among greys
    colour = palette.qualitative[0] if hue_name(own[lit]) == "grey" else own[lit]
    return {value: greys.get(value, colour) for value in own}


def told_apart(
    found: Mapping[str, str], palette: Palette, *, first: Collection[str] = (), least: float = LEAST_APART
) -> dict[str, str]:
    """Returns the colours with another for each that cannot be told from one before it, LEAST_APART at least.

    Args:
        first: the values whose colours somebody picked: they keep them, and others give way.
        least: how far apart they have to lie; steps of one ramp are told apart by their order too.
    """
    kept: dict[str, str] = {}
    for value in sorted(found, key=lambda one: one not in first):
        colour, taken = found[value], list(kept.values())
        if all(apart(colour, other) >= least for other in taken) or value in first:
            kept[value] = colour
            continue
        offered = [one for one in (*palette.qualitative, *_offered(palette)) if one not in taken]
        kept[value] = farthest([*taken, palette.background], offered)
    return {value: kept[value] for value in found}


@cache
def _offered(palette: Palette) -> tuple[str, ...]:
    """The colours beyond the house's that can be seen on its ground."""
    return tuple(one for one in tried() if contrast(one, palette.background) >= LEAST_OF_A_SHAPE)


def shades(palette: Palette, count: int) -> list[str]:
    """Returns so many greys that can be told apart, from the faintest on."""
    ends = _between((palette.rest, palette.background), FAINTEST), _between((palette.rest, palette.ink), STRONGEST)
    return ramp(ends, count) if count > 1 else [palette.rest] * count


def _seen(colour: str, style: Style, palette: Palette) -> str:
    """Returns a colour that somebody picked by day as it is seen by night: the same hue, lighter where it must be."""
    if palette != style.dark:
        return colour
    mixed = (_between((colour, WHITE), step / 10) for step in range(11))
    return next(one for one in mixed if contrast(one, palette.background) >= LEAST_OF_A_SHAPE)


def _end_colour(place: ScalePlace, palette: Palette) -> str:
    stops = palette.plus if place.side == "plus" else palette.minus
    return ramp(stops, place.of)[place.rank]


def _in_turn(values: list[str], palette: Palette) -> dict[str, str]:
    colours = [*palette.qualitative, *[palette.rest] * len(values)]
    return dict(zip(values, colours, strict=False))


def _between(stops: tuple[str, ...], part: float) -> str:
    at = part * (len(stops) - 1)
    left = min(int(at), len(stops) - 2)
    mixed = (
        round(one + (other - one) * (at - left) + 1e-9)
        for one, other in zip(channels(stops[left]), channels(stops[left + 1]), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _luminance(colour: str) -> float:
    parts = (channel / 255 for channel in channels(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
