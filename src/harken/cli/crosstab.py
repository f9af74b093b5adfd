"""`crosstab`: themes by several attributes in one table."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.noting import noting_release, say_unnoted_look
from harken.cli.options import Context, acting, leveled, opened, suppressing
from harken.cli.scope import in_scope, over_base, printed_with, tests_too


@click.command()
@click.option(
    "--by",
    multiple=True,
    metavar="COL",
    help="A column by which people are compared; may be repeated. Default: the survey's group columns.",
)
@over_base
@in_scope
@leveled
@printed_with
@tests_too
@suppressing
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def crosstab(
    context: Context,
    by: tuple[str, ...],
    base: str,
    questions: tuple[str, ...],
    basis: str,
    where: tuple[tuple[str, str], ...],
    with_excluded: bool,
    level: float,
    interval: str,
    decimals: int,
    with_p: bool,
    suppress: int,
    destination: Destination,
) -> None:
    """Show how many people mentioned each theme by several attributes at once, in one compact table.

    Each person counts once over all questions in scope. The intervals are in JSON.
    """
    from harken.cli.render import emit
    from harken.services.crosstabulating import crosstab_report

    with opened(context) as project:
        result = project.crosstab(
            *by,
            questions=questions,
            basis=basis,
            base=base,
            where=where,
            with_excluded=with_excluded,
            level=level,
            interval=interval,
            decimals=decimals,
            suppress=suppress,
        )
        noting_release(project, result, destination, suppress=suppress, command="crosstab")
        say_unnoted_look(project)
    emit(result, crosstab_report(result, with_p=with_p), destination)
