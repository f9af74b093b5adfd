"""What the screens look like, as text. HARKEN_UPDATE_SNAPSHOTS=1 writes them anew: then read the diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from coding_study import make_study

from harken.model import Code, Codebook, Family

Press = Callable[..., str]
SNAPSHOTS = Path(__file__).parent / "snapshots"
SMALL, LARGE = (80, 24), (160, 50)


def compare(name: str, shown: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("HARKEN_UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


SHOTS = {
    "coding": (),
    "draft": ("u", "y", "right", "w", "down"),
    "decided": ("u", "w", "enter", "backspace"),
    "end_of_queue": ("0", "0", "0"),
    "menu": ("space",),
    "new_code": ("space", "n", *"Trus"),
    "find": ("space", "f", *"an"),
    "person": ("space", "p"),
    "unsure": ("space", "u", *"which one?"),
    "help": ("question_mark",),
}


@pytest.mark.parametrize("name", SHOTS)
def test_screen_at_80_by_24(name: str, press: Press) -> None:
    keys = ["space" if key == " " else "question_mark" if key == "?" else key for key in SHOTS[name]]
    compare(f"{name}_80x24", press(make_study().app(), *keys, size=SMALL))


@pytest.mark.parametrize("name", ["coding", "decided", "new_code"])
def test_screen_at_160_by_50(name: str, press: Press) -> None:
    compare(f"{name}_160x50", press(make_study().app(), *SHOTS[name], size=LARGE))


def test_screen_with_an_empty_codebook(press: Press) -> None:
    compare("empty_codebook_80x24", press(make_study(book=Codebook()).app(), size=SMALL))


@pytest.mark.parametrize(("width", "height"), [SMALL, LARGE])
def test_screen_with_a_codebook_of_names_alone(press: Press, width: int, height: int) -> None:
    codes = tuple(Code(key=f"c{number}", label=f"Code number {number}") for number in range(60))
    study = make_study(book=Codebook(families=(Family(key="f", label="Themes", codes=codes),)))
    compare(f"names_only_{width}x{height}", press(study.app(), size=(width, height)))
