"""`saturation`: whether coding still found new codes when it ended."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.noting import say_unnoted_look
from harken.cli.numbers import decimal_number, whole_number
from harken.cli.options import Context, acting, leveled, opened
from harken.cli.scope import in_scope


@click.command()
@click.option("--family", multiple=True, metavar="F", help="Only codes of this family; may be repeated.")
@click.option(
    "--unit",
    type=click.Choice(["person", "answer"]),
    default="person",
    show_default=True,
    help="What brings codes, one after the other.",
)
@click.option(
    "--base",
    multiple=True,
    type=whole_number(),
    metavar="N",
    help="Units whose codes make the base; may be repeated. Default: 4, 5 and 6.",
)
@click.option(
    "--run",
    multiple=True,
    type=whole_number(),
    metavar="N",
    help="Units of a run; may be repeated. Default: 2 and 3.",
)
@click.option(
    "--threshold",
    multiple=True,
    type=decimal_number(like="0.05"),
    metavar="X",
    help="Most news of a run, as a share of the base; may be repeated. Default: 0.05 and 0.",
)
@in_scope
@leveled
@reporting("table", "json", "csv", "md", figures=True)
@acting
@click.pass_obj
def saturation(
    context: Context,
    family: tuple[str, ...],
    unit: str,
    base: tuple[int, ...],
    run: tuple[int, ...],
    threshold: tuple[float, ...],
    questions: tuple[str, ...],
    basis: str,
    where: tuple[tuple[str, str], ...],
    with_excluded: bool,
    level: float,
    destination: Destination,
) -> None:
    """Show how many new codes came up in the order of coding, and how many more there may be.

    For codes that were made out of the answers; it says where codes were made before coding, which cannot
    show saturation.
    """
    from harken.cli.render import emit
    from harken.services.saturating import saturation_report

    for share in threshold:
        if not 0 <= share < 1:
            raise click.UsageError(f"--threshold {share:g}: write a share from 0 to below 1, as in 0.05.")
    with opened(context) as project:
        result = project.saturation(
            questions=questions,
            families=family,
            unit=unit,
            basis=basis,
            where=where,
            with_excluded=with_excluded,
            level=level,
            bases=base,
            runs=run,
            thresholds=threshold,
        )
        say_unnoted_look(project)
    emit(result, saturation_report(result), destination)
