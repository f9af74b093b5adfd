"""`demo`: the main job on the synthetic sample study."""

from __future__ import annotations

import shlex
import sys
import tempfile
from pathlib import Path

import click

from harken.cli.options import Context, acting
from harken.errors import HarkenError


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@acting
@click.pass_obj
def demo(context: Context, folder: Path | None) -> int:
    """Build the SYNTHETIC sample study in DIR and show flow, agreement and themes.

    Without DIR a new temporary folder is used and named. In a terminal it ends in the coding screen.
    """
    from harken.cli.progress import progress_bar
    from harken.cli.render import print_report
    from harken.report import visible
    from harken.services.agreeing import agreement_report, measure_agreement
    from harken.services.codebooks import current_codebook
    from harken.services.flowing import flow, flow_report
    from harken.services.project import Project
    from harken.services.sample_study import NEWCOMER, build_sample_study
    from harken.services.tabulating import tabulate, theme_report

    if context.project is not None or context.actor is not None:
        raise click.UsageError("The sample study has its own file and coders: leave out --project and --as.")
    is_new = folder is None or not folder.exists()
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="harken-demo-"))
    elif folder.exists() and not folder.is_dir():
        raise HarkenError(f"{folder} is a file; name a folder, new or old.")
    folder.mkdir(parents=True, exist_ok=True)
    click.echo(visible(f"Building the synthetic sample study in {folder} …"), err=True)
    try:
        with progress_bar() as progress:
            path = build_sample_study(folder, progress=progress)
    except BaseException:
        if is_new:
            folder.rmdir()
        raise
    with Project.open(path) as project:
        store, title = project.store, project.title
        print_report(flow_report(flow(store, by="group"), title=title))
        click.echo()
        print_report(agreement_report(measure_agreement(store), current_codebook(store), title=title))
        click.echo()
        print_report(theme_report(tabulate(store, by="group")))
    click.echo(f"\nThe project: {visible(str(path))}", err=True)
    go_on = shlex.join(["harken", "--project", str(path), "code", "--as", NEWCOMER])
    click.echo(f"Go on with it: {visible(go_on)}", err=True)
    if sys.stdin.isatty() and sys.stdout.isatty():
        click.echo("Press a key to code some of its answers, Ctrl+C to leave …", err=True)
        click.getchar()
        return _code(path)
    return 0


def _code(path: Path) -> int:
    from harken.cli.code import run_coding_screen
    from harken.services.project import Project
    from harken.services.sample_study import NEWCOMER

    with Project.open(path, actor=NEWCOMER) as project:
        return run_coding_screen(project.store, coder=NEWCOMER)
