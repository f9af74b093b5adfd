"""`code`: the coding screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from harken.cli.options import Context, acting, names_actor, opened_file
from harken.cli.rooms import refuse_broken_keys, refuse_without_terminal, run_room, without_collecting
from harken.cli.scope import over_questions
from harken.model import MAIN_ROUND

if TYPE_CHECKING:
    from harken.services.coding import CodingSession, WorkOrder
    from harken.storage.store import Store


@click.command()
@over_questions
@click.option(
    "--round", "round", default=MAIN_ROUND, show_default=True, metavar="R", help="The round to code in."
)
@click.option(
    "--by-participant",
    is_flag=True,
    help="All answers of one person after another, not question by question.",
)
@click.option("--no-suggestions", is_flag=True, help="Show no suggested codes.")
@click.option(
    "--plain",
    is_flag=True,
    help="Line by line, for screen readers, slow links and pipes; no screen is drawn.",
)
@acting
@click.pass_obj
def code(
    context: Context,
    questions: tuple[str, ...],
    round: str,
    by_participant: bool,
    no_suggestions: bool,
    plain: bool,
) -> int:
    """Code answers in the terminal, one key a code. Every decision is on disk before the next answer shows.

    Press ? there for all keys. The environment variable HARKEN_THEME=light chooses the light colours.
    With --plain the same is typed: codes, then a dot to decide; /help lists the rest.
    """
    from harken.services.coding import WorkOrder

    order = WorkOrder.PARTICIPANT if by_participant else WorkOrder.QUESTION
    run = run_plain_coding if plain else run_coding_screen
    with nullcontext() if plain else without_collecting(), opened_file(context) as (store, coder):
        return run(
            store,
            coder=coder,
            round=round,
            questions=questions,
            order=order,
            with_suggestions=not no_suggestions,
            says_who=not names_actor(context),
        )


def run_coding_screen(
    store: Store,
    *,
    coder: str,
    round: str = MAIN_ROUND,
    questions: Sequence[str] = (),
    order: WorkOrder | None = None,
    with_suggestions: bool = True,
    says_who: bool = False,
) -> int:
    """Open the screen where there is something to code; returns the exit code."""
    from harken.services.coding import CodingSession, WorkOrder, has_answers_left

    # Opening a session gives codes their keys, which is written; a refusal must come before it.
    if has_answers_left(store, coder=coder, round=round, questions=questions):
        refuse_without_terminal("harken code")
        refuse_broken_keys()
    session = CodingSession.open(
        store, coder=coder, round=round, questions=questions, order=order or WorkOrder.QUESTION
    )
    if session.current is None:
        click.echo(_nothing_to_do(session))
        return 0
    refuse_without_terminal("harken code")
    from harken.tui import openings

    if says_who:
        _say_who(store, coder)
    return run_room(openings.coding(session, with_suggestions=with_suggestions))


def run_plain_coding(
    store: Store,
    *,
    coder: str,
    round: str,
    questions: Sequence[str],
    order: WorkOrder,
    with_suggestions: bool,
    says_who: bool = False,
) -> int:
    """Code line by line from standard input, until it ends; returns the exit code."""
    from harken.cli.plain_coding import PlainCoding
    from harken.services.coding import CodingSession

    session = CodingSession.open(
        store, coder=coder, round=round, questions=questions, order=order, announces_turns=False
    )
    if not session.progress.n_answers:
        click.echo(_nothing_to_do(session))
        return 0
    is_script = not sys.stdin.isatty()
    if says_who and not is_script:
        _say_who(store, coder)
    PlainCoding(session, with_suggestions=with_suggestions, is_script=is_script).run(
        iter(sys.stdin.buffer.readline, b"")
    )
    return 0


def _say_who(store: Store, coder: str) -> None:
    """Say in whose name decisions will stand, where it could be somebody else's."""
    from harken.report import visible
    from harken.storage.study import coders

    if len(coders(store)) > 1:
        said = f"Coding as {coder} (the lead). --as NAME codes as somebody else."
        click.echo(visible(said), err=True)


def _nothing_to_do(session: CodingSession) -> str:
    progress = session.progress
    if progress.n_answers:
        return f"Every answer is decided: {progress.n_answers} of {progress.n_answers} by {session.coder}."
    if session.questions:
        return f"There are no answers to code for {', '.join(session.questions)}."
    return "There are no answers to code yet. Take in a survey with `harken import FILE`."
