"""`closed`: what people chose in closed items."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.noting import noting_release, say_unnoted_look
from harken.cli.options import Context, acting, leveled, opened, suppressing
from harken.cli.scope import by_groups, in_scope, printed_with, tests_too


@click.command()
@click.argument("item", nargs=-1)
@by_groups
@click.option(
    "--net",
    multiple=True,
    metavar="LABEL=V|V",
    help="Count these answers as one, as in “agree=4|5”; may be repeated.",
)
@click.option(
    "--order",
    multiple=True,
    metavar="VALUE",
    help="The answers in their order, this option once for each. Default: remembered, numeric, as they come.",
)
@click.option(
    "--remember", is_flag=True, help="Keep these orders and nets in the project, for every later look."
)
@click.option(
    "--theme",
    multiple=True,
    metavar="CODE",
    help="Show who mentioned this code or family within each answer; may be repeated.",
)
@click.option(
    "--base",
    type=click.Choice(["answered", "participants"]),
    default="answered",
    show_default=True,
    help="Of whom the share is taken.",
)
@in_scope
@leveled
@printed_with
@click.option(
    "--difference",
    type=click.Choice(["miettinen-nurminen", "newcombe", "mee"]),
    default="miettinen-nurminen",
    show_default=True,
    help="Method of the limits of differences.",
)
@tests_too
@suppressing
@reporting("table", "json", "csv", "md", figures=True)
@acting
@click.pass_obj
def closed(
    context: Context,
    item: tuple[str, ...],
    by: str | None,
    net: tuple[str, ...],
    order: tuple[str, ...],
    remember: bool,
    theme: tuple[str, ...],
    base: str,
    questions: tuple[str, ...],
    basis: str,
    where: tuple[tuple[str, str], ...],
    with_excluded: bool,
    level: float,
    interval: str,
    decimals: int,
    difference: str,
    with_p: bool,
    suppress: int,
    destination: Destination,
) -> None:
    """Show what people chose in closed items (default: all of them), of how many, by group.

    Ordered answers keep their order, nets count several answers as one, and blank ones stand in a row of
    their own. --question and --basis say which texts and whose codes --theme counts.
    """
    from harken.cli.render import emit
    from harken.services.closed_items import closed_report

    if remember and not (net or order):
        raise click.UsageError("--remember keeps orders and nets; give one with --order or --net.")
    with opened(context) as project:
        result = project.closed_items(
            *item,
            by=by,
            nets=net,
            order=order,
            remember=remember,
            themes=theme,
            base=base,
            questions=questions,
            basis=basis,
            where=where,
            with_excluded=with_excluded,
            level=level,
            interval=interval,
            decimals=decimals,
            difference=difference,
            suppress=suppress,
        )
        noting_release(project, result, destination, suppress=suppress, command="closed")
        say_unnoted_look(project)
    emit(result, closed_report(result, with_p=with_p), destination)
