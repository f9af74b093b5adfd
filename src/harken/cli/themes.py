"""`themes`: how many people mentioned each theme."""

from __future__ import annotations

from typing import Any

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import CommandGroup, acting, leveled, opened, refuse_dropped_options, suppressing
from harken.cli.progress import progress_bar
from harken.cli.releases import noting_release
from harken.cli.themes_file import NEEDS_PROJECT, CountsFile, reading_counts
from harken.cli.themes_prespecify import themes_prespecify
from harken.cli.where import where_option


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option(
    "--question", "questions", multiple=True, metavar="Q", help="Only this question; may be repeated."
)
@click.option("--by", metavar="COL", help="A column by which people are compared.")
@where_option
@click.option(
    "--basis",
    default="default",
    show_default=True,
    metavar="B",
    help="Whose codes count: default, majority, any, all or coder:NAME.",
)
@click.option(
    "--base",
    type=click.Choice(["coded", "eligible", "substantive"]),
    default="coded",
    show_default=True,
    help="Of whom the share is taken.",
)
@leveled
@click.option(
    "--interval",
    type=click.Choice(["wilson", "clopper-pearson"]),
    default="wilson",
    show_default=True,
    help="Method of the limits.",
)
@click.option(
    "--difference",
    type=click.Choice(["miettinen-nurminen", "newcombe"]),
    default="miettinen-nurminen",
    show_default=True,
    help="Method of the limits of differences.",
)
@click.option(
    "--decimals",
    type=click.IntRange(0, 6),
    default=1,
    show_default=True,
    help="Decimals of the printed percentages.",
)
@click.option("--weights", metavar="COL", help="A column of survey weights; n and N stay people.")
@click.option("--with-excluded", is_flag=True, help="Keep excluded people on what they answered.")
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
            if project.store.is_read_only:
                click.echo("This look is not noted in the project: the file is read-only.", err=True)
    emit(result, theme_report(result, united=united, with_p=with_p, is_full=is_full), destination)


def _say_slips(result: Any) -> None:
    """What a file of counts has that does not follow; its figures are taken at their word all the same."""
    from harken.report import visible
    from harken.services.tabulating.reporting import said_of_check

    for check in result.counts_file.checks:
        click.echo(visible(said_of_check(check, result)), err=True)


themes.add_command(themes_prespecify)
