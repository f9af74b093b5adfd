"""Makes the pictures of screens in docs/pictures/, from the synthetic sample study.

    python docs/pictures.py [NAME ...]

Needs the font DejaVu Sans Mono. Run it when a screen has changed, and look at what it made.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import resvg_py
from textual.pilot import Pilot

from harken.model import MAIN_ROUND, ResponseKey, Round
from harken.services.analytic_themes import quote_of, theme_named, toggle_quote, write_theme
from harken.services.coding import CodingSession
from harken.services.memos import PROJECT, add_memo
from harken.services.project import Project
from harken.services.reading_mode import ReadingSession
from harken.services.sample_study import NEWCOMER, build_sample_study
from harken.storage.store import Store
from harken.tui import openings
from harken.tui.app import HarkenApp, Opening

FOLDER = Path(__file__).resolve().parent / "pictures"
FONT = "DejaVu Sans Mono"
WIDEST = 1400
"""Pixels; more make a page slow to load and no letter clearer."""
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
    is_all_decided: bool = False
    """Whether the coder has come to the end."""
    room: Callable[[Store], Opening] | None = None
    """What the program begins with where it is not coding."""


def at(participant: str, *keys: str) -> tuple[str, ...]:
    """A few decisions, then the participant's first answer, then keys."""
    first = ("u", "t", "s", "enter", "u", "a", "e", "enter")
    return (*first, "space", "g", *participant.lower(), "enter", *keys)


MAIN = Round(name=MAIN_ROUND)


def reading(store: Store) -> Opening:
    return openings.reading(ReadingSession.open(store, coder=NEWCOMER))


def memos(store: Store) -> Opening:
    entry = "People speak of trust before they speak of risk: the image is proof that nothing is kept back."
    add_memo(store, PROJECT, entry, actor=NEWCOMER)
    return openings.memos(store, coder=NEWCOMER, round=MAIN)


def analytic_themes(store: Store) -> Opening:
    write_theme(
        store,
        "Seeing is believing",
        actor=NEWCOMER,
        idea="What can be seen cannot be argued away: the image settles doubt, for better and for worse.",
        codes=["understanding", "acceptance"],
    )
    theme = theme_named(store, "Seeing is believing")
    for participant in ("P155", "P087"):
        quote = quote_of(store, ResponseKey(participant, "q_benefits"))
        toggle_quote(store, theme.id, quote, actor=NEWCOMER)
    return openings.analytic_themes(store, coder=NEWCOMER, round=MAIN)


PICTURES = (
    Picture(name="coding-160x50", width=160, height=50, keys=at("P297", "1", "3")),
    Picture(name="coding-80x24", width=80, height=24, keys=at("P065", "1", "2")),
    Picture(name="coding-light-120x40", width=120, height=40, keys=at("P155", "1", "2"), theme="light"),
    Picture(name="help-120x40", width=120, height=40, keys=("question_mark",)),
    Picture(
        name="new-code-120x40",
        width=120,
        height=40,
        keys=at("P127", "space", "n", *"Family", "space", *"can", "space", *"see"),
    ),
    Picture(name="find-120x40", width=120, height=40, keys=at("P155", "space", "f", "a", "n")),
    Picture(name="person-120x40", width=120, height=40, keys=at("P155", "space", "p")),
    Picture(name="end-120x40", width=120, height=40, is_all_decided=True),
    Picture(
        name="reading-120x40",
        width=120,
        height=40,
        keys=("g", *"p155", "enter", "s", "m", *"Doubt", "escape"),
        room=reading,
    ),
    Picture(name="memos-120x40", width=120, height=40, room=memos),
    Picture(name="analytic-themes-120x40", width=120, height=40, room=analytic_themes),
)


def coding(store: Store, picture: Picture) -> Opening:
    session = CodingSession.open(store, coder=NEWCOMER)
    while picture.is_all_decided and session.current is not None:
        session.decide_no_code()
    return openings.coding(session)


async def draw(picture: Picture, project: Path) -> bytes:
    """The screen as PNG."""
    os.environ["HARKEN_THEME"] = picture.theme
    with Project.open(project, actor=NEWCOMER) as study:
        app = HarkenApp(picture.room(study.store) if picture.room else coding(study.store, picture))
        async with app.run_test(size=(picture.width, picture.height)) as pilot:
            await press(pilot, picture.keys)
            svg = app.export_screenshot(title=f"Harken, SYNTHETIC sample study, {picture.name}")
    drawn = re.search(r'viewBox="0 0 ([0-9.]+) ', svg)
    width = min(round(float(drawn[1])), WIDEST) if drawn else WIDEST
    png: bytes = resvg_py.svg_to_bytes(
        svg_string=svg.replace("Fira Code", FONT), font_family=FONT, width=width
    )
    return png


async def press(pilot: Pilot[str], keys: Sequence[str]) -> None:
    await pilot.pause(WAIT_FOR_SUGGESTIONS)
    for key in keys:
        await pilot.press(key)
        # A deciding key right after a new answer is ignored, so the keys come at a person's pace.
        await pilot.pause(1.0 if key == "enter" else 0.4)
    await pilot.pause(1.0)


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
