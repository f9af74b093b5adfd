"""`read`: the reading room."""

from __future__ import annotations

import click

from harken.cli.options import Context, acting, opened
from harken.cli.rooms import in_round, refuse_without_terminal, run_room
from harken.cli.scope import over_questions


@click.command()
@over_questions
@click.option("--by-participant", is_flag=True, help="Person by person instead of question by question.")
@in_round("; it decides whether groups are shown")
@acting
@click.pass_obj
def read(context: Context, questions: tuple[str, ...], by_participant: bool, round: str) -> int:
    """Read the answers to get familiar with them, one at a time, without codes.

    It goes on where you stopped. What you read and star is noted; the groups of people are hidden where the
    round hides them. Press ? there for all keys.
    """
    from harken.services.reading_mode import ReadingSession

    with opened(context) as project:
        session = ReadingSession.open(
            project.store,
            coder=project.actor,
            round=round,
            questions=questions,
            by_participant=by_participant,
        )
        if session.current is None:
            click.echo("There are no answers to read yet. Take in a survey with `harken import FILE`.")
            return 0
        refuse_without_terminal("harken read")
        from harken.tui import openings

        return run_room(openings.reading(session))
