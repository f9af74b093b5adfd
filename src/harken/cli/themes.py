"""`themes`: how many people mentioned each theme."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, leveled, opened


@click.command()
@click.option("--question", multiple=True, metavar="Q", help="Only this question; may be repeated.")
@click.option("--by", metavar="COL", help="A column by which people are compared.")
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
    "--decimals",
    type=click.IntRange(0, 6),
    default=1,
    show_default=True,
    help="Decimals of the printed percentages.",
)
@click.option("--with-excluded", is_flag=True, help="Keep excluded people on what they answered.")
@click.option("--united", is_flag=True, help="One table of people over all questions.")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def themes(
    context: Context,
    question: tuple[str, ...],
    by: str | None,
    basis: str,
    base: str,
    level: float,
    interval: str,
    decimals: int,
    with_excluded: bool,
    united: bool,
    destination: Destination,
) -> None:
    """Show how many people mentioned each theme, of how many, by group.

    A table for each question and occasion; --united counts each person once over all of them. Every
    figure stands with its n, its N and its interval.
    """
    from harken.cli.render import emit
    from harken.services.tabulating import theme_report

    with opened(context) as project:
        result = project.themes(
            questions=question,
            by=by,
            basis=basis,
            base=base,
            level=level,
            interval=interval,
            decimals=decimals,
            with_excluded=with_excluded,
        )
        if project.store.is_read_only:
            click.echo("This look is not noted in the project: the file is read-only.", err=True)
    emit(result, theme_report(result, united=united), destination)
