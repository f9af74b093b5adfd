"""`releases`: the log of what was written with small counts hidden."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened


@click.command()
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def releases(context: Context, destination: Destination) -> None:
    """List what was written to files with --suppress: when, by whom, and how many figures were hidden."""
    from harken.cli.render import emit
    from harken.services.releasing import releases_report

    with opened(context) as project:
        result = project.releases()
    emit(result, releases_report(result), destination)
