"""`themes`: how many people mentioned each theme."""

from __future__ import annotations

from typing import Any

import click

from harken.cli.destination import Destination, reporting
from harken.cli.noting import noting_release, say_unnoted_look
from harken.cli.options import CommandGroup, acting, leveled, opened, refuse_dropped_options, suppressing
from harken.cli.progress import progress_bar
from harken.cli.scope import (
    by_basis,
    by_groups,
    excluded_too,
    only_where,
    over_base,
    over_questions,
    with_decimals,
    with_interval,
)
from harken.cli.themes_file import NEEDS_PROJECT, CountsFile, reading_counts
from harken.cli.themes_prespecify import themes_prespecify


@click.group(cls=CommandGroup, invoke_without_command=True)
@over_questions
@by_groups
@only_where
@by_basis
@over_base
@leveled
@with_interval
@click.option(
    "--difference",
    type=click.Choice(["miettinen-nurminen", "newcombe"]),
    default="miettinen-nurminen",
    show_default=True,
    help="Method of the limits of differences.",
)
@with_decimals
@click.option("--weights", metavar="COL", help="A column of survey weights; n and N stay people.")
@excluded_too
@click.option("--united", is_flag=True, help="One table of people over all questions.")
@click.option(
    "--p", "with_p", is_flag=True, help="Print p-values of exploratory comparisons too; JSON has every one."
)
@click.option(
    "--all",
    "is_full",
    is_flag=True,
    help="Show mentions, what missing answers could hide, odds ratios and Cramér's V.",
)
@suppressing
@reading_counts
@reporting("table", "json", "csv", "md", figures=True)
@acting
@click.pass_context
def themes(
    context: click.Context,
    /,
    united: bool,
    with_p: bool,
    is_full: bool,
    suppress: int,
    file: CountsFile | None,
    destination: Destination,
    **asked: Any,
) -> None:
    """Show how many people mentioned each theme, of how many, by group, and how the groups differ.

    A table for each question and occasion; --united counts each person once over all of them. Every
    figure stands with its n, its N and its interval.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    from harken.cli.render import emit
    from harken.services.tabulating import theme_report

    if file is not None:
        from harken.services.protecting import protect
        from harken.services.tabulating import tabulate_counts, without_hidden_checks

        of_a_file = {name: asked[name] for name in asked.keys() - NEEDS_PROJECT}
        result = tabulate_counts(file.path, sheet=file.sheet, encoding=file.encoding, **of_a_file)
        if suppress:
            result = without_hidden_checks(protect(result, threshold=suppress))
        _say_slips(result)
    else:
        with opened(context.obj) as project:
            with progress_bar() as progress:
                result = project.themes(suppress=suppress, progress=progress, **asked)
            noting_release(project, result, destination, suppress=suppress, command="themes")
            say_unnoted_look(project)
    emit(result, theme_report(result, united=united, with_p=with_p, is_full=is_full), destination)


def _say_slips(result: Any) -> None:
    """What a file of counts has that does not follow; its figures are taken at their word all the same."""
    from harken.report import visible
    from harken.services.tabulating.reporting import said_of_check

    for check in result.counts_file.checks:
        click.echo(visible(said_of_check(check, result)), err=True)


themes.add_command(themes_prespecify)
