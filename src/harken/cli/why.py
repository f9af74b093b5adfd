"""`why`: from a figure to the people, answers, decisions and events behind it."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened
from harken.cli.scope import by_basis, excluded_too, only_where, over_base, over_questions

_PAGE = 110
"""Cells of a line in a file or a pipe: answers are long."""


@click.command()
@click.argument("code")
@click.option("--by", metavar="COL", help="The column by which people are compared.")
@click.option("--group", metavar="G", help="The group of that column. Default: all together.")
@over_questions
@click.option(
    "--occasion", "occasions", multiple=True, metavar="O", help="Only this occasion; may be repeated."
)
@by_basis
@over_base
@only_where
@click.option(
    "--participant",
    "participants",
    multiple=True,
    metavar="P",
    help="List this participant alone, and say why they count or don't; may be repeated.",
)
@click.option("--not-mentioned", is_flag=True, help="List who is in the base without the theme, too.")
@click.option("--outside", is_flag=True, help="List who is outside the base, too, and say why.")
@excluded_too
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def why(
    context: Context,
    code: str,
    by: str | None,
    group: str | None,
    questions: tuple[str, ...],
    occasions: tuple[str, ...],
    basis: str,
    base: str,
    where: tuple[tuple[str, str], ...],
    participants: tuple[str, ...],
    not_mentioned: bool,
    outside: bool,
    with_excluded: bool,
    destination: Destination,
) -> None:
    """Take one cell of a theme table apart: its n and base, and what is behind them.

    CODE is a code or a family (family:KEY where a code is called so, too). Listed are the people who
    mentioned it with their answers, every decision on these, whether it counts and by which rule, and the
    event that wrote it.
    """
    from harken.cli.render import emit
    from harken.services.tracing import why_report

    if participants and (not_mentioned or outside):
        raise click.UsageError(
            "--participant lists people whatever they are: leave --not-mentioned and --outside out."
        )
    with opened(context) as project:
        result = project.why(
            code,
            by=by,
            group=group,
            questions=questions,
            occasions=occasions,
            basis=basis,
            base=base,
            where=where,
            with_excluded=with_excluded,
            participants=participants,
            not_mentioned=not_mentioned,
            outside=outside,
        )
    emit(result, why_report(result), destination, page=_PAGE)
