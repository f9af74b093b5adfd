"""`meeting`: the agenda of the team's next meeting, and what came of the last ones."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import CommandGroup, Context, acting, opened, refuse_dropped_options
from harken.cli.rooms import in_round, run_room_in_round
from harken.cli.typed_words import typed_words


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option(
    "--record",
    "outcome",
    metavar="TEXT",
    help="Record that the meeting was held, and what came of it; - reads it from standard input.",
)
@reporting("table", "json", "md", "csv")
@acting
@click.pass_context
def meeting(context: click.Context, outcome: str | None, destination: Destination) -> None:
    """Gather what there is to talk about since the last recorded meeting.

    Alerts, disagreements, open questions, codes that coders proposed, changed wordings, merged and retired
    codes. Nothing of blind rounds. `--format docx --output FILE` makes pages for the table.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    if outcome is not None and destination.is_named:
        raise click.UsageError("--record writes no agenda; leave --format and --output out.")
    from harken.cli.render import emit
    from harken.services import meeting as service

    with opened(context.obj) as project:
        if outcome is not None:
            held = project.record_meeting(typed_words(outcome))
            click.echo(f"Recorded at {held.at[:16].replace('T', ' ')} UTC. The next agenda begins here.")
            return
        found = project.agenda()
    emit(found, service.agenda_report(found), destination)


@meeting.command("list")
@reporting("table", "json", "md", "csv")
@acting
@click.pass_context
def meeting_list(context: click.Context, destination: Destination) -> None:
    """List the meetings that were recorded, with what came of them."""
    from harken.cli.render import emit
    from harken.services import meeting as service

    with opened(context.obj) as project:
        found = service.meetings(project.store)
        report = service.meetings_report(found, title=project.title)
    emit(found, report, destination)


@meeting.command("screen")
@in_round()
@acting
@click.pass_obj
def meeting_screen(context: Context, round: str) -> int:
    """Go through the agenda on a screen and record what came of it. Press ? there for all keys."""
    return run_room_in_round(context, "meeting", round=round)
