"""The two sets of colours: quiet greys, one accent, and a mark wherever a colour says something."""

from __future__ import annotations

from textual.theme import Theme

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
    variables={"quiet": "#8d939b", "rule": "#363c44", "evidence": "#e6b566"},
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
    variables={"quiet": "#666a70", "rule": "#cfcbc2", "evidence": "#8a5a00"},
)
