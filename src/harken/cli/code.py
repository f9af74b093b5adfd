"""`code`: the coding screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from harken.cli.options import Context, acting, opened
from harken.errors import HarkenError
from harken.model import MAIN_ROUND

if TYPE_CHECKING:
    from harken.services.coding import CodingSession
    from harken.storage.store import Store


@click.command()
@click.option(
    "--question", "questions", multiple=True, metavar="Q", help="Only this question; may be repeated."
)
@click.option(
    "--round", "round", default=MAIN_ROUND, show_default=True, metavar="R", help="The round to code in."
)
@click.option("--no-suggestions", is_flag=True, help="Show no suggested codes.")
@acting
@click.pass_obj
def code(context: Context, questions: tuple[str, ...], round: str, no_suggestions: bool) -> int:
    """Code answers in the terminal, one key a code. Every decision is on disk before the next answer shows.

    Press ? there for all keys. The environment variable HARKEN_THEME=light chooses the light colours.
    """
    with _without_collecting(), opened(context) as project:
        return run_coding_screen(
            project.store,
            coder=project.actor,
            round=round,
            questions=questions,
            with_suggestions=not no_suggestions,
        )


def run_coding_screen(
    store: Store,
    *,
    coder: str,
    round: str = MAIN_ROUND,
    questions: Sequence[str] = (),
    with_suggestions: bool = True,
) -> int:
    """Open the screen where there is something to code; returns the exit code."""
    from harken.services.coding import CodingSession, has_answers_left

    # Opening a session gives codes their keys, which is written; a refusal must come before it.
    if has_answers_left(store, coder=coder, round=round, questions=questions):
        _refuse_without_terminal()
    session = CodingSession.open(store, coder=coder, round=round, questions=questions)
    if session.current is None:
        click.echo(_nothing_to_do(session))
        return 0
    _refuse_without_terminal()
    from harken.tui import openings
    from harken.tui.app import HarkenApp

    app = HarkenApp(openings.coding(session, with_suggestions=with_suggestions))
    said = app.run()
    if said:
        click.echo(said, err=True)
    return app.return_code or 0


def _refuse_without_terminal() -> None:
    # The screen is drawn on standard error; a redirected one would swallow it.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise HarkenError("`harken code` needs a terminal to draw on and to read keys from. Run it in one.")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing that is loaded for the screen is garbage: looking for it takes a tenth of the start.

    The screen collects again from its first picture on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _nothing_to_do(session: CodingSession) -> str:
    progress = session.progress
    if progress.n_answers:
        return f"Every answer is decided: {progress.n_answers} of {progress.n_answers} by {session.coder}."
    if session.questions:
        return f"There are no answers to code for {', '.join(session.questions)}."
    return "There are no answers to code yet. Take in a survey with `harken import FILE`."
