from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from coding_study import CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.tui.app import HarkenApp

Drive = Callable[[Pilot[str]], Coroutine[Any, Any, Any]]
SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def study() -> Iterator[CodingStudy]:
    made = make_study()
    yield made
    made.store.close()


@pytest.fixture
def drive() -> Callable[..., Any]:
    """Run an app and let a coroutine press its keys; gives what the coroutine gives."""

    def run(app: HarkenApp, keys: Drive, *, size: tuple[int, int] = (80, 24)) -> Any:
        async def runner() -> Any:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                return await keys(pilot)

        return asyncio.run(runner())

    return run


@pytest.fixture
def press(drive: Callable[..., Any]) -> Callable[..., str]:
    """Press keys in an app and give the text of the screen that then stands."""

    def run(app: HarkenApp, *keys: str, size: tuple[int, int] = (80, 24)) -> str:
        async def pressed(pilot: Pilot[str]) -> str:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            return screen_text(pilot)

        found: str = drive(app, pressed, size=size)
        return found

    return run
