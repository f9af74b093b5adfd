"""`releases`: the log of what was written with small counts hidden; and how commands note there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened

if TYPE_CHECKING:
    from harken.services.project import Project
    from harken.services.releasing.counts import Releasable


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


def noting_release(
    project: Project, result: Releasable, destination: Destination, *, suppress: int, command: str
) -> None:
    """Note what goes to a file with small counts hidden, and warn of what earlier releases add to it."""
    if not suppress or destination.output is None:
        return
    from harken.report import visible

    remarks = project.note_release(result, command=command, suppress=suppress, file=destination.output.name)
    for remark in remarks:
        click.echo(visible(f"warning: {remark} `harken releases` lists them all."), err=True)
    if project.store.is_read_only:
        click.echo("This release is not noted in the project: the file is read-only.", err=True)
