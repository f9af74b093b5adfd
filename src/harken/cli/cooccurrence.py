"""`cooccurrence`: which codes go together on the same people."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.noting import noting_release, say_unnoted_look
from harken.cli.numbers import whole_number
from harken.cli.options import Context, acting, leveled, opened, suppressing
from harken.cli.scope import in_scope


@click.command()
@click.option(
    "--code",
    multiple=True,
    metavar="CODE",
    help="Only pairs with this code, or with one of this family; may be repeated.",
)
@in_scope
@leveled
@click.option(
    "--sort",
    type=click.Choice(["phi", "jaccard", "count", "codebook"]),
    default="phi",
    show_default=True,
    help="Order of the pairs: by size of phi, by Jaccard, by people with both, or as in the codebook.",
)
@click.option(
    "--most",
    type=whole_number(least=0),
    default=30,
    show_default=True,
    metavar="N",
    help="Pairs that the table shows; 0 for all.",
)
@suppressing
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def cooccurrence(
    context: Context,
    code: tuple[str, ...],
    questions: tuple[str, ...],
    basis: str,
    where: tuple[tuple[str, str], ...],
    with_excluded: bool,
    level: float,
    sort: str,
    most: int,
    suppress: int,
    destination: Destination,
) -> None:
    """Show which codes go together: for every two, the people who have both, either or neither.

    People are counted over everything they answered in scope. A matrix of all codes follows the pairs.
    """
    from harken.cli.render import emit
    from harken.services.cooccurring import PairOrder, cooccurrence_report

    with opened(context) as project:
        result = project.cooccurrence(
            codes=code,
            questions=questions,
            basis=basis,
            where=where,
            with_excluded=with_excluded,
            level=level,
            suppress=suppress,
        )
        noting_release(project, result, destination, suppress=suppress, command="cooccurrence")
        say_unnoted_look(project)
    emit(result, cooccurrence_report(result, order=PairOrder(sort), most=most or None), destination)
