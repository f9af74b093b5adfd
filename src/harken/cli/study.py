"""`harken` itself, `init`, `coders`, `doctor`: the study as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from harken.cli.options import CommandGroup, Context, acting, opened, project_path
from harken.errors import HarkenError
from harken.model import Approach, Sampling


def home(context: Context) -> None:
    """Print the state of the project and the next step; without a project, how to make one."""
    from harken.report import visible

    path = project_path(context.project)
    if not path.exists() and context.project is None:
        click.echo(
            f"No project here ({visible(str(path))} does not exist).\n\n"
            "  harken init            make one in this folder\n"
            "  harken demo            see the synthetic sample study\n"
            "  harken --help          every command"
        )
        return
    from harken.cli.render import print_report
    from harken.services.standing.overview import overview_report

    with opened(context) as project:
        print_report(overview_report(project.overview()))


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="Default: the file's name.")
@click.option("--lead", metavar="NAME", default="", help="Who leads the study. Default: the login name.")
@click.option(
    "--approach",
    type=click.Choice([approach.value for approach in Approach]),
    default=Approach.CONTENT.value,
    show_default=True,
    help="The study's stance; it sets words and defaults and forbids nothing.",
)
@click.option(
    "--sampling",
    type=click.Choice([sampling.value for sampling in Sampling]),
    default=Sampling.CONVENIENCE.value,
    show_default=True,
    help="How people were sampled; it decides what captions may claim.",
)
@acting
@click.pass_obj
def init(context: Context, file: Path | None, title: str, lead: str, approach: str, sampling: str) -> None:
    """Make a new project in FILE (default: harken.db here)."""
    from harken.report import visible
    from harken.services.project import Project

    path = file or project_path(context.project)
    if context.project and file and Path(context.project) != file:
        raise click.UsageError(f"--project says {context.project!r} and FILE says {str(file)!r}. Name one.")
    if lead and context.actor and lead != context.actor:
        raise click.UsageError(f"--lead says {lead!r} and --as says {context.actor!r}. Name one.")
    with Project.create(
        path,
        title=title,
        lead=lead or context.actor or "",
        approach=Approach(approach),
        sampling=Sampling(sampling),
    ) as project:
        click.echo(visible(f"Made {path} ({project.title}), led by {project.actor}."))
        click.echo("Next: harken import FILE", err=True)


@click.group(cls=CommandGroup)
@acting
def coders() -> None:
    """Add and list coders."""


@coders.command("add")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@acting
@click.pass_obj
def coders_add(context: Context, names: tuple[str, ...]) -> None:
    """Add coders by name."""
    with opened(context) as project:
        new = project.add_coders(*names)
    click.echo(f"Added {', '.join(new)}." if new else "They are all there already.")


@coders.command("list")
@acting
@click.pass_obj
def coders_list(context: Context) -> None:
    """List the coders, the lead first, a name a line."""
    with opened(context) as project:
        for name in project.coders:
            click.echo(name)


@click.command()
@click.option("--repair", is_flag=True, help="Rebuild first everything that follows from the journal.")
@acting
@click.pass_obj
def doctor(context: Context, repair: bool) -> None:
    """Check the project file: pages, guards, journal, rows, texts; replay the journal and compare.

    Exit code 1 on any finding. The hash shown identifies the project's events; note it elsewhere, for a
    chain of hashes without a key shows tampering only against a hash that was noted before.
    """
    from harken.report import visible
    from harken.services.checking import check_project, repair_project

    with opened(context) as project:
        if repair:
            repair_project(project.store)
        findings = check_project(project.store)
        project_hash = project.store.project_hash()
    for finding in findings:
        click.echo(f"- {visible(finding)}")
    if findings:
        many = "One finding" if len(findings) == 1 else f"{len(findings)} findings"
        way_out = "Use a backup." if repair else "Try `harken doctor --repair`, else use a backup."
        raise HarkenError(f"{many} in {project.store.path}. {way_out}")
    click.echo(f"Sound. Project hash {project_hash}")
