"""The house style and its colours: read whole or refused whole, readable in both modes, told apart by everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

import pytest

from analytics.errors import DefinitionError
from analytics.figures.drawing.colours import (
    LEAST_APART,
    LEAST_CONTRAST,
    LEAST_OF_A_SHAPE,
    choice_colours,
    contrast,
    letters_on,
    level_colours,
    readable,
)
from analytics.figures.drawing.sight import apart
from analytics.figures.drawing.style import Mode, Palette, read_style
from analytics.language.dates import span_words
from analytics.language.notation import in_signs, usual_notation
from analytics.language.numbers import count_words, decimal_words, percent, points, rounded, whole_points
from analytics.model import Choice, Net, Question, QuestionKind
from analytics.model.finish import Finish
from analytics.model.scales import diverging_order, places
from tests.test_figures_examples import AGREE, PRESSURE, SOURCES, STYLE_FILE, house_style, survey

STYLE = house_style()
MODES = ("light", "dark")

# Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009.
SEEN = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def palettes() -> list[Palette]:
    return [STYLE.light, STYLE.dark]


def fills(palette: Palette) -> set[str]:
    named = {*palette.plus, *palette.minus, *palette.neutral, *palette.ordered, *palette.qualitative}
    return named | {palette.rest, palette.muted}


def distance(one: str, other: str, eye: str) -> float:
    """Returns how far apart two colours look, in OKLab units times 100."""
    return 100 * sum((a - b) ** 2 for a, b in zip(_lab(one, eye), _lab(other, eye), strict=True)) ** 0.5


def _lab(colour: str, eye: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in SEEN[eye]]
    cones = ((0.4122, 0.5363, 0.0514), (0.2119, 0.6807, 0.1074), (0.0883, 0.2817, 0.63))
    lms = [sum(a * b for a, b in zip(row, seen, strict=True)) ** (1 / 3) for row in cones]
    lab = ((0.2105, 0.7936, -0.0041), (1.978, -2.4286, 0.4506), (0.0259, 0.7828, -0.8087))
    return [sum(a * b for a, b in zip(row, lms, strict=True)) for row in lab]


@pytest.mark.parametrize("palette", palettes(), ids=MODES)
def test_every_letter_on_a_fill_reads_at_level_aa(palette):
    assert all(contrast(letters_on(fill), fill) >= LEAST_CONTRAST for fill in fills(palette))


@pytest.mark.parametrize("palette", palettes(), ids=MODES)
def test_ink_muted_and_notice_read_on_the_page_and_ink_on_the_heat_table(palette):
    assert all(
        contrast(ink, palette.background) >= LEAST_CONTRAST for ink in (palette.ink, palette.muted, palette.notice)
    )
    assert all(contrast(palette.ink, cell) >= LEAST_CONTRAST for cell in palette.heat)
    assert all(contrast(palette.muted, cell) >= LEAST_CONTRAST for cell in palette.heat[:1])


@pytest.mark.parametrize("palette", palettes(), ids=MODES)
def test_names_in_a_choices_colour_read_on_the_page(palette):
    assert all(contrast(readable(fill, palette), palette.background) >= LEAST_CONTRAST for fill in fills(palette))


@pytest.mark.parametrize("palette", palettes(), ids=MODES)
def test_plain_ends_the_middle_and_unordered_colours_stand_out_from_the_page(palette):
    lines = [palette.plus[1], palette.minus[1], palette.neutral[0], *palette.qualitative]

    assert all(contrast(line, palette.background) >= 3 for line in lines)


def test_contrast_is_the_one_of_the_guidelines():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("question", [PRESSURE, SOURCES], ids=["scale", "unordered"])
def test_no_two_choices_look_alike_to_anybody(question, eye, mode):
    colours = choice_colours(question, STYLE, mode).values()

    assert min(distance(one, other, eye) for one, other in combinations(colours, 2)) > 7.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("eye", SEEN)
def test_neighbours_on_a_scale_look_different_to_anybody(eye, mode):
    colours = choice_colours(AGREE, STYLE, mode)
    order = [colours[value] for value in diverging_order(AGREE)]

    assert min(distance(one, other, eye) for one, other in pairwise(order)) > 7


def test_red_and_green_would_fail_the_same_test():
    assert distance("#b3261e", "#4d7a1f", "deutan") < 7.5


def test_for_and_against_take_the_ends_and_the_middle_is_grey():
    colours = choice_colours(PRESSURE, STYLE, "light")

    assert colours == {"1": STYLE.light.plus[1], "2": STYLE.light.neutral[0], "3": STYLE.light.minus[1]}


def test_strong_answers_take_the_strong_ends():
    colours = choice_colours(AGREE, STYLE, "light")

    assert [colours[value] for value in "5412"] == [
        STYLE.light.plus[0], STYLE.light.plus[2], STYLE.light.minus[0], STYLE.light.minus[2],
    ]  # fmt: skip
    assert [colours["3"], colours["9"]] == list(STYLE.light.neutral)


def test_a_net_gives_sides_where_there_are_no_scores():
    labels = ("Strongly for", "For", "Cannot say", "Against", "Strongly against")
    choices = tuple(Choice(value, label) for value, label in zip("abcde", labels, strict=True))
    question = Question("q", "?", "single", choices=choices, nets=(Net("net", "Net", ("a", "b"), ("d", "e")),))

    found = {value: (place.side, place.rank) for value, place in places(question).items()}

    assert found == {"a": ("plus", 0), "b": ("plus", 1), "c": ("middle", 0), "d": ("minus", 1), "e": ("minus", 0)}


def test_no_side_is_ever_read_from_a_label_and_only_its_colour_is():
    question = replace(PRESSURE, nets=(), choices=tuple(replace(choice, score=None) for choice in PRESSURE.choices))

    assert places(question) == {}
    assert choice_colours(question, STYLE, "light") == choice_colours(PRESSURE, STYLE, "light")


def test_a_choice_without_a_score_is_beside_the_scale_unless_it_stands_between_the_sides():
    ends = (Choice("y", "Yes", 1), Choice("n", "No", -1))
    loose = Choice("u", "Perhaps")

    assert places(replace(PRESSURE, nets=(), choices=(ends[0], loose, ends[1])))["u"].side == "middle"
    assert places(replace(PRESSURE, nets=(), choices=(*ends, loose)))["u"].side == "beside"


def test_the_end_that_is_shown_first_stands_first():
    assert diverging_order(PRESSURE) == ["1", "2", "3"]
    assert diverging_order(replace(PRESSURE, choices=PRESSURE.choices[::-1])) == ["3", "2", "1"]


def test_scores_of_one_sign_make_a_ramp_and_what_has_none_is_grey():
    choices = tuple(Choice(str(n), str(n), n) for n in range(1, 4))
    question = Question("q", "?", "scale", choices=(*choices, Choice("x", "No view")))

    colours = choice_colours(question, STYLE, "light")

    assert (colours["1"], colours["3"]) == STYLE.light.ordered
    assert colours["x"] == STYLE.light.neutral[0]


THINGS = [f"Thing {n}" for n in range(24)]
OPINIONS = ["Yes", "Agree", "Approve", "Support", "No", "Disagree", "Oppose", "Unsure", "No opinion", "Other"]


def asked(labels: list[str], kind: QuestionKind = "single") -> Question:
    scored = kind == "scale"
    choices = tuple(Choice(f"v{n}", label, float(n) if scored else None) for n, label in enumerate(labels))
    return Question("q", "?", kind, choices=choices)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", range(2, 25))
def test_no_two_answers_of_a_figure_have_one_colour_for_anybody(mode: Mode, count: int) -> None:
    palette = STYLE.palette(mode)

    plain = list(choice_colours(asked(THINGS[:count]), STYLE, mode).values())
    scale = list(choice_colours(asked(THINGS[:count], "scale"), STYLE, mode).values())
    levels = list(level_colours(survey(), "gender", THINGS[:count], STYLE, mode).values())

    for colours in (plain, levels):
        assert min(apart(*pair) for pair in combinations(colours, 2)) >= LEAST_APART
        assert all(contrast(one, palette.background) >= LEAST_OF_A_SHAPE for one in colours[7:] if one != palette.rest)
    assert len(set(scale)) == count


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", range(2, len(OPINIONS) + 1))
def test_answers_that_mean_nearly_the_same_have_shades_of_one_colour_and_no_two_the_same(
    mode: Mode, count: int
) -> None:
    colours = choice_colours(asked(OPINIONS[:count]), STYLE, mode)

    assert min(apart(*pair) for pair in combinations(colours.values(), 2)) >= LEAST_APART


@pytest.mark.parametrize("mode", MODES)
def test_an_answer_gives_way_to_the_colour_that_somebody_picked_for_another(mode: Mode) -> None:
    usual = choice_colours(asked(THINGS[:5]), STYLE, "light")
    picked = replace(STYLE, finish=Finish(colours=(("v3", usual["v0"]),)))

    colours = choice_colours(asked(THINGS[:5]), picked, mode)

    assert min(apart(*pair) for pair in combinations(colours.values(), 2)) >= LEAST_APART
    assert mode == "dark" or colours["v3"] == usual["v0"]


def test_red_and_green_are_near_for_whoever_sees_one_of_them_not() -> None:
    assert apart("#c0392b", "#7a8b00") < 0.1 < apart("#14788c", "#b5561c")


def test_bands_take_a_ramp_and_a_missing_level_grey():
    colours = level_colours(survey(), "age", ["18-29", "60+", "No answer"], STYLE, "light")

    assert colours == {
        "18-29": STYLE.light.ordered[0],
        "60+": STYLE.light.ordered[1],
        "No answer": STYLE.light.neutral[0],
    }


def test_the_house_style_is_read_for_both_modes():
    assert STYLE.palette("light").background != STYLE.palette("dark").background
    assert len(STYLE.months) == len(STYLE.short_months) == 12


def test_all_faults_of_a_house_style_are_told_at_once(tmp_path):
    text = STYLE_FILE.read_text(encoding="utf-8")
    text = (
        text.replace('ink = "#1b1f24"', 'ink = "black"')
        .replace("size = 14 ", "size = -1 ")
        .replace("wrap = 28", 'wrap = "x"')
        .replace('logo = "logo.svg"', 'logo = ""')
    )
    file = tmp_path / "style.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        read_style(file)

    assert str(caught.value).splitlines() == [
        "style.toml, [type] size: found -1, expected a whole number above 0",
        "style.toml, [type] wrap: found 'x', expected a whole number above 0",
        "style.toml, [light] ink: found 'black', expected a colour such as #1b1f24",
    ]


def test_missing_and_unknown_parts_of_a_house_style_are_named(tmp_path):
    file = tmp_path / "style.toml"
    text = STYLE_FILE.read_text(encoding="utf-8").replace("wrap = 28", "wrapp = 28") + "\n[sepia]\n"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        read_style(file)

    found = str(caught.value)
    assert "style.toml, sepia: found an unknown table" in found
    assert "style.toml, [type] wrap: found nothing, expected a value" in found
    assert "style.toml, [type] wrapp: found an unknown key" in found


@pytest.mark.parametrize("text", ["size = ", "\xff"])
def test_a_file_that_is_no_toml_is_refused_in_words(tmp_path, text):
    file = tmp_path / "style.toml"
    file.write_bytes(text.encode("latin-1"))

    with pytest.raises(DefinitionError, match=r"style\.toml: found no house style that can be read"):
        read_style(file)


def test_a_house_style_that_is_not_there_is_told_so(tmp_path):
    with pytest.raises(DefinitionError, match="found no house style"):
        read_style(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(("share", "written"), [
    (0.0, "0"), (0.001, "<1"), (0.005, "1"), (0.125, "13"), (0.565, "57"), (0.994, "99"), (0.9951, ">99"), (1.0, "100"),
])  # fmt: skip
def test_shares_are_whole_points_rounded_half_up_and_never_a_false_nothing_or_all(share, written):
    assert whole_points(share, STYLE) == written


def test_numbers_are_written_as_the_house_style_says():
    assert count_words(20114, STYLE) == "20,114"
    assert percent(0.57, STYLE) == "57%"
    assert [points(n, STYLE) for n in (-0.26, 0.04, 0.01, -0.01, 0.001, -0.001)] == [
        "−26 points", "+4 points", "+1 point", "−1 point", "0 points", "0 points",
    ]  # fmt: skip
    swiss = replace(STYLE, thousands="’", decimal=",", percent="%")
    assert (count_words(20114, swiss), percent(0.57, swiss)) == ("20’114", "57%")


@pytest.mark.parametrize(("first", "last", "written"), [
    ("2025-05-18", "2025-05-28", "18–28 May 2025"),
    ("2025-05-28", "2025-06-03", "28 May – 3 June 2025"),
    ("2024-12-30", "2025-01-02", "30 December 2024 – 2 January 2025"),
    ("2025-05-18", "2025-05-18", "18 May 2025"),
])  # fmt: skip
def test_days_are_written_in_words(first, last, written):
    assert span_words(date.fromisoformat(first), date.fromisoformat(last), STYLE) == written


def test_days_are_written_in_the_order_and_with_the_signs_of_the_house_style():
    days = [date(2025, 5, 18), date(2025, 5, 28), date(2025, 6, 3)]
    american, ordinal = (replace(STYLE, day=day) for day in ("{month} {day}, {year}", "{day}. {month} {year}"))

    assert span_words(*days[:2], american) == "May 18–28, 2025"
    assert span_words(*days[1:], american) == "May 28 – June 3, 2025"
    assert span_words(*days[:2], ordinal) == "18.–28. May 2025"


@pytest.mark.parametrize("number_places", [0, 1, 2])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_number_is_written_as_its_decimals_are_rounded_near_a_half_and_far_from_one(language, number_places):
    style = usual_notation(language)
    numbers = [sign * whole / parts for parts in (2, 3, 8, 20, 200, 2000) for whole in range(500) for sign in (1, -1)]

    for number in [*numbers, 2.675, 1.005, 0.15, 1234567.25, 1e9, -1e12]:
        assert decimal_words(number, number_places, style) == in_signs(f"{rounded(number, number_places):,f}", style)
