"""Opening a room of the terminal program from the command line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import click

from harken.cli.options import Command, Context, opened_file
from harken.errors import HarkenError
from harken.model import MAIN_ROUND

if TYPE_CHECKING:
    from harken.tui.app import Opening


@contextmanager
def without_collecting() -> Iterator[None]:
    """Nothing that is loaded for the screen is garbage: looking for it takes a tenth of the start.

    The screen collects again from its first picture on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def has_terminal() -> bool:
    """Whether there is a terminal to draw on and to read keys from."""
    # The screen is drawn on standard error; a redirected one would swallow it.
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def refuse_without_terminal(command: str) -> None:
    """Raise where there is no terminal."""
    if not has_terminal():
        raise HarkenError(f"`{command}` needs a terminal to draw on and to read keys from. Run it in one.")


def refuse_broken_keys() -> None:
    """Raise where the user's keys file is broken, before anything is written or drawn."""
    from harken.tui.keys.file import user_keys

    user_keys()


def run_room(opening: Opening) -> int:
    """Open the program with a room; returns the exit code."""
    with without_collecting():
        from harken.tui.app import HarkenApp
        from harken.tui.keys.file import user_keys

        app = HarkenApp(opening, keymap=user_keys())
        said = app.run()
    if app.return_code:
        drop_typed_ahead()
    if said:
        click.echo(said, err=True)
    return app.return_code or 0


def drop_typed_ahead() -> None:
    """Keys meant for a program that ended by a fault or a signal are not for the shell that comes back."""
    try:
        import termios
    except ImportError:  # Windows has no such module, and no such call.
        return
    if sys.stdin.isatty():
        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def in_round(what_for: str = "") -> Callable[[Command], Command]:
    """`--round` for a room whose coder is at work in one."""
    return click.option(
        "--round",
        "round",
        default=MAIN_ROUND,
        show_default=True,
        metavar="R",
        help=f"The round you are at work in{what_for}.",
    )


def run_room_in_round(
    context: Context, name: Literal["analytic-themes", "meeting", "memos", "questions"], *, round: str
) -> int:
    """Open the room of `harken NAME screen` for who is at work in a round; returns the exit code."""
    from harken.storage.study import round_named

    with opened_file(context) as (store, coder):
        at_work_in = round_named(store, round)
        refuse_without_terminal(f"harken {name} screen")
        from harken.tui import openings

        rooms = {
            "analytic-themes": openings.analytic_themes,
            "meeting": openings.meeting,
            "memos": openings.memos,
            "questions": openings.questions,
        }
        return run_room(rooms[name](store, coder=coder, round=at_work_in))
