"""What commands note in the project of the figures that they show, and say where they cannot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from harken.cli.destination import Destination

if TYPE_CHECKING:
    from harken.services.project import Project
    from harken.services.releasing.counts import Releasable


def say_unnoted_look(project: Project) -> None:
    """Say that a look is not noted, where the file cannot be written."""
    if project.store.is_read_only:
        click.echo("This look is not noted in the project: the file is read-only.", err=True)


def noting_release(
    project: Project, result: Releasable, destination: Destination, *, suppress: int, command: str
) -> None:
    """Note what goes to a file with small counts hidden, and warn of what earlier releases add to it."""
    if not suppress or destination.output is None:
        return
    say_remarks(
        project.note_release(result, command=command, suppress=suppress, file=destination.output.name)
    )
    if project.store.is_read_only:
        click.echo("This release is not noted in the project: the file is read-only.", err=True)


def say_remarks(remarks: Iterable[str]) -> None:
    """Warn of what earlier releases tell; not on the page, where it would be a hint to the wrong reader."""
    from harken.report import visible

    for remark in remarks:
        click.echo(visible(f"warning: {remark} `harken releases` lists them all."), err=True)
