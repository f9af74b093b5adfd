"""`status`: how far everybody is, and what is left before tables are final."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened


@click.command()
@click.option(
    "--pause",
    type=click.FloatRange(min=0, min_open=True),
    default=5,
    show_default=True,
    metavar="MINUTES",
    help="A longer gap between two decisions is a pause and counts as no time.",
)
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def status(context: Context, pause: float, destination: Destination) -> None:
    """Show each coder's work by round and question, and what is left before tables are final.

    Pace and estimated finish are your own, from when you decided. The study's are shown where they tell
    no single colleague's. Nobody sees another person's times, the lead neither.
    """
    from harken.cli.render import emit
    from harken.services.standing.report import status_report

    with opened(context) as project:
        state = project.status(pause_minutes=pause)
    emit(state, status_report(state), destination)
