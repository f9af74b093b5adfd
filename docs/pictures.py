"""Makes the pictures of screens in docs/pictures/, from the synthetic sample study.

    python docs/pictures.py [NAME ...]

Needs the font DejaVu Sans Mono. Run it when a screen has changed, and look at what it made.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import resvg_py
from textual.pilot import Pilot

from harken.services.coding import CodingSession
from harken.services.project import Project
from harken.services.sample_study import NEWCOMER, build_sample_study
from harken.tui.app import HarkenApp

FOLDER = Path(__file__).resolve().parent / "pictures"
FONT = "DejaVu Sans Mono"
WAIT_FOR_SUGGESTIONS = 6.0
"""Seconds; the process that makes them starts with the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A screen of the given size after the given keys."""

    name: str
    width: int
    height: int
    keys: Sequence[str] = ()
    theme: str = "dark"


FIRST_ANSWERS = ("u", "t", "s", "enter", "u", "a", "e", "enter", "right")
PICTURES = (
    Picture(name="coding-160x50", width=160, height=50, keys=(*FIRST_ANSWERS, "1")),
    Picture(name="coding-80x24", width=80, height=24, keys=(*FIRST_ANSWERS, "1")),
    Picture(name="coding-light-120x40", width=120, height=40, keys=(*FIRST_ANSWERS, "1"), theme="light"),
    Picture(name="help-120x40", width=120, height=40, keys=("question_mark",)),
    Picture(name="new-code-120x40", width=120, height=40, keys=("space", "n")),
    Picture(name="find-120x40", width=120, height=40, keys=("space", "f", "a", "n", "x")),
)


async def draw(picture: Picture, project: Path) -> bytes:
    """The screen as PNG."""
    os.environ["HARKEN_THEME"] = picture.theme
    with Project.open(project, actor=NEWCOMER) as study:
        app = HarkenApp(CodingSession.open(study.store, coder=NEWCOMER))
        async with app.run_test(size=(picture.width, picture.height)) as pilot:
            await press(pilot, picture.keys)
            svg = app.export_screenshot(title=f"Harken, SYNTHETIC sample study, {picture.name}")
    png: bytes = resvg_py.svg_to_bytes(svg_string=svg.replace("Fira Code", FONT), font_family=FONT)
    return png


async def press(pilot: Pilot[str], keys: Sequence[str]) -> None:
    await pilot.pause(WAIT_FOR_SUGGESTIONS)
    for key in keys:
        await pilot.press(key)
        # A deciding key right after a new answer is ignored, so the keys come at a person's pace.
        await pilot.pause(0.5)
    await pilot.pause(0.5)


def main() -> None:
    wanted = set(sys.argv[1:])
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if wanted and picture.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = FOLDER / f"{picture.name}.png"
            path.write_bytes(bytes(asyncio.run(draw(picture, build_sample_study(Path(folder))))))
            print(path.relative_to(FOLDER.parent))


if __name__ == "__main__":
    main()
