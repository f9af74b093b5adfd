"""Makes the pictures of screens in docs/pictures/, from the synthetic sample study.

    python docs/pictures.py [NAME ...]              those that the pages show
    python docs/pictures.py --all FOLDER [NAME ...] every screen in three sizes, dark and light, to look at

Needs the font DejaVu Sans Mono. Run it when a screen has changed, and look at what it made.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import resvg_py
from scenes import SCENES, Scene, at, build_worked_study, opening_of
from textual.pilot import Pilot

from harken.services.project import Project
from harken.services.sample_study import LEAD, build_sample_study
from harken.tui.app import HarkenApp

FOLDER = Path(__file__).resolve().parent / "pictures"
FONT = "DejaVu Sans Mono"
WIDEST = 1400
"""Pixels; more make a page slow to load and no letter clearer."""
WAIT_FOR_SUGGESTIONS = 6.0
"""Seconds; the process that makes them starts with the screen."""
SIZES = ((80, 24), (120, 40), (200, 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A scene in a terminal of a size, in the colours of a theme."""

    scene: Scene
    width: int
    height: int
    theme: str = "dark"
    name: str = ""
    is_worked: bool = False
    """Whether the study has some work in it; else it is as it comes."""

    @property
    def file_name(self) -> str:
        return f"{self.name or self.scene.name}-{self.width}x{self.height}.png"


def coding(name: str, *keys: str, is_all_decided: bool = False) -> Scene:
    return Scene(name=name, keys=keys, is_all_decided=is_all_decided)


PICTURES = (
    Picture(scene=coding("coding", *at("P297", "1", "3")), width=160, height=50),
    Picture(scene=coding("coding", *at("P065", "1", "2")), width=80, height=24),
    Picture(scene=coding("coding-light", *at("P155", "1", "2")), width=120, height=40, theme="light"),
    Picture(scene=coding("help", "question_mark"), width=120, height=40),
    Picture(
        scene=coding("new-code", *at("P127", "space", "n", *"Family", "space", *"can", "space", *"see")),
        width=120,
        height=40,
    ),
    Picture(scene=coding("find", *at("P155", "space", "f", "a", "n")), width=120, height=40),
    Picture(scene=coding("person", *at("P155", "space", "p")), width=120, height=40),
    Picture(scene=coding("end", is_all_decided=True), width=120, height=40),
    Picture(scene=coding("colourblind", *at("P155", "1", "2")), width=120, height=40, theme="colourblind"),
    *(
        Picture(scene=scene, width=120, height=40, is_worked=True)
        for scene in (
            Scene(name="reading", screen="reading", keys=("right", "right", "s")),
            Scene(name="answers", screen="answers", keys=("slash", *"doctor", "enter", "down")),
            Scene(name="codebook", screen="codebook", keys=("down", "down"), coder=LEAD),
            Scene(name="memos", screen="memos", keys=("down",)),
            Scene(name="analytic-themes", screen="themes", coder=LEAD),
            Scene(name="questions", screen="questions", keys=("down",), coder=LEAD),
            Scene(name="meeting", screen="meeting", keys=("down",), coder=LEAD),
        )
    ),
)
"""Those that the pages show."""


def every_picture() -> Iterator[Picture]:
    """Every scene in every size, dark and light."""
    for scene in SCENES:
        for width, height in SIZES:
            for theme in ("dark", "light"):
                name = f"{scene.name}-{theme}"
                yield Picture(scene=scene, width=width, height=height, theme=theme, name=name, is_worked=True)


async def draw(picture: Picture, project: Path) -> bytes:
    """The screen as PNG."""
    os.environ["HARKEN_THEME"] = picture.theme
    scene = picture.scene
    with Project.open(project, actor=scene.coder) as study:
        app = HarkenApp(opening_of(scene, study))
        async with app.run_test(size=(picture.width, picture.height)) as pilot:
            await press(
                pilot, scene.keys, first_wait=WAIT_FOR_SUGGESTIONS if scene.screen == "coding" else 0.5
            )
            svg = app.export_screenshot(title=f"Harken, SYNTHETIC sample study, {picture.file_name[:-4]}")
    drawn = re.search(r'viewBox="0 0 ([0-9.]+) ', svg)
    width = min(round(float(drawn[1])), WIDEST) if drawn else WIDEST
    png: bytes = resvg_py.svg_to_bytes(
        svg_string=svg.replace("Fira Code", FONT), font_family=FONT, width=width
    )
    return png


async def press(pilot: Pilot[str], keys: Sequence[str], *, first_wait: float) -> None:
    await pilot.pause(first_wait)
    for key in keys:
        await pilot.press(key)
        # A deciding key right after a new answer is ignored, so the keys come at a person's pace.
        await pilot.pause(1.0 if key == "enter" else 0.4)
    await pilot.pause(1.0)


def draw_agreement(study: Path) -> bytes:
    """The plot of `harken agreement --output FILE.png`."""
    path = study.with_name("agreement.png")
    run_harken(["--project", str(study), "agreement", "--question", "q_risks", "--output", str(path)])
    return path.read_bytes()


def run_harken(arguments: list[str]) -> None:
    subprocess.run([sys.executable, "-m", "harken", *arguments], check=True)


def main() -> None:
    wanted = sys.argv[1:]
    folder, pictures = FOLDER, list(PICTURES)
    if wanted[:1] == ["--all"]:
        folder, pictures, wanted = Path(wanted[1]), list(every_picture()), wanted[2:]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        studies = {}
        for picture in pictures:
            if wanted and not {picture.scene.name, picture.file_name[:-4]} & set(wanted):
                continue
            if picture.is_worked not in studies:
                made = Path(name) / str(picture.is_worked)
                made.mkdir()
                build = build_worked_study if picture.is_worked else build_sample_study
                studies[picture.is_worked] = build(made)
            copy = Path(name) / "copy.db"
            for old in copy.parent.glob("copy.db*"):
                old.unlink()
            shutil.copyfile(studies[picture.is_worked], copy)
            path = folder / picture.file_name
            path.write_bytes(asyncio.run(draw(picture, copy)))
            print(path, flush=True)
        if folder == FOLDER and (not wanted or "agreement" in wanted):
            made = Path(name) / "plot"
            made.mkdir()
            path = folder / "agreement.png"
            path.write_bytes(draw_agreement(build_sample_study(made)))
            print(path, flush=True)


if __name__ == "__main__":
    main()
