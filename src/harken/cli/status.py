"""`status`: how far everybody is, and what is left before tables are final."""

from __future__ import annotations

import math

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened


def _minutes(ctx: click.Context, parameter: click.Parameter, value: float) -> float:
    if value > 0 and math.isfinite(value):
        return value
    raise click.BadParameter(f"A pause is some minutes long, as in 5; got {value:g}.", ctx, parameter)


@click.command()
@click.option(
    "--pause",
    type=float,
    callback=_minutes,
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
