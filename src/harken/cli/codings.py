"""`codings`: import and export."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from harken.cli.options import CommandGroup, Context, acting, opened
from harken.cli.progress import progress_bar
from harken.errors import HarkenError, many
from harken.model import MAIN_ROUND


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
@click.option("--yes", is_flag=True, help="Do not ask before a workbook's changes are taken.")
@acting
@click.pass_obj
def import_(
    context: Context,
    file: Path,
    adjudicated: bool,
    replace: bool,
    encoding: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take in a codings file, or a workbook from `codings export --workbook`: all of it, or none.

    A codings file needs the columns participant, question, coder and code; a blank code says that no code
    applies. A workbook's changes are shown before they are taken.
    """
    from harken.report import visible
    from harken.services.codings import import_codings
    from harken.services.round_trip import is_coding_workbook

    if is_coding_workbook(file):
        if adjudicated or encoding is not None:
            option = "--adjudicated" if adjudicated else "--encoding"
            raise HarkenError(f"{file} is one coder's coding workbook; {option} is for codings files.")
        _take_workbook(context, file, is_replacing=replace, is_trial=dry_run, is_agreed=yes)
        return
    with opened(context) as project, progress_bar() as progress:
        result = import_codings(
            project.store,
            file,
            actor=project.actor,
            is_adjudicated=adjudicated,
            is_replacing=replace,
            encoding=encoding,
            is_trial=dry_run,
            progress=progress,
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
    if result.retired:
        codes = ", ".join(f"{visible(code)} ({n:,})" for code, n in result.retired.items())
        click.echo(
            f"warning: {many(len(result.retired), 'retired code')} applied anew, and kept: {codes}.", err=True
        )
    if dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)


def _take_workbook(
    context: Context, file: Path, *, is_replacing: bool, is_trial: bool, is_agreed: bool
) -> None:
    """Show every change that a returned workbook makes, ask where somebody can answer, and take them."""
    from harken.cli.render import print_report
    from harken.report import visible
    from harken.services.round_trip import look_at_workbook, take_workbook, workbook_report

    with opened(context) as project:
        looked = look_at_workbook(project.store, file)
        print_report(workbook_report(looked))
        n_changes = many(len(looked.changes), "change")
        if is_trial or not looked.changes:
            click.echo("Nothing was changed (--dry-run)." if is_trial else "Nothing to take.", err=True)
            return
        # Conflicts are refused without a question.
        is_asked = sys.stdin.isatty() and not is_agreed and (is_replacing or not looked.conflicts)
        if is_asked and not click.confirm(f"Take {n_changes}?", default=False, err=True):
            raise HarkenError(f"Nothing of {file} was taken.")
        take_workbook(project.store, file, looked, actor=project.actor, is_replacing=is_replacing)
    click.echo(f"Took {n_changes} by {visible(looked.coder)}.", err=True)


@codings.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--spreadsheet-safe", is_flag=True, help="An apostrophe before what would be run as a formula.")
@click.option(
    "--workbook",
    type=click.Path(path_type=Path),
    metavar="XLSX",
    help="Write a workbook in which the acting coder can code, instead of a codings file.",
)
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="Q",
    help="Workbook: only this question; may be repeated.",
)
@click.option("--round", metavar="R", help="Workbook: the round to code in. Default: main.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@acting
@click.pass_obj
def export(
    context: Context,
    file: Path | None,
    spreadsheet_safe: bool,
    workbook: Path | None,
    questions: tuple[str, ...],
    round: str | None,
    force: bool,
) -> None:
    """Write every decision to FILE, or to stdout, sorted; or a workbook to code in, with --workbook."""
    from harken.cli.destination import refuse_output
    from harken.cli.render import write_output
    from harken.report import visible
    from harken.services.blindness import undecided_blind
    from harken.services.codings import export_codings

    if workbook is None:
        if questions or round is not None:
            option = "--question" if questions else "--round"
            raise click.UsageError(
                f"{option} is for a workbook to code in; name it with --workbook FILE.xlsx."
            )
        stream = io.StringIO(newline="")
        with opened(context) as project:
            n_rows = export_codings(project.store, stream, spreadsheet_safe=spreadsheet_safe)
            n_left = len(undecided_blind(project.store, project.actor))
        if n_left:
            click.echo(
                f"warning: a codings file holds everybody's codes, and {visible(project.actor)} has "
                f"{many(n_left, 'answer')} yet to decide in a blind round; leave the file to the lead.",
                err=True,
            )
        write_output(stream.getvalue().encode(), output=file, force=force, what=many(n_rows, "row"))
        return
    if file is not None or spreadsheet_safe:
        other = str(file) if file is not None else "--spreadsheet-safe"
        raise click.UsageError(f"{other} is for a codings file; leave it out with --workbook.")
    if workbook.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--workbook {workbook}: a workbook's name ends in .xlsx.")
    refuse_output(workbook, force=force)
    _write_workbook(context, workbook, questions=questions, round=round, force=force)


def _write_workbook(
    context: Context, file: Path, *, questions: tuple[str, ...], round: str | None, force: bool
) -> None:
    from harken.cli.render import write_output
    from harken.services.round_trip import export_workbook

    with opened(context) as project:
        written = export_workbook(
            project.store, coder=project.actor, questions=questions, round=round or MAIN_ROUND
        )
    answers = f"{many(written.n_answers, 'answer')}, {written.n_decided:,} decided, for {written.coder}"
    write_output(written.data, output=file, force=force, what=answers)
