"""`themes`: how many people mentioned each theme."""

from __future__ import annotations

from pathlib import Path

import click

from harken.cli.options import Context, acting, opened, reporting


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
@click.option("--level", type=float, default=0.95, show_default=True, help="Of the intervals.")
@click.option(
    "--interval",
    type=click.Choice(["wilson", "clopper-pearson"]),
    default="wilson",
    show_default=True,
    help="How limits are found.",
)
@click.option(
    "--decimals", type=click.IntRange(0, 6), default=1, show_default=True, help="Of printed percentages."
)
@click.option("--with-excluded", is_flag=True, help="Keep excluded people on what they answered.")
@click.option("--united", is_flag=True, help="One table of people over all questions.")
@click.option("--spreadsheet-safe", is_flag=True, help="CSV: prefix what would be taken as a formula.")
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
    spreadsheet_safe: bool,
    format: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Show how many people mentioned each theme, of how many, by group.

    A table for each question and occasion; --united counts each person once over all of them. Every
    figure has its n, its N and a Wilson interval.
    """
    from harken.cli.render import destination, emit
    from harken.services.tabulating import Base, tabulate, theme_report
    from harken.stats.proportions import IntervalMethod

    destination(format=format, output=output, force=force)
    with opened(context) as project:
        result = tabulate(
            project.store,
            questions=question,
            by=by,
            basis=basis,
            base=Base(base),
            level=level,
            interval=IntervalMethod(interval),
            decimals=decimals,
            with_excluded=with_excluded,
        )
        noted = project.store.note_look(
            actor=project.actor, kind="themes", payload={"by": by, "questions": list(result.questions)}
        )
        if not noted:
            click.echo("This look is not noted in the project: the file is read-only.", err=True)
    emit(
        result,
        theme_report(result, united=united),
        format=format,
        output=output,
        force=force,
        spreadsheet_safe=spreadsheet_safe,
    )
