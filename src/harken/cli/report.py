"""`report`: the paper's pages of a study as one folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from harken.cli.noting import say_remarks
from harken.cli.options import Context, acting, leveled, opened, suppressing
from harken.cli.scope import by_basis, by_groups, excluded_too, over_base, over_questions
from harken.errors import many


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@by_groups
@over_questions
@by_basis
@over_base
@leveled
@partial(
    suppressing,
    help="Hide counts of fewer than T people, and what would give them away; no answers then.",
)
@excluded_too
@click.option("--united", "is_united", is_flag=True, help="Also a table of people over all questions.")
@click.option(
    "--quotes", "n_quotes", type=click.IntRange(1), metavar="K", help="How many quotes of each theme."
)
@click.option("--no-quotes", is_flag=True, help="No quotes.")
@click.option(
    "--no-answers", is_flag=True, help="No lists of the answers behind the figures in the web page."
)
@click.option("--with-agreement", "has_agreement", is_flag=True, help="Agreement in reflexive work too.")
@click.option("--with-counts", "has_counts", is_flag=True, help="Theme tables in reflexive work too.")
@click.option("--memos", "has_memos", is_flag=True, help="The team's memos as an appendix.")
@click.option("--looks", "has_looks", is_flag=True, help="Codes on the same people, and saturation.")
@click.option(
    "--checklist", "checklists", multiple=True, metavar="NAME", help="One more checklist; may be repeated."
)
@click.option("--force", is_flag=True, help="Replace the report in DIR.")
@acting
@click.pass_obj
def report(
    context: Context,
    /,
    folder: Path,
    n_quotes: int | None,
    no_quotes: bool,
    no_answers: bool,
    suppress: int,
    force: bool,
    **options: Any,
) -> None:
    """Write the study's report into DIR: a web page, a document, a workbook and the figures.

    Who took part, methods, agreement, theme tables, closed items, quotes and appendices. The same project
    and options give the same bytes. DIR is new or empty; --force replaces an older report in it, nothing
    else.
    """
    from harken.cli.progress import progress_bar
    from harken.report import visible
    from harken.services.reporting import ReportOptions, refuse_report, write_report

    if no_quotes and n_quotes is not None:
        raise click.UsageError("--quotes and --no-quotes contradict each other; give one of them.")
    asked = ReportOptions(
        n_quotes=0 if no_quotes else n_quotes,
        has_answers=not no_answers,
        threshold=suppress or None,
        **options,
    )
    refuse_report(folder, force=force)
    with opened(context) as project, progress_bar() as progress:
        written = write_report(
            project.store, folder, asked, actor=project.actor, force=force, progress=progress
        )
    for name in written.files:
        click.echo(visible(str(folder / name)))
    click.echo(
        f"{many(written.n_tables, 'table')}, {many(written.n_figures, 'figure')}; "
        f"project hash {written.project_hash[:12]}…",
        err=True,
    )
    say_remarks(written.remarks)
    if not written.is_look_noted:
        click.echo("This look is not noted in the project: the file is read-only.", err=True)
