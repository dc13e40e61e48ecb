"""The settings that ship: they exist, they keep to themselves, and every requirement is pinned and gives its reason."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from streamlit import config

from tests.conftest import ROOT


def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def option_names(table: dict[str, Any], above: str = "") -> list[str]:
    names = []
    for key, value in table.items():
        names += option_names(value, f"{above}{key}.") if isinstance(value, dict) else [f"{above}{key}"]
    return names


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Returns the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_setting_is_one_that_streamlit_knows() -> None:
    unknown = set(option_names(settings())) - set(config.get_config_options(force_reparse=False))

    assert unknown == set()
    assert len(option_names(settings())) > 30


def test_the_dashboard_sends_nothing_asks_nothing_and_shows_no_traceback() -> None:
    found = settings()

    assert found["browser"]["gatherUsageStats"] is False
    assert found["browser"]["serverAddress"] == "localhost"
    assert found["server"]["headless"] is True
    assert found["server"]["showEmailPrompt"] is False
    assert found["server"]["address"] == "localhost"
    assert found["client"]["showErrorDetails"] == "none"
    assert found["client"]["showErrorLinks"] is False
    assert found["client"]["disableDataExport"] is True
    assert "http" not in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_pages_and_figures_share_background_and_ink(mode: str) -> None:
    style = tomllib.loads((ROOT / "data" / "house_style.toml").read_text(encoding="utf-8"))[mode]
    theme = settings()["theme"][mode]

    assert theme["backgroundColor"] == style["background"]
    assert theme["textColor"] == style["ink"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_links_can_be_read_on_every_ground(mode: str) -> None:
    theme = settings()["theme"][mode]
    grounds = [
        table[key] for table in (theme, theme["sidebar"]) for key in ("backgroundColor", "secondaryBackgroundColor")
    ]

    for ground in grounds:
        assert contrast(theme["textColor"], ground) >= 7
        assert contrast(theme["linkColor"], ground) >= 4.5
        assert contrast(theme["primaryColor"], ground) >= 3  # marks and lines
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5  # what stands on buttons and chips


def test_contrast_is_21_for_black_on_white_and_low_for_grey_on_grey() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#999999") < 2


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned_and_says_what_for(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]

    assert [
        line for line in wanted if not re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+(; [\w. ]+[!=]= \"\w+\")? +# \w.+", line)
    ] == []
    assert len(wanted) >= 9
