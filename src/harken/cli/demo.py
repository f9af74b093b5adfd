"""`demo`: the main job on the synthetic sample study."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
def demo(folder: Path | None) -> None:
    """Build the SYNTHETIC sample study in DIR and show flow, agreement and themes.

    Without DIR a new temporary folder is used and named. In a terminal it ends in the coding screen.
    """
    from harken.cli.progress import progress_bar
    from harken.cli.render import print_report
    from harken.services.agreeing import agreement_report, measure_agreement
    from harken.services.codebooks import current_codebook
    from harken.services.flowing import flow, flow_report
    from harken.services.project import Project
    from harken.services.sample_study import NEWCOMER, build_sample_study
    from harken.services.tabulating import tabulate, theme_report

    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="harken-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    click.echo(f"Building the synthetic sample study in {folder} …", err=True)
    with progress_bar() as progress:
        path = build_sample_study(folder, progress=progress)
    with Project.open(path) as project:
        store, title = project.store, project.title
        print_report(flow_report(flow(store, by="group"), title=title))
        print_report(agreement_report(measure_agreement(store), current_codebook(store), title=title))
        print_report(theme_report(tabulate(store, by="group"), title=title))
    click.echo(
        f"\nThe project: {path}\nGo on with it: harken --project {path} code --as {NEWCOMER}", err=True
    )
    if sys.stdin.isatty() and sys.stdout.isatty():
        from harken.cli.code import open_coding_screen

        click.pause("Press a key to code some of its answers …", err=True)
        open_coding_screen(path, coder=NEWCOMER)
