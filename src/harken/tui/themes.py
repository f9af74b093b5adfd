"""The sets of colours: quiet greys, one accent, and a mark wherever a colour says something.

The colour-blind-safe pair takes its hues from Okabe and Ito (2008, "Color Universal Design"), made lighter on
dark and darker on light until every text has the contrast of WCAG 2.2, level AA.
"""

from __future__ import annotations

import os

from textual.theme import Theme

from harken.errors import HarkenError, near_match, quoted

DARK = Theme(
    name="harken-dark",
    dark=True,
    primary="#7fb2d9",
    accent="#e6b566",
    warning="#e6b566",
    error="#e58a7f",
    success="#8fc29a",
    foreground="#dcdcd6",
    background="#16181b",
    surface="#1b1e22",
    panel="#22262b",
    variables={"quiet": "#959ba3", "rule": "#363c44", "evidence": "#e6b566"},
)
LIGHT = Theme(
    name="harken-light",
    dark=False,
    primary="#1f5f8b",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a3281c",
    success="#2f6b3c",
    foreground="#1d2023",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#ebe8e1",
    variables={"quiet": "#5e6268", "rule": "#cfcbc2", "evidence": "#8a5a00"},
)
COLOURBLIND_DARK = Theme(
    name="harken-colourblind-dark",
    dark=True,
    primary="#56b4e9",
    accent="#e69f00",
    warning="#f0e442",
    error="#f28a3c",
    success="#2fc79b",
    foreground="#e6e6e6",
    background="#14161a",
    surface="#191c21",
    panel="#21252b",
    variables={"quiet": "#989ea7", "rule": "#3a4049", "evidence": "#e69f00"},
)
COLOURBLIND_LIGHT = Theme(
    name="harken-colourblind-light",
    dark=False,
    primary="#005b8f",
    accent="#8a5400",
    warning="#8a5400",
    error="#a04300",
    success="#00614a",
    foreground="#16181a",
    background="#fcfcfa",
    surface="#f5f4f0",
    panel="#ebe9e3",
    variables={"quiet": "#5a5f66", "rule": "#cbc8c0", "evidence": "#8a5400"},
)
THEMES = {
    "dark": DARK,
    "light": LIGHT,
    "colourblind": COLOURBLIND_DARK,
    "colourblind-light": COLOURBLIND_LIGHT,
}
"""By the names that HARKEN_THEME takes."""
OTHER = {
    one.name: other.name
    for pair in ((DARK, LIGHT), (COLOURBLIND_DARK, COLOURBLIND_LIGHT))
    for one, other in (pair, pair[::-1])
}
"""The light one of a dark theme, and the dark one of a light one."""


def wanted_theme() -> Theme:
    """The theme that the environment variable HARKEN_THEME names, else the dark one."""
    name = os.environ.get("HARKEN_THEME", "").strip().casefold().replace("color", "colour") or "dark"
    if name not in THEMES:
        raise HarkenError(
            f"HARKEN_THEME is {quoted(name)}, which is no set of colours.{near_match(name, tuple(THEMES))} "
            f"Known: {', '.join(THEMES)}."
        )
    return THEMES[name]
