"""`codebook`: import, export, check, show, diff; its changes stand in a module of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harken.cli.codebook_changes import CHANGES
from harken.cli.codebook_wording import editorial_option
from harken.cli.options import CommandGroup, Context, acting, opened, pairs
from harken.cli.rooms import in_round, refuse_without_terminal, run_room
from harken.errors import HarkenError, many

if TYPE_CHECKING:
    from harken.codebook import CodebookDiff

FORMATS = {".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx"}


@click.group(cls=CommandGroup)
@acting
def codebook() -> None:
    """Import, export, check, show, compare and change the codebook."""


@codebook.command()
@click.argument("code", default="")
@in_round("; in a blind one your own work alone is counted and shown")
@acting
@click.pass_obj
def edit(context: Context, code: str, round: str) -> int:
    """Open the codebook's screen, at CODE: its tree, counts and answers, and every change by a key."""
    from harken.services.codebooks import current_codebook
    from harken.services.codebooks.places import place_at
    from harken.storage.study import round_named

    with opened(context) as project:
        chosen = round_named(project.store, round)
        focus = place_at(current_codebook(project.store), code) if code else ""
        refuse_without_terminal("harken codebook edit")
        from harken.tui import openings

        return run_room(openings.codebook(project.store, coder=project.actor, round=chosen, focus=focus))


for _change in CHANGES:
    codebook.add_command(_change)


@codebook.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "mapping", multiple=True, metavar="OLD=NEW", help="What the codings of a vanished code become."
)
@editorial_option
@click.option("--encoding", metavar="E", help="Of a CSV file that is not UTF-8, as in cp1252.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@acting
@click.pass_obj
def import_(
    context: Context,
    file: Path,
    mapping: tuple[str, ...],
    editorial: bool,
    encoding: str | None,
    dry_run: bool,
) -> None:
    """Take in a codebook (YAML, CSV, XLSX, ODS), showing what changes.

    A code that was applied and is missing in the file is refused until --map says what its codings become.
    """
    from harken.report import visible
    from harken.services.codebooks import import_codebook

    mapped = pairs(mapping, option="--map", form="OLD=NEW")
    with opened(context) as project:
        result = import_codebook(
            project.store,
            file,
            actor=project.actor,
            mapping=mapped,
            encoding=encoding,
            is_trial=dry_run,
            is_editorial=editorial,
        )
    for line in _diff_lines(result.diff):
        click.echo(line)
    for old, new in result.mapped.items():
        click.echo(f"  {old} -> {new}")
    if result.diff.is_empty:
        click.echo("The codebook is the same.")
    click.echo(f"{visible(result.file)}: {many(result.n_codes, 'code')}.")
    if dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)
    for question in result.unknown_questions:
        click.echo(f"warning: codes are limited to {question!r}, which is no question here yet.", err=True)
    for doubt in result.doubts:
        click.echo(f"warning: {visible(doubt)}", err=True)


@codebook.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", type=click.Choice(["yaml", "csv", "xlsx", "docx"]), help="Default: FILE's suffix, or yaml."
)
@click.option(
    "--spreadsheet-safe", is_flag=True, help="CSV: an apostrophe before what would be run as a formula."
)
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@acting
@click.pass_obj
def export(
    context: Context, file: Path | None, format: str | None, spreadsheet_safe: bool, force: bool
) -> None:
    """Write the codebook to FILE, or to stdout."""
    from harken.cli.render import write_output
    from harken.services.codebooks import export_codebook

    if format is None and file is not None and file.suffix.lower() not in FORMATS:
        raise HarkenError(f"{file}: no codebook format has the suffix {file.suffix!r}; use --format.")
    chosen = format or (FORMATS[file.suffix.lower()] if file else "yaml")
    with opened(context) as project:
        data = export_codebook(project.store, chosen, spreadsheet_safe=spreadsheet_safe)
    write_output(data, output=file, force=force)


@codebook.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", metavar="E", help="Of a CSV file that is not UTF-8, as in cp1252.")
@acting
def check(file: Path, encoding: str | None) -> None:
    """Name line and column of every fault in a codebook's file, and warn of what is hardly meant.

    Needs no project.
    """
    from harken.codebook import doubts_about
    from harken.report import visible
    from harken.services.codebooks import check_codebook_file, read_codebook_file

    faults = check_codebook_file(file, encoding=encoding)
    for fault in faults:
        click.echo(visible(f"{file}: {fault}"))
    if faults:
        raise HarkenError(f"{file} has {many(len(faults), 'fault')}; mend them and check again.")
    found = read_codebook_file(file, encoding=encoding)
    click.echo(f"{visible(str(file))}: no fault, {many(len(found.entries), 'code')}.")
    for doubt in doubts_about(found):
        click.echo(f"warning: {visible(doubt)}", err=True)


@codebook.command()
@acting
@click.pass_obj
def show(context: Context) -> None:
    """Show the codes as a tree with their definitions."""
    from harken.cli.render import print_report
    from harken.services.codebooks import codebook_report

    with opened(context) as project:
        print_report(codebook_report(project.store))


@codebook.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", metavar="E", help="Of a CSV file that is not UTF-8, as in cp1252.")
@acting
@click.pass_obj
def diff(context: Context, file: Path, encoding: str | None) -> None:
    """Show what importing FILE would change."""
    from harken.codebook import diff_codebooks
    from harken.services.codebooks import current_codebook, read_codebook_file

    with opened(context) as project:
        new = read_codebook_file(file, encoding=encoding)
        changes = diff_codebooks(current_codebook(project.store), new)
    for line in _diff_lines(changes):
        click.echo(line)
    if changes.is_empty:
        click.echo("The codebook is the same.")


def _diff_lines(diff: CodebookDiff) -> list[str]:
    lines = [f"+ family {key}" for key in diff.added_families]
    lines += [f"- family {key}" for key in diff.removed_families]
    lines += [f"~ family {change.path}: {', '.join(change.fields)}" for change in diff.changed_families]
    lines += [f"+ {path}" for path in diff.added]
    lines += [f"- {path}" for path in diff.removed]
    lines += [f"~ {change.path}: {', '.join(change.fields)}" for change in diff.changed]
    lines += [f"~ order below {parent or 'the codebook'}" for parent in diff.reordered]
    lines += [f"~ {field} of the codebook" for field in diff.fields]
    return lines
