"""`agreement`: how far coders agree."""

from __future__ import annotations

from pathlib import Path

import click

from harken.cli.options import Context, acting, opened, reporting


@click.command()
@click.option("--round", "rounds", multiple=True, metavar="R", help="Default: reliability rounds, else main.")
@click.option("--coder", "coders", multiple=True, metavar="A", help="Only these coders.")
@click.option("--question", "questions", multiple=True, metavar="Q", help="Only these questions.")
@click.option("--by", metavar="COL", help="Show each group of a column too.")
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="Of the intervals.",
)
@click.option("--replicates", type=click.IntRange(min=1), default=2000, show_default=True, help="Bootstrap.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the bootstrap.")
@click.option("--all", "is_full", is_flag=True, help="Show every coefficient and each question too.")
@click.option("--spreadsheet-safe", is_flag=True, help="CSV: prefix what would be taken as a formula.")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def agreement(
    context: Context,
    rounds: tuple[str, ...],
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    by: str | None,
    level: float,
    replicates: int,
    seed: int,
    is_full: bool,
    spreadsheet_safe: bool,
    format: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Agreement between coders where two of them decided, per code and on whole sets, with intervals.

    What cannot be computed is called undefined, with the reason; that is a result and no error.
    """
    from harken.cli.render import destination, emit
    from harken.services.agreeing import agreement_report, measure_agreement
    from harken.services.codebooks import current_codebook
    from harken.stats.resampling import Resampling

    destination(format=format, output=output, force=force)
    with opened(context) as project:
        result = measure_agreement(
            project.store,
            rounds=rounds,
            coders=coders,
            questions=questions,
            by=by,
            resampling=Resampling(replicates=replicates, seed=seed, level=level),
        )
        report = agreement_report(
            result, current_codebook(project.store), title=project.title, is_full=is_full
        )
    emit(result, report, format=format, output=output, force=force, spreadsheet_safe=spreadsheet_safe)
