"""`crosstab`: themes by several attributes in one table."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, leveled, opened, suppressing
from harken.cli.releases import noting_release
from harken.cli.scope import in_scope, printed_with, with_p


@click.command()
@click.option(
    "--by",
    multiple=True,
    metavar="COL",
    help="A column by which people are compared; may be repeated. Default: the survey's group columns.",
)
@click.option(
    "--base",
    type=click.Choice(["coded", "eligible", "substantive"]),
    default="coded",
    show_default=True,
    help="Of whom the share is taken.",
)
@in_scope
@leveled
@printed_with
@with_p
@suppressing
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def crosstab(
    context: Context,
    by: tuple[str, ...],
    base: str,
    question: tuple[str, ...],
    basis: str,
    where: tuple[tuple[str, str], ...],
    with_excluded: bool,
    level: float,
    interval: str,
    decimals: int,
    p: bool,
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
            questions=question,
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
        if project.store.is_read_only:
            click.echo("This look is not noted in the project: the file is read-only.", err=True)
    emit(result, crosstab_report(result, with_p=p), destination)
