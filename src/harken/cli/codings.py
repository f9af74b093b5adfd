"""`codings`: import and export."""

from __future__ import annotations

import io
from pathlib import Path

import click

from harken.cli.options import CommandGroup, Context, acting, many, opened


@click.group(cls=CommandGroup)
@acting
def codings() -> None:
    """Import and export codings."""


@codings.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--adjudicated", is_flag=True, help="Take the file's one coder into the adjudicated layer.")
@click.option("--replace", is_flag=True, help="Let the file's decisions count over earlier ones.")
@click.option("--encoding", metavar="E", help="Of a CSV file that is not UTF-8, as in cp1252.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@acting
@click.pass_obj
def import_(
    context: Context, file: Path, adjudicated: bool, replace: bool, encoding: str | None, dry_run: bool
) -> None:
    """Take in a codings file: every decision of it, or none.

    Needs the columns participant, question, coder and code; a blank code says that no code applies.
    """
    from harken.report import visible
    from harken.services.codings import import_codings

    with opened(context) as project:
        result = import_codings(
            project.store,
            file,
            actor=project.actor,
            is_adjudicated=adjudicated,
            is_replacing=replace,
            encoding=encoding,
            is_trial=dry_run,
        )
    for name in result.new_coders:
        click.echo(f"New coder: {visible(name)}", err=True)
    for name in result.new_rounds:
        click.echo(f"New round: {visible(name)}", err=True)
    rows, decisions = many(result.n_rows, "row"), many(result.n_decisions, "decision")
    known = f", {result.n_known:,} of them known" if result.n_known else ""
    replaced = f", {result.n_replaced:,} replaced" if result.n_replaced else ""
    click.echo(f"{visible(result.file)}: {rows}, {decisions}{known}{replaced}.")
    if result.withdrawn:
        people = many(len(result.withdrawn), "participant")
        click.echo(f"warning: {people} withdrew; nothing about them was taken in.", err=True)
    if result.n_rows_on_non_response:
        click.echo(
            f"warning: {many(result.n_rows_on_non_response, 'coding')} on non-response; kept and exported, "
            "counted nowhere.",
            err=True,
        )
    if dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)


@codings.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--spreadsheet-safe", is_flag=True, help="An apostrophe before what would be run as a formula.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@acting
@click.pass_obj
def export(context: Context, file: Path | None, spreadsheet_safe: bool, force: bool) -> None:
    """Write every decision to FILE, or to stdout, sorted."""
    from harken.cli.render import write_output
    from harken.services.codings import export_codings

    stream = io.StringIO(newline="")
    with opened(context) as project:
        n_rows = export_codings(project.store, stream, spreadsheet_safe=spreadsheet_safe)
    write_output(stream.getvalue().encode(), output=file, force=force, what=many(n_rows, "row"))
