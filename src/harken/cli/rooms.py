"""Opening a room of the terminal program from the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from harken.errors import HarkenError

if TYPE_CHECKING:
    from harken.tui.app import Opening


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
    from harken.tui.keymap import user_keymap

    user_keymap()


def run_room(opening: Opening) -> int:
    """Open the program with a room; returns the exit code."""
    from harken.tui.app import HarkenApp
    from harken.tui.keymap import user_keymap

    app = HarkenApp(opening, keymap=user_keymap().overrides)
    said = app.run()
    if said:
        click.echo(said, err=True)
    return app.return_code or 0
